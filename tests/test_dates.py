"""Partial dates: the days that they may mean, compared without guessing. Expected values are the calendar's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from caseboard.case.dates import DateInterval, Offset, parse_partial_date
from strategies import days, intervals, partial_dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-04", date(2018, 4, 1), date(2018, 4, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2018-04-09", date(2018, 4, 9), date(2018, 4, 9)),
        (" 2018 ", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_partial_date_is_the_days_that_it_may_mean(text, first, last):
    assert parse_partial_date(text) == DateInterval(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "2018-4",
        "2018/04",
        "04.2018",
        "2018-13",
        "2018-00",
        "2018-02-30",
        "2019-02-29",
        "0000",
        "April 2018",
    ],
)
def test_what_is_no_date_is_refused_with_its_text(text):
    with pytest.raises(ValueError, match=r"is no da(te|y)"):
        parse_partial_date(text)


@given(partial_dates())
def test_the_iso_form_of_a_read_date_is_what_was_read(text):
    assert parse_partial_date(text).iso == text


@given(partial_dates())
def test_a_read_date_says_itself_as_it_was_written(text):
    assert str(parse_partial_date(text)) == text


@given(intervals())
def test_the_iso_form_holds_the_whole_interval(interval):
    if interval.iso is None:
        assert interval.first.year != interval.last.year
    else:
        whole = parse_partial_date(interval.iso)
        assert whole.first <= interval.first <= interval.last <= whole.last


@given(intervals(), intervals())
def test_comparing_is_certain_only_where_every_pair_of_days_agrees(a, b):
    order = a.compare(b)
    assert (order == "before") == (a.last < b.first)
    assert (order == "after") == (a.first > b.last)
    assert order != "same" or (a == b and a.exact)


@given(intervals(), intervals())
def test_comparing_the_other_way_round_mirrors_the_answer(a, b):
    mirror = {"before": "after", "after": "before", "same": "same", "maybe": "maybe"}
    assert b.compare(a) == mirror[a.compare(b)]


@given(intervals(), days)
def test_what_is_certain_by_a_day_is_possible_by_it(interval, day):
    assert not interval.certainly_by(day) or interval.possibly_by(day)
    assert interval.possibly_by(interval.first)
    assert not interval.possibly_by(interval.first - timedelta(days=1))
    assert interval.certainly_by(interval.last)


@given(intervals(), intervals())
def test_days_until_spans_the_distance_of_every_pair_of_days(a, b):
    fewest, most = a.days_until(b)
    assert fewest <= (b.middle - a.middle).days <= most
    assert most - fewest == (a.days - 1) + (b.days - 1)


@given(intervals(), intervals())
def test_an_intersection_is_in_both_and_is_none_exactly_where_one_lies_before_the_other(a, b):
    both = a.intersect(b)
    assert (both is None) == (a.compare(b) in {"before", "after"})
    if both is not None:
        assert max(a.first, b.first) == both.first
        assert min(a.last, b.last) == both.last


@given(intervals())
def test_shifting_there_and_back_changes_nothing(interval):
    assert interval.shift(400).shift(-400) == interval
    assert interval.shift(10, 20).days == interval.days + 10


def test_july_2020_is_after_may_2019_by_fourteen_months_within_a_month():
    # Counted on a calendar: 31 May 2019 to 1 July 2020 is 397 days, 1 May 2019 to 31 July 2020 is 457.
    assert DateInterval.of(2019, 5).days_until(DateInterval.of(2020, 7)) == (397, 457)


def test_an_interval_that_runs_backward_is_refused():
    with pytest.raises(ValueError, match="runs forward"):
        DateInterval(date(2020, 2, 2), date(2020, 2, 1))


def test_intervals_that_are_no_whole_month_or_year_say_their_ends():
    assert str(DateInterval(date(2019, 4, 1), date(2019, 5, 31))) == "2019-04 to 2019-05"
    assert str(DateInterval(date(2018, 7, 5), date(2018, 11, 30))) == "2018-07-05 to 2018-11-30"


@pytest.mark.parametrize(
    ("days_after", "said"),
    [
        (0, "at presentation"),
        (1, "1 day after presentation"),
        (-14, "14 days before presentation"),
        (90, "3 months after presentation"),
        (92, "3 months after presentation"),
        (130, "about 4 months after presentation"),
        (105, "about 4 months after presentation"),
        (730, "2 years after presentation"),
    ],
)
def test_an_offset_says_itself_in_words(days_after, said):
    assert str(Offset(days_after)) == said


def test_an_offset_with_an_open_end_says_so():
    assert str(Offset(21, first=21)) == "21 days after presentation or later"
    assert str(Offset(0, first=0)) == "at presentation or later"


# Sixty days are two months; what lies between two days of the story says both.
def test_an_offset_that_is_only_bounded_says_its_bounds():
    assert str(Offset(14, 14, 60)) == "14 days to 2 months after presentation"
    assert str(Offset(-30, -30, 10)) == "30 days before presentation to 10 days after presentation"
