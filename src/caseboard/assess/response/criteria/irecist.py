"""iRECIST: progression under immunotherapy must be confirmed (Seymour et al., Lancet Oncol 2017; 18:e143-e152).

The first progression by RECIST 1.1 is unconfirmed (iUPD). The next assessment, four to eight weeks later, confirms it
(iCPD) where disease has grown further; where there is no progression any more, the bar is reset.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from caseboard.assess.findings import Citation
from caseboard.assess.response.recist import Reading, Visit, VisitResult, follow

__all__ = ["ImmuneResult", "ImmuneVisit", "ImmuneWord", "follow_immune"]

ImmuneWord = Literal["iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "iUPD", "iCPD", "NE"]
Cause = Literal["target", "non-target", "new lesion"]

_PAPER = Citation("Seymour 2017 (iRECIST), table 2", pmid=28271869, doi="10.1016/S1470-2045(17)30074-8")
_GROWTH_MM = 5.0
_ROUNDING = 1e-9
_WORDS: dict[str, ImmuneWord] = {
    "CR": "iCR",
    "PR": "iPR",
    "SD": "iSD",
    "NON-CR/NON-PD": "NON-iCR/NON-iUPD",
    "NE": "NE",
}


class ImmuneVisit(msgspec.Struct, frozen=True):
    """One assessment. ``visit`` is as for RECIST 1.1; ``new_lesions`` of it is True as long as a new one is there.

    ``new_mm``: the sum of the new lesions that are measured. ``new_count``: how many new lesions there are.
    ``others_grew``: non-target lesions, or new ones that are not measured, have grown further since the last time.
    """

    visit: Visit
    new_mm: float = 0.0
    new_count: int = 0
    others_grew: bool = False


class ImmuneResult(msgspec.Struct, frozen=True):
    """The response at one assessment, the causes of progression by RECIST 1.1, and why."""

    word: ImmuneWord
    causes: frozenset[Cause]
    why: str
    citation: Citation = _PAPER


class _Pending(msgspec.Struct, frozen=True):
    causes: frozenset[Cause]
    sum_mm: float
    new_mm: float
    new_count: int


def follow_immune(baseline: Sequence[Reading], visits: Sequence[ImmuneVisit]) -> tuple[ImmuneResult, ...]:
    """Return the response at each of a patient's assessments, in their order.

    Whether an assessment came within the four to eight weeks is not asked here. Of lesions that were not all
    assessed, the sum of those seen counts for growth: what is missing never confirms.
    """
    judged = follow(baseline, [one.visit for one in visits])
    results: list[ImmuneResult] = []
    pending: _Pending | None = None
    for one, result in zip(visits, judged, strict=True):
        found = _judge(one, result, pending)
        results.append(found)
        if found.word == "iUPD" and pending is None:
            pending = _Pending(found.causes, _seen(one), one.new_mm, one.new_count)
        elif found.word not in ("iUPD", "iCPD", "NE"):
            pending = None
    return tuple(results)


def _judge(one: ImmuneVisit, result: VisitResult, pending: _Pending | None) -> ImmuneResult:
    causes = _causes(result)
    if pending is None:
        if causes:
            return ImmuneResult("iUPD", causes, f"first progression: {', '.join(sorted(causes))}")
        return ImmuneResult(_WORDS[result.overall], causes, result.why)
    further = _further(one, causes, pending)
    if further:
        return ImmuneResult("iCPD", causes, f"progression confirmed: {further}")
    if causes:
        return ImmuneResult("iUPD", causes, "progression is still there, and has not gone further")
    word = _WORDS[result.overall]
    reset = "" if word == "NE" else "; no progression any more: the bar is reset"
    return ImmuneResult(word, causes, f"{result.why}{reset}")


def _causes(result: VisitResult) -> frozenset[Cause]:
    there: dict[Cause, bool] = {
        "target": result.target == "PD",
        "non-target": result.non_target == "PD",
        "new lesion": result.new_lesions,
    }
    return frozenset(cause for cause, holds in there.items() if holds)


def _further(one: ImmuneVisit, causes: frozenset[Cause], pending: _Pending) -> str:
    """Return what confirms a progression that waits for it; "" where nothing does."""
    other = sorted(causes - pending.causes)
    if other:
        return f"progression now also by {', '.join(other)}"
    grown = _seen(one) - pending.sum_mm
    if "target" in pending.causes and "target" in causes and grown >= _GROWTH_MM - _ROUNDING:
        return f"targets grew by {grown:g} mm more"
    if "new lesion" in pending.causes and one.new_count > pending.new_count:
        return "another new lesion"
    new = one.new_mm - pending.new_mm
    if "new lesion" in pending.causes and new >= _GROWTH_MM - _ROUNDING:
        return f"new lesions grew by {new:g} mm"
    if one.others_grew and pending.causes & {"non-target", "new lesion"}:
        return "lesions that are not measured grew further"
    return ""


def _seen(one: ImmuneVisit) -> float:
    return math.fsum(reading.diameter_mm or 0.0 for reading in one.visit.readings)
