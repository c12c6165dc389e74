"""Genes told to be rearranged, fused, amplified, deleted, mutated or of wild type; a list of genes shares the word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caseboard.narrative.finding import AlterationType, Finding, is_adjective
from caseboard.narrative.finding_polarity import polarity
from caseboard.narrative.finding_words import NONE_OF
from caseboard.narrative.genes_named import gene_lists
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["UNCERTAIN", "copies_told", "find_aspects", "second_hits"]

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "rearrangement",
        r"(?:gene\s)?(?:re-?arrange(?:ments?|d)|translocat(?:ions?|ed)|break[\s-]?aparts?|breakages?"
        r"|breakpoints?|breaks?\b|broken\s(?:up|apart)|rearr\b\.?|transloc\b\.?|splits?(?:[\s-]signals?)?"
        r"|disruptions?|inversions?)",
    ),
    ("fusion", r"(?:gene\s|kinase\s)?fusions?(?:\s(?:genes?|transcripts?|events?|proteins?))?"),
    (
        "amplification",
        r"(?:(?:high|low)[\s-]level\s|gene\s|copy[\s-]number\s)?(?:co-?)?(?:amplif(?:ications?|ied)|ampl?\b\.?)"
        r"|(?:copy[\s-]number\s)gains?",
    ),
    (
        "deletion",
        r"(?:homozygous(?:ly)?\s|homozyg\.?\s|hom\.?\s|homo\.?\s|biallelic(?:ally)?\s|hemizygous\s|heterozygous\s"
        r"|gene\s|(?:focal|deep|partial|monoallelic|single[\s-]copy|two[\s-]copy)\s"
        r"|copy[\s-]number\s|homo?z?)?(?:deletions?|deleted|del\b\.?"
        r"|loss(?:\sof\sheterozygosity)?(?!\sof\s(?:expression|staining|nuclear|protein)))",
    ),
    ("inactivated", r"(?:bi-?allelic(?:ally)?|two-hit)\s(?:loss-of-function|inactivat(?:ion|ed))"),
    (
        "wild",
        r"(?:wild[\s-]{0,2}type(?!\s(?:pattern|staining|expression|immuno))|WT\b(?!\s(?:pattern|staining"
        r"|expression))|unmutated|unaltered"
        r"|unrearranged|inconspicuous|clean\b|intact(?!\s(?:expression|stain|nuclear|protein))|non-?mutated"
        r"|non-?amplified|non-?rearranged)",
    ),
    (
        "variant",
        r"(?:gene\s)?(?:(?:point|missense|nonsense|frameshift|activating|hotspot|somatic|germline|pathogenic"
        r"|driver|truncating|inactivating|promoter|secondary|resistance|gatekeeper|new|novel|acquired"
        r"|splice[\s-]site|sensitizing|kinase[\s-]domain|solvent[\s-]front|on-target|compound|coding)\s){0,3}(?:mutations?|mutated|mutants?|mut\b\.?|variants?|alterations?"
        r"|frame-?shifts?(?!\s(?:mut|var))"
        r"|(?:(?<=without\s)|(?<=no\s))changes?|VUS\b)"
        r"(?:\sof\s(?:unknown|uncertain|undetermined|unclear)\s(?:clinical\s)?significance)?(?:\s\(VUS\))?",
    ),
)
_NAMED_KINDS = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _KINDS)
UNCERTAIN = "variant of uncertain significance"
"""The change of a variant of which no more is told than that it is none that is known to matter."""
_NEEDS = Needs(patterns=[pattern(written, re.IGNORECASE) for _, written in _KINDS])
_BETWEEN = (
    r"(?:\s?\([A-Za-z0-9 ,&–-]{1,60}\))?:?(?:,\s(?:reported|performed|done|received|issued)\s[^,;.()]{3,30},)?"
    r"(?:[\s-](?:genes?|genotypes?|loc(?:us|i)|oncogenes?|kinase|tyrosine|receptor"
    r"|region|alleles?|signals?|probes?|promoters?(?!\s(?:point\s|hot-?spot\s)?(?:mutat|variant|alter))"
    r"|break[\s-]?apart|status|fragment|FISH|testing"
    r"|exons?\s?\d{1,2}(?:\s?(?:[-–,&]|,?\sand|,?\sor)\s?\d{1,2}){0,7}|with|by|a|did|does|show|reveal|detect"
    r"|identify|demonstrate|find|harbou?r|disclose"
    r"|the|an|in-frame|was|were|is|are|had|has|been|be|being|found|shown|seen|also|both|all|to|showed"
    r"|harbored|carried|presented|displayed|revealed|still|again|remained"
    r"|not|no|any|without|or|and|dosage|abnormalities|secondary|significant|obvious|germline|somatic|analysis"
    r"|panel|screening|mutational|tests?|sequencing|PCR|NGS|:|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}:?|testing:|status:"
    r"|analysis:)){0,6}"
)
_AFTER = pattern(rf"{_BETWEEN}[\s—–-]{{1,2}}(?:{_NAMED_KINDS})(?![A-Za-z])", re.IGNORECASE)
_OF_ANOTHER = (
    r"[a-z -]{0,30}\b(?:negative|positive|wild|no|not|without|found|showed|detected|identified|revealed|retained|normal"
    r"|preserved|intact|additionally|also|absen(?:t|ce)|lack|loss)\b"
)
"""What begins a statement on other genes behind a word: "an EML4-ALK fusion and negative for KIT"."""
_BEFORE = pattern(
    rf"\b(?:{_NAMED_KINDS})(?:\s(?:or|and|/)\s(?!an?\s|{_OF_ANOTHER})[a-z -]{{3,30}})?(?:\s(?:was|were|is|are"
    rf"|has been))?(?:\s(?:detected|found|identified|observed|seen|present|noted|revealed|evident"
    rf"|demonstrated))?"
    r"\s?(?:of|in|at|on|for|affecting|involving|within|targeting|:)?\s?(?:(?:the|both|either|genes?"
    r"|oncogenes?|any|exons?\s?\d{1,2}(?:\s?[-–]\s?\d{1,2}|(?:,|,?\sand|,?\sor)\s\d{1,2}){0,5},?|or|nor|of|in|a"
    r"|codons?\s\d{1,4}|tested|following"
    r"|including|its|intron\s?\d{1,2})\s?){0,5}$",
    re.IGNORECASE,
)
_NOT_GENE_AFTER = re.compile(
    r"^[\s-](?:inhibit\w{2,5}|TKIs?\b|antibod\w{1,3}|blockade|antagonists?|agonists?|targeted|directed"
    r"|receptor agonist|pathway|signal(?:l)?ing|expression\b)",
    re.IGNORECASE,
)
_FISH = pattern(r"\bFISH\b|[Ff]luorescen(?:ce|t)[\s-]{1,2}in")
_STAINED = pattern(r"\b(?:immuno|IHC\b|stain)", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|no|without|nor)\b")
_NEXT_GENE = 24
_SYMBOL_BEFORE = re.compile(r"[A-Z][A-Z0-9-]{1,14}\s$")
_OF_NEXT = re.compile(r"\s(?:of|in|affecting|involving)\s(?:the\s)?(?:gene\s)?(?:exon\s\d{1,2}\s(?:of\s)?)?")
_OF_A_NAME = re.compile(r"\sof\s(?:the\s)?[A-Z][A-Za-z0-9]{2,}")
"""What a word is of that is no gene: "retained INI1 and loss of H3K27me3"."""
_AND = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_ADJECTIVE_NEXT = re.compile(
    r"\b(?:and|or|with)\s(?:an?\s|the\s)?(?:wild[\s-]?type|wt|mutated|mutant|amplified|deleted|rearranged|fused"
    r"|unmutated|unaltered|unrearranged|intact)$",
    re.IGNORECASE,
)
"""A word that stands as an adjective before the next gene: "mutated KRAS and wild-type BRAF"."""
_OF = re.compile(r"\b(?:of|in|involving|affecting|at)\b")
_COPIES = re.compile(
    r"[\s,]{0,2}(?:with\s(?:an?\s)?)?[(\[]?\s?(?:[A-Z0-9]{3,6}\s?/\s?(?:CEP|CEN)\s?\d{1,2}\s?)?"
    r"(?:(?P<ratio>ratio)|copy\s(?:number|#)|copies|copy\sno\.?|GCN|CN|mean\scopy\snumber)"
    r"\s?(?:of\s|was\s|[=:#]\s?)?"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)",
    re.IGNORECASE,
)
_KINDS_OF_DELETION = (
    ("homo", "homozygous"), ("homd", "homozygous"), ("homz", "homozygous"), ("hom.", "homozygous"),
    ("hom ", "homozygous"), ("bial", "biallelic"),
    ("hemi", "hemizygous"), ("hetero", "heterozygous"),
)  # fmt: skip
_OWN_VARIANT = re.compile(
    r"\s(?:was\s|is\s)?(?:retained|preserved|intact|wild|wt\b|WT\b|normal|negative|neg\b|unmutated)|\s\(?(?:p\."
    r"|c\.)?\s?(?:[A-Z]\d{2,4}(?:[A-Z*_]|fs|del|dup|ins)|\d{2,5}[_ACGTdi+-])"
)
"""A result right behind a gene: "amplification of MET and TP53 R273H" tells no more of TP53 than that."""
_INTRON = re.compile(r"\s(?:in\s|of\s)?intron\s(?P<number>\d{1,2})\b", re.IGNORECASE)
_EXONS = re.compile(r"\s(?:of\s)?(?:the\s)?exons?\s(?P<exons>\d{1,2}(?:\s?[-–]\s?\d{1,2})?)", re.IGNORECASE)
_TYPES: dict[str, AlterationType] = {
    "rearrangement": "rearrangement",
    "fusion": "fusion",
    "amplification": "amplification",
    "deletion": "deletion",
    "inactivated": "other",
    "wild": "variant",
    "variant": "variant",
}
_FIVE_PRIME = frozenset(
    [
        "EWSR1",
        "FUS",
        "SS18",
        "TAF15",
        "COL1A1",
        "FGFR1",
        "FGFR2",
        "FGFR3",
        "TMPRSS2",
        "NAB2",
        "HEY1",
        "PAX3",
        "PAX7",
    ]
)
"""Genes that are the 5' partner of nearly all their fusions."""


