"""What was once read as another day, place or event than the words tell, beside the nearest thing that is read so."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Diagnosis, Lab, Lesion, Response, Treatment
from caseboard.narrative import read

THIGH = "A 40-year-old man with a leiomyosarcoma of the thigh was seen on 3 May 2019. "
OPEN = "None"
"""No day is known."""


def facts(text, kind):
    return read(Document(name="row", text=text)).of(kind)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Doxorubicin was given. Four weeks after the recurrence CT showed a liver mass of 20 mm.", OPEN),
        ("CT on 10 May 2019 was clear. Two weeks after the biopsy CT showed a liver mass of 20 mm.", OPEN),
        (
            "A biopsy was taken on 10 May 2019. Two weeks after the biopsy CT showed a liver mass of 20 mm.",
            "2019-05-24",
        ),
        (
            "Pazopanib was started on 10 May 2019. Two months after the restart CT showed a liver mass of 20 mm.",
            OPEN,
        ),
        (
            "Pazopanib was started on 10 May 2019. Two months after the start CT showed a liver mass of 20 mm.",
            "2019-07",
        ),
        # a visit is the first one, unless the story has gone on to a later day
        (
            "CT of 6 June 2019 was clear. Two weeks after the visit CT showed a liver mass of 20 mm.",
            "2019-06-20",
        ),
        ("Two weeks after the visit CT showed a liver mass of 20 mm.", "2019-05-17"),
        (
            "Radiotherapy was given until 2 July 2019. Five months after radiotherapy CT showed a liver mass of 20 mm.",
            "2019-12",
        ),
    ],
)
def test_a_length_counts_from_nothing_that_was_not_told(told, expected):
    assert [str(lesion.when) for lesion in facts(THIGH + told, Lesion)] == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Radiotherapy was given until 2 July 2019.", "2019-07-02"),
        ("He received 50.4 Gy in 28 fractions to the left thigh until 6 August 2019.", "2019-08-06"),
        ("Radiotherapy was given from 3 June until 2 July 2019.", "2019-07-02"),
        # what was given until then was the drug
        ("Radiotherapy was given in June 2019 and doxorubicin continued until 2 July 2019.", "2019-06"),
    ],
)
def test_radiotherapy_until_a_day_has_that_day(told, expected):
    given = [fact for fact in facts(THIGH + told, Treatment) if fact.modality == "radiotherapy"]
    assert [str(fact.when) for fact in given] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A boy was seen at the age of 7 months on 2 May 2018 with a swelling of the thigh. "
            "When he was 10 months old, MRI showed a mass of 30 mm.",
            [("male", 0.58, "2018-05-02")],
        ),
        ("A man of 61 came with a mass of the thigh.", [("male", 61.0, "at presentation")]),
        (
            "A woman of 61 lost her daughter at the age of 20 years. She presented on 4 May 2018 with a sarcoma.",
            [("female", 61.0, "2018-05-04")],
        ),
        (
            "Sarcoma clinic, 4 May 2022\n\nDear colleague,\n\nMrs Dahl, farmer, 52 when her dentist saw a mass of the"
            " jaw in June 2019, came today. MRI showed a mass of 33 mm.\n",
            [("female", 52.0, "2019-06")],
        ),
    ],
)
def test_an_age_is_of_the_day_that_it_is_told_of(text, expected):
    assert [(one.sex, one.age_years, str(one.when)) for one in facts(text, Demographics)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 7 months on 2 May 2018: 10 months about 91 days later, each a month wide
        (
            "A boy was seen at the age of 7 months on 2 May 2018 with a swelling of the thigh. "
            "When he was 10 months old, MRI showed a mass of 30 mm.",
            "2018-07-14 to 2018-08-13",
        ),
        (
            "Sarcoma clinic, 4 May 2022\n\nDear colleague,\n\nMrs Dahl, farmer, 52 when her dentist saw a mass of the"
            " jaw in June 2019, came today. MRI showed a mass of 33 mm.\n",
            "2022-05-04",
        ),
    ],
)
def test_a_lesion_is_of_the_day_that_the_story_has_reached(text, expected):
    assert [str(lesion.when) for lesion in facts(text, Lesion)] == [expected]


def test_a_month_tied_to_two_figures_has_them_as_its_year():
    text = (
        "Tumour board of 04-Feb-2019. Woman, 61 years, leiomyosarcoma of the thigh. Doxorubicin since Nov-18; "
        "neutropenia G3 at c3 (17-Dec-18), plt 61."
    )
    assert [(one.event, str(one.when)) for one in facts(text, Treatment)] == [("start", "2018-11")]
    assert [(one.value, str(one.when)) for one in facts(text, Lab)] == [(61.0, "2018-12-17")]
    text = (
        "A 40-year-old man was seen on Nov 18, 2018 with a sarcoma. Doxorubicin was started on November 20."
    )
    assert [str(one.when) for one in facts(text, Treatment)] == ["2018-11-20"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Sunitinib 50 mg was started on 10 May 2019. It was held on 2 June and came back at 37.5 mg on 4 July.",
            [("start", "2019-05-10"), ("stop", "2019-06-02"), ("resume", "2019-07-04")],
        ),
        (
            "Sunitinib 50 mg was started on 10 May 2019. It was held on 2 June. We brought it back on 4 July.",
            [("start", "2019-05-10"), ("stop", "2019-06-02"), ("resume", "2019-07-04")],
        ),
        (
            "Sunitinib 50 mg was started on 10 May 2019. It was held on 2 June. We put it back on 4 July.",
            [("start", "2019-05-10"), ("stop", "2019-06-02"), ("resume", "2019-07-04")],
        ),
        (
            "Sunitinib was started on 10 May 2019. He has been off since 7 August.",
            [("start", "2019-05-10"), ("stop", "2019-08-07")],
        ),
        (
            "Sunitinib was started on 10 May 2019. He has been off work since 7 August.",
            [("start", "2019-05-10")],
        ),
        (
            "Dexamethasone 8 mg was started on 10 May 2019. On 2 June dose back up to 12 mg.",
            [("start", "2019-05-10"), ("change", "2019-06-02")],
        ),
        (
            "The last of six cycles of doxorubicin was given on 4 September 2019.",
            [("stop", "2019-09-04"), ("start", OPEN)],
        ),
        ("The first of six cycles of doxorubicin was given on 4 September 2019.", [("start", "2019-09-04")]),
    ],
)
def test_what_befell_a_drug(told, expected):
    assert [(one.event, str(one.when)) for one in facts(THIGH + told, Treatment)] == expected


def test_a_dose_is_that_of_the_drug_named_beside_it():
    told = (
        "Dexamethasone 8 mg was started on 10 May 2019. On 2 June he was tired from imatinib and the dose went down"
        " to 300 mg."
    )
    changed = [one for one in facts(THIGH + told, Treatment) if one.event == "change"]
    assert [one.agents for one in changed] == [("imatinib",)]


MASS = "A 40-year-old man with a mass of the thigh was seen on 3 May 2019. "


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The biopsy spoke for an angiosarcoma.", [("angiosarcoma", "final", "2019-05-03")]),
        ("The biopsy spoke against an angiosarcoma.", []),
        (
            "Leiomyosarcoma was considered and confirmed by the biopsy.",
            [("leiomyosarcoma", "final", "2019-05-03")],
        ),
        ("Leiomyosarcoma was considered and excluded by the biopsy.", []),
        (
            "Leiomyosarcoma was confirmed by the biopsy of 9 May 2019.",
            [("leiomyosarcoma", "final", "2019-05-09")],
        ),
        # which specimen was only read again
        (
            "Leiomyosarcoma was suspected on the biopsy of 9 May 2018.",
            [("leiomyosarcoma", "working", "2019-05-03")],
        ),
        ("Histologically, on 9 May 2019, angiosarcoma.", [("angiosarcoma", "final", "2019-05-09")]),
        ("Histologically, no angiosarcoma.", []),
    ],
)
def test_what_a_biopsy_says_is_the_diagnosis(told, expected):
    assert [(one.term, one.status, str(one.when)) for one in facts(MASS + told, Diagnosis)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("To meet the criteria for PR a shrinkage of 30% is needed.", []),
        ("A partial response requires a shrinkage of 30%.", []),
        ("On 2 June 2019 there was a shrinkage of 30%.", [("MR", "2019-06-02")]),
    ],
)
def test_a_definition_is_no_response(told, expected):
    told = THIGH + "Doxorubicin was started on 10 May 2019. " + told
    assert [(one.category, str(one.when)) for one in facts(told, Response)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "MRI showed a mass of the thigh of 30 mm. After lobectomy in May 2020 CT was clear.",
            [("lobectomy", "lung", "2020-05")],
        ),
        # the liver has lobes
        (
            "MRI showed a mass of the liver of 30 mm. He underwent a lobectomy in May 2020.",
            [("lobectomy", "liver", "2020-05")],
        ),
        # years before the first visit: of another illness, so that their place is not asked for
        (
            "2009 - orchidectomy, 2012 - adrenalectomy.",
            [("orchidectomy", None, "2009"), ("adrenalectomy", None, "2012")],
        ),
        (
            "2012: left nephrectomy; 2014: wide excision of the thigh.",
            [("left nephrectomy", None, "2012"), ("wide excision of the thigh", None, "2014")],
        ),
    ],
)
def test_operations_have_their_organ_and_their_year(told, expected):
    done = [one for one in facts(THIGH + told, Treatment) if one.modality == "surgery"]
    assert [(one.procedure, one.site, str(one.when)) for one in done] == expected


def test_what_an_excision_yielded_was_measured_by_the_pathologist():
    told = "Excision on 5 April 2019 yielded a liposarcoma of 34 mm. CT on 6 April 2019 showed a liver mass of 20 mm."
    assert [one.modality for one in facts(MASS + told, Lesion)] == ["pathology", "CT"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Palbociclib 125 mg from 04/2024: SD.", [("SD", OPEN)]),
        ("Palbociclib 125 mg since April 2024, best response PR.", [("PR", OPEN)]),
        # bounded by the next day that is told
        (
            "Palbociclib 125 mg from 04/2024: SD. CT from 3 May 2025: PR.",
            [("SD", "2024-04-01 to 2025-05-03"), ("PR", "2025-05-03")],
        ),
        ("Palbociclib 125 mg from 04/2024 to 06/2024: SD.", [("SD", "2024-06")]),
    ],
)
def test_a_response_is_not_of_the_day_on_which_its_drug_began(told, expected):
    told = "A 40-year-old woman with breast cancer was seen on 3 March 2019. " + told
    assert [(one.category, str(one.when)) for one in facts(told, Response)] == expected


ASKED = "62-year-old man with leiomyosarcoma of the left thigh, resected 2020-02-11. Doxorubicin since 2022-01-10."
TWO_EXAMS = (
    "RADIOLOGY\n\nCT chest and abdomen      Exam date: 2022-05-04\nMRI brain                 Exam date: 2022-05-06\n"
    f"Reported: 2022-05-09\n\nCLINICAL INFORMATION\n{ASKED}\n\nCOMPARISON\nCT 2022-01-03, CT 2021-09-14. MRI brain"
    " 2022-01-04.\n\nFINDINGS\nChest: Nodule in the right lower lobe, 12 mm. Irradiated on"
    " 2021-10-01.\nAbdomen: Liver metastasis of 33 mm.\nBrain: Frontal metastasis of 6 mm.\n\nIMPRESSION\n"
    "1. Progressive disease in the liver.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TWO_EXAMS,
            [
                ("CT", 12.0, "2022-05-04"),
                ("CT", 33.0, "2022-05-04"),
                ("MRI", 6.0, "2022-05-06"),
            ],
        ),
        (
            f"MRI THIGH LEFT\nDate of exam: 4 May 2022\n\nHISTORY: {ASKED}\n\nCOMPARISON: MRI 3 January 2022.\n\n"
            "FINDINGS: Recurrent mass of the left thigh, 33 mm.\n\nIMPRESSION: Local recurrence.\n",
            [("MRI", 33.0, "2022-05-04")],
        ),
        (
            f"Radiologie\n\nUntersuchung vom 04.05.2022: CT Thorax\n\nCLINICAL INFORMATION: {ASKED}\n\n"
            "COMPARISON: CT 03.01.2022.\n\nFINDINGS: Nodule in the right lower lobe, 12 mm.\n\n"
            "IMPRESSION: Stable disease.\n",
            [("CT", 12.0, "2022-05-04")],
        ),
        # a letter that has findings, but no comparison and no technique, is no such report
        (
            f"Study date: 2022-05-04\n\n{ASKED}\n\nFINDINGS: On 2022-04-02 CT showed a liver mass of 33 mm.\n",
            [("CT", 33.0, "2022-04-02")],
        ),
    ],
)
def test_findings_of_a_report_are_of_their_examination(text, expected):
    seen = [
        (one.modality, one.diameters_mm[0], str(one.when)) for one in facts(text, Lesion) if one.diameters_mm
    ]
    assert seen == expected


def test_the_impression_of_a_report_is_of_its_examination():
    assert [(one.category, str(one.when)) for one in facts(TWO_EXAMS, Response)] == [("PD", "2022-05-04")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A 62-year-old man was seen on 3 May 2019. His brother was admitted on 20 May 2019 with a sarcoma."
            " On admission LDH was 410 U/L.",
            "2019-05-03",
        ),
        (
            "Her brother was admitted on 20 May 2019 with a fracture. A 62-year-old woman with a leiomyosarcoma of the"
            " thigh. On admission LDH was 410 U/L.",
            "at presentation",
        ),
        (
            "A 62-year-old woman with a leiomyosarcoma was admitted on 20 May 2019. On admission LDH was 410 U/L.",
            "2019-05-20",
        ),
    ],
)
def test_the_stay_of_a_relative_is_not_that_of_the_patient(text, expected):
    assert [str(one.when) for one in facts(text, Lab)] == [expected]
