"""RECIST 1.1 for each line of a case: baseline, time points, best response, and what the report itself said."""

from __future__ import annotations

from collections.abc import Sequence

from caseboard.assess.chronology import Chronology, chronology
from caseboard.assess.passages import sentence
from caseboard.assess.response.baseline import Baseline, find_baseline
from caseboard.assess.response.best import Assessed, best_overall_response
from caseboard.assess.response.products import who_responses
from caseboard.assess.response.recist import Reading, VisitResult, follow
from caseboard.assess.response.remarks import Judged, remarks
from caseboard.assess.response.timepoints import Assessment, Read, find_assessments, read_assessment
from caseboard.assess.results import BidimensionalResponse, Course, Line, LineResponse, TimePoint, Timing
from caseboard.case.case import Case
from caseboard.case.facts import Response, Treatment

__all__ = ["OFF_TREATMENT_DAYS", "assess_responses"]

OFF_TREATMENT_DAYS = 90
"""Progression certainly later than this after a line's last dose says nothing of its best response, which is recorded
until the end of treatment (section 4.4.1). Our choice: the guideline leaves to the protocol how long assessments
after that count."""

_BEST_STATED = ("CR", "PR", "MR", "SD", "PD")


def assess_responses(case: Case, course: Course) -> tuple[LineResponse, ...]:
    """Return the response of each line of a case of one patient."""
    clock = chronology(case)
    return tuple(_line_response(case, clock, course, index) for index in range(len(course.lines)))


def _line_response(case: Case, clock: Chronology, course: Course, index: int) -> LineResponse:
    line = course.lines[index]
    following = course.lines[index + 1] if index + 1 < len(course.lines) else None
    start = line.facts[0]
    end = None if following is None else following.facts[0]
    baseline = find_baseline(case, clock, course.lesions, start)
    assessments = find_assessments(case, clock, course.lesions, start, end)
    reads = [
        read_assessment(case, clock, baseline, course.lesions, assessments, at)
        for at in range(len(assessments))
    ]
    results = follow(_baseline_readings(baseline), [read.visit for read in reads])
    products = who_responses(clock, baseline, assessments, results)
    stated = _stated_in_line(case, clock, start, end)
    progressions = {response.id for response in stated if response.category == "PD"}
    progressions |= {
        a.facts[0] for a, result in zip(assessments, results, strict=True) if result.overall == "PD"
    }
    late = _off_treatment(case, clock, line, progressions)
    each = list(zip(assessments, reads, results, products, strict=True))
    judged = Judged(
        line=line,
        previous=course.lines[index - 1] if index else None,
        following=following,
        baseline=baseline,
        points=tuple(_time_point(clock, baseline, *one) for one in each),
        assessments=assessments,
        off_treatment=late,
        best_derived=_best_derived(clock, start, late, baseline, assessments, results),
        best_stated=_best_stated(clock, late, _without_better_organs(case, stated)),
    )
    return LineResponse(
        line=line.number,
        baseline=baseline.timing,
        targets=baseline.roles,
        timepoints=judged.points,
        best_derived=judged.best_derived,
        best_stated=judged.best_stated,
        findings=remarks(case, clock, judged),
    )


def _off_treatment(case: Case, clock: Chronology, line: Line, progressions: set[str]) -> str | None:
    """Return the first progression if it certainly came long after the end of the line; None where no end is told."""
    if line.stop is None or not progressions:
        return None
    told = (case.fact(fact) for fact in reversed(line.facts))
    stop = next(fact.id for fact in told if isinstance(fact, Treatment) and fact.event in ("stop", "done"))
    first = min(progressions, key=lambda fact: clock.rank[fact])
    since = clock.between(stop, first)
    return first if since is not None and since[0] > OFF_TREATMENT_DAYS else None


def _best_derived(
    clock: Chronology,
    start: str,
    late: str | None,
    baseline: Baseline,
    assessments: Sequence[Assessment],
    results: Sequence[VisitResult],
) -> str | None:
    """Return the best response by RECIST, without confirmation; None where there was no lesion to judge."""
    seen = list(zip(assessments, results, strict=True))
    seen = [one for one in seen if late is None or all(clock.before(fact, late) for fact in one[0].facts)]
    if not baseline.lesions and not any(result.overall == "PD" for _, result in seen):
        return None
    assessed = [_assessed(clock, start, *one) for one in seen]
    if all(one.word == "NE" for one in assessed):
        return "NE"
    best = best_overall_response(assessed).word
    return "NE" if best in _UNPROVEN and _was_better_unmeasured(best, seen) else best


_UNPROVEN = ("PD", "NON-CR/NON-PD")
"""What a sum of diameters does not show to have been the best."""
_BEST_FIRST = ("CR", "NED", "PR", "MR", "SD", *reversed(_UNPROVEN))


