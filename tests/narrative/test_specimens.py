"""A pathologist's report that never says "patient" is read; what only has the same labels is refused. Own texts."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Diagnosis, Test
from caseboard.errors import NoPatientError
from caseboard.narrative import read

REPORT = """SPECIMEN: Left thigh mass, core biopsy

GROSS DESCRIPTION:
Four cores of tan tissue, 12 mm in greatest dimension.

MICROSCOPIC DESCRIPTION:
Sections show a cellular spindle cell tumour in fascicles. Immunohistochemistry: EMA focal, desmin negative.

DIAGNOSIS:
Synovial sarcoma, monophasic.
"""


def test_a_report_on_one_specimen_is_read_as_a_case_of_a_patient_of_whom_nothing_is_told():
    case = read(Document("report", REPORT))
    assert [(d.term, d.status) for d in case.of(Diagnosis)] == [
        ("spindle cell tumor", "working"),
        ("synovial sarcoma", "final"),
    ]
    assert [(t.target, t.result) for t in case.of(Test)] == [("EMA", "positive"), ("desmin", "negative")]
    assert not case.of(Demographics)


def test_the_conclusion_of_a_report_tells_the_diagnosis():
    told = (
        "Specimen type: brain tissue\nDate of report: 4 October 2024\n\nConclusion:\nExcision of a suspected tumour of"
        " the left brain: findings consistent with a metastasis of non-small cell carcinoma.\n\nMicroscopic"
        " examination:\nTumour cells stain positive for CK7.\nALK rearrangement: immunohistochemically negative.\n"
    )
    case = read(Document("report", told))
    assert [(d.code, d.status) for d in case.of(Diagnosis)] == [("NSCLC", "final")]
    assert [(t.target, t.result) for t in case.of(Test)] == [("CK7", "positive"), ("ALK", "negative")]


@pytest.mark.parametrize(
    "text",
    [
        "Shopping list: milk, 2 eggs, bread, 500 g flour.",
        "sample: config\nmicroscopy: on\nconclusion: none\n",
        "Sample: river water, 500 ml\nMicroscopy: algae\nConclusion: fit for bathing.\n",
        "def specimen(x):\n    # diagnosis: none\n    return x + 2020\n",
        "Specimen: core biopsies of sarcomas of a cohort\nDiagnosis: SS18-SSX was positive in 95%.\n",
        "Specimens of synovial sarcoma are of spindle cells. The diagnosis rests on FISH.",
        "Specimen: left thigh mass, core biopsy, received in formalin.",
    ],
)
def test_what_is_no_report_on_one_specimen_is_refused(text):
    with pytest.raises(NoPatientError):
        read(Document("text", text))
