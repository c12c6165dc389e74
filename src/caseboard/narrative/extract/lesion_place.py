"""The place that a named site means: its phrase, its side, and what is listed with it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from caseboard.case.facts import Laterality
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy
from caseboard.terms.vocabulary import fold

__all__ = ["BESIDE", "UNPAIRED", "Where", "place_named", "places_listed", "with_side_after", "with_side_told"]

BESIDE = pattern(
    r"\b(?:next to|adjacent to|near(?: to)?|close to|abutting|beside|at the level of|behind"
    r"|(?:posterior|anterior|dorsal|ventral|cranial|caudal|medial|lateral|superior|inferior) to"
    r"|around|along|(?<!located\s)(?<!situated\s)(?<!tumor\s)(?<!tumour\s)(?<!mass\s)at|level)\s(?:the\s"
    r"|a\s)?(?:level of\s)?(?:the\s)?(?:left\s|right\s)?$",
    re.IGNORECASE,
)
_SAME_SIDE = pattern(r"\b(?:homolateral|ipsilateral|same[- ]side)\b", re.IGNORECASE)
_OTHER_SIDE = pattern(r"\bcontra-?lateral\b", re.IGNORECASE)
_SIDE_WORD = pattern(
    r"\b(?:[Bb]/[Ll]|left(?:-sided)?(?!(?:(?<=was left)|(?<=is left)|(?<=ing left)|(?<=tle left))\s(?:of|in|over)\b)"
    r"|right(?:-sided)?|[Bb]ilateral(?:ly)?|both|Lt|Rt|LT|RT|L|R)\b(?!\s?[1-5]\b)(?!-)"
)


class Where(msgspec.Struct, frozen=True):
    """Where a lesion is: the site phrase, its side, the mention it came from, and how it was found."""

    site: str
    laterality: Laterality | None
    start: int
    end: int
    why: str = ""


def places_listed(view: View, memory: Memory, sites: list[Mention]) -> list[Where]:
    """Return the places of listed sites; "dorsal muscles next to D11 and L5" is two places with one head."""
    out: list[Where] = []
    head: Where | None = None
    for site in _elliptic_list(view, sites):
        if head is not None and view.has(BESIDE, max(head.end, site.start - 40), site.start):
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
            and UNPAIRED.search(place.site) is None
            and re.fullmatch(
                r"\s?(?:,|and|,? and)\s(?:the )?",
                view.whole[max(view.start, placed[-1].end) : place.start],
            )
        ):
            place = msgspec.structs.replace(place, laterality=sides, why="side of the list")
        sides = place.laterality
        placed.append(place)
    return placed


UNPAIRED = re.compile(
    r"vertebra|spine|sacrum|sternum|skull|skin|liver|spleen|peritone|pancrea|stomach|brain$|bone$|bladder|uterus"
    r"|mediastin"
)
"""Sites without a left and a right, which take no side from the one before them."""


def _elliptic_list(view: View, sites: list[Mention]) -> list[Mention]:
    """Return listed sites with each read as what the noun at the end of the list makes of it."""
    read: list[Mention] = []
    for listed in reversed(sites):
        read.insert(0, _elliptic(view, listed, read[0] if read else None))
    return read


def _elliptic(view: View, site: Mention, following: Mention | None) -> Mention:
    """Return the node that "supraclavicular" means in "supraclavicular and mediastinal lymph nodes"."""
    if (
        following is None
        or view.whole[following.start : following.end].lower() == "nodal"
        or not anatomy.vocabulary()[following.key].node
        or anatomy.vocabulary()[site.key].node
    ):
        return site
    if not re.fullmatch(
        r"\s?(?:,|and|/|, and|or|nor|and the|nor the|or the)\s?(?:left\s|right\s)?",
        view.whole[site.end : following.start],
    ):
        return site
    node = anatomy.lookup(f"{view.whole[site.start : site.end]} lymph nodes")
    return msgspec.structs.replace(site, key=node.term.key) if node is not None else site


def place_named(view: View, memory: Memory, site: Mention) -> Where:
    """Return the place that a site mention names, with its side as said, implied or known."""
    low = max(view.phrase(site.start)[0], site.start - 45)
    before = view.whole[low : site.start]
    nearest = _nearest_side(before)
    if nearest.lower() == "both" and _COUNTED.match(view.whole, site.end, view.end) is not None:
        nearest = ""
    side = anatomy.laterality(nearest) if nearest else None
    written = view.whole[site.start : site.end]
    side = side or anatomy.laterality(written)
    why = ""
    if side is None and view.within(_SAME_SIDE, before):
        side, why = memory.main_site[1] if memory.main_site else None, "same side as the main lesion"
    if (
        side is None
        and view.within(_OTHER_SIDE, before)
        and memory.main_site
        and memory.main_site[1] in ("left", "right")
    ):
        side, why = ("right" if memory.main_site[1] == "left" else "left"), "other side than the main lesion"
    if side is None:
        after = _SIDE_BEHIND.match(view.whole[site.end : site.end + 14])
        side = (
            anatomy.laterality(after[1])
            if after
            and after[0].strip() in ("left", "right", "(left", "(right", "on the left", "on the right")
            else None
        )
    if side is None and (sized := _SIDE_AND_SIZE.match(view.whole, site.end, view.end)) is not None:
        side = anatomy.laterality(sized[1])
    if side is None and (mass := _the_mass(view, memory, site, before)) is not None:
        return mass
    if side is None:
        known = {lat for name, lat in memory.sites if name == site.key and lat is not None}
        if len(known) == 1 and not view.within(_NEW, before):
            side, why = known.pop(), "side from the story"
    bed = memory.operated_site or memory.main_site
    if site.key == _BED and bed is not None and _OTHER_SCAR.match(view.whole, site.end, view.end) is None:
        return Where(*bed, site.start, site.end, "where it was operated on, from the story")
    place = Where(_as_written(written, site.key), side, site.start, site.end, why)
    several = _COUNTED.match(view.whole, site.end, view.end) is not None and not _DEFINITE.search(before)
    return (None if several else _part_known(memory, site, place, before, written)) or place


_BED = "surgical bed"
"""The scar or the bed of an operation: it lies where the tumour was taken out."""
_OTHER_SCAR = re.compile(
    r"\s(?:of|from|after|left\sby)\s(?:[a-z]{1,9}\s){0,3}?(?:ca?esarean|append\w{4,8}|hernia\w{0,8}|sternotomy|laparotomy"
    r"|vaccination|burn|injury|accident|tracheostomy)\b",
    re.IGNORECASE,
)
"""What makes a scar another one than that of the tumour's operation: "in the scar of her caesarean section"."""


