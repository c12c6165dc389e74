"""What a sentence says of genes: fusions, rearrangements, variants, amplifications and deletions, found or not found.

A gene counts only with a word of its field ("mutation", "rearranged", "V600E"); a list of genes shares it. Each finding
is positive or negative; where the sentence only says that a gene was looked at, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.aspects import find_aspects, second_hits
from caseboard.narrative.chromosomes import NEEDS as CHROMOSOMES
from caseboard.narrative.chromosomes import find_chromosomal
from caseboard.narrative.finding import Finding, is_adjective
from caseboard.narrative.finding_polarity import polarity
from caseboard.narrative.finding_told import is_told
from caseboard.narrative.fusions import GLUED_EXONS, FusionName, find_fusions
from caseboard.narrative.genes_named import FAMILY, MOST_NAMED, gene_lists, gene_mentions
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.probes import ELIDED, RATIO, elided, probed, ratios
from caseboard.narrative.refuted_findings import without_refuted
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.targets import names_no_product
from caseboard.narrative.two_methods import found_by_another
from caseboard.narrative.variants import VariantName, find_variants
from caseboard.narrative.view import View
from caseboard.terms import hotspots

__all__ = ["NEEDS", "find_alterations"]

_TRANSLOCATION = pattern(
    r"\bt\s?\(\s?[XY\d]{1,2}\s?;\s?[XY\d]{1,2}\s?\)(?:\s?\(\s?[pq][\d.]{1,5}\s?;\s?[pq][\d.]{1,5}\s?\))?",
)
_EXPRESSION = pattern(
    r"\b(?P<down>reduc(?:tion|ed)|decreas(?:ed?|ing)|down-?regulat(?:ion|ed)|loss|low(?:er)?)\b"
    r"|\b(?P<up>increas(?:ed?|ing)|up-?regulat(?:ion|ed)|over-?expression|high(?:er)?|elevat(?:ion"
    r"|ed))\b",
    re.IGNORECASE,
)
_OF_EXPRESSION = pattern(
    r"\b(?:significant(?:ly)?|marked(?:ly)?|strong(?:ly)?)\s(?:[a-z-]{4,14}\s){0,2}(?:of"
    r"|in)\s(?:gene\s)?expression\b|\bexpression\s(?:levels?\s)?of\b[^.;]{0,60}\b(?:was"
    r"|were)\s(?:significantly|markedly|strongly)\s[a-z-]{4,14}\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|no|not|absence of|lacking|but not|rather than|instead of)\s(?:[a-z]{1,12}\s){0,3}$",
    re.IGNORECASE,
)
_GLUED = pattern(
    r"\b(?P<gene>BRAF|KRAS|NRAS|HRAS|EGFR|IDH1|IDH2|PIK3CA|KIT|ALK|AKT1|MYD88|JAK2|ESR1"
    r"|ROS1)(?P<change>[A-Z]\d{2,4}[A-Z])\b",
)
_ALONE = pattern(r"\b(?:" + "|".join(hotspots.hotspots()) + r")\b")
"""Protein changes that name their gene, where no gene is named: "a biopsy was negative for T790M"."""
NEEDS = (
    Needs("gene", patterns=(FAMILY, _GLUED, _TRANSLOCATION, ELIDED, RATIO, _ALONE, GLUED_EXONS)) | CHROMOSOMES
)
_REASON = re.compile(
    r"\b(?:in\s(?:view|light)\sof|because\sof|given|due\sto|despite|based\son|possession\sof|owing\sto)\s"
    r"(?:(?:the|her|his|a|an|this|that|its|known|germline|somatic|presence|of|identified|detected)\s){0,4}$",
    re.IGNORECASE,
)
"""What recalls a finding that was told before."""
_OWNED_AFTER = re.compile(
    r"[\s,]{0,2}(?:[()]\s?)?(?:(?:mutation|variant|substitution|alteration|deletion)s?\s)?(?:was\s(?:found"
    r"|detected|identified)\s)?(?:in|of)\s(?:the\s)?(?:exon\s?\d{1,2}\s(?:of\s)?(?:the\s)?)?",
    re.IGNORECASE,
)
_BUT_FOUND = re.compile(
    r"[^.;]{0,80}?\bnegative\b[^.;,]{0,60},?\sbut\s(?:was\s)?(?:positive|detected|found)\s(?P<by>(?:by|with|on"
    r"|using)\s(?:(?!in\b|at\b)[\w-]{2,18}\s?){1,3})(?<!\s)",
    re.IGNORECASE,
)
_IN_OWN_BRACKET = re.compile(
    r"(?:\sexon\s?\d{1,2})?(?:\s(?:mutation|variant|deletion|substitution))?\s?[(\[][^()\[\]]{1,40}"
)
"""What leads from a gene to its variant in the same brackets: "RB1 (c.1654C>T; p.R552*)"."""
_ENDS_STATEMENT = re.compile(r";|\.\s")
_JOINED = re.compile(r"\b(?:and|or|plus|no|not|without|but|persist\w{0,3})\b")


def find_alterations(view: View, *, molecular: bool = True) -> list[Finding]:
    """Return what a sentence finds of genes, in order, with what it finds absent.

    ``molecular``: a molecular method is named, so that the loss of a gene is no loss of its stain.
    """
    if not view.holds(NEEDS):
        return []
    return view.once(("alterations", molecular), lambda: _find(view, molecular=molecular))


def _find(view: View, *, molecular: bool) -> list[Finding]:
    named = gene_mentions(view)
    out: list[Finding] = []
    if named or view.has(_ALONE) is not None or view.has(GLUED_EXONS) is not None:
        fusions = find_fusions(view, named)[:MOST_NAMED]
        variants = find_variants(view, view.start, view.end)[:MOST_NAMED]
        free = [m for m in named if not any(f.start <= m.start < f.end for f in fusions)]
        out.extend(finding for fusion in fusions if (finding := _fusion(view, fusion)) is not None)
        out.extend(_variants(view, named, variants))
        out.extend(list(second_hits(view, out)))
        known = _Known(fusions, variants, molecular=molecular)
        out.extend(f for f in find_aspects(view, free) if not known.says_more_than(view, free, f))
        out.extend(_expression(view, free))
        out.extend(f for f in probed(view, free) if f.gene not in {g for h in out for g in h.genes})
        out.extend(f for f in _part_negative(free, view) if f.gene not in {g for h in out for g in h.genes})
    out.extend(_glued(view))
    out.extend(ratios(view))
    out.extend(find_chromosomal(view))
    out.extend(_found_after_all(view, out))
    out.extend(
        f for f in found_by_another(view, named) if not any(f.start < g.end and g.start < f.end for g in out)
    )
    out.extend(f for f in elided(view) if not any(f.start < g.end and g.start < f.end for g in out))
    if not any(finding.type in ("fusion", "rearrangement") for finding in out):
        out.extend(_translocations(view))
    told = (_recalled(view, f) for f in without_refuted(view, out) if is_told(view, f))
    return sorted(told, key=lambda finding: (finding.start, finding.end))


def _found_after_all(view: View, found: list[Finding]) -> list[Finding]:
    """Return what one method did not find but another did: "negative by Sanger but positive by digital PCR"."""
    behind = ((one, _BUT_FOUND.match(view.whole, one.end, view.end)) for one in found if not one.positive)
    return [
        msgspec.structs.replace(one, end=match.end("by"), positive=True)
        for one, match in behind
        if match is not None
    ]


def _recalled(view: View, finding: Finding) -> Finding:
    """Return the finding, as one told in passing where it is only a reason or a remark behind the tumour's name."""
    low = max(view.start, finding.start - 60)
    behind = any(
        view.whole[t.end : finding.start] in (" (", " [", " with ", " with a ") for t in view.of("tumor")
    )
    if behind or _REASON.search(view.whole, low, finding.start) is not None:
        return msgspec.structs.replace(finding, adjective=True)
    return finding


