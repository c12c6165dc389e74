"""What the board must know of a line's response beside its numbers; each remark is a rule with its name and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from caseboard.assess.chronology import Chronology, say_days, say_when, timing_of
from caseboard.assess.findings import Finding, Level
from caseboard.assess.response.baseline import FOUR_WEEKS, Baseline
from caseboard.assess.response.recist import section
from caseboard.assess.response.timepoints import Assessment
from caseboard.assess.results import Line, TimePoint
from caseboard.assess.written import category_written
from caseboard.case.case import Case
from caseboard.case.facts import Treatment

__all__ = ["Judged", "grown", "remarks", "unsaid_progression"]


_SURE: Level = "warning"
_UNSURE: Level = "note"


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A line with all that was found of its response.

    ``previous`` and ``following`` are the lines beside it; ``off_treatment`` is the first progression where it came so
    long after the line's end that it is not the line's best response.
    """

    line: Line
    previous: Line | None
    following: Line | None
    baseline: Baseline
    points: tuple[TimePoint, ...]
    assessments: tuple[Assessment, ...]
    off_treatment: str | None
    best_derived: str | None
    best_stated: str | None

    @property
    def start(self) -> str:
        """The fact that began the line."""
        return self.line.facts[0]


def remarks(case: Case, clock: Chronology, judged: Judged) -> tuple[Finding, ...]:
    """Return all remarks on a line."""
    return (
        *_target_choice(judged),
        *_baseline_age(clock, judged),
        *_no_target(judged),
        *_new_baseline(judged),
        *_no_disease(judged),
        *_baseline_before_previous_line(clock, judged),
        *_target_resected(case, clock, judged),
        *_stated_differs(judged),
        *_progression_unsaid(judged),
        *_stated_only(judged),
        *_off_treatment(case, judged),
        *_best_differs(judged),
    )


def _target_choice(judged: Judged) -> Iterator[Finding]:
    targets = judged.baseline.targets
    if targets:
        names = ", ".join(f"{one.lesion.name} {one.diameter_mm:g} mm" for one in targets)
        total = sum(one.diameter_mm for one in targets)
        what = f"the targets are {names}; sum of diameters {total:g} mm."
        if len(targets) == 1:
            what = f"the target is {names}."
        reasons = "; ".join(f"{one.lesion.name}: {one.reason}" for one in judged.baseline.lesions)
        ids = tuple(one.sight.fact for one in targets)
        yield _finding(judged, "response.target_choice", what, ids, "4.2", detail=reasons)


def _baseline_age(clock: Chronology, judged: Judged) -> Iterator[Finding]:
    """Flag a baseline that is, or may be, older than four weeks at the start of treatment."""
    ids = tuple(one.sight.fact for one in judged.baseline.targets)
    ages = [clock.between(fact, judged.start) for fact in ids]
    known = [age for age in ages if age is not None]
    if len(known) < len(ages):
        what = "the age of the baseline at the start of treatment is not known, since not all of it is dated."
        yield _finding(
            judged, "response.baseline_age_unknown", what, (*ids, judged.start), "3.2.1", level="note"
        )
    elif known:
        oldest = max(0, *(low for low, _ in known)), max(high for _, high in known)
        if oldest[1] > FOUR_WEEKS:
            sure = oldest[0] > FOUR_WEEKS
            how = "is" if sure else "may be"
            what = f"the baseline {how} older than four weeks at the start of treatment ({say_days(oldest)})."
            rule, level = "response.baseline_older_than_four_weeks", _SURE if sure else _UNSURE
            yield _finding(judged, rule, what, (*ids, judged.start), "3.2.1", level=level)


def _no_target(judged: Judged) -> Iterator[Finding]:
    lesions = judged.baseline.lesions
    if lesions and not judged.baseline.targets:
        stale = judged.baseline.stale
        ids = (*(one.sight.fact for one in lesions), *(() if stale is None else (stale.id,)), judged.start)
        what = "no lesion at its start can be a target: there is no sum of diameters to follow."
        reasons = "; ".join(f"{one.lesion.name}: {one.reason}" for one in lesions)
        yield _finding(judged, "response.no_target", what, ids, "4.1", level="note", detail=reasons)


def _new_baseline(judged: Judged) -> Iterator[Finding]:
    line = judged.line
    if line.rechallenge is not None:
        what = f"it repeats line {line.rechallenge}: its response is measured from a baseline of its own."
        yield _finding(judged, "response.new_baseline", what, (judged.start,), "4.1")


def _no_disease(judged: Judged) -> Iterator[Finding]:
    if judged.baseline.seen_before and not judged.baseline.lesions:
        facts = (judged.start,)
        what = (
            "no lesion was left at its start: there is nothing to respond, only a recurrence can be judged."
        )
        yield _finding(judged, "response.no_disease_at_baseline", what, facts, "4.1")


def _baseline_before_previous_line(clock: Chronology, judged: Judged) -> Iterator[Finding]:
    """Flag sizes that predate the line before: what shrank since may be that line's merit."""
    if judged.previous is None:
        return
    before = judged.previous.facts[0]
    facts = tuple(one.sight.fact for one in judged.baseline.targets if clock.before(one.sight.fact, before))
    if facts:
        what = f"its baseline was measured before line {judged.previous.number} began: changes may be due to both."
        ids = (*facts, before, judged.start)
        yield _finding(judged, "response.baseline_before_previous_line", what, ids, "3.2.1", level="note")


