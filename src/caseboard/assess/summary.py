"""The patient in five lines, the question for the board, and the findings that matter most; composed by rule.

Nothing is said here that a fact or a finding does not say. The question follows from the state at the last fact:
progression, response, no evidence of disease, a diagnosis in doubt, no treatment yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from caseboard.assess.chronology import say_days, timing_of
from caseboard.assess.findings import Finding, Level, Topic
from caseboard.assess.results import Line, LineResponse, PatientSummary
from caseboard.assess.tumor_classes import names_entity, same_tumour
from caseboard.assess.view import View, symbols_of
from caseboard.assess.written import site_written, term_written
from caseboard.case.dates import DateInterval
from caseboard.case.facts import (
    Alteration,
    Demographics,
    Diagnosis,
    Fact,
    History,
    Lesion,
    Outcome,
    Test,
    Treatment,
)

__all__ = ["SUMMARY_RULES", "key_findings", "summarise"]

SUMMARY_RULES = (
    "summary.who",
    "summary.diagnosis",
    "summary.molecular",
    "summary.treatment",
    "summary.state",
)

_MOST_KEY = 7
_MOST_NOTES_OF_A_TOPIC = 2
_TOPICS: tuple[Topic, ...] = (
    "work-up",
    "molecular",
    "options",
    "response",
    "conflict",
    "toxicity",
    "course",
    "gap",
    "time to event",
)
_LEVELS: tuple[Level, ...] = ("critical", "warning", "note")
_SAY_THE_SAME = (
    ("molecular.resistance_variant", "options.resistance_found", "molecular.variant_beside_fusion"),
    ("workup.fusion_structure", "molecular.not_told"),
    ("workup.fusion_partner_unknown", "molecular.partner_unknown"),
    ("response.baseline_older_than_four_weeks", "gap.no_scan_before_line", "response.baseline_age_unknown"),
    ("molecular.symbol_corrected", "conflict.corrected_in_reading"),
    ("molecular.symbol_corrected", "molecular.order_turned"),
)
"""Rules that see one matter from several sides; among the key findings only the first of them that fired is shown."""

_REACH = frozenset({"options.no_alteration", "options.outside_pack"})
_KEY_OPTIONS = ("options.same_", "options.look_for")
_ABOUT_READING = frozenset({"molecular.symbol_corrected", "molecular.order_turned"})

_TOPICS_OF_HISTORY = frozenset({"smoking", "family", "occupation", "comorbidity", "allergy"})

_STATES = {
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progression",
    "NED": "no evidence of disease",
    "MR": "regression, category not stated",
}


def summarise(view: View, responses: tuple[LineResponse, ...]) -> PatientSummary:
    """Return who the patient is and what happened, in at most five lines."""
    own = next(iter(view.case.of(Demographics)), None)
    lines = (
        _who(view, own),
        _diagnosis(view),
        _molecular(view),
        _treatment(view, responses),
        _state(view),
    )
    return PatientSummary(
        number=view.case.facts[0].patient,
        sex=own.sex if own else None,
        age_years=own.age_years if own else None,
        presented=timing_of(view.case, own) if own else None,
        lines=lines,
    )


def key_findings(
    findings: Iterable[Finding], last_line: int | None, *, decided: bool = False
) -> tuple[Finding, ...]:
    """Return the findings that matter most, weightiest first, seven at most.

    Of the notes, one a rule and two a topic are taken. What concerns the response of an earlier line than
    ``last_line``, or the reach of this program's own tables, counts a level less: no board can mend it. Where nothing
    is left to decide (``decided``), options are left out.
    """
    unique = list({(one.rule, one.what): one for one in findings if one.level != "info"}.values())
    fired = {one.rule for one in unique}
    hidden = {
        rule for group in _SAY_THE_SAME for place, rule in enumerate(group) if fired & set(group[:place])
    }
    shown = [
        (_weight(one, last_line), _TOPICS.index(_topic(one)), one)
        for one in unique
        if one.rule not in hidden and not (decided and one.topic == "options")
    ]
    out: list[Finding] = []
    rules: set[str] = set()
    topics: Counter[str] = Counter()
    for weight, _, one in sorted(shown, key=lambda each: each[:2]):
        if weight >= _LEVELS.index("note"):
            beside = one.topic == "options" and one.level == "note" and not one.rule.startswith(_KEY_OPTIONS)
            if one.rule in rules or beside or topics[one.topic] >= _MOST_NOTES_OF_A_TOPIC:
                continue
            topics[one.topic] += 1
        rules.add(one.rule)
        out.append(one)
    return tuple(out[:_MOST_KEY])


def _weight(finding: Finding, last_line: int | None) -> int:
    earlier = finding.topic == "response" and not finding.what.startswith(f"Line {last_line}:")
    return _LEVELS.index(finding.level) + (earlier or finding.rule in _REACH)


def _topic(finding: Finding) -> Topic:
    return "conflict" if finding.rule in _ABOUT_READING else finding.topic


def _who(view: View, own: Demographics | None) -> Finding:
    if own is None:
        return _line("summary.who", "Who the patient is, is not told.", ())
    words = [_person(own)]
    if own.age_years is not None:
        words.append(_age(own.age_years))
    told = f", first seen {timing_of(view.case, own).text}" if isinstance(own.when, DateInterval) else ""
    history = [
        fact for fact in view.case.of(History) if not fact.denied and fact.topic in _TOPICS_OF_HISTORY
    ][:5]
    habits = "".join(f"; {fact.topic}: {fact.detail}" for fact in history)
    first = next((fact for fact in view.clock.facts if isinstance(fact, Lesion)), None)
    site = f". First lesion told: {_lesion(first)}" if first else ""
    ids = (own.id, *(fact.id for fact in history), *((first.id,) if first else ()))
    return _line("summary.who", f"{', '.join(words)}{told}{habits}{site}.", ids)


def _person(own: Demographics) -> str:
    child = own.age_years is not None and own.age_years < 18
    names = {"male": "Boy" if child else "Man", "female": "Girl" if child else "Woman"}
    return names.get(own.sex or "", "Patient, sex not told")


def _age(years: float) -> str:
    if years < 2:
        months = round(years * 12)
        return "newborn" if months == 0 else f"{months} month{'s' * (months != 1)} old"
    return f"{years:g} years old"


def _lesion(lesion: Lesion) -> str:
    side = f"{lesion.laterality} " if lesion.laterality else ""
    size = f", {max(lesion.diameters_mm):g} mm" if lesion.diameters_mm else ""
    return f"{side}{site_written(lesion.site)}{size}"


def _diagnosis(view: View) -> Finding:
    earlier = [fact for fact in view.case.of(Diagnosis) if fact.status == "history"]
    tail = f" Earlier, another tumour: {_dated(view, earlier)}." if earlier else ""
    ids = tuple(fact.id for fact in (*view.diagnoses, *earlier))
    now = view.current
    if now is None:
        return _line("summary.diagnosis", f"No diagnosis is told.{tail}", ids)
    own = [fact for fact in view.diagnoses if fact is now or (names_entity(fact) and same_tumour(fact, now))]
    others = {
        fact.term: fact for fact in reversed(view.diagnoses) if fact not in own and not _wider(fact, now)
    }
    before = [
        fact
        for fact in view.diagnoses
        if others.get(fact.term) is fact and view.clock.before(fact.id, own[0].id)
    ]
    after = [fact for fact in view.diagnoses if others.get(fact.term) is fact and fact not in before]
    what = f"{term_written(now.term)}{_at(view, own[0])}"
    if before:
        span = view.clock.between(before[0].id, own[0].id)
        took = f", {say_days(span)} after the first diagnosis" if span and span[0] > 0 else ""
        what += f"{took}; before it: {_dated(view, before)}"
    if after:
        what += f"; told since: {_dated(view, after)}"
    return _line("summary.diagnosis", f"Diagnosis: {what}.{tail}", ids)


def _wider(fact: Diagnosis, now: Diagnosis) -> bool:
    """Whether a diagnosis only names a family that the present one belongs to."""
    return not names_entity(fact) and same_tumour(fact, now)


def _dated(view: View, facts: Iterable[Diagnosis]) -> str:
    return ", ".join(f"{term_written(fact.term)}{_at(view, fact)}" for fact in facts)


def _molecular(view: View) -> Finding:
    altered_only = [report for report in view.molecular if not report.name.endswith(" wild type")]
    told = [(report.name, _at(view, _first(view, report.facts))) for report in altered_only]
    closer = _told_closer(told)
    found = [f"{name}{at}" for name, at in told if (name, at) not in closer]
    ids = [fact for report in altered_only for fact in report.facts]
    altered = {gene for one in view.drivers for gene in one.genes}
    negative = [
        test
        for test in view.case.of(Test)
        if test.result.startswith("negative")
        and not symbols_of(test.target) & altered
        and (test.method in ("FISH", "NGS", "PCR") or test.target in ("ALK", "ROS1", "pan-TRK"))
    ][:6]
    ids += [test.id for test in negative]
    named = {gene for one in view.case.of(Alteration) for gene in one.genes}
    positive = [
        test
        for test in view.case.of(Test)
        if test.result.startswith("positive")
        and not symbols_of(test.target) & named
        and test.id not in ids
        and test.method in ("FISH", "NGS", "PCR")
    ][:6]
    ids += [test.id for test in positive]
    shown = ", ".join(dict.fromkeys(f"{test.target} ({test.method})" for test in positive))
    without = ", ".join(dict.fromkeys(f"{test.target} ({test.method})" for test in negative))
    parts = [f"Found: {', '.join(dict.fromkeys(found))}." if found else ""]
    parts.append(f"Positive: {shown}." if shown else "")
    parts.append(f"Negative: {without}." if without else "")
    what = " ".join(part for part in parts if part) or "No molecular finding is told."
    return _line("summary.molecular", what, tuple(ids))


def _told_closer(told: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the alterations, by name and day, of which the same day tells more: a ratio, a copy number, a change."""
    ordered = sorted(set(told), key=lambda one: (one[1], one[0]))
    return frozenset(
        one for one, then in pairwise(ordered) if one[1] == then[1] and then[0].startswith(f"{one[0]} ")
    )


