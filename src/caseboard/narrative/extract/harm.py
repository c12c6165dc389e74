"""Whether an ungraded symptom or finding is told as harm from treatment: blamed on it, or arisen under it."""

from __future__ import annotations

import re

from caseboard.narrative.extract.only_named import is_blamed
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import toxicities

__all__ = ["POSTOPERATIVE", "TELLS", "is_complication", "is_harm"]

POSTOPERATIVE = pattern(
    r"\b(?:post-?operative(?:ly)?|post-?op|wound|anastomo\w{2,5}|surgical site"
    r"|after (?:the )?(?:surgery|operation|resection)|perioperative(?:ly)?|complication)\b",
    re.IGNORECASE,
)
TELLS = pattern(
    r"\b(?:fell|fallen|dropped|declined|descended|decreased)$|^(?:fall|drop|decrease|decline)\s(?:in|of)\b",
    re.IGNORECASE,
)
"""What tells an event by its own verb: "LVEF fell to 45%"."""
_BLAMED = pattern(
    r"\b(?:due to|caused by|because of|related to|attribut\w{1,5} to|secondary to|ascribed to"
    r"|put down to|as a (?:result|consequence) of|thought to be|induced|side[- ]effects?"
    r"|adverse (?:events?|effects?|reactions?|drug)|toxicit(?:y|ies)|toxic (?:effects?|reactions?|manifestations?)"
    r"|drug-related"
    r"|treatment-related|tolerat\w{1,4}|associated with|under|on|with|from|after"
    r"|complication)\b",
    re.IGNORECASE,
)

_STRONGLY_BLAMED = pattern(
    r"\b(?:induced|side[- ]effects?|adverse (?:events?|effects?|reactions?|drug)|irAEs?|toxicit(?:y"
    r"|ies)|toxic (?:effects?|reactions?|manifestations?)|drug-related|treatment-related|chemotherapy-related"
    r"|intoleran\w{2}"
    r"|complicat\w{2,5}|immune-related|thought to be due to|attribut\w{1,5} to|ascribed to"
    r"|\w+(?:nib|mab|platin|taxel|rubicin|limus|bine|parib|ciclib|fosfamide|trexate|tecan|chemotherapy|treatment"
    r"|drug)\s"
    r"(?:caused|provoked|triggered|induced|produced)"
    r"|\w+(?:nib|mab|platin|taxel|rubicin|limus|bine|parib|ciclib|fosfamide|trexate|tecan|stat|mide|mycin|inib|TKI"
    r"|chemo|steroid|vedotin|inhibitor)[- ](?:related|associated)"
    r"|put down to|caused by|not tolerat\w{1,3}|(?:poorly|badly|not well"
    r"|ill)[- ]tolerat\w{1,3}|tolerability)\b",
    re.IGNORECASE,
)

_HELD_TO_BE = pattern(
    r"(?:,\s(?:which|that)|\s(?:and|which))?\s(?:was|were|is)\s(?:[a-z]{3,12}ly\s)?"
    r"(?:considered|thought|felt|judged|deemed|believed|regarded as|attributed|ascribed|related)\s"
    r"(?:to be\s)?(?:possibly\s|probably\s|likely\s)?(?:an?\s)?"
    r"(?:(?:drug|treatment|therapy|chemotherapy|immune)[- ]related|related to|secondary to|due to|caused by|induced by"
    r"|associated with|to|side effect of|adverse (?:effect|event|reaction) (?:of|to))\b",
    re.IGNORECASE,
)
"""What blames something behind an event: "pneumothorax, which was considered related to apatinib"."""
_CAUSED_STOP = pattern(
    r"\b(?:because of|due to|owing to|for|on account of|as a result of|in view of|in light of|required|requiring"
    r"|necessitat\w{2,3}|led to|leading to|resulting in|prompted)\b",
    re.IGNORECASE,
)

_STOPPING = pattern(
    r"\b(?:stop\w{0,4}|discontinu\w{1,5}|terminat\w{1,3}|interrupt\w{1,3}|reduc\w{1,4}"
    r"|withdr\w{2,4}|withh[eo]ld\w{0,3}|suspend\w{0,3}|paused|held|ceased|delay\w{0,3}|exchang\w{1,3}|replac\w{1,3}"
    r"|substitut\w{2,3}"
    r"|switch\w{0,3}"
    r"|changed|cut|lowered|halved|de-?escalated|decreased|(?:come|came|coming|taken) off|g[ai]ve up|given up"
    r"|abandon\w{0,3}"
    r"|halt\w{0,3}|dropped|quit|omitted|left out|(?:came|went|gone|brought|taken|stepped) down)\b",
    re.IGNORECASE,
)