def _the_mass(view: View, memory: Memory, site: Mention, before: str) -> Where | None:
    """Return the one mass that the story has measured in an organ: "the pulmonary mass", beside nodules there."""
    if "mass" not in memory.called or not _THE_MASS.match(view.whole, site.end, view.end):
        return None
    known, side = memory.called["mass"]
    if not _DEFINITE.search(before) or anatomy.same_site(known, site.key) not in ("same", "within"):
        return None
    return Where(known, side, site.start, site.end, "the mass measured before")


_THE_MASS = re.compile(r"\s(?:[a-z-]{3,14}\s)?mass\b")
_DEFINITE = re.compile(r"\b(?:the|this|that|of)\s(?:[a-z-]{3,14}\s){0,2}$")
_COUNTED = pattern(r"\s(?:lesions|nodules|metastases|mets|deposits|masses|foci)\b", re.IGNORECASE)
"""What makes "both" before a site a number and no side: "both brain lesions"."""
_SIDE_BEHIND = pattern(r"\s?(?:\(|on the |, )?(left|right|L|R)\b")
_SIDE_AND_SIZE = re.compile(
    r"\s(?:gland\s|node\s|nodule\s|lesion\s|met\s)?(L|R|Lt|Rt|left|right)\.?\s(?=\d{1,3}(?:[.,]\d)?\s?(?:x\s?\d|[mc]m\b))"
)
"""The side that a note writes between a place and its size: "adrenal L 16mm"."""
_NEW = pattern(r"\bnew\b")


def _part_known(memory: Memory, site: Mention, place: Where, before: str, written: str) -> Where | None:
    """Return the only lesion known in an organ where its adjective means that one: "the cerebellar lesion"."""
    if fold(written) not in _folded(site.key)[0] or _OF_NEW.search(before):
        return None
    inside = {
        (name, side)
        for name, side in memory.sites
        if place.laterality in (None, side) and _is_part(name, site.key)
    }
    if memory.operated and anatomy.vocabulary()[site.key].kind == "space":
        return None  # what was in the pelvis before the operation is not what is found there later
    if memory.operated_site is not None:  # what was taken out is no lesion there
        out = memory.operated_site[0]
        inside = {
            (name, side) for name, side in inside if anatomy.same_site(name, out) not in ("same", "within")
        }
    if len(inside) != 1:
        return None
    known = inside.pop()
    return Where(*known, site.start, site.end, "the lesion known there")


def _is_part(name: str, whole: str) -> bool:
    found = anatomy.find(name) or anatomy.find(f"left {name}")  # "atrium" is known by its sides
    if not found:
        return False
    key = found[0].term.key
    return whole in {above.key for above in anatomy.ancestors(found[0].term)} or (
        key == whole and name != key and _PART.search(name) is not None
    )


_OF_NEW = pattern(
    r"\b(?:an?|new|another|multiple|several|other|two|three|four|five|further"
    r"|additional)\s",
    re.IGNORECASE,
)


