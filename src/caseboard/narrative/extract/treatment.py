"""Systemic and supportive treatment: what was given, when it began, was paused, changed, resumed and stopped.

Each regimen of a sentence is held against the verbs around it. A regimen that is only named (an indication, a
comparison, "after 3 months of X", a plan, a refusal) yields nothing. A regimen that goes on yields nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Treatment
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import hypothetical, of_someone_else, planned
from caseboard.narrative.extract.courses import (
    CHANGE,
    NOT_TAKEN,
    REASON,
    RESUME,
    STOP,
    Event,
    forget,
    statement,
    time_after,
    told_again,
    treatment_draft,
    trimmed,
)
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.unnamed import events_of_the_treatment
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["extract"]
_START = pattern(
    r"\b(?:start(?:ed|ing|s)?|began|begun|begin|beginning|initiat(?:ed|ion|ing|e)|commenc(?:ed"
    r"|ing|ement)|administ(?:ered|rated|ration|ering)|g(?:iven|ave)|receiv(?:ed|ing|es)"
    r"|treat(?:ed|ment|ing)|prescri(?:bed|ption)|underwent|put on|placed on|introduced|added"
    r"|cycles?|courses?|therapy (?:with|consisting|based|including|using)|chemotherapy|regimen"
    r"|including|comprising|consisting|based on|using|took|taken|takes|maintained on|enrolled"
    r"|obtained|on\b(?= \w+ \d)|accept(?:ed)?|managed|transfused|instituted|delivered"
    r"|infus(?:ed|ion)|replaced|switch(?:ed)?|changed|chose|opted|adjuvant|neo-?adjuvant"
    r"|induction|maintenance|line|controlled with|relieved (?:by|with)|need(?:ed|ing)"
    r"|requir(?:ed|ing)|made of|cures?|followed by|commence|put under|instituted|responded to"
    r"|resolved with|premedication)\b",
    re.IGNORECASE,
)
_ONCE_MORE = pattern(
    r"\b(?:adjuvant|post-?operative|maintenance|salvage|re-?induction|second|further)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_ONLY_NAMED = pattern(
    r"(?:\b(?:after|following|during|under|despite|while on|on|to|due to|because of|related to"
    r"|attributed to|secondary to|caused by|from|of|before|prior to|by|with|resistance to"
    r"|resistant to|progress(?:ed|ion) on|refractory to|response to|tolerated|tolerance of"
    r"|side effects? of|benefit from|for|discussed|sensitive to|efficacy of|\d (?:days?|weeks?"
    r"|months?|years?) of|"
    r"(?:first|second|third|fourth|sixth|next|previous|last|each|another) (?:cycle|course|line"
    r"|dose)s? of|continu(?:ed|es|ing) (?:on|with|to (?:take|receive|use)?)|still (?:on"
    r"|receiving|under)|remains? on|maintained on|kept on|was on|is on)\s(?:the |a |this "
    r"|treatment with |therapy with |treatment on |continuous |his |her )?)$",
    re.IGNORECASE,
)
_CONTINUES = pattern(
    r"\b(?:continu(?:ed|es|ing|ation)|still (?:on|under|receiving|taking)|remain(?:s|ed) on"
    r"|kept on|maintain(?:ed|s)|ongoing|unchanged|alone continued)\b",
    re.IGNORECASE,
)
_UNTIL = pattern(r"\b(?:until|till|up to|through)\b", re.IGNORECASE)
_SWITCH = pattern(
    r"\b(?:switch(?:ed|ing)?|chang(?:ed|ing|e)|convert(?:ed)?|moved|cross(?:ed)? over"
    r"|rotated)\s(?:\w+\s){0,4}?(?:to|over to|for)\b",
    re.IGNORECASE,
)
_REPLACES = pattern(r"\b(?:replac(?:ed|ing|es)|instead of|in place of)\b", re.IGNORECASE)
_REPLACED_BY = pattern(
    r"\b(?:(?:was|were|been)\s(?:[a-z]{2,14}\s){0,2}(?:replaced|substituted|exchanged)"
    r"|substitut(?:ed|e|ing))\b[^.;]{0,80}?\b(?:by|with|for)\b",
    re.IGNORECASE,
)
_SENSITIVE = pattern(
    r"\b(?:sensitiv\w{1,6}|resistan\w{1,5}|suscepti\w{2,8}|target(?:ed|able)? by|approved"
    r"|effective|option|candidate|may respond|would|could)\b",
    re.IGNORECASE,
)
_DENIED_VERB = pattern(r"\b(?:no|not|without|never|any)\s(?:\w+\s)?$", re.IGNORECASE)
_OWN_WILL = pattern(
    r"\b(?:preference|wish|desire|decision|request|decided|opted|chose|agreed)\b", re.IGNORECASE
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the events of systemic and supportive treatment that a sentence states."""
    if view.retold or view.section in ("plan", "family", "allergies", "medication"):
        return
    groups = group_agents(view)
    spoken: list[tuple[int, int]] = []
    for position, given in enumerate(groups):
        listed = given.supportive and position > 0 and groups[position - 1].supportive
        if not listed and any(low <= given.start and given.end <= high for low, high in spoken):
            continue
        for draft in _of_group(view, memory, given, groups, _reach(view, groups, position)):
            spoken.append((draft.start, draft.end))
            if given.remarks:
                draft.fact = msgspec.structs.replace(draft.fact, remarks=given.remarks)
            yield from _first_told(view, memory, draft)
    for draft in events_of_the_treatment(view, memory, groups, spoken):
        yield from _first_told(view, memory, draft)


