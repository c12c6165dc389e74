"""Tumours that are told beside another: "synchronous X and Y", "X was diagnosed in 2019 and Y in 2020", by chance.

And what a tumour was found to be where it came again.
"""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View
from caseboard.terms import tumors

__all__ = ["is_diagnosed_next", "is_found_by_chance", "is_of_recurrence", "is_one_of_several"]

_KIND = r"(?:an?\s)?(?:(?!or\b|not\b|no\b)[a-z-]{2,16}\s){0,2}"
_FOUND = (
    r"\b(?:reveal(?:ed|ing)|show(?:ed|ing)|demonstrat(?:ed|ing)|disclosed|confirm(?:ed|ing)|found|diagnosed\swith"
    r"|diagnosis\sof|identified|detected|established|had|has|with)\s"
)
_SYNCHRONOUS = re.compile(
    rf"{_FOUND}{_KIND}(?:synchronous|metachronous|concurrent|simultaneous|co-?existing|concomitant)\s{_KIND}$",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    rf"{_FOUND}(?:two|three|2|3|double|synchronous|metachronous|multiple|several)\s(?:(?:primary|synchronous|distinct"
    r"|different|separate|independent|malignant|unrelated|simultaneous)\s){0,3}(?:tumou?rs|cancers|malignancies"
    rf"|neoplasms|primaries)(?::|,|\s?[–—-]|\s?\()\s?(?:namely\s|i\.e\.,?\s)?{_KIND}$",
    re.IGNORECASE,
)
"""What announces several tumours, which are named behind it."""
_AND = re.compile(
    rf"(?:\s(?:of|in)\s(?:the\s|his\s|her\s)?[a-z ]{{3,30}})?(?:,|,?\sand|,?\splus|,?\sas\swell\sas)\s{_KIND}",
    re.IGNORECASE,
)
_WAS_DIAGNOSED_AND = re.compile(
    r"(?:\s(?:of|in)\s(?:the\s|his\s|her\s)?[a-z ]{3,30})?\s(?:was|had\sbeen)\s(?:first\s)?"
    r"(?:diagnosed|found|confirmed|detected)\s(?:in|on)\s(?:[\w.]{1,10}\s){1,3}(?:and|followed\sby)\s"
    rf"{_KIND}",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:\s(?:of|in)\sthe\s[a-z ]{3,30})?\s(?:in|on)\s(?:early\s|late\s|mid-?)?")


def is_one_of_several(view: View, tumor: Mention) -> bool:
    """Whether a tumour is one of several that a sentence announces as found."""
    low = max(view.start, tumor.start - 120)
    if any(words.search(view.whole, low, tumor.start) for words in (_SYNCHRONOUS, _SO_MANY)):
        return True
    former = _before(view, tumor)
    if former is None or _AND.fullmatch(view.whole, former.end, tumor.start) is None:
        return False
    low = max(view.start, former.start - 120)
    return any(words.search(view.whole, low, former.start) for words in (_SYNCHRONOUS, _SO_MANY))


def is_diagnosed_next(view: View, tumor: Mention) -> bool:
    """Whether a tumour shares the verb of another, and has a day of its own: "A was diagnosed in May and B in June"."""
    former = _before(view, tumor)
    if former is None or _WAS_DIAGNOSED_AND.fullmatch(view.whole, former.end, tumor.start) is None:
        return False
    behind = _WHEN.match(view.whole, tumor.end, view.end)
    return behind is not None and any(time.absolute and time.start == behind.end() for time in view.times)


def is_found_by_chance(view: View, tumor: Mention) -> bool:
    """Whether a malignant tumour is told as one that came to light by chance, and so beside what was looked for."""
    if tumors.vocabulary()[tumor.key].behaviour == "benign":
        return False
    return _BY_CHANCE.match(view.whole, tumor.end, view.end) is not None


_SEEN = r"(?:found|detected|discovered|diagnosed|identified)"
_BY_CHANCE = re.compile(
    rf"(?:\s(?:of|in)\s(?:the\s|his\s|her\s)?[a-z ]{{3,30}})?\s(?:was|were)\s(?:also\s)?"
    rf"(?:{_SEEN}\s(?:incidentally|by\schance)|incidentally\s{_SEEN})\b",
    re.IGNORECASE,
)


def is_of_recurrence(view: View, tumor: Mention) -> bool:
    """Whether a malignant tumour is what a recurrence showed: "the recurrence showed dedifferentiated liposarcoma"."""
    if tumors.vocabulary()[tumor.key].behaviour == "benign":
        return False
    return _RECURRENCE_SHOWED.search(view.whole, max(view.start, tumor.start - 110), tumor.start) is not None


_RECURRENCE_SHOWED = re.compile(
    rf"\b(?:the|this|her|his|first|second|third|local)\s(?:local\s|distant\s|pulmonary\s|hepatic\s)?"
    rf"(?:recurrence|relapse)(?:\s(?:in|of|on)\s[^.;,]{{3,40}}|,\s[^.;,]{{3,40}},)?\s"
    rf"(?:showed|was|revealed|proved\sto\sbe|turned\sout\sto\sbe|represented)\s{_KIND}$",
    re.IGNORECASE,
)


def _before(view: View, tumor: Mention) -> Mention | None:
    """Return the tumour of another kind that is named last before this one."""
    others = [one for one in view.of("tumor") if one.end <= tumor.start and one.key != tumor.key]
    return others[-1] if others else None
