"""Published case reports as they word things. Sentences of our own, read by hand."""

from __future__ import annotations

import pytest

from caseboard.case import (
    AdverseEvent,
    Alteration,
    Demographics,
    Diagnosis,
    Document,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.case.dates import Offset
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a lung tumour. "
TREATED = PATIENT + "Erlotinib was started in April 2019. "


def of(text, kind, start=PATIENT):
    return read(Document(name="row", text=start + text)).of(kind)


BEGUN = [
    (
        "Compassionate use of brigatinib, 180 mg o.d., was approved and treatment was started on 4 June 2019.",
        [("start", ("brigatinib",), "180 mg o.d.", "2019-06-04")],
    ),
    ("Compassionate use of brigatinib was approved in June 2019 and treatment was discussed.", []),
    (
        (
            "In May 2019 the board advised selpercatinib (160 mg twice a day), "
            "which Mrs. K. has been taking since 4 June 2019."
        ),
        [("start", ("selpercatinib",), "160 mg twice a day", "2019-06-04")],
    ),
    (
        "In June 2019 axitinib (5 mg twice daily) achieved stable disease.",
        [("start", ("axitinib",), "5 mg twice daily", "2019-06")],
    ),
    ("In trials of axitinib (5 mg twice daily) the drug achieved responses in 20 %.", []),
    (
        "Sunitinib 50 mg was started in May 2019. In June 2019 the dose was reduced to 37.5 mg daily.",
        [
            ("start", ("sunitinib",), "50 mg", "2019-05"),
            ("change", ("sunitinib",), "37.5 mg daily", "2019-06"),
        ],
    ),
    (
        "Sunitinib 50 mg was started in May 2019. In July 2019 it was raised to 62.5 mg, to no avail: in October 2019 "
        "the mass had grown.",
        [("start", ("sunitinib",), "50 mg", "2019-05"), ("change", ("sunitinib",), "62.5 mg", "2019-07")],
    ),
    (
        "Dabrafenib and trametinib were started in May 2019. In July 2019 trametinib was paused until recovery in "
        "August 2019, and restarted. In December 2019 both drugs were stopped.",
        [
            ("start", ("dabrafenib", "trametinib"), None, "2019-05"),
            ("stop", ("trametinib",), None, "2019-07"),
            ("resume", ("trametinib",), None, "2019-08"),
            ("stop", ("dabrafenib", "trametinib"), None, "2019-12"),
        ],
    ),
    (
        "Treatment by EWING 2008: VIDE x 6.",
        [("start", VIDE := ("doxorubicin", "etoposide", "ifosfamide", "vincristine"), None, "2019-03")],
    ),
    ("From June 2018 VIDE x 6 was given.", [("start", VIDE, None, "2018-06")]),
    ("CMV reactivation was noted in June 2019.", []),
    (
        "CMV chemotherapy was given in June 2019.",
        [("start", ("cisplatin", "methotrexate", "vinblastine"), None, "2019-06")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BEGUN)
def test_what_was_given_and_at_which_dose(text, expected):
    assert [(f.event, f.agents, f.dose, str(f.when)) for f in of(text, Treatment)] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("In June 2019 erlotinib was withheld for three weeks because of hepatitis.", "hepatitis"),
        ("In June 2019 erlotinib was stopped after 17 cycles.", None),
        ("In June 2019 erlotinib was stopped for hepatitis.", "hepatitis"),
    ],
)
def test_how_long_something_was_given_is_no_reason_to_stop_it(text, reason):
    assert [f.reason for f in of(text, Treatment, TREATED) if f.event == "stop"] == [reason]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Axitinib from May to June 2019 was abandoned on account of grade 3 asthenia.", ("axitinib",)),
        ("In May 2019 cisplatin was begun; a grade 3 nausea was seen.", ("cisplatin",)),
        (
            "In May 2019 cisplatin achieved stable disease for two months at the cost of nausea of grade 2.",
            ("cisplatin",),
        ),
        ("In May 2019 cisplatin was begun after recovery from grade 3 hepatitis.", ("erlotinib",)),
        ("In May 2019 cisplatin was given, with ALT of 300 U/L (grade 3).", ("cisplatin",)),
        ("In May 2019 ALT was 300 U/L (grade 3).", ("erlotinib",)),
        ("Toxicity in May 2019: nausea °II.", ("erlotinib",)),
    ],
)
def test_an_event_is_blamed_on_what_its_sentence_tells_of(text, agents):
    assert [f.agents for f in of(text, AdverseEvent, TREATED)] == [agents]


