"""Doses that notes give without a verb: "C2 on 60 mg/m2", "60 mg since 04/2020", "osimertinib 40 mg from 8/2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Treatment
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import hypothetical, planned
from caseboard.narrative.extract.courses import CHANGE, RESUME, STOP, Event, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["NEEDS", "doses_noted", "is_other_dose", "next_doses"]

_DOSE = (
    r"(?P<dose>\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|µg|mcg)(?:\s?/\s?(?:m2|m²|kg))?(?!\s?/\s?(?:[dm]?[lL]|g|mg|mmol|24|h)\b)"
    r"(?:\s(?:once|twice)(?:\sdaily)?|\s(?:daily|BID|bid|bd|od|qd))?)"
)
_OF_CYCLE = pattern(
    rf"\b(?:C|cycle\s)\d{{1,2}}\s(?:given\s)?(?:on|at|with)\s{_DOSE}(?=\s?(?:[.,;()]|w/|with\b|$))"
)
_TO_A_DOSE = pattern(
    rf"\b(?:to|at)\sa\s(?:(?:reduced|lower|new|higher)\s)?dose\sof\s{_DOSE}(?=[^.;,]{{0,24}}\bfrom\s)"
)
_SINCE = pattern(rf"(?:->|→|=>|^|(?<=[.;]\s)|(?<=\n))(?:[-•*\s]{{0,3}}){_DOSE}\s(?=(?:since|from|as of)\s)")
_NEXT = pattern(rf"(?:[,;]|\)|\band)\s(?:then\s|later\s|now\s)?(?:at\s)?{_DOSE}\s(?=(?:since|from|as of)\s)")
"""A dose with its day behind that with which a drug was begun: "50 mg since May, 25 mg since July"."""
_FROM_THEN = pattern(
    rf"\b(?:[Ss]ince|[Ff]rom|[Aa]s of)\s(?:[^.;:\n]|\.\d){{4,22}}?,?\s(?:the\s)?dose\s(?:was\s|is\s|of\s)?{_DOSE}"
)
"""A dose from a day on: "since 21 August dose 4.4 mg/kg"."""
_FROM_CYCLE = pattern(
    r"\b[Dd]ose\s(?:from|as of|since)\s(?:cycle|C)\s?\d{1,2}\s?(?:\([^()]{4,16}\)\s)?(?:was\s)?"
    rf"(?:reduced|lowered|decreased|increased|escalated|raised)\sto\s{_DOSE}"
)
"""What is told of a treatment behind its period: "2 May - 4 July, dose from cycle 3 (21/06/2021) reduced to 100 mg"."""
_AND_TO = pattern(
    rf"\b(?:and|then)\s(?:(?:then|again|later|further|finally),?\s)?(?:(?:on|in)\s[^,;.]{{4,20}},?\s)?to\s{_DOSE}"
)
"""A further change of a dose: "was increased to 80 mg in May and to 120 mg in July"."""
_DOWN_TO = pattern(rf"(?:[,;:(–-]\s|->\s?|→\s?|^)(?:now\s|then\s)?(?:down|up|back)\sto\s{_DOSE}")
"""A dose behind what led to it: "diarrhoea G3, down to 400 mg"."""
_OF_NO_DRUG = pattern(
    rf"\b(?:with|at|on|to|of|only|was|is|took|takes|taking|received|tolerated|given|gave)\s(?:a\s(?:daily\s)?dose\sof\s"
    rf"|only\s|just\s|now\s)?{_DOSE}"
)
"""A dose of what is being given, in a sentence that names no drug: "she went on with 400 mg"."""
_AGAIN = pattern(
    r"\b(?:again|back|re-?(?:start|expos|challeng|commenc|introd|establish|institut|try|tri)\w{0,8}|attempt)\b"
)
"""What tells that a dose is that of a drug which was stopped: "we tried again with 400 mg"."""
_GOING_ON = (_OF_CYCLE, _TO_A_DOSE, _SINCE, _FROM_THEN, _AND_TO, _DOWN_TO, _OF_NO_DRUG)
_ENDED = (_TO_A_DOSE, _FROM_CYCLE, _OF_NO_DRUG)
NEEDS = Needs(patterns=(_NEXT, *_GOING_ON, _FROM_CYCLE))
_EVENTS: tuple[Event, ...] = ("start", "change", "resume")
_FIGURE = pattern(
    r"(?P<auc>AUC)\s?(?:of\s)?(?P<area>\d(?:\.\d)?)|(?P<number>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<unit>mg|µg|mcg|g)"
    r"(?P<per>\s?/\s?(?:m2|m²|kg))?"
)


def doses_noted(view: View, memory: Memory, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the change of the one drug that is being given where a note gives another dose of it, and no name."""
    going_on = memory.regimen in memory.given
    agents = memory.regimen if going_on else memory.last_regimen
    if len(agents) != 1:
        return
    told = False
    for form in _GOING_ON if going_on else _ENDED:
        for match in view.find(form):
            start, end = match.span("dose")
            if form is _AND_TO and not view.has(CHANGE, view.start, match.start()):
                continue
            if form is _OF_NO_DRUG and (
                groups
                or told
                or _is_told_by_a_verb(view, going_on=going_on)
                or not (going_on or view.has(_AGAIN))
            ):
                continue
            low, high = view.phrase(start)
            if any(low <= group.start < high for group in groups):
                continue
            if planned(view, start, end) or hypothetical(view, start, end):
                continue
            resumed = form in (_TO_A_DOSE, _OF_NO_DRUG) and not going_on
            if not going_on or is_other_dose(memory, agents, match["dose"]):
                told = True
                span = trimmed(view, match.start(), end)
                if going_on or resumed:
                    memory.regimen = agents
                    memory.given.add(agents)
                yield treatment_draft(
                    view,
                    agents,
                    False,
                    "resume" if resumed else "change",
                    span,
                    _within(view, *match.span()) or view.when(start, end),
                    dose=match["dose"],
                    resolved=_ITS,
                )


