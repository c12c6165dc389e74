"""The beginning and the end of a regimen that only its length or its end tells: "one year of X from May 2018"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.courses import INHERITED, LASTED, forget, treatment_draft
from caseboard.narrative.extract.entries import why_it_ended
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.reckoning import shift
from caseboard.narrative.time_words import MONTH_BEGINS, count_of, unit_of
from caseboard.narrative.view import Governed, View

__all__ = [
    "begun_before",
    "continued_until",
    "ended",
    "had_ended",
    "is_of_the_end",
    "is_since",
    "since_before",
]

_LENGTH = r"(?P<count>\d{1,3}(?:[.,]\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)"
_UNIT = r"(?P<unit>weeks?|months?|years?|yrs?|mos?)\b"
_ABOUT = (
    r"(?:a total of |about |approximately |approx\. |nearly |almost |around |a further |another |~ ?){0,2}"
)
_OF = pattern(
    rf"\b{_LENGTH}[\s-](?:full\s)?{_UNIT}(?:[\s-](?:long\s)?(?:course|period|treatment|therapy))?\s(?:of|with)\s"
    r"(?:adjuvant\s|maintenance\s|palliative\s|oral\s|treatment\swith\s|therapy\swith\s|single-agent\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a regimen: "one year of", "a six-month course of"."""
_BETWEEN = (
    r"(?:was|were|then|and|alone|monotherapy|therapy|treatment|given|administered|started|begun|initiated|commenced"
    r"|taken|received|prescribed|continued"
    r"|as|an?|the|her|his|(?:first|second|third|fourth|\d(?:st|nd|rd|th))[- ]line|salvage|maintenance"
    r"|adjuvantly|orally|daily|weekly|every|weeks?|months?|in|from|since|on|mg|at|a dose of"
    rf"|{MONTH_BEGINS}[a-z]{{0,6}}|\d[\w/.-]{{0,10}})"
)
_FOR = pattern(rf"(?:\s{_BETWEEN}){{0,12}},?\sfor\s{_ABOUT}{_LENGTH}[\s-]{_UNIT}", re.IGNORECASE)
_BRACKETED = pattern(rf"\s\((?:for\s)?{_LENGTH}[\s-]{_UNIT}", re.IGNORECASE)
"""What stands behind it: "for 14 months", "(3 years, from 04/2019)"."""
_GOES_ON = pattern(
    r"\b(?:ha(?:s|ve|d)|is|are|been|still|remain\w{0,3}|continu\w{1,5}|ongoing|plan\w{0,4}|intend\w{0,3}|schedul\w{1,3}"
    r"|to (?:receive|complete|take|be given)|will|should|so far|up to|at least|more than|over|after|every|each)\b",
    re.IGNORECASE,
)
"""What leaves open whether it has ended: "has been on X for 14 months", "for at least a year", "planned for"."""
_GOES_ON_BEHIND = pattern(
    r"\s(?:so far|to date|already|now|and (?:is|continu\w{1,3}|still|counting)"
    r"|(?:and|then|followed by|before)\s[^.;]{0,24}?\d\s?mg"
    r"|on,|on and\b|off\b|every\b|each\b|before\b|ago\b|earlier\b|later\b)",
    re.IGNORECASE,
)
_SHORTEST_WEEKS = 6
"""A length of fewer weeks is that of a cycle."""


def ended(
    view: View, memory: Memory, given: Given, last: Governed | None, moment: Moment, span: tuple[int, int]
) -> Iterator[Draft]:
    """Yield the end of a regimen that is told with its beginning, by a date or by its length."""
    reason = None
    if last is not None:
        end, words = last.moment, (span[0], last.end)
        reason = _why(view, last)
        if not given.supportive:
            forget(memory, given.agents)
    elif (lasted := _end_of_length(view, memory, given, moment)) is not None:
        end, words = lasted  # the story goes on within the time of the treatment, which is not forgotten yet
    elif (until := _until_something(view, given, moment)) is not None:
        end, words = until
        if not given.supportive:
            forget(memory, given.agents)
    else:
        return
    told = (min(span[0], words[0]), max(span[1], words[1]))
    yield treatment_draft(view, given.agents, given.supportive, "stop", told, end, reason=reason)


