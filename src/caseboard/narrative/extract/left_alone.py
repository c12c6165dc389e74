"""What ends where one part of a combination goes on alone: "continued on trastuzumab only"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.clock import Moment
from caseboard.narrative.context import planned
from caseboard.narrative.extract.courses import forget, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["rest_dropped"]


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
