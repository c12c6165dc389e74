"""What a sentence tells of a time after the beginning that it tells too; never of the day of that beginning.

Days are counted by hand: weeks of seven days, months of the calendar.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case import AdverseEvent, Document, Lesion, Response, Treatment
from caseboard.narrative import read

STORY = "A 61-year-old woman was diagnosed with leiomyosarcoma of the uterus in January 2020. "
BEGAN = ("Trabectedin was started in March 2020", "She began trabectedin in March 2020")
COUNTED = {
    " and after two months of treatment CT showed progressive disease.": "2020-05",
    " and three months later CT showed progressive disease.": "2020-06",
    ", and at week 12 CT showed progressive disease.": "2020-05 to 2020-06",
    ", and eight weeks after starting CT showed progressive disease.": "2020-04 to 2020-05",
}
NOT_COUNTED = (
    " and after four cycles CT showed progressive disease.",
    " and progressed after four cycles.",
    ", with progressive disease after four cycles.",
    ", and at cycle 5 CT showed progressive disease.",
)


def told(text, kind):
    return read(Document("made", STORY + text)).of(kind)


@pytest.mark.parametrize(("began", "after"), list(product(BEGAN, COUNTED)))
def test_a_length_counts_from_what_the_sentence_began(began, after):
    (found,) = told(began + after, Response)
    first, _, last = COUNTED[after].partition(" to ")
    assert str(found.when.first).startswith(first)
    assert str(found.when.last).startswith(last or first)


@pytest.mark.parametrize(("began", "after"), list(product(BEGAN, NOT_COUNTED)))
def test_what_came_after_cycles_has_no_day_of_the_first(began, after):
    (found,) = told(began + after, Response)
    assert (found.category, found.when) == ("PD", None)


EVENTS = (
    (" but was stopped after four cycles because of grade 3 hepatitis.", "stop"),
    (" and was reduced to 1.2 mg/m2 at cycle 5.", "change"),
    ("; before cycle 3 the dose was reduced to 1.2 mg/m2.", "change"),
)


@pytest.mark.parametrize(("rest", "event"), EVENTS)
def test_what_befell_a_drug_at_a_cycle_has_no_day_of_its_start(rest, event):
    start, other = told(f"Trabectedin was started in March 2020{rest}", Treatment)
    assert (start.event, str(start.when)) == ("start", "2020-03")
    assert (other.event, other.when) == (event, None)


@pytest.mark.parametrize(
    "rest",
    [
        ", and on day 15 of cycle 2 she developed neutropenia grade 4.",
        " with neutropenia grade 4 during the second cycle.",
    ],
)
def test_harm_at_a_cycle_has_no_day_of_the_start(rest):
    (harm,) = told(f"Trabectedin was started in March 2020{rest}", AdverseEvent)
    assert (harm.grade, harm.when) == (4, None)


def test_a_start_after_cycles_of_another_drug_keeps_its_day():
    found = told("In March 2020 trabectedin was started after four cycles of doxorubicin.", Treatment)
    assert ("trabectedin", "2020-03") in [(fact.agents[0], str(fact.when)) for fact in found]


def test_a_scan_with_its_day_keeps_it_whatever_cycle_is_told():
    (found,) = told(
        "Trabectedin was given from March 2020. CT in June 2020 after four cycles showed progressive disease.",
        Response,
    )
    assert str(found.when) == "2020-06"


def test_years_after_an_operation_of_the_same_sentence():
    (found,) = told(
        "She had a hysterectomy in February 2020, and two years after surgery a lung metastasis of 14 mm was found.",
        Lesion,
    )
    assert str(found.when) == "2022-02"


def test_the_age_of_a_pregnancy_is_no_age_of_the_child():
    text = (
        "Baby boy A.M. was born at 38 weeks by caesarean section on 3 February 2020. An antenatal scan at 34 weeks had"
        " shown a mass of the left lower leg. At birth there was a 6 cm mass of the left calf. Biopsy on 27 February"
        " 2020 showed infantile fibrosarcoma."
    )
    (mass,) = read(Document("made", text)).of(Lesion)
    assert (mass.site, str(mass.when)) == ("calf", "2020-02-03")
