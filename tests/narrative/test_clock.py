"""The story's clock. Dates are counted on the calendar by hand; offsets with a month of 30 and a year of 365 days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.case.dates import DateInterval, Offset
from caseboard.narrative.clock import Clock
from caseboard.narrative.reckoning import shift
from caseboard.narrative.time_expression import TimeExpression


def absolute(year=None, month=None, day=None, **more):
    return TimeExpression(start=0, end=1, kind="absolute", year=year, month=month, day=day, **more)


def relative(anchor, amount, unit="day"):
    return TimeExpression(start=0, end=1, kind="relative", anchor=anchor, amount=amount, unit=unit)


def clock(presented=None, **anchors):
    made = Clock()
    made.present(presented)
    for anchor, when in anchors.items():
        made.set_anchor(anchor, when)
    return made


DAY = DateInterval.of(2019, 3, 14)
MONTH = DateInterval.of(2019, 3)


def test_a_date_is_held_as_precisely_as_it_is_written():
    assert clock().resolve(absolute(2019)).when == DateInterval.of(2019)
    assert clock().resolve(absolute(2019, 3)).when == MONTH
    assert clock().resolve(absolute(2019, 3, 14)).when == DAY


@pytest.mark.parametrize(
    ("told", "month", "day", "expected"),
    [
        (DateInterval.of(2019, 11), 12, None, DateInterval.of(2019, 12)),
        (DateInterval.of(2019, 11), 2, None, DateInterval.of(2020, 2)),
        (DateInterval.of(2019, 12, 28), 1, 3, DateInterval.of(2020, 1, 3)),
        (DateInterval.of(2019, 3, 14), 3, 20, DateInterval.of(2019, 3, 20)),
        (DateInterval.of(2019, 3), 3, None, DateInterval.of(2019, 3)),
    ],
)
def test_a_missing_year_is_the_one_in_which_the_story_comes_to_the_date(told, month, day, expected):
    # After November 2019, "in February" is February 2020; after 28 December, "on 3 January" is next year.
    moment = clock(told).resolve(absolute(None, month, day))
    assert moment.when == expected
    assert moment.certainty == "resolved"


def test_a_missing_year_without_a_dated_story_stays_missing():
    assert clock().resolve(absolute(None, 5)) is None


def test_a_period_takes_the_year_of_its_other_end():
    moment = clock(DateInterval.of(2015)).resolve(absolute(None, 7), DateInterval.of(2012))
    assert moment.when == DateInterval.of(2012, 7)


def test_a_date_whose_order_is_open_may_be_either_day():
    # 7/6/2021: 7 June or 6 July.
    moment = clock().resolve(absolute(2021, day_or_month=(7, 6)))
    assert moment.when == DateInterval(date(2021, 6, 7), date(2021, 7, 6))
    assert moment.certainty == "inferred"


def test_a_day_that_does_not_exist_is_no_date():
    assert clock().resolve(absolute(2019, 2, 30)) is None


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [("early", date(2020, 6, 1), date(2020, 6, 11)), ("late", date(2020, 6, 20), date(2020, 6, 30))],
)
def test_a_part_of_a_month_is_about_a_third_of_it(part, first, last):
    # June has 30 days: the first ten days and one of slack, the last ten days and one.
    assert clock().resolve(absolute(2020, 6, part=part)).when == DateInterval(first, last)


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (10, "day", DateInterval.of(2019, 3, 24)),
        (3, "week", DateInterval.of(2019, 4, 4)),
        (1, "month", DateInterval.of(2019, 4)),
        (10, "month", DateInterval.of(2020, 1)),
        (2, "year", DateInterval.of(2021, 3)),
        (-2, "week", DateInterval.of(2019, 2, 28)),
        (-3, "month", DateInterval.of(2018, 12)),
    ],
)
def test_days_and_weeks_keep_the_day_and_months_give_a_month(amount, unit, expected):
    # 14 March 2019 + 10 days = 24 March; + 3 weeks = 4 April; + 10 months = January 2020.
    assert shift(DAY, amount, unit) == expected


def test_weeks_after_a_month_are_as_wide_as_the_month():
    # March 2019 + 3 weeks: 22 March to 21 April.
    assert shift(MONTH, 3, "week") == DateInterval(date(2019, 3, 22), date(2019, 4, 21))


@pytest.mark.parametrize(
    ("amount", "unit", "days"), [(5, "day", 5), (2, "week", 14), (3, "month", 90), (1, "year", 365)]
)
def test_without_a_calendar_times_are_counted_from_the_presentation(amount, unit, days):
    assert clock().resolve(relative("presentation", amount, unit)).when == Offset(days)


@pytest.mark.parametrize("anchor", ["treatment", "surgery", "radiotherapy", "stop", "recurrence"])
def test_nothing_is_counted_from_what_the_story_has_not_told(anchor):
    assert clock(DAY).resolve(relative(anchor, 2, "week")) is None
    assert clock(DAY, **{anchor: DAY}).resolve(relative(anchor, 2, "week")).when == DateInterval.of(
        2019, 3, 28
    )


def test_a_forgotten_anchor_is_not_counted_from():
    told = clock(DAY, surgery=DAY)
    told.set_anchor("surgery", None)
    assert told.resolve(relative("surgery", 1, "week")) is None


def test_a_diagnosis_not_told_is_counted_from_the_presentation():
    assert clock(DAY).resolve(relative("diagnosis", 1, "week")).when == DateInterval.of(2019, 3, 21)


def test_follow_up_counts_from_the_last_of_treatment_and_operation():
    told = clock(DateInterval.of(2018, 1, 1), treatment=DAY, surgery=DateInterval.of(2019, 1, 1))
    assert told.resolve(relative("follow-up", 7, "day")).when == DateInterval.of(2019, 3, 21)


def test_the_last_time_of_the_sentence_comes_before_the_running_date():
    told = clock(DateInterval.of(2018, 1, 1))
    assert told.resolve(relative("now", 1, "week"), here=DAY).when == DateInterval.of(2019, 3, 21)


def test_the_age_of_a_newborn_is_a_time_since_birth():
    newborn = clock()
    newborn.age_days = 0
    assert newborn.resolve(relative("birth", 20, "day")).when == Offset(20)
    assert newborn.resolve(relative("birth", 20, "year")).when == Offset(
        7300
    )  # a year is 365 days: gold/FACTS.md
    newborn.present(DateInterval.of(2014, 6))
    assert newborn.resolve(relative("birth", 20, "year")) is None  # it may be either of two years
    assert clock().resolve(relative("birth", 20, "day")) is None


def test_the_age_of_an_infant_is_counted_from_its_age_at_presentation():
    infant = clock()
    infant.age_days = 77
    assert infant.resolve(relative("birth", 17, "week")).when == Offset(42)
    infant.anchors["presentation"] = DAY
    when = infant.resolve(relative("birth", 17, "week")).when
    assert when.first <= DAY.shift(42).first <= when.last


def test_a_length_beyond_the_calendar_has_no_date():
    assert shift(DateInterval.of(2099, 1, 1), 9999, "year") is None
    assert shift(DateInterval.of(9999, 12, 31), 1, "day") is None
    assert shift(DateInterval.of(1, 1), -2, "month") is None


@given(
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.integers(0, 40),
    st.integers(-300, 300),
    st.sampled_from(["day", "week", "month", "year"]),
)
def test_a_moved_date_is_never_more_precise(first, width, amount, unit):
    base = DateInterval(first, date.fromordinal(first.toordinal() + width))
    moved = shift(base, amount if unit != "year" else amount / 10, unit)
    assert moved is None or moved.days >= base.days or (amount == 0 and unit == "month")


def test_bare_months_are_counted_on_from_what_months_were_counted_from():
    told = clock()
    told.set_anchor("treatment", Offset(60))
    told.resolve(relative("presentation", 18, "month"))
    told.move(Offset(540))
    assert told.resolve(relative("mark", 30, "month")).when == Offset(900)


def test_bare_months_are_of_the_treatment_where_nothing_was_counted_from():
    told = clock()
    told.set_anchor("treatment", Offset(60))
    assert told.resolve(relative("mark", 6, "month")).when == Offset(240)


def test_a_date_without_a_year_lies_before_the_letter():
    told = Clock()
    told.set_anchor("written", DateInterval.of(2021, 3, 10))
    assert told.resolve(
        TimeExpression(start=0, end=1, kind="absolute", month=11, day=4)
    ).when == DateInterval.of(2020, 11, 4)
    assert told.resolve(
        TimeExpression(start=0, end=1, kind="absolute", month=2, day=4)
    ).when == DateInterval.of(2021, 2, 4)
