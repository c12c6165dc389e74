"""The course chart: a valid Vega-Lite specification whose marks span the days that a date may mean."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import altair as alt
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.assess.course import build_course
from caseboard.assess.results import Assessment, Course, Line, Timing, TreatmentEpisode
from caseboard.board import palette
from caseboard.board.assets import read_static
from caseboard.board.charts import NARROW_PX, WIDE_PX, course_chart
from caseboard.board.packing import MAX_ROWS, Box, pack
from caseboard.board.timeline import timeline
from caseboard.board.wording import say_limits
from caseboard.case import Case, DateInterval, Diagnosis, Lab, Lesion, Offset, Source, Treatment

SOURCE = Source("d", "")
JULY = DateInterval.of(2020, 7)


def _chart(case: Case, assessment: Assessment, width: int = WIDE_PX) -> dict[str, Any]:
    chart = course_chart(timeline(case, assessment), width, lambda fact: f"#fact-{fact}")
    assert chart is not None
    return chart


def _bare(assessment: Assessment, course: Course) -> Assessment:
    return msgspec.structs.replace(assessment, course=course, responses=())


def _rows(chart: dict[str, Any], panel: str) -> list[dict[str, Any]]:
    found = next(own for own in chart["vconcat"] if own["title"] == panel)
    return [row for layer in found["layer"] for row in layer["data"]["values"] if "what" in row]


def _day(milliseconds: float) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).date().isoformat()


@pytest.mark.parametrize("width", [WIDE_PX, NARROW_PX])
def test_specification_is_valid_by_altairs_schema(case: Case, assessment: Assessment, width: int) -> None:
    alt.VConcatChart.from_dict(_chart(case, assessment, width), validate=True)


def test_bundled_scripts_draw_the_version_whose_schema_is_tested() -> None:
    assert f"Vega-Lite {alt.SCHEMA_VERSION.removeprefix('v').rsplit('.', 1)[0]}," in read_static(
        "vega.bundle.js"
    )


def test_panels_come_in_the_order_of_the_story(case: Case, assessment: Assessment) -> None:
    dated = msgspec.structs.replace(case.facts[3], when=DateInterval.of(2020, 6))
    again = msgspec.structs.replace(dated, id="f12", when=JULY, value=60.0)
    case = msgspec.structs.replace(case, facts=(*case.facts[:3], dated, *case.facts[4:], again))
    assert [panel["title"] for panel in _chart(case, assessment)["vconcat"]] == [
        "Diagnoses",
        "Tests and molecular findings",
        "Treatment",
        "Lesions: longest diameter, mm",
        "Response as reported",
        "Adverse events as reported",
        "Laboratory: ALT, U/L",
    ]


@pytest.mark.parametrize(
    ("lower", "upper", "shaded", "line"),
    [
        (10.0, 40.0, [{"low": 10.0, "high": 40.0}], []),
        (None, 40.0, [], [{"low": 40.0}]),
        (10.0, None, [], [{"low": 10.0}]),
        (None, None, [], []),
    ],
)
def test_what_is_normal_is_shaded_behind_laboratory_values(
    case, assessment, lower, upper, shaded, line
) -> None:
    dated = msgspec.structs.replace(case.facts[3], when=DateInterval.of(2020, 6))
    again = msgspec.structs.replace(dated, id="f12", when=JULY, value=60.0)
    case = msgspec.structs.replace(case, facts=(*case.facts[:3], dated, *case.facts[4:], again))
    labs = tuple(
        msgspec.structs.replace(
            assessment.labs[0], fact=fact, lower=lower, upper=upper, grade_v5=1, grade_v6=2
        )
        for fact in ("f4", "f12")
    )
    chart = _chart(case, msgspec.structs.replace(assessment, labs=labs))
    alt.VConcatChart.from_dict(chart, validate=True)
    (panel,) = (panel for panel in chart["vconcat"] if panel["title"] == "Laboratory: ALT, U/L")
    by_mark = {"rect": [], "rule": []}
    for layer in panel["layer"]:
        if "y" in layer["encoding"] and layer["encoding"]["y"]["field"] == "low":
            rows = layer["data"]["values"]
            by_mark[layer["mark"]["type"]] += [
                {key: row[key] for key in row if key[0] != "x"} for row in rows
            ]
    assert by_mark == {"rect": shaded, "rule": line}
    assert all(row["what"].endswith(", grade 1 in CTCAE v5, 2 in v6") for row in _rows(chart, panel["title"]))


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(3.5, 5.0, "3.5 to 5"), (None, 40.0, "up to 40"), (12.0, None, "from 12"), (None, None, "–")],
)
def test_limits_of_normal_are_said_as_a_laboratory_does(lower, upper, said) -> None:
    assert say_limits(lower, upper) == said


def test_month_is_drawn_from_its_first_day_to_the_end_of_its_last(case: Case, assessment: Assessment) -> None:
    row = next(row for row in _rows(_chart(case, assessment), "Diagnoses") if row["what"].startswith("Fibro"))
    assert (_day(row["x"]), _day(row["x2"])) == ("2020-06-01", "2020-07-01")
    assert row["when"] == "June 2020"
    assert row["href"] == "#fact-f3"


def test_axis_of_every_panel_is_the_same(case: Case, assessment: Assessment) -> None:
    chart = _chart(case, assessment)
    ends = [[row["x"] for row in panel["layer"][0]["data"]["values"]] for panel in chart["vconcat"]]
    assert all(own == ends[0] for own in ends)
    low, high = ends[0]
    drawn = [
        row for panel in chart["vconcat"] for layer in panel["layer"][1:] for row in layer["data"]["values"]
    ]
    assert all(low <= row["x"] <= row["x2"] <= high for row in drawn)


def test_sum_of_diameters_begins_with_its_baseline(case: Case, assessment: Assessment) -> None:
    line = timeline(case, assessment)
    assert [(point.value, point.when) for point in line.sums] == [(80, "June 2020"), (40, "1 October 2020")]


def _crizotinib(stop_reason: str) -> Course:
    """A course of one treatment from May to July 2020."""
    may, july = (Timing(DateInterval.of(2020, month), "") for month in (5, 7))
    episode = TreatmentEpisode(
        id="e",
        modality="systemic",
        name="crizotinib",
        agents=("crizotinib",),
        start=may,
        stop=july,
        ongoing=False,
        doses=(),
        stop_reason=stop_reason,
        facts=("f8",),
    )
    return Course(lesions=(), episodes=(episode,), lines=())


def test_treatment_is_sure_only_between_the_last_possible_start_and_the_first_possible_stop(
    case: Case, assessment: Assessment
) -> None:
    course = _crizotinib("")
    (row,) = {row["x"]: row for row in _rows(_chart(case, _bare(assessment, course)), "Treatment")}.values()
    assert [_day(row[key]) for key in ("x", "s1", "s2", "x2")] == [
        "2020-05-01",
        "2020-05-31",
        "2020-07-02",
        "2020-08-01",
    ]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("not told", "Crizotinib; why it ended is not told"),
        ("toxicity", "Crizotinib; toxicity"),
        ("", "Crizotinib"),
    ],
)
def test_reason_that_is_not_told_is_said_to_be_a_reason(
    case: Case, assessment: Assessment, reason: str, said: str
) -> None:
    course = _crizotinib(reason)
    (bar,) = timeline(case, _bare(assessment, course)).bars
    assert bar.what == said


def test_end_that_is_not_told_may_lie_anywhere_before_the_line_is_resumed(
    case: Case, assessment: Assessment
) -> None:
    def episode(name: str, month: int) -> TreatmentEpisode:
        return TreatmentEpisode(
            id=name,
            modality="systemic",
            name="crizotinib",
            agents=("crizotinib",),
            start=Timing(DateInterval.of(2020, month, 1), ""),
            stop=None,
            ongoing=False,
            doses=(),
            stop_reason="",
            facts=("f8",),
        )

    line = Line(
        number=1,
        name="crizotinib",
        agents=("crizotinib",),
        start=None,
        stop=None,
        ongoing=False,
        episodes=("first", "second"),
        rechallenge=None,
        facts=("f8",),
    )
    course = Course(lesions=(), episodes=(episode("first", 5), episode("second", 8)), lines=(line,))
    first, second = timeline(case, _bare(assessment, course)).bars
    assert (first.sure, first.ending) == (None, "end not told")
    assert first.placed.last == second.placed.first


def test_case_without_calendar_dates_counts_days_since_presentation(assessment: Assessment) -> None:
    facts = (
        Diagnosis(id="a", source=SOURCE, when=Offset(0), term="sarcoma"),
        Diagnosis(id="b", source=SOURCE, when=Offset(60), term="myofibroblastic tumor"),
        Lab(id="c", source=SOURCE, when=Offset(30), analyte="LDH", value=300),
    )
    case = Case(title="", facts=facts)
    chart = _chart(case, _bare(assessment, build_course(case)))
    assert max((row["x"], row["x2"]) for row in _rows(chart, "Diagnoses")) == (60, 61)
    assert chart["vconcat"][0]["layer"][0]["encoding"]["x"]["type"] == "quantitative"
    alt.VConcatChart.from_dict(chart, validate=True)


def _drug(name: str, event: str, when: DateInterval) -> Treatment:
    return Treatment(
        id=f"{name}-{event}", source=SOURCE, when=when, modality="systemic", event=event, agents=(name,)
    )


def test_lines_of_therapy_before_the_first_lesion_are_drawn_whole(assessment: Assessment) -> None:
    """A board note: no day of the diagnosis is told, and the first lesion is measured a year after line 1 began."""
    facts = (
        Diagnosis(id="a", source=SOURCE, term="alveolar soft part sarcoma"),
        _drug("sunitinib", "start", DateInterval.of(2019, 7, 1)),
        _drug("sunitinib", "stop", DateInterval.of(2020, 11, 16)),
        Lesion(id="b", source=SOURCE, when=DateInterval.of(2020, 8, 24), site="lung", diameters_mm=(11.0,)),
        _drug("prednisolone", "stop", DateInterval.of(2023, 2, 20)),
    )
    case = Case(title="", facts=facts)
    first, second = timeline(case, _bare(assessment, build_course(case))).bars
    assert (first.name, first.ending) == ("Sunitinib (line 1)", "stopped")
    assert first.placed.first == DateInterval.of(2019, 7, 1).first.toordinal()
    assert second.ending == "stopped"
    assert "start not told" in second.name


def test_undated_case_has_no_chart_but_loses_nothing(assessment: Assessment) -> None:
    case = Case(title="", facts=(Diagnosis(id="a", source=SOURCE, term="sarcoma"),))
    line = timeline(case, _bare(assessment, build_course(case)))
    assert course_chart(line, WIDE_PX, lambda _: None) is None
    assert [(own.kind, own.what, own.when) for own in line.unplaced] == [
        ("Diagnoses", "Sarcoma", "not dated")
    ]


def test_value_told_once_is_an_event_and_no_curve(case: Case, assessment: Assessment) -> None:
    dated = msgspec.structs.replace(case.facts[3], when=JULY)
    line = timeline(
        msgspec.structs.replace(case, facts=(*case.facts[:3], dated, *case.facts[4:])), assessment
    )
    assert line.labs == ()
    assert [event.label for event in line.events if event.tone == "laboratory"] == ["ALT 90 U/L"]


def test_illness_of_long_ago_does_not_squeeze_the_course(case: Case, assessment: Assessment) -> None:
    earlier = Diagnosis(
        id="old", source=SOURCE, when=DateInterval.of(1994), term="lymphoma", status="history"
    )
    case = msgspec.structs.replace(case, facts=(*case.facts, earlier))
    line = timeline(case, assessment)
    assert line.extent == timeline(msgspec.structs.replace(case, facts=case.facts[:-1]), assessment).extent
    assert ("Lymphoma (history)", "1994") in [(own.what, own.when) for own in line.unplaced]


def test_illness_of_long_ago_does_not_squeeze_a_course_whose_presentation_is_not_dated(
    case: Case, assessment: Assessment
) -> None:
    undated = msgspec.structs.replace(case.facts[0], when=None)
    surgery = Treatment(
        id="old",
        source=SOURCE,
        when=DateInterval.of(1994),
        modality="surgery",
        event="done",
        procedure="orchidectomy",
    )
    case = msgspec.structs.replace(case, facts=(undated, *case.facts[1:], surgery))
    line = timeline(case, msgspec.structs.replace(assessment, course=build_course(case)))
    assert [own.what for own in line.unplaced if own.when == "1994"] == ["Orchidectomy"]


def test_last_day_of_the_calendar_can_be_drawn(assessment: Assessment) -> None:
    when = DateInterval.of(9999, 12, 31)
    case = Case(title="", facts=(Diagnosis(id="a", source=SOURCE, when=when, term="sarcoma"),))
    assert _rows(_chart(case, _bare(assessment, build_course(case))), "Diagnoses")


def test_crowded_lane_says_how_many_events_it_leaves_to_the_table(assessment: Assessment) -> None:
    when = DateInterval.of(2020, 6)
    facts = tuple(
        Diagnosis(id=f"f{n}", source=SOURCE, when=when, term="sarcoma") for n in range(MAX_ROWS + 7)
    )
    case = Case(title="", facts=facts)
    chart = _chart(case, _bare(assessment, build_course(case)))
    assert chart["vconcat"][0]["title"] == "Diagnoses (7 more in the table)"


@given(
    st.lists(
        st.tuples(st.floats(0, 900), st.floats(5, 300), st.text("abc ", min_size=1, max_size=40)), max_size=25
    ),
    st.booleans(),
)
def test_marks_and_labels_of_one_row_never_overlap(raw: list[tuple[float, float, str]], above: bool) -> None:
    boxes = [Box(left, min(left + width, 940), label) for left, width, label in raw]
    taken: dict[int, list[tuple[float, float]]] = {}
    for box, seat in zip(boxes, pack(boxes, 940, above=above), strict=True):
        assert seat is not None
        for low, high in taken.setdefault(seat.row, []):
            assert box.right <= low or high <= box.left
        taken[seat.row].append((box.left, box.right))


def test_colours_of_labels_can_be_read_on_white() -> None:
    # WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1
    tones = {*palette.TONES.values(), *palette.MODALITIES.values(), *palette.SERIES}
    tones |= {palette.OTHER_MODALITY, palette.INK, palette.MUTED}
    assert {tone for tone in tones if _contrast(tone, "#ffffff") < 4.5} == set()


def test_colours_of_the_style_can_be_read_on_their_ground() -> None:
    # WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1
    names = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", read_static("dossier.css")))
    pairs = [(names[level], names[f"{level}-wash"]) for level in ("critical", "warning", "note", "info")]
    pairs += [
        (names[name], ground) for name in ("ink", "muted", "accent") for ground in ("#ffffff", names["wash"])
    ]
    pairs += [(names["ink"], "#fff1b8"), (names["ink"], "#ffd34d"), (names["accent"], "#f3f7fb")]
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
