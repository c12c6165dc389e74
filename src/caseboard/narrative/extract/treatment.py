"""Systemic and supportive treatment: what was given, when it began, was paused, changed, resumed and stopped.

Each regimen of a sentence is held against the verbs around it. A regimen that is only named (an indication, a
comparison, "after 3 months of X", a plan, a refusal) yields nothing. A regimen that goes on yields nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Treatment
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.extract.asserted import asked
from caseboard.narrative.extract.changed_later import given_until
from caseboard.narrative.extract.concluded import concluded
from caseboard.narrative.extract.course_event import event_of
from caseboard.narrative.extract.course_named import course_named, was_had
from caseboard.narrative.extract.courses import (
    CHANGE,
    INHERITED,
    PAUSED_UNTIL,
    RESUME,
    STOP,
    Event,
    after_the_pause,
    date_behind_verb,
    forget,
    new_dose,
    reason_of,
    rejoined,
    time_after,
    time_before,
    told_again,
    treatment_draft,
    trimmed,
)
from caseboard.narrative.extract.dose_noted import NEEDS as DOSED
from caseboard.narrative.extract.dose_noted import doses_noted, next_doses
from caseboard.narrative.extract.given_at_all import not_given
from caseboard.narrative.extract.held import held_until, part_from_its_pause, pause_of, resumed_after
from caseboard.narrative.extract.implied_events import begun_since, begun_unsaid, paused, resumed_before
from caseboard.narrative.extract.in_the_story import in_the_story
from caseboard.narrative.extract.labelled import note_heading
from caseboard.narrative.extract.last_given import NEEDS as LAST_GIVEN
from caseboard.narrative.extract.last_given import last_given
from caseboard.narrative.extract.lasted import ended, is_of_the_end, is_since
from caseboard.narrative.extract.left_alone import part_left_out, rest_dropped
from caseboard.narrative.extract.listed_with import (
    next_of_course,
    reach_of,
    shares_the_verb,
    spells_out,
    with_the_one_before,
)
from caseboard.narrative.extract.only_named import is_left_running, is_of_a_procedure
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.proposed import NEEDS as PROPOSED
from caseboard.narrative.extract.proposed import begun_as_proposed, note_proposal
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.started import started
from caseboard.narrative.extract.switched import switched_to
from caseboard.narrative.extract.treatment_rows import treatments_in_rows
from caseboard.narrative.extract.unnamed import NEEDS as UNNAMED
from caseboard.narrative.extract.unnamed import events_of_the_treatment
from caseboard.narrative.extract.when_given import after_its_start, before_resumption, moment_of
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.other_illness import is_for_other_illness
from caseboard.narrative.past_tumors import in_list_of_diseases, treated_before
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import Governed, View

__all__ = ["extract"]
_NEEDS = UNNAMED | DOSED | LAST_GIVEN | PROPOSED | Needs("drug", "regimen")


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the events of systemic and supportive treatment that a sentence states."""
    if view.retold or view.section in ("family", "allergies", "medication"):
        return
    if view.section == "plan":
        yield from _over_by_now(view, memory)
        return
    rows = treatments_in_rows(view, memory)
    if rows is not None:
        for draft in rows:
            yield from _first_told(view, memory, draft)
    elif view.holds(_NEEDS):
        yield from _of_sentence(view, memory)


