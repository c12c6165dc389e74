"""Whether what a trial's text asks for holds of a patient, one function a kind of requirement.

What a case does not tell is open. A value that is told long before the last report says what was then, so it neither
passes nor fails anybody for good.
"""

from __future__ import annotations

from collections.abc import Callable

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_age import compare_age
from caseboard.assess.trial_alterations import Found, genomic
from caseboard.assess.trial_disease import has_extent, has_measurable, has_metastases, has_other_cancer
from caseboard.assess.trial_laboratory import within_limit
from caseboard.assess.trial_therapy import had_lines, had_therapy, had_within
from caseboard.assess.trial_truth import Held, Truth, joined
from caseboard.assess.trial_tumour import is_tumour
from caseboard.knowledge.trial_shapes import Requirement

__all__ = ["held"]

Terms = dict[str, str]


def held(profile: PatientProfile, asked: Requirement) -> Held:
    """Return whether a requirement holds; one of a kind that is not known is open."""
    ask = _KINDS.get(asked.kind)
    return ask(profile, dict(asked.terms)) if ask else Held("open", "This is not understood.")


def _age(profile: PatientProfile, terms: Terms) -> Held:
    bounds = [terms[name] for name in ("low", "high") if name in terms]
    parts = []
    for bound in bounds:
        sign = bound.rstrip("0123456789")
        parts.append(compare_age(profile, sign, float(bound[len(sign) :])))
    return joined(parts, "all")


# Oken 1982 describes the grades of ECOG; the common equivalents of Karnofsky's scale are tens around them.
_KARNOFSKY_OF_ECOG = {0: (90, 100), 1: (70, 80), 2: (50, 60), 3: (30, 40), 4: (10, 20), 5: (0, 0)}


def _performance(profile: PatientProfile, terms: Terms) -> Held:
    own, low, high = profile.performance, int(terms["low"]), int(terms["high"])
    limits = f"{low} to {high}" if low != high else f"{low}"
    if own is None:
        return Held("open", f"The performance status is not told ({terms['scale']} {limits} is the limit).")
    facts = profile.facts["performance"]
    told = f"The performance status told is {own.scale} {own.value}"
    first = last = own.value
    if own.scale != terms["scale"]:
        if own.scale == "ECOG":
            first, last = _KARNOFSKY_OF_ECOG[own.value]
        else:
            near = [
                grade for grade, (least, most) in _KARNOFSKY_OF_ECOG.items() if least <= own.value <= most
            ]
            if not near:
                return Held("open", f"{told}; the limit is {terms['scale']} {limits}.", facts=facts)
            first = last = near[0]
        told += f", about {terms['scale']} {first if first == last else f'{first} to {last}'}"
    if low <= first and last <= high:
        return Held("yes", f"{told}, within {limits}.", True, True, facts)
    if last < low or first > high:
        return Held("no", f"{told}, not within {limits}.", True, True, facts)
    return Held("open", f"{told}; whether that is within {limits} is not sure.", True, True, facts)


def _life_expectancy(_: PatientProfile, terms: Terms) -> Held:
    return Held("open", f"The life expectancy is not told ({terms['limit']} is asked about).", True, True)


def _pregnancy(profile: PatientProfile, _: Terms) -> Held:
    facts = profile.facts["age"]
    if profile.sex == "male":
        return Held("no", "The patient is male.", facts=facts)
    return Held("open", "Pregnancy and breast-feeding are not told of.", True, True)


def _one_sex(profile: PatientProfile, terms: Terms) -> Held:
    wanted = terms["sex"]
    whom = "women" if wanted == "female" else "men"
    if profile.sex is not None and profile.sex != wanted:
        return Held(
            "moot", f"This is asked of {whom}; the patient is {profile.sex}.", facts=profile.facts["age"]
        )
    return Held("open", f"This is asked of {whom}, and the case does not tell it.")


def _tumour(profile: PatientProfile, terms: Terms) -> Held:
    found = is_tumour(profile, terms["code"], terms.get("name", terms["code"]))
    other = terms.get("without")
    if other is None or found.truth != "yes":
        return found
    apart = is_tumour(profile, other, "squamous cell carcinoma")
    if apart.truth == "yes":
        return Held("no", apart.sentence, facts=apart.facts)
    return (
        found
        if apart.truth == "no"
        else Held("open", f"{found.sentence} Whether it is squamous is not told.", facts=found.facts)
    )


_GENOMIC_TERMS = (
    "hugo_symbol", "variant_category", "fusion_partner_hugo_symbol", "protein_change", "wildcard_protein_change",
    "exon_event",
)  # fmt: skip
_TRUTHS: dict[Found, Truth] = {"yes": "yes", "in part": "likely", "open": "open", "no": "no"}


def _alteration(profile: PatientProfile, terms: Terms) -> Held:
    wanted = {name: terms[name] for name in _GENOMIC_TERMS if name in terms}
    if "event" in terms:
        wanted["exon_event"] = terms["event"]
    if wanted.get("variant_category") == "CNV":
        wanted["cnv_call"] = "amplification"
    found, sentence, facts = genomic(profile, wanted, wild="wild" in terms)
    truth = _TRUTHS[found]
    if truth == "yes" and "stricter" in terms:
        return Held(
            "likely", f"{sentence} Whether it counts as {terms['name']} is to be judged.", facts=facts
        )
    return Held(truth, sentence, facts=facts)


_KINDS: dict[str, Callable[[PatientProfile, Terms], Held]] = {
    "age": _age,
    "performance": _performance,
    "life expectancy": _life_expectancy,
    "pregnancy": _pregnancy,
    "one sex": _one_sex,
    "tumour": _tumour,
    "alteration": _alteration,
    "laboratory": within_limit,
    "measurable": has_measurable,
    "metastases": has_metastases,
    "other cancer": has_other_cancer,
    "extent": has_extent,
    "therapy": had_therapy,
    "washout": had_within,
    "lines": had_lines,
}
