"""Best overall response of many patients at once by iRECIST (Seymour 2017, table 3)."""

from __future__ import annotations

import polars as pl

from caseboard.assess.response.tables.best import BestRules, ordered, ranks_of, surely, until_progression

__all__ = ["PLAIN", "confirmed_without_unconfirmed", "immune_best_responses", "immune_parameters", "settled"]

PLAIN = {
    "iCR": "CR",
    "iPR": "PR",
    "iSD": "SD",
    "NON-iCR/NON-iUPD": "NON-CR/NON-PD",
    "iUPD": "UPD",
    "iCPD": "PD",
}
"""The words of RECIST 1.1 for those of iRECIST; unconfirmed progression has none."""
_RESET = ("CR", "PR", "SD", "NON-CR/NON-PD")
_WHETHER = {"IRSP": "response", "ICRSP": "sure response", "ICB": "benefit", "ICCB": "sure benefit"}


def immune_best_responses(
    responses: pl.DataFrame,
    rules: BestRules | None = None,
    *,
    subjects: pl.Series | None = None,
    explain: bool = False,
) -> pl.DataFrame:
    """Return subject, ibor, ibor_date, icbor, icbor_date, icpd_date, iupd_date: one row a subject, by their names.

    ``responses``, ``subjects`` and ``rules`` are those of ``best_responses``, in the words of iRECIST. What follows
    the first iCPD does not count. iUPD is the best response only where nothing better is, and confirmed progression
    is worse than a response before it (table 3). ``icpd_date`` is that of the iUPD which iCPD confirms, the first
    since the bar was last reset; ``iupd_date`` that of an iUPD which is neither confirmed nor reset to the end. Both
    are dates of progression; no subject has both.
    """
    rules = rules or BestRules()
    rows = _marked(_rows(responses), rules)
    found = _best(rows, rules, explain=explain)
    if subjects is not None:
        everybody = pl.DataFrame({"subject": subjects.unique()})
        found = everybody.join(found, on="subject", how="full", coalesce=True)
    found = found.with_columns(pl.col("ibor", "icbor").fill_null(rules.missing))
    if explain:
        found = found.with_columns(pl.col("ibor_why", "icbor_why").fill_null("no assessment"))
    return found.sort("subject")


def immune_parameters(
    responses: pl.DataFrame, rules: BestRules | None = None, *, subjects: pl.Series | None = None
) -> pl.DataFrame:
    """Return subject, parameter, value and date of IBOR, ICBOR, ICPD, IUPD, IRSP, ICRSP, ICB and ICCB, sorted.

    The first two are best responses; the others are Y with the date of the first, or N: progression that is confirmed
    (ICPD) or stands without it (IUPD); response (IRSP) and clinical benefit (ICB) up to the first iCPD, and the same
    with the response confirmed (ICRSP, ICCB).
    """
    rules = rules or BestRules()
    best = immune_best_responses(responses, rules, subjects=subjects)
    marked = _marked(_rows(responses), rules)
    dates = {
        **{name: marked.select("subject", date=f"{mark}_date") for name, mark in _WHETHER.items()},
        **{name: best.select("subject", date=f"{name.lower()}_date") for name in ("ICPD", "IUPD")},
    }
    found = [
        best.select("subject")
        .join(each, on="subject", how="left")
        .select(
            "subject",
            parameter=pl.lit(name),
            value=pl.when(pl.col("date").is_null()).then(pl.lit("N")).otherwise(pl.lit("Y")),
            date="date",
        )
        for name, each in dates.items()
    ]
    found += [
        best.select("subject", parameter=pl.lit(name), value=name.lower(), date=f"{name.lower()}_date")
        for name in ("IBOR", "ICBOR")
    ]
    return pl.concat(found).sort("subject", "parameter")


def settled(responses: pl.DataFrame) -> pl.DataFrame:
    """Return responses by iRECIST in the words of RECIST 1.1, with what came of each iUPD.

    PD is the one that is the date of progression; an iUPD that was reset is an assessment without progression. For
    times to event, which then are those of iRECIST.
    """
    dates = immune_best_responses(responses).select(
        "subject", progression=pl.coalesce("icpd_date", "iupd_date")
    )
    rows = responses.join(dates, on="subject", how="left", maintain_order="left")
    stands = (pl.col("date") == pl.col("progression")).fill_null(value=False)
    word = pl.col("response")
    return rows.with_columns(
        response=pl.when(word == "iUPD")
        .then(pl.when(stands).then(pl.lit("PD")).otherwise(pl.lit("NON-CR/NON-PD")))
        .otherwise(word.replace(PLAIN))
    ).drop("progression")


