"""Whether one variant belongs to the set of variants that an item of evidence names.

Only what the change itself proves: it is a change of the protein (any mutation), lies in the domain, cuts the protein
short, is of another residue than V600, is one of the two changes of the promoter of TERT. Loss or gain of function,
"activating", "deleterious" and "rare" are judgements, which no notation proves.
"""

from __future__ import annotations

import re

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.naming import WILD_TYPE
from caseboard.knowledge.profiles import VariantAtom
from caseboard.knowledge.variants import codon, position, protein_change
from caseboard.terms.coding_changes import OF_PROMOTER, residue_at
from caseboard.terms.kinase_domains import kinase_domains
from caseboard.terms.vocabulary import fold

__all__ = ["belongs"]

_KINASE_DOMAIN = re.compile(r"(?:tyrosine )?kinase domain mutation|tkd mutation")
_TRUNCATING = re.compile(r"(?:frameshift )?truncat(?:ion|ing mutation)|frameshift(?: truncation)?")
_OTHER_RESIDUE = re.compile(r"non-([a-z]\d{1,5})")
_DNA_BINDING = {"TP53": (102, 292)}
"""Residues of the DNA-binding domain of p53 (UniProt P04637)."""


def belongs(atom: VariantAtom, found: FoundAlteration) -> bool:
    """Whether a variant that was found is one of the set that the atom names."""
    if atom.kind not in {"mutation", "category"} or found.kind != "variant" or found.gene != atom.gene:
        return False
    if not found.change:
        return False
    change = found.change
    name = fold(atom.name)
    if name == "promoter mutation" and atom.gene == "TERT":
        return change in OF_PROMOTER
    if protein_change(change) != change or change.endswith("="):
        return atom.kind == "mutation" and _is_some_mutation(atom.gene, change)
    if atom.kind == "mutation":
        return True
    if _KINASE_DOMAIN.fullmatch(name):
        return _lies_in(change, _kinase_bounds(atom.gene))
    if name == "dna binding domain mutation":
        return _lies_in(change, _DNA_BINDING.get(atom.gene))
    if _TRUNCATING.fullmatch(name):
        return "fs" in change or (change.endswith("*") and "frameshift" not in name)
    other = _OTHER_RESIDUE.fullmatch(name)
    return other is not None and (codon(change) or "").casefold() != other[1]


def _is_some_mutation(gene: str, change: str) -> bool:
    """Whether words tell of a sequence variant of the gene: event of an exon, internal duplication, splice site."""
    words = fold(change)
    residue = _RESIDUE.fullmatch(change)
    if residue is not None:
        return residue_at(gene, int(residue[1])) == change
    return words not in WILD_TYPE and _EVENT.search(words) is not None


_EVENT = re.compile(
    r"\bex(?:on)?\s?\d{1,2}\b(?!-).{0,20}(?:mutat|del|ins|dup|skip)|\bitd\b|internal tandem duplication"
    r"|\b(?:frameshift|truncating|nonsense|missense|splice[ -]site|promoter|loss-of-function|gain-of-function"
    r"|kinase domain|tkd)\b"
)
_RESIDUE = re.compile(r"[A-Z](\d{1,5})")


def _kinase_bounds(gene: str) -> tuple[int, int] | None:
    domain = kinase_domains().get(gene)
    return (domain.start, domain.end) if domain is not None else None


def _lies_in(change: str, bounds: tuple[int, int] | None) -> bool:
    residue = position(change)
    return bounds is not None and residue is not None and bounds[0] <= residue <= bounds[1]
