"""The panels of the course chart: lanes of events, treatments, sizes of lesions, laboratory values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from caseboard.board.drawing import LITERAL_COLOR, Drawing, Spec, by_series
from caseboard.board.marks import Bar, Event, Point, Timeline
from caseboard.board.packing import pack
from caseboard.board.palette import INK, MODALITIES, OTHER_MODALITY, SERIES, SHAPES, TONES

__all__ = ["laboratory_panels", "lane_panel", "size_panel", "treatment_panel"]

_MAX_LAB_PANELS = 8
_SIZES_PX, _SIZES_ONCE_PX = 230, 90
"""Height of the panel of lesion sizes, and where no lesion was measured twice."""
_LINE: Spec = {"type": "line", "strokeWidth": 1.6}
_VALUE: Spec = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}}


def lane_panel(draw: Drawing, title: str, events: Sequence[Event]) -> Spec:
    """Draw a lane of labelled events: each the days it may mean, its label beside it."""
    boxes = [draw.box(event.placed, event.label) for event in events]
    rows, left_out = [], 0
    for event, seat in zip(events, pack(boxes, draw.width), strict=True):
        if seat is None:
            left_out += 1
            continue
        row = draw.row(event) | {"row": seat.row, "side": seat.side, "label": seat.label}
        row |= {"color": TONES[event.tone], "short": draw.short(event.placed)}
        rows.append(row)
    color = LITERAL_COLOR
    bar = {"type": "bar", "height": 9, "cornerRadius": 3, "fillOpacity": 0.28, "strokeWidth": 1}
    layers = [
        draw.layer(
            [row for row in rows if not row["short"]],
            bar,
            color | {"stroke": color["color"], "x2": {"field": "x2"}},
        ),
        draw.layer(
            [row for row in rows if row["short"]],
            {"type": "point", "filled": True, "size": 60},
            color,
            at="middle",
        ),
        *draw.labels(rows, color, dy=0),
    ]
    return draw.panel(_title(title, left_out), _rows(rows) * 19, layers)


def treatment_panel(draw: Drawing, bars: Sequence[Bar]) -> Spec:
    """Draw treatments: solid while certainly under way, pale where start or end is uncertain."""
    boxes = [draw.box(bar.placed, bar.name) for bar in bars]
    rows, left_out = [], 0
    for bar, seat in zip(bars, pack(boxes, draw.width, above=True), strict=True):
        if seat is None:
            left_out += 1
            continue
        row = draw.row(bar) | {"row": seat.row, "side": seat.side, "label": seat.label}
        row |= {"color": MODALITIES.get(bar.modality, OTHER_MODALITY)}
        row |= {"short": draw.short(bar.placed) and bar.ending != "single event"}
        row |= {"ending": bar.ending, "end": draw.axis.position(bar.placed.last + 1)}
        if bar.sure:
            row |= {"s1": draw.axis.position(bar.sure.first), "s2": draw.axis.position(bar.sure.last + 1)}
        rows.append(row)
    color = LITERAL_COLOR
    pale = {"type": "bar", "height": 10, "cornerRadius": 2, "fillOpacity": 0.3, "yOffset": 7}
    solid = {"type": "bar", "height": 10, "yOffset": 7}
    arrow = {"type": "point", "filled": True, "shape": "triangle-right", "size": 220, "yOffset": 7}
    unknown = {
        "type": "text",
        "text": "?",
        "align": "left",
        "dx": 4,
        "dy": 7,
        "fontSize": 12,
        "fontWeight": 700,
    }
    short = {"type": "point", "filled": True, "shape": "square", "size": 60, "yOffset": 7}
    single = {"type": "point", "filled": True, "shape": "diamond", "size": 90, "yOffset": 7}
    layers = [
        draw.layer(rows, pale, color | {"x2": {"field": "x2"}}),
        draw.layer([row for row in rows if "s1" in row], solid, color | {"x2": {"field": "s2"}}, at="s1"),
        draw.layer([row for row in rows if row["short"]], short, color, at="middle"),
        draw.layer([row for row in rows if row["ending"] == "ongoing"], arrow, color, at="end"),
        draw.layer([row for row in rows if row["ending"] == "end not told"], unknown, color, at="end"),
        draw.layer([row for row in rows if row["ending"] == "single event"], single, color, at="middle"),
        *draw.labels(rows, color, dy=-7, above=True),
    ]
    return draw.panel(_title("Treatment", left_out), _rows(rows) * 32, layers)


def size_panel(draw: Drawing, line: Timeline) -> Spec:
    """Draw the longest diameter of each lesion, and the sum of diameters, over bands of systemic treatment."""
    names = list(dict.fromkeys(point.series for point in line.sizes))
    sums = list(dict.fromkeys(point.series for point in line.sums))
    series = {name: SERIES[at] if at < len(SERIES) else OTHER_MODALITY for at, name in enumerate(names)}
    series |= dict.fromkeys(sums, INK)
    legend = {
        "orient": "bottom",
        "columns": max(1, draw.width // 230),
        "symbolLimit": 40,
        "symbolStrokeWidth": 3,
    }
    color = {"color": by_series(list(series), list(series.values()), legend)}
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))] + ["diamond"] * len(sums)
    color["shape"] = by_series(list(series), shapes, legend)
    bands = [draw.row(bar) for bar in line.bars if bar.modality == "systemic"]
    y = {"y": _VALUE | {"axis": {"tickCount": 5, "grid": True}}}
    lesions = [draw.value_row(point) for point in line.sizes]
    totals = [draw.value_row(point) for point in line.sums]
    thick = {"type": "line", "strokeWidth": 3, "strokeDash": [6, 3]}
    layers = [
        draw.layer(
            bands,
            {"type": "rect", "fillOpacity": 0.08, "fill": MODALITIES["systemic"]},
            {"x2": {"field": "x2"}},
        ),
        *draw.curve(lesions, color | y, _LINE),
        *draw.curve(totals, color | y, thick),
    ]
    often = Counter(point.series for point in line.sizes)
    height = _SIZES_PX if any(count > 1 for count in often.values()) else _SIZES_ONCE_PX
    return draw.panel("Lesions: longest diameter, mm", height, layers)


def laboratory_panels(draw: Drawing, points: Sequence[Point]) -> list[Spec]:
    """Draw one small panel for each analyte and unit, the first eight of them; what is normal is shaded."""
    names = list(dict.fromkeys(point.series for point in points))
    panels: list[Spec] = []
    for name in names[:_MAX_LAB_PANELS]:
        rows = [draw.value_row(point) | {"color": SERIES[0]} for point in points if point.series == name]
        y = {"y": _VALUE | {"axis": {"tickCount": 2, "grid": True}}}
        limits = {(point.lower, point.upper) for point in points if point.series == name}
        layers = [*draw.normal(sorted(limits, key=str)), *draw.curve(rows, LITERAL_COLOR | y, _LINE)]
        left_out = len(names) - _MAX_LAB_PANELS if len(panels) == _MAX_LAB_PANELS - 1 else 0
        title = _title(f"Laboratory: {name}", left_out, " analytes")
        panels.append(draw.panel(title, 64, layers))
    return panels


def _rows(rows: Iterable[Spec]) -> int:
    return 1 + max((row["row"] for row in rows), default=0)


def _title(title: str, left_out: int, what: str = "") -> str:
    return f"{title} ({left_out} more{what} in the table)" if left_out > 0 else title
