"""A laboratory value against a trial's limit, in the units of either, or as a multiple of the upper limit of normal."""

from __future__ import annotations

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_disease import liver_metastases
from caseboard.assess.trial_truth import Held, Truth
from caseboard.case import Lab
from caseboard.terms.labs import canonical_unit
from caseboard.terms.units import units

__all__ = ["within_limit"]

_GRAMS_PER_MOL = {"creatinine": 113.12, "total bilirubin": 584.66, "hemoglobin": 16114.5}
"""Molar masses (hemoglobin's of one chain, by which laboratories report mmol/L)."""

_SAME = {"ANC": ("ANC", "neutrophils"), "total bilirubin": ("total bilirubin", "bilirubin"),
         "creatinine clearance": ("creatinine clearance", "eGFR"),
         "eGFR": ("eGFR", "creatinine clearance")}  # fmt: skip
_CLEARANCES = frozenset({"clearance", "clearance per surface"})


def within_limit(profile: PatientProfile, terms: dict[str, str]) -> Held:
    """Return whether the latest value of an analyte keeps to a limit; a value may recover, so time can mend it."""
    analyte, unit = terms["analyte"], terms.get("unit")
    asked = f"{terms['limit']}{' × ULN' if unit == 'ULN' else f' {unit}' if unit else ''}"
    lab = next((profile.labs[name] for name in _SAME.get(analyte, (analyte,)) if name in profile.labs), None)
    if lab is None:
        return Held("open", f"{_name(analyte)}: no value is told ({asked} is the limit).", True, True)
    told = f"{_name(lab.analyte)} {lab.value:g}{f' {lab.unit}' if lab.unit else ''}"
    value = _value(lab, analyte, unit)
    if value is None:
        why = "the upper limit of normal is not told" if unit == "ULN" else "the units do not compare"
        return Held("open", f"{told} against {asked}: {why}.", True, True, (lab.id,))
    truth = _against(profile, terms, value)
    stale = profile.stale(lab.id)
    if stale:
        truth = {"yes": "likely", "no": "unlikely"}.get(truth, truth)  # type: ignore[assignment]
    how = {
        "yes": "keeps to",
        "likely": "kept to",
        "no": "does not keep to",
        "unlikely": "did not keep to",
    }.get(truth, "may not keep to")
    when = f" at its last report, {stale}" if stale else ""
    return Held(truth, f"{told} {how} {asked}{when}.", True, True, (lab.id,))


def _against(profile: PatientProfile, terms: dict[str, str], value: float) -> Truth:
    if _keeps(value, terms["limit"]):
        return "yes"
    if "other" not in terms:
        return "no"
    if not _keeps(value, terms["other"]):
        return "no"
    return "yes" if terms["for"] == "liver" and liver_metastases(profile) else "open"


def _keeps(value: float, limit: str) -> bool:
    sign, number = limit.split(" ")
    bound = float(number)
    return {">=": value >= bound, ">": value > bound, "<=": value <= bound, "<": value < bound}[sign]


def _value(lab: Lab, analyte: str, unit: str | None) -> float | None:
    """Return the value in the unit of the limit (for ULN as the multiple), None where it cannot be told."""
    own = canonical_unit(lab.unit) if lab.unit else None
    if unit == "ULN":
        if own == "× ULN":
            return lab.value
        return lab.value / lab.upper_limit if lab.upper_limit else None
    if unit is None:
        return lab.value if own is None else None
    known = units()
    if own is None or own not in known or unit not in known:
        return None
    given, wanted = known[own], known[unit]
    if given.dimension == wanted.dimension or {given.dimension, wanted.dimension} <= _CLEARANCES:
        return lab.value * given.factor / wanted.factor
    mass = _GRAMS_PER_MOL.get(analyte)
    pair = (given.dimension, wanted.dimension)
    if mass and pair == ("substance concentration", "mass concentration"):
        return lab.value * given.factor * mass / wanted.factor
    if mass and pair == ("mass concentration", "substance concentration"):
        return lab.value * given.factor / mass / wanted.factor
    return None


def _name(analyte: str) -> str:
    return analyte if analyte.isupper() else analyte[0].upper() + analyte[1:]
