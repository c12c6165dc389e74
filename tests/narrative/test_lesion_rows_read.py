"""Tables of lesions with a time a line, and the unit that their title gives. Worked by hand; the tables are ours."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a mass of the thigh.\n\n"


def rows(table, before=PATIENT):
    """Return (time, site, side, diameters, state) of each lesion of a table."""
    found = read(Document("row", before + table)).of(Lesion)
    return [
        (
            str(f.when) if f.when is not None else None,
            f.site,
            f.laterality,
            f.diameters_mm,
            f.state,
        )
        for f in found
        if f.source.span.start >= len(before)
    ]


def test_a_column_is_a_lesion_and_the_title_gives_the_unit():
    table = (
        "Course of the liver lesions (mm)\nDate | Segment 6 | Segment 2\n3 May 2019 | 41 | 22\n"
        "8 August 2019 | 30 | not seen\n2 December 2019 | 18 | -\n"
    )
    assert rows(table) == [
        ("2019-05-03", "liver segment vi", None, (41.0,), "present"),
        ("2019-05-03", "liver segment ii", None, (22.0,), "present"),
        ("2019-08-08", "liver segment vi", None, (30.0,), "present"),
        ("2019-08-08", "liver segment ii", None, (), "absent"),
        ("2019-12-02", "liver segment vi", None, (18.0,), "present"),
    ]


def test_each_column_has_its_own_unit_and_those_of_no_lesion_are_left_out():
    table = (
        "Target lesions\nDate | Lung right lower lobe (mm) | CEA | Liver (cm)\n"
        "3 May 2019 | 14 | 8.1 | 4.1\n8 August 2019 | none | 3.3 | 3.2\n"
    )
    assert rows(table) == [
        ("2019-05-03", "lung lower lobe", "right", (14.0,), "present"),
        ("2019-05-03", "liver", None, (41.0,), "present"),
        ("2019-08-08", "lung lower lobe", "right", (), "absent"),
        ("2019-08-08", "liver", None, (32.0,), "present"),
    ]


def test_a_column_of_sizes_is_that_of_the_lesion_of_the_title():
    table = "Course of the left lung nodule\nDate | Size (mm) | Remark\n3 May 2019 | 14 x 11 | round\n"
    assert rows(table) == [("2019-05-03", "lung", "left", (14.0, 11.0), "present")]


def test_a_column_of_sizes_without_such_a_title_is_that_of_the_main_lesion():
    table = "Follow-up\nDate | Size (mm) | Remark\n3 May 2019 | 84 x 61 | firm\n8 August 2019 | 62 x 50 | softer\n"
    assert rows(table) == [
        ("2019-05-03", "thigh", None, (84.0, 61.0), "present"),
        ("2019-08-08", "thigh", None, (62.0, 50.0), "present"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Course\nDate | Weight (kg) | Remark\n3 May 2019 | 84 | firm\n",
        "Liver segment 6\nDate | Size | Remark\n3 May 2019 | 84 | firm\n",  # no unit: no length
        "Liver\nDate | Segment 6 (mm)\nremark | 84\n",  # a line without a time
        "Liver (mm)\nDate | Segment 6 | Segment 2\n3 May 2019 | - | n.d.\n",
    ],
)
def test_columns_and_lines_that_tell_no_lesion(table):
    assert rows(table) == []


def test_a_line_behind_the_table_is_none_of_it():
    table = (
        "Course of the liver lesions (mm)\nDate | Segment 6\n3 May 2019 | 41\n\n"
        "She was well then. 8 August 2019 | 30\n"
    )
    assert rows(table) == [("2019-05-03", "liver segment vi", None, (41.0,), "present")]


NARROW = (
    "Course of the thigh mass\nDay Diameters (mm) Reading\n0 84 x 61 baseline\n56 62 x 50 smaller\n"
    "112 none seen complete\n"
)


def test_rows_that_count_days_from_what_the_text_says():
    # 56 days after 4 March 2019 is 29 April, 112 days after it 24 June.
    before = PATIENT.rstrip("\n") + " Days are counted from the first visit.\n\n"
    assert rows(NARROW, before) == [
        ("2019-03-04", "thigh", None, (84.0, 61.0), "present"),
        ("2019-04-29", "thigh", None, (62.0, 50.0), "present"),
        ("2019-06-24", "thigh", None, (), "absent"),
    ]


def test_rows_that_count_days_from_what_no_text_says_have_no_date():
    assert [(when, mm) for when, _, _, mm, _ in rows(NARROW)] == [
        (None, (84.0, 61.0)),
        (None, (62.0, 50.0)),
        (None, ()),
    ]


def test_a_table_with_its_dates_above_takes_the_unit_of_its_title():
    table = (
        "Target lesions in cm\nLesion | 3 May 2019 | 8 August 2019\nLiver segment 6 | 4.1 | 2.0\n"
        "Right upper lobe of the lung | 1.2 | not detectable\n"
    )
    assert rows(table) == [
        ("2019-05-03", "liver segment vi", None, (41.0,), "present"),
        ("2019-08-08", "liver segment vi", None, (20.0,), "present"),
        ("2019-05-03", "lung upper lobe", "right", (12.0,), "present"),
        ("2019-08-08", "lung upper lobe", "right", (), "absent"),
    ]


def test_a_table_without_a_unit_tells_no_lengths():
    table = "Target lesions\nLesion | 3 May 2019 | 8 August 2019\nLiver segment 6 | 41 | 20\n"
    assert [mm for *_, mm, _ in rows(table) if mm] == []


@pytest.mark.parametrize(
    "line",
    [
        "Left adrenal: 28 mm (03.05.2020), 16 mm (04.08.2020), 15 mm (02.12.2020)\n",
        "Left adrenal: 28 mm (03.05.2020) -> 16 mm (04.08.2020) -> 15 mm (02.12.2020)\n",
        "- Left adrenal: 03.05.2020 28 mm, 04.08.2020 16 mm, 02.12.2020 15 mm\n",
    ],
)
def test_a_place_heads_the_sizes_that_its_lesion_had(line):
    assert [(when, site, size) for when, site, _, size, _ in rows(line)] == [
        ("2020-05-03", "adrenal gland", (28.0,)),
        ("2020-08-04", "adrenal gland", (16.0,)),
        ("2020-12-02", "adrenal gland", (15.0,)),
    ]


def test_the_size_of_an_organ_is_no_lesion():
    assert rows("Spleen: 12 cm (03.05.2020), 13 cm (04.08.2020)\n") == []
