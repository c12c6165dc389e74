"""Values told one after the other with their times behind all: "CEA 5.1 -> 12.4 -> 33 (Jan, Mar, May)".

The times stand in brackets or as a phrase: "creatinine was 94, 88 and 71 on 8, 15 and 22 January".
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.lab_later import COMPARED
from caseboard.narrative.lab_values import DecimalSign, LabValue, read_value
from caseboard.narrative.memory import Draft
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import Governed, View

__all__ = ["values_in_turn", "with_day_of_list"]

_LEAD = re.compile(r"(?:\s?[:=]|\s(?:was|were|of|rose|fell|went|from)){0,2}\s{0,2}")
_LINK = re.compile(r"\s?(?:->|→|=>|–>|,\sand\b|,|/|;|to|and|then)\s?")
_OPENS = re.compile(r"\s?(?P<bracket>[(\[])|(?:,?\srespectively)?,?\s(?:on|in|at)\s")
_NEXT_TIME = re.compile(r"(?:,|\s?/|,?\s(?:and|then|&))\s?(?:(?:on|in|at|the)\s){0,2}")
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
    times = _times_behind(view, opened)
    if len(times) != len(values):
        return []
    unit = next((value.unit for value in reversed(values) if value.unit is not None), None)
    return [
        (value if value.unit is not None else msgspec.structs.replace(value, unit=unit), time.moment)
        for value, time in zip(values, times, strict=True)
    ]


def _times_behind(view: View, opened: re.Match[str]) -> list[Governed]:
    """Return the times in brackets, or those that follow one another in a phrase."""
    if opened["bracket"]:
        closed = view.whole.find(")" if opened["bracket"] == "(" else "]", opened.end(), view.end)
        return [time for time in view.times if opened.end() <= time.start < closed]
    out: list[Governed] = []
    for time in view.times:
        if out and _NEXT_TIME.fullmatch(view.whole, out[-1].end, time.start) is None:
            break
        if out or time.start == opened.end():
            out.append(time)
    return out


def with_day_of_list(view: View, drafts: list[Draft]) -> list[Draft]:
    """Give the values of a list the day behind the last of them: "Hb was 98 and neutrophils were 2.1 on 1 November".

    Of which of them a former value behind that day is, is not told: it is left out.
    """
    shared: list[Draft] = []
    for draft, following in reversed(list(pairwise(drafts))):
        if (
            (following in shared or view.right_behind(following.end) is not None)
            and view.governing(draft.start, draft.end) is None
            and _GOES_ON.fullmatch(view.whole, draft.end, following.start) is not None
        ):
            draft.moment = following.moment
            shared += [draft, following]
    return [draft for draft in drafts if not (shared and _is_compared(view, draft))]


def _is_compared(view: View, draft: Draft) -> bool:
    return COMPARED.search(view.whole, max(view.start, draft.start - 24), draft.start) is not None


_GOES_ON = re.compile(
    r"(?:,|;|,?\s(?:and|with|while|whereas))\s(?:(?:an?|the|his|her|serum|plasma|total|absolute)\s){0,3}",
    re.IGNORECASE,
)
