"""Drugs told by what they answered or did: by an arrow, as what helped, as what a trial gave, by a response."""

from __future__ import annotations

import re

from caseboard.narrative.extract.courses import CHANGE, CHANGE_BY_ARROW, RESUME, STOP
from caseboard.narrative.extract.grades import GRADE
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["brought", "led_to"]

_TOGETHER = pattern(
    r"(?:\b(?:together with|along with|accompanied by|covered (?:with|by))|\sw/)\s$", re.IGNORECASE
)
"""What ties a supportive drug to another treatment in a note."""
_PROPHYLAXIS = pattern(r"\b(?:ppx|prophylaxis|prophyl?\.?)\s(?:w/|with|by)\s?$", re.IGNORECASE)
_BEING_ON = pattern(r"\bon\s$", re.IGNORECASE)
_EVER_SINCE = pattern(r"\s(?:ever\s)?since(?:\sthen)?(?=\s{0,2}(?:[.,;)\n]|$))", re.IGNORECASE)
"""What tells in a note that a supportive drug was begun: "PJP ppx w/ atovaquone", "on levothyroxine since"."""
_WITH_RADIATION = pattern(
    r"\b(?:radiotherapy|radiation|irradiation|RT|Gy)\b[^.;]{0,40}"
    r"\b(?:with|plus)\s(?:concurrent\s|concomitant\s|simultaneous\s|weekly\s|daily\s|oral\s){1,2}$",
    re.IGNORECASE,
)
"""What stands before a drug that is given with radiotherapy: "60 Gy with concurrent cisplatin"."""
_RELIEVED_BY = pattern(
    r"\b(?:recover|reliev|resolv|settl|improv|control|manag|subsid|normali|correct|respond|hospitali|support|stabili"
    r"|alleviat|lessen|eased?|anticoagul|cover|cleared|contained|rate-control|reduc)\w{0,6}\b"
    r"[^.;]{0,40}"
    r"\b(?:with|by|after|following|to|under|on|upon|through)\s"
    r"(?:the\s|intravenous\s|oral\s|iv\s|topical\s|a course of\s|subcutaneous\s|low-dose\s|high-dose\s"
    r"|\d{1,2}\sunits?\sof\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a supportive drug that helped: "recovered after filgrastim", "settled with octreotide"."""
_ARROW = pattern(
    r"(?:->|→|=>|–>)\s{0,2}(?:Rx |started |on |with |given |\d\s?(?:x |u |units? )?(?:of )?)?$", re.IGNORECASE
)
"""A note's sign for what was done about something: "TSH 28 -> levothyroxine 75 mcg"."""


_IN_A_TRIAL = pattern(
    r"\b(?:entered|enrolled (?:in|into|on|onto)|included in|recruited (?:to|into)|participated in)\s"
    r"[^.;]{0,60}?\b(?:trial|study|programme|program|protocol)\b[^.;]{0,30}"
    r"\b(?:of|with|investigating|evaluating|testing)\s(?:the\s)?(?:[a-z]{2,5}\sinhibitor\s)?$",
    re.IGNORECASE,
)
"""What stands before a drug given in a trial: "he entered a phase I trial of molibresib"."""
_BLAMED_BEHIND = pattern(
    r"[- ](?:induced|related|associated|resistan\w{2}|refractory|toxicity|allerg\w{1,3}|hypersensitivity"
    r"|intoleran\w{2}"
    r"|reactions?|sensitiv\w{1,3}|naive)\b",
    re.IGNORECASE,
)
_DECIDED = pattern(r"(?:=>|⇒)\s{0,2}$")
"""A note's sign for what a board concludes, which need not have been given: "RET M918T => selpercatinib"."""
_HAD = pattern(
    r"\b(?:s?he|patient|pt|and|then|which s?he|admitted[^.;]{0,60}) (?:had|got|has had|was having)\s"
    r"(?:oral\s|intravenous\s|iv\s|a course of\s|\w{1,6}\s(?:cycles?|courses?)\sof\s)?$",
    re.IGNORECASE,
)
"""What stands before a treatment that the patient had: "for which she got MOPP", "and had piperacillin"."""


def _answers_a_grade(view: View, given: Given) -> bool:
    """Whether a supportive drug alone between commas follows a graded event: "arthralgia G2, naproxen."."""
    if _ALONE_BEHIND.match(view.whole, given.end, view.end) is None:
        return False
    before = _ALONE_BEFORE.search(view.whole, max(view.start, given.start - 14), given.start)
    return before is not None and view.has(GRADE, max(view.start, given.start - 110), given.start) is not None


def _noted_with_a_grade(view: View, given: Given) -> bool:
    """Whether a supportive drug stands in the brackets of a graded event: "hypertension G2 (losartan 50 mg)"."""
    opens = given.start - 1
    if opens < view.start or view.whole[opens] != "(":
        return False
    if _BRACKET_CLOSES.match(view.whole, given.dose_end, view.end) is None:
        return False
    low = max(view.start, opens - 60)
    low = max(low, *(view.whole.rfind(mark, low, opens) for mark in ",;)")) if opens > low else low
    return view.has(GRADE, low, opens) is not None


_BRACKET_CLOSES = pattern(
    r"\s?(?:[a-z]{1,4}\s?){0,2}(?:started|added|given)?(?:[,;][^()]{0,60})?\)", re.IGNORECASE
)
_ALONE_BEFORE = pattern(r"[,;]\s(?:oral\s|topical\s|local\s|i\.?v\.?\s|tab\.?\s|inj\.?\s)?$", re.IGNORECASE)
_ALONE_BEHIND = pattern(
    r"(?:\s(?:mouthwash|cream|ointment|gel|drops))?\s?(?:[.,;\n](?!\d)|$|\d{1,2}[./])", re.IGNORECASE
)


def led_to(view: View, given: Given) -> bool:
    """Whether a drug is the answer to what stands before it, by a note's arrow or as what helped."""
    behind = (given.end, min(view.end, given.dose_end + 16))
    if any(view.has(verb, *behind) is not None for verb in (STOP, CHANGE, CHANGE_BY_ARROW, RESUME)):
        return False
    lead = view.whole[max(view.start, given.start - 90) : given.start]
    if _BLAMED_BEHIND.match(view.whole, given.end, view.end) is not None:
        return False
    if given.supportive and given.dose is not None and view.within(_TOGETHER, lead) is not None:
        return True
    if given.supportive and (
        view.within(_PROPHYLAXIS, lead) is not None
        or (
            view.within(_BEING_ON, lead) is not None
            and _EVER_SINCE.match(view.whole, given.dose_end, view.end)
        )
    ):
        return True
    if given.supportive and (_answers_a_grade(view, given) or _noted_with_a_grade(view, given)):
        return True
    if view.within(_WITH_RADIATION, lead) is not None or view.within(_IN_A_TRIAL, lead) is not None:
        return True
    if view.within(_DECIDED, lead) is not None and not given.supportive and given.dose is None:
        return False
    return (
        view.within(_ARROW, lead) is not None
        or view.within(_HAD, lead) is not None
        or (given.supportive and view.within(_RELIEVED_BY, lead) is not None)
    )


def brought(view: View, memory: Memory, given: Given) -> bool:
    """Whether a drug not told before is first told by what it did: "sunitinib (37.5 mg/d) yielded stabilisation"."""
    if (
        given.supportive
        or not (view.may(_BROUGHT) or view.may(_FOR_SO_LONG))
        or not memory.told_agents.isdisjoint(given.agents)
    ):
        return False
    if view.within(_ONLY_IN_NAME, view.whole[max(view.start, given.start - 60) : given.start]):
        return False
    behind = (given.dose_end, view.end)
    return (_BROUGHT.match(view.whole, *behind) or _FOR_SO_LONG.match(view.whole, *behind)) is not None


_BROUGHT = pattern(
    r"(?:\s\([^()]{1,60}\)|[^()]{0,20}\))?,?\s(?:monotherapy\s|therapy\s|treatment\s|alone\s|given\s"
    r"|[a-z]{4,12}ly\s){0,2}"
    r"(?:led\sto|yielded|achieved|produced|resulted\sin|brought(?:\sabout)?|induced|provided|obtained|elicited"
    r"|afforded|gave"
    r"|was\sineffective|failed\sto)\b(?!\s(?:responses|remissions)\s(?:in|of))"
    r"(?:\s(?:an?|the|only|no|[a-z-]{2,16})){0,5}?\s"
    r"(?:responses?|remission|stabili[sz]ation|stable|regression|shrinkage|control|PR|CR|SD|PD|improvement|benefit"
    r"|progression"
    r"|decrease|reduction|over|after|for)\b",
    re.IGNORECASE,
)
"""What a drug did to the tumour, told in the past, and in one patient."""
_FOR_SO_LONG = pattern(
    r"(?:\s?(?:for\s|[x×]\s?)(?:\d{1,2}|[a-z]{3,6}))?\s?(?:weeks?|months?|cycles?|courses?|doses?)\s?[:,;(–-]\s?"
    r"(?:with\s|a\s|best\sresponse:?\s){0,2}(?:progress\w{2,5}|PD|SD|PR|CR|stable\sdisease|partial\sre\w{5,8}"
    r"|complete\sre\w{5,8}|no\sresponse)\b"
)
"""A note of how long a drug was given and with what result: "regorafenib for 4 months: progression"."""
_ONLY_IN_NAME = pattern(
    r"\b(?:resistance|resistant|refractory|response|responded|sensitiv\w{2,6}|trials?|stud(?:y|ies)|efficacy"
    r"|patients)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
