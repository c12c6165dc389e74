"""iRECIST: progression under immunotherapy must be confirmed (Seymour et al., Lancet Oncol 2017; 18:e143-e152).

The first progression by RECIST 1.1 is unconfirmed (iUPD). A later assessment, four to eight weeks on, confirms it
(iCPD) where disease has gone further; where there is no progression any more, the bar is reset, and the next
progression is unconfirmed again. "FAQ" are the answers of the RECIST working group at recist.eortc.org.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from caseboard.assess.findings import Citation
from caseboard.assess.response.recist import (
    NonTargetWord,
    Reading,
    TargetWord,
    Visit,
    VisitResult,
    Word,
    follow,
    overall_response,
)

__all__ = [
    "CONFIRM_DAYS",
    "Cause",
    "ImmuneResult",
    "ImmuneVisit",
    "ImmuneWord",
    "Judged",
    "follow_immune",
    "judge_immune",
]

ImmuneWord = Literal["iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "iUPD", "iCPD", "NE"]
Cause = Literal["target", "non-target", "new lesion"]

CONFIRM_DAYS = 28
"""An assessment sooner after the iUPD than this does not confirm it (four to eight weeks; FAQ: not before four)."""

_PAPER = Citation("Seymour 2017 (iRECIST), table 2", pmid=28271869, doi="10.1016/S1470-2045(17)30074-8")
_GROWTH_MM = 5.0
_PROGRESSION_PCT = 20.0
_ROUNDING = 1e-9
_WORDS: dict[Word, ImmuneWord] = {
    "CR": "iCR",
    "PR": "iPR",
    "SD": "iSD",
    "NON-CR/NON-PD": "NON-iCR/NON-iUPD",
    "NE": "NE",
}
_RANK: dict[TargetWord, int] = {"CR": 0, "PR": 1, "SD": 2, "PD": 3}


class ImmuneVisit(msgspec.Struct, frozen=True):
    """One assessment. ``visit`` is as for RECIST 1.1, without regard to its ``new_lesions``.

    ``new``: the lesions there that were not at baseline, by name, with their diameter (None where it is not measured).
    ``not_assessed``: those of an earlier time that this one does not tell of.
    ``grew``: which of non-target lesions, and new ones that are not measured, have grown further since the last time.
    """

    visit: Visit
    new: Mapping[str, float | None] = {}
    not_assessed: frozenset[str] = frozenset()
    grew: frozenset[Cause] = frozenset()


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One assessment as RECIST 1.1 judges its parts. ``seen_mm`` is the sum of the targets that were assessed.

    ``first`` and ``last`` are the days that its date may mean, as numbers; None where it is not dated, and then
    whether it came late enough to confirm is not asked. ``why`` says the reason of RECIST's own word.
    """

    target: TargetWord
    non_target: NonTargetWord
    seen_mm: float
    new: Mapping[str, float | None] = {}
    not_assessed: frozenset[str] = frozenset()
    grew: frozenset[Cause] = frozenset()
    first: int | None = None
    last: int | None = None
    why: str = ""


class ImmuneResult(msgspec.Struct, frozen=True):
    """The response at one assessment, the causes of progression by RECIST 1.1, and why."""

    word: ImmuneWord
    causes: frozenset[Cause]
    why: str
    citation: Citation = _PAPER


class _Bar(msgspec.Struct, frozen=True):
    """What an assessment is judged against.

    ``unconfirmed``: the iUPD that waits to be confirmed, and its causes. Without one, ``borne`` are the new lesions
    that were there when the bar was reset, at their smallest since, and ``borne_others`` whether non-target
    progression was: unchanged they are no new progression.
    """

    unconfirmed: Judged | None = None
    causes: frozenset[Cause] = frozenset()
    borne: Mapping[str, float | None] = {}
    borne_others: bool = False


def follow_immune(baseline: Sequence[Reading], visits: Sequence[ImmuneVisit]) -> tuple[ImmuneResult, ...]:
    """Return the response at each of a patient's assessments, in their order.

    Whether an assessment came within the four to eight weeks is not asked here. Of lesions that were not all
    assessed, the sum of those seen counts for growth: what is missing never confirms.
    """
    judged = follow(baseline, [one.visit for one in visits])
    return judge_immune(_parts(one, result) for one, result in zip(visits, judged, strict=True))


def _parts(one: ImmuneVisit, result: VisitResult) -> Judged:
    return Judged(
        target=result.target,
        non_target=result.non_target,
        seen_mm=math.fsum(reading.diameter_mm or 0.0 for reading in one.visit.readings),
        new=one.new,
        not_assessed=one.not_assessed,
        grew=one.grew,
        why=result.why,
    )


def judge_immune(
    assessments: Iterable[Judged], *, confirm_days: int = CONFIRM_DAYS
) -> tuple[ImmuneResult, ...]:
    """Return the response at each of a patient's assessments, in their order, from the parts of it by RECIST 1.1."""
    bar = _Bar()
    results: list[ImmuneResult] = []
    for now in assessments:
        before = bar.unconfirmed
        found = _unconfirmed(now, bar) if before is None else _again(now, before, bar.causes, confirm_days)
        results.append(found)
        bar = _moved(bar, now, found)
    return tuple(results)


def _unconfirmed(now: Judged, bar: _Bar) -> ImmuneResult:
    """Judge an assessment that has no iUPD before it, or none since the bar was reset."""
    causes = _causes(now) - _borne(now, bar)
    if causes:
        return _result("iUPD", causes, now, f"progression, not confirmed yet: {_named(causes)}")
    return _result(_word(now), causes, now, "")


