"""The times of a sentence: each expression as a date or a day of the story, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.narrative.births import is_birth
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.counted_days import row_of_days
from caseboard.narrative.letters import is_typed
from caseboard.narrative.patterns import pattern
from caseboard.narrative.reckoning import is_before, shift
from caseboard.narrative.references import (
    is_compared_with,
    is_of_former_figure,
    is_of_specimen,
    is_reference,
    looked_back_on,
)
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.view import Governed
from caseboard.narrative.year_lent import period_end, year_lender

__all__ = ["resolve_times", "time_of_row"]

_LEADS = pattern(
    r"(?-i:\b(?:POD|D|C\d{1,2}\s?D|C)\s?\d{1,3} \($)|\b(?:day|week|cycle|(?:at|with|after) c) ?\d{1,3} \($"
    r"|\b(?:follow-?up|visit|review|evaluation|assessment|re-?staging|check-?up|control|examination|consultation"
    r"|cut-?off"
    r"|(?:CT|MRI|PET|PET-CT|PET/CT|scan|ultrasound)(?: scan)?) \($",
    re.IGNORECASE,
)
"""What a date in brackets stands behind when it is the time of the whole sentence."""
_OPENING = re.compile(
    r"(?:^|[.;:\n]\s{0,3}|[-•*]\s)(?:(?:After|At|On|In|Post|Following|During|By|Upon|With"
    r"|Before)\s[^,.;:()\n]{2,50}|[\w-]{1,14}\s(?:and a half\s)?(?:days?|weeks?|months?|years?)\s(?:after|later"
    r"|following|into|post|from|since)\b[^,.;:()\n]{0,40})\s?\($",
    re.IGNORECASE,
)
"""An adverbial phrase that opens a sentence and has its date in brackets: "After four cycles (November 26)", "Nine
months after transplantation (June 2019)"."""
_EXAMINED = re.compile(
    r"(?:^|\n)[ \t#*-]{0,8}(?:[\w/-]{1,20} ){0,3}?(?:IHC|immuno\w{5,20}|histolog\w{1,3}|cytolog\w{1,3}"
    r"|(?:histo)?patholog\w{1,4}|NGS|panel|FISH|PCR|RT-PCR|sequencing|molecular\w{0,3}|cytogenetics|karyotype|CT|MRI?"
    r"|PET|PET[-/]CT|scans?|imaging|labs?|laborator\w{1,3}|bloods?|biops\w{1,3}|echo|echocardiogra\w{1,3}|genetics"
    r"|examination|endoscopy|bronchoscopy)\b(?: [\w/-]{1,20}){0,3} ?\([^()\n]{0,48}$",
    re.IGNORECASE,
)
_ENDS_LINE = re.compile(r"[^()\n]{0,16}\) ?:?[ \t]{0,4}(?:\n|$)")
"""An examination with its day in brackets, alone on a line: it heads the lines below with its results."""
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]\n]{0,48}$")
_HEADS = re.compile(
    r"(?![^()\[\]\n]{0,16}\d[./-]\d)[^()\[\]\n]{0,24}[)\]]\s?(?::|=|[-–]\s|(?:(?:of|on|from"
    r"|in)\s(?:[\w-]{1,20}\s){1,5})?"
    r"(?:(?:also|then|again|now|had|has|at|first)\s){0,4}"
    r"(?:show|reveal|detect|found|demonstrat|identif|confirm|disclos|report|was|were|came|conclud|read"
    r"|return|suggest|document|yield|g[ai]ve|brought|settl|contain|harbou?r|describ|measur|favou?r|outlin|label"
    r"|evidenc|establish|requir|necessitat|prompt|led\b|caus|forc|resolv|occurr|with\b"
    r"|no\b))"
)
"""A date in brackets, be there other words in them, from which the sentence goes on: "NGS (report 3 May): ..."."""
_SAYS_AGAIN = re.compile(
    r"[^;]{0,4}"
    r"|,?\s(?:(?:only|just|nearly|almost|about|approximately|around|some|exactly|over|roughly|more than"
    r"|less than)\s){1,2}"
    r"|\s\((?:(?:PET[-/ ]?)?CT|MRI?|PET|US|scan|ultrasound|visit|control|review)\s(?:(?:on|of|from)\s)?"
    r"|,\s(?:(?:namely|i\.?e\.?|that is),?\s)?(?:on|in|at)\s(?:the\s)?"
    r"|\s(?:of|in|during)\s(?:[a-z0-9]{1,10}\s){0,4}(?:cycle|course|treatment|therapy|chemotherapy|admission"
    r"|stay)\s?\(",
    re.DOTALL,
)
"""What stands between a length and the date that it comes to: "three weeks after the start, on 14 September", "on day 1
of the third cycle (15 June 2020)"."""