_SEQUENCED_WHOLE = frozenset({"RB1", "TP53", "CDKN2A", "PTEN", "ATM", "BRCA1", "BRCA2", "NF1"})
"""Genes that a panel calls intact; of others, a stain is meant."""


class _Known:
    """What a sentence says more precisely than by "mutation", "fusion" or "loss" alone."""

    def __init__(self, fusions: list[FusionName], variants: list[VariantName], *, molecular: bool) -> None:
        self.paired = {gene for fusion in fusions for gene in (fusion.five, fusion.three)}
        self.variants = variants
        self.molecular = molecular

    def says_more_than(self, view: View, named: list[Mention], finding: Finding) -> bool:
        """Whether the same sentence tells a finding better: the pair of a fusion, the very variant, a lost stain."""
        if finding.type == "deletion":
            told = finding.change in (None, "loss") and not self.molecular
            return told and not names_no_product(view, finding)
        if not finding.positive and view.whole.startswith("intact", finding.end - 6):
            return not self.molecular or finding.gene not in _SEQUENCED_WHOLE
        if finding.type == "fusion":
            return self.paired.issuperset(finding.genes)
        if finding.type != "variant" or not finding.positive:
            return False
        own = [m for m in named if m.key == finding.gene and finding.start <= m.start < finding.end]
        return any(_owner(view, own, variant) in own for variant in self.variants) if own else False


