"""A time as it is written in a sentence, before anybody decides which day it means."""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.narrative.span_rules import Anchor
from caseboard.narrative.time_words import Unit

__all__ = ["Part", "TimeExpression"]

Part = Literal["", "early", "mid", "late", "1", "2", "3", "4"]
_EVENTS = frozenset(
    [
        "event",
        "stop",
        "surgery",
        "treatment",
        "resumption",
        "recurrence",
        "start",
        "course",
        "radiotherapy",
        "transplant",
        "later dose",
    ]
)
"""What befell the patient, from which a story goes on."""


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A time as written at characters ``start`` to ``end``.

    ``absolute``: year, month and day as far as given (a missing year is filled from the story). ``relative``:
    ``amount`` units after (or before, where negative) ``anchor``; amount 0 is the anchor's own time.
    ``day_or_month`` holds the two numbers of a date whose order the document does not show.
    ``until`` marks the end of a period ("from March to May": the second); ``bracketed`` stands in brackets of its own.
    """

    start: int
    end: int
    kind: Literal["absolute", "relative"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_or_month: tuple[int, int] | None = None
    part: Part = ""
    anchor: Anchor = "now"
    amount: float = 0.0
    unit: Unit = "day"
    until: bool = False
    bracketed: bool = False
    last_day: int | None = None
    """Of some days of one month, the last ("20-24/09/2021": 24, where ``day`` is 20)."""
    looks_back: bool = False
    """Of a date without a year: whether its verb tells what lies behind the story ("had been given on 21 October")."""
    counted: bool = False
    """Whether a day is one of a row ("on day 8"), of a treatment whose first day is day 1."""
    drug: str = ""
    """Whose start is counted from, where it is named."""
    event: str = ""
    """What is counted from, by its noun in lower case; where the story told of it several times, the last one."""
    first_event: bool = False
    """Whether the first one is meant: "after the first biopsy"."""
    this_event: bool = False
    """Whether it is the one just told: "two weeks after this visit"."""
    calendar: bool = False
    """Whether it is a year of the calendar that is meant: "the following year", "in the new year"."""
    years_on: int | None = None
    """Of a month without a year: how many years after that of the story ("in May of the following year": 1)."""

    @property
    def goes_on_from_event(self) -> bool:
        """Whether it is a length after something that befell the patient: "four weeks after the interruption"."""
        return self.kind == "relative" and self.amount > 0 and self.anchor in _EVENTS
