"""Lesions: where they are, how large, how avid, and whether they are still there.

A lesion fact needs a size, an SUV, the word that it is gone, or a new metastasis with its site. The site is the one
named with it; where none is, the words say which lesion is meant ("the main tumour", "the nodule") and the story's
memory says where that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Laterality, Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned, previously
from caseboard.narrative.examination import modality_at
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.sizes import Size, find_sizes, find_suv
from caseboard.narrative.view import View
from caseboard.terms import anatomy
from caseboard.terms.vocabulary import fold
from caseboard.narrative.patterns import pattern

__all__ = ["extract"]

_NOUN = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodul(?:es?|ar\b)|metasta\w{1,6}|mets\b|neoplasms?|lymph ?nodes?|nodes?\b|(?:lymph)?adenopath(?:y|ies)|deposits?|recurrences?|foc(?:us|i)\b|swellings?|lumps?|opacit(?:y|ies)|"
    r"cysts?|polyps?|ulcers?|thickening|infiltrat\w{2,5}|implants?|satellites?|primary|uptake|growth|residual|carcinomatosis|carcinoma|sarcoma|involvement|occupation|disease)\b",
    re.IGNORECASE,
)
_SPREAD = pattern(
    r"\b(?:metasta(?:sis|ses|tses|tsis|tic)\b|metastatsis|mets\b|secondar(?:y|ies)\b(?= (?:lesions?|deposits?))|dissemination|carcinomatosis|recurrences?|relapses?|implants?)"
    r"|\b(?:new|multiple|several|numerous|further|additional|bilateral|two|three|four|five|satellite|scattered|subcentimetre|enlarged)\s(?:[a-z-]{3,20}\s){0,4}(?:nodules|lesions|masses|deposits|lymph nodes|nodes|foci|lymphadenopath(?:y|ies))\b|\b(?:new|another|second|satellite)\s(?:[a-z-]{3,20}\s){0,4}(?:nodule|lesion|mass|deposit|lymph node|node|focus)\b"
    r"|\b(?:pulmonary|lung|liver|hepatic|peritoneal|pleural|omental|bone|osseous|brain|cerebral|adrenal|subcutaneous|mesenteric)\s(?:nodules?|lesions?|deposits?|masses)\b",
    re.IGNORECASE,
)
_MASS_AGAIN = pattern(r"\b(?:mass|lesion|nodule|recurrence)\b(?! (?:bed|cells?|effect|margin))", re.IGNORECASE)
_TNM = pattern(r"[cpy]{0,2}T[0-4][a-d]?\s?N[0-3x]|[cpy]{0,2}T[0-4][a-d]?N", re.IGNORECASE)
_SPREAD_OR_MASS = pattern(_SPREAD.pattern + "|" + _MASS_AGAIN.pattern, re.IGNORECASE)
_IMAGED = pattern(r"\b(?:CT|MRI|PET|ultrasound|sonography|scans?|imaging|X-?ray|recurrence|palpable|noted to have|was found)\b")
_GONE = pattern(
    r"\b(?:no longer (?:be )?(?:visible|detectable|seen|identified|identifiable|present|visuali[sz]ed|detected|palpable|measurable|found|recogni[sz]able|appreciable|evident|demonstrable|avid)"
    r"|(?:completely |totally |entirely |fully )?disappear(?:ed|ance)(?: of)?|(?:completely |fully )?resolved|(?:complete |full |total )(?:resolution|regression|disappearance|remission|response) of|resolution of|vanished|gone\b|cleared\b"
    r"|not (?:viewable|visible|detectable|seen|visuali[sz]ed|identifiable|found any ?more)|(?:could|can) no(?:t| longer) be (?:seen|identified|detected|visuali[sz]ed|found|demonstrated|delineated)|undetectable|metabolically inactive|melted away)\b",
    re.IGNORECASE,
)
_SYMPTOM = pattern(r"\b(?:pain|symptoms?|disturbances?|fever|cough|effusions?|ascites|o?edema|haematuria|hematuria|dyspn\w{2,6}|jaundice|rash|diarrh\w{2,4}|neutropenia|toxicity|stricture|hydronephrosis|distension|nausea|hemorrhag\w{2,4}|numbness|weakness|headaches?)\b", re.IGNORECASE)
_FORMER = pattern(
    r"(?:\b(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to|with)|vs\.?|versus|was|were|baseline|before treatment|at baseline)[:\s,=]{0,3}|\bfrom\s)(?:about |approximately |~|size |measur\w{2,5} )?$",
    re.IGNORECASE,
)
_FORMER_PAREN = pattern(r"^[(\[]\s?(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to|with)|vs\.?|versus|was|were|baseline|from|before)\b", re.IGNORECASE)
_OF_TO_CHANGE = pattern(r"^\s?(?:[×x]\s?[\d.,]+\s?)?(?:mm|cm)?\s?(?:to|→|->|-->)\s?\d")
_AFTER_SITE = pattern(
    r"^[)\]]?,?\s{0,2}(?:[A-Za-z-]{2,20}\s){0,6}?(?:in|of|at|on|within|behind|involving|over|near|along|from|to|localized|located|beneath|under|adjacent to|between|posterior to|around|invading)\s(?:the\s|a\s|an\s|her\s|his\s|both\s)?",
    re.IGNORECASE,
)
_BESIDE = pattern(r"\b(?:next to|adjacent to|near(?: to)?|close to|abutting|beside|at the level of|behind|posterior to|anterior to|around|along|at|level)\s(?:the\s|a\s)?(?:level of\s)?(?:the\s)?(?:left\s|right\s)?$", re.IGNORECASE)
_MAIN = pattern(r"\b(?:main|primary|index|dominant|known|target|residual|remaining|resected)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b|\b(?:the|a|this|that|its|palpable|solid|malignant)\s(?:residual |resected |large |surgical )?(?:tumou?r|mass|specimen|neoplasm)\b|\btumou?r (?:mass|size|bed|bulk)\b|\bmass size\b|\bspecimens?\b|\bresidual tumou?r\b", re.IGNORECASE)
_PRIMARY = pattern(r"\b(?:main|primary|index|dominant)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b", re.IGNORECASE)
_SPECIMEN = pattern(r"\b(?:specimen|resected|histolog\w{1,4}|histopatholog\w{1,5}|patholog\w{1,5}|residual|path:|macroscop\w{1,5}|excised|gross)\b", re.IGNORECASE)
_PART = pattern(r"\b(?:the|this|that|known|large)\s(?P<part>[a-z]{4,20})\s(?:mass|lesion|tumou?r|nodule|node|metastas[ei]s|deposit)\b", re.IGNORECASE)
_SAME_SIDE = pattern(r"\b(?:homolateral|ipsilateral|same[- ]side)\b", re.IGNORECASE)
_OTHER_SIDE = pattern(r"\bcontra-?lateral\b", re.IGNORECASE)
_LIST_GAP = pattern(r"^(?:\s|,|/|and|or|the|in|of|left|right|bilateral|both|as well as|throughout|her|his|plus|&|\(|\)|cavity|region|area|muscles?|space|L|R|with|to|also|around|lymph|nodes?|multiple|new|lesions?|metastas[ei]s|nodules?|parenchyma|body|bodies|vertebra[el]?|also|on|within|at)*$")
_STAGE = pattern(r"\b(?:stage|staging|risk of|history of|potential|work-?up for|possibility of|rule out|screening|search for|detect(?:ion of)?|exclude|because of|diagnos(?:is|ed) of|suspicion of|to assess|for possible)\b[^,;.]{0,40}$", re.IGNORECASE)
_FOUND = pattern(
    r"\b(?:show(?:ed|s|ing|n)?|reveal(?:ed|s|ing)?|demonstrat(?:ed|es|ing)|disclos(?:ed|es|ing)|detect(?:ed|s|ing)?|found|identif(?:ied|ies|ying)|display(?:ed|s)|visuali[sz]ed|confirm(?:ed|s|ing)?|indicat(?:ed|es|ing)|not(?:ed|es)\b|observed|appear(?:ed|ance)|apparition|develop(?:ed|ment|ing)?|presen(?:ted|ce)|there (?:was|were|is|are)|with\b|had\b|were seen|was seen|documented|contained|evidenced|extensive|relapse|recurrence|progress\w{2,5}|depicted|highlighted|consistent with)|:",
    re.IGNORECASE,
)


class _Where(msgspec.Struct, frozen=True):
    """Where a lesion is: the site phrase, its side, the mention it came from, and how it was found."""

    site: str
    laterality: Laterality | None
    start: int
    end: int
    why: str = ""


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the lesions of a sentence."""
    if (view.retold and view.section != "legend") or view.section in ("plan", "family", "allergies", "medication"):
        return
    sites = [site for site in view.of("site") if not site.weak or not _TNM.match(view.whole[site.start : site.start + 8])]
    taken: list[tuple[int, int]] = []
    found = list(_measured(view, memory, sites, taken))
    if not view.retold:
        found += [*_gone(view, memory, sites, taken), *_spread(view, memory, sites, taken, found)]
    for draft in found:
        fact = draft.fact
        if isinstance(fact, Lesion):
            memory.remember_site(fact.site, fact.laterality)
            memory.last_laterality = fact.laterality or memory.last_laterality
        yield draft
    if not view.retold:
        _remember_complaint(view, memory, sites)


