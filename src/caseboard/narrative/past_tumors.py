"""Words that tell a tumour as one that the patient had before: "history of", "PMH", "had been diagnosed with"."""

from __future__ import annotations

import re

from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["in_list_of_diseases", "is_of_the_past", "treated_before"]

_PAST = pattern(
    r"\b(?:history\s(?:of|included?|comprised|revealed|(?:was\s)?(?:significant|notable|remarkable)\sfor)"
    r"|past\smedical\shistory|past\shistory(?=\s(?:was|is|except|apart|save)\b)|previous(?!\s(?:doctor|hospital|physician|clinic|institution"
    r"|surgeon))(?:ly)?(?:\s(?:had|diagnosed|treated|operated"
    r"|resected))?|had\shad|(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen"
    r"|twenty|many|several|some)\s(?:years|decades)\s(?:ago|earlier|before|previously|prior)|in\sthe\spast|status\spost"
    r"|s/p\b|h/o\b|(?<!\d )hx\sof|prev\b\.?|st\.?\s?p\.|status\safter|anamnesis|antecedents?,?\s(?:of|included?"
    r"|comprised"
    r"|(?:there\s|he\s|she\s)?(?:was|were|had|has)|(?:apart|aside)\sfrom|(?:other|save)\s(?:than|for)|except)"
    r"|previous\s(?:cancers?"
    r"|malignanc(?:y|ies)|tumou?rs?)"
    r"|(?-i:PMHx?\b|PHx\b|VG\s?:|ATCD\s?:)|known\s(?:for|case\sof)|k/?c/?o\b|survivor\sof|survived\san?"
    r"|prior\s(?:diagnosis|cancer"
    r"|malignancy|history))\b",
    re.IGNORECASE,
)
_NOW = pattern(
    r"\b(?:and|but|who)\s(?:was|were|is|had|has|now|presented|developed|then|later)\b"
    r"|\bdiagnosed\swith\b|\bpresent(?:s|ed|ing)\b|\bnow\b",
    re.IGNORECASE,
)
_DIAGNOSED_BEFORE = pattern(
    r"\b(?:medical|past|personal|surgical|oncolog\w{1,5})\shistory\b[^.;]{0,50}\bhad\s(?:previously\s|also\s)?(?:been\s"
    r"(?:diagnosed\swith|treated\sfor|operated\son\sfor)|undergone|received)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
"""What a history reveals of years before: "her history revealed that she had been diagnosed with"."""


_YEARS_AFTER = pattern(
    r"\b(?:years|decades)\safter\s(?:(?:the\s)?(?:treatment|therapy|surgery|diagnosis)\s(?:for|of)\s)?(?:an?\s|his\s|her\s)?"
    r"(?:previous\s|prior\s|former\s)?$",
    re.IGNORECASE,
)
"""What leads back to an earlier tumour: "an osteosarcoma, 7 years after treatment for", "12 years after"."""
_HISTORY_LIST = pattern(
    r"\b(?:antecedents|comorbidities|co-morbidities|(?:other|previous|past|former|concomitant)\s(?:illness(?:es)?"
    r"|diseases?"
    r"|malignanc(?:y|ies)|cancers?|tumou?rs?)|relevant\spast(?:\shistory)?|(?:past"
    r"|previous)\s(?:medical\s)?history)\s?:"
    r"|\b(?:history|antecedents|anamnesis|comorbidities|co-morbidities)\s(?:comprised|included|includes|consisted\sof"
    r"|(?:was|is)\s(?:significant|notable|remarkable|positive)\sfor|:)|(?-i:\bPMHx?\b|\bPHx\b|\bVG\s?:|\bATCD\s?:)",
    re.IGNORECASE,
)
"""What opens a list of former diseases, which goes on behind semicolons."""


def treated_before(view: View, start: int) -> bool:
    """Whether what stands at ``start`` was done for a tumour that the sentence tells as one of the past."""
    tumors = [tumor for tumor in view.of("tumor") if tumor.end <= start]
    return (
        bool(tumors)
        and is_of_the_past(view, tumors[-1].start, tumors[-1].end) is not None
        and view.has(_NOW, tumors[-1].end, start) is None
    )


def in_list_of_diseases(view: View, start: int) -> re.Match[str] | None:
    """Return what opens the list of the patient's former or other diseases in which ``start`` stands, or None."""
    listed = view.has(_HISTORY_LIST, view.start, min(view.end, view.start + 120))
    if listed is None or listed.end() > start or view.has(_NOW, listed.end(), start) is not None:
        return None
    return listed


def is_of_the_past(view: View, start: int, end: int) -> re.Match[str] | None:
    """Return the words that tell a tumour as one the patient had before, or None."""
    low, high = view.clause(start)
    told = view.has(_DIAGNOSED_BEFORE, max(low, start - 150), start) or view.has(
        _YEARS_AFTER, max(low, start - 60), start
    )
    if told is not None:
        return told
    young = _IN_CHILDHOOD.match(view.whole, end, view.end)
    if young is not None and _HAD.search(view.whole, max(view.start, start - 50), start) is not None:
        return young
    before = view.has(_PAST, max(low, start - 70), start)
    if before is not None and view.has(_NOW, before.end(), start) is None:
        return before
    behind = view.has(_PAST, end, min(high, end + 45))
    if behind is not None and any(0 < one.start - behind.end() <= _TO_THE_NEXT for one in view.of("tumor")):
        behind = None  # "sarcoma of the lung in May 2020, having previously had lymphoma"
    present = _PRESENT.search(view.whole, max(low, start - 24), start + _NAMES_ITS_STAGE)
    present = present or _WHO_HAS.search(view.whole, max(low, start - 60), start)
    if behind is not None and present is not None and _TREATED.match(view.whole, behind.start()):
        behind = None
    return in_list_of_diseases(view, start) or behind


_IN_CHILDHOOD = re.compile(
    r"(?:\sof\s(?:the\s)?(?:[a-z]{3,12}\s){0,2}[a-z]{3,12})?,?\s(?:as\s(?:an?\s)?(?:small\s|young\s|little\s)?(?:infant|child"
    r"|baby|toddler|newborn|neonate|teenager|adolescent|schoolchild|boy|girl)|in\s(?:(?:early|late|his|her)\s){0,2}"
    r"(?:childhood|infancy|adolescence|youth|teens))\b",
    re.IGNORECASE,
)
"""What tells a tumour as one of years ago: "bilateral retinoblastoma as an infant"."""
_HAD = re.compile(
    r"\b(?:had|has\shad|survived|treated\sfor|cured\sof|operated\son\sfor|suffered(?:\sfrom)?|history\sof)"
    r"\s(?:an?\s)?(?:[a-z-]{4,16}\s){0,3}$",
    re.IGNORECASE,
)
_TREATED = re.compile(r"status post|s/p|st\. ?p|z\. ?n", re.IGNORECASE)
"""What looks back on a treatment, not on the tumour that it stands behind: "sarcoma, status post resection"."""
_PRESENT = re.compile(
    r"\b(?:metastatic|advanced|recurrent|relapsed|stage|newly diagnosed|unresectable)\b", re.IGNORECASE
)
_WHO_HAS = re.compile(
    r"\b(?:man|woman|male|female|lady|gentleman|boy|girl|[MF])\s(?:with|w/|who has)\s(?:an?\s)?"
    r"(?:[A-Za-z-]{3,16}\s){0,3}$"
)
"""What stands before the tumour that a patient has now."""
_TO_THE_NEXT = 14
"""Characters between words of the past and the tumour behind them that they tell of."""
_NAMES_ITS_STAGE = 12
"""Characters of a tumour's name within which it may be called metastatic."""
