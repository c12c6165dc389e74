"""What ends where a combination goes on in part: "continued on trastuzumab only", "vincristine omitted from C5"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.clock import Moment
from caseboard.narrative.context import planned
from caseboard.narrative.extract.courses import forget, reason_of, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["part_left_out", "rest_dropped"]


def rest_dropped(view: View, memory: Memory, given: Given, moment: Moment) -> Iterator[Draft]:
    """Yield the stop of the rest of a combination of which one part goes on alone: "continued on trastuzumab only"."""
    rest = tuple(agent for agent in memory.regimen if agent not in given.agents)
    if given.supportive or not rest or len(rest) == len(memory.regimen):
        return
    alone = _ALONE.match(view.whole, given.dose_end, view.end)
    lead = view.whole[max(view.start, given.start - 60) : given.start]
    if alone is None or view.within(_GOES_ON, lead) is None or planned(view, given.start, given.end):
        return
    forget(memory, rest)
    memory.regimen = memory.last_regimen = given.agents
    memory.given.add(given.agents)
    yield treatment_draft(
        view,
        rest,
        False,
        "stop",
        trimmed(view, given.start, alone.end()),
        moment,
        resolved="the rest of the combination",
    )


_ALONE = re.compile(
    r"\s(?:alone|only|by itself|on its own|as (?:a )?(?:monotherapy|single agent)|monotherapy|mono)\b"
)
_GOES_ON = pattern(
    r"\b(?:continu\w{1,3}|went on|gone on|go on|goes on|proceed\w{0,3}|carried on|maintained|kept|remain\w{0,3}"
    r"|pursued)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)


def part_left_out(view: View, memory: Memory, given: Given) -> Draft | None:
    """Return the stop of one drug of a combination that goes on without it from a cycle on, or None."""
    left = _LEFT_OUT.match(view.whole, given.dose_end, view.end)
    whole = memory.regimen or memory.last_regimen
    if left is None or given.supportive or not set(given.agents) < set(whole):
        return None
    if planned(view, given.start, given.end):
        return None
    own = next(
        (
            time
            for time in reversed(view.times)
            if time.absolute
            and (
                left.start() <= time.start <= left.end() + _ITS_DAY or 0 < given.start - time.end <= _ITS_DAY
            )
        ),
        None,
    )
    forget(memory, given.agents)
    end = max(left.end(), own.end if own is not None else 0)
    moment = own.moment if own is not None else Moment(None)
    reason = reason_of(view, end, view.statement(given.start)[1])
    span = trimmed(view, min(given.start, own.start) if own is not None else given.start, end)
    return treatment_draft(view, given.agents, False, "stop", span, moment, reason=reason)


_FROM_CYCLE = r"\s(?:from|after|since|as of)\s(?:the\s)?(?:cycle|course|C)\s?\d{1,2}(?:\son(?:wards?)?)?"
_OMITTED = (
    r"\s(?:(?:was|were|had to be|has been)\s)?(?:omitted|dropped|left out|not given|stopped|discontinued)"
)
_LEFT_OUT = re.compile(
    rf"{_OMITTED}\s(?:thereafter|afterwards|from then on|(?:for|from|in) (?:all |the )?(?:subsequent|remaining|later"
    rf"|further) cycles?)\b"
    rf"|{_OMITTED}{_FROM_CYCLE}|{_FROM_CYCLE}(?:\s\([^()]{{1,20}}\))?{_OMITTED}\b",
    re.IGNORECASE,
)
"""What tells that a drug of a combination was given up to a cycle only."""
_ITS_DAY = 6
"""Characters beside it within which its day stands: "omitted from C5 (14 December 2022)", "12/22 docetaxel stopped"."""
