"""The course of the case as a Vega-Lite chart: panels one below the other on one time axis.

The specification is written as plain dictionaries and validated in the tests against Altair's schema: importing
Altair takes a third of a second, a sixth of what a whole dossier may take. A wide and a narrow drawing are made from
the same rows, for a desktop and for a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from caseboard.board.axis import Axis, Placed
from caseboard.board.packing import Box, pack
from caseboard.board.palette import (
    FONT,
    GRID,
    INK,
    MODALITIES,
    MUTED,
    OTHER_MODALITY,
    SERIES,
    SHAPES,
    TONES,
)
from caseboard.board.timeline import Bar, Event, Point, Timeline

__all__ = ["NARROW_PX", "WIDE_PX", "course_chart", "lanes"]

WIDE_PX, NARROW_PX = 940, 305
"""Width of the drawing area for a desktop and for a phone, in CSS px."""

Spec = dict[str, Any]

_BEFORE = ("Diagnoses", "Tests and molecular findings")
_AFTER = ("Lesions without a size", "Response as reported", "Adverse events as reported")
_LAST = ("Laboratory values told once",)
_MAX_LAB_PANELS = 8
_MIN_MARK_PX = 5.0
_MANY_DAYS = 100
_MONTH_LABELS = (
    "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y')"
    " : utcFormat(datum.value, datum.index == 0 ? '%b %Y' : '%b')"
)
_DAY_LABELS = "utcFormat(datum.value, datum.index == 0 ? '%-d %b %Y' : '%-d %b')"
_LITERAL_COLOR: Spec = {"color": {"field": "color", "type": "nominal", "scale": None}}
_TOOLTIP = [
    {"field": "what", "type": "nominal", "title": "What"},
    {"field": "when", "type": "nominal", "title": "When"},
    {"field": "facts", "type": "nominal", "title": "Facts"},
]


def lanes(line: Timeline) -> dict[str, tuple[Event, ...]]:
    """Return the events by lane, in the order in which the lanes are drawn; empty lanes are left out."""
    found = {
        lane: tuple(event for event in line.events if event.lane == lane)
        for lane in (*_BEFORE, *_AFTER, *_LAST)
    }
    return {lane: events for lane, events in found.items() if events}


def course_chart(line: Timeline, width: int, link: Callable[[str], str | None]) -> Spec | None:
    """Return the Vega-Lite specification of the course, or None where nothing can be placed on a time axis.

    ``link`` returns the address in the page of a fact's id; a click on a mark follows that of its first fact.
    """
    extent = line.extent
    if extent is None:
        return None
    draw = _Drawing(line.axis, extent, width, link)
    by_lane = lanes(line)
    panels = [draw.lane(lane, by_lane[lane]) for lane in _BEFORE if lane in by_lane]
    if line.bars:
        panels.append(draw.treatments(line.bars))
    if line.sizes or line.sums:
        panels.append(draw.sizes(line))
    panels += [draw.lane(lane, by_lane[lane]) for lane in _AFTER if lane in by_lane]
    panels += draw.labs(line.labs)
    panels += [draw.lane(lane, by_lane[lane]) for lane in _LAST if lane in by_lane]
    _show_ticks(panels[0], "top", calendar=line.axis.calendar)
    _show_ticks(panels[-1], "bottom", calendar=line.axis.calendar)
    return {
        "vconcat": panels,
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
        "spacing": 14,
        "padding": 4,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "fontSize": 12,
                "fontWeight": 600,
                "color": INK,
                "offset": 6,
                "frame": "group",
            },
            "axis": {
                "labelFontSize": 11,
                "labelColor": MUTED,
                "gridColor": GRID,
                "domainColor": "#b6bcc4",
                "tickColor": "#b6bcc4",
                "title": None,
                "titleColor": MUTED,
                "titleFontSize": 11,
                "titleFontWeight": "normal",
            },
            "legend": {"labelFontSize": 11, "labelColor": INK, "labelLimit": 300, "title": None},
            "mark": {"aria": False},
        },
    }


def _show_ticks(panel: Spec, orient: str, *, calendar: bool) -> None:
    """Give a panel's shared time axis its labels, above the first panel and below the last."""
    for layer in panel["layer"]:
        axis = layer["encoding"]["x"].get("axis")
        if axis is not None:
            axis.update({"labels": True, "ticks": True, "domain": True, "orient": orient})
            if not calendar:
                axis["title"] = "Days since the first presentation"


