"""Expressions of time in a sentence: what is written, before anybody decides which day it means.

An expression is absolute (a date, more or less complete), or relative to something: the story's running date, the
presentation, the start of treatment, an operation. ``clock`` resolves them. Numeric dates are read in the order that
the document's unambiguous dates show; where none does, the day and the month are left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from caseboard.narrative.patterns import Cues, cues_in, lowered, pattern

__all__ = ["Anchor", "DateOrder", "TimeExpression", "Unit", "date_order", "find_times"]

Anchor = Literal["now", "presentation", "treatment", "surgery", "radiotherapy", "diagnosis", "stop", "recurrence", "birth", "follow-up"]
Unit = Literal["day", "week", "month", "year"]
DateOrder = Literal["day first", "month first", "unknown"]


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A time as written at characters ``start`` to ``end``.

    ``absolute``: year, month and day as far as given (a missing year is filled from the story). ``relative``:
    ``amount`` units after (or before, where negative) ``anchor``; amount 0 is the anchor's own time.
    ``day_or_month`` holds the two numbers of a date whose order the document does not show.
    ``until`` marks the end of a period ("from March to May": the second), ``since`` its beginning.
    """

    start: int
    end: int
    kind: Literal["absolute", "relative"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_or_month: tuple[int, int] | None = None
    part: Literal["", "early", "mid", "late"] = ""
    anchor: Anchor = "now"
    amount: float = 0.0
    unit: Unit = "day"
    until: bool = False
    bracketed: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
_NUMBERS = {
    word: value
    for value, words in {
        0.5: "half",
        1: "a an one first 1st next another further single following",
        2: "two second 2nd couple",
        3: "three third 3rd few several",
        4: "four fourth 4th",
        5: "five fifth 5th",
        6: "six sixth 6th",
        7: "seven seventh 7th",
        8: "eight eighth 8th",
        9: "nine ninth 9th",
        10: "ten tenth 10th",
        11: "eleven eleventh",
        12: "twelve twelfth",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        20: "twenty",
        24: "twenty-four",
        30: "thirty",
        36: "thirty-six",
    }.items()
    for word in words.split()
}
_COUNT = (
    r"(?P<count>\d{1,3}(?:[.,]\d)?(?:\s?[-–]\s?\d{1,3})?|half an?|half|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|twenty-four|twenty|thirty-six|thirty|another|a further|a few|several|a couple of)"
)
_UNIT = r"(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_SPAN = rf"{_COUNT}(?:\s(?:more|further|additional|full|whole|consecutive))?[\s-]?{_UNIT}\b"
_THERAPY = (
    r"(?:(?:the |this |that |her |his |their |continuous |daily |oral |initial |targeted |systemic |crizotinib |first-line |second-line )?"
    r"(?:[a-z]{3,20}(?:nib|mab|platin|taxel|rubicin|fosfamide|parib|ciclib|lisib) )?"
    r"(?:therapy|treatment|chemotherapy|medication|immunotherapy|administration|targeted therapy|[a-z]{3,20}(?:nib|mab|platin|taxel|rubicin|parib|ciclib)))"
)
_OPERATION = (
    r"(?:(?:the |this |that |her |his |initial |primary |radical |first |second |complete )?"
    r"(?:surgery|operation|resection|surgical resection|excision|surgical excision|procedure|amputation|transplantation|[a-z]{3,25}ectomy|reconstruction|craniotomy|transplant))"
)
_PRESENTING = r"(?:(?:the |her |his |their |initial |first |hospital )?(?:presentation|admission|visit|onset|consultation|emergency|symptom onset|onset of symptoms|referral))"
_RADIATION = r"(?:(?:the |completion of |completing |end of |palliative |adjuvant )?(?:radiotherapy|radiation(?: therapy)?|irradiation|chemoradiation|chemoradiotherapy|rt))"
_STOPPING = (
    r"(?:(?:stopping|discontinuing|discontinuation|cessation|the end|end|completion|completing|withdrawal|termination|the last (?:dose|cycle))"
    r"(?: of (?:the )?[a-z]{3,20})?(?: (?:therapy|treatment|chemotherapy))?)"
)
_DIAGNOSED = r"(?:(?:the |her |his |initial |first |original |primary )?(?:diagnosis|biopsy))"
_RECURRED = r"(?:(?:the |her |his |first |this |local )?(?:recurrence|relapse|progression))"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\d-])"),
    ("ymd", r"(?<!\d)(?P<year>(?:19|20)\d\d)[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<day>[0-3]?\d)(?!\d)"),
    ("numeric", r"(?P<first>\d(?<![\d./,-]\d)\d?)(?P<sep>[./-])(?P<second>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-]|[.,]\d)"),
    ("month_year", r"(?<![\d/.])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/])"),
    (
        "day_month",
        rf"(?P<part>early|mid|late|beginning of|end of|middle of)?[\s-]?(?<![\d.])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<name>{_MONTH})\b\.?(?:,?[\s-]?(?P<year>(?:19|20)\d\d))?",
    ),
    ("month_day", rf"\b(?P<name>{_MONTH})\.?\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s?(?:mm|cm|mg|%|[×x]|patients))(?:,?\s(?P<year>(?:19|20)\d\d))?"),
    (
        "month_name",
        rf"(?:\b(?P<part>early|mid|late|beginning of|the beginning of|end of|the end of|middle of|the middle of)[\s-])?\b(?P<name>{_MONTH})\b\.?(?:,?\s(?:of\s)?(?P<year>(?:19|20)\d\d)\b|'(?P<short>\d\d)\b)?",
    ),
    ("day_dot_month", r"(?P<day>\d(?<![\d.,]\d)\d?)[./](?P<month>0?[1-9]|1[0-2])\.?(?![\d/.]|\s?(?:mm|cm|mg|%|×|x\s?\d))(?<=[./]\d\d)"),
    ("years", r"\b(?P<year>(?:19|20)\d\d)\s?[-–]\s?(?P<to>(?:19|20)\d\d)\b"),
    ("year", r"(?=(?:19|20)\d)(?:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\bof )|(?<=\bfrom )|(?<=\bto )|(?<=\bduring )|(?<=\bearly )|(?<=\blate )|(?<=[a-z)] )|(?<=\())(?P<year>(?:19|20)\d\d)\b(?!\s?(?:mg|ml|patients|cells|u/|iu|ng|cgy|mm|cm|/|×|x\s))"),
    ("postoperative", r"\b(?:post-?operative|pod|post-?op)\s?(?:day|d)?\s?(?P<count>\d{1,3})\b"),
    ("postoperative_word", rf"\b{_COUNT}[\s-]?{_UNIT}\s(?:post-?operatively|post-?op\b|post-?surgery|post surgery|post resection|post-resection|post-?operation)"),
    ("after_surgery", rf"\b{_SPAN}\s(?:after|following|from|since|post)\s{_OPERATION}\b"),
    ("after_therapy", rf"\b(?:after|following|at|within|over|for|during)\s(?:only |about |approximately |around |nearly |almost |the first |another |a total of |some )?{_SPAN}\s(?:of|on|into|after (?:starting|initiation of|the start of|beginning))\s{_THERAPY}\b"),
    ("into_therapy", rf"\b(?:about |approximately |only )?{_SPAN}\s(?:of|on|into|after (?:the )?(?:start|starting|initiation|initiating|beginning|commencement|commencing)(?: of)?|following (?:the )?(?:start|initiation|administration)(?: of)?|following|after|under)\s{_THERAPY}\b"),
    ("after_start", rf"\b{_SPAN}\s(?:after|from|following|since)\s(?:the )?(?:start|starting|initiation|initiating|beginning|commencement|commencing)\b"),
    ("after_radiation", rf"\b{_SPAN}\s(?:after|following|from)\s{_RADIATION}\b"),
    ("after_stop", rf"\b{_SPAN}\s(?:after|following|from|off)\s(?:{_STOPPING}|treatment\b(?= was (?:stopped|discontinued)))"),
    ("off_therapy", rf"\b{_SPAN}\soff[\s-](?:therapy|treatment|chemotherapy|drug)\b"),
    ("after_recurrence", rf"\b{_SPAN}\s(?:after|following|from|since)\s{_RECURRED}\b"),
    ("after_diagnosis", rf"\b{_SPAN}\s(?:after|following|from|since|post)[\s-]{_DIAGNOSED}\b"),
    ("after_presentation", rf"\b{_SPAN}\s(?:after|following|from|since)\s{_PRESENTING}\b"),
    ("before_presentation", rf"\b{_SPAN}\s(?:before|prior to|earlier than|preceding)\s(?:{_PRESENTING}|(?:she|he|the patient) (?:was|presented|had)\b)"),
    ("follow_up", rf"\b(?:at|after|of|for|with|during)?\s?(?:an?|the|his|her|their)?\s?(?:last |median |total )?{_SPAN}[\s-](?:of\s)?(?:follow[\s-]?up|surveillance)(?:\s(?:period|visit|time point|point))?\b"),
    ("followed_for", rf"\bfollowed(?:[\s-]up)?\s(?:up\s)?for\s{_SPAN}"),
    ("age", rf"\bat\s(?:the\sage\sof\s)?{_COUNT}\s{_UNIT}\s(?:of\sage|old)\b"),
    ("same", r"\b(?:in|on|at|during|within)?\s?(?:the|that|this)\s(?:very )?(?:same|next day and)\s(?P<unit>day|week|month|year|time|visit)\b|\bsame\s(?P<unit2>day|month|week)\b|\b(?:that|this)\s(?P<unit3>day|visit)\b|\bat (?:this|that) (?P<unit4>time|point|visit)\b"),
    ("next", r"\b(?:in|on|during)?\s?the\s(?:following|next|subsequent|ensuing)\s(?P<unit>day|week|month|year)\b"),
    ("after_that", rf"\b{_SPAN}\s(?:after\s(?:that|it|this|which|wards?)|afterwards?|thereafter|later(?: on)?|subsequently|on\b(?=,))"),
    ("further", rf"\bafter\s(?:a\s)?(?:further|another)\s(?P<count>\d{{1,2}}|one|two|three|four|six|)\s?{_UNIT}\b"),
    ("after_bare", rf"\b(?:after|within|following)\s(?:only |about |approximately |around |nearly |almost |another |the next |the following )?{_SPAN}(?=[,.;)]|\s(?:the|a|an|he|she|ct|mri|pet|his|her|there|with|of follow|repeat)\b|$)"),
    ("ago", rf"\b{_SPAN}\s(?:ago|earlier|previously|before(?=[,.;)]|$|\sshe|\she\b|\sthe patient))"),
    ("admission", r"\b(?:on|at|upon)\s(?:admission|presentation|arrival|first (?:visit|presentation)|initial (?:presentation|visit|evaluation)|diagnosis|baseline|the time of diagnosis|initial diagnosis)\b"),
)
_ALL = [(name, pattern(source, re.IGNORECASE)) for name, source in _PATTERNS]
_ANCHORS: dict[str, Anchor] = {
    "postoperative": "surgery",
    "postoperative_word": "surgery",
    "after_surgery": "surgery",
    "after_therapy": "treatment",
    "into_therapy": "treatment",
    "after_start": "treatment",
    "after_radiation": "radiotherapy",
    "after_stop": "stop",
    "off_therapy": "stop",
    "after_recurrence": "recurrence",
    "after_diagnosis": "diagnosis",
    "after_presentation": "presentation",
    "before_presentation": "presentation",
    "follow_up": "follow-up",
    "followed_for": "follow-up",
    "age": "birth",
    "after_that": "now",
    "further": "now",
    "after_bare": "now",
    "ago": "now",
    "admission": "presentation",
    "same": "now",
    "next": "now",
}
_BACKWARD = frozenset({"before_presentation", "ago"})
_NUMERIC = pattern(r"(?<![\d./,-])([0-3]?\d)[./-]([0-3]?\d)[./-](?:(?:19|20)\d\d|\d\d)(?![\d/-]|[.,]\d)")
_MAY = pattern(r"(?:\b(?:in|of|since|until|by|from|on|to|and|early|late|mid|last|between|through|till|during)[\s-]{1,2}|[\d,(/–-]\s?)$", re.IGNORECASE)
_UNTIL = pattern(r"\b(?:until|till|to|through|up to)\s{1,2}$|\d[ \t]?[-–][ \t]?$", re.IGNORECASE)
_BETWEEN = pattern(r"\bbetween\s[^.;]{3,30}\band\s$", re.IGNORECASE)


