"""Dates of two numbers: a day and a month ("on 24/11"), or in notes a month and a year of two digits ("CT 11/21").

Two numbers are a date only where what stands around them welcomes it: they may be a ratio, a score or a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.date_style import DateOrder, DateStyle

__all__ = ["ShortDate", "find_short_dates"]


class ShortDate(msgspec.Struct, frozen=True):
    """Two numbers at characters ``start`` to ``end``: month and ``year``, or a day and a month in some ``order``."""

    start: int
    end: int
    first: int
    second: int
    order: DateOrder
    year: int | None = None


_TWO_NUMBERS = re.compile(
    r"(?P<first>\d(?<![\d./,-]\d)(?<![a-z]\d)\d?)(?:/(?P<second>\d\d?)|\.(?P<dotted>\d\d?)\.|\.(?P<bare>\d\d)(?!\d"
    r"|[.,]\d)"
    r"|-(?P<hyphened>0[1-9]|1[0-2])(?!\d|-))"
    r"(?![\d/%]|\.\d|\s(?:days|of|nodes|lymph|slides|cores|samples|hpf|cells|cases|patients)\b)"
)
"""A date of two numbers ("on 24/11", "on 03.04.", in notes "CT 11/21"); what stands around it has to welcome it."""
_WELCOME = re.compile(r"\b(?:on|since|until|till|dated|am|vom)\s$")
_BEGUN = re.compile(r"\b(?:commenced|started|begun|began|stopped|completed|finished|ceased|since|from)\s$")
"""What makes two numbers the month and the year of long ago, where the day comes first: "commenced 3/18"."""
_NOT_BEFORE = re.compile(
    r"(?:\b(?:grade|score|scores|gleason|pain|eva|vas|nrs|ecog|kps|ps|who|ck|level|levels|nodes?|lns?|slns?|bp|stage"
    r"|deauville|asa"
    r"|type|chromosome|exons?|segs?|segments?|part|page|mitos[ei]s|ratio|cores?|hpf|isup|strength|power|visus|karnofsky"
    r"|er|pr|pgr|ar|allred|qs|positive|involved|patients?|cycles?|doses?|days?|sara|mrc|gcs|apgar|every|x|for|last|past|next|than|about|approx"
    r"|(?:nodes?|lns?|cores?|slides?|positive|involved|metasta[a-z]{3,5}|\b[ypc]{0,2}n[0-3x][a-c]?) ?\()\.?\s?"
    r"|[+±~<>≤≥×]\s?)$"
)
"""What makes two numbers a score, a ratio or a count."""
_DOSE = re.compile(r"m?g(?:/d)?\s$")
_SCHEDULE = re.compile(r"[1-6]/[1-3]")
"""Weeks on and off a drug: "sunitinib 50 mg 4/2"."""
_NOT_AFTER = re.compile(
    r"\s?(?:hpf|hpfs|nodes?|lns?\b|lymph|slides|cores?|pos\b|positive|neg\b|\((?:\+|pos|neg|\d)|%|mm\b|cm\b|mg|kg|g/"
    r"|ml|[x×]\s?\d"
    r"|\s(?:post|later|ago|into)\b|hours?|h\b|weeks?|wks?|days?|months?|cycles|patients|cases|cells|points|gy|fr\b|fx\b|°|\+\s)"
)
_OPENED = re.compile(
    r"(?:[\n(\[•*→>=:;,–-]\s{0,4}|\b(?:in|of|from|by|and|to|till|until|w/c|since|on|after|before)\s"
    r"|[a-z)][a-z)]\.?\s{1,3}|\d\)?\s)$"
)
_CLOSED = re.compile(r"\s{0,2}(?:[:;,.)\]→–=-]|\n|$)|\s{2,}")
"""Where a note has a date of two numbers: behind a word, a bracket, an arrow; and before a sign that divides."""
_LAST_MONTH = 12


def find_short_dates(lower: str, start: int, end: int, style: DateStyle) -> Iterator[ShortDate]:
    """Yield the dates of two numbers between ``start`` and ``end`` of a text in lower case."""
    for match in _TWO_NUMBERS.finditer(lower, start, end):
        noted = _sign(match) in style.short
        if match["hyphened"] and not (noted and _stands_as_date(lower, start, end, match)):
            continue  # nearly always a range
        if not _WELCOME.search(lower, max(start, match.start() - 8), match.start()):
            month_of_year = len(match["first"]) == 2 and style.is_short_year(match["second"])
            if not (noted or month_of_year) or not _stands_as_date(lower, start, end, match):
                continue
        elif match["bare"] and not noted:
            continue
        one, two = (
            int(match["first"]),
            int(match["second"] or match["dotted"] or match["bare"] or match["hyphened"]),
        )
        if match["second"] and two > _LAST_MONTH >= one and style.short and style.order != "month first":
            if style.is_short_year(match["second"]) or (
                style.order == "day first"
                and 2000 + two <= style.last_year
                and _BEGUN.search(lower, max(start, match.start() - 11), match.start())
            ):
                yield ShortDate(*match.span(), one, two, "unknown", 2000 + two)
                yield from _end_of_period(lower, match.end(), end, style)
        elif match["second"] and style.last_month and _is_month(lower, start, end, match, style):
            yield ShortDate(*match.span(), one, two, "unknown", 2000 + two)
            yield from _end_of_period(lower, match.end(), end, style)
        else:
            order = style.order if match["second"] or match["hyphened"] else "day first"
            yield ShortDate(*match.span(), one, two, order)


def _end_of_period(lower: str, position: int, end: int, style: DateStyle) -> Iterator[ShortDate]:
    """Yield the month with its year that a hyphen ties to one: "doxorubicin 05/21-09/21"."""
    last = _TIED.match(lower, position, end)
    if last is not None and style.is_short_year(last["year"]) and 1 <= int(last["month"]) <= _LAST_MONTH:
        yield ShortDate(
            *last.span("date"), int(last["month"]), int(last["year"]), "unknown", 2000 + int(last["year"])
        )


_TIED = re.compile(r"-(?P<date>(?P<month>\d\d?)/(?P<year>\d\d))(?![\d/%]|\.\d)")


def _is_month(lower: str, start: int, end: int, match: re.Match[str], style: DateStyle) -> bool:
    """Whether two numbers of an American note are a month and its year: no day that it tells elsewhere, or of late."""
    year, month = 2000 + int(match["second"]), int(match["first"])
    if not style.first_year - 1 <= year <= style.last_year or not 1 <= month <= _LAST_MONTH:
        return False
    of_late = (style.last_month - month) % _LAST_MONTH <= 1
    told = f"{match['first']}/{match['second']}/" in lower[start:end]
    partner = _TO_A_DAY.match(lower, match.end(), end)
    return not (of_late or told or partner is not None)


_TO_A_DAY = re.compile(r"\s?[-–]\s?\d{1,2}/\d(?:\b|[0-3]/)(?!\d)")
"""What follows the first day of a period: "8/21-9/4"."""


def _sign(match: re.Match[str]) -> str:
    return "/" if match["second"] else "-" if match["hyphened"] else "."


def _stands_as_date(lower: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Whether two numbers stand where notes have a date, and not as a ratio, a score or a count."""
    first, last = match.span()
    if _NOT_BEFORE.search(lower, max(start, first - 20), first) or _NOT_AFTER.match(lower, last, end):
        return False
    if _DOSE.search(lower, max(start, first - 8), first) and _SCHEDULE.fullmatch(lower, first, last):
        return False
    second = match["dotted"] or match["bare"] or match["hyphened"]
    if second and not len(match["first"]) == len(second) == 2:
        return False
    closed = last >= end or _CLOSED.match(lower, last, end) is not None
    if not closed and lower[first:last] == "2/2":
        return False  # "peripheral edema 2/2 capmatinib": secondary to
    opened = first == start or _OPENED.search(lower, max(start, first - 24), first) is not None
    return opened and (closed or not (match["bare"] or match["hyphened"]))
