"""Which names of a sentence mean a drug that is given, and which of these only support the patient."""

from __future__ import annotations

import re
from functools import lru_cache

from caseboard.narrative.extract.doses import DOSE
from caseboard.narrative.extract.regimen_letters import is_regimen
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import drugs, procedures, tumors

__all__ = ["is_meant", "is_supportive"]

_NOT_THIS = re.compile(
    r"\([^()]{0,50}\b(?:instead of|rather than|in place of|preclud(?:ed|ing)|contra-?indicated for|unfit for"
    r"|not (?:fit|eligible) for|ineligible for)\s(?:the\s)?$"
)
"""What stands in brackets before a drug that was not given: "carboplatin (renal function precluded cisplatin)"."""


def is_supportive(view: View, key: str) -> bool:
    """Whether a drug only supports the patient; denosumab treats the tumour where that is a giant cell tumour."""
    if key == "denosumab" and _of_giant_cells(view.whole):
        return False
    if key == "leucovorin" and any(drug.key == "fluorouracil" for drug in view.of("drug")):
        return False  # which it makes more effective
    if key == "methotrexate" and view.has(_AGAINST_THE_HOST) is not None:
        return True
    if key in _AGAINST_SECRETION and view.has(_SECRETION) is not None:
        return True
    return drugs.vocabulary()[key].role == "supportive"


_AGAINST_THE_HOST = pattern(
    r"\b(?:GVHD|graft[- ](?:versus|vs\.?)[- ]host[a-z -]{0,9}) prophylaxis\b", re.IGNORECASE
)
"""What methotrexate is given for beside tumours, after a transplantation."""
_AGAINST_SECRETION = frozenset({"octreotide", "lanreotide", "somatostatin"})
_SECRETION = pattern(
    r"\b(?:fistulas?|leak(?:age)?|chyl\w{2,8}|lymphorrh\w{2,4}|varice(?:s|al)|diarrh\w{2,4}|hypoglyc\w{3,5}"
    r"|bowel obstruction)\b",
    re.IGNORECASE,
)
"""What is treated with somatostatin and its kin beside tumours."""


@lru_cache(maxsize=1)
def _of_giant_cells(text: str) -> bool:
    """Whether a text tells of a giant cell tumour of bone."""
    return _GIANT_CELLS.search(text) is not None


_GIANT_CELLS = pattern(
    r"\bgiant[- ]cell tumou?rs? of (?:the )?(?:bones?|sacrum|spine|femur|tibia|radius)\b|\bGCTB\b",
    re.IGNORECASE,
)
"""The tumour of bone that denosumab treats."""
_IN_ONCOLOGY = pattern(
    r"\b(?:regimens?|schemes?|schedules?|conditioning|high-dose|chemo\w{0,8}|cycles?|courses?|protocol"
    r"|C\d{1,2}(?:D\d{1,2})?|therapy"
    r"|start\w{0,3}|receiv\w{1,3}|treated|treatment|line|mg/m|adjuvant|neoadjuvant"
    r"|post-?operative|pre-?operative|induction|consolidation|maintenance|salvage|after|on|neo-?adj|adj|x\s?\d"
    r"|stop\w{0,4}|held|off|dose\w{0,3}|weekly|daily|terminat\w{2,3}|discontinu\w{2,5}|interrupt\w{2,3}|ceased"
    r"|had\s(?=[A-Z]{2,7}\s(?:in\b|on\b|x|\())|paused|withheld|administered|given|resumed|switched|completed"
    r"|finished|continu\w{2,5}|alternat\w{2,3})\b",
    re.IGNORECASE,
)
"""What stands near the letters of a regimen or near a short name, where a treatment is meant."""
_IN_MILLIGRAMS = pattern(
    r"\s?\d{1,4}(?:[.,]\d{1,3})?\s?(?:mg|mcg|µg|μg|g)\b(?!\s?/\s?(?:d?l|ml)\b)", re.IGNORECASE
)
"""A dose, not a concentration: "thyroxine 50 mcg", not "calcium 8.1 mg/dL"."""
_VERTEBRA = pattern(r"\bL[1-5]\b|\b(?:lamin|vertebr|sacr|nerve|lumb|disc)\w{0,10}", re.IGNORECASE)
"""What tells that S1 is a part of the spine."""
_TRANSFUSED = pattern(
    r"\b(?:transfus\w{2,4}|units?|pools?|packed|concentrates?|FFP|(?:was|were) given)\b", re.IGNORECASE
)
"""What tells that a blood product was given, which is not its value in the laboratory."""
_BLOOD_NEEDED = pattern(
    r"\b(?:transfus\w{2,4}|units?|\du|u|required?|requiring|need(?:ed|ing))\b", re.IGNORECASE
)
"""What makes the name of a blood product that of a transfusion: "3 u PRBC", "requiring packed cells"."""


