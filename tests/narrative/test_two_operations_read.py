"""Two operations in one sentence: each has its own day, its own organ and its own margins.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import permutations, product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Treatment
from caseboard.narrative import read

SARCOMA = "A 44-year-old woman was diagnosed with synovial sarcoma of the left thigh in May 2018. "

OPERATIONS = (
    ("wide excision of the left thigh tumour", "left thigh"),
    ("wedge resection of the right lower lobe", "right lung lower lobe"),
    ("resection of a liver metastasis", "liver"),
    ("left nephrectomy", "left kidney"),
    ("right hemicolectomy", "right colon"),
    ("craniotomy for a brain metastasis", "brain"),
)
SENTENCES = (
    "She underwent {a} in June 2018 and {b} in March 2019.",
    "She underwent {a} in June 2018, followed by {b} in March 2019.",
    "In June 2018 {a} was performed and in March 2019 {b}.",
    "After {a} in June 2018 she underwent {b} in March 2019.",
    "She was treated with {a} (June 2018) and {b} (March 2019).",
    "She was treated with {a} (06/2018) and {b} (03/2019).",
)


def operations(story: str) -> list[Treatment]:
    facts = read(Document("made", story)).facts
    done = [fact for fact in facts if isinstance(fact, Treatment) and fact.event == "done"]
    return sorted(done, key=lambda fact: fact.when.first)


@pytest.mark.parametrize(("pair", "sentence"), list(product(permutations(OPERATIONS, 2), SENTENCES)))
def test_each_operation_has_its_own_day_and_organ(pair, sentence):
    (first, organ), (second, other) = pair
    told = operations(SARCOMA + sentence.format(a=first, b=second))
    days = [(fact.when.first.isoformat()[:7], fact.when.last.isoformat()[:7]) for fact in told]
    assert days == [("2018-06", "2018-06"), ("2019-03", "2019-03")]
    assert [fact.site for fact in told] == [organ, other]


@pytest.mark.parametrize(
    "sentence",
    [
        "Radiofrequency ablation of a liver metastasis in June 2018 was followed by {b} in March 2019.",
        "Radiofrequency ablation of a liver metastasis (June 2018) and {b} (March 2019) were carried out.",
    ],
)
def test_an_operation_is_not_laid_where_a_metastasis_was_ablated(sentence):
    ablation, resection = operations(SARCOMA + sentence.format(b="wedge resection of the right lower lobe"))
    assert (ablation.modality, ablation.when.first.isoformat()[:7]) == ("ablation", "2018-06")
    assert resection.site == "right lung lower lobe"


EXCISED = (
    "In {a} she underwent wide local excision of the left thigh tumour",
    "The tumour was resected in {a}",
    "The left thigh mass was excised in {a}",
)
AGAIN = (
    " and re-excision in {b} because of positive margins.",
    "; margins were positive and the tumour bed was re-excised in {b}.",
    ", followed by re-resection in {b}.",
    ". Re-excision was performed in {b} for positive margins.",
)


@pytest.mark.parametrize(
    ("excised", "again", "days"),
    list(product(EXCISED, AGAIN, (("June 2018", "July 2018"), ("06/2018", "07/2018")))),
)
def test_what_was_excised_again_is_told_twice(excised, again, days):
    told = operations(SARCOMA + (excised + again).format(a=days[0], b=days[1]))
    assert [fact.when.first.isoformat()[:7] for fact in told] == ["2018-06", "2018-07"]
    assert {fact.site for fact in told} == {"left thigh"}


MARGINS = {
    "Wide excision in June 2018 with positive margins was followed by re-excision in July 2018 with clear margins.": (
        "positive margins",
        "clear margins",
    ),
    "Wide excision (R1) was performed in June 2018 and re-excision in July 2018 because of positive margins.": (
        "R1",
        None,
    ),
    "R2 resection was done in June 2018 and re-resection (R0) in July 2018.": ("R2", "R0"),
    "The mass was excised in June 2018; margins were positive and the tumour bed was re-excised in July 2018 with "
    "negative margins.": ("margins were positive", "negative margins"),
}


@pytest.mark.parametrize(("sentence", "margins"), MARGINS.items())
def test_margins_are_those_of_their_operation(sentence, margins):
    told = [fact.remarks for fact in operations(SARCOMA + sentence)]
    assert told == [(f"margin: {margin}",) if margin else () for margin in margins]


IRRADIATED = {
    "Palliative radiotherapy of the spine (20 Gy in 5 fractions) was given in May 2020 and of the hip (8 Gy) in June "
    "2020.": [("spine", "20 Gy in 5 fractions", "2020-05"), ("hip", "8 Gy", "2020-06")],
    "Radiotherapy to the left femur (30 Gy in 10 fractions) in May 2020 and to the right humerus (8 Gy in 1 fraction) "
    "in June 2020 was well tolerated.": [
        ("left femur", "30 Gy in 10 fractions", "2020-05"),
        ("right humerus", "8 Gy in 1 fraction", "2020-06"),
    ],
    "Radiotherapy of the pleura was given (20 Gy in 5 fractions) in May 2020.": [
        ("pleura", "20 Gy in 5 fractions", "2020-05")
    ],
    "In May 2020 two fractions of 8 Gy to the hip and three fractions of 10 Gy to the spine were given.": [
        ("hip", "two fractions of 8 Gy", "2020-05"),
        ("spine", "three fractions of 10 Gy", "2020-05"),
    ],
    "In May 2020 the left femur received palliative radiotherapy (2 fractions of 10 Gy).": [
        (None, "2 fractions of 10 Gy", "2020-05")
    ],
    "In May 2020 she received radiotherapy (60 Gy, 30 fractions of 2 Gy).": [
        (None, "60 Gy, 30 fractions", "2020-05")
    ],
    "In May 2020 she received radiotherapy with 60 Gy in 30 fractions of 2 Gy.": [
        (None, "60 Gy in 30 fractions", "2020-05")
    ],
    "She was treated with radiosurgery (21 Gy) on 2 September 2020.": [(None, "21 Gy", "2020-09-02")],
}


@pytest.mark.parametrize(("sentence", "given"), IRRADIATED.items())
def test_each_radiotherapy_has_its_own_place_dose_and_day(sentence, given):
    assert [(fact.site, fact.dose, str(fact.when)) for fact in operations(SARCOMA + sentence)] == given


def test_radiotherapy_behind_an_operation_has_its_own_end():
    story = "Resection was performed in August 2019, followed by radiotherapy (60 Gy) until October 2019."
    assert [str(fact.when) for fact in operations(SARCOMA + story)] == ["2019-08", "2019-10"]
