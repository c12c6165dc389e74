"""The shapes of what is said of trials: the answer to a criterion, the report of a trial, and all of them together."""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.assess.trial_truth import Held, Truth

__all__ = ["RESULTS", "Answer", "ArmReport", "Result", "TrialMatches", "TrialReport", "Verdict", "of_held"]

Result = Literal["PASS", "WARN", "FAIL", "UNDETERMINED"]


class Answer(msgspec.Struct, frozen=True):
    """The answer to a criterion: a sentence, the criterion's own words, and the facts it stands on.

    ``mendable`` says of a FAIL whether time could mend it.
    """

    result: Result
    sentence: str
    mendable: bool = False
    text: str = ""
    facts: tuple[str, ...] = ()


Verdict = Literal["fits", "may fit", "not now", "ruled out"]
"""``fits``: every criterion passes; ``may fit``: some are open; ``not now``: what fails, time could mend."""


class ArmReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a patient meets one arm: its verdict and the answers to its criteria."""

    name: str
    verdict: Verdict
    answers: tuple[Answer, ...]


class TrialReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a patient meets a trial: what is asked of everybody, and the arms, of which one has to be met."""

    id: str
    title: str
    source: str
    verdict: Verdict
    answers: tuple[Answer, ...]
    arms: tuple[ArmReport, ...] = ()
    phase: str = ""

    @property
    def every_answer(self) -> tuple[Answer, ...]:
        """The answers of the trial and of its arms."""
        return (*self.answers, *(found for arm in self.arms for found in arm.answers))

    def number(self, result: Result) -> int:
        """Return how many criteria are answered so."""
        return sum(found.result == result for found in self.every_answer)

    @property
    def decides(self) -> tuple[Answer, ...]:
        """What the verdict stands on: the criteria that fail, those that time cannot mend first."""
        failed = [found for found in self.every_answer if found.result == "FAIL"]
        return tuple(sorted(failed, key=lambda found: found.mendable))


class TrialMatches(msgspec.Struct, frozen=True, kw_only=True):
    """The trials of the user's store against a case. ``stored`` is how many there are, None where there is no store.

    ``reports`` are of those that are not ruled out, best first, at most ``MOST_SHOWN``; ``ruled_out`` how many are.
    """

    stored: int | None = None
    imported: str = ""
    reports: tuple[TrialReport, ...] = ()
    left: int = 0
    ruled_out: int = 0


RESULTS: dict[Truth, Result] = {
    "yes": "PASS", "likely": "WARN", "open": "UNDETERMINED", "unlikely": "UNDETERMINED", "no": "FAIL", "moot": "PASS",
}  # fmt: skip


def of_held(held: Held, text: str = "") -> Answer:
    """Return the answer to a criterion that asks for something: what does not hold fails."""
    result = RESULTS[held.truth]
    return Answer(result, held.sentence, result == "FAIL" and held.comes, text, held.facts)
