"""Tables of treatments: a line that names the columns, then a line for each treatment with its beginning and end.

Of a line its drugs are told to have begun on the day of the column "Start" ("From", "Begin") and to have ended on that
of "Stop" ("To", "End"), or in the column "Period"; its rating is the best of that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, cast

import msgspec

from caseboard.case.facts import Response
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.courses import forget, treatment_draft
from caseboard.narrative.extract.doses import DOSE
from caseboard.narrative.extract.lab_table import EMPTY, cells_of_line
from caseboard.narrative.extract.only_named import is_of_a_procedure
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.response_when import within_course
from caseboard.narrative.extract.started import started
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["best_of_row", "reason_in_row", "treatments_in_rows"]

Column = Literal["drug", "start", "stop", "period", "dose", "response", "reason", ""]
_NAMES: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (cast("Column", name), re.compile(written, re.IGNORECASE))
    for name, written in (
        ("reason", r"(?:reason|why)\b[^\n]{0,30}"),
        ("response", r"(?:best\s)?(?:overall\s)?(?:response|outcome|result|BOR|RECIST|effect)\b[^\n]{0,20}"),
        (
            "start",
            r"(?:(?:date\s)?(?:start(?:ed)?|begin(?:ning)?|begun|from|since|initiated|first dose)(?:\sdate)?)",
        ),
        (
            "stop",
            r"(?:(?:date\s)?(?:stop(?:ped)?|end(?:ed)?|to|until|till|last dose|discontinued)(?:\sdate)?)",
        ),
        ("period", r"(?:period|dates?|duration|time|when|given)\b[^\n]{0,16}"),
        ("dose", r"(?:dose|dosage|dosing|schedule)\b[^\n]{0,16}"),
        (
            "drug",
            r"(?:(?:systemic|anti-?cancer|prior)\s)?(?:drugs?|agents?|regimens?|treatments?|therap(?:y|ies)|substances?"
            r"|medications?)\b[^\n]{0,16}",
        ),
    )
)
_TIMED_HEAD = pattern(
    r"\b(?:start|begin|begun|from|since|initiated|first dose|period|dates?|duration|time|when|given)",
    re.IGNORECASE,
)
"""What the head of such a table holds, asked first of every line."""
_FEWEST_CELLS = 3
_RATING = re.compile(r"\s{0,4}(?:best\s(?:response|BOR):?\s)?(?P<category>CR|PR|SD|PD)\b")


class _Row(msgspec.Struct, frozen=True):
    """What a line of such a table holds: where its cells are, and when the treatment began and ended."""

    cells: dict[str, tuple[int, int]]
    begun: Governed | None
    ended: Governed | None


def treatments_in_rows(view: View, memory: Memory) -> Iterator[Draft] | None:
    """Return the treatments of a line that belongs to such a table; None where it is no line of one."""
    row = _row_of(view, memory)
    if row is None:
        return None
    return _told(view, memory, row) if row.cells else iter(())


def best_of_row(view: View, memory: Memory) -> Draft | None:
    """Return the response that a line of such a table tells, or None."""
    row = _row_of(view, memory)
    if row is None or "response" not in row.cells:
        return None
    start, end = row.cells["response"]
    rating = _RATING.match(view.whole, start, end)
    if rating is None:
        return None
    category = cast("Literal['CR', 'PR', 'SD', 'PD']", rating["category"])
    fact = Response(id="", source=NOWHERE, patient=view.patient, category=category, modality="imaging")
    return Draft(fact, rating.start("category"), rating.end(), _when_best(row, category))


def reason_in_row(view: View, memory: Memory) -> tuple[int, int] | None:
    """Return where a line of such a table tells why its treatment ended, or None: "completed, surgery"."""
    row = _row_of(view, memory)
    return row.cells.get("reason") if row is not None else None


def _when_best(row: _Row, category: str) -> Moment:
    """Return when the best response was: progression at the end of the treatment, all else within it."""
    if category == "PD" and row.ended is not None:
        return row.ended.moment
    if row.begun is None:
        return Moment(None)
    if row.ended is not None:
        return within_course(row.begun.moment, row.ended.moment)
    return Moment(row.begun.moment.when, "resolved", AFTER_IT, open=True)


def _row_of(view: View, memory: Memory) -> _Row | None:
    """Return what a line holds that belongs to such a table, nothing in it where it is the head; None for any other."""
    if not view.sentence.opens or not (memory.treatment_columns or view.has(_TIMED_HEAD)):
        return None
    cells = cells_of_line(view)
    columns = _head(view, cells)
    if columns:
        memory.treatment_columns = columns
        return _Row({}, None, None)
    if not memory.treatment_columns:
        return None
    if len(cells) < _FEWEST_CELLS - 1:
        memory.treatment_columns = []
        return None
    placed = {
        name: cell for name, cell in zip(memory.treatment_columns, cells, strict=False) if name and cell
    }
    if "drug" not in placed or not _drugs(view, placed["drug"]):
        return None
    begun, ended = _times(view, placed)
    return _Row(placed, begun, ended)


def _head(view: View, cells: list[tuple[int, int]]) -> list[str]:
    """Return the columns that a line names, each once; none where it is no head of such a table."""
    if view.times or len(cells) < _FEWEST_CELLS:
        return []
    found: list[str] = []
    for start, end in cells:
        name = view.whole[start:end].strip(" .*:()")
        column = next((role for role, written in _NAMES if written.fullmatch(name)), "")
        found.append("" if column in found else column)
    timed = "start" in found or "period" in found
    return found if "drug" in found and timed else []


def _drugs(view: View, cell: tuple[int, int]) -> list[Given]:
    return [
        given
        for given in group_agents(view)
        if cell[0] <= given.start < cell[1] and not is_of_a_procedure(view, given)
    ]


def _times(view: View, cells: dict[str, tuple[int, int]]) -> tuple[Governed | None, Governed | None]:
    """Return when a line tells that the treatment began and ended."""
    start, stop, period = (
        [time for time in view.times if cell[0] <= time.start < cell[1]] if (cell := cells.get(name)) else []
        for name in ("start", "stop", "period")
    )
    begun = start[0] if start else period[0] if period and not period[0].until else None
    ended = stop[-1] if stop else period[-1] if period and period[-1].until else None
    return begun, ended


def _told(view: View, memory: Memory, row: _Row) -> Iterator[Draft]:
    for given in _drugs(view, row.cells["drug"]):
        dose = _text(view, row.cells.get("dose"))
        known = (
            given if dose is None or DOSE.search(dose) is None else msgspec.structs.replace(given, dose=dose)
        )
        span = (given.start, row.begun.end if row.begun is not None else given.dose_end)
        begun = row.begun.moment if row.begun is not None else Moment(None)
        yield from started(view, memory, known, begun, span, "")
        if row.ended is not None:
            forget(memory, given.agents)
            memory.clock.end(given.agents, row.ended.moment.counted_from)
            yield treatment_draft(
                view,
                given.agents,
                given.supportive,
                "stop",
                (given.start, row.ended.end),
                row.ended.moment,
                reason=_text(view, row.cells.get("reason")),
            )


def _text(view: View, cell: tuple[int, int] | None) -> str | None:
    """Return what a cell says, or None where it is empty."""
    said = view.whole[cell[0] : cell[1]].strip(" |\t") if cell is not None else ""
    return said if said and not EMPTY.fullmatch(said) else None
