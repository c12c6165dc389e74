"""When what a sentence tells of a regimen happened, where several drugs and dates stand in it."""

from __future__ import annotations

import re

from caseboard.case.dates import DateInterval, When
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.conditioning import when_conditioned
from caseboard.narrative.extract.courses import AFTER_COLON, INHERITED, RESUME, time_after
from caseboard.narrative.extract.only_named import FAILED_ON
from caseboard.narrative.extract.periods import day_of_entry, going_on_since, over_before
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.past_tumors import treated_before
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["after_its_start", "before_resumption", "begun_behind", "given_next", "moment_of"]


def after_its_start(view: View, start: int) -> Moment | None:
    """Return the time of what follows the day on which a drug was begun: "started on 11 May, reduced for nausea"."""
    begun = view.governing(start, start + 1)
    if begun is None or not begun.absolute or begun.until or begun.end > start:
        return None
    if _BEGUN_ON.search(view.whole, max(view.start, begun.start - 24), begun.start) is None:
        return None
    drug = any(mention.end <= begun.start for mention in view.of("drug", "regimen"))
    return Moment(begun.moment.when, "resolved", AFTER_IT, open=True) if drug else None


_BEGUN_ON = re.compile(r"\b(?:started|begun|began|commenced|initiated)(?:\son|\sin)?\s$", re.IGNORECASE)


def moment_of(view: View, given: Given, after: int) -> Moment:
    """Return when a sentence tells of a regimen; what follows another one came after the time that is told of that."""
    governed = _of_its_day(view, given)
    moment = governed.moment if governed else view.inherited or Moment(None)
    dated = (
        _of_what_it_answers(view, given)
        or _of_its_entry(view, given)
        or (given_next(view, given) if view.right_behind(given.dose_end) is None else None)
        or _in_its_turn(view, given)
        or _of_what_came_later(view, given, governed)
        or _by_its_date(view, given, governed)
        or _begun_then(view, given, moment)
    )
    if dated is not None:
        return dated
    if moment.why == INHERITED and (
        view.has(_FORMERLY, max(view.start, given.start - 160), given.start)
        or view.has(_AFTER_ITS_END, max(view.start, given.start - 80), given.start)
        or view.has(_AFTER_SO_MANY, max(view.start, given.start - 60), given.start)
        or treated_before(view, given.start)
    ):
        return Moment(None)
    for time in view.times:
        if (
            time.bracketed
            and _PLUS.fullmatch(view.whole[time.end : given.start])
            and view.has(_FROM_CYCLE, max(view.start, time.start - 24), time.start)
        ):
            return time.moment
        if time.bracketed and governed is None and _ON.fullmatch(view.whole[time.end : given.start]):
            return time.moment
    apart = view.has(_APART, max(given.end, after - 34), after) is not None
    own_brackets = governed is not None and view.whole[given.dose_end : governed.start].strip() in ("(", "[")
    if governed is not None and governed.start >= after and apart and not (governed.leading or own_brackets):
        own = [time for time in view.times if time.end <= given.start and not (time.until or time.bracketed)]
        return own[-1].moment if own else view.inherited or Moment(None)
    if (
        governed is not None
        and governed.start > given.dose_end
        and AFTER_COLON.search(view.whole, given.dose_end, governed.start)
    ):
        return view.inherited or Moment(None)
    if governed is None and moment.why == INHERITED:
        told = [time for time in view.times if time.end <= given.start]
        if told and _THEN_GIVEN.fullmatch(view.whole, told[-1].end, given.start):
            return Moment(told[-1].moment.when, "resolved", AFTER_IT, open=True)
    if governed is None or governed.end > given.start:
        return moment
    if view.has(_FOLLOWED, governed.end, given.start) is None:
        return moment
    return Moment(moment.when, "resolved", AFTER_IT, open=True)


