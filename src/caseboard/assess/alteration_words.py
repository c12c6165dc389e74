"""The many ways in which a cell names one alteration, brought to the gene and the words that follow it.

::

    NM_004333.4(BRAF):c.1799T>A    BRAF:NM_004333:exon15:c.1799T>A:p.V600E    BRAFV600E    METex14    EGFRvIII
    FLT3-ITD    AR-V7    EGFR-mutant    ALK-rearranged    EML4(13)-ALK(20)    EML4-ALK (E13;A20)    EML4-ALK variant 3a

Nothing is decided here: a cell that has none of these forms is left as it is.
"""

from __future__ import annotations

import functools
import re

from caseboard.terms import genes
from caseboard.terms.vocabulary import fold

__all__ = ["exons_named", "gene_first", "members", "signature", "split_cell"]

_TRANSCRIPT = r"(?:N[MPR]_\d{4,12}|ENS[TP]\d{11}|LRG_\d{1,5}\w{0,4})(?:\.\d{1,3})?"
_OF_TRANSCRIPT = re.compile(rf"{_TRANSCRIPT}\s?\(([A-Za-z0-9-]{{2,15}})\)\s?:?\s?(.{{1,200}})")
_WITH_TRANSCRIPT = re.compile(rf"[\s:(]{{1,3}}{_TRANSCRIPT}\)?(?=[\s:]|\Z)")
_COLONS = re.compile(r"([A-Za-z0-9-]{2,15}):([^:].{0,200})")
_GLUED = re.compile(
    r"([A-Z][A-Z0-9]{1,7}?)(p\.[A-Z].{1,60}|ex(?:on)?\s?\d.{0,40}|v(?:ar)?III|[A-Z]\d{2,4}(?:[A-Z*]|fs.{0,6}))"
)
_HYPHENED = re.compile(
    r"([A-Za-z][A-Za-z0-9-]{1,14}?)[-_ ]("
    r"itd|tkd\b.{0,20}|v7|mutant|mutated|mutations?|wild[- ]?type|wt|rearranged|rearrangements?|fused|fusions?"
    r"|translocated|amplified|amplification|deleted|positive|negative|over-?expressed|over-?expression|loss|methylated"
    r")(\s.{0,100})?",
    re.IGNORECASE,
)
_EXON = r"\s?[(\[]?\s?(?:exons?|ex|e|x)?\s?\.?(\d{1,2})\s?[)\]]?"
_EXONS_OF_EACH = re.compile(
    rf"([A-Za-z][A-Za-z0-9]{{1,14}}?){_EXON}\s?(?:::|--|[-/;:_])\s?([A-Za-z][A-Za-z0-9]{{1,14}}?){_EXON}(\s(?:fusion|rearrangement))?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\b([A-Z])(\d{1,2})\s?[;:]\s?([A-Z])(\d{1,2})\b")
_ISOFORM = re.compile(r"\b(?:variant|v|var)\.?\s?(\d)[ab]?(?:/b)?\b", re.IGNORECASE)
_EML4_ALK = {"1": (13, 20), "2": (20, 20), "3": (6, 20), "5": (2, 20)}
"""Exons that the numbered variants of EML4::ALK join (Choi 2008, doi 10.1158/0008-5472.CAN-08-1168)."""

_TMB = re.compile(
    r"(?:tmb|tumou?r mutation(?:al)? burden)[^0-9]{0,20}(\d{1,4}(?:\.\d{1,3})?)"
    r"\s?(?:mut|mutations|m)\w{0,8}\s?(?:/|per)\s?mb",
    re.IGNORECASE,
)
TMB_HIGH = 10.0
"""Mutations per megabase from which the burden is called high (KEYNOTE-158, doi 10.1016/S1470-2045(20)30445-9)."""

_SIGNATURES = {
    **dict.fromkeys(
        ("msi-h", "msi", "msi-high", "msi high", "microsatellite instability", "microsatellite instability high",
         "microsatellite instability-high", "high microsatellite instability", "microsatellite instable"),
        ("MSI", "High"),
    ),
    **dict.fromkeys(
        ("tmb-h", "tmb-high", "tmb high", "high tmb", "tumor mutational burden high", "tumour mutational burden high",
         "high tumor mutational burden", "high tumour mutational burden", "tumor mutational burden-high"),
        ("TMB", "High"),
    ),
    **dict.fromkeys(("tmb-l", "tmb-low", "tmb low", "low tmb", "low tumor mutational burden"), ("TMB", "Low")),
}  # fmt: skip


def signature(written: str) -> tuple[str, str, str] | None:
    """Return a signature, what it is, and a remark: ("TMB", "High", ""); None for all else."""
    told = _SIGNATURES.get(fold(written))
    if told is not None:
        return (*told, "")
    found = _TMB.fullmatch(written)
    if found is None:
        return None
    high = float(found[1]) >= TMB_HIGH
    return (
        "TMB",
        "High" if high else f"{found[1]} mut/Mb",
        f"high from {TMB_HIGH:g} mutations per Mb on" if high else "",
    )


