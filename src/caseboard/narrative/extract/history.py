"""What is told of smoking, alcohol, family, work, other illness, allergy and performance status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from caseboard.case.facts import History
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied as is_denied
from caseboard.narrative.extract.performance import performance_status
from caseboard.narrative.kin_words import KIN
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.other_illness import illnesses
from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.view import View

__all__ = ["extract"]

Topic = Literal["smoking", "alcohol", "family", "occupation", "comorbidity", "allergy", "performance status"]

_SOURCES: tuple[tuple[Topic, bool, str], ...] = (
    (
        "smoking",
        True,
        r"\b(?:non-?smoker|never[- ]smok(?:er|ed)|did not smoke"
        r"|denied (?:any )?(?:use of )?(?:tobacco|smoking|cigarettes?)"
        r"|no (?:history of )?(?:smoking|tobacco))\b",
    ),
    (
        "smoking",
        False,
        r"\b(?:(?:light|heavy|current|former|ex-?|active"
        r"|chronic)\s?-?smoker\b(?:\s\([^().]{1,60}\))?|smoker of \d{1,3} pack-?years"
        r"|\d{1,3}[ -]pack[ -]?years?|smoked \d{1,3}[^.;,]{0,40})",
    ),
    (
        "alcohol",
        True,
        r"\b(?:denied[^.;]{0,40}\balcohol|did not drink(?: alcohol)?|no (?:history of )?alcohol"
        r"|teetotal(?:er)?)\b",
    ),
    (
        "alcohol",
        False,
        r"\b(?:(?:occasional(?:ly)?|social(?:ly)?|regular(?:ly)?|heavy|chronic)\s(?:drinker"
        r"|alcohol|drank|consumed alcohol|drinking)[^.;,]{0,30}|alcohol (?:abuse|use|dependence"
        r"|consumption))\b",
    ),
    (
        "occupation",
        True,
        r"\b(?:no|without|denied|denies)\s(?:any\s)?(?:[a-z]{4,12}\s){0,2}occupational exposures?"
        r"(?:\sto\s[^.;,]{3,40})?\b",
    ),
    (
        "occupation",
        False,
        r"\b(?:(?:worked|works|employed|working) as an? [a-z ]{3,30}?(?=[ ,.;])|taxi driver"
        r"|occupational exposure[^.;,]{0,50})",
    ),
    (
        "family",
        True,
        r"\b(?:family history (?:was |is )?(?:negative|unremarkable|non-?contributory"
        r"|not significant)|no (?:significant |known "
        r"|relevant )?family history(?: of "
        r"(?:(?!\s(?:presents?|presented|presenting|who|was|were|is|had|has|noticed|developed|came|underwent"
        r"|attended)\b)"
        r"[^.;,]){3,40})?|(?:oncological "
        r"|cancer )?family history[^.;]{0,20}\bnegative)\b",
    ),
    (
        "family",
        False,
        # in the singular, for several may be the patients; no sibling (a donor), no spouse (of other blood)
        rf"\b(?:(?:his|her|the patient's|maternal|paternal|elder|younger|older) )?(?:{KIN}"
        r"|(?-i:[Dd]ad|[Mm]um|[Mm]om))"
        r"\b[^.;]{1,90}\b(?:cancer|carcinoma|sarcoma|lymphoma|leuk[a]?emia|tumou?r"
        r"|melanoma|neurofibromatosis|osteosarcoma|diabetes|[a-z]{2,14}(?:blastoma|glioma|cytoma|lipoma|myeloma|neuroma"
        r"|schwannoma)s?|glioma|myeloma|(?:breast|bowel|colon|lung|ovarian|prostate|gastric|kidney"
        r"|thyroid|bladder|pancrea\w{1,4}|skin|liver|brain|cervi\w{1,3}|endometrial|oesophageal|stomach|uterine"
        r"|colorectal) ca"
        r"|(?:Li-Fraumeni|Lynch) syndrome|tuberous sclerosis|polyposis)\b[^.;]{0,30}",
    ),
    (
        "comorbidity",
        True,
        r"\b(?:no (?:significant |relevant |known |prior |past )*(?:medical|clinical) history"
        r"|(?:past )?(?:medical|clinical|clinal) history was (?:unremarkable|negative"
        r"|non-?contributory)|previously healthy|otherwise healthy)\b",
    ),
    ("allergy", True, r"\bno (?:known )?(?:drug )?allergies\b"),
)
_RULES: Table[tuple[Topic, bool, Pattern]] = Table(
    (topic, denied, pattern(source, re.IGNORECASE)) for topic, denied, source in _SOURCES
)


_HABITS = frozenset({"smoking", "alcohol", "occupation"})
"""What is told of the patient's life; a relative's illness and that of the patient are denied in words of their own."""
_OTHER_HEADING = pattern(
    r"\s{0,3}(?:FH|FHx|family(?: history)?|SH|social(?: history)?|PMH|smoking|alcohol)\s?:", re.IGNORECASE
)
"""What begins something else on the line of the allergies: "Allergies: penicillin. FH: father had a sarcoma"."""


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the pieces of history that a sentence tells."""
    if view.retold or view.section == "plan":
        return
    if view.section == "allergies" and view.text.strip() and not _OTHER_HEADING.match(view.text):
        yield _draft(
            view,
            "allergy",
            view.start,
            min(view.end, view.start + 120),
            denied=bool(re.match(r"(?:none|nil|no\b)", view.text, re.IGNORECASE)),
        )
        return
    yield from performance_status(view)
    for topic, denied, rule in view.rows(_RULES):
        match = view.has(rule)
        if match is None:
            continue
        if topic in _HABITS and not denied and is_denied(view, *match.span()):
            continue
        yield _draft(view, topic, match.start(), match.end(), denied=denied)
    for start, end in illnesses(view, staged=memory.staged):
        if not _is_ruled_out(view, start, end):
            yield _draft(view, "comorbidity", start, end, denied=False)


