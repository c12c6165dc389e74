"""Treatment episodes from the events that a report tells: start, resumption, change of dose, stop, done.

An episode runs from a start or a resumption to the stop. What is not told is left open and said: a resumption
without a stop before it implies a pause, whose first day is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caseboard.assess.chronology import Chronology, timing_of
from caseboard.assess.passages import around, sentence
from caseboard.assess.results import TreatmentEpisode
from caseboard.assess.written import toxicity_written
from caseboard.case.case import Case
from caseboard.case.facts import AdverseEvent, Demographics, Diagnosis, Response, Treatment

__all__ = [
    "MOST_EVENTS",
    "Episode",
    "build_episodes",
    "earlier_tumour_treatments",
    "finish_episode",
    "told_of_earlier_tumour",
]

MOST_EVENTS = 1000
"""Events of treatment that are read; a text that tells more is no case of one patient."""
_SAME_MONTH_DAYS = 31
_DRUGS = frozenset({"systemic", "supportive"})
_REASONS = (
    (
        "progression",
        re.compile(r"progress|relaps|recurren|refractor|ineffective|no response|absence of .{0,40}response"),
    ),
    ("toxicity", re.compile(r"toxic|intoleran|adverse|side effect|tolerat")),
    ("the patient's wish", re.compile(r"wish|preference|own accord|declin|refus|request")),
    ("before surgery", re.compile(r"before surgery|pre-?operativ|prior to surgery|wound")),
    ("planned end", re.compile(r"planned|complet")),
)


@dataclass(eq=False)
class Episode:
    """An episode while it is being built; ``first`` is the event that opened it, ``stop`` the one that closed it.

    ``first_stop`` is an earlier day on which it is said to have ended too, where two are told; ``pause`` is the last
    pause of a told length, which ends nothing.
    """

    modality: str
    agents: tuple[str, ...]
    first: Treatment
    start: Treatment | None
    stop: Treatment | None = None
    first_stop: Treatment | None = None
    pause: Treatment | None = None
    substituted: bool = False
    left: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    facts: list[Treatment] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether no stop has been told or implied yet."""
        return self.stop is None

    @property
    def told_stop(self) -> Treatment | None:
        """The fact that tells the end, None where it is only implied by what came next."""
        return self.stop if self.stop is not None and self.stop.event in ("stop", "done") else None


def told_of_earlier_tumour(case: Case, clock: Chronology) -> frozenset[str]:
    """Return the ids of treatments and responses told right behind an earlier, other tumour (status ``history``).

    That is, up to the first response or fact of another kind, and unless they have a day that is not certainly before
    the first presentation.
    """
    presented = _presented(case, clock)
    found: set[str] = set()
    running, told_until = False, None
    for fact in case.facts:
        if not isinstance(fact, Treatment | Response):
            running, told_until = isinstance(fact, Diagnosis) and fact.status == "history", None
            continue
        span = fact.source.span
        running = running and (told_until is None or (span is not None and span.start < told_until))
        undated = not presented or fact.id not in clock.days
        if running and (undated or clock.certainly_before(fact.id, presented)):
            found.add(fact.id)
        if running and isinstance(fact, Response):
            # what became of it closes what is told of it, but for treatments its own words name
            told_until = span.end if span is not None else 0
    return frozenset(found)


def earlier_tumour_treatments(case: Case, clock: Chronology) -> frozenset[str]:
    """Return the ids of treatments that are in no line of therapy of this tumour, for another one was there earlier.

    Those are the treatments told of that one, and those of the years after its day that are certainly before the
    presentation, and before the diagnosis of this tumour: a letter presents who has long been treated for it.
    """
    former = [fact.id for fact in case.of(Diagnosis) if fact.status == "history"]
    if not former:
        return frozenset()
    told, presented = told_of_earlier_tumour(case, clock), _presented(case, clock)
    begun = [fact.id for fact in case.of(Diagnosis) if fact.status != "history" and fact.id in clock.days]
    return frozenset(
        fact.id
        for fact in case.of(Treatment)
        if fact.id in told
        or (
            clock.certainly_before(fact.id, presented)
            and all(clock.certainly_before(fact.id, one) for one in begun)
            and any(_is_of_its_years(clock, one, fact.id) for one in former)
        )
    )


_ITS_YEARS = 5 * 366
"""Days for which a tumour is commonly treated and followed: five years."""


def _is_of_its_years(clock: Chronology, tumour: str, treatment: str) -> bool:
    """Whether a treatment may be of the years that follow a tumour's day; one without a day has no years."""
    days = clock.between(tumour, treatment)
    return days is not None and days[1] >= 0 and days[0] <= _ITS_YEARS


def _presented(case: Case, clock: Chronology) -> str:
    """Return the fact of the first presentation, "" where none has a day."""
    return next((fact.id for fact in case.of(Demographics) if fact.id in clock.days), "")


