"""Grades of adverse events, and which mention each belongs to."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.view import View

__all__ = ["GRADE", "grade_number", "grade_of"]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
GRADE = pattern(
    r"\b(?:(?:(?:CTC(?:AE)?|toxicity|NCI-CTC(?:AE)?)\s)?(?:grade|gr\.?|G)|CTC(?:AE)?°?)\s?-?(?P<grade>[1-5](?!\.\d)|IV"
    r"|V|III|II|I)(?:\s?[-/–]\s?(?P<other>[1-5]))?\b(?! (?:tumou?r|sarcoma|leiomyo|lipo"
    r"|carcinoma|adeno|chondro|glioma))",
    re.IGNORECASE,
)


def grade_number(grade: re.Match[str] | None) -> int | None:
    """Return the grade, of "grade 3/4" the higher."""
    if grade is None:
        return None
    values = [_ROMAN.get(lowered(text)) or int(text) for text in (grade["grade"], grade["other"]) if text]
    return max(values)


_LEADS = pattern(r"\s?(?:and|or)?\s?(?:[a-z-]{2,18}\s){0,3}")


def grade_of(
    view: View,
    mention: Mention,
    mentions: list[Mention],
    position: int,
    grades: list[re.Match[str]],
    used: set[int],
) -> re.Match[str] | None:
    """Return the grade that belongs to a mention: right before it, or after it and before the next one."""
    for match in grades:
        if match.start() in used:
            continue
        gap = view.whole[match.end() : mention.start]
        if match.end() <= mention.start and len(gap) < 30 and _LEADS.fullmatch(gap):
            used.add(match.start())
            return match
    following = mentions[position + 1].start if position + 1 < len(mentions) else view.end
    for match in grades:
        if match.start() in used or not mention.end <= match.start() < following:
            continue
        gap = view.whole[mention.end : match.start()]
        if position + 1 < len(mentions) and re.search(r"\w", gap):
            led = view.whole[match.end() : mentions[position + 1].start]
            if len(led) < 30 and _LEADS.fullmatch(led):
                continue
        if len(gap) < 70 and not re.search(r"[;.]\s", gap):
            used.add(match.start())
            return match
    return None
