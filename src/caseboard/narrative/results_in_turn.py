"""Results of one test told in turn, each with its day: "ALK FISH was negative in April and positive in June"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["InTurn", "results_in_turn"]

_RESULT = pattern(
    r"\b(?P<negative>negative|neg\b)|\b(?P<positive>positive|pos\b)(?:\s\(?(?:in\s)?(?:about\s)?\d{1,3}\s?%\)?"
    r"(?:\sof\s(?:the\s)?(?:tumou?r\s)?(?:cells|nuclei))?)?|(?P<value>\d{1,3}\s?%)"
)
_TO_ITS_DAY = re.compile(
    r"(?:\s(?:of\s(?:the\s)?(?:tumou?r\s)?cells))?\s?(?:in|on|at|as\sof|\()?\s?(?:early\s|late\s|mid-?\s?)?"
    r"(?:(?:the\s|an?\s)?(?:[a-z-]{3,16}\s){0,3}(?:biopsy|resection|specimen|sample|metastasis|recurrence|excision)\s"
    r"(?:(?:specimen\s)?(?:of|from|in|taken\s(?:in|on))\s)?)?",
    re.IGNORECASE,
)
"""What stands between a result and its day: "negative in April 2019"."""
_TO_THE_NEXT = re.compile(
    r"\)?(?:,?\s(?:and|but|then|while)|,|;|\s?(?:→|->))\s?(?:(?:then|again|later|it|only|subsequently|finally|had|has"
    r"|was|were|is|became|turned|come|came|back|risen|fallen|rose|fell|increased|decreased|to|at|reached|being|still|now"
    r"|about|already)\s){0,4}",
    re.IGNORECASE,
)
"""What leads from a result with its day to the next one: "in April 2019 and was positive"."""
_FEWEST = 2


class InTurn(msgspec.Struct, frozen=True):
    """One of several results of the same test at characters ``start`` to ``end``, with the time behind it."""

    start: int
    end: int
    result: str
    time: Governed


def results_in_turn(view: View) -> Iterator[list[InTurn]]:
    """Yield each chain of two or more results that each have a day of their own right behind them."""
    dated = [time for time in view.times if time.absolute]
    if len(dated) < _FEWEST or view.has(_RESULT) is None:
        return
    chain: list[InTurn] = []
    for match in view.find(_RESULT):
        time = next((t for t in dated if 0 <= t.start - match.end() <= _FARTHEST), None)
        if time is None or not _TO_ITS_DAY.fullmatch(view.whole, match.end(), time.start):
            continue
        if not (chain and _TO_THE_NEXT.fullmatch(view.whole, chain[-1].time.end, match.start())):
            if len(chain) >= _FEWEST:
                yield chain
            chain = []
        chain.append(InTurn(match.start(), match.end(), _text(match), time))
    if len(chain) >= _FEWEST:
        yield chain


_FARTHEST = 40


def _text(match: re.Match[str]) -> str:
    if match["value"]:
        return match["value"].replace(" ", "")
    return "negative" if match["negative"] else "positive"