def _fusion(view: View, fusion: FusionName) -> Finding | None:
    positive = polarity(view, fusion.start, fusion.end)
    if positive is None:
        return None
    return Finding(
        start=fusion.start,
        end=fusion.end,
        type="fusion",
        positive=positive,
        gene5=fusion.five,
        gene3=fusion.three,
        remarks=fusion.remarks,
        adjective=is_adjective(view, fusion.end),
    )


def _variants(view: View, named: list[Mention], variants: list[VariantName]) -> Iterator[Finding]:
    """Yield each variant with its gene; an exon event that a precise variant spells out is not told twice."""
    owned = [(variant, owner) for variant in variants if (owner := _owner(view, named, variant)) is not None]
    for index, (variant, owner) in enumerate(owned):
        if _ASSAYED.search(view.whole, max(view.start, variant.start - 140), variant.start) is not None:
            continue
        if not variant.precise and _is_spelled_out(view, variant, owned[index + 1 :], owned[:index]):
            continue
        start, end = min(owner.start, variant.start), max(owner.end, variant.end)
        if start < variant.start and _is_told_apart(view, owner, variant, owned[:index]):
            start = variant.start
        gone = _GONE.search(view.whole, max(view.start, variant.start - 50), variant.start) is not None
        if gone and owner.start > variant.end:
            end = variant.end  # "loss of T790M and an acquired C797S mutation in EGFR"
        positive = False if gone else polarity(view, start, end)
        if owner.end <= variant.start and _WITHOUT.search(
            view.whole, max(owner.end, variant.start - 30), variant.start
        ):
            positive = False
        if positive is None:
            continue
        end += view.whole[end : end + 1] == ")" and "(" in view.whole[start:end]
        yield Finding(
            start=start,
            end=end,
            type="variant",
            positive=positive,
            gene=owner.key,
            change=variant.change,
            adjective=is_adjective(view, end),
            remarks=_meaning(view, start, end),
        )


_GONE = re.compile(
    r"\b(?:loss|disappearance|clearance|vanishing)\sof\s(?:(?:the|both|her|his|its|known|former|original)\s){0,2}"
    r"(?:[A-Z][A-Z0-9]{1,8}\s)?(?:p\.\s?\(?)?$",
    re.IGNORECASE,
)
"""What tells that a variant was there no more: "loss of T790M"."""


def _is_told_apart(
    view: View, owner: Mention, variant: VariantName, earlier: list[tuple[VariantName, Mention]]
) -> bool:
    """Whether a variant far behind its gene has a day of its own: "EGFR was negative in April, and in June L858R"."""
    after = [t for t in view.times if t.absolute and owner.end <= t.start and t.end <= variant.start]
    verb = _FOUND_NEXT.search(view.whole, owner.end, variant.start) if owner.end < variant.start else None
    own = _FOUND_THEN.match(view.whole, variant.end, view.end) if earlier else None
    if verb is not None and (after or verb["contrast"]):
        return True
    return own is not None and any(t.absolute and t.start == own.end() for t in view.times)


