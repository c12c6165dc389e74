"""One scan of a text for every vocabulary: what is named where.

The text is cut into tokens (a run of letters, a run of digits, or one sign; white space and hyphens only separate),
so that "Ki-67", "Ki 67" and "Ki67" are the same tokens. The forms of all vocabularies are found by their first two
tokens. (An Aho-Corasick automaton over tokens is slower here: its nodes keep their children in a list, and with twenty
thousand tokens to begin with, the root is searched one by one.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Any, Literal

import msgspec

from caseboard.narrative.patterns import lowered
from caseboard.terms import anatomy, drugs, genes, labs, markers, procedures, regimens, toxicities, tumors
from caseboard.terms.vocabulary import Vocabulary

__all__ = ["Lexicon", "Mention", "MentionKind", "lexicon"]

MentionKind = Literal["gene", "tumor", "drug", "regimen", "site", "toxicity", "lab", "marker", "procedure"]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s‐‑‒–—−-]|_")
_PIECE = re.compile(rf"({_TOKEN.pattern})([\s‐‑‒–—−-]*)")
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


class Lexicon:
    """All written forms of all vocabularies, by their first two tokens.

    Few forms share those, so that each place of the text costs two look-ups and, now and then, a comparison; the
    longest form has a bounded number of tokens, so the work is linear in the text.
    """

    def __init__(self, forms: Iterable[tuple[MentionKind, str, str, bool, bool]]) -> None:
        """Take (kind, key, written form, whether its case matters, whether it is weak)."""
        entries: dict[tuple[str, ...], list[_Form]] = {}
        for kind, key, written, cased, weak in forms:
            tokens = tuple(_TOKEN.findall(lowered(written)))
            if tokens:
                entries.setdefault(tokens, []).append(_Form(kind, key, weak, written if cased else ""))
        self._known = frozenset(token for tokens in entries for token in tokens)
        self._single: dict[str, tuple[_Form, ...]] = {}
        self._longer: dict[str, dict[str, list[tuple[int, tuple[str, ...], tuple[_Form, ...]]]]] = {}
        for tokens, found in entries.items():
            if len(tokens) == 1:
                self._single[tokens[0]] = tuple(found)
            else:
                by_second = self._longer.setdefault(tokens[0], {})
                by_second.setdefault(tokens[1], []).append((len(tokens), tokens[2:], tuple(found)))
        for by_second in self._longer.values():
            for candidates in by_second.values():
                candidates.sort(key=lambda candidate: -candidate[0])

    def scan(self, text: str, lower: str, start: int, end: int) -> list[Mention]:
        """Return every mention in a stretch of ``text``, of each kind the longest where some overlap.

        ``lower`` is the whole text in lower case (``patterns.lowered``).
        """
        pieces = _PIECE.findall(lower, start, end)
        if not pieces:
            return []
        tokens = tuple(token for token, _ in pieces)
        first = _PIECE.search(lower, start, end)
        starts = list(
            accumulate(
                (len(token) + len(gap) for token, gap in pieces), initial=first.start() if first else start
            )
        )
        found: list[Mention] = []
        single, longer, known = self._single, self._longer, self._known
        last = len(tokens) - 1
        for at, token in enumerate(tokens):
            if at < last and (by_second := longer.get(token)) is not None:
                for length, rest, forms in by_second.get(tokens[at + 1], ()):
                    if length == 2 or tokens[at + 2 : at + length] == rest:
                        end_of = starts[at + length - 1] + len(tokens[at + length - 1])
                        found.extend(_cased(text, starts[at], end_of, forms))
            one = single.get(token)
            if one is not None:
                found.extend(_cased(text, starts[at], starts[at] + len(token), one))
            elif len(token) >= _SHORTEST_MISSPELT and token not in known:
                found.extend(_misspelt(text[starts[at] : starts[at] + len(token)], starts[at]))
        return _longest(found)


def _cased(text: str, start: int, end: int, forms: tuple[_Form, ...]) -> Iterator[Mention]:
    """Yield a mention for each form whose capitals, where they matter, are those of the text."""
    for form in forms:
        if not form.exact or _same_case(form.exact, text[start:end]):
            yield Mention(start, end, form.kind, form.key, form.weak)


def _misspelt(word: str, start: int) -> Iterator[Mention]:
    """Yield the drug that a word means which no vocabulary has: one letter away from a drug's name, or foreign."""
    match = (drugs.lookup(word) if drugs.looks_like_a_drug(word) else None) or drugs.lookup_foreign(word)
    if match is not None:
        key = match.term.key
        yield Mention(
            start, start + len(word), "drug", key, remark=f"read as {key}: {word!r} is no drug's name"
        )


def _same_case(form: str, written: str) -> bool:
    """Whether ``written`` has the capitals of ``form``; hyphens and spaces may differ."""
    if form == written:
        return True
    if written.islower() and not form.islower():
        return False
    return _letters(form) == _letters(written)


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _longest(found: list[Mention]) -> list[Mention]:
    """Keep, of mentions by position and the longest first, the first of each kind where some overlap.

    A tumour within the name of a gene ("anaplastic lymphoma kinase") is part of the name, and none.
    """
    reached: dict[str, int] = {}
    kept: list[Mention] = []
    for mention in found:
        before = reached.get(mention.kind, -1)
        if mention.kind == "tumor" and mention.end < max(reached.get("gene", -1), reached.get("marker", -1)):
            continue
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
