"""What the course chart draws: every dated thing of a case as a row on one time axis.

An uncertain date is drawn as the days it may mean, never as a chosen day. What cannot be placed on the axis is
listed, not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from caseboard.assess.chronology import timing_of
from caseboard.assess.results import (
    Assessment,
    LabGrade,
    Measurement,
    Timing,
    TrackedLesion,
    TreatmentEpisode,
)
from caseboard.assess.written import capital, drug_written, procedure_written
from caseboard.board.axis import Axis, Placed
from caseboard.board.marks import Bar, Event, Point, Timeline, Unplaced
from caseboard.board.wording import (
    RESPONSE_NAMES,
    say_alteration,
    say_diameters,
    say_fact,
    say_limits,
    say_number,
)
from caseboard.case import (
    AdverseEvent,
    Alteration,
    Case,
    Diagnosis,
    Fact,
    Lab,
    Outcome,
    Response,
    Test,
)
from caseboard.terms import toxicities

__all__ = ["timeline"]


def timeline(case: Case, assessment: Assessment) -> Timeline:
    """Return the timeline of the assessed patient."""
    case = case.for_patient(assessment.patient.number)
    axis = Axis(case)
    unplaced: list[Unplaced] = []
    events = [*_events(case, axis, unplaced), *_sights(assessment, axis, unplaced)]
    last_known = max((placed.last for fact in case.facts if (placed := axis.fact(fact.id))), default=0)
    if assessment.cutoff and axis.calendar:
        last_known = assessment.cutoff.toordinal()
    bars = tuple(_bars(assessment, axis, last_known, unplaced))
    sizes = tuple(_sizes(assessment, axis, unplaced))
    sums = tuple(_sums(assessment, axis, unplaced))
    labs = list(_labs(case, assessment, axis, unplaced))
    often = Counter(point.series for point in labs)
    events += [_told_once(point) for point in labs if often[point.series] == 1]
    told = {fact.id: place for place, fact in enumerate(case.facts)}
    unplaced.sort(key=lambda own: min((told.get(fact, len(told)) for fact in own.facts), default=len(told)))
    return Timeline(
        axis=axis,
        events=tuple(sorted(events, key=lambda event: event.placed)),
        bars=bars,
        sizes=sizes,
        sums=sums,
        labs=tuple(point for point in labs if often[point.series] > 1),
        unplaced=tuple(unplaced),
    )


def _unplaced(kind: str, what: str, when: str, facts: tuple[str, ...]) -> Unplaced:
    return Unplaced(kind=kind, what=what, when=when, facts=facts)


def _events(case: Case, axis: Axis, unplaced: list[Unplaced]) -> Iterator[Event]:
    for fact in case.facts:
        described = _describe(fact)
        if described is None:
            continue
        lane, label, tone = described
        placed = axis.fact(fact.id)
        if placed is None:
            unplaced.append(_unplaced(lane, capital(say_fact(fact)), timing_of(case, fact).text, (fact.id,)))
            continue
        yield Event(
            lane=lane,
            label=label,
            what=capital(say_fact(fact)),
            when=timing_of(case, fact).text,
            placed=placed,
            tone=tone,
            facts=(fact.id,),
        )


def _describe(fact: Fact) -> tuple[str, str, str] | None:
    """Return lane, label and tone of a fact that is drawn as an event, else None."""
    match fact:
        case Diagnosis():
            tone = "final" if fact.status == "final" else "working"
            return "Diagnoses", capital(say_fact(fact)), tone
        case Test():
            told = f"{fact.target} {fact.method} {fact.result}"
            return "Tests and molecular findings", capital(told), "test"
        case Alteration():
            return "Tests and molecular findings", say_alteration(fact), "alteration"
        case Response():
            name = RESPONSE_NAMES[fact.category]
            label = "Regression" if fact.category == "MR" else f"{fact.category}, {name}"
            return "Response as reported", label, fact.category
        case Outcome():
            return "Response as reported", capital(say_fact(fact)), "outcome"
        case AdverseEvent():
            found = toxicities.lookup(fact.term)
            name = found.term.key if found else capital(fact.term)
            label = name if fact.grade is None else f"{name}, grade {fact.grade}"
            return "Adverse events as reported", label, "harm"
    return None


def _sized(lesion: TrackedLesion) -> bool:
    return any(sight.diameters_mm for sight in lesion.measurements)


def _sights(assessment: Assessment, axis: Axis, unplaced: list[Unplaced]) -> Iterator[Event]:
    """Yield the sights of lesions that no line of sizes can show: present without a size, or gone and never sized."""
    for lesion in assessment.course.lesions:
        for sight in lesion.measurements:
            if sight.diameters_mm or (sight.state == "absent" and _sized(lesion)):
                continue
            uptake = f", SUV {say_number(sight.suv_max)}" if sight.suv_max is not None else ""
            label = f"{capital(lesion.name)}{uptake}{' gone' if sight.state == 'absent' else ''}"
            placed = axis.timing(sight.timing, (sight.fact,))
            if placed is None:
                unplaced.append(_unplaced("Lesion without a size", label, sight.timing.text, (sight.fact,)))
                continue
            yield Event(
                lane="Lesions without a size",
                label=label,
                what=f"{label}{f', {sight.modality}' if sight.modality else ''}",
                when=sight.timing.text,
                placed=placed,
                tone="lesion",
                facts=(sight.fact,),
            )


def _told_once(point: Point) -> Event:
    """Return a laboratory value as an event: one value makes no curve."""
    return Event(
        lane="Laboratory values told once",
        label=point.what,
        what=point.what,
        when=point.when,
        placed=point.placed,
        tone="laboratory",
        facts=point.facts,
    )


def _bars(assessment: Assessment, axis: Axis, last_known: int, unplaced: list[Unplaced]) -> Iterator[Bar]:
    lines = {episode: line.number for line in assessment.course.lines for episode in line.episodes}
    resumed = _resumed(assessment)
    for episode in assessment.course.episodes:
        name = capital(procedure_written(drug_written(episode.name)))
        name = f"{name} (line {lines[episode.id]})" if episode.id in lines else name
        bar = _bar(episode, name, axis, last_known, resumed.get(episode.id))
        if bar is None:
            unplaced.append(_unplaced("Treatment", name, _period(episode), episode.facts))
        else:
            yield bar


def _resumed(assessment: Assessment) -> dict[str, TreatmentEpisode]:
    """Return for each episode the next one of its line: an end that is not told lies before that."""
    episodes = {episode.id: episode for episode in assessment.course.episodes}
    return {
        first: episodes[following]
        for line in assessment.course.lines
        for first, following in pairwise(line.episodes)
        if following in episodes
    }


def _bar(
    episode: TreatmentEpisode, name: str, axis: Axis, last_known: int, resumed: TreatmentEpisode | None
) -> Bar | None:
    start = axis.timing(episode.start, episode.facts)
    stop = axis.timing(episode.stop, tuple(reversed(episode.facts)))
    known = start or stop
    if known is None:
        return None
    single = _single(episode)
    sure: Placed | None = None
    ending: Literal["stopped", "ongoing", "end not told", "single event"]
    if start and stop and not (single and start == stop):
        placed, ending = Placed(start.first, max(stop.last, start.first)), "stopped"
        sure = Placed(start.last, stop.first) if start.last < stop.first else None
    elif start and episode.ongoing:
        placed, ending = Placed(start.first, max(last_known, start.last)), "ongoing"
        sure = Placed(start.last, last_known) if start.last < last_known else None
    elif stop and not single:
        placed, ending = stop, "stopped"
        name = f"{name}, begun earlier" if episode.start else f"{name}, start not told"
    else:
        again = axis.timing(resumed.start, resumed.facts) if resumed and start else None
        placed, ending = known, "single event" if single else "end not told"
        if again and not single and again.first > known.first:
            placed = Placed(known.first, again.last)
    if ending == "end not told":
        name = f"{name}, end not told"
    reason = "why it ended is not told" if episode.stop_reason == "not told" else episode.stop_reason
    what = "; ".join(part for part in (name, ", ".join(episode.doses), reason) if part)
    return Bar(
        name=name,
        modality=episode.modality,
        what=what,
        when=_period(episode),
        placed=placed,
        sure=sure,
        ending=ending,
        facts=episode.facts,
    )


def _single(episode: TreatmentEpisode) -> bool:
    """Whether a treatment is done rather than taken: surgery, radiotherapy, the placing of a stent."""
    return episode.modality not in {"systemic", "supportive"} or (
        episode.modality == "supportive" and not episode.agents
    )


def _period(episode: TreatmentEpisode) -> str:
    start = episode.start.text if episode.start else "start not told"
    if episode.ongoing:
        return f"{start}, ongoing when last told of"
    if episode.stop is None:
        return start if _single(episode) else f"{start}, end not told"
    return start if episode.stop.text == start else f"{start} to {episode.stop.text}"


def _sizes(assessment: Assessment, axis: Axis, unplaced: list[Unplaced]) -> Iterator[Point]:
    often = Counter(lesion.name for lesion in assessment.course.lesions)
    for lesion in assessment.course.lesions:
        series = capital(lesion.name)
        series = series if often[lesion.name] == 1 else f"{series} ({lesion.id})"
        for sight in lesion.measurements:
            if not sight.diameters_mm and (sight.state == "present" or not _sized(lesion)):
                continue
            placed = axis.timing(sight.timing, (sight.fact,))
            if placed is None:
                words = _sight_in_words(lesion, sight)
                unplaced.append(_unplaced("Lesion size", words, sight.timing.text, (sight.fact,)))
                continue
            yield Point(
                series=series,
                value=0.0 if sight.state == "absent" else max(sight.diameters_mm),
                unit="mm",
                what=_sight_in_words(lesion, sight),
                when=sight.timing.text,
                placed=placed,
                facts=(sight.fact,),
            )


def _sight_in_words(lesion: TrackedLesion, sight: Measurement) -> str:
    size = "not seen any more" if sight.state == "absent" else say_diameters(sight.diameters_mm)
    return f"{capital(lesion.name)}: {size}{f', {sight.modality}' if sight.modality else ''}"


def _sums(assessment: Assessment, axis: Axis, unplaced: list[Unplaced]) -> Iterator[Point]:
    for response in assessment.responses:
        series = f"Sum of diameters, line {response.line}"
        baseline = next(
            (point.baseline_mm for point in response.timepoints if point.baseline_mm is not None), None
        )
        told: list[tuple[Timing, float | None, str, tuple[str, ...]]] = []
        followed = any(point.sum_mm is not None for point in response.timepoints)
        if response.baseline and followed:
            told.append((response.baseline, baseline, "baseline", ()))
        told += [(point.timing, point.sum_mm, point.overall, point.facts) for point in response.timepoints]
        for timing, total, word, facts in told:
            if total is None:
                continue
            what = f"{series}: {say_number(total)} mm, {word}"
            placed = axis.timing(timing, facts)
            if placed is None:
                unplaced.append(_unplaced("Sum of diameters", what, timing.text, facts))
                continue
            yield Point(
                series=series, value=total, unit="mm", what=what, when=timing.text, placed=placed, facts=facts
            )


def _labs(case: Case, assessment: Assessment, axis: Axis, unplaced: list[Unplaced]) -> Iterator[Point]:
    graded = {one.fact: one for one in assessment.labs}
    for lab in case.of(Lab):
        known = graded.get(lab.id)
        lower, upper = (known.lower, known.upper) if known else (lab.lower_limit, lab.upper_limit)
        normal = f", normal {say_limits(lower, upper)}" if (lower, upper) != (None, None) else ""
        placed = axis.fact(lab.id)
        if placed is None:
            unplaced.append(
                _unplaced("Laboratory", capital(say_fact(lab)), timing_of(case, lab).text, (lab.id,))
            )
            continue
        yield Point(
            series=capital(f"{lab.analyte}, {lab.unit}" if lab.unit else lab.analyte),
            value=lab.value,
            unit=lab.unit or "",
            what=f"{capital(say_fact(lab))}{normal}{_grades(known)}",
            lower=lower,
            upper=upper,
            when=timing_of(case, lab).text,
            placed=placed,
            facts=(lab.id,),
        )


def _grades(known: LabGrade | None) -> str:
    """Say the grades of a value by both editions, once where they are the same."""
    if known is None or not (known.grade_v5 or known.grade_v6):
        return ""
    if known.grade_v5 == known.grade_v6 or known.grade_v6 is None:
        return f", grade {known.grade_v5} in CTCAE v5{'' if known.grade_v6 is None else ' and v6'}"
    if known.grade_v5 is None:
        return f", grade {known.grade_v6} in CTCAE v6"
    return f", grade {known.grade_v5} in CTCAE v5, {known.grade_v6} in v6"
