"""RECIST 1.1 as functions on numbers: choice of targets, sums, and the response at one time and over a series.

Nothing here knows of cases or tables; both feed it. Sections and tables are those of Eisenhauer et al., Eur J Cancer
2009; 45:228-247. Diameters are in mm: the longest one, for lymph nodes the short axis.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from caseboard.assess.findings import Citation

__all__ = [
    "MEASURABLE_MM",
    "MEASURABLE_NODE_MM",
    "MOST_TARGETS",
    "Candidate",
    "Choice",
    "NonTargetState",
    "NonTargetWord",
    "Reading",
    "TargetResult",
    "TargetWord",
    "Visit",
    "VisitResult",
    "Word",
    "choose_targets",
    "follow",
    "non_target_response",
    "overall_response",
    "percent_change",
    "section",
    "sum_of_diameters",
    "target_response",
]

Word = Literal["CR", "PR", "SD", "PD", "NON-CR/NON-PD", "NE"]
TargetWord = Literal["CR", "PR", "SD", "PD", "NE", "NONE"]
"""``NONE``: there was no such lesion at baseline."""
NonTargetWord = Literal["CR", "NON-CR/NON-PD", "PD", "NE", "NONE"]
NonTargetState = Literal["absent", "present", "node present", "unequivocal progression", "not assessed"]
"""``node present``: a lymph node of 10 mm or more, which unlike other lesions does not come back by being seen."""

MOST_TARGETS = 5
MOST_TARGETS_PER_ORGAN = 2
MEASURABLE_MM = 10.0
MEASURABLE_NODE_MM = 15.0
"""The least that is measurable by CT: the longest diameter, of a lymph node the short axis (section 3.1.1)."""
NORMAL_NODE_MM = 10.0
"""A lymph node with a short axis under this is normal (section 3.1.1)."""
TOO_SMALL_MM = 5.0
"""The diameter of a lesion seen but too small to measure (section 4.3.2)."""
_RESPONSE_PCT = -30.0
_PROGRESSION_PCT = 20.0
_PROGRESSION_MM = 5.0
_ROUNDING = 1e-9


def section(number: str) -> Citation:
    """Return the citation of a section ("4.3.1") or a table ("table 1") of the guideline."""
    part = number if number.startswith("table") else f"section {number}"
    return Citation(f"Eisenhauer 2009 (RECIST 1.1), {part}", pmid=19097774, doi="10.1016/j.ejca.2008.10.026")


class Candidate(msgspec.Struct, frozen=True):
    """A lesion at baseline. ``barred`` says why it cannot be a target, "" where it can; ``diameter_mm`` then counts.

    ``cystic``: a cystic tumour, which others go before (section 3.1.3).
    """

    lesion: str
    organ: str
    diameter_mm: float | None
    barred: str = ""
    cystic: bool = False


class Choice(msgspec.Struct, frozen=True):
    """Whether a lesion became a target, and why."""

    lesion: str
    target: bool
    reason: str


class Reading(msgspec.Struct, frozen=True):
    """A target's diameter at one time: 0 where it is gone, None where it was not assessed."""

    diameter_mm: float | None
    node: bool = False


class TargetResult(msgspec.Struct, frozen=True):
    """The response of the targets, their sum (None unless all were assessed), and the reason."""

    word: TargetWord
    sum_mm: float | None
    why: str


class Visit(msgspec.Struct, frozen=True):
    """What one assessment saw. ``readings`` are in the order of the baseline's."""

    readings: tuple[Reading, ...]
    non_targets: tuple[NonTargetState, ...] = ()
    new_lesions: bool = False


class VisitResult(msgspec.Struct, frozen=True, kw_only=True):
    """The response at one assessment. ``nadir_mm`` is the smallest sum before it, the baseline included."""

    sum_mm: float | None
    baseline_mm: float | None
    nadir_mm: float | None
    change_from_baseline_pct: float | None
    change_from_nadir_pct: float | None
    target: TargetWord
    non_target: NonTargetWord
    new_lesions: bool
    overall: Word
    why: str


