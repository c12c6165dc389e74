"""How deaths are told: by a verb, by the noun, at autopsy; and who did not die.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Outcome, Response, Treatment
from caseboard.narrative import read

HEAD = "A 58-year-old woman had lung adenocarcinoma diagnosed in April 2020. Crizotinib was started on 4 May 2020. "
PROGRESSED = "The disease progressed in December 2021. "
DEATHS = (
    "Her condition worsened, leading to death in March 2022.",
    "Crizotinib was continued until death in March 2022.",
    "Palliative care was provided until her death in March 2022.",
    "Date of death: 3 March 2022.",
    "Her death occurred in March 2022.",
    "We learned of her death in March 2022.",
    "In March 2022 she lost her battle with cancer.",
    "Autopsy on 4 March 2022 revealed widespread metastases.",
    "Rapid deterioration was followed by death in March 2022.",
)


def of(kind, text):
    return [fact for fact in read(Document("made", text)).facts if isinstance(fact, kind)]


@pytest.mark.parametrize(("before", "told"), list(product(("", PROGRESSED), DEATHS)))
def test_a_death_is_one_however_it_is_told(before, told):
    (outcome,) = of(Outcome, HEAD + before + told)
    assert (outcome.vital, str(outcome.when)[:7]) == ("dead", "2022-03")
    # what an autopsy finds is no assessment of the treatment
    assert [str(fact.when) for fact in of(Response, HEAD + before + told)] == (["2021-12"] if before else [])


@pytest.mark.parametrize(
    "told",
    [
        "She nearly died of sepsis in June 2021.",
        "Her dog died in June 2021 and she felt low.",
        "The fetus died in utero in June 2021.",
        "The biopsy of June 2021 was stained for programmed death ligand 1.",
        "Her mother died of lung cancer in 2015.",
    ],
)
def test_who_did_not_die_is_alive(told):
    outcomes = of(Outcome, f"{HEAD}{told} In August 2021 she was alive with stable disease.")
    assert [(fact.vital, str(fact.when)) for fact in outcomes] == [("alive", "2021-08")]


WORSE = (
    "The disease progressed in April 2021",
    "CT in April 2021 showed progression",
    "She relapsed in April 2021",
)
THEN = (
    " and she died in July 2021.",
    "; she died of disease in July 2021.",
    ", and despite docetaxel she passed away in July 2021.",
    "; she declined further therapy and died in July 2021.",
)


@pytest.mark.parametrize(("worse", "then"), list(product(WORSE, THEN)))
def test_progression_and_death_of_one_sentence_have_each_its_day(worse, then):
    text = f"{HEAD}{worse}{then}"
    assert [(fact.category, str(fact.when)) for fact in of(Response, text)] == [("PD", "2021-04")]
    assert [(fact.vital, str(fact.when)) for fact in of(Outcome, text)] == [("dead", "2021-07")]
    assert "2021-07" not in [str(fact.when) for fact in of(Treatment, text)]


def test_what_is_told_of_a_death_once_more_has_no_other_day():
    text = f"{HEAD}She died on 19 November 2021 at home. The approval of lorlatinib in August came after her death."
    assert [(fact.vital, str(fact.when)) for fact in of(Outcome, text)] == [("dead", "2021-11-19")]


def test_progression_is_no_cause_of_death_with_a_day_of_its_own():
    assert of(Response, f"{HEAD}In July 2021 she died of progressive disease.") == []
