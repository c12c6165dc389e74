"""Time points of many patients by WHO, Choi and mRECIST, which like RECIST are judged lesion by lesion."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, cast

import msgspec
import polars as pl

from caseboard.assess.response.criteria import choi, mrecist, who
from caseboard.assess.response.criteria.judgement import Judgement, change_pct
from caseboard.assess.response.recist import NonTargetWord, TargetWord, overall_response
from caseboard.assess.response.tables.timepoints import (
    TimepointRules,
    Timepoints,
    timepoints,
    visits_in_order,
)

__all__ = ["LESION_CRITERIA", "LesionCriteria", "lesion_timepoints"]

_VISIT = ("subject", "visit")
_GONE = ("absent", "merged")
_UNSEEN = ("not assessed", "treated")


class _Seen(msgspec.Struct, frozen=True):
    """A target at one time; None where it was not assessed or not measured."""

    mm: float | None
    product: float | None
    density: float | None
    nodule: bool


class _Point(msgspec.Struct, frozen=True):
    """One time point: the targets by name, now and at baseline, and what RECIST's engine says of the others."""

    now: Mapping[str, _Seen]
    baseline: Mapping[str, _Seen]
    nontarget: str | None
    new: bool
    target_gone: bool


_Judge = Callable[[_Point, dict[str, Any]], tuple[Judgement, dict[str, float | None]]]


class LesionCriteria(msgspec.Struct, frozen=True):
    """Criteria judged lesion by lesion: the columns that they need beside the diameter, what they write, and how."""

    numbers: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, tuple[str, ...]]
    written: tuple[str, ...]
    judge: _Judge


def lesion_timepoints(
    lesions: pl.DataFrame,
    criteria: LesionCriteria,
    rules: TimepointRules | None = None,
    *,
    explain: bool = False,
) -> Timepoints:
    """Return subject, visit, date, what the criteria write, change_pct, nontarget, new, overall and not_assessed.

    ``lesions`` has the columns of ``caseboard.formats.criteria_columns.lesion_measures``. Non-target and new lesions
    are judged as by RECIST 1.1; progression of either is progression. ``explain`` adds why.
    """
    rules = rules or TimepointRules()
    found = timepoints(lesions, rules)
    seen = _seen(lesions, rules.too_small_mm)
    first = dict(visits_in_order(lesions).filter(pl.col("place") == 0).select(_VISIT).rows())
    rows: list[tuple[Any, ...]] = []
    for subject, series in groupby(found.frame.iter_rows(named=True), key=lambda row: row["subject"]):
        baseline = seen.get((subject, first[subject]), {})
        memory: dict[str, Any] = {}
        for row in series:
            point = _Point(
                now=seen.get((subject, row["visit"]), {}),
                baseline=baseline,
                nontarget=row["nontarget"],
                new=row["new"] == "Y",
                target_gone=row["target"] == "CR",
            )
            judged, values = criteria.judge(point, memory)
            numbers = [_rounded(values[name]) for name in (*criteria.written, "change_pct")]
            rows.append((*numbers, judged.word, f"{judged.why} ({judged.citation.text})"))
    columns = dict.fromkeys((*criteria.written, "change_pct"), pl.Float64)
    told = pl.DataFrame(rows, schema={**columns, "overall": pl.String, "why": pl.String}, orient="row")
    unused = (
        (*found.unused, *_without_product(lesions, first))
        if "perpendicular_mm" in criteria.numbers
        else found.unused
    )
    kept = found.frame.select("subject", "visit", "date", "nontarget", "new", "not_assessed")
    order = ("subject", "visit", "date", *columns, "nontarget", "new", "overall", "not_assessed")
    frame = pl.concat([kept, told], how="horizontal").select(*order, *(["why"] if explain else []))
    return Timepoints(frame, unused, found.doubts)


