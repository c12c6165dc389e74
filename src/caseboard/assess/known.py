"""Whether a fusion is known: in this tumour, in others, with other partners. Only as far as a source says so."""

from __future__ import annotations

import functools
from datetime import date

import msgspec

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.findings import Citation
from caseboard.assess.tumour import CaseTumour
from caseboard.assess.variants import cite_evidence
from caseboard.assess.written import term_written
from caseboard.knowledge.diseases import relation, same_tumour
from caseboard.knowledge.evidence import Evidence, pack
from caseboard.knowledge.profiles import FusionAtom
from caseboard.knowledge.tables import read_table
from caseboard.terms import fusions, tumors

__all__ = ["Known", "known_in"]

_MOST_NAMED = 6


class Known(msgspec.Struct, frozen=True):
    """What is known of a fusion, in words; whether the pair is known in the tumour of the case; sources and facts."""

    text: str
    pair_in_tumour: bool = False
    citations: tuple[Citation, ...] = ()
    facts: tuple[str, ...] = ()


class _Report(msgspec.Struct, frozen=True):
    five: str
    three: str
    tumour: str
    year: int
    citation: Citation


@functools.cache
def _reports() -> tuple[_Report, ...]:
    return tuple(
        _Report(
            row["gene5"],
            row["gene3"],
            row["tumour"],
            int(row["year"]),
            Citation(row["citation"], int(row["pmid"]) if row["pmid"] else None, row["doi"] or None),
        )
        for row in read_table("fusion_reports").rows
    )


def known_in(
    found: FoundAlteration, kinase: str | None, tumour: CaseTumour | None, cutoff: date | None
) -> Known:
    """Return what is known of a fusion or rearrangement; with a cut-off only from sources published by then."""
    if found.kind not in {"fusion", "rearrangement"}:
        return Known("")
    if tumour is None or tumour.code is None:
        return Known(_without_tumour(found, tumour))
    if found.gene5 and found.gene3:
        pair = _pair_in_tumour(found, tumour, tumour.code, cutoff)
        if pair is not None:
            return pair
    parts: list[str] = []
    citations: tuple[Citation, ...] = ()
    if found.gene5 and found.gene3:
        parts.append(f"{found.name} is not known to Caseboard's sources in {term_written(tumour.term)}")
        elsewhere = _other_tumours(found, cutoff)
        parts.append(
            f"the pair is known in {term_written(', '.join(elsewhere))}"
            if elsewhere
            else "nor in any other tumour"
        )
    if kinase:
        text, citations = _kinase_in_tumour(found, kinase, tumour.code, cutoff)
        parts.append(text)
    return Known("; ".join(parts), False, citations, (tumour.fact,))


def _without_tumour(found: FoundAlteration, tumour: CaseTumour | None) -> str:
    told = (
        "no diagnosis is told of"
        if tumour is None
        else f"{term_written(tumour.term)} is not in the tumour vocabulary"
    )
    return f"whether {found.name} is known in this tumour cannot be said: {told}"


def _pair_in_tumour(
    found: FoundAlteration, tumour: CaseTumour, code: str, cutoff: date | None
) -> Known | None:
    pair = (found.gene5, found.gene3)
    reports = [
        r
        for r in _reports()
        if (r.five, r.three) == pair and same_tumour(r.tumour, code) and _by(r.year, cutoff)
    ]
    evidence = [
        row
        for row in _pair_evidence(found, cutoff)
        if relation(row.disease, row.level, code, row.doid) == "same tumour"
    ]
    listed = cutoff is None and any(same_tumour(each, code) for each in _listed(found))
    if not (reports or evidence or listed):
        return None
    citations = (*(r.citation for r in sorted(reports, key=lambda r: r.year)), *cite_evidence(evidence))
    text = f"{found.name} is known in {term_written(tumour.term)}"
    return Known(
        text if citations else f"{text} (Caseboard's list of known fusions)", True, citations, (tumour.fact,)
    )


def _kinase_in_tumour(
    found: FoundAlteration, kinase: str, code: str, cutoff: date | None
) -> tuple[str, tuple[Citation, ...]]:
    """Say whether fusions of the kinase with other partners are known in the tumour."""
    reports = [
        r
        for r in _reports()
        if kinase in {r.five, r.three} and same_tumour(r.tumour, code) and _by(r.year, cutoff)
    ]
    rows = [
        row
        for row in pack().for_gene(kinase)
        if row.names_fusion
        and row.published_by(cutoff)
        and relation(row.disease, row.level, code, row.doid) == "same tumour"
    ]
    pairs = {f"{r.five}::{r.three}" for r in reports}
    if cutoff is None:
        pairs |= {
            f"{p.five}::{p.three}" for p in _with(kinase) if any(same_tumour(each, code) for each in p.tumors)
        }
    pairs.discard(found.name)
    if pairs:
        named = sorted(pairs)
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        text = f"fusions of {kinase} with other partners are known in it ({', '.join(named[:_MOST_NAMED])}{more})"
    elif rows:
        text = f"fusions of {kinase} are known in it"
    else:
        text = f"no fusion of {kinase} is known in it"
    return text, (*dict.fromkeys(r.citation for r in reports), *cite_evidence(rows[:_MOST_NAMED]))


def _other_tumours(found: FoundAlteration, cutoff: date | None) -> list[str]:
    names = {row.disease.lower() for row in _pair_evidence(found, cutoff) if row.disease}
    if cutoff is None:
        names |= {tumors.vocabulary()[code].name for code in _listed(found) if code in tumors.vocabulary()}
    ordered = sorted(names)
    if len(ordered) > _MOST_NAMED:
        return [*ordered[:_MOST_NAMED], f"{len(ordered) - _MOST_NAMED} more"]
    return ordered


def _pair_evidence(found: FoundAlteration, cutoff: date | None) -> list[Evidence]:
    return [
        row
        for row in pack().for_gene(found.gene3 or "")
        if row.published_by(cutoff)
        and any(
            isinstance(atom, FusionAtom) and (atom.gene5, atom.gene3) == (found.gene5, found.gene3)
            for way in row.alternatives
            for atom in way.present
        )
    ]


def _listed(found: FoundAlteration) -> tuple[str, ...]:
    pair = fusions.known_pair(found.gene5 or "", found.gene3 or "")
    return pair.tumors if pair else ()


def _with(kinase: str) -> list[fusions.FusionPair]:
    return [pair for pair in fusions.known_pairs().values() if kinase in {pair.five, pair.three}]


def _by(year: int, cutoff: date | None) -> bool:
    return cutoff is None or date(year, 12, 31) <= cutoff
