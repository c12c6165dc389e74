"""Whether a finding is told of this patient at all.

A gene is named as well in the name of a tumour or of an antibody, in a plan, in what is generally known, in a report
that was corrected, and where the findings of others are told.
"""

from __future__ import annotations

import re

from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.finding import Finding
from caseboard.narrative.finding_words import FOUND_BEFORE, NEGATIVE_AFTER, POSITIVE_AFTER, RESULTED
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import markers

__all__ = ["is_told"]


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
    if planned is not None and not POSITIVE_AFTER.match(after):
        return bool(NEGATIVE_AFTER.match(after))
    until = _remark_on_others(view, low, finding)
    if view.has(_GENERAL, low, until or high) is not None or hypothetical(view, finding.start, finding.end):
        return False
    return not of_someone_else(view, finding.start, finding.end, until=until)


_OF_STAIN = re.compile(
    r"\s(?:\([^()]{1,20}\)\s)?(?:immuno\w{3,18}|IHC|stain(?:s|ing)?|antibod(?:y|ies)|mutant\sprotein)\b",
    re.IGNORECASE,
)
"""Antibodies are named by the variant that they bind: "IDH1 R132H immunostaining"."""
_ASKED = re.compile(r"[^.;:,\n?]{0,30}\?")
_NOT_SAID = re.compile(
    r"\b(?:should|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?" + RESULTED + r"|awaited"
    r"|primers?\s(?:and\sprobes?\s)?(?:for|specific\s(?:for|to)|targeting)"
    r"|(?:assay|kit|panel)\s(?:is\sable\sto\s|can\s)?(?:detects?|covers?|targets?|includes?)|suggest(?:s"
    r"|ed)? (?:testing|performing)|(?<!failed )(?<!unable )to (?:rule out|exclude|look for|search for|assess|evaluate"
    r"|determine|detect|confirm)|whether|possib(?:le|ility)|suspect(?:ed)?|if\b"
    r"|inhibitors?\b(?= (?:for|in)))\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_GENERAL = pattern(
    r"\b(?:usually|often|typically|commonly|generally|frequently|characteristic(?:ally)?|in (?:most"
    r"|some|many|several|up to|about|approximately) (?:\d|cases|patients|of)|% of (?:the )?(?:cases"
    r"|patients|tumou?rs|(?-i:[A-Z]{2,5}s))\b|(?:have|has) been (?:reported|described|associated|shown)"
    r"|(?:is|are) (?:the )?(?:most|least|more|less|very|extremely|relatively) (?:common|rare|frequent|prevalent)"
    r"|such as|a (?:report|study) (?:showed|found)|(?:is|are) (?:known|associated|thought|considered"
    r"|found in|present in|seen in|described|reported)|previously (?:described|reported))\b",
    re.IGNORECASE,
)


def _remark_on_others(view: View, low: int, finding: Finding) -> int | None:
    """Return where a remark begins on what is known of a finding that the statement before it has told, if one does."""
    remark = _KNOWN_OF_IT.match(view.whole, finding.end, view.end)
    if remark is None or FOUND_BEFORE.search(view.whole, low, finding.start) is None:
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
