"""The plots of one patient's lines: weeks and changes worked by hand, and what is not drawn is counted."""

from __future__ import annotations

import json

import altair as alt
import pytest

from caseboard.assess import assess
from caseboard.board import render_dossier
from caseboard.board.line_plots import MOST_LINES, line_plots
from caseboard.formats.flat import read_flat


def plots(*facts: dict):
    case = read_flat(
        [json.dumps({"id": f"f{n}", "quote": "", **fact}) for n, fact in enumerate(facts)], path="s"
    )
    return line_plots(case, assess(case)), case


def lesion(date: str | None, *mm: float, site: str = "liver", **more):
    return {"kind": "lesion", "site": site, "date": date, "diameters_mm": list(mm), "modality": "CT", **more}


def drug(event: str, date: str | None, agent: str):
    return {"kind": "treatment", "modality": "systemic", "event": event, "agents": [agent], "date": date}


# Line 1 from 20 January 2020: 60 mm; 16 March is day 56, 36 mm, 40 % less; 11 May is day 112, 30 mm, 50 % less.
# Line 2 from 8 June 2020: 30 mm; August 2020 lies 54 to 84 days later, 45 mm, 50 % more.
TWO_LINES = (
    lesion("2020-01-13", 60),
    drug("start", "2020-01-20", "imatinib"),
    lesion("2020-03-16", 36),
    lesion("2020-05-11", 30),
    drug("stop", "2020-06-01", "imatinib"),
    drug("start", "2020-06-08", "sunitinib"),
    lesion("2020-08", 45),
)


def panels(found):
    return {panel["title"]: panel for panel in found.wide["vconcat"]}


def values(layer):
    return layer["data"]["values"]


def test_a_curve_for_each_line_begins_at_nothing_and_counts_weeks_from_its_start():
    found, _ = plots(*TWO_LINES)
    rows = values(panels(found)["Change from baseline over time"]["layer"][0])
    assert [(row["subject"], row["week"], row["change"]) for row in rows] == [
        ("Line 1", 0, 0),
        ("Line 1", 8, pytest.approx(-40)),
        ("Line 1", 16, pytest.approx(-50)),
        ("Line 2", 0, 0),
        ("Line 2", pytest.approx(69 / 7), pytest.approx(50)),
    ]


def test_a_month_is_drawn_as_the_weeks_that_it_may_be():
    found, _ = plots(*TWO_LINES)
    spans = values(panels(found)["Change from baseline over time"]["layer"][1])
    assert [(row["least"], row["most"]) for row in spans] == [(54 / 7, 84 / 7)]


def test_a_lane_for_each_line_is_its_time_on_treatment():
    found, _ = plots(*TWO_LINES)
    lanes, *_, marks = panels(found)["Response over time"]["layer"]
    # 20 January to 1 June 2020 are 133 days; line 2 goes on at the last word, in August.
    assert values(lanes)[0] == {"subject": "Line 1", "sure": 19, "end": 19, "ongoing": False}
    assert [(row["subject"], row["word"]) for row in values(marks)] == [
        ("Line 1", "PR"),
        ("Line 1", "PR"),
        ("Line 2", "PD"),
    ]


def test_the_best_change_of_each_line_is_a_bar_where_there_are_several():
    found, _ = plots(*TWO_LINES)
    rows = values(panels(found)["Best change from baseline"]["layer"][0])
    assert [(row["subject"], row["change"], row["word"]) for row in rows] == [
        ("Line 1", pytest.approx(-50), "PR"),
        ("Line 2", pytest.approx(50), "PD"),
    ]
    assert "Best change from baseline" not in panels(plots(*TWO_LINES[:4])[0])


def test_the_targets_of_a_line_are_drawn_one_by_one():
    found, _ = plots(*TWO_LINES[:2], lesion("2020-03-16", 36), lesion("2020-05-11", state="absent"))
    rows = values(panels(found)["Line 1: target by target"])
    assert [(row["lesion"], row["week"], row["mm"]) for row in rows] == [
        ("liver", 0, 60),
        ("liver", 8, 36),
        ("liver", 16, 0),
    ]


def test_what_has_no_date_is_counted_and_not_drawn():
    found, _ = plots(*TWO_LINES, lesion(None, 50))
    assert found.undrawn == 1
    assert len(found.rows) == 3


def test_without_any_assessment_there_is_nothing_to_draw():
    found, case = plots(*TWO_LINES[:2])
    assert found is None
    assert "response-chart" not in render_dossier(case, assess(case)).split("<script", maxsplit=1)[0]


def test_both_drawings_are_valid_by_altairs_schema_and_stand_in_the_page_with_their_words():
    found, case = plots(*TWO_LINES)
    for spec in (found.wide, found.narrow):
        alt.VConcatChart.from_dict(spec, validate=True)
    page = render_dossier(case, assess(case))
    assert (
        'id="response-chart" class="drawing" role="img" aria-label="Response of each line over the weeks: '
        in page
    )
    assert '<script type="application/json" id="response-narrow">' in page
    assert "<td>7.7 to 12</td>" in page  # 54 and 84 days


def test_of_very_many_lines_the_targets_of_the_first_are_drawn():
    facts = [lesion("2010-01-01", 60)]
    for year in range(2010, 2010 + MOST_LINES + 2):
        facts += [drug("start", f"{year}-01-10", f"drug{year}"), lesion(f"{year}-06-01", 60)]
        facts += [drug("stop", f"{year}-12-01", f"drug{year}"), lesion(f"{year}-12-20", 60)]
    found, _ = plots(*facts)
    assert sum("target by target" in title for title in panels(found)) == MOST_LINES
