"""Overall and progression-free survival and the duration of response of many patients, with named censoring rules.

Days are counted with both ends, as CDISC's ADTTE does: an event on the first day is on day 1. Where a date is known
only to the month, the time is an interval of days, and the exact time is null.
"""

from __future__ import annotations

from typing import Literal

import msgspec
import polars as pl

from caseboard.assess.response.tables.best import BestRules
from caseboard.assess.response.tables.parameters import response_parameters

__all__ = ["CensoringRules", "time_to_event"]

Reason = Literal[
    "no assessment", "last assessment", "new therapy", "missed assessments", "alive", "no follow-up"
]

_PARAMETERS = {
    "OS": "Overall survival",
    "PFS": "Progression-free survival",
    "RSD": "Duration of response",
    "CRSD": "Duration of confirmed response",
    "TTR": "Time to response",
}


class CensoringRules(msgspec.Struct, frozen=True):
    """When a patient is taken out of observation before an event.

    ``new_therapy``: at the last assessment before another therapy began; what comes after it is not counted.
    ``missed_days``: an event more than so many days after the last assessment before it (two missed visits, say) is
    censored at that assessment; None counts every event.
    """

    new_therapy: bool = True
    missed_days: int | None = None


def time_to_event(
    responses: pl.DataFrame,
    subjects: pl.DataFrame,
    best: BestRules | None = None,
    censoring: CensoringRules | None = None,
) -> pl.DataFrame:
    """Return subject, parameter, start, date, days, days_least, days_most, censored, event and why.

    ``responses`` are those of ``best_responses``; ``subjects`` has subject and the first and last day that start,
    death, alive (last known to be so) and therapy (a new one) may mean. Subjects without a start have no row. ``why``
    names the event (progression, death) or the reason for which the time was censored (``Reason``).
    """
    censoring = censoring or CensoringRules()
    rows = responses
    if censoring.new_therapy:
        ends = subjects.select("subject", therapy="therapy_first")
        rows = rows.join(ends, on="subject", how="left", maintain_order="left")
        rows = rows.filter(pl.col("therapy").is_null() | (pl.col("first") < pl.col("therapy"))).drop(
            "therapy"
        )
    everybody = subjects.filter(pl.col("start_first").is_not_null())
    known = _known(everybody, rows, best)
    frames = [_survival(known), _event_free(known, "PFS", "start", censoring)]
    for parameter, response in (("RSD", "RSP"), ("CRSD", "CRSP")):
        responded = known.filter(pl.col(f"{response}_first").is_not_null())
        frames.append(_event_free(responded, parameter, response, censoring))
    frames.append(_to_response(known))
    return pl.concat(frames).sort("subject", "parameter")


def _known(everybody: pl.DataFrame, rows: pl.DataFrame, best: BestRules | None) -> pl.DataFrame:
    """Return each subject's days of progression (PD), of the first responses, and of the last assessment (LSTA)."""
    found = response_parameters(rows, best)
    days = rows.group_by("subject", "date").agg(pl.col("first").min(), pl.col("last").max())
    dated = found.join(days, on=("subject", "date"), how="left")
    known = everybody
    for parameter in ("PD", "RSP", "CRSP", "LSTA"):
        one = dated.filter(pl.col("parameter") == parameter).select(
            "subject", **{f"{parameter}_first": "first", f"{parameter}_last": "last"}
        )
        known = known.join(one, on="subject", how="left")
    before = rows.filter(pl.col("response") != "NE").join(
        known.select("subject", end=pl.min_horizontal("PD_first", "death_first")), on="subject"
    )
    last = (
        before.filter(pl.col("first") < pl.col("end"))
        .sort("first", "last")
        .group_by("subject", maintain_order=True)
        .agg(seen_first=pl.col("first").last(), seen_last=pl.col("last").last())
    )
    return known.join(last, on="subject", how="left")


def _survival(known: pl.DataFrame) -> pl.DataFrame:
    dead = pl.col("death_first").is_not_null()
    # Who was last heard of before the start was not followed at all.
    told = (pl.col("alive_last") >= pl.col("start_first")).fill_null(value=False)
    return _row(
        known,
        "OS",
        "start",
        [
            (dead, "death", "death", False),
            (told, "alive", "alive", True),
            (pl.lit(value=True), "start", "no follow-up", True),
        ],
    )


def _event_free(known: pl.DataFrame, parameter: str, start: str, rules: CensoringRules) -> pl.DataFrame:
    """Return the time to progression or death, whichever came first, else to the last assessment."""
    treated = pl.col("therapy_first").is_not_null() if rules.new_therapy else pl.lit(value=False)
    progressed = pl.col("PD_first").is_not_null()
    dead = pl.col("death_first").is_not_null() & (
        ~treated | (pl.col("death_first") < pl.col("therapy_first")).fill_null(value=False)
    )
    first = progressed & (~dead | (pl.col("PD_first") <= pl.col("death_first")).fill_null(value=True))
    event = pl.when(first).then(pl.col("PD_first")).when(dead).then(pl.col("death_first"))
    since = (event - pl.coalesce("seen_last", f"{start}_last")).dt.total_days()
    missed = (
        pl.lit(value=False)
        if rules.missed_days is None
        else (since > rules.missed_days).fill_null(value=False)
    )
    seen = pl.col("seen_first").is_not_null()
    assessed = pl.col("LSTA_first").is_not_null()
    return _row(
        known,
        parameter,
        start,
        [
            (missed & seen, "seen", "missed assessments", True),
            (missed, start, "missed assessments", True),
            (first, "PD", "progression", False),
            (dead, "death", "death", False),
            (assessed & treated, "LSTA", "new therapy", True),
            (assessed, "LSTA", "last assessment", True),
            (treated, start, "new therapy", True),
            (pl.lit(value=True), start, "no assessment", True),
        ],
    )


def _to_response(known: pl.DataFrame) -> pl.DataFrame:
    """Return the time to the first response, of those who responded."""
    responded = known.filter(pl.col("RSP_first").is_not_null())
    return _row(responded, "TTR", "start", [(pl.lit(value=True), "RSP", "response", False)])


def _row(
    known: pl.DataFrame, parameter: str, start: str, ways: list[tuple[pl.Expr, str, str, bool]]
) -> pl.DataFrame:
    """Return the rows of a parameter; of the ways that it may end, the first whose condition holds is taken."""

    def end(day: str) -> pl.Expr:
        return pl.coalesce(pl.when(holds).then(pl.col(f"{what}_{day}")) for holds, what, _, _ in ways)

    least = (end("first") - pl.col(f"{start}_last")).dt.total_days() + 1
    most = (end("last") - pl.col(f"{start}_first")).dt.total_days() + 1
    return known.select(
        "subject",
        parameter=pl.lit(parameter),
        label=pl.lit(_PARAMETERS[parameter]),
        start=_said(pl.col(f"{start}_first"), pl.col(f"{start}_last")),
        date=_said(end("first"), end("last")),
        days=pl.when(least == most).then(least),
        days_least=least,
        days_most=most,
        censored=pl.coalesce(pl.when(holds).then(pl.lit(int(cut))) for holds, _, _, cut in ways),
        why=pl.coalesce(pl.when(holds).then(pl.lit(why)) for holds, _, why, _ in ways),
    )


def _said(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Return the day, or the interval of days, as ISO 8601 says them."""
    return (
        pl.when(first == last)
        .then(first.dt.to_string())
        .otherwise(pl.concat_str(first.dt.to_string(), last.dt.to_string(), separator="/"))
    )
