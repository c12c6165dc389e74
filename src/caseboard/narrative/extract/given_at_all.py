"""Whether a treatment that a sentence names was given: many are only planned, an option, refused, or of long ago."""

from __future__ import annotations

import re

from caseboard.narrative.context import PLANNED_AFTER, hypothetical, is_of_the_next, planned
from caseboard.narrative.extract.asserted import only_supposed
from caseboard.narrative.extract.courses import NOT_TAKEN, Event
from caseboard.narrative.extract.held import pause_of
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["LONG_TAKEN", "not_given"]

LONG_TAKEN = (
    r"for (?:many |several |\d{1,2} )?years|long-?standing|long-?term|since (?:childhood|youth|adolescence)"
)
"""What tells that something, or the drug for it, is of long before the tumour."""

_SENSITIVE = pattern(
    r"\b(?:sensitiv\w{1,6}|resistan\w{1,5}|suscepti\w{2,8}|target(?:ed|able)? by|approved"
    r"|effective|option|candidate|may respond|would"
    r"|could(?!\s(?:only\sbe\s[a-z]{4,14}|not\sbe\s[a-z]{4,14}\s(?:until|till))\b))\b",
    re.IGNORECASE,
)

_OWN_WILL = pattern(
    r"\b(?:preference|wish|desire|decision|request|decided|opted|chose|agreed)\b", re.IGNORECASE
)


def not_given(
    view: View,
    memory: Memory,
    given: Given,
    event: Event,
    statement: tuple[int, int],
    trigger: tuple[int, int],
) -> bool:
    """Whether a regimen is only planned, an option, refused or left out, by its statement and its verb."""
    low, high = statement
    if event == "start" and given.supportive and _of_old(view, memory, given):
        return True
    lead = view.whole[max(view.start, given.start - 120) : given.start]
    if view.within(_AVOIDED, lead) or view.within(_SPEAKS_FOR, lead) or _was_not_given(view, given, high):
        return True
    if view.within(_STUDY_OF, lead) and not (view.within(_TAKEN_INTO, lead) or _TRY_OF.search(lead)):
        return True
    supposed = event != "start" and (only_supposed(view, *trigger) or hypothetical(view, *trigger))
    if supposed or _is_not_chosen(view, given, lead) or _is_said_not_to_be(view, given):
        return True
    if event == "stop":
        known = any(set(given.agents) & set(regimen) for regimen in memory.given)
        left_out = given.dose is None and _LEFT_OUT.fullmatch(view.whole[trigger[0] : trigger[1]]) is not None
        left_out = left_out and pause_of(view, trigger) is None  # what was held for a time had been given
        return not known and (
            planned(view, given.start, given.end)
            or _planned_behind(view, given)
            or (left_out and not memory.told_agents.issuperset(given.agents))
        )
    conditional = event == "start" and view.begins(_ON_CONDITION, view.whole[trigger[1] : trigger[1] + 24])
    if conditional or _is_of_another(view, memory, given, event, trigger):
        return True
    if event in ("start", "resume") and _NOT_RESUMED.match(view.whole, given.end, high):
        return True
    head = _head_of_list(view, given)
    if head is not given and planned(view, head.start, head.end) and not _was_given(view, given):
        return True
    option = view.has(_SENSITIVE, given.end, min(high, given.end + 40))
    decided = (event == "resume" and view.within(_OWN_WILL, lead) is not None) or _was_given(view, given)
    if not decided and (
        option is not None or planned(view, given.start, given.dose_end) or _planned_behind(view, given)
    ):
        return True
    lead = _own_statement(view.whole[max(low, given.start - 40) : given.start])
    if _GIVEN_AFTER.match(view.whole, given.end, given.dose_end + 80):
        lead = _AND_THIS.split(lead)[-1]
        if _SUBORDINATE.match(view.whole, low, high) or lead.endswith(", "):
            lead = lead.rpartition(", ")[2]
    return event == "start" and view.within(NOT_TAKEN, _NOT_AWAITED.sub("", lead)) is not None


def _is_not_chosen(view: View, given: Given, lead: str) -> bool:
    """Whether another regimen was chosen; "instead of doxorubicin, pazopanib was started" tells so of the first."""
    if lead.endswith(", ") and _GIVEN_AFTER.match(view.whole, given.end, given.dose_end + 80) is not None:
        return False
    return view.within(_NOT_CHOSEN, lead) is not None


