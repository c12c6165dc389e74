"""Which treatment an adverse event is blamed on."""

from __future__ import annotations

import re

from caseboard.narrative.extract.harm import POSTOPERATIVE, is_complication
from caseboard.narrative.extract.labelled import drug_of_item
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import drugs

__all__ = ["blamed_behind", "culprits"]

_OF_RADIATION = pattern(
    r"\b(?:radiotherapy|radiation|irradiation|Gy)\b[^;]{0,40}\b(?:complicated by|caused|led to|resulted in"
    r"|followed by|with)\s(?:an?\s)?(?:(?:mild|moderate|severe|acute|grade \w{1,3}|G[1-5])\s){0,3}$",
    re.IGNORECASE,
)
"""What stands before harm that radiotherapy did."""


_RADIATION_DID = pattern(
    r"radiation|radio-?(?:dermat|necro|mucos|pneumon|oesoph|esoph)|post-?radi", re.IGNORECASE
)


_NAMED_BEHIND = pattern(
    r"(?:[a-z ]{0,24}\s\((?:CTCAE\s)?(?:grade|G|gr\.?)\s?[1-5],\s)"
    r"|(?:,?\s\(?(?:CTCAE\s)?(?:grade|G|gr\.?)\s?[1-5]\)?)(?:\s\([^()]{1,40}\))?,\s",
    re.IGNORECASE,
)
_ENDS = pattern(r"\s?(?:[;.)\n]|$)")
"""What stands around an agent that is named behind the grade: "hearing loss gr 3 (audiogram 2021), cisplatin;"."""


_SWITCHED_TO = pattern(
    r"\b(?:switch\w{0,3}|chang\w{1,3}|convert\w{2,3}|rotat\w{2,3}|mov\w{1,3})\s(?:[a-z]{2,9}\s){0,3}(?:to"
    r"|onto)\s(?:[a-z]{4,12}\s)?$|\b(?:replac|substitut|exchang|swap|swop)\w{2,4}\s(?:by|with|for)\s$",
    re.IGNORECASE,
)
_FOR_HARM = pattern(
    r"[^.;,]{0,40}?\b(?:because\sof|due\sto|owing\sto|on\saccount\sof|for)\s(?:[a-z0-9-]{1,12}\s){0,4}",
    re.IGNORECASE,
)
"""What tells why a drug was left: "switched to anastrozole in 2017 because of hot flashes"."""


def _left_for(view: View, memory: Memory, event: int) -> tuple[str, ...] | None:
    """Return what was left because of an event: it did the harm, not what it was replaced by."""
    groups = [g for g in group_agents(view) if not g.supportive and g.end <= event]
    if not groups or not _FOR_HARM.fullmatch(view.whole[groups[-1].dose_end : event]):
        return None
    if view.has(_SWITCHED_TO, max(view.start, groups[-1].start - 40), groups[-1].start) is None:
        return None
    return groups[-2].agents if len(groups) > 1 else memory.regimen_before


def _told_with(view: View, memory: Memory, event: int, around: list[Given]) -> tuple[str, ...] | None:
    """Return the regimen told before an event in its sentence: ended or lowered because of it, or begun there."""
    before = [given for given in around if given.end <= event]
    if not before:
        return None
    given = before[-1]
    between = view.whole[given.end : event]
    left = _LEFT_BECAUSE.search(between)
    own = left is not None and view.statement(given.start) == view.statement(event)
    if own or (left is not None and _AND_IT_WAS.search(between, 0, left.start()) is not None):
        return given.agents
    begun = any(draft.start >= view.start for draft in memory.courses.get(("start", given.agents), ()))
    return given.agents if begun and _HELD_APART.search(between) is None else None


