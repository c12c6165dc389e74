"""One alteration in several spellings: V220fs and c.658_659del p.(Val220Ilefs*4), "loss" and "homozygous deletion".

Two spellings are one alteration only where nothing that both say differs: V220Ifs*4 and V220Gfs*9 are two variants, a
heterozygous and a homozygous loss two deletions.
"""

from __future__ import annotations

import re

from caseboard.knowledge.variants import is_same_change, position
from caseboard.terms.coding_changes import residues_of

__all__ = ["fuller", "same_deletion", "same_variant"]

_FRAMESHIFT = re.compile(r"[A-Z*]\d+(?P<residue>[A-Z]?)fs\*?(?P<stop>\d*)")
_SUBSTITUTION = re.compile(r"[A-Z*]\d+[A-Z*=]")
_ZYGOSITY = (
    ("homozygous", re.compile(r"\b(?:homozyg\w{2,4}|biallelic|deep|both (?:alleles|copies))\b")),
    (
        "heterozygous",
        re.compile(r"\b(?:heterozyg\w{2,4}|monoallelic|shallow|one (?:allele|copy)|hemizyg\w{2,4})\b"),
    ),
)
_PLAIN_WORDS = {
    "loss", "lost", "deletion", "deleted", "del", "gene", "of", "the", "copy", "number", "complete", "focal",
    "whole-gene", "homozygous", "biallelic", "deep", "heterozygous", "monoallelic", "shallow", "hemizygous",
}  # fmt: skip
"""Words that say that a gene is gone, and no more of what: a part of it ("exons 1-3") is another deletion."""


def same_variant(one: str, other: str) -> bool:
    """Whether two changes of one gene, in the one-letter form or of the coding sequence, may be one variant."""
    if one.startswith("c.") != other.startswith("c."):
        coding, protein = (one, other) if one.startswith("c.") else (other, one)
        return _encodes(coding, protein)
    if not is_same_change(one, other):
        return False
    first, second = _FRAMESHIFT.fullmatch(one), _FRAMESHIFT.fullmatch(other)
    if first is None or second is None:
        return True
    return all(
        first[part] == second[part] or not (first[part] and second[part]) for part in ("residue", "stop")
    )


def same_deletion(one: str | None, other: str | None) -> bool:
    """Whether two losses of one gene, as written, may be one: of all of it, and not in one and in both copies."""
    if not (_is_plain(one) and _is_plain(other)):
        return False
    first, second = _zygosity(one), _zygosity(other)
    return first == second or not (first and second)


def fuller(one: str | None, other: str | None) -> str | None:
    """Return which of two spellings says more: the protein change before the coding one, then the longer one."""
    return (
        max((one or "", other or ""), key=lambda told: (bool(told), not told.startswith("c."), len(told)))
        or None
    )


def _encodes(coding: str, protein: str) -> bool:
    """Whether a change of the coding sequence touches the residue that a protein change begins at, in its way."""
    residues, at = residues_of(coding), position(protein)
    if residues is None or at is None or not residues[0] <= at <= residues[1]:
        return False
    return (">" in coding) == (_SUBSTITUTION.fullmatch(protein) is not None)


def _is_plain(change: str | None) -> bool:
    return all(word.strip("(),") in _PLAIN_WORDS for word in (change or "").casefold().split())


def _zygosity(change: str | None) -> str:
    told = (change or "").casefold()
    return next((name for name, words in _ZYGOSITY if words.search(told)), "")
