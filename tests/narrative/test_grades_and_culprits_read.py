"""Grades that change, stand in turn or head a list; which drug did the harm, and what was there before it.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent
from caseboard.narrative import read

GIST = "A 55-year-old woman was diagnosed with GIST in January 2021. Imatinib 400 mg was started on 1 February 2021. "
BREAST = (
    "A 64-year-old woman with HER2-positive breast cancer was diagnosed in January 2021. "
    "She started docetaxel, trastuzumab and pertuzumab on 1 February 2021. "
)
HARMS = ("fatigue", "peripheral neuropathy", "hand-foot syndrome", "diarrhoea")


def harm(text):
    return [fact for fact in read(Document("made", text)).facts if isinstance(fact, AdverseEvent)]


WORSE = (
    "{a} worsened from grade 1 to grade 3 in May 2021.",
    "{a} progressed from grade 1 to grade 3 by May 2021.",
    "{a} G1 -> G3 (May 2021).",
    "Grade 1 {a} worsened to grade 3 in May 2021.",
    "{a}, initially grade 1, reached grade 3 in May 2021.",
)


@pytest.mark.parametrize(("told", "event"), list(product(WORSE, HARMS)))
def test_a_grade_that_rose_is_the_higher_one_on_its_day(told, event):
    facts = harm(GIST + told.format(a=event)[0].upper() + told.format(a=event)[1:])
    assert [str(fact.when) for fact in facts if fact.grade == 3] == ["2021-05"]
    assert not any(fact.grade == 1 and str(fact.when) == "2021-05" for fact in facts)


@pytest.mark.parametrize("event", HARMS)
def test_a_grade_that_fell_was_there_before_the_day_told(event):
    (fact,) = harm(f"{GIST}Her {event} improved from grade 3 to grade 1 after a dose reduction in May 2021.")
    assert (fact.grade, fact.when) == (3, None)


@pytest.mark.parametrize("event", HARMS)
def test_grades_with_a_day_each_are_two(event):
    facts = harm(f"{GIST}Her {event} was grade 1 in March 2021 and grade 3 in May 2021.")
    assert [(fact.grade, str(fact.when)) for fact in facts] == [(1, "2021-03"), (3, "2021-05")]


@pytest.mark.parametrize(
    ("told", "grades"),
    [
        (
            "Neutropenia, anaemia and thrombocytopenia were of grade 4, 2 and 3, respectively.",
            {"neutropenia": 4, "anaemia": 2, "thrombocytopenia": 3},
        ),
        ("Grade 3 adverse events were neutropenia and fatigue.", {"neutropenia": 3, "fatigue": 3}),
        ("Grade 3: neutropenia, fatigue. Grade 2: oedema.", {"neutropenia": 3, "fatigue": 3, "oedema": 2}),
        ("Grade ≥3 neutropenia occurred twice.", {"neutropenia": 3}),
        ("She reported mild nausea and severe (grade 3) fatigue.", {"nausea": None, "fatigue": 3}),
    ],
)
def test_grades_of_a_list(told, grades):
    found = {fact.term: fact.grade for fact in harm(GIST + told)}
    assert {term: grade for term, grade in grades.items() if term in found or grade is not None} == found


OLD = (
    "Her {a} had been present since 2010.",
    "{a}, diagnosed in 2010, is treated with medication.",
    "{a} had been present before imatinib was started.",
    "She has had {a} since 2010.",
)


@pytest.mark.parametrize(
    ("told", "event"), list(product(OLD, ("hypertension", "hypothyroidism", "proteinuria")))
)
def test_what_was_there_before_the_drug_is_no_harm_of_it(told, event):
    text = told.format(a=event)
    assert harm(GIST + text[0].upper() + text[1:]) == []


BLAMED = (
    "Because of grade 3 {a}, docetaxel was stopped in June 2021 and the antibodies were continued.",
    "In June 2021 grade 3 {a} occurred; docetaxel was thought to be responsible.",
    "In June 2021 grade 3 {a} occurred. It was attributed to docetaxel.",
    "Docetaxel was replaced by paclitaxel in June 2021 because of grade 3 {a}.",
    "In June 2021 she had grade 3 {a}, held to be unrelated to trastuzumab and pertuzumab and due to docetaxel.",
)


@pytest.mark.parametrize(
    ("told", "event"), list(product(BLAMED, ("neuropathy", "rash", "fatigue", "neutropenia")))
)
def test_the_drug_that_did_it(told, event):
    (fact,) = harm(BREAST + told.format(a=event))
    assert (fact.agents, fact.grade, str(fact.when)) == (("docetaxel",), 3, "2021-06")


MELANOMA = "A 64-year-old man with melanoma started nivolumab 240 mg every two weeks on 1 February 2021. "
TAKEN_CARE_OF = (
    "He was found to have {a} in May 2021.",
    "He was hospitalised for {a} in May 2021.",
    "In May 2021 prednisolone 1 mg/kg was started for {a}.",
    "Nivolumab was withheld for {a} in May 2021.",
    "He suffered {a} in May 2021 and recovered on prednisolone.",
    "irAE: {a}, May 2021.",
)


@pytest.mark.parametrize(
    ("told", "event"), list(product(TAKEN_CARE_OF, ("pneumonitis", "colitis", "myocarditis")))
)
def test_harm_that_something_was_done_for(told, event):
    (fact,) = harm(MELANOMA + told.format(a=event))
    assert (fact.term, fact.agents, str(fact.when)) == (event, ("nivolumab",), "2021-05")
