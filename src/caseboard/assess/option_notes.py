"""What must be said of the options as a whole: what they do not cover, what to look for, what speaks against a drug.

Each rule is a small function that looks at the same notes and returns findings, or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from caseboard.assess.alterations import FoundAlteration, unnamed_positives
from caseboard.assess.drugs import regimens
from caseboard.assess.findings import Citation, Finding, Level
from caseboard.assess.given import was_given
from caseboard.assess.matching import Match
from caseboard.assess.ranking import RANKING_RULE, DrugEvidence, Hit, SortedHits
from caseboard.assess.results import Option
from caseboard.assess.tumour import CaseTumour
from caseboard.assess.variants import cite_evidence
from caseboard.assess.written import drug_written
from caseboard.case import Case, Test
from caseboard.knowledge.evidence import pack

__all__ = ["is_covered", "option_notes"]


_MOST_NAMED = 6
"""So many variants are named in a sentence; the lines of its detail have all of them."""

_SIGNATURES = frozenset({"MSI", "TMB"})
"""What stands where a gene does and is none."""


class _Notes(msgspec.Struct, frozen=True):
    """What the rules look at."""

    case: Case
    found: tuple[FoundAlteration, ...]
    tumour: CaseTumour | None
    hits: SortedHits
    drugs: tuple[DrugEvidence, ...]
    options: tuple[Option, ...]
    cutoff: date | None
    later: int

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of every alteration."""
        return tuple(fact for each in self.found for fact in each.facts)


def option_notes(
    case: Case,
    found: tuple[FoundAlteration, ...],
    tumour: CaseTumour | None,
    hits: SortedHits,
    drugs: tuple[DrugEvidence, ...],
    options: tuple[Option, ...],
    *,
    cutoff: date | None,
    later: int,
) -> tuple[Finding, ...]:
    """Return the findings on the options as a whole, in the order of the rules."""
    notes = _Notes(case, found, tumour, hits, drugs, options, cutoff, later)
    return tuple(finding for rule in _RULES for finding in rule(notes))


def _no_alteration(notes: _Notes) -> Iterable[Finding]:
    if not notes.found:
        positive = [
            test
            for test in notes.case.of(Test)
            if test.method == "IHC"
            and test.target in pack().fusions
            and test.result.lower().startswith("positive")
        ]
        what = "No molecular alteration is told of: no option can be derived from one."
        for target in sorted({test.target for test in positive}):
            what += f" {target} is positive by immunohistochemistry, no proof of a fusion: it should be confirmed."
        yield _finding("no_alteration", what, [test.id for test in positive], level="warning")


def _unnamed_positive(notes: _Notes) -> Iterable[Finding]:
    for test in unnamed_positives(notes.case, pack().fusions):
        what = f"{test.method} of {test.target} is positive, but no alteration is named: no option is derived from it."
        yield _finding("alteration_not_named", what, [test.id], level="warning")


def _no_tumour(notes: _Notes) -> Iterable[Finding]:
    if notes.found and notes.tumour is None:
        what = "No diagnosis is told of: evidence cannot be matched to the tumour."
        yield _finding("no_tumour", what, notes.facts, level="warning")
    elif notes.found and notes.tumour and notes.tumour.code is None:
        what = (
            f"{notes.tumour.term} is not in the tumour vocabulary: no evidence counts as of the same tumour."
        )
        yield _finding("tumour_not_known", what, [notes.tumour.fact], level="warning")


def _working_diagnosis(notes: _Notes) -> Iterable[Finding]:
    if notes.options and notes.tumour and not notes.tumour.final:
        what = f"The tumour is taken from a working diagnosis ({notes.tumour.term})."
        yield _finding("working_diagnosis", what, [notes.tumour.fact], level="note")


def _outside_pack(notes: _Notes) -> Iterable[Finding]:
    outside: dict[str, list[FoundAlteration]] = defaultdict(list)
    for found in notes.found:
        if not is_covered(found):
            outside[_plural(found)].append(found)
    if outside:
        told = ", ".join(f"{kind} ({_names(alterations)})" for kind, alterations in outside.items())
        what = f"Not in the evidence that was asked, so that no drug is derived for them: {told}."
        detail = (
            f"The embedded pack covers fusions of {_listed(pack().fusions)}, and variants of "
            f"{_listed(pack().variants)}. A whole release of CIViC covers more: caseboard knowledge import."
        )
        alone = all(not is_covered(found) for found in notes.found)
        facts = [fact for alterations in outside.values() for found in alterations for fact in found.facts]
        yield _finding("outside_pack", what, facts, level="warning" if alone else "note", detail=detail)


