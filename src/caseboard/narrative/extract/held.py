"""Pauses: a stop and a resumption of which one may have no day of its own: "nivolumab was withheld until June 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Treatment
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.courses import PAUSED_UNTIL, RESUME, rejoined, treatment_draft, trimmed
from caseboard.narrative.extract.periods import periods
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["held_until", "part_from_its_pause", "pause_of", "resumed_after"]

_HELD = pattern(
    r"\s(?:was|were|has\sbeen|had\sbeen)\s(?:then\s|therefore\s)?(?:withheld|held|paused|suspended"
    r"|interrupted)\s(?:until|till)\s"
    r"(?:(?:the\s|its\s|full\s|complete\s)?(?:recovery|resolution|normali[sz]ation|improvement)"
    r"(?:\s(?:of\s|to\s)?[a-z0-9 -]{2,24}?)?"
    r"(?:\s\([^()]{1,30}\))?\s(?:in|on)\s)?",
    re.IGNORECASE,
)

_HOLDING = pattern(
    r"\b(?:interrupt(?:ion|ed|ing)|suspension|suspend(?:ed|ing)|withh(?:olding|eld)|paus(?:ed?|ing)|h(?:olding|eld))\s"
    r"(?:of\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s(?:until|till)\s", re.IGNORECASE)
"""The same with the drug behind its verb: "led to the interruption of pazopanib until 21 March"."""

_ITS_OWN_VERB = 70
"""Characters behind the end of a pause within which its own verb tells that the drug was taken up again."""


def held_until(view: View, memory: Memory, given: Given) -> list[Draft] | None:
    """Return the stop and the resumption of a regimen that was held up to a date; None where none was."""
    holding = view.has(_HOLDING, max(view.start, given.start - 24), given.start)
    if holding is None and not view.may(_HELD):
        return None
    held = (_UNTIL if holding is not None else _HELD).match(view.whole, given.dose_end, view.end)
    until = next((t for t in view.times if t.absolute and held is not None and t.start == held.end()), None)
    if held is None or until is None:
        return None
    memory.given.add(given.agents)
    if not given.supportive:
        memory.regimen = memory.last_regimen = given.agents
    span = trimmed(view, given.start, held.end()) if holding is None else (holding.start(), given.end)
    told = [time for time in view.times if time.end <= given.start and not (time.until or time.bracketed)]
    paused = told[-1].moment if told else view.inherited or Moment(None)
    stop = treatment_draft(view, given.agents, given.supportive, "stop", span, paused)
    if RESUME.search(view.whole, until.end, min(view.end, until.end + _ITS_OWN_VERB)) is not None:
        return [stop]  # its own verb tells of the resumption
    again = treatment_draft(
        view, given.agents, given.supportive, "resume", (span[0], until.end), until.moment, dose=given.dose
    )
    return [stop, again]


def pause_of(view: View, verb: tuple[int, int]) -> tuple[Governed, Governed] | None:
    """Return the first and the last day of a pause that its verb stands before, or None where none are told."""
    if PAUSED_UNTIL.match(view.whole, *verb) is None:
        return None
    return next((one for one in periods(view) if _FROM.fullmatch(view.whole, verb[1], one[0].start)), None)


def resumed_after(
    view: View, memory: Memory, agents: tuple[str, ...], verb: tuple[int, int], *, supportive: bool
) -> Iterator[Draft]:
    """Yield the resumption of a regimen whose pause is told by its first and its last day: "on hold 3-17 May"."""
    paused = pause_of(view, verb)
    if paused is None:
        return
    last = paused[1]
    if RESUME.search(view.whole, last.end, view.end) is not None:
        return
    memory.given.add(agents)
    if not supportive:
        memory.regimen = rejoined(memory, agents)
        memory.given.add(memory.regimen)
        memory.clock.resume(agents, last.moment.counted_from)
    yield treatment_draft(view, agents, supportive, "resume", (verb[0], last.end), last.moment)


_FROM = re.compile(r",?\s?\(?(?:from\s|between\s)?")
"""What stands between the verb of a pause and its first day."""


def part_from_its_pause(view: View, memory: Memory, draft: Draft) -> None:
    """Let a resumption without a day of its own come after the stop that its sentence tells: "held on 3 May, and"."""
    fact, moment = draft.fact, draft.moment
    if not isinstance(fact, Treatment) or fact.event != "resume" or moment.when is None:
        return
    if any(
        view.start <= stop.start <= draft.end
        and stop.moment.when == moment.when
        and not _holds_for_both(view, moment, stop)
        and not any(
            stop.start <= t.start < draft.end and t.moment == moment and not t.absolute for t in view.times
        )
        for stop in memory.courses.get(("stop", fact.agents), ())
    ):
        draft.moment = Moment(moment.when, "resolved", AFTER_IT, open=True)


def _holds_for_both(view: View, moment: Moment, stop: Draft) -> bool:
    """Whether a month or year opens the statement of a stop and of what follows: "In June it was held, then given"."""
    led = any(time.moment == moment and time.absolute and time.end <= stop.start for time in view.times)
    return led and isinstance(moment.when, DateInterval) and moment.when.days > 1
