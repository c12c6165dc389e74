"""What was taken for something else: an appliance for a tumour, pack-years for an age, a list for a later day.

Expected values are read off sentences of our own by hand.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Diagnosis, Lab, Treatment
from caseboard.narrative import read

MASS = "A 58-year-old woman presented in May 2018 with a thigh mass. "


def facts(text, kind, before=""):
    return [f for f in read(Document("row", before + text)).facts if isinstance(f, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "CT showed near-complete clearing of the lung metastases, and the tracheostomy was removed.",
        "The nodules had shrunk, and the biliary stent was removed.",
        "The tumour was unchanged but the drain was removed.",
    ],
)
def test_an_appliance_that_is_removed_is_no_operation_on_a_tumour(text):
    assert facts(text, Treatment, "A 58-year-old woman was diagnosed with a sarcoma in May 2018. ") == []


@pytest.mark.parametrize("text", ["The nodules were removed.", "The mass and the spleen were removed."])
def test_a_tumour_that_is_removed_is_one(text):
    assert [f.modality for f in facts(text, Treatment, MASS)] == ["surgery"]


@pytest.mark.parametrize(
    "habit", ["smoker at 20 pack-years", "smoking at 20 cigarettes a day", "drinking at 30 units a week"]
)
def test_what_somebody_smoked_is_no_age(habit):
    text = (
        f"Patient information\nMr. B.K., 47 years old, farmer, {habit}, consulted on 9 January 2016 for a nodular "
        "swelling of the shoulder.\n\nClinical findings\nExamination found a mass of 11 x 8 cm.\n"
    )
    (patient,) = facts(text, Demographics)
    assert patient.age_years == 47


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Core biopsy in June 2018: TFE3 +. Dx alveolar soft part sarcoma.",
            ("alveolar soft part sarcoma", "2018-06"),
        ),
        ("Core biopsy in June 2018, dx leiomyosarcoma.", ("leiomyosarcoma", "2018-06")),
        ("Bronchoscopy 06/27/2018: adenocarcinoma, CK7 positive.", ("adenocarcinoma", "2018-06-27")),
        (
            "MRI of 15 June 2018 showed a mass of 11 cm. The biopsy of 20 June 2018 concluded to a leiomyosarcoma.",
            ("leiomyosarcoma", "2018-06-20"),
        ),
    ],
)
def test_diagnoses_of_notes(text, expected):
    (diagnosis,) = facts(text, Diagnosis, MASS)
    assert (diagnosis.term, str(diagnosis.when), diagnosis.status) == (*expected, "final")


@pytest.mark.parametrize("text", ["Working dx leiomyosarcoma.", "Differential dx leiomyosarcoma."])
def test_diagnoses_that_are_none_yet(text):
    assert "final" not in [f.status for f in facts(text, Diagnosis, MASS)]


@pytest.mark.parametrize(
    "lead", ["Laboratory data showed the following:", "The following tests were abnormal:"]
)
def test_the_following_tells_of_no_later_day(lead):
    text = f"A 58-year-old woman visited our hospital with dyspnea on October 5, 2020. {lead} LDH, 431 IU/L."
    (lab,) = facts(text, Lab)
    assert str(lab.when) == "2020-10-05"


@pytest.mark.parametrize(
    "text",
    [
        "In June 2021, hypertension led to a treatment break of two weeks and a dose reduction to 400 mg.",
        "In June 2021 hypertension led to a treatment interruption and dose reduction to 400 mg.",
        "In June 2021 he needed a two-week pause and a dose reduction to 400 mg.",
    ],
)
def test_a_pause_and_a_smaller_dose_in_one_breath(text):
    told = facts(text, Treatment, f"{MASS}Pazopanib was begun in March 2021. ")
    assert [(f.event, str(f.when), f.dose) for f in told[1:]] == [
        ("stop", "2021-06", None),
        ("change", "2021-06", "400 mg"),
    ]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        (
            "She underwent wide excision in July 2021, in January 2022 wedge resection of a lung metastasis.",
            "thigh",
        ),
        ("CT showed a lung metastasis in May 2021. In July 2021 she underwent wide excision.", "thigh"),
        ("CT showed a lung metastasis in May 2021. In July 2021 the lesion was excised.", "lung"),
    ],
)
def test_an_operation_that_names_no_place_is_on_the_tumour_of_the_diagnosis(text, site):
    ill = "A 45-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "
    assert facts(text, Treatment, ill)[0].site == site
