"""Responses that one sentence tells in turn: on several days, "respectively", or one followed by the other."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.extract.response_doubt import Hit
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["in_turn"]

_RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)
_FOLLOWED = re.compile(
    r"[^.;]{0,40}?(?:\b(?:was\s|were\s)?followed\sby|,?\safter\swhich|\bbefore(?=\s(?:progress|relaps|the\sdisease))"
    r"|,\swith\s(?:subsequent|later)|,?\sbut\s(?:then\s|later\s|subsequently\s)?(?=progress|relaps))\b[^.;]{0,40}?",
    re.IGNORECASE,
)
"""What stands between a response and that which came after it, whose day is that of the latter alone."""


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
    out = []
    for hit, following in zip(told, [*told[1:], None], strict=True):
        if following is not None and _came_first(view, hit, following):
            hit = msgspec.structs.replace(hit, governed=None, untimed=True)  # noqa: PLW2901
        out.append(hit)
    return out if any(hit.untimed for hit in out) else hits


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
    if (
        hit.category == following.category
        or _FOLLOWED.fullmatch(view.whole, hit.end, following.start) is None
    ):
        return False
    if any(time.absolute and time.start < following.start for time in view.times):
        return False
    return following.governed is not None and hit.governed in (None, following.governed)
