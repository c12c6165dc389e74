"""What is denied, planned, conditional or of someone else is no fact of the case."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion, Response, Treatment
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
