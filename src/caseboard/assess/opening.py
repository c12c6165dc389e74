"""Which drugs a test could open: clinical evidence on alterations of its genes in the tumour, or in many tumours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from caseboard.assess.drugs import regimens
from caseboard.assess.results import Opening
from caseboard.knowledge.diseases import relation
from caseboard.knowledge.evidence import Evidence, pack

__all__ = ["drugs_opened"]

_MOST = 5


def drugs_opened(genes: Iterable[str], code: str | None, cutoff: date | None) -> tuple[Opening, ...]:
    """Return the drugs, best level first, five at most; none where the tumour is not known."""
    if code is None:
        return ()
    found: dict[str, list[Evidence]] = defaultdict(list)
    for gene in dict.fromkeys(genes):
        for row in pack().for_gene(gene):
            if _speaks_for(row) and row.published_by(cutoff):
                related = relation(row.disease, row.level, code, row.doid)
                if related != "other tumour":
                    for regimen in regimens(row):
                        if not regimen.is_class:
                            found[regimen.name].append(row)
    best = sorted(found, key=lambda drug: (min(row.level for row in found[drug]), -len(found[drug]), drug))
    return tuple(
        Opening(
            drug, min(row.level for row in found[drug]), tuple(dict.fromkeys(row.id for row in found[drug]))
        )
        for drug in best[:_MOST]
    )


def _speaks_for(row: Evidence) -> bool:
    """Whether clinical evidence speaks for a drug, on an alteration of one gene alone."""
    return (
        row.type == "Predictive"
        and row.level in {"A", "B"}
        and row.supports
        and row.significance == "Sensitivity/Response"
        and not row.flagged
        and any(len(way.present) == 1 and not way.absent for way in row.alternatives)
    )
