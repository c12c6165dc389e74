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
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Literal

import msgspec

from caseboard.narrative.known_words import KnownWords
from caseboard.narrative.patterns import lowered
from caseboard.terms import anatomy, drugs, genes, labs, markers, procedures, regimens, toxicities, tumors
from caseboard.terms.vocabulary import Vocabulary

__all__ = ["Lexicon", "Mention", "MentionKind", "lexicon"]

MentionKind = Literal["gene", "tumor", "drug", "regimen", "site", "toxicity", "lab", "marker", "procedure"]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s‐‑‒–—−-]|_")
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


_Form = tuple[MentionKind, str, bool, str]
"""Kind, key, whether it is weak, and the form as it must stand in the text where case matters, else empty."""


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
                entries.setdefault(tokens, []).append((kind, key, weak, written if cased else ""))
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
        self._words: KnownWords[_Word] = KnownWords(self._word)

    def scan(self, text: str, lower: str, start: int, end: int) -> list[Mention]:
        """Return every mention in a stretch of ``text``, of each kind the longest where some overlap.

        ``lower`` is the whole text in lower case (``patterns.lowered``).
        """
        words = [self._words[word] for word in lower[start:end].replace("\n", " ").split(" ")]
        tokens = [token for word in words for token in word.tokens]
        found: list[Mention] = []
        at, first, last = start, 0, len(tokens) - 1
        for index, word in enumerate(words):
            for place, offset, longer, single, misspelt in word.heads:
                begins = at + offset
                if longer is not None and first + place < last:
                    for length, rest, forms in longer.get(tokens[first + place + 1], ()):
                        if length == 2 or tokens[first + place + 2 : first + place + length] == rest:
                            ends = _end_of(words, index, at, place + length - 1)
                            found += _cased(text, begins, ends, forms)
                if single is not None:
                    found += _cased(text, begins, begins + len(word.tokens[place]), single)
                elif misspelt:
                    found += _misspelt(text[begins : begins + len(word.tokens[place])], begins)
            first += len(word.tokens)
            at += word.length
        return _longest(found) if len(found) > 1 else found

    def _word(self, written: str) -> _Word:
        """Return the tokens of a word, and those that a form may begin with."""
        found = [(match[0], match.start()) for match in _TOKEN.finditer(written)]
        heads = (
            (place, start, self._longer.get(token), self._single.get(token), self._may_be_misspelt(token))
            for place, (token, start) in enumerate(found)
        )
        return _Word(
            len(written) + 1,
            tuple(token for token, _ in found),
            tuple(start for _, start in found),
            tuple(head for head in heads if any(head[2:])),
        )

    def _may_be_misspelt(self, token: str) -> bool:
        """Whether a word that no vocabulary has may be a drug's name all the same: misspelt, or of another language."""
        if len(token) < _SHORTEST_MISSPELT or token in self._tokens:
            return False
        return drugs.looks_like_a_drug(token) or drugs.lookup_foreign(token) is not None


_Head = tuple[int, int, _Longer | None, tuple[_Form, ...] | None, bool]
"""A token that a form may begin with: its place in its word, where it starts there, the forms of several tokens and of
this one that it begins, and whether it may be a drug's name misspelt."""


class _Word(msgspec.Struct, frozen=True):
    """What lies between blanks: its tokens, where each starts, and those that a form may begin with."""

    length: int
    """Characters, with the blank behind them."""
    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    heads: tuple[_Head, ...]


def _end_of(words: list[_Word], index: int, at: int, place: int) -> int:
    """Return where a token ends, counted from the first of the word at ``index``, which stands at ``at``."""
    while place >= len(words[index].tokens):
        place -= len(words[index].tokens)
        at += words[index].length
        index += 1
    return at + words[index].starts[place] + len(words[index].tokens[place])


def _cased(text: str, start: int, end: int, forms: tuple[_Form, ...]) -> list[Mention]:
    """Return a mention for each form whose capitals, where they matter, are those of the text."""
    found = []
    for kind, key, weak, exact in forms:
        if not exact or _same_case(exact, text[start:end]):
            found.append(Mention(start, end, kind, key, weak))
    return found


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