def _first_told(view: View, memory: Memory, draft: Draft) -> Iterator[Draft]:
    """Yield a draft unless it tells again what has been told."""
    if told_again(view, memory, draft):
        return
    fact = draft.fact
    if isinstance(fact, Treatment) and fact.modality == "systemic":
        memory.courses.setdefault((fact.event, fact.agents), []).append(draft)
        memory.told_agents.update(fact.agents)
    yield draft


_LISTED = pattern(r"^[\s)]{0,2}(?:,|and|, and|plus|&|as well as)\s(?:[a-z]{2,14}\s){0,2}$", re.IGNORECASE)


def _reach(view: View, groups: list[Given], position: int) -> int:
    """Return up to where the verb of a regimen may stand: the next regimen, if that is not listed with it."""
    for one, other in zip(groups[position:], groups[position + 1 :], strict=False):
        both = one.supportive and other.supportive
        if not both or not _LISTED.match(view.whole[max(one.end, one.dose_end) : other.start]):
            return other.start
    return view.end


def _of_group(view: View, memory: Memory, given: Given, groups: list[Given], after: int) -> Iterator[Draft]:
    """Yield the events of one regimen of the sentence."""
    low, high = statement(view, given.start)
    before = view.whole[max(low, given.start - 70) : given.start]
    if of_someone_else(view, given.start, given.end) or hypothetical(view, given.start, given.end):
        return
    moment = view.when(given.start, given.dose_end)
    switched = _switch(view, memory, given, groups)
    if switched is not None:
        yield from switched
        return
    event, trigger = _event(view, memory, given, low, high, after)
    if event is None or trigger is None:
        return
    if event in ("start", "resume", "change") and (
        planned(view, given.start, given.dose_end)
        or view.has(_SENSITIVE, given.end, min(high, given.end + 40))
    ):
        if (
            not _OWN_WILL.search(view.whole[max(view.start, given.start - 120) : given.start])
            or event != "resume"
        ):
            return
    if event == "start" and NOT_TAKEN.search(view.whole[max(low, given.start - 40) : given.start]):
        return
    span = _span(view, given, trigger)
    if event == "start":
        yield from _start(view, memory, given, moment, span, before)
        return
    if event == "resume":
        memory.regimen = memory.regimen if given.supportive else given.agents
        memory.given.add(given.agents)
        memory.clock.set_anchor("treatment", moment.when)
    elif event == "stop":
        if given.agents not in memory.given and _began(view, memory, given, low):
            if not given.supportive:
                memory.last_regimen = given.agents
            yield treatment_draft(
                view,
                given.agents,
                given.supportive,
                "start",
                trimmed(view, given.start, given.dose_end),
                moment,
                dose=given.dose,
            )
        ended = next((t for t in view.times if t.end == trigger[1]), None) or time_after(
            view, trigger[1], high
        )
        moment = ended.moment if ended is not None else moment
        if ended is not None:
            span = trimmed(view, span[0], max(span[1], ended.end))
        forget(memory, given.agents)
        memory.clock.set_anchor("stop", moment.when)
    reason = view.has(REASON, trigger[1], high) if event in ("stop", "change") else None
    yield treatment_draft(
        view,
        given.agents,
        given.supportive,
        event,
        span,
        moment,
        dose=given.dose if event != "stop" else None,
        reason=reason["reason"].strip() if reason else None,
    )


def _began(view: View, memory: Memory, given: Given, low: int) -> bool:
    """Whether a sentence that tells the end of a regimen is also the first to tell that it was given."""
    told = set(given.agents) <= memory.told_agents or any(
        set(given.agents) & set(known) for known in memory.given
    )
    return not told and (given.dose is not None or view.has(_START, low, given.start) is not None)