def _again(now: Judged, before: Judged, old: frozenset[Cause], confirm_days: int) -> ImmuneResult:
    """Judge an assessment that may confirm the iUPD ``before`` it, with its ``old`` causes, or reset the bar."""
    causes = _causes(now)
    further = _further(now, causes, before, old)
    if further and _too_soon(before, now, confirm_days):
        soon = f"{further}, but not certainly {confirm_days} days after the iUPD: it confirms nothing yet"
        return _result("iUPD", causes, now, soon)
    if further:
        return _result("iCPD", causes, now, f"progression confirmed: {further}")
    still = f"{_named(causes)} still there, no further"
    if "target" in causes or (causes and not _better(now, before)):
        return _result("iUPD", causes, now, still)
    unknown = _not_assessed(now, before, old)
    if unknown or _word(now) == "NE":
        why = f"the iUPD is neither confirmed nor reset{unknown and f': not assessed {unknown}'}"
        return _result("NE", causes, now, why)
    if causes:
        return _result(_word(now), causes, now, f"{still}: the bar is reset (FAQ, new lesions)")
    return _result(_word(now), causes, now, "no progression any more: the bar is reset")


def _result(word: ImmuneWord, causes: frozenset[Cause], now: Judged, why: str) -> ImmuneResult:
    return ImmuneResult(word, causes, "; ".join(said for said in (now.why, why) if said))


def _moved(bar: _Bar, now: Judged, found: ImmuneResult) -> _Bar:
    """Return the bar that the next assessment is judged against."""
    if found.word == "iUPD":
        # With its causes go those that were borne till then: as they are, they confirm nothing.
        return bar if bar.unconfirmed else _Bar(now, _causes(now))
    if found.word in ("iCPD", "NE"):
        return bar
    unseen = {name: size for name, size in bar.borne.items() if name in now.not_assessed}
    return _Bar(
        borne={**_smallest(bar.borne, now.new), **unseen},
        borne_others=now.non_target == "PD" or (bar.borne_others and now.non_target == "NE"),
    )


def _causes(now: Judged) -> frozenset[Cause]:
    there: dict[Cause, bool] = {
        "target": now.target == "PD",
        "non-target": now.non_target == "PD",
        "new lesion": bool(now.new),
    }
    return frozenset(cause for cause, holds in there.items() if holds)


def _borne(now: Judged, bar: _Bar) -> frozenset[Cause]:
    """Return the causes that were there when the bar was reset, and have not become progression anew since.

    New lesions do where there is another, or where they have grown by 20 % and 5 mm since they were smallest; what is
    not measured does where it has grown further (FAQ, "How do new lesions define progression?").
    """
    borne: set[Cause] = set()
    if bar.borne and "new lesion" not in now.grew and now.new.keys() <= bar.borne.keys():
        least, size = _measured(bar.borne, now.new)
        more = size - least
        if more < _GROWTH_MM - _ROUNDING or 100.0 * more < _PROGRESSION_PCT * least - _ROUNDING:
            borne.add("new lesion")
    if bar.borne_others and "non-target" not in now.grew:
        borne.add("non-target")
    return frozenset(borne)


def _further(now: Judged, causes: frozenset[Cause], before: Judged, old: frozenset[Cause]) -> str:
    """Return what confirms a progression that waits for it; "" where nothing does (table 2)."""
    other = causes - old
    if other:
        return f"now also by {_named(other)}"
    grown = now.seen_mm - before.seen_mm
    if "target" in causes and grown >= _GROWTH_MM - _ROUNDING:
        return f"targets grew by {grown:g} mm more"
    if now.new.keys() - before.new.keys():
        return f"another new lesion: {', '.join(sorted(now.new.keys() - before.new.keys()))}"
    least, size = _measured(before.new, now.new)
    if size - least >= _GROWTH_MM - _ROUNDING:
        return f"new lesions grew by {size - least:g} mm"
    if now.grew & old:
        return "lesions that are not measured grew further"
    return ""


def _not_assessed(now: Judged, before: Judged, old: frozenset[Cause]) -> str:
    """Return which lesions that made the iUPD were not assessed, so that nobody knows whether it is still there."""
    names = [*sorted(now.not_assessed & before.new.keys())]
    if "non-target" in old and now.non_target == "NE":
        names.append("the non-target lesions")
    return ", ".join(names)


def _measured(before: Mapping[str, float | None], now: Mapping[str, float | None]) -> tuple[float, float]:
    """Return the sums then and now of the new lesions that were measured both times."""
    both = [
        (then, size)
        for name, size in now.items()
        if size is not None and (then := before.get(name)) is not None
    ]
    return math.fsum(then for then, _ in both), math.fsum(size for _, size in both)


def _smallest(
    before: Mapping[str, float | None], now: Mapping[str, float | None]
) -> Mapping[str, float | None]:
    """Return the new lesions that are there, at the time when their sum was smallest."""
    least, size = _measured(before, now)
    return before if before.keys() == now.keys() and least <= size else now


def _too_soon(before: Judged, now: Judged, days: int) -> bool:
    return now.first is not None and before.last is not None and now.first - before.last < days


def _better(now: Judged, before: Judged) -> bool:
    """Whether the targets respond by a better word than at the iUPD: they have shrunk since (FAQ, scenario B)."""
    return _RANK.get(now.target, len(_RANK)) < _RANK.get(before.target, 0)


def _word(now: Judged) -> ImmuneWord:
    """Return the response without regard to progression that is borne: disease that is there all the same."""
    there = now.non_target == "PD" or now.new or now.not_assessed
    others: NonTargetWord = "NON-CR/NON-PD" if there else now.non_target
    return _WORDS[overall_response(now.target, others, new_lesions=False)]


def _named(causes: frozenset[Cause]) -> str:
    return ", ".join(sorted(causes))