def test_the_rest_of_a_combination_ends_before_its_maintenance():
    text = (
        "Carboplatin and pemetrexed were given from April 2019. Maintenance "
        "with pemetrexed was continued until June 2019. "
        "In July 2019 docetaxel was started, and grade 2 neuropathy was noted."
    )
    assert [f.agents for f in of(text, AdverseEvent)] == [("docetaxel",)]


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("Toxicity in May 2019: nausea °II, rash °I.", [("nausea", 2), ("rash", 1)]),
        ("In May 2019 there was fever of 38 °C.", []),
        ("In May 2019 he was put on a low-phosphate diet.", []),
        ("In May 2019 hypophosphatemia was noted.", [("hypophosphatemia", None)]),
    ],
)
def test_harm_and_its_grade(text, harms):
    assert [(f.term, f.grade) for f in of(text, AdverseEvent, TREATED) if f.term != "fever"] == harms


SIZES = [
    (
        "MRI showed a 8.4 (CC) x 6.9 (AP) x 6.1 (TR) cm mass of the thigh.",
        [("thigh", None, (84.0, 69.0, 61.0))],
    ),
    ("MRI showed a mass of the thigh of 4.5 cm (AP) × 3.2 cm (TR).", [("thigh", None, (45.0, 32.0))]),
    ("In June 2019 the sum of the longest diameters had fallen from 143 to 51 mm.", []),
    ("Hepatosplenomegaly was noted (liver 4 cm, spleen 6 cm below the costal margin).", []),
    (
        "CT showed metastases (liver 4 cm, spleen 6 cm).",
        [("liver", None, (40.0,)), ("spleen", None, (60.0,))],
    ),
    (
        "CT showed a mass of the left lower lobe of 92 mm and nodules of the right lung of 11 mm. In June 2019 the "
        "pulmonary mass was 43 mm.",
        [
            ("lung lower lobe", "left", (92.0,)),
            ("lung", "right", (11.0,)),
            ("lung lower lobe", "left", (43.0,)),
        ],
    ),
    (
        "MRI showed a calcaneal lesion with soft-tissue component, 61 x 44 mm.",
        [("calcaneus", None, (61.0, 44.0))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIZES)
def test_where_what_was_measured_is(text, expected):
    assert [(f.site, f.laterality, f.diameters_mm) for f in of(text, Lesion)] == expected


def test_what_came_back_in_its_old_place_is_not_where_the_next_words_lead():
    text = (
        "MRI showed a mass of the left temporal lobe of 40 mm. Resection was "
        "done in May 2019. MRI in June 2019 showed a 19 "
        "mm local recurrence plus spread along the right ventricle."
    )
    assert [(f.site, f.diameters_mm) for f in of(text, Lesion)][-1] == ("temporal lobe", (19.0,))


def test_uptakes_of_one_bracket_are_told_in_the_order_of_their_places():
    text = "In June 2019 metastases were found in the sixth rib and the left ilium (SUVmax 5.2 and 4.7)."
    assert [(f.site, f.suv_max) for f in of(text, Lesion)] == [("6th rib", 5.2), ("ilium", 4.7)]


def test_the_length_behind_an_earlier_size_dates_nothing():
    text = "In June 2019 CT showed a nodule of 21 mm in the left upper lobe vs 12 mm one year earlier."
    assert [str(f.when) for f in of(text, Lesion)] == ["2019-06"]


def test_what_is_gone_ends_where_another_thing_is_measured():
    text = (
        "CT showed a liver lesion of 30 mm and an adrenal mass of 40 mm. In "
        "June 2019 CT showed disappearance of the liver "
        "lesion, and a 12 mm adrenal residue."
    )
    assert [(f.site, f.state) for f in of(text, Lesion)][2:] == [
        ("liver", "absent"),
        ("adrenal gland", "present"),
    ]


@pytest.mark.parametrize(
    "written", ["ETV6(5)-NTRK3(15)", "ETV6 (E5)-NTRK3 (E15)", "ETV6(exon 5)::NTRK3(exon 15)"]
)
def test_exons_in_brackets_part_no_fusion(written):
    assert [(f.gene5, f.gene3) for f in of(f"NGS found a {written} fusion.", Alteration)] == [
        ("ETV6", "NTRK3")
    ]


def test_a_transcript_that_became_undetectable_is_negative():
    text = "In June 2019 NPM1-ALK transcripts became undetectable by RT-PCR."
    assert [(f.target, f.result) for f in of(text, Test)] == [("ALK", "negative")]


def test_a_disease_refractory_to_radioiodine_was_not_irradiated_then():
    assert of("In June 2019 the disease became radioiodine-refractory.", Treatment) == ()
    assert len(of("In June 2019 he received radioiodine.", Treatment)) == 1


def test_an_operation_that_follows_in_a_note_has_its_day():
    text = "Treatment: carboplatin x 4, then below-knee amputation on 4 June 2019."
    done = [(f.procedure, str(f.when)) for f in of(text, Treatment) if f.modality == "surgery"]
    assert done == [("below-knee amputation", "2019-06-04")]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Lomustine was given once, and he passed away on 4 June 2019.", True),
        ("Once he passed away, the family would be told.", False),
    ],
)
def test_what_was_given_once_is_no_condition(text, dead):
    assert ("dead" in [f.vital for f in of(text, Outcome)]) == dead


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("A 10-year-and-8-month-old girl", 10.67),
        ("A boy aged 2 years and 3 months", 2.25),
        ("A 2 years 3 months old boy", 2.25),
        ("A 52-year-old woman with a 3-month history of pain", 52),
    ],
)
def test_years_and_months_are_one_age(written, age):
    assert [f.age_years for f in of(f"{written} was referred.", Demographics, "")] == [age]


