"""Laboratory grades of whole tables: worked by hand from CTCAE v4.03, v5.0 and v6.0, and properties of every table."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.assess.ctcae import EDITIONS, criteria
from caseboard.assess.ctcae.grading import INPUT, grade_labs
from caseboard.assess.ctcae.values import LabValue, _found


def graded(edition, **given) -> dict:
    """Grade one value; what is not given is not known."""
    row = {name: given.get(name) for name in INPUT} | {"row": 0}
    return grade_labs(pl.DataFrame([row], schema=INPUT), edition).row(0, named=True)


# CTCAE v4.03, v5.0 and v6.0, Anemia: 6.2 and 4.9 mmol/L beside 10 and 8 g/dL.
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("value", "grade"), [(7.6, 0), (7.4, 1), (6.2, 1), (6.1, 2), (4.9, 2), (4.8, 3)])
def test_haemoglobin_in_mmol_is_graded(edition, value, grade):
    found = graded(edition, analyte="haemoglobin", value=value, unit="mmol/L", lln=7.5, uln=10.5)
    assert (found["least"], found["worst"], found["term"]) == (grade, grade, "Anemia")


# Hemoglobin increased, v5.0: more than 2 and 4 g/dL above ULN; 1 g/dL is 0.6206 mmol/L (AMA), so 1.24 and 2.48.
@pytest.mark.parametrize(("value", "grade"), [(10.4, 0), (11.7, 1), (11.8, 2), (12.9, 2), (13.1, 3)])
def test_raised_haemoglobin_in_mmol_is_graded(value, grade):
    found = graded(5, term="Hemoglobin increased", value=value, unit="mmol/L", uln=10.5)
    assert found["worst"] == grade


@pytest.mark.parametrize("edition", EDITIONS)
def test_lymphocytes_are_never_graded_as_cd4(edition):
    for name in ("lymphocytes", "ALC", "total lymphocytes", "lymphocyte count"):
        found = graded(edition, analyte=name, value=0.04, unit="10^9/L", lln=1.0)
        assert found["term"] != "CD4 lymphocytes decreased"
    found = graded(
        edition, term="CD4 lymphocytes decreased", analyte="lymphocytes", value=0.04, unit="10^9/L", lln=1
    )
    assert found["worst"] is None
    assert "not graded by lymphocytes" in found["why"]
    assert graded(edition, analyte="CD4 count", value=0.04, unit="10^9/L", lln=0.5)["worst"] == 4


def test_a_low_lymphocyte_count_has_no_grade_in_v6_and_is_no_zero():
    found = graded(6, analyte="lymphocytes", value=0.3, unit="10^9/L", lln=1.0, uln=4.0)
    assert (found["worst"], found["term"]) == (None, "Lymphocyte count decreased")
    assert "no grade for this value by its number" in found["why"]
    assert graded(6, analyte="lymphocytes", value=2.0, unit="10^9/L", lln=1.0, uln=4.0)["worst"] == 0
    assert graded(5, analyte="lymphocytes", value=0.3, unit="10^9/L", lln=1.0, uln=4.0)["worst"] == 3


# v5.0: grade 1 from 1.5 x an abnormal baseline; v6.0: from 1.0 x, 2 above 1.5, 3 above 2, 4 above 4.
@pytest.mark.parametrize(
    ("value", "v5", "v6"),
    [
        (40, 0, 0),
        (90, None, None),
        (100, None, 1),
        (150, 1, 1),
        (151, 1, 2),
        (201, 1, 3),
        (301, 2, 3),
        (401, 2, 4),
    ],
)
def test_alt_after_an_abnormal_baseline(value, v5, v6):
    known = {"analyte": "ALT", "value": value, "unit": "U/L", "uln": 40, "baseline": 100}
    assert graded(5, **known)["worst"] == v5
    assert graded(6, **known)["worst"] == v6


def test_a_transaminase_without_a_baseline_says_what_it_was_held_to_be():
    found = graded(6, analyte="ALT", value=150, unit="U/L", uln=40)
    assert found["worst"] == 2
    assert "held to have been normal" in found["why"]
    assert "held" not in (graded(6, analyte="ALT", value=150, unit="U/L", uln=40, baseline=30)["why"] or "")


def test_how_the_baseline_was_can_be_told_by_a_word():
    # The limits of the day of the baseline were others: 38 was HIGH then.
    known = {"analyte": "ALT", "value": 80, "unit": "U/L", "uln": 40, "baseline": 38}
    assert graded(6, **known)["worst"] == 1
    assert graded(6, **known, before="HIGH")["worst"] == 3


# Creatinine. v4.03: 1.5 x baseline is grade 2, as ULN is; v5.0 likewise; v6.0: only if the baseline is below LLN.
def test_creatinine_and_its_baseline_in_three_editions():
    known = {"analyte": "creatinine", "value": 110, "unit": "umol/L", "lln": 60, "uln": 115}
    assert [graded(e, **known, baseline=70)["worst"] for e in EDITIONS] == [2, 2, 0]
    assert [graded(e, **known, baseline=55)["worst"] for e in EDITIONS] == [2, 2, 2]
    assert [graded(e, **known, baseline=100)["worst"] for e in EDITIONS] == [1, 0, 0]
    open_ = graded(5, **known)
    assert (open_["worst"], open_["lowest"], open_["highest"]) == (None, 0, 3)
    assert "no value before treatment is given" in open_["why"]


# Alkaline phosphatase in v6.0: grade 1 above both ULN and baseline, and no other.
@pytest.mark.parametrize(("baseline", "grade"), [(100, 1), (600, 0), (None, None)])
def test_alkaline_phosphatase_in_v6(baseline, grade):
    assert graded(6, analyte="ALP", value=500, unit="U/L", uln=120, baseline=baseline)["worst"] == grade


# v6.0, Lipase: 2 or 3 above 3 x ULN and 3 or 4 above 5 x ULN, by symptoms; v5.0: from 2 x ULN; v4.03: by number.
@pytest.mark.parametrize(
    ("value", "v4", "v5", "v6"),
    [(121, (3, 3), (2, 3), (2, 2)), (181, (3, 3), (2, 3), (2, 3)), (301, (4, 4), (3, 4), (3, 4))],
)
def test_symptoms_decide_on_lipase(value, v4, v5, v6):
    for edition, want in zip(EDITIONS, (v4, v5, v6), strict=True):
        found = graded(edition, analyte="lipase", value=value, unit="U/L", uln=60)
        assert (found["least"], found["worst"]) == want == (found["lowest"], found["highest"])


def test_uric_acid_above_normal_is_grade_one_or_three_and_never_two():
    found = graded(6, analyte="urate", value=9.5, unit="mg/dL", uln=7.0)
    assert (found["least"], found["worst"]) == (1, 3)
    # v4.03: above 10 mg/dL, 0.59 mmol/L.
    assert graded(4, analyte="urate", value=600, unit="µmol/L", uln=420)["worst"] == 4
    assert graded(4, analyte="urate", value=580, unit="µmol/L", uln=420)["least"] == 1


def test_inr_counts_by_its_baseline_only_if_on_anticoagulation():
    found = graded(6, analyte="INR", value=3.0, baseline=2.6)
    assert (found["least"], found["worst"]) == (3, 3)
    found = graded(6, analyte="INR", value=1.19, baseline=0.7)
    assert (found["least"], found["worst"]) == (0, 2)
    found = graded(6, analyte="INR", value=1.0)
    assert (found["least"], found["worst"]) == (0, None)
    assert "anticoagulation" in found["why"]


# Hyperglycemia: v4.03 and v6.0 grade fasting values from ULN on, others from 13.9 mmol/L (250 mg/dL); v5.0 clinically.
def test_glucose_is_fasting_only_where_it_is_said():
    known = {"value": 10.0, "unit": "mmol/L", "lln": 4.0, "uln": 5.6}
    assert graded(6, analyte="fasting glucose", **known)["worst"] == 2
    assert graded(6, analyte="glucose", **known)["worst"] == 0
    assert graded(5, analyte="glucose", **known)["worst"] is None
    assert graded(6, analyte="glucose", value=260, unit="mg/dL", lln=70, uln=100)["worst"] == 3


def test_total_calcium_is_not_taken_for_corrected_calcium():
    known = {"value": 12.0, "unit": "mg/dL", "lln": 8.5, "uln": 10.5}
    assert graded(6, analyte="calcium", **known)["worst"] is None
    assert graded(6, analyte="corrected calcium", **known)["worst"] == 2
    assert graded(6, analyte="ionised calcium", value=1.55, unit="mmol/L", uln=1.3)["worst"] == 2


# v6.0, creatinine clearance: grade 2 from 26 to 49 mL/min, 3 from 10 to 25; below, another term.
@pytest.mark.parametrize(("value", "grade"), [(50, 0), (49.5, 2), (26, 2), (25, 3), (10, 3), (9, None)])
def test_creatinine_clearance(value, grade):
    assert graded(6, analyte="CrCl", value=value, unit="mL/min")["worst"] == grade


def test_a_term_under_the_name_of_another_edition_is_found():
    assert graded(6, term="Platelet count decreased", value=18, unit="10^9/L")["term"] == "Thrombocytopenia"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"analyte": "platelets", "value": 22}, "no unit is given"),
        ({"analyte": "platelets", "value": 22, "unit": "bananas"}, "bananas is no unit"),
        ({"analyte": "lymphocytes", "value": 22, "unit": "%"}, "cannot be compared in the unit %"),
        ({"analyte": "neutrophils", "value": 780, "unit": "10^9/L"}, "not a possible value"),
        ({"analyte": "INR", "value": 251}, "not a possible value"),
        ({"analyte": "CRP", "value": 42, "unit": "mg/L"}, "no numeric criterion for CRP"),
        ({"term": "Nausea", "value": 2}, "no laboratory term"),
        (
            {"term": "Hypophosphatemia", "value": 2, "unit": "mg/dL"},
            "v6.0 has no number for Hypophosphatemia",
        ),
        ({"value": 2}, "neither a term nor an analyte"),
        ({"analyte": "ALT", "value": 440, "unit": "U/L"}, "no upper limit of normal is given"),
        ({"analyte": "albumin", "value": 32, "unit": "g/L"}, "no more than grade 1; no lower limit"),
    ],
)
def test_where_no_grade_can_be_given_the_reason_is(given, reason):
    found = graded(6, **given)
    assert found["worst"] is None
    assert reason in found["why"]


TERMS = sorted({row.name for row in criteria()})
# Values spread over what can be measured, with a limit of normal and a baseline somewhere beside them.
NUMBERS = st.floats(0.01, 1000).map(lambda value: float(f"{value:.4g}"))
MAYBE = st.none() | NUMBERS
ROWS = st.builds(
    lambda term, value, lln, uln, baseline, unit: {
        "term": term,
        "value": value,
        "unit": unit,
        "lln": lln,
        "uln": uln,
        "baseline": baseline,
    },
    st.sampled_from(TERMS),
    NUMBERS,
    MAYBE,
    MAYBE,
    MAYBE,
    st.sampled_from(["g/dL", "mmol/L", "10^9/L", "mg/dL", "mL/min", "U/L", None]),
)


def table(rows) -> pl.DataFrame:
    whole = [{name: row.get(name) for name in INPUT} | {"row": n} for n, row in enumerate(rows)]
    return pl.DataFrame(whole, schema=INPUT)


@given(st.lists(ROWS, min_size=1, max_size=12), st.sampled_from(EDITIONS), st.randoms())
def test_the_order_of_rows_never_matters(rows, edition, random):
    first = table(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    assert grade_labs(first[order], edition).equals(grade_labs(first, edition))


SAME = {
    "g/dL": ("g/L", 10),
    "mmol/L": ("µmol/L", 1000),
    "10^9/L": ("/µL", 1000),
    "mg/dL": ("g/L", 0.01),
    "mL/min": ("L/min", 0.001),
}


@given(ROWS.filter(lambda row: row["unit"] in SAME), st.sampled_from(EDITIONS))
def test_a_change_of_unit_never_changes_a_grade(row, edition):
    unit, factor = SAME[row["unit"]]
    numbers = ("value", "lln", "uln", "baseline")
    other = row | {"unit": unit} | {name: row[name] and row[name] * factor for name in numbers}
    one, two = grade_labs(table([row, other]), edition).rows(named=True)
    assert [one[name] for name in ("term", "least", "worst")] == [
        two[name] for name in ("term", "least", "worst")
    ]


@given(ROWS, NUMBERS, st.sampled_from(EDITIONS))
def test_a_worse_value_never_gets_a_lower_grade(row, other, edition):
    direction = next(one.direction for one in criteria() if one.name == row["term"])
    better, worse = sorted((row["value"], other), reverse=direction == "low")
    one, two = grade_labs(table([row | {"value": better}, row | {"value": worse}]), edition).rows(named=True)
    for which in ("least", "worst"):
        if one[which] is not None and two[which] is not None:
            assert one[which] <= two[which]


@given(ROWS, st.sampled_from(EDITIONS))
def test_what_is_told_later_never_leaves_the_possible_grades(row, edition):
    """A limit that was missing decides between the grades that were possible without it."""
    one = grade_labs(table([row]), edition).row(0, named=True)
    full = row | {"lln": row["lln"] or 1.0, "uln": row["uln"] or 2.0}
    two = grade_labs(table([full]), edition).row(0, named=True)
    if one["lowest"] is not None and two["worst"] is not None and row["baseline"] is None:
        assert one["lowest"] <= two["worst"] <= one["highest"]


# Fault: ALT in a unit that nobody knows was graded without a word. As a multiple of the limit the grade holds.
def test_a_unit_that_is_not_known_is_said_though_multiples_of_a_limit_hold_in_any():
    found = graded(6, analyte="ALT", value=300, unit="furlongs", uln=40, baseline=30)
    assert found["worst"] == 3
    assert found["why"] == "furlongs is no unit that is known: multiples of a limit hold in any"
    assert graded(6, analyte="ALT", value=300, unit="IU/L", uln=40, baseline=30)["why"] == ""
    for unit in ("INR", "{INR}", "ratio"):
        assert "no unit" not in graded(4, analyte="INR", value=3, unit=unit, uln=1.2, baseline=1)["why"]


ANALYTES = sorted({name for row in criteria() for name in row.analytes})
UNITS = ["g/dL", "mmol/L", "10^9/L", "mg/dL", "mL/min", "U/L", "× ULN", "bananas", None]


@given(
    st.sampled_from(ANALYTES), NUMBERS, st.sampled_from(UNITS), MAYBE, MAYBE, MAYBE, st.sampled_from(EDITIONS)
)
def test_a_value_of_one_patient_is_judged_as_a_row_of_a_table(
    analyte, value, unit, lower, upper, baseline, edition
):
    one = _found(LabValue(analyte, value, unit, lower, upper, baseline), edition)
    row = {"analyte": analyte, "value": value, "unit": unit, "lln": lower, "uln": upper, "baseline": baseline}
    columns = ("term", "least", "worst", "lowest", "highest", "rule", "why")
    assert {name: one[name] for name in columns} == {name: graded(edition, **row)[name] for name in columns}