def _is_of_another(view: View, memory: Memory, given: Given, event: Event, trigger: tuple[int, int]) -> bool:
    """Whether what happened is told of another drug: supportive ones take no verb over a comma from the one behind.

    "Neutropenia despite pegfilgrastim, docetaxel reduced by 25%"; "held, doxycycline, then back on 1.5 mg".
    """
    if event == "start":  # the cycle in which something happened begins nothing
        running = set(given.agents) <= set(memory.regimen) and memory.regimen in memory.given
        return running and _IN_A_CYCLE.match(view.whole, trigger[0], view.end) is not None
    if not given.supportive or view.whole[given.end] != ",":
        return False
    if event == "resume":
        return given.agents not in memory.given
    others = (other for other in group_agents(view) if not other.supportive)
    return event == "change" and any(given.end < other.start < trigger[0] for other in others)


_IN_A_CYCLE = re.compile(r"cycle\s(?:no\.?\s|number\s|#)?\d", re.IGNORECASE)
_STUDY_OF = pattern(
    r"\b(?:trials?|stud(?:y|ies))\s(?:that\s(?:have\s|had\s)?(?:used|tested|evaluated)|using|of|comparing|evaluating"
    r"|investigating|testing|with)\s(?:[^.;]|\.(?=\d)){0,80}$",
    re.IGNORECASE,
)
_TRY_OF = re.compile(r"\b[Aa]\s(?:short\s|brief\s|therapeutic\s|further\s)?trial\sof\s$")
"""What is only tried, and no study: "a trial of octreotide was undertaken"."""
_TAKEN_INTO = pattern(
    r"\b(?:enrol\w{2,6}|entered|includ\w{2,3}|randomi[sz]\w{2,4}|treated|receiv\w{1,3}|took\spart|participat\w{2,4}"
    r"|recruited|joined|started|commenced|began)\b[^.;]{0,60}\b(?:trial|study)\b"
    r"|\b(?:on|in|under|within|into)\s(?:an?|the|this|our)\s(?:[a-z0-9-]{1,14}\s){0,5}(?:trial|study)\b",
    re.IGNORECASE,
)
"""A study of a regimen, and that the patient was taken into it; one that is only registered for has given nothing."""
_IN_ONE_LIST = pattern(r"\s?(?:,|,?\sand|,?\sor|\+|/)\s?")


def _head_of_list(view: View, given: Given) -> Given:
    """Return the first of the drugs that one list names, up to this one: what is planned of it is planned of all."""
    head = given
    for other in reversed(group_agents(view)):
        if other.start < head.start:
            if not _IN_ONE_LIST.fullmatch(view.whole[max(other.end, other.dose_end) : head.start]):
                break
            head = other
    return head


_LEFT_OUT = pattern(r"withheld|omitted|held|abandoned|dropped|left out", re.IGNORECASE)
"""What is told of a drug that was never begun as well as of one that was: "etoposide was withheld"."""
_NOT_RESUMED = pattern(
    r"[^.;,]{0,30}?\b(?:was|were|could)\s(?:not|never)\s(?:be\s)?(?:resumed|restarted|reintroduced|repeated)\b",
    re.IGNORECASE,
)
_ON_CONDITION = pattern(r"\s(?:if|provided|subject to|as soon as|pending)\b", re.IGNORECASE)
_IN_BRACKETS = pattern(r"(?:[^()]{0,60}\)|\s?\([^()]{0,160}\))")


def _planned_behind(view: View, given: Given) -> bool:
    """Whether a regimen is only planned by a verb behind its brackets: "MAP (methotrexate, ...) was planned"."""
    if not view.may(PLANNED_AFTER):
        return False
    closed = _IN_BRACKETS.match(view.whole, given.end, view.end)
    if closed is None or view.whole[given.start : closed.end()].count("(") != 1:
        return False
    return PLANNED_AFTER.match(view.whole[closed.end() : min(view.end, closed.end() + 60)]) is not None


