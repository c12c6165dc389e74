"""Sizes told in turn of several places or sides: "in S2 and S7 of 14 and 22 mm", "right and left, respectively"."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from caseboard.narrative.extract.lesion_place import Where, place_named
from caseboard.narrative.extract.lesion_uptake import RESPECTIVELY, THESE, measured_last
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.sizes import Size
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["sides_in_turn", "sites_in_turn", "these_in_turn"]


def sites_in_turn(view: View, sites: list[Mention], sizes: list[Size]) -> dict[int, Mention]:
    """Return the site of each size (by its start) where sites and sizes are told in turn, "respectively"."""
    said = view.has(RESPECTIVELY)
    if said is None:
        return _in_turn(view, sites, sizes)
    told = [size for size in sizes if size.end <= said.start()]
    if len(told) < 2:
        return {}
    behind = [site for site in sites if told[-1].end <= site.start and site.end <= said.start()]
    if 1 < len(behind) <= len(told):
        return {size.start: site for size, site in zip(told[-len(behind) :], behind, strict=True)}
    before = [site for site in sites if site.end <= told[0].start]
    if len(before) < len(told):
        return {}
    return {size.start: site for size, site in zip(told, before[-len(told) :], strict=True)}


def _in_turn(view: View, sites: list[Mention], sizes: list[Size]) -> dict[int, Mention]:
    """Return the site of each size where as many sites are listed as sizes: "in S2 and S7 of 14 and 22 mm"."""
    if len(sizes) < 2:
        return {}
    out: dict[int, Mention] = {}
    run: list[Size] = []
    for size in sizes:
        if run and not _AND.fullmatch(view.whole, run[-1].end, size.start):
            out |= _of_run(view, sites, run)
            run = []
        run.append(size)
    return out | _of_run(view, sites, run)


def _of_run(view: View, sites: list[Mention], run: list[Size]) -> dict[int, Mention]:
    """Return the site of each size of a list, where as many sites are listed right before it."""
    before = [site for site in sites if site.end <= run[0].start][-len(run) - 1 :]
    listed = before[-len(run) :]
    if len(run) < 2 or len(listed) < len(run):
        return {}
    together = all(_AND.fullmatch(view.whole, one.end, two.start) for one, two in pairwise(listed))
    if not (together and _SIZED.fullmatch(view.whole, listed[-1].end, run[0].start)):
        return {}
    if len(before) > len(run) and _AND.fullmatch(view.whole, before[0].end, listed[0].start):
        return {}  # more sites are listed than sizes
    return {size.start: site for size, site in zip(run, listed, strict=True)}


_AND = re.compile(r"\s?(?:,|and|&|,\sand)\s(?:the\s)?(?:left\s|right\s)?")
_SIZED = re.compile(
    r"(?:\s(?:lesions|metastases|nodules|masses|deposits|nodes|tumou?rs)(?:\swere)?)?\s?[(,;:]?\s?(?:with\s)?(?:(?:a\s)?(?:maximum\s|max\.?\s|largest\s)?(?:diameters?|sizes?)\s(?:of\s)?"
    r"|measuring\s|of\s|sized\s)?"
    r"(?:about\s|up to\s)?",
    re.IGNORECASE,
)


def sides_in_turn(view: View, memory: Memory, sites: list[Mention], sizes: list[Size]) -> dict[int, Where]:
    """Return the places of two sizes told in turn of both sides: "right and left adrenal nodules of 16 and 28 mm"."""
    out: dict[int, Where] = {}
    for one, two in pairwise(sizes):
        if _AND.fullmatch(view.whole, one.end, two.start) is None:
            continue
        site = next((site for site in reversed(sites) if site.end <= one.start), None)
        if site is None or _OF_BOTH.fullmatch(view.whole, site.end, one.start) is None:
            continue
        sides = _BOTH_SIDES.search(
            view.whole, max(view.start, site.start - 24), min(site.end, site.start + 8)
        )
        if sides is None:
            continue
        place = place_named(view, memory, site)
        for size, side in ((one, sides["one"]), (two, sides["two"])):
            out[size.start] = msgspec.structs.replace(place, laterality=anatomy.laterality(side))
    return out


def these_in_turn(view: View, memory: Memory, sites: list[Mention], sizes: list[Size]) -> dict[int, Where]:
    """Return the places of sizes told in turn of the lesions measured last: "all three measured 3.1, 1.0 and"."""
    if len(sizes) < 2 or any(site.start < sizes[-1].end for site in sites):
        return {}
    listed = all(_AND.fullmatch(view.whole, one.end, two.start) for one, two in pairwise(sizes))
    if not listed or view.has(THESE, view.statement(sizes[0].start)[0], sizes[0].start) is None:
        return {}
    places = measured_last(view, memory, len(sizes))
    if len(places) < len(sizes):
        return {}
    return {size.start: place for size, place in zip(sizes, places, strict=True)}


_BOTH_SIDES = re.compile(
    r"\b(?P<one>left|right)\s(?:and|&)\s(?:the\s)?(?P<two>left|right)\s[A-Za-z]{0,8}$", re.IGNORECASE
)
_OF_BOTH = re.compile(
    r"(?:\s(?:metastases|lesions|nodules|masses|nodes|deposits|glands?|tumou?rs))?\s(?:of|measuring|measured|were|with|at)\s"
    r"(?:about\s|up to\s)?",
    re.IGNORECASE,
)
