"""Words of a response that nothing in the sentence or the story lets be an assessment.

Before any treatment, what is found is the stage and the diagnosis; where nobody looked, nothing grew or shrank; and
what is free of tumour may be one place of several.
"""

from __future__ import annotations

import re

from caseboard.case.dates import DateInterval
from caseboard.narrative.extract.response_hit import PATHOLOGICAL, Hit
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_out_of_place"]


def is_out_of_place(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether nothing in the sentence or the story lets a hit be an assessment."""
    if hit.category == "CR" and _leaves_the_tumor(view, hit):
        return True
    if view.retold:
        return not _is_worth_retelling(view, hit)
    return (
        not (memory.introduced or _is_of_a_treatment(view, memory, hit))
        or _was_not_looked_for(view, memory, hit)
        or _is_of_one_place(view, hit)
        or _is_of_the_untreated(view, memory, hit)
    )


def _leaves_the_tumor(view: View, hit: Hit) -> bool:
    """Whether a biopsy, or a place without nodules beside lesions that are measured, shows no complete response."""
    if view.has(_OF_A_BIOPSY, max(view.start, hit.start - 80), hit.end) is not None:
        return True
    return (
        _NO_NODULE.match(view.whole, hit.start, hit.end) is not None
        and view.has(_IN_MM, view.start, hit.start) is not None
    )


_OF_A_BIOPSY = pattern(r"\b(?:biops\w{1,3}|bx)\b[^.;]{0,60}\bno (?:\w+ )?(?:viable|vital)\b", re.IGNORECASE)
"""A biopsy without viable cells is no complete response: only what was taken out whole shows one."""
_NO_NODULE = re.compile(r"no\s[a-z -]{4,24}\s(?:nodules?|lesions?)", re.IGNORECASE)
_IN_MM = pattern(r"\d\s?(?:mm|cm)\b")
"""Lesions that are measured, beside which one is told to be gone: "hilar node 9 mm, RLL scar, no measurable nodule"."""


def _is_worth_retelling(view: View, hit: Hit) -> bool:
    """Whether what an abstract or a legend tells once more is rated so clearly that it counts there too."""
    strong = hit.weight >= 9 or (hit.governed is not None and view.sentence.section == "legend")
    return hit.category in ("MR", "CR", "PR", "NED") and (
        strong or view.within(PATHOLOGICAL, view.whole[hit.start : hit.end]) is not None
    )


def _is_of_a_treatment(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a rating in the sentence that introduces the patient is one of the treatment that it names."""
    if hit.category != "PD":
        return bool(memory.last_regimen) and hit.category in _BEST
    if memory.last_regimen and hit.governed is not None and hit.governed.absolute:
        return True
    on = _ON_A_DRUG.match(view.whole, hit.end, view.end)
    return on is not None and any(drug.start == on.end() for drug in view.of("drug", "regimen"))


_ON_A_DRUG = re.compile(
    r"\s(?:on|under|despite|after|during)\s(?:(?:first|second|third|fourth|1st|2nd|3rd)[\s-]line\s|treatment\swith\s)?",
    re.IGNORECASE,
)
_BEST = frozenset({"CR", "PR", "SD"})
"""What the sentence that introduces a patient may tell of the treatment it names: "achieving a partial response"."""


def _was_not_looked_for(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a growth or a shrinkage is told in weak words where nobody looked, or before anything was to grow."""
    if hit.weight > _WEAK:
        return False
    if (
        hit.category in ("PD", "MR")
        and not view.has(_LOOKED)
        and not view.has(_MEASURED)
        and hit.governed is None
        and _CONCLUDING.match(view.sentence.heading) is None
    ):
        return True
    return hit.category == "PD" and not (memory.staged or _is_of_a_treatment(view, memory, hit))


_WEAK = 6
"""The weight up to which words rate a tumour only where the sentence tells how it was looked at."""
_LOOKED = pattern(
    r"\b(?:CT|MRI|PET|scan|scans|ultrasound|imaging|radiolog\w{3,6}|X-?ray|tomograph\w{1,3}"
    r"|biops\w{1,3}|patholog\w{1,5}|histolog\w{1,6}|examination|follow-?up|visit|restaging"
    r"|staging|evaluation|assessment|endoscop\w{1,3}|cystoscopy|gastroscopy|colonoscopy"
    r"|observed|noted|found|showed|revealed|RECIST|after|later|cycles?|confirmed|months?"
    r"|weeks?|achiev\w{2,3}|experienced|remain\w{0,2}|surveillance|chemo\w{0,7}|treatment"
    r"|therapy|but|demonstrated|disclosed|specimen)\b",
    re.IGNORECASE,
)
_MEASURED = pattern(r"\d\s?(?:(?:mm|cm)\b|%)")
_CONCLUDING = re.compile(r"conclusion|impression|opinion|assessment|summary|result", re.IGNORECASE)
"""What heads the words in which a report sums up what was seen."""


def _is_of_one_place(view: View, hit: Hit) -> bool:
    """Whether no more than one place is free of tumour: "no local recurrence" beside metastases, "CR elsewhere"."""
    start, end = hit.start, hit.end
    if hit.category not in ("CR", "NED"):
        return False
    if _ELSEWHERE.match(view.whole, end, view.end) or view.has(
        _OF_THE_REST, max(view.start, start - 70), start
    ):
        return True
    if hit.category == "CR":
        if _OF_ONE_LESION.match(view.whole, end, view.end) and view.has(_IS_LEFT) is not None:
            return True
        return (
            _OF_A_PLACE.match(view.whole, end, end + 12) is not None
            and _LESION_LAST.search(view.whole, start, end) is not None
        )
    return _LOCALLY.match(view.whole[start:end]) is not None and (
        view.has(_MEASURED) is not None
        or view.has(_FOUND_ELSEWHERE, view.start, start) is not None
        or _is_told_of_lesions(view, start)
    )


_ELSEWHERE = re.compile(
    r"\s(?:elsewhere|(?:at|in)\s(?:all\s)?other\s(?:sites|lesions|organs|places))\b", re.IGNORECASE
)
"""What makes a rating one of the rest, beside which something is left: "pleural plaque 14 mm, CR elsewhere"."""
_OF_THE_REST = pattern(
    r"\b(?:(?:other|remaining)\s(?:[a-z]{3,14}\s){0,2}?(?:lesions?|sites?|disease|metastas[ei]s|nodules?|tumou?rs?"
    r"|organs?)"
    r"|rest\sof\sthe\s[a-z]{3,12})\s(?:[a-z]{2,12}\s){0,3}$",
    re.IGNORECASE,
)
"""The same, told before it: "one nodule progressed while all other lesions remained in remission"."""
_OF_ONE_LESION = re.compile(
    r"(?:\s\(?\d[\d./-]{3,9}\)?|\s\(?(?:in\s)?[A-Z][a-z]{2,8}\s\d{4}\)?)?\s(?:of|in|at)\s(?:the\s|one\s|an?\s|all\s|both\s)?"
    r"(?:[a-z-]{3,16}\s){0,3}(?:nodul|lesion|deposit|metastas|mets\b|nodes?\b|mass|component|implant)",
    re.IGNORECASE,
)
_IS_LEFT = pattern(
    r"\b(?:residual|persist\w{0,4}|remaining|overall\s(?:PR|SD|partial|stable)|(?:PR|SD)\s(?:overall|maintained)"
    r"|(?:other|remaining)\s(?:lesions?|sites?|metastas[ei]s|nodules?)\s(?:are|is|were|was|remain)"
    r"|(?:are|is|were|was|remain\w{0,3})\s(?:stable|unchanged))\b",
    re.IGNORECASE,
)
"""What shows, beside the complete remission of one lesion, that the patient is not free of disease."""
_OF_A_PLACE = re.compile(r"\s?(?:of|in)\s(?:the )?\w")
_LESION_LAST = re.compile(r"(?:lesions?|tumou?rs?)$", re.IGNORECASE)
"""What makes a remission that of one lesion: "complete disappearance of the lesion in the liver"."""
_LOCALLY = pattern(
    r"\b(?:no|without|(?:absence|lack) of) (?:any )?local(?:ly)? (?:recurren\w{2,3}|relapses?)\b(?! or)",
    re.IGNORECASE,
)
_FOUND_ELSEWHERE = pattern(
    r"\b(?:reveal|show|demonstrat|detect|identif|disclos)\w{0,3}\s(?:an?|the|multiple|several|new|solitary|two|three)\s"
    r"[^.;]{0,60}?\b(?:lesions?|metasta\w{2,5}|nodules?|mass(?:es)?|deposits?)\b",
    re.IGNORECASE,
)
"""What was found in another place than the first: the patient is not free of disease then."""


def _is_told_of_lesions(view: View, start: int) -> bool:
    """Whether the findings of a scan have measured lesions on the same line, before they tell of one place."""
    line = view.whole.rfind("\n", max(0, start - _LONGEST_FINDINGS), start) + 1
    return view.section == "findings" and _MEASURED.search(view.whole, line, start) is not None


_LONGEST_FINDINGS = 2000


def _is_of_the_untreated(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a finding is of a tumour before any treatment: then it is the stage, a grade or the diagnosis."""
    if hit.category == "PD" and _was_before_the_diagnosis(view, memory, hit):
        return True
    treated = memory.last_regimen or memory.regimen or memory.radiotherapy
    if not treated and _is_necrosis_only(view, hit):
        return True
    operated = memory.operated or "surgery" in memory.clock.anchors
    if operated or memory.last_regimen or memory.radiotherapy:
        return False
    return _is_of_the_stage(view, hit)


def _was_before_the_diagnosis(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a finding is of a day before that of the diagnosis, and of all treatment: then nothing had grown."""
    moment = hit.governed.moment if hit.governed is not None else view.inherited
    found = moment.when if moment is not None and not moment.open else None
    diagnosed = memory.clock.anchors.get("diagnosis")
    return (
        isinstance(found, DateInterval)
        and isinstance(diagnosed, DateInterval)
        and found.compare(diagnosed) == "before"
        and not view.of("drug", "regimen")
        and all(
            not isinstance(begun, DateInterval) or found.compare(begun) == "before"
            for begun in memory.starts()
        )
    )


def _is_necrosis_only(view: View, hit: Hit) -> bool:
    """Whether necrosis, which grades a tumour that is untreated, is told without a treatment beside it."""
    return (
        hit.category == "MR"
        and view.has(_NECROSIS, hit.start, hit.end) is not None
        and view.has(_BY_TREATMENT) is None
    )


_NECROSIS = pattern(r"\bnecrosis\b", re.IGNORECASE)
_BY_TREATMENT = pattern(
    r"\b(?:\w{0,4}chemo\w{0,12}|treatment|therap\w{1,7}|neo-?adjuvant|pre-?operative|radio\w{0,12}|irradiat\w{2,3}"
    r"|response"
    r"|post|after|following|huvos|good|poor)\b",
    re.IGNORECASE,
)


def _is_of_the_stage(view: View, hit: Hit) -> bool:
    """Whether words tell of spread, of a biopsy or of no spread, as they do at the first staging."""
    words = (view.whole, hit.start, hit.end)
    if hit.category == "PD":
        if _MANY.match(*words) or _OF_TISSUE.match(*words):
            return True
        return hit.weight <= _WEAK and bool(view.within(_ENLARGED, view.whole[hit.start : hit.end]))
    if hit.category == "NED":
        return hit.weight <= _WEAK or view.has(_OF_SPREAD, hit.start, hit.end) is not None
    return hit.category == "MR" and hit.weight <= _WEAKEST


_WEAKEST = 4
"""The weight up to which words of a shrinkage may be how an untreated tumour looks."""
_MANY = re.compile(r"(?:multiple|extensive|widespread|diffuse|several|numerous)\b", re.IGNORECASE)
"""Many metastases are progression after treatment; before any they are the stage."""
_OF_TISSUE = pattern(r"(?:biops|bx|punct|FNA|cytol|hist|HP[RE]|path)", re.IGNORECASE)
"""How words begin of what was looked at under the microscope: before any treatment it is the diagnosis."""
_ENLARGED = pattern(r"\benlarged (?:[a-z-]{3,14}\s){0,3}\S{3,20}$|\b(?:was|were) enlarged$", re.IGNORECASE)
"""A node that is enlarged before any treatment is found so, and has not grown."""
_OF_SPREAD = pattern(r"\bmetasta\w{2,5}$", re.IGNORECASE)
"""What staging does not find before any treatment: "no evidence of metastases" is no remission then."""
