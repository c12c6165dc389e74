"""The story's clock: which days a time expression means, given where the story stands.

The clock of one patient knows the first presentation, the running date, and the anchors that relative times hang on
(the start of the present treatment, the last operation, ...). Where no anchor has a calendar date, times are counted
in days from the first presentation. Nothing is resolved against an anchor that the story has not named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.case.facts import Certainty
from caseboard.narrative.reckoning import (
    BARE_YEAR,
    MAX_YEARS,
    UNIT_DAYS,
    day_of,
    is_before,
    is_long_after,
    last_year,
    moved_years,
    next_year,
    part_of,
    shift,
)
from caseboard.narrative.span_rules import Anchor
from caseboard.narrative.time_expression import TimeExpression

__all__ = ["AFTER_IT", "Clock", "Moment"]

_COUNTED_FROM = frozenset({"presentation", "treatment", "start", "surgery", "diagnosis", "radiotherapy"})
"""What reports count months from over several sentences."""
_NAMED: dict[Anchor, str] = {"now": "the story's running date", "start": "the start of treatment"}
_A_HABIT = 2
"""Bare months of one count that make it that of the report, which a length told in between does not change."""
_SMALL = 3
"""Years up to which a child's age is told in months."""
_YOUNGER = 30
"""Days by which an age told may lie before that of the first presentation and still be one of its story."""

AFTER_IT = "told after this time"
"""How something is dated of which only what came before has a time: "began X on 3 May and completed 4 cycles"."""


class Moment(msgspec.Struct, frozen=True):
    """A resolved time with how it was resolved.

    ``open`` means: at or after ``when``, and before the story's next date; the fold fills in the end.
    """

    when: When | None
    certainty: Certainty = "stated"
    why: str = ""
    open: bool = False
    ahead: bool = False
    """It heads what is told right behind it, and has the time of that: "Second relapse. CT of 3 May showed"."""

    @property
    def counted_from(self) -> When | None:
        """What later times may be counted from: no day of which only the earliest is known."""
        return None if self.open else self.when