def confirmed_without_unconfirmed(responses: pl.DataFrame) -> pl.DataFrame:
    """Return subject and date of each first iCPD that no iUPD leads to: since the last reset there is none.

    iCPD confirms an iUPD, so that one of the two is wrong: somebody has to look.
    """
    rows = _pending(_rows(responses))
    return rows.filter((pl.col("word") == "PD") & pl.col("since").is_null()).select("subject", "date")


def _rows(responses: pl.DataFrame) -> pl.DataFrame:
    rows = ordered(responses).with_columns(pl.col("word").replace(PLAIN))
    return until_progression(rows).with_columns(place=pl.int_range(pl.len()))


def _pending(rows: pl.DataFrame) -> pl.DataFrame:
    """Add since: the place of each subject's first iUPD after the bar was last reset; null where there is none."""
    reset = pl.when(pl.col("word").is_in(_RESET)).then("place").max().over("s")
    later = (pl.col("word") == "UPD") & (pl.col("place") > reset.fill_null(-1))
    return rows.with_columns(since=pl.when(later).then("place").min().over("s"))


def _marked(rows: pl.DataFrame, rules: BestRules) -> pl.DataFrame:
    """Return one row a subject: the places of its first assessments of each kind; null where there is none."""
    word, lasted = pl.col("word"), pl.col("days") >= rules.stable_days
    ranks = ranks_of(rules) | {
        "unconfirmed": word == "UPD",
        "response": word.is_in(["CR", "PR"]),
        "sure response": pl.col("confirmed"),
        "benefit": word.is_in(["CR", "PR"]) | (word.is_in(_RESET) & lasted),
        "sure benefit": pl.col("confirmed") | (word.is_in(_RESET) & lasted),
    }
    marks = _pending(rows.with_columns(confirmed=surely(rows, rules))).with_columns(
        pl.when(rank).then("place").alias(name) for name, rank in ranks.items()
    )
    each = marks.group_by("s", maintain_order=True).agg(
        pl.col("subject").first(), pl.col(*ranks, "since").min()
    )
    ended = pl.col("progression").is_not_null()
    return each.with_columns(
        confirmed=pl.when(ended).then(pl.coalesce("since", "progression")),
        waiting=pl.when(~ended).then("since"),
    ).with_columns(
        pl.col(*ranks, "confirmed", "waiting")
        .map_batches(rows["date"].gather, return_dtype=pl.String)
        .name.suffix("_date")
    )


def _best(each: pl.DataFrame, rules: BestRules, *, explain: bool) -> pl.DataFrame:
    columns = [pl.col("subject")]
    for name, sure in (("ibor", ""), ("icbor", "sure ")):
        order = _order(rules, sure=sure)
        holds = [pl.col(at).is_not_null() for at, _, _ in order]
        columns += [
            pl.coalesce(
                pl.when(there).then(pl.lit(one)) for there, (_, one, _) in zip(holds, order, strict=True)
            ).alias(name),
            pl.coalesce(f"{at}_date" for at, _, _ in order).alias(f"{name}_date"),
        ]
        if explain:
            columns.append(
                pl.coalesce(
                    pl.when(there).then(pl.lit(why)) for there, (_, _, why) in zip(holds, order, strict=True)
                ).alias(f"{name}_why")
            )
    return each.select(
        *columns, pl.col("confirmed_date").alias("icpd_date"), pl.col("waiting_date").alias("iupd_date")
    )


def _order(rules: BestRules, *, sure: str) -> list[tuple[str, str, str]]:
    """Return the ways to a best response, the best first: the assessment that gives it, its word, and the rule."""
    table = "Seymour 2017, table 3"
    again = f"seen again {rules.confirm_days} days later or more ({table}; RECIST 1.1, section 4.6.1)"
    response = again if sure else f"the first assessment with it, before iCPD ({table})"
    lasted = f"{rules.stable_days} days or more after the start (RECIST 1.1, section 4.6.3)"
    return [
        (f"{sure}complete", "iCR", response),
        (f"{sure}partial", "iPR", response),
        ("stable", "iSD", f"{lasted}, without a better response that counts ({table})"),
        ("neither", "NON-iCR/NON-iUPD", lasted),
        (
            "confirmed",
            "iCPD",
            f"confirmed before anything that counts; the date is that of the iUPD ({table})",
        ),
        ("unconfirmed", "iUPD", f"neither confirmed nor followed by anything that counts ({table})"),
        ("first", "NE", f"nothing that could be evaluated {lasted}"),
    ]
