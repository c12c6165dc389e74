"""Dates that only say which specimen, which earlier examination or which former value is meant."""

from __future__ import annotations

import re

import msgspec

from caseboard.case.dates import DateInterval, When
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_expression import TimeExpression

__all__ = ["is_compared_with", "is_of_former_figure", "is_of_specimen", "is_reference", "looked_back_on"]

_MATERIAL = (
    r"(?:specimens?|slides?|blocks?|tissues?|material|samples?|archiv\w{1,4}|tumou?rs?|biops(?:y|ies)|resections?"
    r"|protocol)"
)
_COMPARED = (
    r"(?:compared (?:to|with)|versus|vs\.?|than|since(?!\s(?:stopp|start|beg|complet|finish|ceas|discontinu"
    r"|restart|resum|switch|chang|reduc|increas|com|hav|be|leav|receiv|tak)\w{0,3}ing\b)|unlike|relative to)"
)
_BESIDE = (
    r"(?:c/w|cf\.?|comp(?:\.|ared)(?:\s(?:to|with|w/))?|comparison:?|in comparison (?:to|with)|versus|vs\.?)"
)
_COMPARISON = (
    r"[Cc](?:omparison|OMPARISON)(?:\s(?:made|is|study|studies|exam(?:ination)?s?|scans?))?"
    r"\s?[:,]?(?:\s[\w/,()-]{1,20}){0,6}"
)
"""The line of a radiologist's report that names the earlier examinations: "COMPARISON: CT 3 May 2019"."""
_COMPARES = (
    rf"(?:{_COMPARISON}|{_COMPARED}\s(?:the\s|that\s|those\s)?"
    r"(?:(?!(?:and|but|then|was|were)\b|\d{1,2}[/-]\d)[\w/-]{1,20}\s){0,3}(?:of|from|in|on|taken"
    rf"|obtained)"
    rf"|{_BESIDE}(?:\s(?:the|prior|previous|last|scan|study|exam|CT|MRI|PET)){{0,3}})\s(?:the\s)?$"
)
_IS_COMPARED = pattern(
    rf"\b(?:{_COMPARES}|(?:{_COMPARED}"
    rf"|from)\s(?:about\s)?\d[\d.,]{{0,5}}(?:\s?[x×]\s?\d[\d.,]{{0,5}}){{0,2}}\s?[cm]m\s$)"
)
_AS_BEFORE = r"(?:(?:the )?same as|unchanged from|identical to|similar to|as before,?) (?:(?:in|on|th(?:at|ose) of) )?$"
_REFERS = pattern(
    rf"\b(?:{_AS_BEFORE}|nadir\s(?:of|in|from|on)\s(?:the\s)?$"
    rf"|{_MATERIAL}\s(?:of|from|taken in|obtained in)\s(?:the\s)?$|{_COMPARES})"
)
"""What makes a date that of a thing spoken of, not of what is told: "revision of the slides of 2013"."""
_BIOPSY_OF = re.compile(
    r"\b(?:[Bb]iops(?:y|ies)|[Rr]esections?|[Ss]pecimens?|[Ss]amples?) (?:of|from) (?:the )?$"
)
_REPORTED = re.compile(
    r"\)?\s?[:=]\s|\)?,? (?:which |that )?(?:was |were |had )?(?:(?:first|initially|locally|finally) )?"
    r"(?:reported|read|interpreted|diagnosed|consistent|show"
    r"|reveal|confirm|demonstrat|disclos|yield|gave|found|contain|positive|negative|harbou?r|carr(?:y|ied)|had\b"
    r"|conclud|objectif|objectiv|favou?r|suggest|evidenc|establish|report|return|came back|described|identif|detect"
    r"|was\b)"
)
"""What tells that the date of a biopsy is that of what it showed: "the biopsy of 1 March was read as"."""
_CONFIRMED_BY = re.compile(
    r"\b(?:confirmed|proven|proved|established|verified|diagnosed|found|detected|identified|seen|shown|demonstrated"
    r"|present)\s(?:by|on|in|at|from|through)\s(?:the\s|an?\s)?"
    r"(?:[a-z-]{3,14}\s){0,2}(?:biops(?:y|ies)|resections?|specimens?)\s(?:of|from|taken (?:in|on))\s(?:the\s)?$"
)
"""What tells that the date of a biopsy is that of what it confirmed: "sarcoma was confirmed by the biopsy of 9 May"."""
_FORMER = re.compile(
    r"[(\[](?:was|were|prev\w{0,6}\.?|prior|formerly|initially|originally)\b"
    r"[^()\[\]\n]{0,40}\d\s?[cm]m\b[^()\[\]\n]{0,24}$"
)
"""What opens brackets that hold an earlier figure and its time: "12 mm (was 34 mm in January)"."""
_WAS_PLANNED = re.compile(
    r"\b(?:scheduled|planned|booked|listed|set|due|foreseen)\s(?:for|on|in)\s(?:the\s)?(?:early\s|late\s|mid-?\s?)?$"
    r"|\b(?:delayed|postponed|deferred|moved|put\sback|brought\sforward)\sfrom\s(?:the\s)?(?:early\s|late\s|mid-?\s?)?$"
)
_THEN_DONE = re.compile(
    r"[^.;\n]{0,40}?\b(?:performed|carried\sout|done|took\splace|given|started|begun|delivered|to"
    r"|until)\s[^.;\n]{0,24}?\d{4}"
)
"""What stands around the day for which something was planned that came on another day: "due in May, done in June"."""
_REFERRED = re.compile(rf"\s{_MATERIAL}\b")
_CAME_FROM = re.compile(
    r"\bfrom\s(?:about\s|approximately\s)?\d[\d.,]{0,8}(?:\s?[A-Za-z/%^0-9]{1,10})?\s(?:in|on|at)\s$"
)
"""What stands before the month of a former value: "risen from 48 in December to 132"."""
_FIGURE = (
    r"(?:about\s|approximately\s|an?\s(?:initial|baseline|maximum)\s)?"
    r"\d[\d.,]{0,8}(?:\s?[x×]\s?\d[\d.,]{0,5}){0,2}\s?(?:[cm]m|%|[mµμ]?g|mcg|[A-Za-zµμ]{1,4}\s?/\s?[A-Za-zµμ\d]{1,4})"
)
_CHANGED_FROM = re.compile(rf"\bfrom\s{_FIGURE}\s(?:\(|(?:in|on|at)\s)(?:early\s|late\s|mid-?\s?)?$")
_CHANGED_TO = re.compile(r"\)?,?\s(?:down\s|up\s)?to\s(?:about\s|approximately\s|only\s)?\d")
"""What stands around the time of a figure that changed: "from 42 mm in October 2021 to 18 mm"."""
_DOWN_FROM = re.compile(
    rf"\d\s?[^\d\s,;()]{{1,8}},?\s(?:down\s|up\s)?from\s{_FIGURE}\s(?:\(|(?:in|on|at)\s)(?:early\s|late\s|mid-?\s?)?$"
)
"""The same, where the later figure stands first: "to 18 mm from 42 mm in October 2021"."""
_COMPARED_WITH = re.compile(
    r"[\s(](?:(?:up|down|risen|fallen|increased|decreased|improved)\sfrom|(?:as\s)?compared\s(?:with|to)|versus|vs\.?|against)\s"
    r"(?:about\s|only\s)?[<>]?\d{1,6}(?:[.,]\d{1,3})?(?:\s?(?:[x×]\s?10\S{0,4}|%|\^\d))?(?:\s?[A-Za-zµμ%][A-Za-zµμ%\d^³]{0,6}(?:/[A-Za-zµμ\d.]{1,6})?)?"
    r"\s(?:\(|(?:in|on|at)\s)(?:early\s|late\s|mid-?\s?)?$"
)
"""The same of a value that is only compared: "98 g/L on 1 November, up from 84 on 11 October"."""
_BEING_THEN = re.compile(rf",\s{_FIGURE}\s(?:in|on|at)\s(?:early\s|late\s|mid-?\s?)?$")
_IS_NOW = re.compile(r",\s(?:had|has|was|were|is|are|now|then|measured|shrank|grew|decreased|increased)\b")
"""What stands around that of a figure beside what changed: "the nodule, 42 mm in October 2021, had shrunk to"."""
_FOUND_ON = re.compile(
    r"\b(?:positiv\w{1,3}|negativ\w{1,3}|amplified|amplification|rearranged|re-?arrangement|fusion|mutat\w{2,4}|retained|lost|loss|present"
    r"|absent|detected|found|seen|identified|shown|demonstrated|expressed|wild-?type|confirmed|\d\s?%|stable|high|low|[+])"
    r"(?:[^.;]|\.(?=\d)){0,60}?(?:\s(?:on|in|from)\s|\()(?:the\s|an?\s|his\s|her\s)?(?:[A-Za-z-]{3,16}\s){0,3}?"
    rf"{_MATERIAL}\s(?:of|from)\s(?:the\s)?$"
)
"""What tells a result before its specimen: "MDM2 was amplified by FISH on the core biopsy of 14 March"."""
_MEANWHILE = re.compile(r"\b(?:[Ii]n\sthe\s(?:meantime|interim)|[Mm]eanwhile|[Mm]eantime)\b[^.;\n]{0,130}$")
"""What tells of a time before the one that the story has reached."""