_LATER_CYCLE = re.compile(
    r"\b(?<!from )(?<!with )(?<!at )(?<!for )(?:cycle|course|C)\s?(?:no\.?\s?|#)?(?!1\b)\d{1,2}\s(?:(?:is|was)\s)?"
    r"(?:due|given|today|on|administered|started)\b[^.;]{0,12}$",
    re.IGNORECASE,
)
"""What makes a day that of a later cycle, and not of the start: "larotrectinib 100 mg, cycle 16 due today"."""


def _of_its_entry(view: View, given: Given) -> Moment | None:
    """Return the day that heads an entry, for the regimen it opens with, if that has no day of its own."""
    day = day_of_entry(view, given)
    own = view.right_behind(given.dose_end)
    return day.moment if day is not None and own is None else None


def _of_its_day(view: View, given: Given) -> Governed | None:
    """Return the time that governs a regimen, unless it only tells for how long that was given."""
    governed = view.governing(given.start, given.dose_end)
    if governed is not None and governed.former:  # "increased from 400 mg in October to 600 mg in January"
        others = [time for time in view.times if time.absolute and not (time.until or time.former)]
        return next((time for time in others if time.start > governed.end), others[-1] if others else None)
    if governed is None or governed.start < given.dose_end:
        return governed
    return None if _PERIOD.match(view.whole, governed.start) else governed


def _begun_then(view: View, given: Given, moment: Moment) -> Moment | None:
    """Return when a drug was begun that could be had, as told behind it: "and he was started on it on 3 May"."""
    begun = _AND_THEN_BEGUN.match(view.whole, given.end, view.end) if moment.why == INHERITED else None
    if begun is None:
        return None
    later = time_after(view, begun.end(), view.end)
    return later.moment if later is not None and later.absolute and not later.until else Moment(None)


def _by_its_date(view: View, given: Given, governed: Governed | None) -> Moment | None:
    """Return when a regimen was begun by the date behind it: its own one, or that of what came after it."""
    if (before_cells := when_conditioned(view, given)) is not None:
        return before_cells
    if FAILED_ON.search(view.whole, max(view.start, given.start - 40), given.start):
        return Moment(None)  # the day behind it is that of the progression
    if governed is not None and governed.absolute and governed.start >= given.dose_end:
        if _FROM_ITS_DAY.fullmatch(view.whole, given.dose_end, governed.start):
            return governed.moment
        before = view.has(_AFTER_SO_MANY, max(view.start, given.start - 60), given.start)
        if before is not None or _BEFORE_SURGERY.search(view.whole, given.dose_end, governed.start):
            return Moment(None)  # the date is that of what came after it
    elif (
        governed is not None
        and governed.absolute
        and (after := view.has(_AFTER_SO_MANY, max(view.start, given.start - 60), given.start)) is not None
        and governed.end <= after.start()
    ):
        return Moment(None)  # the day before it is that of what came after it
    elif governed is not None and _is_of_relapse(view, given, governed):
        return _from_relapse(governed.moment.when)
    if (begun := going_on_since(view, given)) is not None:
        return begun.moment
    own = next((t for t in view.times if t.absolute and not t.until and t.start >= given.dose_end), None)
    if own is not None and (
        _FROM_ITS_DAY.fullmatch(view.whole, given.dose_end, own.start)
        or _SCHEDULED_FROM.fullmatch(view.whole, given.dose_end, own.start)
    ):
        return own.moment
    if governed is not None and (over := over_before(view, given, governed)) is not None:
        return Moment(over.moment.when, "resolved", AFTER_IT, open=True)
    if own is not None and _LETTERS_THEN.fullmatch(view.whole, given.dose_end, own.start):
        return own.moment
    return None


def _in_its_turn(view: View, given: Given) -> Moment | None:
    """Return the date before a regimen where the one behind it opens the next: "from May X, from June Y"."""
    behind = next((time for time in view.times if time.absolute and time.start >= given.dose_end), None)
    before = [time for time in view.times if time.absolute and not time.until and time.end <= given.start]
    if behind is None or not before or not view.whole.startswith(",", given.dose_end, behind.start):
        return None
    opens = any(0 < drug.start - behind.end <= len("  ") for drug in view.of("drug", "regimen"))
    return before[-1].moment if opens else None


