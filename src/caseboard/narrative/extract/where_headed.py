"""Whether a place heads a line of sizes, each with its day: "Left adrenal: 28 mm (3 May 2020), 16 mm (4 Aug 2020)"."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["heads_series"]

_ORGANS = frozenset(
    {
        "liver",
        "spleen",
        "kidney",
        "uterus",
        "ovary",
        "prostate",
        "heart",
        "thyroid",
        "testis",
        "gallbladder",
        "pancreas",
    }
)
"""Organs whose own size a report may give behind their name."""
_FIGURE = r"\d[\d.,]{0,5}(?:\s?[x×]\s?\d[\d.,]{0,5}){0,2}\s?[cm]m"
_WHEN = r"\(?[\dA-Za-z][\w./ -]{2,20}\)?"
_PARTS = r"(?:,|;|\s?(?:->|→|=>|>)|\sand)\s"
_SERIES = re.compile(
    rf"\s?:\s(?:(?:{_FIGURE}|[a-z][a-z ]{{3,20}})\s{_WHEN}{_PARTS}){{0,12}}"
    rf"|\s?:\s(?:{_WHEN}:?\s(?:{_FIGURE}|[a-z][a-z ]{{3,20}}){_PARTS}){{0,12}}{_WHEN}:?\s",
)
"""What stands between the name of a lesion that heads a line and one of its sizes, each with its day."""


def heads_series(view: View, site: Mention, start: int) -> bool:
    """Whether a place heads a line of sizes with their days: "Left adrenal: 28 mm (3 May 2020), 16 mm (4 Aug 2020)"."""
    if site.key in _ORGANS or not view.sentence.opens or not view.times:
        return False
    labelled = _LABEL.fullmatch(view.whole, view.start, site.start) is not None
    return labelled and _SERIES.fullmatch(view.whole, site.end, start) is not None


_LABEL = re.compile(r"[-*•\s]{0,4}(?:TL?\d{1,2}[.:)]?\s|\d{1,2}[.)]\s)?(?:(?:[Ll]eft|[Rr]ight|L|R)\s)?")
