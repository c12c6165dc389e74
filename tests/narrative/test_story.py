"""The fold as a whole. The story is ours; its dates, sizes and drugs are read off it by hand.

Metamorphic tests change what must not matter and expect the same facts.
"""

from __future__ import annotations

import textwrap

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseboard.case import (
    Demographics,
    Diagnosis,
    Document,
    Lesion,
    Outcome,
    Response,
    Treatment,
)
from caseboard.errors import NoPatientError
from caseboard.narrative import read
from timing import assert_linear

STORY = (
    "Case report\n\n"
    "In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh. "
    "A biopsy in May 2018 revealed inflammatory myofibroblastic tumor. "
    "Immunohistochemistry was positive for ALK. "
    "He was started on crizotinib 250 mg twice daily in June 2018. "
    "CT on September 3, 2018 showed a partial response; the mass in the left thigh measured 3 cm. "
    "Crizotinib was stopped in January 2019. "
    "Three months after stopping, MRI showed local recurrence in the left thigh. "
    "Crizotinib was resumed in May 2019. "
    "At the last follow-up in June 2020 the patient was alive without evidence of disease.\n"
)
SECOND = (
    "\nCase 2\n\n"
    "In March 2015 a 72-year-old woman presented with abdominal pain. "
    "CT in March 2015 showed a mass of 9 cm in the stomach. "
    "She was started on imatinib 400 mg daily in April 2015.\n"
)
ELSEWHERE = (
    "\nDiscussion\n\n"
    "Other authors reported a 60-year-old woman with a lung mass of 8 cm [3]. "
    "In that patient sunitinib was started in March 2011 and she died in July 2012 [4].\n"
)


def case(text, name="story"):
    return read(Document(name, text))


def facts(text, patient=None):
    """Return the facts as plain data, without their places in the text."""
    told = []
    for fact in case(text).facts:
        if patient in (None, fact.patient):
            plain = msgspec.to_builtins(fact)
            del plain["id"], plain["source"]
            told.append(plain)
    return told


def dates(text, kind, **fields):
    return [
        str(fact.when)
        for fact in case(text).facts
        if isinstance(fact, kind) and all(getattr(fact, name) == value for name, value in fields.items())
    ]


def test_a_story_is_read_into_dated_facts():
    assert dates(STORY, Demographics, sex="male", age_years=23) == ["2018-04"]
    assert dates(STORY, Diagnosis, term="inflammatory myofibroblastic tumor") == ["2018-05"]
    assert dates(STORY, Treatment, agents=("crizotinib",), event="start") == ["2018-06"]
    assert dates(STORY, Treatment, agents=("crizotinib",), event="stop") == ["2019-01"]
    assert dates(STORY, Treatment, agents=("crizotinib",), event="resume") == ["2019-05"]
    assert dates(STORY, Lesion, site="thigh", laterality="left", diameters_mm=(60.0,)) == ["2018-04"]
    assert dates(STORY, Lesion, site="thigh", laterality="left", diameters_mm=(30.0,)) == ["2018-09-03"]
    assert dates(STORY, Response, category="PR") == ["2018-09-03"]
    # Three months after January 2019: April 2019.
    assert dates(STORY, Response, category="PD") == ["2019-04"]
    assert dates(STORY, Outcome, vital="alive", disease="NED") == ["2020-06"]


def test_a_quote_is_the_text_of_its_span():
    for fact in case(STORY).facts:
        span = fact.source.span
        assert span is not None
        assert STORY[span.start : span.end] == fact.source.quote
        assert fact.source.document == "story"


def test_ids_are_unique_and_in_the_order_of_the_facts():
    assert [fact.id for fact in case(STORY).facts] == [f"f{n}" for n in range(1, 1 + len(case(STORY).facts))]


def test_reading_twice_gives_the_same_case():
    assert case(STORY) == case(STORY)


def test_a_discussion_of_another_patient_changes_nothing():
    assert facts(STORY + ELSEWHERE) == facts(STORY)


def test_a_second_patient_leaves_the_facts_of_the_first_as_they_are():
    first = STORY.replace("Case report", "Case 1")
    assert facts(first + SECOND, patient=1) == facts(first)
    assert {fact.patient for fact in case(first + SECOND).facts} == {1, 2}
    second = [fact for fact in case(first + SECOND).facts if fact.patient == 2]
    assert any(
        isinstance(fact, Demographics) and (fact.sex, fact.age_years) == ("female", 72) for fact in second
    )
    assert [(fact.agents, str(fact.when)) for fact in second if isinstance(fact, Treatment)] == [
        (("imatinib",), "2015-04")
    ]


MONTHS = {
    "April 2018": "04/2018",
    "May 2018": "05/2018",
    "June 2018": "06/2018",
    "January 2019": "01/2019",
    "May 2019": "05/2019",
    "June 2020": "06/2020",
    "September 3, 2018": "2018-09-03",
}


