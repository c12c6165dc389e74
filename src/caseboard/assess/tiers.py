"""AMP/ASCO/CAP tiers and ESCAT of a drug for an alteration, side by side, each by the first of its rules that fires.

AMP/ASCO/CAP 2017: Li 2017, doi 10.1016/j.jmoldx.2016.10.002. ESCAT: Mateo 2018, doi 10.1093/annonc/mdy263. How the
levels of CIViC stand to those of AMP/ASCO/CAP: Wagner 2020, doi 10.1038/s41588-020-0603-8.

Both scales ask for what no release of CIViC tells: whether an approval or a guideline names the drug for the
alteration in the tumour, whether a trial was randomised or prospective, and how great its benefit was. No rule takes
that for granted: a tier that would need it is left open, and what is lacking is said. Evidence under dispute makes no
tier. CIViC's own level and rating stand beside, as given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

import msgspec

from caseboard.assess.findings import Citation
from caseboard.assess.matching import How, Match
from caseboard.knowledge.diseases import Relation
from caseboard.knowledge.evidence import Evidence

__all__ = ["TIER_RULES", "Scale", "Standing", "Weighed", "is_own", "tiers", "weighed"]

Scale = Literal["AMP/ASCO/CAP 2017", "ESCAT 2018"]

_AMP = Citation("Li 2017, AMP/ASCO/CAP, J Mol Diagn 19:4", 27993330, "10.1016/j.jmoldx.2016.10.002")
_ESCAT = Citation("Mateo 2018, ESCAT, Ann Oncol 29:1895", 30137196, "10.1093/annonc/mdy263")
_PUBLISHED: dict[Scale, date] = {"AMP/ASCO/CAP 2017": date(2017, 1, 1), "ESCAT 2018": date(2018, 9, 1)}
_SIMILAR: frozenset[How] = frozenset({"other partner", "partner not known", "category"})
_TRUSTED = 4
_SEVERAL = 2


class Weighed(msgspec.Struct, frozen=True):
    """An item of evidence as the rules look at it.

    ``own``: it is of this very alteration (any partner of a fusion, any change of a residue included), not of a similar
    one of the gene. ``source`` tells two publications apart; ``facts`` are those of the alterations that it is of.
    """

    id: str
    level: str
    rating: int
    own: bool
    relation: Relation
    source: str
    facts: frozenset[str] = frozenset()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a drug stands on a scale, by which rule and evidence, and what a higher tier would need to know."""

    scale: Scale
    tier: str | None
    rule: str
    why: str
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    lacking: str = ""
    citation: Citation


class _Ground(msgspec.Struct, frozen=True):
    """What speaks for a drug, what against it, and what tells of resistance; disputed evidence left out."""

    pro: tuple[Weighed, ...]
    contra: tuple[Weighed, ...]
    resistance: tuple[Weighed, ...]

    def of(self, levels: str, *relations: Relation, own: bool = True) -> tuple[Weighed, ...]:
        return tuple(
            item
            for item in self.pro
            if item.level in levels and item.relation in relations and item.own == own
        )

    def contradicted(self, *relations: Relation) -> tuple[Weighed, ...]:
        """Return what patients' data (levels A to C) say against the drug in these tumours."""
        return tuple(
            item for item in self.contra if item.level in "ABC" and item.relation in relations and item.own
        )


class _Told(msgspec.Struct, frozen=True):
    tier: str
    why: str
    items: tuple[Weighed, ...]
    lacking: str = ""


_Rule = Callable[[_Ground], _Told | None]

_NO_APPROVAL = "whether an approval or a professional guideline names it for this tumour"
_NO_CONSENSUS = "whether the studies are well powered and experts agree, as level B of tier I asks"
_NO_DESIGN = "whether the trials were randomised or prospective, and how great the benefit was (ESMO-MCBS)"


def weighed(row: Evidence, match: Match, relation: Relation) -> Weighed:
    """Return an item of evidence that applies, as the rules look at it."""
    source = f"{row.source} {row.source_id}"
    facts = frozenset(match.facts)
    return Weighed(row.id, row.level, row.rating or 0, is_own(match.how), relation, source, facts)


def is_own(how: How) -> bool:
    """Whether evidence that matches so is of the very alteration, not of a similar one of the gene."""
    return how not in _SIMILAR


