"""Surgery, radiotherapy, ablation and supportive procedures that were done, with dose, site and margin where told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Response
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned, previously
from caseboard.narrative.extract.courses import treatment_draft
from caseboard.narrative.extract.lesion_sites import is_no_place
from caseboard.narrative.extract.procedure_done import (
    BEFORE_WORDS,
    DONE,
    NOT_DONE,
    done_again,
    procedure_draft,
    time_of,
    was_done,
)
from caseboard.narrative.extract.radiotherapy import NEEDS as RADIATION
from caseboard.narrative.extract.radiotherapy import radiotherapy
from caseboard.narrative.extract.taken_out import named, was_taken_out
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.operations import is_elsewhere, organ_of_operation
from caseboard.narrative.past_tumors import treated_before
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import Governed, Needs, View
from caseboard.terms import anatomy, procedures

__all__ = ["extract"]
_TAKEN_OUT = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodul(?:e|es)|metastas[ie]s|segment|nodes?|specimen"
    r"|lobe|kidney|lung|recurrence|ovary|portion|wedge|polyp|moles?|naevus|nevus|lump|swelling|cyst|carcinomas?"
    r"|melanomas?|sarcomas?|adenocarcinomas?|cancers?|residue|residuum|remnants?|growth|deposits?|implants?)\b"
    r"[^.;]{0,70}?(?:\.\d[^.;]{0,40}?)?\b(?:was|were"
    r"|been)?\s?(?:\w+ly )?(?:resected|excised|removed|amputated|debulked|enucleated|(?:taken|shelled|cut|wedged) out"
    r"|twisted off|carried away)\b|\b(?:resected|excised|took out|enucleated|debulked"
    r"|removed) (?:the |a |all |both )?(?:\w+ ){0,3}?(?:lesions?|mass|tumou?r|nodules?"
    r"|recurrence|metastas[ie]s)\b"
    r"|\b(?:resected|excised|removed|enucleated) (?:both|all|them|it)\b"
    r"|\b(?:was|were|been)\s(?:[a-z]{4,12}ly\s)?operated\b(?:\son\b)?(?:\s(?:in"
    r"|on)\s(?:\d{1,2}\s)?[A-Za-z]{3,9}(?:\s\d{4})?\b)?"
    r"(?:\s(?:of|for)\s[a-z]{1,20}(?:\s[a-z]{1,20}){0,6}\b)?"
    r"|\b(?:toe|finger|thumb|leg|arm|limb|foot|hand|forearm|eye|globe|breast|uterus|spleen|testis|testicle|ovary"
    r"|gallbladder|rib|fibula|patella|clavicle|scapula)s?\b[^.;,]{0,30}?\b(?:was|were)\s(?:[a-z]{3,12}ly\s)?"
    r"(?:amputated|disarticulated|enucleated|removed|resected|excised)\b"
    r"|\b(?:these|they|both|all)\s(?:(?:was|were)\s)?(?:\w+ly )?(?:resected|excised|wedged out)\b",
    re.IGNORECASE,
)
_REPORTED = pattern(
    r"\b(?:histo|patho)\w{4,12}\s(?:report\s)?(?:has\s|have\s)?(?:confirm|show|reveal|demonstrat|report)\w{0,3}\b",
    re.IGNORECASE,
)
"""What tells of the specimen of an operation that has been told."""
_FINITE = pattern(
    r"\b(?:was|were)\s(?:[a-z]{4,12}ly\s)?(?:resected|excised|removed|amputated|operated)$", re.IGNORECASE
)
"""A verb that tells what was done, whatever is suggested before it."""
_OWN_NUMBER = pattern(
    r"\b(?:underwent|second|repeat|re-?do|re-?operation|another|again|new|subsequent(?:ly)?"
    r"|then|subjected|opted|later)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})\b"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH_BEGINS}|\d{{1,2}}[./-]\d"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?"
    + _MONTH.replace("|\\d{4})\\b", r")\s\d{4}")
    + r"|\d{1,2}[./]\d{1,2}[./]\d|\d{1,2}/\d{4}"
)
_EXTENT = pattern(
    r"(?:\s(?:of|with|and|plus|including|in|from|on|for|[+&](?!\s(?:adj\w{0,6}\s)?(?:X?RT\b|radio|chemo|\d)))\s(?!"
    + _MONTH
    + "|"
    + _DAY
    + r")"
    r"(?!(?:then|subsequent|later|he|she|the patient|recover|remain|is|was|were|has|had|doing)\w{0,4}\b)"
    r"(?:the\s|a\s|an\s|both\s|partial\s|all\s)?(?:[A-Za-z0-9'’ -]|\.(?=\d)){2,60}?)"
    r"(?=\.(?!\d)|[,;()]|\s(?:" + _DATE + r")|\s(?:was|were|is|on|in " + _MONTH + r"|without"
    r"|which|under|using|due|because|followed|after|before|revealed|showed|yielded|takes|took|by)\b|$)",
    re.IGNORECASE,
)
_MARGIN = pattern(
    r"\bR[012]\b|\b(?:negative|positive|clear|free|close) (?:surgical |resection )?margins?\b"
    r"|\bmargins? (?:were|was) (?:free|clear|negative|positive|involved)",
    re.IGNORECASE,
)
_MARGIN_BEHIND = pattern(
    r"\s(?:with|and)\s(?:an?\s|the\s)?(?:[a-z-]{3,14}\s){0,3}(?:R[012]\b|margins?\b|residual\b)",
    re.IGNORECASE,
)
"""How complete an operation was, which is no part of its name: "wide excision with negative margins"."""


_NO_PROCEDURE = pattern(r"\d[ -]APR$|(?i:octreotide|lanreotide|pasireotide|goserelin)\sLAR$")
"""A month in capitals, which is no abdominoperineal resection, and a drug that is released slowly."""


_PULLED = re.compile(
    r"s?(?:\s(?:tubes?|catheters?|drains?))?(?:\s(?:was|were|has been|had been))?(?:\s(?:then|both))?"
    r"\s(?:removed|taken out|pulled|withdrawn|out\b)",
    re.IGNORECASE,
)
"""What ends what was put in: "drain removed on day 5"."""


def _is_seen(view: View, mention: Mention) -> bool:
    """Whether a scan only shows what an ablation left: "CT: S7 30, S4 ablated"."""
    return (
        _PARTICIPLE.fullmatch(view.whole, mention.start, mention.end) is not None
        and _SCAN_LIST.search(view.whole, max(view.start, mention.start - 60), mention.start) is not None
    )


_PARTICIPLE = re.compile(r"ablated", re.IGNORECASE)
_SCAN_LIST = re.compile(r"\b(?:CT|MRI|PET|US|scan):\s[^.;]{0,50}?(?<!\bwas)(?<!\bwere)(?<!\bbeen)\s$")


def _is_label(view: View, mention: Mention) -> bool:
    """Whether a word only heads what follows ("OPERATIONS: July 25, 2006: hysterectomy"), or is of another matter."""
    if _OTHER_MATTER.search(view.whole, max(view.start, mention.start - 12), mention.start):
        return True
    return (
        _LABEL.fullmatch(view.whole[mention.start : mention.end]) is not None
        and _HEADS.match(view.whole, mention.end, view.end) is not None
        and len(view.of("procedure")) > 1
    )


_OTHER_MATTER = pattern(r"\b(?:cataract|eye|dental|cosmetic|refractive)\s$", re.IGNORECASE)
_LABEL = pattern(r"(?:operations?|surgery|surgeries|procedures?)(?:\sperformed)?", re.IGNORECASE)
_HEADS = pattern(r"\s?(?:performed|done)?\s?:", re.IGNORECASE)
_UNITS_GIVEN = pattern(
    r"\b(?:\d|one|two|three|four|five|six)\s(?:units|bags)\s(?:were|had to be)\s(?:given|transfused|administered)\b",
    re.IGNORECASE,
)
_SO_MANY = pattern(
    r"\s(?:of\s|with\s)?(?:\d|two|three|four|five|six)\s(?:units|bags)\b(?!\sof)", re.IGNORECASE
)
_ANAEMIA = pattern(r"\b(?:ana?emi[ac]|ha?emoglobin|Hb|Hgb|bleeding|blood loss|ha?emorrhage)\b", re.IGNORECASE)
"""What tells that it was blood that was given: "haemoglobin 69 g/L, for which two units were given"."""
_NEEDS = RADIATION | Needs("procedure", patterns=(_TAKEN_OUT, _UNITS_GIVEN))


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the procedures that a sentence says were done."""
    if view.retold or view.section in ("plan", "family", "allergies", "medication"):
        return
    if not view.holds(_NEEDS):
        return
    mentions = [
        (m, procedures.vocabulary()[m.key].modality)
        for m in view.of("procedure")
        if not (
            m.end - m.start == len("APR")
            and _NO_PROCEDURE.search(view.whole, max(view.start, m.start - 14), m.end)
        )
        and not _is_label(view, m)
    ]
    yield from radiotherapy(view, memory, [m for m, modality in mentions if modality == "radiotherapy"])
    yield from _surgery(view, memory, [m for m, modality in mentions if modality == "surgery"])
    operations = [view.governing(m.start, m.end) for m, modality in mentions if modality == "surgery"]
    if view.has(_ANAEMIA) and not any(set(_BLOOD) & set(drug.key.split("/")) for drug in view.of("drug")):
        for units in view.find(_UNITS_GIVEN):
            yield treatment_draft(view, _BLOOD, True, "done", units.span(), view.when(*units.span()))
    reached = view.start
    for mention, modality in mentions:
        own = time_of(view, mention.start, mention.end)
        if (
            modality == "supportive" and operations and own in (None, *operations)
        ) or mention.start < reached:
            continue
        if "transfusion" in mention.key and (view.of("drug") or view.has(_UNITS_GIVEN)):
            continue
        done = (
            was_done(view, mention)
            or (modality == "supportive" and _was_needed(view, mention))
            or (modality == "transplant" and _after_a_regimen(view, mention))
        )
        done = done and not (modality == "ablation" and _is_seen(view, mention))
        done = done and not (modality == "supportive" and _PULLED.match(view.whole, mention.end, view.end))
        if (
            modality in ("ablation", "transplant", "supportive")
            and done
            and not (modality == "supportive" and _through(view, mention))
        ):
            start, end = _extent(view, mention)
            told = _TOLD_WITH.match(view.whole, end, view.end)
            reached = told.end() + 1 if told is not None and modality == "supportive" else end
            name = _plain(view.whole[start:end])
            moment = own.moment if own is not None else view.when(mention.start, mention.end)
            if mention.key == "transfusion" and (
                view.has(_ANAEMIA) or _SO_MANY.match(view.whole, mention.end, view.end)
            ):
                yield treatment_draft(view, _BLOOD, True, "done", (start, end), moment)
                continue
            if modality == "transplant":
                memory.clock.set_anchor("transplant", moment.counted_from)
            yield procedure_draft(view, modality, (start, end), moment, procedure=name)
            if own is not None and modality == "ablation" and (again := done_again(view, own)) is not None:
                yield procedure_draft(view, modality, (again.start, again.end), again.moment, procedure=name)


