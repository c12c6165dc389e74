"""The flat form: what is written is read back whole, and a wrong line is named."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from caseboard.case import DateInterval, Diagnosis, Lesion, Offset, Source, Span
from caseboard.errors import InputError
from caseboard.formats.flat import fact_to_flat, read_flat, write_flat
from strategies import cases

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ros1_imt.facts.jsonl"


@given(cases())
def test_every_case_is_read_back_as_it_was_written(case):
    assert read_flat(write_flat(case), path="drawn").facts == case.facts


def test_a_fact_is_written_with_the_fields_of_the_flat_form():
    fact = Lesion(
        id="f1",
        source=Source(document="case.txt", quote="a mass of 6 cm", span=Span(3, 17)),
        when=DateInterval.of(2018, 4),
        site="thigh",
        laterality="left",
        diameters_mm=(60.0,),
    )
    assert fact_to_flat(fact) == {
        "id": "f1",
        "patient": 1,
        "kind": "lesion",
        "quote": "a mass of 6 cm",
        "span": [3, 17],
        "date": "2018-04",
        "offset_days": None,
        "certainty": "stated",
        "why": "",
        "remarks": [],
        "date_first": "2018-04-01",
        "date_last": "2018-04-30",
        "document": "case.txt",
        "site": "thigh",
        "laterality": "left",
        "modality": None,
        "diameters_mm": (60.0,),
        "suv_max": None,
        "state": "present",
    }


def test_a_time_relative_to_the_presentation_is_written_in_days():
    fact = Diagnosis(
        id="f1", source=Source("case", "IMT"), when=Offset(90), term="inflammatory myofibroblastic tumor"
    )
    flat = fact_to_flat(fact)
    assert (flat["date"], flat["offset_days"]) == (None, 90)


def test_facts_made_by_hand_need_no_more_than_id_kind_and_their_own_fields():
    case = read_flat(
        ['{"id": "f1", "kind": "diagnosis", "term": "sarcoma", "status": "working"}', "", "  "], path="x"
    )
    assert case.facts == (Diagnosis(id="f1", source=Source("x", ""), term="sarcoma", status="working"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a fact"),
        ("[]", "not a fact"),
        ('{"kind": "diagnosis", "term": "sarcoma"}', "id"),
        ('{"id": "f1", "kind": "opinion"}', "opinion"),
        ('{"id": "f1", "kind": "diagnosis", "term": 3}', "term"),
        ('{"id": "f1", "kind": "diagnosis", "term": "x", "date": "April 2018"}', "YYYY-MM-DD"),
        (
            '{"id": "f1", "kind": "diagnosis", "term": "x", "date_first": "2018", "date_last": "2018-01-01"}',
            "date_first",
        ),
        ('{"id": "f1", "kind": "diagnosis", "term": "x", "offset_days": [3]}', "offset_days"),
        ('{"id": "f1", "kind": "diagnosis", "term": "x", "span": [3]}', "span"),
        ('{"a":' * 50_000, "not a fact"),
    ],
)
def test_a_wrong_line_is_named_with_its_number_and_what_is_wrong(line, message):
    good = '{"id": "f0", "kind": "diagnosis", "term": "sarcoma"}'
    with pytest.raises(InputError, match=message) as refused:
        read_flat([good, line], path="facts.jsonl")
    assert (refused.value.path, refused.value.place) == ("facts.jsonl", "line 2")


def test_the_spans_of_the_example_are_its_quotes():
    text = EXAMPLE.with_name("ros1_imt.txt").read_text(encoding="utf-8")
    facts = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    assert len(facts) == 53
    assert [text[slice(*fact["span"])] for fact in facts] == [fact["quote"] for fact in facts]


def test_the_reference_facts_are_read_and_written_without_loss(shared):
    for path in sorted((shared / "gold" / "dev").glob("*.facts.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        case = read_flat(lines, path=path.name)
        again = [json.loads(line) for line in write_flat(case)]
        for line, written in zip(lines, again, strict=True):
            given_fields = {name: value for name, value in json.loads(line).items() if name != "span"}
            assert given_fields == {name: written[name] for name in given_fields}, path.name


def test_facts_are_json_that_other_programs_read():
    fact = Diagnosis(id="f1", source=Source("case", "naïve – “IMT”\u2028"), term="x")
    line = msgspec.json.encode(fact_to_flat(fact)).decode()
    assert json.loads(line)["quote"] == "naïve – “IMT”\u2028"
