"""Lesions: where they are, how large, how avid, and whether they are still there.

A lesion fact needs a size, an SUV, the word that it is gone, or a new metastasis with its site. The site is the one
named with it; where none is, the words say which lesion is meant ("the main tumour", "the nodule") and the story's
memory says where that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned, previously
from caseboard.narrative.examination import modality_at
from caseboard.narrative.extract.where import (
    LESION_NOUN,
    SPECIMEN,
    Where,
    lesion_sites,
    place_named,
    place_remembered,
    places_listed,
    where_measured,
)
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import Size, find_sizes, find_suv
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["extract"]
_SPREAD = pattern(
    r"\b(?:metasta(?:sis|ses|tses|tsis|tic)\b|metastatsis|mets\b|secondar(?:y"
    r"|ies)\b(?= (?:lesions?|deposits?))|dissemination|carcinomatosis|recurrences?|relapses?"
    r"|implants?)"
    r"|\b(?:new|multiple|several|numerous|further|additional|bilateral|two|three|four|five"
    r"|satellite|scattered|subcentimetre|enlarged)\s(?:[a-z-]{3,20}\s){0,4}(?:nodules|lesions"
    r"|masses|deposits|lymph nodes|nodes|foci|lymphadenopath(?:y|ies))\b|\b(?:new|another"
    r"|second|satellite)\s(?:[a-z-]{3,20}\s){0,4}(?:nodule|lesion|mass|deposit|lymph node|node"
    r"|focus)\b"
    r"|\b(?:uptake|infiltration)\b(?=\s(?:in|of|at)\b)|\binvolvement\b(?! of\b)"
    r"|\bcontra-?lateral\s(?:[a-z]{3,14}\s)?(?:progression|lesions?|mass|involvement)\b"
    r"|\b(?:pulmonary|lung|liver|hepatic|peritoneal|pleural|omental|bone|osseous|brain"
    r"|cerebral|adrenal|subcutaneous|mesenteric)\s(?:nodules?|lesions?|deposits?|masses)\b",
    re.IGNORECASE,
)
_MASS_AGAIN = pattern(
    r"\b(?:mass|lesion|nodule|recurrence)\b(?! (?:bed|cells?|effect|margin))", re.IGNORECASE
)
_TNM = pattern(r"[cpy]{0,2}T[0-4][a-d]?\s?N[0-3x]|[cpy]{0,2}T[0-4][a-d]?N", re.IGNORECASE)
_SPREAD_OR_MASS = pattern(_SPREAD.pattern + "|" + _MASS_AGAIN.pattern, re.IGNORECASE)
_IMAGED = pattern(
    r"\b(?:CT|MRI|PET|ultrasound|sonography|scans?|imaging|X-?ray|recurrence|palpable"
    r"|noted to have|was found)\b"
)
_GONE = pattern(
    r"\b(?:no longer (?:be )?(?:visible|detectable|seen|identified|identifiable|present"
    r"|visuali[sz]ed|detected|palpable|measurable|found|recogni[sz]able|appreciable|evident"
    r"|demonstrable|avid)"
    r"|(?:completely |totally |entirely |fully )?disappear(?:ed|ance)(?: of)?|(?:completely "
    r"|fully )?resolved|(?:complete |full |total )(?:resolution|regression|disappearance"
    r"|remission|response) of|resolution of|vanished|gone\b|cleared\b"
    r"|not (?:viewable|visible|detectable|seen|visuali[sz]ed|identifiable|found any ?more)"
    r"|(?:could|can) no(?:t| longer) be (?:seen|identified|detected|visuali[sz]ed|found"
    r"|demonstrated|delineated)|undetectable|metabolically inactive|melted away)\b",
    re.IGNORECASE,
)
_SYMPTOM = pattern(
    r"\b(?:pain|symptoms?|disturbances?|fever|cough|effusions?|ascites|o?edema|haematuria"
    r"|hematuria|dyspn\w{2,6}|jaundice|rash|diarrh\w{2,4}|neutropenia|toxicity|stricture"
    r"|hydronephrosis|distension|nausea|hemorrhag\w{2,4}|numbness|weakness|headaches?)\b",
    re.IGNORECASE,
)
_FORMER = pattern(
    r"(?:\b(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to|with)"
    r"|vs\.?|versus|was|were|baseline|before treatment|at baseline)[:\s,=]{0,3}"
    r"|\bfrom\s)(?:about |approximately |~|size |measur\w{2,5} )?$",
    re.IGNORECASE,
)
_FORMER_PAREN = pattern(
    r"^[(\[]\s?(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to"
    r"|with)|vs\.?|versus|was|were|baseline|from|before)\b",
    re.IGNORECASE,
)
_OF_TO_CHANGE = pattern(r"^\s?(?:[×x]\s?[\d.,]+\s?)?(?:mm|cm)?\s?(?:to|→|->|-->)\s?\d")
_LIST_GAP = pattern(
    r"^(?:\s|,|/|and|or|the|in|of|left|right|bilateral|both|as well as|throughout|her|his|plus"
    r"|&|\(|\)|cavity|region|area|muscles?|space|L|R|with|to|also|around|lymph|nodes?|multiple"
    r"|new|lesions?|metastas[ei]s|nodules?|parenchyma|body|bodies|vertebra[el]?|also|on|within"
    r"|at)*$"
)
_STAGE = pattern(
    r"\b(?:stage|staging|risk of|history of|potential|work-?up for|possibility of|rule out"
    r"|screening|search for|detect(?:ion of)?|exclude|because of|diagnos(?:is|ed) of"
    r"|suspicion of|to assess|for possible)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_FOUND = pattern(
    r"\b(?:show(?:ed|s|ing|n)?|reveal(?:ed|s|ing)?|demonstrat(?:ed|es|ing)|disclos(?:ed|es"
    r"|ing)|detect(?:ed|s|ing)?|found|identif(?:ied|ies|ying)|display(?:ed|s)|visuali[sz]ed"
    r"|confirm(?:ed|s|ing)?|indicat(?:ed|es|ing)|not(?:ed|es)\b|observed|appear(?:ed|ance)"
    r"|apparition|develop(?:ed|ment|ing)?|presen(?:ted|ce)|there (?:was|were|is|are)|with\b"
    r"|had\b|were seen|was seen|documented|contained|evidenced|extensive|relapse|recurrence"
    r"|progress\w{2,5}|depicted|highlighted|consistent with)|:",
    re.IGNORECASE,
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the lesions of a sentence."""
    if (view.retold and view.section != "legend") or view.section in (
        "plan",
        "family",
        "allergies",
        "medication",
    ):
        return
    named, examined = lesion_sites(view)
    sites = [
        site for site in named if not site.weak or not _TNM.match(view.whole[site.start : site.start + 8])
    ]
    taken: list[tuple[int, int]] = []
    found = list(_measured(view, memory, sites, examined, taken))
    if not view.retold:
        found += [*_gone(view, memory, sites, taken), *_spread(view, memory, sites, taken, found)]
    for draft in found:
        fact = draft.fact
        if isinstance(fact, Lesion) and fact.state == "present" and (memory.operated or memory.last_regimen):
            if not _known(memory, fact.site) and memory.fresh_lesion < view.start and view.has(_FOUND):
                memory.fresh_lesion = draft.start
        if isinstance(fact, Lesion):
            memory.remember_site(fact.site, fact.laterality)
            memory.last_laterality = fact.laterality or memory.last_laterality
        yield draft
    if not view.retold:
        _remember_complaint(view, memory, sites)


