"""Rates of response and of disease control over all patients (RECIST 1.1, section 4.7), with exact limits."""

from __future__ import annotations

import math
from collections.abc import Callable

import polars as pl

__all__ = ["exact_limits", "rates"]

_RESPONSE = ("CR", "PR")
_CONTROL = (*_RESPONSE, "SD", "NON-CR/NON-PD")
_STEPS = 60


def exact_limits(count: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of a proportion (Clopper and Pearson, Biometrika 1934; 26:404-413)."""
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _solve(lambda p: 1 - _at_most(count - 1, total, p) - tail)
    high = 1.0 if count == total else _solve(lambda p: tail - _at_most(count, total, p))
    return low, high


def _at_most(count: int, total: int, chance: float) -> float:
    """Return the probability of at most ``count`` of ``total``."""
    if chance <= 0:
        return 1.0
    if chance >= 1:
        return float(count >= total)
    log, other = math.log(chance), math.log1p(-chance)
    whole = math.lgamma(total + 1)
    terms = (
        whole - math.lgamma(k + 1) - math.lgamma(total - k + 1) + k * log + (total - k) * other
        for k in range(count + 1)
    )
    return min(1.0, math.fsum(math.exp(term) for term in terms))


def _solve(rising: Callable[[float], float]) -> float:
    """Return where a function that rises from below 0 to above it is 0, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def rates(best: pl.DataFrame) -> pl.DataFrame:
    """Return rate, count, total, percent, and the exact 95 % limits of it in percent.

    ``best`` is what ``best_responses`` gives; all subjects of it count, those without an assessment too (section 4.7).
    ORR: CR or PR; DCR: these, SD and NON-CR/NON-PD; each without and with confirmation.
    """
    rows = []
    for name, words in (("ORR", _RESPONSE), ("DCR", _CONTROL)):
        for label, column in ((name, "bor"), (f"{name} confirmed", "cbor")):
            count, total = int(best[column].is_in(words).sum()), best.height
            low, high = exact_limits(count, total) if total else (math.nan, math.nan)
            percent = 100 * count / total if total else math.nan
            rows.append((label, count, total, percent, 100 * low, 100 * high))
    columns = ("rate", "count", "total", "percent", "percent_low", "percent_high")
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(pl.col("^percent.*$").round(2))
