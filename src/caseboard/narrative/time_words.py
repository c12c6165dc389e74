"""The words that times are made of: months, counts and units."""

from __future__ import annotations

import re
from typing import Literal

__all__ = [
    "COMPOUND_BEFORE",
    "COUNT_BEFORE",
    "MONTHS",
    "ORDINAL",
    "UNIT",
    "Unit",
    "count_of",
    "full_year",
    "ordinal_of",
    "unit_of",
]

Unit = Literal["day", "week", "month", "year"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""The number of each month, by its name or usual abbreviation."""
_NUMBERS: dict[str, float] = {
    word: value
    for value, words in (
        (0.5, "half|half a|half an"),
        (1, "a|an|one|another|a further"),
        (1.5, "one and a half"),
        (2, "two|a couple of"),
        (2.5, "two and a half"),
        (3, "three|a few|several"),
        (3.5, "three and a half"),
        (4, "four"),
        (5, "five"),
        (6, "six"),
        (7, "seven"),
        (8, "eight"),
        (9, "nine"),
        (10, "ten"),
        (11, "eleven"),
        (12, "twelve"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (21, "twenty one"),
        (22, "twenty two"),
        (23, "twenty three"),
        (24, "twenty four"),
        (30, "thirty"),
        (36, "thirty six"),
        (40, "forty"),
        (48, "forty eight"),
        (50, "fifty"),
        (60, "sixty"),
    )
    for word in words.split("|")
}
"""The value of each counting word, with spaces for hyphens; "a few" and "several" are read as three."""
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d)?")
_COUNTING = "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace(" ", r"[\s-]")
_COUNT = rf"(?P<count>(?<![\d/.,])\d{{1,3}}(?:[.,]\d)?(?:\s?(?:[-–]|to)\s?\d{{1,3}})?|{_COUNTING})"
COUNT_BEFORE = re.compile(
    rf"\b(?:(?P<again>another|a further)\s)?{_COUNT}(?:\s(?P<more>more|further|additional|full|whole"
    rf"|consecutive))?[\s-]?$"
)
"""The count before a unit of time."""
COMPOUND_BEFORE = re.compile(rf"\b{_COUNT}[\s-](?P<unit>years?|yrs?|months?|weeks?)(?:\sand|,)?\s$")
"""A greater length before a smaller one: "2 years and" before "6 months"."""
UNIT = re.compile(r"(?P<unit>days?|weeks?|wks?|months?|mos|mo(?<=\d.mo)|mo(?<=\dmo)|years?|yrs?)(?![a-z])")
"""A unit of time: what a length of time is found by."""


_ORDINALS = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
    ),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
ORDINAL = rf"(?P<count>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
"""A place in a row, in figures or in words."""


def ordinal_of(words: str) -> int:
    """Return the number of an ordinal ("10th", "tenth") or of a figure; 0 where it is none."""
    if words in _ORDINALS:
        return _ORDINALS.index(words) + 1
    figure = re.match(r"\d{1,3}", words)
    return int(figure[0]) if figure else 0


def count_of(words: str) -> float:
    """Return the number that a count means, of a range the larger; 0 where it is none."""
    plain = " ".join(words.replace("-", " ").split())
    if plain in _NUMBERS:
        return _NUMBERS[plain]
    numbers: list[str] = _FIGURE.findall(words)
    return float(numbers[-1].replace(",", ".")) if numbers else 0.0


def unit_of(text: str) -> Unit:
    """Return the unit that a word or its abbreviation means."""
    if text[0] == "w":
        return "week"
    if text.startswith("mo"):
        return "month"
    return "year" if text[0] == "y" else "day"


def full_year(text: str | None) -> int | None:
    """Return a year of four digits; two digits up to 49 belong to this century."""
    if not text:
        return None
    year = int(text)
    return year if year > 100 else 2000 + year if year < 50 else 1900 + year
