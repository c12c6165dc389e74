"""Systemic and supportive treatment as read: what began, changed and ended, and when. Worked by hand."""

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


CASES = [
    (
        "On 3 June 2019 dab 150 mg BID + tram 2 mg daily were started. On 5 July 2019 G1 rash (tram), doxy 100 mg BID.",
        [("start", ("dabrafenib", "trametinib"), "2019-06-03"), ("start", ("doxycycline",), "2019-07-05")],
    ),
    ("On 3 June 2019 he had a dab of blood on his nose.", []),
    (
        "On 3 June 2019 vemurafenib 960 mg and cobimetinib 60 mg (dabrafenib/trametinib not approved) were started.",
        [("start", ("cobimetinib", "vemurafenib"), "2019-06-03")],
    ),
    (
        "Pazopanib 800 mg was started in May 2019. On 3 June 2019 red cells were given and the dose was lowered to 400 "
        "mg.",
        [
            ("start", ("pazopanib",), "2019-05"),
            ("done", ("red blood cells",), "2019-06-03"),
            ("change", ("pazopanib",), "2019-06-03"),
        ],
    ),
    ("CT in June 2019 showed the segment VI metastasis to be 6.8 cm.", []),
    (
        "She refused chemotherapy and was started on tamoxifen in May 2019.",
        [("start", ("tamoxifen",), "2019-05")],
    ),
    (
        "Fourteen months after the start of imatinib the disease was stable.",
        [("start", ("imatinib",), "None")],
    ),
    (
        "Brentuximab vedotin was started in May 2019. Brentuximab was stopped in July 2019.",
        [("start", ("brentuximab vedotin",), "2019-05"), ("stop", ("brentuximab vedotin",), "2019-07")],
    ),
    (
        "On 3 May 2019 he entered a phase I trial of molibresib at 75 mg daily.",
        [("start", ("molibresib",), "2019-05-03")],
    ),
    (
        "Olaparib was started in May 2019; course completed 30/06/2019.",
        [
            ("start", ("olaparib",), "2019-05"),
            ("stop", ("olaparib",), "2019-06-30"),
        ],
    ),
    (
        "Epirubicin was started in May 2019. Docetaxel was started in August 2019, but ascites motivated its stop in"
        " October 2019.",
        [
            ("start", ("epirubicin",), "2019-05"),
            ("start", ("docetaxel",), "2019-08"),
            ("stop", ("docetaxel",), "2019-10"),
        ],
    ),
    (
        "Sorafenib 400 mg was started in May 2019 and stopped in June 2019. In July 2019 sorafenib was continued at"
        " 200 mg daily.",
        [
            ("start", ("sorafenib",), "2019-05"),
            ("stop", ("sorafenib",), "2019-06"),
            ("resume", ("sorafenib",), "2019-07"),
        ],
    ),
    (
        "Savolitinib could not be got, so she started docetaxel in May 2019.",
        [("start", ("docetaxel",), "2019-05")],
    ),
    (
        "Erlotinib was started in May 2019. He wished an interruption: the drug was stopped on 3 June 2019.",
        [("start", ("erlotinib",), "2019-05"), ("stop", ("erlotinib",), "2019-06-03")],
    ),
    (
        "22/05/2019 carbo AUC 5 + pemetrexed 500 mg/m2. 23/07/2019 carbo dropped.",
        [("start", ("carboplatin", "pemetrexed"), "2019-05-22"), ("stop", ("carboplatin",), "2019-07-23")],
    ),
    (
        "On 3 May 2019 he had neutropenia that recovered after filgrastim and meropenem.",
        [("start", ("filgrastim",), "2019-05-03"), ("start", ("meropenem",), "2019-05-03")],
    ),
    (
        "Afatinib was begun in April 2019 and stopped in June 2019. Afatinib was restarted in July 2019 and continued"
        " until progression in March 2020.",
        [
            ("start", ("afatinib",), "2019-04"),
            ("stop", ("afatinib",), "2019-06"),
            ("resume", ("afatinib",), "2019-07"),
            ("stop", ("afatinib",), "2020-03"),
        ],
    ),
    (
        "He was treated with cisplatin and pemetrexed in May 2019, followed by maintenance with pemetrexed."
        " Maintenance therapy was continued until October 2019.",
        [
            ("start", ("cisplatin", "pemetrexed"), "2019-05"),
            ("start", ("pemetrexed",), "2019-05 to 2019-10"),
            ("stop", ("pemetrexed",), "2019-10"),
        ],
    ),
    (
        "Anlotinib 12 mg daily (2 weeks on, 1 week off) was taken from May 2019.",
        [("start", ("anlotinib",), "2019-05")],
    ),
    (
        "Cisplatin, ifosfamide and doxorubicin were started in May 2019. In June 2019 cisplatin was"
        " replaced by carboplatin.",
        [
            ("start", ("cisplatin", "doxorubicin", "ifosfamide"), "2019-05"),
            ("change", ("carboplatin", "doxorubicin", "ifosfamide"), "2019-06"),
        ],
    ),
    (
        "Olaparib 300 mg bid from 01/05/2019. 13/06/2019 olaparib held; 27/06/2019 restart 250 mg bid.",
        [
            ("start", ("olaparib",), "2019-05-01"),
            ("stop", ("olaparib",), "2019-06-13"),
            ("resume", ("olaparib",), "2019-06-27"),
        ],
    ),
    ("Bx 13/05/2019: RET M918T => selpercatinib.", []),
    (
        "VIP was started in May 2019 in order to avoid bleomycin before surgery.",
        [("start", ("cisplatin", "etoposide", "ifosfamide"), "2019-05")],
    ),
    ("Chemotherapy with TIP, which another hospital had proposed in May 2019, was not given.", []),
    (
        "Cisplatin and etoposide were started in May 2019. In June 2019 he had hypomagnesemia by cisplatin.",
        [("start", ("cisplatin", "etoposide"), "2019-05")],
    ),
    (
        "Olaparib was started in May 2019. In June 2019, under treatment, CA-125 increased to 480.",
        [("start", ("olaparib",), "2019-05")],
    ),
    (
        "Biopsy was done on 3 May 2019, and he was given carboplatin AUC 5 on 20 May 2019.",
        [("start", ("carboplatin",), "2019-05-20")],
    ),
    (
        "On 3 May 2019 he had neutropenic fever and had meropenem for a week.",
        [("start", ("meropenem",), "2019-05-03")],
    ),
    ("In May 2019 he had cisplatin-induced nausea.", []),
    ("Trastuzumab had been given last on 3 May 2019.", [("stop", ("trastuzumab",), "2019-05-03")]),
    (
        "Erlotinib"
        " was begun in April 2019. Erlotinib was stopped and osimertinib (80 mg once daily)"
        " was started on 11 June 2020.",
        [
            ("start", ("erlotinib",), "2019-04"),
            ("stop", ("erlotinib",), "2020-06-11"),
            ("start", ("osimertinib",), "2020-06-11"),
        ],
    ),
    (
        "Crizotinib"
        " was given from May 2019. In October 2020 crizotinib was then replaced with alectinib"
        " 600 mg bid.",
        [
            ("start", ("crizotinib",), "2019-05"),
            ("stop", ("crizotinib",), "2020-10"),
            ("start", ("alectinib",), "2020-10"),
        ],
    ),
    (
        "On 3 May 2019 he received VAC (vincristine 2 mg d1, dactinomycin 2 mg d1; cyclophosphamide 1.2 g d1).",
        [("start", ("cyclophosphamide", "dactinomycin", "vincristine"), "2019-05-03")],
    ),
    (
        "05/2019-08/2019: neoadj TCHP x6 (docetaxel 75, carbo AUC 6, trastuzumab 6 mg/kg, pertuzumab 420).",
        [
            ("start", ("carboplatin", "docetaxel", "pertuzumab", "trastuzumab"), "2019-05"),
            ("stop", ("carboplatin", "docetaxel", "pertuzumab", "trastuzumab"), "2019-08"),
        ],
    ),
    (
        "Ifosfamid 2 g/m2 + Doxorubicin 60 mg/m2 was started on 3 May 2019.",
        [("start", ("doxorubicin", "ifosfamide"), "2019-05-03")],
    ),
    ("Pemetrexed maint. from 05.12.2019.", [("start", ("pemetrexed",), "2019-12-05")]),
    (
        "Sorafenib was started on 10/01/2020. HFS G3 on 27/02/2020 -> held 2 wks, resumed 400 mg on 14/03/2020.",
        [
            ("start", ("sorafenib",), "2020-01-10"),
            ("stop", ("sorafenib",), "2020-02-27"),
            ("resume", ("sorafenib",), "2020-03-14"),
        ],
    ),
    (
        "Doxorubicin was started on 13/03/2020. Completed 6# on 25/07/2020.",
        [("start", ("doxorubicin",), "2020-03-13"), ("stop", ("doxorubicin",), "2020-07-25")],
    ),
    (
        "From May 2019 to July 2019 thalidomide 100 mg with dexamethasone was given.",
        [
            ("start", ("dexamethasone", "thalidomide"), "2019-05"),
            ("stop", ("dexamethasone", "thalidomide"), "2019-07"),
        ],
    ),
    (
        "Nivolumab was started in May 2019. In June 2019 nivolumab was discontinued and prednisone 1 mg/kg was used.",
        [
            ("start", ("nivolumab",), "2019-05"),
            ("stop", ("nivolumab",), "2019-06"),
            ("start", ("prednisone",), "2019-06"),
        ],
    ),
    (
        "In May 2019 entrectinib was selected over crizotinib and begun.",
        [("start", ("entrectinib",), "2019-05")],
    ),
    (
        "Pembrolizumab was started in May 2019. In July 2019 TSH was 38 mU/L -> thyroxine 50 mcg.",
        [("start", ("pembrolizumab",), "2019-05"), ("start", ("levothyroxine",), "2019-07")],
    ),
    (
        "Vemurafenib was started in May 2019. It was suspended on 4 June 2019 and taken up again on 20 June 2019.",
        [
            ("start", ("vemurafenib",), "2019-05"),
            ("stop", ("vemurafenib",), "2019-06-04"),
            ("resume", ("vemurafenib",), "2019-06-20"),
        ],
    ),
    (
        "Vemurafenib was started in May 2019. Cobimetinib was added to vemurafenib in June 2019. "
        "Both drugs were stopped in August 2019.",
        [
            ("start", ("vemurafenib",), "2019-05"),
            ("start", ("cobimetinib",), "2019-06"),
            ("stop", ("cobimetinib", "vemurafenib"), "2019-08"),
        ],
    ),
    (
        "R-CHOP was started in May 2019. C2 R-CHOP was given in June 2019.",
        [("start", ("cyclophosphamide", "doxorubicin", "prednisone", "rituximab", "vincristine"), "2019-05")],
    ),
    ("IT methotrexate 12 mg was given on 3 May 2019.", [("start", ("methotrexate",), "2019-05-03")]),
    (
        "In May 2019 he received carboplatin AUC 5 and pemetrexed 500 mg/m2 while testing was pending.",
        [("start", ("carboplatin", "pemetrexed"), "2019-05")],
    ),
    (
        "Pembrolizumab was started in May 2019. He has completed 24 cycles to date.",
        [("start", ("pembrolizumab",), "2019-05")],
    ),
    ("In May 2019 she completed a course of azithromycin.", [("start", ("azithromycin",), "2019-05")]),
    (
        "Erdafitinib was started in May 2019. It was well. Erdafitinib was withheld on 4 June 2019 and restarted"
        " at 6 mg on 25 June 2019.",
        [
            ("start", ("erdafitinib",), "2019-05"),
            ("stop", ("erdafitinib",), "2019-06-04"),
            ("resume", ("erdafitinib",), "2019-06-25"),
        ],
    ),
    (
        "In May 2019 radiotherapy (66 Gy) with weekly cisplatin 40 mg/m2 was given.",
        [("start", ("cisplatin",), "2019-05")],
    ),
    (
        "Vandetanib"
        " (300 mg/day) was started in January 2020, but was reduced to 200 mg/day in February"
        " 2020.",
        [("start", ("vandetanib",), "2020-01"), ("change", ("vandetanib",), "2020-02")],
    ),
    (
        "Trabectedin was started in October 2020 and abandoned in February 2021.",
        [("start", ("trabectedin",), "2020-10"), ("stop", ("trabectedin",), "2021-02")],
    ),
    (
        "06/2019 - 11/2019 6 cycles carboplatin AUC 5 / paclitaxel 175 mg/m2.",
        [
            ("start", ("carboplatin", "paclitaxel"), "2019-06"),
            ("stop", ("carboplatin", "paclitaxel"), "2019-11"),
        ],
    ),
    (
        "Doxorubicin with dacarbazine was given for six cycles until October 2020.",
        [
            ("start", ("dacarbazine", "doxorubicin"), "None"),
            ("stop", ("dacarbazine", "doxorubicin"), "2020-10"),
        ],
    ),
    (
        "Imatinib was started in May 2019. In June 2019 lisinopril and levothyroxine were prescribed.",
        [
            ("start", ("imatinib",), "2019-05"),
            ("start", ("lisinopril",), "2019-06"),
            ("start", ("levothyroxine",), "2019-06"),
        ],
    ),
    (
        "Nivolumab was started in May 2019. It was given every 2 weeks; her last nivolumab was on 3 July 2019.",
        [("start", ("nivolumab",), "2019-05"), ("stop", ("nivolumab",), "2019-07-03")],
    ),
    (
        "Savolitinib was begun in May 2019. It was stopped on 20 January 2020 and anlotinib (10 mg, qd, d1-14,"
        " every 3 weeks) was begun on 24 January 2020.",
        [
            ("start", ("savolitinib",), "2019-05"),
            ("stop", ("savolitinib",), "2020-01-20"),
            ("start", ("anlotinib",), "2020-01-24"),
        ],
    ),
    (
        "Carboplatin and paclitaxel were started on 25.03.2021, from cycle 2 (15.04.2021) plus bevacizumab 15 mg/kg.",
        [("start", ("carboplatin", "paclitaxel"), "2021-03-25"), ("start", ("bevacizumab",), "2021-04-15")],
    ),
    (
        "Imatinib was started in May 2018, and it went on until March 2019, when it was ceased after ten months.",
        [("start", ("imatinib",), "2018-05"), ("stop", ("imatinib",), "2019-03")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_events_of_treatment_have_their_agents_and_dates(text, expected):
    assert events(text) == expected


NOTHING = [
    "Cabozantinib was held in reserve.",
    "Next line options: eribulin, gemcitabine.",
    "He was deemed cisplatin-ineligible.",
    "Before considering carboplatin and paclitaxel, which he never received, RNA was sequenced.",
    "The RNA panel found CD74-ROS1 (C6;R34) and TP53 R273H.",
    "He underwent laminectomy of L5 and S1.",
    "A dose of 45 Gy was given with 6-MV photons.",
    "He had a history of hypertension and took nifedipine regularly.",
    "He declined erlotinib.",
    "Erlotinib was considered in May 2020.",
    "The tumour was resistant to erlotinib.",
    "If it progresses, erlotinib will be started.",
    "He has no allergy to penicillin.",
    "Rechallenge with erlotinib after the colitis?",
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_drug_that_is_only_named_is_no_treatment(text):
    assert events(text) == []


def test_a_letter_that_tells_a_treatment_twice_tells_one_treatment():
    told = (
        "Nivolumab 480 mg was started in January 2020 and stopped in July 2020. He went on "
        "nivolumab but this was discontinued in July 2020."
    )
    assert [event for event, _, _ in events(told)] == ["start", "stop"]


def test_best_supportive_care_is_supportive_treatment_without_agents():
    assert [(e, a) for e, a, _ in events("In May 2020 he received best supportive care.")] == [("done", ())]


def test_a_substituted_part_changes_the_regimen():
    told = (
        "Cisplatin and fluorouracil were started in May 2019. In June 2019 we substituted "
        "cisplatin by carboplatin."
    )
    assert [(e, a) for e, a, _ in events(told)] == [
        ("start", ("cisplatin", "fluorouracil")),
        ("change", ("carboplatin", "fluorouracil")),
    ]


def test_what_goes_on_is_not_stopped_with_its_partner():
    told = (
        "Paclitaxel with trastuzumab was started in May 2019. In June 2019 paclitaxel was "
        "stopped and he will continue on trastuzumab."
    )
    assert [(e, a) for e, a, _ in events(told)][1:] == [("stop", ("paclitaxel",))]


def test_a_changed_dose_is_the_new_one_and_an_unsaid_start_the_old_one():
    text = PATIENT + "\n\n03/2022 pazopanib 800 mg daily, 05/2022 reduced to 600 mg because of diarrhoea."
    told = [(t.event, t.dose, str(t.when)) for t in read(Document(name="n", text=text)).of(Treatment)]
    assert told == [("start", "800 mg daily", "2022-03"), ("change", "600 mg", "2022-05")]


def test_considered_unresectable_is_no_plan():
    text = PATIENT + "It was considered unresectable and he was started on sorafenib 400 mg in August 2020."
    told = [(t.event, t.agents) for t in read(Document(name="n", text=text)).of(Treatment)]
    assert told == [("start", ("sorafenib",))]


@pytest.mark.parametrize(
    ("note", "dose"),
    [
        ("40 mg since 08/2019 for a rash.", "40 mg"),
        ("C3 on 40 mg (05/08/2019).", "40 mg"),
        ("Osimertinib 40 mg since 08/2019.", "40 mg"),
        ("Since 21.08.2019 dose 40 mg daily.", "40 mg daily"),
        ("He needed more rest and to 40 mg of morphine he said no.", None),
        ("C3 on 80 mg (05/08/2019).", None),
        ("Prednisolone 40 mg since 08/2019.", None),
    ],
)
def test_another_dose_without_a_verb_is_a_change(note, dose):
    text = PATIENT + "Osimertinib 80 mg daily was started on 1 May 2019. " + note
    found = read(Document(name="row", text=text)).of(Treatment)
    assert [f.dose for f in found if f.event == "change"] == ([dose] if dose else [])


@pytest.mark.parametrize(
    ("told", "doses"),
    [
        (
            "received 120 mg/m2 cisplatin (P) and 75 mg/m2 doxorubicin (A).",
            "cisplatin 120 mg/m2, doxorubicin 75 mg/m2",
        ),
        (
            "was given 75 mg/m2 of doxorubicin and 2 g/m2 ifosfamide.",
            "doxorubicin 75 mg/m2, ifosfamide 2 g/m2",
        ),
        (
            "received cisplatin 120 mg/m2 and doxorubicin 75 mg/m2.",
            "cisplatin 120 mg/m2, doxorubicin 75 mg/m2",
        ),
        ("had cortisol of 3 after 1 mg dexamethasone.", None),
    ],
)
def test_a_dose_before_its_drug_is_not_that_of_the_drug_before(told, doses):
    found = read(Document(name="row", text=PATIENT + "In May 2019 he " + told)).of(Treatment)
    assert [f.dose for f in found] == ([doses] if doses else [])


def test_a_dose_changed_twice_in_one_sentence_is_two_changes():
    told = (
        "Selpercatinib was started on 20 April 2019 at 40 mg. The dose was increased to 80 mg on 14 June 2019 and to "
        "120 mg twice daily on 12 July 2019."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [str(f.when) for f in found if f.event == "change"] == ["2019-06-14", "2019-07-12"]


def test_a_dose_may_be_changed_behind_the_period_of_a_treatment():
    told = (
        "10.05.2019 - 25.10.2019: capecitabine 1250 mg/m2, 8 cycles, dose from cycle 3 (21.06.2019) reduced to 1000 "
        "mg/m2."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [(f.event, f.dose, str(f.when)) for f in found] == [
        ("start", "1250 mg/m2", "2019-05-10"),
        ("stop", None, "2019-10-25"),
        ("change", "1000 mg/m2", "2019-06-21"),
    ]


def test_two_drugs_with_their_schedules_are_one_regimen():
    told = (
        "First line: nivolumab 360 mg three-weekly with ipilimumab 1 mg/kg six-weekly, commenced 12 May 2019."
    )
    assert [agents for _, agents, _ in events(told)] == [("ipilimumab", "nivolumab")]


def test_a_later_cycle_is_no_new_start_after_one_of_its_drugs_was_stopped():
    told = "C1 R-CHOP was given on 2 May 2019. Rituximab was stopped on 3 May 2019. C2 R-CHOP was given on 23 May 2019."
    assert [event for event, _, _ in events(told)].count("start") == 1


BOARD = (
    "Tumour board 28/02/2025\nA 63-year-old man with sarcoma was discussed.\n\n"
    "Course\nTrabectedin was started on 03/04/2024. CT 05/02/2025: lung mass 3 cm.\n\n"
)


@pytest.mark.parametrize(
    "decided",
    [
        "OUTCOME\n1. Favour resection, Mr Hay to see 11/03/2025\n2. Hold trabectedin pre-op, restart post-op",
        "MDT outcome:\nResection by Mr Hay, then adjuvant imatinib.",
        "Actions\n- Stop trabectedin\n- Refer for wedge resection",
        "Agreed\n- Rpt MRI. Trabectedin to restart if plt >100",
        "Consensus\n1. Stop trabectedin",
    ],
)
def test_what_a_board_decides_is_not_done(decided):
    def given(text):
        return [(f.event, f.agents, f.procedure) for f in read(Document("note", text)).of(Treatment)]

    assert given(BOARD + decided) == given(BOARD) != []


def test_a_plan_tells_what_was_done_today():
    text = (
        "Sarcoma clinic, 12 March 2019\n\nI saw this 50-year-old woman with liposarcoma. Eribulin was started in"
        " January 2019.\n\nPlan: hold eribulin as of today. Start trabectedin after the scan."
    )
    found = read(Document(name="row", text=text)).of(Treatment)
    assert [(f.event, f.agents, str(f.when)) for f in found] == [
        ("start", ("eribulin",), "2019-01"),
        ("stop", ("eribulin",), "2019-03-12"),
    ]


# Denosumab treats giant cell tumours of bone (label of the FDA, June 2013); with others it only supports the bones.
@pytest.mark.parametrize(
    ("tumour", "modality"), [("giant cell tumour of bone", "systemic"), ("breast cancer", "supportive")]
)
def test_denosumab_treats_giant_cell_tumours_only(tumour, modality):
    text = f"A 40-year-old woman was diagnosed with {tumour} in May 2019. Denosumab 120 mg was started in June 2019."
    (given,) = read(Document(name="row", text=text)).of(Treatment)
    assert given.modality == modality


OVER = [
    ("At the end of cisplatin/gemcitabine in June 2019 CT showed a partial response.", "2019-06"),
    ("CT at the end of treatment in June 2019: PR.", "2019-06"),
    ("By the end of six cycles of cisplatin/gemcitabine (June 2019) the pain was gone.", "2019-06"),
    ("Surgery is planned at the end of chemotherapy in June 2019.", None),
    ("At the end of the second treatment week in June 2019 he was well.", None),
    ("Towards the end of chemotherapy in June 2019 he was well.", None),
]


@pytest.mark.parametrize(("text", "day"), OVER)
def test_the_end_of_a_treatment_is_its_stop(text, day):
    told = events("Cisplatin/gemcitabine was started on 3 March 2019. " + text)
    assert told[1:] == ([("stop", ("cisplatin", "gemcitabine"), day)] if day else [])
