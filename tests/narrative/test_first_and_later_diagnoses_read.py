"""What a tumour was called first, what it was not, what is left open, and the tumours that a patient had before.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis
from caseboard.narrative import read

MASS = "A 45-year-old woman presented in April 2020 with a mass of the left thigh. "
SEEN = "\n\nThe 45-year-old woman was seen today."
PAIRS = (("leiomyosarcoma", "synovial sarcoma"), ("synovial sarcoma", "myxofibrosarcoma"))


def diagnoses(text):
    facts = read(Document("made", text)).facts
    return {fact.term: (fact.status, str(fact.when)) for fact in facts if isinstance(fact, Diagnosis)}


FORMER = {
    "The tumour was originally reported as {a} in May 2018, but reclassified as {b} in June 2020.": "2020-06",
    "A 45-year-old woman has {b} (initially reported as {a} in May 2018, revised in June 2020).": "2020-06",
    "A 45-year-old woman has {b}, first misdiagnosed as {a} in May 2018 and correctly diagnosed in June 2020.": (
        "2020-06"
    ),
    "The initial diagnosis in May 2018 was {a}. Re-review in June 2020 established {b}.": "2020-06",
    "Diagnosis: {b}, diagnosed June 2020 (initially diagnosed as {a} May 2018).": "2020-06",
    "She underwent excision in May 2018 (histology: {a}). In June 2020, molecular analysis led to reclassification as "
    "{b}.": "2020-06",
}


@pytest.mark.parametrize(("told", "pair"), list(product(FORMER, PAIRS)))
def test_what_a_tumour_was_called_first_is_working_and_what_it_is_final(told, pair):
    first, last = pair
    head = (
        "" if told.startswith(("A 45", "Diagnosis")) else "A 45-year-old woman had a mass of the left thigh. "
    )
    found = diagnoses(head + told.format(a=first, b=last) + SEEN)
    assert found[first] == ("working", "2018-05")
    assert found[last] == ("final", FORMER[told])


EXCLUDED = (
    "Biopsy in May 2020 showed {b}; the morphology was not in keeping with {a}.",
    "In May 2020 {b} was diagnosed after {a} had been excluded.",
    "In May 2020 {b} was diagnosed (DD: {a}).",
)


@pytest.mark.parametrize(
    ("told", "pair"), list(product(EXCLUDED, [("synovial sarcoma", "myxofibrosarcoma")]))
)
def test_a_tumour_that_was_excluded_is_none(told, pair):
    found = diagnoses(MASS + told.format(a=pair[0], b=pair[1]))
    assert found[pair[1]] == ("final", "2020-05")
    assert pair[0] not in found


@pytest.mark.parametrize(
    "told",
    [
        "Core biopsy on 3 May 2020 was suspicious for synovial sarcoma, but a definite diagnosis could not be made.",
        "Core biopsy on 3 May 2020 was suggestive of synovial sarcoma; molecular confirmation is pending.",
        "Core biopsy on 3 May 2020 raised the possibility of synovial sarcoma; results of FISH for SS18 are awaited.",
    ],
)
def test_what_a_biopsy_leaves_open_is_working(told):
    assert diagnoses(MASS + told) == {"synovial sarcoma": ("working", "2020-05-03")}


def test_a_tumour_that_the_line_of_the_diagnosis_only_compares_is_none():
    told = "Mrs A. Smith, DOB 02/02/1960\n\nDiagnosis\nThe tumour mimicked synovial sarcoma, but was diagnosed as "
    assert list(diagnoses(f"{told}leiomyosarcoma in May 2020.")) == ["leiomyosarcoma"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "A 65-year-old man with a history of colon cancer in May 2009 was diagnosed with synovial sarcoma of the "
            "right knee in May 2020.",
            {"colon cancer": ("history", "2009-05"), "synovial sarcoma": ("final", "2020-05")},
        ),
        (
            "A 65-year-old woman was diagnosed with synovial sarcoma of the lung in May 2020, having previously had "
            "Hodgkin lymphoma in 2008.",
            {"hodgkin lymphoma": ("history", "2008"), "synovial sarcoma of the lung": ("final", "2020-05")},
        ),
        (
            "A 58-year-old man was referred in June 2020 with a tumour of the chest wall. It had first been excised in "
            "2014 elsewhere as a solitary fibrous tumour. Review of the specimens showed a spindle cell sarcoma.",
            {"solitary fibrous tumor": ("working", "2014"), "spindle cell sarcoma": ("final", "2020-06")},
        ),
        (
            "Diagnosis: Infiltrating spindle cell sarcoma of the left thigh, LMNA-NTRK1 fusion positive, with lung "
            "metastases (diagnosed September 2022)",
            {"spindle cell sarcoma": ("final", "2022-09")},
        ),
    ],
)
def test_former_and_present_tumours_have_their_own_days(told, expected):
    assert diagnoses(told + SEEN) == expected
