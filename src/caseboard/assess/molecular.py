"""What each molecular finding of a case is: its name, its kinase, whether it is known, what is not told of it.

Nothing is said of what an alteration does, unless an item of evidence says so, and then with its id.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from caseboard.assess.alterations import UNCERTAIN, FoundAlteration, found_alterations
from caseboard.assess.findings import Citation, Finding
from caseboard.assess.kinase_domain import (
    call_findings,
    domain_findings,
    exon_pair,
    exons_told,
    frame_told,
    verdicts,
)
from caseboard.assess.known import Known, known_in
from caseboard.assess.passages import sentence
from caseboard.assess.results import AlterationReport
from caseboard.assess.tumour import CaseTumour, tumour_of
from caseboard.assess.variants import (
    cite_evidence,
    molecular_finding,
    resistance_variant,
    same_residue,
    variant_beside_fusion,
)
from caseboard.case import Case
from caseboard.knowledge.evidence import pack
from caseboard.knowledge.profiles import FusionAtom
from caseboard.terms import fusions, genes

__all__ = ["FIVE_PRIME_KINASES", "FUSION_NAMES", "alteration_reports"]

FUSION_NAMES = Citation(
    "Bruford 2021, HGNC recommendations for gene fusions", doi="10.1038/s41375-021-01436-6"
)

FIVE_PRIME_KINASES = frozenset({"FGFR1", "FGFR2", "FGFR3"})
"""Kinases whose domain lies so far from the end that they drive as the 5' partner too."""