_BLOOD = ("red blood cells",)
_TOLD_WITH = pattern(r"\s(?:with|and|plus|by)\s(?:an?\s|[a-z]{3,14}\s){0,2}", re.IGNORECASE)
"""What ties a second supportive procedure to the first: "thoracentesis with catheter drainage"."""
_NEEDED = pattern(
    r"\b(?:need(?:ed|ing)|requir(?:ed|ing)|necessitat(?:ed|ing)|prompting|prompted)\s[^.;,]{0,30}$",
    re.IGNORECASE,
)
_YIELDED = pattern(r"[^.;,]{0,24}?\b(?:yielded|drained|relieved|removed|evacuated)\b", re.IGNORECASE)
_OF_A_CATHETER = pattern(
    r"[ -](?:line\s)?(?:thromb|infect|sepsis|related|associated|occlu|(?:was|were|could be|had been)\s"
    r"(?:[a-z]{3,12}ly\s)?(?:closed|removed|reversed|taken out))",
    re.IGNORECASE,
)
_VIA = pattern(r"\b(?:via|through|by|off)\s(?:an?\s|the\s|his\s|her\s)?$", re.IGNORECASE)


_WITH_CELLS = pattern(
    r"\b(?:with|and|plus|followed by)\s(?:an?\s)?(?:autologous\s|tandem\s)?$", re.IGNORECASE
)


