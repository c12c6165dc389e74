"""The course: lesions followed over time, treatment episodes, and lines of systemic therapy.

A new line is a new set of agents. The same agents after a pause are the same line, unless the disease had progressed
off therapy or the pause was long: then it is a rechallenge, and a line of its own. A planned substitution or a
second regimen alternating with the first stays within the line (Saini and Twelves 2021 draw these distinctions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from caseboard.assess.chronology import Chronology, chronology, say_days, timing_of
from caseboard.assess.findings import Citation, Finding, Level
from caseboard.assess.lesions import MOST_SIGHTS, track_lesions
from caseboard.assess.results import Course, Line, Timing, TrackedLesion
from caseboard.assess.treatments import (
    MOST_EVENTS,
    Episode,
    build_episodes,
    earlier_tumour_treatments,
    finish_episode,
)
from caseboard.case.case import Case
from caseboard.case.facts import Lesion, Outcome, Response, Treatment

__all__ = ["LINES_OF_THERAPY", "LONGEST_PAUSE_DAYS", "build_course"]

LINES_OF_THERAPY = Citation(
    "Saini and Twelves 2021, Br J Cancer 125:155", pmid=33850304, doi="10.1038/s41416-021-01319-8"
)

LONGEST_PAUSE_DAYS = 180
"""A pause longer than this makes a resumption a line of its own even if no progression was told. Our choice:
published rules for lines of therapy set between 90 and 180 days."""

_ALTERNATION_DAYS = 28
"""Regimens started so close together, with no stop or progression between, are given together or in alternation."""


@dataclass(eq=False)
class _Line:
    """A line while it is being built."""

    agents: tuple[str, ...]
    episodes: list[Episode]
    rechallenge: int | None = None
    findings: list[Finding] = field(default_factory=list)


_STILL = r"\b(?:still|continu\w{{0,4}}|remain\w{{0,3}}|maintain\w{{0,3}})\b[^.]{{0,60}}\b{agent}\b"

Joins = Literal["new", "same", "rechallenge"]


def build_course(case: Case) -> Course:
    """Return the course of a case of one patient (pass ``case.for_patient(number)``)."""
    clock = chronology(case)
    lesions = track_lesions(case, clock)
    episodes = build_episodes(case, clock)
    lines = _lines(case, clock, [e for e in episodes if e.modality == "systemic"])
    ongoing = _ongoing(case, clock, lines)
    numbers = {id(episode): number for number, episode in enumerate(episodes, start=1)}
    finished = tuple(finish_episode(case, clock, e, numbers[id(e)], ongoing=ongoing is e) for e in episodes)
    return Course(
        lesions=lesions,
        episodes=finished,
        lines=tuple(_finish(case, clock, lines, n, numbers, ongoing) for n in range(len(lines))),
        findings=tuple(_course_findings(case, clock, lesions)),
    )


def _lines(case: Case, clock: Chronology, episodes: list[Episode]) -> list[_Line]:
    lines: list[_Line] = []
    for episode in episodes:
        if not lines:
            lines.append(_Line(episode.agents, [episode]))
            continue
        joins, finding = _joins(case, clock, lines, episode)
        if joins == "same":
            line = lines[-1]
            line.episodes.append(episode)
            line.agents = tuple(sorted({*line.agents, *episode.agents}))
        else:
            line = _Line(episode.agents, [episode])
            if joins == "rechallenge":
                line.rechallenge = _earlier(lines, episode)
            lines.append(line)
        if finding is not None:
            line.findings.append(finding)
    return lines


def _earlier(lines: list[_Line], episode: Episode) -> int | None:
    """Return the number of the latest line with the same agents."""
    for number in range(len(lines), 0, -1):
        if set(episode.agents) and set(episode.agents) <= set(lines[number - 1].agents):
            return number
    return None


def _joins(
    case: Case, clock: Chronology, lines: list[_Line], episode: Episode
) -> tuple[Joins, Finding | None]:
    """Decide whether an episode goes on with the current line, and say why."""
    line = lines[-1]
    last = line.episodes[-1]
    agents, now = set(episode.agents), set(line.agents)
    name = _name(episode.agents)
    progression = _progression_between(case, clock, last, episode)
    facts = (last.facts[-1].id, *(r.id for r in progression), episode.first.id)
    if episode.substituted:
        return "same", _finding(
            "course.substitution", f"{name} replaced part of the regimen: the same line.", facts
        )
    if not agents and not progression:
        what = "Systemic therapy went on, agents not named: taken as the same line."
        return "same", _finding("course.unnamed_agents", what, facts, level="note")
    if not now and not progression and last.stop is None:
        what = f"{name} names the agents of the systemic therapy told before: the same line."
        return "same", _finding("course.unnamed_agents", what, facts, level="note")
    if agents and agents <= now:
        return _same_agents(case, clock, line, episode, progression, facts)
    started = clock.between(last.first.id, episode.first.id)
    if last.stop is None and not progression and started is not None and started[1] <= _ALTERNATION_DAYS:
        what = (
            f"{name} started within four weeks of {_name(last.agents)}: given together or in turns, one line."
        )
        return "same", _finding("course.combined_or_alternating", what, facts)
    earlier = _earlier(lines, episode)
    if earlier is not None:
        what = f"{name} was given again after another line: rechallenge of line {earlier}."
        return "rechallenge", _finding("course.rechallenge", what, facts, level="note")
    if progression or (last.told_stop is not None):
        return "new", None
    what = f"{name} followed {_name(line.agents)} without a progression told: a planned sequence would be one line."
    return "new", _finding("course.switch_without_progression", what, facts, level="note")


def _same_agents(
    case: Case,
    clock: Chronology,
    line: _Line,
    episode: Episode,
    progression: list[Response],
    facts: tuple[str, ...],
) -> tuple[Joins, Finding | None]:
    name = _name(episode.agents)
    last = line.episodes[-1]
    gap = None if last.told_stop is None else clock.between(last.told_stop.id, episode.first.id)
    if progression and (last.stop is not None or len(episode.agents) >= len(last.agents)):
        seen = timing_of(case, progression[-1]).text
        what = f"{name} was resumed after progression off therapy ({seen}): a rechallenge, counted as a new line."
        return "rechallenge", _finding("course.rechallenge", what, facts, level="note")
    if gap is not None and gap[0] > LONGEST_PAUSE_DAYS:
        what = f"{name} was resumed after {say_days(gap)} without a progression told: counted as a new line."
        return "rechallenge", _finding("course.rechallenge", what, facts, level="note")
    operated = [
        f
        for f in case.of(Treatment)
        if f.modality == "surgery"
        and clock.before(last.first.id, f.id)
        and clock.before(f.id, episode.first.id)
    ]
    if operated:
        what = f"{name} was continued after surgery ({timing_of(case, operated[-1]).text}): the same line."
        ids = (*facts, *(fact.id for fact in operated))
        return "same", _finding("course.continued_after_surgery", what, ids)
    if set(episode.agents) < set(last.agents):
        what = f"{name} went on alone, without progression: maintenance within the line."
        return "same", _finding("course.maintenance", what, facts)
    pause = "" if gap is None else f" of {say_days(gap)}"
    return "same", _finding("course.pause", f"{name} was resumed after a pause{pause}: the same line.", facts)


def _progression_between(case: Case, clock: Chronology, last: Episode, episode: Episode) -> list[Response]:
    """Return the progressions stated between the end of an episode (its start, where no end is told) and the next."""
    since = last.told_stop or last.first
    found = [r for r in case.of(Response) if r.category == "PD"]
    return [r for r in found if clock.before(since.id, r.id) and clock.before(r.id, episode.first.id)]


def _ongoing(case: Case, clock: Chronology, lines: list[_Line]) -> Episode | None:
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
    cycles = any(word in last.first.source.quote.casefold() for word in ("cycle", "course"))
    operated = any(isinstance(fact, Treatment) and fact.modality == "surgery" for fact in later)
    return last if named or not (cycles or operated) else None


def _continues(outcome: Outcome, last: Episode, clock: Chronology) -> bool:
    """Whether the last word of the patient says that the agents of a stopped episode go on."""
    words = outcome.source.quote.casefold()
    found = any(re.search(_STILL.format(agent=re.escape(agent)), words) for agent in last.agents)
    return found and last.stop is not None and clock.before(last.stop.id, outcome.id)


def _finish(
    case: Case,
    clock: Chronology,
    lines: list[_Line],
    index: int,
    numbers: dict[int, int],
    ongoing: Episode | None,
) -> Line:
    line = lines[index]
    first, last = line.episodes[0], line.episodes[-1]
    following = lines[index + 1].episodes[0] if index + 1 < len(lines) else None
    stop, findings = _stop(case, clock, last, following)
    if last is ongoing and last.stop is not None:
        what = f"{_name(last.agents)} was stopped, and goes on at the last follow-up; the resumption is not told."
        stop, findings = None, [_finding("course.resumption_not_told", what, (last.stop.id,), level="note")]
    return Line(
        number=index + 1,
        name=_name(line.agents),
        agents=line.agents,
        start=None if first.start is None else timing_of(case, first.start),
        stop=stop,
        ongoing=last is ongoing,
        episodes=tuple(f"episode-{numbers[id(episode)]}" for episode in line.episodes),
        rechallenge=line.rechallenge,
        facts=tuple(fact.id for episode in line.episodes for fact in episode.facts),
        findings=(*line.findings, *findings),
    )


def _stop(
    case: Case, clock: Chronology, last: Episode, following: Episode | None
) -> tuple[Timing | None, list[Finding]]:
    """Return when a line stopped, narrowed by its own start and by the start of the next line."""
    stop = last.told_stop
    if stop is None:
        return None, []
    timing = timing_of(case, stop)
    days = clock.days.get(stop.id)
    start = clock.days.get(last.first.id)
    end = (
        clock.days.get(following.first.id) if following is not None and following.first is not stop else None
    )
    if days is None:
        return timing, []
    low = max(days[0], start[0]) if start is not None else days[0]
    high = (
        min(days[1], end[1])
        if end is not None and following and clock.before(stop.id, following.first.id)
        else days[1]
    )
    if (low, high) == days or low > high:
        return timing, []
    narrowed = clock.timing(low, high)
    what = (
        f"The stop of {_name(last.agents)} is dated {timing.text}; its start and the next line narrow it to"
    )
    what = f"{what} {narrowed.text}."
    facts = (last.first.id, stop.id, *((following.first.id,) if end is not None and following else ()))
    return narrowed, [_finding("course.stop_bounded", what, facts)]


def _course_findings(case: Case, clock: Chronology, lesions: tuple[TrackedLesion, ...]) -> list[Finding]:
    out: list[Finding] = []
    set_aside = earlier_tumour_treatments(case, clock)
    if set_aside:
        ids = tuple(fact.id for fact in case.facts if fact.id in set_aside)
        what = "Treatment of an earlier, other tumour is not counted among the lines of therapy."
        out.append(_finding("course.earlier_tumour", what, ids))
    for most, kind in ((MOST_SIGHTS, Lesion), (MOST_EVENTS, Treatment)):
        told = len(case.of(kind))
        if told > most:
            what = f"Only the first {most} of {told} facts of one kind are followed: {kind.__name__.lower()}."
            out.append(_finding("course.too_many_facts", what, (), level="warning"))
    for lesion in lesions:
        if lesion.ambiguous:
            ids = tuple(sight.fact for sight in lesion.measurements)
            what = f"{lesion.name} is not followed as a lesion of its own: {lesion.ambiguous}."
            out.append(_finding("course.lesion_ambiguous", what, ids, level="note"))
    touched = {fact for lesion in lesions for fact in (*lesion.irradiated, *lesion.resected)}
    for fact in case.of(Treatment):
        if (
            fact.modality == "radiotherapy"
            and fact.event != "stop"
            and fact.id not in touched | set_aside
            and lesions
        ):
            what = f"Which lesions the radiotherapy ({timing_of(case, fact).text}) reached is not told."
            out.append(_finding("course.radiotherapy_field_unclear", what, (fact.id,), level="note"))
    return out


def _name(agents: tuple[str, ...]) -> str:
    return " + ".join(agents) if agents else "systemic therapy (agents not named)"


_NOT_OF_LINES = frozenset(
    {"course.lesion_ambiguous", "course.radiotherapy_field_unclear", "course.too_many_facts"}
)


def _finding(rule: str, what: str, facts: tuple[str, ...], *, level: Level = "info") -> Finding:
    unique = tuple(dict.fromkeys(facts))
    return Finding(
        what=what[0].upper() + what[1:],
        rule=rule,
        topic="course",
        level=level,
        facts=unique,
        citations=() if rule in _NOT_OF_LINES else (LINES_OF_THERAPY,),
    )
