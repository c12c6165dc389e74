"""What a verb tells of a regimen by what the story knows of it: given already, stopped, with another dose."""

from __future__ import annotations

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.extract.courses import PAUSED, SINCE, Event
from caseboard.narrative.extract.dose_noted import is_other_dose
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Memory
from caseboard.narrative.view import View

__all__ = ["in_the_story"]


def in_the_story(
    view: View, memory: Memory, given: Given, event: Event, trigger: tuple[int, int]
) -> tuple[Event, Given]:
    """Return what happened to what, by what the story knows to have been given."""
    if event == "start" and (_is_new_dose(view, memory, given) or _is_given_otherwise(view, memory, given)):
        return "change", given
    if event == "start" and _is_given_once_more(view, memory, given):
        return "resume", given
    if (
        event == "resume"
        and view.whole[slice(*trigger)].lower() == "again"
        and memory.told_agents.isdisjoint(given.agents)
    ):
        return "start", given  # what is told to have come again is not the drug
    if event == "resume" and _is_raised(view, memory, given, trigger):
        return "change", given
    if event == "stop" and _is_over_with_its_period(view, memory, given, trigger):
        return "start", given
    return _of_supportive(view, memory, given, event, trigger) if given.supportive else (event, given)


def _is_over_with_its_period(view: View, memory: Memory, given: Given, trigger: tuple[int, int]) -> bool:
    """Whether a stop ends the period of a regimen that nothing told before: "X, March to June 2020, stopped for PD".

    What was held from one day to another had begun before them.
    """
    goes_on = any(set(given.agents) <= set(known) for known in memory.given)
    return (
        not goes_on and period_of(view, given)[0] is not None and PAUSED.match(view.whole, *trigger) is None
    )


def _is_raised(view: View, memory: Memory, given: Given, trigger: tuple[int, int]) -> bool:
    """Whether what goes on only has its former dose again: "encorafenib was put back to 450 mg"."""
    running = not given.supportive and set(given.agents) <= set(memory.regimen)
    return running and view.whole[slice(*trigger)].lower().startswith("back")


def _is_new_dose(view: View, memory: Memory, given: Given) -> bool:
    """Whether a note gives another dose of what is being given: "osimertinib 40 mg since August"."""
    if given.supportive or given.agents not in memory.given or given.agents != memory.regimen:
        return False
    since = SINCE.match(view.whole, given.dose_end, min(view.end, given.dose_end + 12)) is not None
    return since and is_other_dose(memory, given.agents, given.dose)


def _is_given_otherwise(view: View, memory: Memory, given: Given) -> bool:
    """Whether a day later than that of its beginning is told of a drug that is being given, with another dose."""
    if given.supportive or given.agents != memory.regimen or given.agents not in memory.given:
        return False
    return _comes_later(view, memory, given, "start") and is_other_dose(memory, given.agents, given.dose)


def _is_given_once_more(view: View, memory: Memory, given: Given) -> bool:
    """Whether a drug is told to be given on a day behind that on which it was stopped, and no other since."""
    if given.supportive or given.agents in memory.given or given.agents != memory.last_regimen:
        return False
    return ("start", given.agents) in memory.courses and _comes_later(view, memory, given, "stop")


def _comes_later(view: View, memory: Memory, given: Given, event: Event) -> bool:
    """Whether a regimen is told with a day of its own, behind the last one on which an event befell it."""
    told = view.governing(given.start, given.dose_end)
    when = told.moment.when if told is not None else None
    before = [draft.moment.when for draft in memory.courses.get((event, given.agents), ())]
    last = before[-1] if before else None
    return (
        isinstance(when, DateInterval) and isinstance(last, DateInterval) and last.compare(when) == "before"
    )


def _of_supportive(
    view: View, memory: Memory, given: Given, event: Event, trigger: tuple[int, int]
) -> tuple[Event, Given]:
    """Return what happened to which supportive drug: "last 07/10/2023" ends none, nor does a completed course."""
    told = view.whole[trigger[0] : trigger[1]].lower()
    if told == "last" or (told.startswith("complet") and given.agents not in memory.given):
        event = "start"
    if event != "start" and given.agents == ("corticosteroids",) and memory.steroid:
        given = msgspec.structs.replace(given, agents=memory.steroid)
    return event, given
