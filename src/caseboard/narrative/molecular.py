"""What a sentence says of genes: fusions, rearrangements, variants, amplifications and deletions, found or not found.

A gene counts only with a word of its field ("mutation", "rearranged", "V600E"); a list of genes shares it. Each finding
is positive or negative; where the sentence only says that a gene was looked at, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.fusions import FusionName, find_fusions
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.variants import VariantName, find_variants
from caseboard.narrative.view import View
from caseboard.terms import genes

__all__ = ["FAMILIES", "MOST_NAMED", "Finding", "find_alterations", "gene_mentions"]

MOST_NAMED = 50
"""Genes or markers of one sentence that are looked at: no report gives more results in one breath."""
FAMILIES = frozenset({"NTRK", "RAS", "FGFR", "PDGFR", "BRCA", "HRR"})
"""Families of genes that are tested and told as if they were one gene."""

AlterationType = Literal["fusion", "rearrangement", "variant", "amplification", "deletion", "other"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one gene, or of a fusion, at characters ``start`` to ``end``.

    ``adjective``: it only tells a tumour apart ("ROS1-rearranged sarcoma"), as one does with what is known already.
    """

    start: int
    end: int
    type: AlterationType
    positive: bool
    gene: str | None = None
    gene5: str | None = None
    gene3: str | None = None
    change: str | None = None
    remarks: tuple[str, ...] = ()
    adjective: bool = False

    @property
    def genes(self) -> tuple[str, ...]:
        """Every gene named, 5' partner first."""
        return tuple(gene for gene in (self.gene5, self.gene3, self.gene) if gene)


