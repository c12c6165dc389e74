"""Diagnoses that are taken for granted: no act of diagnosing is told, but who has the tumour, or what was done for it.

So are a patient with the tumour ("a 38-year-old man with metastatic IMT", "52F MTC"), an operation or a drug for it, a
note or a dated entry that opens with it, and its name with the day on which it was diagnosed.
"""

from __future__ import annotations

import re

from caseboard.narrative.diagnosed_by import REACH, opens_with
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.people import find_people
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import View

__all__ = ["is_beside_patient", "is_had_by_patient", "is_implied"]


def is_implied(view: View, tumor: Mention) -> bool:
    """Whether a diagnosis is taken for granted: who the patient is ("M with DLBCL"), what an operation was for."""
    low = max(view.start, tumor.start - REACH)
    if _DIAGNOSED_THEN.match(view.whole, tumor.end, view.end) or _NAMED_WITH.search(
        view.whole, low, tumor.start
    ):
        return True
    if (
        _FOR.search(view.whole, low, tumor.start)
        or _is_treated(view, tumor)
        or _TAKEN_OUT.match(view.whole, tumor.end, view.end)
    ):
        return True
    if opens_with(view, _with_its_site(view, tumor)) and not _SAYS.search(view.whole, view.start, view.end):
        return view.end - view.start <= _LONGEST_NOTE
    return (
        is_beside_patient(view, tumor)
        or _opens_dated_entry(view, tumor)
        or any(
            0 < tumor.start - person.end <= 90
            and (
                _WITH.search(view.whole, person.end, tumor.start) is not None
                or _HAD.fullmatch(view.whole, person.end, tumor.start) is not None
            )
            for person in find_people(view.whole, view.start, tumor.start, view.cues)
        )
    )


_LONGEST_NOTE = 160
"""A note that opens with the tumour and has no verb is a diagnosis: "Synovial sarcoma, left thigh"."""
_DIAGNOSED_THEN = pattern(
    r"(?:\s(?:of|in)\s(?:the\s|his\s|her\s)?[a-z -]{3,40}?)?"
    r"(?:\s?\([^()]{0,50}?)?[,;\s(]{1,3}(?:first\s|initially\s|originally\s|newly\s)?(?:diagnosed|dx\.?)\s(?:in\s"
    r"|on\s|at\s)?"
    rf"(?:(?:early|mid|late)[\s-])?(?=\d|{MONTH_BEGINS})",
    re.IGNORECASE,
)
"""What dates a diagnosis behind its name: "metastatic GIST (KIT exon 11 deletion, diagnosed 11/2017)"."""
_NAMED_WITH = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mr)\b\.?\s[A-Z][^;()]{1,70}?\b(?:with|has|who\shas|who\shad)\s(?:[A-Za-z0-9-]{1,20}\s){0,5}$"
)
"""A patient by name, with the tumour: "Mrs Smith, born 3 April 1961, with metastatic"."""
_FOR = pattern(
    r"\b(?:underwent|undergone|operat(?:ed|ion)|surgery|treat(?:ed|ment)|resect(?:ed|ion)|excis(?:ed"
    r"|ion)|[a-z]{4,20}(?:ectomy|plasty|tomy)|chemotherapy|radiotherapy|followed|admitted|referred"
    r"|s/p)\b[^;.]{0,50}?\s(?:for|because of|due to)\s"
    r"(?:[A-Za-z0-9-]{1,20}\s){0,4}$"
    r"|\boperated\s(?:up)?on\s(?:for|of)\s(?:[A-Za-z-]{1,20}\s){0,4}$"
    r"|\boperated\s(?:(?:in|on)\s[A-Za-z0-9 ]{4,22}\s)?of\s(?:[A-Za-z-]{1,20}\s){0,4}$",
    re.IGNORECASE,
)
_TAKEN_OUT = pattern(
    r"(?:\s(?:of|in)\sthe\s[a-z -]{3,40}?|,?\s(?:of|on|in)\s[^;.]{3,80}?(?=,?\s(?:was|were)\s))?"
    r"(?:,\s[^,;:.]{3,28}(?:\.\d[^,;:.]{1,12})?){0,3},?\s(?:was\s|were\s)?"
    r"(?:excised|resected|removed|operated\son|treated\s(?:by|with))\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:considered|discussed|rejected|excluded|discarded|dismissed|refuted|thought|favou?red|often|usually|commonly"
    r"|typically|generally|rarely|frequently|harbou?rs?|express|represent|account|comprise"
    r"|is|are|was|were|has|have|had|may|can|should|could|would|will|arises?|occurs?)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:,|\bwith|\bhaving|\bsuffering\sfrom|\bwho\shad|\bknown\s(?:to\shave|for|with)|\bhas"
    r"|\bcarr(?:ying|ies)\sa\sdiagnosis\sof)\s(?:[A-Za-z0-9-]{1,20}\s){0,5}$",
    re.IGNORECASE,
)
_HAD = re.compile(r"\s(?:had|developed)\s(?:an?\s)?(?:[A-Za-z0-9-]{1,20}\s){0,3}", re.IGNORECASE)
"""What stands between a patient whom a report introduces and the tumour: "A 42-year-old woman had a large"."""


