"""What the patient already had of a drug, and how it went, in one phrase.

Lines of therapy say when; the stated responses that fall into a line, or between it and the next, say how it went.
Dates decide where they can, the order of the story where they cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from caseboard.assess.alterations import story_order
from caseboard.assess.chronology import say_interval
from caseboard.assess.results import Course, Line, Sequence
from caseboard.case import Case, DateInterval, Response, Treatment
from caseboard.case.facts import Fact

__all__ = ["given_before", "how_it_ended", "was_given"]

_WORDS = {
    "CR": "complete response",
    "PR": "partial response",
    "MR": "regression, category not stated",
    "SD": "stable disease",
    "PD": "progression",
    "NED": "no evidence of disease",
}
_NOT_DATED = "not dated"
_BEST_FIRST = ("CR", "PR", "MR", "SD")
_EVENTS = {"start": "started", "resume": "resumed", "stop": "stopped", "change": "changed", "done": "given"}


def given_before(case: Case, course: Course, agents: Iterable[str]) -> str:
    """Return what is told of treatment with all of ``agents`` (INN, lower case) together, "" where nothing is."""
    wanted = frozenset(agents)
    lines = [line for line in course.lines if wanted <= set(line.agents)]
    if not lines:
        return _events(case, wanted)
    phrases = []
    for count, line in enumerate(lines):
        following = next((later for later in course.lines if later.number > line.number), None)
        told = _how_it_went(case, course, line, following)
        phrases.append("; ".join([_when(line, wanted, again=count > 0), *told]))
    return "; ".join(phrases)


def how_it_ended(case: Case, course: Course, agents: Iterable[str]) -> Sequence:
    """Return whether the patient had all of ``agents`` together, and whether it ended by progression or by toxicity.

    Progression counts where it was stated while the drug was being taken, or given as the reason why it was stopped, in
    the last line with it: what came back after a pause may still respond.
    """
    wanted = frozenset(agents)
    lines = [line for line in course.lines if wanted <= set(line.agents)]
    if not lines:
        return "had" if was_given(case, wanted) else "never had"
    if _progressed_on(case, course, lines[-1]):
        return "progressed on"
    reasons = {episode.id: episode.stop_reason.casefold() for episode in course.episodes}
    ended = [reasons.get(line.episodes[-1], "") for line in lines if line.episodes and not line.ongoing]
    return "stopped for toxicity" if any(_TOXIC.search(reason) for reason in ended) else "had"


def _progressed_on(case: Case, course: Course, line: Line) -> bool:
    last = next((episode for episode in course.episodes if episode.id == line.episodes[-1]), None)
    if last is not None and not line.ongoing and last.stop_reason.casefold().startswith("progress"):
        return True
    following = next((later for later in course.lines if later.number > line.number), None)
    stated = [response for response in _responses(case, line, following) if response.category != "NED"]
    if not stated or stated[-1].category != "PD":
        return False
    stop = line.stop.interval if line.stop else None
    after = _is_after_stop(case, stated[-1], stop, case.fact(line.facts[-1]))
    return line.ongoing or line.stop is None or not after


_TOXIC = re.compile(r"toxic|intoleran|adverse|side effect")


def was_given(case: Case, agents: Iterable[str]) -> bool:
    """Whether a treatment with all of ``agents`` together is told of."""
    wanted = frozenset(agents)
    return any(wanted <= set(treatment.agents) for treatment in case.of(Treatment))


def _when(line: Line, wanted: frozenset[str], *, again: bool) -> str:
    words = ["again" if again else "given"]
    others = sorted(set(line.agents) - wanted)
    if others:
        words.append(f"with {', '.join(others)}")
    start, stop = (timing.text if timing else _NOT_DATED for timing in (line.start, line.stop))
    open_end = line.ongoing or line.stop is None
    if start != _NOT_DATED:
        words.append(f"since {start}" if open_end else f"from {start}")
    if not open_end and stop != _NOT_DATED:
        words.append(f"to {stop}" if start != _NOT_DATED else f"until {stop}")
    gaps = [
        gap
        for gap, holds in (
            ("start not dated", start == _NOT_DATED),
            ("stop not told", line.stop is None and not line.ongoing),
        )
        if holds
    ]
    if gaps:
        words.append(f"({', '.join(gaps)})")
    return " ".join(words)


def _how_it_went(case: Case, course: Course, line: Line, following: Line | None) -> list[str]:
    responses = _responses(case, line, following)
    told = []
    best = min(
        (response for response in responses if response.category in _BEST_FIRST),
        key=lambda response: (_BEST_FIRST.index(response.category), story_order(response)),
        default=None,
    )
    if best is not None:
        told.append(f"best stated response: {_WORDS[best.category]}{_on(case, best)}")
    elif any(response.category == "NED" for response in responses):
        told.append("no evidence of disease stated")
    last = next((episode for episode in course.episodes if episode.id == line.episodes[-1]), None)
    if last is not None and not line.ongoing and last.stop_reason not in {"", "not told"}:
        told.append(f"stopped: {last.stop_reason}")
    progression = next((response for response in responses if response.category == "PD"), None)
    if progression is not None:
        after = _is_after_stop(
            case, progression, line.stop.interval if line.stop else None, case.fact(line.facts[-1])
        )
        place = ", after it was stopped" if after and not line.ongoing and line.stop is not None else ""
        told.append(f"progression stated{_on(case, progression)}{place}")
    return told


def _responses(case: Case, line: Line, following: Line | None) -> list[Response]:
    start = line.start.interval if line.start else None
    first = case.fact(line.facts[0])
    inside = []
    for response in sorted(case.of(Response), key=story_order):
        if not _is_after(case, response, start, first):
            continue
        if following is not None:
            limit = following.start.interval if following.start else None
            if _is_after(case, response, limit, case.fact(following.facts[0])):
                continue
        inside.append(response)
    return inside


def _is_after(case: Case, fact: Fact, when: DateInterval | None, told: Fact) -> bool:
    """Whether ``fact`` lies after ``when``, or, where the dates leave that open, is told after ``told``."""
    own = case.interval(fact)
    if own is not None and when is not None:
        order = own.compare(when)
        if order in {"before", "after"}:
            return order == "after"
    return story_order(fact) > story_order(told)


def _is_after_stop(case: Case, fact: Fact, stop: DateInterval | None, told: Fact) -> bool:
    """Whether ``fact`` lies after the end of a treatment; what was found on the day of the end is why it ended."""
    return not (stop is not None and stop.exact and case.interval(fact) == stop) and _is_after(
        case, fact, stop, told
    )


def _events(case: Case, wanted: frozenset[str]) -> str:
    """Return the bare events of treatment where no line of therapy was made of them."""
    events = [t for t in case.of(Treatment) if t.agents and wanted <= set(t.agents)]
    told = [f"{_EVENTS[event.event]}{_on(case, event)}" for event in sorted(events, key=story_order)]
    return f"given: {', '.join(told)}" if told else ""


def _on(case: Case, fact: Fact) -> str:
    interval = case.interval(fact)
    if interval is not None:
        return f" ({say_interval(interval)})"
    return f" ({fact.when})" if fact.when is not None else ""