_KINDS: tuple[tuple[str, str], ...] = (
    ("rearrangement", r"(?:gene\s)?(?:re-?arrange(?:ments?|d)|translocat(?:ions?|ed)|break[\s-]?aparts?|breakages?|breakpoints?|breaks?\b|splits?(?:[\s-]signals?)?|disruptions?|inversions?)"),
    ("fusion", r"(?:gene\s|kinase\s)?fusions?(?:\s(?:genes?|transcripts?|events?|proteins?))?"),
    ("amplification", r"(?:(?:high|low)[\s-]level\s|gene\s)?(?:co-?)?(?:amplif(?:ications?|ied)|amp\b)|(?:copy[\s-]number\s)gains?"),
    ("deletion", r"(?:homozygous(?:ly)?\s|biallelic(?:ally)?\s|hemizygous\s|heterozygous\s|gene\s|focal\s|copy[\s-]number\s)?(?:deletions?|deleted|loss(?:\sof\sheterozygosity)?(?!\sof\s(?:expression|staining|nuclear|protein)))"),
    ("wild", r"(?:wild[\s-]{0,2}type(?!\s(?:pattern|staining|expression|immuno))|WT\b|wt\b|unmutated|unaltered|unrearranged|non-?mutated|non-?amplified|non-?rearranged)"),
    ("variant", r"(?:gene\s)?(?:(?:point|missense|nonsense|frameshift|activating|hotspot|somatic|germline|pathogenic|driver|truncating|inactivating|promoter|secondary|resistance|gatekeeper|new|novel|acquired|splice[\s-]site|sensitizing)\s){0,3}(?:mutations?|mutated|mutants?|variants?|alterations?)"),
)  # fmt: skip
_NAMED_KINDS = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _KINDS)
_BETWEEN = (
    r"(?:\s?\([A-Za-z0-9 -]{1,25}\))?(?:[\s-](?:genes?|loc(?:us|i)|oncogenes?|kinase|tyrosine|receptor|region|alleles?|status|fragment|FISH|testing|exons?\s?\d{1,2}(?:\s?[-–]\s?\d{1,2})?|with|by|a|the|an|in-frame|was|were|is|are|had|has|been|be|being|found|shown|seen|also|both|all|to|showed|harbored|carried"
    r"|not|no|any|without|or|and|dosage|abnormalities|secondary|significant|obvious)){0,6}"
)
_AFTER = re.compile(rf"{_BETWEEN}[\s-]{{1,2}}(?:{_NAMED_KINDS})(?![A-Za-z])", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b(?:{_NAMED_KINDS})(?:\s(?:or|and|/)\s[a-z -]{{3,30}})?(?:\s(?:was|were|is|are|has been))?(?:\s(?:detected|found|identified|observed|seen|present|noted|revealed|evident|demonstrated))?"
    r"\s?(?:of|in|at|on|for|affecting|involving|within|targeting|:)?\s?(?:(?:the|both|either|genes?|oncogenes?|any|exons?\s?\d{1,2}(?:\s?[-–]\s?\d{1,2})?|of|in|a|codons?\s\d{1,4}|tested|following|including|its|intron\s?\d{1,2})\s?){0,5}$",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(r"(?:\s?\([A-Za-z0-9-]{1,14}\))?\s?(?:genes?\s?)?(?:,\s?(?:and|or|nor|as well as)?|/|&|\+|\band\b|\bor\b|\bnor\b|\bas well as\b)\s?(?:the\s|in\s)?", re.IGNORECASE)
_NEGATIVE_BEFORE = re.compile(
    r"\b(?:no|not|without|neither|nor|negative for|negative|absence of|lack(?:ed|ing|s)?(?: of)?|devoid of|exclud(?:ed|ing)|ruled out|failed to [a-z]{3,12}|free of|none of|rather than|any)\b"
    r"(?!\s(?:only|longer))(?![^,;.]{0,80}\b(?:but|except|however|other than|revealed|showed|positive|harbou?red|carried)\b)[^;.]{0,100}$",
    re.IGNORECASE,
)
_SAME_STATEMENT = r"(?:(?!\b(?:while|but|whereas|although|however|was|were|is|are|with|showed|revealed)\b)[^.;]){0,80}?"
_NEGATIVE_AFTER = re.compile(
    r"^(?:" + _SAME_STATEMENT + r"\b(?:was|were|is|are|came back|returned|tested|remained|proved|has been|have been|could)\s(?:also\s|both\s|all\s|be\s)?(?:negative|absent|not\b|undetect\w{2,4}|excluded|ruled out|un(?:remarkable|altered)|normal|wild)"
    r"|[\s:,)-]{0,3}(?:status\s|gene\s|mutations?\s|fusions?\s|rearrangements?\s|testing\s|results?\s){0,2}[:=]?\s?[(]?(?:negative|neg\b|absent|not (?:detected|found|identified|observed|seen|present)|undetected|none|excluded|[-–−](?=[,;.)\s]|$)))",
    re.IGNORECASE,
)
_POSITIVE_AFTER = re.compile(
    r"^" + _SAME_STATEMENT + r"\b(?:(?:was|were|is|are|came back|returned|tested)\s(?:also\s|both\s|all\s)?(?:positive|detected|found|identified|present|confirmed|evidenced|seen|observed|revealed|demonstrated|noted|reported)|positive|showed|revealed|detected|confirmed|identified|demonstrated)\b",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"\b(?:test(?:ed|ing|s)?|analy[sz](?:ed|is|es|ing)|screen(?:ed|ing)?|probes?|assays?|evaluat(?:ed|ion|ing)|assess(?:ed|ment|ing)?|examin(?:ed|ation|ing)|investigat(?:ed|ion|ing)|search(?:ed|ing)?|look(?:ed|ing)?|check(?:ed|ing)?|cover(?:s|ed|ing)|determin(?:e|ed|ing)|stud(?:y|ied|ies)|detection|sequencing)"
    r"\s(?:was\s|were\s|performed\s|done\s|carried\sout\s|additionally\s){0,3}(?:[a-z-]{2,15}\s){0,2}?(?:for|of|on)\s(?:[A-Za-z0-9,/() -]{0,60})?$",
    re.IGNORECASE,
)
_LOOKED_AT_AFTER = re.compile(r"^\s(?:gene\s)?(?:test(?:ing|s)?|analys[ei]s|status|screening|assays?|probes?|panels?|evaluation|assessment)\b", re.IGNORECASE)
_FOUND_BEFORE = re.compile(r"\b(?:show(?:ed|s|ing)?|reveal(?:ed|s|ing)?|detect(?:ed|s|ing)|identif(?:ied|ies|ying)|harbou?r(?:ed|s|ing)?|carr(?:ied|ies|ying)|confirm(?:ed|s|ing)|demonstrat(?:ed|es|ing)|disclos(?:ed|es)|found|presence|positive|evidenced|indicat(?:ed|es|ing)|documented|uncovered|unveiled)\b|:\s", re.IGNORECASE)
_NOT_SAID = re.compile(
    r"\b(?:should|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?|awaited|suggest(?:s|ed)? (?:testing|performing)|to (?:rule out|exclude|look for|search for|assess|evaluate|determine|detect|confirm)|whether|possib(?:le|ility)|suspect(?:ed)?|if\b|inhibitors?\b(?= (?:for|in)))\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_GENERAL = pattern(
    r"\b(?:usually|often|typically|commonly|generally|frequently|characteristic(?:ally)?|in (?:most|some|many|several|up to|about|approximately) (?:\d|cases|patients|of)|% of (?:the )?(?:cases|patients|tumou?rs|[A-Z]{2,5}s)\b|(?:have|has) been (?:reported|described|associated|shown)|such as|a (?:report|study) (?:showed|found)|(?:is|are) (?:known|associated|thought|considered|found in|present in|seen in|described|reported)|previously (?:described|reported))\b",
    re.IGNORECASE,
)
_NOT_GENE_AFTER = re.compile(r"^[\s-](?:inhibit\w{2,5}|TKIs?\b|antibod\w{1,3}|blockade|antagonists?|agonists?|targeted|directed|receptor agonist|pathway|signal(?:l)?ing|expression\b)", re.IGNORECASE)
_ADJECTIVE = re.compile(r"^\S{0,30}[-\s](?:rearranged|mutated|mutant|amplified|fused|driven|positive|translocated|deleted|altered|harbou?ring)$", re.IGNORECASE)
_TRANSLOCATION = pattern(r"\bt\s?\(\s?[XY\d]{1,2}\s?;\s?[XY\d]{1,2}\s?\)(?:\s?\(\s?[pq][\d.]{1,5}\s?;\s?[pq][\d.]{1,5}\s?\))?")
_EXPRESSION = pattern(
    r"\b(?P<down>reduc(?:tion|ed)|decreas(?:ed?|ing)|down-?regulat(?:ion|ed)|loss|low(?:er)?)\b|\b(?P<up>increas(?:ed?|ing)|up-?regulat(?:ion|ed)|over-?expression|high(?:er)?|elevat(?:ion|ed))\b", re.IGNORECASE
)
_OF_EXPRESSION = pattern(r"\b(?:significant(?:ly)?|marked(?:ly)?|strong(?:ly)?)\s(?:[a-z-]{4,14}\s){0,2}(?:of|in)\s(?:gene\s)?expression\b|\bexpression\s(?:levels?\s)?of\b[^.;]{0,60}\b(?:was|were)\s(?:significantly|markedly|strongly)\s[a-z-]{4,14}\b", re.IGNORECASE)


_FISH = pattern(r"\bFISH\b|[Ff]luorescen(?:ce|t)[\s-]{1,2}in")
_FIVE_PRIME = frozenset({"EWSR1", "FUS", "SS18", "TAF15", "COL1A1", "FGFR1", "FGFR2", "FGFR3", "TMPRSS2", "NAB2", "HEY1", "PAX3", "PAX7"})
"""Genes that are the 5' partner of nearly all their fusions."""


def gene_mentions(view: View) -> list[Mention]:
    """Return the genes that a sentence names, one for "SS18 (SYT)", without parts of longer names."""
    out: list[Mention] = []
    for mention in sorted((*_series(view), *_families(view)), key=lambda m: m.start):
        if view.whole[mention.end : mention.end + 1].isalnum() or view.whole[mention.start - 1 : mention.start].isalnum():
            continue
        if out and out[-1].start == mention.start and out[-1].key == mention.key:
            continue
        if out and out[-1].key == mention.key and view.whole[out[-1].end : mention.start].strip() in ("(", "/"):
            close = mention.end + (view.whole[mention.end : mention.end + 1] == ")")
            out[-1] = msgspec.structs.replace(out[-1], end=close)
        else:
            out.append(mention)
    return out[:MOST_NAMED]


_MORE = re.compile(r"(?:\s?[/,]\s?(?:\d{1,2}|[A-D])(?![A-Za-z0-9.%])){1,4}|\s?[-–]\s?(?P<last>\d)(?![\d.%A-Za-z])")
_FAMILY = pattern(rf"\b(?:{'|'.join(sorted(FAMILIES))})\b(?![-\s]?\d)")


def _series(view: View) -> Iterator[Mention]:
    """Yield the genes named, with those that "NTRK1/2/3", "FGFR1-3" and "CDKN2A/B" mean beside the first."""
    for mention in view.of("gene"):
        yield mention
        more = _MORE.match(view.whole, mention.end, min(view.end, mention.end + 16)) if mention.key[-1:].isalnum() else None
        if more is None or view.whole[mention.end - 1] != mention.key[-1]:
            continue
        stem = mention.key[:-1]
        if more["last"]:
            first = mention.key[-1]
            names = [str(n) for n in range(int(first) + 1, int(more["last"]) + 1)] if first.isdigit() and first < more["last"] else []
        else:
            names = re.findall(r"[0-9A-D]+", more[0])
        for name in names:
            if stem + name in genes.vocabulary():
                yield msgspec.structs.replace(mention, end=more.end(), key=stem + name)


def _families(view: View) -> Iterator[Mention]:
    """Yield genes that are named by their family: "NTRK fusions", "RAS wild type"."""
    for match in view.find(_FAMILY):
        if not any(m.start <= match.start() < m.end for m in view.of("gene", "drug")):
            yield Mention(match.start(), match.end(), "gene", match[0])


def find_alterations(view: View, *, molecular: bool = True) -> list[Finding]:
    """Return what a sentence finds of genes, in order, with what it finds absent.

    ``molecular``: a molecular method is named, so that the loss of a gene is no loss of its stain.
    """
    named = gene_mentions(view)
    out: list[Finding] = []
    if named:
        fusions = find_fusions(view, named)[:MOST_NAMED]
        out.extend(finding for fusion in fusions if (finding := _fusion(view, fusion)) is not None)
        free = [m for m in named if not any(f.start <= m.start < f.end for f in fusions)]
        variants = find_variants(view, view.start, view.end)[:MOST_NAMED]
        out.extend(_variants(view, named, variants))
        paired = {gene for fusion in fusions for gene in (fusion.five, fusion.three)}
        for finding in _aspects(view, free, variants):
            only_lost = finding.type == "deletion" and finding.change is None and not molecular
            if not (only_lost or (finding.type == "fusion" and paired.issuperset(finding.genes))):
                out.append(finding)
        out.extend(_expression(view, free))
    out.extend(_glued(view))
    if not any(finding.type in ("fusion", "rearrangement") for finding in out):
        out.extend(_translocations(view))
    return sorted((f for f in out if _told(view, f)), key=lambda finding: (finding.start, finding.end))


def _told(view: View, finding: Finding) -> bool:
    """Whether the finding is one of this patient, not a plan, not a general statement, no part of a tumour's name."""
    if any(tumor.start <= finding.start and finding.end <= tumor.end for tumor in view.of("tumor")):
        return False
    low, high = view.clause(finding.start)
    if _NOT_SAID.search(view.whole, max(low, finding.start - 90), finding.start) and not _POSITIVE_AFTER.match(view.whole[finding.end : high]):
        return bool(_NEGATIVE_AFTER.match(view.whole[finding.end : high]))
    if view.has(_GENERAL, low, high) is not None or hypothetical(view, finding.start, finding.end):
        return False
    return not of_someone_else(view, finding.start, finding.end)


def _fusion(view: View, fusion: FusionName) -> Finding | None:
    positive = _polarity(view, fusion.start, fusion.end)
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
        adjective=_is_adjective(view, fusion.start, fusion.end),
    )