def _target_resected(case: Case, clock: Chronology, judged: Judged) -> Iterator[Finding]:
    end = None if judged.following is None else judged.following.facts[0]
    for surgery in case.of(Treatment):
        if not clock.before(judged.start, surgery.id) or (
            end is not None and not clock.before(surgery.id, end)
        ):
            continue
        names = [one.lesion.name for one in judged.baseline.lesions if surgery.id in one.lesion.resected]
        if names:
            what = f"{', '.join(names)} resected during the line: sums before and after do not compare."
            yield _finding(judged, "response.target_resected", what, (surgery.id,), "4.1", level="note")


def _stated(point: TimePoint) -> str:
    return " and ".join(map(category_written, point.stated))


def _stated_differs(judged: Judged) -> Iterator[Finding]:
    """Set what the report says beside what its lesions give, wherever the two differ."""
    for point in judged.points:
        if point.agrees is False:
            said = _stated(point)
            what = f"{say_when(point.timing)} the report says {said}, the lesions as reported give {point.overall}."
            unchanged = "SD" in point.stated and point.overall in ("PR", "CR")
            because = "stable since the last scan is not stable since baseline, from which RECIST counts"
            detail = "; ".join((*point.why, because) if unchanged else point.why)
            yield _finding(
                judged, "response.stated_differs", what, point.facts, "table 1", level="note", detail=detail
            )


def unsaid_progression(points: Sequence[TimePoint]) -> TimePoint | None:
    """Return the last assessment of a line where its lesions give progression that no report of the line states."""
    if not points or points[-1].overall != "PD" or points[-1].stated:
        return None
    return None if any("PD" in point.stated for point in points) else points[-1]


def grown(point: TimePoint) -> str:
    """Say by what an assessment is progression: "sum 40 mm, 300 % over the least", "a new lesion"."""
    told = []
    if point.target == "PD" and point.sum_mm is not None and point.change_from_nadir_pct is not None:
        told.append(f"sum {point.sum_mm:g} mm, {point.change_from_nadir_pct:.0f} % over the least")
    if point.new_lesions:
        told.append("a new lesion")
    return " and ".join(told) or "lesions other than the targets"


def _progression_unsaid(judged: Judged) -> Iterator[Finding]:
    """Say where the lesions of the last line give progression and no report does: the board must look at the scans."""
    point = None if judged.following is not None else unsaid_progression(judged.points)
    if point is not None:
        what = (
            f"progression {say_when(point.timing)} by its lesions ({grown(point)}), which no report states."
        )
        detail = "; ".join(point.why)
        yield _finding(
            judged,
            "response.progression_not_stated",
            what,
            point.facts,
            "4.3",
            level="warning",
            detail=detail,
        )


def _stated_only(judged: Judged) -> Iterator[Finding]:
    """Say which responses the report states without the lesions they were seen in."""
    bare = [a for a in judged.assessments if a.stated and not a.sights]
    points = [p for p, a in zip(judged.points, judged.assessments, strict=True) if a in bare]
    if points:
        said = ", ".join(f"{_stated(point)} ({point.timing.text})" for point in points)
        what = f"{said}: stated without sizes, so that no number is derived."
        ids = tuple(response.id for assessment in bare for response in assessment.stated)
        yield _finding(judged, "response.stated_only", what, ids, "4.4.1")


def _off_treatment(case: Case, judged: Judged) -> Iterator[Finding]:
    """Say which progression came so long after the line's end that it is not taken for its best response."""
    if judged.off_treatment is not None:
        fact = case.fact(judged.off_treatment)
        when = say_when(timing_of(case, fact))
        what = f"progression {when} came long after its end: a relapse off treatment, not its best response."
        ids = (*judged.line.facts[-1:], fact.id)
        yield _finding(judged, "response.progression_off_treatment", what, ids, "4.4")


def _best_differs(judged: Judged) -> Iterator[Finding]:
    derived, stated = judged.best_derived, judged.best_stated
    comparable = {"CR", "PR", "SD", "PD"}
    if derived in comparable and stated in comparable and derived != stated:
        what = (
            f"the best response stated is {stated}, the best that the lesions as reported give is {derived}."
        )
        gaps = [
            f"{point.timing.text}: {'; '.join(point.why)}" for point in judged.points if point.overall == "NE"
        ]
        ids = tuple(fact for point in judged.points for fact in point.facts)
        detail = ". ".join(gaps)
        yield _finding(judged, "response.best_differs", what, ids, "4.4.3", level="note", detail=detail)


def _finding(
    judged: Judged,
    rule: str,
    what: str,
    facts: tuple[str, ...],
    place: str,
    *,
    level: Level = "info",
    detail: str = "",
) -> Finding:
    return Finding(
        what=f"Line {judged.line.number}: {what}",
        rule=rule,
        topic="response",
        level=level,
        facts=tuple(dict.fromkeys(facts)),
        citations=(section(place),),
        detail=detail,
    )
