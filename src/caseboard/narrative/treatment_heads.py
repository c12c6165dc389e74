"""Lines of a note that only name a treatment, whose course is told in the lines below."""

from __future__ import annotations

import re

from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.terms import drugs, regimens

__all__ = ["is_day_alone", "names_only_treatment", "opens_course"]

_LONGEST_HEAD = 110
_HEAD = re.compile(
    r"[ \t]{0,8}(?:[-*•#]{1,3}[ ]?|\d{1,2}[.)][ ]?)?"
    r"(?:(?:(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth)[- ]line|line[ ]?\d|\dL|L\d)"
    r"(?:[ ](?:therapy|treatment|chemotherapy))?[ ]?[:,–—-][ ]?)?"
    r"(?:(?:drug|agent|regimen|treatment|therapy|medication)s?[ ]?:[ ])?"
    r"(?P<names>[A-Za-z][A-Za-z0-9 +/&,-]{2,60}?)(?:[ ]\d{1,4}(?:[.,]\d{1,2})?[ ]?mg[^\n()]{0,16})?"
    r"(?:[ ]?\([^()\n]{1,60}\))?[ \t]{0,3}[:–-]?",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[ +/&,]{1,3}")
_BESIDE_NAMES = re.compile(
    r"and|plus|with|(?:mono|chemo)?therapy|treatment|(?:neo)?adjuvant|palliative|maintenance|weekly|oral|iv",
    re.IGNORECASE,
)
_OPENS_COURSE = re.compile(
    r"[ \t]{0,8}(?:[-*•][ ]?)?(?:start|commenc|began\b|begun\b|initiated|from[ ]|since[ ]|given\b|dates?\b|C1\b"
    r"|\d{1,2}[ ]?(?:x|cycles?|#)"
    r"|x[ ]?\d|\d{1,4}[./-]\d{1,4}\b|(?:19|20)\d\d\b"
    rf"|\d{{1,2}}[ ]{MONTH_BEGINS}|{MONTH_BEGINS}[a-z]{{0,6}}\.?[ ]\d{{2}})",
    re.IGNORECASE,
)
_YEAR = r"(?:(?:19|20)\d\d|\d\d)"
_DAY_ALONE = re.compile(
    rf"[ \t]{{0,8}}(?:(?:\d{{1,2}}[ .-]{{1,2}})?{MONTH_BEGINS}[a-z]{{0,6}}\.?[ -](?:\d{{1,2}},[ ])?{_YEAR}"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|(?:19|20)\d\d-\d\d(?:-\d\d)?|\d{{1,2}}/(?:19|20)\d\d)[ \t]{{0,4}}:?",
    re.IGNORECASE,
)


def is_day_alone(text: str, start: int, end: int) -> bool:
    """Whether a line is a day or a month and nothing else: "17 Aug 2020"."""
    return end - start <= _LONGEST_DAY and _DAY_ALONE.fullmatch(text, start, end) is not None


_LONGEST_DAY = 30


def names_only_treatment(text: str, start: int, end: int) -> bool:
    """Whether a line names drugs or a regimen and nothing else: "LINE 2 - NIVOLUMAB", "Larotrectinib (on trial):"."""
    if end - start > _LONGEST_HEAD:
        return False
    found = _HEAD.fullmatch(text, start, end)
    if found is None:
        return False
    names = [name for name in _NAMES.split(found["names"]) if not _BESIDE_NAMES.fullmatch(name)]
    return bool(names) and all(drugs.is_drug(name) or regimens.lookup(name) is not None for name in names)


def opens_course(text: str, start: int, end: int) -> bool:
    """Whether a line tells first when something began: "Start: 03/2019", "- 4 cycles, 01/2019 to 03/2019"."""
    return _OPENS_COURSE.match(text, start, end) is not None
