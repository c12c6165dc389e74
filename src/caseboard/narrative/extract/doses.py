"""The dose that stands behind the name of a drug, or right before it."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["DOSE", "dose_before", "dose_behind"]

DOSE = pattern(
    r"(?:(?:at (?:a|the) )?(?:dose|doses) of |at |\(|, "
    r"|: )?\s{0,2}(?P<dose>(?:AUC\s?(?:of\s)?\d(?:\.\d)?"
    r"|area under the curve of \d(?:\.\d)?[a-z ]{0,30}"
    r"|(?<![\d.,])(?:\d{1,4}(?:[.,]\d{1,2})?(?:→|->))?(?:\d\s?[x×]\s?)?\d{1,4}(?:,\d{3})?(?:[.,]\d{1,3})?\s?(?:-\s?\d{1,4}\s?){0,3}"
    r"(?:(?:mg|gm|g|µg|μg|mcg|ug|IU|MIU|U|units?|ml|mL|MBq|GBq)(?![A-Za-z]|\s?/\s?[dmµμ]?[lL]\b)"
    r"|(?<=\d\d)(?=\s(?:bd|bid|od|qd|tds)\b))"
    r"(?:\s?/\s?(?:m\s?²"
    r"|m\s?2|m\^2|kg|day"
    r"|dose|d|body)|\sper\s(?:square met(?:er|re)|kilogram|kg|m2|m²|day"
    r"|dose)(?:\sof\sbody[- ]surface(?:\sarea)?)?){0,3})"
    r"(?:[\s,]{1,2}(?:orally|PO|po|p\.o\.|IV|iv|i\.v\.|intravenous(?:ly)?|subcutaneously|s\.c\.|sc)){0,2}"
    r"(?:[\s,]{0,2}(?:once|twice|three times|four times|two times)(?: (?:a|per) day|[ -]?daily"
    r"| weekly| a week)|[\s,]{0,2}(?:per day|a day|daily|weekly|fortnightly|monthly|every \w{1,6} (?:days?"
    r"|weeks?|months?|hours?)|every other day"
    r"|b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|t\.?d\.?s\b\.?|q\.?[di]\.?[sd]\b\.?|nocte\b|mane\b|q\.?d\b\.?|o\.?d\b\.?"
    r"|b\.?d\b\.?|qd\b|q\d{1,2}[hwd]\b"
    r"|q\.?\d\s?w(?:eeks)?\b|BID\b|TID\b|QD\b|PRN\b|\d-\d-\d(?:-\d)?|x \d{1,2}\b"
    r"|on days? [\d, and–-]{1,16}|for \d{1,2} days|over \d{1,2} hours?)){0,4})",
    re.IGNORECASE,
)
"""A dose with its unit, way and rhythm: "75 mg/m2 IV on days 1 and 8"."""
_DOSE_OF_ANOTHER = re.compile(
    r"\band the dose\b|\bdose (?:was )?(?:reduc|lower|decreas|increas|rais|cut|halv)|^\sand\s?$"
)
"""What makes a dose that of the treatment of the story: "red cells were given and the dose was lowered to"."""
_ENDED = re.compile(r"(?<=[A-Za-z]{2})\.$")
"""A full stop that ends the sentence, and no abbreviation of the dose."""
_DOSE_AHEAD = re.compile(
    r"(?P<dose>\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)(?:\s?/\s?(?:m2|m²|kg|day|d))?)\s(?:daily\s|weekly\s)?(?:of\s)?"
    r"(?:(?:high-dose|oral|intravenous|i\.?v\.?)\s)?$",
    re.IGNORECASE,
)
_OF_A_TEST = re.compile(r"\b(?:after|following|post) $")
"""What makes a dose that of a test: "cortisol after 1 mg dexamethasone"."""


_OF_A_VALUE = re.compile(
    r"\b(?:proteins?|albumin|proteinuria|weight|blood\sloss|glucose)\s(?:(?:of|was|at)\s)?$"
)
"""What makes a weight that of what was measured: "lenvatinib (24-h protein 4.1 g)"."""


def dose_before(view: View, mention: Mention) -> str | None:
    """Return the dose that stands right before a drug and behind no other: "75 mg/m2 of doxorubicin"."""
    ahead = _DOSE_AHEAD.search(view.whole, max(view.start, mention.start - 50), mention.start)
    if ahead is None or _OF_A_TEST.search(view.whole, max(view.start, ahead.start() - 14), ahead.start()):
        return None
    if any(0 <= ahead.start() - other.end <= 3 for other in view.of("drug", "regimen")):
        return None
    return ahead["dose"]


def dose_behind(view: View, mention: Mention, limit: int) -> tuple[str, int] | None:
    """Return the dose that stands behind a drug and before ``limit``, as written, with its end."""
    match = view.has(DOSE, mention.end, limit)
    if (
        match is None
        or _DOSE_OF_ANOTHER.search(view.whole[mention.end : match.start("dose")])
        or (match.start() - mention.end > _NEAR and not _begun_at(view, mention.end, match.start("dose")))
        or re.search(r"[;.]\s", view.whole[mention.end : match.start()])
        or _OF_A_VALUE.search(view.whole, mention.end, match.start("dose")) is not None
        or _CHANGED_SINCE.search(view.whole, mention.end, match.start("dose")) is not None
        or (
            _FROM_A_DAY.match(view.whole, match.end(), view.end) is not None
            and _DATED.search(view.whole, mention.end, match.start("dose")) is not None
        )
    ):
        return None
    return _ENDED.sub("", match["dose"].strip(" ,")), match.end()


def _begun_at(view: View, start: int, dose: int) -> bool:
    """Whether a drug was begun at a dose that stands behind its day: "was started on June 3, 2020, at 100 mg"."""
    return _BEGUN_AT.fullmatch(view.whole, start, dose) is not None


_BEGUN_AT = re.compile(
    r"(?:\s\([^()]{1,24}\))?\s(?:was|were)\s(?:started|begun|initiated|commenced|introduced)\b[^.;]{0,80}?,?\s(?:at|with)\s"
    r"(?:an?\s(?:daily\s|starting\s|initial\s)?dose\sof\s)?",
    re.IGNORECASE,
)
_CHANGED_SINCE = re.compile(
    r"(?:\b(?:start|beg[ua]n|commenc|initiat|introduc|giv|receiv|since|from)\w{0,3}\b.{1,40}?"
    r"|(?:\d{4}|[/.]\d{2})\)?,?\s\(?(?:[a-z]+\s){0,3})"
    r"\b(?:reduc|increas|lower|escalat|rais|decreas"
    r"|cut|taper|titrat)\w{0,4}\s(?:\w+\s){0,2}to\s$"
    r"|(?:\d{4}|[/.]\d{2})\)?[,;]?\s[^.;]{0,40}?\b(?:re-?(?:sum|start|introduc|commenc|initiat|institut|challeng)\w{0,4}|taken\sup\sagain)\s"
    r"(?:(?:at|with|on|to|an?|the|reduced|lower|dose|of)\s){0,5}$",
    re.IGNORECASE,
)
"""What makes a dose the next one, and not that with which it was begun: "was started on 3 May and reduced to"."""
_FROM_A_DAY = re.compile(r"\s(?:since|from|as\sof)\s", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:since|from|started|begun|began|commenced|given|between|in|on)\s[^;]{0,20}\d", re.IGNORECASE
)
"""What makes a dose with a day of its own a later one: "X since May 2022, 25 mg since July 2022"."""
_NEAR = 45
"""Characters between a drug and its dose, at most."""
