"""Where the kinase domain of a drug-target kinase lies, and what a fusion keeps of it, by exon or by breakpoint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from caseboard.terms.vocabulary import read_table

__all__ = ["Kept", "KinaseDomain", "Verdict", "by_breakpoint", "by_exon", "kinase_domains"]

Kept = Literal["kept", "lost", "cannot tell"]
"""``lost``: gone, or cut, so that it is not whole."""


class KinaseDomain(msgspec.Struct, frozen=True):
    """The kinase domain of a gene: residues ``start`` to ``end``, exons numbered as in ``transcript``.

    As the 3' partner it is whole up to the first exon ``kept_to`` and not from ``lost_from`` on; as the 5' partner
    whole from the last exon ``kept_from5`` on and not up to ``lost_to5``. None where that is not certain.
    """

    gene: str
    transcript: str
    residues: int
    start: int
    end: int
    kept_to: int | None
    lost_from: int | None
    kept_from5: int | None
    lost_to5: int | None
    why: str


class Verdict(msgspec.Struct, frozen=True):
    """Whether a kinase domain is whole in a fusion, and why, or what is missing to tell."""

    kept: Kept
    why: str


class _Exon(msgspec.Struct, frozen=True):
    number: int
    start: int
    end: int
    coding: int


class _Gene(msgspec.Struct, frozen=True):
    """Exons in the order of the transcript, on GRCh38; ``shift`` leads to GRCh37."""

    chromosome: str
    forward: bool
    shift: int
    exons: tuple[_Exon, ...]


@cache
def kinase_domains() -> Mapping[str, KinaseDomain]:
    """Return the kinase domains by gene symbol."""

    def number(text: str) -> int | None:
        return int(text) if text else None

    return {
        row.gene: row
        for row in read_table(
            "kinase_domains",
            lambda row: KinaseDomain(
                row["gene"],
                row["transcript"],
                int(row["residues"]),
                int(row["start"]),
                int(row["end"]),
                number(row["kept_to"]),
                number(row["lost_from"]),
                number(row["kept_from5"]),
                number(row["lost_to5"]),
                row["why"],
            ),
        )
    }


@cache
def _genes() -> Mapping[str, _Gene]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_table("kinase_exons", dict):
        rows[row["gene"]].append(row)
    return {
        gene: _Gene(
            own[0]["chromosome"],
            own[0]["strand"] == "+",
            int(own[0]["shift"]),
            tuple(
                _Exon(int(row["exon"]), int(row["start"]), int(row["end"]), int(row["coding"])) for row in own
            ),
        )
        for gene, own in rows.items()
    }


def by_exon(symbol: str, exon: int, *, three_prime: bool) -> Verdict:
    """Return what is kept where ``exon`` is the first (of the 3' partner) or the last (of the 5' partner)."""
    domain = kinase_domains().get(symbol)
    if domain is None:
        return Verdict("cannot tell", f"the kinase domain of {symbol} is not in the table")
    place = f"{'from' if three_prime else 'up to'} exon {exon} of {domain.transcript}"
    if three_prime:
        kept = domain.kept_to is not None and exon <= domain.kept_to
        lost = domain.lost_from is not None and exon >= domain.lost_from
    else:
        kept = domain.kept_from5 is not None and exon >= domain.kept_from5
        lost = domain.lost_to5 is not None and exon <= domain.lost_to5
    if kept:
        return Verdict("kept", f"{place}: residues {domain.start} to {domain.end} are whole ({domain.why})")
    if lost:
        return Verdict(
            "lost", f"{place}: residues {domain.start} to {domain.end} are cut or gone ({domain.why})"
        )
    return Verdict("cannot tell", f"{place}: where this exon lies in the domain is not in the table")


def by_breakpoint(symbol: str, chromosome: str, position: int, *, three_prime: bool) -> Verdict:
    """Return what is kept where the gene breaks at a position on GRCh38 or GRCh37, the two being told apart.

    An exon's boundary tells the assembly; elsewhere both are tried, and have to agree.
    """
    domain, gene = kinase_domains().get(symbol), _genes().get(symbol)
    if domain is None or gene is None:
        return Verdict(
            "cannot tell",
            f"the exon of {symbol} at the breakpoint is missing, and its positions are not known",
        )
    if chromosome.removeprefix("chr") != gene.chromosome:
        return Verdict("cannot tell", f"{symbol} does not lie on chromosome {chromosome}")
    fits = [("GRCh38", position), ("GRCh37", position - gene.shift)]
    for assembly, on38 in fits:
        for exon in gene.exons:
            first, last = (exon.start, exon.end) if gene.forward else (exon.end, exon.start)
            if on38 == (first if three_prime else last):
                found = by_exon(symbol, exon.number, three_prime=three_prime)
                return msgspec.structs.replace(
                    found, why=f"{found.why}; the breakpoint is its boundary on {assembly}"
                )
    low, high = min(exon.start for exon in gene.exons), max(exon.end for exon in gene.exons)
    verdicts = {
        assembly: _inside(domain, gene, on38, three_prime=three_prime)
        for assembly, on38 in fits
        if low <= on38 <= high
    }
    if not verdicts:
        return Verdict("cannot tell", f"the breakpoint lies outside {symbol} on GRCh38 and GRCh37")
    if len(set(verdicts.values())) > 1:
        return Verdict(
            "cannot tell", "which assembly the position is on is missing: GRCh38 and GRCh37 disagree"
        )
    kept: Kept = "kept" if next(iter(verdicts.values())) else "lost"
    told = "whole" if kept == "kept" else "cut or gone"
    why = f"residues {domain.start} to {domain.end} are {told} by the position on {' and on '.join(verdicts)}"
    return Verdict(kept, why)


def _inside(domain: KinaseDomain, gene: _Gene, position: int, *, three_prime: bool) -> bool:
    """Whether a break at a position leaves the domain whole: all of its bases on the side that is kept."""
    wanted = 3 * domain.start - 2 if three_prime else 3 * domain.end
    edge = _genomic(gene, wanted)
    if three_prime:
        return position <= edge if gene.forward else position >= edge
    return position >= edge if gene.forward else position <= edge


def _genomic(gene: _Gene, base: int) -> int:
    """Return the position on GRCh38 of a base of the coding sequence."""
    exon = [exon for exon in gene.exons if exon.coding <= base][-1]
    offset = base - exon.coding
    return exon.start + offset if gene.forward else exon.end - offset
