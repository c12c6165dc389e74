"""What is kept beside its source: as Python keeps modules, and never taken for what was made from something else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from caseboard.kept import keep, load, mark_of

MADE = {("a|b", 2): [frozenset({"a", "b"})]}
MARK = mark_of(b"source", b"maker")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return str(tmp_path / "table.words.txt")


def kept(source: str) -> list[Path]:
    return list((Path(source).parent / "__pycache__").iterdir())


def test_what_is_kept_is_loaded_again(source):
    assert load(source, MARK) is None
    keep(source, MARK, MADE)
    assert load(source, MARK) == MADE
    assert [file.name for file in kept(source)] == [f"table.words.{sys.implementation.cache_tag}.pyc"]


@pytest.mark.parametrize(
    "made_from", [(b"source",), (b"Source", b"maker"), (b"sourcemaker",), (b"", b"sourcemaker")]
)
def test_what_was_made_from_something_else_is_not_loaded(source, made_from):
    keep(source, MARK, MADE)
    assert load(source, mark_of(*made_from)) is None


@pytest.mark.parametrize("rest", [0, 30, 64, 65, 70])
def test_a_file_that_is_cut_short_is_not_loaded(source, rest):
    keep(source, MARK, MADE)
    (file,) = kept(source)
    file.write_bytes(file.read_bytes()[:rest])
    assert load(source, MARK) is None


def test_nothing_is_written_where_python_is_to_write_no_bytecode(source, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(source, MARK, MADE)
    assert list(Path(source).parent.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_kept(source):
    (Path(source).parent / "__pycache__").write_text("no folder", encoding="utf-8")
    keep(source, MARK, MADE)
    assert load(source, MARK) is None


def test_python_is_told_where_to_keep_it(source, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    keep(source, MARK, MADE)
    assert load(source, MARK) == MADE
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]
