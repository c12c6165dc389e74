"""How the profile of an item of evidence matches the alterations of a patient.

Match classes are kept apart and never mixed: the same pair of partners; the same kinase at the same end of the fusion
with whatever partner; the same variant. A fusion never matches a mutation, nor a mutation a fusion. A row on any
mutation of a gene is not applied to a variant: a variant beside a fusion is as often resistance as a target.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from caseboard.assess.alterations import FoundAlteration
from caseboard.knowledge.evidence import Evidence
from caseboard.knowledge.profiles import Alternative, Atom, FusionAtom, VariantAtom
from caseboard.knowledge.variants import codon

__all__ = ["Match", "match"]

MatchKind = Literal["pair", "kinase", "variant"]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A match of one item of evidence.

    ``facts`` are the ids of the facts of the alterations that matched. ``missing`` are the variants that the profile
    asks for beside what was found: the evidence applies only if they are found too. ``unproven`` are alterations that
    it wants to be absent, or categories (any mutation) that are not applied. ``variants`` are all variants that the
    profile names, found or not.
    """

    kind: MatchKind
    facts: tuple[str, ...]
    missing: tuple[VariantAtom, ...] = ()
    unproven: tuple[Atom, ...] = ()
    variants: tuple[VariantAtom, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether all that the profile asks for was found."""
        return not self.missing and not self.unproven


_Answer = tuple[MatchKind, FoundAlteration]
_ORDER: tuple[MatchKind, ...] = ("pair", "kinase", "variant")


def match(evidence: Evidence, found: Iterable[FoundAlteration], kinases: frozenset[str]) -> Match | None:
    """Return the best match of an item of evidence, or None where it says nothing of these alterations.

    ``kinases`` are the genes that count as the kinase of a fusion: where the pair is not the same, one of them must be.
    """
    alterations = tuple(found)
    answers = (_way(way, alterations, kinases) for way in evidence.alternatives)
    matches = [answer for answer in answers if answer is not None]
    return min(matches, key=lambda m: (not m.applies, _ORDER.index(m.kind)), default=None)


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
        elif atom.kind == "mutation" and _has_variant(atom.gene, found):
            unproven.append(atom)
        else:
            return None
    if any(_atom(atom, found, kinases) for atom in way.absent):
        return None
    if not answers and not unproven and not any(_is_fused(atom, found) for atom in missing):
        return None
    kinds: set[MatchKind] = {kind for kind, _ in answers}
    kind: MatchKind = (
        "variant" if "variant" in kinds else "kinase" if "kinase" in kinds or not kinds else "pair"
    )
    facts = tuple(dict.fromkeys(fact for _, alteration in answers for fact in alteration.facts))
    variants = tuple(atom for atom in way.present if isinstance(atom, VariantAtom))
    return Match(kind=kind, facts=facts, missing=tuple(missing), unproven=tuple(unproven), variants=variants)


def _atom(atom: Atom, found: tuple[FoundAlteration, ...], kinases: frozenset[str]) -> _Answer | None:
    answers = [
        (kind, alteration) for alteration in found if (kind := _kind(atom, alteration, kinases)) is not None
    ]
    return min(answers, key=lambda answer: _ORDER.index(answer[0]), default=None)


def _kind(atom: Atom, found: FoundAlteration, kinases: frozenset[str]) -> MatchKind | None:
    if isinstance(atom, FusionAtom):
        return _fusion(atom, found, kinases)
    if atom.kind == "rearrangement":
        return "kinase" if found.kind in {"fusion", "rearrangement"} and atom.gene in found.genes else None
    if found.kind != "variant" or found.gene != atom.gene or found.change is None:
        return None
    if atom.kind == "change" and atom.change == found.change:
        return "variant"
    return "variant" if atom.kind == "codon" and atom.change == codon(found.change) else None


def _fusion(atom: FusionAtom, found: FoundAlteration, kinases: frozenset[str]) -> MatchKind | None:
    if found.kind == "rearrangement":
        return "kinase" if found.gene in atom.genes & kinases else None
    if found.kind != "fusion":
        return None
    if atom.gene5 and atom.gene3 and (atom.gene5, atom.gene3) == (found.gene5, found.gene3):
        return "pair"
    same_end = {atom.gene5} & {found.gene5} | {atom.gene3} & {found.gene3}
    return "kinase" if same_end & kinases else None


def _has_variant(gene: str, found: tuple[FoundAlteration, ...]) -> bool:
    return any(alteration.kind == "variant" and alteration.gene == gene for alteration in found)


def _is_fused(atom: Atom, found: tuple[FoundAlteration, ...]) -> bool:
    """Whether the gene of a variant is a partner of a fusion that was found."""
    return any(
        alteration.kind in {"fusion", "rearrangement"} and not atom.genes.isdisjoint(alteration.genes)
        for alteration in found
    )
