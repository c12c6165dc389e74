"""The course of the case as a Vega-Lite chart: panels one below the other on one time axis.

The specification is written as plain dictionaries and validated in the tests against Altair's schema: importing
Altair takes a third of a second, a sixth of what a whole dossier may take. A wide and a narrow drawing are made from
the same rows, for a desktop and for a phone.
"""

from __future__ import annotations

from collections.abc import Callable

from caseboard.board.drawing import CONFIG, Drawing, Spec
from caseboard.board.marks import Event, Timeline
from caseboard.board.panels import laboratory_panels, lane_panel, size_panel, treatment_panel

__all__ = ["NARROW_PX", "WIDE_PX", "course_chart"]

WIDE_PX, NARROW_PX = 940, 305
"""Width of the drawing area for a desktop and for a phone, in CSS px."""

_BEFORE = ("Diagnoses", "Tests and molecular findings")
_AFTER = ("Lesions without a size", "Response as reported", "Adverse events as reported")
_LAST = ("Laboratory values told once",)


def _lanes(line: Timeline) -> dict[str, tuple[Event, ...]]:
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
    draw = Drawing(line.axis, extent, width, link)
    by_lane = _lanes(line)
    panels = [lane_panel(draw, lane, by_lane[lane]) for lane in _BEFORE if lane in by_lane]
    if line.bars:
        panels.append(treatment_panel(draw, line.bars))
    if line.sizes or line.sums:
        panels.append(size_panel(draw, line))
    panels += [lane_panel(draw, lane, by_lane[lane]) for lane in _AFTER if lane in by_lane]
    panels += laboratory_panels(draw, line.labs)
    panels += [lane_panel(draw, lane, by_lane[lane]) for lane in _LAST if lane in by_lane]
    _show_ticks(panels[0], "top", calendar=line.axis.calendar)
    _show_ticks(panels[-1], "bottom", calendar=line.axis.calendar)
    return {
        "vconcat": panels,
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
        "spacing": 14,
        "padding": 4,
        "config": CONFIG,
    }


def _show_ticks(panel: Spec, orient: str, *, calendar: bool) -> None:
    """Give a panel's shared time axis its labels, above the first panel and below the last."""
    for layer in panel["layer"]:
        axis = layer["encoding"]["x"].get("axis")
        if axis is not None:
            axis.update({"labels": True, "ticks": True, "domain": True, "orient": orient})
            if not calendar:
                axis["title"] = "Days since the first presentation"
