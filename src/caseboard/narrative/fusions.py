"""Gene fusions as written: "EML4-ALK", "TPM3::ALK", "fusion of ALK with FN1", "exon 21 of ALK was fused to RRBP1".

Partners are read by ``terms.genes`` (misspelt ones with a remark) and put 5' partner first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from caseboard.narrative.fusion_partners import PARTNER, partnered
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import genes
from caseboard.terms.fusions import known_pair, partners

__all__ = ["GLUED_EXONS", "FusionName", "find_fusions"]

_SYMBOL = r"[A-Z][A-Za-z0-9]{1,11}"
_EXON = r"(?:\s?\(?(?:[Ee]xons?|[Ee]x\.?|[Ee])\s?\d{1,2}\)?|\s?\(\d{1,2}\))?"
_PAIR = pattern(
    rf"(?<![\w-])(?P<a>{_SYMBOL}(?:-\d{{1,2}})?){_EXON}(?P<sep>\s?::\s?|--|\s?[-–‐‑]\s?|/"
    rf"|:)(?P<b>{_SYMBOL}){_EXON}(?![\w])(?P<third>[-–/]{_SYMBOL})?"
)
_GLUED = re.compile(r"(?<=[A-Z0-9])(?:exon|ex|e)\d{1,2}$")
"""An exon glued to its gene: "NAB2ex6-STAT6ex17"."""
GLUED_EXONS = pattern(
    r"(?<=[A-Z0-9])(?:exon|ex|e)\d{1,2}\s?(?:-|–|::?)\s?[A-Z][A-Za-z0-9]{1,9}(?:exon|ex|e)\d{1,2}\b"
)
"""Two genes with their exons glued to them, neither of which is a word that is known."""
_SPACED = pattern(
    rf"(?<![\w-])(?P<a>{_SYMBOL})\s(?P<b>{_SYMBOL})\s(?:gene\s)?(?=fusions?\b|translocations?\b|rearrangements?\b"
    rf"|transcripts?\b)"
)
_FUSED = pattern(
    r"\b(?:fusions?|fused|fuse[sd]?|chim(?:a?e)ric|transcripts?|translocat(?:ion|ed)|rearrange(?:ment"
    r"|ments|d)|oncogenes?|junction|inversion|gene)\b|[-–]fusions?\b",
    re.IGNORECASE,
)
_GENE_EXON = (
    r"(?:\(?exons?\s\d{{1,2}}\s(?:of\s)?(?P<{0}>[A-Z][A-Za-z0-9]{{1,11}})"
    r"|(?P<{0}2>[A-Z][A-Za-z0-9]{{1,11}})[\s(]{{1,2}}exons?"
    r"\s\d{{1,2}}\)?)"
)
_EXON_TO_EXON = pattern(
    _GENE_EXON.format("a") + r",?\s(?P<link>(?:(?:was|is|being|in[\s-]frame)\s){0,2}"
    r"(?:joined|fused|linked|spliced|connected|coupled)\s(?:in[\s-]frame\s)?(?:to|with)|to|with|and)\s(?:the\s)?"
    + _GENE_EXON.format("b")
    + r"(?![\w])"
)
"""Two genes by the exons that are joined: "exon 5 of ETV6 to exon 15 of NTRK3"."""
_OF = pattern(
    r"\b(?:fusions?|junctions?|transcripts?)\s(?:genes?\s|transcripts?\s|proteins?\s|event\s"
    r"|product\s){0,2}(?:that\s)?(?:consist(?:ing|ed|s)\s(?:of|in)|composed\sof|compris(?:ing|ed\sof)"
    r"|between|of|involving|with|formed\s(?:by|from)|linking|joining|combining|containing)\s",
    re.IGNORECASE,
)
_FUSED_TO = pattern(
    r"\b(?:fused|joined|fuses|fusing|juxtaposed)\b(?:\s(?:in[\s-]frame|out[\s-]of[\s-]frame))?\s(?:to"
    r"|with)\b",
    re.IGNORECASE,
)
_FUSION_AFTER = re.compile(
    r"[\s-](?:gene\s|positive\s|kinase\s|tyrosine\s|driven\s)?(?:gene\s)?fusions?\b(?![\s-](?:negative"
    r"|partner|probe|assay|panel|test))",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|with|to|plus)\b|[-–:+]", re.IGNORECASE)
_VERB = re.compile(
    r";|\.\s|\b(?:was|were|is|are|had|has|showed|revealed|detected|found|identified|wild|negative|positive|no|not"
    r"|without|mutat\w{2,4}|amplif\w{2,7})\b",
    re.IGNORECASE,
)
"""What parts two genes of which only the first is one of the fusion: "of ROS1 was detected, with wild-type EGFR"."""


_MOST_PAIRS = 60
"""Pairs of one sentence that are looked at: no report names more fusions in one breath."""


class FusionName(msgspec.Struct, frozen=True):
    """A fusion named at characters ``start`` to ``end``, 5' partner first."""

    start: int
    end: int
    five: str
    three: str
    remarks: tuple[str, ...] = ()


