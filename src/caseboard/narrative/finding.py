"""What is found of a gene: the finding, and whether a sentence says that it is there or was only looked for."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.context import hypothetical, is_of_the_next, of_someone_else
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import markers

__all__ = ["NONE_OF", "RESULTED", "AlterationType", "Finding", "is_adjective", "is_told", "polarity"]

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
    tested: str = ""
    """What was tested, where it is known by no gene: "del(17p)", "MGMT promoter methylation"."""

    @property
    def genes(self) -> tuple[str, ...]:
        """Every gene named, 5' partner first."""
        return tuple(gene for gene in (self.gene5, self.gene3, self.gene) if gene)


_NEGATIVE_BEFORE = pattern(
    r"\b(?:no|not(?!\s(?:an?\s(?:[a-z-]{3,14}\s){0,2}(?:candidate|option|case)|(?:performed|given|done|possible"
    r"|considered|suitable|eligible|fit|operated|resected)\b))(?!\s(?:amplified|mutated|rearranged|deleted|altered"
    r"|fused|detected|found|present|seen|identified"
    r"|methylated|det)\b"
    r"(?!\s?(?::|in\b|for\b)))|without|neither|nor|negative for|unremarkable for|normal for"
    r"|(?<!-)negative(?!\s?[,;)])|absence of|(?<!was\s)(?<!were\s)absent(?=\s(?:[A-Z0-9:-]{2,14}\s){0,2}$)"
    r"|lack(?:ed|ing|s)?(?: of)?"
    r"|(?:disappearance|clearance) of|undetect(?:able|ed)|non-?detectable"
    r"|devoid of|exclud(?:ed|ing)|ruled out(?! by\b)|failed to [a-z]{3,12}|free of|none of"
    r"|rather than|instead of|any)\b"
    r"(?!\s(?:only|longer))(?![^,;.]{0,80}\b(?:but|except|however|other than|revealed|showed|positive"
    r"|harbou?red|carried)\b)(?![^;.]{0,90}\b(?:together|along|combined)\swith\b)[^;.]{0,100}$",
    re.IGNORECASE,
)
_SAME_STATEMENT = (
    r"(?:(?!\b(?:while|but|whereas|although|however|was|were|is|are|with|showed"
    r"|revealed)\b)[^.;]){0,80}?"
)
_JUDGED = (
    r"(?:(?:found|reported|read|shown|noted|seen|judged|considered|confirmed|determined|interpreted|called|scored"
    r"|assessed|proven)\s(?:out\s)?(?:to\sbe\s|to\shave\s|as\s(?:being\s)?)?)?"
)
_NOTHING = r"\s(?:to\sbe\s|as\s(?:being\s)?)?(?:negative|absent|wild|normal|undetect|unremarkable|intact)"
"""What turns a verb of finding round from behind: "was found to be negative"."""
_NEGATIVE_AFTER = pattern(
    r"^(?:"
    + _SAME_STATEMENT
    + r"\b(?:was|were|is|are|came (?:back|out)|turned out|returned|resulted|tested|remained|proved|became"
    r"|has been|have been|could|ha[sd](?=\snot\sbeen)|have(?=\snot\sbeen))\s"
    rf"{_JUDGED}(?:also\s|both\s|all\s|be\s|to\sbe\s)?(?:negative|absent|no\slonger|lost\b|not\b(?!\s(?:only|just"
    rf"|merely)\b)(?!\s(?:been\s)?(?:there|seen"
    r"|present|found|detected|known)\s(?:before|earlier|previously|initially"
    r"|in\s(?:the\s)?(?:first|earlier|previous)))|undetect\w{2,4}|excluded|ruled out"
    r"|un(?:remarkable|altered)|normal|wild)"
    + r"|"
    + _SAME_STATEMENT
    + r"\b(?:(?:show|yield|return)ed|gave|had)\s(?:an?\s)?negative\b|"
    + _SAME_STATEMENT
    + r"\b(?:(?:was|were)\swithout|(?:presented|showed|had|revealed|carried|harbou?red|displayed)\sno)\s(?:any\s)?"
    r"(?:[a-z]{4,14}\s)?(?:changes?|alterations?|mutations?|variants?|abnormalit)"
    r"|[^.;,]{0,30}\s(?:had\s|has\s|have\s)?(?:disappeared|vanished|cleared)\b|[\s:,)-]{0,3}(?:status\s|gene\s"
    r"|mutations?\s|fusions?\s|rearrangements?\s|testing\s"
    r"|results?\s){0,2}(?:\([^()]{1,24}\)\s)?(?:(?:by|on|via"
    r"|using)\s(?:the\s)?[\w-]{2,22}(?:\s[\w-]{2,22}){0,2}?)?\s?[:=]?\s?(?:[a-z]{4,18}(?:ally|arly)\s)?"
    r"[(]?(?:negative|neg\b|absent|(?:not|no longer) (?:detect\w{2,4}|det\b|found|identif\w{3,5}|observed"
    r"|seen|present|evident|demonstra\w{2,4}|visible|traceable|confirmed|shown)"
    r"|undetect\w{2,4}|none|no(?=[.,;)]|$)|nil|wild[ -]?type|excluded|[-–−](?=[,;.)\s]|$)))",
    re.IGNORECASE,
)
_POSITIVE_AFTER = pattern(
    r"^"
    + _SAME_STATEMENT
    + r"\b(?:(?:was|were|is|are|came back|returned|tested)\s(?:also\s|both\s|all\s)?(?:positive|detected"
    r"|(?:found|identified|confirmed|evidenced|seen|observed|revealed|demonstrated|noted|reported)"
    rf"(?!{_NOTHING})|present)"
    r"|positive|showed(?!\s(?:an?\s)?negative)|revealed|detected|confirmed|identified|demonstrated)\b",
    re.IGNORECASE,
)
_LOOKED_AT = pattern(
    r"\b(?:test(?:ed|ing|s)?|analy[sz](?:ed|is|es|ing)|screen(?:ed|ing)?|probes?|assays?|evaluat(?:ed"
    r"|ion|ing)|assess(?:ed|ment|ing)?|examin(?:ed|ation|ing)|investigat(?:ed|ion|ing)|search(?:ed"
    r"|ing)?|look(?:ed|ing)?|check(?:ed|ing)?|cover(?:s|ed|ing)|determin(?:e|ed|ing)|stud(?:y|ied|ies)"
    r"|detection|sequencing)"
    r"\s(?:was\s|were\s|performed\s|done\s|carried\sout\s"
    r"|additionally\s){0,3}(?:[a-z-]{2,15}\s){0,2}?(?:for|of|on)\s(?:[A-Za-z0-9,/() -]{0,60})?$",
    re.IGNORECASE,
)
_LOOKED_AT_AFTER = re.compile(
    r"^\s(?:gene\s)?(?:(?:test(?:ing|s)?|analys[ei]s|status|screening|assays?|probes?|panels?|evaluation"
    r"|assessment)\b|(?:was|were)\s(?:also\s|then\s)?(?:searched|sought|looked\sfor|tested|investigated"
    r"|analy[sz]ed)\b)",
    re.IGNORECASE,
)
_IN_VAIN = re.compile(
    r"^[^.;,]{3,40},?\s(?:and|but)\s(?:was|were|came\sback|returned|proved)?\s?(?:not\b|negative|absent)",
    re.IGNORECASE,
)
"""What says that a search found nothing: "was searched and was not found"."""
_NEGATIVE_RESULT = re.compile(
    r"[^.;]{0,40}?,?\s(?:with|but|and|(?:and\s)?(?:show|yield|return|g[ai]v)\w{0,3})\s(?:an?\s)?"
    r"(?:negative|normal|unremarkable)\s(?:results?|findings?|outcome)\b"
    r"|[^.;]{0,40}?\sand\s(?:resulted|proved|was|were|came\sback)\s(?:to\sbe\s)?(?:absent|negative)\b",
    re.IGNORECASE,
)
_POSITIVE_RESULT = re.compile(
    r"[^.;]{0,40}?,?\s(?:with|but|and)\s(?:an?\s)?positive\s(?:results?|findings?|outcome)\b", re.IGNORECASE
)
"""What a search came to: "was tested for TP53 mutations, with a negative result"."""
_FOUND_BEFORE = pattern(
    r"\b(?:show(?:ed|s|ing)?|reveal(?:ed|s|ing)?|detect(?:ed|s|ing)|identif(?:ied|ies|ying)"
    r"|harbou?r(?:ed|s|ing)?|carr(?:ied|ies|ying)|confirm(?:ed|s|ing)|demonstrat(?:ed|es|ing)"
    r"|disclos(?:ed|es)|found|presence|positive|evidenced|defin(?:ed|es)|establish(?:ed|es)|prov(?:ed|en)"
    r"|indicat(?:ed|es|ing)|documented|uncovered|(?:retain(?:ed|s|ing)?|kept|conserved)\s(?:the|its|an?|both)"
    r"|unveiled|there\s(?:was|were)(?!\s(?:no|neither)\b)|(?:notable|remarkable|significant)\sfor)\b|:\s",
    re.IGNORECASE,
)
RESULTED = (
    r"(?!,?\s(?:and|which)\s(?:then\s|it\s)?(?:detect|reveal|show|identif|found|demonstrat|confirm|disclos|came|return"
    r"|yield))"
)
"""What may not stand behind a request that leaves open what came of it: "was requested and detected"."""
_NOT_SAID = re.compile(
    r"\b(?:should|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?" + RESULTED + r"|awaited"
    r"|primers?\s(?:and\sprobes?\s)?(?:for|specific\s(?:for|to)|targeting)"
    r"|(?:assay|kit|panel)\s(?:is\sable\sto\s|can\s)?(?:detects?|covers?|targets?|includes?)|suggest(?:s"
    r"|ed)? (?:testing|performing)|(?<!failed )(?<!unable )to (?:rule out|exclude|look for|search for|assess|evaluate"
    r"|determine|detect|confirm)|whether|possib(?:le|ility)|suspect(?:ed)?|if\b"
    r"|inhibitors?\b(?= (?:for|in)))\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[^.;:,\n?]{0,30}\?")
