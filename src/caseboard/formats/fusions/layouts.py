"""What a layout of a caller's table is, and the pieces that several callers share."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from caseboard.case import BreakEnd, FusionCall
from caseboard.case.fusion_calls import Frame
from caseboard.formats.fusions.table import TableRow

__all__ = [
    "Called",
    "Layout",
    "breakpoint_of",
    "end",
    "frame_of",
    "gene_and_id",
    "is_between_genes",
    "position_of",
]


class Called(msgspec.Struct, frozen=True):
    """What a caller's row says: the call, and remarks.

    ``ordered`` tells whether the caller states which partner is the 5' one; ``event`` is its word for what happened
    ("translocation", "duplication/ITD").
    """

    call: FusionCall
    ordered: bool = True
    event: str = ""
    remarks: tuple[str, ...] = ()


class Layout(msgspec.Struct, frozen=True):
    """A caller's table: ``marks`` are the columns by which it is known, ``needs`` those without which it says nothing.

    ``names`` are the columns that name the partners, and so the quote of the fact.
    """

    caller: str
    delimiter: str
    marks: frozenset[str]
    needs: frozenset[str]
    names: tuple[str, ...]
    read: Callable[[TableRow], Called]


_BREAKPOINT = re.compile(r"(?:chr)?([^:]{1,40}):(\d{1,10})(?::([+-]))?")
_BETWEEN_GENES = re.compile(r"[^(),]{1,60}\(\d{1,10}\)(?:,[^(),]{1,60}\(\d{1,10}\))?")
_FRAMES: dict[str, Frame] = {
    "in-frame": "in-frame",
    "inframe": "in-frame",
    "in frame": "in-frame",
    "in_frame": "in-frame",
    "out-of-frame": "out-of-frame",
    "out of frame": "out-of-frame",
    "out_of_frame": "out-of-frame",
    "frameshift": "out-of-frame",
    "frame_shift": "out-of-frame",
    "stop-codon": "out-of-frame",
}


def position_of(text: str) -> int | None:
    """Return a position, None where the text is none."""
    return int(text) if text.isascii() and text.isdecimal() else None


def breakpoint_of(text: str) -> tuple[str | None, int | None, str | None]:
    """Return chromosome (without ``chr``), position and strand of ``chr2:29223528:-``; None for what is not there."""
    found = _BREAKPOINT.fullmatch(text)
    return (found[1], int(found[2]), found[3]) if found else (None, None, None)


def frame_of(text: str) -> Frame | None:
    """Return the frame that a caller's word means; None for all but in and out of frame."""
    return _FRAMES.get(text.strip().casefold())


def gene_and_id(text: str) -> tuple[str, str | None]:
    """Return gene and Ensembl id of ``ALK^ENSG00000171094.17``."""
    gene, _, gene_id = text.partition("^")
    return gene, gene_id or None


def is_between_genes(text: str) -> bool:
    """Whether a name is Arriba's for a breakpoint outside genes: the genes around it with their distances."""
    return bool(_BETWEEN_GENES.fullmatch(text))


def end(gene: str, place: str, gene_id: str | None = None) -> BreakEnd:
    """Return one side of a breakpoint written as ``chr2:29223528:-``."""
    chromosome, position, strand = breakpoint_of(place)
    return BreakEnd(gene=gene, chromosome=chromosome, position=position, strand=strand, gene_id=gene_id)