def tiers(
    supporting: Iterable[Weighed],
    contradicting: Iterable[Weighed],
    resistance: Iterable[Weighed],
    day: date | None,
) -> tuple[Standing, ...]:
    """Return both tiers of a drug for what was found; ``day`` is the cut-off, before which a scale was not published.

    ``resistance`` is evidence of resistance by what was found. None may hold disputed items: pass what is not flagged.
    """
    against = tuple(resistance)
    left = tuple(item for item in supporting if not any(_overrules(other, item) for other in against))
    ground = _Ground(left, tuple(contradicting), against)
    return (
        _standing("AMP/ASCO/CAP 2017", _AMP_RULES, _AMP, ground, day),
        _standing("ESCAT 2018", _ESCAT_RULES, _ESCAT, ground, day),
    )


def _standing(
    scale: Scale,
    rules: tuple[tuple[str, _Rule], ...],
    cited: Citation,
    ground: _Ground,
    day: date | None,
) -> Standing:
    if day is not None and day < _PUBLISHED[scale]:
        why = "The scale was not published then."
        return Standing(scale=scale, tier=None, rule="tiers.not_published", why=why, citation=cited)
    for name, rule in rules:
        told = rule(ground)
        if told is not None:
            against = ground.contradicted(*{item.relation for item in told.items})
            why = told.why
            if ground.resistance and told.items != ground.resistance:
                why += f" Resistance is reported too, from less weighty evidence: {_ids(ground.resistance)}."
            if against:
                why += f" Sources disagree: {_ids(against)} in the same kind of tumour do not support it."
            return Standing(
                scale=scale,
                tier=told.tier or None,
                rule=f"tiers.{name}",
                why=why,
                evidence=tuple(item.id for item in told.items),
                against=tuple(item.id for item in against),
                lacking=told.lacking,
                citation=cited,
            )
    return Standing(
        scale=scale,
        tier=None,
        rule="tiers.no_undisputed_evidence",
        why="No undisputed evidence supports it.",
        citation=cited,
    )


def _overrules(resistance: Weighed, item: Weighed) -> bool:
    """Whether evidence of resistance leaves what speaks for the drug without weight.

    It does where it is of another alteration found beside (a resistance variant in a fused kinase), and where it is of
    the same one, from the same tumour or no further off, and of no lower level.
    """
    beside = resistance.own and not resistance.facts <= item.facts
    return beside or _weight(resistance) <= _weight(item)


def _weight(item: Weighed) -> tuple[bool, bool, str]:
    return not item.own, item.relation == "other tumour", item.level


def _resistance(ground: _Ground) -> _Told | None:
    """No tier: what was found in the tumour is reported with resistance to the drug, and nothing outweighs it."""
    if ground.pro or not ground.resistance:
        return None
    told = _ids(ground.resistance)
    why = f"What was found is reported with resistance to it ({told}), and what speaks for it does not outweigh that."
    return _Told("", why, ground.resistance)


def _amp_validated(ground: _Ground) -> _Told | None:
    """Tier I: CIViC's level A (a validated association) in this tumour, or in trials of any tumour."""
    items = ground.of("A", "same tumour", "any tumour")
    if not items:
        return None
    why = f"CIViC calls the association validated (level A), in this tumour or in trials of many ({_ids(items)})."
    return _Told("I, level A or B", why, items, _NO_APPROVAL)


def _amp_consensus(ground: _Ground) -> _Told | None:
    """Tier I, level B: clinical studies in this tumour from two sources or more, well rated, none against."""
    items = tuple(item for item in ground.of("B", "same tumour", "any tumour") if item.rating >= _TRUSTED)
    if _sources(items) < _SEVERAL or ground.contradicted("same tumour", "any tumour"):
        return None
    why = f"Clinical studies, in this tumour or in many, agree (level B, rating 4 or 5; {_ids(items)})."
    return _Told("I, level B", why, items, _NO_APPROVAL)


def _amp_studies(ground: _Ground) -> _Told | None:
    """Tier II, level C: a clinical study in this tumour, or case reports of it from several sources."""
    items = ground.of("B", "same tumour", "any tumour")
    if items:
        why = f"Clinical study, in this tumour or in many, without consensus of several (level B; {_ids(items)})."
        return _Told("II, level C", why, items, _NO_CONSENSUS)
    cases = ground.of("C", "same tumour")
    if _sources(cases) < _SEVERAL:
        return None
    why = f"Case reports of this alteration in this tumour from several sources ({_ids(cases)})."
    return _Told("II, level C", why, cases)


def _amp_other_tumour(ground: _Ground) -> _Told | None:
    """Tier II, level C: validated, or shown in clinical studies, in another tumour."""
    items = ground.of("AB", "other tumour")
    if not items:
        return None
    why = f"Clinical evidence on this alteration from another tumour ({_ids(items)})."
    return _Told("II, level C", why, items, _NO_APPROVAL)


