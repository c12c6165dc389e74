"""Dates with Roman months, lengths from events, ages, days of a table and of brackets.

Worked by hand: every text is ours, and its days are counted on the calendar. The rows that must not be read as a date,
or must leave a fact without one, stand beside those that they are nearest to.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Demographics, Lab, Lesion, Outcome, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a mass of the thigh. "


def facts(text, kind, before=PATIENT):
    """Return the facts of a kind that a row tells behind the sentence that introduces its patient."""
    found = read(Document("row", before + text)).of(kind)
    return [fact for fact in found if fact.source.span.start >= len(before)]


def whens(text, kind, before=PATIENT):
    """Return the times of these facts, as they are written."""
    return [str(fact.when) if fact.when is not None else None for fact in facts(text, kind, before)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("18.IV.2019", "2019-04-18"),
        ("7-XII-2021", "2021-12-07"),
        ("3 II 2023", "2023-02-03"),
        ("9/IX/2020", "2020-09-09"),
        ("28. VIII. 2020", "2020-08-28"),
        ("1.v.2020", "2020-05-01"),
        ("XI.2022", "2022-11"),
        ("VI/2020", "2020-06"),
        ("5.III.'21", "2021-03-05"),
    ],
)
def test_months_in_roman_figures(written, day):
    assert whens(f"MRI {written}: mass of the thigh of 62 mm.", Lesion) == [day]


@pytest.mark.parametrize(
    "words",
    [
        "stage IV/2019 rules",  # the stage by an edition
        "type II-2019",
        "lot 118.IV.2019",  # no day has three figures
        "protocol XI.2022.3",
        "form 5/XIII/2020",  # there is no thirteenth month
    ],
)
def test_roman_figures_that_are_no_months(words):
    assert whens(f"MRI of 6 May 2020 ({words}) showed a mass of the thigh of 62 mm.", Lesion) == [
        "2020-05-06"
    ]


CT_IN_MAY = "CT on 10 May 2019 showed a mass of 80 mm in the thigh. "


@pytest.mark.parametrize(
    "length",
    [
        "Three months from surgery",
        "Three months post transplant",
        "Three months from the recurrence",
        "Six weeks into the resumption",
        "Four weeks from stopping imatinib",
        "Eight weeks after the interruption",
        "Five months after radiotherapy",
    ],
)
def test_a_length_from_an_event_of_unknown_time_leaves_what_follows_without_a_date(length):
    assert whens(f"{CT_IN_MAY}{length} LDH was 410 U/L.", Lab) == [None]
    assert whens(f"{CT_IN_MAY}{length} she felt better. LDH was 410 U/L.", Lab) == [None]


def test_what_follows_a_length_from_the_last_day_has_a_date():
    assert whens(f"{CT_IN_MAY}Six weeks later she felt better. LDH was 410 U/L.", Lab) == ["2019-06-21"]


@pytest.mark.parametrize(
    ("event", "length", "expected"),
    [
        ("The mass was resected on 10 June 2019.", "Six weeks after the operation", "2019-07-22"),
        ("Imatinib was stopped on 1 June 2019.", "Two months after stopping imatinib", "2019-08"),
        ("She had a recurrence on 6 June 2019.", "Five months after the recurrence", "2019-11"),
    ],
)
def test_a_length_from_an_event_of_known_time_is_counted_from_it(event, length, expected):
    text = f"{CT_IN_MAY}{event} {length} MRI showed a mass of 60 mm in the thigh."
    assert [
        when
        for fact, when in zip(facts(text, Lesion), whens(text, Lesion), strict=True)
        if fact.diameters_mm == (60.0,)
    ] == [expected]


def test_a_length_from_a_relapse_is_counted_from_the_one_that_the_story_stands_at():
    # The first relapse plus two months, August 2019, would lie a year before what was told last.
    text = (
        "Recurrence was found on 6 June 2019. MRI on 8 August 2020 showed that it had come back."
        " Two months after the recurrence CT showed a liver mass of 9 mm."
    )
    assert whens(text, Lesion) == ["2020-10"]


def test_this_visit_is_the_one_just_told():
    text = "She was seen again on 6 June 2019. Two weeks after this visit CT showed a lung nodule of 9 mm."
    assert whens(text, Lesion) == ["2019-06-20"]


def test_the_following_results_are_of_the_day_told():
    text = "On 6 June 2019 blood was taken with the following results: LDH 410 U/L, CRP 12 mg/L."
    assert whens(text, Lab) == ["2019-06-06", "2019-06-06"]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("She was admitted on 20 May 2019 with fever. On admission", "2019-05-20"),
        ("She was hospitalised on 20 May 2019. On the day of admission", "2019-05-20"),
        ("Emergency admission on 20 May 2019 for bleeding. At admission", "2019-05-20"),
        ("She was admitted on 20 May 2019 and was again admitted on 2 July 2019. On admission", "2019-07-02"),
        ("She was admitted on 20 May 2019. She was readmitted on 2 July 2019. On admission", "2019-07-02"),
        # nobody was admitted since, so that it is the first presentation
        ("On 20 May 2019 she phoned us. On admission", "2019-03-04"),
    ],
)
def test_on_admission_is_the_day_of_the_last_stay(told, day):
    assert whens(f"{told}, haemoglobin was 7.2 g/dL.", Lab) == [day]


def test_the_stay_of_a_relative_is_none_of_the_patient():
    # What stands within the first sentences is taken for the head of a letter.
    habits = "She ate well and slept well. " * 8
    told = "Her brother was admitted on 20 May 2019. On admission, haemoglobin was 7.2 g/dL."
    assert whens(habits + told, Lab) == ["2019-03-04"]


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("Pazopanib was begun on 4 June 2019. In the month after its beginning ALT rose", "2019-07"),
        (
            "Pazopanib was begun on 4 June 2019. CT on 9 September 2019 was done. The week after its start ALT rose",
            "2019-06-11",
        ),
        # what is not "its" goes on from the last day told
        (
            "Pazopanib was begun on 4 June 2019. CT on 9 September 2019 was done. A week later ALT rose",
            "2019-09-16",
        ),
    ],
)
def test_the_month_after_its_beginning_is_that_of_the_drug(told, when):
    assert whens(f"{told} to 210 U/L.", Lab) == [when]


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("She received 50.4 Gy in 28 fractions finishing on 6 August 2019.", "2019-08-06"),
        ("She received 66 Gy in 33 fractions, the last on 6 August 2019.", "2019-08-06"),
        ("She received 66 Gy in 33 fractions, ending in October 2019.", "2019-10"),
        # another day in the sentence, which is not that of the dose
        (
            "On 2 October 2019 she was well after 66 Gy in 33 fractions, the last on 6 August 2019.",
            "2019-08-06",
        ),
        ("From 2 June 2019 she received 66 Gy in 33 fractions, ending on 6 August 2019.", "2019-08-06"),
        ("On 6 August 2019 she received 8 Gy, and she went home on 9 August 2019.", "2019-08-06"),
    ],
)
def test_what_a_dose_of_radiation_ended_on(told, when):
    assert [
        (fact.modality, str(fact.when)) for fact in facts(told, Treatment) if fact.modality == "radiotherapy"
    ] == [("radiotherapy", when)]


def test_radiation_that_was_declined_is_none():
    assert facts("The thigh was to receive 50 Gy; on 6 August 2019 she declined it.", Treatment) == []


LETTER = "Letter of 4 May 2022\n"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Mrs Dahl, 52 when her dentist saw a mass of the mandible in June 2019. CT on 3 July 2019 showed 40 mm.",
            [(52, "2019-06")],
        ),
        (
            "Mrs Dahl, farmer, 52 when her dentist saw a mass of the mandible in June 2019.",
            [(52, "2019-06")],
        ),
        (
            "He was 52 when his dentist noticed a mass of the mandible in June 2019. CT showed a mass of 40 mm.",
            [(52, "2019-06")],
        ),
        # told without such a day the age is that of the letter: three years less when the story begins
        (
            "Mrs Dahl, farmer, 52, came on 2 June 2019. CT showed a mass of the mandible.",
            [(49, "2019-06-02")],
        ),
        # a figure behind a room is no age
        (
            "Mrs Dahl, room, 52, came on 2 June 2019. CT showed a mass of the mandible.",
            [(None, "2019-06-02")],
        ),
    ],
)
def test_an_age_told_with_when_is_of_that_day(told, expected):
    assert [
        (f.age_years, str(f.when)) for f in read(Document("row", LETTER + told)).of(Demographics)
    ] == expected


def test_the_months_of_a_small_child_are_ages_once_one_of_them_was():
    # Born between 3 November and 2 December 2017: eleven months old in October or November 2018.
    text = (
        "At the age of 8 months the liver mass measured 20 mm. Vincristine was started on 10 August 2018."
        " At 11 months the liver mass measured 12 mm."
    )
    first = "A girl of 5 months was seen on 2 May 2018 with a liver mass of 35 mm. "
    last = facts(text, Lesion, first)[-1]
    assert last.diameters_mm == (12.0,)
    assert (last.when.first.isoformat()[:7], last.when.last.isoformat()[:7]) == ("2018-10", "2018-11")


def test_months_of_a_bigger_child_are_no_ages():
    first = "A girl of 9 years was seen on 2 May 2018 with a liver mass of 35 mm. "
    assert whens("At 11 months the liver mass measured 12 mm.", Lesion, first) == ["2019-04"]


@pytest.mark.parametrize(
    "told",
    [
        "On 4 May 2020 she dies of her disease.",
        "She finally succumbs on 4 May 2020.",
        "The disease killed her on 4 May 2020.",
        "Chemotherapy was stopped; death followed on 4 May 2020.",
    ],
)
def test_deaths_told_in_the_present(told):
    assert [(f.vital, str(f.when)) for f in facts(told, Outcome)] == [("dead", "2020-05-04")]


@pytest.mark.parametrize(
    "told",
    [
        "Her mother dies on 4 May 2020.",
        "If she dies, an autopsy will be asked for. On 4 May 2020 she was seen.",
        "The pain killed her joy on 4 May 2020.",
        "The swelling subsides on 4 May 2020.",
    ],
)
def test_deaths_that_are_not_the_patients(told):
    assert "dead" not in [f.vital for f in facts(told, Outcome)]


NOTE = "Board 04-Feb-2019\nF 50 y, liposarcoma of thigh. Doxorubicin from 12-Nov-2018. "


def test_an_only_date_in_brackets_holds_for_what_a_note_tells_behind_it():
    told = "Neutropenia G3 at c3 (17-Dec-18), plt 61."
    assert whens(told, AdverseEvent, NOTE) == ["2018-12-17"]
    assert whens(told, Lab, NOTE) == ["2018-12-17"]


def test_the_date_of_an_earlier_size_in_brackets_is_not_that_of_what_follows():
    told = "Mass of the thigh 41 mm (was 60 mm on 17-Dec-18), plt 61."
    assert whens(told, Lab, NOTE) == [None]
    assert whens(told, Lesion, NOTE) == [None, "2018-12-17"]


ROWS = "\n\nDay | CEA (ng/mL) | LDH (U/L)\n0 | 41 | 312\n60 | 20 | 240\n"


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        # 60 days after 4 March 2019 is 3 May 2019
        ("Days are counted from the first visit.", ["2019-03-04"] * 2 + ["2019-05-03"] * 2),
        ("We call day 0 the first visit.", ["2019-03-04"] * 2 + ["2019-05-03"] * 2),
        # a table that says not of what
        ("Her values are below.", [None] * 4),
    ],
)
def test_rows_of_days_are_counted_where_the_text_says_from_what(counted, expected):
    assert whens(counted + ROWS, Lab) == expected


def test_days_that_go_on_counting_from_the_first_visit():
    text = (
        "We count from day 0, the first visit. On day 0 LDH was 400 U/L. On day 18 vincristine was begun."
        " On day 30 LDH was 240 U/L."
    )
    assert whens(text, Lab) == ["2019-03-04", "2019-04-03"]
    assert whens(text, Treatment) == ["2019-03-22"]