def _is_of_relapse(view: View, given: Given, time: Governed) -> bool:
    """Whether a day before a regimen is that of the relapse that was treated: "First relapse November 2021: X"."""
    return (
        time.end <= given.start
        and _HEADS_TREATMENT.fullmatch(view.whole, time.end, given.start) is not None
        and _OF_RELAPSE.search(view.whole, max(view.start, time.start - 50), time.start) is not None
    )


def _from_relapse(relapsed: When | None) -> Moment:
    """Return when the treatment of a relapse began: not before it, and where a note gives the month, then."""
    if isinstance(relapsed, DateInterval) and relapsed.days > 1:
        return Moment(relapsed, "inferred", "the time of the relapse that it treats")
    return Moment(relapsed, "resolved", AFTER_IT, open=True)


def _of_what_came_later(view: View, given: Given, governed: Governed | None) -> Moment | None:
    """Return that a regimen has no day where the one told is of a later cycle or of progression; None where not."""
    if governed is None or given.supportive or governed.start < given.dose_end:
        return None
    between = (max(given.dose_end, governed.start - _LONGEST_LATER), governed.start)
    later = _LATER_CYCLE.search(view.whole, *between) or _PROGRESSED.search(view.whole, *between)
    return Moment(None) if later is not None else None


_LONGEST_LATER = 100
"""Characters before a day within which it is told of what it is."""
_PROGRESSED = re.compile(
    r"\b(?:until|till|before|then|and|but|,\swith|followed\sby)\s(?:[a-z-]{2,16}\s){0,4}?(?:progress|relaps|recurr)[a-z]{2,6}\s"
    r"(?:(?:was|were)\s[a-z]{3,12}\s)?(?:in|on|by)\s(?:early\s|late\s|mid-?\s?)?$",
    re.IGNORECASE,
)
"""What makes a day that of the progression: "was given with a partial response until progression in October"."""


