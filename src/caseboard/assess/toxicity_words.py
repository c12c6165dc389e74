"""What the source says of an adverse event beside its grade: attribution, resolution, and the action that was taken.

Only the words of the event's own sentence count, and for its resolution those of the next one where it takes it up.
What they do not say is not told: an event that is not mentioned again has not therefore resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from caseboard.assess.passages import sentence, span_of
from caseboard.case.case import Case
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.terms import toxicities

__all__ = ["Teller", "Told"]

_REACH = 240
_MOST_REASONS = 500
"""So many treatments are asked whether an event was their reason."""
_RELATED = re.compile(
    r"\b(?P<degree>definitely|probably|possibly|likely|unlikely|not)\s+(?:to\s+be\s+)?(?:drug-|treatment-)?related\b",
    re.IGNORECASE,
)
_BLAMED = re.compile(
    r"\b(?:due\s+to|owing\s+to|because\s+of|on\s+account\s+of|caused|secondary\s+to|attribut\w{1,6}|ascrib\w{1,5}"
    r"|imput\w{1,5}|blam\w{1,4}|put\s+down\s+to|(?:drug|treatment|therapy|immune)-(?:related|induced|associated)"
    r"|toxicit(?:y|ies)|side[\s-]effects?|adverse)\b",
    re.IGNORECASE,
)
"""What blames an event on treatment; that it came while a drug was given does not."""
_RESOLVED = re.compile(
    r"\b(?:resolved|solved|subsided|disappeared|recovered|normali[sz]ed|cleared|abated)\b", re.IGNORECASE
)
_RESOLVING = re.compile(r"\b(?:resolving|recovering|subsiding)\b", re.IGNORECASE)
_IMPROVED = re.compile(r"\b(?:improved|decreased to grade [0-2]|relieved)\b", re.IGNORECASE)
_PERSISTS = re.compile(
    r"\b(?:persist(?:s|ed|ing)?|ongoing|did not resolve|unresolved|irreversible)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|never|no|without|un)\s*$", re.IGNORECASE)
_DRUG = r"(?:the\s+)?(?:treatment|therapy|drug|chemotherapy|[a-z]+(?:nib|mab|cin|platin|taxel|mus))"
_AMOUNT = r"(?:dos(?:e|age)s?)"
_VERBS = {
    "dose reduced": r"reduced|reduction|de-?escalated|lowered|cut",
    "drug interrupted": r"interrupted|interruption|withheld|held|paused|suspended|delayed",
    "drug withdrawn": r"discontinued|discontinuation|stopped|withdrawn|terminated|ceased",
}


_INTERRUPTED = re.compile(rf"\b(?:{_VERBS['drug interrupted']})\b", re.IGNORECASE)
"""What tells of an end that it is one for a time, which a treatment's own fact names no drug for: "it was held"."""


def _done(verb: str, what: str) -> str:
    return rf"\b{what}\b[^.;]{{0,40}}?\b(?:{verb})\b|\b(?:{verb})\b(?:\s+(?:of|in))?(?:\s+the)?\s+{what}\b"


_ACTIONS = {
    action: re.compile(
        _done(verb, _AMOUNT) + rf"|\breduction\s+of\s+{_DRUG}\b"
        if action == "dose reduced"
        else _done(verb, _DRUG),
        re.IGNORECASE,
    )
    for action, verb in _VERBS.items()
}
_BECAUSE_OF_IT = {
    action: re.compile(
        rf"\b(?:{verb})\b[^.;]{{0,60}}\b(?:because of|due to|owing to|on account of|for)\s+(?:the\s+|a\s+|an\s+)?$",
        re.IGNORECASE,
    )
    for action, verb in _VERBS.items()
}
_NOT_CHANGED = re.compile(
    rf"\b(?:without|no)\s+(?:a\s+|any\s+)?dose\s+(?:reduction|modification|adjustment|change)s?\b"
    rf"|\b{_AMOUNT}\s+(?:was\s+|were\s+)?(?:kept|maintained|unchanged|not\s+(?:changed|modified|reduced))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_TAKEN_UP = re.compile(
    r"(?:It|This|These|They|The (?:event|toxicity|toxicities|symptoms?|reaction|rash|values?))\b"
)


class Told(NamedTuple):
    """In the words of CDISC where it has one; empty where the source does not say.

    ``attribution``: how it is related to treatment, or only "under" it. ``resolution``: resolved, resolving, improved,
    not resolved, fatal.
    ``action``: dose not changed, dose reduced, drug interrupted, drug withdrawn, treatment changed; ``facts`` are the
    treatments that say so. ``blame``: the agents that it is ascribed to, or that were given then ("under").
    """

    attribution: str
    blame: str
    resolution: str
    action: str
    facts: tuple[str, ...]