_HELD_BEFORE = re.compile(
    r"(?:[(\[]\s?(?:(?:it\s)?(?:was|were|had\sbeen)\s|(?:prev\w{0,6}|prior|formerly|initially|earlier|baseline"
    r"|before)\b"
    r"[.:,]?\s|from\s|(?:compared\s(?:to|with)|versus|vs\.?|against)\s)?"
    r"|,\s(?:(?:which|it|this|that)\s)?(?:was|were|had\sbeen|having\sbeen|previously|prev\.?)\s(?:[a-z]{4,14}\s)?"
    r"|\d\s?[cm]m,?\s(?:as\s)?(?:compared\s(?:to|with)|versus|vs\.?|against|(?:down|up)\sfrom|from)\s)"
    r"\d[\d.,]{0,5}(?:\s?[x×]\s?\d[\d.,]{0,5}){0,2}\s?(?:[cm]m)?"
    r"(?:,\s?|,?\s(?:in|on|at)\s|\s(?:in|on|at|of)\s(?:the\s)?(?:CT|MRI|PET(?:/CT)?|scan|imaging|baseline)"
    r"(?:\sscan)?\s(?:of|from|in|on)\s|\s)(?:early\s|late\s|mid-?\s?)?$"
)
"""What stands before the month of a former figure in brackets: "14 mm (11 in Feb)"."""
_HELD_BEFORE_TOO = re.compile(
    r"(?:[(\[]|[cm]m,?\s)(?:(?:it\s)?(?:was|were|had\sbeen)|prev\w{0,6}\.?|prior|formerly|compared\s(?:to|with)"
    r"|versus|vs\.?)\s\d[\d.,]{0,5}\s?(?:[cm]m)?\s(?:(?:in|on)\s)?(?:\d{1,2}\s)?[A-Z][a-z]{2,8}(?:\s\d{4})?,?\s"
    r"(?:and\s|then\s)?\d[\d.,]{0,5}\s?(?:[cm]m)?\s(?:(?:in|on)\s)?(?:early\s|late\s|mid-?\s?)?$"
)
"""The same of the next of a list of them: "31 mm (previously 24 mm in December and 22 mm in September)"."""
_OPENED_BEHIND = re.compile(r"\b\d[\d.,]{0,5}\s?[cm]m\s?[(\[](?:in\s|on\s)?$")
_THEN_FIGURE = re.compile(r"(?:\s?[:=]\s?|\s)\d[\d.,]{0,5}(?:\s?[x×]\s?\d[\d.,]{0,5}){0,2}\s?[cm]m\s?[)\]]")
"""What stands around the time of a former size that is told before it: "27 mm (Feb: 35 mm)"."""
_AT_FIRST = re.compile(r"\b(?:baseline|initial(?:ly)?|at\s(?:diagnosis|presentation))\b", re.IGNORECASE)
"""What makes the size before the brackets the first one, and that in them a later one."""
_BACK_THEN = re.compile(
    r"(?:^|[.;\n]\s{0,3})(?:It|This|That|They|These|it|this|that|they|these)\s(?:was|were|measured|had\s(?:been"
    r"|measured))"
    r"\s(?:only\s|about\s|still\s)?\d[\d.,]{0,5}(?:\s?[x×]\s?\d[\d.,]{0,5}){0,2}\s?[cm]m\s(?:in|on|at)\s"
    r"(?:early\s|late\s|mid-?\s?)?$"
)
"""What stands before a day on which what was just measured had another size: "46 mm. It was 34 mm in October"."""


