"""Regimens. Agents are those of the trial that each row names."""

from __future__ import annotations

import pytest

from caseboard.terms import drugs, regimens, tumors

EXPANSIONS = [
    ("MAP", ("cisplatin", "doxorubicin", "methotrexate")),  # EURAMOS-1
    ("FOLFOX", ("fluorouracil", "leucovorin", "oxaliplatin")),
    ("mFOLFOX6", ("fluorouracil", "leucovorin", "oxaliplatin")),
    ("FOLFIRINOX", ("fluorouracil", "irinotecan", "leucovorin", "oxaliplatin")),  # ACCORD 11
    ("R-CHOP", ("cyclophosphamide", "doxorubicin", "prednisone", "rituximab", "vincristine")),
    ("CHOP chemotherapy", ("cyclophosphamide", "doxorubicin", "prednisone", "vincristine")),
    ("VDC/IE", ("cyclophosphamide", "doxorubicin", "etoposide", "ifosfamide", "vincristine")),  # AEWS0031
    ("VAC", ("cyclophosphamide", "dactinomycin", "vincristine")),  # IRS-IV
    ("AIM", ("doxorubicin", "ifosfamide", "mesna")),
    ("gem/tax", ("docetaxel", "gemcitabine")),  # SARC002
    ("EMA-CO", ("cyclophosphamide", "dactinomycin", "etoposide", "methotrexate", "vincristine")),
    ("BEP", ("bleomycin", "cisplatin", "etoposide")),
    ("XELOX", ("capecitabine", "oxaliplatin")),
    ("CAPOX", ("capecitabine", "oxaliplatin")),
    ("SOX", ("oxaliplatin", "s-1")),  # G-SOX
    ("ABVD", ("bleomycin", "dacarbazine", "doxorubicin", "vinblastine")),
    ("hyper-CVAD", ("cyclophosphamide", "dexamethasone", "doxorubicin", "vincristine")),
    ("carboplatin + pemetrexed", ("carboplatin", "pemetrexed")),
]


@pytest.mark.parametrize(("written", "agents"), EXPANSIONS)
def test_an_abbreviation_expands_to_the_agents_of_its_protocol(written, agents):
    assert regimens.expand(written) == agents


def test_an_abbreviation_with_two_meanings_is_read_by_the_tumour():
    assert regimens.expand("TC", "IDC") == ("cyclophosphamide", "docetaxel")  # US Oncology 9735
    assert regimens.expand("TC", "HGSOC") == ("carboplatin", "paclitaxel")  # GOG 158
    assert regimens.expand("EC", "SCLC") == ("carboplatin", "etoposide")


def test_an_abbreviation_with_two_meanings_and_no_tumour_says_so():
    assert "elsewhere it is" in regimens.lookup("TC").remark
    assert "elsewhere" not in regimens.lookup("TC", "IDC").remark


@pytest.mark.parametrize(
    "word", ["MAP", "AIM", "ICE", "AC", "IE", "AI", "TC", "VAC", "BEAM", "FLAG", "SMILE", "ACT"]
)
def test_regimens_that_are_words_need_context(word):
    assert regimens.needs_context(word) or regimens.lookup(word) is None


@pytest.mark.parametrize("word", ["FOLFOX", "R-CHOP", "VDC/IE", "FOLFIRINOX", "ABVD"])
def test_regimens_that_are_no_words_need_none(word):
    assert not regimens.needs_context(word)


def test_what_is_no_regimen_is_not_expanded():
    assert regimens.lookup("chemotherapy") is None
    assert regimens.expand("XYZ") == ()


def test_there_are_at_least_80_and_all_agents_and_tumours_are_in_their_vocabularies():
    assert len(regimens.vocabulary()) >= 80
    for regimen in regimens.vocabulary().terms.values():
        assert regimen.source
        assert all(agent in drugs.vocabulary() for agent in regimen.agents), regimen.key
        assert all(code in tumors.vocabulary() for code in regimen.tumors), regimen.key


def test_capitals_count_for_abbreviations_and_not_for_spelt_out_names():
    regimen = regimens.lookup("gemcitabine/docetaxel").term
    assert "GemDoc" in regimen.case_sensitive
    assert "gemcitabine/docetaxel" not in regimen.case_sensitive
