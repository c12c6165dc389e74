"""Stated responses: what the report says that the tumour did, in RECIST terms or in words. One per assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Response
from caseboard.narrative.clock import Moment
from caseboard.narrative.document import in_past_history
from caseboard.narrative.examination import IMAGING, examinations, modality_at
from caseboard.narrative.extract.course_table import responses_in_columns
from caseboard.narrative.extract.entries import responses_of_entry
from caseboard.narrative.extract.lesion_fact import is_known
from caseboard.narrative.extract.response_doubt import is_no_response
from caseboard.narrative.extract.response_fresh import (
    CONCLUDED,
    FREE_OF_IT,
    METASTASES,
    NEAR,
    begun_between,
    fresh_lesion,
    is_fresh,
    take_back,
)
from caseboard.narrative.extract.response_hit import PATHOLOGICAL, Hit
from caseboard.narrative.extract.response_sites import (
    NEW,
    is_at_a_spot,
    is_local,
    is_of_a_spot,
    organ_behind,
    rated,
    scanned_alone,
)
from caseboard.narrative.extract.response_turns import in_turn
from caseboard.narrative.extract.response_when import (
    before_progression,
    dates_behind,
    dates_listed,
    held_at,
    moment_of_response,
    of_its_date,
    retold_moment,
)
from caseboard.narrative.extract.response_words import RULES, Category
from caseboard.narrative.extract.treatment_rows import best_of_row
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms.anatomy import same_site

__all__ = ["extract"]
_CLINICAL = pattern(
    r"\b(?:clinical(?:ly)?|physical(?:ly)?|symptom\w{0,6}|palpat\w{1,4}|circumference|pain)\b", re.IGNORECASE
)
_SPREAD_SEEN = pattern(
    r"\b(?:show(?:ed|s|n)?|reveal(?:ed|s)?|demonstrat(?:ed|es)|disclos(?:ed|es)|detect(?:ed|s)"
    r"|identif(?:ied|ies)|confirm(?:ed|s)|uncovered|unveiled|unmasked|exhibited|picked\sup"
    r"|found|developed|noted|had|evolved with"
    r"|objectified)\s(?:[a-z-]{2,18}\s){0,4}(?:metasta(?:sis|ses)|carcinomatosis"
    r"|dissemination|(?:lung|pulmonary|lobe|liver|hepatic|pleural|peritoneal|omental|adrenal|brain|bone)\s"
    r"(?:nodules?|lesions?|deposits?))\b"
    r"|\b(?:CE|HR)?(?:CT|MRI|MRT|PET(?:[-/ ]?CT)?)\b(?:[^.;:\n]|\.\d){0,40}(?::|\s[=–—-])\s(?:(?:multiple|several"
    r"|numerous|bilateral|diffuse|two|three|four|five|six|\d{1,2})\s(?:[A-Za-z/]{2,14}\.?\s){0,3}(?:metastases|mets"
    r"|nodules|foci"
    r"|deposits)|(?:liver|lung|pulm\.?|pulmonary|hepatic|bone|brain|cerebral|nodal|peritoneal)\s(?:mets"
    r"|metastas[ei]s))\b",
    re.IGNORECASE,
)
"""Spread seen after treatment has begun is progression, also where the report does not say so."""
_SPREAD_FOUND = pattern(
    r"\b(?:(?:lung|liver|pulmonary|hepatic|bone|brain|cerebral|nodal|peritoneal|pleural|osseous|multiple|several)\s"
    r"(?:[a-z]{4,12}\s)?metastas[ei]s|new\s(?:[a-z]{4,12}\s)?(?:lesions?|nodules?|deposits?)"
    r"|(?<!the\s)(?<!these\s)(?<!of\s)metastases)\b(?:[^.;]|\.\d){0,60}?"
    r"\b(?:(?:was|were)\s(?:[a-z]+ly\s)?(?:discovered|found|detected|noted|diagnosed)|appeared|emerged|arose)\b",
    re.IGNORECASE,
)
"""The same, where what was seen comes first: "seven liver metastases were discovered"."""
_KNOWN_BEFORE = pattern(
    r"\b(?:the|these|those|no|without|known|old|chronic|tiny|indeterminate|non-?specific|benign|previous(?:ly)?|all"
    r"|both|decreas\w{1,3}"
    r"|reduc\w{1,4}|shrink\w{0,4}|regress\w{1,4}|disappear\w{1,4}|stable|unchanged|smaller"
    r"|resol\w{2,5}|improv\w{2,5}|partial|of)\b",
    re.IGNORECASE,
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield one response for each time that the sentence assesses the tumour."""
    if view.section in ("plan", "family", "allergies", "medication"):
        return
    if in_past_history(view.whole, view.sentence):
        return
    if (rows := _in_a_table(view, memory)) is not None:
        yield from rows
        return
    hits = [of_its_date(view, hit) for hit in _hits(view, memory) if not is_no_response(view, memory, hit)]
    hits = _without_what_failed(view, _at_last(view, hits))
    entry = responses_of_entry(view, memory)
    if entry is None:
        yield from _of_hits(view, memory, in_turn(view, hits))
        return
    labelled = list(entry)
    _remember(memory, labelled[-1])
    yield from labelled
    hits = [hit for hit in hits if _is_behind(hit, max(draft.end for draft in labelled))]
    if hits:
        yield from _of_hits(view, memory, in_turn(view, hits))