def test_who_is_described_by_others_is_no_patient_of_the_text():
    text = "In June 2019 he was well. Smith et al3 described a 23-year-old woman with a sarcoma."
    assert len(of(text, Demographics)) == 1


def test_on_admission_is_when_the_patient_came_to_the_authors():
    text = (
        "A clinic saw a man of 50 in March 2019, who was referred to our "
        "hospital the following month. On admission Hb was 9 g/dL."
    )
    assert [str(f.when) for f in of(text, Lab, "")] == ["2019-04"]


def test_nothing_is_counted_from_a_treatment_of_unknown_time():
    text = (
        "A man of 50 had a liver mass. Gemcitabine was begun 3 weeks after presentation. He progressed after 6 cycles. "
        "Pemigatinib was then started. Pain resolved within 2 weeks. CT at 8 weeks showed a partial response. "
        "He died 34 months after diagnosis."
    )
    told = {f.category: f.when for f in of(text, Response, "")}
    assert told["PD"] == Offset(21, 21, 1020)
    assert told["PR"] == Offset(77, 77, 1020)  # pemigatinib was begun on day 21 at the earliest


def test_metastases_that_a_scan_uncovered_are_progression():
    assert [
        f.category for f in of("In June 2019 CT uncovered five liver metastases.", Response, TREATED)
    ] == ["PD"]


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("In May 2019 hypothyroidism (TSH 18.6 µIU/mL) was noticed.", [("hypothyroidism", None)]),
        ("In May 2019 hypothyroidism (TSH 18.6 µIU/mL) had been ruled out.", []),
        ("In May 2019 the blood pressure rose to 178/104 mmHg (grade 3).", [("hypertension", 3)]),
        ("In May 2019 the blood pressure was 118/74 mmHg. Nausea (grade 1) was noted.", [("nausea", 1)]),
        (
            "In May 2019 AST and ALT reached 312 and 405 IU/L, respectively (CTCAE ver. 4.0 grade 3).",
            [("ast increased", 3), ("alt increased", 3)],
        ),
        ("Febrile neutropenia after cycle 1 and 3.", [("febrile neutropenia", None)]),
    ],
)
def test_harm_told_with_its_value(text, harms):
    assert [(f.term, f.grade) for f in of(text, AdverseEvent, TREATED)] == harms


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In May 2019 creatinine increased mildly from 84 to 118 µmol/L.", [("creatinine", 118.0)]),
        ("In May 2019 the creatinine level had settled at 1.5 mg/dl.", [("creatinine", 1.5)]),
        ("In May 2019 CEA had plateaued at 12 ng/mL.", [("CEA", 12.0)]),
    ],
)
def test_how_a_value_came_about(text, values):
    assert [(f.analyte, f.value) for f in of(text, Lab)] == values


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("In June 2019 it was lowered to 100 mg owing to rash.", [("100 mg", "rash")]),
        ("In June 2019 the marker was lowered to 100 U/L.", []),
        (
            "In June 2019 it was lowered to 100 mg because of rash and restarted at 150 mg.",
            [("100 mg", "rash")],
        ),
    ],
)
def test_a_drug_told_as_it_is_given_at_another_dose(text, change):
    assert [(f.dose, f.reason) for f in of(text, Treatment, TREATED) if f.event == "change"] == change


