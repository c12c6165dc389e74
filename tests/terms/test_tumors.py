"""Tumours. Codes and parents are OncoTree's, DOIDs the Human Disease Ontology's, behaviour the WHO classification's."""

from __future__ import annotations

import pytest

from caseboard.terms import tumors

NAMES = [
    ("inflammatory myofibroblastic tumour", "IMT"),
    ("Inflammatory pseudotumor", "IMT"),
    ("inflammatory pseudotumour", "IMT"),
    ("IMT", "IMT"),
    ("gastrointestinal stromal tumors", "GIST"),
    ("gist", "GIST"),
    ("Ewing’s sarcoma", "ES"),
    ("MPNST", "MPNST"),
    ("undifferentiated pleomorphic sarcoma", "MFH"),
    ("dermatofibrosarcoma protuberans", "DFSP"),
    ("solitary fibrous tumor", "SFT"),
    ("desmoplastic small round cell tumour", "DSRCT"),
    ("non-small cell lung cancer", "NSCLC"),
    ("adenocarcinoma of the lung", "LUAD"),
    ("lung adenocarcinoma", "LUAD"),
    ("hepatocellular carcinoma", "HCC"),
    ("invasive ductal carcinoma of the breast", "IDC"),
    ("nodular fasciitis", "CB:NODFASC"),
    ("lipomas", "CB:LIPOMA"),
    ("haemangioma", "HEMA"),
    ("seborrhoeic keratosis", "CB:SEBK"),
    ("reactive lymphadenopathy", "CB:REACTNODE"),
    ("spindle-cell sarcoma", "CB:SPINDLESARC"),
    ("acute lymphoblastic leukaemia", "CB:ALL"),
    ("oesophageal adenocarcinoma", "ESCA"),
    ("EIMS", "CB:EIMS"),
    ("high grade serous ovarian carcinoma", "HGSOC"),
    ("well differentiated liposarcoma", "WDLS"),
]


@pytest.mark.parametrize(("written", "code"), NAMES)
def test_names_in_daily_use_are_found_in_british_and_american_spelling(written, code):
    assert tumors.lookup(written).term.key == code


def test_all_oncotree_nodes_of_october_2025_are_there():
    own = [code for code in tumors.vocabulary().terms if code.startswith("CB:")]
    assert len(tumors.vocabulary()) - len(own) == 898


@pytest.mark.parametrize("code", ["PD", "RAS", "MS", "ET", "PT", "SM"])
def test_a_code_is_no_written_form(code):
    assert code.lower() not in dict(tumors.vocabulary().forms())


def test_an_organ_is_no_tumour():
    assert tumors.lookup("lung") is None
    assert tumors.lookup("osteomyelitis") is None


@pytest.mark.parametrize(
    ("code", "doid"), [("IMT", "0050905"), ("GIST", "9253"), ("LUAD", "3910"), ("CB:SARCOMA", "1115")]
)
def test_identifiers_of_the_disease_ontology_lead_both_ways(code, doid):
    assert tumors.vocabulary()[code].doid == doid
    assert tumors.by_doid(f"DOID:{doid}").key == code


def test_a_narrower_disease_of_the_ontology_gives_the_nearest_tumour():
    # DOID:0060079 is Her2-receptor positive breast cancer.
    assert tumors.by_doid("0060079").key == "CB:BREASTCA"
    assert tumors.by_doid("999999999") is None


@pytest.mark.parametrize(
    ("code", "behaviour"),
    [
        ("CB:NODFASC", "benign"),
        ("SCHW", "benign"),
        ("HEMA", "benign"),
        ("DES", "intermediate"),
        ("IMT", "intermediate"),
        ("DFSP", "intermediate"),
        ("SYNS", "malignant"),
        ("CB:EIMS", "malignant"),
        ("CB:SPINDLE", "unknown"),
    ],
)
def test_behaviour_follows_the_who_classification(code, behaviour):
    assert tumors.vocabulary()[code].behaviour == behaviour


def test_a_kind_is_found_above_an_entity():
    assert tumors.parent("IMT") == "SOFT_TISSUE"
    assert tumors.is_a("LUAD", "NSCLC")
    assert tumors.is_a("LUAD", "CB:ADENOCARCINOMA")
    assert tumors.is_a("IMTB", "IMT")
    assert not tumors.is_a("IMT", "IMTB")
    assert "LUNG" in tumors.ancestors("LUAD")
    assert "LUAD" in tumors.children("NSCLC")


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("IMT", "IMT", "same"),
        ("CB:SARCOMA", "SYNS", "parent"),
        ("CB:EIMS", "IMT", "child"),
        ("LUAD", "LUSC", "sibling"),
        ("IMT", "LUAD", "other"),
        ("IMT", "SYNS", "other"),
    ],
)
def test_two_diagnoses_are_related(first, second, relation):
    assert tumors.related(first, second) == relation


def test_sarcomas_are_told_from_their_benign_kin_and_from_carcinomas():
    assert tumors.is_sarcoma("IMT")
    assert tumors.is_sarcoma("OS")
    assert tumors.is_sarcoma("ULMS")
    assert not tumors.is_sarcoma("CB:LIPOMA")
    assert not tumors.is_sarcoma("HEMA")
    assert not tumors.is_sarcoma("CB:SARCOMATOID")
    assert tumors.is_soft_tissue("CB:LIPOMA")
    assert not tumors.is_soft_tissue("OS")
    assert not tumors.is_soft_tissue("LUAD")


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("gist", "gastrointestinal stromal tumor"),
        ("Metastatic GIST", "metastatic gastrointestinal stromal tumor"),
        ("Inflammatory Myofibroblastic Tumour", "inflammatory myofibroblastic tumor"),
        ("IMT", "inflammatory myofibroblastic tumor"),
        ("High-grade UPS of the thigh", "high-grade undifferentiated pleomorphic sarcoma of the thigh"),
        ("Chronic myeloid leukaemia", "chronic myeloid leukemia"),
    ],
)
def test_a_diagnosis_is_spelled_out_as_a_pathologist_writes_it(written, spelled):
    assert tumors.spelled_out(written) == spelled


@pytest.mark.parametrize("abbreviation", ["IMT", "UPS", "ES", "CCS", "ALL", "NET", "RMS"])
def test_abbreviations_with_other_meanings_need_context_and_capitals(abbreviation):
    term = tumors.lookup(abbreviation).term
    assert tumors.needs_context(abbreviation)
    assert abbreviation in term.case_sensitive


@pytest.mark.parametrize("abbreviation", ["GIST", "NSCLC", "DFSP", "MPNST", "DSRCT"])
def test_abbreviations_with_one_meaning_need_none(abbreviation):
    assert not tumors.needs_context(abbreviation)


def test_every_parent_is_in_the_table_and_no_tumour_is_its_own_ancestor():
    for code in tumors.vocabulary().terms:
        assert code not in tumors.ancestors(code)


def test_a_bare_word_for_a_tumour_is_generic():
    assert tumors.lookup("tumour").term.generic
    assert not tumors.lookup("sarcoma").term.generic