def _measured(view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield a lesion for each size, and for each SUV, that is not a former value."""
    uptake = list(find_suv(view.whole, view.start, view.end))
    for size in find_sizes(view.whole, view.start, view.end):
        if _former(view, size) or of_someone_else(view, size.start, size.end) or planned(view, size.start, size.end):
            continue
        where = _where(view, memory, sites, size.start, size.end)
        if where is None:
            continue
        suv = next((value for start, _, value in uptake if view.phrase(start) == view.phrase(size.start)), None)
        restated = _in_brackets_of_its_own(view, size)
        if view.retold and any(size.diameters_mm == sizes for _, _, sizes in memory.measured):
            continue
        known = (where.site, where.laterality, size.diameters_mm)
        if restated and known in memory.measured:
            continue
        memory.measured.add(known)
        memory.remember_site(where.site, where.laterality)
        start, end = _quote(view, where, size.start, size.end)
        taken.append((start, end))
        yield _lesion(view, memory, where, start, end, diameters=size.diameters_mm, suv=suv, at=(size.start, size.end))
    for first, last, value in uptake:
        if any(low <= first < high for low, high in taken) or _FORMER.search(view.whole, max(view.start, first - 30), first):
            continue
        where = _where(view, memory, sites, first, last)
        if where is None:
            continue
        start, end = _quote(view, where, first, last)
        taken.append((start, end))
        yield _lesion(view, memory, where, start, end, suv=value, at=(first, last))


def _gone(view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield each lesion that a sentence says is gone."""
    for match in view.find(_GONE):
        first, last = view.clause(match.start())
        backward = not match[0].lower().endswith(" of")
        low, high = (_clause_start(view, first, match.start()), match.start()) if backward else (match.end(), _list_end(view, match.end(), last))
        if view.has(_SYMPTOM, low, high) or denied(view, match.start(), match.start() + 1):
            continue
        inside = [site for site in sites if low <= site.start and site.end <= high and not any(a <= site.start < b for a, b in taken)]
        named = view.has(_NOUN, low, high)
        if inside and not named and not any(_known(memory, site.key) for site in inside):
            continue
        if inside:
            for place in _composed(view, memory, inside):
                start = min(place.start, match.start()) if not backward else low_word(view, place.start)
                yield _lesion(view, memory, place, start, max(match.end(), place.end), state="absent", at=(match.start(), match.end()))
        elif named and not re.search(r"\b(?:disease|response|evidence)\b", view.whole[low:high], re.IGNORECASE):
            where = _remembered(view, memory, low, high)
            if where is not None:
                yield _lesion(view, memory, where, low_word(view, low), max(match.end(), high), state="absent", at=(match.start(), match.end()))


def _spread(view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]], told: list[Draft]) -> Iterator[Draft]:
    """Yield new metastases (and masses seen after an operation) that are named with a site and no size."""
    if not sites:
        return
    spread = _SPREAD_OR_MASS if memory.operated and view.has(_IMAGED) else _SPREAD
    reached = view.start
    for match in view.find(spread):
        if match.start() < reached:
            continue
        low, high = view.clause(match.start())
        if denied(view, match.start(), match.end()) or of_someone_else(view, match.start(), match.end()) or planned(view, match.start(), match.end()):
            continue
        if hypothetical(view, match.start(), match.end()) or view.has(_STAGE, low, match.start()) or view.has(_GONE, low, high):
            continue
        if not view.has(_FOUND, view.start, match.start()) and not view.has(_FOUND, match.end(), high):
            continue
        places = _places_of(view, sites, match, low, high)
        fresh = [p for p in places if not any(a <= p.start < b for a, b in taken)]
        if not fresh or (len(fresh) < len(places) and view.has(pattern(r"\d\s?(?:mm|cm)\b"), match.start(), high)):
            continue
        recurring = re.match(r"recurr|relaps", match[0], re.IGNORECASE) is not None
        for place in _composed(view, memory, fresh):
            if not recurring and _known(memory, place.site, exact=True):
                continue
            if any(isinstance(d.fact, Lesion) and anatomy.same_site(place.site, d.fact.site) in ("same", "within", "maybe") for d in told):
                continue
            reached = max(match.end(), place.end)
            taken.append((min(match.start(), place.start), reached))
            yield _lesion(view, memory, place, min(match.start(), place.start), max(match.end(), place.end), at=(match.start(), match.end()))


