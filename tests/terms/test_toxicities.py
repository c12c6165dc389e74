"""Toxicities: CTCAE v5.0 names behind the words of clinicians."""

from __future__ import annotations

import csv
import json

import pytest

from caseboard.terms import toxicities


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("neutropenia", "Neutrophil count decreased"),
        ("neutropaenia", "Neutrophil count decreased"),
        ("leucopenia", "White blood cell decreased"),
        ("thrombocytopenia", "Platelet count decreased"),
        ("febril neutropenia", "Febrile neutropenia"),
        ("transaminase elevation", "Alanine aminotransferase increased"),
        ("hepatotoxicity", "Alanine aminotransferase increased"),
        ("hand–foot syndrome", "Palmar-plantar erythrodysesthesia syndrome"),
        ("visual disturbances", "Blurred vision"),
        ("hair loss", "Alopecia"),
        ("stomatitis", "Mucositis oral"),
        ("QTc prolongation", "Electrocardiogram QT corrected interval prolonged"),
        ("periorbital oedema", "Periorbital edema"),
        ("high blood pressure", "Hypertension"),
        ("haematuria", "Hematuria"),
        ("diarrhoea", "Diarrhea"),
        ("peripheral neuropathy", "Peripheral sensory neuropathy"),
        ("loss of appetite", "Anorexia"),
        ("pyrexia", "Fever"),
        ("pulmonary embolism", "Thromboembolic event"),
        ("interstitial lung disease", "Pneumonitis"),
    ],
)
def test_the_word_of_the_clinic_leads_to_the_term(written, term):
    """Clinical synonyms and British spelling, by hand, against the term names of CTCAE v5.0."""
    found = toxicities.lookup(written)

    assert found is not None
    assert found.term.key == term


def test_all_837_terms_in_26_classes_are_there():
    """CTCAE v5.0, November 2017: 837 terms in 26 system organ classes."""
    terms = toxicities.vocabulary().terms.values()

    assert len(terms) == 837
    assert len({term.organ_class for term in terms}) == 26


def test_at_least_250_terms_have_words_of_the_clinic():
    with_words = [term for term in toxicities.vocabulary().terms.values() if len(term.forms) >= 3]

    assert len(with_words) >= 250


@pytest.mark.parametrize(
    "written", ["pain", "cough", "fever", "dyspnoea", "abdominal distension", "nausea", "weight loss"]
)
def test_a_common_sign_of_the_disease_is_marked(written):
    assert toxicities.lookup(written).term.symptom


@pytest.mark.parametrize(
    "written", ["neutropenia", "hand-foot syndrome", "alopecia", "QT prolongation", "mucositis"]
)
def test_a_typical_harm_of_treatment_is_not_marked_as_a_symptom(written):
    assert not toxicities.lookup(written).term.symptom


def test_grades_of_neutropenia_moved_in_version_6():
    """CTCAE v6.0 (July 2025): neutrophils below 0.1 instead of 0.5 x 10^9/L are grade 4, and so down to grade 1."""
    assert toxicities.lookup("neutropenia").term.changed_in_v6 == (1, 2, 3, 4)


def test_anemia_kept_its_grades_in_version_6():
    assert toxicities.lookup("anaemia").term.changed_in_v6 == ()


def test_a_term_that_version_6_renamed_says_so():
    term = toxicities.lookup("thrombocytopenia").term

    assert term.key == "Platelet count decreased"
    assert term.name_in_v6 == "Thrombocytopenia"
    assert term.changed_in_v6 == (3, 4)


def test_an_abbreviation_wants_its_capitals():
    assert toxicities.lookup("PRES").term.key == "Reversible posterior leukoencephalopathy syndrome"
    assert toxicities.lookup("pres") is None


def test_a_plain_word_leads_back_to_its_term():
    for term in toxicities.vocabulary().terms.values():
        assert toxicities.lookup(term.plain).term.key == term.key, term.plain


def test_no_licensed_code_and_no_grade_text_is_shipped():
    """MedDRA codes are eight digits, beginning with 10."""
    for term in toxicities.vocabulary().terms.values():
        assert not any(
            word.startswith("10") and len(word) == 8 for form in term.forms for word in form.split()
        )
        assert max(map(len, term.forms)) < 90


def test_the_names_are_those_of_the_release(shared):
    with (shared / "data" / "ctcae" / "ctcae_v5.0_terms.csv").open(encoding="utf-8", newline="") as file:
        release = {(row["term"], row["soc"]) for row in csv.DictReader(file)}

    assert {(term.key, term.organ_class) for term in toxicities.vocabulary().terms.values()} == release


def test_every_adverse_event_of_the_gold_facts_is_known(shared):
    terms = {
        fact["term"]
        for path in (shared / "gold" / "dev").glob("*.facts.jsonl")
        for fact in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if fact["kind"] == "adverse_event"
    }

    assert terms
    assert sorted(term for term in terms if toxicities.lookup(term) is None) == []