def resolve_times(
    text: str,
    found: Sequence[TimeExpression],
    clock: Clock,
    past: When | None = None,
    when_told: Callable[[TimeExpression], When | None] | None = None,
) -> list[Governed]:
    """Return the time expressions of a sentence resolved one after the other; birth dates are left out.

    ``past`` is what the sentence before looked back on: "two years later" counts from there, where that is still past.
    ``when_told`` says when an event was that a time hangs on.
    """
    here: When | None = None
    counted: TimeExpression | None = None
    counted_from: When | None = None
    out: list[Governed] = []
    swallowed = -1
    aside = _dates_of_events(text, found)
    for position, told in enumerate(found):
        if position == swallowed:
            continue
        expression = looked_back_on(text, told, here or clock.now, out[0].end if out else None)
        if is_birth(text, expression.start) or is_typed(text, expression.start):
            continue
        if expression.kind == "relative" and _repeats(text, out, expression):
            continue
        gone_on = clock.gone_on(expression, past) if here is None else None
        counted, counted_from = (
            (expression, here) if not _in_turn(text, counted, expression) else (expression, counted_from)
        )
        event = when_told(expression) if expression.event and when_told is not None else None
        moment = (
            gone_on
            or _since_it_began(text, out, expression)
            or clock.resolve(
                expression,
                year_lender(text, found, position, out, clock.now),
                counted_from,
                event,
            )
        )
        moment = _by_its_event(text, found, position, clock, moment) or moment
        if _dates_its_event(text, found, position, clock, moment):
            swallowed = position + 1
        if moment is None:
            continue
        absolute = expression.kind == "absolute"
        if (
            is_reference(text, expression, alone=_all_of_specimens(text, found))
            if absolute
            else is_compared_with(text, expression.start)
        ):
            continue
        if isinstance(moment.when, DateInterval) or here is None:
            here = moment.when
        leading = _leads(text, expression, first=not out)
        past_now = moment.when is not None and is_before(moment.when, clock.now)
        out.append(
            Governed(
                expression.start,
                expression.end,
                moment,
                until=expression.until,
                bracketed=expression.bracketed or position in aside,
                absolute=absolute,
                backward=not absolute
                and (gone_on is not None or expression.amount < 0 or _is_before_all(moment.when)),
                leading=leading,
                former=is_of_former_figure(text, expression.start, expression.end, past=past_now),
            )
        )
    return _prefer_dates(text, out)


def _all_of_specimens(text: str, found: Sequence[TimeExpression]) -> bool:
    """Whether a sentence has one time only, or none but those of specimens."""
    return len(found) == 1 or all(is_of_specimen(text, one.start) for one in found)


def _since_it_began(text: str, told: Sequence[Governed], expression: TimeExpression) -> Moment | None:
    """Return a length counted from what the sentence itself has begun: "was started in March, and after two months of".

    What it began is nearer than what the story began before it.
    """
    if expression.kind != "relative" or expression.amount <= 0 or expression.anchor not in _BEGUN_BY:
        return None
    day = next((time for time in reversed(told) if time.absolute and not time.until), None)
    if day is None or not isinstance(day.moment.when, DateInterval) or day.end > expression.start:
        return None
    words = _BEGUN_BY[expression.anchor]
    begun = words.search(text, max(0, day.start - 70), day.start) or words.search(
        text, day.end, expression.start
    )
    if begun is None or _PARTED.search(text, min(begun.start(), day.end), expression.start) is not None:
        return None
    first = (
        1 if expression.counted and expression.unit == "day" else 0
    )  # the first day of a treatment is day 1
    moved = shift(day.moment.when, expression.amount - first, expression.unit)
    return None if moved is None else Moment(moved, "resolved", "counted from what the sentence began")


_SET_OUT = re.compile(
    r"\b(?:start(?:ed|ing)?|beg[au]n|commenced|initiat\w{2,3}|introduced|receiv\w{2,3}|given|treated|administered|took|placed|put"
    r"|on\s\w{4,20}\s(?:from|since))\b",
    re.IGNORECASE,
)
_OPERATED = re.compile(
    r"\b(?:surgery|operat\w{2,3}|resect\w{2,3}|excis\w{2,3}|underwent|\w{3,18}(?:ectomy|plasty|tomy))\b",
    re.IGNORECASE,
)
_BEGUN_BY = dict.fromkeys(("treatment", "start", "course", "follow-up", "mark"), _SET_OUT) | {
    "surgery": _OPERATED
}
"""What begins that from which a length is counted."""
_PARTED = re.compile(r"[.;]\s(?!before|after|at|by|then)|\n")


