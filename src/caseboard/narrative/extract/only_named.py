"""Drugs that are only named: looked back on ("after"), blamed for harm, or left out for one dose of a cycle."""

from __future__ import annotations

import re

from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = [
    "DID_HARM",
    "FAILED_ON",
    "ONLY_NAMED",
    "is_blamed",
    "is_dose_left_out",
    "is_harmful",
    "is_left_running",
    "is_of_a_procedure",
    "is_only_named",
]

ONLY_NAMED = pattern(
    r"(?:\b(?:after|following|during|under|despite|while on|on|(?<!according )to|due to|because of|related to"
    r"|attributed to|secondary to|caused by|from|of|before|prior to|by|with|resistance to"
    r"|resistant to|progress(?:ed|ion) on|refractory to|response to|tolerated|tolerance of"
    r"|side effects? of|benefit from|for|discussed|sensitive to|efficacy of|\d (?:days?|weeks?"
    r"|months?|years?) of|"
    r"(?:first|second|third|fourth|sixth|next|previous|last|each|another) (?:cycle|course|line"
    r"|dose)s? of|continu(?:ed|es|ing) (?:on|with|to (?:take|receive|use)?)|still (?:on"
    r"|receiving|under)|remains? on|maintained on|kept on|was on|is on"
    r"|(?:after|since|following) (?:the|his|her|their) (?:last|final)"
    r"|(?:after|since|following|before) (?:stopping|discontinuing|completing|finishing|ceasing))\s(?:the |a |this "
    r"|treatment with |therapy with |treatment on |continuous |his |her )?)$",
    re.IGNORECASE,
)
"""What stands before a drug that the sentence names for the sake of something else: "after three months of"."""
_PREPOSITION = pattern(r"\b(?:with|by|of|on|for)\s(?:\w+\s){0,2}$")
"""What ties a drug to a verb before it, so that the verb is its own: "was treated with oral"."""
_WHILE_ON_IT = pattern(
    r"\b(?:after|during|under|despite|due to|resistance|refractory|progress|response"
    r"|\d (?:days?|weeks?|months?)|tolera|side effects?|first (?:cycle|course)|continu|still|remain)",
    re.IGNORECASE,
)
"""What names a regimen that has been going on: "during", "progressed on"."""


def is_harmful(view: View, given: Given) -> bool:
    """Whether a drug's name is part of that of a harm: "a carboplatin reaction", "ifosfamide encephalopathy"."""
    return _DID_HARM_ITSELF.match(view.whole, given.end, view.end) is not None or any(
        harm.start <= given.start < given.end < harm.end
        or (harm.start == given.end + 1 and view.whole[given.end] in " -")
        for harm in view.of("toxicity")
    )


def is_blamed(view: View, given: Given) -> bool:
    """Whether a drug is named as the culprit of a harm, which begins nothing: "ileus, blamed on vincristine"."""
    return _BLAMED_ON.search(view.whole, max(view.start, given.start - 40), given.start) is not None or (
        given.dose is None
        and not given.supportive
        and _GRADED.search(view.whole, max(view.start, given.start - 60), given.start) is not None
        and _CLOSED.match(view.whole, given.end) is not None
    )


_GRADED = re.compile(r"\b(?:[Gg]rade|[Gg]r\.?|G)\s?[1-5]\b[^;.]{0,40},\s(?:also\s|again\s|both\s)?$")
_CLOSED = re.compile(r"\s?(?:[;.)]|$)")
"""A cancer drug that closes the entry of a graded harm is its culprit: "arthralgia G2 Jan 2020, also imatinib;"."""
_BLAMED_ON = re.compile(
    r"\b(?:blamed\s(?:up)?on|(?:im|re)puted\sto|attribut(?:ed|able)\sto|ascribed\sto|put\sdown\sto|charged\sto|caused\sby"
    r"|induced\sby|provoked\sby|a\sresult\sof|side[ -]effects?\sof|(?:grade|gr\.?|G)\s?[1-5],?\s(?:also\s"
    r"|again\s)?(?:by|from))"
    r"\s(?:(?:the|his|her)\s)?$",
    re.IGNORECASE,
)
"""What blames the drug behind it for harm: "ileus, blamed on vincristine"."""


def is_left_running(view: View, given: Given) -> bool:
    """Whether a drug is told not to have been stopped or changed: "nivolumab not interrupted"."""
    return _NOT_STOPPED.match(view.whole, given.dose_end, view.end) is not None


