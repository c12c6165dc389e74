"""Starts of a treatment that is told without its agents, or by a code that no table of drugs has.

"Adjuvant chemotherapy was given"; "ABC-123 was started in a phase 1 trial".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.context import hypothetical, of_someone_else, planned
from caseboard.narrative.extract.courses import NOT_TAKEN, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.extract.started import started
from caseboard.narrative.memory import Draft, Memory
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
_CODE = (
    r"(?!CD|CA-?\d|NCT|ICD|EGFR|HER|HMB|RTOG|SWOG|EORTC|GOG|ECOG)"
    r"(?P<code{n}>[A-Z]{{2,6}}-?\d{{3,7}}[A-Za-z]{{0,2}})(?![\w-])"
)
_CODE_GIVEN = pattern(
    rf"\b{_CODE.format(n=1)}(?:\s\([^()]{{1,40}}\))?\s(?:was|were|had\sbeen)\s(?:then\s|first\s)?"
    r"(?:started|begun|initiated|commenced|given|administered|introduced|added)\b"
    r"|\b(?:[Ss]tarted|[Bb]egan|[Bb]egun|[Cc]ommenced|[Ii]nitiated|[Rr]eceived|treated\swith|[Ss]witched\sto"
    r"|changed\sto|put\son|placed\son)\s"
    rf"(?:[a-zA-Z-]{{2,16}}\s){{0,5}}\(?{_CODE.format(n=2)}"
    r"|\b(?:enrolled|entered|enlisted|recruited|included|joined|participated)\b[^.;]{0,70}?\b(?:trial"
    r"|study)\b[^.;]{0,60}?[\s(]" + _CODE.format(n=3)
)
"""A compound on trial that is told by its code alone."""
_NOT_YET = re.compile(
    r"\b(?:may|might|could|can|will|would|should|to|not|never|cannot)\s(?:[a-z]{2,12}\s){0,2}$", re.IGNORECASE
)
"""What makes a trial one that is not entered: "she may be enrolled"."""
NEEDS = Needs(patterns=(_SUPPORTIVE_CARE, _CHEMOTHERAPY, _CODE_GIVEN))
_GENERIC_DONE = pattern(
    r"\b(?:was|were|has been|had been)\s(?:then |also |subsequently )?(?:started|begun"
    r"|initiated|administered|given|commenced|delivered|performed|instituted|added)\b"
    r"|\b(?:received|underwent|treated with|started|began)\b",
    re.IGNORECASE,
)
"""What tells that such a treatment was given."""


def start_without_agents(view: View, memory: Memory, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the start of a chemotherapy, or of symptomatic treatment, that is told without its agents, or by a code."""
    for match in view.find(_CODE_GIVEN):
        name = next(name for name in ("code1", "code2", "code3") if match[name])
        start, end = match.span(name)
        if any(one.start <= start < one.end for one in view.of("drug", "gene", "marker", "lab")):
            continue
        if (
            planned(view, *match.span())
            or _NOT_YET.search(view.whole, max(view.start, match.start() - 40), match.start()) is not None
            or hypothetical(view, *match.span())
            or of_someone_else(view, *match.span())
        ):
            continue
        given = Given((match[name],), start, end, None, end, supportive=False)
        yield from started(view, memory, given, view.when(*match.span()), trimmed(view, *match.span()), "")
        return
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
