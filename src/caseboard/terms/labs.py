"""Laboratory analytes: their names and synonyms, the units they are reported in, and values that cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from caseboard.terms import units
from caseboard.terms.units import canonical_unit, unit_forms
from caseboard.terms.vocabulary import Match, Vocabulary, read_table
from caseboard.terms.written import cells, lookup_written

__all__ = [
    "Analyte",
    "Bounds",
    "canonical_unit",
    "lookup",
    "plausible",
    "possible_ranges",
    "unit_forms",
    "vocabulary",
]


class Bounds(msgspec.Struct, frozen=True):
    """The lowest and the highest value that can be, in ``unit`` (None for a ratio or an index)."""

    low: float
    high: float
    unit: str | None


class Analyte(msgspec.Struct, frozen=True):
    """One analyte.

    ``key`` is the short name that a lab fact carries ("AST", "hemoglobin", "CA-125"); ``name`` spells it out;
    ``case_sensitive`` are the forms that count only with their own capitals ("Hb", "PT", "K"); ``bounds`` say, for
    each kind of unit, outside of which value there must be an error of reading.
    """

    key: str
    name: str
    group: str
    forms: tuple[str, ...]
    case_sensitive: tuple[str, ...]
    bounds: tuple[Bounds, ...]


@cache
def vocabulary() -> Vocabulary[Analyte]:
    """Return all analytes by their written forms."""
    return Vocabulary("labs", read_table("labs", _analyte))


def _analyte(row: dict[str, str]) -> Analyte:
    return Analyte(
        key=row["analyte"],
        name=row["name"],
        group=row["group"],
        forms=(row["analyte"], *cells(row["forms"])),
        case_sensitive=cells(row["case_sensitive"]),
        bounds=tuple(_bounds(text) for text in cells(row["ranges"])),
    )


_BOUNDS = re.compile(r"(-?[\d.]+)-([\d.]+)(?: (.+))?")


def _bounds(text: str) -> Bounds:
    found = _BOUNDS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} in labs.tsv is no range: write LOW-HIGH UNIT")
    return Bounds(float(found[1]), float(found[2]), found[3])


def lookup(text: str) -> Match[Analyte] | None:
    """Return the analyte written as ``text`` ("SGOT": AST), or None."""
    return lookup_written(vocabulary(), text)


_MULTIPLE_OF_LIMIT = "× ULN"
_HIGHEST_MULTIPLE = 10_000.0


def plausible(analyte: str, value: float, unit: str | None) -> bool:
    """Whether a value can be right: False only where it lies outside of what is physiologically possible.

    ``unit`` is taken as written. A known unit of a kind in which the analyte is never given (hemoglobin in U/L) is
    not plausible either. Without a unit, or with one that is not known, the value must be possible in some unit of
    the analyte. An analyte that is not known is not judged. The bounds are those of labs.tsv.
    """
    found = lookup(analyte)
    if found is None or not found.term.bounds:
        return True
    name = canonical_unit(unit) if unit else None
    if name == _MULTIPLE_OF_LIMIT:
        return 0 <= value <= _HIGHEST_MULTIPLE
    return any(_within(bounds, value, name) for bounds in found.term.bounds)


def _within(bounds: Bounds, value: float, unit: str | None) -> bool:
    known: Mapping[str, units.Unit] = units.units()
    if bounds.unit is None:
        return unit is None and bounds.low <= value <= bounds.high
    base = known[bounds.unit]
    if unit is not None:
        same_kind = [known[unit]] if known[unit].dimension == base.dimension else []
    else:
        same_kind = [one for one in known.values() if one.dimension == base.dimension]
    low, high = bounds.low * base.factor, bounds.high * base.factor
    slack = 1e-9 * max(abs(low), abs(high))
    return any(low - slack <= value * one.factor <= high + slack for one in same_kind)


def possible_ranges(
    analyte: Analyte, dimension: str | None, factor: float
) -> tuple[tuple[float, float], ...]:
    """Return the ranges of possible values in a unit, by what it measures and how much of the base unit it is.

    ``dimension`` None: without a unit. Empty where the table does not judge values in such a unit.
    """
    ranges = []
    for bounds in analyte.bounds:
        if bounds.unit is None:
            if dimension is None:
                ranges.append((bounds.low, bounds.high))
        elif units.units()[bounds.unit].dimension == dimension:
            base = units.units()[bounds.unit].factor / factor
            ranges.append((bounds.low * base, bounds.high * base))
    return tuple(ranges)
