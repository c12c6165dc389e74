"""Who or what reached a diagnosis: whether a tumour's name stands where a specimen is told of, or one who read it."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import Pattern, pattern
from caseboard.narrative.view import View

__all__ = [
    "REACH",
    "has_pathology",
    "is_headed",
    "is_told_by_pathology",
    "last_asserted",
    "opens_report",
    "opens_with",
]

REACH = 120
"""Characters before a tumour's name within which words may tell that it is a diagnosis."""


def has_pathology(view: View, position: int) -> bool:
    """Whether a specimen is told of before ``position``: in the sentence or, where it names no imaging, just before."""
    if view.has(_PATHOLOGY, view.start, position) is not None:
        return True
    if view.has(_IMAGING, view.start, position) is not None:
        return False
    low = max(0, view.start - _LOOK_BACK)
    if view.section == "findings":  # what a scan shows is told on its own line
        low = max(low, view.whole.rfind("\n", low, view.start))
    return _PATHOLOGY.search(view.whole, low, view.start) is not None


_PATHOLOGY = pattern(
    r"\b(?:(?:re-?|micro-?)?biops(?:y|ies|ied)|bx\b|(?:anatomo-?|clinico-?)?patholog\w{1,10}|histolog\w{1,8}"
    r"|histopatholog\w{1,8}"
    r"|(?:bronch|mediastin)oscop\w{1,4}(?=[^.;]{0,30}(?:\b(?:confirm|yield|prov|establish)|:\s))|thora(?:co)?centesis|paracentesis"
    r"|(?:pleural|ascitic|spinal)\sfluid"
    r"|cytolog\w{1,8}|cytopatholog\w{1,6}|specimens?|microscop\w{1,8}|aspirat\w{1,5}|FNAC?\b|FNB\b"
    r"|smears?|resected|excis(?:ed|ion)|resection|curettage"
    r"|immunohisto\w{3,14}|immuno(?:stain|phenotyp|profile)\w{0,6}|IHC\b|slides?|frozen section|tissue"
    r"|sections?|autopsy|necropsy|morpholog\w{1,8}|mastectomy|lumpectomy|nephrectomy|gastrectomy"
    r"|colectomy|lobectomy|hysterectomy|laparotomy|thoracotomy|thoracoscopy|laparoscopy|craniotomy"
    r"|surgery|bone marrow|trephine|tumou?r cells|sign(?:ed)?[\s-]out|path\b|HP[RE]\b|anapath\w{0,4}|histo\b"
    r"|tru-?cut|core(?:\sneedle|(?=:))|(?-i:Definitive)(?=:)"
    r"|definitive\s(?:report|answer)|revision|(?-i:PA)(?=\s?\d|:)"
    r"|punch|EBUS|TURBT?"
    r"|orchidectomy|orchiectomy|parotidectomy|thyroidectomy|prostatectomy|cystectomy|hepatectomy"
    r"|pancreatectomy|oophorectomy"
    r"|lymphadenectomy|splenectomy|methylation|conclusion|FISH|sequencing|(?:RT-)?PCR|cytogenetic\w{0,3}"
    r"|review(?=\s(?:(?:in|on|of|by)\s[^.;,]{3,40}\s)?(?:establish|show|reveal|confirm|diagnos|favou?r|conclud)\w{1,4}\b)"
    r"|(?:expert|central|reference|slide|second)\s(?:re-?)?(?:review|opinion|reading)|re-?review"
    r"|karyotyp\w{1,4})\b",
    re.IGNORECASE,
)
_IMAGING = pattern(
    r"\b(?:CT|MRI|MR|PET|US|XR|(?i:ultraso\w{3,10}|sonograph\w{1,5}|radiograph\w{0,5}|X-?rays?"
    r"|mammogra\w{1,5}|scans?|scintigra\w{2,5}|imaging|radiolog\w{1,7}|endoscop\w{1,6}|gastroscopy"
    r"|colonoscopy|cystoscopy|clinical(?:ly)?|echocardio\w{4,7}|tomography))\b",
)
_LOOK_BACK = 400


def is_headed(view: View, tumor: Mention) -> bool:
    """Whether a colon parts a tumour's name from what was read or taken out: "Final 10 May: Ewing sarcoma"."""
    head = _HEAD.search(view.whole, max(view.start, tumor.start - REACH), tumor.start)
    return head is not None and view.has(_READ, head.start(), head.end()) is not None


