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

__all__ = ["last_of_list", "sides_in_turn", "sites_in_turn", "these_in_turn"]


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
    run = _last_run(view, sizes)
    if len(run) < 2 or any(run[0].start < site.start < run[-1].end for site in sites):
        return {}
    low = view.statement(run[0].start)[0]
    before = [site for site in sites if site.start < run[0].start]
    if before:
        return _of_the_sizes_before(view, memory, before, [one for one in sizes if one not in run], run)
    in_turn = _RESPECTIVELY.match(view.whole, run[-1].end, view.end)
    if in_turn is None and view.has(THESE, low, run[0].start) is None:
        return {}
    places = measured_last(view, memory, len(run))
    if len(places) < len(run):
        return {}
    return {size.start: place for size, place in zip(run, places, strict=True)}


def last_of_list(view: View, sizes: list[Size], size: Size) -> Size:
    """Return the last size of the list that begins with one, where the day of all stands right behind it, or itself.

    "Which measured 19 mm and 9 mm on 4 January".
    """
    last = size
    for following in sizes:
        if following.start >= last.end and _AND.fullmatch(view.whole, last.end, following.start):
            last = following
    return last if view.right_behind(last.end) is not None else size


def _last_run(view: View, sizes: list[Size]) -> list[Size]:
    """Return the sizes that are listed at the end of a sentence."""
    run = sizes[-1:]
    for size in reversed(sizes[:-1]):
        if _AND.fullmatch(view.whole, size.end, run[0].start) is None:
            break
        run.insert(0, size)
    return run


def _of_the_sizes_before(
    view: View, memory: Memory, sites: list[Mention], former: list[Size], run: list[Size]
) -> dict[int, Where]:
    """Return the places of sizes told in turn of as many lesions that the sentence has measured each at its place.

    "The left lower lobe (12 mm) and the right middle lobe (7 mm), which measured 19 mm and 9 mm on 4 January".
    """
    if len(former) != len(run) or len(sites) != len(run):
        return {}
    each = zip(sites, former, [*sites[1:], None], strict=True)
    own = all(site.end <= one.start and (then is None or one.end <= then.start) for site, one, then in each)
    again = _WHICH_MEASURED.search(view.whole, former[-1].end, run[0].start) is not None
    again = again or _RESPECTIVELY.match(view.whole, run[-1].end, view.end) is not None
    if not (own and again):
        return {}
    return {size.start: place_named(view, memory, site) for size, site in zip(run, sites, strict=True)}


_WHICH_MEASURED = re.compile(
    r",?\s\(?(?:which|these|they|both|and)\s(?:(?:then|now|later|had|have|has|both)\s){0,2}"
    r"(?:measur\w{2,3}|were|are|grew\sto|grown\sto|shrank\sto|shrunk\sto|increased\sto|decreased\sto|became)\s(?:about\s)?$",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r",?\s\(?respectively\b")


_BOTH_SIDES = re.compile(
    r"\b(?P<one>left|right)\s(?:and|&)\s(?:the\s)?(?P<two>left|right)\s[A-Za-z]{0,8}$", re.IGNORECASE
)
_OF_BOTH = re.compile(
    r"(?:\s(?:metastases|lesions|nodules|masses|nodes|deposits|glands?|tumou?rs))?\s(?:of|measuring|measured|were|with|at)\s"
    r"(?:about\s|up to\s)?",
    re.IGNORECASE,
)
