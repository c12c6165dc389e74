"""Plots of many patients' responses: what they show, and that text of a table stays text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import vl_convert

from caseboard.__main__ import main
from caseboard.assess.response.tables import timepoints
from caseboard.board.plot_files import render_plot
from caseboard.board.response_plots import PLOTS
from caseboard.formats.response_columns import lesion_rows
from caseboard.formats.tabular import read_table

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lesions.csv"


def drawn(kind: str, path: Path = EXAMPLE):
    rows, _ = lesion_rows(read_table(str(path)))
    return PLOTS[kind](rows, timepoints(rows))


def values(layer):
    return layer["data"]["values"]


@pytest.mark.parametrize("kind", PLOTS)
def test_each_plot_is_drawn(kind):
    assert vl_convert.vegalite_to_svg(drawn(kind)).startswith("<svg")


# 78, 38, 27, 36 mm, progression at the last; A-02: 66, 60 mm, progression at once by a new lesion.
def test_the_waterfall_shows_the_best_change_up_to_progression():
    rows = values(drawn("waterfall")["layer"][0])
    assert [(row["subject"], round(row["change"], 1), row["word"]) for row in rows] == [
        ("A-02", -9.1, "PD"),
        ("A-01", -65.4, "PR"),
    ]


def test_the_spider_begins_at_nothing_and_counts_weeks():
    rows = [row for row in values(drawn("spider")["layer"][0]) if row["subject"] == "A-01"]
    assert [(row["week"], round(row["change"], 1)) for row in rows] == [
        (0, 0),
        (8, -51.3),  # 10 January to 6 March 2020 are 56 days
        (pytest.approx(115 / 7), -65.4),
        (pytest.approx(173 / 7), -53.8),
    ]


def test_the_swimmer_has_a_lane_a_subject_and_a_mark_a_visit():
    lanes, marks = drawn("swimmer")["layer"]
    assert [row["subject"] for row in values(lanes)] == ["A-01", "A-02"]
    assert [row["word"] for row in values(marks)] == ["PR", "PR", "PD", "PD", "PD"]


def test_the_lines_of_lesions_show_what_counts_of_small_and_absent_ones():
    rows = [row for row in drawn("lesions")["data"]["values"] if row["lesion"] == "lung 1"]
    assert [row["mm"] for row in rows] == [20, 5, 0, 0]


HOSTILE = "</script><script>alert(1)</script>"


def test_text_of_a_table_cannot_leave_the_page_s_data(tmp_path):
    path = tmp_path / "lesions.csv"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("A-01", HOSTILE), encoding="utf-8")
    page = render_plot(drawn("waterfall", path), ".html").decode()
    assert HOSTILE not in page
    assert "alert(1)" in page
    assert 'http-equiv="Content-Security-Policy"' in page


@pytest.mark.parametrize(
    ("name", "start"), [("p.html", b"<!doctype"), ("p.svg", b"<svg"), ("p.png", b"\x89PNG")]
)
def test_a_plot_is_written_in_the_format_of_its_ending(tmp_path, monkeypatch, capsys, name, start):
    monkeypatch.chdir(tmp_path)
    assert main(["response", "plot", str(EXAMPLE), "-o", name]) == 0
    assert Path(name).read_bytes().startswith(start)
    assert capsys.readouterr().err == ""


def test_the_specification_itself_may_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["response", "plot", str(EXAMPLE), "--kind", "swimmer", "-o", "p.json"]) == 0
    assert json.loads(Path("p.json").read_text(encoding="utf-8"))["title"] == "Response over time"


@pytest.mark.parametrize("words", [["-o", "p.gif"], ["-o", "p.svg", "--kind", "pie"], []])
def test_another_ending_or_kind_is_wrong_usage(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert main(["response", "plot", str(EXAMPLE), *words]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_a_time_point_is_drawn_empty(tmp_path):
    path = tmp_path / "lesions.csv"
    path.write_text("\n".join(EXAMPLE.read_text(encoding="utf-8").splitlines()[:3]), encoding="utf-8")
    for kind in PLOTS:
        assert vl_convert.vegalite_to_svg(drawn(kind, path)).startswith("<svg")