_FOUND_NEXT = re.compile(
    r"(?:,?\s(?P<contrast>but|while|whereas)\b|,|;|\b(?:and|then)\b)[^.;]{0,60}\b(?:show|reveal|detect|found|identif"
    r"|harbou?r|demonstrat|disclos|yield|confirm)\w{0,4}\s(?:(?:an?|the|also|acquired|new|secondary)\s){0,3}$",
    re.IGNORECASE,
)
"""How a variant is told by a verb of its own, behind another statement on its gene."""
_FOUND_THEN = re.compile(
    r"(?:\s(?:mutation|variant))?,?\s(?:(?:which|that)\s(?:was|had\sbeen)\s)?(?:already\s|previously\s|originally\s)?"
    r"(?:found|detected|identified|seen|known|reported|present)\s(?:already\s)?(?:in|on|from|since)\s",
    re.IGNORECASE,
)
"""What leads from a variant to a day of its own: "in addition to the exon 19 deletion found in April 2019"."""
_ASSAYED = re.compile(
    r"\bto (?:assess|evaluate|determine|detect|identify|test for|search for|look for|screen for|cover)\b"
    r"[^;.]{0,40}\b(?:including|such as|namely|i\.e\.,?|e\.g\.,?)\s[^;.]{0,60}$",
    re.IGNORECASE,
)
"""What an assay looks for, and need not have found: "to evaluate the most frequent mutations, including H1047R"."""


def _meaning(view: View, start: int, end: int) -> tuple[str, ...]:
    """Return the remark that a variant is not known to matter, where its own words say so."""
    low, high = view.statement(start)
    behind = _UNCERTAIN.match(view.whole, end, min(high, end + 90))
    before = _UNCERTAIN_BEFORE.search(view.whole, max(low, start - 70), start)
    within = _UNCERTAIN.search(view.whole, start, end)
    return ("told to be of uncertain significance",) if behind or before or within else ()


_UNCERTAIN = re.compile(
    r"[)\s,(]{0,3}(?:\([^()]{1,30}\)\s?)?(?:(?:a|an|was|is|were|classified|reported|considered|as|variants?"
    r"|missense)[\s,(]{1,2}){0,4}"
    r"(?:VUS\b|(?:variants?\s)?of\s(?:unknown|uncertain|undetermined|unclear)\s(?:clinical\s)?significance)",
    re.IGNORECASE,
)
_UNCERTAIN_BEFORE = re.compile(
    r"\b(?:VUS|variants?\sof\s(?:unknown|uncertain|undetermined|unclear)\s(?:clinical\s)?significance)(?:\s\(VUS\))?"
    r"(?:\s(?:in|of|was|were|found|detected|identified|the|gene|namely|\()|[\s:,(]){0,6}$",
    re.IGNORECASE,
)


def _is_spelled_out(
    view: View,
    variant: VariantName,
    later: list[tuple[VariantName, Mention]],
    earlier: list[tuple[VariantName, Mention]],
) -> bool:
    """Whether the variant beside an exon event is that event: "exon 11 deletion W557_K558del"."""
    for other, _ in later[:1]:
        gap = view.whole[variant.end : other.start]
        if other.precise and len(gap) <= 30 and not _JOINED.search(gap) and _may_be(variant, other):
            return True
    return any(
        other.precise and variant.start - other.end <= 12 and _may_be(variant, other)
        for other, _ in earlier[-1:]
    )


def _may_be(event: VariantName, precise: VariantName) -> bool:
    """Whether a precise variant may be what an exon event tells: no exchange of one amino acid is a deletion."""
    return _OF_SOME.search(event.change) is None or _EXCHANGE.match(precise.change) is None


