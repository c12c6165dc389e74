"""The trials of the user's store that a case meets, for its dossier."""

from __future__ import annotations

from caseboard.assess.results import Course
from caseboard.assess.trial_answer import TrialMatches
from caseboard.case import Case
from caseboard.knowledge.trial_store import has_trials, load_trials, trials_version

__all__ = ["MOST_SHOWN", "stored_trials"]

MOST_SHOWN = 100
"""How many trials a dossier shows; ``caseboard trials`` shows all."""


def stored_trials(case: Case, course: Course) -> TrialMatches:
    """Return how the patient of a case meets the trials of the user's store, those that are ruled out only counted."""
    if not has_trials():
        return TrialMatches()
    from caseboard.assess.eligibility import trial_reports  # noqa: PLC0415 - loaded only where there are trials
    from caseboard.assess.patient_profile import profile_of  # noqa: PLC0415

    reports = trial_reports(profile_of(case, course), load_trials())
    open_ones = [report for report in reports if report.verdict != "ruled out"]
    return TrialMatches(
        stored=len(reports),
        imported=trials_version().version,
        reports=tuple(open_ones[:MOST_SHOWN]),
        left=max(len(open_ones) - MOST_SHOWN, 0),
        ruled_out=len(reports) - len(open_ones),
    )