def build_episodes(case: Case, clock: Chronology) -> list[Episode]:
    """Return all episodes in order of time, those of earlier tumours left out."""
    set_aside = earlier_tumour_treatments(case, clock)
    episodes: list[Episode] = []
    surgeries = [f.id for f in case.of(Treatment) if f.modality == "surgery"]
    events = [fact for fact in clock.facts if isinstance(fact, Treatment) and fact.id not in set_aside]
    for fact in events[:MOST_EVENTS]:
        if fact.modality not in _DRUGS:
            _local(fact, episodes)
        elif fact.event == "done":
            _given(fact, episodes)
        elif fact.event == "stop":
            _stop(fact, episodes, clock, for_a_time=_is_pause(case, fact))
        elif fact.event == "change":
            _change(fact, episodes)
        else:
            _start(fact, episodes, clock, surgeries)
    return episodes


def _open_episodes(fact: Treatment, episodes: list[Episode]) -> list[Episode]:
    """Return the open episodes of that modality, the latest first."""
    return [
        e for e in reversed(episodes) if e.modality == fact.modality and e.open and e.first.event != "done"
    ]


def _local(fact: Treatment, episodes: list[Episode]) -> None:
    if fact.event == "stop":
        for episode in _open_episodes(fact, episodes):
            episode.stop = fact
            episode.facts.append(fact)
            return
    episode = _begin(fact, episodes)
    if fact.event == "done":
        episode.stop = fact


def _given(fact: Treatment, episodes: list[Episode]) -> None:
    """Take a course of drugs told as done: it ends the open one of the same agents, or stands for itself."""
    for episode in _open_episodes(fact, episodes):
        if set(episode.agents) == set(fact.agents):
            episode.stop = fact
            episode.facts.append(fact)
            return
    _begin(fact, episodes).stop = fact


def _begin(fact: Treatment, episodes: list[Episode], *, start: bool = True) -> Episode:
    episode = Episode(fact.modality, fact.agents, fact, fact if start else None, left=set(fact.agents))
    episode.facts.append(fact)
    if fact.dose:
        episode.notes.append(fact.dose)
    episodes.append(episode)
    return episode


def _start(fact: Treatment, episodes: list[Episode], clock: Chronology, surgeries: list[str]) -> None:
    for old in _open_episodes(fact, episodes):
        if _rejoins(fact, old):
            return
        if old.agents != fact.agents:
            continue
        between = any(clock.before(old.facts[-1].id, s) and clock.before(s, fact.id) for s in surgeries)
        again = fact.event == "resume" or between or _after_another(fact, old, episodes, clock)
        if not again:
            old.facts.append(fact)
            if fact.dose and fact.dose not in old.notes:
                old.notes.append(fact.dose)
            return
        old.stop = old.pause or fact
        break
    _begin(fact, episodes)


def _rejoins(fact: Treatment, episode: Episode) -> bool:
    """Take up again the part of a combination that was stopped while the rest went on; return whether it was."""
    agents = set(fact.agents)
    if fact.event != "resume" or not agents or not agents < set(episode.agents) or agents & episode.left:
        return False
    episode.left |= agents
    episode.facts.append(fact)
    episode.notes.append(f"{', '.join(sorted(agents))} resumed" + (f", {fact.dose}" if fact.dose else ""))
    return True


def _after_another(fact: Treatment, old: Episode, episodes: list[Episode], clock: Chronology) -> bool:
    """Whether a start follows other agents begun since; if only one of the two is dated, it may be a repeat."""
    later = episodes[episodes.index(old) + 1 :]
    rivals = [e for e in later if e.modality == fact.modality and not set(e.agents) & set(fact.agents)]
    return any(
        clock.certainly_before(rival.first.id, fact.id)
        or (rival.first.id not in clock.days and fact.id not in clock.days)
        for rival in rivals
    )


def _is_pause(case: Case, stop: Treatment) -> bool:
    """Whether a stop is one for a told length of time: "held for ten days", "a pause of two weeks"."""
    return stop.event == "stop" and _PAUSED_FOR.search(around(case, stop, 0, _BEHIND_STOP)) is not None


_PAUSED_FOR = re.compile(
    r"\b(?:held|withheld|paused?|interrupt(?:ed|ion)|suspen(?:ded|sion)|on\shold|hold|break|holiday|stopped)\s"
    r"(?:(?!for\b|of\b)[\w-]{1,14}\s){0,3}(?:for|of)\s(?:(?:about|approximately|only|just|another|the|a\stotal\sof)\s){0,2}"
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen)(?:\s?(?:-|–|to|or)\s?\w{1,5})?[\s-]"
    r"(?:days?|weeks?|fortnight|months?|cycles?|doses?)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held|hold|withheld|paus\w{1,3}|interrupt\w{2,3}|suspen\w{3,4})\b", re.IGNORECASE)
