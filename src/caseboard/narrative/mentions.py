"""One scan of a text for every vocabulary: what is named where.

The text is cut into tokens (a run of letters, a run of digits, or one sign; white space and hyphens only separate),
so that "Ki-67", "Ki 67" and "Ki67" are the same tokens. Token numbers run through one Aho-Corasick automaton over
sequences, built once from the forms of all vocabularies; the work is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Literal

import ahocorasick
import msgspec

from caseboard.terms import anatomy, drugs, genes, labs, markers, procedures, regimens, toxicities, tumors
from caseboard.terms.vocabulary import Vocabulary

__all__ = ["Lexicon", "Mention", "MentionKind", "Mentions", "lexicon"]

MentionKind = Literal[
    "gene", "tumor", "drug", "regimen", "site", "toxicity", "lab", "marker", "procedure"
]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s‐‑‒–—−-]|_")
_UNKNOWN = 0
_SHORTEST_MISSPELT = 7


class Mention(msgspec.Struct, frozen=True):
    """A term of a vocabulary in the text: characters ``start`` to ``end``, and the term's key.

    ``weak``: the form is also an ordinary word or has other meanings; it needs a word of its field beside it.
    """

    start: int
    end: int
    kind: MentionKind
    key: str
    weak: bool = False
    remark: str = ""


class _Form(msgspec.Struct, frozen=True):
    kind: MentionKind
    key: str
    weak: bool
    exact: str
    """The form as it must stand in the text where case matters, else empty."""


class Mentions:
    """The mentions of a text by position; those of a sentence are found by bisection."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def __len__(self) -> int:
        return len(self._mentions)

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie in characters ``start`` to ``end``, in order."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return [mention for mention in self._mentions[low:high] if mention.end <= end]


class Lexicon:
    """All written forms of all vocabularies as one automaton."""

    def __init__(self, forms: Iterable[tuple[MentionKind, str, str, bool, bool]]) -> None:
        """Take (kind, key, written form, whether its case matters, whether it is weak)."""
        self._numbers: dict[str, int] = {}
        entries: dict[tuple[int, ...], list[_Form]] = {}
        for kind, key, written, cased, weak in forms:
            tokens = [match[0] for match in _TOKEN.finditer(_fold(written))]
            if not tokens:
                continue
            sequence = tuple(self._numbers.setdefault(token, len(self._numbers) + 1) for token in tokens)
            entries.setdefault(sequence, []).append(_Form(kind, key, weak, written if cased else ""))
        automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for sequence, found in entries.items():
            automaton.add_word(sequence, (len(sequence), tuple(found)))
        automaton.make_automaton()
        self._automaton = automaton

    def scan(self, text: str) -> Mentions:
        """Return every mention, of each kind the longest where some overlap."""
        numbers = self._numbers
        spans: list[tuple[int, int]] = []
        sequence: list[int] = []
        for match in _TOKEN.finditer(_fold(text)):
            spans.append(match.span())
            sequence.append(numbers.get(match[0], _UNKNOWN))
        found: list[Mention] = []
        if sequence:
            for last, (length, forms) in self._automaton.iter(tuple(sequence)):
                start, end = spans[last - length + 1][0], spans[last][1]
                for form in forms:
                    if not form.exact or _same_case(form.exact, text[start:end]):
                        found.append(Mention(start, end, form.kind, form.key, form.weak))
            found.extend(self._misspelt(text, spans, sequence))
        return Mentions(_longest(found))

    def _misspelt(self, text: str, spans: list[tuple[int, int]], sequence: list[int]) -> Iterator[Mention]:
        """Yield the words that no vocabulary has but that are one letter away from one drug's name."""
        known: dict[str, str | None] = {}
        for number, (start, end) in zip(sequence, spans, strict=True):
            if number != _UNKNOWN or end - start < _SHORTEST_MISSPELT:
                continue
            word = text[start:end]
            if word not in known:
                match = drugs.lookup(word) if drugs.looks_like_a_drug(word) else None
                known[word] = match.term.key if match is not None else None
            key = known[word]
            if key is not None:
                yield Mention(start, end, "drug", key, remark=f"read as {key}: {word!r} is no drug's name")


def _fold(text: str) -> str:
    """Return the text in lower case, character for character, so that every offset stays what it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _same_case(form: str, written: str) -> bool:
    return _letters(form) == _letters(written)


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _longest(found: list[Mention]) -> list[Mention]:
    """Keep, of each kind, the longest mention where some overlap; return them by position."""
    found.sort(key=lambda mention: (mention.start, -mention.end))
    reached: dict[str, int] = {}
    kept: list[Mention] = []
    for mention in found:
        before = reached.get(mention.kind, -1)
        if mention.start >= before:
            kept.append(mention)
            reached[mention.kind] = mention.end
    return kept


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of all vocabularies; built once, at the first reading."""
    return Lexicon(_forms())


def _forms() -> Iterator[tuple[MentionKind, str, str, bool, bool]]:
    for kind, vocabulary in _VOCABULARIES:
        for term in vocabulary().terms.values():
            cased = frozenset(getattr(term, "case_sensitive", ()))
            weak = frozenset((*getattr(term, "context", ()), *getattr(term, "ambiguous", ())))
            for form in dict.fromkeys((*term.forms, *weak)):
                yield kind, term.key, form, form in cased, form in weak


_VOCABULARIES: tuple[tuple[MentionKind, Callable[[], Vocabulary[Any]]], ...] = (
    ("gene", genes.vocabulary),
    ("tumor", tumors.vocabulary),
    ("drug", drugs.vocabulary),
    ("regimen", regimens.vocabulary),
    ("site", anatomy.vocabulary),
    ("toxicity", toxicities.vocabulary),
    ("lab", labs.vocabulary),
    ("marker", markers.vocabulary),
    ("procedure", procedures.vocabulary),
)
