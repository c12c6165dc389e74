"""Times from the start of each line: intervals from imprecise dates, censoring and its reasons, all worked by hand."""

from __future__ import annotations

import json

import pytest

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.assess.results import TimeToEvent
from caseboard.assess.time_to_event import times_to_event
from caseboard.case import Case
from caseboard.formats.flat import read_flat


def story(*facts: dict[str, object]) -> Case:
    lines = [json.dumps({"id": f"f{n}", "quote": "", **fact}) for n, fact in enumerate(facts, start=1)]
    return read_flat(lines, path="story")


def drug(event: str, when: str | None, agent: str, **more: object):
    return {
        "kind": "treatment",
        "modality": "systemic",
        "event": event,
        "agents": [agent],
        "date": when,
        **more,
    }


def stated(category: str, when: str | None, modality: str = "imaging"):
    return {"kind": "response", "category": category, "date": when, "modality": modality}


def outcome(vital: str, when: str | None):
    return {"kind": "outcome", "vital": vital, "date": when}


def times(case: Case) -> dict[tuple[int, str], TimeToEvent]:
    course = build_course(case)
    found = times_to_event(case, course, assess_responses(case, course))
    return {(one.line, one.endpoint): one for one in found}


def days(one: TimeToEvent) -> tuple[int | None, int | None, bool]:
    return one.days_min, one.days_max, one.censored


def test_progression_between_two_months_is_an_interval_of_days():
    # From 31 May 2019 to 1 July 2020 are 397 days, from 1 May 2019 to 31 July 2020 457: 13.04 to 15.01 months, of dates
    # that are known to the month: 13 to 15.
    case = story(drug("start", "2019-05", "crizotinib"), stated("PD", "2020-07"), outcome("alive", "2020-08"))
    found = times(case)[1, "progression"]
    assert days(found) == (397, 457, False)
    assert "13 to 15 months" in found.finding.what


def test_exact_days_give_an_exact_time():
    case = story(
        drug("start", "2019-08-12", "x"), drug("stop", "2020-02-04", "x"), stated("PD", "2020-09-14")
    )
    assert days(times(case)[1, "progression"]) == (399, 399, False)
    assert days(times(case)[1, "treatment"]) == (176, 176, False)


def test_without_progression_the_time_is_censored_at_the_last_follow_up():
    case = story(drug("start", "2020-08", "x"), stated("CR", "2020-11"), outcome("alive", "2021-04"))
    found = times(case)
    assert days(found[1, "progression"]) == (213, 272, True)
    assert days(found[1, "treatment"]) == (213, 272, True)
    assert "last follow-up" in found[1, "progression"].reason


def test_a_new_line_without_progression_censors_at_its_start():
    case = story(
        drug("start", "2019-03-01", "x"), drug("stop", "2019-04-20", "x"), drug("start", "2019-05-01", "y")
    )
    found = times(case)[1, "progression"]
    assert days(found) == (61, 61, True)
    assert "line 2" in found.reason


def test_a_new_line_without_progression_censors_at_the_last_assessment_before_it():
    # As the tables do, and by the common rule for new therapy: what came after the last look is not known.
    case = story(
        drug("start", "2019-03-01", "x"), stated("SD", "2019-04-10"), drug("start", "2019-05-01", "y")
    )
    found = times(case)[1, "progression"]
    assert days(found) == (40, 40, True)
    assert "last assessment before that" in found.reason


def test_an_assessment_that_may_lie_outside_the_line_does_not_say_where_to_censor():
    case = story(drug("start", "2019-03-01", "x"), stated("SD", "2019"), drug("start", "2019-05-01", "y"))
    assert days(times(case)[1, "progression"]) == (61, 61, True)


