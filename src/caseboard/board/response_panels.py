"""How responses are drawn in Vega-Lite, of many patients and of the lines of one: waterfall, spider, swimmer, lesions.

The panels take plain rows. ``subject`` in a row is who or what has a bar, a curve or a lane of its own: a patient, or a
line of therapy; ``week`` counts from its beginning, and ``least`` and ``most`` are the weeks that it may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from caseboard.board.drawing import Spec
from caseboard.board.palette import FONT, GRID, INK, MUTED, SERIES, SHAPES, TONES

__all__ = ["WORDS", "frame", "lesion_panel", "spider_panel", "swimmer_panel", "waterfall_panel"]

WORDS = ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE")
"""The responses, best first."""
_COLORS = ("#1a6b3c", "#0b6e99", "#7a5c00", "#5b2a86", TONES["PD"], MUTED)
_SHAPES = ("diamond", "triangle-up", "square", "square", "triangle-down", "circle")
_LIMITS_PCT = (-30, 20)
_LANE = 18
_FEW_BARS, _BAR_PX = 6, 36
"""A few bars would be as wide as the page: they are drawn as wide as they need, with their names level."""


def waterfall_panel(rows: Sequence[Spec], who: str, width: object, height: int) -> Spec:
    """Draw the best change of each (``change``, with the ``word`` of the best response), in the order of the rows."""
    few = len(rows) <= _FEW_BARS
    bars: Spec = {
        "data": {"values": list(rows)},
        "mark": {"type": "bar", "width": _BAR_PX} if few else {"type": "bar"},
        "encoding": {
            "x": {
                "field": "subject",
                "type": "nominal",
                "sort": None,
                "title": who,
                "axis": {"labelAngle": 0 if few else -90},
            },
            "y": {
                "field": "change",
                "type": "quantitative",
                "title": "Best change of the sum from baseline (%)",
            },
            "color": _color("word", "Best response"),
            "tooltip": _tooltip(subject=who, change="Change (%)", word="Best response"),
        },
    }
    return _panel("Best change from baseline", [bars, _limits()], width, height)


def spider_panel(
    rows: Sequence[Spec], who: str, since: str, width: object, height: int, *, named: bool = False
) -> Spec:
    """Draw the change of the sum over the weeks, a curve each; ``word`` is None at the beginning.

    ``named`` writes the name of each at the end of its curve, which only few have room for, and leaves the legend to
    another panel.
    """
    encoding: Spec = {
        "x": {"field": "week", "type": "quantitative", "title": f"Weeks from {since}"},
        "y": {"field": "change", "type": "quantitative", "title": "Change of the sum from baseline (%)"},
        "detail": {"field": "subject", "type": "nominal"},
    }
    lines: Spec = {
        "data": {"values": list(rows)},
        "mark": {"type": "line", "color": MUTED},
        "encoding": encoding,
    }
    tooltip = _tooltip(subject=who, visit="Visit", change="Change (%)", word="Response")
    marks = _marks([row for row in rows if row["word"]], encoding, tooltip)
    layers = [lines, *_spans(rows, encoding), marks]
    if named:
        last = {row["subject"]: row for row in rows}
        text = encoding | {"text": {"field": "subject", "type": "nominal"}}
        mark = {"type": "text", "align": "left", "dx": 8, "dy": -8, "color": INK}
        for channel in ("color", "shape"):
            marks["encoding"][channel]["legend"] = None
        layers.append({"data": {"values": list(last.values())}, "mark": mark, "encoding": text})
    return _panel("Change from baseline over time", [*layers, _limits()], width, height)


def swimmer_panel(lanes: Sequence[Spec], rows: Sequence[Spec], who: str, since: str, width: object) -> Spec:
    """Draw a lane each from 0 to ``end`` (solid up to ``sure``, where that is told), and its assessments on it.

    A lane that goes on (``ongoing``) ends in an arrow.
    """
    order = [lane["subject"] for lane in lanes]
    y: Spec = {"field": "subject", "type": "nominal", "sort": order, "title": who}
    x: Spec = {"field": "end", "type": "quantitative", "title": f"Weeks from {since}"}
    place = {"x": x | {"field": "week"}, "y": y}
    bars: Spec = {
        "data": {"values": list(lanes)},
        "mark": {"type": "bar", "color": GRID, "height": {"band": 0.6}},
        "encoding": {"x": x, "y": y, "tooltip": _tooltip(subject=who, end="Weeks at most")},
    }
    sure = [lane for lane in lanes if lane.get("sure") is not None]
    solid: Spec = {
        "data": {"values": sure},
        "mark": {"type": "bar", "color": "#b6bcc4", "height": {"band": 0.6}},
        "encoding": {"x": x | {"field": "sure"}, "y": y},
    }
    going = [lane for lane in lanes if lane.get("ongoing")]
    arrows: Spec = {
        "data": {"values": going},
        "mark": {"type": "point", "shape": "triangle-right", "filled": True, "size": 140, "color": MUTED},
        "encoding": {"x": x, "y": y},
    }
    tooltip = _tooltip(subject=who, visit="Visit", date="Date", word="Response")
    drawn = [layer for layer in (bars, solid, arrows) if layer["data"]["values"] or layer is bars]
    marks = _marks(list(rows), place, tooltip)
    return _panel("Response over time", [*drawn, *_spans(rows, place), marks], width, {"step": _LANE})


def lesion_panel(width: int, height: int, since: str) -> Spec:
    """Draw the diameter (``mm``) of each ``lesion`` over the weeks, of data given beside it."""
    place: Spec = {
        "x": {"field": "week", "type": "quantitative", "title": f"Weeks from {since}"},
        "y": {"field": "mm", "type": "quantitative", "title": "Diameter (mm)"},
    }
    lesion: Spec = {"field": "lesion", "type": "nominal", "title": "Lesion"}
    color, shape = lesion | {"scale": {"range": list(SERIES)}}, lesion | {"scale": {"range": list(SHAPES)}}
    tooltip = _tooltip(subject="Of", lesion="Lesion", visit="Visit", mm="Diameter (mm)")
    line = {"mark": {"type": "line", "color": MUTED}, "encoding": place | {"detail": lesion}}
    points = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": place | {"color": color, "shape": shape, "tooltip": tooltip},
    }
    return {"width": width, "height": height, "layer": [line, points]}


def frame(title: str | None = None) -> Spec:
    """Return what a whole drawing has beside its panels."""
    own = {"title": title} if title else {}
    return {**own, "background": "white", "config": {"font": FONT, "axis": {"gridColor": GRID}}}


def _panel(title: str, layers: list[Spec], width: object, height: object) -> Spec:
    return {"title": title, "width": width, "height": height, "layer": layers}


def _spans(rows: Sequence[Spec], place: Spec) -> list[Spec]:
    """Draw the weeks that an assessment may be at, where they are not one."""
    unsure = [row for row in rows if "least" in row and row["least"] != row["most"]]
    if not unsure:
        return []
    x = place["x"] | {"field": "least"}
    encoding = place | {"x": x, "x2": {"field": "most"}}
    mark = {"type": "rule", "strokeWidth": 4, "strokeOpacity": 0.3, "color": MUTED}
    return [{"data": {"values": unsure}, "mark": mark, "encoding": encoding}]


def _color(field: str, title: str) -> Spec:
    scale = {"domain": list(WORDS), "range": list(_COLORS)}
    return {"field": field, "type": "nominal", "title": title, "scale": scale}


def _marks(rows: list[Spec], place: Spec, tooltip: list[Spec]) -> Spec:
    shape = {
        "field": "word",
        "type": "nominal",
        "title": "Response",
        "scale": {"domain": list(WORDS), "range": list(_SHAPES)},
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
