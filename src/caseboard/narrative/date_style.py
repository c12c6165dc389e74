"""How a document writes its dates, read off those of its dates that leave nothing open."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

import msgspec

from caseboard.narrative.counted_days import counts_from_first
from caseboard.narrative.entry_dates import order_of_entries
from caseboard.narrative.lowered import lowered
from caseboard.narrative.time_words import MONTH_BEGINS, full_year

__all__ = ["ANY_STYLE", "DateOrder", "DateStyle", "date_style"]

DateOrder = Literal["day first", "month first", "unknown"]


class DateStyle(msgspec.Struct, frozen=True):
    """How a document writes its dates, as far as its full numeric dates show.

    ``short``: the signs ("/", ".", "-") of a note whose dates may leave out the year ("CT 24/11") or the day
    ("CT 11/21").
    The years are the first and the last of its full numeric dates.
    """

    order: DateOrder = "unknown"
    short: str = ""
    named: bool = False
    """Dates that name their month have years of two digits ("11 Jan 20")."""
    year_first: bool = False
    """Dates begin with the year, parted by strokes ("2018/12/18"), so that "2022/02" is a month."""
    day_behind: bool = False
    """Dates that name their month have the day behind it ("Jan 17, 2024"), so that "Jan 18" has no year."""
    compact: bool = False
    """Several dates are written in one figure ("20210617"); a single one may be any number."""
    from_first: bool = False
    """It has no dates, but counts its days, weeks or months from the first presentation."""
    first_year: int = 0
    last_year: int = 0
    last_month: int = 0
    """The month of the latest of the full dates of a note whose short ones are days and months of the year alike."""

    def is_short_year(self, two_digits: str | None) -> bool:
        """Whether two digits may be the year of a date in this document, if it is a note."""
        if not (self.short or self.named) or two_digits is None or len(two_digits) != 2:
            return False
        return self.first_year - _YEARS_BEFORE <= 2000 + int(two_digits) <= self.last_year + 1


ANY_STYLE = DateStyle()
"""Where nothing is known of how a document writes its dates."""
_NUMERIC = re.compile(
    r"(\d(?:(?<![\d./,-]\d)|(?<=[./]\d\d-\d)|(?<=[./]\d{4}-\d))\d?)[./-]([0-3]?\d)[./-]((?:19|20)\d\d|['’]?\d\d)"
    r"(?![\d/]|-(?!\d{1,2}[./]\d{1,2}[./]\d\d)|[.,]\d)"
)
_SIGNS = re.compile(r"[./-](?<=\d[./-])[0-3]?\d[./-]")
"""What every date in digits holds: a first look, for a sign is found faster than a figure, [0-9] faster than \\d."""
_STROKE = re.compile(r"/(?<=\d/)\d")
"""What a date with a stroke holds: a first look, as before."""
_YEAR_FIRST = re.compile(r"[12](?<!\d[12])(?:(?<=1)9|(?<=2)0)\d\d/[01]?\d/[0-3]?\d(?!\d)")
_MONTH_NAME = f"{MONTH_BEGINS}[a-z]{{0,6}}"
_NAMED = re.compile(
    rf"[0-9](?:(?<=\b\d)(?<!#\d)|(?<=\b[0-3]\d))[\s-]{_MONTH_NAME}\.?[\s-]"
    r"['’]?(\d\d)\b(?![.:,/]\d|,?\s(?:19|20)\d\d\b|\s?(?:mg|mm|cm|%|days|weeks|months|years|patients|cycles))"
)
_BEHIND_A_WORD = re.compile(
    r"[0-9](?<=[a-z.]\s\d)(?:\d{3}|\d)?\b(?!\s?(?:mg|mm|cm|%|days|weeks|months|years))"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH_NAME}\.?\s$")
_OF_A_DAY = re.compile(
    rf"\b\d\d?(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH_NAME}\b|\b(?:on|by|until|between)\s{_MONTH_NAME}\s\d"
)
"""A date that tells its day, or is told as one that does."""
_DAY_BEHIND = re.compile(rf"\b{_MONTH_NAME}\.?\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b")
_YEAR_LEADS = re.compile(rf"[12](?<!\w[12])(?:(?<=1)9|(?<=2)0)\d\d\s{_MONTH_NAME}\.?\s[0-3]?\d\b")
"""A date that begins with its year and ends with its day: "2021 Apr 19"."""
_CLOSED = re.compile(r"\s?[,:;)\n]|\.?\s{0,3}$|\.\s")
"""What stands behind two digits that can only be the year of the day and the month before them: "12 Jan 23, R0"."""
_COMPACT = re.compile(r"(?<![\w.#/-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/])")
_NOTE_DATES = 2
"""Full numeric dates from which on a document is taken for one that writes its dates in digits."""
_YEARS_BEFORE = 2
"""Years by which a note may go back behind its full dates."""
_YEARS_ON = 3
"""Years by which the short dates of a note may follow its full ones."""


def _is_sure(lower: str, date: re.Match[str]) -> bool:
    """Whether the only date of its kind can be no other: its digits close it, and a year beside its own is written."""
    year = full_year(date[1]) or 0
    return _CLOSED.match(lower, date.end()) is not None and any(
        str(beside) in lower for beside in (year - 1, year, year + 1)
    )


def _years_of_months(lower: str) -> list[int]:
    """Return the years of a note that has no days: "Jan 2020 … Oct 2021 … Jan 22", where the last is of a year."""
    figures = [
        match[0]
        for match in _BEHIND_A_WORD.finditer(lower)
        if _MONTH_BEFORE.search(lower, max(0, match.start() - _LONGEST_MONTH), match.start())
    ]
    years = [int(figure) for figure in figures if len(figure) == _WHOLE_YEAR]
    short = [2000 + int(figure) for figure in figures if len(figure) < _WHOLE_YEAR]
    if not short or len(years) < _NOTE_DATES or _OF_A_DAY.search(lower) is not None:
        return []
    return years + short if min(years) <= min(short) and max(short) <= max(years) + _YEARS_ON else []


_LONGEST_MONTH = 11
"""Characters that the name of a month takes with what stands around it."""
_WHOLE_YEAR = 4
"""Figures of a year that is written in full."""


def _order_without_years(lower: str) -> DateOrder:
    """Return the order of day and month that dates without a year show: "from 12/10, changed on 13/10"."""
    days = {
        int(match[1]) > _LAST_MONTH
        for match in _WITHOUT_YEAR.finditer(lower)
        if min(int(match[1]), int(match[2])) <= _LAST_MONTH < max(int(match[1]), int(match[2])) <= _LAST_DAY
    }
    if len(days) != 1:
        return "unknown"
    return "day first" if days.pop() else "month first"


_WITHOUT_YEAR = re.compile(r"\b(?:on|from|until|till|since)\s(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
_LAST_MONTH = 12
_LAST_DAY = 31


def date_style(text: str) -> DateStyle:
    """Return how a document writes its dates: the order of day and month (German full stops: day first), and more."""
    day_first = month_first = 0
    years = []
    signs: Counter[str] = Counter()
    latest = (0, 0)
    for match in _NUMERIC.finditer(text) if _SIGNS.search(text) else ():
        first, second = int(match[1]), int(match[2])
        if not 1 <= min(first, second) <= _LAST_MONTH or not max(first, second) <= _LAST_DAY:
            continue
        if match[0][len(match[1])] == "." and "/" in match[0]:
            continue  # a dose in fractions: "20.4/12"
        day_first += first > _LAST_MONTH or ("." in match[0] and second <= _LAST_MONTH)
        month_first += second > _LAST_MONTH
        years.append(full_year(match[3].lstrip("'’")) or 0)
        latest = max(latest, (years[-1], first))
        signs[match[0][len(match[1])]] += 1
    lower = lowered(text)
    strokes = _STROKE.search(lower) is not None
    found = list(_NAMED.finditer(lower))
    year_leads = len(_YEAR_LEADS.findall(lower)) >= _NOTE_DATES
    found = [] if year_leads or len(_DAY_BEHIND.findall(lower)) > len(found) else found
    named = len(found) >= _NOTE_DATES or any(_is_sure(lower, match) for match in found)
    years += [full_year(match[1]) or 0 for match in found]
    if not years and not year_leads:
        years = _years_of_months(lower)
        named = bool(years)
    order: DateOrder = "unknown"
    if bool(day_first) != bool(month_first):
        order = "day first" if day_first else "month first"
    elif not day_first and not month_first:
        order = _order_without_years(lower) if strokes else "unknown"
        order = order_of_entries(lower) if order == "unknown" and len(years) > 1 else order
    year_first = strokes and _YEAR_FIRST.search(text) is not None
    compact = len(set(_COMPACT.findall(text))) >= _NOTE_DATES
    if not years:
        return DateStyle(order, year_first=year_first, compact=compact, from_first=counts_from_first(lower))
    years.sort()
    short = "".join(sign for sign in "/.-" if signs[sign] >= _NOTE_DATES)
    day_behind = bool(short) and _DAY_BEHIND.search(lower) is not None
    return DateStyle(
        order,
        short,
        named,
        year_first,
        day_behind,
        compact=compact,
        from_first=counts_from_first(lower),
        first_year=years[len(years) // 10],
        last_year=years[-1],
        last_month=latest[1] if order == "month first" and _has_months(lower, years) else 0,
    )


def _has_months(lower: str, years: list[int]) -> bool:
    """Whether the short dates of an American note are months of a year as often as days: "mucositis (8/20), 9/5"."""
    seconds = [2000 + int(match[2]) for match in _SHORT.finditer(lower) if 1 <= int(match[1]) <= _LAST_MONTH]
    months = sum(years[0] <= second <= years[-1] for second in seconds)
    return months >= _FEWEST_MONTHS and 2 * months >= len(seconds) - months


_SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{2})(?![\d/]|\.\d|\s?%)")
_FEWEST_MONTHS = 3