"""What makes an end one for a time, which the end told after it does not contradict."""
_BEHIND_STOP = 50
"""Characters behind a stop within which its length is told."""


def _stop(fact: Treatment, episodes: list[Episode], clock: Chronology, *, for_a_time: bool) -> None:
    agents = set(fact.agents)
    opened = _open_episodes(fact, episodes)
    # The latest line with these agents ends, also where an earlier one, whose end was not told, had them alone.
    for episode in opened:
        whole = not agents or episode.left == agents or set(episode.agents) == agents
        if whole or agents <= episode.left:
            episode.facts.append(fact)
            if whole and for_a_time:
                episode.pause = fact
                episode.notes.append("paused")
            elif whole:
                episode.stop = fact
            else:
                _stop_part(episode, agents)
            return
    parts = [episode for episode in opened if agents & episode.left]
    for episode in parts:  # "both were stopped" ends what was begun apart
        episode.facts.append(fact)
        _stop_part(episode, agents)
        if not episode.left:
            episode.stop = fact
    if parts:
        return
    for episode in reversed(episodes):
        if (
            episode.modality == fact.modality
            and set(episode.agents) == agents
            and episode.first.event != "done"
        ):
            episode.facts.append(fact)  # a stop told twice
            told = episode.told_stop
            if told is not None and episode is episodes[-1] and clock.certainly_before(told.id, fact.id):
                paused = _HELD.search(told.source.quote) is not None
                episode.first_stop = episode.first_stop or (None if paused else told)
                episode.stop = fact
            return
    _begin(fact, episodes, start=False).stop = fact


def _stop_part(episode: Episode, agents: set[str]) -> None:
    """Note that some agents of an episode stopped and what went on, if anything did."""
    episode.left -= agents
    if episode.left:
        episode.notes.append(
            f"{', '.join(sorted(agents))} stopped, {', '.join(sorted(episode.left))} continued"
        )


def _change(fact: Treatment, episodes: list[Episode]) -> None:
    agents = set(fact.agents)
    opened = _open_episodes(fact, episodes)
    for episode in opened:
        if not agents or agents <= set(episode.agents):
            episode.facts.append(fact)
            episode.notes.append(fact.dose or "dose changed")
            return
    for episode in opened:
        if agents & set(episode.agents):
            episode.stop = fact
            _begin(fact, episodes).substituted = True
            return
    _begin(fact, episodes)


def stop_reason(episode: Episode, clock: Chronology, case: Case) -> str:
    """Return why the episode was stopped: as stated, else by the source's words, else by a progression stated then."""
    stop = episode.stop
    if stop is None or stop.event == "done":
        return ""
    if stop.event != "stop":
        return (
            "agents changed"
            if stop.event == "change"
            else "paused before it was started again; when is not told"
        )
    if stop.reason:
        return stop.reason
    words = stop.source.quote.casefold()
    for reason, pattern in _REASONS:
        if pattern.search(words):
            return reason
    if (harm := _harm_told_with(case, stop)) is not None:
        return f"told with {toxicity_written(harm.term, None).lower()}" + (
            f" grade {harm.grade}" if harm.grade else ""
        )
    for response in case.of(Response):
        gap = clock.between(response.id, stop.id)
        if response.category != "PD" or gap is None or not clock.before(episode.first.id, response.id):
            continue
        if gap[0] >= -_SAME_MONTH_DAYS and 0 <= gap[1] <= 2 * _SAME_MONTH_DAYS:
            return f"progression ({timing_of(case, response).text})"
    return "not told"


def _harm_told_with(case: Case, stop: Treatment) -> AdverseEvent | None:
    """Return the harm blamed on a drug in the very sentence that ends it, which tells no progression."""
    told = sentence(case, stop)
    if not told or any(sentence(case, one) == told for one in case.of(Response) if one.category == "PD"):
        return None
    return next(
        (
            event
            for event in case.of(AdverseEvent)
            if set(event.agents) & set(stop.agents)
            and event.when == stop.when
            and sentence(case, event) == told
        ),
        None,
    )


def finish_episode(
    case: Case, clock: Chronology, episode: Episode, number: int, *, ongoing: bool
) -> TreatmentEpisode:
    """Return the episode in its final shape."""
    what = (
        " + ".join(episode.agents)
        or episode.first.procedure
        or _NAMES.get(episode.modality, episode.modality)
    )
    return TreatmentEpisode(
        id=f"episode-{number}",
        modality=episode.modality,
        name=what,
        agents=episode.agents,
        start=None if episode.start is None else timing_of(case, episode.start),
        stop=None if episode.told_stop is None else timing_of(case, episode.told_stop),
        ongoing=ongoing,
        doses=tuple(dict.fromkeys(episode.notes)),
        stop_reason=stop_reason(episode, clock, case),
        facts=tuple(fact.id for fact in episode.facts),
    )


_NAMES = {"systemic": "systemic therapy, agents not named", "supportive": "supportive care"}
