"""When the patient was born, as the head of a letter or a note says: "DOB 03/04/1966", "M, b. 1966", "F born 1971"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import Clock
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.kin_words import KIN, SPOUSES
from caseboard.narrative.patterns import pattern
from caseboard.narrative.times import find_times

__all__ = ["Birth", "birth_of", "is_birth"]

_BORN = pattern(
    r"(?:\b(?:born(?: on| in)?|dob|d\.o\.b\.?|date of birth|geb\.?(?: am)?|geboren(?: am)?|f[øo]dt|née? le"
    r"|[MF] f\.|(?:[MF]|male|female|man|woman),?\s\(?b\.)[:\s]{1,3}"
    r"|[a-z.,)][ ,(]{1,3}\*[ ]?"  # a star that opens a line is a bullet
    r"|\bPatient:[^;:\n\d]{2,30},\s(?:[MF]\.?,\s)?)$",
    re.IGNORECASE,
)
_BIRTH = pattern(
    r"\b(?:born|dob|yob|d\.o\.b|(?:date|year) of birth|geb|geboren|f[øo]dt|née? le)\b|\b[MF] f\."
    r"|\b(?:M|F|male|female|man|woman),?\s\(?b\.|\bPatient:",
    re.IGNORECASE,
)
_BIRTH_SIGN = pattern(r"\*\s?\d")
_YEAR = pattern(
    r"(?:\b(?:[MFK]|male|female|man|woman),?\s?\(?(?:[bf]\.|\*)|\b(?:born(?: in)?|yob|year of birth|dob):?)\s{0,2}"
    r"(?P<year>(?:19|20)\d\d)\b(?![./-]\d)",
    re.IGNORECASE,
)
"""A year of birth that stands alone, which is no date anywhere else: "M f. 1966"."""
_RELATIVE = pattern(
    rf"\b(?:{KIN}|{SPOUSES}|child)s?\b[^.;]{{0,30}}$",
    re.IGNORECASE,
)
"""Whose a birth is, a child's too: "mother of one child, born in 1990"."""
_HEAD = 12
"""Sentences within which a birth is that of the patient."""
_LEAD = 40
_BEHIND = 14
"""Characters of a date behind the point of an abbreviation, which may end a sentence: "M, b. 1966"."""


class Birth(msgspec.Struct, frozen=True):
    """A date of birth as far as it is told, at characters ``start`` to ``end``."""

    when: DateInterval
    start: int
    end: int


def is_birth(text: str, start: int) -> bool:
    """Whether the date that begins at ``start`` is that of a birth."""
    return _BORN.search(text, max(0, start - _LEAD), start) is not None


def birth_of(text: str, stretch: Sequence[Sentence], style: DateStyle) -> Birth | None:
    """Return when the patient of a stretch of sentences was born, where one of the first of them says so."""
    for sentence in stretch[:_HEAD]:
        if not sentence.has(text, _BIRTH) and not sentence.has(text, _BIRTH_SIGN):
            continue
        end = min(len(text), sentence.end + _BEHIND)
        for expression in find_times(text, sentence.start, end, style):
            words = _BORN.search(text, max(0, expression.start - _LEAD), expression.start)
            if expression.kind != "absolute" or words is None or _of_relative(text, sentence, words.start()):
                continue
            moment = Clock().resolve(expression)
            if moment is not None and isinstance(moment.when, DateInterval):
                return Birth(moment.when, words.start(), expression.end)
        year = _YEAR.search(text, sentence.start, end)
        if year is not None and not _of_relative(text, sentence, year.start()):
            return Birth(DateInterval.of(int(year["year"])), year.start(), year.end())
    return None


def _of_relative(text: str, sentence: Sentence, start: int) -> bool:
    return _RELATIVE.search(text, max(sentence.start, start - 40), start) is not None
