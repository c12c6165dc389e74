"""Acts of diagnosing: words by which a tumour is diagnosed, suspected or revised, and others that only name it.

An act stands before the name ("the biopsy revealed a") or behind it ("sarcoma was diagnosed"). What is to be excluded,
treated or only recalled is named without one.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.contrasted import is_excluded, is_one_of_two, is_right_one
from caseboard.narrative.diagnosed_by import (
    REACH,
    has_pathology,
    is_headed,
    is_told_by_pathology,
    last_asserted,
    opens_report,
)
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["Act", "ActKind", "act_of", "is_asserted_after"]

ActKind = Literal["reached", "suspected", "first", "revised"]
"""``reached`` by pathology or by name; ``suspected`` only; ``first`` of several readings; ``revised`` from one."""


class Act(msgspec.Struct, frozen=True):
    """An act of diagnosing, told from ``start``; by ``pathology`` where a specimen was read."""

    kind: ActKind
    start: int
    pathology: bool
    dated: bool = True
    """Whether the time of the sentence is that of the diagnosis; no date of a change is that of what was changed."""


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


_LIKE_IT = re.compile(r"-like\b")
"""What only resembles a tumour: "adenocarcinoma-like cells"."""
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


def _act(view: View, tumor: Mention, previous: int) -> Act | None:
    """Return the act that names ``tumor`` where it is set against no other."""
    low = max(view.start, previous, tumor.start - REACH)
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
    named = last_asserted(view, _REACHED, low, tumor.start)
    presumed = _PRESUMPTIVE.search(view.whole, low, tumor.start) is not None
    return _by_words_behind(
        view, tumor, low, reached=named is not None, presumed=presumed, pathology=pathology
    ) or _by_words_before(view, tumor, low, named, presumed=presumed, pathology=pathology)


_RECALLED = pattern(
    r"\b(?:given|based\son|because\sof|despite|considering|in\s(?:view|light|consideration)\sof"
    r"|according\sto|in\saccordance\swith|after|since|following)\s(?:the|this|that|her|his"
    r"|an?)\s(?:known\s|initial\s|previous\s|final\s|confirmed\s|established\s|histological\s"
    r"|histopathological\s|pathological\s|above\s|such\s){0,3}diagnosis\sof\b",
    re.IGNORECASE,
)
_QUESTIONED = re.compile(r"\?\s?(?:[a-z]{3,10}\s)?$")
"""A question mark before a tumour's name: "?lymphoma"."""
_REACHED = pattern(
    r"\bdiagnosis\s\([^()]{0,14}\d{2,4}\)\s?:|\bdiagnos(?:is|e|tic)\b(?:,?\s(?:\([A-Za-z]{2,6}\)|on|in|at|by|from"
    r"|via|after|following"
    r"|based)\s[^,;.:]{1,50})?,?\s?(?:was|is|were|had been|has been|of|as|:|reached|made|established"
    r"|given|rendered|confirmed|included|remained|became|came back|turned out|to|being|provided|read|,|-|–)"
    r"|\b(?:first|primary|initial|final|outside|preliminary|external|reference|local|second|original"
    r"|pathology|histology|biopsy|expert)\s(?:[a-z]{3,14}\s){0,2}(?:report|reading|opinion|review"
    r"|interpretation)\b(?:[^,;.]|\.(?=\d)|,\s[a-z][^,;.:]{3,40},(?=\swas\s)){0,60}?(?::|\swas\s)"
    r"|(?<!differential\s)\bdiagnosis\s$|\b(?:is|was)\s(?:in\sfact|actually|indeed|really)\s(?:an?\s)?$"
    r"|\b(?:superseded|replaced|overruled)\sby\s(?:that\sof\s)?(?:an?\s)?$|\bdx\s?[:=]"
    r"|(?<!at\s)(?<!since\s)(?<!after\s)(?<!working\s)(?<!differential\s)"
    r"\bdx\s$"
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
_PRESUMPTIVE = re.compile(
    r"\b(?:presumptive|presumed|provisional|tentative"
    r"|working)\s(?:[a-z]{4,14}\s)?diagnosis\sof\s(?:[A-Za-z-]{1,16}\s){0,3}$",
    re.IGNORECASE,
)


def _is_alternative(view: View, tumor: Mention) -> bool:
    """Whether a questioned name stands right behind another tumour's."""
    if _OR_ELSE.search(view.whole, max(view.start, tumor.start - 18), tumor.start) is None:
        return False
    return any(0 < tumor.start - other.end <= 18 for other in view.of("tumor"))


_OR_ELSE = re.compile(r"[A-Za-z]\s?[,(/]\s?\?\s?(?:[a-z]{3,10}\s)?$")
"""A question behind another name, which only says what that may be: "adenocarcinoma, ?cholangiocarcinoma"."""


def _exchanged(view: View, tumor: Mention, previous: int, *, pathology: bool) -> Act | None:
    """Return the act of a change from one diagnosis to another: the first was reached before, the second revises it."""
    low = max(view.start, tumor.start - REACH)
    changed = _CHANGED_FROM.search(view.whole, low, tumor.start)
    if changed is not None:
        return Act("first", tumor.start, pathology=pathology, dated=False)
    former = next((one for one in reversed(view.of("tumor")) if one.end == previous), None)
    if former is None or not _TO_ANOTHER.fullmatch(view.whole, previous, tumor.start):
        return None
    before = _CHANGED_FROM.search(view.whole, max(view.start, former.start - REACH), former.start)
    return Act("revised", tumor.start, pathology=True) if before is not None else None


_CHANGED_FROM = pattern(
    r"\b(?:changed|revised|amended|corrected|altered|modified|re-?classified|converted|upgraded"
    r"|downgraded)\b[^;.:]{0,45}?\sfrom\s"
    r"(?:(?!(?:in)?to\s)[A-Za-z-]{1,18}\s){0,4}$",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(r"(?:\s?\([^()]{1,24}\))?,?\s(?:in)?to\s(?:[A-Za-z-]{1,18}\s){0,4}", re.IGNORECASE)


def _first_read(view: View, tumor: Mention) -> Act | None:
    """Return the act that named a tumour and by its own words did not stand; None where there is none."""
    told = view.has(_FIRST_READ, max(view.start, tumor.start - 90), tumor.start)
    if told is None or view.has(_REVISED, told.end(), tumor.start) is not None:
        return None
    return Act("suspected", told.start(), pathology=False)


_FIRST_READ = pattern(
    r"\b(?:initially|originally|at\sfirst|erroneously|wrongly|incorrectly|provisionally|tentatively)\s"
    r"(?:reported|read|interpreted|classified|categori[sz]ed|labell?ed|called|signed\s(?:out|off)|designated)\b"
    r"|\b(?:first|originally|initially)\s(?:been\s)?(?:excised|resected|removed|operated\son|treated)\s(?:in\s\d{4}\s)?"
    r"(?:elsewhere\s)?(?:in\s\d{4}\s)?as\s",
    re.IGNORECASE,
)
"""What says by itself that a reading did not stand, be what replaced it told or not: "was initially reported as"."""


def _by_words_behind(
    view: View, tumor: Mention, low: int, *, reached: bool, presumed: bool, pathology: bool
) -> Act | None:
    """Return the act that is told behind a tumour's name: "sarcoma was diagnosed"; ``reached``: one is told before."""
    _, high = view.clause(tumor.start)
    after = _told_behind(view, tumor, high, reached=reached)
    if after is None:
        return None
    parted = next((m.end() for m in _AND_NEXT.finditer(view.whole, low, tumor.start)), low)
    if _other_reason(view, parted, tumor.start) is not None:
        return None
    verb = (after["verb"] or after["noun"] or after["apart"] or "likely").lower()
    if verb in _MERELY_SEEN and not pathology and not _CELLS.match(after[0]):
        return None
    doubtful = (presumed or verb in _DOUBTED) and _THEN_CONFIRMED.match(view.whole, after.end(), high) is None
    read = pathology and not presumed and verb not in _ONLY_SUSPECTED
    return Act(_kind(view, low, tumor.start, suspected=doubtful), tumor.start, read or not doubtful)


_AND_NEXT = re.compile(r"[,;]\s(?:and|but|whereas|while|then)\s")
_CELLS = re.compile(r"\scells?\b")
_THEN_CONFIRMED = re.compile(
    r",?\s(?:and|then|but)\s(?:(?:then|later|was|were|finally|subsequently|thereafter|also|[a-z]{3,14}ly)\s){0,3}"
    r"(?:confirmed|proven|proved|verified|established)\b"
)
"""What makes a diagnosis that was only thought of one that was reached: "was considered and confirmed"."""
_ONLY_SUSPECTED = frozenset(
    {"suspected", "presumed", "assumed", "suspicion", "hypothesis", "fear", "concern"}
)
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


def _told_behind(view: View, tumor: Mention, high: int, *, reached: bool) -> re.Match[str] | None:
    """Return the words behind a tumour's name that diagnose it; ``reached``: words before it do so already."""
    after = _AFTER.match(view.whole, tumor.end, min(max(high, tumor.end), tumor.end + 130))
    if after is None and not reached:
        # past what is said of it: "sarcoma (grade 3), NTRK fusion, diagnosed in May"
        after = _DIAGNOSED_BEHIND.match(view.whole, tumor.end, min(view.end, tumor.end + _REACH_BEHIND))
    return None if after is not None and after["apart"] and reached else after


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
    r"(?=\s(?:by|on|in|at|from|via|after|following|\d|[A-Z])|[.;](?:\s|$)|$))"
    r"|(?P<likely>(?:was|were)\s(?:most\s)?likely\b))",
    re.IGNORECASE,
)
_DIAGNOSED_BEHIND = pattern(
    r"(?:\s?\([^()]{1,160}\))?(?:,?\s(?:of|in|with|at|from|arising)\s[^,;.()]{2,60}?)?(?:\s\([^()]{1,160}\))?"
    r"(?:,\s(?!(?:and|but|then)\b)[^,;.()]{2,50}(?:\s\([^()]{1,80}\))?){0,2},?\s(?P<verb>)(?P<noun>)"
    r"(?P<apart>(?:(?:first|initially|originally|histologically)\s)?(?:diagnosed|confirmed|biopsy[- ]proven)"
    r"(?=\s(?:by|on|in|at|from|via|after|following|\d|[A-Z])))",
    re.IGNORECASE,
)
"""A participle that diagnoses what stands before, with its site, brackets and one or two remarks between."""
_REACH_BEHIND = 220


def _by_words_before(
    view: View, tumor: Mention, low: int, named: re.Match[str] | None, *, presumed: bool, pathology: bool
) -> Act | None:
    """Return the act that is told before a tumour's name: "the biopsy revealed a"; ``named``: words that name it."""
    shown = last_asserted(view, _SHOWN, low, tumor.start) if pathology else None
    doubt = last_asserted(view, _SUSPECTED, low, tumor.start)
    acts = [match for match in (named, shown, doubt) if match is not None]
    reason = _other_reason(view, low, tumor.start)
    if not acts and pathology and opens_report(view, tumor):
        return Act("reached", tumor.start, pathology=True)
    if not acts and reason is None and is_headed(view, tumor):
        return Act(_kind(view, view.start, tumor.start, suspected=False), tumor.start, pathology=True)
    if not acts and reason is None and is_told_by_pathology(view, tumor, low):
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
    r"|HP[RE]|histo|specimen(?=:)|anapath\w{0,4}|(?-i:PA)(?=\s?\d|:)|EBUS|(?-i:EUS|TBNA|TBLB|FNB|EGD|OGD)"
    r"|(?:bronch|mediastin|thorac|lapar|col[nou]|gastr|endo|cyst|hyster)\w{0,3}oscopy|thoracentesis|paracentesis"
    r"|pleural\s(?:fluid|tap)|ascit\w{2,3})\b(?:\s?\([^()]{1,60}\))?(?:[^,;.]"
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
    r"|ing)\s(?:at|to)|pointed\s(?:to|towards?)|working\s(?:diagnosis|dx)|provisional|tentative|impression"
    r"|questionable|raised\sthe\spossibility|could\s(?:be|represent)|may\s(?:be|represent)"
    r"|might\s(?:be|represent)|(?:report(?:\sof\sthe\s\w{2,12})?|radiologist|letter|referral)\s(?:had\s)?(?:said"
    r"|stated|read|gave|spoke\sof))\b",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"may|might|could", re.IGNORECASE)
