"""Attribution, resolution and action of adverse events, and the worst grade of each term under each line."""

from __future__ import annotations

import pytest
from stories import drug, harm, lab, patient, story

from caseboard.assess.course import build_course
from caseboard.assess.toxicity import lab_grades, reported_toxicities
from caseboard.assess.toxicity_worst import worst_toxicities


def told(after: str, *more, quote: str = "grade 3 hepatitis", agents=("pazopanib",)):
    """Return an event whose sentence goes on with ``after``."""
    case = story(
        patient("2019-01", quote="A man"),
        drug("start", "2019-03-01", "pazopanib", quote="Pazopanib"),
        harm("hepatitis", 3, "2019-04", *agents, quote=quote),
        *more,
        text=f"A man. Pazopanib. He developed {quote}{after}",
    )
    return reported_toxicities(case, build_course(case))[0]


@pytest.mark.parametrize(
    ("after", "resolution"),
    [
        (", which resolved within two weeks.", "resolved"),
        (". It subsided with steroids.", "resolved"),
        (". This had improved by June.", "improved"),
        (" that persisted.", "not resolved"),
        (", resolving at discharge.", "resolving"),
        (", while his transaminases showed a normalization.", ""),
        (", which has not resolved.", ""),
        (".", ""),
        # Another thing resolved.
        (". His ascites resolved.", ""),
        (". A month later the tumour had disappeared.", ""),
    ],
)
def test_an_event_has_resolved_only_where_its_own_words_say_so(after, resolution):
    assert told(after).resolution == resolution


def test_what_is_said_of_a_later_event_is_not_said_of_this_one():
    event = told(
        " and fatigue, which resolved.", harm("fatigue", None, "2019-04", "pazopanib", quote="fatigue")
    )
    assert event.resolution == ""


def test_death_of_an_event_is_its_outcome():
    fatal = harm("hepatitis", 5, "2019-04", "pazopanib")
    case = story(patient("2019-01"), drug("start", "2019-03", "pazopanib"), fatal)
    assert reported_toxicities(case, build_course(case))[0].resolution == "fatal"


# The words are those of CDISC's controlled terminology, ACN (action taken with study treatment).
@pytest.mark.parametrize(
    ("after", "action"),
    [
        (", and the dose was reduced to 400 mg.", "dose reduced"),
        (", and treatment was interrupted for a week.", "drug interrupted"),
        (", so pazopanib was withheld.", "drug interrupted"),
        (", and therapy was discontinued.", "drug withdrawn"),
        (", managed without dose reduction.", "dose not changed"),
        (", dose kept.", "dose not changed"),
        (", and the doses were cut to 80 %.", "dose reduced"),
        (", which required reduction of pazopanib to 400 mg.", "dose reduced"),
        (", and treatment was interrupted; later the dose was reduced.", ""),
        (".", ""),
    ],
)
def test_the_action_taken_is_that_of_the_words(after, action):
    assert told(after).action == action


def test_what_was_stopped_because_of_the_event_is_the_action():
    case = story(
        patient("2019-01", quote="A man"),
        drug("start", "2019-03-01", "pazopanib", quote="Pazopanib"),
        harm("hepatitis", 3, "2019-04", "pazopanib", quote="hepatitis G3"),
        text="A man. Pazopanib. Stopped in April because of hepatitis G3; prednisolone.",
    )
    assert reported_toxicities(case, build_course(case))[0].action == "drug withdrawn"


def test_a_treatment_that_names_the_event_as_its_reason_is_the_action():
    event = told(
        ". Stopped.",
        drug("stop", "2019-05", "pazopanib", reason="hepatitis", quote="Stopped"),
    )
    assert (event.action, event.action_facts) == ("drug withdrawn", ("f4",))


@pytest.mark.parametrize(
    ("after", "agents", "attribution"),
    [
        (", considered possibly related.", ("pazopanib",), "possibly related"),
        (", judged not related.", (), "not related"),
        (", due to pazopanib.", ("pazopanib",), "ascribed to pazopanib"),
        (" from pazopanib.", ("pazopanib",), "ascribed to pazopanib"),
        (" as a side effect.", ("pazopanib",), "ascribed to pazopanib"),
        (", and pazopanib was withheld.", ("pazopanib",), "ascribed to pazopanib"),
        # told of the time under it, and blamed on nothing
        (".", ("pazopanib",), "under pazopanib"),
        (" in May.", ("pazopanib",), "under pazopanib"),
        (".", (), ""),
    ],
)
def test_attribution_is_as_told(after, agents, attribution):
    assert told(after, agents=agents).attribution == attribution


def worst(*facts):
    case = story(patient("2019-01"), *facts)
    course = build_course(case)
    return [
        (one.line, one.term, one.grade, one.sources, one.times, one.ungraded)
        for one in worst_toxicities(reported_toxicities(case, course), lab_grades(case, course))
    ]


def test_the_worst_grade_is_that_of_reports_and_values_of_one_term_and_line():
    # Neutrophils of 0.4 x 10^9/L are grade 4 in v5.0 (below 0.5).
    found = worst(
        drug("start", "2019-03-01", "doxorubicin"),
        harm("neutropenia", 3, "2019-03-10", "doxorubicin"),
        lab("neutrophils", 0.4, "10^9/L", "2019-03-12"),
        harm("nausea", None, "2019-03-12", "doxorubicin"),
        drug("stop", "2019-06-01", "doxorubicin"),
        drug("start", "2019-07-01", "pazopanib"),
        harm("neutropenia", 2, "2019-08-01", "pazopanib"),
    )
    assert found == [
        (1, "Neutrophil count decreased", 4, ("laboratory",), 2, 0),
        (1, "Nausea", None, ("reported",), 1, 1),
        (2, "Neutrophil count decreased", 2, ("reported",), 1, 0),
    ]


def test_a_value_before_treatment_is_no_toxicity_of_a_line():
    assert (
        worst(lab("neutrophils", 0.4, "10^9/L", "2019-02-12"), drug("start", "2019-03-01", "doxorubicin"))
        == []
    )


def test_a_value_that_is_normal_is_not_listed():
    assert (
        worst(drug("start", "2019-03-01", "doxorubicin"), lab("neutrophils", 3.4, "10^9/L", "2019-03-12"))
        == []
    )


def test_where_symptoms_decide_the_lower_grade_is_sure():
    # Sodium of 128 mmol/L is grade 2 in v5.0 without symptoms, 3 with.
    found = worst(drug("start", "2019-03-01", "doxorubicin"), lab("sodium", 128, "mmol/L", "2019-03-12"))
    assert found == [(1, "Hyponatremia", 2, ("laboratory",), 1, 0)]
