"""Harm, doses and ages that stand beside a drug or a patient and are of something else. Rows are ours, by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Demographics, Diagnosis, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read

THYMUS = "A 44-year-old man with a carcinoma of the thymus received cisplatin and irinotecan in May 2020. "
ILEUM = "F, 56 years, ileal NET with liver metastases. 2020-03-09 177Lu-DOTATATE 7.4 GBq.\n"
LUNG = "A 54-year-old woman with stage IV NSCLC received erlotinib in May 2020. "


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


@pytest.mark.parametrize(
    "told",
    [
        "Treatment for hypertension and diabetes caused by the ectopic ACTH syndrome was initiated.",
        "He was irradiated for spinal cord compression, which had been caused by a metastatic spinal tumor.",
    ],
)
def test_harm_of_the_tumour_is_not_blamed_on_the_drugs(told):
    assert of(AdverseEvent, THYMUS + told) == ()


def test_the_dose_of_a_drug_that_is_not_known_is_not_that_of_the_regimen():
    told = of(Treatment, THYMUS + "The relacorilant dosage was gradually increased from 250 mg/day.")
    assert [(fact.event, fact.agents) for fact in told] == [("start", ("cisplatin", "irinotecan"))]


def test_the_age_of_an_examination_is_not_that_of_the_patient():
    assert [fact.age_years for fact in of(Demographics, ILEUM + "PET >2 y old.")] == [56]


def test_what_a_question_asks_about_was_not_given():
    told = of(Treatment, ILEUM + "\nQ: next? go on cap/tem vs TAE again")
    assert [fact.agents for fact in told] == [("lutetium Lu 177 dotatate",)]


def test_a_drug_is_added_to_the_one_that_is_named():
    told = ILEUM + "2022-10-10 everolimus 10 mg added to lanreotide.\n2022-10-31 stomatitis G2."
    assert [fact.agents for fact in of(AdverseEvent, told)] == [("everolimus", "lanreotide")]


def test_the_dose_that_an_organ_has_had_is_no_treatment():
    told = "2023-03-13 RT sternum 8 Gy x1.\nDisc: dosimetry kidney 17 Gy cumulative."
    assert [fact.dose for fact in of(Treatment, ILEUM + told) if fact.modality == "radiotherapy"] == [
        "8 Gy x1"
    ]


def test_the_length_of_bowel_that_was_taken_out_is_no_lesion():
    told = of(Lesion, ILEUM + "2018-01-22 lap bowel res 60 cm + mesenteric clearance.")
    assert [fact.diameters_mm for fact in told] == [()]


def test_allergies_in_the_middle_of_a_line_are_no_leukaemia():
    told = "PMHx: appendectomy 2009. MEDS: amlodipine 5 mg OD. ALL: NKDA. FHx: nil"
    assert "CB:ALL" not in [fact.code for fact in of(Diagnosis, ILEUM + told)]


def test_a_region_with_the_date_of_its_scan_is_no_place_of_a_lesion():
    told = of(Lesion, LUNG + "CT chest 25-Jan-2021 was clear apart from a 3 mm LLL nodule.")
    assert [(fact.site, fact.laterality, fact.diameters_mm) for fact in told] == [
        ("lung lower lobe", "left", (3.0,))
    ]


def test_letters_behind_the_age_and_sex_of_a_note_are_its_diagnosis():
    assert [fact.code for fact in of(Diagnosis, "52F MTC. Thyroidectomy 2020-03-13.")] == ["THME"]


def test_who_survived_for_a_time_has_died_on_no_day_that_is_known():
    told = of(Outcome, LUNG + "She survived 14 months following the diagnosis of CNS disease.")
    assert [(fact.vital, fact.when) for fact in told] == [("dead", None)]


def test_progressive_disease_of_a_region_is_progression():
    told = of(Response, LUNG + "One month later, progressive intra-thoracic disease led to cetuximab.")
    assert [(fact.category, str(fact.when)) for fact in told] == [("PD", "2020-06")]


def test_a_procedure_ends_before_the_radiotherapy_beside_it():
    told = of(Treatment, LUNG + "In June 2020 hydrocephalus led to a VP shunt and whole-brain radiotherapy.")
    assert "vp shunt" in [fact.procedure for fact in told]


def test_a_standard_dose_does_not_part_two_drugs():
    told = of(Treatment, LUNG + "In June 2020 she began temozolomide plus standard dose erlotinib.")
    assert told[-1].agents == ("erlotinib", "temozolomide")


DFSP = (
    "A 62-year-old woman with DFSP was treated with imatinib, achieving a partial response. "
    "She underwent wide excision and remains disease-free."
)


def test_the_sentence_that_introduces_a_patient_may_tell_the_response():
    assert [fact.category for fact in of(Response, DFSP)] == ["PR", "NED"]


def test_an_operation_ends_before_what_the_patient_remains():
    assert [fact.procedure for fact in of(Treatment, DFSP) if fact.procedure] == ["wide excision"]


def test_what_a_tumour_is_only_like_is_no_diagnosis():
    told = (
        "34M infantile fibrosarcoma-like NTRK3-rearranged spindle cell tumour. Larotrectinib from 01/03/2022."
    )
    assert "IFS" not in [fact.code for fact in of(Diagnosis, told)]


@pytest.mark.parametrize("told", ["Patient: female, 45 y, ", "Woman (45 y), ", "female patient, 45 y. "])
def test_an_age_may_have_years_in_one_letter(told):
    people = of(Demographics, told + "Serous ovarian carcinoma. Dabrafenib from 20.03.2024.")
    assert [(fact.sex, fact.age_years) for fact in people] == [("female", 45)]


def test_what_an_operation_was_for_is_the_diagnosis_and_no_part_of_its_name():
    story = (
        "A 70-year-old man underwent right hemicolectomy for a pT4aN2b adenocarcinoma of the caecum in 2017. "
        "He was given FOLFOX."
    )
    assert [fact.procedure for fact in of(Treatment, story) if fact.procedure] == ["right hemicolectomy"]
    assert [fact.code for fact in of(Diagnosis, story)] == ["COAD"]  # of the caecum, which is colon


LETTER = (
    "Date of visit: 17-May-2023\nRFR: second relapse of osteosarcoma, advice re further systemic options.\n\n"
    "Dear Dr. Amin,\n\nHe came to attention in Jan 2021 at age 24. Core bx 29-Jan-2021: high grade osteosarcoma. "
    "You started regorafenib 160 mg on 01-May-2023. "
)


def test_what_a_letter_is_about_is_no_progression_of_the_visit():
    assert of(Response, LETTER) == ()


def test_what_the_patient_could_not_do_denies_no_harm_behind_the_colon():
    told = LETTER + "By day 10 he could not hold a wheel: palmar-plantar erythrodysesthesia Gr 3."
    assert [(fact.term, fact.grade) for fact in of(AdverseEvent, told)] == [
        ("palmar-plantar erythrodysesthesia", 3)
    ]


def test_a_change_that_may_be_considered_was_not_made():
    told = of(Treatment, LUNG + "When the disease progresses, change to osimertinib may be considered.")
    assert [(fact.event, fact.agents) for fact in told] == [("start", ("erlotinib",))]


def test_radiotherapy_that_is_possible_was_not_given():
    told = of(Treatment, LUNG + "SBRT of the adrenal possible (45 Gy/3) but it does not solve the rest.")
    assert [fact.modality for fact in told] == ["systemic"]


def test_a_history_of_days_is_no_former_tumour():
    told = (
        "Mrs B, a 64 y.o. teacher c metastatic clear cell RCC, admitted c 1/52 hx of fatigue. On nivolumab.\n"
    )
    told += "Nephrectomy 27/03/2019 (Mr Sheehy): clear cell RCC, margins clear."
    assert [(fact.code, fact.status, str(fact.when)) for fact in of(Diagnosis, told)] == [
        ("CCRCC", "final", "2019-03-27")
    ]


def test_a_nodule_that_is_not_seen_is_no_visit():
    told = (
        "Session of Thursday 9 March 2023\n\nMale, 71 years (DOB 12-05-1951).\n\nCurrent disease\n"
        "- Sept-21: rectal bleeding.\n- Colonoscopy 14-10-21: lesion 3.5 cm. Report 25-10-21: mucosal melanoma.\n"
        "- 26-09-22: imatinib 400 mg/day.\n- CT 28-11-22: lung nodule not seen. Partial response."
    )
    assert [(str(fact.when), fact.age_years) for fact in of(Demographics, told)] == [("2021-09", 70)]


def test_a_scan_that_shows_what_was_ablated_tells_no_new_ablation():
    told = of(Treatment, ILEUM + "2018-06-20 RFA S4\n2018-09-10 CT: S7 30, S4 ablated, SD RECIST")
    assert [str(fact.when) for fact in told if fact.modality == "ablation"] == ["2018-06-20"]


def test_a_confirmation_of_a_tumour_is_its_diagnosis():
    told = "A 68-year-old man presented with a cecal mass. After pathological confirmation of IMT, he was operated on."
    assert [fact.code for fact in of(Diagnosis, told)] == ["IMT"]


@pytest.mark.parametrize("told", ["HPI: 61 y.o. F, retired driver,", "61 yo F", "61 y/o F"])
def test_sex_behind_an_abbreviated_age(told):
    people = of(Demographics, told + " with cholangiocarcinoma since 8 March 2021.")
    assert [(fact.sex, fact.age_years) for fact in people] == [("female", 61)]


def test_a_pathologists_impression_is_the_diagnosis():
    told = (
        "Trucut bx 28-02-2022: spindle cell lesion. Imp: Infantile fibrosarcoma.\n21-03-2022 larotrectinib."
    )
    assert [(fact.code, fact.status) for fact in of(Diagnosis, told)] == [
        ("CB:SPINDLE", "working"),
        ("IFS", "final"),
    ]
