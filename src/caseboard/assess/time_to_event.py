"""Time from the start of each line to progression, to the end of treatment and to death, with its uncertainty.

Both ends are intervals of days, so a time is the fewest and the most days it may be. What has not happened is
censored, and the reason is said: the last follow-up, the last assessment before a new line, a death without
progression. Where that is so, progression-free survival, for which the death is an event, is given beside it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.assess.chronology import Chronology, chronology, say_days, timing_of
from caseboard.assess.findings import Finding
from caseboard.assess.response.recist import section
from caseboard.assess.results import Course, Line, LineResponse, TimeToEvent, Timing
from caseboard.case.case import Case
from caseboard.case.facts import Fact, Outcome, Response, Treatment

__all__ = ["times_to_event"]

Endpoint = Literal["progression", "progression or death", "treatment", "death"]
_RULES: dict[Endpoint, str] = {
    "progression": "time.to_progression",
    "progression or death": "time.progression_free",
    "treatment": "time.on_treatment",
    "death": "time.to_death",
}
_TITLES: dict[Endpoint, str] = {
    "progression": "time to progression",
    "progression or death": "progression-free survival",
    "treatment": "time on treatment",
    "death": "survival from the start of the line",
}


class _End(msgspec.Struct, frozen=True):
    """Where a time ends: the days (None where not dated), how to say them, and why it ends there."""

    days: tuple[int, int] | None
    timing: Timing
    facts: tuple[str, ...]
    censored: bool
    reason: str


def times_to_event(
    case: Case, course: Course, responses: tuple[LineResponse, ...]
) -> tuple[TimeToEvent, ...]:
    """Return the times of each line of a case of one patient, in the order of the lines."""
    clock = chronology(case)
    out: list[TimeToEvent] = []
    for index, line in enumerate(course.lines):
        following = course.lines[index + 1] if index + 1 < len(course.lines) else None
        response = next((one for one in responses if one.line == line.number), None)
        progression = _progression(case, clock, line, following, response)
        ends: dict[Endpoint, _End] = {
            "progression": progression,
            **_free(case, clock, following, progression),
            "treatment": _treatment(case, clock, line, following),
            "death": _death(case, clock),
        }
        out.extend(_time(clock, line, endpoint, end) for endpoint, end in ends.items())
    return tuple(out)


def _time(clock: Chronology, line: Line, endpoint: Endpoint, end: _End) -> TimeToEvent:
    start = clock.days.get(line.facts[0]) if line.start is not None else None
    timing = line.start or Timing(None, "not told")
    span = None
    if start is not None and end.days is not None and end.days[1] >= start[0]:
        span = max(0, end.days[0] - start[1]), end.days[1] - start[0]
    title = f"Line {line.number} ({line.name}), {_TITLES[endpoint]}"
    if span is None:
        what = f"{title}: cannot be given, since {_missing(start, end)}; {end.reason}."
    else:
        how = f"{say_days(span)}{', censored' if end.censored else ''}"
        what = f"{title}: {how} (start {timing.text}, end {end.timing.text}): {end.reason}."
    facts = tuple(dict.fromkeys((line.facts[0], *end.facts)))
    return TimeToEvent(
        line=line.number,
        endpoint=endpoint,
        start=timing,
        end=end.timing,
        days_min=None if span is None else span[0],
        days_max=None if span is None else span[1],
        censored=end.censored,
        reason=end.reason,
        facts=facts,
        finding=Finding(
            what=what,
            rule=_RULES[endpoint],
            topic="time to event",
            facts=facts,
            citations=(section("4.7"),) if endpoint.startswith("progression") else (),
        ),
    )


def _missing(start: tuple[int, int] | None, end: _End) -> str:
    if start is None:
        return "the start is not dated"
    return "the end is not dated" if end.days is None else "the dates contradict each other"


def _at(case: Case, clock: Chronology, fact: Fact, reason: str, *, censored: bool) -> _End:
    return _End(clock.days.get(fact.id), timing_of(case, fact), (fact.id,), censored, reason)


def _inside(clock: Chronology, fact: str, line: Line, following: Line | None) -> bool:
    return clock.before(line.facts[0], fact) and (following is None or clock.before(fact, following.facts[0]))


def _progression(
    case: Case, clock: Chronology, line: Line, following: Line | None, response: LineResponse | None
) -> _End:
    """Return the first progression of a line, stated or derived, else where it is censored."""
    stated = [r for r in case.of(Response) if r.category == "PD" and _inside(clock, r.id, line, following)]
    derived = {
        p.facts[0]: p for p in (response.timepoints if response is not None else ()) if p.overall == "PD"
    }
    found = sorted({*(r.id for r in stated), *derived}, key=lambda fact: clock.rank[fact])
    if found:
        first = found[0]
        said = any(r.id == first or (first in derived and r.id in derived[first].facts) for r in stated)
        how = ("stated and derived" if said else "derived from the lesions") if first in derived else "stated"
        fact = case.fact(first)
        kind = f", {fact.modality}" if isinstance(fact, Response) and fact.modality == "clinical" else ""
        return _at(case, clock, fact, f"progression, {how}{kind}", censored=False)
    if following is not None:
        before = f"no progression told before line {following.number} began"
        seen = _last_assessment(case, clock, line, following, response)
        if seen is not None:
            return _at(
                case, clock, seen, f"{before}: censored at the last assessment before that", censored=True
            )
        started = case.fact(following.facts[0])
        reason = f"{before}, and no assessment: censored at its start"
        return _at(case, clock, started, reason, censored=True)
    dead = _dead(case)
    if dead is not None:
        reason = "died, no progression told: censored at death, which counts as event for progression-free survival"
        return _at(case, clock, dead, reason, censored=True)
    return _last_follow_up(case, clock, "no progression told: censored at the last follow-up", assessed=True)


def _last_assessment(
    case: Case, clock: Chronology, line: Line, following: Line, response: LineResponse | None
) -> Fact | None:
    """Return the last assessment of the disease dated within a line: a time point with a word, or a stated response.

    One whose date may lie outside the line ("2019") says no better when the disease was looked at than the line does.
    """
    low, high = clock.days.get(line.facts[0]), clock.days.get(following.facts[0])
    if low is None or high is None:
        return None
    points = response.timepoints if response is not None else ()
    told = [fact for point in points if point.overall != "NE" or point.stated for fact in point.facts]
    told += [r.id for r in case.of(Response) if _inside(clock, r.id, line, following)]
    dated = [
        fact
        for fact in told
        if fact in clock.days and low[0] <= clock.days[fact][0] and clock.days[fact][1] <= high[1]
    ]
    return case.fact(max(dated, key=lambda fact: clock.rank[fact])) if dated else None


def _dead(case: Case) -> Outcome | None:
    return next((outcome for outcome in case.of(Outcome) if outcome.vital == "dead"), None)


def _free(case: Case, clock: Chronology, following: Line | None, progression: _End) -> dict[Endpoint, _End]:
    """Return where progression-free survival ends, if not where the time to progression does: at a death."""
    dead = _dead(case)
    if dead is None or following is not None or not progression.censored:
        return {}
    return {"progression or death": _at(case, clock, dead, "died, no progression told", censored=False)}


def _treatment(case: Case, clock: Chronology, line: Line, following: Line | None) -> _End:
    if line.stop is not None:
        own = (case.fact(fact) for fact in reversed(line.facts))
        stop = next(fact for fact in own if isinstance(fact, Treatment) and fact.event in ("stop", "done"))
        interval = line.stop.interval
        days = clock.days.get(stop.id)
        if interval is not None and clock.calendar:
            days = interval.first.toordinal(), interval.last.toordinal()
        return _End(days, line.stop, (stop.id,), False, "treatment stopped")
    if line.ongoing:
        return _last_follow_up(case, clock, "still on treatment at the last follow-up: censored there")
    last = line.facts[-1]
    if following is not None:
        days = _stretch(clock, last, following.facts[0])
        timing = Timing(None, "not dated") if days is None else clock.timing(*days)
        reason = f"the stop is not told: between the last word of it and the start of line {following.number}"
        return _End(days, timing, (last, following.facts[0]), False, reason)
    dead = _dead(case)
    if dead is not None:
        days = _stretch(clock, last, dead.id)
        timing = Timing(None, "not dated") if days is None else clock.timing(*days)
        return _End(days, timing, (last, dead.id), False, "the stop is not told: at the latest at death")
    return _End(None, Timing(None, "not told"), (), True, "the stop is not told")


def _stretch(clock: Chronology, first: str, last: str) -> tuple[int, int] | None:
    one, two = clock.days.get(first), clock.days.get(last)
    return None if one is None or two is None or two[1] < one[0] else (one[0], two[1])


def _death(case: Case, clock: Chronology) -> _End:
    outcomes = sorted(case.of(Outcome), key=lambda outcome: clock.rank[outcome.id])
    for outcome in outcomes:
        if outcome.vital == "dead":
            return _at(case, clock, outcome, "died", censored=False)
    return _last_follow_up(case, clock, "alive at the last follow-up: censored there")


def _last_follow_up(case: Case, clock: Chronology, reason: str, *, assessed: bool = False) -> _End:
    """Return the latest dated fact of the patient; with ``assessed`` the latest that tells of the disease, if any."""
    dated = [fact for fact in clock.facts if fact.id in clock.days]
    told = [fact for fact in dated if isinstance(fact, (Response, Outcome))]
    for facts in (told, dated) if assessed else (dated,):
        if facts:
            last = max(facts, key=lambda fact: (clock.days[fact.id][0], isinstance(fact, Outcome)))
            return _at(case, clock, last, reason, censored=True)
    return _End(None, Timing(None, "not dated"), (), True, reason)