_GENERAL = pattern(
    r"\b(?:usually|often|typically|commonly|generally|frequently|characteristic(?:ally)?|in (?:most"
    r"|some|many|several|up to|about|approximately) (?:\d|cases|patients|of)|% of (?:the )?(?:cases"
    r"|patients|tumou?rs|(?-i:[A-Z]{2,5}s))\b|(?:have|has) been (?:reported|described|associated|shown)"
    r"|(?:is|are) (?:the )?(?:most|least|more|less|very|extremely|relatively) (?:common|rare|frequent|prevalent)"
    r"|such as|a (?:report|study) (?:showed|found)|(?:is|are) (?:known|associated|thought|considered"
    r"|found in|present in|seen in|described|reported)|previously (?:described|reported))\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"[-\s]?(?:positive|rearranged|driven|mutated|mutant|translocated|fused|associated)?[-\s]"
)
_OF_STAIN = re.compile(
    r"\s(?:\([^()]{1,20}\)\s)?(?:immuno\w{3,18}|IHC|stain(?:s|ing)?|antibod(?:y|ies)|mutant\sprotein)\b",
    re.IGNORECASE,
)
"""Antibodies are named by the variant that they bind: "IDH1 R132H immunostaining"."""
_VARIANT_STAINS = frozenset({"BRAF V600E", "IDH1 R132H", "H3K27M", "H3.3 G34W", "pan-RAS Q61R"})
_SEQUENCED = pattern(r"\b(?:sequenc|NGS\b|PCR\b|panel\b)", re.IGNORECASE)
_MUTATED = re.compile(r"\s(?:was\s|is\s)?(?:mutat\w{1,4}|variant|substitution|heterozygous)\b", re.IGNORECASE)
_GENETIC = pattern(
    r"\b(?:harbou?r\w{0,3}|detected|identified|wild[- ]?type|mutation\w{0,3}|fusions?|molecular"
    r"|variants?|amplif\w{2,7})\b",
    re.IGNORECASE,
)
_STAINED = pattern(r"\b(?:immuno\w{4,16}|IHC|stain\w{0,3}|VE1)\b|\bantibod", re.IGNORECASE)
_CLONE = re.compile(r"\s?\((?:clone\s)?(?:VE1|H09|SP174)\b")
_NOT_DONE = pattern(
    r"^[^.;,]{0,40}?\b(?:could not be|was not|were not|has not been|is not|not yet)\s(?:yet\s)?(?:done"
    r"|performed|carried out|tested|obtained|assessed|available|possible|sent|requested|searched|examined"
    r"|evaluated|determined|evaluable)\b"
    r"|^[^.;,]{0,40}?\b(?:will|shall|should|(?:is|are|has|have|needs?)\sto)\s(?:(?:then|again|also)\s)?be\s"
    r"(?:re-?)?(?:looked\sfor|sought|searched|checked|tested|screened|assessed|analy[sz]ed|evaluated|examined"
    r"|investigated|determined|studied|repeated|excluded|ruled\sout)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,;.]|\b(?:and|in|of|was|were)\b")
