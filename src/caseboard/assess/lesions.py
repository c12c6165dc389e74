"""Lesions followed over time: which measurement belongs to which lesion, and why.

A report names one lesion in many ways ("the thigh mass", "the main tumour", "dorsal muscles" for two nodules at D11
and L5). Measurements are matched in the order of time, and what fits several lesions is said to, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from caseboard.assess import sites
from caseboard.assess.chronology import Chronology, timing_of
from caseboard.assess.passages import sentence, span_of
from caseboard.assess.results import Measurement, TrackedLesion
from caseboard.assess.tracks import (
    Match,
    Track,
    continues,
    largest,
    names_of,
    open_track,
    overlapping,
    rename,
    resected_before,
    sides_agree,
)
from caseboard.case.case import Case
from caseboard.case.facts import Lesion, Treatment
from caseboard.terms import anatomy

__all__ = ["MOST_SIGHTS", "track_lesions"]

MOST_SIGHTS = 1000
"""Sights of lesions that are matched; a text that tells more is no case of one patient."""

_MARGIN = "margin: "
"""How the remark begins that tells the margin of a resection: "margin: R1"."""

_BEFORE, _AFTER = 40, 60
"""How many characters beside a fact say whether it speaks of a known lesion."""

_NEW_BEFORE = 60
_NEW = re.compile(
    r"(?:\b(?P<other>no|not|without|any|never)\s)?(?:\b(?P<known>the|this|that|these|those)\s)?"
    r"\bnew(?:ly (?:appeared|developed|detected|found|identified|seen|visible))?\s"
    r"(?:(?!and\b|or\b|but\b|with\b|while\b|from\b|since\b|lesions\b)[\w-]{1,30}\s){0,4}$",
    re.IGNORECASE,
)
"""Words right before a fact that call its lesion new: "a new", "the new" for one that was called so before."""

_SHARE = re.compile(
    r"\b\d{1,3}\s{1,3}(?:out\s{1,3})?of\s{1,3}(?:the\s{1,3})?\d{1,3}\b"
    r"|\b(?:\d{1,3}|some|several|most|majority)\s{1,3}(?:of\s{1,3})?(?:the\s{1,3})?(?:[a-z-]{1,30}\s{1,3})?"
    r"(?:lesions|nodules|metastases|tumou?rs|masses)\b"
)
"""Words that tell of a part of several lesions: "2 out of 5", "a total of 9 lesions"."""


def track_lesions(
    case: Case, clock: Chronology, refuted: Mapping[str, str] | None = None
) -> tuple[TrackedLesion, ...]:
    """Return the lesions of one patient in order of their first sight, each with all its measurements.

    ``refuted``: the sights that pathology calls no tumour, and its words.
    """
    tracks: list[Track] = []
    surgery: Treatment | None = None
    for _, group in groupby(_events(case, clock), key=lambda event: event[0]):
        facts = [fact for _, fact in group]
        if isinstance(facts[0], Treatment):
            _treat(facts[0], tracks)
            surgery = facts[0] if _takes_out(facts[0], whole=True) else surgery
        else:
            known = len(tracks)
            _examine(case, [fact for fact in facts if isinstance(fact, Lesion)], tracks)
            for track in tracks[known:]:
                if surgery is not None and track.sights and _is_specimen(track.sights[0][0], surgery, clock):
                    track.resected.append(surgery.id)
    tracks.sort(key=lambda track: clock.rank[track.sights[0][0].id])
    return tuple(_finish(case, number, track, refuted or {}) for number, track in enumerate(tracks, start=1))


_REPORTED_DAYS = 90
"""Days behind an operation within which a lesion that pathology measured is taken for one of its specimen."""


def _is_specimen(sight: Lesion, surgery: Treatment, clock: Chronology) -> bool:
    """Whether a lesion that nobody saw before was measured in the specimen of the last operation."""
    seen, operated = clock.days.get(sight.id), clock.days.get(surgery.id)
    late = seen is not None and operated is not None and seen[0] - operated[1] > _REPORTED_DAYS
    return sight.modality == "pathology" and not late


def _events(case: Case, clock: Chronology) -> Iterator[tuple[int, Lesion | Treatment]]:
    """Yield lesions and local treatments in the order of time, with a number that one examination's lesions share."""
    place = {fact.id: number for number, fact in enumerate(case.facts)}
    number, previous = 0, None
    lesions = 0
    for fact in clock.facts:
        if isinstance(fact, Lesion):
            lesions += 1
            if lesions > MOST_SIGHTS:
                continue
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


