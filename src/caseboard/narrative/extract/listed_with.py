"""What a regimen has from those that a sentence lists with it: their verb, their day, their end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Treatment
from caseboard.narrative.extract.courses import treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given, is_subject_behind
from caseboard.narrative.extract.started import started
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["next_of_course", "reach_of", "shares_the_verb", "spells_out", "with_the_one_before"]


def spells_out(view: View, memory: Memory, given: Given) -> bool:
    """Whether drugs with doses only spell out the regimen begun right before: "VDC from May: vincristine 2 mg"."""
    if given.dose is None:
        return False
    for (event, agents), drafts in memory.courses.items():
        if event != "start" or not set(given.agents) < set(agents):
            continue
        told = drafts[-1]
        if told.start >= view.start and told.end <= given.start:
            between = view.whole[told.end : given.start]
            return _SPELT_OUT.search(between) is not None and view.when(given.start, given.end) == told.moment
    return False


_SPELT_OUT = re.compile(r"[:(=]")


def with_the_one_before(view: View, given: Given, other: Given, begun: Draft | None) -> Iterator[Draft]:
    """Yield the start of a supportive drug listed with one that was given: "settled with G-CSF and meropenem"."""
    if begun is None or not isinstance(begun.fact, Treatment) or begun.fact.event != "start":
        return
    if _is_listed(view, other, given):
        span = trimmed(view, given.start, given.dose_end)
        yield treatment_draft(
            view, given.agents, given.supportive, "start", span, begun.moment, dose=given.dose
        )


def next_of_course(view: View, memory: Memory, given: Given, before: Given, begun: Draft) -> Iterator[Draft]:
    """Yield the start of a regimen listed with its date behind another: "had VAC in May 2020, doxorubicin in 2021"."""
    if not isinstance(begun.fact, Treatment) or begun.fact.event != "start" or given.supportive:
        return
    told = next((t for t in view.times if t.absolute and t.start >= before.dose_end), None)
    own = next((t for t in view.times if t.absolute and t.start >= given.dose_end), None)
    if told is None or own is None or told.end > given.start or own.until:
        return
    if _THEN.fullmatch(view.whole, told.end, given.start) and _IN.fullmatch(
        view.whole, given.dose_end, own.start
    ):
        yield from started(view, memory, given, own.moment, trimmed(view, given.start, own.end), "")


_THEN = re.compile(r"\)?(?:,|\sand|,\sand|;|,?\sthen|,?\sand\sthen)\s(?:[a-z-]{4,12}\s)?")
_IN = re.compile(r"\s(?:in|on|from|since)\s(?:early\s|late\s|mid-?\s?)?|(?:\s?x\s?\d{1,2})?\s?\(")


_LISTED = pattern(
    r"^[\s)]{0,2}(?:,|and|, and|plus|&|as well as)\s"
    r"(?:(?!(?:then|later|thereafter|subsequently|followed|replaced|switched|substituted|changed|converted|exchanged)\b)"
    r"[a-z]{2,14}\s){0,2}$",
    re.IGNORECASE,
)


def _is_listed(view: View, one: Given, other: Given) -> bool:
    """Whether a regimen is named in one list with the one before it."""
    listed = _LISTED.match(view.whole[max(one.end, one.dose_end) : other.start]) is not None
    return listed and not is_subject_behind(view, one, other)


def shares_the_verb(view: View, one: Given, other: Given) -> bool:
    """Whether what is told of a regimen is told of the one before it too, of which one supports the patient."""
    if one.supportive and other.supportive:
        return True
    return (one.supportive or other.supportive) and (
        _is_listed(view, one, other) or _goes_with(view, one, other)
    )


def _goes_with(view: View, one: Given, other: Given) -> bool:
    """Whether a drug supports the patient under the one before: "ifosfamide with mesna was started"."""
    return (
        other.supportive and _WITH.fullmatch(view.whole, max(one.end, one.dose_end), other.start) is not None
    )


_WITH = re.compile(r"\s(?:together\s|along\s)?with\s(?:[a-z-]{2,14}\s){0,2}")


def reach_of(view: View, groups: tuple[Given, ...], position: int) -> int:
    """Return up to where the verb of a regimen may stand: the next regimen, if that is not listed with it."""
    for one, other in zip(groups[position:], groups[position + 1 :], strict=False):
        if not (_is_listed(view, one, other) or _goes_with(view, one, other)):
            return other.start
    return view.end
