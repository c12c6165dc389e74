"""Which of two tumours is meant where a sentence sets them against each other: "X rather than Y", "either X or Y".

So does a sentence that tells what the tumour was first, and wrongly, called.
"""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["is_excluded", "is_misreading", "is_one_of_two", "is_right_one"]

_LED = r"(?:an?\s|the\s|that\sof\s)?(?:(?:high|low)-grade\s|primary\s|metastatic\s|[a-z]{5,14}ed\s)?"
_RATHER = re.compile(
    r"(?:\s\([^()]{1,40}\))?(?:\s(?:of|in)\s(?:the\s)?[a-z ]{3,30})?,?\s(?:rather\sthan|and\snot|instead\sof|not)\s"
    r"(?:of\s|that\sof\s|an?\s)?(?:[a-z-]{2,16}\s){0,2}",
    re.IGNORECASE,
)
"""What stands between the tumour that is meant and another that is not."""
_IS_IT = re.compile(
    rf"\b(?:(?:those|that|typical|characteristic|diagnostic)\s(?:of|for)|(?:tumou?r|lesion|mass|neoplasm|diagnosis|it)\s"
    rf"(?:was|is)(?:\sin\sfact|\sactually|\sindeed)?)\s{_LED}$",
    re.IGNORECASE,
)
_BUT_IS = re.compile(
    rf"\b(?:mimick(?:ed|ing)|mimics|resembl(?:ed|ing|es)|simulat(?:ed|ing|es)|(?:thought|believed|assumed)\sto\sbe"
    rf"|mistaken\sfor|taken\sfor)\s[^.;]{{3,70}}?,?\sbut\s(?:it\s|in\sfact\s|actually\s|later\s|finally\s)?"
    rf"(?:was|is|proved\s(?:to\sbe)?|turned\sout\s(?:to\sbe|as)|represented)\s{_LED}$",
    re.IGNORECASE,
)
"""What leads from a tumour that another only looked like to what it was."""
_BUT_FAVOURED = re.compile(
    rf"\b(?:differential(?:\sdiagnos[ie]s)?|considered|possibilit(?:y|ies))\b[^.;]{{3,90}}?[,;]\s(?:but|however,?)\s"
    rf"(?:(?:the|all|these|his|her|overall|its)\s)?(?:[a-z]{{3,20}}\s){{1,4}}?"
    rf"(?:favou?red|supported|established|confirmed|spoke\sfor|pointed\sto|were\s(?:those\sof|in\sfavou?r\sof"
    rf"|consistent\swith))\s{_LED}$",
    re.IGNORECASE,
)
_RULED_OUT_AND = re.compile(
    rf"\b(?:ruled\sout|excluded)\s[^.;]{{3,70}}?,?\sand\s(?:established|confirmed|proved|demonstrated|showed|revealed"
    rf"|favou?red|supported|diagnosed)\s(?:the\sdiagnosis\sof\s)?{_LED}$",
    re.IGNORECASE,
)
_NOT_CONFIRMED = re.compile(
    rf"\b(?:was|were|could)\snot\s(?:be\s)?(?:confirmed|upheld|supported|verified|sustained)\b[^.;]{{0,30}}?[,;]\s"
    rf"(?:and|but)\s(?:[a-z]{{2,20}}\s){{1,4}}?(?:diagnosed|established|favou?red|concluded\s(?:to|on)|showed|revealed"
    rf"|found|reported|made\s(?:the|a)\sdiagnosis\sof)\s{_LED}$",
    re.IGNORECASE,
)
"""What was read instead of a diagnosis that did not stand."""
_NOT_BUT = re.compile(
    rf"\b(?:was|is|were|represented)\snot\s[^.;,]{{3,60}},?\sbut\s(?:rather\s|in\sfact\s|instead\s)?{_LED}$",
    re.IGNORECASE,
)
_REACH = 170
_EXCLUDED = re.compile(
    r"\b(?:the\s)?(?:exclusion|ruling\sout)\s(?:of\s)?(?:[A-Za-z,-]{1,20}\s){0,6}$|\b(?:after|by|having)\s"
    r"(?:excluding|excluded|ruling\sout|ruled\sout)\s(?:[A-Za-z-]{1,20}\s){0,3}$",
    re.IGNORECASE,
)
"""What stands before a tumour that was excluded first: "was diagnosed after exclusion of"."""
_DIAGNOSED = re.compile(r"\b(?:diagnos\w{2,4}|was|were|confirm\w{2,3}|establish\w{2,3})\b|,\s(?!and\b|or\b)")
"""What leads on to the tumour that was diagnosed."""
_EITHER = re.compile(r"\beither\s(?:of\s)?(?:an?\s)?(?:[a-z-]{2,16}\s){0,2}$", re.IGNORECASE)
_OR_THE_OTHER = re.compile(
    r"\beither\s(?:[^.;]{3,60}?)\sor\s(?:an?\s)?(?:[a-z-]{2,16}\s){0,2}$", re.IGNORECASE
)
_OR = re.compile(r"[^.;,]{0,40}?,?\sor\s")


def is_right_one(view: View, tumor: Mention) -> bool:
    """Whether a tumour is the one of two that was found, by the words that set it against the other."""
    low = max(view.start, tumor.start - _REACH)
    if any(
        words.search(view.whole, low, tumor.start) is not None
        for words in (_BUT_IS, _BUT_FAVOURED, _RULED_OUT_AND, _NOT_CONFIRMED, _NOT_BUT)
    ):
        return True
    following = next((other.start for other in view.of("tumor") if other.start >= tumor.end), None)
    return (
        following is not None
        and following - tumor.end <= _NEXT
        and _IS_IT.search(view.whole, max(view.start, tumor.start - 70), tumor.start) is not None
        and _RATHER.fullmatch(view.whole, tumor.end, following) is not None
    )


_NEXT = 70


def is_excluded(view: View, tumor: Mention) -> bool:
    """Whether a tumour is told as one that was excluded before another was diagnosed."""
    found = _EXCLUDED.search(view.whole, max(view.start, tumor.start - 90), tumor.start)
    return found is not None and _DIAGNOSED.search(view.whole, found.start(), tumor.start) is None


def is_one_of_two(view: View, tumor: Mention) -> bool:
    """Whether a tumour is one of two that a reading leaves open: "either leiomyosarcoma or synovial sarcoma"."""
    low = max(view.start, tumor.start - 110)
    return (
        _EITHER.search(view.whole, low, tumor.start) is not None
        and _OR.match(view.whole, tumor.end, view.end) is not None
    ) or _OR_THE_OTHER.search(view.whole, low, tumor.start) is not None


def is_misreading(view: View, start: int) -> bool:
    """Whether a tumour's name at ``start`` is told as what the tumour was first, and wrongly, called."""
    return _MISREAD.search(view.whole, max(view.start, start - 60), start) is not None


_MISREAD = re.compile(
    r"\b(?:mis-?(?:diagnosed|read|interpreted|classified|labell?ed|taken|diagnosis)|(?:erroneously|wrongly"
    r"|incorrectly)\s[a-z]{4,14}"
    r"|(?:initially|originally|first|previously|formerly)\s(?:reported|read|interpreted|classified|diagnosed"
    r"|labell?ed|called"
    r"|signed\sout|misdiagnosed)|(?:initial|original|former|previous|earlier|outside)\s(?:working\s"
    r"|histological\s)?diagnosis)"
    r"\s(?:as|for|of|to\sbe|was)?\s?(?:an?\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
