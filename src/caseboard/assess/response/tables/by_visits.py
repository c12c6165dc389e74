"""Time points of many patients by PERCIST and RANO, which judge a whole visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

import msgspec
import polars as pl

from caseboard.assess.response.criteria import percist, rano
from caseboard.assess.response.criteria.judgement import Judgement, change_pct

__all__ = ["VISIT_CRITERIA", "VisitCriteria", "visit_timepoints"]

_DECIMALS = 4
_PROGRESSION = ("PD", "PMD")


class VisitCriteria(msgspec.Struct, frozen=True):
    """Criteria judged visit by visit: the measure that is compared, and the other columns of the table.

    ``judge`` takes a visit, the measure at baseline and the smallest before the visit.
    """

    measure: str
    names: tuple[str, ...]
    trends: tuple[str, ...]
    flags: tuple[str, ...]
    judge: Callable[[Mapping[str, Any], float | None, float | None], Judgement]


def visit_timepoints(visits: pl.DataFrame, criteria: VisitCriteria, *, explain: bool = False) -> pl.DataFrame:
    """Return subject, visit, date, the measure, baseline, smallest, change_pct, new and overall.

    ``visits`` has the columns of ``caseboard.formats.criteria_columns.visit_measures``; each subject's earliest visit
    is the baseline and has no row. A visit with a cell that could not be read is not evaluable,
    unless it is progression already. ``explain`` adds why.
    """
    ordered = visits.sort("subject", "first", "last", "number", "visit", nulls_last=True)
    rows = [
        row
        for _, series in groupby(ordered.iter_rows(named=True), key=lambda row: row["subject"])
        for row in _judged(series, criteria)
    ]
    numbers = (criteria.measure, "baseline", "smallest", "change_pct")
    schema = {
        **dict.fromkeys(("subject", "visit", "date"), pl.String),
        **dict.fromkeys(numbers, pl.Float64),
        **dict.fromkeys(("new", "overall", "why"), pl.String),
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col(numbers).round(_DECIMALS))
    return frame if explain else frame.drop("why")


def _judged(series: Iterator[dict[str, Any]], criteria: VisitCriteria) -> Iterator[tuple[Any, ...]]:
    baseline = smallest = next(series)[criteria.measure]
    for row in series:
        value = row[criteria.measure]
        judged = criteria.judge(row, baseline, smallest)
        if row["unread"] and judged.word not in _PROGRESSION:
            judged = msgspec.structs.replace(judged, word="NE", why="a cell of this visit cannot be read")
        change = None if value is None or not baseline else change_pct(value, baseline)
        new = "Y" if row["new"] else "N"
        yield (
            *(row["subject"], row["visit"], row["date"], value, baseline, smallest, change),
            *(new, judged.word, f"{judged.why} ({judged.citation.text})"),
        )
        if value is not None and smallest is not None:
            smallest = min(smallest, value)


def _by_percist(
    measure: percist.Measure,
) -> Callable[[Mapping[str, Any], float | None, float | None], Judgement]:
    def judge(row: Mapping[str, Any], baseline: float | None, smallest: float | None) -> Judgement:
        del smallest  # PERCIST compares with the baseline.
        return percist.respond(
            row[measure.lower()],
            baseline=baseline or 0.0,
            measure=measure,
            resolved=bool(row["resolved"]),
            new_lesions=bool(row["new"]),
            extended=bool(row["extended"]),
        )

    return judge


def _by_rano(row: Mapping[str, Any], baseline: float | None, smallest: float | None) -> Judgement:
    now = rano.Glioma(
        enhancing_mm2=None if baseline is None else row["enhancing_mm2"],
        flair=row["flair"],
        new_lesions=bool(row["new"]),
        steroids=row["steroids"],
        no_steroids=row["no_steroids"],
        worse=row["worse"],
    )
    return rano.respond(now, baseline_mm2=baseline or 0.0, smallest_mm2=smallest)


VISIT_CRITERIA: Mapping[str, tuple[VisitCriteria, ...]] = {
    "percist": tuple(
        VisitCriteria(
            measure.lower(),
            (measure.lower(), f"{measure[:3]}_{measure[3:]}".lower()),
            (),
            ("new", "resolved", "extended"),
            _by_percist(measure),
        )
        for measure in percist.MEASURES
    ),
    "rano": (
        VisitCriteria(
            "enhancing_mm2",
            ("enhancing_mm2", "enhancing"),
            ("flair", "steroids"),
            ("new", "no_steroids", "worse"),
            _by_rano,
        ),
    ),
}
"""Of the ways of one name the first counts whose measure the table has: PERCIST by SULpeak, or else by SUVmax."""
