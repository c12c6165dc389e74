"""The demands of every pattern, kept: to read them off all patterns takes longer than to read a case."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from caseboard.kept import keep, load, mark_of
from caseboard.narrative.demands import Demand, demands_in

__all__ = ["DemandBook"]

_HERE = Path(__file__).parent
_BESIDE = str(_HERE / "patterns.demands.kept")
_MADE_BY = ("demands.py", "lowered.py")


class DemandBook:
    """The demands of the patterns of this process; what a process before it has kept is not read off again."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, int], list[Demand]] = {}
        self._complete = True

    def demands_of(self, source: str, flags: int) -> list[Demand]:
        """Return the demands of an expression, the one that is met least often first."""
        key = (source, int(flags))
        if key not in self._asked:
            known = self._kept.get(key)
            self._complete &= known is not None
            self._asked[key] = demands_in(source, flags) if known is None else known
        return self._asked[key]

    def keep(self) -> None:
        """Keep the demands that were asked for, where one of them was not kept."""
        if not self._complete:
            keep(_BESIDE, self._mark, self._asked)
            self._complete = True

    @cached_property
    def _kept(self) -> dict[tuple[str, int], list[Demand]]:
        return load(_BESIDE, self._mark) or {}

    @cached_property
    def _mark(self) -> str:
        return mark_of(*((_HERE / name).read_bytes() for name in _MADE_BY))
