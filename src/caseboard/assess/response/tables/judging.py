"""From the sums and states of each time point to its words (sections 4.3.1 and 4.4.2, tables 1 and 2)."""

from __future__ import annotations

import polars as pl

__all__ = ["came_back", "explained", "judge"]

_RESPONSE_PCT = -30.0
_PROGRESSION_PCT = 20.0
_PROGRESSION_MM = 5.0
_ROUNDING = 1e-9
_DECIMALS = 4


def judge(points: pl.DataFrame, *, return_is_progression: bool) -> pl.DataFrame:
    """Return the time points with sum_mm, baseline_mm, nadir_mm, change_pct, target and overall.

    ``points`` has the columns of ``caseboard.assess.response.tables.lesions``, sorted by subject and time.
    """
    full = pl.col("full")
    whole = pl.when(full).then(pl.col("seen"))
    complete = full & pl.col("gone") & (pl.col("nontarget").fill_null("CR") == "CR") & ~pl.col("new")
    without = (pl.col("targets") == 0) & (pl.col("nontarget") == "CR") & ~pl.col("new")
    # What stands for no sum is beyond any size: an incomplete one, which moves no nadir, and that before the first.
    smallest = pl.when(~_begins()).then(whole.shift(1)).fill_null(float("inf"))
    points = points.with_columns(
        complete=(complete | without).fill_null(value=False), smallest=smallest
    ).with_columns(
        before=_earlier("complete"),
        nadir=pl.when(pl.col("baseline").is_not_null()).then(
            pl.min_horizontal("baseline", pl.col("smallest").cum_min().over("start"))
        ),
        change=pl.when(pl.col("baseline") > 0).then(
            100.0 * (whole - pl.col("baseline")) / pl.col("baseline")
        ),
    )
    returned = pl.col("before") & pl.lit(return_is_progression)
    points = points.with_columns(
        target=_target(returned & pl.col("back")),
        nontarget=pl.when(returned & pl.col("other_back")).then(pl.lit("PD")).otherwise(pl.col("nontarget")),
    )
    return points.with_columns(
        overall=_overall(),
        new=pl.when(pl.col("new")).then(pl.lit("Y")).otherwise(pl.lit("N")),
        sum_mm=pl.col("seen").round(_DECIMALS),
        baseline_mm=pl.col("baseline").round(_DECIMALS),
        nadir_mm=pl.col("nadir").round(_DECIMALS),
        change_pct=pl.col("change").round(_DECIMALS),
    )


def _earlier(flag: str) -> pl.Expr:
    """Return whether a flag is set in an earlier row of the subject, by one count through all subjects."""
    count = pl.col(flag).cast(pl.Int64).cum_sum() - pl.col(flag)
    return count > pl.when(_begins()).then(count).forward_fill()


def _begins() -> pl.Expr:
    """Return whether a row is the first of its subject."""
    return (pl.col("start") != pl.col("start").shift(1)).fill_null(value=True)


def _target(returned: pl.Expr) -> pl.Expr:
    """Return the response of the targets; null where there is none. ``returned``: one came back after complete."""
    return (
        pl.when(pl.col("targets") == 0)
        .then(None)
        .when(pl.col("baseline").is_null())
        .then(pl.lit("NE"))
        .when(pl.col("full") & pl.col("gone"))
        .then(pl.lit("CR"))
        .when(_grown())
        .then(pl.lit("PD"))
        .when(returned)
        .then(pl.lit("PD"))
        .when(~pl.col("full"))
        .then(pl.lit("NE"))
        .when(pl.col("change") <= _RESPONSE_PCT + _ROUNDING)
        .then(pl.lit("PR"))
        .otherwise(pl.lit("SD"))
    )


def _grown() -> pl.Expr:
    """Return whether what was seen is 20 % and 5 mm more than the nadir, so progression whatever is missing."""
    more = pl.col("seen").fill_null(0.0) - pl.col("nadir")
    return (more >= _PROGRESSION_MM - _ROUNDING) & (
        100.0 * more >= _PROGRESSION_PCT * pl.col("nadir") - _ROUNDING
    )


def came_back() -> pl.Expr:
    """Return whether a judged time point is progression only since disease came back after complete response."""
    return (
        (pl.col("overall") == "PD")
        & (pl.col("new") == "N")
        & ~pl.col("grown")
        & ~_grown().fill_null(value=False)
    )


def _overall() -> pl.Expr:
    target, other = pl.col("target"), pl.col("nontarget")
    return (
        pl.when(
            pl.col("new") | (target == "PD").fill_null(value=False) | (other == "PD").fill_null(value=False)
        )
        .then(pl.lit("PD"))
        .when(target.is_null())
        .then(other.fill_null("NE"))
        .when(target == "CR")
        .then(pl.when(other.fill_null("CR") == "CR").then(pl.lit("CR")).otherwise(pl.lit("PR")))
        .otherwise(target)
    )


def explained(points: pl.DataFrame) -> pl.DataFrame:
    """Return judged time points with ``why``: the diameters, the rule and the paragraph of each word.

    ``points`` are what ``judge`` returns, with the column ``measured`` of ``lesions.diameters``.
    """
    seen, nadir, baseline = (_mm(name) for name in ("seen", "nadir", "baseline"))
    complete = pl.col("full") & pl.col("gone")
    target = (
        pl.when(pl.col("target").is_null())
        .then(pl.lit("no target at baseline"))
        .when(pl.col("baseline").is_null())
        .then(pl.lit("target NE: the sum at baseline is not known"))
        .when(complete)
        .then(pl.lit("target CR: all are gone, nodes under 10 mm (section 4.3.1)"))
        .when((pl.col("target") == "PD") & _grown())
        .then(
            pl.format(
                "target PD: {} from a nadir of {}, at least 20 % and 5 mm more (section 4.3.1)", seen, nadir
            )
        )
        .when(pl.col("target") == "NE")
        .then(pl.format("target NE: not assessed {} (section 4.4.2)", pl.col("not_assessed").fill_null("")))
        .when(pl.col("target") == "PD")
        .then(pl.lit("target PD: one came back after complete response (appendix III)"))
        .when(pl.col("target") == "PR")
        .then(
            pl.format("target PR: {} from {} at baseline, at least 30 % less (section 4.3.1)", seen, baseline)
        )
        .otherwise(
            pl.format(
                "target SD: {} is neither 30 % less than {} at baseline nor 20 % and 5 mm more than {} at the "
                "nadir (section 4.3.1)",
                *(seen, baseline, nadir),
            )
        )
    )
    table = pl.when(pl.col("target").is_null()).then(pl.lit("table 2")).otherwise(pl.lit("table 1"))
    parts = (
        pl.col("measured"),
        target,
        pl.when((pl.col("nontarget") == "PD") & ~pl.col("grown"))
        .then(pl.lit("non-target PD: one came back after complete response (appendix III)"))
        .when(pl.col("nontarget").is_not_null())
        .then(pl.format("non-target {} (section 4.3.3)", pl.col("nontarget"))),
        pl.when(pl.col("new") == "Y").then(pl.lit("a new lesion (section 4.3.5)")),
        pl.format("overall {} ({})", pl.col("overall"), table),
    )
    return points.with_columns(why=pl.concat_str(parts, separator="; ", ignore_nulls=True))


def _mm(column: str) -> pl.Expr:
    return pl.col(column).round(_DECIMALS).cast(pl.String).str.strip_suffix(".0") + " mm"
