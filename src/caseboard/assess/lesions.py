"""Lesions followed over time: which measurement belongs to which lesion, and why.

A report names one lesion in many ways ("the thigh mass", "the main tumour", "dorsal muscles" for two nodules at D11
and L5). Measurements are matched in the order of time, and what fits several lesions is said to, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from caseboard.assess import sites
from caseboard.assess.chronology import Chronology, timing_of
from caseboard.assess.results import Measurement, TrackedLesion
from caseboard.case.case import Case
from caseboard.case.facts import Lesion, Treatment

__all__ = ["track_lesions"]

_LABEL = re.compile(r"\b(?:[cdtls]\d{1,2}|[ivx]{1,5})\b")
_SHARE = re.compile(r"\b\d{1,3}\s{1,3}(?:out\s{1,3})?of\s{1,3}(?:the\s{1,3})?\d{1,3}\b")


@dataclass
class _Track:
    """A lesion while it is being followed."""

    site: str
    laterality: str | None
    node: bool
    name: str
    sights: list[tuple[Lesion, str]] = field(default_factory=list)
    irradiated: list[str] = field(default_factory=list)
    resected: list[str] = field(default_factory=list)
    ambiguous: str = ""

    @property
    def live(self) -> bool:
        return not self.resected and not self.ambiguous

    @property
    def gone(self) -> bool:
        return bool(self.sights) and self.sights[-1][0].state == "absent"

    @property
    def size(self) -> float:
        """The last longest diameter in mm, 0 where none is known."""
        return next((sight.diameters_mm[0] for sight, _ in reversed(self.sights) if sight.diameters_mm), 0.0)


class _Match(NamedTuple):
    tracks: list[_Track]
    why: str


def track_lesions(case: Case, clock: Chronology) -> tuple[TrackedLesion, ...]:
    """Return the lesions of one patient in order of their first sight, each with all its measurements."""
    tracks: list[_Track] = []
    for _, group in groupby(_events(case, clock), key=lambda event: event[0]):
        facts = [fact for _, fact in group]
        if isinstance(facts[0], Treatment):
            _treat(facts[0], tracks)
        else:
            _examine([fact for fact in facts if isinstance(fact, Lesion)], tracks)
    return tuple(_finish(case, number, track) for number, track in enumerate(tracks, start=1))


def _events(case: Case, clock: Chronology) -> Iterator[tuple[int, Lesion | Treatment]]:
    """Yield lesions and local treatments in the order of time, with a number that one examination's lesions share."""
    place = {fact.id: number for number, fact in enumerate(case.facts)}
    number, previous = 0, None
    for fact in clock.facts:
        if isinstance(fact, Lesion):
            if previous is None or not _same_examination(fact, previous, clock, place):
                number += 1
            previous = fact
            yield number, fact
        elif isinstance(fact, Treatment) and fact.modality in ("surgery", "radiotherapy", "ablation"):
            number += 1
            previous = None
            yield number, fact


def _same_examination(one: Lesion, two: Lesion, clock: Chronology, place: dict[str, int]) -> bool:
    days = clock.days.get(one.id)
    if one.modality != two.modality or days != clock.days.get(two.id):
        return False
    dated = days is not None and days[1] - days[0] <= 31
    return dated or abs(place[one.id] - place[two.id]) == 1


def _examine(facts: Sequence[Lesion], tracks: list[_Track]) -> None:
    """Match all lesions of one examination; what it shows gone is taken first, so that it stays free to come back."""
    for fact in facts:
        if fact.state == "absent":
            _see_absent(fact, tracks)
    places: dict[tuple[object, ...], list[Lesion]] = {}
    for fact in facts:
        if fact.state == "present":
            key = (sites.site_words(fact.site), fact.laterality, sites.is_node(fact.site))
            places.setdefault(key, []).append(fact)
    taken: list[_Track] = []
    for alike in places.values():
        _see_present(_distinct(alike), tracks, taken)


