"""When a report was given: "Histology (Prof. Meyer, report of 26.11.2020): ...", "NGS (issued 3 May 2021) found ...".

A date in brackets behind a report or a method is that of all that the report tells, in its own sentence and in those
that go on with it. The date of the slides that are read again ("revision of the slides of 2013") is that of no finding.
"""

from __future__ import annotations

import re

from caseboard.narrative.clock import Moment
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = ["follow_report", "reported_when"]

_REPORT = re.compile(
    r"\b(?:report\w{0,4}|opinion|consult\w{0,6}|review\w{0,2}|re-?reading|relecture|second\sreading|patholog\w{1,4}"
    r"|histo\w{0,12}|cyto\w{2,9}|immunohisto\w{0,10}|IHC|FISH|NGS|PCR|WES|WGS|sequencing|panel|profil\w{1,4}|assay|array"
    r"|karyotyp\w{1,4}|cytogenetics|flow|molecular|genetics?|germ-?line|somatic|FoundationOne\w{0,4}|Foundation"
    r"|Guardant\w{0,4}|Tempus|Caris|Invitae|Oncomine|Archer|MSK-IMPACT|liquid\sbiopsy|ctDNA|laboratory|result\w{0,1})\b"
    r"(?:(?!\b(?:positive|negative|show\w{0,2}|reveal\w{0,2}|found|detect\w{0,3}|with|until|since)\b)[^;.()]){0,60}$",
    re.IGNORECASE,
)
"""What a bracket with the date of a report stands behind."""
_GIVEN = re.compile(
    r"\b(?:report\w{0,4}|issued|dated|signed(?:\sout)?|released|received|result\w{0,1}|letter|of|Befund|Bericht)\b"
    r"[^;()]{0,40}$",
    re.IGNORECASE,
)
"""What says inside the brackets that the date is that of a report."""
_OF_SPECIMEN = re.compile(
    r"\b(?:slides?|specimens?|blocks?|biops(?:y|ies)|tissues?|material|samples?|sections?|preparations?)\s"
    r"(?:of|from|taken\sin|obtained\sin|dated)\s(?:the\s)?(?:year\s)?$",
    re.IGNORECASE,
)
_READ_AGAIN = pattern(
    r"\b(?:re-?view\w{0,3}|revision|re-?evaluat\w{2,4}|re-?examin\w{2,6}|re-?assess\w{2,5}|re-?read(?:ing)?|second\sreading"
    r"|re-?analy[sz]\w{2,3}|revised|relecture)\b",
    re.IGNORECASE,
)
_GOES_ON = pattern(
    r"\b(?:underwent|undergone|resect(?:ed|ion)|excis(?:ed|ion)|re-?biops(?:y|ied)|operat(?:ed|ion)|surgery"
    r"|[a-z]{4,20}ectomy|start(?:ed)?|commenced|received|admitted|progress(?:ed|ion)|follow-?up)\b",
    re.IGNORECASE,
)
"""Where the story leaves the report."""


def reported_when(view: View, memory: Memory, start: int, end: int) -> Moment | None:
    """Return when the report was given that tells what stands at ``start`` to ``end``, or None where none is dated."""
    reports = follow_report(view, memory)
    before = [time for time in reports if time.end <= end]
    if before:
        last = before[-1]
        between = [t for t in view.times if last.end <= t.start < end and not t.until and t.absolute]
        behind = [t for t in view.times if t.bracketed and 0 <= t.start - end <= 18]
        return None if between or behind else last.moment
    if memory.reported is None or memory.reported[0] != view.sentence.block:
        return None
    return memory.reported[1] if view.governing(start, end) is None or _is_of_specimen(view) else None


def follow_report(view: View, memory: Memory) -> list[Governed]:
    """Return the dates of reports of a sentence, and let the next sentences know of the last one."""
    return view.once("reports", lambda: _follow(view, memory))


def _follow(view: View, memory: Memory) -> list[Governed]:
    reports = [time for time in view.times if _is_of_report(view, time)]
    if reports:
        memory.reported = (view.sentence.block, reports[-1].moment)
    elif _is_of_specimen(view):
        if view.inherited is not None:
            memory.reported = (view.sentence.block, view.inherited)
    elif view.times or view.has(_GOES_ON) is not None:
        memory.reported = None
    return reports


def _is_of_report(view: View, time: Governed) -> bool:
    if not time.absolute:
        return False
    opened = view.clause(time.start)[0]
    if view.whole[opened] not in "([":
        return False
    return (
        _GIVEN.search(view.whole, opened + 1, time.start) is not None
        or _REPORT.search(view.whole, max(view.start, opened - 90), opened) is not None
    )


def _is_of_specimen(view: View) -> bool:
    """Whether the only dates of the sentence are those of slides that are read again."""
    return (
        bool(view.times)
        and view.has(_READ_AGAIN) is not None
        and all(
            _OF_SPECIMEN.search(view.whole, max(view.start, time.start - 40), time.start)
            for time in view.times
        )
    )
