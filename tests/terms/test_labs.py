"""Analytes, their units, and values that cannot be."""

from __future__ import annotations

import json

import pytest

from caseboard.terms import labs


@pytest.mark.parametrize(
    ("written", "analyte"),
    [
        ("GOT", "AST"),
        ("SGOT", "AST"),
        ("ASAT", "AST"),
        ("GPT", "ALT"),
        ("alanine aminotransferase", "ALT"),
        ("GOT/GPT", "AST/ALT ratio"),
        ("γ-GTP", "GGT"),
        ("haemoglobin", "hemoglobin"),
        ("Hb", "hemoglobin"),
        ("leucocytes", "WBC"),
        ("white blood cell count", "WBC"),
        ("thrombocytes", "platelets"),
        ("absolute neutrophil count", "ANC"),
        ("CA19-9", "CA 19-9"),
        ("CA 125", "CA-125"),
        ("creatine phosphokinase", "CK"),
        ("NT-pro-BNP", "NT-proBNP"),
        ("β-HCG", "hCG"),
        ("bilirubin", "total bilirubin"),
        ("conjugated bilirubin", "direct bilirubin"),
        ("serum phosphorus", "phosphate"),
    ],
)
def test_an_analyte_is_found_by_its_synonyms(written, analyte):
    """Older names of enzymes, British spelling and abbreviations, by hand."""
    assert labs.lookup(written).term.key == analyte


@pytest.mark.parametrize("short", ["PT", "K", "Mg", "GOT", "Na", "Ca"])
def test_a_short_form_that_is_also_a_word_or_a_unit_wants_its_capitals(short):
    assert labs.lookup(short) is not None
    assert labs.lookup(short.lower()) is None


def test_there_are_at_least_120_analytes():
    assert len(labs.vocabulary()) >= 120


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("U/L", "U/L"),
        ("IU/l", "U/L"),
        ("K/uL", "10^3/µL"),
        ("× 10⁹/l", "10^9/L"),
        ("x10^9/L", "10^9/L"),
        ("x 10*9/L", "10^9/L"),
        ("/µL", "/µL"),
        ("/μL", "/µL"),
        ("/mm3", "/µL"),
        ("cells/mm³", "/µL"),
        ("g/dl", "g/dL"),
        ("mmol/l", "mmol/L"),
        ("μmol/L", "µmol/L"),
        ("umol/l", "µmol/L"),
        ("mU/l", "mU/L"),
        ("ng / mL", "ng/mL"),
        ("%", "%"),
        ("furlongs", None),
    ],
)
def test_a_unit_is_known_however_it_is_written(written, unit):
    assert labs.canonical_unit(written) == unit


def test_every_unit_form_leads_to_its_unit():
    for form, unit in labs.unit_forms().items():
        assert labs.canonical_unit(form) == unit


@pytest.mark.parametrize(
    ("analyte", "value", "unit"),
    [
        ("ALT", 440, "U/L"),
        ("ALT", 12000, "U/L"),  # acute liver failure
        ("hemoglobin", 13.9, "g/dl"),
        ("hemoglobin", 139, "g/L"),
        ("hemoglobin", 8.6, "mmol/L"),
        ("creatinine", 88, "µmol/l"),
        ("creatinine", 1.0, "mg/dL"),
        ("platelets", 45, "× 10⁹/l"),
        ("platelets", 45000, "/µL"),
        ("platelets", 45, "K/uL"),
        ("WBC", 0.1, "10^9/L"),
        ("calcium", 2.4, "mmol/L"),
        ("calcium", 9.6, "mg/dL"),
        ("CA 19-9", 120000, "U/mL"),
        ("phosphate", 7.2, "mg/dL"),
        ("AST/ALT ratio", 0.32, None),
        ("neutrophils", 780, "/µL"),
        ("neutrophils", 67, "%"),
        ("ALT", 3, "× ULN"),
    ],
)
def test_a_value_seen_in_patients_is_plausible(analyte, value, unit):
    """Values that patients have, some of them CTCAE v5.0 grade 4, in SI and in US units, by hand."""
    assert labs.plausible(analyte, value, unit)


@pytest.mark.parametrize(
    ("analyte", "value", "unit"),
    [
        ("hemoglobin", 139, "g/dL"),  # the number of g/L with the unit g/dL
        ("creatinine", 88, "mg/dL"),  # the number of µmol/L
        ("potassium", 41, "mmol/L"),  # a lost decimal point
        ("sodium", 14, "mmol/L"),
        ("platelets", 45000, "10^9/L"),
        ("hematocrit", 139, "%"),
        ("ALT", -5, "U/L"),
        ("hemoglobin", 13.9, "U/L"),  # an activity is no amount of hemoglobin
    ],
)
def test_a_value_that_cannot_be_is_not_plausible(analyte, value, unit):
    assert not labs.plausible(analyte, value, unit)


def test_what_is_not_known_is_not_judged():
    assert labs.plausible("unobtainium", 1e9, "U/L")
    assert labs.plausible("ALT", 440, "furlongs")


def test_the_ratio_of_the_demonstration_case_has_its_own_entry():
    assert labs.lookup("AST/ALT").term.key == "AST/ALT ratio"


def test_every_lab_of_the_gold_facts_is_known_plausible_and_in_a_known_unit(shared):
    facts = [
        fact
        for path in (shared / "gold" / "dev").glob("*.facts.jsonl")
        for fact in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if fact["kind"] == "lab"
    ]

    assert facts
    for fact in facts:
        assert labs.lookup(fact["analyte"]).term.key == fact["analyte"]
        assert fact["unit"] is None or labs.canonical_unit(fact["unit"]), fact
        assert labs.plausible(fact["analyte"], fact["value"], fact["unit"]), fact
