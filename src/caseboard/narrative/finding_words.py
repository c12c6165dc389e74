"""The words that say of a gene that something was found of it or not, before its name and behind it."""

from __future__ import annotations

import re

from caseboard.narrative.patterns import pattern

__all__ = ["FOUND_BEFORE", "NEGATIVE_AFTER", "NONE_OF", "POSITIVE_AFTER", "RESULTED"]

FOUND_BEFORE = pattern(
    r"\b(?:show(?:ed|s|ing)?|reveal(?:ed|s|ing)?|detect(?:ed|s|ing)|identif(?:ied|ies|ying)"
    r"|harbou?r(?:ed|s|ing)?|carr(?:ied|ies|ying)|confirm(?:ed|s|ing)|demonstrat(?:ed|es|ing)"
    r"|disclos(?:ed|es)|found|presence|positive|evidenced|defin(?:ed|es)|establish(?:ed|es)|prov(?:ed|en)"
    r"|indicat(?:ed|es|ing)|documented|uncovered|(?:retain(?:ed|s|ing)?|kept|conserved)\s(?:the|its|an?|both)"
    r"|unveiled|there\s(?:was|were)(?!\s(?:no|neither)\b)|(?:notable|remarkable|significant)\sfor)\b|:\s",
    re.IGNORECASE,
)
_SAME_STATEMENT = (
    r"(?:(?!\b(?:while|but|whereas|although|however|was|were|is|are|with|showed"
    r"|revealed)\b)[^.;]){0,80}?"
)
_JUDGED = (
    r"(?:(?:found|reported|read|shown|noted|seen|judged|considered|confirmed|determined|interpreted|called|scored"
    r"|assessed|proven)\s(?:out\s)?(?:to\sbe\s|to\shave\s|as\s(?:being\s)?)?)?"
)
NEGATIVE_AFTER = pattern(
    r"^(?:"
    + _SAME_STATEMENT
    + r"\b(?:was|were|is|are|came (?:back|out)|turned out|returned|resulted|tested|remained|proved|became"
    r"|has been|have been|could|ha[sd](?=\snot\sbeen)|have(?=\snot\sbeen))\s"
    rf"{_JUDGED}(?:also\s|both\s|all\s|be\s|to\sbe\s)?(?:negative|absent|no\slonger|lost\b|not\b(?!\s(?:only|just"
    rf"|merely)\b)(?!\s(?:been\s)?(?:there|seen"
    r"|present|found|detected|known)\s(?:before|earlier|previously|initially"
    r"|in\s(?:the\s)?(?:first|earlier|previous)))|undetect\w{2,4}|excluded|ruled out"
    r"|un(?:remarkable|altered)|normal|wild)"
    + r"|"
    + _SAME_STATEMENT
    + r"\b(?:(?:show|yield|return)ed|gave|had)\s(?:an?\s)?negative\b|"
    + _SAME_STATEMENT
    + r"\b(?:(?:was|were)\swithout|(?:presented|showed|had|revealed|carried|harbou?red|displayed)\sno)\s(?:any\s)?"
    r"(?:[a-z]{4,14}\s)?(?:changes?|alterations?|mutations?|variants?|abnormalit)"
    r"|[^.;,]{0,30}\s(?:had\s|has\s|have\s)?(?:disappeared|vanished|cleared)\b|[\s:,)-]{0,3}(?:status\s|gene\s"
    r"|mutations?\s|fusions?\s|rearrangements?\s|testing\s"
    r"|results?\s){0,2}(?:\([^()]{1,24}\)\s)?(?:(?:by|on|via"
    r"|using)\s(?:the\s)?[\w-]{2,22}(?:\s[\w-]{2,22}){0,2}?)?\s?[:=]?\s?(?:[a-z]{4,18}(?:ally|arly)\s)?"
    r"[(]?(?:negative|neg\b|absent|(?:not|no longer) (?:detect\w{2,4}|det\b|found|identif\w{3,5}|observed"
    r"|seen|present|evident|demonstra\w{2,4}|visible|traceable|confirmed|shown)"
    r"|undetect\w{2,4}|none|no(?=[.,;)]|$)|nil|wild[ -]?type|excluded|[-–−](?=[,;.)\s]|$)))",
    re.IGNORECASE,
)
_NOTHING = r"\s(?:to\sbe\s|as\s(?:being\s)?)?(?:negative|absent|wild|normal|undetect|unremarkable|intact)"
"""What turns a verb of finding round from behind: "was found to be negative"."""
POSITIVE_AFTER = pattern(
    r"^"
    + _SAME_STATEMENT
    + r"\b(?:(?:was|were|is|are|came back|returned|tested)\s(?:also\s|both\s|all\s)?(?:positive|detected"
    r"|(?:found|identified|confirmed|evidenced|seen|observed|revealed|demonstrated|noted|reported)"
    rf"(?!{_NOTHING})|present)"
    r"|positive|showed(?!\s(?:an?\s)?negative)|revealed|detected|confirmed|identified|demonstrated)\b",
    re.IGNORECASE,
)
NONE_OF = re.compile(r"\b(?:[Nn]either|[Nn]or|[Nn]one|[Nn]o\sone)\b")
"""What gives a gene a statement of its own behind what was not found: "no NRAS mutation, and TP53 was mutated"."""
RESULTED = (
    r"(?!,?\s(?:and|which)\s(?:then\s|it\s)?(?:detect|reveal|show|identif|found|demonstrat|confirm|disclos|came|return"
    r"|yield))"
)
"""What may not stand behind a request that leaves open what came of it: "was requested and detected"."""
