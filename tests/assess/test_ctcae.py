"""Laboratory grades of single values by the numbers of CTCAE v4.03, v5.0 and v6.0, worked by hand."""

from __future__ import annotations

import pytest

from caseboard.assess.ctcae import grade_value, translate
from caseboard.terms.units import same_unit


@pytest.mark.parametrize(
    ("count", "v5", "v6"),
    [
        # v5: grade 2 below 1.5, 3 below 1.0, 4 below 0.5; v6: grade 1 below 1.5, 2 below 1.0, 3 below 0.5, 4 below 0.1
        (0.05, 4, 4),
        (0.1, 4, 3),
        (0.49, 4, 3),
        (0.5, 3, 2),
        (0.99, 3, 2),
        (1.0, 2, 1),
        (1.49, 2, 1),
    ],
)
def test_neutrophils_below_one_and_a_half_have_other_grades_in_v6(count, v5, v6):
    assert grade_value("neutrophils", count, "10^9/L", 5).grade == v5
    assert grade_value("ANC", count, "K/uL", 6).grade == v6


def test_neutrophils_between_one_and_a_half_and_the_lower_limit_are_no_grade_in_v6():
    assert grade_value("neutrophils", 1.7, "10^9/L", 5, lower=2.0).grade == 1
    assert grade_value("neutrophils", 1.7, "10^9/L", 6, lower=2.0).grade == 0


@pytest.mark.parametrize(
    ("count", "v5", "v6"),
    [(74, 2, 2), (49, 3, 3), (25, 3, 3), (24, 4, 3), (10, 4, 3), (9, 4, 4)],
    # v5: grade 4 below 25; v6 (thrombocytopenia): grade 4 below 10
)
def test_platelets_reach_grade_four_later_in_v6(count, v5, v6):
    assert grade_value("platelets", count, "× 10⁹/l", 5).grade == v5
    assert grade_value("platelets", count, "× 10⁹/l", 6).grade == v6


@pytest.mark.parametrize(
    ("value", "unit", "grade"),
    [
        (9.9, "g/dL", 2),
        (8.0, "g/dL", 2),
        (7.9, "g/dl", 3),
        (99, "g/L", 2),
        (80, "g/l", 2),
        (79, "g/L", 3),
        (6.1, "mmol/L", 2),
        (4.9, "mmol/l", 2),
        (4.8, "mmol/L", 3),
    ],
)
def test_haemoglobin_is_graded_by_the_limits_that_ctcae_gives_for_its_unit(value, unit, grade):
    # CTCAE v5 anemia: grade 2 below 10 g/dL, 100 g/L, 6.2 mmol/L; grade 3 below 8, 80, 4.9
    assert grade_value("hemoglobin", value, unit, 5).grade == grade


def test_a_value_that_only_the_lower_limit_could_grade_is_left_open_with_what_it_may_be():
    open_ = grade_value("hemoglobin", 10.8, "g/dl", 5)
    assert open_.grade is None
    assert open_.possible == (0, 1)
    assert "no lower limit of normal is given" in open_.why
    assert grade_value("hemoglobin", 10.8, "g/dl", 5, lower=12.0).grade == 1
    assert grade_value("hemoglobin", 12.0, "g/dl", 5, lower=12.0).grade == 0


def test_a_transaminase_without_an_upper_limit_cannot_be_graded():
    grading = grade_value("ALT", 440, "U/L", 5)
    assert (grading.grade, grading.possible) == (None, ())
    assert grading.why == "cannot be graded: no upper limit of normal is given"


@pytest.mark.parametrize(
    ("value", "grade"), [(35, 0), (36, 1), (105, 1), (106, 2), (175, 2), (176, 3), (701, 4)]
)
def test_a_transaminase_is_graded_by_multiples_of_its_upper_limit(value, grade):
    # CTCAE v5: above ULN, 3, 5 and 20 times ULN; ULN 35
    assert grade_value("ALT", value, "U/l", 5, upper=35).grade == grade


def test_a_transaminase_that_was_raised_before_treatment_is_graded_by_multiples_of_that_value():
    # Baseline 100 with an upper limit of 40. v5: grade 1 from 1.5 x baseline; v6: grade 3 above 2 x baseline.
    # Between the upper limit and 1.5 x baseline v5 has no grade: 0 would call a raised value normal.
    assert grade_value("AST", 149, "U/L", 5, upper=40, baseline=100).possible == ()
    assert grade_value("AST", 40, "U/L", 5, upper=40, baseline=100).grade == 0
    assert grade_value("AST", 150, "U/L", 5, upper=40, baseline=100).grade == 1
    assert grade_value("AST", 201, "U/L", 5, upper=40, baseline=100).grade == 1
    assert grade_value("AST", 201, "U/L", 6, upper=40, baseline=100).grade == 3


def test_creatinine_counts_by_its_value_before_treatment_too():
    # v5: more than 1.5 times baseline is grade 2, though below 1.5 times ULN
    assert grade_value("creatinine", 1.3, "mg/dL", 5, upper=1.2, baseline=0.8).grade == 2
    assert grade_value("creatinine", 1.3, "mg/dL", 5, upper=1.2).grade == 1


def test_where_symptoms_decide_both_grades_are_possible():
    # CTCAE v5 hyponatremia: 125-129 mmol/L is grade 2 without symptoms, 3 with
    assert grade_value("sodium", 128, "mmol/L", 5).possible == (2, 3)
    assert grade_value("sodium", 119, "mmol/L", 5).grade == 4


def test_a_unit_that_is_missing_unknown_or_impossible_is_not_guessed():
    assert grade_value("platelets", 22, None, 5).why == "cannot be graded: no unit is given"
    assert "unit" in grade_value("platelets", 22, "bananas", 5).why
    assert "not a possible value" in grade_value("neutrophils", 780, "10^9/L", 5).why
    assert grade_value("neutrophils", 780, "/µL", 5).grade == 3


def test_a_value_given_as_a_multiple_of_the_upper_limit_needs_no_other_limit():
    assert grade_value("ALT", 6, "× ULN", 5).grade == 3


def test_ionized_calcium_is_graded_under_the_term_of_ctcae():
    # v5.0: ionized calcium above 1.5 mmol/L is grade 2.
    assert grade_value("ionized calcium", 1.55, "mmol/L", 5, upper=1.3)[:2] == ("Hypercalcemia", (2,))


def test_an_analyte_that_ctcae_has_no_number_for_is_not_graded():
    assert grade_value("CRP", 42.3, "mg/l", 5).why == "no numeric criterion for CRP in the table"


@pytest.mark.parametrize(("old", "new"), [(1, (0,)), (2, (1,)), (3, (2,)), (4, (3, 4))])
def test_a_reported_neutrophil_grade_of_v5_is_translated_as_far_as_the_numbers_allow(old, new):
    found = translate("Neutrophil count decreased", old)
    assert found is not None
    assert found[0] == new


def test_grades_that_no_number_decides_are_not_translated():
    assert translate("Anemia", 4) is None
    assert translate("Nausea", 2) is None


def test_units_are_compared_by_meaning():
    assert same_unit("U/l", "U/L")
    assert not same_unit("mg/dL", "mmol/L")
