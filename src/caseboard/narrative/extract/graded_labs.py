"""Laboratory values that the report grades itself: "creatine phosphokinase was 812 U/L (grade 2)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import AdverseEvent
from caseboard.narrative.context import denied
from caseboard.narrative.extract.culprits import culprits
from caseboard.narrative.extract.grades import SHARED, grade_number, shared_grade
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = [
    "HIGH_PRESSURE",
    "LONG_QT",
    "LOW_EJECTION",
    "graded_intervals",
    "graded_labs",
    "labs_that_led_to_change",
]


def graded_labs(view: View, memory: Memory, grades: list[re.Match[str]], used: set[int]) -> Iterator[Draft]:
    """Yield a laboratory value that the report grades itself: "creatine phosphokinase was 812 U/L (grade 2)"."""
    for lab in view.of("lab"):
        match = next((g for g in grades if g.start() not in used and _grades_value(view, lab, g)), None)
        shared = None if match is not None else shared_grade(view, lab.end, grades)
        if (match is None and shared is None) or denied(view, lab.start, lab.end):
            continue
        if (
            match is not None
            and not view.has(SHARED, lab.end, match.start())
            and not view.has(_IN_TURN, lab.end, match.start())
        ):
            used.add(match.start())
        grade = match or shared
        if grade is None:
            continue
        end = grade.end() + (1 if view.whole[grade.end() : grade.end() + 1] == ")" else 0)
        start, end = min(lab.start, grade.start()), max(lab.end, end)
        fact = AdverseEvent(
            id="",
            source=NOWHERE,
            patient=view.patient,
            term=_named_for_lab(lab.key, view.whole[lab.start : lab.end]),
            grade=grade_number(grade),
            agents=culprits(view, memory, lab.start, lab.end),
        )
        yield Draft(fact, start, end, view.when(start, end))


def labs_that_led_to_change(view: View, memory: Memory, grades: list[re.Match[str]]) -> Iterator[Draft]:
    """Yield values that were harm, for the treatment was changed for them: "ALT was 212, so we stopped"."""
    if grades or not (memory.regimen or memory.regimen_before):
        return
    for lab in view.of("lab"):
        led = _LED_TO_CHANGE.match(view.whole, lab.end, view.end)
        if led is None or lab.key not in _HARMED or denied(view, lab.start, lab.end):
            continue
        if any(harm.start < led.end() and harm.end > lab.start for harm in view.of("toxicity")):
            continue  # the harm has a name
        fact = AdverseEvent(
            id="",
            source=NOWHERE,
            patient=view.patient,
            term=_named_for_lab(lab.key, view.whole[lab.start : lab.end]),
            agents=culprits(view, memory, lab.start, lab.end),
            certainty="inferred",
            why="the treatment was changed for it",
        )
        yield Draft(fact, lab.start, led.start("why"), view.when(lab.start, lab.end))


_LED_TO_CHANGE = pattern(
    r"(?:[^.;]|\.(?=\d)){0,60}?(?P<why>,?\s(?:so(?:\sthat)?|for\swhich|because\sof\swhich|whereupon|hence|therefore"
    r"|which\s(?:led|prompted|forced|made|obliged)))\s"
    r"(?:(?!\b(?:not|never|no|without|continu\w{1,4}|further)\b)(?:[^.;]|\.(?=\d))){0,50}?\b(?:stopp|discontinu"
    r"|interrupt|reduc|withh[eo]ld"
    r"|held|paus|suspend|lower|halv|dropp|decreas|cut\b|delay)",
    re.IGNORECASE,
)
_HARMED = frozenset(
    {
        "ALT",
        "AST",
        "total bilirubin",
        "creatinine",
        "CK",
        "lipase",
        "amylase",
        "platelets",
        "neutrophils",
        "ANC",
        "WBC",
    }
    | {"hemoglobin", "triglycerides", "total cholesterol", "glucose", "GGT", "ALP", "urine protein", "TSH"}
)
"""Values that treatment harms; a tumour marker for which it is changed tells of the tumour."""
LONG_QT = pattern(
    r"\bQTcF?\b(?:\sinterval)?(?:\s(?:was|of|at|is|had\sbeen|measured)|\s?[:=]){0,2}\s(?P<length>\d{3})\s?ms(?:ec)?\b",
    re.IGNORECASE,
)
"""A QTc with its length."""
LOW_EJECTION = pattern(
    r"\b(?:LVEF|ejection fraction)(?:\s(?:was|of|at|is|had\sbeen|measured)|\s?[:=]){0,2}\s(?P<length>[1-5]\d)"
    r"(?:[.,]\d)?\s?%"
    r"(?:\s\((?:base(?:line)?|from|prev(?:ious)?|before|prior)\b[^()]{0,16}\))?",
    re.IGNORECASE,
)
"""An ejection fraction below 60 %."""
HIGH_PRESSURE = pattern(
    r"\b(?:blood pressure|BP)(?:\s(?:rose|rising|increased|was|of|at|reached|to|up|elevated|had|climbed)){0,4}"
    r"\s(?P<length>1[4-9]\d|2\d\d)/\d{2,3}(?:\smm\s?Hg)?",
    re.IGNORECASE,
)
"""A blood pressure of 140 mmHg or more."""
_REACH, _UPPER_QT = 40, 450
"""Characters to the grade; milliseconds above which QTc is long (CTCAE v5.0)."""
_MEASURES = (
    ("QTc prolonged", LONG_QT),
    ("ejection fraction decreased", LOW_EJECTION),
    ("hypertension", HIGH_PRESSURE),
)


def graded_intervals(
    view: View, memory: Memory, grades: list[re.Match[str]], used: set[int]
) -> Iterator[Draft]:
    """Yield a long QTc or a low ejection fraction that the report grades itself: "QTc 512 ms on 25/01/2021 (G3)"."""
    for term, measure in _MEASURES:
        for match in view.find(measure):
            grade = next(
                (g for g in grades if 0 < g.start() - match.end() < _REACH and g.start() not in used), None
            )
            if grade is None or denied(view, *match.span()):
                continue
            if measure is LONG_QT and int(match["length"]) <= _UPPER_QT:
                continue
            if _GRADE_ELSEWHERE.search(view.whole, match.end(), grade.start()):
                continue
            used.add(grade.start())
            end = grade.end() + (view.whole[grade.end() : grade.end() + 1] == ")")
            fact = AdverseEvent(
                id="",
                source=NOWHERE,
                patient=view.patient,
                term=term,
                grade=grade_number(grade),
                agents=culprits(view, memory, *match.span()),
            )
            yield Draft(fact, match.start(), end, view.when(match.start(), end))


_GRADE_ELSEWHERE = re.compile(r";|\.\s|\b(?:and|with|but)\b")
_IN_TURN = pattern(r"\brespectively\b", re.IGNORECASE)


def _grades_value(view: View, lab: Mention, grade: re.Match[str]) -> bool:
    """Whether a grade stands closely behind a laboratory value and grades it, or before its change."""
    if grade.end() <= lab.start:
        return _GRADED_CHANGE.fullmatch(view.whole, grade.end(), lab.start) is not None
    between = _TIED.sub("", view.whole[lab.end : max(lab.end, grade.start())])
    return (
        0 < grade.start() - lab.end < 90
        and len(between) < 45
        and not re.search(r"[;.]\s|\)|,\s(?=\S)", between)
    )


_GRADED_CHANGE = re.compile(
    r"\)?\s(?:increases?|elevations?|rises?|decreases?|drops?|falls?)\s(?:of|in)\s(?:the\s|her\s|his\s|serum\s)*",
    re.IGNORECASE,
)
"""What leads from a grade to the value that changed: "a grade 3 increase of ALT"."""
_TIED = re.compile(
    r",\s$|,\srespectively\s?|\(CTCAE\s(?:ver(?:sion|\.)?\s?|v\.?\s?)?\d(?:\.\d)?,?\s|\((?:normal|ref|ULN"
    r"|N)[^()]{1,20}\)|\([\d.,]{1,6}\s?[-–]\s?[\d.,]{1,6}\)"
)
"""What may stand between a value and its grade: a comma, the limits of normal."""


def _named_for_lab(analyte: str, written: str) -> str:
    """Return the name of an abnormal value: that of the disorder where it has one, else the value's own."""
    if analyte in _DISORDERS:
        return _DISORDERS[analyte]
    return f"{written.lower()} {'decreased' if analyte in _FALLING else 'increased'}"


_DISORDERS = {
    "hemoglobin": "anemia",
    "platelets": "thrombocytopenia",
    "WBC": "leukopenia",
    "neutrophils": "neutropenia",
    "ANC": "neutropenia",
    "lymphocytes": "lymphopenia",
    "total cholesterol": "hypercholesterolemia",
    "triglycerides": "hypertriglyceridemia",
    "glucose": "hyperglycemia",
    "sodium": "hyponatremia",
    "potassium": "hypokalemia",
    "magnesium": "hypomagnesemia",
    "albumin": "hypoalbuminemia",
    "uric acid": "hyperuricemia",
    "urine protein": "proteinuria",
}
"""What an abnormal value is called; the side is the one on which treatment harms."""

_FALLING = frozenset({"phosphate", "calcium", "fibrinogen"})