_SINCE = re.compile(
    r"\bsince\s(?:(?:stopping|starting|beginning|completing|finishing|ceasing|discontinuing|restarting|switching)\s"
    r"(?:[\w-]{2,20}\s){1,4})?(?:(?:in|on)\s)?(?:early\s|late\s|mid-?\s?)?$",
    re.IGNORECASE,
)
"""What makes a month behind the day of a note one that lies before it: "18/09: no seizures since July"."""


def looked_back_on(
    text: str, expression: TimeExpression, now: When | None, opened: int | None = None
) -> TimeExpression:
    """Return a month without a year as the last one before the story's day, where a value came from it.

    ``opened``: where the first time of the sentence ends, which opens the entry of a note if a colon stands behind it.
    """
    if (
        expression.kind != "absolute"
        or expression.year is not None
        or expression.month is None
        or not isinstance(now, DateInterval)
    ):
        return expression
    came_from = _CAME_FROM.search(text, max(0, expression.start - 40), expression.start)
    meanwhile = _MEANWHILE.search(text, max(0, expression.start - 160), expression.start)
    former = _is_held_before(text, expression.start) or _heads_former_size(text, expression)
    noted = opened is not None and text.startswith((":", " :", " -", " –"), opened)
    since = noted and _SINCE.search(text, max(0, expression.start - 90), expression.start) is not None
    if came_from is None and meanwhile is None and not (former or since):
        return expression
    earlier = expression.month <= now.first.month
    return msgspec.structs.replace(expression, year=now.first.year - (0 if earlier else 1))


