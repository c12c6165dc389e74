"""The date, the size and the side of one thing are not those of the next, in sentences that tell of two.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import permutations, product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion, Response, Treatment
from caseboard.narrative import read

HEAD = "A 58-year-old man was diagnosed with leiomyosarcoma of the left thigh in April 2020. "
DRUGS = ("doxorubicin", "pazopanib", "trabectedin", "eribulin")


def of(kind, text):
    return [fact for fact in read(Document("made", text)).facts if isinstance(fact, kind)]


def courses(text):
    return {(fact.event, *fact.agents, str(fact.when)) for fact in of(Treatment, text)}


BEFORE = (
    "In {C} he started {second}, having received {first} from {A} to {B}.",
    "{Second} was started in {C}, {first} having been given from {A} to {B}.",
    "{Second} was started in {C} after failure of {first}, which had been given from {A} to {B}.",
    "He started {second} in {C}, having had {first} from {A} to {B}.",
    "He started {second} in {C}, after {first} from {A} to {B}.",
)


@pytest.mark.parametrize("told", BEFORE)
@pytest.mark.parametrize(("first", "second"), list(permutations(DRUGS, 2)))
def test_what_was_had_before_keeps_its_period(told, first, second):
    sentence = told.format(
        first=first,
        second=second,
        Second=second.capitalize(),
        A="June 2020",
        B="August 2020",
        C="September 2020",
    )
    found = courses(HEAD + sentence)
    assert ("start", second, "2020-09") in found
    assert not {one for one in found if one[1] == second and one != ("start", second, "2020-09")}
    assert {one for one in found if one[1] == first} == {
        ("start", first, "2020-06"),
        ("stop", first, "2020-08"),
    }


@pytest.mark.parametrize("verb", ["took", "received", "was given"])
@pytest.mark.parametrize(("first", "second"), list(permutations(DRUGS, 2)))
def test_dates_that_open_one_drug_after_another(verb, first, second):
    found = courses(f"{HEAD}From May 2020 he {verb} {first}, from November 2020 {second}.")
    assert found == {("start", first, "2020-05"), ("start", second, "2020-11")}


PAUSES = (
    "; pause 02/2024 - 04/2024 (fatigue), then continued with 60 mg.",
    "; paused from February to April 2024, then continued.",
    " and paused from February 2024 to April 2024.",
    " and was interrupted between February 2024 and April 2024 for fatigue.",
    ", held from February to April 2024.",
)


@pytest.mark.parametrize("pause", PAUSES)
@pytest.mark.parametrize("drug", DRUGS)
def test_the_period_of_a_pause_is_not_that_of_the_treatment(drug, pause):
    found = courses(f"{HEAD}{drug.capitalize()} was started in July 2023{pause}")
    assert found == {
        ("start", drug, "2023-07"),
        ("stop", drug, "2024-02"),
        ("resume", drug, "2024-04"),
    }


@pytest.mark.parametrize("period", ["07/2022 - 08/2024", "July 2022 to August 2024"])
@pytest.mark.parametrize(
    ("behind", "more"),
    [
        ("held 11/2022 for rash", ("stop", "2022-11")),
        ("reduced to 75 mg 11/2022", ("change", "2022-11")),
        ("held in November 2022 for rash", ("stop", "2022-11")),
    ],
)
@pytest.mark.parametrize("drug", DRUGS)
def test_a_period_before_a_drug_of_which_a_pause_or_a_dose_is_told(drug, behind, more, period):
    found = courses(f"{HEAD}{period}: {drug} 100 mg daily, {behind}.")
    assert found == {
        ("start", drug, "2022-07"),
        ("stop", drug, "2024-08"),
        (more[0], drug, more[1]),
    }


@pytest.mark.parametrize("what", ["surgery", "wide excision", "the operation"])
@pytest.mark.parametrize("about", ["", "about ", "more than "])
@pytest.mark.parametrize("drug", DRUGS)
def test_the_date_of_an_event_that_a_length_counts_from(drug, about, what):
    told = f"{HEAD}In August 2020, {about}three months after {what} on 4 May 2020, {drug} was started."
    assert ("start", drug, "2020-08") in courses(told)


SCANS = (
    "CT in {0} showed a partial response, CT in {1} stable disease and CT in {2} progression.",
    "CT in {0} showed PR, CT in {1} SD, and CT in {2} PD.",
    "CT in {0} showed a partial response, MRI in {1} showed stable disease and PET in {2} revealed progression.",
)


@pytest.mark.parametrize("told", SCANS)
def test_each_scan_shows_what_stands_behind_it(told):
    sentence = told.format("August 2020", "November 2020", "March 2021")
    found = [
        (fact.category, str(fact.when))
        for fact in of(Response, f"{HEAD}Doxorubicin was started on 4 May 2020. {sentence}")
    ]
    assert found == [("PR", "2020-08"), ("SD", "2020-11"), ("PD", "2021-03")]


PLACES = (
    ("the right upper lobe", "lung upper lobe", "right"),
    ("the left kidney", "kidney", "left"),
    ("the pancreatic tail", "pancreatic tail", None),
    ("the left adrenal gland", "adrenal gland", "left"),
)


@pytest.mark.parametrize("joined", ["as well as", "along with", "together with", "in addition to", "and"])
@pytest.mark.parametrize(("one", "other"), list(permutations(PLACES, 2)))
def test_the_second_of_two_metastases_is_where_it_is_told(one, other, joined):
    sentence = (
        f"CT in June 2021 showed a 23 mm metastasis in {one[0]} {joined} a 14 mm metastasis in {other[0]}."
    )
    found = [(fact.site, fact.laterality, fact.diameters_mm) for fact in of(Lesion, HEAD + sentence)]
    assert found == [(*one[1:], (23.0,)), (*other[1:], (14.0,))]


SIDES = (
    "In June 2021 the {0} {organ} metastasis (23 mm) was larger than the {1} (14 mm).",
    "CT in June 2021 showed metastases in the {0} (23 mm) and {1} {organ} (14 mm).",
    "CT in June 2021 showed a 23 mm metastasis in the {0} and a 14 mm metastasis in the {1} {organ}.",
    "CT in June 2021 showed a 23 mm nodule in the {0} {organ} and a 14 mm nodule in the {1}.",
)


@pytest.mark.parametrize(("told", "organ"), list(product(SIDES, ("lung", "kidney"))))
@pytest.mark.parametrize(("one", "other"), [("left", "right"), ("right", "left")])
def test_a_size_with_nothing_but_its_side(told, organ, one, other):
    sentence = told.format(one, other, organ=organ)
    found = [(fact.site, fact.laterality, fact.diameters_mm) for fact in of(Lesion, HEAD + sentence)]
    assert found == [(organ, one, (23.0,)), (organ, other, (14.0,))]