def time_of_row(lower: str, start: int, clock: Clock) -> list[Governed]:
    """Return the time of a line of a table that begins with the number of a day, or nothing where it is no such line.

    Where the text does not say what its days are counted from, the time is not known.
    """
    row = row_of_days(lower, start)
    if row is None:
        return []
    count, unit, end = row
    if clock.from_first and clock.presented is not None:
        moment = Moment(shift(clock.presented, count, unit), "resolved", "counted from presentation")
    else:
        moment = Moment(None, "inferred", f"{unit} {count} of a table, which says not of what")
    return [Governed(start, end, moment)]


def _by_its_event(
    text: str, found: Sequence[TimeExpression], position: int, clock: Clock, moment: Moment | None
) -> Moment | None:
    """Return when something was that is counted from an event whose own date stands behind it, else None.

    "9 days after the second infusion, given on 28 February"; "one week before the operation, which was on 20 July".
    """
    expression = found[position]
    if expression.kind == "absolute" or expression.amount == 0 or position + 1 == len(found):
        return None
    dated = found[position + 1]
    if dated.kind != "absolute" or dated.start - expression.end > _SAME_STATEMENT:
        return None
    own = _ITS_DATE.fullmatch(text, expression.end, dated.start) is not None
    ahead = (
        moment is None
        and expression.anchor == "surgery"
        and expression.amount < 0
        and _THE_OPERATION.fullmatch(text, expression.end, dated.start) is not None
    )
    told = clock.resolve(dated, period_end(found, position + 1)) if own or ahead else None
    if told is None or not isinstance(told.when, DateInterval) or told.certainty == "inferred":
        return None
    when = shift(told.when, expression.amount, expression.unit)
    return Moment(when, "resolved", "counted from the date told of its event") if when is not None else None


def _dates_its_event(
    text: str, found: Sequence[TimeExpression], position: int, clock: Clock, moment: Moment | None
) -> bool:
    """Whether the date behind a length is that of the event it counts from: "14 months after surgery in April 2020".

    The day that the story knows of the event decides; where it knows none, the date is held for the end of the length.
    """
    expression = found[position]
    if moment is None or expression.kind == "absolute" or position + 1 == len(found):
        return False
    dated = found[position + 1]
    if dated.kind != "absolute" or _OF_THE_EVENT.fullmatch(text, expression.end, dated.start) is None:
        return False
    told = clock.resolve(dated, period_end(found, position + 1))
    event = None if moment.when is None else shift(moment.when, -expression.amount, expression.unit)
    if told is None or not isinstance(told.when, DateInterval) or not isinstance(event, DateInterval):
        return False
    now = moment.when
    return (
        isinstance(now, DateInterval)
        and told.when.compare(event) not in ("before", "after")
        and told.when.compare(now) in ("before", "after")
    )


def _dates_of_events(text: str, found: Sequence[TimeExpression]) -> frozenset[int]:
    """Return which dates tell of the event that a length counts from, the end of the length having its own beside it.

    "In August 2020, three months after surgery on 4 May 2020", "three months after surgery on 4 May 2020, in August".
    """
    aside = set[int]()
    for position in range(len(found) - 1):
        length, dated = found[position : position + 2]
        if length.kind == "absolute" or dated.kind != "absolute":
            continue
        before = found[position - 1] if position else None
        behind = found[position + 2] if position + 2 < len(found) else None
        beside = (
            before is not None
            and before.kind == "absolute"
            and _SET_OFF.fullmatch(text, before.end, length.start)
        ) or (
            behind is not None
            and behind.kind == "absolute"
            and _SET_OFF.fullmatch(text, dated.end, behind.start)
        )
        if beside and _OF_THE_EVENT.fullmatch(text, length.end, dated.start):
            aside.add(position + 1)
    return frozenset(aside)


_SET_OFF = re.compile(
    r",\s(?:(?:i\.?e\.?|that is|namely),?\s)?(?:in\s|on\s|at\s)?"
    r"(?:(?:about|approximately|almost|nearly|only|just|some|more than|less than|exactly)\s){0,2}"
)
_OF_THE_EVENT = re.compile(r"\s(?:(?:on|in|of)\s)?(?:early\s|late\s|mid-?\s?)?")
_SAME_STATEMENT = 100
"""Characters behind a length within which the date of its event stands."""
_ITS_DATE = re.compile(
    r"(?:\s(?:of|with)\s[a-z-]{3,20})?[,\s(]{1,3}(?:which\s(?:was\s|had been\s)?|that\s(?:was\s|had been\s)?|been\s)?"
    r"(?:given|performed|administered|done|started|carried out|received|undertaken|completed|finished|begun|initiated"
    r"|delivered)\s(?:on|in|at)\s(?:the\s)?",
    re.IGNORECASE,
)
"""What stands between an event that is counted from and its own date."""
_THE_OPERATION = re.compile(
    r"(?:[^.;]|\.(?=\d)){0,60}?(?:surgery|operation|resection|excision|[a-z]{3,20}ectomy)\s"
    r"(?:(?:was|took|being|had|been|place|performed|done|carried out|undertaken|scheduled)\s){1,3}(?:on|in)\s",
    re.IGNORECASE,
)
"""The same of an operation that is yet to come: "before the operation, which was performed on 20 July"."""


