"""Regular expressions that know which letters they cannot do without.

Most patterns of the reader are long lists of words, and most sentences hold none of them. From a pattern's own parse
tree come the literal strings of which at least one must stand in any text that it matches. One Aho-Corasick automaton
looks for the literals of all patterns at once, and a sentence is shown only to the patterns that may match in it.
What is matched does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public; see `_needed`
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

__all__ = ["Cues", "Pattern", "cues_in", "lowered", "pattern"]

Cues = frozenset[int]
"""The numbers of the patterns that may match in a stretch of text."""

_SHORTEST = 2
"""Literals shorter than this stand in nearly every sentence and spare nothing."""


class Pattern:
    """A compiled regular expression, with the literals (lower case) of which a match needs at least one.

    ``number`` is its place among all patterns; a pattern without literals may match anywhere.
    """

    __slots__ = ("compiled", "literals", "number")

    def __init__(self, source: str, flags: int, number: int) -> None:
        self.compiled = re.compile(source, flags)
        needed = _needed(parser.parse(source, flags))
        self.literals: tuple[str, ...] = tuple(sorted(needed)) if needed else ()
        self.number = number

    @property
    def pattern(self) -> str:
        """The source of the expression."""
        return self.compiled.pattern

    def possible(self, cues: Cues) -> bool:
        """Whether a match may stand where ``cues`` were looked for."""
        return self.number in cues

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Search ``text`` (between ``span``), as ``re.Pattern.search`` does."""
        return self.compiled.search(text, *span)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """Match at the beginning of ``text`` (or of ``span``), as ``re.Pattern.match`` does."""
        return self.compiled.match(text, *span)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole of ``text``, as ``re.Pattern.fullmatch`` does."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Yield all matches, as ``re.Pattern.finditer`` does."""
        return self.compiled.finditer(text, *span)

    def sub(self, replacement: str, text: str) -> str:
        """Replace all matches, as ``re.Pattern.sub`` does."""
        return self.compiled.sub(replacement, text)


def lowered(text: str) -> str:
    """Return the text in lower case, character for character, so that every offset stays what it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


_ALL: list[Pattern] = []
"""Every pattern, by its number: filled while the modules that hold them are imported, and never after."""


@cache
def pattern(source: str, flags: int = 0) -> Pattern:
    """Compile ``source``; use this where ``re.compile`` would stand for a pattern asked of many sentences."""
    made = Pattern(source, flags, len(_ALL))
    _ALL.append(made)
    return made


def cues_in(lower: str, start: int, end: int) -> Cues:
    """Return the patterns that may match between ``start`` and ``end`` of a text in lower case."""
    automaton, always = _automaton(len(_ALL))
    found = set(always)
    for _, numbers in automaton.iter(lower, start, end):
        found |= numbers
    return frozenset(found)


@cache
def _automaton(count: int) -> tuple[ahocorasick.Automaton, Cues]:
    """Return the automaton of the first ``count`` patterns' literals, and the patterns that have none."""
    by_literal: dict[str, set[int]] = {}
    for one in _ALL[:count]:
        for literal in one.literals:
            by_literal.setdefault(literal, set()).add(one.number)
    automaton = ahocorasick.Automaton()
    for literal, numbers in by_literal.items():
        automaton.add_word(literal, frozenset(numbers))
    automaton.make_automaton()
    return automaton, frozenset(one.number for one in _ALL[:count] if not one.literals)


def _needed(tree: Sequence[Any]) -> frozenset[str] | None:
    """Return literals of which one must stand in every match of a parse tree, or None where none can be named."""
    best: frozenset[str] | None = None
    run = ""
    for code, argument in [*tree, (None, None)]:
        if code is codes.LITERAL:
            run += chr(argument)
            continue
        best = _better(best, frozenset({run.lower()}) if len(run) >= _SHORTEST else None)
        run = ""
        if code is codes.SUBPATTERN:
            best = _better(best, _needed(argument[3]))
        elif code is codes.BRANCH:
            best = _better(best, _of_branches(argument[1]))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and argument[0] >= 1:
            best = _better(best, _needed(argument[2]))
        elif code is codes.ATOMIC_GROUP:
            best = _better(best, _needed(argument))
    return best


def _of_branches(branches: Sequence[Sequence[Any]]) -> frozenset[str] | None:
    found: set[str] = set()
    for branch in branches:
        needed = _needed(branch)
        if needed is None:
            return None
        found |= needed
    return frozenset(found)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Return the set that spares more: longer literals first, then fewer."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda needed: (min(4, min(map(len, needed))), -len(needed)))
