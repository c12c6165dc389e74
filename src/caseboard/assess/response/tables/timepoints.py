"""From the lesions of many patients to the response at each of their time points (RECIST 1.1, sections 4.3 and 4.4).

The rules are those of ``caseboard.assess.response.recist``, which takes one patient at a time; a test holds the two
together.
"""

from __future__ import annotations

import msgspec
import polars as pl

from caseboard.assess.response.recist import (
    MEASURABLE_MM,
    MEASURABLE_NODE_MM,
    MOST_TARGETS,
    TOO_SMALL_MM,
)
from caseboard.assess.response.tables.judging import came_back, explained, judge
from caseboard.assess.response.tables.lesions import diameters, new_lesions, non_target_words, target_sums

__all__ = ["Doubts", "TimepointRules", "Timepoints", "timepoints", "visits_in_order"]

_VISIT = ("subject", "visit")
_COLUMNS = (
    *("subject", "visit", "date", "sum_mm", "baseline_mm", "nadir_mm", "change_pct"),
    *("target", "nontarget", "new", "overall", "not_assessed"),
)


class TimepointRules(msgspec.Struct, frozen=True):
    """``too_small_mm``: what a target counts that is seen, but too small to measure (section 4.3.2).

    ``return_is_progression``: a target that comes back after complete response is progression whatever its size
    (appendix III); otherwise the sum decides, by 20 % and 5 mm.
    """

    too_small_mm: float = TOO_SMALL_MM
    return_is_progression: bool = True


class Doubts(msgspec.Struct, frozen=True):
    """What somebody has to look at; nothing is changed for it.

    ``came_back``: subject and date of each subject's first progression that is one only since complete response came
    before: either it is (appendix III), or there was none (table 3, footnote a). ``too_small``: subject, lesion and mm
    of the targets under 10 mm at baseline, nodes under 15 mm (section 3.1.1). ``too_many``: subject and targets, their
    number, where there are more than five at baseline (section 4.2).
    """

    came_back: pl.DataFrame
    too_small: pl.DataFrame
    too_many: pl.DataFrame


class Timepoints(msgspec.Struct, frozen=True):
    """The time points, what was not used, and what is doubtful.

    ``frame``: subject, visit, date, sum_mm, baseline_mm, nadir_mm, change_pct, target, nontarget, new, overall,
    and not_assessed (the targets, by name). ``unused``: the rows of lesions that say nothing here, by their number,
    and why.
    """

    frame: pl.DataFrame
    unused: tuple[tuple[int, str], ...]
    doubts: Doubts


def timepoints(
    lesions: pl.DataFrame, rules: TimepointRules | None = None, *, explain: bool = False
) -> Timepoints:
    """Return the response at each assessment after the first, which is each subject's baseline.

    ``lesions`` has the columns of ``caseboard.formats.response_columns.lesion_rows``; the order of rows does not
    matter. ``sum_mm`` is the sum of the targets that were assessed; where ``not_assessed`` names others, it is no
    whole sum, and moves neither nadir nor change (section 4.4.2), though it may be progression already.
    A visit's date is that of the first image that belongs to it. ``explain`` adds the column why: the diameters, the
    rule and the paragraph of each word.
    """
    rules = rules or TimepointRules()
    lesions = _together(lesions)
    visits = _visits(lesions)
    # A number for each visit, and one for each lesion of a subject, are quicker to join by than names are.
    rows = _numbered(lesions, visits)
    known = rows.filter((pl.col("place") == 0) & (pl.col("kind") != "new"))
    later = rows.filter(pl.col("place") > 0)
    followed = later.drop("node").join(known.select("which", "node"), on="which", how="inner")
    points = visits.filter(pl.col("place") > 0).with_columns(start=pl.col("at") - pl.col("place"))
    for part in (
        target_sums(points, known, followed, rules.too_small_mm),
        non_target_words(points, known, followed),
        new_lesions(points, later),
    ):
        points = points.join(part, on="at", how="left", maintain_order="left")
    judged = judge(points, return_is_progression=rules.return_is_progression)
    unused, doubts = _unused(rows, known, later), _doubts(judged, known)
    if not explain:
        return Timepoints(judged.select(_COLUMNS), unused, doubts)
    told = judged.join(
        diameters(points, followed, rules.too_small_mm), on="at", how="left", maintain_order="left"
    )
    return Timepoints(explained(told).select(*_COLUMNS, "why"), unused, doubts)


