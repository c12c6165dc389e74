"""What is concluded of a regimen where no verb tells it: from its dose, from another dose, from what it was used for.

No list of the verbs by which drugs are begun and changed is ever whole. What is concluded says so in its ``why``.
"""

from __future__ import annotations

import re

from caseboard.narrative.extract.courses import Event
from caseboard.narrative.extract.dose_noted import is_other_dose
from caseboard.narrative.extract.given_at_all import LONG_TAKEN
from caseboard.narrative.extract.kept_on import CONTINUES
from caseboard.narrative.extract.only_named import DID_HARM, is_blamed, is_harmful
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["concluded"]

_BY_DOSE = "named with its dose; no word tells that it was begun"
_BY_EFFECT = "named as what was used; no word tells that it was begun"
_BY_OTHER_DOSE = "told with another dose; no word tells that it was changed"
_BY_ANY_DOSE = "told with a dose after its stop; no word tells that it was resumed"


def concluded(view: View, memory: Memory, given: Given) -> tuple[Event, str] | None:
    """Return what a regimen without a verb tells and why, or None where nothing can be concluded."""
    if is_harmful(view, given) or is_blamed(view, given):
        return None
    if (event := _other_dose(view, memory, given)) is not None:
        return event, _BY_OTHER_DOSE if event == "change" else _BY_ANY_DOSE
    if _named_with_dose(view, memory, given):
        return "start", _BY_DOSE
    return ("start", _BY_EFFECT) if _named_as_help(view, memory, given) else None


def _other_dose(view: View, memory: Memory, given: Given) -> Event | None:
    """Return what a dose tells of a drug known to the story: another is a change, any after a stop a resumption."""
    if given.supportive or given.dose is None or ("start", given.agents) not in memory.courses:
        return None
    lead = view.whole[max(view.start, given.start - 60) : given.start]
    if view.within(_ONLY_SPOKEN_OF, lead) is not None or view.has(_LIST_OF_OLD, view.start, given.start):
        return None
    if given.agents in memory.given:
        return "change" if is_other_dose(memory, given.agents, given.dose) else None
    return "resume" if ("stop", given.agents) in memory.courses else None


def _named_with_dose(view: View, memory: Memory, given: Given) -> bool:
    """Whether a drug not told before is named with its dose, as one that is taken: "despite prednisone 20 mg/d"."""
    if given.dose is None or not memory.told_agents.isdisjoint(given.agents) or given.agents in memory.given:
        return False
    low, high = view.statement(given.start)
    if view.has(CONTINUES, low, high) is not None or _is_of_old(view, given, low, high):
        return False
    lead = view.whole[max(view.start, given.start - 60) : given.start]
    if view.within(_OF_A_STUDY, lead) is not None and _TAKEN_IN.search(lead) is None:
        return False
    return (
        view.within(_ONLY_SPOKEN_OF, lead) is None and DID_HARM.match(view.whole, given.end, view.end) is None
    )


def _named_as_help(view: View, memory: Memory, given: Given) -> bool:
    """Whether a supportive drug is named as what was used for something: "atrial fibrillation reverted with X"."""
    if not given.supportive or given.agents in memory.given or not memory.staged:
        return False
    lead = view.whole[max(view.start, given.start - 60) : given.start]
    low, high = view.statement(given.start)
    return (
        view.within(_USED, lead) is not None
        and view.within(_ONLY_SPOKEN_OF, lead) is None
        and view.has(CONTINUES, low, high) is None
        and not _is_of_old(view, given, low, high)
    )


def _is_of_old(view: View, given: Given, low: int, high: int) -> bool:
    """Whether a drug stands in a list of what is taken for other illnesses, or is told to be taken for long."""
    if view.has(_LIST_OF_OLD, view.start, given.start) is not None:
        return True
    return given.supportive and view.has(_FOR_LONG, low, high) is not None


_FOR_LONG = pattern(
    rf"\b(?:{LONG_TAKEN}|known|chronic(?:ally)?|regular(?:ly)?|usual(?:ly)?|at home|comorbid\w{{0,5}}|background)\b",
    re.IGNORECASE,
)
_OF_A_STUDY = pattern(r"\b(?:trials?|stud(?:y|ies)|data|results|guidelines?)\b[^.;]{0,50}$", re.IGNORECASE)
_TAKEN_IN = pattern(
    r"\b(?:join\w{0,3}|enter\w{0,3}|enrol\w{1,5}|includ\w{2,3}|recruit\w{0,3}|participat\w{2,4}|randomi[sz]\w{2,4}"
    r"|took part"
    r"|treated|within|under)\b",
    re.IGNORECASE,
)
"""A study of a drug, and that the patient was taken into it."""
_USED = pattern(
    r"\b(?:with|by|under|despite|using|through|need(?:ed|ing)|requir(?:ed|ing))\s"
    r"(?:(?:the|oral|intravenous|iv|topical|low-dose|high-dose|systemic|prophylactic|a|an|course|of|short)\s){0,4}$",
    re.IGNORECASE,
)
_LIST_OF_OLD = pattern(
    r"\b(?:meds|medications?|medicines|drug history|DHx?|(?:home|regular|usual|current|long-term) (?:drugs|treatments?"
    r"|therapy))\b\s?[:=-]",
    re.IGNORECASE,
)
"""What heads a list of what is taken for other illnesses."""


_ONLY_SPOKEN_OF = pattern(
    r"\b(?:before|prior to|for|than|versus|vs\.?|like|such as|e\.g\.|discuss\w{0,4}|sensitiv\w{2,5}|resistan\w{2,3}"
    r"|efficacy|benefit|continu\w{1,3}|remain\w{0,3}|still|kept|dose|doses|no|not|without|never|instead|equivalent"
    r"|of\s(?:a|the)\s(?:trial|study)|off|stop\w{0,4}|ceas\w{1,3}|withdr\w{2,5}|discontinu\w{1,4})\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
"""What stands before a drug that is only spoken of, goes on, or is over."""