def _examine(case: Case, facts: Sequence[Lesion], tracks: list[Track]) -> None:
    """Match all lesions of one examination; what it shows gone is taken first, so that it stays free to come back.

    A lesion is matched by its own name or a narrower or wider one first; only then by a place that overlaps.
    """
    for fact in facts:
        if fact.state == "absent":
            _see_absent(case, fact, tracks)
    places: dict[tuple[object, ...], list[Lesion]] = {}
    for fact in facts:
        if fact.state == "present":
            new = _called_new(case, fact)
            key = (sites.site_words(fact.site), fact.laterality, sites.is_node(fact.site), new)
            places.setdefault(key, []).append(fact)
    # The ones that are called new first: what they are not is left to the others.
    new_first = sorted(places.items(), key=lambda place: (not place[0][-1], -largest(place[1])))
    before = list(tracks)
    taken: list[Track] = []
    unmatched = [
        groups
        for _, alike in new_first
        if not _see_present(
            groups := _distinct(alike), _match(case, groups[0][0], tracks, taken), tracks, taken
        )
    ]
    for groups in unmatched:
        first = groups[0][0]
        free = [track for track in before if track not in taken and not _told_apart(case, first, track)]
        free = free if len(groups) == 1 else []
        match = overlapping(groups[0][0], _words_of(case, groups[0][0]), free)
        if not match.tracks:
            match = resected_before(groups[0][0], tracks, taken)
        known = len(tracks)
        _take(groups, match, tracks, taken)
        for track in tracks[known:]:
            track.new = _called_new(case, track.sights[0][0]) == "new"
    _resolve_overlaps(before, taken)


def _resolve_overlaps(before: list[Track], taken: list[Track]) -> None:
    """Give up a lesion never measured where this examination names first seen lesions in a place that overlaps it.

    A PET shows "two paravertebral lesions", the CT after it measures nodules "in the dorsal muscles": the same ones.
    """
    for track in before:
        if not track.live or track.gone or track.size or track in taken:
            continue
        heirs = [
            new
            for new in taken
            if new not in before
            and sides_agree(track.laterality, new.laterality)
            and sites.relation(new.site, track.site) in ("near", "part of")
        ]
        if heirs:
            track.members = heirs
            track.ambiguous = f"its place overlaps lesions named since: {names_of(heirs)}"


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
    return sorted(groups, key=lambda group: -largest(group))


def _words_of(case: Case, fact: Lesion) -> str:
    """Return the fact's quote with the words of its sentence beside it."""
    whole = sentence(case, fact)
    start = whole.find(fact.source.quote)
    return whole[max(0, start - _BEFORE) : start + len(fact.source.quote) + _AFTER]


def _match(case: Case, fact: Lesion, tracks: list[Track], taken: list[Track]) -> Match:
    """Return the lesions that a sight may continue; one that is called new continues none that is there already.

    "The new one" was told before, and so may be one that another method calls new as well.
    """
    free = [
        track for track in tracks if track.live and track not in taken and not _told_apart(case, fact, track)
    ]
    called = _called_new(case, fact)
    newer = [
        track for track in free if track.new and (called == "the new" or track.modality != fact.modality)
    ]
    if called == "new":
        found = continues(fact, newer or [track for track in free if track.gone])
        return found if found.tracks or not free else Match([], "first sight: called new")
    return continues(fact, newer if called and newer else free)


def _told_apart(case: Case, fact: Lesion, track: Track) -> bool:
    """Whether a sentence measures a lesion beside another one that has another name: "fossa 33 mm, pelvis 26 mm"."""
    last = track.sights[-1][0] if track.sights else None
    if last is None or not fact.diameters_mm or not last.diameters_mm or last.site == fact.site:
        return False
    if last.source.span is None or fact.source.span is None:
        return False
    return (
        last.source.document == fact.source.document
        and last.diameters_mm != fact.diameters_mm
        and sentence(case, last) == sentence(case, fact)
    )