def _first(view: View, facts: tuple[str, ...]) -> Fact:
    return view.case.fact(min(facts, key=lambda fact: view.clock.rank[fact]))


def _treatment(view: View, responses: tuple[LineResponse, ...]) -> Finding:
    by_line = {response.line: response for response in responses}
    parts, ids = [], []
    for line in view.course.lines:
        told = [_began(line), _ended(line), _best(by_line.get(line.number))]
        words = ", ".join(word for word in told if word)
        parts.append(f"line {line.number} {line.name}{f' ({words})' if words else ''}")
        ids += list(line.facts)
    local = [
        fact
        for fact in view.case.of(Treatment)
        if fact.modality in ("surgery", "radiotherapy", "ablation", "transplant")
        and fact.event in ("done", "start")
    ]
    local.sort(key=lambda fact: view.clock.rank[fact.id])
    for fact in local:
        parts.append(f"{fact.procedure or fact.modality}{_at(view, fact)}")
        ids.append(fact.id)
    what = f"Treatment: {'; '.join(parts)}." if parts else "No treatment is told."
    return _line("summary.treatment", what, tuple(ids))


def _began(line: Line) -> str:
    if line.start is None:
        return "start not told"
    return "" if line.start.text == "not dated" else line.start.text


def _ended(line: Line) -> str:
    if line.ongoing:
        return "ongoing"
    if line.stop is None:
        return "end not told"
    return "stopped" if line.stop.text == "not dated" else f"stopped {line.stop.text}"


