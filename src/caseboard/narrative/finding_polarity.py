"""Whether what is told of a gene was found, was looked for and not found, or was only looked for.

Words before its name ("revealed", "negative for") and behind it ("was detected", "was sought and was not found") say
so, each as far as its statement reaches.
"""

from __future__ import annotations

import re

from caseboard.narrative.context import is_of_the_next
from caseboard.narrative.finding_words import FOUND_BEFORE, NEGATIVE_AFTER, NONE_OF, POSITIVE_AFTER
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["polarity"]


_LABELLED = re.compile(
    r"(?:\s(?:mutations?|variants?|alterations?|substitution|fusions?|rearrangements?|amplification|gene|status|testing))?"
    r"(?:\s(?:by|in|on|with|from|via|using|tested|done)\s(?:[^.;:,()\n]|\.(?=\d)){1,40}|\s?\([^()\n]{1,40}\)){1,3}\s?:\s?"
    r"(?:(?P<none>not\s(?:detected|found|present|identified|seen|amplified|rearranged|mutated)|neg(?:ative)?\b|absent\b"
    r"|none\b(?!\sof)|nil\b|no\b|wild|undetect)|pos(?:itive)?\b|detected\b|present\b|found\b|yes\b|identified\b)",
    re.IGNORECASE,
)
"""A result behind a colon, the test and its day between: "ROS1 rearrangement by FISH (July 2021): not detected"."""


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
    found = _last_found(before)
    negative_after, positive_after = _denial_behind(view, start, end, after), POSITIVE_AFTER.match(after)
    if negative_after and found >= 0 and _is_found_all_the_same(view, start, end, before[found:], after):
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
        positive_after = positive_after or FOUND_BEFORE.search(view.whole, start, end)
        return True if positive_after else False if _NEGATIVE_RESULT.match(after) else None
    return True


_NOT_DONE = pattern(
    r"^[^.;,]{0,40}?\b(?:could not be|was not|were not|has not been|is not|not yet)\s(?:yet\s)?(?:done"
    r"|performed|carried out|tested|obtained|assessed|available|possible|sent|requested|searched|examined"
    r"|evaluated|determined|evaluable)\b"
    r"|^[^.;,]{0,40}?\b(?:will|shall|should|(?:is|are|has|have|needs?)\sto)\s(?:(?:then|again|also)\s)?be\s"
    r"(?:re-?)?(?:looked\sfor|sought|searched|checked|tested|screened|assessed|analy[sz]ed|evaluated|examined"
    r"|investigated|determined|studied|repeated|excluded|ruled\sout)\b",
    re.IGNORECASE,
)
_OWN_STATEMENT = re.compile(
    r"(?:,?\s(?:and|but)|;)\san?\s(?:[a-z-]{4,16}\s){0,2}$"
    r"|\b(?:mutations?|alterations?|fusions?|rearrangements?|amplifications?|variants?|loss)\b[^.;,]{0,60},\s(?:and"
    r"|but)\s$"
)
"""What begins a statement with its own verb behind one of what was not found: "no TP53 mutation, and an ALK fusion"."""
_LOOKED_AT_AFTER = re.compile(
    r"^\s(?:gene\s)?(?:(?:test(?:ing|s)?|analys[ei]s|status|screening|assays?|probes?|panels?|evaluation"
    r"|assessment)\b|(?:was|were)\s(?:also\s|then\s)?(?:searched|sought|looked\sfor|tested|investigated"
    r"|analy[sz]ed)\b)",
    re.IGNORECASE,
)
_OWN_PREDICATE = re.compile(
    r"(?:methylated|mutated|amplified|deleted|rearranged|positive|\b(?:p\.)?[A-Z]\d{2,4}[A-Z*])\)?$"
)
"""How what was found is told, where no noun of the list stands behind it."""
_FINITE = re.compile(r"\b(?:was|were|is|are)\s(?!not\b)")
_NEXT_STATEMENT = re.compile(r"(?:\band|\bbut|\bwhile|\bwhereas|;)\s(?:the\s)?$")
_LIST_CLOSED = pattern(
    r"\b(?:alterations?|mutations?|variants?|rearrangements?|fusions?|amplifications?|abnormalit(?:y|ies)|loss),\s",
    re.IGNORECASE,
)
"""Where a list of what was not found is closed by its noun: "no KIT or BRAF alterations, MGMT methylated"."""
_NEITHER = re.compile(
    r"\b[Nn]either\b[^.;]{2,60}\bnor\b[^.;]{2,50}\b(?:show|reveal|detect|identif|found|find|demonstrat|confirm|yield"
    r"|disclos)"
    r"[a-z]{0,4}\s(?:(?!\bbut\b)[^.;]){0,80}$"
)
"""What turns a verb of finding round by its subjects: "neither NGS nor FISH showed an ALK fusion"."""
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
_LOOKED_AT = pattern(
    r"\b(?:test(?:ed|ing|s)?|analy[sz](?:ed|is|es|ing)|screen(?:ed|ing)?|probes?|assays?|evaluat(?:ed"
    r"|ion|ing)|assess(?:ed|ment|ing)?|examin(?:ed|ation|ing)|investigat(?:ed|ion|ing)|search(?:ed"
    r"|ing)?|look(?:ed|ing)?|check(?:ed|ing)?|cover(?:s|ed|ing)|determin(?:e|ed|ing)|stud(?:y|ied|ies)"
    r"|detection|sequencing)"
    r"\s(?:was\s|were\s|performed\s|done\s|carried\sout\s"
    r"|additionally\s){0,3}(?:[a-z-]{2,15}\s){0,2}?(?:for|of|on)\s(?:[A-Za-z0-9,/() -]{0,60})?$",
    re.IGNORECASE,
)


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


