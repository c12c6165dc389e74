"""Patients of one text who are known by their names or told of together. Texts are ours, worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Outcome, Response, Treatment
from caseboard.narrative import read

TWO = (
    "Patient 1 was a 45-year-old man who presented in May 2018 with a melanoma of the back. He underwent wide excision"
    " in June 2018.\n\nPatient 2 was a 52-year-old woman who presented in June 2018 with a melanoma of the leg. She"
    " underwent excision in July 2018.\n\n"
)


def told(text, kind):
    """Return (patient, time) of each fact of a kind."""
    return [(fact.patient, str(fact.when)) for fact in read(Document("series", text)).of(kind)]


def test_two_men_are_known_by_their_names():
    facts = read(
        Document(
            "series",
            "Mr A. (54) presented with a renal cell carcinoma in May 2019. He was started on sunitinib in June 2019."
            "\n\nMr B. (56) presented with a melanoma in 2018 and received pembrolizumab from March 2018. In July 2019"
            " Mr A. died.",
        )
    )
    people = [(f.patient, f.sex, f.age_years) for f in facts.of(Demographics)]
    assert people == [(1, "male", 54), (2, "male", 56)]
    assert [(f.patient, f.agents) for f in facts.of(Treatment)] == [
        (1, ("sunitinib",)),
        (2, ("pembrolizumab",)),
    ]
    assert [(f.patient, f.vital, str(f.when)) for f in facts.of(Outcome)] == [(1, "dead", "2019-07")]


@pytest.mark.parametrize(
    "text",
    [
        "Both patients received nivolumab 240 mg from March 2019.",
        "Both received nivolumab from March 2019.",
        "The two patients were started on nivolumab in March 2019.",
    ],
)
def test_what_is_told_of_both_patients_is_told_of_each(text):
    events = [(number, when) for number, when in told(TWO + text, Treatment) if when.startswith("2019")]
    assert events == [(1, "2019-03"), (2, "2019-03")]


@pytest.mark.parametrize(
    "text",
    [
        "Both patients received nivolumab for 6 and 9 months, respectively.",
        "One of the patients received nivolumab in March 2019.",
        "All three patients received nivolumab in March 2019.",
    ],
)
def test_what_is_not_told_of_each_of_them_is_told_of_none(text):
    assert not [one for one in told(TWO + text, Treatment) if one[1].startswith("2019")]


def test_what_is_told_of_both_without_a_time_has_none():
    assert told(TWO + "Both patients had a complete response.", Response) == [(1, "None"), (2, "None")]


def test_both_of_one_patient_are_no_patients():
    text = (
        "A 45-year-old man presented in May 2018 with nodules of both lungs. Both were resected in June 2018."
    )
    assert {patient for patient, _ in told(text, Demographics)} == {1}


FAMILY = (
    "The index patient, a 38-year-old woman, underwent gastrectomy in March 2015 for a signet ring cell carcinoma. She"
    " died in March 2019.\n\n"
)


def test_a_relative_whose_story_fills_a_paragraph_is_a_patient():
    text = FAMILY + (
        "Her brother, aged 35, was found to carry the same variant. Endoscopy in September 2015 was normal. Gastrectomy"
        " was carried out in November 2015; pathology revealed foci of 2 mm. He is well at 48 months."
    )
    found = read(Document("family", text))
    assert [(f.patient, f.sex, f.age_years) for f in found.of(Demographics)] == [
        (1, "female", 38),
        (2, "male", 35),
    ]
    assert [(f.patient, str(f.when)) for f in found.of(Treatment)] == [(1, "2015-03"), (2, "2015-11")]


def test_a_relative_of_one_sentence_is_family_history():
    text = (
        FAMILY + "Her mother, aged 62, had undergone mastectomy for breast cancer in 2001. She had two sons."
    )
    found = read(Document("family", text))
    assert [f.patient for f in found.of(Demographics)] == [1]
    assert [str(f.when) for f in found.of(Treatment)] == ["2015-03"]
