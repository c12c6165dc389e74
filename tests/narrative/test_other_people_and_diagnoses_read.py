"""What is told of other people and of other illness, and which diagnosis stood. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case import Demographics, Document
from caseboard.narrative import read

CASE = "A 54-year-old woman was diagnosed with adenocarcinoma of the lung in March 2019. "
MASS = "A 54-year-old woman presented with a mass of the thigh in March 2019. "
COUGH = "A 54-year-old woman presented with cough in March 2019. "


def case(text):
    """Return what is read of a made text."""
    return read(Document("made", text))


def first_seen(text):
    """Return the date of the patient's first presentation."""
    return [str(fact.when) for fact in case(text).of(Demographics)]


LATER = (
    "Progression was seen in June 2019.",
    "A partial response of the lung lesions was seen in July 2019.",
    "She started pazopanib in April 2019. New liver metastases were seen on CT in August 2019.",
    "In April 2019, she was referred for consideration of metastasectomy.",
    "She was referred for radiotherapy in May 2019.",
)


@pytest.mark.parametrize("sentence", LATER)
def test_what_was_seen_later_is_no_first_visit(sentence):
    assert first_seen(CASE + sentence) == ["2019-03"]


CAME = (
    "She was seen in our clinic in June 2019.",
    "She was referred to our hospital in June 2019.",
    "The patient was seen by us in June 2019.",
)


@pytest.mark.parametrize("sentence", CAME)
def test_a_visit_soon_behind_the_introduction_is_the_first(sentence):
    assert first_seen(CASE + sentence) == ["2019-06"]
