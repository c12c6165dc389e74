"""Regular expressions that know which letters they cannot do without.

Most patterns of the reader are long lists of words, and most sentences hold none of them. From a pattern's own parse
tree come the literal strings of which at least one must stand in any text that it matches; white space is only at
their ends, so that each word of a text tells by itself which of them it holds. One Aho-Corasick automaton looks for
those of all patterns at once, a word that has been met is remembered with what it holds, and a sentence is shown only
to the patterns that may match in it. What is matched does not change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public; see `_needed`
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

import ahocorasick

__all__ = ["AnyOf", "Cues", "Pattern", "Table", "cues_in", "lowered", "pattern"]

Cues = int
"""The demands that a stretch of text meets, one bit each: see ``Pattern``."""

_SHORTEST = 2
"""Literals of letters shorter than this stand in nearly every sentence and spare nothing."""
_RARE = "jqxz"
"""Letters that spare something even alone."""
_A_DIGIT = "\\d"
"""Stands among the literals of a demand for any digit."""
_SHORT = 200
"""Characters below which a text is not worth a copy in lower case."""
_MOST_DEMANDS = 4
"""How many demands of a pattern are looked at: the longest words first, more would spare no more."""
_MOST_WORDS = 1 << 15
"""Words that are remembered with the demands that they meet: more than a language's common ones."""
_LONGEST_WORD = 40
"""Characters above which a word is not remembered: it is no word, and would only take memory."""


class Pattern:
    """A compiled regular expression with its demands.

    A demand is a set of literals (lower case) of which every match holds at least one; ``demands`` are the bits of
    the pattern's own. A pattern without any may match anywhere.

    Where case does not matter, the text in lower case is searched first: without folding each letter that takes a
    third of the time, and mostly there is nothing to find.
    """

    __slots__ = ("_in_lower", "compiled", "demands", "foremost")

    def __init__(self, source: str, flags: int, demands: Cues, foremost: Cues) -> None:
        self.compiled = re.compile(source, flags)
        self.demands = demands
        self.foremost = foremost
        """The one of the demands that is met least often; none where there are no demands."""
        folds = flags & re.IGNORECASE and "(?-i" not in source
        self._in_lower = re.compile(_lowered_source(source), flags & ~re.IGNORECASE) if folds else None

    @property
    def pattern(self) -> str:
        """The source of the expression."""
        return self.compiled.pattern

    def possible(self, cues: Cues) -> bool:
        """Whether a match may stand where ``cues`` were looked for."""
        return self.demands & cues == self.demands

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


class AnyOf:
    """Patterns of which one is enough."""

    __slots__ = ("_foremost", "_open", "patterns")

    def __init__(self, *patterns: Pattern) -> None:
        self.patterns = patterns
        self._open = not all(one.demands for one in patterns)
        self._foremost = 0
        for one in patterns:
            self._foremost |= one.foremost

    def possible(self, cues: Cues) -> bool:
        """Whether a match of one of them may stand where ``cues`` were looked for."""
        if self._open or not self._foremost & cues:
            return self._open
        return any(one.demands & cues == one.demands for one in self.patterns)


Row = TypeVar("Row", bound=tuple[Any, ...])


class Table(Generic[Row]):
    """Rows that end with a pattern, which are asked one after the other.

    A sentence that meets the foremost demand of none of them, as most do, costs no more than one comparison.
    """

    __slots__ = ("_foremost", "_open", "rows")

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._open = [row for row in self.rows if not row[-1].demands]
        self._foremost = 0
        for row in self.rows:
            self._foremost |= row[-1].foremost

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def possible(self, cues: Cues) -> Sequence[Row]:
        """Return the rows whose pattern may match where ``cues`` were looked for, in order."""
        if not self._foremost & cues:
            return self._open
        return [row for row in self.rows if row[-1].demands & cues == row[-1].demands]

    def leftmost(self, text: str, cues: Cues, start: int, end: int) -> Iterator[tuple[Row, re.Match[str]]]:
        """Yield the matches that one alternation of all patterns would have, each with its row.

        The leftmost counts, of several there that of the first row; the search goes on behind it.
        """
        found = [(row, row[-1].search(text, start, end)) for row in self.possible(cues)]
        heads = [(row, match) for row, match in found if match is not None]
        while heads:
            row, first = min(heads, key=lambda head: head[1].start())
            yield row, first
            reached = first.end()
            heads = [
                (other, later)
                for other, match in heads
                if (later := match if match.start() >= reached else other[-1].search(text, reached, end))
                is not None
            ]


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
    bits = [1 << _DEMANDS.setdefault(demand, len(_DEMANDS)) for demand in needed]
    return Pattern(source, flags, sum(bits), bits[0] if bits else 0)


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
    return min(4, *map(len, demand)), -len(demand), sorted(demand)


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