def _places_of(view: View, sites: list[Mention], match: re.Match[str], low: int, high: int) -> list[Mention]:
    """Return the sites that a noun of spread is said of: inside it, right before it, or listed after "in", "of"."""
    inside = [site for site in sites if match.start() <= site.start < match.end()]
    before = [site for site in sites if low <= site.start and site.end <= match.start() and _LIST_GAP.match(view.whole[site.end : match.start()])]
    after: list[Mention] = []
    limit = min(view.end, high + 1)
    if view.whole[high : high + 1] == "(" or view.whole[match.end() : match.end() + 2].strip() == "(":
        limit = view.clause(min(high + 1, view.end - 1))[1]
    position = match.end()
    for site in sites:
        if site.start < match.end() or site.end > limit:
            continue
        gap = view.whole[position : site.start]
        first_ok = not after and re.match(r"^[\s,]{0,2}(?:\(|(?:[a-z-]{2,20}\s){0,5}?(?:in|of|to|at|on|within|involving|throughout|into|affecting|over|around|behind)\s)[^.;]{0,40}$", gap, re.IGNORECASE)
        if first_ok or (after and _LIST_GAP.match(gap)):
            after.append(site)
            position = site.end
        elif after:
            break
    return inside or ([] if before and after and not re.search(r"\bin\b", view.whole[match.end() : after[0].start]) else before[-3:]) or after


