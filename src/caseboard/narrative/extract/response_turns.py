"""Responses that one sentence tells in turn: on several days, "respectively", or one followed by the other."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.response_hit import BROUGHT, Hit
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["in_turn"]

_RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)
_FOLLOWED = re.compile(
    r"[^.;]{0,60}?\b(?:(?:was\s|were\s)?followed\sby|after\swhich|before|until|till|prior\sto"
    r"|with\s(?:subsequent|later|eventual))\b[^.;]{0,40}?",
    re.IGNORECASE,
)
"""What stands between a response and that which came after it, whose day is that of the latter alone."""
_AND_THEN = re.compile(
    r"[^.;]{0,60}?(?:\b(?:and|but|then)|,\s(?:with|but|and|then))\b[^.;]{0,40}?", re.IGNORECASE
)
"""The same, where a treatment brought the first and no one place is told of either: "a response, but progressed in"."""
_AFTER_ONE = re.compile(
    r"[^.;]{0,60}?\b(?:after|following)\s(?:(?:an?|the|her|his|initial|prior|previous|brief|short|long|durable|good|first)\s){0,4}"
    r"(?:(?:about|over|nearly|only)\s)?(?:[\w-]{1,12}\s(?:days?|weeks?|months?|years?)\s(?:of|with|in)\s(?:an?\s)?)?"
    r"(?:(?:initial|good|durable)\s)?",
    re.IGNORECASE,
)
"""What stands between progression and the response that it ended: "progressed in May after an initial response"."""
_SEEN = pattern(
    r"\b(?:CT|MRI|PET(?:[-/ ]?CT)?|scans?|ultrasound|imaging|X-?rays?|radiographs?|tomography|re-?staging)\b",
    re.IGNORECASE,
)


def in_turn(view: View, hits: list[Hit]) -> list[Hit]:
    """Return the hits of a sentence with their own times, where it tells several in turn."""
    told = _apart(hits)
    if len(told) < _TWO:
        return hits
    if view.has(_RESPECTIVELY, told[-1].end) is not None:
        times = [
            t for t in view.times if t.absolute and not (t.until or t.bracketed) and t.end <= told[0].start
        ]
        if len(times) == len(told):
            return [
                msgspec.structs.replace(hit, governed=time, paired=True)
                for hit, time in zip(told, times, strict=True)
            ]
    first = [_came_first(view, hit, following) for hit, following in pairwise(told)] + [False]
    ended = [False] + [_ended_it(view, hit, following) for hit, following in pairwise(told)]
    after = [None] + [_to_the_next(view, hit, following) for hit, following in pairwise(told)]
    if not any(first) and not any(ended) and not any(after):
        return hits
    return [
        later or (msgspec.structs.replace(hit, governed=None, untimed=True) if before or again else hit)
        for hit, before, again, later in zip(told, first, ended, after, strict=True)
    ]


_TWO = 2


def _apart(hits: list[Hit]) -> list[Hit]:
    """Return the hits in their order, of those that overlap the one that says most."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.weight)):
        if out and hit.start < out[-1].end:
            if hit.weight > out[-1].weight:
                out[-1] = hit
            continue
        out.append(hit)
    return out


def _came_first(view: View, hit: Hit, following: Hit) -> bool:
    """Whether a response is told without a day of its own before another, whose day stands behind both."""
    if _led_by_after(view, hit, following):
        return following.governed is not None and hit.governed in (None, following.governed)
    if hit.category == following.category or (
        _FOLLOWED.fullmatch(view.whole, hit.end, following.start) is None
        and not _went_on_to(view, hit, following)
    ):
        return False
    told = following.governed
    if told is None or told.start < following.start:
        return False
    if hit.governed is None:
        return not any(time.absolute and time.start < following.start for time in view.times)
    return hit.governed == told


def _led_by_after(view: View, hit: Hit, following: Hit) -> bool:
    """Whether a response opens a sentence as what went before: "After a partial response to X, CT in May showed"."""
    return (
        hit.category in BROUGHT
        and following.category == "PD"
        and _AFTER_A.search(view.whole, max(view.start, hit.start - _LEAD), hit.start) is not None
    )


_AFTER_A = re.compile(
    r"\b(?:(?:After|Following|Despite)\s(?:an?\s|the\s|initial\s|[a-z]{4,10}\s){0,3}"
    r"|[Bb]est\s(?:overall\s)?response:?\s(?:was\s|of\s|an?\s){0,3})$"
)
_LEAD = 40


def _went_on_to(view: View, hit: Hit, following: Hit) -> bool:
    """Whether what a treatment brought was followed by progression, and not seen beside it on one scan."""
    return (
        hit.category in BROUGHT
        and following.category == "PD"
        and _AND_THEN.fullmatch(view.whole, hit.end, following.start) is not None
        and view.has(_SEEN, view.start, following.start) is None
        and bool(view.of("drug", "regimen"))
        and not any(hit.end <= site.start < following.end + _BEHIND for site in view.of("site"))
    )


_BEHIND = 25
"""Characters behind progression in which it may be told of one place."""


def _ended_it(view: View, hit: Hit, following: Hit) -> bool:
    """Whether progression ended the response told behind it: "progressed in May after an initial response"."""
    return (
        hit.category == "PD"
        and following.category in BROUGHT
        and following.governed in (None, hit.governed)
        and _AFTER_ONE.fullmatch(view.whole, hit.end, following.start) is not None
    )


def _to_the_next(view: View, hit: Hit, following: Hit) -> Hit | None:
    """Return a response as told after progression, where that led to the treatment which brought it; else None."""
    told = hit.governed
    if (
        hit.category != "PD"
        or following.category not in BROUGHT
        or told is None
        or following.governed != told
    ):
        return None
    given = (
        one for one in view.of("drug", "regimen") if max(hit.end, told.end) <= one.start < following.start
    )
    if not told.absolute or next(given, None) is None:
        return None
    after = Moment(told.moment.when, "resolved", AFTER_IT, open=True)
    return msgspec.structs.replace(
        following, governed=msgspec.structs.replace(told, moment=after), paired=True
    )
