"""What trials ask of a patient, as far as a case tells it: who, what tumour, what was found and given, what state."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from caseboard.assess.alterations import FoundAlteration, found_alterations
from caseboard.assess.chronology import Chronology
from caseboard.assess.course import build_course
from caseboard.assess.results import Course
from caseboard.assess.tumour import CaseTumour, tumour_of
from caseboard.assess.view import View, view_of
from caseboard.case import Case, DateInterval, Demographics, Diagnosis, History, Lab, Test
from caseboard.case.dates import DAYS_PER_YEAR

__all__ = ["STALE_DAYS", "PatientProfile", "Performance", "profile_of"]

_ECOG = re.compile(r"(?:ECOG|WHO|PS\b|performance status)[^0-9]{0,40}([0-4])(?![0-9%])", re.IGNORECASE)
_KARNOFSKY = re.compile(r"(?:Karnofsky|KPS|Lansky|LPS)[^0-9]{0,40}(100|[1-9]0)(?![0-9])", re.IGNORECASE)
_STAGE = re.compile(r"\bstage\s(IV|I{1,3}|[1-4])([A-C]?)", re.IGNORECASE)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
STALE_DAYS = 60
"""A value that is this much older than the last report says what was then, and neither passes nor fails for good."""
_INFANT_YEARS, _MONTH = 2.0, 1 / 12


class Performance(msgspec.Struct, frozen=True):
    """A performance status as told: by the ECOG (or WHO) scale, or by Karnofsky's (or Lansky's)."""

    scale: str
    value: int


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
    performance: Performance | None
    case: Case
    course: Course
    clock: Chronology
    labs: dict[str, Lab]
    """The latest value of each analyte that is told as a value."""
    advanced: tuple[str, ...]
    """The facts that tell of metastases."""
    stage: str
    """The stage as told with the diagnosis, "3B"; "" where it is not told."""
    other_cancers: tuple[Diagnosis, ...]
    dead: bool
    cutoff: date | None
    facts: dict[str, tuple[str, ...]]

    def stale(self, fact: str) -> str:
        """Return when a fact was told, where that is long before the last report; "" where not, or not known."""
        days = self.clock.days.get(fact)
        latest = max((last for _, last in self.clock.days.values()), default=None)
        if days is None or latest is None or latest - days[1] <= STALE_DAYS:
            return ""
        return self.clock.timing(*days).text


def profile_of(case: Case, course: Course | None = None) -> PatientProfile:
    """Return the profile of a case of one patient, with its course where that was built before."""
    told = next(iter(case.of(Demographics)), None)
    first, last = _age(case, told)
    own = course if course is not None else build_course(case)
    view = view_of(case, own, ())
    performance = view.latest(fact for fact in case.of(History) if _status(fact) is not None)
    tumour = tumour_of(case)
    staged = view.latest(fact for fact in view.diagnoses if _STAGE.search(fact.source.quote))
    facts: dict[str, tuple[str, ...]] = {
        "age": (told.id,) if told else (),
        "tumour": (tumour.fact,) if tumour else (),
        "performance": (performance.id,) if performance else (),
        "stage": (staged.id,) if staged else (),
    }
    return PatientProfile(
        age_first=first,
        age_last=last,
        sex=told.sex if told else None,
        tumour=tumour,
        alterations=found_alterations(case),
        tests=case.of(Test),
        performance=_status(performance) if performance else None,
        case=case,
        course=own,
        clock=view.clock,
        labs=_labs(view),
        advanced=view.advanced,
        stage=_stage(staged),
        other_cancers=tuple(fact for fact in case.of(Diagnosis) if fact.status == "history"),
        dead=view.dead,
        cutoff=case.cutoff,
        facts=facts,
    )


def _labs(view: View) -> dict[str, Lab]:
    """Return the latest value of each analyte; one told as a bound alone ("< 40") is no value."""
    told = [lab for lab in view.case.of(Lab) if not any(r.startswith("written as") for r in lab.remarks)]
    return {lab.analyte: lab for lab in sorted(told, key=lambda lab: view.clock.rank[lab.id])}


def _stage(fact: Diagnosis | None) -> str:
    found = _STAGE.search(fact.source.quote) if fact else None
    return f"{_ROMAN.get(found[1].upper(), found[1])}{found[2].upper()}" if found else ""


def _age(case: Case, told: Demographics | None) -> tuple[float | None, float | None]:
    """Return the bounds of the age now: that at presentation, and the time from there to the last dated fact.

    An age is told in whole years, that of an infant in months.
    """
    if told is None or told.age_years is None:
        return None, None
    infant = told.age_years < _INFANT_YEARS and not (told.age_years >= 1 and told.age_years.is_integer())
    width = _MONTH if infant else 1
    presented = case.presentation(told.patient)
    days = [interval for fact in case.facts if (interval := case.interval(fact)) is not None]
    if presented is None or not days:
        return told.age_years, told.age_years + width
    latest = max(days, key=lambda interval: interval.last)
    fewest, most = presented.days_until(DateInterval(latest.first, latest.last))
    return told.age_years + max(fewest, 0) / DAYS_PER_YEAR, told.age_years + width + most / DAYS_PER_YEAR


def _status(fact: History) -> Performance | None:
    if fact.topic != "performance status" or fact.denied:
        return None
    words = f"{fact.source.quote} {fact.detail}"
    karnofsky = _KARNOFSKY.search(words)
    if karnofsky:
        return Performance("Karnofsky", int(karnofsky[1]))
    found = _ECOG.search(words) or re.search(r"\b([0-4])\b", fact.detail)
    return Performance("ECOG", int(found[1])) if found else None
