"""Drugs given side by side: begun together or one after the other, one part held, dropped or going on alone.

Rows are put together from parts, so that what they must yield is known from how they were put together: the days of
each drug, and by Saini and Twelves 2021 (Br J Cancer 125:155) one line of therapy, whatever befell a part of it.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.assess.course import build_course
from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

BEFORE = (
    "A 60-year-old woman was diagnosed with alveolar soft part sarcoma of the thigh in May 2018. Sunitinib was started"
    " on 9 November 2020 and stopped on 20 December 2023 because of progression. "
)
BEGUN = (
    "{A} and {b} were started on 15 January 2024.",
    "{A} was started on 15 January 2024 together with {b}.",
    "{A} was started on 15 January 2024 in combination with {b}.",
    "{A} was started on 15 January 2024; {b} was started the same day.",
    "{A} was started on 15 January 2024 and {b} was added on 29 January 2024.",
    "{B} was added on 15 January 2024. {A} was started together with {b}.",
    "From 15 January 2024 she was given {a} combined with {b}.",
)
HELD = {("stop", "b", "2024-04-02"), ("resume", "b", "2024-06-12")}
DROPPED = {("stop", "b", "2024-04-02")}
BOTH = {
    (event, part, day) for event, day in (("stop", "2024-04-02"), ("resume", "2024-06-12")) for part in "ab"
}
BEFALLEN = {
    "{B} was held on 2 April 2024 because of hepatitis and restarted on 12 June 2024.": (HELD, "ab"),
    "{B} was held from 2 April 2024 to 12 June 2024, {a} was continued.": (HELD, "ab"),
    "{B} was withheld on 2 April 2024. {A} continued. {B} was resumed on 12 June 2024.": (HELD, "ab"),
    "{B} was stopped on 2 April 2024 because of neuropathy and {a} was continued alone.": (DROPPED, "a"),
    "{B} was dropped on 2 April 2024. {A} monotherapy went on.": (DROPPED, "a"),
    "From 2 April 2024 she continued with {a} alone.": (DROPPED, "a"),
    "Both were held on 2 April 2024 and resumed on 12 June 2024.": (BOTH, "ab"),
}
PARTS = (("axitinib", "atezolizumab"), ("gemcitabine", "docetaxel"))
ROWS = list(product(PARTS, BEGUN, BEFALLEN))


def case_of(parts, begun, befallen, after=""):
    a, b = parts
    names = {"a": a, "b": b, "A": a.capitalize(), "B": b.capitalize()}
    return read(Document("made", BEFORE + f"{begun} {befallen} {after}".format(**names)))


def events(case, parts):
    """Return what befell each part after its start, and on which day."""
    named = dict(zip(parts, "ab", strict=True))
    return {
        (fact.event, named[agent], str(fact.when))
        for fact in case.of(Treatment)
        if fact.event != "start"
        for agent in fact.agents
        if agent in named
    }


@pytest.mark.parametrize(("parts", "begun", "befallen"), ROWS)
def test_what_befell_a_part_befell_it_alone(parts, begun, befallen):
    assert events(case_of(parts, begun, befallen), parts) == BEFALLEN[befallen][0]


@pytest.mark.parametrize(("parts", "begun", "befallen"), ROWS)
def test_what_ends_the_treatment_ends_what_still_goes_on(parts, begun, befallen):
    after = "On 5 September 2024 CT showed progression and treatment was discontinued."
    told, left = BEFALLEN[befallen]
    ended = {("stop", part, "2024-09-05") for part in left}
    assert events(case_of(parts, begun, befallen, after), parts) == told | ended


@pytest.mark.parametrize(("parts", "begun", "befallen"), ROWS)
def test_parts_make_one_line(parts, begun, befallen):
    after = (
        "Progression was seen on 5 September 2024. Treatment was stopped and pazopanib was started on"
        " 12 September 2024."
    )
    lines = build_course(case_of(parts, begun, befallen, after)).lines
    found = [(line.name, line.start.text) for line in lines]
    together = " + ".join(sorted(parts))
    assert found == [
        ("sunitinib", "9 November 2020"),
        (together, "15 January 2024"),
        ("pazopanib", "12 September 2024"),
    ]


def test_a_drug_begun_another_day_is_no_part():
    case = case_of(PARTS[0], "{A} was started on 15 January 2024.", "{B} was started on 2 April 2024.")
    assert [line.name for line in build_course(case).lines] == ["sunitinib", "axitinib", "atezolizumab"]


def test_what_was_held_had_begun_before():
    case = case_of(PARTS[0], "{A} was held from 2 April 2024 to 12 June 2024.", "")
    assert events(case, PARTS[0]) == {("stop", "a", "2024-04-02"), ("resume", "a", "2024-06-12")}


def test_the_last_dose_after_which_another_drug_begins_begins_nothing():
    text = "07/25/22 ripretinib 150 mg daily begun, 2 weeks after the last regorafenib tablet."
    facts = read(Document("made", BEFORE + text)).of(Treatment)
    assert [f.agents for f in facts if f.event == "start"] == [("sunitinib",), ("ripretinib",)]


def test_what_a_note_cut_for_harm_did_it():
    text = "03/06/23 ripretinib 150 mg daily. 09/14/21 HFSR G3 -> regorafenib cut to 120 mg."
    (harm,) = read(Document("made", BEFORE + text)).of(AdverseEvent)
    assert harm.agents == ("regorafenib",)


def test_a_part_resumed_rejoins_what_went_on():
    """One episode, and at the last report what goes on: axitinib alone."""
    story = (
        "{B} was withheld on 2 April 2024. {A} was continued. {B} was resumed on 12 June 2024. On 5 August 2024 {b} was"
        " permanently discontinued."
    )
    case = case_of(PARTS[0], BEGUN[0], story, "CT on 5 September 2024 showed partial response on {a}.")
    course = build_course(case)
    assert [episode.agents for episode in course.episodes] == [("sunitinib",), ("atezolizumab", "axitinib")]
    (line,) = course.lines[1:]
    assert (line.ongoing, line.stop, line.running) == (True, None, ("axitinib",))


def test_a_time_counted_from_the_start_of_both_restarts_neither():
    story = "{B} was stopped on 2 April 2024."
    after = "At 24 months from the start of {a} and {b}, grade 2 hypertension was noted."
    (harm,) = case_of(PARTS[0], BEGUN[0], story, after).of(AdverseEvent)
    assert harm.agents == ("axitinib",)


GIST = "A 53-year-old woman was diagnosed with gastrointestinal stromal tumour of the jejunum in May 2014. "
COMPLETED = (
    " and she completed three years in July 2017.",
    " and continued until July 2017.",
    " and continued for three years until July 2017.",
    ". She completed three years in July 2017.",
    ". She completed three years of treatment in July 2017.",
    ". She finished three years of adjuvant imatinib in July 2017.",
    ", completing 3 years in July 2017.",
    ". It was stopped after three years in July 2017.",
)


@pytest.mark.parametrize("begun", ["Adjuvant imatinib 400 mg daily was commenced", "Imatinib was started"])
@pytest.mark.parametrize("completed", COMPLETED)
def test_years_completed_end_what_was_begun(begun, completed):
    facts = read(Document("made", f"{GIST}{begun} on 7 July 2014{completed}")).of(Treatment)
    assert sorted((fact.event, str(fact.when)) for fact in facts) == [
        ("start", "2014-07-07"),
        ("stop", "2017-07"),
    ]


@pytest.mark.parametrize(
    "back", ["It was put back to 400 mg", "The dose was brought back to 400 mg", "Back to 400 mg"]
)
def test_what_goes_on_at_its_former_dose_was_changed_not_resumed(back):
    told = f"Imatinib 400 mg was started in July 2014. It was reduced to 300 mg in May 2015. {back} in July 2015."
    facts = read(Document("made", GIST + told)).of(Treatment)
    assert [(fact.event, fact.dose) for fact in facts] == [
        ("start", "400 mg"),
        ("change", "300 mg"),
        ("change", "400 mg"),
    ]
