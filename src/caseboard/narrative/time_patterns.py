"""How expressions of time are written: the tables that ``times`` reads with.

All expressions are in lower case and are matched against the text in lower case: that is several times faster than
matching without regard to case, because the first letters of a pattern can then be looked for.

A date is found by its digits or by the name of its month; a length of time ("three weeks") by its unit. What it hangs
on is told by the words around it: see ``SPAN_RULES``.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.time_words import MONTHS, ORDINAL

__all__ = [
    "DAY_AFTER_MONTH",
    "DAY_BEFORE_MONTH",
    "DAY_OF_THAT_MONTH",
    "DIGIT_DATES",
    "FIXED",
    "MONTH_NAME",
    "NO_SHORT_DATE_AFTER",
    "NO_SHORT_DATE_BEFORE",
    "OF_A_YEAR",
    "ORDINALS",
    "PART_BEFORE_MONTH",
    "SHORT_DATE",
    "SHORT_DATE_CLOSED",
    "SHORT_DATE_OPENED",
    "SHORT_DATE_WELCOME",
    "SPAN_RULES",
    "TIMED",
    "YEAR",
    "YEAR_AFTER_DAY",
    "YEAR_AFTER_MONTH",
    "YEAR_DENIED",
    "YEAR_WELCOME",
    "Anchor",
    "SpanRule",
]

Anchor = Literal[
    "now",
    "presentation",
    "treatment",
    "surgery",
    "radiotherapy",
    "diagnosis",
    "stop",
    "recurrence",
    "birth",
    "follow-up",
    "admission",
    "written",
    "mark",
]


_NAME = "(?P<name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"

DIGIT_DATES: tuple[tuple[str, bool, bool, re.Pattern[str]], ...] = (
    (
        "iso",
        True,
        True,
        re.compile(
            r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{5})(?<!-\d{4})(?<!/\d{4}))-(?P<month>0[1-9]"
            r"|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\d/-])"
        ),
    ),
    (
        "ymd",
        True,
        True,
        re.compile(
            r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<!\d{5}))[/.](?P<month>0?[1-9]"
            r"|1[0-2])[/.](?P<day>[0-3]?\d)(?!\d)"
        ),
    ),
    (
        "numeric",
        True,
        False,
        re.compile(
            r"(?P<first>\d(?<![\d./,-]\d)\d?)(?P<sep>[./-])(?P<second>[0-3]?\d)(?P=sep)(?P<year>(?:19"
            r"|20)\d\d|\d\d)(?![\d/-]|[.,]\d)"
        ),
    ),
    (
        "month_year",
        True,
        True,
        re.compile(
            r"(?P<month>[01](?<![\d/.,][01])\d?(?<!00)|[2-9](?<![\d/.,][2-9]))/(?P<year>(?:19|20)\d\d)(?![\d/])"
        ),
    ),
    (
        "years",
        False,
        True,
        re.compile(
            r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<![\w.,/-]\d{4}))\s?[-–]\s?(?P<to>(?:19|20)\d\d)(?![\w/-])"
        ),
    ),
)
"""Dates in digits, the more telling first; whether they are parted by signs, and whether they have a year in full."""
SHORT_DATE = re.compile(
    r"(?P<first>\d(?<![\d./,-]\d)(?<![a-z]\d)\d?)(?:/(?P<second>\d\d?)|\.(?P<dotted>\d\d?)\.|\.(?P<bare>\d\d)(?!\d|[.,]\d))"
    r"(?![\d/%]|\.\d|\s(?:days|of|nodes|lymph|slides|cores|samples|hpf|cells|cases|patients)\b)"
)
"""A date of two numbers ("on 24/11", "on 03.04.", in notes "CT 11/21"); what stands around it has to welcome it."""
SHORT_DATE_WELCOME = re.compile(r"\b(?:on|since|until|till|dated|am|vom)\s$")
NO_SHORT_DATE_BEFORE = re.compile(
    r"(?:\b(?:grade|score|scores|gleason|pain|eva|vas|nrs|ecog|kps|ps|who|ck|level|levels|nodes?|lns?|slns?|bp|stage|deauville|asa"
    r"|type|chromosome|exons?|segs?|segments?|part|page|mitos[ei]s|ratio|cores?|hpf|isup|strength|power|visus|karnofsky"
    r"|positive|involved|patients?|cycles?|doses?|days?|sara|mrc|gcs|apgar|every|x|for|last|past|next|than|about|approx)\.?\s?"
    r"|[+±~<>≤≥×]\s?)$"
)
"""What makes two numbers a score, a ratio or a count."""
NO_SHORT_DATE_AFTER = re.compile(
    r"\s?(?:hpf|hpfs|nodes?|lns?\b|lymph|slides|cores?|pos\b|positive|neg\b|\((?:\+|pos|neg|\d)|%|mm\b|cm\b|mg|kg|g/|ml|[x×]\s?\d"
    r"|hours?|h\b|weeks?|wks?|days?|months?|cycles|patients|cases|cells|points|gy|fr\b|fx\b|°|\+\s)"
)
SHORT_DATE_OPENED = re.compile(
    r"(?:[\n(\[•*→>=:;,–-]\s{0,4}|\b(?:in|of|from|by|and|to|till|until|w/c|since|on|after|before)\s|[a-z)][a-z)]\.?\s{1,3}|\d\)?\s)$"
)
SHORT_DATE_CLOSED = re.compile(r"\s{0,2}(?:[:;,.)\]→–=-]|\n|$)|\s{2,}")
"""Where a note has a date of two numbers: behind a word, a bracket, an arrow; and before a sign that divides."""
OF_A_YEAR = re.compile(
    r",?\s(?:of|in)\s(?:the\s)?(?P<which>same|that|following|next|subsequent)\s(?:same\s)?year\b"
)
"""The year that a month without one belongs to: "in May of the following year"."""
YEAR = re.compile(
    r"(?P<year>[12](?:(?<=1)9|(?<=2)0)\d\d(?<![\w.,/–-]\d{4})(?<!\d \d{4}))(?![\w/]|[.,]\d|\s?(?:mg|ml"
    r"|patients|cases|cells|u/|iu|ng|cgy|gy|mm|cm|/|×|x\s|%|µ|μ|copies|pg|units))"
)
"""A year alone; ``YEAR_WELCOME`` and ``YEAR_DENIED`` judge the words before it."""
YEAR_WELCOME = re.compile(
    r"(?:\b(?:in|since|until|till|of|from|to|during|by|before|after|around|early|mid|late|summer|autumn|fall"
    r"|spring|winter|end|year|and|dated?)[\s-]|[a-z)]\s|\()$"
)
YEAR_DENIED = re.compile(
    r"(?:\b(?:was|were|is|are|be|than|about|approximately|level|levels|count|value|values|ref|reference|no"
    r"|number|code|case|patient|dose|room|pmid|least|most|ldh|ca|cea|afp|wbc|wcc|tlc|anc|plt|platelets|bnp|ferritin|hcg|psa|ck"
    r"|cpk|neutrophils|lymphocytes|ctn|calcitonin|il|cd)\s"
    r"|\d\s(?:to|and)\s|\b(?:rose|risen|fell|fallen|increased|decreased|dropped|up)\sto\s|\b(?:level|count"
    r"|value|dose|cea|ldh|afp|volume)s?\sof\s)$"
)

MONTH_NAME = pattern(rf"(?<![a-z]){_NAME}(?![a-z])")
DAY_BEFORE_MONTH = re.compile(rf"(?<![\d.,/]){_DAY}(?:st|nd|rd|th)?(?:\sof)?[\s-]$")
"""The day before the name of a month ("12 May", "12th of May", "12-May")."""
PART_BEFORE_MONTH = re.compile(r"\b(?:the\s)?(?P<part>early|mid|late|beginning of|end of|middle of)[\s-]$")
DAY_AFTER_MONTH = re.compile(
    rf"\.?\s{_DAY}(?:st|nd|rd|th)?\b(?!\s?(?:mm|cm|mg|%|[×x/]|of\s)|\s(?:patients|lesions|nodules|cycles"
    rf"|doses|weeks|months|days|metastases|more|further|new)\b|[.,]\d)"
    rf"(?:,?\s{_YEAR})?"
)
YEAR_AFTER_DAY = re.compile(rf"(?:\.?,?[\s-]?{_YEAR}|-(?P<short>\d\d)(?![\d-]))?")
YEAR_AFTER_MONTH = re.compile(rf"(?:\.?(?:,?\s(?:of\s)?|[/-]){_YEAR}|\.?\s?['’](?P<short>\d\d)\b)?")

_DRUG = (
    r"[a-z]{3,20}(?:nib|mab|platin|taxel|rubicin|fosfamide|parib|ciclib|lisib|olimus|zomib|degib|stat|trexate|citabine|tecan"
    r"|ectedin|lomide|relbine|poside|istine|blastine|uracil|mustine|xifen|trozole|tamide|zolomide)"
)
_END = r"(?:completion|completing|the end|end|(?:the )?last (?:dose|cycle|course|administration))"


def _event(nouns: str, described: str = "initial|first") -> str:
    """Return a pattern of an event that times hang on, with up to four words before its noun."""
    return rf"(?:(?:the|this|that|her|his|their|its|{described})\s){{0,4}}(?:{nouns})"


_THERAPY = _event(
    rf"therapy|treatment|chemotherapy|medication|immunotherapy|chemoimmunotherapy|administration|combination|regimen"
    rf"|monotherapy|re-?challenge|re-?treatment|maintenance|drug|{_DRUG}",
    rf"continuous|daily|oral|initial|targeted|systemic|(?:first|second|third|fourth|1st|2nd|3rd)[ -]line|adjuvant"
    rf"|neoadjuvant|combined|combination|new|maintenance|induction|salvage|palliative|same|treatment (?:of|with)"
    rf"|{_DRUG}",
)
_OPERATION = _event(
    "surgery|operation|resection|re-?resection|excision|procedure|amputation|transplantation|transplant|reconstruction"
    "|craniotomy|laparotomy|thoracotomy|dissection|debulking|metastasectomy|[a-z]{3,25}ectomy",
    "initial|primary|radical|first|second|last|complete|surgical|wedge|wide|local|tumou?r|lung|liver|total|partial|subtotal"
    "|gross|salvage|definitive|latest|repeat|above|cytoreductive|salvage",
)
_PRESENTING = _event(
    "presentation|admission|visit|onset of symptoms|onset|consultation|emergency|symptom onset|referral|first symptoms",
    "initial|first|hospital|original",
)
_RADIATION = _event(
    "radiotherapy|radiation therapy|radiation|irradiation|chemoradiation|chemoradiotherapy|rt",
    rf"{_END} of|end of|palliative|adjuvant|postoperative",
)
_STOPPING = (
    rf"(?:(?:the |her |his |its |their )?(?:stopping|discontinuing|discontinuation|cessation|{_END}|withdrawal"
    r"|termination|interruption|ceasing|suspension)(?: of (?:the |her |his )?[a-z-]{3,20})?"
    r"(?: (?:therapy|treatment|chemotherapy))?)"
)
_RESTARTING = (
    r"(?:the |her |his )?(?:re-?starting|restart|re-?introduction|re-?challenge|resumption|resuming|re-?initiation"
    r"|switching|switch|change|adding|addition)"
)
_SEEN = (
    r"(?:this|that|the (?:last|latest|same|above))\s(?:scan|ct|mri|pet|imaging|visit|evaluation|examination|assessment"
    r"|finding|event|episode|report)"
)
_IMAGE = (
    r"(?:ct|mri|pet|pet[-/]ct|scan|scans|imaging|re-?staging|re-?evaluation|evaluation|assessment|ultrasound|control|check-?up"
    r"|visit|review|examination|mark|time[- ]?point|point|surveillance)"
)
_DIAGNOSED = _event("diagnosis|biopsy", "initial|first|original|primary")
_RECURRED = _event("recurrence|relapse|progression", "first|second|last|local")
_STARTING = r"(?:start|starting|initiation|initiating|beginning|commencement|commencing)"
_SINCE = r"\s(?:after|following|from|since)\s"
_ROUGHLY = r"(?:only |about |approximately |around |nearly |almost |the first |another |a total of |some )?"


class SpanRule(msgspec.Struct, frozen=True):
    """What a length of time means by the words after it, and before it where they matter.

    ``before`` ends where the length begins; where it is not ``required`` it only widens the expression. ``backward``
    lengths count into the past; ``again`` asks for "another" or "a further" length.
    """

    anchor: Anchor
    after: re.Pattern[str]
    before: re.Pattern[str] | None = None
    required: bool = False
    backward: bool = False
    again: bool = False
    drug: bool = False
    """The word that ``after`` calls a drug has to be one."""


def _rule(
    anchor: Anchor,
    after: str,
    before: str = "",
    *,
    required: bool = True,
    backward: bool = False,
    again: bool = False,
    drug: bool = False,
) -> SpanRule:
    led = re.compile(before + "$") if before else None
    return SpanRule(anchor, re.compile(after), led, bool(before) and required, backward, again, drug)


SPAN_RULES: tuple[SpanRule, ...] = (
    _rule(
        "surgery",
        r"\s(?:post-?operatively|post-?op\b|post-?surgery|post surgery|post resection|post-resection"
        r"|post-?operation)",
    ),
    _rule("surgery", rf"\s(?:after|following|from|since|post)\s{_OPERATION}\b"),
    _rule(
        "treatment",
        rf"\s(?:of|on|into|after (?:starting|initiation of|the start of|beginning))\s{_THERAPY}\b",
        rf"\b(?:after|following|at|within|over|for|during)\s{_ROUGHLY}",
    ),
    _rule(
        "treatment",
        rf"\s(?:of|on|into|after (?:the )?{_STARTING}(?: of)?|following (?:the )?(?:start|initiation"
        rf"|administration)(?: of)?|following|after|under)\s{_THERAPY}\b",
        r"\b(?:about |approximately |only )",
        required=False,
    ),
    _rule("treatment", rf"{_SINCE}(?:the )?{_STARTING}\b"),
    _rule("treatment", rf"{_SINCE}{_RESTARTING}\b"),
    _rule(
        "treatment",
        r"\s(?:of|on|into|with|under)\s(?:the\s)?(?P<drug>[a-z][a-z0-9-]{3,24})\b",
        rf"\b(?:after|following|at|within|over|for|during)\s{_ROUGHLY}",
        drug=True,
    ),
    _rule(
        "treatment",
        r"\s(?:into|on|after starting|after|following|since)\s(?:the\s)?(?P<drug>[a-z][a-z0-9-]{3,24})\b",
        drug=True,
    ),
    _rule("treatment", r"\sin\b(?=,)"),
    _rule("radiotherapy", rf"\s(?:after|following|from)\s{_RADIATION}\b"),
    _rule(
        "stop",
        rf"\s(?:after|following|from|off)\s(?:{_STOPPING}|treatment\b(?= was (?:stopped|discontinued)))",
    ),
    _rule("stop", r"\soff[\s-](?:therapy|treatment|chemotherapy|drug)\b"),
    _rule("recurrence", rf"{_SINCE}{_RECURRED}\b"),
    _rule("now", rf"\s(?:after|of|from|following)\s{_SEEN}\b"),
    _rule("diagnosis", rf"\s(?:after|following|from|since|post)[\s-]{_DIAGNOSED}\b"),
    _rule("presentation", rf"\s(?:after|following|from|since|of)\s{_PRESENTING}\b"),
    _rule(
        "presentation",
        rf"\s(?:before|prior to|earlier than|preceding)\s(?:{_PRESENTING}|(?:she|he|the patient) (?:was"
        rf"|presented|had)\b)",
        backward=True,
    ),
    _rule(
        "follow-up",
        r"[\s-](?:of\s)?(?:follow[\s-]?up|surveillance)(?:\s(?:period|visit|time point|point))?\b",
        r"\b(?:(?:at|after|of|for|with|during)\s)?(?:(?:an?|the|his|her|their)\s)?(?:last |median |total )?",
        required=False,
    ),
    _rule("follow-up", r"", r"\bfollowed(?:[\s-]up)?\s(?:up\s)?for\s"),
    _rule("follow-up", rf"[\s-](?:follow-?up\s)?{_IMAGE}\b", r"\b(?:at|on|by)\s(?:the|her|his|a)\s"),
    _rule(
        "birth",
        r"\s(?:of\sage|old)\b",
        r"\b(?:at|when (?:he|she|the (?:child|infant|baby|patient)) was|at (?:the|an) age of|aged)\s(?:about |just )?",
    ),
    _rule(
        "now",
        r"\s(?:after\s(?:that|it|this|which|wards?)|afterwards?|thereafter|later(?: on)?|subsequently"
        r"|on\b(?=,)|after(?=[,.;)]|$|\sand\b))",
    ),
    _rule("birth", r"(?=[\s,.;:)]|$)", r"\bat (?:the|an) age of\s"),
    _rule("now", r"\s(?:when|until|till|at which)\b", rf"\bfor\s{_ROUGHLY}(?:the next |a further )?"),
    _rule("now", r"", r"\bafter\s", again=True),
    _rule(
        "now",
        r"(?!\s(?:of|on|into|from|off|post|after|before|prior|old|under|since|following|therapy|treatment|chemotherapy)\b|[\s-](?:of\s)?follow)",
        r"\b(?:after|within|following)\s(?:only |about |approximately |around |nearly |almost |another "
        r"|the next |the following )?",
    ),
    _rule(
        "mark",
        r"(?!\s(?:of|on|into|from|off|post|after|before|prior|old|under|since|following|therapy|treatment|intervals?)\b"
        r"|[\s-](?:of\s)?follow)(?=[\s,.;:)]|$)",
        r"\bat\s(?:about |approximately )?",
    ),
    _rule(
        "now", r"\s(?:ago|earlier|previously|before(?=[,.;)]|$|\sshe|\she\b|\sthe patient))", backward=True
    ),
)
"""The first that fits wins."""

_IN_TREATMENT = r"(?:therapy|treatment|chemotherapy|the (?:drug|treatment|therapy|combination|trial|study))"
_HANGS_ON = (
    rf"(?:\s(?:of|on|after|from|following|since)\s(?:(?:the )?(?P<operated>surgery|operation|resection)"
    r"|(?P<admitted>(?:hospital )?admission)"
    rf"|(?P<treated>{_IN_TREATMENT})\b|(?:starting )?(?P<drug>[a-z][a-z0-9-]{{3,24}})\b))"
)
ORDINALS: tuple[Pattern, ...] = (
    pattern(
        rf"\b(?:on|at|by|from|since|in|until)\s(?:the\s)?{ORDINAL}\s(?P<operated>post-?operative)\s(?P<unit>day|week|month)\b"
    ),
    pattern(
        rf"\b(?:on|at|by|from|since|in|until)\s(?:the\s)?{ORDINAL}\s(?P<unit>day|week|month)(?:{_HANGS_ON}|(?=[\s,.;:)]))"
    ),
    pattern(
        rf"\b(?:on|at|by|from|since|in|until|after)\s(?P<unit>day|week|month)\s(?P<count>\d{{1,3}}){_HANGS_ON}"
    ),
    pattern(
        r"\b(?:at|by|in|from|since|until)\s(?P<unit>week|month)\s(?P<count>\d{1,3})(?=[\s,.;:)]|$)(?!\s(?:of|after)\b)"
    ),
)
"""Counted days, weeks and months: of a treatment where nothing else is said."""
DAY_OF_THAT_MONTH = pattern(
    r"\b(?:on\s)?the\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)\sof\s(?:the\s)?(?P<which>same|that|following|next)\s(?:same\s)?month\b"
    r"|\b(?:on|from|since|until)\sthe\s(?P<bare>[0-3]?\d)(?:st|nd|rd|th)(?=[,.;)]|$)"
)

FIXED: Table[
    tuple[Literal["day of surgery", "same", "next", "presentation", "admission", "written"], Pattern]
] = Table(
    (
        (
            "day of surgery",
            pattern(
                r"\b(?:post-?operative day|pod|post-?op(?: day| d)?"
                r"|post-?operative d)\s?(?P<count>\d{1,3})(?![\d.,]\d)\b"
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
            "same",
            pattern(
                r"\b(?:(?:on|at|during)\s)?(?:the next day and|that|this)\s(?P<unit>day|visit)\b|\bat (?:this"
                r"|that) (?P<unit2>time|point|visit)\b"
            ),
        ),
        (
            "next",
            pattern(
                r"\b(?:(?:in|on|during)\s)?the\s(?:following|next|subsequent|ensuing)\s(?P<unit>day|week|month"
                r"|year)\b|\bthe (?P<unit2>day|week|month|year) (?:after|thereafter|afterwards?)(?=[,.;)]|$|\sand\b)"
            ),
        ),
        (
            "admission",
            pattern(r"\b(?:on|at|upon)\s(?:admission|arrival)\b"),
        ),
        (
            "written",
            pattern(
                r"\b(?:today|(?:in|at) clinic(?= (?:today|he|she|they|the patient))|on review(?=,| today)"
                r"|at (?:today['’]s|the present|the current)"
                r" (?:visit|clinic|review|consultation|appointment))\b"
            ),
        ),
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
TIMED = pattern(
    r"\d|"
    + "|".join(MONTHS)
    + "|today|day|week|wk|month|year|yr|same|this time|that time|visit|point|admission|presentation|arrival|evaluation"
    "|diagnosis|baseline"
)
"""What a time holds: where none of it stands, nothing needs to be looked for."""
