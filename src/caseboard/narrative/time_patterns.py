"""How expressions of time are written: the tables that ``times`` reads with.

All expressions are in lower case and are matched against the text in lower case: that is several times faster than
matching without regard to case, because the first letters of a pattern can then be looked for.

A date is found by its digits or by the name of its month; a length of time ("three weeks") by its unit. What it hangs
on is told by the words around it: see ``span_rules``.
"""

from __future__ import annotations

import re
from typing import Literal

from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.time_words import MONTHS

__all__ = [
    "DAY_AFTER_MONTH",
    "DAY_BEFORE_MONTH",
    "DIGIT_DATES",
    "FIXED",
    "HOLIDAY",
    "HOLIDAYS",
    "MONTH_NAME",
    "OF_A_SPECIMEN",
    "OF_A_YEAR",
    "PART_BEFORE_MONTH",
    "QUARTER",
    "QUARTERS",
    "ROMAN_MONTHS",
    "SHORT_YEAR",
    "SHORT_YEAR_OF_MONTH",
    "TIMED",
    "YEAR",
    "YEAR_AFTER_DAY",
    "YEAR_AFTER_MONTH",
    "YEAR_BEFORE_MONTH",
    "YEAR_DENIED",
    "YEAR_WELCOME",
]


_NAME = "(?P<name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"
ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
"""The months in Roman figures, as they are written from Warsaw to Rome: "18.IV.2019"."""
_ROMAN = "|".join(sorted(ROMAN_MONTHS, key=len, reverse=True))