_OF_SOME = re.compile(r"\b(?:deletion|insertion|duplication|skipping)")
_EXCHANGE = re.compile(r"[A-Z]\d{1,4}[A-Z*](?![a-z])")


def _owner(view: View, named: list[Mention], variant: VariantName) -> Mention | None:
    """Return the gene that a variant is of: its own if it names one, else the one before it, or after "in" or "of"."""
    direct = [m for m in named if 0 <= variant.start - m.end <= 3]
    if direct:
        return direct[-1]
    own = hotspots.gene_of(variant.change)
    if own is not None:
        beside = [m for m in named if m.key == own and abs(m.end - variant.start) <= 100]
        return beside[-1] if beside else Mention(variant.start, variant.end, "gene", own)
    after = _OWNED_AFTER.match(view.whole, variant.end, view.end)
    following = [m for m in named if after is not None and after.end() <= m.start <= after.end() + 3]
    if following:
        return following[0]
    before = [m for m in named if m.end <= variant.start and variant.start - m.end <= 100]
    if before and (
        _IN_OWN_BRACKET.fullmatch(view.whole, before[-1].end, variant.start)
        or not _ENDS_STATEMENT.search(view.whole, before[-1].end, variant.start)
    ):
        return before[-1]
    return next((m for m in named if variant.start <= m.start < variant.end), None)


def _glued(view: View) -> Iterator[Finding]:
    """Yield "BRAFV600E", written as one word."""
    for match in view.find(_GLUED):
        positive = polarity(view, match.start(), match.end())
        if positive is not None:
            yield Finding(
                start=match.start(),
                end=match.end(),
                type="variant",
                positive=positive,
                gene=match["gene"],
                change=match["change"],
            )


_PART_NEGATIVE = re.compile(
    r"\s(?:V600(?:\s?E\s?/\s?K)?|[GQ]\d{2}|[Cc]odons?\s\d{1,3}(?:\s?[/,]\s?\d{1,3}){0,4}|(?:[Ee]xons?|ex\.?)\s?\d{1,2}"
    r"(?:\s?[/,–-]\s?\d{1,2}){0,5})(?:\smutations?)?\s?[:=]?\s(?:(?:was|were|is)\s)?"
    r"(?:negative|neg\b|wild[\s-]?type|wt\b|WT\b|clean\b|not\s(?:mutated|altered))"
)


def _part_negative(named: list[Mention], view: View) -> Iterator[Finding]:
    """Yield genes of which a part was read and nothing found: "BRAF V600 neg", "KIT exon 11 wild type"."""
    for mention in named:
        behind = _PART_NEGATIVE.match(view.whole, mention.end, view.end)
        if behind is not None:
            yield Finding(
                start=mention.start, end=behind.end(), type="variant", positive=False, gene=mention.key
            )


def _translocations(view: View) -> Iterator[Finding]:
    """Yield "t(2;5)(p23;q35)" where no gene is named with it."""
    if ";" not in view.text:
        return
    for match in view.find(_TRANSLOCATION):
        positive = polarity(view, match.start(), match.end())
        if positive is not None:
            yield Finding(
                start=match.start(),
                end=match.end(),
                type="rearrangement",
                positive=positive,
                change=re.sub(r"\s", "", match[0]),
            )


def _expression(view: View, named: list[Mention]) -> Iterator[Finding]:
    """Yield genes whose expression is told to have changed much, as sequencing of RNA finds it."""
    told = view.has(_OF_EXPRESSION)
    if told is None:
        return
    match = view.has(_EXPRESSION, told.start(), told.end()) or view.has(
        _EXPRESSION, max(view.start, told.start() - 30), told.end()
    )
    if match is None:
        return
    change = "reduced expression" if match["down"] else "increased expression"
    for group in gene_lists(view, named):
        if abs(group[-1].end - told.start()) <= 60 or told.start() <= group[0].start < told.end():
            for mention in group:
                start, end = min(mention.start, told.start()), max(mention.end, told.end())
                yield Finding(
                    start=start, end=end, type="other", positive=True, gene=mention.key, change=change
                )