def _no_evidence(notes: _Notes) -> Iterable[Finding]:
    told = {fact for sort in _applied(notes.hits) for hit in sort for fact in hit.match.facts}
    for found in notes.found:
        if is_covered(found) and told.isdisjoint(found.facts):
            by = f" published by {notes.cutoff}" if notes.cutoff else ""
            what = f"The {pack().title} has no predictive evidence{by} that matches {found.name}."
            yield _finding("no_evidence", what, found.facts, level="note")


def _ranking(notes: _Notes) -> Iterable[Finding]:
    if notes.options:
        what = f"Drugs and combinations with supporting evidence: {len(notes.options)}, from {pack().version.name}."
        yield _finding("ranking", what, notes.facts, detail=RANKING_RULE)


def _extrapolation(notes: _Notes) -> Iterable[Finding]:
    names = [" with ".join(option.therapies) for option in notes.options if option.extrapolated]
    if names:
        what = f"Supported only by evidence from other tumours, an extrapolation: {drug_written(', '.join(names))}."
        yield _finding("extrapolation", what, notes.facts, level="note")


def _resistance_found(notes: _Notes) -> Iterable[Finding]:
    for drug in notes.drugs:
        hits = drug.resistance_found
        if hits:
            told = [f"{_where(hit)}, {hit.match.kind} matched" for hit in hits]
            name = drug_written(drug.regimen.name)
            brief = told[0] if len(told) == 1 else f"{len(told)} items of evidence"
            what = f"What was found in the tumour is reported with resistance to {name}: {brief}."
            detail = "\n".join(told) if len(told) > 1 else ""
            by_variant = any(hit.match.kind == "variant" for hit in hits)
            level: Level = "critical" if by_variant else "warning" if drug.hits.supporting else "note"
            yield _finding(
                "resistance_found", what, _facts(hits), level=level, citations=_cite(hits), detail=detail
            )


def _drug_class(notes: _Notes) -> Iterable[Finding]:
    for drug in notes.drugs:
        if drug.regimen.is_class and drug.hits.supporting:
            told = ", ".join(_where(hit) for hit in drug.hits.supporting)
            what = f"Evidence that names a class of drugs and no drug ({drug.regimen.name}): {told}."
            hits = drug.hits.supporting
            yield _finding("drug_class", what, _facts(hits), citations=_cite(hits))


def _against(notes: _Notes) -> Iterable[Finding]:
    for drug in notes.drugs:
        hits = drug.hits.contradicting
        if hits:
            beside = "beside evidence for it" if drug.hits.supporting else "and none for it"
            told = ", ".join(_where(hit) for hit in hits)
            what = f"Evidence that does not support {drug_written(drug.regimen.name)}, {beside}: {told}."
            yield _finding("evidence_against", what, _facts(hits), level="note", citations=_cite(hits))


def _after_progression(notes: _Notes) -> Iterable[Finding]:
    """Say which drugs with evidence are left where the disease progressed on one of them."""
    names = {" with ".join(option.therapies): option for option in notes.options}
    progressed = [name for name, option in names.items() if option.sequence == "progressed on"]
    if progressed:
        left = [name for name, option in names.items() if option.sequence == "never had"]
        told = f"never had: {drug_written(', '.join(left))}" if left else "the patient had all of them"
        what = (
            f"The disease progressed on {drug_written(', '.join(progressed))}. Of the drugs with evidence, {told}. "
            "Whether another works depends on why it progressed: a resistance variant, another pathway, another tumour."
        )
        yield _finding("after_progression", what, notes.facts, level="note")


def _look_for(notes: _Notes) -> Iterable[Finding]:
    """Say which variants to look for when the disease progresses under treatment of the fusion."""
    kinases = sorted({atom.gene for hit in notes.hits.resistance_if for atom in hit.match.missing})
    for kinase in kinases:
        resistance = _by_variant(notes.hits.resistance_if, kinase)
        active = _by_variant(notes.hits.supporting_if, kinase)
        lines = []
        for variant, hits in resistance.items():
            line = f"{variant}: resistance to {_drugs(hits)}"
            if variant in active:
                line += f"; active all the same: {_drugs(active[variant])}"
            lines.append(line)
        every = [hit for hits in resistance.values() for hit in hits]
        regimen = {drug for hit in every for each in regimens(hit.row) for drug in each.drugs}
        given = sorted(drug for drug in regimen if was_given(notes.case, [drug]))
        when = (
            f"On progression under {drug_written(', '.join(given))}"
            if given
            else "On progression under treatment"
        )
        names = [*resistance][:_MOST_NAMED]
        more = f" and {len(resistance) - _MOST_NAMED} more" if len(resistance) > _MOST_NAMED else ""
        what = f"{when}, look for variants of {kinase} reported with resistance: {', '.join(names)}{more}."
        yield Finding(
            what=what,
            rule="options.look_for_on_progression",
            topic="options",
            level="note",
            facts=tuple(fact for found in notes.found if kinase in found.genes for fact in found.facts),
            citations=_cite(every),
            detail="\n".join(lines),
        )


