"""Which agents of a sentence make one regimen, and with what dose."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import View
from caseboard.terms import drugs, procedures, regimens

__all__ = ["STEROIDS", "Given", "group_agents", "is_subject_behind"]

_DOSE = pattern(
    r"(?:(?:at (?:a|the) )?(?:dose|doses) of |at |\(|, "
    r"|: )?\s{0,2}(?P<dose>(?:AUC\s?(?:of\s)?\d(?:\.\d)?"
    r"|area under the curve of \d(?:\.\d)?[a-z ]{0,30}"
    r"|(?<![\d.,])(?:\d\s?[x×]\s?)?\d{1,4}(?:,\d{3})?(?:[.,]\d{1,3})?\s?(?:-\s?\d{1,4}\s?)?"
    r"(?:(?:mg|gm|g|µg|μg|mcg|ug|IU|MIU|U|units?|ml|mL|MBq|GBq)(?![A-Za-z]|\s?/\s?[dmµμ]?[lL]\b)"
    r"|(?<=\d\d)(?=\s(?:bd|bid|od|qd|tds)\b))"
    r"(?:\s?/\s?(?:m\s?²"
    r"|m\s?2|m\^2|kg|day"
    r"|dose|d|body)|\sper\s(?:square met(?:er|re)|kilogram|kg|m2|m²|day"
    r"|dose)(?:\sof\sbody[- ]surface(?:\sarea)?)?){0,3})"
    r"(?:[\s,]{1,2}(?:orally|PO|po|p\.o\.|IV|iv|i\.v\.|intravenous(?:ly)?|subcutaneously|s\.c\.|sc)){0,2}"
    r"(?:[\s,]{0,2}(?:once|twice|three times|four times|two times)(?: (?:a|per) day|[ -]?daily"
    r"| weekly| a week)|[\s,]{0,2}(?:per day|a day|daily|weekly|fortnightly|monthly|every \w{1,6} (?:days?"
    r"|weeks?|months?|hours?)|every other day"
    r"|b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|t\.?d\.?s\b\.?|q\.?[di]\.?[sd]\b\.?|nocte\b|mane\b|q\.?d\b\.?|o\.?d\b\.?"
    r"|b\.?d\b\.?|qd\b|q\d{1,2}[hwd]\b"
    r"|q\.?\d\s?w(?:eeks)?\b|BID\b|TID\b|QD\b|PRN\b|\d-\d-\d(?:-\d)?|x \d{1,2}\b"
    r"|on days? [\d, and–-]{1,16}|for \d{1,2} days|over \d{1,2} hours?)){0,4})",
    re.IGNORECASE,
)
_JOIN = pattern(
    r"^(?:\s|,|;(?= \d)|(?:tab|cap|caps|inj)\b\.?|\+|/|&|-|–|and|plus|with|combined|in|combination|then|followed\sby"
    r"|an?"
    r"|the|standard|infusion|infusional|(?:for )?injections?|tablets?|capsules?|of|oral(?:ly)?|intravenous(?:ly)?"
    r"|high[- ]dose"
    r"|low[- ]dose|(?:(?:two|three|four|six)[- ]?)?(?:weekly|wkly)"
    r"|fortnightly|daily|together"
    r"|pegylated|liposomal|concurrent|as|well|using|bolus|both|either|IV|PO|on|days?|every"
    r"|weeks?|q\d{0,2}[wdh]?|x|\d|concomitant|continuous|hydrochloride|mesylate|adjuvant|w|d\d{0,2}|c\d{1,2}d\d{1,2}"
    r"|through|one|two|three|four|five|six|eight|hours?|over|each|capped|max(?:imum)?|bid|tid|qd|od|bd|tds"
    r"|p\.?o\.?|i\.?v\.?|s\.?c\.?|m|intrathecal|metronomic|low|high|dose)*$",
    re.IGNORECASE,
)
_BRACKETS = pattern(r"\([^()]{0,200}\)")
_FIGURES = pattern(
    r"\bdays?\s\d{1,2}\s?(?:to|through|and|[-–&])\s?\d{1,2}\b"
    r"|\d{1,4}(?:[.,]\d{1,3})*\s?(?:-\s?\d{1,4}\s?)?(?:mg|gm|g|µg|μg"
    r"|mcg|IU|U|units?|ml|AUC|%|mL"
    r"|hours?|days?|weeks?|cycles?)?(?:\s?/\s?(?:m\s?²|m\s?2|m\^2|kg|day|d|dose))*|AUC|m²"
    r"|\bper\b|\bday\b|\bonce\b|\btwice\b|\bb\.?i\.?d\.?|\bq\.?d\.?\b|\bod\b|\bbd\b|\bBID\b",
    re.IGNORECASE,
)
_DOSE_OF_ANOTHER = re.compile(
    r"\band the dose\b|\bdose (?:was )?(?:reduc|lower|decreas|increas|rais|cut|halv)|^\sand\s?$"
)
"""What makes a dose that of the treatment of the story: "red cells were given and the dose was lowered to"."""
_DATED_APART = re.compile(r"\([^()]{0,24}\b(?:19|20)\d\d\b")
"""A year in brackets behind a regimen, which is that of it alone: "gemcitabine (Feb-Jun 2019), atezolizumab"."""
_NEW_COURSE = pattern(
    r"\b(?:cycles?|courses?|then|followed by|switched|replaced|changed|subsequently)\b", re.IGNORECASE
)


class Given(msgspec.Struct, frozen=True):
    """Agents given together: INN names sorted, from ``start`` to ``end``; ``dose_end`` is where their doses end."""

    agents: tuple[str, ...]
    start: int
    end: int
    dose: str | None
    dose_end: int
    supportive: bool
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def group_agents(view: View) -> tuple[Given, ...]:
    """Return the regimens of a sentence: agents joined by "and", "plus", doses and commas are one.

    Several extractors ask for those of the same sentence, which are found once.
    """
    found: list[tuple[Mention, tuple[str, ...], bool]] = []
    for mention in view.of("drug", "regimen"):
        if (found and mention.start < found[-1][0].end) or not _is_given_as_drug(view, mention):
            continue
        if _NOT_THIS.search(view.whole, max(view.start, mention.start - 60), mention.start):
            continue
        if mention.kind == "drug":
            found.append((mention, tuple(mention.key.split("/")), _is_supportive(view, mention.key)))
        else:
            found.append((mention, regimens.vocabulary()[mention.key].agents, False))
    found = [
        entry for at, entry in enumerate(found) if not _says_only_the_class(entry, found[at + 1 : at + 2])
    ]
    found = _spelt_out(view, _without_letters(view, found))
    groups: list[list[tuple[Mention, tuple[str, ...], bool]]] = []
    for entry in found:
        if groups and _together(view, groups[-1][-1], entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    if not groups:
        return ()
    ends = [*(group[0][0].start for group in groups[1:]), view.end]
    return tuple(_given(view, group, limit) for group, limit in zip(groups, ends, strict=True))


_NOT_THIS = re.compile(
    r"\([^()]{0,50}\b(?:instead of|rather than|in place of|preclud(?:ed|ing)|contra-?indicated for|unfit for"
    r"|not (?:fit|eligible) for|ineligible for)\s(?:the\s)?$"
)
"""What stands in brackets before a drug that was not given: "carboplatin (renal function precluded cisplatin)"."""


def _is_supportive(view: View, key: str) -> bool:
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
    return _GIANT_CELLS.search(text) is not None


_GIANT_CELLS = pattern(
    r"\bgiant[- ]cell tumou?rs? of (?:the )?(?:bones?|sacrum|spine|femur|tibia|radius)\b|\bGCTB\b",
    re.IGNORECASE,
)
Named = tuple[Mention, tuple[str, ...], bool]
"""A mention with the agents that it names and whether they are supportive."""
_OPENS_LIST = pattern(
    r"[^.;()\d]{0,30}(?:\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|x\s?\d{1,2}|\d{1,2}\s?cycles?)?\s?[(:]"
)


def _spelt_out(view: View, found: list[Named]) -> list[Named]:
    """Take the drugs in brackets behind a regimen into it: "R-CHOP (rituximab 375 mg/m2, ...; vincristine 2 mg)"."""
    kept: list[Named] = []
    end_of_list = -1
    listed: set[str] = set()
    told: tuple[str, ...] = ()
    for mention, agents, supportive in found:
        if mention.start < end_of_list and kept:
            regimen, named, _ = kept[-1]
            listed |= set() if supportive else set(agents)
            joined = named if supportive or set(agents) <= set(named) else tuple(sorted({*named, *agents}))
            if len(listed) >= min(_MAKES_IT_UP, len(told)) and not listed <= set(told):
                joined = tuple(sorted(listed))  # elsewhere the same letters stand for other drugs
            kept[-1] = (msgspec.structs.replace(regimen, end=mention.end), joined, False)
            continue
        kept.append((mention, agents, supportive))
        told, listed = agents, set()
        opened = _OPENS_LIST.match(view.whole, mention.end, view.end) if mention.kind == "regimen" else None
        end_of_list = _closing(view, opened.end() - 1) if opened is not None else -1
    return kept


_MAKES_IT_UP = 3
"""Drugs in brackets from which they are all that a regimen is made of; of a regimen of two, both."""


def _without_letters(view: View, found: list[Named]) -> list[Named]:
    """Return the mentions without the letters in brackets that stand for the drugs named before: "V, A and D (VAD)"."""
    out: list[Named] = []
    for entry in found:
        mention = entry[0]
        letters = mention.kind == "regimen" and view.whole[mention.start - 1 : mention.start] == "("
        before = [other for other in out if mention.start - _NAMED_NEAR < other[0].start]
        if (
            letters
            and len(before) > 1
            and view.whole.startswith((")", " regimen)", " protocol)", " chemotherapy)"), mention.end)
            and _OPEN.fullmatch(view.whole, before[-1][0].end, mention.start) is not None
        ):
            continue
        out.append(entry)
    return out


_NAMED_NEAR = 120
_OPEN = re.compile(r"[^()]{0,24}\s?\(")
"""What stands between the last of the drugs and the letters for them, as its dose."""


def _closing(view: View, opened: int) -> int:
    """Return where the bracket at ``opened`` closes, brackets within it aside; -1 where it is none or stays open."""
    depth = 0
    for place in range(opened, min(view.end, opened + 400)):
        depth += (view.whole[place] == "(") - (view.whole[place] == ")")
        if depth == 0:
            return place if place > opened else -1
    return -1


def _says_only_the_class(
    entry: tuple[Mention, tuple[str, ...], bool], following: list[tuple[Mention, tuple[str, ...], bool]]
) -> bool:
    """Whether a mention only says what kind of drug the next one is: "steroid premedication with dexamethasone"."""
    return entry[1] == ("corticosteroids",) and any(
        other[2] and 0 < other[0].start - entry[0].end < 40 and other[1][0] in STEROIDS for other in following
    )


STEROIDS = frozenset(
    {"dexamethasone", "prednisone", "prednisolone", "methylprednisolone", "hydrocortisone", "betamethasone"}
)
_WITH_STEROIDS = frozenset(
    {
        "thalidomide",
        "lenalidomide",
        "pomalidomide",
        "bortezomib",
        "carfilzomib",
        "ixazomib",
        "melphalan",
        "daratumumab",
    }
)
"""Drugs of myeloma, of whose regimens a steroid is part."""
_WITH_PREDNISONE = _WITH_STEROIDS | {
    "abiraterone",
    "cabazitaxel",
    "chlorambucil",
    "docetaxel",
    "mitoxantrone",
    "procarbazine",
    "vinblastine",
    "vincristine",
    "vindesine",
}
"""Drugs whose regimens for prostate cancer, lymphoma, leukaemia and histiocytosis have prednisone or prednisolone."""
_ONE_REMEDY = frozenset({"antibiotic", "antifungal", "antihypertensive or cardiac agent"})
"""Classes of which two drugs given together make one treatment: "ceftriaxone and gentamicin"."""
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
_SINCE_A_DAY = re.compile(
    rf"\s(?:from|since)\s(?:(?:early|mid|late)[\s-])?(?=\d|{MONTH_BEGINS})", re.IGNORECASE
)
"""What makes letters a regimen in a note: "VAC from 25-May-2021"."""
_IN_MILLIGRAMS = pattern(
    r"\s?\d{1,4}(?:[.,]\d{1,3})?\s?(?:mg|mcg|µg|μg|g)\b(?!\s?/\s?(?:d?l|ml)\b)", re.IGNORECASE
)
"""A dose, not a concentration: "thyroxine 50 mcg", not "calcium 8.1 mg/dL"."""
_VERTEBRA = pattern(r"\bL[1-5]\b|\b(?:lamin|vertebr|sacr|nerve|lumb|disc)\w{0,10}", re.IGNORECASE)
"""What tells that S1 is a part of the spine."""
_TRANSFUSED = pattern(
    r"\b(?:transfus\w{2,4}|units?|pools?|packed|concentrates?|FFP|(?:was|were) given)\b", re.IGNORECASE
)
_BLOOD_NEEDED = pattern(
    r"\b(?:transfus\w{2,4}|units?|\du|u|required?|requiring|need(?:ed|ing))\b", re.IGNORECASE
)
"""What makes the name of a blood product that of a transfusion: "3 u PRBC", "requiring packed cells"."""


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
        glued = glued or _ENZYME.match(view.whole, mention.end, view.end) is not None
        glued = glued or (mention.key == "VAC" and view.has(_WOUND) is not None)
        return not glued and (
            mention.end - mention.start > 4
            or view.has(_IN_ONCOLOGY, *near) is not None
            or _SINCE_A_DAY.match(view.whole, mention.end, view.end) is not None
        )
    if mention.key == "s-1" and view.has(_VERTEBRA, max(view.start, mention.start - 12), near[1]):
        return False
    if any(lab.start <= mention.start < lab.end and mention.end <= lab.end for lab in view.of("lab")):
        dosed = _IN_MILLIGRAMS.match(view.whole, mention.end, near[1]) is not None
        low, high = view.clause(mention.start)
        return dosed or view.has(_TRANSFUSED, max(low, near[0]), min(high, near[1])) is not None
    return (
        not mention.weak
        or view.has(_IN_ONCOLOGY, *near) is not None
        or view.has(_DOSE, mention.end, near[1]) is not None
        or _NOTE_OF_A_COURSE.match(view.whole, mention.end, near[1]) is not None
        or view.has(_MAINTENANCE, near[0], mention.start) is not None
        or (_is_blood(mention) and view.has(_BLOOD_NEEDED, *near) is not None)
    )


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


def _together(
    view: View, last: tuple[Mention, tuple[str, ...], bool], entry: tuple[Mention, tuple[str, ...], bool]
) -> bool:
    gap = view.whole[last[0].end : entry[0].start]
    if _DENIED_ASIDE.match(view.whole, last[0].end, view.end) and "(" in gap:
        return False
    aside = gap.rfind("(") > gap.rfind(")")
    if (aside or "," in gap) and _EVENT_OF_ITS_OWN.match(view.whole, entry[0].end, view.end):
        return False
    if last[2] != entry[2]:
        return _has_steroid(last, entry) and len(gap) < 60 and _JOIN.match(_plain(gap)) is not None
    if len(_BRACKETS.sub("", gap)) > 200:
        return False
    if (
        last[0].kind == "regimen"
        and ")" not in gap
        and re.match(r"\s{0,2}(?:regimens?|protocol|chemotherapy)?\s?[(:]", gap)
        and set(entry[1]) <= set(last[1]) | set(entry[1])
    ):
        return set(entry[1]) <= set(last[1]) or _JOIN.match(_plain(gap)) is not None
    if last[2] and not re.match(r"\s?(?:\+|/|plus)|-$", gap):
        return _is_one_remedy(last, entry) and _AND.fullmatch(gap) is not None
    if _NEW_COURSE.search(_BRACKETS.sub(" ", gap)) or _is_next_of_list(view, last[0], gap):
        return False
    if is_subject_behind(view, last[0], entry[0]):
        return False
    if _COUNTED_APART.search(gap):
        return False
    if any(last[0].end <= time.start < entry[0].start and time.absolute for time in view.times):
        return False
    if _DATED_APART.search(gap):
        return False
    return _JOIN.match(_plain(gap)) is not None


_COUNTED_APART = re.compile(
    r"\b(?:\d{1,2}|two|three|four|six|eight|twelve)\s(?:cycles|courses|weekly)"
    r"|\A(?![^,;]*\d\s?(?:m?g|mcg|µg|units?|IU)\b)[^,;]*(?:[x×]\s?\d{1,2}|\d\s?[#x×])\s?[,;]"
)
"""A number of cycles behind a regimen, which is that of it alone: "carbo/PLD x6, olaparib".

