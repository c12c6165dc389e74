"""Further values of an analyte that a sentence has named once: "CEA was 61 µg/l in May and is 22 µg/l today".

Between two values stand only times and words that lead from one to the other. The unit must be the same; it may be
left out where a time in the same brackets says what the number is: "CA-125 24 U/mL (was 118 on 13 February)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.periods import end_of
from caseboard.narrative.lab_values import DecimalSign, LabValue, read_limits, read_value
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms.labs import canonical_unit

__all__ = ["COMPARED", "follows", "later_values", "level_again", "moment_of"]

_REACH = 90
_MOST = 8
_LEADS = re.compile(
    r"(?:[\s,;:()=–-]|->|→|\b(?:(?:up|down)\sfrom|(?:as\s)?compared\s(?:with|to)|versus|vs\.?|against)\s|\b(?:on|in|at|by|and|then|it|this|that|which|had|has|been|was|were|is|are|but|later|after"
    r"|before|prior|the|a|an|his|her|of|to|only|down|up|back|again|still|already|now|today|currently|first|second"
    r"|third|fourth|fifth|sixth|last|cycles?|courses?|doses?|chemotherapy|treatment|therapy|surgery|operation"
    r"|procedure|resection|end|start|routine|one|two|three|four|six|eight|months?|and|cycle|follow-?up|controls?"
    r"|repeat(?:ed)?|rechecked|recheck|rose|risen|rising|rises"
    r"|fell|fallen|falling|falls|dropped|declined|decreased|increased|climbed|went|came|settled|improved|recovered"
    r"|normali[sz]ed|returned"
    r"|reached|peaked|further|level|value|within|during|normal|normality|range|low|high|lowest|highest|nadir|peak"
    r"|rapidly|quickly|slowly|gradually|soon|finally|subsequently|initially|eventually|thereafter|afterwards"
    r"|pre-?op(?:erative(?:ly)?)?|post-?op(?:erative(?:ly)?)?|completion|completing|started|starting|about"
    r"|approximately|just|even|next|same|following|day|days|weeks?|months?|years?|visit"
    r"|admission|discharge|presentation|diagnosis|baseline|progression|relapse|recurrence)\b){1,40}"
    r"(?:[<>~≈]\s?)?",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:\b(?:was|were|is|are|to|at|of|now|today|currently|and|reached)|[:=;,(]|->|→)\s{0,2}$", re.IGNORECASE
)
COMPARED = re.compile(
    r"\b(?:(?:up|down)\sfrom|compared\s(?:with|to)|versus|vs\.?|against)\s{1,2}(?:[<>~≈]\s?)?$", re.IGNORECASE
)
"""What leads back to a former value, which counts only with its own day: "up from 84 on 11 October"."""
_TO_IT = re.compile(r"(?:\b(?:was|is|now|today|to)|[:=])\s{0,2}$|^\s?[(\[]\s?$", re.IGNORECASE)
_AGAIN = re.compile(
    r"^\s?(?:(?:in|on|at|by|after)\s{1,3})?,?\s?(?:and|then|but)\s|\b(?:and|fell|rose|dropped|decreased|increased"
    r"|declined|climbed)\b.{0,30}to\s$",
    re.IGNORECASE,
)
"""What leads to a bare number that is a further value: "was 310 at 8 weeks and 12 at 16 weeks"."""
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?),?\s(?:19|20)\d\d\b"
)
"""A date that only says when another time was: "at diagnosis in May 2017"."""
_COUNT = re.compile(r"\d{1,2}\s(?:cycles?|courses?|doses?|days?|weeks?|months?|years?|lines?|fractions?)\b")
_NUMBER = re.compile(r"[<>]\s?\d|\d")
_OF_ALL = re.compile(r"[^.;()]{0,90}\((?:both|all)\s(?:(?:of|on|from|dated)\s)?")
"""What leads to a date in brackets that all values before it share: "AFP 12 ng/mL, LDH 300 U/L (both 24/10/2018)"."""
_SPACE = re.compile(r"\s")
_BEHIND_BRACKET = re.compile(
    r"\)\s(?:(?:only|again|first|finally|already|not\suntil)\s|(?:at|after)\s(?:[a-z-]{2,14}\s){1,3})?(?:on|in|by"
    r"|until)\s"
)
"""What leads from a value in brackets to its date: "returned to normal (0.9 mg/dL) only on 2 September"."""


_LEVEL_AGAIN = pattern(
    r"(?:[A-Z][^.;()]{2,50},?\s)?\b(?:it|this|the\s(?:serum\s|plasma\s|tumou?r\s)?(?:level|value|marker|concentration"
    r"|count)"
    r"|levels?|values?)\s(?:(?:had|has|then|again|was|been|subsequently|gradually|further|rapidly|slowly|steadily|later"
    r"|also|since|quickly|soon)\s){0,3}(?:fell|fallen|dropped|decreased|declined|rose|risen|increased|climbed"
    r"|normali[sz]ed"
    r"|returned|came|went|peaked|reduced|down|up)\s(?:(?:down|up|back|again|further|rapidly|gradually|slowly|steadily"
    r"|sharply|dramatically|significantly|only|normal|a|nadir|maximum|peak"
    r"|of)\s){0,4}(?:from\s[^.;()]{1,24}?\s)?(?:to|at|\()\s?"
    r"(?:(?:about|approximately|normal|a|nadir|maximum|peak|of|low|high)\s){0,3}(?=[<>]?\s?\d)"
    r"|(?:[A-Z][^.;()]{2,50},?\s)?\bit\s(?:was|is|had\sbeen)\s(?:(?:still|now|only|about|at)\s){0,2}(?=[<>]?\s?\d)",
    re.IGNORECASE,
)
"""What leads to the value of the analyte that the sentence before told: "It fell to 34 U/mL in May"."""


def follows(view: View, last: tuple[str, str | None, int] | None) -> bool:
    """Whether a sentence follows the one that told the last value, so that it may speak of the same analyte."""
    return last is not None and 0 <= view.start - last[2] <= _NEXT_SENTENCE


def level_again(view: View, last: tuple[str, str | None, int] | None, sign: DecimalSign) -> LabValue | None:
    """Return a value of the analyte told last (with its unit, and where its sentence ends) that only "it" names."""
    if last is None or not follows(view, last):
        return None
    match = _LEVEL_AGAIN.match(view.whole, view.start, view.end)
    found = read_value(view.whole, match.end(), view.end, sign) if match is not None else None
    return found if found is not None and found.unit is not None and _same(found.unit, last[1]) else None


_NEXT_SENTENCE = 3
"""Characters between two sentences that follow each other."""


def later_values(view: View, value: LabValue, stop: int, sign: DecimalSign) -> Iterator[LabValue]:
    """Yield the values of the same analyte that follow ``value`` before ``stop``, each led to by the one before."""
    limits = read_limits(view.whole, value.end, stop, sign)
    last = value if limits is None else msgspec.structs.replace(value, end=limits.end)
    for _ in range(_MOST):
        following = _next(view, last, stop, sign, value.unit)
        if following is None:
            return
        yield following
        last = following


def _next(view: View, last: LabValue, stop: int, sign: DecimalSign, unit: str | None) -> LabValue | None:
    end = min(stop, last.end + _REACH)
    passed = [(time.start, time.end) for time in view.times]
    passed += [(named.start, named.end) for named in view.of("drug", "regimen", "procedure")]
    at = last.end
    gap = ""
    while at < end:
        beyond = next((stops for starts, stops in passed if starts <= at < stops), None)
        named = (_MONTH.match(view.whole, at) or _COUNT.match(view.whole, at)) if beyond is None else None
        beyond = named.end() if named is not None else beyond
        if beyond is not None:
            gap, at = gap + " ", beyond
            continue
        if _NUMBER.match(view.whole, at):
            break
        gap += view.whole[at]
        at += 1
    if (
        at >= end
        or not _LEADS.fullmatch(gap)
        or not (
            _LED.search(gap)
            or COMPARED.search(gap)
            or _in_brackets_with_time(view, last.end, at)
            or _behind_a_time(view, last.end, at)
        )
    ):
        return None
    found = read_value(view.whole, at, view.end, sign)
    if found is None:
        return None
    if COMPARED.search(gap) is not None:
        if not _has_its_day(view, found) or (found.unit is not None and not _same(found.unit, unit)):
            return None
        return msgspec.structs.replace(found, unit=unit)
    if found.unit is None:
        led = _TO_IT.search(gap) is not None and (
            _in_brackets_with_time(view, last.end, at)
            or (_AGAIN.search(gap) is not None and any(last.end <= one.start < at for one in view.times))
        )
        led = led or _dated_likewise(view, last, found)
        return msgspec.structs.replace(found, unit=unit) if led else None
    return found if _same(found.unit, unit) else None


def _dated_likewise(view: View, last: LabValue, found: LabValue) -> bool:
    """Whether two bare numbers have each its day right behind it: "300 on 3 May and 280 on 13 May"."""
    return all(_has_its_day(view, value) for value in (last, found))


def _has_its_day(view: View, value: LabValue) -> bool:
    return any(_AT_ITS_DAY.fullmatch(view.whole, value.end, time.start) for time in view.times)


_AT_ITS_DAY = re.compile(r"\s(?:on|in|at|by)\s(?:the\s|early\s|late\s|mid-?\s?)?|\s?[(\[](?:on\s|in\s)?")


def _behind_a_time(view: View, after: int, at: int) -> bool:
    """Whether a value stands right behind its time: "450 U/L in August, in October 520 U/L"."""
    return any(after < time.start and time.end <= at <= time.end + 1 for time in view.times)


def _same(one: str, other: str | None) -> bool:
    return other is not None and (canonical_unit(one) or _SPACE.sub("", one)) == (
        canonical_unit(other) or _SPACE.sub("", other)
    )


def _brackets(view: View, after: int, at: int) -> tuple[int, int] | None:
    """Return the brackets that open behind ``after``, or before it, and hold ``at``."""
    opened = view.whole.find("(", after, at)
    before = view.whole.rfind("(", view.start, after)
    if opened < 0 and before >= 0 and ")" not in view.whole[before:after]:
        opened = before
        after = before
    closed = view.whole.find(")", max(at, 0), view.end)
    if not 0 <= opened - after <= 1 or closed < 0 or ")" in view.whole[opened:at]:
        return None
    return opened, closed


def _in_brackets_with_time(view: View, after: int, at: int) -> bool:
    held = _brackets(view, after, at)
    return held is not None and any(held[0] < time.start < held[1] for time in view.times)


_HEADED = re.compile(r"\s?[:=]\s?[<>~]?\s?")
"""What stands between the day of a value and the value in a list of them: "(7/6/23: 6.4; 1/18/22: 71.5)"."""
_FROM_THEN = re.compile(r"\bfrom\s[^.;()]{1,30}$", re.IGNORECASE)
_TO_NOW = re.compile(r",?\s(?:down\s|up\s)?to\s(?:about\s|approximately\s)?", re.IGNORECASE)
"""What parts the day of a former value from the value of now: "risen from 48 in December to 132"."""


def moment_of(view: View, start: int, value: LabValue, values: list[LabValue]) -> Moment:
    """Return when a value held: the time in brackets that hold another value is of that one alone."""
    told = view.governing(start, value.end)
    if told is not None and told.start >= value.end and _is_before_treatment(view, start, value.end):
        return Moment(None, "inferred", "before the treatment")
    if told is not None and _CAME_TO.search(view.whole, max(view.start, value.start - 60), value.start):
        ended = end_of(view, told)
        if ended is not told:
            return ended.moment
    shared = _OF_ALL.match(view.whole, value.end, view.end)
    time = next((one for one in view.times if shared is not None and one.start == shared.end()), None)
    if time is not None:
        return time.moment
    heads = next((one for one in view.times if _HEADED.fullmatch(view.whole, one.end, value.start)), None)
    if heads is not None and _brackets(view, value.start, value.start) is not None:
        return heads.moment
    own = next(
        (one for one in view.times if _BEHIND_BRACKET.fullmatch(view.whole, value.end, one.start)), None
    )
    if own is not None:
        return own.moment
    came_from = [
        one
        for one in view.times
        if _TO_NOW.fullmatch(view.whole, one.end, value.start)
        and _FROM_THEN.search(view.whole, max(view.start, one.start - 40), one.start)
    ]
    if came_from:
        now = view.with_times([one for one in view.times if one not in came_from])
        return now.when(start, value.end)
    later = next((one for one in values if one.start > value.end), None)
    held = _brackets(view, value.end, later.start) if later is not None else None
    if held is None or not any(held[0] < time.start < held[1] for time in view.times):
        return _undated(view, start, value, values) or view.when(start, value.end)
    without = view.with_times([time for time in view.times if not held[0] < time.start < held[1]])
    return without.when(start, value.end)


def _is_before_treatment(view: View, start: int, end: int) -> bool:
    """Whether a value is told as that before the treatment, so that a time told later is none of it."""
    return (
        _BEFORE_IT.match(view.whole, end, view.end) is not None
        or _BEFORE_LEAD.search(view.whole, max(view.start, start - 40), start) is not None
    )


_BEFORE_IT = re.compile(
    r"\s(?:before|prior\sto)\s(?:the\s)?(?:start(?:ing)?\s(?:of\s)?)?(?:treatment|therapy|chemotherapy|[a-z]{4,18}(?:nib|mab|limus|platin"
    r"|taxel|rubicin|bine|tecan|ciclib|parib))\b|\sat\sbaseline\b|\spre-?treatment\b",
    re.IGNORECASE,
)
_BEFORE_LEAD = re.compile(
    r"\b(?:pre-?treatment|(?:before|prior\sto)\s(?:treatment|therapy|[a-z]{4,18}(?:nib|mab|limus|platin|taxel)))\s(?:the\s|his\s|her\s)?$",
    re.IGNORECASE,
)
_CAME_TO = re.compile(r"\bfrom\s(?:[^;.]|\.(?=\d)){1,40}\sto\s(?:about\s)?$", re.IGNORECASE)
"""What leads to the later of two values, which is of the end of the period: "from 45 to 3 between May and July"."""


_OF_ANOTHER_DAY = re.compile(
    r"[)\]]?,?\s(?:after|following|upon|with|on)\s(?:completion\s(?:of\s)?|the\s|her\s|his\s)?(?:\w{1,6}\s)?"
    r"(?:cycles?|courses?|doses?|surgery|operation|resection|chemo\w{0,12}|treatment|therapy)\b"
    r"|\s(?:pre|post)-?op(?:erative(?:ly)?)?\b|\safter(?:wards)?\b",
    re.IGNORECASE,
)
"""What tells that one of several values is of a day that is not told: "fell to 34 after three cycles", "14 post-op"."""


def _undated(view: View, start: int, value: LabValue, values: list[LabValue]) -> Moment | None:
    """Return no time for one of several values of which the sentence dates only another, else None."""
    if _OF_ANOTHER_DAY.match(view.whole, value.end, view.end) is None:
        return None
    time = view.governing(start, value.end)
    if time is None:
        return None
    before = max((one.end for one in values if one.end <= value.start), default=None)
    told_before = before is not None and time.end <= max(value.start, before)
    told_behind = any(value.end < one.start < time.start for one in values)
    return Moment(None) if told_before or told_behind else None
