"""Sites of lesions: what each is called, which organ it counts to, what it is part of, and which side is meant.

The organ is that of RECIST 1.1, section 4.3.1: at most two target lesions for each organ, where paired organs count
as one and all lymph nodes count as one. Muscles are one organ, and so are the soft parts of limbs and trunk wall
(thigh, back, chest wall), because a mass there is reported now by its region and now by its muscle.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from caseboard.terms.vocabulary import Match, Vocabulary, fold, read_table
from caseboard.terms.written import cells, lookup_written

__all__ = [
    "UNKNOWN_ORGAN",
    "Laterality",
    "Relation",
    "Site",
    "ancestors",
    "find",
    "is_space",
    "laterality",
    "lookup",
    "organ_of",
    "same_site",
    "vocabulary",
]

Laterality = Literal["left", "right", "bilateral"]
Relation = Literal["same", "within", "different", "maybe"]

UNKNOWN_ORGAN = "unknown"
"""What ``organ_of`` says of a site that no table knows."""


class Site(msgspec.Struct, frozen=True):
    """One anatomical site.

    ``key`` is a short phrase in lower case without a side ("lung upper lobe"); ``organ`` the organ it counts to;
    ``parent`` the site that contains it, or empty; ``kind`` one of region, organ, organ part, muscle, bone, joint,
    lymph node, serosa, space, skin, vessel, nerve, surgical site. ``side`` is the side that the site itself has
    (middle lobe: right). Of the ``forms``, ``adjectives`` name the site only before a noun ("hepatic metastasis"),
    ``context`` are common words or codes that name it only where a lesion is spoken of ("back", "T2", "S4"), and
    ``left`` and ``right`` imply the side ("LUL"). ``overlaps`` are sites elsewhere in the tree that may hold the
    same lesion.
    """

    key: str
    organ: str
    parent: str
    kind: str
    side: Laterality | None
    forms: tuple[str, ...]
    adjectives: tuple[str, ...]
    context: tuple[str, ...]
    case_sensitive: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    overlaps: tuple[str, ...]

    @property
    def site(self) -> str:
        """The canonical phrase, as a lesion's ``site`` is written."""
        return self.key

    @property
    def node(self) -> bool:
        """Whether it is a lymph node or a station of them (measured by the short axis)."""
        return self.kind == "lymph node"

    @property
    def bone(self) -> bool:
        """Whether it is bone."""
        return self.kind == "bone"

    @property
    def is_organ(self) -> bool:
        """Whether it is a whole organ, not a part, a region or a space."""
        return self.kind == "organ"


@cache
def vocabulary() -> Vocabulary[Site]:
    """Return all sites by their written forms."""
    return Vocabulary("anatomy", read_table("anatomy", _site))


def _site(row: dict[str, str]) -> Site:
    side = row["side"]
    return Site(
        key=row["site"],
        organ=row["organ"],
        parent=row["parent"],
        kind=row["kind"],
        side="left" if side == "left" else "right" if side == "right" else None,
        forms=(row["site"], *cells(row["forms"])),
        adjectives=cells(row["adjectives"]),
        context=cells(row["context"]),
        case_sensitive=cells(row["case_sensitive"]),
        left=cells(row["left"]),
        right=cells(row["right"]),
        overlaps=cells(row["overlaps"]),
    )


_SIDES: dict[str, Laterality] = {
    "left": "left",
    "lt": "left",
    "left-sided": "left",
    "leftsided": "left",
    "sinistra": "left",
    "sinister": "left",
    "sin": "left",
    "right": "right",
    "rt": "right",
    "right-sided": "right",
    "rightsided": "right",
    "dextra": "right",
    "dexter": "right",
    "bilateral": "bilateral",
    "bilaterally": "bilateral",
    "both": "bilateral",
    "bipulmonary": "bilateral",
    "bilobar": "bilateral",
}
_SIDE_LETTERS: dict[str, Laterality] = {
    "L": "left",
    "R": "right",
    "Lt": "left",
    "Rt": "right",
    "B/L": "bilateral",
    "b/l": "bilateral",
}
_WORD = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*")
_JOINT = re.compile(r"[-/]")
_LONGEST_FORM_IN_WORDS = 9
_FILLERS = frozenset({"the", "a", "an", "of", "in", "on", "his", "her", "its", *_SIDES, "side", "sided"})


@lru_cache(maxsize=4096)
def laterality(text: str) -> Laterality | None:
    """Return the side that a phrase says or implies: "Rt axilla" right, "LUL" left, "both lungs" bilateral."""
    said: set[Laterality] = set()
    for word in _WORD.findall(text):
        folded = fold(word)
        side = _SIDE_LETTERS.get(word) or _SIDES.get(folded)
        if side is None and folded.startswith(("left-", "right-")):
            side = _SIDES[folded.partition("-")[0]]
        if side is not None:
            said.add(side)
    if not said:
        said = {side for match in find(text) if (side := _implied(match)) is not None}
    if not said:
        return None
    return said.pop() if len(said) == 1 else "bilateral"


