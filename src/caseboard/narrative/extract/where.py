"""Where a lesion is: at the site named with it, in what was examined, or where the story knows it to be."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.extract.lesion_place import BESIDE, UNPAIRED, Where, place_named
from caseboard.narrative.extract.lesion_remembered import LESION_NOUN, PRIMARY, primary_place
from caseboard.narrative.extract.where_behind import end_of_list, sites_behind
from caseboard.narrative.extract.where_headed import heads_series
from caseboard.narrative.extract.where_story import told_by_the_story
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import find_sizes
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["TISSUES", "where_measured"]
_PART = pattern(
    r"\b(?:the|this|that|known|large)\s(?P<part>[a-z]{4,20})\s(?:mass|lesion|tumou?r|nodule"
    r"|node|metastas[ei]s|deposit)\b",
    re.IGNORECASE,
)
_ADJECTIVES = pattern(
    r"[\s-]{1,2}(?:(?!in\b|of\b|on\b|at\b|to\b|and\b|with\b|from\b"
    r"|within\b)(?:[a-z-]{2,20},?|[LR]|\([LR]\))\s){0,5}",
    re.IGNORECASE,
)
_ARTICLE = pattern(
    r"\b(?:an?|the|another|new|one|and|single|solitary)\s(?:[a-z-]{3,14}\s){0,2}$"
    r"|\b(?:largest|biggest|max\.?)(?:\s(?:being|is|was|of|about))?:?\s$",
    re.IGNORECASE,
)
_NOTED = pattern(
    r"(?:^|[:;]\s{0,2}|[./]\d{2,4}\s|\b(?:relapses?|recurrences?|lesion|mass|nodule|metastasis|met)\s)"
    r"(?:~|about |approx\.? ?)?$",
    re.IGNORECASE,
)
"""What stands before a size that a note tells before its place: "CT: 18 x 14 cm retroperitoneal mass"."""
_OPENS = pattern(r"\s?[(\[](?:(?:in|of|the|liver|segment|left|right|L|R)\s){0,3}", re.IGNORECASE)
_CLOSES = pattern(r"(?:\s(?:left|right|L|R))?[)\]]", re.IGNORECASE)
_INVADED = pattern(r"\s(?:infiltration|invasion|thickening|retraction|o?edema|changes)\b")
_DISSECTED = pattern(r"\s(?:lymph ?node |LN |nodal )?(?:dissection|clearance)\b")
TISSUES = frozenset({"subcutaneous tissue", "skin", "soft tissue", "bone", "muscle"})
"""Sites that say of what a lesion is, where another may say where."""


_THE_PRIMARY = re.compile(
    r"\b(?:the|her|his)\sprimary(?:\s(?:tumou?r|lesion|mass))?,?\s?\((?:SUV(?:max)?\s?"
    r"|from\s[\d.,]{1,5}(?:\s?[cm]m)?\sto\s)?$"
)
"""What gives a figure in brackets to the primary, be other sites told behind it: "the primary (SUVmax 14.2) and"."""


def where_measured(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], start: int, end: int
) -> Where | None:
    """Return where the lesion measured at ``start`` to ``end`` is, or None where neither text nor story says."""
    beside = _of_a_side_alone(view, memory, sites, (start, end)) or _in_brackets(
        view, memory, sites, start, end
    )
    if beside is not None:
        return beside
    if _LEVEL.search(view.whole, max(view.start, start - 24), start):
        return None
    if _THE_PRIMARY.search(view.whole, max(view.start, start - 40), start):
        return primary_place(memory, start, end)
    sites = [site for site in sites if not _of_a_size_before(view, site, start)]
    if memory.main_site is not None and _PRIMARY_NOTED.search(view.whole, max(view.start, start - 24), start):
        return primary_place(memory, start, end)
    if (again := _where_it_was(view, memory, start, end)) is not None:
        return again
    if (own := _of_its_own_noun(view, sites, start, end)) is not None:
        return _with_head(view, memory, sites, own)
    whole = next((site for site in reversed(sites) if site.end <= start), None)
    if whole is not None and (
        _is_left_of_it(view, whole, start, end)
        or _THEN_MEASURING.fullmatch(view.whole, whole.end, start)
        or (
            _LABELS.fullmatch(view.whole, whole.end, start)
            and view.has(LESION_NOUN, whole.end, min(view.end, end + _NOUN_BEHIND))
        )
        or (
            _SET_OFF.search(view.whole, max(view.start, whole.start - 24), whole.start)
            and _THEN_WHAT.fullmatch(view.whole, whole.end, start)
        )
        or heads_series(view, whole, start)
    ):
        return _with_head(view, memory, sites, whole)
    first, last = _own_words(view, sites, start)
    before = _sites_before(view, sites, first, start)
    tissue = not before or before[-1].key in TISSUES or _names_a_cancer(view, before[-1], start)
    described = next((site for site in sites if site.start >= end), None) if tissue else None
    if (
        described is not None
        and _ADJECTIVES.fullmatch(view.whole[end : described.start])
        and (_ARTICLE.search(view.whole, view.start, start) or _noted(view, described, start))
    ):
        return _with_head(view, memory, sites, described)
    if before and not tissue:
        return _with_head(view, memory, sites, before[-1])
    after = _after(view, memory, sites, start, end) or _after(
        view, memory, sites, start, end_of_list(view, end)
    )
    if after is not None:
        return after
    if before:
        organs = [site for site in before if site.key not in TISSUES]
        part = _COMPONENT.match(view.whole, before[-1].end, start) is not None
        return _with_head(view, memory, sites, organs[-1] if organs and part else before[-1])
    return (
        _by_part(view, memory, first, start)
        or _told_before(view, memory, sites, (first, last), (start, end))
        or _where_named(view, memory, sites, examined, start)
        or told_by_the_story(view, memory, sites, examined, start, end)
    )


def _of_its_own_noun(view: View, sites: list[Mention], start: int, end: int) -> Mention | None:
    """Return the place of what is told with its size, be another told before: "and a 12 mm nodule in the left lung"."""
    noun = _WITH_ITS_PLACE.match(view.whole, end, view.end)
    if noun is None or _ARTICLE_BEFORE.search(view.whole, max(view.start, start - 50), start) is None:
        return None
    return next((site for site in sites if end <= site.start <= noun.end() + 1), None)


_WITH_ITS_PLACE = re.compile(
    r"[\s-](?:[a-z-]{3,16}\s){0,2}?(?:nodules?|lesions?|mass(?:es)?|metastas[ei]s|(?:lymph )?nodes?|deposits?|implants?"
    r"|foci|focus|tumou?rs?)\s(?:in|within|at|on)\s(?:the\s|his\s|her\s)?",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(
    r"\b(?:with|and|plus)\s(?:an?|one|another|a\ssecond)\s(?:[a-z-]{3,16}\s){0,3}$", re.IGNORECASE
)


def _is_left_of_it(view: View, site: Mention, start: int, end: int) -> bool:
    """Whether a size is what is left of the lesion named before it: "resolution of the node, with 13 mm remaining"."""
    return (
        _WITH.fullmatch(view.whole, site.end, start) is not None
        and _REMAINING.match(view.whole, end, view.end) is not None
    )


_WITH = re.compile(r"(?:\s[a-z]{4,10})?,?\swith\s(?:only\s|about\s|a\s)?", re.IGNORECASE)
_REMAINING = re.compile(r"\s(?:remaining|left|residual|persisting|residue|remnant)\b", re.IGNORECASE)


def _in_brackets(view: View, memory: Memory, sites: list[Mention], start: int, end: int) -> Where | None:
    """Return the place of a size with which it stands in brackets, alone or in a list."""
    inside = _in_brackets_after(view, sites, end) or _before_place_in_list(view, sites, start, end)
    return None if inside is None else _with_head(view, memory, sites, inside)


def _of_a_side_alone(view: View, memory: Memory, sites: list[Mention], size: tuple[int, int]) -> Where | None:
    """Return the place of a size told with nothing but its side, where the organ is named with the other side.

    "Metastases in the right (23 mm) and left lung (14 mm)", "the left lung nodule (23 mm) and the right (14 mm)".
    """
    start, end = size
    said = _SIDE_THEN_SIZE.search(view.whole, max(view.start, start - 24), start)
    said = said or _SIZE_THEN_SIDE.match(view.whole, end, view.end)
    if said is None:
        return None
    behind = next((site for site in sites if site.start >= max(end, said.end())), None)
    before = next((site for site in reversed(sites) if site.end <= min(start, said.start())), None)
    if behind is not None and not _OTHER_SIDE.fullmatch(view.whole, max(end, said.end("side")), behind.start):
        behind = None
    site = behind or before
    if any(end <= other.start < said.start("side") and other.key != "lymph node" for other in sites):
        return None
    if site is None or UNPAIRED.search(site.key) is not None:
        return None
    place = place_named(view, memory, site)
    side = anatomy.laterality(said["side"])
    told = place.laterality not in (None, side)
    return msgspec.structs.replace(place, laterality=side) if told else None


_SIDE_THEN_SIZE = re.compile(
    r"\b(?:the|in|than|and)\s(?P<side>left|right)(?:\s(?:one|side))?\s(?:\(|(?:(?:was|measured|at|of|to|now)\s){0,2})$",
    re.IGNORECASE,
)
_SIZE_THEN_SIDE = re.compile(
    r"\s(?:(?!in\b|on\b|and\b)[a-z-]{3,14}\s){0,3}(?:in|on)\s(?:the\s)?(?P<side>left|right)(?:\s(?:one|side))?"
    r"(?=[,.;)]|\s(?:and|but|while)\b|$)",
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(
    r"(?:\s\([^()]{1,20}\)|\))?\s?,?\s?(?:and|but|while)\s(?:(?:an?\s)?[^.;()]{0,50}?(?:in|of)\s)?(?:the\s)?"
    r"(?:(?:left|right)\s)?"
)
"""What leads from a size with its side to the other side, which names the organ: "(23 mm) and left lung"."""


def _where_named(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], start: int
) -> Where | None:
    """Return where the diagnosis says that the tumour is, of which an examination gives the first size."""
    if memory.named_site is None or memory.measured or sites or examined:
        return None
    told = view.has(_SCANNED, view.start, start) or _THE_MASS.match(view.whole, view.start, start)
    if told is None or memory.operated or view.may(_OF_SPREAD):
        return None
    return Where(*memory.named_site, start, start, "the place of the tumour, from the diagnosis")


_THE_MASS = re.compile(
    r"\s{0,3}The\s(?:primary\s|main\s|index\s)?(?:mass|tumou?r|lesion|primary)\s(?:had\s|then\s)?(?:measured|was|reached)\s"
)
_OF_SPREAD = pattern(r"\b(?:metasta\w{2,5}|mets|nodes?|LNs?|nodules)\b", re.IGNORECASE)
_LOCAL_OF = pattern(
    r"\blocal\s(?:recurrence|relapse)(?:\s(?:of|measuring|now)(?:\s(?:about|approx\.?))?|\s?[(:])?\s?$",
    re.IGNORECASE,
)
_THEN_MEASURING = re.compile(r",\s(?:and\s)?measuring\s(?:about\s|approximately\s|up\sto\s)?")
"""What ties a size to the place right before it: "in the right sector of the liver, measuring 20 x 13 cm"."""


_SET_OFF = re.compile(r",\s(?:in|at|within|on)\s(?:(?:the|her|his|left|right)\s){0,2}$")
_THEN_WHAT = re.compile(r",\s(?:an?|one|another|the)\s(?:[a-z-]{3,16}\s){0,2}")
"""What stands around a place set off by commas from what was seen there: "CT found, in the liver, a 23 mm mass"."""
_NOUN_BEHIND = 24
"""Characters behind a size within which it is told what was measured: "13 mm enhancing nodule"."""
_LABELS = re.compile(
    r"\s?(?::|\s[–-])\s(?:(?:an?|new|known|stable|unchanged|solitary|single|another|multiple|largest|enhancing|solid"
    r"|hypodense|nodule|lesion|mass|node)\s){0,3}",
    re.IGNORECASE,
)
"""What ties a size to the place that labels it in a report: "Liver: new 13 mm nodule"."""


def _where_it_was(view: View, memory: Memory, start: int, end: int) -> Where | None:
    """Return where a tumour was before that has come back in its place, be other places told behind it."""
    first = memory.named_site if memory.main_is_spread else memory.main_site
    operated = memory.operated_site or first
    if operated is None or not (
        _LOCAL.match(view.whole, end, view.end)
        or (
            _LOCAL_OF.search(view.whole, max(view.start, start - 40), start)
            and not _IN_A_PLACE.match(view.whole, end, view.end)
            and not any(end < site.start <= end + 2 for site in view.of("site"))
        )
    ):
        return None
    site, side = operated
    side = side or next((known for name, known in reversed(memory.sites) if name == site and known), None)
    return Where(site, side, start, end, "where the tumour was before")


_PRIMARY_NOTED = re.compile(
    r"(?:[:;,(]\s?|\bthe\s)primary\s(?:tumou?r\s|lesion\s|mass\s)?(?:was\s|now\s|is\s|measured\s){0,2}$"
)
"""How a list of sizes names the primary: "progression: primary 9.9 cm, omental nodules up to 4.1 cm"."""
_IN_A_PLACE = re.compile(r"\s?\(?(?:in|of|at|on|within)\b")
_LOCAL = pattern(
    r"\s(?:[a-z-]{3,14}\s){0,2}local\s(?:recurrence|relapse)\b(?!\s(?:in|of|at|on|within)\b)", re.IGNORECASE
)
"""What says of a size that it is that of what came back in its old place: "a 19 mm local recurrence"."""
_LEVEL = re.compile(r"(?:,|\band)\s(?:L|R|Lt|Rt|left|right)\.?\slevel\s[IV1-6]{1,3}[ab]?\s$", re.IGNORECASE)
"""Another level of nodes than the one told before: "right level II node 28 mm, left level III 11 mm"."""
_COMPONENT = pattern(r"\s(?:component|extension|mass|part|tumou?r)\b", re.IGNORECASE)
"""What makes the tissue before it a part of a tumour elsewhere: "of the left ilium with a soft tissue component"."""
_CANCER = pattern(
    r"(?:\s(?!in\b|of\b|with\b|and\b|from\b)[a-z-]{3,16}){0,2}\s(?:cancer|(?:adeno)?carcinoma|sarcoma|lymphoma"
    r"|melanoma)\b[^.;]{0,80}?"
    r"\b(?:had|has|have|was|were|underwent|presented|developed|showed|revealed|demonstrated|noticed|found"
    r"|with)\b",
    re.IGNORECASE,
)


def _names_a_cancer(view: View, site: Mention, start: int) -> bool:
    """Whether a site only names the cancer of the patient who "had a 3 cm mass" elsewhere."""
    return _CANCER.match(view.whole, site.end, start) is not None


def _in_brackets_after(view: View, sites: list[Mention], end: int) -> Mention | None:
    """Return the site that stands alone in brackets after a size: "two metastases, 22 mm (S8) and 15 mm (S2)"."""
    return next(
        (
            site
            for site in sites
            if site.start >= end
            and _OPENS.fullmatch(view.whole[end : site.start])
            and _CLOSES.match(view.whole[site.end : site.end + 8])
        ),
        None,
    )


def _before_place_in_list(view: View, sites: list[Mention], start: int, end: int) -> Mention | None:
    """Return the site of a size in brackets that hold sizes each before its place: "(12 mm RUL, 9 mm RLL)"."""
    low, high = view.clause(start)
    if view.whole[low] != "(":
        return None
    first = next(find_sizes(view.whole, low, high), None)
    if first is None or not _OPENED.fullmatch(view.whole, low, first.start):
        return None
    return next(
        (
            site
            for site in sites
            if end <= site.start < high and _SIDE_GAP.fullmatch(view.whole, end, site.start) is not None
        ),
        None,
    )


_OPENED = re.compile(
    r"\((?:(?:index|target|measured|the)\s(?:lesions?|nodules?|metastases|ones):?\s)?"
    r"(?:max\.?\s|maximum\s|largest\s|up to\s|about\s)?"
)
_SIDE_GAP = re.compile(r"\s(?:in\s|of\s)?(?:the\s)?(?:left\s|right\s|L\s|R\s)?")


def _of_a_size_before(view: View, site: Mention, start: int) -> bool:
    """Whether a site stands alone in brackets after another size that is told before the one at ``start``."""
    if not (site.end <= start and _CLOSES.match(view.whole[site.end : site.end + 8])):
        return False
    sizes = find_sizes(view.whole, max(view.start, site.start - 40), site.start)
    return any(_OPENS.fullmatch(view.whole[size.end : site.start]) for size in sizes)


def _noted(view: View, site: Mention, start: int) -> bool:
    """Whether a note tells a size and then its place, which has no size of its own."""
    if _NOTED.search(view.whole[view.start : start]) is None and not _size_first(view, start):
        return False
    behind = next(find_sizes(view.whole, site.end, min(view.end, site.end + 14)), None)
    return behind is None or "," in view.whole[site.end : behind.start]


def _size_first(view: View, start: int) -> bool:
    """Whether a size goes on a list of sizes each told before its place: "MRI: 2 cm R frontal mass, 0.6 cm L"."""
    if view.has(_NEXT_LISTED, max(view.start, start - 6), start) is None:
        return False
    sizes = find_sizes(view.whole, max(view.start, start - 90), start)
    return any(
        _NOTED.search(view.whole[view.start : size.start]) is not None
        and _ONE_OF_LIST.fullmatch(view.whole[size.end : start]) is not None
        for size in sizes
    )


_NEXT_LISTED = pattern(r"(?:,|\+|&|\band|, and)\s$")
_ONE_OF_LIST = pattern(r"\s[A-Za-z][A-Za-z -]{2,50}(?:,|\s\+|\s&|\sand|, and)\s")


def _own_words(view: View, sites: list[Mention], start: int) -> tuple[int, int]:
    """Return the phrase of a size; one in brackets without a site belongs to the phrase before them."""
    first, last = view.phrase(start)
    low = max(view.clause(start)[0], view.whole.rfind("(", view.start, start))
    if view.whole[low] == "(" and view.whole.find(")", low, start) >= 0:
        low = view.clause(start)[0]
    if view.whole[low] == ";":  # "(SUVmax 7.4; 22 mm)"
        opened = view.whole.rfind("(", view.start, low)
        own = any(low <= site.start < start for site in sites)
        low = opened if opened >= 0 and not own and view.whole.find(")", opened, low) < 0 else low
    if view.whole[low] in "([":
        inside = any(low <= site.start < start for site in sites)
        first = low if inside else view.phrase(max(view.start, low - 1))[0]
    return first, last


def _sites_before(view: View, sites: list[Mention], first: int, start: int) -> list[Mention]:
    """Return the sites of the phrase before a size, none that has a size of its own or is only invaded."""
    return [
        site
        for site in sites
        if first <= site.start
        and site.end <= start
        and not _measured_between(view, site.end, start)
        and not _INVADED.match(view.whole, site.end, start)
        and not _DISSECTED.match(view.whole, site.end, start)
        and not _is_level(view, site, first)
    ]


def _is_level(view: View, site: Mention, first: int) -> bool:
    """Whether a vertebra only says at which height a mass lies: "paraspinal mass L2-L4"."""
    return (
        site.key.endswith("vertebra")
        and _OF_A_HEIGHT.search(view.whole, max(first, site.start - 24), site.start) is not None
        and any(
            first <= other.start and other.end <= site.start - 4
            for other in view.of("site")
            if other.key != site.key
        )
    )


_OF_A_HEIGHT = re.compile(
    r"\b(?:mass|lesion|tumou?r|deposit|nodule|collection)s?,?\s\(?(?:at\s|from\s)?(?:(?:C|T|D|L|S)\d{1,2}\s?(?:-|–"
    r"|to|/)\s?)?$"
)


def _after(view: View, memory: Memory, sites: list[Mention], start: int, end: int) -> Where | None:
    """Return the place told after a size: "3 cm in the left lobe"."""
    after = sites_behind(view, sites, end)
    if not after:
        return None
    inside = [site for site in after[1:] if view.has(_WITHIN, max(end, site.start - 30), site.start)]
    if inside and view.has(_BESIDE_IT, max(end, after[0].start - 24), after[0].start):
        return _with_head(view, memory, sites, inside[0])
    main = memory.main_site
    if main is not None and view.has(_BETWEEN, end, after[0].start) and _is_near(main[0], after[0].key):
        return Where(*main, start, end, "the main lesion, told by what lies around it")
    return _with_head(view, memory, sites, after[0])


def _is_near(site: str, other: str) -> bool:
    return anatomy.same_site(site, other) in ("within", "maybe", "same")


_BETWEEN = pattern(r"\bbetween\s")
_BESIDE_IT = pattern(
    r"\b(?:lateral|medial|superior|inferior|anterior|posterior|cranial|caudal|adjacent|next|close) to\s(?:the\s)?$",
    re.IGNORECASE,
)
"""What stands before a neighbour, where the place itself follows: "lateral to the sternum in the mediastinum"."""
_WITHIN = pattern(
    r"\b(?:in|within|of)\s(?:the\s)?(?:(?:left|right|upper|lower)\s(?:side\s|part\s|half\s)?(?:of\s)?(?:the\s)?)?$",
    re.IGNORECASE,
)


def _told_before(
    view: View, memory: Memory, sites: list[Mention], phrase: tuple[int, int], size: tuple[int, int]
) -> Where | None:
    """Return the main lesion where the phrase says so, else the last lesion of the sentence before the size."""
    first, last = phrase
    start, end = size
    if memory.main_site is not None and view.has(PRIMARY, first, min(last, end + 60)):
        return primary_place(memory, first, end)
    for site in reversed([site for site in sites if site.end <= start and not _gone_there(view, site)]):
        between = view.whole[site.end : start]
        if (
            _NOTED_AT.fullmatch(between) or (_NO_ORGAN.search(site.key) and _DASHED.fullmatch(between))
        ) and view.has(_SCANNED, view.start, site.start):
            return _with_head(view, memory, sites, site)
        if _COMMA.fullmatch(between) and _ENTRY.search(
            view.whole, max(view.start, site.start - 8), site.start
        ):
            return _with_head(view, memory, sites, site)
        if _DISSECTED.match(view.whole, site.end, start):
            continue
        others = any(other.end <= site.start and other.key not in TISSUES for other in sites)
        if others and site.key in TISSUES and _COMPONENT.match(view.whole, site.end, start):
            continue  # a part of the tumour told before it
        if view.has(LESION_NOUN, max(view.start, site.start - 40), start) or any(
            0 <= site.start - tumor.end <= _NEXT_TO for tumor in view.of("tumor")
        ):
            return _with_head(view, memory, sites, site)
    return None


_NEXT_TO = 16
"""Characters between a tumour and its site: "liposarcoma of the left thigh"."""
_NOTED_AT = pattern(r"(?:\s?[-/]\s?[A-Z]\d{1,2})?,?\s(?:about |approx\.? |~)?")
_COMMA = re.compile(r",\s(?:about\s|approx\.?\s|~)?")
_ENTRY = re.compile(r"[(;]\s?(?:(?:left|right|L|R)\s)?$")
"""What begins an entry of a list of places, each with its size: "(segment 6, 4.1 cm; segment 7, 2.2 cm)"."""
_NO_ORGAN = re.compile(r"segment|lymph node|vertebra|lobe")
_DASHED = pattern(r"\s?[-–:]\s(?:about |approx\.? |~)?")
"""How the size of a part of an organ, or of a node, is noted; that of an organ would be its own: "spleen: 13 cm"."""
_SCANNED = pattern(r"\b(?:CECT|CT|MRI|MRT|MR|PET|US|USG|[Uu]ltrasound|[Ss]ono\w{0,7})\b")
"""What makes "sacrum S3-S5, 78 x 61 mm" the note of a lesion there."""


def _gone_there(view: View, site: Mention) -> bool:
    """Whether a site is named for a lesion that is gone: "with the disappearance of the lung nodules"."""
    return view.has(_GONE_BEFORE, max(view.start, site.start - 40), site.start) is not None


_GONE_BEFORE = pattern(
    r"\b(?:disappearance|resolution|clearance|regression|absence)\sof\s(?:the\s|all\s"
    r"|both\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)


def _is_adjective_of(part: str, word: str) -> bool:
    """Whether a word is the adjective of a part of a site: "peduncular" of a peduncle."""
    shared = next(
        (at for at, (one, other) in enumerate(zip(part, word, strict=False)) if one != other),
        min(len(part), len(word)),
    )
    return part == word or shared >= max(_STEM, min(len(part), len(word)) - 2)


_STEM = 4
"""The fewest letters that an adjective shares with its noun."""


def _by_part(view: View, memory: Memory, low: int, high: int) -> Where | None:
    """Return the known lesion that a part of its site's name means: "the dome mass" is at the bladder dome."""
    for match in view.find(_PART, low, high):
        part = match["part"].lower()
        fits = [
            (-abs(len(word) - len(part)), at)
            for at, (site, _) in enumerate(memory.sites)
            for word in site.split()
            if _is_adjective_of(part, word)
        ]
        if fits:
            site, side = memory.sites[max(fits)[1]]
            return Where(site, side, match.start(), match.end(), "named by a part of its site")
    return None


