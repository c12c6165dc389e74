"""Reports that bear several days: a cumulative print of radiology, a pathologist's report with its addendum.

The texts are made, laid out as hospitals print them.
"""

from __future__ import annotations

import pytest

from caseboard.assess.course import build_course
from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis, Lesion, Response, Test, Treatment
from caseboard.narrative import read

PRINT = """RADIOLOGY REPORTS - cumulative print
Patient: Mr T. Berg, born 1961

CT CHEST/ABDOMEN/PELVIS   14/02/2022
Clinical details: Retroperitoneal leiomyosarcoma resected 2020. New lung nodules. Baseline before doxorubicin.
Findings: Right upper lobe nodule 18 mm. Segment VII liver lesion 31 mm. No local recurrence in the retroperitoneum.
Conclusion: Lung and liver metastases.

CT CHEST/ABDOMEN/PELVIS   09/05/2022
Clinical details: After 4 cycles of doxorubicin.
Comparison: 14/02/2022.
Findings: Right upper lobe nodule now 13 mm (previously 18 mm). Segment VII liver lesion 31 -> 22 mm.
Conclusion: Partial response.

CT CHEST/ABDOMEN/PELVIS   22/08/2022
Clinical details: Completed 6 cycles doxorubicin end of June. Off treatment.
Comparison: 09/05/2022.
Findings: Right upper lobe nodule 13 mm, unchanged. Segment VII liver lesion 24 mm (22 mm). There is a 6 mm focus in the
L2 vertebral body; this is indeterminate, and may represent a haemangioma.
Conclusion: Stable disease.
"""


@pytest.fixture(scope="module")
def printed():
    return read(Document("print", PRINT))


def test_lesions_are_of_the_day_of_their_report(printed):
    told = [
        (str(fact.when), fact.site, fact.diameters_mm)
        for fact in printed.of(Lesion)
        if fact.site != "l2 vertebra"
    ]
    assert told == [
        ("2022-02-14", "lung upper lobe", (18.0,)),
        ("2022-02-14", "liver segment vii", (31.0,)),
        ("2022-05-09", "lung upper lobe", (13.0,)),
        ("2022-05-09", "liver segment vii", (22.0,)),
        ("2022-08-22", "lung upper lobe", (13.0,)),
        ("2022-08-22", "liver segment vii", (24.0,)),
    ]


def test_the_size_alone_in_brackets_is_no_second_lesion(printed):
    assert [lesion.name for lesion in build_course(printed).lesions].count("liver segment VII") == 1


def test_responses_are_of_the_day_of_their_report(printed):
    """That one place is free of recurrence does not make the patient free of disease."""
    assert [(fact.category, str(fact.when)) for fact in printed.of(Response)] == [
        ("PR", "2022-05-09"),
        ("SD", "2022-08-22"),
    ]


def test_what_a_bone_may_have_is_not_the_diagnosis(printed):
    assert [(fact.code, fact.status) for fact in printed.of(Diagnosis)] == [("LMS", "final")]


def test_a_course_told_as_over_began_on_no_day_that_is_told(printed):
    """ "End of June" in a report of 22 August 2022 is that of the year; "after 4 cycles" dates no beginning."""
    assert [(fact.event, str(fact.when)) for fact in printed.of(Treatment) if fact.agents] == [
        ("start", "None"),
        ("stop", "2022-06-20 to 2022-06-30"),
    ]


REPORT = """SURGICAL PATHOLOGY REPORT
Patient: Ms A. Novak     Age 34 F
Specimen received: 03-Jun-2021      Reported: 10-Jun-2021
Clinical details: 6 cm deep mass left thigh, core biopsy.
Microscopy: Spindle cell neoplasm arranged in fascicles with mild atypia.
{label}: {conclusion}

ADDENDUM (12-Jul-2021)
{addendum}
"""
REVISED = (
    "In the light of the NTRK1 rearrangement the diagnosis is revised to NTRK-rearranged spindle cell neoplasm. The"
    " earlier diagnosis of MPNST should be disregarded."
)


@pytest.mark.parametrize("label", ["Diagnosis", "Conclusion", "Final diagnosis"])
@pytest.mark.parametrize(
    "conclusion",
    [
        "Malignant peripheral nerve sheath tumour, FNCLCC grade 1.",
        "Spindle cell sarcoma, favour low-grade malignant peripheral nerve sheath tumour (MPNST).",
        "Features favour a malignant peripheral nerve sheath tumour.",
    ],
)
def test_the_addendum_revises_the_report_on_its_own_day(label, conclusion):
    case = read(Document("report", REPORT.format(label=label, conclusion=conclusion, addendum=REVISED)))
    assert [(fact.code, fact.status, str(fact.when)) for fact in case.of(Diagnosis)] == [
        ("MPNST", "working", "2021-06-10"),
        ("CB:NTRKSCN", "final", "2021-07-12"),
    ]


def test_the_diagnosis_in_favour_of_which_nothing_speaks_is_none():
    text = REPORT.format(
        label="Diagnosis", conclusion="Leiomyosarcoma.", addendum="Margins are in favour of resection."
    )
    assert [fact.code for fact in read(Document("report", text)).of(Diagnosis)] == ["LMS"]


