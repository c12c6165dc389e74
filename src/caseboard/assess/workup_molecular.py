"""Rules about molecular tests: which are missing, which need another method, and when to test again."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from caseboard.assess.chronology import timing_of
from caseboard.assess.findings import Level
from caseboard.assess.passages import sentence
from caseboard.assess.results import AlterationReport, Changes
from caseboard.assess.rules import Demand, Rule, Urgency
from caseboard.assess.sources import read_rows
from caseboard.assess.tumour import tumour_code
from caseboard.assess.view import View, inhibits, symbols_of
from caseboard.case.facts import Alteration, Test
from caseboard.knowledge.diseases import is_haematological

__all__ = ["molecular_rules"]

_IMT_KINASES = ("ALK", "ROS1", "NTRK1", "NTRK2", "NTRK3", "RET", "PDGFRB", "IGF1R")
_GIST_GENES = ("KIT", "PDGFRA", "SDHA", "SDHB", "SDHC", "SDHD", "NF1", "BRAF", "NTRK3")
_NTRK = ("NTRK1", "NTRK2", "NTRK3", "NTRK")
_PAN_TRK = re.compile(r"pan[- ]?trk", re.IGNORECASE)
_RNA = re.compile(r"\bRNA|RT-?PCR|transcriptom", re.IGNORECASE)
_POSITIVE = re.compile(r"positiv|\+|strong|diffuse|rearranged|present", re.IGNORECASE)
_NEGATIVE = re.compile(r"negativ|absent|wild", re.IGNORECASE)


def alk_in_imt(view: View) -> Demand | None:
    """Fire on an inflammatory myofibroblastic tumour, or a tumour that it hides behind, without any test of ALK."""
    diagnosis = view.current
    if diagnosis is None or not view.classes & {"imt", "imt mimic"}:
        return None
    if view.tests_of(["ALK"]) or view.alterations_of(["ALK"]) or view.drivers:
        return None
    mimic = "imt" not in view.classes
    why = (
        f"{diagnosis.term} has inflammatory myofibroblastic tumour among its differential diagnoses, "
        "and about half of these have an ALK rearrangement that can be treated."
        if mimic
        else "about half of inflammatory myofibroblastic tumours have an ALK rearrangement, which can be treated."
    )
    return Demand("ALK immunohistochemistry", why, "now", "warning", (diagnosis.id,))


def alk_positive_unconfirmed(view: View) -> Demand | None:
    """Fire on ALK positive by immunohistochemistry alone."""
    stained = [test for test in view.tests_of(["ALK"], "IHC") if _POSITIVE.search(test.result)]
    if not stained or view.tests_of(["ALK"], "molecular") or view.alterations_of(["ALK"]):
        return None
    return Demand(
        what="Confirm ALK by FISH, or better by RNA sequencing that names the partner",
        why="a positive stain supports an ALK fusion but does not show it, nor its partner.",
        urgency="before the next line",
        level="warning",
        facts=tuple(test.id for test in stained),
    )


def alk_negative_imt(view: View) -> Demand | None:
    """Fire on an inflammatory myofibroblastic tumour negative for ALK, with the other kinases not tested."""
    if "imt" not in view.classes or view.drivers:
        return None
    negative = [test for test in view.tests_of(["ALK"]) if _NEGATIVE.search(test.result)]
    others = view.tests_of([gene for gene in _IMT_KINASES if gene != "ALK"])
    sequenced = [
        test for test in view.case.of(Test) if test.method == "NGS" and _RNA.search(sentence(view.case, test))
    ]
    if (
        not negative
        or {"ROS1", "NTRK3"} <= {s for test in others for s in symbols_of(test.target)}
        or sequenced
    ):
        return None
    return Demand(
        what="ROS1 and NTRK3, by FISH or better by RNA sequencing that also covers PDGFRB, RET and IGF1R",
        why="about half of ALK-negative inflammatory myofibroblastic tumours have another kinase fusion.",
        urgency="now",
        level="warning",
        facts=tuple(test.id for test in (*negative, *others)),
    )


def advanced_imt(view: View) -> Demand | None:
    """Fire on an advanced inflammatory myofibroblastic tumour with no molecular test beyond antibodies."""
    advanced = view.advanced
    if "imt" not in view.classes or view.current is None or not advanced or view.drivers:
        return None
    if any(test.method in {"NGS", "FISH", "PCR"} for test in view.case.of(Test)):
        return None
    return Demand(
        what="Molecular assessment (ALK, ROS1, NTRK, RET, PDGFRB) and a search for trials before systemic treatment",
        why="the disease is advanced, no treatment is standard, and kinase inhibitors work where a kinase is fused.",
        urgency="now",
        level="warning",
        facts=(view.current.id, *advanced),
    )


def ros1_stain_unconfirmed(view: View) -> Demand | None:
    """Fire on ROS1 positive by immunohistochemistry alone."""
    stained = [test for test in view.tests_of(["ROS1"], "IHC") if _POSITIVE.search(test.result)]
    if not stained or view.tests_of(["ROS1"], "molecular") or view.alterations_of(["ROS1"]):
        return None
    return Demand(
        what="Confirm ROS1 by FISH or RNA sequencing",
        why="the stain is a screening test and can be positive without a fusion.",
        urgency="before the next line",
        level="warning",
        facts=tuple(test.id for test in stained),
    )


def ntrk_stain_unconfirmed(view: View) -> Demand | None:
    """Fire on pan-TRK positive by immunohistochemistry, with no NTRK alteration shown."""
    stained = [
        test
        for test in view.case.of(Test)
        if test.method == "IHC" and (_PAN_TRK.search(test.target) or symbols_of(test.target) & set(_NTRK))
    ]
    positive = [test for test in stained if _POSITIVE.search(test.result)]
    if not positive or view.alterations_of(_NTRK) or view.tests_of(_NTRK, "molecular"):
        return None
    return Demand(
        what="Confirm the NTRK fusion by RNA sequencing",
        why="pan-TRK staining also marks tumours of muscle and nerve without a fusion.",
        urgency="before the next line",
        level="warning",
        facts=tuple(test.id for test in positive),
    )


def partner_unknown(view: View) -> Demand | None:
    """Fire on a kinase gene that is rearranged with a partner not named."""
    open_ended = [report for report in view.molecular if report.kinase and _lacks_partner(report)]
    if not open_ended:
        return None
    names = ", ".join(dict.fromkeys(str(report.kinase) for report in open_ended))
    return Demand(
        what=f"RNA sequencing to name the partner of {names}",
        why="break-apart FISH shows that the gene is broken, not what it is joined to nor whether the frame is kept.",
        urgency="before the next line",
        level="note",
        facts=tuple(dict.fromkeys(fact for report in open_ended for fact in report.facts)),
    )


def _lacks_partner(report: AlterationReport) -> bool:
    """Whether a gene is told to be fused or rearranged without its partner."""
    return report.type == "rearrangement" or (report.type == "fusion" and not (report.gene5 and report.gene3))


def ewsr1_partner(view: View) -> Demand | None:
    """Fire on a sarcoma with EWSR1 or FUS rearranged and the partner, which tells the tumours apart, not known."""
    if not view.classes & {"sarcoma", "ewing"}:
        return None
    parted = [
        report
        for report in view.molecular
        if _lacks_partner(report) and any(report.name.startswith(f"{gene} ") for gene in ("EWSR1", "FUS"))
    ]
    if not parted:
        return None
    return Demand(
        what="RNA sequencing to name the partner of EWSR1 or FUS",
        why="FLI1 or ERG means Ewing sarcoma, other partners mean other tumours, which are treated otherwise; "
        "break-apart FISH shows the same in all of them.",
        urgency="now",
        level="warning",
        facts=tuple(dict.fromkeys(fact for report in parted for fact in report.facts)),
    )


def gist_wild_type(view: View) -> Demand | None:
    """Fire on a gastrointestinal stromal tumour without mutation of KIT and PDGFRA, where SDHB was not stained."""
    diagnosis = view.current
    if diagnosis is None or "gist" not in view.classes or view.alterations_of(_GIST_GENES):
        return None
    negative = [
        test for test in view.tests_of(["KIT", "PDGFRA"], "molecular") if _NEGATIVE.search(test.result)
    ]
    if {"KIT", "PDGFRA"} - {symbol for test in negative for symbol in symbols_of(test.target)}:
        return None
    if view.tests_of(["SDHB", "SDHA"]):
        return None
    return Demand(
        what="SDHB immunohistochemistry; then SDHA to SDHD, NF1, BRAF and NTRK3",
        why="most stromal tumours without mutation of KIT and PDGFRA lack SDH: imatinib does not help them, and the "
        "defect may be inherited.",
        urgency="now",
        level="warning",
        facts=tuple(test.id for test in negative),
    )


def ntrk_any_tumour(view: View) -> Demand | None:
    """Fire on an advanced solid tumour that progressed on treatment, with no driver known and NTRK never looked at."""
    diagnosis = view.current
    if diagnosis is None or "malignant" not in view.classes or not view.advanced:
        return None
    code = tumour_code(diagnosis)
    if code is None or is_haematological(code) or view.progressed_on() is None:
        return None
    if view.drivers or any(report.kinase for report in view.molecular):
        return None
    looked = [
        test
        for test in view.case.of(Test)
        if test.method == "NGS" or _PAN_TRK.search(test.target) or symbols_of(test.target) & set(_NTRK)
    ]
    if looked:
        return None
    return Demand(
        what="NTRK: pan-TRK immunohistochemistry, and what stains confirmed by RNA sequencing",
        why="rare in any one tumour, but TRK inhibitors work whatever the tumour is.",
        urgency="before the next line",
        level="note",
        facts=(diagnosis.id, *view.advanced),
        detail="Where RNA sequencing is at hand it comes first: it needs no stain before it.",
    )


def fusion_structure(view: View) -> Demand | None:
    """Fire on a kinase fusion whose structure the report does not tell, or that RNA has not shown."""
    fusions = [found for found in view.drivers if found.type == "fusion" and found.gene5 and found.gene3]
    lacking: list[str] = []
    facts: list[Alteration] = []
    for found in fusions:
        reports = [report for report in view.molecular if found.id in report.facts]
        unknown = [item for report in reports for item in report.unknown]
        if not _by_rna(view, found):
            unknown.append("confirmation by RNA")
        if unknown and f"{found.gene5}::{found.gene3}" not in " ".join(lacking):
            lacking.append(f"{found.gene5}::{found.gene3} ({', '.join(dict.fromkeys(unknown))})")
            facts.append(found)
    if not lacking:
        return None
    return Demand(
        what=f"Ask the laboratory about the fusion: {'; '.join(lacking)}",
        why="only a fusion in frame that keeps the kinase domain is a target, and DNA alone may not show that.",
        urgency="before the next line",
        level="note",
        facts=tuple(found.id for found in facts),
    )


def rebiopsy_on_progression(view: View) -> Demand | None:
    """Fire on progression on a kinase inhibitor given for a known driver, with no molecular test since."""
    progressed = view.progressed_on()
    if progressed is None or not view.drivers:
        return None
    response, taken = progressed
    driven = {gene for found in view.drivers for gene in found.genes}
    inhibitors = [agent for agent in taken if inhibits(agent, driven)]
    if not inhibitors:
        return None
    since = view.after(response)
    if any(
        isinstance(fact, Alteration) or (isinstance(fact, Test) and fact.method != "IHC") for fact in since
    ):
        return None
    return Demand(
        what="Biopsy of the growing lesion (or circulating tumour DNA) for the mechanism of resistance",
        why=(
            f"the disease progressed while {' + '.join(inhibitors)} was being taken "
            f"({timing_of(view.case, response).text}); a resistance mutation decides on the next inhibitor."
        ),
        urgency="now",
        level="warning",
        facts=(response.id, *(found.id for found in view.drivers)),
    )


def _by_rna(view: View, found: Alteration) -> bool:
    """Whether RNA showed the fusion, by the words around it or around a test of its genes."""
    tests = view.tests_of(found.genes, "molecular")
    return any(_RNA.search(sentence(view.case, fact)) for fact in (found, *tests))


def _required(row: dict[str, str]) -> Rule:
    """Return the rule of a row of ``data/required_tests.tsv``."""
    markers, settled = row["markers"].split("|"), row["genes"].split("|")
    methods = "any" if row["methods"] == "any" else "molecular"

    def ask(view: View) -> Demand | None:
        if view.current is None or row["class"] not in view.classes:
            return None
        if row["when"] == "advanced" and not view.advanced:
            return None
        if view.tests_of(markers, "any" if methods == "any" else "molecular") or view.alterations_of(settled):
            return None
        urgency: Urgency = "now" if row["urgency"] == "now" else "before the next line"
        level: Level = "warning" if row["level"] == "warning" else "note"
        return Demand(row["what"], _lower(row["why"]), urgency, level, (view.current.id,))

    changes = next(each for each in get_args(Changes) if each == row["changes"])
    return Rule(row["rule"], tuple(row["sources"].split("|")), ask, changes, tuple(settled))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


@cache
def molecular_rules() -> tuple[Rule, ...]:
    """Return the rules, those of the table of required tests last."""
    return (
        Rule(
            "workup.alk_in_imt",
            ("coffin-2007", "who-sts-2013", "antonescu-2015", "who-sts-2020"),
            alk_in_imt,
            "the treatment now",
            ("ALK",),
        ),
        Rule(
            "workup.alk_positive_confirm",
            ("lindeman-2018", "antonescu-2015"),
            alk_positive_unconfirmed,
            "how sure a finding is",
            ("ALK",),
        ),
        Rule(
            "workup.alk_negative_imt",
            ("lovly-2014", "antonescu-2015", "hornick-2015"),
            alk_negative_imt,
            "the treatment now",
            _IMT_KINASES[1:],
        ),
        Rule(
            "workup.advanced_imt",
            ("butrynski-2010", "lovly-2014", "schoffski-2018", "esmo-sts-2021"),
            advanced_imt,
            "the treatment now",
            _IMT_KINASES,
        ),
        Rule(
            "workup.ros1_stain_confirm",
            ("hornick-2015", "lindeman-2018"),
            ros1_stain_unconfirmed,
            "how sure a finding is",
            ("ROS1",),
        ),
        Rule(
            "workup.ntrk_stain_confirm",
            ("marchio-2019",),
            ntrk_stain_unconfirmed,
            "how sure a finding is",
            _NTRK[:3],
        ),
        Rule("workup.ntrk_any_tumour", ("marchio-2019",), ntrk_any_tumour, "the next line", _NTRK[:3]),
        Rule("workup.ewsr1_partner", ("who-sts-2020", "esmo-bone-2021"), ewsr1_partner, "the diagnosis"),
        Rule(
            "workup.gist_wild_type",
            ("esmo-gist-2014", "esmo-gist-2018", "esmo-gist-2022"),
            gist_wild_type,
            "the treatment now",
        ),
        Rule(
            "workup.fusion_partner_unknown",
            ("lindeman-2018", "benayed-2019"),
            partner_unknown,
            "how sure a finding is",
        ),
        Rule(
            "workup.fusion_structure",
            ("benayed-2019", "marchio-2019"),
            fusion_structure,
            "how sure a finding is",
        ),
        Rule(
            "workup.rebiopsy_on_progression",
            ("lovly-shaw-2014", "gainor-2017", "drilon-2017"),
            rebiopsy_on_progression,
        ),
        *(_required(row) for row in read_rows("required_tests")),
    )
