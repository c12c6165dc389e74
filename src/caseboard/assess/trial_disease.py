"""What trials ask of the disease: its extent and stage, metastases of a site, measurable lesions, other cancers."""

from __future__ import annotations

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.response.measurability import measure, never_measurable
from caseboard.assess.response.nature import nature_of
from caseboard.assess.results import Measurement, TrackedLesion
from caseboard.assess.trial_truth import Held, Truth
from caseboard.knowledge.diseases import is_haematological, lineage
from caseboard.terms import anatomy

__all__ = ["has_extent", "has_measurable", "has_metastases", "has_other_cancer", "liver_metastases"]

Terms = dict[str, str]


def _last(lesion: TrackedLesion) -> Measurement | None:
    return lesion.measurements[-1] if lesion.measurements else None


def _organ(site: str) -> str:
    return anatomy.organ_of(site)


def _of_organ(profile: PatientProfile, organ: str) -> list[tuple[TrackedLesion, Measurement]]:
    found = ((lesion, _last(lesion)) for lesion in profile.course.lesions if _organ(lesion.site) == organ)
    return [(lesion, sight) for lesion, sight in found if sight is not None]


_PRIMARY_OF = {"brain": ("BRAIN", "CB:BRAINTUMOR"), "liver": ("LIVER",), "bone": ("BONE", "CB:BONESARC"),
               "meninges": ("BRAIN",),
               "peritoneum": ("PERITONEUM",), "adrenal": ("ADRENAL_GLAND",)}  # fmt: skip
_ORGANS = {"peritoneal": "peritoneum", "adrenal": "adrenal gland"}


