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


NOTES = [
    (
        "Lenvatinib 20 mg was started on 25/04/2019. Lenvatinib withheld on 16/05/2019, telmisartan 40 mg started;"
        " restarted 30/05/2019 at 14 mg.",
        [
            ("start", ("lenvatinib",), "2019-04-25"),
            ("stop", ("lenvatinib",), "2019-05-16"),
            ("start", ("telmisartan",), "2019-05-16"),
            ("resume", ("lenvatinib",), "2019-05-30"),
        ],
    ),
    (
        "Sunitinib 37.5 mg was started on 25/02/2019.\n- HFS G2 08/2019, reduced to 25 mg",
        [("start", ("sunitinib",), "2019-02-25"), ("change", ("sunitinib",), "2019-08")],
    ),
    (
        "Afatinib 40 mg was started on 21/03/2019. Diarrhoea grade 3 on 02/04/2019, interrupted; loperamide.",
        [
            ("start", ("afatinib",), "2019-03-21"),
            ("stop", ("afatinib",), "2019-04-02"),
            ("start", ("loperamide",), "2019-04-02"),
        ],
    ),
    (
        "Afatinib 40 mg was started on 21/03/2019. He had nausea in May 2019, stopped smoking and felt better.",
        [("start", ("afatinib",), "2019-03-21")],
    ),
    (
        "Imatinib 800 mg was started on 13/02/2019. Oedema grade 2, reduced 400 mg on 27/03/2019.",
        [("start", ("imatinib",), "2019-02-13"), ("change", ("imatinib",), "2019-03-27")],
    ),
    (
        "Sirolimus 4 mg was started in May 2019. Pneumonitis on 18/06/2019; sirolimus discontinued, prednisolone"
        " 1 mg/kg from 19/06/2019, tapered until 08/2019.",
        [
            ("start", ("sirolimus",), "2019-05"),
            ("stop", ("sirolimus",), "2019-06-18"),
            ("start", ("prednisolone",), "2019-06-19"),
            ("stop", ("prednisolone",), "2019-08"),
        ],
    ),
    (
        "Cobimetinib (40 mg daily) was added to vemurafenib on 15 May 2019.",
        [("start", ("cobimetinib",), "2019-05-15")],
    ),
    (
        "Crizotinib 280 mg/m2 was started on 15 May 2019. Neutropenia of grade 3 on 20 July 2019 led to a pause of 7"
        " days and to a dose of 215 mg/m2 from 27 July 2019.",
        [
            ("start", ("crizotinib",), "2019-05-15"),
            ("stop", ("crizotinib",), "2019-07-20"),
            ("resume", ("crizotinib",), "2019-07-27"),
        ],
    ),
    (
        "Sunitinib was started on 25/05/2019.\n- hypothyroidism G2 (06/2019) on levothyroxine since",
        [("start", ("sunitinib",), "2019-05-25"), ("start", ("levothyroxine",), "2019-06")],
    ),
    ("In May 2019 Hb was 6.1 g/dL; transfused 3 u PRBC.", [("done", ("red blood cells",), "2019-05")]),
    ("Anaemia requiring packed cells was seen in May 2019.", [("done", ("red blood cells",), "2019-05")]),
    ("In May 2019 the red cells were crenated.", []),
    (
        "Osimertinib 80 mg was started on 25/05/2019.\n- G2 arthralgia from 06/2019, naproxen.",
        [("start", ("osimertinib",), "2019-05-25"), ("start", ("naproxen",), "2019-06")],
    ),
    (
        "Osimertinib 80 mg was started on 25/05/2019. Lipase 312 in June 2019 (G2): drug held 13/07/2019 - 02/08/2019,"
        " resumed at the same dose.",
        [
            ("start", ("osimertinib",), "2019-05-25"),
            ("stop", ("osimertinib",), "2019-07-13"),
            ("resume", ("osimertinib",), "2019-08-02"),
        ],
    ),
    (
        "Olaparib 300 mg was started on 25/05/2019. 18/06/2019: anaemia grade 3 under olaparib, 2 red cell"
        " concentrates, pause; from 29/06/2019 continued with 2 x 250 mg/d.",
        [
            ("start", ("olaparib",), "2019-05-25"),
            ("done", ("red blood cells",), "2019-06-18"),
            ("stop", ("olaparib",), "2019-06-18"),
            ("resume", ("olaparib",), "2019-06-29"),
        ],
    ),
    (
        "Lorlatinib 100 mg was started on 25/05/2019. Confusion grade 3, pause 13/06/2019; 24/06/2019"
        " up again w/ 75 mg.",
        [
            ("start", ("lorlatinib",), "2019-05-25"),
            ("stop", ("lorlatinib",), "2019-06-13"),
            ("resume", ("lorlatinib",), "2019-06-24"),
        ],
    ),
    (
        "Trabectedin 1.5 mg/m2 was started on 25 May 2019. ALT rose in June 2019 (grade 3) and you reduced to"
        " 1.2 mg/m2.",
        [("start", ("trabectedin",), "2019-05-25"), ("change", ("trabectedin",), "2019-06")],
    ),
    (
        "Ipilimumab was started on 25 May 2019. Colitis was seen on 3 July 2019, and ipilimumab was not given more.",
        [("start", ("ipilimumab",), "2019-05-25"), ("stop", ("ipilimumab",), "2019-07-03")],
    ),
    (
        "Nivolumab was started on 25 May 2019. Colitis was seen on 3 July 2019. No further immunotherapy was given.",
        [("start", ("nivolumab",), "2019-05-25"), ("stop", ("nivolumab",), "2019-07-03")],
    ),
    (
        "Mannitol and dexamethasone were given in May 2019, and radiotherapy (30 Gy in 5 fractions) was carried out"
        " from June 11 to June 17, 2019.",
        [("start", ("mannitol",), "2019-05"), ("start", ("dexamethasone",), "2019-05")],
    ),
    (
        "Meropenem was started on 25 May 2019. Whole-brain radiotherapy (30 Gy in 10 fractions) ended on 14 June 2019.",
        [("start", ("meropenem",), "2019-05-25")],
    ),
    (
        "Trametinib was started on 25/05/2019. On 13/06/2019 the ejection fraction was normal again, 62%.",
        [("start", ("trametinib",), "2019-05-25")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NOTES)
def test_notes_tell_what_was_done_about_harm(text, expected):
    assert events(text) == expected


LETTERS = [
    (
        "Mitotane was started in April 2019. She stays on mitotane, as abrupt withdrawal could provoke a crisis.",
        [("start", ("mitotane",), "2019-04")],
    ),
    (
        "Mitotane was started in April 2019. Withdrawal of mitotane on 5 June 2019 was well borne.",
        [("start", ("mitotane",), "2019-04"), ("stop", ("mitotane",), "2019-06-05")],
    ),
    (
        "In May 2019 I have increased his levetiracetam to 1 g twice daily.",
        [("change", ("levetiracetam",), "2019-05")],
    ),
    ("Dexamethasone was reduced to 2 mg od on 3 May 2019.", [("change", ("dexamethasone",), "2019-05-03")]),
    (
        "Gemcitabine was started in May 2019. We talked about moving to targeted therapy with pemigatinib.",
        [("start", ("gemcitabine",), "2019-05")],
    ),
    (
        "He was seen for a phase II study of durvalumab in combination with platinum-etoposide chemotherapy.",
        [],
    ),
    (
        "In May 2019 he was enrolled in a phase II study of durvalumab.",
        [("start", ("durvalumab",), "2019-05")],
    ),
    (
        "In May 2019 he was randomised to ixabepilone plus bevacizumab.",
        [("start", ("bevacizumab", "ixabepilone"), "2019-05")],
    ),
    (
        "His previous treatments included tamoxifen, letrozole and fulvestrant.",
        [(("start"), (agent,), "None") for agent in ("tamoxifen", "letrozole", "fulvestrant")],
    ),
    (
        "He completed chemoradiation with temozolomide 75 mg/m2 daily in May 2019.",
        [("start", ("temozolomide",), "None"), ("stop", ("temozolomide",), "2019-05")],
    ),
    (
        "He commenced docetaxel on 3 May 2019 and completed 4 cycles. He was well on 2 August 2019.",
        [("start", ("docetaxel",), "2019-05-03"), ("stop", ("docetaxel",), "2019-05-03 to 2019-08-02")],
    ),
    (
        "He commenced docetaxel on 3 May 2019. He had four cycles, completing treatment on 9 July 2019.",
        [("start", ("docetaxel",), "2019-05-03"), ("stop", ("docetaxel",), "2019-07-09")],
    ),
]


LETTERS += [
    (
        "Cisplatin was given in May 2019. For IP chemo he was switched to paclitaxel in June 2019.",
        [
            ("start", ("cisplatin",), "2019-05"),
            ("stop", ("cisplatin",), "2019-06"),
            ("start", ("paclitaxel",), "2019-06"),
        ],
    ),
    (
        "He received IP in May 2019 (irinotecan and cisplatin).",
        [("start", ("cisplatin", "irinotecan"), "2019-05")],
    ),
    (
        "Carboplatin and etoposide were started in May 2019. He progressed after two cycles of platinum-etoposide"
        " chemotherapy in July 2019.",
        [("start", ("carboplatin", "etoposide"), "2019-05")],
    ),
    ("We reviewed the phase II trials that have used temozolomide.", []),
    (
        "He will start treatment with hyperfractionated cyclophosphamide, vincristine, doxorubicin, dexamethasone.",
        [],
    ),
    (
        "Letrozole since December 2019, stopped. He was well in May 2020.",
        [("start", ("letrozole",), "2019-12"), ("stop", ("letrozole",), "2019-12 to 2020-05")],
    ),
    ("C1D1 pembrolizumab 12 March 2019.", [("start", ("pembrolizumab",), "2019-03-12")]),
    ("C3D1 pembrolizumab 12 March 2019.", []),
    (
        "He had colon cancer, s/p FOLFOX x12 (2019/03/18~2019/08/14), with metastases s/p capecitabine x5"
        " (2019/10~2020/01).",
        [
            ("start", ("fluorouracil", "leucovorin", "oxaliplatin"), "2019-03-18"),
            ("stop", ("fluorouracil", "leucovorin", "oxaliplatin"), "2019-08-14"),
            ("start", ("capecitabine",), "2019-10"),
            ("stop", ("capecitabine",), "2020-01"),
        ],
    ),
    (
        "Meropenem was started, amikacin from 4 May 2019 to 8 May 2019.",
        [
            ("start", ("meropenem",), "2019-03"),
            ("start", ("amikacin",), "2019-05-04"),
            ("stop", ("amikacin",), "2019-05-08"),
        ],
    ),
]


LETTERS += [
    ("He has been on letrozole since May 2019.", [("start", ("letrozole",), "2019-05")]),
    ("He has been well on letrozole.", []),
    (
        "Olaparib was started in May 2019. In July 2019 it was stopped and he went onto weekly paclitaxel.",
        [
            ("start", ("olaparib",), "2019-05"),
            ("stop", ("olaparib",), "2019-07"),
            ("start", ("paclitaxel",), "2019-07"),
        ],
    ),
    (
        "Nivolumab was started on 4 May 2019. On 3 June 2019 he had colitis. Nivolumab was withheld until"
        " 20 July 2019.",
        [
            ("start", ("nivolumab",), "2019-05-04"),
            ("stop", ("nivolumab",), "2019-06-03"),
            ("resume", ("nivolumab",), "2019-07-20"),
        ],
    ),
    (
        "Gemcitabine was commenced on 25 May 2019. He completed 4 cycles. Treatment was discontinued on"
        " 15 August 2019.",
        [("start", ("gemcitabine",), "2019-05-25"), ("stop", ("gemcitabine",), "2019-08-15")],
    ),
    (
        "Letrozole was started 3 May 2019, docetaxel x6 completed 9 December 2019, then abiraterone 3 March 2020.",
        [
            ("start", ("letrozole",), "2019-05-03"),
            ("start", ("docetaxel",), "None"),
            ("stop", ("docetaxel",), "2019-12-09"),
            ("start", ("abiraterone",), "2020-03-03"),
        ],
    ),
]


LETTERS += [
    (
        "He completed chemoradiation with concurrent temozolomide in May 2019, followed by a cycle of PCV.",
        [
            ("stop", ("temozolomide",), "2019-05"),
            ("start", ("lomustine", "procarbazine", "vincristine"), "None"),
        ],
    ),
    (
        "He was reviewed following completion of 4 cycles of carboplatin and etoposide.",
        [("start", ("carboplatin", "etoposide"), "None"), ("stop", ("carboplatin", "etoposide"), "None")],
    ),
    (
        "He was seen during cycle 2 of carboplatin and pemetrexed. He commenced first-line carboplatin AUC5 and"
        " pemetrexed 500 mg/m2 on 15 May 2019.",
        [("start", ("carboplatin", "pemetrexed"), "2019-05-15")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_letters_tell_what_is_only_feared_talked_of_or_changed(text, expected):
    assert events(text) == expected


REPLACED = [
    (
        "Crizotinib was begun in June 2019 and eventually replaced by lorlatinib in May 2020.",
        [
            ("start", ("crizotinib",), "2019-06"),
            ("stop", ("crizotinib",), "2020-05"),
            ("start", ("lorlatinib",), "2020-05"),
        ],
    ),
    (
        "Crizotinib, started in June 2019, was stopped and replaced with lorlatinib in May 2020.",
        [
            ("start", ("crizotinib",), "2019-06"),
            ("stop", ("crizotinib",), "2020-05"),
            ("start", ("lorlatinib",), "2020-05"),
        ],
    ),
    (
        "In May 2020 lorlatinib replaced crizotinib.",
        [("stop", ("crizotinib",), "2020-05"), ("start", ("lorlatinib",), "2020-05")],
    ),
    (
        "He was treated with degarelix from August 2019, and later switched to leuprolide.",
        [
            ("start", ("degarelix",), "2019-08"),
            ("stop", ("degarelix",), "None"),
            ("start", ("leuprorelin",), "None"),
        ],
    ),
    (
        "In March 2020 he was subsequently switched from crizotinib to lorlatinib.",
        [("stop", ("crizotinib",), "2020-03"), ("start", ("lorlatinib",), "2020-03")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REPLACED)
def test_one_drug_takes_the_place_of_another(text, expected):
    assert events(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In May 2019 a BRCA2 variant indicated a benefit from treatment with platinum drugs and olaparib.",
        "The ALK fusion suggested sensitivity to treatment with alectinib.",
    ],
)
def test_what_a_finding_speaks_for_need_not_be_given(text):
    assert events(text) == []


FORMER = (
    "A 66-year-old man presented in May 2020 with haematuria. His past medical history was notable for carcinoma of the"
    " bladder (treated with transurethral resection and intravesical BCG), colon cancer (treated with hemicolectomy and"
    " systemic 5-fluorouracil) and carcinoma of the tonsil (treated with cisplatin)."
)


def test_what_was_done_for_former_tumours_is_of_no_known_time():
    found = read(Document(name="row", text=FORMER)).of(Treatment)
    assert [(f.procedure or f.agents, str(f.when)) for f in found] == [
        ("transurethral resection", "None"),
        (("bacillus calmette-guerin",), "None"),
        ("hemicolectomy", "None"),
        (("fluorouracil",), "None"),
        (("cisplatin",), "None"),
    ]


AT_LAST = [
    ("Crizotinib was not initiated until May 2019.", [("start", ("crizotinib",), "2019-05")]),
    ("Pazopanib could not be started until July 2019.", [("start", ("pazopanib",), "2019-07")]),
    ("Pazopanib could only be started in July 2019.", [("start", ("pazopanib",), "2019-07")]),
    ("Pazopanib could not be got in July 2019.", []),
    ("Lorlatinib was not started in July 2019.", []),
    (
        "Pazopanib was given from May 2019 until July 2019.",
        [("start", ("pazopanib",), "2019-05"), ("stop", ("pazopanib",), "2019-07")],
    ),
    (
        "After failure of doxorubicin and ifosfamide, pazopanib was tried in May 2019.",
        [("start", ("pazopanib",), "2019-05")],
    ),
    (
        "In May 2019 he was given VAC alternating with IE. VAC was continued until July 2019.",
        [
            ("start", VAC, "2019-05"),
            ("start", ("etoposide", "ifosfamide"), "2019-05"),
            ("stop", VAC, "2019-07"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), AT_LAST)
def test_what_was_not_begun_until_a_day_was_begun_then(text, expected):
    assert events(text) == expected


UNDER_LENVATINIB = "Lenvatinib 24 mg was started in May 2019. "


@pytest.mark.parametrize(
    ("text", "event", "dose", "reason"),
    [
        ("In July 2019 the dose was cut from 24 to 14 mg because of fatigue.", "change", "14 mg", "fatigue"),
        ("The dose was lowered to 14 mg daily in July 2019.", "change", "14 mg daily", None),
        ("In July 2019 the dose was halved.", "change", None, None),
        ("In July 2019 it was paused for two weeks due to nausea.", "stop", None, "nausea"),
        ("In July 2019 lenvatinib was stopped after 9 weeks owing to nausea.", "stop", None, "nausea"),
        ("In July 2019 lenvatinib was stopped after 9 weeks.", "stop", None, None),
    ],
)
def test_a_change_has_its_dose_and_its_reason_which_no_length_of_time_is(text, event, dose, reason):
    found = read(Document(name="row", text=PATIENT + UNDER_LENVATINIB + text)).of(Treatment)
    assert [(f.event, f.dose, f.reason) for f in found[1:]] == [(event, dose, reason)]


STARTS = [
    (
        "He does well 24 months after starting larotrectinib in April 2019.",
        [("start", ("larotrectinib",), "2019-04")],
    ),
    ("He does well 24 months after starting larotrectinib.", [("start", ("larotrectinib",), "None")]),
    (
        "On 3 May 2019, the day after the second infusion of nivolumab, he developed colitis.",
        [("start", ("nivolumab",), "None")],
    ),
    (
        "On 3 May 2019, the day after the first infusion of nivolumab, he developed colitis.",
        [("start", ("nivolumab",), "2019-05-03")],
    ),
    (
        "Crizotinib was started in April 2019. In May 2019 his treatment was escalated to brigatinib 180 mg/d.",
        [
            ("start", ("crizotinib",), "2019-04"),
            ("stop", ("crizotinib",), "2019-05"),
            ("start", ("brigatinib",), "2019-05"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), STARTS)
def test_when_a_drug_that_is_told_in_passing_was_begun(text, expected):
    assert events(text) == expected


def test_a_drug_taken_up_again_at_a_lower_dose_has_that_dose():
    text = (
        "Lorlatinib was started in April 2019, withheld in May 2019 and restarted at a reduced dose of 75 mg in June"
        " 2019."
    )
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [(f.event, f.dose) for f in found if f.event == "resume"] == [("resume", "75 mg")]


@pytest.mark.parametrize(
    "text",
    [
        "On 20 May 2019 it was held for 10 days and restarted at 80 mg.",
        "Rash on 20 May 2019 led to interruption for 10 days and resumption at 80 mg.",
    ],
)
def test_a_drug_is_taken_up_again_when_the_pause_told_is_over(text):
    found = read(
        Document(name="row", text=PATIENT + "Selpercatinib 160 mg was started in April 2019. " + text)
    ).of(Treatment)
    assert [(f.event, f.dose, str(f.when)) for f in found[1:]] == [
        ("stop", None, "2019-05-20"),
        ("resume", "80 mg", "2019-05-30"),
    ]


def test_the_date_of_a_size_in_brackets_is_not_that_of_the_drug():
    text = "Carboplatin was given for 4 months without response (tumour 52 x 44 mm in August 2019)."
    assert events(text)[0] == ("start", ("carboplatin",), "2019-03")


def test_a_named_drug_is_resumed_when_its_pause_is_over():
    text = "Pralsetinib was begun in April 2019. On 2 May 2019 pralsetinib was withheld for 3 weeks, then resumed."
    assert events(text) == [
        ("start", ("pralsetinib",), "2019-04"),
        ("stop", ("pralsetinib",), "2019-05-02"),
        ("resume", ("pralsetinib",), "2019-05-23"),
    ]
