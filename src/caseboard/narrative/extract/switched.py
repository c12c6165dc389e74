"""One treatment taken for another: "was switched to", "replaced by", "instead of"."""

from __future__ import annotations

import re

from caseboard.narrative.context import planned
from caseboard.narrative.extract.courses import STOP, forget, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["switched_to"]

_SWITCH = pattern(
    r"\b(?:switch(?:ed|ing)?|chang(?:ed|ing|e)|convert(?:ed)?|moved|passed|transitioned|shifted|cross(?:ed)? over"
    r"|rotated)\s(?:[\w./-]{1,14}\s){0,4}?(?:to|over to|for)\b",
    re.IGNORECASE,
)

_REPLACES = pattern(r"\b(?:replac(?:ed|ing|es)|instead of|in place of)\b", re.IGNORECASE)

_REPLACED_BY = pattern(
    r"\b(?:(?:was|were|been)\s(?:[a-z]{2,14}\s){0,2}(?:replaced|substituted|exchanged)"
    r"|substitut(?:ed|e|ing))\b[^.;]{0,80}?\b(?:by|with|for)\b",
    re.IGNORECASE,
)

_SUBSTITUTE = pattern(r"\b(?:substitut(?:e|ed|ing)|replac(?:e|ed|ing)|exchang(?:e|ed|ing))\b", re.IGNORECASE)

_BY = pattern(r"^[^;.]{0,30}\b(?:by|with|for)\s", re.IGNORECASE)

_BY_ANOTHER = pattern(r"\s(?:by|with)\b", re.IGNORECASE)
_PASSIVE = pattern(r"\b(?:was|were|been|be)\s(?:[a-z]{2,14}\s){0,2}$", re.IGNORECASE)


def switched_to(view: View, memory: Memory, given: Given, groups: tuple[Given, ...]) -> list[Draft] | None:
    """Return the events of a change from one regimen to another that ends at ``given``; None where there is none."""
    low, high = view.statement(given.start)
    before = (max(low, given.start - 90), given.start)
    moment = view.when(given.start, given.dose_end)
    others = [
        group for group in groups if group is not given and not group.supportive and low <= group.start < high
    ]
    to = view.has(_SWITCH, *before)
    by = view.has(_REPLACED_BY, max(low, given.start - 140), given.start)
    replaces = view.has(_REPLACES, given.end, min(high, given.dose_end + 60))
    if view.has(_SUBSTITUTE, *before) and any(
        _BY.match(view.whole[given.dose_end : o.start]) for o in others if o.start > given.end
    ):
        return []
    if replaces is not None and view.within(_PASSIVE, view.whole[given.end : replaces.start()]):
        return [] if _BY_ANOTHER.match(view.whole, replaces.end(), high) else None
    if given.supportive or not (to or by or replaces) or planned(view, given.start, given.end):
        return None
    if replaces is not None and by is None:
        old = next((group for group in others if group.start > replaces.start()), None)
        stretch = (given.start, old.end if old else given.dose_end)
    else:
        trigger = to or by
        if trigger is None:
            return None
        old = next((group for group in others if group.end <= given.start and group.end >= low), None)
        stretch = (min(trigger.start(), old.start if old else trigger.start()), given.dose_end)
    agents = old.agents if old is not None else memory.regimen
    out = []
    kept = tuple(agent for agent in memory.regimen if by is not None and agent not in agents)
    told_apart = (
        old is not None and old.end < given.start and view.has(STOP, old.end, given.start) is not None
    )
    if agents and agents != given.agents and not kept and not told_apart:
        forget(memory, agents)
        out.append(treatment_draft(view, agents, False, "stop", trimmed(view, *stretch), moment))
    if kept:
        memory.given.discard(memory.regimen)
    merged = tuple(sorted({*given.agents, *kept}))
    memory.regimen = memory.last_regimen = merged
    memory.given.add(merged)
    memory.clock.begin(given.agents, moment.counted_from)
    out.append(
        treatment_draft(
            view,
            merged,
            False,
            "change" if kept else "start",
            trimmed(view, *stretch),
            moment,
            dose=given.dose,
        )
    )
    return out
