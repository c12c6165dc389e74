"""What is denied, planned, conditional or of someone else is no fact of the case."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Lesion, Response, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a lung tumour. "
NOT_SO = [
    "CT showed no liver metastases.",
    "Radiotherapy was planned.",
    "At relapse, nivolumab would be given.",
    "If the tumour progresses, surgery will be considered.",
    "His brother had undergone gastrectomy.",
    "He refused chemotherapy with cisplatin.",
]


@pytest.mark.parametrize("text", NOT_SO)
def test_what_is_not_so_is_no_fact(text):
    facts = read(Document(name="row", text=PATIENT + text))
    assert [*facts.of(Lesion), *facts.of(Treatment), *facts.of(Response)] == []


def test_progression_with_a_date_of_its_own_is_no_condition():
    told = "At progression in March 2020, nivolumab was given."
    assert [f.agents for f in read(Document(name="row", text=PATIENT + told)).of(Treatment)] == [
        ("nivolumab",)
    ]


def test_the_month_of_may_is_no_doubt():
    told = "Erlotinib was started in April 2019. In May 2020 CT showed liver metastases."
    assert [f.category for f in read(Document(name="row", text=PATIENT + told)).of(Response)] == ["PD"]


def drugs(told):
    return [fact.agents for fact in read(Document(name="row", text=PATIENT + told)).of(Treatment)]


def test_what_our_patient_received_is_told_beside_what_others_did():
    told = "As in the report by Abe et al, where ensartinib was used, our patient received lorlatinib in May 2020."
    assert drugs(told) == [("lorlatinib",)]
    assert drugs("Abe et al gave lorlatinib to a man, whereas in our region none was had in May 2020.") == []


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Radiotherapy of the brain was recommended, which was not given.", []),
        ("We recommended radiotherapy of the brain, which was given in May 2020.", ["2020-05"]),
        ("We recommended radiotherapy of the brain, which he refused.", []),
    ],
)
def test_what_was_recommended_is_told_where_it_was_given(told, days):
    facts = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [str(fact.when) for fact in facts] == days


def test_whom_the_introduction_presents_is_the_patient_of_the_case():
    text = (
        "Introduction\nBladder tumours are rare in children. We present a 5-year-old boy with a bladder tumour.\n"
        "Case presentation\nIn March 2020 a boy presented with hematuria. Ultrasound showed a mass of 43 mm in the "
        "bladder.\nDiscussion\nA 7-year-old girl was reported in 2012.\n"
    )
    assert [fact.age_years for fact in read(Document(name="row", text=text)).of(Demographics)] == [5]
