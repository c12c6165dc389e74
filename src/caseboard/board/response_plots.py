"""Waterfall, spider and swimmer plots of many patients' responses, and the lines of single lesions, in Vega-Lite."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from caseboard.assess.response.recist import TOO_SMALL_MM
from caseboard.assess.response.tables import Timepoints
from caseboard.assess.response.tables.lesions import readings
from caseboard.board.drawing import Spec
from caseboard.board.palette import FONT, GRID, INK, MUTED, TONES

__all__ = ["PLOTS", "lesion_lines", "spider", "swimmer", "waterfall"]

_WORDS = ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE")
_COLORS = ("#1a6b3c", "#0b6e99", "#7a5c00", "#5b2a86", TONES["PD"], MUTED)
_SHAPES = ("diamond", "triangle-up", "square", "square", "triangle-down", "circle")
_LIMITS_PCT = (-30, 20)
_DAYS_PER_WEEK = 7
_WIDTH, _HEIGHT, _LANE = 640, 360, 18

Plot = Callable[[pl.DataFrame, Timepoints], Spec]


def waterfall(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's best change from baseline up to progression, the largest growth first."""
    points = _until_progression(_course(lesions, found)).filter(pl.col("change_pct").is_not_null())
    best = points.group_by("subject").agg(
        change=pl.col("change_pct").min(), word=pl.col("overall").sort_by(_rank("overall")).first()
    )
    rows = best.sort(["change", "subject"], descending=[True, False]).rows(named=True)
    bars: Spec = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "subject",
                "type": "nominal",
                "sort": None,
                "title": "Subject",
                "axis": {"labelAngle": -90},
            },
            "y": {
                "field": "change",
                "type": "quantitative",
                "title": "Best change of the sum from baseline (%)",
            },
            "color": _color("word", "Best response"),
            "tooltip": _tooltip(subject="Subject", change="Change (%)", word="Best response"),
        },
    }
    return _chart("Best change from baseline", [bars, _limits()], width={"step": _LANE})


def spider(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's change from baseline over the weeks."""
    points = _course(lesions, found).filter(pl.col("change_pct").is_not_null())
    rows = points.select("subject", "week", "visit", change="change_pct", word="overall")
    starts = rows.select(pl.col("subject").unique(maintain_order=True)).with_columns(
        week=pl.lit(0.0), visit=pl.lit("baseline"), change=pl.lit(0.0), word=pl.lit(None, dtype=pl.String)
    )
    values = pl.concat([starts, rows]).sort("subject", "week").rows(named=True)
    encoding: Spec = {
        "x": {"field": "week", "type": "quantitative", "title": "Weeks from baseline"},
        "y": {"field": "change", "type": "quantitative", "title": "Change of the sum from baseline (%)"},
        "detail": {"field": "subject", "type": "nominal"},
    }
    lines: Spec = {"data": {"values": values}, "mark": {"type": "line", "color": MUTED}, "encoding": encoding}
    seen = [row for row in values if row["word"]]
    marks = _marks(
        seen, encoding, _tooltip(subject="Subject", visit="Visit", change="Change (%)", word="Response")
    )
    return _chart("Change from baseline over time", [lines, marks, _limits()])


def swimmer(lesions: pl.DataFrame, found: Timepoints) -> Spec:
    """Return each subject's time under observation, from baseline, with the response at each visit."""
    points = _course(lesions, found)
    lanes = (
        points.group_by("subject")
        .agg(end=pl.col("week").max())
        .sort(["end", "subject"], descending=[True, False])
    )
    order = lanes["subject"].to_list()
    y: Spec = {"field": "subject", "type": "nominal", "sort": order, "title": "Subject"}
    x: Spec = {"field": "end", "type": "quantitative", "title": "Weeks from baseline"}
    bars: Spec = {
        "data": {"values": lanes.rows(named=True)},
        "mark": {"type": "bar", "color": GRID, "height": {"band": 0.6}},
        "encoding": {"x": x, "y": y, "tooltip": _tooltip(subject="Subject", end="Weeks observed")},
    }
    rows = points.select("subject", "visit", "date", end="week", word="overall").rows(named=True)
    marks = _marks(
        rows, {"x": x, "y": y}, _tooltip(subject="Subject", visit="Visit", date="Date", word="Response")
    )
    return _chart("Response over time", [bars, marks], height={"step": _LANE})


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
    panel: Spec = {
        "width": _WIDTH // 2,
        "height": _HEIGHT // 2,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "week", "type": "quantitative", "title": "Weeks from baseline"},
            "y": {"field": "mm", "type": "quantitative", "title": "Diameter (mm)"},
            "color": {"field": "lesion", "type": "nominal", "title": "Lesion"},
            "tooltip": _tooltip(subject="Subject", lesion="Lesion", visit="Visit", mm="Diameter (mm)"),
        },
    }
    return {
        **_frame("Lesion by lesion"),
        "data": {"values": rows},
        "facet": {"field": "subject", "type": "nominal", "title": None},
        "columns": 2,
        "spec": panel,
        "resolve": {"scale": {"color": "independent", "y": "independent"}},
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
        {word: place for place, word in enumerate(_WORDS)}, default=len(_WORDS)
    )


def _color(field: str, title: str) -> Spec:
    scale = {"domain": list(_WORDS), "range": list(_COLORS)}
    return {"field": field, "type": "nominal", "title": title, "scale": scale}


def _marks(rows: list[Spec], place: Spec, tooltip: list[Spec]) -> Spec:
    shape = {
        "field": "word",
        "type": "nominal",
        "title": "Response",
        "scale": {"domain": list(_WORDS), "range": list(_SHAPES)},
    }
    encoding = {**place, "color": _color("word", "Response"), "shape": shape, "tooltip": tooltip}
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": encoding,
    }


def _limits() -> Spec:
    """Return the lines of partial response and of progression (from baseline)."""
    return {
        "data": {"values": [{"limit": limit} for limit in _LIMITS_PCT]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": INK},
        "encoding": {"y": {"field": "limit", "type": "quantitative"}},
    }


def _tooltip(**titles: str) -> list[Spec]:
    return [{"field": field, "title": title} for field, title in titles.items()]


def _frame(title: str) -> Spec:
    return {
        "title": title,
        "background": "white",
        "config": {"font": FONT, "axis": {"gridColor": GRID}},
    }


def _chart(title: str, layers: list[Spec], **size: object) -> Spec:
    return {**_frame(title), "width": _WIDTH, "height": _HEIGHT, **size, "layer": layers}
