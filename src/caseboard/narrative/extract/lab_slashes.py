"""Values of several analytes between slashes: "AST/ALT/ALP: 145/312/402 U/L", "Na/K 128/5.6 mmol/L"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from caseboard.narrative.lab_values import DecimalSign, LabValue, read_value
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["PARTS", "values_of_slashes"]

PARTS: Mapping[str, tuple[str, ...]] = {"AST/ALT ratio": ("AST", "ALT")}
"""Names that a vocabulary holds as one and that stand for several analytes."""
_LINK = re.compile(r"(?:\s(?:levels?|values?))?\s?(?:(?:was|were|of|is|are)\s|[:=]\s?|\s)")
_SLASH = re.compile(r"\s?/\s?")
_FEWEST, _MOST = 2, 8
_LONGEST = 10
"""Characters of a value before a slash."""


def values_of_slashes(view: View, labs: Sequence[Mention], sign: DecimalSign) -> list[tuple[str, LabValue]]:
    """Return the analytes that slashes part, beginning with the first of ``labs``, each with its value.

    None where there are not as many values as analytes. The unit of the last is that of all that have none.
    """
    named, end = [*PARTS.get(labs[0].key, (labs[0].key,))], labs[0].end
    for lab in labs[1:_MOST]:
        if _SLASH.fullmatch(view.whole, end, lab.start) is None:
            break
        named += PARTS.get(lab.key, (lab.key,))
        end = lab.end
    link = _LINK.match(view.whole, end, view.end) if len(named) >= _FEWEST and end > labs[0].end else None
    values: list[LabValue] = []
    at = link.end() if link is not None else None
    while at is not None and len(values) < len(named):
        slash = view.whole.find("/", at, at + _LONGEST) if len(values) + 1 < len(named) else -1
        value = read_value(view.whole, at, slash if slash > 0 else view.end, sign)
        if value is None or value.start != at:
            return []
        values.append(value)
        parted = _SLASH.match(view.whole, value.end, view.end)
        at = parted.end() if parted is not None else None
    if len(values) != len(named) or not values or at is not None:
        return []
    unit = values[-1].unit
    shared = [value if value.unit else msgspec.structs.replace(value, unit=unit) for value in values]
    return list(zip(named, shared, strict=True))
