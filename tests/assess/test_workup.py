"""The rules of work-up: for each a case in which it fires and one in which it stays silent; the ledger of tests.

What each rule asks is what its source says (``assess/data/sources.tsv``); the cases are our own.
"""

from __future__ import annotations

from datetime import date

import pytest
from stories import (
    altered,
    diagnosis,
    drug,
    fusion,
    gold,
    lab,
    lesion,
    marker,
    outcome,
    patient,
    stated,
    story,
)

from caseboard.assess.course import build_course
from caseboard.assess.molecular import alteration_reports
from caseboard.assess.workup import rule_names, work_up

HIM = patient("2020-01")
IMT = diagnosis("inflammatory myofibroblastic tumor", "2020-02")
MASS = lesion("thigh", "2020-01", 60, by="MRI")
GROWN = lesion("thigh", "2020-06", 80, by="MRI")
FASCIITIS = diagnosis("nodular fasciitis", "2020-02", "working")
SPREAD = lesion("lung", "2020-02", 12, quote="lung metastases")
ALK_NEGATIVE = marker("ALK", "negative", date="2020-03")
KIT_NEGATIVE = marker("KIT", "negative", "NGS")
PDGFRA_NEGATIVE = marker("PDGFRA", "negative", "NGS")
PROGRESS = stated("PD", "2021-02-01")
ON_CRIZOTINIB = (
    fusion("TPM3", "ALK", "2020-03"),
    drug("start", "2020-04-01", "crizotinib"),
    stated("PR", "2020-08-01"),
    stated("PD", "2021-02-01"),
)


def asked(case):
    course = build_course(case)
    _, missing, _ = work_up(case, course, alteration_reports(case))
    return {one.finding.rule: one for one in missing}


