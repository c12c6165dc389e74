"""Tables of laboratory values in letters: a line of dates, then a line for each analyte, in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Lab
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.lab_dates import date_of
from caseboard.narrative.lab_values import decimal_sign, limits_in_cell, read_value, unit_in, unit_of_range
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View
from caseboard.terms.labs import plausible

__all__ = ["EMPTY", "cells_of_line", "placed", "read_table_line"]

_GAP = re.compile(r"  |\t|\|")
_CELL = re.compile(r"(?:[^\s|]|[ ](?=[^\s|]))+")
_REFERENCE = re.compile(
    r"(?:ref(?:erence)?s?\.?(?:\s(?:range|values?|interval))?|normal(?:\s(?:range|values?))?|normal"
    r"|norm|NR|RR|limits?|nl)\.?",
    re.IGNORECASE,
)
_UNIT_HEAD = re.compile(r"units?", re.IGNORECASE)
_VALUE_HEAD = re.compile(r"(?:results?|values?|today|current|found|level)", re.IGNORECASE)
_FIRST_HEAD = re.compile(
    r"(?:parameters?|tests?|analytes?|labs?|laboratory(?: (?:values|data|findings|tests|parameters?))?"
    r"|(?:target |index )?lesions?(?: \(?[cm]m\)?)?|sites?|locations?|organs?|measurements?"
    r"|sizes?(?: \(?[cm]m\)?)?|[cm]m|variables?|items?|dates?|investigations?"
    r"|markers?|bloods?|labor(?:werte)?|biolog(?:y|ie)|analys[ei]s?|index(?:es)?"
    r"|chemistry|h(?:a)?ematology)",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(r"[^\W\d_][^\d:;=<>]{0,18}")
"""What heads the first column whatever it is called, where all the others have a date."""
_OTHER_HEAD = re.compile(
    r"(?:baseline|admission|on admission|discharge|presentation|at diagnosis|diagnosis|day\s?\d{1,3}"
    r"|d\d{1,3}|week\s?\d{1,3}|wk\s?\d{1,3}|month\s?\d{1,2}|c\d{1,2}\s?d\d{1,2}|cycle\s?\d{1,2}|(?:pre"
    r"|post)-?\w{0,12}|follow-?up)",
    re.IGNORECASE,
)
_DATE_CELL = re.compile(
    r"(?:\d{1,2}\s?[-–]\s?)?(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})(?:[./](?P<year>\d{4}|\d{2})?)?"
)
"""A date without its year ("22.05."), or the last of a few days ("17-24.05.23")."""
_TITLE = 120
"""Characters of the line above a header, the title of the table, which may give the unit."""
_LENGTH = re.compile(r"\b[cm]m\b", re.IGNORECASE)
EMPTY = re.compile(r"(?:[-–—.]{1,3}|n\.?\s?[da]\.?|n/?a|nd|not done|pending|\?)", re.IGNORECASE)
_REF, _UNIT, _UNKNOWN = "reference", "unit", "unknown"


def read_table_line(view: View, memory: Memory) -> Iterator[Draft] | None:
    """Return the values of a line that belongs to a table, or None where the line is no part of one.

    A header is remembered for the lines below it; a line that is neither header nor row ends the table.
    """
    if not view.sentence.opens:
        return iter(()) if memory.table_times and view.end <= memory.table_end else None
    cells = cells_of_line(view)
    if len(cells) >= 2 and _read_header(view, memory, cells):
        memory.table_end = _line(view)[1]
        return iter(())
    if not memory.table_times:
        return None
    row = _row(view, cells)
    if row is None:
        if len(cells) < 2:
            memory.table_times, memory.table_columns = [], []
        return None
    memory.table_end = _line(view)[1]
    return _values(view, memory, row, cells)


def _line(view: View) -> tuple[int, int]:
    """Return the whole line that the sentence begins: a full stop ("Ref.") does not end a line of a table."""
    first = view.whole.rfind("\n", max(0, view.start - 200), view.start) + 1
    last = view.whole.find("\n", view.start, view.start + 400)
    return first or view.start, last if last >= 0 else view.end


def cells_of_line(view: View) -> list[tuple[int, int]]:
    """Return start and end of each cell of the line, in characters of the whole text; none where it has no columns."""
    _, last = _line(view)
    if _GAP.search(view.whole, view.start, last) is None:
        return []
    return [match.span() for match in _CELL.finditer(view.whole, view.start, last)]


def _read_header(view: View, memory: Memory, cells: list[tuple[int, int]]) -> bool:
    """Remember the columns of a header line; False where the line is none."""
    line, _ = _line(view)
    times: list[tuple[int, Moment]] = []
    others: list[tuple[int, str]] = []
    dated, named = False, True
    for place, (start, end) in enumerate(cells):
        cell = view.whole[start:end].strip(" .*:")
        time = next((t for t in view.times if start <= t.start < end), None)
        if time is not None and end - start <= time.end - time.start + 12:
            times.append((start - line, time.moment))
            dated = True
        elif (day := _DATE_CELL.fullmatch(cell)) and (moment := date_of(view, memory, day)) is not None:
            times.append((start - line, moment))
            dated = True
        elif _REFERENCE.fullmatch(cell):
            others.append((start - line, _REF))
        elif _UNIT_HEAD.fullmatch(cell):
            others.append((start - line, _UNIT))
        elif _VALUE_HEAD.fullmatch(cell) and place:
            times.append((start - line, view.inherited or Moment(None)))
        elif _OTHER_HEAD.fullmatch(cell):
            times.append((start - line, Moment(None, "inferred", f"column {cell!r}")))
        elif place or not (_FIRST_HEAD.fullmatch(cell) or _ANY_WORD.fullmatch(cell)):
            return False
        else:
            named = _FIRST_HEAD.fullmatch(cell) is not None
            if not named and any(lab.start < end for lab in view.of("lab")):
                return False
    if not times or len(times) + len(others) < 2 or not (dated or (others and named)):
        return False
    memory.table_times, memory.table_columns = times, others
    first, last = _line(view)
    unit = _LENGTH.search(view.whole, first, last) or _LENGTH.search(
        view.whole, max(0, view.whole.rfind("\n", 0, max(0, first - 1)), first - _TITLE), first
    )
    memory.table_length = unit[0].lower() if unit is not None else None
    return True


def _row(view: View, cells: list[tuple[int, int]]) -> Mention | None:
    """Return the analyte that a row begins with, or None where the line is no row."""
    if len(cells) < 2:
        return None
    first = cells[0]
    return next(
        (lab for lab in view.of("lab") if first[0] <= lab.start <= first[0] + 14 and lab.end <= first[1]),
        None,
    )


def _values(view: View, memory: Memory, lab: Mention, cells: list[tuple[int, int]]) -> Iterator[Draft]:
    sign = memory.decimal_sign or decimal_sign(view.whole)
    text = view.whole
    heads = _heads(memory)
    unit = unit_in(text[lab.end : cells[0][1]])
    cells = cells[1:]
    if unit is None and len(cells) > len(heads) and unit_in(f"({text[slice(*cells[0])]})") is not None:
        unit, cells = text[slice(*cells[0])].strip(), cells[1:]
    columns = _by_column(view, heads, cells)
    lower = upper = None
    for (start, end), (_, name, _) in columns:
        if name == _UNIT:
            unit = text[start:end].strip()
        elif name == _REF:
            lower, upper = limits_in_cell(text[start:end], sign)
            unit = unit or unit_of_range(text[start:end])
    for (start, end), (_, name, moment) in columns:
        if name is not None or moment is None or EMPTY.fullmatch(text[start:end].strip()):
            continue
        value = read_value(text, start, end, sign)
        if value is None or not plausible(lab.key, value.value, value.unit or unit):
            continue
        fact = Lab(
            id="",
            source=NOWHERE,
            patient=view.patient,
            analyte=lab.key,
            value=value.value,
            unit=value.unit or unit,
            lower_limit=lower,
            upper_limit=upper,
            remarks=(f"written as {value.comparator} {value.value:g}",)
            if value.comparator in ("<", ">", "≤", "≥")
            else (),
        )
        yield Draft(fact, lab.start, value.end, moment)


Head = tuple[int, str | None, Moment | None]


def _heads(memory: Memory) -> list[Head]:
    """Return the columns of the table, those with a time and the others, from left to right."""
    times: list[Head] = [(column, None, moment) for column, moment in memory.table_times]
    others: list[Head] = [(column, name, None) for column, name in memory.table_columns]
    return sorted(times + others, key=lambda head: head[0])


def placed(view: View, memory: Memory, cells: list[tuple[int, int]]) -> list[tuple[tuple[int, int], Moment]]:
    """Return the cells of a line that stand under a time, each with it."""
    columns = _by_column(view, _heads(memory), cells)
    return [(cell, moment) for cell, (_, name, moment) in columns if name is None and moment is not None]


def _by_column(
    view: View, heads: list[Head], cells: list[tuple[int, int]]
) -> list[tuple[tuple[int, int], Head]]:
    """Give each cell its column: by order where their numbers agree, else by the nearest beginning."""
    if len(cells) == len(heads):
        return list(zip(cells, heads, strict=True))
    line, _ = _line(view)
    return [(cell, min(heads, key=lambda head: abs(head[0] - (cell[0] - line)))) for cell in cells]
