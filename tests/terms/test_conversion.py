"""Converting units: by the table, by UCUM codes, and between mass and substance."""

from __future__ import annotations

import re

import pytest

from caseboard.terms.conversion import conversion_factor, measure, ucum_measure
from caseboard.terms.units import units

# What the library calls by another name, or has no dimension of its own for.
_NOT_COMPARED = frozenset(
    {
        "charge concentration",
        "activity concentration",
        "catalytic concentration",
        "sedimentation",
        "volume",
        "mass",
        "clearance per surface",
        "osmolality",
        "pressure",
        "mass rate",
        "substance rate",
        "mass ratio",
        "molar ratio",
        "mass per mole",
        "substance fraction",
        "multiple of the upper limit",
        "fibrinogen equivalent mass concentration",
    }
)


def test_the_factors_of_the_table_are_those_of_the_units_library():
    compared = 0
    for unit in units().values():
        if unit.dimension in _NOT_COMPARED:
            continue
        by_code = ucum_measure(unit.ucum)
        assert by_code is not None, unit.name
        assert by_code.dimension == unit.dimension, unit.name
        assert by_code.factor == pytest.approx(unit.factor, rel=1e-12), unit.name
        compared += 1
    assert compared == 39


def test_every_ucum_code_is_made_of_units_that_ucum_has(shared):
    essence = (shared / "data" / "codes" / "ucum-essence.xml").read_text(encoding="utf-8")
    known = set(re.findall(r'<(?:unit|base-unit|prefix)\b[^>]*\bCode="([^"]+)"', essence))
    prefixes = set(re.findall(r'<prefix\b[^>]*\bCode="([^"]+)"', essence)) | {""}
    for unit in units().values():
        for atom in re.split(r"[/.()]", re.sub(r"\{[^}]*\}", "", unit.ucum)):
            bare = re.sub(r"^10\*\d+$|^\d+$", "", atom)
            assert not bare or any(
                bare.startswith(prefix) and bare[len(prefix) :] in known for prefix in prefixes
            ), unit.ucum


# AMA Manual of Style, 11th edition, section 17.5.10: conventional to SI factors.
@pytest.mark.parametrize(
    ("analyte", "conventional", "si", "factor"),
    [
        ("glucose", "mg/dL", "mmol/L", 0.0555),
        ("total cholesterol", "mg/dL", "mmol/L", 0.0259),
        ("triglycerides", "mg/dL", "mmol/L", 0.0113),
        ("uric acid", "mg/dL", "µmol/L", 59.485),
        ("creatinine", "mg/dL", "µmol/L", 88.4),
        ("total bilirubin", "mg/dL", "µmol/L", 17.104),
        ("ionized calcium", "mg/dL", "mmol/L", 0.25),
        ("magnesium", "mg/dL", "mmol/L", 0.4114),
        ("magnesium", "mEq/L", "mmol/L", 0.5),
        ("potassium", "mEq/L", "mmol/L", 1.0),
        ("phosphate", "mg/dL", "mmol/L", 0.323),
        ("hemoglobin", "g/dL", "mmol/L", 0.6206),
        ("albumin", "g/dL", "µmol/L", 150.5),
    ],
)
def test_conversions_of_the_ama_manual(analyte, conventional, si, factor):
    assert conversion_factor(analyte, conventional, si) == pytest.approx(factor, rel=5e-3)


@pytest.mark.parametrize(
    ("written", "factor"),
    [
        ("10*9/L", 1),
        ("10^8/L", 0.1),
        ("10^3/mL", 0.001),
        ("/uL", 0.001),
        ("G/L", 1),
        ("THOU/uL", 1),
        ("K/UL", 1),
    ],
)
def test_counts_are_read_as_laboratories_and_ucum_write_them(written, factor):
    assert conversion_factor("WBC", written, "10^9/L") == pytest.approx(factor)


def test_a_unit_with_two_meanings_is_read_as_the_one_that_fits():
    assert conversion_factor("hemoglobin", "G/L", "g/dL") == pytest.approx(0.1)
    assert conversion_factor("platelets", "G/L", "10^9/L") == pytest.approx(1)


@pytest.mark.parametrize(
    "written", ["bananas", "10^9/M", "G/cL", "", " ", "g/L" * 30, "{}", "((((", "10*99999/L"]
)
def test_what_is_no_unit_is_none(written):
    assert conversion_factor("WBC", written, "10^9/L") is None


def test_a_mass_is_not_made_a_count_nor_a_clearance_an_estimate_per_surface():
    assert conversion_factor("WBC", "g/L", "10^9/L") is None
    assert conversion_factor("creatinine clearance", "mL/min/1.73m²", "mL/min") is None
    assert measure("mg/dL") == ("mass concentration", 0.01)
