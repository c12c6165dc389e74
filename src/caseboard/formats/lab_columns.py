"""Tables of laboratory values: which columns say what, and which rows are no values.

The names are those of CDISC (SDTM LB, ADaM ADLB) and plain ones. What comes out has the columns of
``caseboard.assess.ctcae.grading``, and a reason for each row that cannot be judged: no row is left out.
"""

from __future__ import annotations

import polars as pl

from caseboard.errors import InputError
from caseboard.formats.columns import (
    DATE,
    SUBJECT,
    Reason,
    chosen_columns,
    maybe_column,
    needed_column,
    said,
    with_days,
)
from caseboard.formats.tabular import ROW, Problem, Table

__all__ = ["lab_rows"]

_DATES = ("date", "lbdtc", *DATE)
_TERM = ("term", "ctcae_term", "atoxdsc", "atoxdscl", "atoxdsch")
_ANALYTE = ("analyte", "test", "parameter", "param", "lbtest", "paramcd", "lbtestcd")
_VALUE = ("value", "result", "aval", "lbstresn")
_UNIT = ("unit", "units", "avalu", "lbstresu")
_LOWER = ("lln", "lower", "anrlo", "lbstnrlo")
_UPPER = ("uln", "upper", "anrhi", "lbstnrhi")
_BASELINE = ("baseline", "base")
_BEFORE = ("baseline_range", "bnrind")
_CHANGE = ("change_pct", "pchg")

_NUMBERS = ("value", "lln", "uln", "baseline")
_NAMED = {"value": "value", "lln": "lower limit", "uln": "upper limit", "baseline": "value before treatment"}
_RANGES = ("LOW", "NORMAL", "HIGH")
_BOUND = r"^\s*[<>≤≥]"

# SDTM's short names of tests that are no usual abbreviation (CDISC controlled terminology, LBTESTCD).
_CODES = {
    "HGB": "hemoglobin",
    "NEUT": "neutrophils",
    "LYM": "lymphocytes",
    "PLAT": "platelets",
    "BILI": "total bilirubin",
    "CREAT": "creatinine",
    "CREATCLR": "creatinine clearance",
    "K": "potassium",
    "SODIUM": "sodium",
    "CA": "calcium",
    "CACR": "corrected calcium",
    "CAION": "ionized calcium",
    "GLUC": "glucose",
    "MG": "magnesium",
    "PHOS": "phosphate",
    "URATE": "uric acid",
    "CHOL": "total cholesterol",
    "TRIG": "triglycerides",
    "HDL": "HDL cholesterol",
    "LDL": "LDL cholesterol",
    "FIBRINO": "fibrinogen",
    "LIPASET": "lipase",
    "HAPTOG": "haptoglobin",
    "CD4": "CD4 lymphocytes",
}


def lab_rows(table: Table) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    """Return the laboratory values of a table, and what is wrong in its rows.

    Columns out: row, subject, date (as given), term, analyte, value, unit, lln, uln, baseline, before, and reason:
    why the row is not judged, null where it is. A row without a value has a reason, but is no problem. Raises
    ``InputError`` where a column is missing.
    """
    term, analyte = maybe_column(table, _TERM), maybe_column(table, _ANALYTE)
    if term is None and analyte is None:
        columns = ", ".join(name for name in table.frame.columns if name != ROW)
        raise InputError(
            table.path, "no column ANALYTE or TERM", f"the columns are: {columns}", place="line 1"
        )
    chosen = {
        "subject": needed_column(table, SUBJECT),
        "date": maybe_column(table, _DATES),
        "term": term,
        "analyte": analyte,
        "value": needed_column(table, _VALUE),
        "unit": maybe_column(table, _UNIT),
        "lln": maybe_column(table, _LOWER),
        "uln": maybe_column(table, _UPPER),
        "baseline": maybe_column(table, _BASELINE),
        "before": maybe_column(table, _BEFORE),
        "change": maybe_column(table, _CHANGE),
    }
    rows = with_days(chosen_columns(table, chosen), "date", "first", "last")
    rows = rows.with_columns(
        *(pl.col(name).cast(pl.Float64, strict=False).alias(f"{name}_number") for name in _NUMBERS),
        pl.col("before").str.to_uppercase(),
        pl.col("change").cast(pl.Float64, strict=False).alias("change_number"),
    )
    told_by_change = pl.col("value_number") / (1 + pl.col("change_number") / 100)
    rows = rows.with_columns(
        baseline_number=pl.when(pl.col("baseline").is_null())
        .then(told_by_change)
        .otherwise("baseline_number")
    )
    reasons = _reasons()
    told = pl.coalesce(pl.when(condition).then(words) for condition, words in reasons)
    rows = rows.with_columns(told.alias("wrong"))
    bad = rows.filter(pl.col("wrong").is_not_null()).select(ROW, "wrong").rows()
    rows = rows.with_columns(
        *(pl.col(f"{name}_number").alias(name) for name in _NUMBERS if name != "value"),
        pl.coalesce("wrong", pl.when(pl.col("value").is_null()).then(pl.lit("no value is given"))).alias(
            "reason"
        ),
        pl.col("analyte").replace(_CODES),
        value="value_number",
        given="value",
    )
    wanted = (
        "subject",
        "date",
        "term",
        "analyte",
        "given",
        "value",
        "unit",
        "lln",
        "uln",
        "baseline",
        "before",
    )
    return rows.select(pl.col(ROW).alias("row"), *wanted, "reason"), table.problems(bad)


def _reasons() -> list[Reason]:
    numbers = [
        (
            pl.col(name).is_not_null()
            & (
                pl.col(f"{name}_number").is_null()
                | ~pl.col(f"{name}_number").is_finite()
                | (pl.col(f"{name}_number") < 0)
            ),
            pl.format("the {} {} is no number of a laboratory", pl.lit(_NAMED[name]), said(name)),
        )
        for name in _NUMBERS
    ]
    both = pl.col("term").is_null() & (pl.col("lln_number") > pl.col("uln_number"))
    return [
        (pl.col("subject").is_null(), pl.lit("no subject")),
        (pl.col("term").is_null() & pl.col("analyte").is_null(), pl.lit("neither an analyte nor a term")),
        (
            pl.col("date").is_not_null() & pl.col("first").is_null(),
            pl.format("{} is no date; YYYY-MM-DD is, or YYYY-MM, or YYYY", said("date")),
        ),
        (
            pl.col("value").str.contains(_BOUND).fill_null(value=False),
            pl.format("{} is a bound: the value itself is not told", said("value")),
        ),
        *numbers,
        (
            pl.col("change").is_not_null()
            & (
                pl.col("change_number").is_null()
                | ~pl.col("change_number").is_finite()
                | (pl.col("change_number") <= -100)
            ),
            pl.format("the change {} is no percentage above -100", said("change")),
        ),
        (both.fill_null(value=False), pl.lit("the lower limit of normal is above the upper limit")),
        (
            pl.col("before").is_not_null() & ~pl.col("before").is_in(_RANGES),
            pl.format("{} does not say how the baseline was; LOW, NORMAL and HIGH do", said("before")),
        ),
    ]
