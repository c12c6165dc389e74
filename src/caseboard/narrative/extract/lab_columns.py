"""Tables of laboratory values whose dates stand in the first column, or whose lines have run into one.

In the first the header names the analytes, with their units, and each line below begins with its date; the columns may
be as narrow as one space. In the second one sentence holds the dates and, behind each analyte, as many values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Lab
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.lab_dates import date_at
from caseboard.narrative.lab_values import DecimalSign, LabValue, read_value, unit_in
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import Governed, View
from caseboard.terms.labs import plausible

__all__ = ["read_by_date", "read_flattened", "read_flattened_rows"]

_BETWEEN_NAMES = re.compile(
    r"[\s|,;/]{0,12}(?:(?:dates?|days?|times?|parameters?|items?)\b[\s|:]{0,12})?", re.IGNORECASE
)
_UNIT_BEHIND = re.compile(
    r"\s?[(\[][^()\[\]\n]{1,22}[)\]]|,?\s(?=[A-Za-zµμ10×x]{1,6}[\^0-9]{0,3}/)[^\s|]{2,14}"
)
_NUMBERED_ONE = re.compile(r"(?:Day|Week|Month|Cycle)\s\d{1,3}")
_NUMBERED = re.compile(r"(?:(?:Day|Week|Month|Cycle)\s\d{1,3}[\s|]{1,4}){2,12}$")
_OTHER_COLUMNS = re.compile(
    r"(?:[\s|]{1,6}[A-Za-z/%-]{1,14}(?:\s?[(\[][^()\[\]\d]{1,12}[)\]])?){0,4}[\s|]{0,6}"
)
_GAP = re.compile(r"\s/\s|[\s|]{1,20}")
_SPACE = re.compile(r"[\s|]")
_NO_VALUE = re.compile(r"(?:[-–—]{1,2}|n\.?[da]\.?|ND|NA|not done|none|pending)(?![\w.])")
_FEWEST = 2
"""Analytes of a header, and dates of a flattened table: one alone is prose."""


def read_by_date(view: View, memory: Memory, sign: DecimalSign) -> Iterator[Draft] | None:
    """Return the values of a line of a table with one date a line; None where the line is no part of one."""
    header = _header(view)
    if header is not None:
        memory.table_analytes = header
        return iter(())
    if not memory.table_analytes:
        return None
    row = _row(view, memory, sign) if view.sentence.opens else None
    if row is None:
        memory.table_analytes = []
    return iter(row) if row is not None else None


def _header(view: View) -> list[tuple[str, str | None]] | None:
    """Return the analytes of a line that names nothing else, each with its unit; None where it is no such line."""
    labs = view.of("lab")
    if not view.sentence.opens or len(labs) < _FEWEST:
        return None
    found: list[tuple[str, str | None]] = []
    at = view.start
    for lab in labs:
        gap = _BETWEEN_NAMES.match(view.whole, at, lab.start)
        if gap is None or gap.end() != lab.start:
            return None
        behind = _UNIT_BEHIND.match(view.whole, lab.end, view.end)
        at = behind.end() if behind else lab.end
        found.append((lab.key, unit_in(behind[0]) or behind[0].strip(" ()[],") if behind else None))
    return found if not view.whole[at : view.end].strip(" .|\n") else None


def _row(view: View, memory: Memory, sign: DecimalSign) -> list[Draft] | None:
    """Return the values of a line that begins with a date and has one for each analyte of the header."""
    dated = date_at(view, memory, view.start, view.start + 4)
    if dated is None:
        return None
    moment, at = dated
    last = view.whole.find("\n", view.start, view.start + 400)
    cells = _cells(view.whole, at, view.end if last < 0 else max(last, view.end), sign)
    if cells is None or len(cells) != len(memory.table_analytes):
        return None
    return [
        _draft(view, (view.start, value.end), key, value, unit, moment)
        for (key, unit), value in zip(memory.table_analytes, cells, strict=True)
        if value is not None and plausible(key, value.value, value.unit or _known(unit))
    ]


def _known(unit: str | None) -> str | None:
    """Return a unit that the plausibility of a value may be judged by; one in hundred thousands ("lakh") is none."""
    return unit if unit is not None and unit_in(f"({unit})") is not None else None


def _cells(text: str, at: int, end: int, sign: DecimalSign) -> list[LabValue | None] | None:
    """Return the values up to ``end`` with None for empty cells; None where anything else stands there."""
    found: list[LabValue | None] = []
    while at < end and text[at:end].strip(" |\n"):
        gap = _GAP.match(text, at, end)
        if gap is None or len(found) > 40:
            return None
        empty = _NO_VALUE.match(text, gap.end(), end)
        value = None if empty else _one_value(text, gap.end(), end, sign)
        if empty is None and value is None:
            return None
        found.append(value)
        at = empty.end() if empty is not None else value.end if value is not None else end
    return found


def _one_value(text: str, at: int, end: int, sign: DecimalSign) -> LabValue | None:
    """Return the value up to the next space: in narrow columns "214 388" are two values, not one with thousands."""
    space = _SPACE.search(text, at, end)
    return read_value(text, at, space.start() if space is not None else end, sign)


def read_flattened(view: View, sign: DecimalSign) -> list[Draft]:
    """Return the values of a sentence that was a table: dates, then analytes with as many values each."""
    labs = view.of("lab")
    if len(labs) < 1:
        return []
    if (columns := _numbered_columns(view, labs[0].start)) is not None:
        return _of_rows(view, labs, columns, sign)
    dates = [time for time in view.times if time.absolute and not time.until and time.end <= labs[0].start]
    run = dates[-1:]
    for time in reversed(dates[:-1]):
        if view.whole[time.end : run[0].start].strip(" |"):
            break
        run.insert(0, time)
    if len(run) < _FEWEST or view.whole[run[-1].end : labs[0].start].strip(" |:.\n"):
        return []
    return _of_rows(view, labs, [time.moment for time in run], sign)


def _of_rows(view: View, labs: list[Mention], moments: list[Moment], sign: DecimalSign) -> list[Draft]:
    """Return the values behind each analyte, one for each time."""
    found: list[Draft] = []
    for position, lab in enumerate(labs):
        following = labs[position + 1].start if position + 1 < len(labs) else view.end
        found.extend(_of_analyte(view, lab, following, moments, sign))
    return found


def _numbered_columns(view: View, first: int) -> list[Moment] | None:
    """Return the columns of a flattened table that are numbered days or cycles: "Day 0 Day 16 Day 20", right before."""
    match = _NUMBERED.search(view.whole, max(view.start, first - 160), first)
    if match is None:
        return None
    return [Moment(None, "inferred", f"column {name!r}") for name in _NUMBERED_ONE.findall(match[0])]


def read_flattened_rows(view: View, sign: DecimalSign) -> list[Draft]:
    """Return the values of a sentence that was a table: analytes, then rows that each begin with a date.

    Columns behind the analytes (a size) may follow; every row must have as many cells as the first.
    """
    dates = [
        time for time in view.times if time.absolute
    ]  # behind an empty cell, a dash, a date looks like an end
    if len(dates) < _FEWEST or len(view.of("lab")) < _FEWEST:
        return []
    columns = _columns_before(view, dates[0].start)
    if not columns:
        return []
    rows: list[tuple[Governed, list[LabValue | None]]] = []
    for position, time in enumerate(dates):
        following = dates[position + 1].start if position + 1 < len(dates) else view.end
        cells = _cells(view.whole, time.end, following, sign)
        if cells is None or len(cells) < len(columns) or (rows and len(cells) != len(rows[0][1])):
            return []
        rows.append((time, cells))
    return [
        _draft(view, (time.start, value.end), key, value, unit, time.moment)
        for time, cells in rows
        for (key, unit), value in zip(columns, cells, strict=False)
        if value is not None and plausible(key, value.value, value.unit or _known(unit))
    ]


def _columns_before(view: View, first: int) -> list[tuple[str, str | None]]:
    """Return the analytes that stand side by side before the first row of a table, at least two; else none."""
    found: list[tuple[str, str | None]] = []
    at = 0
    for lab in view.of("lab"):
        if lab.end > first:
            break
        if found and _BETWEEN_NAMES.fullmatch(view.whole, at, lab.start) is None:
            found = []
        behind = _UNIT_BEHIND.match(view.whole, lab.end, first)
        at = behind.end() if behind else lab.end
        found.append((lab.key, unit_in(behind[0]) or behind[0].strip(" ()[],") if behind else None))
    return found if len(found) >= _FEWEST and _OTHER_COLUMNS.fullmatch(view.whole, at, first) else []


def _of_analyte(
    view: View, lab: Mention, following: int, moments: list[Moment], sign: DecimalSign
) -> Iterator[Draft]:
    """Yield the values behind an analyte where there is one for each date."""
    behind = _UNIT_BEHIND.match(view.whole, lab.end, following)
    unit = unit_in(behind[0]) or unit_in(behind[0].split(",")[0] + ")") if behind else None
    values: list[LabValue | None] = []
    at = behind.end() if behind else lab.end
    while len(values) < len(moments):
        gap = _GAP.match(view.whole, at, following)
        if gap is None:
            return
        empty = _NO_VALUE.match(view.whole, gap.end(), following)
        value = None if empty else _one_value(view.whole, gap.end(), following, sign)
        if value is None and empty is None:
            return
        values.append(value)
        at = value.end if value is not None else gap.end() + 1
    for value, moment in zip(values, moments, strict=True):
        if value is not None and plausible(lab.key, value.value, value.unit or unit):
            yield _draft(view, (lab.start, value.end), lab.key, value, unit, moment)


def _draft(
    view: View, span: tuple[int, int], analyte: str, value: LabValue, unit: str | None, moment: Moment
) -> Draft:
    fact = Lab(
        id="",
        source=NOWHERE,
        patient=view.patient,
        analyte=analyte,
        value=value.value,
        unit=value.unit or unit,
        remarks=(f"written as {value.comparator} {value.value:g}",)
        if value.comparator in ("<", ">", "≤", "≥")
        else (),
    )
    return Draft(fact, *span, moment)