def test_a_response_that_held_is_one_more():
    text = "PET in June 2019 showed a complete metabolic response, persisting in May 2020."
    told = [(f.category, str(f.when)) for f in of(text, Response, TREATED)]
    assert told == [("CR", "2019-06"), ("CR", "2020-05")]


def test_a_dose_in_a_single_fraction():
    text = "He received radiosurgery (20 Gy in a single fraction) in June 2019."
    assert [f.dose for f in of(text, Treatment)] == ["20 Gy in a single fraction"]


def test_an_operation_of_childhood_makes_no_later_finding_progression():
    text = (
        "A 50-year-old man presented in March 2019. He had undergone appendectomy at the age of 12. "
        "CT showed lung nodules."
    )
    assert [f.category for f in of(text, Response, "")] == []
    assert [f.when.last.year < 1985 for f in of(text, Treatment, "")] == [True]


def test_a_baby_told_of_at_birth_is_of_age_zero_and_counted_from_there():
    text = (
        "A male baby, delivered at term, had a swelling of the leg. By 6 weeks of age the swelling was 8 cm. "
        "A biopsy on day 46 of life was positive for desmin. Vincristine was started at the age of 2 months."
    )
    assert [(f.age_years, f.sex) for f in of(text, Demographics, "")] == [(0.0, "male")]
    assert [str(f.when) for f in of(text, Lesion, "")] == [str(Offset(42))]
    assert [str(f.when) for f in of(text, Test, "")] == [str(Offset(46))]
    assert [str(f.when) for f in of(text, Treatment, "")] == [str(Offset(60))]


def test_dates_are_not_counted_on_from_a_presentation_without_one():
    text = (
        "A woman of 29 had a lump. In June 2018 doxorubicin was started. "
        "In January 2019 lung metastases were found. "
        "Pazopanib 800 mg: progression at 2 months."
    )
    assert all(not isinstance(f.when, Offset) for f in of(text, Response, ""))


def test_what_others_described_is_told_of_nobody_here():
    text = (
        "In June 2019 he was well. Smith et al described a 23-year-old woman "
        "whose sarcoma of 9 cm shrank in May 2012."
    )
    assert of(text, Lesion) == ()


def test_a_label_that_did_not_last_is_no_final_diagnosis():
    text = "The swelling was initially labelled as hemangioma. Biopsy in May 2019 showed an angiosarcoma."
    assert [f.status for f in of(text, Diagnosis)] == ["working", "final"]


def test_the_age_of_a_pregnancy_and_the_scores_of_a_newborn_are_no_times():
    text = (
        "A 34-year-old multigravida, pregnant, presented at 24 weeks' gestation. A girl was born (Apgar 9/10/10). CT "
        "showed a lung mass of 24 mm."
    )
    assert [str(f.when) for f in of(text, Lesion, "")] == [str(Offset(0))]
    assert [f.sex for f in of(text, Demographics, "")] == ["female"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In September 2022 erlotinib was stopped after 24 months.", "2022-09"),
        ("In September 2022 erlotinib was stopped electively after 24 months overall.", "2022-09"),
        ("In May 2020 erlotinib was restarted and stopped after 3 months.", "2020-08"),
    ],
)
def test_how_long_a_drug_was_given_dates_no_end_that_has_its_date(text, day):
    assert [str(f.when) for f in of(text, Treatment, TREATED) if f.event == "stop"] == [day]


@pytest.mark.parametrize(
    ("written", "dose"),
    [
        ("0.032 mg/kg/d", "0.032 mg/kg/d"),
        ("200 mg/m2/dose BID", "200 mg/m2/dose BID"),
        ("2 × 400 mg", "2 × 400 mg"),
    ],
)
def test_doses_as_written(written, dose):
    assert [f.dose for f in of(f"Sorafenib {written} was started in May 2019.", Treatment)] == [dose]


