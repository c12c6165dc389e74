"""The words by which reports rate a tumour, in a table: category, weight and expression."""

from __future__ import annotations

import re

from caseboard.narrative.extract.response_told import TOLD, TUMOUR, Category, Source
from caseboard.narrative.patterns import Pattern, Table, pattern

__all__ = ["RULES", "Category"]

_SIZE = r"(?:size|dimensions?|diameter|volume|extent|circumference|bulk)"
_SOURCES: tuple[Source, ...] = (
    (
        "CR",
        10,
        r"\b(?:complete|full)\s(?:metabolic |radiological |radiographic |clinical "
        r"|pathologic(?:al)? |tumou?r |imaging |and durable |and sustained ){0,3}(?:response"
        r"|remission|regression(?: of (?:the |all )?(?:disease|tumou?rs?|lesions?)?)?"
        r"|resolution of (?:the |all )?(?:disease|tumou?rs?|lesions)|disappearance of (?:the "
        r"|all )(?:disease|lesions|tumou?rs?))\b",
        1,
    ),
    (
        "CR",
        8,
        r"(?<![\w-])(?:CR|CMR|pCR|cCR|iCR)\b(?!\s?=|\s?(?:No\b|no\.|number|#)"
        r"|\s?:?\s?\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|mcg|[µu]mol|mmol)|\s(?:tablets?|capsules?)\b)",
        0,
    ),
    (
        "PR",
        10,
        r"\b(?:very good |good |near[- ]complete |maintained |confirmed |sustained "
        r"|durable )?partial\s(?:metabolic |radiological |radiographic |clinical |primary |tumou?r "
        r"|and durable ){0,2}(?:response|remission|regression)\b",
        1,
    ),
    (
        "PR",
        8,
        r"(?<![\w/-])(?:[ci]?PR|VGPR|PMR)\b(?!\s(?:bleed|blood|exam|loss|mucus))(?!\s?(?:\((?!\s?(?:[-−–]\s?\d"
        r"|20\d\d-|\d{1,2}[./]\d"
        r"|(?:[A-Za-z-]{2,14} ){1,3}\d{1,3}(?:[.,]\d)?\s?(?:[cm]m|->|→|to\b)"
        r"|\d{1,3}(?:[.,]\d)?\s?(?:[cm]m|->|→|to\b|[x×]\s?\d)"
        r"|(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|June?\b|July?\b|Aug|Sep|Oct|Nov|Dec)"
        r"|\d{1,3}\s?%\s(?:decreas|reduc|shrink|regress)|[Ff]ig|[Ii]mage|[Tt]able|see\b|best|SOD\b|SLD\b|overall"
        r"|largest|max|RECIST|CT\b|MRI\b|PET|on\b|by\b|in\b|confirmed|from\b|decrease|reduc|shr[iu]nk|target|sum\b))"
        r"|\+|[-‐‑](?!\s(?!HER|Ki)[A-Za-z\d])|=|pos|neg|status"
        r"|interval|\d(?!\d?[./-](?:\d{1,2}[./-])?(?:19|20)\d\d|\d{3}\b)|\)\s?(?:pos|neg|status|is|was|\d{1,3}\s?%)))",
        0,
    ),
    (
        "SD",
        9,
        r"(?<!microsatellite )\bstable (?:(?:residual|metastatic|measurable|persistent|minimal"
        r"|oligometastatic|bone|osseous|brain|intracranial|extracranial|liver|hepatic|lung|pulmonary|visceral|nodal"
        r"|systemic|local|peritoneal)\s)?(?:disease|tumou?r|metastas[ei]s|lesions?|findings|appearance)\b"
        r"|\bdisease (?:was |is |remained |remains |has been |has remained |had been )*(?:stable"
        r"|stabili[sz]ed|controlled)\b|\b"
        + TUMOUR
        + r"\s(?:\w+ ){0,3}(?:was|were|is|are|remained|remains|had been|has been|stayed|to be"
        r"|appeared)\s(?:(?!microsatellite|not )\w+ )?(?:stable|unchanged|stabili[sz]ed|constant|static|unaltered)\b"
        r"|\bstabili[sz]ation\b|\b(?:dimensional|radiological|disease|overall|tumou?r) stability\b"
        r"|\bstability of (?:the )?(?:disease|tumou?r|lesions?)\b"
        r"|\b(?:clinically"
        r"|radiologically) stable\b|\bunchanged (?:at|in size)\b",
        1,
    ),
    (
        "PR",
        9,
        r"\bresponse (?:was |is |being )?(?:again |still )?(?:classed|classified|rated|graded|assessed|judged"
        r"|considered|evaluated|categori[sz]ed) (?:as |to be )?(?:an? )?partial\b"
        r"|\bresponse (?:was|is) (?:again |still )?partial\b"
        r"|\b(?:responded partially|partially responded|remitted partially)\b",
        1,
    ),
    (
        "CR",
        9,
        r"\bresponse (?:was |is |being )?(?:again |still )?(?:classed|classified|rated|graded|assessed|judged"
        r"|considered|evaluated|categori[sz]ed) (?:as |to be )?(?:an? )?complete\b",
        1,
    ),
    (
        "SD",
        7,
        r"\bstable (?:by|per|according to|as per|on) (?:m?RECIST|Choi|PERCIST|i?RECIST|RANO)\b|\bRECIST[- ]stable\b"
        r"|\d\s?[cm]m\)?\s?(?:[:–—=-]|->|→)\s(?:(?:all|still|again|both)\s)?(?:stable|unchanged"
        r"|idem)\b(?=\s?(?:[.,;()]|$))"
        r"|\b(?:CT|MRI|PET|scan|imaging)\b[^;\n]{0,45}?(?:[-–—:,=\d]|\d\s?[cm]m)\s{1,2}[\"“'(]?(?:(?:still|again"
        r"|also)\s)?"
        r"(?:stable|stability|unchanged|idem"
        r"|no (?:significant )?change)\b(?=[\"”')]?\s?(?:[.,;()]|$|\d|apart))",
        1,
    ),
    (
        "PD",
        7,
        r"\b(?:clinical|radiological|radiographic|symptomatic) (?:disease )?progression\b"
        r"|\b(?:local|locoregional|distant)\srec\b|\bprogress of (?:the )?(?:[a-z]{3,14} )?(?:filiae"
        r"|metasta\w{2,5}|disease"
        r"|lesions?|tumou?r)\b|\bprogr\b|\bfailed to control (?:them|it|the (?:disease|tumou?rs?|lesions?"
        r"|metasta\w{2,5}))\b"
        r"|\boligo-?progression\b|\bdeveloped another (?:[a-z]{3,14} )?(?:lesion|nodule|metastasis|mass"
        r"|tumou?r)\b",
        1,
    ),
    (
        "CR",
        9,
        r"\bno (?:more )?(?:measurable|active|avid|FDG-avid|visible|detectable"
        r"|residual) (?:[a-z]{4,14} )?(?:lesions?"
        r"|metasta\w{2,5}|nodules?)\b(?! other)"
        r"|\b(?:complete|total) (?:resolution|disappearance|regression) of the (?:lymph )?(?:lesion|node|mass"
        r"|tumou?r)\b"
        r"|\bcomplete (?:resolution|disappearance|regression)\b(?=\s(?:was|is|had been"
        r"|has been) (?:achieved|seen"
        r"|obtained|observed|reached|noted)\b)"
        r"|\b(?:disappearance|resolution|vanishing) of (?:all|both|every) (?:[a-z]{4,14} )?(?:lesions?"
        r"|metasta\w{2,5}|nodules?|mass(?:es)?|tumou?rs?)\b",
        1,
    ),
    ("CR", 9, r"\bRCB[- ]?0\b", 0),
    ("MR", 7, r"\bRCB[- ]?(?:I{1,3}|[1-3])\b", 0),
    ("MR", 7, r"\bchemotherapy response score (?:of |was |= ?)?\(?(?:CRS ?)?\)?[1-3]\b|\bCRS[- ]?[1-3]\b", 1),
    (
        "MR",
        5,
        r"\b(?:further|continued|additional|marked|significant|clear|slight)\s(?:decrease|reduction"
        r"|shrinkage|regression)\b"
        r"(?=\s?[:;,.(]|\s(?:of|in)\s(?:the\s)?(?:size|lesion|mass|tumou?r|nodul|metasta|leptomening|enhanc"
        r"|lymph|all\b|both\b))",
        1,
    ),
    (
        "SD",
        8,
        r"(?<![\w-])(?<!\s[1-3] )i?SD\b(?!\sof\s\d|\s(?:above|below)\b"
        r"|\s?[=\d](?!\d?\s?(?:mo|mths?|months?|wks?|weeks?|yrs?|years?)\b))",
        0,
    ),
    (
        "SD",
        7,
        r"\b(?:no|absence of|without|lack of)\s(?:any |clinical |radiological |objective |tumou?r "
        r"|significant |and |or ){0,5}response\b|\bdid not respond\b"
        r"|\bno (?:significant )?change in (?:the )?(?:tumou?r )?size\b",
        1,
    ),
    (
        "PD",
        9,
        r"\b(?:progressive (?:(?:(?:intra|extra)-?(?:thoracic|abdominal|cranial|hepatic)|metastatic|systemic|local"
        r"|hepatic|nodal|pelvic|peritoneal|osseous|leptomeningeal|CNS) )?disease|disease progress(?:ion|ed)"
        r"|true progression|progress(?:ion"
        r"|ed) of (?:the )?(?:disease|tumou?r|lesions?|metastas[ei]s|primary))\b",
        1,
    ),
    (
        "PD",
        8,
        r"(?<![\w-])(?:PD|PMD|iUPD|iCPD|[Oo]ligo-?PD)\b"
        r"(?![-‐‑]|\s(?:catheter|fluid|exchanges?|peritonitis)\b|\s?\((?:peritoneal|Parkinson))",
        0,
    ),
    (
        "PD",
        6,
        r"\b(?:progression(?![- ]free)|progressed|progressing|progressive (?:enlargement|growth"
        r"|increase|(?:[a-z-]{3,20} ){0,4}(?:lymphadenopathy|metastases|lesions))"
        r"|(?:considered|judged|deemed|classified as|rated as) progressive)\b",
        1,
    ),
    ("PD", 7, r"\b(?:recurrences?|recurred|relaps(?:e|ed|ing)|re-?growth|regrew|local failure)\b", 1),
    (
        "PD",
        6,
        r"\b(?:more|additional)\s(?:[a-z-]{3,20}\s){0,2}(?:lesions|nodules|metastases|masses|lumps)\s"
        r"(?:had |have |then |also )?"
        r"(?:occurred|appeared|developed|emerged|arisen|arose)\b"
        r"|\bnew(?:ly)?(?: developed| appeared| onset)?\s(?:(?:[a-z-]{3,20}"
        r"|\d{1,3}(?:[.,]\d)?[ -]?[cm]m)\s){0,4}(?:lesions?|metasta\w{2,5}|nodules?|mass(?:es)?"
        r"|deposits?|nodes?|tumou?rs?|mets?|implants?|foci)\b"
        r"|\bnew\s(?:peritoneal|pleural|nodal|bone|bony|osseous|intracranial|brain|cerebral|leptomeningeal|CNS|metastatic"
        r"|extrahepatic|visceral|adrenal|distant|soft[- ]tissue)\sdisease\b|\b(?:extensive|widespread|multiple"
        r"|diffuse|further)\s(?:[a-z-]{3,20}\s){0,3}metasta\w{2,5}\b|\b(?:apparition|appearance"
        r"|development|emergence) of (?:new )?(?:[a-z-]{3,20}\s){0,4}(?:lesions?|metasta\w{2,5}"
        r"|nodules?)\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b"
        + TUMOUR
        + r"\s(?:[a-z()-]{2,20}\s){0,5}?(?:had |has |have |was |were |(?:continued|began|started) to |soon |again "
        r"|further |rapidly |slowly |markedly |quickly )*(?:grown|grew|grow|enlarged"
        r"|increased(?: in "
        + _SIZE
        + r")?|progress(?:ed)?)\b(?<!and enlarged)|\b(?:enlargement|growth|increase(?: in (?:the )?"
        + _SIZE
        + r")?)\s(?:of|in)\s(?:the |both |all |several )?(?:(?:[a-z-]{2,20}|s\d[ab]?)\s){0,4}"
        + TUMOUR
        + r"\b|\b"
        + TUMOUR
        + r"\s"
        + _SIZE
        + r"\s(?:grew|increased|had increased)\b"
        r"|\benlarged (?:size of )?(?:the )?(?:[a-z-]{3,14}\s)?" + TUMOUR + r"\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:proved|proven|confirm\w{2,3}|show\w{2,3}|reveal\w{2,3}|demonstrat\w{2,3}"
        r"|diagnos\w{2,3}|consistent with)\s(?:an?\s|the\s|locally\s|as\s|to be\s){0,3}recurrent\s",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:near[- ]complete|partial|marked|significant|substantial|considerable|dramatic|minor"
        r"|slight|further|some)\s(?:clinical\s|radiological\s|tumou?r\s)?(?:clearing|clearance"
        r"|resolution|regression|shrinkage)\b",
        1,
    ),
    (
        "MR",
        6,
        r"\b(?:about |approximately |over |more than |>)?\d{1,3}\s?%\s(?:hyalini[sz]ation|fibrosis"
        r"|treatment effect|pathologic(?:al)? response)\b|\b(?:hyalini[sz]ation"
        r"|treatment effect)\s(?:of |in |was |about )*\d{1,3}\s?%",
        1,
    ),
    (
        "MR",
        6,
        r"\b(?:reduction|decrease|shrinkage|regression)\s(?:of|by)\s(?:more than |about |approximately "
        r"|over |>)?"
        r"\d{1,3}\s?%\s(?:of|in)\s(?:the |all )?(?:[a-z-]{2,20}\s){0,3}" + TUMOUR + r"\b",
        1,
    ),
    (
        "MR",
        4,
        r"\b(?:lesion|nodule|mass|tumou?r|metastas[ei]s|node|deposit)\s(?:now )?(?:measured|measures"
        r"|measuring|was)"
        r"\s(?:now )?(?:only|merely|just)\s\d{1,3}(?:[.,]\d)?\s?[cm]m\b",
        1,
    ),
    ("CR", 9, r"\by[pc]T0(?![a-z0-9])", 0),
    (
        "CR",
        8,
        r"\bno (?:residual |remaining )?(?:viable|vital) (?:(?:tumou?r|neoplastic|malignant) )?(?:cells?|tumou?r)\b",
        1,
    ),
    (
        "NED",
        9,
        r"\bno (?:clinical |radiological |radiologic |radiographic |imaging |definite |further "
        r"|other |current |obvious |or |and )*(?:evidence|signs?|indications?|suspicion|hints?|suggestion|trace"
        r"|features?) (?:of|for) (?:any )?(?:pathologic(?:al)? (?:FDG )?uptake|(?:residual |recurrent "
        r"|active |metastatic |local |loco-?regional |regional |systemic |or |and |tumou?r |the |further |viable "
        r"|disease |distant |distal |new |(?:[a-z]{3,14} )?(?:cancer|carcinoma|sarcoma|melanoma|lymphoma) )*(?:disease"
        r"|recurrences?|relapse|tumou?r|metasta\w{2,5}|malignancy|neoplasm))(?! (?:remission|regression"
        r"|response|control))"
        r"|\bwithout (?:any )?(?:symptoms or )?(?:clinical |radiological |or |any )*(?:evidence"
        r"|signs?) (?:of|for) (?:an? |any )?(?:recurrent |residual |the |local |loco-?regional |distant |or "
        r"|and |tumou?r )*(?:disease"
        r"|recurrence|relapse|tumou?r)",
        1,
    ),
    (
        "NED",
        9,
        r"\b(?:ha(?:s|d|ve) (?:not|never) (?:yet |since )?(?:relapsed|recurred)|free (?:of|from) (?:any |local "
        r"|loco-?regional |distant |or |and |tumou?r |disease )*(?:disease|recurrence|tumou?r|relapse)"
        r"|(?:disease|recurrence|tumou?r"
        r"|relapse)[- ]free(?! survival| margin| border| edge| resection| interval)|no (?:local |loco-?regional "
        r"|distant |tumou?r |disease |signs of |further |or |and |(?:[a-z]{3,14} )?(?:cancer|carcinoma|sarcoma|melanoma"
        r"|lymphoma) )*(?:recurrence"
        r"|relapse)s?\b(?: or metasta\w{2,5})?|no (?:residual|residuum|residue|tumou?r|disease"
        r"|metasta\w{2,5})\s?[/,]\s?"
        r"(?:or )?(?:recurrence|relapse)s?|without (?:local |loco-?regional |any |signs? (?:of|for) |distant |tumou?r "
        r"|disease |further "
        r"|or |evidence (?:of|for) )*(?:recurrence|relapse)|no FDG-avid disease|no residual (?:disease"
        r"|tumou?r)|(?<!complete )(?<!partial )remission)\b",
        1,
    ),
    (
        "NED",
        9,
        r"\b(?:(?:did|does|do) not|d(?:id|oes)n['’]t) (?:show|reveal|demonstrate|disclose|detect|discover"
        r"|find) (?:any )?(?:(?:signs?|evidence"
        r"|features?)"
        r" of )?(?:local |distant |tumou?r |disease )*(?:recurrences?|relapse|metasta\w{2,5})"
        r"|\bno residual (?:contrast |pathologic(?:al)? )?(?:enhancement|mass|lesions?|uptake)\b"
        r"|\bno (?:residual tumou?r|tumou?r residue|residual disease|remaining tumou?r|tumou?r remnant)\b",
        1,
    ),
    (
        "NED",
        7,
        r"\b(?:CT|MRI|MRT|PET|PET-CT|PET/CT|scans?|imaging)\b[^.;\n]{0,40}?(?:[-–—:]\s|\d[,:]?\s)no tumou?r\b"
        r"(?=\s?(?:[.,;)]|$))",
        1,
    ),
    ("NED", 8, r"(?<![\w-])NED\b", 0),
    (
        "MR",
        6,
        r"\b(?:metastas[ei]s|mets|lesions?|nodes?|nodules?|mass(?:es)?|tumou?rs?|findings|deposits?)\s"
        r"(?:(?:are|were|is|was|all|partly|clearly|markedly|slightly|largely)\s){0,3}"
        r"(?:regressive|regredient|in regression)\b",
        1,
    ),
    (
        "NED",
        6,
        r"\bno (?:clinically |radiologically |radiographically |longer any |more )?(?:visible|detectable|measurable"
        r"|identifiable|discernible|demonstrable|evident|active|gross|macroscopic|overt) (?:residual |remaining "
        r"|recurrent |malignant )?(?:disease|tumou?rs?|recurrences?)\b(?! (?:progression|control|activity|cells?))"
        r"|\bno (?:residual |remaining )?(?:disease|tumou?r) (?:was|is|could be|can be) (?:any longer |still )?"
        r"(?:visible|visuali[sz]ed|detectable|detected|seen|found|identified|demonstrated|evident|discernible)\b",
        1,
    ),
    (
        "NED",
        6,
        r"(?<!brain )(?<!bone )(?<!cranial )(?<!head )(?<!cerebral )(?<!spine )(?<!spinal )\b"
        r"(?:cystoscopy|colonoscopy|gastroscopy|bronchoscopy|endoscopy|CT|MRI|PET|PET-CT|PET/CT"
        r"|imaging|scans?|ultrasound|follow-up)\s(?:scan )?(?:(?:in|on|of|at)\s[^.;,]{3,40}?\s)?"
        r"(?:was|were|is|are|(?:has |have )?remain(?:ed|s)?)\s(?:negative|clear|free of (?:disease|tumou?r))\b"
        r"(?! for (?:[a-z-]{3,14} ){0,2}(?:metasta|spread|deposits|involvement))",
        1,
    ),
    (
        "MR",
        6,
        r"\b(?:shrink(?:age|ing)?|shrunk(?:en)?|shrank|down-?siz(?:ed|ing) of)\b"
        r"|\b(?:decreas(?:ed?|ing)|reduc(?:ed|tion)"
        r"|diminish(?:ed|ing)|diminution|regress(?:ed|ion))\s(?:in|of)\s(?:the )?(?:\w+ ){0,3}(?:"
        + _SIZE
        + r"|"
        + TUMOUR
        + r")\b|\b"
        + TUMOUR
        + r"\s(?:[a-z()-]{2,20}\s){0,5}?(?:had |has |have |was |were |be )*(?:significantly "
        r"|markedly |substantially |dramatically |considerably |partially |slightly )*(?:shrunk"
        r"|decreased|reduced|regressed|smaller|diminished)\b",
        1,
    ),
    (
        "MR",
        6,
        r"\b" + _SIZE + r"\s(?:of (?:the )?\w+ )?(?:had )?(?:decreased|reduced)"
        r"|\b(?:tumou?r|lesion) (?:volume|size|burden|diameter) (?:had |has |was )?(?:fell|fallen|dropped|shrank|shrunk"
        r"|declined|diminished)\b"
        r"|\breduction in (?:the )?(?:\w+ )?(?:circumference|size|volume)|\b(?:dimensional|size"
        r"|volume|mass|tumou?r|significant|marked|dramatic|substantial) (?:dimensional |mass "
        r"|tumou?r |size )?(?:decrease|reduction|regression)\b"
        r"|\bcircumference\b[^.;]{0,50}\b(?:decreased|reduced|reduction)",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:outstanding|excellent|good|dramatic|remarkable|significant|marked|favou?rable"
        r"|impressive|major|minor|near[- ]complete|rapid|initial|clinical|radiological|metabolic|objective"
        r"|pathologic(?:al)?|tumou?r)\s(?:and \w+ )?(?:clinical |radiological |tumou?r "
        r"|pathologic(?:al)? |therapeutic |metabolic |initial )*response\b(?! (?:rate|evaluation"
        r"|criteria))|\b(?:minor|slight|some|marked|radiological|significant) improvement (?:on|in"
        r"|of) (?:repeat |the |follow-up )?(?:CT|MRI|imaging|scan|tumou?r|lesion)",
        1,
    ),
    (
        "MR",
        7,
        r"\b(?:only |about |approximately |less than |<|residual "
        r"|marked regression[, a-z]{0,12})?\s?\d{1,2}\s?%\s(?:of )?(?:residual "
        r"|remaining )?(?:viable|vital)\b|\bviable (?:tumou?r )?cells\b[^.;]{0,20}\d{1,2}\s?%"
        r"|\b(?:regression|necrosis)\s(?:rate |grade )?(?:of |was |(?:the )?(?:tumou?r|lesion) |about |approximately "
        r"|in )*\d{1,3}\s?%|\d{1,3}\s?%\s(?:tumou?r )?(?:necrosis|regression)\b|\b(?:almost "
        r"|near(?:ly)?[- ])?complete pathologic(?:al)? response\b|\bmarked regression\b",
        1,
    ),
)
RULES: Table[tuple[Category, int, Pattern]] = Table(
    (category, weight, pattern(source, re.IGNORECASE if flags else 0))
    for category, weight, source, flags in (*_SOURCES, *TOLD)
)