def _after_a_regimen(view: View, mention: Mention) -> bool:
    """Whether stem cells are given behind the drugs that need them: "busulfan and melphalan with stem cell rescue"."""
    if view.within(_WITH_CELLS, view.whole[max(view.start, mention.start - 30) : mention.start]) is None:
        return False
    named = any(0 < mention.start - drug.end <= _FROM_DRUGS for drug in view.of("drug", "regimen"))
    return named and not (
        planned(view, mention.start, mention.end)
        or hypothetical(view, mention.start, mention.end)
        or denied(view, mention.start, mention.end)
        or of_someone_else(view, mention.start, mention.end)
    )


_FROM_DRUGS = 40
"""Characters between the last of the drugs and the stem cells."""


def _was_needed(view: View, mention: Mention) -> bool:
    """Whether a supportive procedure was needed, or drained something: "pneumothorax requiring a chest drain"."""
    low, high = view.clause(mention.start)
    if "oxygen" in view.whole[mention.start : mention.end].lower():
        return False
    if hypothetical(view, mention.start, mention.end) or denied(view, mention.start, mention.end):
        return False
    return (
        view.within(_NEEDED, view.whole[max(low, mention.start - 50) : mention.start]) is not None
        or _YIELDED.match(view.whole[mention.end : min(high, mention.end + 40)]) is not None
    )


