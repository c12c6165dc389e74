"""What is told of chromosomes and of methylation: "del(17p)", "i(12p)", "1p/19q codeletion", "MGMT methylated".

No gene, or no sequence of one, is named by these, so the test is known by the change itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.finding import AlterationType, Finding
from caseboard.narrative.finding_polarity import polarity
from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["NEEDS", "find_chromosomal"]

_NUMBER = r"(?P<chromosome>\d{1,2}|X)"
_CHANGES: Table[tuple[str, AlterationType, Pattern]] = Table(
    (
        (
            "isochromosome {chromosome}{arm}",
            "other",
            pattern(
                rf"\b(?:isochromosome|iso|i)\({_NUMBER}\s?\)?\(?(?P<arm>[pq])(?:\d{{2}})?\s?\)",
                re.IGNORECASE,
            ),
        ),
        (
            "isochromosome {chromosome}{arm}",
            "other",
            pattern(rf"\bisochromosome\s{_NUMBER}\s?(?P<arm>[pq])\b", re.IGNORECASE),
        ),
        (
            "del({chromosome}{arm})",
            "deletion",
            pattern(
                rf"\bdel\s?\(\s?{_NUMBER}\s?(?:\)\s?\(\s?)?(?P<arm>[pq])[\d.pq]{{0,8}}\s?\)", re.IGNORECASE
            ),
        ),
        (
            "del({chromosome}{arm})",
            "deletion",
            pattern(
                rf"\b(?:deletions?|loss)\sof\s(?:the\s)?(?:chromosome\s(?:arm\s)?)?{_NUMBER}(?P<arm>[pq])(?![\d.]|/)\b",
                re.IGNORECASE,
            ),
        ),
        (
            "del({chromosome}{arm})",
            "deletion",
            pattern(rf"(?<![\d/.])\b{_NUMBER}(?P<arm>[pq])[\s-](?:deletion|deleted|loss)\b", re.IGNORECASE),
        ),
        (
            "del({chromosome}{arm})",
            "deletion",
            pattern(
                rf"\b(?:deletion|loss)\sof\sthe\s(?P<arm>short|long)\sarm\sof\schromosome\s{_NUMBER}\b"
                r"(?:\s\(del\s?\([\dpq.]{2,6}\)\))?",
                re.IGNORECASE,
            ),
        ),
        (
            "1p/19q codeletion",
            "deletion",
            pattern(
                r"\b(?:1p\s?(?:[/,]|and)\s?19q[\s-](?:(?:was|were|is|are|status|not|no|non-?|intact,?)[\s-]?){0,3}"
                r"(?:co-?)?(?:deletion|deleted|loss|lost)"
                r"|1p\s?(?:[/,]|and)\s?19q\s(?:(?:was|were|is|are|both|status)\s){0,2}(?:intact|retained|preserved)"
                r"|co-?deletion\sof\s1p\s?(?:/|and)\s?19q|LOH\sof\s1p\s?(?:/|and)\s?19q)\b",
                re.IGNORECASE,
            ),
        ),
        (
            "monosomy {chromosome}",
            "other",
            pattern(rf"\bmonosomy\s(?:of\s(?:chromosome\s)?)?{_NUMBER}\b", re.IGNORECASE),
        ),
        (
            "trisomy {chromosome}",
            "other",
            pattern(rf"\btrisomy\s(?:of\s(?:chromosome\s)?)?{_NUMBER}\b", re.IGNORECASE),
        ),
    )
)
_METHYLATED = pattern(r"methylat(?:ed|ion)", re.IGNORECASE)
_GENE_BEFORE = re.compile(
    r"\s?(?:\([^()]{1,14}\)\s?)?(?:[\s-](?:gene|promoter|region|CpG|island|status|was|were|is|are|found|to|be|shown"
    r"|:|not|the|of))"
    r"{0,6}[\s:-]{1,2}(?P<word>(?P<un>un-?|non-?)?(?P<kind>hyper-?|hypo-?)?methylat(?:ed|ion))\b",
    re.IGNORECASE,
)
_GENE_BEHIND = re.compile(
    r"\b(?P<word>(?P<un>un-?|non-?)?(?P<kind>hyper-?|hypo-?)?methylat(?:ed|ion))\s(?:(?:of|in|at|the|promoter|gene"
    r"|region)\s){0,5}$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:\s(?:status|analysis|test(?:ing)?)){0,2}(?:\s(?:was|is|were)|\s?:)?\s(?P<result>methylated|unmethylated"
    r"|positive|negative|present|absent|not\s\w{4,9})\b",
    re.IGNORECASE,
)
NEEDS = Needs(patterns=(*(row[-1] for row in _CHANGES), _METHYLATED))


_NOT_LOST = re.compile(r"\b(?:not|no|non|intact|retained|preserved)\b", re.IGNORECASE)


def find_chromosomal(view: View) -> Iterator[Finding]:
    """Yield what a sentence finds, or does not find, of chromosomes and of methylation."""
    if not view.holds(NEEDS):
        return
    reached = view.start
    found = [
        (match, name, kind) for name, kind, written in view.rows(_CHANGES) for match in view.find(written)
    ]
    for match, name, kind in sorted(found, key=lambda row: (row[0].start(), -row[0].end())):
        positive = False if _NOT_LOST.search(match[0]) is not None else polarity(view, *match.span())
        if match.start() < reached or positive is None:
            continue
        reached = match.end()
        change = name.format(**_parts(match))
        tested = "1p/19q" if change.startswith("1p") else change
        yield Finding(
            start=match.start(), end=match.end(), type=kind, positive=positive, change=change, tested=tested
        )
    if view.has(_METHYLATED) is not None:
        yield from _methylation(view)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """Return the chromosome and its arm: "short" is p, "long" q."""
    parts = {name: value or "" for name, value in match.groupdict().items()}
    arm = parts.get("arm", "").lower()
    return {**parts, "arm": {"short": "p", "long": "q"}.get(arm, arm)}


def _methylation(view: View) -> Iterator[Finding]:
    for gene in view.of("gene"):
        match = _GENE_BEFORE.match(view.whole, gene.end, view.end)
        if match is None:
            match = _GENE_BEHIND.search(view.whole, max(view.start, gene.start - 70), gene.start)
        if match is None:
            continue
        start, end = min(gene.start, match.start()), max(gene.end, match.end("word"))
        status = _STATUS.match(view.whole, end, view.end) if match["word"].lower().endswith("ion") else None
        told = polarity(view, start, end)
        if status is not None:
            end = status.end()
            told = status["result"].lower() in ("methylated", "positive", "present")
        if told is None:
            continue
        kind = (match["kind"] or "").lower().replace("-", "")
        promoter = "promoter " if "promoter" in view.whole[start : end + 9].lower() else ""
        denied = re.search(r"\bnot\b", view.whole[start:end]) is not None
        yield Finding(
            start=start,
            end=end,
            type="other",
            positive=told and not match["un"] and not denied,
            gene=gene.key,
            change=f"{promoter}{kind}methylation",
            tested=f"{gene.key} {promoter}methylation",
        )
