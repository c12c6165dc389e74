"""A case: its patients, and what of it was known by a day."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given

from caseboard.case import (
    Case,
    DateInterval,
    Demographics,
    Diagnosis,
    Document,
    Offset,
    Source,
    parse_partial_date,
)
from strategies import cases, days

SOURCE = Source(document="case", quote="")


def diagnosis(number: int, when: str | Offset | None, patient: int = 1) -> Diagnosis:
    interval = parse_partial_date(when) if isinstance(when, str) else when
    return Diagnosis(
        id=f"f{number}", source=SOURCE, patient=patient, when=interval, term=f"diagnosis {number}"
    )


def presented(number: int, when: str, patient: int = 1) -> Demographics:
    return Demographics(
        id=f"f{number}",
        source=SOURCE,
        patient=patient,
        when=parse_partial_date(when),
        sex="male",
        age_years=23,
    )


def ids(facts) -> list[str]:
    return [fact.id for fact in facts]


def test_what_certainly_happened_is_kept_and_what_may_have_is_set_aside():
    case = Case(title="", facts=(diagnosis(1, "2018-05"), diagnosis(2, "2019"), diagnosis(3, "2020-07")))
    known = case.as_of(date(2019, 3, 31))
    assert ids(known.facts) == ["f1"]
    assert ids(known.undecided) == ["f2"]
    assert known.cutoff == date(2019, 3, 31)


def test_an_undated_fact_is_known_only_if_told_before_anything_that_came_later():
    case = Case(
        title="",
        facts=(diagnosis(1, None), diagnosis(2, "2018-05"), diagnosis(3, "2020"), diagnosis(4, None)),
    )
    assert ids(case.as_of(date(2019, 1, 1)).facts) == ["f1", "f2"]
    assert ids(case.as_of(date(2021, 1, 1)).facts) == ["f1", "f2", "f3", "f4"]


def test_a_later_fact_of_another_patient_does_not_hide_an_undated_one():
    case = Case(title="", facts=(diagnosis(1, "2020", patient=2), diagnosis(2, None)))
    assert ids(case.as_of(date(2019, 1, 1)).facts) == ["f2"]


def test_a_relative_time_counts_from_the_presentation_where_that_is_dated():
    case = Case(title="", facts=(presented(1, "2018-04"), diagnosis(2, Offset(30))))
    assert case.interval(case.facts[1]) == DateInterval(date(2018, 5, 1), date(2018, 5, 30))
    assert Case(title="", facts=(diagnosis(2, Offset(30)),)).interval(diagnosis(2, Offset(30))) is None


@given(cases(), days)
def test_every_dated_fact_is_kept_set_aside_or_certainly_later(case, day):
    known = case.as_of(day)
    seen = set(ids(known.facts)) | set(ids(known.undecided))
    for fact in case.facts:
        interval = case.interval(fact)
        assert fact.id in seen or interval is None or interval.first > day
    assert all(fact in case.facts for fact in known.facts)


@given(cases(), days, days)
def test_more_is_known_later(case, one, other):
    early, late = sorted([one, other])
    assert set(ids(case.as_of(early).facts)) <= set(ids(case.as_of(late).facts))


@given(cases())
def test_nothing_is_changed_by_looking(case):
    before = msgspec.json.encode(case)
    case.as_of(date(2000, 1, 1))
    case.for_patient(1)
    assert msgspec.json.encode(case) == before


def test_patients_are_told_apart_by_number():
    case = Case(title="", facts=(presented(1, "2018-04"), diagnosis(2, None, patient=2)))
    assert [(one.number, one.sex) for one in case.patients] == [(1, "male"), (2, None)]
    assert ids(case.for_patient(2).facts) == ["f2"]
    assert case.presentation(1) == DateInterval.of(2018, 4)
    assert case.presentation(2) is None


def test_a_fact_and_a_document_are_found_by_their_names_or_not_at_all():
    case = Case(title="", documents=(Document("case", "text"),), facts=(diagnosis(1, None),))
    assert case.fact("f1").id == "f1"
    assert case.document("case").text == "text"
    with pytest.raises(KeyError):
        case.fact("f2")
    with pytest.raises(KeyError):
        case.document("other")


def test_the_end_of_a_day_belongs_to_it():
    case = Case(title="", facts=(diagnosis(1, "2018-05-10"),))
    assert ids(case.as_of(date(2018, 5, 10)).facts) == ["f1"]
    assert ids(case.as_of(date(2018, 5, 10) - timedelta(days=1)).facts) == []