def _implied(match: Match[Site]) -> Laterality | None:
    if match.form in match.term.left:
        return "left"
    return "right" if match.form in match.term.right else match.term.side


@lru_cache(maxsize=4096)
def lookup(text: str) -> Match[Site] | None:
    """Return the site that ``text`` as a whole names; its side and articles aside ("the left thigh": thigh)."""
    found = lookup_written(vocabulary(), text)
    if found is not None:
        return found
    words = _words(text)
    kept = [word for word in words if fold(word) not in _FILLERS and word not in _SIDE_LETTERS]
    if not kept or len(kept) == len(words):
        return None
    start = next(at for at, word in enumerate(words) if word == kept[0])
    return lookup_written(vocabulary(), " ".join(words[start:])) or lookup_written(
        vocabulary(), " ".join(kept)
    )


def find(text: str) -> tuple[Match[Site], ...]:
    """Return the sites named in a site phrase, longest form first at each place, in the order of the phrase.

    A phrase that is known to name a site may be in lower case ("dorsal muscles at d11"): capitals do not count here.
    """
    words = _words(text)
    out: list[Match[Site]] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST_FORM_IN_WORDS), at, -1):
            match = vocabulary().lookup(" ".join(words[at:end]))
            if match is not None:
                out.append(match)
                at = end
                break
        else:
            parts = _JOINT.split(words[at])
            if len(parts) > 1:
                out.extend(find(" ".join(parts)))
            at += 1
    return tuple(out)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def organ_of(site_text: str) -> str:
    """Return the organ that a site counts to (RECIST 1.1, section 4.3.1), or ``UNKNOWN_ORGAN``.

    Where a phrase names several sites, the first is the site and the rest say where in it or next to what.
    """
    found = _sites(site_text)
    return found[0].organ if found else UNKNOWN_ORGAN


def ancestors(site: Site) -> tuple[Site, ...]:
    """Return the sites that contain ``site``, nearest first."""
    out: list[Site] = []
    while site.parent:
        site = vocabulary()[site.parent]
        out.append(site)
    return tuple(out)


@lru_cache(maxsize=4096)
def is_space(phrase: str) -> bool:
    """Whether a site phrase names a space of the body that holds many organs ("abdomen", "pelvis")."""
    found = lookup(phrase)
    return found is not None and found.term.kind == "space"


@lru_cache(maxsize=4096)
def same_site(a: str, b: str) -> Relation:
    """Say whether two site phrases may be one place.

    ``same``: one site, no other side. ``within``: one contains the other ("lung", "lung upper lobe"). ``different``:
    the sides differ, or the sites lie apart. ``maybe``: they may overlap ("dorsal muscles", "paravertebral"), or one
    of them is not known.
    """
    sides = {side for side in (laterality(a), laterality(b)) if side is not None}
    if sides == {"left", "right"}:
        return "different"
    first, second = _sites(a), _sites(b)
    if not first or not second:
        return "same" if fold(a) == fold(b) else "maybe"
    head, other = first[0], second[0]
    if head.key == other.key:
        return _same_head(first, second)
    if _contains(head, other) or _contains(other, head):
        return "within"
    return "maybe" if _overlap(head, other) else "different"


def _same_head(first: tuple[Site, ...], second: tuple[Site, ...]) -> Relation:
    """Compare the further sites of two phrases with one head: "dorsal muscles at d11" and "dorsal muscles at l5"."""
    rest_first, rest_second = ({site.key for site in sites[1:]} for sites in (first, second))
    if rest_first == rest_second:
        return "same"
    if not rest_first or not rest_second:
        return "within"
    return "maybe" if rest_first & rest_second else "different"


def _contains(whole: Site, part: Site) -> bool:
    """Whether ``whole`` is above ``part``, or names its kind and no more ("bone" and "femur")."""
    return whole.key in _line(part) or whole.key == part.kind


def _overlap(one: Site, two: Site) -> bool:
    near_one = {key for site in (one, *ancestors(one)[:1]) for key in site.overlaps}
    near_two = {key for site in (two, *ancestors(two)[:1]) for key in site.overlaps}
    return bool(near_one & _named_line(two) or near_two & _named_line(one))


def _named_line(site: Site) -> set[str]:
    """Return a site and what it is part of, but no space of the body: two organs of one space do not overlap by it."""
    return {site.key, *(above.key for above in ancestors(site) if above.kind != "space")}


def _line(site: Site) -> set[str]:
    return {site.key, *(above.key for above in ancestors(site))}


def _sites(text: str) -> tuple[Site, ...]:
    return tuple(match.term for match in find(text))
