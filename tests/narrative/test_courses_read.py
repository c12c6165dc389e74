"""Courses of treatment as read: what was left out, tried, paused, taken up again, and what makes one regimen.

Expected values are read off sentences of our own by hand.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a lung tumour. "


def events(text):
    """Return (event, agents, date) of each treatment with drugs, in the order of the text."""
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    return [(f.event, f.agents, str(f.when)) for f in found if f.modality in ("systemic", "supportive")]


AIM = ("doxorubicin", "ifosfamide", "mesna")
VAC = ("cyclophosphamide", "dactinomycin", "vincristine")

LEFT_OUT = [
    ("On 12 April 2019 neoadjuvant AIM (doxorubicin, ifosfamide, mesna) was planned.", []),
    (
        "On 12 April 2019 neoadjuvant AIM (doxorubicin, ifosfamide, mesna) was started.",
        [("start", AIM, "2019-04-12")],
    ),
    ("Pazopanib (800 mg daily) was considered in May 2019.", []),
    (
        "Pazopanib (800 mg daily) was given from May 2019.",
        [("start", ("pazopanib",), "2019-05")],
    ),
    (
        "Carboplatin was given on 14 May 2019, and etoposide was withheld.",
        [("start", ("carboplatin",), "2019-05-14")],
    ),
    ("Paclitaxel is to start if the bowel recovers, booked for 13 May 2019.", []),
    (
        "VAC was started on 3 April 2019. On 5 June 2019 there was progression and VAC was terminated.",
        [("start", VAC, "2019-04-03"), ("stop", VAC, "2019-06-05")],
    ),
    (
        "Lorlatinib 100 mg was started in April 2019. In June 2019 lorlatinib was withheld for 10 days and reduced to"
        " 75 mg/day.",
        [
            ("start", ("lorlatinib",), "2019-04"),
            ("stop", ("lorlatinib",), "2019-06"),
            ("change", ("lorlatinib",), "2019-06"),
        ],
    ),
    (
        "Crizotinib was started on 3 April 2019. Bradycardia was seen in June 2019 under crizotinib, without any need"
        " for dose modification.",
        [("start", ("crizotinib",), "2019-04-03")],
    ),
    (
        "Eribulin was tried next in April 2019; he had fever and decided not to go on with it.",
        [("start", ("eribulin",), "2019-04"), ("stop", ("eribulin",), "2019-04")],
    ),
    ("Avutometinib: applied for in April 2019.", []),
    (
        "The insurer paid for crizotinib, and it was started on June 15, 2019, at 250 mg twice a day.",
        [("start", ("crizotinib",), "2019-06-15")],
    ),
    (
        "Sunitinib 37.5 mg 4 wk on/2 off was started in April 2019.",
        [("start", ("sunitinib",), "2019-04")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LEFT_OUT)
def test_what_was_planned_or_left_out_is_no_course(text, expected):
    assert events(text) == expected


ONE_REGIMEN = [
    ("Vinblastine 6 mg/m2 weekly plus prednisone was started in May 2019.", [("prednisone", "vinblastine")]),
    ("Docetaxel 75 mg/m2 plus prednisone 5 mg bid was started in May 2019.", [("docetaxel", "prednisone")]),
    (
        "Prednisolone 40 mg and vinblastine 6 mg/m2 were started in May 2019.",
        [("prednisolone", "vinblastine")],
    ),
    (
        "Docetaxel 75 mg/m2 with dexamethasone as premedication was started in May 2019.",
        [("docetaxel",), ("dexamethasone",)],
    ),
    (
        "Pembrolizumab and prednisone for oedema were given from May 2019.",
        [("pembrolizumab",), ("prednisone",)],
    ),
    ("He received ceftriaxone and gentamicin in May 2019.", [("ceftriaxone", "gentamicin")]),
    (
        "Furosemide (20 mg) and spironolactone (25 mg) were given in May 2019.",
        [("furosemide", "spironolactone")],
    ),
    (
        "Levetiracetam and dexamethasone were started in May 2019.",
        [("levetiracetam",), ("dexamethasone",)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE_REGIMEN)
def test_steroids_and_drugs_of_one_class_belong_to_one_treatment(text, expected):
    assert [agents for _, agents, _ in events(text)] == expected


@pytest.mark.parametrize(
    "told",
    [
        "Y90 radioembolization of the right lobe of the liver was done in May 2019.",
        "She received radioiodine 80 mCi in May 2019.",
        "A diagnostic I-131 scan in May 2019 was given without uptake.",
    ],
)
def test_the_agent_of_radiation_and_of_scans_is_no_systemic_treatment(told):
    assert events(told) == []


def test_a_drug_listed_behind_a_note_of_a_pause_is_not_what_was_paused():
    told = "Trametinib 2 mg was started in May 2019. 28/06/2019 LVEF 47% -> held, cardiology, perindopril."
    assert ("stop", ("perindopril",), "2019-06-28") not in events(told)
    assert ("stop", ("trametinib",), "2019-06-28") in events(told)


def test_transfusions_still_needed_are_none_of_a_day():
    told = "Vinblastine was started on 4 May 2019, but platelet transfusions were still needed."
    assert events(told) == [("start", ("vinblastine",), "2019-05-04")]
