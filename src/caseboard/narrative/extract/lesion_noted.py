"""Figures that notes give without a unit: "psoas 6.9 x 5.0 cm, paracolic 4.1", "LLL 19 (15)", "stable (23 -> 22)".

A bare figure right behind a site is read as its neighbours are: in the unit of the other sizes of the sentence, as an
SUV after an SUV, in cm where it has a decimal and stands in the note of an examination. Where nothing says what it
counts it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from caseboard.narrative.examination import IMAGING
from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import Size
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["NOTED", "Uptake", "goes_on", "noted_figures", "place_of_change"]

Uptake = tuple[int, int, float]
"""Start, end and value of an SUV."""
_Measure = Literal["mm", "cm", "SUV"]

_BEHIND_SITE = pattern(
    r"(?:\s(?:lymph node|node|nodes|LN|nodule|nod|lesion|mass|met|deposit|infiltration|one|now|to|at|is|was"
    r"|about|approx\.?"
    r"|ca\.?|max\.?)){0,3}\s?[:=~]?\s?(?P<figure>\d{1,3}(?:[.,]\d)?)(?:\s?[x×]\s?(?P<second>\d{1,3}(?:[.,]\d)?))?"
    r"(?=\s?(?:[,;]\s|\.?\)|\.?$|\.\s|\((?:\d|prev|was|vs|from|earlier|base)|→|->|\+\s|&\s|and\s))",
    re.IGNORECASE,
)
_SUV_AGAIN = pattern(
    r"(?:,|;|\band\b)\s?(?:and\s)?(?P<figure>\d{1,2}(?:[.,]\d)?)(?=\s?(?:\((?:L|R|left|right)\)|(?:for|in"
    r"|of|at|on) the\s|,?\s?respectively\b|(?:,|and)\s?(?:and\s)?\d{1,2}(?:[.,]\d)?,?\srespectively\b))"
)
_CHANGE = pattern(
    r"(?<![\d.,/-])(?P<from>\d{1,3}(?:[.,]\d)?)\s?(?:mm|cm)?\s?(?:→|->|-->|=>"
    r"|⇒)\s?(?P<to>\d{1,3}(?:[.,]\d)?)(?![\d.,]?\d|\s?(?:%|mg|mm|cm))"
)
_CHANGED_FROM = pattern(r"(?P<from>\d{1,3}(?:[.,]\d)?)\s?(?:mm|cm)?\s?(?:→|->|-->|=>|⇒)\s?$")
NOTED = pattern(r"\b(?:CT|MRI|MRT|MR|PET|US|USG|scan)\b")
"""The examinations in whose notes a bare figure with a decimal is a size in cm."""
_SUV = pattern(r"\bSUV")
"""What makes the figures behind it uptakes, though the sites stand between: "SUVmax in the tail 28.4, liver 31.7"."""
_UNIT = pattern(r"mm|cm|mill|cent", re.IGNORECASE)


def noted_figures(
    view: View, memory: Memory, sites: list[Mention], sizes: list[Size], uptake: list[Uptake]
) -> tuple[list[Size], list[Uptake]]:
    """Return the sizes and the uptakes of a sentence with those that it gives as bare figures."""
    all_sizes, all_uptake = list(sizes), [*uptake, *_further_uptake(view, uptake)]
    known = _measured_known(memory) if view.has(NOTED) or goes_on(view, memory) else {}
    for site in sites if sizes or uptake or known or view.has(NOTED) else ():
        behind = _BEHIND_SITE.match(view.whole, site.end, min(view.end, site.end + 40))
        if behind is None or _is_read(behind.start("figure"), all_sizes, all_uptake):
            continue
        measure = _measure(view, behind, sizes, uptake) or _as_before(behind, known.get(site.key))
        start, end = behind.start("figure"), behind.end("second" if behind["second"] else "figure")
        if measure == "SUV":
            all_uptake.append((start, end, _number(behind["figure"])))
        elif measure is not None:
            values = [_mm(figure, measure) for figure in behind.group("figure", "second") if figure]
            all_sizes.append(Size(start, end, tuple(sorted(values, reverse=True))))
    all_sizes += [size for size in _changed(view, memory) if not _is_read(size.start, all_sizes, all_uptake)]
    return sorted(all_sizes, key=lambda size: size.start), sorted(all_uptake)


def _measured_known(memory: Memory) -> dict[str, tuple[float, ...]]:
    """Return the sites whose lesions the story has measured, each with the diameters that it told last."""
    known: dict[str, tuple[float, ...]] = {}
    for site, _, diameters in memory.measured:
        if diameters:
            found = anatomy.lookup(site)
            known[site] = known[found.term.key if found is not None else site] = diameters
    return known


def goes_on(view: View, memory: Memory) -> bool:
    """Whether a sentence goes on with the line of an examination, or with a line for its date.

    "CT: PR. Tail 45x38, S2 15", and in the next line "09-12-2024: tail 47, S2 16".
    """
    if not memory.measured or memory.modality not in IMAGING:
        return False
    return not view.sentence.opens or any(
        time.absolute and time.start - view.start < _BULLET and _ENTRY.match(view.whole, time.end, view.end)
        for time in view.times
    )


_BULLET = 6
"""Characters that may stand before the date of an entry."""
_ENTRY = pattern(r"\)?\s?(?:(?:CR|PR|SD|PD|CT|MRI|MR|PET)[\s/,]{0,2}){0,3}:\s")


def _as_before(match: re.Match[str], former: tuple[float, ...] | None) -> _Measure | None:
    """Return the unit in which a bare number may be the size of a lesion that the story has measured before."""
    if former is None:
        return None
    unit: _Measure = "mm" if match["figure"].isdigit() else "cm"
    size = _mm(match["figure"], unit)
    return unit if former[0] / _MOST_CHANGED <= size <= former[0] * _MOST_CHANGED else None


_MOST_CHANGED = 5
"""Times by which a lesion's size may differ from the one told before for a bare figure to be read as one in mm."""


