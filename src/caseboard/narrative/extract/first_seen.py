"""When a patient was first seen, where a letter or a board note speaks of today first: by an age told of then.

"47yo F ... 2017 May: bloating. Age 41." tells who the patient was at the first presentation, which is what is asked
of every patient. An age counts only where it fits the age of today, or the date of birth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.births import is_birth
from caseboard.narrative.clock import Clock
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.kin_words import CALLED, KIN, SPOUSES
from caseboard.narrative.letters import is_last_visit
from caseboard.narrative.patterns import pattern
from caseboard.narrative.people import find_people
from caseboard.narrative.times import find_times

__all__ = ["FirstSeen", "age_on", "dates_of", "first_of_course", "of_now", "told_of_then"]

_THEN = pattern(
    r"(?:\b(?:(?:then )?aged?(?: of)?|then|when (?:s?he|the patient) was|at(?: the age of| that time)?|being"
    r"|:)[ :]{1,2}"
    r"|(?<=[a-z]),\s(?=\d{2}\s?(?:years?|yrs?|y)\b))"
    r"(?P<years>\d{1,2})(?:\s?(?:years?|yrs?|y)\b(?:\sold\b)?)?(?:(?:\sand)?\s(?P<months>\d{1,2})\s?(?:months?"
    r"|mos?)\b)?"
    r"(?:\sold\b)?(?:\sat (?:that|the) time)?(?=[\s,.;:)\]]|$)"
    r"(?![.,]\d|\s?(?:mm|cm|mg|%|months|weeks|days|°|gy|g\b|kg|x\b|of\b|[+:/-]\d))",
    re.IGNORECASE,
)
"""An age told of a day: "when she was 45", "(age 17)", "at that time 36 yrs old", "57 y" behind a colon."""
_MAY_DATE = pattern(r"\d\d\d\d|\d[./-]\d|['’]\d\d")
"""What every date with its year holds: a first look."""
_UNIT_TOLD = re.compile(r"age|when|then|being|\bat\b|\b(?:years?|yrs?|y)\b", re.IGNORECASE)
_ILLNESS_BEFORE = (
    r"history of(?! (?:the )?present)|hx of|h/o|s/p|status (?:post|after)|condition after|st\.? ?p\.|PMHx?|PHx|VG|ATCD"
    r"|k/?c/?o|known case of|comorbid\w{0,6}"
)
_FORMER = pattern(rf"\b(?:{_ILLNESS_BEFORE})\b", re.IGNORECASE)
"""What leads from who the patient is to what the patient had before."""
_NOT_OF_THIS = pattern(
    rf"\b(?:{_ILLNESS_BEFORE}|menarche|menopause|menopausal|married|marriage|first child|first pregnan|smok\w{{2,4}}"
    r"|previous(?:ly)?|prior|past|childhood|antecedents"
    rf"|(?:{KIN}|{SPOUSES}|{CALLED})s?)\b",
    re.IGNORECASE,
)
"""What makes an age, or a date, that of something else."""
_OF_THE_DISEASE = pattern(
    r"\b(?:CT|MRI|MR|PET|US|USG|X-?ray|ultraso\w{3,8}|sonogra\w{2,4}|scan|biops\w{1,3}|bx|FNAC?|path\w{0,8}"
    r"|histo\w{0,9}"
    r"|mass|tumou?r|lesions?|nodules?|cancer|\w{2,24}oma|first diagnosis|diagnos\w{2,4}|dx|swelling|lump|pain\w{0,3}"
    r"|present\w{0,6}|visit|casualty|clinic|hospital|complain\w{0,3}|symptom\w{0,3}"
    r"|bleeding|noticed|felt|seen|referred|admitted|resection|excis\w{3,4}|operat\w{2,4}|\w{4,20}ectomy)\b",
    re.IGNORECASE,
)
"""What the first entry of a course speaks of."""
_NO_COURSE = frozenset({"family", "plan", "allergies", "medication"})
_SHORT = 30
"""Characters of a note such as "Age 41.", which is of the entry before it."""
_SLACK = 1.6
"""Years by which an age of then and the age of today may differ from what the dates say: both are whole years."""
_YEAR = 365.25
_RECENT = 60
"""Days around the day of writing within which a visit is that of today."""
_LONGEST_DATE = 31
"""A bare year is no day on which a patient was seen."""


class FirstSeen(msgspec.Struct, frozen=True):
    """The day or month of the first visit, and the age told of then, at characters ``start`` to ``end``."""

    when: DateInterval
    age_years: float
    start: int
    end: int


def dates_of(text: str, sentence: Sentence, style: DateStyle) -> list[tuple[int, DateInterval]]:
    """Return the complete dates of a sentence with where they stand, birth dates left out."""
    out = []
    clock = Clock()
    for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
        if expression.kind != "absolute" or expression.year is None:
            continue
        if is_birth(text, expression.start) or is_last_visit(text, expression.start):
            continue
        moment = clock.resolve(expression)
        if moment is not None and isinstance(moment.when, DateInterval):
            out.append((expression.start, moment.when))
    return out


def age_on(birth: DateInterval, when: DateInterval) -> tuple[int, int]:
    """Return the youngest and the oldest age in whole years on the days of an interval."""
    ages = [
        day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        for day, born in ((when.first, birth.last), (when.last, birth.first))
    ]
    return ages[0], ages[1]


def of_now(
    text: str, sentence: Sentence, dates: list[tuple[int, DateInterval]]
) -> list[tuple[int, DateInterval]]:
    """Return the dates of an introduction that may be those of the first visit: not the years of former illness."""
    past = sentence.has(text, _FORMER)
    if past is None:
        return dates
    return [(start, when) for start, when in dates if start < past.start() or when.days <= _LONGEST_DATE]


def told_of_then(
    text: str,
    stretch: Sequence[Sentence],
    style: DateStyle,
    *,
    now: float | None,
    written: DateInterval | None,
    born: DateInterval | None,
) -> FirstSeen | None:
    """Return the earliest age told of a day that fits the age of today (``now``, when ``written``) or the birth.

    Where the text does not say when it was written, today is the last day that it tells of.
    """
    told = [
        (one, sentence)
        for index, sentence in enumerate(stretch)
        if sentence.section not in _NO_COURSE
        for one in _ages(text, stretch[max(0, index - 1) : index + 1], style)
        if born is not None or now is None or one.age_years < now
    ]
    if not told:
        return None
    written = written or max(
        (when for sentence in stretch for _, when in dates_of(text, sentence, style)), default=None
    )
    fitting = [
        one
        for one, sentence in told
        if _fits(one, now, written, born, told=sentence.has(text, _OF_THE_DISEASE) is not None)
    ]
    return min(fitting, key=lambda one: (one.when.first, one.when.last), default=None)


def _ages(text: str, beside: Sequence[Sentence], style: DateStyle) -> Iterator[FirstSeen]:
    """Yield the ages that the last of two sentences tells of a date of its own, or of the one before it."""
    sentence = beside[-1]
    if sentence.end - sentence.start > _SHORT and sentence.has(text, _MAY_DATE) is None:
        return
    found = [
        (
            float(match["years"]) + round(int(match["months"] or 0) / 12, 2),
            match.start("years") if match[0].startswith(":") else match.start(),
            match.end(),
        )
        for match in (_THEN.finditer(text, sentence.start, sentence.end) if sentence.has(text, _THEN) else ())
        if _UNIT_TOLD.search(match[0])
    ]
    found += [
        (person.age_years, person.start, person.end)
        for person in find_people(text, sentence.start, sentence.end, sentence.cues)
        if person.age_years is not None
    ]
    if not found:
        return
    dates = dates_of(text, sentence, style)
    if not dates and sentence.end - sentence.start <= _SHORT:
        dates = dates_of(text, beside[0], style)[-1:]
    for age, start, end in found:
        if sentence.has(text, _NOT_OF_THIS) is not None or not dates:
            continue
        _, when = min(dates, key=lambda date: abs(date[0] - start))
        if when.days <= _LONGEST_DATE:
            yield FirstSeen(when, age, start, end)


def _fits(
    one: FirstSeen,
    now: float | None,
    written: DateInterval | None,
    born: DateInterval | None,
    *,
    told: bool,
) -> bool:
    """Whether an age fits what else is said; where nothing is, whether the disease is ``told`` of beside it."""
    if born is not None:
        low, high = age_on(born, one.when)
        return low - 1 <= one.age_years <= high + 1
    if now is None:
        return told
    if written is None:
        return False
    return abs((now - one.age_years) - (written.first - one.when.first).days / _YEAR) <= _SLACK


def first_of_course(
    text: str,
    stretch: Sequence[Sentence],
    style: DateStyle,
    presented: DateInterval | None,
    written: DateInterval | None,
) -> DateInterval | None:
    """Return the earliest date of the disease that a letter tells, where all else only says when it was written."""
    if written is None or (presented is not None and abs((written.first - presented.first).days) > _RECENT):
        return None
    dates = [
        when
        for sentence in stretch
        if sentence.section not in _NO_COURSE
        and sentence.has(text, _OF_THE_DISEASE) is not None
        and sentence.has(text, _NOT_OF_THIS) is None
        for _, when in dates_of(text, sentence, style)
        if when.days <= _LONGEST_DATE and (written.first - when.last).days > _RECENT
    ]
    return min(dates, default=None)