def _at_last(view: View, hits: list[Hit]) -> list[Hit]:
    """Return the hits with progression where it is told by how long it did not come: "did not progress until May"."""
    until = view.has(_DID_NOT_UNTIL)
    if until is None:
        return hits
    others = [hit for hit in hits if hit.end <= until.start() or until.end() <= hit.start]
    if len(others) == len(hits):
        return hits
    return [*others, Hit("PD", _RATED, until.start(), until.end(), view.governing(*until.span()))]


_DID_NOT_UNTIL = pattern(
    r"\b(?:did|had|has)\snot\s(?:progress(?:ed)?|recur(?:red)?|relapsed?|grown?|come\sback)\s(?:again\s)?(?:until|till)"
    r"(?=\s[^.;]{0,20}\d)",
    re.IGNORECASE,
)


def _without_what_failed(view: View, hits: list[Hit]) -> list[Hit]:
    """Return the hits without a response that there was not, beside a progression: that is no stable disease."""
    if all(hit.category != "PD" for hit in hits):
        return hits
    return [
        hit for hit in hits if hit.category != "SD" or not _NO_RESPONSE.match(view.whole, hit.start, hit.end)
    ]


_NO_RESPONSE = re.compile(
    r"(?:no|without|lack of|(?:did|does|had|has) not)\s(?:an?y?\s)?(?:\w+\s){0,2}?respon", re.IGNORECASE
)


def _of_hits(view: View, memory: Memory, hits: list[Hit]) -> Iterator[Draft]:
    """Yield the responses that words of a sentence amount to, or that is concluded where there are none."""
    groups: dict[tuple[int, bool], list[Hit]] = {}
    ended = view.has(_UNTIL_WHEN)
    for hit in hits:
        former = ended is not None and hit.end <= ended.start()
        told = (hit.governed.start, hit.governed.moment.open) if hit.governed else (-1, False)
        key = _UNTIL_THEN if former else _BEFORE_ANOTHER if hit.untimed else told
        groups.setdefault(key, []).append(hit)
    if all(
        hit.category == "SD" or (hit.category == "NED" and scanned_alone(view, hit.end)) for hit in hits
    ) and is_fresh(view, memory):
        fresh = fresh_lesion(view, memory)
        # a new lesion beside stable ones, or behind a region that is free, is progression
        groups = {key: group for key, group in groups.items() if _is_of_another_day(group[0], fresh)}
        groups[_BY_FRESH_LESION] = [fresh]
    treated = memory.last_regimen or _after_operation(view, memory)
    spread_since = view.has(METASTASES) is not None and treated
    free = memory.last_response in FREE_OF_IT or (_after_operation(view, memory) and not view.has(_HARMLESS))
    if not hits and (free or spread_since) and is_fresh(view, memory):
        groups[_BY_FRESH_LESION] = [fresh_lesion(view, memory)]
    if view.has(_NOTHING_NEW) is not None or any(
        hit.category in _BETTER and hit.governed is None for hit in hits
    ):
        take_back(view, memory)
    over = next((hit.governed for hit in hits if hit.category == "PD"), None)
    for key, group in sorted(groups.items(), key=lambda each: each[0] not in (_BEFORE_ANOTHER, _UNTIL_THEN)):
        for hit in rated(view, _new_first(view, group)):
            for draft in _told(view, memory, hit):
                if key == _BEFORE_ANOTHER:
                    draft.moment = before_progression(view, memory, over)
                yield _of_its_key(view, memory, key, draft)


