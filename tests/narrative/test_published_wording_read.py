"""How published reports tell treatments, their ends, responses, sites and tests. Rows are ours, worked by hand.

The constructions are those of case reports in oncology journals of 2022 to 2024; patients, drugs and dates are ours.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Demographics,
    Diagnosis,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.narrative import read

LUNG = "A 50-year-old man had lung cancer in May 2020. "
MELANOMA = "A 50-year-old man was seen in May 2020 with melanoma. "
SARCOMA = "A 60-year-old woman presented in May 2022 with a sarcoma of the left thigh. "
OVARY = "A 60-year-old woman presented in May 2022 with high-grade serous carcinoma of the ovary. "


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


def courses(text):
    """Return event, agents and date of each drug treatment."""
    return [(f.event, "+".join(f.agents), str(f.when)) for f in of(Treatment, text) if f.agents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LUNG + "In June 2020, entrectinib was administered as the second-line treatment for 6 months.",
            [("start", "entrectinib", "2020-06"), ("stop", "entrectinib", "2020-12")],
        ),
        (
            LUNG
            + "Entrectinib was administered for 6 months until the patient could not tolerate continuation.",
            [("start", "entrectinib", "2020-05"), ("stop", "entrectinib", "None")],
        ),
        (
            LUNG + "In June 2020, crizotinib was started and given until progression in March 2021.",
            [("start", "crizotinib", "2020-06"), ("stop", "crizotinib", "2021-03")],
        ),
        (
            LUNG + "Crizotinib was given in June 2020 until disease progression.",
            [("start", "crizotinib", "2020-06"), ("stop", "crizotinib", "None")],
        ),
        (
            LUNG
            + "Crizotinib was started in June 2020. Crizotinib was continued until progression in March 2021.",
            [("start", "crizotinib", "2020-06"), ("stop", "crizotinib", "2021-03")],
        ),
        (
            LUNG + "Crizotinib was started in June 2020, to be continued until progression or toxicity.",
            [("start", "crizotinib", "2020-06")],
        ),
        (
            MELANOMA + "Nivolumab was begun in May 2021. It was temporarily held and resumed in July.",
            [
                ("start", "nivolumab", "2021-05"),
                ("stop", "nivolumab", "None"),
                ("resume", "nivolumab", "2021-07"),
            ],
        ),
        (
            MELANOMA
            + "Nivolumab was begun in May 2021. "
            + "Nivolumab was temporarily held and resumed after a good response to steroids.",
            [
                ("start", "nivolumab", "2021-05"),
                ("stop", "nivolumab", "None"),
                ("resume", "nivolumab", "None"),
            ],
        ),
        (
            LUNG
            + "Lenvatinib was started on 22 March 2021. Lenvatinib was stopped on 13 July 2021. "
            + "Lobectomy was performed on 20 July 2021. "
            + "One month after the operation, lenvatinib 8 mg was resumed and continued until July 2023.",
            [
                ("start", "lenvatinib", "2021-03-22"),
                ("stop", "lenvatinib", "2021-07-13"),
                ("resume", "lenvatinib", "2021-08"),
                ("stop", "lenvatinib", "2023-07"),
            ],
        ),
        (
            LUNG
            + "Lenvatinib was started on 22 March 2021. On 5 July 2021 CT showed shrinkage. "
            + "Lenvatinib was stopped 1 week before the operation, "
            + "and lobectomy was performed on July 20, 2021.",
            [("start", "lenvatinib", "2021-03-22"), ("stop", "lenvatinib", "2021-07-13")],
        ),
        (
            OVARY
            + "On 20 May carboplatin and paclitaxel were started. "
            + "The first paclitaxel infusion was complicated by a grade 2 hypersensitivity reaction.",
            [("start", "carboplatin+paclitaxel", "2022-05-20")],
        ),
        (
            SARCOMA
            + "In June 2022 vandetanib was begun. In October 2022 hypertension appeared, controlled with amlodipine "
            + "10 mg, so the drug was interrupted and, in November, reintroduced at 120 mg every 12 hours.",
            [
                ("start", "vandetanib", "2022-06"),
                ("start", "amlodipine", "2022-10"),
                ("stop", "vandetanib", "2022-10"),
                ("resume", "vandetanib", "2022-11"),
            ],
        ),
        (
            SARCOMA
            + "After three cycles of doxorubicin from 3 July 2022, the tumour was resected on 6 October 2022.",
            [("start", "doxorubicin", "2022-07-03")],
        ),
        (
            SARCOMA
            + "Larotrectinib could be arranged through an access programme and she was started on 100 mg BD "
            + "from 2nd March 2023.",
            [("start", "larotrectinib", "2023-03-02")],
        ),
        (
            SARCOMA
            + "Larotrectinib was begun on 1 June 2022. On 14 November 2022 CT showed progression. "
            + "Repotrectinib (160 mg once daily) replaced larotrectinib on 12 December 2022.",
            [
                ("start", "larotrectinib", "2022-06-01"),
                ("stop", "larotrectinib", "2022-12-12"),
                ("start", "repotrectinib", "2022-12-12"),
            ],
        ),
        (
            SARCOMA
            + "Repotrectinib was begun on 1 June 2022. "
            + "On 4 September 2023 she pursues repotrectinib with her professional activity resumed part-time.",
            [("start", "repotrectinib", "2022-06-01")],
        ),
        (
            SARCOMA + "Toripalimab was started on July 28 of the same year.",
            [("start", "toripalimab", "2022-07-28")],
        ),
        (
            SARCOMA
            + "In June 2022 she received ifosfamide 2 g/m2 d1-5 alternated with doxorubicin and cisplatin.",
            [("start", "cisplatin+doxorubicin+ifosfamide", "2022-06")],
        ),
        (
            "A 5-month-old girl was brought in May 2022 with a brain tumor. "
            "While molecular results were pending she received a cycle of carboplatin and vincristine in June 2022.",
            [("start", "carboplatin+vincristine", "2022-06")],
        ),
    ],
)
def test_courses_of_drugs(text, expected):
    assert courses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LUNG
            + "Crizotinib was started on 3 June 2020. "
            + "Although the treatment effect was a partial response, the main tumor regrew.",
            [("PR", "None"), ("PD", "None")],
        ),
        (LUNG + "Crizotinib was given in June 2020 until disease progression.", [("PD", "None")]),
        (
            LUNG + "Lobectomy was done in May 2020. CT in June 2021 revealed no lung cancer recurrence.",
            [("NED", "2021-06")],
        ),
        (
            SARCOMA
            + "Vandetanib was begun in June 2022. The best response was stable disease, which was maintained until "
            + "May 2023, moment in which bone metastases in D8 were demonstrated by MRI.",
            [("SD", "None"), ("PD", "2023-05")],
        ),
        (
            SARCOMA
            + "Pazopanib was begun in January 2023. First restaging, three months in, revealed a 42% decrease in "
            + "target lesions c/w PR (RLL 0.9 cm; para-aortic node 2.1 cm).",
            [("PR", "2023-04")],
        ),
        (
            SARCOMA
            + "Pazopanib was begun in June 2022. In January 2023 there was a partial response. In November 2023 she "
            + "did an MRI showing a single right cerebellar metastasis of 22 x 19 mm.",
            [("PR", "2023-01"), ("PD", "2023-11")],
        ),
        (
            "A 56-year-old teacher presented on 14/03/2023 with a pelvic mass. TAH + BSO 29/03/2023 for ?fibroid "
            "uterus. Histology: leiomyosarcoma. Staging CT 24/04/2023: no new lesions.",
            [],
        ),
        (
            SARCOMA
            + "Sunitinib was begun in June 2022. CT in September 2022 showed progression. "
            + "In view of progression he was switched over to pazopanib from 14 October 2022.",
            [("PD", "2022-09")],
        ),
        (
            SARCOMA
            + "Capmatinib was begun in April 2023. The disease was stable for 14 months, "
            + "when CT showed new liver metastases.",
            [("PD", "2024-06")],
        ),
        (
            SARCOMA
            + "Capmatinib was begun in April 2023. After 14 months of response, CT showed progression.",
            [("PD", "2024-06")],
        ),
        (
            SARCOMA
            + "Wide resection was done in June 2022. On 18 December 2023 "
            + "MRI brain and PET-CT are negative for disease.",
            [("NED", "2023-12-18")],
        ),
    ],
)
def test_responses(text, expected):
    assert [(fact.category, str(fact.when)) for fact in of(Response, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            OVARY
            + "Interval debulking (total hysterectomy, bilateral salpingo-oophorectomy, and omentectomy) was "
            + "performed in August 2022.",
            [("surgery", "2022-08")],
        ),
        (
            "A 71-year-old woman presented in June 2022 with a left pleural tumor. After embolization of the feeding "
            "intercostal arteries on July 4, resection of the tumor with partial resection of the diaphragm was done "
            "through thoracotomy on July 6.",
            [("ablation", "2022-07-04"), ("surgery", "2022-07-06")],
        ),
        (SARCOMA + "She applied to the surgery outpatient clinic.", []),
        (
            SARCOMA
            + "Radiotherapy of 60 Gy in 30 fractions was administered from October 9 to November 20, 2022.",
            [("radiotherapy", "2022-11-20")],
        ),
        (
            SARCOMA
            + "60 Gy adjuvant radiotherapy in 30 fractions was applied to the tumor bed "
            + "and was finished in August 2022.",
            [("radiotherapy", "2022-08")],
        ),
        (
            "A 56-year-old teacher presented on 14/03/2023 with a pelvic mass. TAH + BSO 29/03/2023 for ?fibroid.",
            [("surgery", "2023-03-29")],
        ),
    ],
)
def test_procedures(text, expected):
    assert [(f.modality, str(f.when)) for f in of(Treatment, text) if not f.agents] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            OVARY + "CT demonstrated omental caking up to 3.2 cm in thickness.",
            [("omentum", (32.0,))],
        ),
        (
            "A 46-year-old man presented in February 2019. MRI pelvis done on 9th February showed a 7.2 x 6.1 cm "
            "exophytic mass arising from the lower rectum, abutting the prostate.",
            [("rectum", (72.0, 61.0))],
        ),
        (
            SARCOMA
            + "Doxorubicin was started in June 2022. CT of 25 January 2023 showed progression: a left hilar "
            + "adenopathy of 21 mm not seen before.",
            [("hilar lymph node", (21.0,))],
        ),
        (
            SARCOMA + "CT showed an 8 x 4 mm lymph node in the right axillary region.",
            [("axillary lymph node", (8.0, 4.0))],
        ),
    ],
)
def test_lesions(text, expected):
    assert [(f.site, f.diameters_mm) for f in of(Lesion, text) if f.state == "present"] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Biopsy: HER2 (0), ER (-), PR (0%).", [("HER2", "negative (0)"), ("ER", "negative"), ("PR", "0%")]),
        ("Given the HER2-low status, trastuzumab deruxtecan was discussed.", []),
        ("Tumor cells showed strong nuclear TFE3 staining.", [("TFE3", "positive")]),
        ("Pan-TRK immunostaining was intense, cytoplasmic.", [("pan-TRK", "positive")]),
        (
            "There was diffuse S100 expression, without SOX10 staining.",
            [("S100", "positive"), ("SOX10", "negative")],
        ),
        ("SDHB IHC was done, which was retained.", [("SDHB", "positive")]),
        (
            "Mutation analysis of KIT (exons 9, 11, 13 and 17) and PDGFRA (exons 12 and 18) was negative.",
            [("KIT", "negative"), ("PDGFRA", "negative")],
        ),
        (
            "Sanger sequencing of KIT (exons 9, 11) and PDGFRA (exons 12, 18), reported on 10th October, did not show "
            "any mutation.",
            [("KIT", "negative"), ("PDGFRA", "negative")],
        ),
        ("PCR for EGFR and KRAS did not reveal mutations.", [("EGFR", "negative"), ("KRAS", "negative")]),
        ("KIT exons 9 and 11 were wild type.", [("KIT", "negative")]),
        (
            "NGS of the surgical specimen was requested and detected RET p.M918T (VAF 38%).",
            [("RET", "positive")],
        ),
    ],
)
def test_stains_and_genes(told, expected):
    assert [(f.target, f.result) for f in of(Test, SARCOMA + told)] == expected


def test_a_mutation_analysis_is_no_stain():
    (kit,) = of(Test, SARCOMA + "Mutation analysis of KIT was negative.")
    assert kit.method == "other"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Doxorubicin was started on 3 June 2022. On the 9th day of the first cycle "
            "she developed grade 4 neutropenia.",
            [("neutropenia", "2022-06-11")],  # day 1 is the first of the cycle
        ),
        (
            "Nivolumab was begun in June 2022 and completed after 12 months, the only event of note being a G2 "
            "hypothyroidism (TSH 38.6 mIU/L) in October 2022.",
            [("hypothyroidism", "2022-10")],
        ),
        (
            "Apatinib was started in June 2022. CT on 8 October 2022 confirmed left pneumothorax, which was considered "
            "related to apatinib.",
            [("pneumothorax", "2022-10-08")],
        ),
        (
            "Toripalimab was started on July 28 and given for 6 cycles until, on November 28, she presented dry cough. "
            "Immune-related pneumonitis of grade 2 was considered, and toripalimab was discontinued.",
            [("immune-related pneumonitis", "2022-11-28")],
        ),
    ],
)
def test_adverse_events(told, expected):
    assert [(f.term, str(f.when)) for f in of(AdverseEvent, SARCOMA + told)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            MELANOMA
            + "Ipilimumab was started on 7 February 2021. Nine days after the second infusion, given on 28 February, "
            + "the patient was admitted. Blood tests showed ALT 884 U/L.",
            [("ALT", 884.0, "2021-03-09")],
        ),
        (
            MELANOMA
            + "Ipilimumab was started on 7 February 2021. Nine days after the second infusion the patient was "
            + "admitted. Blood tests showed ALT 884 U/L.",
            [("ALT", 884.0, "None")],
        ),
        (SARCOMA + "Transfused 2 units RBC (22/08/2022) and 1 pool platelets.", []),
    ],
)
def test_laboratory_values(text, expected):
    assert [(f.analyte, f.value, str(f.when)) for f in of(Lab, text)] == expected


def test_years_told_again_do_not_count_once_more():
    text = (
        "A 71-year-old woman had breast cancer treated in 2012 with lumpectomy and letrozole until 2017. "
        "In March 2021, nearly nine years later, she noticed a discoloration of the breast. "
        "A punch biopsy was taken in April with the conclusion of atypical vascular lesion."
    )
    assert str(of(Diagnosis, text)[-1].when) == "2021-04"


def test_dates_without_a_year_do_not_lie_behind_the_letter():
    text = (
        "Dear Dr P,\n\nI saw this lady in clinic on 14th May 2024. She was diagnosed with leiomyosarcoma on "
        "6th February "
        "2023. She commenced doxorubicin on 3rd October and managed six cycles, the last on 23rd January this year. "
        "The second was complicated by neutropenic sepsis, admitted on 2nd November."
    )
    assert [str(f.when) for f in of(AdverseEvent, text)] == ["2023-11-02"]


def test_months_in_a_british_fraction_are_no_day():
    text = (
        "M, 66 at diagnosis. TURBT 20/09/2021 - urothelial carcinoma. Neoadj gem/cis from 18/10/2021.\n"
        "CT 13/03/2023: new RLL nodule 12 mm. Carbo/gem not felt appropriate (relapse 14/12 post platinum).\n"
    )
    assert "2023-12-14" not in [str(f.when) for f in of(Response, text)]


def test_a_past_treatment_is_not_when_the_patient_came():
    text = (
        "A 58-year-old man with a prostate adenocarcinoma treated with brachytherapy in 2013, came to our attention "
        "in March 2021 for a lesion of the calf."
    )
    assert [str(f.when) for f in of(Demographics, text)] == ["2021-03"]


def test_alive_without_any_sign_of_recurrence_is_free_of_disease():
    text = (
        SARCOMA
        + "Resection was done in June 2022. On June 18, 2024, she was alive without any sign of recurrence."
    )
    assert [(f.vital, f.disease) for f in of(Outcome, text)] == [("alive", "NED")]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("adenocarcinoma of the right lung", "LUAD"),
        ("adenocarcinoma of the left upper lobe", "LUAD"),
        ("squamous cell carcinoma of the left lung", "LUSC"),
        ("adenocarcinoma of the stomach", "STAD"),
    ],
)
def test_a_carcinoma_of_an_organ_has_its_oncotree_code(told, code):
    assert [f.code for f in of(Diagnosis, f"A 52-year-old man was diagnosed with {told} in May 2020.")] == [
        code
    ]


def test_the_date_of_an_operation_is_not_that_of_the_drug_before_it():
    text = (
        "A 60-year-old man presented in March 2020 with gastric adenocarcinoma. "
        "He received neoadjuvant FLOT before gastrectomy in October 2020."
    )
    assert [(f.event, str(f.when)) for f in of(Treatment, text)] == [("start", "None"), ("done", "2020-10")]


def test_harm_that_ended_a_treatment_is_of_its_end():
    text = (
        SARCOMA + "Pazopanib was given from June 2022 to January 2023 and stopped for grade 3 hypertension."
    )
    assert [(f.term, str(f.when)) for f in of(AdverseEvent, text)] == [("hypertension", "2023-01")]


def test_the_date_of_an_aside_is_not_that_of_the_next_lesion():
    text = SARCOMA + (
        "In May 2023 CT showed a 12 mm nodule of the liver, which was ablated in June 2023, "
        "and a 9 mm nodule of the left lung."
    )
    assert [str(f.when) for f in of(Lesion, text)] == ["2023-05", "2023-05"]


def test_what_was_given_until_progression_ends_with_it():
    text = SARCOMA + "Pazopanib was begun in June 2022. It was continued until progression in March 2023."
    assert courses(text) == [("start", "pazopanib", "2022-06"), ("stop", "pazopanib", "2023-03")]
    assert [(f.category, str(f.when)) for f in of(Response, text)] == [("PD", "2023-03")]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("28/11-12/1/22", [("start", "2021-11-28"), ("stop", "2022-01-12")]),
        ("1/28-11/12/22", [("start", "2022-01-28"), ("stop", "2022-11-12")]),  # 28 is a day in both dates
        ("5/4-3/6/22", []),  # April to June 2022, or May 2021 to March 2022
    ],
)
def test_both_dates_of_a_period_are_written_alike(period, expected):
    text = f"A 60-year-old woman was seen in November 2020 with a sarcoma of the thigh. Doxorubicin {period}."
    assert [(f.event, str(f.when)) for f in of(Treatment, text)] == expected