_NOT_STOPPED = re.compile(
    r"\s(?:(?:was|were|is|has\sbeen)\s)?(?:not|never)\s(?:interrupted|stopped|held|paused|withheld|discontinued|changed"
    r"|reduced|modified|affected|touched)\b",
    re.IGNORECASE,
)


_DID_HARM_ITSELF = pattern(
    r"\s(?:hypersensitivity|allerg(?:y|ic)|toxicity|intolerance|anaphyla\w{2,5}|infusion[ -](?:related\s)?reaction"
    r"|(?:hyper|hypo)[a-z]{5,16}a?emia|myopathy|psychosis|diabetes|neuropathy|nephropathy|cardiomyopathy|colitis"
    r"|hepatitis|pneumonitis|rash|mucositis)\b",
    re.IGNORECASE,
)
"""What stands behind a drug by whose name a harm is called."""


def is_dose_left_out(view: View, given: Given) -> bool:
    """Whether only one dose of a cycle was left out, so that the regimen goes on: "day 8 gemcitabine was omitted"."""
    return (
        _DOSE_OF_A_DAY.search(view.whole, max(view.start, given.start - 24), given.start) is not None
        and _LEFT_OUT.match(view.whole, given.dose_end, view.end) is not None
    )


_DOSE_OF_A_DAY = pattern(r"\b(?:day|d)[ -]?\d{1,2}\s(?:(?:dose|infusion|injection)\sof\s)?$", re.IGNORECASE)
_LEFT_OUT = pattern(
    r"\s(?:of\s[a-z0-9 ]{3,14}\s)?(?:(?:was|were|had to be)\s)?"
    r"(?:omitted|withheld|held|skipped|dropped|not given|cancell?ed)\b",
    re.IGNORECASE,
)
DID_HARM = pattern(r"[- ](?:induced|related|associated)\b", re.IGNORECASE)
"""What only blames a drug: "ifosfamide-induced encephalopathy"."""
_BLAMES = pattern(
    r"^(?:by|from|under|on|due to|because of|related to|attributed to|secondary to|caused by)\b",
    re.IGNORECASE,
)
"""What blames one drug of the regimen that is being given, and tells no start: "hypomagnesemia by cisplatin"."""


FAILED_ON = re.compile(
    r"\b(?:progress(?:ion|ing|ed)|relaps(?:e|ing|ed)|recurrence|failure)\s(?:on|under|of|after|with|to)\s(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a regimen that had failed, and began on a day that is not told."""
_FIRST_OF = re.compile(r"first (?:cycle|dose|infusion|injection)s? of", re.IGNORECASE)
"""A first dose begins a drug that has not been told before: "day 18: first dose of vincristine"."""


def is_only_named(view: View, memory: Memory, given: Given, low: int, verb: tuple[int, int]) -> bool:
    """Whether the words before a regimen only name it: "after 3 months of X", "progressed on X"."""
    if memory.told_agents.issuperset(given.agents) and FAILED_ON.search(
        view.whole, max(low, given.start - 40), given.start
    ):
        return True
    named = view.within(ONLY_NAMED, view.whole[max(low, given.start - 60) : given.start])
    if named is None or (
        _FIRST_OF.match(named[0]) is not None and not memory.told_agents & set(given.agents)
    ):
        return False
    if given.dose is None and set(given.agents) < set(memory.regimen) and view.within(_BLAMES, named[0]):
        return True
    if not given.start - 2 <= verb[1] <= given.start and not view.within(_PREPOSITION, named[0]):
        return True
    return given.agents in memory.given and view.within(_WHILE_ON_IT, named[0]) is not None


def is_of_a_procedure(view: View, given: Given) -> bool:
    """Whether a drug is what embolized a tumour or rinsed a cavity, and no line: "TACE with X", "HIPEC (cisplatin)"."""
    return any(
        _LOCAL.search(view.whole, done.start, done.end) is not None
        and (
            _WITH_IT.fullmatch(view.whole, done.end, given.start) is not None
            if done.end <= given.start
            else _FOR_IT.fullmatch(view.whole, given.dose_end, done.start) is not None
        )
        for done in view.of("procedure")
    )


_LOCAL = pattern(r"emboli|\bTACE\b|HIPEC|\bPIPAC\b|intraperitoneal|perfusion|\bILP\b", re.IGNORECASE)
_WITH_IT = re.compile(
    r"(?:[^.;,()]|\([^()]{1,20}\)){0,60}?\s(?:with|using|of)\s(?:[a-z-]{3,14}\s){0,3}|\s?\((?:with\s)?"
)
_FOR_IT = re.compile(r"(?:-based)?\s")
