"""Rules about how the diagnosis was reached: biopsy, revision, expert review, and findings that nobody explained."""

from __future__ import annotations

import re

from caseboard.assess import sites
from caseboard.assess.passages import sentence, told_between
from caseboard.assess.rules import Demand, Rule
from caseboard.assess.sources import published
from caseboard.assess.tumor_classes import behaviour_of, classes_of
from caseboard.assess.view import View
from caseboard.case.facts import Diagnosis, Lab, Lesion, Response, Test, Treatment

__all__ = ["DEFINING_GENES", "DIAGNOSIS_RULES"]

_SIZE_MM = 50.0
_DEEP = re.compile(r"\bdeep\b|fascia|\bmuscles?\b|intramuscular|subfascial|fixed", re.IGNORECASE)
_GROWING = re.compile(
    r"\b(?:rapidly |progressively )?(?:increas|enlarg|grow)ing\b|\bgrew\b|\bgrown\b", re.IGNORECASE
)
_REVIEWED = re.compile(
    r"second opinion|expert|reference (?:cent|patholog|institut|laborator)|referral cent|central(?:ly|i[sz]ed)? "
    r"(?:review|patholog)|\breview(?:ed|ing)?\b|\brevis(?:ed|ion)\b|\bre-?classified\b|\bamended\b|\bre-?evaluat",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:second opinion|expert|reference patholog|central review|patholog\w{0,6} review)[^.;\n]{0,80}?"
    r"\b(?:asked|requested|sought|awaited|pending|sent)\b"
    r"|\b(?:asked for|requested|sought|awaiting|sent (?:for|to)|referred (?:for|to))\b[^.;\n]{0,60}?"
    r"(?:second opinion|expert|reference patholog|reference cent|central review)",
    re.IGNORECASE,
)
_HEPATITIS = re.compile(r"hepatitis|hbs|hcv|hbv|ana\b|autoimmun", re.IGNORECASE)
_OLD_DAYS = 730
_HIGH_TRANSAMINASE = 200.0
"""Five times 40 U/L, above which no laboratory's upper limit of normal comes near; used to ask, never to grade."""

DEFINING_GENES = frozenset(
    {
        "ALK",
        "ROS1",
        "RET",
        "NTRK1",
        "NTRK2",
        "NTRK3",
        "PDGFRB",
        "SS18",
        "EWSR1",
        "FUS",
        "DDIT3",
        "COL1A1",
        "PDGFB",
    }
    | {
        "ETV6",
        "FOXO1",
        "MDM2",
        "KIT",
        "PDGFRA",
        "STAT6",
        "WWTR1",
        "CAMTA1",
        "CIC",
        "BCOR",
        "NR4A3",
        "ASPSCR1",
    }
    | {"TFE3", "HEY1"}
)
"""Genes whose alteration settles the type of a sarcoma (WHO classification, 5th edition, 2020)."""


def deep_or_growing_mass(view: View) -> Demand | None:
    """Fire on a soft-tissue mass above 5 cm or growing, without a malignant histology yet.

    A tumour of intermediate behaviour, such as a desmoid, that is treated as such already needs no first biopsy.
    """
    if any("malignant" in classes_of(d) for d in view.diagnoses):
        return None
    if view.current and view.course.lines and behaviour_of(view.current) == "intermediate":
        return None
    masses = [
        fact
        for fact in view.case.of(Lesion)
        if fact.state == "present"
        and "soft tissue" in sites.organ_of(fact.site)
        and not sites.is_node(fact.site)
    ]
    large = [fact for fact in masses if fact.diameters_mm and max(fact.diameters_mm) > _SIZE_MM]
    deep = [fact for fact in masses if _DEEP.search(sentence(view.case, fact))]
    growing = [fact for fact in masses if _GROWING.search(sentence(view.case, fact))]
    grown = view.growth
    signs = []
    if large:
        signs.append(f"up to {max(max(fact.diameters_mm) for fact in large):g} mm")
    if deep:
        signs.append("deep")
    if growing or grown:
        signs.append("growing")
    if not masses or not (large or growing or grown):
        return None
    facts = [fact.id for fact in (*large, *deep, *growing)]
    if grown:
        facts += [grown.before.fact, grown.after.fact]
    told = f" So far: {', '.join(d.term for d in view.diagnoses)}." if view.diagnoses else ""
    return Demand(
        what="Referral to a sarcoma centre and image-guided core biopsy before any operation",
        why=f"a soft-tissue mass ({', '.join(signs)}) is taken for a sarcoma until the biopsy has been read there.",
        urgency="now",
        level="warning",
        facts=tuple(facts),
        detail=f"No referral to a sarcoma centre is among the facts.{told}",
    )


