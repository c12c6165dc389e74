"""Responses as read: category and date. Expected values are worked by hand from RECIST's terms."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Outcome, Response
from caseboard.narrative import read

TREATED = (
    "A 50-year-old man presented in March 2019 with a lung tumour. Erlotinib was started in April 2019. "
)


def responses(text):
    """Return (category, date) of each response, in the order of the text."""
    return [(f.category, str(f.when)) for f in read(Document(name="row", text=TREATED + text)).of(Response)]


CASES = [
    ("Due to progressive disease, sunitinib was started in June 2020.", [("PD", "2020-06")]),
    ("In June 2020 sunitinib was started due to tumor progression.", [("PD", "2020-06")]),
    ("Due to the risk of progressive disease, sunitinib was started in June 2020.", []),
    ("In June 2020 CT showed progressive pelvic lymphadenopathy.", [("PD", "2020-06")]),
    ("In June 2020 MRI showed downsizing of the metastases.", [("MR", "2020-06")]),
    ("In June 2020 he had peritoneal metastases.", [("PD", "2020-06")]),
    ("In June 2020 he achieved a complete remission with incomplete platelet recovery.", [("CR", "2020-06")]),
    ("In June 2020 there was complete resolution of fever.", []),
    ("In June 2020 he had no pain and the disease was in complete remission.", [("CR", "2020-06")]),
    ("In June 2020 there was no complete remission.", []),
    ("In June 2020 resection of the multiple liver metastases was performed.", []),
    ("In June 2020 CT showed multiple liver metastases.", [("PD", "2020-06")]),
    ("In June 2020 CT showed that the mass began to grow.", [("PD", "2020-06")]),
    ("In June 2020 CT was done when the hair began to grow.", []),
    ("In June 2020 more nodules appeared on the scalp.", [("PD", "2020-06")]),
    ("In June 2020 more nodules were not seen.", []),
    ("In June 2020 the haematuria recurred.", []),
    ("In June 2020 the tumour recurred.", [("PD", "2020-06")]),
    ("In June 2020 CT showed a partial primary tumor response.", [("PR", "2020-06")]),
    ("In June 2020 he was alive without tumor recurrence.", [("NED", "2020-06")]),
    ("CT of 9 January 2020: pleural thickening no longer seen, defined PR (−64%).", [("PR", "2020-01-09")]),
    ("In June 2020 the core was negative for ER, PR and SMA.", []),
    ("In June 2020 the core was progesterone receptor (PR) positive (PR 1-10%).", []),
    ("Since June 2020 the response is again partial.", [("PR", "2020-06")]),
    (
        "In June 2020 brain MRI showed a new lesion in the frontal lobe, while the lung lesion was stable.",
        [("PD", "2020-06")],
    ),
    ("Liver biopsy 12.05.2020: metastasis of the lung tumour.", [("PD", "2020-05-12")]),
    ("The liver biopsy of 12.05.2020 was compared with a metastasis.", []),
    (
        "In June 2020 CT showed a partial response. The response was maintained in December 2020.",
        [("PR", "2020-06"), ("PR", "2020-12")],
    ),
    (
        "In June 2020 CT showed stable disease. The response was good in letters of December 2020.",
        [("SD", "2020-06")],
    ),
    ("In June 2020 the CT was stable with no pain relief.", [("SD", "2020-06")]),
    ("In June 2020 the pain was stable on CT day.", []),
    ("CT thorax (24.05.2020): multiple pulm. metastases on both sides.", [("PD", "2020-05-24")]),
    ("CT thorax 24.05.2020: the known lung metastases.", []),
    ("In June 2020 the CT was stable.", [("SD", "2020-06")]),
    ("At the visit of 11 June 2020 the MRI findings remained unchanged (19 mm).", [("SD", "2020-06-11")]),
    ("In June 2020 the scan was superimposable.", [("SD", "2020-06")]),
    ("In June 2020 vital signs were stable and creatinine was unchanged.", []),
    ("In June 2020 there was no interval change in the lesions.", [("SD", "2020-06")]),
    ("Last visit June 2020: MRI negative for recurrence.", [("NED", "2020-06")]),
    ("In June 2020 CT showed absence of local relapse and of metastases.", [("NED", "2020-06")]),
    ("MRI in June 2020: no residual/recurrence.", [("NED", "2020-06")]),
    ("In June 2020: oligoPD in the right adrenal.", [("PD", "2020-06")]),
    ("In June 2020 he was negative for hepatitis B.", []),
    ("In June 2020 the swelling of the jaw became visibly smaller.", [("MR", "2020-06")]),
    ("In June 2020 the swelling of the legs became painful.", []),
    ("In June 2020 the patient responded well to crizotinib.", [("MR", "2020-06")]),
    ("In June 2020 pneumonitis responded well to therapy.", []),
    ("In June 2020 the patient noticed growth of a lump in the groin.", [("PD", "2020-06")]),
    ("CT 27.06.2020 PR 58 → 23 mm.", [("PR", "2020-06-27")]),
    ("In June 2020 ongoing PR (LLL 17 mm).", [("PR", "2020-06")]),
    ("CT 27.06.2020 PR - RML gone, LLL 8 mm.", [("PR", "2020-06-27")]),
    ("Stains in June 2020: ER -, PR -, HER2 -.", []),
    ("CR No: 1234/19. CT 27.06.2020: stable disease.", [("SD", "2020-06-27")]),
    ("CT of 27 June 2020 still stable.", [("SD", "2020-06-27")]),
    ("CT 27 June 2020: stability (36 and 17 mm).", [("SD", "2020-06-27")]),
    ("CT 27.06.2020: no hint of recurrence.", [("NED", "2020-06-27")]),
    ("Stains in June 2020: ER - PR - HER2 -", []),
    ("June 2020 CT scars. Rebiopsy: ER positive, PR (20%).", []),
    ("CT 16.06.2020 progress: RLL 1,9 cm.", [("PD", "2020-06-16")]),
    ("In June 2020 CT showed how far he had come to progress.", []),
    ("06/2020 MRI: new seg 5 1.1 cm.", [("PD", "2020-06")]),
    ("In June 2020 CT: new liver lesion of 9 mm. Hence progressive disease.", [("PD", "2020-06")]),
    ("In June 2020 a tumour of 31 mm with 60% viability was excised.", [("MR", "2020-06")]),
    ("In June 2020 he is alive without progression.", [("SD", "2020-06")]),
    ("In the literature, the patient of one report in the literature responded well to crizotinib.", []),
    (
        "He stayed free of disease until June 2020, when CT revealed four lung nodules.",
        [("NED", "None"), ("PD", "2020-06")],
    ),
    ("22/06/2019 CT: PR (-46%).", [("PR", "2019-06-22")]),
    ("In June 2020 there were no signs of disease remission.", []),
    ("In June 2020 PET showed overall stability of the nodules.", [("SD", "2020-06")]),
    ("3 June 2020: relapse? CT is awaited.", []),
    ("In June 2020 a tuberculosis relapse was treated.", []),
    ("In June 2020 the nodule was excised: no viable tumour cells.", [("CR", "2020-06")]),
    ("In June 2020 a biopsy showed no viable tumour cells.", []),
    ("In May 2020 CT showed five lung metastases.", [("PD", "2020-05")]),
    ("Erlotinib was discontinued in June 2020 for disease progression.", [("PD", "2020-06")]),
    ("At progression in March 2020, nivolumab was initiated.", [("PD", "2020-03")]),
    (
        "The response was maintained until May 2020, when CT disclosed growth of the lesion.",
        [("PD", "2020-05")],
    ),
    ("In June 2020 the disease was considered progressive.", [("PD", "2020-06")]),
    ("In June 2020 the response was classed as partial.", [("PR", "2020-06")]),
    ("In June 2020 MRI showed stable residual disease.", [("SD", "2020-06")]),
    ("In June 2020 CT showed no evidence of disease.", [("NED", "2020-06")]),
    ("CT will be repeated to exclude progression.", []),
    ("He remained progression-free.", []),
    ("Erlotinib was tolerated; it was reduced to 100 mg daily in June 2019 because of rash.", []),
    ("In June 2019 CT showed a mass of 3 cm: it was reduced.", [("MR", "2019-06")]),
    ("12/06/2019 CT: liver S6 31 mm, LLL nodule 12 mm; no local relapse.", []),
    ("Apatinib was given from June 2020 for five months, but the tumour grew.", [("PD", "2020-11")]),
    ("Pazopanib from 11/2022 to 02/2023, PD.", [("PD", "2023-02")]),
    ("CT 22/06/2019 - stable (LUL 22 mm).", [("SD", "2019-06-22")]),
    ("CT 22/06/2019: weight and mood stable.", []),
    ("MRI 06/2020 and 12/2020: SD.", [("SD", "2020-06"), ("SD", "2020-12")]),
    ("In June 2020 the scan showed iPR.", [("PR", "2020-06")]),
    ("In June 2020 biopsy: ER pos, PR neg.", []),
    ("In June 2020 the specimen was rated RCB-II.", [("MR", "2020-06")]),
    ("Nivolumab failed to control the disease in June 2020.", [("PD", "2020-06")]),
    ("CT in June 2020 showed local rec. in the bed.", [("PD", "2020-06")]),
    ("CT on 3 June 2020 did not reveal any evidence of relapse.", [("NED", "2020-06-03")]),
    ("CT 13/6/2020 no tumour.", [("NED", "2020-06-13")]),
    ("CT 13/6/2020 no tumour thrombus.", []),
    ("PET in June 2020 showed no active lesions.", [("CR", "2020-06")]),
    ("In June 2020 CT confirmed the disappearance of all nodules.", [("CR", "2020-06")]),
    ("In June 2020 there was a minor response.", [("MR", "2020-06")]),
    ("In June 2020 the liver nodule measured only 7 mm.", [("MR", "2020-06")]),
    ("In June 2020 the effusion recurred and was drained.", []),
    ("In June 2020 a posterior stabilization of T8 was done.", []),
    ("He was operated in June 2020, and the margin was free of tumour.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_assessment_has_its_category_and_date(text, expected):
    assert responses(text) == expected


def test_a_regression_that_the_next_sentence_rates_is_told_once():
    told = "In June 2020 CT showed that the mass was significantly reduced. The efficacy was evaluated as PR."
    assert [category for category, _ in responses(told)] == ["PR"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("CT in June 2019 showed CR in the pancreas and PR of the lung metastases.", ["CR", "PR"]),
        ("CT in June 2019 showed PR in the liver, SD in the lungs and PD in bone.", ["PR", "SD", "PD"]),
        (
            "CT in June 2019 showed a complete response of the liver lesion and a partial response in the lungs.",
            ["CR", "PR"],
        ),
        ("In June 2019 there was complete response in the brain but progression in the liver.", ["CR", "PD"]),
        ("CT in June 2019 showed PR of the liver and lung metastases.", ["PR"]),
        ("CT in June 2019 showed PR in the liver and PR in the lungs.", ["PR"]),
    ],
)
def test_organs_that_are_rated_apart_have_each_its_response(told, expected):
    assert [category for category, _ in responses(told)] == expected


@pytest.mark.parametrize(
    "told",
    [
        "CT in June 2019 showed no evidence of disease in the chest; liver metastases progressed.",
        "CT in June 2019 showed no evidence of local recurrence but new liver metastases.",
        "In June 2019 brain MRI showed no evidence of disease, while CT abdomen showed progression of liver"
        " metastases.",
        "In June 2019 CT of the chest was clear but MRI of the pelvis showed a new nodule of 2 cm.",
    ],
)
def test_an_organ_without_disease_beside_progression_elsewhere_is_no_remission(told):
    assert [category for category, _ in responses(told)] == ["PD"]


@pytest.mark.parametrize(
    "told",
    [
        "In July 2019 there was no evidence of disease in the brain.",
        "MRI of the jaw in July 2019: no local recurrence.",
        "In July 2019 CT of the brain was clear.",
        "Brain MRI in July 2019 showed no evidence of disease.",
    ],
)
def test_an_organ_without_disease_in_a_patient_who_has_some_is_no_remission(told):
    case = read(Document(name="row", text=TREATED + "CT in June 2019 showed SD. " + told))
    assert [fact.category for fact in case.of(Response)] == ["SD"]
    assert [fact.disease for fact in case.of(Outcome)] == ["with disease"]


@pytest.mark.parametrize(
    "told",
    [
        "CT in July 2019 showed no evidence of disease in the chest, abdomen and pelvis.",
        "CT in July 2019 showed no local or distant recurrence.",
        "CT of the chest and abdomen in July 2019 was clear.",
        "Whole-body MRI in July 2019 showed no evidence of disease.",
        "CT in July 2019 showed no local recurrence or new lesions.",
        "CT in July 2019 showed no evidence of disease in the chest.",
    ],
)
def test_a_patient_without_disease_is_in_remission(told):
    case = read(Document(name="row", text=TREATED + "It was resected in June 2019. " + told))
    assert [fact.category for fact in case.of(Response)] == ["NED"]
    assert [fact.disease for fact in case.of(Outcome)] == ["NED"]


def test_a_length_of_time_beside_a_date_is_no_second_day_of_the_scan():
    assert responses("In May 2019 dose was raised and after 3 months CT showed SD.") == [("SD", "2019-08")]


def test_a_staging_that_finds_no_metastases_is_no_remission():
    untreated = "A 50-year-old man presented in March 2019 with a lung tumour. "
    staging = "CT in April 2019 showed no evidence of metastases."
    assert read(Document(name="row", text=untreated + staging)).of(Response) == ()
    operated = "Lobectomy was performed in March 2019. "
    found = read(Document(name="row", text=untreated + operated + staging)).of(Response)
    assert [fact.category for fact in found] == ["NED"]


def test_a_biopsy_of_a_metastasis_before_any_treatment_is_the_diagnosis():
    text = "A 50-year-old man presented in March 2019. Liver biopsy of 12.03.2019: metastasis of melanoma."
    assert read(Document(name="row", text=text)).of(Response) == ()


def test_spread_in_a_note_after_an_operation_is_progression():
    text = (
        "A 50-year-old man presented in March 2019 with a renal mass. Nephrectomy was done on 12.04.2019.\n"
        "CT 14.09.2021: multiple pulmonary round foci."
    )
    told = read(Document(name="row", text=text)).of(Response)
    assert [(f.category, str(f.when)) for f in told] == [("PD", "2021-09-14")]


AS_WORDED = [
    # what grew or is new goes before what is stable or smaller (RECIST 1.1, 4.3.5)
    (
        "In June 2020 CT showed that the hilar mass was unchanged, but a liver nodule had increased to 11 mm.",
        [("PD", "2020-06")],
    ),
    ("In June 2020 CT showed shrinkage of the lung mass, but new bone metastases.", [("PD", "2020-06")]),
    ("In June 2020 CT showed shrinkage of the lung mass and unchanged bones.", [("MR", "2020-06")]),
    # what ends a time without disease
    (
        "He was free of disease until June 2021, when a routine CT showed a 13 mm lung nodule.",
        [("NED", "None"), ("PD", "2021-06")],
    ),
    ("He worked until June 2021, when CT showed an old lung nodule.", []),
    # seen or felt
    ("In June 2020 the mass was barely palpable.", [("MR", "2020-06")]),
    ("In June 2020 the tumour had flattened considerably.", [("MR", "2020-06")]),
    ("In June 2020 the pulse was barely palpable.", []),
    ("In June 2020 MRI showed good regression (mrTRG 2).", [("MR", "2020-06")]),
    ("In June 2020 the sum of the target lesions went down from 98 to 41 mm.", [("MR", "2020-06")]),
    ("In June 2020, there was no sign of progression on MRI.", [("SD", "2020-06")]),
    ("It was stopped after a further MRI in June 2020 had been unchanged.", [("SD", "2020-06")]),
    ("In June 2020 MRI showed that the residue had grown.", [("PD", "2020-06")]),
    ("In June 2020 MRI showed no residual enhancement.", [("NED", "2020-06")]),
    ("In June 2020 a bone scan showed improvement in the known lesions.", [("MR", "2020-06")]),
    ("In June 2020 the hepatic lesions remained constant.", [("SD", "2020-06")]),
    ("In June 2020 CT showed stable bone disease.", [("SD", "2020-06")]),
    ("In June 2020 he had stable coronary artery disease.", []),
    ("In June 2020 the tumour volume fell from 740 to 150 mL.", [("MR", "2020-06")]),
    ("In June 2020 core biopsy: recurrent carcinoma.", [("PD", "2020-06")]),
    # no response of the tumour
    ("CEA was 2 ng/mL in 2019, and it increased to 48 ng/mL in June 2020.", []),
    ("In June 2020 erlotinib was resumed without recurrence of hepatotoxicity.", []),
    ("In June 2020 all nine nodes were free of tumour.", []),
    # a treatment told from one day to another has its response at the end
    ("He received carboplatin between March and August 2020 and achieved a complete remission.", [("CR", "2020-08")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AS_WORDED)
def test_responses_as_reports_word_them(text, expected):
    assert responses(text) == expected


def test_a_partial_remission_that_became_complete_is_complete():
    text = (
        "She received capecitabine. In June 2020 the first course only resulted in partial remission, but after a "
        "third course complete remission was observed."
    )
    assert [category for category, _ in responses(text)] == ["CR"]


def test_the_time_without_treatment_is_not_the_date_of_a_response():
    text = (
        "She received nivolumab until August 2020. PET-CT 13/02/2021: remains in complete response six months off "
        "treatment."
    )
    assert responses(text) == [("CR", "2021-02-13")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Crizotinib was started in April 2019. CT in May 2019 showed no visible disease.",
            [("NED", "2019-05")],
        ),
        ("Crizotinib was started in April 2019. By July no disease was visible on CT.", [("NED", "2019-07")]),
        (
            "Crizotinib was started in April 2019. In May 2019 there was no measurable tumour left.",
            [("NED", "2019-05")],
        ),
        ("MRI of the brain showed no visible disease.", []),
        ("CT of the chest showed no detectable tumour in the lungs.", []),
    ],
)
def test_no_visible_disease_after_treatment_is_none(text, expected):
    person = "A 50-year-old man presented in March 2019 with a lung tumour. "
    found = read(Document(name="row", text=person + text)).of(Response)
    assert [(f.category, str(f.when)) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The resected tumour showed 20% necrosis and 8 mitoses per 10 HPF.", []),
        ("Neoadjuvant doxorubicin was given in April 2019. The resected tumour showed 90% necrosis.", ["MR"]),
    ],
)
def test_necrosis_of_an_untreated_tumour_is_no_response(text, expected):
    person = "A 50-year-old man presented in March 2019 with a tumour of the thigh. "
    assert [f.category for f in read(Document(name="row", text=person + text)).of(Response)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Imaging in May 2019 revealed a stable 30 mm residual mass in the pelvis, unchanged over 18 months.",
        "In May 2019 brain MRI was negative for metastases.",
    ],
)
def test_a_stable_rest_is_no_progression_and_a_brain_without_spread_no_remission(text):
    person = (
        "A 50-year-old man presented in March 2019 with a lung tumour. Crizotinib was started in April 2019. "
    )
    found = read(Document(name="row", text=person + text)).of(Response)
    assert [f.category for f in found if f.category in ("PD", "NED")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In October 2019 the disease progressed, and he died on 12 December 2019.", [("PD", "2019-10")]),
        ("He died on 12 December 2019 of disease progression.", []),
    ],
)
def test_the_progression_told_before_a_death_has_its_own_date(text, expected):
    person = (
        "A 50-year-old man presented in March 2019 with a lung tumour. Crizotinib was started in April 2019. "
    )
    found = read(Document(name="row", text=person + text)).of(Response)
    assert [(f.category, str(f.when)) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In June 2020 the CT didn?t show any local recurrence.", ["NED"]),
        ("In June 2020 the CT didn't show any metastases.", ["NED"]),
        ("In June 2020 the CT did not show any local recurrence.", ["NED"]),
        (
            "In June 2020 PET revealed a solitary avid lesion in the fourth cervical vertebra in the absence of local "
            "recurrence.",
            ["PD"],
        ),
    ],
)
def test_what_a_scan_did_not_show_is_no_progression_and_one_place_not_all(text, expected):
    person = "A 50-year-old man presented in March 2019 with a sarcoma of the thigh. It was resected in April 2019. "
    found = read(Document(name="row", text=person + text)).of(Response)
    assert [f.category for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CT showed no recurrence on 8 November 2022, 9 May 2023 and 14 November 2023.",
            ["2022-11-08", "2023-05-09", "2023-11-14"],
        ),
        (
            "CT showed no recurrence on 8 November 2022, and on 9 May 2023 he felt well.",
            ["2022-11-08"],
        ),
    ],
)
def test_a_rating_before_a_list_of_dates_is_of_each(text, expected):
    person = "A 50-year-old man presented in March 2019 with a sarcoma of the thigh. It was resected in April 2019. "
    found = read(Document(name="row", text=person + text)).of(Response)
    assert [str(f.when) for f in found] == expected