_LONGEST_ATTRIBUTE = 28


def is_told(view: View, finding: Finding) -> bool:
    """Whether the finding is one of this patient, not a plan, not a general statement, no part of a tumour's name."""
    if any(tumor.start <= finding.start and finding.end <= tumor.end for tumor in view.of("tumor")):
        return False
    if _OF_STAIN.match(view.whole, finding.end, view.end):
        return False
    if _is_stain(view, finding):
        return False
    low, high = view.clause(finding.start)
    if view.whole[low] in "([" and low > view.start and hypothetical(view, low - 1, low):
        return False
    after = view.whole[finding.end : high]
    if _ASKED.match(view.whole, finding.end, view.end) or _is_withdrawn(view, finding):
        return False
    planned = _NOT_SAID.search(view.whole, max(low, finding.start - 90), finding.start)
    if planned is not None and not _POSITIVE_AFTER.match(after):
        return bool(_NEGATIVE_AFTER.match(after))
    until = _remark_on_others(view, low, finding)
    if view.has(_GENERAL, low, until or high) is not None or hypothetical(view, finding.start, finding.end):
        return False
    return not of_someone_else(view, finding.start, finding.end, until=until)


def _remark_on_others(view: View, low: int, finding: Finding) -> int | None:
    """Return where a remark begins on what is known of a finding that the statement before it has told, if one does."""
    remark = _KNOWN_OF_IT.match(view.whole, finding.end, view.end)
    if remark is None or _FOUND_BEFORE.search(view.whole, low, finding.start) is None:
        return None
    if _OF_STUDIES.search(view.whole, low, finding.start) is not None:
        return None
    return remark.start("remark")


