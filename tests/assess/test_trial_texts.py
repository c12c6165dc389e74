"""What free texts of eligibility ask for, held against patients made up here; the answers worked out by hand."""

from __future__ import annotations

import json

import pytest

from caseboard.assess.eligibility import trial_reports
from caseboard.assess.patient_profile import profile_of
from caseboard.assess.trial_answer import Answer
from caseboard.case import (
    Alteration,
    Case,
    DateInterval,
    Demographics,
    Diagnosis,
    History,
    Lab,
    Lesion,
    Outcome,
    Response,
    Source,
    Test,
    Treatment,
)
from caseboard.knowledge.trials import read_trials

NOTE = Source("note", "")
MARCH, MAY = DateInterval.of(2024, 3), DateInterval.of(2024, 5)


def said(words: str) -> Source:
    return Source("note", words)


PATIENT = (
    Demographics(id="f1", source=NOTE, sex="female", age_years=54, when=MARCH),
    Diagnosis(
        id="f2",
        source=said("adenocarcinoma of the lung"),
        term="lung adenocarcinoma",
        code="LUAD",
        when=MARCH,
    ),
    Alteration(id="f3", source=NOTE, type="fusion", gene5="EML4", gene3="ALK", when=MARCH),
    Test(id="f4", source=NOTE, method="NGS", target="ROS1", result="negative", when=MARCH),
    Alteration(id="f5", source=NOTE, type="variant", gene="TP53", change="R273H", when=MARCH),
    Lesion(
        id="f6", source=said("liver metastasis"), site="liver", modality="CT", diameters_mm=(31.0,), when=MAY
    ),
    Lesion(id="f7", source=said("brain metastases"), site="brain", modality="MRI", when=MAY),
    Treatment(id="f8", source=NOTE, modality="systemic", event="start", agents=("crizotinib",), when=MARCH),
    History(id="f9", source=said("ECOG 1"), topic="performance status", detail="ECOG 1", when=MAY),
    Lab(id="f10", source=NOTE, analyte="hemoglobin", value=8.4, unit="g/dL", when=MAY),
    Lab(id="f11", source=NOTE, analyte="ALT", value=160, unit="U/L", upper_limit=40, when=MAY),
    Lab(id="f12", source=NOTE, analyte="AST", value=30, unit="U/L", when=MAY),
    Lab(id="f13", source=NOTE, analyte="creatinine", value=80, unit="µmol/L", when=MAY),
    Outcome(id="f14", source=NOTE, vital="alive", when=MAY),
)


@pytest.fixture
def ask(tmp_path):
    def answered(section: str, text: str, facts: tuple[object, ...] = PATIENT) -> Answer:
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": "NCT00000001"},
                "eligibilityModule": {"eligibilityCriteria": f"{section} Criteria:\n\n* {text}"},
            }
        }
        path = tmp_path / "trial.json"
        path.write_text(json.dumps(record))
        (report,) = trial_reports(profile_of(Case(title="t", facts=facts)), read_trials(str(path)))  # type: ignore[arg-type]
        return report.answers[-1]

    return answered