_IN_BRACKETS = re.compile(r"\s?\([^()]{1,24}\)")
"""What may be the result of a finding before the end of a sentence: "MET amplification (-)."."""
_ASIDE = re.compile(
    r"(?:\s[a-z]{4,14}){0,2},\s(?:which|that)\s[^,;.]{3,70},\s(?=(?:was|were|is|are|could|had|has|did)\b)"
)
"""A relative clause between a finding and its verb: "I1171N, which was sought in plasma, was absent"."""
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


def _came_of_test(after: str) -> bool | None:
    """Return what a test came to by the last word on it; None where it is pending, failed or was not done."""
    following = _NEXT_TEST.search(after)
    said = list(_CAME_TO.finditer(after, 0, following.start() if following is not None else len(after)))
    return said[-1]["negative"] is None if said else None


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


def _told_outright(view: View, end: int) -> bool | None:
    """Return what a dash, or two specimens told in turn, say of what ends at ``end``; None where neither does."""
    labelled = _LABELLED.match(view.whole, end, view.end)
    if labelled is not None:
        return labelled["none"] is None
    if _NOT_THERE_BUT_HERE.match(view.whole, end, view.end):
        return True
    dashed = _DASHED.match(view.whole, end, view.end)
    return None if dashed is None else dashed["negative"] is None


_DASHED = pattern(
    r"\s[-–—]\s(?:(?P<negative>negative|neg\b|not\s(?:detected|found|present)|absent|wild)|positive|pos\b|detected)",
    re.IGNORECASE,
)
"""A result behind a dash: "MET: exon 14 skipping - negative"."""
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


def _last_found(before: str) -> int:
    """Return where the words before a finding last tell of something that was found; -1 where they do not."""
    found = max(
        (
            match.start()
            for match in FOUND_BEFORE.finditer(before)
            if _NOT_TO_FIND.search(before, 0, match.start()) is None
        ),
        default=-1,
    )
    found = max([found, *(match.end() - 1 for match in _CONTRAST.finditer(before))])
    item = _ONE_BEHIND_NONE.search(before)
    return max(found, item.end() - 1) if item is not None else found


_NOT_TO_FIND = re.compile(
    r"\b(?:(?:failed|failing|unable|fails)\sto|(?:did|does|do|could|can|would)\s?(?:not|n['’]t)|cannot|never|not|nor"
    r"|neither|without)"
    r"\s(?:[a-z]{3,14}ly\s|been\s|to\s)?$"
    r"|\b(?:not\s(?:detect\w{2,4}|found|identified|present|seen|altered)|undetect\w{2,4}|negative(?:\sfor)?"
    r"|absent)\s?$",
    re.IGNORECASE,
)
"""What turns a verb of finding round: "failed to show", "did not reveal"."""
_CONTRAST = re.compile(r"(?:[,;]\s|\s)(?:but|while|whereas|although|though|only|instead)\s(?!not\b|of\b)")
"""What ends the reach of a denial before it: "was negative for EGFR, but an EML4-ALK fusion was found"."""
_ONE_BEHIND_NONE = re.compile(
    r"\b(?:no|(?:loss|disappearance|clearance|absence)\sof)\s[^.;]{2,60}?(?:,|,?\sand)\s(?:an?|one)\s"
    r"(?:[\w.*>-]{2,16}\s){0,3}$",
    re.IGNORECASE,
)
"""What was found behind what was not, in one list: "no mutation in EGFR, a G12D mutation in KRAS"."""


def _denial_behind(view: View, start: int, end: int, after: str) -> re.Match[str] | None:
    """Return what denies a finding from behind; what is told of something else, or by its own verb, does not."""
    said = NEGATIVE_AFTER.match(after)
    if said is None or _SAID_OF_IT.search(view.whole, start, end):
        return None
    if _OF_OTHERS.search(said[0]) and _FOR_OTHERS.match(after, said.end()):
        return None
    behind = end + said.end() + 1
    if said[0].startswith(",") and any(one.start == behind for one in view.of("gene", "marker")):
        return None  # an adjective of the next gene: "showed KRAS G12D, wild-type TP53"
    return None if _is_of_something_else(view, start, end, said[0]) else said


