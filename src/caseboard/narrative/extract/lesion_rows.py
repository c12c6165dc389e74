"""Tables of lesions with a time a line: a line that names the columns, then lines that begin with their time.

A column is a lesion that its head names ("Liver segment 6"), or the size of the one that the table is about ("Size
(mm)"), which its title says, or which is the main lesion of the story.
"""

from __future__ import annotations

import re

from caseboard.case.facts import Laterality
from caseboard.narrative.extract.course_table import EMPTY, diameters_of_cell, is_gone
from caseboard.narrative.extract.lab_table import cells_of_line
from caseboard.narrative.extract.lesion_fact import lesion_draft
from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.view import Governed, View
from caseboard.terms import anatomy

__all__ = ["lesions_in_rows"]

_TIME = r"(?:dates?|days?|weeks?|months?|times?|time ?points?|scans?|visits?|imaging)"
_SIZE = (
    r"(?:(?:longest|largest|greatest|maximum|max\.?|tumou?r|lesion|target)\s){0,2}(?:sizes?|diameters?|dimensions?"
    r"|measurements?)"
)
_UNIT = re.compile(r"\b(?P<unit>[cm]m)\b", re.IGNORECASE)
_OPENS = re.compile(rf"[ \t|]{{0,4}}{_TIME}\b", re.IGNORECASE)
_NAMED_SIZE = re.compile(rf"{_SIZE}(?:\s?[(\[,]?\s?[cm]m\b[)\]]?)?", re.IGNORECASE)
_NARROW = re.compile(
    rf"{_TIME}\s{_SIZE}(?:\s?[(\[]\s?[cm]m\s?[)\]])?(?:\s(?!{_SIZE}\b)[A-Za-z()/%-]{{2,20}}){{0,4}}\s*",
    re.IGNORECASE,
)
"""A head whose columns are as narrow as one space: "Day Diameters (mm) Reading"."""
_FIRST_CELL = re.compile(
    r"\s{1,6}(?P<cell>\d{1,3}(?:[.,]\d)?(?:\s?[x×]\s?\d{1,3}(?:[.,]\d)?){0,2}(?:\s?[cm]m\b)?(?![\w.,%/])"
    r"|(?:none|not)\s(?:seen|visible|found|measurable|detectable)\b|none\b|gone\b|nil\b)",
    re.IGNORECASE,
)
_Column = tuple[str, Laterality | None, str, str | None]
"""Site and side of a column's lesion, how they were found, and the unit of length."""
_TITLE = 160
"""Characters before the head of a table within which its title stands."""


def lesions_in_rows(view: View, memory: Memory) -> list[Draft] | None:
    """Return the lesions of a line that belongs to such a table; None where it is no line of one."""
    if not view.sentence.opens:
        return None
    columns = _head(view, memory)
    if columns is not None:
        memory.lesion_columns = columns
        return []
    if not memory.lesion_columns:
        return None
    time = _time_of_row(view)
    if time is None:
        memory.lesion_columns = []
        return None
    found: list[Draft] = []
    for column, (start, end) in zip(memory.lesion_columns, _cells(view, memory, time), strict=False):
        if column is None:
            continue
        site, side, why, unit = column
        cell = view.whole[start:end].strip()
        gone = is_gone(cell)
        diameters = () if gone else diameters_of_cell(view, start, end, unit)
        if EMPTY.fullmatch(cell) or not (gone or diameters):
            continue
        draft = lesion_draft(
            view,
            memory,
            Where(site, side, start, end, why),
            time.start,
            end,
            at=(start, end),
            diameters=diameters,
            state="absent" if gone else "present",
        )
        draft.moment = time.moment
        found.append(draft)
    return found


def _head(view: View, memory: Memory) -> list[_Column | None] | None:
    """Return the columns behind the first of a line that names them; None where it is no head.

    A column that is of no lesion is None.
    """
    if view.times or _OPENS.match(view.whole, view.start) is None:
        return None
    title = view.whole[max(0, view.start - _TITLE) : view.start].rstrip("\n").rpartition("\n")[2]
    of_table = _unit(view.text) or _unit(title)
    cells = cells_of_line(view)
    if not cells and _NARROW.fullmatch(view.text) is not None:
        return [_of_title(memory, title, of_table)]
    found: list[_Column | None] = []
    for start, end in cells[1:]:
        name = view.whole[start:end].strip()
        unit = _unit(name) or of_table
        found.append(
            _of_title(memory, title, unit) if _NAMED_SIZE.fullmatch(name) is not None else _named(name, unit)
        )
    return found if any(found) else None


def _named(name: str, unit: str | None) -> _Column | None:
    """Return the lesion that words name by its site, the narrowest of those in them; None where they name none."""
    sites = anatomy.find(name)
    if not sites:
        return None
    narrow = max(sites, key=lambda site: len(anatomy.ancestors(site.term)))
    return narrow.term.key, anatomy.laterality(name), "", unit


def _of_title(memory: Memory, title: str, unit: str | None) -> _Column | None:
    """Return the lesion whose size a table tells: the one of its title, else the main lesion."""
    named = _named(title, unit)
    if named is not None or memory.main_site is None:
        return named
    return *memory.main_site, "the main lesion, from the story", unit


def _unit(words: str) -> str | None:
    unit = _UNIT.search(words)
    return unit["unit"].lower() if unit is not None else None


def _time_of_row(view: View) -> Governed | None:
    """Return the time that a line begins with."""
    return next((time for time in view.times if time.start - view.start <= 1), None)


def _cells(view: View, memory: Memory, time: Governed) -> list[tuple[int, int]]:
    """Return the cells of a line behind its time."""
    cells = cells_of_line(view)
    if cells:
        return cells[1:]
    if len(memory.lesion_columns) != 1:
        return []
    first = _FIRST_CELL.match(view.whole, time.end, view.end)
    return [first.span("cell")] if first is not None else []
