"""Times to event by hand: events, censoring rules and imprecise dates."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from caseboard.assess.response.tables.best import BestRules
from caseboard.assess.response.tables.rates import exact_limits, rates
from caseboard.assess.response.tables.time_to_event import CensoringRules, time_to_event

START = date(2019, 6, 1)


def day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(number - 1)


def times(
    *words: tuple[str, int], death=None, alive=None, therapy=None, rules=None
) -> dict[str, tuple[int, str]]:
    """Return the day and the reason for each parameter; all days are counted from the start, which is day 1."""
    responses = pl.DataFrame(
        [("1", None, f"{number}", day(number), day(number), word, START, START) for word, number in words],
        schema={
            "subject": pl.String,
            "number": pl.Float64,
            "date": pl.String,
            "first": pl.Date,
            "last": pl.Date,
            "response": pl.String,
            "start_first": pl.Date,
            "start_last": pl.Date,
        },
        orient="row",
    )
    dates = {"start": START, "death": day(death), "alive": day(alive), "therapy": day(therapy)}
    row = {f"{name}_{end}": value for name, value in dates.items() for end in ("first", "last")}
    subjects = pl.DataFrame([{"subject": "1", **row}], schema_overrides=dict.fromkeys(row, pl.Date))
    found = time_to_event(responses, subjects, BestRules(), rules)
    return {name: (days, why) for name, days, why in found.select("parameter", "days", "why").rows()}


def test_progression_and_death_are_events_and_the_earlier_counts():
    assert times(("SD", 50), ("PD", 100), death=150)["PFS"] == (100, "progression")
    assert times(("SD", 50), ("PD", 100), death=90)["PFS"] == (90, "death")
    assert times(("SD", 50), death=90)["OS"] == (90, "death")


def test_without_an_event_the_last_assessment_that_could_be_evaluated_counts():
    assert times(("SD", 50), ("SD", 90), ("NE", 130), alive=200) == {
        "OS": (200, "alive"),
        "PFS": (90, "last assessment"),
    }
    assert times() == {"OS": (1, "no follow-up"), "PFS": (1, "no assessment")}


def test_the_duration_of_response_begins_with_the_first_response():
    found = times(("SD", 30), ("PR", 60), ("CR", 100), ("CR", 140), ("PD", 200))
    assert (found["RSD"], found["CRSD"]) == ((141, "progression"), (141, "progression"))
    assert found["TTR"] == (60, "response")
    assert "CRSD" not in times(("PR", 60), ("PD", 100))


def test_another_therapy_censors_at_the_last_assessment_before_it():
    words = ("SD", 50), ("SD", 90), ("PD", 130)
    assert times(*words, therapy=100)["PFS"] == (90, "new therapy")
    assert times(*words, therapy=100, death=110)["PFS"] == (90, "new therapy")
    assert times(*words, therapy=140)["PFS"] == (130, "progression")
    assert times(*words, therapy=100, rules=CensoringRules(new_therapy=False))["PFS"] == (130, "progression")
    assert times(therapy=20)["PFS"] == (1, "new therapy")


def test_an_event_after_missed_assessments_is_censored_where_the_protocol_says():
    words = ("SD", 50), ("PD", 300)
    rule = CensoringRules(missed_days=98)
    assert times(*words)["PFS"] == (300, "progression")
    assert times(*words, rules=rule)["PFS"] == (50, "missed assessments")
    assert times(("SD", 50), ("PD", 148), rules=rule)["PFS"] == (148, "progression")
    assert times(("SD", 50), death=300, rules=rule)["PFS"] == (50, "missed assessments")
    assert times(death=300, rules=rule)["PFS"] == (1, "missed assessments")


def test_a_month_is_an_interval_of_days():
    # Start 1 June 2019, progression in July 2020: from the 1st (day 397) to the 31st (day 427), by the calendar.
    responses = pl.DataFrame(
        {
            "subject": ["1"],
            "number": [None],
            "date": ["2020-07"],
            "response": ["PD"],
            "first": [date(2020, 7, 1)],
            "last": [date(2020, 7, 31)],
            "start_first": [START],
            "start_last": [START],
        },
        schema_overrides={"number": pl.Float64},
    )
    nothing = dict.fromkeys(
        [f"{name}_{end}" for name in ("death", "alive", "therapy") for end in ("first", "last")], None
    )
    subjects = pl.DataFrame(
        [{"subject": "1", "start_first": START, "start_last": START, **nothing}],
        schema_overrides=dict.fromkeys(nothing, pl.Date),
    )
    row = time_to_event(responses, subjects).filter(pl.col("parameter") == "PFS").row(0, named=True)
    assert (row["date"], row["days"]) == ("2020-07-01/2020-07-31", None)
    assert (row["days_least"], row["days_most"]) == (397, 427)


# Clopper and Pearson's limits, from tables of exact binomial limits at 95 %.
@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0, 0.3085), (1, 10, 0.0025, 0.4450), (10, 20, 0.2720, 0.7280), (10, 10, 0.6915, 1)],
)
def test_exact_limits_of_a_proportion(count, total, low, high):
    assert exact_limits(count, total) == pytest.approx((low, high), abs=1e-4)


def test_limits_of_large_trials_stay_exact():
    low, high = exact_limits(300, 1000)
    # Beyond doubt within the normal approximation's 27.2 to 32.8 %, and a little wider.
    assert 0.2710 < low < 0.2720
    assert 0.3285 < high < 0.3300


def test_rates_count_everybody_who_began():
    # Section 4.7: who was never assessed is in the denominator.
    best = pl.DataFrame(
        {"bor": ["CR", "PR", "SD", "NON-CR/NON-PD", "MISSING"], "cbor": ["CR", "SD", "SD", "PD", "MISSING"]}
    )
    assert rates(best).select("rate", "count", "total", "percent").rows() == [
        ("ORR", 2, 5, 40.0),
        ("ORR confirmed", 1, 5, 20.0),
        ("DCR", 4, 5, 80.0),
        ("DCR confirmed", 3, 5, 60.0),
    ]
