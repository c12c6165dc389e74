"""Where a lesion is: the site named with it, the site that its examination looked at, or the one that the story knows."""

from __future__ import annotations

import re

import msgspec

from caseboard.case.facts import Laterality
from caseboard.narrative.examination import modality_at
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.operations import organ_of_operation
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import find_sizes
from caseboard.narrative.view import View
from caseboard.terms import anatomy
from caseboard.terms.vocabulary import fold

__all__ = [
    "LESION_NOUN",
    "SPECIMEN",
    "Where",
    "place_named",
    "place_remembered",
    "places_listed",
    "where_measured",
]

LESION_NOUN = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|(?:micro)?nodul(?:es?|ar\b)|metasta\w{1,6}|mets\b"
    r"|neoplasms?|lymph ?nodes?|nodes?\b|(?:lymph)?adenopath(?:y|ies)|deposits?|recurrences?"
    r"|foc(?:us|i)\b|swellings?|lumps?|opacit(?:y|ies)|"
    r"cysts?|polyps?|ulcers?|thickening|infiltrat\w{2,5}|implants?|satellites?|primary|uptake"
    r"|growth|residual|carcinomatosis|carcinoma|sarcoma|involvement|occupation|disease)\b",
    re.IGNORECASE,
)
_AFTER_SITE = pattern(
    r"^[)\]]?,?\s{0,2}(?:in (?:its |the )?(?:(?:greatest|largest|maximum|maximal|longest"
    r"|major)\s)?(?:diameter|dimension|size|axis),?\s)?(?:[A-Za-z-]{2,20}\s){0,6}?(?:in|of|at"
    r"|on|within|behind|involving|over|near|along|from|to|localized|located|beneath|under"
    r"|adjacent to|between|posterior to|around|invading)\s(?:the\s|a\s|an\s|her\s|his\s"
    r"|both\s)?",
    re.IGNORECASE,
)
_BESIDE = pattern(
    r"\b(?:next to|adjacent to|near(?: to)?|close to|abutting|beside|at the level of|behind"
    r"|posterior to|anterior to|around|along|at|level)\s(?:the\s"
    r"|a\s)?(?:level of\s)?(?:the\s)?(?:left\s|right\s)?$",
    re.IGNORECASE,
)
_MAIN = pattern(
    r"\b(?:main|primary|index|dominant|known|target|residual|remaining"
    r"|resected)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b|\b(?:the|a|this|that"
    r"|its|palpable|solid|malignant)\s(?:residual |resected |large |surgical )?(?:tumou?r|mass"
    r"|specimen|neoplasm)\b|\btumou?r (?:mass|size|bed|bulk)\b|\bmass size\b|\bspecimens?\b"
    r"|\bresidual tumou?r\b",
    re.IGNORECASE,
)
_PRIMARY = pattern(
    r"\b(?:main|primary|index|dominant)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b", re.IGNORECASE
)
SPECIMEN = pattern(
    r"\b(?:specimen|resected|histolog\w{1,4}|histopatholog\w{1,5}|patholog\w{1,5}|residual"
    r"|path:|macroscop\w{1,5}|excised|gross)\b",
    re.IGNORECASE,
)
_PART = pattern(
    r"\b(?:the|this|that|known|large)\s(?P<part>[a-z]{4,20})\s(?:mass|lesion|tumou?r|nodule"
    r"|node|metastas[ei]s|deposit)\b",
    re.IGNORECASE,
)
_SAME_SIDE = pattern(r"\b(?:homolateral|ipsilateral|same[- ]side)\b", re.IGNORECASE)
_OTHER_SIDE = pattern(r"\bcontra-?lateral\b", re.IGNORECASE)
_SIDE_WORD = pattern(
    r"\b(?:left(?:-sided)?|right(?:-sided)?|bilateral(?:ly)?|both|Lt|Rt|LT|RT|L|R)\b(?!\s?[1-5]\b)(?!-)"
)


class Where(msgspec.Struct, frozen=True):
    """Where a lesion is: the site phrase, its side, the mention it came from, and how it was found."""

    site: str
    laterality: Laterality | None
    start: int
    end: int
    why: str = ""


