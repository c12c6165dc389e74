"""How one mark of the course chart is written in Vega-Lite, on the time axis that all its panels share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from caseboard.board.axis import Axis, Placed
from caseboard.board.marks import Bar, Event, Point
from caseboard.board.packing import Box
from caseboard.board.palette import FONT, GRID, INK, MUTED, NORMAL

__all__ = ["CONFIG", "LITERAL_COLOR", "Drawing", "Spec", "by_series"]

Spec = dict[str, Any]

CONFIG: Spec = {
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
    "point": {"opacity": 1},
}
"""What all drawings of the dossier look like."""

LITERAL_COLOR: Spec = {"color": {"field": "color", "type": "nominal", "scale": None}}
"""The encoding of a colour that the row itself names."""

_MIN_MARK_PX = 5.0
_MANY_DAYS = 100
_MONTH_LABELS = (
    "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y')"
    " : utcFormat(datum.value, datum.index == 0 ? '%b %Y' : '%b')"
)
_DAY_LABELS = "utcFormat(datum.value, datum.index == 0 ? '%-d %b %Y' : '%-d %b')"
_TOOLTIP = [
    {"field": "what", "type": "nominal", "title": "What"},
    {"field": "when", "type": "nominal", "title": "When"},
    {"field": "facts", "type": "nominal", "title": "Facts"},
]


def by_series(names: list[str], values: list[str], legend: Spec) -> Spec:
    """Return the encoding of a channel by series, from a fixed table."""
    scale = {"domain": names, "range": values}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": legend}


class Drawing:
    """What the panels of one chart share: the axis, the width, and how a row links to its facts."""

    def __init__(self, axis: Axis, extent: Placed, width: int, link: Callable[[str], str | None]) -> None:
        self.axis = axis
        self.width = width
        self.link = link
        margin = max(3.0, (extent.last - extent.first + 1) * 0.02)
        self.low, self.high = extent.first - margin, extent.last + 1 + margin
        self.per_day = width / (self.high - self.low)

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

    def normal(self, limits: Sequence[tuple[float | None, float | None]]) -> list[Spec]:
        """Shade what is normal between two limits; one limit alone is a line."""
        whole: Spec = {"x": self.axis.position(self.low), "x2": self.axis.position(self.high)}
        both = [whole | {"low": low, "high": high} for low, high in limits if None not in (low, high)]
        alone = [low if high is None else high for low, high in limits if (low is None) != (high is None)]
        across: Spec = {"x2": {"field": "x2"}, "y": {"field": "low", "type": "quantitative"}}
        shade = {"type": "rect", "fill": NORMAL, "fillOpacity": 0.12}
        line = {"type": "rule", "stroke": NORMAL, "strokeDash": [4, 3]}
        return [
            self.layer(both, shade, across | {"y2": {"field": "high"}}, hover=False),
            self.layer([whole | {"low": at} for at in alone], line, across, hover=False),
        ]

    def box(self, placed: Placed, label: str) -> Box:
        """Return where a mark lies in px."""
        left, right = ((at - self.low) * self.per_day for at in (placed.first, placed.last + 1))
        return Box(left, max(right, left + _MIN_MARK_PX), label)

    def short(self, placed: Placed) -> bool:
        """Whether the days of a mark are too few to be seen as a bar."""
        return (placed.last - placed.first + 1) * self.per_day <= _MIN_MARK_PX

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
        row = {"value": point.value, "series": point.series, "uncertain": not self.short(point.placed)}
        return self.row(point) | row
