"""The source text in pieces: what each piece states, and which long stretches state nothing.

Highlights may overlap and nest. The text is cut at every boundary of a fact's span by one sweep from left to right;
each piece knows the facts that cover it, those that begin with it and those that end with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from caseboard.case import Document, Fact

__all__ = ["FOLD_CHARACTERS", "WHOLE_TEXT_CHARACTERS", "Piece", "Stretch", "cut", "lay_out"]

WHOLE_TEXT_CHARACTERS = 200_000
"""A longer text is not printed whole: only the sentences around its facts are."""

FOLD_CHARACTERS = 900
"""A stretch without a fact that is longer than this is folded away, or left out of a long text."""

_CONTEXT_CHARACTERS = 300
_SENTENCE_ENDS = (". ", ".\n", "? ", "! ", "\n")


class Piece(msgspec.Struct, frozen=True):
    """A run of text between two boundaries: the facts that cover it, begin with it and end with it."""

    text: str
    facts: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Stretch(msgspec.Struct, frozen=True):
    """A part of a document as it is shown: open, folded, or left out (then only ``characters`` is told)."""

    shown: Literal["open", "folded", "left out"]
    pieces: tuple[Piece, ...]
    characters: int


def cut(text: str, spans: Iterable[tuple[int, int, str]], offset: int = 0) -> tuple[Piece, ...]:
    """Cut ``text`` at the boundaries of ``spans`` (start, end, fact id), which count from ``offset``.

    Every span must lie within the text and hold at least one character. The pieces joined are the text.
    """
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for start, end, fact in spans:
        begins.setdefault(start - offset, []).append(fact)
        ends.setdefault(end - offset, []).append(fact)
    bounds = sorted({0, len(text), *begins, *ends})
    active: dict[str, None] = {}
    pieces = []
    for start, end in pairwise(bounds):
        for fact in ends.get(start, ()):
            active.pop(fact, None)
        active.update(dict.fromkeys(begins.get(start, ())))
        closing = tuple(fact for fact in ends.get(end, ()) if fact in active)
        pieces.append(Piece(text[start:end], tuple(active), tuple(begins.get(start, ())), closing))
    return tuple(pieces)


def lay_out(
    document: Document, facts: Iterable[Fact], *, only_around_facts: bool = False
) -> tuple[Stretch, ...]:
    """Return the document as stretches: open around facts, folded or left out where a long stretch states none.

    A text longer than ``WHOLE_TEXT_CHARACTERS`` has its stretches left out. ``only_around_facts`` leaves out every
    sentence without a fact, for a view that must not tell more. Facts without a span here are not highlighted.
    """
    text = document.text
    spans = sorted(
        (fact.source.span.start, fact.source.span.end, fact.id)
        for fact in facts
        if fact.source.document == document.name
        and fact.source.span is not None
        and 0 <= fact.source.span.start < fact.source.span.end <= len(text)
    )
    between: Literal["folded", "left out"] = (
        "left out" if only_around_facts or len(text) > WHOLE_TEXT_CHARACTERS else "folded"
    )
    stretches: list[Stretch] = []
    done = 0
    position = 0
    for start, end in _windows(text, spans, 0 if only_around_facts else FOLD_CHARACTERS):
        if start > done:
            stretches.append(_plain(between, text, done, start))
        within = []
        while position < len(spans) and spans[position][0] < end:
            within.append(spans[position])
            position += 1
        stretches.append(Stretch("open", cut(text[start:end], within, start), end - start))
        done = end
    if done < len(text):
        stretches.append(_plain(between, text, done, len(text)))
    return tuple(stretches)


def _plain(shown: Literal["folded", "left out"], text: str, start: int, end: int) -> Stretch:
    pieces = (Piece(text[start:end]),) if shown == "folded" else ()
    return Stretch(shown, pieces, end - start)


def _windows(text: str, spans: Sequence[tuple[int, int, str]], join: int) -> list[tuple[int, int]]:
    """Return where facts and the sentences around them lie; what is less than ``join`` characters apart is one."""
    windows: list[tuple[int, int]] = []
    for start, end, _ in spans:
        low, high = _sentence_start(text, start), _sentence_end(text, end)
        gap = low - windows[-1][1] if windows else 0
        if windows and (gap <= join or (gap < _CONTEXT_CHARACTERS and text[windows[-1][1] : low].isspace())):
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
        else:
            windows.append((low, high))
    if windows and windows[0][0] <= join:
        windows[0] = (0, windows[0][1])
    if windows and len(text) - windows[-1][1] <= join:
        windows[-1] = (windows[-1][0], len(text))
    return windows


def _sentence_start(text: str, position: int) -> int:
    """Return where the sentence of ``position`` begins, looking back a bounded number of characters."""
    low = max(0, position - _CONTEXT_CHARACTERS)
    found = [at + len(mark) for mark in _SENTENCE_ENDS if (at := text.rfind(mark, low, position)) >= 0]
    return min(position, max(found)) if found else low


def _sentence_end(text: str, position: int) -> int:
    """Return where the sentence of ``position`` ends, looking on a bounded number of characters."""
    high = min(len(text), position + _CONTEXT_CHARACTERS)
    found = [at + 1 for mark in _SENTENCE_ENDS if (at := text.find(mark, max(0, position - 1), high)) >= 0]
    return max(position, min(found)) if found else high
