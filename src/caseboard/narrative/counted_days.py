"""Texts without dates that count their days, weeks and months from the first presentation: "D0", "wk 12", "M26"."""

from __future__ import annotations

import re

from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import Unit, unit_of

__all__ = ["COUNTED", "LONGEST_CYCLE", "counts_from_first", "row_of_days"]

_FIRST = (
    r"(?:the\s)?(?:(?:date|day|time)\s(?:of\s|(?:that|when|on\swhich)\s)?)?(?:the\s)?"
    r"(?:(?:first|index|initial)\s(?:visit|presentation|contact|consultation|attendance|admission|day)|presentation"
    r"|(?:our|the)\s(?:\w{3,12}\s)?first\ssaw)\b"
)
_SAYS_SO = pattern(
    r"\b(?:times?|dates?|days?|weeks?|months?|timings?|time ?points?)\b[^.;\n]{0,60}?\b(?:count(?:ed|s)?|reckoned"
    r"|measured|calculated|numbered|given|expressed|relative|are|run)\s(?:as\s[a-z]{3,8}\s)?"
    rf"(?:from|to|since|after)\s{_FIRST}"
    rf"|[=:]\s(?:(?:days|weeks|months)(?:,\s|\sand\s|,\sand\s|/|\s)){{1,3}}(?:from|since|after)\s{_FIRST}"
    rf"|\b(?:d|day|w|week|wk|m|month)\s?0\s?(?:=|:|is|was|being|means)\s?{_FIRST}"
    rf"|\b(?:count|take|took|set|fix|defin|designat|call)\w{{0,4}}\b[^.;\n]{{0,24}}\b(?:day|week|month)\s?0,?\s{_FIRST}"
    rf"|\b{_FIRST}[^.;\n]{{0,40}}?\s(?:as|is|was|being|=)\s(?:day|week|month)\s?0\b"
    r"|\b(?:presented|presentation|seen|came|attended|admitted|admission|first visit)\b[^.;\n]{0,90}?"
    r"\((?:day|week|month)\s?0\)",
    re.IGNORECASE,
)
"""What tells that a text counts its days and months from the first presentation."""
_FROM_FIRST = re.compile(
    r"[\s/0](?:(?<!0)(?:from|to|since|after)\s|(?<=0)\s?(?:=|:|is|was|being|means)\s?)" + _FIRST
)
_DAY_ZERO = re.compile(r"(?:day|week|month)\s?0\b")
"""What each way to say so holds: a first look, which most texts need no more than."""
_UNITS = r"(?:days?|weeks?|wks?|months?|mo)\.?\s?|[dwm]"
_HEADS = re.compile(rf"\n[ \t•*-]{{0,4}}(?P<unit>{_UNITS})(?P<count>\d{{1,4}})(?=[\s:,|–-])")
"""A line of a timeline that begins with its count."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TIMELINE = 5
"""Lines with a count from which on a text without a year is a timeline of its own."""
COUNTED = pattern(
    r"(?<![\w.,/-])(?:at\s|in\s|on\s|by\s|from\s|since\s|until\s)?(?:(?P<unit>days?|weeks?|wks?|months?"
    r"|mos?\.?)\s?(?P<count>\d{1,4})"
    r"|(?P<letter>[dwm])(?P<figure>\d{1,4}))(?![\d%]|[.,/]\d|\s?[-–x×+]\s?\d|,\s?\d"
    r"|\s(?:of|after|post|into|from|before|since|on\streatment|cycles?|doses?)\b)"
)
"""A count in such a text: "W21", "wk 33", "on day 16"; no days on which a drug is given ("d1, 8")."""


def counts_from_first(lower: str) -> bool:
    """Whether a text (in lower case) counts its times from the first presentation: it says so, or it shows it."""
    signs = _FROM_FIRST.search(lower) or _DAY_ZERO.search(lower)
    if signs is not None and _SAYS_SO.search(lower) is not None:
        return True
    counts: dict[str, list[int]] = {}
    for line in _HEADS.finditer("\n" + lower):
        counts.setdefault(line["unit"][0], []).append(int(line["count"]))
    if _YEAR.search(lower) is not None:
        return False
    told = sum(len(row) for row in counts.values())
    rising = all(row == sorted(row) for row in counts.values())
    return (told >= _TIMELINE and rising) or _begins_treatment_on_days(lower)


def _begins_treatment_on_days(lower: str) -> bool:
    """Whether treatments begin on counted days, so that the days are not those of a treatment: "from day 36"."""
    if lower.count("day ") < _TIMELINE:
        return False
    begun = {int(match["count"]) for match in _BEGUN_ON_DAY.finditer(lower)}
    return len(begun) >= _BEGUN and max(begun) > LONGEST_CYCLE


_BEGUN_ON_DAY = re.compile(
    r"\b(?:from|since|(?:started|begun|began|commenced|initiated|start|performed|operated)\s(?:on|at))\sday\s"
    r"(?P<count>\d{1,4})\b(?!\s?(?:[-–,/+]|to\s\d|of\b|after\b|post))"
)
_BEGUN, LONGEST_CYCLE = 2, 28
"""Days on which treatments begin that a text has to tell, and the longest cycle, within which days are its own."""


_ROW = re.compile(r"[ \t|]{0,4}(?P<count>\d{1,4})(?=[ \t|])")
_HEAD_OF_ROWS = re.compile(r"[ \t|]{0,4}(?P<unit>days?|weeks?|wks?|months?)\b(?![^\n]*\d)[ \t|][^\n]{3,100}")
_MOST_ROWS = 12
"""Lines above a row within which the head of its table stands."""


def row_of_days(lower: str, start: int) -> tuple[int, Unit, int] | None:
    """Return the count, its unit and where it ends, with which a line of a table begins whose first column is "Day".

    ``lower`` is the text in lower case. None where the line at ``start`` is none of such a table.
    """
    row = _ROW.match(lower, start)
    if row is None or lower[max(0, start - 1) : start] not in ("", "\n"):
        return None
    first = start
    for _ in range(_MOST_ROWS):
        last = first - 1
        first = lower.rfind("\n", 0, max(0, last)) + 1
        if last <= 0 or last - first > _LONGEST_ROW:
            return None
        head = _HEAD_OF_ROWS.fullmatch(lower, first, last)
        if head is not None:
            return int(row["count"]), unit_of(head["unit"]), row.end()
        if _ROW.match(lower, first, last) is None:
            return None
    return None


_LONGEST_ROW = 200
