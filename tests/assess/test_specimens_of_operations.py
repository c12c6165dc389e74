"""Which lesions that pathology measured belong to an operation. Worked by hand; days are counted on the calendar.

A lesion that nobody saw before and that pathology measured within 90 days behind an operation was in its specimen, and
is no new lesion; one that pathology measures later is of tissue that was taken since.
"""

from __future__ import annotations

import pytest
from stories import lesion, story, surgery

from caseboard.assess.course import build_course


def resected(*facts: dict[str, object]) -> dict[str, list[str]]:
    """Return the operations that took out each lesion, by the id of its first sight."""
    course = build_course(story(*facts))
    return {one.measurements[0].fact: list(one.resected) for one in course.lesions}


THIGH = lesion("thigh", "2020-01-10", 80)
OPERATED = surgery("wide excision", "2020-02-01", site="thigh")


@pytest.mark.parametrize(
    "day",
    [
        "2020-02-01",  # the day of the operation
        "2020-02-20",
        "2020-05-01",  # 90 days behind it: 28 of February, 31 of March, 30 of April and one
        None,  # a report without a day is that of the operation it follows
    ],
)
def test_what_pathology_measured_within_ninety_days_was_in_the_specimen(day):
    found = resected(THIGH, OPERATED, lesion("adrenal gland", day, 12, by="pathology"))
    assert found["f3"] == ["f2"]


@pytest.mark.parametrize("day", ["2020-05-02", "2021-02-01"])
def test_what_pathology_measured_later_was_not(day):
    found = resected(THIGH, OPERATED, lesion("adrenal gland", day, 12, by="pathology"))
    assert found["f3"] == []


@pytest.mark.parametrize("by", ["CT", "MRI", None])
def test_what_a_scan_measured_was_not_in_the_specimen(by):
    found = resected(THIGH, OPERATED, lesion("adrenal gland", "2020-02-20", 12, by=by))
    assert found["f3"] == []


def test_what_pathology_measured_belongs_to_the_last_operation():
    found = resected(
        THIGH,
        OPERATED,
        surgery("adrenalectomy", "2020-08-01", site="adrenal gland"),
        lesion("lung", "2020-08-10", 12, by="pathology"),
    )
    assert found["f4"] == ["f3"]


def test_what_pathology_measured_before_any_operation_belongs_to_none():
    found = resected(THIGH, lesion("adrenal gland", "2020-01-20", 12, by="pathology"))
    assert found["f2"] == []
