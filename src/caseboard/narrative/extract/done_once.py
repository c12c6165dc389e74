"""Procedures told twice: once in a list or a summary, once with their day. One operation is one fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Treatment
from caseboard.narrative.memory import Draft

__all__ = ["told_twice"]

_LOCAL = frozenset({"surgery", "radiotherapy", "ablation", "transplant"})
_LONGEST = 366
"""Days of the vaguest date that may mean one day told elsewhere: a year."""
_WORD = re.compile(r"[a-z]{3,}")
_SAYS_NOTHING = frozenset(
    {"surgery", "surgical", "operation", "procedure", "and", "the", "with", "left", "right"}
)
"""Words that do not tell which procedure it was."""


class _Done(msgspec.Struct):
    """A procedure that was done, and the days on which it may have been."""

    draft: Draft
    fact: Treatment
    when: DateInterval


def told_twice(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the procedures whose own day another sentence tells; it takes what only they say of dose and site."""
    done = [
        _Done(draft, draft.fact, draft.moment.when)
        for draft in drafts
        if not draft.dropped
        and isinstance(draft.fact, Treatment)
        and draft.fact.event == "done"
        and draft.fact.modality in _LOCAL
        and isinstance(draft.moment.when, DateInterval)
        and draft.moment.certainty == "stated"
        and draft.moment.when.days <= _LONGEST
    ]
    done.sort(key=lambda one: (one.when.days, one.draft.start))
    kept: list[_Done] = []
    withdrawn: list[Draft] = []
    for vague in done:
        exact = next((one for one in kept if _is_one(one, vague)), None)
        if exact is None:
            kept.append(vague)
            continue
        dose, site = exact.fact.dose or vague.fact.dose, exact.fact.site or vague.fact.site
        exact.fact = exact.draft.fact = msgspec.structs.replace(exact.fact, dose=dose, site=site)
        withdrawn.append(vague.draft)
    return withdrawn


def _is_one(exact: _Done, vague: _Done) -> bool:
    """Whether two sentences tell one procedure: its day lies within the vaguer date, and the words name the same."""
    one, other = exact.fact, vague.fact
    if exact.draft.sentence == vague.draft.sentence or one.modality != other.modality:
        return False
    if not (vague.when.first <= exact.when.first and exact.when.last <= vague.when.last):
        return False
    if one.dose and other.dose and one.dose != other.dose:
        return False
    if one.site and other.site and not _words(one.site) & _words(other.site):
        return False
    if one.modality == "radiotherapy":
        return True
    named, also = _words(one.procedure or ""), _words(other.procedure or "")
    return named <= also or also <= named


def _words(told: str) -> set[str]:
    return set(_WORD.findall(told.lower())) - _SAYS_NOTHING