def _in_turn(text: str, one: TimeExpression | None, other: TimeExpression) -> bool:
    """Whether a length counts from where the one before it did: "after 1 month: 60% less; after 4 months: 1.2 cm"."""
    return (
        one is not None
        and one.kind == other.kind == "relative"
        and (one.anchor, one.unit) == (other.anchor, other.unit)
        and 0 < one.amount < other.amount
        and (
            (one.counted and other.counted)  # "on day 16 a rash appeared and on day 20 ALT was 212 U/L"
            or text[one.start : one.start + 5].lower()
            == text[other.start : other.start + 5].lower()
            == "after"
        )
    )


def _repeats(text: str, told: list[Governed], expression: TimeExpression) -> bool:
    """Whether a length stands right behind a date and says it again: "in May 2020, after three months"."""
    return (
        bool(told)
        and told[-1].absolute
        and _SAYS_AGAIN.fullmatch(text, told[-1].end, expression.start) is not None
    )


def _is_before_all(when: When | None) -> bool:
    """Whether a time lies before the first presentation that the days of a story are counted from."""
    return isinstance(when, Offset) and when.days < 0


def _leads(text: str, expression: TimeExpression, *, first: bool) -> bool:
    """Whether a date in brackets is the time of what the sentence goes on to tell."""
    start, end = expression.start, expression.end
    if first and _ENDS_LINE.match(text, end) and _EXAMINED.search(text, max(0, start - 100), start):
        return True
    if expression.bracketed and (
        _LEADS.search(text, max(0, start - 30), start)
        or _OPENS_CLAUSE.search(text, max(0, start - 70), start)
        or (first and _OPENING.search(text, max(0, start - 70), start))
    ):
        return True
    return (
        first
        and _HEADS.match(text, end) is not None
        and _IN_BRACKETS.search(text, max(0, start - 50), start) is not None
    )


_OPENS_CLAUSE = re.compile(
    r"[,;]\s(?:but|and|then|however,?)\s(?:after|at|following|by|upon)\s[^,.;:()\n]{2,40}\s\($", re.IGNORECASE
)
"""The same, where the phrase opens a later clause: "was begun, but after three cycles (June 2021) there was"."""


def _says_more_closely(text: str, last: Governed, time: Governed) -> bool:
    """Whether a day in brackets is that of the month before them: "In February 2020 (MRI 18.2.20) there was"."""
    one, other = last.moment.when, time.moment.when
    return (
        last.absolute
        and time.absolute
        and isinstance(one, DateInterval)
        and isinstance(other, DateInterval)
        and other.days < one.days
        and one.first <= other.first <= other.last <= one.last
        and _THE_DAY.fullmatch(text, last.end, time.start) is not None
        and text.startswith(")", time.end)
    )


_THE_DAY = re.compile(
    r"\s\((?:(?:PET[-/ ]?)?CT|MRI?|PET|US|scan|report|visit)?\s?(?:(?:of|on|dated|from)\s)?"
)


_UP_TO = re.compile(r"\b(?:until|till)\s(?:the\s|early\s|late\s|end\sof\s|mid-?\s?){0,3}$", re.IGNORECASE)


def _prefer_dates(text: str, times: list[Governed]) -> list[Governed]:
    """Where a date and a relative time stand side by side ("In May 2020, after 3 months"), keep the date."""
    out: list[Governed] = []
    for time in times:
        last = out[-1] if out else None
        if last is not None and _says_more_closely(text, last, time):
            out[-1] = msgspec.structs.replace(last, moment=time.moment)
        if (
            last is None
            or last.absolute == time.absolute
            or not _SAYS_AGAIN.fullmatch(text, last.end, time.start)
        ):
            out.append(time)
        elif time.absolute and _UP_TO.search(text, last.start, time.start):
            out[-1] = msgspec.structs.replace(time, until=True)  # the length ends on that day
        elif time.absolute:
            out[-1] = msgspec.structs.replace(
                time, start=last.start, end=last.end, bracketed=last.bracketed, until=last.until
            )
    return out
