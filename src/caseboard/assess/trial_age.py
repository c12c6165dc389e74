"""The age of a patient against a limit."""

from __future__ import annotations

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_truth import Held

__all__ = ["compare_age"]

_INFANT_YEARS = 2.0
_WORDS = {">=": "at least", ">": "over", "<=": "at most", "<": "under", "==": "exactly"}


def compare_age(profile: PatientProfile, sign: str, limit: float) -> Held:
    """Return whether the age is ``sign`` (>=, >, <=, <, ==) a limit in years; too young is what time can mend.

    An age in years is whole years lived: at 18.9 one is 18, and "at most 18" still holds. Where the limit is no whole
    number ("0.5"), or of an infant, it is the age itself.
    """
    facts = profile.facts["age"]
    first, last = profile.age_first, profile.age_last
    if first is None or last is None:
        return Held("open", f"The age is not told ({_WORDS[sign]} {limit:g} is asked about).")
    low, high = (float(int(first)), float(int(last))) if float(limit).is_integer() else (first, last)
    holds, may = {
        ">=": (low >= limit, high >= limit),
        ">": (low > limit, high > limit),
        "<=": (high <= limit, low <= limit),
        "<": (high < limit, low < limit),
        "==": (low == high == limit, low <= limit <= high),
    }[sign]
    told = _years(first, last)
    bound = f"{_WORDS[sign]} {limit:g}"
    grows = sign in {">=", ">"}
    if holds:
        return Held("yes", f"The age of {told} is {bound}.", False, not grows, facts)
    if may:
        return Held("likely", f"The age of {told} may not be {bound}.", grows, not grows, facts)
    return Held("no", f"The age of {told} is not {bound}.", grows, not grows, facts)


def _years(first: float, last: float) -> str:
    if last < _INFANT_YEARS:
        return f"{first * 12:.0f} to {last * 12:.0f} months"
    low, high = int(first), int(last)
    return f"{low} years" if low == high else f"{low} to {high} years"
