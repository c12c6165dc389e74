"""Notes that never mention their patient. Texts are ours; what they say is read off them by hand."""

from __future__ import annotations

import pytest

from caseboard.case import Demographics, Diagnosis, Document, Lesion, Response, Treatment
from caseboard.errors import NoPatientError
from caseboard.narrative import read

BOARD = (
    "SARCOMA MDT 12/02/2024\n\nDx: undifferentiated pleomorphic sarcoma R thigh, Nov 2023\n- Bx 20/11/2023: UPS\n"
    "- Neoadj RT 50 Gy/25# completed 19/01/2024\n- MRI 05/02/2024: 8.1 x 6.0 cm, SD\nPlan: resection\n"
)


def facts(text, kind):
    return [fact for fact in read(Document("note", text)).facts if isinstance(fact, kind)]


def test_a_board_note_without_age_or_sex_is_a_case_of_somebody_of_whom_nothing_is_told():
    assert facts(BOARD, Demographics) == []
    (diagnosis,) = facts(BOARD, Diagnosis)
    assert (diagnosis.term, str(diagnosis.when)) == ("undifferentiated pleomorphic sarcoma", "2023-11-20")
    (radiotherapy,) = facts(BOARD, Treatment)
    assert str(radiotherapy.when) == "2024-01-19"
    (lesion,) = facts(BOARD, Lesion)
    assert (lesion.diameters_mm, str(lesion.when)) == ((81.0, 60.0), "2024-02-05")
    assert [(r.category, str(r.when)) for r in facts(BOARD, Response)] == [("SD", "2024-02-05")]


@pytest.mark.parametrize(
    "text",
    [
        "Letter 23.11.2023\nPEComa of the uterus.\nSirolimus from 04/2020. CT 06/2020: PR.\n",
        "Note of 10 Jan 2024\nGIST. Imatinib started 5 May 2020. CT 10 Aug 2020 SD. Stopped in Jan 2021.\n",
    ],
)
def test_a_note_dates_what_was_done_against_one_tumor(text):
    assert [r.category for r in facts(text, Response)] in (["PR"], ["SD"])


@pytest.mark.parametrize(
    "text",
    [
        # one date, an appointment
        "Tumour clinic: CT on 12/02/2024, bring the disk.",
        # dates without a tumour
        "Scanner log. CT 12/02/2024 calibrated. MRI 13/02/2024 calibrated. PET 14/02/2024 started.",
        # a drug's story, not a patient's
        "Imatinib for GIST was approved in Feb 2002, sunitinib in Jan 2006. PR was seen in 7%.",
        # a series
        "Sarcoma cohort: CT between 12/02/2019 and 14/03/2021; patients who started doxorubicin after Jan 2020.",
    ],
)
def test_dates_alone_make_no_case(text):
    with pytest.raises(NoPatientError):
        read(Document("note", text))
