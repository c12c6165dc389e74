"""Columns of tables of patients: found by their usual names, blank cells as nulls, and partial dates as days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from caseboard.errors import InputError
from caseboard.formats.tabular import ROW, Table

__all__ = [
    "DATE",
    "SUBJECT",
    "Reason",
    "Rows",
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
    blank_is_null = [
        pl.lit(None, dtype=pl.String).alias(name)
        if column is None
        else pl.col(column).str.strip_chars().replace("", None).alias(name)
        for name, column in chosen.items()
    ]
    return table.frame.select(pl.col(ROW), *blank_is_null)


def with_days(rows: pl.DataFrame, column: str, first: str, last: str) -> pl.DataFrame:
    """Add the first and the last day that a column of partial dates may mean; null where it is no date."""
    text = pl.col(column)
    plain = rows.select(
        _within_calendar(pl.when(text.str.len_bytes() == len("YYYY-MM-DD")).then(text))
    ).to_series()
    if plain.null_count() == rows[column].null_count():
        return rows.with_columns(plain.alias(first), plain.alias(last))
    begins, ends = partial_days(text)
    return rows.with_columns(begins.alias(first), ends.alias(last))


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
