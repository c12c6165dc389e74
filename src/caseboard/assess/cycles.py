"""How many cycles of a treatment were told, and whether it was over with them where no stop is told.

"She received doxorubicin for six cycles" is a course that is over. "After six cycles of doxorubicin a response was
found" is one that may go on; a year after the last of those cycles at the latest, it is taken to be over as well.
"""

from __future__ import annotations

import re

from caseboard.assess.chronology import Chronology
from caseboard.assess.passages import COUNT, count_of, sentence, span_of
from caseboard.assess.treatments import Episode
from caseboard.case.case import Case

__all__ = ["over_after_cycles"]

_CYCLES = rf"(?P<count>{COUNT})\s(?:[a-z-]{{4,14}}\s)?(?:cycles|courses)"
_ALL_OF_THEM = re.compile(
    rf"\b(?:for|received|completed|finished|had|a total of|all|underwent|with)\s(?:a total of\s|all\s)?{_CYCLES}\b",
    re.IGNORECASE,
)
"""What tells that a treatment was of so many cycles, and no more."""
_SO_FAR = re.compile(rf"\b(?:after|following)\s{_CYCLES}\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:cycles|courses)\b", re.IGNORECASE)
"""Cycles in the words of a start, which tell a course as a whole; "cycle 10" does not."""
_STILL = re.compile(
    r"\b(?:so far|to date|until now|already|currently|ongoing|continu\w{2,4})\b", re.IGNORECASE
)
_NEXT = re.compile(r"(?:She|He|It|The patient|This)\b[^.]{0,200}")
"""The next sentence, where it goes on with the treatment."""
_BEHIND = 200
"""Characters behind cycles within which the treatment is named that they are of."""
_LONGEST_CYCLE, _A_YEAR = 42, 365
_FURTHER = 4000
"""Characters behind its start within which the cycles of a treatment are looked for."""


def over_after_cycles(case: Case, clock: Chronology, last: Episode) -> bool:
    """Whether the last treatment, of which no stop is told, was over with the cycles that are told of it."""
    own = sentence(case, last.first)
    if _SOME.search(last.first.source.quote) or _is_of_all(own, last):
        return _STILL.search(own) is None
    placed = span_of(case, last.first)
    if placed is None:
        return False
    text, span = placed
    behind = text[span.end : span.end + _FURTHER]
    goes_on = _NEXT.match(behind.lstrip(" .,;\n")) if behind else None
    if goes_on is not None and _ALL_OF_THEM.search(goes_on[0]) and not _STILL.search(goes_on[0]):
        return True
    counts = [
        count_of(told["count"]) for told in _SO_FAR.finditer(own + behind) if _names(told, own + behind, last)
    ]
    return bool(counts) and _is_long_over(clock, last, max(counts))


def _is_of_all(own: str, last: Episode) -> bool:
    """Whether the sentence of a start tells of so many cycles of these drugs: "ifosfamide for six cycles"."""
    words = own.casefold()
    told = _ALL_OF_THEM.search(own)
    return told is not None and any(agent in words for agent in last.agents)


def _names(told: re.Match[str], text: str, last: Episode) -> bool:
    """Whether cycles are those of these drugs, or of a treatment that is not named again."""
    behind = text[told.end() : told.end() + _BEHIND].casefold().split(".", 1)[0]
    return not behind.startswith(" of ") or any(agent in behind for agent in last.agents)


def _is_long_over(clock: Chronology, last: Episode, count: int) -> bool:
    """Whether the story goes on for more than a year after so many cycles from the start of a treatment."""
    begun = clock.days.get(last.first.id)
    if begun is None or not clock.days:
        return False
    return max(days[0] for days in clock.days.values()) > begun[1] + count * _LONGEST_CYCLE + _A_YEAR
