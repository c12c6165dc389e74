"""Tables of the course in letters: lesions and responses with a column for each date. Read off the table by hand."""

from __future__ import annotations

from caseboard.case.case import Document
from caseboard.case.facts import Lesion, Response
from caseboard.narrative import read

TABLE = """A 50-year-old woman with GIST was treated with imatinib from January 2020.

Lesion (mm) | 12.01.2020 | 14.04.2020 | 20.07.2020
Liver segment 6 | 45 | 30 | 22
Peritoneum | 60 x 40 | 38 x 20 | not seen
Response | | PR | PR
"""


def test_each_cell_is_a_lesion_at_the_date_of_its_column():
    found = [(f.site, f.diameters_mm, f.state, str(f.when)) for f in read(Document("row", TABLE)).of(Lesion)]
    assert found == [
        ("liver segment vi", (45,), "present", "2020-01-12"),
        ("liver segment vi", (30,), "present", "2020-04-14"),
        ("liver segment vi", (22,), "present", "2020-07-20"),
        ("peritoneum", (60, 40), "present", "2020-01-12"),
        ("peritoneum", (38, 20), "present", "2020-04-14"),
        ("peritoneum", (), "absent", "2020-07-20"),
    ]


def test_a_row_of_ratings_is_a_response_at_each_date():
    text = TABLE.replace("Response | | PR | PR", "Response | - | PR | SD")
    found = [(f.category, str(f.when)) for f in read(Document("row", text)).of(Response)]
    assert found == [("PR", "2020-04-14"), ("SD", "2020-07-20")]


def test_bare_numbers_without_a_unit_of_length_are_no_sizes():
    found = read(Document("row", TABLE.replace("Lesion (mm)", "Lesion"))).of(Lesion)
    assert [f.diameters_mm for f in found if f.site == "liver segment vi"] == []
