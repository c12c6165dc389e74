"""Courses of treatment as letters, notes and reports word them. Sentences of our own, read by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, Lesion, Response, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a lung tumour. "


def events(text):
    """Return (event, agents, date) of each treatment with drugs, in the order of the text."""
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    return [(f.event, f.agents, str(f.when)) for f in found if f.agents]


PROPOSED = [
    (
        "The board recommended chemotherapy with doxorubicin and ifosfamide. Three cycles"
        " were given from May to July 2019.",
        [
            ("start", ("doxorubicin", "ifosfamide"), "2019-05"),
            ("stop", ("doxorubicin", "ifosfamide"), "2019-07"),
        ],
    ),
    (
        "Larotrectinib was proposed. After approval by the insurance this was started on 4 June 2019.",
        [("start", ("larotrectinib",), "2019-06-04")],
    ),
    (
        "We planned gemcitabine and cisplatin. He received the first cycle on 4 June 2019.",
        [("start", ("cisplatin", "gemcitabine"), "2019-06-04")],
    ),
    (
        "In May 2019 capecitabine was offered, which he accepted, starting on 3 June 2019.",
        [("start", ("capecitabine",), "2019-06-03")],
    ),
    ("The board recommended doxorubicin. The patient declined this.", []),
    ("Doxorubicin was refused. The first cycle was given elsewhere in May 2019.", []),
    (
        "The board recommended doxorubicin. Radiotherapy was planned first; this was started on 4 June 2019.",
        [],
    ),
    ("The board recommended doxorubicin. This was not started.", []),
]


@pytest.mark.parametrize(("text", "expected"), PROPOSED)
def test_what_was_proposed_is_given_once_it_was_begun(text, expected):
    assert events(text) == expected


WORDED = [
    (
        "Two lines followed: eribulin (May to July 2019, stopped for progression) and pazopanib (from August 2019).",
        [
            ("start", ("eribulin",), "2019-05"),
            ("stop", ("eribulin",), "2019-07"),
            ("start", ("pazopanib",), "2019-08"),
        ],
    ),
    (
        "Earlier lines: gemcitabine (May-July 2019, PD), atezolizumab (August 2019-January 2020, PD).",
        [
            ("start", ("gemcitabine",), "2019-05"),
            ("stop", ("gemcitabine",), "2019-07"),
            ("start", ("atezolizumab",), "2019-08"),
            ("stop", ("atezolizumab",), "2020-01"),
        ],
    ),
    (
        "Mitotane was given adjuvantly for two years starting in May 2019.",
        [("start", ("mitotane",), "2019-05"), ("stop", ("mitotane",), "2021-05")],
    ),
    (
        "Sorafenib was started on 3 May 2019. In June 2019 a rash forced us to halve the dose.",
        [("start", ("sorafenib",), "2019-05-03"), ("change", ("sorafenib",), "2019-06")],
    ),
    ("In May 2019 the infusion of pembrolizumab was never resumed.", []),
    (
        "Bevacizumab was added in May 2019 to the ongoing paclitaxel.",
        [("start", ("bevacizumab",), "2019-05")],
    ),
    ("In May 2019 bevacizumab was ongoing.", []),
    (
        "Treatment was intensified by the addition of bevacizumab in May 2019.",
        [("start", ("bevacizumab",), "2019-05")],
    ),
    ("Since 10/2019 trabectedin.", [("start", ("trabectedin",), "2019-10")]),
    (
        "Under nivolumab, which he had been receiving since June 2019, hepatitis occurred and nivolumab was stopped in"
        " September 2019.",
        [("start", ("nivolumab",), "2019-06"), ("stop", ("nivolumab",), "2019-09")],
    ),
    (
        "Imatinib was escalated to 800 mg in May 2020, having been started at 400 mg in April 2019.",
        [("start", ("imatinib",), "2019-04"), ("change", ("imatinib",), "2020-05")],
    ),
    (
        "Dabrafenib was started on 2 May 2019. Dabrafenib was paused on 1 June 2019 and resumed on 9 June 2019 together"
        " with paracetamol.",
        [
            ("start", ("dabrafenib",), "2019-05-02"),
            ("stop", ("dabrafenib",), "2019-06-01"),
            ("resume", ("dabrafenib",), "2019-06-09"),
            ("start", ("acetaminophen",), "2019-06-09"),
        ],
    ),
    (
        "Pembrolizumab C1 12 May 2019. C4 16 July 2019 held for hepatitis.",
        [("start", ("pembrolizumab",), "2019-05-12"), ("stop", ("pembrolizumab",), "2019-07-16")],
    ),
    (
        "Crizotinib was started on 4 May 2019. In June 2019 the drug was withheld, then given at 200 mg twice daily.",
        [
            ("start", ("crizotinib",), "2019-05-04"),
            ("stop", ("crizotinib",), "2019-06"),
            ("resume", ("crizotinib",), "2019-06"),
        ],
    ),
    (
        "Imatinib 400 mg was started in May 2019. Oedema led to a reduction to 300 mg in June 2019.",
        [("start", ("imatinib",), "2019-05"), ("change", ("imatinib",), "2019-06")],
    ),
    (
        "In June 2019 four cycles of chemotherapy (carboplatin and paclitaxel) were given.",
        [("start", ("carboplatin", "paclitaxel"), "2019-06")],
    ),
    ("Chemotherapy (R-CHOP) was planned for June 2019.", []),
    ("He progressed on chemotherapy (R-CHOP) in June 2019.", []),
    (
        "Chemotherapy by the VIDE scheme was started on 4 May 2019.",
        [("start", ("doxorubicin", "etoposide", "ifosfamide", "vincristine"), "2019-05-04")],
    ),
    (
        "High-dose chemotherapy (BEAM) was given in July 2019.",
        [("start", ("carmustine", "cytarabine", "etoposide", "melphalan"), "2019-07")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), WORDED)
def test_events_of_a_course_are_of_their_own_drug_and_day(text, expected):
    assert events(text) == expected


@pytest.mark.parametrize(
    "told",
    [
        "On 26 May day 8 gemcitabine was omitted.",
        "In May 2019 the day-8 dose was omitted.",
        "In May 2019 thrombocytopenia occurred, day 8 gemcitabine was omitted and platelets rose.",
        "CT after two months of gemcitabine showed that the mass had decreased to 1.9 cm.",
        "Under gemcitabine the CRP was lowered to 5 mg/dL.",
        "In May 2019 gemcitabine-induced pneumonitis began.",
    ],
)
def test_a_dose_left_out_a_smaller_tumour_and_harm_are_no_event_of_the_course(told):
    text = "Gemcitabine 1000 mg/m2 was started on 2 April 2019. "
    assert events(text + told) == [("start", ("gemcitabine",), "2019-04-02")]


NOTE = "Pt: M, 58y. Dx: leiomyosarcoma, thigh, 04/2019.\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1L doxorubicin x6 (06-10/2019), best response SD.",
            [("start", "2019-06"), ("stop", "2019-10")],
        ),
        (
            "2L trabectedin x4 from 02/2020, stopped 05/2020 due to PD.",
            [("start", "2020-02"), ("stop", "2020-05")],
        ),
        ("2L trabectedin from 02/2020, stopped 05/2020.", [("start", "2020-02"), ("stop", "2020-05")]),
        ("Pazopanib 800 mg 1/6/20 - 14/9/20 (SD).", [("start", "2020-06-01"), ("stop", "2020-09-14")]),
    ],
)
def test_a_line_of_a_note_tells_both_ends_of_a_treatment(line, expected):
    found = read(Document(name="row", text=NOTE + line)).of(Treatment)
    assert [(fact.event, str(fact.when)) for fact in found] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Pazopanib 800 mg 1/6/20 - 14/9/20 (SD).", [("SD", "None")]),
        ("Pazopanib 800 mg 1/6/20 - 14/9/20 (PD).", [("PD", "2020-09-14")]),
        ("Pazopanib since 1/6/20. CT 14/9/20: lung nodule 9 mm. CR elsewhere.", []),
    ],
)
def test_a_rating_behind_a_period_is_of_its_end_or_of_no_known_day(line, expected):
    found = read(Document(name="row", text=NOTE + line)).of(Response)
    assert [(fact.category, str(fact.when)) for fact in found] == expected


BOARD = (
    "SARCOMA MDT - 04/11/2022\nName: A.B. DOB 12/03/1970 (52M)\n"
    "Summary: R thigh synovial sarcoma, SS18-SSX1 +ve. Pre-op RT 50Gy/25# (Mar-Apr 2021), WLE 06/2021.\n"
    "Aug 2022: CT new paraspinal mass L2-L4 5.4 x 3.8 cm.\n"
    "Discussion: doxorubicin to be started on 14/11/2022.\n"
)


def test_the_summary_of_a_note_is_the_story_and_its_discussion_the_plan():
    facts = read(Document(name="row", text=BOARD))
    assert [fact.code for fact in facts.of(Diagnosis)] == ["SYNS"]
    assert [(fact.modality, str(fact.when)) for fact in facts.of(Treatment)] == [
        ("radiotherapy", "2021-04"),
        ("surgery", "2021-06"),
    ]
    assert [(fact.site, fact.diameters_mm) for fact in facts.of(Lesion)] == [
        ("paravertebral region", (54, 38))
    ]


def test_the_abstract_of_an_article_is_not_the_story_all_the_same():
    text = (
        "Summary: We report a synovial sarcoma of the thigh treated with pazopanib in 2015.\n\n"
        "Introduction: Synovial sarcoma is rare.\n\n"
        "Case report: A 50-year-old man presented in March 2019 with a thigh mass. Surgery was done in May 2019.\n\n"
        "Discussion: Patients with synovial sarcoma receive ifosfamide.\n"
    )
    found = read(Document(name="row", text=text)).of(Treatment)
    assert [(fact.modality, str(fact.when)) for fact in found] == [("surgery", "2019-05")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Osimertinib 80 mg 2019-06-02 -> 2020-12-10.", [("start", "2019-06-02"), ("stop", "2020-12-10")]),
        ("Osimertinib + savolitinib (trial, C1D1 2021-01-11).", [("start", "2021-01-11")]),
        (
            "Surgery on 9 May 2019, then received busulfan and melphalan with stem cell rescue on 20/06/2019.",
            [("done", "2019-05-09"), ("start", "2019-06-20"), ("done", "2019-06-20")],
        ),
    ],
)
def test_dates_behind_arrows_cycles_and_the_last_of_two_drugs(line, expected):
    found = read(Document(name="row", text=NOTE + line)).of(Treatment)
    assert [(fact.event, str(fact.when)) for fact in found] == expected


def test_an_earlier_size_in_brackets_keeps_its_date_to_itself():
    text = NOTE + "CT 2020-09-10: liver S8 met 27 mm (12 in June)."
    found = read(Document(name="row", text=text)).of(Lesion)
    assert [(fact.diameters_mm, str(fact.when)) for fact in found] == [((27,), "2020-09-10")]


def test_a_note_with_dates_is_of_one_patient_from_its_first_line_on():
    text = (
        "Oncology nurse phone call 3/5/22\nPt on entrectinib 600mg since 28/2/22 for NSCLC.\n"
        "Reports dizziness gr 2, dysgeusia gr 1. Dose reduced to 400 mg from 4/5/22 after d/w Dr K.\nScan 20/5.\n"
        "24/5/22 clinic: CT 20/5 - good PR, LUL mass 19 mm (44 at baseline).\n"
    )
    facts = read(Document(name="row", text=text))
    assert [(fact.event, fact.dose, str(fact.when), fact.reason) for fact in facts.of(Treatment)] == [
        ("start", "600mg", "2022-02-28", None),
        ("change", "400 mg", "2022-05-04", None),
    ]
    assert [(fact.term, fact.grade) for fact in facts.of(AdverseEvent)] == [
        ("dizziness", 2),
        ("dysgeusia", 1),
    ]
    assert [(fact.diameters_mm, str(fact.when)) for fact in facts.of(Lesion)] == [((19,), "2022-05-20")]


def test_the_conclusion_of_a_radiologist_is_read():
    text = (
        "RADIOLOGY REPORT 08-Mar-2021\nClinical details: 44F, EHE liver, on pazopanib since Oct 2020.\n"
        "Technique: CT. Comparison 07-Dec-2020.\nFindings: "
        "Segm. 8 lesion 36 x 31 mm (previously 52 x 44 mm). Segm. 5 lesion 12 mm,"
        " was 20 mm.\nConclusion: Partial response.\n"
    )
    facts = read(Document(name="row", text=text))
    assert [(fact.category, str(fact.when)) for fact in facts.of(Response)] == [("PR", "2021-03-08")]
    assert [fact.diameters_mm for fact in facts.of(Lesion)] == [(36, 31), (12,)]


def test_spread_that_is_regressive_is_a_response_and_its_former_size_none_of_now():
    text = (
        NOTE
        + "Pazopanib since 1/6/20. CT 15.02.2021: pulmonary metastases regressive (max. 14 mm, prev. 22 mm)."
    )
    facts = read(Document(name="row", text=text))
    assert [fact.category for fact in facts.of(Response)] == ["MR"]
    assert [fact.diameters_mm for fact in facts.of(Lesion)] == [(14,)]
