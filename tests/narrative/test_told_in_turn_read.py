"""Several things told in one sentence: tests without a result, responses in turn, harm that came again, lengths.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Alteration, Lesion, Response, Test, Treatment
from caseboard.narrative import read

SARCOMA = "A 60-year-old woman was diagnosed with spindle cell sarcoma of the left thigh in May 2018. "
PAZOPANIB = SARCOMA + "Pazopanib was started in January 2020. "

METHODS = ("NGS", "RT-PCR", "FISH", "A fusion panel", "RNA sequencing")
OBJECTS = (
    "ETV6-NTRK3 fusion",
    "the ETV6::NTRK3 fusion transcript",
    "NTRK3 rearrangement",
    "MDM2 amplification",
    "BRAF mutations",
)
WITHOUT_RESULT = (
    "is pending",
    "was requested",
    "has been sent out",
    "is awaited",
    "is ongoing",
    "was recommended",
    "failed because of poor RNA quality",
    "yielded no result",
    "was technically unsuccessful",
    "was not successful",
    "was not informative",
    "could not be performed",
    "was considered but not done",
    "will be done",
)


@pytest.mark.parametrize(("method", "target", "told"), list(product(METHODS, OBJECTS, WITHOUT_RESULT)))
def test_a_test_without_a_result_finds_nothing(method, target, told):
    facts = read(Document("made", f"{SARCOMA}{method} for {target} {told}.")).facts
    assert [fact for fact in facts if isinstance(fact, Test | Alteration)] == []


RESULTS = {
    "was negative": "negative",
    "was repeatedly negative": "negative",
    "was requested and was negative": "negative",
    "failed, but repeat testing was negative": "negative",
    "was positive": "positive",
    "was requested and came back positive": "positive",
}


@pytest.mark.parametrize(("method", "target", "told"), list(product(METHODS, OBJECTS, RESULTS)))
def test_the_last_word_on_a_test_is_its_result(method, target, told):
    (fact,) = read(Document("made", f"{SARCOMA}{method} for {target} {told}.")).of(Test)
    assert fact.result == RESULTS[told]


def test_what_one_test_came_to_is_not_the_result_of_another():
    text = "PCR for an SS18::SSX1 fusion is pending, and NGS for BRAF mutations was negative."
    assert [(fact.target, fact.result) for fact in read(Document("made", SARCOMA + text)).of(Test)] == [
        ("BRAF", "negative")
    ]


@pytest.mark.parametrize(
    ("told", "results"),
    [
        ("Neither SOX10 nor desmin was expressed.", {"SOX10": "negative", "desmin": "negative"}),
        (
            "Neither SOX10 nor desmin nor SMA were expressed.",
            {"SOX10": "negative", "desmin": "negative", "SMA": "negative"},
        ),
    ],
)
def test_neither_of_two_stains(told, results):
    assert {fact.target: fact.result for fact in read(Document("made", SARCOMA + told)).of(Test)} == results


@pytest.mark.parametrize(
    ("told", "responses"),
    [
        (
            "CT scans in March 2020, June 2020 and January 2021 showed SD, PR and progression, respectively.",
            [("SD", "2020-03"), ("PR", "2020-06"), ("PD", "2021-01")],
        ),
        (
            "She had an initial partial response followed by progression in September 2020.",
            [("PR", "2020-01 to 2020-08"), ("PD", "2020-09")],
        ),
        (
            "A partial response was followed by PD in September 2020.",
            [("PR", "2020-01 to 2020-08"), ("PD", "2020-09")],
        ),
        (
            "CT in April 2020 showed no significant change, in July 2020 progression.",
            [("SD", "2020-04"), ("PD", "2020-07")],
        ),
        (
            "MRI showed no significant change in May 2020, a partial response in August 2020 and disease progression in"
            " December 2020.",
            [("SD", "2020-05"), ("PR", "2020-08"), ("PD", "2020-12")],
        ),
        (
            "Trabectedin was not effective: the CT of 25 January 2021 showed clear progression in the liver.",
            [("PD", "2021-01-25")],
        ),
        ("On 22 August 2020 grade 3 rash occurred, which recurred in October 2020 after rechallenge.", []),
    ],
)
def test_responses_told_in_turn(told, responses):
    facts = read(Document("made", PAZOPANIB + told)).of(Response)
    assert [(fact.category, str(fact.when)) for fact in facts] == responses


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (
            "On 12 May 2020 pazopanib was stopped because of grade 3 pneumonitis and was not resumed.",
            "2020-05-12",
        ),
        (
            "In June 2020 pazopanib was stopped on account of grade 3 rash, first noted in May 2020.",
            "2020-05",
        ),
        ("Pazopanib was well tolerated until May 2020, when grade 3 proteinuria developed.", "2020-05"),
    ],
)
def test_harm_is_of_its_own_day(told, day):
    (harm,) = read(Document("made", PAZOPANIB + told)).of(AdverseEvent)
    assert (str(harm.when), harm.grade) == (day, 3)


def test_tolerated_until_harm_came_is_no_end():
    text = "Pazopanib was well tolerated until May 2020, when grade 3 proteinuria developed."
    assert [fact.event for fact in read(Document("made", PAZOPANIB + text)).of(Treatment)] == ["start"]


@pytest.mark.parametrize(
    "told", ["42 mm, now 21 mm", "4.2 cm, now only 2.1 cm", "21 mm (42 mm)", "now 21 mm, before 42 mm"]
)
def test_the_former_size_is_not_one_of_today(told):
    facts = read(Document("made", f"{PAZOPANIB}CT in September 2020: right lung nodule {told}.")).of(Lesion)
    assert [fact.diameters_mm for fact in facts] == [(21.0,)]


COUNTED = {
    "Pazopanib was started on 3 July 2018. The dose was reduced to 600 mg on 20 August 2018. Ten days after the dose"
    " reduction, CT showed progression.": ("2018-08-30", 2),
    "She received adjuvant radiotherapy from 2 July to 10 August 2018. Six weeks after the end of radiotherapy, CT"
    " showed progression.": ("2018-09-21", 1),
    "She received adjuvant radiotherapy from 2 July to 10 August 2018. Six weeks after radiotherapy, CT showed"
    " progression.": ("2018-09-21", 1),
}


@pytest.mark.parametrize("told", COUNTED)
def test_lengths_are_counted_from_what_they_name(told):
    case = read(Document("made", SARCOMA + told))
    day, treatments = COUNTED[told]
    assert [str(fact.when) for fact in case.of(Response)] == [day]
    assert len(case.of(Treatment)) == treatments


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Four weeks after stopping pazopanib, trabectedin was started.", "2020-06-17"),
        ("Six weeks after stopping pazopanib, trabectedin 1.5 mg/m2 was commenced.", "2020-07-01"),
        ("One year after discontinuation of pazopanib, trabectedin was started.", "2021-05"),
        ("She was switched to trabectedin three months after stopping pazopanib.", "2020-08"),
    ],
)
def test_what_was_left_is_not_given_with_what_came_after(told, day):
    before = "Pazopanib was started on 14 January 2020 and stopped on 20 May 2020. "
    facts = read(Document("made", SARCOMA + before + told)).of(Treatment)
    assert [(fact.event, fact.agents, str(fact.when)) for fact in facts][2:] == [
        ("start", ("trabectedin",), day)
    ]