def _is_adjective(view: View, start: int, end: int) -> bool:
    """Whether a tumour's name follows at once: "ROS1-rearranged IMT"."""
    low = max(end, start)
    following = re.match(r"[-\s]?(?:positive|rearranged|driven|mutated|mutant|translocated|fused|associated)?[-\s]", view.whole[low : low + 16])
    reach = low + (following.end() if following else 0)
    return any(low <= tumor.start <= reach + 28 and not re.search(r"[,;.]|\b(?:and|in|of|was|were)\b", view.whole[reach : tumor.start]) for tumor in view.of("tumor"))


def _polarity(view: View, start: int, end: int) -> bool | None:
    """Return whether what stands at ``start`` to ``end`` was found; None where it was only looked for."""
    low, _ = view.clause(start)
    _, high = view.clause(end - 1)
    after = view.whole[end : min(max(high, end), end + 130)]
    before = view.whole[max(low, start - 110) : start]
    negative_after = _NEGATIVE_AFTER.match(after)
    positive_after = _POSITIVE_AFTER.match(after)
    if negative_after and not (positive_after and positive_after.end() < negative_after.end()):
        return False
    denied = _NEGATIVE_BEFORE.search(before)
    found = None
    for found in _FOUND_BEFORE.finditer(before):
        pass
    if _LOOKED_AT_AFTER.match(after):
        return True if positive_after else None
    looked = _LOOKED_AT.search(before)
    if denied is not None and (found is None or found.start() < denied.start()):
        return False
    if looked is not None and (found is None or found.end() <= looked.start()):
        return True if positive_after else None
    return True


