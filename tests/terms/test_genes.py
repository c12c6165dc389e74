"""Genes and fusions. Expected symbols are HGNC's (genenames.org); fusions are those of the WHO classification."""

from __future__ import annotations

import pytest

from caseboard.terms import fusions, genes

# Old symbols, aliases and spellings with the approved symbol, as genenames.org gives them.
OTHER_NAMES = [
    ("PDGFRb", "PDGFRB"),
    ("PDGFR-β", "PDGFRB"),
    ("c-KIT", "KIT"),
    ("CD117", "KIT"),
    ("HER2", "ERBB2"),
    ("HER-2/neu", "ERBB2"),
    ("c-MET", "MET"),
    ("SYT", "SS18"),
    ("CARS", "CARS1"),
    ("TRKA", "NTRK1"),
    ("TLS", "FUS"),
    ("FKHR", "FOXO1"),
    ("MLL", "KMT2A"),
    ("FGFR1OP", "CEP43"),
    ("C11orf95", "ZFTA"),
    ("p53", "TP53"),
    ("INI-1", "SMARCB1"),
    ("BRG1", "SMARCA4"),
    ("PD-L1", "CD274"),
    ("mTOR", "MTOR"),
    ("H3F3A", "H3-3A"),
    ("MKL1", "MRTFA"),
    ("FLK1", "KDR"),
]


@pytest.mark.parametrize(("written", "symbol"), OTHER_NAMES)
def test_old_symbols_and_aliases_are_read_as_the_approved_symbol(written, symbol):
    assert genes.lookup(written).term.key == symbol


@pytest.mark.parametrize("written", ["ROS-1", "ros1", "ROS 1", "ROS‐1"])
def test_case_hyphens_and_spaces_are_forgiven_without_a_remark(written):
    found = genes.lookup(written)
    assert (found.term.key, found.remark) == ("ROS1", "")


def test_an_old_symbol_is_read_with_a_remark():
    assert genes.lookup("CARS").remark == "read as CARS1: CARS is its old symbol"


def test_an_alias_is_read_with_a_remark():
    assert genes.lookup("HER2").remark == "read as ERBB2: HER2 is another name of it"


@pytest.mark.parametrize(
    ("written", "symbol"),
    [("YWHAE1", "YWHAE"), ("EWRS1", "EWSR1"), ("NRTK1", "NTRK1"), ("TMPRS2", "TMPRSS2")],
)
def test_a_slip_of_the_pen_is_corrected_with_a_remark(written, symbol):
    found = genes.lookup(written)
    assert (found.term.key, found.remark) == (symbol, f"read as {symbol}: no gene {written} is known")


@pytest.mark.parametrize("written", ["BIC1", "NTRK", "YWHA", "FGFR5", "NTRK9", "patient", "spare", "", "X"])
def test_what_is_ambiguous_short_or_a_word_is_not_corrected(written):
    assert genes.lookup(written) is None or "no gene" not in genes.lookup(written).remark


def test_another_member_of_the_family_is_no_slip():
    # TNS2 and YWHAZ are genes of their own; neither may become TNS1 or YWHAE.
    assert genes.lookup("TNS2").term.key == "TNS2"
    assert genes.lookup("YWHAZ").term.key == "YWHAZ"


def test_a_gene_outside_the_table_is_known_by_its_symbol():
    found = genes.lookup("ZNF765")
    assert (found.term.key, found.term.hgnc_id, found.term.roles) == ("ZNF765", "HGNC:25092", ())


def test_an_approved_symbol_goes_before_an_alias_of_another_gene():
    # TAZ was TAFAZZIN's symbol and is WWTR1's alias; TTF1 is a gene, and TTF-1 the pathologist's NKX2-1.
    assert genes.lookup("TTF1").term.key == "TTF1"
    assert genes.lookup("TTF-1").term.key == "NKX2-1"


@pytest.mark.parametrize("family", ["PDGFR", "FGFR", "VEGFR", "TRK", "RAS"])
def test_a_family_names_no_member(family):
    assert genes.lookup(family) is None


def test_a_partner_is_corrected_only_beside_a_gene_it_fuses_with():
    found = genes.lookup_partner("BIC1", "FGFR2")
    assert found.term.key == "BICC1"
    assert found.remark == "read as BICC1: no gene BIC1 is known, and BICC1 is a known partner of FGFR2"
    assert genes.lookup_partner("BIC1", "SS18") is None


