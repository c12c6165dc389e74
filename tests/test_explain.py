"""What is told of how a sentence was read. The sentences are ours; what must be told of them is plain from them."""

from __future__ import annotations

import pytest

from caseboard.__main__ import main
from caseboard.case import Document
from caseboard.narrative import read
from caseboard.narrative.explain import Explanation, explain, find_text

TEXT = """Introduction

Crizotinib is a drug for tumors with a ROS1 fusion.

Case report

In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh. He denied fever. He had fatigue
lately. Three months later crizotinib was started. Radiotherapy was planned. CT showed a mass of 4 cm.
Should it grow, surgery would follow.

Discussion

Osteosarcoma is rare.
"""
DOCUMENT = Document("case.txt", TEXT)


def told(text: str) -> Explanation:
    span = find_text(DOCUMENT, text)
    assert span is not None
    (one,) = explain(DOCUMENT, *span)
    return one


def reasons(text: str) -> dict[str, str]:
    return {unused.words: unused.reason for unused in told(text).unused}


def test_section_role_and_patient_of_a_sentence_of_the_case():
    one = told("presented with")
    assert (one.section, one.heading, one.role, one.patient) == ("case", "Case report", "case", 1)
    assert one.text == "In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh."
    assert TEXT[one.start : one.end] == one.text


def test_a_sentence_outside_the_case_says_why_it_is_not_read():
    one = told("Osteosarcoma is rare")
    assert one.role == "other"
    assert "'Discussion'" in one.role_why
    assert reasons("Osteosarcoma is rare") == {"Osteosarcoma": "the sentence is not read for facts"}


def test_times_are_told_with_how_they_were_resolved():
    (month,) = told("presented with").times
    assert (month.words, month.when, month.certainty) == ("April 2018", "2018-04", "stated")
    (later,) = told("crizotinib was started").times
    assert later.words == "Three months later"
    assert later.when.startswith("2018-07")
    assert later.certainty == "resolved"
    assert later.why


def test_the_time_of_the_story_is_inherited_where_the_sentence_gives_none():
    inherited = told("mass of 4 cm").inherited
    assert inherited is not None
    assert inherited.when.startswith("2018-07")


def test_facts_are_told_with_the_extractor_that_made_them_and_are_those_of_the_reading():
    facts = {fact.id: fact for fact in read(DOCUMENT).facts}
    made = told("presented with").produced
    assert {(one.extractor, one.kind) for one in made} >= {("patient", "patient"), ("lesion", "lesion")}
    treatment = told("crizotinib was started").produced
    assert [(one.extractor, one.kind) for one in treatment] == [("treatment", "treatment")]
    for one in (*made, *treatment):
        assert one.fact is not None
        assert one.fact == facts[one.fact.id]


def test_all_facts_of_a_text_are_told_of_some_sentence():
    explained = {
        one.fact.id for all_of_it in explain(DOCUMENT, 0, len(TEXT)) for one in all_of_it.produced if one.fact
    }
    assert explained == {fact.id for fact in read(DOCUMENT).facts}


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("denied fever", "fever", "denied"),
        ("Radiotherapy was", "Radiotherapy", "planned"),
        ("Should it grow", "surgery", "condition"),
    ],
)
def test_a_mention_without_a_fact_has_its_reason(text, words, reason):
    assert reason in reasons(text)[words]


def test_a_text_is_found_whatever_its_case_and_white_space():
    assert find_text(DOCUMENT, "had FATIGUE lately") == (TEXT.index("had fat"), TEXT.index("lately") + 6)
    assert find_text(DOCUMENT, "sarcoidosis") is None
    assert find_text(DOCUMENT, " \t") is None


def test_a_text_that_tells_of_nobody_is_explained_too():
    (one,) = explain(Document("x", "Osteosarcoma is a rare tumor."), 0, 1)
    assert (one.role, one.produced) == ("other", ())


@pytest.fixture
def case(tmp_path) -> str:
    path = tmp_path / "case.txt"
    path.write_text(TEXT)
    return str(path)


def test_the_command_prints_plain_wrapped_text(case, capsys):
    assert main(["facts", case, "--explain", "denied fever"]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 100
    assert "unused      'fever' (toxicity Fever): denied by the words around it" in printed
    assert main(["facts", case, "--explain", str(TEXT.index("fever"))]) == 0
    assert capsys.readouterr().out == printed


def test_the_command_says_where_else_the_text_stands(case, capsys):
    assert main(["facts", case, "--explain", "mass"]) == 0
    assert f"stands again at {TEXT.rindex('mass')}" in capsys.readouterr().out


def test_a_heading_is_no_sentence(case, capsys):
    assert main(["facts", case, "--explain", "Case report"]) == 0
    assert "are a heading, or stand between sentences" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--explain", "not there"], ["other.txt", "--explain", "fever"]])
def test_what_cannot_be_explained_is_wrong_usage(case, capsys, arguments):
    assert main(["facts", case, *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_facts_from_a_table_have_no_sentence(tmp_path, capsys):
    path = tmp_path / "facts.jsonl"
    path.write_text('{"id": "f1", "kind": "patient", "sex": "male"}\n')
    assert main(["facts", str(path), "--explain", "male"]) == 1
    assert "a table, not a text" in capsys.readouterr().err
