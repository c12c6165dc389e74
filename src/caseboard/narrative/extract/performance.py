"""Performance status: each score that a sentence tells, with its day; of a change the score that it came to.

ECOG, WHO and Zubrod count from 0 to 4 (Oken 1982, Am J Clin Oncol 5:649), Karnofsky and Lansky from 10 to 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import History
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.asserted import only_supposed
from caseboard.narrative.memory import NOWHERE, Draft
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["performance_status"]

_NAME = (
    r"(?:(?:(?i:ECOG|Zubrod)|WHO)(?:[-/ ](?:PS\b|(?i:performance (?:status|score)|score|status)))?"
    r"|(?i:performance status)|\bPS\b|KPS\b"
    r"|(?i:Karnofsky|Lansky)(?:(?i: play)?(?i: performance (?:status|score)| index| score| scale))?)"
    r"(?: \((?:PS|ECOG|WHO|KPS)\))?(?i: score| scale)?"
)
_VALUE = r"(?:[0-4](?:\s?[-–/]\s?[0-4])?(?![\d.,]\d|\d|\s?(?:mg|cm|mm|%))|(?:100|[1-9]0)\s?%?)(?!\w)"
_TOLD = pattern(
    rf"\b(?P<name>{_NAME})(?:(?P<change>,?\s(?:(?:ha[sd]|was|now|also)\s){{0,2}}(?:improved|rose|risen|recovered|increased|fell|fallen"
    rf"|dropped|declined|deteriorated|worsened|decreased|went|gone|changed)\s(?:from\s{_VALUE}\s)?(?:to|back to)\s)"
    rf"|(?:,?\s(?:of|was|is|at|remains|remained|now|had been|has been|currently))*[\s:=,]{{1,3}})"
    rf"(?:(?i:{_NAME})\s)?(?P<value>{_VALUE})"
)
_TO = re.compile(rf"\s?(?:->|→|=>|–>|\bto\b)\s?(?:{_NAME}\s)?(?P<value>{_VALUE})")
"""What a score came to: "ECOG 3 -> 1", "from ECOG 1 to ECOG 3"."""
_NEXT = re.compile(
    rf"\)?(?:,|,?\s(?:and|but|then))\s(?:(?:was|is|and|then)\s){{0,2}}(?:{_NAME}\s(?:was\s)?)?(?P<value>{_VALUE})(?=\s(?:in|on|by|at)\s|\s\()"
)
"""How the next score of a series goes on behind the day of the one before: "3 at diagnosis and 1 in August"."""
_AT_FIRST = re.compile(r"\s(?:at|on)\s(?:the\s)?(?:diagnosis|presentation|baseline|admission|first\svisit)\b")
_MOST = 6
"""Scores of one series that are read."""


def performance_status(view: View) -> Iterator[Draft]:
    """Yield each score of the performance status that a sentence tells."""
    reached = view.start
    for told in view.find(_TOLD):
        if told.start() < reached or only_supposed(view, *told.span()):
            continue
        name = " ".join(told["name"].split())
        value, end = told["value"], told.end()
        to = _TO.match(view.whole, end, view.end)
        if to is not None:
            value, end = to["value"], to.end()
        moment = _when(view, told.start(), end)
        yield _draft(view, name, value, (told.start(), end), moment)
        reached = end
        for _ in range(_MOST):
            own = view.right_behind(end)
            first = _AT_FIRST.match(view.whole, end, view.end)
            behind = own.end if own is not None else first.end() if first is not None else None
            following = _NEXT.match(view.whole, behind, view.end) if behind is not None else None
            if following is None:
                break
            end = reached = following.end()
            yield _draft(
                view, name, following["value"], following.span("value"), _when(view, following.start(), end)
            )


def _when(view: View, start: int, end: int) -> Moment:
    own = view.right_behind(end)
    return own.moment if own is not None else view.when(start, end)


def _draft(view: View, name: str, value: str, span: tuple[int, int], moment: Moment) -> Draft:
    fact = History(
        id="",
        source=NOWHERE,
        patient=view.patient,
        topic="performance status",
        detail=f"{name} {' '.join(value.split())}",
    )
    return Draft(fact, *span, moment)
