"""Laboratory values with their CTCAE grades, where the numbers and the limits of normal decide them.

What was measured before any treatment is a baseline, and no toxicity of treatment.
"""

from __future__ import annotations

import re

from caseboard.assess.chronology import Chronology, chronology, timing_of
from caseboard.assess.ctcae import Edition, Grading, grade_value, same_unit
from caseboard.assess.findings import Citation, Finding
from caseboard.assess.passages import around
from caseboard.assess.results import Course, LabGrade
from caseboard.assess.sources import cite, published
from caseboard.case.case import Case
from caseboard.case.facts import Lab, Treatment
from caseboard.terms import labs as lab_terms

__all__ = ["editions", "grade_lab", "is_running", "lab_grades", "line_at", "say_value"]

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
_TREATS = frozenset({"systemic", "surgery", "radiotherapy", "ablation", "transplant"})


def lab_grades(case: Case, course: Course) -> tuple[LabGrade, ...]:
    """Return the laboratory values of a case of one patient, graded where the numbers allow it."""
    clock = chronology(case)
    return tuple(_graded(case, course, clock, lab) for lab in case.of(Lab))


def _called_normal(case: Case, lab: Lab) -> bool:
    """Whether the source itself calls the value normal, in its quote or in the words right beside it."""
    if _CALLED_NORMAL.search(lab.source.quote) or _NORMALISED.search(around(case, lab, _BESIDE, 0)):
        return True
    after = around(case, lab, 0, _BESIDE).removeprefix(lab.source.quote)
    found = _WERE_NORMAL.search(after)
    return found is not None and not _OTHERWISE.search(after[: found.start()])


def _relation_to_treatment(
    case: Case, course: Course, clock: Chronology, lab: Lab, *, treated: bool, abnormal: bool
) -> str:
    if not treated:
        return "Before any treatment: a baseline" + (", no toxicity of treatment." if abnormal else ".")
    number = line_at(course, clock, lab.id, ())
    if number is None:
        return "After treatment other than systemic."
    return f"{'During' if is_running(case, course, clock, lab.id, number) else 'After'} line {number}."


def _graded(case: Case, course: Course, clock: Chronology, lab: Lab) -> LabGrade:
    treated = any(f.modality in _TREATS and clock.before(f.id, lab.id) for f in case.of(Treatment))
    limits, borrowed = _limits(case, lab)
    baseline = _baseline(case, clock, lab)
    old = grade_lab(limits, 5, baseline)
    new = grade_lab(limits, 6, baseline)
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
        case, course, clock, lab, treated=treated, abnormal=bool(old.term) and abnormal
    )
    return LabGrade(
        fact=lab.id,
        analyte=lab.analyte,
        value=lab.value,
        unit=lab.unit,
        grade_v5=grade,
        grade_v6=new.grade if current else None,
        why=why,
        attributable=treated,
        timing=timing,
        finding=Finding(
            what=f"{lab.analyte} {say_value(lab)}, {timing.text}: {said or why}.{tail}",
            rule="toxicity.laboratory",
            topic="toxicity",
            level="note" if treated and (grade or 0) >= 3 else "info",
            facts=(lab.id,),
            citations=editions(case),
            detail=why,
        ),
    )


def grade_lab(lab: Lab, edition: Edition, baseline: float | None = None) -> Grading:
    """Grade a laboratory fact by its own limits of normal, and the value before treatment where it is known."""
    return grade_value(
        lab.analyte,
        lab.value,
        lab.unit,
        edition,
        lower=lab.lower_limit,
        upper=lab.upper_limit,
        baseline=baseline,
    )


def _limits(case: Case, lab: Lab) -> tuple[Lab, str]:
    """Return the value with its limits of normal; where it has none, those of the same analyte in this document."""
    if lab.lower_limit is not None or lab.upper_limit is not None:
        return lab, ""
    told = {
        (other.lower_limit, other.upper_limit): other
        for other in case.of(Lab)
        if (other.lower_limit, other.upper_limit) != (None, None)
        and _same_analyte(other, lab)
        and same_unit(other.unit, lab.unit)
        and other.source.document == lab.source.document
    }
    if len(told) != 1:
        return lab, ""
    (lower, upper), other = next(iter(told.items()))
    from_when = f"limits of normal as told for {timing_of(case, other).text}"
    return Lab(
        id=lab.id,
        source=lab.source,
        analyte=lab.analyte,
        value=lab.value,
        unit=lab.unit,
        lower_limit=lower,
        upper_limit=upper,
    ), from_when


def _baseline(case: Case, clock: Chronology, lab: Lab) -> float | None:
    """Return the last value of the same analyte before the first treatment, if this one was measured after it."""
    started = [f for f in case.of(Treatment) if f.modality in _TREATS]
    if not started:
        return None
    first = min(started, key=lambda fact: clock.rank[fact.id])
    if clock.before(lab.id, first.id):
        return None
    earlier = [
        other
        for other in case.of(Lab)
        if clock.before(other.id, first.id) and _same_analyte(other, lab) and same_unit(other.unit, lab.unit)
    ]
    return max(earlier, key=lambda fact: clock.rank[fact.id]).value if earlier else None


def _same_analyte(one: Lab, other: Lab) -> bool:
    first, second = lab_terms.lookup(one.analyte), lab_terms.lookup(other.analyte)
    if first is None or second is None:
        return one.analyte.casefold() == other.analyte.casefold()
    return first.term.key == second.term.key


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


def is_running(case: Case, course: Course, clock: Chronology, fact: str, number: int) -> bool:
    """Whether a line was being given at a fact: the last of its events before it is no stop."""
    line = next(line for line in course.lines if line.number == number)
    before = [one for one in line.facts if clock.before(one, fact)]
    last = max(before, key=lambda one: clock.rank[one])
    event = case.fact(last)
    return not (isinstance(event, Treatment) and event.event == "stop")


def say_value(lab: Lab) -> str:
    """Return the value with its unit as written."""
    return f"{lab.value:g} {lab.unit}" if lab.unit else f"{lab.value:g} (no unit given)"


def editions(case: Case) -> tuple[Citation, ...]:
    """Return the editions of CTCAE that were published by the cut-off of a case."""
    return cite(("ctcae5", "ctcae6"), case.cutoff)
