"""The work-up: tests done and what they mean, and what rules with sources ask for that the case does not tell of."""

from __future__ import annotations

from typing import get_args

from caseboard.assess.findings import Finding
from caseboard.assess.ledger import ledger
from caseboard.assess.results import AlterationReport, Changes, Course, LedgerEntry, MissingTest
from caseboard.assess.rules import Rule, ask
from caseboard.assess.view import View, view_of
from caseboard.assess.workup_diagnosis import DIAGNOSIS_RULES
from caseboard.assess.workup_molecular import molecular_rules
from caseboard.case.case import Case

__all__ = ["missing_tests", "rule_names", "work_up"]

_ORDER = {"critical": 0, "warning": 1, "note": 2, "info": 3}
_CHANGES = {changes: rank for rank, changes in enumerate(get_args(Changes))}


def work_up(
    case: Case, course: Course, molecular: tuple[AlterationReport, ...]
) -> tuple[tuple[LedgerEntry, ...], tuple[MissingTest, ...], tuple[Finding, ...]]:
    """Return the ledger of a case of one patient, what is missing (weightiest first), and the findings that say so."""
    view = view_of(case, course, molecular)
    missing = missing_tests(view)
    return ledger(view), missing, tuple(one.finding for one in missing)


def missing_tests(view: View) -> tuple[MissingTest, ...]:
    """Ask every rule; what matters more comes first, then what could change more. Of the dead nothing is asked."""
    if view.dead:
        return ()
    asked = [ask(rule, view) for rule in _rules()]
    fired = [one for one in asked if one is not None]
    return tuple(
        sorted(fired, key=lambda one: (_ORDER[one.finding.level], _CHANGES[one.changes], not one.opens))
    )


def rule_names() -> tuple[str, ...]:
    """Return the name of every rule of the work-up."""
    return tuple(rule.name for rule in _rules())


def _rules() -> tuple[Rule, ...]:
    return (*DIAGNOSIS_RULES, *molecular_rules())