_EXON = re.compile(r"\bexons?\s{0,3}\d|\be\d{1,2}\s{0,2}(?:::|[;-])\s{0,2}e\d", re.IGNORECASE)
_FRAME = re.compile(r"\bin[- ]frame|\bout[- ]of[- ]frame|\bframe[- ]?shift", re.IGNORECASE)
_DOMAIN = re.compile(r"\bkinase[- ]domain", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{1,15}")


def alteration_reports(case: Case) -> tuple[AlterationReport, ...]:
    """Return one report for each alteration of each patient, in the order in which the story first tells of them."""
    found = found_alterations(case)
    tumours = {number: tumour_of(case.for_patient(number)) for number in {each.patient for each in found}}
    return tuple(_report(case, each, tumours[each.patient], found) for each in found)


def _report(
    case: Case,
    found: FoundAlteration,
    tumour: CaseTumour | None,
    everything: tuple[FoundAlteration, ...],
) -> AlterationReport:
    kinase, cutoff = _kinase(found), case.cutoff
    known = known_in(found, kinase, tumour, cutoff)
    unknown, ask = _open_questions(case, found, kinase)
    rules: tuple[Callable[[], Finding | None], ...] = (
        lambda: _named(found),
        lambda: _symbol_corrected(found),
        lambda: _order_turned(found),
        lambda: _uncertain(found),
        lambda: _found_more_than_once(found),
        lambda: _kinase_place(found, kinase),
        lambda: _known(found, known),
        lambda: _reverse_of_known(found),
        lambda: _said_of_it(found, cutoff),
        lambda: resistance_variant(found, cutoff),
        lambda: same_residue(found, cutoff),
        lambda: variant_beside_fusion(found, everything),
        lambda: _partner_unknown(found),
        lambda: _not_told(found, unknown),
    )
    return AlterationReport(
        facts=found.facts,
        name=found.name,
        as_written="; ".join(dict.fromkeys(fact.source.quote for fact in (*found.alterations, *found.tests))),
        type=found.kind,
        gene5=found.gene5,
        gene3=found.gene3,
        kinase=kinase,
        kinase_is_3prime=found.gene3 == kinase if kinase and found.kind == "fusion" else None,
        known_in_tumor=known.text,
        unknown=unknown,
        ask_the_laboratory=ask,
        findings=(
            *(finding for rule in rules if (finding := rule()) is not None),
            *call_findings(found),
            *domain_findings(case, found, kinase),
        ),
    )


def _kinase(found: FoundAlteration) -> str | None:
    """Return the kinase of an alteration; of two in one fusion, the 3' partner. A gene of wild type is none."""
    if found.is_wild_type:
        return None
    for symbol in (found.gene3, found.gene5, found.gene):
        match = genes.lookup(symbol) if symbol else None
        if match is not None and match.term.kinase:
            return symbol
    return None


def _open_questions(
    case: Case, found: FoundAlteration, kinase: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is not told of an alteration, and what to ask the laboratory for.

    It is told where the words of a fact tell it, or the sentence that they stand in.
    """
    if found.kind not in {"fusion", "rearrangement"}:
        return (), ()
    text = " ".join(f"{fact.source.quote} {fact.change or ''}" for fact in found.alterations)
    around = " ".join(sentence(case, fact) for fact in found.alterations)
    unknown, ask = [], []
    if found.kind == "rearrangement" or not (found.gene5 and found.gene3):
        unknown.append("the partner gene")
        ask.append("the partner gene, by RNA-based sequencing")
    pairs = [exon_pair(case, fact) for fact in found.alterations]
    if not _EXON.search(text) and not exons_told(found) and not any(pairs):
        unknown.append("the exons that are joined")
        ask.append("the exons or breakpoints of both genes, with the transcripts they are counted on")
    if not _FRAME.search(f"{text} {around}") and not frame_told(found):
        unknown.append("whether the reading frame is kept")
        ask.append("whether the transcript is in frame, and by how many reads it is supported")
    decided = any(each.verdict.kept != "cannot tell" for each in verdicts(case, found, kinase))
    if kinase and not _DOMAIN.search(text) and not decided:
        unknown.append(f"whether the kinase domain of {kinase} is kept")
        ask.append(f"whether the kinase domain of {kinase} is whole in the fusion")
    return tuple(unknown), tuple(ask)


def _named(found: FoundAlteration) -> Finding | None:
    if found.kind != "fusion":
        return None
    ends = [
        f"{gene} is the {end} partner" for gene, end in ((found.gene5, "5'"), (found.gene3, "3'")) if gene
    ]
    what = f"The fusion is {found.name}: {', '.join(ends)}."
    return molecular_finding("fusion_in_hgnc_form", what, found, citations=(FUSION_NAMES,))


def _symbol_corrected(found: FoundAlteration) -> Finding | None:
    """Say which symbol stands in the report where it is not the approved one."""
    remarks: list[str] = []
    for fact in found.alterations:
        remarks.extend(remark for remark in fact.remarks if UNCERTAIN not in remark)
        told = set(_WORD.findall(fact.source.quote))
        for symbol in fact.genes:
            if symbol in told or any(symbol in remark for remark in fact.remarks):
                continue
            other = next((gene for gene in fact.genes if gene != symbol), symbol)
            for word in sorted(word for word in told if word.isupper()):
                match = genes.lookup_partner(word, other)
                if match is not None and match.term.key == symbol and match.remark:
                    remarks.append(match.remark)
    if not remarks:
        return None
    return molecular_finding(
        "symbol_corrected", _sentence("; ".join(dict.fromkeys(remarks))), found, level="note"
    )


def _uncertain(found: FoundAlteration) -> Finding | None:
    if not found.is_uncertain:
        return None
    what = (
        f"The report calls {found.name} a variant of uncertain significance: evidence of mutations of"
        f" {found.gene or 'the gene'} at large is not applied to it."
    )
    return molecular_finding("uncertain_significance", what, found, level="warning")


def _order_turned(found: FoundAlteration) -> Finding | None:
    for fact in found.alterations:
        quote = fact.source.quote
        if fact.gene5 and fact.gene3 and 0 <= quote.find(fact.gene3) < quote.find(fact.gene5):
            what = f"The report names {fact.gene3} first; it is read as {found.name}, 5' partner first."
            return molecular_finding("order_turned", what, found, level="note", citations=(FUSION_NAMES,))
    return None


def _found_more_than_once(found: FoundAlteration) -> Finding | None:
    if len(found.facts) < 2:
        return None
    kinds = sorted(
        {fact.type for fact in found.alterations} | {f"positive {test.method}" for test in found.tests}
    )
    what = f"{found.name} is told of in {len(found.facts)} facts ({', '.join(kinds)}) and counted once."
    return molecular_finding("found_more_than_once", what, found)


def _kinase_place(found: FoundAlteration, kinase: str | None) -> Finding | None:
    if found.kind != "fusion" or kinase is None:
        return None
    if found.gene3 == kinase:
        return molecular_finding(
            "kinase_3prime", f"The kinase {kinase} is the 3' partner, as in most kinase fusions.", found
        )
    if kinase in FIVE_PRIME_KINASES:
        what = f"The kinase {kinase} is the 5' partner, as is usual for it."
        return molecular_finding("kinase_5prime_usual", what, found)
    what = (
        f"The kinase {kinase} is the 5' partner: so joined, it may have lost its kinase domain, and a drug its target. "
        "The reciprocal fusion should be looked for."
    )
    return molecular_finding("kinase_5prime", what, found, level="warning")


def _known(found: FoundAlteration, known: Known) -> Finding | None:
    if found.kind not in {"fusion", "rearrangement"} or not known.text:
        return None
    rule, level = ("pair_known", "info") if known.pair_in_tumour else ("pair_not_known", "note")
    return Finding(
        what=_sentence(known.text),
        rule=f"molecular.{rule}",
        topic="molecular",
        level="note" if level == "note" else "info",
        facts=(*found.facts, *known.facts),
        citations=known.citations,
    )


def _reverse_of_known(found: FoundAlteration) -> Finding | None:
    if not (found.gene5 and found.gene3):
        return None
    if fusions.known_pair(found.gene5, found.gene3) or not fusions.known_pair(found.gene3, found.gene5):
        return None
    what = f"{found.gene3}::{found.gene5} is a known fusion, {found.name} is not: the order may be the wrong way round."
    return molecular_finding("reverse_of_known", what, found, level="warning")


def _said_of_it(found: FoundAlteration, cutoff: date | None) -> Finding | None:
    """Say what evidence says that this pair of partners does; nothing is carried over from other partners."""
    if not (found.gene5 and found.gene3):
        return None
    pair = FusionAtom(found.gene5, found.gene3)
    rows = [
        row
        for row in pack().for_gene(found.gene3)
        if row.type in {"Oncogenic", "Functional"}
        and row.supports
        and row.published_by(cutoff)
        and any(_is_pair(way.present, pair) for way in row.alternatives)
    ]
    if not rows:
        return None
    said = sorted({f"{row.significance.lower()} in {row.disease or 'an unnamed disease'}" for row in rows})
    what = f"CIViC says of {found.name}: {'; '.join(said)}."
    return molecular_finding("said_of_pair", what, found, citations=cite_evidence(rows))


def _is_pair(atoms: tuple[object, ...], pair: FusionAtom) -> bool:
    return len(atoms) == 1 and isinstance(atoms[0], FusionAtom) and str(atoms[0]) == str(pair)


def _fused(found: FoundAlteration) -> bool:
    return found.kind in {"fusion", "rearrangement"}


def _partner_unknown(found: FoundAlteration) -> Finding | None:
    if (found.kind == "fusion" and found.gene5 and found.gene3) or not _fused(found):
        return None
    what = f"A rearrangement of {', '.join(found.genes)} is told of without its partner."
    return molecular_finding("partner_unknown", what, found, level="note")


def _not_told(found: FoundAlteration, unknown: tuple[str, ...]) -> Finding | None:
    if not unknown:
        return None
    return molecular_finding(
        "not_told", f"Not told of {found.name}: {'; '.join(unknown)}.", found, level="note"
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
