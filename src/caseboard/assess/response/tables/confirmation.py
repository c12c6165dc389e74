"""Which responses a later one confirms, asked of a whole column at once.

The rows are in order of subject and day. Which later row would confirm a row is one search in a sorted column; how
many rows of a kind lie between two rows is the difference of two running counts.
"""

from __future__ import annotations

import polars as pl

__all__ = ["BEYOND_DAYS", "confirmed"]

BEYOND_DAYS = 1 << 23
"""More than the days of any calendar, so that a subject's number times it keeps subjects apart."""


def confirmed(rows: pl.DataFrame, *, days: int, missed_between: int, stable_between: int) -> pl.Series:
    """Return for each row whether it is a response that a later one confirms (section 4.6.1 and table 3).

    ``rows`` has the columns s (the subject's number), word, low and high (the days that the date may mean), sorted by
    s and low. A complete response is confirmed by a complete one, a partial by either, at least ``days`` later by
    the days that are certain. Between the two lie only such responses and what the counts allow; a partial response
    after a complete one is disease that came back (footnote of table 3), and confirms nothing before it.
    """
    word = rows["word"]
    complete, partial, missed, stable = (word == one for one in ("CR", "PR", "NE", "SD"))
    other = ~(complete | partial | missed | stable)
    response = complete | partial
    before = pl.select(pl.when(response).then(complete).forward_fill().shift(1)).to_series()
    came_back = (partial & before).fill_null(value=False)
    few_missed = (missed, missed_between)
    return _confirmed(
        rows, complete, complete, days, ((other | partial | stable, 0), few_missed)
    ) | _confirmed(
        rows, partial, response, days, ((other | came_back, 0), few_missed, (stable, stable_between))
    )


def _confirmed(
    rows: pl.DataFrame,
    asked: pl.Series,
    good: pl.Series,
    days: int,
    limits: tuple[tuple[pl.Series, int], ...],
) -> pl.Series:
    """Return which of the rows asked for are confirmed by a good one, with so few of each kind of row between."""
    place = pl.int_range(rows.height, dtype=pl.Int64, eager=True)
    start, answers = place.filter(asked), place.filter(good)
    apart = rows["s"] * BEYOND_DAYS
    wanted = (apart + rows["high"]).filter(asked) + days
    answer = (apart + rows["low"]).filter(good).search_sorted(wanted, side="left")
    there = answer < len(answers)
    start, end = start.filter(there), answers.gather(answer.filter(there))
    holds = rows["s"].gather(end) == rows["s"].gather(start)
    for kind, most in limits:
        count = kind.cum_sum()
        holds &= count.gather(end) - count.gather(start) <= most
    return pl.repeat(value=False, n=rows.height, dtype=pl.Boolean, eager=True).scatter(
        start.filter(holds), True
    )