_AMOUNT = re.compile(r"(?:(?<![\d./-])(?!(?:19|20)\d\d\s?$)\d{3,7}|\b(?:Mio|Mill?|Tsd)\.?)\s?$")
"""What makes IE the German name of international units: "48 Mio. IE"."""
_BEST_RESPONSE = re.compile(r"\s?[:=]?\s?(?:[CP]R|SD|PD|NE|MR|VGPR|partial|complete|stable|progressive)\b")
"""What makes BR a best response and not bendamustine with rituximab: "04/2021-07/2021, BR: PR"."""
_DOCTOR = re.compile(r"(?:\b(?:[Hh]er|[Hh]is|[Mm]y|[Yy]our|[Tt]heir|[Oo]ur|[Aa]|[Ll]ocal|via|own)\s|/)GP$")
"""A general practitioner, not gemcitabine with cisplatin: "her GP had drawn off fluid"."""


_WITHOUT_IT = re.compile(
    r"[- ](?:sparing|free|na[iï]ve|refractory|resistant|intolerant|pre-?treated)\b", re.IGNORECASE
)
"""What makes a drug's name that of a treatment without it, or of what it did not help: "vinorelbine-sparing"."""


def is_meant(view: View, mention: Mention) -> bool:
    """Whether a name means a drug or a regimen that is given, and not one that was only thought of beside it."""
    return (
        _WITHOUT_IT.match(view.whole, mention.end) is None
        and _is_given_as_drug(view, mention)
        and _NOT_THIS.search(view.whole, max(view.start, mention.start - 60), mention.start) is None
    )


def _is_given_as_drug(view: View, mention: Mention) -> bool:
    """Whether a name is used for a treatment: a short code needs chemotherapy beside it, platelets a transfusion."""
    near = (max(view.start, mention.start - 50), min(view.end, mention.end + 40))
    if mention.key[-1].isdigit() and _is_radiation(view, mention):
        return False
    if mention.kind == "regimen":
        glued = (
            re.search(r"\d-?$", view.whole[max(view.start, mention.start - 2) : mention.start]) is not None
        )
        glued = glued or view.whole[mention.end : mention.end + 1].isalnum() or _is_route(view, mention)
        glued = glued or (
            mention.key == "CMV" and _VIRUS.match(view.whole, mention.end, view.end) is not None
        )
        glued = glued or (
            mention.key == "IE"
            and _AMOUNT.search(view.whole, max(view.start, mention.start - 10), mention.start) is not None
        )
        glued = glued or _ENZYME.match(view.whole, mention.end, view.end) is not None
        glued = (
            glued or _DOCTOR.search(view.whole, max(view.start, mention.start - 12), mention.end) is not None
        )
        glued = glued or (
            mention.key == "BR" and _BEST_RESPONSE.match(view.whole, mention.end, view.end) is not None
        )
        glued = glued or (mention.key == "VAC" and view.has(_WOUND) is not None)
        glued = glued or (mention.key == "AI" and _of_hormones(view, mention))
        return not glued and is_regimen(view, mention)
    if mention.key == "s-1" and view.has(_VERTEBRA, max(view.start, mention.start - 12), near[1]):
        return False
    if any(lab.start <= mention.start < lab.end and mention.end <= lab.end for lab in view.of("lab")):
        dosed = _IN_MILLIGRAMS.match(view.whole, mention.end, near[1]) is not None
        low, high = view.clause(mention.start)
        return dosed or view.has(_TRANSFUSED, max(low, near[0]), min(high, near[1])) is not None
    return (
        not mention.weak
        or view.has(_IN_ONCOLOGY, *near) is not None
        or view.has(DOSE, mention.end, near[1]) is not None
        or _NOTE_OF_A_COURSE.match(view.whole, mention.end, near[1]) is not None
        or view.has(_MAINTENANCE, near[0], mention.start) is not None
        or _is_joined_to_a_drug(view, mention)
        or (_is_blood(mention) and view.has(_BLOOD_NEEDED, *near) is not None)
    )


