"""Who the patient is, when first seen, and whether the text says the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseboard.case.dates import DateInterval, Offset
from caseboard.case.facts import Demographics
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.document import Sentence
from caseboard.narrative.memory import NOWHERE, Draft
from caseboard.narrative.people import Person, Sex, find_people
from caseboard.narrative.scope import Place
from caseboard.narrative.times import DateStyle, find_times

__all__ = ["demographics", "other_ages"]

_BORN = re.compile(r"\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth)[:\s]{1,3}$", re.IGNORECASE)
_BIRTH = re.compile(r"\b(?:born|dob|d\.o\.b|date of birth)\b", re.IGNORECASE)
_PRESENTS = re.compile(
    r"\b(?:present(?:ed|ing|s)|first seen|admitted|referred|consulted|complain(?:ed|ing)|seen|visited"
    r"|noticed|attended"
    r"|developed|diagnosed|found|came|hospitali[sz]ed|evaluated|admission|underwent)\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:presented|presents|first seen|was (?:admitted|referred|seen)|admitted|referred|consulted|attended"
    r"|visited)\b",
    re.IGNORECASE,
)
_BESIDE = 60
"""Within how many characters behind the verb of presenting its date stands."""
_REVIEWED = re.compile(r"\b(?:I|we) (?:reviewed|saw|have seen|had the pleasure)\b|\btoday\b", re.IGNORECASE)
_AGE_SLACK = 0.6
"""Years by which two statements of one age may differ before they are told apart: rounding, and babies in weeks."""


def demographics(
    text: str, stretch: Sequence[Sentence], introduced: Person | None, sex: Sex | None, style: DateStyle
) -> Draft | None:
    """Return who the patient of a stretch of sentences is, dated to the first presentation; None if nothing is said."""
    person, sentence = _person(text, stretch, introduced)
    if person is None and sex is None:
        return None
    presented = _presentation(text, stretch, sentence, style)
    age = person.age_years if person else None
    why = ""
    born = _birth_date(text, stretch, style)
    if born is not None and presented is not None:
        low, high = _age_on(born, presented)
        if low == high and age != low:
            why = "age at presentation, from the date of birth" + (
                f"; the text says {age:g} when written" if age is not None else ""
            )
            age = float(low)
    start, end = (person.start, person.end) if person else (sentence.start, sentence.end)
    fact = Demographics(
        id="",
        source=NOWHERE,
        sex=person.sex if person and person.sex else sex,
        age_years=age,
        why=why,
        certainty="resolved" if why else "stated",
    )
    return Draft(fact, start, end, Moment(presented if presented is not None else Offset(0)))


def other_ages(
    text: str, sentences: Sequence[Sentence], places: Sequence[Place], draft: Draft
) -> tuple[str, ...]:
    """Return a remark for each other age that the text gives this patient outside the case (an abstract, a summary)."""
    fact = draft.fact
    if not isinstance(fact, Demographics) or fact.age_years is None:
        return ()
    remarks = []
    for sentence, place in zip(sentences, places, strict=True):
        if place.role == "case" or sentence.start > draft.start:
            continue
        people = list(find_people(text, sentence.start, sentence.end, sentence.cues))
        if len(people) != 1 or people[0].age_years is None or people[0].sex not in (None, fact.sex):
            continue
        gap = abs(people[0].age_years - fact.age_years)
        if _AGE_SLACK < gap <= 3:
            written = " ".join(text[people[0].start : people[0].end].split())
            remarks.append(f"age: {fact.age_years:g} in the case, but {written!r} before it")
    return tuple(remarks)


def _person(
    text: str, stretch: Sequence[Sentence], introduced: Person | None
) -> tuple[Person | None, Sentence]:
    if introduced is not None:
        return introduced, next(s for s in stretch if s.start <= introduced.start < s.end)
    for sentence in stretch:
        found = next(find_people(text, sentence.start, sentence.end, sentence.cues), None)
        if found is not None:
            return found, sentence
    return None, stretch[0]


def _presentation(
    text: str, stretch: Sequence[Sentence], sentence: Sentence, style: DateStyle
) -> DateInterval | None:
    """Return the date of the sentence that introduces the patient, or of the one that says when first seen."""
    introducing = _dates(text, sentence, style)
    if introducing and not _REVIEWED.search(text, sentence.start, sentence.end):
        return _beside_presenting(text, sentence, introducing)
    if not _REVIEWED.search(text, sentence.start, sentence.end) and _PRESENTS.search(
        text, sentence.start, sentence.end
    ):
        return None
    for other in stretch:
        if _PRESENTS.search(text, other.start, other.end) and other is not sentence:
            dates = _dates(text, other, style)
            if dates:
                return dates[0][1]
    return None


def _beside_presenting(text: str, sentence: Sentence, dates: list[tuple[int, DateInterval]]) -> DateInterval:
    """Return the date that stands closest behind the verb of presenting, else the first of the sentence."""
    comes = _COMES.search(text, sentence.start, sentence.end)
    if comes is not None and len(dates) > 1:
        behind = [(start, when) for start, when in dates if 0 <= start - comes.end() <= _BESIDE]
        if behind:
            return behind[0][1]
    return dates[0][1]


def _dates(text: str, sentence: Sentence, style: DateStyle) -> list[tuple[int, DateInterval]]:
    """Return the complete dates of a sentence with where they stand, birth dates left out."""
    out = []
    clock = Clock()
    for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
        if expression.kind != "absolute" or expression.year is None:
            continue
        if _BORN.search(text, max(0, expression.start - 18), expression.start):
            continue
        moment = clock.resolve(expression)
        if moment is not None and isinstance(moment.when, DateInterval):
            out.append((expression.start, moment.when))
    return out


def _birth_date(text: str, stretch: Sequence[Sentence], style: DateStyle) -> DateInterval | None:
    clock = Clock()
    for sentence in stretch[:12]:
        if not _BIRTH.search(text, sentence.start, sentence.end):
            continue
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            if expression.kind == "absolute" and _BORN.search(
                text, max(0, expression.start - 18), expression.start
            ):
                moment = clock.resolve(expression)
                if moment is not None and isinstance(moment.when, DateInterval):
                    return moment.when
    return None


def _age_on(birth: DateInterval, when: DateInterval) -> tuple[int, int]:
    """Return the youngest and the oldest age in whole years on the days of an interval."""
    ages = [
        day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        for day, born in ((when.first, birth.last), (when.last, birth.first))
    ]
    return ages[0], ages[1]
