"""The words that times are made of: months, counts and units."""

from __future__ import annotations

import re
from typing import Literal

from caseboard.narrative.patterns import pattern

__all__ = [
    "A_LENGTH",
    "BEHIND_UNIT",
    "COMPOUND_AFTER",
    "COMPOUND_BEFORE",
    "COUNT_BEFORE",
    "MONTHS",
    "MONTH_BEGINS",
    "ONE_AFTER",
    "ORDINAL",
    "THE_ONE",
    "UNIT",
    "Unit",
    "count_of",
    "full_year",
    "ordinal_of",
    "unit_of",
]

Unit = Literal["day", "week", "month", "year"]

MONTH_BEGINS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
"""How the name of a month begins, for expressions that need no more of it; in lower case."""
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
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: dict[str, float] = {
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a quarter of a": 0.25,
    "three quarters of a": 0.75,
    **dict.fromkeys(("a", "an", "another", "a further"), 1.0),
    "a couple of": 2.0,
    **dict.fromkeys(("a few", "several"), 3.0),
    **{word: float(value) for value, word in enumerate((*_UNITS, *_TEENS), start=1)},
    **{f"{word} and a half": value + 0.5 for value, word in enumerate(_UNITS, start=1)},
    **{
        " ".join(part for part in (ten, unit) if part): float(10 * tens + value)
        for tens, ten in enumerate(_TENS, start=2)
        for value, unit in enumerate(("", *_UNITS))
    },
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
THE_ONE = re.compile(r"(?<!\bto )\b(?P<again>)(?P<more>)(?P<count>the)\s$")
ONE_AFTER = re.compile(r"(?<=[a-rt-z])\s(?:after|following|before|prior\sto|preceding)\s[a-z]")
"""A single unit that something stands after or before: "the day after the biopsy"."""
COMPOUND_BEFORE = re.compile(rf"\b{_COUNT}[\s-](?P<unit>years?|yrs?|months?|weeks?)(?:\sand|,)?\s$")
"""A greater length before a smaller one: "2 years and" before "6 months"."""
COMPOUND_AFTER = re.compile(rf"(?:\sand|,)?\s{_COUNT}\s(?:months?|weeks?|days?)\b(?!\slater)")
"""A smaller length behind a greater one, with which it is one length."""
UNIT = re.compile(
    r"(?P<unit>[dfhmwy/](?:(?:(?<=d)ays?|(?<=w)(?:eeks?|ks?)|(?<=f)ortnights?|(?<=h)ours?"
    r"|(?<=m)(?:onths?|os|o(?<=\d.mo)|o(?<=\dmo))|(?<=y)(?:ears?|rs?))(?![a-z])"
    r"|(?:(?<=\d[dwm])|(?<=\d\s[dwm])|(?<=\d/)(?:7|52|12))(?=\s(?:later|ago|after|post|into|on\s[a-z]{4}))))"
    r"(?!\s(?:on|off)(?:\s?(?:[/;)&]|,\s?(?:\d|one|two|three|and|then|followed)\b)|\s(?:and|then|followed)\b))"
)
"""A unit of time: what a length of time is found by; a schedule ("2 weeks on, 1 week off") tells none.

All first letters stand in one set, by which the search passes over the others.
"3/7", "3/52", "3/12" are days, weeks and months in British notes.
"""
_FRACTIONS: dict[str, Unit] = {"/7": "day", "/52": "week", "/12": "month"}
BEHIND_UNIT = re.compile(r"(?P<half>\sand\sa\shalf\b)?(?:['’](?=\s))?")
"""What still belongs to a length behind its unit: "a year and a half", "five months' treatment"."""
A_LENGTH = pattern(
    r"day|week|wk|fortnight|hour|month|mos|\d.?mo|year|yr|/(?:7|52|12)\s|\d\s?[dwm]\s(?:later|ago|after|post|into)"
)
"""What a length of time cannot do without."""


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
    if plain == "the":
        return 1.0
    if plain in _NUMBERS:
        return _NUMBERS[plain]
    numbers: list[str] = _FIGURE.findall(words)
    return float(numbers[-1].replace(",", ".")) if numbers else 0.0


def unit_of(text: str) -> Unit:
    """Return the unit that a word or its abbreviation means."""
    if text[0] == "/":
        return _FRACTIONS[text]
    if text[0] in "wf":
        return "week"
    if text[0] == "m":
        return "month"
    return "year" if text[0] == "y" else "day"  # hours are counted in days


def full_year(text: str | None) -> int | None:
    """Return a year of four digits; two digits up to 49 belong to this century."""
    if not text:
        return None
    year = int(text)
    return year if year > 100 else 2000 + year if year < 50 else 1900 + year