_PEOPLE = pattern(
    r"\s(?:(?:care|medicine)\s)?(?:teams?|nurses?|services?|clinic|physicians?|doctors?|consultants?|specialists?"
    r"|referral"
    r"|input|review|colleagues|department)\b",
    re.IGNORECASE,
)
"""Who gives palliative care: a letter to them is none."""


def _through(view: View, mention: Mention) -> bool:
    """Whether only a catheter is told by which something was given, its complication, or who gives the care."""
    if mention.key == "palliative care" and _PEOPLE.match(view.whole, mention.end, view.end):
        return True
    if _OF_A_CATHETER.match(view.whole[mention.end : mention.end + 20]):
        return True
    return view.within(_VIA, view.whole[max(view.start, mention.start - 16) : mention.start]) is not None


def _surgery(view: View, memory: Memory, mentions: list[Mention]) -> Iterator[Draft]:
    """Yield one operation for each time the sentence speaks of one."""
    done = [
        mention
        for mention in mentions
        if was_done(view, mention) and not (memory.operation is not None and _went_well(view, mention))
    ]
    spans: list[tuple[int, int]] = [_extent(view, mention) for mention in done]
    for match in view.find(_TAKEN_OUT):
        if (
            not spans
            and not (memory.operation is not None and view.has(_REPORTED, view.start, match.start()))
            and (_FINITE.search(match[0]) or not planned(view, match.end() - 6, match.end()))
            and not view.within(NOT_DONE, match[0])
            and not hypothetical(view, match.start(), match.end())
            and not of_someone_else(view, match.start(), match.end())
        ) and not re.match(
            r"\s?(?:specimen|mass (?:was|measured)|lymph nodes? (?:were|was))",
            view.whole[match.end() : match.end() + 18],
        ):
            spans.append((match.start(), match.end()))
    if not spans and (memory.operation is None or view.times or memory.dated_since_operation):
        spans = [(verb.start, verb.end) for verb in mentions if was_taken_out(view, verb)]
    if not spans:
        return
    groups: list[list[tuple[int, int]]] = []
    for span in sorted(spans):
        governed = view.governing(*span)
        if groups and (
            span[0] < groups[-1][-1][1]
            or _JOINED.fullmatch(view.whole[groups[-1][-1][1] : span[0]])
            or (
                view.governing(*groups[-1][0]) == governed
                and span[0] - groups[-1][-1][1] < 160
                and view.has(_NEXT_STATION, groups[-1][-1][1], span[0]) is None
                and not _NEXT_BRACKETS.fullmatch(view.whole[groups[-1][-1][1] : span[0]])
            )
        ):
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        start, end = group[0][0], max(last for _, last in group)
        if any(time.absolute and group[0][1] <= time.start < group[-1][0] for time in view.times):
            # "resection 15 March 2024 - right adrenalectomy" names one operation twice
            start, end = max(group, key=lambda span: span[1] - span[0])
        draft = _operation(view, memory, start, end)
        if draft is not None:
            yield draft
            own = time_of(view, start, end)
            if own is not None and (again := done_again(view, own)) is not None:
                yield _repeated(draft, again)