def _over_by_now(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the last cycle that a plan tells as past: "stop atezolizumab (last dose 15 January 2024)"."""
    if not view.holds(LAST_GIVEN):
        return
    now = view.inherited.when if view.inherited is not None else None
    for draft in last_given(view, memory, group_agents(view)):
        last = draft.moment.when
        if isinstance(last, DateInterval) and isinstance(now, DateInterval) and last.last <= now.last:
            yield from _first_told(view, memory, draft)


def _of_sentence(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield what a sentence that is no line of a table states."""
    groups = group_agents(view)
    note_heading(view, memory, groups)
    spoken: list[tuple[int, int]] = []
    begun: Draft | None = None
    for position, given in enumerate(groups):
        listed = position > 0 and shares_the_verb(view, groups[position - 1], given)
        told = not listed and any(low <= given.start and given.end <= high for low, high in spoken)
        if told or spells_out(view, memory, given):
            continue
        drafts = list(_of_group(view, memory, given, groups, reach_of(view, groups, position)))
        if not drafts and listed:
            runs = is_left_running(view, given) or (given.agents in memory.given and not given.supportive)
            drafts = [] if runs else list(with_the_one_before(view, given, groups[position - 1], begun))
        elif not drafts and position > 0 and begun is not None:
            drafts = list(next_of_course(view, memory, given, groups[position - 1], begun))
        begun = drafts[-1] if drafts else None
        for draft in drafts:
            spoken.append(_told_by(view, draft, drafts[0]))
            if given.remarks:
                draft.fact = msgspec.structs.replace(draft.fact, remarks=given.remarks)
            yield from _first_told(view, memory, draft)
    for draft in begun_as_proposed(view, memory, groups):
        spoken.append((draft.start, draft.end))
        yield from _first_told(view, memory, draft)
    for rule in (next_doses, partial(events_of_the_treatment, spoken=spoken), last_given, doses_noted):
        for draft in rule(view, memory, groups):
            yield from _first_told(view, memory, draft)


def _told_by(view: View, draft: Draft, first: Draft) -> tuple[int, int]:
    """Return the words whose verbs a draft tells: of a whole period not those of a change within it."""
    ended = isinstance(draft.fact, Treatment) and draft.fact.event == "stop" and draft.start == first.start
    changed = view.has(CHANGE, first.end, draft.end) if ended and draft is not first else None
    return (draft.start, draft.end) if changed is None else (first.start, changed.start())


def _first_told(view: View, memory: Memory, draft: Draft) -> Iterator[Draft]:
    """Yield a draft unless it tells again what has been told."""
    part_from_its_pause(view, memory, draft)
    if draft.moment.why == INHERITED and _has_another_day(view, draft):
        draft.moment = Moment(None, "inferred", "its day cannot be read")
    if told_again(view, memory, draft):
        return
    fact = draft.fact
    if isinstance(fact, Treatment) and fact.modality == "systemic":
        memory.courses.setdefault((fact.event, fact.agents), []).append(draft)
        memory.told_agents.update(fact.agents)
        memory.proposed = ()
    yield draft
    for last in given_until(view, memory, draft):
        yield from _first_told(view, memory, last)


_TWO_NUMBERS = re.compile(
    r"(?:\s?[x×]\s?\d{1,2}|\s\d{1,2}\s?(?:cycles|courses|x|#))?\s?[:,]?\s?\(?(?:(?:in|on|since|from)\s)?(?P<month>[01]?\d)/(?P<year>[0-3]\d)(?![\d/%])"
)
"""A day or a month behind a treatment that is in no style the text shows: it is not that of the line before."""


def _has_another_day(view: View, draft: Draft) -> bool:
    """Whether two numbers behind a treatment are a day or month that is not that of the story."""
    numbers = _TWO_NUMBERS.match(view.whole, draft.end, view.end)
    now = draft.moment.when
    if numbers is None or not isinstance(now, DateInterval):
        return numbers is not None
    return (int(numbers["month"]), 2000 + int(numbers["year"])) != (now.first.month, now.first.year)


_A_LATER_DOSE = pattern(
    r"\b(?:second|third|fourth|fifth|sixth|last|latest|final|2nd|3rd|[4-9]th)"
    r"(?:\s(?:one\s)?of\s(?:the\s|all\s|her\s|his\s)?(?:\d{1,2}|[a-z]{3,8}))?"
    r"\s(?:cycles?|courses?|doses?|infusions?|injections?|administrations?)"
    r"\s(?:of\s)?$",
    re.IGNORECASE,
)
"""What makes the day of a regimen not that of its beginning: "the day after the second infusion of nivolumab"."""
_COUNTED_FROM = pattern(
    r"\b(?:days?|weeks?|months?|years?)\s(?:after|since|following|from)\s(?:the\s|her\s|his\s)?"
    r"(?:start\w{0,3}|initiati\w{2,4}|beginning)\b",
    re.IGNORECASE,
)
"""What counts from a start that was not told: its day is that of nothing told ("14 months after the start of")."""


def _of_group(
    view: View, memory: Memory, given: Given, groups: tuple[Given, ...], after: int
) -> Iterator[Draft]:
    """Yield the events of one regimen of the sentence."""
    course = course_named(view, given)
    low, high = _statement(view, given, course)
    note_proposal(view, memory, given, course)
    if is_for_other_illness(view, given.start, given.dose_end):
        memory.for_other_illness.update(given.agents)
        return
    if _is_of_no_one(view, given, course):
        return
    if (left_out := part_left_out(view, memory, given)) is not None:
        yield left_out
        return
    moment = moment_of(view, given, after)
    yield from rest_dropped(view, memory, given, moment)
    taken = switched_to(view, memory, given, groups)
    switched = held_until(view, memory, given) if taken is None else taken
    if switched is not None:
        yield from switched
        return
    event, trigger = event_of(view, memory, given, low, high, after)
    if event not in (None, "start") and memory.for_other_illness.issuperset(given.agents):
        return  # what was taken for another illness is no treatment of the tumour, be it stopped
    if event == "stop" and trigger is not None and _is_counted_from(view, trigger):
        if ("stop", given.agents) in memory.courses:
            return
        moment = Moment(None)
    if event is None and (found := concluded(view, memory, given)) is not None:
        for draft in _told(
            view, memory, given, found[0], (given.start, given.dose_end), (low, high, after), moment
        ):
            draft.fact = msgspec.structs.replace(draft.fact, certainty="inferred", why=found[1])
            yield draft
    elif (
        event is not None
        and trigger is not None
        and not (event == "start" and moment.why == INHERITED and _is_dated_later(view, given, groups))
    ):
        yield from _told(view, memory, given, event, trigger, (low, high, after), moment)


def _is_dated_later(view: View, given: Given, groups: tuple[Given, ...]) -> bool:
    """Whether the sentence names a regimen again with its first day: "joined a trial of X, and began X on"."""
    return any(
        other.start > given.end
        and other.agents == given.agents
        and _BEGAN_IT.search(view.whole, max(given.end, other.start - 24), other.start) is not None
        and (own := view.right_behind(other.dose_end)) is not None
        and own.absolute
        for other in groups
    )


_BEGAN_IT = re.compile(
    r"\b(?:began|started|commenced|initiated|received|took)\s(?:to\s(?:take|receive)\s)?(?:oral\s)?$"
)


def _is_counted_from(view: View, verb: tuple[int, int]) -> bool:
    """Whether a length of time counts from a verb, which tells nothing new: "a month after stopping pazopanib"."""
    return any(time.start <= verb[0] and verb[1] <= time.end for time in view.times if not time.absolute)


def _told(
    view: View,
    memory: Memory,
    given: Given,
    event: Event,
    trigger: tuple[int, int],
    reach: tuple[int, int, int],
    moment: Moment,
) -> Iterator[Draft]:
    """Yield what befell a regimen, and what that says of its beginning and its pauses.

    ``reach`` is where its statement begins and ends, and where the next regimen stands.
    """
    low, high, after = reach
    event, given = in_the_story(view, memory, given, event, trigger)
    if not_given(view, memory, given, event, (low, high), trigger):
        return
    span, told = _span(view, given, trigger), moment
    if (own := date_behind_verb(view, given, event, trigger, high)) is not None:
        moment, span = own.moment, trimmed(view, span[0], max(span[1], own.end))
    if event == "start":
        yield from _begun(view, memory, given, moment, span, trigger)
        return
    if event == "resume":
        dated = own is not None or time_after(view, trigger[1], high) is not None
        moment = moment if dated else after_the_pause(view, trigger) or moment
        yield from paused(view, memory, given, trigger)
        memory.regimen = memory.regimen if given.supportive else rejoined(memory, given.agents)
        memory.given.update({given.agents, memory.regimen})
        memory.clock.resume(given.agents, moment.counted_from)
    elif event == "stop":
        ended = _end_behind(view, trigger, min(high, max(after, trigger[1])))
        if ended is not None and ended.until and PAUSED_UNTIL.match(view.whole, *trigger):
            before = [time for time in view.times if time.end <= trigger[0] and not time.until]
            ended, moment = None, before[-1].moment if before else view.inherited or Moment(None)
        moment = before_resumption(view, trigger[1], moment)
        since = is_since(view, given, trigger)
        yield from begun_since(view, memory, given, since, moment)
        moment = Moment(moment.when, "resolved", AFTER_IT, open=True) if since and ended is None else moment
        begun = Moment(None) if is_of_the_end(view, given, trigger, ended, moment) else moment
        yield from _begun_before(view, memory, (given, given), trigger, (told, begun), low)
        yield from resumed_before(view, memory, given, trigger[0])
        moment = ended.moment if ended is not None else moment
        if ended is not None:
            span = trimmed(view, span[0], max(span[1], ended.end))
        forget(memory, given.agents)
        _end_of_maintenance(view, memory, given, low)
        memory.clock.end(given.agents, moment.counted_from)
    elif event == "change":
        as_it_was, after_verb = _before_change(given, trigger), _after_verb(given, trigger, low)
        if period_of(view, given)[0] is None:
            yield from begun_since(view, memory, as_it_was, is_since(view, given, trigger), moment)
        yield from _begun_before(view, memory, (given, as_it_was), trigger, (told, told), after_verb)
        yield from paused(view, memory, given, trigger)
        moment = moment if own is not None else _changed_at(view, given, trigger, moment)
        memory.clock.set_anchor("dose", moment.counted_from)
        _note_given(memory, given)
    yield treatment_draft(
        view,
        given.agents,
        given.supportive,
        event,
        span,
        moment,
        dose=_dose(view, given, event, trigger, high),
        reason=reason_of(view, trigger[1], min(high, after)) if event in ("stop", "change") else None,
    )
    if event == "resume":
        yield from _ended_in_period(view, memory, given, moment, span)
    elif event == "stop":
        yield from resumed_after(view, memory, given.agents, trigger, supportive=given.supportive)


def _note_given(memory: Memory, given: Given) -> None:
    """Note that what is given at another dose is being given, if nothing else is told to be."""
    if not given.supportive and not memory.regimen:
        memory.regimen = memory.last_regimen = given.agents
        memory.given.add(given.agents)


def _end_behind(view: View, trigger: tuple[int, int], high: int) -> Governed | None:
    """Return the day that stands behind a verb of stopping; of a pause its first."""
    if (pause := pause_of(view, trigger)) is not None:
        return pause[0]
    told = next((time for time in view.times if time.end == trigger[1]), None) or time_after(
        view, trigger[1], high
    )
    return None if told is not None and view.has(RESUME, trigger[1], told.start) else told


def _changed_at(view: View, given: Given, trigger: tuple[int, int], moment: Moment) -> Moment:
    """Return when a dose was changed that no date stands behind: right before its verb; after what tells the start."""
    before = time_before(view, trigger[0], given.dose_end)
    if before is None:
        return after_its_start(view, trigger[0]) or moment
    if _SINCE.search(view.whole, max(view.start, before.start - 10), before.start):
        return Moment(before.moment.when, "resolved", AFTER_IT, open=True)
    return before.moment


_SINCE = re.compile(r"\b(?:from|since|started(?:\son)?|begun(?:\son)?)\s$", re.IGNORECASE)


def _ended_in_period(
    view: View, memory: Memory, given: Given, moment: Moment, span: tuple[int, int]
) -> Iterator[Draft]:
    """Yield the end of a regimen that was given again for a period: "again between January 2020 and January 2022"."""
    first, last = period_of(view, given)
    if first is not None:
        yield from ended(view, memory, given, last, moment, span)


def _statement(view: View, given: Given, course: tuple[int, int] | None) -> tuple[int, int]:
    """Return the stretch in which it is told what befell a regimen."""
    if course is not None:
        return view.statement(course[0])[0], view.statement(course[1])[1]
    low, high = view.statement(given.start)
    dash = _DASH.match(view.whole, given.dose_end, view.end)
    return low, high if dash is None else max(high, view.statement(dash.end() - 1)[1])


_DASH = re.compile(r"\)?:?\s{1,2}[-–—]{1,2}\s\S")
"""What parts a regimen in a note from what is told of it: "Crizotinib - started 13-07-2022"."""


def _begun(
    view: View, memory: Memory, given: Given, moment: Moment, span: tuple[int, int], trigger: tuple[int, int]
) -> Iterator[Draft]:
    """Yield the start of a regimen; one for a former tumour goes on no more, and does no harm."""
    moment = Moment(None) if _is_taken_anyway(view, given) else _before_its_end(view, given, moment)
    if in_list_of_diseases(view, given.start) and treated_before(view, given.start):
        yield treatment_draft(view, given.agents, given.supportive, "start", span, moment, dose=given.dose)
        return
    low, _ = view.statement(given.start)
    before = view.whole[max(low, given.start - 70) : given.start]
    counted = view.has(_COUNTED_FROM, max(view.start, min(given.start, trigger[0]) - 30), trigger[1])
    if counted is not None and not given.supportive and memory.told_agents.issuperset(given.agents):
        return
    if counted is not None or view.within(_A_LATER_DOSE, before):
        dated = view.right_behind(given.dose_end) if counted is not None else None
        moment = dated.moment if dated is not None and dated.absolute else Moment(None)
    yield from started(view, memory, given, moment, span, before)


def _is_taken_anyway(view: View, given: Given) -> bool:
    """Whether a supportive drug is only told to be taken, since when is not: "takes ramipril", "gout (allopurinol)"."""
    if not given.supportive or any(time.start >= given.end for time in view.times):
        return False
    return _TAKES.search(view.whole, max(view.start, given.start - 60), given.start) is not None or (
        not view.times
        and _ILLNESS.search(view.whole, max(view.start, given.start - 30), given.start) is not None
    )


_TAKES = re.compile(
    r"\b(?:takes|(?:is|are)\s(?:now\s|still\s|also\s|currently\s)?(?:on|taking)|remains\son|continues\s(?:on|with|to\stake))\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_ILLNESS = re.compile(r"[a-z0-9]\s\($")
"""What opens the brackets in which a list of illnesses names the drug for one: "hypertension (perindopril 5 mg)"."""


def _before_its_end(view: View, given: Given, moment: Moment) -> Moment:
    """Return when a regimen began whose time tells what came of it: "was given, and stopped on 20 June"."""
    told = next((t for t in view.times if t.absolute and t.start >= given.end and t.moment == moment), None)
    if told is None or not any(view.has(verb, given.end, told.start) for verb in (STOP, CHANGE)):
        return moment
    before = [time for time in view.times if time.end <= given.start and not time.until]
    if before:
        return before[-1].moment
    now = view.inherited if given.supportive else None
    since = now.when if now is not None else None
    ended = told.moment.when
    earlier = (
        isinstance(since, DateInterval) and isinstance(ended, DateInterval) and since.first <= ended.last
    )
    return now if now is not None and earlier else Moment(None)


def _begun_in_period(
    view: View, memory: Memory, given: Given, moment: Moment, trigger: tuple[int, int]
) -> Iterator[Draft]:
    """Yield the beginning and the end of a regimen that a note tells with its change: "16.08.21 - 18.10.21 4 x AI"."""
    if given.agents not in memory.given and period_of(view, given)[0] is not None:
        yield from _begun(view, memory, given, moment, (given.start, given.dose_end), trigger)


def _begun_before(
    view: View,
    memory: Memory,
    given: tuple[Given, Given],
    trigger: tuple[int, int],
    moments: tuple[Moment, Moment],
    low: int,
) -> Iterator[Draft]:
    """Yield the beginning that a change or an end tells of: by its period, or unsaid by that it comes first.

    ``given`` and ``moments`` are what would have begun, and when, by either.
    """
    within = list(_begun_in_period(view, memory, given[0], moments[0], trigger))
    yield from within or begun_unsaid(view, memory, given[1], low, moments[1])


def _end_of_maintenance(view: View, memory: Memory, given: Given, low: int) -> None:
    """Note that nothing is given after the end of a maintenance: the rest of the combination ended before it."""
    memory.regimen = () if view.has(_MAINTENANCE, low, given.start) is not None else memory.regimen


_MAINTENANCE = pattern(r"\bmaintenance\b", re.IGNORECASE)


def _before_change(given: Given, trigger: tuple[int, int]) -> Given:
    """Return a regimen as it was before its change: a dose behind the verb is the new one."""
    return given if trigger[0] >= given.dose_end else msgspec.structs.replace(given, dose=None)


def _after_verb(given: Given, trigger: tuple[int, int], low: int) -> int:
    """Return from where words tell the beginning of a regimen: not before a verb that tells its change."""
    return trigger[0] if trigger[0] < given.start else low


def _is_of_no_one(view: View, given: Given, course: tuple[int, int] | None) -> bool:
    """Whether a regimen is one of other patients, of a condition or a question, or was not had by the patient."""
    return (
        of_someone_else(view, given.start, given.end)
        or hypothetical(view, given.start, given.end)
        or asked(view, given.end)
        or is_of_a_procedure(view, given)
        or (course is not None and not was_had(view, course))
    )


def _dose(view: View, given: Given, event: Event, trigger: tuple[int, int], high: int) -> str | None:
    """Return the dose of an event: of a change the new one, which follows "to"; a stop has none."""
    if event == "stop":
        return None
    if event == "resume" and given.dose is None and trigger[0] >= given.end:
        return new_dose(view, (trigger[1], trigger[1]), min(high, trigger[1] + 30))
    if event != "change":
        return given.dose
    changed = new_dose(view, trigger, high)
    return changed if changed is not None else None if trigger[0] >= given.dose_end else given.dose


def _span(view: View, given: Given, trigger: tuple[int, int]) -> tuple[int, int]:
    start, end = min(given.start, trigger[0]), max(given.dose_end, trigger[1])
    if view.has(STOP, start, given.start) is not None:  # "needed interruption of the drug and loperamide"
        start = given.start if trigger[1] <= given.start else start
    if _THE_NEXT.search(view.whole, max(trigger[1], given.start - 50), given.start) is not None:
        start = given.start  # "was followed by A until progression, then B": the verb is that of A
    governed = view.governing(given.start, given.end)
    if governed is not None and end <= governed.start <= end + 12:
        end = governed.end
    return trimmed(view, start, end)


_THE_NEXT = re.compile(
    r"(?:,|\band)\s(?:then|finally|thereafter|subsequently|later)\s(?:[a-z]{2,12}\s){0,2}$", re.IGNORECASE
)
"""What parts a regimen from the verb of that told before it in a list."""
