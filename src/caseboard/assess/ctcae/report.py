"""The table that ``caseboard grade`` writes: each value with its grade, by one edition of CTCAE or two side by side."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import polars as pl

from caseboard.assess.ctcae.criteria import EDITIONS, PUBLISHED_AS, Edition, criteria_of_term
from caseboard.assess.ctcae.grading import INPUT, grade_labs
from caseboard.terms import toxicities

__all__ = ["UNDECIDED", "Undecided", "graded_table", "worst_grades"]

Undecided = Literal["worst", "least", "none"]
UNDECIDED: tuple[Undecided, ...] = ("worst", "least", "none")
"""What is taken where symptoms, treatment or anticoagulation decide between two grades."""

_GIVEN = ("subject", "date", "analyte", "value", "unit", "lln", "uln", "baseline")
_GRADED = ("term", "direction", "grade", "lowest", "highest", "rule", "why")
_CONTRADICTION = "the lower limit of normal is above the upper limit"


def graded_table(
    rows: pl.DataFrame, edition: Edition, undecided: Undecided = "worst", *, beside: Edition | None = None
) -> pl.DataFrame:
    """Return each row with its grade, in the order given.

    ``rows`` has the columns of ``caseboard.formats.lab_columns.lab_rows``. Columns out: what was given, then term,
    direction, grade, lowest and highest (the grades that are possible), rule, and why: what a grade leaves open, or
    why there is none. ``beside`` adds term, grade, rule and why of another edition, and the difference.
    """
    rows = _named(rows)
    out = rows.select(
        "row", "subject", "date", pl.coalesce("analyte", "term").alias("analyte"), *_GIVEN[4:]
    ).with_columns(value=rows["given"])
    out = out.select("row", *_GIVEN).join(_graded(rows, edition, undecided), on="row", how="left")
    if beside is not None:
        tag = f"v{beside}"
        other = _graded(rows, beside, undecided).select(
            "row", *(pl.col(name).alias(f"{name}_{tag}") for name in ("term", "grade", "rule", "why"))
        )
        out = out.join(other, on="row", how="left").with_columns(
            _difference(edition, beside).alias("difference")
        )
    return out.sort("row").drop("row")


def worst_grades(table: pl.DataFrame) -> pl.DataFrame:
    """Return the worst grade of each subject and term, and the first date that has it.

    Columns out: subject, term, grade, date, values, ungraded. ``table`` is that of ``graded_table``; rows that no
    term fits are counted under the name that was given.
    """
    named = table.with_columns(term=pl.coalesce("term", "analyte"))
    worst = pl.col("grade") == pl.col("grade").max().over("subject", "term")
    return (
        named.group_by("subject", "term")
        .agg(
            pl.col("grade").max(),
            pl.col("date").filter(worst.fill_null(value=False)).min(),
            pl.len().alias("values"),
            pl.col("grade").is_null().sum().alias("ungraded"),
        )
        .sort("subject", "term", nulls_last=True)
    )


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Put what is a term of CTCAE under ``term``, and what is an analyte under ``analyte``, whichever column had it."""
    pairs = rows.select("term", "analyte").unique()
    told = [(*pair, *_sorted_out(*pair)) for pair in pairs.rows()]
    schema = dict.fromkeys(("term", "analyte", "as_term", "as_analyte"), pl.String)
    found = pl.DataFrame(told, schema=schema, orient="row")
    return rows.join(found, on=["term", "analyte"], how="left", nulls_equal=True, maintain_order="left")


@lru_cache(maxsize=4096)
def _sorted_out(term: str | None, analyte: str | None) -> tuple[str | None, str | None]:
    if term is not None:
        named = _term(term)
        if named is not None or analyte is not None:
            return named or term, analyte
        return None, term
    if analyte is None:
        return None, None
    named = _term(analyte)
    return (named, None) if named is not None else (None, analyte)


def _term(text: str) -> str | None:
    """Return the name in CTCAE of a laboratory term, also where a usual word for it is given ("neutropenia")."""
    if any(criteria_of_term(text, edition) for edition in EDITIONS):
        return text
    found = toxicities.lookup(text)
    known = found is not None and any(criteria_of_term(found.term.key, edition) for edition in EDITIONS)
    return found.term.key if found is not None and known else None


def _graded(rows: pl.DataFrame, edition: Edition, undecided: Undecided) -> pl.DataFrame:
    asked = rows.with_columns(term="as_term", analyte="as_analyte").select(
        pl.col(name).cast(kind) for name, kind in INPUT.items()
    )
    release = f"CTCAE {PUBLISHED_AS[edition]}"
    grade = {
        "worst": pl.col("worst"),
        "least": pl.col("least"),
        "none": pl.when(pl.col("least") == pl.col("worst")).then("least"),
    }[undecided]
    graded = grade_labs(asked, edition).with_columns(grade=grade)
    graded = graded.with_columns(
        rule=pl.when(pl.col("grade").is_not_null()).then(pl.format(f"{release}, {{}}: {{}}", "term", "rule")),
        why=pl.when(pl.col("why") != "").then("why"),
    )
    told = rows.select(
        pl.col("row").cast(pl.UInt32),
        "reason",
        contradict=pl.when(pl.col("lln") > pl.col("uln")).then(pl.lit(_CONTRADICTION)),
    )
    graded = graded.join(told, on="row", how="left", maintain_order="left")
    judged = pl.col("reason").is_null()
    return graded.select(
        "row",
        "term",
        *(pl.when(judged).then(name).alias(name) for name in _GRADED[1:-1]),
        pl.coalesce("reason", pl.concat_str(["why", "contradict"], separator="; ", ignore_nulls=True)).alias(
            "why"
        ),
    ).with_columns(pl.col("why").replace("", None))


def _difference(edition: Edition, beside: Edition) -> pl.Expr:
    """Say how the grades of two editions differ; nothing where they do not."""
    one, other = PUBLISHED_AS[edition], PUBLISHED_AS[beside]
    mine, theirs = pl.col("grade"), pl.col(f"grade_v{beside}")
    return (
        pl.when(mine == theirs)
        .then(None)
        .when(mine.is_not_null() & theirs.is_not_null())
        .then(pl.format(f"grade {{}} in {one}, {{}} in {other}", mine, theirs))
        .when(mine.is_not_null())
        .then(pl.format(f"grade {{}} in {one}, none in {other}", mine))
        .when(theirs.is_not_null())
        .then(pl.format(f"none in {one}, grade {{}} in {other}", theirs))
    )