def find_aspects(view: View, named: list[Mention]) -> Iterator[Finding]:
    """Yield what is said of the genes ``named`` by a word before or behind them."""
    if not view.holds(_NEEDS):
        return
    for group in _parted(view, gene_lists(view, named)):
        match = _word_of(view, named, group)
        if match is None or _NOT_GENE_AFTER.match(view.whole[group[-1].end : group[-1].end + 24]):
            continue
        word = next(name for name, _ in _KINDS if match[name])
        if (
            word == "wild"
            and view.whole.startswith("p53", group[-1].start)
            and view.has(_STAINED) is not None
        ):
            continue
        if (word == "variant" and _is_benign(view, match)) or (
            match[word].lower() == "intact" and match.start() < group[0].start
        ):
            continue
        positive = word != "wild" and _polarity(view, match, group)
        if _PROBE.search(match[0]) is not None:
            positive = _shown_by_probe(view, match, positive=positive)
        if (
            word == "deletion"
            and match.end() <= group[0].start
            and _VARIANT_NEXT.match(view.whole, group[0].end)
        ):
            continue  # "loss of KRAS G12C": the variant was lost, not the gene
        if positive is None or (word == "deletion" and _is_of_exon(view, match, word, group)):
            continue
        twin = _told_by_contrast(view, named, match, group) if positive is False else None
        if twin is not None:
            yield _finding(view, twin, match, word, positive=True)
        for mention in _spoken_of(view, match, group):
            yield _finding(view, mention, match, word, positive=positive)