def _best(response: LineResponse | None) -> str:
    if response is None:
        return ""
    derived = response.best_derived if response.best_derived not in (None, "NE") else None
    stated = response.best_stated
    if derived and stated and derived != stated:
        return f"best {derived} by the lesions and {stated} as stated"
    best = derived or stated
    how = " by the lesions" if derived and not stated else " as stated" if stated and not derived else ""
    return f"best {best}{how}" if best else ""


def _state(view: View) -> Finding:
    outcome, last = view.latest(view.case.of(Outcome)), view.last_response
    running = [line for line in view.course.lines if line.ongoing]
    parts, ids = [], []
    if outcome is not None:
        disease = "" if outcome.disease == "unknown" else f", {_disease(outcome)}"
        alive = "died" if outcome.vital == "dead" else "alive"
        parts.append(f"{alive}{disease}{_at(view, outcome)}")
        ids.append(outcome.id)
    if last is not None:
        parts.append(f"last response stated: {_STATES[last.category]}{_at(view, last)}")
        ids.append(last.id)
    if running and not view.dead:
        parts.append(f"on {running[-1].name}")
        ids.append(running[-1].facts[-1])
    elif not view.dead:
        parts.append("no systemic treatment running")
    when = f"As known on {view.case.cutoff}" if view.case.cutoff else "At the last report"
    return _line("summary.state", f"{when}: {'; '.join(parts)}.", tuple(ids))


def _disease(outcome: Outcome) -> str:
    return "no evidence of disease" if outcome.disease == "NED" else outcome.disease


def _at(view: View, fact: Fact) -> str:
    """Return when a fact was, in brackets; nothing where it is not dated."""
    timing = timing_of(view.case, fact)
    return "" if timing.text == "not dated" else f" ({timing.text})"


def _line(rule: str, what: str, facts: tuple[str, ...]) -> Finding:
    ids = tuple(dict.fromkeys(facts))
    return Finding(what=what[:1].upper() + what[1:], rule=rule, topic="course", facts=ids)
