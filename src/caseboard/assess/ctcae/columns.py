"""Formulas asked of whole columns: the same as ``formula.answer`` for each row of a table, as a test holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from caseboard.assess.ctcae.formula import Formula

__all__ = ["expression"]


def expression(formula: Formula) -> pl.Expr:
    """Return a formula as an expression of Polars; the names in it are those of columns."""
    return _ACTS[formula.act](formula.how, *map(expression, formula.parts))


def _choose(_: None, *parts: pl.Expr) -> pl.Expr:
    chosen = parts[-1]
    for condition, value in reversed(list(zip(parts[:-1:2], parts[1::2], strict=True))):
        chosen = pl.when(condition).then(value).otherwise(chosen)
    return chosen


_ACTS: Mapping[str, Callable[..., pl.Expr]] = {
    "given": pl.col,
    "constant": pl.lit,
    "and": lambda _, one, other: one & other,
    "or": lambda _, one, other: one | other,
    "not": lambda _, one: ~one,
    "<": lambda _, one, other: one < other,
    "<=": lambda _, one, other: one <= other,
    ">": lambda _, one, other: one > other,
    ">=": lambda _, one, other: one >= other,
    "=": lambda _, one, other: one == other,
    "+": lambda _, one, other: one + other,
    "*": lambda _, one, other: one * other,
    "unknown": lambda _, one: one.is_null(),
    "known or": lambda value, one: one.fill_null(value=value),
    "rounded": lambda digits, one: one.round_sig_figs(digits),
    "of": lambda table, one: one.replace_strict(table, return_dtype=pl.Int8),
    "choose": _choose,
    "say": pl.format,
    "joined": lambda separator, *parts: pl.concat_str(parts, separator=separator, ignore_nulls=True),
}
