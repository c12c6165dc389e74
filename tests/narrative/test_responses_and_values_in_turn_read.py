"""Responses by criteria that are met, lesions of which nothing is left, and values that are told in turn.

Worked by hand; the sentences are ours.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab, Lesion, Outcome, Response
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a sarcoma of the thigh. "


def facts(text, kind):
    """Return the facts of a kind that a row tells behind the sentence that introduces its patient."""
    found = read(Document("row", PATIENT + text)).of(kind)
    return [fact for fact in found if fact.source.span.start >= len(PATIENT)]


def categories(text):
    return [(f.category, str(f.when)) for f in facts(text, Response)]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("CT on 4 May 2020 met criteria for PR.", "PR"),
        ("CT on 4 May 2020 fulfilled the criteria of a complete response.", "CR"),
        ("CT on 4 May 2020 qualified as partial response.", "PR"),
        ("CT on 4 May 2020 satisfied RECIST criteria for progressive disease.", "PD"),
        ("On 4 May 2020 the disease was stable.", "SD"),
    ],
)
def test_criteria_that_are_met(text, category):
    assert categories(text) == [(category, "2020-05-04")]


@pytest.mark.parametrize(
    "text",
    [
        "CT on 4 May 2020 did not meet criteria for PR.",
        "On 4 May 2020 the disease was not stable.",
        "On 4 May 2020 the tumour was not stable any longer.",
        "On 4 May 2020 a partial response would be needed to go on.",
    ],
)
def test_criteria_that_are_not_met_and_what_was_not_stable(text):
    assert not {category for category, _ in categories(text)} & {"CR", "PR", "SD"}


KNOWN = "CT on 4 March 2020 showed a liver metastasis of 22 mm. "


def absent(text):
    return [(f.site, f.laterality, str(f.when)) for f in facts(KNOWN + text, Lesion) if f.state == "absent"]


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2020 nothing was left of the liver metastasis.",
        "On 4 May 2020 nothing remained of the liver metastasis.",
        "On 4 May 2020 the liver metastasis could no longer be made out.",
        "On 4 May 2020 the liver metastasis could not be delimited.",
        "On 4 May 2020 the liver metastasis was nowhere to be seen.",
    ],
)
def test_a_lesion_of_which_nothing_is_left_is_absent(text):
    assert absent(text) == [("liver", None, "2020-05-04")]  # "left of" is no side


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2020 little was left of the liver metastasis.",
        "On 4 May 2020 the liver metastasis could be made out again.",
        "On 4 May 2020 nothing was done about the liver metastasis.",
        "On 4 May 2020 nothing was left of her appetite.",
    ],
)
def test_a_lesion_of_which_something_is_left_is_not(text):
    assert absent(text) == []


def test_left_of_an_organ_is_a_side():
    found = facts("CT on 4 March 2020 showed a mass of 30 mm left of the kidney.", Lesion)
    assert [(f.site, f.laterality) for f in found] == [("kidney", "left")]


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2020 many cells alive were found in the specimen.",
        "On 4 May 2020 the tumour cells were still alive in the specimen.",
        "On 4 May 2020 the cells were alive in culture.",
    ],
)
def test_cells_that_are_alive_are_no_patient(text):
    assert facts(text, Outcome) == []


def test_a_patient_who_is_alive_is_one():
    assert [(f.vital, str(f.when)) for f in facts("On 4 May 2020 she was alive.", Outcome)] == [
        ("alive", "2020-05-04")
    ]


def values(text):
    return [(f.analyte, f.value, f.unit, str(f.when)) for f in facts(text, Lab)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CEA 5.1 -> 12.4 -> 33 ng/mL (Jan 2020, Mar 2020, May 2020).",
            [
                ("CEA", 5.1, "ng/mL", "2020-01"),
                ("CEA", 12.4, "ng/mL", "2020-03"),
                ("CEA", 33.0, "ng/mL", "2020-05"),
            ],
        ),
        (
            "CA 125 was 88, 41 and 19 U/mL (3 May 2019, 8 August 2019, 2 December 2019).",
            [
                ("CA-125", 88.0, "U/mL", "2019-05-03"),
                ("CA-125", 41.0, "U/mL", "2019-08-08"),
                ("CA-125", 19.0, "U/mL", "2019-12-02"),
            ],
        ),
        (
            "ALT fell from 210 to 44 U/L [4 May 2020; 18 May 2020].",
            [("ALT", 210.0, "U/L", "2020-05-04"), ("ALT", 44.0, "U/L", "2020-05-18")],
        ),
    ],
)
def test_values_told_in_turn_have_the_times_behind_them_in_turn(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CEA 5.1 -> 12.4 -> 33 ng/mL (Jan 2020, Mar 2020).",  # three values, two times
        "LDH fell 612 → 240 U/L (4 May 2020).",  # two values, one time
    ],
)
def test_values_are_not_told_in_turn_where_their_times_are_of_another_number(text):
    # Which value was when is not told, so that no two of them have times of their own.
    assert len({when for *_, when in values(text)}) == 1