FIRES = {
    "workup.benign_diagnosis_contradicted": [(HIM, MASS, FASCIITIS, GROWN), (HIM, MASS, FASCIITIS, SPREAD)],
    "workup.deep_or_growing_mass": [
        (HIM, MASS),
        (HIM, MASS, FASCIITIS, GROWN),
        (HIM, MASS, diagnosis("desmoid fibromatosis", "2020-02")),
    ],
    "workup.expert_pathology_review": [(HIM, diagnosis("leiomyosarcoma", "2020-02"))],
    "workup.two_final_readings": [
        (HIM, diagnosis("leiomyosarcoma", "2020-02"), diagnosis("melanoma", "2020-03"))
    ],
    "workup.unexplained_transaminases": [(HIM, lab("ALT", 440, "U/L", "2020-02"))],
    "workup.alk_in_imt": [(HIM, IMT), (HIM, diagnosis("myofibroblastic sarcoma", "2020-02"))],
    "workup.alk_positive_confirm": [(HIM, IMT, marker("ALK", "positive"))],
    "workup.alk_negative_imt": [(HIM, IMT, ALK_NEGATIVE), (HIM, IMT, marker("ALK", "negative", "FISH"))],
    "workup.advanced_imt": [(HIM, MASS, IMT, ALK_NEGATIVE, SPREAD)],
    "workup.ros1_stain_confirm": [(HIM, IMT, marker("ROS1", "positive"))],
    "workup.ntrk_stain_confirm": [(HIM, diagnosis("spindle cell sarcoma"), marker("pan-TRK", "positive"))],
    "workup.fusion_partner_unknown": [
        (HIM, IMT, altered("rearrangement", "ALK", quote="ALK rearrangement")),
        (HIM, IMT, marker("ALK", "positive", "FISH")),
    ],
    "workup.ntrk_any_tumour": [
        (
            HIM,
            diagnosis("pancreatic adenocarcinoma"),
            SPREAD,
            drug("start", "2020-04-01", "gemcitabine"),
            PROGRESS,
        )
    ],
    "workup.ewsr1_partner": [
        (HIM, diagnosis("ewing sarcoma"), marker("EWSR1", "positive", "FISH")),
        (HIM, diagnosis("leiomyosarcoma"), altered("rearrangement", "EWSR1")),
    ],
    "workup.gist_wild_type": [
        (HIM, diagnosis("gastrointestinal stromal tumor"), KIT_NEGATIVE, PDGFRA_NEGATIVE),
    ],
    "workup.solitary_fibrous_tumour_stat6": [
        (HIM, diagnosis("solitary fibrous tumor"), marker("CD34", "positive")),
    ],
    "workup.ntrk_rearranged_sarcoma": [(HIM, diagnosis("ntrk-rearranged spindle cell neoplasm"))],
    "workup.secretory_carcinoma_ntrk3": [
        (HIM, diagnosis("secretory carcinoma of the salivary gland")),
        (HIM, diagnosis("congenital mesoblastic nephroma")),
    ],
    "workup.medullary_thyroid_ret": [(HIM, diagnosis("medullary thyroid carcinoma"))],
    "workup.anaplastic_thyroid_braf": [(HIM, diagnosis("anaplastic thyroid carcinoma"))],
    "workup.thyroid_drivers": [(HIM, diagnosis("papillary thyroid carcinoma"), SPREAD)],
    "workup.fusion_structure": [(HIM, IMT, fusion("YWHAE", "ROS1", quote="YWHAE-ROS1 fusion"))],
    "workup.rebiopsy_on_progression": [(HIM, IMT, *ON_CRIZOTINIB)],
    "workup.gist_kit_pdgfra": [
        (HIM, diagnosis("gastrointestinal stromal tumor")),
        (HIM, diagnosis("gastrointestinal stromal tumor"), marker("CD117", "positive")),
    ],
    "workup.synovial_sarcoma_ss18": [(HIM, diagnosis("monophasic synovial sarcoma"))],
    "workup.dfsp_pdgfb": [(HIM, diagnosis("dermatofibrosarcoma protuberans"), marker("CD34", "positive"))],
    "workup.ewing_ewsr1": [(HIM, diagnosis("ewing sarcoma"), marker("CD99", "positive"))],
    "workup.infantile_fibrosarcoma_ntrk": [(HIM, diagnosis("infantile fibrosarcoma"))],
    "workup.alveolar_rhabdomyosarcoma_foxo1": [(HIM, diagnosis("alveolar rhabdomyosarcoma"))],
    "workup.myxoid_liposarcoma_ddit3": [(HIM, diagnosis("myxoid liposarcoma"))],
    "workup.liposarcoma_mdm2": [(HIM, diagnosis("dedifferentiated liposarcoma"))],
    "workup.melanoma_braf": [(HIM, diagnosis("melanoma"), lesion("lung", None, 12, quote="lung metastasis"))],
    "workup.nsclc_drivers": [
        (HIM, diagnosis("lung adenocarcinoma"), lesion("liver", None, 12, quote="a liver metastasis"))
    ],
    "workup.cholangiocarcinoma_fgfr2_idh1": [
        (HIM, diagnosis("intrahepatic cholangiocarcinoma"), lesion("lung", None, 9, quote="metastases"))
    ],
}

