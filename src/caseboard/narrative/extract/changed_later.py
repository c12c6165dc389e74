"""What is told behind the day on which a regimen began: "X 50 mg since May, 25 mg from July, until October"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Treatment
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.courses import forget, treatment_draft
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["begun_then_changed", "given_until", "when_it_led_to"]

_SINCE = re.compile(
    r"\s?[,(]?\s?(?:since|from|as\sof|start(?:ed)?(?:\son|\sin|:)?|begun(?:\son|\sin)?|commenced(?:\son|\sin)?)\s"
    r"(?:early\s|late\s|mid-?\s?)?",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:start(?:ed)?|commenced|began|begun|initiated|put)\s(?:on\s|with\s|oral\s){0,2}$", re.IGNORECASE
)
_ON = re.compile(r"\s?\(?(?:\s?(?:in|on)\s)?(?:early\s|late\s|mid-?\s?)?")
_CHANGED = re.compile(
    r"\)?[,;]?\s\(?(?:(?:and|but|then|later|with|an?)\s){0,3}(?:(?:the|its|his|her)\s)?(?:(?:daily\s)?dos(?:e|age)\s)?"
    r"(?:(?:was|were|is|had\sto\sbe|has\sbeen)\s)?(?:[a-z]{3,12}ly\s|then\s|later\s){0,2}"
    r"(?:(?:re-?)?(?:reduc|increas|lower|escalat|rais|decreas|cut\b|taper|titrat|halv|doubl|adjust"
    r"|replac|switch|chang|substitut|exchang|held\b|withheld|paus|suspend|interrupt|on\shold|dose[- ](?:reduc"
    r"|escalat|increas|lower))"
    r"|\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|µg|mcg)\b[^,;.()]{0,20}\s(?:since|from|as\sof)\s)",
    re.IGNORECASE,
)
_ITS_DAY = re.compile(r"\s\(?(?:(?:in|on|from|since)\s)?(?:early\s|late\s|mid-?\s?)?")
_UNTIL = re.compile(
    r"\)?,?\s\(?(?:and\s)?(?:then\s)?(?:(?:continued|given|taken|maintained|kept)\s)?(?:up\s)?(?:until|till|to"
    r"|through)\s"
    r"(?:the\s)?(?:early\s|late\s|mid-?\s?|end\sof\s)?",
    re.IGNORECASE,
)


def begun_then_changed(view: View, given: Given) -> tuple[int, int] | None:
    """Return the words that tell since when a regimen is given, where the same statement goes on with a change of it.

    The verb of the change is nearer to the name than that of the beginning, if there is one at all.
    """
    last = period_of(view, given)[1]
    if last is not None and last.start >= given.end and _CHANGED.match(view.whole, last.end, view.end):
        return given.start, given.end
    for time in view.times:
        if not time.absolute or time.until or time.start < given.end:
            continue
        told = given.dose_end if given.dose_end <= time.start else given.end
        since = _SINCE.fullmatch(view.whole, told, time.start) or (
            _BEGUN.search(view.whole, max(view.start, given.start - 24), given.start) is not None
            and _ON.fullmatch(view.whole, told, time.start)
        )
        if since and _CHANGED.match(view.whole, time.end, view.end):
            return given.start, time.end
    return None


def given_until(view: View, memory: Memory, draft: Draft) -> Iterator[Draft]:
    """Yield the end of a treatment told right behind its start or a change: "switched to X in July, until October"."""
    fact = draft.fact
    if (
        not isinstance(fact, Treatment)
        or fact.event not in ("start", "change")
        or fact.agents not in memory.given
    ):
        return
    behind = [time for time in view.times if time.absolute and time.start >= draft.end]
    told = draft.end
    if behind and behind[0].moment == draft.moment and _ITS_DAY.fullmatch(view.whole, told, behind[0].start):
        told = behind.pop(0).end
    if not behind or _UNTIL.fullmatch(view.whole, told, behind[0].start) is None:
        return
    last = behind[0]
    supportive = fact.modality == "supportive"
    if not supportive:
        forget(memory, fact.agents)
    yield treatment_draft(view, fact.agents, supportive, "stop", (draft.start, last.end), last.moment)


def when_it_led_to(view: View, memory: Memory, harm: Mention) -> Moment | None:
    """Return the time of the change or end that harm is the reason of, where no time of the sentence is its own."""
    name = view.whole[harm.start : harm.end]
    undated = view.governing(harm.start, harm.end) is None
    for (event, _), drafts in memory.courses.items():
        last, fact = drafts[-1], drafts[-1].fact
        if (
            event in ("change", "stop")
            and last.start >= view.start
            and 0 <= harm.start - last.end <= _TO_REASON
            and (last.moment.open or undated)
            and isinstance(fact, Treatment)
            and name in (fact.reason or "")
        ):
            return last.moment
    return None


_TO_REASON = 60
"""Characters from the verb of a change to its reason, at most."""
