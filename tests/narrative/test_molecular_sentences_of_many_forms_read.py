"""Molecular findings told in sentences of many forms, as read. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Alteration, Test
from caseboard.narrative import read

LUNG = "A 54-year-old woman was diagnosed with adenocarcinoma of the lung in March 2019. "


def facts(text):
    return read(Document(name="row", text=LUNG + text))


def by_method(text):
    """Return (target, method, whether not found) of each test, in the order of their targets."""
    return sorted((f.target, f.method, f.result.startswith("negative")) for f in facts(text).of(Test))


def altered(text):
    """Return (type, genes, change) of each alteration, in order of type and genes."""
    found = facts(text).of(Alteration)
    rows = [(f.type, "-".join(g for g in (f.gene5, f.gene3, f.gene) if g), f.change or "") for f in found]
    return sorted(rows)


def results(text):
    """Return {target: "negative" or "positive"}."""
    return {f.target: f.result.split(" ")[0] for f in facts(text).of(Test)}


NEGATIVE_THEN_POSITIVE = [
    ("FISH was negative for RET but positive for ALK.", {"RET": "negative", "ALK": "positive"}),
    ("FISH was negative for RET but was positive for ALK.", {"RET": "negative", "ALK": "positive"}),
    ("The tumour was negative for HER2 and positive for MET.", {"HER2": "negative", "MET": "positive"}),
    (
        "Immunohistochemistry was negative for SMA and desmin, while positive for SOX10.",
        {"SMA": "negative", "desmin": "negative", "SOX10": "positive"},
    ),
    (
        "The cells were negative for TTF-1 and CK7, but expressed CD34 and myogenin, and INI1 was lost.",
        {
            "TTF-1": "negative",
            "CK7": "negative",
            "CD34": "positive",
            "myogenin": "positive",
            "INI1": "negative",
        },
    ),
    (
        "It was positive for SOX10, with SMA and desmin negative.",
        {"SOX10": "positive", "SMA": "negative", "desmin": "negative"},
    ),
    ("There was no strong and diffuse staining for desmin.", {"desmin": "negative"}),
]


@pytest.mark.parametrize(("text", "expected"), NEGATIVE_THEN_POSITIVE)
def test_a_denial_ends_where_a_finding_of_its_own_is_told(text, expected):
    assert results(text) == expected


NEIGHBOURS = [
    (
        "DNA sequencing found a BRAF V600E mutation and was negative for NRAS and KRAS.",
        [("variant", "BRAF", "V600E")],
        {"BRAF": "positive", "NRAS": "negative", "KRAS": "negative"},
    ),
    (
        "NGS identified a KIF5B-RET fusion and was negative for other alterations.",
        [("fusion", "KIF5B-RET", "")],
        {"RET": "positive"},
    ),
    ("The EML4-ALK fusion was negative by FISH.", [], {"ALK": "negative"}),
    (
        "Sequencing showed no mutation in KIT, a D842V mutation in PDGFRA and no mutation in BRAF.",
        [("variant", "PDGFRA", "D842V")],
        {"KIT": "negative", "PDGFRA": "positive", "BRAF": "negative"},
    ),
    (
        "Sequencing found wild-type KIT, mutated PDGFRA (D842V) and wild-type SDHB.",
        [("variant", "PDGFRA", "D842V")],
        {"KIT": "negative", "PDGFRA": "positive", "SDHB": "negative"},
    ),
    (
        "PCR revealed an exon 11 deletion in KIT and wild-type PDGFRA.",
        [("variant", "KIT", "exon 11 deletion")],
        {"KIT": "positive", "PDGFRA": "negative"},
    ),
    (
        "NGS showed KRAS G12D, wild-type TP53 and amplified MYC.",
        [("amplification", "MYC", ""), ("variant", "KRAS", "G12D")],
        {"KRAS": "positive", "TP53": "negative", "MYC": "positive"},
    ),
    (
        "The tumour showed no MDM2 amplification, a CDKN2A deletion and a TP53 mutation.",
        [("deletion", "CDKN2A", "deletion"), ("variant", "TP53", "")],
        {"MDM2": "negative", "CDKN2A": "positive", "TP53": "positive"},
    ),
    ("There were no mutations in NRAS and KRAS.", [], {"NRAS": "negative", "KRAS": "negative"}),
]


@pytest.mark.parametrize(("text", "found", "expected"), NEIGHBOURS)
def test_what_is_said_of_a_gene_is_not_said_of_its_neighbour(text, found, expected):
    assert altered(text) == found
    assert results(text) == expected


EXON_EVENTS = [
    (
        "NGS showed an exon 19 deletion in EGFR; ROS1 FISH was negative.",
        [("variant", "EGFR", "exon 19 deletion")],
    ),
    (
        "NGS revealed a KIT exon 11 deletion and a VUS in ATM (p.R337H).",
        [("variant", "ATM", "R337H"), ("variant", "KIT", "exon 11 deletion")],
    ),
    ("NGS revealed a deletion of CDKN2A.", [("deletion", "CDKN2A", "deletion")]),
]


@pytest.mark.parametrize(("text", "expected"), EXON_EVENTS)
def test_a_deletion_within_an_exon_is_one_event(text, expected):
    assert altered(text) == expected


REMARKS = [
    (
        "Sequencing detected a KIT D816H mutation, a change reported in less than 1% of patients.",
        [("variant", "KIT", "D816H")],
    ),
    (
        "The tumour harboured a RET M918T mutation, previously described in thyroid cancer.",
        [("variant", "RET", "M918T")],
    ),
    (
        "RNA sequencing revealed an EML4-NTRK3 fusion that has been reported in other tumours.",
        [("fusion", "EML4-NTRK3", "")],
    ),
    ("Previous studies revealed ALK fusions, which have been reported in many patients.", []),
    ("EGFR mutations are commonly found in adenocarcinoma.", []),
    ("A BRAF V600E mutation has been reported in 2% of patients.", []),
]


@pytest.mark.parametrize(("text", "expected"), REMARKS)
def test_a_remark_on_others_behind_a_finding_leaves_it(text, expected):
    assert altered(text) == expected


PARTNERS = [
    (
        "An NTRK1 fusion with TPM3 was found by RNA sequencing, and EGFR was of wild type.",
        [("fusion", "TPM3-NTRK1", "")],
    ),
    ("FISH showed an ALK rearrangement; the fusion partner was EML4.", [("fusion", "EML4-ALK", "")]),
    (
        "NGS revealed an ALK fusion with STRN as the partner and wild-type KRAS.",
        [("fusion", "STRN-ALK", "")],
    ),
    ("The fusion partner of RET was KIF5B.", [("fusion", "KIF5B-RET", "")]),
    ("TPM3 was identified as the fusion partner of NTRK1.", [("fusion", "TPM3-NTRK1", "")]),
    ("A RET fusion (partner: KIF5B) was found.", [("fusion", "KIF5B-RET", "")]),
    (
        "RNA sequencing found a fusion involving BRAF and KIAA1549, with wild-type IDH1.",
        [("fusion", "KIAA1549-BRAF", "")],
    ),
    (
        "A ROS1 rearrangement with an unknown partner was detected.",
        [("rearrangement", "ROS1", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTNERS)
def test_a_partner_named_apart_makes_the_pair(text, expected):
    assert altered(text) == expected


TAKEN_BACK = [
    (
        "FISH suggested an ALK rearrangement, but this was not confirmed by RNA sequencing.",
        [("ALK", "NGS", True)],
    ),
    (
        "PCR suggested a KRAS G12C mutation, which could not be confirmed by NGS.",
        [("KRAS G12C", "NGS", True)],
    ),
    ("IHC suggested an ALK fusion, but this was later refuted by RNA sequencing.", [("ALK", "NGS", True)]),
    ("The MET amplification initially reported by FISH was an artefact.", []),
    ("The BRAF V600E mutation proved to be a false positive.", []),
    ("NGS found a MET exon 14 mutation, later found to be an artefact.", []),
    ("The EGFR L858R mutation first reported was found to be due to a sample mix-up.", []),
]


@pytest.mark.parametrize(("text", "expected"), TAKEN_BACK)
def test_what_was_taken_back_is_no_finding(text, expected):
    assert altered(text) == []
    assert by_method(text) == expected


def test_a_share_told_with_the_first_result_stays():
    told = facts("PD-L1 was positive (20%) in May 2019 and negative in June 2020.").of(Test)
    assert [f.result for f in told] == ["positive (20%)", "negative"]


def test_what_another_test_confirmed_stays():
    assert altered("An ALK rearrangement was detected by FISH and confirmed by NGS.") == [
        ("rearrangement", "ALK", "")
    ]


def dated(text):
    """Return (target, result, month) of each test, in order of the months."""
    found = facts(text).of(Test)
    rows = [(f.target, f.result.split(" ")[0], str(f.when)) for f in found]
    return sorted(rows, key=lambda row: row[2])


IN_TURN = [
    (
        "PD-L1 was 10% in May 2019 and had risen to 70% in July 2020.",
        [("PD-L1", "10%", "2019-05"), ("PD-L1", "70%", "2020-07")],
    ),
    (
        "RET was tested twice by FISH: negative in May 2019 and positive in July 2020.",
        [("RET", "negative", "2019-05"), ("RET", "positive", "2020-07")],
    ),
    (
        "HER2 by IHC was positive in May 2019, but negative in July 2020.",
        [("HER2", "positive", "2019-05"), ("HER2", "negative", "2020-07")],
    ),
    (
        "Ki-67 was 5% in May 2019, 20% in July 2020 and 60% in August 2021.",
        [("Ki-67", "5%", "2019-05"), ("Ki-67", "20%", "2020-07"), ("Ki-67", "60%", "2021-08")],
    ),
    (
        "FISH was negative for ALK in May 2019 and positive for ROS1 in July 2020.",
        [("ALK", "negative", "2019-05"), ("ROS1", "positive", "2020-07")],
    ),
    (
        "ALK FISH was positive in 60% of cells in May 2019 and negative in June 2020.",
        [("ALK", "positive", "2019-05"), ("ALK", "negative", "2020-06")],
    ),
    (
        "EGFR testing was negative in May 2019 and showed a G719A mutation in July 2020.",
        [("EGFR", "negative", "2019-05"), ("EGFR", "positive", "2020-07")],
    ),
    (
        "BRAF testing was negative in May 2019 but detected a V600E mutation in July 2020.",
        [("BRAF", "negative", "2019-05"), ("BRAF", "positive", "2020-07")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_TURN)
def test_results_told_in_turn_have_each_its_day(text, expected):
    assert dated(text) == expected


def test_several_genes_tested_twice_have_both_results_each():
    told = dated("ROS1 and ALK FISH were negative in May 2019 and positive in July 2020.")
    assert sorted(told) == [
        ("ALK", "negative", "2019-05"),
        ("ALK", "positive", "2020-07"),
        ("ROS1", "negative", "2019-05"),
        ("ROS1", "positive", "2020-07"),
    ]


VARIANTS_DATED = [
    (
        "Rebiopsy in July 2020 revealed KIT V654A besides the exon 11 deletion known since May 2019.",
        [("V654A", "2020-07"), ("exon 11 deletion", "2019-05")],
    ),
    (
        "Rebiopsy in July 2020 showed EGFR T790M in addition to the exon 19 deletion found in May 2019.",
        [("T790M", "2020-07"), ("exon 19 deletion", "2019-05")],
    ),
    (
        "Plasma testing in May 2019 was negative for EGFR mutations, but tissue testing in July 2020 revealed L858R.",
        [("L858R", "2020-07")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), VARIANTS_DATED)
def test_a_variant_has_the_day_of_its_own_words(text, expected):
    assert [(f.change, str(f.when)) for f in facts(text).of(Alteration)] == expected


ABSENT = [
    ("ROS1 was rearranged on FISH; RET was intact.", {"ROS1": "positive", "RET": "negative"}),
    ("INI1 was intact.", {"INI1": "positive"}),
    ("A ROS1 rearrangement in 5% of cells, below the threshold of 15%, was seen.", {"ROS1": "negative"}),
    ("FISH showed a RET rearrangement in 8% of nuclei (cut-off 15%).", {"RET": "negative"}),
    ("FISH showed a RET rearrangement in 38% of nuclei (cut-off 15%).", {"RET": "positive"}),
    ("A BRAF fusion rather than a V600E mutation was found.", {"BRAF": "positive", "BRAF V600E": "negative"}),
    ("An ALK fusion instead of an EGFR mutation was found.", {"ALK": "positive", "EGFR": "negative"}),
    (
        "Rebiopsy showed disappearance of T790M and a C797S mutation in EGFR.",
        {"EGFR T790M": "negative", "EGFR": "positive"},
    ),
    (
        "NGS showed loss of KRAS G12C and a new BRAF V600E mutation.",
        {"KRAS G12C": "negative", "BRAF": "positive"},
    ),
    ("RB1 loss and a TP53 R175H mutation were found by NGS.", {"RB1": "positive", "TP53": "positive"}),
]


@pytest.mark.parametrize(("text", "expected"), ABSENT)
def test_what_was_not_there_is_negative(text, expected):
    assert results(text) == expected


NOT_YET = [
    (
        "ALK, ROS1 and RET were negative and MET is pending.",
        {"ALK": "negative", "ROS1": "negative", "RET": "negative"},
    ),
    ("An ALK rearrangement will be sought at relapse.", {}),
    ("KRAS mutations are to be tested at progression.", {}),
    ("RET amplification will be checked for in the next biopsy.", {}),
    ("The tumour was negative for HER2, and NTRK testing has not been done.", {"HER2": "negative"}),
    ("The tumour was negative for ALK, and RET FISH is still pending.", {"ALK": "negative"}),
    ("KRAS was wild type; EGFR testing is awaited.", {"KRAS": "negative"}),
]


@pytest.mark.parametrize(("text", "expected"), NOT_YET)
def test_what_is_still_to_be_tested_has_no_result(text, expected):
    assert results(text) == expected
    assert altered(text) == []


TWO_METHODS = [
    (
        "RET IHC was positive; however, FISH revealed no rearrangement.",
        [("RET", "FISH", True), ("RET", "IHC", False)],
    ),
    (
        "MET was positive by IHC, but NGS found no amplification.",
        [("MET", "IHC", False), ("MET", "NGS", True)],
    ),
    (
        "HER2 IHC was 2+, and subsequent FISH showed an amplification.",
        [("HER2", "FISH", False), ("HER2", "IHC", False)],
    ),
    ("ROS1 was negative by both IHC and FISH.", [("ROS1", "FISH", True), ("ROS1", "IHC", True)]),
    (
        "ALK was positive by IHC and FISH, whereas RET was negative by both methods.",
        [("ALK", "FISH", False), ("ALK", "IHC", False), ("RET", "FISH", True), ("RET", "IHC", True)],
    ),
    (
        "ALK IHC was positive, but FISH showed no rearrangement of ROS1.",
        [("ALK", "IHC", False), ("ROS1", "FISH", True)],
    ),
    (
        "A liquid biopsy was negative for EGFR mutations, but a rebiopsy revealed L858R.",
        [("EGFR", "NGS", True), ("EGFR", "other", False)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TWO_METHODS)
def test_a_gene_looked_at_by_two_methods_has_two_results(text, expected):
    assert by_method(text) == expected


SPECIMENS = [
    (
        "The NF1 p.R1276Q variant was absent from germline DNA and therefore regarded as somatic.",
        [("variant", "NF1", "R1276Q")],
    ),
    (
        "The KRAS G12C mutation was undetectable in plasma, but was detected in the biopsy.",
        [("variant", "KRAS", "G12C")],
    ),
    ("The KRAS G12C mutation was absent from the blood.", []),
    ("The BRAF V600E mutation was not detected in tissue and not detected in plasma.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPECIMENS)
def test_what_one_specimen_lacked_another_may_have_had(text, expected):
    assert altered(text) == expected


READ_ANEW = [
    ("ROS1 FISH was first reported as positive, but on review it was negative.", {"ROS1": "negative"}),
    (
        "ALK IHC was originally reported as negative, but re-examination found it to be positive.",
        {"ALK": "positive"},
    ),
    ("HER2 was initially scored as positive and on central review it was negative.", {"HER2": "negative"}),
    ("ER Allred score was 7/8 and PR Allred score was 2/8.", {"ER": "positive", "PR": "negative"}),
    ("MLH1 and PMS2 but not MSH2 were lost.", {"MLH1": "negative", "PMS2": "negative", "MSH2": "positive"}),
    ("S100 but not desmin was expressed.", {"S100": "positive", "desmin": "negative"}),
    ("MET but not EGFR was amplified.", {"MET": "positive", "EGFR": "negative"}),
    ("RET but not ALK was rearranged on FISH.", {"RET": "positive", "ALK": "negative"}),
]


@pytest.mark.parametrize(("text", "expected"), READ_ANEW)
def test_results_read_anew_or_told_by_contrast(text, expected):
    assert results(text) == expected


SHORT_NAMES = [
    ("The tumour carried an EGFR del19.", [("variant", "EGFR", "exon 19 deletion")]),
    ("EGFR deletion 19 was found by PCR.", [("variant", "EGFR", "exon 19 deletion")]),
    ("NGS detected EGFR ins20.", [("variant", "EGFR", "exon 20 insertion")]),
    (
        "NGS found biallelic inactivation of SMARCB1 and NF1.",
        [("other", "NF1", "biallelic inactivation"), ("other", "SMARCB1", "biallelic inactivation")],
    ),
    ("NGS found no biallelic inactivation of TP53.", []),
]


@pytest.mark.parametrize(("text", "expected"), SHORT_NAMES)
def test_short_names_of_changes(text, expected):
    assert altered(text) == expected


LOST_AND_KEPT = [
    ("IHC showed loss of SMARCB1 and a strong expression of CD34.", {"INI1": "negative", "CD34": "positive"}),
    ("Loss of INI1 and an intact SMARCA4 were seen.", {"INI1": "negative", "BRG1": "positive"}),
    ("There was loss of H3K27me3 and retained INI1.", {"H3K27me3": "negative", "INI1": "positive"}),
    ("INI1 was lost and SMARCA4 retained.", {"INI1": "negative", "BRG1": "positive"}),
]


@pytest.mark.parametrize(("text", "expected"), LOST_AND_KEPT)
def test_what_was_kept_behind_what_was_lost(text, expected):
    assert results(text) == expected
