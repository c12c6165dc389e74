"""Terms as a board writes them: INN in lower case, company codes and abbreviations in capitals, events as in CTCAE."""

from __future__ import annotations

import pytest

from caseboard.assess.written import (
    capital,
    category_written,
    drug_written,
    procedure_written,
    term_written,
    toxicity_written,
)


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("diffuse large b-cell lymphoma", "diffuse large B-cell lymphoma"),
        ("extranodal nk/t-cell lymphoma", "extranodal NK/T-cell lymphoma"),
        ("malt lymphoma", "MALT lymphoma"),
        ("ntrk-rearranged spindle cell neoplasm", "NTRK-rearranged spindle cell neoplasm"),
        ("ewing sarcoma", "Ewing sarcoma"),
        ("clear cell carcinoma", "clear cell carcinoma"),
    ],
)
def test_diagnosis_is_written_as_the_who_classification_writes_it(kept, written):
    assert term_written(kept) == written


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("oxaliplatin + s-1", "oxaliplatin + S-1"),
        ("azd3463", "AZD3463"),
        ("ds-6501b", "DS-6501B"),
        ("whi-p154", "WHI-P154"),
        ("nab-paclitaxel", "nab-paclitaxel"),
        ("trastuzumab deruxtecan", "trastuzumab deruxtecan"),
        ("iodine-131", "iodine-131"),
    ],
)
def test_code_of_a_drug_is_in_capitals_and_an_inn_is_not(kept, written):
    assert drug_written(kept) == written


def test_abbreviations_and_levels_of_procedures_are_in_capitals():
    assert procedure_written("wle + slnb") == "WLE + SLNB"
    assert procedure_written("l5 and s1 laminectomy") == "L5 and S1 laminectomy"
    assert procedure_written("wide excision") == "wide excision"


@pytest.mark.parametrize(
    ("term", "begun"),
    [
        ("left thigh", "Left thigh"),
        ("sarcoma.", "Sarcoma."),
        ("nab-sirolimus", "Nab-sirolimus"),
        ("pH 7.1", "pH 7.1"),
        ("c-kit positive", "c-kit positive"),
        ("p40 IHC", "p40 IHC"),
        ("", ""),
    ],
)
def test_first_word_of_a_cell_begins_with_a_capital_unless_it_is_a_symbol(term, begun):
    assert capital(term) == begun


def test_adverse_event_bears_its_name_in_ctcae():
    # CTCAE v5.0: "Neutrophil count decreased", "Nausea"
    told = toxicity_written("neutropenia", "Neutrophil count decreased")
    assert told == "Neutrophil count decreased (neutropenia)"
    assert toxicity_written("nausea", "Nausea") == "Nausea"
    assert toxicity_written("feeling odd", None) == "Feeling odd"


def test_category_that_no_criteria_have_is_a_word():
    # MR is neither in RECIST 1.1 nor in WHO; a board would read it as minor or as mixed response
    assert [category_written(one) for one in ("MR", "PR")] == ["regression", "PR"]
