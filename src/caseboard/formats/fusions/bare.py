"""Callers whose files have no names of columns: TopHat-Fusion and the log of LongGF.

Both name two genes without saying which is the 5' partner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case import BreakEnd, FusionCall, Span
from caseboard.formats.fusions.layouts import Called, breakpoint_of, position_of
from caseboard.formats.fusions.table import Lines, TableRow

__all__ = ["longgf_rows", "read_longgf", "read_tophat", "tophat_rows"]

_TOPHAT = (
    "sample",
    "gene1",
    "chromosome1",
    "position1",
    "gene2",
    "chromosome2",
    "position2",
    "spanning reads",
    "spanning pairs",
    "pairs with an end across the fusion",
    "score",
)
_TOPHAT_ROW = re.compile(
    r"[^\t]{1,200}\t[^\t]{1,60}\tchr\w{1,5}\t\d{1,10}\t[^\t]{1,60}\tchr\w{1,5}\t\d{1,10}\t\d{1,9}\t\d{1,9}\t\d{1,9}"
    r"\t-?\d{1,9}(?:\.\d{1,9})?"
)
_LONGGF_ROW = re.compile(
    r"1?GF[\t ](?P<genes>[^\s:]{1,60}:[^\s:]{1,60}) \d{1,9} \d{1,9} supporting reads=(?P<reads>\d{1,9})/\d{1,9} "
    r"[\d:;]{1,100000} [\d:;]{1,100000} "
    r"(?P<break1>\w{1,40}:\d{1,10}) [\d/:]{1,60} (?P<break2>\w{1,40}:\d{1,10}) [\d/:]{1,60}\s{0,9}"
)


def tophat_rows(lines: Lines) -> Iterator[TableRow]:
    """Yield the rows of TopHat-Fusion's result: lines of eleven cells, none where the first line is no such row."""
    for line in lines:
        if not line.text.strip():
            continue
        if not _TOPHAT_ROW.fullmatch(line.text):
            return
        cells = line.text.split("\t")
        spans, at = {}, line.start
        for name, cell in zip(_TOPHAT, cells, strict=True):
            spans[name] = Span(at, at + len(cell))
            at += len(cell) + 1
        yield TableRow(line, dict(zip(_TOPHAT, cells, strict=True)), spans)


def read_tophat(row: TableRow) -> Called:
    """Return the call of a row of TopHat-Fusion."""
    one, two = (
        BreakEnd(
            gene=row.cell(f"gene{number}"),
            chromosome=row.cell(f"chromosome{number}").removeprefix("chr"),
            position=position_of(row.cell(f"position{number}")),
        )
        for number in (1, 2)
    )
    call = FusionCall(
        caller="TopHat-Fusion",
        five=one,
        three=two,
        sample=row.cell("sample"),
        split_reads=row.number("spanning reads"),
        spanning_reads=row.number("spanning pairs"),
        confidence=f"score {row.cell('score')}",
    )
    return Called(call, ordered=False)


def longgf_rows(lines: Lines) -> Iterator[TableRow]:
    """Yield the summary lines of LongGF's log, each with the whole line in the column ``line``."""
    for line in lines:
        if not line.text.startswith(("GF", "1GF")):
            continue
        found = _LONGGF_ROW.fullmatch(line.text)
        if found:
            cells = {"line": line.text, **found.groupdict()}
            start = line.start
            spans = {
                name: Span(start + found.start(name), start + found.end(name)) for name in found.groupdict()
            }
            yield TableRow(line, cells, spans)


def read_longgf(row: TableRow) -> Called:
    """Return the call of a summary line of LongGF."""
    genes = row.cell("genes").split(":")
    ends = []
    for number, gene in enumerate(genes, start=1):
        chromosome, position, _ = breakpoint_of(row.cell(f"break{number}"))
        ends.append(BreakEnd(gene=gene, chromosome=chromosome, position=position))
    call = FusionCall(caller="LongGF", five=ends[0], three=ends[1], split_reads=row.number("reads"))
    return Called(call, ordered=False)