class _Drawing:
    """The panels of one chart: they share the axis, the width and how a row links to its facts."""

    def __init__(self, axis: Axis, extent: Placed, width: int, link: Callable[[str], str | None]) -> None:
        self.axis = axis
        self.width = width
        self.link = link
        margin = max(3.0, (extent.last - extent.first + 1) * 0.02)
        self.low, self.high = extent.first - margin, extent.last + 1 + margin
        self.per_day = width / (self.high - self.low)

    def lane(self, title: str, events: Sequence[Event]) -> Spec:
        """Draw a lane of labelled events: each the days it may mean, its label beside it."""
        boxes = [self.box(event.placed, event.label) for event in events]
        rows, left_out = [], 0
        for event, seat, box in zip(events, pack(boxes, self.width), boxes, strict=True):
            if seat is None:
                left_out += 1
                continue
            row = self.row(event) | {"row": seat.row, "side": seat.side, "label": seat.label}
            row |= {"color": TONES[event.tone], "short": box.right - box.left <= _MIN_MARK_PX}
            rows.append(row)
        color = _LITERAL_COLOR
        bar = {"type": "bar", "height": 9, "cornerRadius": 3, "fillOpacity": 0.28, "strokeWidth": 1}
        layers = [
            self.layer(
                [row for row in rows if not row["short"]],
                bar,
                color | {"stroke": color["color"], "x2": {"field": "x2"}},
            ),
            self.layer(
                [row for row in rows if row["short"]],
                {"type": "point", "filled": True, "size": 60},
                color,
                at="middle",
            ),
            *self.labels(rows, color, dy=0),
        ]
        return self.panel(_title(title, left_out), _rows(rows) * 19, layers)

    def treatments(self, bars: Sequence[Bar]) -> Spec:
        """Draw treatments: solid while certainly under way, pale where start or end is uncertain."""
        boxes = [self.box(bar.placed, bar.name) for bar in bars]
        rows, left_out = [], 0
        for bar, seat, box in zip(bars, pack(boxes, self.width, above=True), boxes, strict=True):
            if seat is None:
                left_out += 1
                continue
            row = self.row(bar) | {"row": seat.row, "side": seat.side, "label": seat.label}
            row |= {"color": MODALITIES.get(bar.modality, OTHER_MODALITY)}
            row |= {"short": box.right - box.left <= _MIN_MARK_PX and bar.ending != "single event"}
            row |= {"ending": bar.ending, "end": self.axis.position(bar.placed.last + 1)}
            if bar.sure:
                row |= {"s1": self.axis.position(bar.sure.first), "s2": self.axis.position(bar.sure.last + 1)}
            rows.append(row)
        color = _LITERAL_COLOR
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
            self.layer(rows, pale, color | {"x2": {"field": "x2"}}),
            self.layer([row for row in rows if "s1" in row], solid, color | {"x2": {"field": "s2"}}, at="s1"),
            self.layer([row for row in rows if row["short"]], short, color, at="middle"),
            self.layer([row for row in rows if row["ending"] == "ongoing"], arrow, color, at="end"),
            self.layer([row for row in rows if row["ending"] == "end not told"], unknown, color, at="end"),
            self.layer([row for row in rows if row["ending"] == "single event"], single, color, at="middle"),
            *self.labels(rows, color, dy=-7, above=True),
        ]
        return self.panel(_title("Treatment", left_out), _rows(rows) * 32, layers)

    def sizes(self, line: Timeline) -> Spec:
        """Draw the longest diameter of each lesion, and the sum of diameters, over bands of systemic treatment."""
        names = list(dict.fromkeys(point.series for point in line.sizes))
        sums = list(dict.fromkeys(point.series for point in line.sums))
        series = {name: SERIES[at] if at < len(SERIES) else OTHER_MODALITY for at, name in enumerate(names)}
        series |= dict.fromkeys(sums, INK)
        legend = {
            "orient": "bottom",
            "columns": max(1, self.width // 230),
            "symbolLimit": 40,
            "symbolStrokeWidth": 3,
        }
        color = {"color": self.by_series(list(series), list(series.values()), legend)}
        shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))] + ["diamond"] * len(sums)
        color["shape"] = self.by_series(list(series), shapes, legend)
        bands = [self.row(bar) for bar in line.bars if bar.modality == "systemic"]
        values = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}}
        y = {"y": values | {"axis": {"tickCount": 5, "grid": True}}}
        lesions = [self.value_row(point) for point in line.sizes]
        totals = [self.value_row(point) for point in line.sums]
        thick = {"type": "line", "strokeWidth": 3, "strokeDash": [6, 3]}
        layers = [
            self.layer(
                bands,
                {"type": "rect", "fillOpacity": 0.08, "fill": MODALITIES["systemic"]},
                {"x2": {"field": "x2"}},
            ),
            *self.curve(lesions, color | y, {"type": "line", "strokeWidth": 1.6}),
            *self.curve(totals, color | y, thick),
        ]
        return self.panel("Lesions: longest diameter, mm", 230, layers)

    def labs(self, points: Sequence[Point]) -> list[Spec]:
        """Draw one small panel for each analyte and unit, the first eight of them."""
        names = list(dict.fromkeys(point.series for point in points))
        panels = []
        for name in names[:_MAX_LAB_PANELS]:
            rows = [self.value_row(point) | {"color": SERIES[0]} for point in points if point.series == name]
            values = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}}
            y = {"y": values | {"axis": {"tickCount": 2, "grid": True}}}
            layers = self.curve(rows, _LITERAL_COLOR | y, {"type": "line", "strokeWidth": 1.6})
            left_out = (
                len(names) - _MAX_LAB_PANELS if name == names[min(len(names), _MAX_LAB_PANELS) - 1] else 0
            )
            title = f"Laboratory: {name}" + (
                f" ({left_out} more analytes in the table)" if left_out > 0 else ""
            )
            panels.append(self.panel(title, 64, layers))
        return panels

    def curve(self, rows: list[Spec], encoding: Spec, line: Spec) -> list[Spec]:
        """Draw a series: its line, the uncertainty of each date as a bar, and its points (hollow for nought)."""
        points = {"type": "point", "size": 46, "strokeWidth": 1.8}
        drawn = {key: value for key, value in encoding.items() if key != "shape"}
        drawn["detail"] = {"field": "series", "type": "nominal"}
        rule = {"type": "rule", "strokeWidth": 4, "strokeOpacity": 0.25}
        return [
            self.layer([row for row in rows if row["uncertain"]], rule, drawn | {"x2": {"field": "x2"}}),
            self.layer(rows, line, drawn, at="middle", hover=False),
            self.layer(
                [row for row in rows if row["value"]], points | {"filled": True}, encoding, at="middle"
            ),
            self.layer(
                [row for row in rows if not row["value"]], points | {"fill": "white"}, encoding, at="middle"
            ),
        ]

    @staticmethod
    def by_series(names: list[str], values: list[str], legend: Spec) -> Spec:
        """Return the encoding of a channel by series, from a fixed table."""
        scale = {"domain": names, "range": values}
        return {"field": "series", "type": "nominal", "scale": scale, "legend": legend}

    def labels(self, rows: list[Spec], color: Spec, *, dy: int, above: bool = False) -> list[Spec]:
        """Draw the labels, each on its side of its mark."""
        near = 0 if above else 7
        right = {"type": "text", "align": "left", "dx": near, "dy": dy, "fontSize": 11.5}
        left = right | {"align": "right", "dx": -near}
        text = color | {"text": {"field": "label", "type": "nominal"}}
        return [
            self.layer([r for r in rows if r["side"] == "right"], right, text, at="x" if above else "x2"),
            self.layer([r for r in rows if r["side"] == "left"], left, text, at="x2" if above else "x"),
        ]

    def panel(self, title: str, height: int, layers: list[Spec]) -> Spec:
        """Return a panel of the layers that have something to draw, and of two unseen points: the ends of the axis."""
        drawn = [layer for layer in layers if layer["data"]["values"]]
        ends = [{"x": self.axis.position(end)} for end in (self.low, self.high)]
        span = self.layer(ends, {"type": "point", "opacity": 0}, {}, hover=False)
        return {"title": title, "width": self.width, "height": height, "layer": [span, *drawn]}

    def layer(
        self, rows: list[Spec], mark: Spec, encoding: Spec, *, at: str = "x", hover: bool = True
    ) -> Spec:
        """Return a layer with the shared time axis; its rows stand in rows of a lane unless they have a value."""
        own: Spec = {"x": self.x(at)}
        if rows and "row" in rows[0]:
            own["y"] = {
                "field": "row",
                "type": "ordinal",
                "axis": None,
                "scale": {"type": "band", "paddingInner": 0.1},
            }
        if hover:
            own |= {"tooltip": _TOOLTIP, "href": {"field": "href", "type": "nominal"}}
        return {"data": {"values": rows}, "mark": mark, "encoding": own | encoding}

    def x(self, at: str) -> Spec:
        """Return the encoding of the shared time axis."""
        axis: Spec = {"grid": True, "labels": False, "ticks": False, "domain": False}
        axis["tickCount"] = max(3, self.width // 110)
        if self.axis.calendar:
            axis["labelExpr"] = _DAY_LABELS if self.high - self.low < _MANY_DAYS else _MONTH_LABELS
            return {"field": at, "type": "temporal", "scale": {"type": "utc", "nice": False}, "axis": axis}
        return {"field": at, "type": "quantitative", "scale": {"zero": False, "nice": False}, "axis": axis}

    def box(self, placed: Placed, label: str) -> Box:
        """Return where a mark lies in px."""
        left, right = ((at - self.low) * self.per_day for at in (placed.first, placed.last + 1))
        return Box(left, max(right, left + _MIN_MARK_PX), label)

    def row(self, item: Event | Bar | Point) -> Spec:
        """Return what every row of the chart's data has."""
        return {
            "x": self.axis.position(item.placed.first),
            "x2": self.axis.position(item.placed.last + 1),
            "middle": self.axis.position(item.placed.middle),
            "what": item.what,
            "when": item.when,
            "facts": ", ".join(item.facts),
            "href": next((address for fact in item.facts if (address := self.link(fact))), ""),
        }

    def value_row(self, point: Point) -> Spec:
        """Return the row of a value."""
        uncertain = (point.placed.last - point.placed.first + 1) * self.per_day > _MIN_MARK_PX
        return self.row(point) | {"value": point.value, "series": point.series, "uncertain": uncertain}


def _rows(rows: Iterable[Spec]) -> int:
    return 1 + max((row["row"] for row in rows), default=0)


def _title(title: str, left_out: int) -> str:
    return f"{title} ({left_out} more in the table)" if left_out else title