def has_metastases(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether there are metastases of an organ; whether they are active or treated a case seldom tells."""
    site, state = terms["site"], terms.get("state", "")
    organ = _ORGANS.get(site, site)
    name = f"{site} metastases" if site != "meninges" else "meningeal disease"
    tumour = profile.tumour
    if tumour and tumour.code and not lineage(tumour.code).isdisjoint(_PRIMARY_OF.get(organ, ())):
        return Held(
            "open",
            f"{tumour.term} arises there: whether there are {name} is to be judged.",
            facts=profile.facts["tumour"],
        )
    sights = _of_organ(profile, organ)
    present = [sight for _, sight in sights if sight.state == "present"]
    if present:
        facts = tuple(sight.fact for sight in present)
        if state:
            return Held(
                "open",
                f"{name.capitalize()} are told of; whether they are {state.casefold()} is not.",
                True,
                True,
                facts,
            )
        return Held("yes", f"{name.capitalize()} are told of.", facts=facts)
    if sights:
        facts = tuple(sight.fact for _, sight in sights)
        return Held("open", f"{name.capitalize()} were told of and are no longer seen.", True, True, facts)
    return Held("open", f"No {name} are told of, nor that they were looked for.")


def liver_metastases(profile: PatientProfile) -> bool:
    """Whether lesions of the liver are told of that are metastases."""
    return has_metastases(profile, {"site": "liver"}).truth == "yes"


def has_measurable(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether a lesion is measurable by RECIST 1.1 at its last sight, and was not resected."""
    present = [
        (lesion, sight)
        for lesion in profile.course.lesions
        if not lesion.resected and (sight := _last(lesion)) is not None and sight.state == "present"
    ]
    for lesion, sight in sorted(
        present, key=lambda each: profile.clock.rank.get(each[1].fact, 0), reverse=True
    ):
        size = measure(
            sight.diameters_mm,
            modality=sight.modality,
            organ=lesion.organ,
            node=lesion.node,
            nature=nature_of(profile.case, sight, lesion.site),
        )
        if size.measurable and not never_measurable(lesion.site):
            old = bool(profile.stale(sight.fact))
            truth: Truth = "likely" if lesion.irradiated or old else "yes"
            after = "; it was treated locally, so it has to have grown since" if lesion.irradiated else ""
            after += "; that is long before the last report" if old else ""
            return Held(
                truth,
                f"{_start(lesion.name)}, {sight.timing.text}: {size.reason}{after}.",
                True,
                True,
                (sight.fact,),
            )
    if present and terms.get("level") == "evaluable":
        return Held("yes", f"{_start(present[0][0].name)} is told of.", True, True, (present[0][1].fact,))
    if present:
        facts = tuple(sight.fact for _, sight in present)
        return Held(
            "open",
            "Lesions are told of, none with a size that is measurable by RECIST 1.1.",
            True,
            True,
            facts,
        )
    return Held("open", "No lesion that is there at the last report is told of.", True, True)


def has_other_cancer(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether another cancer is told of; when it was may matter, and what is not told is not absent."""
    if not profile.other_cancers:
        return Held("open", "No other cancer is told of, nor that there was none.")
    names = ", ".join(dict.fromkeys(fact.term for fact in profile.other_cancers))
    facts = tuple(fact.id for fact in profile.other_cancers)
    if "years" in terms:
        return Held(
            "open",
            f"Another cancer is told of ({names}); whether within {terms['years']} years is to be judged.",
            False,
            True,
            facts,
        )
    return Held("likely", f"Another cancer is told of: {names}.", facts=facts)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


_SPREAD = frozenset({"metastatic", "advanced", "late stage"})
_FOLLOWS = frozenset({"unresectable", "inoperable", "recurrent", "relapsed", "refractory"})
_NOT_STAGED_SO = frozenset({"THYROID", "TESTIS", "BRAIN", "CB:BRAINTUMOR"})
"""Organs whose tumours have no stage IV, or not for every patient with metastases."""


def has_extent(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether the disease is as far as is asked: any of some words, any of some stages."""
    words = [word for word in terms.get("words", "").split("|") if word]
    stages = [stage for stage in terms.get("stages", "").split("|") if stage]
    told = [_word(profile, word) for word in words]
    best: list[Held] = []
    if told:
        pick = max if terms.get("join") == "any" else min
        best.append(pick(told, key=lambda held: _RANK[held.truth]))
    if stages:
        best.append(_stage(profile, stages, terms["told"]))
    return max(best, key=lambda held: _RANK[held.truth])


_RANK: dict[Truth, int] = {"no": 0, "unlikely": 1, "open": 2, "moot": 2, "likely": 3, "yes": 4}


def _word(profile: PatientProfile, word: str) -> Held:
    facts = profile.advanced
    if not facts:
        return Held("open", f"Whether the disease is {word} is not told.", True)
    if word in _SPREAD:
        return Held("yes", "Metastases are told of.", facts=facts)
    if word in _FOLLOWS:
        return Held(
            "likely",
            f"Metastases are told of; whether the disease counts as {word} is to be judged.",
            facts=facts,
        )
    return Held(
        "open", f"Metastases are told of; whether the disease counts as {word} is to be judged.", facts=facts
    )


def _stage(profile: PatientProfile, stages: list[str], words: str) -> Held:
    tumour = profile.tumour
    code = tumour.code if tumour else None
    usual = code is not None and lineage(code).isdisjoint(_NOT_STAGED_SO) and not is_haematological(code)
    if profile.advanced and usual:
        if any(stage.startswith("4") for stage in stages):
            exact = any(stage == "4" for stage in stages)
            return Held(
                "yes" if exact else "likely",
                "Metastases are told of, which is stage IV.",
                facts=profile.advanced,
            )
        return Held(
            "no", f"Metastases are told of, which is stage IV; {words} is named.", facts=profile.advanced
        )
    if not profile.stage:
        return Held("open", f"The stage is not told ({words} is named).", True)
    facts = profile.facts["stage"]
    own = _roman(profile.stage)
    if any(profile.stage.startswith(stage) for stage in stages):
        return Held("yes", f"Stage {own} is told at diagnosis.", facts=facts)
    if any(stage.startswith(profile.stage) for stage in stages):
        return Held("open", f"Stage {own} is told, and no more closely.", facts=facts)
    # The stage of the diagnosis may have been left behind since.
    return Held("unlikely", f"Stage {own} is told at diagnosis; {words} is named.", True, facts=facts)


def _roman(stage: str) -> str:
    return {"1": "I", "2": "II", "3": "III", "4": "IV"}[stage[0]] + stage[1:]
