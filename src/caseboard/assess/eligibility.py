"""Whether a patient fits a trial: each criterion is answered PASS, WARN, FAIL or UNDETERMINED, with a sentence.

What is not told of a patient is UNDETERMINED, never passed; a text that is not understood is quoted. A trial is ruled
out only by a FAIL that time cannot mend.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_answer import Answer, ArmReport, Result, TrialReport, Verdict
from caseboard.assess.trial_answers import TrialAnswers
from caseboard.knowledge.trial_shapes import AnyCriterion, Expression, Trial, TrialCriterion

__all__ = ["trial_reports"]

_VERDICTS = get_args(Verdict)
_RESULTS: tuple[Result, ...] = ("PASS", "WARN", "UNDETERMINED", "FAIL")


def trial_reports(profile: PatientProfile, trials: Iterable[Trial]) -> tuple[TrialReport, ...]:
    """Return a report for each trial, those that fit first, in the order of the records where they are alike."""
    answers = TrialAnswers(profile)
    reports = [_report(answers, trial) for trial in trials]
    return tuple(sorted(reports, key=lambda report: (_VERDICTS.index(report.verdict), -_passed(report))))


def _report(answers: TrialAnswers, trial: Trial) -> TrialReport:
    everybody = _Asked(answers)
    common = everybody.ask(trial.everybody)
    arms = []
    overall = []
    for arm in trial.arms:
        asked = _Asked(answers)
        state = asked.ask(arm.expression)
        if arm.suspended:
            closed = Answer("FAIL", "This arm is suspended.", mendable=True, text=f"{arm.name} suspended")
            asked.answers.append(closed)
            state = max(state, _state(closed))
        arms.append(ArmReport(name=arm.name, verdict=_verdict(state), answers=tuple(asked.answers)))
        overall.append(state)
    worst = max(common, min(overall)) if overall else common
    return TrialReport(
        id=trial.id,
        title=trial.title,
        source=trial.source,
        verdict=_verdict(worst),
        answers=tuple(everybody.answers),
        arms=tuple(arms),
        phase=trial.phase,
    )


class _Asked:
    """The answers to an expression, criterion by criterion, in the order of the record."""

    def __init__(self, of: TrialAnswers) -> None:
        self.of = of
        self.answers: list[Answer] = []

    def ask(self, expression: Expression) -> int:
        """Return how bad it stands: of AND the worst, of OR the best; a FAIL that time cannot mend is the worst."""
        if isinstance(expression, TrialCriterion):
            found = self.of.answer(expression)
            self.answers.append(found)
            return _state(found)
        states = [self.ask(part) for part in expression.parts]
        return (min if isinstance(expression, AnyCriterion) else max)(states, default=0)


_WORST = len(_RESULTS)


def _state(found: Answer) -> int:
    return _WORST if found.result == "FAIL" and not found.mendable else _RESULTS.index(found.result)


def _verdict(state: int) -> Verdict:
    if state == _WORST:
        return "ruled out"
    by_state: dict[Result, Verdict] = {
        "PASS": "fits", "WARN": "may fit", "UNDETERMINED": "may fit", "FAIL": "not now",
    }  # fmt: skip
    return by_state[_RESULTS[state]]


def _passed(report: TrialReport) -> int:
    best = max((sum(a.result == "PASS" for a in arm.answers) for arm in report.arms), default=0)
    return best + sum(found.result == "PASS" for found in report.answers)