def _without_product(lesions: pl.DataFrame, first: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    told = "a target without a second diameter at baseline: the subject's sums of products have no baseline"
    half = (pl.col("kind") == "target") & pl.col("mm").is_not_null() & pl.col("perpendicular_mm").is_null()
    for row, subject, visit in lesions.filter(half).select("_row", *_VISIT).iter_rows():
        if first[subject] == visit:
            yield row, told


def _seen(lesions: pl.DataFrame, too_small_mm: float) -> dict[tuple[str, str], dict[str, _Seen]]:
    """Return the targets of each visit; the parts of one that split are added up."""
    parts: dict[tuple[str, str], dict[str, list[_Seen]]] = {}
    for row in lesions.filter(pl.col("kind") == "target").iter_rows(named=True):
        lesion = parts.setdefault((row["subject"], row["visit"]), {}).setdefault(row["lesion"], [])
        lesion.append(_one(row, too_small_mm))
    return {
        visit: {name: _added(several) for name, several in targets.items()}
        for visit, targets in parts.items()
    }


def _one(row: Mapping[str, Any], too_small_mm: float) -> _Seen:
    state, mm, other = row["state"], row["mm"], row.get("perpendicular_mm")
    nodule = bool(row.get("nodule"))
    if state in _UNSEEN:
        return _Seen(None, None, None, nodule)
    if (state in _GONE and mm is None) or mm == 0:
        return _Seen(0.0, 0.0, None, nodule)
    product = None if mm is None or other is None else who.product(mm, other)
    size = too_small_mm if state == "too small" and mm is None else mm
    return _Seen(size, product, row.get("density_hu"), nodule)


def _added(parts: list[_Seen]) -> _Seen:
    if len(parts) == 1:
        return parts[0]
    return _Seen(
        _total(part.mm for part in parts),
        _total(part.product for part in parts),
        _mean([part.density for part in parts]),
        any(part.nodule for part in parts),
    )


def _total(values: Iterator[float | None]) -> float | None:
    """Return the sum; None where one is missing."""
    known = list(values)
    return None if any(one is None for one in known) else math.fsum(one or 0.0 for one in known)


def _mean(values: list[float | None]) -> float | None:
    """Return the mean; None where one is missing, or there is none."""
    total = _total(iter(values))
    return None if total is None or not values else total / len(values)


def _by_who(point: _Point, memory: dict[str, Any]) -> tuple[Judgement, dict[str, float | None]]:
    names = list(point.baseline)
    now = [None if (one := point.now.get(name)) is None else one.product for name in names]
    start = [point.baseline[name].product for name in names]
    whole = _total(iter(start)) if start else None
    least = memory.setdefault("least", start)
    if whole is None:
        # Without a product at baseline there is none to compare with; a new lesion is progression all the same.
        judged = who.respond([], baseline_mm2=[], new_lesions=point.new)
    else:
        judged = who.respond(
            now,
            baseline_mm2=[product or 0.0 for product in start],
            smallest_mm2=[product or 0.0 for product in least],
            new_lesions=point.new,
            other_disease=point.nontarget not in (None, "CR"),
        )
        memory["least"] = [
            before if product is None else min(before or 0.0, product)
            for before, product in zip(least, now, strict=True)
        ]
    values = {"sum_mm2": _total(iter(now)) if now else None, "baseline_mm2": whole}
    return _with_others(judged, point), _changed(values, "sum_mm2", "baseline_mm2")


def _by_choi(point: _Point, memory: dict[str, Any]) -> tuple[Judgement, dict[str, float | None]]:
    del memory  # Choi compares with the baseline alone.
    now = [point.now.get(name, _Seen(None, None, None, nodule=False)) for name in point.baseline]
    sizes = {
        "sum_mm": _total(one.mm for one in now),
        "baseline_mm": _total(o.mm for o in point.baseline.values()),
    }
    there = [one for one in now if one.mm != 0]
    density = {
        "density_hu": _mean([one.density for one in there]),
        "baseline_hu": _mean([one.density for one in point.baseline.values()]),
    }
    judged = choi.respond(
        sizes["sum_mm"],
        density["density_hu"],
        baseline_mm=sizes["baseline_mm"] or 0.0,
        baseline_hu=density["baseline_hu"],
        new_lesions=point.new,
        tumour_nodule=any(one.nodule for one in now),
        all_gone=point.target_gone and point.nontarget in (None, "CR"),
    )
    return _with_others(judged, point), _changed({**sizes, **density}, "sum_mm", "baseline_mm")


def _by_mrecist(point: _Point, memory: dict[str, Any]) -> tuple[Judgement, dict[str, float | None]]:
    viable = [None if (one := point.now.get(name)) is None else one.mm for name in point.baseline]
    start = _total(one.mm for one in point.baseline.values()) if point.baseline else None
    smallest = memory.setdefault("smallest", start)
    total = _total(iter(viable)) if viable else None
    judged = mrecist.respond(viable, baseline_mm=start or 0.0, smallest_mm=smallest)
    if total is not None and smallest is not None:
        memory["smallest"] = min(smallest, total)
    target = cast("TargetWord", judged.word) if point.baseline else "NONE"
    others = cast("NonTargetWord", point.nontarget or "NONE")
    word = overall_response(target, others, point.new)
    values = {"sum_mm": total, "baseline_mm": start, "nadir_mm": smallest}
    told = msgspec.structs.replace(judged, word=word, why=_and_others(judged.why, point))
    return told, _changed(values, "sum_mm", "baseline_mm")


def _with_others(judged: Judgement, point: _Point) -> Judgement:
    """Return the judgement, or progression where lesions that are not measured have progressed beyond doubt."""
    if point.nontarget != "PD" or judged.word == "PD":
        return judged
    return msgspec.structs.replace(judged, word="PD", why=_and_others(judged.why, point))


def _and_others(why: str, point: _Point) -> str:
    said = [why]
    if point.nontarget is not None:
        said.append(f"lesions that are not measured: {point.nontarget}")
    if point.new:
        said.append("a new lesion")
    return "; ".join(said)


def _changed(values: dict[str, float | None], now: str, start: str) -> dict[str, float | None]:
    size, baseline = values[now], values[start]
    change = None if size is None or not baseline else change_pct(size, baseline)
    return {**values, "change_pct": change}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


LESION_CRITERIA: Mapping[str, LesionCriteria] = {
    "who": LesionCriteria(
        {"perpendicular_mm": ("perpendicular_mm", "perpendicular", "lperp")},
        {},
        ("sum_mm2", "baseline_mm2"),
        _by_who,
    ),
    "choi": LesionCriteria(
        {"density_hu": ("density_hu", "hu", "density")},
        {"nodule": ("nodule",)},
        ("sum_mm", "baseline_mm", "density_hu", "baseline_hu"),
        _by_choi,
    ),
    "mrecist": LesionCriteria({}, {}, ("sum_mm", "baseline_mm", "nadir_mm"), _by_mrecist),
}
"""Of mRECIST the diameter is that of the viable tumour, which enhances in the arterial phase."""
