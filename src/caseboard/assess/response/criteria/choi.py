"""Choi criteria: size or density on contrast-enhanced CT (Choi et al., J Clin Oncol 2007; 25:1753-1759, table 1)."""

from __future__ import annotations

from caseboard.assess.findings import Citation
from caseboard.assess.response.criteria.judgement import Judgement, change_pct, reaches

__all__ = ["respond"]

_PAPER = Citation("Choi 2007 (Choi criteria)", pmid=17470865, doi="10.1200/JCO.2006.07.3049")
_SIZE_PCT = 10.0
_DENSITY_PCT = -15.0


def respond(
    sum_mm: float | None,
    density_hu: float | None,
    *,
    baseline_mm: float,
    baseline_hu: float | None,
    new_lesions: bool = False,
    tumour_nodule: bool = False,
    all_gone: bool = False,
) -> Judgement:
    """Return CR, PR, SD, PD or NE.

    Sizes are sums of longest diameters in mm; densities are means in Hounsfield units of the portal venous phase.
    ``tumour_nodule``: a nodule within a tumour is new or has grown. A change of density is not counted from a
    baseline of 0 HU or less, where a percentage has no meaning.
    """
    if new_lesions:
        return Judgement("PD", "a new lesion", _PAPER)
    if tumour_nodule:
        return Judgement("PD", "a nodule within a tumour, new or grown", _PAPER)
    if all_gone:
        return Judgement("CR", "all lesions are gone", _PAPER)
    size = None if sum_mm is None or baseline_mm <= 0 else change_pct(sum_mm, baseline_mm)
    known = density_hu is not None and baseline_hu is not None and baseline_hu > 0
    density = change_pct(density_hu or 0.0, baseline_hu or 0.0) if known else None
    told = f"size {_say(size)}, density {_say(density)}"
    smaller = size is not None and reaches(size, -_SIZE_PCT)
    thinner = density is not None and reaches(density, _DENSITY_PCT)
    if smaller or thinner:
        return Judgement("PR", f"{told}: 10 % smaller or 15 % less dense is enough", _PAPER)
    if size is None:
        return Judgement(
            "NE", f"{told}: without a size there is neither stable disease nor progression", _PAPER
        )
    if density is None:
        return Judgement("NE", f"{told}: a fall of density could still be partial response", _PAPER)
    if reaches(size, _SIZE_PCT):
        return Judgement("PD", f"{told}: 10 % larger, and not less dense by 15 %", _PAPER)
    return Judgement("SD", told, _PAPER)


def _say(change: float | None) -> str:
    return "not known" if change is None else f"{change:+.0f} %"