def _is_ruled_out(view: View, start: int, end: int) -> bool:
    """Whether a virus was looked for and not found: "HIV ELISA negative", "negative for HIV and hepatitis B"."""
    if not _VIRUS.match(view.whole, start, end):
        return False
    before = max(view.start, start - 60)
    return (
        _NOT_FOUND.match(view.whole, end, view.end) is not None
        or _NOT_FOUND_BEFORE.search(view.whole, before, start) is not None
    )


_VIRUS = re.compile(r"hepatitis|HIV", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"(?!\s(?:virus\s)?infection)[^.;]{0,60}?\b(?:negativ\w{1,3}|neg|non-?reactive|un-?reactive|absent"
    r"|undetect\w{3,4}|excluded|ruled\sout"
    r"|not\s(?:detected|found|present|reactive))\b|[-–](?=[\s,;.]|$)|\s?\(-\)",
    re.IGNORECASE,
)
_NOT_FOUND_BEFORE = re.compile(
    r"\b(?:negative\s(?:for|tests?)|non-?reactive\sfor|absence\sof|without)\b[^.;]{0,50}$", re.IGNORECASE
)


_REST = re.compile(r"(?:[^.;\n]|\.(?=\d)|\n(?!\s)){0,200}")
"""What else a statement tells of a relative: where the age at death stands, or the next relative."""
_WORD = re.compile(r"[\w-]{0,40}")


def _whole(view: View, end: int, *, statement: bool) -> int:
    """Return where words that were cut off at ``end`` end: with their statement, or else with their word."""
    if statement:
        rest = _REST.match(view.whole, end, view.end)
        end = rest.end() if rest is not None else end
    if end >= view.end or not (view.whole[end - 1].isalnum() and view.whole[end].isalnum()):
        return end
    word = _WORD.match(view.whole, end, view.end)
    return word.end() if word is not None else end


def _draft(view: View, topic: Topic, start: int, end: int, *, denied: bool) -> Draft:
    end = _whole(view, end, statement=topic == "family" and not denied)
    detail = " ".join(view.whole[start:end].split()).strip(" ,.;")
    while end > start and view.whole[end - 1] in " ,.;\n":
        end -= 1
    told = view.governing(start, end)
    relative = topic == "family" and told is not None and not told.absolute  # an age is a relative's
    moment = view.inherited or Moment(None) if relative else view.when(start, end)
    if topic == "comorbidity" and not denied and (told is None or not start <= told.start < end):
        moment = Moment(None)  # since when is not told; the dates beside it are those of other illness
    return Draft(
        History(id="", source=NOWHERE, patient=view.patient, topic=topic, detail=detail, denied=denied),
        start,
        end,
        moment,
    )
