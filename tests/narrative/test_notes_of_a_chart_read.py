"""A chart with several notes, each under a line with its day: what a note tells of today is of that day.

The heads are put together from what charts have in them and four ways of writing dates; what is expected follows from
the day of each note.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Lab, Lesion, Response, Treatment
from caseboard.narrative import read

HEADS = (
    "{} ONC NEW PATIENT",
    "--- {} ONC ---",
    "=== {} Oncology visit ===",
    "## {} Oncology note",
    "[{}] Oncology note",
    "Oncology note {}",
    "Date of service: {}",
    "ONCOLOGY VISIT ({})",
    "*** {} ***",
    "{}:",
    "{} | Oncology | Dr Smith",
    "Progress note, {}",
    "{} 09:30 ONC FOLLOW-UP",
    "{} PROGRESS NOTE (Smith, MD)",
)
DAYS = (
    ("05/16/2019", "07/15/2019", "09/19/2019"),
    ("16.05.2019", "15.07.2019", "19.09.2019"),
    ("16 May 2019", "15 July 2019", "19 September 2019"),
    ("2019-05-16", "2019-07-15", "2019-09-19"),
)
PRINTED = (
    "*** CHART EXPORT ***  printed 06/14/2022 08:12\nPt: B., Elena  Sex: F  DOB: 02/03/1979\n\nPROBLEM LIST\n"
    "- Leiomyosarcoma (dx 05/2019)\n\nALLERGIES: none known\n\n"
)


def facts(kind, text):
    return [fact for fact in read(Document("chart", text)).facts if isinstance(fact, kind)]


@pytest.mark.parametrize(("top", "head", "days"), list(product(("", PRINTED), HEADS, DAYS)))
def test_today_is_the_day_of_the_note(top, head, days):
    notes = (
        "40-year-old woman with a thigh mass. Hgb 9.2 g/dL. Biopsy tomorrow.",
        "Started pazopanib today. Plt 98 K/uL.",
        "2 months on treatment. Mass visibly smaller. ALT 118 U/L. PR.",
    )
    text = top + "\n\n".join(f"{head.format(day)}\n{note}" for day, note in zip(days, notes, strict=True))
    found = {fact.analyte: str(fact.when) for fact in facts(Lab, text)}
    assert found == {"hemoglobin": "2019-05-16", "platelets": "2019-07-15", "ALT": "2019-09-19"}
    assert [str(fact.when) for fact in facts(Treatment, text)] == ["2019-07-15"]
    assert str(facts(Response, text)[-1].when) == "2019-09-19"


CHART = (
    "--- 05/16/2019 ONC NEW PATIENT ---\n34-year-old woman with a thigh mass. Bx: leiomyosarcoma. Hgb 12.2 g/dL.\n\n"
    "--- 07/15/2019 ONC ---\n{}\n\n--- 09/19/2019 ONC ---\nDoing well. Hgb 10.1.\n"
)
ON_IT = "On pazopanib since 06/01/2019. "


@pytest.mark.parametrize(
    ("kind", "note", "expected"),
    [
        (Treatment, "Started pazopanib today.", "2019-07-15"),
        (Treatment, "Started pazopanib yesterday.", "2019-07-14"),
        (Treatment, "Started pazopanib 3 days ago.", "2019-07-12"),
        (Treatment, "Started pazopanib on 7/8.", "2019-07-08"),
        (Treatment, "C1D1 doxorubicin today.", "2019-07-15"),
        (Treatment, "On pazopanib since 06/20/2019.", "2019-06-20"),
        (Lab, "Labs today: Plt 98 K/uL.", "2019-07-15"),
        (Lab, "Labs 7/12: Plt 98 K/uL.", "2019-07-12"),
        (Lab, "Labs yesterday: Plt 98 K/uL.", "2019-07-14"),
        (Lab, "Plt 98 K/uL this morning.", "2019-07-15"),
        (Lesion, "MRI 07/11/2019: thigh mass 5.0 cm.", "2019-07-11"),
        (Lesion, "MRI yesterday showed a thigh mass of 5.0 cm.", "2019-07-14"),
        (Lesion, "Exam: thigh mass 5.0 cm.", "2019-07-15"),
        (AdverseEvent, ON_IT + "Rash gr 2 today.", "2019-07-15"),
        (AdverseEvent, ON_IT + "Rash gr 2 since 7/10.", "2019-07-10"),
        (Response, ON_IT + "CT today: PR.", "2019-07-15"),
        (Response, ON_IT + "CT: PR.", "2019-07-15"),
        (Response, ON_IT + "CT yesterday showed progression.", "2019-07-14"),
    ],
)
def test_what_a_note_tells_is_counted_from_its_own_day(kind, note, expected):
    told = [fact for fact in facts(kind, CHART.format(note)) if getattr(fact, "analyte", "") != "hemoglobin"]
    assert str(told[0].when) == expected


def test_a_list_of_what_was_done_is_no_chart():
    text = (
        "Clinic date: 14 May 2024\nDear Dr Jones,\nDiagnosis: leiomyosarcoma of the thigh.\n- 12/03/2017 excision\n"
        "- 20/09/2021 lung metastasectomy\nI reviewed this 66-year-old man today. Hb 98 g/L."
    )
    assert [str(fact.when) for fact in facts(Lab, text)] == ["2024-05-14"]