_KNOWN = (
    r"(?:reported|described|seen|found|observed|known|documented|published|recorded|associated|linked|implicated"
    r"|encountered|detected|identified)\b"
)
_KNOWN_OF_IT = re.compile(
    r"(?:\s?\([^()]{1,40}\))?(?:\s(?!which\b|that\b)[a-z][\w-]{1,16}){0,5}?"
    r"(?P<remark>,?\s(?:which|that)\s(?:has|have|is|are)\s(?:[a-z-]{2,14}\s){0,3}?"
    + _KNOWN
    + r"|(?:,|\s\(|\s[-–—]"
    r"|\sas(?=\s(?:previously|already|recently|first|often)\s))"
    r"\s?(?:(?:an?|the)\s(?:[a-z-]{3,16}\s){0,3}?(?:mutation|variant|alteration|fusion|rearrangement|change|finding"
    r"|event|driver|abnormality)\s)?(?:(?:as|not|never|only|rarely|previously|frequently|often|also|commonly|usually"
    r"|so\sfar|yet|before|first|recently|hitherto|typically|mostly|in)\s){0,3}(?:been\s)?"
    + _KNOWN
    + r"(?!\s(?:by|on)\b))",
    re.IGNORECASE,
)
"""A remark on what is known of it behind a finding: "an ALK G1202R mutation, which has been described elsewhere"."""
_OF_STUDIES = re.compile(
    r"\b(?:(?:previous|other|several|many|recent|some|earlier|large|published|most)\s(?:[a-z-]{3,14}\s){0,2}"
    r"(?:stud(?:y|ies)|reports?|series|authors|groups|cases|patients)|stud(?:y|ies)\sha(?:s|ve)|literature|et\sal"
    r"|trials?)\b",
    re.IGNORECASE,
)
"""Whose findings those of other patients are."""


def _is_withdrawn(view: View, finding: Finding) -> bool:
    """Whether a finding is told as what was first, and wrongly, reported: "first reported as A and corrected to B"."""
    return (
        _CORRECTED.match(view.whole, finding.end, view.end) is not None
        and _READ_AS.search(view.whole, max(view.start, finding.start - 60), finding.start) is not None
    )


_READ_AS = re.compile(
    r"\b(?:reported|read|called|described|interpreted|identified|labell?ed|given|issued"
    r"|reported out)\s(?:out\s)?as\s(?:an?\s)?$"
    r"|\b(?:first|initial|original|preliminary|previous)(?:ly)?\s(?:report|result|read|reading)\s(?:was|of|said"
    r"|stated)?\s?$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:\s(?:fusion|rearrangement|mutation))?[,;]?\s(?:(?:and|but|which|later|then|has|had|was|is|been|since"
    r"|subsequently|this"
    r"|it|an|in|the|report)[\s,]){0,7}(?:correct(?:ed|ion)|revised|amended|changed|re-?classified|error|wrong"
    r"|mistake|retracted"
    r"|withdrawn|turned out to be|not confirmed)\b",
    re.IGNORECASE,
)


