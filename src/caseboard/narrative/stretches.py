"""Stretches of a text that have been read, so that none is read twice."""

from __future__ import annotations

from bisect import bisect_left

__all__ = ["Stretches"]


class Stretches:
    """Stretches that do not overlap. Looking one up takes a time that grows with the logarithm of their number."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._starts)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing from ``start`` up to ``end`` has been taken."""
        at = bisect_left(self._starts, end)
        return at == 0 or self._ends[at - 1] <= start

    def take(self, start: int, end: int) -> None:
        """Note that ``start`` up to ``end`` is taken; it must be free."""
        at = bisect_left(self._starts, end)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