_ONSET = pattern(
    r"\b(?:develop\w{0,5}|experienc\w{1,3}|suffer\w{0,4}|complain\w{0,4}|occur\w{0,5}"
    r"|appear\w{0,5}|onset of|present\w{0,4} with|had\b|noted|observed|presented|followed"
    r"|became|formed|set in|show\w{0,3}|manifest\w{0,3}|report\w{0,3}|arose|emerged|ensued|notic\w{1,3}"
    r"|visible|evident|apparent|found to have"
    r"|respond\w{0,3}|persist\w{0,3}|revealed|included|including|led to|Dx|diagnosed|progressive|with)\b",
    re.IGNORECASE,
)

_CAUSE_ELSEWHERE = pattern(
    r"\b(?:due to|because of|caused by|secondary to|related to|attributed to|ascribed to|from) (?:(?:the|an?|his|her"
    r"|its)\s)?"
    r"(?:(?:metastatic|primary|spinal|vertebral|epidural|bony|large|growing|known) ){0,2}(?:tumou?r|mass"
    r"|metasta\w{2,4}|disease|cancer|progression|compression|obstruction|lesion|stent"
    r"|hepatitis|virus|infection|stone|recurrence|gastric cancer|diabetes|alcohol|trauma|fall|accident|influenza"
    r"|covid(?:-19)?|dehydration|adhesions?|hernia|arthritis|gout"
    r"|(?:(?:ectopic|paraneoplastic|carcinoid|cushing['’]?s?|acth|hormone|vena cava) ){1,3}syndrome)\b",
    re.IGNORECASE,
)

_AMELIORATED = pattern(
    r"^(?:(?!\b(?:appeared|developed|arose|arisen|occurred|began|begun|emerged)\b)[^.;,]){0,50}?"
    r"\b(?:(?:was|were|had|has|have)?\s?(?:resolv\w{1,3}|disappear\w{1,4}"
    r"|improv\w{1,4}|ceased|subsid\w{1,3}|relie\w{1,4}|did not (?:return|recur)|normali\w{2,4}"
    r"|recovered))\b|^\s?(?:toxicity|toxicities)?\s?(?:was|were) (?:not observed|mild and)",
    re.IGNORECASE,
)