def choose_targets(candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
    """Choose the targets (section 4.2): the largest first, cystic ones last, at most five in all and two in an organ.

    Returns a choice for each candidate, in the order given; of two equally large ones the first given goes first.
    """
    order = sorted(
        range(len(candidates)), key=lambda i: (candidates[i].cystic, -(candidates[i].diameter_mm or 0.0))
    )
    chosen: list[Candidate] = []
    choices: dict[int, Choice] = {}
    for i in order:
        lesion = candidates[i]
        better = "non-cystic or larger" if lesion.cystic else "larger"
        rivals = [other for other in chosen if other.organ == lesion.organ]
        if lesion.barred or lesion.diameter_mm is None:
            choices[i] = Choice(lesion.lesion, False, lesion.barred or "no size at baseline")
        elif len(rivals) >= MOST_TARGETS_PER_ORGAN:
            names = " and ".join(other.lesion for other in rivals)
            reason = (
                f"measurable ({lesion.diameter_mm:g} mm), but two {better} targets are in that organ: {names}"
            )
            choices[i] = Choice(lesion.lesion, False, f"{reason} (organ: {lesion.organ})")
        elif len(chosen) >= MOST_TARGETS:
            choices[i] = Choice(
                lesion.lesion, False, f"measurable ({lesion.diameter_mm:g} mm), but five {better} are targets"
            )
        else:
            chosen.append(lesion)
            place = "the largest" if len(chosen) == 1 else f"number {len(chosen)} by size"
            reason = f"measurable, {place} ({lesion.diameter_mm:g} mm; organ: {lesion.organ})"
            choices[i] = Choice(lesion.lesion, True, reason)
    return tuple(choices[i] for i in range(len(candidates)))


def sum_of_diameters(readings: Sequence[Reading]) -> float | None:
    """Return the sum of diameters in mm; None where there is no target, or one was not assessed."""
    if not readings or any(reading.diameter_mm is None for reading in readings):
        return None
    return math.fsum(reading.diameter_mm or 0.0 for reading in readings)


def percent_change(value_mm: float | None, reference_mm: float | None) -> float | None:
    """Return the change from a reference in percent; None where one is missing or the reference is 0."""
    if value_mm is None or not reference_mm:
        return None
    return 100.0 * (value_mm - reference_mm) / reference_mm


def target_response(
    readings: Sequence[Reading],
    *,
    baseline_mm: float | None,
    nadir_mm: float | None,
    complete_before: bool = False,
) -> TargetResult:
    """Return the response of the targets (section 4.3.1, with 4.3.2 for nodes and 4.4.2 for missing ones).

    ``complete_before``: the patient had reached complete response. A lesion that then comes back is progression
    whatever its size and whatever was not assessed (appendix III), a node from 10 mm on; otherwise it is added to the
    sum.
    """
    if not readings:
        return TargetResult("NONE", None, "no target lesion at baseline")
    if baseline_mm is None or nadir_mm is None:
        return TargetResult("NE", sum_of_diameters(readings), "the sum at baseline is not known")
    total = sum_of_diameters(readings)
    seen = math.fsum(reading.diameter_mm or 0.0 for reading in readings)
    if total is not None and all(_gone(reading) for reading in readings):
        return TargetResult("CR", total, "all targets are gone, nodes under 10 mm")
    if _progressed(seen, nadir_mm):
        grown = f"{seen:g} mm from a nadir of {nadir_mm:g} mm"
        return TargetResult("PD", total, f"{grown}: at least 20 % and 5 mm more")
    if complete_before and any(
        reading.diameter_mm is not None and not _gone(reading) for reading in readings
    ):
        return TargetResult("PD", total, "a target came back after complete response")
    if total is None:
        return TargetResult("NE", None, "not every target was assessed")
    change = percent_change(total, baseline_mm)
    if change is not None and change <= _RESPONSE_PCT + _ROUNDING:
        return TargetResult("PR", total, f"{change:+.0f} % from baseline: at least 30 % less")
    return TargetResult("SD", total, "neither 30 % less than at baseline nor 20 % more than at the nadir")


def _gone(reading: Reading) -> bool:
    return reading.diameter_mm is not None and reading.diameter_mm < (
        NORMAL_NODE_MM if reading.node else _ROUNDING
    )


def _progressed(sum_mm: float, nadir_mm: float) -> bool:
    more = sum_mm - nadir_mm
    return more >= _PROGRESSION_MM - _ROUNDING and 100.0 * more >= _PROGRESSION_PCT * nadir_mm - _ROUNDING


def non_target_response(states: Sequence[NonTargetState], *, complete_before: bool = False) -> NonTargetWord:
    """Return the response of the non-target lesions (section 4.3.3). A node under 10 mm is absent.

    ``complete_before``: the patient had reached complete response. A lesion that then comes back is progression
    (appendix III); a node comes back only by unequivocal progression (FAQ of the RECIST working group).
    """
    if not states:
        return "NONE"
    if "unequivocal progression" in states or (complete_before and "present" in states):
        return "PD"
    if "present" in states or "node present" in states:
        return "NON-CR/NON-PD"
    return "NE" if "not assessed" in states else "CR"


def overall_response(target: TargetWord, non_target: NonTargetWord, new_lesions: bool) -> Word:
    """Return the response at one time (table 1; table 2 where there is no target)."""
    if new_lesions or "PD" in (target, non_target):
        return "PD"
    if target == "NONE":
        return "NE" if non_target == "NONE" else non_target
    if target == "CR":
        return "CR" if non_target in ("CR", "NONE") else "PR"
    return target


def follow(
    baseline: Sequence[Reading], visits: Sequence[Visit], *, return_is_progression: bool = True
) -> tuple[VisitResult, ...]:
    """Return the response at each of a patient's assessments, in their order.

    ``return_is_progression`` False judges a lesion that comes back after complete response by the sum alone (20 % and
    5 mm) and by table 1, as some trial software does; the guideline calls it progression (appendix III).
    The nadir moves with every sum of all targets. Visits after a progression are judged too; what counts as best
    response ends there (``best.best_overall_response``).
    """
    start = sum_of_diameters(baseline)
    nadir = start
    complete = False
    out: list[VisitResult] = []
    for visit in visits:
        returned = complete and return_is_progression
        target = target_response(visit.readings, baseline_mm=start, nadir_mm=nadir, complete_before=returned)
        non_target = non_target_response(visit.non_targets, complete_before=returned)
        why = target.why
        if non_target == "PD" and "unequivocal progression" not in visit.non_targets:
            why += "; a non-target lesion came back after complete response"
        overall = overall_response(target.word, non_target, visit.new_lesions)
        out.append(
            VisitResult(
                sum_mm=target.sum_mm,
                baseline_mm=start,
                nadir_mm=nadir,
                change_from_baseline_pct=percent_change(target.sum_mm, start),
                change_from_nadir_pct=percent_change(target.sum_mm, nadir),
                target=target.word,
                non_target=non_target,
                new_lesions=visit.new_lesions,
                overall=overall,
                why=why,
            )
        )
        complete = complete or overall == "CR"
        if target.sum_mm is not None and nadir is not None:
            nadir = min(nadir, target.sum_mm)
    return tuple(out)
