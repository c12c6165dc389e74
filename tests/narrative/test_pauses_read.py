"""When a treatment was paused and taken up again, in one sentence or two, with or without a day of its own.

Rows are put together from parts, so that the days they must yield are known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.dates import DateInterval
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

BEFORE = (
    "A 60-year-old woman was diagnosed with synovial sarcoma of the thigh in May 2018. Pazopanib was started on"
    " 3 January 2020. "
)
HELD = (
    "{D} was held on 3 May 2020 because of hepatitis",
    "On 3 May 2020 {d} was held because of hepatitis",
    "On 3 May 2020 she developed hepatitis and {d} was interrupted",
    "On 3 May 2020 she had grade 3 hepatitis; {d} was stopped",
)
NAMES = ("pazopanib", "the drug", "treatment")
NOT_DATED = (
    " until recovery and resumed at 600 mg.",
    " until it had settled, then restarted at 600 mg.",
    " until resolution to grade 1, after which it was resumed at 600 mg.",
    " and resumed at 600 mg once it had resolved.",
    " and restarted at 600 mg when the enzymes had fallen.",
    " and, after recovery, resumed at 600 mg.",
)
DATED = {
    " for two weeks and resumed at 600 mg.": "2020-05-17",
    " for a fortnight and resumed at 600 mg.": "2020-05-17",
    " and was resumed at 600 mg two weeks later.": "2020-05-17",
    " and, two weeks later, resumed at 600 mg.": "2020-05-17",
    " and resumed at 600 mg on 20 May 2020.": "2020-05-20",
    " until 20 May 2020 and then resumed at 600 mg.": "2020-05-20",
    ". It was resumed at 600 mg on 20 May 2020.": "2020-05-20",
}


def events(text):
    """Return the events of treatment behind the first start, in their order, with their days."""
    return [(fact.event, fact.when) for fact in read(Document("made", BEFORE + text)).of(Treatment)][1:]


@pytest.mark.parametrize(("held", "name", "back"), list(product(HELD, NAMES, DATED)))
def test_resumed_on_the_day_told(held, name, back):
    told = events((held + back).format(d=name, D=name.capitalize()))
    assert [(event, str(when)) for event, when in told] == [("stop", "2020-05-03"), ("resume", DATED[back])]


@pytest.mark.parametrize(("held", "name", "back"), list(product(HELD, NAMES, NOT_DATED)))
def test_not_resumed_on_the_day_of_the_stop(held, name, back):
    """The next visit bounds what is not told: the resumption lies between the stop and it."""
    text = (held + back).format(d=name, D=name.capitalize()) + " On 4 August 2020 CT showed stable disease."
    (stop, stopped), (resume, resumed) = events(text)
    assert (stop, resume, str(stopped)) == ("stop", "resume", "2020-05-03")
    assert isinstance(resumed, DateInterval)
    assert (str(resumed.first), str(resumed.last)) == ("2020-05-03", "2020-08-04")


def test_days_of_a_cycle_are_counted_from_its_own_first_day():
    text = (
        "C1D1 of nivolumab = 12 Jan 2021. C1D15: grade 2 rash. C2D1 = 16 Feb 2021: continued. C2D8: grade 3 hepatitis,"
        " nivolumab held."
    )
    facts = read(Document("made", BEFORE + text)).of(AdverseEvent)
    assert [(fact.term, str(fact.when)) for fact in facts] == [
        ("rash", "2021-01-26"),
        ("hepatitis", "2021-02-23"),
    ]


def test_the_day_of_a_cycle_whose_first_day_is_not_told_is_not_known():
    text = (
        "C1D1 of nivolumab = 12 Jan 2021. On 4 August 2021 CT showed stable disease. C9D8: grade 3 hepatitis."
    )
    (fact,) = read(Document("made", BEFORE + text)).of(AdverseEvent)
    assert not (isinstance(fact.when, DateInterval) and fact.when.exact and str(fact.when) != "2021-08-04")


def test_a_visit_told_of_an_earlier_day_does_not_end_what_goes_on():
    text = "CT of 8 December 2019, before treatment, measured 84 mm. Treatment was stopped on 5 June 2020."
    assert [(event, str(when)) for event, when in events(text)] == [("stop", "2020-06-05")]


@pytest.mark.parametrize("told", ["cycle 16 due today", "cycle 5 given today", "C9 due today"])
@pytest.mark.parametrize("label", ["Current treatment: ", "Present therapy: ", ""])
def test_the_day_of_a_later_cycle_is_not_that_of_the_start(label, told):
    story = (
        "Clinic date: 14 May 2024\n\nA 43-year-old woman with spindle cell sarcoma of the left thigh was reviewed.\n"
        f"{label}Larotrectinib 100 mg BD - {told}.\n\nLarotrectinib was started on 20 March 2023."
    )
    facts = read(Document("made", story)).facts
    days = [str(fact.when) for fact in facts if isinstance(fact, Treatment) and fact.event == "start"]
    assert days == ["2023-03-20"]


@pytest.mark.parametrize(
    "again", ["when the drug was held in September", "while it was held in September 2023"]
)
def test_a_pause_told_once_more_by_its_month_is_the_same(again):
    story = (
        "A 43-year-old woman with spindle cell sarcoma of the left thigh was reviewed on 14 May 2024. Larotrectinib "
        "was started on 20 March 2023. ALT rose to grade 3 on 5 September 2023. The drug was stopped for two weeks and "
        f"restarted at 75 mg BD on 19 September 2023. She had aching legs {again}."
    )
    facts = read(Document("made", story)).facts
    days = [str(fact.when) for fact in facts if isinstance(fact, Treatment) and fact.event == "stop"]
    assert days == ["2023-09-05"]