@pytest.mark.parametrize(
    ("written", "value"),
    [("3.2 N", (3.2, "N")), ("3 x ULN", (3.0, "x ULN")), ("32 U/L (N < 40)", (32.0, "U/L"))],
)
def test_a_value_in_times_of_the_normal(written, value):
    assert [(f.value, f.unit) for f in of(f"ALT was {written}.", Lab)] == [value]


def test_sizes_before_their_places_in_brackets_that_name_them():
    text = "CT showed liver lesions (index lesions: 4.4 cm segment 2, 3.7 cm segment 8)."
    assert [(f.site, f.diameters_mm) for f in of(text, Lesion)] == [
        ("liver segment ii", (44.0,)),
        ("liver segment viii", (37.0,)),
    ]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Imatinib 400 mg was trialed in May 2019 with progression.", [("imatinib",)]),
        ("Regorafenib for 4 months: progression.", [("regorafenib",)]),
        ("Sunitinib 37.5 mg daily x 10 weeks, progression.", [("sunitinib",)]),
        ("Regorafenib for 4 months is the standard.", []),
    ],
)
def test_drugs_of_which_a_note_tells_how_long_and_to_what_end(text, agents):
    assert [f.agents for f in of(text, Treatment)] == agents


def test_what_ended_a_drug_in_the_next_clause_was_its_harm():
    text = "Axitinib was used in May 2019; discontinued after 2 doses for rhabdomyolysis."
    assert [f.agents for f in of(text, AdverseEvent, TREATED)] == [("axitinib",)]


def test_operations_of_one_list_are_of_one_day():
    text = "Hysterectomy, oophorectomy, and resection of the sigmoid colon were performed on May 20, 2019."
    assert {str(f.when) for f in of(text, Treatment)} == {"2019-05-20"}


def test_a_month_and_a_year_with_a_point():
    assert [str(f.when) for f in of("03.2021 progression.", Response, TREATED)] == ["2021-03"]
    assert of("The score was 3.2021.", Response, TREATED) == ()


def test_no_visible_tumour_is_no_disease():
    text = "Erlotinib was stopped in May 2020. At the last visit in June 2020 no tumour was visible on MRI."
    assert [f.disease for f in of(text, Outcome, TREATED)] == ["NED"]


def test_the_gut_is_no_grade():
    assert [
        f.grade for f in of("In May 2019 bleeding from the upper GI tract was noted.", AdverseEvent, TREATED)
    ] == [None]
    assert [f.grade for f in of("In May 2019 GII nausea was noted.", AdverseEvent, TREATED)] == [2]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("In May 2019 he was treated with lorlatinib, again with rapid improvement.", "start"),
        ("In May 2019 erlotinib was stopped. In June 2019 erlotinib was started again.", "resume"),
    ],
)
def test_what_came_again_need_not_be_the_drug(text, event):
    assert [f.event for f in of(text, Treatment, TREATED)][-1] == event


def test_a_poor_response_is_no_regression():
    assert of("In May 2019 a poor tumor response was observed.", Response, TREATED) == ()
    assert [f.category for f in of("In May 2019 a good tumor response was observed.", Response, TREATED)] == [
        "MR"
    ]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (
            "Upon multidisciplinary discussion, he was started with 250 mg crizotinib in May 2019.",
            [("crizotinib",)],
        ),
        ("In May 2019 we discussed starting crizotinib.", []),
    ],
)
def test_a_discussion_that_is_over_is_no_plan(text, agents):
    assert [f.agents for f in of(text, Treatment)] == agents


def test_a_paragraph_may_hold_the_headings_of_a_whole_report():
    text = (
        "INTRODUCTION: Stromal tumors are common; a 70-year-old man had one of 9 cm. "
        "CASE DESCRIPTION/METHODS: 60-year-old male presented with pain. CT showed a mass of 33 cm "
        "in the stomach. DISCUSSION: Tumors of 2 cm are rare."
    )
    assert [f.diameters_mm for f in of(text, Lesion, "")] == [(330.0,)]


