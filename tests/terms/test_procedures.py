"""Procedures: names, and whether they are treatment."""

from __future__ import annotations

import pytest

from caseboard.terms import procedures


@pytest.mark.parametrize(
    ("written", "key", "modality"),
    [
        ("wide local excision", "wide excision", "surgery"),
        ("TURBT", "transurethral resection of bladder tumor", "surgery"),
        ("transurethral resection of bladder tumour", "transurethral resection of bladder tumor", "surgery"),
        ("oesophagectomy", "esophagectomy", "surgery"),
        ("upper lobectomy", "lobectomy", "surgery"),
        ("sentinel lymph node biopsy", "sentinel node biopsy", "surgery"),
        ("excisional biopsy", "excisional biopsy", "surgery"),
        ("core biopsy", "core needle biopsy", "diagnostic"),
        ("FNA", "fine-needle aspiration", "diagnostic"),
        ("incisional biopsy", "incisional biopsy", "diagnostic"),
        ("laparoscopy", "diagnostic laparoscopy", "diagnostic"),
        ("gastroscopy", "endoscopy", "diagnostic"),
        ("RFA", "radiofrequency ablation", "ablation"),
        ("TACE", "transarterial chemoembolization", "ablation"),
        ("chemoembolisation", "transarterial chemoembolization", "ablation"),
        ("ASCT", "autologous stem cell transplantation", "transplant"),
        ("SBRT", "stereotactic body radiotherapy", "radiotherapy"),
        ("irradiation", "radiotherapy", "radiotherapy"),
        ("gamma knife", "radiosurgery", "radiotherapy"),
        ("thoracocentesis", "thoracentesis", "supportive"),
        ("pericardiocentesis", "pericardiocentesis", "supportive"),
        ("biliary stent", "stent placement", "supportive"),
    ],
)
def test_a_procedure_is_found_with_its_modality(written, key, modality):
    """Modalities as the fact model divides treatment; what only looks or samples is diagnostic."""
    found = procedures.lookup(written).term

    assert (found.key, found.modality) == (key, modality)


def test_what_only_looks_or_samples_is_no_treatment():
    assert not procedures.lookup("core needle biopsy").term.treatment
    assert procedures.lookup("nephrectomy").term.treatment


def test_chemoradiotherapy_says_that_systemic_treatment_is_part_of_it():
    assert procedures.lookup("chemoradiation").term.chemotherapy
    assert not procedures.lookup("radiotherapy").term.chemotherapy


@pytest.mark.parametrize(("capitals", "otherwise"), [("RT", "rt"), ("LAR", "lar"), ("BAL", "bal")])
def test_an_abbreviation_wants_its_capitals(capitals, otherwise):
    assert procedures.lookup(capitals) is not None
    assert procedures.lookup(otherwise) is None


def test_an_assay_with_rt_in_its_name_is_not_radiotherapy():
    assert procedures.lookup("RT-PCR").term.modality == "diagnostic"
