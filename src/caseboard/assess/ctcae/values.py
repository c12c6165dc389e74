"""Grading the laboratory values of one patient, by the same rules as whole tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from caseboard.assess.ctcae.criteria import Edition
from caseboard.assess.ctcae.fitting import Fit, fits, is_multiple, unknown_unit
from caseboard.assess.ctcae.formula import Value, answer, given
from caseboard.assess.ctcae.judging import ABNORMAL_FIRST, SHOWN, impossible, impossible_said, stages

__all__ = ["Grading", "LabValue", "grade_value", "grade_values"]

_NOTHING = dict.fromkeys(("least", "worst", "lowest", "highest", "rule"))


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
    return [_grading(_found(one, edition)) for one in values]


def _found(one: LabValue, edition: Edition) -> Mapping[str, Value]:
    """Return for a value what ``grading.grade_labs`` returns for a row of a table."""
    fitting, reason = fits(None, one.analyte, one.unit, edition)
    if reason:
        return {**_NOTHING, "term": fitting[0].criterion.name if fitting else None, "why": reason}
    judged = [_judged(one, fit, edition) for fit in fitting]
    found = min(judged, key=lambda found: int(answer(ABNORMAL_FIRST, found) or 0))
    remark = unknown_unit(one.unit)
    return (
        found if remark is None else {**found, "why": f"{found['why']}; {remark}" if found["why"] else remark}
    )


def _judged(one: LabValue, fit: Fit, edition: Edition) -> dict[str, Value]:
    """Judge a value by one criterion; what cannot be a value of the analyte is not graded."""
    row: dict[str, Value] = {
        "value": one.value,
        "lln": one.lower,
        "uln": one.upper,
        "baseline": one.baseline,
        "before": None,
        "unit": f"{one.unit[:SHOWN]} " if one.unit is not None else "",
    }
    if answer(impossible(fit), row):
        return {**_NOTHING, "term": fit.criterion.name, "why": answer(impossible_said(given("unit")), row)}
    for stage in stages(fit, edition, alone=False, multiple=is_multiple(one.unit)):
        row |= {name: answer(formula, row) for name, formula in stage.items()}
    return row


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


def _grading(found: Mapping[str, Value]) -> Grading:
    least, worst, lowest, highest = (found[name] for name in ("least", "worst", "lowest", "highest"))
    parts = (found["rule"] if least is not None else None, found["why"])
    named, said = _published(str(found["term"] or "")), "; ".join(str(part) for part in parts if part)
    if least is not None:
        # Where anticoagulation alone could add to a grade, and no baseline is there to say so, the number decides.
        return Grading(named, tuple(sorted({int(least), int(least if worst is None else worst)})), said)
    if lowest is None or highest is None or said.startswith(("cannot", "CTCAE")):
        return Grading(named, (), said)
    return Grading(named, tuple(range(int(lowest), int(highest) + 1)), said)


def _published(name: str) -> str:
    """Return the term as CTCAE has it: how the sample was taken is no part of its name there."""
    return name.partition(" (")[0]
