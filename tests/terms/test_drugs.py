"""Drugs. Names are INN (WHO), brands and codes those of the NCI Drug Dictionary and the labels."""

from __future__ import annotations

import pytest

from caseboard.terms import drugs, genes

OTHER_NAMES = [
    ("Xalkori", "crizotinib"),
    ("PF-02341066", "crizotinib"),
    ("LOXO-101", "larotrectinib"),
    ("STI571", "imatinib"),
    ("imatinib mesylate", "imatinib"),
    ("adriamycin", "doxorubicin"),
    ("doxorubicin hydrochloride", "doxorubicin"),
    ("5-FU", "fluorouracil"),
    ("5-fluorouracil", "fluorouracil"),
    ("VP-16", "etoposide"),
    ("S-1", "s-1"),
    ("CPT-11", "irinotecan"),
    ("T-DM1", "trastuzumab emtansine"),
    ("trastuzumab-dkst", "trastuzumab"),
    ("rivoceranib", "apatinib"),
    ("actinomycin D", "dactinomycin"),
    ("G-CSF", "filgrastim"),
    ("thyroxine", "levothyroxine"),
    ("packed red cells", "red blood cells"),
    ("platelet transfusion", "platelets"),
    ("paracetamol", "acetaminophen"),
    ("folinic acid", "leucovorin"),
    ("MTX", "methotrexate"),
    ("ciclosporin", "ciclosporin"),
    ("acyclovir", "aciclovir"),
]


@pytest.mark.parametrize(("written", "agent"), OTHER_NAMES)
def test_brands_codes_salts_and_synonyms_are_read_as_the_inn(written, agent):
    assert drugs.lookup(written).term.key == agent


@pytest.mark.parametrize(
    "agent",
    ["taletrectinib", "repotrectinib", "zidesamtinib", "selitrectinib", "ripretinib", "avapritinib", "pemigatinib",
     "futibatinib", "tazemetostat", "entrectinib", "lorlatinib", "selpercatinib", "trabectedin", "eribulin"],
)  # fmt: skip
def test_newer_agents_are_listed(agent):
    assert drugs.lookup(agent).term.role == "antineoplastic"


def test_a_brand_is_read_with_a_remark_and_a_salt_without():
    assert drugs.lookup("Xalkori").remark == "read as crizotinib: Xalkori is another name of it"
    assert drugs.lookup("imatinib mesylate").remark == ""


@pytest.mark.parametrize(
    ("written", "agent"),
    [("larotrectnib", "larotrectinib"), ("crizotinibe", "crizotinib"), ("cyclophosphamid", "cyclophosphamide"),
     ("doxorubicine", "doxorubicin"), ("pembrolizumb", "pembrolizumab"), ("carbopaltin", "carboplatin")],
)  # fmt: skip
def test_one_wrong_letter_in_a_long_name_is_corrected_with_a_remark(written, agent):
    found = drugs.lookup(written)
    assert (found.term.key, found.remark) == (agent, f"read as {agent}: no drug {written} is known")


@pytest.mark.parametrize(
    "word", ["patient", "morning", "solution", "platin", "treatment", "combination", "", "mab"]
)
def test_ordinary_words_are_no_drugs(word):
    assert drugs.lookup(word) is None


def test_one_letter_between_two_drugs_is_not_corrected():
    # prednisone and prednisolone, epirubicin and others stay themselves; what lies between two drugs is not guessed.
    assert drugs.lookup("prednisone").term.key == "prednisone"
    assert drugs.lookup("prednisolone").term.key == "prednisolone"


def test_roles_tell_cancer_drugs_from_supportive_ones():
    assert drugs.lookup("tamoxifen").term.role == "antineoplastic"
    assert drugs.lookup("dexamethasone").term.role == "supportive"
    assert drugs.lookup("mesna").term.role == "supportive"


def test_the_table_has_at_least_500_antineoplastic_and_150_supportive_agents():
    roles = [drug.role for drug in drugs.vocabulary().terms.values()]
    assert roles.count("antineoplastic") >= 500
    assert roles.count("supportive") >= 150


def test_targets_are_those_of_the_label():
    # Labels (FDA): crizotinib ALK, ROS1, MET; entrectinib TRKA-C, ROS1, ALK.
    assert set(drugs.targets("crizotinib")) == {"ALK", "ROS1", "MET"}
    assert set(drugs.targets("Rozlytrek")) == {"NTRK1", "NTRK2", "NTRK3", "ROS1", "ALK"}
    assert drugs.targets("no such drug") == ()


def test_inhibitors_of_a_gene_are_found():
    found = {drug.key for drug in drugs.inhibitors_of("ROS1")}
    assert {"crizotinib", "entrectinib", "lorlatinib", "ceritinib", "repotrectinib", "taletrectinib"} <= found
    assert "alectinib" not in found


def test_every_target_is_an_approved_symbol():
    for drug in drugs.vocabulary().terms.values():
        for symbol in drug.targets:
            assert genes.lookup(symbol).term.key == symbol, drug.key


@pytest.mark.parametrize("form", ["albumin", "platelets", "calcium", "ADR", "LV", "FA"])
def test_forms_with_other_meanings_need_context(form):
    assert drugs.needs_context(form)


@pytest.mark.parametrize("form", ["crizotinib", "5-FU", "doxorubicin", "mesna"])
def test_drug_names_need_none(form):
    assert not drugs.needs_context(form)


@pytest.mark.parametrize(
    ("written", "agent"),
    [
        ("Ifosfamid", "ifosfamide"),
        ("doxorubicine", "doxorubicin"),
        ("cisplatino", "cisplatin"),
        ("gemcitabina", "gemcitabine"),
        ("étoposide", "etoposide"),
        ("patiente", None),
        ("insuline", None),
    ],
)
def test_names_of_other_languages_differ_in_their_last_letter(written, agent):
    found = drugs.lookup_foreign(written)
    assert (found.term.key if found else None) == agent
