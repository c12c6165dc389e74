"""What is begun with another drug makes one regimen with it: "X was started on 15 January together with Y"."""

from __future__ import annotations

import re

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Treatment
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.courses import INHERITED, has_own_date
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.view import View

__all__ = ["begun_beside", "with_the_other"]

_WITH = re.compile(
    r"[^.;]{0,60}?\b(?:(?:together|in combination|combined|along|alongside|concurrently|concomitantly|simultaneously"
    r"|in parallel|at the same time|at once)\s(?:with|as|to)|alongside)\s(?:[a-z-]{2,14}\s){0,2}",
    re.IGNORECASE,
)
"""What ties a drug to the one named before it."""


def with_the_other(
    view: View, memory: Memory, given: Given, moment: Moment, span: tuple[int, int]
) -> tuple[Given, Moment, tuple[int, int]]:
    """Return a regimen that begins, with its day and its words: with the drug before it, or on the day of one behind.

    The start of the drug before it in the sentence is withdrawn: the two are one regimen.
    """
    first = _begun_in_one(view, memory, given)
    if first is not None and isinstance(first.fact, Treatment):
        first.dropped = True
        return (
            _joined(first.fact, given),
            first.moment,
            (first.start, max(first.end, span[1])),
        )
    other = _named_behind(view, memory, given)
    told = memory.courses.get(("start", other), ()) if other else ()
    dated = told[-1] if told and has_own_date(told[-1]) else None
    if dated is not None and (moment.when is None or moment.open or moment.why == INHERITED):
        moment = Moment(dated.moment.when, "resolved", "begun together with what was begun then")
    return given, moment, span


def begun_beside(view: View, memory: Memory, given: Given, moment: Moment) -> tuple[str, ...]:
    """Return the agents being given beside which a regimen is begun: by its words, or by one day of both."""
    other = _named_behind(view, memory, given)
    if other:
        return other
    told = memory.courses.get(("start", memory.regimen), ())
    when = told[-1].moment.when if told and has_own_date(told[-1]) else None
    exact = isinstance(when, DateInterval) and when.exact
    return memory.regimen if exact and when == moment.when and not moment.open else ()


def _begun_in_one(view: View, memory: Memory, given: Given) -> Draft | None:
    """Return the start, told in this sentence, of the drug before a regimen that was begun with it."""
    before = [one for one in group_agents(view) if one.end <= given.start]
    if not before or before[-1].supportive or not _WITH.fullmatch(view.whole, before[-1].end, given.start):
        return None
    told = memory.courses.get(("start", before[-1].agents), ())
    return told[-1] if told and told[-1].start >= view.start and not told[-1].dropped else None


def _joined(first: Treatment, given: Given) -> Given:
    """Return the regimen that the one begun first makes with ``given``, with the doses of both."""
    parts = ((first.agents, first.dose), (given.agents, given.dose))
    doses = [f"{' + '.join(agents)} {dose}" for agents, dose in parts if dose]
    agents = tuple(sorted({*first.agents, *given.agents}))
    return msgspec.structs.replace(given, agents=agents, dose=", ".join(doses) or None)


def _named_behind(view: View, memory: Memory, given: Given) -> tuple[str, ...]:
    """Return what is being given and named behind a regimen as begun with it, or nothing."""
    behind = next((one for one in group_agents(view) if one.start >= given.end), None)
    if behind is None or behind.supportive or behind.agents not in memory.given:
        return ()
    return behind.agents if _WITH.fullmatch(view.whole, given.end, behind.start) else ()
