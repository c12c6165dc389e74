"""Grading tables of laboratory values: which criteria fit each row, in which unit, and what they say together."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from caseboard.assess.ctcae.columns import expression
from caseboard.assess.ctcae.criteria import Edition
from caseboard.assess.ctcae.fitting import Fit, fits, is_multiple, unknown_unit
from caseboard.assess.ctcae.formula import given
from caseboard.assess.ctcae.judging import ABNORMAL_FIRST, NUMBERS, SHOWN, impossible, impossible_said, stages

__all__ = ["INPUT", "OUTPUT", "grade_labs"]

INPUT = {
    "row": pl.UInt32,
    "term": pl.String,
    "analyte": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "lln": pl.Float64,
    "uln": pl.Float64,
    "baseline": pl.Float64,
    "before": pl.String,
}
"""Columns of the values: ``term`` (of CTCAE) or ``analyte``; limits and baseline in the unit of the value; ``before``
says whether the baseline was HIGH, LOW or NORMAL (null: its number and the limits say it)."""

OUTPUT = ("row", "term", "direction", "least", "worst", "lowest", "highest", "rule", "why")

_NAMES = ("term", "analyte", "unit")


class _Kind(NamedTuple):
    """Rows that are judged alike. ``alone``: by one term; ``multiple``: the value is a multiple of the upper limit."""

    fits: tuple[Fit, ...]
    alone: bool
    multiple: bool


def grade_labs(rows: pl.DataFrame, edition: Edition) -> pl.DataFrame:
    """Return the grade of each value, in the order of ``row``: columns ``OUTPUT``.

    ``least`` and ``worst`` differ where symptoms, treatment or anticoagulation decide, which numbers do not tell;
    both are null where there is no grade, and ``why`` says the reason. A row of an ``analyte`` is judged in both
    directions: the one that is abnormal counts, and it is 0 only where both are.
    """
    kinds, numbered = _kinds(rows, edition)
    told = rows.join(numbered, on=_NAMES, how="left", nulls_equal=True)
    refused = told.filter(pl.col("kind").is_null())
    parts = [_refused(refused)] if refused.height else []
    for (number,), group in told.drop_nulls("kind").partition_by("kind", as_dict=True).items():
        kind = kinds[number]
        judged = [_judged(group, fit, edition, kind) for fit in kind.fits]
        parts.append(_together(pl.concat(judged)) if len(judged) > 1 else judged[0])
    graded = pl.concat(parts or [_refused(refused)]).sort("row")
    remarks = told.filter(pl.col("kind").is_not_null() & pl.col("remark").is_not_null())
    if not remarks.height:
        return graded.select(OUTPUT)
    graded = graded.join(remarks.select("row", "remark"), on="row", how="left", maintain_order="left")
    both = pl.concat_str(pl.col("why").replace("", None), "remark", separator="; ", ignore_nulls=True)
    return graded.with_columns(why=pl.when(pl.col("remark").is_null()).then("why").otherwise(both)).select(
        OUTPUT
    )


def _kinds(rows: pl.DataFrame, edition: Edition) -> tuple[list[_Kind], pl.DataFrame]:
    """Return the kinds of row there are, and for each set of names its kind, or why there is none."""
    kinds: dict[_Kind, int] = {}
    numbered = []
    for term, analyte, unit in rows.select(_NAMES).unique().rows():
        fitting, reason = fits(term, analyte, unit, edition)
        name = fitting[0].criterion.name if fitting else None
        number = None
        if not reason:
            kind = _Kind(tuple(fitting), alone=term is not None, multiple=is_multiple(unit))
            number = kinds.setdefault(kind, len(kinds))
        numbered.append((term, analyte, unit, number, name, reason, unknown_unit(unit)))
    texts = dict.fromkeys(("named", "reason", "remark"), pl.String)
    schema = {**dict.fromkeys(_NAMES, pl.String), "kind": pl.Int32, **texts}
    return list(kinds), pl.DataFrame(numbered, schema=schema, orient="row")


def _refused(rows: pl.DataFrame) -> pl.DataFrame:
    nothing = [pl.lit(None, dtype=pl.Int8).alias(name) for name in ("least", "worst", "lowest", "highest")]
    empty = pl.lit(None, dtype=pl.String)
    return rows.select(
        "row",
        pl.col("named").alias("term"),
        empty.alias("direction"),
        *nothing,
        empty.alias("rule"),
        pl.col("reason").alias("why"),
    )


def _judged(group: pl.DataFrame, fit: Fit, edition: Edition, kind: _Kind) -> pl.DataFrame:
    """Judge rows by one criterion; what cannot be a value of the analyte is not graded."""
    refused = expression(impossible(fit))
    bad, found = group.filter(refused), group.filter(~refused).select("row", "before", *NUMBERS)
    for stage in stages(fit, edition, alone=kind.alone, multiple=kind.multiple):
        found = found.with_columns(expression(formula).alias(name) for name, formula in stage.items())
    found = found.select(OUTPUT)
    if not bad.height:
        return found
    told = expression(impossible_said(given("unit")))
    spaced = bad.with_columns(unit=(pl.col("unit").str.slice(0, SHOWN) + " ").fill_null(""))
    return pl.concat([found, _refused(spaced.with_columns(named=pl.lit(fit.criterion.name), reason=told))])


def _together(judged: pl.DataFrame) -> pl.DataFrame:
    """Join both directions of an analyte: the abnormal one counts; else the one that is open, else neither is."""
    return (
        judged.with_columns(order=expression(ABNORMAL_FIRST))
        .sort("row", "order", maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
        .with_columns(direction=pl.when(pl.col("order") < 2).then("direction"))
        .select(OUTPUT)
    )
