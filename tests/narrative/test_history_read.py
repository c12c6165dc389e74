"""History as read: smoking, family, other illness. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import History
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a cough. "


def history(text):
    """Return (topic, whether denied) of each piece of history."""
    return [(f.topic, f.denied) for f in read(Document(name="row", text=PATIENT + text)).of(History)]


CASES = [
    ("He was a former smoker of 30 pack-years.", [("smoking", False)]),
    ("He had never smoked and was a non-smoker.", [("smoking", True)]),
    ("His mother had died of breast cancer.", [("family", False)]),
    ("He had a history of arterial hypertension.", [("comorbidity", False)]),
    (
        "\nAllergies: trimethoprim (rash). FH: father died of melanoma aged 70.\n",
        [("allergy", False), ("family", False)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_told_or_denied_of_the_patient(text, expected):
    assert history(text) == expected


VIRUSES = [
    ("HIV ELISA negative.", []),
    ("Serology was negative for HIV and hepatitis C.", []),
    (
        "He had chronic hepatitis B infection and hepatitis C serology was unreactive.",
        [("comorbidity", False)],
    ),
    ("He was known to be HIV positive.", [("comorbidity", False)]),
]


@pytest.mark.parametrize(("sentence", "expected"), VIRUSES)
def test_a_virus_that_was_looked_for_and_not_found_is_no_illness(sentence, expected):
    assert history(sentence) == expected
