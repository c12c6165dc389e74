"""The patient in five lines, composed by rule: nothing is said here that a fact does not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from caseboard.assess.chronology import Days, say_days, timing_of
from caseboard.assess.findings import Finding
from caseboard.assess.germline import is_of_germline
from caseboard.assess.results import AlterationReport, LineResponse, PatientSummary
from caseboard.assess.summary_course import at, line_of, state_line, treatment_line
from caseboard.assess.tumor_classes import names_entity, same_tumour
from caseboard.assess.tumour import of_other_organs
from caseboard.assess.view import View, symbols_of
from caseboard.assess.written import (
    capital,
    site_written,
    term_written,
)
from caseboard.case.dates import DateInterval
from caseboard.case.facts import (
    Alteration,
    Demographics,
    Diagnosis,
    Fact,
    History,
    Lesion,
    Test,
)

__all__ = ["SUMMARY_RULES", "summarise"]

SUMMARY_RULES = (
    "summary.who",
    "summary.diagnosis",
    "summary.molecular",
    "summary.treatment",
    "summary.state",
)

_TOPICS_OF_HISTORY = ("performance status", "comorbidity", "smoking", "family", "occupation", "allergy")
_MOST_OF_HISTORY = 12
_TESTS_NAMED = 6
_DAYS_OF_WORDS = 60
_DAYS_OF_FIRST_VISITS = 60
"""Days from the first visit within which the first lesion is one of it."""


def summarise(view: View, responses: tuple[LineResponse, ...]) -> PatientSummary:
    """Return who the patient is and what happened, in at most five lines."""
    own = next(iter(view.case.of(Demographics)), None)
    lines = (
        _who(view, own),
        _diagnosis(view),
        _molecular(view),
        treatment_line(view, responses),
        state_line(view, responses),
    )
    return PatientSummary(
        number=view.case.facts[0].patient,
        sex=own.sex if own else None,
        age_years=own.age_years if own else None,
        presented=timing_of(view.case, own) if own else None,
        lines=lines,
        heading=_heading(view, own),
    )


def _heading(view: View, own: Demographics | None) -> str:
    """Return "Man, 23 years old: synovial sarcoma", as much of it as is told; an age that was counted says of when."""
    who = ""
    if own is not None:
        who = ", ".join([_person(own), *([_age(own.age_years)] if own.age_years is not None else [])])
        who += " at presentation" if "at presentation" in own.why else ""
    what = term_written(view.current.term) if view.current else ""
    return f"{who}: {what}" if who and what else who or capital(what)


def _who(view: View, own: Demographics | None) -> Finding:
    if own is None:
        return line_of("summary.who", "Who the patient is, is not told.", ())
    words = [_person(own)]
    if own.age_years is not None:
        words.append(_age(own.age_years))
    told = f", first seen {timing_of(view.case, own).text}" if isinstance(own.when, DateInterval) else ""
    told += f" ({own.why})" if own.why else ""
    history = _history(view)
    habits = "".join(
        f"; {_of_topic(topic)}{', '.join(told)}" for topic, told in _by_topic(view, history).items()
    )
    first = next((fact for fact in view.clock.facts if isinstance(fact, Lesion)), None)
    site = f". First lesion told: {_lesion(first)}{_if_later(view, own, first)}" if first else ""
    ids = (own.id, *(fact.id for fact in history), *((first.id,) if first else ()))
    return line_of("summary.who", f"{', '.join(words)}{told}{habits}{site}.".replace("….", "…"), ids)


def _if_later(view: View, own: Demographics, lesion: Lesion) -> str:
    """Return when a lesion was told that was not there yet when the patient was first seen."""
    if not isinstance(own.when, DateInterval) or not isinstance(lesion.when, DateInterval):
        return ""
    later = (lesion.when.first - own.when.last).days > _DAYS_OF_FIRST_VISITS
    return f" ({timing_of(view.case, lesion).text})" if later else ""


def _history(view: View) -> list[History]:
    """Return what is told of the patient, the last performance status first."""
    told = [fact for fact in view.case.of(History) if not fact.denied and fact.topic in _TOPICS_OF_HISTORY]
    fit = view.latest(fact for fact in told if fact.topic == "performance status")
    told = [fact for fact in told if fact.topic != "performance status" or fact is fit]
    return sorted(told, key=lambda fact: _TOPICS_OF_HISTORY.index(fact.topic))[:_MOST_OF_HISTORY]


def _by_topic(view: View, history: Iterable[History]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = defaultdict(list)
    for fact in history:
        told[fact.topic].append(_told(view, fact))
    return told


def _of_topic(topic: str) -> str:
    """Return how a topic is named before what is told of it; a performance status names itself ("ECOG 1")."""
    return "" if topic == "performance status" else f"{topic}: "


def _told(view: View, fact: History) -> str:
    """Return words of the source as they stand within a sentence: without its end, and never half a word."""
    detail, span = fact.detail.strip().rstrip(".;,"), fact.source.span
    text = next((one.text for one in view.case.documents if one.name == fact.source.document), "")
    cut = (
        span is not None
        and text[span.start : span.end].endswith(detail)
        and text[span.end : span.end + 1].isalnum()
    )
    return f"{detail.rpartition(' ')[0]} …" if cut else detail


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
    since = bool(view.diagnoses) and any(
        view.clock.certainly_before(view.diagnoses[0].id, fact.id) for fact in earlier
    )
    which = "Another tumour" if since else "Earlier, another tumour"
    tail = f" {which}: {_dated(view, earlier)}." if earlier else ""
    ids = tuple(fact.id for fact in (*view.diagnoses, *earlier))
    now = view.current
    if now is None:
        return line_of("summary.diagnosis", f"No diagnosis is told.{tail}", ids)
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
    named = next(fact for fact in own if fact.term == now.term)
    what = f"{term_written(now.term)}{at(view, named)}"
    if view.clock.before(
        own[0].id, named.id
    ):  # a tumour may change under its name: "dedifferentiated chordoma"
        what += f", first told as {term_written(own[0].term)}{at(view, own[0])}"
    if before:
        first = next((fact for fact in before if not of_other_organs(fact, now)), None)
        span = view.clock.between(first.id, own[0].id) if first else None
        took = f", {_took(view, span)} after the first diagnosis" if span and span[0] > 0 else ""
        what += f"{took}; before it: {_dated(view, before)}"
    if after:
        what += f"; told since: {_dated(view, after)}"
    return line_of("summary.diagnosis", f"Diagnosis: {what}.{tail}", ids)


def _took(view: View, span: Days) -> str:
    """Say a time between two facts; days added up from a text's own words are no dates, and give whole months."""
    if view.clock.calendar or span[0] < _DAYS_OF_WORDS:
        return say_days(span)
    return f"about {round(sum(span) / 60)} months"


