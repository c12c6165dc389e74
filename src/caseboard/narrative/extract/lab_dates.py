"""Dates of the tables of letters, which leave out the year: "22.05.", "07/11"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import Moment
from caseboard.narrative.memory import Memory
from caseboard.narrative.time_words import full_year
from caseboard.narrative.view import View

__all__ = ["DAY_AND_MONTH", "date_at", "date_of"]

DAY_AND_MONTH = re.compile(r"(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})\.?(?![\d/])")
_AHEAD = timedelta(days=60)
"""How far a table may go beyond where the story stands: a letter tells the course after its table of values."""


def date_at(view: View, memory: Memory, low: int, high: int) -> tuple[Moment, int] | None:
    """Return the date that begins between ``low`` and ``high`` and where it ends, or None."""
    time = next((time for time in view.times if time.absolute and low <= time.start <= high), None)
    if time is not None:
        return time.moment, time.end
    match = DAY_AND_MONTH.match(view.whole, low)
    moment = date_of(view, memory, match) if match is not None else None
    return (moment, match.end()) if match is not None and moment is not None else None


def date_of(view: View, memory: Memory, match: re.Match[str]) -> Moment | None:
    """Return the day that a day and a month mean: the latest that the story can have reached; None where it is open."""
    now = memory.clock.now
    written = memory.clock.anchors.get("written")
    latest = now if isinstance(now, DateInterval) else written
    year = match.groupdict().get("year")
    if not isinstance(latest, DateInterval) and year is None:
        return None
    one, two = int(match["one"]), int(match["two"])
    order = "day first" if match["sign"] == "." else view.style.order
    if order == "unknown" and one <= 12 and two <= 12 and one != two:
        return None
    if two > 12 or (order == "month first" and one <= 12):
        one, two = two, one
    if year is not None:
        day = _day(full_year(year), two, one)
        return None if day is None else Moment(DateInterval(day, day))
    for at in (latest.last.year, latest.last.year - 1) if isinstance(latest, DateInterval) else ():
        day = _day(at, two, one)
        if day is not None and isinstance(latest, DateInterval) and day <= latest.last + _AHEAD:
            return Moment(DateInterval(day, day), "resolved", "year taken from the story")
    return None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None
