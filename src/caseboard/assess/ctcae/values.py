"""Grading the laboratory values of one patient, by the same rules as whole tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseboard.assess.ctcae.criteria import Edition

__all__ = ["Grading", "LabValue", "grade_value", "grade_values"]


class LabValue(NamedTuple):
    """A value as a laboratory reports it; limits of normal and the value before treatment in its own unit."""

    analyte: str
    value: float
    unit: str | None = None
    lower: float | None = None
    upper: float | None = None
    baseline: float | None = None


class Grading(NamedTuple):
    """The grades that a value can have (one where the numbers decide, none where nothing can be said), and why."""

    term: str
    possible: tuple[int, ...]
    why: str

    @property
    def grade(self) -> int | None:
        """The grade, where the numbers decide it."""
        return self.possible[0] if len(self.possible) == 1 else None


def grade_values(values: Sequence[LabValue], edition: Edition) -> list[Grading]:
    """Grade values by an edition of CTCAE, each in the order given."""
    if not values:
        return []
    import polars as pl  # noqa: PLC0415 - loaded only for a case that has laboratory values

    from caseboard.assess.ctcae.grading import INPUT, grade_labs  # noqa: PLC0415

    rows = [
        (row, None, one.analyte, one.value, one.unit, one.lower, one.upper, one.baseline, None)
        for row, one in enumerate(values)
    ]
    graded = grade_labs(pl.DataFrame(rows, schema=INPUT, orient="row"), edition)
    return [_grading(**row) for row in graded.drop("row", "direction").to_dicts()]


def grade_value(
    analyte: str,
    value: float,
    unit: str | None,
    edition: Edition,
    *,
    lower: float | None = None,
    upper: float | None = None,
    baseline: float | None = None,
) -> Grading:
    """Grade one value: see ``grade_values``."""
    return grade_values([LabValue(analyte, value, unit, lower, upper, baseline)], edition)[0]


def _grading(
    term: str | None,
    least: int | None,
    worst: int | None,
    lowest: int | None,
    highest: int | None,
    rule: str | None,
    why: str | None,
) -> Grading:
    # The term as CTCAE has it: how the sample was taken is no part of its name there.
    named = (term or "").partition(" (")[0]
    said = "; ".join(part for part in ((rule if least is not None else None), why) if part)
    if least is not None:
        # Where anticoagulation alone could add to a grade, and no baseline is there to say so, the number decides.
        return Grading(named, tuple(sorted({least, least if worst is None else worst})), said)
    if lowest is None or highest is None or said.startswith(("cannot", "CTCAE")):
        return Grading(named, (), said)
    return Grading(named, tuple(range(lowest, highest + 1)), said)
