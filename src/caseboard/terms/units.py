"""Units of laboratory values: every way they are written, and what they measure.

A unit's capitals matter ("M/µL" is a million, "mg" is none), so units are found as written; only Unicode's two micro
signs and the spaces around a stroke are held equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from caseboard.terms.vocabulary import read_table
from caseboard.terms.written import cells

__all__ = ["Unit", "canonical_unit", "same_unit", "unit_forms", "units"]


class Unit(msgspec.Struct, frozen=True):
    """One unit: its name, its UCUM code, what it measures, and how many of that dimension's base unit it is.

    Base units: g/L (mass concentration), mol/L (substance concentration), U/L (activity concentration), 10^9/L (count
    concentration), 1 (fraction, ratio), s (time) and the like: two units of one dimension compare by ``factor``.
    """

    name: str
    ucum: str
    dimension: str
    factor: float
    numerators: tuple[str, ...]
    denominators: tuple[str, ...]
    other: tuple[str, ...]

    def written(self) -> Iterator[str]:
        """Yield every way in which the unit is written."""
        yield self.name
        yield self.ucum
        yield from self.other
        for numerator in self.numerators or ("",):
            for top in _powers(numerator):
                for bottom in self.denominators:
                    yield f"{top}/{bottom}"
                    yield f"{top} / {bottom}" if top else f"/ {bottom}"
                    yield f"{top} per {bottom}" if top else f"per {bottom}"


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TIMES = ("× ", "×", "x ", "x", "X ", "X", "* ", "*", "")


def _powers(numerator: str) -> tuple[str, ...]:
    """Return ``numerator``, or for ``^9`` each way to write ten to the ninth, with and without a sign of times."""
    if not numerator.startswith("^"):
        return (numerator,)
    power = numerator[1:]
    tens = (
        f"10^{power}",
        f"10{power.translate(_SUPERSCRIPTS)}",
        f"10*{power}",
        f"10**{power}",
        f"10E{power}",
        f"10e{power}",
        f"10({power})",
        f"10 {power}",
        f"10{power}",
    )
    return (*(times + ten for ten in tens for times in _TIMES), f"E{power}", f"e{power}")


@cache
def units() -> Mapping[str, Unit]:
    """Return all units by name."""
    return {unit.name: unit for unit in read_table("units", _unit)}


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        name=row["unit"],
        ucum=row["ucum"],
        dimension=row["dimension"],
        factor=float(row["factor"]),
        numerators=cells(row["numerators"]),
        denominators=cells(row["denominators"]),
        other=cells(row["other"]),
    )


@cache
def unit_forms() -> Mapping[str, str]:
    """Return every written form of a unit, as written, with the unit's name: ``{"IU/l": "U/L", ...}``."""
    forms: dict[str, str] = {}
    for unit in units().values():
        for form in unit.written():
            forms.setdefault(form, unit.name)
    return forms


def canonical_unit(text: str) -> str | None:
    """Return the name of the unit written as ``text`` ("x10⁹/l": "10^9/L"), or None."""
    plain = " ".join(text.split())
    found = unit_forms().get(plain)
    if found is None:
        found = unit_forms().get(plain.replace(" ", ""))
    return found


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units are the same one, however each is written."""
    if one is None or other is None:
        return one == other
    return one == other or (canonical_unit(one) is not None and canonical_unit(one) == canonical_unit(other))
