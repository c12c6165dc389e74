"""With what the matches of a regular expression begin, where they begin with a word, read off its parse tree.

Five of six characters of a text stand within words, and few words begin with a letter that a match may begin with:
where that is known, the others need no look.
"""

from __future__ import annotations

from collections.abc import Sequence
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from caseboard.narrative.demands import is_edge

__all__ = ["first_letters"]

_Part = tuple[Any, Any]
"""A part of the parse tree: its code and what belongs to it."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_LOOKS = (codes.ASSERT, codes.ASSERT_NOT)
_OF_WORDS = {codes.CATEGORY_WORD: r"\w", codes.CATEGORY_DIGIT: r"\d"}


def first_letters(source: str, flags: int) -> frozenset[str] | None:
    r"""Return what a set must hold of which each match's first character is one; None where some match is no word's.

    A match is one where each match of the expression holds something, and begins where a word does. The members are
    written as between the brackets of an expression: "a", "0-9", r"\w".
    """
    return _first(tuple(parser.parse(source, flags)), edge=False)


def _first(parts: Sequence[_Part], *, edge: bool) -> frozenset[str] | None:
    """Return what ``parts`` begin with, if with a letter or a figure before which none stands (known, if ``edge``)."""
    begun: frozenset[str] = frozenset()
    for place, (code, argument) in enumerate(parts):
        if code is codes.AT:
            edge = edge or argument is codes.AT_BOUNDARY
        elif code in _LOOKS:
            edge = edge or (code is codes.ASSERT_NOT and is_edge(*argument))
        elif code in (codes.LITERAL, codes.IN):
            return _joined(
                begun, _of_words([(code, argument)] if code is codes.LITERAL else argument, edge=edge)
            )
        elif code is codes.SUBPATTERN:
            return _joined(begun, _first((*argument[3], *parts[place + 1 :]), edge=edge))
        elif code is codes.BRANCH:
            rest = parts[place + 1 :]
            return _joined(begun, *(_first((*branch, *rest), edge=edge) for branch in argument[1]))
        elif code in _REPEATS and argument[1]:
            repeated = _joined(begun, _first(tuple(argument[2]), edge=edge))
            if repeated is None or argument[0]:
                return repeated
            begun = repeated
        else:
            return None
    return None


def _joined(*sets: frozenset[str] | None) -> frozenset[str] | None:
    """Return all members of some sets; None where one of them is."""
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _of_words(members: Sequence[_Part], *, edge: bool) -> frozenset[str] | None:
    """Return the members of a set of characters as they are written, if they are letters and figures behind an edge."""
    written = [_member(member) for member in members]
    return frozenset(written) if edge and all(written) else None


def _member(member: _Part) -> str:
    """Return a member of a set as it is written there; nothing where it holds more than letters and figures."""
    code, argument = member
    if code is codes.LITERAL and _is_of_words(chr(argument)):
        return chr(argument)
    if code is codes.RANGE and all(_is_of_words(chr(one)) for one in range(argument[0], argument[1] + 1)):
        return f"{chr(argument[0])}-{chr(argument[1])}"
    return _OF_WORDS.get(argument, "") if code is codes.CATEGORY else ""


def _is_of_words(char: str) -> bool:
    return char.isalnum() or char == "_"
