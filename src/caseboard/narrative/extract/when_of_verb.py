"""When it happened what a verb tells of a treatment that its sentence does not name."""

from __future__ import annotations

import re

from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.course_event import SET_OUT
from caseboard.narrative.extract.courses import (
    AFTER_COLON,
    INHERITED,
    PAUSED_UNTIL,
    RESUME,
    after_the_pause,
    time_after,
)
from caseboard.narrative.extract.when_given import before_resumption
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["moment_of_verb"]


def moment_of_verb(view: View, match: re.Match[str], high: int) -> Moment:
    """Return when it happened what a verb without a drug tells, whose statement ends at ``high``."""
    time = time_after(view, match.end(), high)
    if time is not None and time.until and PAUSED_UNTIL.match(match[0]):
        before = [one for one in view.times if one.end <= match.start() and not one.until]
        return before[-1].moment if before else view.inherited or Moment(None)
    resumed = RESUME.match(view.whole, match.start(), view.end) is not None
    told = time or view.governing(match.start(), match.end())
    behind = (match.end(), match.end() if told is None else max(match.end(), told.start))
    if not resumed and (view.has(RESUME, *behind) or view.has(_DIED, *behind)):
        # the day behind "held and taken up again on" is that of the resumption, behind "and died" that of the death
        before = [one for one in view.times if one.end <= match.start() and one.absolute and not one.until]
        return before[-1].moment if before else view.inherited or Moment(None)
    if time is None and resumed:
        time = next((one for one in view.times if one.until and 0 < match.start() - one.end < 6), None)
    again = after_the_pause(view, match.span()) if time is None and resumed else None
    if again is not None:
        return again
    if time is None and match[0].lower().endswith(("ion", "al", "stop", "pause")):
        before = [one for one in view.times if one.end <= match.start() and one.absolute and not one.until]
        time = before[-1] if before else None
    if time is not None:
        return time.moment if resumed else before_resumption(view, match.end(), time.moment)
    moment, governed = view.when(match.start(), match.end()), view.governing(match.start(), match.end())
    if governed is not None and AFTER_COLON.search(view.whole, match.end(), max(match.end(), governed.start)):
        before = [one for one in view.times if one.end <= match.start() and not (one.until or one.bracketed)]
        return before[-1].moment if before else view.inherited or Moment(None)
    begun = (
        governed is not None
        and governed.end <= match.start()
        and view.has(SET_OUT, view.statement(match.start())[0], match.start()) is not None
    )
    if (begun or moment.why == INHERITED) and _COMPLETED.match(match[0]):
        return Moment(moment.when, "resolved", AFTER_IT, open=True)
    return moment if resumed else before_resumption(view, match.end(), moment)


_DIED = pattern(r"\b(?:died|passed away|succumbed|death)\b", re.IGNORECASE)
_COMPLETED = pattern(r"complet|finish", re.IGNORECASE)
"""A verb that tells an end after the time of the beginning: "began X on 3 May and completed 4 cycles"."""