class Teller:
    """What the source tells of the adverse events of one case: what all of them need is looked up once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._starts: dict[str, list[int]] = {}
        for event in case.of(AdverseEvent):
            placed = span_of(case, event)
            if placed is not None:
                self._starts.setdefault(event.source.document, []).append(placed[1].start)
        for starts in self._starts.values():
            starts.sort()
        reasons = (fact for fact in case.of(Treatment) if fact.reason and fact.event in ("stop", "change"))
        self._reasons = [((fact.reason or "").casefold(), fact) for fact in islice(reasons, _MOST_REASONS)]
        self._by_reason: dict[str, Treatment | None] = {}

    def told_of(self, event: AdverseEvent) -> Told:
        """Return what the source tells of an adverse event."""
        own = sentence(self._case, event)
        action, facts = self._action(event, own)
        resolution = "fatal" if event.grade == 5 else _resolution(self._words_after(event))
        blame = self._blame(event, own, action)
        return Told(_attribution(own, blame), blame, resolution, action, facts)

    def _blame(self, event: AdverseEvent, own: str, action: str) -> str:
        """Return how an event stands to its agents: ascribed to them, or told of the time under them and no more.

        Where the text is not at hand, the fact says what the event is blamed on.
        """
        if not event.agents:
            return ""
        acted = action not in ("", "dose not changed")
        told = acted or span_of(self._case, event) is None or _is_blamed(event, own)
        return f"{'ascribed to' if told else 'under'} {' + '.join(event.agents)}"

    def _words_after(self, event: AdverseEvent) -> str:
        """Return what the sentence says after the event, and the next one where it takes it up; to another event."""
        placed = span_of(self._case, event)
        if placed is None:
            return ""
        text, span = placed
        starts = self._starts[event.source.document]
        following = bisect_left(starts, span.end)
        end = min([span.end + _REACH, *starts[following : following + 1]])
        first, *rest = _SENTENCE.split(text[span.end : end], maxsplit=2)
        return f"{first} {rest[0]}" if rest and _TAKEN_UP.match(rest[0]) else first

    def _action(self, event: AdverseEvent, own: str) -> tuple[str, tuple[str, ...]]:
        """Return what was done: as a treatment says that names the event as its reason, else as the sentence does."""
        treatment = self._treatment(event)
        if treatment is not None:
            words = treatment.source.quote
            changed = "dose reduced" if "reduc" in words.casefold() else "treatment changed"
            ended = "drug interrupted" if _INTERRUPTED.search(words) is not None else "drug withdrawn"
            return ended if treatment.event == "stop" else changed, (treatment.id,)
        before = own.partition(event.source.quote)[0] if event.source.quote else ""
        because = next((action for action, pattern in _BECAUSE_OF_IT.items() if pattern.search(before)), "")
        if because or _NOT_CHANGED.search(own):
            return because or "dose not changed", ()
        said = [action for action, pattern in _ACTIONS.items() if pattern.search(own)]
        return (said[0], ()) if len(said) == 1 else ("", ())

    def _treatment(self, event: AdverseEvent) -> Treatment | None:
        """Return the first treatment that was stopped or changed for the reason of the event."""
        if event.term not in self._by_reason:
            names = _names(event)
            self._by_reason[event.term] = next(
                (fact for reason, fact in self._reasons if any(name in reason for name in names)), None
            )
        return self._by_reason[event.term]


def _is_blamed(event: AdverseEvent, own: str) -> bool:
    """Whether a sentence blames an event on treatment: by a word for it, or by "from" before a drug of the event."""
    if _BLAMED.search(own):
        return True
    words = own.casefold()
    return any(
        re.search(rf"\b(?:from|by)\s(?:the\s)?{re.escape(agent.casefold())}\b", words)
        or f"{agent.casefold()}-" in words
        for agent in event.agents
    )


def _attribution(own: str, blame: str) -> str:
    """Return how an event is related to treatment: in the degree that its sentence tells, else as it is blamed."""
    found = _RELATED.search(own)
    if found and len(_RELATED.findall(own)) == 1:
        return f"{found['degree'].lower()} related"
    return blame


def _resolution(words: str) -> str:
    for pattern, word in (
        (_PERSISTS, "not resolved"),
        (_RESOLVED, "resolved"),
        (_RESOLVING, "resolving"),
        (_IMPROVED, "improved"),
    ):
        found = pattern.search(words)
        if found and not _DENIED.search(words[: found.start()]):
            return word
    return ""


def _names(event: AdverseEvent) -> set[str]:
    found = toxicities.lookup(event.term)
    names = {event.term.casefold()}
    if found is not None:
        names |= {found.term.key.casefold(), found.term.plain.casefold()}
    return names