def _start(
    view: View, memory: Memory, given: Given, moment: Moment, span: tuple[int, int], before: str
) -> Iterator[Draft]:
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
        and _ONLY_NAMED.search(before)
    ):
        return
    memory.given.add(given.agents)
    if not given.supportive:
        memory.regimen = memory.last_regimen = given.agents
    else:
        memory.supportive = given.agents
    first, last = _period(view, given)
    governed = view.governing(given.start, given.end)
    if governed is not None and _LAST_ONE.search(view.whole, given.end, max(given.end, governed.start)):
        moment = Moment(None)
    if first is not None:
        moment = first.moment
        span = (min(span[0], first.start), max(span[1], first.end))
    if not given.supportive:
        memory.clock.set_anchor("treatment", moment.when)
    before_surgery = _BEFORE_AND_AFTER.search(view.whole, statement(view, given.start)[0], given.start)
    if before_surgery is not None and first is None and not given.supportive:
        yield treatment_draft(view, given.agents, False, "start", before_surgery.span("first"), moment)
        moment = Moment(None)
    blood = any(agent in _BLOOD for agent in given.agents)
    yield treatment_draft(
        view, given.agents, given.supportive, "done" if blood else "start", span, moment, dose=given.dose
    )
    if last is not None:
        if not given.supportive:
            forget(memory, given.agents)
        yield treatment_draft(
            view, given.agents, given.supportive, "stop", (span[0], max(span[1], last.end)), last.moment
        )


