"""Which literals a regular expression cannot do without, read off its parse tree.

The idea is that of Cox's prefilters (swtch.com/~rsc/regexp/regexp4.html): as long as a part of an expression matches
only a few texts, these are put together with those of the parts before it; where it may match many, what has been put
together so far is a demand. White space ends a literal, so that each word of a text tells by itself which it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from caseboard.narrative.lowered import lowered

__all__ = ["DIGIT", "EDGE", "Demand", "demands_in", "edged", "figured", "is_edge"]

EDGE = "\0"
"""Stands in a literal before a letter or a figure that begins a run of them, as behind ``\\b``."""
DIGIT = "\1"
"""Stands in a literal for any figure."""

Demand = frozenset[str]
"""Literals of which one must stand in every match."""
_Part = tuple[Any, Any]
"""A part of the parse tree: its code and what belongs to it."""
_Texts = frozenset[str]

_MOST_TEXTS = 40
"""How many texts a part may match and still be put together with its neighbours."""
_SHORTEST = 2
"""Literals of letters shorter than this stand in nearly every sentence and spare nothing."""
_COMMON_WORDS = (
    "a after an and are as at be been by for from had has have he her his in is it no not of on or she that the this"
    " to was were which with ed ct re mo ation . , - ( )"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words and parts of words that stand in so many sentences that another literal is better looked for."""
_RARE = "jqxz"
"""Letters that spare something even alone."""
_MOST_DEMANDS = 4
"""How many demands of a pattern are looked at: the longest words first, more would spare no more."""
_NOTHING: _Texts = frozenset({""})
_SPACE: _Texts = frozenset({" "})
_BOUNDARY: _Texts = frozenset({EDGE})
_RUN = "run"
"""The code of letters side by side, which are one part here."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def demands_in(source: str, flags: int) -> list[Demand]:
    """Return the demands of an expression, the one that is met least often first."""
    return sorted(_needed(parser.parse(source, flags)), key=_worth, reverse=True)[:_MOST_DEMANDS]


_BEGINS = re.compile(r"(?<!\w)(?=\w)")
_FIGURES = re.compile(r"\d")


def edged(text: str) -> str:
    """Return a word as literals stand in it: with its edges."""
    return _BEGINS.sub(EDGE, text)


def figured(text: str) -> str:
    """Return a word with each of its figures as any."""
    return _FIGURES.sub(DIGIT, text)


def _needed(tree: Iterable[_Part], before: _Texts = _NOTHING) -> set[Demand]:
    """Return the demands of a part of a parse tree; ``before`` are the texts that may stand right before it."""
    demands: set[Demand] = set()
    texts = before
    for part in _runs(tree):
        own = _texts(part)
        if own is not None and len(own) * len(texts) <= _MOST_TEXTS:
            texts = _joined(texts, own)
        else:
            demands |= _demand(texts)
            demands |= _of_part(part, texts)
            texts = _behind(part)
        if any(text.endswith(" ") for text in texts):
            demands |= _demand(texts)
            texts = frozenset(" " if text.endswith(" ") else text for text in texts)
    return demands | _demand(texts)


def _of_part(part: _Part, before: _Texts) -> set[Demand]:
    """Return the demands of a part that may match many texts."""
    code, argument = part
    if code is codes.SUBPATTERN:
        return _needed(argument[3], before)
    if code is codes.ATOMIC_GROUP:
        return _needed(argument, before)
    if code in _REPEATS and argument[0] >= 1:
        return _needed(argument[2], before)
    if code is codes.BRANCH:
        found: set[str] = set()
        for branch in argument[1]:
            needed = _needed(branch, before)
            if not needed:
                return set()
            best: Demand = max(needed, key=_worth)
            found |= best
        return {_shortest(found)}
    return set()


def _behind(part: _Part) -> _Texts:
    """Return the texts that may stand at the end of a part that may match many."""
    code, argument = part
    if code in _REPEATS and argument[0] >= 1:
        texts = _of_all(argument[2])
        if texts is not None and len(texts) <= _MOST_TEXTS:
            return texts
    return _NOTHING


def _texts(part: _Part) -> _Texts | None:
    """Return all texts that a part may match, with white space as one blank; None where it may match many."""
    code, argument = part
    if code is _RUN:
        return frozenset({argument})
    if code is codes.IN:
        return _of_signs(argument)
    if code is codes.AT:
        return _BOUNDARY if argument is codes.AT_BOUNDARY else _NOTHING
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return _BOUNDARY if code is codes.ASSERT_NOT and is_edge(*argument) else _NOTHING
    if code is codes.SUBPATTERN:
        return _of_all(argument[3])
    if code is codes.ATOMIC_GROUP:
        return _of_all(argument)
    if code is codes.BRANCH:
        branches = [_of_all(branch) for branch in argument[1]]
        return None if None in branches else frozenset().union(*branches)  # type: ignore[arg-type]
    if code in _REPEATS:
        low, high, inner = argument
        texts = _of_all(inner)
        if texts is None or (high != 1 and texts != _SPACE):
            return None
        return texts if low else texts | _NOTHING
    return None


def _of_all(tree: Iterable[_Part]) -> _Texts | None:
    """Return all texts that parts may match one after the other; None where they are many."""
    texts = _NOTHING
    for part in _runs(tree):
        own = _texts(part)
        if own is None or len(own) * len(texts) > _MOST_TEXTS:
            return None
        texts = _joined(texts, own)
    return texts


def _runs(tree: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts with the letters that stand side by side as one, up to white space and with it."""
    run = ""
    # The parser's own sequence is slow to walk; what it holds is a list.
    for part in getattr(tree, "data", tree):
        if part[0] is codes.LITERAL:
            run += _sign(part[1])
            if not run.endswith(" "):
                continue
        if run:
            yield _RUN, run
            run = ""
        if part[0] is not codes.LITERAL:
            yield part
    if run:
        yield _RUN, run


