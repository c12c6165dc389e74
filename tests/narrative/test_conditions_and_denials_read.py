"""What hangs on a condition, is asked for, or is denied: no treatment was stopped, and no harm was had.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

HEAD = (
    "A 58-year-old woman with lung adenocarcinoma was diagnosed in April 2020. "
    "She started crizotinib 250 mg twice daily on 4 May 2020. "
)
HARMS = ("pneumonitis", "diarrhoea", "rash", "hepatotoxicity")
SUPPOSED = (
    "Should {a} develop, please stop crizotinib and call us.",
    "Should {a} worsen, crizotinib will be stopped.",
    "Please stop crizotinib if there is {a}.",
    "Crizotinib would have to be stopped for {a}.",
    "We would only stop crizotinib for {a}.",
    "Crizotinib should be held if {a} occurs.",
    "There is no reason to stop crizotinib for {a}.",
    "Stopping crizotinib was not necessary.",
)
DENIED = (
    "To date she has not had {a}.",
    "She has not had any {a} or fever since starting crizotinib.",
    "She has yet to experience {a}.",
    "She was asked to report {a} or fever immediately.",
    "She knows to call us in case of {a}.",
)


@pytest.mark.parametrize(("told", "harm"), list(product(SUPPOSED, HARMS)))
def test_what_is_only_supposed_stops_no_drug(told, harm):
    facts = read(Document("made", HEAD + told.format(a=harm))).facts
    assert [(fact.event, str(fact.when)) for fact in facts if isinstance(fact, Treatment)] == [
        ("start", "2020-05-04")
    ]


@pytest.mark.parametrize(("told", "harm"), list(product(DENIED, HARMS)))
def test_what_was_not_had_is_no_harm(told, harm):
    facts = read(Document("made", HEAD + told.format(a=harm))).facts
    assert not any(isinstance(fact, AdverseEvent) for fact in facts)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Crizotinib was stopped for good on 3 May 2021.", None),
        ("Crizotinib was stopped for the time being on 3 May 2021.", None),
        ("Crizotinib was stopped for rash on 3 May 2021.", "rash"),
        ("Crizotinib was stopped because of rash on 3 May 2021.", "rash"),
    ],
)
def test_a_reason_is_neither_a_length_nor_a_day(told, reason):
    facts = read(Document("made", HEAD + told)).facts
    (stop,) = (fact for fact in facts if isinstance(fact, Treatment) and fact.event == "stop")
    assert (stop.reason, str(stop.when)) == (reason, "2021-05-03")


@pytest.mark.parametrize(
    "told",
    [
        "At data cut-off, she remained on treatment.",
        "As of the data cut-off on 30 June 2022 she continues treatment with an ongoing response.",
        "It was well tolerated apart from ALT elevation, which resolved after a dose interruption of one week.",
    ],
)
def test_no_cut_off_and_no_pause_without_a_day_ends_a_drug(told):
    facts = read(Document("made", HEAD + told)).facts
    assert [fact.event for fact in facts if isinstance(fact, Treatment)] == ["start"]
