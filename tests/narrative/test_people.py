"""People introduced in a sentence. Ages and sexes are read off the row by hand.

9 weeks are 63 / 365.25 = 0.17 years, 14 months 1.17, 20 days 0.05.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.narrative.people import find_people, sex_of_pronouns
from timing import assert_linear


def people(text):
    return [(person.age_years, person.sex) for person in find_people(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("A 23-year-old man presented with a mass.", 23, "male"),
        ("A 23 year old man presented with a mass.", 23, "male"),
        ("A 45-year-old previously healthy, non-smoking Chinese woman came.", 45, "female"),
        ("We report a woman of 71 with a mass.", 71, "female"),
        ("A man aged 54 years came.", 54, "male"),
        ("A woman, aged 54, came.", 54, "female"),
        ("M, 41 at diagnosis, came.", 41, "male"),
        ("F, 33 years, came.", 33, "female"),
        ("Pt: M, 47", 47, "male"),
        ("A 13 y/o boy came.", 13, "male"),
        ("This 60 yo F came.", 60, "female"),
        ("A 60 y.o. female came.", 60, "female"),
        ("64F, seen today.", 64, "female"),
        ("Patient: 58 M, seen today.", 58, "male"),
        ("Age: 47, sex: female.", 47, "female"),
        ("Age 47, F.", 47, "female"),
        ("A male newborn was referred.", 0, "male"),
        ("A newborn girl was referred.", 0, "female"),
        ("A 9-week-old girl was referred.", 0.17, "female"),
        ("A 14-month-old boy was referred.", 1.17, "male"),
        ("A 20-day-old female infant was referred.", 0.05, "female"),
        ("Mrs K., 64 years old, came.", 64, None),
        ("The patient was 5 years old.", 5, None),
        ("A sixteen-year-old girl came.", 16, "female"),
        ("A forty-two-year-old housewife came.", 42, "female"),
        ("A seventy year old gentleman came.", 70, "male"),
        ("A 34-year-old Caucasian came.", 34, None),
        ("A 34-year-old patient came.", 34, None),
        ("A 45-year-old mother of two came.", 45, "female"),
        ("A 2.5-year-old child came.", 2.5, None),
        ("A farmer of 44 came.", 44, None),
        ("A teacher aged 38 years came.", 38, None),
        ("A young man (age 24) came.", 24, "male"),
        ("The patient, female, 56 years old, came.", 56, "female"),
        ("A boy, 14 months of age, came.", 1.17, "male"),
        ("Mr. K, 58, a carpenter, came.", 58, "male"),
        ("She was 29 when a lump was found.", 29, "female"),
        ("In 2018, at 46, the patient noticed a lump.", 46, None),
    ],
)
def test_a_person_is_introduced_by_age(text, age, sex):
    assert people(text) == [(age, sex)]


@pytest.mark.parametrize(
    "text",
    [
        "Spindle cells were seen (Figure 1F).",
        "See Fig. 12F and Table 10 M.",
        "She had a 5-year-old lesion of the thigh.",
        "He had a 20-year-old surgical scar.",
        "The tumour was 10 cm in size.",
        "An 18F-FDG PET was done.",
        "The stage was T2, N0, M 1.",
        "The stage was T2 N1, M, 1.",
        "An 18 F FDG scan was done.",
        "A 14 F catheter was placed.",
        "Of 150 patients, 71 were female.",
        "Patient 1 was treated; patient 2, 3 and 4 were not.",
        "The 5-year survival of men is 60%.",
        "A follow-up of 12 months is short.",
        "She was born on 12 May 1958.",
        "The 200-year-old man of the tale.",
        "It was drained with a 16F Nelaton catheter.",
        "A 12F chest tube was left.",
    ],
)
def test_what_is_no_age_of_a_person_introduces_nobody(text):
    assert people(text) == []


def test_an_introduction_begins_with_its_article():
    text = "In 2019, an otherwise healthy woman of 71 came."
    (person,) = find_people(text, 0, len(text))
    assert text[person.start : person.end] == "an otherwise healthy woman of 71"


def test_two_people_of_one_sentence_are_two():
    assert sorted(people("We treated a man of 54 and a woman of 72.")) == [(54, "male"), (72, "female")]


def test_a_man_met_later_in_the_sentence_is_not_the_patient():
    assert people("A 30-year-old patient was seen by a man.") == [(30, None)]


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("He came and his leg was sore.", "male"),
        ("She came and her leg was sore.", "female"),
        ("Mrs K. came with her husband, and he said that he saw his wife fall.", "female"),
        ("Mr K. came.", "male"),
        ("The patient came.", None),
        ("He came. She came.", None),
        ("He was biopsied with Miss Okoro.", "male"),
        ("Mr Aziz to see next week. The patient came.", None),
        ("Dear Mrs Hall, Mr Brown came.", "male"),
        ("Mr Hay removed it. She came.", "female"),
    ],
)
def test_titles_then_pronouns_tell_the_sex(text, sex):
    assert sex_of_pronouns(text, 0, len(text)) == sex


@given(st.text(alphabet="0123456789 -yearoldmnwMFaf,./", max_size=60))
def test_people_are_found_within_the_stretch_asked_for(text):
    for person in find_people(text, 3, len(text) - 3):
        assert 3 <= person.start < person.end <= len(text) - 3
        assert person.age_years is not None
        assert 0 <= person.age_years <= 115


@pytest.mark.parametrize(
    "piece", ["a 1-year-old ", "patient, ", "age ", "a woman of ", "a the an ", "64M ", "1"]
)
def test_looking_for_people_takes_linear_time(piece):
    # A sentence is at most 3,000 characters long.
    assert_linear(lambda text: list(find_people(text, 0, len(text))), piece, 3_000)
