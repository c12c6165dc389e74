"""Words that may rate the tumour, as they are found in a sentence."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.extract.response_words import Category
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed

__all__ = ["BROUGHT", "PATHOLOGICAL", "Hit"]

BROUGHT = frozenset({"CR", "PR", "MR", "SD"})
"""What a treatment may have brought."""
PATHOLOGICAL = pattern(
    r"\b(?:patholog\w{1,6}|histolog\w{1,6}|histopatholog\w{1,6}|biops\w{1,3}|viable|viability|necro(?:sis|tic|sed)"
    r"|specimen|microscop\w{1,5}|path:|regression about)\b",
    re.IGNORECASE,
)


class Hit(msgspec.Struct):
    """Words that may rate the tumour, how much they weigh against others of the sentence, and their time."""

    category: Category
    weight: int
    start: int
    end: int
    governed: Governed | None
    untimed: bool = False
    """It came before another one, whose day the sentence tells: "a partial response followed by progression in May"."""
    paired: bool = False
    """It is the one of its time alone: "in May and July showed stable disease and progression, respectively"."""
