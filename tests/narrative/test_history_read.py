"""History as read: smoking, family, other illness. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, History, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a cough. "


def history(text):
    """Return (topic, whether denied) of each piece of history."""
    return [(f.topic, f.denied) for f in read(Document(name="row", text=PATIENT + text)).of(History)]


CASES = [
    ("He was a former smoker of 30 pack-years.", [("smoking", False)]),
    ("He had never smoked and was a non-smoker.", [("smoking", True)]),
    ("She was not a current smoker.", []),
    ("She had occupational exposure to asbestos for ten years.", [("occupation", False)]),
    ("Current smoker, no occupational exposure.", [("smoking", False), ("occupation", True)]),
    ("He denied any known occupational exposure to vinyl chloride.", [("occupation", True)]),
    ("His mother had died of breast cancer.", [("family", False)]),
    ("He had a history of arterial hypertension.", [("comorbidity", False)]),
    (
        "\nAllergies: trimethoprim (rash). FH: father died of melanoma aged 70.\n",
        [("allergy", False), ("family", False)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_told_or_denied_of_the_patient(text, expected):
    assert history(text) == expected


VIRUSES = [
    ("HIV ELISA negative.", []),
    ("Serology was negative for HIV and hepatitis C.", []),
    (
        "He had chronic hepatitis B infection and hepatitis C serology was unreactive.",
        [("comorbidity", False)],
    ),
    ("He was known to be HIV positive.", [("comorbidity", False)]),
]


@pytest.mark.parametrize(("sentence", "expected"), VIRUSES)
def test_a_virus_that_was_looked_for_and_not_found_is_no_illness(sentence, expected):
    assert history(sentence) == expected


RELATIVES = (
    "father had died of colon cancer at 55 and a paternal aunt had breast cancer diagnosed at the age of 42"
)


def _of(topic: str, told: str) -> History:
    (found,) = [f for f in read(Document(name="row", text=PATIENT + told)).of(History) if f.topic == topic]
    return found


def test_what_is_told_of_relatives_is_not_cut_within_its_statement():
    family = _of("family", f"The {RELATIVES}; he has no son.")
    assert family.detail == family.source.quote == RELATIVES


def test_a_family_history_that_is_denied_does_not_take_in_what_follows():
    family = _of("family", "He had no family history of cancer, and he was a farmer in Jutland.")
    assert (family.denied, family.detail) == (True, "no family history of cancer")


def test_a_history_is_not_cut_within_a_word():
    smoking = _of("smoking", "He smoked 40 cigarettes a day from the age of seventeen until fifty.")
    assert smoking.detail == "smoked 40 cigarettes a day from the age of seventeen"


ILLNESS = [
    (
        "PMH: hypertension, type 2 diabetes, myocardial infarction 2015 (stent to LAD), COPD.",
        ["hypertension", "type 2 diabetes", "myocardial infarction 2015 (stent to LAD)", "COPD"],
    ),
    ("He has a history of ulcerative colitis and heart failure.", ["ulcerative colitis", "heart failure"]),
    ("He had no medical history except for atrial fibrillation.", ["atrial fibrillation"]),
    ("Known psoriatic arthritis on adalimumab.", ["psoriatic arthritis on adalimumab"]),
    ("He has no history of stroke or deep vein thrombosis.", []),
    ("His mother had a history of heart failure.", []),
    ("Both parents had type 2 diabetes.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), ILLNESS)
def test_other_illness_is_told_one_by_one(sentence, expected):
    told = read(Document(name="row", text=f"{PATIENT}\n{sentence}")).of(History)
    assert [fact.detail for fact in told if not fact.denied] == expected


HARM = (
    "In June 2019 he developed a pulmonary embolism.",
    "On pazopanib he had hypertension grade 3 and a stroke.",
)


@pytest.mark.parametrize("sentence", HARM)
def test_what_came_under_treatment_is_no_other_illness(sentence):
    told = f"{PATIENT}He was diagnosed with a leiomyosarcoma and started pazopanib in May 2019. {sentence}"
    assert read(Document(name="row", text=told)).of(History) == ()


OTHERWISE_TREATED = (
    "rheumatoid arthritis treated with methotrexate",
    "rheumatoid arthritis, for which he received methotrexate",
    "psoriasis, well controlled on methotrexate 15 mg weekly",
    "Crohn's disease managed with methotrexate",
    "lupus on cyclophosphamide",
)


@pytest.mark.parametrize("illness", OTHERWISE_TREATED)
def test_what_other_illness_is_treated_with_is_no_line(illness):
    case = read(
        Document(name="row", text=f"{PATIENT}He had a history of {illness}. Biopsy showed a leiomyosarcoma.")
    )
    assert case.of(Treatment) == ()
    assert case.of(AdverseEvent) == ()
