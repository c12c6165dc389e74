"""A lesion first told under treatment is new (RECIST 1.1, section 4.3.5), unless its words say what it was before.

The reports are made: the baseline has one nodule, the scan under treatment tells of a second.
"""

from __future__ import annotations

import pytest

from caseboard.assess import assess
from caseboard.case.case import Document
from caseboard.narrative import read

STORY = (
    "A 47-year-old woman was diagnosed with alveolar soft part sarcoma of the buttock in February 2019. CT of 6 January"
    " 2024 showed a right lower lobe nodule of 19 mm. Atezolizumab was started on 15 January 2024. CT of 5 June 2024:"
    " right lower lobe nodule 11 mm, {second}."
)


def overall(second):
    """Return the response derived for the scan under treatment."""
    (response,) = assess(read(Document("made", STORY.format(second=second)))).responses
    return response.timepoints[-1].overall


@pytest.mark.parametrize(
    "second",
    [
        "left upper lobe nodule 8 mm (unchanged)",
        "left upper lobe nodule 8 mm (was 9 mm)",
        "left upper lobe nodule 8 mm (prev 9 mm)",
        "left upper lobe nodule 8 mm, stable",
        "known left upper lobe nodule 8 mm",
        "a left frontal metastasis of 8 mm treated in 2023 is stable",
        "a left frontal metastasis of 8 mm treated with radiosurgery (20 Gy, 2 May 2023) is stable",
    ],
)
def test_a_lesion_compared_with_what_it_was(second):
    assert overall(second) == "PR"


@pytest.mark.parametrize(
    "second",
    [
        "left upper lobe nodule 8 mm",
        "new left upper lobe nodule 8 mm",
        "a left upper lobe nodule of 8 mm has appeared",
        "left upper lobe nodule 8 mm, and the liver is unchanged",
        "left upper lobe nodule 8 mm, adrenal nodule is stable",
        "left upper lobe nodule 8 mm while the adrenal is stable",
        "left upper lobe nodule 8 mm with an adrenal nodule that is stable",
    ],
)
def test_a_lesion_told_for_the_first_time(second):
    assert overall(second) == "PD"