SILENT = {
    "workup.benign_diagnosis_contradicted": [
        (HIM, MASS, FASCIITIS, lesion("thigh", "2020-06", 61, by="MRI")),  # 1 mm is no growth
        (HIM, MASS, FASCIITIS, GROWN, diagnosis("leiomyosarcoma", "2020-07")),
    ],
    "workup.deep_or_growing_mass": [
        (HIM, lesion("thigh", "2020-01", 20)),
        (HIM, MASS, diagnosis("leiomyosarcoma", "2020-02")),
        (HIM, lesion("liver", "2020-01", 80)),
        (HIM, MASS, diagnosis("desmoid fibromatosis", "2020-02"), drug("start", "2020-04-01", "sorafenib")),
    ],
    "workup.expert_pathology_review": [
        (HIM, diagnosis("leiomyosarcoma", quote="revised by the reference pathologist to leiomyosarcoma")),
        (HIM, diagnosis("synovial sarcoma"), altered("rearrangement", "SS18")),
        (HIM, diagnosis("breast carcinoma")),
    ],
    "workup.two_final_readings": [
        (HIM, diagnosis("leiomyosarcoma"), diagnosis("metastatic sarcoma")),
        (HIM, diagnosis("lymphoma", status="working"), diagnosis("leiomyosarcoma")),
    ],
    "workup.unexplained_transaminases": [
        (HIM, lab("ALT", 60, "U/L", "2020-02")),
        (HIM, lab("ALT", 440, "U/L", "2020-02"), lab("ALT", 16, "U/L", "2020-05")),
        (HIM, drug("start", "2020-01-15", "crizotinib"), lab("ALT", 440, "U/L", "2020-02")),
        (HIM, lab("ALT", 440, "U/L", "2020-02"), marker("HBsAg", "negative", "other")),
    ],
    "workup.alk_in_imt": [(HIM, IMT, ALK_NEGATIVE), (HIM, diagnosis("leiomyosarcoma"))],
    "workup.alk_positive_confirm": [
        (HIM, IMT, marker("ALK", "positive"), marker("ALK", "positive", "FISH")),
        (HIM, IMT, marker("ALK", "positive"), fusion("TPM3", "ALK")),
        (HIM, IMT, ALK_NEGATIVE),
    ],
    "workup.alk_negative_imt": [
        (HIM, IMT, ALK_NEGATIVE, fusion("YWHAE", "ROS1")),
        (HIM, IMT, ALK_NEGATIVE, marker("ROS1", "negative", "FISH"), marker("NTRK3", "negative", "FISH")),
        (HIM, IMT, ALK_NEGATIVE, marker("ALK", "negative", "NGS", quote="RNA sequencing")),
    ],
    "workup.advanced_imt": [
        (HIM, MASS, IMT, ALK_NEGATIVE),
        (HIM, MASS, IMT, SPREAD, marker("ALK", "positive", "FISH")),
    ],
    "workup.ros1_stain_confirm": [(HIM, IMT, marker("ROS1", "positive"), marker("ROS1", "positive", "FISH"))],
    "workup.ntrk_stain_confirm": [
        (HIM, marker("pan-TRK", "negative")),
        (HIM, marker("pan-TRK", "positive"), fusion("TPM3", "NTRK1")),
    ],
    "workup.fusion_partner_unknown": [(HIM, IMT, altered("rearrangement", "ALK"), fusion("TPM3", "ALK"))],
    "workup.ntrk_any_tumour": [
        # not advanced; no progression; already looked at; a driver is known; a tumour of the blood
        (HIM, diagnosis("pancreatic adenocarcinoma"), drug("start", "2020-04-01", "gemcitabine"), PROGRESS),
        (HIM, diagnosis("pancreatic adenocarcinoma"), SPREAD),
        (HIM, diagnosis("pancreatic adenocarcinoma"), SPREAD, PROGRESS, marker("pan-TRK", "negative")),
        (HIM, diagnosis("lung adenocarcinoma"), SPREAD, PROGRESS, altered("variant", "EGFR", "L858R")),
        (HIM, diagnosis("multiple myeloma"), SPREAD, PROGRESS),
    ],
    "workup.ewsr1_partner": [
        (HIM, diagnosis("ewing sarcoma"), marker("EWSR1", "positive", "FISH"), fusion("EWSR1", "FLI1")),
        (HIM, diagnosis("ewing sarcoma"), marker("EWSR1", "negative", "FISH")),
    ],
    "workup.gist_wild_type": [
        (HIM, diagnosis("gastrointestinal stromal tumor"), KIT_NEGATIVE),
        (
            HIM,
            diagnosis("gastrointestinal stromal tumor"),
            KIT_NEGATIVE,
            PDGFRA_NEGATIVE,
            marker("SDHB", "positive"),
        ),
        (HIM, diagnosis("leiomyosarcoma"), KIT_NEGATIVE, PDGFRA_NEGATIVE),
    ],
    "workup.solitary_fibrous_tumour_stat6": [
        (HIM, diagnosis("solitary fibrous tumor"), marker("STAT6", "positive")),
        (HIM, diagnosis("leiomyosarcoma")),
    ],
    "workup.ntrk_rearranged_sarcoma": [
        (HIM, diagnosis("ntrk-rearranged spindle cell neoplasm"), fusion("LMNA", "NTRK1")),
        (HIM, diagnosis("leiomyosarcoma")),
    ],
    "workup.secretory_carcinoma_ntrk3": [
        (HIM, diagnosis("secretory carcinoma of the salivary gland"), marker("ETV6", "positive", "FISH")),
        (HIM, diagnosis("breast carcinoma")),
    ],
    "workup.medullary_thyroid_ret": [
        (HIM, diagnosis("medullary thyroid carcinoma"), altered("variant", "RET", "M918T")),
        (HIM, diagnosis("papillary thyroid carcinoma")),
    ],
    "workup.anaplastic_thyroid_braf": [
        (HIM, diagnosis("anaplastic thyroid carcinoma"), marker("BRAF", "negative")),
        (HIM, diagnosis("medullary thyroid carcinoma")),
    ],
    "workup.thyroid_drivers": [
        (HIM, diagnosis("papillary thyroid carcinoma")),
        (HIM, diagnosis("papillary thyroid carcinoma"), SPREAD, fusion("CCDC6", "RET")),
    ],
    "workup.fusion_structure": [
        (
            HIM,
            IMT,
            fusion(
                "TPM3", "ALK", quote="RNA: in-frame TPM3-ALK, exon 7 to exon 20, kinase domain of ALK kept"
            ),
        ),
        (HIM, diagnosis("synovial sarcoma"), altered("rearrangement", "SS18")),
    ],
    "workup.rebiopsy_on_progression": [
        (HIM, IMT, *ON_CRIZOTINIB, altered("variant", "ALK", "G1202R", "2021-02-20")),
        # off the inhibitor: stopped before the progression
        (HIM, IMT, *ON_CRIZOTINIB[:3], drug("stop", "2020-12-01", "crizotinib"), ON_CRIZOTINIB[3]),
        (HIM, IMT, *ON_CRIZOTINIB, drug("start", "2021-02-10", "alectinib"), stated("PR", "2021-05-01")),
        # no driver is known that a mutation could make resistant
        (HIM, IMT, drug("start", "2020-04-01", "pazopanib"), stated("PD", "2021-02-01")),
    ],
    "workup.gist_kit_pdgfra": [
        (HIM, diagnosis("gastrointestinal stromal tumor"), marker("KIT", "positive", "NGS")),
        (HIM, diagnosis("gastrointestinal stromal tumor"), altered("variant", "KIT", "V559D")),
    ],
    "workup.synovial_sarcoma_ss18": [
        (HIM, diagnosis("synovial sarcoma"), marker("SS18", "positive", "FISH")),
        (HIM, diagnosis("leiomyosarcoma")),
    ],
    "workup.dfsp_pdgfb": [
        (HIM, diagnosis("dermatofibrosarcoma protuberans"), marker("PDGFB", "positive", "FISH")),
        (HIM, diagnosis("dermatofibrosarcoma protuberans"), fusion("COL1A1", "PDGFB")),
    ],
    "workup.ewing_ewsr1": [(HIM, diagnosis("ewing sarcoma"), fusion("EWSR1", "FLI1"))],
    "workup.infantile_fibrosarcoma_ntrk": [
        (HIM, diagnosis("infantile fibrosarcoma"), fusion("ETV6", "NTRK3"))
    ],
    "workup.alveolar_rhabdomyosarcoma_foxo1": [
        (HIM, diagnosis("alveolar rhabdomyosarcoma"), marker("FOXO1", "positive", "FISH"))
    ],
    "workup.myxoid_liposarcoma_ddit3": [
        (HIM, diagnosis("myxoid liposarcoma"), marker("DDIT3", "positive", "FISH"))
    ],
    "workup.liposarcoma_mdm2": [(HIM, diagnosis("dedifferentiated liposarcoma"), marker("MDM2", "positive"))],
    "workup.melanoma_braf": [
        (HIM, diagnosis("melanoma"), lesion("calf", None, 11)),
        (HIM, diagnosis("melanoma"), altered("variant", "BRAF", "V600E"), SPREAD),
    ],
    "workup.nsclc_drivers": [
        (HIM, diagnosis("lung adenocarcinoma"), marker("EGFR", "negative", "PCR"), SPREAD)
    ],
    "workup.cholangiocarcinoma_fgfr2_idh1": [
        (HIM, diagnosis("intrahepatic cholangiocarcinoma"), fusion("FGFR2", "BICC1"), SPREAD)
    ],
}


