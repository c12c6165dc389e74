"""Starts of a regimen that no verb tells: by its dose, date, first cycle or place in a note."""

from __future__ import annotations

import re

from caseboard.narrative.extract.only_named import ONLY_NAMED
from caseboard.narrative.extract.periods import HAD, going_on_since, period_of
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.extract.when_given import begun_behind, given_next
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["leads_line", "on_it_since", "start_without_verb"]


def start_without_verb(view: View, memory: Memory, given: Given, low: int) -> tuple[int, int] | None:
    """Return the words without a verb that tell the start of a regimen: "12/08/2019 pembrolizumab 400 mg q6w"."""
    if memory.told_agents.isdisjoint(given.agents) and begun_behind(view, given) is not None:
        return given.start, given.dose_end
    dated = view.sentence.item or view.governing(given.start, given.end) is not None
    named = view.within(ONLY_NAMED, view.whole[max(low, given.start - 40) : given.start])
    if given.dose is not None and dated and named is None:
        return given.start, given.dose_end
    governed = view.governing(given.start, given.end)
    if (
        governed is not None
        and (named is None or view.has(_BEEN_ON, max(low, given.start - 30), given.start) is not None)
        and _FROM.fullmatch(view.whole[given.dose_end : governed.start])
    ):
        return given.start, governed.end
    if (since := on_it_since(view, given)) is not None:
        return given.start, since.end
    if governed is not None and _SINCE_ON.fullmatch(
        view.whole, max(view.start, governed.start - 6), given.start
    ):
        return governed.start, given.end
    if governed is not None and (
        view.has(_FIRST_CYCLE, max(view.start, given.start - 16), given.start)
        or _begun_by_its_cycle(view, given, governed, named=named is not None)
    ):
        return given.start, given.end
    if named is None and (begun := going_on_since(view, given)) is not None:
        return min(given.start, begun.start), max(given.dose_end, begun.end)
    if (
        leads_line(view, given)
        or period_of(view, given)[0] is not None
        or given_next(view, given) is not None
    ):
        return given.start, given.end
    if named is None and (
        _is_dated_itself(view, given)
        or _COUNTED.match(view.whole, given.dose_end, view.end)
        or (given.start - view.start <= _AT_THE_HEAD and _BROUGHT.match(view.whole, given.dose_end, view.end))
    ):
        return given.start, given.end
    return None


def on_it_since(view: View, given: Given) -> Governed | None:
    """Return since when a patient is told to be on a regimen, be it in passing: "a man on lorlatinib since May"."""
    if view.has(_ON_IT, max(view.start, given.start - 40), given.start) is None:
        return None
    return next(
        (
            time
            for time in view.times
            if time.start > given.end
            and (
                _SINCE.fullmatch(view.whole, given.dose_end, time.start) is not None
                or (
                    _FROM_THEN.fullmatch(view.whole, given.dose_end, time.start) is not None
                    and _ONWARDS.match(view.whole, time.end, view.end) is not None
                )
            )
        ),
        None,
    )


_SINCE = re.compile(r"\s\(?since\s(?:early\s|late\s|mid-?\s?)?")
_FROM_THEN = re.compile(r"\s\(?from\s(?:early\s|late\s|mid-?\s?)?")
_ONWARDS = re.compile(r"\son(?:wards?)?\b(?!\s(?:a|an|the|\d))")
_ON_IT = pattern(
    r"(?:(?!\b(?:progress|relaps|grew|growing|grow|respon|PD|PR|SD|CR|stable|toxicity|recurr|died)\w{0,6})\b[\w)-]{1,24})\son\s"
    r"(?:[a-z]{5,12}\s)?$",
    re.IGNORECASE,
)
"""What is no word of what happened under a regimen, before it: "with an inflammatory tumor on"."""


def _begun_by_its_cycle(view: View, given: Given, governed: Governed, *, named: bool) -> bool:
    """Whether the first cycle of a regimen is told; where it is only named ("after FOLFOX C1 on"), with its day."""
    cycle = _FIRST_CYCLE_BEHIND.match(view.whole, given.dose_end, view.end)
    return cycle is not None and (not named or 0 < governed.start - cycle.end() <= len(" on "))


def _is_dated_itself(view: View, given: Given) -> bool:
    """Whether a regimen has a date of its own that tells when it was had: "had VAC in May 2020", "VAC (May 2020)"."""
    own = next((t for t in view.times if t.absolute and t.start >= given.dose_end), None)
    if own is None or own.start - given.dose_end > _OWN_DATE:
        return False
    if own.until:
        up_to = _UP_TO.fullmatch(view.whole, given.dose_end, own.start) is not None
        return up_to and view.has(HAD, max(view.start, given.start - 40), given.start) is not None
    if _IN_ITS_BRACKETS.fullmatch(view.whole, given.dose_end, own.start):
        return True
    return (
        _ON_ITS_DAY.fullmatch(view.whole, given.dose_end, own.start) is not None
        and view.has(HAD, max(view.start, given.start - 40), given.start) is not None
    )


