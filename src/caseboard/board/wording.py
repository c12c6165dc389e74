"""How the dossier says dates, numbers and facts in words."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup, escape

from caseboard.assess.chronology import say_days, say_interval
from caseboard.assess.written import (
    drug_written,
    procedure_written,
    site_written,
    term_written,
    toxicity_written,
)
from caseboard.case import (
    AdverseEvent,
    Alteration,
    DateInterval,
    Demographics,
    Diagnosis,
    Fact,
    History,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.terms import toxicities

__all__ = [
    "KIND_NAMES",
    "LEVEL_NAMES",
    "RESPONSE_NAMES",
    "linked",
    "say_alteration",
    "say_date",
    "say_diameters",
    "say_duration",
    "say_fact",
    "say_limits",
    "say_number",
    "say_percent",
    "say_toxicity",
]

LEVEL_NAMES = {"critical": "To decide", "warning": "Check", "note": "Note", "info": "Derived"}
"""The word on a finding's badge, by its level."""

KIND_NAMES = {
    "patient": "Patient",
    "diagnosis": "Diagnosis",
    "test": "Test",
    "alteration": "Alteration",
    "lesion": "Lesion",
    "lab": "Laboratory",
    "treatment": "Treatment",
    "adverse_event": "Adverse event",
    "response": "Response as reported",
    "outcome": "Outcome",
    "history": "History",
}
"""The name of each kind of fact, by its tag."""

RESPONSE_NAMES = {
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progression",
    "NED": "no evidence of disease",
    "MR": "regression, category not stated",
    "NON-CR/NON-PD": "neither complete response nor progression",
    "NE": "not evaluable",
}
"""Response categories spelt out."""


_EVIDENCE = re.compile(r"\bEID(\d{1,9})\b")

_MEASURES = ("ratio ", "copy number ")
"""How a change begins that measures an amplification or a loss rather than naming it."""


def say_date(day: date) -> str:
    """Say a day: "31 March 2019"."""
    return say_interval(DateInterval(day, day))


def say_number(value: float | None, decimals: int = 1) -> str:
    """Say a number without needless zeros, with a true minus; "–" for an unknown one."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if float(text.replace(",", "")) else "0"


def say_limits(lower: float | None, upper: float | None) -> str:
    """Return limits of normal as a laboratory prints them: "3.5 to 5", "up to 40", "from 12", or a dash."""
    if lower is None and upper is None:
        return "–"
    if lower is None:
        return f"up to {say_number(upper, 3)}"
    return (
        f"from {say_number(lower, 3)}"
        if upper is None
        else f"{say_number(lower, 3)} to {say_number(upper, 3)}"
    )


def say_percent(value: float | None) -> str:
    """Say a change in percent with its sign and one decimal: "−81.0 %", "+25.0 %"; "–" for an unknown one."""
    return (
        "–"
        if value is None
        else f"{value:+.1f} %".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
    )


def say_duration(days_min: int | None, days_max: int | None) -> str:
    """Say a duration known to lie between two numbers of days; a long one in months of 30.4 days, and in days."""
    if days_min is None or days_max is None:
        return "cannot be told: start or end is not dated"
    said = say_days((days_min, days_max))
    if not said.endswith(("month", "months")):
        return said
    days = f"{days_min:,}" if days_min == days_max else f"{days_min:,} to {days_max:,}"
    return f"{said} ({days} days)"


def say_diameters(diameters: tuple[float, ...]) -> str:
    """Say the diameters of a lesion: "60 × 50 × 45 mm"; empty where none is given."""
    return " × ".join(say_number(diameter) for diameter in diameters) + " mm" if diameters else ""


def say_toxicity(told: str) -> str:
    """Say an adverse event by its term of CTCAE, behind it the word of the source where that is another."""
    found = toxicities.lookup(told)
    return toxicity_written(told, found.term.key if found else None)


def linked(text: str) -> Markup:
    """Return a text, escaped, in which every item of evidence of CIViC leads to its record there."""
    link = r'<a href="https://civicdb.org/links/evidence/\1" rel="noreferrer">\g<0></a>'
    return Markup(_EVIDENCE.sub(link, str(escape(text))))  # noqa: S704 - escaped; a number is put in


def say_alteration(fact: Alteration) -> str:
    """Say an alteration; a fusion as HGNC recommends, 5' partner first: "YWHAE::ROS1 fusion"."""
    if fact.gene5 or fact.gene3:
        return f"{fact.gene5 or '?'}::{fact.gene3 or '?'} {fact.type}"
    if fact.change is not None and fact.change.startswith(_MEASURES):
        return f"{fact.gene} {fact.type}, {fact.change}"
    said = fact.change is not None and (fact.type in fact.change or fact.change == "loss")
    return " ".join(part for part in (fact.gene, fact.change, "" if said else fact.type) if part)


def say_fact(fact: Fact) -> str:
    """Say in a short phrase what a fact states."""
    match fact:
        case Demographics():
            age = f"{say_number(fact.age_years, 2)} years" if fact.age_years is not None else "age not stated"
            return f"{fact.sex or 'sex not stated'}, {age}"
        case Diagnosis():
            term = term_written(fact.term)
            return term if fact.status == "final" else f"{term} ({fact.status})"
        case Test():
            return f"{fact.full_target} by {fact.method}: {fact.result}"
        case Alteration():
            return say_alteration(fact)
        case Lesion():
            return _say_lesion(fact)
        case Lab():
            return " ".join(part for part in (fact.analyte, say_number(fact.value, 3), fact.unit) if part)
        case Treatment():
            name = drug_written(" + ".join(fact.agents)) or procedure_written(fact.procedure or fact.modality)
            return f"{name}: {fact.event}" + (f", {fact.dose}" if fact.dose else "")
        case AdverseEvent():
            grade = "" if fact.grade is None else f", grade {fact.grade}"
            blamed = f" (from {drug_written(' + '.join(fact.agents))})" if fact.agents else ""
            return f"{say_toxicity(fact.term)}{grade}{blamed}"
        case Response():
            modality = f" ({fact.modality})" if fact.modality else ""
            name = RESPONSE_NAMES[fact.category]
            return f"{name if fact.category == 'MR' else f'{fact.category}, {name}'}{modality}"
        case Outcome():
            disease = {"unknown": "disease state not stated", "NED": "no evidence of disease"}
            return f"{fact.vital}, {disease.get(fact.disease, fact.disease)}"
        case History():
            return f"{fact.topic}: {'denied, ' if fact.denied else ''}{fact.detail}"


def _say_lesion(fact: Lesion) -> str:
    side = f"{fact.laterality} " if fact.laterality else ""
    size = say_diameters(fact.diameters_mm)
    uptake = f"SUV max {say_number(fact.suv_max)}" if fact.suv_max is not None else ""
    state = "not seen any more" if fact.state == "absent" else ""
    said = ", ".join(part for part in (size, uptake, state, fact.modality) if part)
    site = site_written(fact.site)
    return f"{side}{site}: {said}" if said else f"{side}{site}"