def test_progression_free_survival_is_given_where_a_death_makes_it_another_time():
    dead = story(drug("start", "2019-01-01", "x"), stated("SD", "2019-06-01"), outcome("dead", "2019-12-31"))
    found = times(dead)[1, "progression or death"]
    assert days(found) == (364, 364, False)
    assert found.finding.rule == "time.progression_free"
    progressed = story(
        drug("start", "2019-01-01", "x"), stated("PD", "2019-06-01"), outcome("dead", "2019-12-31")
    )
    assert (1, "progression or death") not in times(progressed)
    alive = story(drug("start", "2019-01-01", "x"), outcome("alive", "2020-01-01"))
    assert (1, "progression or death") not in times(alive)


def test_death_without_progression_censors_the_time_to_progression_and_says_so():
    case = story(drug("start", "2019-01-01", "x"), outcome("dead", "2019-12-31"))
    found = times(case)
    assert days(found[1, "progression"]) == (364, 364, True)
    assert "progression-free survival" in found[1, "progression"].reason
    assert days(found[1, "death"]) == (364, 364, False)


def test_the_first_of_stated_and_derived_progression_counts():
    case = story(
        {"kind": "lesion", "site": "liver", "date": "2020-01-01", "diameters_mm": [50], "modality": "CT"},
        drug("start", "2020-01-10", "x"),
        {"kind": "lesion", "site": "liver", "date": "2020-04-09", "diameters_mm": [61], "modality": "CT"},
        stated("PD", "2020-06-01"),
    )
    found = times(case)[1, "progression"]
    assert days(found) == (90, 90, False)
    assert "derived" in found.reason


def test_a_stop_not_told_lies_between_the_last_dose_and_the_next_line():
    case = story(
        drug("start", "2020-01-01", "x"), stated("PD", "2020-05-30"), drug("start", "2020-06-09", "y")
    )
    found = times(case)[1, "treatment"]
    assert days(found) == (0, 160, False)
    assert "not told" in found.reason


def test_a_stop_not_told_at_all_gives_no_number():
    case = story(drug("start", "2020-01-01", "x", quote="four cycles of x"), outcome("alive", "2021-01-01"))
    assert days(times(case)[1, "treatment"]) == (None, None, True)


def test_a_line_without_a_dated_start_gives_no_number_and_says_what_is_missing():
    case = story(drug("start", None, "x"), stated("PD", "2018-08-01"))
    found = times(case)[1, "progression"]
    assert days(found) == (None, None, False)
    assert "the start is not dated" in found.finding.what


def test_times_since_presentation_give_days_too():
    case = story(
        {**drug("start", None, "imatinib"), "offset_days": 42},
        {**drug("stop", None, "imatinib"), "offset_days": 462},
        {**stated("PD", None), "offset_days": 702},
    )
    found = times(case)
    assert days(found[1, "treatment"]) == (420, 420, False)
    assert days(found[1, "progression"]) == (660, 660, False)


def test_every_time_names_its_rule_and_its_facts():
    case = story(drug("start", "2019-05", "x"), stated("PD", "2020-07"))
    found = times(case)
    assert [one.finding.rule for one in found.values()] == [
        "time.to_progression",
        "time.on_treatment",
        "time.to_death",
    ]
    assert found[1, "progression"].facts == ("f1", "f2")


@pytest.mark.parametrize(
    ("line", "endpoint", "expected"),
    [
        (1, "progression", (31, 91, True)),  # March to May 2019, no progression on chemotherapy told
        (2, "progression", (397, 457, False)),  # May 2019 to July 2020
        (2, "treatment", (367, 426, False)),  # May 2019 to June 2020
        (3, "progression", (213, 272, True)),  # August 2020, censored April 2021
        (3, "treatment", (213, 272, True)),  # ongoing
    ],
)
def test_the_yardsticks_times_by_hand(shared, line, endpoint, expected):
    path = shared / "gold" / "dev" / "seed_ros1_imt.facts.jsonl"
    case = read_flat(path.read_text(encoding="utf-8").splitlines(), path=path.name)
    assert days(times(case)[line, endpoint]) == expected
