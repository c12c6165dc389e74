"""When something was that is counted from an event the story has told: its expected day is worked by hand.

The story: presentation 1 March 2019, biopsy 10 March, excision 2 April, doxorubicin 6 May to 5 August, recurrence 20
September, pazopanib from 1 October, held 4 November, resumed 2 December 2019.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read

STORY = (
    "A 50-year-old man presented on 1 March 2019 with a mass of the thigh. Core biopsy on 10 March 2019 showed synovial"
    " sarcoma. Wide excision was performed on 2 April 2019. Doxorubicin was started on 6 May 2019. Doxorubicin was"
    " stopped on 5 August 2019 for heart failure. Local recurrence was found on 20 September 2019. Pazopanib was"
    " started on 1 October 2019. It was withheld on 4 November 2019 for hepatitis and resumed at 400 mg on 2 December"
    " 2019. "
)


def when(words, story=STORY):
    case = read(Document(name="row", text=f"{story}{words}, CT showed a 23 mm lesion in the liver."))
    return [str(fact.when) for fact in case.of(Lesion) if fact.diameters_mm == (23.0,)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Three months after the rechallenge", "2020-03"),
        ("Six weeks after restarting pazopanib", "2020-01-13"),
        ("Three months after pazopanib was reintroduced", "2020-03"),
        ("3 months post restart", "2020-03"),
        ("Three months after the reduced dose was begun", "2020-03"),
        ("Five months into pazopanib", "2020-03"),  # a pause of four weeks does not begin it anew
        ("Six months after the last dose of doxorubicin", "2020-02"),
        ("Six months after doxorubicin had been stopped", "2020-02"),
        ("Six months after doxorubicin", "2020-02"),  # which is over
        ("Half a year after the end of doxorubicin", "2020-02"),
        ("Four months after the local recurrence", "2020-01"),
        ("Twelve months after first being seen", "2020-03"),
        ("One year after coming to our clinic", "2020-03"),
        ("Nine months after that biopsy", "2019-12"),
        ("3/52 later", "2019-12-23"),
        ("10 d later", "2019-12-12"),
        ("2/12 later", "2020-02"),
        ("By three weeks", "2019-12-23"),
        ("At the end of the month", "2019-12"),
        ("In the new year", "2020"),
        ("The next year, in March", "2020-03"),
        # what is no such length: a fraction, an idiom, what a scan without an article is the subject of
        ("One year to the day after the operation", None),
    ],
)
def test_a_length_is_counted_from_what_was_told(words, expected):
    assert when(words) == [str(expected)]


@pytest.mark.parametrize(
    ("before", "words", "expected"),
    [
        ("The echo of 7 January 2020 was normal. ", "Two weeks after the echo", "2020-01-21"),
        ("He had a seizure on 7 January 2020. ", "Ten days after the seizure", "2020-01-17"),
        (
            "CT on 7 January 2020 was clear. A fracture healed by 4 May 2020. ",
            "Ten days after the CT",
            "2020-01-17",
        ),
        (
            "PET on 7 January 2020 was clear. Petechiae came on 4 May 2020. ",
            "Ten days after the PET",
            "2020-01-17",
        ),
        (
            "A first biopsy on 7 January 2020 and a second on 14 January 2020 failed. ",
            "A week after that biopsy",
            "2020-01-14",
        ),
        ("A biopsy is planned for 7 January 2020. ", "A week after the biopsy", "2019-03-17"),
        ("CT on 7 May 2020 showed a node. ", "Ten days before that CT", "2020-04-27"),
        ("He had a seizure on 17 May 2020. ", "A week before the seizure", "2020-05-10"),
        ("Recurrence was found on 17 May 2020. ", "Two weeks before the recurrence", "2020-05-03"),
        ("Radiotherapy was started on 17 May 2020. ", "A week before radiotherapy", "2020-05-10"),
        (
            "Trabectedin was started on 17 May 2020. ",
            "Two weeks before the start of trabectedin",
            "2020-05-03",
        ),
    ],
)
def test_a_length_is_counted_from_any_event_that_was_told(before, words, expected):
    assert when(words, STORY + before) == [expected]


def test_the_diagnosis_is_counted_from_its_own_day():
    text = f"{STORY}Three weeks after the diagnosis, LDH was 300 U/L."  # the biopsy of 10 March, not the first visit
    assert [str(fact.when) for fact in read(Document(name="row", text=text)).of(Lab)] == ["2019-03-31"]


@pytest.mark.parametrize(
    "words", ["A week after stopping trabectedin", "A week before discontinuation of trabectedin"]
)
def test_an_end_that_times_are_counted_from_is_told_once(words):
    text = f"{STORY}Trabectedin was started on 7 January 2020 and stopped on 10 March 2020. {words}, LDH was 300 U/L."
    case = read(Document(name="row", text=text))
    stops = [f for f in case.of(Treatment) if f.event == "stop" and f.agents == ("trabectedin",)]
    assert [str(fact.when) for fact in stops] == ["2020-03-10"]
    assert [str(fact.when) for fact in case.of(Lab)] == ["2020-03-17" if "after" in words else "2020-03-03"]


def test_an_end_that_only_a_length_is_counted_from_has_no_day():
    text = f"{STORY}Trabectedin was started on 7 January 2020. A week after trabectedin was stopped, LDH was 300 U/L."
    case = read(Document(name="row", text=text))
    stops = [f for f in case.of(Treatment) if f.event == "stop" and f.agents == ("trabectedin",)]
    assert [fact.when for fact in stops] == [None]
    assert [fact.when for fact in case.of(Lab)] == [
        None
    ]  # pazopanib was withheld before; that is no end of this drug


COUNTED = (
    "Request to the board (no calendar dates). Day 0 = the day of the first visit; all weeks count from it.\n"
    "Man, 50 years old, with a sarcoma of the thigh.\n"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MRI wk 12: thigh mass 23 mm.", 84),
        ("MRI day 3: thigh mass 23 mm.", 3),
        ("Month 4: thigh mass 23 mm on MRI.", 120),
        ("W21 MRI: thigh mass 23 mm.", 147),
    ],
)
def test_texts_that_count_from_the_first_visit(line, expected):
    case = read(Document(name="board", text=COUNTED + line))
    assert [fact.when.days for fact in case.of(Lesion)] == [expected]


@pytest.mark.parametrize(
    "line", ["day 200: he died.", "mo 7: he died.", "wk 30 he died.", "Day 200: he died."]
)
def test_each_count_has_its_own_line(line):
    case = read(Document(name="board", text=f"{COUNTED}Month 4: thigh mass 23 mm on MRI.\n{line}"))
    expected = {"d": 200, "m": 210, "w": 210}[line[0].lower()]
    assert [fact.when.days for fact in case.of(Lesion)] == [120]
    assert [fact.when.days for fact in case.of(Outcome) if fact.vital == "dead"] == [expected]


def test_counts_in_lines_without_a_full_stop_are_apart():
    text = f"{COUNTED}mo 5   excision of the mass of the thigh, R0\nmo 7   CT: no evidence of disease"
    case = read(Document(name="board", text=text))
    assert [(f.event, f.when.days) for f in case.of(Treatment)] == [("done", 150)]


def test_a_count_at_the_edge_of_a_page_is_no_entry():
    text = (
        "A 50-year-old man presented on 1 March 2019. Ifosfamide was started on 3 May 2019. A CT on\n"
        "day 16 showed a mass of the thigh of 23 mm."
    )
    (lesion,) = read(Document(name="page", text=text)).of(Lesion)
    assert str(lesion.when) == "2019-05-18"


def test_a_timeline_shows_that_it_counts():
    lines = (
        "D0 Man, 50 years old, seen with a thigh mass of 40 mm.\nD7 core biopsy: synovial sarcoma.\n"
        + "".join(
            f"{code} thigh mass {size} mm on MRI.\n"
            for code, size in (("W3", 41), ("W9", 30), ("W21", 20), ("M9", 12))
        )
    )
    case = read(Document(name="timeline", text=lines))
    told = {fact.diameters_mm[0]: fact.when.days for fact in case.of(Lesion)}
    assert told == {40: 0, 41: 21, 30: 63, 20: 147, 12: 270}


def test_days_of_a_cycle_are_no_days_of_the_story():
    case = read(
        Document(
            name="board",
            text=COUNTED
            + "MRI wk 1: thigh mass 23 mm.\nFrom wk 2 ifosfamide 3 g/m2 d1-2 and vincristine 1.5 mg/m2 d1, 8.",
        )
    )
    assert [(fact.agents, fact.when.days) for fact in case.of(Treatment)] == [
        (("ifosfamide", "vincristine"), 14)
    ]


def test_a_title_has_the_time_of_what_it_heads():
    text = STORY + "\nSecond relapse. CT of 3 May 2020 showed a 23 mm lesion in the liver."
    case = read(Document(name="row", text=text))
    relapse = next(fact for fact in case.of(Response) if "elapse" in fact.source.quote)
    assert str(relapse.when) == "2020-05-03"


def test_the_day_of_a_month_stands_in_brackets():
    assert when("In January 2020 (MRI 18.1.2020)") == ["2020-01-18"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "On 5 May 2019 CEA was 38.2 ng/mL (7 January 2019: 6.4; 18 February 2019: 71.5), AFP 3 ng/mL.",
            [
                ("CEA", 38.2, "2019-05-05"),
                ("CEA", 6.4, "2019-01-07"),
                ("CEA", 71.5, "2019-02-18"),
                ("AFP", 3, "2019-05-05"),
            ],
        ),
        (
            "On 5 May 2019 ALT was 48 U/L and LDH 301 U/L (690 on 22 April 2019).",
            [("ALT", 48, "2019-05-05"), ("LDH", 301, "2019-05-05"), ("LDH", 690, "2019-04-22")],
        ),
    ],
)
def test_values_of_other_days_in_brackets(told, expected):
    case = read(Document(name="row", text=STORY + told))
    assert [(fact.analyte, fact.value, str(fact.when)) for fact in case.of(Lab)] == expected


def test_a_start_told_again_with_its_day_has_it():
    text = STORY + "Everolimus 3/2020 - 12/2020. Everolimus 10 mg daily was added on 9 March 2020."
    case = read(Document(name="row", text=text))
    assert [
        (fact.event, str(fact.when)) for fact in case.of(Treatment) if fact.agents == ("everolimus",)
    ] == [
        ("stop", "2020-12"),
        ("start", "2020-03-09"),
    ]


def test_the_past_of_a_relative_clause_is_its_own():
    text = (
        "The story had begun on 8 March 2016, when this 66-year-old man was found by his daughter with a sarcoma of the"
        " thigh. CT on 10 March showed a mass of 19.6 cm."
    )
    case = read(
        Document(name="row", text="When he entered a hospice on 23 February 2021, he was alive. " + text)
    )
    assert [str(fact.when) for fact in case.of(Lesion)] == ["2016-03-10"]


def test_no_recurrence_of_a_rash_is_no_outcome():
    text = STORY + "Pazopanib was raised to 600 mg on 3 January 2020, with no recurrence of the rash."
    assert not [fact for fact in read(Document(name="row", text=text)).of(Outcome) if fact.disease == "NED"]