def _is_stain(view: View, finding: Finding) -> bool:
    """Whether a variant is that of an antibody among others: "INI1 retained, BRAF V600E (VE1) negative"."""
    if finding.type != "variant":
        return False
    marked = view.of("marker")
    if _MUTATED.match(view.whole, finding.end, view.end) or (
        view.has(_GENETIC) is not None and not view.has(_STAINED)
    ):
        return False
    own = [
        m for m in marked if m.start <= finding.start and finding.end <= m.end and m.key in _VARIANT_STAINS
    ]
    return bool(own) and (
        _CLONE.match(view.whole, finding.end, view.end) is not None
        or (
            view.has(_SEQUENCED, view.start, finding.start) is None
            and sum(
                1
                for m in marked
                if m.key not in _VARIANT_STAINS and markers.vocabulary()[m.key].kind == "protein"
            )
            > 1
        )
    )


def is_adjective(view: View, end: int) -> bool:
    """Whether a tumour's name follows at once what ends at ``end``: "ROS1-rearranged IMT"."""
    attribute = _ATTRIBUTE.match(view.whole, end, end + 16)
    reach = attribute.end() if attribute else end
    return any(
        end <= tumor.start <= reach + _LONGEST_ATTRIBUTE
        and not _PARTED.search(view.whole, reach, tumor.start)
        for tumor in view.of("tumor")
    )


_DASHED = pattern(
    r"\s[-–—]\s(?:(?P<negative>negative|neg\b|not\s(?:detected|found|present)|absent|wild)|positive|pos\b|detected)",
    re.IGNORECASE,
)
"""A result behind a dash: "MET: exon 14 skipping - negative"."""


def _told_outright(view: View, end: int) -> bool | None:
    """Return what a dash, or two specimens told in turn, say of what ends at ``end``; None where neither does."""
    if _NOT_THERE_BUT_HERE.match(view.whole, end, view.end):
        return True
    dashed = _DASHED.match(view.whole, end, view.end)
    return None if dashed is None else dashed["negative"] is None


_SAID_OF_IT = re.compile(
    r"\b(?:was|were|is|are)\s(?:[a-z]{3,12}ly\s)?(?:methylated|mutated|amplified|deleted|rearranged|positive)$"
)
"""A finding with its own verb, so that the next one is of what follows: "was methylated and 1p/19q were not lost"."""
_LIST_CLOSED = pattern(
    r"\b(?:alterations?|mutations?|variants?|rearrangements?|fusions?|amplifications?|abnormalit(?:y|ies)|loss),\s",
    re.IGNORECASE,
)
"""Where a list of what was not found is closed by its noun: "no KIT or BRAF alterations, MGMT methylated"."""
_OWN_PREDICATE = re.compile(
    r"(?:methylated|mutated|amplified|deleted|rearranged|positive|\b(?:p\.)?[A-Z]\d{2,4}[A-Z*])\)?$"
)
"""How what was found is told, where no noun of the list stands behind it."""
_FINITE = re.compile(r"\b(?:was|were|is|are)\s(?!not\b)")
_NEXT_STATEMENT = re.compile(r"(?:\band|\bbut|\bwhile|\bwhereas|;)\s(?:the\s)?$")
NONE_OF = re.compile(r"\b(?:[Nn]either|[Nn]or|[Nn]one|[Nn]o\sone)\b")
"""What gives a gene a statement of its own behind what was not found: "no NRAS mutation, and TP53 was mutated"."""
_NOT_IN_ANOTHER = pattern(
    r"^[^.;,]{0,40},?\s(?:(?:which|that|and|but|though)\s)?(?:it\s)?(?:(?:was|were|had|is)\s(?:been\s)?)?(?:not"
    r"|absent|lacking|undetect\w{2,4}|never)"
    r"\b[^.;,]{0,30}\s(?:in|on|at)\s(?:the|a|an|her|his|that|any)\s(?:[a-z-]{3,16}\s){0,3}(?:specimen|biops|sample"
    r"|tumou?r|primary|resection|material"
    r"|tissue|diagnosis|block|panel|analys|test)",
    re.IGNORECASE,
)
"""What another specimen did not have: "showed an EZH2 mutation, which was not present in the resection specimen"."""

