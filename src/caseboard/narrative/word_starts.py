"""Which regular expressions match only from the beginning of a word on, read off their parse tree.

Five of six characters of a text stand within words; where a match must begin with one, they need no look.
"""

from __future__ import annotations

from collections.abc import Sequence
from re import _constants as codes  # type: ignore[attr-defined]  # the parse tree is not public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from caseboard.narrative.demands import is_edge

__all__ = ["begins_words"]

_Part = tuple[Any, Any]
"""A part of the parse tree: its code and what belongs to it."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_LOOKS = (codes.ASSERT, codes.ASSERT_NOT)
_OF_WORDS = (codes.CATEGORY_WORD, codes.CATEGORY_DIGIT)


def begins_words(source: str, flags: int) -> bool:
    """Whether each match of an expression holds something, and begins where a word does."""
    return _begins(tuple(parser.parse(source, flags)), edge=False)


def _begins(parts: Sequence[_Part], *, edge: bool) -> bool:
    """Whether what ``parts`` match begins with a letter or a figure before which none stands (known, if ``edge``)."""
    for place, (code, argument) in enumerate(parts):
        if code is codes.AT:
            edge = edge or argument is codes.AT_BOUNDARY
        elif code in _LOOKS:
            edge = edge or (code is codes.ASSERT_NOT and is_edge(*argument))
        elif code is codes.LITERAL:
            return edge and _is_of_words(chr(argument))
        elif code is codes.IN:
            return edge and all(_holds_only_words(member) for member in argument)
        elif code is codes.SUBPATTERN:
            return _begins((*argument[3], *parts[place + 1 :]), edge=edge)
        elif code is codes.BRANCH:
            rest = parts[place + 1 :]
            return all(_begins((*branch, *rest), edge=edge) for branch in argument[1])
        elif code in _REPEATS and argument[1]:
            if not _begins(tuple(argument[2]), edge=edge):
                return False
            if argument[0]:
                return True
        else:
            return False
    return False


def _is_of_words(char: str) -> bool:
    return char.isalnum() or char == "_"


def _holds_only_words(member: _Part) -> bool:
    """Whether a member of a set of characters holds only letters and figures."""
    code, argument = member
    if code is codes.LITERAL:
        return _is_of_words(chr(argument))
    if code is codes.RANGE:
        first, last = argument
        return all(_is_of_words(chr(one)) for one in range(first, last + 1))
    return code is codes.CATEGORY and argument in _OF_WORDS
