"""How far the words go that name a procedure: with its adjectives and with what it was done on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.extract.procedure_done import BEFORE_WORDS
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["extent_of"]

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})\b"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH_BEGINS}|\d{{1,2}}(?:/\d|\.\d{{1,2}}\.|[.-]\d{{4}})"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?"
    + _MONTH.replace("|\\d{4})\\b", r")\s\d{4}")
    + r"|\d{1,2}[./]\d{1,2}[./]\d|\d{1,2}/\d{4}"
)
_EXTENT = pattern(
    r"(?:\s(?:of|with|and|plus|including|in|from|on|for|[+&](?!\s(?:adj\w{0,6}\s)?(?:X?RT\b|radio|chemo|\d)))\s(?!"
    + _MONTH
    + "|"
    + _DAY
    + r")"
    r"(?!\d{1,2}(?:\.\d)?\s?Gy\b)(?!(?:then|subsequent|later|he|she|the patient|recover|remain|is|was|were|has|had"
    r"|doing)\w{0,4}\b)(?!(?:on|in|at|from|since|by)\s)"
    r"(?!(?:(?:neo-?)?adjuvant\s|systemic\s|further\s|subsequent\s)?(?:chemo|immuno|radio|hormon|therapy|treatment))"
    r"(?:the\s|a\s|an\s|both\s|partial\s|all\s)?(?:[A-Za-z0-9'’ -]|\.(?=\d)){2,60}?)"
    r"(?=\.(?!\d)|[,;()]|\s(?:" + _DATE + r")|\s(?:was|were|is|on|in " + _MONTH + r"|without"
    r"|which|under|using|due|because|followed|after|before|revealed|showed|yielded|takes|took|by"
    r"|detected|demonstrated|identified|disclosed|confirmed|developed|started|began)\b|$)",
    re.IGNORECASE,
)
"""What stands behind a procedure and tells what it was done on or with, up to a date or the next verb."""
_MARGIN_BEHIND = pattern(
    r"\s(?:with|and)\s(?:an?\s|the\s)?(?:[a-z-]{3,14}\s){0,3}(?:R[012]\b|margins?\b|residual\b)",
    re.IGNORECASE,
)
"""How complete an operation was, which is no part of its name: "wide excision with negative margins"."""
_SAYS_NO_MORE = re.compile(r"(?:re-?)?(?:operat\w{2,4}|surger\w{1,3}|procedures?)(?:\son)?", re.IGNORECASE)
"""What tells of an operation no more than that there was one, so that what it was for belongs to its name."""
_FOR_A_TUMOR = pattern(r"\sfor\s(?:an?\s|the\s)?(?:[A-Za-z0-9-]{2,16}\s){0,4}$", re.IGNORECASE)
"""What an operation was done for, which is no part of its name: "nephrectomy for a renal cell carcinoma"."""
_TIED_ON = pattern(r"\s(?:and|plus|with|[+&])\s(?:[a-z-]{3,16}\s){0,2}$", re.IGNORECASE)
"""What ties a drug or another procedure to an operation: "hemicolectomy and systemic fluorouracil"."""


_HAS_A_VERB = re.compile(
    r"\s(?:revealed|showed|yielded|detected|demonstrated|identified|disclosed|confirmed|developed|started|began)\b"
)
"""What makes the words behind "and" a statement of its own: "underwent lobectomy and NGS detected a mutation"."""


def extent_of(view: View, mention: Mention) -> tuple[int, int]:
    """Return a procedure with its adjectives and what was taken: "wide excision of the residual lesion"."""
    low, high = view.clause(mention.start)
    found = view.within(BEFORE_WORDS, view.whole[max(low, mention.start - 60) : mention.start])
    start = mention.start - len(found[0]) if found else mention.start
    match = _EXTENT.match(view.whole, mention.end, min(high, mention.end + 90))
    if match is not None and match[0].startswith(" and ") and _HAS_A_VERB.match(view.whole, match.end()):
        match = None
    end = mention.end
    if match is not None:
        other = next((m.start for m in _other_means(view) if end < m.start < match.end()), match.end())
        named = _SAYS_NO_MORE.fullmatch(view.whole, mention.start, mention.end) is None
        ill = next((m.start for m in view.of("tumor") if named and end < m.start < match.end()), end)
        joined = (
            _before_another(view, mention, match.end())
            or view.has(_FOR_A_TUMOR, end, ill)
            or view.has(_TIED_ON, end, other)
            or view.has(_MARGIN_BEHIND, end, match.end())
        )
        end = match.end() if joined is None else joined.start()
        while end > mention.end and view.whole[end - 1].isspace():
            end -= 1
    return start, end


def _before_another(view: View, mention: Mention, end: int) -> re.Match[str] | None:
    """Return what ties on the next procedure, where that has another day: "wide excision and re-excision in July"."""
    another = next((one for one in view.of("procedure") if mention.end < one.start < end), None)
    tied = view.has(_TIED_ON, mention.end, another.start) if another is not None else None
    if another is None or tied is None:
        return None
    own, its = view.governing(mention.start, mention.end), view.right_behind(another.end)
    return tied if own is not None and its is not None and own != its else None


def _other_means(view: View) -> Iterator[Mention]:
    """Yield what is named beside a procedure as a treatment of its own: drugs and radiotherapy."""
    for mention in view.of("drug", "regimen", "procedure"):
        if mention.kind != "procedure" or procedures.vocabulary()[mention.key].modality == "radiotherapy":
            yield mention