_HARMLESS = pattern(
    r"\b(?:indeterminate|non-?specific|benign|unspecific|inflammatory|scar|granuloma\w{0,5}|cysts?|unclear|tiny"
    r"|subcentimet\w{3})\b",
    re.IGNORECASE,
)
"""What leaves open of something seen after an operation whether the tumour is back."""


def _remember(memory: Memory, told: Draft) -> None:
    """Let a response be the last that the story tells."""
    memory.response = told
    memory.last_response = told.fact.category if isinstance(told.fact, Response) else None


def _is_behind(hit: Hit, end: int) -> bool:
    """Whether words behind ``end`` tell a response of a day that stands there too: "best response PR, PD in May"."""
    return (
        hit.start >= end and hit.governed is not None and hit.governed.absolute and hit.governed.start >= end
    )


def _of_its_key(view: View, memory: Memory, key: tuple[int, bool], draft: Draft) -> Draft:
    """Return a response with the time that what is told beside it leaves it."""
    draft.moment = _when_it_held(view, key, draft.moment)
    if key == _BY_FRESH_LESION:
        draft.moment = msgspec.structs.replace(draft.moment, certainty="inferred", why=CONCLUDED)
        memory.response_by_lesion = draft
    return draft


_BEFORE_ANOTHER = (-4, False)
"""The key of what came before another response, on a day that is not told."""
_UNTIL_THEN = (-2, False)
"""The key of what is told to have held until something came."""


def _when_it_held(view: View, key: tuple[int, bool], moment: Moment) -> Moment:
    """Return when a response was told; not on a day behind that up to which it held: "in remission until June"."""
    ended = view.has(_UNTIL_WHEN) if key == _UNTIL_THEN else None
    if ended is None:
        return moment
    until = next(
        (time.moment.when for time in view.times if time.absolute and time.start < ended.end()), None
    )
    now = view.inherited.when if view.inherited is not None else None
    later = (
        isinstance(until, DateInterval) and isinstance(now, DateInterval) and now.compare(until) == "after"
    )
    return Moment(None) if later else moment


def _is_of_another_day(hit: Hit, fresh: Hit) -> bool:
    """Whether a rating has a date of its own, and not that of the lesion told with it."""
    one, other = hit.governed, fresh.governed
    return one is not None and other is not None and one.absolute and one.start != other.start


def _in_a_table(view: View, memory: Memory) -> list[Draft] | None:
    """Return the responses of a line of a table, or None where the sentence is no such line."""
    rows = responses_in_columns(view, memory)
    if rows is not None:
        return list(rows)
    if memory.treatment_columns and (best := best_of_row(view, memory)) is not None:
        _remember(memory, best)
        return [best]
    return None


_BY_FRESH_LESION = (-3, False)
"""The key of the hit that is concluded from a lesion; the others are keyed by the place of their time."""
_BETTER = frozenset({"PR", "CR", "MR"})
"""How the words behind may rate a scan on which a lesion was told for the first time: it was none, or not new."""
_NOTHING_NEW = pattern(
    r"\b(?:no|without(?:\sany)?|nor)\s(?:evidence\sof\s|sign\sof\s|other\s|further\s)?new\s(?:[a-z-]{3,14}\s){0,2}"
    r"(?:lesions?|disease|metasta\w{2,5}|sites?|tumou?rs?|nodules?|findings?)\b|\bnothing new\b",
    re.IGNORECASE,
)
"""What takes back that a lesion told for the first time was new."""


_UNTIL_WHEN = pattern(
    r"\b(?:until|till)\b[^.;]{0,60}?,?\s(?:when|which (?:show|reveal)|with (?:an? |two |three |several "
    r"|multiple )?new\b|(?:moment |time |date )?(?:at|in|on) which|where|showed|revealed"
    r"|demonstrated|confirmed|recurred|relapsed|developed|noticed)\b",
    re.IGNORECASE,
)
"""What parts a response from that which ended it: "free of disease until month 14, when CT showed"."""