def _told_by_contrast(
    view: View, named: list[Mention], match: re.Match[str], group: list[Mention]
) -> Mention | None:
    """Return the gene that a word is said of, as it is not of the one behind it: "ROS1 but not ALK was rearranged"."""
    if match.start() < group[0].end:
        return None
    before = [m for m in named if m.end <= group[0].start]
    contrasted = before and _BUT_NOT.fullmatch(view.whole, before[-1].end, group[0].start)
    return before[-1] if contrasted else None


_BUT_NOT = re.compile(r",?\s(?:but|and)\snot\s(?:the\s)?")


def _is_of_exon(view: View, match: re.Match[str], word: str, group: list[Mention]) -> bool:
    """Whether a deletion is one within an exon, which ``variants`` reads: "an exon 19 deletion in EGFR"."""
    if group[0].key == "EGFR" and _NUMBER_NEXT.match(view.whole, match.end()):
        return True
    return (
        "exon" in match[0].lower()
        or _EXON_BEFORE.search(view.whole, max(view.start, match.start(word) - 24), match.start(word))
        is not None
    )


_VARIANT_NEXT = re.compile(r"\s(?:p\.\s?)?[A-Z]\d{2,4}[A-Z]\b")
_NUMBER_NEXT = re.compile(r"\s?19\b")
"""The exon of a deletion behind it: "EGFR deletion 19"."""
_EXON_BEFORE = re.compile(r"\bex(?:ons?)?\.?\s?\d{1,2}\s(?:in-?frame\s|small\s)?$", re.IGNORECASE)
_PROBE = re.compile(r"break[\s-]?apart$", re.IGNORECASE)
"""The kind of a probe, which says nothing yet of what it showed."""
_BY_PROBE = re.compile(
    r"(?:\s(?:FISH|probes?|assay|testing|analysis|study|test|signals?)){0,3}(?:,\s[^.;:()]{3,40}|\s?\([^()]{2,40}\))?"
    r"(?:\s?[:=–-]\s?|,?\s(?:was|were|is|came\sback|showed|revealed|demonstrated|proved|returned|detected|found)\s)"
    r"(?:an?\s|the\s|any\s)?"
    r"(?:(?P<negative>no\b|not\b|without\b|negative|neg\b|intact|normal|fused|unsplit|together|un-?rearranged)"
    r"|(?P<positive>positive|pos\b|\+|split|present|detected|rearrang|\d{1,3}\s?%))",
    re.IGNORECASE,
)
_OF_A_TEST = re.compile(r"\s(?:FISH|probes?|assay|testing|analysis|study|test)\b", re.IGNORECASE)


