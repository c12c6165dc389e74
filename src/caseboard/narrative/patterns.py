"""Regular expressions that know which letters they cannot do without.

Most patterns of the reader are long lists of words, and most sentences hold none of them. The literals that a pattern
needs (``caseboard.narrative.cues``) say whether it may match in a sentence at all, and a sentence is shown only to the
patterns that may. What is matched does not change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from caseboard.narrative.cues import Cues, cues_in, demands_of
from caseboard.narrative.lowered import in_lower_case, lowered
from caseboard.narrative.word_starts import first_letters

__all__ = ["AnyOf", "Cues", "Pattern", "Table", "cues_in", "lowered", "pattern"]

_SHORT = 200
"""Characters up to which a text is a stretch cut out of the one being read, whose lower case is not kept."""
_CASED = "(?-i:"
"""What opens a part of an expression in which case matters; it may stand in no negative look-around."""
_OFTEN = 100
"""Searches after which it pays to compile an expression once more, to find where a match may begin."""


class Pattern:
    """A regular expression with its demands, compiled when a text is first shown to it: most never are.

    A demand is a set of literals (lower case) of which every match holds at least one; ``demands`` are the bits of
    the pattern's own. A pattern without any may match anywhere.

    Where case does not matter, the text in lower case is searched, because to fold each letter takes three times as
    long; only what is written with capitals is matched again as it stands. An expression that is asked often and can
    only begin with a word is not tried within words.
    """

    __slots__ = (
        "_asked",
        "_compiled",
        "_first_letter",
        "_folds",
        "_looks_ahead",
        "_partly_cased",
        "_searched",
        "demands",
        "flags",
        "foremost",
        "pattern",
    )

    def __init__(self, source: str, flags: int, demands: Cues, foremost: Cues) -> None:
        self.pattern = source
        """The source of the expression."""
        self.flags = flags
        self.demands = demands
        self.foremost = foremost
        """The one of the demands that is met least often; none where there are no demands."""
        self._folds = bool(flags & re.IGNORECASE)
        self._partly_cased = _CASED in source
        """Whether case matters in a part, so that the text in lower case only tells where a match may begin."""
        self._looks_ahead = "(?=" in source and "(?P<" in source
        """Whether a group may hold what stands behind the match."""
        self._asked = 0
        self._compiled: re.Pattern[str] | None = None
        self._searched: re.Pattern[str] | None = None
        """The expression for the text that is searched."""
        self._first_letter: re.Pattern[str] | None = None
        """What stands before a word, and the expression behind it."""

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self.flags)
        return self._compiled

    def possible(self, cues: Cues) -> bool:
        """Whether a match may stand where ``cues`` were looked for."""
        return self.demands & cues == self.demands

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Search ``text`` (from ``start`` to ``end``), as ``re.Pattern.search`` does."""
        searched = text
        if self._folds:
            searched = lowered(text) if len(text) > _SHORT else in_lower_case(text)
        if start:
            if self._asked < _OFTEN:
                self._count()
            if self._first_letter is not None:
                before = self._first_letter.search(searched, start - 1, end)
                if before is None:
                    return None
                start = before.start() + 1
        found = (self._searched or self._compile()).search(searched, start, end)
        if found is None or searched is text:
            return found
        if self._partly_cased:
            return self.compiled.search(text, found.start(), end)
        return self._as_written(found, text, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at the beginning of ``text`` (or at ``start``), as ``re.Pattern.match`` does."""
        searched = text
        if self._folds:
            searched = lowered(text) if len(text) > _SHORT else in_lower_case(text)
        found = (self._searched or self._compile()).match(searched, start, end)
        if found is None or searched is text:
            return found
        if self._partly_cased:
            return self.compiled.match(text, start, end)
        return self._as_written(found, text, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole of ``text``, as ``re.Pattern.fullmatch`` does."""
        possible = (self._searched or self._compile()).fullmatch(in_lower_case(text) if self._folds else text)
        return None if possible is None else self.compiled.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield all matches, as ``re.Pattern.finditer`` does."""
        if self._asked < _OFTEN:
            self._count()
        if self._first_letter is not None:
            return self._one_by_one(text, start, end)
        if self._partly_cased:
            first = self.search(text, start, end)
            return iter(()) if first is None else self.compiled.finditer(text, first.start(), end)
        searched = text
        if self._folds:
            searched = lowered(text) if len(text) > _SHORT else in_lower_case(text)
        found = (self._searched or self._compile()).finditer(searched, start, end)
        return found if searched is text else (self._as_written(one, text, end) for one in found)

    def _one_by_one(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield all matches of an expression that begins with a word, so that none is empty."""
        while (found := self.search(text, start, end)) is not None:
            yield found
            start = found.end()

    def _as_written(self, found: re.Match[str], text: str, end: int) -> re.Match[str]:
        """Return a match in the text in lower case as it stands in ``text``."""
        if text.startswith(found[0], found.start()) and not self._looks_ahead:
            return found
        return self.compiled.match(text, found.start(), end) or found

    def _compile(self) -> re.Pattern[str]:
        """Compile the expression for the text that is searched."""
        if self._folds:
            source = _lowered_source(self.pattern.replace(_CASED, "(?:"))
            self._searched = re.compile(source, self.flags & ~re.IGNORECASE)
        else:
            self._searched = self.compiled
        return self._searched

    def _count(self) -> None:
        """Count a search, and find out where the expression may begin once it has been asked often."""
        self._asked += 1
        if self._asked == _OFTEN:
            searched = self._searched or self._compile()
            first = first_letters(searched.pattern, searched.flags)
            if first is not None:
                begins = f"[^A-Za-z0-9_](?=[{''.join(sorted(first))}])(?:{searched.pattern})"
                self._first_letter = re.compile(begins, searched.flags)

    def sub(self, replacement: str, text: str) -> str:
        """Replace all matches, as ``re.Pattern.sub`` does."""
        return self.compiled.sub(replacement, text)


class AnyOf:
    """Patterns of which one is enough."""

    __slots__ = ("_demands", "_foremost", "_open", "patterns")

    def __init__(self, *patterns: Pattern) -> None:
        self.patterns = patterns
        self._demands = [one.demands for one in patterns]
        self._open = not all(one.demands for one in patterns)
        self._foremost = 0
        for one in patterns:
            self._foremost |= one.foremost

    def possible(self, cues: Cues) -> bool:
        """Whether a match of one of them may stand where ``cues`` were looked for."""
        if self._open or not self._foremost & cues:
            return self._open
        for demands in self._demands:  # noqa: SIM110 - a generator would take longer than what it asks
            if demands & cues == demands:
                return True
        return False


Row = TypeVar("Row", bound=tuple[Any, ...])


class Table(Generic[Row]):
    """Rows that end with a pattern, which are asked one after the other.

    A sentence that meets the foremost demand of none of them, as most do, costs no more than one comparison.
    """

    __slots__ = ("_demands", "_foremost", "_open", "rows")

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._demands: list[tuple[Cues, Row]] = [(row[-1].demands, row) for row in self.rows]
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
        return [row for demands, row in self._demands if demands & cues == demands]

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


def _lowered_source(source: str) -> str:
    """Return the source of an expression in lower case, its escapes and the names of its groups as they are."""
    return _CAPITALS.sub(lambda match: lowered(match[0]) if len(match[0]) == 1 else match[0], source)


_CAPITALS = re.compile(r"\\.|\(\?P<\w{1,40}>|\(\?P=\w{1,40}\)|[^\W\d_a-z]", re.DOTALL)


@cache
def pattern(source: str, flags: int = 0) -> Pattern:
    """Compile ``source``; use this where ``re.compile`` would stand for a pattern asked of many sentences."""
    bits = demands_of(source, flags)
    return Pattern(source, flags, sum(bits), bits[0] if bits else 0)
