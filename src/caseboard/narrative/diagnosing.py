"""Words by which a diagnosis is reached, suspected, revised or recalled, and others that name a tumour."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.contrasted import is_excluded, is_one_of_two, is_right_one
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import Pattern, pattern
from caseboard.narrative.people import find_people
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import Governed, View

__all__ = [
    "Act",
    "ActKind",
    "act_of",
    "date_of_diagnosis",
    "has_pathology",
    "is_asserted_after",
    "is_beside_patient",
    "is_implied",
    "is_misreading",
]

ActKind = Literal["reached", "suspected", "first", "revised"]
"""``reached`` by pathology or by name; ``suspected`` only; ``first`` of several readings; ``revised`` from one."""


class Act(msgspec.Struct, frozen=True):
    """An act of diagnosing, told from ``start``; by ``pathology`` where a specimen was read."""

    kind: ActKind
    start: int
    pathology: bool
    dated: bool = True
    """Whether the time of the sentence is that of the diagnosis; no date of a change is that of what was changed."""


_PATHOLOGY = pattern(
    r"\b(?:(?:re-?|micro-?)?biops(?:y|ies|ied)|bx\b|(?:anatomo-?|clinico-?)?patholog\w{1,10}|histolog\w{1,8}"
    r"|histopatholog\w{1,8}"
    r"|bronchoscop\w{1,4}(?=[^.;]{0,30}\b(?:confirm|yield|prov|establish))|thora(?:co)?centesis|paracentesis"
    r"|(?:pleural|ascitic|spinal)\sfluid"
    r"|cytolog\w{1,8}|cytopatholog\w{1,6}|specimens?|microscop\w{1,8}|aspirat\w{1,5}|FNAC?\b|FNB\b"
    r"|smears?|resected|excis(?:ed|ion)|resection|curettage"
    r"|immunohisto\w{3,14}|immuno(?:stain|phenotyp|profile)\w{0,6}|IHC\b|slides?|frozen section|tissue"
    r"|sections?|autopsy|necropsy|morpholog\w{1,8}|mastectomy|lumpectomy|nephrectomy|gastrectomy"
    r"|colectomy|lobectomy|hysterectomy|laparotomy|thoracotomy|thoracoscopy|laparoscopy|craniotomy"
    r"|surgery|bone marrow|trephine|tumou?r cells|sign(?:ed)?[\s-]out|path\b|HP[RE]\b|anapath\w{0,4}|histo\b"
    r"|tru-?cut|core(?:\sneedle|(?=:))|(?-i:Definitive)(?=:)"
    r"|definitive\s(?:report|answer)|revision|(?-i:PA)(?=\s?\d|:)"
    r"|punch|EBUS|TURBT?"
    r"|orchidectomy|orchiectomy|parotidectomy|thyroidectomy|prostatectomy|cystectomy|hepatectomy"
    r"|pancreatectomy|oophorectomy"
    r"|lymphadenectomy|splenectomy|methylation|conclusion|FISH|sequencing|(?:RT-)?PCR|cytogenetic\w{0,3}"
    r"|review(?=\s(?:(?:in|on|of|by)\s[^.;,]{3,40}\s)?(?:establish|show|reveal|confirm|diagnos|favou?r|conclud)\w{1,4}\b)"
    r"|(?:expert|central|reference|slide|second)\s(?:re-?)?(?:review|opinion|reading)|re-?review"
    r"|karyotyp\w{1,4})\b",
    re.IGNORECASE,
)
_IMAGING = pattern(
    r"\b(?:CT|MRI|MR|PET|US|XR|(?i:ultraso\w{3,10}|sonograph\w{1,5}|radiograph\w{0,5}|X-?rays?"
    r"|mammogra\w{1,5}|scans?|scintigra\w{2,5}|imaging|radiolog\w{1,7}|endoscop\w{1,6}|gastroscopy"
    r"|colonoscopy|cystoscopy|clinical(?:ly)?|echocardio\w{4,7}|tomography))\b",
)
_REACHED = pattern(
    r"\bdiagnos(?:is|e|tic)\b(?:,?\s(?:\([A-Za-z]{2,6}\)|on|in|at|by|from|via|after|following"
    r"|based)\s[^,;.:]{1,50})?,?\s?(?:was|is|were|had been|has been|of|as|:|reached|made|established"
    r"|given|rendered|confirmed|included|remained|became|came back|turned out|to|being|provided|read|,|-|–)"
    r"|\b(?:first|primary|initial|final|outside|preliminary|external|reference|local|second|original"
    r"|pathology|histology|biopsy|expert)\s(?:[a-z]{3,14}\s){0,2}(?:report|reading|opinion|review"
    r"|interpretation)\b(?:[^,;.]|\.(?=\d)|,\s[a-z][^,;.:]{3,40},(?=\swas\s)){0,60}?(?::|\swas\s)"
    r"|(?<!differential\s)\bdiagnosis\s$|\b(?:is|was)\s(?:in\sfact|actually|indeed|really)\s(?:an?\s)?$"
    r"|\b(?:superseded|replaced|overruled)\sby\s(?:that\sof\s)?(?:an?\s)?$|\bdx\s?[:=]"
    r"|\bdiagnosed\b(?:\s(?:her|him|it|the patient|the tumou?r|the lesion|him|on|in|at|by|from|via"
    r"|histologically|pathologically|clinically|initially|finally|again|with|as|to be|to have"
    r"|having)\b[^,;.]{0,30}?){0,4}"
    r"|\b(?:re-?)?classified\s(?:(?:the|this)\s(?:tumou?r|lesion|mass)\s)?(?:(?:in|on)\s[A-Za-z0-9. /]{4,20}\s)?as\b"
    r"|\b(?:re-?)?categori[sz]ed\sas\b|\bre-?classification\s(?:as|to)\b|\bre-?diagnosed\b|\b(?:revised"
    r"|amended|changed|corrected|altered)\b[^;.:]{0,45}?(?:\sto\b|\sas\b|:)|\b(?:reported|read"
    r"|signed\sout|designated|labell?ed|identified|recogni[sz]ed|verified|established"
    r"|given)\s(?:[^,;.]{0,30}?\s)?as\b|\b(?:makes?|made)\s(?:it|this|the\s(?:tumou?r|lesion))\s(?:an?\s)?$"
    r"|\bgave\s(?:the|a)\sdiagnosis\sof\b"
    r"|\b(?:turned\sout|proved|proven|found|shown|confirmed|determined|felt|concluded|considered"
    r"|reported|revealed|demonstrated)\sto\s(?:be|have|represent)\b|\bconfirm(?:ed|ing|s)\s(?:as|that"
    r"|to\sbe)\b"
    r"|\bfinal\s?:\s$|(?:->|→|=>|\bthen|,)\s(?:final(?:ly)?|definitive(?:ly)?|revised)\s?(?:report|histology"
    r"|path)?[\s:]{1,2}$"
    r"|\b(?:labell?ed|termed|designated|signed(?:\sout)?)\s(?:(?:an?|the)\s)?(?:[a-z-]{3,18}\s){0,2}$",
    re.IGNORECASE,
)
_SHOWN = pattern(
    r"\b(?:conclud(?:ed|ing)(?:\s(?:to|in|that|for))?|(?:was|were|is|are)\sin\sfavou?r\sof"
    r"|(?:spoke|speaks)\s(?:strongly\s|clearly\s)?(?:for|in\sfavou?r\sof)"
    r"|objectif(?:ied|ying)|objectivated|evok(?:ed|ing)|reveal(?:ed|ing|s)?|show(?:ed|ing|s|n)?"
    r"|demonstrat(?:ed|ing|es)|disclos(?:ed|ing|es)|confirm(?:ed|ing|s)|yield(?:ed|ing|s)?"
    r"|identif(?:ied|ying|ies)|indicat(?:ed|ing|es)|return(?:ed|ing)|detect(?:ed|ing)|report(?:ed|ing"
    r"|s)?|document(?:ed|ing)|described|establish(?:ed|ing)|prov(?:ed|en|ing)|found|contain(?:ed|ing)|noted"
    r"|gave(?:\sus)?|evidenced|supported|consistent with|positive for|in keeping with|in line with|compatible with"
    r"|corresponding to|(?:confirmation|proof|verification) of|diagnostic (?:of|for)|typical (?:of|for)"
    r"|characteristic (?:of|for)"
    r"|pathognomonic (?:of|for)|represent(?:ed|ing|s)"
    r"|(?:was|were|is|are) (?:of|that of|those of)|c/w|matched (?:to|with|that of)?|match for"
    r"|led to (?:the|a) (?:[a-z]{4,10} )?diagnosis of"
    r"|(?:report|result|results|finding|findings|(?:histo-?|cyto-?)?pathology|histology|(?:micro-?)?biopsy|bx|path"
    r"|conclusion"
    r"|examination|analysis|evaluation"
    r"|cytology|aspiration|core|FNAC?|trucut|impression|imp(?=:)|opinion|relecture|re-?reading|review|revision"
    r"|definitive"
    r"|answer|frozen(?:\ssections?)?"
    r"|HP[RE]|histo|specimen(?=:)|anapath\w{0,4}|(?-i:PA)(?=\s?\d|:)|EBUS)\b(?:\s?\([^()]{1,60}\))?(?:[^,;.]"
    r"|\.(?=\d)|,\s[a-z][^,;.:]{3,40},(?=\s(?:was|were|is)\s)){0,60}?(?:\s(?:was|were|is|of|then|came|=|-|–)|:|\s?→"
    r"|\s?->|\s(?:[\d./'-]{5,10}|\d{1,2}\s[A-Za-z]{3,9}\s'?\d{2,4})\s(?:now\s)?$)|(?:excised|resected|resection"
    r"|excision|curettage|debulking|amputation|(?:re-?)?TUR(?:-?BT?|-?P)?|[a-z]{4,18}ectomy)\b(?:[^,;.:]"
    r"|\.(?=\d)){0,40}:|(?:mass"
    r"|tumou?r|lesion|it|nodule|specimen|sample)\s(?:was|is)\s(?:about\s)?(?:an?\s))",
    re.IGNORECASE,
)
_SUSPECTED = pattern(
    r"\b(?:query|hypothes[ie]s|(?:first|leading|main|top|working|preferred|most\slikely)\s(?:clinical\s"
    r"|radiological\s)?(?:differential"
    r"(?!\sdiagnos)|concern|suspicion|consideration|thought|candidate)|evoked|suspect(?:ed|ing|s)?|suspicio(?:n|us)"
    r"|suggest(?:ive|ing|ed|s)|(?<!in\s)favou?r(?:ed|ing|s)?(?!\sof\b)"
    r"|concern(?:ing)?\sfor|worrisome\sfor|presum(?:ed|ptive|ably)|possib(?:le|ly)|probabl[ey]|likely"
    r"|(?:ultraso\w{3,10}|sonograph\w{1,4}|radiolog\w{2,4}|radiograph\w{1,3}|imaging|CT|MRI|endoscopic"
    r"|clinical)\sdiagnosis"
    r"|called(?:\san?)?(?=\s)|regarded\sas|t(?:aken|aking|ook)\s(?:(?:it|this|them|these|the\s[a-z]{4,12})\s)?for"
    r"|mistaken\s(?:for|as)|mis(?:read|labell?ed|classified|taken)"
    r"|misdiagnosed|misinterpreted|interpreted\sas"
    r"|thought\s(?:it\s(?:was|to\sbe)|of\b|to\s(?:be"
    r"|represent|have))|believed\sto\s(?:be|have)|assumed|considered(?:\sas|\sto\sbe)?|hint(?:ed"
    r"|ing)\s(?:at|to)|pointed\s(?:to|towards?)|working\sdiagnosis|provisional|tentative|impression"
    r"|questionable|raised\sthe\spossibility|could\s(?:be|represent)|may\s(?:be|represent)"
    r"|might\s(?:be|represent)|(?:report(?:\sof\sthe\s\w{2,12})?|radiologist|letter|referral)\s(?:had\s)?(?:said"
    r"|stated|read|gave|spoke\sof))\b",
    re.IGNORECASE,
)
_FIRST = pattern(
    r"\b(?:initial(?:ly)?|at\sfirst|first|preliminary|primary|original(?:ly)?|outside|provisional"
    r"|tentative|working|previous(?:ly)?|erroneous(?:ly)?|wrongly|incorrect(?:ly)?|intra-?operative"
    r"|frozen)\s(?:[a-z]{4,15}\s){0,2}?(?:diagnos\w{2,4}|report(?:ed)?|read|interpret\w{2,6}"
    r"|impression|patholog\w{1,6}|histolog\w{1,6}|biopsy|section|classified|considered|misdiagnosed"
    r"|treated|labell?ed)\b",
    re.IGNORECASE,
)
_FIRST_READ = pattern(
    r"\b(?:initially|originally|at\sfirst|erroneously|wrongly|incorrectly|provisionally|tentatively)\s"
    r"(?:reported|read|interpreted|classified|categori[sz]ed|labell?ed|called|signed\s(?:out|off)|designated)\b"
    r"|\b(?:first|originally|initially)\s(?:been\s)?(?:excised|resected|removed|operated\son|treated)\s(?:in\s\d{4}\s)?"
    r"(?:elsewhere\s)?(?:in\s\d{4}\s)?as\s",
    re.IGNORECASE,
)
"""What says by itself that a reading did not stand, be what replaced it told or not: "was initially reported as"."""
_REVISED = pattern(
    r"\b(?:revis(?:ed|ion)|amended|changed\sto|corrected|re-?classif(?:ied|ication)|re-?categori[sz]ed"
    r"|re-?diagnos\w{2,4}|re-?interpreted|re-?evaluat\w{2,4}|second\sopinion|expert\s(?:review"
    r"|patholog\w{1,5})|reference\spatholog\w{1,6}|central\s(?:review|patholog\w{1,4}))\b",
    re.IGNORECASE,
)
_AFTER = pattern(
    r"(?:\s(?:cells?|tissue|deposits?|infiltrat\w{2,4}))?(?:\s?[(\[][^()\[\]]{1,40}[)\]])?(?:,?\s(?:of"
    r"|in|with|at|arising|originating|metastatic"
    r"|from)\s[^,;.]{2,60}?)?(?:\s\([^()]{1,160}\))?(?:,\s(?:stage\s[IVX]{1,4}[A-C]?"
    r"|[cpy]{0,3}T[0-4xX][^,;.\s]{0,12}))?,?\s(?:(?:was|were|is|has\sbeen"
    r"|had\sbeen)\s(?:then\s|also\s|thus\s|therefore\s|finally\s|initially\s|histologically\s"
    r"|pathologically\s|subsequently\s|first\s|strongly\s)?"
    r"(?P<verb>diagnosed|reported|confirmed|established|made|found|identified|proven|proved|suspected"
    r"|evoked|considered|presumed|assumed|revealed|detected|verified|favou?red|questioned|rendered|given"
    r"|reached|thought\sof)\b|(?:was|were|is|being|had\sbeen|has\sbeen)\s(?:the|our|his|her|an?)\s"
    r"(?:[a-z]{3,12}\s(?:and\s)?){0,2}"
    r"(?P<noun>diagnosis|conclusion|verdict|answer|final\sreading|reading|label|hypothesis|impression|concern"
    r"|suspicion|consideration|thought|idea|expectation|fear)\b"
    r"|(?:was|were|being)\s(?:first|foremost|uppermost|high|highest|top)\s(?:among|amongst|on|in|of)\s"
    r"(?:the|our|his|her)\s(?P<noun2>list|suspicions?|hypotheses|thoughts|minds?|differential)\b"
    r"|(?:was|were)\swhat\s(?:(?:we|everybody|everyone|all|most|they)\s){1,2}(?:had\s)?"
    r"(?P<verb2>expected|thought|suspected|feared|assumed)\b"
    r"|(?P<apart>(?:(?:first|initially|originally|histologically)\s)?(?:diagnosed|confirmed|biopsy[- ]proven)"
    r"(?=\s(?:by|on|in|at|from|via|after|following|\d|[A-Z])))"
    r"|(?P<likely>(?:was|were)\s(?:most\s)?likely\b))",
    re.IGNORECASE,
)
_NO_ACT = pattern(
    r"\b(?:(?<!first\s)(?<!leading\s)(?<!main\s)(?<!top\s)differential(?:\sdiagnos[ie]s)?|ddx|dd(?=:)|to\s(?:exclude"
    r"|rule\sout|distinguish|differentiate|treat"
    r"|confirm\sor|look\sfor)|exclud(?:ed?|ing)(?!,?\s(?:and|but)\b)|rule(?:d|s)?\sout(?!,?\s(?:and|but)\b)"
    r"|risk\s(?:of|for)|marker\sfor"
    r"|markers\s(?:of|for)|screening\sfor|such\sas|including|treat(?:ed|ment|ing)?\s(?:of|for)"
    r"|therapy\s(?:of|for)|approved\sfor|indicat(?:ed|ion)\sfor|literature|reported\s(?:in|cases)"
    r"|cases\sof|patients\swith|died\s(?:of|from)|locus|protocol\sfor|regimen\sfor|guidelines?"
    r"|effective\s(?:in|against)|resection\sof\s(?:the\s)?|excision\sof\s(?:the\s)?|because\sof"
    r"|due\sto|unlikely|against|rather\sthan|instead\sof|distinguished\sfrom|versus|vs\.?|no\slonger"
    r"|questioning|contradict\w{2,4}|mimic\w{0,4}|resembl\w{2,4})\b",
    re.IGNORECASE,
)
_RECALLED = pattern(
    r"\b(?:given|based\son|because\sof|despite|considering|in\s(?:view|light|consideration)\sof"
    r"|according\sto|in\saccordance\swith|after|since|following)\s(?:the|this|that|her|his"
    r"|an?)\s(?:known\s|initial\s|previous\s|final\s|confirmed\s|established\s|histological\s"
    r"|histopathological\s|pathological\s|above\s|such\s){0,3}diagnosis\sof\b",
    re.IGNORECASE,
)
_QUESTIONED = re.compile(r"\?\s?(?:[a-z]{3,10}\s)?$")
"""A question mark before a tumour's name: "?lymphoma"."""
_OR_ELSE = re.compile(r"[A-Za-z]\s?[,(/]\s?\?\s?(?:[a-z]{3,10}\s)?$")
"""A question behind another name, which only says what that may be: "adenocarcinoma, ?cholangiocarcinoma"."""
_REACH = 120
_REACH_BEHIND = 220
_LOOK_BACK = 400