def _distinct(facts: list[Lesion]) -> list[list[Lesion]]:
    """Group the facts of one place in one examination: a size told twice, or a size and an SUV, are one lesion."""
    groups: list[list[Lesion]] = []
    for fact in facts:
        for group in groups:
            sizes = {f.diameters_mm for f in (*group, fact) if f.diameters_mm}
            uptakes = {f.suv_max for f in (*group, fact) if f.suv_max is not None}
            if len(sizes) <= 1 and len(uptakes) <= 1:
                group.append(fact)
                break
        else:
            groups.append([fact])
    return sorted(groups, key=lambda group: -max((max(f.diameters_mm, default=0.0) for f in group)))


def _see_present(groups: list[list[Lesion]], tracks: list[_Track], taken: list[_Track]) -> None:
    """Give each lesion of one place (largest first) to the lesion that it continues, or open a new one."""
    fact = groups[0][0]
    match = _continues(fact, [track for track in tracks if track.live and track not in taken])
    if not match.tracks:
        match = _specimen_or_recurrence(fact, tracks, taken)
    found = sorted(match.tracks, key=lambda track: -track.size)
    several = len(found) > 1
    if several and len(groups) != len(found):
        _open_ambiguous(groups, found, tracks, taken)
        return
    for number, group in enumerate(groups):
        if number < len(found):
            track = found[number]
            why = f"{match.why}; paired by size with {len(found)} such lesions" if several else match.why
        else:
            track = _open(group[0], tracks, recurrence=match.why.startswith("recurrence"))
            why = (
                match.why
                if not found
                else f"another lesion of that place in the same examination as {found[0].name}"
            )
        taken.append(track)
        track.sights.extend((sight, why) for sight in group)


def _continues(fact: Lesion, tracks: list[_Track]) -> _Match:
    """Return the lesions that a sight may continue, by the first of the reasons that finds one."""
    sided = [track for track in tracks if _sides_agree(fact.laterality, track.laterality)]
    if sites.is_unspecific(fact.site):
        present = [track for track in sided if not track.gone]
        if len(present) == 1:
            return _Match(present, "the only lesion")
        return _Match(sided[:1], "the unnamed mass is taken as the lesion found first")
    by_relation: dict[str, list[_Track]] = {}
    for track in sided:
        by_relation.setdefault(sites.relation(fact.site, track.site), []).append(track)
    if by_relation.get("same"):
        exact = [track for track in by_relation["same"] if track.laterality == fact.laterality]
        found = exact or by_relation["same"]
        why = "same site and side" if exact else "same site, side told only once"
        if found[0].gone:
            why += "; was gone before"
        return _Match(found, why)
    for kind, why in (
        ("part of", "more precise name of that site"),
        ("contains", "more general name of that site"),
    ):
        found = [track for track in by_relation.get(kind, []) if not track.gone]
        if found:
            return _Match(found, f"{why} ({found[0].site})")
    found = [track for track in sided if not track.gone and sites.names_organ(fact.site, track.site)]
    if not found:
        return _Match([], "first sight")
    return _Match(found, "only lesion of that organ" if len(found) == 1 else "lesions of that organ")


def _specimen_or_recurrence(fact: Lesion, tracks: list[_Track], taken: list[_Track]) -> _Match:
    """Look among the resected lesions: pathology measured the specimen, any other sight is a recurrence."""
    resected = [track for track in tracks if track.resected and track not in taken]
    match = _continues(fact, resected)
    if not match.tracks:
        return match
    if fact.modality == "pathology":
        return _Match(match.tracks[-1:], "specimen of the resected lesion")
    return _Match([], f"recurrence: {match.tracks[-1].name} had been resected")


def _open(fact: Lesion, tracks: list[_Track], *, recurrence: bool = False) -> _Track:
    base = _LABEL.sub(lambda found: found[0].upper(), fact.site)
    base = f"{fact.laterality} {base}" if fact.laterality else base
    base = f"{base}, recurrence" if recurrence else base
    same = sum(track.name.split(" (")[0] == base for track in tracks)
    name = base if not same else f"{base} ({same + 1})"
    track = _Track(fact.site, fact.laterality, sites.is_node(fact.site), name)
    tracks.append(track)
    return track


