"""What probes show of a gene, by FISH and its kin: split or together, amplified or not, by the ratio of signals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.aspects import copies_told
from caseboard.narrative.finding import Finding
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import genes
from caseboard.terms.fusions import partners

__all__ = ["ELIDED", "RATIO", "elided", "probed", "ratios"]

_FISH = pattern(r"\bFISH\b|[Ff]luorescen(?:ce|t)[\s-]{1,2}in[\s-]|[Bb]reak[\s-]?apart")
_FISH_POSITIVE = re.compile(
    r"(?:\s?\([^()]{1,20}\))?(?:[\s-](?:genes?|probes?|assay|test(?:ing)?|analysis|study|was|were|is|came|back"
    r"|returned|also"
    r"|found|to|be|proved|result|(?P<by>(?:by\s)?FISH|break[\s-]?apart)(?!\s(?:was\s)?not))){0,6}[\s:(]{1,3}"
    r"(?:positive|pos\b|confirmatory|\+(?=[\s),.;]))",
    re.IGNORECASE,
)
_TOGETHER = pattern(
    r"\bno\s(?:split(?:ting)?|separation|break(?:age)?)\b|\bsignals?\s(?:(?:were|was|remained|stayed|are|lay|lie)\s)?"
    r"(?:together|fused|unsplit|intact|overlapping|not\s(?:split|separated))\b",
    re.IGNORECASE,
)
"""What tells that the signals of a break-apart probe lie together, so that the gene is not rearranged."""
_POSITIVE_FOR = re.compile(
    r"\b(?:FISH\b|break[\s-]?apart)[^.;]{0,70}\b(?:was|is|were|came back|but|and|while)\s(?P<own>positive\sfor)"
    r"\s(?:the\s|an?\s)?$",
    re.IGNORECASE,
)
_COUNTED_BY_FISH = frozenset(
    {"MDM2", "CDK4", "ERBB2", "MET", "EGFR", "FGFR1", "KIT", "PDGFRA", "TP53", "CDKN2A", "RB1"}
)
"""Genes whose copies FISH counts."""
ELIDED = pattern(
    r"\b(?P<gene>HER-?2(?:/neu)?|ERBB2|MDM2|MYC|EGFR)\b(?:[^.;]{0,40}?[,;(+/]\s?|[\s-]{1,2})(?:by\s)?(?P<by>FISH"
    r"|[CDS]?ISH)[\s:]{1,2}"
    r"(?:was\s|is\s|test\s|ratio\s(?:of\s)?(?:\d{1,2}(?:[.,]\d{1,2})?\s?[=,:(-]?\s?(?:i\.e\.\s)?)?)?(?P<word>not\samplified|non-?amplified|unamplified|amplified|positive|negative"
    r"|neg\b|pos\b)",
    re.IGNORECASE,
)
"""A gene's stain and its FISH in one breath: "HER2 IHC 2+, FISH amplified"."""
RATIO = pattern(
    r"\b(?P<gene>[A-Z][A-Z0-9]{1,6}(?:-\d)?)\s?/\s?(?:CEP|CEN)\s?-?\d{1,2}\s(?:ratio\s)?(?:was\s|is\s|of\s|[:=]\s?)?"
    r"(?P<ratio>\d{1,2}(?:[.,]\d{1,2})?)(?:\s?[,;(]\s?|\s)(?:was\s|is\s|i\.e\.\s)?"
    r"(?P<word>not\samplified|non-?amplified|unamplified|amplified|positive|negative)"
)
"""A gene's signals by FISH, with what the laboratory makes of them: "MET/CEP7 ratio 6.1, amplified"."""


def probed(view: View, named: list[Mention]) -> Iterator[Finding]:
    """Yield genes whose break-apart probe split, or whose signals lie together: "FISH for ETV6 was positive"."""
    if view.has(_FISH) is None:
        return
    for mention in named:
        led = _POSITIVE_FOR.search(view.whole, max(view.start, mention.start - 110), mention.start)
        if led is not None and partners(mention.key) and mention.key not in _COUNTED_BY_FISH:
            between = any(
                led.start() < m.start < mention.start for m in named
            )  # "negative for A but positive for B"
            start = led.start("own") if between else led.start()
            yield Finding(start=start, end=mention.end, type="rearrangement", positive=True, gene=mention.key)
            continue
        if mention.key in _COUNTED_BY_FISH or not partners(mention.key):
            continue
        behind = _FISH_POSITIVE.match(view.whole, mention.end, view.end)
        if behind is None:
            together = view.has(_TOGETHER, mention.end) if len(named) == 1 else None
            if together is not None:
                yield Finding(
                    start=mention.start,
                    end=together.end(),
                    type="rearrangement",
                    positive=False,
                    gene=mention.key,
                )
            continue
        before = view.has(_FISH, max(view.start, mention.start - 60), mention.start)
        if behind["by"] or before:
            start = before.start() if before and not behind["by"] else mention.start
            yield Finding(
                start=start, end=behind.end(), type="rearrangement", positive=True, gene=mention.key
            )


def elided(view: View) -> Iterator[Finding]:
    """Yield what FISH found of the gene whose stain was told just before."""
    for match in view.find(ELIDED):
        found = genes.lookup(match["gene"])
        if found is not None:
            positive = match["word"].lower() in ("amplified", "positive", "pos")
            yield Finding(
                start=match.start("by"),
                end=match.end(),
                type="amplification",
                positive=positive,
                gene=found.term.key,
                change=copies_told(view, match.end()) if positive else None,
            )


def ratios(view: View) -> Iterator[Finding]:
    """Yield what FISH makes of a ratio of signals."""
    for match in view.find(RATIO):
        found = genes.lookup(match["gene"])
        if found is not None:
            positive = match["word"] in ("amplified", "positive")
            yield Finding(
                start=match.start(),
                end=match.end(),
                type="amplification",
                positive=positive,
                gene=found.term.key,
                change=f"ratio {match['ratio'].replace(',', '.')}" if positive else None,
            )