def has_pathology(view: View, position: int) -> bool:
    """Whether a specimen is told of before ``position``: in the sentence or, where it names no imaging, just before."""
    if view.has(_PATHOLOGY, view.start, position) is not None:
        return True
    if view.has(_IMAGING, view.start, position) is not None:
        return False
    low = max(0, view.start - _LOOK_BACK)
    if view.section == "findings":  # what a scan shows is told on its own line
        low = max(low, view.whole.rfind("\n", low, view.start))
    return _PATHOLOGY.search(view.whole, low, view.start) is not None


_FOR = pattern(
    r"\b(?:underwent|undergone|operat(?:ed|ion)|surgery|treat(?:ed|ment)|resect(?:ed|ion)|excis(?:ed"
    r"|ion)|[a-z]{4,20}(?:ectomy|plasty|tomy)|chemotherapy|radiotherapy|followed|admitted|referred"
    r"|s/p)\b[^;.]{0,50}?\s(?:for|because of|due to)\s"
    r"(?:[A-Za-z0-9-]{1,20}\s){0,4}$"
    r"|\boperated\s(?:up)?on\s(?:for|of)\s(?:[A-Za-z-]{1,20}\s){0,4}$"
    r"|\boperated\s(?:(?:in|on)\s[A-Za-z0-9 ]{4,22}\s)?of\s(?:[A-Za-z-]{1,20}\s){0,4}$",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:,|\bwith|\bhaving|\bsuffering\sfrom|\bwho\shad|\bknown\s(?:to\shave|for|with)|\bhas"
    r"|\bcarr(?:ying|ies)\sa\sdiagnosis\sof)\s(?:[A-Za-z0-9-]{1,20}\s){0,5}$",
    re.IGNORECASE,
)
_HAD = re.compile(r"\s(?:had|developed)\s(?:an?\s)?(?:[A-Za-z0-9-]{1,20}\s){0,3}", re.IGNORECASE)
"""What stands between a patient whom a report introduces and the tumour: "A 42-year-old woman had a large"."""
_NOTED = re.compile(
    r"\s(?:w/\s?|c/o\s)?(?:(?:metastatic|met|mets?|stage\s[IV]{1,3}[A-C]?|recurrent|relapsed|advanced|known)\s){0,2}",
    re.IGNORECASE,
)
"""What stands between a patient and the tumour in a note: "52F metastatic NSCLC"."""
_TAKEN_OUT = pattern(
    r"(?:\s(?:of|in)\sthe\s[a-z -]{3,40}?|,?\s(?:of|on|in)\s[^;.]{3,80}?(?=,?\s(?:was|were)\s))?"
    r"(?:,\s[^,;:.]{3,28}(?:\.\d[^,;:.]{1,12})?){0,3},?\s(?:was\s|were\s)?"
    r"(?:excised|resected|removed|operated\son|treated\s(?:by|with))\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[\s*•–-]{0,4}(?:(?:background|(?:oncolog(?:ical|ic|y)\s)?(?:history|summary|background)|tumou?r|cancer)"
    r"(?:\sin\sbrief)?:\s)?(?:(?:known|metastatic|recurrent|advanced|localized|locally|stage\s[IV]{1,3}[A-C]?"
    r"|primary|left|right|bilateral|L|R|Lt|Rt|high-grade|low-grade|grade\s[1-3]"
    r"|[A-Z0-9]{2,8}(?:[/:]{1,2}[A-Z0-9]{2,8})?(?:\+|[\s–-](?:deficient|mutant|mutated|positive|negative|rearranged"
    r"|altered"
    r"|amplified|fused|fusion[\s-]positive|associated|driven|wild[\s-]type)))\s){0,3}",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:considered|discussed|rejected|excluded|discarded|dismissed|refuted|thought|favou?red|often|usually|commonly"
    r"|typically|generally|rarely|frequently|harbou?rs?|express|represent|account|comprise"
    r"|is|are|was|were|has|have|had|may|can|should|could|would|will|arises?|occurs?)\b",
    re.IGNORECASE,
)
_LONGEST_NOTE = 160
"""A note that opens with the tumour and has no verb is a diagnosis: "Synovial sarcoma, left thigh"."""
_DATED = re.compile(
    r"(?:\bdx\.?|\bdiagnos\w{1,4}|\bED|\bin|\bsince|\bfrom|\bexcised|\bresected|\bremoved|,|\()\s{0,2}:?\s?$",
    re.IGNORECASE,
)


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


