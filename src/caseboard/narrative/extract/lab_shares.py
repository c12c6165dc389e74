"""Shares of a differential count that stand before the kind of cells: "73% neutrophils, 17% lymphocytes"."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.lab_values import DecimalSign, LabValue, read_value
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View
from caseboard.terms.labs import plausible

__all__ = ["share_before"]

_OF_A_DIFFERENTIAL = frozenset(
    {"neutrophils", "lymphocytes", "monocytes", "eosinophils", "basophils", "blasts", "bands", "plasma cells"}
)
_SHARE = re.compile(r"(?<![\d.,-])\d{1,3}(?:[.,]\d{1,2})?\s?%\s$")
_LISTED_SHARE = re.compile(r"\s?(?:$|[.;)]|,?\s(?:and\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%\s[a-z])")


def share_before(view: View, lab: Mention, sign: DecimalSign) -> LabValue | None:
    """Return the share that a differential count tells before a kind of cells: "73% neutrophils, 17% lymphocytes"."""
    if lab.key not in _OF_A_DIFFERENTIAL or _LISTED_SHARE.match(view.whole, lab.end, view.end) is None:
        return None
    told = _SHARE.search(view.whole, max(view.start, lab.start - 10), lab.start)
    value = read_value(view.whole, told.start(), lab.start, sign) if told is not None else None
    if value is None or not plausible(lab.key, value.value, value.unit):
        return None
    return msgspec.structs.replace(value, end=lab.end)
