"""Changes of the coding sequence read as changes of the protein, at hot spots: "c.1799T>A" of BRAF is V600E.

The genetic code is the standard one (NCBI translation table 1). Only hot spots are in the table; of all other
places nothing is said.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from caseboard.terms.vocabulary import read_table

__all__ = ["OF_PROMOTER", "protein_of", "residue_at", "residues_of"]

_BASES = "TCAG"
_CODE = dict(
    zip(
        map("".join, product(_BASES, repeat=3)),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG",
        strict=True,
    )
)
_EITHER = {"R": "AG", "Y": "CT"}
_SUBSTITUTION = re.compile(
    r"c\.(?P<first>\d{1,6})(?:_(?P<last>\d{1,6}))?(?:(?P<old>[ACGT]{0,3})>|del(?P<gone>[ACGT]{0,3})ins)(?P<new>[ACGT]{1,3})"
)
_PLACE = re.compile(r"c\.(?P<first>\d{1,6})(?:_(?P<last>\d{1,6}))?")


OF_PROMOTER = frozenset({"C228T", "C250T"})
"""The changes of the promoter of TERT as reports call them, by the base of the chromosome: no protein changes."""


@cache
def _codons() -> dict[tuple[str, int], str]:
    rows = read_table("coding_changes", lambda row: (row["gene"], row["residue"], row["codon"]))
    return {(gene, int(residue)): codon for gene, residue, codon in rows if residue}


@cache
def _whole() -> dict[tuple[str, str], str]:
    return dict(read_table("coding_changes", lambda row: ((row["gene"], row["known"]), row["change"])))


def protein_of(gene: str, change: str) -> str | None:
    """Return the protein change ("V600E"; "C228T" of the promoter of TERT) of a ``c.`` change; None where not known.

    A reference base that is not that of the codon makes it another transcript, or a slip: None.
    """
    dna = _plain(change)
    known = _whole().get((gene, dna))
    if known is not None:
        return known
    found = _SUBSTITUTION.fullmatch(dna)
    if found is None:
        return None
    first = int(found["first"])
    last = int(found["last"] or first)
    new, old = found["new"], found["old"] or found["gone"] or ""
    residue = (first + 2) // 3
    codon = _codons().get((gene, residue))
    if codon is None or (last + 2) // 3 != residue or len(new) != last - first + 1:
        return None
    at = (first - 1) % 3
    if old and not any(each[at : at + len(new)] == old for each in _expanded(codon)):
        return None
    before = {_CODE[each] for each in _expanded(codon)}
    after = {_CODE[each[:at] + new + each[at + len(new) :]] for each in _expanded(codon)}
    if len(before) != 1 or len(after) != 1 or before == after:
        return None
    return f"{before.pop()}{residue}{after.pop()}"


def residue_at(gene: str, number: int) -> str | None:
    """Return a residue of a hot spot with its number: "G12" of KRAS for 12."""
    codon = _codons().get((gene, number))
    return f"{_CODE[_expanded(codon)[0]]}{number}" if codon else None


def residues_of(change: str) -> tuple[int, int] | None:
    """Return the first and last residue whose codons a ``c.`` change touches; None outside the coding sequence."""
    dna = _plain(change)
    found = _PLACE.match(dna)
    if found is None or dna[found.end() : found.end() + 1] in {"+", "-", "_"}:
        return None
    return (int(found["first"]) + 2) // 3, (int(found["last"] or found["first"]) + 2) // 3


def _expanded(codon: str) -> tuple[str, ...]:
    return tuple("".join(bases) for bases in product(*(_EITHER.get(base, base) for base in codon)))


_NEEDLESS = re.compile(r"(?<=del|dup)[ACGT]{1,60}\Z")


def _plain(change: str) -> str:
    """Return a change without what need not be written: "c.2235_2249delGGAATTAAGAGAAGC" is "c.2235_2249del"."""
    head, told, tail = change.replace(" ", "").partition("c.")
    del head
    upper = re.sub(r"[acgt]+(?=>|$)", lambda bases: bases[0].upper(), tail) if ">" in tail else tail
    return _NEEDLESS.sub("", f"{told}{upper}")