def _composed(view: View, memory: Memory, sites: list[Mention]) -> list[_Where]:
    """Return the places of listed sites; "dorsal muscles next to D11 and L5" is two places with one head."""
    out: list[_Where] = []
    head: _Where | None = None
    for position, listed in enumerate(sites):
        site = _elliptic(view, listed, sites[position + 1] if position + 1 < len(sites) else None)
        if head is not None and view.has(_BESIDE, max(head.end, site.start - 40), site.start):
            joined = _Where(f"{head.site.split(' at ')[0]} at {site.key}", head.laterality, head.start, site.end)
            if out and out[-1] is head:
                out[-1] = joined
            else:
                out.append(joined)
            head = joined
            continue
        place = _named(view, memory, site)
        out.append(place)
        head = place
    sides: Laterality | None = None
    placed = []
    for place in out:
        if place.laterality is None and sides is not None and len(out) > 1 and re.fullmatch(r"\s?(?:,|and|,? and)\s(?:the )?", view.whole[max(view.start, placed[-1].end) : place.start] if placed else ""):
            place = msgspec.structs.replace(place, laterality=sides, why="side of the list")
        sides = place.laterality
        placed.append(place)
    return placed


def _elliptic(view: View, site: Mention, following: Mention | None) -> Mention:
    """Return the node that "supraclavicular" means in "supraclavicular and mediastinal lymph nodes"."""
    if following is None or not anatomy.vocabulary()[following.key].node or anatomy.vocabulary()[site.key].node:
        return site
    if not re.fullmatch(r"\s?(?:,|and|/|, and|or)\s?", view.whole[site.end : following.start]):
        return site
    node = anatomy.lookup(f"{view.whole[site.start : site.end]} lymph nodes")
    return msgspec.structs.replace(site, key=node.term.key) if node is not None else site


