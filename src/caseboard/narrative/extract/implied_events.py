"""What an event of a regimen says besides: a beginning that nothing told, a pause, a resumption before the end.

"Letrozole since 12/19, stopped" has a start, "was withheld and restarted" a stop, and "X 80 mg was reduced" tells first
that X was given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.course_event import START, is_of_another
from caseboard.narrative.extract.courses import RESUME, STOP, time_after, treatment_draft, trimmed
from caseboard.narrative.extract.lasted import since_before
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.when_given import before_resumption, begun_behind, given_next
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.view import View

__all__ = ["begun_since", "begun_unsaid", "paused", "resumed_before"]


def begun_since(
    view: View, memory: Memory, given: Given, since: tuple[int, int] | None, moment: Moment
) -> Iterator[Draft]:
    """Yield the start of a regimen told with its end: "letrozole since 12/19, stopped"."""
    if (
        since is None
        and not set(given.agents) <= memory.told_agents
        and (before := since_before(view, given)) is not None
    ):
        since, moment = (before.start, given.end), before.moment
    if since is None or given.agents in memory.given:
        return
    memory.given.add(given.agents)
    moment = next((time.moment for time in view.times if time.end == since[1]), moment)
    yield treatment_draft(view, given.agents, given.supportive, "start", since, moment, dose=given.dose)


def resumed_before(view: View, memory: Memory, given: Given, stop: int) -> Iterator[Draft]:
    """Yield the resumption of a regimen whose end follows: "was restarted and continued until March"."""
    again = view.has(RESUME, given.end, stop)
    if again is None or given.agents in memory.given or not set(given.agents) <= memory.told_agents:
        return
    time = time_after(view, again.end(), stop)
    if time is None:
        time = next((t for t in reversed(view.times) if t.end <= given.start and not t.until), None)
    moment = time.moment if time is not None else view.inherited or Moment(None)
    memory.given.add(given.agents)
    span = trimmed(view, given.start, again.end())
    yield treatment_draft(view, given.agents, given.supportive, "resume", span, moment, dose=given.dose)


def paused(view: View, memory: Memory, given: Given, resumed: tuple[int, int]) -> Iterator[Draft]:
    """Yield the stop of a regimen that the same statement resumes or changes: "was withheld and restarted"."""
    if given.agents not in memory.given or resumed[0] < given.end:
        return
    stop = view.has(STOP, given.end, resumed[0]) or next(
        (
            verb
            for verb in view.find(STOP, max(view.start, given.start - 24), given.start)
            if _AT_ONCE.fullmatch(view.whole, verb.end(), given.start)
        ),
        None,
    )
    if stop is None or view.statement(stop.start())[0] > given.start:
        return
    ended = time_after(view, stop.end(), resumed[0])
    told = view.when(stop.start(), stop.end())
    moment = ended.moment if ended is not None else before_resumption(view, stop.end(), told)
    span = trimmed(view, given.start, ended.end if ended is not None else stop.end())
    memory.clock.end(given.agents, moment.counted_from)
    yield treatment_draft(view, given.agents, given.supportive, "stop", span, moment)


_AT_ONCE = re.compile(r"\s(?:the\s|her\s|his\s|oral\s)?")
"""What stands between the verb of a pause and the drug: "we held pazopanib on 3 May and restarted at 400 mg"."""


def begun_unsaid(view: View, memory: Memory, given: Given, low: int, moment: Moment) -> Iterator[Draft]:
    """Yield the start of a regimen of which the story first tells the end."""
    behind = begun_behind(view, given) or given_next(view, given)
    if given.agents in memory.given or not _began(view, memory, given, low, behind):
        return
    moment = behind or moment
    memory.given.add(given.agents)
    if not given.supportive:
        memory.regimen = memory.last_regimen = given.agents
        memory.clock.begin(given.agents, moment.counted_from)
    span = trimmed(view, given.start, given.dose_end)
    yield treatment_draft(view, given.agents, given.supportive, "start", span, moment, dose=given.dose)


def _began(view: View, memory: Memory, given: Given, low: int, behind: Moment | None) -> bool:
    """Whether a sentence that tells the end of a regimen is also the first to tell that it was given."""
    told = set(given.agents) <= memory.told_agents or any(
        set(given.agents) & set(known) for known in memory.given
    )
    dosed = given.dose is not None or behind is not None
    dosed = dosed or _SO_OFTEN.match(view.whole, given.end, view.end) is not None
    return not told and (dosed or _has_a_start(view, given, low))


_SO_OFTEN = re.compile(r"\s?[x×]\s?\d{1,2}\b")


def _has_a_start(view: View, given: Given, low: int) -> bool:
    """Whether a verb before a regimen begins it, and not another one: "X was started in May and Y was stopped"."""
    groups = group_agents(view)
    at = bisect_left(groups, given.start, key=lambda group: group.start)
    before = groups[at - 1] if at else None
    supported = before is not None and before.supportive and not given.supportive
    return any(
        not is_of_another(view, given, verb.span())
        and not (supported and before is not None and verb.end() <= before.start)
        for verb in view.find(START, low, given.start)
    )
