"""A treatment brought a response and progression came later: the response is not of the day of the progression.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.case.case import Document
from caseboard.case.facts import Response, Treatment
from caseboard.narrative import read

SARCOMA = (
    "A 60-year-old woman was diagnosed with spindle cell sarcoma of the left thigh in May 2018. Lung metastases were "
    "found in December 2019. "
)
PAZOPANIB = SARCOMA + "Pazopanib was started in January 2020. "
RESPONSES = {"stable disease": "SD", "partial response": "PR", "complete response": "CR"}
SENTENCES = (
    "Pazopanib led to a {r} for 8 months before progressing in October 2020.",
    "Pazopanib was given with {r} until progression in October 2020.",
    "On pazopanib she had a {r} lasting 8 months, then progressed in October 2020.",
    "Pazopanib achieved a {r} that lasted until progression in October 2020.",
    "The best response to pazopanib was {r}, with progression in October 2020.",
    "Best response {r}, progression October 2020.",
    "She progressed on pazopanib in October 2020 after an initial {r}.",
    "She progressed in October 2020 after 8 months of {r} on pazopanib.",
    "After a {r} on pazopanib, CT in October 2020 showed progression.",
    "Pazopanib resulted in a {r}, but the disease progressed in October 2020.",
    "She had a {r} to pazopanib followed by progression in October 2020.",
    "She had a {r} on pazopanib, with progression in October 2020.",
    "She was treated with pazopanib with {r} as best response and progressed in October 2020.",
)


def told(story: str) -> list[tuple[str, str]]:
    facts = read(Document("made", story)).facts
    return sorted((fact.category, str(fact.when)) for fact in facts if isinstance(fact, Response))


@pytest.mark.parametrize(("response", "sentence"), list(product(RESPONSES, SENTENCES)))
def test_a_response_lies_between_the_start_and_the_progression(response, sentence):
    expected = [("PD", "2020-10"), (RESPONSES[response], "2020-01 to 2020-09")]
    assert told(PAZOPANIB + sentence.format(r=response)) == sorted(expected)


@pytest.mark.parametrize(("response", "sentence"), list(product(RESPONSES, SENTENCES)))
def test_a_response_has_no_day_where_the_start_is_not_told(response, sentence):
    story = SARCOMA + sentence.format(r=response)
    assert told(story) == sorted([("PD", "2020-10"), (RESPONSES[response], "None")])
    facts = read(Document("made", story)).facts
    starts = [fact for fact in facts if isinstance(fact, Treatment) and fact.event == "start"]
    assert "2020-10" not in [str(fact.when) for fact in starts]


@pytest.mark.parametrize(("response", "sentence"), list(product(RESPONSES, SENTENCES)))
def test_the_best_response_of_the_line_is_that_before_progression(response, sentence):
    case = read(Document("made", PAZOPANIB + sentence.format(r=response))).for_patient(1)
    (line,) = assess_responses(case, build_course(case))
    assert line.best_stated == RESPONSES[response]


@pytest.mark.parametrize(
    "sentence",
    [
        "CT in October 2020 showed stable disease in the lungs but progression in the liver.",
        "On pazopanib she had stable disease in the lungs and progression in the liver in October 2020.",
    ],
)
def test_what_one_scan_shows_beside_progression_is_of_its_day(sentence):
    assert told(PAZOPANIB + sentence) == [("PD", "2020-10"), ("SD", "2020-10")]


STABLE = (
    "stable disease",
    "stable lung metastases",
    "otherwise stable disease",
    "a partial response of the lung metastases",
)
BESIDE = (
    " except for {n}",
    " apart from {n}",
    " but {n}",
    " with {n}",
    "; in addition, {n}",
    ", however with {n}",
)
NEW = (
    "a new 12 mm nodule in the left lung",
    "two new lung nodules",
    "a new bone metastasis",
    "new peritoneal disease",
    "newly appeared liver metastases",
)


@pytest.mark.parametrize(("stable", "beside", "new"), list(product(STABLE, BESIDE, NEW)))
def test_a_new_lesion_is_progression_whatever_else_is_stable(stable, beside, new):
    """RECIST 1.1, section 4.3.5: a new lesion is progression, also where the other lesions have shrunk."""
    responses = told(f"{PAZOPANIB}CT in June 2020 showed {stable}{beside.format(n=new)}.")
    assert ("PD", "2020-06") in responses
    assert "SD" not in [category for category, _ in responses]