@pytest.mark.parametrize(
    "changes",
    [
        MONTHS,
        {"September 3, 2018": "3 September 2018"},
        {"6 cm": "60 mm", "3 cm": "30 mm"},
        {"6 cm": "6.0 cm", "3 cm": "3.0cm"},
        {"tumor": "tumour"},
        {"23-year-old": "23 year old"},
        {"positive for ALK": "positive for anaplastic lymphoma kinase (ALK)"},
        {". ": ".  ", ".\n": ".\r\n"},
        {"Case report\n\n": "# Case presentation\n\n"},
        {"Case report\n\n": "CASE REPORT:\n"},
    ],
    ids=lambda changes: next(iter(changes)) + " -> " + next(iter(changes.values())),
)
def test_another_way_to_write_it_gives_the_same_facts(changes):
    told = STORY
    for old, new in changes.items():
        told = told.replace(old, new)
    assert told != STORY
    assert facts(told) == facts(STORY)


def test_a_story_without_dates_is_counted_from_the_presentation():
    told = (
        "A 23-year-old man presented with a mass of the thigh. A biopsy revealed a sarcoma. "
        "Two weeks after presentation he was started on crizotinib."
    )
    (started,) = [fact for fact in case(told).facts if isinstance(fact, Treatment)]
    assert started.when is not None
    assert getattr(started.when, "days", None) == 14


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sarcomas are rare.",
        "Introduction\n\nSarcomas are rare.",
        "0" * 5000,
        "\x00\ufffe",
        "We enrolled 30 patients with chordoma. Imatinib 400 mg was given daily. Partial response was seen in 4.",
    ],
)
def test_a_text_without_a_patient_is_refused(text):
    with pytest.raises(NoPatientError, match="no sentence"):
        case(text)


WORDS = [
    "A 23-year-old man presented ",
    "in May 2019 ",
    "with a mass of 6 cm ",
    "in the left thigh. ",
    "CT showed ",
    "(",
    ")",
    "crizotinib ",
    "250 mg ",
    "was started ",
    "no recurrence ",
    "\n",
    "LDH 250 U/l ",
    "ALK ",
    "positive ",
    "3 months after ",
    "surgery. ",
    "İß ",
    "Case 2\n",
    "she ",
    "died. ",
    "- ",
    "Ki-67 20% ",
    "31.02.2020 ",
    "<fig>",
    "\u2028",
    "grade 3 neutropenia ",
]


@settings(max_examples=150)
@given(st.text(max_size=2000) | st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
@example("A 1-year-old boy presented in 9999 and 0001-01-01; ten years ago he fell.")
@example("A man of 50 came on 31.12.1900, 90 years before presentation.")
def test_any_text_is_read_or_refused_and_every_span_is_valid(text):
    try:
        read_case = case(text)
    except NoPatientError:
        return
    for fact in read_case.facts:
        span = fact.source.span
        assert span is not None
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == fact.source.quote


HOSTILE = {
    "digits": "1234567890",
    "one digit": "7",
    "opening brackets": "(",
    "one word": "a",
    "line ends": "\n",
    "people": "a 1-year-old ",
    "examinations": "CT ",
    "sizes": "5 cm x ",
    "sizes joined": "5x",
    "commas": "ALK, ",
    "drugs": "crizotinib ",
    "drugs misspelt": "crizotnib ",
    "lab values": "LDH 250 ",
    "dates": "May 2019 ",
    "sentences": "He was well. ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_reading_takes_linear_time(piece):
    def read(text):
        # A patient before and after, so that what lies between is read as part of the case.
        case(f"A 23-year-old man presented with a mass. {text}. CT showed a mass of 3 cm in the thigh.")

    case(STORY)
    assert_linear(read, piece, 30_000)


@pytest.mark.parametrize("width", [72, 90])
def test_lines_that_wrap_change_nothing(width):
    text = (
        "A 13-year-old girl came in May 2015 with a swelling of the left upper limb, and radiography showed a bone "
        "lesion. Computed tomography revealed two left axillary and supraclavicular nodular lesions of 17 and 21 mm, "
        "respectively, and a biopsy was compatible with metastasis of osteosarcoma of the humerus. The patient started "
        "cisplatin and doxorubicin in June 2015. In March 2016 diagnostic tests did not show any sign of recurrence, "
        "and the patient is alive and well 6 years and 9 months after the diagnosis, with no evidence of disease."
    )

    def told(written):
        case = read(Document(name="case", text=written))
        return [(type(fact), fact.when, " ".join(fact.source.quote.split())) for fact in case.facts]

    assert told("\n".join(textwrap.wrap(text, width))) == told(text)