def _why(view: View, last: Governed) -> str | None:
    """Return why a regimen ended whose period is told, where the same entry of a list labels that behind it."""
    rated = _ENDED_BY.match(view.whole, last.end, view.end)
    if rated is not None and rated.end() == view.end and not view.whole[view.start : last.start].count(";"):
        return rated["why"]
    why = why_it_ended(view)
    if why is None or why[0] < last.end or any(last.end < one.start < why[0] for one in group_agents(view)):
        return None
    return view.whole[slice(*why)].strip()


_ENDED_BY = re.compile(
    r"(?:[^.;\n]|\.(?=\d)){3,90};\s(?:then\s)?(?P<why>PD|progressi(?:on|ve\sdisease))\s?\.?\s{0,3}"
)
"""What closes the entry of a regimen by why it was over: "09/2022-01/2023 pazopanib 600 mg; PD"."""


def continued_until(view: View, given: Given, start: int, high: int) -> tuple[int, int] | None:
    """Return where a regimen that goes on from ``start`` is told to have ended by something, with the time of that."""
    until = None if given.supportive else _UNTIL.match(view.whole, start, high)
    if until is None or view.has(_TO_BE, max(view.start, given.start - 50), until.end()):
        return None
    own = next((time for time in view.times if 0 <= time.start - until.end() <= _NEXT), None)
    return until.start("until"), own.end if own is not None else until.end()


_NEXT = 6
"""Characters between what ended a treatment and its time: "until progression at 15 months"."""


def _until_something(view: View, given: Given, moment: Moment) -> tuple[Moment, tuple[int, int]] | None:
    """Return when a regimen ended that is told to have been given until something came, and where that stands.

    None where it is only to be given so long.
    """
    if given.supportive:
        return None
    until = _UNTIL.match(view.whole, given.dose_end, view.statement(given.start)[1])
    if until is None or view.has(_TO_BE, max(view.start, given.start - 50), until.end()):
        return None
    own = next(
        (time for time in view.times if time.absolute and until.end() <= time.start < until.end() + _SOON),
        None,
    )
    if own is not None:
        return own.moment, (until.start("until"), own.end)
    after = Moment(moment.when, "resolved", AFTER_IT, open=True)
    return after, until.span("until")


_SOON = 50
"""Characters behind what ended a treatment within which its day stands."""
_UNTIL = re.compile(
    r"(?:[^.;()]|\.(?=\d)){0,90}?\b(?P<until>(?:until|till)\s(?:(?:the|his|her|a|an|further|disease|tumou?r"
    r"|radiological|clinical|documented|confirmed|first|second|local|distant|severe|unacceptable|intolerable)\s){0,4}"
    r"(?:progress\w{3,5}|relapse\w?|recurr\w{3,5}|toxicit\w{1,3}|intoleran\w{2}|death"
    r"|(?:patient|s?he)\s(?:could|was|had|did|no longer|refused|declined|became|progressed|relapsed|stopped"
    r"|developed)))\b"
    r"(?!\s(?:or|and/or)\b)(?!\sof\s(?:symptoms|toxicity))",
    re.IGNORECASE,
)
"""What ended a treatment: "given until progression in May"; "until progression or toxicity" is how it is meant."""
_TO_BE = pattern(
    r"\b(?:to be|to continue|plan\w{0,4}|will|would|should|intend\w{0,3}|aim\w{0,3}|propos\w{2,3}|schedul\w{2,3})\b",
    re.IGNORECASE,
)
"""What makes an "until" one that is only meant: "to be given until progression"."""


def _end_of_length(
    view: View, memory: Memory, given: Given, moment: Moment
) -> tuple[Moment, tuple[int, int]] | None:
    """Return when a regimen that began on a day of its own ended by the length told with it, and where that stands.

    None where it goes on, or where a letter was written before that day.
    """
    when = moment.when
    if given.supportive or not isinstance(when, DateInterval) or moment.open or moment.why == INHERITED:
        return None
    low, _ = view.statement(given.start)
    length = view.has(_OF, max(low, given.start - 70), given.start)
    if length is None:
        for form in (_FOR, _BRACKETED):
            length = length or form.match(view.whole, given.dose_end, view.end)
    if length is None or view.has(_GOES_ON, low, given.start):
        return None
    if _GOES_ON_BEHIND.match(view.whole, length.end(), view.end):
        return None
    count, unit = count_of(length["count"].lower()), unit_of(length["unit"].lower())
    if not count or (unit == "week" and count < _SHORTEST_WEEKS):
        return None
    end, written = shift(when, count, unit), memory.clock.anchors.get("written")
    if not isinstance(end, DateInterval):
        return None
    if isinstance(written, DateInterval) and end.compare(written) != "before":
        return None
    return Moment(end, "inferred", LASTED), length.span()