_AND_IT_WAS = re.compile(
    r"^[^;]{0,80};\s(?:(?:it|this|the|its|dose|drug|treatment|but|and|later|then|was|were|had\sto\sbe)\s){0,4}$"
)
"""What leads from a drug to its end in the next clause: "was given as third line; discontinued for"."""
_LEFT_BECAUSE = re.compile(
    r"\b(?:stopp|discontinu|withdr|withheld|held|interrupt|suspend|abandon|terminat|ceas|paus|reduc|lower"
    r"|halv|omit|dropp|left\sout|break\b)\w{0,6}\b[^;]{0,40}?"
    r"\b(?:because\sof|due\sto|owing\sto|on\saccount\sof|for|after|following|given|in\sview\sof)\b"
    r"|\b(?:stopp|discontinu|withdr|withheld|held|paus|interrupt)\w{0,6}(?:\s[^;,:()]{0,24})?(?:,|:|\s\(|\s[–-])\s?"
    r"(?:(?:G|gr\.?|grade)\s?[1-5]\s)?(?:[a-z ]{3,24}\s?\+\s(?:(?:G|gr\.?|grade)\s?[1-5]\s)?)?$",
    re.IGNORECASE,
)
_HELD_APART = re.compile(
    r"\b(?:(?:after|following|for|until|within|over)\b(?!\s(?:the\s|only\s)?[\w-]{1,12}\s(?:days?|weeks?|months?"
    r"|cycles?|courses?|doses?)\b)"
    r"|because|due|owing|on\saccount|despite|once|when|given\s(?:the|that|his|her)|in\sview|resol\w{2,6}"
    r"|recover\w{0,3}|previous|prior|before)\b",
    re.IGNORECASE,
)
"""What makes an event one that came before the drug that a sentence tells: "X was begun after recovery from"."""


_ENDED_IT = re.compile(
    r"[^.;]{0,40}?\b(?:made|forc\w{1,3}|led|leading|requir\w{1,3}|prompt\w{1,3}|caus\w{1,3}|result\w{1,3}"
    r"|necessitat\w{1,3}"
    r"|oblig\w{1,3})\b"
    r"[^.;,]{0,40}?\b(?:abandon|discontinu|stop|interrupt|withdr|suspen|withh|hold|ceas|terminat|cessation)\w{0,7}\s"
    r"(?:of\s)?(?:the\s)?",
    re.IGNORECASE,
)
"""What leads from harm to the drug that was left for it: "proteinuria made us abandon bevacizumab"."""


_ARROW = re.compile(r"[^.;,]{0,12}(?:->|→|=>|–>)\s{0,2}")
_CUT = re.compile(
    r"\s(?:(?:dose|was|to be)\s)?(?:cut|reduc|held|hold|stop|paus|withh|lower|interrupt|discontin|omit|halv|↓|d/c)",
    re.IGNORECASE,
)
"""What a note says behind its arrow was done with the drug that did the harm: "HFSR G3 -> regorafenib cut to 120"."""


def _is_of_no_drug(view: View, start: int, end: int, *, named: bool) -> bool:
    """Whether an event is an infection that was caught, or what radiation did where no drug is named beside it."""
    if _CAUGHT.search(view.whole, start, end):
        return True
    return not named and (
        is_complication(view, start, end)
        or view.within(_OF_RADIATION, view.whole[max(view.start, start - 120) : start]) is not None
        or view.has(_RADIATION_DID, start, end) is not None
        or _AFTER_LOCAL.search(view.whole, max(view.start, start - 110), start) is not None
    )


_CAUGHT = re.compile(r"(?:covid|sars-cov|influenza|\bflu\b|norovirus)(?![ -]?like)", re.IGNORECASE)
"""Infections that are caught: no drug gives them, as it does flu-like symptoms."""


def _is_told_to_have_done_it(view: View, given: Given, start: int, end: int) -> bool:
    """Whether a drug named in or behind an event did it: it was left or cut for it, or is named as what did."""
    within = (start <= given.start and given.end < end) or given.end + 1 == start
    if within or _ENDED_IT.fullmatch(view.whole, end, given.start):
        return True
    if (
        given.start > end
        and _DUE_TO.search(view.whole, max(end, given.start - 30), given.start)
        and not any(end <= other.start < given.start for other in view.of("toxicity"))
    ):
        return True
    if _ARROW.fullmatch(view.whole, end, given.start) and _CUT.match(view.whole, given.end, view.end):
        return True
    if _BECAUSE_OF.search(view.whole, max(view.start, start - 40), start) is not None and (
        _COMMA.fullmatch(view.whole, end, given.start) and _LEFT.match(view.whole, given.end, view.end)
    ):
        return True
    if _NEXT_SAID.fullmatch(view.whole, end, given.start) and _RESPONSIBLE.match(
        view.whole, given.end, view.end
    ):
        return True
    behind = _NAMED_BEHIND.fullmatch(view.whole[end : given.start])
    return behind is not None and _ENDS.match(view.whole, given.end, view.end) is not None


