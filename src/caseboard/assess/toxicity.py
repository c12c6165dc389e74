"""Toxicity: adverse events with the grades that were reported, and their reading in CTCAE v6.0.

A clinical grade is never inferred: "mild" is a word, not a grade. Laboratory values are in ``laboratory``.
"""

from __future__ import annotations

import re

from caseboard.assess.chronology import Chronology, chronology, timing_of
from caseboard.assess.ctcae import translate
from caseboard.assess.findings import Finding, Level
from caseboard.assess.laboratory import editions, grade_facts, is_running, lab_grades, line_at, say_value
from caseboard.assess.passages import around
from caseboard.assess.results import Course, ReportedToxicity
from caseboard.assess.sources import published
from caseboard.assess.toxicity_words import told_of
from caseboard.case.case import Case
from caseboard.case.facts import AdverseEvent, Lab
from caseboard.terms import toxicities as toxicity_terms

__all__ = ["lab_grades", "reported_toxicities"]

_VERSION = re.compile(
    r"(?:CTCAE|Common Terminology Criteria for Adverse Events)[ ,()A-Za-z]{0,40}?"
    r"(?:v(?:ersion|ers)?\.?\s{0,2})?(\d(?:\.\d{1,2})?)\b"
)
_WORD = re.compile(
    r"\b(mild|slight|minor|moderate|severe|serious|life-threatening|tolerable)\b", re.IGNORECASE
)
_WORD_OF_EVENT = re.compile(
    r"\b(mild|slight|minor|moderate|severe)\s+(?:grade|degree|intensity|nature)\s+of\s+(?:the|this|these)\s+"
    r"(?:adverse|toxicit|side|symptom)",
    re.IGNORECASE,
)
_NEAR = 320


def reported_toxicities(case: Case, course: Course) -> tuple[ReportedToxicity, ...]:
    """Return the adverse events of a case of one patient, each with its grade as reported and its reading in v6."""
    clock = chronology(case)
    return tuple(_reported(case, course, clock, event) for event in case.of(AdverseEvent))


def _reported(case: Case, course: Course, clock: Chronology, event: AdverseEvent) -> ReportedToxicity:
    found = toxicity_terms.lookup(event.term)
    term = found.term.key if found else None
    version = _version(case, event)
    reading = _reading_v6(case, clock, event, term, version)
    line = line_at(course, clock, event.id, event.agents)
    if line is not None and not event.agents and not is_running(course, clock, event.id, line):
        line = None
    timing = timing_of(case, event)
    told = told_of(case, event)
    blamed = f", ascribed to {' + '.join(event.agents)}" if event.agents else ""
    if event.grade is None:
        word = _word(case, event)
        grade = "not graded by the source" + (f" (its word is “{word}”, which is no grade)" if word else "")
    else:
        grade = f"grade {event.grade} as reported ({version})"
    return ReportedToxicity(
        fact=event.id,
        term=event.term,
        ctcae_term=term,
        grade_reported=event.grade,
        version_reported=version,
        reading_v6=reading,
        agents=event.agents,
        line=line,
        timing=timing,
        attribution=told.attribution,
        resolution=told.resolution,
        action=told.action,
        action_facts=told.facts,
        finding=Finding(
            what=f"{_capital(event.term)}, {timing.text}: {grade}{blamed}.",
            rule="toxicity.reported",
            topic="toxicity",
            level=_level(event.grade),
            facts=(event.id,),
            citations=editions(case),
            detail=reading,
        ),
    )


def _level(grade: int | None) -> Level:
    if grade is None or grade < 3:
        return "info"
    return "warning" if grade == 5 else "note"


def _version(case: Case, event: AdverseEvent) -> str:
    """Return the edition that the source names near the event, or the only one that it names at all."""
    near = _VERSION.findall(around(case, event, _NEAR, _NEAR))
    if near:
        return f"CTCAE v{near[0]}"
    text = next((d.text for d in case.documents if d.name == event.source.document), "")
    all_named = {float(number): number for number in _VERSION.findall(text)}
    if len(all_named) == 1:
        return f"CTCAE v{next(iter(all_named.values()))}, named elsewhere in the source"
    return "edition not stated"


def _word(case: Case, event: AdverseEvent) -> str:
    found = _WORD.search(event.source.quote) or _WORD_OF_EVENT.search(around(case, event, 0, _NEAR))
    return found.group(1).lower() if found else ""


def _reading_v6(case: Case, clock: Chronology, event: AdverseEvent, term: str | None, version: str) -> str:
    """Say what v6 would call an event whose grade was reported, as far as the numbers tell."""
    if not published("ctcae6", case.cutoff):
        return "v6 was not published yet"
    if event.grade is None:
        return "not graded"
    if event.grade == 5:
        return "grade 5: death, in both editions"
    if "v6" in version:
        return f"grade {event.grade}, reported in v6"
    if term is None:
        return "not compared: the word is not tied to one CTCAE term"
    translated = translate(term, event.grade)
    if translated is None:
        return "not compared: no number decides this grade in both editions"
    possible, numbers = translated
    if "v5" in version:
        condition = ""
    elif "v4" in version or "v3" in version:
        return f"not compared: reported in {version}, and only v5 is compared with v6"
    else:
        condition = "if graded by v5: "
    counted = _measured_grade(case, clock, event, term)
    if counted is not None:
        return counted
    grades = " or ".join(str(grade) for grade in possible)
    needed = "; the value is needed to decide" if len(possible) > 1 else ""
    none = " (no longer a grade)" if possible == (0,) else ""
    return f"{condition}grade {grades}{none} ({numbers}){needed}"


def _measured_grade(case: Case, clock: Chronology, event: AdverseEvent, term: str) -> str | None:
    """Return the v6 grade of the value that was measured for this event: one of its analyte on the same day."""
    days = clock.days.get(event.id)
    if days is None or days[0] != days[1]:
        return None
    for lab in case.of(Lab):
        if clock.days.get(lab.id) != days:
            continue
        old, new = (grade_facts([(lab, None)], edition)[0] for edition in (5, 6))
        if old.term == term and new.grade is not None:
            same = (
                ""
                if old.grade in (None, event.grade)
                else f"; by v5 it is grade {old.grade}, not as reported"
            )
            return f"grade {new.grade}, by the value {say_value(lab)} ({new.why}){same}"
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