def _told(view: View, memory: Memory, hit: Hit) -> Iterator[Draft]:
    """Yield the response that the words of a hit tell, and one for each earlier date listed with it."""
    if _is_of_one_place(view, memory, hit):
        return
    start, end = _quote(hit)
    modality = _modality(view, memory, hit)
    fact = Response(id="", source=NOWHERE, patient=view.patient, category=hit.category, modality=modality)
    told = f"{hit.category} {modality == 'pathological'}"
    if view.retold and told in memory.told_responses and hit.governed is None:
        return
    memory.told_responses.add(told)
    _supersede(view, memory, hit)
    if hit.paired and hit.governed is not None:
        moment = hit.governed.moment
    elif view.retold:
        moment = retold_moment(memory, modality, hit)
    else:
        moment = moment_of_response(view, memory, modality, hit)
    if _told_again(view, memory, hit, moment):
        return
    if _beside_progression(view, memory, hit, moment):
        return
    if hit.category == "PD" and moment.when is not None:
        memory.clock.set_anchor("recurrence", moment.counted_from)
    memory.last_response = hit.category
    for earlier in () if hit.paired else dates_listed(view, hit):
        yield Draft(fact, earlier.start, end, earlier.moment)
    later = held_at(view, hit)
    draft = Draft(fact, start, end, moment)
    if not view.retold:
        memory.response = draft
        memory.response_rated = _rates(view, hit)
    yield draft
    again = [] if hit.paired else list(dates_behind(view, hit))
    again += [later] if later is not None and not view.retold else []
    for time in again:
        draft = Draft(fact, start, time.end, time.moment)
        if not view.retold:
            memory.response = draft
        yield draft


