"""The day of a relative clause is that of what it tells of, not of what the sentence goes on to tell.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

PAZOPANIB = (
    "A 60-year-old woman was diagnosed with spindle cell sarcoma of the left thigh in May 2018. "
    "Pazopanib was started in January 2020. "
)
HARMS = ("rash", "hypertension", "hepatitis")
CAME = (
    "The {harm} that had appeared in May 2020 resolved after",
    "The {harm}, which had appeared in May 2020, resolved when",
    "The {harm}, which was first noted in May 2020, disappeared after",
    "{harm} appeared in May 2020 and resolved after",
    "{harm} occurred in May 2020 and subsided once",
)


def stops(facts):
    return [fact for fact in facts if isinstance(fact, Treatment) and fact.event == "stop"]


@pytest.mark.parametrize(("harm", "came"), list(product(HARMS, CAME)))
def test_a_drug_is_not_stopped_on_the_day_the_harm_came(harm, came):
    text = came.format(harm=harm)
    facts = read(Document("made", f"{PAZOPANIB}{text[0].upper()}{text[1:]} pazopanib was stopped.")).facts
    (event,) = (fact for fact in facts if isinstance(fact, AdverseEvent))
    (stop,) = stops(facts)
    assert event.when.first.isoformat() == "2020-05-01"
    assert stop.when is None
    assert "told after 2020-05" in stop.why


@pytest.mark.parametrize(("harm", "came"), list(product(HARMS, CAME)))
def test_a_drug_is_stopped_on_its_own_day(harm, came):
    text = came.format(harm=harm)
    story = f"{PAZOPANIB}{text[0].upper()}{text[1:]} pazopanib was stopped in July 2020."
    (stop,) = stops(read(Document("made", story)).facts)
    assert stop.when.first.isoformat() == "2020-07-01"


@pytest.mark.parametrize(
    "told", ["was stopped because of hypertension", "had to be stopped because of hypertension"]
)
def test_a_drug_is_not_stopped_on_the_day_of_its_start(told):
    story = PAZOPANIB.split("Pazopanib", maxsplit=1)[0] + f"Pazopanib, which was started in May 2020, {told}."
    facts = read(Document("made", story)).facts
    (start,) = (fact for fact in facts if isinstance(fact, Treatment) and fact.event == "start")
    (stop,) = stops(facts)
    assert start.when.first.isoformat() == "2020-05-01"
    assert stop.when is None