_TISSUE = (
    r"(?:(?:the|her|his|a|an|both|normal|adjacent|matched|peripheral|primary|paired)\s){0,3}(?:germ-?line(?:\sDNA)?"
    r"|blood|leu[ck]ocytes|lymphocytes|plasma|serum|ctDNA|cfDNA|saliva|urine|CSF|liquid\sbiops(?:y|ies)|(?:tumou?r\s)?tissue"
    r"|tumou?r|biops(?:y|ies)|re-?biops(?:y|ies)|specimen|metastas[ie]s|resection(?:\sspecimen)?|sample|effusion|liver|lung"
    r"|primary|mucosa)"
)
_NOT_THERE_BUT_HERE = re.compile(
    r"(?:\s(?:mutation|variant|fusion|alteration|rearrangement|amplification|deletion))?,?\s(?:was|were|is)\s(?:absent"
    r"|not\s(?:found|detected|detectable|present|seen|identified)|undetect\w{2,4})\s(?:in|from|on)\s"
    + _TISSUE
    + r",?\s(?:(?:and|so|but|which|thus|therefore|hence|it|was|were|is|its|only|clearly|a|an|considered|regarded|as|to"
    r"|be|taken|confirming|suggesting|indicating|proving|consistent|with)\s){1,5}"
    r"(?:somatic|(?:present|found|detected|detectable|confirmed|seen|identified|positive)\s(?:in|on|by)\s"
    + _TISSUE
    + r"\b)",
    re.IGNORECASE,
)
"""What one specimen had and another had not: "was not found in plasma but was present in tissue"."""
_GONE_SINCE = re.compile(
    r"(?:\s[a-z]{4,14}){0,2},?\s(?:which|that|and)\s(?:it\s)?(?:had\s|has\s)?(?:then\s|later\s|since\s|again\s)?"
    r"(?:disappeared|vanished|cleared|(?:was|were|became)\s(?:no\slonger|undetect|not\s(?:any\smore"
    r"|detect\w{2,4})\s(?:in|on|by)))"
)
"""What tells of a later time that a finding was gone: "revealed a MET mutation, which had disappeared by August"."""
_OTHERS_NEXT = pattern(
    r"^(?:\s[a-z]{3,14}){0,2}\s?(?:\([^()]{1,40}\))?(?:,?\s(?:and|with)|,|,?\s(?:but|while"
    r"|whereas))\s(?:the\s)?(?=[A-Z])"
)
"""How other genes come behind a finding: "showed a CDKN2A deletion, and NF1 and TP53 were wild type"."""
_WHOLE = re.compile(
    r"(?:fusion|rearrangement|translocation|amplification|mutation|deletion|variant|loss|insertion|duplication)\b"
    r"|[A-Z]\d{2,4}[A-Z*]\b|[a-z]{3}\d{2,4}[A-Z][a-z]{2}\b|::",
)
_ITS_NOUN = re.compile(
    r"(?:\s|-)(?:gene\s)?(?:fusion|rearrangement|translocation|amplification|mutation|deletion|variant"
    r"|transcript)\b(?!s)"
)
"""What makes a finding one that is told in full, and no gene of a list that a verb behind it denies."""
_DENIES = re.compile(
    r"\b(?:not|no|none|neg|negative|absent|wild|undetect\w{2,4}|nil|excluded)\b", re.IGNORECASE
)
_THAT = re.compile(r"^\W?\w+\sthat\b")
_CONTRAST = re.compile(r"(?:[,;]\s|\s)(?:but|while|whereas|although|though|only|instead)\s(?!not\b|of\b)")
"""What ends the reach of a denial before it: "was negative for EGFR, but an EML4-ALK fusion was found"."""
_ONE = re.compile(r"\ban?\s(?:[a-z-]{4,16}\s){0,2}$")
_ONE_BEHIND_NONE = re.compile(
    r"\b(?:no|(?:loss|disappearance|clearance|absence)\sof)\s[^.;]{2,60}?(?:,|,?\sand)\s(?:an?|one)\s"
    r"(?:[\w.*>-]{2,16}\s){0,3}$",
    re.IGNORECASE,
)
"""What was found behind what was not, in one list: "no mutation in EGFR, a G12D mutation in KRAS"."""


_NOT_TO_FIND = re.compile(
    r"\b(?:(?:failed|failing|unable|fails)\sto|(?:did|does|do|could|can|would)\s?(?:not|n['’]t)|cannot|never|not|nor"
    r"|neither|without)"
    r"\s(?:[a-z]{3,14}ly\s|been\s|to\s)?$"
    r"|\b(?:not\s(?:detect\w{2,4}|found|identified|present|seen|altered)|undetect\w{2,4}|negative(?:\sfor)?"
    r"|absent)\s?$",
    re.IGNORECASE,
)
"""What turns a verb of finding round: "failed to show", "did not reveal"."""


def _is_of_something_else(view: View, start: int, end: int, said: str) -> bool:
    """Whether what is denied behind a finding is no gene of its list: "found BRAF V600E, and surgery was not done"."""
    return is_of_the_next(view, start, end, said) and not any(
        end <= one.start < end + len(said) for one in view.of("gene", "marker")
    )