@pytest.mark.parametrize(("rule", "told"), [(rule, told) for rule, cases in FIRES.items() for told in cases])
def test_a_rule_fires(rule, told):
    one = asked(story(*told)).get(rule)
    assert one is not None
    assert one.finding.facts
    assert one.finding.citations
    assert one.finding.topic == "work-up"


@pytest.mark.parametrize(("rule", "told"), [(rule, told) for rule, cases in SILENT.items() for told in cases])
def test_a_rule_stays_silent(rule, told):
    assert rule not in asked(story(*told))


def test_every_rule_is_tested_for_firing_and_for_silence():
    assert set(rule_names()) == set(FIRES) == set(SILENT)


def test_nothing_is_asked_of_a_patient_who_has_died():
    assert asked(story(HIM, IMT, outcome("dead", "with disease", "2021-01"))) == {}


def test_what_is_asked_without_disease_to_treat_is_not_urgent():
    free = asked(story(HIM, diagnosis("leiomyosarcoma", "2020-02"), outcome("alive", "NED", "2021-01")))
    sick = asked(
        story(HIM, diagnosis("leiomyosarcoma", "2020-02"), outcome("alive", "with disease", "2021-01"))
    )
    rule = "workup.expert_pathology_review"
    assert (free[rule].urgency, free[rule].finding.level) == ("before the next line", "note")
    assert (sick[rule].urgency, sick[rule].finding.level) == ("now", "warning")


