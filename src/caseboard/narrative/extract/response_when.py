"""When a stated response was: its own date, the end of a period, each date of a list, the day of the operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.courses import has_own_date
from caseboard.narrative.extract.periods import end_of_treatment, periods
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.extract.response_hit import BROUGHT, Hit
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = [
    "AFTER_CYCLES",
    "before_progression",
    "dates_behind",
    "dates_listed",
    "held_at",
    "moment_of_response",
    "of_its_date",
    "retold_moment",
    "scan_behind",
    "within_course",
]

_OFF_TREATMENT = pattern(r"\boff\s(?:all\s|any\s)?(?:treatment|therapy|drugs?|medication)\b", re.IGNORECASE)
"""What makes a length behind a response say only for how long: "13/02: in remission six months off treatment"."""


AFTER_CYCLES = "after cycles of the treatment"
"""Why a response has no day of its own: it is told by how many cycles had been given."""


def of_its_date(view: View, hit: Hit) -> Hit:
    """Return a hit with the date of the scan behind it, or with that before it where a length behind says how long."""
    if (seen := scan_behind(view, hit.end)) is not None:
        return msgspec.structs.replace(hit, governed=seen)
    ended = _period_before(view, hit)
    if ended is not None:
        return msgspec.structs.replace(hit, governed=ended if hit.category == "PD" else None)
    length = hit.governed
    if length is None or length.absolute or length.start < hit.end:
        return hit
    if view.has(_OFF_TREATMENT, length.start, min(view.end, length.end + 24)) is None:
        return hit
    dated = [time for time in view.times if time.absolute and not time.until and time.end <= hit.start]
    return msgspec.structs.replace(hit, governed=dated[-1]) if dated else hit


def scan_behind(view: View, end: int) -> Governed | None:
    """Return the date of the scan by which what ends at ``end`` was seen, where it stands right behind it."""
    scanned = _SCANNED_ON.match(view.whole, end, view.end)
    if scanned is None:
        return None
    dated = (time for time in view.times if time.absolute and not time.until)
    seen = next((time for time in dated if time.start == scanned.end()), None)
    return None if seen is None or _SHOWED_NEXT.match(view.whole, seen.end, view.end) else seen


_SHOWED_NEXT = re.compile(
    r"\s(?:then\s|again\s|only\s)?(?:(?:was|were)\s(?:rated|read|called)\s)?(?:(?:showed|revealed|demonstrated|found"
    r"|confirmed"
    r"|documented|with|a|an|the|no|again|still|new|unchanged)\s){0,4}(?:stable|progress|partial|complete|mixed|minor"
    r"|shrink"
    r"|regress|remission|response|relaps|recurr|growth|new|PD|SD|PR|CR)",
    re.IGNORECASE,
)
"""What makes a scan the next one, which showed something else: "a partial response, CT in November stable disease"."""


_SCANNED_ON = pattern(
    r"\s?[(,:]?\s?(?:(?:seen|shown|confirmed|documented)\s)?(?:(?:on|by|at|in|per|with)\s)?(?:the\s)?"
    r"(?:(?:first|interim|follow-?up|re-?staging|control|last|latest|most recent)\s)?"
    r"(?:CT|MRI|PET(?:[-/ ]?(?:CT|MRI))?|scans?|imaging|ultrasound)\s(?:scans?\s)?\(?(?:(?:of|on|in|from|dated)\s)?",
    re.IGNORECASE,
)
"""What ties a response to the scan right behind it: "13 March to 18 January: complete response on CT 12 June"."""


def _period_before(view: View, hit: Hit) -> Governed | None:
    """Return the end of the period of a treatment behind which the response stands: "1/10/20 - 12/8/21 (PR -> PD)"."""
    low, _ = view.clause(hit.start)
    if view.whole[low] != "(" or any(low < time.start for time in view.times):
        return None
    return next((time for time in view.times if time.until and 0 <= low - time.end <= 1), None)


def held_at(view: View, hit: Hit) -> Governed | None:
    """Return the later date at which a response is told to have held: "a complete response, persisting in May"."""
    held = _STILL_SO.match(view.whole, hit.end, view.end) if hit.category != "PD" else None
    return view.right_behind(held.end()) if held is not None else None


_STILL_SO = pattern(
    r"(?:\s\([^()]{1,30}\))?,?\s(?:and\s|which\s(?:was\s|is\s)?)?(?:still\s)?"
    r"(?:persist(?:ing|ed|s)|maintained|sustained|confirmed|preserved|unchanged|ongoing)(?:\sagain)?\b",
    re.IGNORECASE,
)


def dates_listed(view: View, hit: Hit) -> list[Governed]:
    """Return the earlier dates of a list before a rating: "CT 06/2022 and 12/2022: PR" is one for each."""
    out: list[Governed] = []
    last = hit.governed
    if last is not None and (last.until or not last.absolute):
        return out
    for time in reversed(view.times):
        if last is None or last.end > hit.start:
            break
        if time.end <= last.start and time.absolute and not time.until:
            if not _LISTED.fullmatch(view.whole[time.end : last.start]):
                break
            if _TELLS_ANOTHER.search(view.whole, view.statement(time.start)[0], time.start):
                break
            out.append(time)
            last = time
    return out[::-1]


_TELLS_ANOTHER = re.compile(
    r"\b(?:was|were|had|has|underwent|began|gave|took|found|rose|fell|got|went"
    r"|(?!perform|obtain|repeat|dat|acquir|schedul)[a-z]{3,14}ed)\b"
)
"""What tells before a date of a list that it is that of something else: "NGS detected it in May, and in June CT"."""


def dates_behind(view: View, hit: Hit) -> Iterator[Governed]:
    """Yield the later dates of a list behind a rating: "no recurrence on 8 November 2022, 9 May and 14 June 2023"."""
    last = hit.governed
    if last is None or last.until or not last.absolute or last.start < hit.end:
        return
    for time in view.times:
        if time.start < last.end:
            continue
        between = view.whole[last.end : time.start]
        listed = _LISTED.fullmatch(between) or (hit.category == "PD" and _ONE_MORE.fullmatch(between))
        if time.until or not time.absolute or not listed:
            return
        if not _LIST_ENDS.match(view.whole, time.end, view.end):
            return
        yield time
        last = time


_LIST_ENDS = re.compile(r"\s?(?:[.,;&+)]|and\b|$)")
"""What follows a date of a list: another of it, or the end; "and on 9 May he felt well" tells something else."""
_LISTED = pattern(r"\s?(?:,|and|&|\+|, and)\s?(?:(?:in|on)\s)?")
_ONE_MORE = re.compile(
    r",?\s(?:and|then|and then)\s(?:again\s|another(?:\s(?:one|relapse|recurrence))?\s|a\s(?:second"
    r"|third)(?:\s(?:one|relapse|recurrence))?\s"
    r"|once\smore\s|later\s)?(?:(?:locally|distantly|(?:in|to)\s(?:the\s|both\s|her\s"
    r"|his\s)?[a-z]{3,12}(?:\s[a-z]{3,12})?)\s)?(?:in|on)\s"
    r"(?:early\s|late\s|mid-?\s?)?"
)
"""What tells of a second relapse behind the first: "in the liver in June 2019 and in the brain in January 2020"."""


def retold_moment(memory: Memory, modality: str | None, hit: Hit) -> Moment:
    """Return when a response told outside the case was: at its own time, or at the operation that it speaks of."""
    if hit.governed is not None:
        return hit.governed.moment
    surgery = memory.clock.anchors.get("surgery")
    if modality == "pathological" and surgery is not None:
        return Moment(surgery, "resolved", "the date of the operation")
    return Moment(None)


def moment_of_response(view: View, memory: Memory, modality: str | None, hit: Hit) -> Moment:
    """Return when the tumour did what the words of a hit tell."""
    if (seen := scan_behind(view, hit.end)) is not None:
        return seen.moment
    surgery = memory.clock.anchors.get("surgery")
    if (
        modality == "pathological"
        and hit.governed is None
        and surgery is not None
        and hit.category in ("MR", "PR", "CR")
    ):
        return Moment(surgery, "resolved", "the date of the operation")
    if hit.governed is not None and hit.governed.moment.why == AFTER_CYCLES:
        return Moment(view.when(hit.start, hit.end).when, "resolved", AFTER_CYCLES, open=True)
    if (whole := _period_in_brackets(view, hit)) is not None:
        first, last = whole[0].moment, whole[1].moment
        return last if hit.category == "PD" else within_course(first, last)
    if (period := _period_before(view, hit)) is not None:
        return period.moment if hit.category == "PD" else Moment(None)
    # what a treatment brought it cannot have brought on the day that it began
    known = _best_of_course(view, memory, hit) or _at_its_known_end(view, memory, hit)
    if known is not None:
        return known
    if hit.category in BROUGHT and (begun := _start_before(view, hit)) is not None:
        return Moment(begun.moment.when, "resolved", AFTER_IT, open=True)
    if hit.category == "PD" and (before := _told_before_until(view, hit)) is not None:
        return Moment(before.moment.when, "resolved", AFTER_IT, open=True)
    ended = end_of_treatment(view, hit.governed, hit.start) if hit.category != "NED" else None
    if hit.category == "NED" and (lasting := _free_until(view, hit)) is not None:
        return lasting
    return _within_period(view, hit) or ended or view.when(hit.start, hit.end)


def before_progression(view: View, memory: Memory, ended: Governed | None) -> Moment:
    """Return the time of what a treatment brought before it was over: from its start to the progression told behind."""
    named = {given.agents for given in group_agents(view) if not given.supportive}
    agents = next(iter(named)) if len(named) == 1 else memory.regimen or memory.last_regimen
    begun = memory.courses.get(("start", agents), ()) if len(named) < _SEVERAL else ()
    start = begun[-1].moment if begun else Moment(None)
    first, last = start.when, ended.moment.when if ended is not None else None
    if (
        not begun
        or not has_own_date(begun[-1])
        or not isinstance(first, DateInterval)
        or not isinstance(last, DateInterval)
    ):
        return Moment(None)
    if first.compare(last) != "before":
        return Moment(None)
    whole = DateInterval(first.first, max(first.first, last.first - timedelta(days=1)))
    return Moment(whole, "inferred", "between the start of the treatment and the progression told with it")


_SEVERAL = 2


def _best_of_course(view: View, memory: Memory, hit: Hit) -> Moment | None:
    """Return from when the best response of a treatment held, where the only time is that of another statement.

    "He felt better within five days, and stable disease was the best response".
    """
    told = hit.governed
    if told is None or told.absolute or told.end > hit.start or not memory.regimen:
        return None
    near = (max(told.end, hit.start - 26), min(view.end, hit.end + 30))
    if not _NEXT_TOLD.match(view.whole, told.end, hit.start) or not _AT_BEST.search(view.whole, *near):
        return None
    begun = memory.courses.get(("start", memory.regimen), ())
    return Moment(begun[-1].moment.when, "resolved", AFTER_IT, open=True) if begun else None


def _at_its_known_end(view: View, memory: Memory, hit: Hit) -> Moment | None:
    """Return when a regimen is known to have ended that is told once more to have been stopped for progression."""
    if hit.category != "PD" or hit.governed is not None:
        return None
    named = next((g for g in reversed(group_agents(view)) if g.end <= hit.start and not g.supportive), None)
    if named is None or not _STOPPED_FOR.fullmatch(view.whole, named.dose_end, hit.start):
        return None
    stops = memory.courses.get(("stop", named.agents), ())
    return stops[-1].moment if stops and has_own_date(stops[-1]) else None


_STOPPED_FOR = re.compile(
    r",?\s(?:(?:was|were|had to be)\s)?(?:stopped|discontinued|ended|terminated|ceased)\s"
    r"(?:for|because of|due to|owing to|on|at|upon)\s"
    r"(?:the\s|disease\s|radiological\s|further\s){0,2}",
    re.IGNORECASE,
)
_NEXT_TOLD = re.compile(r",?\s(?:and|but|while)\s|[,;]\s")


def _told_before_until(view: View, hit: Hit) -> Governed | None:
    """Return the time before an "until" behind which a progression stands without one: "in May until progression"."""
    before = hit.governed
    if before is None or before.until or before.end > hit.start or not before.absolute:
        return None
    led = _UNTIL_IT.search(view.whole, max(before.end, hit.start - 40), hit.start)
    return before if led is not None else None


_UNTIL_IT = re.compile(
    r"\b(?:until|till)\s(?:(?:the|his|her|further|radiological|clinical|documented|confirmed|first|local)\s){0,3}$",
    re.IGNORECASE,
)


def _start_before(view: View, hit: Hit) -> Governed | None:
    """Return the day on which a drug began, behind which the response stands: "palbociclib 125 mg from 04/2024: SD"."""
    begun = hit.governed
    if begun is None or begun.until or not begun.absolute or begun.end > hit.start:
        return None
    at_best = (
        _AT_BEST.search(view.whole, max(begun.end, hit.start - 26), min(view.end, hit.end + 26)) is not None
    )
    if not at_best and _BY_THEN.fullmatch(view.whole, begun.end, hit.start) is None:
        return None
    if any(one is begun or other is begun for one, other in periods(view)):
        return None
    given = (one for one in group_agents(view) if not one.supportive and one.dose_end <= begun.start)
    led = any(_GIVEN_FROM.fullmatch(view.whole, one.dose_end, begun.start) is not None for one in given)
    return begun if led else None


_GIVEN_FROM = re.compile(
    r"(?:[^.;:]|\.(?=\d)){0,30}?\s\(?(?:from|since|as of|begun|started|commenced)\s(?:on\s|in\s)?"
    r"(?:early\s|late\s|mid-?\s?)?",
    re.IGNORECASE,
)
_AT_BEST = re.compile(r"\bbest\s(?:overall\s)?response\b|\bBOR\b", re.IGNORECASE)
_BY_THEN = re.compile(
    r"(?:,\s(?:\d{1,2}|[a-z]{3,8})\s(?:cycles?|courses?|weeks|months))?"
    r"\)?\s?[:,–→=(-]{1,2}>?\s?(?:(?:with|best|response|an?|overall|now|currently|so far|radiological)[:\s]\s?){0,4}",
    re.IGNORECASE,
)
"""What stands between the beginning of a drug and what came of it."""


def _free_until(view: View, hit: Hit) -> Moment | None:
    """Return the last day on which nothing was found, where nothing then was: "no relapse until November 2022"."""
    for time in view.times:
        if time.until and time.absolute and _UP_TO.fullmatch(view.whole, hit.end, time.start):
            return None if _ENDED_THEN.match(view.whole, time.end, view.end) else time.moment
    return None


_UP_TO = re.compile(r"\s(?:of disease\s)?(?:until|till|up to|through)\s(?:the end of\s)?", re.IGNORECASE)
_ENDED_THEN = re.compile(
    r",?\s(?:when|(?:moment |time |date )?(?:at|in|on) which|then|and\s(?:then|relapsed|progressed)|but)\b",
    re.IGNORECASE,
)


def _within_period(view: View, hit: Hit) -> Moment | None:
    """Return the end of the period told with a treatment, of what it brought; the best response lies within it."""
    for first, last in periods(view):
        if (
            (first is not hit.governed and last is not hit.governed)
            or last.end > hit.start
            or (
                _BETWEEN.search(view.whole, last.end, hit.start)
                and not _of_one_entry(view, first.start, last.end, hit.start)
            )
        ):
            continue
        best = _BEST.search(view.whole, max(last.end, hit.start - 24), hit.start) is not None
        return within_course(first.moment, last.moment) if best else last.moment
    return None


def _of_one_entry(view: View, first: int, last: int, start: int) -> bool:
    """Whether a response closes the entry of a list that its period opens: "09/2022-01/2023 pazopanib; PD"."""
    return (
        _OPENS_ENTRY.fullmatch(view.whole, view.start, first) is not None
        and _ENTRY_THEN.fullmatch(view.whole, last, start) is not None
        and not any(last < time.start < start for time in view.times)
    )


_OPENS_ENTRY = re.compile(r"[\s\-–•*·#\d.)]{0,6}(?:(?:from|between)\s)?", re.IGNORECASE)
_ENTRY_THEN = re.compile(
    r"(?:[^.\n]|\.(?=\d)){3,120};\s(?:(?:best|overall|response|outcome|result|radiological|with|an?|then)[:\s]\s?){0,3}",
    re.IGNORECASE,
)


def within_course(first: Moment, last: Moment) -> Moment:
    """Return the time of a treatment, of what it brought at its best on a day not told."""
    begun, over = first.when, last.when
    if isinstance(begun, DateInterval) and isinstance(over, DateInterval):
        return Moment(
            DateInterval(begun.first, over.last), "inferred", "the best of the time of the treatment"
        )
    return last


def _period_in_brackets(view: View, hit: Hit) -> tuple[Governed, Governed] | None:
    """Return the period in brackets behind which a response stands: "pazopanib (1/9/20 - 15/3/21), PR"."""
    return next(
        (
            (first, last)
            for first, last in periods(view)
            if last.end <= hit.start
            and view.whole[first.start - 1 : first.start] == "("
            and _CLOSED_THEN.fullmatch(view.whole, last.end, hit.start) is not None
        ),
        None,
    )


_CLOSED_THEN = re.compile(
    r"\)\s?[,;:–-]?\s(?:(?:with\s)?(?:the\s|an?\s)?(?:best\s)?(?:overall\s)?(?:response|BOR|result)[:\s]\s?)?",
    re.IGNORECASE,
)


_BEST = re.compile(r"\bbest\b[^;]{0,24}$", re.IGNORECASE)
_BETWEEN = re.compile(r"[.;]\s|\b(?:before|until|then)\b")
"""What parts a period from a response that is not that to the treatment given in it."""