def _wider(fact: Diagnosis, now: Diagnosis) -> bool:
    """Whether a diagnosis only names a family that the present one belongs to."""
    return not names_entity(fact) and same_tumour(fact, now)


def _dated(view: View, facts: Iterable[Diagnosis]) -> str:
    return ", ".join(f"{term_written(fact.term)}{at(view, fact)}" for fact in facts)


def _molecular(view: View) -> Finding:
    altered_only = [report for report in view.molecular if not report.name.endswith(" wild type")]
    told = [(_named(report), at(view, _first(view, report.facts))) for report in altered_only]
    closer = _told_closer(told)
    found = _dated_once([one for one in told if one not in closer])
    ids = [fact for report in altered_only for fact in report.facts]
    altered = {gene for one in view.drivers for gene in one.genes}
    inherited = [test for test in view.case.of(Test) if is_of_germline(view.case, test)]
    not_inherited = [test for test in inherited if test.result.startswith("negative")]
    negative = [
        test
        for test in view.case.of(Test)
        if test.result.startswith("negative")
        and test not in inherited
        and not symbols_of(test.target) & altered
        and (test.method in ("FISH", "NGS", "PCR") or test.target in ("ALK", "ROS1", "pan-TRK"))
    ]
    ids += [test.id for test in (*negative, *not_inherited)]
    named = {gene for one in view.case.of(Alteration) for gene in one.genes}
    positive = [
        test
        for test in view.case.of(Test)
        if test.result.startswith("positive")
        and not symbols_of(test.target) & named
        and test.id not in ids
        and test.method in ("FISH", "NGS", "PCR")
    ]
    ids += [test.id for test in positive]
    parts = [f"Found: {', '.join(found)}." if found else ""]
    parts.append(f"Positive: {_some_of(positive)}." if positive else "")
    parts.append(f"Negative: {_some_of(negative)}." if negative else "")
    parts.append(
        f"Negative in the germline: {_first_of(test.target for test in not_inherited)}."
        if not_inherited
        else ""
    )
    what = " ".join(part for part in parts if part) or "No molecular finding is told."
    return line_of("summary.molecular", what, tuple(ids))


def _some_of(tests: Iterable[Test]) -> str:
    """Name the first tests told, and say how many more there are: a list cut short in silence reads as whole."""
    return _first_of(f"{test.target} ({test.method})" for test in tests)


def _first_of(names: Iterable[str]) -> str:
    named = list(dict.fromkeys(names))
    more = len(named) - _TESTS_NAMED
    return ", ".join(named[:_TESTS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _dated_once(told: Iterable[tuple[str, str]]) -> list[str]:
    """Return names with their dates behind them, a date that several in a row share behind the last of them."""
    named = list(dict.fromkeys(told))
    following = [*(at for _, at in named[1:]), None]
    return [name if at == following[place] else f"{name}{at}" for place, (name, at) in enumerate(named)]


def _named(report: AlterationReport) -> str:
    """Return the name of an alteration; a gene alone, or one without its partner, with what is not told."""
    known = report.gene3 or report.gene5
    if "?" in report.name and known:
        return f"{known} {report.type}, partner not told"
    return report.name if " " in report.name or "::" in report.name else f"{report.name} {report.type}"


def _told_closer(told: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the alterations, by name and day, of which the same day tells more: a ratio, a copy number, a change."""
    ordered = sorted(set(told), key=lambda one: (one[1], one[0]))
    return frozenset(
        one for one, then in pairwise(ordered) if one[1] == then[1] and then[0].startswith(f"{one[0]} ")
    )


def _first(view: View, facts: tuple[str, ...]) -> Fact:
    return view.case.fact(min(facts, key=lambda fact: view.clock.rank[fact]))