def gene_first(written: str) -> str:
    """Return the cell as gene and words, where a transcript, a hyphen or nothing at all stands between them."""
    of_transcript = _OF_TRANSCRIPT.fullmatch(written)
    if of_transcript is not None:
        return f"{of_transcript[1]} {of_transcript[2].replace(':', ' ')}"
    bare = _WITH_TRANSCRIPT.sub("", written).strip()
    colons = _COLONS.fullmatch(bare)
    if colons is not None and _is_gene(colons[1]) and not _is_gene(colons[2]):
        return f"{colons[1]} {colons[2].replace(':', ' ').strip()}"
    if _is_gene(bare):
        return bare
    for pattern in (_HYPHENED, _GLUED):
        found = pattern.fullmatch(bare)
        if found is not None and _is_gene(found[1]):
            rest = found[3] if pattern is _HYPHENED and found[3] else ""
            return f"{found[1]} {found[2]}{rest}"
    return bare if bare != written and " " in bare else written


def exons_named(written: str) -> tuple[str, str | None]:
    """Return a fusion without its exons, and the exons as "e13::e20"; None where none are told in these ways."""
    each = _EXONS_OF_EACH.fullmatch(written)
    if each is not None and _is_gene(each[1]) and _is_gene(each[3]) and not (_is_gene(each[1] + each[2])):
        return f"{each[1]}::{each[3]}", f"e{int(each[2])}::e{int(each[4])}"
    letters = _LETTERS.search(written)
    if letters is not None and "::" not in letters[0]:
        pair = written[: letters.start()].strip(" (")
        partners = re.split(r"::|--|[-/]", pair)
        if len(partners) == 2 and (partners[0][:1], partners[1][:1]) == (letters[1], letters[3]):
            return pair, f"e{int(letters[2])}::e{int(letters[4])}"
    isoform = _ISOFORM.search(written)
    if isoform is not None and {"EML4", "ALK"} <= set(
        re.split(r"[^A-Z0-9]", written[: isoform.start()].upper())
    ):
        exons = _EML4_ALK.get(isoform[1])
        pair = written[: isoform.start()].strip(" (,")
        return pair, f"e{exons[0]}::e{exons[1]}" if exons else None
    return written, None


_BOTH = re.compile(r"\s\+\s|;\s")
_AND_VARIANT = re.compile(
    r"(?P<fusion>[A-Za-z0-9]{2,12}(?:::|--|-)(?P<three>[A-Za-z0-9]{2,12})(?:\sfusion)?)[\s,]{1,3}(?:with\s|and\s)?"
    r"(?P<change>(?:p\.)?[A-Z][a-z]{0,2}\d{2,4}(?:[A-Z*]|[A-Z][a-z]{2}))"
)


_FAMILIES = {
    "NTRK": ("NTRK1", "NTRK2", "NTRK3"),
    "FGFR": ("FGFR1", "FGFR2", "FGFR3", "FGFR4"),
    "SSX": ("SSX1", "SSX2", "SSX4"),
    "BRCA": ("BRCA1", "BRCA2"),
    "BRCA1/2": ("BRCA1", "BRCA2"),
    "NRG": ("NRG1", "NRG2"),
}
_FAMILY = re.compile(
    rf"(?<![A-Za-z0-9])({'|'.join(sorted(_FAMILIES, key=len, reverse=True))})(?![A-Za-z0-9/])"
)


@functools.lru_cache(maxsize=65536)
def members(written: str) -> tuple[str, ...]:
    """Return the cell once for each gene of a family that it names and leaves open: "NTRK fusion"; () for all else."""
    found = _FAMILY.search(written)
    if found is None or _is_gene(written):
        return ()
    return tuple(f"{written[: found.start()]}{gene}{written[found.end() :]}" for gene in _FAMILIES[found[1]])


@functools.lru_cache(maxsize=65536)
def split_cell(written: str) -> tuple[str, ...]:
    """Return the alterations of one cell: joined by " + " or "; ", or a fusion with a variant of its kinase."""
    parts = [part.strip() for part in _BOTH.split(written) if part.strip()]
    out: list[str] = []
    for part in parts or [written]:
        both = _AND_VARIANT.fullmatch(part)
        if both is not None and not _is_gene(both["fusion"]) and not _is_gene(both["change"]):
            out.extend((both["fusion"], f"{both['three']} {both['change']}"))
        else:
            out.append(part)
    return tuple(out)


def _is_gene(word: str) -> bool:
    found = genes.lookup(word)
    return found is not None and "no gene" not in found.remark
