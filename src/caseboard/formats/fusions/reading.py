"""From the rows of a caller's table to the case: one alteration a row, samples as patients, nothing merged."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator

import msgspec

from caseboard.case import Alteration, BreakEnd, Case, Document, FusionCall, Source
from caseboard.errors import InputError
from caseboard.formats.fusions.bare import longgf_rows, read_longgf, read_tophat, tophat_rows
from caseboard.formats.fusions.dna import DNA_LAYOUTS
from caseboard.formats.fusions.layouts import Called, Layout, is_between_genes
from caseboard.formats.fusions.rna import RNA_LAYOUTS
from caseboard.formats.fusions.table import (
    MOST_BEFORE_HEADER,
    Line,
    Lines,
    TableRow,
    lines_of,
    quoted,
    rows_of,
)
from caseboard.formats.source import SourceText
from caseboard.terms import fusions, genes

__all__ = ["is_fusion_table", "read_fusions"]

_LAYOUTS = (*RNA_LAYOUTS, *DNA_LAYOUTS)
_BARE: tuple[
    tuple[str, Callable[[Lines], Iterator[TableRow]], Callable[[TableRow], Called], tuple[str, ...]], ...
] = (
    ("TopHat-Fusion", tophat_rows, read_tophat, ("gene1", "gene2")),
    ("LongGF", longgf_rows, read_longgf, ("genes",)),
)
_NO_GENE = frozenset({"", ".", "-", "NA"})
_HEAD_CHARACTERS = 100_000
_LOG_START = 200
"""Lines of a log that are looked at for a first call."""

_Rows = tuple[str, Iterable[TableRow], Callable[[TableRow], Called], tuple[str, ...]]


def is_fusion_table(source: SourceText) -> bool:
    """Whether the text is the table of a fusion caller whose layout is known, by the names of its columns."""
    head = tuple(_head(source.text))
    if any(_layout(line.text) for line in head[:MOST_BEFORE_HEADER]):
        return True
    return any(next(rows(head), None) is not None for _, rows, _, _ in _BARE)


def read_fusions(source: SourceText) -> Case:
    """Return the case of a caller's table: one alteration a row, the samples as patients in order of appearance.

    Each fact holds the call with all columns and points at its row of the document. Raises ``InputError`` where a
    column is missing, a row is cut short, or no fusion is listed.
    """
    caller, rows, read, names = _table(source)
    samples: dict[str, int] = {}
    facts = tuple(
        _fact(number, row, read(row), names, source, samples) for number, row in enumerate(rows, start=1)
    )
    if not facts:
        found = f"this is a table of {caller} without a fusion"
        raise InputError(source.path, found, "at least one row below the names of the columns")
    remarks = [f"read as fusion calls of {facts[0].call.caller if facts[0].call else caller}: one fact a row"]
    if len(samples) > 1:
        remarks.append(f"{len(samples)} samples, each read as a patient")
    document = Document(name=source.name, text=source.text)
    return Case(title=source.name, documents=(document,), facts=facts, remarks=tuple(remarks))


def _head(text: str) -> Iterator[Line]:
    for line in lines_of(text[:_HEAD_CHARACTERS]):
        if line.number > _LOG_START:
            return
        yield line


def _layout(line: str) -> tuple[Layout, tuple[str, ...]] | None:
    for layout in _LAYOUTS:
        if layout.delimiter not in line:
            continue
        columns = tuple(cell.strip().strip('"') for cell in line.split(layout.delimiter))
        if layout.marks <= set(columns):
            return layout, columns
    return None


def _table(source: SourceText) -> _Rows:
    lines = tuple(lines_of(source.text))
    for at, line in enumerate(lines[:MOST_BEFORE_HEADER]):
        found = _layout(line.text)
        if found is None:
            continue
        layout, columns = found
        missing = sorted(layout.needs - set(columns))
        if missing:
            raise InputError(
                source.path,
                f"this is a table of {layout.caller} without the column {', '.join(missing)}",
                f"it has at least {', '.join(sorted(layout.needs))}",
                place=f"line {line.number}",
            )
        below = rows_of(lines[at + 1 :], columns, layout.delimiter, layout.needs, source.path)
        return layout.caller, below, layout.read, layout.names
    caller, rows, read, names = next(each for each in _BARE if next(each[1](lines), None) is not None)
    return caller, rows(lines), read, names


def _fact(
    number: int,
    row: TableRow,
    called: Called,
    names: tuple[str, ...],
    source: SourceText,
    samples: dict[str, int],
) -> Alteration:
    call, remarks = _ordered(called)
    five, five_remarks = _symbol(call.five)
    three, three_remarks = _symbol(call.three)
    quote, span = quoted(row, source.text, names)
    sample = call.sample or ""
    patient = samples.setdefault(sample, len(samples) + 1)
    own = five is not None and five == three
    lone = five is None or three is None
    return Alteration(
        id=f"f{number}",
        source=Source(document=source.name, quote=quote, span=span, row=row.line.number),
        patient=patient,
        remarks=tuple(dict.fromkeys((*remarks, *five_remarks, *three_remarks))),
        type="other" if own else "rearrangement" if lone else "fusion",
        gene5=None if own or lone else five,
        gene3=None if own or lone else three,
        gene=five if own else (three or five) if lone else None,
        change=f"{called.event or 'rearrangement'} within the gene" if own else None,
        call=msgspec.structs.replace(call, columns=tuple(row.cells.items())),
    )


def _ordered(called: Called) -> tuple[FusionCall, list[str]]:
    """Return the call with the 5' partner first where there is evidence for it, and remarks that say so."""
    call, remarks = called.call, list(called.remarks)
    if called.ordered:
        return call, remarks
    one, two = _symbol(call.five)[0], _symbol(call.three)[0]
    if one and two and fusions.known_pair(two, one) and not fusions.known_pair(one, two):
        remarks.append(f"turned round: {call.caller} does not tell the order, and {two}::{one} is known")
        return msgspec.structs.replace(call, five=call.three, three=call.five), remarks
    if not (one and two and fusions.known_pair(one, two)):
        remarks.append(f"{call.caller} does not tell which is the 5' partner: the order is as written")
    return call, remarks


def _symbol(end: BreakEnd) -> tuple[str | None, tuple[str, ...]]:
    remarks: tuple[str, ...] = ()
    if end.gene_id and end.gene_id.startswith("ENSMUS"):
        remarks = (f"{end.gene} is a gene of the mouse ({end.gene_id})",)
    if end.gene in _NO_GENE:
        return None, remarks
    if is_between_genes(end.gene):
        return None, (*remarks, f"a breakpoint lies between genes: {end.gene}")
    symbol, remark = _named(end.gene)
    return symbol, (*remarks, remark) if remark else remarks


@functools.lru_cache(maxsize=4096)
def _named(written: str) -> tuple[str, str]:
    """Return the symbol of a gene as a caller names it; a near miss is never corrected, for no hand wrote it."""
    found = genes.lookup(written)
    if found is None or "no gene" in found.remark:
        return written, ""
    if not found.remark and found.term.key != written:
        return found.term.key, f"read as {found.term.key}: written {written}"
    return found.term.key, found.remark
