"""What a program that looks for fusions says of one: kept whole beside the alteration that it is read as."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["BreakEnd", "Frame", "FusionCall"]

Frame = Literal["in-frame", "out-of-frame"]


class BreakEnd(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a breakpoint as the caller gives it; None where it does not.

    ``gene`` is the name as written. ``position`` counts bases from 1 on the assembly that the caller used, which
    most do not tell. ``strand`` is that of the gene, ``site`` what lies there ("CDS/splice-site", "intron").
    """

    gene: str
    chromosome: str | None = None
    position: int | None = None
    strand: str | None = None
    exon: int | None = None
    site: str | None = None
    gene_id: str | None = None
    transcript: str | None = None


class FusionCall(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a caller's table: the 5' side and the 3' side, reads, frame and domains.

    ``frame`` is None where the caller does not say in or out of frame; ``frame_as_called`` and ``domains`` are its
    own words. ``split_reads`` cross the junction, ``spanning_reads`` are pairs or fragments that span it.
    ``columns`` are all columns of the row by name, as written.
    """

    caller: str
    five: BreakEnd
    three: BreakEnd
    sample: str | None = None
    frame: Frame | None = None
    frame_as_called: str | None = None
    split_reads: int | None = None
    spanning_reads: int | None = None
    confidence: str | None = None
    domains: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