def _is_of_one_place(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether one place only is told to be free of disease that there is elsewhere."""
    if hit.category in ("NED", "CR") and is_of_a_spot(view, hit.end):
        return memory.bears_disease() or view.has(_SIZE) is not None
    if hit.category == "CR" and view.has(_LEFT_OVER, hit.end) is not None:
        return organ_behind(view, hit.end) is not None
    if hit.category != "NED" or not memory.bears_disease():
        return False
    return (
        organ_behind(view, hit.end) is not None
        or is_local(view, hit)
        or is_at_a_spot(view, hit.end)
        or _of_another_region(view, memory, hit)
    )


_SIZE = pattern(r"\d\s?(?:mm|cm)\b")
_LEFT_OVER = pattern(
    r"\b(?:residual|remaining|persist\w{0,4}|remain(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""What is left elsewhere: "complete response in the lungs with a residual node"."""


def _of_another_region(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether one region was scanned, and the story's main lesion, or one not taken out, lies elsewhere."""
    region = scanned_alone(view, hit.end)
    if region is None or memory.main_site is None:
        return region is not None
    left = {memory.main_site, *memory.sites} - {memory.operated_site}
    return any(same_site(name, region.key) == "different" for name, _ in left)


def _new_first(view: View, group: list[Hit]) -> list[Hit]:
    """Return the hits of one time without what is stable or smaller where others tell of something new.

    RECIST 1.1, section 4.3.5.
    """
    new = any(hit.category == "PD" and NEW.match(view.whole, hit.start) for hit in group)
    if not new:
        return group
    return [
        hit for hit in group if hit.category != "SD" and not (hit.category == "MR" and hit.weight < _RATED)
    ]


_RATED = 8
"""Weight from which words rate the tumour; below, they tell what was seen."""


def _rates(view: View, hit: Hit) -> bool:
    """Whether words rate the tumour and do not only tell what was seen."""
    return hit.weight >= _RATED or "progress" in view.whole[hit.start : hit.end].lower()


def _told_again(view: View, memory: Memory, hit: Hit, moment: Moment) -> bool:
    """Whether progression is that of the sentence before, once as it was seen and once as it was rated."""
    last = memory.response
    return (
        last is not None
        and not view.retold
        and hit.category == "PD"
        and isinstance(last.fact, Response)
        and last.fact.category == "PD"
        and moment.when is not None
        and moment.when == last.moment.when
        and 0 <= hit.start - last.end < _NEXT
        and memory.response_rated != _rates(view, hit)
    )


def _beside_progression(view: View, memory: Memory, hit: Hit, moment: Moment) -> bool:
    """Whether one lesion is seen unchanged or smaller on the scan that has just shown progression.

    RECIST 1.1, section 4.3.5: new lesions and unequivocal progression decide, whatever the others do.
    """
    last = memory.response
    return (
        last is not None
        and not view.retold
        and hit.category in ("SD", "MR")
        and (
            hit.weight < _RATED
            or view.whole.startswith("unchanged", hit.start)
            or view.has(_ONE_LESION, hit.start, hit.end) is not None
            or any(0 <= hit.start - site.end <= 1 for site in view.of("site"))  # "the bone disease is stable"
        )
        and isinstance(last.fact, Response)
        and last.fact.category == "PD"
        and moment.when is not None
        and moment.when == last.moment.when
        and 0 <= hit.start - last.end < NEAR
        and not begun_between(memory, last.end, hit.start)
    )


_ONE_LESION = pattern(r"\b(?:primary|lesions?|mass|nodules?|metastas[ei]s|nodes?|deposits?)\b", re.IGNORECASE)
_NEXT = 130
"""Characters within which progression is seen and rated."""


def _supersede(view: View, memory: Memory, hit: Hit) -> None:
    """Drop a regression told in the sentence before where this one says what it amounts to: "evaluated as PR"."""
    last = memory.response
    if not view.retold and hit.category in ("PR", "CR", "SD", "MR") and hit.governed is None:
        take_back(view, memory)
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
        and hit.start - last.end < NEAR
    ):
        last.dropped = True


_LATER = pattern(
    r"\b(?:follow[- ]?up|later|subsequent\w{0,2}|surveillance|re-?staging|months?|weeks?|years?|days?|relapse\w?"
    r"|recur\w{1,6}|thereafter|eventually|despite)\b",
    re.IGNORECASE,
)
"""Time that has passed since an operation: what the staging around it finds is no progression."""


_HEAD = 60
"""Characters from the beginning of a sentence within which it says that a scan stages the tumour."""
_STAGED = re.compile(r"(?<!re-)(?<!re)\bstaging\b", re.IGNORECASE)


def _after_operation(view: View, memory: Memory) -> bool:
    if memory.last_response is None and _STAGED.search(view.whole, view.start, view.start + _HEAD):
        return False
    treated = memory.operated or memory.radiotherapy is not None or "surgery" in memory.clock.anchors
    return treated and (memory.dated_since_operation or view.has(_LATER) is not None)


_FREE = pattern(
    r"\b(?:free|NED|relapse|recurrence|disease|remission|response|well|stable|asymptomatic|progression)\b",
    re.IGNORECASE,
)
_ENDED_BY = pattern(
    r"\b(?:until|till)\b[^.;]{0,40}?,?\s(?:when|(?:moment |time |date )?(?:at|in|on) which)\s[^.;]{0,60}?"
    r"\b(?P<found>(?:show|reveal|demonstrat|disclos|detect|identif|found|develop|notic|discover)\w{0,4}\s"
    r"(?:[^.;]|\.\d){0,60}?\b(?:lesions?|nodules?|mass(?:es)?|metasta\w{2,5}|tumou?rs?|deposits?|(?:lymph )?nodes?"
    r"|lymphadenopathy)|\b(?:new\s(?:[a-z-]{3,16}\s){0,4}(?:lesions?|nodules?|mass(?:es)?|tumou?rs?|deposits?|nodes?"
    r"|metasta\w{2,5})|(?:[a-z]{4,14}\s)?metasta(?:sis|ses))(?:\s(?:in|of|at)\s(?:[^.;,]|\.\d){2,60}?)?"
    r"\s(?:(?:was|were)\s(?:demonstrated|shown|found|seen|detected|noted|noticed|identified|discovered|diagnosed)"
    r"|appeared|developed))\b",
    re.IGNORECASE,
)
"""What is found at the end of a time without disease is progression: "free until June, when CT showed a nodule"."""
_REACHED: tuple[Category, ...] = ("CR", "PR")
_MAINTAINED = pattern(
    r"\b(?:(?:the |this |his |her )response|(?-i:(?<=[.:;]\s)Response|(?<=\n)Response)) (?:was|is|has been|had been"
    r"|remain(?:s|ed)|continue[sd] to be) "
    r"(?:still |well |fully ){0,2}(?:maintained|ongoing|sustained|durable|persisting|persistent|confirmed)\b"
    r"(?!\s(?:until|till|for|over)\b)"
    r"|\bresponse (?:persisted|lasted|held)(?=\s(?:at|on|in)\b)"
    r"|\b(?:held|kept|maintained|confirmed) (?:the|this|his|her) response\b",
    re.IGNORECASE,
)
"""A response that is told to go on is one of the category told last."""


_NOT_NEW = pattern(
    r",?\s(?:(?:are|were|is|was|all|partly|clearly|markedly|slightly|largely|again)\s){0,3}(?:regress\w{1,4}"
    r"|regredient|smaller|stable"
    r"|unchanged|decreas\w{2,3}|reduced|in regression|constant|idem)\b",
    re.IGNORECASE,
)
"""What says of the spread that is seen that it is not new: "CT: pulmonary metastases regressive"."""


def _spread(view: View, memory: Memory) -> Iterator[Hit]:
    """Yield the spread that is seen after treatment, by what saw it or by itself, that is not told to be known."""
    for match in view.find(_SPREAD_SEEN):
        if _was_there(view, memory, match):
            continue
        if not view.within(_KNOWN_BEFORE, match[0]) and not _NOT_NEW.match(view.whole, match.end(), view.end):
            yield Hit("PD", 6, *match.span(), view.governing(*match.span()))
    for match in view.find(_SPREAD_FOUND):
        start, end = match.span()
        if not view.has(_KNOWN_BEFORE, max(view.start, start - 20), start):
            yield Hit("PD", 6, start, end, view.governing(start, end))


def _was_there(view: View, memory: Memory, seen: re.Match[str]) -> bool:
    """Whether metastases are seen where the story has told of them before, and are not called new or more."""
    if not memory.spread_before or _MORE_OF_THEM.search(view.whole, seen.start(), view.end) is not None:
        return False
    places = [site for site in view.of("site") if seen.start() <= site.start < seen.end() + _ITS_PLACE]
    known = list(memory.spread_before)
    return bool(places) and all(is_known(known, site.key) for site in places)


_ITS_PLACE = 30
"""Characters behind metastases within which their place is told: "metastases in the liver"."""
_MORE_OF_THEM = re.compile(
    r"\b(?:new|newly|additional|further|more|multiple|numerous|increas\w{1,3}|growing|growth|progress\w{1,4}"
    r"|enlarg\w{1,3}|develop\w{0,3}"
    r"|appear\w{0,3}|recur\w{0,5}|relaps\w{0,3})\b",
    re.IGNORECASE,
)


def _hits(view: View, memory: Memory) -> Iterator[Hit]:
    if memory.last_regimen or _after_operation(view, memory):
        yield from _spread(view, memory)
    for match in view.find(_ENDED_BY) if not view.retold else ():
        if view.has(_FREE, view.start, match.start()) is None:
            continue
        yield Hit("PD", 6, *match.span("found"), view.governing(*match.span("found")))
    reached: Category | None = next((c for c in _REACHED if c == memory.last_response), None)
    for match in view.find(_MAINTAINED) if reached is not None and not view.retold else ():
        governed = view.governing(*match.span())
        if governed is not None and reached is not None:
            yield Hit(reached, 7, match.start(), match.end(), governed)
    for category, weight, rule in view.rows(RULES):
        for match in view.find(rule):
            start, end = match.span(match.lastindex or 0)  # a group is what rates, behind what was looked at
            yield Hit(category, weight, start, end, view.governing(start, end))


_IMAGING_SAID = pattern(r"\b(?:RECIST|imaging|radiolog\w{3,6}|scans?)\b", re.IGNORECASE)


def _modality(view: View, memory: Memory, hit: Hit) -> Literal["clinical", "imaging", "pathological"] | None:
    low, high = view.clause(hit.start)
    near = (max(low, hit.start - 60), min(high, hit.end + 40))
    if view.has(PATHOLOGICAL, *near):
        return "pathological"
    found = modality_at(view, memory, hit.start)
    if found in IMAGING or view.has(_IMAGING_SAID):
        return "imaging"
    if view.has(_CLINICAL, *near) or found in ("exam", "endoscopy"):
        return "clinical"
    # A relapse in the sentence after a report of pathology is not told by that report.
    told = hit.category != "PD" or any(kind == "pathology" for _, kind in examinations(view))
    return "pathological" if found == "pathology" and told else None


def _quote(hit: Hit) -> tuple[int, int]:
    """Return the words of the response, with the time that governs them where it stands close before."""
    start, end = hit.start, hit.end
    governed = hit.governed
    if governed is not None and not (hit.paired and governed.moment.open) and 0 <= start - governed.end <= 60:
        start = governed.start
    return start, end