_AND_THEN_BEGUN = re.compile(
    r"(?:[^.;]|\.(?=\d)){0,110}?\b(?:and|which|that)\s(?:s?he|the patient|this)\s(?:(?:was|then|had|has|been)\s){0,3}"
    r"(?:started|begun|began|commenced|received|took)\b",
    re.IGNORECASE,
)
"""What tells behind a drug that could be had, or was proposed, that it was begun then."""
_PERIOD = re.compile(r"for\s[^.;,]{1,24}\suntil\b", re.IGNORECASE)
"""What tells how long a regimen was given, and so when it ended: "for 6 months until she could bear it no more"."""
_BEFORE_SURGERY = re.compile(
    r"\b(?:before|prior to|ahead of|until)\s(?:the\s|an?\s|her\s|his\s)?(?:[a-z-]{3,16}\s){0,2}"
    r"(?:surgery|operation|resection|excision|transplantation|[a-z]{3,20}ectomy)\s(?:was\s[a-z]{4,10}\s)?(?:in|on)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""What makes a date that of the operation which came after a drug: "for six months before gastrectomy in October"."""
_AFTER_SO_MANY = pattern(
    r"\b(?:after|following)\s(?:having\s|she had\s|he had\s)?(?:received|receiving|taken|taking|been on"
    r"|been treated with|treatment with)\s(?:[a-z-]{3,16}\s){0,2}$"
    r"|\b(?:after|following|upon)\s(?:(?:completion|a\stotal|the\send)\sof\s)?(?:\d{1,2}|one|two|three|four|five|six"
    r"|eight)\s"
    r"(?:cycles?|courses?|doses?|months|weeks)\sof\s(?:[a-z-]{3,16}\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a regimen after which something else was done: "After 3 cycles of X a cystectomy on 4 May"."""
_FROM_ITS_DAY = re.compile(
    r"(?:\s\([^()]{1,40}\))?,?\s(?:starting\s|beginning\s|begun\s|started\s)?(?:from|since|as of)\s(?:on\s|in\s)?"
)
"""What ties a regimen to the day of its beginning, whatever came after it."""
_SCHEDULED_FROM = re.compile(
    r"(?:,\s?d\s?\d[\d,\s–-]{0,12})?\)?(?:,\s(?:q\s?\d{1,2}\s?(?:d|w|days?|weeks?)|every\s[\w-]{1,6}\s(?:days?|weeks?)"
    r"|once\s[\w-]{3,9}|(?:bi|tri)?weekly|daily|d\d[\d,–-]{0,8})){1,2},?\s(?:(?:starting|beginning|begun|started)\s)?"
    r"(?:from|since|as of)\s(?:on\s|in\s)?",
    re.IGNORECASE,
)
"""How often a regimen is given, between it and the day since which it is: "(75 mg/m2, d1), q21d, from March 24"."""
_LETTERS_THEN = re.compile(r"\s?\([A-Za-z+/-]{1,12}\)\s(?:in|on|from|since)\s")
"""The letters for a regimen between it and its date: "doxorubicin plus ifosfamide (AI) in 2021"."""


def before_resumption(view: View, stop: int, moment: Moment) -> Moment:
    """Return when a stop was whose time may be that of the resumption behind it: "paused and resumed on 3 March"."""
    again = view.has(RESUME, stop, min(view.end, stop + 60))
    governed = next((time for time in view.times if time.moment == moment), None)
    if again is None or governed is None:
        return moment
    of_the_next = governed.start >= again.end() or (
        _AND_AT.fullmatch(view.whole, stop, governed.start) is not None
        and _AT_ONCE.fullmatch(view.whole, governed.end, again.start()) is not None
    )
    if not of_the_next:
        return moment
    before = [time for time in view.times if time.end <= stop and not time.until]
    return before[-1].moment if before else view.inherited or Moment(None)


_AND_AT = re.compile(r"\s?(?:,\s)?(?:and|but|then|and then),?\s(?:after\s|on\s|in\s)?")
_AT_ONCE = re.compile(r",?\s(?:(?:it|the drug|treatment)\s)?(?:(?:was|were)\s)?")
"""What ties a time between a stop and a resumption to the latter: "withheld and, ten days after that, resumed"."""


def begun_behind(view: View, given: Given) -> Moment | None:
    """Return when a regimen began that a clause behind its name tells: "X, which she had been taking since June"."""
    if not view.may(_HAD_BEGUN):
        return None
    groups = group_agents(view)
    for at, named in enumerate(groups):
        high = view.statement(named.start)[1]
        following = groups[at + 1].start if at + 1 < len(groups) else high
        told = view.has(_HAD_BEGUN, named.end, min(high, named.dose_end + 120, max(named.end, following)))
        if named.agents == given.agents and told is not None:
            time = time_after(view, told.end(), high)
            if time is not None and time.absolute and not time.until:
                return time.moment
    return None


_HAD_BEGUN = pattern(
    r"\b(?<!after )(?<!before )(?<!during )(?<!upon )(?:which|that|having)\s"
    r"(?:(?:s?he|the patient|m(?:r|rs|s)\.?\s[A-Z][\w'’-]{0,20}\.?|had|was|were|been|has"
    r"|first|initially|originally|already)\s){1,4}"
    r"(?:started|begun|initiated|commenced|introduced|receiving|taking|given|received|taken|on)\b"
    r"|,\s(?:which|that)\s(?:began|started|commenced)\b"
    r"|\b(?:and|but)\s(?:s?he|the patient|we)\s(?:finally\s|then\s|eventually\s|only\s|actually\s)?"
    r"(?:started|began|commenced)\s(?:it|this|them|treatment|taking it|the (?:drug|tablets))\b"
    r"|\bthe\sfirst\s(?:dose|tablet|capsule|infusion|cycle)\s(?:(?:was|were|being)\s)?(?:taken|given|administered"
    r"|received)\b",
    re.IGNORECASE,
)
_FROM_CYCLE = pattern(
    r"\b(?:from|since|at|with)\s(?:the\s)?(?:cycle|course|dose|week|C)\s?\d{1,2}\s\($", re.IGNORECASE
)
_FORMERLY = pattern(
    r"\b(?:previous|prior|earlier|past)\s(?:[a-z]{4,12}\s){0,2}(?:treatments?|therap(?:y|ies)|lines)\s(?:[^.;]"
    r"|\.(?=\d)){0,120}$",
    re.IGNORECASE,
)
"""What lists treatments of an earlier, unknown time: "her previous treatments included"."""
_AFTER_ITS_END = pattern(
    r"\b(?:following|after|since|on|upon)\s(?:the\s|his\s|her\s)?(?:completion|end|conclusion)\sof\s[^.;,]{0,60}$",
    re.IGNORECASE,
)
"""What tells that a regimen was over on the day of the story: "reviewed following completion of 4 cycles of"."""
_ON = pattern(r"\)\son\s")
"""What ties a drug to the bracketed date of what it is given for: "hypothyroidism (5/2019) on levothyroxine since"."""
_APART = pattern(
    r"[,;]\s(?:and\s|then\s)?$|\s\($|\sand\s(?:subsequently|then|later|afterwards|finally|thereafter)\s(?:[a-z-]{3,14}\s)?$"
)
"""What parts the statement on the next drug from that on this one: "sirolimus stopped, prednisolone from May"."""
_PLUS = pattern(r"\)\s(?:plus|with|and|\+)\s", re.IGNORECASE)
"""What adds a drug from a later cycle: "from cycle 2 (15.04.2021) plus bevacizumab"."""


def _of_what_it_answers(view: View, given: Given) -> Moment | None:
    """Return the day in the brackets of the harm from which an arrow leads to a regimen."""
    days = (time for time in view.times if _ARROWED.fullmatch(view.whole, time.end, given.start) is not None)
    return next((time.moment for time in days), None)


def given_next(view: View, given: Given) -> Moment | None:
    """Return when a regimen began that is only told to have come next: "stopped in September, then trabectedin"."""
    told = [time for time in view.times if time.absolute and time.end <= given.start]
    if not told or _NEXT_GIVEN.fullmatch(view.whole, told[-1].end, given.start) is None:
        return None
    return Moment(told[-1].moment.when, "resolved", AFTER_IT, open=True)


_ARROWED = re.compile(r"\)\s?(?:->|→|=>)\s?(?:[a-z]{3,12}\s)?")
"""What leads from harm to what was given for it: "(triglycerides 640 on 18 September) -> fenofibrate"."""
_NEXT_GIVEN = re.compile(
    r"\)?[,;]\s(?:and\s)?(?:then|thereafter|subsequently|followed\sby)\s(?:(?:oral|weekly|maintenance|with|on|we\sgave)\s){0,3}",
    re.IGNORECASE,
)
_THEN_GIVEN = re.compile(
    r"\)?,?\s(?:and\s)?(?:then|followed by|thereafter|subsequently)\s(?:[a-z-]{3,14}\s){0,3}", re.IGNORECASE
)
"""What stands between the end of a regimen and the next one: "to 21/09/2020) followed by weekly"."""
_HEADS_TREATMENT = re.compile(r"\)?(?:\s?(?::|->|→|=>)|,?\s(?:and\s)?then)\s(?:[a-z-]{3,14}\s){0,3}")
_OF_RELAPSE = re.compile(
    r"\b(?:relapsed?|recurrences?|recurred|progression|progressed|PD)\b(?:\s?\([^()]{1,30}\))?(?:\s(?:in|on|of))?\s?[,(]?\s?$",
    re.IGNORECASE,
)
"""What makes a day that of the relapse that was treated then: "First relapse (lung) November 2021: irinotecan"."""
_FOLLOWED = pattern(r"\b(?:followed by|after which|thereafter|subsequently)\b", re.IGNORECASE)
