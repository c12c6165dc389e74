"""Who is introduced in a sentence: "a 23-year-old man", "a woman of 71", "M, 41 at diagnosis", "a male newborn"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from caseboard.narrative.patterns import pattern

__all__ = ["Person", "Sex", "find_people", "sex_of_pronouns"]

Sex = Literal["male", "female"]

_MALE = r"(?:man|male|boy|gentleman|men|father|husband|m)"
_FEMALE = r"(?:woman|female|girl|lady|women|mother|housewife|f)"
_NOUN = rf"(?P<noun>{_MALE}|{_FEMALE}|patient|infant|child|newborn|neonate|baby|toddler|teenager|adolescent|individual|person|student|farmer|worker|smoker|nurse|teacher)\b"
_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBER = (
    r"(?P<age>\d{1,3}(?:\.\d)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_UNIT = r"(?P<unit>years?|yrs?|y|months?|mos?|mo|weeks?|wks?|wk|days?)"
_DESCRIBED = r"(?:[A-Za-z,'’-]{1,25}\s){0,6}?"
_PATTERNS = (
    pattern(rf"\b{_NUMBER}[\s-]{{0,2}}{_UNIT}[\s-]{{0,2}}(?:old|o\b|of age)(?:,?\s{_DESCRIBED}{_NOUN})?", re.IGNORECASE),
    pattern(rf"\b{_NUMBER}\s?(?:y\.?/?o\.?|yo)\s{_DESCRIBED}{_NOUN}", re.IGNORECASE),
    pattern(rf"\b(?:a|the|this|one|second|first|third)\s{_DESCRIBED}{_NOUN},?\s(?:of|aged|age|at the age of)\s{_NUMBER}(?:\s{_UNIT})?\b(?!\s?(?:mg|mm|cm|%|patients|cases|cycles))", re.IGNORECASE),
    pattern(rf"\b(?P<noun>{_MALE}|{_FEMALE}|patient)\b,?\s{{1,2}}(?:aged?\s)?{_NUMBER}(?=\s(?:at diagnosis|at presentation|years?|yrs?|y/?o)\b|,|\.)(?:\s{_UNIT}\b)?", re.IGNORECASE),
    pattern(r"(?<!Figure )(?<!Fig )(?<!Fig\. )(?<![\w.])(?P<age>\d{2,3})\s?(?:-?\s?y(?:ea)?r?s?[- ]?(?:old|/?o)?\s?)?(?P<noun>[MF])\b(?=[ ,;.)])"),
    pattern(r"\b(?:age|aged)(?: at (?:diagnosis|presentation))?[ :]{1,3}(?P<age>\d{1,3})\b[^.;\n]{0,20}?\b(?P<noun>male|female|man|woman|m|f)\b", re.IGNORECASE),
    pattern(r"\b(?P<noun>male|female|boy|girl|m|f),?\s(?:aged?\s)?(?P<age>\d{1,3})\s(?:y(?:ea)?rs?|y/?o)\b", re.IGNORECASE),
)
_NEWBORN = pattern(r"\b(?:an?|the)\s(?:(?:full-term|preterm|term|premature|healthy)\s)?(?P<noun>male|female|boy|girl)\s(?P<stage>newborn|neonate|infant)\b|\bnewborn\s(?P<noun2>boy|girl|male|female)\b", re.IGNORECASE)
_SOMEBODY = pattern(r"(?i:old\b|y/?o|aged?\b|\bm[ae]n\b|male|boy|girl|lady|patient|newborn|neonate|infant|gentleman)|\d\s?[MF]\b|\b[MF],? ?\d")
_HE = pattern(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_SHE = pattern(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_MR = pattern(r"\bMr\b\.?(?=\s[A-Z])")
_MS = pattern(r"\b(?:Ms|Mrs|Miss)\b\.?(?=\s[A-Z])")
_PER_YEAR = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}


class Person(msgspec.Struct, frozen=True):
    """Somebody introduced at characters ``start`` to ``end``: age in years and sex as far as said."""

    start: int
    end: int
    age_years: float | None
    sex: Sex | None


def find_people(text: str, start: int, end: int) -> Iterator[Person]:
    """Yield each person whose age is given in a sentence, in order of the patterns, no stretch twice."""
    taken: list[tuple[int, int]] = []
    if not _SOMEBODY.search(text, start, end):
        return
    for way in _PATTERNS:
        for match in way.finditer(text, start, end):
            if any(match.start() < high and match.end() > low for low, high in taken):
                continue
            groups = match.groupdict()
            age = _age(groups["age"], groups.get("unit"))
            if age is None or age > 115:
                continue
            taken.append(match.span())
            yield Person(match.start(), match.end(), age, _sex(groups.get("noun")))
    if not taken:
        for match in _NEWBORN.finditer(text, start, end):
            yield Person(match.start(), match.end(), 0.0, _sex(match["noun"] or match["noun2"]))


def sex_of_pronouns(text: str, start: int, end: int) -> Sex | None:
    """Return the sex that titles, else most pronouns of a stretch of text, tell; None where they do not."""
    mister, missis = bool(_MR.search(text, start, end)), bool(_MS.search(text, start, end))
    if mister != missis:
        return "male" if mister else "female"
    he = sum(1 for _ in _HE.finditer(text, start, end))
    she = sum(1 for _ in _SHE.finditer(text, start, end))
    if he + she == 0 or min(he, she) * 3 > max(he, she):
        return None
    return "male" if he > she else "female"


def _age(number: str, unit: str | None) -> float | None:
    words = number.lower().replace("-", " ").split()
    if words[0][0].isdigit():
        value = float(words[0])
    elif words[0] in _TENS:
        value = float(_TENS[words[0]] + (_WORDS.get(words[1], 0) if len(words) > 1 else 0))
    else:
        value = float(_WORDS[words[0]])
    kind = (unit or "y").lower()[0]
    years = value * _PER_YEAR[kind]
    return round(years, 2) if kind != "y" else years


def _sex(noun: str | None) -> Sex | None:
    if noun is None:
        return None
    if re.fullmatch(_MALE, noun, re.IGNORECASE):
        return "male"
    if re.fullmatch(_FEMALE, noun, re.IGNORECASE):
        return "female"
    return None
