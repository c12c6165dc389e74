"""The parameters of a response analysis, one row a subject and parameter, named as CDISC's ADRS names them.

========  ====================================================================================================
RSP       whether there was a complete or partial response, and the date of the first
CRSP      the same of a confirmed response
CB        whether there was clinical benefit: a response, or stable disease (or NON-CR/NON-PD) that lasted
CCB       the same with a confirmed response
BOR       the best overall response without confirmation
CBOR      the best overall response with confirmation
PD        whether there was progression, and the date of the first
LSTA      the last assessment that could be evaluated, whatever came before it
========  ====================================================================================================
"""

from __future__ import annotations

import polars as pl

from caseboard.assess.response.tables.best import BestRules, best_responses, ordered, until_progression
from caseboard.assess.response.tables.confirmation import confirmed

__all__ = ["disease_after_complete_response", "response_parameters", "until"]

_SHRUNK = ("CR", "PR")
_LASTED = ("CR", "PR", "SD", "NON-CR/NON-PD")


def until(responses: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    """Return the responses up to the day ``end`` of each subject in ``ends``; all of them where there is none.

    For a progression that is recorded elsewhere, or the start of another therapy. A response counts if it may have
    been on that day or before it.
    """
    rows = responses.join(ends.select("subject", "end"), on="subject", how="left", maintain_order="left")
    return rows.filter(pl.col("end").is_null() | (pl.col("first") <= pl.col("end"))).drop("end")


def disease_after_complete_response(responses: pl.DataFrame) -> pl.DataFrame:
    """Return subject, complete and partial: the dates of a complete response and of the partial one after it.

    Either the first was none, or the second is progression (footnote of table 3): somebody has to look.
    """
    rows = responses.select("subject", "date", "first", "last", "response")
    complete = (
        rows.filter(pl.col("response") == "CR")
        .sort("first")
        .group_by("subject", maintain_order=True)
        .agg(complete=pl.col("date").first(), since=pl.col("last").first())
    )
    later = rows.filter(pl.col("response") == "PR").join(complete, on="subject")
    found = later.filter(pl.col("first") > pl.col("since")).sort("subject", "first")
    return found.group_by("subject", maintain_order=True).agg(
        pl.col("complete").first(), partial=pl.col("date").first()
    )


def response_parameters(
    responses: pl.DataFrame, rules: BestRules | None = None, *, subjects: pl.Series | None = None
) -> pl.DataFrame:
    """Return subject, parameter, value and date (as given; null for none), sorted.

    ``responses`` and ``subjects`` are those of ``best_responses``.
    """
    rules = rules or BestRules()
    everything = ordered(responses)
    rows = everything if rules.after_progression else until_progression(everything)
    best = best_responses(responses, rules, subjects=subjects)
    everybody = best.select("subject")
    sure = confirmed(
        rows,
        days=max(1, rules.confirm_days),
        missed_between=rules.missed_between,
        stable_between=rules.stable_between,
    )
    response = pl.col("word").is_in(_SHRUNK)
    lasted = pl.col("word").is_in(_LASTED) & (pl.col("days") >= rules.stable_days)
    rows = rows.with_columns(sure.alias("confirmed"))
    firsts = {
        "RSP": response,
        "CRSP": pl.col("confirmed"),
        "CB": response | lasted,
        "CCB": pl.col("confirmed") | lasted,
        "PD": pl.col("word") == "PD",
    }
    found = [_first(everybody, rows.filter(condition), name) for name, condition in firsts.items()]
    found += [
        best.select("subject", parameter=pl.lit(name), value=name.lower(), date=f"{name.lower()}_date")
        for name in ("BOR", "CBOR")
    ]
    last = everything.filter(pl.col("word") != "NE").group_by("s", maintain_order=True).last()
    found.append(last.select("subject", parameter=pl.lit("LSTA"), value="word", date="date"))
    return pl.concat(found).sort("subject", "parameter")


def _first(everybody: pl.DataFrame, rows: pl.DataFrame, parameter: str) -> pl.DataFrame:
    dates = rows.group_by("s", maintain_order=True).first().select("subject", "date", value=pl.lit("Y"))
    return everybody.join(dates, on="subject", how="left").select(
        "subject", parameter=pl.lit(parameter), value=pl.col("value").fill_null("N"), date="date"
    )