DIGIT_DATES: Table[tuple[str, Pattern]] = Table(
    (
        (
            "iso",
            pattern(
                r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{5})(?<!-\d{4})(?<!/\d{4})(?<!\d\.\d{4}))-(?P<month>0[1-9]"
                r"|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\d/-])"
            ),
        ),
        (
            "named",
            pattern(
                rf"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{{5}}))[-/.]{_NAME}(?![a-z])\.?"
                rf"(?:[-/.](?P<day>[0-3]?\d)(?!\d))?"
            ),
        ),
        (
            "named",
            pattern(
                rf"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{{5}})),?\s{_NAME}(?![a-z])\.?"
                r"(?:\s(?P<day>[0-3]?\d)(?![\w.,/:%-]\d|\d|\s?(?:mg|cm|mm|%|(?:19|20)\d\d)|(?:st|nd|rd|th)?,?\s(?:19"
                r"|20)\d\d)"
                r"|(?=\s?[:;)]))"
            ),
        ),
        (
            "glued",
            pattern(
                rf"(?P<day>\d(?<![\w./,-]\d)\d?)(?P<sep>/?){_NAME}(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)"
                r"(?![\w/-]|[.,]\d)"
            ),
        ),
        (
            "glued",
            pattern(
                rf"(?<![a-z]){_NAME}(?P<sep>[-/])(?P<day>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)"
                r"(?![\w/-]|[.,]\d)"
            ),
        ),
        (
            "compact",
            pattern(
                r"(?<![\w./#-])(?<!no )(?<!no\. )(?<!nr )(?<!nr\. )(?<!id )(?<!id: )(?<!# )(?<!number )"
                r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
                r"(?![\w/]|[.,-]\d)"
            ),
        ),
        (
            "roman",
            pattern(
                rf"(?P<day>\d(?<![\w./,-]\d)\d?)(?P<sep>[./]\s?|[\s-])(?P<roman>{_ROMAN})(?P=sep)"
                r"(?P<year>(?:19|20)\d\d|['’]\d\d)(?![\w/-]|[.,]\d)"
            ),
        ),
        (
            "roman",
            pattern(
                rf"(?<![\w./,-])(?<!stage )(?<!grade )(?<!type )(?<!class )(?<!level )(?P<roman>{_ROMAN})[./-]"
                r"(?P<year>(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
            ),
        ),
        (
            "ymd",
            pattern(
                r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{5}))[/.](?P<month>0?[1-9]"
                r"|1[0-2])[/.](?P<day>[0-3]?\d)(?!\d)"
            ),
        ),
        (
            "year_month",
            pattern(
                r"(?P<year>[12](?<![\w./][12])(?:(?<=1)9|(?<=2)0)\d\d)/(?P<month>0[1-9]|1[0-2])(?![\d/])"
            ),
        ),
        (
            "period",
            pattern(
                r"(?P<first>\d(?<![\d./,-]\d)\d?)(?P<sep>[./])(?P<second>[0-3]?\d)\.?(?P<to>\s?[-–]\s?)(?P<third>\d\d?)(?P=sep)"
                r"(?P<fourth>[0-3]?\d)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/]|[.,]\d)"
            ),
        ),
        (
            "days",
            pattern(
                r"(?P<from>\d(?<![\d./,-]\d)\d?)[-–](?P<first>\d\d?)(?P<sep>[./])(?P<second>[0-3]?\d)(?P=sep)"
                r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-]|[.,]\d)"
            ),
        ),
        (
            "numeric",
            pattern(
                r"(?P<first>\d(?:(?<![\d./,-]\d)|(?<=[./]\d\d-\d)|(?<=[./]\d{4}-\d))\d?)"
                r"(?P<sep>[./-])(?P<second>[0-3]?\d)(?P=sep)['’]?(?P<year>(?:19"
                r"|20)\d\d|\d\d)(?![\d/]|-(?=\d)(?!\d{1,2}[./]\d{1,2}[./]\d\d)|[.,]\d"
                r"|\s?(?:mg|µg|μg|mcg|ug|iu|units?|ml)\b)"  # "20-10-10 mg" is a day's doses
            ),
        ),
        (
            "numeric",
            pattern(
                r"(?P<first>\d(?<![\d./,-]\d)\d?)(?P<sep>\.)\s(?P<second>[0-3]?\d)\.\s(?P<year>(?:19|20)\d\d)"
                r"(?![\d/]|[.,]\d)"
            ),
        ),
        (
            "months",
            pattern(
                r"(?P<month>[01](?<![\d/.,-][01])\d?(?<!00)|[2-9](?<![\d/.,-][2-9]))\s?[-–]\s?(?P<to>0?[1-9]"
                r"|1[0-2])[/.]"
                r"(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d)"
            ),
        ),
        (
            "month_year",
            pattern(
                r"(?P<month>[01](?<![\d/.,][01])\d?(?<!00)|[2-9](?<![\d/.,][2-9]))/(?P<year>(?:19|20)\d\d)(?![\d/])"
            ),
        ),
        (
            "month_year",
            pattern(
                r"(?P<month>0[1-9](?:(?<![\d/.,-]\d\d)|(?<=\.\d{4}-\d\d))|1[0-2](?:(?<![\d/.,-]\d\d)|(?<=\.\d{4}-\d\d)))"
                r"\.(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d"
                r"|\s?[a-zµ%]{1,4}/)"
            ),
        ),
        (
            "years",
            pattern(
                r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<![\w.,/-]\d{4}))\s?[-–]\s?(?P<to>(?:19|20)\d\d)(?![\w/-])"
            ),
        ),
    )
)
"""Dates in digits, the more telling first."""
OF_A_YEAR = re.compile(
    r",?\s(?:of|in)\s(?:the\s)?(?P<which>same|that|following|next|subsequent)\s(?:same\s)?year\b"
)
"""The year that a month without one belongs to: "in May of the following year"."""
YEAR_BEFORE_MONTH = re.compile(
    r"\b(?:in\s)?(?:the\s)?(?P<which>same|that|following|next|subsequent)\syear,?\s(?:in\s)?(?:early\s|late\s)?$"
)
"""The same before the month: "the next year, in March"."""
YEAR = re.compile(
    r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<![\w.,/–-]\d{4})(?<!\d \d{4}))(?![\w/]|[.,]\d|\s?(?:mg|ml"
    r"|patients|cases|cells|u/|iu|ng|cgy|gy|mm|cm|/|×|x\s|%|µ|μ|copies|pg|units)"
    r"|\s(?:consensus|guidelines?|criteria|classification|edition|recommendations?|who|nccn|ajcc|esmo|asco|eortc"
    r"|figo)\b)"
)
"""A year alone; ``YEAR_WELCOME`` and ``YEAR_DENIED`` judge the words before it."""
OF_A_SPECIMEN = re.compile(
    r"\s(?:wedge|biopsy|tissue|block|specimen|sample|resection|material|slides?|excision)\b[^.;:]{0,20}?,?\s\(?"
    r"(?:reported|report(?: of)?|resulted|dated)\s(?=\d)"
)
"""What makes a year that of a specimen whose report has a date of its own: "on the 2022 wedge, reported 02-Dec"."""
YEAR_WELCOME = re.compile(
    r"(?:\b(?:in|since|until|till|of|from|to|during|by|before|after|around|early|mid|late|summer|autumn|fall"
    r"|spring|winter|end|year|and|dated?)[\s-]|[a-z)]\s|\()$"
)
YEAR_DENIED = re.compile(
    r"(?:\b(?:ewing|euro-?ewing|cws|bfm|cog|siop|siopel|euramos|epssg|coss|gpoh|anhl|ukall|who|nccn|ajcc|uicc|figo"
    r"|esmo|asco|tnm|fda|ctcae|recist|fnclcc|enneking|guidelines?|criteria|classification"
    r"|edition|version|consensus|was|were|is|are|be|than|about|approximately|level|levels|count|value|values|ref"
    r"|reference|no"
    r"|number|code|case|patient|dose|room|pmid|least|most|ldh|ca|cea|afp|wbc|wcc|tlc|anc|plt|platelets|bnp|ferritin"
    r"|hcg|psa|ck"
    r"|cpk|neutrophils|lymphocytes|ctn|calcitonin|il|cd)\s"
    r"|\bet\sal\.?,?\s|\b(?:protocol|trial|study|regimen|according\sto(?:\sthe)?)\s(?:[a-z][a-z0-9/-]{1,14}\s){1,3}"
    r"|\d\s(?:to|and)\s|\b(?:rose|risen|fell|fallen|increased|decreased|dropped|up)\sto\s|\b(?:level|count"
    r"|value|dose|cea|ldh|afp|volume)s?\sof\s)$"
)

MONTH_NAME = pattern(rf"(?<![a-z]){_NAME}(?![a-z])")
DAY_BEFORE_MONTH = re.compile(
    rf"(?<![\w.,/×#])(?<!\bgr\s)(?<!\bgr\.\s)(?<!\bgrade\s){_DAY}(?:st|nd|rd|th)?(?:\sof)?(?:-|\s[ \t]{{0,24}})$"
)
"""The day before the name of a month ("12 May", "12th of May", "12-May"); the 3 of "gr 3 Oct 24" is none."""
QUARTERS = ("first", "second", "third", "fourth", "last")
QUARTER = pattern(
    rf"\b(?:q(?P<number>[1-4])[\s/’'-]{{0,2}}|(?P<nth>{'|'.join(QUARTERS)})\s(?:quarter"
    rf"|trimester)\sof\s(?:the\syear\s)?)"
    r"(?P<year>(?:19|20)\d\d)\b"
)
"""A quarter of a year: "Q3 2020", "in the last quarter of 2020"."""
PART_BEFORE_MONTH = re.compile(r"\b(?:the\s)?(?P<part>early|mid|late|beginning of|end of|middle of)[\s-]$")
DAY_AFTER_MONTH = re.compile(
    rf"\.?\s(?:the\s)?{_DAY}(?:st|nd|rd|th)?\b(?!\s?(?:mm|cm|mg|%|[×x/]|of\s(?!(?:the\s)?(?:same|that|following|next|subsequent)\s))|\s(?:patients|lesions|nodules"
    rf"|cycles"
    rf"|doses|weeks|months|days|metastases|more|further|new)\b|[.,]\d)"
    rf"(?:,?\s{_YEAR}|,?\s['’](?P<short>\d\d)(?!\d))?"
)
YEAR_AFTER_DAY = re.compile(rf"(?:\.?,?[\s-]?{_YEAR}|-(?P<short>\d\d)(?![\d-]))?")
SHORT_YEAR = re.compile(
    r"\.?[\s-]['’]?(?P<short>\d\d)(?![\d/]|[.:,]\d|\s?(?:mg|mm|cm|%|days|weeks|months|years|patients|cycles))"
)
"""A year of two digits behind a day and a month ("11 Jan 20")."""
SHORT_YEAR_OF_MONTH = re.compile(r"-(?P<short>\d\d)(?![\w/-]|\.\d|,\s?(?:19|20)\d\d)")
"""A year of two digits behind a month alone, which a hyphen ties to it: "since Nov-18"."""
YEAR_AFTER_MONTH = re.compile(rf"(?:\.?(?:,?\s(?:of\s)?|[/-]){_YEAR}|\.?\s?['’](?P<short>\d\d)\b)?")

FIXED: Table[
    tuple[
        Literal[
            "day of surgery",
            "of surgery",
            "day of life",
            "age",
            "same",
            "next",
            "before",
            "presentation",
            "admission",
            "written",
            "yesterday",
        ],
        Pattern,
    ]
] = Table(
    (
        (
            "day of surgery",
            pattern(
                r"\b(?:post-?operative (?P<unit>day|week|month|year)|pod|post-?op(?: day| d)?"
                r"|post-?operative d)\s?#?\s?(?P<count>\d{1,3})(?![\d.,]\d)\b"
            ),
        ),
        (
            "day of life",
            pattern(
                r"\b(?:on\s)?(?:the\s)?(?:day|dol)\s(?P<count>\d{1,3})(?:\sof\slife)\b"
                r"|\b(?:on\s)?dol\s(?P<count2>\d{1,3})\b"
            ),
        ),
        (
            "same",
            pattern(
                r"\b(?:(?:in|on|at|during|within)\s)?(?:(?:the|that|this)\s)?(?:very )?same\s(?P<unit>day|week"
                r"|month|year|time|visit)\b"
            ),
        ),
        (
            "of surgery",
            pattern(
                r"\b(?<!to )(?:on\s)?the\s(?P<unit>day|week|month)\sof\s(?:the\s|her\s|his\s)?"
                r"(?:surgery|operation|resection|procedure)\b"
            ),
        ),
        (
            "age",
            pattern(
                r"\b(?:at|by)\s(?:the\s|an\s)?age\s(?:of\s)?(?P<count>\d{1,2})(?=[,.;)]|\s(?!months?|weeks?|days?"
                r"|[-–to/]))"
            ),
        ),
        (
            "same",
            pattern(
                r"\b(?:(?:later|early|earlier|in|of|during|within)\s)?(?:in\s|of\s)?that\s(?P<unit>week|month|year)\b"
                r"|\b(?:at|by|towards?|before)\sthe\send\sof\sthe\s(?P<unit2>week|month|year)\b(?!\s(?:of|after)\b)"
            ),
        ),
        (
            "same",
            pattern(
                r"\b(?:(?:on|at|during)\s)?(?:the next day and|that|this)\s(?P<unit>day|visit)\b|\bat (?:this"
                r"|that) (?P<unit2>time|point|visit)\b"
            ),
        ),
        (
            "next",
            pattern(
                r"\b(?P<unit4>)next\sday\b|\b(?:(?:in|on|during)\s)?the\s(?:following|next|subsequent"
                r"|ensuing)\s(?P<unit>day|week|month"
                r"|year)\b|\bin\sthe\snew\s(?P<unit3>year)\b|\bthe (?P<unit2>day|week|month|year) (?:after|thereafter"
                r"|afterwards?)(?=[,.;)]|$|\sand\b)"
            ),
        ),
        (
            "same",
            pattern(
                r"\b(?:the\s(?:very\s)?same|that)\s(?P<unit>)(?P<unit2>)(?:evening|night|afternoon|morning)\b"
            ),
        ),
        (
            "next",
            pattern(
                r"\b(?:(?:on|in)\s)?the\s(?:following|next)\s(?P<unit>)(?P<unit2>)(?:morning|evening|night|afternoon)\b"
            ),
        ),
        (
            "before",
            pattern(
                r"\b(?:(?:on|in)\s)?the\s(?:(?P<unit>day|week|month|year)\s(?:before(?!\s(?:[a-z]|the\b))|earlier)"
                r"|(?:previous|preceding)\s(?P<unit2>day|week|month|year))\b"
            ),
        ),
        (
            "admission",
            pattern(
                r"\b(?:on|at|upon)\s(?:admission|arrival)\b|\b(?:on\s)?the\s(?P<unit>day)\sof\sadmission\b"
            ),
        ),
        (
            "written",
            pattern(
                r"\b(?:today|this (?:morning|afternoon)|(?:in|at) clinic(?= (?:today|he|she|they|the patient))"
                r"|i (?:reviewed|saw|met) (?:[\w'’-]{1,20}\.? ){1,4}in (?:the |my |our )?clinic(?=[.,;])"
                r"|on review(?=,| today)"
                r"|at (?:today['’]s|the present|the current)"
                r" (?:visit|clinic|review|consultation|appointment))\b"
            ),
        ),
        ("yesterday", pattern(r"\b(?:yesterday|last (?:night|evening))\b(?!['’]s)")),
        (
            "presentation",
            pattern(
                r"\b(?:on|at|upon)\s(?:presentation|first (?:visit|presentation)"
                r"|initial (?:presentation|visit|evaluation)"
                r"|diagnosis|baseline|the time of diagnosis|initial diagnosis)\b"
            ),
        ),
    )
)
"""Expressions of a fixed form, without a length."""
HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "epiphany": (1, 6),
    "all saints' day": (11, 1),
    "christmas": (12, None),
}
"""Feasts of a fixed date, as month and day; "around Christmas" is no day."""
_FEASTS = "|".join(HOLIDAYS).replace("'", "['’]")
HOLIDAY = pattern(
    rf"\b(?:(?:on|at|by|before|around|that|until)\s)?(?P<name>{_FEASTS})\b(?:,?\s(?:of\s)?(?P<year>(?:19"
    r"|20)\d\d)\b)?"
)
TIMED = pattern(
    r"\d|" + "|".join(MONTHS) + "|today|morning|afternoon|clinic"
    "|christmas|boxing|new year|epiphany|evening|night|hours|day|week|wk|fortnight|month|year|yr|same|this time"
    "|that time|visit|point|admission|presentation|arrival|evaluation"
    "|diagnosis|baseline"
)
"""What a time holds: where none of it stands, nothing needs to be looked for."""
