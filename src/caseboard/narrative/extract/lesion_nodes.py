"""Lymph nodes that a specimen counts: "5 of 22 lymph nodes were positive", "LN 2/14", "pN1 (3/12)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import hypothetical, of_someone_else, planned
from caseboard.narrative.extract.lesion_fact import lesion_draft
from caseboard.narrative.extract.lesion_place import Where, place_named
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import count_of
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["counts_nodes", "nodes_counted"]

_NUMBER = (
    r"(?:\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty)"
)
_COUNT = rf"\b(?P<{{0}}>{_NUMBER})\s?(?:of|/|out of)\s?(?:the )?(?P<{{1}}>{_NUMBER})"
_NODES = r"(?:[a-z-]{3,16}\s){0,4}(?:lymph\s?nodes?|nodes?|LNs?)\b"
_INVOLVED = r"(?:positive|involved|affected|infiltrated|invaded|metasta\w{2,5}|tumou?rous|compromised)"
_COUNTED_NODES = pattern(
    _COUNT.format("a", "all_a")
    + rf"\s{_NODES}(?:\s?\+(?!\d)|\s(?:were |was |are |is |being |contained |showed |harbou?red |with |proved )"
    rf"{{0,2}}{_INVOLVED}\b)"
    rf"|\b{_INVOLVED}\b(?:\s(?:was|were|had been))?(?:\s(?:found|seen|present|detected|identified|confirmed))?"
    r"(?:\sin|:)?\s" + _COUNT.format("b", "all_b") + rf"\s{_NODES}"
    rf"|\b(?:lymph\snodes?|LNs?|nodes)(?:\s\+)?[:\s(]{{1,2}}" + _COUNT.format("c", "all_c") + r"(?![\d./])"
    r"|\by?pT?\w{0,4}N[1-3][a-d]?\s?\(" + _COUNT.format("d", "all_d") + r"\b"
    rf"|\b(?P<f>{_NUMBER.format()})\s{_NODES}\s(?:out )?of (?:the )?(?P<all_f>{_NUMBER.format()})\s"
    rf"(?:examined |removed |resected |were |was ){{0,2}}{_INVOLVED}\b"
    r"|(?P<e>\d{1,2})/(?P<all_e>\d{1,3})\sLNs?\s?\+",
    re.IGNORECASE,
)


_NODES_NAMED = pattern(r"\b(?:lymph\s?)?nodes?\b|\bLNs?\b|N[1-3][a-d]?\s?\(", re.IGNORECASE)
"""What every count of nodes names: a first look."""


def counts_nodes(view: View) -> bool:
    """Whether a sentence counts nodes that are involved."""
    return view.has(_NODES_NAMED) is not None and view.has(_COUNTED_NODES) is not None


def nodes_counted(view: View, memory: Memory, sites: list[Mention], told: list[Draft]) -> Iterator[Draft]:
    """Yield the nodes that a count says to be involved; nothing where the sentence has told nodes already."""
    if any(isinstance(d.fact, Lesion) and _is_node(d.fact.site) for d in told):
        return
    for match in view.find(_COUNTED_NODES) if view.has(_NODES_NAMED) else ():
        involved, looked_at = next(
            (_count(match[name]), _count(match[f"all_{name}"]))
            for name in "abcdef"
            if match[name] is not None
        )
        span = match.span()
        if not 0 < involved <= looked_at or planned(view, *span) or hypothetical(view, *span):
            continue
        if of_someone_else(view, *span):
            continue
        where = _where(view, memory, sites, match)
        apart = [time for time in view.times if not span[0] <= time.start < span[1]]  # "2/14" is no date here
        if len(apart) < len(view.times):
            view = view.with_times(apart)
        draft = lesion_draft(view, memory, where, *span, at=span)
        operated = memory.clock.anchors.get("surgery")
        if operated is not None and view.governing(*span) is None:
            draft.moment = Moment(operated, "resolved", "the date of the operation")
        draft.fact = msgspec.structs.replace(draft.fact, modality="pathology")
        yield draft
        return


def _where(view: View, memory: Memory, sites: list[Mention], match: re.Match[str]) -> Where:
    """Return the station that the words of the count name, else the only one that the story knows, else any node."""
    named = [s for s in sites if match.start() - 60 <= s.start <= match.end() and _is_node(s.key)]
    if named:
        return place_named(view, memory, named[-1])
    known = {(site, side) for site, side in memory.sites if _is_node(site)}
    if len(known) == 1:
        return Where(*known.pop(), *match.span(), "the nodes that the story knows")
    return Where("lymph node", None, *match.span())


def _count(written: str) -> int:
    return int(written) if written.isdigit() else int(count_of(written.lower()) or 0)


def _is_node(site: str) -> bool:
    found = anatomy.lookup(site)
    return found is not None and found.term.node
