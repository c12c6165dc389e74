"""Stated responses: what the report says that the tumour did, in RECIST terms or in words. One per assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from caseboard.case.facts import Response
from caseboard.narrative.clock import Moment, shift
from caseboard.narrative.context import denied, hypothetical, of_someone_else
from caseboard.narrative.examination import IMAGING, modality_at
from caseboard.narrative.extract.course_table import responses_in_columns
from caseboard.narrative.extract.response_words import RULES, Category
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import count_of, unit_of
from caseboard.narrative.view import Governed, View

__all__ = ["extract"]
_NOT_A_RESPONSE = pattern(
    r"\b(?:after|before|since|at(?: the)?(?: time of)?|until|following|prior to|time to"
    r"|risk of|prevent\w{0,4}|in case of|to avoid|free|site of|sites of|history of|for"
    r"|treatment of|if|without|no|absence of|cause of|first|monitoring for|rate of"
    r"|due to(?: the)?|versus|vs\.?|performed on|done on|possible|evaluat\w{1,3}|resist\w{2,4}"
    r"|criteria for)\s(?:the |any |a "
    r"|an |further |local |tumou?r |disease |new |distant |this |recurrent |subsequent |of "
    r"|other |early )*$",
    re.IGNORECASE,
)
_NOT_YET = pattern(
    r"\b(?:would|could|should|(?-i:may)|might|whether|planned|to (?:assess|evaluate|monitor"
    r"|avoid|prevent|exclude|rule out))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_DIED = pattern(r"\b(?:died|passed away|deceased)\b", re.IGNORECASE)
_LOOKED = pattern(
    r"\b(?:CT|MRI|PET|scan|scans|ultrasound|imaging|radiolog\w{3,6}|X-?ray|tomograph\w{1,3}"
    r"|biops\w{1,3}|patholog\w{1,5}|histolog\w{1,6}|examination|follow-?up|visit|restaging"
    r"|staging|evaluation|assessment|endoscop\w{1,3}|cystoscopy|gastroscopy|colonoscopy"
    r"|observed|noted|found|showed|revealed|RECIST|after|later|cycles?|confirmed|months?"
    r"|weeks?|achiev\w{2,3}|experienced|remain\w{0,2}|surveillance|chemo\w{0,7}|treatment"
    r"|therapy|but|demonstrated|disclosed|specimen)\b",
    re.IGNORECASE,
)
_MEASURED = pattern(r"\d\s?(?:mm|cm)\b")
_SYMPTOM = pattern(
    r"\b(?:pain|symptoms?|fever|cough|effusion|ascites|jaundice|neutropeni\w|toxicit\w{1,3}"
    r"|rash|wound|infection|LDH|marker|CEA|CA|AFP|edema|oedema|neuropathy|hepatitis|nausea"
    r"|fibros\w{2,4}|platelets?|transaminase\w?|enzymes|cells/|ejection fraction|stenosis"
    r"|doses?|weight|hemoglobin|haemoglobin|haematuria|hematuria|renal failure|visual)\b",
    re.IGNORECASE,
)
_PATHOLOGICAL = pattern(
    r"\b(?:patholog\w{1,6}|histolog\w{1,6}|histopatholog\w{1,6}|biops\w{1,3}|viable|necrosis"
    r"|specimen|microscop\w{1,5}|path:|regression about)\b",
    re.IGNORECASE,
)
_CLINICAL = pattern(
    r"\b(?:clinical(?:ly)?|physical(?:ly)?|symptom\w{0,6}|palpat\w{1,4}|circumference|pain)\b", re.IGNORECASE
)
_SPREAD_SEEN = pattern(
    r"\b(?:show(?:ed|s|n)?|reveal(?:ed|s)?|demonstrat(?:ed|es)|disclos(?:ed|es)|detect(?:ed|s)"
    r"|identif(?:ied|ies)|confirm(?:ed|s)|found|developed|noted"
    r"|objectified)\s(?:[a-z-]{2,14}\s){0,4}(?:metasta(?:sis|ses)|pulmonary nodules"
    r"|lung nodules|carcinomatosis|dissemination)\b",
    re.IGNORECASE,
)
"""Spread seen after treatment has begun is progression, also where the report does not say so."""
_IMAGING_SHOWED = pattern(
    r"\b(?:CT|MRI|PET|scans?|ultrasound|imaging|X-?ray|tomography"
    r"|radiograph)\b[^.;]{0,60}\b(?:show(?:ed|s)|reveal(?:ed|s)|demonstrat(?:ed|es)"
    r"|disclos(?:ed|es)|detected|identified|found)\b",
    re.IGNORECASE,
)
_KNOWN_BEFORE = pattern(
    r"\b(?:the|these|those|no|without|known|previous(?:ly)?|all|both|decreas\w{1,3}"
    r"|reduc\w{1,4}|shrink\w{0,4}|regress\w{1,4}|disappear\w{1,4}|stable|unchanged|smaller"
    r"|resol\w{2,5}|improv\w{2,5}|partial|of)\b",
    re.IGNORECASE,
)


class _Hit(msgspec.Struct):
    category: Category
    weight: int
    start: int
    end: int
    governed: Governed | None


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield one response for each time that the sentence assesses the tumour."""
    if view.section in ("plan", "family", "allergies", "medication"):
        return
    rows = responses_in_columns(view, memory)
    if rows is not None:
        yield from rows
        return
    hits = [hit for hit in _hits(view, memory) if not _excluded(view, memory, hit)]
    groups: dict[int, list[_Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.governed.start if hit.governed else -1, []).append(hit)
    if (
        not hits
        and not view.retold
        and view.start <= memory.fresh_lesion < view.end
        and view.has(_IMAGING_SHOWED)
    ):
        at = memory.fresh_lesion
        groups[-1] = [_Hit("PD", 5, at, min(at + 60, view.end), view.governing(at, at + 1))]
    for group in groups.values():
        best = max(group, key=lambda hit: (hit.weight, -hit.start))
        start, end = _quote(best)
        modality = _modality(view, memory, best)
        fact = Response(
            id="", source=NOWHERE, patient=view.patient, category=best.category, modality=modality
        )
        told = f"{best.category} {modality == 'pathological'}"
        if view.retold and told in memory.told_responses and best.governed is None:
            continue
        memory.told_responses.add(told)
        _supersede(view, memory, best)
        moment = (
            _retold_moment(memory, modality, best) if view.retold else _moment(view, memory, modality, best)
        )
        if best.category == "PD" and moment.when is not None:
            memory.clock.set_anchor("recurrence", moment.when)
        memory.last_response = best.category
        for earlier in _dates_listed(view, best):
            yield Draft(fact, earlier.start, end, earlier.moment)
        draft = Draft(fact, start, end, moment)
        if not view.retold:
            memory.response = draft
        yield draft


def _dates_listed(view: View, hit: _Hit) -> list[Governed]:
    """Return the earlier dates of a list before a rating: "CT 06/2022 and 12/2022: PR" is one for each."""
    out: list[Governed] = []
    last = hit.governed
    for time in reversed(view.times):
        if last is None or last.end > hit.start:
            break
        if time.end <= last.start and time.absolute and not time.until:
            if not _LISTED.fullmatch(view.whole[time.end : last.start]):
                break
            out.append(time)
            last = time
    return out[::-1]


_LISTED = pattern(r"\s?(?:,|and|&|\+|, and)\s?(?:in\s)?")


def _supersede(view: View, memory: Memory, hit: _Hit) -> None:
    """Drop a regression told in the sentence before where this one says what it amounts to: "evaluated as PR"."""
    last = memory.response
    if (
        last is None
        or view.retold
        or hit.category not in ("PR", "CR")
        or hit.governed is not None
        or hit.weight < 8
    ):
        return
    if (
        isinstance(last.fact, Response)
        and last.fact.category == "MR"
        and last.fact.modality != "pathological"
        and hit.start - last.end < 260
    ):
        last.dropped = True


_LATER = pattern(
    r"\b(?:follow[- ]?up|later|subsequent\w{0,2}|surveillance|re-?staging|months?|weeks?|years?|days?|relapse\w?"
    r"|recur\w{1,6}|thereafter|eventually|despite)\b",
    re.IGNORECASE,
)
"""Time that has passed since an operation: what the staging around it finds is no progression."""
_MANY = re.compile(r"(?:multiple|extensive|widespread|diffuse|several|numerous)\b", re.IGNORECASE)
"""Many metastases are progression after treatment; before any they are the stage."""


def _after_operation(view: View, memory: Memory) -> bool:
    return memory.operated and (memory.dated_since_operation or view.has(_LATER) is not None)


def _hits(view: View, memory: Memory) -> Iterator[_Hit]:
    if view.may(_SPREAD_SEEN) and (memory.last_regimen or _after_operation(view, memory)):
        for match in view.find(_SPREAD_SEEN):
            if not view.within(_KNOWN_BEFORE, match[0]):
                yield _Hit("PD", 6, match.start(), match.end(), view.governing(match.start(), match.end()))
    for category, weight, rule in view.rows(RULES):
        for match in view.find(rule):
            yield _Hit(
                category, weight, match.start(), match.end(), view.governing(match.start(), match.end())
            )


_ENLARGED = pattern(r"\benlarged (?:[a-z-]{3,14}\s)?\S{3,20}$|\b(?:was|were) enlarged$", re.IGNORECASE)
"""A node that is enlarged before any treatment is found so, and has not grown."""


_STOPPED_FOR = pattern(
    r"\b(?:stopp?\w{0,4}|discontinu\w{1,5}|switch\w{0,3}|chang\w{1,3}|ceas\w{1,3}"
    r"|withdr\w{2,4}|terminat\w{1,3}|interrupt\w{1,3}|abandon\w{0,3}|replaced"
    r"|ended)\b[^;.]{0,60}\b(?:for|due to|because of|owing to|on account of|upon|at|after"
    r"|following|with|until)\s(?:the |any |a |an |further |local |tumou?r |disease "
    r"|radiological |clinical |documented |this ){0,3}$",
    re.IGNORECASE,
)
_OF_A_DOSE = pattern(
    r"^\s?(?:(?:by \d{1,2}\s?%|stepwise|further)\s)?(?:in dose|(?:to|from|by) (?:an? )?(?:(?:daily )?dose of )?"
    r"\d[\d.,]{0,6}\s?(?:mg|µg|mcg|g\b|AUC))",
    re.IGNORECASE,
)
"""What follows where a drug was given in a smaller dose, and no tumour shrank: "it was reduced to 200 mg daily"."""
_LOCALLY = pattern(r"\bno local(?:ly)? (?:recurren\w{2,3}|relapses?)\b(?! or)", re.IGNORECASE)
_OWN_TIME = pattern(r"^\s(?:in|on|at)?\s?$", re.IGNORECASE)


def _happened(view: View, hit: _Hit, low: int) -> bool:
    """Whether words that often only give a time or a reason tell that it came so: "stopped for progression"."""
    if view.whole[hit.start : hit.end].lower().startswith(("no ", "absence", "without", "lack")):
        return True
    if hit.category != "PD":
        return False
    if view.has(_STOPPED_FOR, low, hit.start):
        return True
    return any(
        time.absolute
        and hit.end <= time.start <= hit.end + 5
        and _OWN_TIME.match(view.whole[hit.end : time.start] or " ")
        for time in view.times
    )


def _excluded(view: View, memory: Memory, hit: _Hit) -> bool:
    """Whether the words are no assessment of this patient's tumour, by what stands around them or by the story."""
    return _not_asserted(view, hit) or _of_a_symptom(view, hit) or _out_of_place(view, memory, hit)


def _not_asserted(view: View, hit: _Hit) -> bool:
    """Whether a hit is denied, planned, a time or reason only, or of someone else."""
    start, end = hit.start, hit.end
    low, _ = view.clause(start)
    before = view.whole[max(low, start - 60) : start]
    if view.whole[end : end + 1] == "?" or (hit.category == "NED" and view.within(_NO_SIGN, before)):
        return True
    if view.within(_ASIDE, before) or (hit.category == "NED" and view.within(_OF_A_MARGIN, before)):
        return True
    if view.within(_NOT_YET, before) or hypothetical(view, start, end) or of_someone_else(view, start, end):
        return True
    if view.has(_DIED):
        return True
    if hit.category == "CR" and re.search(
        r"\b(?:almost|nearly|near|not|no|without|less than)[\s-](?:an? )?$", before, re.IGNORECASE
    ):
        return True
    if hit.category != "NED" and view.within(_NOT_A_RESPONSE, before) and not _happened(view, hit, low):
        return True
    return hit.category not in ("NED", "SD") and denied(view, start, end)


_NO_SIGN = pattern(r"\b(?:no|without) (?:signs?|evidence|hint) of (?:[a-z]{4,10} )?$", re.IGNORECASE)
"""What denies a remission: "no signs of disease remission"."""
_ASIDE = pattern(
    r"\[\s?\]\s?$"
    r"|\b(?:posterior|spinal|vertebral|surgical|pedicle|screw|internal)\s(?:fixation and |fusion and )?$"
    r"|\b(?:pneumothorax|effusions?|ascites|pain|fever|infections?|hernia|bleeding|symptoms?|diarrh\w{2,4}"
    r"|neutropenia"
    r"|rash|stricture|pneumonitis|hepatitis|seizures?|anaemia|anemia|tuberculosis|TB|depression|asthma|colitis"
    r"|sarcoidosis|thrombosis|psoriasis|arthritis|cystitis|zoster|headaches?)\s(?:had |has |soon |then |again )*$",
    re.IGNORECASE,
)
"""What stands before words that rate no tumour: an empty box, a spine that is stabilized, a symptom."""
_OF_A_MARGIN = pattern(r"\b(?:margins?|edges?|borders?|macroscopically)\s(?:\w+\s){0,3}$", re.IGNORECASE)


def _of_a_symptom(view: View, hit: _Hit) -> bool:
    """Whether it is a symptom, a dose or a laboratory value that went up, down or away."""
    start, end = hit.start, hit.end
    low, high = view.clause(start)
    weak = hit.category in ("MR", "SD", "CR", "PR") and hit.weight <= 7
    if weak and _OF_A_DOSE.match(view.whole[end : min(high, end + 50)]):
        return True
    if weak and view.within(_SYMPTOM, view.whole[max(low, start - 25) : min(high, end + 30)]):
        return True
    return hit.category == "CR" and view.within(_SYMPTOM, view.whole[end : min(high, end + 30)]) is not None


def _out_of_place(view: View, memory: Memory, hit: _Hit) -> bool:
    """Whether nothing in the sentence or the story lets a hit be an assessment."""
    start, end = hit.start, hit.end
    if hit.category == "CR" and view.has(_OF_A_BIOPSY, max(view.start, start - 80), end) is not None:
        return True
    if view.retold:
        strong = hit.weight >= 9 or (hit.governed is not None and view.sentence.section == "legend")
        return hit.category not in ("MR", "CR", "PR", "NED") or not (
            strong or view.within(_PATHOLOGICAL, view.whole[start:end])
        )
    if not memory.introduced:
        return True
    if hit.category == "NED" and _LOCALLY.match(view.whole[start:end]) and view.has(_MEASURED):
        return True
    if (
        hit.category in ("PD", "MR")
        and hit.weight <= 6
        and not view.has(_LOOKED)
        and not view.has(_MEASURED)
        and hit.governed is None
    ):
        return True
    if hit.category == "PD" and not memory.staged and hit.weight <= 6:
        return True
    untreated = not (memory.operated or memory.last_regimen or memory.radiotherapy)
    if untreated and (
        (hit.category == "PD" and _MANY.match(view.whole, start, end))
        or (hit.category == "PD" and hit.weight <= 6 and view.within(_ENLARGED, view.whole[start:end]))
        or (hit.category == "NED" and hit.weight <= 6)
        or (hit.category == "MR" and hit.weight <= 4)
    ):
        return True
    return (
        hit.category == "CR"
        and re.match(r"\s?(?:of|in)\s(?:the )?\w", view.whole[end : end + 12]) is not None
        and re.search(r"(?:lesions?|tumou?rs?)$", view.whole[start:end], re.IGNORECASE) is not None
    )


_OF_A_BIOPSY = pattern(r"\b(?:biops\w{1,3}|bx)\b[^.;]{0,60}\bno (?:\w+ )?(?:viable|vital)\b", re.IGNORECASE)
"""A biopsy without viable cells is no complete response: only what was taken out whole shows one."""


def _modality(view: View, memory: Memory, hit: _Hit) -> Literal["clinical", "imaging", "pathological"] | None:
    low, high = view.clause(hit.start)
    near = (max(low, hit.start - 60), min(high, hit.end + 40))
    if view.has(_PATHOLOGICAL, *near):
        return "pathological"
    found = modality_at(view, memory, hit.start)
    if found in IMAGING or view.has(pattern(r"\b(?:RECIST|imaging|radiolog\w{3,6}|scans?)\b", re.IGNORECASE)):
        return "imaging"
    if view.has(_CLINICAL, *near) or found in ("exam", "endoscopy"):
        return "clinical"
    return "pathological" if found == "pathology" else None


def _retold_moment(memory: Memory, modality: str | None, hit: _Hit) -> Moment:
    """Return when a response told outside the case was: at its own time, or at the operation that it speaks of."""
    if hit.governed is not None:
        return hit.governed.moment
    surgery = memory.clock.anchors.get("surgery")
    if modality == "pathological" and surgery is not None:
        return Moment(surgery, "resolved", "the date of the operation")
    return Moment(None)


def _moment(view: View, memory: Memory, modality: str | None, hit: _Hit) -> Moment:
    surgery = memory.clock.anchors.get("surgery")
    if (
        modality == "pathological"
        and hit.governed is None
        and surgery is not None
        and hit.category in ("MR", "PR", "CR")
    ):
        return Moment(surgery, "resolved", "the date of the operation")
    ended = _end_of_period(view, hit) if hit.category == "PD" else None
    return ended or view.when(hit.start, hit.end)


_FROM = re.compile(r"\b(?:from|since|between)\s$", re.IGNORECASE)
_FOR_SO_LONG = pattern(
    r"\s?(?:onwards?\s)?for\s(?:about |approximately |nearly |a total of )?(?P<count>[\w.]{1,10})[\s-]"
    r"(?P<unit>days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def _end_of_period(view: View, hit: _Hit) -> Moment | None:
    """Return the end of a treatment told before its failure: "given from June for five months, but the mass grew"."""
    begun = hit.governed
    if (
        begun is None
        or begun.end > hit.start
        or not _FROM.search(view.whole, max(view.start, begun.start - 12), begun.start)
    ):
        return None
    for time in view.times:
        if time.until and begun.end <= time.start and time.end <= hit.start:
            return time.moment
    lasted = _FOR_SO_LONG.match(view.whole, begun.end, hit.start)
    if lasted is None or begun.moment.when is None:
        return None
    count = count_of(lasted["count"].lower())
    when = shift(begun.moment.when, count, unit_of(lasted["unit"].lower())) if count else None
    return Moment(when, "resolved", "the end of the treatment that it follows") if when is not None else None


def _quote(hit: _Hit) -> tuple[int, int]:
    """Return the words of the response, with the time that governs them where it stands close before."""
    start, end = hit.start, hit.end
    governed = hit.governed
    if governed is not None and 0 <= start - governed.end <= 60:
        start = governed.start
    return start, end