_EXAMINED = (
    r"(?:CTs?|MRI?|MRCP|PET(?:[-/ ]?(?:CT|MRI))?|X-?rays?|radiograph\w{0,3}|ultraso\w{3,8}|US"
    r"|sonogra\w{2,5}|echogra\w{2,5}"
    r"|(?:computed )?tomogra\w{2,5}|magnetic resonance\w{0,2}|scans?|scintigra\w{2,5}"
    r"|endoscop\w{1,3}|films?|imaging)"
)
_THEN_EXAMINED = pattern(
    rf"^\s?(?:(?:contrast|non-?contrast|enhanced|computed|axial|plain|follow-up|surveillance"
    rf"|helical|spiral)[- ]){{0,3}}{_EXAMINED}\b",
    re.IGNORECASE,
)
_EXAMINATION_OF = pattern(
    rf"\b{_EXAMINED}\)?(?:\s(?:scans?|imaging|examination|tomography"
    rf"|series)){{0,2}}(?:\s\([A-Z]{{2,4}}\))?\s(?:of|scan of)\s(?:the\s|her\s"
    rf"|his\s)?(?:whole\s|entire\s|left\s|right\s|upper\s|lower\s)?$",
    re.IGNORECASE,
)
_EXAMINATION_BARE = pattern(rf"\b{_EXAMINED}\s$", re.IGNORECASE)
_THEN_RESULT = pattern(
    r"^(?:\s?(?:/|,|and|&)\s?[a-z]{3,10}){0,3}\s?(?:scan\s)?(?:\(?[\d./-]{6,10}\)?)?\s?(?::"
    r"|(?:showed|revealed|demonstrated|disclosed|found|detected|was|is|shows)\b)",
    re.IGNORECASE,
)
_AND_ALSO = pattern(r"^\s?(?:,|/|and|&|, and|-)\s?(?:the\s)?$")


def lesion_sites(view: View) -> tuple[list[Mention], list[Mention]]:
    """Return the sites that a sentence names, and apart from them those that it names only as what was examined.

    A lesion in "chest CT", "MRI of the brain", "CT of the chest, abdomen and pelvis" is somewhere in there.
    """
    named: list[Mention] = []
    examined: list[Mention] = []
    for site in _with_nodes(view, view.of("site")):
        before = view.whole[max(view.start, site.start - 60) : site.start]
        after = view.whole[site.end : min(view.end, site.end + 50)]
        listed = bool(examined) and _AND_ALSO.match(view.whole[examined[-1].end : site.start]) is not None
        bare = _EXAMINATION_BARE.search(before) is not None and _THEN_RESULT.match(after) is not None
        if listed or bare or _THEN_EXAMINED.match(after) or _EXAMINATION_OF.search(before):
            examined.append(site)
        else:
            named.append(site)
    return named, examined


def _with_nodes(view: View, sites: list[Mention]) -> list[Mention]:
    """Return the sites, with "para-aortic nodal" and "lymph node para-aortic" read as the node of that place."""
    out: list[Mention] = []
    for site in sites:
        if out and site.start < out[-1].end:
            continue
        term = anatomy.vocabulary()[site.key]
        which = (
            _WHICH_NODE.match(view.whole, site.end, min(view.end, site.end + 24))
            if site.key == "lymph node"
            else None
        )
        node = _node_of(which["place"]) if which is not None else None
        if which is not None and node is not None:
            out.append(msgspec.structs.replace(site, end=which.end(), key=node))
            continue
        if out and out[-1].key.startswith("liver segment") and site.start >= out[-1].end:
            out.extend(_further_segments(view, out[-1], site.start))
        nodal = None if term.node else _NODAL.match(view.whole, site.end, min(view.end, site.end + 8))
        node = _node_of(view.whole[site.start : site.end]) if nodal is not None else None
        out.append(msgspec.structs.replace(site, key=node) if node is not None else site)
    if out and out[-1].key.startswith("liver segment"):
        out.extend(_further_segments(view, out[-1], view.end))
    return out


_AND_SEGMENT = pattern(
    r"\s?(?:,|and|/|&|, and)\s?(?P<number>VIII|VII|VI|IV|V|III|II|I|[1-8])(?:[ab]\b"
    r"|\b)(?!\s?(?:cm|mm|[.,]\d))"
)


def _further_segments(view: View, site: Mention, high: int) -> list[Mention]:
    """Return the segments listed after one: "segments II, V and VIII"."""
    out: list[Mention] = []
    position = site.end
    while (match := _AND_SEGMENT.match(view.whole, position, high)) is not None:
        found = anatomy.lookup(f"liver segment {match['number']}")
        if found is None:
            break
        out.append(
            msgspec.structs.replace(site, start=match.start("number"), end=match.end(), key=found.term.key)
        )
        position = match.end()
    return out


