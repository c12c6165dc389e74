"""What is known of a variant in a gene: resistance, its neighbours at the same residue, the fusion it lies beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.findings import Citation, Finding, Level
from caseboard.knowledge.evidence import Evidence, pack
from caseboard.knowledge.profiles import VariantAtom
from caseboard.knowledge.variants import codon

__all__ = [
    "cite_evidence",
    "molecular_finding",
    "resistance_variant",
    "same_residue",
    "variant_beside_fusion",
]


def _variant_rows(found: FoundAlteration, cutoff: date | None) -> list[tuple[VariantAtom, Evidence]]:
    """Return the evidence on resistance by one variant of the gene, beside a fusion or not.

    A row on two variants together says nothing of either alone.
    """
    if found.kind != "variant" or not found.gene:
        return []
    pairs = []
    for row in pack().for_gene(found.gene):
        if row.about_resistance and row.supports and row.published_by(cutoff):
            for way in row.alternatives:
                variants = [atom for atom in way.present if isinstance(atom, VariantAtom)]
                if len(variants) == 1 and variants[0].gene == found.gene:
                    pairs.append((variants[0], row))
    return pairs


def resistance_variant(found: FoundAlteration, cutoff: date | None) -> Finding | None:
    """Say that a variant is reported with resistance, to which drugs, and by which items of evidence."""
    if found.change is None:
        return None
    same = {found.change, codon(found.change)}
    rows = list(dict.fromkeys(row for atom, row in _variant_rows(found, cutoff) if atom.change in same))
    if not rows:
        return None
    drugs = sorted({drug for row in rows for drug in row.therapies})
    what = f"{found.name} is a known resistance variant: resistance is reported to {', '.join(drugs)}."
    return molecular_finding(
        "resistance_variant", what, found, level="critical", citations=cite_evidence(rows)
    )


def same_residue(found: FoundAlteration, cutoff: date | None) -> Finding | None:
    """Say that another change of the same residue is reported with resistance, where this one is not."""
    residue = codon(found.change) if found.change else None
    if residue is None:
        return None
    pairs = [(atom, row) for atom, row in _variant_rows(found, cutoff) if atom.kind == "change"]
    if any(atom.change == found.change for atom, _ in pairs):
        return None
    near = [(atom, row) for atom, row in pairs if atom.change and codon(atom.change) == residue]
    if not near:
        return None
    others = sorted({str(atom) for atom, _ in near})
    rows = list(dict.fromkeys(row for _, row in near))
    drugs = sorted({drug for row in rows for drug in row.therapies})
    what = (
        f"The pack has nothing on {found.name} itself. Another change of the same residue ({', '.join(others)}) is "
        f"reported with resistance to {', '.join(drugs)}; whether that holds here is not known."
    )
    return molecular_finding("same_residue", what, found, level="note", citations=cite_evidence(rows))


def variant_beside_fusion(found: FoundAlteration, everything: tuple[FoundAlteration, ...]) -> Finding | None:
    """Say that a variant lies in a gene that is fused in the same tumour."""
    if found.kind != "variant" or found.gene is None:
        return None
    fused = next(
        (
            e
            for e in everything
            if e.patient == found.patient and found.gene in e.genes and e.kind in {"fusion", "rearrangement"}
        ),
        None,
    )
    if fused is None:
        return None
    what = f"{found.name} lies in a gene of {fused.name}: a variant there may mean resistance to drugs against it."
    return molecular_finding("variant_beside_fusion", what, found, level="warning")


def cite_evidence(rows: Iterable[Evidence]) -> tuple[Citation, ...]:
    """Return citations of items of evidence: source, year, PubMed id where there is one, and the item's id."""
    return tuple(
        Citation(
            f"CIViC {row.id} ({row.source} {row.source_id}, {row.year or 'year not given'})",
            row.pmid,
            evidence=row.id,
        )
        for row in rows
    )


def molecular_finding(
    rule: str,
    what: str,
    found: FoundAlteration,
    *,
    level: Level = "info",
    citations: tuple[Citation, ...] = (),
) -> Finding:
    """Return a finding of the topic molecular that stands on the facts of an alteration."""
    return Finding(
        what=what,
        rule=f"molecular.{rule}",
        topic="molecular",
        level=level,
        facts=found.facts,
        citations=citations,
    )
