"""The headings that cases are written under, and the kind of section that each opens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from caseboard.narrative.patterns import pattern

__all__ = ["SectionKind", "heading_kind", "is_past_history", "opens_past_history", "topic_kind"]

SectionKind = Literal[
    "title",
    "abstract",
    "introduction",
    "case",
    "discussion",
    "back matter",
    "legend",
    "header",
    "diagnosis",
    "history",
    "family",
    "allergies",
    "medication",
    "pathology",
    "findings",
    "labs",
    "course",
    "plan",
    "status",
    "body",
]

_HEADINGS: tuple[tuple[SectionKind, str], ...] = (
    ("abstract", r"(?:structured )?abstract|summary|key ?points|highlights|simple summary|lay summary"),
    (
        "introduction",
        r"introduction|background|rationale|literature review|review of the literature|keywords?",
    ),
    (
        "case",
        r"(?:the )?case(?: report| presentation| description| history| summary| study)?s?"
        r"(?: ?/ ?(?:methods?|results?|outcomes?))?|illustrative cases?|clinical (?:case"
        r"|presentation|report|observation)s?|(?:patients? and |case )?observations?"
        r"|(?:report|presentation|description) of (?:the )?cases?|patient (?:presentation|information|concerns"
        r"|description)"
        r"|our case|case series|(?:case|patient|pt)(?: report| presentation)? (?:no\.? ?|number |# ?)?"
        r"(?:[1-9]|one|two|three|four|five|i{1,3}|iv|v|[a-d])(?: ?[(–-].{1,60})?",
    ),
    (
        "discussion",
        r"(?:general )?discussion(?: and conclusions?)?|literature(?: shown| discussed| reviewed)?|comments?"
        r"|conclusions?|concluding remarks|outlook"
        r"|limitations|lessons?"
        r"(?: learn(?:ed|t))?|implications",
    ),
    (
        "back matter",
        r"references|bibliography|acknowledge?ments?|funding|conflicts? of interests?|competing interests"
        r"|declarations?"
        r"|ethics(?: statement| approval)?|(?:informed )?consent(?: for publication)?|author contributions?"
        r"|data availability(?: statement)?"
        r"|supplementary materials?|abbreviations|disclosures?|publisher'?s note|footnotes?|methods?"
        r"|materials and methods"
        r"|patient(?:'s)? perspective|grant information|learning points|take-home messages?",
    ),
    ("legend", r"(?:figure|table) legends?|legends?(?: to (?:the )?figures)?|figures?(?: and tables)?"),
    ("family", r"family history|fh|fhx"),
    (
        "allergies",
        r"allergies|(?:drug )?allergy|intolerances?|allergies ?/ ?intolerances?|adverse drug reactions|ADRs?",
    ),
    (
        "medication",
        r"(?:current |discharge |home |regular )?(?:medications?|drugs|meds)(?: at discharge| on discharge"
        r"| on admission)?",
    ),
    (
        "diagnosis",
        r"(?:principal |main |oncologic(?:al)? |current |final |primary |secondary )?(?:diagnos[ie]s"
        r"|problems?|dx)(?: list| ?(?:no\.? ?|#)?\d{1,2})?|impression",
    ),
    (
        "history",
        r"(?:past |previous )?(?:medical |oncologic(?:al)? |cancer |disease |tumou?r "
        r"|clinical )?history(?: of (?:the )?present(?:ing)? (?:illness|complaint))?"
        r"|hpi|pmh|pmhx|hx|oncologic(?:al)? history|presenting complaint|background history|anamnesis|patient"
        r"|(?:clinical|medical|oncolog(?:y|ic|ical)|disease|cancer|tumou?r|history) summary"
        r"|summary of (?:the )?(?:disease|illness|history|(?:medical|oncological|clinical) history)",
    ),
    (
        "pathology",
        r"pathology|histology|histopathology|immunohistochemistry|molecular(?: pathology| findings| testing| work-?up)?"
        r"|biopsy|genetics",
    ),
    (
        "findings",
        r"baseline|staging|imaging|radiology|examination|physical examination|clinical examination"
        r"|on examination|(?:investigations?|findings|results)(?: (?:at|on) discharge)?|o/e",
    ),
    (
        "labs",
        r"(?:lab(?:oratory)?s?(?: (?:values|results|data|findings|tests))?|bloods?(?: (?:tests|results))?|blood work)"
        r"(?: (?:at|on) discharge)?",
    ),
    (
        "plan",
        r"imp(?:ression)?\.? ?(?:/|&|and) ?plan|a/?p|procedere|procedure|tto|ttos|to take out"
        r"|information given to (?:the )?patient|advice",
    ),
    (
        "course",
        r"(?:clinical |hospital |current |treatment |further |oncologic(?:al)? |oncology |disease |tumou?r |medical )?"
        r"course|(?:previous |prior |current "
        r"|oncologic(?:al)? )?(?:therapy|treatments?)"
        r"|(?:therapeutic )?interventions?|follow-?up(?: and outcomes?)?|outcomes?(?: and follow-?up)?|progress"
        r"|interval history|today|(?:course|treatment|therapy)(?: so far| to date)|operation|surgery|timeline"
        r"|(?:treatment|therapy) summary|summary of (?:the )?(?:treatments?|therapy|(?:clinical )?course)",
    ),
    (
        "plan",
        r"plan|recommendations?|(?:q|qs|questions?|queries)(?: (?:for|to) (?:the )?(?:[a-z]{3,12} ?){1,3})?|ask|asks"
        r"|what we ask|request"
        r"|proposal|proposition|board decision|decision"
        r"|next steps|to[- ]do|procedure(?: planned)?|actions?(?: (?:points?|plan|list|items?))?"
        r"|agreed(?: (?:plan|actions?))?|consensus(?: (?:decision|recommendations?|plan))?"
        r"|(?:mdt|mdm|mtb|(?:tumou?r )?board|meeting|conference|team)"
        r" (?:outcome|decision|recommendation|plan|consensus|opinion|advice|conclusion|suggestion|verdict)s?"
        r"|opinion(?: of the (?:tumou?r )?board)?|(?:tumou?r )?board(?:['’]s)? (?:says|advised|advises|recommended)"
        r"|assessment and (?:plan|procedere|procedure|recommendations?)|further management",
    ),
    (
        "status",
        r"status(?: today| at presentation)?|(?:general )?condition(?: at discharge| on discharge)?|performance status"
        r"|current status|interval(?: history| hx)?|subjective|objective|today(?: (?:pre|post)[ -]?c?\d{1,2})?|exam"
        r"|present status|current(?:ly)?",
    ),
)
_HEADING = pattern(
    "|".join(f"(?P<h{i}>{pattern})" for i, (_, pattern) in enumerate(_HEADINGS)),
    re.IGNORECASE,
)


_TOPIC_WORDS: tuple[tuple[SectionKind, str], ...] = (
    ("discussion", r"\b(?:discussion|conclusions?|lessons)\b"),
    ("case", r"\bcase\b(?! series)|\bpatient['’]?s? (?:presentation|information|description|overview)\b"),
    ("plan", r"\b(?:plan|recommendations?|next steps?)\b"),
    ("family", r"^family\b"),
    (
        "pathology",
        r"\b(?:receptors?|biomarkers?|ancillary|patholog\w{1,4}|histo(?:log|patholog)\w{1,4}"
        r"|immunohistochemi\w{1,6}|molecular|genom\w{1,4}|genetics?"
        r"|sequencing|cytolog\w{1,4}|biops\w{1,4})\b",
    ),
    (
        "labs",
        r"\b(?:labs?|laborator\w{1,4}|bloods?|biochemistry|ha?ematology|tumou?r markers?)\b"
        r"(?!(?: ?[/&+] ?| and )oncolog)(?! (?:cancer|unit|ward|clinic|progress|consult|follow-?up|note|letter))",
    ),
    (
        "course",
        r"\b(?:course|treatments?|therap\w{1,5}|management|interventions?|follow-?up|outcomes?|progress|chemotherapy"
        r"|surgery|operation|radiotherapy|admission|evolution|response)\b",
    ),
    (
        "findings",
        r"\b(?:imaging|radiolog\w{1,5}|findings|examinations?|investigations?|staging|scans?|results|diagnostic"
        r"|assessment)\b",
    ),
    (
        "history",
        r"\b(?:history|background|complaints?|anamnesis|presentation|antecedents|comorbidit\w{1,4})\b",
    ),
    ("diagnosis", r"\bdiagnos[ie]s\b"),
)
_TOPICS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _TOPIC_WORDS)
"""What a heading of other words is about; the first that it names decides."""


def topic_kind(name: str) -> SectionKind | None:
    """Return the kind of section that a heading of unusual words opens, by what it names ("Overview of the case")."""
    return next((kind for kind, words in _TOPICS if words.search(name)), None)


def heading_kind(name: str) -> SectionKind | None:
    """Return the kind of section that a heading opens, or None where it is no heading that we know."""
    found = _HEADING.fullmatch(name.strip())
    if found is None or found.lastgroup is None:
        return None
    return _HEADINGS[int(found.lastgroup[1:])][0]


_PAST = (
    r"(?:past|previous|other) (?:medical|surgical)(?:\s?(?:/|and|&)\s?(?:medical|surgical))? history|pmhx?|psh"
    r"|co-?morbidit(?:y|ies)|(?:earlier|former|previous|past|prior) (?:illness(?:es)?|diseases?|ca(?:ncers?)?"
    r"|malignanc(?:y|ies))"
)
_PAST_HISTORY = re.compile(_PAST, re.IGNORECASE)
_PAST_LINE = re.compile(rf"[\s•*-]{{0,4}}(?:{_PAST})\s?:", re.IGNORECASE)


@lru_cache(maxsize=64)
def is_past_history(heading: str) -> bool:
    """Whether a heading opens what was had at any time: what stands there without a date is not of the story's day."""
    return _PAST_HISTORY.fullmatch(heading.strip()) is not None


def opens_past_history(text: str, start: int) -> bool:
    """Whether a line that begins at ``start`` is headed by such words: "Comorbidities: DVT 01/2021"."""
    return _PAST_LINE.match(text, start) is not None
