"""Harm that an assessment tells as it is, where the same section goes on to plan: "Assessment and plan"."""

from __future__ import annotations

import re
from copy import copy

from caseboard.case.facts import AdverseEvent
from caseboard.narrative.context import planned
from caseboard.narrative.memory import Draft
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["as_assessed", "stands_in_assessment"]

_ASSESSES = re.compile(
    r"(?:assessment|impression|imp\.?|evaluation)\s?(?:and|&|/|\+)\s?(?:the\s)?(?:plan|recommendations?|procedere|procedure)|a\s?[/&]\s?p",
    re.IGNORECASE,
)
"""The headings under which states are told beside plans."""
_LOOKED_OUT_FOR = pattern(
    r"\b(?:monitor\w{0,3}|watch\w{0,3}|screen\w{0,3}|check\w{0,3}|counsel\w{0,5}|warn\w{0,3}|educat\w{2,4}|inform\w{0,3}"
    r"|prevent\w{0,3}|prophyla\w{2,4}|premedicat\w{2,4}|risk|avoid\w{0,3}|look(?:ing)? out|report)\b[^.;]{0,80}$"
    r"|\b(?:hold|stop|pause|reduce|resume|restart|rechallenge|call|return|discontinue)\b[^.;]{0,50}"
    r"\b(?:for|until|when|once|with|at)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
"""What stands before harm that has not come: "monitor for colitis", "hold for grade 3 rash"."""


def as_assessed(view: View) -> View | None:
    """Return a sentence as one of the patient's state, where its heading promises that beside a plan; else None."""
    if _ASSESSES.fullmatch(view.sentence.heading.strip()) is None:
        return None
    told = copy(view)
    told.section = "status"
    return told


def stands_in_assessment(view: View, draft: Draft) -> bool:
    """Whether harm is told there as it is: by its grade, or the drug that did it, and not looked out for."""
    fact = draft.fact
    if not isinstance(fact, AdverseEvent) or not (view.start <= draft.start < view.end):
        return False
    if view.has(_LOOKED_OUT_FOR, max(view.start, draft.start - 100), draft.start) is not None:
        return False
    if planned(view, draft.start, draft.end):
        return False
    named = {one.key for one in view.of("drug")}
    return fact.grade is not None or not named.isdisjoint(fact.agents)