def test_a_review_that_was_asked_for_without_a_result_is_said():
    text = "In 2020 a man came. Leiomyosarcoma was diagnosed. A second opinion was asked for. He got doxorubicin."
    case = story(
        patient("2020-01", quote="In 2020 a man"),
        diagnosis("leiomyosarcoma", "2020-02", quote="Leiomyosarcoma was diagnosed"),
        drug("start", "2020-03", "doxorubicin", quote="He got doxorubicin"),
        text=text,
    )
    detail = asked(case)["workup.expert_pathology_review"].finding.detail
    assert detail == "A second opinion has been asked for; no result is told yet."


@pytest.mark.parametrize(
    "review",
    [
        "and an expert pathologist was asked for a review",
        "and the slides were sent to an expert pathologist for a second opinion",
    ],
)
def test_a_review_asked_for_in_the_sentence_of_the_diagnosis_is_no_review_yet(review):
    text = f"In 2020 a man came. The biopsy showed leiomyosarcoma, {review}."
    told = (
        patient("2020-01", quote="In 2020 a man"),
        diagnosis("leiomyosarcoma", "2020-02", quote="showed leiomyosarcoma"),
    )
    assert "workup.expert_pathology_review" in asked(story(*told, text=text))
    done = text.replace(review, "which the reference pathologist confirmed")
    assert "workup.expert_pathology_review" not in asked(story(*told, text=done))


def test_a_rule_cites_only_what_was_published_by_the_cut_off():
    case = story(patient("2015-01"), diagnosis("leiomyosarcoma", "2015-02")).as_of(date(2015, 12, 31))
    cited = asked(case)["workup.expert_pathology_review"].finding.citations
    assert [one.text[:12] for one in cited] == ["Lurkin 2010,", "Ray-Coquard "]


def test_a_rule_whose_sources_are_all_later_is_not_asked():
    told = (
        patient("2015-01"),
        diagnosis("spindle cell sarcoma", "2015-02"),
        marker("pan-TRK", "positive", date="2015-03"),
    )
    assert "workup.ntrk_stain_confirm" in asked(story(*told))
    assert "workup.ntrk_stain_confirm" not in asked(story(*told).as_of(date(2015, 12, 31)))


def test_a_missing_test_that_matters_more_comes_first():
    case = story(HIM, MASS, FASCIITIS, GROWN, lab("ALT", 440, "U/L", "2020-07"))
    course = build_course(case)
    _, missing, findings = work_up(case, course, ())
    assert [one.finding.level for one in missing] == ["critical", "warning", "note"]
    assert findings == tuple(one.finding for one in missing)


def test_of_tests_that_matter_alike_the_one_that_could_change_more_comes_first():
    told = (
        HIM,
        diagnosis("ewing sarcoma"),
        marker("EWSR1", "positive", "FISH"),
        marker("ALK", "positive"),
        SPREAD,
    )
    found = list(asked(story(*told)).values())
    changes = [one.changes for one in found if one.finding.level == "warning"]
    assert changes[0] == "the diagnosis"
    assert changes[-1] == "how sure a finding is"


