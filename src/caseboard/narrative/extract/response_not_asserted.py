"""Words of a response that are told without being asserted.

What is denied, planned, asked, feared or only thought of, what gives no more than a time or a reason ("stopped for
progression"), the cause of a death, a box that is not ticked, what is told of somebody else: none of it came about.
"""

from __future__ import annotations

import re

from caseboard.narrative.context import denied, hypothetical, is_queried, of_someone_else
from caseboard.narrative.extract.response_hit import BROUGHT, Hit
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_not_asserted"]


def is_not_asserted(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether the words of a hit are told, but not that it is so."""
    return (
        _is_unticked(view, hit)
        or _was_thought_only(view, hit)
        or _is_known_reason(view, memory, hit)
        or _FEARED.search(view.whole, max(view.start, hit.start - 90), hit.start) is not None
        or _is_only_mentioned(view, hit)
    )


_FEARED = re.compile(
    r"\b(?:fear(?:s|ed|ing)?|afraid|worr(?:y|ies|ied)|differentiat\w{1,3}|distinguish\w{0,3}"
    r"|discriminat\w{1,3})\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What stands before progression that is only feared, or to be told from another: "differentiate it from"."""


def _is_unticked(view: View, hit: Hit) -> bool:
    """Whether a form offers a category with a box that is not ticked: "PR [ ]  SD [x]", "[ ] PR  [x] SD"."""
    boxes = list(_BOX.finditer(view.whole, view.start, view.end))
    if not boxes:
        return False
    label_first = _LABEL.search(view.whole, view.start, boxes[0].start()) is not None
    own = [
        box
        for box in boxes
        if (0 <= box.start() - hit.end <= _BESIDE if label_first else 0 <= hit.start - box.end() <= _BESIDE)
    ]
    return bool(own) and not own[0]["tick"].strip()


_BOX = re.compile(r"\[(?P<tick>[ xX✓]{0,2})\]")
_LABEL = re.compile(r"\b(?:CR|PR|SD|PD|NED)\b")
_BESIDE = 3
"""Characters between a category and its box."""


def _was_thought_only(view: View, hit: Hit) -> bool:
    """Whether progression was only thought of, and turned out to be something else: "concern for progression, but"."""
    if hit.category != "PD":
        return False
    if is_queried(view, hit.start) or view.begins(
        _REFUTED, view.whole[hit.end : min(view.end, hit.end + 120)]
    ):
        return True
    thought = view.has(_THOUGHT, max(view.start, hit.start - 60), hit.start) or view.begins(
        _WAS_SUSPECTED, view.whole[hit.end : min(view.end, hit.end + 80)]
    )
    return thought is not None and view.has(_BUT_IT_WAS, hit.end, min(view.end, hit.end + 120)) is not None


_THOUGHT = pattern(
    r"\b(?:concern(?:s|ed|ing)?|suspicio(?:n|us)|suspected|thought|query|questionable|possible|apparent(?:ly)?"
    r"|seem(?:s|ed)"
    r"|felt|believed|interpreted|mistaken|misread)\b",
    re.IGNORECASE,
)
_WAS_SUSPECTED = pattern(
    r"[^.;,]{0,40}?\b(?:was|were|had been)\s(?:[a-z]{3,12}ly\s|first\s)?(?:suspected|thought|feared|queried|raised"
    r"|presumed"
    r"|assumed|considered)\b",
    re.IGNORECASE,
)
_REFUTED = pattern(
    r"(?:(?!\b(?:and|but)\b)[^.;,]){0,50}?\b(?:(?:was|were)\s(?:(?:later|then|finally|eventually|subsequently"
    r"|ultimately)\s)?(?:interpreted"
    r"|regarded|judged|classified|recogni[sz]ed|considered|rated|read|reclassified|seen)\s(?:as|to be)"
    r"|(?:turned out|proved|were found|was found)(?:\sto be)?)\s(?:an?\s|only\s|purely\s|due to\s)?(?:pseudo"
    r"|inflammat|infecti|benign"
    r"|treatment[- ]|therapy[- ]|post-?|reactive|scar|fibro|radi(?:o|ation)[ -]?necro|granulom|artefact|artifact"
    r"|unspecific|non-?specific)"
    r"|(?:(?!\b(?:and|but)\b)[^.;,]){0,40}?\b(?:was|were|could be)\s(?:[a-z]{3,12}ly\s)?(?:refuted|disproved"
    r"|disproven|ruled out|excluded)"
    r"\b(?!,)",
    re.IGNORECASE,
)
"""What tells right behind a progression that it was none."""
_BUT_IT_WAS = pattern(
    r"\b(?:but|however|although|though|whereas)\b[^.;]{0,70}\b(?:not be (?:confirmed|verified|proven|substantiated)"
    r"|not (?:verified|proven|substantiated)|ruled out|excluded|refuted|disproved|fibrosis|fibrotic|necrosis"
    r"|infecti\w{2,3}|inflammat\w{3,5}"
    r"|benign|negative|artefact|artifact|radionecrosis|pneumoni\w{1,3}|pseudo-?progression|scar|treatment effect|stable"
    r"|no (?:tumou?r|malignan\w{2,3}|evidence|progression|recurrence)|not confirmed|unchanged|post-?operative)\b",
    re.IGNORECASE,
)
"""What tells that it was none."""


def _is_known_reason(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether progression that has been told is only named as the reason of what was done: "in view of progression"."""
    return (
        hit.category == "PD"
        and memory.last_response == "PD"
        and not view.retold
        and _REASON.fullmatch(view.whole, view.start, hit.start) is not None
    )


_REASON = re.compile(
    r"\s?(?:due to|because of|owing to|given|on account of|upon|following|in view of)\s"
    r"(?:the |this |her |his |an? ){0,2}"
    r"(?:[a-z]{3,14} ){0,3}?",
    re.IGNORECASE,
)


def _is_only_mentioned(view: View, hit: Hit) -> bool:
    """Whether a hit is denied, planned, a time or reason only, or of someone else."""
    start, end = hit.start, hit.end
    low, _ = view.clause(start)
    before = view.whole[max(low, start - 60) : start]
    if _WOULD_BE.match(view.whole, end) or _DEFINED.search(before):
        return True
    if view.whole[end : end + 1] == "?" or (hit.category == "NED" and view.within(_NO_SIGN, before)):
        return True
    if view.within(_ASIDE, before) or (hit.category == "NED" and view.within(_OF_A_MARGIN, before)):
        return True
    summed_up = hit.category in BROUGHT and _APPOSED.search(view.whole, max(view.start, start - 20), start)
    if summed_up or _CALLED.search(before) is not None:
        return of_someone_else(view, start, end) or hypothetical(view, start, end)
    if view.within(_NOT_YET, before) or hypothetical(view, start, end) or of_someone_else(view, start, end):
        return True
    if hit.category == "PD" and _is_no_growth(view, hit, before):
        return True
    if _is_of_a_death(view, hit) or view.has(_LITERATURE, view.start, start) or _is_asked_for(view, hit):
        return True
    if hit.category in ("MR", "PR") and _is_poor(view, hit, before):
        return True
    if hit.category == "CR" and re.search(
        r"\b(?:almost|nearly|near|not|no|without|less than)[\s-](?:an? )?$", before, re.IGNORECASE
    ):
        return True
    rates_a_scan = hit.category == "SD" and _IMAGED_FIRST.match(view.whole, start, end) is not None
    told_only = (
        not rates_a_scan and hit.category != "NED" and view.within(_NOT_A_RESPONSE, before) is not None
    )
    if told_only and not (_happened(view, hit, low) or _was_over(view, hit)):
        return True
    if hit.category in ("NED", "SD") or not denied(view, start, end):
        return False
    rated = hit.category in ("CR", "PR") and (
        hit.weight > _RATING or (hit.weight == _RATING and view.has(_SCANNED) is not None)
    )
    return not rated or view.has(_NEGATED, view.phrase(start)[0], start) is not None


_WOULD_BE = re.compile(
    r"\s(?:of\s(?:at\sleast\s|more\sthan\s|over\s)?\d{1,3}\s?%\s)?"
    r"(?:(?:would|should|could|might|may|must)\s(?:be|have|suffice|allow)"
    r"|(?:is|are|was|were)\s(?:needed|required|necessary|demanded)|requires?|is\sdefined)\b"
)
"""What makes a response one that is only wished for or supposed: "a partial response would be needed"."""
_DEFINED = re.compile(
    r"\b(?:requires?|is\sdefined\s(?:as|by)|demands?|calls\sfor)\s(?:an?\s)?(?:[a-z]{3,12}\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before a response that only a definition asks for: "PR requires a shrinkage of 30%"."""
_NO_SIGN = pattern(r"\b(?:no|without) (?:signs?|evidence|hint) of (?:[a-z]{4,10} )?$", re.IGNORECASE)
"""What denies a remission: "no signs of disease remission"."""
_ASIDE = pattern(
    r"\[\s?\]\s?$"
    r"|\b(?:posterior|spinal|vertebral|surgical|pedicle|screw|internal)\s(?:fixation and |fusion and )?$"
    r"|\b(?:pneumothorax|effusions?|ascites|pain|fever|infections?|hernia|bleeding|symptoms?|diarrh\w{2,4}"
    r"|neutropenia"
    r"|rash|stricture|pneumonitis|hepatitis|seizures?|anaemia|anemia|tuberculosis|TB|depression|asthma|colitis"
    r"|sarcoidosis|thrombosis|psoriasis|arthritis|cystitis|zoster|headaches?)\s(?:had |has |soon |then |again )*$",
    re.IGNORECASE,
)
"""What stands before words that rate no tumour: an empty box, a spine that is stabilized, a symptom."""
_OF_A_MARGIN = pattern(
    r"\b(?:margins?|edges?|borders?|macroscopically|nodes?|LNs?)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
"""What is free of tumour in a specimen, where the patient need not be."""
_APPOSED = re.compile(
    r"(?::|\s[–—-])\s(?:(?:an?|thus|hence|overall|in short,?|i\.e\.,?)\s){0,2}$", re.IGNORECASE
)
"""What sums up the words before it, whatever they deny: "could not be found: a partial response"."""
_CALLED = re.compile(
    r"\b(?:met|meets|meeting|fulfil\w{0,4}|satisf\w{2,5}|qualif\w{2,4})\b[^.;]{0,30}\b(?:for|of|as)\s(?:an?\s|the\s)?$|"
    r"\b(?:would|could|must)\s(?:call|regard|rate|consider|describe|grade|count|classify|interpret|judge)\s"
    r"(?:(?:it|this|as|to be|an?)\s){0,3}$",
    re.IGNORECASE,
)
"""What gives an assessment as the writer's own: "which I would call stable disease"."""
_NOT_YET = pattern(
    r"\b(?:would|could|should|(?-i:may)|might|whether|planned|to (?:assess|evaluate|monitor"
    r"|avoid|prevent|exclude|rule out))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_LITERATURE = pattern(r"\b(?:report|case|patient)s?\b[^.;]{0,30}\bin the literature\b", re.IGNORECASE)
_IMAGED_FIRST = re.compile(r"(?:CE|HR)?(?:CT|MRI|MRT|PET|scan|imaging)\b", re.IGNORECASE)
_NOT_A_RESPONSE = pattern(
    r"\b(?:after|before|beyond|since|at(?: the)?(?: time of)?|until|following|prior to|time to"
    r"|risk of|prevent\w{0,4}|in case of|to avoid|free|site of|sites of|history of|(?<!except )for"
    r"|treatment of|if|without|no|absence of|cause of|first|monitoring for|rate of"
    r"|(?:resection|removal|excision|ablation|irradiation) of"
    r"|due to(?: the)?|versus|vs\.?|performed on|done on|possible|evaluat\w{1,3}|resist\w{2,4}"
    r"|criteria for|suspected|suspicion of|suspicious for|concern(?:ing)? for|nothing (?:to suggest|suggestive of"
    r"|suspicious (?:for|of)|indicating|that suggest(?:s|ed)"
    r"|in favou?r of|pointing to))\s(?:the |any |a "
    r"|an |further |local |tumou?r |disease |new |distant |this |recurrent |subsequent |of "
    r"|other |early )*$",
    re.IGNORECASE,
)
_RATING = 8
"""The weight of a rating by its letters alone, which may be those of a receptor: "negative for ER and PR"."""
_SCANNED = pattern(r"\b(?:CE|HR)?(?:CT|MRI|MRT|PET)\b|\bRECIST\b|\bresponse (?:is|was)\b|\bremains\b")
_NEGATED = pattern(r"\b(?:no|not|without|never|neither|nor|absence|lack|n't)\b", re.IGNORECASE)
"""What denies a rating in its own phrase: "thickening no longer seen, defined PR" is none."""


def _is_no_growth(view: View, hit: Hit, before: str) -> bool:
    """Whether the words of a progression deny it, or name a lesion that was there before."""
    return bool(
        _DENIED_WITHIN.search(view.whole, hit.start, hit.end)
        or _PSEUDO.search(before)
        or _KNOWN_BEFORE.match(view.whole, hit.end, view.end)
        or _ONE_OF_THE_LESIONS.search(view.whole, max(view.start, hit.start - 140), hit.start)
    )


_DENIED_WITHIN = re.compile(r"\b(?:not|neither|never|nor|no longer|no more)\b|n['’]t\b", re.IGNORECASE)
"""What denies a growth between the tumour and its verb: "the lesions had neither grown nor shrunk"."""
_PSEUDO = re.compile(r"\b[Pp]seudo[- ]?\Z")
_KNOWN_BEFORE = re.compile(
    r"(?:,?\s(?:on the\s)?(?:left|right|[LR]))?[,:]?\s(?:of\s|measur\w{1,4}\s|now\s|is\s){0,2}\d[\d.]{0,4}"
    r"(?:\s?[x×]\s?\d[\d.]{0,4}){0,2}\s?[cm]m"
    r"(?:\s?\((?:[A-Z][a-z]{2,8}|\d[\d./-]{3,9}):?\s|(?:\s?[(,]\s?|\s)(?:previously|prior|prev\.?|was|before|from|compared"
    r"|versus|vs\.?|on|in|formerly|earlier|down|up)\b)[^.;\n]{0,40}\d\s?[cm]m\b"
)
"""What tells that a lesion had been there before, whatever it is called: "pelvic recurrence 41 mm, in May 52 mm"."""
_ONE_OF_THE_LESIONS = re.compile(
    r"\b(?:target|index)\slesions?\s?(?:no\.?\s|#)?\d{0,2}[^.;\n]{0,40}\Z"
    r"|\b(?:disease\ssites?|sites?\sof\s(?:known\s|current\s|active\s)?disease|(?:metastatic|tumou?r|current)\ssites?)\s?[:=]"
    r"[^.;\n]{0,120}\Z",
    re.IGNORECASE,
)
"""What makes a recurrence one of the lesions that are known: "target lesion 3, pelvic recurrence", "disease sites:"."""


def _is_poor(view: View, hit: Hit, before: str) -> bool:
    """Whether a response is called a poor one, which is none: "poor response", "72% necrosis (poor response)"."""
    return bool(
        (_POOR.search(before) and view.has(_A_RESPONSE, hit.start, hit.end))
        or _CALLED_POOR.match(view.whole, hit.end)
    )


_POOR = re.compile(
    r"\b(?:poor|inadequate|insufficient|suboptimal|unsatisfactory|limited|little)\s(?:[a-z]{4,12}\s)?$",
    re.IGNORECASE,
)
_A_RESPONSE = pattern(r"\bresponse\b", re.IGNORECASE)
"""What is no regression: "poor tumor response was observed"."""
_CALLED_POOR = re.compile(
    r"\s?(?:\(|,\s|[–—-]\s|:\s)(?:i\.e\.,?\s|thus\s|an?\s)?(?:[Pp]oor|[Ii]nadequate|[Ii]nsufficient|[Nn]o)\s"
    r"(?:histolog\w{3,4}\s|patholog\w{3,4}\s)?respon"
)
"""What calls the necrosis of a specimen a poor response: "72% necrosis (poor response)"."""


def _is_of_a_death(view: View, hit: Hit) -> bool:
    """Whether a hit stands in the statement of a death, with no date of its own: "died of progressive disease"."""
    died = view.has(_DIED)
    if died is None:
        return False
    told = hit.governed
    own = told is not None and told.end <= died.start() and hit.end <= died.start()
    return not (own and view.has(_AND_THEN, hit.end, died.end()) is not None)


_DIED = pattern(
    r"\b(?:died|passed away|succumbed|deceased|(?:his|her) death|death (?:occurred|ensued|in\b))\b",
    re.IGNORECASE,
)
_AND_THEN = pattern(
    rf"(?:,?\s(?:and|but|whereupon),?|;)\s[^.;]{{0,60}}?{_DIED.pattern}",
    re.IGNORECASE,
)
"""What parts a progression from the death told next: "in October the disease progressed, and he died on"."""


def _is_asked_for(view: View, hit: Hit) -> bool:
    """Whether a letter only says what it is about: "RFR: second relapse of osteosarcoma", with no time of its own."""
    if hit.governed is not None:
        return False
    near = max(0, hit.start - _LONGEST_REQUEST)
    line = view.whole.rfind("\n", near, hit.start) + 1
    return (line > 0 or near == 0) and _REQUEST.match(view.whole, line, hit.start) is not None


_LONGEST_REQUEST = 1000
"""Characters of a line, beyond which it is no request; so each look back ends."""
_REQUEST = re.compile(
    r"\s{0,8}(?:RFR|RFC|re|subject|reason for (?:referral|consult(?:ation)?|visit|review)|referr(?:al|ed) for|question"
    r"|request|indication|disease(?:\sname)?|diagnos[ei]s|dx|problems?|clinical (?:details|information|question))\s?:",
    re.IGNORECASE,
)
"""What heads the line in which a letter says what is asked."""


def _was_over(view: View, hit: Hit) -> bool:
    """Whether a response to a drug is what progression ended: "After a partial response to X, … progressed"."""
    return hit.category in BROUGHT and _TO_A_DRUG.match(view.whole, hit.end, view.end) is not None


_TO_A_DRUG = re.compile(
    r"\s(?:on|to|with|under)\s(?:[a-z-]{4,24}\s?){1,3},[^.;]{0,90}?\b(?:progress|relaps|recurr|new\s)",
    re.IGNORECASE,
)


def _happened(view: View, hit: Hit, low: int) -> bool:
    """Whether words that often only give a time or a reason tell that it came so: "stopped for progression"."""
    if view.whole[hit.start : hit.end].lower().startswith(("no ", "absence", "without", "lack")):
        return True
    if hit.category != "PD":
        return False
    if view.has(_STOPPED_FOR, low, hit.start) or _WAS_SEEN.match(view.whole, hit.end, view.end):
        return True
    if _REASON.fullmatch(view.whole, view.start, hit.start) and view.has(_ACTED_ON, hit.end, view.end):
        return True
    return any(
        time.absolute
        and hit.end <= time.start <= hit.end + 5
        and _OWN_TIME.match(view.whole[hit.end : time.start] or " ")
        for time in view.times
    )


_STOPPED_FOR = pattern(
    r"\b(?:stopp?\w{0,4}|(?:was|were)\s(?:started|initiated|given|administered|introduced|applied|commenced)"
    r"|discontinu\w{1,5}|switch\w{0,3}|chang\w{1,3}|ceas\w{1,3}"
    r"|withdr\w{2,4}|terminat\w{1,3}|interrupt\w{1,3}|abandon\w{0,3}|replaced"
    r"|ended)\b[^;.]{0,60}\b(?:for|due to|because of|owing to|on account of|upon|at|after"
    r"|following|with|until)\s(?:the |any |a |an |further |local |tumou?r |disease "
    r"|radiological |clinical |documented |this ){0,3}$",
    re.IGNORECASE,
)
_WAS_SEEN = re.compile(
    r"\s(?:occurred|developed|appeared|(?:was|were)\s(?:[a-z]+ly\s)?(?:seen|found|detected|diagnosed|noted"
    r"|documented|confirmed"
    r"|discovered|observed|identified))\b"
)
"""What tells that a relapse came, be it called the first: "the first relapse was seen in May"."""
_ACTED_ON = pattern(
    r"\b(?:was|were|had)\s(?:[a-z]{3,14}ly\s|then\s|also\s)?(?:started|initiated|begun|commenced|given|administered"
    r"|introduced"
    r"|applied|discontinued|stopped|switched|changed|replaced|performed|undergone|treated)\b"
    r"|\b(?:received|underwent|began|started|switched)\b",
    re.IGNORECASE,
)
"""What was done for the reason with which a sentence opens: "due to progressive disease, sunitinib was started"."""
_OWN_TIME = pattern(r"^\s(?:in|on|at)?\s?$", re.IGNORECASE)
