"""The evidence for a table of many samples: each alteration is matched once, each tumour once, and the two are joined.

A sample's alterations are matched one by one; profiles that ask for several alterations together, or for one without
another, are asked of all of the sample's alterations at once. Only evidence that applies is given: what belongs to a
category that a variant does not prove, or wants a second alteration that is not told of, is left out.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

import msgspec

from caseboard.assess.alteration_text import read_alteration
from caseboard.assess.alteration_words import members, split_cell
from caseboard.assess.alterations import FoundAlteration, found_alterations
from caseboard.assess.drugs import regimens
from caseboard.assess.matching import How, Match, match, touches
from caseboard.assess.tiers import Weighed, is_own, tiers
from caseboard.case import Case
from caseboard.knowledge.diseases import Relation, TumourClass, disease_code, tumour_class
from caseboard.knowledge.evidence import Evidence, EvidencePack, pack
from caseboard.terms import tumors

__all__ = ["COLUMNS", "SampleRow", "sample_options"]

COLUMNS = (
    "sample", "tumour", "alteration", "type", "drug", "says", "match", "tumour_match", "level", "evidence", "remark",
    "amp_tier", "escat_tier",
)  # fmt: skip
"""``says``: supports, against, resistance, or the significance of evidence that is not predictive. The tiers are
of the drug for this alteration alone in this tumour, on the lines that support it; "not given" where there is none."""

Says = Literal["supports", "resistance", "against"]
_SAYS = {says: rank for rank, says in enumerate(get_args(Says))}
_HOWS = {how: rank for rank, how in enumerate(get_args(How))}
_TUMOURS = {related: rank for rank, related in enumerate(get_args(TumourClass))}
_NO_TIERS = "\t"
_MOST_KEPT = 100_000
"""Blocks of lines that are kept for a tumour and an alteration that come again."""


class SampleRow(msgspec.Struct, frozen=True):
    """One alteration of one sample, all as written; the tumour is a name or an OncoTree code."""

    sample: str
    tumour: str
    alteration: str


class _Hit(msgspec.Struct, frozen=True):
    """An item of evidence that applies, for one of its drugs (or none)."""

    disease: tuple[str, str, str | None]
    type: str
    drug: str
    says: str
    how: How
    level: str
    evidence: str
    flagged: bool
    rating: int
    source: str


class _Known(msgspec.Struct, frozen=True):
    """An alteration as it was read, the evidence that applies to it alone, and that which asks for it and others."""

    found: FoundAlteration | None
    hits: tuple[_Hit, ...]
    remark: str
    parts: frozenset[str] = frozenset()


class _Matcher:
    def __init__(self, evidence: EvidencePack, *, every_type: bool) -> None:
        self._pack = evidence
        self._every_type = every_type
        self._known: dict[str, _Known] = {}
        self._codes: dict[str, str | None] = {}
        self._classes: dict[str | None, dict[tuple[str, str, str | None], TumourClass]] = defaultdict(dict)
        self._blocks: dict[tuple[str | None, str, bool], tuple[str, ...]] = {}
        self._doids = {row.disease: row.doid for row in evidence.rows}
        self._combined = {row.id: row for row in evidence.rows if self._asked(row) and _is_combined(row)}

    def lines(self, sample: str, rows: Sequence[SampleRow]) -> Iterator[str]:
        """Yield the lines of one sample."""
        fused = self._fused(rows)
        for row in rows:
            code = self._code(row.tumour)
            known = self._alteration(row.alteration)
            beside = bool(fused) and known.found is not None and known.found.gene in fused
            key = (code, row.alteration, beside)
            block = self._blocks.get(key)
            if block is None:
                if len(self._blocks) >= _MOST_KEPT:
                    self._blocks.clear()
                hits = tuple(hit for hit in known.hits if not beside or hit.how != "category")
                block = self._blocks[key] = self._block(row.alteration, hits, code, known.remark)
            prefix = f"{sample}\t{row.tumour}\t"
            for line in block:
                yield prefix + line
        if len(rows) > 1:
            yield from self._together(sample, rows)

    def _fused(self, rows: Sequence[SampleRow]) -> frozenset[str]:
        """Return the genes that are fused in a sample: evidence on any mutation of them is not applied."""
        if len(rows) == 1:
            return frozenset()
        every = (self._alteration(row.alteration).found for row in rows)
        return frozenset(
            gene
            for found in every
            if found is not None and found.kind in {"fusion", "rearrangement"}
            for gene in found.genes
        )

    def _together(self, sample: str, rows: Sequence[SampleRow]) -> Iterator[str]:
        """Yield the lines of the items that ask for several of the sample's alterations at once."""
        known = {row.alteration: self._alteration(row.alteration) for row in rows}
        seen: set[str] = set()
        shared: set[str] = set()
        for each in known.values():
            shared |= seen & each.parts
            seen |= each.parts
        if not shared:
            return
        found = tuple(each.found for each in known.values() if each.found is not None)
        hits: dict[str, list[_Hit]] = defaultdict(list)
        for number in sorted(shared):
            row = self._combined[number]
            answer = match(row, found, self._pack.fusions)
            if answer is not None and answer.applies and not self._alone(row, found):
                hits[" + ".join(sorted(answer.facts))].extend(self._hits(row, answer))
        code = self._code(rows[0].tumour)
        for told, own in hits.items():
            for line in self._block(told, tuple(own), code, ""):
                yield f"{sample}\t{rows[0].tumour}\t{line}"

    def _alone(self, row: Evidence, found: tuple[FoundAlteration, ...]) -> bool:
        """Whether one of the alterations is enough, so that the item is told of it already."""
        answers = (match(row, (each,), self._pack.fusions) for each in found)
        return any(answer is not None and answer.applies for answer in answers)

    def _alteration(self, text: str) -> _Known:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> _Known:
        family = [self._read(each) for each in members(text)]
        if family:
            # Which gene of the family it is is not told: what applies to every one of them applies.
            common = tuple(hit for hit in family[0].hits if all(_holds(hit, other) for other in family[1:]))
            return _Known(None, common, "the gene of the family is not told")
        fact = read_alteration(text, text)
        if fact is None:
            return _Known(None, (), "no alteration is told of")
        (found,) = found_alterations(Case(title="", facts=(fact,)))
        rows = {row.id: row for symbol in found.genes for row in self._pack.for_gene(symbol)}
        hits: list[_Hit] = []
        parts = frozenset(
            number
            for number, row in rows.items()
            if number in self._combined and touches(row, found, self._pack.fusions)
        )
        for row in rows.values():
            answer = match(row, (found,), self._pack.fusions) if self._asked(row) else None
            if answer is not None and answer.applies:
                hits.extend(self._hits(row, answer))
        remarks = list(fact.remarks)
        if not rows:
            remarks.append(f"no evidence names {' or '.join(found.genes) or 'it'}")
        elif not hits:
            remarks.append(f"evidence on {' or '.join(found.genes)} is of other alterations: not applicable")
        return _Known(found, tuple(hits), "; ".join(remarks), parts)

    def _asked(self, row: Evidence) -> bool:
        return self._every_type or (row.type == "Predictive" and bool(row.therapies))

    def _hits(self, row: Evidence, answer: Match) -> Iterator[_Hit]:
        says = _says(row)
        if says is None and not self._every_type:
            return
        names = [regimen.name for regimen in regimens(row)] if row.type == "Predictive" else []
        number = f"{row.id} (disputed)" if row.flagged else row.id
        for drug in names or [""]:
            yield _Hit(
                (row.disease, row.level, row.doid),
                row.type,
                drug,
                says or row.significance,
                answer.how,
                row.level,
                number,
                row.flagged,
                row.rating or 0,
                f"{row.source} {row.source_id}",
            )

    def _block(self, told: str, hits: tuple[_Hit, ...], code: str | None, remark: str) -> tuple[str, ...]:
        if not hits:
            return (f"{told}\t\t\t\t\t\t\t\t{remark}\t\t\n",)
        groups: dict[tuple[str, str, str, How, TumourClass], list[_Hit]] = {}
        classes = self._classes[code]
        for hit in hits:
            related = classes.get(hit.disease)
            if related is None:
                disease, level, doid = hit.disease
                related = classes[hit.disease] = tumour_class(disease, level, code, doid)
            groups.setdefault((hit.type, hit.drug, hit.says, hit.how, related), []).append(hit)
        standing = self._standing(hits, classes)
        return tuple(
            f"{told}\t{kind}\t{drug}\t{says}\t{how}\t{related}\t{min(hit.level for hit in own)}\t"
            f"{' '.join(hit.evidence for hit in own)}\t{remark}\t"
            f"{standing.get(drug, _NO_TIERS) if says == 'supports' else _NO_TIERS}\n"
            for (kind, drug, says, how, related), own in sorted(groups.items(), key=_rank)
        )

    def _standing(
        self, hits: tuple[_Hit, ...], classes: dict[tuple[str, str, str | None], TumourClass]
    ) -> dict[str, str]:
        """Return both tiers of each drug that is supported, tab separated, from all that applies to one alteration."""
        drugs: dict[str, dict[str, list[_Hit]]] = defaultdict(lambda: defaultdict(list))
        supported = {hit.drug for hit in hits if hit.says == "supports" and hit.drug}
        for hit in hits:
            if hit.drug in supported and not hit.flagged:
                drugs[hit.drug][hit.says].append(hit)
        return {
            drug: _both_tiers(*(_weighed(drugs[drug][sort], classes) for sort in _SAYS)) for drug in supported
        }

    def _code(self, tumour: str) -> str | None:
        """Return the code of a tumour by code or name, or by the name that the evidence has for the disease."""
        if tumour not in self._codes:
            self._codes[tumour] = self._look_up(tumour.strip())
        return self._codes[tumour]

    def _look_up(self, name: str) -> str | None:
        if name in tumors.vocabulary():
            return name
        found = tumors.lookup(name)
        return found.term.key if found is not None else disease_code(name, self._doids.get(name))