def _where(view: View, memory: Memory, sites: list[Mention], start: int, end: int) -> _Where | None:
    """Return where the lesion measured at ``start`` to ``end`` is, or None where neither text nor story says."""
    first, last = view.phrase(start)
    bracketed = view.whole[view.clause(start)[0]] in "(["
    if bracketed:
        first = view.clause(start)[0]
        outer_first, _ = view.phrase(max(view.start, first - 1))
        inside = [site for site in sites if first <= site.start < start]
        if not inside:
            first = outer_first
    before = [site for site in sites if first <= site.start and site.end <= start and not _measured_between(view, site.end, start)]
    if before:
        return _with_head(view, memory, sites, before[-1])
    match = _AFTER_SITE.match(view.whole[end : min(view.end, end + 90)])
    if match is not None:
        after = [site for site in sites if end <= site.start <= end + match.end() + 34 and not _crosses(view, end, site.start)]
        between = bool(after) and re.search(r"\bbetween\s", view.whole[end : after[0].start]) is not None
        if between and memory.main_site and anatomy.same_site(memory.main_site[0], after[0].key) in ("within", "maybe", "same"):
            return _Where(*memory.main_site, start, end, "the main lesion, told by what lies around it")
        if after:
            return _with_head(view, memory, sites, after[0])
    partly = _by_part(view, memory, first, start)
    if partly is not None:
        return partly
    earlier = [site for site in sites if site.end <= start and view.has(_NOUN, site.start - 40 if site.start - 40 > view.start else view.start, start)]
    if view.has(_PRIMARY, first, min(last, end + 60)) and memory.main_site is not None:
        return _Where(*memory.main_site, first, end, "the main lesion, from the story")
    if earlier:
        return _with_head(view, memory, sites, earlier[-1])
    if not view.has(_NOUN):
        return None
    remembered = _remembered(view, memory, view.start, end)
    if remembered is not None:
        return remembered
    following = [site for site in sites if site.start >= end]
    return _named(view, memory, following[0]) if following else None


def _by_part(view: View, memory: Memory, low: int, high: int) -> _Where | None:
    """Return the known lesion that a part of its site's name means: "the dome mass" is at the bladder dome."""
    for match in view.find(_PART, low, high):
        for site, side in reversed(memory.sites):
            if match["part"].lower() in site.split():
                return _Where(site, side, match.start(), match.end(), "named by a part of its site")
    return None


def _with_head(view: View, memory: Memory, sites: list[Mention], site: Mention) -> _Where:
    """Return the place of a site, with the site it lies in or beside as head."""
    if view.has(_BESIDE, max(view.start, site.start - 36), site.start):
        heads = [other for other in sites if other.end <= site.start and site.start - other.end < 45]
        if heads:
            head = _named(view, memory, heads[-1])
            return _Where(f"{head.site} at {site.key}", head.laterality, head.start, site.end)
    joint = re.search(r"(?:\)|\d\s?[cm]m)\s?(?:,|and|,\sand)\s(?:the\s)?$", view.whole[max(view.start, site.start - 16) : site.start])
    if joint is not None and memory.sites and " at " in memory.sites[-1][0] and anatomy.organ_of(site.key) == "bone":
        base = memory.sites[-1][0].split(" at ")[0]
        return _Where(f"{base} at {site.key}", memory.sites[-1][1], site.start, site.end, "the head of the list")
    return _named(view, memory, site)


