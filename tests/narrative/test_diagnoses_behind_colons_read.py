"""Tumours that stand behind the head of a reading, and those that were only expected, feared, labelled or dismissed.

Worked by hand; the sentences are ours. What was thought of before the tissue was read is a working diagnosis, what was
read in the tissue is final, and what was weighed and rejected is none at all.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a mass of the thigh. "


def diagnoses(text):
    """Return (term, status) of each diagnosis that a row tells."""
    return [(fact.term, fact.status) for fact in read(Document("row", PATIENT + text)).of(Diagnosis)]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Core biopsy on 4 May 2019. Final: myxoid liposarcoma.", "myxoid liposarcoma"),
        ("Read 10 May 2019: synovial sarcoma.", "synovial sarcoma"),
        ("Second opinion, 12 May 2019: clear cell sarcoma.", "clear cell sarcoma"),
        ("Slides reviewed in Leiden: a high-grade leiomyosarcoma.", "leiomyosarcoma"),
        ("Wide excision on 4 July 2019: leiomyosarcoma.", "leiomyosarcoma"),
        ("Re-biopsy 9 August 2019: angiosarcoma.", "angiosarcoma"),
        ("Histology on 9 May 2019 showed a keloid.", "keloid"),
        (
            "The break-apart result makes it an inflammatory myofibroblastic tumour.",
            "inflammatory myofibroblastic tumor",
        ),
        ("The biopsy (9 May 2019) brought an angiosarcoma.", "angiosarcoma"),
    ],
)
def test_a_tumour_behind_the_head_of_a_reading_is_the_final_diagnosis(text, term):
    assert diagnoses(text) == [(term, "final")]


@pytest.mark.parametrize(
    "text",
    [
        "Plan: synovial sarcoma protocol.",
        "Wish of the family: synovial sarcoma cured.",
        "Question to the reader: synovial sarcoma?",
        "Trial: synovial sarcoma, arm B.",
    ],
)
def test_a_tumour_behind_another_head_is_no_final_diagnosis(text):
    assert ("synovial sarcoma", "final") not in diagnoses(text)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Schwannoma was the expectation.", "schwannoma"),
        ("Lipoma had been the label for two years.", "lipoma"),
        ("Lymphoma was what everyone had feared.", "lymphoma"),
        ("Lymphoma was first on our list.", "lymphoma"),
        ("We took it for a lipoma.", "lipoma"),
        ("An osteosarcoma was our fear.", "osteosarcoma"),
    ],
)
def test_labels_expectations_and_fears_are_working_diagnoses(text, term):
    assert diagnoses(text) == [(term, "working")]
    assert diagnoses(text + " The biopsy of 9 May 2019 showed a leiomyosarcoma.") == [
        (term, "working"),
        ("leiomyosarcoma", "final"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Leiomyosarcoma was considered and then rejected.",
        "Histology: angiosarcoma was discussed at length but finally excluded.",
        "The biopsy was read twice: fibrosarcoma was entertained and dismissed.",
        "Melanoma was thought of, but later ruled out.",
    ],
)
def test_a_tumour_considered_and_rejected_is_no_diagnosis(text):
    assert diagnoses(text) == []


def test_what_only_stands_beside_a_rejected_tumour_is_still_read():
    text = "The biopsy of 9 May 2019 showed a leiomyosarcoma; a fibrosarcoma was considered and rejected."
    assert diagnoses(text) == [("leiomyosarcoma", "final")]
