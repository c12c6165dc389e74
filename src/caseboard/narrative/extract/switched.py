"""One treatment taken for another: "was switched to", "replaced by", "instead of"."""

from __future__ import annotations

import re

from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.context import planned
from caseboard.narrative.extract.courses import STOP, forget, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.extract.unnamed import stop_of_the_treatment
from caseboard.narrative.extract.when_of_verb import moment_of_verb
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["switched_to"]

_SWITCH = pattern(
    r"\b(?:switch(?:ed|ing)?|chang(?:ed|ing|e)|convert(?:ed)?|moved|passed|transition(?:ed|ing)|shifted|escalated"
    r"|cross(?:ed)? over|rotated|turned|swapped|swopped|made way|gave way|exchanged)\s(?:[\w./-]{1,14}\s){0,4}?(?:to"
    r"|over to|for)\b",
    re.IGNORECASE,
)

_REPLACES = pattern(
    r"\b(?:replac(?:ed|ing|es)|instead of|in place of|supersed(?:ed|es|ing)|supplant(?:ed|s|ing)|took the place of)\b",
    re.IGNORECASE,
)

_REPLACED_BY = pattern(
    r"\b(?:(?:was|were|been)\s(?:[a-z]{2,14}\s){0,2}(?:replaced|substituted|exchanged)"
    r"|substitut(?:ed|e|ing)(?=[^.;]{1,80}?\b(?:by|with)\b)|and\s(?:[a-z]{2,14}\s)?(?:replaced"
    r"|exchanged)(?=\sby\b)|[,)]\s(?:then\s|later\s|[a-z]{3,12}ly\s)?(?:replaced|exchanged)(?=\sby\b))\b[^.;]{0,80}?\b(?:by|with|for)\b"
    r"|\b(?:stopped|discontinued|abandoned|dropped|withdrawn|given\sup)\b[^.;]{0,40}?\bin\sfavou?r\sof\b",
    re.IGNORECASE,
)

_SUBSTITUTE = pattern(r"\b(?:substitut(?:e|ed|ing)|replac(?:e|ed|ing)|exchang(?:e|ed|ing))\b", re.IGNORECASE)
_PUT_IN_PLACE = re.compile(r"\bsubstitut(?:e|ed|ing)\s(?:[a-z]{2,12}\s){0,2}\Z", re.IGNORECASE)
_FOR = re.compile(
    r"\s(?:(?:was|were|being|had\sbeen)\s)?(?P<verb>substituted\s)?for\s(?:the\s)?", re.IGNORECASE
)
"""What makes a drug the new one of two: "ifosfamide substituted for cisplatin", "substituting A for B"."""

_FOR_IT = pattern(r"^[^;.]{0,30}\b(?:by|with|for)\s", re.IGNORECASE)

_BY_ANOTHER = pattern(r"\s(?:by|with)\b", re.IGNORECASE)
_PASSIVE = pattern(r"\b(?:was|were|been|be)\s(?:[a-z]{2,14}\s){0,2}$", re.IGNORECASE)


_BEGUN = pattern(r"\b(?:begun|started|initiated|commenced|introduced|given|administered)\b", re.IGNORECASE)
_BY = pattern(r"\sby\b", re.IGNORECASE)


def _is_passive(view: View, given: Given, replaces: re.Match[str]) -> bool:
    """Whether a regimen is told to have been replaced: "X was replaced", "X was begun in May and replaced by"."""
    if view.within(_PASSIVE, view.whole[given.end : replaces.start()]) is not None:
        return True
    return replaces[0].lower() == "replaced" and _BY.match(view.whole, replaces.end(), view.end) is not None


_LATER = pattern(
    r"\b(?:eventually|ultimately|later|subsequently|afterwards|finally|at last)\b", re.IGNORECASE
)


def _later(view: View, old: Given, given: Given, moment: Moment) -> Moment:
    """Return when a regimen was changed that the sentence dates the beginning of: "X in May, later switched to Y"."""
    governed = view.governing(given.start, given.dose_end)
    begun = (
        governed is None or governed.end <= old.start or 0 <= governed.start - old.dose_end <= _RIGHT_BEHIND
    )
    if not begun or moment.when is None or view.has(_LATER, old.end, given.start) is None:
        return moment
    return Moment(moment.when, "resolved", AFTER_IT, open=True)


_RIGHT_BEHIND = 12
"""Characters behind a regimen within which a date is that of its beginning."""


def _arrow_between(
    view: View, memory: Memory, given: Given, groups: tuple[Given, ...]
) -> re.Match[str] | None:
    """Return a note's arrow from a drug that is being given to another: "05/2020 pazopanib -> eribulin"."""
    before = [other for other in groups if other.end <= given.start]
    if not before or before[-1].agents not in memory.given or before[-1].supportive != given.supportive:
        return None
    return _ARROW.fullmatch(view.whole, before[-1].end, given.start)


