"""Lesions named again by a short form: "the S6 nodule" in the lung, "the cerebellar lesion" in its peduncle.

A segment with a bare number is one of the lung or of the liver: a side, the organ named beside it, and the lesions
that the story knows say which. An adjective with an article, or before a bare figure, means the lesion that the story
knows there.
"""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.extract.lesion_sites import SACRAL
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["named_by_short_form"]

_NUMBERED = pattern(r"(?:S|seg(?:ment)?s?\.?\s?)?(?P<number>10|[1-9])(?P<half>[ab])?", re.IGNORECASE)
_LIVER_BEFORE = pattern(r"\b(?:hepatic|liver|hepar)\s$", re.IGNORECASE)
_SACRAL_BEFORE = pattern(r"\b(?:sacr\w{2,4}\s|[LS][1-5]\s?[-–/]\s?)$", re.IGNORECASE)
_OF_THE_SPINE = pattern(
    r"\b(?:sacr(?:um|al)|vertebra\w{0,3}|spin(?:e|al)|lumbar|(?:T|Th|L)[1-9][0-2]?|cauda|(?:nerve\s)?roots?)\b"
)
_OF_THE_LIVER = pattern(r"\b(?:liver|hepatic|segments?)\b", re.IGNORECASE)
_SIDE_BEFORE = pattern(r"\b(?:left|right|Lt|Rt|[LR])\.?\s(?:lung\s)?$")


def named_by_short_form(view: View, memory: Memory, sites: list[Mention]) -> list[Mention]:
    """Return the sites of a sentence, with a bare segment in the organ that it is of."""
    sites = [
        _of_the_brain(view, memory, _node_known(view, memory, site)) for site in _with_stations(view, sites)
    ]
    if not any(site.key.startswith("liver segment") for site in sites):
        return sites
    return [_in_its_organ(view, memory, sites, site) for site in sites]


_STATION = pattern(
    r"\d(?<![\w.,/-]\d)\d?[RL]\b(?=\s?(?:LNs?\b|nodes?\b|lymph|\(|:)|,?\s\d{1,2}(?:[.,]\d)?\s?[cm]m\b)",
)
"""A station of the nodes of the chest before its size: "4R 3.0 cm"."""
_STATIONS = {
    "2": "paratracheal lymph node", "4": "paratracheal lymph node", "10": "hilar lymph node", "11": "hilar lymph node",
}  # fmt: skip
"""Where the nodes of a station lie (Rusch 2009, J Thorac Oncol 4:568)."""


def _with_stations(view: View, sites: list[Mention]) -> list[Mention]:
    """Return the sites of a sentence with the stations of nodes that it names by their number and side."""
    found = [
        Mention(match.start(), match.end(), "site", key)
        for match in view.find(_STATION)
        if (key := _STATIONS.get(match[0][:-1])) is not None
        and not any(site.start < match.end() and match.start() < site.end for site in sites)
    ]
    return sorted((*sites, *found), key=lambda site: site.start) if found else sites


def _of_the_brain(view: View, memory: Memory, site: Mention) -> Mention:
    """Return the ventricle of the brain where a ventricle is named and the story's lesions lie in the brain."""
    if site.key != "heart" or not view.whole[site.start : site.end].lower().startswith("ventric"):
        return site
    brain = any(anatomy.organ_of(name) == "brain" for name, _ in memory.sites)
    return msgspec.structs.replace(site, key="cerebral ventricle") if brain else site


def _node_known(view: View, memory: Memory, site: Mention) -> Mention:
    """Return the node that an adjective means where the story knows it: "hilar 8 mm" after "a hilar lymph node"."""
    written = view.whole[site.start : site.end]
    if site.key in ("lymph node", "joint") and not _NOT_KNOWN.search(
        view.whole, max(view.start, site.start - 30), site.start
    ):
        return _only_known(memory, site)
    if not _ADJECTIVE.fullmatch(written) or not _FIGURE_BEHIND.match(view.whole, site.end, view.end):
        return site
    known = {name for name, _ in memory.sites}
    for form in (f"{written} lymph node", f"{written} lymph nodes"):
        node = anatomy.lookup(form)
        if node is not None and node.term.key in known and site.key not in known:
            return msgspec.structs.replace(site, key=node.term.key)
    return site