def _variants(view: View, named: list[Mention], variants: list[VariantName]) -> Iterator[Finding]:
    """Yield each variant with its gene; an exon event that a precise variant spells out is not told twice."""
    owned = [(variant, owner) for variant in variants if (owner := _owner(view, named, variant)) is not None]
    for index, (variant, owner) in enumerate(owned):
        if not variant.precise and _spelled_out(view, variant, owned[index + 1 :], owned[:index]):
            continue
        start, end = min(owner.start, variant.start), max(owner.end, variant.end)
        if owner.start > variant.end or variant.start - owner.end > 60:
            start, end = min(start, variant.start), end
        positive = _polarity(view, start, end)
        if owner.end <= variant.start and _WITHOUT.search(view.whole, max(owner.end, variant.start - 30), variant.start):
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
            adjective=_is_adjective(view, start, end),
        )


def _glued(view: View) -> Iterator[Finding]:
    """Yield "BRAFV600E", written as one word."""
    for match in view.find(_GLUED):
        positive = _polarity(view, match.start(), match.end())
        if positive is not None:
            yield Finding(
                start=match.start(), end=match.end(), type="variant", positive=positive, gene=match["gene"], change=match["change"]
            )


def _spelled_out(view: View, variant: VariantName, later: list[tuple[VariantName, Mention]], earlier: list[tuple[VariantName, Mention]]) -> bool:
    for other, _ in later[:1]:
        gap = view.whole[variant.end : other.start]
        if other.precise and len(gap) <= 30 and not re.search(r"\b(?:and|or|plus)\b", gap):
            return True
    return any(other.precise and variant.start - other.end <= 12 for other, _ in earlier[-1:])


