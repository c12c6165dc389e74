"""Judging many values by one criterion at once: which limits they are beyond, and what is not known.

A comparison with a limit that is not given is neither true nor false; "or" and "and" are Kleene's. So a grade is given
where it holds whatever the missing limit is, and where it does not, the row says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from caseboard.assess.ctcae.criteria import PUBLISHED_AS, Bound, Criterion, Edition, Step

__all__ = ["judge"]

_Choice = Callable[[tuple[int, ...]], int]

_DIGITS = 12
"""Significant digits that are compared: 8.0 g/dL and 80 g/L are one value, whatever the rounding of a product."""

_COLUMN = {"ULN": "uln", "LLN": "lln", "BASE": "baseline"}
_MISSING = {
    "LLN": "no lower limit of normal is given",
    "ULN": "no upper limit of normal is given",
    "BASE": "no value before treatment is given",
}
_HELD_NORMAL = "no value before treatment is given: it is held to have been normal"
_SYMPTOMS = "signs, symptoms or treatment decide"


def judge(rows: pl.DataFrame, criterion: Criterion, edition: Edition) -> pl.DataFrame:
    """Return how each row is graded by one criterion.

    ``rows``: row; value, lln, uln and baseline in the criterion's unit; before ("HIGH", "LOW", "NORMAL", or null: by
    the baseline itself). Columns out: row, term, direction, least and worst (the grade if nothing that is not told
    adds to it, and if everything does: symptoms, anticoagulation; null where a limit is missing), lowest and highest
    (the grades that are possible), rule, and why (what a grade leaves open, or why there is none).
    """
    rows = rows.with_columns(_conditions())
    rows = rows.with_columns(
        expression.alias(name)
        for n, step in enumerate(criterion.steps, start=1)
        for name, expression in _passes(n, step, criterion)
    )
    rows = rows.with_columns(
        _furthest("least", criterion, unknown=False).alias("sure"),
        _furthest("worst", criterion, unknown=False).alias("sure_worst"),
        _furthest("least", criterion, unknown=True).alias("maybe"),
        _furthest("worst", criterion, unknown=True).alias("maybe_worst"),
    ).with_columns(_gap(criterion).alias("gap"))
    rows = rows.with_columns(
        _grade("sure", "maybe", criterion, min).alias("least"),
        _grade("sure_worst", "maybe_worst", criterion, max).alias("worst"),
        pl.when(~pl.col("gap")).then(_grade_at("sure", criterion, min)).alias("lowest"),
        pl.when(~pl.col("gap")).then(_grade_at("maybe_worst", criterion, max)).alias("highest"),
    )
    return rows.select(
        "row",
        pl.lit(criterion.name).alias("term"),
        pl.lit(criterion.direction).alias("direction"),
        "least",
        "worst",
        "lowest",
        "highest",
        _rule(criterion).alias("rule"),
        _reason(criterion, edition).alias("why"),
    )


def _conditions() -> list[pl.Expr]:
    """Say how the value before treatment was; where it is not told it counts as normal."""
    untold = pl.col("baseline").is_null() & pl.col("before").is_null()

    def was(word: str, by_limit: pl.Expr) -> pl.Expr:
        return (
            pl.when(pl.col("before").is_not_null())
            .then(pl.col("before") == word)
            .when(untold)
            .then(pl.lit(value=False))
            .otherwise(by_limit)
            .alias(f"was_{word.lower()}")
        )

    return [
        was("HIGH", pl.col("baseline") > pl.col("uln")),
        was("LOW", pl.col("baseline") < pl.col("lln")),
        untold.alias("untold"),
    ]


def _passes(number: int, step: Step, criterion: Criterion) -> Iterator[tuple[str, pl.Expr]]:
    """Yield whether a step is passed, if the patient is not on anticoagulation and if so, and by which alternative."""
    for name, anticoagulated in (("least", False), ("worst", True)):
        groups = [_all(group, criterion, anticoagulated=anticoagulated) for group in step.alternatives]
        either = groups[0]
        for group in groups[1:]:
            either = either | group
        yield f"{name}_{number}", either
        if anticoagulated:
            for place, group in enumerate(groups):
                yield f"by_{number}_{place}", group


def _all(group: tuple[Bound, ...], criterion: Criterion, *, anticoagulated: bool) -> pl.Expr:
    whole = pl.lit(value=True)
    for bound in group:
        whole = whole & _beyond(bound, criterion) & _holds(bound, anticoagulated=anticoagulated)
    return whole


def _beyond(bound: Bound, criterion: Criterion) -> pl.Expr:
    value = pl.col("value").round_sig_figs(_DIGITS)
    edge: pl.Expr = pl.lit(bound.number)
    if bound.of:
        edge = (pl.col(_COLUMN[bound.of]) * bound.number + bound.plus).round_sig_figs(_DIGITS)
    if criterion.direction == "low":
        return value <= edge if bound.inclusive else value < edge
    return value >= edge if bound.inclusive else value > edge


def _holds(bound: Bound, *, anticoagulated: bool) -> pl.Expr:
    if bound.when == "normal":
        return ~pl.col("was_high")
    if bound.when == "abnormal":
        return pl.col("was_high")
    if bound.when == "low":
        return pl.col("was_low")
    if bound.when == "below":
        return pl.col("value") < pl.col("lln")
    return pl.lit(value=bound.when != "anticoagulated" or anticoagulated)


def _furthest(name: str, criterion: Criterion, *, unknown: bool) -> pl.Expr:
    """Return the number of the last step that is passed, 0 for none; ``unknown``: what an unknown step counts as."""
    found = pl.lit(0)
    for number in range(1, len(criterion.steps) + 1):
        found = pl.when(pl.col(f"{name}_{number}").fill_null(value=unknown)).then(number).otherwise(found)
    return found


def _grade_at(step: str, criterion: Criterion, of: _Choice) -> pl.Expr:
    grades = {0: 0} | {
        number: of(one.grades) if one.grades else None for number, one in enumerate(criterion.steps, start=1)
    }
    return pl.col(step).replace_strict(grades, return_dtype=pl.Int8)


def _grade(sure: str, maybe: str, criterion: Criterion, of: _Choice) -> pl.Expr:
    """Return the grade; none where no step is surely passed and one may be, or CTCAE has none for the value."""
    open_ = (pl.col(sure) == 0) & ((pl.col(maybe) > 0) | pl.col("gap"))
    return pl.when(~open_).then(_grade_at(sure, criterion, of))


def _gap(criterion: Criterion) -> pl.Expr:
    """Whether a value is above normal, and not beyond the first multiple of a baseline that was above it itself."""
    first = criterion.steps[0].bounds
    relative = any(bound.when == "abnormal" for bound in first)
    if not relative or any(bound.plus for step in criterion.steps for bound in step.bounds):
        return pl.lit(value=False)
    beyond = pl.col("was_high") & (pl.col("value") > pl.col("uln")) & (pl.col("maybe_worst") == 0)
    return beyond.fill_null(value=False)


def _rule(criterion: Criterion) -> pl.Expr:
    """Say by which limit the grade is given."""
    side = "below" if criterion.direction == "low" else "above"
    said: pl.Expr = pl.lit(f"not {side} {_first(criterion)}")
    for bounds in criterion.steps[0].alternatives:
        if bounds[0].when == "abnormal":
            said = (
                pl.when(pl.col("was_high"))
                .then(pl.lit(f"not {side} {criterion.say(bounds)}"))
                .otherwise(said)
            )
    for number, step in enumerate(criterion.steps, start=1):
        by: pl.Expr = pl.lit(None, dtype=pl.String)
        for place, bounds in reversed(list(enumerate(step.alternatives))):
            at = "at or " if bounds[0].inclusive else ""
            by = (
                pl.when(pl.col(f"by_{number}_{place}"))
                .then(pl.lit(f"{at}{side} {criterion.say(bounds)}"))
                .otherwise(by)
            )
        said = pl.when(pl.col("sure_worst") == number).then(by).otherwise(said)
    return said


def _first(criterion: Criterion) -> str:
    groups = criterion.steps[0].alternatives
    plain = [group for group in groups if group[0].when in ("", "normal")]
    return " or ".join(criterion.say(group) for group in plain or groups)


def _reason(criterion: Criterion, edition: Edition) -> pl.Expr:
    ungraded = _no_grade(criterion, edition)
    notes = _notes(criterion)
    return (
        pl.when(pl.col("worst").is_null() & pl.col("least").is_null())
        .then(ungraded)
        .when(pl.col("worst").is_null())
        .then(pl.format("grade {} if not on anticoagulation; if so, {}", "least", _missing(criterion)))
        .otherwise(notes)
    )


def _notes(criterion: Criterion) -> pl.Expr:
    """Say what a grade leaves open."""
    notes: list[pl.Expr] = []
    for number, step in enumerate(criterion.steps, start=1):
        if len(step.grades) > 1:
            between = " and ".join(str(grade) for grade in step.grades)
            notes.append(
                pl.when(pl.col("sure_worst") == number).then(pl.lit(f"{_SYMPTOMS} between grades {between}"))
            )
    whens = {bound.when for step in criterion.steps for bound in step.bounds}
    if "anticoagulated" in whens:
        words = "by multiples of the value before treatment only if on anticoagulation, which is not told"
        notes.append(pl.when(pl.col("sure_worst") > pl.col("sure")).then(pl.lit(words)))
    if whens & {"abnormal", "low"}:
        notes.append(pl.when(pl.col("untold")).then(pl.lit(_HELD_NORMAL)))
    more = (pl.col("sure_worst") > 0) & (pl.col("maybe_worst") > pl.col("sure_worst"))
    notes.append(
        pl.when(more).then(pl.format("up to grade {} is possible: {}", "highest", _missing(criterion)))
    )
    if criterion.also_grade:
        condition = f"grade {criterion.also_grade} if {criterion.also_if}"
        notes.append(pl.when(pl.col("worst").is_between(1, criterion.also_grade - 1)).then(pl.lit(condition)))
    return pl.concat_str(notes, separator="; ", ignore_nulls=True)


def _no_grade(criterion: Criterion, edition: Edition) -> pl.Expr:
    """Say why there is no grade."""
    nothing = pl.col("sure") == 0
    all_open = pl.all_horizontal(
        pl.col(f"worst_{number}").is_null() for number in range(1, len(criterion.steps) + 1)
    )
    release = f"CTCAE {PUBLISHED_AS[edition]}"
    unnumbered = [number for number, step in enumerate(criterion.steps, start=1) if not step.grades]
    return (
        pl.when(pl.col("sure").is_in(unnumbered))
        .then(pl.lit(f"{release} gives no grade for this value by its number"))
        .when(nothing & pl.col("gap"))
        .then(
            pl.format(
                f"{release} has no grade for it: above the upper limit of normal, but {{}}", _rule(criterion)
            )
        )
        .when(nothing & all_open)
        .then("cannot be graded: " + _missing(criterion))
        .otherwise(pl.format("no more than grade {}; {}", "highest", _missing(criterion)))
    )


def _missing(criterion: Criterion) -> pl.Expr:
    """Say which of the limits that the criterion looks at are not given."""
    bounds = [bound for step in criterion.steps for bound in step.bounds]
    used = {bound.of for bound in bounds if bound.of} | {
        "LLN" for bound in bounds if bound.when in ("below", "low")
    }
    absent = {of: pl.col(_COLUMN[of]).is_null() for of in _MISSING if of in used}
    if "BASE" in used and all(bound.when in ("abnormal", "low") for bound in bounds if bound.of == "BASE"):
        absent["BASE"] &= ~pl.col("untold")
    said = [pl.when(condition).then(pl.lit(_MISSING[of])) for of, condition in absent.items()]
    return pl.concat_str(said, separator=", and ", ignore_nulls=True) if said else pl.lit("")
