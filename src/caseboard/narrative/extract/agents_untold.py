"""Starts of a treatment that is told without its agents: "adjuvant chemotherapy was given"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.context import hypothetical, planned
from caseboard.narrative.extract.courses import NOT_TAKEN, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["NEEDS", "start_without_agents"]

_CHEMOTHERAPY = pattern(
    r"\b(?:(?:post-?operative|adjuvant|neo-?adjuvant|palliative|induction|systemic"
    r"|pre-?operative|salvage|standard|combination|maintenance|consolidation|intensive"
    r"|multi-?agent|first-line|second-line)\s){0,3}(?:chemotherapy|immunotherapy"
    r"|hormone therapy|endocrine therapy)\b",
    re.IGNORECASE,
)
"""A treatment of the tumour that is not named, with what it was for."""
_SUPPORTIVE_CARE = pattern(r"\bsymptomatic treatment\b", re.IGNORECASE)
_CARE_GIVEN = pattern(
    r"\b(?:received?|receiving|given|prescribed|started|provided|transferred to|opted for"
    r"|chose|elected|switched to|(?:placed|was|put) on|managed with|treated with)\b",
    re.IGNORECASE,
)
"""What tells that symptomatic treatment was had."""
NEEDS = Needs(patterns=(_SUPPORTIVE_CARE, _CHEMOTHERAPY))
_GENERIC_DONE = pattern(
    r"\b(?:was|were|has been|had been)\s(?:then |also |subsequently )?(?:started|begun"
    r"|initiated|administered|given|commenced|delivered|performed|instituted|added)\b"
    r"|\b(?:received|underwent|treated with|started|began)\b",
    re.IGNORECASE,
)
"""What tells that such a treatment was given."""


def start_without_agents(view: View, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the start of a chemotherapy, or of symptomatic treatment, that is told without its agents."""
    for match in view.find(_SUPPORTIVE_CARE):
        low, high = view.clause(match.start())
        if (
            view.has(_CARE_GIVEN, low, high)
            and not planned(view, match.start(), match.end())
            and not hypothetical(view, match.start(), match.end())
        ):
            span = trimmed(view, match.start(), match.end())
            yield treatment_draft(
                view, (), True, "start", span, view.when(*span), resolved="agents not named"
            )
            return
    if groups:
        return
    for match in view.find(_CHEMOTHERAPY):
        low, high = view.clause(match.start())
        if not re.search(
            r"adjuvant|operative|palliative|salvage|induction|line", match[0], re.IGNORECASE
        ) or planned(view, match.start(), match.end()):
            continue
        verb = view.has(_GENERIC_DONE, max(low, match.start() - 40), min(high, match.end() + 40))
        if verb is None or view.within(
            NOT_TAKEN, view.whole[max(low, match.start() - 40) : min(high, match.end() + 30)]
        ):
            continue
        span = trimmed(view, min(match.start(), verb.start()), max(match.end(), verb.end()))
        yield treatment_draft(view, (), False, "start", span, view.when(*span), resolved="agents not named")
        return
