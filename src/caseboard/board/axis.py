"""One axis of days for the whole course, on which every date is an interval.

Where no fact of a case has a calendar date, the axis counts days since the first presentation instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from caseboard.assess.chronology import chronology
from caseboard.assess.results import Timing
from caseboard.case import Case, Demographics, Diagnosis, Fact, Lesion, Treatment

__all__ = ["Axis", "Placed"]

_DAY_OF_1970 = date(1970, 1, 1).toordinal()
_MS_PER_DAY = 86_400_000
_DAYS_BEFORE_PRESENTATION = 366


class Placed(msgspec.Struct, frozen=True, order=True):
    """The days on which something may have happened, counted on an axis; both are included."""

    first: int
    last: int

    @property
    def middle(self) -> float:
        """The middle of the days, for drawing only."""
        return (self.first + self.last + 1) / 2


def _of_this_illness(fact: Fact) -> bool:
    """Whether a fact shows that the illness of the case was there: not a diagnosis of the history."""
    return isinstance(fact, Demographics | Lesion) or (
        isinstance(fact, Diagnosis) and fact.status != "history"
    )


class Axis:
    """One axis of days: the calendar where any fact of the case is dated, else days since the first presentation.

    It begins a year before the first presentation, lesion or diagnosis of this illness at the earliest, so that an
    illness of long ago does not squeeze its course; what lies before has no place on it. Where the day of the diagnosis
    is not told, the first drug given counts too: a course may be told by its lines of therapy alone.
    """

    def __init__(self, case: Case) -> None:
        self._clock = chronology(case)
        self.calendar = self._clock.calendar
        days = self._clock.days
        placed = [fact for fact in case.facts if fact.id in days]
        diagnosed = any(isinstance(fact, Diagnosis) and _of_this_illness(fact) for fact in placed)
        own = [
            days[fact.id][0]
            for fact in placed
            if _of_this_illness(fact)
            or (not diagnosed and isinstance(fact, Treatment) and fact.modality == "systemic")
        ]
        self._begins = min(own) - _DAYS_BEFORE_PRESENTATION if own else None

    def fact(self, fact_id: str) -> Placed | None:
        """Return where a fact lies, or None."""
        days = self._clock.days.get(fact_id)
        return self._within(Placed(min(days), max(days))) if days else None

    def timing(self, timing: Timing | None, facts: Iterable[str] = ()) -> Placed | None:
        """Return where a timing lies: by its calendar days, else by the first of its facts that has a place."""
        if timing is None:
            return None
        if timing.interval is not None and self.calendar:
            return self._within(Placed(timing.interval.first.toordinal(), timing.interval.last.toordinal()))
        return next((placed for fact in facts if (placed := self.fact(fact))), None)

    def _within(self, placed: Placed) -> Placed | None:
        return None if self._begins is not None and placed.last < self._begins else placed

    def position(self, day: float) -> float:
        """Return a day as the chart takes it: milliseconds since 1970, or days since the first presentation."""
        return (day - _DAY_OF_1970) * _MS_PER_DAY if self.calendar else day