_AVOIDED = pattern(
    r"\b(?:avoid(?:ing|ance of|ed)?|preclud(?:ed|ing)|contra-?indicat(?:ed|ing)|ruled out|spar(?:e|ing) (?:him|her"
    r"|the patient)?|omit(?:ting|ted)?|w/o)\s"
    r"(?:the use of\s|further\s|any\s|giving\s|concurrent\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a drug that was left out: "in order to avoid bleomycin"."""
_SPEAKS_FOR = pattern(
    r"\b(?:indicat(?:ed|es|ing|ive|ion)|suggest(?:ed|s|ing|ive)|predict(?:ed|s|ing|ive)|support(?:ed|s|ing)"
    r"|favou?r(?:ed|s|ing)"
    r"|benefit|eligib\w{2,5}|qualif\w{3,4}|respon(?:d|se)|sensitiv\w{1,4})\s(?:(?:for|of|to|from|by|a|an|the"
    r"|possible|potential"
    r"|targeted)\s){0,3}(?:treatments?|therap(?:y|ies)|use)\s(?:with|of|by|using)\s[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What a finding speaks for, which need not have been given: "the variant indicated treatment with platinum and"."""
_WAS_NOT_GIVEN = pattern(
    r"[^.;]{0,90}?\b(?:was|were)\s(?:therefore\s|finally\s|thus\s|then\s)?(?:not|never)\s"
    r"(?:given(?!\s(?:any\s)?more)|started|administered|used|pursued|initiated|added|begun|commenced)\b(?!\s(?:until"
    r"|till)\b)"
    r"|\s(?:was|were)\s(?:therefore\s|thus\s)?(?:forbidden|precluded|contraindicated|out\sof\sthe\squestion"
    r"|not\sto\sbe\shad"
    r"|impossible|no\soption)\b",
    re.IGNORECASE,
)


_NOT_YET_BEGUN = re.compile(
    r"[^.]{0,90}?\b(?:s?he|the patient)\s(?:(?:has|had|did)\snot|(?:has|had|did)n['’]t)\s(?:yet\s)?"
    r"(?:start(?:ed)?|begun|begin|taken?|collect(?:ed)?|received?)\s(?:it|this|treatment|the\sdrug|them"
    r"|the\stablets)\b",
    re.IGNORECASE,
)
"""What tells of a drug prescribed or sent for that it was not begun: "he has not started it yet"."""


def _is_said_not_to_be(view: View, given: Given) -> bool:
    """Whether a regimen is told right behind its name never to have been had."""
    said = _NEVER.match(view.whole[given.end : given.dose_end + 70])
    return said is not None and not is_of_the_next(view, given.start, given.end, said[0])


def _was_not_given(view: View, given: Given, high: int) -> bool:
    """Whether a regimen is told behind its name not to have been given, before another one is named."""
    following = next((other.start for other in group_agents(view) if other.start > given.start), high)
    if following == high and _NOT_YET_BEGUN.match(view.whole, given.dose_end, view.end):
        return True
    said = _WAS_NOT_GIVEN.match(view.whole, given.dose_end, min(high, following))
    return said is not None and not is_of_the_next(view, given.start, given.dose_end, said[0])


def _own_statement(lead: str) -> str:
    """Return the words before a regimen from where its own statement begins: "X could not be got, so she started Y"."""
    parted = [match.end() for match in _SO.finditer(lead)]
    return lead[parted[-1] :] if parted else lead


_NOT_AWAITED = re.compile(r"\bwithout\s(?:a?waiting|delay|interruption|waiting\sfor|prior)\b", re.IGNORECASE)
"""What denies no drug: "without awaiting the genotype, imatinib was started"."""
_SO = pattern(
    r",\s(?:so|and|but|therefore)\s(?=s?he\b|the\b|they\b|we\b)|[,;]\s(?:and\s|so\s)?(?:hence|thus|therefore"
    r"|consequently)\s|,?\s(?:while|whereas|although|though)\s"
    r"|,\s(?=(?:s?he|we|they|the\spatient)\s(?:(?:then|was|were|had|has)\s){0,2}(?:received|underwent|started|began"
    r"|commenced|took|got|given|treated|put)\b)"
    r"|\s(?:and|but|so)\s(?=(?:s?he|we|they|the\spatient)\b|(?:on|in|from|since)\s(?:the\s)?(?:\d|[A-Z][a-z]+\s\d))"
    r"|\b(?:and|but)\s(?=(?:was|were)\s(?:then\s|instead\s)?(?:started|put|placed|commenced|treated|given)\b"
    r"|(?:then\s|instead\s)?(?:started|began|commenced|received|took)\b)",
    re.IGNORECASE,
)
_AND_THIS = re.compile(r"\b(?:and|so|but)\s")
"""What parts a drug that is told to have been given from what was not: "surgery was refused and X was started"."""
_SUBORDINATE = re.compile(r"\s?(?:As|Since|Because|Although|Though|While|Whereas|When)\s")
"""What opens a clause that a comma closes: "As X was not to be had, Y was started"."""
_GIVEN_AFTER = pattern(
    r"[^.;,]{0,60}?\b(?:was|were)\s(?:then\s|also\s|[a-z]{3,14}ly\s)?(?:used|given|started|initiated|administered"
    r"|commenced|begun|added|prescribed|introduced|resumed|restarted|reintroduced)\b",
    re.IGNORECASE,
)

_AND_BEGUN = pattern(
    r"[^;]{0,60}?\b(?:and|so)\s(?:the\s|this\s)?(?:therapy|treatment|it|drug|administration|medication)\s(?:was|were)\s"
    r"(?:then\s|duly\s|finally\s)?(?:started|begun|initiated|commenced|instituted|given)\b(?!\s(?:if|when|once"
    r"|after\sapproval))",
    re.IGNORECASE,
)
"""What tells that a drug was begun which was only applied for: "use of X was approved, and therapy was started"."""
_ACCEPTED = pattern(
    r"[^.;]{0,80}?\b(?:and|which|that)\s(?:s?he|the patient|m(?:r|rs|s)\.?\s[A-Z][\w'’-]{0,20}\.?)\s"
    r"(?:has\s|had\s|was\s|then\s|been\s){0,2}"
    r"(?:accepted|started|began|commenced|received|took|taking|receiving|completed|agreed(?! to (?:think|consider)))\b",
    re.IGNORECASE,
)
"""What tells that a treatment was taken which was only offered: "capecitabine was offered, which she accepted"."""
_OF_OLD = pattern(
    r"\b(?:history of|past medical|medical history|comorbid\w{0,5}|regularly|regular|long-term|chronic(?:ally)?|known"
    r"|background|antecedents?|(?:hypertension|diabetes|asthma|gout|hypothyroidism|epilepsy|schizophrenia"
    r"|osteoporosis)"
    r" (?:for|since|on|treated|controlled))\b",
    re.IGNORECASE,
)


def _of_old(view: View, memory: Memory, given: Given) -> bool:
    """Whether a drug is one that the patient took before the illness: "hypertension for 8 years, took nifedipine"."""
    absolute = any(time.absolute for time in view.times)
    low, high = view.statement(given.start)
    if not absolute and view.has(_FOR_LONG, low, high) is not None:
        return True
    return not memory.staged and not absolute and given.dose is None and view.has(_OF_OLD) is not None


_FOR_LONG = pattern(
    rf"\b(?:{LONG_TAKEN}|known (?:hypertension|diabetes|asthma|gout|hypothyroidism|epilepsy|coronary|heart"
    r"|hypercholesterol\w{2,6}))\b",
    re.IGNORECASE,
)
_RECEIVED = pattern(
    r"\b(?:discharged (?:home )?(?:on|with)|received|was given|were given|started on)\s"
    r"(?:(?!and\b|on\b|in\b)[a-z0-9-]+\s){0,4}$",
    re.IGNORECASE,
)

_NOT_RECEIVED = pattern(
    r"\b(?:would|will|could|should|may|might|to be|to have|planned|not|never|no|before|if|without|declined|refused)\b",
)


def _was_given(view: View, given: Given) -> bool:
    """Whether a regimen is told to have been given right behind its name, whatever was planned before it."""
    behind = view.whole[given.end : given.dose_end + 130]
    if _GIVEN_AFTER.match(behind) or _ACCEPTED.match(behind):
        return True
    if _AND_BEGUN.match(view.whole, given.dose_end, view.end):
        return True
    lead = view.whole[max(view.start, given.start - 60) : given.start]
    if view.within(_RECEIVED, lead) is not None and view.within(_NOT_RECEIVED, lead) is None:
        return True
    if view.within(_PROPOSES, lead) is not None:
        return False
    return given.dose is not None and any(
        time.absolute and not time.until and 0 <= time.start - given.dose_end <= 3 for time in view.times
    )


_PROPOSES = pattern(
    r"\b(?:propos(?:es?|ing)|recommends?|suggests?|plans?|advis(?:es?|ing)|intends?|will|would|should|hopes?|wants?)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What somebody only proposes, be a day told for it: "the board proposes eribulin 1.4 mg/m2 from July"."""
_NOT_CHOSEN = pattern(
    r"\b(?:(?:selected|chosen|preferred|favou?red) (?:over|to)|rather than|instead of|as opposed to|in preference to"
    r"|(?:before|while|was|is|were) considering|without (?:receiving|having received|waiting for)|options?"
    r"|alternatives?|choice (?:of|between))\b:?(?![^.;]{0,40},\s(?:s?he|we|they|the patient)\s)[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a regimen that was not given: "alectinib was chosen over crizotinib", "options: eribulin"."""

_NEVER = pattern(
    r"(?:[ -](?:in|un)eligible|[ -]na[iï]ve|[^.;]{0,40}\b(?:in reserve|which (?:s?he|the patient) (?:\w{4,12} )?never"
    r"|never (?:given|received|started|taken)|not (?:given(?!\s(?:any\s)?more)|received|started|available)))\b"
    r"(?!\s(?:until|till)\b)",
    re.IGNORECASE,
)