@pytest.mark.parametrize(
    ("text", "result", "mendable"),
    [
        ("Age ≥ 18 years", "PASS", False),
        ("Age ≥ 65 years", "FAIL", True),
        ("Age ≤ 50 years", "FAIL", False),
        ("ECOG performance status 0-1", "PASS", False),
        ("ECOG performance status 2-3", "FAIL", True),
        ("Karnofsky performance status ≥ 70%", "PASS", False),  # ECOG 1 is about 70 to 80
        ("Karnofsky performance status ≥ 90%", "FAIL", True),
        ("Karnofsky performance status ≥ 80%", "UNDETERMINED", False),
        ("Life expectancy of at least 12 weeks", "UNDETERMINED", False),
        ("Histologically confirmed non-small cell lung cancer", "PASS", False),
        ("Histologically confirmed melanoma", "FAIL", False),
        ("Advanced or metastatic NSCLC", "PASS", False),
        ("Stage IV NSCLC", "PASS", False),
        ("Stage I or II NSCLC", "FAIL", False),
        ("Non-squamous NSCLC", "PASS", False),
        ("At least one measurable lesion per RECIST 1.1", "PASS", False),
        ("ALK rearrangement", "PASS", False),
        ("EML4-ALK fusion", "PASS", False),
        ("ALK-positive NSCLC", "PASS", False),
        ("ALK mutation", "UNDETERMINED", False),  # a mutation is never met by a fusion
        ("ROS1 rearrangement", "FAIL", False),  # sequencing was negative
        ("ROS1 or ALK rearrangement", "PASS", False),
        ("ROS1 rearrangement or EGFR mutation", "UNDETERMINED", False),
        ("EGFR mutation", "UNDETERMINED", False),
        ("TP53 mutation", "PASS", False),
        ("Activating TP53 mutation", "WARN", False),
        ("TP53 R273H mutation", "PASS", False),
        ("Prior treatment with crizotinib", "PASS", False),
        ("Prior treatment with an ALK inhibitor", "PASS", False),
        ("Disease progression on an ALK inhibitor", "WARN", False),
        ("Prior platinum-based chemotherapy", "UNDETERMINED", False),
        ("No prior chemotherapy", "WARN", False),
        ("No prior systemic therapy", "FAIL", False),
        ("At least one prior line of systemic therapy", "PASS", False),
        ("At least two prior lines of systemic therapy", "FAIL", True),
        ("No more than 2 prior lines of systemic therapy", "PASS", False),
        ("Hemoglobin ≥ 8 g/dL", "PASS", False),
        ("Hemoglobin ≥ 90 g/L", "FAIL", True),
        ("Platelets ≥ 100 × 10^9/L", "UNDETERMINED", False),
        ("ALT ≤ 2.5 × ULN", "FAIL", True),
        (
            "ALT ≤ 2.5 × ULN (≤ 5 × ULN in patients with liver metastases)",
            "PASS",
            False,
        ),  # 4 × ULN, and liver
        ("AST ≤ 2.5 × ULN", "UNDETERMINED", False),  # the limit of normal is not told
        ("Creatinine ≤ 1.5 mg/dL", "PASS", False),  # 80 µmol/L are 0.90 mg/dL
        ("Creatinine < 0.8 mg/dL", "FAIL", True),
        ("Hemoglobin ≥ 8 g/dL and ALT ≤ 2.5 × ULN", "FAIL", True),
        ("No brain metastases", "FAIL", False),
        ("Written informed consent", "UNDETERMINED", False),
        ("ECOG performance status 0-1. Able to swallow tablets.", "UNDETERMINED", False),
        ("ECOG performance status 2-3. Able to swallow tablets.", "FAIL", True),
        ("ECOG performance status 2-3. ECOG 1 is allowed in some cases.", "UNDETERMINED", False),
    ],
)
def test_what_is_asked_for(ask, text: str, result: str, mendable: bool) -> None:
    found = ask("Inclusion", text)
    assert (found.result, found.mendable) == (result, mendable), found.sentence
    assert found.sentence.endswith(".")
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "result", "mendable"),
    [
        ("Brain metastases", "FAIL", False),
        ("Untreated brain metastases", "UNDETERMINED", False),
        ("Brain metastases, unless treated", "UNDETERMINED", False),
        ("Leptomeningeal disease", "UNDETERMINED", False),
        ("Small cell lung cancer", "PASS", False),
        ("EGFR mutation or ALK rearrangement", "FAIL", False),
        ("ROS1 rearrangement", "PASS", False),
        ("Prior treatment with an ALK inhibitor", "FAIL", False),
        ("Prior treatment with an EGFR TKI", "WARN", False),
        ("Treatment with crizotinib within 2 weeks before the first dose", "UNDETERMINED", False),
        ("ECOG performance status > 1", "PASS", False),
        ("ECOG performance status ≥ 1", "FAIL", True),
        ("Hemoglobin < 9 g/dL", "FAIL", True),
        ("Pregnant or breast-feeding women", "UNDETERMINED", False),
        ("Men who do not use contraception", "PASS", False),
        ("History of another malignancy within 5 years", "UNDETERMINED", False),
        ("Uncontrolled hypertension", "UNDETERMINED", False),
        ("Age under 18 years", "PASS", False),
        ("Age under 60 years", "FAIL", True),
    ],
)
def test_what_excludes(ask, text: str, result: str, mendable: bool) -> None:
    found = ask("Exclusion", text)
    assert (found.result, found.mendable) == (result, mendable), found.sentence


def test_a_value_long_before_the_last_report_neither_passes_nor_fails(ask) -> None:
    later = (*PATIENT, Response(id="f20", source=NOTE, category="SD", when=DateInterval.of(2025, 1)))
    assert ask("Inclusion", "Hemoglobin ≥ 8 g/dL", later).result == "WARN"
    assert ask("Inclusion", "Hemoglobin ≥ 9 g/dL", later).result == "UNDETERMINED"
    assert ask("Inclusion", "At least one measurable lesion", later).result == "WARN"


def test_of_a_treatment_that_ended_the_time_since_is_counted(ask) -> None:
    stop = Treatment(
        id="f21", source=NOTE, modality="systemic", event="stop", agents=("crizotinib",), when=MAY
    )
    seen = Response(id="f22", source=NOTE, category="SD", when=DateInterval.of(2024, 9))
    text = "Treatment with crizotinib within 4 weeks before the first dose"
    assert ask("Exclusion", text, (*PATIENT, stop, seen)).result == "PASS"
    assert ask(
        "Exclusion", "Treatment with crizotinib within 6 months before the first dose", (*PATIENT, stop, seen)
    ).result == ("UNDETERMINED")


def test_a_broad_diagnosis_may_turn_out_to_be_what_is_asked_for(ask) -> None:
    broad = (PATIENT[0], Diagnosis(id="f2", source=NOTE, term="adenocarcinoma", code="CB:ADENOCARCINOMA"))
    assert ask("Inclusion", "Non-small cell lung cancer", broad).result == "UNDETERMINED"
    assert ask("Inclusion", "Melanoma", broad).result == "FAIL"


def test_metastases_are_no_stage_where_the_tumour_is_not_staged_so(ask) -> None:
    spread = Lesion(id="f9", source=said("lung metastases"), site="lung", when=MAY)
    thyroid = (
        PATIENT[0],
        Diagnosis(id="f2", source=NOTE, term="papillary thyroid cancer", code="THPA"),
        spread,
    )
    assert ask("Inclusion", "Stage IV papillary thyroid cancer", thyroid).result == "UNDETERMINED"


def test_a_stage_told_at_diagnosis_is_compared(ask) -> None:
    staged = Diagnosis(id="f2", source=said("stage IIIB melanoma"), term="melanoma", code="MEL", when=MARCH)
    patient = (PATIENT[0], staged)
    assert ask("Inclusion", "Stage III or IV melanoma", patient).result == "PASS"
    assert ask("Inclusion", "Stage IIIB melanoma", patient).result == "PASS"
    assert ask("Inclusion", "Stage IV melanoma", patient).result == "UNDETERMINED"


def test_another_cancer_of_the_past_is_told_of(ask) -> None:
    earlier = Diagnosis(id="f30", source=NOTE, term="breast cancer", status="history")
    found = ask("Exclusion", "History of another malignancy", (*PATIENT, earlier))
    assert found.result == "UNDETERMINED"
    assert "breast cancer" in found.sentence
