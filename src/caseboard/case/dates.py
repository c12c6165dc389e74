"""Partial dates, held as the interval of days that they may mean, and times relative to the first presentation.

A report says "July 2020": the day lies in [2020-07-01, 2020-07-31]. Comparing two such dates has three answers:
before, after, or maybe. Nothing here ever picks a day that the text does not give.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

import msgspec

__all__ = ["DAYS_PER_MONTH", "DAYS_PER_YEAR", "DateInterval", "Offset", "Order", "When", "parse_partial_date"]

Order = Literal["before", "after", "same", "maybe"]

DAYS_PER_MONTH = 30.4375
"""Mean days of a month (365.25 / 12), for durations given in months."""
DAYS_PER_YEAR = 365.25
"""Mean days of a year."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateInterval(msgspec.Struct, frozen=True, tag="date", tag_field="type", order=True):
    """The days, both included, on which something may have happened. ``first`` <= ``last``."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"an interval runs forward: {self.first} is after {self.last}")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> DateInterval:
        """Return the interval that a year, a month or a day means; raises ``ValueError`` for 31 February."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return cls(date(year, month, day), date(year, month, day))

    @property
    def days(self) -> int:
        """How many days the interval spans, both ends included: 1 for an exact day."""
        return (self.last - self.first).days + 1

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    @property
    def middle(self) -> date:
        """The day in the middle, for drawing only; never for reasoning."""
        return self.first + (self.last - self.first) // 2

    @property
    def iso(self) -> str | None:
        """The most precise of ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` that holds the whole interval, else None."""
        if self.exact:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.year:04d}-{self.first.month:02d}"
        if self.first.year == self.last.year:
            return f"{self.first.year:04d}"
        return None

    def __str__(self) -> str:
        """Say the interval as a person would: ``2020-07``, or ``2019-04 to 2019-05``."""
        for whole in (DateInterval.of(self.first.year), DateInterval.of(self.first.year, self.first.month)):
            if self == whole:
                return self.iso or ""
        if self.exact:
            return self.first.isoformat()
        months = DateInterval(
            DateInterval.of(self.first.year, self.first.month).first,
            DateInterval.of(self.last.year, self.last.month).last,
        )
        if self == months:
            return f"{self.first:%Y-%m} to {self.last:%Y-%m}"
        return f"{self.first.isoformat()} to {self.last.isoformat()}"

    def compare(self, other: DateInterval) -> Order:
        """Return ``before`` or ``after`` where that is certain, ``same`` for one known day, else ``maybe``."""
        if self.last < other.first:
            return "before"
        if self.first > other.last:
            return "after"
        if self.exact and self == other:
            return "same"
        return "maybe"

    def certainly_by(self, day: date) -> bool:
        """Whether it had certainly happened at the end of ``day``."""
        return self.last <= day

    def possibly_by(self, day: date) -> bool:
        """Whether it may have happened by the end of ``day``."""
        return self.first <= day

    def shift(self, days_min: int, days_max: int | None = None) -> DateInterval:
        """Return the interval moved by between ``days_min`` and ``days_max`` days (may be negative)."""
        top = days_min if days_max is None else days_max
        return DateInterval(self.first + timedelta(days=days_min), self.last + timedelta(days=top))

    def intersect(self, other: DateInterval) -> DateInterval | None:
        """Return the days common to both, or None where there is none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return DateInterval(first, last) if first <= last else None

    def days_until(self, other: DateInterval) -> tuple[int, int]:
        """Return the fewest and the most days from this to ``other``; negative where ``other`` may lie earlier."""
        return (other.first - self.last).days, (other.last - self.first).days


_DAYS_IN_MONTHS, _DAYS_IN_YEARS = 60, 730
"""From so many days on an offset is said in months, and in years."""
_WHOLE_MONTHS = 3
"""So many days make no difference to a number of months: "three months" is 90 days, 91 or 92."""


_AFTER = " after presentation"


class Offset(msgspec.Struct, frozen=True, tag="offset", tag_field="type", order=True):
    """A time known only relative to the first presentation, in whole days (month = 30, year = 365, week = 7).

    ``days`` is what the text's own words add up to; ``first`` and ``last`` bound it where they are known. Where only
    ``first`` is, it was that day or any later one.
    """

    days: int
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        """Say the offset as a person would: months are told as whole ones, years to a tenth.

        Words of a text add up to days that are no finer than the words: 130 days are "about 4 months".
        """
        if self.first is not None and self.last is None:
            return f"{Offset(self.first)} or later"
        if self.first is not None and self.last is not None and self.first < self.last:
            return f"{str(Offset(self.first)).removesuffix(_AFTER)} to {Offset(self.last)}"
        if self.days == 0:
            return "at presentation"
        size = abs(self.days)
        unit, amount = ("day", float(size))
        if size >= _DAYS_IN_YEARS:
            unit, amount = "year", round(size / 365, 1)
        elif size >= _DAYS_IN_MONTHS:
            unit, amount = "month", float(round(size / 30))
        about = "about " if unit == "month" and abs(size - 30 * amount) > _WHOLE_MONTHS else ""
        word = unit if amount == 1 else unit + "s"
        return f"{about}{amount:g} {word} {'after' if self.days > 0 else 'before'} presentation"


When = DateInterval | Offset


def parse_partial_date(text: str) -> DateInterval:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ``ValueError`` that says what would be right."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:  # pragma: no cover - the pattern always has a year
        raise ValueError(text)
    try:
        return DateInterval.of(year, month, day)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar: {error}") from error
