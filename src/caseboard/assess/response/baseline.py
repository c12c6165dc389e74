"""The baseline of a line: which lesions there were at its start, their sizes, the targets and the reasons.

The baseline is one assessment: the last one with a size before the start, and what was measured within four weeks
before that. Older sizes are not mixed into its sum.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.assess.chronology import Chronology
from caseboard.assess.response.measurability import Size, accepted, measure, never_measurable
from caseboard.assess.response.nature import nature_of
from caseboard.assess.response.recist import Candidate, choose_targets
from caseboard.assess.results import Measurement, TargetLesion, Timing, TrackedLesion
from caseboard.case.case import Case
from caseboard.case.facts import Response, Treatment

__all__ = ["FOUR_WEEKS", "Baseline", "BaselineLesion", "find_baseline"]

FOUR_WEEKS = 28
"""Days that a baseline may be old at the start of treatment (section 3.2.1)."""


class BaselineLesion(msgspec.Struct, frozen=True):
    """A lesion present at the start of a line. ``size`` is None where the baseline assessment gives none."""

    lesion: TrackedLesion
    sight: Measurement
    size: Size | None
    target: bool
    reason: str

    @property
    def diameter_mm(self) -> float:
        """The diameter at baseline, 0 where none is known."""
        return (self.size.diameter_mm if self.size is not None else None) or 0.0


class Baseline(msgspec.Struct, frozen=True):
    """All lesions at the start of a line, which the fact ``start`` began.

    ``seen_before`` says whether any lesion had been told by then at all; ``stale`` is a progression that was told after
    the last sizes, so that none of them stands for the start.
    """

    start: str
    timing: Timing | None
    lesions: tuple[BaselineLesion, ...]
    roles: tuple[TargetLesion, ...]
    seen_before: bool
    stale: Response | None

    @property
    def targets(self) -> tuple[BaselineLesion, ...]:
        """The targets, largest first."""
        return tuple(sorted((one for one in self.lesions if one.target), key=lambda one: -one.diameter_mm))

    @property
    def non_targets(self) -> tuple[BaselineLesion, ...]:
        """All other lesions that count as disease."""
        return tuple(one for one in self.lesions if not one.target)


def find_baseline(case: Case, clock: Chronology, lesions: tuple[TrackedLesion, ...], start: str) -> Baseline:
    """Return the baseline of the line that the fact ``start`` began."""
    present, roles = _present(clock, lesions, start)
    sized = [
        (lesion, found) for lesion in present if (found := _last_size(case, clock, lesion, start)) is not None
    ]
    anchor = max((sight.fact for _, (sight, _) in sized), key=lambda fact: clock.rank[fact], default=None)
    stale = None if anchor is None else _progressed_since(case, clock, anchor, start)
    current = {
        lesion.id: found
        for lesion, found in sized
        if anchor is not None and stale is None and _same_assessment(clock, found[0].fact, anchor)
    }
    candidates = [_candidate(case, clock, lesion, current, sized, stale, start) for lesion in present]
    chosen = choose_targets(candidates)
    kept: list[BaselineLesion] = []
    for lesion, candidate, choice in zip(present, candidates, chosen, strict=True):
        sight, size = current.get(lesion.id, (_sights(clock, lesion, start)[-1], None))
        role: Literal["target", "non-target", "not used"] = "target" if choice.target else "non-target"
        if size is not None and size.normal:
            role = "not used"
        else:
            kept.append(BaselineLesion(lesion, sight, size, choice.target, choice.reason))
        roles.append(
            TargetLesion(
                lesion=lesion.id,
                role=role,
                baseline_mm=candidate.diameter_mm,
                axis=None if size is None or size.diameter_mm is None else size.axis,
                reason=choice.reason,
            )
        )
    timing = _timing(clock, [one.sight for one in kept if one.target])
    order = {lesion.id: place for place, lesion in enumerate(lesions)}
    return Baseline(
        start=start,
        timing=timing,
        lesions=tuple(kept),
        roles=tuple(sorted(roles, key=lambda role: order[role.lesion])),
        seen_before=any(_sights(clock, lesion, start) for lesion in lesions),
        stale=stale,
    )


def _sights(clock: Chronology, lesion: TrackedLesion, start: str) -> list[Measurement]:
    return [sight for sight in lesion.measurements if clock.before(sight.fact, start)]


def _present(
    clock: Chronology, lesions: tuple[TrackedLesion, ...], start: str
) -> tuple[list[TrackedLesion], list[TargetLesion]]:
    """Return the lesions that were there at the start, and why others told by then are not used."""
    present: list[TrackedLesion] = []
    roles: list[TargetLesion] = []
    for lesion in lesions:
        sights = _sights(clock, lesion, start)
        if not sights:
            continue
        removed = any(clock.before(fact, start) for fact in lesion.resected)
        if lesion.ambiguous:
            why = lesion.ambiguous
        elif lesion.node and sights[-1].refuted:
            why = f"no tumour by pathology: {sights[-1].refuted}"
        elif removed:
            why = "resected before this line"
        elif sights[-1].state == "absent":
            why = f"gone before this line ({sights[-1].timing.text})"
        else:
            present.append(lesion)
            continue
        roles.append(TargetLesion(lesion=lesion.id, role="not used", baseline_mm=None, axis=None, reason=why))
    return present, roles


def _last_size(
    case: Case, clock: Chronology, lesion: TrackedLesion, start: str
) -> tuple[Measurement, Size] | None:
    """Return the last size before the start; an image is preferred to callipers in the same assessment."""
    sized = []
    for sight in _sights(clock, lesion, start):
        size = measure(
            sight.diameters_mm,
            modality=sight.modality,
            organ=lesion.organ,
            node=lesion.node,
            nature=nature_of(case, sight, lesion.site),
        )
        if size.diameter_mm is not None:
            sized.append((sight, size))
    if not sized:
        return None
    last = sized[-1]
    latest = _sights(clock, lesion, start)[-1]
    if (
        last[1].normal
        and latest.state == "present"
        and not _same_assessment(clock, last[0].fact, latest.fact)
    ):
        return None  # a node that was normal once, and was found again since without a size that counts
    if last[0].modality == "exam":
        images = [one for one in sized if one[0].modality != "exam"]
        if images and _same_assessment(clock, images[-1][0].fact, last[0].fact):
            return images[-1]
    return last


def _same_assessment(clock: Chronology, earlier: str, later: str) -> bool:
    days = clock.between(earlier, later)
    return days is None or days[0] <= FOUR_WEEKS


def _progressed_since(case: Case, clock: Chronology, anchor: str, start: str) -> Response | None:
    """Return a progression told after the last size and not by the same assessment.

    Without dates, that is one told after another treatment had begun in between.
    """
    begun = [t.id for t in case.of(Treatment) if t.modality == "systemic" and clock.before(anchor, t.id)]
    for response in case.of(Response):
        if response.category != "PD" or not (
            clock.before(anchor, response.id) and clock.before(response.id, start)
        ):
            continue
        days = clock.between(anchor, response.id)
        if days is not None and days[0] > FOUR_WEEKS:
            return response
        if days is None and any(clock.before(treatment, response.id) for treatment in begun):
            return response
    return None


def _candidate(
    case: Case,
    clock: Chronology,
    lesion: TrackedLesion,
    current: dict[str, tuple[Measurement, Size]],
    sized: list[tuple[TrackedLesion, tuple[Measurement, Size]]],
    stale: Response | None,
    start: str,
) -> Candidate:
    """Return the lesion as a candidate, with what bars it."""
    found = current.get(lesion.id)
    if found is None:
        old = next((sight for other, (sight, _) in sized if other is lesion), None)
        return Candidate(lesion.name, lesion.organ, None, _why_no_size(clock, lesion, old, stale, start))
    sight, size = found
    barred = "" if size.measurable else f"not measurable: {size.reason}"
    treated = [fact for fact in lesion.irradiated if clock.before(fact, start)]
    if never_measurable(lesion.site):
        barred = "not measurable: a spread without borders (section 3.1.2)"
    elif treated and not _grew_after(clock, lesion, treated[-1], start):
        when = clock.days.get(treated[-1])
        day = f" ({clock.timing(*when).text})" if when is not None else ""
        barred = (
            f"treated locally before{day}, no progression of it told since: not measurable (section 3.1.3)"
        )
    cystic = nature_of(case, sight, lesion.site).cystic
    return Candidate(lesion.name, lesion.organ, size.diameter_mm, barred, cystic)


def _why_no_size(
    clock: Chronology,
    lesion: TrackedLesion,
    old: Measurement | None,
    stale: Response | None,
    start: str,
) -> str:
    if old is not None and stale is not None:
        days = clock.days.get(stale.id)
        when = f" ({clock.timing(*days).text})" if days is not None else ""
        return f"last measured {old.timing.text}, before a progression{when}: no size at baseline"
    if old is not None:
        return f"last measured {old.timing.text}, not at the baseline assessment: no size at baseline"
    last = _sights(clock, lesion, start)[-1]
    if last.suv_max is not None:
        return "only an uptake on PET, no diameter: not measurable"
    if last.modality == "pathology":
        return "seen by pathology only: no image of it told"
    if last.diameters_mm and (refused := accepted(last.modality, lesion.organ)):
        return f"not measurable: {refused}"
    return "no diameter told: not measurable"


def _grew_after(clock: Chronology, lesion: TrackedLesion, treated: str, start: str) -> bool:
    """Whether a lesion treated locally grew by a fifth and 5 mm afterwards (progression, section 3.1.3)."""
    sizes = [
        (clock.before(treated, s.fact), s.diameters_mm[0])
        for s in _sights(clock, lesion, start)
        if s.diameters_mm
    ]
    before = [size for after, size in sizes if not after]
    after = [size for after, size in sizes if after]
    if not before or not after:
        return False
    return after[-1] - before[-1] >= 5 and after[-1] >= 1.2 * before[-1]


def _timing(clock: Chronology, sights: list[Measurement]) -> Timing | None:
    """Return the days over which the targets were measured."""
    days = [clock.days[sight.fact] for sight in sights if sight.fact in clock.days]
    if not sights:
        return None
    if len(days) < len(sights):
        return sights[0].timing
    return clock.timing(min(first for first, _ in days), max(last for _, last in days))