def find_fusions(view: View, named: list[Mention]) -> list[FusionName]:
    """Return the fusions that a sentence names, in order; ``named`` are its mentions of genes."""
    out = list(_written_as_pairs(view, named))
    out.extend(found for found in _spaced(view) if not _overlaps(found, out))
    out.extend(found for found in _by_exons(view) if not _overlaps(found, out))
    if view.has(PARTNER) is not None:
        told = (_oriented(start, end, one, other) for start, end, one, other in partnered(view, named))
        out.extend(found for found in told if not _overlaps(found, out))
    if view.has(_FUSED) is not None:
        out.extend(found for found in _told_in_words(view, named) if not _overlaps(found, out))
    return sorted(out, key=lambda found: found.start)


def _overlaps(one: FusionName, others: list[FusionName]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _written_as_pairs(view: View, named: list[Mention]) -> Iterator[FusionName]:
    """Yield "A-B", "A::B", "A/B" where one of the two is a gene that fuses and the context or the pair is known."""
    for match in islice(view.find(_PAIR), _MOST_PAIRS):
        first, second = _GLUED.sub("", match["a"]), _GLUED.sub("", match["b"])
        if match["third"] and match["sep"].strip() != "::":
            continue
        if any(m.start <= match.start("a") and m.end >= match.end("b") for m in named):
            continue
        sign = match["sep"].strip()
        found = _pair(first, second, ordered=sign == "::")
        if found is None:
            continue
        five, three, remarks = found
        known = known_pair(five, three) is not None
        if (
            sign in ("::", "--")
            or (known and sign != ":")
            or (sign != "/" and _told_to_fuse(view, match.start(), match.end()))
            or (sign == "/" and bool(_FUSION_AFTER.match(view.whole, match.end(), view.end)))
        ):
            end = match.end("b") if not match["third"] else match.start("third")
            after = _FUSION_AFTER.match(view.whole, end, view.end)
            yield FusionName(match.start(), after.end() if after else end, five, three, remarks)


def _spaced(view: View) -> Iterator[FusionName]:
    """Yield "PAX3 FOXO1 fusion" where the two are known to fuse."""
    for match in islice(view.find(_SPACED), _MOST_PAIRS):
        found = _pair(match["a"], match["b"])
        if found is not None and known_pair(found[0], found[1]) is not None:
            yield FusionName(match.start(), match.end("b"), *found)


def _by_exons(view: View) -> Iterator[FusionName]:
    """Yield "exon 5 of ETV6 to exon 15 of NTRK3"; exons that only stand side by side where the pair is known."""
    for match in islice(view.find(_EXON_TO_EXON), _MOST_PAIRS):
        found = _pair(match["a"] or match["a2"], match["b"] or match["b2"], ordered=True)
        if found is None:
            continue
        joins = match["link"] == "to" or len(match["link"]) > len("with")
        if (
            joins
            or known_pair(found[0], found[1]) is not None
            or _told_to_fuse(view, match.start(), match.end())
        ):
            yield FusionName(match.start(), match.end(), *found)


def _told_to_fuse(view: View, start: int, end: int) -> bool:
    return view.has(_FUSED, max(view.start, start - 60), min(view.end, end + 40)) is not None


def _pair(first: str, second: str, *, ordered: bool = False) -> tuple[str, str, tuple[str, ...]] | None:
    """Return (5' partner, 3' partner, remarks), or None where the two names are not two genes.

    ``ordered``: written with "::", the sign that says which partner is the 5' one (HGNC, 2021): only a kinase, whose
    domain lies where it must, is put elsewhere.
    """
    one, other = genes.lookup(first), genes.lookup(second)
    if one is not None and (other is None or "no gene" in other.remark):
        other = genes.lookup_partner(second, one.term.key)
    elif other is not None and (one is None or "no gene" in one.remark):
        one = genes.lookup_partner(first, other.term.key)
    if one is None or other is None or one.term.key == other.term.key:
        return None
    if not (_fuses(one.term.key) or _fuses(other.term.key) or one.term.kinase or other.term.kinase):
        return None
    five, three, turned = genes.orient(one.term.key, other.term.key)
    if ordered and not (one.term.kinase or other.term.kinase):
        five, three, turned = one.term.key, other.term.key, ""
    remarks = tuple(remark for remark in (one.remark, other.remark, turned) if remark)
    return five, three, remarks


def _fuses(symbol: str) -> bool:
    return bool(partners(symbol))


def _told_in_words(view: View, named: list[Mention]) -> Iterator[FusionName]:
    """Yield "fusion of A with B" and "A was fused to B": two different genes around the word, and no verb between."""
    for match in view.find(_OF):
        after = [m for m in named if match.end() <= m.start <= match.end() + 130]
        own = _fused_with(view, named, match, after)
        if own is not None:
            yield _oriented(own.start, after[0].end, own, after[0])
            continue
        pair = _first_two(after)
        between = view.whole[pair[0].end : pair[1].start] if pair else ""
        if pair and _AND.search(between) and not _VERB.search(between):
            start = min(match.start(), pair[0].start)
            before = [m for m in named if 0 <= match.start() - m.end <= 2]
            if before and before[0].key == pair[0].key:
                continue
            yield _oriented(start, pair[1].end, pair[0], pair[1])
        elif pair is None and after and match[0].rstrip().endswith("with"):
            before = [m for m in named if 0 <= match.start() - m.end <= 12]
            if before and before[-1].key != after[0].key:
                yield _oriented(before[-1].start, after[0].end, before[-1], after[0])
    for match in view.find(_FUSED_TO):
        before = [m for m in named if match.start() - 90 <= m.start and m.end <= match.start()]
        after = [m for m in named if match.end() <= m.start <= match.end() + 90]
        if before and after and before[-1].key != after[0].key:
            yield _oriented(before[-1].start, after[0].end, before[-1], after[0])


def _fused_with(
    view: View, named: list[Mention], match: re.Match[str], after: list[Mention]
) -> Mention | None:
    """Return the gene right before "fusion with", whose partner stands right behind: "a ROS1 fusion with CD74"."""
    if not match[0].rstrip().endswith("with") or not after:
        return None
    if not _NEXT_NAME.fullmatch(view.whole, match.end(), after[0].start):
        return None
    own = [m for m in named if 0 <= match.start() - m.end <= 1 and m.key != after[0].key]
    return own[-1] if own else None


_NEXT_NAME = re.compile(r"(?:the\s|its\s|a\s)?(?:gene\s|partner\s(?:gene\s)?)?(?:exon\s\d{1,2}\s(?:of\s)?)?")


def _first_two(mentions: list[Mention]) -> tuple[Mention, Mention] | None:
    for mention in mentions[1:]:
        if mention.key != mentions[0].key:
            return mentions[0], mention
    return None


def _oriented(start: int, end: int, one: Mention, other: Mention) -> FusionName:
    five, three, turned = genes.orient(one.key, other.key)
    return FusionName(start, end, five, three, (turned,) if turned else ())
