"""What the targets, the non-targets and the new lesions of many patients say at each visit (sections 4.3.1 to 4.3.5).

Each function returns at, the number of the visit, and its own columns, one row for each of ``points``, the visits after
baseline; ``start`` is the number of the subject's baseline.
``known`` are the lesions at baseline; ``followed`` those of them that later visits tell of.
"""

from __future__ import annotations

import polars as pl

from caseboard.assess.response.recist import NORMAL_NODE_MM

__all__ = ["counted_as_new", "diameters", "new_lesions", "non_target_words", "readings", "target_sums"]

_ROUNDING_MM = 1e-9
_SUM = pl.col("mm").sum().round(9)
"""A sum of diameters without what the order of adding them leaves: threads would decide where a change is a tie."""
_GONE = pl.when(pl.col("node")).then(pl.col("mm") < NORMAL_NODE_MM).otherwise(pl.col("mm") < _ROUNDING_MM)


def target_sums(
    points: pl.DataFrame, known: pl.DataFrame, followed: pl.DataFrame, too_small_mm: float
) -> pl.DataFrame:
    """Return the sum of the targets at each visit, and what it is made of.

    Columns: targets (how many at baseline), baseline (their sum), seen (the sum of those assessed; null for none),
    full (whether all were), gone (whether all are: nodes under 10 mm), back (whether one is there), and not_assessed
    (their names).
    """
    targets = known.filter(pl.col("kind") == "target")
    whole = pl.when(pl.col("mm").is_null().any()).then(None).otherwise(_SUM)
    baseline = targets.group_by("start").agg(targets=pl.len(), baseline=whole)
    sizes = readings(followed.filter(pl.col("kind") == "target"), too_small_mm)
    sums = sizes.group_by("at").agg(
        assessed=pl.col("mm").count(),
        seen=_SUM,
        gone=_GONE.all(),
        back=(~_GONE).any(),
    )
    found = (
        points.select("at", "start")
        .join(baseline, on="start", how="left")
        .join(sums, on="at", how="left")
        .with_columns(
            pl.col("targets", "assessed").fill_null(0), pl.col("gone", "back").fill_null(value=False)
        )
        .with_columns(
            full=(pl.col("targets") > 0) & (pl.col("assessed") == pl.col("targets")),
            seen=pl.when(pl.col("assessed") > 0).then(pl.col("seen")),
        )
    )
    gaps = found.filter((pl.col("targets") > 0) & ~pl.col("full")).select("at", "start")
    there = sizes.filter(pl.col("mm").is_not_null()).join(gaps, on="at", how="semi")
    missing = (
        gaps.join(targets.select("start", "which", "lesion"), on="start")
        .join(there, on=("at", "which"), how="anti")
        .group_by("at")
        .agg(not_assessed=pl.col("lesion").sort().str.join("; "))
    )
    return found.drop("start").join(missing, on="at", how="left")


def diameters(points: pl.DataFrame, followed: pl.DataFrame, too_small_mm: float) -> pl.DataFrame:
    """Return measured: the targets of each visit with the diameters that count, as text; null where there is none."""
    sizes = readings(followed.filter(pl.col("kind") == "target"), too_small_mm)
    size = pl.col("mm").cast(pl.String).str.strip_suffix(".0")
    said = pl.format("{} {}", pl.col("lesion"), size.fill_null("not assessed"))
    texts = (
        sizes.sort("lesion")
        .group_by("at", maintain_order=True)
        .agg(measured=said.str.join(" + "), total=_SUM, several=pl.len() > 1)
    )
    total = pl.col("total").round(4).cast(pl.String).str.strip_suffix(".0")
    whole = pl.when(pl.col("several")).then(pl.format("{} = {} mm", pl.col("measured"), total))
    told = texts.select("at", measured=whole.otherwise(pl.col("measured") + " mm"))
    return points.select("at").join(told, on="at", how="left")


def readings(rows: pl.DataFrame, too_small_mm: float) -> pl.DataFrame:
    """Return the diameter of each target at each visit, null where it was not assessed.

    The parts of a lesion that split are added up; one that merged into another is measured there (appendix II). A
    lesion resected or irradiated since can be judged no longer: what is left, or gone, is not the drug's doing.
    """
    state = pl.col("state").fill_null("")
    rows = rows.with_columns(
        mm=pl.when(state.is_in(["not assessed", "treated"]))
        .then(None)
        .when(state == "too small")
        .then(pl.col("mm").fill_null(too_small_mm))
        .when(state.is_in(["absent", "merged"]))
        .then(pl.col("mm").fill_null(0.0))
        .otherwise(pl.col("mm"))
    )
    if not rows.filter(pl.col("state") == "split").height:
        return rows
    added = pl.when(pl.col("mm").is_null().any()).then(None).otherwise(_SUM)
    return rows.group_by("subject", "visit", "lesion").agg(added.alias("mm"), pl.exclude("mm").first())


def non_target_words(points: pl.DataFrame, known: pl.DataFrame, followed: pl.DataFrame) -> pl.DataFrame:
    """Return nontarget: CR, NON-CR/NON-PD, PD, NE, or null where there was no such lesion (section 4.3.3).

    Also grown, whether one progressed beyond doubt, and other_back, whether one that is no node is there.
    """
    count = known.filter(pl.col("kind") == "non-target").group_by("start").agg(others=pl.len())
    state = pl.col("state").fill_null("")
    measured = pl.col("mm").is_not_null()
    unknown = state.is_in(["not assessed", "treated"]) | ((state == "") & ~measured)
    absent = (state == "absent") | ((state == "") & _GONE)
    said = (
        followed.filter(pl.col("kind") == "non-target")
        .group_by("at")
        .agg(
            grown=(state == "unequivocal").any(),
            absent=(absent & ~unknown).sum(),
            present=(~absent & ~unknown).any(),
            other_back=(~absent & ~unknown & ~pl.col("node")).any(),
        )
    )
    word = (
        pl.when(pl.col("others").is_null())
        .then(None)
        .when(pl.col("grown"))
        .then(pl.lit("PD"))
        .when(pl.col("present"))
        .then(pl.lit("NON-CR/NON-PD"))
        .when(pl.col("absent") == pl.col("others"))
        .then(pl.lit("CR"))
        .otherwise(pl.lit("NE"))
    )
    found = points.select("at", "start").join(count, on="start", how="left").join(said, on="at", how="left")
    return found.select("at", pl.col("grown", "other_back").fill_null(value=False), nontarget=word)


def new_lesions(points: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return new: whether there is a new lesion (section 4.3.5)."""
    counted = counted_as_new(later).select("at").unique().with_columns(new=pl.lit(value=True))
    found = points.select("at").join(counted, on="at", how="left")
    return found.with_columns(pl.col("new").fill_null(value=False))


def counted_as_new(later: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of lesions that count as new where they are seen.

    An equivocal one counts from its first sight once a later visit shows it beyond doubt.
    """
    rows = later.filter(
        (pl.col("kind") == "new") & ~pl.col("state").fill_null("").is_in(["absent", "not assessed"])
    )
    sure = pl.col("state").fill_null("") != "equivocal"
    last_sure = pl.when(sure).then(pl.col("place")).max().over("subject", "lesion")
    return rows.filter(sure | (pl.col("place") < last_sure))
