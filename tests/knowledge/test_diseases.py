"""How diseases of the pack relate to tumours: worked out by hand from the WHO classification and OncoTree."""

from __future__ import annotations

import pytest

from caseboard.knowledge.diseases import is_haematological, lineage, relation, same_tumour
from caseboard.knowledge.evidence import pack
from caseboard.knowledge.tables import read_table
from caseboard.terms import tumors


@pytest.mark.parametrize(
    ("disease", "level", "code", "expected"),
    [
        ("Inflammatory Myofibroblastic Tumor", "C", "IMT", "same tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", "IMTB", "same tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", "IMTL", "same tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", "CB:EIMS", "same tumour"),
        ("Epithelioid Inflammatory Myofibroblastic Sarcoma", "C", "IMT", "same tumour"),
        ("Lung Non-small Cell Carcinoma", "A", "LUAD", "same tumour"),
        ("Lung Adenocarcinoma", "C", "NSCLC", "same tumour"),
        ("Cholangiocarcinoma", "A", "IHCH", "same tumour"),
        ("Thyroid Cancer", "A", "THPA", "same tumour"),
        ("Lung Non-small Cell Carcinoma", "A", "IMT", "other tumour"),
        ("Lung Carcinoma", "C", "IMTL", "other tumour"),
        ("Bladder Carcinoma", "C", "IMTB", "other tumour"),
        ("Spindle Cell Sarcoma", "C", "LMS", "other tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", "CB:SARCOMA", "other tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", "SOFT_TISSUE", "other tumour"),
        ("Inflammatory Myofibroblastic Tumor", "C", None, "other tumour"),
        ("a disease that is not listed", "A", "IMT", "other tumour"),
    ],
)
def test_the_same_tumour_is_the_same_entry_or_one_above_or_below_it(disease, level, code, expected):
    assert relation(disease, level, code) == expected


@pytest.mark.parametrize(
    ("disease", "level", "code", "expected"),
    [
        ("Cancer", "B", "IMT", "any tumour"),
        ("Cancer", "B", None, "any tumour"),
        ("Cancer", "D", "IMT", "other tumour"),  # a cell line is one tumour that is not named
        ("Solid Tumor", "A", "IMT", "any tumour"),
        ("Solid Tumor", "C", "IMT", "other tumour"),
        ("Solid Tumor", "A", "AML", "other tumour"),
        ("Solid Tumor", "A", None, "other tumour"),
        ("Hematologic Cancer", "A", "ALCL", "any tumour"),
        ("Hematologic Cancer", "A", "IMT", "other tumour"),
        ("Sarcoma", "B", "LMS", "any tumour"),
        ("Sarcoma", "C", "LMS", "other tumour"),
        ("Sarcoma", "B", "LUAD", "other tumour"),
        ("Sarcoma", "C", "CB:SARCOMA", "same tumour"),
    ],
)
def test_only_trials_and_cohorts_of_many_tumours_speak_for_any_tumour(disease, level, code, expected):
    assert relation(disease, level, code) == expected


def test_every_disease_of_the_pack_is_in_the_table_and_every_code_in_the_vocabulary():
    rows = read_table("diseases").rows
    assert {row.disease for row in pack().rows} - {""} == {row["disease"] for row in rows}
    assert {row.disease: row.doid or "" for row in pack().rows if row.disease} == {
        r["disease"]: r["doid"] for r in rows
    }
    assert {code for row in rows for code in row["codes"].split()} <= set(tumors.vocabulary().terms)


def test_a_shared_broad_family_makes_no_two_tumours_the_same():
    assert not same_tumour("LMS", "SYNS")
    assert not same_tumour("LMS", "CB:SARCOMA")


def test_blood_and_solid_tumours_are_told_apart():
    assert all(is_haematological(code) for code in ("AML", "BLL", "ALCL", "DLBCLNOS", "MLNER"))
    assert not any(is_haematological(code) for code in ("IMT", "LUAD", "NBL", "GIST"))


def test_an_unknown_code_has_only_itself():
    assert lineage("NOSUCHCODE") == {"NOSUCHCODE"}