def test_a_missing_test_names_the_drugs_that_it_could_open():
    found = asked(story(HIM, diagnosis("medullary thyroid carcinoma")))["workup.medullary_thyroid_ret"]
    # EID12598: RET M918T, selpercatinib in medullary thyroid carcinoma, level A
    selpercatinib = next(one for one in found.opens if one.drug == "selpercatinib")
    assert (selpercatinib.level, "EID12598" in selpercatinib.evidence) == ("A", True)
    assert asked(story(HIM, diagnosis("leiomyosarcoma")))["workup.expert_pathology_review"].opens == ()


def test_fish_that_counts_copies_says_nothing_of_rearrangements():
    positive, negative = ledger_of(marker("MDM2", "positive", "FISH"), marker("HER2", "negative", "FISH"))
    assert "amplification of MDM2" in positive.excludes
    assert negative.excludes == "amplification of HER2"
    assert "fusions" in negative.does_not_exclude


def test_a_rearranged_ewsr1_does_not_tell_which_tumour_it_is():
    (entry,) = ledger_of(marker("EWSR1", "positive", "FISH"))
    assert "the partner tells them apart" in entry.does_not_exclude


def ledger_of(*tests):
    case = story(HIM, IMT, *tests)
    entries, _, _ = work_up(case, build_course(case), ())
    return entries


def test_a_negative_alk_stain_leaves_the_other_kinases_open():
    (entry,) = ledger_of(ALK_NEGATIVE)
    assert entry.excludes == "an ALK fusion, in most cases"
    assert all(gene in entry.does_not_exclude for gene in ("ROS1", "NTRK", "RET", "PDGFRB"))
    assert entry.timing.text == "March 2020"
    assert entry.citations


def test_break_apart_fish_names_no_partner_and_misses_small_inversions():
    positive, negative = ledger_of(marker("ALK", "positive", "FISH"), marker("ROS1", "negative", "FISH"))
    assert "the partner" in positive.does_not_exclude
    assert "small inversions" in negative.does_not_exclude


def test_stable_microsatellites_are_told_of_as_no_gene_and_a_positive_panel_as_no_fusion():
    """MSI is a state of the tumour: no "alteration of MSI" is excluded, and no intron can break in it."""
    stable, amplified = ledger_of(
        marker("MSI", "negative (stable)", "NGS"), marker("MDM2", "positive", "NGS")
    )
    assert stable.excludes == "high microsatellite instability in what was sequenced"
    assert "intron" not in stable.does_not_exclude
    assert amplified.does_not_exclude.startswith("of a fusion, ")


def test_a_dna_panel_misses_what_rna_finds():
    dna, rna = ledger_of(
        marker("ROS1", "negative", "NGS", quote="a DNA panel"),
        marker("NTRK3", "negative", "NGS", quote="RNA sequencing"),
    )
    assert "introns" in dna.does_not_exclude
    assert rna.excludes.startswith("an expressed fusion of NTRK3")


def test_a_marker_that_the_table_does_not_know_excludes_nothing_for_certain():
    (entry,) = ledger_of(marker("FOO1", "negative"))
    assert entry.excludes.startswith("nothing for certain")


def test_the_reference_cases_ask_what_an_oncologist_would_ask(shared):
    whole = gold(shared, "seed_ros1_imt")
    july = asked(whole.as_of(date(2018, 7, 31)))
    assert list(july) == ["workup.benign_diagnosis_contradicted", "workup.deep_or_growing_mass"]
    march = asked(whole.as_of(date(2019, 3, 31)))
    assert {"workup.expert_pathology_review", "workup.alk_in_imt"} <= set(march)
    assert set(asked(whole)) == {"workup.fusion_structure"}


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("dfsp_lung_metastases", 1, {"workup.expert_pathology_review", "workup.dfsp_pdgfb"}),
        ("e3c_breast_64", 1, set()),
        ("gastric_apatinib", 1, set()),
        ("letter_ewing", 1, set()),
        ("letter_melanoma", 1, set()),
        ("letter_ntrk_sarcoma", 1, {"workup.fusion_structure"}),
        ("osteosarcoma_apatinib", 1, {"workup.expert_pathology_review"}),
        ("pericardial_synovial_sarcoma", 1, set()),
        ("report_gist_two_patients", 1, set()),
        ("report_gist_two_patients", 2, set()),
    ],
)
def test_nothing_that_is_met_or_beside_the_point_is_asked(shared, name, number, expected):
    assert set(asked(gold(shared, name).for_patient(number))) == expected
