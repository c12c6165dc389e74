"""A drug's first day, the changes of its dose, its pauses and its end, told in one line of a letter.

What is expected is put together with the sentence from the same parts, so that every part is read in every company.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

ILL = "A 45-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "
MONTHS = (("in May 2022", "2022-05"), ("in July 2022", "2022-07"), ("in October 2022", "2022-10"))
DAYS = (("on 13/05/2022", "2022-05-13"), ("on 16/07/2022", "2022-07-16"), ("on 18/10/2022", "2022-10-18"))
BEGUN = (
    ("Sunitinib 50 mg since {}", "50 mg"),
    ("Sunitinib since {}", None),
    ("She took sunitinib from {}", None),
    ("Started sunitinib {in}", None),
    ("Sunitinib 50 mg was started {in}", "50 mg"),
)
CHANGED = (
    ", reduced to 25 mg {in}",
    ", dose reduced to 25 mg {}",
    ", with a dose reduction to 25 mg {in}",
    " and was reduced to 25 mg {in}",
    ", then 25 mg from {}",
    ", 25 mg since {}",
)
ENDED = ("", " and stopped {in}", ", discontinued {} for progression", ", until {}")


def courses(text):
    facts = [f for f in read(Document("row", ILL + text)).facts if isinstance(f, Treatment)]
    return sorted((f.event, str(f.when), f.dose) for f in facts)


def filled(part, time):
    return part.replace("{in}", time[0]).replace("{}", time[0].split(" ", 1)[1])


@pytest.mark.parametrize(
    ("begun", "changed", "ended", "days"), list(product(BEGUN, CHANGED, ENDED, (MONTHS, DAYS)))
)
def test_a_first_day_a_change_and_an_end_in_one_line(begun, changed, ended, days):
    words, dose = begun
    expected = [("start", days[0][1], dose), ("change", days[1][1], "25 mg")]
    expected += [("stop", days[2][1], None)] if ended else []
    text = f"{filled(words, days[0])}{filled(changed, days[1])}{filled(ended, days[2])}."
    assert courses(text) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sunitinib since May 2022, held in July 2022 and resumed at 25 mg in October 2022.",
            [("start", "2022-05", None), ("stop", "2022-07", None), ("resume", "2022-10", "25 mg")],
        ),
        (
            "Sunitinib 50 mg since 05/2022 (held 07/2022, restarted at 25 mg in 10/2022).",
            [("start", "2022-05", "50 mg"), ("stop", "2022-07", None), ("resume", "2022-10", "25 mg")],
        ),
        (
            "Sunitinib since May 2022, withheld in July 2022, and was resumed in October 2022 at a reduced dose of "
            "25 mg.",
            [("start", "2022-05", None), ("stop", "2022-07", None), ("resume", "2022-10", "25 mg")],
        ),
        (
            "Sunitinib 50 mg was started in May 2022, dose-reduced in July 2022, stopped in October 2022.",
            [("start", "2022-05", "50 mg"), ("change", "2022-07", None), ("stop", "2022-10", None)],
        ),
        (
            "Sunitinib 05/2022 - 10/2022 (reduced to 25 mg in 07/2022).",
            [("start", "2022-05", None), ("change", "2022-07", "25 mg"), ("stop", "2022-10", None)],
        ),
        (
            "She received sunitinib between May 2022 and October 2022, at 25 mg from July 2022.",
            [("start", "2022-05", None), ("change", "2022-07", "25 mg"), ("stop", "2022-10", None)],
        ),
        (
            "Sunitinib 05/2022-10/2022, held 07/2022.",
            [("start", "2022-05", None), ("stop", "2022-10", None)],
        ),
        (
            "Sunitinib 50 mg since 13/05/2022 (dose reduced to 25 mg 16/07/2022)",
            [("start", "2022-05-13", "50 mg"), ("change", "2022-07-16", "25 mg")],
        ),
        (
            "Sunitinib since May 2022, dose reduced from 50 to 25 mg in July 2022.",
            [("start", "2022-05", None), ("change", "2022-07", "25 mg")],
        ),
        (
            "Sunitinib since 16/07/2022 and stopped on 18/10/2022.",
            [("start", "2022-07-16", None), ("stop", "2022-10-18", None)],
        ),
    ],
)
def test_what_befell_a_drug_within_its_period(text, expected):
    assert courses(text) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "Sunitinib 50 mg from 6 May 2022, reduced to 25 mg for fatigue.",
        "Sunitinib 50 mg was started on 6 May 2022 and reduced to 25 mg for fatigue.",
        "Sunitinib 50 mg since 6 May 2022 (reduced to 25 mg because of fatigue).",
    ],
)
def test_a_change_without_a_day_is_not_of_the_first_day_nor_is_what_led_to_it(text):
    facts = read(Document("row", ILL + text)).facts
    start, change = (f for f in facts if isinstance(f, Treatment))
    (harm,) = (f for f in facts if isinstance(f, AdverseEvent))
    assert (start.event, str(start.when)) == ("start", "2022-05-06")
    assert (change.event, change.dose, change.when) == ("change", "25 mg", None)
    assert harm.when is None


@pytest.mark.parametrize(
    "text",
    [
        "Doxorubicin was begun in March 2022. Ejection fraction had dropped from 62% to 45% in May 2022.",
        "Sunitinib was begun in March 2022. The hematocrit decreased to 24% in May 2022.",
        "Sunitinib was begun in March 2022. The variant allele frequency was reduced to 3% in May 2022.",
        "Sunitinib was begun in March 2022. His lung function had decreased to 60% in May 2022.",
    ],
)
def test_a_measured_share_is_no_dose(text):
    assert [event for event, _, _ in courses(text)] == ["start"]


def test_a_share_of_the_dose_is_one():
    told = courses("Sunitinib was begun in March 2022, and in May 2022 it was reduced to 75%.")
    assert told == [("change", "2022-05", "75%"), ("start", "2022-03", None)]


LETTER = (
    "Clinic date: 14/04/2022\n\nRe: Mrs A, DOB 25/11/1960\n\nDiagnosis: leiomyosarcoma of the thigh, January 2020\n\n"
    "Treatment:\n{}\n2nd line pazopanib since 10/21.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Doxorubicin 05/21-09/21",
        "Doxorubicin (05/21-09/21)",
        "Doxorubicin x6 (05/21-09/21)",
        "05/21-09/21: doxorubicin",
        "05/21-09/21 doxorubicin x 6",
        "Doxorubicin 5/21-9/21",
        "1) Doxorubicin: 05/21-09/21 (PR)",
        "Doxorubicin 05/21, stopped 09/21",
        "Doxorubicin 05.2021-09.2021",
        "Doxorubicin May 2021, stopped September 2021",
    ],
)
def test_a_period_that_a_hyphen_ties(line):
    facts = [f for f in read(Document("row", LETTER.format(line))).facts if isinstance(f, Treatment)]
    told = [(f.event, str(f.when)) for f in facts if f.agents == ("doxorubicin",)]
    assert sorted(told) == [("start", "2021-05"), ("stop", "2021-09")]


def test_a_day_that_cannot_be_read_is_not_that_of_the_line_before():
    facts = read(Document("row", f"{ILL}Doxorubicin x6 (05/21-09/21)")).facts
    assert [f.when for f in facts if isinstance(f, Treatment)] == [None]


def test_what_an_arrow_leads_to_is_of_the_day_in_the_brackets_before_it():
    text = (
        "Sunitinib since 13/05/2022, dose reduced to 25 mg 16/07/2022 for G2 fatigue; G3 hypertriglyceridemia "
        "(triglycerides 640 on 18/08/2022) -> fenofibrate."
    )
    facts = [f for f in read(Document("row", ILL + text)).facts if isinstance(f, Treatment)]
    assert [str(f.when) for f in facts if f.agents == ("fenofibrate",)] == ["2022-08-18"]
