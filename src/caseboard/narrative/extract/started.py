"""The start of a regimen: whether it is one, on which day, and beside what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.begun_together import begun_beside, with_the_other
from caseboard.narrative.extract.course_event import BLOOD, SET_OUT
from caseboard.narrative.extract.courses import SINCE, has_own_date, treatment_draft
from caseboard.narrative.extract.lasted import begun_before, ended, had_ended
from caseboard.narrative.extract.only_named import ONLY_NAMED
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.regimens import STEROIDS, Given, group_agents
from caseboard.narrative.extract.when_given import begun_behind
from caseboard.narrative.extract.without_verb import leads_line
from caseboard.narrative.memory import Draft, Entry, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View
from caseboard.terms import drugs

__all__ = ["started"]

_ONCE_MORE = pattern(
    r"\b(?:adjuvant|post-?operative|maintenance|salvage|re-?induction|second|further)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def started(
    view: View, memory: Memory, given: Given, moment: Moment, span: tuple[int, int], before: str
) -> Iterator[Draft]:
    """Yield the start of a regimen, and its end where its period tells it, unless it goes on already."""
    if view.within(_LATER_CYCLE, before) and (
        given.agents in memory.given
        or set(given.agents) <= memory.told_agents
        or (len(memory.regimen) > 1 and set(given.agents) & set(memory.regimen))
    ):
        return
    if (
        given.agents in memory.given
        and not given.supportive
        and not _given_again(view, memory, given, before, span)
    ):
        return
    if (
        not given.supportive
        and memory.regimen
        and set(given.agents) < set(memory.regimen)
        and view.within(ONLY_NAMED, before)
        and not view.within(_MAINTAINED_WITH, before)
    ):
        return
    part = set(given.agents) < set(memory.regimen)
    if (part and _ITS_DOSE.match(view.whole, given.end, view.end)) or (
        set(given.agents) < set(memory.regimen or memory.last_regimen) and view.within(_PLATINUM, before)
    ):
        return
    if given.supportive:
        memory.supportive = given.agents
        memory.steroid = given.agents if set(given.agents) <= STEROIDS else memory.steroid
    else:
        given, moment, span = with_the_other(view, memory, given, moment, span)
        beside = _beside(view, memory, span) or begun_beside(view, memory, given, moment)
        memory.regimen = memory.last_regimen = tuple(sorted({*given.agents, *beside}))
        memory.given.add(memory.regimen)
        memory.combined.add(memory.regimen)
    memory.given.add(given.agents)
    first, last = period_of(view, given)
    governed = view.governing(given.start, given.dose_end)
    over: Governed | None = None
    if governed is not None and view.has(_LAST_ONE, given.end, max(given.end, governed.start)):
        over = governed if _LAST_DOSE.fullmatch(view.whole, given.dose_end, governed.start) else None
        moment = Moment(None)
    elif (begun := begun_behind(view, given)) is not None:
        moment = begun
    if first is not None:
        moment = first.moment
        span = (min(span[0], first.start), max(span[1], first.end))
    if not given.supportive:
        _begin(memory, given, moment)
        period = (first, last) if first is not None and last is not None else None
        memory.entry = period and Entry(view.sentence.block, period[0].moment, period[1].moment)
    before_surgery = view.has(_BEFORE_AND_AFTER, view.statement(given.start)[0], given.start)
    if before_surgery is not None and first is None and not given.supportive:
        yield treatment_draft(view, given.agents, False, "start", before_surgery.span("first"), moment)
        moment = Moment(None)
    if last is not None and first is None:
        moment = begun_before(moment, last.moment)
    blood = any(agent in BLOOD for agent in given.agents)
    yield treatment_draft(
        view, given.agents, given.supportive, "done" if blood else "start", span, moment, dose=given.dose
    )
    yield from ended(view, memory, given, last or over, moment, span)


def _begin(memory: Memory, given: Given, moment: Moment) -> None:
    """Let the story count from the start of a regimen; "day +3" counts from the infusion of cells."""
    memory.clock.begin(given.agents, moment.counted_from)
    known = drugs.vocabulary()
    if any(agent in known and known[agent].drug_class == "cell therapy" for agent in given.agents):
        memory.clock.set_anchor("transplant", moment.counted_from)


_LAST_DOSE = re.compile(
    r"[^().;]{0,36}\(\s?(?:the\s)?last\s(?:(?:dose|cycle|infusion|course"
    r"|administration)\s)(?:was\s)?(?:given\s)?(?:on\s|in\s)?",
    re.IGNORECASE,
)
"""What stands between a regimen and the day of its end: "for 5 cycles (last dose 12 June 2018)"."""
_MAINTAINED_WITH = pattern(
    r"\b(?:maintenance|maintained)\b[^.;]{0,24}\b(?:with|by|of|on|using|including)\s$", re.IGNORECASE
)
"""What stands before the part of a combination that goes on alone: "followed by maintenance with pemetrexed"."""
_PLATINUM = pattern(
    r"\b(?:platinum|platin|chemo)(?:[ -]based)?(?:\s?[-/+–]\s?|\s(?:and|plus)\s)$", re.IGNORECASE
)
"""The class that stands for the other part of a regimen already told: "after two cycles of platinum-etoposide"."""
_ITS_DOSE = re.compile(r"\s(?:infusions?|doses?|administrations?|injections?|applications?)\b", re.IGNORECASE)
"""What names one dose of a drug of the regimen that is being given: "the first paclitaxel infusion was complicated"."""
_LATER_CYCLE = pattern(
    r"\b(?:(?:C|cycle\s|course\s)(?:[2-9]|1\d)\b\s(?:of\s)?"
    r"|(?:second|third|fourth|fifth|sixth|last)\s(?:cycle|course)\sof\s(?:the\s)?)$",
    re.IGNORECASE,
)
"""What stands before a regimen that goes on: "C2 R-CHOP given on 11/11"."""
_COMMENCED = pattern(
    r"\b(?:started|began|begun|initiated|commenced)\s(?:[a-z-]{3,14}\s){0,3}$", re.IGNORECASE
)
"""What tells a beginning a few words before the regimen: "commenced first-line FOLFOX"."""
_ADDED = pattern(r"\b(?:added|adjoined|addition of|add-on|on top of)\b", re.IGNORECASE)
"""Words for a drug that is given beside what is being given."""


def _beside(view: View, memory: Memory, span: tuple[int, int]) -> tuple[str, ...]:
    """Return the agents to which a drug is added: those named, "added to lanreotide", else what is being given."""
    added = view.has(_ADDED, span[0], min(view.end, span[1] + 12))
    if added is None:
        return ()
    return next(
        (one.agents for one in group_agents(view) if _TO_IT.fullmatch(view.whole, added.end(), one.start)),
        memory.regimen,
    )


_TO_IT = re.compile(r"\s(?:to|on)\s(?:(?:the|his|her|ongoing|continued|existing)\s){0,2}")
_BEFORE_AND_AFTER = pattern(
    r"(?P<first>(?:\b\w{1,6}\s(?:cycles?|courses?)\sof\s)?\b(?:neo-?adjuvant"
    r"|pre-?operative)(?:\schemotherapy)?)\s[^.;]{0,30}\band\b[^.;]{0,30}\b(?:adjuvant"
    r"|post-?operative)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""One regimen before and after the operation: two beginnings, the second of which has no time of its own."""
_LAST_ONE = pattern(
    r"\b(?:last|latest|most recent(?:ly)?)\b|\)\s(?:ended|finished|concluded)\b", re.IGNORECASE
)


def _given_again(view: View, memory: Memory, given: Given, before: str, span: tuple[int, int]) -> bool:
    """Whether a regimen not told to have ended begins once more, as after the operation, or now has a date."""
    governed = view.governing(given.start, given.end)
    earlier = memory.courses.get(("start", given.agents), [])
    if governed is None or not governed.absolute:
        return False
    if had_ended(memory, given.agents, governed.moment):
        return True
    return view.within(_ONCE_MORE, before) is not None or (
        all(not has_own_date(draft) for draft in earlier)
        and (
            view.has(_COMMENCED, view.statement(given.start)[0], given.start) is not None
            or view.has(SET_OUT, *span) is not None
            or leads_line(view, given)
            or SINCE.match(view.whole, given.dose_end, view.end) is not None
        )
    )
