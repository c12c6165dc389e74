"""The year of a date that is written without: that of the period or of the list in which it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from caseboard.case.dates import DateInterval, When
from caseboard.narrative.reckoning import BARE_YEAR
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.view import Governed

__all__ = ["period_end", "year_lender"]


def year_lender(
    text: str,
    found: Sequence[TimeExpression],
    position: int,
    told: Sequence[Governed],
    now: When | None,
) -> DateInterval | None:
    """Return the date from which the one at ``position`` has its year: of its period or list; None for the story's.

    ``told`` are the times of the sentence before it, ``now`` is where the story stands.
    """
    return (
        period_end(found, position)
        or _of_the_period(told, found[position])
        or _closing(text, found, position, now)
    )


def period_end(found: Sequence[TimeExpression], position: int) -> DateInterval | None:
    """Return the end of a period, which gives its beginning the year: "between July and December 2012"."""
    expression = found[position]
    if expression.kind != "absolute" or expression.year is not None:
        return None
    later = next((e for e in found[position + 1 :] if e.until and e.year is not None), None)
    return None if later is None or later.year is None else DateInterval.of(later.year, later.month)


def _of_the_period(told: Sequence[Governed], expression: TimeExpression) -> DateInterval | None:
    """Return the period told before a date without a year that lies in it: "May to September 2021, with PR in July".

    Where the sentence has gone on beyond the period, it does not go back.
    """
    if expression.kind != "absolute" or expression.year is not None or expression.month is None:
        return None
    ends = next((index for index in range(len(told) - 1, 0, -1) if told[index].until), None)
    if ends is None:
        return None
    first, last, reached = told[ends - 1].moment.when, told[ends].moment.when, told[-1].moment.when
    if not (
        isinstance(first, DateInterval)
        and isinstance(last, DateInterval)
        and isinstance(reached, DateInterval)
    ):
        return None
    if first.days >= BARE_YEAR or last.days >= BARE_YEAR or reached.compare(last) == "after":
        return None
    for year in range(first.first.year, min(last.first.year, first.first.year + 2) + 1):
        day = _of_year(year, expression)
        if day is not None and first.first <= day.first and day.last <= last.last:
            return day
    return None


def _closing(
    text: str, found: Sequence[TimeExpression], position: int, now: When | None
) -> DateInterval | None:
    """Return the date that closes a list and gives those before it its year: "on 9 May, on 16 June and on 2 July 2023".

    They stand in the order of the calendar. A date with a year before them gives it too, and is nearer; so is the story
    where it has gone on beyond the list and the list is not told in one breath.
    """
    expression = found[position]
    if expression.kind != "absolute" or expression.year is not None or expression.looks_back:
        return None
    if any(other.year is not None for other in found[:position]):
        return None
    close = True
    for one, other in pairwise(found[position:]):
        if other.kind != "absolute" or _of_calendar(one) > _of_calendar(other) or other.years_on is not None:
            return None
        close = close and _IN_ONE_BREATH.fullmatch(text, one.end, other.start) is not None
        if other.year is not None:
            closes = _of_year(other.year, other)
            ahead = closes is not None and not (isinstance(now, DateInterval) and closes.last < now.first)
            return closes if ahead or close else None
    return None


_IN_ONE_BREATH = re.compile(
    r"(?:(?!\b(?:was|were|had|has|who|which|when|since|after|before)\b)[^.;]|\.(?=\d)){1,45}", re.IGNORECASE
)
"""What stands between the dates of a list: values, or what went with each, and no clause of its own."""


def _of_calendar(expression: TimeExpression) -> tuple[int, int]:
    """Return where in a year a date lies, one whose order is not known by the earlier reading."""
    if expression.day_or_month is not None:
        return min(expression.day_or_month), 0
    return expression.month or 1, expression.day or 0


def _of_year(year: int, expression: TimeExpression) -> DateInterval | None:
    """Return a date as of a year; None where there is no such day, or its order is not known."""
    if expression.day_or_month is not None:
        return None
    try:
        return DateInterval.of(year, expression.month, expression.day)
    except ValueError:
        return None
