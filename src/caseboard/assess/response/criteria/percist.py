"""PERCIST 1.0: uptake of FDG on PET (Wahl et al., J Nucl Med 2009; 50 Suppl 1:122S-150S, table 9)."""

from __future__ import annotations

from typing import Literal

from caseboard.assess.findings import Citation
from caseboard.assess.response.criteria.judgement import Judgement, change_pct, reaches

__all__ = ["MEASURES", "Measure", "measurable", "respond"]

Measure = Literal["SULpeak", "SUVmax"]
MEASURES: tuple[Measure, ...] = ("SULpeak", "SUVmax")
"""PERCIST asks for the first."""

_PAPER = Citation("Wahl 2009 (PERCIST 1.0)", pmid=19403881, doi="10.2967/jnumed.108.057307")
_PCT = 30.0
_UNITS = 0.8
_LIVER_FACTOR = 1.5
_BLOOD_FACTOR = 2.0


def measurable(sul_peak: float, *, mean: float, deviation: float, liver_diseased: bool = False) -> bool:
    """Whether a lesion at baseline is hot enough to be followed.

    ``mean`` and ``deviation`` (standard) are of the liver, or of the blood pool where the liver is diseased: 1.5 times
    the liver's mean, or 2 times the blood's, plus two standard deviations.
    """
    factor = _BLOOD_FACTOR if liver_diseased else _LIVER_FACTOR
    return sul_peak >= factor * mean + 2 * deviation


def respond(
    now: float | None,
    *,
    baseline: float,
    measure: Measure = "SULpeak",
    resolved: bool = False,
    new_lesions: bool = False,
    extended: bool = False,
) -> Judgement:
    """Return CMR, PMR, SMD, PMD (complete, partial, stable, progressive metabolic) or NE.

    ``now`` and ``baseline`` are of the hottest lesion at each time. ``resolved``: uptake is under the liver's mean and
    not to be told from the blood pool. ``extended``: the extent of uptake has visibly grown. ``measure`` SUVmax,
    which is what many reports give, is judged alike, and the reason says that it is not PERCIST's own measure.
    """
    by = "" if measure == "SULpeak" else " (by SUVmax; PERCIST asks for SULpeak)"
    if new_lesions:
        return Judgement("PMD", f"a new FDG-avid lesion{by}", _PAPER)
    if extended:
        return Judgement("PMD", f"uptake has visibly spread{by}", _PAPER)
    if resolved:
        return Judgement("CMR", f"no uptake above the liver and the blood pool{by}", _PAPER)
    if now is None or baseline <= 0:
        return Judgement("NE", f"uptake is not known at both times{by}", _PAPER)
    change, units = change_pct(now, baseline), now - baseline
    told = f"{measure} {baseline:g} at baseline, {now:g} now ({change:+.0f} %){by}"
    if reaches(change, -_PCT) and reaches(units, -_UNITS):
        return Judgement("PMR", f"{told}: 30 % and 0.8 units less", _PAPER)
    if change > _PCT and units > _UNITS:
        return Judgement("PMD", f"{told}: more than 30 % and 0.8 units more", _PAPER)
    return Judgement("SMD", told, _PAPER)