_WHICH_NODE = pattern(r",?\s(?P<place>[A-Za-z][a-z-]{4,18})\b")
_NODAL = pattern(r"\s(?:nodal|LNs?|LAN)\b")


def _node_of(place: str) -> str | None:
    found = anatomy.lookup(f"{place} lymph nodes") or anatomy.lookup(f"{place} lymph node")
    return found.term.key if found is not None else None


_ADJECTIVES = pattern(
    r"[\s-]{1,2}(?:(?!in\b|of\b|on\b|at\b|to\b|and\b|with\b|from\b"
    r"|within\b)[a-z-]{2,20},?\s){0,5}",
    re.IGNORECASE,
)
_ARTICLE = pattern(
    r"\b(?:an?|the|another|new|one|and|single|solitary)\s(?:[a-z-]{3,14}\s){0,2}$", re.IGNORECASE
)
_INVADED = pattern(r"\s(?:infiltration|invasion|thickening|retraction|o?edema|changes)\b")
_TISSUES = frozenset({"subcutaneous tissue", "skin", "soft tissue", "bone", "muscle"})
"""Sites that say of what a lesion is, where another may say where."""


def where_measured(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], start: int, end: int
) -> Where | None:
    """Return where the lesion measured at ``start`` to ``end`` is, or None where neither text nor story says."""
    first, last = view.phrase(start)
    bracketed = view.whole[view.clause(start)[0]] in "(["
    if bracketed:
        first = view.clause(start)[0]
        outer_first, _ = view.phrase(max(view.start, first - 1))
        inside = [site for site in sites if first <= site.start < start]
        if not inside:
            first = outer_first
    before = [
        site
        for site in sites
        if first <= site.start
        and site.end <= start
        and not _measured_between(view, site.end, start)
        and not _INVADED.match(view.whole, site.end, start)
    ]
    named_next = next((site for site in sites if site.start >= end), None)
    if (
        named_next is not None
        and (not before or before[-1].key in _TISSUES)
        and _ADJECTIVES.fullmatch(view.whole[end : named_next.start])
        and _ARTICLE.search(view.whole, view.start, start)
    ):
        return _with_head(view, memory, sites, named_next)
    if before and before[-1].key not in _TISSUES:
        return _with_head(view, memory, sites, before[-1])
    match = _AFTER_SITE.match(view.whole[end : min(view.end, end + 90)])
    if match is not None:
        after = [
            site
            for site in sites
            if end <= site.start <= end + match.end() + 34 and not _crosses(view, end, site.start)
        ]
        between = bool(after) and re.search(r"\bbetween\s", view.whole[end : after[0].start]) is not None
        if (
            between
            and memory.main_site
            and anatomy.same_site(memory.main_site[0], after[0].key) in ("within", "maybe", "same")
        ):
            return Where(*memory.main_site, start, end, "the main lesion, told by what lies around it")
        if after:
            return _with_head(view, memory, sites, after[0])
    if before:
        return _with_head(view, memory, sites, before[-1])
    partly = _by_part(view, memory, first, start)
    if partly is not None:
        return partly
    earlier = [
        site
        for site in sites
        if site.end <= start and view.has(LESION_NOUN, max(view.start, site.start - 40), start)
    ]
    if view.has(_PRIMARY, first, min(last, end + 60)) and memory.main_site is not None:
        return Where(*memory.main_site, first, end, "the main lesion, from the story")
    if earlier:
        return _with_head(view, memory, sites, earlier[-1])
    if not view.has(LESION_NOUN):
        if not view.has(_SIZE_OF, view.start, start):
            return None
        again = _measured_before(view, memory, start)
        if again is not None:
            return again
    looked = _in_examined(view, memory, examined, start)
    if looked is not None:
        return looked
    remembered = place_remembered(view, memory, view.start, end)
    if remembered is not None:
        return remembered
    following = [site for site in sites if site.start >= end]
    return place_named(view, memory, following[0]) if following else None


_SIZE_OF = pattern(
    r"\b(?:size|dimensions?|diameters?|volume|measur\w{2,5})\b|\b(?:CT|MRI|US|PET(?:[-/]CT)?"
    r"|ultrasound)[:,]?\s$",
    re.IGNORECASE,
)


def _measured_before(view: View, memory: Memory, position: int) -> Where | None:
    """Return the lesion that the same examination measured before: "MRI 81 x 52 x 50 mm"."""
    known = memory.measured_by.get(modality_at(view, memory, position) or "")
    return (
        Where(*known, position, position, "the lesion that the same examination measured before")
        if known
        else None
    )