def had_ended(memory: Memory, agents: tuple[str, ...], now: Moment) -> bool:
    """Whether a regimen had ended before a day by the length that was told of it."""
    ends = [
        draft.moment
        for draft in memory.courses.get(("stop", agents), ())
        if draft.moment.why in (LASTED, AFTER_IT)
    ]
    if not ends or not isinstance(ends[-1].when, DateInterval) or not isinstance(now.when, DateInterval):
        return False
    return ends[-1].when.compare(now.when) == "before"


def begun_before(moment: Moment, end: Moment) -> Moment:
    """Return when a regimen began of which only the end has a date: not on the last day told, nor on any known one."""
    if moment.why != INHERITED or end.when is None:
        return moment
    return Moment(None, "inferred", f"given until {end.when}; its beginning is not told")


def is_of_the_end(
    view: View, given: Given, trigger: tuple[int, int], ended: Governed | None, moment: Moment
) -> bool:
    """Whether the time told of a regimen is that of its end: "completed adjuvant capecitabine in March"."""
    if ended is not None:
        return ended.moment == moment
    governed = view.governing(given.start, given.end)
    completed = _COMPLETED.match(view.whole, trigger[0], trigger[1]) is not None
    return completed and governed is not None and trigger[1] <= given.start < governed.start


_COMPLETED = pattern(r"complet|finish", re.IGNORECASE)


def is_since(view: View, given: Given, stop: tuple[int, int]) -> tuple[int, int] | None:
    """Return where a note tells the beginning of a regimen before its end: "letrozole since 12/19, stopped"."""
    told = given.dose_end if given.dose_end <= stop[0] else given.end  # a dose behind the verb is the new one
    for time in view.times:
        if (
            time.absolute
            and told < time.start
            and time.end <= stop[0]
            and (
                _SINCE.fullmatch(view.whole[told : time.start])
                or (
                    _IN.fullmatch(view.whole, told, time.start)
                    and _THEN_ENDED.fullmatch(view.whole, time.end, stop[0])
                )
            )
        ):
            return given.start, time.end
    return None


def since_before(view: View, given: Given) -> Governed | None:
    """Return the day from which a regimen was given that a note tells before its name: "(since) 12/2020 letrozole"."""
    return next(
        (
            time
            for time in view.times
            if time.absolute
            and time.end < given.start
            and _THEN_ON.fullmatch(view.whole, time.end, given.start)
            and (
                _SINCE_BEFORE.search(view.whole, max(view.start, time.start - 7), time.start)
                or view.whole[view.start : time.start].strip(" \t-•*") == ""
            )
        ),
        None,
    )


_THEN_ON = re.compile(
    r":?,?\s(?:(?:s?he|the\spatient|they)\s(?:has|had|was|is)\s(?:now\s|also\s)?(?:been\s)?"
    r"(?:(?:treated|managed|maintained)\swith\s|(?:had|received|taken|given|got|receiving|taking|having)\s)?)?"
    r"(?:on\s|treatment with\s|therapy with\s|combination\s|adjuvant\s|palliative\s)?"
)
_SINCE_BEFORE = re.compile(r"\b(?:since|from|as of)\s$", re.IGNORECASE)
_IN = re.compile(r"\s(?:(?:in|on)\s)?")
_THEN_ENDED = re.compile(r"(?:,|;|,?\sand|\s[-–])\s(?:(?:it|which|was|had|then|been)\s){0,3}")
"""What stands between the beginning of a regimen and its end: "paclitaxel in March 2022, stopped in September"."""
_SINCE = pattern(
    r"(?:\s\(?(?:x\s?\d{1,2}|\d{1,2}\s?(?:x|#|cycles?|courses?))\)?)?,?\s\(?(?:since|from|as\sof)\s",
    re.IGNORECASE,
)