def _measured(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], taken: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Yield a lesion for each size, and for each SUV, that is not a former value."""
    uptake = list(find_suv(view.whole, view.start, view.end))
    sizes = sorted(find_sizes(view.whole, view.start, view.end), key=lambda size: size.start)
    in_turn = _respectively(view, sites, sizes)
    for size in sizes:
        if (
            _former(view, size)
            or of_someone_else(view, size.start, size.end)
            or planned(view, size.start, size.end)
        ):
            continue
        mine = in_turn.get(size.start)
        where = (
            place_named(view, memory, mine)
            if mine is not None
            else where_measured(view, memory, sites, examined, size.start, size.end)
        )
        if where is None:
            continue
        own = next((found for found in uptake if _of_one_lesion(view, size, found)), None)
        suv = own[2] if own is not None else None
        restated = _in_brackets_of_its_own(view, size)
        if view.retold and any(size.diameters_mm == sizes for _, _, sizes in memory.measured):
            continue
        known = (where.site, where.laterality, size.diameters_mm)
        if restated and known in memory.measured:
            continue
        memory.measured.add(known)
        memory.remember_site(where.site, where.laterality, measured=True)
        start, end = _quote(view, where, size.start, size.end)
        end = max(end, own[1] if own is not None else end)
        taken.append((start, end))
        draft = _lesion(
            view, memory, where, start, end, diameters=size.diameters_mm, suv=suv, at=(size.start, size.end)
        )
        if isinstance(draft.fact, Lesion) and draft.fact.modality is not None:
            memory.measured_by.setdefault(draft.fact.modality, (where.site, where.laterality))
        yield draft
    for first, last, value in uptake:
        if any(low <= first < high for low, high in taken) or _FORMER.search(
            view.whole, max(view.start, first - 30), first
        ):
            continue
        where = where_measured(view, memory, sites, examined, first, last)
        if where is None:
            continue
        start, end = _quote(view, where, first, last)
        taken.append((start, end))
        yield _lesion(view, memory, where, start, end, suv=value, at=(first, last))


def _of_one_lesion(view: View, size: Size, uptake: tuple[int, int, float]) -> bool:
    """Whether an SUV is that of the lesion of a size: "1.8 cm, SUVmax 3.2"."""
    if size.end <= uptake[0] <= size.end + 30:
        return _THEN_SUV.fullmatch(view.whole[size.end : uptake[0]]) is not None
    return view.phrase(uptake[0]) == view.phrase(size.start)


_THEN_SUV = pattern(r"\)?[\s,;(]{0,3}(?:(?:with|and|an?|the|its|intense|FDG|uptake|of)\s){0,4}")


def _respectively(view: View, sites: list[Mention], sizes: list[Size]) -> dict[int, Mention]:
    """Return the site of each size (by its start) where sites and sizes are told in turn, "respectively"."""
    said = view.has(_RESPECTIVELY)
    if said is None:
        return {}
    told = [size for size in sizes if size.end <= said.start()]
    before = [site for site in sites if told and site.end <= told[0].start]
    if len(told) < 2 or len(before) < len(told):
        return {}
    return {size.start: site for size, site in zip(told, before[-len(told) :], strict=True)}


_RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)


def _gone(view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield each lesion that a sentence says is gone."""
    for match in view.find(_GONE):
        first, last = view.clause(match.start())
        backward = not match[0].lower().endswith(" of")
        low, high = (
            (_clause_start(view, first, match.start()), match.start())
            if backward
            else (match.end(), _list_end(view, match.end(), last))
        )
        if view.has(_SYMPTOM, low, high) or denied(view, match.start(), match.start() + 1):
            continue
        inside = [
            site
            for site in sites
            if low <= site.start and site.end <= high and not any(a <= site.start < b for a, b in taken)
        ]
        named = view.has(LESION_NOUN, low, high)
        if inside and not named and not any(_known(memory, site.key) for site in inside):
            continue
        if inside:
            for place in places_listed(view, memory, inside):
                start = min(place.start, match.start()) if not backward else low_word(view, place.start)
                yield _lesion(
                    view,
                    memory,
                    place,
                    start,
                    max(match.end(), place.end),
                    state="absent",
                    at=(match.start(), match.end()),
                )
        elif named and not re.search(
            r"\b(?:disease|response|evidence)\b", view.whole[low:high], re.IGNORECASE
        ):
            where = place_remembered(view, memory, low, high)
            if where is not None:
                yield _lesion(
                    view,
                    memory,
                    where,
                    low_word(view, low),
                    max(match.end(), high),
                    state="absent",
                    at=(match.start(), match.end()),
                )


