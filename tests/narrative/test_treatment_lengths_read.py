"""Treatments of which the text tells how long they lasted, or only until when. Worked by hand on our own sentences."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented in January 2017 with a tumour of the stomach. "


def events(text: str) -> list[tuple[str, str, str]]:
    """Return (event, date, certainty) of each systemic treatment, in the order of their days."""
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    return sorted((f.event, str(f.when), f.certainty) for f in found if f.modality == "systemic")


@pytest.mark.parametrize(
    ("told", "start", "stop"),
    [
        ("She received one year of nivolumab from May 2018.", "2018-05", "2019-05"),
        ("She took imatinib for 14 months from March 2017.", "2017-03", "2018-05"),
        ("From March 2019 she received pazopanib for six months.", "2019-03", "2019-09"),
        ("In March 2019 she was given a six-month course of pazopanib.", "2019-03", "2019-09"),
        ("Adjuvant imatinib (3 years, from 04/2017) was given.", "2017-04", "2020-04"),
        ("Imatinib 400 mg was started in March 2017 and continued for 14 months.", "2017-03", "2018-05"),
        ("Paclitaxel was given weekly for 12 weeks from 1 May 2018.", "2018-05-01", "2018-07-24"),
    ],
)
def test_a_length_told_with_a_beginning_gives_the_end_as_inferred(told, start, stop):
    assert events(told) == [("start", start, "stated"), ("stop", stop, "inferred")]


@pytest.mark.parametrize(
    "told",
    [
        "From March 2017 she has received imatinib for 14 months.",
        "In March 2017 imatinib was started; nausea persisted for 3 months.",
        "Imatinib 400 mg was started in March 2017 and the pain subsided for 14 months.",
        "In March 2017 she was started on imatinib 400 mg for 2 months and then 600 mg daily.",
        "In March 2017 imatinib was started for at least three years.",
        "In March 2017 imatinib was started and is to be taken for three years.",
        "She took imatinib for 2 weeks from March 2017.",
    ],
)
def test_a_length_that_is_none_of_a_treatment_that_ended_gives_no_end(told):
    assert [event for event, _, _ in events(told)] == ["start"]


def test_a_length_without_a_day_to_count_from_gives_no_end():
    assert [event for event, _, _ in events("She received one year of nivolumab.")] == ["start"]


def test_no_end_is_counted_beyond_the_day_on_which_the_letter_was_written():
    letter = (
        "Clinic letter, 3 October 2018\n\n" + PATIENT + "In May 2018 she was given nivolumab for one year."
    )
    found = read(Document(name="letter", text=letter)).of(Treatment)
    assert [fact.event for fact in found] == ["start"]


def test_a_stop_that_is_told_stands_in_place_of_the_one_that_was_counted():
    told = "She took imatinib for 14 months from March 2017. Imatinib was stopped on 3 April 2018 because of rash."
    assert events(told) == [("start", "2017-03", "stated"), ("stop", "2018-04-03", "stated")]


def test_a_stop_told_in_the_sentence_of_the_length_has_its_day_from_the_length():
    told = "From 2 March 2017 she received imatinib 400 mg for 24 months; imatinib was then stopped."
    assert events(told) == [("start", "2017-03-02", "stated"), ("stop", "2019-03", "inferred")]


def test_a_switch_within_the_length_that_was_told_is_no_second_beginning():
    told = "In March 2017 she was started on tamoxifen for five years. In June 2018 tamoxifen was changed to letrozole."
    found = read(Document("row", PATIENT + told)).of(Treatment)
    assert sorted((str(f.when), f.event, f.agents) for f in found) == [
        ("2017-03", "start", ("tamoxifen",)),
        ("2018-06", "start", ("letrozole",)),
        ("2018-06", "stop", ("tamoxifen",)),
    ]


def test_a_regimen_that_ended_by_its_length_can_begin_again():
    told = "She took imatinib for 14 months from March 2017. In June 2020 imatinib was started."
    starts = [when for event, when, _ in events(told) if event == "start"]
    assert starts == ["2017-03", "2020-06"]


def test_a_regimen_of_which_only_the_end_is_dated_has_no_day_on_which_it_began():
    found = read(
        Document(
            "row", PATIENT + "Six cycles of doxorubicin until September 2019. In June 2020 she was well."
        )
    )
    start, stop = found.of(Treatment)
    assert (start.event, str(start.when), start.certainty) == ("start", "None", "inferred")
    assert (stop.event, str(stop.when), stop.certainty) == ("stop", "2019-09", "stated")


def test_a_regimen_with_both_ends_told_keeps_its_beginning():
    assert events("She was given doxorubicin from May 2018 until September 2019.") == [
        ("start", "2018-05", "stated"),
        ("stop", "2019-09", "stated"),
    ]


@pytest.mark.parametrize(
    ("told", "start", "stop"),
    [
        ("Chemotherapy:\n1. Jan-Mar 2017: Weekly paclitaxel", "2017-01", "2017-03"),
        ("Chemotherapy:\nApr-Aug 2017: 6# paclitaxel", "2017-04", "2017-08"),
        ("Chemotherapy:\nFeb-Apr 2017 - 4 cycles paclitaxel", "2017-02", "2017-04"),
        ("From 03/29/17 to 08/22/17, she received six cycles of paclitaxel.", "2017-03-29", "2017-08-22"),
    ],
)
def test_a_period_before_a_regimen_is_its_own(told, start, stop):
    assert events(told) == [("start", start, "stated"), ("stop", stop, "stated")]


def test_a_name_with_a_hyphen_is_no_month_of_a_period():
    assert events("Dr Jan-Marten saw her. She received paclitaxel in May 2017.") == [
        ("start", "2017-05", "stated")
    ]
