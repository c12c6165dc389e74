"""Outcomes as read: alive or dead, with or without disease. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Outcome, Response
from caseboard.narrative import read

TREATED = (
    "A 50-year-old man presented in March 2019 with a lung tumour. Erlotinib was started in April 2019. "
)


def outcome(text):
    """Return (vital, disease) of the patient at the end."""
    found = read(Document(name="row", text=TREATED + text)).of(Outcome)
    return [(f.vital, f.disease) for f in found]


CASES = [
    ("CT in May 2020 showed stable disease. His asthma is well controlled.", [("alive", "with disease")]),
    ("CT in May 2020 showed progression. In June 2021 he has remained recurrence-free.", [("alive", "NED")]),
    ("CT in May 2020 showed a tumour composed of spindle cells as well as necrosis.", []),
    ("CT in May 2020 showed a well circumscribed tumour.", []),
    ("He is alive without tumour recurrence in June 2020.", [("alive", "NED")]),
    ("CT in May 2020 showed progression. He is still surviving in June 2021.", [("alive", "with disease")]),
    ("In June 2020 he was in good clinical and neurological condition.", [("alive", "with disease")]),
    ("He died in May 2020.", [("dead", "with disease")]),
    ("CT in May 2020 showed complete response. He is alive in June 2020.", [("alive", "NED")]),
    ("In June 2020 he continues to do well with no evidence of progression.", [("alive", "with disease")]),
    ("CT in May 2020 showed stable disease.", [("alive", "with disease")]),
    ("His father died of lung cancer.", []),
    ("DOA 02/05/2020, DOD: 09/05/2020. CT in May 2020 showed stable disease.", [("alive", "with disease")]),
    ("CT in May 2020 showed complete response. Condition: stable, eating.", [("alive", "NED")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_last_word_on_the_patient_is_the_outcome(text, expected):
    assert outcome(text) == expected


def test_how_a_patient_came_is_no_outcome():
    text = "A 50-year-old man presented in March 2019 with a cough. On examination he was vitally stable."
    assert read(Document(name="row", text=text)).of(Outcome) == ()


def test_an_outcome_that_only_an_assessment_implies_says_so():
    found = read(Document(name="row", text=TREATED + "CT in May 2020 showed stable disease.")).of(Outcome)
    assert [f.certainty for f in found] == ["inferred"]


SITES = [
    (
        "In June 2020 the nodule measured 6 mm, there was no recurrence in the brain, and he was alive.",
        "with disease",
    ),
    ("In June 2020 he was alive with no recurrence.", "NED"),
    ("In June 2020 he was asymptomatic and without disease.", "NED"),
    ("In June 2020 he was well, without disease progression.", "with disease"),
]


@pytest.mark.parametrize(("sentence", "disease"), SITES)
def test_a_site_without_recurrence_does_not_free_another_with_a_lesion(sentence, disease):
    assert outcome(sentence) == [("alive", disease)]


def test_a_relatives_death_in_brackets_is_not_the_patients():
    text = "Family: aunt breast cancer at 50 (died); brother well. CT in May 2020 showed stable disease."
    assert outcome(text) == [("alive", "with disease")]


def test_the_days_of_several_sessions_are_not_that_of_the_whole():
    text = (
        "Tumour board, pt. A. B. (male, b. 1960)\n\nSession of 14/01/2019\nHe presented on 02/01/2019 with a mass."
        "\n\nSession of 20/05/2021\nCT 15/05/2021: stable disease. Pt is well, ECOG 0."
    )
    (fact,) = read(Document(name="row", text=text)).of(Outcome)
    assert fact.when.first.year == 2021


def test_metastases_after_a_time_without_disease_are_disease():
    text = (
        "A 65-year-old woman underwent splenectomy for angiosarcoma. After a three-year disease-free interval, she was "
        "diagnosed with metastatic disease."
    )
    assert outcome(text) == [("alive", "with disease")]


ENDS = [
    ("She had best supportive care until her death in December 2019.", ("dead", "with disease", "2019-12")),
    ("She passed in December 2019, without evidence of tumour.", ("dead", "NED", "2019-12")),
    ("She passed a stone in December 2019 and is doing well.", ("alive", "with disease", "2019-12")),
    (
        "Larotrectinib was started in April 2019. She remains progression-free 24 months after starting larotrectinib.",
        ("alive", "with disease", "2021-04"),
    ),
    (
        "She was operated on in April 2019. To date (36 months), no recurrence has been observed.",
        ("alive", "NED", "2022-04"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_how_it_ended_and_when(text, expected):
    person = "A 50-year-old woman presented in March 2019 with a tumour of the lung. "
    found = read(Document(name="row", text=person + text)).of(Outcome)
    assert [(f.vital, f.disease, str(f.when)) for f in found] == [expected]


def test_dying_of_progressive_disease_is_no_response():
    text = (
        "A 50-year-old woman presented in March 2019 with a tumour of the lung. Imatinib was started in April 2019."
        " Her death occurred in December 2019 from progressive disease."
    )
    assert read(Document(name="row", text=text)).of(Response) == ()