A number behind a dose is one of days: "ifosfamide 1800 mg/m2 x 5, etoposide 100 mg/m2 x 5" is one regimen.
"""


def is_subject_behind(view: View, last: Mention | Given, drug: Mention | Given) -> bool:
    """Whether a drug is the subject of what came after the one before it: "after failure of A, B was tried"."""
    return (
        _COMMA.fullmatch(view.whole, last.end, drug.start) is not None
        and _IS_SUBJECT.match(view.whole, drug.end, view.end) is not None
        and _AFTER_ALL.fullmatch(view.whole[view.clause(last.start)[0] : last.start]) is not None
    )


_COMMA = re.compile(r"\)?,\s(?:the\s)?")
_IS_SUBJECT = re.compile(r"(?:\s?\([^()]{1,40}\)|\s\d[^,.;()]{0,24}?)?\s(?:was|were|is|had|has)\s")
_AFTER_ALL = pattern(
    r"[\s,;(]{0,2}(?:and\s|but\s)?(?:after|following|despite|upon|before|because\sof|due\sto|owing\sto|given|on|under"
    r"|in\sview\sof|in\saddition\sto|instead\sof|in\sspite\sof)\s[^,;]{0,90}",
    re.IGNORECASE,
)
_DENIED_ASIDE = re.compile(
    r"[^()]{0,60}\([^()]{0,60}\b(?:not|no longer|preclud\w{2,3}|contra-?indicat\w{2,3}|forb[ai]d\w{0,3}|instead of"
    r"|rather than|in place of|never)\b"
)
"""Brackets that tell of other drugs, which were not given: "cobimetinib (trametinib not approved)"."""


_EVENT_OF_ITS_OWN = pattern(
    r"(?:\s\d{1,4}(?:\s?mg)?(?:\s(?:od|bd|daily))?)?\s(?:was\s|were\s|had\s(?:been\s)?|then\s|to\s)?"
    r"(?:stop(?:ped)?|held|withheld|paused|discontinued|ceased|withdrawn|ended|d/c['’]?d|dropped|omitted|completed"
    r"|finished"
    r"|continued?|ongoing|gestopt|abgesetzt|arr[êe]t[ée]+|sospeso|suspendido)\b(?!\sin\sboth)",
    re.IGNORECASE,
)
"""What befell a drug told in brackets or behind a comma alone: "lorlatinib 100 mg od (alectinib stopped 9 Feb)"."""


def _is_next_of_list(view: View, last: Mention, gap: str) -> bool:
    """Whether a drug is the next of a list of treatments had in turn: "therapies included A, B and C"."""
    if not view.may(_IN_TURN) or view.has(_IN_TURN, max(view.start, last.start - 160), last.start) is None:
        return False
    return "," in gap or (gap == " and " and view.whole[: last.start].endswith(", "))


_IN_TURN = pattern(
    r"\b(?:treatments|therapies|lines)\s(?:ha(?:ve|d|s)\s)?(?:included?|comprised|consisted\sof)\b",
    re.IGNORECASE,
)


def _has_steroid(last: Named, entry: Named) -> bool:
    """Whether one of two is a steroid that belongs to the regimen of the other: "docetaxel plus prednisone"."""
    other, steroid = (last, entry) if entry[2] else (entry, last)
    if steroid[1][0] not in STEROIDS:
        return False
    partners = _WITH_PREDNISONE if steroid[1][0] in ("prednisone", "prednisolone") else _WITH_STEROIDS
    return bool(partners & set(other[1]))


def _is_one_remedy(last: Named, entry: Named) -> bool:
    """Whether two supportive drugs are of one class, of which two are given for one purpose."""
    classes = {
        drugs.vocabulary()[named[0].key].drug_class if named[0].kind == "drug" else ""
        for named in (last, entry)
    }
    return len(classes) == 1 and classes <= _ONE_REMEDY


_AND = pattern(
    r"(?:\s\([^()]{1,40}\)|\s\d{1,4}\s?m?g(?:\s(?:daily|od|bd|bid))?)?\s(?:and|with)\s(?:oral\s|iv\s|intravenous\s)?"
)


def _plain(gap: str) -> str:
    return (
        _FIGURES.sub(" ", _BRACKETS.sub(" ", gap))
        .replace("(", " ")
        .replace(")", " ")
        .replace(":", " ")
        .replace(".", " ")
    )


_DOSE_AHEAD = re.compile(
    r"(?P<dose>\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)(?:\s?/\s?(?:m2|m²|kg|day|d))?)\s(?:daily\s|weekly\s)?(?:of\s)?"
    r"(?:(?:high-dose|oral|intravenous|i\.?v\.?)\s)?$",
    re.IGNORECASE,
)


_ENDED = re.compile(r"(?<=[A-Za-z]{2})\.$")
"""A full stop that ends the sentence, and no abbreviation of the dose."""
_OF_A_TEST = re.compile(r"\b(?:after|following|post) $")
"""What makes a dose that of a test: "cortisol after 1 mg dexamethasone"."""


def _dose_before(view: View, mention: Mention) -> str | None:
    """Return the dose that stands right before a drug and behind no other: "75 mg/m2 of doxorubicin"."""
    ahead = _DOSE_AHEAD.search(view.whole, max(view.start, mention.start - 50), mention.start)
    if ahead is None or _OF_A_TEST.search(view.whole, max(view.start, ahead.start() - 14), ahead.start()):
        return None
    if any(0 <= ahead.start() - other.end <= 3 for other in view.of("drug", "regimen")):
        return None
    return ahead["dose"]


def _given(view: View, group: list[tuple[Mention, tuple[str, ...], bool]], high: int) -> Given:
    agents = tuple(sorted({agent for _, named, _ in group for agent in named}))
    start, end = group[0][0].start, group[-1][0].end
    doses: list[str] = []
    dose_end = end
    leads = _dose_before(view, group[0][0]) is not None
    for position, (mention, _, _) in enumerate(group):
        limit = group[position + 1][0].start if position + 1 < len(group) else min(high, mention.end + 110)
        name = f"{view.whole[mention.start : mention.end]} " if len(agents) > 1 else ""
        if leads:  # "120 mg/m2 cisplatin and 75 mg/m2 doxorubicin"
            ahead = _dose_before(view, mention)
            doses += [name + ahead] if ahead is not None else []
            continue
        match = view.has(_DOSE, mention.end, limit)
        if (
            match is not None
            and not _DOSE_OF_ANOTHER.search(view.whole[mention.end : match.start("dose")])
            and match.start() - mention.end <= 45
            and not re.search(r"[;.]\s", view.whole[mention.end : match.start()])
        ):
            doses.append(name + _ENDED.sub("", match["dose"].strip(" ,")))
            dose_end = max(dose_end, match.end())
    return Given(
        agents,
        start,
        end,
        ", ".join(doses) or None,
        dose_end,
        all(supportive for _, _, supportive in group),
        tuple(m.remark for m, _, _ in group if m.remark),
    )