def _only_known(memory: Memory, site: Mention) -> Mention:
    """Return the one node, or the one joint, in which the story knows a lesion: "node 23", "the joint"."""
    kind = anatomy.vocabulary()[site.key].kind
    known = {
        found.term.key
        for name, _ in memory.sites
        if (found := anatomy.lookup(name)) is not None
        and found.term.kind == kind
        and found.term.key != site.key
    }
    return msgspec.structs.replace(site, key=known.pop()) if len(known) == 1 else site


_NOT_KNOWN = pattern(
    r"\b(?:an?|new|another|other|no|multiple|several|enlarged|regional|any|\d+)\s(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
_ADJECTIVE = pattern(r"[a-z-]{3,16}(?:al|ar|ary|ic)", re.IGNORECASE)
_FIGURE_BEHIND = pattern(r"(?:\s(?:now|one|at|to))?:?\s\d")


def _in_its_organ(view: View, memory: Memory, sites: list[Mention], site: Mention) -> Mention:
    """Return a segment of the lung, or a vertebra, where a bare number means one ("right S6")."""
    written = view.whole[site.start : site.end]
    match = _NUMBERED.fullmatch(written)
    if match is None or match["half"] or not site.key.startswith("liver segment"):
        return site
    sacral = SACRAL.fullmatch(written) is not None or written.startswith("s")
    if sacral and _SACRAL_BEFORE.search(view.whole, max(view.start, site.start - 16), site.start):
        return msgspec.structs.replace(site, key="sacrum")
    spinal = view.has(_OF_THE_SPINE) is not None or (
        _AT_ITS_PLACE.search(view.whole, max(view.start, site.start - 60), site.start) is not None
        and _is_of_the_spine(view, memory)
    )
    if SACRAL.fullmatch(written) and spinal and not view.has(_OF_THE_LIVER):
        return msgspec.structs.replace(site, key=f"{written.lower()} vertebra")
    key = f"lung segment s{match['number']}"
    if view.has(_LIVER_BEFORE, max(view.start, site.start - 9), site.start):
        return site
    if _SIDE_BEFORE.search(view.whole, max(view.start, site.start - 12), site.start):
        return msgspec.structs.replace(site, key=key)
    spelled = written.lower().startswith(
        "segment"
    )  # which surgeons of the liver write, those of the lung "S6"
    low = view.phrase(site.start)[0] if spelled else view.start
    organs = [
        anatomy.organ_of(other.key)
        for other in sites
        if low <= other.start and other.end <= site.start and not _is_bare(view, other)
    ]
    told = _organ_known(memory, key, site.key) or next(
        (organ for organ in reversed(organs) if organ in ("lung", "liver")), None
    )
    if told is None:
        known = {anatomy.organ_of(name) for name, _ in memory.sites}
        told = "lung" if not spelled and "lung" in known and "liver" not in known else "liver"
    return msgspec.structs.replace(site, key=key) if told == "lung" else site


def _is_of_the_spine(view: View, memory: Memory) -> bool:
    """Whether the tumour of the story is one of the spine, and the sentence tells of no lung.

    Chordomas arise there whatever place is told of them (WHO Classification of Soft Tissue and Bone Tumours, 2020).
    """
    homes = (memory.named_site, memory.main_site, memory.operated_site)
    spinal = any(home is not None and _SPINAL.search(home[0]) for home in homes)
    spinal = spinal or (memory.diagnosis is not None and "chordoma" in memory.diagnosis)
    return spinal and not any(anatomy.organ_of(site.key) == "lung" for site in view.of("site"))


_AT_ITS_PLACE = re.compile(r"\bat\s$|\blocal(?:ly)?\s(?:recurr|relaps)[^.;]{0,40}$", re.IGNORECASE)
"""What stands before the height of a tumour of the spine: "local recurrence of 35 mm at S2"."""
_SPINAL = re.compile(r"sacr|vertebra|spine|coccyx")


def _is_bare(view: View, site: Mention) -> bool:
    return _NUMBERED.fullmatch(view.whole[site.start : site.end]) is not None


def _organ_known(memory: Memory, of_lung: str, of_liver: str) -> str | None:
    """Return the organ in which the story knows a lesion in such a segment."""
    known = {site for site, _ in memory.sites}
    return "lung" if of_lung in known else "liver" if of_liver in known else None
