"""Sizes as written: units, lists, ranges and what is no lesion's size. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.narrative.sizes import find_sizes, find_suv

CASES = [
    ("a mass with a size of 6. 8 cm", [(68,)]),
    ("a mass of 5. 1 x 3. 4 cm", [(51, 34)]),
    ("bone elongation (approximately 6 cm)", []),
    ("a leg length discrepancy of 3 cm", []),
    ("an elongated mass of 6 cm", [(60,)]),
    ("a mass of 5,1x3.4 cm", [(51, 34)]),
    ("50 × 45 × 60 mm", [(60, 50, 45)]),
    ("a 3-cm nodule", [(30,)]),
    ("mitoses 6/2 mm2, 5 per 2 mm²", []),
    ("an ulcer of 7 x 4 cm2", [(70, 40)]),
    ("segment 6 - 5.1 cm", [(51,)]),
    ("nodules of 8 and 12 mm", [(8,), (12,)]),
    ("nodules of 3-5 mm", [(5,)]),
    ("a margin of 4 mm", []),
    ("a Breslow thickness of 3.1 mm", []),
    ("on day 1 and 12 mm later", [(12,)]),
    ("CT: LUL mass 4.2x3.1, prev 5.0", [(42, 31)]),
    ("liver met 2,3 x 1,9", [(23, 19)]),
    ("doxorubicin 1.5x2.0", []),
    ("leukocytes 2.5 x 10.2", []),
    ("a mass measuring 96/71 mm", [(96, 71)]),
    ("a tumour of 104/88/62 mm", [(104, 88, 62)]),
    ("on 12/08/2019 a node of 9 mm", [(9,)]),
    ("a lesion of 4.6 cm with a midline shift of 9 mm", [(46,)]),
    ("close margin (less than 2 mm)", []),
    ("with 8 mm midline shift", []),
    ("the caecal wall 9 mm", []),
    ("removed with at least 2 cm of healthy margin", []),
    ("the resulting defect of the chest wall measured 15/15 cm", []),
    ("a filling defect of 31 mm", [(31,)]),
    ("a chest wall mass of 41 mm", [(41,)]),
    ("CT of the chest with slices of 8 mm showed a nodule of 14 mm", [(14,)]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sizes_are_in_millimetres_largest_first(text, expected):
    assert sorted(size.diameters_mm for size in find_sizes(text, 0, len(text))) == sorted(expected)


def test_an_uptake_is_read_in_its_common_forms():
    text = "SUVmax = 13.6; SUVmax 7,9; SUVmax of 2.1; a standardized uptake value of 3.4 (standard uptake value 5.6)"
    assert [value for _, _, value in find_suv(text, 0, len(text))] == [13.6, 7.9, 2.1, 3.4, 5.6]
