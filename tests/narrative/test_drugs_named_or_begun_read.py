"""Drugs that are begun, changed, brought back or ended, beside those that are only blamed or left running.

Worked by hand; the sentences are ours.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a sarcoma of the thigh. "


def events(text):
    """Return (event, agents, dose, day) of each treatment that a row tells."""
    return [
        (f.event, f.agents, f.dose, str(f.when))
        for f in read(Document("row", PATIENT + text)).of(Treatment)
        if f.modality in ("systemic", "supportive")
    ]


BEGUN = "Vincristine was started on 4 May 2019. "
BEGINS = ("start", ("vincristine",), None, "2019-05-04")


@pytest.mark.parametrize(
    "harm",
    [
        "On 20 May 2019 she had an ileus, blamed on vincristine.",
        "On 20 May 2019 she had an ileus attributed to vincristine.",
        "On 20 May 2019 she had an ileus put down to the vincristine.",
        "On 20 May 2019 vincristine neuropathy was seen.",
        "Neuropathy G2 in June 2019, also vincristine; better in July.",
        "On 20 May 2019 neuropathy grade 2 by vincristine.",
        "On 20 May 2019 there was neuropathy, a side effect of vincristine.",
    ],
)
def test_a_drug_that_is_blamed_begins_nothing(harm):
    assert events(BEGUN + harm) == [BEGINS]
    assert [e for e in events(harm) if e[0] == "start"] == []


@pytest.mark.parametrize(
    "harm",
    [
        "20 May 2019: ileus, attributed to vincristine 2 mg.",
        "On 20 May 2019 hypertension was caused by lenvatinib 20 mg.",
        "On 20 May 2019 dexamethasone was given for ifosfamide psychosis.",
        "On 20 May 2019 she was treated for methotrexate pneumonitis.",
    ],
)
def test_a_drug_by_whose_name_a_harm_is_called_begins_nothing_be_its_dose_told(harm):
    assert [agents for _, agents, *_ in events(harm) if agents != ("dexamethasone",)] == []


def test_a_drug_that_is_given_for_a_harm_begins():
    assert events("On 20 May 2019 dexamethasone was given for ifosfamide psychosis.") == [
        ("start", ("dexamethasone",), None, "2019-05-20")
    ]


def test_a_drug_that_is_blamed_is_the_culprit():
    (harm,) = read(
        Document("row", PATIENT + BEGUN + "On 20 May 2019 she had an ileus, blamed on vincristine.")
    ).of(AdverseEvent)
    assert (harm.term, harm.agents) == ("ileus", ("vincristine",))


def harms(text):
    """Return (term, culprits) of each harm that a row tells."""
    return [(f.term, f.agents) for f in read(Document("row", PATIENT + text)).of(AdverseEvent)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # that a drug did harm tells that it was given, be its start told or not
        ("20 May 2019: ileus, attributed to vincristine 2 mg.", [("ileus", ("vincristine",))]),
        ("On 20 May 2019 she had colitis attributed to ipilimumab.", [("colitis", ("ipilimumab",))]),
        ("On 20 May 2019 her mother had colitis attributed to ipilimumab.", []),
        ("Colitis may be provoked by ipilimumab.", []),
        ("Her colitis was not caused by ipilimumab.", []),
    ],
)
def test_harm_by_a_drug_of_which_no_start_is_told(text, expected):
    assert harms(text) == expected


@pytest.mark.parametrize(
    "left", ["was not interrupted", "not stopped", "was never reduced", "was not changed"]
)
def test_a_drug_that_is_left_running_tells_nothing_new(left):
    assert events(BEGUN + f"On 20 May 2019 she had neuropathy; vincristine {left}.") == [BEGINS]


def test_a_drug_that_is_left_running_beside_one_that_begins_does_not_begin_with_it():
    told = "Hepatitis G3 on 20 May 2019: prednisolone was given, nivolumab not stopped."
    assert events(told) == [("start", ("prednisolone",), None, "2019-05-20")]


def test_a_drug_that_is_not_left_running_is_stopped():
    told = BEGUN + "On 20 May 2019 she had neuropathy; vincristine was interrupted."
    assert events(told) == [BEGINS, ("stop", ("vincristine",), None, "2019-05-20")]


@pytest.mark.parametrize(
    "schedule",
    [
        "Lenalidomide 25 mg, 21 days on/7 off, was started on 4 May 2019.",
        "Lenalidomide 25 mg (3 weeks on, 1 week off) was started on 4 May 2019.",
        "Lenalidomide 25 mg 3 weeks on / 1 week off since 4 May 2019.",
        "Lenalidomide 25 mg 21 days on/7 off from 4 May 2019.",
    ],
)
def test_a_schedule_with_days_off_is_no_stop(schedule):
    assert events(schedule) == [("start", ("lenalidomide",), "25 mg", "2019-05-04")]


def test_a_drug_that_is_off_is_stopped():
    told = "Lenalidomide was started on 4 May 2019. Lenalidomide off since 7 August 2019."
    assert [(event, day) for event, _, _, day in events(told)] == [
        ("start", "2019-05-04"),
        ("stop", "2019-08-07"),
    ]


PAUSED = "Sunitinib was started on 4 May 2019. Sunitinib was stopped on 2 June 2019. "


@pytest.mark.parametrize(
    "back",
    [
        "On 4 July 2019 we brought sunitinib back.",
        "On 4 July 2019 sunitinib came back at 37.5 mg.",
        "She was back on 37.5 mg on 4 July 2019.",
    ],
)
def test_what_is_brought_back_is_resumed(back):
    assert [(event, agents, day) for event, agents, _, day in events(PAUSED + back)][2:] == [
        ("resume", ("sunitinib",), "2019-07-04")
    ]


@pytest.mark.parametrize(
    "back",
    [
        "The pain came back on 4 July 2019 under sunitinib.",
        "On 4 July 2019 she came back with 3 new nodules.",
        "The letter was brought back on 4 July 2019.",
    ],
)
def test_pain_or_patients_that_come_back_resume_nothing(back):
    assert "resume" not in [event for event, *_ in events("Sunitinib was started on 4 May 2019. " + back)]


@pytest.mark.parametrize(
    ("told", "dose"),
    [
        ("On 2 June 2019 axitinib down to 3 mg bd.", "3 mg bd"),
        ("On 2 June 2019 dose down to 3 mg.", "3 mg"),
        ("On 2 June 2019 dose back up to 7 mg.", "7 mg"),
    ],
)
def test_doses_down_and_up_are_changes(told, dose):
    begun = "Axitinib 5 mg bd was started on 4 May 2019. "
    assert events(begun + told) == [
        ("start", ("axitinib",), "5 mg bd", "2019-05-04"),
        ("change", ("axitinib",), dose, "2019-06-02"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "On 2 June 2019 her weight was down to 52 kg under axitinib.",
        "On 2 June 2019 she walked up to 3 km.",
    ],
)
def test_what_else_goes_down_or_up_changes_no_dose(told):
    begun = "Axitinib 5 mg bd was started on 4 May 2019. "
    assert [event for event, *_ in events(begun + told)] == ["start"]


@pytest.mark.parametrize(
    "told",
    [
        "First dose of pembrolizumab on 4 May 2019.",
        "Pembrolizumab, first infusion 4 May 2019.",
        "On 4 May 2019 she had the first dose of pembrolizumab.",
        "4 May 2019: pembrolizumab c1.",
    ],
)
def test_a_first_dose_begins(told):
    assert events(told) == [("start", ("pembrolizumab",), None, "2019-05-04")]


def test_what_came_after_a_first_dose_begins_nothing():
    told = "Pembrolizumab was started on 4 May 2019. A rash came on 20 May 2019, after the first dose of pembrolizumab."
    assert events(told) == [("start", ("pembrolizumab",), None, "2019-05-04")]


@pytest.mark.parametrize("last", ["last of 6 cycles", "the last of six cycles", "last cycle"])
def test_the_last_of_so_many_cycles_ends_the_course(last):
    told = f"Doxorubicin was started on 4 May 2019; {last} on 4 September 2019."
    assert [(event, day) for event, _, _, day in events(told)] == [
        ("start", "2019-05-04"),
        ("stop", "2019-09-04"),
    ]


def test_one_of_so_many_cycles_does_not_end_it():
    told = "Doxorubicin was started on 4 May 2019; third of 6 cycles on 4 July 2019."
    assert "stop" not in [event for event, *_ in events(told)]


@pytest.mark.parametrize(
    ("told", "agents"),
    [
        (
            "VDC from 4 May 2019: vincristine 2 mg, doxorubicin 75 mg/m2, cyclophosphamide 1200 mg/m2.",
            ("cyclophosphamide", "doxorubicin", "vincristine"),
        ),
        (
            "MAID was begun on 4 May 2019 (mesna 7.5 g/m2, doxorubicin 60 mg/m2, ifosfamide 7.5 g/m2,"
            " dacarbazine 900 mg/m2).",
            ("dacarbazine", "doxorubicin", "ifosfamide", "mesna"),
        ),
    ],
)
def test_a_regimen_that_is_spelt_out_is_one_course(told, agents):
    assert [(event, found) for event, found, *_ in events(told)] == [("start", agents)]


def test_a_drug_that_is_added_to_a_regimen_is_a_course_of_its_own():
    told = "VAC was started on 4 May 2019. On 3 June 2019 irinotecan 50 mg/m2 was added."
    assert [(found, day) for _, found, _, day in events(told)] == [
        (("cyclophosphamide", "dactinomycin", "vincristine"), "2019-05-04"),
        (("irinotecan",), "2019-06-03"),
    ]


def test_a_weight_that_was_measured_is_no_dose():
    measured = "Lenvatinib (24-h protein 4.1 g) was started on 4 May 2019."
    assert events(measured) == [("start", ("lenvatinib",), None, "2019-05-04")]
    assert events("Lenvatinib (14 mg) was started on 4 May 2019.")[0][2] == "14 mg"
