"""The molecular alterations of a case, each once, however often and by whatever method it was found.

A rearrangement seen by FISH and a fusion found by sequencing are one alteration where they share a gene; two reports of
one fusion are one. A positive FISH of a gene that is tested with break-apart probes, told without the word
rearrangement, counts as one; a positive test of any other kind does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from caseboard.case import Alteration, Case, Test
from caseboard.case.facts import FactBase
from caseboard.knowledge.variants import protein_change
from caseboard.terms.coding_changes import protein_of

__all__ = ["BREAK_APART", "FoundAlteration", "found_alterations", "story_order", "unnamed_positives"]

BREAK_APART = frozenset({"ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "PDGFRB"})
"""Kinases whose FISH in routine use is a break-apart test: positive means rearranged, not amplified."""

_POSITIVE = re.compile(r"\s*(?:positive|pos\.?|\+|rearranged|detected|present)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


class FoundAlteration(msgspec.Struct, frozen=True, kw_only=True):
    """One alteration of one patient with all facts that tell of it, in story order.

    For a fusion ``gene5`` and ``gene3`` (None where the partner is not known), for all else ``gene``. ``change`` is
    the protein change in the one-letter form where it is one, else as written.
    """

    patient: int
    kind: Literal["fusion", "rearrangement", "variant", "amplification", "deletion", "other"]
    gene5: str | None = None
    gene3: str | None = None
    gene: str | None = None
    change: str | None = None
    alterations: tuple[Alteration, ...] = ()
    tests: tuple[Test, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it stands on."""
        return tuple(fact.id for fact in (*self.alterations, *self.tests))

    @property
    def genes(self) -> tuple[str, ...]:
        """Every gene named, 5' partner first."""
        return tuple(gene for gene in (self.gene5, self.gene3, self.gene) if gene)

    @property
    def name(self) -> str:
        """The alteration as a laboratory would head its report: ``YWHAE::ROS1``, ``?::ALK``, ``NTRK1 p.G595R``."""
        if self.kind == "fusion":
            return f"{self.gene5 or '?'}::{self.gene3 or '?'}"
        if self.kind == "variant" and self.change and protein_change(self.change) == self.change:
            return f"{self.gene or '?'} p.{self.change}"
        words = [self.gene or "gene not named"]
        if self.kind not in {"variant", "other"} and self.kind not in (self.change or "").casefold():
            words.append(self.kind)
        return " ".join([*words, self.change or ""]).strip()


def story_order(fact: FactBase) -> tuple[tuple[int, ...], str]:
    """Return the sort key that puts facts in the order in which they were read, whatever order they are held in."""
    return tuple(int(number) for number in _NUMBER.findall(fact.id)), fact.id


def found_alterations(case: Case) -> tuple[FoundAlteration, ...]:
    """Return each alteration of each patient once, in the order in which the story first tells of them."""
    groups: dict[tuple[object, ...], FoundAlteration] = {}
    for fact in sorted(case.of(Alteration), key=story_order):
        found = _single(fact)
        key = (found.patient, found.kind, found.gene5, found.gene3, found.gene, found.change)
        groups[key] = _joined(groups[key], found) if key in groups else found
    alterations = list(groups.values())
    alterations.extend(
        FoundAlteration(patient=test.patient, kind="rearrangement", gene=test.target, tests=(test,))
        for test in sorted(case.of(Test), key=story_order)
        if is_break_apart_positive(test)
    )
    return tuple(_merged(alterations))


def unnamed_positives(case: Case, genes: Iterable[str]) -> tuple[Test, ...]:
    """Return positive molecular tests of ``genes`` for which no alteration is named, so that its kind is not known."""
    named = {(found.patient, gene) for found in found_alterations(case) for gene in found.genes}
    wanted = frozenset(genes)
    return tuple(
        test
        for test in sorted(case.of(Test), key=story_order)
        if test.method in {"FISH", "NGS", "PCR"}
        and test.target in wanted
        and _POSITIVE.match(test.result)
        and (test.patient, test.target) not in named
    )


def is_break_apart_positive(test: Test) -> bool:
    """Whether a test is a positive FISH of a gene that is tested with break-apart probes."""
    return test.method == "FISH" and test.target in BREAK_APART and bool(_POSITIVE.match(test.result))


def _single(fact: Alteration) -> FoundAlteration:
    gene5, gene3, gene = fact.gene5, fact.gene3, fact.gene
    kind = fact.type
    if kind == "fusion" and not (gene5 or gene3):
        kind = "rearrangement"
    if kind == "rearrangement" and gene5 and gene3:
        kind = "fusion"
    if kind == "rearrangement":
        gene = gene or gene3 or gene5
        gene5 = gene3 = None
    if kind == "fusion":
        gene = None
    change = fact.change
    if change and kind == "variant":
        told = protein_of(gene, change[change.index("c.") :]) if gene and "c." in change else None
        change = protein_change(change) or told or change.strip()
    if kind in {"fusion", "rearrangement"}:
        change = None
    return FoundAlteration(
        patient=fact.patient,
        kind=kind,
        gene5=gene5,
        gene3=gene3,
        gene=gene,
        change=change,
        alterations=(fact,),
    )


def _merged(alterations: list[FoundAlteration]) -> list[FoundAlteration]:
    """Join what tells less (a rearrangement, a fusion with one partner) to the first fusion that tells more."""
    whole = [found for found in alterations if found.gene5 and found.gene3]
    rest = [found for found in alterations if not (found.gene5 and found.gene3)]
    kept: list[FoundAlteration] = list(whole)
    for found in sorted(rest, key=lambda f: f.kind != "fusion"):
        at = next((i for i, other in enumerate(kept) if _is_part_of(found, other)), None)
        if at is None:
            kept.append(found)
        else:
            kept[at] = _joined(kept[at], found)
    return sorted(kept, key=lambda f: story_order((*f.alterations, *f.tests)[0]))


def _is_part_of(found: FoundAlteration, other: FoundAlteration) -> bool:
    if found.patient != other.patient or other.kind not in {"fusion", "rearrangement"}:
        return False
    if found.kind == "rearrangement":
        return found.gene in other.genes
    if found.kind == "fusion" and other.kind == "fusion":
        return all(
            mine in {None, theirs}
            for mine, theirs in ((found.gene5, other.gene5), (found.gene3, other.gene3))
        )
    return False


def _joined(one: FoundAlteration, more: FoundAlteration) -> FoundAlteration:
    alterations = sorted((*one.alterations, *more.alterations), key=story_order)
    tests = sorted((*one.tests, *more.tests), key=story_order)
    return msgspec.structs.replace(one, alterations=tuple(alterations), tests=tuple(tests))
