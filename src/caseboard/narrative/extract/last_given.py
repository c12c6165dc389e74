"""The end of a regimen that is told as its last cycle: "sixth and last cycle on 21 June", "last (6th) carboplatin"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.context import hypothetical, planned
from caseboard.narrative.extract.courses import forget, time_after, treatment_draft, trimmed
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["NEEDS", "last_given"]

_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|eighth|C\d{1,2}|#\d{1,2})"
_UNIT = r"(?:cycle|course|dose|infusion|injection|administration|block|tablet|capsule)"
_LAST = pattern(
    rf"(?:\b{_NTH}\s?(?:,|and|&|=|\()\s?)?\b(?:last|final)\b\)?(?:\s\({_NTH}\))?"
    rf"(?:\s(?:(?:one\s)?of\s(?:the\s|all\s)?(?:\d{{1,2}}|[a-z]{{3,8}})\s)?(?P<unit>{_UNIT}s?\b(?!\s(?:reduc|modif|chang|escal|adjust|level)\w*))|(?=\s[A-Za-z]))"
    rf"|\b(?P<units>{_UNIT}s)(?:\s(?:in\s(?:all|total)|overall|altogether))?\)?[,;]?\s\(?(?:the\s)?last"
    r"(?:\s(?:one|given|being))?(?:\son)?(?=\s\d)",
    re.IGNORECASE,
)
"""A last cycle, or "last" before the name of a drug, or behind a count: "6 cycles in all, last 24/6/24"."""
NEEDS = Needs(patterns=(_LAST,))
_AFTER_IT = re.compile(
    r"\b(?:after|since|following|from|before|until|till|of)\s(?:the\s|his\s|her\s|their\s)?$", re.IGNORECASE
)
"""What makes the last cycle that from which something else is counted."""
_TO_DRUG = re.compile(r"\s(?:of\s)?(?:the\s)?")
_SOON = 60
"""Characters behind it within which its date stands."""


def last_given(view: View, memory: Memory, groups: tuple[Given, ...]) -> Iterator[Draft]:
    """Yield the end of a regimen by its last cycle, where a date is told with it and nothing else has ended it."""
    if not view.holds(NEEDS) or not view.times:
        return
    in_plan = view.section == "plan"  # there its day says whether it is past
    for match in view.find(_LAST):
        if _AFTER_IT.search(view.whole, max(view.start, match.start() - 16), match.start()):
            continue
        named = next(
            (one for one in groups if _TO_DRUG.fullmatch(view.whole, match.end(), one.start) is not None),
            None,
        )
        if named is None and not (match["unit"] or match["units"]):
            continue
        told = next(
            (one for one in reversed(groups) if one.end <= match.start() and not one.supportive), None
        )
        if named is None and told is not None and _has_ended(view, memory, told):
            continue
        agents = memory.regimen if named is None else named.agents
        if (
            not agents
            or agents not in memory.given
            or (not in_plan and planned(view, *match.span()))
            or hypothetical(view, *match.span())
        ):
            continue
        end = match.end() if named is None else named.end
        own = time_after(view, end, min(view.end, end + _SOON))
        governed = own or view.governing(*match.span())
        if governed is None:
            continue
        forget(memory, agents)
        memory.clock.end(agents, governed.moment.counted_from)
        span = trimmed(view, match.start(), max(end, own.end if own is not None else end))
        why = "" if named is not None else "the treatment that the story speaks of"
        supportive = named is not None and named.supportive
        yield treatment_draft(view, agents, supportive, "stop", span, governed.moment, resolved=why)
        return


def _has_ended(view: View, memory: Memory, told: Given) -> bool:
    """Whether the sentence has told the end of the regimen that it speaks of, so that no other one is meant."""
    return told.agents not in memory.given and any(
        draft.start >= view.start for draft in memory.courses.get(("stop", told.agents), ())
    )