def _shown_by_probe(view: View, match: re.Match[str], *, positive: bool | None) -> bool | None:
    """Return what a break-apart probe showed by the words behind it; None where it is only named as a test."""
    shown = _BY_PROBE.match(view.whole, match.end(), view.end)
    if shown is not None:
        return shown["positive"] is not None
    return None if _OF_A_TEST.match(view.whole, match.end(), view.end) is not None and positive else positive


def _parted(view: View, groups: Iterable[list[Mention]]) -> Iterator[list[Mention]]:
    """Yield lists of genes, those parted that have one word before them and another behind the last of them.

    "Amplification of MDM2 and CDK4, TP53 wild type": what is of wild type is TP53 alone.
    """
    for group in groups:
        if _last_alone(view, group):
            yield group[:-1]
            yield group[-1:]
            continue
        start, end = group[0].start, group[-1].end
        last = max(
            (i for i in range(1, len(group)) if "," in view.whole[group[i - 1].end : group[i].start]),
            default=0,
        )
        after = _AFTER.match(view.whole, end, min(view.end, end + 110)) if last else None
        before = (
            _BEFORE.search(view.whole, max(view.start, start - 110), start) if after is not None else None
        )
        if after is not None and before is not None and after["wild"] and not before["wild"]:
            yield group[:last]
            yield group[last:]
        else:
            yield group


def _last_alone(view: View, group: list[Mention]) -> bool:
    """Whether the last of a list begins a statement of its own: "negative for EWSR1, and TP53 was mutated"."""
    if len(group) < _A_PAIR:
        return False
    gap = (group[-2].end, group[-1].start)
    return (
        (
            _AND_NEXT.fullmatch(view.whole, *gap) is not None
            or (
                _AND_THE.fullmatch(view.whole, *gap) is not None
                and _NOTHING_OF.search(view.whole, max(view.start, group[0].start - 60), group[0].start)
                is not None
            )
        )
        and _WAS.match(view.whole, group[-1].end, view.end) is not None
        and NONE_OF.search(view.whole, max(view.start, group[0].start - 40), group[0].start) is None
    )


