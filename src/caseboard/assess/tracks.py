"""A lesion while it is being followed, and the reasons for which a new sight belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from caseboard.assess import sites
from caseboard.assess.written import site_written
from caseboard.case.facts import Lesion

__all__ = [
    "Match",
    "Track",
    "continues",
    "largest",
    "names_of",
    "open_track",
    "overlapping",
    "rename",
    "resected_before",
    "sides_agree",
    "tells_several",
]


_TUMOUR = r"(?:mass(?:es)?|lesions?|tumou?rs?|nodules?|metastas[ie]s|deposits?|disease|recurrence)"
_KNOWN = re.compile(
    r"\b(?:the|this|its|known|residual|remaining|persist\w{2,4}|previous(?:ly)?|same|primary|main|index|target)\s"
    rf"(?:[\w-]{{1,30}}\s){{0,4}}{_TUMOUR}\b"
    r"|\b(?:decreas|shr[aiu]nk|reduc|regress|shrinkage|enlarg|increas|grew|grown|progress|stable|unchanged|smaller"
    r"|larger|bigger|compared|disappear|resol)",
    re.IGNORECASE,
)
"""Words that speak of a lesion as of one already told: "the chest wall mass", "had shrunk to"."""
_SPECIMEN = re.compile(r"\bspec(?:imens?)?\b", re.IGNORECASE)
"""What was measured outside the body, whatever examination is told beside it."""
_UP_TO = re.compile(
    r"\b(?:metastases|mets|nodules|lesions|deposits|masses|implants)\b[^.;]{0,24}\b(?:up\sto|largest|max(?:imum|imal)?)\b",
    re.IGNORECASE,
)
"""What tells the greatest size of several lesions: "bilateral lung metastases, up to 1.6 cm"."""
_CALLED_NEW = re.compile(r"\bnew(?:ly)?\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new(?:ly)?|another|additional|second|further|other)\b", re.IGNORECASE)


@dataclass(eq=False)
class Track:
    """A lesion while it is being followed: its most precise site so far, and its sights, each with its reason.

    ``members`` are lesions that it stood for before they were told one by one. ``new``: it was called new at its first
    sight, though others were known.
    """

    site: str
    laterality: str | None
    node: bool
    name: str
    recurrence: bool = False
    new: bool = False
    sights: list[tuple[Lesion, str]] = field(default_factory=list)
    irradiated: list[str] = field(default_factory=list)
    resected: list[str] = field(default_factory=list)
    ambiguous: str = ""
    members: list[Track] = field(default_factory=list)

    @property
    def live(self) -> bool:
        """Whether it is followed as a lesion of its own and was not taken out."""
        return not self.resected and not self.ambiguous

    @property
    def gone(self) -> bool:
        """Whether the last sight says that it is no longer seen."""
        return bool(self.sights) and self.sights[-1][0].state == "absent"

    @property
    def modality(self) -> str | None:
        """How it was seen last."""
        return self.sights[-1][0].modality if self.sights else None

    @property
    def size(self) -> float:
        """The last longest diameter in mm, 0 where none is known."""
        return next((sight.diameters_mm[0] for sight, _ in reversed(self.sights) if sight.diameters_mm), 0.0)


class Match(NamedTuple):
    """The lesions that a sight may belong to, and why."""

    tracks: list[Track]
    why: str


def continues(fact: Lesion, tracks: list[Track]) -> Match:
    """Return the lesions that a sight may continue, by the first of the reasons that finds one."""
    sided = [track for track in tracks if sides_agree(fact.laterality, track.laterality)]
    if sites.is_unspecific(fact.site):
        present = [track for track in sided if not track.gone]
        if len(present) == 1:
            return Match(present, "the only lesion")
        return Match(sided[:1], "the unnamed mass is taken as the lesion found first")
    by_relation: dict[str, list[Track]] = {}
    for track in sided:
        by_relation.setdefault(sites.relation(fact.site, track.site), []).append(track)
    if by_relation.get("same"):
        exact = [track for track in by_relation["same"] if track.laterality == fact.laterality]
        found = exact or by_relation["same"]
        why = "same site and side" if exact else "same site, side told only once"
        if found[0].gone:
            why += "; was gone before"
        return Match(found, why)
    if _CALLED_NEW.search(fact.source.quote) and not sites.is_unspecific(fact.site):
        return Match([], "first sight")  # what is called new there is none of what was known near by
    for kind, why in (
        ("part of", "more precise name of that site"),
        ("contains", "more general name of that site"),
    ):
        found = [track for track in by_relation.get(kind, []) if not track.gone]
        found = [track for track in found if not (kind == "part of" and _is_of_several(track))]
        if found:
            return Match(found, f"{why} ({found[0].site})")
    found = [
        track
        for track in sided
        if not (track.gone or _is_of_several(track)) and sites.names_organ(fact.site, track.site)
    ]
    if not found:
        return Match([], "first sight")
    return Match(found, "only lesion of that organ" if len(found) == 1 else "lesions of that organ")


def _is_of_several(track: Track) -> bool:
    """Whether all that is known of a lesion is the greatest size of several: which of them it was nobody says."""
    return all(tells_several(sight.source.quote) for sight, _ in track.sights)


def tells_several(words: str) -> bool:
    """Whether a size is told as the greatest of several lesions: "lung metastases, up to 1.6 cm"."""
    return _UP_TO.search(words) is not None


def overlapping(fact: Lesion, words: str, tracks: list[Track]) -> Match:
    """Return the lesion told before under another name, where the words speak of a known one and only one can be meant.

    ``words`` are those around the fact; ``tracks`` the lesions followed before this examination that it has not shown
    under their own names, so that two lesions of one examination are never made one.
    """
    if _NEW.search(words) or not (fact.state == "absent" or _KNOWN.search(words)):
        return Match([], "first sight")
    there = [
        track
        for track in tracks
        if track.live and not track.gone and sides_agree(fact.laterality, track.laterality)
    ]
    near = [track for track in there if sites.relation(fact.site, track.site) == "near"]
    if len(near) == 1:
        return Match(
            near, f"a known lesion by its words; only that of the {near[0].site} lies where it may be"
        )
    if len(there) == 1 and not sites.is_known(fact.site) and sites.is_node(fact.site) == there[0].node:
        return Match(there, "a known lesion by its words, and the only one")
    return Match([], "first sight")


def resected_before(fact: Lesion, tracks: list[Track], taken: list[Track]) -> Match:
    """Look among the resected lesions: pathology measured the specimen, any other sight is a recurrence."""
    resected = [track for track in tracks if track.resected and track not in taken]
    match = continues(fact, resected)
    if not match.tracks:
        return match
    if fact.modality == "pathology" or _SPECIMEN.search(fact.source.quote):
        return Match([_alike_in_size(fact, match.tracks)], "specimen of the resected lesion")
    return Match([], f"recurrence: {match.tracks[-1].name} had been resected")


def _alike_in_size(fact: Lesion, tracks: list[Track]) -> Track:
    """Return the lesion whose last size is nearest to that of the fact; the last one where no size is told."""
    if not fact.diameters_mm:
        return tracks[-1]
    return min(reversed(tracks), key=lambda track: abs(track.size - fact.diameters_mm[0]))


def open_track(fact: Lesion, tracks: list[Track], *, recurrence: bool = False) -> Track:
    """Begin to follow a lesion at its first sight; the sight itself is added by the caller."""
    track = Track(fact.site, fact.laterality, sites.is_node(fact.site), "", recurrence=recurrence)
    rename(track, fact, tracks)
    tracks.append(track)
    return track


def rename(track: Track, fact: Lesion, tracks: list[Track]) -> None:
    """Call a lesion by its most precise site, its side and, where needed, a number."""
    track.site = fact.site
    track.laterality = track.laterality or fact.laterality
    name = site_written(fact.site)
    name = f"{track.laterality} {name}" if track.laterality else name
    name = f"{name}, recurrence" if track.recurrence else name
    same = sum(other.name.split(" (")[0] == name for other in tracks if other is not track)
    track.name = f"{name} ({same + 1})" if same else name


def largest(facts: list[Lesion]) -> float:
    """Return the largest diameter of the facts in mm, 0 where none is given."""
    return max((max(fact.diameters_mm, default=0.0) for fact in facts), default=0.0)


def names_of(tracks: list[Track]) -> str:
    """Return the names of lesions as one phrase."""
    return ", ".join(track.name for track in tracks)


def sides_agree(one: str | None, two: str | None) -> bool:
    """Whether two sides may be one: equal, or not told."""
    return one == two or one is None or two is None