_NEW = pattern(r"\b(?:new|another|second|additional)\b", re.IGNORECASE)


def _in_examined(view: View, memory: Memory, examined: list[Mention], position: int) -> Where | None:
    """Return the lesion that an examination of a site means: a known one there, else one in the organ examined."""
    looked = [site for site in examined if site.start < position]
    if not looked:
        return None
    fresh = view.has(_NEW, view.start, position) is not None
    for site, side in () if fresh else reversed(memory.sites):
        if any(anatomy.same_site(site, region.key) in ("same", "within") for region in looked):
            return Where(site, side, position, position, "the lesion known in what was examined")
    organs = [site for site in looked if anatomy.vocabulary()[site.key].kind not in ("region", "space")]
    if organs and (len(looked) == 1 or memory.main_site is None):
        return place_named(view, memory, organs[-1])
    return place_named(view, memory, looked[0]) if memory.main_site is None else None


def _by_part(view: View, memory: Memory, low: int, high: int) -> Where | None:
    """Return the known lesion that a part of its site's name means: "the dome mass" is at the bladder dome."""
    for match in view.find(_PART, low, high):
        for site, side in reversed(memory.sites):
            if match["part"].lower() in site.split():
                return Where(site, side, match.start(), match.end(), "named by a part of its site")
    return None


def _with_head(view: View, memory: Memory, sites: list[Mention], site: Mention) -> Where:
    """Return the place of a site, with the site it lies in or beside as head."""
    if view.has(_BESIDE, max(view.start, site.start - 36), site.start):
        heads = [other for other in sites if other.end <= site.start and site.start - other.end < 45]
        if heads:
            head = place_named(view, memory, heads[-1])
            return Where(f"{head.site} at {site.key}", head.laterality, head.start, site.end)
    joint = re.search(
        r"(?:\)|\d\s?[cm]m)\s?(?:,|and|,\sand)\s(?:the\s)?$",
        view.whole[max(view.start, site.start - 16) : site.start],
    )
    if (
        joint is not None
        and memory.sites
        and " at " in memory.sites[-1][0]
        and anatomy.organ_of(site.key) == "bone"
    ):
        base = memory.sites[-1][0].split(" at ")[0]
        return Where(
            f"{base} at {site.key}", memory.sites[-1][1], site.start, site.end, "the head of the list"
        )
    return place_named(view, memory, site)


def places_listed(view: View, memory: Memory, sites: list[Mention]) -> list[Where]:
    """Return the places of listed sites; "dorsal muscles next to D11 and L5" is two places with one head."""
    out: list[Where] = []
    head: Where | None = None
    for position, listed in enumerate(sites):
        site = _elliptic(view, listed, sites[position + 1] if position + 1 < len(sites) else None)
        if head is not None and view.has(_BESIDE, max(head.end, site.start - 40), site.start):
            joined = Where(
                f"{head.site.split(' at ')[0]} at {site.key}", head.laterality, head.start, site.end
            )
            if out and out[-1] is head:
                out[-1] = joined
            else:
                out.append(joined)
            head = joined
            continue
        place = place_named(view, memory, site)
        out.append(place)
        head = place
    return _sides_of_list(view, out)


def _sides_of_list(view: View, places: list[Where]) -> list[Where]:
    """Return listed places, where one without a side has that of the place before it."""
    sides: Laterality | None = None
    placed: list[Where] = []
    for told in places:
        place = told
        if (
            place.laterality is None
            and sides is not None
            and placed
            and re.fullmatch(
                r"\s?(?:,|and|,? and)\s(?:the )?",
                view.whole[max(view.start, placed[-1].end) : place.start],
            )
        ):
            place = msgspec.structs.replace(place, laterality=sides, why="side of the list")
        sides = place.laterality
        placed.append(place)
    return placed


def _elliptic(view: View, site: Mention, following: Mention | None) -> Mention:
    """Return the node that "supraclavicular" means in "supraclavicular and mediastinal lymph nodes"."""
    if (
        following is None
        or not anatomy.vocabulary()[following.key].node
        or anatomy.vocabulary()[site.key].node
    ):
        return site
    if not re.fullmatch(r"\s?(?:,|and|/|, and|or)\s?", view.whole[site.end : following.start]):
        return site
    node = anatomy.lookup(f"{view.whole[site.start : site.end]} lymph nodes")
    return msgspec.structs.replace(site, key=node.term.key) if node is not None else site


