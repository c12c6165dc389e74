"""Waterfall, spider and swimmer plots of many patients' responses, and the lines of single lesions, in Vega-Lite."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from caseboard.assess.response.recist import TOO_SMALL_MM
from caseboard.assess.response.tables import Timepoints
from caseboard.assess.response.tables.lesions import readings
from caseboard.board.drawing import Spec
from caseboard.board.response_panels import (
    WORDS,
    frame,
    lesion_panel,
    spider_panel,
    swimmer_panel,
    waterfall_panel,
)

__all__ = ["PLOTS", "lesion_lines", "spider", "swimmer", "waterfall"]

_DAYS_PER_WEEK = 7
_WIDTH, _HEIGHT, _STEP = 640, 360, 18

Plot = Callable[[pl.DataFrame, Timepoints], Spec]


def waterfall(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's best change from baseline up to progression, the largest growth first."""
    points = _until_progression(_course(lesions, found)).filter(pl.col("change_pct").is_not_null())
    best = points.group_by("subject").agg(
        change=pl.col("change_pct").min(), word=pl.col("overall").sort_by(_rank("overall")).first()
    )
    rows = best.sort(["change", "subject"], descending=[True, False]).rows(named=True)
    return frame() | waterfall_panel(rows, "Subject", {"step": _STEP}, _HEIGHT)


def spider(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's change from baseline over the weeks."""
    points = _course(lesions, found).filter(pl.col("change_pct").is_not_null())
    rows = points.select("subject", "week", "visit", change="change_pct", word="overall")
    starts = rows.select(pl.col("subject").unique(maintain_order=True)).with_columns(
        week=pl.lit(0.0), visit=pl.lit("baseline"), change=pl.lit(0.0), word=pl.lit(None, dtype=pl.String)
    )
    values = pl.concat([starts, rows]).sort("subject", "week").rows(named=True)
    return frame() | spider_panel(values, "Subject", "baseline", _WIDTH, _HEIGHT)


def swimmer(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's time under observation, from baseline, with the response at each visit."""
    points = _course(lesions, found)
    lanes = (
        points.group_by("subject")
        .agg(end=pl.col("week").max())
        .sort(["end", "subject"], descending=[True, False])
    )
    rows = points.select("subject", "visit", "date", "week", word="overall").rows(named=True)
    return frame() | swimmer_panel(lanes.rows(named=True), rows, "Subject", "baseline", _WIDTH)


def lesion_lines(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return the diameter of each measured lesion over the weeks, a panel for each subject."""
    sizes = readings(lesions.filter(pl.col("kind") != "new"), TOO_SMALL_MM).filter(pl.col("mm").is_not_null())
    rows = (
        sizes.select("subject", "visit", "lesion", "mm")
        .join(_weeks(lesions), on=("subject", "visit"))
        .join(found.frame.select("subject").unique(), on="subject", how="semi")
        .sort("subject", "lesion", "week")
        .rows(named=True)
    )
    return {
        **frame("Lesion by lesion"),
        "data": {"values": rows},
        "facet": {"field": "subject", "type": "nominal", "title": None},
        "columns": 2,
        "spec": lesion_panel(_WIDTH // 2, _HEIGHT // 2, "baseline"),
        "resolve": {"scale": {"color": "independent", "shape": "independent", "y": "independent"}},
    }


PLOTS: Mapping[str, Plot] = {
    "waterfall": waterfall,
    "spider": spider,
    "swimmer": swimmer,
    "lesions": lesion_lines,
}


def _weeks(lesions: pl.DataFrame) -> pl.DataFrame:
    """Return subject, visit and week: the weeks from the subject's earliest image to the visit's earliest."""
    visits = lesions.group_by("subject", "visit").agg(first=pl.col("first").min())
    days = (pl.col("first") - pl.col("first").min().over("subject")).dt.total_days()
    return visits.select("subject", "visit", week=days / _DAYS_PER_WEEK)


def _course(lesions: pl.DataFrame, found: Timepoints) -> pl.DataFrame:
    return found.frame.join(_weeks(lesions), on=("subject", "visit"), how="left", maintain_order="left")


def _until_progression(points: pl.DataFrame) -> pl.DataFrame:
    progressed = (pl.col("overall") == "PD").cast(pl.Int64)
    before = (progressed.cum_sum() - progressed).over("subject")
    kept: pl.DataFrame = points.filter(before == 0)
    return kept


def _rank(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(
        {word: place for place, word in enumerate(WORDS)}, default=len(WORDS)
    )