def _spread(
    view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]], told: list[Draft]
) -> Iterator[Draft]:
    """Yield new metastases (and masses seen after an operation) that are named with a site and no size."""
    if not sites:
        yield from _counted(view, memory)
        return
    spread = _SPREAD_OR_MASS if memory.operated and view.has(_IMAGED) else _SPREAD
    reached = view.start
    for match in view.find(spread):
        if match.start() < reached:
            continue
        low, high = view.clause(match.start())
        if (
            denied(view, match.start(), match.end())
            or of_someone_else(view, match.start(), match.end())
            or planned(view, match.start(), match.end())
        ):
            continue
        if (
            hypothetical(view, match.start(), match.end())
            or view.has(_STAGE, low, match.start())
            or view.has(_TAKEN_AWAY, low, match.start())
            or view.has(_GONE, low, high)
        ):
            continue
        if not view.has(_FOUND, view.start, match.start()) and not view.has(_FOUND, match.end(), high):
            continue
        places = _narrowed(view, sites, match.end(), _places_of(view, sites, match, low, high))
        fresh = [p for p in places if not any(a <= p.start < b for a, b in taken)]
        if not fresh or (
            len(fresh) < len(places) and view.has(pattern(r"\d\s?(?:mm|cm)\b"), match.start(), high)
        ):
            continue
        recurring = re.match(r"recurr|relaps", match[0], re.IGNORECASE) is not None
        for place in places_listed(view, memory, fresh):
            definite = _DEFINITE.search(view.whole, view.start, min(match.start(), place.start)) is not None
            if not recurring and _known(memory, place.site, exact=not definite):
                continue
            if any(_same_finding(view, place, draft, match) for draft in told):
                continue
            reached = max(match.end(), place.end)
            taken.append((min(match.start(), place.start), reached))
            yield _lesion(
                view,
                memory,
                place,
                min(match.start(), place.start),
                max(match.end(), place.end),
                at=(match.start(), match.end()),
            )