_BUT = pattern(r"\b(?:but|and)\b(?!\s(?:(?:was|were)\s)?(?:then |later )?$)", re.IGNORECASE)
_BEFORE_AND_AFTER = pattern(
    r"(?P<first>(?:\b\w{1,6}\s(?:cycles?|courses?)\sof\s)?\b(?:neo-?adjuvant"
    r"|pre-?operative)(?:\schemotherapy)?)\s[^.;]{0,30}\band\b[^.;]{0,30}\b(?:adjuvant"
    r"|post-?operative)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""One regimen before and after the operation: two beginnings, the second of which has no time of its own."""
_LAST_ONE = pattern(r"\b(?:last|latest|most recent(?:ly)?)\b", re.IGNORECASE)


def _given_again(view: View, memory: Memory, given: Given, before: str, span: tuple[int, int]) -> bool:
    """Whether a regimen not told to have ended begins once more: MAP before and after the operation; or now has a date."""
    governed = view.governing(given.start, given.end)
    earlier = memory.courses.get(("start", given.agents), [])
    if governed is None or not governed.absolute:
        return False
    return _ONCE_MORE.search(before) is not None or (
        all(draft.moment.when is None for draft in earlier)
        and (_SET_OUT.search(view.whole, *span) is not None or _leads(view, given))
    )


_BLOOD = frozenset({"red blood cells", "platelets", "plasma", "fresh frozen plasma"})


def _event(
    view: View, memory: Memory, given: Given, low: int, high: int, after: int
) -> tuple[Event | None, tuple[int, int] | None]:
    """Return what happens to a regimen, by the nearest verb of its clause, and where that verb stands."""
    reach_low = max(low, given.start - 110)
    reach_high = min(high, after, given.dose_end + 130)
    last_before = view.phrase(given.start)[0]
    candidates: list[tuple[float, Event, tuple[int, int]]] = []
    for event, verb in (("resume", RESUME), ("stop", STOP), ("change", CHANGE), ("start", _START)):
        for match in view.find(verb, reach_low, reach_high):
            if given.start <= match.start() < given.end or _DENIED_VERB.search(
                view.whole[max(low, match.start() - 14) : match.start()]
            ):
                continue
            gap = given.start - match.end() if match.end() <= given.start else match.start() - given.dose_end
            penalty = 0.0 if match.start() >= last_before else 25.0
            if match.start() > given.dose_end and _BUT.search(view.whole, given.dose_end, match.start()):
                penalty += 30.0
            weight = {"resume": -18.0, "stop": -12.0, "change": -12.0, "start": 0.0}[event]
            if match.start() >= given.dose_end and re.search(
                r"\b(?:was|were|is|are|been|had)\s(?:\w+\s){0,2}$",
                view.whole[max(low, match.start() - 18) : match.start()],
            ):
                penalty -= 15.0
            candidates.append((max(0, gap) + penalty + weight, event, match.span()))  # type: ignore[arg-type]
    until = next((t for t in view.times if t.until and given.end <= t.start < high), None)
    continues = view.has(_CONTINUES, low, high)
    if (
        until is None
        and continues is not None
        and view.has(_UNTIL, continues.end(), min(high, continues.end() + 90))
    ):
        until = next((t for t in view.times if t.absolute and continues.end() < t.start < high), None)
    if (
        continues is not None
        and until is not None
        and continues.start() - given.end < 40
        and until.start > continues.end()
    ):
        return "stop", (continues.start(), until.end)
    inner = view.phrase(given.start)
    if until is None and _GOES_ON_WITH.search(view.whole[max(low, given.start - 50) : given.start]):
        return None, None
    if (
        continues is not None
        and until is None
        and inner[0] <= continues.start() < inner[1]
        and all(not inner[0] <= span[0] < inner[1] for _, event, span in candidates if event != "start")
    ):
        return None, None
    if any(agent in _BLOOD for agent in given.agents) and view.governing(given.start, given.end) is not None:
        return "start", (given.start, given.end)
    if not candidates:
        telegraph = given.dose is not None and (
            view.sentence.item or view.governing(given.start, given.end) is not None
        )
        if telegraph and not _ONLY_NAMED.search(view.whole[max(low, given.start - 40) : given.start]):
            return "start", (given.start, given.dose_end)
        if _leads(view, given) or _period(view, given)[0] is not None:
            return "start", (given.start, given.end)
        return None, None
    candidates.sort()
    _, event, span = candidates[0]
    begun = _begun_before(view, given, span, [found for _, kind, found in candidates if kind == "start"])
    if event != "start" and begun is not None:
        event, span = "start", begun
    if event == "start":
        if continues is not None and (
            given.agents == memory.regimen or set(given.agents) <= set(memory.regimen)
        ):
            return None, None
        named = _ONLY_NAMED.search(view.whole[max(low, given.start - 60) : given.start])
        if (
            named is not None
            and not given.start - 2 <= span[1] <= given.start
            and not re.search(r"\b(?:with|by|of|on|for)\s(?:\w+\s){0,2}$", named[0])
        ):
            return None, None
        if (
            named is not None
            and re.search(
                r"\b(?:after|during|under|despite|due to|resistance|refractory|progress|response"
                r"|\d (?:days?|weeks?|months?)|tolera|side effects?|first (?:cycle|course)|continu|still"
                r"|remain)",
                named[0],
                re.IGNORECASE,
            )
            and given.agents in memory.given
        ):
            return None, None
    return event, span


def _begun_before(
    view: View, given: Given, end: tuple[int, int], starts: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the verb by which a regimen began where the sentence goes on to its end: "was started and then stopped"."""
    if end[0] < given.dose_end:
        return None
    for span in sorted(starts):
        between = span[0] >= given.end and span[1] <= end[0]
        before = span[1] <= given.start and given.start - span[1] < 12
        if (between or before) and _SET_OUT.fullmatch(view.whole[span[0] : span[1]]):
            return span
    return None


_SET_OUT = pattern(
    r"start(?:ed|ing)|began|begun|initiat(?:ed|ing)|commenc(?:ed|ing)|given|administered"
    r"|prescribed|introduced|received|put under|put on|placed on",
    re.IGNORECASE,
)
_GOES_ON_WITH = pattern(
    r"\b(?:continu\w{1,3}|remain\w{0,3}|stay\w{0,3}|kept|keep)\s(?:on|with|to (?:take|receive"
    r"|have))\s(?:the\s|her\s|his\s|maintenance\s|weekly\s|daily\s){0,2}$",
    re.IGNORECASE,
)


def _leads(view: View, given: Given) -> bool:
    """Whether a line of a letter is just a date and a regimen ("06/24/2022 VDC")."""
    lead = view.whole[view.start : given.start]
    return (
        len(lead) < 32
        and bool(view.times)
        and re.fullmatch(
            r"[-*•\s]*(?:[\d./-]{6,10}|\w+ \d{4})[\s:,]*(?:C\d{1,2}|cycle \d{1,2}|adjuvant"
            r"|neoadjuvant)?[\s:]*",
            lead,
        )
        is not None
    )


_SUBSTITUTE = pattern(r"\b(?:substitut(?:e|ed|ing)|replac(?:e|ed|ing)|exchang(?:e|ed|ing))\b", re.IGNORECASE)
_BY = pattern(r"^[^;.]{0,30}\b(?:by|with|for)\s", re.IGNORECASE)
_PASSIVE = pattern(r"\b(?:was|were|been|be)\s(?:[a-z]{2,14}\s){0,2}$", re.IGNORECASE)


def _switch(view: View, memory: Memory, given: Given, groups: list[Given]) -> list[Draft] | None:
    """Return the events of a change from one regimen to another that ends at ``given``; None where there is none."""
    low, high = statement(view, given.start)
    before = (max(low, given.start - 90), given.start)
    moment = view.when(given.start, given.dose_end)
    others = [
        group for group in groups if group is not given and not group.supportive and low <= group.start < high
    ]
    to = view.has(_SWITCH, *before)
    by = view.has(_REPLACED_BY, max(low, given.start - 140), given.start)
    replaces = view.has(_REPLACES, given.end, min(high, given.dose_end + 60))
    if view.has(_SUBSTITUTE, *before) and any(
        _BY.match(view.whole[given.dose_end : o.start]) for o in others if o.start > given.end
    ):
        return []
    if replaces is not None and _PASSIVE.search(view.whole[given.end : replaces.start()]):
        return None
    if given.supportive or not (to or by or replaces) or planned(view, given.start, given.end):
        return None
    if replaces is not None and by is None:
        old = next((group for group in others if group.start > replaces.start()), None)
        stretch = (given.start, old.end if old else given.dose_end)
    else:
        trigger = to or by
        if trigger is None:
            return None
        old = next((group for group in others if group.end <= given.start and group.end >= low), None)
        stretch = (min(trigger.start(), old.start if old else trigger.start()), given.dose_end)
    agents = old.agents if old is not None else memory.regimen
    out = []
    kept = tuple(agent for agent in memory.regimen if by is not None and agent not in agents)
    if agents and agents != given.agents and not kept:
        forget(memory, agents)
        out.append(treatment_draft(view, agents, False, "stop", trimmed(view, *stretch), moment))
    if kept:
        memory.given.discard(memory.regimen)
    merged = tuple(sorted({*given.agents, *kept}))
    memory.regimen = memory.last_regimen = merged
    memory.given.add(merged)
    memory.clock.set_anchor("treatment", moment.when)
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


def _period(view: View, given: Given) -> tuple[Governed | None, Governed | None]:
    """Return beginning and end of a period told with a regimen: "between July and December 2012", "2009-2014"."""
    for one, other in zip(view.times, view.times[1:], strict=False):
        if (
            not other.until
            or one.until
            or other.start - one.end > 9
            or not _TO.fullmatch(view.whole[one.end : other.start])
        ):
            continue
        after = given.end <= one.start < min(view.end, given.dose_end + 120)
        before = other.end <= given.start and _PERIOD_THEN.fullmatch(view.whole[other.end : given.start])
        if after or before:
            return one, other
    return None, _given_until(view, given)


_TO = pattern(r"\s{0,2}(?:-|–|to|and|until|till|through|up to)\s{0,2}")
_PERIOD_THEN = pattern(
    r"[\s:,;]{0,3}(?:(?:\d{1,2}\s?x?|x\s?\d|cycles?|courses?|of|with|chemotherapy|therapy"
    r"|treatment|by|post-?operative|pre-?operative|adjuvant|neo-?adjuvant|maintenance"
    r"|palliative|induction|consolidation|first-line|second-line|third-line|oral|iv|received"
    r"|given|he|she|was)[\s:,]{0,2}){0,8}",
    re.IGNORECASE,
)
_UNTIL_THEN = pattern(r"[^;.]{0,80}")


def _given_until(view: View, given: Given) -> Governed | None:
    """Return the date up to which a regimen was given: "was given for six cycles until October 2022"."""
    low, high = statement(view, given.start)
    for time in view.times:
        if (
            time.until
            and time.absolute
            and given.dose_end <= time.start < high
            and _GIVEN.search(view.whole[low : time.start])
        ):
            between = view.whole[given.dose_end : time.start]
            if _UNTIL_THEN.fullmatch(between) and not _OTHER_MATTER.search(between):
                return time
    return None


_GIVEN = pattern(
    r"\b(?:given|gave|received|took|taken|treated|administered|cycles?|courses?|therapy)\b", re.IGNORECASE
)
_OTHER_MATTER = pattern(
    r"\b(?:response|disease|remission|stable|progress\w{0,4}|mass|tumou?r|lesions?|discharged)\b",
    re.IGNORECASE,
)


def _span(view: View, given: Given, trigger: tuple[int, int]) -> tuple[int, int]:
    start, end = min(given.start, trigger[0]), max(given.dose_end, trigger[1])
    governed = view.governing(given.start, given.end)
    if governed is not None and end <= governed.start <= end + 12:
        end = governed.end
    return trimmed(view, start, end)
