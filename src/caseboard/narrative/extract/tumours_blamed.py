"""Tumours that a report blames on a drug: harm of treatment, beside what it was given for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import AdverseEvent
from caseboard.narrative.context import denied, hypothetical, of_someone_else
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.tumor_names import tumor_name
from caseboard.narrative.view import View
from caseboard.terms import tumors

__all__ = ["tumours_blamed"]

_BLAMED = pattern(
    r"\b(?:(?:attribut\w{1,3}|imput\w{1,3}|ascribed|secondary|put\sdown)\sto|(?:caused|induced)\sby)\s(?:the\s|his\s"
    r"|her\s)?",
    re.IGNORECASE,
)
_OF_THE_COURSE = pattern(
    r"\b(?:respon|regress|remission|shr[aiu]nk|reduc|decreas|progress|relaps|recur|resist|improve|disappear|[;.]\s)",
    re.IGNORECASE,
)
"""What became of a tumour, which is blamed on the drug in the tumour's stead."""
_FARTHEST, _NEAR = 120, 40


def tumours_blamed(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the tumours of a sentence that are blamed on a drug which the patient is told to have had."""
    for blame in view.find(_BLAMED):
        agent = next((given for given in group_agents(view) if given.start == blame.end()), None)
        if agent is None or not set(agent.agents) <= memory.told_agents:
            continue
        named = [
            mention
            for mention in view.of("tumor")
            if 0 < blame.start() - mention.end < _FARTHEST and not tumors.vocabulary()[mention.key].generic
        ]
        if not named:
            continue
        tumor = named[-1]
        low = max(view.statement(tumor.start)[0], tumor.start - _NEAR)
        if view.has(_OF_THE_COURSE, low, tumor.start) or view.has(_OF_THE_COURSE, tumor.end, blame.start()):
            continue
        span = (tumor.start, tumor.end)
        if denied(view, *span) or hypothetical(view, *span) or of_someone_else(view, *span):
            continue
        name = tumor_name(view, tumor)
        fact = AdverseEvent(id="", source=NOWHERE, patient=view.patient, term=name.name, agents=agent.agents)
        yield Draft(fact, name.start, agent.end, view.when(*span))
