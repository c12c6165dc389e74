"""Lines of systemic therapy: which treatment episodes make one line, and which begin another.

A new line is a new set of agents. The same agents after a pause are the same line, unless the disease had progressed
off therapy or the pause was long: then it is a rechallenge, and a line of its own. A planned substitution, an agent
added to a running regimen without progression, or a second regimen alternating with the first stays within the line
(Saini and Twelves 2021 draw these distinctions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from caseboard.assess.chronology import Chronology, say_days, timing_of
from caseboard.assess.findings import Citation, Finding, Level
from caseboard.assess.passages import around
from caseboard.assess.treatments import Episode
from caseboard.case.case import Case
from caseboard.case.facts import Response, Treatment
from caseboard.terms import drugs

__all__ = [
    "LINES_OF_THERAPY",
    "LONGEST_PAUSE_DAYS",
    "LineOfEpisodes",
    "join_lines",
    "line_finding",
    "name_of",
]

LINES_OF_THERAPY = Citation(
    "Saini and Twelves 2021, Br J Cancer 125:155", pmid=33850304, doi="10.1038/s41416-021-01319-8"
)

LONGEST_PAUSE_DAYS = 180
"""A pause longer than this makes a resumption a line of its own even if no progression was told. Our choice:
published rules for lines of therapy set between 90 and 180 days."""

_ALTERNATION_DAYS = 28
"""Regimens started so close together, with no stop or progression between, are given together or in alternation."""

_LYMPHODEPLETING = frozenset({"bendamustine", "cyclophosphamide", "fludarabine"})
"""What is given in the days before T cells are infused, by the labels of the approved products."""

_DEPLETION_DAYS = 61
"""Lymphodepletion is given within two weeks of the infusion; dates told by the month alone add up to two months."""


@dataclass(eq=False)
class LineOfEpisodes:
    """A line while it is being built. ``findings`` say why its episodes are one line, or why it is another."""

    agents: tuple[str, ...]
    episodes: list[Episode]
    rechallenge: int | None = None
    findings: list[Finding] = field(default_factory=list)


Joins = Literal["new", "same", "rechallenge"]


def join_lines(case: Case, clock: Chronology, episodes: list[Episode]) -> list[LineOfEpisodes]:
    """Return the lines that episodes of systemic therapy make up, in their order."""
    lines: list[LineOfEpisodes] = []
    for episode in episodes:
        if not lines:
            lines.append(LineOfEpisodes(episode.agents, [episode]))
            continue
        joins, finding = _joins(case, clock, lines, episode)
        if joins == "same":
            line = lines[-1]
            line.episodes.append(episode)
            line.agents = tuple(sorted({*line.agents, *episode.agents}))
        else:
            line = LineOfEpisodes(episode.agents, [episode])
            if joins == "rechallenge":
                line.rechallenge = _earlier(lines, episode)
            lines.append(line)
        if finding is not None:
            line.findings.append(finding)
    return lines


def _earlier(lines: list[LineOfEpisodes], episode: Episode) -> int | None:
    """Return the number of the latest line with the same agents."""
    for number in range(len(lines), 0, -1):
        if set(episode.agents) and set(episode.agents) <= set(lines[number - 1].agents):
            return number
    return None


def _joins(
    case: Case, clock: Chronology, lines: list[LineOfEpisodes], episode: Episode
) -> tuple[Joins, Finding | None]:
    """Decide whether an episode goes on with the current line, and say why."""
    line = lines[-1]
    last = line.episodes[-1]
    agents, now = set(episode.agents), set(line.agents)
    name = name_of(episode.agents)
    progression = _progression_between(case, clock, last, episode)
    facts = (last.facts[-1].id, *(r.id for r in progression), episode.first.id)
    if episode.substituted:
        return "same", line_finding(
            "course.substitution", f"{name} replaced part of the regimen: the same line.", facts
        )
    if not agents and not progression:
        what = "Systemic therapy went on, agents not named: taken as the same line."
        return "same", line_finding("course.unnamed_agents", what, facts, level="note")
    if not now and not progression and last.stop is None:
        what = f"{name} names the agents of the systemic therapy told before: the same line."
        return "same", line_finding("course.unnamed_agents", what, facts, level="note")
    if agents and agents <= now:
        return _same_agents(case, clock, line, episode, progression, facts)
    started = clock.between(last.first.id, episode.first.id)
    close = started is not None and started[1] <= _DEPLETION_DAYS
    if close and not progression and _depletes_for(last, episode):
        what = f"{name_of(last.agents)} before {name} is read as its lymphodepletion: one line."
        return "same", line_finding("course.lymphodepletion", what, facts, level="note")
    going_on = last.stop is None or clock.certainly_before(episode.first.id, last.stop.id)
    if going_on and not progression and started is not None and started[1] <= _ALTERNATION_DAYS:
        what = f"{name} started within four weeks of {name_of(last.agents)}: given together or in turns, one line."
        return "same", line_finding("course.combined_or_alternating", what, facts)
    if going_on and agents and now and not progression and _is_added(case, episode):
        what = f"{name} was added to {name_of(line.agents)}: a change of the same line."
        return "same", line_finding("course.addition", what, facts)
    earlier = _earlier(lines, episode)
    if earlier is not None:
        what = f"{name} was given again after another line: rechallenge of line {earlier}."
        return "rechallenge", line_finding("course.rechallenge", what, facts, level="note")
    if progression or (last.told_stop is not None):
        return "new", None
    what = f"{name} followed {name_of(line.agents)} without a progression told: a planned sequence would be one line."
    return "new", line_finding("course.switch_without_progression", what, facts, level="note")


_ADDED = re.compile(r"\b(?:added|adding|adjoined|addition of|add-on|on top of)\b", re.IGNORECASE)
_NEXT_STATEMENT = re.compile(r"[.;]\s|\band\b|,")
_BEHIND = 40


def _is_added(case: Case, episode: Episode) -> bool:
    """Whether the words that tell the start of an episode say that it was added to what was given."""
    told = _NEXT_STATEMENT.split(around(case, episode.first, 0, _BEHIND))
    own = [words for words in told if any(agent in words.casefold() for agent in episode.agents)]
    return any(_ADDED.search(words) for words in own or told[:1])


def _depletes_for(last: Episode, episode: Episode) -> bool:
    """Whether an episode gave only what prepares for the cell therapy that the next one brought."""
    known = drugs.vocabulary()
    return (
        bool(last.agents)
        and set(last.agents) <= _LYMPHODEPLETING
        and any(agent in known and known[agent].drug_class == "cell therapy" for agent in episode.agents)
    )


def _same_agents(
    case: Case,
    clock: Chronology,
    line: LineOfEpisodes,
    episode: Episode,
    progression: list[Response],
    facts: tuple[str, ...],
) -> tuple[Joins, Finding | None]:
    name = name_of(episode.agents)
    last = line.episodes[-1]
    gap = None if last.told_stop is None else clock.between(last.told_stop.id, episode.first.id)
    if progression and (last.stop is not None or len(episode.agents) >= len(last.agents)):
        seen = timing_of(case, progression[-1]).text
        what = f"{name} was resumed after progression off therapy ({seen}): a rechallenge, counted as a new line."
        return "rechallenge", line_finding("course.rechallenge", what, facts, level="note")
    if gap is not None and gap[0] > LONGEST_PAUSE_DAYS:
        what = f"{name} was resumed after {say_days(gap)} without a progression told: counted as a new line."
        return "rechallenge", line_finding("course.rechallenge", what, facts, level="note")
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
        return "same", line_finding("course.continued_after_surgery", what, ids)
    if set(episode.agents) < set(last.agents):
        how = "was resumed alone" if episode.first.event == "resume" else "went on alone"
        what = f"{name} {how}, without progression: within the line."
        return "same", line_finding("course.maintenance", what, facts)
    # months overlap, but what was resumed had been stopped
    pause = "" if gap is None else f" of {say_days((max(0, gap[0]), max(0, gap[1])))}"
    return "same", line_finding(
        "course.pause", f"{name} was resumed after a pause{pause}: the same line.", facts
    )


def _progression_between(case: Case, clock: Chronology, last: Episode, episode: Episode) -> list[Response]:
    """Return the progressions stated between the end of an episode (its start, where no end is told) and the next."""
    since = last.told_stop or last.first
    found = [r for r in case.of(Response) if r.category == "PD" and clock.before(since.id, r.id)]
    return [
        r for r in found if clock.before(r.id, episode.first.id) or _is_why_it_began(case, r, episode.first)
    ]


def _is_why_it_began(case: Case, progression: Response, start: Treatment) -> bool:
    """Whether the words behind a start give a progression of its day as the reason: "restarted for relapse"."""
    if progression.when != start.when or progression.source.span is None or start.source.span is None:
        return False
    told = around(case, start, 0, _BEHIND)[len(start.source.quote) :]
    return start.source.span.end <= progression.source.span.end and _BECAUSE_OF.match(told) is not None


_BECAUSE_OF = re.compile(
    r",?\s\(?(?:for|because\sof|due\sto|owing\sto|at|upon|on|after|following|given|as|when)\s(?:[\w-]{1,14}\s){0,4}?"
    r"(?:relaps|recurr|progress|PD\b|metasta|growth)",
    re.IGNORECASE,
)


def name_of(agents: tuple[str, ...]) -> str:
    """Return how a line of these agents is called."""
    return " + ".join(agents) if agents else "systemic therapy (agents not named)"


def line_finding(rule: str, what: str, facts: tuple[str, ...], *, level: Level = "info") -> Finding:
    """Return a finding on the lines of therapy, with the rule that made it."""
    unique = tuple(dict.fromkeys(facts))
    return Finding(
        what=what[0].upper() + what[1:],
        rule=rule,
        topic="course",
        level=level,
        facts=unique,
        citations=(LINES_OF_THERAPY,),
    )
