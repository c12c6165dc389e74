"""Reported toxicities with their reading in CTCAE v6.0, and laboratory values: what is graded, and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from stories import drug, gold, harm, lab, patient, story, surgery

from caseboard.assess.course import build_course
from caseboard.assess.toxicity import lab_grades, reported_toxicities


def reported(case):
    return reported_toxicities(case, build_course(case))


def graded(case):
    return lab_grades(case, build_course(case))


def chemotherapy(*more, text: str = ""):
    return story(patient("2019-01"), drug("start", "2019-03-01", "doxorubicin"), *more, text=text)


def test_a_reported_grade_four_of_neutropenia_may_be_three_or_four_in_v6_without_the_count():
    text = "A man. Doxorubicin. He had grade 4 neutropenia (CTCAE v5.0)."
    case = story(
        patient("2019-01", quote="A man"),
        drug("start", "2019-03-01", "doxorubicin", quote="Doxorubicin"),
        harm("neutropenia", 4, "2019-04", "doxorubicin", quote="grade 4 neutropenia"),
        text=text,
    )
    (event,) = reported(case)
    assert event.ctcae_term == "Neutrophil count decreased"
    assert (event.grade_reported, event.version_reported, event.line) == (4, "CTCAE v5.0", 1)
    # v5 grade 4 is below 0.5; v6 has grade 3 from 0.1 to 0.5 and grade 4 below 0.1 (x 10^9/L)
    assert event.reading_v6.startswith("grade 3 or 4")
    assert "the value is needed to decide" in event.reading_v6


def test_the_count_of_the_same_day_decides_the_v6_grade():
    # 780/uL: v5 grade 3 (below 1.0), v6 grade 2 (below 1.0, not below 0.5)
    case = chemotherapy(
        harm("neutropenia", 3, "2019-04-10", "doxorubicin"), lab("neutrophils", 780, "/µL", "2019-04-10")
    )
    assert reported(case)[0].reading_v6.startswith("grade 2, by the value 780 /µL")


def test_a_reported_grade_that_the_count_contradicts_is_said():
    case = chemotherapy(
        harm("neutropenia", 4, "2019-04-10", "doxorubicin"), lab("neutrophils", 780, "/µL", "2019-04-10")
    )
    assert "by v5 it is grade 3, not as reported" in reported(case)[0].reading_v6


def test_a_count_of_another_day_decides_nothing():
    case = chemotherapy(
        harm("neutropenia", 4, "2019-04-10", "doxorubicin"), lab("neutrophils", 50, "/µL", "2019-04-17")
    )
    assert "grade 3 or 4" in reported(case)[0].reading_v6


def test_an_edition_that_is_not_named_is_not_supposed():
    (event,) = reported(chemotherapy(harm("neutropenia", 2, "2019-04", "doxorubicin")))
    assert event.version_reported == "edition not stated"
    assert event.reading_v6.startswith("if that is of v5, in v6 grade 1 ")


@pytest.mark.parametrize("word", ["mild", "severe"])
def test_a_word_is_no_grade(word):
    case = chemotherapy(harm("nausea", None, "2019-04", "doxorubicin", quote=f"{word} nausea"))
    (event,) = reported(case)
    assert event.grade_reported is None
    assert f"its word is “{word}”, which is no grade" in event.finding.what
    assert event.reading_v6 == "not graded"


def test_a_clinical_grade_is_not_compared_with_v6():
    (event,) = reported(chemotherapy(harm("vomiting", 3, "2019-04", "doxorubicin")))
    assert event.reading_v6.startswith("not compared")


def test_v6_is_not_used_before_it_was_published():
    case = chemotherapy(
        harm("neutropenia", 4, "2019-04-10", "doxorubicin"), lab("ANC", 0.3, "K/uL", "2019-04-10")
    )
    known = case.as_of(date(2019, 12, 31))
    assert reported(known)[0].reading_v6 == "v6 was not published yet"
    (value,) = graded(known)
    assert (value.grade_v5, value.grade_v6) == (4, None)
    # v6.0 came out in July 2025
    assert all("version 6" not in citation.text for citation in value.finding.citations)


def test_harm_after_a_stopped_line_that_blames_no_drug_belongs_to_no_line():
    case = chemotherapy(
        drug("stop", "2019-06-01", "doxorubicin"),
        surgery("resection", "2019-07-01"),
        harm("wound infection", 2, "2019-07-08"),
    )
    assert reported(case)[0].line is None


def test_what_was_abnormal_before_any_treatment_is_no_toxicity_of_treatment():
    case = story(
        patient("2018-04"),
        lab("ALT", 440, "U/L", "2018", upper_limit=40),
        drug("start", "2019-03", "doxorubicin"),
        lab("hemoglobin", 7.5, "g/dL", "2019-05"),
    )
    before, after = graded(case)
    assert (before.grade_v5, before.attributable) == (3, False)  # 440 is 11 times 40: above 5, not above 20
    assert "a baseline, no toxicity of treatment" in before.finding.what
    assert (after.grade_v5, after.attributable) == (3, True)  # below 8 g/dL


def test_a_value_without_an_upper_limit_is_not_graded_and_says_so():
    (value,) = graded(chemotherapy(lab("ALT", 440, "U/L", "2019-05")))
    assert (value.grade_v5, value.grade_v6) == (None, None)
    assert value.why == "cannot be graded: no upper limit of normal is given"


def test_a_limit_told_for_the_same_analyte_of_the_same_document_is_used_and_said():
    case = chemotherapy(
        lab("ALT", 268, "U/l", "2019-05"), lab("ALT", 29, "U/l", "2019-08-08", upper_limit=35)
    )
    first = graded(case)[0]
    assert first.grade_v5 == 3  # 268 / 35 = 7.7, above 5 times the limit
    assert "limits of normal as told for 8 August 2019" in first.why


def test_a_limit_in_another_unit_is_not_used():
    case = chemotherapy(
        lab("creatinine", 90, "µmol/L", "2019-05"), lab("creatinine", 0.9, "mg/dL", upper_limit=1.2)
    )
    assert graded(case)[0].grade_v5 is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("platelets were normal at 240", "A man. Dox. platelets were normal at 240."),
        ("ALT (24 U/L)", "A man. Dox. bilirubin (0.7 mg/dL) and ALT (24 U/L) were normal and no pain."),
        ("GPT 16 U/L", "A man. Dox. a normalization of serum values (GOT 12 U/L and GPT 16 U/L) was seen."),
    ],
)
def test_a_value_that_the_source_calls_normal_is_no_toxicity(quote, text):
    analyte, unit = ("platelets", "10^9/L") if "240" in quote else ("ALT", "U/L")
    case = story(
        patient(quote="A man"),
        drug("start", None, "doxorubicin", quote="Dox"),
        lab(analyte, 24, unit, quote=quote),
        text=text,
    )
    assert graded(case)[0].grade_v5 == (
        0 if analyte == "ALT" else 4
    )  # a count of 24 is grade 4, whatever it is called


def test_a_value_beside_others_that_are_normal_is_not_called_normal():
    text = "A man. Dox. ALT (188 U/L) was raised and bilirubin and creatinine were normal."
    case = story(
        patient(quote="A man"),
        drug("start", None, "doxorubicin", quote="Dox"),
        lab("ALT", 188, "U/L", quote="ALT (188 U/L)"),
        text=text,
    )
    assert graded(case)[0].grade_v5 is None


def test_the_reference_case_reads_as_it_was_worked_by_hand(shared):
    case = gold(shared, "seed_ros1_imt")
    neutropenia, vision = reported(case)
    assert (neutropenia.grade_reported, neutropenia.version_reported, neutropenia.line) == (
        4,
        "CTCAE v5.0",
        1,
    )
    assert neutropenia.reading_v6.startswith("grade 3 or 4")
    assert (vision.grade_reported, vision.line) == (None, 2)
    assert "“mild”" in vision.finding.what
    by_fact = {value.fact: value for value in graded(case)}
    assert by_fact["f8"].why == "cannot be graded: no upper limit of normal is given"  # ALT 440 U/L in 2018
    assert by_fact["f8"].attributable is False
    assert by_fact["f24"].grade_v5 == 0  # ALT 16 U/L, told as a normalisation


def test_counts_of_the_letter_are_graded_in_both_editions(shared):
    values = {(v.analyte, v.value): (v.grade_v5, v.grade_v6) for v in graded(gold(shared, "letter_ewing"))}
    # hand-worked from the CTCAE tables
    assert values["ANC", 0.08] == (4, 4)
    assert values["ANC", 0.31] == (4, 3)
    assert values["WBC", 0.3] == (4, 4)
    assert values["platelets", 22] == (4, 3)
    assert values["platelets", 41] == (3, 3)
    assert values["hemoglobin", 7.9] == (3, 3)
    assert values["hemoglobin", 8.8] == (2, 2)
    assert values["ALT", 44] == (None, None)


def test_a_bound_is_no_value_and_is_not_graded():
    (value,) = graded(chemotherapy(lab("ANC", 0.5, "K/uL", "2019-05", remarks=["written as < 0.5"])))
    assert (value.grade_v5, value.grade_v6) == (None, None)
    assert "written as < 0.5" in value.why