def place_named(view: View, memory: Memory, site: Mention) -> Where:
    """Return the place that a site mention names, with its side as said, implied or known."""
    low = max(view.phrase(site.start)[0], site.start - 45)
    before = view.whole[low : site.start]
    side = anatomy.laterality(_nearest_side(before)) if _nearest_side(before) else None
    written = view.whole[site.start : site.end]
    side = side or anatomy.laterality(written)
    why = ""
    if side is None and _SAME_SIDE.search(before):
        side, why = memory.main_site[1] if memory.main_site else None, "same side as the main lesion"
    if (
        side is None
        and _OTHER_SIDE.search(before)
        and memory.main_site
        and memory.main_site[1] in ("left", "right")
    ):
        side, why = ("right" if memory.main_site[1] == "left" else "left"), "other side than the main lesion"
    if side is None:
        after = re.match(r"\s?(?:\(|on the |, )?(left|right|L|R)\b", view.whole[site.end : site.end + 14])
        side = (
            anatomy.laterality(after[1])
            if after
            and after[0].strip() in ("left", "right", "(left", "(right", "on the left", "on the right")
            else None
        )
    if side is None:
        known = {lat for name, lat in memory.sites if name == site.key and lat is not None}
        if len(known) == 1 and not re.search(r"\bnew\b", before):
            side, why = known.pop(), "side from the story"
    return Where(_as_written(written, site), side, site.start, site.end, why)


def _as_written(written: str, site: Mention) -> str:
    """Return the site's canonical phrase; a noun that shares no word with it is kept as the text has it."""
    term = anatomy.vocabulary()[site.key]
    plain = " ".join(written.lower().split())
    stems = {word[:4] for word in site.key.split()}
    short = len(plain) <= 4 or any(
        plain == fold(form) for form in (*term.adjectives, *term.left, *term.right, *term.case_sensitive)
    )
    if term.kind == "surgical site":
        return plain
    if (
        short
        or term.kind in ("organ", "bone")
        or stems & {word[:4] for word in plain.replace("-", " ").split()}
    ):
        return site.key
    return plain


def _nearest_side(before: str) -> str:
    """Return the last side said within the words before a site that no other noun of place comes between."""
    found = list(_SIDE_WORD.finditer(before))
    if not found:
        return ""
    between = before[found[-1].end() :]
    return found[-1][0] if len(between.split()) <= 4 and not re.search(r"[.;:)\d]", between) else ""


_OPERATED = pattern(r"\b\w{3,14}(?:ectomy|ectomies|otomy)\b", re.IGNORECASE)


def _operated_on(view: View, high: int) -> Where | None:
    """Return the organ of an operation that the sentence itself tells: "mastectomy ...; the tumour was 6 cm"."""
    name = view.has(_OPERATED, view.start, high)
    organ = organ_of_operation(name[0]) if name is not None else None
    if name is None or organ is None:
        return None
    side = anatomy.laterality(view.whole[max(view.start, name.start() - 24) : name.start()])
    return Where(organ, side, name.start(), name.start(), "what the operation took out")


def place_remembered(view: View, memory: Memory, low: int, high: int) -> Where | None:
    """Return the lesion that words without a site mean: the main one, or the one last spoken of."""
    organ = _operated_on(view, high)
    if organ is not None and all(
        anatomy.same_site(name, organ.site) == "different" for name, _ in memory.sites
    ):
        return organ
    if memory.operated_site is not None and view.has(SPECIMEN, view.start, high):
        return Where(*memory.operated_site, low, high, "what was operated on, from the story")
    if memory.main_site is not None and view.has(_PRIMARY, low, high):
        return Where(*memory.main_site, low, high, "the main lesion, from the story")
    if (
        memory.main_site is not None
        and view.has(_MAIN, low, high)
        and not (memory.operated and memory.new_since_operation)
    ):
        return Where(*memory.main_site, low, high, "the main lesion, from the story")
    if memory.sites:
        return Where(*memory.sites[-1], low, high, "the lesion last spoken of")
    return None


def _measured_between(view: View, start: int, end: int) -> bool:
    """Whether another size stands between a site and the size at ``end``."""
    return any(True for _ in find_sizes(view.whole, start, end))


def _crosses(view: View, start: int, end: int) -> bool:
    return bool(
        re.search(
            r"[.;]|,(?! (?:localized|located|arising|in the|within|involving|occupying))|\b(?:and|with"
            r"|which)\b",
            view.whole[start:end],
        )
    )