_JOINT = pattern(r"(?:\)|\d\s?[cm]m)\s?(?:,|and|,\sand)\s(?:the\s)?$")
"""What stands between a measured lesion and the next of its list."""


def _with_head(view: View, memory: Memory, sites: list[Mention], site: Mention) -> Where:
    """Return the place of a site, with the site it lies in or beside as head."""
    if view.has(BESIDE, max(view.start, site.start - 36), site.start):
        heads = [other for other in sites if other.end <= site.start and site.start - other.end < 45]
        if heads:
            head = place_named(view, memory, heads[-1])
            return Where(f"{head.site} at {site.key}", head.laterality, head.start, site.end)
    if (
        memory.sites
        and " at " in memory.sites[-1][0]
        and anatomy.organ_of(site.key) == "bone"
        and view.within(_JOINT, view.whole[max(view.start, site.start - 16) : site.start])
    ):
        base = memory.sites[-1][0].split(" at ")[0]
        return Where(
            f"{base} at {site.key}", memory.sites[-1][1], site.start, site.end, "the head of the list"
        )
    return place_named(view, memory, site)


def _measured_between(view: View, start: int, end: int) -> bool:
    """Whether another size stands between a site and the size at ``end``."""
    return any(True for _ in find_sizes(view.whole, start, end))