_BECAUSE_OF = re.compile(
    r"\b(?:because\sof|due\sto|owing\sto|in\sview\sof|on\saccount\sof)\s(?:[a-z0-9-]{1,12}\s){0,4}$",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?:\s\([^()]{1,30}\))?,\s(?:the\s)?")
_LEFT = re.compile(
    r"\s(?:was|were|had\sto\sbe)\s(?:[a-z]{4,12}ly\s)?(?:stopp|discontinu|reduc|h[eo]ld|withh|paus|interrupt|suspend"
    r"|omit|lower|halv"
    r"|ceas|withdr)",
    re.IGNORECASE,
)
"""What tells around a drug that it was left for harm named first: "because of grade 3 rash, X was stopped"."""
_NEXT_SAID = re.compile(r"(?:\s[a-z]{3,12}){0,3}[;,]\s(?:and\s|the\s){0,2}")
_RESPONSIBLE = re.compile(
    r"\s(?:was|were)\s(?:thought|considered|felt|believed|held|deemed|suspected)?\s?(?:to\sbe\s)?(?:responsible"
    r"|the\s(?:likely\s)?(?:culprit|cause))",
    re.IGNORECASE,
)
"""What names the drug in the next clause: "grade 3 rash occurred; pazopanib was thought to be responsible"."""
_DUE_TO = re.compile(
    r"\b(?:attributed|ascribed|attributable|due|secondary)\sto\s(?:the\s)?$|\b(?:caused|induced)\sby\s(?:the\s)?$"
)
"""What stands between harm and the drug that did it: "grade 3 rash attributed to pazopanib"."""


def blamed_behind(view: View) -> tuple[str, ...] | None:
    """Return the drug on which a sentence blames the harm told in the one before: "It was attributed to docetaxel"."""
    said = _IT_WAS.match(view.whole, view.start, view.end)
    if said is None:
        return None
    return next((given.agents for given in group_agents(view) if given.start == said.end()), None)


_IT_WAS = re.compile(
    r"\s?(?:This|It|These|The\s(?:event|reaction|toxicity))\s(?:was|were)\s(?:[a-z]{4,12}ly\s)?"
    r"(?:attributed\sto|ascribed\sto|(?:considered|thought|felt|believed|judged)\s(?:to\sbe\s)?(?:due|related"
    r"|secondary)\sto"
    r"|caused\sby|blamed\son)\s(?:the\s)?"
)


def _is_exonerated(view: View, given: Given) -> bool:
    """Whether a drug is told not to have done it: "unrelated to trastuzumab and pertuzumab"."""
    return _UNRELATED.search(view.whole, max(view.start, given.start - 60), given.start) is not None


_UNRELATED = re.compile(
    r"\b(?:unrelated|not\s(?:related|attributed|ascribed|due|attributable))\sto\s(?:the\s)?"
    r"(?:[A-Za-z-]{4,20}(?:,|\sand|\sor|,\sand)\s){0,3}$",
    re.IGNORECASE,
)


_OF_IMMUNITY = pattern(
    r"\b(?:immune|immunotherapy|checkpoint(?:[ -]inhibitor)?|ICI)[ -](?:related|mediated|induced|associated)\b"
    r"|\birAEs?\b|\bcheckpoint[ -]inhibitor\s(?=[a-z]{3,14}itis\b)",
    re.IGNORECASE,
)
"""What makes harm that of a checkpoint inhibitor, whatever else was given with it."""
_OF_STEROIDS = pattern(r"\b(?:cortico)?steroid[ -](?:induced|related|associated)\b", re.IGNORECASE)
_OF_CHEMOTHERAPY = pattern(r"\bchemotherapy[ -](?:induced|related|associated)\b", re.IGNORECASE)
_CHECKPOINT = frozenset(
    {"PD-1 inhibitor", "PD-L1 inhibitor", "CTLA-4 inhibitor", "other immune checkpoint inhibitor"}
)
_CLASS_NEAR = 24
"""Characters before a harm within which the kind of drug stands that did it: "grade 2 irAE (hepatitis)"."""


def _of_the_class_named(
    view: View, memory: Memory, start: int, end: int, agents: tuple[str, ...]
) -> tuple[str, ...]:
    """Return which of the drugs given then did the harm, where its name says of what kind they are."""
    low = max(view.start, start - _CLASS_NEAR)
    if view.has(_OF_STEROIDS, low, end) is not None:
        return memory.steroid
    if view.has(_OF_IMMUNITY, low, end) is not None:
        given = tuple(agent for agent in agents if _is_checkpoint(agent))
        told = [own for event, own in memory.courses if event == "start" and any(map(_is_checkpoint, own))]
        return given or tuple(agent for own in told[-1:] for agent in own if _is_checkpoint(agent)) or agents
    if view.has(_OF_CHEMOTHERAPY, low, end) is not None:
        return tuple(agent for agent in agents if not _is_checkpoint(agent)) or agents
    return agents