_HAD_IT = re.compile(
    r"\b(?:developed|suffered|experienced|was found to have)\s(?:from\s)?(?:an?\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
"""What tells right before an event that it came, be it over soon: "suffered colitis in May and recovered"."""
_GIVEN = pattern(r"\s(?:therapy\s|treatment\s)?(?:was|were)\s(?:given|administered|applied)\b", re.IGNORECASE)
"""What makes a harm's word that of a treatment: "mannitol dehydration was given"."""

_DIED_OF = pattern(
    r"\b(?:died|passed away|deceased|death|succumbed|expired)\b[^.;]{0,24}"
    r"\b(?:from|of|due to|to|with|by)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
"""What stands before a cause of death, which is no harm of treatment unless it is graded."""


_PREVENTED = re.compile(r"\s(?:prophylaxis|prevention)\b", re.IGNORECASE)
"""What makes a harm one that is only guarded against: "PJP prophylaxis"."""


def is_harm(
    view: View, memory: Memory, mentions: list[Mention], position: int, grades: list[re.Match[str]]
) -> bool:
    """Whether an ungraded mention is an event, or listed with one, and not told to have got better."""
    mention = mentions[position]
    if memory.operated and is_complication(view, mention.start, mention.end):
        return True
    if _PREVENTED.match(view.whole, mention.end):
        return False
    had = _HAD_IT.search(view.whole, max(view.start, mention.start - 50), mention.start) is not None
    gone = _AMELIORATED.match(view.whole[mention.end : mention.end + 70]) is not None
    if (gone and not had) or _GIVEN.match(view.whole, mention.end, view.end):
        return False
    low, high = view.clause(mention.start)
    blamed = (max(low, mention.start - 60), min(high, mention.end + 40))
    if (mention.weak and view.has(_STRONGLY_BLAMED, *blamed) is None) or view.within(
        _DIED_OF, view.whole[max(view.start, mention.start - 60) : mention.start]
    ):
        return False
    if memory.radiotherapy and _BY_RADIATION.search(
        view.whole, max(view.start, mention.start - 30), mention.end
    ):
        return True
    return _is_event(view, memory, mention) or _listed_with_event(view, memory, mentions, position, grades)


_OF_THE_BILE = re.compile(r"icter|jaundice|cholestas", re.IGNORECASE)
"""Told of obstruction as often as of drugs: they need blame."""
_OF_SPREAD = re.compile(r"effusion|ascites|hydronephrosis", re.IGNORECASE)
"""Told of the tumour far more often than of drugs: they are harm only where treatment is blamed outright."""
_IN_A_LESION = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|metastas[ei]s|nodules?)\s(?:with|showed|had)\s(?:[a-z]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
"""What makes bleeding or oedema a property of the tumour: "a lesion with hemorrhage"."""

_POSSIBLE = pattern(r"\b(?:possible|suspected|probable|presumed|query)\s(?:[a-z]{3,12}\s)?$", re.IGNORECASE)
_OF_PROGRESSION = pattern(
    r"\bprogress(?:ing|ed|ion)\b[^.;]{0,80}\bwith\b[^.;]{0,20}\bcomplications?\b[^.;]{0,50}$", re.IGNORECASE
)
"""What makes a complication one of the tumour: "is progressing, with new complications including"."""
_MILD = pattern(
    r"\b(?:mild|transient|manageable|tolerable|slight|low-grade)\s(?:[a-z]{3,14}\s)?$", re.IGNORECASE
)

_LIST = pattern(
    r"(?:\s?\((?:grade|G|gr\.?)\s?[1-5]\)|,?\s(?:grade|G|gr\.?)\s?[1-5]|\s?\(\d?\s?\+{1,4}\))?"
    r"[\s,;()/]{0,3}(?:(?:,|and|or|as well as|plus)\s)?(?:an?\s)?(?:(?:grade|G"
    r"|CTCAE grade)\s?[1-5]\s)?(?:[a-z-]{3,14}\s){0,2}",
    re.IGNORECASE,
)


def _listed_with_event(
    view: View, memory: Memory, mentions: list[Mention], position: int, grades: list[re.Match[str]]
) -> bool:
    """Whether a mention stands in one list with an event: "hair loss and grade 1 neuropathy"."""
    if not (memory.regimen or memory.regimen_before or memory.last_regimen):
        return False
    for step in (-1, 1):
        last, place = mentions[position], position + step
        while 0 <= place < len(mentions) and abs(place - position) <= _LONGEST_LIST:
            other = mentions[place]
            one, two = (last, other) if last.start < other.start else (other, last)
            if not _LIST.fullmatch(view.whole[one.end : two.start]):
                break
            graded = any(
                one.end <= g.start() < two.start
                or 0 <= g.start() - other.end < 4
                or 0 <= other.start - g.end() < 3
                for g in grades
            )
            if graded or _is_event(view, memory, other):
                return True
            last, place = other, place + step
    return False


_LONGEST_LIST = 4
"""Events of one list over which it is told once that they are events."""


_BY_RADIATION = re.compile(
    r"\b(?:radiation|radiotherapy|radio-?chemotherapy|chemoradiation|post-?radiation|actinic|irradiation)"
    r"(?:[\s-](?:induced|associated|related))?[\s-](?:\w{3,14}\s)?(?:pneumonitis|dermatitis|o?esophagitis|mucositis"
    r"|enteritis|colitis|proctitis|cystitis|necrosis|myelitis|myelopathy|plexopathy|fibrosis|stomatitis|gastritis)$",
    re.IGNORECASE,
)
"""What names radiation as what did the harm."""


def _is_event(view: View, memory: Memory, mention: Mention) -> bool:
    """Whether an ungraded mention is told as harm from treatment."""
    start, end = mention.start, mention.end
    low, high = view.clause(start)
    near_before = view.whole[max(low, start - 90) : start]
    near_after = view.whole[end : min(high, end + 70)]
    if view.within(_CAUSE_ELSEWHERE, near_after) or view.within(_IN_A_LESION, near_before):
        return False
    if view.within(_POSSIBLE, near_before) or view.has(_OF_PROGRESSION, max(view.start, start - 160), start):
        return False
    treated = bool(memory.regimen or memory.regimen_before or memory.last_regimen) or any(
        not group.supportive and group.start > end and is_blamed(view, group) for group in group_agents(view)
    )
    symptom = (
        toxicities.vocabulary()[mention.key].symptom
        or _OF_THE_BILE.search(view.whole, start, end) is not None
    )
    if view.within(_STRONGLY_BLAMED, near_before) or view.within(
        _STRONGLY_BLAMED, view.whole[end : min(view.statement(start)[1], end + 80)]
    ):
        return treated or memory.operated
    if treated and (
        view.within(_TOLERATED_BUT, near_before)
        or _is_blamed_on_agent(view, end)
        or _is_held_to_be_of_it(view, end)
        or (not symptom and _was_taken_care_of(view, start))
    ):
        return True
    stopped = view.within(_STOPPING, view.whole[max(view.start, start - 140) : start])
    if stopped is not None and view.within(_CAUSED_STOP, near_before) and memory.last_regimen:
        return True
    if memory.operated and view.within(_AFTER_OPERATION, view.whole[max(view.start, start - 80) : start]):
        return True
    if (
        memory.operated
        and view.within(POSTOPERATIVE, view.whole[max(view.start, start - 60) : min(view.end, end + 30)])
        and not symptom
    ):
        return True
    if _OF_SPREAD.search(view.whole, start, end):
        return False
    on_treatment = bool(
        memory.regimen or memory.regimen_before or any(not group.supportive for group in group_agents(view))
    )
    if on_treatment and not symptom and _has_begun(view, start, end, low, high):
        return True
    if on_treatment and not symptom and (_noted(view, start, end) or _is_said_to_be(view, start, end)):
        return True
    if on_treatment and symptom and view.within(_MILD, near_before) and view.has(_ONSET, low, start):
        return True
    drug_near = any(abs(m.start - end) < 40 or abs(start - m.end) < 40 for m in view.of("drug", "regimen"))
    return (
        on_treatment
        and symptom
        and drug_near
        and bool(
            view.within(_BLAMED, near_after[:40]) or re.search(r"\b(?:due to|from|caused)\b", near_before)
        )
        and bool(view.has(_ONSET, low, start))
    )


def _was_taken_care_of(view: View, start: int) -> bool:
    """Whether an event is what, on a day told, the patient was admitted for or given something for."""
    dated = any(time.absolute for time in view.times)
    return dated and _TAKEN_CARE_OF.search(view.whole, max(view.start, start - 110), start) is not None


_TAKEN_CARE_OF = re.compile(
    r"\b(?:hospitali[sz]ed|admitted|readmitted|(?:steroids?|corticosteroids?|(?:methyl)?predniso\w{3,4}"
    r"|dexamethasone|infliximab"
    r"|mycophenolate|antibiotics|levothyroxine|hydrocortisone|G-?CSF|filgrastim)\b[^.;,]{0,50})\s(?:for|because of)\s"
    r"(?:an?\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)


def _is_held_to_be_of_it(view: View, end: int) -> bool:
    """Whether an event is told behind it to be held for one of the treatment, and not of the tumour."""
    held = _HELD_TO_BE.match(view.whole, end, view.end)
    return (
        held is not None and _CAUSE_ELSEWHERE.search(view.whole, end, min(view.end, held.end() + 40)) is None
    )


def is_complication(view: View, start: int, end: int) -> bool:
    """Whether it is what an operation does: a wound's, told under its head, or come after it: "fistula on day 7"."""
    if _OF_THE_WOUND.search(view.whole, max(view.start, start - 16), end + 12) is not None:
        return True
    if _POSTOPERATIVE_COURSE.match(
        view.whole, view.whole.rfind("\n", max(0, start - _LONGEST_COURSE), start) + 1
    ):
        return True
    return (
        _OF_AN_OPERATION.search(view.whole, max(view.start, start - 16), end) is not None
        and view.has(_CAME_AFTER, max(view.start, start - 90), min(view.end, end + 60)) is not None
    )


_OF_THE_WOUND = re.compile(
    r"\b(?:wound (?:infection|dehiscence|breakdown|healing)|surgical[- ]site|flap (?:necrosis|loss|failure)"
    r"|prosthe\w{2,4} infection"
    r"|stump (?:infection|necrosis)|phantom limb)",
    re.IGNORECASE,
)
_POSTOPERATIVE_COURSE = re.compile(
    r"\s{0,4}(?:[-*•]\s)?post-?\s?op(?:erative)?(?:\s(?:course|period|complications?|recovery))?\s?(?::|[–—-]\s)",
    re.IGNORECASE,
)
"""The head of a line that tells what came after an operation."""
_LONGEST_COURSE = 2000
_OF_AN_OPERATION = re.compile(
    r"lymphoc[eo]le|(?:biliary|bile|pancreatic|enteric|chyle|chylous|urinary|enterocutaneous"
    r"|bronchopleural)\s?(?:fistula|leak)"
    r"|(?:anastomo\w{2,6}|bile|air|urine) leak|leakage|abscess|ileus|(?:bowel|intestinal) obstruction|dehiscence"
    r"|seroma|ha?ematoma|wound",
    re.IGNORECASE,
)
_CAME_AFTER = pattern(
    r"\b(?:post-?op\w{0,8}|after (?:the )?(?:surgery|operation|resection)|afterwards|day \d{1,2}|\d{1,2}(?:st|nd|rd"
    r"|th) day"
    r"|prolonged|drained|aspirated|formed|occurred|developed|followed|ensued|Clavien|complicat\w{2,5})\b",
    re.IGNORECASE,
)


def _has_begun(view: View, start: int, end: int, low: int, high: int) -> bool:
    """Whether the words around an event, or behind a value in its brackets, tell that it came."""
    closed = _ITS_VALUE.match(view.whole, end, view.end)
    if closed is None:
        return view.has(_ONSET, max(low, start - 80), min(high, end + 50)) is not None
    if _RULED_OUT.match(view.whole, closed.end(), view.end):
        return False
    behind = (closed.end(), min(view.statement(start)[1], closed.end() + 40))
    return (
        view.has(_ONSET, max(low, start - 80), closed.end()) is not None
        or view.has(_ONSET, *behind) is not None
    )


_ITS_VALUE = re.compile(r"\s?\([^()]{0,30}\d[^()]{0,20}\)")
"""A value in brackets, behind which an event goes on to be told: "hypothyroidism (TSH 18.6) was noticed"."""
_RULED_OUT = re.compile(
    r"[^.;,]{0,40}?\b(?:ruled out|excluded|absent|resolved|(?:was|were|been|is) not|never|disappeared)\b",
    re.IGNORECASE,
)
_TOLERATED_BUT = pattern(
    r"\btolerat\w{1,4}\b[^.;]{0,40}\b(?:except|apart\sfrom|aside\sfrom|besides|save\sfor|other\sthan"
    r"|with\sonly)\s(?:for\s)?"
    r"(?:an?\s)?(?:[a-z-]{3,14}\s){0,3}$",
    re.IGNORECASE,
)
"""What excepts an event from a good tolerance: "well tolerated except for mild nausea"."""
_BLAMED_ON = pattern(r"\s(?:due\s)?(?:to|from|under|by|caused\sby|induced\sby)\s(?:the\s)?", re.IGNORECASE)


def _is_blamed_on_agent(view: View, end: int) -> bool:
    """Whether an agent of the tumour's treatment is blamed right behind: "infusion reaction to docetaxel"."""
    blamed = _BLAMED_ON.match(view.whole, end, view.end)
    return blamed is not None and any(
        not given.supportive and given.start == blamed.end() for given in group_agents(view)
    )


_AFTER_OPERATION = pattern(
    r"\bpost-?op(?:erative(?:ly)?)?(?:\s(?:course|complications?|period))?(?:\s?:\s|,?\s(?:(?:he|she|the\spatient)\s)?"
    r"(?:then\s|also\s)?(?:presented|developed|suffered|experienced)\s(?:with\s)?)"
    r"(?:an?\s)?(?:[a-z]{4,12}\s|[LR]\s){0,2}$",
    re.IGNORECASE,
)
"""What tells even a symptom as harm of the operation: "Post-op: L recurrent nerve palsy"."""

_NOTED_BEFORE = pattern(
    r"(?:^|[.;:>→]|\n)\s{0,4}(?:[-*•]\s)?(?:now |new |today |laboratory |clinical |acute )?$", re.IGNORECASE
)

_NOTED_BEHIND = pattern(
    r"\s?(?:after|during|in|with|from|at)\s(?:the\s)?(?:cycles?|courses?|C)\s?\d"
    r"|\s?(?:\(|,\s)?(?:on |in |since |from )?(?:\d{1,2}[./]|\d{1,2} [A-Z][a-z]{2}|\d{4}\b|->|→|-->)"
    r"|,\s[A-Z]{1,4}\s\d"
)


def _is_said_to_be(view: View, start: int, end: int) -> bool:
    """Whether the patient is said to have been so: "she was neutropenic in the last cycle"."""
    return view.within(TELLS, view.whole[start:end]) is not None or (
        view.has(_ADJECTIVE, start, end) is not None
        and view.has(_BEING, max(view.start, start - 30), start) is not None
    )


_ADJECTIVE = pattern(r"(?:penic|kal(?:a)?emic|thyroid|natr(?:a)?emic)$")

_BEING = pattern(r"\b(?:was|became|is now|has been|had been)\s(?:[a-z]{4,12}ly\s|also\s|again\s)?$")


def _noted(view: View, start: int, end: int) -> bool:
    """Whether a note tells an event without a verb: "PE on 05/03/2021 -> apixaban", "Now hypothyroid, TSH 28"."""
    lead = view.whole[max(view.start, start - 16) : start]
    return _NOTED_BEFORE.search(lead) is not None and (
        _NOTED_BEHIND.match(view.whole[end : end + 16]) is not None
    )
