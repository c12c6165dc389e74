"""Compiled templates: kept beside their source as Python keeps modules, and never used for another source."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from caseboard.board.page import BesideSource


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html.j2").write_text("{{ 6 * 7 }} mm", encoding="utf-8")
    return tmp_path


def rendered(folder: Path) -> str:
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=BesideSource())
    return environment.get_template("page.html.j2").render()


def kept(folder: Path) -> list[Path]:
    return list((folder / "__pycache__").glob("page.html.*.pyc"))


def test_a_template_is_compiled_once(folder, monkeypatch):
    assert rendered(folder) == "42 mm"
    assert len(kept(folder)) == 1
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert rendered(folder) == "42 mm"


def test_a_template_that_was_changed_is_compiled_anew(folder):
    rendered(folder)
    (folder / "page.html.j2").write_text("{{ 6 * 8 }} mm", encoding="utf-8")
    assert rendered(folder) == "48 mm"


@pytest.mark.parametrize("rest", [0, 30, 65, 80, 200])
def test_a_kept_file_that_is_cut_short_is_not_used(folder, rest):
    rendered(folder)
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:rest])
    assert rendered(folder) == "42 mm"


def test_nothing_is_written_where_python_is_to_write_no_bytecode(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "42 mm"
    assert kept(folder) == []


def test_where_nothing_can_be_written_the_template_is_rendered_all_the_same(folder):
    (folder / "__pycache__").write_text("no folder", encoding="utf-8")
    assert rendered(folder) == "42 mm"
