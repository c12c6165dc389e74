"""Patients that lines of rules part, and those of a colleague, who are none. Worked by hand; the texts are ours."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Lesion
from caseboard.narrative import read

FIRST = "A 41-year-old man was seen on 3 March 2021. CT showed a mass of the thigh of 84 mm.\n"
SECOND = "A 66-year-old woman was seen on 5 April 2021. MRI showed a liver mass of 33 mm.\n"


def lesions(text):
    """Return (patient, diameters) of each lesion."""
    return [(fact.patient, fact.diameters_mm) for fact in read(Document("list", text)).of(Lesion)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("--- A ---", "--- B ---"),
        ("=== Case 1 ===", "=== Case 2 ==="),
        ("*** PATIENT 1", "*** PATIENT 2"),
        ("–– Item 1. ––", "–– Item 2. ––"),
    ],
)
def test_a_rule_with_a_letter_or_number_begins_a_patient(first, second):
    text = f"Sarcoma meeting, 8 June 2022\n\n{first}\n{FIRST}\n{second}\n{SECOND}"
    assert lesions(text) == [(1, (84.0,)), (2, (33.0,))]


def test_a_patient_behind_a_rule_may_be_named_with_an_occupation():
    text = (
        f"Sarcoma meeting, 8 June 2022\n\n--- A ---\n{FIRST}\n--- B ---\n"
        "Mr Braun, carpenter, 58, was seen on 5 April 2022. MRI showed a liver mass of 33 mm.\n"
    )
    case = read(Document("list", text))
    told = [(fact.patient, fact.sex) for fact in case.of(Demographics)]
    assert told == [(1, "male"), (2, "male")]


def test_a_rule_alone_begins_a_patient_of_whom_nothing_else_is_told_first():
    text = (
        f"Sarcoma meeting, 8 June 2022\n\n--- A ---\n{FIRST}\n--- B ---\n"
        "Referred on 5 April 2021 with pain. MRI showed a liver mass of 33 mm. She was well.\n"
    )
    assert lesions(text) == [(1, (84.0,)), (2, (33.0,))]
    assert [(f.patient, f.sex) for f in read(Document("list", text)).of(Demographics)] == [
        (1, "male"),
        (2, "female"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "-----",  # parts paragraphs, not patients
        "--- MRI ---",
        "--- E ---",  # only A to D are taken for patients
        "Grade of the trial: --- B ---, said the nurse.",
    ],
)
def test_other_rules_begin_no_patient(rule):
    text = f"Letter\n\n{FIRST}\n{rule}\nMRI on 5 April 2021 showed a liver mass of 33 mm. He was well afterwards.\n"
    assert lesions(text) == [(1, (84.0,)), (1, (33.0,))]


@pytest.mark.parametrize(
    "aside",
    [
        "Dr Lund told us of his own patient (female, 29), who had the same fusion.",
        "The pathologist mentioned her own case, a woman of 29, who had the same fusion.",
    ],
)
def test_the_own_patient_of_a_colleague_is_none_of_the_text(aside):
    text = f"{FIRST}{aside} CT on 6 May 2021 showed a lung nodule of 9 mm.\n"
    case = read(Document("letter", text))
    assert [(f.patient, f.sex, f.age_years) for f in case.of(Demographics)] == [(1, "male", 41)]
    assert lesions(text) == [(1, (84.0,)), (1, (9.0,))]


def test_our_own_second_patient_is_one():
    text = "Case 1\n" + FIRST + "\nCase 2\n" + SECOND
    assert lesions(text) == [(1, (84.0,)), (2, (33.0,))]
