"""Toxicity: adverse events with the grades that were reported, and their reading in CTCAE v6.0.

A clinical grade is never inferred: "mild" is a word, not a grade. Laboratory values are in ``laboratory``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from caseboard.assess.chronology import Chronology, Days, chronology, timing_of
from caseboard.assess.ctcae import Grading, translate
from caseboard.assess.findings import Finding, Level
from caseboard.assess.laboratory import editions, grade_facts, is_running, lab_grades, line_at, say_value
from caseboard.assess.passages import around
from caseboard.assess.results import Course, ReportedToxicity
from caseboard.assess.sources import published
from caseboard.assess.toxicity_words import Teller
from caseboard.assess.written import toxicity_written
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


class _Known(NamedTuple):
    """What all events of a case are held against; ``measured`` has the graded values by their day and their v5 term."""

    case: Case
    course: Course
    clock: Chronology
    teller: Teller
    measured: Mapping[tuple[Days, str], tuple[Lab, Grading, Grading]]


def reported_toxicities(case: Case, course: Course) -> tuple[ReportedToxicity, ...]:
    """Return the adverse events of a case of one patient, each with its grade as reported and its reading in v6."""
    clock = chronology(case)
    known = _Known(case, course, clock, Teller(case), _measured(case, clock))
    return tuple(_reported(known, event) for event in case.of(AdverseEvent))


def _reported(known: _Known, event: AdverseEvent) -> ReportedToxicity:
    case, course, clock, teller, _ = known
    found = toxicity_terms.lookup(event.term)
    term = found.term.key if found else None
    version = _version(case, event)
    reading = _reading_v6(known, event, term, version)
    line = line_at(course, clock, event.id, event.agents)
    if line is not None and not event.agents and not is_running(course, clock, event.id, line):
        line = None
    timing = timing_of(case, event)
    told = teller.told_of(event)
    blamed = f", {told.blame}" if told.blame else ""
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
            what=f"{toxicity_written(event.term, term)}, {timing.text}: {grade}{blamed}.",
            rule="toxicity.reported",
            topic="toxicity",
            level=_level(event.grade),
            facts=(event.id,),
            citations=editions(case),
            detail="" if reading.startswith(("not compared", "not graded")) else reading,
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


def _reading_v6(known: _Known, event: AdverseEvent, term: str | None, version: str) -> str:
    """Say what v6 would call an event whose grade was reported, as far as the numbers tell."""
    if not published("ctcae6", known.case.cutoff):
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
        condition = "if that is of v5, in v6 "
    counted = _measured_grade(known, event, term)
    if counted is not None:
        return counted
    grades = " or ".join(str(grade) for grade in possible)
    needed = "; the value is needed to decide" if len(possible) > 1 else ""
    none = " (no longer a grade)" if possible == (0,) else ""
    return f"{condition}grade {grades}{none} ({numbers}){needed}"


def _measured(case: Case, clock: Chronology) -> dict[tuple[Days, str], tuple[Lab, Grading, Grading]]:
    """Grade the values that were measured on the day of a graded event, in both editions."""
    events = (event for event in case.of(AdverseEvent) if event.grade is not None)
    days = {day for event in events if (day := clock.days.get(event.id)) and day[0] == day[1]}
    labs = [lab for lab in case.of(Lab) if clock.days.get(lab.id) in days]
    old, new = (grade_facts([(lab, None) for lab in labs], edition) for edition in (5, 6))
    found: dict[tuple[Days, str], tuple[Lab, Grading, Grading]] = {}
    for lab, ours, theirs in zip(labs, old, new, strict=True):
        if theirs.grade is not None:
            found.setdefault((clock.days[lab.id], ours.term), (lab, ours, theirs))
    return found


def _measured_grade(known: _Known, event: AdverseEvent, term: str) -> str | None:
    """Return the v6 grade of the value that was measured for this event: one of its analyte on the same day."""
    days = known.clock.days.get(event.id)
    found = known.measured.get((days, term)) if days else None
    if found is None:
        return None
    lab, old, new = found
    same = "" if old.grade in (None, event.grade) else f"; by v5 it is grade {old.grade}, not as reported"
    return f"grade {new.grade}, by the value {say_value(lab)} ({new.why}){same}"
