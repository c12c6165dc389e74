"""What happens to "the treatment", "the drug", "both", where no drug is named: the regimen that the story speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Treatment
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.agents_untold import NEEDS as AGENTS_UNTOLD
from caseboard.narrative.extract.agents_untold import start_without_agents
from caseboard.narrative.extract.asserted import CYCLES, asserted
from caseboard.narrative.extract.course_event import BESIDE, BLOOD, RESPONSE_TO, is_of_the_drug
from caseboard.narrative.extract.courses import (
    CHANGE,
    CHANGE_BY_ARROW,
    PAUSED,
    RESUME,
    STOP,
    Event,
    forget,
    new_dose,
    reason_of,
    rejoined,
    treatment_draft,
    trimmed,
)
from caseboard.narrative.extract.held import resumed_after
from caseboard.narrative.extract.labelled import drug_of_item
from caseboard.narrative.extract.only_named import is_dose_left_out
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.extract.when_of_verb import moment_of_verb
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["NEEDS", "events_of_the_treatment", "stop_of_the_treatment"]

_GIVEN_UNTIL = pattern(
    r"\bcontinued\s(?:[a-z]{2,14}\s){0,3}(?:until|till|up to|through)\s(?=[^.;]{0,30}\d{4})"
    r"|\b(?:continued|given|maintained|administered)\sfor\s(?:a total of\s)?[a-z0-9]{1,8}\s(?:months|weeks|years),?"
    r"\s(?=(?:until|till|when|at which)\b)",
    re.IGNORECASE,
)
"""What tells the end of a treatment by how long it went on: "maintenance therapy was continued until August 2020"."""
_AT_ITS_END = pattern(
    r"\b(?:at|by|on|upon)\s(?:the\s)?(?:end|conclusion)\sof\s(?:(?:the|his|her|this|all|(?:neo-?)?adjuvant"
    r"|palliative|systemic|first-line|induction)"
    r"\s){0,2}(?:chemo(?:therapy)?|(?:chemo-?)?immunotherapy|(?:targeted\s)?therapy|treatment)\b(?!\s(?:cycles?"
    r"|weeks?|period|with)\b)",
    re.IGNORECASE,
)
"""What tells that the treatment is over: "CT at the end of treatment in June"."""
_GOES_ON_AT = pattern(
    r"\b(?:continued|then\s(?:given|taken|administered))\s(?:with|at|on)\s(?=(?:\d\s?x\s?)?\d{1,4}\s?mg\b)",
    re.IGNORECASE,
)
"""What takes up a treatment that was paused, told by its dose: "from 9 December continued with 250 mg"."""
_EVENTS: Table[tuple[Event, Pattern]] = Table(
    (
        ("resume", RESUME),
        ("resume", _GOES_ON_AT),
        ("stop", STOP),
        ("stop", _GIVEN_UNTIL),
        ("stop", _AT_ITS_END),
        ("change", CHANGE),
        ("change", CHANGE_BY_ARROW),
    )
)
_ELIDED = pattern(
    r"(?:,|\band|\bbut|\bwhich|\bthat)\s(?:it\s|this\s|both\s)?(?:(?:was|were|had to be"
    r"|has been|had been|has had to be)\s)?(?:[a-z]{2,14}ly\s|then\s|therefore\s|later\s"
    r"|soon\s|again\s|thus\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a verb whose subject is the drug named earlier: "..., and was stopped in May"."""
