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
    complete = _confirmed(rows, "CR", ("CR",), days, missed_between, 0)
    partial = _confirmed(rows, "PR", ("CR", "PR"), days, missed_between, stable_between)
    return complete | partial


def _confirmed(
    rows: pl.DataFrame, asked: str, good: tuple[str, ...], days: int, missed_between: int, stable_between: int
) -> pl.Series:
    word, subject = rows["word"], rows["s"]
    place = pl.int_range(rows.height, dtype=pl.Int64, eager=True)
    start = place.filter(word == asked)
    answers = place.filter(word.is_in(good))
    if not len(start):
        return pl.repeat(value=False, n=rows.height, dtype=pl.Boolean, eager=True)
    keys = subject * BEYOND_DAYS + rows["low"]
    wanted = (subject * BEYOND_DAYS + rows["high"]).gather(start) + days
    end = _first_from(keys.gather(answers), wanted, answers, rows.height)
    found = end < rows.height
    end = end.clip(upper_bound=rows.height - 1)

    def between(counted: pl.Series) -> pl.Series:
        count = counted.cast(pl.Int64).cum_sum()
        return count.gather(end) - count.gather(start)

    holds = (
        found
        & (subject.gather(end) == subject.gather(start))
        & (between(~word.is_in([*good, "NE", "SD"])) == 0)
        & (between(word == "NE") <= missed_between)
        & (between(word == "SD") <= stable_between)
    )
    if "PR" in good:
        holds &= ~_came_back(word, place, start, end)
    return place.is_in(start.filter(holds).implode())


def _came_back(word: pl.Series, place: pl.Series, start: pl.Series, end: pl.Series) -> pl.Series:
    """Return whether, after ``start`` and up to ``end``, a partial response follows a complete one."""
    complete, partial = place.filter(word == "CR"), place.filter(word == "PR")
    first = _first_from(complete, start + 1, complete, len(word))
    return _first_from(partial, first + 1, partial, len(word)) <= end


def _first_from(keys: pl.Series, wanted: pl.Series, answers: pl.Series, beyond: int) -> pl.Series:
    """Return for each wanted key the answer that belongs to the first key no less; ``beyond`` where there is none."""
    ended = pl.concat([answers, pl.Series([beyond], dtype=pl.Int64)])
    return ended.gather(keys.search_sorted(wanted, side="left"))
