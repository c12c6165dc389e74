"""RANO for high-grade glioma (Wen et al., J Clin Oncol 2010; 28:1963-1972, table 4)."""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.assess.findings import Citation
from caseboard.assess.response.criteria.judgement import Judgement, change_pct, reaches

__all__ = ["Glioma", "respond"]

Trend = Literal["less", "same", "more"]

_PAPER = Citation("Wen 2010 (RANO), table 4", pmid=20231676, doi="10.1200/JCO.2009.26.3541")
_RESPONSE_PCT = -50.0
_PROGRESSION_PCT = 25.0


class Glioma(msgspec.Struct, frozen=True):
    """What is known at one time; None where it is not.

    ``enhancing_mm2``: sum of the products of perpendicular diameters of enhancing tumour. ``flair``: the non-enhancing
    lesion on T2 or FLAIR against before. ``steroids``: the dose against baseline; ``no_steroids``: none beyond what
    the body needs. ``worse``: the patient's state is worse, for no other cause.
    """

    enhancing_mm2: float | None
    flair: Trend | None
    new_lesions: bool
    steroids: Trend | None
    no_steroids: bool | None
    worse: bool | None


def respond(now: Glioma, *, baseline_mm2: float, smallest_mm2: float | None = None) -> Judgement:
    """Return CR, PR, SD, PD or NE.

    Progression needs one sign; response and stable disease need all that the table lists. More steroids alone are no
    progression, and no response or stable disease either. A response holds only if seen again four weeks later,
    which is not asked for here.
    """
    smallest = baseline_mm2 if smallest_mm2 is None else min(smallest_mm2, baseline_mm2)
    size = now.enhancing_mm2
    grown = size is not None and size > 0 and reaches(change_pct(size, smallest), _PROGRESSION_PCT)
    signs = {
        "a new lesion": now.new_lesions,
        "enhancing tumour grew by 25 % or more": grown,
        "T2 or FLAIR lesion grew": now.flair == "more",
        "the patient is worse": bool(now.worse),
    }
    if any(signs.values()):
        return Judgement("PD", "; ".join(sign for sign, there in signs.items() if there), _PAPER)
    missing = [
        name
        for name, value in {
            "enhancing tumour": size,
            "T2 or FLAIR": now.flair,
            "dose of steroids": now.steroids,
            "clinical state": now.worse,
        }.items()
        if value is None
    ]
    if missing or size is None:
        return Judgement("NE", f"not known: {', '.join(missing)}", _PAPER)
    if now.steroids == "more":
        return Judgement("NE", "more steroids than at baseline, without a sign of progression", _PAPER)
    change = change_pct(size, baseline_mm2)
    told = f"enhancing tumour {baseline_mm2:g} mm² at baseline, {size:g} mm² now"
    if size == 0 and now.no_steroids:
        return Judgement("CR", "no enhancing tumour, no steroids", _PAPER)
    return Judgement("PR" if baseline_mm2 > 0 and reaches(change, _RESPONSE_PCT) else "SD", told, _PAPER)
