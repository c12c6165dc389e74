"""Regular expressions that know which letters they cannot do without.

Most patterns of the reader are long lists of words, and most sentences hold none of them. From a pattern's own parse
tree come the literal strings of which at least one must stand in any text that it matches. One Aho-Corasick automaton
looks for the literals of all patterns at once, and a sentence is shown only to the patterns that may match in it.
What is matched does not change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public; see `_needed`
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

__all__ = ["Cues", "Pattern", "cues_in", "lowered", "pattern"]

Cues = frozenset[int]
"""The demands that a stretch of text meets, by number: see ``Pattern``."""

_SHORTEST = 2
"""Literals shorter than this stand in nearly every sentence and spare nothing."""
_SHORT = 200
"""Characters below which a text is not worth a copy in lower case."""
_MOST_DEMANDS = 4
"""How many demands of a pattern are looked at: the longest words first, more would spare no more."""


class Pattern:
    """A compiled regular expression with its demands.

    A demand is a set of literals (lower case) of which every match holds at least one; ``demands`` are the numbers of
    the pattern's own. A pattern without any may match anywhere.

    Where case does not matter, the text in lower case is searched first: without folding each letter that takes a
    third of the time, and mostly there is nothing to find.
    """

    __slots__ = ("_in_lower", "compiled", "demands")

    def __init__(self, source: str, flags: int, demands: Cues) -> None:
        self.compiled = re.compile(source, flags)
        self.demands = demands
        folds = flags & re.IGNORECASE and "(?-i" not in source
        self._in_lower = re.compile(_lowered_source(source), flags & ~re.IGNORECASE) if folds else None

    @property
    def pattern(self) -> str:
        """The source of the expression."""
        return self.compiled.pattern

    def possible(self, cues: Cues) -> bool:
        """Whether a match may stand where ``cues`` were looked for."""
        return self.demands <= cues

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Search ``text`` (from ``start`` to ``end``), as ``re.Pattern.search`` does."""
        if self._in_lower is not None and len(text) > _SHORT:
            found = self._in_lower.search(lowered(text), start, end)
            return None if found is None else self.compiled.search(text, found.start(), end)
        return self.compiled.search(text, start, end)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """Match at the beginning of ``text`` (or of ``span``), as ``re.Pattern.match`` does."""
        return self.compiled.match(text, *span)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole of ``text``, as ``re.Pattern.fullmatch`` does."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield all matches, as ``re.Pattern.finditer`` does."""
        if self._in_lower is not None and len(text) > _SHORT:
            found = self._in_lower.search(lowered(text), start, end)
            return iter(()) if found is None else self.compiled.finditer(text, found.start(), end)
        return self.compiled.finditer(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        """Replace all matches, as ``re.Pattern.sub`` does."""
        return self.compiled.sub(replacement, text)


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """Return the text in lower case, character for character, so that every offset stays what it was.

    Letters that ``re.IGNORECASE`` takes for one are made one (the long s, the dotless i, the micro sign). The last
    texts are kept, because every part of the reader asks for the one that is being read.
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for letter, plain in _ALIKE:
        lower = lower.replace(letter, plain)
    return lower


_ALIKE = (("ſ", "s"), ("ı", "i"), ("İ", "i"), ("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"), ("ς", "σ"))


def _lowered_source(source: str) -> str:
    """Return the source of an expression in lower case, its escapes and the names of its groups as they are."""
    return _CAPITALS.sub(lambda match: lowered(match[0]) if len(match[0]) == 1 else match[0], source)


_CAPITALS = re.compile(r"\\.|\(\?P<\w{1,40}>|\(\?P=\w{1,40}\)|[^\W\d_]", re.DOTALL)


_DEMANDS: dict[frozenset[str], int] = {}
"""Every demand of every pattern, numbered: filled while the modules that hold patterns are imported."""


@cache
def pattern(source: str, flags: int = 0) -> Pattern:
    """Compile ``source``; use this where ``re.compile`` would stand for a pattern asked of many sentences."""
    needed = sorted(_needed(parser.parse(source, flags)), key=_worth, reverse=True)[:_MOST_DEMANDS]
    return Pattern(source, flags, frozenset(_DEMANDS.setdefault(demand, len(_DEMANDS)) for demand in needed))


def cues_in(lower: str, start: int, end: int) -> Cues:
    """Return the demands that are met between ``start`` and ``end`` of a text in lower case."""
    found: set[int] = set()
    for _, numbers in _automaton(len(_DEMANDS)).iter(lower[start:end]):
        found |= numbers
    return frozenset(found)


@cache
def _automaton(count: int) -> ahocorasick.Automaton:
    """Return the automaton of the literals of the first ``count`` demands."""
    by_literal: dict[str, set[int]] = {}
    for demand, number in _DEMANDS.items():
        for literal in demand if number < count else ():
            by_literal.setdefault(literal, set()).add(number)
    automaton = ahocorasick.Automaton()
    for literal, numbers in by_literal.items():
        automaton.add_word(literal, frozenset(numbers))
    automaton.make_automaton()
    return automaton


def _worth(demand: frozenset[str]) -> tuple[int, int]:
    """Rank a demand by how much it spares: longer literals first, then fewer."""
    return min(4, *map(len, demand)), -len(demand)


def _needed(tree: Sequence[Any]) -> set[frozenset[str]]:
    """Return the demands of a parse tree: sets of literals of which one must stand in every match."""
    demands: set[frozenset[str]] = set()
    run = ""
    for code, argument in [*tree, (None, None)]:
        if code is codes.LITERAL:
            run += chr(argument)
            continue
        if len(run) >= _SHORTEST:
            demands.add(frozenset({lowered(run)}))
        run = ""
        if code is codes.SUBPATTERN:
            demands |= _needed(argument[3])
        elif code is codes.BRANCH:
            demands |= _of_branches(argument[1])
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and argument[0] >= 1:
            demands |= _needed(argument[2])
        elif code is codes.ATOMIC_GROUP:
            demands |= _needed(argument)
    return demands


def _of_branches(branches: Sequence[Sequence[Any]]) -> set[frozenset[str]]:
    """Return the one demand of an alternation: the best of each branch together; none where a branch has none."""
    found: set[str] = set()
    for branch in branches:
        needed = _needed(branch)
        if not needed:
            return set()
        best: frozenset[str] = max(needed, key=_worth)
        found |= best
    return {frozenset(found)}
