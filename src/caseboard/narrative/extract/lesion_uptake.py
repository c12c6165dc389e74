"""Where a lesion is whose SUV is told: "SUVmax of the mandible was 6.2", "these had SUVmax of 17.3 and 11.0"."""

from __future__ import annotations

import re
from itertools import pairwise

from caseboard.narrative.extract.lesion_noted import Uptake
from caseboard.narrative.extract.lesion_place import Where, place_named
from caseboard.narrative.extract.where import where_measured
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["RESPECTIVELY", "THESE", "avid_in_turn", "measured_last", "where_avid"]

RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)
_FOR = pattern(
    r"\s(?:for|in|at)\s(?:the\s|his\s|her\s)?(?:(?:left|right|distal|proximal|upper|lower)\s){0,2}",
    re.IGNORECASE,
)
THESE = pattern(
    r"\b(?:these|both|they|(?:the|all)\s(?:two|three|four|five|six)|the\s(?:lesions|nodules|masses|metastases|deposits|foci))\b",
    re.IGNORECASE,
)


def where_avid(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], found: Uptake
) -> Where | None:
    """Return where the lesion of an SUV is: at the site told with it or right behind it, else as for a size."""
    start, end, _ = found
    inside = next((site for site in sites if start <= site.start and site.end <= end), None)
    if inside is not None:
        return place_named(view, memory, inside)
    behind = next((site for site in sites if site.start >= end), None)
    if behind is not None and _FOR.fullmatch(view.whole[end : behind.start]):
        return place_named(view, memory, behind)
    return where_measured(view, memory, sites, examined, start, end)


def avid_in_turn(view: View, memory: Memory, sites: list[Mention], uptake: list[Uptake]) -> dict[int, Where]:
    """Return the place of each SUV (by its start) where several are told in turn, "respectively".

    They are those of the sites behind them ("4.1 and 3.2 in the liver and spleen"), else of those before them, or of
    the lesions that were measured last where only "these" are named.
    """
    marks = list(view.find(RESPECTIVELY))
    said = marks[-1].start() if marks else view.end
    told = [found for found in uptake if found[1] <= said] if marks else _in_one_bracket(view, sites, uptake)
    if len(told) < 2:
        return {}
    before = [site for site in sites if site.end <= told[0][0]]
    behind = [site for site in sites if told[-1][1] <= site.start and site.end <= said]
    if 1 < len(behind) <= len(told):
        told = told[-len(behind) :]
        places = [place_named(view, memory, site) for site in behind]
    elif len(before) >= len(told):
        places = [place_named(view, memory, site) for site in before[-len(told) :]]
    elif not before and view.has(THESE, view.start, told[0][0]):
        places = measured_last(view, memory, len(told))
    else:
        return {}
    return {found[0]: place for found, place in zip(told, places, strict=False)}


def measured_last(view: View, memory: Memory, count: int) -> list[Where]:
    """Return the places of so many lesions that the story measured last, in its order."""
    known = list(dict.fromkeys((site, side) for site, side, _ in memory.measured))[-count:]
    return [Where(site, side, view.start, view.start, "the lesions measured last") for site, side in known]


def _in_one_bracket(view: View, sites: list[Mention], uptake: list[Uptake]) -> list[Uptake]:
    """Return the uptakes of one bracket behind as many places: "in T6 and the left ilium (SUVmax 5.2 and 4.7)"."""
    brackets = [view.clause(found[0]) for found in uptake]
    if len(uptake) < 2 or len(set(brackets)) > 1 or view.whole[brackets[0][0]] not in "([":
        return []
    low = brackets[0][0]
    before = [site for site in sites if view.statement(low - 1)[0] <= site.start and site.end <= low]
    before = before[-len(uptake) :]
    listed = len(before) == len(uptake) and all(
        _LISTED.fullmatch(view.whole, one.end, two.start) for one, two in pairwise(before)
    )
    return uptake if listed else []


_LISTED = re.compile(
    r"(?:\s(?:mass|nodes?|lesion|nodule|tumou?r|metastas[ie]s))?\s?(?:,|and|&|,\sand)\s(?:(?:the|in|left|right)\s){0,3}"
)