def _amp_early(ground: _Ground) -> _Told | None:
    """Tier II, level D: a single case report, preclinical evidence, or evidence on a similar alteration only."""
    items = ground.of("CDE", "same tumour", "any tumour", "other tumour")
    if items:
        return _Told(
            "II, level D", f"Case reports, preclinical or inferred evidence only ({_ids(items)}).", items
        )
    similar = tuple(item for item in ground.pro if not item.own)
    if not similar:
        return None
    why = f"Evidence on similar alterations of the gene only, not on this one ({_ids(similar)})."
    return _Told("II, level D", why, similar)


def _escat_one(ground: _Ground) -> _Told | None:
    """Tier I-C: validated in trials of many tumours. Tier I, A to C open: validated in this tumour."""
    own = ground.of("A", "same tumour")
    if own:
        why = f"CIViC calls the association validated (level A) in this tumour ({_ids(own)})."
        return _Told("I", why, own, _NO_DESIGN)
    basket = ground.of("A", "any tumour")
    if not basket:
        return None
    why = f"CIViC calls the association validated (level A) in trials of many tumours ({_ids(basket)})."
    return _Told("I-C", why, basket)


def _escat_two(ground: _Ground) -> _Told | None:
    """Tier II: clinical studies in this tumour; I-A or I-B where they were what these ask for."""
    items = ground.of("B", "same tumour")
    if not items:
        return None
    why = f"Clinical studies of this alteration in this tumour show activity (level B; {_ids(items)})."
    return _Told("II", why, items, _NO_DESIGN)


def _escat_three_a(ground: _Ground) -> _Told | None:
    """Tier III-A: clinical benefit of this alteration in another tumour, or in trials of many with level B."""
    items = ground.of("AB", "other tumour", "any tumour")
    if not items:
        return None
    basket = any(item.relation == "any tumour" for item in items)
    why = f"Clinical evidence on this alteration from other tumours ({_ids(items)})."
    lacking = f"whether the benefit is alike across tumours, as tier I-C asks; {_NO_DESIGN}" if basket else ""
    return _Told("III-A", why, items, lacking)


def _escat_three_b(ground: _Ground) -> _Told | None:
    """Tier III-B: an alteration of the gene with a similar effect has clinical evidence, this one has none."""
    items = tuple(item for item in ground.pro if not item.own and item.level in "AB")
    if not items or ground.of("C", "same tumour"):
        return None
    why = f"Clinical evidence on similar alterations of the gene, none on this one ({_ids(items)})."
    return _Told("III-B", why, items, "whether this alteration acts as those do")


def _escat_cases(ground: _Ground) -> _Told | None:
    """No tier: case reports, to which the scale gives none."""
    items = ground.of("C", "same tumour", "any tumour", "other tumour")
    if not items:
        return None
    why = f"Case reports only ({_ids(items)}): ESCAT has no tier for them."
    return _Told("", why, items)


def _escat_four(ground: _Ground) -> _Told | None:
    """Tier IV-A: preclinical evidence of this or a similar alteration."""
    items = tuple(item for item in ground.pro if item.level == "D")
    return _Told("IV-A", f"Preclinical evidence only ({_ids(items)}).", items) if items else None


def _escat_rest(ground: _Ground) -> _Told | None:
    """No tier: inferred, or case reports of similar alterations."""
    if not ground.pro:
        return None
    return _Told("", f"Neither trials nor preclinical evidence ({_ids(ground.pro)}): no tier.", ground.pro)


_AMP_RULES: tuple[tuple[str, _Rule], ...] = (
    ("resistance_found", _resistance),
    ("amp_validated", _amp_validated),
    ("amp_consensus", _amp_consensus),
    ("amp_studies", _amp_studies),
    ("amp_other_tumour", _amp_other_tumour),
    ("amp_early", _amp_early),
)
_ESCAT_RULES: tuple[tuple[str, _Rule], ...] = (
    ("resistance_found", _resistance),
    ("escat_validated", _escat_one),
    ("escat_studies", _escat_two),
    ("escat_other_tumour", _escat_three_a),
    ("escat_similar", _escat_three_b),
    ("escat_case_reports", _escat_cases),
    ("escat_preclinical", _escat_four),
    ("escat_none", _escat_rest),
)
TIER_RULES = tuple(dict.fromkeys(f"tiers.{name}" for name, _ in (*_AMP_RULES, *_ESCAT_RULES)))
"""The name of every rule, in the order in which they are asked."""


def _sources(items: Iterable[Weighed]) -> int:
    return len({item.source for item in items})


def _ids(items: Iterable[Weighed]) -> str:
    return ", ".join(dict.fromkeys(item.id for item in items))
