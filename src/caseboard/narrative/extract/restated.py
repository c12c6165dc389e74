"""Facts told in passing that another sentence tells properly: they count only where no other sentence does."""

from __future__ import annotations

from caseboard.narrative.memory import Draft

__all__ = ["Restated"]


class Restated(Draft):
    """A draft from a headline or an adjective ("1. IMT of the mesentery, ALK-positive"); ``settle`` may withdraw it."""

    __slots__ = ()
