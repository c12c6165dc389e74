"""Which regimen was being given on a day of the story, where a letter lists the treatments before it tells them."""

from __future__ import annotations

from datetime import date

from caseboard.case.dates import DateInterval
from caseboard.narrative.memory import Memory

__all__ = ["regimen_on"]


def regimen_on(memory: Memory, day: DateInterval) -> tuple[str, ...] | None:
    """Return the agents that were being given on a day, by the dated courses told so far; empty where none was yet.

    None where that is the regimen that the story speaks of anyway, or where the courses do not say. One that has ended
    by where the story is was being given on a day before its end.
    """
    now = memory.regimen or memory.last_regimen
    begun = _begun(memory)
    since = max((when for when, _, agents in begun if set(agents) & set(now)), default=None)
    if since is None:
        return None
    ahead = since > day.last
    before = max(((first, agents) for first, last, agents in begun if last < day.first), default=None)
    if before is not None and _goes_on(memory, before[1], before[0], day):
        first, agents = before
        if not memory.regimen and agents == memory.last_regimen and _ended_after(memory, agents, day):
            return agents  # the story goes back into its time
        together = tuple(sorted({*agents, *now}))  # of which the story keeps what is left
        known = set(agents) <= set(now) or set(now) <= set(agents) or together in memory.combined
        return agents if not known and (ahead or since < first) else None
    if not ahead or not memory.regimen:
        return None
    return max((agents for first, _, agents in begun if first == day.first), default=())


def _begun(memory: Memory) -> list[tuple[date, date, tuple[str, ...]]]:
    """Return the first and the last day on which each dated course may have begun."""
    return [
        (when.first, when.last, agents)
        for (event, agents), drafts in memory.courses.items()
        if event in ("start", "resume")
        for draft in drafts
        if isinstance(when := draft.moment.when, DateInterval)
    ]


def _ended_after(memory: Memory, agents: tuple[str, ...], day: DateInterval) -> bool:
    """Whether a course is told to have ended, and certainly after a day."""
    ends = [draft.moment.when for draft in memory.courses.get(("stop", agents), ())]
    return bool(ends) and all(isinstance(when, DateInterval) and when.first > day.last for when in ends)


def _goes_on(memory: Memory, agents: tuple[str, ...], since: date, day: DateInterval) -> bool:
    """Whether a course begun at ``since`` had not ended by a day."""
    ends = [
        when
        for draft in memory.courses.get(("stop", agents), ())
        if isinstance(when := draft.moment.when, DateInterval) and when.last >= since
    ]
    if ends:
        return all(when.last >= day.first for when in ends)
    return agents in memory.given
