"""Tumours that texts name, by the tumour vocabulary: "non-small cell lung cancer", "GIST", "solid tumours"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from caseboard.knowledge.eligibility.rule import Found, Rule, asked
from caseboard.terms import tumors

__all__ = ["RULES", "tumour_key"]

_MOST_WORDS = 7
_HEAD = re.compile(
    r"\b(?:cancers?|carcinomas?|sarcomas?|adenocarcinomas?|tumou?rs?|melanomas?|lymphomas?"
    r"|leuka?emias?|myelomas?|mesotheliomas?|gliomas?"
    r"|glioblastomas?|neuroblastomas?|[a-z]{3,20}sarcomas?|cholangiocarcinomas?|chordomas?|NSCLC|SCLC"
    r"|GISTs?|DFSP|MPNST|thymomas?"
    r"|fibromatosis|histiocytosis|malignanc(?:y|ies)|neoplasms?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w'/-]*")
_OF = re.compile(r" of (?:the )?[a-z]+(?: [a-z]+)?", re.IGNORECASE)
_SHORT = re.compile(r"\s?\(([A-Za-z][A-Za-z0-9 -]{1,12})\)")
_SOLID = re.compile(
    r"(?:solid|solid malignant) (?:tumou?rs?|malignanc(?:y|ies)|cancers?|neoplasms?)", re.IGNORECASE
)
_NOT_SQUAMOUS = re.compile(r"\bnon-?\s?squamous(?: cell)? $", re.IGNORECASE)
_VAGUE = frozenset({"CB:NEOPLASM", "CB:MALIGNANCY", "TISSUE"})


@functools.lru_cache(maxsize=65536)
def tumour_key(name: str) -> str | None:
    """Return the code of a tumour written so, or None where it names none, or no more than "cancer"."""
    found = tumors.lookup(name)
    return None if found is None or found.term.key in _VAGUE else found.term.key


def find_tumours(text: str) -> Iterator[Found]:
    """Find the tumours that a sentence names, each by the longest name that the vocabulary knows."""
    words = list(_WORD.finditer(text))
    taken = -1
    for head in _HEAD.finditer(text):
        if head.start() < taken:
            continue
        named = _named(text, head, words)
        if named is None:
            continue
        start, end, code = named
        if start <= taken or text[max(start - 4, 0) : start].casefold() == "non-":
            continue
        short = _SHORT.match(text, end)
        if short is not None and tumour_key(short[1]) in {None, code}:
            end = short.end()
        name, other = text[start : named[1]], None
        apart = _NOT_SQUAMOUS.search(text[:start])
        if apart is not None and code == "NSCLC":
            start, other = apart.start(), "LUSC"
        taken = end
        yield start, end, asked("tumour", code=code, name=name, without=other)


def _named(text: str, head: re.Match[str], words: list[re.Match[str]]) -> tuple[int, int, str] | None:
    """Return where the longest known name around a head word begins and ends, and its code."""
    before = [word.start() for word in words if head.start() - 90 <= word.start() <= head.start()][
        -_MOST_WORDS:
    ]
    after = _OF.match(text, head.end())
    ends = [head.end()]
    if after is not None:
        ends = [after.end(), head.end() + after[0].rfind(" "), head.end()]
    for end in ends:
        for start in before:
            name = text[start:end]
            if _SOLID.fullmatch(name):
                return start, end, "_SOLID_"
            code = tumour_key(name)
            if code is not None:
                return start, end, code
    return None


RULES: tuple[Rule, ...] = (
    Rule(
        "tumour.named",
        (
            "cancer", "carcinoma", "sarcoma", "tumor", "tumour", "oma", "lc", "gist", "dfsp", "mpnst", "leuk",
            "fibromatosis",
            "histiocytosis", "malignan", "neoplasm",
        ),
        find_tumours,
    ),
)  # fmt: skip
