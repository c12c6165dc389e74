"""The terms of CTML that are of the patient and the tumour, and those genomic ones that are no single alteration."""

from __future__ import annotations

import re

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_age import compare_age
from caseboard.assess.trial_alterations import Found, genomic
from caseboard.assess.trial_disease import has_extent
from caseboard.assess.trial_truth import Held, Truth, denied, joined
from caseboard.assess.trial_tumour import tumour_named
from caseboard.case import Test

__all__ = ["clinical_term", "genomic_terms", "is_sex"]

_COMPARISON = re.compile(r"(>=|<=|==|=|>|<)\s{0,3}(\d{1,4}(?:\.\d{1,3})?)")
_RECEPTORS = {
    "her2_status": ("ERBB2", "HER2", "HER2/neu"),
    "er_status": ("ESR1", "ER", "estrogen receptor"),
    "pr_status": ("PGR", "PR", "progesterone receptor"),
}
_POSITIVE, _NEGATIVE = frozenset({"true", "positive", "yes"}), frozenset({"false", "negative", "no"})
_BURDEN = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s?mut")


def clinical_term(profile: PatientProfile, name: str, value: str) -> Held:
    """Return whether a clinical term holds; one that is not known, or not told of, is open."""
    plain = value.strip()
    if name == "display_name":
        return Held("moot", "")
    if name == "age_numerical":
        found = _COMPARISON.fullmatch(plain)
        if found is not None:
            return compare_age(profile, "==" if found[1] == "=" else found[1], float(found[2]))
    if name == "gender":
        return is_sex(profile, plain)
    if name == "oncotree_primary_diagnosis":
        return (
            denied(tumour_named(profile, plain[1:]))
            if plain.startswith("!")
            else tumour_named(profile, plain)
        )
    if name in _RECEPTORS:
        return _receptor(profile, _RECEPTORS[name], plain)
    if name == "tmb_numerical":
        return _burden(profile, plain)
    if name == "disease_status":
        return _status(profile, plain)
    return Held("open", f"{name} {value} is not told of, or not understood.")


def is_sex(profile: PatientProfile, sex: str) -> Held:
    """Return whether the patient is of a sex."""
    wanted = sex.casefold()
    if profile.sex is None:
        return Held("open", "The sex is not told.")
    if wanted not in {"male", "female"}:
        return Held("open", f"The sex {sex!r} is not understood.")
    return Held(
        "yes" if profile.sex == wanted else "no", f"The patient is {profile.sex}.", facts=profile.facts["age"]
    )


def _status(profile: PatientProfile, value: str) -> Held:
    words = [word for word in re.split(r"\W+(?:and|or)?\W*", value.casefold()) if word]
    if not words or set(words) - {
        "metastatic",
        "advanced",
        "recurrent",
        "unresectable",
        "refractory",
        "relapsed",
    }:
        return Held("open", f"The disease status {value!r} is not understood.")
    return has_extent(profile, {"words": "|".join(words), "join": "any"})


def _receptor(profile: PatientProfile, names: tuple[str, ...], value: str) -> Held:
    told = [test for test in profile.tests if test.target in names]
    wanted = value.casefold()
    if wanted not in _POSITIVE | _NEGATIVE:
        return Held("open", f"{names[1]} status {value!r} is not understood.")
    if not told:
        return Held("open", f"No test of {names[1]} is told of.")
    last = told[-1]
    result = last.result.casefold()
    if result.startswith(("positive", "negative")):
        holds = result.startswith("positive") == (wanted in _POSITIVE)
        return Held(
            "yes" if holds else "no", f"{names[1]} is {last.result} by {last.method}.", facts=(last.id,)
        )
    return Held("open", f"{names[1]} is told as {last.result!r}.", facts=(last.id,))


def _burden(profile: PatientProfile, value: str) -> Held:
    found = _COMPARISON.fullmatch(value)
    if found is None:
        return Held("open", f"The mutational burden {value!r} is not understood.")
    told = [
        (test, number)
        for test in profile.tests
        if test.target == "TMB" and (number := _BURDEN.search(test.result))
    ]
    if not told:
        return Held("open", "The mutational burden is not told.")
    test, number = told[-1]
    own, limit, sign = float(number[1]), float(found[2]), found[1]
    holds = {">=": own >= limit, ">": own > limit, "<=": own <= limit, "<": own < limit}.get(
        sign, own == limit
    )
    said = f"The mutational burden told is {own:g}, {'' if holds else 'not '}{sign} {limit:g} per megabase."
    return Held("yes" if holds else "no", said, facts=(test.id,))


# --- genomic terms ------------------------------------------------------------------------------------------------

_WHOLE = {"mmr_status": "mismatch repair", "ms_status": "microsatellites"}
_TRUTHS: dict[Found, Truth] = {"yes": "yes", "in part": "likely", "open": "open", "no": "no"}
_NO_GENE = frozenset({"none", "1", ""})
"""What stands for the gene in a criterion of a signature, which has none."""


def genomic_terms(profile: PatientProfile, terms: dict[str, str]) -> Held:
    """Return whether the terms of a genomic criterion hold: signatures one by one, the rest together."""
    parts = [
        _signature(profile, name, value)
        for name, value in terms.items()
        if name in _WHOLE or name.endswith("_signature")
    ]
    rest = {
        name: value for name, value in terms.items() if name not in _WHOLE and not name.endswith("_signature")
    }
    if parts and rest.get("hugo_symbol", "").casefold() in _NO_GENE:
        rest.pop("hugo_symbol", None)
        rest.pop("display_name", None)
    if rest or not parts:
        found, sentence, facts = genomic(profile, rest)
        parts.append(Held(_TRUTHS[found], sentence, facts=facts))
    return joined(parts, "all")


def _signature(profile: PatientProfile, name: str, value: str) -> Held:
    if name not in _WHOLE:
        return Held("open", f"The {name.replace('_', ' ')} is not told of.")
    plain, excluded = value.removeprefix("!"), value.startswith("!")
    wanted = _instability(plain)
    if wanted is None:
        return Held("open", f"{name} {value} is not understood.")
    told = [(test, own) for test in profile.tests if (own := _told_instability(test)) is not None]
    if not told:
        return Held("open", f"The state of {_WHOLE[name]} is not told.")
    test, own = told[-1]
    word = "deficient or unstable" if own else "proficient or stable"
    held = Held("yes" if own == wanted else "no", f"{test.target} is told as {word}.", facts=(test.id,))
    return denied(held) if excluded else held


def _instability(value: str) -> bool | None:
    plain = re.sub(r"\W", "", value.casefold())
    if plain in {
        "msih",
        "msihigh",
        "mmrdeficient",
        "mmrd",
        "dmmr",
        "deficientmmrdmsih",
        "deficient",
        "deficientmmrd",
    }:
        return True
    if plain in {
        "mss",
        "msil",
        "msilmss",
        "mmrproficient",
        "pmmr",
        "mmrp",
        "proficient",
        "proficientmmrpmss",
    }:
        return False
    return None


def _told_instability(test: Test) -> bool | None:
    """Return whether a test says that repair is deficient; a positive MSI and a negative MMR say so."""
    positive, negative = (
        test.result.casefold().startswith("positive"),
        test.result.casefold().startswith("negative"),
    )
    if test.target not in {"MSI", "MMR"} or positive == negative:
        return None
    return positive if test.target == "MSI" else negative
