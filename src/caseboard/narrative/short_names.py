"""Short names of tumours that a document makes for itself: "granulosa cell tumor (GCT)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import tumors

__all__ = ["ShortName", "short_name", "tumors_named"]

_MADE = re.compile(r"\((?P<short>[A-Z][A-Za-z-]{1,6}[A-Z])s?\)")
_WORD = re.compile(r"[A-Za-z][\w'’-]{0,24}")
_MOST_WORDS = 6
_BEFORE = 90
_MOST_NAMES = 12
_CAPITALS = pattern(r"[A-Z](?<=\b[A-Z])[A-Za-z-]{0,6}[A-Z]")


class ShortName(msgspec.Struct, frozen=True):
    """What a short name stands for in a document: the key of the tumour, and its full name as a pathologist has it."""

    key: str
    name: str


@lru_cache(maxsize=2)
def _made_in(text: str) -> dict[str, ShortName]:
    """Return the short names that a document explains by a tumour's name right before them."""
    made: dict[str, ShortName] = {}
    for match in _MADE.finditer(text):
        short = match["short"]
        if short in made or len(made) >= _MOST_NAMES:
            continue
        full = _full_name(text, match.start(), short)
        if full is not None:
            made[short] = full
    return made


def _full_name(text: str, end: int, short: str) -> ShortName | None:
    """Return the longest tumour's name that ends before a bracket and whose first letter the short name begins with."""
    words = list(_WORD.finditer(text, max(0, end - _BEFORE), end))
    for first in words[-_MOST_WORDS:]:
        if first[0][0].lower() != short[0].lower():
            continue
        found = tumors.vocabulary().lookup(" ".join(text[first.start() : end].split()))
        if found is not None and not found.term.generic:
            return ShortName(found.term.key, tumors.spelled_out(found.term.name))
    return None


def short_name(view: View, tumor: Mention) -> ShortName | None:
    """Return what the document says that a tumour's short name stands for, or None where it is none."""
    written = view.whole[tumor.start : tumor.end]
    return _made_in(view.whole).get(written.removesuffix("s")) if len(written) <= 9 else None


def tumors_named(view: View) -> list[Mention]:
    """Return the tumours that a sentence names, its document's own short names read as it explains them."""
    named = view.of("tumor")
    made = _made_in(view.whole) if view.may(_CAPITALS) else {}
    if not made:
        return named
    return sorted((*_as_explained(view, named), *_unknown(view, named, made)), key=lambda one: one.start)


def _as_explained(view: View, named: list[Mention]) -> Iterator[Mention]:
    for tumor in named:
        explained = short_name(view, tumor)
        yield tumor if explained is None else msgspec.structs.replace(tumor, key=explained.key, weak=False)


def _unknown(view: View, named: list[Mention], made: dict[str, ShortName]) -> Iterator[Mention]:
    """Yield the short names that no vocabulary has."""
    for match in view.find(_CAPITALS):
        explained = made.get(match[0])
        if explained is None or any(one.start < match.end() and match.start() < one.end for one in named):
            continue
        if not view.whole[match.end() : match.end() + 1].isalnum():
            yield Mention(*match.span(), "tumor", explained.key)
