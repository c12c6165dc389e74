"""The assessments of a line: which facts belong to one, and what they say of targets, other lesions and new ones.

What a report does not tell stays not assessed. The one exception is said where it is made: a lesion reported as gone
and not mentioned since, at an assessment that measures others, is taken as still gone. A size is never carried on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.assess.chronology import Chronology, say_when
from caseboard.assess.response.baseline import Baseline, BaselineLesion
from caseboard.assess.response.measurability import comparable, measure
from caseboard.assess.response.new_lesions import Assessment, new_lesions, resected_by
from caseboard.assess.response.recist import NORMAL_NODE_MM, TOO_SMALL_MM, NonTargetState, Reading, Visit
from caseboard.assess.results import Measurement, TrackedLesion
from caseboard.case.case import Case
from caseboard.case.facts import Lesion, Response

__all__ = ["Assessment", "find_assessments", "read_assessment"]

_SAME_ASSESSMENT_DAYS = 14
_TOO_SMALL = re.compile(r"too small (?:to|for) (?:be )?(?:accurate(?:ly)? )?measure")
_NO_IMAGE = frozenset({"pathology", "endoscopy", "other"})


class Read(msgspec.Struct, frozen=True):
    """An assessment as RECIST sees it. ``diameters_mm`` by lesion id; ``why`` the remarks that go with the numbers."""

    visit: Visit
    diameters_mm: dict[str, float | None]
    why: tuple[str, ...]


def find_assessments(
    case: Case, clock: Chronology, lesions: tuple[TrackedLesion, ...], start: str, end: str | None
) -> tuple[Assessment, ...]:
    """Return the assessments after the fact ``start`` and before ``end``, in the order of time.

    Sights by pathology are none, and stated responses that are clinical or pathological do not make one.
    """
    sights = {sight.fact: (lesion.id, sight) for lesion in lesions for sight in lesion.measurements}
    place = {fact.id: number for number, fact in enumerate(case.facts)}
    kinds: dict[str, type] = {fact.id: type(fact) for fact in case.facts}
    groups: list[list[str]] = []
    for fact in clock.facts:
        if not clock.before(start, fact.id) or (end is not None and not clock.before(fact.id, end)):
            continue
        if isinstance(fact, Response) and fact.modality in ("clinical", "pathological"):
            continue
        if isinstance(fact, Lesion) and (fact.modality in _NO_IMAGE or fact.id not in sights):
            continue
        if isinstance(fact, (Lesion, Response)):
            if groups and _together(clock, place, kinds, groups[-1], fact.id):
                groups[-1].append(fact.id)
            else:
                groups.append([fact.id])
    return tuple(_assessment(case, lesions, group) for group in groups)


def _together(
    clock: Chronology, place: dict[str, int], kinds: dict[str, type], group: list[str], fact: str
) -> bool:
    one, two = clock.days.get(group[0]), clock.days.get(fact)
    if one is None or two is None or one[1] - one[0] > 31 or two[1] - two[0] > 31:
        return one == two and abs(place[fact] - place[group[-1]]) == 1 and _one_report(kinds, group, fact)
    exact = one[0] == one[1] and two[0] == two[1]
    return two[0] - one[1] <= (_SAME_ASSESSMENT_DAYS if exact else 0)


def _one_report(kinds: dict[str, type], group: list[str], fact: str) -> bool:
    """Whether facts told side by side without a day are one report: lesions with one statement before or after them."""
    if kinds[fact] is Response:
        return all(kinds[other] is Lesion for other in group)
    return kinds[group[-1]] is Lesion or len(group) == 1


def _assessment(case: Case, lesions: tuple[TrackedLesion, ...], group: list[str]) -> Assessment:
    inside = set(group)
    sights = {
        lesion.id: own
        for lesion in lesions
        if (own := tuple(sight for sight in lesion.measurements if sight.fact in inside))
        and not lesion.ambiguous
    }
    stated = tuple(fact for fact in case.of(Response) if fact.id in inside)
    return Assessment(sights, tuple(sorted(stated, key=lambda fact: group.index(fact.id))), tuple(group))


def read_assessment(
    case: Case,
    clock: Chronology,
    baseline: Baseline,
    lesions: tuple[TrackedLesion, ...],
    series: Sequence[Assessment],
    at: int,
) -> Read:
    """Return the readings of the assessment ``series[at]`` of a line."""
    earlier, now = series[:at], series[at]
    why: list[str] = []
    readings: list[Reading] = []
    diameters: dict[str, float | None] = {}
    for target in baseline.targets:
        diameter = _diameter(case, clock, target, earlier, now, why)
        readings.append(Reading(diameter, target.lesion.node))
        diameters[target.lesion.id] = diameter
    states = tuple(
        state
        for other in baseline.non_targets
        if (state := _state(clock, other, earlier, now, why)) is not None
    )
    new = new_lesions(case, clock, baseline, lesions, series, at, why)
    return Read(Visit(tuple(readings), states, new), diameters, tuple(why))


def _gone_before(lesion: TrackedLesion, earlier: Sequence[Assessment]) -> Measurement | None:
    """Return the sight at which a lesion was last reported as gone, if nothing was reported of it since."""
    sights = [sight for assessment in earlier for sight in assessment.sights.get(lesion.id, ())]
    return sights[-1] if sights and sights[-1].state == "absent" else None


def _diameter(
    case: Case,
    clock: Chronology,
    target: BaselineLesion,
    earlier: Sequence[Assessment],
    now: Assessment,
    why: list[str],
) -> float | None:
    """Return a target's diameter at an assessment, 0 where it is gone, None where it is not known."""
    lesion = target.lesion
    if resected_by(clock, lesion, now):
        why.append(f"{lesion.name}: resected since; sums before and after surgery are not comparable")
        return None
    treated = [
        fact
        for fact in lesion.irradiated
        if clock.before(target.sight.fact, fact) and clock.before(fact, now.facts[0])
    ]
    if treated:
        why.append(f"{lesion.name}: treated locally since the baseline; its change is not the drug's alone")
    sights = now.sights.get(lesion.id, ())
    if not sights:
        gone = _gone_before(lesion, earlier)
        if gone is not None and now.sights:
            why.append(
                f"{lesion.name}: gone {say_when(gone.timing)}, not mentioned since: taken as still gone"
            )
            return 0.0
        why.append(f"{lesion.name}: not reported")
        return None
    if all(sight.state == "absent" for sight in sights):
        return 0.0
    present = [sight for sight in sights if sight.state == "present"]
    tiny = any(_TOO_SMALL.search(case.fact(sight.fact).source.quote.casefold()) for sight in present)
    if tiny and not any(sight.diameters_mm for sight in present):
        why.append(f"{lesion.name}: too small to measure, counted as {TOO_SMALL_MM:g} mm (section 4.3.2)")
        return TOO_SMALL_MM
    return _size(target, present, why)


