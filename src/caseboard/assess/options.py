"""Drugs with evidence for what was found in the tumour, best first, each with what the patient had of it.

Nothing here recommends: an option is a drug and the evidence on it, and a board decides. Evidence from the same
tumour, from trials of any tumour and from other tumours is kept apart; so is what speaks against a drug, and what
tells of resistance.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseboard.assess.alterations import found_alterations
from caseboard.assess.findings import Finding
from caseboard.assess.given import given_before, how_it_ended
from caseboard.assess.option_notes import is_covered, option_notes
from caseboard.assess.ranking import (
    RANKING_RULE,
    DrugEvidence,
    Hit,
    by_drug,
    match_class,
    matched,
    ranked,
    variant_resists,
)
from caseboard.assess.results import Course, Option, Sequence, Tier
from caseboard.assess.tiers import Weighed, tiers, weighed
from caseboard.assess.tumour import CaseTumour, tumour_of
from caseboard.assess.variants import cite_evidence
from caseboard.assess.written import drug_written, term_written
from caseboard.case import Case
from caseboard.errors import UsageError

__all__ = ["options"]


def options(
    case: Case, course: Course, *, cutoff: date | None = None
) -> tuple[tuple[Option, ...], tuple[Finding, ...]]:
    """Return the options of a case of one patient, best first, and what must be said of them as a whole.

    ``course`` gives the lines of therapy (it may be empty). ``cutoff``, or else the case's own, leaves out evidence
    that may have been published later. Raises ``UsageError`` for a case of several patients.
    """
    if len({fact.patient for fact in case.facts}) > 1:
        raise UsageError("options are those of one patient: pass case.for_patient(number)")
    day = cutoff or case.cutoff
    found = found_alterations(case)
    tumour = tumour_of(case)
    covered = tuple(each for each in found if is_covered(each))
    hits, later = matched(covered, tumour.code if tumour else None, day)
    drugs = by_drug(hits)
    resists = variant_resists(drugs)

    def progressed_on(drug: DrugEvidence) -> bool:
        return how_it_ended(case, course, drug.regimen.drugs) == "progressed on"

    shown = tuple(
        _option(case, course, each, rank, tumour, resists=resists, day=day)
        for rank, each in enumerate(ranked(drugs, progressed_on), start=1)
    )
    altered = tuple(each for each in found if not each.is_wild_type)
    return shown, option_notes(case, altered, tumour, hits, drugs, shown, cutoff=day, later=later)


def _option(
    case: Case,
    course: Course,
    drug: DrugEvidence,
    rank: int,
    tumour: CaseTumour | None,
    *,
    resists: bool,
    day: date | None,
) -> Option:
    hits = drug.hits
    best = match_class(hits.supporting[0])
    sequence = how_it_ended(case, course, drug.regimen.drugs)
    return Option(
        therapies=drug.regimen.parts,
        best_match=best,
        extrapolated=best.endswith("other tumour"),
        rank=rank,
        evidence=tuple(hit.item for hit in hits.supporting),
        contradicting=tuple(hit.item for hit in hits.contradicting),
        resistance=tuple(hit.item for hit in (*hits.resistance, *hits.resistance_if)),
        given_before=given_before(case, course, drug.regimen.drugs),
        finding=_finding(drug, best, tumour, sequence, resists=resists),
        sequence=sequence,
        tiers=_tiers(drug, day),
    )


def _tiers(drug: DrugEvidence, day: date | None) -> tuple[Tier, ...]:
    hits = drug.hits
    every = {hit.row.id: hit for hit in (*hits.supporting, *hits.contradicting, *drug.resistance_found)}
    standings = tiers(
        _weighed(hits.supporting), _weighed(hits.contradicting), _weighed(drug.resistance_found), day
    )
    shown = []
    for told in standings:
        name = f"tier {told.tier}" if told.tier else "no tier"
        made_of = [every[number] for number in (*told.evidence, *told.against)]
        finding = Finding(
            what=f"{_capital(drug.regimen.name)}, {told.scale}: {name}. {told.why}",
            rule=told.rule,
            topic="options",
            facts=tuple(dict.fromkeys(fact for hit in made_of for fact in hit.match.facts)),
            citations=(told.citation, *cite_evidence(hit.row for hit in made_of)),
            detail=f"Not told: {told.lacking}." if told.lacking else "",
        )
        shown.append(
            Tier(
                scale=told.scale,
                tier=told.tier,
                evidence=told.evidence,
                against=told.against,
                lacking=told.lacking,
                finding=finding,
            )
        )
    return tuple(shown)


def _weighed(hits: Iterable[Hit]) -> tuple[Weighed, ...]:
    """Return the undisputed evidence as the rules of the tiers look at it."""
    return tuple(weighed(hit.row, hit.match, hit.relation) for hit in hits if not hit.row.flagged)


def _finding(
    drug: DrugEvidence, best: str, tumour: CaseTumour | None, sequence: Sequence, *, resists: bool
) -> Finding:
    top = drug.hits.supporting[0].row
    hits = [
        hit
        for hit in drug.hits.supporting
        if match_class(hit) == best and hit.row.preclinical == top.preclinical
    ]
    name = drug_written(drug.regimen.name)
    where = (
        term_written(tumour.term)
        if tumour and best.endswith("same tumour")
        else ", ".join(sorted({hit.row.disease for hit in hits}))
    )
    rating = f", rating {top.rating} of 5" if top.rating else ""
    parts = [
        f"{_capital(name)}: {best} ({where}), best evidence of level {top.level}{rating}"
        f" ({', '.join(hit.row.id for hit in hits)})."
    ]
    if best.endswith("other tumour"):
        parts.append("Extrapolated from another tumour.")
    if best.startswith("category"):
        parts.append("The evidence is on a set of variants to which this one belongs, not on this one.")
    if top.preclinical:
        parts.append("Preclinical or inferential evidence only.")
    if sequence == "progressed on":
        parts.append("The disease progressed while it was taken.")
    elif sequence == "stopped for toxicity":
        parts.append("It was stopped for toxicity.")
    if all(hit.row.flagged for hit in hits):
        parts.append("The evidence is under dispute.")
    if drug.resistance_found:
        reported = ", ".join(hit.row.id for hit in drug.resistance_found)
        parts.append(f"What was found in the tumour is reported with resistance to it ({reported}).")
    elif resists and not drug.on_variant:
        parts.append("Whether it works beside the resistance variant that was found is not told.")
    facts = tuple(dict.fromkeys(fact for hit in hits for fact in hit.match.facts))
    return Finding(
        what=" ".join(parts),
        rule=f"options.{best.replace(', ', '_').replace(' ', '_')}",
        topic="options",
        level="note" if best.endswith("same tumour") else "info",
        facts=(*facts, tumour.fact) if tumour else facts,
        citations=cite_evidence(hit.row for hit in hits),
        detail=RANKING_RULE,
    )


def _capital(name: str) -> str:
    """Return a name as it begins a sentence; codes stay as they are."""
    first = name.split(maxsplit=1)[0]
    return f"{name[:1].upper()}{name[1:]}" if first.strip(",").isalpha() else name
