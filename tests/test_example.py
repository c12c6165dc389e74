"""The whole way on the example: its facts against those made by hand, and what follows from them.

The facts by hand stand in examples/ros1_imt.facts.jsonl; the numbers of the response are those of issue 2, section 3,
worked by hand from the published case: targets thigh 170 mm and iliopsoas 40 mm, together 210 mm.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseboard import assess_case, read_case, write_flat

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ros1_imt.txt"

# Fields in which a read fact must agree with the one made by hand; words of sites, terms and procedures may differ.
KEYS = {
    "patient": ("sex", "age_years"),
    "diagnosis": ("term",),
    "test": ("method", "target", "result"),
    "alteration": ("type", "gene5", "gene3"),
    "lesion": ("diameters_mm", "suv_max", "state"),
    "lab": ("analyte", "value", "unit"),
    "treatment": ("modality", "agents"),
    "adverse_event": ("grade",),
    "response": ("category",),
    "outcome": ("vital", "disease"),
}


def agrees(read: dict[str, object], by_hand: dict[str, object]) -> bool:
    """Whether a read fact says the same; its date may be more precise than the one given by hand."""
    names = ("kind", *KEYS[str(by_hand["kind"])])
    same = all(read.get(name) == by_hand[name] for name in names)
    return same and str(read["date"]).startswith(str(by_hand["date"]))


@pytest.fixture(scope="module")
def case():
    return read_case(str(EXAMPLE))


@pytest.fixture(scope="module")
def read(case):
    return [fact for line in write_flat(case) if (fact := json.loads(line))["kind"] != "history"]


@pytest.fixture(scope="module")
def by_hand():
    lines = EXAMPLE.with_name("ros1_imt.facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def assessment(case):
    return assess_case(case, patient=1)


def test_nine_in_ten_facts_are_those_that_were_made_by_hand(read, by_hand):
    left, matched = list(read), 0
    for fact in by_hand:
        found = next((one for one in left if agrees(one, fact)), None)
        if found:
            left.remove(found)
            matched += 1
    assert 2 * matched / (len(read) + len(by_hand)) >= 0.9


def test_no_fact_is_taken_from_the_introduction_or_the_discussion(read):
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("In April 2018 a 23-year-old"), text.index("An expert's review changes")
    assert [fact["quote"] for fact in read if not start <= fact["span"][0] < end] == []


def test_there_is_one_patient(case):
    assert [patient.number for patient in case.patients] == [1]


def test_the_misspelt_gene_is_read_with_a_remark(read):
    fusion = next(fact for fact in read if fact["kind"] == "alteration")
    assert (fusion["gene5"], fusion["gene3"]) == ("YWHAE", "ROS1")
    assert any("YWHAE1" in remark for remark in fusion["remarks"])


def test_the_sum_of_diameters_falls_from_210_to_40_to_38_mm(assessment):
    crizotinib = next(line.number for line in assessment.course.lines if line.agents == ("crizotinib",))
    response = next(one for one in assessment.responses if one.line == crizotinib)
    measured = [point for point in response.timepoints if point.sum_mm is not None][:2]
    assert [point.sum_mm for point in measured] == [40, 38]
    assert {point.baseline_mm for point in measured} == {210}
    assert [round(point.change_from_baseline_pct) for point in measured] == [-81, -82]
    assert response.best_derived == "PR"


def test_the_age_and_the_ratio_that_do_not_fit_are_conflicts(assessment):
    said = " ".join(finding.what + finding.detail for finding in assessment.conflicts)
    for trap in ("23", "24", "0.32", "0.33", "YWHAE1"):
        assert trap in said


def test_crizotinib_and_entrectinib_come_first_and_others_are_extrapolated(assessment):
    assert {option.therapies for option in assessment.options[:2]} == {("crizotinib",), ("entrectinib",)}
    lorlatinib = next(option for option in assessment.options if option.therapies == ("lorlatinib",))
    assert lorlatinib.extrapolated


def test_every_finding_stands_on_facts_that_are_there(case, assessment):
    known = {fact.id for fact in case.facts}
    findings = [
        *assessment.key,
        *assessment.conflicts,
        *assessment.course.findings,
        *assessment.option_findings,
    ]
    assert findings
    assert {fact for finding in findings for fact in finding.facts} <= known