def _was_better_unmeasured(best: str, seen: Sequence[tuple[Assessment, VisitResult]]) -> bool:
    """Whether a report stated a better response, before any progression, at a visit without sizes to judge it by.

    The sizes of the progression alone do not make that the best response.
    """
    for assessment, result in seen:
        if result.overall == "PD":
            return False
        stated = [said.category for said in assessment.stated]
        if result.overall == "NE" and any(
            _BEST_FIRST.index(said) < _BEST_FIRST.index(best) for said in stated
        ):
            return True
    return False


def _baseline_readings(baseline: Baseline) -> tuple[Reading, ...]:
    return tuple(
        Reading(target.size.diameter_mm if target.size is not None else None, target.lesion.node)
        for target in baseline.targets
    )


def _assessed(clock: Chronology, start: str, assessment: Assessment, result: VisitResult) -> Assessed:
    days = clock.between(start, assessment.facts[0])
    return Assessed(result.overall, *(days if days is not None else (None, None)))


def _timing(clock: Chronology, assessment: Assessment) -> Timing:
    days = [clock.days[fact] for fact in assessment.facts if fact in clock.days]
    if not days:
        return Timing(None, "not dated")
    first, last = days[0][0], days[0][1]
    if all(one[0] == one[1] for one in days):
        last = max(one[1] for one in days)
    return clock.timing(first, last)


def _time_point(
    clock: Chronology,
    baseline: Baseline,
    assessment: Assessment,
    read: Read,
    result: VisitResult,
    products: BidimensionalResponse | None,
) -> TimePoint:
    stated = tuple(response.category for response in assessment.stated)
    why = [result.why, *read.why] if baseline.targets else list(read.why)
    if not assessment.sights:
        why = ["the response is stated without the lesions: no number is derived from it"]
    return TimePoint(
        timing=_timing(clock, assessment),
        diameters_mm=read.diameters_mm,
        sum_mm=result.sum_mm,
        baseline_mm=result.baseline_mm,
        nadir_mm=result.nadir_mm,
        change_from_baseline_pct=result.change_from_baseline_pct,
        change_from_nadir_pct=result.change_from_nadir_pct,
        target=result.target,
        non_target=result.non_target,
        new_lesions=result.new_lesions,
        overall=result.overall,
        stated=stated,
        agrees=_agrees(result, stated),
        facts=assessment.facts,
        why=tuple(why),
        who=products if assessment.sights else None,
    )


def _agrees(result: VisitResult, stated: Sequence[str]) -> bool | None:
    """Whether a stated response can stand beside the derived one; None where one of them says nothing."""
    if result.overall == "NE" or not stated:
        return None
    return any(_compatible(result, category) for category in stated)


def _compatible(result: VisitResult, category: str) -> bool:
    if category == "MR":
        shrunk = result.change_from_nadir_pct is not None and result.change_from_nadir_pct < 0
        return result.overall in ("CR", "PR") or (result.overall == "SD" and shrunk)
    if category == "NED":
        return result.overall == "CR"
    return result.overall == category or (category == "SD" and result.overall == "NON-CR/NON-PD")


def _stated_in_line(case: Case, clock: Chronology, start: str, end: str | None) -> list[Response]:
    inside = (
        r for r in case.of(Response) if clock.before(start, r.id) and (end is None or clock.before(r.id, end))
    )
    return sorted(inside, key=lambda response: clock.rank[response.id])


def _without_better_organs(case: Case, stated: Sequence[Response]) -> list[Response]:
    """Leave out what a sentence rates better than another organ of the same day: the patient is no better than that."""
    told = [(sentence(case, one), one.when) for one in stated]
    worst: dict[tuple[str, object], int] = {}
    for place, one in zip(told, stated, strict=True):
        if one.category in _BEST_STATED:
            rank = _BEST_STATED.index(one.category)
            worst[place] = max(worst.get(place, rank), rank)
    return [
        one
        for place, one in zip(told, stated, strict=True)
        if one.source.span is None
        or one.category not in _BEST_STATED
        or _BEST_STATED.index(one.category) == worst[place]
    ]


def _best_stated(clock: Chronology, late: str | None, stated: Sequence[Response]) -> str | None:
    """Return the best response that the report states up to the first progression it states; not by pathology.

    ``late``: the progression off treatment, with which the line's course under treatment is over.
    """
    seen: set[str] = set()
    for response in stated:
        if late is not None and not clock.before(response.id, late):
            break
        if response.modality != "pathological":
            seen.add(response.category)
        if response.category == "PD":
            break
    return next((word for word in _BEST_STATED if word in seen), "NED" if seen else None)