def _called_new(case: Case, fact: Lesion) -> str:
    """Return how the words before a lesion call it: "new", "the new" for one told before, or "" for neither."""
    found = span_of(case, fact)
    if found is None:
        return ""
    text, span = found
    before = _NEW.search(text[max(0, span.start - _NEW_BEFORE) : span.start])
    if before is None or before["other"]:
        return ""
    return "the new" if before["known"] else "new"


def _see_present(groups: list[list[Lesion]], match: Match, tracks: list[Track], taken: list[Track]) -> bool:
    """Give each lesion of one place (largest first) to the lesion that it continues; False where there is none."""
    if not match.tracks:
        return False
    if len(match.tracks) > 1 and len(groups) != len(match.tracks):
        _open_ambiguous(groups, sorted(match.tracks, key=lambda track: -track.size), tracks, taken)
    else:
        _take(groups, match, tracks, taken)
    return True


def _take(groups: list[list[Lesion]], match: Match, tracks: list[Track], taken: list[Track]) -> None:
    """Pair the lesions of one place with those matched, by size, and open new ones for the rest."""
    found = sorted(match.tracks, key=lambda track: -track.size)
    several = len(found) > 1
    for number, group in enumerate(groups):
        if number < len(found):
            track = found[number]
            why = f"{match.why}; paired by size with {len(found)} such lesions" if several else match.why
        else:
            track = open_track(group[0], tracks, recurrence=match.why.startswith("recurrence"))
            why = (
                match.why
                if not found
                else f"another lesion of that place in the same examination as {found[0].name}"
            )
        taken.append(track)
        track.sights.extend((sight, why) for sight in group)
        if sites.relation(group[0].site, track.site) == "part of":
            rename(track, group[0], tracks)


def _open_ambiguous(
    groups: list[list[Lesion]], found: list[Track], tracks: list[Track], taken: list[Track]
) -> None:
    together = sites.relation(groups[0][0].site, found[0].site) == "contains"
    why = (
        f"stands for {names_of(found)} together"
        if together
        else f"may be any of {names_of(found)}: the words fit them all"
    )
    for group in groups:
        track = open_track(group[0], tracks)
        track.ambiguous = why
        track.sights.extend((sight, f"not matched: {why}") for sight in group)
        taken.append(track)


def _see_absent(case: Case, fact: Lesion, tracks: list[Track]) -> None:
    """Note a lesion as gone; a general name ("dorsal muscles") covers every lesion within it."""
    if _SHARE.search(fact.source.quote.casefold()):
        track = open_track(fact, tracks)
        track.ambiguous = "some of several lesions are gone: the report does not say which"
        track.sights.append((fact, "not matched: " + track.ambiguous))
        return
    sided = [t for t in tracks if not t.ambiguous and sides_agree(fact.laterality, t.laterality)]
    present = [track for track in sided if not track.gone and not track.resected]
    words = {"same": "same site and side", "contains": f"lies within the {fact.site} said to be clear"}
    related = [(track, sites.relation(fact.site, track.site)) for track in present or sided]
    found = [(track, words[kind]) for track, kind in related if kind in words]
    if not found:
        rest = continues(fact, present).tracks
        found = [(rest[0], "the only lesion that the words fit")] if len(rest) == 1 else []
    if not found:
        match = overlapping(fact, _words_of(case, fact), present)
        found = [(track, match.why) for track in match.tracks]
    for track, why in found or [(open_track(fact, tracks), "first named when gone")]:
        track.sights.append((fact, why))
    for track in tracks:
        if track.members and not track.gone and all(member.gone for member in track.members):
            track.sights.append((fact, f"all of {names_of(track.members)} are gone"))


def _treat(fact: Treatment, tracks: list[Track]) -> None:
    """Note which lesions a surgery removed or a radiotherapy or ablation treated, by the words of the source."""
    removes = fact.modality == "surgery"
    if removes and not _takes_out(fact):
        return
    told = " ".join(part for part in (fact.procedure, fact.site) if part)
    side = anatomy.laterality(told)
    present = [
        track
        for track in tracks
        if track.live
        and not track.gone
        and (side == "bilateral" or sides_agree(side, track.laterality))
        and not _is_elsewhere(fact, track)
        and not _in_other_lobe(side, told, track)
    ]
    found = _named(told, present) or _named(fact.source.quote, present)
    whole = removes and not _leaves_tumour(fact)
    for track in found:
        (track.resected if whole else track.irradiated).append(fact.id)