def _numbered(together: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Add to each row the ``at`` and ``place`` of its visit, and the numbers ``start`` and ``which``.

    ``start`` is the subject's first ``at``; ``which`` stands for subject, name and kind of the lesion.
    """
    kind, start = pl.col("kind"), pl.col("at") - pl.col("place")
    name = pl.col("lesion").cast(pl.Categorical(pl.Categories.random())).to_physical().cast(pl.Int64)
    places = visits.sort("block").select("at", "place")[together["block"]]
    rows = together.hstack(places).with_columns(
        start=start, which=3 * name + (kind == "target") + 2 * (kind == "new").cast(pl.Int64)
    )
    return rows.with_columns(which=pl.col("which") + pl.col("start") * (pl.col("which").max() + 1))


def visits_in_order(lesions: pl.DataFrame) -> pl.DataFrame:
    """Return each subject's visits in their order: ``at`` counts all, ``place`` the subject's from 0, the baseline."""
    return _visits(_together(lesions))


def _together(lesions: pl.DataFrame) -> pl.DataFrame:
    """Return the lesions so that each visit's rows stand together, the first image first; ``block`` counts them."""
    begins = _other(*_VISIT)
    visits = lesions.filter(begins)
    several_days = lesions.select((_other("date") & ~begins).any()).item()
    # Most tables are so; where each visit's rows stand together and have one date, neighbours tell it.
    if several_days or visits.select(pl.struct(_VISIT).n_unique()).item() < visits.height:
        lesions = lesions.sort(*_VISIT, "first", "last", "date", maintain_order=True)
    return lesions.with_columns(block=begins.cum_sum() - 1)


def _visits(together: pl.DataFrame) -> pl.DataFrame:
    visits = together.filter(_other("block")).select(*_VISIT, "date", "first", "last", "number", "block")
    visits = visits.sort("subject", "first", "last", "number", "visit", nulls_last=True)
    at = pl.int_range(pl.len())
    return visits.with_columns(at=at, place=at - pl.when(_other("subject")).then(at).forward_fill())


def _other(*names: str) -> pl.Expr:
    """Whether one of the columns has another value than in the row before; so it is in the first row."""
    return pl.any_horizontal((pl.col(name) != pl.col(name).shift(1)).fill_null(value=True) for name in names)


def _unused(rows: pl.DataFrame, known: pl.DataFrame, later: pl.DataFrame) -> tuple[tuple[int, str], ...]:
    stray = later.filter(pl.col("kind") != "new").join(known, on="which", how="anti")
    early = rows.filter((pl.col("place") == 0) & (pl.col("kind") == "new"))
    blind = known.filter((pl.col("kind") == "target") & pl.col("mm").is_null())
    reasons = (
        (stray, "a lesion that was not of this kind at baseline"),
        (early, "a new lesion at the subject's first visit, which is the baseline"),
        (blind, "a target without a diameter at baseline: the subject's sums have no baseline"),
    )
    return tuple((row, reason) for found, reason in reasons for row in found["_row"].to_list())


def _doubts(judged: pl.DataFrame, known: pl.DataFrame) -> Doubts:
    least = pl.when(pl.col("node")).then(MEASURABLE_NODE_MM).otherwise(MEASURABLE_MM)
    back = judged.filter(came_back()).unique("subject", keep="first", maintain_order=True)
    small = known.filter((pl.col("kind") == "target") & (pl.col("mm") < least))
    many = judged.filter(pl.col("targets") > MOST_TARGETS).unique(
        "subject", keep="first", maintain_order=True
    )
    return Doubts(
        came_back=back.select("subject", "date"),
        too_small=small.sort("subject", "lesion").select("subject", "lesion", "mm"),
        too_many=many.select("subject", "targets"),
    )