def _is_held_before(text: str, start: int) -> bool:
    """Whether the time at ``start`` is that of a former figure in brackets, and none that the story has reached."""
    return (
        _HELD_BEFORE.search(text, max(0, start - 70), start) is not None
        or _HELD_BEFORE_TOO.search(text, max(0, start - 90), start) is not None
    )


def _heads_former_size(text: str, expression: TimeExpression) -> bool:
    """Whether a time stands in brackets before the size of that time, right behind the one of now."""
    start = expression.start
    return (
        _THEN_FIGURE.match(text, expression.end) is not None
        and _OPENED_BEHIND.search(text, max(0, start - 20), start) is not None
        and _AT_FIRST.search(text, max(0, text.rfind("\n", 0, start), start - 60), start) is None
    )


def is_of_former_figure(text: str, start: int, end: int, *, past: bool = False) -> bool:
    """Whether the time from ``start`` to ``end`` is that of a figure which is told to have changed since.

    ``past``: it lies before the day that the story has reached.
    """
    low = max(0, start - 48)
    return (
        (_CHANGED_FROM.search(text, low, start) is not None and _CHANGED_TO.match(text, end) is not None)
        or (_BEING_THEN.search(text, low, start) is not None and _IS_NOW.match(text, end) is not None)
        or _DOWN_FROM.search(text, max(0, start - 80), start) is not None
        or _COMPARED_WITH.search(text, max(0, start - 60), start) is not None
        or _is_held_before(text, start)
        or (past and _BACK_THEN.search(text, max(0, start - 60), start) is not None)
    )


def is_reference(text: str, expression: TimeExpression, *, alone: bool = False) -> bool:
    """Whether a date only says which specimen or which earlier examination is meant.

    ``alone`` where its sentence has no other: then a result told of the specimen is of its day.
    """
    start, end = expression.start, expression.end
    if alone and is_of_specimen(text, start):
        return False
    if expression.year is not None and expression.month is None and _REFERRED.match(text, end):
        return True
    if _REPORTED.match(text, end) and _BIOPSY_OF.search(text, max(0, start - 40), start):
        return False
    if _CONFIRMED_BY.search(text, max(0, start - 90), start):
        return False
    if _is_held_before(text, start):
        return False
    if _FORMER.search(text, max(0, start - 80), start):
        return True
    if _WAS_PLANNED.search(text, max(0, start - 40), start) and _THEN_DONE.match(text, end):
        return True
    return _REFERS.search(text, max(0, start - 70), start) is not None


def is_of_specimen(text: str, start: int) -> bool:
    """Whether a date is that of the specimen on which a result told before it was found."""
    return _FOUND_ON.search(text, max(0, start - 130), start) is not None


def is_compared_with(text: str, start: int) -> bool:
    """Whether a length of time only says which examination is the measure: "compared with an X-ray two years ago"."""
    return _IS_COMPARED.search(text, max(0, start - 70), start) is not None