_LED_TO = pattern(
    r"\b(?:requir\w{1,3}|need\w{0,3}|necessitat\w{2,3}|led to|leading to|result\w{2,3} in|prompt\w{2,3}"
    r"|impos\w{2,3}|caus\w{2,3}|forc\w{2,3}|motivat\w{2,3}|impl\w{2,4}|with)\s(?:an?\s|the\s|its\s|their\s|temporary\s"
    r"|permanent\s"
    r"|transient\s|brief\s|definitive\s|early\s|treatment\s|drug\s|dose\s|further\s|short\s"
    r"|(?:\d{1,2}|one|two|three|four|six)-(?:day|week|month)\s){0,4}"
    r"(?:(?:interruption|pause|break|hold|holiday|discontinuation|delay)\b(?:\s[\w-]{1,12}){0,4}\sand\s(?:an?\s"
    r"|the\s)?)?$",
    re.IGNORECASE,
)
_ONE_DOSE = pattern(
    r"\b(?:week|cycle|day)[ -]?\d{1,2}\sdose\s$"
    r"|\b(?:day[ -]?\d{1,2}|d\d{1,2}|one|a)\s(?:dose|infusion|injection)s?(?:\sof\s[a-z0-9 ]{3,20})?\s"
    r"(?:was|were|had to be)\s$",
    re.IGNORECASE,
)
"""What stands before a verb that leaves out one dose of a cycle: "the day-8 dose was omitted"."""
_ARROW = pattern(r"(?:->|→|=>|–>)\s{0,2}$")
"""A note's sign before what was done about something: "HFS G3 -> held 2 weeks"."""
_IT_WAS = pattern(
    r"\b(?:it|both|this|these)\s(?:was|were|had to be|has been|had been)\s(?:[a-z]{2,14}\s)?$", re.IGNORECASE
)
_OF_IT = re.compile(r"\s(?:it|the drug)\s", re.IGNORECASE)
"""What makes a verb tell of the drug by itself: "we brought it back on 4 July"."""
_HAS_BEEN = pattern(
    r"\b(?:s?he|the patient|it|this)\s(?:has|had|is|was|remains)\s(?:been\s|stayed\s|remained\s|now\s|currently\s"
    r"|still\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before "off since": "she has been off since 7 August"."""
_TREATMENT_NAMED = pattern(
    r"\b(?:(?:further\s)?(?:chemo-?therap(?:y|ies)|chemo|treatment)|chemo-?immunotherapy|therapy|drugs?|medication"
    r"|immunotherapy|tki"
    r"|regimen|inhibitor|agent|(?:androgen|hormon\w{1,3}|checkpoint|endocrine) (?:blockade|deprivation|inhibition)"
    r"|doublet|triplet|combination|course(?= completed)|(?<=the )tablets|(?<=the )capsules|administration(?= was))\b",
    re.IGNORECASE,
)
_OF_THE_TUMOR = pattern(r"further|chemo|immuno|tki|inhibitor|blockade|deprivation", re.IGNORECASE)
"""Words for treatment that no supportive drug is meant by."""
_THE_TREATMENT = pattern(
    r"\b(?:(?:the |this |that |all |any |systemic |targeted |oral "
    r"|study |two |three )*(?:chemo-?therap(?:y|ies)|chemo|chemo-?immunotherapy|treatment|therapy|drugs?"
    r"|medication"
    r"|immunotherapy|(?:androgen|endocrine) (?:blockade|deprivation)|doublet|triplet|combination"
    r"|tki|regimen|both (?:drugs|agents|antibodies|medicines|tablets|inhibitors|compounds)?|the (?:substance|antibody"
    r"|antibodies|compound|preparation)|inhibitor|agent|infusions?|tablets|capsules|pills)|administration|both|it"
    r"|this(?= (?:was|is|has|had)\b)"
    r"|she|he|the patient|dos(?:es?|age)|the dos(?:es?|age))\b",
    re.IGNORECASE,
)
NEEDS = AGENTS_UNTOLD | Needs(
    patterns=(RESUME, _GOES_ON_AT, STOP, _GIVEN_UNTIL, _AT_ITS_END, CHANGE, CHANGE_BY_ARROW)
)


def events_of_the_treatment(
    view: View, memory: Memory, groups: tuple[Given, ...], spoken: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Yield what happens to "the treatment", "the drug", "both": the regimen that the story speaks of."""
    triggers: list[tuple[Event, re.Match[str]]] = [
        (event, match)
        for event, verb in view.rows(_EVENTS)
        for match in view.find(verb)
        if not any(low <= match.start() < high for low, high in spoken)
        and not (event == "change" and (_is_counted_from(view, match) or _is_of_resumption(view, match)))
    ]
    triggers.sort(key=lambda trigger: trigger[1].start())
    told, ended = False, -1
    for place, (event, match) in enumerate(triggers):
        if event == "resume" and _CONTINUED.match(match[0]) and memory.regimen in memory.given:
            continue
        if _is_noun(match) and any(other == event and not _is_noun(m) for other, m in triggers[place + 1 :]):
            continue
        again = any(ended <= group.start < match.start() for group in groups if not group.supportive)
        if told and event == "stop" and ended >= 0 and not again and not _ended_in_pause(view, memory, match):
            continue
        draft = _unnamed(view, memory, groups, _by_what_goes_on(memory, event, match), match, told=told)
        if draft is not None:
            told, ended = True, match.end() if event == "stop" else -1
            yield draft
            if event == "stop" and isinstance(draft.fact, Treatment):
                agents, supportive = draft.fact.agents, draft.fact.modality == "supportive"
                yield from resumed_after(view, memory, agents, match.span(), supportive=supportive)
    if not told and not spoken:
        yield from start_without_agents(view, memory, groups)


_CONTINUED = re.compile(r"continu", re.IGNORECASE)


def stop_of_the_treatment(view: View, before: int) -> re.Match[str] | None:
    """Return the verb that ends a treatment without naming it before a change: "was stopped and we changed to X"."""
    verb = view.has(STOP, view.start, before)
    if verb is None or not asserted(view, verb, view.clause(verb.start())[0]):
        return None
    near = (max(view.start, verb.start() - 60), min(before, verb.end() + 30))
    named = (
        view.has(_TREATMENT_NAMED, *near) is not None
        or view.within(_IT_WAS, view.whole[near[0] : verb.start()]) is not None
        or not _without_times(view, view.start, verb.start())
    )
    return verb if named else None


def _is_counted_from(view: View, verb: re.Match[str]) -> bool:
    """Whether a length of time counts from a change, which tells nothing new: "ten days after the dose reduction"."""
    return any(t.start <= verb.start() and verb.end() <= t.end for t in view.times if not t.absolute)


def _is_of_resumption(view: View, verb: re.Match[str]) -> bool:
    """Whether a smaller dose is only that at which a drug was resumed: "was resumed at a reduced dose of 25 mg"."""
    low = view.statement(verb.start())[0]
    return (
        _AT_A.search(view.whole, max(low, verb.start() - 12), verb.start()) is not None
        and view.has(RESUME, max(low, verb.start() - 80), verb.start()) is not None
    )


_AT_A = re.compile(r"\b(?:at|with|on)\s(?:an?|the)\s$")


def _by_what_goes_on(memory: Memory, event: Event, match: re.Match[str]) -> Event:
    """Return what a verb of resumption tells of a regimen that goes on: it only has its former dose again."""
    again = event == "resume" and match[0].lower().startswith("back")
    return "change" if again and memory.regimen in memory.given else event


def _is_noun(match: re.Match[str]) -> bool:
    """Whether words only name what a verb then tells: "wished an interruption: the drugs were stopped in May"."""
    return match[0].lower().endswith(("ion", "al", "ation"))


_DOSE_OF_ANOTHER = pattern(
    r"\b(?:the|his|her|an?)\s(?!(?:drug|daily|total|initial|starting|chemotherapy|treatment|medication|agent"
    r"|infusion|oral"
    r"|maintenance|cumulative|current|previous|original|weekly|inhibitor|antibody|therapy|reduced|prescribed|further"
    r"|second|temporary|slight"
    r"|transient|permanent|marked)\b)"
    r"[a-z]{6,20}\s(?:dos(?:e|es|age)s?\s(?:[a-z]{2,12}\s){0,3})?$",
    re.IGNORECASE,
)
"""What makes a dose that of a drug that is not known: "the metyrapone dosage was increased"."""


def _helped_by_a_pause(view: View, match: re.Match[str]) -> bool:
    """Whether a pause is told as what made harm go, without a day: "resolved after an interruption of one week"."""
    before = _AFTER_A.search(view.whole, max(view.start, match.start() - 60), match.start())
    if before is None or _PAUSE.match(match[0]) is None:
        return False
    low, high = view.statement(match.start())
    return not any(time.absolute and low <= time.start < high for time in view.times)


_AFTER_A = re.compile(
    r"\b(?:resol\w{2,4}|improv\w{2,3}|recover\w{2,3}|settl\w{2,3}|subsid\w{2,3}|disappear\w{2,3}|normali[sz]\w{2,3}"
    r"|revers\w{2,4}"
    r"|manag\w{2,4}|controlled|treated)\s(?:[a-z]{3,14}ly\s)?(?:after|with|by|following|upon"
    r"|on)\s(?:[a-z-]{1,12}\s){0,4}$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"interruption|pause|break|hold", re.IGNORECASE)


def _has_its_day(view: View, at: int) -> bool:
    """Whether a day stands right before a verb, or behind its new dose, and is not that of the period told before."""
    return any(
        _RIGHT_BEFORE.fullmatch(view.whole, time.end, at) is not None
        or (
            at < time.start
            and time.absolute
            and not time.until
            and _RIGHT_BEHIND.fullmatch(view.whole, at, time.start) is not None
        )
        for time in view.times
    )


_RIGHT_BEFORE = re.compile(r"\)?,?\s?(?:(?:it|the|dose|was)\s){0,3}")
_RIGHT_BEHIND = re.compile(
    r"(?:[^,;.()]|[.,](?=\d)){4,50}\s(?:\(|(?:on|in|from|since|at)\s(?:early\s|late\s|mid-?\s?)?)?"
)


def _ended_behind(view: View, memory: Memory, at: int) -> tuple[str, ...]:
    """Return the regimen that the sentence ends behind a place, being given until then: "reduced, then stopped".

    One that it only pauses before the place is given again: "led to a break of two weeks and a dose reduction".
    """
    ends = memory.courses.get(("stop", memory.last_regimen), ())
    if not ends or memory.regimen:
        return ()
    last = ends[-1]
    paused = view.start <= last.start and _PAUSE.search(view.whole, last.start, last.end) is not None
    return memory.last_regimen if last.start > at or paused else ()


def _had_in_this_statement(view: View, memory: Memory, subject: Given | None, at: int) -> bool:
    """Whether a regimen was begun in the statement that tells a change: "received X from May to June, with one"."""
    return (
        subject is not None
        and not subject.supportive
        and any(draft.start >= view.start for draft in memory.courses.get(("start", subject.agents), ()))
        and (
            view.statement(subject.start) == view.statement(at)
            or _IN_ITS_BRACKETS.fullmatch(view.whole, subject.end, at) is not None
        )
    )


def _is_of_the_start(view: View, memory: Memory, agents: tuple[str, ...], verb: int, moment: Moment) -> bool:
    """Whether the day of a change is that on which the sentence began the regimen: "from 6 May, reduced to 25 mg"."""
    return moment.when is not None and any(
        view.start <= draft.start and draft.end <= verb and draft.moment.when == moment.when
        for draft in memory.courses.get(("start", agents), ())
    )


_IN_ITS_BRACKETS = re.compile(r"[^;()\n]{0,60}\s?\([^;()\n]{0,60}")
"""What stands between a regimen and what the brackets behind it tell of it: "X 05/2022-10/2022 (reduced in July)"."""


def _unnamed(
    view: View, memory: Memory, groups: tuple[Given, ...], event: Event, match: re.Match[str], *, told: bool
) -> Draft | None:
    """Return what a verb without a named drug does to the treatment that is meant, or None."""
    low, high = view.clause(match.start())
    first, last = view.phrase(match.start())
    beside = (
        group
        for group in groups
        if first <= group.start < last
        and RESPONSE_TO.search(view.whole, max(low, group.start - 30), group.start) is None
    )
    if (
        any(view.has(BESIDE, max(low, group.start - 26), group.start) is None for group in beside)
        or _of_radiation(view, match.start())
        or (event == "stop" and _helped_by_a_pause(view, match))
        or (event == "change" and view.has(_DOSE_OF_ANOTHER, max(low, match.start() - 40), match.start()))
    ):
        return None
    near = (max(low, match.start() - 60), min(high, match.end() + 40))
    said = view.has(_TREATMENT_NAMED, *near) or view.has(_THE_TREATMENT, *near)
    lead = _without_times(view, max(first, low), match.start()).lower()
    continued = lead in ("", "and", "was", "off") and any(
        not group.supportive or group.agents == memory.supportive for group in groups
    )
    bare = (
        not _without_times(view, low, match.start())
        or continued
        or (
            told
            and _ADVERB.sub("", lead).strip() in ("", "and", "then", "and then", "was", "but", "up", "from")
        )
        or view.has(_ARROW, low, match.start()) is not None
        or (event == "change" and match[0][0] in "↓↑⬇⬆→=-")
        or _answers_harm(view, match, lead)
        or (event == "change" and _BY_DOCTORS.fullmatch(lead) is not None)
        or (event == "stop" and lead in ("c", "cycle", "dose", "course"))
    )
    before = view.whole[low : match.start()]
    subject = next((group for group in reversed(groups) if group.end <= match.start()), None)
    elided = subject is not None and view.within(_ELIDED, before) is not None
    nominal = (
        match[0].lower().endswith(("ion", "al", "stop", "pause", "break"))
        if event == "stop"
        else match[0].lower().startswith(("reduction", "dose reduction", "dose-reduction"))
    ) and view.within(_LED_TO, before) is not None
    itself = (
        view.within(_IT_WAS, before + _auxiliary(match)) is not None
        or (event == "resume" and _OF_IT.search(match[0]) is not None)
        or (
            event == "stop"
            and match[0].lower().startswith(("off", "on hold"))
            and view.within(_HAS_BEEN, before) is not None
        )
    )
    dosed = event == "resume" and new_dose(view, (match.end(), match.end()), high) is not None
    tapered = _TAPERS.match(match[0]) or _TAPERED.search(view.whole, low, match.start())
    if said is None and not (bare or elided or nominal or dosed or tapered is not None):
        return None
    at_its_end = match[0].lower().startswith(("at ", "by ", "on ", "upon "))
    if at_its_end and view.governing(match.start(), match.end()) is None:
        return None
    if event == "stop" and (
        view.within(_ONE_DOSE, before) is not None
        or (subject is not None and is_dose_left_out(view, subject))
    ):
        return None
    of_the_dose = event == "change" and match[0].lower().startswith("dos")
    pronoun = (
        said is not None and not of_the_dose and said[0].lower() in ("it", "this", "she", "he", "the patient")
    )
    if (
        pronoun
        and tapered is None
        and not (bare or elided or nominal or itself)
        and not (event == "stop" and CYCLES.match(view.whole[match.end() : match.end() + 30]))
        and not (event == "resume" and new_dose(view, match.span(), high) is not None)
        and not re.match(
            r"\s?(?:it|treatment|therapy|taking|the drug)\b", view.whole[match.end() : match.end() + 20]
        )
    ):
        return None
    if not asserted(view, match, low) or (event == "change" and not _of_a_dose(view, match, high)):
        return None
    begun_here = any(g.end <= match.start() and g.agents == memory.regimen for g in groups)
    before_it = memory.regimen_before in memory.given and not begun_here
    heading = drug_of_item(view, memory)
    current = heading or (memory.regimen_before if before_it else memory.regimen)
    until_then = _ended_behind(view, memory, match.start()) if event == "change" else ()
    in_pause = event == "stop" and not current and _ended_in_pause(view, memory, match)
    current = current or until_then or (memory.last_regimen if in_pause else ())
    of_the_tumor = (
        (event == "change" and not _doses_the_only_one(view, memory, groups, match, high))
        or (event == "change" and view.within(_LED_TO, before) is not None)
        or at_its_end
        or (said is not None and view.within(_OF_THE_TUMOR, said[0]) is not None)
    )
    begun_behind = any(g.agents == memory.supportive and g.start >= match.end() for g in groups)
    of_the_named = match[0].lower().startswith(("last", "final")) and any(
        not g.supportive and g.start >= match.end() for g in groups
    )
    supported = () if of_the_tumor or begun_behind or of_the_named else memory.supportive
    agents = heading or memory.last_regimen if event == "resume" else current or supported
    ended_here = event == "stop" and not in_pause and _ended_here(view, memory, groups, match.start())
    agents = () if ended_here else _pair_of(view, memory, agents, said)
    closest = groups[-1] if groups and groups[-1].end <= match.start() else None
    if bare and closest is not None and closest.supportive and not BLOOD.intersection(closest.agents):
        agents = closest.agents if _may_be(view, event, closest, match.start()) else agents
    if (
        elided
        and subject is not None
        and (said is None or pronoun)
        and not BLOOD.intersection(subject.agents)
    ):
        agents = subject.agents if _may_be(view, event, subject, match.start()) else agents
    within = event == "change" and (
        _had_in_this_statement(view, memory, subject, match.start())
        or (subject is not None and _ended_here(view, memory, groups, match.start()))
    )
    agents = subject.agents if within and subject is not None else agents
    agents = memory.steroid if tapered is not None else agents
    supportive = agents in (memory.supportive, memory.steroid) and agents != memory.regimen
    known = (
        event == "resume"
        or within
        or in_pause
        or agents in memory.given
        or agents == _ended_behind(view, memory, match.start())
    )
    if not agents or not known or BLOOD.intersection(agents):
        return None
    moment = _moment(view, memory, agents, match, high, within=within)
    _note(memory, event, agents, supportive, moment)
    governed = view.governing(match.start(), match.end())
    named = said if said and said.start() >= low and not bare else match
    start = min(named.start(), match.start())
    if of_the_dose and named is not match and not view.whole.startswith(("the dos", "The dos"), start):
        start = match.start()
    end = max(
        match.end(),
        said.end() if said and not bare else 0,
        governed.end if governed and match.end() <= governed.start < high else 0,
    )
    return treatment_draft(
        view,
        agents,
        supportive,
        event,
        trimmed(view, start, end),
        moment,
        dose=_new_dose(view, event, agents, match, high),
        reason=reason_of(view, match.end(), high) if event in ("stop", "change") else None,
        resolved="the treatment that the story speaks of",
    )


def _doses_the_only_one(
    view: View, memory: Memory, groups: tuple[Given, ...], verb: re.Match[str], high: int
) -> bool:
    """Whether a new dose is that of a supportive drug: it tells its unit, and no other drug is named beside it.

    What is dosed by the surface of the body is chemotherapy.
    """
    dose = new_dose(view, verb.span(), high)
    return (
        dose is not None
        and not dose.endswith(("%", "/m2", "/m²"))
        and all(one.agents == memory.supportive for one in groups)
    )


_TAPERED = re.compile(
    r"\b(?:taper|wean)\w{0,5}(?:,?\s(?:and|then|was|were|off|down|slowly|gradually|finally|completely"
    r"|over\s[\w-]{1,9}\s(?:days|weeks|months)|within\s[\w-]{1,9}\s(?:days|weeks|months)))*,?\s?\Z",
    re.IGNORECASE,
)
_TAPERS = re.compile(r"taper|wean", re.IGNORECASE)
"""What is done with steroids, and with no drug against a tumour: "it was weaned and stopped on 20 June"."""
_BOTH = pattern(r"\bboth\b", re.IGNORECASE)


def _ended_here(view: View, memory: Memory, groups: tuple[Given, ...], verb: int) -> bool:
    """Whether the regimen before a verb began and ended in this sentence: what went on before it is not meant."""
    here = [group.agents for group in groups if group.end <= verb and not group.supportive]
    return (
        bool(here)
        and here[-1] not in memory.given
        and any(draft.start >= view.start for draft in memory.courses.get(("start", here[-1]), ()))
    )


def _ended_in_pause(view: View, memory: Memory, verb: re.Match[str]) -> bool:
    """Whether a verb ends for good, on a day of its own, what was only paused: "held in May and stopped in July"."""
    ends = memory.courses.get(("stop", memory.last_regimen), ())
    if not ends or memory.regimen or PAUSED.match(verb[0]) is not None:
        return False
    last = ends[-1]
    again = memory.courses.get(("resume", memory.last_regimen), ())
    if (again and again[-1].start > last.start) or PAUSED.search(view.whole, last.start, last.end) is None:
        return False
    told = view.governing(*verb.span())
    return told is not None and told.absolute and told.moment.when != last.moment.when


def _auxiliary(verb: re.Match[str]) -> str:
    """Return the auxiliary that a verb of change may begin with: "it was lowered to 14 mg"."""
    return "was " if verb[0].lower().startswith(("was ", "were ")) else ""


def _pair_of(
    view: View, memory: Memory, agents: tuple[str, ...], said: re.Match[str] | None
) -> tuple[str, ...]:
    """Return the two drugs begun together that "both" means, else the agents that go on."""
    if said is None or len(agents) != 1 or not view.has(_BOTH, max(view.start, said.start() - 5), said.end()):
        return agents
    pairs = [
        told
        for event, told in memory.courses
        if event == "start" and len(told) == 2 and set(agents) < set(told)
    ]
    if not pairs:
        return agents
    memory.given.add(pairs[-1])
    return pairs[-1]


def _moment(
    view: View, memory: Memory, agents: tuple[str, ...], verb: re.Match[str], high: int, *, within: bool
) -> Moment:
    """Return when a verb's event was; ``within``: its statement has begun the regimen, whose day is not the verb's."""
    moment = moment_of_verb(view, verb, high)
    if within and agents not in memory.given and not _has_its_day(view, verb.start()):
        return Moment(None)
    if within and _is_of_the_start(view, memory, agents, verb.start(), moment):
        return Moment(moment.when, "resolved", AFTER_IT, open=True)
    return moment


def _new_dose(
    view: View, event: Event, agents: tuple[str, ...], verb: re.Match[str], high: int
) -> str | None:
    """Return the dose to which one drug is changed, or at which it is resumed."""
    if event == "change" or (event == "resume" and len(agents) == 1):
        return new_dose(view, verb.span(), high)
    return None


def _may_be(view: View, event: Event, subject: Given, verb: int) -> bool:
    """Whether a verb may tell of the drug before it: what goes on is not resumed, what helps is not given at less."""
    if not subject.supportive or event not in ("resume", "change"):
        return True
    paused = event == "resume" and view.has(STOP, subject.end, verb) is not None
    return paused and not is_of_the_drug(view, subject, verb)


def _answers_harm(view: View, match: re.Match[str], lead: str) -> bool:
    """Whether a note tells what was done about harm: "HFS G2 8/2019, reduced to 25 mg", "diarrhoea, interrupted"."""
    if lead or _NOTE_ENDS.match(view.whole, match.end(), view.end) is None:
        return False
    return any(0 < match.start() - harm.end < 100 for harm in view.of("toxicity"))


def _of_radiation(view: View, verb: int) -> bool:
    """Whether the subject of a verb is radiotherapy: "whole-brain radiotherapy (30 Gy) ended on 14 October"."""
    low = view.statement(verb)[0]
    subject = next((one for one in reversed(view.of("procedure")) if low <= one.start < verb), None)
    return (
        subject is not None
        and procedures.vocabulary()[subject.key].modality == "radiotherapy"
        and _ITS_SUBJECT.fullmatch(view.whole[subject.end : verb]) is not None
    )


_ADVERB = re.compile(r"\b(?:[a-z]{4,14}ly|further|again|later)\b")
_ITS_SUBJECT = pattern(
    r"(?:\s?\([^()]{1,60}\))?\s(?:(?:was|were|had been|has been)\s)?(?:then\s|[a-z]{3,12}ly\s)?"
)
_BY_DOCTORS = pattern(r"(?:(?:and|so|but|then)\s)?(?:we|i|you)(?:\shave|\shad)?(?:\s(?:then|therefore))?")
_NOTE_ENDS = pattern(
    r"\s?(?:[.;,)\n]|$|\+|and\b|on\s\d|\d|(?:x|for|until|from|to|by|at)\s|permanently|temporarily|then\b)"
)
"""What may follow the participle of a note."""
_DOSE_WORD = pattern(r"\bdos(?:e|es|ed|age|ing)\b", re.IGNORECASE)
_TO_A_DOSE = pattern(
    r"(?:[^.;]|\.(?=\d)){0,30}?(?:\d\s?(?:mg|g|µg|mcg|%)(?!/d?l)|\b(?:tablets?|capsules?|pills?|once|twice|daily"
    r"|weekly)\b)"
)
_SHARE = pattern(r"\d\s?%")
_MEASURED = pattern(
    r"\b(?:L?V?EF|DLCO|FEV1|FVC|fraction|function|frequency|capacity|saturation|SpO2|clearance|indices|index|counts?"
    r"|levels?|burden|proportion|percentage|share|activity|cellularity|h(?:a?)ematocrit|blasts?|weight|Ki-?67|volume"
    r"|sizes?|area|diameters?|sums?|mass|tumou?rs?|lesions?|nodules?|probability|risk)\b",
    re.IGNORECASE,
)
"""What is told in parts of a hundred and is no dose: "the ejection fraction had dropped to 45%"."""


def _of_a_dose(view: View, match: re.Match[str], high: int) -> bool:
    """Whether a change is told of a dose, not of a tumour or of a laboratory value that rose or fell."""
    if view.has(_DOSE_WORD, max(view.start, match.start() - 60), min(high, match.end() + 20)) is not None:
        return True
    if _SHARE.search(view.whole, match.start(), min(high, match.end() + 1)) is not None and view.has(
        _MEASURED, max(view.statement(match.start())[0], match.start() - 60), match.start()
    ):
        return False
    return _TO_A_DOSE.match(view.whole, match.start(), min(high, match.end() + 20)) is not None


def _without_times(view: View, start: int, end: int) -> str:
    """Return the words of a stretch without its dates, numbers and punctuation."""
    text = view.whole[start:end]
    for time in view.times:
        if start <= time.start and time.end <= end:
            text = text.replace(view.whole[time.start : time.end], "")
    return text.strip(" ;,-*:.()0123456789/")


def _note(memory: Memory, event: Event, agents: tuple[str, ...], supportive: bool, moment: Moment) -> None:
    if moment.why == AFTER_IT:
        return  # what was completed at a time not told may yet be told to have ended on a day
    if event == "change":
        memory.clock.set_anchor("dose", moment.counted_from)
    elif event == "stop":
        forget(memory, agents)
        if not supportive:
            memory.clock.end(agents, moment.counted_from)
    elif event == "resume":
        memory.given.add(agents)
        if not supportive:
            memory.regimen = rejoined(memory, agents)
            memory.given.add(memory.regimen)
            memory.clock.resume(agents, moment.counted_from)