_ARROW = re.compile(r"(?:\s?\([^()]{1,30}\))?\s?(?:->|→|=>)\s?")


def _switch_before(view: View, others: list[Given], low: int, start: int) -> re.Match[str] | None:
    """Return the verb of a change before a regimen; it has its object where another one stands between."""
    verb = view.has(_SWITCH, low, start)
    if verb is None or any(verb.end() <= other.start < start for other in others):
        return None
    return verb


_WAS_LEFT = re.compile(
    r"(?:\s?\([^()]{1,40}\))?\s(?:was|were|had\sbeen|has\sbeen)\s"
    r"(?:(?!and\b|but\b|then\b)[a-z]{2,14}\s){0,2}(?:switch|chang|convert|swap|swopp|exchang|rotat)(?:p?ed)\s(?:over\s)?(?:to|for)\s",
    re.IGNORECASE,
)
_TO_THE_NEW = re.compile(r"(?:[a-z-]{2,14}\s){0,3}", re.IGNORECASE)
"""What tells of a regimen that it was left for the next one: "pazopanib was switched to trabectedin"."""


def _taken_for(view: View, given: Given, others: list[Given]) -> re.Match[str] | None:
    """Return the words that tell a regimen to have been put in the place of the next one that the sentence names."""
    found = _FOR.match(view.whole, given.dose_end, view.end)
    if found is None or not any(other.start == found.end() for other in others):
        return None
    low = max(view.start, given.start - 40)
    return found if found["verb"] or _PUT_IN_PLACE.search(view.whole, low, given.start) else None


def switched_to(view: View, memory: Memory, given: Given, groups: tuple[Given, ...]) -> list[Draft] | None:
    """Return the events of a change from one regimen to another that ends at ``given``; None where there is none."""
    low, high = view.statement(given.start)
    before = (max(low, given.start - 90), given.start)
    moment = view.when(given.start, given.dose_end)
    others = [
        group
        for group in groups
        if group is not given
        and not group.supportive
        and low <= group.start < high
        and not planned(view, group.start, group.end)
    ]
    left = _WAS_LEFT.match(view.whole, given.dose_end, high)
    if left is not None and any(
        _TO_THE_NEW.fullmatch(view.whole, left.end(), other.start) for other in others
    ):
        return []  # its end is told with what it was left for
    to = _switch_before(view, others, *before) or _arrow_between(view, memory, given, groups)
    by = view.has(_REPLACED_BY, max(low, given.start - 140), given.start)
    replaces = view.has(_REPLACES, given.end, min(high, given.dose_end + 60))
    if (taken := _taken_for(view, given, others)) is not None:
        replaces, by = taken, None
    elif view.has(_SUBSTITUTE, *before) and any(
        _FOR_IT.match(view.whole[given.dose_end : o.start]) for o in others if o.start > given.end
    ):
        return []
    elif replaces is not None and _is_passive(view, given, replaces):
        dated = any(t.absolute and given.end <= t.start < replaces.start() for t in view.times)
        told = dated or any(view.has(verb, given.end, replaces.start()) for verb in (_BEGUN, STOP))
        return [] if not told and _BY_ANOTHER.match(view.whole, replaces.end(), high) else None
    if given.supportive or not (to or by or replaces) or planned(view, given.start, given.end):
        return None
    if to is not None and any(
        group.agents == given.agents and to.end() <= group.start < given.start for group in others
    ):
        return None  # it was changed to at its first mention
    if replaces is not None and by is None:
        old = next((group for group in others if group.start > replaces.start()), None)
        stretch = (given.start, old.end if old else given.dose_end)
        own = view.right_behind(old.dose_end) if old is not None else None
        moment = own.moment if own is not None else moment
    else:
        trigger = to or by
        if trigger is None:
            return None
        old = next((group for group in others if group.end <= given.start and group.end >= low), None)
        stretch = (min(trigger.start(), old.start if old else trigger.start()), given.dose_end)
    if old is not None and old.end < given.start:
        moment = _later(view, old, given, moment)
    agents = old.agents if old is not None else memory.regimen
    out = []
    exchanged = by is not None or taken is not None
    kept = tuple(agent for agent in memory.regimen if exchanged and agent not in agents)
    stop = view.has(STOP, old.end, given.start) if old is not None and old.end < given.start else None
    told_apart = old is not None and stop is not None and view.has(_BEGUN, old.end, stop.start()) is None
    if agents and agents != given.agents and not kept and not told_apart:
        forget(memory, agents)
        verb = stop_of_the_treatment(view, stretch[0]) if old is None else None
        span, ended = (
            (stretch, moment) if verb is None else (verb.span(), moment_of_verb(view, verb, stretch[0]))
        )
        out.append(treatment_draft(view, agents, False, "stop", trimmed(view, *span), ended))
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