_WITHOUT = re.compile(r"\b(?:without|no|not|absence of|lacking|but not)\s(?:[a-z]{2,12}\s){0,3}$", re.IGNORECASE)
_GLUED = pattern(r"\b(?P<gene>BRAF|KRAS|NRAS|HRAS|EGFR|IDH1|IDH2|PIK3CA|KIT|ALK|AKT1|MYD88|JAK2|ESR1|ROS1)(?P<change>[A-Z]\d{2,4}[A-Z])\b")
_OWNED_AFTER = re.compile(r"[\s,]{0,2}[()]?(?:(?:mutation|variant|substitution|alteration|deletion)s?\s)?(?:was\s(?:found|detected|identified)\s)?(?:in|of)\s(?:the\s)?(?:exon\s?\d{1,2}\s(?:of\s)?(?:the\s)?)?", re.IGNORECASE)


def _owner(view: View, named: list[Mention], variant: VariantName) -> Mention | None:
    """Return the gene that a variant is of: the one before it, or the one after "in" or "of"."""
    inside = [m for m in named if variant.start <= m.start < variant.end]
    after = _OWNED_AFTER.match(view.whole, variant.end, view.end)
    if after is not None:
        following = [m for m in named if after.end() <= m.start <= after.end() + 3]
        if following:
            return following[0]
    before = [m for m in named if m.end <= variant.start and variant.start - m.end <= 100]
    if not before or re.search(r"[;]|\.\s", view.whole[before[-1].end : variant.start]):
        return inside[0] if inside else None
    return before[-1]


