"""One alteration in a cell of a table, as laboratories write it, read into a fact.

::

    EML4::ALK    EML4-ALK    EML4--ALK e13::e20    v::ALK    ALK fusion    ROS1 rearrangement
    KIT V560D    BRAF p.Val600Glu    EGFR exon 19 deletion    MET exon 14 skipping    FLT3 ITD
    ERBB2 amplification    CDKN2A loss    TMB high    MSI-H    KRAS wild type    KRAS mutation

The order of two partners is kept where the writing is that of HGNC (``::``) or of a caller (``--``), and turned only on
evidence where it is a hyphen or a slash, with a remark. What is of no known form stays whole and matches only itself.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from caseboard.assess.alteration_words import exons_named, gene_first, signature
from caseboard.case import Alteration, Source
from caseboard.terms import coding_changes, fusions, genes
from caseboard.terms.vocabulary import fold

__all__ = ["read_alteration"]

_PARTNER = r"[A-Za-z0-9@.*?-]{1,30}"
_STRICT = re.compile(rf"({_PARTNER}?)\s?(?:::|--)\s?({_PARTNER})(\s.{{0,200}})?")
_LOOSE = re.compile(r"([A-Za-z0-9@.]{2,20})(?:\s?[-/_:|]\s?|\s?->\s?)([A-Za-z0-9@.]{2,20})(\s.{0,200})?")
_SPACED = re.compile(r"([A-Za-z0-9]{2,20})\s([A-Za-z0-9]{2,20})(\s(?:gene )?fusion)", re.IGNORECASE)
_ANY = frozenset({"", "?", "v", "*", "any", "unknown", "other"})
_FUSED = re.compile(r"(?:gene )?(?:fusion|rearrange(?:ment|d)|translocation)s?(?: positive)?", re.IGNORECASE)
_AMPLIFIED = re.compile(r"(?:gene |focal |high-level )?(?:amplification|amplified|amp)", re.IGNORECASE)
_LOST = re.compile(
    r"(?:homozygous |heterozygous |gene |biallelic )?(?:deletion|deleted|loss|lost)", re.IGNORECASE
)


@functools.lru_cache(maxsize=65536)
def read_alteration(text: str, fact_id: str = "f1") -> Alteration | None:
    """Return the alteration that ``text`` names, None for an empty text; the source keeps the text as written."""
    written = " ".join(text.split())
    if not written:
        return None
    source = Source(document="table", quote=text)
    told = signature(written)
    if told is not None:
        gene, change, remark = told
        remarks = (remark,) if remark else ()
        return Alteration(id=fact_id, source=source, type="other", gene=gene, change=change, remarks=remarks)
    return _fusion(written, source, fact_id) or _of_gene(gene_first(written), source, fact_id)


def _fusion(whole: str, source: Source, fact_id: str) -> Alteration | None:
    written, exons = exons_named(whole)
    strict = _STRICT.fullmatch(written)
    found = strict or _LOOSE.fullmatch(written) or _SPACED.fullmatch(written)
    if found is None or (found[3] and not _is_fusion_tail(found[3])):
        return None
    one, one_remark = _symbol(found[1])
    two, two_remark = _symbol(found[2])
    remarks = [remark for remark in (one_remark, two_remark) if remark]
    if strict is None:
        if (
            genes.lookup(found[1]) is None
            or genes.lookup(found[2]) is None
            or _is_one_gene(written, found[3])
        ):
            return None
        if one and two and not fusions.known_pair(one, two):
            one, two, remark = genes.orient(one, two)
            remarks.extend([remark] if remark else [])
    if not (one or two):
        return None
    return Alteration(
        id=fact_id, source=source, type="fusion", gene5=one, gene3=two, change=exons, remarks=tuple(remarks)
    )


def _is_fusion_tail(tail: str) -> bool:
    words = tail.split()
    return all(_FUSED.fullmatch(word) or _EXONS.fullmatch(word) for word in words)


_EXONS = re.compile(
    r"\(?[eE]\d{1,3}(?:::|[;:/-])[eE]\d{1,3}\)?|\(?in-frame\)?|\(?positive\)?|detected|gene|transcript|p(?:190|210|230)",
    re.IGNORECASE,
)


def _is_one_gene(written: str, tail: str | None) -> bool:
    """Whether a name with a hyphen is one symbol (HLA-A, NKX2-1), spelled with its hyphen."""
    own = written.removesuffix(tail or "").strip()
    found = genes.vocabulary().lookup(own)
    return found is not None and fold(found.term.key) == fold(own)


def _of_gene(written: str, source: Source, fact_id: str) -> Alteration:
    first, _, rest = written.partition(" ")
    symbol, remark = _symbol(first)
    remarks = (remark,) if remark else ()
    rest = _plain_words(symbol, rest.strip())
    if _FUSED.fullmatch(rest):
        return Alteration(id=fact_id, source=source, type="rearrangement", gene=symbol, remarks=remarks)
    if _AMPLIFIED.fullmatch(rest):
        return Alteration(id=fact_id, source=source, type="amplification", gene=symbol, remarks=remarks)
    if _LOST.fullmatch(rest):
        return Alteration(id=fact_id, source=source, type="deletion", gene=symbol, remarks=remarks)
    kind: Literal["variant", "other"] = "other" if _NO_VARIANT.fullmatch(rest) else "variant"
    return Alteration(id=fact_id, source=source, type=kind, gene=symbol, change=rest or None, remarks=remarks)


_CODON_ONLY = re.compile(
    r"(?:codons?|amino acid|residue|position)\s?(\d{1,5})(?:\s(?:mutation|mutant|variant)s?)?", re.IGNORECASE
)
_RESIDUE_ONLY = re.compile(
    r"(?:p\.)?\(?([A-Z]\d{1,5})\)?(?:\s(?:mutation|mutated|mutant|variant|hotspot mutation)s?)?"
)


def _plain_words(symbol: str | None, words: str) -> str:
    """Return what is told of a gene in the words that are matched: "codon 12 mutation" is "G12", where known."""
    codon = _CODON_ONLY.fullmatch(words)
    if codon is not None and symbol:
        return coding_changes.residue_at(symbol, int(codon[1])) or words
    residue = _RESIDUE_ONLY.fullmatch(words)
    return residue[1] if residue is not None else words


_NO_VARIANT = re.compile(
    r"wild[ -]?type|wt|high|low|positive|negative|(?:ihc )?3\+|not mutated|no mutation"
    r"|.{0,60}(?:expression|expressed|methylation|methylated|phosphorylation|levels|of protein)",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=65536)
def _symbol(written: str) -> tuple[str | None, str]:
    if fold(written) in _ANY:
        return None, ""
    found = genes.lookup(written)
    if found is None or "no gene" in found.remark:
        return written, ""
    return found.term.key, found.remark
