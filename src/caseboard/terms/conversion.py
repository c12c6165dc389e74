"""Converting laboratory values: from one unit to another, and between mass, substance and charge of an analyte.

Units are found as written in ``units.tsv``; any other is read as a UCUM code by a units library, which is loaded only
then. A test holds the table and the library together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from caseboard.terms.units import canonical_unit, unit_forms, units
from caseboard.terms.vocabulary import read_table

__all__ = ["Measure", "Molar", "conversion_factor", "measure", "molar_masses", "ucum_measure"]

_LONGEST = 40
_ANNOTATION = re.compile(r"\{[^{}]*\}")
# What a laboratory's unit is made of: anything else is none, and the library need not be asked.
_ATOM = r"\(?(?:10\*-?\d{1,2}|\d{1,4}|(?:da|[dcmunpfkMGh])?(?:g|L|l|mol|eq|U|kat|s|min|h|d|m|%|\[ppth\])(?:-?\d)?)\)?"
_OF_A_LABORATORY = re.compile(rf"/?{_ATOM}(?:[./]{_ATOM}){{0,4}}")
_POWER = re.compile(r"10[\^E](?=\d)")
_BASES = {
    "[mass] / [length] ** 3": ("mass concentration", "g/L", 1.0),
    "[substance] / [length] ** 3": ("substance concentration", "mol/L", 1.0),
    "1 / [length] ** 3": ("count concentration", "1/L", 1e9),
    "[length] ** 3 / [time]": ("clearance", "mL/min", 1.0),
    "[time]": ("time", "s", 1.0),
    "dimensionless": ("fraction", "", 1.0),
    "[substance] / [time] / [length] ** 3": ("activity concentration", "umol/min/L", 1.0),
}


class Measure(NamedTuple):
    """What a unit measures, and how many of that dimension's base unit (of ``caseboard.terms.units``) it is."""

    dimension: str
    factor: float


class Molar(msgspec.Struct, frozen=True):
    """An analyte's molar mass in g/mol, and its charge (0 where none is used)."""

    analyte: str
    grams: float
    charge: int


@cache
def molar_masses() -> Mapping[str, Molar]:
    """Return the molar masses by the key of the analyte."""
    return {one.analyte: one for one in read_table("molar_masses", _molar)}


def _molar(row: dict[str, str]) -> Molar:
    return Molar(row["analyte"], float(row["g_per_mol"]), int(row["charge"] or 0))


def conversion_factor(analyte: str, unit: str, wanted: str) -> float | None:
    """Return what a value of ``analyte`` in ``unit`` is multiplied by to be in ``wanted``; None where it cannot be.

    ``unit`` is taken as written, ``wanted`` is a name of units.tsv. Where a unit can be read in two ways ("G/L":
    grams or 10^9), the one that measures the same as ``wanted`` is meant.
    """
    target = units()[wanted]
    for given in _readings(unit):
        if given.dimension == target.dimension:
            return given.factor / target.factor
    for given in _readings(unit):
        per_mole = _moles(analyte, given.dimension)
        back = _moles(analyte, target.dimension)
        if per_mole is not None and back is not None:
            return given.factor * per_mole / back / target.factor
    return None


def measure(unit: str) -> Measure | None:
    """Return what a unit as written measures, by the table or as a UCUM code; None where it is no unit."""
    return next(iter(_readings(unit)), None)


def _moles(analyte: str, dimension: str) -> float | None:
    """Return how many mol/L of an analyte the base unit of a dimension is."""
    if dimension == "substance concentration":
        return 1.0
    molar = molar_masses().get(analyte)
    if molar is None:
        return None
    if dimension == "mass concentration":
        return 1.0 / molar.grams
    return 1.0 / molar.charge if dimension == "charge concentration" and molar.charge else None


@cache
def _forms_without_capitals() -> Mapping[str, tuple[str, ...]]:
    forms: dict[str, dict[str, None]] = {}
    for form, name in unit_forms().items():
        forms.setdefault(form.casefold(), {})[name] = None
    return {form: tuple(names) for form, names in forms.items()}


@lru_cache(maxsize=4096)
def _readings(unit: str) -> tuple[Measure, ...]:
    """Return the readings of a unit: as written, without regard to capitals, or else as a UCUM code."""
    exact = canonical_unit(unit)
    names = dict.fromkeys((exact,) if exact else ())
    if exact is None or unit == unit.upper():
        # Systems that know capitals only: "G/L" of haemoglobin are grams, though of cells it is 10^9.
        names |= dict.fromkeys(_forms_without_capitals().get("".join(unit.split()).casefold(), ()))
    found = [Measure(units()[name].dimension, units()[name].factor) for name in names]
    if found:
        return tuple(found)
    by_code = ucum_measure(unit)
    return (by_code,) if by_code else ()


def ucum_measure(code: str) -> Measure | None:
    """Return what a UCUM code measures (10^9 is read as 10*9), or None where it is none or of no use here."""
    text = _POWER.sub("10*", _ANNOTATION.sub("", code[:_LONGEST].strip()))
    return _asked(text) if len(code) <= _LONGEST and _OF_A_LABORATORY.fullmatch(text) else None


@lru_cache(maxsize=4096)
def _asked(text: str) -> Measure | None:
    registry, errors = _registry()
    try:
        quantity = registry.from_ucum(text)
        dimension, base, of_base = _BASES[str(quantity.dimensionality)]
        return Measure(
            dimension, float((1 * quantity).to(base or registry.dimensionless).magnitude) / of_base
        )
    except errors:
        return None


@cache
def _registry():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's registry has no type of its own
    import pint  # noqa: PLC0415 - loaded only for a unit that the table has not
    import ucumvert  # noqa: PLC0415

    errors = (ucumvert.parser.InvalidUcumError, pint.errors.PintError, AttributeError, KeyError, ValueError)
    return ucumvert.PintUcumRegistry(), errors
