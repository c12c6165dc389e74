"""When a report was given that stands behind another date: "Biopsy 3 May - histology (report of 9 May): ...".

A date in brackets behind a report or a method is that of all that the report goes on to tell in its sentence.
"""

from __future__ import annotations

import re

from caseboard.narrative.clock import Moment
from caseboard.narrative.view import Governed, View

__all__ = ["reported_when"]

_REPORT = re.compile(
    r"\b(?:report\w{0,4}|opinion|consult\w{0,6}|review\w{0,2}|re-?reading|relecture|patholog\w{1,4}|histo\w{0,12}"
    r"|cyto\w{2,9}|immunohisto\w{0,10}|IHC|FISH|NGS|PCR|WES|WGS|sequencing|panel|profil\w{1,4}|karyotyp\w{1,4}"
    r"|molecular|genetics?|germ-?line|somatic|Foundation\w{0,7}|Guardant\w{0,4}|Tempus|Caris|Invitae)\b"
    r"(?:(?!\b(?:positive|negative|show\w{0,2}|reveal\w{0,2}|found|detect\w{0,3}|with|until|since)\b)[^;.()]){0,60}$",
    re.IGNORECASE,
)
"""What a bracket with the date of a report stands behind."""
_BEHIND = re.compile(
    r"\s?[(\[](?:reported|issued|report|signed\sout|result)\s(?:on\s|of\s|dated\s)?", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(?:report\w{0,4}|issued|dated|signed(?:\sout)?|released|received|results?|letter|Befund"
    r"|Bericht)\b[^;()]{0,40}$",
    re.IGNORECASE,
)
"""What says inside the brackets that the date is that of a report."""


def reported_when(view: View, end: int) -> Moment | None:
    """Return when the report was given that tells what ends at ``end``, as far as brackets before it say so."""
    for time in view.times:
        if time.absolute and 0 < time.start - end <= 30 and _BEHIND.match(view.whole, end, time.start):
            return time.moment
    before = [time for time in view.times if time.end <= end and _is_of_report(view, time)]
    if not before:
        return None
    last = before[-1]
    between = any(last.end <= t.start < end and not t.until and t.absolute for t in view.times)
    behind = any(t.bracketed and 0 <= t.start - end <= 18 for t in view.times)
    return None if between or behind else last.moment


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
