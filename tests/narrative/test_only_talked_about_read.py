"""Drugs that are only talked about: asked after, hoped for, applied for, of a trial that is open. None was given.

Sentences are put together from what clinicians write before and behind the name of a drug; the other rows are their
counterparts, in which the same words stand beside a drug that was given.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

BEFORE = (
    "A 60-year-old woman was diagnosed with synovial sarcoma of the thigh in May 2018. She had four cycles of"
    " ifosfamide 9 g/m2 between August and November 2019. "
)
TALKED = (
    "She asked about {}",
    "She asked whether {} would help",
    "She wondered about {}",
    "She had read about {}",
    "She is keen to try {}",
    "She is interested in {}",
    "She may be suitable for {}",
    "She would be fit for {}",
    "There is no evidence for {}",
    "I would favour {}",
    "We could use {}",
    "I have applied for {}",
    "I have sent an application for {}",
    "She is on the waiting list for a trial of {}",
    "She has been screened for a trial of {}",
    "I have referred her for {}",
    "Her family asked for {}",
    "HLA typing was sent with a view to {}",
    "The board was in favour of {}",
    "The board leaned towards {}",
    "We hope to start {}",
    "We aim to start {}",
    "She is due to start {}",
    "She is about to start {}",
    "She is to start {}",
    "She is going to have {}",
    "She may need {}",
    "She could benefit from {}",
    "A trial of {} is open at another centre",
)
BEHIND = (
    ".",
    " as maintenance.",
    " if this comes back again.",
    " and I said there was no evidence for that.",
)
DRUGS = ("pazopanib", "trabectedin", "afami-cel")


def begun(text):
    """Return what was begun besides ifosfamide, with its day."""
    facts = read(Document("made", BEFORE + text)).of(Treatment)
    return [
        (fact.event, fact.agents, str(fact.when))
        for fact in facts
        if fact.agents not in ((), ("ifosfamide",))
    ]


@pytest.mark.parametrize(("talked", "behind", "drug"), list(product(TALKED, BEHIND, DRUGS)))
def test_not_given(talked, behind, drug):
    assert begun(talked.format(drug) + behind) == []


@pytest.mark.parametrize("drug", ["pazopanib", "trabectedin"])
@pytest.mark.parametrize(
    "told",
    [
        "She asked about {0} and it was started on 3 May 2020.",
        "She asked about {0}, which was started on 3 May 2020.",
        "She was keen to try {0} and began on 3 May 2020.",
        "She was asked whether she wanted treatment and chose {0}, begun on 3 May 2020.",
        "As she was not suitable for doxorubicin, {0} was started on 3 May 2020.",
        "Compassionate use was applied for and {0} was started on 3 May 2020.",
        "With a view to resection, {0} was started on 3 May 2020.",
        "She hoped to avoid surgery and started {0} on 3 May 2020.",
        "She was going to have surgery but progressed, and {0} was started on 3 May 2020.",
        "The trial is open; she started {0} on 3 May 2020.",
    ],
)
def test_given_after_all(told, drug):
    assert begun(told.format(drug)) == [("start", (drug,), "2020-05-03")]


def test_one_drug_given_up_in_favour_of_another():
    text = "Imatinib was started in January 2020. In May 2020 it was dropped because of rash in favour of sunitinib."
    assert begun(text) == [
        ("start", ("imatinib",), "2020-01"),
        ("stop", ("imatinib",), "2020-05"),
        ("start", ("sunitinib",), "2020-05"),
    ]
    (rash,) = read(Document("made", BEFORE + text)).of(AdverseEvent)
    assert rash.agents == ("imatinib",)
