"""Two statements in one sentence: each keeps its own day, and what is denied or planned in one leaves the other alone.

The sentences are put together from parts, each an event and the day that stands beside it; what is to be read follows
from how a sentence was put together, whatever else it says. No part is taken from a published text.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Diagnosis,
    Lab,
    Lesion,
    Response,
    Test,
    Treatment,
)
from caseboard.narrative import read

STORY = (
    "A 50-year-old man was diagnosed with soft tissue sarcoma of the thigh in March 2021. "
    "On 3 May 2022 pazopanib 800 mg daily was started. "
)
FIRST, SECOND = ("9 August 2022", "2022-08-09"), ("14 October 2022", "2022-10-14")


def course(event, agent):
    return lambda fact: isinstance(fact, Treatment) and fact.event == event and agent in fact.agents


def done(modality):
    return lambda fact: isinstance(fact, Treatment) and fact.modality == modality


def of(kind):
    return lambda fact: isinstance(fact, kind)


def synovial(fact):
    return isinstance(fact, Diagnosis) and fact.code == "SYNS"


EVENTS = (
    ("trabectedin was started", "trabectedin", course("start", "trabectedin")),
    ("he received trabectedin", "trabectedin", course("start", "trabectedin")),
    ("pazopanib was stopped", "pazopanib", course("stop", "pazopanib")),
    ("pazopanib was reduced to 600 mg", "pazopanib", course("change", "pazopanib")),
    ("CT showed progressive disease", "response", of(Response)),
    ("a partial response was confirmed", "response", of(Response)),
    ("he underwent left lower lobectomy", "surgery", done("surgery")),
    ("the tumor was resected", "surgery", done("surgery")),
    ("he received 30 Gy in 10 fractions", "radiotherapy", done("radiotherapy")),
    ("radiotherapy (30 Gy in 10 fractions) was given", "radiotherapy", done("radiotherapy")),
    ("grade 3 hypertension developed", "harm", of(AdverseEvent)),
    ("CT showed a 23 mm nodule in the liver", "spread", of(Lesion)),
    ("LDH was 450 U/L", "lab", of(Lab)),
    ("NGS detected an NF1 mutation", "test", of(Test)),
    ("synovial sarcoma was diagnosed", "spread", synovial),
)
"""What happened, of what sort it is, and which facts tell it. Two of one sort are not told together."""


def told(event, day, *, led):
    """Return an event with its day before or behind it."""
    return f"on {day} {event}" if led else f"{event} on {day}"


def facts_of(sentence):
    """Return what is read from the story with one more sentence."""
    text = STORY + sentence[0].upper() + sentence[1:] + "."
    return read(Document("row", text)).facts


def days(facts, match):
    """Return the days of the facts that tell an event."""
    return {str(fact.when) for fact in facts if match(fact)}


def own_days(facts, event, beside, of_other):
    """Return the days of an event; a new lesion beside it may be progression of its own day (RECIST 1.1, 4.3.5)."""
    found = days(facts, event[2])
    return found - {of_other} if event[1] == "response" and beside[1] == "spread" else found


@pytest.mark.parametrize("joint", [", and ", " and ", "; ", ", but ", ", after which ", ", whereas "])
def test_each_of_two_events_keeps_the_day_told_beside_it(joint):
    wrong = []
    for one, other in permutations(EVENTS, 2):
        if one[1] == other[1]:
            continue
        for led, other_led in ((True, True), (False, False), (True, False), (False, True)):
            sentence = told(one[0], FIRST[0], led=led) + joint + told(other[0], SECOND[0], led=other_led)
            facts = facts_of(sentence)
            first = own_days(facts, one, other, SECOND[1])
            second = own_days(facts, other, one, FIRST[1])
            if (first, second) != ({FIRST[1]}, {SECOND[1]}):
                wrong.append((sentence, first, second))
    assert wrong == []


NOT_DONE = (
    ("surgery was not performed", "surgery"),
    ("surgery was declined", "surgery"),
    ("radiotherapy was refused", "radiotherapy"),
    ("adjuvant chemotherapy was not given", "drug"),
    ("no new lesions were seen", "spread"),
    ("there was no fever", "fever"),
    ("biopsy was not possible", "biopsy"),
    ("amputation was proposed", "surgery"),
)


@pytest.mark.parametrize("joint", [", and ", ", but ", "; ", ", while "])
@pytest.mark.parametrize(("denied", "sort"), NOT_DONE)
def test_what_was_not_done_leaves_what_was_done_beside_it(denied, sort, joint):
    kinds = {"surgery", "radiotherapy", "spread"} & {sort}
    wrong = []
    for event in EVENTS:
        if event[1] in kinds:
            continue
        for led in (True, False):
            happened = told(event[0], FIRST[0], led=led)
            for sentence in (happened + joint + denied, denied + joint + happened):
                found = days(facts_of(sentence), event[2])
                if found != {FIRST[1]}:
                    wrong.append((sentence, found))
    assert wrong == []


ALTERATIONS = (
    ("EGFR mutation", "EGFR"),
    ("ALK rearrangement", "ALK"),
    ("ROS1 fusion", "ROS1"),
    ("MET amplification", "MET"),
    ("KIT exon 11 mutation", "KIT"),
)
NEGATIVE = (
    "{} was negative.",
    "{} was found negative.",
    "{} was found to be negative.",
    "{} was reported as negative.",
    "{} (FISH) was negative.",
    "{} (FISH) negative.",
    "{} (negative).",
    "{} (-).",
    "{}: no.",
    "{} has not been detected.",
    "{} resulted negative.",
    "{} was proven negative.",
    "FISH analysis for {} showed a negative result.",
    "{} was searched by FISH with negative result.",
    "{} was investigated and resulted absent.",
    "{} status: wild type.",
)
POSITIVE = (
    "{} was found to be positive.",
    "{} (FISH) positive.",
    "{} was searched by FISH with positive result.",
    "{} was not only found but also confirmed by NGS.",
    "NGS found {}, and surgery was not possible.",
    "NGS found {}, and dabrafenib was not available.",
    "{} was found and the patient was not operated on.",
)


def results_of(sentence, gene):
    """Return the results told of a gene, and whether an alteration of it is told."""
    facts = facts_of(sentence.removesuffix("."))
    results = {fact.result for fact in facts if isinstance(fact, Test) and gene in fact.target}
    return results, any(isinstance(fact, Alteration) and gene in fact.genes for fact in facts)


@pytest.mark.parametrize("frame", NEGATIVE)
def test_a_finding_judged_negative_is_no_alteration(frame):
    read_as = {words: results_of(frame.format(words), gene) for words, gene in ALTERATIONS}
    assert read_as == dict.fromkeys(read_as, ({"negative"}, False))


@pytest.mark.parametrize("frame", POSITIVE)
def test_a_finding_stays_one_whatever_else_was_not_done(frame):
    read_as = {words: results_of(frame.format(words), gene) for words, gene in ALTERATIONS}
    assert read_as == dict.fromkeys(read_as, ({"positive"}, True))