def _categories(notes: _Notes) -> Iterable[Finding]:
    hits = notes.hits.categories
    if hits:
        told = ", ".join(f"{hit.row.id} ({hit.row.profile})" for hit in hits)
        what = f"Not applied, as a variant is no proof of the category that the evidence is about: {told}."
        yield _finding("category_not_applied", what, _facts(hits), citations=_cite(hits))


def _other_alterations(notes: _Notes) -> Iterable[Finding]:
    """Count, for a whole release, the evidence on other alterations of the genes: it is not applicable."""
    if not pack().whole:
        return
    told = {hit.row.id for sort in SortedHits.__struct_fields__ for hit in getattr(notes.hits, sort)}
    for gene in dict.fromkeys(gene for found in notes.found for gene in found.genes):
        other = [row for row in pack().for_gene(gene) if row.type == "Predictive" and row.id not in told]
        if other:
            profiles = len({row.profile for row in other})
            what = f"Not applicable: {len(other)} predictive items on other alterations of {gene}, {profiles} profiles."
            facts = [fact for found in notes.found if gene in found.genes for fact in found.facts]
            yield _finding("other_alterations", what, facts)


def _cutoff(notes: _Notes) -> Iterable[Finding]:
    if notes.cutoff and notes.found:
        what = (
            f"Only evidence certainly published by {notes.cutoff} is used; {notes.later} items, later or undated, are "
            f"set aside. Levels and ratings are those of the release of {pack().version.version}."
        )
        yield _finding("cutoff", what, notes.facts)


_RULES: tuple[Callable[[_Notes], Iterable[Finding]], ...] = (
    _no_alteration,
    _unnamed_positive,
    _no_tumour,
    _working_diagnosis,
    _resistance_found,
    _outside_pack,
    _no_evidence,
    _ranking,
    _extrapolation,
    _drug_class,
    _against,
    _after_progression,
    _look_for,
    _categories,
    _other_alterations,
    _cutoff,
)


def is_covered(found: FoundAlteration) -> bool:
    """Whether the evidence is about alterations of this kind of this gene; a whole release is about every one."""
    if pack().whole:
        return True
    if found.kind in {"fusion", "rearrangement"}:
        return not pack().fusions.isdisjoint(found.genes)
    return found.kind == "variant" and found.gene in pack().variants


def _plural(found: FoundAlteration) -> str:
    of = " and ".join(found.genes) or "genes not named"
    if of in _SIGNATURES:
        return of
    words = {
        "fusion": "fusions",
        "rearrangement": "rearrangements",
        "variant": "variants",
        "other": "other alterations",
    }
    return f"{of} {words.get(found.kind, f'{found.kind}s')}"


def _applied(hits: SortedHits) -> tuple[tuple[Hit, ...], ...]:
    return hits.supporting, hits.contradicting, hits.resistance


def _by_variant(hits: Iterable[Hit], kinase: str) -> dict[str, list[Hit]]:
    """Return the hits by the variants that their profiles name: single ones first, then by the level of evidence."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if any(atom.gene == kinase for atom in hit.match.missing):
            found[_wanted(hit.match)].append(hit)

    def rank(variant: str) -> tuple[int, str, str]:
        return variant.count(" + "), min(hit.row.level for hit in found[variant]), variant

    return {variant: found[variant] for variant in sorted(found, key=rank)}


def _wanted(match: Match) -> str:
    return " + ".join(sorted({atom.change or atom.name for atom in match.variants}))


def _where(hit: Hit) -> str:
    return f"{hit.row.profile} in {hit.row.disease} ({hit.row.id})"


def _names(alterations: Iterable[FoundAlteration]) -> str:
    return ", ".join(found.name for found in alterations)


def _drugs(hits: Iterable[Hit]) -> str:
    ids: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        for drugs in regimens(hit.row):
            ids[drugs.name].append(hit.row.id + (" (disputed)" if hit.row.flagged else ""))
    return ", ".join(f"{drug_written(drug)} ({', '.join(ids[drug])})" for drug in sorted(ids))


def _facts(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for hit in hits for fact in hit.match.facts))


def _cite(hits: Iterable[Hit]) -> tuple[Citation, ...]:
    return cite_evidence({hit.row.id: hit.row for hit in hits}.values())


def _listed(symbols: Iterable[str]) -> str:
    return ", ".join(sorted(symbols))


def _finding(
    rule: str,
    what: str,
    facts: Iterable[str],
    *,
    level: Level = "info",
    citations: tuple[Citation, ...] = (),
    detail: str = "",
) -> Finding:
    return Finding(
        what=what,
        rule=f"options.{rule}",
        topic="options",
        level=level,
        facts=tuple(facts),
        citations=citations,
        detail=detail,
    )
