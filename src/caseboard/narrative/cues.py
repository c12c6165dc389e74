"""Which literals a regular expression cannot do without, and which of them the words of a text hold.

From the parse tree of an expression come its demands: sets of literals of which at least one must stand in any text
that it matches. White space is only at the ends of a literal, so that each word of a text tells by itself which of them
it holds. One Aho-Corasick automaton looks for those of all patterns at once, and a word that has been met is remembered
with what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public; see `_needed`
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

__all__ = ["Cues", "cues_in", "demands_of", "lowered"]

Cues = int
"""The demands that a stretch of text meets, one bit each: see ``Pattern``."""

_SHORTEST = 2
"""Literals of letters shorter than this stand in nearly every sentence and spare nothing."""
_COMMON_WORDS = (
    "a after an and are as at be been by for from had has have he her his in is it no not of on or she that the this"
    " to was were which with ed ct re ation"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words and parts of words that stand in so many sentences that another literal is better looked for."""
_RARE = "jqxz"
"""Letters that spare something even alone."""
_A_DIGIT = "\\d"
"""Stands among the literals of a demand for any digit."""
_MOST_DEMANDS = 4
"""How many demands of a pattern are looked at: the longest words first, more would spare no more."""
_MOST_WORDS = 1 << 15
"""Words that are remembered with the demands that they meet: more than a language's common ones."""
_LONGEST_WORD = 40
"""Characters above which a word is not remembered: it is no word, and would only take memory."""


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


_DEMANDS: dict[frozenset[str], int] = {}
"""Every demand of every pattern, numbered: filled while the modules that hold patterns are imported."""


def demands_of(source: str, flags: int) -> list[Cues]:
    """Return the demands of an expression, one bit each, the one that is met least often first."""
    needed = sorted(_needed(parser.parse(source, flags)), key=_worth, reverse=True)[:_MOST_DEMANDS]
    return [1 << _DEMANDS.setdefault(demand, len(_DEMANDS)) for demand in needed]


def cues_in(lower: str, start: int, end: int) -> Cues:
    """Return the demands that are met between ``start`` and ``end`` of a text in lower case."""
    words = _words(len(_DEMANDS))
    met = 0
    for word in lower[start:end].split():
        met |= words.known(word) if len(word) <= _LONGEST_WORD else words.cues(word)
    return met


class _Words:
    """The demands that words meet."""

    def __init__(self, demands: Sequence[frozenset[str]]) -> None:
        literals: dict[str, int] = {}
        for number, demand in enumerate(demands):
            for literal in demand:
                literals[literal] = literals.get(literal, 0) | 1 << number
        self._digit = literals.pop(_A_DIGIT, 0)
        self._automaton = ahocorasick.Automaton()
        for literal, met in literals.items():
            self._automaton.add_word(literal, met)
        self._automaton.make_automaton()
        self.known: Callable[[str], Cues] = lru_cache(maxsize=_MOST_WORDS)(self.cues)
        """As ``cues``, for words that may come again."""

    def cues(self, word: str) -> Cues:
        """Return the demands that ``word`` meets."""
        met: Cues = self._digit if _DIGIT.search(word) else 0
        for _, more in self._automaton.iter(f" {word} "):
            met |= more
        return met


_DIGIT = re.compile(r"\d")


@cache
def _words(count: int) -> _Words:
    """Return the words for the first ``count`` demands."""
    return _Words(list(_DEMANDS)[:count])


def _worth(demand: frozenset[str]) -> tuple[int, int, list[str]]:
    """Rank a demand by how much it spares: longer literals first, then fewer, then by the alphabet."""
    return min(map(_rarity, demand)), -len(demand), sorted(demand)


def _rarity(literal: str) -> int:
    return 1 if literal.strip() in _COMMON else min(6, len(literal))


def _needed(tree: Sequence[Any]) -> set[frozenset[str]]:
    """Return the demands of a parse tree: sets of literals of which one must stand in every match."""
    demands: set[frozenset[str]] = set()
    run = ""
    before: list[Any] = []
    for code, argument in [*tree, (None, None)]:
        if code is codes.LITERAL and not chr(argument).isspace():
            run += chr(argument)
            before.append((code, argument))
            continue
        spaced = _is_space((code, argument))
        if spares := _sparing(run + " " * spaced):
            demands.add(frozenset({spares}))
        run = " " * spaced
        if code is codes.SUBPATTERN:
            demands |= _needed(argument[3])
        elif code is codes.BRANCH:
            # The parser takes out what branches begin with: "stop|start" is "st", then "op" or "art".
            demands |= _of_branches([[*before, *branch] for branch in argument[1]])
        elif code is codes.IN:
            demands |= _of_signs(argument)
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and argument[0] >= 1:
            demands |= _needed(argument[2])
        elif code is codes.ATOMIC_GROUP:
            demands |= _needed(argument)
        before = [(code, argument)] if spaced else []
    return demands


def _is_space(part: tuple[Any, Any]) -> bool:
    """Whether a part of an expression matches white space, once or more often, and nothing else."""
    code, argument = part
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return argument[0] >= 1 and len(argument[2]) == 1 and _is_space(argument[2][0])
    if code is codes.IN:
        return bool(argument == [(codes.CATEGORY, codes.CATEGORY_SPACE)])
    return code is codes.LITERAL and chr(argument).isspace()


def _sparing(literal: str) -> str:
    """Return the literal as a demand holds it; empty where it stands in nearly every sentence."""
    plain = lowered(literal)
    letters = plain.strip()
    if len(letters) == 1 and letters.isdecimal():
        return _A_DIGIT
    return (
        plain
        if len(letters) >= _SHORTEST or (letters and (not letters.isalpha() or letters in _RARE))
        else ""
    )


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


def _of_signs(members: Sequence[Any]) -> set[frozenset[str]]:
    """Return the one demand of a set of characters that has only digits and signs; none where it has others."""
    found: set[str] = set()
    for code, argument in members:
        if (code, argument) == (codes.CATEGORY, codes.CATEGORY_DIGIT) or (
            code is codes.RANGE and ord("0") <= argument[0] and argument[1] <= ord("9")
        ):
            found.add(_A_DIGIT)
        elif code is codes.LITERAL and not chr(argument).isspace() and (sign := _sparing(chr(argument))):
            found.add(sign)
        else:
            return set()
    return {frozenset(found)}
