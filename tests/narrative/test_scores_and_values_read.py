"""Scores of the performance status and laboratory values: which number is one, of what, and of which day.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import History, Lab, Treatment
from caseboard.narrative import read

HEAD = (
    "A 58-year-old woman with lung adenocarcinoma was diagnosed in April 2020. "
    "She started crizotinib 250 mg twice daily on 4 May 2020. "
)
SCORES = {
    "ECOG": ("3", "1"),
    "ECOG PS": ("3", "1"),
    "WHO performance status": ("3", "1"),
    "KPS": ("60", "90"),
}
CHANGED = (
    "Her {s} improved from {x} to {y} in August 2020.",
    "In August 2020 her {s} had improved to {y}.",
    "{s} {x} -> {y} (August 2020).",
    "{s} was {x} at diagnosis and {y} in August 2020.",
    "She presented in April 2020 with {s} {x}; in August 2020 {s} was {y}.",
    "In August 2020 she was in good condition ({s} {y}).",
)


@pytest.mark.parametrize(("name", "told"), list(product(SCORES, CHANGED)))
def test_the_last_performance_status_is_what_it_came_to(name, told):
    before, after = SCORES[name]
    facts = read(Document("made", HEAD + told.format(s=name, x=before, y=after))).facts
    scores = [fact for fact in facts if isinstance(fact, History) and fact.topic == "performance status"]
    assert [fact.detail for fact in scores if str(fact.when) == "2020-08"] == [f"{name} {after}"]


@pytest.mark.parametrize(
    "told", ["A WHO grade 2 astrocytoma was found.", "The WHO 2020 classification was used."]
)
def test_a_grade_of_the_who_is_no_performance_status(told):
    assert not any(isinstance(fact, History) for fact in read(Document("made", HEAD + told)).facts)


def values(told):
    facts = read(Document("made", HEAD + told)).facts
    return [(fact.analyte, fact.value, fact.unit) for fact in facts if isinstance(fact, Lab)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("AST/ALT/ALP: 145/312/402.", [("AST", 145, None), ("ALT", 312, None), ("ALP", 402, None)]),
        ("Na/K 128/5.6 mmol/L.", [("sodium", 128, "mmol/L"), ("potassium", 5.6, "mmol/L")]),
        ("WBC/Hb/Plt: 3.1/8.2/45.", [("WBC", 3.1, None), ("hemoglobin", 8.2, None), ("platelets", 45, None)]),
        (
            "Total and direct bilirubin were 2.1 and 1.4 mg/dL.",
            [("total bilirubin", 2.1, "mg/dL"), ("direct bilirubin", 1.4, "mg/dL")],
        ),
        ("Hb fell by 3 g/dL to 7.2 g/dL.", [("hemoglobin", 7.2, "g/dL")]),
        ("Creatinine rose by 40 µmol/L.", []),
        ("A fall in haemoglobin of 3 g/dL was noted.", []),
        ("The target INR is 2-3.", []),
        ("She was given calcium 500 mg and vitamin D 800 IU daily.", []),
        ("ALT 312 (10-40) U/L.", [("ALT", 312, "U/L")]),
        ("ALT was 312 (normal 10-40 U/L).", [("ALT", 312, "U/L")]),
        (
            "Sodium was 118 mmol/L (135-145) and potassium 4.1 mmol/L.",
            [("sodium", 118, "mmol/L"), ("potassium", 4.1, "mmol/L")],
        ),
    ],
)
def test_which_number_is_a_value(told, expected):
    assert values(f"In June 2020 she was seen. {told}") == expected


def test_a_normal_range_behind_a_unit_is_no_reference():
    assert values("She was tired. Sodium was 118 mmol/L (135-145).") == [("sodium", 118, "mmol/L")]


def test_cortisol_in_urine_is_no_drug():
    facts = read(Document("made", f"{HEAD}24-h urinary cortisol 820 µg.")).facts
    assert [fact.agents for fact in facts if isinstance(fact, Treatment)] == [("crizotinib",)]


@pytest.mark.parametrize("analyte", ["LDH", "ALP", "CA 125"])
def test_a_value_before_the_treatment_is_not_of_the_day_told_behind_it(analyte):
    told = f"{analyte} was 612 U/L before treatment and 198 U/L in August 2020."
    facts = [fact for fact in read(Document("made", HEAD + told)).facts if isinstance(fact, Lab)]
    assert [(fact.value, str(fact.when)) for fact in facts] == [(612, "None"), (198, "2020-08")]


@pytest.mark.parametrize("verb", ["fell", "came down", "normalised", "went"])
def test_the_later_of_two_values_is_of_the_end_of_the_period(verb):
    facts = read(
        Document("made", f"{HEAD}CEA {verb} from 45 to 3 ng/mL between April and August 2020.")
    ).facts
    assert [(fact.value, str(fact.when)) for fact in facts if isinstance(fact, Lab)] == [(3, "2020-08")]
