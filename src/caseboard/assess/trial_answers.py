"""The answer to one criterion of a trial, in a sentence, and whether time could mend it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Literal

import msgspec

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_alterations import Found, genomic
from caseboard.knowledge.diseases import FAMILIES, is_haematological
from caseboard.knowledge.trials import TrialCriterion
from caseboard.terms import tumors

__all__ = ["Answer", "Result", "answer"]

Result = Literal["PASS", "WARN", "FAIL", "UNDETERMINED"]


class Answer(msgspec.Struct, frozen=True):
    """The answer to a criterion: a sentence, the criterion's own words, and the facts it stands on."""

    result: Result
    sentence: str
    mendable: bool = False
    text: str = ""
    facts: tuple[str, ...] = ()


def answer(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    """Return the answer of a patient's profile to a criterion; of several terms the worst."""
    if criterion.kind == "text" and (criterion.exclusion or not _is_of_performance(criterion.text)):
        return _EXCLUSION[criterion.exclusion](criterion.text)
    found = _ANSWERS[criterion.kind](profile, criterion)
    return msgspec.structs.replace(found, text=criterion.text)


def _open(sentence: str) -> Callable[[str], Answer]:
    return lambda text: Answer("UNDETERMINED", sentence, False, text)


_EXCLUSION: dict[bool, Callable[[str], Answer]] = {
    False: _open("This criterion is to be read by a person."),
    True: _open("This exclusion is to be read by a person."),
}


def _is_of_performance(text: str) -> bool:
    return "ECOG" in text or "erformance" in text


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


def _status(_: PatientProfile, criterion: TrialCriterion) -> Answer:
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
        bounds.append((">=" if name == "minimumage" else "<=", years))
    return _worst([_compare_age(profile, sign, years) for sign, years in bounds])


def _compare_age(profile: PatientProfile, sign: str, limit: float) -> Answer:
    facts = profile.facts["age"]
    first, last = profile.age_first, profile.age_last
    if first is None or last is None:
        return Answer("UNDETERMINED", "The age is not told.")
    # An age in years is whole years lived: at 18.9 one is 18, and "at most 18" still holds.
    low, high = int(first), int(last)
    holds = {
        ">=": (low >= limit, high >= limit),
        ">": (low > limit, high > limit),
        "<=": (high <= limit, low <= limit),
        "<": (high < limit, low < limit),
        "==": (low == high == limit, low <= limit <= high),
    }[sign]
    told = f"{low}" if low == high else f"{low} to {high}"
    if holds[0]:
        return Answer("PASS", f"The age of {told} years is {sign} {limit:g}.", facts=facts)
    if holds[1]:
        return Answer("WARN", f"The age of {told} years may not be {sign} {limit:g}.", facts=facts)
    return Answer(
        "FAIL", f"The age of {told} years is not {sign} {limit:g}.", sign in {">=", ">"}, facts=facts
    )


def _sex(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    wanted = dict(criterion.terms).get("sex", "").casefold()
    if profile.sex is None:
        return Answer("UNDETERMINED", "The sex is not told.")
    if wanted not in {"male", "female"}:
        return Answer("UNDETERMINED", f"The sex {wanted!r} is not understood.")
    same = profile.sex == wanted
    return Answer("PASS" if same else "FAIL", f"The patient is {profile.sex}.", facts=profile.facts["age"])


def _conditions(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    answers = [_tumour(profile, name) for _, name in criterion.terms]
    if not answers:
        return Answer("UNDETERMINED", "The trial names no condition.")
    order = ("PASS", "WARN", "UNDETERMINED", "FAIL")
    return min(answers, key=lambda found: order.index(found.result))


# Words of stage and course beside a tumour's name: "NSCLC Stage IV", "Metastatic Melanoma", "Sarcoma, Recurrent".
_STAGE = re.compile(
    r"\b(?:stage [0-4IV]{1,3}[A-D]?\d?|(?:loco)?regionally|locally|metastatic|metastases|advanced|recurrent|recurrence"
    r"|refractory|relapsed|unresectable|resectable|untreated|AJCC v\d)\b|[,;/]",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=65536)
def _asked_code(name: str) -> str | None:
    found = tumors.lookup(name) or tumors.lookup(" ".join(_STAGE.sub(" ", name).split()))
    if found is not None:
        return found.term.key
    organ = re.sub(r"\W+", "_", name.strip()).upper()
    return organ if organ in tumors.vocabulary() else None


_SOLID = frozenset({"_solid_", "all solid tumors", "solid tumor", "solid tumors", "advanced solid tumor"})
_LIQUID = frozenset({"_liquid_", "all liquid tumors"})


def _tumour(profile: PatientProfile, asked: str) -> Answer:
    tumour = profile.tumour
    if tumour is None:
        return Answer("UNDETERMINED", "No diagnosis is told of.")
    facts = profile.facts["tumour"]
    if tumour.code is None:
        return Answer("UNDETERMINED", f"{tumour.term} is not in the tumour vocabulary.", facts=facts)
    wanted = asked.strip()
    if wanted.casefold() in _SOLID | _LIQUID:
        solid = not is_haematological(tumour.code)
        holds = solid == (wanted.casefold() in _SOLID)
        kind = "a solid tumour" if solid else "a tumour of the blood"
        return Answer("PASS" if holds else "FAIL", f"{tumour.term} is {kind}.", facts=facts)
    code = _asked_code(wanted)
    if code is None:
        return Answer("UNDETERMINED", f"The tumour {wanted!r} is not in the tumour vocabulary.", facts=facts)
    if tumors.is_a(tumour.code, code):
        result: Result = "PASS" if tumour.final else "WARN"
        working = "" if tumour.final else ", but a working diagnosis"
        return Answer(result, f"{tumour.term} is {wanted}{working}.", facts=facts)
    if tumors.is_a(code, tumour.code):
        return Answer("WARN", f"{wanted} is asked for; the diagnosis {tumour.term} is wider.", facts=facts)
    if code in FAMILIES and is_haematological(code) == is_haematological(tumour.code):
        return Answer(
            "UNDETERMINED", f"Whether {tumour.term} counts as {wanted} is to be judged.", facts=facts
        )
    return Answer("FAIL", f"{tumour.term} is not {wanted}.", facts=facts)


# --- free text ----------------------------------------------------------------------------------------------------

_ECOG = re.compile(
    r"(?:ECOG|performance status)[^.;0-9]{0,60}"
    r"(?:0\s{0,2}(?:-|–|to|or)\s{0,2}|(?:≤|<=|\\<=|less than or equal to)\s{0,2})([1-4])(?![0-9])",
    re.IGNORECASE,
)


def _text(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    """Answer what is understood of a free text, which is little: the rest is open, and quoted."""
    found = _ECOG.search(criterion.text)
    if found is None or profile.performance is None:
        return _EXCLUSION[False]("")
    limit, own = int(found[1]), profile.performance
    sentence = f"The performance status told is {own}, at most {limit} is asked for."
    if own > limit:
        return Answer("FAIL", sentence, mendable=True, facts=profile.facts["performance"])
    # The line may ask for more than that, so it is not passed outright.
    return Answer(
        "WARN", f"{sentence} The rest of the line is to be read.", facts=profile.facts["performance"]
    )


# --- CTML ---------------------------------------------------------------------------------------------------------

_COMPARISON = re.compile(r"(>=|<=|==|=|>|<)\s{0,3}(\d{1,3}(?:\.\d{1,3})?)")
_RECEPTORS = {
    "her2_status": ("ERBB2", "HER2"),
    "er_status": ("ESR1", "ER"),
    "pr_status": ("PGR", "PR"),
}


def _clinical(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    return _worst([_clinical_term(profile, name, value) for name, value in criterion.terms])


def _clinical_term(profile: PatientProfile, name: str, value: str) -> Answer:
    if name == "age_numerical":
        found = _COMPARISON.fullmatch(value.strip())
        if found is not None:
            sign = "==" if found[1] == "=" else found[1]
            return _compare_age(profile, sign, float(found[2]))
    if name == "gender" and value.casefold() in {"male", "female"}:
        return _sex(profile, TrialCriterion("sex", (("sex", value),), ""))
    if name == "oncotree_primary_diagnosis":
        if value.startswith("!"):
            return _turned(_tumour(profile, value[1:]), value)
        return _tumour(profile, value)
    if name in _RECEPTORS:
        return _receptor(profile, _RECEPTORS[name], value)
    return Answer("UNDETERMINED", f"{name} {value} is not told of, or not understood.")


def _turned(found: Answer, asked: str) -> Answer:
    """Return the answer to what must not hold."""
    if found.result == "PASS":
        return msgspec.structs.replace(
            found, result="FAIL", sentence=f"{found.sentence} It is excluded ({asked})."
        )
    if found.result == "FAIL":
        return msgspec.structs.replace(found, result="PASS", mendable=False)
    return found


def _receptor(profile: PatientProfile, names: tuple[str, ...], value: str) -> Answer:
    told = [test for test in profile.tests if test.target in names]
    wanted = value.casefold() in {"true", "positive", "yes"}
    if not told or value.casefold() not in {"true", "false", "positive", "negative", "yes", "no"}:
        return Answer("UNDETERMINED", f"No test of {names[-1]} is told of.")
    result = told[-1].result.casefold()
    if result.startswith(("positive", "negative")):
        holds = result.startswith("positive") == wanted
        sentence = f"{names[-1]} is {result} by {told[-1].method}."
        return Answer("PASS" if holds else "FAIL", sentence, facts=(told[-1].id,))
    return Answer("UNDETERMINED", f"{names[-1]} is told as {told[-1].result!r}.", facts=(told[-1].id,))


def _genomic(profile: PatientProfile, criterion: TrialCriterion) -> Answer:
    found, sentence, facts = genomic(profile, dict(criterion.terms))
    results: dict[Found, Result] = {"yes": "PASS", "no": "FAIL", "in part": "WARN", "open": "UNDETERMINED"}
    return Answer(results[found], sentence, facts=facts)


def _worst(answers: list[Answer]) -> Answer:
    """Return the worst of several answers, with the sentences of all of them."""
    if not answers:
        return Answer("UNDETERMINED", "The criterion is empty.")
    order = ("PASS", "WARN", "UNDETERMINED", "FAIL")
    worst = max(answers, key=lambda found: (order.index(found.result), not found.mendable))
    facts = tuple(dict.fromkeys(fact for found in answers for fact in found.facts))
    return Answer(worst.result, " ".join(found.sentence for found in answers), worst.mendable, facts=facts)


_ANSWERS: dict[str, Callable[[PatientProfile, TrialCriterion], Answer]] = {
    "status": _status,
    "age": _age,
    "sex": _sex,
    "conditions": _conditions,
    "text": _text,
    "clinical": _clinical,
    "genomic": _genomic,
}
