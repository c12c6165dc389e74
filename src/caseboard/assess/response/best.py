"""Best overall response from the responses at each assessment (RECIST 1.1, sections 4.4.3 and 4.6, table 3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from caseboard.assess.response.recist import Word

__all__ = ["STABLE_DISEASE_DAYS", "Assessed", "BestResponse", "best_overall_response"]

STABLE_DISEASE_DAYS = 42
"""The shortest time from the start at which stable disease counts; the guideline leaves it to the protocol and names
six to eight weeks (section 4.6.3)."""

_SHRUNK = ("CR", "PR")


class Assessed(msgspec.Struct, frozen=True):
    """The response at one assessment, and the fewest and the most days from the start to it (None: not dated)."""

    word: Word
    days_min: int | None
    days_max: int | None

    @classmethod
    def on(cls, word: Word, day: int) -> Assessed:
        """Return a response on a known day."""
        return cls(word, day, day)


class BestResponse(msgspec.Struct, frozen=True):
    """The best response, the index of the assessment that gave it, and why. ``MISSING``: there was no assessment."""

    word: Literal["CR", "PR", "SD", "PD", "NON-CR/NON-PD", "NE", "MISSING"]
    index: int | None
    why: str


def best_overall_response(
    assessments: Sequence[Assessed],
    *,
    confirmation_days: int | None = None,
    stable_disease_days: int = STABLE_DISEASE_DAYS,
    missed_between: int = 1,
    stable_between: int = 0,
) -> BestResponse:
    """Return the best response up to the first progression.

    ``confirmation_days`` None asks for no confirmation (section 4.6.1: it is needed where response is the primary
    endpoint of a trial without randomisation). With it, a complete or partial response counts only if one at least as
    good follows that many days later, with nothing between but such responses, at most ``missed_between`` that were
    not evaluable and, between partial responses, at most ``stable_between`` of stable disease (table 3). A partial
    response after a complete one is disease that came back, and confirms nothing before it. Where days are not exact,
    stable disease counts if it may have lasted long enough, and a confirmation only if it certainly did.
    """
    if not assessments:
        return BestResponse("MISSING", None, "no assessment after the start")
    ended = next((i for i, one in enumerate(assessments) if one.word == "PD"), None)
    until = assessments if ended is None else assessments[:ended]
    for word in _SHRUNK:
        for index in (i for i, one in enumerate(until) if one.word == word):
            if confirmation_days is None:
                return BestResponse(
                    "CR" if word == "CR" else "PR", index, "first assessment with that response"
                )
            if _confirmed(until, index, confirmation_days, missed_between, stable_between):
                why = f"confirmed at least {confirmation_days} days later"
                return BestResponse("CR" if word == "CR" else "PR", index, why)
    stable = _stable(until, stable_disease_days)
    if stable is not None:
        return stable
    for index, (one, later) in enumerate(pairwise(until), start=1):
        if one.word == "CR" and later.word in ("PR", "SD"):
            return BestResponse("PD", index, "disease came back after complete response")
    if ended is not None:
        return BestResponse("PD", ended, "progression before any response or stable disease that counts")
    early = any(one.word != "NE" for one in until)
    return BestResponse(
        "NE", 0, f"only before day {stable_disease_days}" if early else "no evaluable assessment"
    )


def _confirmed(
    until: Sequence[Assessed], index: int, days: int, missed_between: int, stable_between: int
) -> bool:
    partial = until[index].word == "PR"
    good = _SHRUNK if partial else ("CR",)
    first = until[index].days_max
    missed = stable = 0
    complete = not partial
    for later in until[index + 1 :]:
        if later.word in good:
            if later.word == "PR" and complete:
                return False
            complete = complete or later.word == "CR"
            if first is not None and later.days_min is not None and later.days_min - first >= days:
                return True
        elif later.word == "NE":
            missed += 1
            if missed > missed_between:
                return False
        elif later.word == "SD" and partial and stable < stable_between:
            stable += 1
        else:
            return False
    return False


def _stable(until: Sequence[Assessed], days: int) -> BestResponse | None:
    """Return stable disease (a response not confirmed counts as such) where it lasted long enough from the start."""
    for words, result in ((("CR", "PR", "SD"), "SD"), (("NON-CR/NON-PD",), "NON-CR/NON-PD")):
        for index, one in enumerate(until):
            if one.word not in words or (one.days_max is not None and one.days_max < days):
                continue
            sure = one.days_min is not None and one.days_min >= days
            why = f"{'' if sure else 'may be '}{days} days or more after the start"
            return BestResponse("SD" if result == "SD" else "NON-CR/NON-PD", index, why)
    for index, (one, later) in enumerate(pairwise(until), start=1):
        if one.word == "PR" and later.word == "SD":
            return BestResponse("SD", index, "stable disease after a partial response that was not confirmed")
    return None
