"""Modified RECIST for hepatocellular carcinoma (Lencioni and Llovet, Semin Liver Dis 2010; 30:52-60, table 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from caseboard.assess.findings import Citation
from caseboard.assess.response.criteria.judgement import Judgement, change_pct, reaches

__all__ = ["respond"]

_PAPER = Citation("Lencioni 2010 (mRECIST)", pmid=20175033, doi="10.1055/s-0030-1247132")
_RESPONSE_PCT = -30.0
_PROGRESSION_PCT = 20.0


def respond(
    viable_mm: Sequence[float | None], *, baseline_mm: float, smallest_mm: float | None = None
) -> Judgement:
    """Return the response of the target lesions: CR, PR, SD, PD or NE.

    ``viable_mm`` are the longest diameters of the viable tumour, which enhances in the arterial phase: 0 where nothing
    enhances any more, None where a lesion was not assessed. ``smallest_mm`` is the smallest sum so far, the baseline
    otherwise. Non-target lesions and new ones are judged apart.
    """
    if not viable_mm or baseline_mm <= 0:
        return Judgement("NE", "no viable target at baseline", _PAPER)
    smallest = baseline_mm if smallest_mm is None else min(smallest_mm, baseline_mm)
    seen = math.fsum(one or 0.0 for one in viable_mm)
    if reaches(change_pct(seen, smallest), _PROGRESSION_PCT):
        return Judgement("PD", f"viable tumour {seen:g} mm, from {smallest:g} mm at its smallest", _PAPER)
    if any(one is None for one in viable_mm):
        return Judgement("NE", "not every target was assessed", _PAPER)
    if seen == 0:
        return Judgement("CR", "no target enhances in the arterial phase", _PAPER)
    change = change_pct(seen, baseline_mm)
    told = f"viable tumour {baseline_mm:g} mm at baseline, {seen:g} mm now ({change:+.0f} %)"
    return Judgement("PR" if reaches(change, _RESPONSE_PCT) else "SD", told, _PAPER)