def _aspects(view: View, named: list[Mention], variants: list[VariantName]) -> Iterator[Finding]:
    """Yield rearranged, amplified, deleted, mutated and wild-type genes; lists of genes share the word."""
    for group in _groups(view, named):
        stop = min(view.end, group[-1].end + 110)
        following = next((m.start for m in named if m.start >= group[-1].end), stop)
        match = _AFTER.match(view.whole, group[-1].end, min(stop, max(following, group[-1].end)))
        shared = group
        if match is None:
            match = _BEFORE.search(view.whole, max(view.start, group[0].start - 110), group[0].start)
            if match is None or _taken(view, named, match):
                continue
        kind = next(name for name, _ in _KINDS if match[name])
        if kind == "variant" and match[kind].lower().startswith("alteration") and view.has(_FISH) is not None:
            kind = "rearrangement"
        positive = kind != "wild" and _aspect_polarity(view, match, shared)
        if positive is None or _NOT_GENE_AFTER.match(view.whole[group[-1].end : group[-1].end + 24]):
            continue
        if kind == "deletion" and "exon" in match[0].lower():
            continue
        for mention in shared:
            if kind == "variant" and positive and _has_variant(view, mention, variants):
                continue
            start, end = min(mention.start, match.start()), max(mention.end, match.end())
            single = kind == "fusion"
            last = single and mention.key not in _FIVE_PRIME
            yield Finding(
                start=start,
                end=end,
                type="variant" if kind in ("variant", "wild") else _type(kind),
                positive=bool(positive),
                gene=None if single else mention.key,
                gene5=mention.key if single and not last else None,
                gene3=mention.key if last else None,
                change=_change(kind, match) if match[kind] else None,
                adjective=match.start() >= mention.end and _is_adjective(view, mention.start, match.end()),
            )


def _taken(view: View, named: list[Mention], match: re.Match[str]) -> bool:
    """Whether the word before a gene belongs to the gene before it ("ALK rearrangement, ROS1")."""
    return any(0 <= match.start() - m.end <= 2 for m in named) and not re.search(r"\b(?:of|in|involving|affecting|at)\b", match[0])


def _type(kind: str) -> AlterationType:
    types: dict[str, AlterationType] = {"rearrangement": "rearrangement", "fusion": "fusion", "amplification": "amplification"}
    return types.get(kind, "deletion")


def _change(kind: str, match: re.Match[str]) -> str | None:
    """Return what is told beyond the kind: "homozygous deletion", "copy number gain"."""
    word = " ".join(match[kind].lower().split())
    if kind == "deletion" and re.match(r"homo|bial|hemi|hetero", word):
        return word.replace("homozygously deleted", "homozygous deletion")
    if (kind == "amplification" and "gain" in word) or (kind == "variant" and "promoter" in word):
        return word.removesuffix("s")
    return None


def _aspect_polarity(view: View, match: re.Match[str], group: list[Mention]) -> bool | None:
    start, end = min(group[0].start, match.start()), max(group[-1].end, match.end())
    inside = view.whole[start:end]
    if re.search(r"\b(?:not|no|without|nor)\b", inside):
        return False
    return _polarity(view, start, end)


def _has_variant(view: View, mention: Mention, variants: list[VariantName]) -> bool:
    return any(_owner(view, [mention], variant) is mention and view.clause(variant.start)[0] <= mention.end + 40 for variant in variants)


def _groups(view: View, named: list[Mention]) -> list[list[Mention]]:
    """Return the genes of a sentence as lists: "IDH1 and KRAS" is one."""
    out: list[list[Mention]] = []
    for mention in named:
        gap = view.whole[out[-1][-1].end : mention.start] if out else ""
        if out and (mention.start == out[-1][-1].start or (len(gap) < 30 and _LIST_GAP.fullmatch(gap))):
            out[-1].append(mention)
        else:
            out.append([mention])
    return out


def _translocations(view: View) -> Iterator[Finding]:
    """Yield "t(2;5)(p23;q35)" where no gene is named with it."""
    if ";" not in view.text:
        return
    for match in view.find(_TRANSLOCATION):
        positive = _polarity(view, match.start(), match.end())
        if positive is not None:
            yield Finding(
                start=match.start(), end=match.end(), type="rearrangement", positive=positive, change=re.sub(r"\s", "", match[0])
            )


def _expression(view: View, named: list[Mention]) -> Iterator[Finding]:
    """Yield genes whose expression is told to have changed much, as sequencing of RNA finds it."""
    told = view.has(_OF_EXPRESSION)
    if told is None:
        return
    match = view.has(_EXPRESSION, told.start(), told.end()) or view.has(_EXPRESSION, max(view.start, told.start() - 30), told.end())
    if match is None:
        return
    change = "reduced expression" if match["down"] else "increased expression"
    for group in _groups(view, named):
        if abs(group[-1].end - told.start()) <= 60 or told.start() <= group[0].start < told.end():
            for mention in group:
                start, end = min(mention.start, told.start()), max(mention.end, told.end())
                yield Finding(start=start, end=end, type="other", positive=True, gene=mention.key, change=change)