def _named(view: View, memory: Memory, site: Mention) -> _Where:
    """Return the place that a site mention names, with its side as said, implied or known."""
    low = max(view.phrase(site.start)[0], site.start - 45)
    before = view.whole[low : site.start]
    side = anatomy.laterality(_nearest_side(before)) if _nearest_side(before) else None
    written = view.whole[site.start : site.end]
    side = side or anatomy.laterality(written)
    why = ""
    if side is None and _SAME_SIDE.search(before):
        side, why = memory.main_site[1] if memory.main_site else None, "same side as the main lesion"
    if side is None and _OTHER_SIDE.search(before) and memory.main_site and memory.main_site[1] in ("left", "right"):
        side, why = ("right" if memory.main_site[1] == "left" else "left"), "other side than the main lesion"
    if side is None:
        after = re.match(r"\s?(?:\(|on the |, )?(left|right|L|R)\b", view.whole[site.end : site.end + 14])
        side = anatomy.laterality(after[1]) if after and after[0].strip() in ("left", "right", "(left", "(right", "on the left", "on the right") else None
    if side is None:
        known = {lat for name, lat in memory.sites if name == site.key and lat is not None}
        if len(known) == 1 and not re.search(r"\bnew\b", before):
            side, why = known.pop(), "side from the story"
    return _Where(_as_written(written, site), side, site.start, site.end, why)


def _as_written(written: str, site: Mention) -> str:
    """Return the site's canonical phrase; a noun that shares no word with it is kept as the text has it."""
    term = anatomy.vocabulary()[site.key]
    plain = " ".join(written.lower().split())
    stems = {word[:4] for word in site.key.split()}
    short = len(plain) <= 4 or any(plain == fold(form) for form in (*term.adjectives, *term.left, *term.right, *term.case_sensitive))
    if short or stems & {word[:4] for word in plain.replace("-", " ").split()}:
        return site.key
    return plain


_SIDE_WORD = pattern(r"\b(?:left(?:-sided)?|right(?:-sided)?|bilateral(?:ly)?|both|Lt|Rt|LT|RT|L|R)\b(?!\s?[1-5]\b)(?!-)")


def _nearest_side(before: str) -> str:
    """Return the last side said within the words before a site that no other noun of place comes between."""
    found = list(_SIDE_WORD.finditer(before))
    if not found:
        return ""
    between = before[found[-1].end() :]
    return found[-1][0] if len(between.split()) <= 4 and not re.search(r"[.;:)\d]", between) else ""


def _remembered(view: View, memory: Memory, low: int, high: int) -> _Where | None:
    """Return the lesion that words without a site mean: the main one, or the one last spoken of."""
    if memory.operated_site is not None and view.has(_SPECIMEN, view.start, high):
        return _Where(*memory.operated_site, low, high, "what was operated on, from the story")
    if memory.main_site is not None and view.has(_PRIMARY, low, high):
        return _Where(*memory.main_site, low, high, "the main lesion, from the story")
    if memory.main_site is not None and view.has(_MAIN, low, high) and not (memory.operated and memory.new_since_operation):
        return _Where(*memory.main_site, low, high, "the main lesion, from the story")
    if memory.sites:
        return _Where(*memory.sites[-1], low, high, "the lesion last spoken of")
    return None


def _lesion(
    view: View,
    memory: Memory,
    where: _Where,
    start: int,
    end: int,
    *,
    at: tuple[int, int],
    diameters: tuple[float, ...] = (),
    suv: float | None = None,
    state: str = "present",
) -> Draft:
    moment = view.when(*at)
    operated = memory.clock.anchors.get("surgery")
    if view.governing(*at) is None and operated is not None and view.has(_SPECIMEN):
        moment = Moment(operated, "resolved", "the date of the operation")
    if memory.operated and not view.has(_SPECIMEN):
        memory.new_since_operation = True
    modality = "PET" if suv is not None and not diameters else modality_at(view, memory, at[0])
    fact = Lesion(
        id="",
        source=NOWHERE,
        patient=view.patient,
        site=where.site,
        laterality=where.laterality,
        modality=modality,
        diameters_mm=diameters,
        suv_max=suv,
        state="absent" if state == "absent" else "present",
        certainty="resolved" if where.why else "stated",
        why=where.why,
    )
    return Draft(fact, start, end, moment)