def _came_to(after: str, searched: int) -> bool | None:
    """Return what a search came to, told behind it from ``searched`` on, or None where nothing is told."""
    if _POSITIVE_RESULT.match(after):
        return True
    vain = _IN_VAIN.match(after) or _NEGATIVE_RESULT.match(after) or _SIGN.match(after, searched)
    return False if vain else None


_SIGN = re.compile(r"\s?[:=]?\s?(?:\([-−–]\)|wild[ -]?type\b|negative\b)", re.IGNORECASE)
"""What a test came to by a sign or a word alone: "EGFR mutation status: wild type"."""
_OWN_STATEMENT = re.compile(
    r"(?:,?\s(?:and|but)|;)\san?\s(?:[a-z-]{4,16}\s){0,2}$"
    r"|\b(?:mutations?|alterations?|fusions?|rearrangements?|amplifications?|variants?|loss)\b[^.;,]{0,60},\s(?:and"
    r"|but)\s$"
)
"""What begins a statement with its own verb behind one of what was not found: "no TP53 mutation, and an ALK fusion"."""
_IN_BRACKETS = re.compile(r"\s?\([^()]{1,24}\)")
"""What may be the result of a finding before the end of a sentence: "MET amplification (-)."."""


def _words_behind(view: View, end: int) -> str:
    """Return the words of the statement behind a finding, with the brackets that close it."""
    aside = _ASIDE.match(view.whole, end, view.end)
    if aside is not None:
        end = aside.end() - 1
        return view.whole[end : min(max(view.statement(end)[1], end), end + 130)]
    _, high = view.statement(end - 1)
    closed = _IN_BRACKETS.match(view.whole, end, view.end)
    high = max(high, closed.end()) if closed is not None else high
    return view.whole[end : min(max(high, end), end + 130)]


_ASIDE = re.compile(
    r"(?:\s[a-z]{4,14}){0,2},\s(?:which|that)\s[^,;.]{3,70},\s(?=(?:was|were|is|are|could|had|has|did)\b)"
)
"""A relative clause between a finding and its verb: "I1171N, which was sought in plasma, was absent"."""


def _denial_behind(view: View, start: int, end: int, after: str) -> re.Match[str] | None:
    """Return what denies a finding from behind; what is told of something else, or by its own verb, does not."""
    said = _NEGATIVE_AFTER.match(after)
    if said is None or _SAID_OF_IT.search(view.whole, start, end):
        return None
    if _OF_OTHERS.search(said[0]) and _FOR_OTHERS.match(after, said.end()):
        return None
    behind = end + said.end() + 1
    if said[0].startswith(",") and any(one.start == behind for one in view.of("gene", "marker")):
        return None  # an adjective of the next gene: "showed KRAS G12D, wild-type TP53"
    return None if _is_of_something_else(view, start, end, said[0]) else said


_OF_OTHERS = re.compile(r"\b(?:negative|unremarkable|normal)$", re.IGNORECASE)
_FOR_OTHERS = re.compile(
    r"\sfor\s(?!(?:it\b|this|that|these|the\s(?:same\s)?(?:mutation|fusion|rearrangement|variant|alteration)"
    r"|both\b|all\b))",
    re.IGNORECASE,
)
"""What a denial is of, where it names it: "revealed an ALK fusion, and was negative for EGFR mutations"."""
_METHODS = (
    r"(?:NGS|(?:q?RT[- ]?)?q?PCR|FISH|CISH|IHC|panel|array|(?:RNA|DNA|exome|genome|Sanger|targeted|next[- ]generation)"
    r"(?:[- ]?seq\b|\ssequencing)?|sequencing|hybridi[sz]ation|immuno\w{5,18})"
)
_TESTED_FOR = re.compile(
    rf"\b{_METHODS}(?:\s\([^()]{{1,20}}\))?\s(?:test(?:ing)?\s|analysis\s)?for\s(?:(?:the|an?|any)\s)?"
    r"(?:[A-Za-z0-9:/-]{2,16}(?:,|\sand|\sor)\s){0,3}$",
    re.IGNORECASE,
)
"""What makes a finding one that a test was for, which says nothing of what it came to: "NGS for ETV6-NTRK3 fusion"."""
_NEXT_TEST = re.compile(rf"(?:[,;]|\band|\bbut|\bwhile|\bwhereas)\s(?:the\s)?{_METHODS}\b", re.IGNORECASE)
_CAME_TO = re.compile(
    r"(?P<negative>\bnegative\b|\bneg\b|\babsent\b|\bnot\s(?:been\s)?(?:detected|found|identified|seen|present"
    r"|demonstrated|confirmed|rearranged|amplified|mutated)\b|\bundetect\w{2,4}|\bwild[- ]?type\b|\bexcluded\b"
    r"|\bruled\sout\b|\bunremarkable\b|\bnormal\b|\([-−–]\)"
    r"|\bno\s(?:[a-z0-9-]{2,14}\s){0,2}(?:fusions?|rearrangements?|mutations?|amplifications?|alterations?|transcripts?"
    r"|abnormalit\w{1,4}|evidence|split)\b)"
    r"|(?P<positive>\bpositive\b|\bpos\b|\bdetected\b|\bidentified\b|\bfound\b|\bconfirmed\b|\bpresent\b"
    r"|\bdemonstrated\b|\brevealed\b|\bshow(?:ed|s)\b|\brearranged\b|\bamplified\b|\bmutated\b|\(\+\)|\d\s?%)",
    re.IGNORECASE,
)