def test_patients_told_by_their_order_alone():
    text = (
        "Cases. The first patient presented with an oral mass of 75 mm. "
        "The second patient had a right-hand mass of 42 mm. The third patient presented with a "
        "right foot mass of 56 mm."
    )
    assert [(f.patient, f.diameters_mm) for f in of(text, Lesion, "")] == [
        (1, (75.0,)),
        (2, (42.0,)),
        (3, (56.0,)),
    ]


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("CT showed a tumor of the right sector of the liver, measuring 20 × 13 cm.", ["liver"]),
        ("The liver, measuring 20 cm, was enlarged.", []),
        ("Thorax-abdomen-pelvis CT showed an 8 × 4 mm lymph node.", ["lymph node"]),
    ],
)
def test_the_place_of_a_size_and_the_size_of_an_organ(text, sites):
    assert [f.site for f in of(text, Lesion)] == sites


def test_metastases_that_were_discovered_are_progression():
    text = "In June 2019 metastases were discovered in the thoracic vertebra."
    assert [f.category for f in of(text, Response, TREATED)] == ["PD"]
    assert of("In June 2019 no metastases were discovered.", Response, TREATED) == ()


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Without awaiting the genotype, imatinib was started in May 2019.", [("imatinib",)]),
        ("Without imatinib, he did well in May 2019.", []),
    ],
)
def test_what_was_not_awaited_is_no_denial(text, agents):
    assert [f.agents for f in of(text, Treatment)] == agents


def test_the_week_of_a_scan_and_the_primary_of_a_list_of_sizes():
    text = (
        "CT showed a gastric mass of 80 mm. Imatinib was started on 9 July 2019. The 8-week "
        "CT showed progression: primary "
        "99 mm, omental nodules up to 41 mm."
    )
    told = [(f.site, f.diameters_mm, str(f.when)) for f in of(text, Lesion)]
    assert told[1:] == [("stomach", (99.0,), "2019-09-03"), ("omentum", (41.0,), "2019-09-03")]


def test_the_date_behind_an_event_is_that_of_what_it_required():
    text = "Pneumonitis (January 2020) required prednisolone, and erlotinib was stopped."
    assert {str(f.when) for f in of(text, Treatment, TREATED) if "erlotinib" not in f.agents} == {"2020-01"}


def test_a_change_and_a_stop_of_one_sentence_have_each_their_day_and_reason():
    text = (
        "Cabozantinib 140 mg was started in May 2019, reduced to 60 mg in June 2019 and "
        "stopped in July 2019 for rash."
    )
    told = [(f.event, f.reason, str(f.when)) for f in of(text, Treatment)]
    assert ("change", None, "2019-06") in told
    assert ("stop", "rash", "2019-07") in told


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Phosphate was 0.41 mmol/L, 1,25-dihydroxyvitamin D 28 pmol/L.", [("phosphate", 0.41)]),
        ("Phosphate was 1.25 mmol/L.", [("phosphate", 1.25)]),
    ],
)
def test_the_numbers_of_a_name_are_no_value(text, values):
    assert [(f.analyte, f.value) for f in of(text, Lab) if f.analyte == "phosphate"] == values


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("MRI in June 2019 showed a local recurrence of 42 mm invading the rib.", "thigh"),
        ("MRI in June 2019 showed a local recurrence of 42 mm in the rib.", "rib"),
    ],
)
def test_a_local_recurrence_is_where_the_tumour_was(text, site):
    start = PATIENT + "MRI showed a mass of the thigh of 50 mm. It was resected in May 2019. "
    assert [f.site for f in of(text, Lesion, start) if f.diameters_mm == (42.0,)] == [site]


def test_what_is_positive_behind_another_negative_name():
    assert ("FGFR1", "negative") not in [
        (f.target, f.result) for f in of("A NUT-negative, FGFR1-rearranged tumour.", Test)
    ]


def test_a_complaint_that_gets_worse_is_no_progression():
    assert (
        of("With progression of the cognitive impairment in May 2019 it was stopped.", Response, TREATED)
        == ()
    )
    assert (
        len(of("With progression of the liver lesions in May 2019 it was stopped.", Response, TREATED)) == 1
    )


def test_brackets_between_a_procedure_and_its_verb():
    text = "Chemoembolisation (beads, 75 mg) was carried out on 12 April 2019."
    assert [(f.modality, str(f.when)) for f in of(text, Treatment)] == [("ablation", "2019-04-12")]


