"""The facts of one patient in the order of time: calendar dates, offsets from presentation, and the story's order.

Dates decide where they can. Where two dates overlap ("July 2020" and "2020"), or there is none, the order in which
the story tells the facts decides; that is used for ordering only, and no date is ever made from it.
"""

from __future__ import annotations

import calendar as months
from datetime import date

import msgspec

from caseboard.assess.results import Timing
from caseboard.case.case import Case
from caseboard.case.dates import DateInterval, Offset
from caseboard.case.facts import Fact

__all__ = ["Chronology", "Days", "chronology", "say_days", "say_interval", "say_when", "timing_of"]

Days = tuple[int, int]


class Chronology(msgspec.Struct, frozen=True):
    """Where each fact lies in time, by fact id.

    ``rank`` counts the facts in order of time. ``days`` is the earliest and the latest day a fact may lie on, counted
    on the calendar (``date.toordinal``) if ``calendar``, else from the first presentation; absent where not known.
    """

    facts: tuple[Fact, ...]
    rank: dict[str, int]
    days: dict[str, Days]
    calendar: bool

    def before(self, first: str, second: str) -> bool:
        """Whether the fact ``first`` comes before ``second``, by date or else as the story tells it."""
        return self.rank[first] < self.rank[second]

    def certainly_before(self, first: str, second: str) -> bool:
        """Whether the dates alone put ``first`` before ``second``."""
        one, two = self.days.get(first), self.days.get(second)
        return one is not None and two is not None and one[1] < two[0]

    def between(self, first: str, second: str) -> Days | None:
        """Return the fewest and the most days from ``first`` to ``second``, or None where one is not dated."""
        one, two = self.days.get(first), self.days.get(second)
        if one is None or two is None:
            return None
        return two[0] - one[1], two[1] - one[0]

    def timing(self, first: int, last: int) -> Timing:
        """Return the timing of a stretch of days of this chronology's axis."""
        if self.calendar:
            interval = DateInterval(date.fromordinal(first), date.fromordinal(last))
            return Timing(interval, say_interval(interval))
        return Timing(None, str(Offset(first, first, last)))


def chronology(case: Case) -> Chronology:
    """Return the chronology of a case of one patient.

    The axis is the calendar as soon as one fact has a date. An offset that no dated presentation anchors then has no
    place on it, and is ordered as the story tells it.
    """
    calendar = any(case.interval(fact) is not None for fact in case.facts)
    days: dict[str, Days] = {}
    for fact in case.facts:
        span = _days(case, fact, calendar)
        if span is not None:
            days[fact.id] = span
    keys: list[tuple[int, int]] = []
    told = min((first for first, _ in days.values()), default=0)
    for number, fact in enumerate(case.facts):
        first, last = days.get(fact.id, (told, told))
        # A date that overlaps with what was told just before is not earlier than it.
        told = told if first <= told <= last else first
        keys.append((told, number))
    ordered = tuple(case.facts[number] for _, number in sorted(keys))
    return Chronology(ordered, {fact.id: place for place, fact in enumerate(ordered)}, days, calendar)


def timing_of(case: Case, fact: Fact) -> Timing:
    """Return when a fact was, with the words for it: "July 2020", "42 days after presentation", "not dated"."""
    interval = case.interval(fact)
    if isinstance(fact.when, Offset):
        text = str(fact.when)
        return Timing(interval, text if interval is None else f"{say_interval(interval)} ({text})")
    return Timing(interval, "not dated" if interval is None else say_interval(interval))


def say_interval(interval: DateInterval) -> str:
    """Say an interval as a person would: "14 March 2022", "July 2020", "2019", "March to May 2019"."""
    first, last = interval.first, interval.last
    if interval.exact:
        return _say_day(first)
    if interval == DateInterval.of(first.year):
        return str(first.year)
    whole_months = first.day == 1 and last.day == months.monthrange(last.year, last.month)[1]
    if not whole_months:
        same_month = (first.year, first.month) == (last.year, last.month)
        return f"{first.day if same_month else _say_day(first)} to {_say_day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def say_when(timing: Timing) -> str:
    """Say a timing within a sentence: "on 14 March 2022", "in July 2020", "42 days after presentation"."""
    if timing.interval is None:
        return "at a time not told" if timing.text == "not dated" else timing.text
    starts_with_day = timing.text[:1].isdigit() and not timing.text[:4].isdigit()
    return f"on {timing.text}" if starts_with_day else f"in {timing.text}"


_DAYS_PER_MONTH = 30.4375
_SAID_IN_DAYS = 100


def say_days(span: Days) -> str:
    """Say a stretch of days no finer than its dates: "28 days", "13.3 months", "10 to 12 months", "about 11 months".

    Stretches of less than a hundred days are said in days: rules that ask for four weeks are held against them.
    """
    fewest, most = span
    if most < _SAID_IN_DAYS:
        return _count(fewest, "day") if fewest == most else f"{fewest} to {_count(most, 'day')}"
    if fewest == most:
        return f"{fewest / _DAYS_PER_MONTH:.1f}".removesuffix(".0") + " months"
    least, greatest = (round(days / _DAYS_PER_MONTH) for days in span)
    return (
        f"about {_count(least, 'month')}" if least == greatest else f"{least} to {_count(greatest, 'month')}"
    )


def _count(number: int, one: str) -> str:
    """Say a number of things: "1 day", "28 days"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _say_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(case: Case, fact: Fact, calendar: bool) -> Days | None:
    if calendar:
        interval = case.interval(fact)
        return None if interval is None else (interval.first.toordinal(), interval.last.toordinal())
    if not isinstance(fact.when, Offset):
        return None
    when = fact.when
    if when.first is not None and when.last is None:
        return None  # any later day: no place on the axis
    return (
        when.days if when.first is None else when.first,
        when.days if when.last is None else when.last,
    )