def is_implied(view: View, tumor: Mention) -> bool:
    """Whether a diagnosis is taken for granted: who the patient is ("M with DLBCL"), what an operation was for."""
    low = max(view.start, tumor.start - _REACH)
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
    if _OPENS.fullmatch(view.whole, view.start, _with_its_site(view, tumor)) and not _SAYS.search(
        view.whole, view.start, view.end
    ):
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


def is_beside_patient(view: View, tumor: Mention) -> bool:
    """Whether a tumour stands right behind the age and sex of a note: "52F MTC", "60M metastatic NSCLC"."""
    return any(
        0 < tumor.start - person.end <= _BESIDE
        and _NOTED.fullmatch(view.whole, person.end, tumor.start) is not None
        for person in find_people(view.whole, view.start, tumor.start, view.cues)
    )


_BESIDE = 50


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


def _with_its_site(view: View, tumor: Mention) -> int:
    """Return where a tumour's name begins with the organ before it: "pancreatic head adenocarcinoma"."""
    first = tumor.start
    for site in reversed(view.of("site")):
        if site.end <= first and view.whole[site.end : first].isspace():
            first = site.start
    return first


def is_misreading(view: View, start: int) -> bool:
    """Whether a tumour's name at ``start`` is told as what the tumour was first, and wrongly, called."""
    return _MISREAD.search(view.whole, max(view.start, start - 60), start) is not None


