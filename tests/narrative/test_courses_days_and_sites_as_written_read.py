"""Courses, days, sites and findings as reports and letters of several countries write them. Rows are ours.

The constructions are those of published case reports and of clinic letters; patients, drugs and dates are ours.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Alteration, Diagnosis, Lab, Lesion, Response, Test, Treatment
from caseboard.narrative import read

SARCOMA = "A 50-year-old man was diagnosed with sarcoma of the thigh in March 2021. "
IMATINIB = SARCOMA + "On 3 May 2022 imatinib 400 mg was started. "


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


def courses(text):
    """Return event, agents, date and dose of each drug treatment."""
    return [(f.event, "+".join(f.agents), str(f.when), f.dose) for f in of(Treatment, text) if f.agents]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The induction according to the rapid COJEC protocol (vincristine, carboplatin, etoposide, cisplatin, "
            "cyclophosphamide) was started on 14 February 2022.",
            [
                (
                    "start",
                    "carboplatin+cisplatin+cyclophosphamide+etoposide+vincristine",
                    "2022-02-14",
                    None,
                )
            ],
        ),
        (
            "VAC (vincristine 1.5 mg/m2, dactinomycin 0.045 mg/kg, cyclophosphamide 1.2 g/m2) was started on "
            "14 February 2022.",
            [
                (
                    "start",
                    "cyclophosphamide+dactinomycin+vincristine",
                    "2022-02-14",
                    "vincristine 1.5 mg/m2, dactinomycin 0.045 mg/kg, cyclophosphamide 1.2 g/m2",
                )
            ],
        ),
        (
            "The committee decided neoadjuvant chemotherapy with epirubicin 60 mg/m2, which began on 2 July 2022.",
            [("start", "epirubicin", "2022-07-02", "60 mg/m2")],
        ),
        (
            "On 14 March 2022 CT showed progression. As a trial was not open at that time, she received pemetrexed "
            "(500 mg/m2, d1) plus cisplatin (75 mg/m2, d1), q21d, from 24 March 2022.",
            [("start", "cisplatin+pemetrexed", "2022-03-24", "pemetrexed 500 mg/m2, cisplatin 75 mg/m2")],
        ),
        (
            "On 14 March 2022 CT showed progression. Lorlatinib (100 mg qd), which was bought abroad, was used as "
            "third line from 1 July 2022 in place of crizotinib.",
            [("start", "lorlatinib", "2022-07-01", "100 mg qd")],
        ),
        (
            "On 14 March 2022 CT showed progression. He took part in a trial of taletrectinib, and began to take "
            "taletrectinib 600 mg qd on 8 April 2022.",
            [("start", "taletrectinib", "2022-04-08", "600 mg qd")],
        ),
        (
            "She was enrolled in a trial of taletrectinib, and taletrectinib 600 mg qd was started on 8 April 2022.",
            [("start", "taletrectinib", "2022-04-08", "600 mg qd")],
        ),
        (
            "In July 2022 he began vinorelbine-sparing salvage therapy with temozolomide.",
            [("start", "temozolomide", "2022-07", None)],
        ),
        (
            "High-dose busulfan-melphalan followed by autologous stem cell rescue took place on 15 July 2022.",
            [("start", "busulfan+melphalan", "2022-07-15", None)],
        ),
        (
            "TCH (docetaxel 75 mg/m2, carboplatin AUC6, trastuzumab 8→6 mg/kg) was given from 27 January 2022.",
            [
                (
                    "start",
                    "carboplatin+docetaxel+trastuzumab",
                    "2022-01-27",
                    "docetaxel 75 mg/m2, carboplatin AUC6, trastuzumab 8→6 mg/kg",
                )
            ],
        ),
        (
            "Imatinib was proposed and started on 3 May 2022.",
            [("start", "imatinib", "2022-05-03", None)],
        ),
        ("On 18 November 2022 he got 48 Mio. IE of it.", []),
    ],
)
def test_regimens_keep_their_drugs_doses_and_day(sentence, expected):
    assert courses(SARCOMA + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In June 2022 her periods ceased, which was blamed on imatinib.", []),
        (
            "Imatinib was cut to 300 mg six weeks in for nausea.",
            [("change", "imatinib", "2022-06-14", "300 mg")],
        ),
        (
            "In August 2022 pneumonitis was diagnosed. Imatinib was interrupted, and one month later imatinib was "
            "reintroduced at 300 mg.",
            [("stop", "imatinib", "2022-08", None), ("resume", "imatinib", "2022-09", "300 mg")],
        ),
        (
            "In September 2022 CT showed progression. Imatinib was stopped, and on 10 October 2022 he began pazopanib.",
            [("stop", "imatinib", "2022-09", None), ("start", "pazopanib", "2022-10-10", None)],
        ),
        (
            "In June 2022 radiotherapy was given and imatinib was stopped on 14 October 2022.",
            [("stop", "imatinib", "2022-10-14", None)],
        ),
    ],
)
def test_what_befalls_a_drug_is_told_of_that_drug(sentence, expected):
    assert courses(IMATINIB + sentence)[1:] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In June 2022 it was increased to 600 mg without recurrence.", []),
        ("In June 2022 MRI showed a metastasis and imatinib was continued beyond progression.", []),
        (
            "On 22 October 2022, after 2 cycles, CT showed that it shrank, and efficacy was evaluated as PR (Fig. 3).",
            [("PR", "2022-10-22")],
        ),
        (
            "On 8 March 2023 CT showed progression with a new nodule in the right middle lobe. RLL nodule unchanged "
            "at 5 mm.",
            [("PD", "2023-03-08")],
        ),
        (
            "On 9 August 2022 stable disease was documented, but on 14 October 2022 CT showed a 23 mm nodule in the "
            "liver.",
            [("SD", "2022-08-09"), ("PD", "2022-10-14")],
        ),
        (
            "A response was maintained until September 2022, sixteen weeks from the beginning, when CT showed growth "
            "of the liver metastasis (41 mm).",
            [("PD", "2022-09")],
        ),
        (
            "On 12 June 2022 pazopanib was added, but after three cycles (August 2022) there was progression.",
            [("PD", "2022-08")],
        ),
        ("CT 17 August 2022 without sign for recurrence.", [("NED", "2022-08-17")]),
    ],
)
def test_responses_are_of_the_tumour_and_of_their_day(sentence, expected):
    told = of(Response, IMATINIB + sentence)
    assert sorted((f.category, str(f.when)) for f in told) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SARCOMA + "Colonoscopy showed a stenosing tumour at 28 cm from the anal verge.", []),
        (
            SARCOMA + "On 3 May 2022 it was resected; margins were microscopically negative (closest, 1 mm).",
            [],
        ),
        (
            SARCOMA + "In August 2022 CT found, in the liver, a 23 mm mass.",
            [("liver", (23.0,), "present", "2022-08")],
        ),
        (
            SARCOMA + "In August 2022 a mass, approximately 23 mm, was noted in the liver.",
            [("liver", (23.0,), "present", "2022-08")],
        ),
        (
            SARCOMA + "In August 2022 a 3 cm liver mass was not biopsied.",
            [("liver", (30.0,), "present", "2022-08")],
        ),
        (
            SARCOMA
            + "In May 2022 a lesion of 23 mm was seen in the left frontal lobe. In June 2022 the frontal "
            "lesion measured 6 mm and in September 2022 it was not visualized anymore.",
            [
                ("frontal lobe", (23.0,), "present", "2022-05"),
                ("frontal lobe", (6.0,), "present", "2022-06"),
                ("frontal lobe", (), "absent", "2022-09"),
            ],
        ),
        (
            SARCOMA
            + "On 3 May 2022 a 2 cm lung nodule was seen. Plasma cfDNA detected the VCL-RET fusion; it was "
            "undetectable at 3 months.",
            [("lung", (20.0,), "present", "2022-05-03")],
        ),
        (
            SARCOMA
            + "On 3 May 2022 a 2 cm lung nodule was seen. In June 2022 the lung nodules were smaller or gone.",
            [("lung", (20.0,), "present", "2022-05-03")],
        ),
        (
            SARCOMA
            + "On 2 November 2022 he was operated on. Histology: pT4a pN2a (5/23), R0, tumour 62 mm. CT in "
            "February 2023 showed a liver lesion of 12 mm.",
            [("thigh", (62.0,), "present", "2022-11-02"), ("liver", (12.0,), "present", "2023-02")],
        ),
    ],
)
def test_lesions_are_what_was_measured_there_and_then(text, expected):
    told = [f for f in of(Lesion, text) if f.diameters_mm or f.state == "absent"]
    assert [(f.site, f.diameters_mm, f.state, str(f.when)) for f in told] == expected


def test_days_of_one_row_count_from_one_start():
    text = (
        SARCOMA
        + "On 5 September 2022 regorafenib was started. On day 16 a grade 2 rash appeared, on day 20 ALT was "
        "212 U/L and on day 30 the drug was stopped."
    )
    assert [str(f.when) for f in of(AdverseEvent, text)] == ["2022-09-20"]
    assert [str(f.when) for f in of(Lab, text)] == ["2022-09-24"]
    assert [str(f.when) for f in of(Treatment, text)] == ["2022-09-05", "2022-10-04"]


def test_a_day_of_a_row_is_none_before_the_story():
    text = (
        SARCOMA
        + "C1 of nivolumab was given on 26 September 2022. Methylprednisolone was commenced on 8 November 2022. "
        "Bilirubin climbed to 96 umol/L by day 5."
    )
    assert [str(f.when) for f in of(Lab, text)] == ["2022-11-12"]


def test_weeks_of_treatment_in_brackets_date_the_sentence():
    text = IMATINIB + "At the end of cycle 4 (week 12 of therapy), MRI showed a 14 mm lesion in the liver."
    assert [str(f.when) for f in of(Lesion, text)] == ["2022-07-26"]


def test_a_discharge_letter_examines_on_admission():
    text = (
        "DISCHARGE SUMMARY\n\nAdmitted: 08/11/2023     Discharged: 24/11/2023\n\nThis 57 year old gentleman with "
        "metastatic melanoma was admitted with hepatitis.\n\nOn examination: Palpable right axillary node about 2 cm.\n"
    )
    assert [str(f.when) for f in of(Lesion, text)] == ["2023-11-08"]


@pytest.mark.parametrize(
    "sentence",
    [
        "He never had hypertension.",
        "In June 2022 PJP prophylaxis was given.",
        "In June 2022 thrombosis prevention was advised.",
    ],
)
def test_harm_that_never_came_is_none(sentence):
    assert of(AdverseEvent, IMATINIB + sentence) == ()


def test_harm_related_to_a_named_drug_is_harm_whatever_the_symptom():
    told = of(AdverseEvent, IMATINIB + "In August 2022 imatinib-related diarrhea was diagnosed.")
    assert [(f.term, f.agents, str(f.when)) for f in told] == [("diarrhea", ("imatinib",), "2022-08")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In June 2021 the working diagnosis was synovial sarcoma.", [("synovial sarcoma", "working")]),
        ("In June 2021 the diagnosis of synovial sarcoma was rejected.", []),
        (
            "In June 2021 biopsy showed synovial sarcoma and metastases were not found.",
            [("synovial sarcoma", "final")],
        ),
        (
            "Pazopanib was stopped because of toxicity, and in June 2021 synovial sarcoma was diagnosed.",
            [("synovial sarcoma", "final")],
        ),
    ],
)
def test_a_diagnosis_has_the_standing_that_it_is_told_with(sentence, expected):
    text = "A 50-year-old man presented with a mass of the left thigh in March 2021. " + sentence
    assert [(f.term, f.status) for f in of(Diagnosis, text)] == expected


def test_the_name_that_a_later_biopsy_gives_a_sarcoma_is_no_progression():
    text = IMATINIB + (
        "On 9 August 2022 biopsy confirmed synovial sarcoma, and on 14 October 2022 a metastasis of 14 mm was found "
        "in the left adrenal gland."
    )
    assert ("synovial sarcoma", "final") in [(f.term, f.status) for f in of(Diagnosis, text)]
    assert "2022-08-09" not in [str(f.when) for f in of(Response, text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "He underwent nephrectomy on 9 August 2022 and pazopanib was started on 14 October 2022.",
            [("nephrectomy", "2022-08-09")],
        ),
        (
            "In May 2022 he underwent nephrectomy and adjuvant chemotherapy was not recommended.",
            [("nephrectomy", "2022-05")],
        ),
        ("Treatment consisted of wide excision on 4 June 2022.", [("wide excision", "2022-06-04")]),
        (
            "Hemipelvectomy was offered and carried out on 4 June 2022.",
            [("hemipelvectomy", "2022-06-04")],
        ),
        ("After refusing amputation he was not operated on.", []),
    ],
)
def test_operations_have_their_own_name_and_day(sentence, expected):
    told = [f for f in of(Treatment, SARCOMA + sentence) if f.modality == "surgery"]
    assert [(f.procedure, str(f.when)) for f in told] == expected


def test_a_poor_candidate_has_his_mutation_all_the_same():
    told = of(Alteration, SARCOMA + "In May 2022: not a resection candidate with BRAF V600E mutation.")
    assert [f.gene for f in told] == ["BRAF"]


LINES = [
    ("start", "doxorubicin", "2020-01"),
    ("stop", "doxorubicin", "2020-05"),
    ("start", "pazopanib", "2020-06"),
    ("stop", "pazopanib", "2021-03"),
    ("start", "trabectedin", "2021-04"),
]


@pytest.mark.parametrize(
    "told",
    [
        "From January 2020 to May 2020 doxorubicin was administered; from June 2020 to March 2021 pazopanib was "
        "administered; from April 2021 trabectedin was administered.",
        "Between January and May 2020 he was treated with doxorubicin, between June 2020 and March 2021 with "
        "pazopanib, and "
        "from April 2021 with trabectedin.",
        "Treatment: doxorubicin from January 2020 until May 2020, then pazopanib from June 2020 until March 2021, "
        "then trabectedin since April 2021.",
        "Doxorubicin was started in January 2020 and stopped in May 2020; pazopanib was started in June 2020 and "
        "stopped in March 2021; trabectedin was started in April 2021.",
        "Doxorubicin 01/2020-05/2020, pazopanib 06/2020-03/2021, trabectedin 04/2021-present.",
        "1st line: doxorubicin 01/2020-05/2020; 2nd line: pazopanib 06/2020-03/2021; 3rd line: trabectedin since "
        "04/2021.",
        "\n1. doxorubicin 01/2020-05/2020\n2. pazopanib 06/2020-03/2021\n3. trabectedin 04/2021-ongoing\n",
        "\n- doxorubicin: 01/2020 - 05/2020\n- pazopanib: 06/2020 - 03/2021\n- trabectedin: 04/2021 to date\n",
    ],
)
def test_each_line_of_treatment_has_its_own_period(told):
    text = "A 50-year-old man was diagnosed with sarcoma of the thigh in March 2019. " + told
    assert sorted(c[:3] for c in courses(text)) == sorted(LINES)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "First-line doxorubicin was given from January 2020 to May 2020, second-line pazopanib until March 2021.",
            ("start", "pazopanib", "None"),
        ),
        (
            "Following progression on doxorubicin in May 2020, he was switched to pazopanib in June 2020.",
            ("start", "doxorubicin", "None"),
        ),
        (
            "He received doxorubicin for six cycles and subsequently pazopanib from June 2020.",
            ("start", "doxorubicin", "None"),
        ),
    ],
)
def test_a_line_without_a_day_of_its_own_takes_none_from_the_next(told, expected):
    text = (
        "A 50-year-old man was diagnosed with sarcoma of the thigh in March 2019. He was operated on. " + told
    )
    assert expected in [c[:3] for c in courses(text)]


SIZES = [((12.0,), "2022-05"), ((15.0,), "2022-08"), ((20.0,), "2023-01")]


@pytest.mark.parametrize(
    "told",
    [
        "The right upper lobe nodule measured 12 mm in May 2022, 15 mm in August 2022 and 20 mm in January 2023.",
        "The nodule in the right upper lobe increased from 12 mm in May 2022 to 15 mm in August 2022 and 20 mm in "
        "January 2023.",
        "In May 2022 CT showed a 12 mm nodule in the right upper lobe. In August 2022 it measured 15 mm. In January "
        "2023 it was 20 mm.",
        "RUL nodule: 12 mm (May 2022), 15 mm (August 2022), 20 mm (January 2023).",
    ],
)
def test_a_series_of_sizes_has_a_day_for_each(told):
    assert sorted((f.diameters_mm, str(f.when)) for f in of(Lesion, SARCOMA + told)) == SIZES


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The liver metastasis shrank from 5.0 cm (May 2022) to 2.3 cm (August 2022).", [("MR", "2022-08")]),
        ("The liver nodule increased from 12 mm in May 2022 to 15 mm in August 2022.", [("PD", "2022-08")]),
        (
            "SD (May 2022), PR (August 2022), PD (January 2023).",
            [("SD", "2022-05"), ("PR", "2022-08"), ("PD", "2023-01")],
        ),
    ],
)
def test_a_change_is_of_the_day_that_it_came_to(told, expected):
    text = SARCOMA + "In April 2022 pazopanib was started. " + told
    assert [(f.category, str(f.when)) for f in of(Response, text)] == expected


@pytest.mark.parametrize(
    "told",
    [
        "In August LDH was 450 U/L, in October 520 U/L.",
        "LDH was 450 U/L in August 2022. In October it was 520 U/L.",
        "LDH was 450 U/L in August 2022 and 520 U/L in October 2022.",
    ],
)
def test_the_next_value_of_an_analyte_needs_no_name(told):
    text = SARCOMA + "Pazopanib was started in May 2022. " + told
    assert [(f.analyte, f.value, str(f.when)) for f in of(Lab, text)] == [
        ("LDH", 450.0, "2022-08"),
        ("LDH", 520.0, "2022-10"),
    ]


def test_a_relapse_told_after_a_specimen_is_not_seen_in_it():
    text = SARCOMA + (
        "On 9 July 2021 it was resected. Histology showed a tumor of 47 mm.\n\n"
        "First and only relapse. CT, 3 December 2022: a left paraspinal mass."
    )
    assert {(f.category, f.modality) for f in of(Response, text)} == {("PD", None), ("PD", "imaging")}


CRIZOTINIB = SARCOMA + "Crizotinib was started on 14 October 2021. "


@pytest.mark.parametrize(
    "told",
    [
        "CT on 3 January 2022 showed that the liver metastasis had shrunk from 42 mm in October 2021 to 18 mm.",
        "On 3 January 2022 CT showed a decrease of the liver metastasis from 42 mm (October 2021) to 18 mm.",
        "On 3 January 2022 the liver metastasis, 42 mm in October 2021, had shrunk to 18 mm.",
        "On 3 January 2022 the liver metastasis had shrunk to 18 mm from 42 mm in October 2021.",
        "The liver metastasis had shrunk from 42 mm in October 2021 to 18 mm on 3 January 2022.",
    ],
)
def test_the_day_of_a_former_size_dates_nothing_else(told):
    text = CRIZOTINIB + told
    sizes = {(f.diameters_mm[0], str(f.when)) for f in of(Lesion, text)}
    assert sizes == {(42.0, "2021-10"), (18.0, "2022-01-03")}
    assert [(f.category, str(f.when)) for f in of(Response, text)] == [("MR", "2022-01-03")]


@pytest.mark.parametrize(
    "told",
    [
        "On 3 January 2022 LDH had fallen from 450 U/L in October 2021 to 200 U/L.",
        "LDH had fallen from 450 U/L in October 2021 to 200 U/L on 3 January 2022.",
        "On 3 January 2022 LDH was 200 U/L (450 U/L in October 2021).",
    ],
)
def test_the_day_of_a_former_value_is_its_own(told):
    values = {(f.value, str(f.when)) for f in of(Lab, CRIZOTINIB + told)}
    assert values == {(450.0, "2021-10"), (200.0, "2022-01-03")}


@pytest.mark.parametrize(
    "told",
    [
        "In January 2022 the dose was reduced to 200 mg from 250 mg in October 2021.",
        "Crizotinib was reduced from 250 mg in October 2021 to 200 mg in January 2022.",
    ],
)
def test_a_dose_changes_on_the_day_of_the_new_one(told):
    changes = [(f.dose, str(f.when)) for f in of(Treatment, CRIZOTINIB + told) if f.event == "change"]
    assert changes == [("200 mg", "2022-01")]


@pytest.mark.parametrize(
    "told",
    [
        "On 3 January 2022 the sum of target lesions had decreased from 142 mm in October 2021 to 80 mm.",
        "On 3 January 2022 the sum of target lesions had decreased from 142 mm to 80 mm.",
    ],
)
def test_a_sum_of_diameters_is_no_lesion(told):
    assert not [f.diameters_mm for f in of(Lesion, CRIZOTINIB + told) if f.diameters_mm]


@pytest.mark.parametrize(
    "then",
    ["42 mm in October 2021", "42 mm, October 2021", "42 mm October 2021", "was 42 mm in October 2021"],
)
def test_a_former_size_in_brackets_has_its_own_day(then):
    text = CRIZOTINIB + f"On 3 January 2022 the liver metastasis measured 18 mm ({then})."
    sizes = [(f.diameters_mm[0], str(f.when)) for f in of(Lesion, text)]
    assert (18.0, "2022-01-03") in sizes
    assert set(sizes) <= {(42.0, "2021-10"), (18.0, "2022-01-03")}


def test_a_size_that_is_now_another_has_its_own_day():
    text = (
        CRIZOTINIB + "On 3 January 2022 the adrenal lesion, which was 17 mm in December 2021, is now 11 mm."
    )
    assert (11.0, "2022-01-03") in [(f.diameters_mm[0], str(f.when)) for f in of(Lesion, text)]


LUNG = "47-year-old man, lung adenocarcinoma. Dx: 02/2021. "


@pytest.mark.parametrize("told", ["BR: PR (RUL 4.1 -> 2.3 cm).", "BR PR.", "BR = PR."])
def test_a_best_response_in_two_letters_is_no_regimen(told):
    case = read(Document("row", LUNG + "Pemetrexed/pembrolizumab 04/2021-07/2021, " + told))
    assert {f.agents for f in case.of(Treatment)} == {("pembrolizumab", "pemetrexed")}
    assert [f.category for f in case.of(Response)] == ["PR"]


@pytest.mark.parametrize("told", ["PD brain (max 11 mm).", "progression in the brain (11 mm)."])
def test_what_ends_a_period_is_of_its_end(told):
    case = read(Document("row", LUNG + "Maintenance pemetrexed until 01/2022, " + told))
    assert [(f.category, str(f.when)) for f in case.of(Response)] == [("PD", "2022-01")]
    assert [(f.diameters_mm, str(f.when)) for f in case.of(Lesion)] == [((11.0,), "2022-01")]


def test_a_list_is_of_the_method_before_it_where_the_next_has_its_own():
    text = LUNG + "NGS (DNA) neg for EGFR/KRAS/BRAF, ALK/ROS1 IHC neg."
    assert {(f.target, f.method, f.result) for f in of(Test, text)} == {
        ("EGFR", "NGS", "negative"),
        ("KRAS", "NGS", "negative"),
        ("BRAF", "NGS", "negative"),
        ("ALK", "IHC", "negative"),
        ("ROS1", "IHC", "negative"),
    }