def _joined(texts: _Texts, more: _Texts) -> _Texts:
    if len(texts) == len(more) == 1:
        (one,), (other,) = texts, more
        return frozenset({one + other if not one.endswith(" ") or other != " " else one})
    return frozenset((one + other).replace("  ", " ") for one in texts for other in more)


@cache
def _sign(code: int) -> str:
    char = chr(code)
    return " " if char.isspace() else lowered(char)


def _of_signs(members: Sequence[_Part]) -> _Texts | None:
    """Return the signs of a set of characters, its figures as one; None where they are many."""
    found: set[str] = set()
    for code, argument in members:
        if code is codes.LITERAL:
            found.add(_sign(argument))
        elif (code, argument) == (codes.CATEGORY, codes.CATEGORY_DIGIT) or (
            code is codes.RANGE and ord("0") <= argument[0] and argument[1] <= ord("9")
        ):
            found.add(DIGIT)
        elif (code, argument) == (codes.CATEGORY, codes.CATEGORY_SPACE):
            found.add(" ")
        elif code is codes.RANGE and argument[1] - argument[0] < _MOST_TEXTS // 3:
            found.update(_sign(sign) for sign in range(argument[0], argument[1] + 1))
        else:
            return None
    return frozenset(found)


def is_edge(direction: int, inner: Sequence[_Part]) -> bool:
    """Whether a look-around says that no letter or figure stands before what follows."""
    if direction >= 0 or len(inner) != 1 or inner[0][0] is not codes.IN:
        return False
    members = inner[0][1]
    return (codes.CATEGORY, codes.CATEGORY_WORD) in members and members[0][0] is not codes.NEGATE


_PIECES = re.compile(r" ?[^ ]+ ?")
_WITHIN = re.compile(r"(?<=[^\w\0\1])(?=[\w\1])")
_NO_EDGE = re.compile(r"\0+(?![\w\1])|\0(?=\0)")


def _demand(texts: _Texts) -> set[Demand]:
    """Return the one demand of texts of which one must stand in every match; none where one of them spares nothing."""
    if "" in texts or texts in (_SPACE, _BOUNDARY):
        return set()
    found = set()
    for text in texts:
        best = max(_pieces(text), key=_rarity, default="")
        if not best:
            return set()
        found.add(best)
    return {_shortest(found)}


def _pieces(text: str) -> Iterator[str]:
    """Yield the literals of a text that spare something: what each of its words holds."""
    for match in _PIECES.finditer(text):
        literal = _NO_EDGE.sub("", match[0])
        if DIGIT in literal:
            literal = figured(literal)
        literal = _WITHIN.sub(EDGE, literal)
        letters = literal.replace(EDGE, "").strip()
        if len(letters) >= _SHORTEST or (letters and (not letters.isalpha() or letters in _RARE)):
            yield literal


def _shortest(literals: set[str]) -> Demand:
    """Return literals without those that hold another of them."""
    if len(literals) > 1:
        kept: list[str] = []
        for literal in sorted(literals, key=len):
            if not any(other in literal for other in kept):
                kept.append(literal)
        return frozenset(kept)
    return frozenset(literals)


def _worth(demand: Demand) -> tuple[int, int, list[str]]:
    """Rank a demand by how much it spares: longer literals first, then fewer, then by the alphabet."""
    return min(map(_rarity, demand)), -len(demand), sorted(demand)


def _rarity(literal: str) -> int:
    letters = literal.replace(EDGE, "")
    if letters.strip() in _COMMON:
        return 1
    return 2 if letters == DIGIT else min(6, len(letters)) + 1
