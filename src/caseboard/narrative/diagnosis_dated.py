"""The day that is told of a diagnosis itself, right behind it or set apart, where the sentence has other times too."""

from __future__ import annotations

import re

from caseboard.narrative.view import Governed, View

__all__ = ["date_of_diagnosis"]


def date_of_diagnosis(view: View, end: int) -> Governed | None:
    """Return the time told of the diagnosis that ends at ``end``: "(dx 02/2021", "(first diagnosis 05/2020)"."""
    following = next((other.start for other in view.of("tumor") if other.start >= end), view.end)
    revised = (
        one for one in view.times if _CORRECTED.search(view.whole, max(end, one.start - 32), one.start)
    )
    for time in view.times:
        if time.start > following:
            return next(revised, None)
        if 0 <= time.start - end <= 2 and not time.until:
            return time
        if 0 <= time.start - end <= 60 and _DATED.search(view.whole, max(end, time.start - 14), time.start):
            return time
        if 0 <= time.start - end <= _FAR and _SET_APART.search(
            view.whole, max(end, time.start - 30), time.start
        ):
            return time
    return None


_FAR = 160
"""Characters behind a diagnosis within which words of their own may date it."""
_DATED = re.compile(
    r"(?:\bdx\.?|\bdiagnos\w{1,4}|\bED|\bin|\bsince|\bfrom|\bexcised|\bresected|\bremoved|,|\()\s{0,2}:?\s?$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:revised|corrected|re-?classified|re-?diagnosed|amended|(?:correctly|finally|definitively)\s[a-z]{4,12})\s"
    r"(?:to\sthis\s)?(?:in\s|on\s)?$",
    re.IGNORECASE,
)
"""What dates a diagnosis behind what the tumour was called first: "(initially reported as X in 2015, revised 2018)"."""
_SET_APART = re.compile(
    r"[(,;]\s?(?:(?:first|initially|originally|newly)\s)?(?:diagnosed|dx|diagnosis)[\s:]{1,2}(?:in\s|on\s)?$",
    re.IGNORECASE,
)
"""What dates a diagnosis far behind its name: "sarcoma, with lung metastases (diagnosed September 2022)"."""
