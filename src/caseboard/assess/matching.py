"""How the profile of an item of evidence matches the alterations of a patient.

``Match.kind`` is what the ranking goes by, ``Match.how`` says it finer: exact; same pair (the exons are not told or
differ); any partner; other partner; same residue; category (the evidence is of any mutation, of its kinase domain and
the like, and the variant is one of them); partner not known.

Match classes are kept apart and never mixed: the same pair of partners; the same kinase at the same end of the fusion
with whatever partner; the same variant; a category of variants. A fusion never matches a mutation, nor a mutation a
fusion. A row on any mutation of a gene is not applied where the gene is fused too: a variant beside a fusion is as
often resistance as a target. Nor is it applied to a variant that its report calls one of uncertain significance.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.categories import belongs
from caseboard.assess.naming import (
    LOST_PROTEIN,
    WILD_TYPE,
    exon_event,
    fused_exons,
    is_same_name,
    same_dna,
    tells_other_frameshift,
)
from caseboard.knowledge.evidence import Evidence
from caseboard.knowledge.profiles import Alternative, Atom, FusionAtom, VariantAtom
from caseboard.knowledge.variants import codon, is_same_change
from caseboard.terms.vocabulary import fold

__all__ = ["How", "Match", "match", "touches"]

MatchKind = Literal["pair", "kinase", "variant", "category"]
How = Literal[
    "exact",
    "same pair",
    "any partner",
    "same residue",
    "exon event",
    "category",
    "partner not known",
    "other partner",
]
"""Best first."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A match of one item of evidence.

    ``facts`` are the ids of the facts of the alterations that matched. ``missing`` are the variants that the profile
    asks for beside what was found: the evidence applies only if they are found too. ``unproven`` are alterations that
    it wants to be absent, or categories (any mutation) that are not applied. ``variants`` are all variants that the
    profile names, found or not. ``how`` is the loosest of the ways in which its atoms matched.
    """

    kind: MatchKind
    facts: tuple[str, ...]
    how: How = "exact"
    missing: tuple[VariantAtom, ...] = ()
    unproven: tuple[Atom, ...] = ()
    variants: tuple[VariantAtom, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether all that the profile asks for was found."""
        return not self.missing and not self.unproven


def touches(evidence: Evidence, found: FoundAlteration, kinases: frozenset[str]) -> bool:
    """Whether an alteration is one of several that a way of the profile asks for, or the wild type of an absent one."""
    alone = (found,)
    return any(
        any(_atom(atom, alone, kinases) for atom in way.present)
        or any(_is_wild_type(atom, alone) for atom in way.absent)
        for way in evidence.alternatives
        if len(way.present) + len(way.absent) > 1
    )


_Kind = tuple[MatchKind, How]
_Answer = tuple[_Kind, FoundAlteration]
_ORDER: tuple[MatchKind, ...] = ("pair", "kinase", "variant", "category")
_HOWS: tuple[How, ...] = get_args(How)


def match(evidence: Evidence, found: Iterable[FoundAlteration], kinases: frozenset[str]) -> Match | None:
    """Return the best match of an item of evidence, or None where it says nothing of these alterations.

    ``kinases`` are the genes that count as the kinase of a fusion: where the pair is not the same, one of them must be.
    """
    alterations = tuple(found)
    answers = (_way(way, alterations, kinases) for way in evidence.alternatives)
    matches = [answer for answer in answers if answer is not None]
    return min(matches, key=lambda m: (not m.applies, _ORDER.index(m.kind), _HOWS.index(m.how)), default=None)


def _way(way: Alternative, found: tuple[FoundAlteration, ...], kinases: frozenset[str]) -> Match | None:
    answers: list[_Answer] = []
    missing: list[VariantAtom] = []
    unproven: list[Atom] = list(way.absent)
    for atom in way.present:
        answer = _atom(atom, found, kinases)
        if answer is not None:
            answers.append(answer)
        elif isinstance(atom, FusionAtom):
            return None
        elif atom.kind in {"change", "codon"}:
            missing.append(atom)
        elif _may_belong(atom, found):
            unproven.append(atom)
        else:
            return None
    if any(_atom(atom, found, kinases) or _is_of(atom, found) for atom in way.absent):
        return None
    unproven = [atom for atom in unproven if atom not in way.absent or not _is_wild_type(atom, found)]
    if not answers and not unproven and not any(_is_fused(atom, found) for atom in missing):
        return None
    kinds: set[MatchKind] = {kind for (kind, _), _ in answers}
    how: How = max((each for (_, each), _ in answers), key=_HOWS.index, default="exact")
    kind: MatchKind = (
        "category"
        if "category" in kinds
        else "variant"
        if "variant" in kinds
        else "kinase"
        if "kinase" in kinds or not kinds
        else "pair"
    )
    facts = tuple(dict.fromkeys(fact for _, alteration in answers for fact in alteration.facts))
    variants = tuple(atom for atom in way.present if isinstance(atom, VariantAtom))
    return Match(
        kind=kind, facts=facts, how=how, missing=tuple(missing), unproven=tuple(unproven), variants=variants
    )


