"""The molecular alterations of a case, each once, however often and by whatever method it was found.

A rearrangement seen by FISH and a fusion found by sequencing are one alteration where they share a gene; two reports of
one fusion are one. A positive FISH of a gene whose usual probe is a break-apart one, told without the word
rearrangement, counts as one, its partner not known; that of a gene whose usual probe counts copies, as an amplification
(``data/fish_probes.tsv``). A positive test of any other kind does not count. What tests tell of the whole tumour
(microsatellites, mutational burden), and that a gene is wild type, stands among the alterations with its test.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from caseboard.assess.alteration_words import signature
from caseboard.assess.sources import read_rows
from caseboard.assess.spellings import fuller, same_deletion, same_variant
from caseboard.case import Alteration, Case, Test
from caseboard.case.facts import FactBase
from caseboard.knowledge.variants import protein_change
from caseboard.terms import genes
from caseboard.terms.coding_changes import OF_PROMOTER, protein_of

__all__ = [
    "UNCERTAIN",
    "FoundAlteration",
    "fish_probe",
    "found_alterations",
    "is_positive_fish",
    "story_order",
    "unnamed_positives",
]

_POSITIVE = re.compile(r"\s*(?:positive|pos\.?|\+|rearranged|detected|present)\b", re.IGNORECASE)
_WILD_TYPE = re.compile(r"\bwild[\s-]{0,2}type\b|\bWT\b", re.IGNORECASE)
_LOSS = re.compile(r"\b(?:loss|lost|del)\b")
_NUMBER = re.compile(r"\d+")


UNCERTAIN = "uncertain significance"
"""The words by which a source, or a remark of the reader, says that a variant is not known to matter."""


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
    def is_wild_type(self) -> bool:
        """Whether it says that a gene is not altered."""
        return self.kind == "other" and (self.change or "").casefold() in {"wild type", "wild-type", "wt"}

    @property
    def is_uncertain(self) -> bool:
        """Whether its source calls it a variant of uncertain significance."""
        return any(
            UNCERTAIN in words for fact in self.alterations for words in (*fact.remarks, fact.change or "")
        )

    @property
    def name(self) -> str:
        """The alteration as a laboratory would head its report: ``YWHAE::ROS1``, ``?::ALK``, ``NTRK1 p.G595R``."""
        if self.kind == "fusion":
            return f"{self.gene5 or '?'}::{self.gene3 or '?'}"
        if self.kind == "variant" and self.gene == "TERT" and self.change in OF_PROMOTER:
            return f"TERT promoter {self.change}"
        if self.kind == "variant" and self.change and protein_change(self.change) == self.change:
            return f"{self.gene or '?'} p.{self.change}"
        words = [self.gene or "gene not named"]
        told = (self.change or "").casefold()
        said = self.kind in told or (self.kind == "deletion" and _LOSS.search(told) is not None)
        if self.kind not in {"variant", "other"} and not said:
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
    alterations = _spelled_alike(groups.values())
    for test in sorted(case.of(Test), key=story_order):
        probe = fish_probe(test.target)
        if probe is not None and is_positive_fish(test):
            kind: Literal["rearrangement", "amplification"] = (
                "rearrangement" if probe == "break-apart" else "amplification"
            )
            gene = "ERBB2" if test.target == "HER2" else test.target
            seen = FoundAlteration(patient=test.patient, kind=kind, gene=gene, tests=(test,))
            at = next(
                (n for n, other in enumerate(alterations) if kind == "amplification" and _same(other, seen)),
                None,
            )
            if at is None:
                alterations.append(seen)
            else:
                alterations[at] = _joined(alterations[at], seen)
    alterations.extend(_told_by_tests(case, {(found.patient, found.gene) for found in alterations}))
    return tuple(_merged(alterations))


def _spelled_alike(told: Iterable[FoundAlteration]) -> list[FoundAlteration]:
    """Join what is one alteration in another spelling, and a gene told to be mutated to the one variant told of it."""
    kept: list[FoundAlteration] = []
    for found in told:
        at = next((n for n, other in enumerate(kept) if _is_respelled(other, found)), None)
        if at is None:
            kept.append(found)
        else:
            change = fuller(kept[at].change, found.change)
            kept[at] = msgspec.structs.replace(_joined(kept[at], found), change=change)
    for bare in [found for found in kept if found.kind == "variant" and not found.change]:
        own = [found for found in kept if found is not bare and _same(found, bare)]
        if len(own) == 1 and own[0].is_uncertain == bare.is_uncertain:
            kept[kept.index(own[0])] = _joined(own[0], bare)
            kept.remove(bare)
    return kept


def _is_respelled(one: FoundAlteration, other: FoundAlteration) -> bool:
    if not _same(one, other) or one.gene is None:
        return False
    if one.kind == "variant":
        return bool(one.change and other.change) and same_variant(one.change or "", other.change or "")
    return one.kind == "deletion" and same_deletion(one.change, other.change)


def _told_by_tests(case: Case, altered: set[tuple[int, str | None]]) -> list[FoundAlteration]:
    """Return signatures, and genes told to be wild type of which no alteration is told; what was tested stands by."""
    told: dict[tuple[int, str, str], FoundAlteration] = {}
    for test in sorted(case.of(Test), key=story_order):
        name = _signature_of(test) or _wild_type_of(test)
        if name is None or (test.patient, name[0]) in altered:
            continue
        seen = FoundAlteration(
            patient=test.patient, kind="other", gene=name[0], change=name[1], tests=(test,)
        )
        key = (test.patient, *name)
        told[key] = _joined(told[key], seen) if key in told else seen
    return list(told.values())


def _signature_of(test: Test) -> tuple[str, str] | None:
    if test.target == "MSI":
        return ("MSI", "High") if _POSITIVE.match(test.result) or "high" in test.result.casefold() else None
    told = signature(f"{test.target} {test.result}") if test.target == "TMB" else None
    return (told[0], told[1]) if told is not None else None


def _wild_type_of(test: Test) -> tuple[str, str] | None:
    """Return a gene that is told to be wild type; "negative" alone does not tell how much of it was looked at."""
    known = genes.vocabulary()
    if test.method in {"IHC", "FISH", "flow"} or test.target not in known:
        return None
    told = _WILD_TYPE.search(f"{test.result} {test.source.quote}")
    return (test.target, "wild type") if told and not _POSITIVE.match(test.result) else None


def _same(one: FoundAlteration, other: FoundAlteration) -> bool:
    return (one.patient, one.kind, one.gene) == (other.patient, other.kind, other.gene)


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


@functools.cache
def _probes() -> dict[str, str]:
    return {row["gene"]: row["probe"] for row in read_rows("fish_probes")}


def fish_probe(gene: str) -> str | None:
    """Return the usual probe of a gene, ``break-apart`` or ``amplification``; None where there is none or are two."""
    return _probes().get(gene)


def is_positive_fish(test: Test) -> bool:
    """Whether a test is a FISH that is told to be positive."""
    return test.method == "FISH" and bool(_POSITIVE.match(test.result))


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