_AND_NEXT = re.compile(r",\s(?:and|but|while)\s(?:the\s)?")
_AND_THE = re.compile(r"\s(?:and|but|while)\s(?:the\s)?")
_NOTHING_OF = re.compile(
    r"\b(?:no|without|absence of|lack of)\s(?:[a-z]{3,14}\s){0,2}(?:mutations?|alterations?|amplifications?"
    r"|rearrangements?|fusions?|deletions?|variants?|changes?)\s(?:of|in)\s(?:the\s)?$"
)
_A_PAIR = 2
_WAS = re.compile(r"\s(?:gene\s)?(?:was|is)\s")


def _word_of(view: View, named: list[Mention], group: list[Mention]) -> re.Match[str] | None:
    """Return the word that says what the genes of a list are: the one behind them, else the one before them."""
    start, end = group[0].start, group[-1].end
    following = next((m.start for m in named if m.start >= end), view.end)
    match = _AFTER.match(view.whole, end, min(view.end, end + 110, max(following, end)))
    if match is not None and not _is_of_the_next(view, match, following):
        return match
    match = _BEFORE.search(view.whole, max(view.start, start - 110), start)
    if match is not None and _SYMBOL_BEFORE.search(
        view.whole, max(view.start, match.start() - 17), match.start()
    ):
        # "a fusion of its own and a deletion of this gene": the nearer word is this gene's
        match = _BEFORE.search(view.whole, match.start() + 1, start) or match
    return None if match is None or _belongs_before(named, match) else match


def _is_benign(view: View, match: re.Match[str]) -> bool:
    """Whether a variant is told to mean nothing: "a likely benign variant", "a variant classified as benign"."""
    before = view.whole[max(view.start, match.start() - 24) : match.start()]
    return (
        _BENIGN_BEFORE.search(before) is not None
        or _BENIGN_BEHIND.match(view.whole, match.end(), view.end) is not None
    )


_BENIGN_BEFORE = re.compile(r"\b(?:benign|silent|synonymous)\s(?:germline\s|somatic\s)?$", re.IGNORECASE)
_BENIGN_BEHIND = re.compile(
    r"[^.;,]{0,30}\b(?:classified|regarded|reported|considered|interpreted)\sas\s(?:likely\s|probably\s)?benign\b",
    re.IGNORECASE,
)


def _spoken_of(view: View, match: re.Match[str], group: list[Mention]) -> list[Mention]:
    """Return the genes of a list that a word before it is said of: not one with a variant of its own behind it."""
    if match.start() > group[0].start:
        return group
    return group[:1] + [m for m in group[1:] if not _OWN_VARIANT.match(view.whole, m.end, view.end)]


def _is_of_the_next(view: View, match: re.Match[str], following: int) -> bool:
    """Whether the word behind a gene is that of the next one: "a rearrangement of RET and a mutation of TP53"."""
    if _AND.search(match[0]) is not None and _OF_A_NAME.match(view.whole, match.end(), view.end):
        return True
    if view.whole[match.end() : following] == " " and _ADJECTIVE_NEXT.search(match[0]):
        return True
    gap = view.whole[match.end() : following]
    return (
        len(gap) <= _NEXT_GENE and _OF_NEXT.fullmatch(gap) is not None and _AND.search(match[0]) is not None
    )


def _belongs_before(named: list[Mention], match: re.Match[str]) -> bool:
    """Whether the word before a gene is that of the gene before it ("ALK rearrangement, ROS1")."""
    return any(0 <= match.start() - m.end <= 2 for m in named) and not _OF.search(match[0])


def _polarity(view: View, match: re.Match[str], group: list[Mention]) -> bool | None:
    start, end = min(group[0].start, match.start()), max(group[-1].end, match.end())
    if (
        match["variant"]
        and _change("variant", match) == UNCERTAIN
        and _BESIDE_DENIAL.search(view.whole, max(view.start, start - 100), start)
    ):
        return True
    return False if _NEGATED.search(view.whole, start, end) else polarity(view, start, end)