def date_order(text: str) -> DateOrder:
    """Return the order of numeric dates that the document's unambiguous ones show (German full stops: day first)."""
    day_first = month_first = 0
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[2])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        day_first += "." in match[0] and second <= 12
    if bool(day_first) == bool(month_first):
        return "unknown"
    return "day first" if day_first else "month first"


def find_times(
    text: str, start: int, end: int, order: DateOrder, cues: Cues | None = None
) -> list[TimeExpression]:
    """Return the time expressions of a sentence, in order, none overlapping; earlier patterns win.

    ``cues`` are the patterns that may match in the sentence, where the caller has them at hand.
    """
    if cues is None:
        cues = cues_in(lowered(text[start:end]), 0, end - start)
    taken: list[tuple[int, int]] = []
    found: list[TimeExpression] = []
    for name, written in _ALL:
        if not written.possible(cues):
            continue
        for match in written.finditer(text, start, end):
            first, last = match.span()
            while first < last and text[first].isspace():
                first += 1
            if any(first < high and last > low for low, high in taken):
                continue
            for expression in _read(name, match, text, first, order):
                found.append(expression)
            if found and found[-1].end == last:
                taken.append((first, last))
    found.sort(key=lambda expression: expression.start)
    return found


def _read(name: str, match: re.Match[str], text: str, start: int, order: DateOrder) -> Iterator[TimeExpression]:
    """Yield what one match says; nothing where it turns out to be no time."""
    groups = match.groupdict()
    bracketed = text[start - 1 : start] in "([" and text[match.end() : match.end() + 1] in ")]"
    until = bool(_UNTIL.search(text, max(0, start - 9), start) or _BETWEEN.search(text, max(0, start - 45), start))
    if name in _ANCHORS:
        relative = _relative(name, groups, match, start)
        if relative is not None:
            yield msgspec.structs.replace(relative, bracketed=bracketed)
        return
    if name == "years":
        for key, last in (("year", False), ("to", True)):
            yield TimeExpression(
                start=match.start(key), end=match.end(key), kind="absolute", year=int(groups[key]), until=last, bracketed=bracketed
            )
        return
    month = int(groups["month"]) if groups.get("month") else _MONTHS.get((groups.get("name") or "").lower())
    day = int(groups["day"]) if groups.get("day") else None
    year = _year(groups.get("year") or groups.get("short"))
    either: tuple[int, int] | None = None
    if name == "numeric":
        first, second = int(groups["first"]), int(groups["second"])
        if groups["sep"] == "." or order == "day first" or (first > 12 and order == "unknown"):
            day, month = first, second
        elif order == "month first" or second > 12:
            month, day = first, second
        elif first == second:
            month = day = first
        else:
            either = (first, second)
    if name in ("month_name", "day_month", "month_day") and (groups["name"] or "").lower() in ("may", "mar", "march", "dec", "sep"):
        if name == "month_name" and year is None and not (groups["name"][0].isupper() and _MAY.search(text, max(0, match.start("name") - 9), match.start("name"))):
            return
        if groups["name"].islower() and name != "month_name" and groups["name"] in ("may", "march") and year is None:
            return
    if name == "month_name" and groups["name"].islower() and groups["name"] in ("jan", "dec", "oct", "mar", "sep", "sept", "jun", "may"):
        return
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return
    part = (groups.get("part") or "").lower()
    yield TimeExpression(
        start=start,
        end=match.end(),
        kind="absolute",
        year=year,
        month=month,
        day=day,
        day_or_month=either,
        part="early" if "begin" in part or part == "early" else "late" if "end" in part or part == "late" else "mid" if part else "",
        until=until,
        bracketed=bracketed,
    )


def _relative(name: str, groups: dict[str, str | None], match: re.Match[str], start: int) -> TimeExpression | None:
    unit_text = next((groups[key] for key in ("unit", "unit2", "unit3", "unit4") if groups.get(key)), "day") or "day"
    unit: Unit = "week" if unit_text[0] in "wW" else "month" if unit_text[:2].lower() == "mo" else "year" if unit_text[0] in "yY" else "day"
    if name in ("same", "admission"):
        amount = 0.0
    elif name == "next":
        amount = 1.0
    else:
        amount = _count(groups.get("count") or "one")
        if amount <= 0:
            return None
    if name in _BACKWARD:
        amount = -amount
    return TimeExpression(start=start, end=match.end(), kind="relative", anchor=_ANCHORS[name], amount=amount, unit=unit)


def _count(text: str) -> float:
    words = text.lower().replace("half an", "half").replace("a further", "one").replace("a few", "few").replace("a couple of", "couple")
    if words in _NUMBERS:
        return _NUMBERS[words]
    parts = re.split(r"[-–]", words.replace(",", ".").replace(" ", ""))
    try:
        return float(parts[-1])
    except ValueError:
        return 0.0


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text)
    return year if year > 100 else 2000 + year if year < 50 else 1900 + year
