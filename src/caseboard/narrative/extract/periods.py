"""The period told with a regimen: "between July and December 2012", "2009-2014", "until October 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.patterns import pattern
from caseboard.narrative.reckoning import shift
from caseboard.narrative.time_words import count_of, unit_of
from caseboard.narrative.view import Governed, View

__all__ = [
    "HAD",
    "day_of_entry",
    "end_of",
    "end_of_treatment",
    "going_on_since",
    "over_before",
    "period_of",
    "periods",
]


def period_of(view: View, given: Given) -> tuple[Governed | None, Governed | None]:
    """Return beginning and end of a period told with a regimen: "between July and December 2012", "2009-2014"."""
    if going_on_since(view, given) is not None or _OF_ITS_EFFECT.search(
        view.whole, max(view.start, given.start - 40), given.start
    ):
        return None, None
    told = [
        period
        for period in periods(view)
        if not (
            _of_procedure(view, given, period[0])
            or _of_a_stay(view, period[0])
            or _of_a_pause(view, period[0])
        )
    ]
    behind = next(
        (
            (one, other)
            for one, other in told
            if given.end <= one.start < min(view.end, given.dose_end + 120)
            and not _of_the_next(view, given, one)
        ),
        None,
    )
    leading = next((period for period in told if _leads(view, given, *period)), None)
    if behind is not None and (
        leading is None or _RIGHT_BEHIND.fullmatch(view.whole, given.dose_end, behind[0].start)
    ):
        return behind
    if leading is not None:
        return leading
    if _is_since_a_day(view, given):
        return None, _given_until(view, given)
    for one, other in told:
        if (
            other.end <= given.start
            and _PERIOD_THEN.fullmatch(view.whole[other.end : given.start])
            and not _of_the_one_before(view, one)
        ):
            return one, other
    return None, _given_until(view, given)


_OF_ITS_EFFECT = re.compile(
    r"\b(?:respon\w{2,6}|remission|resistan\w{2,4}|refractory|sensitiv\w{1,5}|intoleran\w{2,3}|allerg\w{1,3})\s(?:to|on|with)"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
"""What makes a period one of what a drug did, not of its being given: "response to X on 3 May, maintained until"."""


def _of_a_pause(view: View, begun: Governed) -> bool:
    """Whether a period is one in which a treatment was left out: "paused from February to April 2024"."""
    return _PAUSED.search(view.whole, max(view.start, begun.start - 40), begun.start) is not None


_PAUSED = re.compile(
    r"\b(?:paus(?:ed?|ing)|break|interrupt(?:ed|ion)|held|withheld|on\shold|suspen(?:ded|sion)|off\s(?:treatment|therapy"
    r"|drug))\s?:?\s?(?:\(?(?:from|between|in|of)\s)?$",
    re.IGNORECASE,
)


def _of_a_stay(view: View, begun: Governed) -> bool:
    """Whether a period is that of a stay in hospital: "admitted 27-30 March, pegfilgrastim added"."""
    return _STAYED.search(view.whole, max(view.start, begun.start - 40), begun.start) is not None


_STAYED = re.compile(
    r"\b(?:admitted|admission|hospitali[sz](?:ed|ation)|in-?patient|in hospital|stay(?:ed)?|ITU|ICU)\b[^.;,:]{0,30}$",
    re.IGNORECASE,
)
_RIGHT_BEHIND = re.compile(
    r"\s?(?:\s(?:was|were)\s(?:[a-z]{3,14}ly\s)?(?:given|administered|used)\s)?\(?(?:from|between)?\s?",
    re.IGNORECASE,
)
"""What stands between a regimen and its own period: "pazopanib (06/2020-03/2021)", "was given from June to March"."""


def going_on_since(view: View, given: Given) -> Governed | None:
    """Return the beginning of a period told with a regimen that is not over: "trabectedin 04/2021 - ongoing"."""
    for time in view.times:
        open_end = _NOT_OVER.match(view.whole, time.end, view.end) if time.absolute else None
        if open_end is None:
            continue
        behind = time.start >= given.dose_end and _BEFORE_IT.fullmatch(view.whole, given.dose_end, time.start)
        if behind or (
            open_end.end() <= given.start and _IT.fullmatch(view.whole, open_end.end(), given.start)
        ):
            return time
    return None


_NOT_OVER = re.compile(
    r"\s?(?:-|–|to|until|till|→)\s?(?:ongoing|present|(?:to\s)?date|now|current(?:ly)?|today|continu(?:ing|es|ed)|cont\.|laufend)\b",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(r"\s?[:,(–-]?\s?(?:(?:from|since)\s)?", re.IGNORECASE)
_IT = re.compile(r"\)?\s?:?\s?")


def _leads(view: View, given: Given, begun: Governed, over: Governed) -> bool:
    """Whether a period opens the statement of a regimen: "from January to May doxorubicin was administered"."""
    if over.end > given.start or not _LEADS_TO.fullmatch(view.whole, over.end, given.start):
        return False
    opened = _PREPOSITION.search(view.whole, max(view.start, begun.start - 8), begun.start)
    first = begun.start if opened is None else opened.start()
    lead = view.whole[max(view.start, first - 6) : first]
    return (
        not lead
        or _OPENS.search(lead) is not None
        or (opened is not None and _COMMA.search(lead) is not None)
    )


_LEADS_TO = re.compile(
    r"(?:,?\s(?:(?:s?he|we|the patient)\s)?(?:(?:was|were|had been|has been)\s)?(?:then\s)?"
    r"(?:(?:treated|managed|given|received|took|had|put|started)\s)?(?:(?:with|on|by)\s)?|\s?:\s)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"(?:from|between)\s$", re.IGNORECASE)
_OPENS = re.compile(r"[.;:\n]\s{0,3}$")
_COMMA = re.compile(r",\s(?:and\s)?$")


def _is_since_a_day(view: View, given: Given) -> bool:
    """Whether a regimen is told to be given since a day: "trabectedin since 04/2021"."""
    own = next((t for t in view.times if t.absolute and not t.until and t.start >= given.dose_end), None)
    return own is not None and _SINCE.fullmatch(view.whole, given.dose_end, own.start) is not None


_SINCE = re.compile(r"\s\(?(?:since|from|as of)\s(?:on\s|in\s)?", re.IGNORECASE)


def _of_the_one_before(view: View, begun: Governed) -> bool:
    """Whether a period is tied to the regimen before it: "doxorubicin was given from January to May, pazopanib"."""
    before = [group for group in group_agents(view) if group.end <= begun.start]
    return bool(before) and _TIED.fullmatch(view.whole, before[-1].dose_end, begun.start) is not None


_TIED = re.compile(
    r"(?:\s(?:was|were|had been)\s(?:[a-z]{3,14}ly\s)?(?:given|administered|used|continued|received))?"
    r"\s(?:from|between)\s"
)


def over_before(view: View, given: Given, governed: Governed) -> Governed | None:
    """Return the end of the period of the regimen before, where its beginning is the last time told before this one."""
    for one, other in periods(view):
        if governed in (one, other) and other.end <= given.start and _of_the_one_before(view, one):
            return other
    return None


def periods(view: View) -> Iterator[tuple[Governed, Governed]]:
    """Yield beginning and end of each period that a sentence tells."""
    for one, other in pairwise(_apart(view.times)):
        if other.until and not one.until and _TO.fullmatch(view.whole, one.end, other.start):
            yield one, other


def _apart(times: Sequence[Governed]) -> list[Governed]:
    """Return the times that do not begin within another: "August 2019-January 2020" holds no "2019-January"."""
    out: list[Governed] = []
    for time in times:
        if not out or time.start >= out[-1].end:
            out.append(time)
    return out


def end_of(view: View, time: Governed) -> Governed:
    """Return the end of the period that a time begins, or the time itself."""
    return next((other for one, other in periods(view) if one is time), time)


def _of_procedure(view: View, given: Given, begun: Governed) -> bool:
    """Whether a period is that of a procedure: "dexamethasone was given, and radiotherapy from 3 to 9 May"."""
    for one in view.of("procedure"):
        if given.dose_end <= one.start < begun.start:
            return view.has(_NEXT_SUBJECT, given.dose_end, one.start) is not None
        if given.supportive and one.end <= begun.start and begun.end <= given.start:
            return True
    return False


def _of_the_next(view: View, given: Given, begun: Governed) -> bool:
    """Whether a period behind a regimen is that of the next one, with which it stands in no list."""
    following = next((other for other in group_agents(view) if other.start >= given.end), None)
    if following is None or following.start >= begun.start:
        return False
    if day_of_entry(view, given) is not None:
        return True
    return _LISTED.fullmatch(view.whole[max(given.end, given.dose_end) : following.start]) is None


def day_of_entry(view: View, given: Given) -> Governed | None:
    """Return the day that heads the entry of which a regimen is the first word: "July 2021: doxorubicin, then X"."""
    return next(
        (
            time
            for time in view.times
            if time.absolute
            and not (time.until or time.bracketed)
            and _ENTRY.fullmatch(view.whole, time.end, given.start) is not None
            and _HEADS.fullmatch(view.whole, max(view.start, time.start - 4), time.start) is not None
        ),
        None,
    )


_ENTRY = re.compile(r"\s?:\s{1,3}(?:[Ss]tart(?:ed)?\s|[Bb]egan\s|of\s|oral\s){0,2}")
_HEADS = re.compile(r"(?:.{0,3}[.;\n•*-])?\s{0,3}(?:[Ii]n\s|[Oo]n\s)?", re.DOTALL)
_LISTED = pattern(
    r"[\s)]{0,2}(?:,|and|, and|,? then|plus|[&+/]|as well as|followed by|without)\s?"
    r"(?:(?!(?:having|switched|changed|replaced|substituted|converted|exchanged)\b)[a-z-]{2,14}\s){0,2}",
    re.IGNORECASE,
)
_NEXT_SUBJECT = pattern(r",\s(?:and|while|but)\s|;\s")
_TO = re.compile(r"\s{0,2}(?:-{0,2}>|→|=>|-|–|to|and|until|till|through|up to)\s{0,2}")
_PERIOD_THEN = pattern(
    r"(?:[\s:,;–-]{0,3}|[ \t]{4,40})(?:(?:\d{1,2}\s?[x#]?|x\s?\d|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|cycles?|courses?|of|with|chemotherapy|therapy"
    r"|treatment|by|post-?operative|pre-?operative|adjuvant|neo-?adjuvant|maintenance"
    r"|lymphodeplet(?:ion|ing)|conditioning|bridging|monotherapy|combination|chemo|immunotherapy|infusions?|po|sc"
    r"|neo-?adj|adj|weekly|metronomic|high-dose|low-dose|salvage|definitive|1st line|2nd line|3rd line|[1-4]L|line"
    r"|palliative|induction|consolidation|first-line|second-line|third-line|oral|iv|received"
    r"|given|he|she|was)[\s:,]{0,2}){0,8}",
    re.IGNORECASE,
)
_UNTIL_THEN = pattern(r"(?:[^;.]|\.(?=\d)){0,80}")


def _given_until(view: View, given: Given) -> Governed | None:
    """Return the date up to which a regimen was given: "was given for six cycles until October 2022"."""
    low, high = view.statement(given.start)
    resumed = {other.start for one, other in periods(view) if _of_a_pause(view, one)}
    for time in view.times:
        if not (time.until and time.absolute) or time.start in resumed or _of_the_next(view, given, time):
            continue
        if _COUNTED.fullmatch(view.whole, given.dose_end, time.start):
            return time
        if (
            given.dose_end <= time.start < given.dose_end + _NEAR_BRACKETS
            and _IN_BRACKETS.fullmatch(view.whole, given.dose_end, time.start) is not None
            and view.within(_GIVEN, view.whole[low : time.start])
        ):
            return time
        had = view.has(HAD, max(low, given.start - 40), given.start) is not None
        if given.dose_end <= time.start < high and (had or view.within(_GIVEN, view.whole[low : time.start])):
            between = view.whole[given.dose_end : time.start]
            if _UNTIL_THEN.fullmatch(between) and not view.within(_OTHER_MATTER, between):
                return time
    return None


_COUNTED = re.compile(r"\s(?:x\s?\d{1,2}|\d{1,2}\s?x)\s?\(?(?:until|till|up to)\s")
_NEAR_BRACKETS = 90
_IN_BRACKETS = re.compile(
    r"[^.;(),]{0,50}\s\((?:[^().;]{0,20},\s)?(?:until|till|up\sto)\s(?:the\s)?(?:end\sof\s)?", re.IGNORECASE
)
"""What stands between a regimen and the day in brackets up to which it was given: "for three years (until May"."""
_GIVEN = pattern(
    r"\b(?:given|gave|received|took|taken|treated|administered|begun|started|initiated|cycles?|courses?|therapy"
    r"|tapered)\b",
    re.IGNORECASE,
)
HAD = pattern(
    r"\b(?:had|has had|got|having had)\s(?:(?:adjuvant|neo-?adjuvant|palliative|induction|first-line|second-line"
    r"|third-line"
    r"|weekly|prior|previous|systemic|\d{1,2}|two|three|four|six|cycles|courses|of)\s){0,4}$",
    re.IGNORECASE,
)
"""What tells that a regimen was had: "she had four cycles of VAC in May 2020"."""
_OTHER_MATTER = pattern(
    r"\b(?:response|disease|remission|stable|progress\w{0,4}|mass|tumou?r|lesions?|discharged)\b",
    re.IGNORECASE,
)


def end_of_treatment(view: View, begun: Governed | None, start: int) -> Moment | None:
    """Return the end of a treatment told before what came of it: "given from June for five months, but the mass grew".

    ``begun`` is its first day, ``start`` where that stands.
    """
    if (
        begun is None
        or begun.end > start
        or not _FROM_DAY.search(view.whole, max(view.start, begun.start - 12), begun.start)
    ):
        return None
    for time in view.times:
        if time.until and begun.end <= time.start and time.end <= start:
            return time.moment
    lasted = _FOR_SO_LONG.match(view.whole, begun.end, start)
    if lasted is None or begun.moment.when is None:
        return None
    count = count_of(lasted["count"].lower())
    when = shift(begun.moment.when, count, unit_of(lasted["unit"].lower())) if count else None
    return Moment(when, "resolved", "the end of the treatment that it follows") if when is not None else None


_FROM_DAY = re.compile(r"\b(?:from|since|between)\s$", re.IGNORECASE)
_FOR_SO_LONG = pattern(
    r"\s?(?:onwards?\s)?for\s(?:about |approximately |nearly |a total of )?(?P<count>[\w.]{1,10})[\s-]"
    r"(?P<unit>days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
