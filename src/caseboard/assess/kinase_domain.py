"""Whether a fusion keeps the kinase domain, by our table and in the caller's words; and each call as it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.findings import Citation, Finding, Level
from caseboard.assess.passages import sentence
from caseboard.case import Alteration, BreakEnd, Case, FusionCall
from caseboard.terms.kinase_domains import Kept, Verdict, by_breakpoint, by_exon, kinase_domains

__all__ = ["call_findings", "domain_findings", "exon_pair", "exons_told", "frame_told", "verdicts"]

DOMAINS = Citation("Kinase domains as annotated on the RefSeq proteins; exons of the transcript named")

_EXON_PAIR = re.compile(r"\be(\d{1,2})\s{0,2}(?:::|[;:/-])\s{0,2}e(\d{1,2})\b", re.IGNORECASE)
_LEVELS: dict[Kept, Level] = {"kept": "info", "lost": "warning", "cannot tell": "note"}


class FactVerdict(msgspec.Struct, frozen=True):
    """What one fact says of the kinase domain."""

    fact: Alteration
    verdict: Verdict


def verdicts(case: Case, found: FoundAlteration, kinase: str | None) -> tuple[FactVerdict, ...]:
    """Return what each fact of a fusion says of the domain of its kinase; none where no exon or breakpoint is told.

    Empty too for a kinase that the table does not hold.
    """
    if kinase is None or kinase not in kinase_domains() or found.kind not in {"fusion", "rearrangement"}:
        return ()
    told = []
    for fact in found.alterations:
        verdict = _verdict(case, fact, kinase)
        if verdict is not None:
            told.append(FactVerdict(fact, verdict))
    return tuple(told)


def domain_findings(case: Case, found: FoundAlteration, kinase: str | None) -> Iterator[Finding]:
    """Yield whether the kinase domain is kept, fact by fact, and where the caller's own call differs."""
    for each in verdicts(case, found, kinase):
        call = each.fact.call
        kept = each.verdict.kept
        words = {
            "kept": "is kept",
            "lost": "is cut or lost",
            "cannot tell": "cannot be told to be kept or lost",
        }
        what = f"The kinase domain of {kinase} {words[kept]} in {found.name}: {each.verdict.why}."
        if kept == "kept" and call is not None and call.frame == "out-of-frame":
            what += f" {call.caller} calls it out of frame: then no kinase is made of it."
        yield Finding(
            what=what,
            rule=f"molecular.kinase_domain_{kept.replace(' ', '_')}",
            topic="molecular",
            level=_LEVELS[kept],
            facts=(each.fact.id,),
            citations=(DOMAINS,),
        )


def call_findings(found: FoundAlteration) -> Iterator[Finding]:
    """Yield each call in a sentence: the caller, where both genes break, frame, reads, and the domains in its words."""
    for fact in found.alterations:
        call = fact.call
        if call is None:
            continue
        parts = [f"{call.caller}: {_place(call.five)} to {_place(call.three)}", _frame(call), _reads(call)]
        if call.confidence:
            parts.append(f"confidence {call.confidence}")
        if call.domains:
            parts.append(f"domains by the caller: {call.domains}")
        yield Finding(
            what=f"{'; '.join(part for part in parts if part)}.",
            rule="molecular.called",
            topic="molecular",
            facts=(fact.id,),
        )


def exons_told(found: FoundAlteration) -> bool:
    """Whether some fact tells the breakpoints or the exons of both genes."""
    return any(
        fact.call is not None and all(end.position or end.exon for end in (fact.call.five, fact.call.three))
        for fact in found.alterations
    )


def frame_told(found: FoundAlteration) -> bool:
    """Whether some caller says in frame or out of frame."""
    return any(fact.call is not None and fact.call.frame is not None for fact in found.alterations)


def _verdict(case: Case, fact: Alteration, kinase: str) -> Verdict | None:
    call = fact.call
    three_prime = kinase != fact.gene5
    if call is not None:
        end = call.three if three_prime else call.five
        if end.exon is not None:
            return by_exon(kinase, end.exon, three_prime=three_prime)
        if end.chromosome is None or end.position is None:
            return Verdict("cannot tell", "the breakpoint and the exon are missing")
        if fact.type == "rearrangement":
            return Verdict("cannot tell", "which end of the gene is kept is missing, with the partner")
        return by_breakpoint(kinase, end.chromosome, end.position, three_prime=three_prime)
    pair = exon_pair(case, fact)
    if pair is None:
        return None
    return by_exon(kinase, pair[1] if three_prime else pair[0], three_prime=three_prime)


def exon_pair(case: Case, fact: Alteration) -> tuple[int, int] | None:
    """Return the exons of a fusion that are joined, 5' first, as its words or its sentence tell them; else None.

    "e5::e15", "ETV6 exon 5 to NTRK3 exon 15", "exon 13 of EML4 and exon 20 of ALK", "EWSR1::WT1 (exon 7 - exon 8)".
    One exon alone, as of a mutation told beside, is none.
    """
    if fact.type != "fusion":
        return None
    written = _EXON_PAIR.search(f"{fact.source.quote} {fact.change or ''}")
    if written is not None:
        return int(written[1]), int(written[2])
    around = sentence(case, fact)
    five, three = (_exon_of(gene, around) for gene in (fact.gene5, fact.gene3))
    if five is not None and three is not None:
        return five, three
    at = around.find(fact.source.quote)
    behind = _TWO_EXONS.match(around, at + len(fact.source.quote)) if at >= 0 else None
    return (int(behind[1]), int(behind[2])) if behind is not None else None


def _exon_of(gene: str | None, text: str) -> int | None:
    """Return the exon that a sentence tells of a gene."""
    if gene is None:
        return None
    name = re.escape(gene)
    found = re.search(
        rf"\bexons?\s(\d{{1,2}})\s(?:of\s)?(?:the\s)?{name}\b|\b{name}(?:\sgene)?[\s(,-]{{1,3}}(?:exons?|ex)\s?(\d{{1,2}})",
        text,
    )
    return int(found[1] or found[2]) if found is not None else None


_TWO_EXONS = re.compile(
    r"[^.;\d]{0,40}\b(?:exons?|ex|e)\s?(\d{1,2})\s?(?:[-–—:;/,+]{1,2}|and|to|with|(?:fused|joined)\sto)\s?"
    r"(?:exons?|ex|e)?\s?(\d{1,2})\b",
    re.IGNORECASE,
)
"""Two exons right behind the name of a fusion."""


def _place(end: BreakEnd) -> str:
    where = f"{end.chromosome or '?'}:{end.position}" if end.position else "position not given"
    exon = f", exon {end.exon}" if end.exon else ""
    site = f", {end.site}" if end.site and not end.exon else ""
    return f"{end.gene or 'no gene'} ({where}{exon}{site})"


def _frame(call: FusionCall) -> str:
    if call.frame_as_called is None:
        return "frame not told"
    told = call.frame_as_called
    return told if call.frame is None or call.frame == told.casefold() else f"{call.frame} ({told})"


def _reads(call: FusionCall) -> str:
    split, spanning = call.split_reads, call.spanning_reads
    if split is None and spanning is None:
        return "reads not told"
    parts = [f"{split} reads across the junction"] if split is not None else []
    if spanning is not None:
        parts.append(f"{spanning} spanning it")
    return ", ".join(parts)