def _went_well(view: View, mention: Mention) -> bool:
    """Whether words only say how the operation went that has been told: "the surgery was uncomplicated"."""
    return (
        _THE.search(view.whole, max(view.start, mention.start - 5), mention.start) is not None
        and _HOW_IT_WENT.match(view.whole, mention.end, view.end) is not None
    )


_THE = pattern(r"\b(?:the|this|his|her)\s$", re.IGNORECASE)
_HOW_IT_WENT = pattern(
    r"\s(?:itself\s)?(?:was|were|went|passed)\s(?:[a-z]{4,12}ly\s)?(?:un(?:complicated|eventful|remarkable)|well\b"
    r"|successful"
    r"|smooth|without|complicated)",
    re.IGNORECASE,
)


def _repeated(draft: Draft, again: Governed) -> Draft:
    """Return the same operation once more, on its second day."""
    return Draft(draft.fact, again.start, again.end, again.moment)


_NEXT_STATION = pattern(r"\bs/p\b|\bst\.?\s?p\.", re.IGNORECASE)
"""A note's sign for what was done next: "s/p right hemicolectomy, s/p FOLFOX, s/p left hepatectomy"."""
_SAYS_NO_MORE = re.compile(r"(?:re-?)?(?:operat\w{2,4}|surger\w{1,3}|procedures?)(?:\son)?", re.IGNORECASE)
"""What tells of an operation no more than that there was one, so that what it was for belongs to its name."""
_FOR_A_TUMOR = pattern(r"\sfor\s(?:an?\s|the\s)?(?:[A-Za-z0-9-]{2,16}\s){0,4}$", re.IGNORECASE)
"""What an operation was done for, which is no part of its name: "nephrectomy for a renal cell carcinoma"."""
_WITH_A_DRUG = pattern(r"\s(?:and|plus|with|[+&])\s(?:[a-z-]{3,16}\s){0,2}$", re.IGNORECASE)
"""What ties a drug to an operation: "hemicolectomy and systemic fluorouracil"."""
_NEXT_BRACKETS = pattern(r"[^()]*\)[^()]*\([^()]*")
"""What parts what was done for one disease from that for the next: "(treated with X), Y (treated with"."""
_AND_THEN = pattern(r",?\sand,?\s(?:then,?\s)?(?:in|on|at)\s")
"""What stands before the date of another procedure that follows: "synovectomy and, in May 2018, radiotherapy"."""
_JOINED = pattern(r"\s?(?:with|and|plus|\+|&|including)\s(?:[a-z-]{2,14}\s){0,3}", re.IGNORECASE)
"""What joins two operations to one: "mandibulectomy with radical neck dissection"."""