_WORKING = re.compile(r"working|provisional|tentative", re.IGNORECASE)
"""What makes a diagnosis one to go on with until pathology has spoken."""
_SUSPICION = re.compile(r"suspici|suspect|presum|questionable|concern|worrisome|hypothes", re.IGNORECASE)
"""What a specimen leaves open, where it says no more: "the biopsy was suspicious for lymphoma"."""
_SUSPICIOUS_FOR = re.compile(r"\bsuspici(?:ous\sfor|on\sof)\s[^.;]{3,50}$", re.IGNORECASE)


def _other_reason(view: View, low: int, start: int) -> int | None:
    """Return where the words end that name a tumour for another reason ("to exclude", "treatment of"), or None."""
    match = last_asserted(view, _NO_ACT, low, start)
    if match is not None and _NEXT_STATEMENT.search(view.whole, match.end(), start) is not None:
        return None
    return match.end() if match is not None else None


_NO_ACT = pattern(
    r"\b(?:(?<!first\s)(?<!leading\s)(?<!main\s)(?<!top\s)differential(?:\s(?:diagnos[ie]s|dx))?|ddx|dd(?=:)"
    r"|to\s(?:exclude"
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
_NEXT_STATEMENT = re.compile(r"[,;]\s(?:and|but|whereas|while|then)\s(?:on|in)\s(?:the\s)?[\dA-Z]")
"""What parts a reason from the next statement: "stopped because of toxicity, and in May sarcoma was diagnosed"."""


def _kind(view: View, low: int, start: int, *, suspected: bool) -> ActKind:
    reach = max(view.start, min(low, start - 90))
    if view.has(_REVISED, reach, start) is not None:
        return "revised"
    if suspected:
        return "suspected"
    return "first" if view.has(_FIRST, reach, start) is not None else "reached"


_REVISED = pattern(
    r"\b(?:revis(?:ed|ion)|amended|changed\sto|corrected|re-?classif(?:ied|ication)|re-?categori[sz]ed"
    r"|re-?diagnos\w{2,4}|re-?interpreted|re-?evaluat\w{2,4}|second\sopinion|expert\s(?:review"
    r"|patholog\w{1,5})|reference\spatholog\w{1,6}|central\s(?:review|patholog\w{1,4}))\b",
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


def is_asserted_after(view: View, tumor: Mention) -> bool:
    """Whether a tumour's name is the subject of an act of diagnosing: "sarcoma was diagnosed"."""
    match = _AFTER.match(view.whole, tumor.end, min(view.end, tumor.end + 130))
    return match is not None and (match["verb"] or "").lower() not in _MERELY_SEEN


_MERELY_SEEN = frozenset({"found", "identified", "detected", "revealed", "given", "made"})
