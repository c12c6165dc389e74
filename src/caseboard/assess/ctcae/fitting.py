"""Which criteria fit a row: by its term or its analyte, and in the unit of its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caseboard.assess.ctcae.criteria import (
    EDITIONS,
    PUBLISHED_AS,
    Bound,
    Criterion,
    Edition,
    Step,
    analyte_key,
    criteria_of,
    criteria_of_term,
)
from caseboard.terms.conversion import conversion_factor, measure
from caseboard.terms.labs import lookup, possible_ranges
from caseboard.terms.units import canonical_unit

__all__ = ["Fit", "fits", "is_multiple", "unknown_unit"]

_MULTIPLE = "× ULN"
_NO_UNIT = frozenset({"fraction"})
_RATIOS = frozenset({"inr", "ratio"})
"""What laboratories write where a number has no unit; in braces it is UCUM."""
_SHOWN = 40
"""So much is shown of a name or a unit that is not known."""


class Fit(NamedTuple):
    """A criterion that a kind of row is judged by, what its value is multiplied by, and which values can be."""

    criterion: Criterion
    factor: float
    possible: tuple[tuple[float, float], ...]


def is_multiple(unit: str | None) -> bool:
    """Whether a unit says that the value is a multiple of the upper limit of normal."""
    return unit is not None and canonical_unit(unit) == _MULTIPLE


def unknown_unit(unit: str | None) -> str | None:
    """Return what is to be said of a unit that nobody knows, though multiples of a limit are graded in it."""
    if (
        unit is None
        or unit.strip("{}").casefold() in _RATIOS
        or is_multiple(unit)
        or measure(unit) is not None
    ):
        return None
    return f"{_shown(unit)} is no unit that is known: multiples of a limit hold in any"


def fits(term: str | None, analyte: str | None, unit: str | None, edition: Edition) -> tuple[list[Fit], str]:
    """Return the criteria of a kind of row, each once and in the unit that fits best, or why there is none."""
    rows, reason = _named(term, analyte, edition)
    if reason:
        return [], reason
    by_name: dict[tuple[str, str], list[Criterion]] = {}
    for row in rows:
        by_name.setdefault((row.name, row.direction), []).append(row)
    fitting = []
    for same in by_name.values():
        found = _in_unit(same, unit)
        if isinstance(found, str):
            return [Fit(same[0], 1.0, ())], f"cannot be graded: {found}"
        if found is not None:
            fitting.append(found)
    if not fitting:
        return [], f"cannot be graded: {_shown(unit)} is no unit of it"
    return fitting, ""


def _shown(text: str | None) -> str:
    return "nothing" if text is None else text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _named(term: str | None, analyte: str | None, edition: Edition) -> tuple[tuple[Criterion, ...], str]:
    release = f"CTCAE {PUBLISHED_AS[edition]}"
    if term is not None:
        rows = criteria_of_term(term, edition) or _renamed(term, edition)
        if not rows:
            elsewhere = [PUBLISHED_AS[other] for other in EDITIONS if criteria_of_term(term, other)]
            said = f"{release} has no number for {_shown(term)}" + (
                f", as {' and '.join(elsewhere)} has" if elsewhere else ""
            )
            return (), said if elsewhere else f"{_shown(term)} is no laboratory term of CTCAE"
        if analyte is not None and not any(analyte_key(analyte) in row.analytes for row in rows):
            return (
                (),
                f"{rows[0].name} is not graded by {_shown(analyte)}, but by {' or '.join(rows[0].analytes)}",
            )
        return rows, ""
    if analyte is None:
        return (), "neither a term nor an analyte is given"
    rows = criteria_of(analyte, edition)
    if rows:
        return (*rows, *_dropped(analyte, rows, edition)), ""
    key = analyte_key(analyte)
    if key == "calcium":
        return (
            (),
            "total calcium: CTCAE grades ionized calcium, or calcium corrected for albumin (say corrected calcium)",
        )
    others = {row.name for other in EDITIONS for row in criteria_of(analyte, other)}
    if others:
        return (), f"{release} has no number for {', '.join(sorted(others))}"
    return (), f"no numeric criterion for {_shown(analyte)} in the table"


def _renamed(term: str, edition: Edition) -> tuple[Criterion, ...]:
    """Return the criteria that an edition has for the same analyte and direction under another name."""
    for other in EDITIONS:
        for row in criteria_of_term(term, other):
            same = [one for one in criteria_of(row.analytes[0], edition) if one.direction == row.direction]
            return tuple(same)
    return ()


def _dropped(analyte: str, rows: tuple[Criterion, ...], edition: Edition) -> Iterator[Criterion]:
    """Yield a criterion without grades for a direction that only other editions grade: beyond normal is no 0."""
    there = {row.direction for row in rows}
    for other in EDITIONS:
        for row in criteria_of(analyte, other):
            if row.direction not in there:
                there.add(row.direction)
                limit = Bound(
                    number=1.0,
                    of="LLN" if row.direction == "low" else "ULN",
                    plus=0.0,
                    inclusive=False,
                    when="",
                )
                step = Step(alternatives=((limit,),), grades=())
                yield Criterion(
                    term=row.term,
                    variant=row.variant,
                    editions=(edition,),
                    analytes=row.analytes,
                    direction=row.direction,
                    unit="-",
                    steps=(step,),
                    clinical=(),
                    also_grade=0,
                    also_if="",
                )


def _in_unit(same: list[Criterion], unit: str | None) -> Fit | str | None:
    """Return the criterion whose numbers stand in the unit of the value, or to whose it can be converted."""
    analyte = same[0].analytes[0]
    if same[0].unit == "-":
        return _without_unit(same[0], unit)
    if is_multiple(unit):
        return None
    if unit is None:
        return "no unit is given"
    given = {row.unit: conversion_factor(analyte, unit, row.unit) for row in same}
    read = measure(unit)
    best = next((row for row in same if _same_kind(unit, row.unit)), None)
    best = best or next((row for row in same if given[row.unit] is not None), None)
    if best is None:
        return f"it cannot be compared in the unit {_shown(unit)}" if read else f"{_shown(unit)} is no unit"
    factor = given[best.unit]
    return None if factor is None else Fit(best, factor, _possible(analyte, unit))


def _without_unit(row: Criterion, unit: str | None) -> Fit | str:
    """Take the value as it is: multiples of limits hold in any unit, a plain number (INR, pH) only without one."""
    if unit is not None and row.absolute and not is_multiple(unit):
        read = measure(unit)
        if read is not None and (read.dimension not in _NO_UNIT or read.factor != 1):
            return f"it cannot be compared in the unit {_shown(unit)}"
    possible = _possible(row.analytes[0], unit) if unit is not None or row.absolute else ()
    return Fit(row, 1.0, () if is_multiple(unit) else possible)


def _same_kind(unit: str, wanted: str) -> bool:
    return conversion_factor("", unit, wanted) is not None


def _possible(analyte: str, unit: str | None) -> tuple[tuple[float, float], ...]:
    found = lookup(analyte.removeprefix("fasting ").removeprefix("corrected "))
    if found is None:
        return ()
    if unit is None:
        return possible_ranges(found.term, None, 1.0)
    read = measure(unit)
    return possible_ranges(found.term, read.dimension, read.factor) if read else ()