def _size(target: BaselineLesion, sights: Sequence[Measurement], why: list[str]) -> float | None:
    lesion = target.lesion
    refused = ""
    for sight in sorted(sights, key=lambda one: one.modality != target.sight.modality):
        size = measure(
            sight.diameters_mm,
            modality=sight.modality,
            organ=lesion.organ,
            node=lesion.node,
        )
        if size.diameter_mm is None:
            refused = refused or size.reason
        elif not comparable(target.sight.modality, sight.modality):
            refused = (
                f"{_method(target.sight)} at baseline, {_method(sight)} now: not comparable (section 3.2.2)"
            )
        else:
            if sight.modality != target.sight.modality:
                why.append(f"{lesion.name}: {_method(target.sight)} at baseline, {_method(sight)} now")
            return size.diameter_mm
    why.append(f"{lesion.name}: {refused}")
    return None


def _method(sight: Measurement) -> str:
    return sight.modality or "a method not told"


def _state(
    clock: Chronology, other: BaselineLesion, earlier: Sequence[Assessment], now: Assessment, why: list[str]
) -> NonTargetState | None:
    """Return the state of a non-target lesion, or None where it was resected and no longer counts.

    Growth alone never makes it an unequivocal progression: that is a judgement (section 4.3.4), and is said instead.
    """
    lesion = other.lesion
    if resected_by(clock, lesion, now):
        why.append(f"{lesion.name} (non-target): resected since, no longer counted")
        return None
    sights = now.sights.get(lesion.id, ())
    if sights:
        last = [sight for sight in sights if sight.diameters_mm] or list(sights)
        normal_node = (
            lesion.node and bool(last[-1].diameters_mm) and last[-1].diameters_mm[-1] < NORMAL_NODE_MM
        )
        if last[-1].state == "absent" or normal_node:
            return "absent"
        before = other.size.diameter_mm if other.size is not None else None
        if before and last[-1].diameters_mm and last[-1].diameters_mm[0] > before:
            grown = f"{before:g} mm at baseline, {last[-1].diameters_mm[0]:g} mm now"
            why.append(
                f"{lesion.name} (non-target): {grown}; progression only if judged unequivocal (section 4.3.4)"
            )
        return "node present" if lesion.node else "present"
    gone = _gone_before(lesion, earlier)
    if gone is not None and now.sights:
        why.append(
            f"{lesion.name} (non-target): gone {say_when(gone.timing)}, not mentioned since: taken as still gone"
        )
        return "absent"
    return "not assessed"