def _is_joined_to_a_drug(view: View, mention: Mention) -> bool:
    """Whether a sign joins a short name to that of another drug: "3 x dox/ifos"."""
    return any(
        (other.start == mention.end + 1 and view.whole[mention.end] in "/+&")
        or (mention.start == other.end + 1 and view.whole[other.end] in "/+&")
        for other in view.of("drug")
    )


def _of_hormones(view: View, mention: Mention) -> bool:
    """Whether AI is an aromatase inhibitor: with an article, or where the tumour is one of the breast."""
    if view.tumor is not None and tumors.related(view.tumor, _BREAST) in (
        "same",
        "child",
        "parent",
        "sibling",
    ):
        return True
    return _ONE.search(view.whole, max(view.start, mention.start - 4), mention.start) is not None


_BREAST = "BRCA"
_ONE = re.compile(r"\b(?:an|her) $")
_VIRUS = pattern(
    r"[ -](?:re-?activ|infect|vir[ae]|colitis|retinitis|pneumon|disease|sero"
    r"|IgG|IgM|PCR|DNA|antigen|titer|titre|load|status"
    r"|negativ|positiv|prophyla)",
    re.IGNORECASE,
)
"""What makes CMV a virus, and no regimen."""
_ENZYME = re.compile(r"\s?[:=]?\s?\d{2,5}(?:[.,]\d{1,3})?\s?(?:I?U|µkat)\s?/\s?[lL]\b")
"""What makes AP an enzyme, and no regimen: "AP 612 U/l"."""
_WOUND = pattern(r"\b(?:wounds?|dressings?|dehiscence|vacuum|NPWT|laparostoma)\b", re.IGNORECASE)
"""What makes VAC a dressing, and no regimen."""


def _is_blood(mention: Mention) -> bool:
    return mention.kind == "drug" and drugs.vocabulary()[mention.key].drug_class == "blood product"


_SCANNED = pattern(
    r"[ -](?:MIBG[ -])?(?:whole[ -]body\s)?(?:scans?|scintigra\w{2,4}|uptake|PET|SPECT)\b", re.IGNORECASE
)
"""What makes the name of an agent that of an examination: "I-131 scan"."""


def _is_radiation(view: View, mention: Mention) -> bool:
    """Whether an isotope is the means of a procedure or of a scan: "Y90 radioembolization", "radioiodine"."""
    if _SCANNED.match(view.whole, mention.end, view.end):
        return True
    return any(
        other.start <= mention.start
        and mention.end <= other.end
        and procedures.vocabulary()[other.key].modality in ("radiotherapy", "ablation")
        for other in view.of("procedure")
    )


_NOTE_OF_A_COURSE = pattern(
    r"\s(?:was\s|were\s)?(?:dropped|stopped|held|discontinued|d/c['’]?d|omitted|paused|started|resumed|restarted"
    r"|given)\b",
    re.IGNORECASE,
)
_MAINTENANCE = pattern(r"\bmaint(?:enance)?\.?\s$", re.IGNORECASE)
"""What notes say around a drug's short name: "carbo dropped; maint pem"."""


def _is_route(view: View, mention: Mention) -> bool:
    """Whether "IT" or "IP" says how the next drug is given, or where chemotherapy goes, and is no regimen."""
    if mention.key not in ("IT", "IP"):
        return False
    if any(0 < drug.start - mention.end <= 2 for drug in view.of("drug")):
        return True
    return _OF_A_ROUTE.match(view.whole, mention.end, view.end) is not None


_OF_A_ROUTE = pattern(
    r"[ -](?:chemo|therap|port|catheter|treatment|infusion|delivery|administration|route)", re.IGNORECASE
)
"""What makes "IP" the peritoneal cavity: "IP chemotherapy"."""
