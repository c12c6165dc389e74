"""What tells that a regimen goes on, and up to when it went on."""

from __future__ import annotations

import re

from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["CONTINUES", "end_of_going_on", "end_told", "only_goes_on", "what_goes_on"]

CONTINUES = pattern(
    r"\b(?:continu(?:ed|es|ing|ation)|still (?:on|under|receiving|taking|needed"
    r"|required|necessary|given)|remain(?:s|ed) on"
    r"|kept on|maintain(?:ed|s)|ongoing|unchanged|alone continued|cont(?:'d|d|inue)?(?=\.?\s(?:to|until|till)\s))\b",
    re.IGNORECASE,
)
"""What tells something to go on."""
_UNTIL = pattern(r"\b(?:until|till|up to|through)\b", re.IGNORECASE)


def what_goes_on(view: View, given: Given, low: int, high: int) -> re.Match[str] | None:
    """Return the word that tells something to go on, unless it is another regimen: "was added to ongoing FOLFIRI"."""
    for match in view.find(CONTINUES, low, high):
        if _NOT_BORNE.search(view.whole, max(low, match.start() - 40), match.start()) is None and not any(
            other.start != given.start and _OF_THE_NEXT.fullmatch(view.whole[match.end() : other.start])
            for other in group_agents(view)
            if other.start >= match.end()
        ):
            return match
    return None


_NOT_BORNE = re.compile(
    r"\b(?:tolerat\w{1,3}|refus\w{2,3}|declin\w{2,3}|preclud\w{2,3}|prevent\w{2,3}|against|(?:bear|allow|permit)\w{0,4}"
    r"|contraindicat\w{2,3})\s(?:(?:the|its|their|his|her|further|any|a)\s){0,2}$",
    re.IGNORECASE,
)
"""What says that something did not go on: "until she could not tolerate continuation"."""
_OF_THE_NEXT = pattern(r"\s(?:[a-z-]{3,14}\s){0,2}", re.IGNORECASE)
"""What stands between "ongoing" and the regimen that it tells of."""


def end_told(
    view: View, memory: Memory, given: Given, continues: re.Match[str] | None, until: Governed
) -> tuple[int, int] | None:
    """Return the words that tell up to when a regimen was given, if they do."""
    if continues is None:
        return (given.start, until.end) if _ran_until(view, memory, given, until) else None
    goes_on = continues.start() - given.end < _NEAR and until.start > continues.end()
    return (continues.start(), until.end) if goes_on else None


_NEAR = 40
"""Characters behind a regimen within which it is told to go on."""


def _ran_until(view: View, memory: Memory, given: Given, until: Governed) -> bool:
    """Whether a regimen that runs is told to have been given up to a date: "X was given until May"."""
    return (
        given.agents in memory.given
        and not any(time.end <= until.start and not time.until for time in view.times)
        and _TOLERATED_UNTIL.match(view.whole, given.dose_end, view.end) is None
        and _GIVEN_UP_TO.fullmatch(view.whole, given.dose_end, until.start) is not None
    )


_TOLERATED_UNTIL = re.compile(
    r"[^.;]{0,30}\btolerated\s(?:until|till|up\sto)\s[^.;,]{3,30},?\s(?:when|and\sthen)\b"
)
"""What tells how long no harm came, and no end: "was well tolerated until May, when grade 3 proteinuria developed"."""
_GIVEN_UP_TO = re.compile(
    r"(?:\s(?:was|were|has\sbeen|had\sbeen))?(?:\s(?:then|thus|only|well))?(?:\s(?:given|taken|administered|used"
    r"|maintained|tolerated))?"
    r"\s\(?(?:up\s)?(?:until|till|to|through)\s(?:the\s)?(?:end\sof\s)?"
)


def end_of_going_on(view: View, given: Given, continues: re.Match[str] | None, high: int) -> Governed | None:
    """Return the date up to which a regimen is said to have gone on."""
    until = next((t for t in view.times if t.until and given.end <= t.start < high), None)
    if until is not None or continues is None:
        return until
    if view.has(_UNTIL, continues.end(), min(high, continues.end() + 90)) is None:
        return None
    return next((t for t in view.times if t.absolute and continues.end() < t.start < high), None)


def only_goes_on(
    view: View, given: Given, low: int, continues: re.Match[str] | None, others: list[tuple[int, int]]
) -> bool:
    """Whether a regimen is only said to go on, with none of the other verbs in the same phrase."""
    if view.within(_GOES_ON_WITH, view.whole[max(low, given.start - 50) : given.start]):
        return True
    first, last = view.phrase(given.start)
    last = max(last, view.phrase(given.end - 1)[1])
    return (
        continues is not None
        and first <= continues.start() < last
        and all(not first <= span[0] < last for span in others)
    )


_GOES_ON_WITH = pattern(
    r"\b(?:continu\w{1,3}|remain\w{0,3}|stay\w{0,3}|kept|keep)\s(?:on|with|to (?:take|receive"
    r"|have))\s(?:the\s|her\s|his\s|maintenance\s|weekly\s|daily\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a regimen that goes on: "remained on weekly"."""
