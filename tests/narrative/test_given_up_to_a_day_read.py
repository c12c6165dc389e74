"""A length told with the day up to which it ran, and lines of treatment told in one sentence.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Response, Treatment
from caseboard.narrative import read

GIST = "A 60-year-old woman was diagnosed with GIST of the stomach in May 2012 and underwent gastrectomy in June 2012. "
GIVEN = (
    "Imatinib was given {length} {end}.",
    "She took imatinib {length} {end}.",
    "She received adjuvant imatinib {length} {end}.",
    "She was treated with imatinib {length} {end}.",
    "Imatinib 400 mg daily was given {length} {end}.",
)
LENGTHS = (
    "for three years",
    "for 36 months",
    "for a total of three years",
    "for six months",
    "for 12 cycles",
)
ENDS = ("until July 2015", "until 12 July 2015", "till July 2015", "up to July 2015", "(until July 2015)")


@pytest.mark.parametrize(("given", "length", "end"), list(product(GIVEN, LENGTHS, ENDS)))
def test_the_day_up_to_which_a_length_ran_is_the_end(given, length, end):
    facts = read(Document("made", GIST + given.format(length=length, end=end))).facts
    told = [fact for fact in facts if isinstance(fact, Treatment) and fact.agents]
    assert [str(fact.when)[:7] for fact in told if fact.event == "stop"] == ["2015-07"]
    assert not any(str(fact.when).startswith("2015-07") for fact in told if fact.event == "start")


def test_lines_of_one_sentence_have_their_own_responses():
    story = (
        "A 60-year-old woman was diagnosed with spindle cell sarcoma of the left thigh in May 2018. Lung metastases "
        "were found in December 2018. She received doxorubicin from January to June 2019 with partial response, "
        "followed by pazopanib until progression in October 2020, then trabectedin with stable disease for 6 months, "
        "and finally eribulin, started in May 2021."
    )
    case = read(Document("made", story)).for_patient(1)
    lines = assess_responses(case, build_course(case))
    assert [line.best_stated for line in lines] == ["PR", "PD", "SD", None]


LIST = (
    "A 60-year-old woman was diagnosed with leiomyosarcoma of the uterus in May 2018. "
    "First line: doxorubicin, Jan 2019 - Jun 2019, best response PR, PD in Sep 2019. "
    "Second line: gemcitabine/docetaxel, Oct 2019 - Feb 2020, best response SD, stopped for neuropathy grade 3. "
    "Third line: trabectedin, since Mar 2020, 12 cycles, PR; PD Jan 2021. "
    "Fourth line: pazopanib 800 mg daily, Feb 2021 - ongoing, SD at last CT (May 2021)."
)


def test_a_list_of_lines_dates_its_responses_and_harm():
    facts = read(Document("made", LIST)).facts
    told = [(fact.category, str(fact.when)[:7]) for fact in facts if isinstance(fact, Response)]
    assert ("SD", "2021-05") in told
    assert [day for category, day in told if category == "PD"] == ["2019-09", "2021-01"]
    (harm,) = (fact for fact in facts if isinstance(fact, AdverseEvent))
    assert str(harm.when) == "2020-02"
    # what came of trabectedin is not told to have come on the day that it began
    assert "2020-03" not in [str(fact.when) for fact in facts if isinstance(fact, Response)]