def sample_options(rows: Iterable[SampleRow], *, every_type: bool = False) -> Iterator[str]:
    """Yield the lines of the answer, each with its end, without the names of the columns (``COLUMNS``).

    Rows of one sample are taken together wherever they stand; samples come in the order in which they first appear.
    With ``every_type`` also evidence that is not about drugs: diagnostic, prognostic and the like.
    """
    samples: dict[str, list[SampleRow]] = {}
    for row in rows:
        own = samples.setdefault(row.sample, [])
        cells = split_cell(row.alteration)
        own.extend(
            [row] if len(cells) == 1 else [msgspec.structs.replace(row, alteration=cell) for cell in cells]
        )
    matcher = _Matcher(pack(), every_type=every_type)
    for sample, told in samples.items():
        yield from matcher.lines(sample, told)


def _holds(hit: _Hit, known: _Known) -> bool:
    return any((hit.evidence, hit.drug) == (other.evidence, other.drug) for other in known.hits)


_OWN_TUMOUR = frozenset({"same tumour", "wider tumour", "narrower tumour"})


def _weighed(
    hits: Iterable[_Hit], classes: dict[tuple[str, str, str | None], TumourClass]
) -> tuple[Weighed, ...]:
    """Return hits as the rules of the tiers look at them, without the ids, which no tier depends on."""
    told = []
    for hit in hits:
        related = classes[hit.disease]
        where: Relation = (
            "same tumour"
            if related in _OWN_TUMOUR
            else "any tumour"
            if related == "any tumour"
            else "other tumour"
        )
        told.append(Weighed("", hit.level, hit.rating, is_own(hit.how), where, hit.source))
    return tuple(told)


@functools.lru_cache(maxsize=65536)
def _both_tiers(
    supporting: tuple[Weighed, ...], resistance: tuple[Weighed, ...], against: tuple[Weighed, ...]
) -> str:
    return "\t".join(each.tier or "not given" for each in tiers(supporting, against, resistance, None))


def _is_combined(row: Evidence) -> bool:
    return any(len(way.present) + len(way.absent) > 1 for way in row.alternatives)


def _says(row: Evidence) -> Says | None:
    if row.type != "Predictive":
        return None
    if row.about_resistance:
        return "resistance" if row.supports else None
    if row.significance != "Sensitivity/Response":
        return None
    return "supports" if row.supports else "against"


def _rank(group: tuple[tuple[str, str, str, How, TumourClass], list[_Hit]]) -> tuple[object, ...]:
    (kind, drug, says, how, related), own = group
    return (
        kind != "Predictive",
        kind,
        _SAYS.get(says, len(_SAYS)),
        _TUMOURS[related],
        _HOWS[how],
        min(hit.level for hit in own),
        says,
        drug,
    )
