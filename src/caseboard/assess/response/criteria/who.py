"""WHO criteria: two diameters, their product, and the sum of products (Miller et al., Cancer 1981; 47:207-214)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from caseboard.assess.findings import Citation
from caseboard.assess.response.criteria.judgement import Judgement, change_pct, reaches

__all__ = ["product", "respond"]

_PAPER = Citation("Miller 1981 (WHO criteria), reporting of response", pmid=7459811)
_RESPONSE_PCT = -50.0
_PROGRESSION_PCT = 25.0


def product(longest_mm: float, perpendicular_mm: float) -> float:
    """Return the product of the longest diameter and the greatest one perpendicular to it, in mm²."""
    return longest_mm * perpendicular_mm


def respond(
    now_mm2: Sequence[float | None],
    *,
    baseline_mm2: Sequence[float],
    smallest_mm2: Sequence[float] | None = None,
    new_lesions: bool = False,
    other_disease: bool = False,
) -> Judgement:
    """Return CR, PR, NC (no change), PD or NE.

    Products are given lesion by lesion in one order; None where one was not measured, 0 where it is gone.
    ``smallest_mm2`` are each lesion's smallest so far, the baseline's otherwise. ``other_disease``: disease that is
    not measured is still there. A response needs a second observation four weeks later, which is not asked for here.
    """
    smallest = baseline_mm2 if smallest_mm2 is None else smallest_mm2
    if new_lesions:
        return Judgement("PD", "a new lesion", _PAPER)
    grown = [
        change_pct(now, least)
        for now, least in zip(now_mm2, smallest, strict=True)
        if now is not None and reaches(change_pct(now, least), _PROGRESSION_PCT)
    ]
    if grown:
        return Judgement("PD", f"a lesion's product grew by {max(grown):.0f} %: 25 % or more", _PAPER)
    if any(now is None for now in now_mm2) or not baseline_mm2:
        return Judgement("NE", "not every lesion was measured", _PAPER)
    total, start = math.fsum(now or 0.0 for now in now_mm2), math.fsum(baseline_mm2)
    if total == 0 and not other_disease:
        return Judgement("CR", "all known disease is gone", _PAPER)
    change = change_pct(total, start)
    told = f"sum of products {start:g} mm² at baseline, {total:g} mm² now ({change:+.0f} %)"
    return Judgement("PR" if reaches(change, _RESPONSE_PCT) else "NC", told, _PAPER)