def _further_uptake(view: View, uptake: list[Uptake]) -> Iterator[Uptake]:
    """Yield the SUVs told after the first: "SUVmax 31 (L) and 27 (R)", "12.2 for the femur; 10.7 for the tibia"."""
    for match in view.find(_SUV_AGAIN) if uptake else ():
        if match.start() >= uptake[0][1]:
            yield (*match.span("figure"), _number(match["figure"]))


def _changed(view: View, memory: Memory) -> Iterator[Size]:
    """Yield the later figure of "23 -> 22" where the story has measured a lesion at the first."""
    for match in view.find(_CHANGE):
        unit = _unit_of_known(memory, match["from"])
        if unit is not None:
            yield Size(*match.span("to"), (_mm(match["to"], unit),))


def place_of_change(view: View, memory: Memory, size: Size) -> Where | None:
    """Return the lesion that the story has measured at the figure from which a size has changed."""
    match = view.has(_CHANGED_FROM, max(view.start, size.start - 24), size.start)
    if match is None:
        return None
    former = {_mm(match["from"], unit) for unit in ("mm", "cm")}
    known = [(site, side) for site, side, values in memory.measured if values and values[0] in former]
    if len(known) != 1:
        return None
    return Where(*known[0], match.start(), match.start(), "the lesion that was measured at the former figure")


def _measure(view: View, match: re.Match[str], sizes: list[Size], uptake: list[Uptake]) -> _Measure | None:
    """Return what a bare figure counts: what the figure before it counts, else the one after it."""
    at = match.start("figure")
    decimal = not match["figure"].isdigit()
    before = [size for size in sizes if size.end <= at]
    told = [found for found in uptake if found[1] <= at]
    if told and (not before or told[-1][1] > before[-1].end):
        return "SUV" if decimal else None
    near = before[-1] if before else sizes[0] if sizes else None
    if near is not None:
        unit = view.has(_UNIT, near.start, near.end)
        if unit is not None:
            millimetres = unit[0].lower().startswith("m")
            return None if millimetres and decimal else "mm" if millimetres else "cm"
    if view.has(_SUV, view.start, at) is not None:
        return "SUV" if decimal else None
    return "cm" if decimal and view.has(NOTED, view.start, at) else None


def _is_read(at: int, sizes: list[Size], uptake: list[Uptake]) -> bool:
    return any(size.start <= at < size.end for size in sizes) or any(
        start <= at < end for start, end, _ in uptake
    )


def _unit_of_known(memory: Memory, figure: str) -> Literal["mm", "cm"] | None:
    """Return the unit in which the story has measured a lesion at this figure."""
    values = {diameters[0] for _, _, diameters in memory.measured if diameters}
    for unit in ("mm", "cm"):
        if _mm(figure, unit) in values:
            return "cm" if unit == "cm" else "mm"
    return None


def _number(figure: str) -> float:
    return float(figure.replace(",", "."))


def _mm(figure: str, unit: str) -> float:
    return round(_number(figure) * (10 if unit == "cm" else 1), 2)
