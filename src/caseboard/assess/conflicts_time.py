"""Conflicts of time: a stop before the start, facts after the end, dates out of order, durations that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from caseboard.assess.chronology import say_days
from caseboard.assess.findings import Finding
from caseboard.assess.ground import Ground, GroundRule, finding
from caseboard.assess.passages import COUNT, count_of, sentence
from caseboard.case.facts import Fact, Lesion, Outcome, Response, Test, Treatment

__all__ = ["TIME_RULES"]

_HALF_A_YEAR = 180
_DURATION = re.compile(
    r"\bafter\s+(?:only\s+|about\s+|approximately\s+)?"
    rf"({COUNT})\s+(day|week|month|year)s?\s+"
    r"of\s+(?:the\s+)?(?:treatment|therapy|(\w{4,30}))\b",
    re.IGNORECASE,
)
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_SLACK_DAYS = {"day": 3.0, "week": 7.0, "month": 21.0, "year": 91.0}


def stop_before_start(ground: Ground) -> Iterator[Finding]:
    """Yield a drug whose stop is dated before its start."""
    events = [fact for fact in ground.case.of(Treatment) if fact.modality == "systemic"]
    for agent in dict.fromkeys(agent for fact in events for agent in fact.agents):
        own = [fact for fact in events if agent in fact.agents]
        starts = [fact for fact in own if fact.event in ("start", "resume")]
        for stop in (fact for fact in own if fact.event == "stop"):
            if starts and all(ground.clock.certainly_before(stop.id, start.id) for start in starts):
                what = f"{agent} is said to have been stopped ({ground.when(stop)}) before it was started."
                yield finding("conflict.stop_before_start", what, (starts[0].id, stop.id), level="warning")


def after_death(ground: Ground) -> Iterator[Finding]:
    """Yield facts that are dated after the patient's death."""
    death = next((fact for fact in ground.case.of(Outcome) if fact.vital == "dead"), None)
    if death is None:
        return
    late = [fact for fact in ground.case.facts if ground.clock.certainly_before(death.id, fact.id)]
    if late:
        what = f"{_count(late)} dated after the patient's death ({ground.when(death)})."
        yield finding("conflict.after_death", what, (death.id, *(f.id for f in late)), level="warning")


def after_publication(ground: Ground) -> Iterator[Finding]:
    """Yield facts that are dated after the document that tells them was published."""
    for document in ground.case.documents:
        if document.published is None:
            continue
        late: list[Fact] = []
        for fact in ground.case.facts:
            days = ground.case.interval(fact)
            if fact.source.document == document.name and days and days.compare(document.published) == "after":
                late.append(fact)
        if late:
            what = f"{_count(late)} dated after the document was published ({document.published})."
            yield finding("conflict.after_publication", what, tuple(f.id for f in late), level="warning")


def out_of_order(ground: Ground) -> Iterator[Finding]:
    """Yield a date taken from another sentence that lies half a year or more before what is told just before it."""
    for before, fact in pairwise(ground.case.facts):
        if isinstance(before, Outcome):
            return  # what is told after the end is told again
        if fact.certainty == "stated" or not isinstance(fact, Lesion | Response | Treatment | Test):
            continue
        gap = ground.clock.between(fact.id, before.id)
        if gap is not None and gap[0] > _HALF_A_YEAR:
            what = (
                f"The date taken for “{_short(fact)}” ({ground.when(fact)}) lies before what is told just "
                f"before it ({ground.when(before)})."
            )
            yield finding("conflict.out_of_order", what, (before.id, fact.id), detail=fact.why)


def duration(ground: Ground) -> Iterator[Finding]:
    """Yield a stated time on treatment that the dates of the start and of the fact do not give."""
    seen: set[tuple[str, str]] = set()
    for fact in ground.case.facts:
        if fact.certainty != "stated" or fact.id not in ground.clock.days or isinstance(fact, Outcome):
            continue
        found = list(_DURATION.finditer(sentence(ground.case, fact)))
        if len(found) != 1 or (found[0][0], ground.when(fact)) in seen:
            continue
        seen.add((found[0][0], ground.when(fact)))
        fits, start, span = _fits(ground, fact, found[0])
        if not fits:
            what = (
                f"“{' '.join(found[0][0].split())}” is said of {ground.when(fact)}, but from the start of the "
                f"treatment to then it is {span}."
            )
            yield finding("conflict.duration", what, (start, fact.id))


def _fits(ground: Ground, fact: Fact, found: re.Match[str]) -> tuple[bool, str, str]:
    """Compare with the starts and resumptions of the drugs of the line that ran; one that fits is enough."""
    number = count_of(found[1])
    unit = found[2].lower()
    stated, slack = number * _UNIT_DAYS[unit], _SLACK_DAYS[unit]
    begun = [
        event
        for event in ground.case.of(Treatment)
        if event.modality == "systemic"
        and event.event in ("start", "resume")
        and event.id in ground.clock.days
        and ground.clock.before(event.id, fact.id)
    ]
    named = [event for event in begun if found[3] and found[3].lower() in event.agents]
    if found[3] and not named:
        return True, "", ""
    spans = [(event.id, ground.clock.between(event.id, fact.id)) for event in named or begun]
    for _, span in spans:
        if span is not None and span[0] - slack <= stated <= span[1] + slack:
            return True, "", ""
    if not spans or spans[-1][1] is None:
        return True, "", ""
    return False, spans[-1][0], say_days((max(0, spans[-1][1][0]), spans[-1][1][1]))


TIME_RULES: tuple[tuple[str, GroundRule], ...] = (
    ("conflict.stop_before_start", stop_before_start),
    ("conflict.after_death", after_death),
    ("conflict.after_publication", after_publication),
    ("conflict.out_of_order", out_of_order),
    ("conflict.duration", duration),
)


def _short(fact: Fact) -> str:
    quote = " ".join(fact.source.quote.split())
    return quote if len(quote) <= 60 else quote[:57] + "..."


def _count(facts: list[Fact]) -> str:
    return "1 fact is" if len(facts) == 1 else f"{len(facts)} facts are"