def _quote(view: View, where: _Where, start: int, end: int) -> tuple[int, int]:
    """Return the piece that states a measured lesion: from the noun or site before it to the size, or to the site."""
    low = view.start
    first = start
    if low <= where.start < end and not where.why.startswith(("the main", "the lesion")):
        first, end = min(first, where.start), max(end, where.end)
    window = max(view.phrase(first)[0], first - 60)
    nouns = list(view.find(_NOUN, window, first))
    if nouns:
        first = min(first, nouns[-1].start())
    close = view.whole[end : end + 1]
    if close in ")]" and view.whole.rfind("(", first, end) > view.whole.rfind(")", first, end):
        end += 1
    return low_word(view, first), end


def low_word(view: View, position: int) -> int:
    """Return ``position`` moved past white space and opening punctuation."""
    while position < view.end and view.whole[position] in " \t\n,;:.([-–":
        position += 1
    return position


def _former(view: View, size: Size) -> bool:
    """Whether a size is told as the former one: "(prev 7)", "from 9.1 to", "previously 28 mm"."""
    before = view.whole[max(view.start, size.start - 40) : size.start]
    if _OF_TO_CHANGE.match(view.whole[size.end : size.end + 24]) and re.search(r"\bfrom\s[^.;]{0,20}$", before, re.IGNORECASE):
        return True
    low, _ = view.clause(size.start)
    if view.whole[low] in "([" and _FORMER_PAREN.match(view.whole[low : low + 30]):
        return True
    found = _FORMER.search(before)
    if found is None:
        return False
    return not re.match(r"(?:was|were)\b", found[0].strip(), re.IGNORECASE)


def _in_brackets_of_its_own(view: View, size: Size) -> bool:
    low, high = view.clause(size.start)
    return view.whole[low] in "([" and not view.has(_NOUN, low, high) and any(low <= time.start < high for time in view.times)


def _measured_between(view: View, start: int, end: int) -> bool:
    """Whether another size stands between a site and the size at ``end``."""
    return any(True for _ in find_sizes(view.whole, start, end))


def _crosses(view: View, start: int, end: int) -> bool:
    return bool(re.search(r"[.;]|,(?! (?:localized|located|arising))|\b(?:and|with|which)\b", view.whole[start:end]))


def _clause_start(view: View, low: int, position: int) -> int:
    """Return where the statement that ends at ``position`` begins: after the last finished statement before it."""
    cut = low
    for match in re.finditer(r",(?=\s[^,]{0,60}(?:lesion|nodule|mass|metastas|node|tumou?r)\w{0,6}\s(?:\w+\s){0,3}$)|\b(?:but|while|whereas)\b|:\s|\d\s?[cm]m\)?,", view.whole[low:position]):
        cut = low + match.end()
    return cut


def _list_end(view: View, start: int, limit: int) -> int:
    """Return where the list after "disappearance of" ends: at a verb, or at a comma that no further site follows."""
    verb = re.search(r"\b(?:was|were|is|are|with(?! the)|but|which|while|as well as the|after|on\b)\b", view.whole[start:limit])
    return start + verb.start() if verb else limit


def _known(memory: Memory, site: str, *, exact: bool = False) -> bool:
    if exact:
        return any(site == name for name, _ in memory.sites)
    return any(anatomy.same_site(site, name) in ("same", "within", "maybe") for name, _ in memory.sites)


def _remember_complaint(view: View, memory: Memory, sites: list[Mention]) -> None:
    """Note where the complaint is ("palpable lump in her left breast") before anything is measured."""
    if memory.main_site is not None:
        return
    for site in sites:
        low, high = view.phrase(site.start)
        if previously(view, site.start, site.end):
            continue
        if view.has(_NOUN, max(low, site.start - 80), min(high, site.end + 40)) and not denied(view, site.start, site.end) and not of_someone_else(view, site.start, site.end):
            place = _named(view, memory, site)
            memory.remember_site(place.site, place.laterality)
            return
