"""Whether a verb of treatment says what was done, and not what was planned, refused, asked or might be."""

from __future__ import annotations

import re

from caseboard.narrative.context import hypothetical, planned
from caseboard.narrative.extract.courses import NOT_TAKEN, time_after
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["CYCLES", "asked", "asserted", "only_supposed"]

_GOES_ON = pattern(r"\b(?:to date|so far|and continues?|ongoing|at present)\b", re.IGNORECASE)
"""What follows where so many cycles are over and the treatment is not: "completed six cycles to date"."""
_SO_FAR = re.compile(r"\b(?:to date|so far|until now|up to now)\b[^.;]{0,24}$", re.IGNORECASE)
"""What tells that what is completed is not over: "to date he has completed 24 months of therapy"."""
CYCLES = pattern(
    r"\s(?:a total of |all |the |her |his |planned )?(?:\d{1,2}|two|three|four|five|six|seven|eight|ten|twelve"
    r"|C\d{1,2}\b|chemotherapy|treatment|cycles?)\s?(?:planned )?"
    r"(?:#|x\b|cycles?|courses?|(?:months|years) of|(?:months|years)(?=\s(?:in|on|by)\s)|on\b|chemotherapy|in\b)",
    re.IGNORECASE,
)
"""What is completed when a treatment is: "completed 4 cycles", not "completed the questionnaire"."""
_AT_A_DOSE = pattern(
    r",?\s(?:(?:at|with|w/|on)\s)?\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)\b(?!\s?/\s?d?l\b)", re.IGNORECASE
)
"""What says that "again" is told of a drug: "up again w/ 75 mg"."""
_COURSE_BEFORE = pattern(
    r"\b(?:course|treatment|therapy|chemotherapy|cycles?|taper|weaning)\s(?:was\s|were\s)?$"
    r"|\b(?:(?:re-?)?start|commenc|resum|begun|began|initiat)[^;.]{6,36}(?:\sand|,)\s(?:was\s|were\s)?$"
    r"|\b(?:years|months)\s(?:of\s(?:it|treatment|therapy)\s)?were\s$",
    re.IGNORECASE,
)
"""What was completed, where a date follows: "course completed 30-Jun-2022", "started in May and completed in June"."""


def asked(view: View, position: int) -> bool:
    """Whether words are part of a question to the board: "rechallenge pembrolizumab after colitis?"."""
    return (
        view.may(_QUESTION)
        and _QUESTION.match(view.whole, position, min(view.end, position + 120)) is not None
    )


_QUESTION = pattern(r"(?:[^.;?!\n]|\.(?=\d)){0,110}?(?<=[\w)\]])\?(?=\s|$)")


def only_supposed(view: View, start: int, end: int) -> bool:
    """Whether a verb from ``start`` to ``end`` tells what is asked for, hangs on a condition, or was not needed.

    "Please stop crizotinib if there is rash", "would have to be stopped for", "stopping it was not necessary".
    """
    if _ASKED_FOR.search(view.whole, max(view.start, start - 40), start) is not None:
        return True
    if _UNNEEDED.match(view.whole, end, view.end) is not None:
        return True
    must = _MUST.search(view.whole, max(view.start, start - 40), start) is not None
    return must and view.has(_CONDITION, end, view.end) is not None


_ASKED_FOR = re.compile(
    r"\b(?:please|would\s(?:only|have\sto\sbe|need\sto\sbe|be))\s(?:[a-z]{3,14}ly\s)?$"
    r"|\b(?:would|will|shall)\s(?:only|have\sto|need\sto)\s(?:be\s)?$"
    r"|\b(?:is|are)\sto\sbe\s(?:[a-z]{3,14}ly\s)?$"
    r"|\b(?:no|any|little)\s(?:reason|need|cause|indication)\s(?:to|for)\s(?:the\s)?$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:should|must|will|shall|can|may|(?:is|are|has|have|needs?|ought)\sto)\s(?:be\s)?(?:[a-z]{3,14}ly\s)?$"
    r"|^[\s•*-]{0,4}$"
    r"|[.;:]\s$",
    re.IGNORECASE,
)
_CONDITION = pattern(r"\b(?:if|unless|in case|in the event|as soon as|when(?:ever)?)\b", re.IGNORECASE)
_UNNEEDED = re.compile(
    r"(?:\s(?!(?:and|but)\b)[\w-]{2,20}){0,5}\s(?:was|is|were)\s(?:not|never)\s(?:necessary|needed|required|considered"
    r"|indicated|an\soption|possible)\b"
    r"|(?:\s(?!(?:and|but)\b)[\w-]{2,20}){0,5}\s(?:was|were|is)\s(?:also\s|only\s)?(?:discussed|considered"
    r"|contemplated|suggested"
    r"|offered|proposed|debated|declined|refused|deferred)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:did|does|do)\snot\s(?:require|need|necessitate|lead\sto|result\sin|prompt|warrant)\b[^.;]{0,50}$"
    r"|\b(?:no|without|not\srequiring)\s(?:any\s|need\sfor\s|further\s)?(?:dose\s)?"
    r"(?:reductions?|modifications?|delays?|interruptions?|changes?|adjustments?)(?:,\s[\w-]{3,16})?\s(?:or|nor"
    r"|and)\s(?:\w{3,12}\s)?$"
)
"""What tells before a word for an end or a pause that none was needed: "did not require dose reduction or"."""


def asserted(view: View, match: re.Match[str], low: int) -> bool:
    """Whether a verb of treatment says what was done, not what was planned, refused or might be."""
    before = view.whole[max(low, match.start() - 50) : match.start()]
    if asked(view, match.end()) or only_supposed(view, *match.span()):
        return False
    if (
        re.match(r"(?:again|complet|finish)", match[0], re.IGNORECASE)
        and (
            (
                CYCLES.match(view.whole[match.end() : match.end() + 30]) is None
                and _AT_A_DOSE.match(view.whole, match.end(), view.end) is None
                and not (
                    view.within(_COURSE_BEFORE, before) and time_after(view, match.end(), match.end() + 40)
                )
            )
            or _GOES_ON.search(view.whole[match.end() : match.end() + 60])
            or _SO_FAR.search(before)
        )
    ) or re.search(r"\b(?:not|no|without)\s(?:\w+\s)?$", before):
        return False
    if _NOT_NEEDED.search(view.whole, max(low, match.start() - 90), match.start()):
        return False
    if re.search(r"\b(?:preference|wish|desire|decision|decided|opted)\b[^.;]{0,20}\b(?:to|for)\s$", before):
        return True
    return not (
        planned(view, match.start(), match.end())
        or hypothetical(view, match.start(), match.end())
        or view.within(NOT_TAKEN, before[-25:])
    )
