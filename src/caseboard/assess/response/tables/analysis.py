"""The tables of a response analysis, as CDISC's ADRS and ADTTE lay them out."""

from __future__ import annotations

import polars as pl

from caseboard.assess.response.tables.best import BestRules, best_responses
from caseboard.assess.response.tables.immune_best import (
    PLAIN,
    immune_best_responses,
    immune_parameters,
    settled,
)
from caseboard.assess.response.tables.parameters import response_parameters
from caseboard.assess.response.tables.rates import rates
from caseboard.assess.response.tables.time_to_event import CensoringRules, time_to_event

__all__ = ["analyse"]

_LABELS = {
    "OVR": "Overall response at the visit",
    "BOR": "Best overall response",
    "CBOR": "Best overall response, confirmed",
    "RSP": "Response",
    "CRSP": "Response, confirmed",
    "CB": "Clinical benefit",
    "CCB": "Clinical benefit with confirmed response",
    "PD": "Progression",
    "LSTA": "Last assessment",
    "DEATH": "Death",
    "IBOR": "iRECIST best overall response",
    "ICBOR": "iRECIST best overall response, confirmed",
    "IRSP": "iRECIST response",
    "ICRSP": "iRECIST response, confirmed",
    "ICB": "iRECIST clinical benefit",
    "ICCB": "iRECIST clinical benefit with confirmed response",
    "ICPD": "iRECIST progression, confirmed",
    "IUPD": "iRECIST progression, neither confirmed nor reset",
}


def analyse(
    responses: pl.DataFrame,
    subjects: pl.DataFrame,
    best: BestRules,
    censoring: CensoringRules,
    *,
    immune: bool = False,
) -> dict[str, pl.DataFrame]:
    """Return the tables adrs, adtte and rates.

    ``responses`` are those of ``best_responses``, ``subjects`` those of ``time_to_event``. adrs: USUBJID, PARAMCD,
    PARAM, VISITNUM, AVALC, ADT. adtte: USUBJID, PARAMCD, PARAM, STARTDT, ADT (a day, or an interval of days), AVAL
    (days, where they are exact), AVALLO and AVALHI (the least and the most), CNSR, EVNTDESC. rates: those of response
    and of disease control among the subjects that have a start. ``immune``: the responses are those of iRECIST.
    """
    judge = immune_parameters if immune else response_parameters
    derived = judge(responses, best, subjects=subjects["subject"])
    begun = subjects.filter(pl.col("start_first").is_not_null())["subject"]
    started = responses.filter(pl.col("subject").is_in(begun.implode()))
    words = settled(responses) if immune else responses
    return {
        "adrs": _adrs(responses, subjects, derived),
        "adtte": _adtte(words, subjects, best, censoring),
        "rates": rates(_best(started, best, begun, immune=immune)),
    }


def _best(started: pl.DataFrame, best: BestRules, begun: pl.Series, *, immune: bool) -> pl.DataFrame:
    """Return bor and cbor in the words of RECIST 1.1."""
    if not immune:
        return best_responses(started, best, subjects=begun)
    found = immune_best_responses(started, best, subjects=begun)
    return found.select(bor=pl.col("ibor").replace(PLAIN), cbor=pl.col("icbor").replace(PLAIN))


def _adrs(responses: pl.DataFrame, subjects: pl.DataFrame, derived: pl.DataFrame) -> pl.DataFrame:
    visits = responses.select(
        "subject", parameter=pl.lit("OVR"), visit=pl.col("visit"), value="response", date="date"
    )
    dead = subjects.select(
        "subject",
        parameter=pl.lit("DEATH"),
        value=pl.when(pl.col("death_first").is_null()).then(pl.lit("N")).otherwise(pl.lit("Y")),
        date=pl.when(pl.col("death_first") == pl.col("death_last")).then(
            pl.col("death_first").dt.to_string()
        ),
    )
    each = pl.concat([visits, derived, dead], how="diagonal").sort(
        "subject", "parameter", "date", nulls_last=True
    )
    return each.select(
        USUBJID="subject",
        PARAMCD="parameter",
        PARAM=pl.col("parameter").replace(_LABELS),
        VISITNUM="visit",
        AVALC="value",
        ADT="date",
    )


def _adtte(
    responses: pl.DataFrame, subjects: pl.DataFrame, best: BestRules, censoring: CensoringRules
) -> pl.DataFrame:
    return time_to_event(responses, subjects, best, censoring).select(
        USUBJID="subject",
        PARAMCD="parameter",
        PARAM="label",
        STARTDT="start",
        ADT="date",
        AVAL="days",
        AVALLO="days_least",
        AVALHI="days_most",
        CNSR="censored",
        EVNTDESC="why",
    )
