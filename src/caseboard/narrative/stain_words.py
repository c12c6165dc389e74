"""The words and signs by which pathologists give the results of stains, as patterns.

``SIGNED`` reads a sign behind a marker ("(+)", "focal +", "3+"), ``BEHIND`` words behind it, ``BEFORE`` words before a
list of markers. The logic that hands the results out is in ``staining``.
"""

from __future__ import annotations

import re

from caseboard.narrative.patterns import pattern

__all__ = [
    "ADJECTIVE",
    "ANY_BEHIND",
    "BEFORE",
    "BEHIND",
    "BREAKS_LIST",
    "COUNT_BEFORE",
    "DENYING",
    "FRAMED_BEFORE",
    "FRAMED_BEHIND",
    "NOTES",
    "PERFORMED",
    "POLAR_AFTER_VALUE",
    "SHARE",
    "SHOWN",
    "SIGNED",
    "STOP",
    "SUSPENDED",
    "VALUE_AFTER",
    "VERB",
]

_HOW = (
    r"strong(?:ly)?|weak(?:ly)?|wk|diffuse(?:ly)?|focal(?:ly)?|multifocal(?:ly)?|partial(?:ly)?|partly"
    r"|patchy|patchily|moderate(?:ly)?|mild(?:ly)?|scattered|variabl[ey]|intense(?:ly)?|intensively"
    r"|cytoplasm(?:ic)?|nuclear|nucleus|nuclei|membran(?:e|ous)|"
    r"(?:more|less)\sthan|over|at\sleast|"
    r"dot-?like|perinuclear|paranuclear|granular|golgi|approximately|about|nearly|almost|around|only"
    r"|very|few|rare(?:ly)?|single|occasional(?:ly)?|some|minimal(?:ly)?|slight(?:ly)?|faint(?:ly)?"
    r"|uniform(?:ly)?|heterogeneous(?:ly)?|homogen(?:e)?ous(?:ly)?|"
    r"high(?:ly)?|low|extensive(?:ly)?|complete(?:ly)?|clear(?:ly)?|distinct(?:ly)?|widespread"
    r"|block-?type|block|aberrant(?:ly)?|overall|unequivocal(?:ly)?|definite(?:ly)?|marked(?:ly)?"
    r"|conspicuous(?:ly)?|global(?:ly)?|band-?like|fine(?:ly)?|luminal|apical|basal|cell|surface|small"
    r"|subset|predominant(?:ly)?|mainly|mostly|scant|sparse"
)
_WHAT = (
    r"immuno-?(?:stain(?:ing|s)?|reactivity|expression|histochemistry|histochemical(?:ly)?|positivity)?"
    r"|stain(?:ing|s|ed)?|expression|reactivity|reaction|IHC|protein|antibod(?:y|ies)|antigen|marker"
    r"|receptors?|status|score|index|indices|labell?ing|proliferati(?:on|ve)|activity|rate|levels?"
    r"|fraction|count|TPS|CPS|LI|"
    r"tumou?r|tumou?ral|neoplastic|lesional|cells?|nuclei|nucleus|spindle|pattern|signals?|result|test"
    r"|testing|intensity|percentage|value|proportion|clone|by|estimated|assessed|evaluated|determined"
    r"|using|on|proportions?|serolog(?:y|ies)|tests|results|in\ssitu|hybridi[sz]ation|titers?|FISH"
    r"|PCR|real-?time|quantitative|(?:pyro-?|sanger\s)?sequencing|ELISA|NGS|germ-?line|somatic|analysis|archival|tissue|specimen|sample|biops(?:y|ies)|lesion|primary"
    r"|resected|markers?"
)
_LINK = (
    r"was|were|is|are|being|of|at|with(?!\s(?:retained|preserved|intact|loss|absence|no)\b)|in|a|an"
    r"|the|to|be|has|had|been|also|all|both|each|up|as|and|came|back|returned|proved|turned|out|tested"
    r"|remained|reached|amounted|showed|shows|show|demonstrated|exhibited|revealed|displayed|appeared|seen|found|noted"
    r"|could|can|but|weaker|that|it|its|likewise|equally|again|still|additionally|now|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
)
VERB = re.compile(
    r"\b(?:was|were|is|are|has|had|been|came|returned|proved|turned|tested|remained|showed|shows|show"
    r"|demonstrated|exhibited|revealed|displayed|appeared|being)\b",
    re.IGNORECASE,
)
_POSITIVE = (
    r"(?:immuno-?)?positiv(?:ely|ity|e)\b|pos\b|(?:immuno-?|over-?|co-?)?expressed\b|over-?expression"
    r"|(?:immuno-?)?reactiv(?:e|ity)\b|present\b|retained|preserved|conserved|maintained|retention|preservation|intact"
    r"|detected|detectable|stained\b|proficient|(?:focal|patchy|diffuse|weak|strong|scattered)(?=\s?(?:[,;.)]|$))|intense(?=\s?(?:[,;.)]|$|\sand\b))"
)
_NEGATIVE = (
    r"(?:immuno-?)?negativ(?:ely|ity|e)\b|neg\b|(?:un|non[\s-]?)reactive|absent\b|lost\b|deficient|loss\b(?!\sof)"
    r"|not\s(?:be\s)?(?:(?:over-?)?expressed|amplified|detected|det\b|seen|present|identified|observed|found|stained"
    r"|reactive"
    r"|immunoreactive|retained|demonstra\w{2,4})|(?<!\bor\s)not(?=\s?[.;)])|none(?=\s?[.;,)])|(?:were|was|are|is|did)\snot(?=\s?[.;,)]|\s?$|\s(?:so\b|stain|react"
    r"|label|take\b|show\s(?:any\s)?(?:stain|expression|react)))|failed\sto\s(?:stain|react|label)|lacking\b|nowhere\sto\sbe\s(?:seen|found)|undetectable|undetected|unstained|missing\b|nil\b"
    r"|un-?remarkable"
)
_EQUIVOCAL = r"equivocal|indeterminate|inconclusive|borderline|non-?contributory"
SIGNED = pattern(
    r"(?:\s{0,2}|[ \t]{3,40})(?:(?:IHC|stain(?:ing|s)?|immunostain(?:ing|s)?|expression|protein|receptors?|status"
    r"|immunohistochemistry|scored?|graded|rated|reported|as|was|were|is|are|however|again|also|only"
    r"|by)(?:\s|(?=[+−–:=-](?!\w)))){0,4}[:=]?\s?(?P<open>[(\[]\s?(?:IHC\s)?(?:score\s)?)?(?P<how>(?:(?:"
    + _HOW
    + r"|in\s(?:some|few|most|many|scattered)\scells|in)(?:[\s,-]{1,2}|(?=\+))){0,4})"
    r"(?:(?P<grade>[0-3])\s?(?P<plus1>\+)(?!\d)|(?P<zero>0)(?![\d.,%]\d|\s?%|\d)"
    r"|(?P<both>\+\s?/\s?[-–−]|[-–−]\s?/\s?\+|±)|(?P<plus>\+{1,4})(?=\s?\d{1,3}\s?%|(?!\d|\.\d))"
    r"|(?P<share>\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%)\s?,?\s?\+|(?P<minus>[-–−‐](?!low\b|ultra-?low\b)))"
    r"(?:ve\b)?"
    r"(?P<after>\s?[,;]?\s?(?:"
    + _HOW
    + r"|~|≈)?\s?(?:\d{1,3}\s?%)?)?(?(open)\s?[)\]](?P<share2>\sin\s(?:about\s|approx\.?\s)?\d{1,3}\s?%)?"
    r"|(?P<beside>\sin\s(?:about\s|approx\.?\s)?\d{1,3}\s?%(?:\sof\s(?:the\s)?(?:tumou?r\s)?cells)?"
    r"|\s?[(\[]\s?(?:about\s|approx\.?\s|ca\.?\s|up\sto\s|in\s|[<>~≈]\s?)?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%"
    r"(?:\sof\s(?:tumou?r\s)?cells)?\s?[)\]])?"
    r"(?=\s?(?:[,;.:)\]/|(]|$|\s(?:and|or|in|on|with|by|cells)\b|\s(?:[A-Z(])|\n)))",
    re.IGNORECASE,
)
_VALUE = (
    r"(?P<value>[<>≤≥~≈]?\s?\d{1,3}(?:[.,]\d)?(?:\s?%?\s?(?:[-–]|to)\s?\d{1,3}(?:[.,]\d)?)?\s?(?:%"
    r"|percent\b|per cent\b))"
)
_PATTERN = (
    r"H-?score(?:\sof|\s?[:=])?\s\d{1,3}\b|(?:wild[\s-]type|wt|aberrant|mutant|mutation|null"
    r"|overexpression)[\s-](?:type[\s-])?(?:pattern"
    r"|staining|expression)|(?:wild[\s-]type|aberrant|mutant)\b(?=\s?(?:[^\w\s-]|$|\n|(?:and|or|by|in|for|on|with"
    r"|but|while|as|at)\b))"
)
_NOTE = (
    r"(?:\s?[(\[](?!\s?0\s?[)\]])(?![^()\[\]]{0,60}(?:positiv|negativ|\bpos\b|\bneg\b|present|absent|retained|\blost\b"
    r"|express|%|\+|±|[-–−]\s?[)\]]))[^()\[\]]{1,60}[)\]]){0,2}"
)
_LINKED = (
    rf"(?P<note>{_NOTE})(?P<link>(?:[\s:=,]{{1,3}}|[-–‐](?=[a-z])"
    rf"|[(\[](?:clone\s)?[A-Z0-9-]{{2,10}}[)\]]|[(\[]\s?|[)\]]|\b(?:{_HOW}|{_WHAT}"
    rf"|{_LINK})\b){{0,16}}?)"
    rf"[\s(\[:=-]{{0,2}}(?:(?P<equivocal>{_EQUIVOCAL})|(?P<negative>{_NEGATIVE})|{_VALUE}"
    rf"|(?P<pattern>{_PATTERN})|(?P<positive>{_POSITIVE}))"
    rf"(?!\s(?:(?:{_HOW}|{_WHAT})\s){{0,3}}(?:for|to)\b)"
)
BEHIND = pattern(_LINKED, re.IGNORECASE)
ANY_BEHIND = pattern(
    r"(?P<link>\s(?!(?:and|or|but|nor)\b)(?:(?!inhibit|therap|treat|patient|driven|mutat|fusion|fused|rearrang"
    r"|transloc|gene|copy|copies"
    r"|and\b|or\b|but\b|not\b|no\b|for\b|which\b|who\b|before|after)[a-z][a-z-]{0,14}\s){1,4})"
    rf"(?:(?P<negative>(?:immuno-?)?negative\b|lost\b)|(?P<positive>(?:immuno-?)?positive\b|retained\b|preserved\b)"
    rf"|{_VALUE})"
    r"(?=\s?[.,;)]|\s?$|\s(?:in|on|by|and|with|of|staining|immunostaining)\b)"
)
"""A result behind a marker and a few words of any kind: "Ki-67 ran at 40%", "the ALK stain came out positive"."""
SHOWN = pattern(
    rf"(?:[\s(]{{1,2}}(?:{_WHAT})){{0,3}}[\s)]{{1,2}}(?:showed|shows|had|has|with|exhibited|displayed"
    rf"|demonstrated|revealed|gave|yielded|was|were)?\s?(?:(?:an?|{_HOW}|and)\s){{1,5}}(?:immuno-?)?(?:expression"
    rf"|staining|positivity|reactivity|labell?ing|accumulation|signals?)\b",
    re.IGNORECASE,
)
VALUE_AFTER = pattern(
    rf"[\s,:]{{0,2}}(?:in\s|on\s|by\s|of\s|with\s|\(|\[)?(?:up\sto\s|about\s|approximately\s|around\s|nearly\s"
    rf"|over\s|more\sthan\s|less\sthan\s|at\s|an?\s|in\s|index\s|of\s|score\s|TPS\s?|CPS\s?|[:=]\s?"
    rf"|\s){{0,5}}{_VALUE}",
    re.IGNORECASE,
)
POLAR_AFTER_VALUE = re.compile(
    rf"\s{{0,2}}(?:of\s(?:the\s)?)?(?:(?:{_HOW}|tumou?r|neoplastic|cells|nuclei|were|are|was"
    rf"|,)\s){{0,4}}(?:(?P<negative>negative)|(?P<positive>positiv(?:e|ity)))\b(?!\s?(?:for|,?\sand))",
    re.IGNORECASE,
)
COUNT_BEFORE = pattern(
    rf"{_VALUE}\s(?:(?:of\s(?:the\s|all\s)?)?(?:tumou?r\s|neoplastic\s|lesional\s|viable\s)?(?:cells"
    rf"|nuclei)\s)?(?:(?:were|was|are|is|being|staining|stained|showing|expressing|with|for|by|positive"
    rf"|positivity|nuclear|immunoreactive|reactivity|labell?ing|the|had|a|of|in)\s){{0,5}}$",
    re.IGNORECASE,
)
PERFORMED = pattern(
    r"(?:\s?\([^()]{1,40}\))?\s?(?:(?:gene\s|protein\s|expression\s|status\s|testing\s|staining\s"
    r"|immunohistochemistry\s|IHC\s){0,2})(?:was|were)\s(?:also\s|then\s|subsequently\s"
    r"|additionally\s)?(?:performed|done|carried out|assessed|tested|examined|investigated|evaluated"
    r"|analy[sz]ed|determined|requested|studied)\b[^.;]{0,50}?"
    r"(?:,|\band\b|\bbut\b|\bwith\b)[^.;]{0,30}?\b(?:was|were|came back|returned|proved|a"
    r"|an)?\s?(?:(?P<negative>negative|normal|lost)|(?P<positive>positive|retained|preserved|intact))\b",
    re.IGNORECASE,
)
BEFORE = pattern(
    rf"\b(?:(?P<negative>(?:(?:immuno-?)?negativ(?:e|ity|ely)\s(?:stain\w{{0,4}}\s"
    rf"|immunostain\w{{0,4}}\s|reaction\s|results?\s|expression\s)?(?:for|to|with|of|in|on)\b"
    rf"|loss\sof(?:\snuclear|\sprotein)?(?:\sexpression|\sstaining)?(?:\s(?:of|for))?|lack(?:ed|s"
    rf"|ing)?(?:\sof)?|(?:has|have|had)\slost(?:\sthe)?(?:\sexpression\sof)?|absence\sof|devoid\sof|absent\s(?:for|expression\sof|staining\sfor)"
    rf"|(?:no|without|not|nor|neither|never|failed\sto|did\snot|does\snot|but\snot"
    rf"|non-?reactive\s(?:for|to|with)|un-?reactive\s(?:for|to|with))\b\s?(?:(?:{_HOW}|show|shown|any"
    rf"|either|be|demonstrate|reveal|exhibit|display|immuno-?reactivity|immuno-?reactive"
    rf"|immuno-?staining|staining|stain|stained|expression|express|expressed(?:\s(?:were|was|are|is))?|reactivity|reactive"
    rf"|positivity|positive|the|evidence|of|for|to|with|loss)\s){{0,7}}|negative(?:\s(?:markers|(?:immuno-?)?stain(?:s|ing)|reactions))?\s?:|no\sexpression\s?:))"
    rf"|(?P<positive>positive(?:\s(?:markers|(?:immuno-?)?stain(?:s|ing)|reactions))?\s?:|(?<!no\s)\bexpression\s?:|(?:(?:immuno-?)?positiv(?:e|ity|ely)|(?:immuno-?)?reactiv(?:e|ity)"
    rf"|immuno-?reaction)\s(?:(?:nuclear|cytoplasmic|membranous|stain(?:ing|s)?|immunostaining"
    rf"|expression|reaction|results?|signals?)\s){{0,3}}(?:for|to|with|of|in|on|was\sfound\sfor)\b"
    rf"|(?<!the\s)(?:over-?|co-?|immuno-?)?expression\s(?:for|of)\b|(?<!not\s)expressed\s(?:were|was|are|is)\b|(?:over-?|co-?)?express(?:ed|es"
    rf"|ing)\b|(?<!not\s)(?<!to\s)\bexpress\b|(?<!not\s)\breacted\s(?:(?:{_HOW})\s){{0,3}}(?:for|with|to)\b"
    r"|\b(?:cells|nuclei|elements|component)\s(?:also\s|all\s)?(?:carried|bore|took\sup|picked\sup"
    r"|lit\sup\s(?:for|with))\b"
    rf"|stain(?:ed|ing|s)\s(?:(?:{_HOW}|positive(?:ly)?)\s){{1,4}}(?:for"
    rf"|with)\b|(?:stained"
    rf"|labell?ed|marked)\s(?:for|with)\b|highlighted\s(?:by|with)\b|(?:retained|preserved"
    rf"|intact)\s(?:(?:nuclear|expression\s(?:of|for)|staining\s(?:of|for)|positivity\s(?:of|for))(?:\s"
    rf"|\b)){{0,2}}|retention\sof\b|(?:strong|diffuse|intense|focal|patchy|weak|moderate|membranous"
    rf"|uniform)\s(?:(?:{_HOW}|and|to)\s)"
    rf"{{0,4}}(?:immuno-?)?(?:staining|positivity|reactivity|expression)\s(?:for|of)\b|(?:showed|exhibited|displayed"
    rf"|demonstrated|revealed|detected|found|observed)\s(?:(?:{_HOW}"
    rf"|a|and)\s){{0,5}}(?:immuno-?)?(?:staining|expression|reactivity|positivity|labell?ing)\s(?:for|of"
    rf"|with|to|by)\b)"
    rf"|(?P<neutral>(?:immuno-?)?(?:stain(?:s|ing)?|histochemistry|histochemical\s(?:stain\w{{0,4}}"
    rf"|analysis|study|assessment))\s(?:for|with|of|against)\b|IHC\s(?:for|of|with)\b|antibodies\s(?:to"
    rf"|against)\b))",
    re.IGNORECASE,
)
STOP = re.compile(
    r"[;]|\.\s|\b(?:but|while|whereas|however|although|though|except(?:\sfor)?|with\sthe\sexception)\b",
    re.IGNORECASE,
)
BREAKS_LIST = pattern(
    r"[;]|\.\s|\b(?:was|were|is|are|had|has|showed?|revealed|demonstrated|but|while|whereas|however"
    r"|although|which|that|because|after|before|then|therefore|confirm\w{0,3}|suggest\w{0,4}"
    r"|diagnos\w{2,4}|consistent|compatible|performed|except|revealing|indicating|supporting"
    r"|excluding)\b",
    re.IGNORECASE,
)
ADJECTIVE = pattern(
    rf"\b(?:with|and|but|of|had|having|show(?:ed|s|ing)|display(?:ed|s|ing)|demonstrat(?:ed|es|ing)|reveal(?:ed|s|ing)"
    rf"|exhibit(?:ed|s|ing)|found|[:,])\s(?:an?\s"
    rf"|the\s)?(?:(?:{_HOW})\s){{0,3}}(?:immuno-?)?(?:(?P<negative>negative)|positive)\s$",
    re.IGNORECASE,
)
"""A result that stands as an adjective right before its marker: "with negative OCT4 and CD30"."""
FRAMED_BEFORE = pattern(
    rf"\b(?:with|and|had|having|show(?:ed|s|ing)?|display(?:ed|s|ing)?|demonstrat(?:ed|es|ing)|reveal(?:ed|s|ing)"
    rf"|exhibit(?:ed|s|ing)|found|there\s(?:was|is)|[:,])\s(?:an?\s|also\s)?(?:(?:{_HOW}|and),?\s){{1,4}}$",
    re.IGNORECASE,
)
FRAMED_BEHIND = pattern(
    r"\s(?:(?:nuclear|cytoplasmic|membran(?:e|ous)|protein)\s)?(?:immuno-?)?(?:stain(?:ing)?|expression|positivity"
    r"|reactivity|labell?ing)\b(?!\s(?:was|were|is|are)\s(?:not|lost|absent|neg))",
    re.IGNORECASE,
)
"""How strongly, and that it stained, around a marker: "strong nuclear TFE3 staining"."""
_HALF = r"[\w/.]{2,16}[-‐–]"
SUSPENDED = re.compile(
    rf"[-‐–]\s(?:and|or|/)\s|[-‐–](?:,\s{_HALF}){{0,6}},?\s(?:and|or|/)\s(?={_HALF}(?:posi|nega|immuno|react))",
    re.IGNORECASE,
)
"""A hyphen that only leaves out the word told behind the last of a list: "S100-, SOX10- and GATA3-positive"."""
_DENYING = (
    r"\b(?:no|not|without|nor|neither|lack of|lacked|absence of|loss of|negative)\s"
    r"(?:(?!(?:but|while|whereas|yet|though|for)\s|and\s$)[a-z-]{2,14}\s){0,3}"
    r"(?:(?:strong|diffuse|intense|weak|focal|patchy|clear|nuclear|cytoplasmic|membranous)(?:ly)?\sand\s)?$"
)
DENYING = re.compile(_DENYING, re.IGNORECASE)
NOTES = re.compile(_NOTE)
SHARE = re.compile(r"\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%")
