"""Which drug harm is blamed on where the text says so, and why a treatment ended where a note says so.

Sentences are put together from parts; what they must yield is known from these.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.assess import assess
from caseboard.case import AdverseEvent, Document, Treatment
from caseboard.narrative import read

STORY = (
    "A 61-year-old woman was diagnosed with metastatic leiomyosarcoma in January 2020. She started pazopanib 800 mg"
    " daily"
    " in March 2020. "
)
SAYS = (
    "due to",
    "attributed to",
    "secondary to",
    "caused by",
    "which was attributed to",
    "thought to be due to",
)
CAUSES = {
    "co-amoxiclav": ("amoxicillin", "clavulanate"),
    "allopurinol": ("allopurinol",),
    "contrast medium": (),
    "an insect bite": (),
    "pazopanib": ("pazopanib",),
    "the treatment": ("pazopanib",),
    "her targeted therapy": ("pazopanib",),
}


def harm(text):
    return [(fact.term, fact.agents) for fact in read(Document("made", STORY + text)).of(AdverseEvent)]


@pytest.mark.parametrize(("says", "cause"), list(product(SAYS, CAUSES)))
def test_what_is_told_to_have_done_harm_did_it(says, cause):
    assert harm(f"In June 2020 she developed grade 3 rash {says} {cause}.") == [("rash", CAUSES[cause])]


OTHERS = (
    ("In June 2020 she developed grade 2 rash, attributed to allopurinol rather than to pazopanib.", ("allopurinol",)),
    ("In June 2020 she developed grade 2 hypertension, which was considered unrelated to pazopanib.", ()),
    ("In June 2020 she had an anaphylactic reaction to contrast medium.", ()),
    ("In June 2020 she underwent hepatectomy, which was complicated by a bile leak.", ()),
    ("In June 2020 grade 2 proctitis developed as a consequence of radiotherapy.", ()),
    ("She was switched to trabectedin in August 2020. Her previous treatment, pazopanib, had caused grade 2 rash.",
     ("pazopanib",)),
    ("She was switched to trabectedin in August 2020. While taking pazopanib she had had grade 2 neutropenia.",
     ("pazopanib",)),
    ("After adjuvant radiotherapy in December 2020 she had grade 2 lymphoedema of the right leg.", ()),
    ("In May 2020 she had pazopanib hepatotoxicity grade 2.", ("pazopanib",)),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "agents"), OTHERS)
def test_whatever_is_being_given(sentence, agents):
    assert [blamed for _, blamed in harm(sentence)] == [agents]


NO_HARM = (
    "The patient's fatigue was attributed to disease progression.",
    "At diagnosis she had had hypertension.",
)


@pytest.mark.parametrize("sentence", NO_HARM)
def test_what_the_tumour_did_or_was_there_before_is_no_harm(sentence):
    assert harm(sentence) == []


def test_radiation_that_names_its_harm_is_not_given_again():
    text = (
        "A 60-year-old man had lung cancer. He received chemoradiation in May 2019. In September 2019 he developed"
        " radiation pneumonitis grade 2."
    )
    case = read(Document("made", text))
    assert [str(fact.when) for fact in case.of(Treatment) if fact.modality == "radiotherapy"] == ["2019-05"]
    assert [(fact.term, fact.grade) for fact in case.of(AdverseEvent)] == [("radiation pneumonitis", 2)]


ENDS = {
    "Pazopanib was stopped in May 2020 (G3 rash).": "G3 rash",
    "Pazopanib was stopped at the patient's request in May 2020.": "at the patient's request",
    "05/2020 pazopanib stopped, pt wish (planned pregnancy), not PD.": "pt wish",
    "05/2020 pazopanib stopped: toxicity.": "toxicity",
    "Pazopanib was stopped electively on 12 May 2020.": "electively",
    "Pazopanib was reduced to 600 mg in June 2020 for hepatitis and to 400 mg in September 2020.": "hepatitis",
}


@pytest.mark.parametrize("sentence", ENDS)
def test_why_as_notes_tell_it(sentence):
    found = [fact for fact in read(Document("made", STORY + sentence)).of(Treatment) if fact.event != "start"]
    assert found[0].reason == ENDS[sentence]


def test_harm_told_with_the_end_is_shown_as_told_with_it():
    text = f"{STORY}\n15.06.2020 Autoimmune hepatitis G2, ALT 148 U/L, pazopanib held.\n"
    episode = next(
        one for one in assess(read(Document("made", text))).course.episodes if one.name == "pazopanib"
    )
    assert episode.stop_reason == "told with autoimmune hepatitis grade 2"


REDUCED = (
    "In June 2020 she developed grade 2 hypertension, and the dose was reduced to 600 mg daily.",
    "In June 2020 the dose was reduced to 600 mg because of mucositis, and in September 2020 pazopanib was stopped"
    " because of hepatitis.",
    "In June 2020 rash led to a further reduction to 600 mg.",
)


@pytest.mark.parametrize("sentence", REDUCED)
def test_a_dose_reduced_beside_harm(sentence):
    found = [f for f in read(Document("made", STORY + sentence)).of(Treatment) if f.event == "change"]
    assert [(f.agents, f.dose.removesuffix(" daily"), str(f.when)) for f in found] == [
        (("pazopanib",), "600 mg", "2020-06")
    ]


NOT_ENDED = (
    "Grade 3 nausea occurred in June 2020, and stopping pazopanib was discussed but she wished to continue.",
    "Grade 2 fatigue in June 2020 did not require dose reduction or discontinuation.",
    "Plan: pazopanib is to be withheld and discussed at the sarcoma MDT on 11 November 2020.",
)


@pytest.mark.parametrize("sentence", NOT_ENDED)
def test_an_end_that_was_only_talked_about_is_none(sentence):
    assert [f.event for f in read(Document("made", STORY + sentence)).of(Treatment)] == ["start"]


def test_both_of_two_events_of_one_day_have_it():
    case = read(Document("made", f"{STORY}Grade 3 hepatitis and rash were noted in June 2020."))
    assert [(f.term, f.grade, str(f.when)) for f in case.of(AdverseEvent)] == [
        ("hepatitis", 3, "2020-06"),
        ("rash", None, "2020-06"),
    ]


def test_a_reduction_within_a_period_is_of_its_drug():
    text = (
        "A 46-year-old woman with cholangiocarcinoma was started on gemcitabine and cisplatin in August 2021. She"
        " received"
        " adjuvant capecitabine from February to July 2022, with one dose reduction for grade 2 diarrhea."
    )
    (change,) = [f for f in read(Document("made", text)).of(Treatment) if f.event == "change"]
    assert (change.agents, change.when) == (("capecitabine",), None)


def test_what_was_held_then_is_what_was_being_given_then():
    text = (
        "A boy was given propranolol for a haemangioma. Larotrectinib was started for infantile fibrosarcoma on 24"
        " April"
        " 2020. Larotrectinib was continued to 12 April 2021 and then stopped. Adverse events: grade 3 neutropenia"
        " in July"
        " 2020, drug held for one week and then resumed."
    )
    held = [f for f in read(Document("made", text)).of(Treatment) if str(f.when).startswith("2020-07")]
    assert [(f.event, f.agents) for f in held] == [
        ("stop", ("larotrectinib",)),
        ("resume", ("larotrectinib",)),
    ]
