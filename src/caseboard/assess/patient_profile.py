"""What trials ask of a patient, as far as a case tells it: age, sex, tumour, alterations, tests, performance status."""

from __future__ import annotations

import re

import msgspec

from caseboard.assess.alterations import FoundAlteration, found_alterations
from caseboard.assess.tumour import CaseTumour, tumour_of
from caseboard.case import Case, DateInterval, Demographics, History, Test
from caseboard.case.dates import DAYS_PER_YEAR

__all__ = ["PatientProfile", "profile_of"]

_PERFORMANCE = re.compile(r"(?:ECOG|WHO|performance status)[^0-9]{0,40}([0-4])(?![0-9%])", re.IGNORECASE)


class PatientProfile(msgspec.Struct, frozen=True, kw_only=True):
    """A patient as trials ask: the bounds of the age in years at the last dated fact, None where it is not told.

    ``facts`` name what each answer stands on.
    """

    age_first: float | None
    age_last: float | None
    sex: str | None
    tumour: CaseTumour | None
    alterations: tuple[FoundAlteration, ...]
    tests: tuple[Test, ...]
    performance: int | None
    facts: dict[str, tuple[str, ...]]


def profile_of(case: Case) -> PatientProfile:
    """Return the profile of a case of one patient."""
    told = next(iter(case.of(Demographics)), None)
    first, last = _age(case, told)
    performance = next((fact for fact in reversed(case.of(History)) if _status(fact) is not None), None)
    tumour = tumour_of(case)
    facts: dict[str, tuple[str, ...]] = {
        "age": (told.id,) if told else (),
        "tumour": (tumour.fact,) if tumour else (),
        "performance": (performance.id,) if performance else (),
    }
    return PatientProfile(
        age_first=first,
        age_last=last,
        sex=told.sex if told else None,
        tumour=tumour,
        alterations=found_alterations(case),
        tests=case.of(Test),
        performance=_status(performance) if performance else None,
        facts=facts,
    )


def _age(case: Case, told: Demographics | None) -> tuple[float | None, float | None]:
    """Return the bounds of the age now: that at presentation, and the time from there to the last dated fact."""
    if told is None or told.age_years is None:
        return None, None
    presented = case.presentation(told.patient)
    days = [interval for fact in case.facts if (interval := case.interval(fact)) is not None]
    if presented is None or not days:
        return told.age_years, told.age_years + 1
    latest = max(days, key=lambda interval: interval.last)
    fewest, most = presented.days_until(DateInterval(latest.first, latest.last))
    return told.age_years + max(fewest, 0) / DAYS_PER_YEAR, told.age_years + 1 + most / DAYS_PER_YEAR


def _status(fact: History) -> int | None:
    if fact.topic != "performance status" or fact.denied:
        return None
    found = _PERFORMANCE.search(f"{fact.source.quote} {fact.detail}") or re.search(
        r"\b([0-4])\b", fact.detail
    )
    return int(found[1]) if found else None