_BESIDE_DENIAL = re.compile(
    r"\b(?:negative|neg|normal|unremarkable|clear|no|without|not)\b[^;:.]{0,60}(?:"
    r"(?:,|\s[-–—])?\s(?:but|with|except(?:\sfor)?|apart\sfrom|save\sfor|other\sthan|and|only)\s(?:for\s)?"
    r"(?:(?:an?|one|single|the|with|found|showed|there\swas|also|additional|incidental|heterozygous)\s){1,4}"
    r"|\b(?:pathogenic|actionable|reportable|deleterious)\s(?:variants?|mutations?|alterations?)(?:\s(?:found|seen"
    r"|detected|identified))?,\s)(?:[A-Z][A-Z0-9]{2,7}\s)?$",
    re.IGNORECASE,
)
"""What sets a variant of no known meaning apart from what was not found: "no mutation, but a VUS in PALB2"."""


def _finding(view: View, mention: Mention, match: re.Match[str], word: str, *, positive: bool) -> Finding:
    change = _change(word, match)
    exons = _EXONS.match(view.whole, match.end(), view.end) if word == "deletion" else None
    if exons is not None:
        change = f"{change} exons {exons['exons'].replace('–', '-')}"
    intron = _INTRON.match(view.whole, match.end(), view.end) if word == "rearrangement" else None
    if intron is not None:
        change = f"intron {intron['number']}"
    if word == "amplification" and change is None:
        change = copies_told(view, match.end())
    if word == "variant" and match[word].lower().startswith("alteration") and view.has(_FISH) is not None:
        word = "rearrangement"
    fused = word == "fusion"
    five_prime = mention.key in _FIVE_PRIME
    return Finding(
        start=min(mention.start, match.start()),
        end=max(mention.end, match.end()),
        type=_TYPES[word],
        positive=positive,
        gene=None if fused else mention.key,
        gene5=mention.key if fused and five_prime else None,
        gene3=mention.key if fused and not five_prime else None,
        change=change,
        adjective=match.start() >= mention.end and is_adjective(view, match.end()),
    )


def copies_told(view: View, end: int) -> str | None:
    """Return what is told of the copies of an amplified gene right behind: "ratio 8.9", "copy number 6.2"."""
    match = _COPIES.match(view.whole, end, view.end)
    if match is None:
        return None
    return f"{'ratio' if match['ratio'] else 'copy number'} {match['number'].replace(',', '.')}"


def _deletion(written: str) -> str:
    """Return the kind of a deletion as reports name it: "homozygous deletion", "loss", "deletion"."""
    kind = next((name for start, name in _KINDS_OF_DELETION if start in written), "")
    return "loss" if "loss" in written and not kind else f"{kind} deletion".strip()


def _change(word: str, match: re.Match[str]) -> str | None:
    """Return what is told beyond the kind: "homozygous deletion", "copy number gain"."""
    written = " ".join(match[word].lower().split())
    if word == "deletion":
        return _deletion(written)
    if word == "inactivated":
        return "biallelic inactivation"
    if word == "variant" and ("vus" in written or "significance" in written):
        return UNCERTAIN
    if (word == "amplification" and "gain" in written) or (word == "variant" and "promoter" in written):
        return written.removesuffix("s")
    return None


_SECOND_HIT = re.compile(
    r"(?:\s?\([^()]{1,25}\))?\s?(?:\+|,|with|and|plus)\s?(?:LOH\b|loss\sof\sheterozygosity\b)", re.IGNORECASE
)


def second_hits(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Yield the lost other allele of a gene whose variant was told right before: "SDHB R46Q + LOH"."""
    for one in found:
        behind = _SECOND_HIT.match(view.whole, one.end, view.end) if one.type == "variant" else None
        if behind is not None and one.positive:
            yield Finding(
                start=one.start,
                end=behind.end(),
                type="other",
                positive=True,
                gene=one.gene,
                change="loss of heterozygosity",
            )