_LOBE = re.compile(r"\b(?:lobes?|lobar|hemi-?liver|(?:hemi)?hepatectomy)\b", re.IGNORECASE)
_SEGMENT = re.compile(r"\bliver segment (?P<number>[iv]{1,4})\b")
_SEGMENTS_OF = {"left": frozenset({"ii", "iii", "iv"}), "right": frozenset({"v", "vi", "vii", "viii"})}
"""The segments of the lobes of the liver (Couinaud 1957; Brisbane 2000); the first belongs to neither."""


def _in_other_lobe(side: str | None, told: str, track: Track) -> bool:
    """Whether a treatment was of one lobe of the liver, and a lesion lies in a segment of the other."""
    segment = _SEGMENT.search(track.site)
    if segment is None or side not in _SEGMENTS_OF or _LOBE.search(told) is None:
        return False
    return segment["number"] in _SEGMENTS_OF["left" if side == "right" else "right"]


def _is_elsewhere(fact: Treatment, track: Track) -> bool:
    """Whether a treatment was of another part of the organ that a lesion lies in: another lobe, another segment."""
    return (
        fact.site is not None
        and sites.is_node(fact.site) == track.node
        and sites.organ_of(fact.site) == sites.organ_of(track.site)
        and sites.relation(fact.site, track.site) == "other"
    )


def _takes_out(fact: Treatment, *, whole: bool = False) -> bool:
    """Whether a surgery took tumour out, ``whole``: all of it. Only what was taken out has margins to be told."""
    text = fact.procedure or fact.source.quote
    margins = [remark for remark in fact.remarks if remark.startswith(_MARGIN)]
    if fact.modality != "surgery" or not (margins or sites.removes(text)):
        return False
    return not (whole and _leaves_tumour(fact))


def _leaves_tumour(fact: Treatment) -> bool:
    """Whether a surgery left tumour behind, by its words or its margin (R2: residual tumour that is seen)."""
    return sites.leaves_tumour(fact.procedure or fact.source.quote) or f"{_MARGIN}R2" in fact.remarks


def _named(text: str, tracks: list[Track]) -> list[Track]:
    """Return the lesions whose site a text names; a site named in full outdoes its neighbours in the same organ."""
    organs = sites.organs_in(text)
    named = [(track, sites.coverage(text, track.site)) for track in tracks]
    shares = [
        (track, share)
        for track, share in named
        if share == 1 or not organs or sites.organ_of(track.site) in organs
    ]
    full = {sites.organ_of(track.site) for track, share in shares if share == 1}
    found = [
        track for track, share in shares if share == 1 or (share and sites.organ_of(track.site) not in full)
    ]
    covered = {sites.organ_of(track.site) for track in found}
    found += [
        track
        for track in tracks
        if sites.organ_of(track.site) in organs - covered and not _names_other_part(text, track.site)
    ]
    if found or organs or len(tracks) != 1 or not sites.says_tumour(text):
        return found
    return tracks


def _names_other_part(text: str, site: str) -> bool:
    """Whether a text names other parts of the organ alone: "resection of the segment 4 lesion" is not of segment 8."""
    parts = [part for part in sites.places(text) if sites.organ_of(part) == sites.organ_of(site)]
    return bool(parts) and all(sites.relation(part, site) == "other" for part in parts)


def _finish(case: Case, number: int, track: Track, refuted: Mapping[str, str]) -> TrackedLesion:
    opinions = _opinions(track, refuted)
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
                refuted=opinions[place],
            )
            for place, (sight, why) in enumerate(track.sights)
        ),
        irradiated=tuple(track.irradiated),
        resected=tuple(track.resected),
        ambiguous=track.ambiguous,
    )


def _opinions(track: Track, refuted: Mapping[str, str]) -> list[str]:
    """Return for each sight what pathology said of it, then or at a later sight: an opinion reaches back, not on."""
    out, opinion = [], ""
    for sight, _ in reversed(track.sights):
        opinion = refuted.get(sight.id, opinion)
        out.append(opinion)
    return out[::-1]
