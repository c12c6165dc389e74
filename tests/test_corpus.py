"""Many documents: folders and files of many records, read in order, each fault told once, nothing half-written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from caseboard.__main__ import main
from caseboard.cli.corpus import read_one
from caseboard.errors import InputError
from caseboard.formats.corpus import Piece, pieces, size_of

STORY = "A 40-year-old woman presented in March 2019 with a mass of 5 cm in the left thigh."
RECIPE = "Take two eggs and 50 g of flour."


def record(key: str, story: str = STORY) -> str:
    return f"key: cord-{key} authors: A title: A tumor date: 2020 journal: J DOI: d cord_uid: {key} {story}\n"


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """A folder with two cases, one file that is none, and what is to be left out."""
    folder = tmp_path / "corpus"
    (folder / "b").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b" / "c.txt").write_text(STORY)
    (folder / "recipe.txt").write_text(RECIPE)
    (folder / ".hidden").write_text(STORY)
    (folder / ".git" / "config").write_text(STORY)
    (folder / "a.facts.jsonl").write_text("{}")
    monkeypatch.chdir(tmp_path)
    return folder


def documents(output: str) -> list[str]:
    return list(dict.fromkeys(json.loads(line)["document"] for line in output.splitlines()))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_is_read_with_all_below_it_and_one_bad_document_is_told_and_skipped(corpus, capsys, jobs):
    assert main(["facts", str(corpus), "--jobs", jobs]) == 1
    output = capsys.readouterr()
    assert documents(output.out) == ["a.txt", "b/c.txt"]
    (line,) = output.err.splitlines()
    assert line.startswith(f"caseboard: {corpus / 'recipe.txt'}: no sentence that tells of a patient")


def test_what_is_read_does_not_depend_on_the_number_of_processes(corpus, capsys):
    main(["facts", str(corpus)])
    alone = capsys.readouterr()
    main(["facts", str(corpus), "-j", "3"])
    assert capsys.readouterr() == alone


def test_the_exit_code_is_0_where_all_could_be_read(corpus, capsys):
    (corpus / "recipe.txt").unlink()
    assert main(["facts", str(corpus)]) == 0
    assert capsys.readouterr().err == ""


def test_facts_are_written_to_one_file_a_document(corpus, capsys):
    (corpus / "recipe.txt").write_text(STORY)
    (corpus / "a.md").write_text(STORY)
    assert main(["facts", str(corpus), "-o", "facts"]) == 0
    assert capsys.readouterr().out == ""
    written = sorted(path.relative_to("facts").as_posix() for path in Path("facts").rglob("*.*"))
    assert written == ["a.facts.jsonl", "a.txt.facts.jsonl", "b/c.facts.jsonl", "recipe.facts.jsonl"]
    assert documents(Path("facts/a.txt.facts.jsonl").read_text()) == ["a.txt"]


def test_a_folder_without_files_is_told(tmp_path, capsys):
    assert main(["facts", str(tmp_path)]) == 1
    assert "the folder has no files" in capsys.readouterr().err


def test_facts_go_to_no_place_that_is_no_folder(corpus, capsys):
    assert main(["facts", str(corpus), "-o", str(corpus / "a.txt")]) == 2
    assert "cannot be made" in capsys.readouterr().err
    assert (corpus / "a.txt").read_text() == STORY


def test_a_document_never_leads_out_of_the_folder(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("all.txt").write_text(record("../../x") + record("2"))
    assert main(["facts", "all.txt", "-o", "out"]) == 0
    assert sorted(path.name for path in tmp_path.rglob("*.facts.jsonl")) == [
        "cord-...facts.jsonl",
        "cord-2.facts.jsonl",
    ]
    assert {path.parent.name for path in tmp_path.rglob("*.facts.jsonl")} == {"out"}
    capsys.readouterr()


def test_records_that_follow_one_another_are_as_many_documents(tmp_path, capsys):
    path = tmp_path / "all.txt"
    path.write_text(record("1-a") + record("2-b", RECIPE) + record("3-c", "\n" + STORY) + record("1-a"))
    assert main(["facts", str(path)]) == 1
    output = capsys.readouterr()
    assert documents(output.out) == ["cord-1-a", "cord-3-c", "cord-1-a-4"]
    assert output.err.startswith(f"caseboard: {path}, record cord-2-b: no sentence")
    third = [json.loads(line) for line in output.out.splitlines() if '"cord-3-c"' in line]
    text = record("3-c", "\n" + STORY)
    assert all(text[slice(*fact["span"])] == fact["quote"] for fact in third)


def test_records_come_from_standard_input_too(monkeypatch, capsys):
    given = (record("1") + record("2")).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert main(["facts", "-"]) == 0
    assert documents(capsys.readouterr().out) == ["cord-1", "cord-2"]


def test_one_record_alone_keeps_the_name_of_its_file(tmp_path):
    (tmp_path / "one.txt").write_text(record("1"))
    (piece,) = pieces([str(tmp_path / "one.txt")])
    assert isinstance(piece, Piece)
    assert (piece.name, piece.path) == ("one.txt", str(tmp_path / "one.txt"))


def test_only_one_record_is_held_at_a_time(tmp_path):
    path = tmp_path / "all.txt"
    path.write_text("".join(record(str(number)) for number in range(100)))
    found = pieces([str(path)])
    first = next(found)
    assert isinstance(first, Piece)
    assert first.data is not None
    assert len(first.data) == len(record("1"))
    assert sum(1 for _ in found) == 99


def test_a_record_without_end_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("caseboard.formats.corpus.LARGEST_FILE", 1000)
    path = tmp_path / "all.txt"
    path.write_text(record("1", "a " * 600_000) + record("2"))
    first, second = pieces([str(path)])
    assert isinstance(first, InputError)
    assert isinstance(second, Piece)


def test_a_fault_of_the_reader_costs_one_document_only(monkeypatch):
    def faulty(_):
        raise KeyError("site")

    monkeypatch.setattr("caseboard.cli.corpus.read_piece", faulty)
    read = read_one(Piece("a.txt", "a.txt", 1), history=False)
    assert (
        read.error == "a.txt: a fault of Caseboard, not of the document: KeyError: 'site'; please report it"
    )


def test_the_bar_is_on_standard_error_and_only_where_it_is_asked_for(corpus, capsys):
    (corpus / "recipe.txt").unlink()
    assert main(["facts", str(corpus), "--progress"]) == 0
    asked = capsys.readouterr()
    assert "2 read" in asked.err
    assert documents(asked.out) == ["a.txt", "b/c.txt"]
    assert main(["facts", str(corpus), "--no-progress"]) == 0
    assert capsys.readouterr().err == ""


def test_the_size_of_what_is_missing_is_not_counted(corpus):
    assert size_of([str(corpus), str(corpus / "missing")]) == 2 * len(STORY) + len(RECIPE)
