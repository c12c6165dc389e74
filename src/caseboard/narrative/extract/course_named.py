"""A course of treatment whose agents stand in brackets behind it: "chemotherapy (FOLFOX) was given in May"."""

from __future__ import annotations

import re

from caseboard.narrative.context import hypothetical, of_someone_else, planned
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["course_named", "was_had"]


def was_had(view: View, course: tuple[int, int]) -> bool:
    """Whether a course was had by the patient: not planned, nor only named as that under which something happened."""
    if planned(view, *course) or hypothetical(view, *course) or of_someone_else(view, *course):
        return False
    low = view.statement(course[0])[0]
    return view.has(_UNDER, max(low, course[0] - 50), course[0]) is None


def course_named(view: View, given: Given) -> tuple[int, int] | None:
    """Return where a course is told whose agents stand in brackets behind it: "chemotherapy (FOLFOX) was given"."""
    noun = view.has(_COURSE, max(view.start, given.start - 34), given.start)
    closed = _CLOSES.match(view.whole, given.dose_end, view.end) if noun is not None else None
    return (noun.start(), closed.end()) if noun is not None and closed is not None else None


_COURSE = pattern(
    r"\b(?:chemo-?therapy|immunotherapy|polychemotherapy|treatment|therapy|regimen|protocol|combination"
    r"|cycles|courses)\s\((?:with\s)?$",
    re.IGNORECASE,
)
_UNDER = pattern(
    r"\b(?:after|following|during|under|despite|while on|refractory to|resistant to"
    r"|progress\w{2,4} (?:on|under))\s(?:[a-z-]{3,14}\s){0,3}$",
    re.IGNORECASE,
)
"""What only names a course: "he progressed on chemotherapy (FOLFOX)"."""
_CLOSES = pattern(r"(?:\s(?:regimen|protocol|scheme))?\)\s(?=[a-z])")