def test_a_partner_that_is_a_gene_stays_itself():
    assert genes.lookup_partner("TPM-3", "ALK").term.key == "TPM3"
    assert genes.lookup_partner("TACC1", "FGFR3").term.key == "TACC1"


@pytest.mark.parametrize(
    "form",
    [
        "MET",
        "REST",
        "KIT",
        "IMPACT",
        "CAT",
        "SET",
        "MAX",
        "WAS",
        "CT",
        "PET",
        "MRI",
        "NGS",
        "AIM",
        "MAP",
        "CHOP",
        "AIR",
    ],
)
def test_words_and_clinical_abbreviations_need_context(form):
    assert genes.is_word(form)


@pytest.mark.parametrize(
    "form", ["ALK", "ROS1", "RET", "NTRK1", "KRAS", "BRAF", "ERG", "FUS", "SS18", "HER2", "TP53"]
)
def test_plain_gene_names_need_no_context(form):
    assert not genes.is_word(form)


@pytest.mark.parametrize(
    "abbreviation",
    [
        "CT",
        "MRI",
        "IMT",
        "AS",
        "T1",
        "FISH",
        "PT",
        "ECOG",
        "CR",
        "PR",
        "SD",
        "PD",
        "mg",
        "IV",
        "CRP",
        "ALT",
        "AST",
        "WBC",
        "Hb",
    ],
)
def test_clinical_abbreviations_are_no_free_standing_gene_forms(abbreviation):
    forms = dict(genes.vocabulary().forms())
    assert abbreviation.lower() not in forms or genes.is_word(abbreviation)


def test_the_table_has_the_kinases_of_the_kinome():
    # Manning et al. 2002 count 518 protein kinases.
    kinases = [gene for gene in genes.vocabulary().terms.values() if gene.kinase]
    assert 500 <= len(kinases) <= 620
    assert genes.vocabulary()["ROS1"].kinase
    assert not genes.vocabulary()["YWHAE"].kinase


def test_the_table_has_at_least_900_symbols():
    assert len(genes.vocabulary()) >= 900


def test_each_form_of_the_scan_leads_to_its_gene():
    forms = dict(genes.vocabulary().forms())
    assert forms["ros-1"] == "ROS1"
    assert forms["ewsr1"] == "EWSR1"


@pytest.mark.parametrize(
    "form", ["part-5", "sept-14", "six-1", "all-1", "top-2", "cis-1", "pet-1", "dec-205"]
)
def test_words_with_a_number_are_no_forms_of_the_scan(form):
    assert form not in dict(genes.vocabulary().forms())


@pytest.mark.parametrize(
    ("pair", "tumor"),
    [
        (("YWHAE", "ROS1"), "IMT"),
        (("EWSR1", "FLI1"), "ES"),
        (("SS18", "SSX1"), "SYNS"),
        (("COL1A1", "PDGFB"), "DFSP"),
        (("NAB2", "STAT6"), "SFT"),
        (("ETV6", "NTRK3"), "IFS"),
        (("EML4", "ALK"), "LUAD"),
        (("MYH9", "USP6"), "CB:NODFASC"),
    ],
)
def test_defining_fusions_of_the_who_classification_are_known_in_their_tumour(pair, tumor):
    assert tumor in fusions.known_pair(*pair).tumors


def test_fusions_are_known_in_their_own_order_only():
    assert fusions.known_pair("ROS1", "YWHAE") is None
    assert "YWHAE" in fusions.partners("ROS1")


@pytest.mark.parametrize(
    ("written", "ordered"),
    [
        (("ROS1", "YWHAE"), ("YWHAE", "ROS1")),
        (("BICC1", "FGFR2"), ("FGFR2", "BICC1")),
        (("ALK", "SPAG9"), ("SPAG9", "ALK")),
        (("SPAG9", "FGFR3"), ("FGFR3", "SPAG9")),
    ],
)
def test_a_fusion_written_the_other_way_round_is_turned_with_a_remark(written, ordered):
    *found, remark = genes.orient(*written)
    assert tuple(found) == ordered
    assert remark.startswith("turned round")


@pytest.mark.parametrize(
    "written", [("TPM3", "NTRK1"), ("FGFR3", "TACC3"), ("SPAG9", "ALK"), ("TNS1", "FN1")]
)
def test_a_fusion_in_order_stays_as_written(written):
    assert genes.orient(*written) == (*written, "")