@pytest.mark.parametrize("stage", ["", "Stage IVA ", "Metastatic "])
@pytest.mark.parametrize("brackets", ["", " (grade 3, 8 cm)", " (PD-L1 60%, EGFR/ALK/ROS1 negative)"])
@pytest.mark.parametrize(
    "told", [", diagnosed on CT-guided biopsy on 18 August 2022.", ", diagnosed in August 2022."]
)
def test_diagnosed_behind_its_brackets(stage, brackets, told):
    tumour = f"{stage}adenocarcinoma of the right lower lobe of lung"
    text = f"Mrs R. Hill, born 04/07/1957.\n\nBackground\n{tumour[0].upper()}{tumour[1:]}{brackets}{told}"
    (fact,) = read(Document("letter", text)).of(Diagnosis)
    assert fact.status == "final"
    assert str(fact.when).startswith("2022-08")


def test_driver_genes_beside_pd_l1_are_not_stained():
    text = "A 64-year-old woman had lung adenocarcinoma in May 2022: PD-L1 60%, EGFR negative, ALK negative."
    told = {fact.target: fact.method for fact in read(Document("letter", text)).of(Test)}
    assert told == {"PD-L1": "IHC", "EGFR": "other", "ALK": "other"}


DAYS = ("03.2019  ", "03/2019: ", "March 2019 - ", "2019-03-12: ", "12/03/2019 - ")
HEADS = (
    "Mrs H.B., 58 y, PS 1\nCase presentation 7 June 2024\n\nHISTORY\n",
    "58-year-old woman.\n\nOncological history\n- ",
)
TUMOURS = {
    "Superficial spreading melanoma left calf": "CB:SSM",
    "Leiomyosarcoma right thigh": "LMS",
    "Left breast cancer": "CB:BREASTCA",
    "High-grade synovial sarcoma left knee": "SYNS",
    "Clear cell RCC left kidney": "CCRCC",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("tumour", TUMOURS)
@pytest.mark.parametrize("tail", [", wide excision.", ". Resection 16 April 2019.", " (core biopsy)."])
def test_an_entry_of_a_history_tells_the_diagnosis_behind_its_day(head, day, tumour, tail):
    (fact,) = read(Document("letter", head + day + tumour + tail)).of(Diagnosis)
    assert (fact.code, fact.status) == (TUMOURS[tumour], "final")
    assert str(fact.when).startswith("2019-03")


@pytest.mark.parametrize(
    "entry", ["05/2021: Recurrent leiomyosarcoma, lung", "05/2021: Leiomyosarcoma clinic, seen by Dr X"]
)
def test_an_entry_that_tells_no_new_tumour(entry):
    text = HEADS[0] + "03/2019: Leiomyosarcoma right thigh, wide excision.\n" + entry + "."
    assert [str(fact.when) for fact in read(Document("letter", text)).of(Diagnosis)] == ["2019-03"]


NOTE = """ONC PROGRESS NOTE                                   10/17/2023
Pt: T.W.   41M

ONC HX
41M w/ Ewing sarcoma R iliac wing, dx 6/2020 w/ bilat lung mets.
-VDC/IE x14 c 6/22/20-2/11/21, mucositis gr 3 (8/20).
-s/p XRT R iliac 55.8 Gy 11/20-1/21. s/p XRT lungs 15 Gy 3/21
-cabozantinib 60 mg qd 7/31/23, HFS gr 3 8/21/23 -> held 8/21-9/4, restarted 40 mg 9/5.

MOLEC: NGS 11/22: STAG2 p.R259*. Plt 41 on 10/12.
"""


def test_months_and_days_of_an_american_note():
    """Of long ago a note tells the month and its year, of late the day: "8/20" is August 2020, "9/5" 5 September."""
    case = read(Document("note", NOTE))
    told = {fact.source.quote: str(fact.when) for fact in case.facts if fact.when is not None}
    assert told["mucositis gr 3"] == "2020-08"
    assert told["XRT R iliac 55.8 Gy"] == "2021-01"  # 11/20-1/21: the day of radiotherapy is its last
    assert next(when for quote, when in told.items() if "15 Gy" in quote) == "2021-03"
    assert next(when for quote, when in told.items() if "STAG2" in quote) == "2022-11"
    assert [(f.event, str(f.when)) for f in case.of(Treatment) if f.agents == ("cabozantinib",)] == [
        ("start", "2023-07-31"),
        ("stop", "2023-08-21"),
        ("resume", "2023-09-05"),
    ]


@pytest.mark.parametrize("head", ["SARCOMA ONC PROGRESS NOTE", "Sarcoma and GIST Clinic", "Sarcoma MDT"])
def test_the_service_is_not_the_diagnosis(head):
    text = f"{head}   10/17/2023\nPt: T.W.   41M\n\n41M w/ Ewing sarcoma R iliac wing, dx 6/2020."
    assert [fact.code for fact in read(Document("note", text)).of(Diagnosis)] == ["ES"]


def test_remission_until_a_day_is_not_of_a_later_one():
    text = (
        "A 41-year-old man had Ewing sarcoma in June 2020. CT of 4 May 2024 showed ascites. He had been in complete"
        " remission until November 2022, when a CT showed three new liver metastases."
    )
    told = [(fact.category, str(fact.when)) for fact in read(Document("letter", text)).of(Response)]
    assert ("CR", "2024-05-04") not in told
    assert ("PD", "2022-11") in told
