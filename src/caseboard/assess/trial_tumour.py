"""Whether the tumour of a case is the one that a trial names, by the tree of the tumour vocabulary."""

from __future__ import annotations

import functools
import re

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_truth import Held
from caseboard.knowledge.diseases import FAMILIES, is_haematological
from caseboard.terms import tumors

__all__ = ["is_tumour", "tumour_named"]

# Words of stage and course beside a tumour's name: "NSCLC Stage IV", "Metastatic Melanoma", "Sarcoma, Recurrent".
_STAGE = re.compile(
    r"\b(?:stage [0-4IV]{1,3}[A-D]?\d?|(?:loco)?regionally|locally|metastatic|metastases|advanced"
    r"|recurrent|recurrence"
    r"|refractory|relapsed|unresectable|resectable|untreated|adult|AJCC v\d+)\b|[,;/]",
    re.IGNORECASE,
)
_SOLID = frozenset(
    {"_solid_", "all solid tumors", "solid tumor", "solid tumors", "solid tumour", "solid tumours"}
)
_LIQUID = frozenset({"_liquid_", "all liquid tumors"})


@functools.lru_cache(maxsize=65536)
def _asked_code(name: str) -> str | None:
    bare = " ".join(_STAGE.sub(" ", name).split())
    if bare.casefold() in _SOLID:
        return "_SOLID_"
    if bare.casefold() in _LIQUID:
        return "_LIQUID_"
    turned = " ".join(reversed([part.strip() for part in name.split(",")]))
    for form in (name, bare, turned):
        found = tumors.lookup(form)
        if found is not None:
            return found.term.key
    organ = re.sub(r"\W+", "_", name.strip()).upper()
    return organ if organ in tumors.vocabulary() else None


def tumour_named(profile: PatientProfile, name: str) -> Held:
    """Return whether the tumour is one that a registry or CTML names by ``name``."""
    return is_tumour(profile, _asked_code(name.strip()), name.strip())


def is_tumour(profile: PatientProfile, code: str | None, name: str) -> Held:
    """Return whether the tumour is the one with this code; ``name`` is how the trial calls it."""
    tumour = profile.tumour
    if tumour is None:
        return Held("open", "No diagnosis is told of.")
    facts = profile.facts["tumour"]
    if tumour.code is None:
        return Held("open", f"{_start(tumour.term)} is not in the tumour vocabulary.", facts=facts)
    if code in {"_SOLID_", "_LIQUID_"}:
        solid = not is_haematological(tumour.code)
        kind = "a solid tumour" if solid else "a tumour of the blood"
        return Held(
            "yes" if solid == (code == "_SOLID_") else "no", f"{_start(tumour.term)} is {kind}.", facts=facts
        )
    if code is None:
        return Held("open", f"The tumour {name!r} is not in the tumour vocabulary.", facts=facts)
    if tumors.is_a(tumour.code, code):
        working = "" if tumour.final else ", but a working diagnosis"
        truth = "yes" if tumour.final else "likely"
        return Held(
            "yes" if truth == "yes" else "likely",
            f"{_start(tumour.term)} is {name}{working}.",
            facts=facts,
        )
    if tumors.is_a(code, tumour.code):
        return Held("likely", f"{name} is asked for; the diagnosis {tumour.term} is wider.", facts=facts)
    if _may_be_both(tumour.code, code):
        return Held("open", f"Whether {tumour.term} counts as {name} is to be judged.", facts=facts)
    return Held("no", f"{_start(tumour.term)} is not {name}.", facts=facts)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


@functools.lru_cache(maxsize=65536)
def _may_be_both(own: str, code: str) -> bool:
    """Whether a tumour that is named broadly may turn out to be the other: a family, with a tumour below both."""
    if code in FAMILIES and is_haematological(code) == is_haematological(own):
        return True
    if own not in FAMILIES:
        return False
    return any(tumors.is_a(each, own) and tumors.is_a(each, code) for each in tumors.vocabulary().terms)