def _operation(view: View, memory: Memory, start: int, end: int) -> Draft | None:
    governed = time_of(view, start, end)
    of_the_next = governed is not None and _AND_THEN.fullmatch(view.whole[end : governed.start]) is not None
    last = memory.operation
    before = governed is None and treated_before(view, start)
    further = (
        last is not None
        and not before
        and governed is None
        and not view.timed
        and not any(own[0].lower() != "then" or own.start() < end for own in view.find(_OWN_NUMBER))
        and last.fact.patient == view.patient
        and start - last.end < 2500
    )
    if further and not (memory.dated_since_operation or _relapsed_since(memory)):
        return None
    moment = governed.moment if governed is not None else view.inherited or Moment(None)
    if of_the_next or before:
        moment = Moment(None)
    verb = view.has(DONE, max(view.clause(start)[0], start - 60), start)
    first = verb.start() if verb is not None and start - verb.end() < 25 else start
    margin = view.has(_MARGIN)
    draft = procedure_draft(
        view,
        "surgery",
        (first, end),
        moment,
        procedure=named(view.whole[start:end]),
        reason=None,
        dose=None,
        remarks=(f"margin: {margin[0]}",) if margin else (),
    )
    if _is_past(view, memory, draft):
        return draft
    memory.operation = draft
    memory.dated_since_operation = False
    memory.operated = True
    memory.new_since_operation = False
    places = [
        s
        for s in view.of("site")
        if view.clause(start)[0] <= s.start
        and not s.weak
        and not anatomy.vocabulary()[s.key].node
        and not is_no_place(view, s)
    ]
    first_time = memory.operated_site is None
    organ = organ_of_operation(view.whole[start:end])
    known_main = memory.main_site
    if (
        organ is not None
        and known_main is not None
        and anatomy.same_site(known_main[0], organ) in ("same", "within")
    ):
        side = anatomy.laterality(view.whole[max(view.start, start - 10) : end])
        memory.operated_site = (known_main[0], known_main[1] or side)
    elif organ is not None and (known_main is None or anatomy.same_site(organ, known_main[0]) == "different"):
        side = anatomy.laterality(view.whole[max(view.start, start - 10) : end])
        known = next((lat for name, lat in reversed(memory.sites) if name == organ), None)
        memory.operated_site = (organ, side or known)
    elif (
        first_time
        and memory.main_site is not None
        and not is_elsewhere(view.whole[start:end])
        and not any(anatomy.same_site(s.key, memory.main_site[0]) == "different" for s in places)
    ):
        part = next(
            (s for s in places if known_main and anatomy.same_site(s.key, known_main[0]) == "within"), None
        )
        memory.operated_site = (part.key, memory.main_site[1]) if part is not None else memory.main_site
    elif places:
        side = anatomy.laterality(view.whole[max(view.start, places[0].start - 14) : places[0].end])
        known = next((lat for name, lat in reversed(memory.sites) if name == places[0].key), None)
        memory.operated_site = (places[0].key, side or known)
    elif memory.main_site is not None and not is_elsewhere(view.whole[start:end]):
        memory.operated_site = memory.sites[-1] if memory.sites else memory.main_site
    memory.clock.set_anchor("surgery", moment.counted_from)
    if memory.operated_site is not None and (places or organ or not is_elsewhere(view.whole[start:end])):
        site, side = memory.operated_site
        draft.fact = msgspec.structs.replace(draft.fact, site=f"{side} {site}" if side else site)
    return draft


def _relapsed_since(memory: Memory) -> bool:
    """Whether the disease has come back since the last operation, so that what is told now is another one."""
    told, last = memory.response, memory.operation
    return (
        told is not None
        and last is not None
        and isinstance(told.fact, Response)
        and told.fact.category == "PD"
        and told.start > last.end
    )


def _is_past(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether an operation is one of a former illness: told as history, or of a year before the first presentation."""
    when, presented = draft.moment.when, memory.clock.presented
    if isinstance(when, DateInterval) and isinstance(presented, DateInterval):
        return (presented.first - when.last).days > _LONG_BEFORE
    return not memory.staged and previously(view, draft.start, draft.end)


_LONG_BEFORE = 365
"""Days before the first presentation that make an operation one of another illness."""


def _extent(view: View, mention: Mention) -> tuple[int, int]:
    """Return a procedure with its adjectives and what was taken: "wide excision of the residual lesion"."""
    low, high = view.clause(mention.start)
    found = view.within(BEFORE_WORDS, view.whole[max(low, mention.start - 60) : mention.start])
    start = mention.start - len(found[0]) if found else mention.start
    match = _EXTENT.match(view.whole, mention.end, min(high, mention.end + 90))
    end = mention.end
    if match is not None:
        other = next((m.start for m in _other_means(view) if end < m.start < match.end()), match.end())
        named = _SAYS_NO_MORE.fullmatch(view.whole, mention.start, mention.end) is None
        ill = next((m.start for m in view.of("tumor") if named and end < m.start < match.end()), end)
        joined = (
            view.has(_FOR_A_TUMOR, end, ill)
            or view.has(_WITH_A_DRUG, end, other)
            or view.has(_MARGIN_BEHIND, end, match.end())
        )
        end = match.end() if joined is None else joined.start()
        while end > mention.end and view.whole[end - 1].isspace():
            end -= 1
    return start, end


def _other_means(view: View) -> Iterator[Mention]:
    """Yield what is named beside a procedure as a treatment of its own: drugs and radiotherapy."""
    for mention in view.of("drug", "regimen", "procedure"):
        if mention.kind != "procedure" or procedures.vocabulary()[mention.key].modality == "radiotherapy":
            yield mention


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