def _atom(atom: Atom, found: tuple[FoundAlteration, ...], kinases: frozenset[str]) -> _Answer | None:
    answers = [
        (kind, alteration)
        for alteration in found
        if (kind := _kind(atom, alteration, kinases) or _category(atom, alteration, found)) is not None
    ]
    return min(
        answers,
        key=lambda answer: (_ORDER.index(answer[0][0]), _HOWS.index(answer[0][1])),
        default=None,
    )


def _kind(atom: Atom, found: FoundAlteration, kinases: frozenset[str]) -> _Kind | None:
    if isinstance(atom, FusionAtom):
        return _fusion(atom, found, kinases)
    if atom.kind == "rearrangement" and found.kind in {"fusion", "rearrangement"}:
        # One that names an intron is met only by one told in the same words.
        fused = atom.gene in found.genes and "intron" not in atom.name
        return ("kinase", "any partner") if fused else None
    if found.gene != atom.gene:
        return None
    how = _variant(atom, found)
    return None if how is None else ("variant", how)


def _category(atom: Atom, found: FoundAlteration, everything: tuple[FoundAlteration, ...]) -> _Kind | None:
    """Return how a variant belongs to the set that the atom names.

    None where its gene is fused too, and of a variant of uncertain significance, which may be a mutation in name only.
    """
    if not isinstance(atom, VariantAtom) or not belongs(atom, found) or _is_fused(atom, everything):
        return None
    if found.is_uncertain:
        return None
    return "category", "category"


def _variant(atom: VariantAtom, found: FoundAlteration) -> How | None:
    """Return how an alteration of the gene of an atom matches it; never a fusion."""
    if found.kind == atom.kind and found.kind in {"amplification", "deletion"}:
        return "exact" if exon_event(atom.gene, found.change or "", atom.name) is None else None
    if found.kind in {"fusion", "rearrangement", "amplification"} or found.change is None:
        return None
    if fold(found.change) in LOST_PROTEIN:
        return "exact" if fold(atom.name) == "loss" else None
    if found.kind == "variant" and same_dna(atom, found):
        return "exact"
    if atom.kind == "change" and atom.change is not None:
        if found.kind != "variant" or not is_same_change(atom.change, found.change):
            return None
        return "same residue" if tells_other_frameshift(atom, found) else "exact"
    if atom.kind == "codon":
        residue = codon(found.change)
        if found.kind != "variant" or atom.change != residue:
            return None
        return "exact" if found.change == atom.change else "same residue"
    if atom.kind == "exon":
        return exon_event(atom.gene, atom.name, found.change)
    return "exact" if is_same_name(atom, found.change) else None


def _fusion(atom: FusionAtom, found: FoundAlteration, kinases: frozenset[str]) -> _Kind | None:
    if found.kind == "rearrangement":
        if len(atom.genes) == 1:
            return ("kinase", "any partner") if found.gene in atom.genes else None
        return ("kinase", "partner not known") if found.gene in atom.genes & kinases else None
    if found.kind != "fusion":
        return None
    if atom.gene5 and atom.gene3:
        if (atom.gene5, atom.gene3) == (found.gene5, found.gene3):
            same = atom.exon5 is None or (atom.exon5, atom.exon3) in fused_exons(found)
            return "pair", "exact" if same else "same pair"
    elif (atom.gene5 or found.gene5, atom.gene3 or found.gene3) == (found.gene5, found.gene3):
        return "kinase", "any partner"
    same_end = {atom.gene5} & {found.gene5} | {atom.gene3} & {found.gene3}
    # Of two kinases in one fusion it is the 3' one that drives: BCR::ABL1 says nothing of BCR::JAK2.
    if atom.gene3 in kinases or found.gene3 in kinases:
        same_end &= {found.gene3}
    if not same_end & kinases:
        return None
    return ("kinase", "other partner") if found.gene5 and found.gene3 else ("kinase", "partner not known")


def _has_variant(gene: str, found: tuple[FoundAlteration, ...]) -> bool:
    return any(
        alteration.kind == "variant"
        and alteration.gene == gene
        and fold(alteration.change or "") not in WILD_TYPE
        for alteration in found
    )


def _may_belong(atom: VariantAtom, found: tuple[FoundAlteration, ...]) -> bool:
    """Whether an atom is a category of variants and a variant of its gene was found, which may belong to it."""
    return atom.kind in {"mutation", "category"} and _has_variant(atom.gene, found)


def _is_of(atom: Atom, found: tuple[FoundAlteration, ...]) -> bool:
    """Whether what must be absent is there: any variant is a mutation of its gene."""
    return isinstance(atom, VariantAtom) and atom.kind == "mutation" and _has_variant(atom.gene, found)


def _is_wild_type(atom: Atom, found: tuple[FoundAlteration, ...]) -> bool:
    """Whether the gene of a variant that must be absent was found to be wild type."""
    return isinstance(atom, VariantAtom) and any(
        alteration.gene == atom.gene and fold(alteration.change or "") in WILD_TYPE for alteration in found
    )


def _is_fused(atom: Atom, found: tuple[FoundAlteration, ...]) -> bool:
    """Whether the gene of a variant is a partner of a fusion that was found."""
    return any(
        alteration.kind in {"fusion", "rearrangement"} and not atom.genes.isdisjoint(alteration.genes)
        for alteration in found
    )