@cache
def _folded(key: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the adjectives of a site, and its forms that say a side or are capitals, by which they are compared."""
    term = anatomy.vocabulary()[key]
    return (
        frozenset(map(fold, term.adjectives)),
        frozenset(map(fold, (*term.left, *term.right, *term.case_sensitive))),
    )


@lru_cache(maxsize=4096)
def _as_written(written: str, site: str) -> str:
    """Return the site's canonical phrase; a noun that shares no word with it is kept as the text has it."""
    term = anatomy.vocabulary()[site]
    plain = _SIDED.sub("", " ".join(written.lower().split()))
    stems = {word[:4] for word in site.split()}
    if term.kind == "surgical site":
        return plain
    short = len(plain) <= 4 or any(plain in forms for forms in _folded(site))
    if (
        term.kind == "joint"
        or _LATIN.match(plain)
        or site.startswith("liver segment")
        or plain.endswith(site)
        or (term.node and _is_region(plain))
    ):
        return site
    if _PART.search(plain):
        return plain
    if (
        short
        or term.kind in ("organ", "bone")
        or stems & {word[:4] for word in plain.replace("-", " ").split()}
    ):
        return site
    return plain


def _is_region(plain: str) -> bool:
    """Whether words name a region, whose nodes may be meant: "a node of 2 cm in the groin"."""
    found = anatomy.lookup(plain)
    return found is not None and not found.term.node


_SIDED = pattern(r"^(?:left|right)\s")
_LATIN = pattern(r"(?:n|m|nervus|musculus)\b[. ]")
_PART = pattern(
    r"\b(?:hemispheres?|peduncles?|cuff|vault|stump|septum|groove|atrium|ventricle|nucle(?:us|i)|fundus"
    r"|bone|wing|crest|ramus|condyle|symphysis|palate|shin)$"
)
"""What a part of an organ or a bone is called: its name is kept as written, for "brain" would say less."""


_SIDE_AFTER = pattern(
    r"\)?,?\s?(?:[(\[](?P<bracketed>left|right|L|R)[)\]]|(?:(?!and\b|with\b|but\b|plus\b)[a-z-]{3,20}\s){0,5}?"
    r"(?:(?:on|at|from) (?:the )?(?P<said>left|right)(?:[- ](?:hand )?side)?(?=[\s,.;)]|$)"
    r"|in (?P<both>both) (?:lungs|lobes|kidneys|ovaries|breasts|adrenals|hemispheres)\b|(?P<each>bilaterally)\b))"
)


_AT_ONCE = 12
"""Characters between a figure and a side behind it that goes before one told otherwise."""


_SIDE_RIGHT_BEFORE = re.compile(
    r"(?:[(\[,;]|\band|\b(?:largest|larger|biggest)(?:\s(?:one|node|nodule|lesion|being|is))?)"
    r"\s?(?:on the )?(?P<side>left|right|L|R)(?: side)?(?:,|:)?\s?$"
)


def with_side_told(view: View, where: Where, start: int, end: int) -> Where:
    """Return a place with the side that stands alone before its figure, "nodules (right 18 mm)", or behind."""
    match = _SIDE_RIGHT_BEFORE.search(view.whole, max(view.start, start - 32), start)
    if match is None:
        return with_side_after(view, where, end)
    said = where.laterality in ("left", "right") and match.start() < where.end
    if said or anatomy.laterality(where.site) is not None:
        return where
    return msgspec.structs.replace(where, laterality=anatomy.laterality(match["side"]))


def with_side_after(view: View, where: Where, end: int) -> Where:
    """Return a place with the side that stands behind its figure: "24 x 18 mm on the right and 21 mm (left)"."""
    match = _SIDE_AFTER.match(view.whole, end, min(view.end, end + 60))
    if match is None or anatomy.laterality(where.site) is not None:
        return where
    side = match["bracketed"] or match["said"] or "bilateral"
    said = max(match.start("bracketed"), match.start("said"), match.start("both"), match.start("each"))
    others = [site for site in view.of("site") if end <= site.start < said and site.start != where.start]
    if said - end > _AT_ONCE and (where.laterality is not None or others):
        return where
    return msgspec.structs.replace(where, laterality=anatomy.laterality(side))


_PARTS_SIDES = re.compile(
    r"[.;:)\d]|\s(?:with|by|due\sto|reveal\w{2,3}|show\w{1,3}|demonstrat\w{2,3}|found|detected)\s"
)
"""What a side does not reach across: "tumour of the right pelvis with lung metastases", "right artery by a node"."""


def _nearest_side(before: str) -> str:
    """Return the last side said within the words before a site that no other noun of place comes between."""
    found = list(_SIDE_WORD.finditer(before))
    if not found:
        return ""
    between = before[found[-1].end() :]
    return found[-1][0] if len(between.split()) <= 4 and not _PARTS_SIDES.search(between) else ""
