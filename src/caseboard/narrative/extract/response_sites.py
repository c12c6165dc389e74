"""Responses of organs: rated apart ("CR in the pancreas and PR of the lung lesions"), or one of them without disease.

What is told of one organ is not told of the patient: an organ without disease beside another that progresses leaves
the progression alone.
"""

from __future__ import annotations

import re

from caseboard.narrative.extract.response_doubt import Hit
from caseboard.narrative.extract.response_words import Category
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_local", "organ_behind", "rated"]

_OF = pattern(
    r"\s(?:in|of|at|within)\s(?:(?:the|his|her|all|both|known|most|left|right|some|disease|tumou?r|lesions?|nodules?"
    r"|metastas[ei]s|mets|primary|in|of)\s){0,5}$",
    re.IGNORECASE,
)
_LISTED = pattern(r"\s?(?:,|,?\s?and|,?\s?or|/)\s?(?:the\s)?", re.IGNORECASE)
_LOCAL = pattern(r"\blocal(?:ly|\s)(?!(?:or|and)\sdistant)", re.IGNORECASE)
"""What makes a sign of recurrence one of the place of the first tumour alone."""
_STRONG = 8
"""The least weight of words that rate and do not only describe: "PR", not "shrank"."""
_WORST: tuple[Category, ...] = ("CR", "NED", "PR", "MR", "SD", "PD")
_NOWHERE_ELSE = frozenset({"CR", "NED"})


def organ_behind(view: View, end: int) -> Mention | None:
    """Return the one organ of which alone the words before ``end`` are told: "no evidence of disease in the chest".

    None where several are listed: that is the patient.
    """
    sites = [site for site in view.of("site") if end < site.start < end + 60]
    if (
        not sites
        or view.has(_OF, end, sites[0].start) is None
        or not _OF.match(view.whole, end, sites[0].start)
    ):
        return None
    last = max((site for site in sites if site.start == sites[0].start), key=lambda site: site.end)
    listed = any(
        last.end < other.start and _LISTED.fullmatch(view.whole[last.end : other.start]) for other in sites
    )
    return None if listed else last


def is_local(view: View, hit: Hit) -> bool:
    """Whether words are told of the place of the first tumour alone: "no local recurrence"."""
    return view.has(_LOCAL, hit.start, hit.end) is not None


def rated(view: View, group: list[Hit]) -> list[Hit]:
    """Return the responses that the hits of one time amount to, the worst last: one, or one for each organ rated."""
    rates = [hit for hit in group if hit.weight >= _STRONG or hit.category == "PD"]
    at = {id(hit): organ_behind(view, hit.end) for hit in rates}
    apart: dict[int, Hit] = {}
    for hit in sorted(group, key=_first):
        organ = at.get(id(hit))
        if organ is not None and hit.category != "NED":
            apart.setdefault(organ.start, hit)
    if len({hit.category for hit in apart.values()}) > 1:
        return sorted(apart.values(), key=lambda hit: (_WORST.index(hit.category), hit.start))
    grown = [hit for hit in group if hit.category == "PD"]
    group = _gone_on(view, group)
    group = [hit for hit in group if hit.category != "SD"] if grown else group
    best = min(group, key=_first)
    local = best.category == "NED" and is_local(view, best)
    free = best.category in _NOWHERE_ELSE and (local or at.get(id(best)) is not None)
    return [min(grown, key=_first)] if free and grown else [best]


def _gone_on(view: View, group: list[Hit]) -> list[Hit]:
    """Return the hits without a partial remission that became complete: "only partial remission, but later …"."""
    whole = [hit for hit in group if hit.category == "CR" and hit.weight >= _STRONG]
    return [
        hit
        for hit in group
        if hit.category != "PR" or not any(view.has(_BUT_THEN, hit.end, later.start) for later in whole)
    ]


_BUT_THEN = pattern(r",?\s(?:but|then|until|finally|eventually|subsequently|later)\b", re.IGNORECASE)
"""What parts a remission from a better one that came after it."""


def _first(hit: Hit) -> tuple[int, int]:
    return -hit.weight, hit.start
