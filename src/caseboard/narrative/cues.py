"""Which literals that patterns cannot do without the words of a text hold.

One Aho-Corasick automaton looks for the literals of all patterns at once (``caseboard.narrative.demands`` reads them
off the patterns), and a word that has been met is remembered with what it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from operator import or_

import ahocorasick

from caseboard.narrative.demand_book import DemandBook
from caseboard.narrative.demands import Demand, edged, figured
from caseboard.narrative.known_words import KnownWords

__all__ = ["Cues", "cues_in", "demands_of"]

Cues = int
"""The demands that a stretch of text meets, one bit each: see ``Pattern``."""

_DEMANDS: dict[Demand, int] = {}
"""Every demand of every pattern, numbered: filled while the modules that hold patterns are imported."""

_BOOK = DemandBook()


def demands_of(source: str, flags: int) -> list[Cues]:
    """Return the demands of an expression, one bit each, the one that is met least often first."""
    return [1 << _DEMANDS.setdefault(demand, len(_DEMANDS)) for demand in _BOOK.demands_of(source, flags)]


def cues_in(lower: str, start: int, end: int) -> Cues:
    """Return the demands that are met between ``start`` and ``end`` of a text in lower case."""
    words = _words(len(_DEMANDS))
    return reduce(or_, map(words.__getitem__, lower[start:end].split()), 0)


@cache
def _words(count: int) -> KnownWords[Cues]:
    """Return the words with the demands that each meets, of the first ``count``."""
    _BOOK.keep()
    return KnownWords(_Literals(list(_DEMANDS)[:count]).met_by)


class _Literals:
    """The literals of some demands."""

    def __init__(self, demands: Sequence[Demand]) -> None:
        literals: dict[str, int] = {}
        for number, demand in enumerate(demands):
            for literal in demand:
                literals[literal] = literals.get(literal, 0) | 1 << number
        self._automaton = ahocorasick.Automaton()
        for literal, met in literals.items():
            self._automaton.add_word(literal, met)
        self._automaton.make_automaton()

    def met_by(self, word: str) -> Cues:
        """Return the demands that a word meets."""
        met: Cues = 0
        written = f" {edged(word)} "
        for _, more in self._automaton.iter(written):
            met |= more
        if (figures := figured(written)) != written:
            for _, more in self._automaton.iter(figures):
                met |= more
        return met
