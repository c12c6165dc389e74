"""The words that tell that a patient came: of a finding that "was seen", and of a later referral, no visit is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.document import Sentence
from caseboard.narrative.patterns import Pattern, pattern

__all__ = ["comes", "presents"]

_PRESENTS = pattern(
    r"\b(?:present(?:ed|ing|s|ation)|first seen|first visit|admitted|referred|referral|consulted|complain(?:ed|ing)"
    r"|(?<!not )(?<!longer )seen|visited"
    r"|noticed|noted a|felt a|attended|first met|I met|history (?:goes|dates) back|story (?:goes|dates) back|1st cs"
    r"|developed|diagnosed|found|came|hospitali[sz]ed|evaluated|admission|underwent)\b",
    re.IGNORECASE,
)
_COMES = pattern(
    r"\b(?:presented|presents|first seen|was (?:admitted|referred|seen)|admitted|referred|consulted|attended"
    r"|visited|came to (?:our|the|us|medical|hospital)|sought)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:s?he|her|him|I|we|they|who|pt|patient|m[ae]n|wom[ae]n|m|f|male|female|boy|girl|lady|gentleman|child|infant"
    r"|baby|newborn|neonate|toddler|teenager|adolescent"
    r"|(?:Mrs?|Ms|Miss|Master)\.? [A-Z]|[a-z]{3,12}(?:er|ist|or|ian))\b",
    re.IGNORECASE,
)
"""Who may have been seen: somebody named or meant in the same statement."""
_FINDING = re.compile(
    r"\b(?:responses?|remission|regression|progression|recurrences?|relapse|growth|shrinkage|reduction|increase|decrease"
    r"|mass(?:es)?|lesions?|nod(?:e|ule)s?|tumou?rs?|metastas[ei]s|uptake|enhancement|effusion|thickening"
    r"|infiltrat\w{2,4}|fractures?|thrombus|swelling|ulcer|changes?|deposits?|disease)\b[^.;]{0,30}?$",
    re.IGNORECASE,
)
"""What was seen where it is nobody: "a response of the liver metastases was seen"."""
_ON_A_SCAN = re.compile(
    r"\s(?:again\s|only\s)?(?:on|in|at|by)\s(?:the\s|an?\s|his\s|her\s)?(?:[a-z-]{3,16}\s)?"
    r"(?:(?-i:CT|MRI|PET|FDG|US)|X-?ray|scans?|imaging|ultraso\w{2,8}|radiograph\w{0,3}|mammogra\w{1,4}|endoscopy|histology"
    r"|microscopy|biopsy)\b",
    re.IGNORECASE,
)
_FOR_TREATMENT = re.compile(
    r"\s(?:to\s[^.;,]{3,40}\s)?for\s(?:the\s|an?\s)?"
    r"(?:(?:consideration|discussion|evaluation|possible|potential|palliative|adjuvant|salvage|further|planned)\s"
    r"(?:of\s|for\s)?){0,2}(?:an?\s|the\s)?(?:[a-z-]{3,16}\s)?(?:metastasectomy|resection|re-?resection|surgery"
    r"|re-?operation|operation|radiotherapy|radiation|irradiation|chemotherapy|ablation|embolisation|embolization"
    r"|palliative\scare|hospice|[a-z]{4,16}ectomy|clinical\strial|trial|(?:stem\scell\s)?transplant\w{0,6})\b",
    re.IGNORECASE,
)
"""What a patient is sent for who has been under treatment: "was referred for consideration of metastasectomy"."""


def presents(text: str, sentence: Sentence) -> re.Match[str] | None:
    """Return the first words of a sentence that may tell of a first presentation, or None."""
    return next(_told(text, sentence, _PRESENTS), None)


def comes(text: str, sentence: Sentence, *, first: bool = False) -> re.Match[str] | None:
    """Return the first words of a sentence that tell that the patient came, or None.

    ``first``: only such as may be of the first visit, where another sentence has introduced the patient.
    """
    for match in _told(text, sentence, _COMES):
        sent = match[0].lower().endswith("referred")
        if not (first and sent and _FOR_TREATMENT.match(text, match.end(), sentence.end)):
            return match
    return None


def _told(text: str, sentence: Sentence, words: Pattern) -> Iterator[re.Match[str]]:
    if sentence.has(text, words) is None:
        return
    for match in words.finditer(text, sentence.start, sentence.end):
        if not match[0].lower().endswith("seen") or _is_of_somebody(text, sentence, match):
            yield match


def _is_of_somebody(text: str, sentence: Sentence, seen: re.Match[str]) -> bool:
    """Whether it is somebody who was seen, and no finding."""
    if _ON_A_SCAN.match(text, seen.end(), sentence.end):
        return False
    opened = max(sentence.start, text.rfind(";", sentence.start, seen.start()) + 1, seen.start() - _REACH)
    if _FINDING.search(text, max(opened, seen.start() - _NEAR), seen.start()):
        return _WHO_WAS.search(text, opened, seen.start()) is not None
    return seen.start() - opened < _NEAR or _SOMEBODY.search(text, opened, seen.start()) is not None


_REACH, _NEAR = 160, 60
_WHO_WAS = re.compile(
    r"\b(?:patient|m[ae]n|wom[ae]n|m|f|male|female|boy|girl|lady|gentleman|child|infant|newborn|adolescent)\b"
    r"[^.;]{0,40}?\s(?:with|having|who\shad|w/)\s[^.;]{0,80}$",
    re.IGNORECASE,
)
"""Somebody who was seen with a finding: "a woman with a mass of the thigh was seen"."""