_COUNTED = re.compile(
    r"\s?(?:[x×]\s?\d{1,2}|\d{1,2}\s?(?:[x×#]|cycles?\b|courses?\b))(?!\s?(?:mg|g\b|cm|mm|\d|[.,]\d))"
)
"""How many cycles were given, which says that they were: "carbo/PLD x6"."""
_AT_THE_HEAD = 4
_BROUGHT = re.compile(
    r"(?:\s\([^()]{1,40}\))?\s?(?:[,:;–-]|->|→|=>)\s?(?:best\s(?:response\s)?|with\s)?(?:PR|SD|PD|CR|MR)\b"
)
"""What a regimen that heads a line of a note has brought: "Bev + wkly pacli, PR after 3#"."""
_OWN_DATE = 90
_COUNT = r"(?:\s?(?:x\s?\d{1,2}|\d{1,2}\s?(?:x|cycles?|courses?)))?"
_FOR_IT = r"(?:\sfor\s(?:an?|the|his|her|this)\s(?:[a-z-]{3,20}\s?){1,4})?"
_UP_TO = re.compile(rf"{_COUNT}{_FOR_IT}\s(?:until|till|up to)\s(?:early\s|late\s|mid-?\s?)?")
_IN_ITS_BRACKETS = re.compile(rf"(?:\s?\([^()]{{1,60}}\))?{_COUNT}\s?\((?:from\s|in\s|since\s|started\s)?")
_ON_ITS_DAY = re.compile(
    rf"(?:\s?\([^()]{{1,60}}\))?{_COUNT}{_FOR_IT},?\s(?:in|on|from|since)\s(?:early\s|late\s|mid-?\s?)?"
)
_FROM = pattern(
    r"(?:\s?[-–—:])?\s(?:x\s?\d{1,2}\s|\d{1,2}\s?x\s)?(?:maint\w{0,7}\.?\s|maintenance\s|adjuvant\s|monotherapy\s"
    r"|alone\s|\w{2,4}\s)?"
    r"\(?(?:[a-z][a-z -]{2,20},\s)?(?:from|since|once on|as from|as of|C1(?:\s?D1)?(?:\son)?|cycle 1(?:\son)?)\s",
    re.IGNORECASE,
)
"""What stands between a regimen and the date from which it was given: "pemetrexed maint. from 05.12.23"."""
_BEEN_ON = pattern(
    r"(?:\b(?:been|is|was|are|remain(?:s|ed)|now|currently|maintained)\s|(?:^|(?<=[.;:,(\n]\s)"
    r"|(?<=[(\n])))on\s(?:[a-z]{5,12}\s)?$",
    re.IGNORECASE,
)
"""What names a regimen that goes on, whose beginning is told behind it: "has been on letrozole since March"."""
_SINCE_ON = re.compile(
    r"since [^.;:]{4,24}?,?\s(?:s?he|the patient|mrs? [A-Za-z.]{1,20})\s(?:is|was|has been|had been)\s(?:now\s)?on\s",
    re.IGNORECASE,
)
"""What tells from when a regimen has been given: "since May 2020 he is on"."""
_FIRST_CYCLE = pattern(
    r"(?:\b(?:C1(?:\s?D1)?|cycle\s1(?:\sday\s1)?)|\bs/p(?:\s\d{1,2}\s?(?:x|#|cycles))?)\s(?:of\s)?$",
    re.IGNORECASE,
)
"""What stands before a regimen whose first dose has a date, or that was had: "C1D1 pembrolizumab 12/3/24", "s/p"."""
_FIRST_CYCLE_BEHIND = re.compile(
    r",?\s\(?(?:[Cc]1(?:\s?[Dd]1)?|[Cc]ycle\s(?:1|one)|#1)\b(?!\s?[-–/&]\s?C?\d)"
)
"""What stands behind a regimen whose first dose has a date: "08-Feb-2021: FOLFOX C1"."""


def leads_line(view: View, given: Given) -> bool:
    """Whether a line of a letter is just a date and a regimen ("06/24/2022 VDC")."""
    lead = view.whole[view.start : given.start]
    return (
        len(lead) < 32
        and bool(view.times)
        and re.fullmatch(
            r"[-*•\s]*(?:[Ss]ince |[Ff]rom |[Aa]s of )?(?:[\d./-]{6,10}|\w+ \d{4})[\s:,]*"
            r"(?:C\d{1,2}|cycle \d{1,2}|adj(?:uvant)?"
            r"|neo-?adj(?:uvant)?|palliative|[1-4]L|(?:1st|2nd|3rd|first|second|third)[- ]line|start(?:ed)?)?[\s:]*",
            lead,
        )
        is not None
    )