def next_doses(view: View, memory: Memory, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the changes told by a dose with its day, behind the drug and its own: "since May, 25 mg since July"."""
    for match in view.find(_NEXT):
        start, end = match.span("dose")
        given = next((group for group in reversed(groups) if group.end <= start), None)
        since = next((time for time in view.times if time.start >= end), None)
        if given is None or since is None or not since.absolute or not _runs(view, memory, given):
            continue
        dated = any(time.absolute and time.start <= match.start() for time in view.times)
        behind = next((group for group in groups if group.start >= end), None)
        if (
            not dated
            or (behind is not None and behind.start < since.start)
            or not _SINCE_THEN.fullmatch(view.whole, end, since.start)
            or planned(view, start, end)
            or hypothetical(view, start, end)
        ):
            continue
        span = trimmed(view, match.start(), since.end)
        yield treatment_draft(
            view,
            given.agents,
            given.supportive,
            "change",
            span,
            since.moment,
            dose=match["dose"],
            resolved=_ITS,
        )


def _runs(view: View, memory: Memory, given: Given) -> bool:
    """Whether a drug is being given, or was begun in this sentence, be it for a period that is over."""
    begun = memory.courses.get(("start", given.agents), ())
    return given.agents in memory.given or any(draft.start >= view.start for draft in begun)


_SINCE_THEN = re.compile(r"\s(?:since|from|as\sof)\s(?:early\s|late\s|mid-?\s?)?")
_ITS = "the treatment that the story speaks of"


def _is_told_by_a_verb(view: View, *, going_on: bool) -> bool:
    """Whether a sentence has a verb that tells what became of a treatment, by which its doses are read."""
    return any(
        view.has(verb) is not None for verb in ((CHANGE, RESUME, STOP) if going_on else (CHANGE, STOP))
    )


def _within(view: View, start: int, end: int) -> Moment | None:
    """Return the time told within some words, be it in brackets."""
    return next((time.moment for time in view.times if start <= time.start < end), None)


def is_other_dose(memory: Memory, agents: tuple[str, ...], dose: str | None) -> bool:
    """Whether the story knows a dose of these agents, counted alike, which is another one."""
    last = _dose_known(memory, agents)
    one, other = (_FIGURE.search(text) if text else None for text in (last, dose))
    if one is None or other is None or (one["auc"] is None) != (other["auc"] is None):
        return False
    if one["auc"] is not None:
        return one["area"] != other["area"]
    return (
        one["unit"] == other["unit"]
        and (one["per"] is None) == (other["per"] is None)
        and float(one["number"].replace(",", ".")) != float(other["number"].replace(",", "."))
    )


def _dose_known(memory: Memory, agents: tuple[str, ...]) -> str | None:
    """Return the dose of these agents that was told last."""
    told = [draft for event in _EVENTS for draft in memory.courses.get((event, agents), ())]
    doses = [
        (draft.start, draft.fact.dose)
        for draft in told
        if isinstance(draft.fact, Treatment) and draft.fact.dose is not None
    ]
    return max(doses)[1] if doses else None
