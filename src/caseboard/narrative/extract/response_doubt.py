"""Words of a response that are none: denied, of a symptom or a dose, or where nobody looked at the tumour."""

from __future__ import annotations

import re

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.context import denied, hypothetical, is_queried, of_someone_else
from caseboard.narrative.extract.response_words import Category
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["BROUGHT", "PATHOLOGICAL", "Hit", "is_no_response", "is_of_no_tumor"]

BROUGHT = frozenset({"CR", "PR", "MR", "SD"})
"""What a treatment may have brought."""
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
_NOT_YET = pattern(
    r"\b(?:would|could|should|(?-i:may)|might|whether|planned|to (?:assess|evaluate|monitor"
    r"|avoid|prevent|exclude|rule out))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_DIED = pattern(
    r"\b(?:died|passed away|succumbed|deceased|(?:his|her) death|death (?:occurred|ensued|in\b))\b",
    re.IGNORECASE,
)
_LOOKED = pattern(
    r"\b(?:CT|MRI|PET|scan|scans|ultrasound|imaging|radiolog\w{3,6}|X-?ray|tomograph\w{1,3}"
    r"|biops\w{1,3}|patholog\w{1,5}|histolog\w{1,6}|examination|follow-?up|visit|restaging"
    r"|staging|evaluation|assessment|endoscop\w{1,3}|cystoscopy|gastroscopy|colonoscopy"
    r"|observed|noted|found|showed|revealed|RECIST|after|later|cycles?|confirmed|months?"
    r"|weeks?|achiev\w{2,3}|experienced|remain\w{0,2}|surveillance|chemo\w{0,7}|treatment"
    r"|therapy|but|demonstrated|disclosed|specimen)\b",
    re.IGNORECASE,
)
_MEASURED = pattern(r"\d\s?(?:(?:mm|cm)\b|%)")
_SYMPTOM = pattern(
    r"\b(?:pain|symptoms?|fever|cough|effusion|ascites|jaundice|neutropeni\w|toxicit\w{1,3}"
    r"|rash|wound|infection|LDH|marker|CEA|CA|AFP|edema|oedema|neuropathy|hepatitis|nausea"
    r"|fibros\w{2,4}|platelets?|transaminase\w?|enzymes|cells/|ejection fraction|stenosis"
    r"|doses?|weight|hemoglobin|haemoglobin|haematuria|hematuria|renal failure|visual)\b",
    re.IGNORECASE,
)
PATHOLOGICAL = pattern(
    r"\b(?:patholog\w{1,6}|histolog\w{1,6}|histopatholog\w{1,6}|biops\w{1,3}|viable|viability|necro(?:sis|tic|sed)"
    r"|specimen|microscop\w{1,5}|path:|regression about)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:multiple|extensive|widespread|diffuse|several|numerous)\b", re.IGNORECASE)
