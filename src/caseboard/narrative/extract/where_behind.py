"""The places told behind a size: "3 cm in the left lobe", "of 11 mm and 7 mm in the liver", "5 cm was found in"."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import find_sizes
from caseboard.narrative.view import View

__all__ = ["end_of_list", "sites_behind"]

_AFTER_SITE = pattern(
    r"^[)\]]?,?\s{0,2}(?:sized\s)?(?:in (?:its |the )?(?:(?:greatest|largest|maximum|maximal|longest"
    r"|major)\s)?(?:diameter|dimension|size|axis),?\s)?(?:[A-Za-z-]{2,20}\s){0,6}?(?:in|of|at"
    r"|on|within|behind|involving|occupying|filling|replacing|over|near|along|from|to|localized|located|beneath|under"
    r"|adjacent to|between|posterior to|around|invading)\s(?:the\s|a\s|an\s|her\s|his\s"
    r"|both\s)?",
    re.IGNORECASE,
)


def sites_behind(view: View, sites: list[Mention], end: int) -> list[Mention]:
    """Return the sites that a preposition behind a size, the next one, or "was found in" leads to."""
    position = end
    seen = _SEEN_THERE.match(view.whole, end, min(view.end, end + 160))
    if (
        seen is not None
    ):  # what stands between is an aside: ", narrowing the bronchus, was observed in the left lobe"
        sites = [site for site in sites if site.start >= seen.end()]
    for way in (_AFTER_SITE, _AFTER_SITE, _FOUND_THERE):
        match = way.match(view.whole[position : min(view.end, position + 120)])
        if match is None:
            continue
        position += match.end()
        after = [
            site
            for site in sites
            if end <= site.start <= position + _AFTER_PREPOSITION and not _crosses(view, end, site.start)
        ]
        if after:
            return after
    return []


_AFTER_PREPOSITION = 34
_FOUND_THERE = pattern(
    r"\s?(?:[A-Za-z-]{1,20},?\s){0,12}?(?:was|were)\s(?:[a-z]{3,14}ly\s|also\s)?(?:found|observed|seen|detected"
    r"|located|noted"
    r"|identified|felt|situated)\s(?:in|at|on|within)\s(?:the\s|a\s|her\s|his\s)?",
    re.IGNORECASE,
)


def end_of_list(view: View, end: int) -> int:
    """Return where the sizes listed with the one that ends at ``end`` end: "of 11 mm and 7 mm in the left lobe"."""
    for size in find_sizes(view.whole, end, min(view.end, end + _LONGEST_LIST)):
        if size.start >= end and _AND_SIZE.fullmatch(view.whole, end, size.start):
            end = size.end
    return end


_LONGEST_LIST = 60
_AND_SIZE = re.compile(r"\s?(?:,|and|&|,\sand|or)\s")


def _crosses(view: View, start: int, end: int) -> bool:
    """Whether another statement, or another thing seen, begins between a size and a site behind it."""
    between = view.whole[start:end]
    seen = _SEEN_THERE.match(between)
    if seen is not None and not _OF_SEVERAL.search(view.whole, max(view.start, start - 40), start):
        between = between[seen.end() :]  # "a mass, approximately 23 mm, was noted in the liver"
    return _ANOTHER.search(between) is not None


_SEEN_THERE = re.compile(
    r"(?:\sin\s(?:size|diameter))?(?:,\s[a-z]{4,14}ing\s[^,;.]{3,50})?,\s(?:was|were)\s"
    r"(?:[a-z]{3,14}ly\s|also\s|then\s)?(?:noted|found|seen|detected|identified|observed|discovered"
    r"|located|visuali[sz]ed|demonstrated|present)\s(?:in|at|on|within)\b"
)
_OF_SEVERAL = re.compile(r"\b(?:largest|biggest|greatest|smaller|up to)\b", re.IGNORECASE)
"""What makes a size that of one of several lesions, whose place stands before it."""
_ANOTHER = re.compile(
    r"[.;]|,(?! (?:localized|located|arising|in the|within|involving|occupying"
    r"|which (?:is|was) (?:located|situated)))|\b(?:and"
    r"|which(?! (?:is|was) (?:located|situated|adjacent|close|next|in|at|within|on|posterior|anterior)\b)"
    r"|with(?!\s(?:[a-z-]{2,20}\s){1,5}(?:in|within)\sthe\b))\b"
)
