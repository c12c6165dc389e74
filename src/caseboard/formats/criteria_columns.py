"""Tables for criteria that ask for more than a diameter: which columns say what, and which cells cannot be used.

A cell that cannot be read is named and left open, so that its time point cannot be evaluated; no row is left out for
it, since without its baseline a subject would be measured from a later visit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import polars as pl

from caseboard.formats.columns import (
    DATE,
    SUBJECT,
    Reason,
    Rows,
    chosen_columns,
    maybe_column,
    needed_column,
    once,
    said,
    sound,
    with_days,
)
from caseboard.formats.response_columns import VISIT, Found, lesion_rows
from caseboard.formats.tabular import ROW, Table

__all__ = ["VisitColumns", "lesion_measures", "visit_measures"]

_YES = ("Y", "YES", "TRUE", "1")
_NO = ("N", "NO", "FALSE", "0")
_TRENDS: Mapping[str, str] = {
    "LESS": "less",
    "DECREASED": "less",
    "SAME": "same",
    "STABLE": "same",
    "MORE": "more",
    "INCREASED": "more",
}
_LEAST = {"density_hu": -1024.0}
"""The least that a column may say, 0 otherwise: air has -1000 Hounsfield units."""


class VisitColumns(msgspec.Struct, frozen=True):
    """The columns of a table with one row for each visit, each by the names it may have.

    ``numbers`` and ``trends`` (less, same, more) must be there, ``flags`` (Y or N) may be.
    """

    numbers: Mapping[str, Sequence[str]]
    trends: Mapping[str, Sequence[str]] = {}
    flags: Mapping[str, Sequence[str]] = {}


def lesion_measures(
    table: Table, numbers: Mapping[str, Sequence[str]], flags: Mapping[str, Sequence[str]]
) -> Found:
    """Return the lesions of a table as ``lesion_rows`` does, with further ``numbers`` and ``flags`` of each.

    Raises ``InputError`` where a column of a number is missing.
    """
    chosen = {name: needed_column(table, names) for name, names in numbers.items()}
    maybe = {name: maybe_column(table, names) for name, names in flags.items()}
    rows, problems = lesion_rows(table)
    cells = chosen_columns(table, {**chosen, **maybe})
    cells, bad = _read(cells, list(numbers), (), list(flags))
    return (
        rows.join(cells.drop("unread"), on=ROW, how="left", maintain_order="left"),
        tuple(sorted({*problems, *table.problems(bad)})) if bad else problems,
    )


def visit_measures(table: Table, columns: VisitColumns) -> Found:
    """Return the visits of a table, and what of it could not be used.

    Columns out: subject, visit, number, date, first, last, the columns that are asked for, and unread: whether a cell
    could not be read. Raises ``InputError`` where a column is missing.
    """
    chosen: dict[str, str | None] = {
        "subject": needed_column(table, SUBJECT),
        "visit": needed_column(table, VISIT),
        "date": needed_column(table, DATE),
        **{name: needed_column(table, names) for name, names in columns.numbers.items()},
        **{name: needed_column(table, names) for name, names in columns.trends.items()},
        **{name: maybe_column(table, names) for name, names in columns.flags.items()},
    }
    rows = with_days(chosen_columns(table, chosen), "date", "first", "last")
    rows = rows.with_columns(pl.col("visit").cast(pl.Float64, strict=False).alias("number"))
    reasons = [
        (pl.col("subject").is_null(), pl.lit("no subject")),
        (pl.col("visit").is_null(), pl.lit("no visit")),
        (
            pl.col("first").is_null(),
            pl.format("{} is no date; YYYY-MM-DD is, or YYYY-MM, or YYYY", said("date")),
        ),
    ]
    rows, bad = sound(rows, reasons)
    rows, again, same = once(rows, ("subject", "visit"), "row of this subject and visit")
    rows, unread = _read(rows, list(columns.numbers), list(columns.trends), list(columns.flags))
    return rows, table.problems([*bad, *again, *unread], same)


def _read(
    rows: pl.DataFrame, numbers: Sequence[str], trends: Sequence[str], flags: Sequence[str]
) -> tuple[pl.DataFrame, Rows]:
    """Read cells as numbers, trends and flags; those that cannot be are null, their rows ``unread`` and named."""
    upper = {name: pl.col(name).str.to_uppercase() for name in (*trends, *flags)}
    read: dict[str, pl.Expr] = {
        **{name: pl.col(name).cast(pl.Float64, strict=False) for name in numbers},
        **{name: upper[name].replace_strict(_TRENDS, default=None) for name in trends},
        **{name: upper[name].is_in(_YES) for name in flags},
    }
    wrong: dict[str, pl.Expr] = {
        **{
            name: read[name].is_null() | ~read[name].is_finite() | (read[name] < _LEAST.get(name, 0.0))
            for name in numbers
        },
        **{name: read[name].is_null() for name in trends},
        **{name: ~upper[name].is_in([*_YES, *_NO]) for name in flags},
    }
    wanted = {**dict.fromkeys(numbers, "number"), **dict.fromkeys(trends, "LESS, SAME or MORE")}
    reasons: list[Reason] = [
        (
            pl.col(name).is_not_null() & wrong[name].fill_null(value=True),
            pl.format("{} is no " + wanted.get(name, "Y or N") + f" ({name})", said(name)),
        )
        for name in read
    ]
    if not reasons:
        return rows.with_columns(unread=pl.lit(value=False)), []
    _, told = sound(rows, reasons)
    bad = {name: holds for name, (holds, _) in zip(read, reasons, strict=True)}
    return (
        rows.with_columns(
            *(pl.when(~bad[name]).then(value).alias(name) for name, value in read.items()),
            unread=pl.any_horizontal(bad.values()),
        ),
        told,
    )
