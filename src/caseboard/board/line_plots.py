"""The responses of one patient's lines of therapy, drawn as those of many patients are: a line as a subject.

Weeks count from the start of each line, as an interval where a date is one: drawn in its middle, with the weeks that it
may be. What has no date or no number is in the tables only, and is counted.
"""

from __future__ import annotations

from typing import Any

import msgspec

from caseboard.assess.results import Assessment, Line, LineResponse, TimePoint
from caseboard.board.axis import Axis, Placed
from caseboard.board.drawing import CONFIG, Spec
from caseboard.board.response_panels import (
    WORDS,
    lesion_panel,
    spider_panel,
    swimmer_panel,
    waterfall_panel,
)
from caseboard.case import Case

__all__ = ["LinePlots", "line_plots"]

MOST_LINES = 8
"""Lines whose targets are drawn one by one."""

_DAYS_PER_WEEK = 7
_SINCE = "the start of the line"
_WIDE, _NARROW, _HEIGHT = 860, 230, 210


class LinePlots(msgspec.Struct, frozen=True):
    """The drawings for a desktop and for a phone, what they show in words, their rows, and how many are not drawn."""

    wide: Spec
    narrow: Spec
    alternative: str
    rows: tuple[dict[str, Any], ...]
    undrawn: int


class _Rows(msgspec.Struct):
    """The rows of all lines: curves, lanes, assessments on them, best changes, and diameters by line."""

    curves: list[Spec] = msgspec.field(default_factory=list)
    lanes: list[Spec] = msgspec.field(default_factory=list)
    marks: list[Spec] = msgspec.field(default_factory=list)
    best: list[Spec] = msgspec.field(default_factory=list)
    sizes: dict[str, list[Spec]] = msgspec.field(default_factory=dict)
    undrawn: int = 0


def line_plots(case: Case, assessment: Assessment) -> LinePlots | None:
    """Return the plots of the assessed patient's lines; None where no line has a number at a time that is known."""
    axis = Axis(case.for_patient(assessment.patient.number))
    rows = _Rows()
    names = {lesion.id: lesion.name for lesion in assessment.course.lesions}
    lines = {line.number: line for line in assessment.course.lines}
    for response in assessment.responses:
        line = lines.get(response.line)
        if line is not None:
            _add_line(rows, axis, line, response, names)
            _add_lane(rows, assessment, line)
    if not rows.curves and not (rows.lanes and rows.marks):
        return None
    counts = (
        (len({row["subject"] for row in rows.curves}), "line with sums", "lines with sums"),
        (len(rows.lanes), "lane of treatment", "lanes of treatment"),
        (len(rows.marks), "assessment", "assessments"),
        (len(rows.sizes), "line with measured targets", "lines with measured targets"),
    )
    said = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    return LinePlots(
        _drawing(rows, _WIDE),
        _drawing(rows, _NARROW),
        f"Response of each line over the weeks: {said}. The table below and those of the lines give all of it.",
        tuple(rows.marks),
        rows.undrawn,
    )


def _add_line(rows: _Rows, axis: Axis, line: Line, response: LineResponse, names: dict[str, str]) -> None:
    start = axis.timing(line.start, line.facts)
    subject = f"Line {line.number}"
    begun = False
    for point in response.timepoints:
        placed = axis.timing(point.timing, point.facts)
        if start is None or placed is None:
            rows.undrawn += 1
            continue
        row = {
            "subject": subject,
            "name": line.name,
            "visit": point.timing.text,
            "date": point.timing.text,
            "word": point.overall,
            "sum": point.sum_mm,
            "change": point.change_from_baseline_pct,
            **_weeks(start, placed),
        }
        rows.marks.append(row)
        if point.change_from_baseline_pct is not None:
            if not begun:
                rows.curves.append(_beginning(subject))
                _add_sizes(rows, subject, response, names)
            begun = True
            rows.curves.append(row)
            rows.sizes[subject] += _sizes(subject, point, names, row)
    _add_best(rows, subject, response)


def _weeks(start: Placed, at: Placed) -> dict[str, float]:
    least, most = (at.first - start.last) / _DAYS_PER_WEEK, (at.last - start.first) / _DAYS_PER_WEEK
    middle = (at.middle - start.middle) / _DAYS_PER_WEEK
    return {"week": max(0.0, middle), "least": max(0.0, least), "most": max(0.0, most)}


def _beginning(subject: str) -> Spec:
    return {"subject": subject, "visit": "baseline", "week": 0.0, "change": 0.0, "word": None}


def _add_sizes(rows: _Rows, subject: str, response: LineResponse, names: dict[str, str]) -> None:
    rows.sizes[subject] = [
        {
            "subject": subject,
            "visit": "baseline",
            "week": 0.0,
            "lesion": names.get(one.lesion, one.lesion),
            "mm": one.baseline_mm,
        }
        for one in response.targets
        if one.role == "target"
    ]


def _sizes(subject: str, point: TimePoint, names: dict[str, str], row: Spec) -> list[Spec]:
    return [
        {
            "subject": subject,
            "visit": row["visit"],
            "week": row["week"],
            "lesion": names.get(lesion, lesion),
            "mm": mm,
        }
        for lesion, mm in point.diameters_mm.items()
        if mm is not None
    ]


def _add_best(rows: _Rows, subject: str, response: LineResponse) -> None:
    """Add the best change of a line up to its first progression, with the best response of these assessments."""
    seen: list[TimePoint] = []
    for point in response.timepoints:
        if point.change_from_baseline_pct is not None:
            seen.append(point)
        if point.overall == "PD":
            break
    changes = [one.change_from_baseline_pct for one in seen if one.change_from_baseline_pct is not None]
    if changes:
        order = {word: place for place, word in enumerate(WORDS)}
        word = min((one.overall for one in seen), key=lambda one: order.get(one, len(order)))
        rows.best.append({"subject": subject, "change": min(changes), "word": word})


def _add_lane(rows: _Rows, assessment: Assessment, line: Line) -> None:
    """Add the time on treatment: surely up to the fewest days, perhaps up to the most."""
    time = next(
        (one for one in assessment.times if one.line == line.number and one.endpoint == "treatment"), None
    )
    if time is not None and time.days_min is not None and time.days_max is not None:
        sure, end = time.days_min / _DAYS_PER_WEEK, time.days_max / _DAYS_PER_WEEK
        lane = {"subject": f"Line {line.number}", "sure": sure, "end": end, "ongoing": time.censored}
        rows.lanes.append(lane)


def _drawing(rows: _Rows, width: int) -> Spec:
    lanes = rows.lanes or [{"subject": one, "end": 0.0} for one in {row["subject"]: 0 for row in rows.marks}]
    panels = [swimmer_panel(lanes, rows.marks, "Line", _SINCE, width)]
    if rows.curves:
        panels.append(spider_panel(rows.curves, "Line", _SINCE, width, _HEIGHT, named=True))
    if len(rows.best) > 1:
        panels.append(waterfall_panel(rows.best, "Line", width, _HEIGHT))
    for subject, sizes in list(rows.sizes.items())[:MOST_LINES]:
        panel = lesion_panel(width, _HEIGHT, _SINCE)
        panels.append({"title": f"{subject}: target by target", "data": {"values": sizes}, **panel})
    independent = {"color": "independent", "shape": "independent", "x": "independent"}
    config = CONFIG | {"legend": CONFIG["legend"] | {"orient": "bottom", "columns": max(2, width // 110)}}
    return {"vconcat": panels, "resolve": {"scale": independent}, "padding": 4, "config": config}
