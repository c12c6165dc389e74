"""The rows of a caller's table with their place in the text, so that a fact can point at its row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import msgspec

from caseboard.case import Span
from caseboard.errors import InputError

__all__ = ["MOST_BEFORE_HEADER", "Line", "Lines", "TableRow", "lines_of", "quoted", "rows_of"]

MOST_BEFORE_HEADER = 50
"""Lines of comment that may stand above the names of the columns."""


class Line(msgspec.Struct, frozen=True):
    """A line of the text without its end: number from 1, offset of its first character."""

    number: int
    start: int
    text: str


Lines = tuple[Line, ...]


class TableRow(msgspec.Struct, frozen=True):
    """One row: its line, its cells by column, and where in the text each cell stands."""

    line: Line
    cells: dict[str, str]
    spans: dict[str, Span]

    def cell(self, name: str) -> str:
        """Return a cell without blanks; "" for what callers write for nothing (".", "NA")."""
        text = self.cells.get(name, "").strip()
        return "" if text in {".", "NA", "N/A", "None", "null"} else text

    def number(self, *names: str) -> int | None:
        """Return the sum of the cells that are whole numbers, None where none is."""
        values = [int(text) for name in names if (text := self.cell(name)).isascii() and text.isdecimal()]
        return sum(values) if values else None


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text with their offsets."""
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        yield Line(number, start, line.rstrip("\r\n"))
        start += len(line)


def rows_of(
    lines: Lines, columns: tuple[str, ...], delimiter: str, needed: frozenset[str], path: str
) -> Iterator[TableRow]:
    """Yield the rows below the header; raises ``InputError`` for one that ends before a column that is needed."""
    last = max(columns.index(name) for name in needed)
    for line in lines:
        if not line.text.strip() or line.text.startswith("#"):
            continue
        cells, spans = _cells(line, delimiter)
        if len(cells) <= last or len(cells) > len(columns):
            found = f"a row with {len(cells)} of {len(columns)} columns"
            expected = "one cell for each column; the file may be cut short"
            raise InputError(path, found, expected, place=f"line {line.number}")
        names = columns[: len(cells)]
        yield TableRow(line, dict(zip(names, cells, strict=True)), dict(zip(names, spans, strict=True)))


def quoted(row: TableRow, text: str, names: tuple[str, ...]) -> tuple[str, Span]:
    """Return the piece of the text that names the fusion, and its span: the cells of the names and what is between."""
    spans = [
        row.spans[name] for name in names if name in row.spans and row.spans[name].end > row.spans[name].start
    ]
    if not spans:
        spans = [Span(row.line.start, row.line.start + min(len(row.line.text), LONGEST_QUOTE))]
    first, last = min(spans), max(spans)
    whole = Span(first.start, last.end)
    span = whole if whole.end - whole.start <= LONGEST_QUOTE else first
    return text[span.start : span.end], span


LONGEST_QUOTE = 120


def _cells(line: Line, delimiter: str) -> tuple[list[str], list[Span]]:
    if delimiter == "\t":
        cells = line.text.split("\t")
        starts = _running(cells)
    else:
        cells = next(csv.reader([line.text], delimiter=delimiter))
        starts = _searched(line.text, cells)
    return cells, [
        Span(line.start + at, line.start + at + len(cell)) for at, cell in zip(starts, cells, strict=True)
    ]


def _running(cells: list[str]) -> list[int]:
    starts, at = [], 0
    for cell in cells:
        starts.append(at)
        at += len(cell) + 1
    return starts


def _searched(text: str, cells: list[str]) -> list[int]:
    """Return where each cell of a quoted line begins; a cell with doubled quotes counts from the one before it."""
    starts, at = [], 0
    for cell in cells:
        found = text.find(cell, at)
        starts.append(found if found >= 0 else at)
        at = starts[-1] + (len(cell) if found >= 0 else 0)
    return starts
