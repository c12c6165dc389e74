"""The order of day and month that the entries of a note show, whose days run one way: "June 2024 - …, 2/7/24 - …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

from caseboard.case.dates import DateInterval
from caseboard.narrative.time_words import MONTH_BEGINS, MONTHS, full_year

__all__ = ["order_of_entries"]

_HEAD = re.compile(
    r"(?:^|\n|[.;]\s)[ \t•*-]{0,4}"
    r"(?:(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)"
    r"|(?P<number>\d{1,2})/(?P<of>(?:19|20)\d\d)"
    rf"|(?:(?P<day>\d{{1,2}})\s)?(?P<month>{MONTH_BEGINS}[a-z]{{0,6}})\.?\s(?P<in>(?:19|20)\d\d))"
    r"(?=\s?:|\s[-–]\s)"
)
"""The day that an entry of a note begins with, in lower case."""
_FEWEST, _AMBIGUOUS = 3, 2
"""Entries that show which way they run, and those of them that could be read either way."""


def order_of_entries(lower: str) -> Literal["day first", "month first", "unknown"]:
    """Return the one order of day and month in which the entries of a note run one way, else that it is not known.

    Notes are kept in the order of time, or the latest first; an order that makes them go to and fro is not theirs.
    """
    heads = list(_HEAD.finditer(lower))
    if len(heads) < _FEWEST or sum(head["one"] is not None for head in heads) < _AMBIGUOUS:
        return "unknown"
    by_day = _runs_one_way([_day_of(head, day_first=True) for head in heads])
    by_month = _runs_one_way([_day_of(head, day_first=False) for head in heads])
    if by_day == by_month:
        return "unknown"
    return "day first" if by_day else "month first"


def _day_of(head: re.Match[str], *, day_first: bool) -> DateInterval | None:
    """Return the day or the month that an entry begins with, read in one order; None where no calendar has it."""
    try:
        if head["one"] is not None:
            one, two = int(head["one"]), int(head["two"])
            day = date(full_year(head["year"]) or 0, *((two, one) if day_first else (one, two)))
            return DateInterval(day, day)
        if head["of"] is not None:
            return DateInterval.of(int(head["of"]), int(head["number"]))
        month = MONTHS.get(head["month"])
        return DateInterval.of(int(head["in"]), month, int(head["day"]) if head["day"] and month else None)
    except ValueError:
        return None


def _runs_one_way(days: Sequence[DateInterval | None]) -> bool:
    """Whether days never go back, or never go on."""
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return False
    return all(two.last >= one.first for one, two in pairwise(known)) or all(
        two.first <= one.last for one, two in pairwise(known)
    )
