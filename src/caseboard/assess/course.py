"""The course: lesions followed over time, treatment episodes, and lines of systemic therapy, with what is unclear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from caseboard.assess.chronology import Chronology, chronology, timing_of
from caseboard.assess.cycles import over_after_cycles
from caseboard.assess.findings import Finding, Level
from caseboard.assess.lesions import MOST_SIGHTS, track_lesions
from caseboard.assess.lines import LineOfEpisodes, join_lines, line_finding, name_of
from caseboard.assess.refuted import NEW_LESION
from caseboard.assess.results import Course, Line, Timing, TrackedLesion
from caseboard.assess.treatments import (
    MOST_EVENTS,
    Episode,
    build_episodes,
    earlier_tumour_treatments,
    finish_episode,
)
from caseboard.case.case import Case
from caseboard.case.facts import Lesion, Outcome, Treatment

__all__ = ["build_course"]

_STILL = r"\b(?:still|continu\w{{0,4}}|remain\w{{0,3}}|maintain\w{{0,3}})\b[^.]{{0,60}}\b{agent}\b"


def build_course(case: Case, refuted: Mapping[str, str] | None = None) -> Course:
    """Return the course of a case of one patient (pass ``case.for_patient(number)``).

    ``refuted``: the lesions that pathology calls no tumour, of ``refuted_by_pathology``.
    """
    clock = chronology(case)
    lesions = track_lesions(case, clock, refuted)
    episodes = build_episodes(case, clock)
    lines = join_lines(case, clock, [e for e in episodes if e.modality == "systemic"])
    ongoing = _ongoing(case, clock, lines)
    numbers = {id(episode): number for number, episode in enumerate(episodes, start=1)}
    finished = tuple(finish_episode(case, clock, e, numbers[id(e)], ongoing=ongoing is e) for e in episodes)
    return Course(
        lesions=lesions,
        episodes=finished,
        lines=tuple(_finish(case, clock, lines, n, numbers, ongoing) for n in range(len(lines))),
        findings=tuple(_course_findings(case, clock, lesions)),
    )


def _ongoing(case: Case, clock: Chronology, lines: list[LineOfEpisodes]) -> Episode | None:
    """Return the episode that goes on at the last fact: the last one, if open, the patient alive, and not overtaken.

    A treatment of a told number of cycles has ended, and so has one after which surgery came without a resumption,
    unless a later fact names the agents.
    """
    if not lines or any(outcome.vital == "dead" for outcome in case.of(Outcome)):
        return None
    last = lines[-1].episodes[-1]
    if not last.open:
        return last if any(_continues(outcome, last, clock) for outcome in case.of(Outcome)) else None
    later = [fact for fact in clock.facts if clock.before(last.first.id, fact.id)]
    named = any(agent in fact.source.quote.casefold() for fact in later for agent in last.agents)
    cycles = over_after_cycles(case, clock, last)
    former = earlier_tumour_treatments(case, clock)
    operated = any(
        isinstance(fact, Treatment) and fact.modality == "surgery" and fact.id not in former for fact in later
    )
    return last if named or not (cycles or operated) else None


def _continues(outcome: Outcome, last: Episode, clock: Chronology) -> bool:
    """Whether the last word of the patient says that the agents of a stopped episode go on."""
    words = outcome.source.quote.casefold()
    found = any(re.search(_STILL.format(agent=re.escape(agent)), words) for agent in last.agents)
    return found and last.stop is not None and clock.before(last.stop.id, outcome.id)


def _finish(
    case: Case,
    clock: Chronology,
    lines: list[LineOfEpisodes],
    index: int,
    numbers: dict[int, int],
    ongoing: Episode | None,
) -> Line:
    line = lines[index]
    first, last = line.episodes[0], line.episodes[-1]
    following = lines[index + 1].episodes[0] if index + 1 < len(lines) else None
    stop, findings = _stop(case, clock, last, following)
    if last is ongoing and last.stop is not None:
        what = f"{name_of(last.agents)} was stopped, and goes on at the last follow-up; the resumption is not told."
        stop, findings = (
            None,
            [line_finding("course.resumption_not_told", what, (last.stop.id,), level="note")],
        )
    return Line(
        number=index + 1,
        name=name_of(line.agents),
        agents=line.agents,
        start=None if first.start is None else timing_of(case, first.start),
        stop=stop,
        ongoing=last is ongoing,
        episodes=tuple(f"episode-{numbers[id(episode)]}" for episode in line.episodes),
        rechallenge=line.rechallenge,
        facts=tuple(fact.id for episode in line.episodes for fact in episode.facts),
        findings=(*line.findings, *findings),
        running=_running(line) if last is ongoing else (),
    )


def _running(line: LineOfEpisodes) -> tuple[str, ...]:
    """Return the agents of a line that goes on which were not stopped."""
    return tuple(sorted({agent for episode in line.episodes if episode.open for agent in episode.left}))


def _stop(
    case: Case, clock: Chronology, last: Episode, following: Episode | None
) -> tuple[Timing | None, list[Finding]]:
    """Return when a line stopped: not before its start nor after the next one; by both days where two are told."""
    stop = last.told_stop
    if stop is None:
        return None, []
    timing = timing_of(case, stop)
    days = clock.days.get(stop.id)
    if days is None:
        return timing, []
    earlier = last.first_stop
    if earlier is not None and earlier.id in clock.days:
        either = clock.timing(clock.days[earlier.id][0], days[1])
        what = (
            f"The stop of {name_of(last.agents)} is told as {timing_of(case, earlier).text} and as {timing.text}: "
            "which of the two, or was it paused between?"
        )
        return either, [line_finding("course.stop_told_twice", what, (earlier.id, stop.id), level="warning")]
    (low, high), facts = days, [stop.id]
    start = clock.days.get(last.first.id)
    if start is not None and start[0] > low:
        low = start[0]
        facts.insert(0, last.first.id)
    if following is not None and clock.before(stop.id, following.first.id):
        end = clock.days.get(following.first.id)
        if end is not None and end[1] < high:
            high = end[1]
            facts.append(following.first.id)
    if (low, high) == days or low > high:
        return timing, []
    narrowed = clock.timing(low, high)
    what = f"The stop of {name_of(last.agents)} is dated {timing.text}; what began before and after it narrows that"
    return narrowed, [line_finding("course.stop_bounded", f"{what} to {narrowed.text}.", tuple(facts))]


def _course_findings(case: Case, clock: Chronology, lesions: tuple[TrackedLesion, ...]) -> Iterator[Finding]:
    set_aside = earlier_tumour_treatments(case, clock)
    if set_aside:
        ids = tuple(fact.id for fact in case.facts if fact.id in set_aside)
        what = "Treatment of an earlier, other tumour is not counted among the lines of therapy."
        yield line_finding("course.earlier_tumour", what, ids)
    for most, kind in ((MOST_SIGHTS, Lesion), (MOST_EVENTS, Treatment)):
        told = len(case.of(kind))
        if told > most:
            what = f"Only the first {most} of {told} facts of one kind are followed: {kind.__name__.lower()}."
            yield _finding("course.too_many_facts", what, (), level="warning")
    for lesion in lesions:
        if lesion.ambiguous:
            ids = tuple(sight.fact for sight in lesion.measurements)
            what = f"{lesion.name} is not followed as a lesion of its own: {lesion.ambiguous}."
            yield _finding("course.lesion_ambiguous", what, ids)
        ids = tuple(sight.fact for sight in lesion.measurements if sight.refuted)
        if ids:
            words = next(sight.refuted for sight in reversed(lesion.measurements) if sight.refuted)
            what = f"{lesion.name} is no tumour by pathology ({words}): it counts as no new lesion."
            yield msgspec.structs.replace(
                _finding("course.lesion_refuted_by_pathology", what, ids), citations=(NEW_LESION,)
            )
    yield from _unclear_fields(case, lesions, set_aside)


def _unclear_fields(
    case: Case, lesions: tuple[TrackedLesion, ...], set_aside: frozenset[str]
) -> Iterator[Finding]:
    """Name radiotherapy of which no lesion told can be said to have been in the field."""
    touched = {fact for lesion in lesions for fact in lesion.irradiated}
    for fact in case.of(Treatment):
        if fact.modality != "radiotherapy" or fact.event == "stop" or fact.id in touched | set_aside:
            continue
        if lesions:
            what = f"Which lesions the radiotherapy ({timing_of(case, fact).text}) reached is not told."
            yield _finding("course.radiotherapy_field_unclear", what, (fact.id,))


def _finding(rule: str, what: str, facts: tuple[str, ...], *, level: Level = "note") -> Finding:
    return Finding(what=what[0].upper() + what[1:], rule=rule, topic="course", level=level, facts=facts)
