"""New metastases (and masses seen after an operation) that are named with a site and no size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Lesion
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.lesion_fact import is_known, lesion_draft
from caseboard.narrative.extract.lesion_place import Where, places_listed
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["FOUND", "GONE", "IMAGED", "SPREAD_OR_MASS", "spread_named"]

_SPREAD = pattern(
    r"\b(?:metasta(?:sis|ses|tses|tsis|tic)\b|metastatsis|mets?\b|secondar(?:y"
    r"|ies)\b(?= (?:lesions?|deposits?))|dissemination|carcinomatosis|recurrences?|relapses?"
    r"|implants?|omental cak(?:e|ing)|metasta[sz]i[sz]ed(?=\s(?:[a-z]{3,12}\s){0,2}?to\b)"
    r"|(?:tumou?r|cancer|disease|carcinoma|sarcoma|melanoma|lymphoma|malignancy|neoplasm|it)\s"
    r"(?:(?:had|has|have|also|then|already|since)\s){0,3}spread(?=\s(?:in)?to\b)"
    r"|(?:relapsed|recurred)(?=\s(?:in|at|on)\b))"
    r"|\b(?:new|multiple|several|numerous|further|additional|bilateral|two|three|four|five"
    r"|satellite|scattered|subcentimetre|enlarged)\s(?:[a-z-]{3,20}\s){0,4}(?:nodules|lesions"
    r"|masses|deposits|lymph nodes|nodes|foci|lymphadenopath(?:y|ies))\b|\b(?:new|another"
    r"|second|satellite)\s(?:[a-z-]{3,20}\s){0,4}(?:nodule|lesion|mass|deposit|lymph node|node"
    r"|focus)\b"
    r"|\b(?:uptake|infiltration)\b(?=\s(?:in|of|at)\b)|\binvolvement\b"
    r"|\bcontra-?lateral\s(?:[a-z]{3,14}\s)?(?:progression|lesions?|mass|involvement)\b"
    r"|\b(?:pulmonary|lung|liver|hepatic|peritoneal|pleural|omental|bone|osseous|brain"
    r"|cerebral|adrenal|subcutaneous|mesenteric)\s(?:nodules?|lesions?|deposits?|masses)\b"
    r"|\b(?:FDG-avid|PSMA-avid|hypermetabolic|avid|suspicious|pathologic(?:al)?|metastatic|bulky|necrotic|swollen"
    r"|enlarged)\s"
    r"(?:[a-z-]{3,20},?\s){0,6}?(?:lymph nodes?|nodes?|nodal disease)\b"
    r"|\b(?:swelling|enlargement) of (?:the |multiple |several )?(?:[a-z-]{3,20},?\s){0,5}?lymph nodes?\b"
    r"|\b(?:lymph)?adenopath(?:y|ies)\b"
    r"|\benhanc(?:ed|ing)\s(?:[a-z]{3,14}\s)?(?:lesions|nodules|foci)\b"
    r"|\b(?:lytic|osteolytic|sclerotic|osteoblastic|hypermetabolic|(?:FDG-)?avid)\s(?:[a-z]{3,14}\s)?(?:lesions?"
    r"|nodules?|foci"
    r"|focus|met)\b(?!\s(?:of|measuring)\s\d)|\b(?:lepto)?meningeal enhancement\b",
    re.IGNORECASE,
)
_MASS_AGAIN = pattern(
    r"\b(?:mass|lesion|nodule|recurrence)\b(?! (?:bed|cells?|effect|margin))", re.IGNORECASE
)
SPREAD_OR_MASS = pattern(_SPREAD.pattern + "|" + _MASS_AGAIN.pattern, re.IGNORECASE)
_IMAGED = pattern(
    r"\b(?:CT|MRI|PET|ultrasound|sonography|scans?|imaging|X-?ray|recurrence|palpable"
    r"|noted to have|was found)\b"
)
GONE = pattern(
    r"\b(?:(?:no longer|no more|not any (?:more|longer)|not more) (?:be )?(?:visible|detectable|seen"
    r"|identified|identifiable"
    r"|present|visuali[sz]ed|detected|palpable|measurable|found|recogni[sz]able|appreciable|evident"
    r"|demonstrable|avid|individuali[sz]ed|delineated|discernible|depicted|active|felt|traceable"
    r"|delimitable|delineable|definable|distinguishable|separable|observable|observed|apparent|noted"
    r"|made out)|invisible"
    r"|(?:(?<=node )|(?<=nodes )|(?<=is )|(?<=are )|(?<=was )|(?<=were ))"
    r"(?:no|not any) longer (?:pathologically )?enlarged"
    r"|unmeasurable"
    r"|(?:completely |totally |entirely |fully )?disappear(?:ed|ance)(?: of)?|(?:completely "
    r"|fully )?resolved|(?:complete |full |total )(?:resolution|regression|disappearance"
    r"|remission|response) of|resolution of|vanished"
    r"|gone\b(?! (?:from|up|down|to|on to|through|into|back|over|off)\b)|cleared\b"
    r"|not (?:viewable|visible|detectable|seen|visuali[sz]ed|identifi(?:able|ed)|detected|found any ?more)"
    r"(?: any ?more| any longer)?"
    r"|(?:was|were|is|are) (?:completely |entirely )?lost(?!\sto\b)"
    r"|(?:could|can) ?no(?:t| longer) be (?:distinguished any ?more|seen|identified|detected|visuali[sz]ed|found"
    r"|displayed|shown|imaged|appreciated|demonstrated|delineated|delimited"
    r"|measured|felt|palpated|depicted|made out|discerned|recogni[sz]ed)"
    r"|(?:no more|no longer|not any more) to (?:be )?(?:see|seen"
    r"|find|found|detect|detected|delimit|delimited|delineate"
    r"|delineated|identify|identified)"
    r"|nowhere to be (?:found|seen)|nothing (?:(?:is|was) (?:left|to be seen)|remain(?:s|ed)) of|undetectable"
    r"|metabolically inactive|melted away"
    r"|(?:did|does|do|could) (?:not|no longer) (?:show|demonstrate|reveal|depict|disclose|visuali[sz]e|detect|identify)"
    r" (?:any (?:more|longer) )?(?:the|these|those)"
    r"|not (?:be )?(?:appreciable|discernible|recogni[sz]able|palpable|measurable|distinguished|found"
    r"|recogni[sz]ed|measured) any ?(?:more|longer)"
    r"|(?:had |have |has )?gone away|resorbed)\b(?!\sto\s\d)",
    re.IGNORECASE,
)
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
IMAGED = pattern(
    r"\b(?:(?:CE|HR)?CT|MRI|MRT|PET(?:[-/ ]?CT)?|scans?|ultrasound|imaging|X-?rays?|tomography|radiographs?)\b",
    re.IGNORECASE,
)
"""An examination that shows what it shows, whatever the verb."""
FOUND = pattern(
    r"\b(?:show(?:ed|s|ing|n)?|reveal(?:ed|s|ing)?|demonstrat(?:ed|es|ing)|disclos(?:ed|es"
    r"|ing)|detect(?:ed|s|ing)?|found|identif(?:ied|ies|ying)|display(?:ed|s)|visuali[sz]ed"
    r"|confirm(?:ed|s|ing)?|indicat(?:ed|es|ing)|not(?:ed|es)\b|observed|appear(?:ed|ance)"
    r"|apparition|develop(?:ed|ment|ing)?|presen(?:ted|ce)|there (?:was|were|is|are)|with\b"
    r"|had\b|were seen|was seen|emerg(?:ed|ing|ence)|arose|documented|contained|evidenced|extensive|relapse|recurrence"
    r"|progress\w{2,5}|suggest(?:ed|ive|s)|compromis(?:ed|ing)|affect(?:ed|ing)"
    r"|new\b|depicted|highlighted|uncovered|unveiled|unmasked|exhibited|discovered|consistent with)|:",
    re.IGNORECASE,
)


_MEASURED = pattern(r"\d\s?(?:mm|cm)\b")


def spread_named(
    view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]], told: list[Draft]
) -> Iterator[Draft]:
    """Yield new metastases (and masses seen after an operation) that are named with a site and no size."""
    if not sites:
        yield from _counted(view, memory)
        return
    spread = SPREAD_OR_MASS if memory.operated and view.has(_IMAGED) else _SPREAD
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
            or view.has(GONE, low, high)
        ):
            continue
        if (
            _SPREADS.search(match[0]) is None
            and not view.has(FOUND, view.start, match.start())
            and not view.has(FOUND, match.end(), high)
            and not _is_noted(view, sites, match)
        ):
            continue
        nodes = _NODES.search(match[0]) is not None
        if nodes and (view.has(_NOT_NEW, low, match.start()) or _REACTIVE.search(view.whole, low, view.end)):
            continue
        places = _narrowed(view, sites, match.end(), _places_of(view, sites, match, low, high))
        places = [place for place in places if not (nodes and place.key == "lymph node")]
        places = [place for place in places if not _of_origin(view, match, place)]
        places = [] if _is_extent(match, places) else places
        fresh = [p for p in places if not any(a <= p.start < b for a, b in taken)]
        if not fresh or (len(fresh) < len(places) and view.has(_MEASURED, match.start(), high)):
            continue
        recurring = re.match(r"recurr|relaps", match[0], re.IGNORECASE) is not None
        for place in places_listed(view, memory, fresh):
            definite = view.has(_DEFINITE, view.start, min(match.start(), place.start)) is not None
            if not recurring and is_known(memory.sites, place.site, exact=not definite):
                continue
            if any(_same_finding(view, place, draft, match) for draft in told):
                continue
            reached = max(match.end(), place.end)
            taken.append((min(match.start(), place.start), reached))
            memory.spread = True
            yield lesion_draft(
                view,
                memory,
                place,
                min(match.start(), place.start),
                max(match.end(), place.end),
                at=(match.start(), match.end()),
            )


def _is_noted(view: View, sites: list[Mention], match: re.Match[str]) -> bool:
    """Whether a note says no more than where the metastases are, and when: "3. Liver metastases, November 2020"."""
    dated = any(
        time.absolute
        and _THEN_DATED.fullmatch(view.whole, match.end(), time.start) is not None
        and _ENDS.fullmatch(view.whole, time.end, view.end) is not None
        for time in view.times
    )
    if not dated:
        return False
    reached, between = view.start, []
    for site in sites:
        if reached <= site.start and site.end <= match.start():
            between.append(view.whole[reached : site.start])
            reached = site.end
    between.append(view.whole[reached : match.start()])
    return reached > view.start and all(_NOTHING_ELSE.fullmatch(words) for words in between)


_THEN_DATED = re.compile(r"\s?(?:,|\(|:|–|-)?\s?(?:(?:in|since|from|on)\s)?")
_ENDS = re.compile(r"\)?[\s.;,]{0,4}")
_NOTHING_ELSE = re.compile(
    r"[\s\d.)(•*–,&+/-]{0,12}(?:(?:and|new|multiple|bilateral|bilobar|left|right|solitary|single|several|synchronous"
    r"|metachronous|extensive|widespread|recurrent|known|small)[\s,]{1,3}){0,4}",
    re.IGNORECASE,
)
"""What may stand beside the sites in such a note."""


def _of_origin(view: View, match: re.Match[str], place: Mention) -> bool:
    """Whether a place is where a tumour comes from that is called metastatic: "metastatic sarcoma of the uterus"."""
    return any(
        tumor.start <= place.start < tumor.end
        or (
            0 <= tumor.start - match.end() <= _NAMED_SO
            and tumor.end <= place.start
            and _COMES_FROM.fullmatch(view.whole, tumor.end, place.start) is not None
        )
        for tumor in view.of("tumor")
    ) and match[0].lower().startswith("metasta")


_NAMED_SO = 24
_COMES_FROM = re.compile(
    r"\s(?:of|from|arising (?:in|from))\s(?:the\s)?(?:(?:left|right|upper|lower|body of the)\s)?"
)


def _is_extent(match: re.Match[str], places: list[Mention]) -> bool:
    """Whether words tell how far a tumour reaches: the places that it involves are vessels too."""
    return _EXTENT.search(match[0]) is not None and any(
        anatomy.vocabulary()[place.key].kind == "vessel" for place in places
    )


_EXTENT = re.compile(r"involvement|infiltration", re.IGNORECASE)
_SPREADS = re.compile(r"(?:metasta[sz]i[sz]ed|spread|relapsed|recurred)$", re.IGNORECASE)
"""The verbs that tell by themselves that something was found."""
_NODES = re.compile(r"adenopath|lymph nodes?$|nodes?$", re.IGNORECASE)
_NOT_NEW = pattern(
    r"\b(?:stable|unchanged|known|decreas\w{1,3}|increas\w{1,3}|reduc\w{1,4}|improv\w{2,5}|regress\w{1,4}|size of"
    r"|residual|respon\w{2,4}|shr[aiu]nk\w{0,4}|smaller|associated with|accompanied by|progress\w{2,4})\b[^,;.]{0,50}$",
    re.IGNORECASE,
)
"""What stands before nodes that were known, or that nobody calls more than a companion of a tumour."""
_REACTIVE = pattern(r"\b(?:reactive|inflammatory|benign|non-?specific)\b", re.IGNORECASE)
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
    if of_someone_else(view, *match.span()) or not view.has(FOUND):
        return
    site, side = memory.sites[-1]
    place = Where(site, side, match.start(), match.end(), "the site last spoken of")
    yield lesion_draft(view, memory, place, match.start(), match.end(), at=match.span())


def _same_finding(view: View, place: Where, draft: Draft, match: re.Match[str]) -> bool:
    """Whether spread is the lesion that the sentence has told already with its size."""
    if not isinstance(draft.fact, Lesion):
        return False
    relation = anatomy.same_site(place.site, draft.fact.site)
    if relation == "different":
        return False
    last = max(match.end(), place.end)
    largest = _LARGEST.match(view.whole[match.end() : match.end() + 40]) is not None or (
        draft.end > last and _LARGEST.match(view.whole[last : last + 40]) is not None
    )
    close = (
        draft.start <= match.end() + 25
        and draft.end > match.start()
        and "," not in view.whole[match.end() : draft.start]
    )
    return relation == "same" or largest or close or _FURTHER.match(match[0]) is None


_LARGEST = pattern(
    r"^[\s,(:;]{0,3}(?:and )?(?:the |with the |with |of which the |of which |of )?(?:larg(?:est|er)|big(?:gest|ger)"
    r"|greatest|up to|maximum|max|measuring)\b",
    re.IGNORECASE,
)
_FURTHER = pattern(
    r"(?:new|multiple|several|numerous|enlarged|bilateral|further|additional|other)\b", re.IGNORECASE
)
_DEFINITE = pattern(
    r"(?:\b(?:the|these|those|this|known|his|her|their)|['’]s)\s(?:[a-z]{3,14}\s){0,2}$", re.IGNORECASE
)


def _places_of(view: View, sites: list[Mention], match: re.Match[str], low: int, high: int) -> list[Mention]:
    """Return the sites that a noun of spread is said of: inside it, right before it, or listed after "in", "of"."""
    inside = [site for site in sites if site.start < match.end() and match.start() < site.end]
    inside = _with_those_before(view, sites, inside, match.start())
    before = _listed_before(view, sites, low, match.start())
    after: list[Mention] = []
    limit = min(view.end, high + 1)
    if view.whole[high : high + 1] == "(" or view.whole[match.end() : match.end() + 2].strip() == "(":
        limit = view.clause(min(high + 1, view.end - 1))[1]
    position = match.end()
    for site in sites:
        if site.start < match.end() or site.end > limit:
            continue
        if view.whole.startswith(" effusion", site.end) or view.has(_DENIED, position, site.start):
            break
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


def _with_those_before(view: View, sites: list[Mention], inside: list[Mention], start: int) -> list[Mention]:
    """Return sites of which the first begins before ``start``, with those listed before it: "hilar and axillary"."""
    if not inside or inside[0].start >= start:
        return inside
    for site in reversed([site for site in sites if site.end <= inside[0].start]):
        if not _LISTED_GAP.match(view.whole[site.end : inside[0].start]):
            break
        inside = [site, *inside]
    return inside


_OF_THE = pattern(r"\s(?:of|in)\s(?:the\s|her\s|his\s)?")
_DENIED = pattern(r"\b(?:no|without|not|nor|neither|sparing)\b", re.IGNORECASE)
"""What parts a finding from places without it: "uptake at the primary site with no bony uptake"."""
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
        gap = _BRACKETED.sub("", view.whole[position : site.start]) if site.start >= position else None
        if gap is None or not (_IN.fullmatch(gap) if not parts else _LIST_GAP.match(gap)):
            continue
        if anatomy.same_site(site.key, places[0].key) != "within":
            break
        parts.append(site)
        position = site.end
    return parts or places


_BRACKETED = re.compile(r"\s?\([^()]{1,30}\)")
_IN = pattern(
    r"\s(?:(?:had |have |has |were |was )?(?:also |now |newly )?(?:appeared|developed|seen|detected|found"
    r"|identified|noted|arisen|emerged)\s)?"
    r"(?:in|of|within|at|(?:involv|affect|compromis|infiltrat|destroy)(?:ed|ing))\s(?:the\s|her\s|his\s"
    r"|both\s)?(?:left\s|right\s)?",
    re.IGNORECASE,
)


def _listed_before(view: View, sites: list[Mention], low: int, position: int) -> list[Mention]:
    """Return the sites right before a noun of spread: "lung, liver and bone metastases"."""
    out: list[Mention] = []
    for site in reversed([site for site in sites if low <= site.start and site.end <= position]):
        gap = view.whole[site.end : position]
        if not (_LISTED_GAP.match(gap) if out else _LIST_GAP.match(gap) and not view.within(_NEXT_ITEM, gap)):
            break
        out.insert(0, site)
        position = site.start
    return out
