"""Progression that is concluded from a lesion told for the first time, and what takes it back."""

from __future__ import annotations

import re
from datetime import timedelta

from caseboard.case.dates import DateInterval
from caseboard.narrative.extract.lesion_spread import IMAGED
from caseboard.narrative.extract.response_hit import Hit
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = [
    "CONCLUDED",
    "FREE_OF_IT",
    "METASTASES",
    "NEAR",
    "begun_between",
    "fresh_lesion",
    "is_fresh",
    "take_back",
]

FREE_OF_IT = frozenset({"NED", "CR"})
"""After these a new lesion is progression, be nothing else said of it."""
METASTASES = pattern(r"\bmetasta(?:sis|ses|tic)\b", re.IGNORECASE)
NEAR = 260
"""Characters within which a finding is rated."""
CONCLUDED = "a lesion where none was told before, under or after treatment"
_IMAGING_SHOWED = pattern(
    r"\b(?:CT|MRI|PET|scans?|ultrasound|imaging|X-?ray|tomography"
    r"|radiograph)\b[^.;]{0,60}\b(?:show(?:ed|s|ing)|reveal(?:ed|s|ing)|demonstrat(?:ed|es|ing)"
    r"|disclos(?:ed|es)|detected|identified|uncovered|unveiled|unmasked|exhibited|found|brought to light)\b",
    re.IGNORECASE,
)


def fresh_lesion(view: View, memory: Memory) -> Hit:
    """Return the progression that is concluded from the lesion which the sentence is the first to tell."""
    at = memory.fresh_lesion
    return Hit("PD", 5, at, min(at + 60, view.end), view.governing(at, at + 1))


def is_fresh(view: View, memory: Memory) -> bool:
    """Whether imaging found a lesion in this sentence where the story has told of none, after treatment."""
    return (
        not view.retold
        and view.start <= memory.fresh_lesion < view.end
        and (
            view.has(_IMAGING_SHOWED) is not None
            or (not memory.last_regimen and view.has(IMAGED) is not None)
            or (memory.last_response in FREE_OF_IT and view.has(METASTASES) is not None)
        )
        and not _before_all_treatment(view, memory, memory.fresh_lesion)
        and not _stages_after_excision(view, memory, memory.fresh_lesion)
    )


def begun_between(memory: Memory, low: int, high: int) -> bool:
    """Whether the story has told between two places of the text that a treatment was begun."""
    return any(
        event in ("start", "resume") and any(low <= draft.start < high for draft in drafts[-2:])
        for (event, _), drafts in memory.courses.items()
    )


def take_back(view: View, memory: Memory) -> None:
    """Drop progression that was concluded from a lesion told first, where the next words rate it otherwise."""
    concluded = memory.response_by_lesion
    if concluded is None or not 0 <= view.start - concluded.end < NEAR:
        return
    if not begun_between(memory, concluded.end, view.start):  # else another treatment is rated
        concluded.dropped = True
        memory.response_by_lesion = None


def _before_all_treatment(view: View, memory: Memory, at: int) -> bool:
    """Whether the day of a finding lies before every treatment told: a note tells its staging behind the treatment."""
    found = view.when(at, at + 1).when
    begun = memory.starts()
    return (
        isinstance(found, DateInterval)
        and bool(begun)
        and all(isinstance(when, DateInterval) and found.compare(when) == "before" for when in begun)
    )


def _stages_after_excision(view: View, memory: Memory, at: int) -> bool:
    """Whether a finding stages the tumour soon after an operation that was all its treatment: nothing has grown yet."""
    found, operated = view.when(at, at + 1).when, memory.clock.anchors.get("surgery")
    return (
        not memory.last_regimen
        and isinstance(found, DateInterval)
        and isinstance(operated, DateInterval)
        and timedelta(0) < found.first - operated.first <= _STAGING
    )


_STAGING = timedelta(weeks=6)
"""How long behind an excision a scan still tells how far the tumour had spread: no treatment has begun by then."""