def benign_contradicted(view: View) -> Demand | None:
    """Fire on a benign diagnosis, where the lesion grew, progression was stated or metastases are suspected."""
    diagnosis = view.current
    if diagnosis is None or "benign" not in view.classes:
        return None
    ground, facts = [], [diagnosis.id]
    grown = view.growth
    if grown and not view.clock.before(grown.after.fact, diagnosis.id):
        ground.append(f"it grew ({grown.text})")
        facts += [grown.before.fact, grown.after.fact]
    progressed = [
        r for r in view.case.of(Response) if r.category == "PD" and view.clock.before(diagnosis.id, r.id)
    ]
    if progressed and not ground:
        ground.append("it progressed")
    facts += [response.id for response in progressed]
    spread = [
        fact for fact in view.advanced if fact != diagnosis.id and view.clock.before(diagnosis.id, fact)
    ]
    if spread:
        ground.append("lesions appeared elsewhere")
        facts += spread
    if not ground:
        return None
    return Demand(
        what=f"Revise the diagnosis of {diagnosis.term}: new core biopsy, read by an expert in soft tissue tumours",
        why=f"{diagnosis.term} is benign, but {' and '.join(ground)}; the course contradicts it.",
        urgency="now",
        level="critical",
        facts=tuple(facts),
    )


def expert_review(view: View) -> Demand | None:
    """Fire on a sarcoma that no expert has reviewed and no defining alteration has settled."""
    diagnosis = view.current
    if diagnosis is None or "sarcoma" not in view.classes:
        return None
    if _reviewed(view, diagnosis) or view.alterations_of(DEFINING_GENES):
        return None
    asked = _ASKED.search(told_between(view.case)) is not None
    days = view.clock.days
    reached, latest = days.get(diagnosis.id), max((last for _, last in days.values()), default=0)
    old = reached is not None and latest - reached[1] > _OLD_DAYS
    return Demand(
        what=f"Review of the diagnosis ({diagnosis.term}) by an expert in sarcoma pathology",
        why=f"{_discordance(view)}, and treatment follows the type.",
        urgency="before the next line" if old else "now",
        level="note" if old else "warning",
        facts=(diagnosis.id,),
        detail="A second opinion has been asked for; no result is told yet."
        if asked
        else "No review is told.",
    )


def _reviewed(view: View, diagnosis: Diagnosis) -> bool:
    """Whether the sentence tells that the diagnosis comes from a review; one asked for after it has no result yet."""
    words, quote = sentence(view.case, diagnosis), diagnosis.source.quote
    before, told, after = words.partition(quote) if quote else (words, "", "")
    if _REVIEWED.search(before + told):
        return True
    return _REVIEWED.search(after) is not None and _ASKED.search(words) is None


def _discordance(view: View) -> str:
    """Say how often a review overturned the first diagnosis, by the series published by the cut-off."""
    series = (
        ("perrier-2018", "14 % of 2,425"),
        ("ray-coquard-2012", "8 % of 1,463"),
        ("lurkin-2010", "19 % of 366"),
    )
    told = [share for key, share in series if published(key, view.case.cutoff)]
    share = "about 15 %" if len(told) == len(series) else "some"
    return f"{share} of first diagnoses of sarcoma prove wrong in kind on review ({', '.join(told)})"


