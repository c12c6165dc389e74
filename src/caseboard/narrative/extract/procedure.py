"""Surgery, radiotherapy, ablation and supportive procedures that were done, with dose, site and margin where told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Treatment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.operations import organ_of_operation
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy, procedures

__all__ = ["extract"]

_DONE = pattern(
    r"\b(?:underwent|undergone|proceeded to|went on to|benefit(?:t)?ed from|reali[sz]ed"
    r"|treated\b[^.;,]{0,25}\bwith|undergoing|performed|carried out|done|made|received"
    r"|treated (?:with|by)|was (?:\w+ly )?(?:resected|excised|removed|amputated|ablated"
    r"|irradiated)|were (?:\w+ly )?(?:resected|excised|removed|irradiated)|resected|excised"
    r"|removed|opted for|we did|did a|administered|delivered|given|completed|initiated|started"
    r"|begun|commenc(?:ed|ing)"
    r"|conducted|had (?:an? |his |her )?(?!no\b)|submitted to|subjected to|at laparotomy"
    r"|placed|inserted|implanted|drained|transfused|followed by|by means of|via|through"
    r"|consisted of|taken to|operated)\b",
    re.IGNORECASE,
)
_TAKEN_OUT = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodul(?:e|es)|metastas[ie]s|segment|nodes?|specimen"
    r"|lobe|kidney|lung|recurrence|ovary|portion|wedge|polyp|mole|naevus|nevus|carcinoma"
    r"|melanoma|sarcoma|adenocarcinoma|cancer)\b[^.;]{0,70}?\b(?:was|were"
    r"|been)?\s?(?:\w+ly )?(?:resected|excised|removed|amputated)\b|\b(?:resected|excised"
    r"|removed) (?:the |a |all |both )?(?:\w+ ){0,3}?(?:lesions?|mass|tumou?r|nodules?"
    r"|recurrence|metastas[ie]s)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    {
        "surgery",
        "operation",
        "resection",
        "excision",
        "surgical resection",
        "surgical excision",
        "procedure",
        "surgical procedure",
    }
)
_AS_TIME = pattern(
    r"\b(?:after|following|before|prior to|since|post|until|from|at|of|awaiting|for|during"
    r"|undergoing)\s(?:the |her |his |this |planned |initial |radical |first |second "
    r"|complete |surgical |further |repeat |completion of |the completion of )*$",
    re.IGNORECASE,
)
_PERFORMED_BY = pattern(
    r"\b(?:underwent|performed|carried out|subjected to|submitted to|received|opted for"
    r"|treated (?:with|by)|we did|did a|conducted|had an?|with|by|including|and"
    r"|date)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_GRAY = pattern(
    r"(?P<dose>(?:total (?:dose )?(?:of )?)?\d{1,3}(?:[.,]\d{1,2})?\s?(?:c?Gy|Gray|GyE"
    r"|CGE)(?:\s?\(RBE\))?(?:\s?(?:/|in|over|delivered in|at|given in|\()\s?(?:\d{1,2}"
    r"|\w{3,9})\s?(?:fractions?|fx|fr\b|#|sessions?|daily fractions)\)?)?)",
    re.IGNORECASE,
)
_BOOST = pattern(r"\bboost\b[^.;]{0,25}$|\bfollowed by a boost\b", re.IGNORECASE)
_PER_FRACTION = pattern(r"^\s?(?:per fraction|/\s?fraction|/fx|each|per session)", re.IGNORECASE)
_BEGUN = pattern(r"\b(?:initiated|started|begun|commenc(?:ed|ing)|begins?|starting)\b", re.IGNORECASE)
_NOT_DONE = pattern(
    r"\b(?:no|not|never|without|declin\w{2,3}|refus\w{2,3}|unfit for|instead of|rather than"
    r"|not attempted|unresectable|inoperable|deemed|avoid\w{0,3}|abandon\w{0,3}"
    r"|contraindicated)\b",
    re.IGNORECASE,
)
_OWN_NUMBER = pattern(
    r"\b(?:underwent|second|repeat|re-?do|re-?operation|another|again|new|subsequent(?:ly)?"
    r"|then|subjected|opted|later)\b",
    re.IGNORECASE,
)
_EXTENT = pattern(
    r"(?:\s(?:of|with|and|plus|including|in|from|on|for)\s(?:the\s|a\s|an\s|both\s|partial\s"
    r"|all\s)?[A-Za-z0-9'’ -]{2,60}?)(?=[.,;()]|\s(?:was|were|is|on|in (?:january|february"
    r"|march|april|may|june|july|august|september|october|november|december|\d{4})|without"
    r"|which|under|using|due|because|followed|after|before|revealed|showed|by)\b|$)",
    re.IGNORECASE,
)
_BEFORE_WORDS = pattern(
    r"(?:\b(?:wide|wider|radical|partial|total|subtotal|left|right|bilateral|palliative"
    r"|laparoscopic|robotic(?:-assisted)?|open|complete|en bloc|marginal|local|emergency"
    r"|urgent|surgical|upper|lower|distal|proximal|elective|extended|transurethral"
    r"|video-assisted|thoracoscopic|limb-sparing|completion|secondary|excisional|anterior"
    r"|posterior|tumou?r|sentinel|therapeutic|emergent|modified|metallic|biliary|ureteral"
    r"|palliative|adjuvant|external beam|whole[- ](?:brain|lung|abdominal)"
    r"|stereotactic)\s){1,5}$",
    re.IGNORECASE,
)
_MARGIN = pattern(
    r"\bR[012]\b|\b(?:negative|positive|clear|free|close) (?:surgical |resection )?margins?\b"
    r"|\bmargins? (?:were|was) (?:free|clear|negative|positive|involved)",
    re.IGNORECASE,
)
_OPERATION = pattern(r"(?:surger|operation|resect|excis|ectomy|otomy|removal|amputation)", re.IGNORECASE)
_DIAGNOSTIC_AFTER = pattern(
    r"^\s?(?:biopsy|biopsies|specimens?|margins?|of (?:the )?(?:specimen))\b", re.IGNORECASE
)
_SPECIMEN_BEFORE = pattern(
    r"\b(?:specimen|histology|pathology|margin|margins|line|bed|site|area) (?:of|from|after) (?:the )?$",
    re.IGNORECASE,
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the procedures that a sentence says were done."""
    if view.retold or view.section in ("plan", "family", "allergies", "medication"):
        return
    mentions = [(m, procedures.vocabulary()[m.key].modality) for m in view.of("procedure")]
    yield from _radiotherapy(view, memory, [m for m, modality in mentions if modality == "radiotherapy"])
    yield from _surgery(view, memory, [m for m, modality in mentions if modality == "surgery"])
    operated = any(modality == "surgery" for _, modality in mentions)
    for mention, modality in mentions:
        if modality == "supportive" and operated:
            continue
        if modality in ("ablation", "transplant", "supportive") and _was_done(view, mention):
            start, end = _extent(view, mention)
            name = _plain(view.whole[start:end])
            yield _draft(view, modality, (start, end), view.when(mention.start, mention.end), procedure=name)


