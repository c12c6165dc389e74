"""Values told one after the other with their times in brackets behind all: "CEA 5.1 -> 12.4 -> 33 (Jan, Mar, May)"."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.clock import Moment
from caseboard.narrative.lab_values import DecimalSign, LabValue, read_value
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["values_in_turn"]

_LEAD = re.compile(r"(?:\s?[:=]|\s(?:was|were|of|rose|fell|went|from)){0,2}\s{0,2}")
_LINK = re.compile(r"\s?(?:->|→|=>|–>|,\sand\b|,|/|;|to|and|then)\s?")
_OPENS = re.compile(r"\s?[(\[]")
_FEWEST, _MOST = 2, 12


def values_in_turn(view: View, lab: Mention, stop: int, sign: DecimalSign) -> list[tuple[LabValue, Moment]]:
    """Return the values of an analyte with the time of each, where as many times stand in brackets behind them."""
    lead = _LEAD.match(view.whole, lab.end, stop)
    values: list[LabValue] = []
    at = lead.end() if lead is not None else lab.end
    while len(values) < _MOST:
        value = read_value(view.whole, at, stop, sign)
        if value is None or value.start != at:
            break
        values.append(value)
        link = _LINK.match(view.whole, value.end, stop)
        if link is None:
            break
        at = link.end()
    opened = _OPENS.match(view.whole, values[-1].end, view.end) if len(values) >= _FEWEST else None
    if opened is None:
        return []
    closed = view.whole.find(")" if opened[0].endswith("(") else "]", opened.end(), view.end)
    times = [time for time in view.times if opened.end() <= time.start < closed]
    if len(times) != len(values):
        return []
    unit = next((value.unit for value in reversed(values) if value.unit is not None), None)
    return [
        (value if value.unit is not None else msgspec.structs.replace(value, unit=unit), time.moment)
        for value, time in zip(values, times, strict=True)
    ]