def _open_ambiguous(
    groups: list[list[Lesion]], found: list[_Track], tracks: list[_Track], taken: list[_Track]
) -> None:
    names = ", ".join(track.name for track in found)
    for group in groups:
        track = _open(group[0], tracks)
        track.ambiguous = f"may be any of {names}: the words fit them all"
        track.sights.extend((sight, "not matched: " + track.ambiguous) for sight in group)
        taken.append(track)


def _see_absent(fact: Lesion, tracks: list[_Track]) -> None:
    """Note a lesion as gone; a general name ("dorsal muscles") covers every lesion within it."""
    if _SHARE.search(fact.source.quote.casefold()):
        track = _open(fact, tracks)
        track.ambiguous = "some of several lesions are gone: the report does not say which"
        track.sights.append((fact, "not matched: " + track.ambiguous))
        return
    sided = [t for t in tracks if not t.ambiguous and _sides_agree(fact.laterality, t.laterality)]
    present = [track for track in sided if not track.gone and not track.resected]
    covered = [(t, sites.relation(fact.site, t.site)) for t in present or sided]
    found = [(track, kind) for track, kind in covered if kind in ("same", "contains")]
    if not found:
        rest = _continues(fact, present)
        found = [(track, "part of") for track in rest.tracks] if len(rest.tracks) == 1 else []
    if not found:
        found = [(_open(fact, tracks), "first")]
    words = {
        "same": "same site and side",
        "contains": f"lies within the {fact.site} said to be clear",
        "part of": "the only lesion that the words fit",
        "first": "first named when gone",
    }
    for track, kind in found:
        track.sights.append((fact, words[kind]))


def _treat(fact: Treatment, tracks: list[_Track]) -> None:
    """Note which lesions a surgery removed or a radiotherapy or ablation treated, by the words of the source."""
    removes = fact.modality == "surgery"
    if removes and not sites.removes(fact.procedure or fact.source.quote):
        return
    present = [track for track in tracks if track.live and not track.gone]
    told = " ".join(part for part in (fact.procedure, fact.site) if part)
    found = _named(told, present) or _named(fact.source.quote, present)
    for track in found:
        (track.resected if removes else track.irradiated).append(fact.id)


def _named(text: str, tracks: list[_Track]) -> list[_Track]:
    """Return the lesions whose site a text names; a site named in full outdoes its neighbours in the same organ."""
    shares = [(track, sites.coverage(text, track.site)) for track in tracks]
    full = {sites.organ_of(track.site) for track, share in shares if share == 1}
    found = [
        track for track, share in shares if share == 1 or (share and sites.organ_of(track.site) not in full)
    ]
    if found or not text:
        return found
    organs = sites.organs_in(text)
    found = [track for track in tracks if sites.organ_of(track.site) in organs]
    if found or organs or len(tracks) != 1:
        return found
    return tracks if sites.says_tumour(text) else []


def _sides_agree(one: str | None, two: str | None) -> bool:
    return one == two or one is None or two is None


def _finish(case: Case, number: int, track: _Track) -> TrackedLesion:
    return TrackedLesion(
        id=f"lesion-{number}",
        name=track.name,
        site=track.site,
        organ=sites.organ_of(track.site),
        laterality=track.laterality,
        node=track.node,
        measurements=tuple(
            Measurement(
                fact=sight.id,
                timing=timing_of(case, sight),
                modality=sight.modality,
                diameters_mm=sight.diameters_mm,
                suv_max=sight.suv_max,
                state=sight.state,
                matched_by=why,
            )
            for sight, why in track.sights
        ),
        irradiated=tuple(track.irradiated),
        resected=tuple(track.resected),
        ambiguous=track.ambiguous,
    )