_NEW_COUNTED = pattern(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|several|multiple"
    r"|some)\snew\s(?:[a-z-]{3,20}\s){0,2}(?:lesions?|nodules?|metastas[ei]s)\b"
    r"|\bnew\s(?:lesions|nodules|metastases)\s(?:were|had|have)\b",
    re.IGNORECASE,
)


def _counted(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield new lesions that are counted without a site: they are where the story last spoke of lesions."""
    match = view.has(_NEW_COUNTED)
    if (
        match is None
        or not memory.sites
        or denied(view, *match.span())
        or planned(view, *match.span())
        or hypothetical(view, *match.span())
    ):
        return
    if of_someone_else(view, *match.span()) or not view.has(_FOUND):
        return
    site, side = memory.sites[-1]
    place = Where(site, side, match.start(), match.end(), "the site last spoken of")
    yield _lesion(view, memory, place, match.start(), match.end(), at=match.span())


def _same_finding(view: View, place: Where, draft: Draft, match: re.Match[str]) -> bool:
    """Whether spread is the lesion that the sentence has told already with its size."""
    if not isinstance(draft.fact, Lesion):
        return False
    relation = anatomy.same_site(place.site, draft.fact.site)
    if relation == "different":
        return False
    largest = _LARGEST.match(view.whole[match.end() : match.end() + 40]) is not None
    close = (
        draft.start <= match.end() + 25
        and draft.end > match.start()
        and "," not in view.whole[match.end() : draft.start]
    )
    return relation == "same" or largest or close or _FURTHER.match(match[0]) is None


_LARGEST = pattern(
    r"^[\s,(]{0,3}(?:the |with the |with |of )?(?:largest|biggest|greatest|up to|maximum|max"
    r"|measuring)\b",
    re.IGNORECASE,
)


_FURTHER = pattern(
    r"(?:new|multiple|several|numerous|enlarged|bilateral|further|additional|other)\b", re.IGNORECASE
)
_DEFINITE = pattern(r"\b(?:the|these|those|this|known)\s(?:[a-z]{3,14}\s){0,2}$", re.IGNORECASE)


def _places_of(view: View, sites: list[Mention], match: re.Match[str], low: int, high: int) -> list[Mention]:
    """Return the sites that a noun of spread is said of: inside it, right before it, or listed after "in", "of"."""
    inside = [site for site in sites if match.start() <= site.start < match.end()]
    before = _listed_before(view, sites, low, match.start())
    after: list[Mention] = []
    limit = min(view.end, high + 1)
    if view.whole[high : high + 1] == "(" or view.whole[match.end() : match.end() + 2].strip() == "(":
        limit = view.clause(min(high + 1, view.end - 1))[1]
    position = match.end()
    for site in sites:
        if site.start < match.end() or site.end > limit:
            continue
        gap = view.whole[position : site.start]
        first_ok = not after and re.match(
            r"^[\s,]{0,2}(?:\(|(?:[a-z-]{2,20}\s){0,5}?(?:in|of|to|at|on|within|involving|throughout"
            r"|into|affecting|over|around|behind)\s)[^.;]{0,40}$",
            gap,
            re.IGNORECASE,
        )
        if first_ok or (after and _LIST_GAP.match(gap)):
            after.append(site)
            position = site.end
        elif (
            after
            and _OF_THE.fullmatch(gap)
            and anatomy.same_site(after[-1].key, site.key) in ("within", "same")
        ):
            position = site.end
        elif after:
            break
    return (
        inside
        or (
            []
            if before and after and not re.search(r"\bin\b", view.whole[match.end() : after[0].start])
            else before[-3:]
        )
        or after
    )


def _lesion(
    view: View,
    memory: Memory,
    where: Where,
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
    if view.governing(*at) is None and operated is not None and view.has(SPECIMEN):
        moment = Moment(operated, "resolved", "the date of the operation")
    if memory.operated and not view.has(SPECIMEN):
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


_OF_THE = pattern(r"\s(?:of|in)\s(?:the\s|her\s|his\s)?")
_NEXT_ITEM = pattern(r",|\band\b|\bwith\b|\bor\b")
_LISTED_GAP = pattern(r"^\s?(?:,|and|/|&|or|as well as|, and)\s?(?:left\s|right\s|bilateral\s)?$")
_TAKEN_AWAY = pattern(
    r"\b(?:resection|removal|excision|ablation|irradiation|radiotherapy|biops(?:y|ies)"
    r"|embolization|metastasectomy)\s(?:of|to|from)\s[^.;,]{0,40}$",
    re.IGNORECASE,
)


def _narrowed(view: View, sites: list[Mention], position: int, places: list[Mention]) -> list[Mention]:
    """Return the part where one is named for the only place: "bone metastases in the thoracic vertebrae"."""
    if len(places) != 1 or places[0].start >= position:
        return places
    parts: list[Mention] = []
    for site in sites:
        gap = view.whole[position : site.start] if site.start >= position else None
        if gap is None or not (_IN.fullmatch(gap) if not parts else _LIST_GAP.match(gap)):
            continue
        if anatomy.same_site(site.key, places[0].key) != "within":
            break
        parts.append(site)
        position = site.end
    return parts or places


_IN = pattern(
    r"\s(?:in|of|within|at|involving)\s(?:the\s|her\s|his\s|both\s)?(?:left\s|right\s)?", re.IGNORECASE
)


def _listed_before(view: View, sites: list[Mention], low: int, position: int) -> list[Mention]:
    """Return the sites right before a noun of spread: "lung, liver and bone metastases"."""
    out: list[Mention] = []
    for site in reversed([site for site in sites if low <= site.start and site.end <= position]):
        gap = view.whole[site.end : position]
        if not (_LISTED_GAP.match(gap) if out else _LIST_GAP.match(gap) and not _NEXT_ITEM.search(gap)):
            break
        out.insert(0, site)
        position = site.start
    return out


def _quote(view: View, where: Where, start: int, end: int) -> tuple[int, int]:
    """Return the piece that states a measured lesion: from the noun or site before it to the size, or to the site."""
    low = view.start
    first = start
    if low <= where.start < end and not where.why.startswith(("the main", "the lesion")):
        first, end = min(first, where.start), max(end, where.end)
    window = max(view.phrase(first)[0], first - 60)
    nouns = list(view.find(LESION_NOUN, window, first))
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
    if _OF_TO_CHANGE.match(view.whole[size.end : size.end + 24]) and re.search(
        r"\bfrom\s[^.;]{0,20}$", before, re.IGNORECASE
    ):
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
    return (
        view.whole[low] in "(["
        and not view.has(LESION_NOUN, low, high)
        and any(low <= time.start < high for time in view.times)
    )


def _clause_start(view: View, low: int, position: int) -> int:
    """Return where the statement that ends at ``position`` begins: after the last finished statement before it."""
    cut = low
    for match in re.finditer(
        r",(?=\s[^,]{0,60}(?:lesion|nodule|mass|metastas|node|tumou?r)\w{0,6}\s(?:\w+\s){0,3}$)"
        r"|\b(?:but|while|whereas)\b|:\s|\d\s?[cm]m\)?,",
        view.whole[low:position],
    ):
        cut = low + match.end()
    return cut


def _list_end(view: View, start: int, limit: int) -> int:
    """Return where the list after "disappearance of" ends: at a verb, or at a comma that no further site follows."""
    verb = re.search(
        r"\b(?:was|were|is|are|with(?! the)|but|which|while|as well as the|after|on\b)\b",
        view.whole[start:limit],
    )
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
        if (
            view.has(LESION_NOUN, max(low, site.start - 80), min(high, site.end + 40))
            and not denied(view, site.start, site.end)
            and not of_someone_else(view, site.start, site.end)
        ):
            place = place_named(view, memory, site)
            memory.remember_site(place.site, place.laterality)
            return
