"""Adverse events as read: term, grade and what is blamed. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent
from caseboard.narrative import read

TREATED = (
    "A 50-year-old man presented in March 2019 with a lung tumour. Erlotinib was started in April 2019. "
)


def harms(text):
    """Return (term, grade, agents) of each adverse event, in the order of the text."""
    return [
        (f.term, f.grade, f.agents) for f in read(Document(name="row", text=TREATED + text)).of(AdverseEvent)
    ]


ERLOTINIB = ("erlotinib",)
CASES = [
    ("In May 2019 he developed a grade 2 rash.", [("rash", 2, ERLOTINIB)]),
    (
        "In May 2019 thyroiditis and a grade 2 maculopapular rash occurred.",
        [("thyroiditis", None, ERLOTINIB), ("maculopapular rash", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 stomatitis (grade 3) and onycholysis (grade 2) required a pause.",
        [("stomatitis", 3, ERLOTINIB), ("onycholysis", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 hair loss and grade 1 neuropathy were noted.",
        [("hair loss", None, ERLOTINIB), ("neuropathy", 1, ERLOTINIB)],
    ),
    ("In May 2019 erlotinib was stopped for disease progression.", []),
    ("He had no rash.", []),
    (
        "Hematologic toxicity, arterial hypertension, renal dysfunction, proteinuria, diarrhea and hand-foot syndrome "
        "were not observed during erlotinib therapy.",
        [],
    ),
    (
        "In June 2019 he had 60 Gy of radiotherapy over six weeks, complicated by a grade 2 dermatitis.",
        [("dermatitis", 2, ())],
    ),
    ("In May 2019 he became icteric and a biliary stricture was found.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_grade_belongs_to_the_event_it_stands_with(text, expected):
    assert harms(text) == expected
