"""Words by which reports tell what was seen of a tumour without a term of RECIST: "CT was stable", "became smaller"."""

from __future__ import annotations

from typing import Literal

from caseboard.narrative.time_words import MONTH_BEGINS

__all__ = ["TOLD", "TUMOUR", "Category", "Source"]

Category = Literal["CR", "PR", "SD", "PD", "NED", "MR"]
Source = tuple[Category, int, str, int]
"""Category, weight, expression, and whether its case does not matter (1) or does (0)."""

TUMOUR = (
    r"(?:disease|tumou?rs?|lesions?|mass(?:es)?|nodules?|metasta\w{2,5}|recurrence|implants?"
    r"|deposits?|mets|(?:lymph )?nodes?|lymphadenopath\w{1,3}|growth|thickening|primary|residue|residual|remnant|it)"
)
_FOCUS = (
    r"(?:lesions?|mass(?:es)?|nodules?|metasta\w{2,5}|implants?|deposits?|mets|foci|focus|locali[sz]ations?|locations?"
    r"|tumou?rs?|lymph nodes?)"
)
_LUMP = r"(?:swellings?|lumps?|ulcers?|papules?|plaques?|bulges?)"
"""What a patient sees or feels of a tumour."""
_IMAGING = r"(?:(?:CE|HR)?CT|MRI|MRT|MR|PET(?:[-/ ]?CT)?|scans?|imaging|ultrasound|X-?rays?|radiographs?)"
_ILLNESS = r"(?:disease|cancer|sarcoma|melanoma|lymphoma|carcinoma|leuka?emia|myeloma|tumou?rs?)"
_AS_MUCH = (
    r"(?:practically |essentially |virtually |nearly |almost |largely |more or less |about |again |still )?"
)
_HAD = r"(?:(?:had|has|have|was|were|then|soon|all|now|again|since) )*(?:[a-z]{4,14}ly )?"
TOLD: tuple[Source, ...] = (
    (
        "SD",
        7,
        r"\b"
        + _IMAGING
        + r"\s(?:(?:in|on|of|at|from) [^.;,]{3,40}?\s)?(?:was|were|is|are|looked|remained)\s"
        + _AS_MUCH
        + r"(?:equal|identical|the same|as before|like before)\b"
        r"|\b"
        + _IMAGING
        + r"\b(?:[^.;,\n]|\.\d){0,60}?\b(?:show(?:ed|s|ing)?|reveal(?:ed|s)?|demonstrat(?:ed|es)|document(?:ed|s)|found"
        r"|disclos(?:ed|es)|with)\sno\s(?:significant |relevant |interval |substantial |appreciable |major |further "
        r"|real "
        r"|clear )?(?:changes?|modifications?|variations?|differences?)\b"
        r"(?=\s?[.,;:)(]|\s?$|\s(?:compared|since|vs|relative|with respect|from|versus|in|of)\b)"
        r"|\b"
        + _IMAGING
        + r"\s(?:(?:in|on|of|at|from) [^.;,]{3,40}?\s)?without (?:any )?(?:significant |relevant |major )?"
        r"(?:changes?|modifications?|variations?)\b"
        r"|(?<=,\s)(?:reported|read|rated|judged|assessed|interpreted|considered|classified)(?: out)? as (?:overall "
        r"|radiologically )?"
        r"stable(?: disease)?(?=[.,;)]|\s?$)"
        r"|\botherwise (?:as before|unchanged|the same|idem|stable)\b",
        1,
    ),
    (
        "SD",
        7,
        r"\b(?:"
        + TUMOUR
        + r"|"
        + _ILLNESS
        + r")\s(?:[a-z()-]{2,20}\s){0,4}?(?:(?:had|has|have|did|does|do) not|(?:had|has|have|did|does)n['’]t)\s"
        r"(?:[a-z]{4,14}ly )?(?:changed?|grow|grown|increased?|progress(?:ed)?|enlarged?|moved?)\b"
        r"|\bneither (?:grown?|grew|increased?|bigger|larger|growth|growing)(?: in size)? nor "
        r"(?:shrunk|shrank|decreased?|reduced|smaller|shrink(?:age|ing)?|regress\w{2,3})\b"
        r"|\bneither (?:shrunk|shrank|decreased?|reduced|smaller) nor (?:grown?|grew|increased?|bigger|larger)\b"
        r"|\b"
        + _ILLNESS
        + r" (?:was|is|were|has been|had been|remain(?:s|ed)|stayed) (?:still |well |again )?"
        r"(?:holding steady|steady|in check|under control|quiescent|at bay|static)\b"
        r"|\b(?:no|without) (?:clinical |radiographic |radiologic |definite |obvious )?progression\b(?![- ]free)",
        1,
    ),
    (
        "PD",
        7,
        r"\b"
        + _ILLNESS
        + r"\s"
        + _HAD
        + r"(?:returned|c[ao]me back|reappeared|flared(?: up)?|escaped|resurfaced|rebounded|broken? through"
        r"|got(?:ten)? away)\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:"
        + TUMOUR
        + r"|"
        + _ILLNESS
        + r")\s(?:was|were|is|are|had become|became|got|looked|appeared)\s(?:again |now |still |all |both |slightly "
        r"|clearly |much |a little |somewhat |distinctly )*(?:bigger|larger|thicker|more numerous|more extensive"
        r"|growing"
        r"|increasing|progressing|advancing|enlarging|on the (?:move|march))\b(?! than (?:\d|expected|initially))"
        r"(?! in (?:frequency|intensity))"
        r"|\b(?:increase|growth|rise)\s(?:of|in)\s(?:both )?(?:the )?(?:number|size|volume|dimensions)"
        r"(?: and (?:the )?(?:number|size|volume|dimensions))? of (?:the |both |all |several )?(?:[a-z-]{2,20}\s){0,4}?"
        + TUMOUR
        + r"\b|\bnew (?:[a-z-]{3,16}\s){0,2}(?:hot ?spots?|uptakes?)\b",
        1,
    ),
    (
        "CR",
        8,
        r"\ball (?:of )?(?:the |her |his |their |these |known |measurable |target |previous(?:ly known)? |remaining "
        r"|visible |detectable |former )*(?:lesions|metastases|nodules|masses|deposits|tumou?rs|foci|mets|disease"
        r"|implants)\s"
        + _HAD
        + r"(?:disappeared|vanished|gone|resolved|cleared|melted away)\b(?! (?:in|from|on) )"
        r"|\bthe (?:whole |entire )?(?:tumou?r|disease|cancer|mass) (?:had |has |was )?(?:completely |entirely "
        r"|totally |now )?"
        r"(?:disappeared|vanished|gone)\b(?! (?:in|from|on|at) )",
        1,
    ),
    (
        "NED",
        6,
        r"\bnothing (?:to suggest|suggestive of|suspicious (?:for|of)|indicating|that suggest(?:s|ed)|in favou?r of|"
        r"pointing to) (?:an? |any |local |distant |tumou?r |disease |the |either )*"
        r"(?:recurrences?|relapse|(?:residual |recurrent |active )disease|metasta\w{2,5})\b"
        r"|\b(?:follow-?up|surveillance|controls?|re-?staging|annual|yearly|(?:three|six|3|6)-monthly|regular"
        r"|subsequent)\s"
        r"(?:(?:by|with|annual|yearly|regular)\s)?(?:"
        + _IMAGING
        + r"|examinations?|visits?|checks?|controls?)(?: scans?)?\s(?:(?:in|on|of|at|until|up to) [^.;,]{3,40}?\s)?"
        r"(?:was|were|remain(?:s|ed)?|(?:has|have|had) (?:been|remained)) (?:all |always |so far )?"
        r"(?:clean|clear|negative|unremarkable|normal|free|without (?:any )?(?:particularit|abnormal|pathologic"
        r"|relevant)\w{0,5}"
        r"(?: findings?)?)\b"
        r"|\b(?:the |all |subsequent |further )controls (?:in [^.;,]{3,20}? )?(?:was|were|remained|have been) "
        r"(?:clean|clear|negative|unremarkable|normal)\b",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:"
        + TUMOUR
        + r"|"
        + _LUMP
        + r")\s(?:[a-z()-]{2,20}\s){0,4}?"
        + _HAD
        + r"(?:dwindled|halved|c[ao]me down|gone down|went down|melted (?:away|down)|thinned out)\b"
        r"|\b(?:about |roughly |less than )?(?:half|a third|a quarter) (?:of )?(?:its|their|the) "
        r"(?:former |original |previous |initial |baseline |first |starting )?size\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:biops(?:y|ies)|bx|puncture|FNAC?|cytology|histology|HPR|HPE|histopatholog\w{1,4}|patholog\w{1,3})\b"
        r"(?:[^.;\n]|\.\d){0,60}?(?:[:=–—-]\s|\b(?:confirm|show|reveal|demonstrat|prov)\w{1,3}\s)(?:an?\s|the\s)?"
        r"(?:[a-z]{3,14}\s){0,2}?(?:mets?|metastas[ei]s)\s(?:of|from)\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:biops(?:y|ies)|bx|puncture|FNAC?|cytology|histology|HPR|HPE|histopatholog\w{1,4}|patholog\w{1,3})"
        r"[:=]\s(?:an?\s|locally\s|local\s)?(?:recurrent|relapsed)\s",
        1,
    ),
    (
        "SD",
        7,
        r"\b(?:" + _IMAGING + r"|(?:radiological |" + _IMAGING + r" )?(?:picture|appearances?|findings))"
        r"\s(?:(?:in|on|of|at|from|that|this) [^.;,]{3,40}?\s)?(?:was|were|is|are|remain(?:s|ed)?|stayed"
        r"|(?:has|have|had) (?:been|remained))\s(?:(?:again|also|all|still|essentially|largely|broadly|entirely"
        r"|radiologically|completely|overall|grossly|relatively)\s){0,2}(?:stable|unchanged|unaltered|static"
        r"|superimposable)\b",
        1,
    ),
    (
        "SD",
        7,
        r"\b(?:"
        + _IMAGING
        + r"|picture|appearances?|findings)\s(?:(?:in|on|of|at|from|that|this) [^.;,]{3,40}?\s)?"
        r"(?:was|were|is|are|remain(?:s|ed)?) (?:again |also |all |still ){0,2}"
        r"without (?:significant |relevant )?changes?\b",
        1,
    ),
    (
        "SD",
        7,
        r"\b"
        + _IMAGING
        + r"\b(?:[^.;\n]|\.\d){0,90}?\b(?:reported|called|read|rated|judged|described|assessed|interpreted|classed"
        r"|considered|regarded) (?:again |overall )?(?:as (?:being )?|to be )?(?:stable|unchanged)\b"
        r"(?=\s?[.,;:)(\n]|\s?$|\s(?:by|on|in|at|compared|since|overall|and)\b)",
        1,
    ),
    (
        "SD",
        5,
        r"(?<=[.;,:(]\s)(?:(?:and|but|then|again|still|since|thereafter|afterwards)\s){0,2}stable\s"
        r"(?:again\s|on (?:CT|MRI|imaging)\s)?(?:in|on|since|until|till|through|at)\s"
        r"(?=(?:early |mid |late |the )?(?:\d|"
        + MONTH_BEGINS
        + r"|next\b|last\b|following\b|latest\b|subsequent\b|\w{3,6} (?:months|weeks)\b))",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:dissemination|carcinomatosis|sarcomatosis|spread|seeding)\s(?:then |had |soon |eventually |finally )?"
        r"(?:supervened|ensued|developed|occurred|appeared|emerged|followed)\b",
        1,
    ),
    (
        "SD",
        7,
        r"\bno (?:significant |relevant |interval |substantial )?changes? (?:in|of) (?:the )?(?:"
        + TUMOUR
        + r"|size of)\b"
        r"|\b" + TUMOUR + r"\s(?:[a-z()-]{2,20}\s){0,4}?(?:had|has|have|show(?:ed|s)?)\sno\s"
        r"(?:significant |obvious |relevant |further |clear )?changes?\b"
        r"|\b(?:alive|well|follow(?:ed|-up)|years?|months?)\s(?:and\s)?without (?:any |signs of |evidence of |disease "
        r"|tumou?r ){0,3}progression\b",
        1,
    ),
    (
        "PR",
        8,
        r"\b"
        + _IMAGING
        + r"\b(?:[^.;\n]|\.\d){0,50}?\b((?-i:[ci]?PR|VGPR))\b(?=\s(?:\(|\d(?![\d\s–-]{0,7}%)|[a-z]))"
        r"(?!\s(?:pos|neg|status))"
        r"|\b(?:ongoing|continu(?:ed|ing)|maintained|confirmed|persisting) (?-i:[ci]?PR)\b",
        1,
    ),
    (
        "NED",
        9,
        r"\bnegative for (?:any |signs of |evidence of |local |locoregional |tumou?r |disease |or "
        r"|and ){0,4}(?:recurrences?|relapse|(?:residual |recurrent |active )disease)\b"
        r"|\b(?:absence|lack) of (?:any |signs of |evidence of |local |locoregional |tumou?r |disease |or |and ){0,4}"
        r"(?:recurrences?|relapse)\b"
        r"|\bneither (?:local |tumou?r )?(?:recurrence|relapse) nor\b|\bno rec\b",
        1,
    ),
    (
        "NED",
        6,
        r"\b"
        + _IMAGING
        + r"\s(?:(?:that|this|last|the following|the same) \w{3,12}\s)(?:was|were|remained|stayed)\s(?:negative"
        r"|clear)\b",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:"
        + TUMOUR
        + r"|"
        + _LUMP
        + r")\s(?:[a-z()-]{2,20}\s){0,5}?(?:became|got|grew|turned|was|were|is|are|had become|has become)"
        r"\s(?:[a-z]{4,14}ly |much |a lot |a little |already ){0,2}(?:smaller|flatter|softer|thinner|flat)\b"
        r"|\b"
        + _LUMP
        + r"\s(?:[a-z()-]{2,20}\s){0,5}?(?:had |has |have |was |were )?(?:[a-z]{4,14}ly )?(?:shrunk|shrank"
        r"|decreased|reduced|regressed|diminished)\b",
        1,
    ),
    (
        "MR",
        5,
        r"\bresponded (?:well |partially |dramatically |rapidly |quickly |promptly |clinically |favou?rably "
        r"|very ){0,2}to (?:the |this |her |his )?(?:[a-z]{3,16}(?:nib|mab|limus|platin|taxel|rubicin|stat)"
        r"|chemo\w{0,10}|systemic|targeted|therapy|treatment|radiotherapy|irradiation)\b",
        1,
    ),
    (
        "MR",
        7,
        r"\b\d{1,3}\s?% (?:tumou?r |residual |of )?viability\b"
        r"|\bnecro(?:tic|sed) (?:for|to|in|at) (?:about |approximately )?\d{1,3}\s?%"
        r"|\d{1,3}\s?% (?:of (?:the )?(?:tumou?rs?|mass|specimen) )?(?:was |were |is )?(?:hyalini[sz]ed"
        r"|fibros(?:ed|tic))\b",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:"
        + TUMOUR
        + r"|"
        + _LUMP
        + r")\s(?:[a-z]{2,14}\s){0,3}?(?:(?:barely|hardly|scarcely|almost not|no longer clearly) (?:palpable"
        r"|visible|discernible|detectable|measurable|perceptible)|(?:had |has |have )?(?:almost|nearly|virtually"
        r"|practically) (?:completely |totally |entirely )?(?:disappeared|vanished|resolved|gone)"
        r"|(?:had |has )?(?:considerably |markedly |visibly )?(?:flattened|faded|regressed|melted))\b",
        1,
    ),
    (
        "MR",
        5,
        r"\bimprovement (?:in|of) (?:the |all |known |his |her |both ){0,3}(?:[a-z]{3,14} )?" + TUMOUR + r"\b"
        r"|\bsum of (?:the )?[^.;]{0,50}?\b(?:decreased|reduced|went down|fell|dropped|shrank|shrunk)\b"
        r"|\b(?:good|excellent|marked|major|moderate|continu(?:ed|ing)|ongoing|further|clear) (?:tumou?r |radiological"
        r" |clinical |local |partial )?regression\b|\bm?r?TRG ?[1-4]\b|\b(?:Dworak|Mandard|Becker)\b[^.;,]{0,20}\d",
        1,
    ),
    (
        "SD",
        7,
        r"\b(?:these|they|both|all of (?:them|which))\s(?:have |had |has |all )*(?:remained|been|were|are)\s"
        r"(?:radiologically |completely )?(?:stable|unchanged)\b"
        r"|\b(?:no|without)(?: any)? (?:further |radiological |clinical |definite |or |local )*(?:signs?|evidence) of "
        r"(?:disease |tumou?r |local |further |any |the )*progression\b"
        r"|\bno (?:tumou?r |disease |further |radiological )progression\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:noticed|noted|felt|reported|observed) (?:an? |the |some |rapid |renewed |new ){0,3}"
        r"(?:re)?(?:growth|enlargement|increase)"
        r" (?:in|of) (?:an? |the |his |her |this )?(?:[a-z-]{3,14}\s){0,3}(?:"
        + TUMOUR
        + r"|"
        + _LUMP
        + r")\b"
        r"|\b"
        + _LUMP
        + r"\s(?:[a-z()-]{2,20}\s){0,5}?(?:had |has |have |was |were |again |rapidly )*(?:regrown"
        r"|regained (?:volume|size)|regrew|grown|grew|enlarged)\b",
        1,
    ),
    (
        "PD",
        7,
        r"\b" + _IMAGING + r"\b(?:[^.;\n]|\.\d){0,40}?(?<!to )\b(progress)\b(?=\s?(?:[:.,;(]|$|of\b|in\b))"
        r"|(?:→|->|=>|=)\s?progressi(?:ve|on)\b"
        r"|\d[./]\d{4}:?\s(?:renewed\s|further\s|systemic\s|local\s)?progress\b(?=\s?(?:[:.,;(]|$|of\b|in\b))"
        r"|\bprogression\s(?:in|of|at)\s(?:the\s)?(?:[a-z-]{3,20}\s){1,4}(?:occurred|ensued|followed"
        r"|was (?:seen|noted|found|observed|detected|documented))\b",
        1,
    ),
    (
        "CR",
        7,
        r"\b(?:metastas[ei]s|lesions?|tumou?rs?|mass(?:es)?|nodules?|nodes|disease)\s(?:(?:had|have|has|then"
        r"|also)\s){0,2}"
        r"(?:completely\s(?:regressed|responded|remitted)|(?:regressed|responded|remitted)\scompletely)\b"
        r"(?!\s(?:in|from|on|at)\s)",
        1,
    ),
    (
        "PD",
        6,
        r"\bnew\s(?:[A-Za-z][A-Za-z0-9.-]{0,14}\s){1,2}(?:\d{1,2}[ab]?\s)?\d{1,3}(?:[.,]\d)?\s?[cm]m\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:fresh|a\s(?:first|further))\s(?:(?:[a-z-]{3,16}|\d{1,3}(?:[.,]\d)?[ -]?[cm]m)\s){0,4}?"
        + _FOCUS
        + r"\b|\b"
        + _FOCUS
        + r"\s(?:\([^()]{1,60}\)\s)?(?:(?:[a-z-]{2,14}|[x×]|\d{1,3}(?:[.,]\d)?(?:[ -]?[cm]m)?)\s){0,7}?"
        r"(?:appeared|emerged|arose|arisen|surfaced|(?:shown|showed|turned|cropped|sprung|sprang|come|came"
        r"|popped) up)\b"
        r"(?=\s?(?:[.,;)(]|$)|\s(?:in|on|at|and|during|after|under|within|with|which|while|despite|over|near|behind"
        r"|beside)\b)"
        r"|\b(?:unmasked|unveiled|uncovered)\s(?:an?|two|three|several|multiple|new)\s(?:[a-z-]{3,16}\s){0,4}?"
        + _FOCUS
        + r"\b|\b[\dx]{0,9}?(\d\s?[cm]m,?\s\(?new\b)(?=\s?[.,;)])"
        r"|\b(?:is|are|was|were|now) (?:now )?(?:multifocal|disseminated|widespread)\b(?=\s?[.,;:(])"
        r"|\b(?:full of|filled with|riddled with|studded with|peppered with) (?:[a-z-]{3,14}\s){0,2}?"
        r"(?:tumou?rs?|metastases|deposits|disease|nodules|implants)\b"
        r"|\bnot (?:there|present|seen|visible|known) (?:before|previously|on the (?:last|previous|prior))\b",
        1,
    ),
    (
        "PD",
        5,
        r"\b" + TUMOUR + r"\s(?:[a-z()-]{2,20}\s){0,4}?(?:(?:had|has|have|now|then|since|meanwhile)\s){0,3}"
        r"(?:reached|attained|(?:crept|climbed|shot|swollen|swelled|jumped|risen|rose|gone|went) (?:up )?to)\s"
        r"(?:about |nearly |almost )?\d{1,3}(?:[.,]\d)?(?:\s?[x×]\s?\d{1,3}(?:[.,]\d)?){0,2}\s?[cm]m\b"
        r"|\b(?:grew|grown|bigger|larger) on (?:the |an? )?(?:[a-z0-9]{3,12}\s){0,3}" + _IMAGING + r"\b",
        1,
    ),
    (
        "SD",
        6,
        r"\bnothing (?:had |has |have )?(?:moved|changed|grown)\b(?=\s?(?:[.,;)]|$)|\s(?:on|at|by|since)\b)"
        r"|\b(?:images?|pictures?|"
        + _IMAGING
        + r")\s(?:[a-z]{2,12}\s){0,3}?superimposable\b|\bsuperimposable (?:on|to|with) (?:the|those|that)\b",
        1,
    ),
    (
        "NED",
        6,
        r"\b(?:"
        + _IMAGING
        + r"|follow-?up|surveillance)\s(?:(?:was|were|are|all|stayed|remained|has been|have been)\s){0,2}"
        r"(?:clean|clear)\s(?:till|until|up to)\b",
        1,
    ),
    (
        "PR",
        7,
        r"(?:^|[\s(])[-−–](?:[3-9]\d|100)(?:[.,]\d)?\s?%,?\s(?:by |per |according to |in |on |\()?(?:m|i)?RECIST\b"
        r"|\bRECIST(?: 1\.1)?\s?[:=(,]?\s?[-−–](?:[3-9]\d|100)(?:[.,]\d)?\s?%"
        r"|\b(?:met|meeting|fulfill?(?:ed|ing)|satisf(?:ied|ying))\s(?:the )?(?:RECIST )?criteria (?:for"
        r"|of) (?:an? )?partial"
        r" (?:response|remission)\b|\bqualif(?:ied|ying) (?:as|for) (?:an? )?partial\b",
        1,
    ),
    (
        "PD",
        7,
        r"(?:^|[\s(])\+(?:[2-9]\d|1\d\d)(?:[.,]\d)?\s?%,?\s(?:by |per |according to |in |on |\()?(?:m|i)?RECIST\b"
        r"|\bRECIST(?: 1\.1)?\s?[:=(,]?\s?\+(?:[2-9]\d|1\d\d)(?:[.,]\d)?\s?%",
        1,
    ),
    (
        "SD",
        7,
        r"(?:^|[\s(])(?:\+1?\d|[-−–][12]?\d)(?:[.,]\d)?\s?%,?\s(?:by |per |according to |in |on |\()?(?:m|i)?RECIST\b"
        r"|\bRECIST(?: 1\.1)?\s?[:=(,]?\s?(?:\+1?\d|[-−–][12]?\d)(?:[.,]\d)?\s?%",
        1,
    ),
    (
        "MR",
        5,
        r"\b(?:"
        + TUMOUR
        + r"|sum (?:of (?:the )?[a-z ]{3,30})?)\s(?:[a-z()-]{2,20}\s){0,5}?(?:by |about |nearly |almost )?"
        r"\d{1,2}(?:[.,]\d)?\s?%"
        r" (?:smaller|less|shorter|down|lower)\b"
        r"|\b"
        + TUMOUR
        + r"\s(?:[a-z()-]{2,20}\s){0,3}?lost (?:about |nearly |almost |more than )?\d{1,2}\s?% of (?:its|their)\b"
        r"|\bimprovement on (?:the )?"
        + _IMAGING
        + r"\b|\b(?:showed|shows|saw|had) an? (?:good|clear|marked|excellent|striking) (?:anti-?tumou?r )?effect\b"
        r"(?! on (?:pain|symptoms))"
        r"|\b(?:s?he|the (?:patient|disease|tumou?r|cancer)) (?:was|is) (?:clearly |still |well )?responding\b",
        1,
    ),
    (
        "SD",
        7,
        r"\b" + _IMAGING + r"\b(?:\s(?:in|of|on|at)\s[^.;,:]{3,30})?[:,]?\s(?:all |again |still )?"
        r"(?:unchanged|as before|like before|status quo)\b"
        r"(?=\s?(?:[.,;()]|$))"
        r"|\b(?:"
        + TUMOUR
        + r"|"
        + _ILLNESS
        + r")\s(?:[a-z()-]{2,20}\s){0,3}?(?:(?:was|were|is|stood|standing|came|come|been|brought|had|has)\s){0,3}"
        r"(?:standing still|at a standstill|to a (?:halt|standstill|stop)|not budged|held in check)\b"
        r"|\bno (?:further |tumou?r |new )?growth (?:was |of (?:the )?(?:[a-z-]{3,14}\s){0,3}?"
        + TUMOUR
        + r" (?:was )?)?(?:seen|noted|found|observed|on)\b"
        r"|\bnothing new (?:on|at) (?:the )?"
        + _IMAGING
        + r"\b|\bdisease control\b(?! (?:rate|was lost|could))",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:(?:the|her|his) )?"
        + _ILLNESS
        + r" (?:was|is|had come|came) back\b|\b(?:"
        + TUMOUR
        + r"|"
        + _ILLNESS
        + r")\s(?:[a-z()-]{2,20}\s){0,3}?(?:(?:was|were|had|has)\s){0,2}"
        r"(?:marched on|taken off|took off|on the increase"
        r"|out of control|galloping)\b|\b"
        + _IMAGING
        + r"\b(?:\s(?:in|of|on|at)\s[^.;,:]{3,30})?[:,]\s(?:clear |further |renewed )?(?:growth|enlargement)\b"
        r"(?=\s?(?:[.,;()]|$|of\b|in\b))|\b(?:metastas[ei]s|deposits?|secondaries)\s(?:(?:was|were|had|has)\s){0,2}"
        r"(?:come to light|came to light|picked up|unearthed|spotted)\b(?! by)"
        r"|\b(?:picked up|spotted|unearthed)\s(?:an?|two|three|four|several|multiple|new)\s(?:[a-z-]{3,16}\s){0,3}?"
        + _FOCUS
        + r"\b",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:maintained|sustained|held|lasted|persisted|continued|remain(?:ed|s)|stayed|free|respon[sd]\w{1,4}"
        r"|remission"
        r"|control(?:led)?|durable|ongoing|stable)\b[^.;]{0,40}?\b(?:until|till)\b(?:[^.;]|\.(?=\d)){0,50}?,?\s"
        r"(?:when|which|where|with)\s(?:(?!\b(?:no|not|without|stable|unchanged|stopp|discontinu|resect|excis|operat"
        r"|surg|remov|biops|shr[aiu]nk|decreas|reduc|smaller|respon|complet|disappear|regress|resol)\w{0,9}\b)[^.;]"
        r"|\.(?=\d)){0,60}?(?P<at>\b(?:nodules?|lesions?|mass(?:es)?|metastas[ei]s|deposits?|foci)\b)",
        1,
    ),
    (
        "PD",
        8,
        r"\b(?:he|she|(?:the |this )?patient|(?:the |her |his )?(?:"
        + _ILLNESS
        + r"))\s(?:has|have|had)\s(?:now |unfortunately |since |again |also |clearly |definitely |unequivocally |then "
        r"|further )?"
        r"progressed\b(?! (?:to|through|well|from)\b)"
        r"|\b" + _ILLNESS + r"\sis\s(?:now |unfortunately |clearly |again |definitely )?progressing\b",
        1,
    ),
    (
        "CR",
        7,
        r"\bno (?:lesions?|tumou?r|metastas[ei]s|disease) (?:could|can|was|were) (?:be )?(?:made out|seen|found"
        r"|detected"
        r"|identified)"
        r" (?:any ?more|any longer)\b"
        r"|\bPET\b(?:(?!\b(?:nodules?|cysts?|cavit|scars?|nodes?|opacit|lesions?|hemangiom|haemangiom))[^.;]){0,40}"
        r"\b(?:metabolically silent|without (?:any )?(?:pathological )?uptake|no longer avid)\b",
        1,
    ),
    (
        "NED",
        6,
        r"\b"
        + _IMAGING
        + r"\b(?:\s(?:in|of|on|at)\s[^.;,:]{3,30})?\s(?:was|were|is|are|came back)\s(?:all |again |also |entirely "
        r"|completely )?clean\b|\bnothing (?:of (?:the|her|his) (?:tumou?r|disease|cancer) )?(?:was |had "
        r"|has )?(?:been )?"
        r"left\b(?=\s?[.,;]|$)",
        1,
    ),
    (
        "PD",
        6,
        r"\b(?:size-?)?progredient\b|\bnewly (?:appeared|occurred|developed"
        r"|arisen)\s(?:[a-z-]{3,16}\s){0,3}?(?:filiae?|"
        + _FOCUS
        + r")\b|\b"
        + TUMOUR
        + r"\s(?:[a-z()-]{2,20}\s){0,2}?(?:slowly |steadily |rapidly |still |again )?(?:enlarging|growing)\b"
        r"|\b(?:disease|tumou?r) growth (?:was |is )?(?:apparent|evident|seen|noted|obvious|documented)\b"
        r"|\b(?:s?he|the patient)\s(?:(?:had|eventually|then|soon|again|finally|later|has)\s){0,3}progressed\b"
        r"(?! (?:well|to (?!the)|from|through))",
        1,
    ),
    (
        "MR",
        5,
        r"\b"
        + TUMOUR
        + r"(?:,\s[^,.;]{3,30},)?\s(?:[a-z()-]{2,20}\s){0,3}?(?:had |has |have )?receded\b|(?<!not )\bregredient\b"
        r"|\b(?:near-total|near-complete|almost complete|subtotal|nearly complete) (?:disappearance|resolution"
        r"|regression)\b"
        r"|\b(?:demonstrated|showed|revealed|disclosed|documented)\s(?:an?\s)?(?:[a-z]{3,12}\s){0,2}(?:reduction"
        r"|decrease"
        r"|shrinkage)\s(?:in size\s)?to\s\d",
        1,
    ),
    (
        "NED",
        6,
        r"\bnever (?:relapsed|recurred)\b|\b"
        + _IMAGING
        + r" (?:has|have) (?:always |all |so far )?(?:stayed|remained|been) (?:all |always )?"
        r"(?:clear|clean|negative)\b",
        1,
    ),
)
