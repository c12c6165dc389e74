"""The demands of patterns are kept from one process to the next, and read off again where their reader has changed."""

from __future__ import annotations

import re
import sys

import pytest

from caseboard.narrative import demand_book
from caseboard.narrative.demand_book import DemandBook
from caseboard.narrative.demands import demands_in

SOURCES = (r"\bcrizotinib\b", r"\b(?:grade|CTCAE)\s?\d")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(demand_book, "_BESIDE", str(tmp_path / "patterns.demands.kept"))


def asked(*sources: str) -> list[list[frozenset[str]]]:
    """Ask a new book, as a new process does, and let it keep what it was asked."""
    book = DemandBook()
    found = [book.demands_of(source, re.IGNORECASE) for source in sources]
    book.keep()
    return found


def test_demands_are_read_off_once(monkeypatch):
    first = asked(*SOURCES)
    assert first == [demands_in(source, re.IGNORECASE) for source in SOURCES]
    monkeypatch.setattr(demand_book, "demands_in", lambda *_: pytest.fail("read off again"))
    assert asked(*SOURCES) == first


def test_a_pattern_that_is_new_is_read_off_beside_those_that_were_kept():
    asked(*SOURCES)
    new = r"\bentrectinib\b"
    assert asked(*SOURCES, new)[-1] == demands_in(new, re.IGNORECASE)


def test_flags_make_another_pattern():
    book = DemandBook()
    assert book.demands_of("ROS1", re.IGNORECASE) == demands_in("ROS1", re.IGNORECASE)
    assert book.demands_of("R OS 1", re.VERBOSE) != book.demands_of("R OS 1", 0)


def test_demands_are_read_off_again_where_their_reader_has_changed(monkeypatch):
    asked(*SOURCES)
    monkeypatch.setattr(demand_book, "mark_of", lambda *_: "another")
    monkeypatch.setattr(demand_book, "demands_in", lambda *_: [frozenset({"new"})])
    assert asked(*SOURCES) == [[frozenset({"new"})]] * 2
