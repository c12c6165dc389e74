"""Which progressions are disease that came back after complete response, and by the sum would be none."""

from __future__ import annotations

import msgspec
import polars as pl

from caseboard.assess.response.tables.judging import PROGRESSION_MM, PROGRESSION_PCT
from caseboard.assess.response.tables.timepoints import TimepointRules, timepoints

__all__ = ["returned"]

_VISIT = ("subject", "visit")
_ROUNDING_MM = 1e-3
"""Time points have four decimals."""


def returned(lesions: pl.DataFrame, points: pl.DataFrame, rules: TimepointRules) -> pl.DataFrame:
    """Return subject and date of each subject's first progression that is one only since complete response came before.

    ``points`` are the time points of ``lesions`` by ``rules``. Either this is progression (appendix III), or there was
    no complete response (table 3, footnote a): somebody has to look.
    """
    complete = points.filter(pl.col("overall") == "CR")["subject"].unique()
    if not rules.return_is_progression:
        complete = complete.clear()
    asked = points.filter(pl.col("subject").is_in(complete.implode()))
    asked = asked.filter(_after_complete_response()).filter(~_grown())
    # Of the targets the numbers tell which it is; a non-target lesion may have progressed beyond doubt, too.
    doubtful = asked.filter(pl.col("nontarget") == "PD")
    if doubtful.height:
        few = lesions.filter(pl.col("subject").is_in(doubtful["subject"].unique().implode()))
        by_sum = timepoints(few, msgspec.structs.replace(rules, return_is_progression=False)).frame
        beyond = by_sum.filter(pl.col("overall") == "PD").select(_VISIT)
        asked = asked.join(beyond, on=_VISIT, how="anti", maintain_order="left")
    return asked.unique("subject", keep="first", maintain_order=True).select("subject", "date")


def _after_complete_response() -> pl.Expr:
    """Return whether a time point is progression without a new lesion, some time after complete response."""
    complete = (pl.col("overall") == "CR").shift(1, fill_value=False).cum_max().over("subject")
    return (pl.col("overall") == "PD") & (pl.col("new") == "N") & complete


def _grown() -> pl.Expr:
    """Return whether the sum is 20 % and 5 mm above the nadir (section 4.3.1)."""
    more = pl.col("sum_mm") - pl.col("nadir_mm")
    grown = (more >= PROGRESSION_MM - _ROUNDING_MM) & (
        100.0 * more >= PROGRESSION_PCT * pl.col("nadir_mm") - _ROUNDING_MM
    )
    return grown.fill_null(value=False)
