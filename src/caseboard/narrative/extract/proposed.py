"""A regimen that was proposed in one sentence and begun in a later one, which names no drug: "this was started"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.context import denied, hypothetical, planned
from caseboard.narrative.extract.courses import NOT_TAKEN, forget, treatment_draft, trimmed
from caseboard.narrative.extract.periods import periods
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["NEEDS", "begun_as_proposed", "note_proposal"]

_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_COURSE = r"(?:treatment|therapy|chemo-?therapy|immunotherapy|regimen|combination)"
_CYCLES = rf"{_COUNT}\s(?:cycles|courses|doses)"
_FIRST = r"first\s(?:cycle|course|dose|infusion|injection|tablets?|capsules?)"
_BEGUN = pattern(
    rf"\b(?:this|these|it|(?:the|this|systemic)\s{_COURSE}|(?:the\s)?{_FIRST}|(?:a total of\s)?{_CYCLES})"
    rf"(?:\sof\s(?:the\s|this\s)?{_COURSE})?\s(?:was|were)\s(?:then\s|duly\s|subsequently\s|therefore\s)?"
    r"(?:started|begun|initiated|commenced|given|administered|delivered|completed)\b"
    r"|\b(?:s?he|the patient)\s(?:then\s|has\s|subsequently\s)?"
    r"(?:received|completed|started|began|commenced|was given|underwent)"
    rf"\s(?:(?:the|his|her)\s{_FIRST}|(?:it|them)\b(?=\s(?:on|in|from)\s)"
    rf"|(?:a total of\s)?{_CYCLES}|(?:the|this)\s{_COURSE})\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?:this|these|it)\b", re.IGNORECASE)
_REACH = 600
"""Characters behind a proposal within which the treatment is that which was proposed."""
_NEXT_SENTENCE = 250
"""Characters within which "this" is."""
NEEDS = Needs(patterns=(_BEGUN,))


def note_proposal(view: View, memory: Memory, given: Given, course: tuple[int, int] | None) -> None:
    """Note a regimen that is planned or proposed, and not refused; ``course`` is where it is told in other words."""
    if given.supportive or not planned(view, *(course or (given.start, given.dose_end))):
        return
    low, high = view.statement(given.start)
    around = view.whole[max(low, given.start - 60) : min(high, given.dose_end + 60)]
    refused = view.within(NOT_TAKEN, around) is not None
    memory.proposed, memory.proposed_at = ((), 0) if refused else (given.agents, given.end)


def begun_as_proposed(view: View, memory: Memory, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the beginning, and the end where that is told, of the regimen that was proposed before the sentence."""
    agents = memory.proposed
    if not agents or view.start < memory.proposed_at or view.start - memory.proposed_at > _REACH:
        return
    if any(not group.supportive for group in groups) or _speaks_of_radiation(view):
        return
    match = view.has(_BEGUN)
    if match is None or agents in memory.given:
        return
    if _POINTS_BACK.match(match[0]) and view.start - memory.proposed_at > _NEXT_SENTENCE:
        return
    span = match.span()
    if planned(view, *span) or hypothetical(view, *span) or denied(view, *span):
        return
    memory.given.add(agents)
    memory.regimen = memory.last_regimen = agents
    period = (told for told in periods(view) if told[0].start >= match.end())
    first, last = next(period, (None, None))
    own = first or view.right_behind(match.end())
    moment = own.moment if own is not None else view.when(*span)
    memory.clock.begin(agents, moment.counted_from)
    told = trimmed(view, span[0], max(span[1], own.end if own is not None else 0))
    why = "the regimen proposed before"
    yield treatment_draft(view, agents, False, "start", told, moment, resolved=why)
    if last is not None:
        forget(memory, agents)
        yield treatment_draft(view, agents, False, "stop", (span[0], last.end), last.moment, resolved=why)


def _speaks_of_radiation(view: View) -> bool:
    known = procedures.vocabulary()
    return any(known[one.key].modality == "radiotherapy" for one in view.of("procedure"))
