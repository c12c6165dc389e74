"""What was reported of a gene and did not hold: not confirmed, a false positive, a mistake of the laboratory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from caseboard.narrative.finding import Finding
from caseboard.narrative.view import View

__all__ = ["without_refuted"]

_ITS_WORDS = r"(?:\s(?!(?:and|but|or)\b)[a-z-]{2,16}){0,4}?"
_NOT_CONFIRMED = re.compile(
    _ITS_WORDS + r"(?:\s(?:by|on)\s[\w-]{2,16})?"
    r"(?:,?\s(?:but|and|although|though|yet)\s(?:(?:this|it|that|the\s(?:finding|result|fusion|rearrangement|mutation"
    r"|amplification|variant|alteration|signal))\s)?|,?\s(?:which|this)\s|[,;]\s(?:however,?\s)?(?:this|it)\s)"
    r"(?:(?:however|then|later|subsequently|ultimately),?\s)?(?:was|were|could|has|had|is)\s"
    r"(?:(?:then|later|subsequently|finally|be|been|been\ssubsequently)\s){0,2}"
    r"(?:not\s(?:be\s|been\s)?(?:confirmed|verified|reproduced|corroborated|validated|substantiated)"
    r"|refuted\b|disprove[dn]\b)",
    re.IGNORECASE,
)
"""What another test took back: "FISH suggested an ALK rearrangement, but this was not confirmed by sequencing"."""
_FIRST = r"(?:initially|originally|first|previously|at\sfirst|earlier)"
_MISTAKEN = re.compile(
    _ITS_WORDS
    + rf"(?:,?\s(?:which|that|but\s(?:this|it)|but))?(?:\s{_FIRST}\s(?:reported|found|detected|identified"
    r"|suspected|described|called)|\s(?:reported|found|detected|identified|described)\s" + _FIRST + r")?"
    r"(?:\s(?:by|on)\s[\w-]{2,16})?(?:,?\s(?:which|that|but\s(?:this|it)|but))?,?\s"
    r"(?:(?:later|then|subsequently|finally|eventually|however)\s)?"
    r"(?:(?:turned\sout|proved|proven|(?:was\s)?(?:found|shown|proven|judged|considered|deemed|thought|felt)"
    r"|were\s(?:found|shown|considered|deemed))\s(?:to\s(?:be|have\sbeen)\s|as\s)?|was\s|were\s|had\sbeen\s)"
    r"(?:most\s|very\s)?(?:likely\s|probably\s|only\s|just\s|due\sto\s)?(?:an?\s)?(?:[a-z-]{4,14}\s){0,2}?"
    r"(?:false[\s-]positive|mix-?\s?up|arte-?fact|artifact|error|mistake|contamination|mislabel\w{1,4}|sample\sswap"
    r"|spurious|erroneous)\b",
    re.IGNORECASE,
)
"""What turned out to be none: "the mutation initially reported turned out to be a laboratory mix-up"."""


_SHARE = re.compile(
    r"(?:\s(?:was\s)?(?:found|seen|detected|present))?\s(?:in|of)\s(?:only\s|about\s)?(?P<share>\d{1,3}(?:\.\d)?)\s?%"
    r"(?:\sof\s(?:the\s)?(?:[a-z]{3,12}\s){0,2}(?:cells|nuclei))?"
)
_CUT_OFF = re.compile(
    r"(?:,|\s\(|\s[-–—]|,?\sand|,?\swhich)\s?(?:(?:which|is|was|thus|therefore|i\.e\.|still|well|just)\s){0,3}"
    r"(?P<below>(?:below|under|beneath|lower\sthan|less\sthan|not\s(?:reaching|above|exceeding))\s(?:the\s|our\s)?)?"
    r"(?:[a-z-]{3,14}\s){0,2}?(?:cut-?\s?off|threshold)(?:\s(?:level|value))?"
    r"(?:\s?(?:of|was|is|[:=,])?\s?[<>≥]?\s?(?P<least>\d{1,3}(?:\.\d)?)\s?%\)?)?",
    re.IGNORECASE,
)
"""The share of cells that a laboratory takes for a finding: "in 4%, below the cut-off of 15%"."""


def _is_below_cut_off(view: View, finding: Finding) -> int | None:
    """Return where it is told that too few cells had a finding, if it is told."""
    share = _SHARE.match(view.whole, finding.end, view.end)
    told = _CUT_OFF.match(view.whole, share.end(), view.end) if share is not None else None
    if share is None or told is None:
        return None
    fewer = told["least"] is not None and float(share["share"]) < float(told["least"])
    return told.end() if told["below"] or fewer else None


def without_refuted(view: View, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings as they hold: taken back, or in too few cells, they are negative; mistaken ones are left out."""
    for one in found:
        if one.positive and _MISTAKEN.match(view.whole, one.end, view.end) is not None:
            continue
        below = _is_below_cut_off(view, one) if one.positive else None
        if below is not None:
            yield msgspec.structs.replace(one, end=below, positive=False)
            continue
        taken_back = _NOT_CONFIRMED.match(view.whole, one.end, view.end)
        if taken_back is None:
            yield one
        else:
            yield msgspec.structs.replace(one, end=taken_back.end(), positive=False)
