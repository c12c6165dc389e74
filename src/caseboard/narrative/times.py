"""Expressions of time in a sentence: what is written, before anybody decides which day it means.

An expression is absolute (a date, more or less complete), or relative to something: the story's running date, the
presentation, the start of treatment, an operation. ``dates_written`` reads the former, ``times_counted`` the latter, by
``time_patterns`` and ``span_rules``; ``clock`` resolves them. Numeric dates are read in the order that the document's
unambiguous dates show; where none does, the day and the month are left open.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from caseboard.narrative import time_patterns as written
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.dates_written import (
    read_digits,
    read_holidays,
    read_months,
    read_quarters,
    read_years,
)
from caseboard.narrative.patterns import Cues, cues_in, lowered
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.time_words import A_LENGTH
from caseboard.narrative.times_counted import read_counted, read_fixed, read_ordinals, read_spans
from caseboard.narrative.times_found import TimesFound

__all__ = ["find_times"]


def find_times(
    text: str, start: int, end: int, style: DateStyle, cues: Cues | None = None
) -> list[TimeExpression]:
    """Return the time expressions of a sentence, in order, none overlapping.

    ``cues`` are the patterns that may match in the sentence, where the caller has them at hand. What was found in the
    text that is being read is remembered: several parts of the reader ask for the same sentences.
    """
    known = _found_in(text, style)
    found = known.get((start, end))
    if found is None:
        lower = lowered(text)
        found = known[start, end] = _times(
            text, lower, start, end, style, cues_in(lower, start, end) if cues is None else cues
        )
    return found


@lru_cache(maxsize=2)
def _found_in(_text: str, _style: DateStyle) -> dict[tuple[int, int], list[TimeExpression]]:
    """Return what has been found in a text so far, by sentence."""
    return {}


def _times(text: str, lower: str, start: int, end: int, style: DateStyle, cues: Cues) -> list[TimeExpression]:
    """Read the times of a sentence, what says more before what says less: the rest is not read within it."""
    if not written.TIMED.possible(cues):
        return []
    sentence = TimesFound(text, lower, start, end, cues)
    if written.QUARTER.possible(cues):
        read_quarters(sentence)
    if style.from_first:
        read_counted(sentence)
    read_digits(sentence, style, cues)
    if written.MONTH_NAME.possible(cues):
        read_months(sentence, style)
    if written.HOLIDAY.possible(cues):
        read_holidays(sentence)
    read_years(sentence)
    if A_LENGTH.possible(cues):
        read_spans(sentence, cues)
    read_ordinals(sentence, cues)
    read_fixed(sentence, cues)
    if len(sentence.found) < 2:
        return sentence.found
    return _with_shared_years(sentence.lower, sorted(sentence.found, key=lambda expression: expression.start))


_JOINS = re.compile(r"\s{0,2}(?:,|and|or|to|until|till|through|[/–-])\s{0,2}")
"""What joins two dates of which only the second has the year."""
_JOINS_LIKE = re.compile(r"\s(?:,\s)?(?:and|or)\s(?:again\s|then\s)?(?:in|on)\s(?:early\s|late\s|mid-?\s?)?")
_ENDS_A_LIST = re.compile(
    r"\s?(?:[.,;:)\n]|$)|\s(?:was|were|show|reveal|confirm|demonstrat|document|both|without|with|after|because|due)"
)
"""The same with a preposition before each, and what follows such a pair: "in May and in June 2019". What follows two
clauses is who the second tells of: "he had surgery in May and in June 2019 he began"."""


def _with_shared_years(lower: str, times: list[TimeExpression]) -> list[TimeExpression]:
    """Give a date the year that is written only once, after the date it is joined to ("in May and June 2019")."""
    for index in range(len(times) - 2, -1, -1):
        time, following = times[index], times[index + 1]
        if time.kind != "absolute" or time.year is not None or time.month is None:
            continue
        if following.year is None or following.month is None:
            continue
        if not _JOINS.fullmatch(lower, time.end, following.start) and not (
            _JOINS_LIKE.fullmatch(lower, time.end, following.start)
            and _ENDS_A_LIST.match(lower, following.end)
        ):
            continue
        times[index] = msgspec.structs.replace(time, year=following.year - (time.month > following.month))
    return times
