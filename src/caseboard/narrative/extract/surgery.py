"""Operations that were done: their names, days and margins, and the organ that they were done on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Laterality, Response
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import hypothetical, of_someone_else, planned, previously
from caseboard.narrative.extract.lesion_sites import is_no_place
from caseboard.narrative.extract.procedure_done import (
    DONE,
    NOT_DONE,
    done_again,
    procedure_draft,
    time_of,
    was_done,
)
from caseboard.narrative.extract.procedure_extent import extent_of
from caseboard.narrative.extract.taken_out import named, was_taken_out
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.operations import is_elsewhere, of_a_lobe, organ_of_operation
from caseboard.narrative.past_tumors import treated_before
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import Governed, View
from caseboard.terms import anatomy

__all__ = ["NEEDS", "surgery"]

_TAKEN_OUT = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodul(?:e|es)|metastas[ie]s|segment|nodes?|specimen"
    r"|lobe|kidney|lung|recurrence|ovary|portion|wedge|polyp|moles?|naevus|nevus|lump|swelling|cyst|carcinomas?"
    r"|melanomas?|sarcomas?|adenocarcinomas?|cancers?|residue|residuum|remnants?|growth|deposits?|implants?)\b"
    r"[^.;]{0,70}?(?:\.\d[^.;]{0,40}?)?\b(?:was|were"
    r"|been)?\s?(?:\w+ly )?(?:(?:re-?)?(?:resected|excised)|removed|amputated|debulked|enucleated"
    r"|(?:taken|shelled|cut|wedged) out|twisted off|carried away)\b|\b(?:resected|excised|took out|enucleated|debulked"
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
"""What tells an operation by a verb and what was taken out: "the mass was resected", "his toe was amputated"."""
NEEDS = Needs(patterns=(_TAKEN_OUT,))
_REPORTED = pattern(
    r"\b(?:histo|patho)\w{4,12}\s(?:report\s)?(?:has\s|have\s)?(?:confirm|show|reveal|demonstrat|report)\w{0,3}\b",
    re.IGNORECASE,
)
"""What tells of the specimen of an operation that has been told."""
_FINITE = pattern(
    r"\b(?:was|were)\s(?:[a-z]{4,12}ly\s)?(?:resected|excised|removed|amputated|operated)$", re.IGNORECASE
)
"""A verb that tells what was done, whatever is suggested before it."""
_MIGHT_BE = re.compile(
    r"\b(?:might|may|should|would|must|could\shave)\s(?:have\sbeen|been|be)\s(?:[a-z]{3,12}ly\s)?[a-z]{4,12}(?:\sout)?$"
)
"""What makes the verb of an operation one that was only thought of: "the mass might be excised"."""
_APPLIANCE = pattern(
    r"(?:[,;]|\b(?:and|while|but|so))\s(?:(?:the|an?|her|his|both|all)\s)?(?:[a-z-]{3,14}\s){0,3}?"
    r"(?:tracheostom\w{1,3}|tubes?|catheters?|drains?|ports?|stents?|cannulas?|sutures?|stitches|staples?|clips?|shunts?"
    r"|dressings?|casts?|pacemaker|implants?|plates?|screws?|nails?|collar|brace|pumps?)"
    r"\s(?:was|were|could be|had been)\s"
    r"(?:[a-z]{3,12}ly\s|then\s|also\s){0,2}(?:removed|taken out)$",
    re.IGNORECASE,
)
"""What is removed when it has served, and is no tumour: "the metastases had cleared, and the stent was removed"."""
_OWN_NUMBER = pattern(
    r"\b(?:underwent|second|repeat|re-?do|re-?operation|another|again|new|subsequent(?:ly)?"
    r"|then|subjected|opted|later)\b",
    re.IGNORECASE,
)
"""What tells that an operation is another one than that told before."""
_MARGIN = pattern(
    r"\bR[012]\b|\b(?:negative|positive|clear|free|close) (?:surgical |resection )?margins?\b"
    r"|\bmargins? (?:were|was) (?:free|clear|negative|positive|involved)",
    re.IGNORECASE,
)
"""How complete an operation was."""


def surgery(view: View, memory: Memory, mentions: list[Mention]) -> Iterator[Draft]:
    """Yield one operation for each time the sentence speaks of one."""
    done = [
        mention
        for mention in mentions
        if was_done(view, mention) and not (memory.operation is not None and _went_well(view, mention))
    ]
    spans: list[tuple[int, int]] = [extent_of(view, mention) for mention in done]
    for found in view.find(_TAKEN_OUT):
        match = _of_its_own_day(view, found)
        if (
            (not spans or _is_another(view, match.span(), spans))
            and not (memory.operation is not None and view.has(_REPORTED, view.start, match.start()))
            and (_FINITE.search(match[0]) or not planned(view, match.end() - 6, match.end()))
            and not view.within(NOT_DONE, match[0])
            and _MIGHT_BE.search(match[0]) is None
            and not view.within(_APPLIANCE, match[0])
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
            or (
                _JOINED.fullmatch(view.whole[groups[-1][-1][1] : span[0]])
                and (governed is None or view.governing(*groups[-1][0]) in (None, governed))
            )
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
    begins = [group[0][0] for group in groups[1:]] + [view.end]
    others = [m for m in view.of("procedure") if m not in mentions]
    reached = view.start
    for group, following in zip(groups, begins, strict=True):
        start, end = group[0][0], max(last for _, last in group)
        beside = next((other for other in reversed(others) if other.end <= start), None)
        if beside is not None:
            named_to = extent_of(view, beside)[1]
            reached = max(reached, named_to if named_to <= start else beside.end)
        room = (reached, following)
        reached = end
        if any(time.absolute and group[0][1] <= time.start < group[-1][0] for time in view.times):
            # "resection 15 March 2024 - right adrenalectomy" names one operation twice
            start, end = max(group, key=lambda span: span[1] - span[0])
        draft = _operation(view, memory, (start, _closed(view, start, end)), room)
        if draft is not None:
            yield draft
            own = time_of(view, start, end)
            if own is not None and (again := done_again(view, start, own)) is not None:
                yield _repeated(draft, again)


def _is_another(view: View, span: tuple[int, int], told: list[tuple[int, int]]) -> bool:
    """Whether a verb tells another operation than those told, on its own day: "and in July its bed was excised"."""
    own = time_of(view, *span)
    return (
        own is not None
        and own.absolute
        and all(
            (end <= span[0] or span[1] <= start) and own != time_of(view, start, end) for start, end in told
        )
    )


def _of_its_own_day(view: View, match: re.Match[str]) -> re.Match[str]:
    """Return what was taken out behind the day of another statement: "was diagnosed in May, and in June the mass"."""
    parted = next(
        (t for t in reversed(view.times) if t.absolute and match.start() < t.start < match.end()), None
    )
    own = _TAKEN_OUT.search(view.whole, parted.end, match.end()) if parted is not None else None
    return match if own is None else own


def _closed(view: View, start: int, end: int) -> int:
    """Return the end of an operation with the brackets that list its parts: "debulking (hysterectomy, omentectomy)"."""
    opened = _OPENED.match(view.whole, end) if "(" not in view.whole[start:end] else None
    if opened is not None and any(end < one.start < opened.end() for one in view.of("procedure")):
        return opened.end()
    if view.whole.count("(", start, end) <= view.whole.count(")", start, end):
        return end
    closing = view.whole.find(")", end, min(view.end, end + _LONGEST_LIST))
    return closing + 1 if closing >= 0 else end


_OPENED = re.compile(r"\s\([^()]{1,160}\)")
_LONGEST_LIST = 120
"""Characters behind an operation within which the brackets close that list its parts."""


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
_NEXT_BRACKETS = pattern(r"[^()]*\)[^()]*\([^()]*")
"""What parts what was done for one disease from that for the next: "(treated with X), Y (treated with"."""
_AND_THEN = pattern(r",?\sand,?\s(?:then,?\s)?(?:in|on|at)\s")
"""What stands before the date of another procedure that follows: "synovectomy and, in May 2018, radiotherapy"."""
_JOINED = pattern(r"\s?(?:with|and|plus|\+|&|including)\s(?:[a-z-]{2,14}\s){0,3}", re.IGNORECASE)
"""What joins two operations to one: "mandibulectomy with radical neck dissection"."""


def _operation(view: View, memory: Memory, span: tuple[int, int], room: tuple[int, int]) -> Draft | None:
    """Return the operation that words tell, and remember it; None where they speak of the last one once more.

    ``room`` reaches from the end of the operation told before in the sentence to the start of the next.
    """
    start, end = span
    governed = time_of(view, start, end)
    of_the_next = governed is not None and _AND_THEN.fullmatch(view.whole[end : governed.start]) is not None
    last = memory.operation
    before = governed is None and treated_before(view, start)
    known = _KNOWN.search(view.whole, max(view.start, start - 8), start) is not None
    further = (
        last is not None
        and not before
        and governed is None
        and (known or not view.timed)
        and not any(own[0].lower() != "then" or own.start() < end for own in view.find(_OWN_NUMBER))
        and last.fact.patient == view.patient
        and start - last.end < 2500
    )
    if further and not ((memory.dated_since_operation and not known) or _relapsed_since(memory)):
        return None
    moment = governed.moment if governed is not None else view.inherited or Moment(None)
    if of_the_next or before:
        moment = Moment(None)
    verb = view.has(DONE, max(view.clause(start)[0], start - 60), start)
    first = verb.start() if verb is not None and start - verb.end() < 25 else start
    margin = _margin_of(view, start, room)
    draft = procedure_draft(
        view,
        "surgery",
        (first, end),
        moment,
        procedure=named(view.whole[start:end]),
        reason=None,
        dose=None,
        remarks=(f"margin: {margin}",) if margin else (),
    )
    if _is_past(view, memory, draft):
        return draft
    memory.operation = draft
    memory.dated_since_operation = False
    memory.operated = True
    memory.new_since_operation = False
    memory.clock.set_anchor("surgery", moment.counted_from)
    operated = _operated_site(view, memory, (start, _head_of(view, start, end)), room)
    if operated is not None:
        memory.operated_site = site, side = operated
        draft.fact = msgspec.structs.replace(draft.fact, site=f"{side} {site}" if side else site)
    return draft


def _margin_of(view: View, start: int, room: tuple[int, int]) -> str | None:
    """Return the margin that an operation left: told behind it, or before the first of a sentence.

    What it was done for is the margin of the one before: "re-excision because of positive margins".
    """
    first = view.find(_MARGIN, view.start, start) if room[0] == view.start else ()
    for match in (*view.find(_MARGIN, start, room[1]), *first):
        if _WAS_DONE_FOR.search(view.whole, max(view.start, match.start() - 30), match.start()) is None:
            return str(match[0])
    return None


_WAS_DONE_FOR = re.compile(
    r"\b(?:because of|due to|owing to|for|given|after|in view of|prompted by|following)\s"
    r"(?:the\s|a\s|an\s|[a-z]+ly\s)?$",
    re.IGNORECASE,
)


def _head_of(view: View, start: int, end: int) -> int:
    """Return the end of the words that name the main part: before brackets that list parts, or another operation."""
    opened = view.whole.find(" (", start, end)
    if opened > 0 and view.whole.startswith(")", end - 1):
        return opened
    joined = view.has(_AND_ANOTHER, start, end)
    if joined is None:
        return end
    named = [one.start for one in view.of("procedure") if start <= one.start < end]
    return joined.start() if named and named[0] < joined.start() and joined.end() <= named[-1] else end


_AND_ANOTHER = pattern(r",?\sand\s(?:an?\s)?")
_KNOWN = re.compile(r"\b(?:the|this|that)\s$", re.IGNORECASE)
"""What makes an operation the one told before: "the resection had to be broken off"."""


def _one_side(words: str) -> Laterality | None:
    """Return the side that the words of an operation name; "bilateral" is told of a part of it."""
    side = anatomy.laterality(words)
    return None if side == "bilateral" else side


def _operated_site(
    view: View, memory: Memory, span: tuple[int, int], room: tuple[int, int]
) -> tuple[str, Laterality | None] | None:
    """Return the organ and side that an operation was done on: by its name, the tumour of the story or its clause.

    None where it is told of none, and by its name is none on the main tumour.
    """
    start, end = span
    places = [
        s
        for s in view.of("site")
        if max(view.clause(start)[0], room[0]) <= s.start < min(room[1], _over(view, end, room[1]))
        and not s.weak
        and not anatomy.vocabulary()[s.key].node
        and not is_no_place(view, s)
        and _MARGIN_AT.search(view.whole, max(end, s.start - 60), s.start) is None
    ]
    back = _LOOKS_BACK.search(view.whole, max(view.start, start - 24), start) is not None
    if back:
        places = [s for s in places if s.start < end or not _SEEN_SINCE.search(view.whole, end, s.start)]
    places = [s for s in places if start - 1 <= s.end and s.start < end] or places
    organ = organ_of_operation(view.whole[start:end])
    if back and organ is None and not places and memory.main_is_spread and memory.named_site is not None:
        return memory.named_site
    known_main = _home(view, memory, start, end)
    if organ is None and known_main is not None and not places:
        organ = of_a_lobe(view.whole[max(view.start, start - 12) : end], known_main[0])
        told = (name for name, _ in reversed(memory.sites) if organ is not None and organ in name)
        organ = next(told, organ)
    if (
        organ is not None
        and known_main is not None
        and not _is_beside(known_main[0], organ)
        and anatomy.same_site(known_main[0], organ) in ("same", "within")
    ):
        side = _one_side(view.whole[max(view.start, start - 10) : end])
        return known_main[0], side or known_main[1]
    if organ is not None and (
        known_main is None
        or _is_beside(known_main[0], organ)
        or anatomy.same_site(organ, known_main[0]) == "different"
    ):
        side = _one_side(view.whole[max(view.start, start - 10) : end])
        known = next((lat for name, lat in reversed(memory.sites) if name == organ), None)
        return organ, side or known
    if organ is None and not places and is_elsewhere(view.whole[start:end]):
        return None
    if (
        organ is None
        and not places
        and known_main is not None
        and _opens_other(view, start, end, known_main[0])
    ):
        return None
    if (
        memory.operated_site is None
        and known_main is not None
        and not is_elsewhere(view.whole[start:end])
        and not any(anatomy.same_site(s.key, known_main[0]) == "different" for s in places)
    ):
        part = next((s for s in places if anatomy.same_site(s.key, known_main[0]) == "within"), None)
        side = _one_side(view.whole[start : max(end, part.end if part is not None else 0)])
        return known_main[0] if part is None else part.key, side or known_main[1]
    if places:
        side = anatomy.laterality(view.whole[max(view.start, places[0].start - 14) : places[0].end])
        known = next((lat for name, lat in reversed(memory.sites) if name == places[0].key), None)
        return places[0].key, side or known
    if known_main is not None:
        return memory.sites[-1] if memory.sites else known_main
    return memory.operated_site


def _opens_other(view: View, start: int, end: int, main: str) -> bool:
    """Whether an operation opened another part of the body than that of the tumour: a laparotomy none of the thigh."""
    opened = next((parts for words, parts in _OPENS if words.search(view.whole, start, end)), ())
    return bool(opened) and all(anatomy.same_site(main, part) == "different" for part in opened)


_OPENS = (
    (
        re.compile(r"lapar(?:o|a)\w{4,8}", re.IGNORECASE),
        ("abdomen", "pelvis", "uterus", "ovary", "bladder", "rectum"),
    ),
    (re.compile(r"thorac(?:otom|oscop)|VATS|sternotom", re.IGNORECASE), ("thorax",)),
    (re.compile(r"crani(?:ot|ect)om", re.IGNORECASE), ("brain", "head")),
)
_MARGIN_AT = re.compile(
    r"\b(?:margins?|R[12])\b[^.]{0,40}?\s(?:at|along|in|on|near|towards?|against|over)\s(?:the\s)?(?:[a-z-]{3,12}\s){0,2}$"
)
"""What makes a place that of a margin, not of what was taken out: "margins were positive along the psoas"."""


def _home(view: View, memory: Memory, start: int, end: int) -> tuple[str, Laterality | None] | None:
    """Return where the tumour of the story is: by the diagnosis, where only what spread from it has been measured.

    "The lesion was excised" tells of the last one that the story spoke of.
    """
    main, named_first = memory.main_site, memory.named_site
    if main is None or named_first is None:
        return main
    apart = not memory.main_measured and anatomy.same_site(named_first[0], main[0]) == "different"
    if not (memory.main_is_spread or apart):
        return main
    return main if view.has(_THE_LESION, max(view.start, start - 30), end) else named_first


_THE_LESION = pattern(
    r"\b(?:lesions?|nodul(?:e|es)|metasta\w{1,6}|mets?|recurren\w{2,3}|relapse|it|they|these|both)\b",
    re.IGNORECASE,
)


def _is_beside(main: str, organ: str) -> bool:
    """Whether the tumour is of what covers an organ, which an operation on the organ does not take out."""
    return organ.startswith("lung") and "pleura" in main


def _over(view: View, end: int, room: int) -> int:
    """Return where what is told of an operation is over, and of the patient since: "resected; she remained free"."""
    since = view.has(_AND_SINCE, end, room)
    parted = view.whole.find("; ", end, room)
    if parted >= 0 and any(time.absolute and parted < time.start < room for time in view.times):
        return parted  # what has a day of its own came since: "resected in July; lung metastases in October"
    return room if since is None else since.start()


_AND_SINCE = pattern(r";\s(?:then\s|since\sthen,?\s)?(?:s?he|the\spatient|there)\s", re.IGNORECASE)
_LOOKS_BACK = re.compile(
    r"\b(?:after|following|since|from|post)\s(?:(?:the|his|her|this|that)\s)?$", re.IGNORECASE
)
_SEEN_SINCE = re.compile(
    r"\b(?:(?:CE|HR)?CT|MRI|MRT|PET|scans?|ultrasound|imaging|(?:show|reveal|develop|appear|notic|present|recurr"
    r"|relaps|progress)\w{0,5})\b"
)
"""What parts an operation that is looked back on from where something was found since: "after surgery, CT showed"."""


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
