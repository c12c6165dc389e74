"""The answer to one criterion of a trial, in a sentence, and whether time could mend it."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_age import compare_age
from caseboard.assess.trial_answer import Answer, Result, of_held
from caseboard.assess.trial_ctml import clinical_term, genomic_terms, is_sex
from caseboard.assess.trial_text import TextAnswers
from caseboard.assess.trial_truth import joined
from caseboard.assess.trial_tumour import tumour_named
from caseboard.knowledge.trial_shapes import TrialCriterion

__all__ = ["TrialAnswers"]


class TrialAnswers:
    """The answers of one patient to the criteria of trials; the same criterion of many trials is answered once."""

    def __init__(self, profile: PatientProfile) -> None:
        self.profile = profile
        self.texts = TextAnswers(profile)
        self.known: dict[TrialCriterion, Answer] = {}

    def answer(self, criterion: TrialCriterion) -> Answer:
        """Return the answer to a criterion; of several terms the worst."""
        if criterion.kind == "text":
            return self.texts.answer(criterion)
        found = self.known.get(criterion)
        if found is None:
            found = msgspec.structs.replace(
                _ANSWERS[criterion.kind](self.profile, criterion), text=criterion.text
            )
            self.known[criterion] = found
        return found


# --- what a registry says in fields of its own --------------------------------------------------------------------

_STATUS: dict[str, tuple[Result, bool, str]] = {
    "recruiting": ("PASS", False, "The trial is recruiting."),
    "open to accrual": ("PASS", False, "The trial is open."),
    "enrolling_by_invitation": ("WARN", False, "The trial enrols by invitation only."),
    "not_yet_recruiting": ("FAIL", True, "The trial does not recruit yet."),
    "suspended": ("FAIL", True, "The trial is suspended."),
    "active_not_recruiting": ("FAIL", False, "The trial no longer recruits."),
    "completed": ("FAIL", False, "The trial is completed."),
    "terminated": ("FAIL", False, "The trial was terminated."),
    "withdrawn": ("FAIL", False, "The trial was withdrawn."),
    "closed to accrual": ("FAIL", False, "The trial is closed."),
}


def _status(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    """Answer whether patients are taken on; of an earlier day than the record's that is not known."""
    if profile.cutoff is not None:
        return Answer("UNDETERMINED", f"Whether the trial recruited on {profile.cutoff} is not told.")
    status = dict(criterion.terms).get("status", "").casefold()
    if status not in _STATUS:
        return Answer(
            "UNDETERMINED", f"Whether the trial recruits is not told (status {status or 'not given'})."
        )
    result, mendable, sentence = _STATUS[status]
    return Answer(result, sentence, mendable)


_AGE = re.compile(r"(\d{1,3})\s{0,3}(year|month|week|day)s?", re.IGNORECASE)
_UNITS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}


def _age(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    bounds = []
    for name, text in criterion.terms:
        found = _AGE.match(text)
        if found is None:
            return Answer("UNDETERMINED", f"The limit of age {text!r} is not understood.")
        years = int(found[1]) * _UNITS[found[2].casefold()]
        bounds.append(compare_age(profile, ">=" if name == "minimumage" else "<=", years))
    return of_held(joined(bounds, "all"))


def _sex(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    return of_held(is_sex(profile, dict(criterion.terms).get("sex", "")))


def _conditions(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    """Answer by the condition that fits best; a keyword that names no tumour is passed over where another fits."""
    if not criterion.terms:
        return Answer("UNDETERMINED", "The trial names no condition.")
    parts = [tumour_named(profile, name) for _, name in criterion.terms]
    order = ("no", "unlikely", "open", "likely", "yes")
    return of_held(max(parts, key=lambda found: order.index(found.truth)))


def _clinical(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    return of_held(joined([clinical_term(profile, name, value) for name, value in criterion.terms], "all"))


def _genomic(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    return of_held(genomic_terms(profile, dict(criterion.terms)))


_ANSWERS: dict[str, Callable[[PatientProfile, TrialCriterion], Answer]] = {
    "status": _status,
    "age": _age,
    "sex": _sex,
    "conditions": _conditions,
    "clinical": _clinical,
    "genomic": _genomic,
}