_SAID_OF_IT = re.compile(
    r"\b(?:was|were|is|are)\s(?:[a-z]{3,12}ly\s)?(?:methylated|mutated|amplified|deleted|rearranged|positive)$"
)
"""A finding with its own verb, so that the next one is of what follows: "was methylated and 1p/19q were not lost"."""
_OF_OTHERS = re.compile(r"\b(?:negative|unremarkable|normal)$", re.IGNORECASE)
_FOR_OTHERS = re.compile(
    r"\sfor\s(?!(?:it\b|this|that|these|the\s(?:same\s)?(?:mutation|fusion|rearrangement|variant|alteration)"
    r"|both\b|all\b))",
    re.IGNORECASE,
)
"""What a denial is of, where it names it: "revealed an ALK fusion, and was negative for EGFR mutations"."""


def _is_of_something_else(view: View, start: int, end: int, said: str) -> bool:
    """Whether what is denied behind a finding is no gene of its list: "found BRAF V600E, and surgery was not done"."""
    return is_of_the_next(view, start, end, said) and not any(
        end <= one.start < end + len(said) for one in view.of("gene", "marker")
    )


def _is_found_all_the_same(view: View, start: int, end: int, lead: str, after: str) -> bool:
    """Whether what is denied behind a finding is of another specimen, another day or other genes."""
    return (
        _NOT_IN_ANOTHER.match(after) is not None
        or _GONE_SINCE.match(after) is not None
        or _is_apart(view, start, end, lead, after)
    )


_NOT_IN_ANOTHER = pattern(
    r"^[^.;,]{0,40},?\s(?:(?:which|that|and|but|though)\s)?(?:it\s)?(?:(?:was|were|had|is)\s(?:been\s)?)?(?:not"
    r"|absent|lacking|undetect\w{2,4}|never)"
    r"\b[^.;,]{0,30}\s(?:in|on|at)\s(?:the|a|an|her|his|that|any)\s(?:[a-z-]{3,16}\s){0,3}(?:specimen|biops|sample"
    r"|tumou?r|primary|resection|material"
    r"|tissue|diagnosis|block|panel|analys|test)",
    re.IGNORECASE,
)
"""What another specimen did not have: "showed an EZH2 mutation, which was not present in the resection specimen"."""
_GONE_SINCE = re.compile(
    r"(?:\s[a-z]{4,14}){0,2},?\s(?:which|that|and)\s(?:it\s)?(?:had\s|has\s)?(?:then\s|later\s|since\s|again\s)?"
    r"(?:disappeared|vanished|cleared|(?:was|were|became)\s(?:no\slonger|undetect|not\s(?:any\smore"
    r"|detect\w{2,4})\s(?:in|on|by)))"
)
"""What tells of a later time that a finding was gone: "revealed a MET mutation, which had disappeared by August"."""


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


_OTHERS_NEXT = pattern(
    r"^(?:\s[a-z]{3,14}){0,2}\s?(?:\([^()]{1,40}\))?(?:,?\s(?:and|with)|,|,?\s(?:but|while"
    r"|whereas))\s(?:the\s)?(?=[A-Z])"
)
"""How other genes come behind a finding: "showed a CDKN2A deletion, and NF1 and TP53 were wild type"."""
_DENIES = re.compile(
    r"\b(?:not|no|none|neg|negative|absent|wild|undetect\w{2,4}|nil|excluded)\b", re.IGNORECASE
)
_ONE = re.compile(r"\ban?\s(?:[a-z-]{4,16}\s){0,2}$")
_WHOLE = re.compile(
    r"(?:fusion|rearrangement|translocation|amplification|mutation|deletion|variant|loss|insertion|duplication)\b"
    r"|[A-Z]\d{2,4}[A-Z*]\b|[a-z]{3}\d{2,4}[A-Z][a-z]{2}\b|::",
)
_ITS_NOUN = re.compile(
    r"(?:\s|-)(?:gene\s)?(?:fusion|rearrangement|translocation|amplification|mutation|deletion|variant"
    r"|transcript)\b(?!s)"
)
"""What makes a finding one that is told in full, and no gene of a list that a verb behind it denies."""
_THAT = re.compile(r"^\W?\w+\sthat\b")


def _came_to(after: str, searched: int) -> bool | None:
    """Return what a search came to, told behind it from ``searched`` on, or None where nothing is told."""
    if _POSITIVE_RESULT.match(after):
        return True
    vain = _IN_VAIN.match(after) or _NEGATIVE_RESULT.match(after) or _SIGN.match(after, searched)
    return False if vain else None


_POSITIVE_RESULT = re.compile(
    r"[^.;]{0,40}?,?\s(?:with|but|and)\s(?:an?\s)?positive\s(?:results?|findings?|outcome)\b", re.IGNORECASE
)
"""What a search came to: "was tested for TP53 mutations, with a negative result"."""
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
_SIGN = re.compile(r"\s?[:=]?\s?(?:\([-−–]\)|wild[ -]?type\b|negative\b)", re.IGNORECASE)
"""What a test came to by a sign or a word alone: "EGFR mutation status: wild type"."""