def test_the_dose_told_behind_red_cells_is_that_of_the_drug():
    text = "In May 2019 2 u PRBC were transfused, dose reduced to 120 mg BID."
    told = [(f.event, f.agents, f.dose) for f in of(text, Treatment, TREATED)]
    assert ("change", ("erlotinib",), "120 mg BID") in told
    assert ("done", ("red blood cells",), None) in told


def test_a_day_is_counted_from_the_beginning_told_in_its_sentence():
    text = "Erdafitinib was started on 17 August 2020; phosphate rose to 2.1 mmol/L by day 14."
    assert [str(f.when) for f in of(text, Lab, TREATED)] == ["2020-08-31"]


def test_what_began_and_ended_in_a_sentence_stops_nothing_else():
    text = "Selitrectinib (LOXO-195) 100 mg BID 20 May 2019 - February 2020; ataxia, dose held 1 week."
    told = [(f.event, f.agents, f.dose) for f in of(text, Treatment, TREATED)]
    assert ("start", ("selitrectinib",), "100 mg BID") in told
    assert ("stop", ("erlotinib",), None) not in told


def test_the_headings_of_one_journal_part_the_case_from_its_lessons():
    text = (
        "Rationale: Crizotinib 250 mg has been used.\nPatient concerns: A 33-year-old man presented with hematuria.\n"
        "Diagnoses: CT showed a mass of 56 mm of the bladder.\nInterventions: Crizotinib was "
        "started on 20 January 2020.\n"
        "Outcomes: He is alive without disease 24 months after the start of crizotinib.\n"
        "Lessons: In a 14-year-old girl, a tumor of 90 mm shrank."
    )
    assert len(of(text, Demographics, "")) == 1
    assert [f.diameters_mm for f in of(text, Lesion, "")] == [(56.0,)]
    assert [str(f.when) for f in of(text, Outcome, "")] == ["2022-01"]


def test_what_came_after_some_courses_is_not_of_the_day_of_the_first():
    text = (
        "Doxorubicin was given from July 2019; after 4 cycles the disease progressed. "
        "Pazopanib was begun in November 2019."
    )
    (told,) = of(text, Response)
    assert (told.category, str(told.when.first), str(told.when.last)) == ("PD", "2019-07-01", "2019-11-30")
    text = "Doxorubicin was given. In July 2019, after 4 cycles, the disease progressed."
    assert [str(f.when) for f in of(text, Response)] == ["2019-07"]


def test_a_recurrence_and_what_its_treatment_did_are_two_responses():
    text = (
        "The tumor recurred in March 2019 and, following 12 weekly doses of paclitaxel, a "
        "complete response was seen. In "
        "November 2019 he was well."
    )
    told = [(f.category, str(f.when.last)) for f in of(text, Response, TREATED)]
    assert told == [("PD", "2019-03-31"), ("CR", "2019-11-30")]


def test_metastases_that_appeared_are_progression():
    assert [f.category for f in of("Lung metastases appeared in June 2019.", Response, TREATED)] == ["PD"]
    assert (
        of("The known lung metastases appeared unchanged in June 2019.", Response, TREATED)[0].category
        == "SD"
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A man of 50, irradiated 38 years earlier, presented with a thyroid mass of 30 mm.", "0"),
        (
            "A 50-year-old man with a seminoma treated at age 30 was found to have a thyroid mass of 30 mm.",
            "0",
        ),
        (
            "A 50-year-old man who three years earlier presented with a thyroid mass of 30 mm was treated.",
            "-1095",
        ),
        (
            "A 50-year-old man had noticed swelling 3 months earlier and presented with a thyroid mass of 30 mm.",
            "-90",
        ),
    ],
)
def test_a_patient_with_a_past_came_on_the_day_of_the_story(text, first):
    (mass,) = of(text, Lesion, "")
    assert str(mass.when.days) == first


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Sequencing showed a NAB2ex6-STAT6ex17 fusion.", [("NAB2", "STAT6")]),
        ("Sequencing showed an ETV6ex5::NTRK3ex15 fusion.", [("ETV6", "NTRK3")]),
        ("The cells were grown in RPMI1640-HEPES2 and frozen.", []),
    ],
)
def test_exons_glued_to_both_genes_of_a_fusion(text, pairs):
    assert [(f.gene5, f.gene3) for f in of(text, Alteration)] == pairs
