"""Who died of another cause: the state of the disease is what the sentence says of it, not that he is dead.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Outcome
from caseboard.narrative import read

OPERATED = (
    "A 44-year-old man was diagnosed with synovial sarcoma of the left thigh in March 2018. "
    "Wide excision was performed in May 2018. "
)
CAUSES = ("myocardial infarction", "a stroke", "a heart attack", "unrelated causes", "pneumonia")
FREE = (
    "without evidence of recurrence",
    "without evidence of local recurrence or metastasis",
    "without recurrence",
    "with no evidence of disease",
    "without signs of relapse",
)
ILL = (
    "with lung metastases",
    "with progressive disease",
    "with no evidence of local recurrence but with progressive lung metastases",
)


def disease(sentence: str) -> str:
    facts = read(Document("made", OPERATED + sentence)).facts
    (outcome,) = (fact for fact in facts if isinstance(fact, Outcome))
    assert outcome.vital == "dead"
    return outcome.disease


@pytest.mark.parametrize(("cause", "free"), list(product(CAUSES, FREE)))
def test_free_of_disease_at_death(cause, free):
    assert disease(f"He died of {cause} {free} in June 2021.") == "NED"


@pytest.mark.parametrize(("cause", "ill"), list(product(CAUSES, ILL)))
def test_with_disease_at_death(cause, ill):
    assert disease(f"He died of {cause} {ill} in June 2021.") == "with disease"


@pytest.mark.parametrize("told", ["of disease", "of local recurrence without distant metastasis"])
def test_died_of_the_disease(told):
    assert disease(f"He died {told} in June 2021.") == "with disease"