def _was_done(view: View, mention: Mention) -> bool:
    """Whether a procedure is said to have been done, not planned, refused, denied or only named as a time."""
    start, end = mention.start, mention.end
    low, high = view.clause(start)
    if (
        planned(view, start, end)
        or hypothetical(view, start, end)
        or of_someone_else(view, start, end)
        or denied(view, start, end)
    ):
        return False
    before = view.whole[max(low, start - 70) : start]
    if (
        _NOT_DONE.search(view.whole[max(low, start - 40) : start])
        or _AS_TIME.search(_stripped(before))
        or _SPECIMEN_BEFORE.search(before)
    ):
        return False
    if _DIAGNOSTIC_AFTER.match(view.whole[end : end + 14]) and not re.search(
        r"excision", view.whole[start:end], re.IGNORECASE
    ):
        return False
    if view.has(_DONE, max(low, start - 130), start) or view.has(_DONE, end, min(high, end + 130)):
        return True
    telegraph = view.whole[view.start : start]
    return len(telegraph) < 45 and bool(view.times) and (view.times[0].start < start or view.sentence.item)


def _stripped(before: str) -> str:
    """Return the words before a procedure without its own adjectives."""
    found = _BEFORE_WORDS.search(before)
    return before[: found.start()] if found else before


def _surgery(view: View, memory: Memory, mentions: list[Mention]) -> Iterator[Draft]:
    """Yield one operation for each time the sentence speaks of one."""
    done = [mention for mention in mentions if _was_done(view, mention)]
    spans: list[tuple[int, int]] = [_extent(view, mention) for mention in done]
    for match in view.find(_TAKEN_OUT):
        if (
            not spans
            and not planned(view, match.end() - 6, match.end())
            and not _NOT_DONE.search(match[0])
            and not hypothetical(view, match.start(), match.end())
        ):
            lead = re.search(r"\b(?:the|a|an|and)\b", match[0][:-8])
            if not re.match(
                r"\s?(?:specimen|mass (?:was|measured)|lymph nodes? (?:were|was))",
                view.whole[match.end() : match.end() + 18],
            ):
                spans.append((match.start(), match.end()))
            del lead
    if not spans:
        return
    groups: list[list[tuple[int, int]]] = []
    for span in sorted(spans):
        governed = view.governing(*span)
        if groups and view.governing(*groups[-1][0]) == governed and span[0] - groups[-1][-1][1] < 160:
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        start, end = group[0][0], max(last for _, last in group)
        draft = _operation(view, memory, start, end)
        if draft is not None:
            yield draft


