"""A sentence as text: what stands where in it, its mentions, and the clauses and phrases that it falls into.

Offsets are those of the whole text. When what it tells held is asked of its ``View``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar, cast

from caseboard.narrative.document import Sentence
from caseboard.narrative.mentions import Mention, MentionKind
from caseboard.narrative.patterns import AnyOf, Pattern, Row, Table, pattern

__all__ = ["SOFT", "Needs", "SentenceText"]

_HARD = pattern(r"[;()\[\]\s](?:(?<=\S)|(?!(?<=\d\s)[-–—]\s\d)[-–—]\s)")
"""What parts clauses; a dash between two figures, as between two dates, does not."""
SOFT = pattern(
    r"[,:\s](?:(?<=,)(?:\s(?:and|but|which|while|with|after|who))?|(?<=\s)(?:and|but|while|whereas|which|then"
    r"|as\swell\sas|(?:along|together)\swith|in\saddition\sto)\s|(?<=:)\s)"
)
"""What divides a clause into phrases: commas, colons and conjunctions."""
_PARTED = pattern(r"[;()\[\]]|[-–—]\s")
"""What a sentence of several clauses holds: a first look."""
_NOTHING: Iterator[re.Match[str]] = iter(())
_UNKNOWN = object()
T = TypeVar("T")


class Needs:
    """What a sentence must hold for a rule to find anything: a mention of some kind, or what a pattern may match.

    Declared beside the rule with all that the rule sets out from; a sentence without any of it is not looked at.
    """

    __slots__ = ("kinds", "patterns")

    def __init__(self, *kinds: MentionKind, patterns: Iterable[Pattern] = ()) -> None:
        self.kinds = frozenset(kinds)
        self.patterns = AnyOf(*patterns)

    def __or__(self, other: Needs) -> Needs:
        return Needs(*self.kinds | other.kinds, patterns=(*self.patterns.patterns, *other.patterns.patterns))


class SentenceText:
    """What a sentence says, apart from its times."""

    def __init__(self, text: str, sentence: Sentence, mentions: list[Mention]) -> None:
        self.whole = text
        self.sentence = sentence
        self.cues = sentence.cues
        self.start = sentence.start
        self.end = sentence.end
        self.section = sentence.section
        self.mentions = mentions
        self._kinds = {mention.kind for mention in mentions}
        self._known: dict[Hashable, object] = {}
        self._hard: list[int] = []
        self._soft: list[int] = []
        """Where clauses and phrases begin, with both ends of the sentence; looked up when first asked for."""

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.whole[self.start : self.end]

    def find(
        self, written: Pattern, start: int | None = None, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern in the sentence (or a part of it), with offsets of the whole text."""
        if written.demands & self.cues != written.demands:
            return _NOTHING
        low, high = self.start if start is None else start, self.end if end is None else end
        return written.finditer(self.whole, low, high)

    def has(self, written: Pattern, start: int | None = None, end: int | None = None) -> re.Match[str] | None:
        """Return the first match of a pattern in the sentence (or a part of it), or None."""
        if written.demands & self.cues != written.demands:
            return None
        low, high = self.start if start is None else start, self.end if end is None else end
        return written.search(self.whole, low, high)

    def may(self, written: Pattern) -> bool:
        """Whether a pattern may match anywhere in the sentence: a cheap look before more is done."""
        return written.demands & self.cues == written.demands

    def within(self, written: Pattern, stretch: str) -> re.Match[str] | None:
        """Return the first match of a pattern in a stretch cut out of the sentence, offsets counted there, or None."""
        if written.demands & self.cues != written.demands:
            return None
        return written.search(stretch)

    def begins(self, written: Pattern, stretch: str) -> re.Match[str] | None:
        """Return the match with which a stretch cut out of the sentence begins, or None."""
        if written.demands & self.cues != written.demands:
            return None
        return written.match(stretch)

    def holds(self, needs: Needs) -> bool:
        """Whether the sentence holds anything of what a rule sets out from."""
        return not self._kinds.isdisjoint(needs.kinds) or needs.patterns.possible(self.cues)

    def rows(self, table: Table[Row]) -> Sequence[Row]:
        """Return the rows of a table whose patterns may match in the sentence, in order."""
        return table.possible(self.cues)

    def leftmost(self, table: Table[Row]) -> Iterator[tuple[Row, re.Match[str]]]:
        """Yield the matches of a table's patterns in the sentence as one alternation of them all would find them."""
        return table.leftmost(self.whole, self.cues, self.start, self.end)

    def of(self, *kinds: MentionKind) -> list[Mention]:
        """Return the mentions of some kinds, in order."""
        if self._kinds.isdisjoint(kinds):
            return []
        return [mention for mention in self.mentions if mention.kind in kinds]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` finds in the sentence, found once for all extractors that ask for ``key``."""
        found = self._known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = self._known[key] = make()
        return cast("T", found)

    def clause(self, position: int) -> tuple[int, int]:
        """Return the clause around ``position``: between semicolons, brackets and dashes."""
        if not self._hard:
            self._hard = self._cuts(_HARD) if self.may(_PARTED) else [self.start, self.end]
        cuts = self._hard
        index = bisect_right(cuts, position, 1, len(cuts) - 1)
        return cuts[index - 1], cuts[index]

    def statement(self, position: int) -> tuple[int, int]:
        """Return the clause around ``position`` as if the brackets beside it were not there."""
        low, high = self.clause(position)
        if self.whole[low] in "([":
            return low, high
        while high < self.end and self.whole[high] in "([":
            close = self.whole.find(")" if self.whole[high] == "(" else "]", high, self.end)
            if close < 0 or self.whole.startswith((";", "."), close + 1):
                break
            high = self.clause(min(close + 1, self.end - 1))[1]
            if high <= close:
                break
        while low > self.start and self.whole[low] in ")]" and not self.whole.startswith(".", low + 1):
            opened = self.whole.rfind("(" if self.whole[low] == ")" else "[", self.start, low)
            if opened <= self.start:
                break
            low = self.clause(opened - 1)[0]
        return low, high

    def phrase(self, position: int) -> tuple[int, int]:
        """Return the part of the clause around ``position`` that no comma or conjunction divides."""
        low, high = self.clause(position)
        if not self._soft:
            self._soft = self._cuts(SOFT)
        cuts = self._soft
        index = bisect_right(cuts, position, 1, len(cuts) - 1)
        return max(low, cuts[index - 1]), min(high, cuts[index])

    def _cuts(self, written: Pattern) -> list[int]:
        found = written.finditer(self.whole, self.start, self.end)
        return [self.start, *[match.start() for match in found], self.end]
