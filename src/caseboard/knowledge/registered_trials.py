"""A record of ClinicalTrials.gov (API version 2) read as a trial: only the fields that eligibility needs."""

from __future__ import annotations

import msgspec

from caseboard.knowledge.eligibility.sections import criteria_of_text
from caseboard.knowledge.trial_shapes import AllCriteria, Expression, Trial, criterion

__all__ = ["registered_trial"]


class _Identification(msgspec.Struct):
    nct_id: str = msgspec.field(name="nctId")
    title: str = msgspec.field(name="briefTitle", default="")


class _Day(msgspec.Struct):
    date: str = ""


class _Status(msgspec.Struct):
    status: str = msgspec.field(name="overallStatus", default="")
    updated: _Day | None = msgspec.field(name="lastUpdatePostDateStruct", default=None)


class _Conditions(msgspec.Struct):
    conditions: list[str] = []


class _Design(msgspec.Struct):
    phases: list[str] = []


class _Eligibility(msgspec.Struct):
    text: str = msgspec.field(name="eligibilityCriteria", default="")
    sex: str = ""
    minimum: str = msgspec.field(name="minimumAge", default="")
    maximum: str = msgspec.field(name="maximumAge", default="")


class _Protocol(msgspec.Struct):
    identification: _Identification = msgspec.field(name="identificationModule")
    status: _Status = msgspec.field(name="statusModule", default_factory=_Status)
    conditions: _Conditions = msgspec.field(name="conditionsModule", default_factory=_Conditions)
    design: _Design = msgspec.field(name="designModule", default_factory=_Design)
    eligibility: _Eligibility = msgspec.field(name="eligibilityModule", default_factory=_Eligibility)


class _Study(msgspec.Struct):
    protocol: _Protocol = msgspec.field(name="protocolSection")


_DECODER = msgspec.json.Decoder(_Study)


def registered_trial(record: bytes | memoryview) -> Trial:
    """Return the trial of a record; raises ``msgspec.DecodeError``, which names the field that is wrong."""
    study = _DECODER.decode(record).protocol
    eligibility, status = study.eligibility, study.status
    parts: list[Expression] = [
        criterion("status", {"status": status.status}, f"status {status.status or 'not given'}")
    ]
    ages = {"minimumAge": eligibility.minimum, "maximumAge": eligibility.maximum}
    limits = {name: age for name, age in ages.items() if age}
    if limits:
        words = ", ".join(f"{name[:3]}. {age}" for name, age in limits.items())
        parts.append(criterion("age", dict(limits), f"age {words}"))
    if eligibility.sex and eligibility.sex != "ALL":
        parts.append(criterion("sex", {"sex": eligibility.sex}, f"sex {eligibility.sex.lower()}"))
    numbered: dict[str, object] = {
        str(number): name for number, name in enumerate(study.conditions.conditions)
    }
    told = "; ".join(study.conditions.conditions) or "none"
    parts.append(criterion("conditions", numbered, f"conditions: {told}"))
    parts.extend(criteria_of_text(eligibility.text))
    return Trial(
        id=study.identification.nct_id,
        title=study.identification.title,
        source="ClinicalTrials.gov",
        everybody=AllCriteria(tuple(parts)),
        phase=" and ".join(_phase(name) for name in study.design.phases),
        updated=status.updated.date if status.updated else "",
    )


def _phase(name: str) -> str:
    return name.replace("EARLY_PHASE1", "early phase 1").replace("PHASE", "phase ").replace("NA", "no phase")