def _operation(view: View, memory: Memory, start: int, end: int) -> Draft | None:
    governed = view.governing(start, end)
    last = memory.operation
    further = (
        last is not None
        and governed is None
        and not view.timed
        and not view.has(_OWN_NUMBER)
        and last.fact.patient == view.patient
        and start - last.end < 2500
    )
    if further and not memory.dated_since_operation:
        return None
    moment = view.when(start, end)
    generic = view.whole[start:end].lower().strip() in _GENERIC
    verb = view.has(_DONE, max(view.clause(start)[0], start - 60), start)
    first = verb.start() if verb is not None and start - verb.end() < 25 else start
    margin = view.has(_MARGIN)
    draft = _draft(
        view,
        "surgery",
        (first, end),
        moment,
        procedure=_plain(view.whole[start:end]),
        reason=None,
        dose=None,
        remarks=(f"margin: {margin[0]}",) if margin else (),
    )
    del generic
    memory.operation = draft
    memory.dated_since_operation = False
    memory.operated = True
    memory.new_since_operation = False
    places = [
        s
        for s in view.of("site")
        if view.clause(start)[0] <= s.start and not s.weak and not anatomy.vocabulary()[s.key].node
    ]
    first_time = memory.operated_site is None
    organ = organ_of_operation(view.whole[start:end])
    known_main = memory.main_site
    if (
        organ is not None
        and known_main is not None
        and anatomy.same_site(known_main[0], organ) in ("same", "within")
    ):
        memory.operated_site = known_main
    elif organ is not None and (known_main is None or anatomy.same_site(organ, known_main[0]) == "different"):
        side = anatomy.laterality(view.whole[max(view.start, start - 10) : end])
        known = next((lat for name, lat in reversed(memory.sites) if name == organ), None)
        memory.operated_site = (organ, side or known)
    elif (
        first_time
        and memory.main_site is not None
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
    elif memory.main_site is not None:
        memory.operated_site = memory.sites[-1] if memory.sites else memory.main_site
    memory.clock.set_anchor("surgery", moment.when)
    if memory.operated_site is not None:
        site, side = memory.operated_site
        draft.fact = msgspec.structs.replace(draft.fact, site=f"{side} {site}" if side else site)
    return draft


def _dose(match: re.Match[str]) -> str:
    """Return a dose as written, without a bracket that it does not open."""
    dose = match["dose"].strip()
    return dose[:-1] if dose.endswith(")") and "(" not in dose else dose


def _radiotherapy(view: View, memory: Memory, mentions: list[Mention]) -> Iterator[Draft]:
    """Yield radiotherapy: a fact for each dose and target, or one without a dose until a later sentence gives it."""
    doses = [
        m
        for m in view.find(_GRAY)
        if not _PER_FRACTION.match(view.whole[m.end() : m.end() + 14])
        and not planned(view, m.start(), m.end())
        and not _NOT_DONE.search(view.whole[max(view.clause(m.start())[0], m.start() - 40) : m.start()])
    ]
    spoken = [
        m
        for m in mentions
        if not planned(view, m.start, m.end)
        and not hypothetical(view, m.start, m.end)
        and not denied(view, m.start, m.end)
        and not of_someone_else(view, m.start, m.end)
    ]
    recent = memory.radiotherapy
    if doses and (spoken or recent is not None or re.search(r"\bradiation|irradiat|fraction", view.text)):
        yield from _dosed(view, memory, doses, spoken)
        return
    for mention in spoken:
        if not _was_done(view, mention):
            continue
        low, high = view.clause(mention.start)
        begun = view.has(_BEGUN, max(low, mention.start - 40), min(high, mention.end + 60))
        span = _grown(view, mention, begun)
        if recent is not None and view.governing(mention.start, mention.end) is None:
            return
        draft = _draft(
            view,
            "radiotherapy",
            span,
            view.when(mention.start, mention.end),
            event="start" if begun else "done",
            site=_target(view, mention.end, high),
        )
        memory.radiotherapy = draft
        memory.clock.set_anchor("radiotherapy", draft.moment.when)
        yield draft
        return


def _dosed(view: View, memory: Memory, doses: list[re.Match[str]], spoken: list[Mention]) -> Iterator[Draft]:
    earlier = memory.radiotherapy
    pending: list[Draft] = []
    for match in doses:
        if pending and _BOOST.search(view.whole[pending[-1].end : match.start()]):
            last = pending[-1]
            fact = last.fact
            if isinstance(fact, Treatment):
                joined = _draft(
                    view,
                    "radiotherapy",
                    (last.start, match.end()),
                    last.moment,
                    site=fact.site,
                    dose=f"{fact.dose} followed by a boost of {match['dose'].strip()}",
                )
                pending[-1] = joined
            continue
        own = view.governing(match.start(), match.end())
        moment = view.when(match.start(), match.end())
        if own is None and earlier is not None and earlier.moment.when is not None:
            moment = earlier.moment
            fact = earlier.fact
            if isinstance(fact, Treatment) and fact.dose is None:
                earlier.dropped = True
        lead = next(
            (m for m in reversed(spoken) if m.end <= match.start() and view.clause(m.start)[0] >= view.start),
            None,
        )
        start = (
            lead.start
            if lead is not None
            and match.start() - lead.end < 70
            and not any(d.end > lead.start for d in pending)
            else match.start()
        )
        trail = next((m for m in spoken if 0 <= m.start - match.end() < 12), None)
        end = trail.end if trail else match.end()
        if view.whole[end : end + 1] == ")" and "(" in view.whole[start:end]:
            end += 1
        high = view.clause(match.end() - 1)[1]
        site = _target(view, match.end(), min(view.end, high + 1)) or (
            _target(view, lead.end, match.start()) if lead else None
        )
        pending.append(_draft(view, "radiotherapy", (start, end), moment, dose=_dose(match), site=site))
    for draft in pending:
        memory.radiotherapy = draft
        memory.clock.set_anchor("radiotherapy", draft.moment.when)
        yield draft


_TARGET = pattern(
    r"^[^.;]{0,30}?\b(?:to|of|on|at|over)\s(?:the\s|her\s|his\s|all\s"
    r"|both\s)?(?P<site>(?:other\s|left\s|right\s)?[A-Za-z][A-Za-z -]{2,50}?)(?=[.,;()]"
    r"|\s(?:and|was|were|with|in|for|at|due|because|using|followed|from|\d)\b|$)",
    re.IGNORECASE,
)
_TARGET_BEFORE_DOSE = pattern(r"\b(?:of|to)\s(?:the\s)?\d")


def _target(view: View, start: int, end: int) -> str | None:
    """Return what was irradiated, as the text says it."""
    match = _TARGET.match(view.whole[start : min(end, start + 110)])
    if match is None:
        return None
    site = match["site"].strip().lower()
    return None if re.match(r"(?:dose|total|palliat|control|prevent|treat|avoid)", site) else site


def _grown(view: View, mention: Mention, begun: re.Match[str] | None) -> tuple[int, int]:
    start, end = mention.start, mention.end
    if begun is not None:
        start, end = min(start, begun.start()), max(end, begun.end())
    return start, end


def _extent(view: View, mention: Mention) -> tuple[int, int]:
    """Return a procedure with its adjectives and what was taken: "wide excision of the residual lesion"."""
    low, high = view.clause(mention.start)
    found = _BEFORE_WORDS.search(view.whole[max(low, mention.start - 60) : mention.start])
    start = mention.start - len(found[0]) if found else mention.start
    match = _EXTENT.match(view.whole, mention.end, min(high, mention.end + 90))
    end = mention.end
    if match is not None:
        end = match.end()
        while end > mention.end and view.whole[end - 1].isspace():
            end -= 1
    return start, end


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _draft(
    view: View,
    modality: str,
    span: tuple[int, int],
    moment: object,
    *,
    procedure: str | None = None,
    dose: str | None = None,
    site: str | None = None,
    event: str = "done",
    reason: str | None = None,
    remarks: tuple[str, ...] = (),
) -> Draft:
    fact = Treatment(
        id="",
        source=NOWHERE,
        patient=view.patient,
        modality=modality,  # type: ignore[arg-type]
        event=event,  # type: ignore[arg-type]
        procedure=procedure,
        dose=dose,
        site=site,
        reason=reason,
        remarks=remarks,
    )
    return Draft(fact, *span, moment)  # type: ignore[arg-type]
