"""Evidence matched to a case, sorted into what speaks for a drug, against it, and of resistance; and its ranking.

Drugs are ranked by their best supporting evidence: evidence from patients (levels A to C) before preclinical and
inferential evidence (D, E); then the match class, CIViC's level, its rating (5 to 1). Disputed evidence comes after
undisputed of its level. Evidence of resistance never speaks for a drug, and a drug to which
a variant found in the tumour is reported resistant comes after all others. Only predictive evidence is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.drugs import Regimen, regimens
from caseboard.assess.matching import Match, match
from caseboard.assess.results import EvidenceItem, MatchClass
from caseboard.knowledge.diseases import Relation, relation
from caseboard.knowledge.evidence import Evidence, pack

__all__ = [
    "RANKING_RULE",
    "DrugEvidence",
    "Hit",
    "SortedHits",
    "by_drug",
    "match_class",
    "matched",
    "strength",
    "variant_resists",
]

_CLASSES: tuple[MatchClass, ...] = (
    "same pair, same tumour",
    "same variant, same tumour",
    "same kinase, same tumour",
    "category, same tumour",
    "same variant, any tumour",
    "same kinase, any tumour",
    "category, any tumour",
    "same variant, other tumour",
    "same kinase, other tumour",
    "category, other tumour",
    "resistance",
)
"""Best first. "Any tumour" is a trial or cohort of many tumours; "other tumour" is extrapolation."""

RANKING_RULE = (
    "Ranked by the best evidence on each drug: from patients (CIViC levels A to C) before preclinical; then match "
    "class (same tumour, trials of any tumour, other tumours; in each the same pair or variant before the same "
    "kinase, and that before a category of variants), then level, then rating. A drug on which the disease progressed "
    "comes after those on which it did not. A drug to which a variant found in the tumour is reported resistant comes "
    "last; beside such a variant, evidence on the variant comes before evidence on the fusion alone."
)


class Hit(msgspec.Struct, frozen=True):
    """An item of evidence that says something of the case: how its profile and its disease match."""

    row: Evidence
    match: Match
    relation: Relation

    @property
    def item(self) -> EvidenceItem:
        """The evidence as it is shown."""
        row = self.row
        return EvidenceItem(
            id=row.id,
            profile=row.profile,
            disease=row.disease,
            therapies=row.therapies,
            type=row.type,
            level=row.level,
            direction=row.direction,
            significance=row.significance,
            rating=row.rating,
            pmid=row.pmid,
            year=row.year,
            match=match_class(self),
            flagged=row.flagged,
            how=self.match.how,
        )


class SortedHits(msgspec.Struct, frozen=True):
    """Hits by what they say, each strongest first.

    Those in ``resistance_if`` and ``supporting_if`` hold only if a variant that was not found is found. ``categories``
    are about any mutation of a gene, or want something to be absent, and are not applied.
    """

    supporting: tuple[Hit, ...] = ()
    contradicting: tuple[Hit, ...] = ()
    resistance: tuple[Hit, ...] = ()
    resistance_if: tuple[Hit, ...] = ()
    supporting_if: tuple[Hit, ...] = ()
    categories: tuple[Hit, ...] = ()


class DrugEvidence(msgspec.Struct, frozen=True):
    """All that the evidence says of one drug or combination (INN, lower case)."""

    regimen: Regimen
    hits: SortedHits

    @property
    def resistance_found(self) -> tuple[Hit, ...]:
        """The evidence of resistance by what was found in this tumour."""
        return tuple(hit for hit in self.hits.resistance if hit.row.supports)

    @property
    def on_variant(self) -> bool:
        """Whether some of the supporting evidence is on a variant that was found."""
        return any(hit.match.kind == "variant" for hit in self.hits.supporting)


def ranked(
    drugs: Iterable[DrugEvidence], progressed_on: Callable[[DrugEvidence], bool]
) -> list[DrugEvidence]:
    """Return the drugs that have supporting evidence in the order of the ranking rule; classes of drugs are none.

    ``progressed_on`` says of a drug whether the disease progressed while it was taken.
    """
    every = tuple(drugs)
    resistant = variant_resists(every)
    supported = (drug for drug in every if drug.hits.supporting and not drug.regimen.is_class)
    return sorted(
        supported,
        key=lambda drug: (
            bool(drug.resistance_found),
            progressed_on(drug),
            resistant and not drug.on_variant,
            strength(drug.hits.supporting[0]),
            drug.regimen,
        ),
    )


def variant_resists(drugs: Iterable[DrugEvidence]) -> bool:
    """Whether a variant that was found is reported with resistance to any drug."""
    return any(hit.match.kind == "variant" for drug in drugs for hit in drug.resistance_found)


def match_class(hit: Hit) -> MatchClass:
    """Return the match class of a hit; ``resistance`` for all evidence about resistance."""
    if hit.row.about_resistance:
        return "resistance"
    if hit.match.kind == "category":
        by_category: dict[Relation, MatchClass] = {
            "same tumour": "category, same tumour",
            "any tumour": "category, any tumour",
            "other tumour": "category, other tumour",
        }
        return by_category[hit.relation]
    if hit.match.kind == "variant":
        by_variant: dict[Relation, MatchClass] = {
            "same tumour": "same variant, same tumour",
            "any tumour": "same variant, any tumour",
            "other tumour": "same variant, other tumour",
        }
        return by_variant[hit.relation]
    if hit.match.kind == "pair" and hit.relation == "same tumour":
        return "same pair, same tumour"
    by_kinase: dict[Relation, MatchClass] = {
        "same tumour": "same kinase, same tumour",
        "any tumour": "same kinase, any tumour",
        "other tumour": "same kinase, other tumour",
    }
    return by_kinase[hit.relation]


def strength(hit: Hit) -> tuple[bool, int, str, bool, int, int]:
    """Return the sort key of the ranking rule for one item, strongest first; the id settles what is left."""
    row = hit.row
    return (
        row.preclinical,
        _CLASSES.index(match_class(hit)),
        row.level,
        row.flagged,
        -(row.rating or 0),
        int(row.id.removeprefix("EID")),
    )


def matched(
    found: tuple[FoundAlteration, ...], code: str | None, cutoff: date | None
) -> tuple[SortedHits, int]:
    """Return the predictive evidence on what was found, and how many items on it may be later than the cut-off."""
    evidence = pack()
    rows = {row.id: row for each in found for gene in each.genes for row in evidence.for_gene(gene)}
    hits: list[Hit] = []
    later = 0
    for row in rows.values():
        if row.type != "Predictive" or not row.therapies:
            continue
        answer = match(row, found, evidence.fusions)
        if answer is None:
            continue
        if row.published_by(cutoff):
            hits.append(Hit(row, answer, relation(row.disease, row.level, code, row.doid)))
        else:
            later += answer.applies
    return _sorted(hits), later


def by_drug(hits: SortedHits) -> tuple[DrugEvidence, ...]:
    """Return the evidence drug by drug, in the order of the drugs' names."""
    sorts = tuple(SortedHits.__struct_fields__)
    found: dict[Regimen, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    for sort in sorts:
        for hit in getattr(hits, sort):
            for regimen in regimens(hit.row):
                found[regimen][sort].append(hit)
    return tuple(
        DrugEvidence(regimen, SortedHits(**{sort: tuple(items) for sort, items in found[regimen].items()}))
        for regimen in sorted(found)
    )


def _sorted(hits: Iterable[Hit]) -> SortedHits:
    sorts: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=strength):
        sort = _sort(hit)
        if sort is not None:
            sorts[sort].append(hit)
    return SortedHits(**{sort: tuple(items) for sort, items in sorts.items()})


def _sort(hit: Hit) -> str | None:
    row = hit.row
    if hit.match.unproven:
        return "categories"
    if hit.match.missing:
        if not row.supports or not _beside_fusion(hit):
            return None
        return "resistance_if" if row.about_resistance else "supporting_if"
    if row.about_resistance:
        return "resistance"
    if row.significance != "Sensitivity/Response":
        return None
    return "supporting" if row.supports else "contradicting"


def _beside_fusion(hit: Hit) -> bool:
    """Whether a variant that was not found would be one that arises in a fusion.

    A profile may name the variant alone. It counts where the same release has evidence on fusions of the gene in the
    same disease: G2032R of ROS1 in lung cancer does, F1174L of ALK in neuroblastoma, where it drives, does not.
    """
    if hit.row.names_fusion:
        return True
    genes = {atom.gene for atom in hit.match.missing}
    return any(
        other.names_fusion and other.disease == hit.row.disease
        for gene in genes
        for other in pack().for_gene(gene)
    )