class Clock:
    """Where the story of one patient stands in time. Changes as the fold moves on; one clock a patient."""

    def __init__(self) -> None:
        self.now: When | None = None
        self.mark: Anchor | None = None
        """What the story last counted months from, and counts on from ("at 30 months")."""
        self.from_first = False
        """Whether the text says that its times are counted from the first presentation."""
        self._by_mark = False
        self._days_since_first, self._last_day = 0, 0.0
        """How many days in a row were counted from the first presentation, and the last of them."""
        self._since_first = 0
        """How often the story has told only the number of a month, and that of the months since the presentation."""
        self.year: int | None = None
        """The year that a line of its own says to be that of the entries below it."""
        self.age_days: float | None = None
        """The age at the first presentation, in days: what later ages are counted from."""
        self.anchors: dict[Anchor, When] = {}
        self._untimed: set[Anchor] = set()
        """What was told to have happened, at a time that is not known."""
        self._not_before: dict[Anchor, When | None] = {}
        """Where the story stood when that was told: it was not earlier."""
        self._row: tuple[When, float] | None = None
        """What the last day of a row was counted from that hung on an operation, and its number."""
        self.adrift = False
        """Whether the story has gone on to a treatment of unknown time: its date is only the earliest from then on."""
        self.admitted: When | None = None
        """When the patient was last told to have been admitted; a letter's own stay has a day of its own."""
        self._begun: dict[str, When] = {}
        """When each drug was first given, or given again after a break that makes it another course."""
        self._ended: dict[str, When] = {}
        """When each drug was last stopped, as far as it has not been given again."""
        self._running: frozenset[str] = frozenset()
        """The drugs of the regimen that was begun last."""

    @property
    def presented(self) -> When | None:
        """The first presentation, as far as it is known."""
        return self.anchors.get("presentation")

    def present(self, when: When | None) -> None:
        """Set the first presentation: a date where there is one, else day 0 of the story."""
        self.anchors["presentation"] = when if when is not None else Offset(0)
        if self.now is None:
            self.now = self.anchors["presentation"]

    def set_anchor(self, anchor: Anchor, when: When | None) -> None:
        """Remember when something happened that later times may hang on; an unknown time clears it."""
        if when is None:
            self.anchors.pop(anchor, None)
            self._untimed.add(anchor)
            self._not_before[anchor] = self.now
        else:
            self.anchors[anchor] = when
            self._untimed.discard(anchor)
        # A new treatment is counted from, except where the months are those of the whole story.
        if anchor == "treatment" and not self._by_mark and self.mark not in ("presentation", "birth"):
            self.mark = None

    def begin(self, agents: Iterable[str], when: When | None) -> None:
        """Remember when a regimen was begun, which its going on after a pause does not change."""
        self._running = frozenset(agents)
        for agent in self._running:
            if when is not None:
                self._begun.setdefault(agent, when)
            self._ended.pop(agent, None)
        self.set_anchor("treatment", when)
        self.set_anchor("start", when)

    def resume(self, agents: Iterable[str], when: When | None) -> None:
        """Remember when a regimen went on after a pause, or was given once more long after its end."""
        for agent in agents:
            ended = self._ended.pop(agent, None)
            if when is not None and ended is not None and is_long_after(when, ended):
                self._begun[agent] = when
        self.set_anchor("treatment", when)
        self.set_anchor("resumption", when)

    def end(self, agents: Iterable[str], when: When | None) -> None:
        """Remember when a regimen was stopped."""
        for agent in agents:
            if when is not None:
                self._ended[agent] = when
            else:
                self._ended.pop(agent, None)
        self.set_anchor("stop", when)

    def move(self, moment: When | None) -> None:
        """Let the story go on at ``moment``."""
        if moment is not None:
            self.now = moment

    def resolve(
        self,
        expression: TimeExpression,
        partner: DateInterval | None = None,
        here: When | None = None,
        event: When | None = None,
    ) -> Moment | None:
        """Return the days that an expression means, or None where its anchor is not known.

        ``partner`` is the end of a period that gives its year ("between July and December 2012"); ``here`` is the
        last time that the sentence itself has told, which comes before the story's running date; ``event`` is when the
        event was that the expression hangs on.
        """
        now = here if here is not None else self.now
        if expression.kind == "absolute":
            return self._absolute(expression, partner, now)
        if expression.anchor == "event" and event is not None and expression.event not in _VISITS:
            moved = shift(event, expression.amount, expression.unit)
            return (
                None if moved is None else Moment(moved, "resolved", f"counted from the {expression.event}")
            )
        anchor = self._hangs_on(expression, now)
        if anchor is None:
            return None
        if anchor == "birth":
            return self._aged(expression)
        if (
            anchor == "follow-up"
            and self.adrift
            and expression.unit in ("day", "week")
            and "treatment" in self._untimed
        ):
            return None  # so soon after it, what is counted from is a treatment of unknown time
        if anchor == "follow-up" and isinstance(here, DateInterval):
            anchor = "now"  # "was begun on 17 August; by day 14 the value had risen"
        base = self._counted_from(expression, anchor, now, here)
        if base is None:
            return self._not_earlier(expression, anchor)
        base = self._of_the_row(expression, anchor, base, now)
        self._note_count(expression, anchor, base)
        amount = expression.amount - (1 if self._is_of_treatment(expression, anchor, base) else 0)
        moved = _as_told(shift(base, amount, expression.unit), expression)
        if moved is not None and self._goes_back(expression, anchor, moved, now):
            # a day of what was begun last: "methylprednisolone from 8 November; by day 5 bilirubin was 96"
            anchor, moved = "now", now if now is None else shift(now, expression.amount - 1, expression.unit)
        if moved is None:
            return None
        named = _NAMED.get(anchor, anchor)
        adrift = anchor == "now" and here is None and self.adrift and expression.amount > 0
        return Moment(moved, "resolved", f"counted from {named}", open=adrift)

    def _not_earlier(self, expression: TimeExpression, anchor: Anchor) -> Moment | None:
        """Return the earliest that "at eight weeks" may be of a treatment that was begun on a day not told."""
        begun = self._not_before.get(anchor) if self.adrift and anchor in self._untimed else None
        if anchor != "treatment" or expression.anchor != "mark" or expression.amount <= 0 or begun is None:
            return None
        moved = shift(begun, expression.amount, expression.unit)
        return None if moved is None else Moment(moved, "resolved", "counted from the treatment", open=True)

    def _of_the_row(self, expression: TimeExpression, anchor: Anchor, base: When, now: When | None) -> When:
        """Return what a day of a row is counted from: it goes on over a second operation, where it does not go back.

        "Resection on 8 January. Day 10: fever; debridement on 19 January. Day 12: embolism."
        """
        if not (expression.counted and expression.unit == "day" and anchor == "follow-up"):
            return base
        row, operated = self._row, base == self.anchors.get("surgery")
        if row is not None and operated and base != row[0] and expression.amount > row[1]:
            moved = shift(row[0], expression.amount, "day")
            base = row[0] if moved is not None and not is_before(moved, now) else base
        self._row = (base, expression.amount) if operated else None
        return base

    def _goes_back(self, expression: TimeExpression, anchor: Anchor, moved: When, now: When | None) -> bool:
        """Whether a day of a row would lie before the day that the story has come to: it does not go back."""
        day = expression.counted and expression.unit == "day" and expression.amount >= 1
        return day and anchor == "follow-up" and isinstance(now, DateInterval) and is_before(moved, now)

    def _hangs_on(self, expression: TimeExpression, now: When | None) -> Anchor | None:
        """Return what a length is counted from, where the event itself that it names is not known."""
        if expression.anchor == "mark":
            return self._marked(expression, now)
        if expression.anchor == "event":
            return "now" if expression.this_event else self._stands_for(expression, now)
        if expression.anchor == "follow-up" and expression.counted and self._goes_on_from_first(expression):
            return "presentation"
        return expression.anchor

    def _stands_for(self, expression: TimeExpression, now: When | None) -> Anchor | None:
        """Return what an event is taken for of which the story has told no day."""
        event = expression.event
        if event.endswith("biopsy"):  # it gave the tumour its name, where that was on a day of its own
            named = self.anchors.get("diagnosis")
            return None if named is None or named == self.presented else "diagnosis"
        if event in _VISITS:
            moved = (
                None if self.presented is None else shift(self.presented, expression.amount, expression.unit)
            )
            return "now" if moved is None or is_before(moved, now) else "presentation"
        if event.endswith(("otomy", "debridement", "plasty")):
            return "surgery"
        return "now" if event in _AT_HAND else None

    def _note_count(self, expression: TimeExpression, anchor: Anchor, base: When) -> None:
        """Remember what the text counts its days and months from, for those that say nothing of it."""
        if expression.counted and anchor in ("follow-up", "presentation") and base == self.presented:
            self._days_since_first, self._last_day = self._days_since_first + 1, expression.amount
        self._by_mark = expression.anchor == "mark"
        if self._by_mark and expression.unit == "month":
            self._since_first = self._since_first + 1 if anchor == "presentation" else 0
        of_itself = not self._by_mark and self._since_first >= _A_HABIT
        if anchor in _COUNTED_FROM and expression.amount > 0 and expression.unit != "day" and not of_itself:
            self.mark = anchor

    def gone_on(self, expression: TimeExpression, past: When | None) -> Moment | None:
        """Return what "two years later" means behind a look back to ``past``, or None where that is not past."""
        if (
            past is None
            or expression.kind == "absolute"
            or expression.anchor not in ("now", "follow-up")
            or expression.amount <= 0
        ):
            return None
        moved = shift(past, expression.amount, expression.unit)
        if moved is None or self.now is None or not is_before(moved, self.now):
            return None
        return Moment(moved, "resolved", "counted from the past that the story looks back on")

    def _goes_on_from_first(self, expression: TimeExpression) -> bool:
        """Whether a day goes on with those that the text has counted from the first presentation: "day 2 ... day 9"."""
        if self.presented is None:
            return False
        if self.from_first:
            return True
        begun_on_it = self._days_since_first > 0 and self.anchors.get("treatment") == shift(
            self.presented, self._last_day, "day"
        )
        return expression.amount > self._last_day and (begun_on_it or self._days_since_first >= _A_HABIT)

    def _is_of_treatment(self, expression: TimeExpression, anchor: Anchor, base: When) -> bool:
        """Whether a day is one of a row that begins with the first day of a treatment, which is day 1."""
        if not expression.counted or expression.unit != "day" or expression.amount < 1:
            return False
        if anchor == "follow-up":
            return base == self.anchors.get("treatment") and base != self.anchors.get("surgery")
        return anchor in ("treatment", "start")

    def _marked(self, expression: TimeExpression, now: When | None) -> Anchor | None:
        """Return what a bare "at 30 months" counts from: as before, else the treatment, else the first presentation.

        The story does not go back: what would lie before its running date is counted from something else.
        """
        by_habit = self._since_first >= _A_HABIT and expression.unit == "month"
        if (by_habit or self.from_first) and self.presented is not None:
            return "presentation"
        if self.mark == "birth" and self._is_an_age(expression, now):
            return "birth"
        soon = self.mark is None or expression.unit in ("day", "week")
        if self.adrift and soon and "treatment" in self._untimed:
            return "treatment"
        known: list[Anchor] = [
            a
            for a in (self.mark, "treatment", "presentation")
            if a and self.anchors.get(a) and not self._is_undated(self.anchors[a], now)
        ]
        for anchor in known:
            moved = shift(self.anchors[anchor], expression.amount, expression.unit)
            if moved is not None and not is_before(moved, now):
                return anchor
        return None if known else "treatment"

    def _is_an_age(self, expression: TimeExpression, now: When | None) -> bool:
        """Whether bare months are the age of a small child: not less than the age that the story has reached."""
        if expression.unit != "month" or self.age_days is None or self.presented is None:
            return False
        since = round(expression.amount * UNIT_DAYS["month"] - self.age_days)
        moved = shift(self.presented, since, "day") if since >= 0 else None
        return moved is not None and not is_before(moved, now)

    def _aged(self, expression: TimeExpression) -> Moment | None:
        """Return when the patient was of an age; the months of a small child are ages from then on."""
        moment = self._birth(expression)
        small = self.age_days is not None and self.age_days < _SMALL * BARE_YEAR
        if moment is not None and small and expression.unit == "month":
            self.mark = "birth"
        return moment

    def _is_undated(self, base: When, now: When | None) -> bool:
        """Whether a day is counted from the presentation, while the story has come to dates."""
        return isinstance(base, Offset) and isinstance(now, DateInterval)

    def _counted_from(
        self, expression: TimeExpression, anchor: Anchor, now: When | None, here: When | None
    ) -> When | None:
        """Return what a length is counted from: of a drug that is named its own start or end, where they are known."""
        if anchor == "start" and here is not None and expression.drug and expression.drug not in self._begun:
            return here  # "was given from August, and CT two months after its start showed"
        if (
            anchor in ("start", "treatment")
            and expression.drug not in {"", *self._begun}
            and self._is_over(expression.drug)
        ):
            return None  # of another drug than those that the story has told
        if anchor == "start":
            return self._start(expression, now)
        if anchor == "course":
            return self._course(expression, now)
        if anchor == "recurrence" and expression.amount > 0:
            return self._recurred(expression, now)
        if anchor == "stop" and expression.drug in self._begun:
            return self._ended.get(expression.drug)
        if anchor == "treatment" and (begun := self._begun.get(expression.drug)) is not None:
            moved = shift(begun, expression.amount, expression.unit)
            if self._is_over(expression.drug) or (moved is not None and not is_before(moved, now)):
                return begun
        return self._base(anchor, now)

    def _is_over(self, drug: str) -> bool:
        """Whether another regimen has been begun since a drug was: what counts from its start looks back."""
        return bool(self._running) and drug not in self._running

    def _recurred(self, expression: TimeExpression, now: When | None) -> When | None:
        """Return the recurrence that a length is counted from: the last told, or the one that the story stands at.

        The story does not go back: behind a later date it is another one than that which was told as such.
        """
        told = self.anchors.get("recurrence")
        moved = None if told is None else shift(told, expression.amount, expression.unit)
        return now if moved is not None and is_before(moved, now) else told

    def _course(self, expression: TimeExpression, now: When | None) -> When | None:
        """Return what "six months after chemotherapy" counts from: its end where it is over, else its start."""
        if expression.drug and expression.drug in self._begun:
            return self._ended.get(expression.drug, self._begun[expression.drug])
        begun, ended = self.anchors.get("treatment"), self.anchors.get("stop")
        over = begun is not None and ended is not None and is_before(begun, ended)
        return ended if over else self._base("treatment", now)

    def _start(self, expression: TimeExpression, now: When | None) -> When | None:
        """Return the start that a length is counted from: of the drug named, of the regimen, of its last course.

        The story does not go back: of a regimen that was begun again, the course is meant that fits.
        """
        if expression.drug in self._begun and self._is_over(expression.drug):
            return self._begun[expression.drug]
        told = (self._begun.get(expression.drug), self.anchors.get("start"))
        for begun in (when for when in told if when is not None):
            moved = shift(begun, expression.amount, expression.unit)
            if moved is not None and not is_before(moved, now):
                return begun
        return self._base("treatment", now)

    def _base(self, anchor: Anchor, now: When | None) -> When | None:
        if anchor == "now":
            return now
        if anchor == "follow-up":
            if now is not None and self.presented is not None and is_before(now, self.presented):
                return now
            later = [
                when
                for when in (self.anchors.get("treatment"), self.anchors.get("surgery"))
                if when is not None
            ]
            dated = [when for when in later if isinstance(when, DateInterval)]
            offsets = [when for when in later if isinstance(when, Offset)]
            if dated:
                return max(dated, key=lambda when: when.first)
            return max(offsets, key=lambda when: when.days) if offsets else self.presented
        if anchor == "resumption":
            return self.anchors.get(anchor)
        if anchor == "admission":
            return self.admitted or self.anchors.get(anchor, self.presented)
        if anchor == "diagnosis":
            return self.anchors.get(anchor, self.presented)
        if anchor == "treatment" and anchor not in self.anchors and anchor not in self._untimed:
            return self.anchors.get("surgery")  # the treatment of whom no drug is told was the operation
        return self.anchors.get(anchor)

    def _absolute(
        self, expression: TimeExpression, partner: DateInterval | None, now: When | None
    ) -> Moment | None:
        year = expression.year
        certainty: Certainty = "stated"
        why = ""
        if year is None:
            year = self._year_of(expression, partner, now)
            if year is None:
                return None
            certainty, why = "resolved", "year taken from the story"
        try:
            if expression.day_or_month is not None:
                one, other = expression.day_or_month
                days = sorted({date(year, one, other), date(year, other, one)})
                return Moment(
                    DateInterval(days[0], days[-1]), "inferred", "day and month could be either way round"
                )
            interval = DateInterval.of(year, expression.month, expression.day)
            if expression.last_day is not None and year is not None and expression.month is not None:
                interval = DateInterval(interval.first, date(year, expression.month, expression.last_day))
        except ValueError:
            return None
        return Moment(part_of(interval, expression.part), certainty, why)

    def _year_of(
        self, expression: TimeExpression, partner: DateInterval | None, now: When | None
    ) -> int | None:
        """Return the year of a date that is written without: of its period, its heading, the story or the letter."""
        month, following = expression.month or 1, expression.years_on
        if partner is not None and following is None:
            return partner.first.year - (partner.first.month < month and partner.days < BARE_YEAR)
        if self.year is not None and following is None:
            return self.year
        base = now if isinstance(now, DateInterval) else None
        known = self._letter()
        if known is not None and (base is None or base.days >= BARE_YEAR):
            base = known
        if base is None:
            return None
        if following is not None:
            return base.first.year + following
        if base is known:
            return last_year(base, month, expression.day)
        if expression.looks_back:
            return last_year(base, month, expression.day)
        year = next_year(base, month, expression.day)
        if known is None:
            return year
        year = min(year, max(base.first.year, last_year(known, month, expression.day)))
        written = self.anchors.get("written")
        if isinstance(written, DateInterval) and not base.first > written.last:
            return min(
                year, last_year(written, month, expression.day)
            )  # the story goes back, not beyond the letter
        return year

    def _letter(self) -> DateInterval | None:
        """Return when a letter was written or its stay began, which the dates without a year lie near."""
        for anchor in ("admission", "written"):
            when = self.anchors.get(anchor)
            if isinstance(when, DateInterval):
                return when
        return None

    def _birth(self, expression: TimeExpression) -> Moment | None:
        """Return when the patient was of an age: counted from birth, which the age at presentation dates."""
        age = expression.amount * UNIT_DAYS[expression.unit]
        if self.age_days is None or self.presented is None:
            return None
        since = round(age - self.age_days)
        if expression.unit == "year" and isinstance(self.presented, DateInterval) and since < -2 * BARE_YEAR:
            past = moved_years(self.presented, since)
            return (
                Moment(past, "inferred", "counted from the age at presentation") if past is not None else None
            )
        if expression.unit == "year":
            told = isinstance(self.presented, Offset) and abs(since) < MAX_YEARS * 366
            why = "counted from the age at presentation"
            return Moment(shift(self.presented, since, "day"), "inferred", why) if told else None
        if abs(since) > MAX_YEARS * 366 or since < -_YOUNGER:
            return None
        moved = shift(self.presented, since, "day")
        why = "counted from the age at presentation"
        if isinstance(moved, DateInterval):
            moved = moved.shift(-UNIT_DAYS[expression.unit] // 2, UNIT_DAYS[expression.unit] // 2)
            return Moment(moved, "inferred", why)
        return Moment(moved, "resolved", why)


def _as_told(moved: When | None, expression: TimeExpression) -> When | None:
    """Return a counted time as it is told: as a year of the calendar, as a day of its month, or as it is."""
    if expression.calendar and isinstance(moved, DateInterval):
        return DateInterval.of(moved.first.year)
    return moved if expression.day is None else day_of(moved, expression.day)


_AT_HAND = frozenset({"ct", "mri", "pet", "scan", "reaction", "incident", "event", "episode", "report"})
"""What a story without dates may well have told in the sentence before."""
_VISITS = frozenset({"visit", "consultation", "appointment", "attendance"})
"""The first of them, unless the story has gone on to a later one: it does not go back."""
