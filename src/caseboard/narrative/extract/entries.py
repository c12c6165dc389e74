"""Entries of a list of treatments: one regimen with its period, the best response and why it ended.

"2L: pazopanib, 03/2023 - 09/2023; best response: SD; reason for stop: progression". What the entry labels belongs to
its regimen: the best response lies within the period, and what ended it stands at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Response
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.extract.response_when import scan_behind, within_course
from caseboard.narrative.extract.response_words import Category
from caseboard.narrative.memory import NOWHERE, Draft, Entry, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["entry_of", "responses_of_entry", "why_it_ended"]

_BEST = pattern(
    r"\b(?:best\s(?:overall\s|objective\s|clinical\s|radiological\s)?response|BOR)\b"
    r"(?:\s?[:=–-]\s?|\s(?:was\s|is\s|of\s)?)(?:an?\s)?"
    r"(?P<category>(?-i:[CP]R|SD|PD|MR)\b|complete\s(?:response|remission)|partial\s(?:response|remission)"
    r"|stable\sdisease|(?:disease\s)?stabili[sz]ation|progressive\sdisease|(?:disease\s)?progression"
    r"|(?:mixed|minor)\sresponse)",
    re.IGNORECASE,
)
_WHY = pattern(
    r"\b(?:reasons?\s(?:for|of)\s(?:the\s)?(?:stop\w{0,4}|discontinuation|end\w{0,3}|termination|change|switch\w{0,3}"
    r"|cessation|withdrawal)\s?(?:[:=–-]\s?|was\s)"
    r"|(?:stopped|discontinued|ended|terminated|ceased|withdrawn|switched)\s(?:because\sof|due\sto|for|owing\sto|at|on"
    r"|upon)\s)(?P<why>[^;.\n]{2,80})",
    re.IGNORECASE,
)
_PROGRESS = pattern(
    r"\b(?:PD|progress(?:ion|ive\sdisease)|relapse|recurrence|new\slesions?)\b", re.IGNORECASE
)
_CATEGORIES: tuple[tuple[str, Category], ...] = (
    ("c", "CR"),
    ("pa", "PR"),
    ("pr", "PR"),
    ("s", "SD"),
    ("m", "MR"),
    ("disease s", "SD"),
)


class _Labelled(msgspec.Struct, frozen=True):
    """What an entry labels: its best response, with where its words stand, and why it ended, with where that does."""

    best: tuple[Category, int, int] | None
    why: tuple[int, int] | None


def entry_of(view: View, memory: Memory) -> Entry | None:
    """Return the entry that a sentence tells or goes on with, or None.

    It goes on in the sentences of its line or paragraph that name no time and no other regimen.
    """
    groups = [given for given in group_agents(view) if not given.supportive]
    if not groups:
        known = memory.entry
        return known if known is not None and known.block == view.sentence.block and not view.times else None
    for given in groups:
        begun, over = period_of(view, given)
        if begun is not None and over is not None:
            return Entry(view.sentence.block, begun.moment, over.moment)
    return None


def _labelled(view: View) -> _Labelled | None:
    """Return what a sentence labels as the best response and as the reason of an end, or None where it does neither."""
    best, why = view.has(_BEST), why_it_ended(view)
    if best is None and why is None:
        return None
    return _Labelled(None if best is None else (_category(best["category"]), *best.span("category")), why)


def _category(words: str) -> Category:
    lowered = words.lower()
    if "progress" in lowered or lowered == "pd":
        return "PD"
    return next(category for begins, category in _CATEGORIES if lowered.startswith(begins))


def why_it_ended(view: View) -> tuple[int, int] | None:
    """Return where a sentence tells why a treatment ended, where it labels that."""
    why = view.has(_WHY)
    return why.span("why") if why is not None else None


def responses_of_entry(view: View, memory: Memory) -> Iterator[Draft] | None:
    """Return the best response of an entry, and the progression that ended it; None where it labels no response."""
    told = _labelled(view)
    entry = entry_of(view, memory) if told is not None else None
    if told is None or entry is None:
        return None
    ended = view.has(_PROGRESS, *told.why) if told.why is not None else None
    if told.best is None and (ended is None or (view.times and _rated(view, told))):
        return None
    return _told(view, entry, told, ended)


def _rated(view: View, told: _Labelled) -> bool:
    """Whether a sentence rates the tumour without a label too: "03/2023 - 09/2023: PR, stopped for progression"."""
    before = told.why[0] if told.why is not None else view.end
    return view.has(_RATING, view.start, before) is not None


_RATING = pattern(
    r"\b(?:(?-i:[CP]R|SD|MR|NED)\b|(?:complete|partial|mixed|minor)\s(?:response|remission)|stable\sdisease|shr[aiu]nk"
    r"|stabili[sz]\w{2,5}|decreas\w{2,3}|regress\w{2,4}|respon\w{2,5})",
    re.IGNORECASE,
)


def _told(view: View, entry: Entry, told: _Labelled, ended: re.Match[str] | None) -> Iterator[Draft]:
    if told.best is not None:
        category, start, end = told.best
        seen = scan_behind(view, end)
        moment = entry.over if category == "PD" else within_course(entry.begun, entry.over)
        moment = moment if seen is None else seen.moment
        yield Draft(_response(view, category), start, end, moment)
    if ended is not None and (told.best is None or told.best[0] != "PD"):
        yield Draft(_response(view, "PD"), *ended.span(), entry.over)


def _response(view: View, category: Category) -> Response:
    return Response(id="", source=NOWHERE, patient=view.patient, category=category, modality="imaging")
