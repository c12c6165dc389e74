"""What a length of time hangs on, by the words around it: "three weeks after surgery", "on day 10 of chemotherapy"."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.time_words import ORDINAL

__all__ = ["DAYS_OF_A_MONTH", "DAY_OF_CYCLE", "ORDINALS", "SPAN_RULES", "Anchor", "SpanRule"]

Anchor = Literal[
    "now",
    "presentation",
    "treatment",
    "start",
    "surgery",
    "transplant",
    "radiotherapy",
    "diagnosis",
    "course",
    "stop",
    "dose",
    "resumption",
    "recurrence",
    "birth",
    "follow-up",
    "admission",
    "written",
    "mark",
    "event",
    "later dose",
]
"""What a time may be counted from.

"treatment" is the course that runs, "start" the first day of its regimen, "dose" the last change of its dose, "course"
its end where it is over, else its start, "mark" what months were last counted from, "event" what the words name, where
the story told of it; "later dose" is one that only its own date, told beside it, can tell.
"""

_DRUG = (
    r"[a-z]{3,20}(?:nib|mab|platin|taxel|rubicin|fosfamide|parib|ciclib|lisib|olimus|zomib|degib|stat|trexate"
    r"|citabine|tecan"
    r"|ectedin|lomide|relbine|poside|istine|blastine|uracil|mustine|xifen|trozole|tamide|zolomide)"
)
_END = (
    r"(?:completion|completing|the end|end|(?:the )?last (?:dose|cycle|course|administration|chemotherapy|infusion"
    r"|injection|treatment))"
)


def _event(nouns: str, described: str = "initial|first") -> str:
    """Return a pattern of an event that times hang on, with up to four words before its noun."""
    return rf"(?:(?:the|this|that|her|his|their|its|{described})\s){{0,4}}(?:{nouns})"


_THERAPY = _event(
    rf"therapy|treatment|chemotherapy|medication|immunotherapy|chemoimmunotherapy|administration|combination|regimen"
    rf"|monotherapy|re-?challenge|re-?treatment|maintenance|drug|infusion|injection|dose|{_DRUG}",
    rf"continuous|daily|oral|initial|targeted|systemic|(?:first|second|third|fourth|1st|2nd|3rd)[ -]line|adjuvant"
    rf"|neoadjuvant|combined|combination|new|maintenance|induction|salvage|palliative|same|treatment (?:of|with)"
    rf"|{_DRUG}",
)
_OPERATION = _event(
    "surgery|operation|resection|re-?resection|excision|procedure|amputation|reconstruction"
    "|craniotomy|laparotomy|thoracotomy|dissection|debulking|metastasectomy|[a-z]{3,25}ectomy",
    "initial|primary|radical|first|second|last|complete|surgical|wedge|wide|local|tumou?r|lung|liver|total|partial"
    "|subtotal"
    "|gross|salvage|definitive|latest|repeat|above|cytoreductive|salvage",
)
_TRANSPLANT = _event(
    "transplantation|transplant|hsct|asct|sct|stem cell (?:transplantation|transplant|rescue|infusion)|bmt"
    "|car[ -]?t(?:[ -]cells?)?(?: therapy| infusion| administration)?"
    "|infusion of (?:the )?(?:car[ -]?t )?(?:cells|car[ -]?t)",
    "autologous|allogeneic|haploidentical|first|second|stem|cell|hematopoietic|haematopoietic|bone|marrow|liver|kidney"
    "|renal|tandem|peripheral|blood",
)
_PRESENTING = _event(
    "presentation|admission|visit|onset of (?:the )?(?:symptoms|disease|illness)|(?:symptom|disease|illness) onset"
    r"|onset|consultation|emergency|referral|first symptoms|attendance|contact|appointment|day\s0\b",
    "initial|first|hospital|original",
)
_RADIATION = _event(
    "radiotherapy|radiation therapy|radiation|irradiation|chemoradiation|chemoradiotherapy|rt",
    rf"{_END} of|end of|palliative|adjuvant|postoperative",
)
_STOPPING = (
    rf"(?:(?:the |her |his |its |their )?(?:stopping|discontinuing|discontinuation|cessation|{_END}|withdrawal"
    r"|termination|interruption|ceasing|suspension)(?: of (?:the |her |his )?[a-z-]{3,20})?"
    r"(?: (?:therapy|treatment|chemotherapy))?)"
)
_RESTARTING = r"(?:the |her |his )?(?:switching|switch|change|adding|addition)"
_REDUCING = (
    r"(?:(?:the|this|that|her|his|its)\s)?(?:dose[- ]?(?:reduction|adjustment|modification|escalation|increase|change)"
    r"|(?:reduction|increase|escalation)\s(?:of|in)\s(?:the\s)?dose)"
)
_AGAIN = (
    r"(?:(?:the |her |his |its |this |successful |cautious )){0,3}(?:re-?starting|re-?start|re-?introduction"
    r"|re-?introducing|re-?challenge|re-?challenging|resumption|resuming|re-?initiation|re-?initiating|re-?exposure)"
)
_RESUMED = r"(?:re-?started|resumed|re-?introduced|re-?challenged|re-?initiated|re-?instituted)"
_WAS = r"(?:was|were|had been|has been|being)\s(?:[a-z]{3,14}ly\s)?"
_SEEN = (
    r"(?:this|that|the (?:last|latest|same|above))\s(?:scan|ct|mri|pet|imaging|visit|evaluation|examination|assessment"
    r"|finding|event|episode|report)|the (?:reaction|incident|toxicity)"
)
_IMAGE = (
    r"(?:ct|mri|pet|pet[-/]ct|scan|scans|imaging|re-?staging|re-?evaluation|evaluation|assessment|ultrasound|control"
    r"|check-?up"
    r"|visit|review|examination|mark|time[- ]?point|point|surveillance)"
)
_EVENT = (
    r"(?:(?:the|that|(?P<this>this)|her|his|its)\s(?:(?P<first>first|initial|original)\s)?(?:(?!of\b|with\b|in\b)[a-z-]{2,16}"
    r"\s){0,2}?|(?:first\s|last\s)?)(?P<event>[a-z]{2,14}(?:otomy|ostomy|oscopy|ography|ogram|ogramme"
    r"|centesis|plasty|desis)|biopsy|ct|mri|pet|pet[-/]ct|scan|echo|ultrasound|x-?ray|ablation|embolisation"
    r"|embolization"
    r"|cryoablation|freezing|debridement|flap|graft|grafting|seizure|fit|reaction|incident|event|episode|fracture|fall"
    r"|stent|stenting|drainage|tap|radiosurgery|srs|sbrt|sabr|vaccination|transfusion|bleed"
    r"|haemorrhage|hemorrhage|stroke|infection|sampling|puncture|aspirate|aspiration|fna|re-?biopsy|cytology|report"
    r"|panel|sequencing)(?![a-z-]|\s(?:and\s[a-z]{2,12}\s)?(?:(?:was|were|had)"
    r"(?!\s(?:been\s)?(?:issued|reported|received|released|returned|signed|taken|done|performed|obtained)\b)"
    r"|show|reveal|demonstrat|found|disclos|confirm))"
)
"""What a time may hang on that the story has told of: "three days after the CT", "a week after that biopsy"."""
_LATER_DOSE = (
    r"(?:(?:the|her|his|their)\s)?(?:second|third|fourth|fifth|sixth|seventh|eighth|2nd|3rd|[4-9]th)\s"
    r"(?:[a-z-]{3,16}\s){0,2}(?:dose|infusion|cycle|course|injection|administration)"
)
"""A dose whose day the story does not know, unless it is told right behind it."""
_DIAGNOSED = _event("diagnosis|biopsy", "initial|first|original|primary")
_RECURRED = _event("recurrence|relapse|progression", "first|second|last|local")
_STARTING = (
    r"(?:start|started|starting|initiation|initiating|initiated|beginning|began|begun|commencement|commencing"
    r"|commenced|introduction|introducing|introduced|institution|first (?:dose|cycle|course|infusion|injection"
    r"|administration)"
    r"|(?:cycle|course) (?:1|one)\b)"
)
_LED = (
    r"(?:(?!(?:and|or|with|without|after|following|before|until|when|which|that|but|for|in|on|to|complet\w{2,5}"
    r"|end(?:ing|ed)?"
    r"|last|final|stop\w{0,5}|discontinu\w{2,6}|cessation|withdrawal|second|third|fourth|fifth|sixth|discharge)\b)"
    r"[a-z0-9][\w'’/-]{0,24}\s){0,5}?"
)
"""Words before the noun or verb of an event; none of them leads to another event."""
_SINCE = r"\s(?:after|following|from|since)\s"
_BEFORE = r"\s(?:before|prior\sto|preceding|ahead\sof)\s"
_ROUGH = (
    r"only |about |approximately |around |nearly |almost |the first |another |a total of |some "
    r"|an? (?:[\w-]{1,14} )?(?:period|interval|course|duration|delay|latency) of "
)
_ROUGHLY = rf"(?:{_ROUGH})?"


class SpanRule(msgspec.Struct, frozen=True):
    """What a length of time means by the words after it, and before it where they matter.

    ``before`` ends where the length begins; where it is not ``required`` it only widens the expression. ``backward``
    lengths count into the past; ``again`` asks for "another" or "a further" length.
    """

    anchor: Anchor
    after: Pattern
    before: re.Pattern[str] | None = None
    required: bool = False
    backward: bool = False
    again: bool = False
    drug: bool = False
    """The word that ``after`` calls a drug has to be one."""


def _rule(
    anchor: Anchor,
    after: str,
    before: str = "",
    *,
    required: bool = True,
    backward: bool = False,
    again: bool = False,
    drug: bool = False,
) -> SpanRule:
    led = re.compile(before + "$") if before else None
    return SpanRule(anchor, pattern(after), led, bool(before) and required, backward, again, drug)


_SPAN_RULES = (
    _rule(
        "surgery",
        rf"[\s-](?:post-?operative\s)?(?:follow-?up|visit|check-?up|control|examination|scan)\s(?:after|following)\s"
        rf"{_OPERATION}\b",
        r"\b(?:at|on|by|in)\s(?:the|her|his|a)\s",
        required=False,
    ),
    _rule(
        "now",
        r"\s(?:had\s|have\s)?(?:passed|elapsed|went by)\s(?:before|when|until)\b",
        rf"{_ROUGHLY}",
        required=False,
    ),
    _rule(
        "surgery",
        r"\s(?:post-?operatively|post-?op\b|post-?surgery|post surgery|post resection|post-resection"
        r"|post-?operation)",
    ),
    _rule("surgery", rf"\s(?:after|following|from|since|post)\s{_OPERATION}\b"),
    _rule("surgery", rf"{_BEFORE}{_OPERATION}\b", backward=True),
    _rule("transplant", rf"\s(?:after|following|from|since|post)[\s-]{_TRANSPLANT}\b"),
    _rule("transplant", r"\spost-?transplant(?:ation)?\b"),
    _rule(
        "resumption",
        rf"(?:\s(?:after|following|from|since|of|on|into|post)\s|\spost[\s-]){_AGAIN}\b",
        rf"\b(?:after|at|within|over|for|during)\s{_ROUGHLY}",
        required=False,
    ),
    _rule("resumption", rf"{_SINCE}{_LED}{_WAS}{_RESUMED}\b"),
    _rule("later dose", rf"{_SINCE}{_LATER_DOSE}\b"),
    _rule("dose", rf"{_SINCE}{_REDUCING}\b"),
    _rule("event", rf"{_SINCE}{_EVENT}"),
    _rule(
        "event",
        rf"{_SINCE}(?:the|her|his|their)\s(?P<event>visit|consultation|appointment|attendance)\b",
    ),
    _rule("event", rf"{_BEFORE}{_EVENT}", backward=True),
    _rule("recurrence", rf"{_BEFORE}{_RECURRED}\b", backward=True),
    _rule("diagnosis", rf"{_BEFORE}{_DIAGNOSED}\b", backward=True),
    _rule("start", rf"{_BEFORE}(?:the )?{_STARTING}\b", backward=True),
    _rule("stop", rf"{_BEFORE}(?:the )?{_STOPPING}\b", backward=True),
    _rule("radiotherapy", rf"{_BEFORE}{_RADIATION}\b", backward=True),
    _rule(
        "event",
        rf"{_SINCE}(?P<this>that|this)\s(?P<event>admission|hospitali[sz]ation|visit|operation|cycle|dose)\b",
    ),
    _rule(
        "stop",
        rf"{_SINCE}{_LED}{_WAS}(?:stopped|discontinued|withdrawn|ceased|completed|finished|ended|terminated)\b",
    ),
    _rule(
        "now", rf"{_SINCE}(?:the )?(?:reduced|lower|lowered|higher|new|adjusted|increased) (?:dose|dosage)\b"
    ),
    _rule(
        "start",
        rf"{_SINCE}(?:the\s)?(?P<drug>[a-z][a-z0-9-]{{3,24}})\s{_WAS}(?:started|begun|initiated|commenced|introduced)\b",
        drug=True,
    ),
    _rule(
        "treatment",
        rf"\s(?:of|on|into)\s{_THERAPY}\b",
        rf"\b(?:after|following|at|within|over|for|during)\s{_ROUGHLY}",
    ),
    _rule(
        "treatment",
        rf"\s(?:on|into|following (?:the )?administration(?: of)?|under)\s{_THERAPY}\b",
        r"\b(?:about |approximately |only )",
        required=False,
    ),
    _rule(
        "course",
        rf"\s(?:following|after)\s{_THERAPY}\b",
        r"\b(?:about |approximately |only )",
        required=False,
    ),
    _rule(
        "start",
        rf"{_SINCE}(?:the )?{_STARTING}\b",
        rf"\b(?:at|within|over|during)\s{_ROUGHLY}",
        required=False,
    ),
    _rule(
        "treatment",
        rf"\s(?:of|on|into|under|course of)\s{_LED}(?:therapy|treatment|chemotherapy|immunotherapy|tkis?)\b",
        rf"\b(?:after|following|at|within|over|during)\s(?:an?\s)?{_ROUGHLY}",
    ),
    _rule(
        "treatment",
        r"\s(?:treatment|therapy|chemotherapy)\b(?!\s(?:break|interruption|pause|holiday|delay|free))",
        rf"\b(?:after|following)\s{_ROUGHLY}",
    ),
    _rule(
        "treatment",
        r"(?=\))",
        r"\bafter\s(?:the\s)?(?:[\w-]{1,12}\s){1,3}(?:cycles?|courses?|doses|infusions)\s\((?:after\s)?",
    ),
    _rule("treatment", rf"{_SINCE}{_RESTARTING}\b"),
    _rule(
        "treatment",
        r"\s(?:of|on|into|with|under)\s(?:the\s)?(?P<drug>[a-z][a-z0-9-]{3,24})\b",
        rf"\b(?:after|following|at|within|over|for|during)\s{_ROUGHLY}",
        drug=True,
    ),
    _rule(
        "treatment",
        r"\s(?:into|on|after starting|since)\s(?:the\s)?(?P<drug>[a-z][a-z0-9-]{3,24})\b",
        drug=True,
    ),
    _rule("start", rf"\sof\s(?:the )?{_STARTING}\b", rf"\b(?:within|inside)\s{_ROUGHLY}"),
    _rule("course", r"\s(?:after|following)\s(?:the\s)?(?P<drug>[a-z][a-z0-9-]{3,24})\b", drug=True),
    _rule("treatment", r"\sin\b(?=,)"),
    _rule("follow-up", r"\sin\b(?=[.;)]|\s(?:for|because|due|after|owing|s?he|when)\b)"),
    _rule("radiotherapy", rf"\s(?:after|following|from)\s{_RADIATION}\b"),
    _rule(
        "stop",
        rf"\s(?:after|following|from|off)\s(?:{_STOPPING}|treatment\b(?= was (?:stopped|discontinued)))",
    ),
    _rule("stop", r"\soff[\s-](?:therapy|treatment|chemotherapy|drug)\b"),
    _rule("recurrence", rf"{_SINCE}{_RECURRED}\b"),
    _rule("now", rf"\s(?:after|of|from|following)\s{_SEEN}\b"),
    _rule(
        "diagnosis",
        rf"\s(?:after|following|from|since|post)[\s-]{_DIAGNOSED}\b"
        r"(?!\sof\s(?:\w{1,12}\s){0,3}(?:cns|brain|leptomening|recurren|metasta|relapse|progress))",
    ),
    _rule(
        "admission",
        r"\s(?:after|following|from|since|of)\s(?:(?:the|her|his|hospital)\s){0,2}(?:admission|hospitali[sz]ation)\b",
    ),
    _rule("presentation", rf"\s(?:after|following|from|since|of)\s{_PRESENTING}\b"),
    _rule("stop", rf"\s(?:after|following)\s(?:\w{{1,10}}\s)?{_STOPPING}\b"),
    _rule("start", rf"(?:{_SINCE}|\spost[\s-]){_LED}{_STARTING}\b"),
    _rule(
        "surgery",
        rf"(?:{_SINCE}|\s(?:s/p|post)[\s-]){_LED}(?:surgery|surgical|operations?|operated|resect(?:ion|ed)"
        rf"|excis(?:ion|ed)"
        r"|removal|[a-z]{3,25}ectomy)\b",
    ),
    _rule(
        "diagnosis",
        rf"{_SINCE}{_LED}diagnos(?:is|ed)\b(?!\s(?:of|with)\s(?:\w{{1,12}}\s){{0,3}}(?:cns|brain|leptomening"
        rf"|recurren|metasta|relapse"
        rf"|progress))",
    ),
    _rule(
        "presentation",
        rf"{_SINCE}{_LED}(?:presented|presenting|symptoms|presentation|first (?:being )?seen|being first seen"
        r"|first (?:come|been seen|consulted|visited|attended|appeared)|(?:first )?(?:came|coming|attended"
        r"|attending))\b",
    ),
    _rule("now", rf"{_SINCE}(?:\w{{1,10}}\s){{0,2}}discharged?\b"),
    _rule(
        "presentation",
        rf"\s(?:before|prior to|earlier than|preceding)\s(?:{_PRESENTING}|(?:she|he|the patient) (?:was"
        rf"|presented|had)\b)",
        backward=True,
    ),
    _rule(
        "follow-up",
        r"[\s-](?:of\s)?(?:post-?operative\s|routine\s|clinical\s)?(?:follow[\s-]?up|surveillance)"
        r"(?:\s(?:period|visit|time point|point))?\b",
        r"\b(?:(?:at|after|of|for|with|during)\s)?(?:(?:an?|the|his|her|their)\s)?(?:last |median |total )?",
        required=False,
    ),
    _rule("follow-up", r"", r"\bfollowed(?:[\s-]up)?\s(?:up\s)?for\s"),
    _rule(
        "follow-up",
        r"(?=[\s,.;:)])",
        r"\bfollow-?up\s(?:visit\s)?(?:(?:period|duration|time)\s)?(?:of\s|\()",
    ),
    _rule("follow-up", r"(?=\)[,\s])", r"\b(?:to date|so far|last (?:visit|contact|control))\s\("),
    _rule(
        "follow-up",
        rf"[\s-](?:follow-?up\s)?{_IMAGE}\b",
        r"(?:\b(?:at|on|by)\s(?:the|her|his|a)|(?:(?<=[.;:]\s)|(?<=\n))(?:the|her|his|an?))\s",
    ),
    _rule(
        "birth",
        r"\s(?:of\sage|old)\b",
        r"\b(?:at|by|around|from|when (?:he|she|the (?:child|infant|baby|patient)) was|(?:is|was) (?:now|currently)"
        r"|at (?:the|an) age of|aged)\s(?:about |just )?",
    ),
    _rule(
        "now",
        r"\s(?:after\s(?:that|it|this|which|wards?)|afterwards?|thereafter|hence|later(?: on)?|subsequently"
        r"|on\b(?=[,:]|\s\(|\s(?:picked|show|reveal|found|demonstrat|confirm|disclos|she\b|he\b|it\b"
        r"|the\s(?!treatment|therapy|drug|trial|combination|dose)))|after(?=[,.;:)]|$|\sand\b))",
    ),
    _rule("birth", r"(?=[\s,.;:)]|$)", r"\bat (?:(?:the|an) age of|age)\s"),
    _rule(
        "now",
        r"(?:\s(?:when|until|till|at which)|,\s(?:when|after which|at which (?:time|point)|whereupon))\b",
        rf"\b(?:for|last(?:ed|ing)(?:\sfor)?)\s{_ROUGHLY}(?:the next |a further )?",
    ),
    _rule(
        "treatment",
        r"\sof\s(?:(?:an?|the|partial|complete|ongoing|sustained|durable|good|excellent)\s){0,3}"
        r"(?:response|disease control|disease stability|stable disease|disease stabili[sz]ation)\b",
        rf"\b(?:after|following)\s{_ROUGHLY}",
    ),
    _rule("now", r"", r"\bafter\s", again=True),
    _rule(
        "now",
        r"(?!\s(?:of|on|into|from|off|post|after|before|prior|old|under|since|following|therapy|treatment"
        r"|chemotherapy|overall"
        r"|altogether|in\s(?:total|all))\b|[\s-](?:of\s)?follow)",
        rf"\b(?:after|within|following)\s(?:the next |the following |{_ROUGH})?",
    ),
    _rule(
        "now",
        r"(?!\s(?:of|on|into|from|off|post|after|before|prior|old|under|since|following)\b)",
        r"\b(?:over|during|in)\sthe\s(?:course\sof\s(?:the\s)?)?(?:next|following|subsequent|ensuing|first)\s",
    ),
    _rule("now", r"(?=,)", r"(?:(?<=[.;]\s)|(?<=\n))in\s(?:about |approximately |only )?"),
    _rule(
        "mark",
        r"(?!\s(?:of|on|into|from|off|post|after|before|prior|old|under|since|following|therapy|treatment|intervals?)\b"
        r"|[\s-](?:of\s)?follow)(?=[\s,.;:)]|$)",
        r"\b(?:at|by)\s(?:about |approximately )?",
    ),
    _rule(
        "now",
        r"\s(?:ago|earlier|previously|prior(?!\sto\b)"
        r"|before(?=[,.;)]|$|\sshe|\she\b|\s(?:for|due|because|elsewhere)\b|\sthe patient))",
        backward=True,
    ),
)
SPAN_RULES: Table[tuple[SpanRule, Pattern]] = Table((rule, rule.after) for rule in _SPAN_RULES)
"""The first that fits wins."""

_IN_TREATMENT = (
    r"(?:therapy|treatment|chemotherapy"
    r"|the (?:drug|treatment|therapy|combination|trial|study))"
)
_HANGS_ON = (
    rf"(?:\s(?:(?:of|on|after|from|following|since)\s|post[\s-])(?:(?:the )?(?P<operated>surgery|operation|resection)"
    rf"|(?P<transplanted>{_TRANSPLANT})\b"
    r"|(?P<admitted>(?:hospital )?admission|hospitali[sz]ation|(?:the |her |his )?hospital stay)"
    rf"|(?P<started>(?:the )?(?:start(?:ing)?|initiation|initiating|beginning)(?: of)?)\b"
    rf"|(?P<treated>{_IN_TREATMENT})\b|(?:starting )?(?P<drug>[a-z][a-z0-9-]{{3,24}})\b))"
)
_OF_A_LATER_CYCLE = (
    r"(?!\s?(?:\(?of|in)?\s(?:the\s|each\s|every\s|her\s|his\s)*(?:second|third|fourth|fifth|sixth|last|next|each|every"
    r"|[2-9](?:nd|rd|th)|(?:cycle|course|c)\s?[2-9])\b)"
)
"""A day of a later cycle is not counted from what was begun last: when that cycle began is not told."""
ORDINALS: Table[tuple[Pattern]] = Table(
    (
        (
            pattern(
                r"\b(?:on\s|at\s|by\s)?(?P<transplanted>)(?P<unit>day|d)\s?\+\s?(?P<count>\d{1,3})\b(?!\s?[-–/+])",
            ),
        ),
        (
            pattern(
                r"(?:(?<=[.;]\s)|(?<=\n)|(?<=\A))(?P<begun>)(?P<unit>day)\s(?P<count>\d{1,3})(?=\s?[:,])"
                r"|\bc1\s?(?P<begun2>)(?P<unit2>d)(?P<count2>[2-9]|\d\d)\b"
            ),
        ),
        (
            pattern(
                rf"\b(?:on|by)\sthe\s(?P<begun>)(?P<unit>day)\s(?P<count>\d{{1,3}})(?=[,.;)]|\s(?:and|[a-z]))"
                rf"(?!\s(?:of|after|post|before|to|or)\b){_OF_A_LATER_CYCLE}"
            ),
        ),
        (
            pattern(
                rf"\b(?:on|at|by|from|since|in|until"
                rf"|during)\s(?:the\s)?{ORDINAL}\s(?P<operated>post-?operative)\s(?P<unit>day|week|month)\b"
            ),
        ),
        (
            pattern(
                rf"\b(?:on|at|by|from|since|in|until)\s(?:the\s)?{ORDINAL}\s(?P<begun>)(?P<unit>day)\sof\s"
                r"(?:the\s|her\s|his\s)?(?:first|1st)\s(?:cycle|course)\b"
            ),
        ),
        (
            pattern(
                rf"\b(?:on|at|by|from|since|in|until|during|of)\s(?:the\s)?{ORDINAL}\s(?P<unit>day|week"
                rf"|month)(?:{_HANGS_ON}|(?=[\s,.;:)]){_OF_A_LATER_CYCLE})"
            ),
        ),
        (
            pattern(
                rf"\b(?:on|at|by|from|since|in|until|after)\s(?P<unit>day|week|month)\s(?P<count>\d{{1,3}}){_HANGS_ON}"
            ),
        ),
        (
            pattern(
                r"\b(?:on|by)\s(?P<admitted>hospital)\s(?P<unit>day)\s(?P<count>\d{1,3})\b(?!\s?[-–/])",
            ),
        ),
        (
            pattern(
                r"(?:(?:on|by)(?<=[.;:)]\s\w\w)|on(?<=added\son))\s(?P<begun>)(?P<unit>day)\s(?P<count>\d{1,3})\b"
                + _OF_A_LATER_CYCLE
                + r"(?!,?\s?(?:and|or|to|of|[-–/&+,])\s?(?:day\s)?(?:\d|each|every|a\b|cycles?\b))"
            ),
        ),
        (
            pattern(
                r"\b(?:on|from|until)\s(?P<begun>)(?P<unit>day)\s(?P<count>[2-9]|\d{2,3})\b"
                r"(?=[,.;)]|$|\s(?!(?:of|post|before|cycles?|each|every|repeated|q\d|weekly|iv|intravenous\w{0,2}|po)\b)"
                r"[a-z])"
                r"(?!,?\s?(?:and|or|to|of|[-–/&+,])\s?(?:day\s)?(?:\d|each|every|a\b|cycles?\b))"
                + _OF_A_LATER_CYCLE
            ),
        ),
        (
            pattern(
                r"\bby\s(?P<begun>)(?P<unit>day)\s(?P<count>\d{1,3})(?=[,.;)]|\sand\b(?!\s(?:day|\d)))",
            ),
        ),
        (
            pattern(
                r"\b(?:at|by|in|from|since|until)\s(?P<unit>week|month)\s(?P<count>\d{1,3})(?=[\s,.;:)]|$)(?!\s(?:of"
                r"|after)\b)"
            ),
        ),
        (
            pattern(
                r"(?:(?<=[.;|)]\s)|(?<=\n)|(?<=,\s)|(?<=\bCT\s)|(?<=\bMRI\s)|(?<=\bscan\s)|\bof\s)"
                r"(?P<unit>week|month)\s(?P<count>\d{1,3})(?=\s?[,:;)]|\.\s|\.$|\s(?:CT|MRI|PET|scan)\b)",
                re.IGNORECASE,
            ),
        ),
        (
            pattern(
                r"(?<=\()(?P<unit>week|month)\s(?P<count>\d{1,3})\s(?:of|on)\s(?P<treated>treatment|therapy|chemotherapy)"
                r"(?=\))"
            ),
        ),
    )
)
"""Counted days, weeks and months: of a treatment where nothing else is said."""
DAY_OF_CYCLE = pattern(
    r"\bc(?P<cycle>[2-9]|1\d)\s?d(?:ay\s?)?(?P<day>[2-9]|[12]\d|3[0-5])\b(?!\s{0,8}[=:(]?\s{0,3}\d)"
)
"""A day of a later cycle, "C2D15", counted from that on which the cycle began, where the story has told it."""
DAYS_OF_A_MONTH: Table[tuple[Pattern]] = Table(
    (
        (
            pattern(
                r"\b(?:on\s)?the\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)\sof\s(?:the\s)?(?P<which>same|that|following|next)"
                r"\s(?:same\s)?month\b"
            ),
        ),
        (
            pattern(
                r"\b(?:on|from|since|until)\sthe\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)(?=[,.;)]|$|\s(?!day|post|of|cycle"
                r"|course|dose|session|week|month|year|hospital|treatment|fraction|and|or|to|rib|vertebra|finger|toe"
                r"|floor"
                r"|percentile|[a-z]+\s(?:day|cycle|course|dose|week|month|session|visit|rib)))"
            ),
        ),
        (
            pattern(
                r"\bby\sthe\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)(?=\s(?:the|she|he|it|her|his|all|[a-z]{2,12}\s(?:was"
                r"|were|had))\b)"
            ),
        ),
    )
)
"""Days of the month that the story is in: "on the 5th of the same month", "until the 12th"."""