def _is_treated(view: View, tumor: Mention) -> bool:
    """Whether a tumour is what a drug was given for: "started imatinib 400 mg for a metastatic GIST"."""
    return any(
        drug.end <= tumor.start
        and _GIVEN_FOR.fullmatch(view.whole, drug.end, tumor.start) is not None
        and view.has(_GAVE, max(view.start, drug.start - 50), drug.start) is not None
        for drug in view.of("drug", "regimen")
    )


_GIVEN_FOR = re.compile(
    r"(?:\s\([^()]{1,30}\))?(?:\s\d{1,4}(?:[.,]\d)?\s?mg(?:\s[a-z]{2,8}){0,2})?\sfor\s(?:an?\s|the\s|his\s|her\s)?"
    r"(?:[A-Za-z0-9+-]{1,20}\s){0,3}"
)
_GAVE = pattern(
    r"\b(?:started|received|receives|took|takes|taking|given|had|began|commenced|underwent|treated with"
    r"|on)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def _opens_dated_entry(view: View, tumor: Mention) -> bool:
    """Whether a tumour's name is the first that an entry of a history tells behind its day: "03/2019: Sarcoma"."""
    first = next((time for time in view.times if time.absolute and not time.until), None)
    return (
        first is not None
        and view.sentence.opens
        and _MARK.fullmatch(view.whole, view.start, first.start) is not None
        and _OF_WHAT_KIND.fullmatch(view.whole, first.end, _with_its_site(view, tumor)) is not None
        and _ENTERED.match(view.whole, tumor.end, view.end) is not None
    )


_MARK = re.compile(r"[\s•*–-]{0,6}(?:\d{1,2}[.)]\s)?(?:[Ii]n\s|[Ff]rom\s)?")
_OF_WHAT_KIND = re.compile(
    r"[\s:.,;–-]{1,6}(?:(?:left|right|bilateral|metastatic|primary|locali[sz]ed|locally advanced|advanced|new|initial"
    r"|high-?\s?grade|low-?\s?grade|intermediate-?\s?grade|grade [1-3]|G[1-3]|stage I?[IV]{1,3}[A-C]?"
    r"|[cpy]{0,2}T\d\w?N\dM\d|unresectable|dx|diagnosis(?:\sof)?|diagnosed with|diagnosed|of|L|R|Lt|Rt)[,:]?\s){0,4}",
    re.IGNORECASE,
)
"""What may stand between the day of an entry and the tumour that it tells."""
_ENTERED = re.compile(r"(?!\s?\?)(?!\s(?:relapse|recur|progress|clinic|excluded|suspected|ruled|unlikely))")
"""What follows the name of a tumour that was not in question, and had not come again."""


def _with_its_site(view: View, tumor: Mention) -> int:
    """Return where a tumour's name begins with the organ before it: "pancreatic head adenocarcinoma"."""
    first = tumor.start
    for site in reversed(view.of("site")):
        if site.end <= first and view.whole[site.end : first].isspace():
            first = site.start
    return first


def is_beside_patient(view: View, tumor: Mention) -> bool:
    """Whether a tumour stands right behind the age and sex of a note: "52F MTC", "60M metastatic NSCLC"."""
    return any(
        0 < tumor.start - person.end <= _BESIDE
        and _NOTED.fullmatch(view.whole, person.end, tumor.start) is not None
        for person in find_people(view.whole, view.start, tumor.start, view.cues)
    )


_BESIDE = 50
_NOTED = re.compile(
    r"\s(?:w/\s?|c/o\s)?(?:(?:metastatic|met|mets?|stage\s[IV]{1,3}[A-C]?|recurrent|relapsed|advanced|known)\s){0,2}",
    re.IGNORECASE,
)
"""What stands between a patient and the tumour in a note: "52F metastatic NSCLC"."""


def is_had_by_patient(view: View, tumor: Mention) -> bool:
    """Whether a report says right behind the patient that he has it: "a 38-year-old man with metastatic IMT"."""
    return any(
        0 < tumor.start - person.end <= _BESIDE
        and _PATIENT_WITH.fullmatch(view.whole, person.end, tumor.start) is not None
        for person in find_people(view.whole, view.start, tumor.start, view.cues)
    )


_PATIENT_WITH = re.compile(
    r",?\s(?:with|has|having)\s(?:an?\s)?(?:(?:metastatic|recurrent|relapsed|advanced|known|unresectable|localized"
    r"|localised|primary|newly diagnosed|[A-Z0-9]{2,8}-(?:positive|negative|rearranged|mutated|mutant|altered))\s){0,3}"
)
