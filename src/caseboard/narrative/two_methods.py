"""One gene looked at by two methods: "ALK IHC was positive, but FISH showed no rearrangement", "by IHC and FISH"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.finding import AlterationType, Finding
from caseboard.narrative.mentions import Mention
from caseboard.narrative.methods import Method, NamedMethod, find_methods
from caseboard.narrative.view import View

__all__ = ["also_by", "found_by_another"]

_NEXT = re.compile(
    r"(?:,|;)?\s?(?:\b(?:but|and|while|whereas|although|though|however,?)\s)?(?:the\s|a\s)?(?:(?:subsequent|confirmatory"
    r"|additional|reflex|orthogonal|later)\s)?$",
    re.IGNORECASE,
)
"""What leads from the result of one method to the next method."""
_SHOWED = re.compile(
    r"(?:\s(?:analysis|testing|test|assay))?\s(?:(?:then|only|subsequently)\s)?(?:showed|revealed|found|detected"
    r"|demonstrated|identified|disclosed|confirmed)\s(?:(?P<no>no)\s|(?:an?|the)\s)?(?:evidence\sof\s(?:an?\s)?)?"
    r"(?:gene\s|corresponding\s|underlying\s)?(?P<word>rearrangement|translocation|break|fusion|amplification|mutation)s?"
    r"\b(?!\s(?:of|in|on|involving|between|with)\b)",
    re.IGNORECASE,
)
"""What the next method came to, of the gene named before it: "FISH showed no rearrangement"."""
_TYPES: dict[str, AlterationType] = {
    "rearrangement": "rearrangement",
    "translocation": "rearrangement",
    "break": "rearrangement",
    "fusion": "fusion",
    "amplification": "amplification",
    "mutation": "variant",
}


def found_by_another(view: View, named: list[Mention]) -> Iterator[Finding]:
    """Yield what a second method found, or did not find, of the only gene that its sentence has named before."""
    for method in find_methods(view):
        if method.method in ("IHC", "flow") or not _NEXT.search(
            view.whole, max(view.start, method.start - 30), method.start
        ):
            continue
        shown = _SHOWED.match(view.whole, method.end, view.end)
        before = [m for m in named if m.end < method.start]
        if shown is None or len({m.key for m in before}) != 1:
            continue
        if any(shown.start() <= m.start <= shown.end() + _NEXT_GENE for m in named):
            continue  # the next gene has this finding: "FISH showed no rearrangement, ROS1 ..."
        gene, fused = before[-1].key, shown["word"].lower() == "fusion"
        yield Finding(
            start=method.start,
            end=shown.end(),
            type=_TYPES[shown["word"].lower()],
            positive=shown["no"] is None,
            gene=None if fused else gene,
            gene3=gene if fused else None,
        )


_NEXT_GENE = 12


_BY = re.compile(r"\s(?:by|on|with|using|in)\s(?:both\s)?")
_BOTH = re.compile(
    r"\s(?:by|on|with|using|in)\sboth\s(?:of\sthem|methods|techniques|assays|tests|analyses)\b"
)
_AND_BY = re.compile(r"\s(?:and|as\swell\sas|plus|&)\s(?:by\s)?")


def also_by(view: View, end: int) -> list[Method]:
    """Return the two methods of a result that ends at ``end``, where it was the same by both; else nothing."""
    methods = find_methods(view)
    if _BOTH.match(view.whole, end, view.end):
        return _two([m for m in methods if m.end <= end])
    behind = [m for m in methods if m.start >= end][:2]
    joined = (
        len(behind) == _PAIR
        and _BY.fullmatch(view.whole, end, behind[0].start) is not None
        and _AND_BY.fullmatch(view.whole, behind[0].end, behind[1].start) is not None
    )
    return _two(behind) if joined else []


_PAIR = 2


def _two(methods: list[NamedMethod]) -> list[Method]:
    """Return the last two methods, where they differ."""
    told = [m.method for m in methods if not m.unsaid][-2:]
    return told if len(set(told)) == _PAIR else []