def _is_checkpoint(agent: str) -> bool:
    known = drugs.vocabulary()
    return agent in known and known[agent].drug_class in _CHECKPOINT


def culprits(view: View, memory: Memory, start: int, end: int) -> tuple[str, ...]:
    """Return what the event told at ``start`` to ``end`` is blamed on: agents named with it, else those given then."""
    return _of_the_class_named(view, memory, start, end, _blamed(view, memory, start, end))


def _is_what_did_it(view: View, given: Given, around: list[Given], event: int) -> bool:
    """Whether a drug named before an event is told to have done it, or is that under which it came."""
    if _DID_IT.match(view.whole, given.end, view.end) is not None:
        return True
    return _WHILE_ON.search(
        view.whole, max(view.start, given.start - 50), given.start
    ) is not None and not any(given.end < other.start < event for other in around)


_DID_IT = re.compile(
    r"[- ]?(?:induced|related|associated)\b"
    r"|(?:\s(?:infusions?|administration|therapy|treatment))?,?\s(?:(?:which|it)\s)?"
    r"(?:(?:had|has)\s(?:(?:previously|been|also)\s){0,2})?"
    r"(?:caused|led to|(?:was )?(?:complicated|interrupted|stopped|paused))\b"
)
_WHILE_ON = re.compile(
    r"\b(?:while|whilst|when)\s(?:(?:still|she|he|was|were)\s){0,3}(?:taking|on|receiving|treated with)\s$"
    r"|\b(?:during|under|on)\s(?:the\s|her\s|his\s)?(?:(?:earlier|previous|former|prior|first-line|second-line)\s)"
    r"(?:treatment\s|therapy\s)?(?:with\s)?$|\bunlike\s$",
    re.IGNORECASE,
)
"""What names the drug under which something happened, be another given now: "while taking pazopanib she had had"."""


def _stated_cause(view: View, start: int, end: int) -> tuple[str, ...] | None:
    """Return what words beside an event say did it: a drug of any kind, or nothing that is one.

    None where they say nothing, or only that it was the treatment.
    """
    for given in group_agents(view):
        if given.supportive and (
            _CAUSED.fullmatch(view.whole, given.end, start)
            or (_ALLERGIC.search(view.whole, start, end) and _WITH_IT.fullmatch(view.whole, end, given.start))
        ):
            return given.agents
    if _NOT_BY_IT.match(view.whole, end, view.end) is not None:
        return ()
    said = _ATTRIBUTED.match(view.whole, end, view.end) or _REACTION_TO.match(view.whole, end, view.end)
    if said is None:
        return None
    named = next((given.agents for given in group_agents(view) if given.start == said.end()), None)
    return () if named is None and not _THE_TREATMENT.match(view.whole, said.end(), view.end) else named


