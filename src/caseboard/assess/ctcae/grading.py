"""Grading tables of laboratory values: which criteria fit each row, in which unit, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from caseboard.assess.ctcae.criteria import (
    EDITIONS,
    PUBLISHED_AS,
    Bound,
    Criterion,
    Edition,
    Step,
    analyte_key,
    criteria_of,
    criteria_of_term,
)
from caseboard.assess.ctcae.judging import judge
from caseboard.terms.conversion import conversion_factor, measure
from caseboard.terms.labs import lookup, possible_ranges
from caseboard.terms.units import canonical_unit

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

_MULTIPLE = "× ULN"
_NO_UNIT = frozenset({"fraction"})
_NAMES = ("term", "analyte", "unit")
_SHOWN = 40
"""So much is shown of a name or a unit that is not known."""


class _Fit(NamedTuple):
    """A criterion that a kind of row is judged by, what its value is multiplied by, and which values cannot be."""

    criterion: Criterion
    factor: float
    possible: tuple[tuple[float, float], ...]


class _Kind(NamedTuple):
    """Rows that are judged alike. ``alone``: by one term; ``multiple``: the value is a multiple of the upper limit."""

    fits: tuple[_Fit, ...]
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
    for number, kind in enumerate(kinds):
        group = told.filter(pl.col("kind") == number)
        judged = [_judged(group, fit, edition, kind) for fit in kind.fits]
        parts.append(_together(pl.concat(judged)) if len(judged) > 1 else judged[0])
    return pl.concat(parts or [_refused(refused)]).sort("row").select(OUTPUT)


def _kinds(rows: pl.DataFrame, edition: Edition) -> tuple[list[_Kind], pl.DataFrame]:
    """Return the kinds of row there are, and for each set of names its kind, or why there is none."""
    kinds: dict[_Kind, int] = {}
    numbered = []
    for term, analyte, unit in rows.select(_NAMES).unique().rows():
        fits, reason = _fits(term, analyte, unit, edition)
        name = fits[0].criterion.name if fits else None
        number = None
        if not reason:
            kind = _Kind(tuple(fits), alone=term is not None, multiple=_is_multiple(unit))
            number = kinds.setdefault(kind, len(kinds))
        numbered.append((term, analyte, unit, number, name, reason))
    schema = {**dict.fromkeys(_NAMES, pl.String), "kind": pl.Int32, "named": pl.String, "reason": pl.String}
    return list(kinds), pl.DataFrame(numbered, schema=schema, orient="row")


def _is_multiple(unit: str | None) -> bool:
    return unit is not None and canonical_unit(unit) == _MULTIPLE


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


def _judged(group: pl.DataFrame, fit: _Fit, edition: Edition, kind: _Kind) -> pl.DataFrame:
    """Judge rows by one criterion; what cannot be a value of the analyte is not graded."""
    bad = group.filter(_impossible(fit))
    scaled = group.filter(~_impossible(fit)).select(
        "row",
        "before",
        *((pl.col(name) * fit.factor).alias(name) for name in ("value", "lln", "uln", "baseline")),
    )
    if kind.multiple:
        nothing = pl.lit(None, dtype=pl.Float64)
        scaled = scaled.with_columns(uln=pl.lit(1.0), lln=nothing, baseline=nothing)
    if not kind.alone:
        scaled = scaled.with_columns(_other_limit(fit.criterion))
    found = judge(scaled, fit.criterion, edition).select(OUTPUT)
    if not bad.height:
        return found
    told = pl.format("cannot be graded: {} {}is not a possible value", "value", _spaced(pl.col("unit")))
    return pl.concat([found, _refused(bad.with_columns(named=pl.lit(fit.criterion.name), reason=told))])


def _spaced(text: pl.Expr) -> pl.Expr:
    return (text.str.slice(0, _SHOWN) + " ").fill_null("")


def _other_limit(criterion: Criterion) -> pl.Expr:
    """Put the limit that is given for the one that is not, where a value within it cannot be beyond the other."""
    if criterion.direction == "high":
        inside = pl.col("uln").is_null() & (pl.col("value") <= pl.col("lln"))
        return pl.when(inside).then(pl.col("lln")).otherwise(pl.col("uln")).alias("uln")
    inside = pl.col("lln").is_null() & (pl.col("value") >= pl.col("uln"))
    return pl.when(inside).then(pl.col("uln")).otherwise(pl.col("lln")).alias("lln")


def _impossible(fit: _Fit) -> pl.Expr:
    slack = 1e-9
    within = [
        pl.col("value").is_between(low - slack * abs(low), high + slack * abs(high))
        for low, high in fit.possible
    ]
    return ~pl.any_horizontal(within).fill_null(value=True) if within else pl.lit(value=False)


def _together(judged: pl.DataFrame) -> pl.DataFrame:
    """Join both directions of an analyte: the abnormal one counts; else the one that is open, else neither is."""
    order = (
        pl.when(pl.col("least") > 0)
        .then(0)
        .when(pl.col("worst").is_null() | (pl.col("worst") > 0))
        .then(1)
        .otherwise(2)
    )
    return (
        judged.with_columns(order=order)
        .sort("row", "order", maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
        .with_columns(direction=pl.when(pl.col("order") < 2).then("direction"))
        .select(OUTPUT)
    )


def _fits(
    term: str | None, analyte: str | None, unit: str | None, edition: Edition
) -> tuple[list[_Fit], str]:
    """Return the criteria of a kind of row, each once and in the unit that fits best, or why there is none."""
    rows, reason = _named(term, analyte, edition)
    if reason:
        return [], reason
    by_name: dict[tuple[str, str], list[Criterion]] = {}
    for row in rows:
        by_name.setdefault((row.name, row.direction), []).append(row)
    fits = []
    for same in by_name.values():
        found = _in_unit(same, unit)
        if isinstance(found, str):
            return [_Fit(same[0], 1.0, ())], f"cannot be graded: {found}"
        if found is not None:
            fits.append(found)
    if not fits:
        return [], f"cannot be graded: {unit} is no unit of it"
    return fits, ""


def _named(term: str | None, analyte: str | None, edition: Edition) -> tuple[tuple[Criterion, ...], str]:
    release = f"CTCAE {PUBLISHED_AS[edition]}"
    if term is not None:
        rows = criteria_of_term(term, edition) or _renamed(term, edition)
        if not rows:
            elsewhere = [PUBLISHED_AS[other] for other in EDITIONS if criteria_of_term(term, other)]
            said = f"{release} has no number for {term}" + (
                f", as {' and '.join(elsewhere)} has" if elsewhere else ""
            )
            return (), said if elsewhere else f"{term} is no laboratory term of CTCAE"
        if analyte is not None and not any(analyte_key(analyte) in row.analytes for row in rows):
            return (), f"{rows[0].name} is not graded by {analyte}, but by {' or '.join(rows[0].analytes)}"
        return rows, ""
    if analyte is None:
        return (), "neither a term nor an analyte is given"
    rows = criteria_of(analyte, edition)
    if rows:
        return (*rows, *_dropped(analyte, rows, edition)), ""
    key = analyte_key(analyte)
    if key == "calcium":
        return (
            (),
            "total calcium: CTCAE grades ionized calcium, or calcium corrected for albumin (say corrected calcium)",
        )
    others = {row.name for other in EDITIONS for row in criteria_of(analyte, other)}
    if others:
        return (), f"{release} has no number for {', '.join(sorted(others))}"
    return (), f"no numeric criterion for {analyte} in the table"


def _renamed(term: str, edition: Edition) -> tuple[Criterion, ...]:
    """Return the criteria that an edition has for the same analyte and direction under another name."""
    for other in EDITIONS:
        for row in criteria_of_term(term, other):
            same = [one for one in criteria_of(row.analytes[0], edition) if one.direction == row.direction]
            return tuple(same)
    return ()


def _dropped(analyte: str, rows: tuple[Criterion, ...], edition: Edition) -> Iterator[Criterion]:
    """Yield a criterion without grades for a direction that only other editions grade: beyond normal is no 0."""
    there = {row.direction for row in rows}
    for other in EDITIONS:
        for row in criteria_of(analyte, other):
            if row.direction not in there:
                there.add(row.direction)
                limit = Bound(
                    number=1.0,
                    of="LLN" if row.direction == "low" else "ULN",
                    plus=0.0,
                    inclusive=False,
                    when="",
                )
                step = Step(alternatives=((limit,),), grades=())
                yield Criterion(
                    term=row.term,
                    variant=row.variant,
                    editions=(edition,),
                    analytes=row.analytes,
                    direction=row.direction,
                    unit="-",
                    steps=(step,),
                    clinical=(),
                    also_grade=0,
                    also_if="",
                )


def _in_unit(same: list[Criterion], unit: str | None) -> _Fit | str | None:
    """Return the criterion whose numbers stand in the unit of the value, or to whose it can be converted."""
    analyte = same[0].analytes[0]
    if same[0].unit == "-":
        return _without_unit(same[0], unit)
    if _is_multiple(unit):
        return None
    if unit is None:
        return "no unit is given"
    given = {row.unit: conversion_factor(analyte, unit, row.unit) for row in same}
    read = measure(unit)
    best = next((row for row in same if _same_kind(unit, row.unit)), None)
    best = best or next((row for row in same if given[row.unit] is not None), None)
    if best is None:
        return f"it cannot be compared in the unit {unit}" if read else f"{unit} is no unit"
    factor = given[best.unit]
    return None if factor is None else _Fit(best, factor, _possible(analyte, unit))


def _without_unit(row: Criterion, unit: str | None) -> _Fit | str:
    """Take the value as it is: multiples of limits hold in any unit, a plain number (INR, pH) only without one."""
    if unit is not None and row.absolute and not _is_multiple(unit):
        read = measure(unit)
        if read is not None and (read.dimension not in _NO_UNIT or read.factor != 1):
            return f"it cannot be compared in the unit {unit}"
    possible = _possible(row.analytes[0], unit) if unit is not None or row.absolute else ()
    return _Fit(row, 1.0, () if _is_multiple(unit) else possible)


def _same_kind(unit: str, wanted: str) -> bool:
    return conversion_factor("", unit, wanted) is not None


def _possible(analyte: str, unit: str | None) -> tuple[tuple[float, float], ...]:
    found = lookup(analyte.removeprefix("fasting ").removeprefix("corrected "))
    if found is None:
        return ()
    if unit is None:
        return possible_ranges(found.term, None, 1.0)
    read = measure(unit)
    return possible_ranges(found.term, read.dimension, read.factor) if read else ()
