"""Columns of tables of patients: found by their usual names, blank cells as nulls, and partial dates as days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import polars as pl

from caseboard.errors import InputError
from caseboard.formats.tabular import ROW, Table

__all__ = [
    "DATE",
    "SUBJECT",
    "Cells",
    "Reason",
    "Rows",
    "cells_of",
    "chosen_columns",
    "maybe_column",
    "needed_column",
    "once",
    "partial_days",
    "said",
    "sound",
    "with_days",
]

SUBJECT = ("subject", "usubjid", "subjid", "patient", "patient_id")
DATE = ("date", "adt", "adtc")

Reason = tuple[pl.Expr, pl.Expr]
"""When a row cannot be used, never null, and what to say of it."""

Rows = list[tuple[int, str]]
"""Rows by their number, and what is to be said of each."""


def maybe_column(table: Table, names: Sequence[str]) -> str | None:
    """Return the table's column of one of the names, the first that is there, whatever its capitals; else None."""
    there = {column.lower(): column for column in reversed(table.frame.columns)}
    return next((there[name] for name in names if name in there), None)


def needed_column(table: Table, names: Sequence[str], asked: str | None = None) -> str:
    """Return the table's column of one of the names, or of ``asked``; raises ``InputError`` where there is none."""
    if asked is not None:
        names = (asked.lower(),)
    found = maybe_column(table, names)
    if found is None:
        columns = ", ".join(name for name in table.frame.columns if name != ROW)
        wanted = " or ".join(name.upper() for name in names)
        raise InputError(table.path, f"no column {wanted}", f"the columns are: {columns}", place="line 1")
    return found


def chosen_columns(table: Table, chosen: Mapping[str, str | None]) -> pl.DataFrame:
    """Return columns under new names, with the rows' numbers; what is blank, or has no column, is null."""
    return table.frame.select(
        pl.col(ROW), *(_without_blanks(column).alias(name) for name, column in _named(chosen).items())
    ).rechunk()


def _named(chosen: Mapping[str, str | None]) -> dict[str, pl.Expr]:
    return {
        name: pl.lit(None, dtype=pl.String) if column is None else pl.col(column)
        for name, column in chosen.items()
    }


def _without_blanks(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars().replace("", None)


class Cells(msgspec.Struct, frozen=True):
    """A column by its distinct cells, so that each is read once, however many rows repeat it.

    ``text`` is the column, ``distinct`` its cells; both without blanks around, and null where nothing is left.
    ``which`` is the place of each row's cell in ``distinct``.
    """

    text: pl.Series
    distinct: pl.Series
    which: pl.Series

    def read(self, reading: pl.Expr) -> pl.Series:
        """Return for each row what the reading makes of its cell, the column ``cell``; null where the cell is null."""
        return self.distinct.to_frame("cell").select(reading).to_series().gather(self.which)

    def days(self, first: str, last: str) -> dict[str, pl.Series]:
        """Return the first and the last day that a partial date may mean, by these names; null where it is no date."""
        begins, ends = partial_days(pl.col("cell"))
        return {first: self.read(begins), last: self.read(ends)}


def cells_of(frame: pl.DataFrame, chosen: Mapping[str, str | None]) -> dict[str, Cells]:
    """Return the cells of columns under new names; all cells are null where there is no column."""
    columns = frame.select(column.alias(name) for name, column in _named(chosen).items()).rechunk()
    categories = {name: pl.Categories.random() for name in chosen}
    coded = columns.select(pl.col(name).cast(pl.Categorical(one)) for name, one in categories.items())
    found = {}
    for name, one in categories.items():
        which, told = coded[name].to_physical(), one.to_series()
        distinct = pl.select(_without_blanks(pl.lit(told))).to_series()
        text = columns[name] if distinct.equals(told) else distinct.gather(which)
        found[name] = Cells(text, distinct, which)
    return found


def with_days(rows: pl.DataFrame, column: str, first: str, last: str) -> pl.DataFrame:
    """Add the first and the last day that a column of partial dates may mean; null where it is no date."""
    return rows.with_columns(**cells_of(rows, {column: column})[column].days(first, last))


def _within_calendar(text: pl.Expr) -> pl.Expr:
    day = text.str.to_date("%Y-%m-%d", strict=False)
    return pl.when(day.is_between(date(1, 1, 1), date(9999, 12, 31))).then(day)


def partial_days(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the first and the last day that a partial date may mean; null where it is no date."""
    size = text.str.len_bytes()
    timed = (size > 10) & text.str.slice(10, 1).is_in(["T", " "])
    whole = _within_calendar(pl.when(timed | (size == 10)).then(text.str.slice(0, 10)))
    month = pl.when(size == 7).then(text + "-01").str.to_date("%Y-%m-%d", strict=False)
    year = pl.when(size == 4).then(text + "-01-01").str.to_date("%Y-%m-%d", strict=False)
    return (
        pl.coalesce(whole, month, year),
        pl.coalesce(whole, month.dt.month_end(), year.dt.offset_by("1y").dt.offset_by("-1d")),
    )


def said(column: str) -> pl.Expr:
    """Return what a cell says, in quotes and cut, or that it is empty."""
    text = pl.col(column)
    return pl.when(text.is_null()).then(pl.lit("nothing")).otherwise("'" + text.str.slice(0, 40) + "'")


def sound(rows: pl.DataFrame, reasons: Sequence[Reason]) -> tuple[pl.DataFrame, Rows]:
    """Keep the rows for which none of the reasons holds; of the others, the first that does is told."""
    refused = pl.any_horizontal(condition for condition, _ in reasons)
    bad = rows.filter(refused)
    if not bad.height:
        return rows, []
    told = pl.coalesce(pl.when(condition).then(words) for condition, words in reasons)
    return rows.filter(~refused), bad.select(pl.col(ROW), told.alias("reason")).rows()


def once(rows: pl.DataFrame, key: Sequence[str], what: str) -> tuple[pl.DataFrame, Rows, Rows]:
    """Keep the first row of each key; return also the others that differ from it, and those that do not."""
    # Numbers that stand for the keys are cheap to compare; only where two agree are the keys themselves compared.
    stand_in = pl.sum_horizontal(pl.col(name).hash(seed) // len(key) for seed, name in enumerate(key))
    if rows.select(stand_in.n_unique()).item() == rows.height:
        return rows, [], []
    first = pl.struct(key).is_first_distinct()
    says_more = pl.struct(pl.exclude(ROW)).is_first_distinct()
    differing = rows.filter(~first & says_more)[ROW].to_list()
    repeated = rows.filter(~first & ~says_more)[ROW].to_list()
    return (
        rows.filter(first),
        [(row, f"a second {what}, which differs; the first is used") for row in differing],
        [(row, f"the same {what} again") for row in repeated],
    )
