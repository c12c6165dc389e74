"""The reader against cases in our own words, with facts written by hand before the reader saw them.

The texts are of many tumours and styles: reports, clinic letters, board notes, discharge summaries. Their facts are in
the flat form and name patients, diagnoses, lesions, treatments, adverse events, responses and outcomes; tests and
laboratory values are left out. The least F1 is what the reader had reached when this was written: it may only rise.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from caseboard.case.case import Document
from caseboard.errors import NoPatientError
from caseboard.formats.flat import write_flat
from caseboard.narrative import read

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.name.removesuffix(".facts.jsonl") for path in CORPUS.glob("*.facts.jsonl"))
LEAST = {"lesion": 0.92, "treatment": 0.91, "adverse_event": 0.93, "response": 0.94, "outcome": 0.76}
DRUG_GIVEN = {"start", "resume", "change", "done"}


def words(text):
    return {
        word.rstrip("s")
        for word in re.findall(r"[a-z0-9]+", (text or "").lower())
        if len(word) > 2 or word.isdigit()
    }


def same_time(told, found):
    if told["date"]:
        return (found["date"] or "").startswith(told["date"])
    if told["offset_days"] is None:
        return True
    return found["offset_days"] is not None and abs(found["offset_days"] - told["offset_days"]) <= 15


def same_lesion(told, found):
    sizes = sorted(told["diameters_mm"]) == sorted(found["diameters_mm"])
    uptake = told["suv_max"] is None or told["suv_max"] == found["suv_max"]
    return (
        sizes
        and uptake
        and told["state"] == found["state"]
        and bool(words(told["site"]) & words(found["site"]))
    )


def same_treatment(told, found):
    event = told["event"] == found["event"] or {told["event"], found["event"]} <= DRUG_GIVEN
    return (
        event and told["modality"] == found["modality"] and sorted(told["agents"]) == sorted(found["agents"])
    )


def same_event(told, found):
    return bool(words(told["term"]) & words(found["term"])) and told["grade"] == found["grade"]


SAME = {
    "lesion": same_lesion,
    "treatment": same_treatment,
    "adverse_event": same_event,
    "response": lambda told, found: told["category"] == found["category"],
    "outcome": lambda told, found: (told["vital"], told["disease"]) == (found["vital"], found["disease"]),
}


@cache
def tally():
    """Return, by kind, how many facts were told, found, and found rightly with their time."""
    told_by, found_by, right = Counter(), Counter(), Counter()
    for name in NAMES:
        told = [json.loads(line) for line in (CORPUS / f"{name}.facts.jsonl").read_text("utf-8").splitlines()]
        text = (CORPUS / f"{name}.txt").read_text("utf-8")
        try:
            found = [json.loads(line) for line in write_flat(read(Document(name=name, text=text)))]
        except NoPatientError:
            found = []
        for kind, same in SAME.items():
            ours = [fact for fact in found if fact.get("kind") == kind]
            told_by[kind] += sum(fact["kind"] == kind for fact in told)
            found_by[kind] += len(ours)
            for fact in told:
                if fact["kind"] != kind:
                    continue
                hit = next(
                    (
                        o
                        for o in ours
                        if o["patient"] == fact["patient"] and same(fact, o) and same_time(fact, o)
                    ),
                    None,
                )
                if hit is not None:
                    ours.remove(hit)
                    right[kind] += 1
    return told_by, found_by, right


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_of_the_hand_made_facts_stands_in_its_text(name):
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    facts = [json.loads(line) for line in (CORPUS / f"{name}.facts.jsonl").read_text("utf-8").splitlines()]
    assert all(fact["quote"] in text for fact in facts)


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_the_reader_does_not_fall_below_what_it_reached_on_the_corpus(kind):
    told, found, right = (counted[kind] for counted in tally())
    assert 2 * right / (told + found) >= LEAST[kind], (told, found, right)