_MISREAD = re.compile(
    r"\b(?:mis-?(?:diagnosed|read|interpreted|classified|labell?ed|taken|diagnosis)|(?:erroneously|wrongly"
    r"|incorrectly)\s[a-z]{4,14}"
    r"|(?:initially|originally|first|previously|formerly)\s(?:reported|read|interpreted|classified|diagnosed"
    r"|labell?ed|called"
    r"|signed\sout|misdiagnosed)|(?:initial|original|former|previous|earlier|outside)\s(?:working\s"
    r"|histological\s)?diagnosis)"
    r"\s(?:as|for|of|to\sbe|was)?\s?(?:an?\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)


def date_of_diagnosis(view: View, end: int) -> Governed | None:
    """Return the time told of the diagnosis that ends at ``end``: "(dx 02/2021", "(first diagnosis 05/2020)"."""
    following = next((other.start for other in view.of("tumor") if other.start >= end), view.end)
    revised = (
        one for one in view.times if _CORRECTED.search(view.whole, max(end, one.start - 32), one.start)
    )
    for time in view.times:
        if time.start > following:
            return next(revised, None)
        if 0 <= time.start - end <= 2 and not time.until:
            return time
        if 0 <= time.start - end <= 60 and _DATED.search(view.whole, max(end, time.start - 14), time.start):
            return time
        if 0 <= time.start - end <= _LONGEST_NOTE and _SET_APART.search(
            view.whole, max(end, time.start - 30), time.start
        ):
            return time
    return None


_CORRECTED = re.compile(
    r"\b(?:revised|corrected|re-?classified|re-?diagnosed|amended|(?:correctly|finally|definitively)\s[a-z]{4,12})\s"
    r"(?:to\sthis\s)?(?:in\s|on\s)?$",
    re.IGNORECASE,
)
"""What dates a diagnosis behind what the tumour was called first: "(initially reported as X in 2015, revised 2018)"."""
_SET_APART = re.compile(
    r"[(,;]\s?(?:(?:first|initially|originally|newly)\s)?(?:diagnosed|dx|diagnosis)[\s:]{1,2}(?:in\s|on\s)?$",
    re.IGNORECASE,
)
"""What dates a diagnosis far behind its name: "sarcoma, with lung metastases (diagnosed September 2022)"."""


def act_of(view: View, tumor: Mention, previous: int) -> Act | None:
    """Return the act of diagnosing that names ``tumor``, or None where it is named for another reason.

    ``previous`` is where the reach of an earlier act in the sentence ends.
    """
    if _LIKE_IT.match(view.whole, tumor.end, view.end) or _DISMISSED.match(view.whole, tumor.end, view.end):
        return None
    if is_excluded(view, tumor):
        return None
    if is_right_one(view, tumor):
        return Act("reached", tumor.start, pathology=True)
    act = _act(view, tumor, previous)
    if is_one_of_two(view, tumor) and (act is None or act.kind == "reached"):
        return Act("suspected", tumor.start, pathology=False)
    return act


def _act(view: View, tumor: Mention, previous: int) -> Act | None:
    """Return the act that names ``tumor`` where it is set against no other."""
    _, high = view.clause(tumor.start)
    low = max(view.start, previous, tumor.start - _REACH)
    low = max(low, view.whole.rfind(";", low, tumor.start) + 1)
    if view.has(_RECALLED, max(view.start, tumor.start - 90), tumor.start) is not None:
        return None
    pathology = has_pathology(view, tumor.start)
    if _QUESTIONED.search(view.whole, max(view.start, tumor.start - 14), tumor.start):
        if _is_alternative(view, tumor):
            return None
        return Act("suspected", tumor.start, pathology=False)
    exchanged = _exchanged(view, tumor, previous, pathology=pathology) or _first_read(view, tumor)
    if exchanged is not None:
        return exchanged
    named = _last(view, _REACHED, low, tumor.start)
    presumed = _PRESUMPTIVE.search(view.whole, low, tumor.start) is not None
    after = _told_behind(view, tumor, high, reached=named is not None)
    parted = next((m.end() for m in _AND_NEXT.finditer(view.whole, low, tumor.start)), low)
    if after is not None and _other_reason(view, parted, tumor.start) is None:
        verb = (after["verb"] or after["noun"] or after["apart"] or "likely").lower()
        if verb not in _MERELY_SEEN or pathology or re.match(r"\scells?\b", after[0]):
            doubtful = (presumed or verb in _DOUBTED) and _THEN_CONFIRMED.match(
                view.whole, after.end(), high
            ) is None
            read = pathology and not presumed and verb not in _ONLY_SUSPECTED
            return Act(_kind(view, low, tumor.start, suspected=doubtful), tumor.start, read or not doubtful)
    shown = _last(view, _SHOWN, low, tumor.start) if pathology else None
    doubt = _last(view, _SUSPECTED, low, tumor.start)
    acts = [match for match in (named, shown, doubt) if match is not None]
    reason = _other_reason(view, low, tumor.start)
    if not acts and pathology and _opens_report(view, tumor):
        return Act("reached", tumor.start, pathology=True)
    if not acts and reason is None and _headed(view, tumor):
        return Act(_kind(view, view.start, tumor.start, suspected=False), tumor.start, pathology=True)
    if not acts and reason is None and _told_by_pathology(view, tumor, low):
        return Act(_kind(view, low, tumor.start, suspected=False), tumor.start, pathology=True)
    if not acts or (reason is not None and reason > min(match.start() for match in acts)):
        return None
    latest = max(acts, key=lambda match: match.start())
    kind = _kind(
        view,
        low,
        tumor.start,
        suspected=presumed or latest is doubt or (doubt is not None and doubt.end() >= latest.start()),
    )
    reached = named is not None and not (
        doubt is not None and _MAY_BE.match(doubt[0]) and named.start() < doubt.end()
    )
    only = presumed or (doubt is not None and _WORKING.match(doubt[0]) is not None)
    if kind == "suspected" and doubt is not None:
        suspicious = _SUSPICIOUS_FOR.search(view.whole, low, tumor.start)
        only = only or suspicious is not None or _SUSPICION.match(doubt[0]) is not None
    read = (pathology or reached) and not only
    return Act(kind, min(match.start() for match in acts), read)


def _told_behind(view: View, tumor: Mention, high: int, *, reached: bool) -> re.Match[str] | None:
    """Return the words behind a tumour's name that diagnose it; ``reached``: words before it do so already."""
    after = _AFTER.match(view.whole, tumor.end, min(max(high, tumor.end), tumor.end + 130))
    if after is None and not reached:
        # past what is said of it: "sarcoma (grade 3), NTRK fusion, diagnosed in May"
        after = _DIAGNOSED_BEHIND.match(view.whole, tumor.end, min(view.end, tumor.end + _REACH_BEHIND))
    return None if after is not None and after["apart"] and reached else after


_DIAGNOSED_BEHIND = pattern(
    r"(?:\s?\([^()]{1,160}\))?(?:,?\s(?:of|in|with|at|from|arising)\s[^,;.()]{2,60}?)?(?:\s\([^()]{1,160}\))?"
    r"(?:,\s(?!(?:and|but|then)\b)[^,;.()]{2,50}(?:\s\([^()]{1,80}\))?){0,2},?\s(?P<verb>)(?P<noun>)"
    r"(?P<apart>(?:(?:first|initially|originally|histologically)\s)?(?:diagnosed|confirmed|biopsy[- ]proven)"
    r"(?=\s(?:by|on|in|at|from|via|after|following|\d|[A-Z])))",
    re.IGNORECASE,
)
"""A participle that diagnoses what stands before, with its site, brackets and one or two remarks between."""


_MAY_BE = re.compile(r"may|might|could", re.IGNORECASE)
_PRESUMPTIVE = re.compile(
    r"\b(?:presumptive|presumed|provisional|tentative|working)\s(?:[a-z]{4,14}\s)?diagnosis\sof\s(?:[A-Za-z-]{1,16}\s){0,3}$",
    re.IGNORECASE,
)
_ONLY_SUSPECTED = frozenset(
    {"suspected", "presumed", "assumed", "suspicion", "hypothesis", "fear", "concern"}
)
_SUSPICION = re.compile(r"suspici|suspect|presum|questionable|concern|worrisome|hypothes", re.IGNORECASE)
"""What a specimen leaves open, where it says no more: "the biopsy was suspicious for lymphoma"."""
_SUSPICIOUS_FOR = re.compile(r"\bsuspici(?:ous\sfor|on\sof)\s[^.;]{3,50}$", re.IGNORECASE)
_WORKING = re.compile(r"working|provisional|tentative", re.IGNORECASE)
"""What makes a diagnosis one to go on with until pathology has spoken."""


def _first_read(view: View, tumor: Mention) -> Act | None:
    """Return the act that named a tumour and by its own words did not stand; None where there is none."""
    told = view.has(_FIRST_READ, max(view.start, tumor.start - 90), tumor.start)
    if told is None or view.has(_REVISED, told.end(), tumor.start) is not None:
        return None
    return Act("suspected", told.start(), pathology=False)


def _headed(view: View, tumor: Mention) -> bool:
    """Whether a colon parts a tumour's name from what was read or taken out: "Final 10 May: Ewing sarcoma"."""
    head = _HEAD.search(view.whole, max(view.start, tumor.start - _REACH), tumor.start)
    return head is not None and view.has(_READ, head.start(), head.end()) is not None


_HEAD = re.compile(
    r"(?:(?<=[.;\n])|(?<=[.;] )|^|\A)(?:[^.;:\n]|\.(?=\d|[IVX]{1,4}\.\d)){3,80}:\s"
    r"(?:(?:an?|metastatic|high-grade|low-grade|poorly"
    r"|well"
    r"|moderately|differentiated|invasive|conventional|classical?)\s){0,3}$"
)
_READ = pattern(
    r"\b(?:read|re-?read(?:ing)?|reading|final|verdict|answer|slides?|review(?:ed)?|second\s(?:look|opinion)"
    r"|outside\slab"
    r"|reference\s(?:lab|cent(?:er|re))|[a-z]{4,18}ectomy|excis(?:ion|ed)|resect(?:ion|ed)|laparotomy|core"
    r"|re-?biops\w{1,4}"
    r"|biops\w{1,4})\b",
    re.IGNORECASE,
)


def _told_by_pathology(view: View, tumor: Mention, low: int) -> bool:
    """Whether who or what reads specimens is told right before a tumour, whatever the verb: "the biopsy spoke for"."""
    told = _last(view, _READS, low, tumor.start)
    return told is not None and _ONE_STATEMENT.fullmatch(view.whole, told.end(), tumor.start) is not None


_READS = pattern(
    r"\b(?:(?:core\s|needle\s|re-?|excisional\s)?biops(?:y|ies)|(?:histo)?patholog(?:y|ists?)|histology|cytology"
    r"|histologically|microscopically"
    r"|microscopy|the\sspecimen|features|morphology|immunohistochemistry)\b",
    re.IGNORECASE,
)
_THEN_CONFIRMED = re.compile(
    r",?\s(?:and|then|but)\s(?:(?:then|later|was|were|finally|subsequently|thereafter|also|[a-z]{3,14}ly)\s){0,3}"
    r"(?:confirmed|proven|proved|verified|established)\b"
)
"""What makes a diagnosis that was only thought of one that was reached: "was considered and confirmed"."""
_ONE_STATEMENT = re.compile(
    r"(?:,?\s(?:on|in)\s[^,;.]{4,20})?,\s(?:(?:an?|metastatic|high-grade|low-grade|poorly|well|moderately"
    r"|differentiated|invasive)\s){0,3}|"
    r"(?:\s\([^()]{4,24}\))?"
    r"(?:(?:,?\s[a-z]{3,14}ly,)?\s(?!(?:and|but|or|not|no|nor|without|for|of|from|after|before|against|than|to|ruled"
    r"|excluded|which|who|if"
    r"|underwent|treated|revised|under|despite|when|while|because|since|until|during|with|teaching|training"
    r"|speciali[sz]ed|expert|interested"
    r"|considered|discussed|asked|mentioned)\b)[A-Za-z0-9-]{1,16}){1,7}\s"
)
"""Words of one statement, none of which denies or leads elsewhere."""
_DISMISSED = pattern(
    r"[^.;:]{0,60}?\b(?:considered|thought\sof|discussed|entertained|raised|mentioned|evoked)\b[^.;:]{0,40}?\b(?:and"
    r"|but|then)\s"
    r"(?:[a-z-]{2,14}\s){0,4}(?:excluded|rejected|discarded|dismissed|ruled\sout|refuted|abandoned|set\saside)\b"
    r"|[^.;:,]{0,40}?\s(?:was|were|had\sbeen)\s(?:(?:then|finally|[a-z]{3,12}ly)\s)?(?:rejected|discarded|dismissed"
    r"|refuted)\b"
    r"|(?:\s(?:of|in)\s[a-z ]{3,24})?\s(?:had|has|have)\sbeen\s(?:[a-z]{3,12}ly\s)?(?:excluded|ruled\sout)\b"
    r"|[^.;:,]{0,30}?\s(?:was|were|is|seemed|appeared|became)\s(?:(?:then|also|now|[a-z]{3,12}ly)\s)?"
    r"(?:(?:considered|thought|felt|deemed|judged|held|believed|regarded\sas)\s(?:to\sbe\s)?)?"
    r"(?:(?:very|highly|most|rather|quite|less)\s)?(?:unlikely|improbable|implausible)\b"
    r"|[^.;:,]{0,40}?\s(?:(?:should|is\sto|can|must)\sbe|is|was|has\sbeen)\s(?:now\s|therefore\s|hereby\s)?"
    r"(?:disregarded|withdrawn|retracted|superseded|discarded|no\slonger\s(?:valid|tenable|considered))\b",
    re.IGNORECASE,
)
"""What tells that a tumour was only thought of: "schwannoma was considered and rejected"."""
_LIKE_IT = re.compile(r"-like\b")
"""What only resembles a tumour: "adenocarcinoma-like cells"."""
_CHANGED_FROM = pattern(
    r"\b(?:changed|revised|amended|corrected|altered|modified|re-?classified|converted|upgraded"
    r"|downgraded)\b[^;.:]{0,45}?\sfrom\s"
    r"(?:(?!(?:in)?to\s)[A-Za-z-]{1,18}\s){0,4}$",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(r"(?:\s?\([^()]{1,24}\))?,?\s(?:in)?to\s(?:[A-Za-z-]{1,18}\s){0,4}", re.IGNORECASE)


def _exchanged(view: View, tumor: Mention, previous: int, *, pathology: bool) -> Act | None:
    """Return the act of a change from one diagnosis to another: the first was reached before, the second revises it."""
    low = max(view.start, tumor.start - _REACH)
    changed = _CHANGED_FROM.search(view.whole, low, tumor.start)
    if changed is not None:
        return Act("first", tumor.start, pathology=pathology, dated=False)
    former = next((one for one in reversed(view.of("tumor")) if one.end == previous), None)
    if former is None or not _TO_ANOTHER.fullmatch(view.whole, previous, tumor.start):
        return None
    before = _CHANGED_FROM.search(view.whole, max(view.start, former.start - _REACH), former.start)
    return Act("revised", tumor.start, pathology=True) if before is not None else None


def _opens_report(view: View, tumor: Mention) -> bool:
    """Whether a sentence behind that of a specimen opens with the tumour and goes on with its stains."""
    if view.section == "diagnosis" or not _OPENS.fullmatch(view.whole, view.start, tumor.start):
        return False
    stains = view.of("marker")
    return bool(stains) and 0 < stains[0].start - tumor.end <= _TO_STAINS


_TO_STAINS = 40
"""Characters between a tumour's name that opens a report and the first stain."""


def _is_alternative(view: View, tumor: Mention) -> bool:
    """Whether a questioned name stands right behind another tumour's."""
    if _OR_ELSE.search(view.whole, max(view.start, tumor.start - 18), tumor.start) is None:
        return False
    return any(0 < tumor.start - other.end <= 18 for other in view.of("tumor"))


def is_asserted_after(view: View, tumor: Mention) -> bool:
    """Whether a tumour's name is the subject of an act of diagnosing: "sarcoma was diagnosed"."""
    match = _AFTER.match(view.whole, tumor.end, min(view.end, tumor.end + 130))
    return match is not None and (match["verb"] or "").lower() not in _MERELY_SEEN


_MERELY_SEEN = frozenset({"found", "identified", "detected", "revealed", "given", "made"})
_DOUBTED = frozenset(
    {
        "suspected",
        "evoked",
        "considered",
        "presumed",
        "assumed",
        "favoured",
        "favored",
        "questioned",
        "likely",
        "thought of",
        "hypothesis",
        "impression",
        "concern",
        "suspicion",
        "consideration",
        "thought",
        "idea",
        "expectation",
        "fear",
        "label",
    }
)


def _other_reason(view: View, low: int, start: int) -> int | None:
    """Return where the words end that name a tumour for another reason ("to exclude", "treatment of"), or None."""
    match = _last(view, _NO_ACT, low, start)
    if match is not None and _NEXT_STATEMENT.search(view.whole, match.end(), start) is not None:
        return None
    return match.end() if match is not None else None


_AND_NEXT = re.compile(r"[,;]\s(?:and|but|whereas|while|then)\s")
_NEXT_STATEMENT = re.compile(r"[,;]\s(?:and|but|whereas|while|then)\s(?:on|in)\s(?:the\s)?[\dA-Z]")
"""What parts a reason from the next statement: "stopped because of toxicity, and in May sarcoma was diagnosed"."""


def _last(view: View, words: Pattern, low: int, high: int) -> re.Match[str] | None:
    found = None
    for match in view.find(words, low, high):
        if _DENIED_WORDS.search(view.whole, max(view.start, match.start() - 16), match.start()) is None:
            found = match
    return found


_DENIED_WORDS = re.compile(r"\b(?:not|never|hardly|no longer)\s(?:[a-z]{3,12}\s)?$", re.IGNORECASE)
"""What turns words of a diagnosis round: "the morphology was not in keeping with"."""


def _kind(view: View, low: int, start: int, *, suspected: bool) -> ActKind:
    reach = max(view.start, min(low, start - 90))
    if view.has(_REVISED, reach, start) is not None:
        return "revised"
    if suspected:
        return "suspected"
    return "first" if view.has(_FIRST, reach, start) is not None else "reached"
