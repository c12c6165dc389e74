"""From the lesions of many patients to the response at each of their time points by iRECIST (Seymour 2017)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import polars as pl

from caseboard.assess.response.criteria.irecist import CONFIRM_DAYS, Cause, Judged, judge_immune
from caseboard.assess.response.tables.lesions import counted_as_new
from caseboard.assess.response.tables.timepoints import (
    TimepointRules,
    Timepoints,
    timepoints,
    visits_in_order,
)

__all__ = ["immune_timepoints"]

_VISIT = ("subject", "visit")


def immune_timepoints(
    lesions: pl.DataFrame,
    rules: TimepointRules | None = None,
    *,
    confirm_days: int = CONFIRM_DAYS,
    explain: bool = False,
) -> Timepoints:
    """Return the time points of ``timepoints``, with ``overall`` by iRECIST and ``recist``, the word of RECIST 1.1.

    ``target`` and ``nontarget`` stay in RECIST's own words, which iRECIST builds on. ``confirm_days``: an assessment
    sooner than that after an iUPD does not confirm it.
    """
    found = timepoints(lesions, rules, explain=True)
    visits = visits_in_order(lesions).select(*_VISIT, "place", "first", "last")
    rows = found.frame.join(visits, on=_VISIT, how="left", maintain_order="left")
    new, gone, grew = _new_lesions(lesions, visits), _gone(lesions), _grew_further(lesions)
    words: list[str] = []
    reasons: list[str] = []
    for _, series in groupby(rows.iter_rows(named=True), key=lambda row: row["subject"]):
        for one in judge_immune(_judged(series, new, gone, grew), confirm_days=confirm_days):
            words.append(one.word)
            reasons.append(f"{one.why}; overall {one.word} (Seymour 2017, table 2)")
    frame = found.frame.rename({"overall": "recist"}).with_columns(
        pl.Series("overall", words, dtype=pl.String), pl.Series("why", reasons, dtype=pl.String)
    )
    columns = [name for name in found.frame.columns if name != "why"]
    at = columns.index("overall") + 1
    order = [*columns[:at], "recist", *columns[at:], *(["why"] if explain else [])]
    return Timepoints(frame.select(order), found.unused, found.doubts)


def _judged(
    series: Iterator[dict[str, Any]],
    new: dict[tuple[str, str], dict[str, float | None]],
    gone: dict[tuple[str, str], set[str]],
    grew: dict[tuple[str, str], frozenset[Cause]],
) -> Iterator[Judged]:
    known: set[str] = set()
    for row in series:
        visit = (row["subject"], row["visit"])
        seen = new.get(visit, {})
        missing = known - seen.keys() - gone.get(visit, set())
        known = missing | seen.keys()
        yield Judged(
            target=row["target"] or "NONE",
            non_target=row["nontarget"] or "NONE",
            seen_mm=row["sum_mm"] or 0.0,
            new=seen,
            not_assessed=frozenset(missing),
            grew=grew.get(visit, frozenset()),
            first=row["first"].toordinal(),
            last=row["last"].toordinal(),
            why=row["why"].rpartition("; overall ")[0],
        )


def _new_lesions(
    lesions: pl.DataFrame, visits: pl.DataFrame
) -> dict[tuple[str, str], dict[str, float | None]]:
    """Return the new lesions of each visit, with their diameters; None where one is not measured."""
    later = lesions.filter(pl.col("kind") == "new").join(
        visits.filter(pl.col("place") > 0).select(*_VISIT, "place"), on=_VISIT
    )
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for subject, visit, lesion, mm in counted_as_new(later).select(*_VISIT, "lesion", "mm").iter_rows():
        found.setdefault((subject, visit), {})[lesion] = mm
    return found


def _gone(lesions: pl.DataFrame) -> dict[tuple[str, str], set[str]]:
    """Return the new lesions that are gone at each visit; one that a visit does not tell of was not assessed."""
    found: dict[tuple[str, str], set[str]] = {}
    gone = lesions.filter((pl.col("kind") == "new") & (pl.col("state") == "absent"))
    for subject, visit, lesion in gone.select(*_VISIT, "lesion").iter_rows():
        found.setdefault((subject, visit), set()).add(lesion)
    return found


def _grew_further(lesions: pl.DataFrame) -> dict[tuple[str, str], frozenset[Cause]]:
    """Return which lesions that are not measured have grown further since the last visit, of each that has such."""
    grew = lesions.filter(pl.col("state") == "grew further")
    kinds: tuple[tuple[str, Cause], ...] = (("non-target", "non-target"), ("new", "new lesion"))
    found: dict[tuple[str, str], frozenset[Cause]] = {}
    for kind, cause in kinds:
        for visit in grew.filter(pl.col("kind") == kind).select(_VISIT).iter_rows():
            found[visit] = found.get(visit, frozenset()) | {cause}
    return found
