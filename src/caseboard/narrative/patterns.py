"""Regular expressions that know which letters they cannot do without.

Most patterns of the reader are long lists of words, and most sentences hold none of them. From a pattern's own parse
tree come the literal strings of which at least one must stand in any text that it matches; looking for those first
(a plain substring search) spares the engine nine sentences of ten. What is matched does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public; see `_needed`
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["Pattern", "lowered", "pattern"]

_SHORTEST = 2
"""Literals shorter than this stand in nearly every sentence and spare nothing."""
_MOST = 90
"""With more alternatives than this, looking for each costs more than it spares."""


class Pattern:
    """A compiled regular expression with the literals (lower case) of which a match needs at least one."""

    __slots__ = ("compiled", "literals")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.compiled = re.compile(source, flags)
        needed = _needed(parser.parse(source, flags))
        self.literals: tuple[str, ...] = tuple(sorted(needed)) if needed and len(needed) <= _MOST else ()

    @property
    def pattern(self) -> str:
        """The source of the expression."""
        return self.compiled.pattern

    def possible(self, lower: str, start: int, end: int) -> bool:
        """Whether a match may stand in ``lower`` (the text in lower case) between ``start`` and ``end``."""
        if not self.literals:
            return True
        find = lower.find
        for literal in self.literals:  # noqa: SIM110 - a generator costs as much again in the hottest loop of all
            if find(literal, start, end) >= 0:
                return True
        return False

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


def pattern(source: str, flags: int = 0) -> Pattern:
    """Compile ``source``; use this where ``re.compile`` would stand for a pattern asked of many sentences."""
    return Pattern(source, flags)


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
