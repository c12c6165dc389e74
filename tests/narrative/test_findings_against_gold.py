"""Tests, alterations, diagnoses and labs of the shared reference cases, held against their hand-made facts.

The yardstick is the scorer that lies beside the cases; facts match where their own fields and their times agree.
"""

from __future__ import annotations

import importlib.util
import json

import pytest

from caseboard.case.case import Document
from caseboard.formats.flat import write_flat
from caseboard.narrative import read


@pytest.fixture(scope="module")
def pairs(shared):
    """Return, by kind, (matched with agreeing times, read, gold) over all reference cases."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    counts = {}
    for path in sorted((shared / "gold" / "dev").glob("*.facts.jsonl")):
        gold = score.load(path)
        name = path.name.removesuffix(".facts.jsonl")
        text = path.with_name(f"{name}.txt").read_text(encoding="utf-8")
        guess = [json.loads(line) for line in write_flat(read(Document(name=name, text=text)))]
        for fact in gold:
            counts.setdefault(fact["kind"], [0, 0, 0])[2] += 1
        for fact in guess:
            counts.setdefault(fact["kind"], [0, 0, 0])[1] += 1
        for one, other in score.match(gold, guess):
            counts[one["kind"]][0] += score.date_score(one, other) == 1.0
    return counts


@pytest.mark.parametrize("kind", ["test", "alteration", "diagnosis", "lab"])
def test_nine_of_ten_findings_are_read_as_a_person_read_them(pairs, kind):
    matched, guessed, gold = pairs[kind]
    assert 2 * matched / (guessed + gold) >= 0.90
