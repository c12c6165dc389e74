"""Reckoning with days, months and years: a time moved by a length, the parts of a month, the year left out of a date.

Nothing here knows the story; ``clock`` says what is counted from what.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.narrative.time_words import Unit

__all__ = [
    "BARE_YEAR",
    "MAX_YEARS",
    "UNIT_DAYS",
    "day_of",
    "is_before",
    "is_long_after",
    "last_year",
    "moved_years",
    "next_year",
    "part_of",
    "shift",
]

UNIT_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Days of a unit, as far as a length in words is meant so exactly."""
MAX_YEARS = 120
"""The longest time, in years, by which anything is moved: a lifetime."""
BARE_YEAR = 365
"""Days of what is known by its year alone."""
_ROUNDING_DAYS = 15
"""Days by which lengths told in months may differ and still be the same."""
_STAY_DAYS = 75
"""Days after an admission within which dates without a year are still of its year."""
_ANOTHER_COURSE = 90
"""Days between the end of a drug and its next dose that make this another course, and no end of a pause."""
_CALENDAR_FIRST, _CALENDAR_LAST = 1 + MAX_YEARS + 1, 9999 - MAX_YEARS - 1
"""Years that may be moved by a lifetime and still lie in the calendar."""


def moved_years(presented: DateInterval, days: int) -> DateInterval | None:
    """Return the two years within which an age lies that was so many days before the first presentation."""
    if abs(days) > MAX_YEARS * 366 or not _CALENDAR_FIRST <= presented.first.year <= _CALENDAR_LAST:
        return None
    return presented.shift(days - BARE_YEAR, days + BARE_YEAR)


def is_before(when: When, now: When | None) -> bool:
    """Whether a time lies before another for certain; half a month is no difference between lengths."""
    if isinstance(when, DateInterval):
        return isinstance(now, DateInterval) and when.compare(now) == "before"
    return isinstance(now, Offset) and when.days < now.days - _ROUNDING_DAYS


def is_long_after(when: When, ended: When) -> bool:
    """Whether a drug is given again so long after its end that it is another course."""
    if isinstance(when, DateInterval):
        return isinstance(ended, DateInterval) and (when.first - ended.last).days > _ANOTHER_COURSE
    return isinstance(ended, Offset) and when.days - ended.days > _ANOTHER_COURSE


def day_of(month: When | None, day: int) -> DateInterval | None:
    """Return a day of the month that an interval lies in, or None where that is not known."""
    if not isinstance(month, DateInterval) or (month.first.year, month.first.month) != (
        month.last.year,
        month.last.month,
    ):
        return None
    try:
        return DateInterval.of(month.first.year, month.first.month, day)
    except ValueError:
        return None


def last_year(base: DateInterval, month: int, day: int | None) -> int:
    """Return the year in which a day and month came last before a letter, or within its stay of a month or two."""
    ahead = (month - base.first.month) * 30 + (day or 15) - base.first.day
    return base.first.year - 1 if ahead > _STAY_DAYS else base.first.year


def next_year(base: DateInterval, month: int, day: int | None) -> int:
    """Return the year in which a day and month come next in a story that has reached ``base``."""
    reached = (base.first.month, base.first.day if base.exact else 1)
    if (month, day or 31) < reached and base.first.month - month > 1:
        return base.first.year + 1
    return base.first.year


def shift(base: When, amount: float, unit: Unit) -> When | None:
    """Return ``base`` moved by ``amount`` units; days and weeks keep its precision, months give at best a month."""
    days = round(amount * UNIT_DAYS[unit])
    if isinstance(base, Offset):
        return Offset(base.days + days)
    if (
        abs(days) > MAX_YEARS * 366
        or not _CALENDAR_FIRST <= base.first.year <= base.last.year <= _CALENDAR_LAST
    ):
        return None
    if amount == 0:
        return (
            DateInterval.of(base.first.year, base.first.month)
            if unit == "month" and base.days <= 31
            else DateInterval.of(base.first.year)
            if unit == "year" and base.first.year == base.last.year
            else base
        )
    if unit in ("day", "week"):
        return base.shift(days)
    months = round(amount * (12 if unit == "year" else 1), 1)
    if months != int(months):
        return base.shift(days - 15, days + 15)
    first, last = _add_months(base.first, int(months)), _add_months(base.last, int(months))
    return DateInterval(
        DateInterval.of(first.year, first.month).first, DateInterval.of(last.year, last.month).last
    )


def _add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(interval: DateInterval, part: str) -> DateInterval:
    """Return the early, middle or late third of a month (days 1-10, 11-20, 21-), or of a year; or a quarter of it."""
    if not part or interval.exact:
        return interval
    if part.isdigit():
        month = 3 * int(part) - 2
        last = DateInterval.of(interval.first.year, month + 2).last
        return DateInterval(DateInterval.of(interval.first.year, month).first, last)
    third = interval.days // 3
    first, last = interval.first, interval.last
    if part == "early":
        return DateInterval(first, first + timedelta(days=third))
    if part == "late":
        return DateInterval(last - timedelta(days=third), last)
    return DateInterval(first + timedelta(days=third), last - timedelta(days=third))