_CAUSED = re.compile(
    r"\s(?:(?:had|has|then|also|soon)\s){0,2}(?:caused|led to|provoked|induced|resulted in"
    r"|was complicated by)\s(?:[\w-]{1,14}\s){0,4}"
)
_ALLERGIC = re.compile(
    r"rash|urticaria|hives|pruritus|itch|allerg|anaphyla|hypersensitiv|exanthem|flushing", re.IGNORECASE
)
_WITH_IT = re.compile(r"\s(?:with|from|after|on|under)\s(?:the\s|IV\s|oral\s|intravenous\s)?")
"""What ties harm to a drug that treats no tumour: "octreotide caused diarrhoea", "a rash with teicoplanin"."""
_GOES_ON = (
    r"(?:(?!\b(?:reduc|stopp|discontinu|interrupt|held|withh|paus|switch|chang|led|leading|requir|and|but|so|prompt"
    r"|necessitat"
    r"|for)\w{0,6}\b)(?:[^.;,]|\.(?=\d)|,(?=\s(?:which|that|felt|thought|considered|probably|likely|attributed"
    r"|due)\b))){0,50}?"
)
_REACTION_TO = re.compile(r"(?<=reaction)\sto\s(?:the\s|an?\s)?|(?<=allergy)\sto\s(?:the\s|an?\s)?")
_NOT_BY_IT = re.compile(
    _GOES_ON + r"\b(?:unrelated|not\s(?:related|attributed|attributable|ascribed|due))\sto\b", re.IGNORECASE
)
_ATTRIBUTED = re.compile(
    _GOES_ON
    + r"\b(?:(?:attributed|ascribed|attributable|secondary|due|related)\sto|caused\sby|provoked\sby|induced\sby"
    r"|as\sa\s(?:result|consequence|complication)\sof|resulting\sfrom)\s(?!which\b|this\b)(?:the\s|an?\s|her\s|his\s)?",
    re.IGNORECASE,
)
"""What says of harm what did it: "a rash due to co-amoxiclav", "a rash, which was attributed to contrast medium"."""
_LOCAL = (
    r"(?:radiotherapy|irradiation|radiation|RT|surgery|operation|resection|dissection|SBRT|radiosurgery|emboli[sz]ation"
    r"|reconstruction|\w{3,18}(?:ectomy|plasty|tomy|stomy))\b"
)
_AFTER_LOCAL = re.compile(
    r"\b(?:after|following|post|during|from)\s(?:the\s|her\s|his\s)?(?:[a-z-]{4,14}\s){0,3}?"
    + _LOCAL
    + r"[^.;]{0,70}$|\b"
    + _LOCAL
    + r"[^.;]{0,50}\bcomplicated\sby\s(?:an?\s)?(?:[a-z0-9-]{1,14}\s){0,3}$",
    re.IGNORECASE,
)
"""What tells of harm that came of local treatment: "after adjuvant radiotherapy in December she had"."""
_THE_TREATMENT = re.compile(
    r"(?:\S{1,20}\s){0,4}?(?:treatments?|therap(?:y|ies)|drugs?|chemo\w{0,12}|it|this|these|immuno\w{0,10}|TKIs?"
    r"|medications?"
    r"|study|combination|agents?|toxicity|inhibitors?|\w{4,14}(?:nib|mab)|cycles?|infusions?|regimen|antibod\w{1,3})\b",
    re.IGNORECASE,
)


def _end_of_list(view: View, end: int) -> int:
    """Return where a list of harms ends: "grade 2 diarrhoea, grade 1 fatigue and hypertension under pazopanib"."""
    for other in view.of("toxicity"):
        if other.start >= end and _AND_HARM.fullmatch(view.whole, end, other.start):
            end = other.end
    return end


_AND_HARM = re.compile(r"(?:,|,?\sand)\s(?:(?:grade|G|gr\.?)\s?[1-5]\s)?(?:[a-z]{3,12}\s)?", re.IGNORECASE)


def _is_led_to(between: str) -> bool:
    """Whether the words between harm and a drug lead from the one to the other: "a rash under pazopanib"."""
    return _LEADS.search(between) is not None and _DONE_WITH_IT.search(between) is None


_LEADS = re.compile(r"\b(?:due to|on|under|after|from|by|to|with|of|related to)\s(?:the )?$|\($")
_DONE_WITH_IT = re.compile(r"\breduction|required|stopped|discontinu|in favou?r of")


def _blamed(view: View, memory: Memory, start: int, end: int) -> tuple[str, ...]:
    """Return the agents named with an event, else those given then."""
    around = [g for g in group_agents(view) if not g.supportive and not _is_exonerated(view, g)]
    if _is_of_no_drug(view, start, end, named=bool(around)):
        return ()
    if (stated := _stated_cause(view, start, end)) is not None:
        return stated
    if (before := _left_for(view, memory, start)) is not None:
        return before
    heading = drug_of_item(view, memory)
    if heading and all(given.agents == heading for given in around):
        return heading
    for given in around:
        if _is_told_to_have_done_it(view, given, start, end):
            return given.agents
        listed = _end_of_list(view, end)
        if listed <= given.start <= listed + 60 and _is_led_to(view.whole[listed : given.start]):
            return given.agents
    for given in around:
        if given.end <= start and _is_what_did_it(view, given, around, start):
            return given.agents
    if (own := _told_with(view, memory, start, around)) is not None:
        return own
    if (
        memory.operated
        and view.within(POSTOPERATIVE, view.whole[max(view.start, start - 60) : min(view.end, end + 30)])
        and not memory.regimen_before
    ):
        return ()
    return memory.regimen_before or memory.regimen or memory.last_regimen