"""Many metastases are progression after treatment; before any they are the stage."""
_OF_TISSUE = pattern(r"(?:biops|bx|punct|FNA|cytol|hist|HP[RE]|path)", re.IGNORECASE)
"""How words begin of what was looked at under the microscope: before any treatment it is the diagnosis."""
_ENLARGED = pattern(r"\benlarged (?:[a-z-]{3,14}\s){0,3}\S{3,20}$|\b(?:was|were) enlarged$", re.IGNORECASE)
"""A node that is enlarged before any treatment is found so, and has not grown."""
_STOPPED_FOR = pattern(
    r"\b(?:stopp?\w{0,4}|(?:was|were)\s(?:started|initiated|given|administered|introduced|applied|commenced)"
    r"|discontinu\w{1,5}|switch\w{0,3}|chang\w{1,3}|ceas\w{1,3}"
    r"|withdr\w{2,4}|terminat\w{1,3}|interrupt\w{1,3}|abandon\w{0,3}|replaced"
    r"|ended)\b[^;.]{0,60}\b(?:for|due to|because of|owing to|on account of|upon|at|after"
    r"|following|with|until)\s(?:the |any |a |an |further |local |tumou?r |disease "
    r"|radiological |clinical |documented |this ){0,3}$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\s?(?:due to|because of|owing to|given|on account of|upon|following|in view of)\s"
    r"(?:the |this |her |his |an? ){0,2}"
    r"(?:[a-z]{3,14} ){0,3}?",
    re.IGNORECASE,
)
_ACTED_ON = pattern(
    r"\b(?:was|were|had)\s(?:[a-z]{3,14}ly\s|then\s|also\s)?(?:started|initiated|begun|commenced|given|administered"
    r"|introduced"
    r"|applied|discontinued|stopped|switched|changed|replaced|performed|undergone|treated)\b"
    r"|\b(?:received|underwent|began|started|switched)\b",
    re.IGNORECASE,
)
"""What was done for the reason with which a sentence opens: "due to progressive disease, sunitinib was started"."""
_OF_A_DOSE = pattern(
    r"^\s?(?:(?:by \d{1,2}\s?%|stepwise|further)\s)?(?:in dose|(?:to|from|by) (?:an? )?(?:(?:daily )?dose of )?"
    r"\d[\d.,]{0,6}\s?(?:mg|µg|mcg|g\b|AUC))",
    re.IGNORECASE,
)
"""What follows where a drug was given in a smaller dose, and no tumour shrank: "it was reduced to 200 mg daily"."""
_OF_SPREAD = pattern(r"\bmetasta\w{2,5}$", re.IGNORECASE)
"""What staging does not find before any treatment: "no evidence of metastases" is no remission then."""
_LOCALLY = pattern(
    r"\b(?:no|without|(?:absence|lack) of) (?:any )?local(?:ly)? (?:recurren\w{2,3}|relapses?)\b(?! or)",
    re.IGNORECASE,
)
_FOUND_ELSEWHERE = pattern(
    r"\b(?:reveal|show|demonstrat|detect|identif|disclos)\w{0,3}\s(?:an?|the|multiple|several|new|solitary|two|three)\s"
    r"[^.;]{0,60}?\b(?:lesions?|metasta\w{2,5}|nodules?|mass(?:es)?|deposits?)\b",
    re.IGNORECASE,
)
"""What was found in another place than the first: the patient is not free of disease then."""
_OWN_TIME = pattern(r"^\s(?:in|on|at)?\s?$", re.IGNORECASE)
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
_LITERATURE = pattern(r"\b(?:report|case|patient)s?\b[^.;]{0,30}\bin the literature\b", re.IGNORECASE)
_IMAGED = pattern(r"(?:CE|HR)?(?:CT|MRI|MRT|PET)\b")
"""How words begin that rate a scan, and no symptom told beside it."""
_OF_A_MARGIN = pattern(
    r"\b(?:margins?|edges?|borders?|macroscopically|nodes?|LNs?)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
"""What is free of tumour in a specimen, where the patient need not be."""
_OF_A_BIOPSY = pattern(r"\b(?:biops\w{1,3}|bx)\b[^.;]{0,60}\bno (?:\w+ )?(?:viable|vital)\b", re.IGNORECASE)
"""A biopsy without viable cells is no complete response: only what was taken out whole shows one."""


class Hit(msgspec.Struct):
    """Words that may rate the tumour, how much they weigh against others of the sentence, and their time."""

    category: Category
    weight: int
    start: int
    end: int
    governed: Governed | None
    untimed: bool = False
    """It came before another one, whose day the sentence tells: "a partial response followed by progression in May"."""
    paired: bool = False
    """It is the one of its time alone: "in May and July showed stable disease and progression, respectively"."""


def _is_of_harm(view: View, hit: Hit) -> bool:
    """Whether it is a side effect that came again: "grade 3 rash, which recurred after rechallenge"."""
    return any(
        harm.end <= hit.start and _WHICH.fullmatch(view.whole, harm.end, hit.start) is not None
        for harm in view.of("toxicity")
    )


_WHICH = re.compile(
    r"(?:\s\([^()]{1,30}\))?(?:\s(?:grade|gr\.?|G)\s?[1-4])?(?:\s(?:was|were|had|occurred|developed|appeared|noted"
    r"|seen)){0,2}"
    r",?\s(?:which|that|and|but|it)(?:\s(?:then|later|soon|again|had|has|unfortunately))*\s"
)


def _was_before_the_diagnosis(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a finding is of a day before that of the diagnosis, and of all treatment: then nothing had grown."""
    moment = hit.governed.moment if hit.governed is not None else view.inherited
    found = moment.when if moment is not None and not moment.open else None
    diagnosed = memory.clock.anchors.get("diagnosis")
    return (
        isinstance(found, DateInterval)
        and isinstance(diagnosed, DateInterval)
        and found.compare(diagnosed) == "before"
        and not view.of("drug", "regimen")
        and all(
            not isinstance(begun, DateInterval) or found.compare(begun) == "before"
            for begun in memory.starts()
        )
    )


def _is_told_of_lesions(view: View, start: int) -> bool:
    """Whether the findings of a scan have measured lesions on the same line, before they tell of one place."""
    line = view.whole.rfind("\n", max(0, start - _LONGEST_FINDINGS), start) + 1
    return view.section == "findings" and _MEASURED.search(view.whole, line, start) is not None


_LONGEST_FINDINGS = 2000


def is_no_response(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether the words are no assessment of this patient's tumour, by what stands around them or by the story."""
    return (
        _is_unticked(view, hit)
        or view.has(_AUTOPSY, *view.clause(hit.start)) is not None
        or _was_thought_only(view, hit)
        or _stands_for_another(view, hit)
        or _is_known_reason(view, memory, hit)
        or _FEARED.search(view.whole, max(view.start, hit.start - 90), hit.start) is not None
        or _not_asserted(view, hit)
        or _of_a_symptom(view, hit)
        or _out_of_place(view, memory, hit)
    )


_AUTOPSY = pattern(r"\b(?:autopsy|post-?mortem|necropsy)\b", re.IGNORECASE)
"""What was found after death is no assessment of a treatment."""


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


def _stands_for_another(view: View, hit: Hit) -> bool:
    """Whether the letters of a rating are those of dialysis, of Parkinson's disease or of a tablet's release."""
    letters = view.whole[hit.start : hit.end]
    if letters == "PD":
        return view.has(_NO_PROGRESS) is not None
    return letters == "CR" and any(0 < hit.start - drug.end <= 1 for drug in view.of("drug"))


_NO_PROGRESS = pattern(
    r"\b(?:dialysis|parkinson\w{0,5}|levodopa|renal failure|h(?:a)?emodialysis)\b", re.IGNORECASE
)
"""What makes PD no progressive disease."""


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
_FEARED = re.compile(
    r"\b(?:fear(?:s|ed|ing)?|afraid|worr(?:y|ies|ied)|differentiat\w{1,3}|distinguish\w{0,3}"
    r"|discriminat\w{1,3})\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What stands before progression that is only feared, or to be told from another: "differentiate it from"."""


_WAS_SEEN = re.compile(
    r"\s(?:occurred|developed|appeared|(?:was|were)\s(?:[a-z]+ly\s)?(?:seen|found|detected|diagnosed|noted"
    r"|documented|confirmed"
    r"|discovered|observed|identified))\b"
)
"""What tells that a relapse came, be it called the first: "the first relapse was seen in May"."""


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


_ONE_OF_THE_LESIONS = re.compile(
    r"\b(?:target|index)\slesions?\s?(?:no\.?\s|#)?\d{0,2}[^.;\n]{0,40}\Z"
    r"|\b(?:disease\ssites?|sites?\sof\s(?:known\s|current\s|active\s)?disease|(?:metastatic|tumou?r|current)\ssites?)\s?[:=]"
    r"[^.;\n]{0,120}\Z",
    re.IGNORECASE,
)
"""What makes a recurrence one of the lesions that are known: "target lesion 3, pelvic recurrence", "disease sites:"."""
_CALLED_POOR = re.compile(
    r"\s?(?:\(|,\s|[–—-]\s|:\s)(?:i\.e\.,?\s|thus\s|an?\s)?(?:[Pp]oor|[Ii]nadequate|[Ii]nsufficient|[Nn]o)\s"
    r"(?:histolog\w{3,4}\s|patholog\w{3,4}\s)?respon"
)
"""What calls the necrosis of a specimen a poor response: "72% necrosis (poor response)"."""
_KNOWN_BEFORE = re.compile(
    r"(?:,?\s(?:on the\s)?(?:left|right|[LR]))?[,:]?\s(?:of\s|measur\w{1,4}\s|now\s|is\s){0,2}\d[\d.]{0,4}"
    r"(?:\s?[x×]\s?\d[\d.]{0,4}){0,2}\s?[cm]m"
    r"(?:\s?\((?:[A-Z][a-z]{2,8}|\d[\d./-]{3,9}):?\s|(?:\s?[(,]\s?|\s)(?:previously|prior|prev\.?|was|before|from|compared"
    r"|versus|vs\.?|on|in|formerly|earlier|down|up)\b)[^.;\n]{0,40}\d\s?[cm]m\b"
)
"""What tells that a lesion had been there before, whatever it is called: "pelvic recurrence 41 mm, in May 52 mm"."""
_POOR = re.compile(
    r"\b(?:poor|inadequate|insufficient|suboptimal|unsatisfactory|limited|little)\s(?:[a-z]{4,12}\s)?$",
    re.IGNORECASE,
)
_A_RESPONSE = pattern(r"\bresponse\b", re.IGNORECASE)
"""What is no regression: "poor tumor response was observed"."""


def _is_of_a_death(view: View, hit: Hit) -> bool:
    """Whether a hit stands in the statement of a death, with no date of its own: "died of progressive disease"."""
    died = view.has(_DIED)
    if died is None:
        return False
    told = hit.governed
    own = told is not None and told.end <= died.start() and hit.end <= died.start()
    return not (own and view.has(_AND_THEN, hit.end, died.end()) is not None)


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


def _is_known_reason(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether progression that has been told is only named as the reason of what was done: "in view of progression"."""
    return (
        hit.category == "PD"
        and memory.last_response == "PD"
        and not view.retold
        and _REASON.fullmatch(view.whole, view.start, hit.start) is not None
    )


def _not_asserted(view: View, hit: Hit) -> bool:
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


def _is_no_growth(view: View, hit: Hit, before: str) -> bool:
    """Whether the words of a progression deny it, or name a lesion that was there before."""
    return bool(
        _DENIED_WITHIN.search(view.whole, hit.start, hit.end)
        or _PSEUDO.search(before)
        or _KNOWN_BEFORE.match(view.whole, hit.end, view.end)
        or _ONE_OF_THE_LESIONS.search(view.whole, max(view.start, hit.start - 140), hit.start)
    )


def _is_poor(view: View, hit: Hit, before: str) -> bool:
    """Whether a response is called a poor one, which is none: "poor response", "72% necrosis (poor response)"."""
    return bool(
        (_POOR.search(before) and view.has(_A_RESPONSE, hit.start, hit.end))
        or _CALLED_POOR.match(view.whole, hit.end)
    )


_PSEUDO = re.compile(r"\b[Pp]seudo[- ]?\Z")
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
_CALLED = re.compile(
    r"\b(?:met|meets|meeting|fulfil\w{0,4}|satisf\w{2,5}|qualif\w{2,4})\b[^.;]{0,30}\b(?:for|of|as)\s(?:an?\s|the\s)?$|"
    r"\b(?:would|could|must)\s(?:call|regard|rate|consider|describe|grade|count|classify|interpret|judge)\s"
    r"(?:(?:it|this|as|to be|an?)\s){0,3}$",
    re.IGNORECASE,
)
"""What gives an assessment as the writer's own: "which I would call stable disease"."""
_APPOSED = re.compile(
    r"(?::|\s[–—-])\s(?:(?:an?|thus|hence|overall|in short,?|i\.e\.,?)\s){0,2}$", re.IGNORECASE
)
"""What sums up the words before it, whatever they deny: "could not be found: a partial response"."""
_DENIED_WITHIN = re.compile(r"\b(?:not|neither|never|nor|no longer|no more)\b|n['’]t\b", re.IGNORECASE)
"""What denies a growth between the tumour and its verb: "the lesions had neither grown nor shrunk"."""
_SCANNED = pattern(r"\b(?:CE|HR)?(?:CT|MRI|MRT|PET)\b|\bRECIST\b|\bresponse (?:is|was)\b|\bremains\b")
_RATING = 8
"""The weight of a rating by its letters alone, which may be those of a receptor: "negative for ER and PR"."""
_NEGATED = pattern(r"\b(?:no|not|without|never|neither|nor|absence|lack|n't)\b", re.IGNORECASE)
"""What denies a rating in its own phrase: "thickening no longer seen, defined PR" is none."""


_OF_IMPAIRMENT = re.compile(
    r"\s(?:of|in)\s(?:the\s|her\s|his\s|this\s)?(?:[a-z-]{3,16}\s){0,2}(?:impairment|deficits?|symptoms?|neuropathy"
    r"|toxicity|weakness|dementia"
    r"|pain|dyspn\w{1,3}|anaemia|anemia)\b"
)
"""What makes a progression that of a harm or a complaint: "progression of the cognitive impairment"."""


_WHICH_WENT = re.compile(
    r"(?:\s\(?(?:grade|G|CTC(?:AE)?)\s?\d\)?)?,?\s(?:which|that)\s[^.;]{0,60}", re.IGNORECASE
)
"""What ties a verb to the harm before it: "ICANS grade 1, which under dexamethasone was completely regredient"."""


def _of_a_symptom(view: View, hit: Hit) -> bool:
    """Whether it is a symptom, a dose or a laboratory value that went up, down or away."""
    start, end = hit.start, hit.end
    low, high = view.clause(start)
    weak = (
        hit.category in ("MR", "SD", "CR", "PR")
        and hit.weight <= 7
        and not _IMAGED.match(view.whole, start, end)
    )
    if hit.weight <= 6 and _IT.match(view.whole, start, end) and view.of("lab"):
        return True
    if (weak or (hit.category == "PD" and hit.weight <= 7)) and _OF_A_DOSE.match(
        view.whole[end : min(high, end + 50)]
    ):
        return True
    if weak and view.within(
        _SYMPTOM, _of_one_statement(view, max(low, start - 25), start, end, min(high, end + 30))
    ):
        return True
    if weak and any(
        harm.end <= start and _WHICH_WENT.fullmatch(view.whole, harm.end, start)
        for harm in view.of("toxicity")
    ):
        return True
    if hit.category in ("PD", "SD") and _OF_IMPAIRMENT.match(view.whole, end, high):
        return True
    if hit.category == "PD" and any(
        harm.end <= start and _CAME_AGAIN.fullmatch(view.whole, harm.end, start)
        for harm in view.of("toxicity")
    ):
        return True
    again = hit.category == "NED" or (hit.category == "PD" and view.has(_COMES_AGAIN, start, end) is not None)
    if again and (is_of_no_tumor(view, end) or _of_the_harm(view, hit, low)):
        return True
    if hit.category == "NED" and _REST.match(view.whole, end, view.end) is not None:
        return True
    behind = view.whole[end : min(high, end + 30)]
    return hit.category == "CR" and view.within(_SYMPTOM, _ASIDE_BEHIND.split(behind)[0]) is not None


def _of_one_statement(view: View, low: int, start: int, end: int, high: int) -> str:
    """Return the words around ``start`` to ``end`` up to where another statement ends or begins."""
    before = _PARTS_STATEMENTS.split(view.whole[low:start])[-1]
    behind = _PARTS_STATEMENTS.split(view.whole[end:high])[0]
    return before + view.whole[start:end] + behind


_PARTS_STATEMENTS = re.compile(r",\s(?:and|but|while|whereas|so)\s|;\s")
"""What parts a rating from what else is told: "LDH was 450 U/L, and the tumor had shrunk"."""


def is_of_no_tumor(view: View, end: int) -> bool:
    """Whether what comes again, or does not, is no tumour: "without recurrence of hepatotoxicity"."""
    of = _OF_WHAT.match(view.whole, end, view.end)
    if of is None or _OF_A_TUMOR.match(view.whole, of.end(), view.end):
        return False
    return not any(of.end() <= named.start <= of.end() + _NAMED_SOON for named in view.of("tumor"))


def _of_the_harm(view: View, hit: Hit, low: int) -> bool:
    """Whether what does not come again is the harm of a drug that is given again: "resumed without recurrence"."""
    free = view.whole.startswith(("without", "no "), hit.start)
    return free and _IN_TREATMENT_AGAIN.search(view.whole, low, hit.start) is not None


_NAMED_SOON = 30
_IN_TREATMENT_AGAIN = re.compile(
    r"\b(?:resum(?:ed|ption|ing)|re-?started|re-?introduc(?:ed|tion)|re-?challenged?|re-?initiat(?:ed|ion)"
    r"|(?:increased|escalated|raised|reduced|titrated|returned)"
    r"\s(?:up\s|back\s)?to\s(?:the\s|a\s)?(?:\d|full|initial|original|previous|higher|lower))[^.;]{0,70}$",
    re.IGNORECASE,
)
"""What was given again, or more of it, without the harm that it had done: "increased to 120 mg without recurrence"."""
_COMES_AGAIN = pattern(r"recur|relaps|return|reappear|flare|progress", re.IGNORECASE)
"""What a harm may do as well as a tumour."""
_ASIDE_BEHIND = re.compile(r"\s(?:with|and|but|after|without|despite)\s|,")
"""What parts a remission from what else is told: "complete remission with incomplete platelet recovery"."""
_CAME_AGAIN = re.compile(r"\s(?:(?:had|has|have|soon|then|again|later)\s){0,3}")
"""What stands between a symptom and the word that it came again: "the hematuria recurred"."""
_OF_WHAT = re.compile(
    r"\sof\s(?:(?:CTCAE\s)?(?:grade|G|gr\.?)\s?(?:[1-5]|I{1,3}|IV)\s)?"
    r"(?!\D{0,16}\d)(?:(?:the|her|his|any|these|this|said)\s)?",
    re.IGNORECASE,
)
_OF_A_TUMOR = re.compile(
    r"(?:[\w-]{1,20}\s){0,4}?(?:disease|tumou?rs?|lesions?|mass(?:es)?|nodules?|cancer|carcinoma|sarcoma"
    r"|malignan\w{1,3}"
    r"|neoplas\w{1,3}|metasta\w{1,4}|deposits?|primary|recurren\w{2,3}|relapse|progression|it)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\s(?:elsewhere|otherwise|in the (?:rest|remainder|remaining))\b", re.IGNORECASE)
"""What tells that there is disease in one place, and only elsewhere none."""
_IT = re.compile(r"it\s", re.IGNORECASE)
"""What may mean a value of the blood where the sentence, or the one before it, names one."""
_IMAGED_FIRST = re.compile(r"(?:CE|HR)?(?:CT|MRI|MRT|PET|scan|imaging)\b", re.IGNORECASE)


_NECROSIS = pattern(r"\bnecrosis\b", re.IGNORECASE)
_BY_TREATMENT = pattern(
    r"\b(?:\w{0,4}chemo\w{0,12}|treatment|therap\w{1,7}|neo-?adjuvant|pre-?operative|radio\w{0,12}|irradiat\w{2,3}"
    r"|response"
    r"|post|after|following|huvos|good|poor)\b",
    re.IGNORECASE,
)


def _is_of_the_untreated(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether necrosis is that of a tumour before any treatment, which grades it and rates nothing."""
    if hit.category != "MR" or view.has(_NECROSIS, hit.start, hit.end) is None:
        return False
    treated = memory.last_regimen or memory.regimen or memory.radiotherapy
    return not treated and view.has(_BY_TREATMENT) is None


_ELSEWHERE = re.compile(
    r"\s(?:elsewhere|(?:at|in)\s(?:all\s)?other\s(?:sites|lesions|organs|places))\b", re.IGNORECASE
)
"""What makes a rating one of the rest, beside which something is left: "pleural plaque 14 mm, CR elsewhere"."""

_OF_THE_REST = pattern(
    r"\b(?:(?:other|remaining)\s(?:[a-z]{3,14}\s){0,2}?(?:lesions?|sites?|disease|metastas[ei]s|nodules?|tumou?rs?"
    r"|organs?)"
    r"|rest\sof\sthe\s[a-z]{3,12})\s(?:[a-z]{2,12}\s){0,3}$",
    re.IGNORECASE,
)
"""The same, told before it: "one nodule progressed while all other lesions remained in remission"."""


_NO_NODULE = re.compile(r"no\s[a-z -]{4,24}\s(?:nodules?|lesions?)", re.IGNORECASE)
_IN_MM = pattern(r"\d\s?(?:mm|cm)\b")
"""Lesions that are measured, beside which one is told to be gone: "hilar node 9 mm, RLL scar, no measurable nodule"."""


def _of_a_treatment(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether a rating in the sentence that introduces the patient is one of the treatment that it names."""
    if hit.category != "PD":
        return bool(memory.last_regimen) and hit.category in _BEST
    if memory.last_regimen and hit.governed is not None and hit.governed.absolute:
        return True
    on = _ON_A_DRUG.match(view.whole, hit.end, view.end)
    return on is not None and any(drug.start == on.end() for drug in view.of("drug", "regimen"))


_ON_A_DRUG = re.compile(
    r"\s(?:on|under|despite|after|during)\s(?:(?:first|second|third|fourth|1st|2nd|3rd)[\s-]line\s|treatment\swith\s)?",
    re.IGNORECASE,
)
_BEST = frozenset({"CR", "PR", "SD"})
"""What the sentence that introduces a patient may tell of the treatment it names: "achieving a partial response"."""


_CONCLUDING = re.compile(r"conclusion|impression|opinion|assessment|summary|result", re.IGNORECASE)
"""What heads the words in which a report sums up what was seen."""


def _out_of_place(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether nothing in the sentence or the story lets a hit be an assessment."""
    start, end = hit.start, hit.end
    if hit.category == "CR" and view.has(_OF_A_BIOPSY, max(view.start, start - 80), end) is not None:
        return True
    if (
        hit.category == "CR"
        and _NO_NODULE.match(view.whole, start, end)
        and view.has(_IN_MM, view.start, start)
    ):
        return True
    if view.retold:
        strong = hit.weight >= 9 or (hit.governed is not None and view.sentence.section == "legend")
        return hit.category not in ("MR", "CR", "PR", "NED") or not (
            strong or view.within(PATHOLOGICAL, view.whole[start:end])
        )
    if not memory.introduced and not _of_a_treatment(view, memory, hit):
        return True
    if hit.category == "PD" and (_was_before_the_diagnosis(view, memory, hit) or _is_of_harm(view, hit)):
        return True
    if (
        hit.category == "NED"
        and _LOCALLY.match(view.whole[start:end])
        and (
            view.has(_MEASURED)
            or view.has(_FOUND_ELSEWHERE, view.start, start)
            or _is_told_of_lesions(view, start)
        )
    ):
        return True
    if (
        hit.category in ("PD", "MR")
        and hit.weight <= 6
        and not view.has(_LOOKED)
        and not view.has(_MEASURED)
        and hit.governed is None
        and _CONCLUDING.match(view.sentence.heading) is None
    ):
        return True
    if hit.category == "PD" and hit.weight <= 6 and not (memory.staged or _of_a_treatment(view, memory, hit)):
        return True
    if _is_of_the_untreated(view, memory, hit):
        return True
    operated = memory.operated or "surgery" in memory.clock.anchors
    untreated = not (operated or memory.last_regimen or memory.radiotherapy)
    if untreated and (
        (
            hit.category == "PD"
            and (_MANY.match(view.whole, start, end) or _OF_TISSUE.match(view.whole, start, end))
        )
        or (hit.category == "PD" and hit.weight <= 6 and view.within(_ENLARGED, view.whole[start:end]))
        or (hit.category == "NED" and (hit.weight <= 6 or view.has(_OF_SPREAD, start, end)))
        or (hit.category == "MR" and hit.weight <= 4)
    ):
        return True
    if hit.category in ("CR", "NED") and (
        _ELSEWHERE.match(view.whole, end, view.end)
        or view.has(_OF_THE_REST, max(view.start, start - 70), start)
    ):
        return True
    return (
        hit.category == "CR"
        and re.match(r"\s?(?:of|in)\s(?:the )?\w", view.whole[end : end + 12]) is not None
        and re.search(r"(?:lesions?|tumou?rs?)$", view.whole[start:end], re.IGNORECASE) is not None
    )
