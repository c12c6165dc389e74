"""Laboratory values with their CTCAE grades, where the numbers and the limits of normal decide them.

What was measured before any treatment is a baseline, and no toxicity of treatment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from caseboard.assess.chronology import Chronology, chronology, timing_of
from caseboard.assess.ctcae import Edition, criteria_of
from caseboard.assess.ctcae.values import Grading, LabValue, grade_values
from caseboard.assess.findings import Citation, Finding
from caseboard.assess.passages import around
from caseboard.assess.results import Course, LabGrade
from caseboard.assess.sources import cite, published
from caseboard.assess.written import capital
from caseboard.case.case import Case
from caseboard.case.facts import Lab, Treatment
from caseboard.terms import labs as lab_terms
from caseboard.terms.units import same_unit

__all__ = ["editions", "grade_facts", "is_running", "lab_grades", "line_at", "say_value"]

_CALLED_NORMAL = re.compile(
    r"\b(?:was|were|is|are|remained)\s+(?:all\s+|both\s+)?normal\b|\b(?:with)?in\s+(?:the\s+)?normal\s+(?:range|limits)",
    re.IGNORECASE,
)
_NORMALISED = re.compile(r"\bnormali[sz]ation of [^.;\n]{0,80}$", re.IGNORECASE)
_WERE_NORMAL = re.compile(r"\bwere\s+(?:all\s+|both\s+)?normal\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"[.;\n]|\b(?:was|were|had|but|while|whereas|rais|increas|elevat|high)", re.IGNORECASE
)
_BESIDE = 90
_TAKEN = re.compile(r"\b(?:fasting|corrected)\b", re.IGNORECASE)
_TAKEN_ANALYTES = frozenset({"glucose", "calcium"})
_TREATS = frozenset({"systemic", "surgery", "radiotherapy", "ablation", "transplant"})


class _Known(NamedTuple):
    """What the other values of an analyte tell: limits of normal by document, and the last value before treatment."""

    limits: dict[str, tuple[Lab, ...]]
    baseline: Lab | None


class _Asked(NamedTuple):
    """A value to grade: with its limits of normal, where they were borrowed from, and the value before treatment."""

    lab: Lab
    with_limits: Lab
    borrowed: str
    treated: bool
    baseline: float | None


def lab_grades(case: Case, course: Course) -> tuple[LabGrade, ...]:
    """Return the laboratory values of a case of one patient, graded where the numbers allow it."""
    clock = chronology(case)
    first = min(
        (clock.rank[f.id] for f in case.of(Treatment) if f.modality in _TREATS), default=len(clock.rank)
    )
    by_analyte: dict[str, list[Lab]] = {}
    for lab in case.of(Lab):
        by_analyte.setdefault(_key(lab), []).append(lab)
    known = {key: _known(clock, labs, first) for key, labs in by_analyte.items()}
    asked = [_asked(case, lab, known[_key(lab)], treated=clock.rank[lab.id] > first) for lab in case.of(Lab)]
    old, new = (
        grade_facts([(one.with_limits, one.baseline) for one in asked], edition) for edition in (5, 6)
    )
    return tuple(_graded(case, course, clock, *each) for each in zip(asked, old, new, strict=True))


def _asked(case: Case, lab: Lab, known: _Known, *, treated: bool) -> _Asked:
    limits, borrowed = _limits(case, lab, known)
    before = known.baseline if treated else None
    baseline = before.value if before and same_unit(before.unit, lab.unit) else None
    return _Asked(lab, limits, borrowed, treated, baseline)


def _key(lab: Lab) -> str:
    found = lab_terms.lookup(lab.analyte)
    return found.term.key if found else lab.analyte.casefold()


def _known(clock: Chronology, labs: list[Lab], first: int) -> _Known:
    limits: dict[str, dict[tuple[float | None, float | None], Lab]] = {}
    for lab in labs:
        if (lab.lower_limit, lab.upper_limit) != (None, None):
            limits.setdefault(lab.source.document, {})[lab.lower_limit, lab.upper_limit] = lab
    before = [lab for lab in labs if clock.rank[lab.id] < first]
    baseline = max(before, key=lambda lab: clock.rank[lab.id], default=None)
    return _Known({name: tuple(told.values()) for name, told in limits.items()}, baseline)


def _called_normal(case: Case, lab: Lab) -> bool:
    """Whether the source itself calls the value normal, in its quote or in the words right beside it."""
    if _CALLED_NORMAL.search(lab.source.quote) or _NORMALISED.search(around(case, lab, _BESIDE, 0)):
        return True
    after = around(case, lab, 0, _BESIDE).removeprefix(lab.source.quote)
    found = _WERE_NORMAL.search(after)
    return found is not None and not _OTHERWISE.search(after[: found.start()])


def _line_under_way(course: Course, clock: Chronology, lab: Lab) -> int | None:
    number = line_at(course, clock, lab.id, ())
    return number if number is not None and is_running(course, clock, lab.id, number) else None


def _relation_to_treatment(
    course: Course, clock: Chronology, lab: Lab, *, treated: bool, abnormal: bool
) -> str:
    if not treated:
        return "Before any treatment: a baseline" + (", no toxicity of treatment." if abnormal else ".")
    number = line_at(course, clock, lab.id, ())
    if number is None:
        return "After treatment other than systemic."
    return f"{'During' if is_running(course, clock, lab.id, number) else 'After'} line {number}."


def _graded(
    case: Case, course: Course, clock: Chronology, asked: _Asked, old: Grading, new: Grading
) -> LabGrade:
    lab, limits, borrowed, treated, _ = asked
    if _called_normal(case, lab) and not (min(old.possible, default=0) or min(new.possible, default=0)):
        old, new = (Grading(g.term, (0,), "called normal by the source") if g.term else g for g in (old, new))
    current = published("ctcae6", case.cutoff)
    why = _why(old, new, current) + (f"; {borrowed}" if borrowed and old.possible else "")
    timing = timing_of(case, lab)
    grade = old.grade
    said = f"grade {grade} in v5" if grade else ("not abnormal" if grade == 0 else "")
    if current and grade and new.grade not in (None, grade):
        said += f", grade {new.grade} in v6"
    abnormal = max(old.possible, default=1) > 0
    tail = " " + _relation_to_treatment(
        course, clock, lab, treated=treated, abnormal=bool(old.term) and abnormal
    )
    return LabGrade(
        fact=lab.id,
        analyte=lab.analyte,
        value=lab.value,
        unit=lab.unit,
        lower=limits.lower_limit,
        upper=limits.upper_limit,
        term=old.term or new.term or None,
        line=_line_under_way(course, clock, lab),
        grade_v5=grade,
        lowest_v5=min(old.possible, default=None),
        grade_v6=new.grade if current else None,
        why=why,
        attributable=treated,
        timing=timing,
        finding=Finding(
            what=f"{capital(lab.analyte)} {say_value(lab)}, {timing.text}: {said or why}.{tail}",
            rule="toxicity.laboratory",
            topic="toxicity",
            level="note" if treated and (grade or 0) >= 3 else "info",
            facts=(lab.id,),
            citations=editions(case),
            detail=why if said else "",
        ),
    )


def grade_facts(labs: Sequence[tuple[Lab, float | None]], edition: Edition) -> list[Grading]:
    """Grade laboratory facts by their own limits of normal, each with the value before treatment where it is known."""
    values = [
        LabValue(_taken(lab), lab.value, lab.unit, lab.lower_limit, lab.upper_limit, baseline)
        for lab, baseline in labs
    ]
    return [
        grading if (bound := _bound(lab)) is None else _only_a_bound(lab, bound, edition)
        for (lab, _), grading in zip(labs, grade_values(values, edition), strict=True)
    ]


def _taken(lab: Lab) -> str:
    """Return the analyte with how it was taken, where the source says so: CTCAE grades fasting glucose otherwise."""
    said = _TAKEN.search(lab.source.quote)
    return f"{said[0].casefold()} {lab.analyte}" if said and lab.analyte in _TAKEN_ANALYTES else lab.analyte


def _bound(lab: Lab) -> str | None:
    return next((remark for remark in lab.remarks if remark.startswith("written as")), None)


def _only_a_bound(lab: Lab, bound: str, edition: Edition) -> Grading:
    rows = criteria_of(lab.analyte, edition)
    return Grading(
        rows[0].term if rows else "", (), f"cannot be graded: {bound}, the value itself is not told"
    )


def _limits(case: Case, lab: Lab, known: _Known) -> tuple[Lab, str]:
    """Return the value with its limits of normal; where it has none, the only ones of its analyte in its document."""
    told = known.limits.get(lab.source.document, ())
    own = (lab.lower_limit, lab.upper_limit) != (None, None)
    if own or len(told) != 1 or not same_unit(told[0].unit, lab.unit):
        return lab, ""
    limits = msgspec.structs.replace(lab, lower_limit=told[0].lower_limit, upper_limit=told[0].upper_limit)
    return limits, f"limits of normal as told for {timing_of(case, told[0]).text}"


def _why(old: Grading, new: Grading, current: bool) -> str:
    if not current or (old.why == new.why and old.possible == new.possible):
        return old.why
    if not old.term and not new.term:
        return old.why
    first, second = (f" grade {g.grade}" if g.grade is not None else "" for g in (old, new))
    return f"v5{first}: {old.why}; v6{second}: {new.why}"


def line_at(course: Course, clock: Chronology, fact: str, blamed: tuple[str, ...]) -> int | None:
    """Return the line under which a fact fell: the latest begun before it, of those with a drug it is blamed on."""
    begun = [
        line
        for line in course.lines
        if line.facts and clock.rank.get(line.facts[0], len(clock.rank)) < clock.rank[fact]
    ]
    if blamed:
        begun = [line for line in begun if set(line.agents) & set(blamed)]
    return begun[-1].number if begun else None


def is_running(course: Course, clock: Chronology, fact: str, number: int) -> bool:
    """Whether a line was being given at a fact: the last of its events before it is no stop."""
    line = next(line for line in course.lines if line.number == number)
    before = [one for one in line.facts if clock.before(one, fact)]
    last = max(before, key=lambda one: clock.rank[one])
    event = clock.facts[clock.rank[last]]
    return not (isinstance(event, Treatment) and event.event == "stop")


def say_value(lab: Lab) -> str:
    """Return the value with its unit as written."""
    return f"{lab.value:g} {lab.unit}" if lab.unit else f"{lab.value:g} (no unit given)"


def editions(case: Case) -> tuple[Citation, ...]:
    """Return the editions of CTCAE that were published by the cut-off of a case."""
    return cite(("ctcae5", "ctcae6"), case.cutoff)
