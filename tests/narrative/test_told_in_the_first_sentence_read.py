"""Sentences that introduce a patient and tell treatment and its course too, put together from parts."""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case import Diagnosis, Document, Outcome, Response, Treatment
from caseboard.narrative import read

WHO = (
    "A 61-year-old woman with metastatic GIST",
    "A 61-year-old woman with a gastrointestinal stromal tumour of the stomach",
)
GIVEN = (
    ", treated with imatinib since March 2019,",
    ", on imatinib since March 2019,",
    " was treated with imatinib since March 2019 and",
    " started imatinib in March 2019 and",
)
PROGRESSED = (
    " progressed in June 2022.",
    " had progression in June 2022.",
    " had progressive disease in June 2022.",
)


def read_one(text):
    """Return the starts of drugs and the responses that a text tells, with their days."""
    case = read(Document("made", text))
    starts = [(fact.agents, str(fact.when)) for fact in case.of(Treatment) if fact.event == "start"]
    return starts, [(fact.category, str(fact.when)) for fact in case.of(Response)]


@pytest.mark.parametrize(("who", "given", "progressed"), list(product(WHO, GIVEN, PROGRESSED)))
def test_progression_under_a_drug_begun_in_the_same_sentence(who, given, progressed):
    assert read_one(who + given + progressed) == ([(("imatinib",), "2019-03")], [("PD", "2022-06")])


LED = (
    "In June 2022, a 61-year-old woman with metastatic GIST, treated with imatinib since March 2019, relapsed.",
    "A 61-year-old woman had GIST. In June 2022, while on imatinib since March 2019, she had progressive disease.",
)


@pytest.mark.parametrize("text", LED)
def test_the_day_that_leads_the_sentence_is_not_that_since_which_a_drug_is_taken(text):
    assert read_one(text) == ([(("imatinib",), "2019-03")], [("PD", "2022-06")])


BESIDE = (
    ("A 61-year-old woman with metastatic GIST, maintained on imatinib since March 2019, had stable disease in June"
     " 2022.",
     [(("imatinib",), "2019-03")], [("SD", "2022-06")]),
    ("A 61-year-old woman with GIST was treated with imatinib from March 2019 to June 2022, with a partial response in"
     " August 2019.", [(("imatinib",), "2019-03")], [("PR", "2019-08")]),
    ("A 38-year-old man with a metastatic inflammatory myofibroblastic tumor on lorlatinib since 05/2023 was seen.",
     [(("lorlatinib",), "2023-05")], []),
    ("A 61-year-old woman with GIST was on imatinib between March 2019 and June 2022 and on sunitinib from July 2022"
     " onwards.", [(("imatinib",), "2019-03"), (("sunitinib",), "2022-07")], []),
    ("A 67-year-old man had doxorubicin for a leiomyosarcoma from December 2020.",
     [(("doxorubicin",), "2020-12")], []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "starts", "responses"), BESIDE)
def test_what_else_the_first_sentence_tells(text, starts, responses):
    assert read_one(text) == (starts, responses)


def test_progression_on_a_drug_whose_start_is_not_told():
    assert read_one("A 61-year-old woman with GIST progressed on sunitinib in March 2023.")[1] == [
        ("PD", "2023-03")
    ]


TUMOURS = (
    ("A 61-year-old woman started imatinib for a GIST in March 2021.", "gastrointestinal stromal tumor"),
    ("A 45-year-old man received vemurafenib for a metastatic melanoma in May 2020.", "metastatic melanoma"),
    ("A 38-year-old man with IMT started lorlatinib in May 2023.", "inflammatory myofibroblastic tumor"),
)


@pytest.mark.parametrize(("text", "term"), TUMOURS)
def test_the_tumour_that_a_drug_is_given_for(text, term):
    assert [(fact.term, fact.status) for fact in read(Document("made", text)).of(Diagnosis)] == [
        (term, "final")
    ]


STORY = "A 61-year-old woman was diagnosed with GIST in January 2019. Imatinib was started in March 2019. "


@pytest.mark.parametrize(
    "sentence",
    [
        "She has now progressed.",
        "Unfortunately the patient has progressed.",
        "The disease is now progressing.",
    ],
)
def test_progression_that_is_told_outright_needs_no_scan(sentence):
    assert [category for category, _ in read_one(STORY + sentence)[1]] == ["PD"]


def test_the_first_metastasis_told_of_a_disease_that_was_metastatic_is_no_progression():
    text = (
        "A 67-year-old man with metastatic leiomyosarcoma began gemcitabine on 8 September 2021."
        " CT of 24 October 2021 showed a liver metastasis of 2.5 cm."
    )
    assert read_one(text)[1] == []


STAGING = (
    "Patient: female, born 1974. Diagnosis: epithelioid sarcoma, right groin.\n"
    "2019-06-03  MRI pelvis: 5.8 cm mass right groin, one enlarged inguinal lymph node 2.1 cm.\n"
)


def test_an_enlarged_node_before_any_treatment_is_no_progression():
    assert read_one(STAGING)[1] == []


HELD = (
    ("There was a complete response on MRI of 30 March 2022, which was maintained until MRI of 14 September 2023, which"
     " shows a 1.4 cm nodule at the same site.", [("CR", "2022-03-30"), ("PD", "2023-09-14")]),
    ("He had a complete response on 30 March 2022, which was maintained until 14 September 2023, when MRI showed a 1.4"
     " cm nodule at the same site.", [("CR", "2022-03-30"), ("PD", "2023-09-14")]),
    ("The response lasted until 14 September 2023, when a 14 mm nodule was seen in the lung.", [("PD", "2023-09-14")]),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), HELD)
def test_a_response_that_held_until_a_lesion_was_seen_ended_there(sentence, expected):
    text = (
        "A 3-year-old boy had an infantile fibrosarcoma of the calf. Larotrectinib was started in January 2022. "
        + sentence
    )
    assert read_one(text)[1] == expected
    outcome = read(Document("made", text)).of(Outcome)[-1]
    assert outcome.disease == "with disease"


SEEN = (
    "Dear Dr Smith, I saw this 61-year-old lady with metastatic GIST on 9 June 2022.",
    "I reviewed this 61-year-old lady with metastatic GIST in clinic on 9 June 2022.",
)
NOW = (
    "Unfortunately her recent CT shows progressive disease.",
    "Her CT scan now shows progressive disease.",
)


@pytest.mark.parametrize(("seen", "now"), list(product(SEEN, NOW)))
def test_what_a_letter_says_of_now_is_of_the_day_on_which_the_patient_was_seen(seen, now):
    text = (
        f"{seen} She has been on imatinib since March 2019 and had a partial response in August 2019. {now}"
    )
    assert read_one(text)[1] == [("PR", "2019-08"), ("PD", "2022-06-09")]


NEXT = (
    "A subsequent CT showed progressive disease.",
    "At her next restaging, CT showed progressive disease.",
    "At the end of treatment, CT showed progressive disease.",
    "With continued treatment, CT showed progressive disease.",
)


@pytest.mark.parametrize("sentence", NEXT)
def test_the_next_scan_is_not_of_the_day_of_the_last(sentence):
    case = read(Document("made", f"{STORY}CT in May 2019 showed stable disease. {sentence}"))
    last = case.of(Response)[-1]
    assert last.category == "PD"
    assert last.when is None
