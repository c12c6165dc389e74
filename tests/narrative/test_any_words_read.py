"""What is read whatever its verb: a value by its unit, a drug by its dose, a procedure by its day, a stain by its word.

Verbs of the rows are made up ("flurbed"), so that no list of verbs can know them. Every expected value is worked by
hand from the row; rows that yield nothing tell of something else, or deny.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, Lab, Response, Treatment
from caseboard.case.facts import Test as LabTest
from caseboard.narrative import read

PATIENT = (
    "A 50-year-old man presented in March 2019 with a leiomyosarcoma of the thigh and a liver metastasis. "
)
TREATED = PATIENT + "Pazopanib 800 mg daily was started in January 2020. "
PAUSED = TREATED + "Pazopanib was stopped in March 2020. "
OPERATED = "A 50-year-old man presented in March 2019 with a liver tumour. It was resected on 20 May 2019. "


def facts(kind, text, before=TREATED):
    return [
        fact
        for fact in read(Document(name="row", text=before + text)).of(kind)
        if fact.source.span.start >= len(before) - 1
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("CEA flurbed to 39.5 ng/mL.", [("CEA", 39.5)]),
        ("Her haemoglobin had flurbed to 7.9 g/dL.", [("hemoglobin", 7.9)]),
        ("Lactate dehydrogenase flurbed, with 612 U/L.", [("LDH", 612)]),
        ("ALT of five times the norm (212 U/L) was seen.", [("ALT", 212)]),
        ("CEA in May 2020 flurbed to 39.5 ng/mL.", [("CEA", 39.5)]),
        ("TGP 190 U/L, TGO 122 U/L.", [("ALT", 190), ("AST", 122)]),  # their names in Latin languages
        # another analyte, which no list knows, a change by so much, a dose, a limit, no unit, a unit of something else
        ("CEA and XYZ-1 were 39.5 ng/mL.", []),
        ("CEA flurbed by 39.5 ng/mL.", []),
        ("Haemoglobin flurbed after an infusion of 7.9 g/dL.", []),
        ("CEA flurbed beyond the limit of 5 ng/mL.", []),
        ("CEA flurbed through all of the 39 visits.", []),
        ("Haemoglobin flurbed and he walked 5 km.", []),
        ("Haemoglobin flurbed in 50 mL/min.", []),
    ],
)
def test_a_value_is_known_by_its_unit(told, expected):
    assert [(fact.analyte, fact.value) for fact in facts(Lab, told)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("In May 2020 we flurbed to eribulin 1.4 mg/m2.", [("start", "eribulin")]),
        ("In May 2020 the pain persisted despite morphine 20 mg.", [("start", "morphine")]),
        ("In May 2020 she joined a trial of eribulin 1.4 mg/m2 of her own will.", [("start", "eribulin")]),
        ("In May 2020 a fistula dried up under octreotide.", [("start", "octreotide")]),
        ("In May 2020 atrial fibrillation flurbed with amiodarone.", [("start", "amiodarone")]),
        ("In May 2020 she had hypertension G2 (losartan).", [("start", "losartan")]),
        ("In May 2020 anaemia of grade 3, for which two units were given.", [("done", "red blood cells")]),
        ("In May 2020 she was transfused 3 units.", [("done", "red blood cells")]),
        # only spoken of, planned, a harm's name, a list of what is taken for other illnesses
        ("In May 2020 eribulin 1.4 mg/m2 was even proposed.", []),
        ("She would rather have taken tablets than eribulin 1.4 mg/m2.", []),
        ("If he progresses, eribulin 1.4 mg/m2 will be used.", []),
        ("Meds: prednisolone 30 mg, perindopril 5 mg.", []),
        ("The fourth infusion brought a carboplatin hypersensitivity reaction.", []),
        ("In May 2020 two units of the guideline were discussed.", []),
    ],
)
def test_a_drug_with_its_dose_or_its_effect_was_given(told, expected):
    assert [(f.event, "+".join(f.agents)) for f in facts(Treatment, told)] == expected


@pytest.mark.parametrize(
    ("before", "told", "expected"),
    [
        (TREATED, "In May 2020 pazopanib was flurbed to 400 mg.", [("change", "400 mg")]),
        (TREATED, "In May 2020 she flurbed on with 400 mg.", [("change", "400 mg")]),
        (TREATED, "In May 2020 pazopanib 400 mg was found tolerable.", [("change", "400 mg")]),
        (TREATED, "In May 2020 diarrhoea G3, pazopanib to 400 mg.", [("change", "400 mg")]),
        (TREATED, "In May 2020 diarrhoea G3, down to 400 mg.", [("change", "400 mg")]),
        (PAUSED, "In May 2020 pazopanib 400 mg was flurbed.", [("resume", "400 mg")]),
        (PAUSED, "In May 2020 we flurbed again with 400 mg.", [("resume", "400 mg")]),
        # the dose that is known; another drug's; a value; what is planned
        (TREATED, "In May 2020 pazopanib 800 mg was well tolerated.", []),
        (TREATED, "In May 2020 glucose was at 400 mg/dL.", []),
        (TREATED, "In May 2020 pazopanib 400 mg was considered.", []),
        (PAUSED, "In May 2020 the urine held 400 mg of protein.", []),
    ],
)
def test_another_dose_is_a_change_and_any_after_a_stop_a_resumption(before, told, expected):
    found = [fact for fact in facts(Treatment, told, before) if fact.modality == "systemic"]
    assert [(fact.event, fact.dose) for fact in found] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("She flurbed to lobectomy on 5 May 2020.", [("surgery", "2020-05-05")]),
        ("A thoracoscopic lobectomy (5 May 2020) confirmed it.", [("surgery", "2020-05-05")]),
        ("In May 2020 she was flurbed with 30 Gy to the spine.", [("radiotherapy", "2020-05")]),
        ("In May 2020 the bulk of the tumour was debulked.", [("surgery", "2020-05")]),
        ("On 5 May 2020 the surgeon took out the lung nodule.", [("surgery", "2020-05-05")]),
        ("Lobectomy on 5 May 2020 was refused.", []),
        ("Lobectomy is planned for 5 May 2020.", []),
        ("The mean heart dose was 30 Gy.", []),
    ],
)
def test_a_procedure_with_a_day_of_its_own_was_done(told, expected):
    assert [(fact.modality, str(fact.when)) for fact in facts(Treatment, told)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The ALK stain flurbed positive.", [("ALK", "positive")]),
        ("Ki-67 flurbed at 40%.", [("Ki-67", "40%")]),
        ("PD-L1 TPS flurbed at 60%.", [("PD-L1", "60%")]),
        # the result of the next marker, of what is no stain, a share that is none of cells
        ("Loss of MLH1 expression with retained MSH2.", [("MLH1", "negative"), ("MSH2", "positive")]),
        ("ALK inhibitors had a positive effect.", []),
        ("Desmin flurbed; he lost 40% of his weight.", []),
    ],
)
def test_a_result_may_stand_behind_words_of_any_kind(told, expected):
    found = [(fact.target.removesuffix(" TPS"), fact.result) for fact in facts(LabTest, told)]
    assert found == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("In May 2020 the pathologist flurbed on osteosarcoma.", [("osteosarcoma", "final")]),
        ("In May 2020 osteosarcoma was the verdict.", [("osteosarcoma", "final")]),
        ("In May 2020 the pathologist was not for osteosarcoma.", []),
        ("In May 2020 the pathologist flurbed against osteosarcoma.", []),
    ],
)
def test_who_reads_specimens_tells_a_diagnosis(told, expected):
    before = "A 50-year-old man presented in March 2019 with a mass of the thigh. "
    assert [(fact.term, fact.status) for fact in facts(Diagnosis, told, before)] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # RECIST 1.1: any new lesion is progression; so is a sum that is 20 % larger, 30 % smaller is a partial response
        ("In May 2020 two liver implants (3.1 cm and 1.2 cm) appeared.", ["PD"]),
        ("In May 2020 a first hepatic location of 2.2 cm had shown up.", ["PD"]),
        ("CT in May 2020: bone lesion in the sacrum 38 mm, new.", ["PD"]),
        ("CT in May 2020: fresh 26 mm liver lesion, segment 7.", ["PD"]),
        ("In May 2020 the lung nodule had reached 7.1 cm.", ["PD"]),
        ("CT in May 2020: liver 6.6 cm, +28% by RECIST.", ["PD"]),
        ("CT in May 2020: liver 1.6 cm, -45% by RECIST.", ["PR"]),
        ("CT in May 2020: liver 3.1 cm, +8% by RECIST.", ["SD"]),
        ("2020-05-09   liver 45 mm: stable", ["SD"]),
        ("In May 2020 nothing had moved on CT.", ["SD"]),
        ("In May 2020 the lesion appeared hypodense.", []),
        ("In May 2020 the first lesion was biopsied.", []),
        ("In May 2020 a rash appeared on the trunk.", []),
    ],
)
def test_responses_are_told_by_what_is_new_and_by_shares(told, expected):
    assert [fact.category for fact in facts(Response, told)] == expected


def test_a_nodule_that_appeared_before_any_treatment_is_no_progression():
    text = "A 50-year-old man was seen for a leiomyosarcoma. In March 2018 a nodule appeared on the scalp."
    assert facts(Response, text, "") == []


@pytest.mark.parametrize(
    ("before", "told", "expected"),
    [
        (OPERATED, "A symptomatic lymphocele prolonged the stay.", [("lymphocele", None)]),
        (OPERATED, "Biliary fistula on the 7th postoperative day was resolved.", [("biliary fistula", None)]),
        (OPERATED, "An abscess on day 9 was drained.", [("abscess", None)]),
        (OPERATED, "The course was uneventful, with no fistula or abscess.", []),
        (TREATED, "ALT was 212 U/L in May 2020, so we dropped to 400 mg.", [("alt increased", None)]),
        (TREATED, "CEA was 212 ng/mL in May 2020, so pazopanib was stopped.", []),
        (TREATED, "BP 190/105 in May 2020 (G3).", [("hypertension", 3)]),
        (TREATED, "In May 2020 she asked to come off it because of fatigue.", [("fatigue", None)]),
    ],
)
def test_harm_is_told_by_an_operation_or_by_what_it_led_to(before, told, expected):
    assert [(fact.term, fact.grade) for fact in facts(AdverseEvent, told, before)] == expected
