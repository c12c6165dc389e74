"""One scan of a text for every vocabulary: what is named where.

The text is cut into tokens (a run of letters, a run of digits, or one sign; white space and hyphens only separate),
so that "Ki-67", "Ki 67" and "Ki67" are the same tokens. The forms of all vocabularies are found by their first two
tokens; a word that has been met is remembered with its tokens and with those that a form begins with, so that most
words cost one look-up. (An Aho-Corasick automaton over tokens is slower here: its nodes keep their children in a list,
and with twenty thousand tokens to begin with, the root is searched one by one.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from caseboard.narrative.patterns import lowered
from caseboard.terms import anatomy, drugs, genes, labs, markers, procedures, regimens, toxicities, tumors
from caseboard.terms.vocabulary import Vocabulary

__all__ = ["Lexicon", "Mention", "MentionKind", "lexicon"]

MentionKind = Literal["gene", "tumor", "drug", "regimen", "site", "toxicity", "lab", "marker", "procedure"]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s‐‑‒–—−-]|_")
_SHORTEST_MISSPELT = 7
_MOST_WORDS = 1 << 15
"""Words that are remembered with their tokens."""
_LONGEST_WORD = 40
"""Characters above which a word is not remembered."""


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


_Longer = dict[str, list[tuple[int, list[str], tuple[_Form, ...]]]]
"""Forms of several tokens by the second one: how many tokens, those behind the second, and what they mean."""


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
        self._tokens = frozenset(token for tokens in entries for token in tokens)
        self._single: dict[str, tuple[_Form, ...]] = {}
        self._longer: dict[str, _Longer] = {}
        for tokens, found in entries.items():
            if len(tokens) == 1:
                self._single[tokens[0]] = tuple(found)
            else:
                by_second = self._longer.setdefault(tokens[0], {})
                by_second.setdefault(tokens[1], []).append((len(tokens), list(tokens[2:]), tuple(found)))
        for by_second in self._longer.values():
            for candidates in by_second.values():
                candidates.sort(key=lambda candidate: -candidate[0])
        self._known: Callable[[str], _Word] = lru_cache(maxsize=_MOST_WORDS)(self._word)
        """As ``_word``, for words that may come again."""

    def scan(self, text: str, lower: str, start: int, end: int) -> list[Mention]:
        """Return every mention in a stretch of ``text``, of each kind the longest where some overlap.

        ``lower`` is the whole text in lower case (``patterns.lowered``).
        """
        at = start
        tokens: list[str] = []
        words: list[tuple[int, int, _Word]] = []
        for written in lower[start:end].split():
            word = self._known(written) if len(written) <= _LONGEST_WORD else self._word(written)
            at = lower.find(written, at)
            words.append((len(tokens), at, word))
            tokens += word.tokens
            at += len(written)
        found: list[Mention] = []
        last = len(tokens) - 1
        for first, at, word in words:
            for head in word.heads:
                place, start = first + head.place, at + head.start
                if head.longer is not None and place < last:
                    for length, rest, forms in head.longer.get(tokens[place + 1], ()):
                        if length == 2 or tokens[place + 2 : place + length] == rest:
                            found.extend(_cased(text, start, _end_of(words, place + length - 1), forms))
                if head.single is not None:
                    found.extend(_cased(text, start, start + len(tokens[place]), head.single))
                elif head.misspelt:
                    found.extend(_misspelt(text[start : start + len(tokens[place])], start))
        return _longest(found)

    def _word(self, written: str) -> _Word:
        """Return the tokens of a word, and those that a form may begin with."""
        found = [(match[0], match.start()) for match in _TOKEN.finditer(written)]
        heads = (
            _Head(
                place, start, self._longer.get(token), self._single.get(token), self._may_be_misspelt(token)
            )
            for place, (token, start) in enumerate(found)
        )
        return _Word(
            tuple(token for token, _ in found),
            tuple(start for _, start in found),
            tuple(head for head in heads if head.longer or head.single or head.misspelt),
        )

    def _may_be_misspelt(self, token: str) -> bool:
        """Whether a word that no vocabulary has may be a drug's name all the same: misspelt, or of another language."""
        if len(token) < _SHORTEST_MISSPELT or token in self._tokens:
            return False
        return drugs.looks_like_a_drug(token) or drugs.lookup_foreign(token) is not None


class _Head(msgspec.Struct, frozen=True):
    """A token that a form may begin with: its place in its word, where it starts, and what begins with it."""

    place: int
    start: int
    longer: _Longer | None
    single: tuple[_Form, ...] | None
    misspelt: bool


class _Word(msgspec.Struct, frozen=True):
    """What lies between white space: its tokens, where each starts, and those that a form may begin with."""

    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    heads: tuple[_Head, ...]


def _end_of(words: list[tuple[int, int, _Word]], place: int) -> int:
    """Return where the token at ``place`` ends in the text."""
    first, at, word = words[bisect_right(words, place, key=lambda word: word[0]) - 1]
    return at + word.starts[place - first] + len(word.tokens[place - first])


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