def _came_of_test(after: str) -> bool | None:
    """Return what a test came to by the last word on it; None where it is pending, failed or was not done."""
    following = _NEXT_TEST.search(after)
    said = list(_CAME_TO.finditer(after, 0, following.start() if following is not None else len(after)))
    return said[-1]["negative"] is None if said else None


_NEITHER = re.compile(
    r"\b[Nn]either\b[^.;]{2,60}\bnor\b[^.;]{2,50}\b(?:show|reveal|detect|identif|found|find|demonstrat|confirm|yield"
    r"|disclos)"
    r"[a-z]{0,4}\s(?:(?!\bbut\b)[^.;]){0,80}$"
)
"""What turns a verb of finding round by its subjects: "neither NGS nor FISH showed an ALK fusion"."""


def _is_apart(view: View, start: int, end: int, lead: str, after: str) -> bool:
    """Whether what is denied behind a finding is of the genes named next: "showed TP53 R175H, KIT was wild type".

    ``lead`` begins with the verb that tells the finding.
    """
    others = _OTHERS_NEXT.match(after)
    if others is None or _DENIES.search(others[0]):
        return False
    if _ONE.search(lead):
        return True
    told = _WHOLE.search(view.whole, start, end) or _ITS_NOUN.match(after)
    return told is not None and _THAT.match(lead) is None


def polarity(view: View, start: int, end: int) -> bool | None:
    """Return whether what stands at ``start`` to ``end`` was found; None where it was only looked for."""
    low, _ = view.statement(start)
    after = _words_behind(view, end)
    before = view.whole[max(low, start - 110) : start]
    if _TESTED_FOR.search(before) is not None:
        return _came_of_test(after)
    undone = _NOT_DONE.match(after)
    if undone is not None and not _is_of_something_else(view, start, end, undone[0]):
        return None
    outright = _told_outright(view, end)
    if outright is not None:
        return outright
    found = max(
        (
            match.start()
            for match in _FOUND_BEFORE.finditer(before)
            if _NOT_TO_FIND.search(before, 0, match.start()) is None
        ),
        default=-1,
    )
    found = max([found, *(match.end() - 1 for match in _CONTRAST.finditer(before))])
    item = _ONE_BEHIND_NONE.search(before)
    found = max(found, item.end() - 1) if item is not None else found
    negative_after, positive_after = _denial_behind(view, start, end, after), _POSITIVE_AFTER.match(after)
    if (
        negative_after
        and found >= 0
        and (
            _NOT_IN_ANOTHER.match(after)
            or _GONE_SINCE.match(after)
            or _is_apart(view, start, end, before[found:], after)
        )
    ):
        return True
    if negative_after and not (positive_after and positive_after.end() < negative_after.end()):
        return False
    looked = _LOOKED_AT_AFTER.match(after)
    if positive_after and (looked is not None or _OWN_STATEMENT.search(before) is not None):
        return True
    if looked is not None:
        return _came_to(after, looked.end())
    if _OWN_PREDICATE.search(view.whole, start, end):
        if (
            _FINITE.search(view.whole, start, end)
            and _NEXT_STATEMENT.search(before)
            and not NONE_OF.search(before)
        ):
            return True
        found = max([found, *(match.start() for match in _LIST_CLOSED.finditer(before))])
    if _NEITHER.search(before) is not None or _NEGATIVE_BEFORE.search(before, found + 1) is not None:
        return False
    if _LOOKED_AT.search(before, found + 1) is not None:
        positive_after = positive_after or _FOUND_BEFORE.search(view.whole, start, end)
        return True if positive_after else False if _NEGATIVE_RESULT.match(after) else None
    return True
