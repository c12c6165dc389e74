"""Compiled templates: kept beside their source, and never used for another source."""

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


def test_a_template_is_compiled_once(folder, monkeypatch):
    assert rendered(folder) == "42 mm"
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert rendered(folder) == "42 mm"


def test_a_template_that_was_changed_is_compiled_anew(folder):
    rendered(folder)
    (folder / "page.html.j2").write_text("{{ 6 * 8 }} mm", encoding="utf-8")
    assert rendered(folder) == "48 mm"


def test_a_template_is_compiled_anew_where_what_was_kept_is_damaged(folder):
    rendered(folder)
    (file,) = (folder / "__pycache__").iterdir()
    file.write_bytes(file.read_bytes()[:80])
    assert rendered(folder) == "42 mm"
