"""What a set of response criteria says at one time point."""

from __future__ import annotations

import msgspec

from caseboard.assess.findings import Citation

__all__ = ["Judgement", "change_pct", "reaches"]

_ROUNDING = 1e-9


class Judgement(msgspec.Struct, frozen=True):
    """The response in the words of the criteria, what decided it, and the publication. ``word`` NE: not evaluable."""

    word: str
    why: str
    citation: Citation


def change_pct(value: float, reference: float) -> float:
    """Return the change from a reference in percent; infinite from nothing to something, 0 from nothing to nothing."""
    if reference == 0:
        return 0.0 if value == 0 else float("inf")
    return 100.0 * (value - reference) / reference


def reaches(change: float, limit: float) -> bool:
    """Whether a change reaches a limit, which for a decrease is negative; rounding of numbers does not decide."""
    return change <= limit + _ROUNDING if limit < 0 else change >= limit - _ROUNDING
