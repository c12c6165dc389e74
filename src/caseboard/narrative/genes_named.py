"""The genes that a sentence names: each once, series and families spelt out, lists kept together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import genes

__all__ = ["FAMILIES", "FAMILY", "MOST_NAMED", "gene_lists", "gene_mentions"]

MOST_NAMED = 50
"""Genes or markers of one sentence that are looked at: no report gives more results in one breath."""
FAMILIES = frozenset({"NTRK", "RAS", "FGFR", "PDGFR", "BRCA", "HRR", "IDH"})
"""Families of genes that are tested and told as if they were one gene."""

_MORE = re.compile(
    r"(?:\s?[/,]\s?(?:\d{1,2}|[A-D])(?![A-Za-z0-9.%])){1,4}|\s?[-–]\s?(?P<last>\d)(?![\d.%A-Za-z])",
)
FAMILY = pattern(rf"\b(?:{'|'.join(sorted(FAMILIES))})\b(?![-\s]?\d)")
_SCHEDULES = frozenset({"BID"})
"""Genes whose symbol also says how often a drug is given."""
_DOSE_BEFORE = re.compile(
    r"(?:\d\s?(?:m?c?g|mg/m2|mcg|µg|ml|IU|tabs?|x)|PO|\borally|\bsc|\biv|(?:^|[^\w.])\d{2,4})\s{0,2}$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\.?\s?(?:S?\d|[A-H]\b)")
"""What makes "FIG" the word for a figure, and no gene: "FIG 1", "FIG. S2"."""
_WITH_CHANGE = pattern(r"\b(?P<symbol>[A-Z][A-Z0-9]{2,9})\s(?:p\.\s?[A-Z(]|c\.\s?-?\d)")
"""A symbol before a change of its protein or of its coding sequence: a gene, though no vocabulary lists it."""
_LOCUS = re.compile(r"\s?/\s?2?B\b")
"""What names with CDKN2A the gene beside it on 9p21: "CDKN2A/B"."""
_EXONS = r"(?:exons?|codons?)\s\d{1,4}(?:\s?(?:[-–,&]|,?\sand|,?\sor|to)\s?\d{1,4}){0,7}"
_REGIONS = re.compile(rf"^(?:\s?\({_EXONS}\)|\s{_EXONS}(?=,|\s(?:and|or)\s[A-Z]))", re.IGNORECASE)
"""The parts of a gene that were looked at: "KIT (exons 9, 11, 13, 17) and PDGFRA"."""
_LIST_GAP = re.compile(
    r"(?:\s?\((?:[A-Za-z0-9-]{1,14}|\d{1,3}\scopies|(?:copy\snumber|CN|VAF|AF)[\s:=]{1,3}\d[\d.,]{0,4}\s?%?"
    r"|\d[\d.,]{0,4}\s?%)\))?\s?(?:genes?\s?)?(?:,\s?(?:and|or|nor|as well as)?|/|&|\+|\band\b"
    r"|\bor\b|\bnor\b|\bas well as\b)\s?(?:the\s|in\s)?",
    re.IGNORECASE,
)


def gene_mentions(view: View) -> list[Mention]:
    """Return the genes that a sentence names, one for "SS18 (SYT)", without parts of longer names."""
    out: list[Mention] = []
    for mention in sorted((*_series(view), *_families(view), *_unlisted(view)), key=lambda m: m.start):
        if _is_part(view, mention) or (out and (out[-1].start, out[-1].key) == (mention.start, mention.key)):
            continue
        if (
            out
            and out[-1].key == mention.key
            and view.whole[out[-1].end : mention.start].strip() in ("(", "/")
        ):
            close = mention.end + (view.whole[mention.end : mention.end + 1] == ")")
            out[-1] = msgspec.structs.replace(out[-1], end=close)
        else:
            out.append(mention)
    return out[:MOST_NAMED]


def _is_part(view: View, mention: Mention) -> bool:
    """Whether the name goes on on either side, so that it is another name."""
    return (
        (view.whole.startswith("FIG", mention.start) and _FIGURE.match(view.whole, mention.end) is not None)
        or (
            mention.key in _SCHEDULES
            and _DOSE_BEFORE.search(view.whole, max(0, mention.start - 12), mention.start) is not None
        )
        or (
            view.whole[mention.end : mention.end + 1].isalnum()
            and view.whole[mention.end : mention.end + 2] not in ("c.", "p.")
        )
    ) or view.whole[mention.start - 1 : mention.start].isalnum()


def gene_lists(view: View, named: list[Mention]) -> list[list[Mention]]:
    """Return the genes of a sentence as lists: "IDH1 and KRAS" is one."""
    out: list[list[Mention]] = []
    for mention in named:
        gap = _REGIONS.sub("", view.whole[out[-1][-1].end : mention.start], count=1) if out else ""
        if out and (mention.start == out[-1][-1].start or (len(gap) < 30 and _LIST_GAP.fullmatch(gap))):
            out[-1].append(mention)
        else:
            out.append([mention])
    return out


def _series(view: View) -> Iterator[Mention]:
    """Yield the genes named, with those that "NTRK1/2/3" and "FGFR1-3" mean beside the first."""
    for mention in view.of("gene"):
        locus = _LOCUS.match(view.whole, mention.end, view.end) if mention.key == "CDKN2A" else None
        if locus is not None:
            yield msgspec.structs.replace(mention, end=locus.end())
            yield msgspec.structs.replace(mention, end=locus.end(), key="CDKN2B")
            continue
        yield mention
        more = _MORE.match(view.whole, mention.end, min(view.end, mention.end + 16))
        if more is None or not mention.key[-1].isalnum() or view.whole[mention.end - 1] != mention.key[-1]:
            continue
        for name in _names(mention.key[-1], more):
            if mention.key[:-1] + name in genes.vocabulary():
                yield msgspec.structs.replace(mention, end=more.end(), key=mention.key[:-1] + name)


def _names(first: str, more: re.Match[str]) -> list[str]:
    """Return the last signs of the further genes of a series."""
    last = more["last"]
    if last is None:
        return re.findall(r"[0-9A-D]+", more[0])
    return [str(number) for number in range(int(first) + 1, int(last) + 1)] if first.isdigit() else []


def _unlisted(view: View) -> Iterator[Mention]:
    """Yield genes that only their approved symbol tells, where a change of them stands behind it."""
    for match in view.find(_WITH_CHANGE):
        if any(m.start <= match.start() < m.end for m in view.of("gene", "marker")):
            continue
        found = genes.lookup(match["symbol"])
        if found is not None and not found.remark:
            yield Mention(match.start("symbol"), match.end("symbol"), "gene", found.term.key)


def _families(view: View) -> Iterator[Mention]:
    """Yield genes that are named by their family: "NTRK fusions", "RAS wild type"."""
    for match in view.find(FAMILY):
        if not any(m.start <= match.start() < m.end for m in view.of("gene", "drug")):
            yield Mention(match.start(), match.end(), "gene", match[0])