def transaminases(view: View) -> Demand | None:
    """Fire on transaminases far above normal before any treatment, not explained and not normal since."""
    treated = [f for f in view.case.of(Treatment) if f.modality in {"systemic", "radiotherapy"}]
    labs = [lab for lab in view.case.of(Lab) if lab.analyte in {"ALT", "AST"}]
    before = [lab for lab in labs if not any(view.clock.before(f.id, lab.id) for f in treated)]
    high = [
        lab for lab in before if lab.value >= (5 * lab.upper_limit if lab.upper_limit else _HIGH_TRANSAMINASE)
    ]
    if not high or any(
        lab.value < _HIGH_TRANSAMINASE / 5 and view.clock.before(high[-1].id, lab.id) for lab in labs
    ):
        return None
    if any(_HEPATITIS.search(test.target) for test in view.case.of(Test)):
        return None
    said = ", ".join(f"{lab.analyte} {lab.value:g} {lab.unit or ''}".strip() for lab in high)
    limit = "" if all(lab.upper_limit for lab in high) else " (no upper limit is given, so it is not graded)"
    return Demand(
        what="Cause of the raised transaminases: viral, autoimmune, drugs and herbs, bile ducts, liver imaging",
        why=f"{said} before any treatment{limit}: no harm of treatment, and it bears on the choice of drugs.",
        urgency="before the next line",
        level="note",
        facts=tuple(lab.id for lab in high),
        detail="If the source names a cause, it is not among the facts.",
    )


def two_malignant_readings(view: View) -> Demand | None:
    """Fire on two different tumour types both reported as final, where neither review nor alteration decides."""
    malignant = [d for d in view.diagnoses if "malignant" in classes_of(d) and d.status != "working"]
    kinds = {_kind(d): d for d in malignant}
    if len(kinds) < 2 or view.alterations_of(DEFINING_GENES):
        return None
    if any(_reviewed(view, d) for d in malignant):
        return None
    names = " and ".join(d.term for d in kinds.values())
    return Demand(
        what="Which diagnosis holds: review of all specimens side by side",
        why=f"{names} are both reported as final, and nothing told decides between them.",
        urgency="now",
        level="warning",
        facts=tuple(d.id for d in kinds.values()),
    )


def _kind(diagnosis: Diagnosis) -> str:
    """Return the family of a tumour name: "metastatic sarcoma" is no other tumour than a sarcoma."""
    if "sarcoma" in classes_of(diagnosis):
        return "sarcoma"
    for family in ("melanoma", "lymphoma", "leuk", "carcinoma", "glioma", "mesothelioma", "myeloma"):
        if family in diagnosis.term:
            return family
    return diagnosis.term


_SOFT_TISSUE_GUIDELINES = ("esmo-sts-2014", "uk-sts-2016", "esmo-sts-2018", "esmo-sts-2021")

DIAGNOSIS_RULES = (
    Rule(
        "workup.benign_diagnosis_contradicted",
        ("uk-sts-2016", "perrier-2018", "esmo-sts-2018"),
        benign_contradicted,
        "the diagnosis",
    ),
    Rule(
        "workup.deep_or_growing_mass",
        ("ng12-2015", *_SOFT_TISSUE_GUIDELINES, "blay-2017"),
        deep_or_growing_mass,
        "the diagnosis",
    ),
    Rule(
        "workup.expert_pathology_review",
        ("lurkin-2010", "ray-coquard-2012", "perrier-2018", "esmo-sts-2018", "esmo-sts-2021"),
        expert_review,
        "the diagnosis",
    ),
    Rule(
        "workup.two_final_readings",
        ("ray-coquard-2012", "perrier-2018"),
        two_malignant_readings,
        "the diagnosis",
    ),
    Rule("workup.unexplained_transaminases", ("kwo-2017",), transaminases),
)
