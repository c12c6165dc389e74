"""What reports tell in other words than the usual ones: patients, genes, stains, drugs, diagnoses and places.

Every expected value is worked by hand from the row, which is our own. The rows that must give nothing, or the opposite,
stand beside those that they are nearest to.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Demographics,
    Diagnosis,
    Lesion,
    Outcome,
    Response,
    Treatment,
)
from caseboard.case.facts import Test as LabTest
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented on 1 March 2019 with a mass of the right thigh. "


def of(kind, text, before=PATIENT):
    case = read(Document(name="row", text=before + text))
    return [fact for fact in case.of(kind) if fact.source.span.start >= len(before)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A roofer, 23, referred on 4 March 2019 with a knee pain. He had an osteosarcoma.", [("male", 23)]),
        (
            "In October 2015 a schoolteacher of 36 presented with a liver tumour. She was well.",
            [("female", 36)],
        ),
        ("She was 16 when she walked into our clinic on 3 October 2020 with a sarcoma.", [("female", 16)]),
        (
            "Male, 29 at onset. First seizure on 7 September 2019, MRI: frontal tumour of 41 mm.",
            [("male", 29)],
        ),
        ("Sex: M. Age: 50. First visit: 3 May 2019. Sarcoma of the thigh.", [("male", 50)]),
        ("Gender: Female\nAge: 50 y\nFirst visit: 3 May 2019. Sarcoma of the thigh.", [("female", 50)]),
        ("Sex: M. Age: 50 months. First visit: 3 May 2019. Sarcoma of the thigh.", [("male", None)]),
        (
            "Mrs Y (born 4 February 1969) was first seen on 3 May 2019 with a sarcoma. She was well.",
            [("female", 50)],
        ),
        (
            "Mrs. E. W. presented on 2 November 2021. In the CT abdomen of 04.11.2021 a tumour of 21 cm was seen.",
            [("female", None)],
        ),
    ],
)
def test_who_the_patient_is(text, expected):
    assert [(fact.sex, fact.age_years) for fact in of(Demographics, text, before="")] == expected


def test_the_age_of_a_day_is_no_age_of_the_letter():
    text = (
        "Minutes of the board, 8 June 2022.\n\nMiss K. She was 16 when she walked into our clinic on 3 October 2020"
        " because of a mass of the scapula. MRI on 19 October 2020 showed a mass of 8.4 cm."
    )
    assert [(fact.age_years, str(fact.when)) for fact in of(Demographics, text, before="")] == [
        (16, "2020-10-03")
    ]


def test_patients_of_an_agenda_are_told_apart():
    text = (
        "Minutes of the sarcoma board, 8 June 2022\n\n"
        "ITEM 1. Miss K., 17 years old, Ewing sarcoma of the scapula. She was seen on 3 October 2020. MRI on 19 October"
        " 2020 showed a mass of 84 mm. On 1 June 2022 she was well without evidence of disease.\n\n"
        "ITEM 2. Mr B. He was referred on 4 March 2019 with a painful knee. MRI on 7 March 2019 showed a tumour of the"
        " tibia of 95 mm. He died on 19 November 2021.\n"
    )
    case = read(Document(name="minutes", text=text))
    assert [(f.patient, f.diameters_mm) for f in case.of(Lesion)] == [(1, (84.0,)), (2, (95.0,))]
    assert [(f.patient, f.vital) for f in case.of(Outcome)] == [(1, "alive"), (2, "dead")]


def test_a_heading_of_his_own_begins_another_patient():
    text = (
        "Case presentation\n\nPatient 1\nA 36-year-old woman was seen in October 2015. CT showed a liver mass of 41 "
        "mm.\n\n"
        "Patient 2\nThe second is a carpenter who coughed up blood. CT showed a lung mass of 23 mm.\n"
    )
    case = read(Document(name="report", text=text))
    assert [(f.patient, f.diameters_mm) for f in case.of(Lesion)] == [(1, (41.0,)), (2, (23.0,))]


def test_nobody_of_the_literature_is_a_patient():
    text = (
        PATIENT
        + "CT showed a mass of 41 mm. In the literature we found a girl of 9 who was treated on 3 May 2015."
    )
    assert [fact.age_years for fact in of(Demographics, text, before="")] == [50]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RNA sequencing joined exon 5 of ETV6 to exon 15 of NTRK3.", [("fusion", "ETV6", "NTRK3", None)]),
        (
            "RT-PCR amplified a junction of WWTR1 exon 4 with CAMTA1 exon 9.",
            [("fusion", "WWTR1", "CAMTA1", None)],
        ),
        ("RT-PCR: transcript of COL1A1 exon 29 and PDGFB exon 2.", [("fusion", "COL1A1", "PDGFB", None)]),
        ("Sequencing of KIT exon 11 and PDGFRA exon 18 showed wild type.", []),
        ("EWSR1 signals were split in 70% of cells by FISH.", [("rearrangement", None, None, "EWSR1")]),
        ("FISH showed WWTR1 broken apart.", [("rearrangement", None, None, "WWTR1")]),
        ("FISH: the ALK signals were not split.", []),
        ("NGS: CDKN2A homdel, TP53 wt.", [("deletion", None, None, "CDKN2A")]),
        (
            "NGS: amplification of MDM2 and CDK4, TP53 wild type.",
            [("amplification", None, None, "MDM2"), ("amplification", None, None, "CDK4")],
        ),
        ("NGS: ERBB2 amplified, KRAS + BRAF still wild-type.", [("amplification", None, None, "ERBB2")]),
        ("NGS: KRAS, MET and RET presented no alterations.", []),
    ],
)
def test_what_is_told_of_genes(text, expected):
    assert [(f.type, f.gene5, f.gene3, f.gene) for f in of(Alteration, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The cells stained for CD31; TFE3 and SOX10 did not.",
            {"CD31": "positive", "TFE3": "negative", "SOX10": "negative"},
        ),
        ("The plump cells reacted for CD30 and ALK.", {"CD30": "positive", "ALK": "positive"}),
        (
            "The endothelial cells carried CD31 and ERG, while HHV-8 was not demonstrable.",
            {"CD31": "positive", "ERG": "positive", "HHV-8": "negative"},
        ),
        ("SMA and CD34 were nowhere to be seen.", {"SMA": "negative", "CD34": "negative"}),
        ("IHC: loss of ATRX, DAXX retained.", {"ATRX": "negative", "DAXX": "positive"}),
        ("NGS: MSI-H not detected.", {"MSI": "negative"}),
        ("NGS: MSI-H.", {"MSI": "positive"}),
        (
            "It stained positively for PAX8 and p53 and negatively for CK20 and desmin.",
            {"PAX8": "positive", "p53": "positive", "CK20": "negative", "desmin": "negative"},
        ),
        (
            "Diagnosis: breast cancer, ER positive, HER2 negative, PIK3CA mutant.",
            {"ER": "positive", "HER2": "negative", "PIK3CA": "positive"},
        ),
        (
            "NRAS, RET and NTRK1 were without changes on NGS.",
            dict.fromkeys(("NRAS", "RET", "NTRK1"), "negative"),
        ),
        ("The tumour cells stained for SSTR2A.", {"SSTR2A": "positive"}),
        ("Plasma showed NRAS Q61K, which was not there before.", {"NRAS": "positive"}),
        ("Plasma showed that NRAS was not mutated.", {"NRAS": "negative"}),
    ],
)
def test_what_is_told_of_stains_and_tests(text, expected):
    assert {fact.target: fact.result for fact in of(LabTest, text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Temozolomide 150 mg/m2 on days 1 through 7 and 15 through 21 with bevacizumab 5 mg/kg on days 8 and 22 was"
            " initiated on 19 May 2019.",
            [("start", ("bevacizumab", "temozolomide"), "2019-05-19")],
        ),
        (
            "From 28 May 2019 nivolumab 360 mg every three weeks and ipilimumab 1 mg/kg every six weeks were given."
            " Both antibodies were discontinued on 3 July 2019.",
            [
                ("start", ("ipilimumab", "nivolumab"), "2019-05-28"),
                ("stop", ("ipilimumab", "nivolumab"), "2019-07-03"),
            ],
        ),
        (
            "As larotrectinib was not to be had at once, pazopanib 800 mg daily was started on 3 May 2019.",
            [("start", ("pazopanib",), "2019-05-03")],
        ),
        (
            "Since cisplatin was forbidden by her hearing loss, he received carboplatin AUC 5 from 8 May 2019.",
            [("start", ("carboplatin",), "2019-05-08")],
        ),
        (
            "Gemcitabine and carboplatin (renal function precluded cisplatin) from 25 May 2019 to 10 August 2019.",
            [
                ("start", ("carboplatin", "gemcitabine"), "2019-05-25"),
                ("stop", ("carboplatin", "gemcitabine"), "2019-08-10"),
            ],
        ),
        (
            "Carboplatin and pemetrexed were begun on 8 May 2019. Sixth and last cycle on 21 September 2019.",
            [
                ("start", ("carboplatin", "pemetrexed"), "2019-05-08"),
                ("stop", ("carboplatin", "pemetrexed"), "2019-09-21"),
            ],
        ),
        (
            "Folinic acid, infusional fluorouracil and irinotecan were started on 3 May 2019.",
            [("start", ("fluorouracil", "irinotecan", "leucovorin"), "2019-05-03")],
        ),
        (
            "High-dose methotrexate with leucovorin rescue was started on 3 May 2019.",
            [("start", ("leucovorin",), "2019-05-03"), ("start", ("methotrexate",), "2019-05-03")],
        ),
        (
            "Denosumab and pazopanib were started on 3 May 2019.",
            [("start", ("denosumab",), "2019-05-03"), ("start", ("pazopanib",), "2019-05-03")],
        ),
        (
            "Imatinib with ondansetron was stopped on 3 May 2019.",
            [("stop", ("imatinib",), "2019-05-03"), ("stop", ("ondansetron",), "2019-05-03")],
        ),
        (
            "Pantoprazole was started on 3 May 2019 and imatinib was stopped on 6 May 2019.",
            [("start", ("pantoprazole",), "2019-05-03"), ("stop", ("imatinib",), "2019-05-06")],
        ),
        (
            "Lenvatinib 24 mg daily since 3 May 2019. 6 September 2019 last lenvatinib.",
            [("start", ("lenvatinib",), "2019-05-03"), ("stop", ("lenvatinib",), "2019-09-06")],
        ),
        (
            "Lenvatinib 24 mg daily since 3 May 2019. Three weeks after the last dose, on 6 September 2019, CT was "
            "done.",
            [("start", ("lenvatinib",), "2019-05-03")],
        ),
        (
            "Lenvatinib 24 mg daily since 3 May 2019. The last dose reduction was made on 6 September 2019.",
            [("start", ("lenvatinib",), "2019-05-03"), ("change", ("lenvatinib",), "2019-09-06")],
        ),
    ],
)
def test_what_is_told_of_drugs(text, expected):
    told = sorted((f.event, f.agents, str(f.when)) for f in of(Treatment, text))
    assert told == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A basal cell carcinoma was shaved off the nose in 2015. Biopsy on 10 March 2019 showed synovial sarcoma.",
            [("basal cell carcinoma", "history", "2015"), ("synovial sarcoma", "final", "2019-03-10")],
        ),
        (
            "Biopsy on 18 March 2019 gave adenocarcinoma. Biopsy of the liver on 12 September 2020: small cell "
            "carcinoma.",
            [("adenocarcinoma", "working", "2019-03-18"), ("small cell carcinoma", "final", "2020-09-12")],
        ),
        (
            "OSA on CPAP. Biopsy on 10 March 2019 showed synovial sarcoma.",
            [("synovial sarcoma", "final", "2019-03-10")],
        ),
    ],
)
def test_which_diagnosis_is_told(text, expected):
    assert [(f.term, f.status, str(f.when)) for f in of(Diagnosis, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 May 2019 the mass was back up to 34 mm.", ["thigh"]),
        ("CT of 3 May 2019: mass S5/S8 56 x 49 mm.", ["liver segment viii"]),
        ("MRI of 3 May 2019: L5/S1 metastasis 20 mm.", ["s1 vertebra"]),
        ("On 3 May 2019 a lump in the calf, 6 x 5 cm to the hand.", ["calf"]),
        ("A nodule of 12 mm on the hand was seen on 3 May 2019.", ["hand"]),
        ("CT on 3 May 2019 showed a mass of 2.9 cm in the left nephrectomy bed.", ["nephrectomy bed"]),
        (
            "CT on 3 May 2019: R inguinal 3.0 x 2.2 cm, L ext iliac 1.1 cm.",
            ["inguinal lymph node", "iliac lymph node"],
        ),
        ("CT on 3 May 2019: axilla 20 mm.", ["axillary lymph node"]),
        ("CT on 3 May 2019: metastasis of the iliac bone 22 mm.", ["iliac bone"]),
        ("On 3 May 2019 she had an inguinal mass of 3 cm.", ["groin"]),
        (
            "A plaque of 4 cm on the scalp and a cervical node of 2 cm were found on 3 May 2019. On 4 June 2019 the"
            " plaque had contracted to 12 mm.",
            ["scalp", "cervical lymph node", "scalp"],
        ),
    ],
)
def test_where_a_lesion_is(text, expected):
    assert [fact.site for fact in of(Lesion, text)] == expected


def test_blood_by_the_rectum_is_no_partial_response():
    assert of(Response, "On 4 November 2019 he came with PR bleeding for four months.") == []


def test_a_gram_given_into_a_vein_is_no_grade():
    text = "Calcium gluconate 1 g IV was given on 2 October 2019 for hyperkalemia of grade IV."
    assert [(fact.term, fact.grade) for fact in of(AdverseEvent, text)] == [("hyperkalemia", 4)]


def test_a_drug_changed_to_is_not_changed_to_again():
    text = (
        "Tamoxifen was begun in May 2013, changed to letrozole in June 2015 because of hot flushes, and the letrozole "
        "was"
        " completed in May 2018."
    )
    assert [(f.event, f.agents, str(f.when)) for f in of(Treatment, text)] == [
        ("start", ("tamoxifen",), "2013-05"),
        ("stop", ("tamoxifen",), "2015-06"),
        ("start", ("letrozole",), "2015-06"),
        ("stop", ("letrozole",), "2018-05"),
    ]


def test_what_had_cleared_is_the_harm():
    text = (
        "Erdafitinib 8 mg was started on 3 May 2019. Retinopathy of grade 2 on 4 July 2019: erdafitinib was held that "
        "day"
        " and restarted at 6 mg on 25 July 2019 once it had cleared."
    )
    assert of(Lesion, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 5 May 2020 a liver biopsy confirmed metastasis of the synovial sarcoma.",
            [("PD", "pathological", "2020-05-05")],
        ),
        (
            "On 5 May 2020 a biopsy of the lung nodule showed recurrent synovial sarcoma.",
            [("PD", "pathological", "2020-05-05")],
        ),
        # of the first staging; read again by another; taken out with what is left of it
        ("On 20 March 2019 a liver biopsy confirmed metastasis of the synovial sarcoma.", []),
        ("On 5 May 2020 a reference pathologist confirmed the synovial sarcoma.", []),
        ("On 5 May 2020 the specimen of the resection contained synovial sarcoma.", []),
    ],
)
def test_a_biopsy_that_finds_the_tumour_again_is_a_progression(text, expected):
    before = PATIENT + "Core biopsy on 10 March 2019 showed synovial sarcoma. "
    told = [(f.category, f.modality, str(f.when)) for f in of(Response, text, before=before)]
    assert told == expected


def test_tablets_of_one_regimen():
    text = "He was started on tab. dabrafenib 150 mg BD and tab. trametinib 2 mg OD on 28 March 2019."
    assert [(f.event, f.agents) for f in of(Treatment, text)] == [("start", ("dabrafenib", "trametinib"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TURBT on 10 March 2019: high-grade urothelial carcinoma (pT2).", ["urothelial carcinoma"]),
        ("Curettage on 10 March 2019: giant cell tumour of bone.", ["giant cell tumor of bone"]),
    ],
)
def test_what_an_operation_brought_is_the_diagnosis(text, expected):
    assert [fact.term for fact in of(Diagnosis, text)] == expected


def test_tissue_of_an_operation_is_no_operation():
    assert of(Treatment, "NGS panel on TURBT tissue on 10 March 2019: FGFR3 S249C.") == []