_HEAD = re.compile(
    r"(?:(?<=[.;\n])|(?<=[.;] )|^|\A)(?:[^.;:\n]|\.(?=\d|[IVX]{1,4}\.\d)){3,80}:\s"
    r"(?:(?:an?|metastatic|high-grade|low-grade|poorly"
    r"|well"
    r"|moderately|differentiated|invasive|conventional|classical?)\s){0,3}$"
)
_READ = pattern(
    r"\b(?:read|re-?read(?:ing)?|reading|final|verdict|answer|slides?|review(?:ed)?|second\s(?:look|opinion)"
    r"|outside\slab"
    r"|reference\s(?:lab|cent(?:er|re))|[a-z]{4,18}ectomy|excis(?:ion|ed)|resect(?:ion|ed)|laparotomy|core"
    r"|re-?biops\w{1,4}"
    r"|biops\w{1,4})\b",
    re.IGNORECASE,
)


def is_told_by_pathology(view: View, tumor: Mention, low: int) -> bool:
    """Whether who or what reads specimens is told right before a tumour, whatever the verb: "the biopsy spoke for"."""
    told = last_asserted(view, _READS, low, tumor.start)
    return told is not None and _ONE_STATEMENT.fullmatch(view.whole, told.end(), tumor.start) is not None


_READS = pattern(
    r"\b(?:(?:core\s|needle\s|re-?|excisional\s)?biops(?:y|ies)|(?:histo)?patholog(?:y|ists?)|histology|cytology"
    r"|histologically|microscopically"
    r"|microscopy|the\sspecimen|features|morphology|immunohistochemistry)\b",
    re.IGNORECASE,
)
_ONE_STATEMENT = re.compile(
    r"(?:,?\s(?:on|in)\s[^,;.]{4,20})?,\s(?:(?:an?|metastatic|high-grade|low-grade|poorly|well|moderately"
    r"|differentiated|invasive)\s){0,3}|"
    r"(?:\s\([^()]{4,24}\))?"
    r"(?:(?:,?\s[a-z]{3,14}ly,)?\s(?!(?:and|but|or|not|no|nor|without|for|of|from|after|before|against|than|to|ruled"
    r"|excluded|which|who|if"
    r"|underwent|treated|revised|under|despite|when|while|because|since|until|during|with|teaching|training"
    r"|speciali[sz]ed|expert|interested"
    r"|considered|discussed|asked|mentioned)\b)[A-Za-z0-9-]{1,16}){1,7}\s"
)
"""Words of one statement, none of which denies or leads elsewhere."""


def opens_report(view: View, tumor: Mention) -> bool:
    """Whether a sentence behind that of a specimen opens with the tumour and goes on with its stains."""
    if view.section == "diagnosis" or not opens_with(view, tumor.start):
        return False
    stains = view.of("marker")
    return bool(stains) and 0 < stains[0].start - tumor.end <= _TO_STAINS


_TO_STAINS = 40
"""Characters between a tumour's name that opens a report and the first stain."""


def opens_with(view: View, start: int) -> bool:
    """Whether a sentence opens with what begins at ``start``, but for a heading and words for its kind."""
    return _OPENS.fullmatch(view.whole, view.start, start) is not None


_OPENS = re.compile(
    r"[\s*•–-]{0,4}(?:(?:background|(?:oncolog(?:ical|ic|y)\s)?(?:history|summary|background)|tumou?r|cancer)"
    r"(?:\sin\sbrief)?:\s)?(?:(?:known|metastatic|recurrent|advanced|localized|locally|stage\s[IV]{1,3}[A-C]?"
    r"|primary|left|right|bilateral|L|R|Lt|Rt|high-grade|low-grade|grade\s[1-3]"
    r"|[A-Z0-9]{2,8}(?:[/:]{1,2}[A-Z0-9]{2,8})?(?:\+|[\s–-](?:deficient|mutant|mutated|positive|negative|rearranged"
    r"|altered"
    r"|amplified|fused|fusion[\s-]positive|associated|driven|wild[\s-]type)))\s){0,3}",
    re.IGNORECASE,
)


def last_asserted(view: View, words: Pattern, low: int, high: int) -> re.Match[str] | None:
    """Return the last of some words between ``low`` and ``high`` that is not denied."""
    found = None
    for match in view.find(words, low, high):
        if _DENIED_WORDS.search(view.whole, max(view.start, match.start() - 16), match.start()) is None:
            found = match
    return found


_DENIED_WORDS = re.compile(r"\b(?:not|never|hardly|no longer)\s(?:[a-z]{3,12}\s)?$", re.IGNORECASE)
"""What turns words of a diagnosis round: "the morphology was not in keeping with"."""
