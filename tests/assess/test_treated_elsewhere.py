"""A lesion counts as resected only where the operation was: not on the other side, in another lobe or another organ.

The cases are made: one lesion is measured, one operation follows. RECIST 1.1 (Eisenhauer 2009), section 4.3: a sum of
diameters holds the target lesions that are there.
"""

from __future__ import annotations

import pytest

from caseboard.assess.course import build_course
from caseboard.case.case import Document
from caseboard.narrative import read

STORY = (
    "A 29-year-old man was diagnosed with alveolar soft part sarcoma of the left thigh in May 2019. Sunitinib was"
    " started in July 2019. On 20 November 2020 CT showed {lesion} of 18 mm. On 14 September 2021 {operation} was"
    " performed."
)


def resected(lesion, operation):
    """Return the lesions that an operation is taken to have removed."""
    case = read(Document("made", STORY.format(lesion=lesion, operation=operation)))
    return [found.name for found in build_course(case).lesions if found.resected]


@pytest.mark.parametrize(
    ("lesion", "operation"),
    [
        ("a metastasis in the right frontal lobe", "wedge resection of the left lower lobe"),
        ("a nodule in the right lower lobe", "wedge resection of the left lower lobe"),
        ("a nodule in the left upper lobe", "wedge resection of the left lower lobe"),
        ("a metastasis in the left frontal lobe", "resection of a right frontal metastasis"),
        ("a metastasis in segment 2 of the liver", "resection of liver segment 6"),
    ],
)
def test_elsewhere(lesion, operation):
    assert resected(lesion, operation) == []


@pytest.mark.parametrize(
    ("lesion", "operation"),
    [
        ("a nodule in the left lower lobe", "wedge resection of the left lower lobe"),
        ("a metastasis in the right frontal lobe", "resection of the right frontal metastasis"),
        ("a metastasis in segment 6 of the liver", "resection of liver segment 6"),
        ("a nodule in the left lower lobe", "left lower lobectomy"),
    ],
)
def test_there(lesion, operation):
    assert len(resected(lesion, operation)) == 1


SEVERAL = (
    "A 53-year-old woman was diagnosed with a gastrointestinal stromal tumour of the jejunum in May 2014. Imatinib was"
    " started in June 2014. CT in March 2018 showed lesions in segment 4 of the liver (32 mm), segment 8 of the liver"
    " (21 mm) and the pelvis (28 mm). In October 2019 {}."
)


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        (
            "she underwent resection of the pelvic deposit and segment 4 lesion (R0)",
            {"pelvis", "liver segment IV"},
        ),
        ("the segment 4 lesion was resected", {"liver segment IV"}),
        ("she had resection of the pelvic deposit", {"pelvis"}),
        (
            "she had a wedge resection of segment 8 and excision of the pelvic nodule",
            {"pelvis", "liver segment VIII"},
        ),
        ("the liver metastases were resected", {"liver segment IV", "liver segment VIII"}),
    ],
)
def test_of_several_lesions_those_that_the_operation_names(operation, names):
    case = read(Document("made", SEVERAL.format(operation)))
    assert {found.name for found in build_course(case).lesions if found.resected} == names
