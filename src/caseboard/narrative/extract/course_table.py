"""Tables of the course: a line of dates, then a line for each lesion with its size at each, or one of responses."""

from __future__ import annotations

import re
from typing import Literal, cast

from caseboard.case.facts import Response
from caseboard.narrative.extract.lab_table import EMPTY, cells_of_line, placed
from caseboard.narrative.extract.lesion_fact import lesion_draft
from caseboard.narrative.extract.lesion_place import place_named
from caseboard.narrative.extract.lesion_sites import lesion_sites
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.sizes import find_sizes
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["EMPTY", "diameters_of_cell", "is_gone", "lesions_in_columns", "responses_in_columns"]

_GONE = re.compile(
    r"(?:not (?:seen|visible|identified|detected|detectable|found|measurable|present)|no longer (?:seen|visible)"
    r"|none(?: (?:seen|visible|found|measurable|detectable))?|gone"
    r"|resolved|disappeared|absent|n/?s|nil|0(?:\.0)?(?:\s?[cm]m)?)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?P<first>\d{1,3}(?:[.,]\d)?)(?:\s?[x×]\s?(?P<second>\d{1,3}(?:[.,]\d)?))?"
    r"(?:\s?[x×]\s?(?P<third>\d{1,3}(?:[.,]\d)?))?(?![\w.,%])"
)
_LENGTH = re.compile(r"\b(?P<unit>[cm]m)\b", re.IGNORECASE)
_RATED = re.compile(
    r"(?:i?RECIST|response|overall response|assessment|best response|evaluation)\b", re.IGNORECASE
)
_RATING = re.compile(r"(?P<category>CR|PR|SD|PD)\b")


_LABEL = re.compile(r"(?:TL?|NTL?|TARGET|L|#|No\.?)?\s?-?\d{1,2}\s?[.:)–-]?(?:\s|$)", re.IGNORECASE)
"""The label of a target lesion before its name, which is no site: "T1  Lung, right lower lobe", "2. Liver"."""


def _behind_label(view: View, cells: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where the name of a lesion stands: behind its label, or in the first cell, as "T11" may be a vertebra."""
    low, high = cells[0]
    label = _LABEL.match(view.whole, low, high)
    if label is None:
        return cells[0]
    named = (label.end(), high) if label.end() < high else cells[1]
    return named if _within(view, *named) else cells[0]


def _within(view: View, low: int, high: int) -> list[Mention]:
    """Return the sites that a cell names."""
    return [site for site in lesion_sites(view)[0] if low <= site.start and site.end <= high]


def lesions_in_columns(view: View, memory: Memory) -> list[Draft] | None:
    """Return the lesions of a line of a table with a time for each column; None where the line is no such line."""
    cells = cells_of_line(view) if memory.table_times and view.sentence.opens else []
    if len(cells) < 2:
        return None
    low, high = _behind_label(view, cells)
    cells = [cell for cell in cells if cell[0] >= low or cell[1] == high]
    sites = _within(view, low, high)
    if not sites:
        return None
    site = max(sites, key=lambda s: len(anatomy.ancestors(anatomy.vocabulary()[s.key])))
    where = place_named(view, memory, site)
    own = _LENGTH.search(view.whole, low, high)
    unit = own["unit"].lower() if own is not None else memory.table_length
    found: list[Draft] = []
    for (start, end), moment in placed(view, memory, cells[1:]):
        cell = view.whole[start:end].strip()
        gone = is_gone(cell)
        diameters = () if gone else diameters_of_cell(view, start, end, unit)
        if EMPTY.fullmatch(cell) or (not gone and not diameters):
            continue
        draft = lesion_draft(
            view,
            memory,
            where,
            low,
            end,
            at=(start, end),
            diameters=diameters,
            state="absent" if gone else "present",
        )
        draft.moment = moment
        found.append(draft)
    return found or None


def is_gone(cell: str) -> bool:
    """Whether a cell says that a lesion is there no more."""
    return _GONE.match(cell) is not None


def diameters_of_cell(view: View, start: int, end: int, unit: str | None) -> tuple[float, ...]:
    """Return the diameters of a cell in mm; a bare number has the unit that its line gives, or is none."""
    size = next(find_sizes(view.whole, start, end), None)
    if size is not None:
        return size.diameters_mm
    match = _BARE.match(view.whole[start:end].strip())
    if match is None or unit is None:
        return ()
    scale = 10.0 if unit == "cm" else 1.0
    values = (float(number.replace(",", ".")) * scale for number in match.groups() if number)
    return tuple(sorted(values, reverse=True))


def responses_in_columns(view: View, memory: Memory) -> list[Draft] | None:
    """Return the ratings of a line of a table ("RECIST | - | PR | PR"); None where the line is no such line."""
    cells = cells_of_line(view) if memory.table_times and view.sentence.opens else []
    if len(cells) < 2 or _RATED.match(view.whole, *cells[0]) is None:
        return None
    found: list[Draft] = []
    for (start, end), moment in placed(view, memory, cells[1:]):
        rating = _RATING.search(view.whole, start, end)
        if rating is None or view.whole[start : rating.start()].strip():
            continue
        category = cast("Literal['CR', 'PR', 'SD', 'PD']", rating["category"])
        fact = Response(id="", source=NOWHERE, patient=view.patient, category=category, modality="imaging")
        found.append(Draft(fact, start, rating.end(), moment))
    return found or None
