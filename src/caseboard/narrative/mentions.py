"""One scan of a text for every vocabulary: what is named where.

The text is cut into tokens (a run of letters, a run of digits, or one sign; white space and hyphens only separate),
so that "Ki-67", "Ki 67" and "Ki67" are the same tokens. Token numbers run through one Aho-Corasick automaton over
sequences, built once from the forms of all vocabularies; the work is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Any, Literal

import ahocorasick
import msgspec

from caseboard.narrative.patterns import lowered
from caseboard.terms import anatomy, drugs, genes, labs, markers, procedures, regimens, toxicities, tumors
from caseboard.terms.vocabulary import Vocabulary

__all__ = ["Lexicon", "Mention", "MentionKind", "lexicon"]

MentionKind = Literal[
    "gene", "tumor", "drug", "regimen", "site", "toxicity", "lab", "marker", "procedure"
]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s‐‑‒–—−-]|_")
_PIECE = re.compile(rf"({_TOKEN.pattern})([\s‐‑‒–—−-]*)")
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


class _Numbers(dict[str, int]):
    """The number of each token that any form has; every other token is ``_UNKNOWN``."""

    def __missing__(self, key: str) -> int:
        return _UNKNOWN


class Lexicon:
    """All written forms of all vocabularies as one automaton."""

    def __init__(self, forms: Iterable[tuple[MentionKind, str, str, bool, bool]]) -> None:
        """Take (kind, key, written form, whether its case matters, whether it is weak)."""
        self._numbers = _Numbers()
        entries: dict[tuple[int, ...], list[_Form]] = {}
        for kind, key, written, cased, weak in forms:
            tokens = [match[0] for match in _TOKEN.finditer(lowered(written))]
            if not tokens:
                continue
            sequence = tuple(self._numbers.setdefault(token, len(self._numbers) + 1) for token in tokens)
            entries.setdefault(sequence, []).append(_Form(kind, key, weak, written if cased else ""))
        automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for sequence, found in entries.items():
            automaton.add_word(sequence, (len(sequence), tuple(found)))
        automaton.make_automaton()
        self._automaton = automaton

    def scan(self, text: str, lower: str, start: int, end: int) -> list[Mention]:
        """Return every mention in a stretch of ``text``, of each kind the longest where some overlap.

        ``lower`` is the whole text in lower case (``patterns.lowered``).
        """
        pieces = _PIECE.findall(lower, start, end)
        if not pieces:
            return []
        sequence = tuple(map(self._numbers.__getitem__, [token for token, _ in pieces]))
        first = _PIECE.search(lower, start, end)
        ends = list(accumulate((len(token) + len(gap) for token, gap in pieces), initial=first.start() if first else start))
        found: list[Mention] = []
        for last, (length, forms) in self._automaton.iter(sequence):
            low, high = ends[last - length + 1], ends[last] + len(pieces[last][0])
            for form in forms:
                if not form.exact or _same_case(form.exact, text[low:high]):
                    found.append(Mention(low, high, form.kind, form.key, form.weak))
        for index, number in enumerate(sequence):
            if number == _UNKNOWN and len(pieces[index][0]) >= _SHORTEST_MISSPELT:
                found.extend(_misspelt(text[ends[index] : ends[index] + len(pieces[index][0])], ends[index]))
        return _longest(found)


def _misspelt(word: str, start: int) -> Iterator[Mention]:
    """Yield the drug that a word means which no vocabulary has, but which is one letter away from one drug's name."""
    match = drugs.lookup(word) if drugs.looks_like_a_drug(word) else None
    if match is not None:
        key = match.term.key
        yield Mention(start, start + len(word), "drug", key, remark=f"read as {key}: {word!r} is no drug's name")


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
