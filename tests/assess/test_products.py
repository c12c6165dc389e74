"""WHO products of a line beside the RECIST sum (Miller et al., Cancer 1981; 47:207-214), worked by hand."""

from __future__ import annotations

import pytest
from stories import drug, lesion, story, surgery

from caseboard.assess import assess
from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.board import render_dossier


def products(*facts):
    case = story(lesion("lung", "2020-01", 40, 30), lesion("liver", "2020-01", 20, 10), *facts)
    (response,) = assess_responses(case, build_course(case))
    return response.timepoints


START = drug("start", "2020-02", "crizotinib")


@pytest.mark.parametrize(
    ("lung", "liver", "sums", "word"),
    [
        # Baseline 40 x 30 + 20 x 10 = 1,400 mm².
        ((20, 25), (10, 10), (30, 600), "PR"),  # 57 % less; RECIST: 60 to 35 mm, 42 % less
        ((35, 28), (20, 10), (55, 1180), "NC"),  # 16 % less
        ((40, 30), (25, 10), (65, 1450), "PD"),  # one lesion 25 % larger, though the sum grew by 4 % only
    ],
)
def test_the_product_stands_beside_the_sum(lung, liver, sums, word):
    lung = sorted(lung, reverse=True)
    (point,) = products(START, lesion("lung", "2020-04", *lung), lesion("liver", "2020-04", *liver))
    own = lung[0] + liver[0]
    assert (point.sum_mm, point.who.sum_mm2, point.who.overall) == (own, sums[1], word)
    assert point.who.baseline_mm2 == 1400


def test_the_smallest_product_of_each_lesion_is_what_progression_counts_from():
    # 40 x 30 = 1,200; 20 x 10 = 200; 20 x 15 = 300: 50 % more than the smallest.
    first, second = products(
        START,
        lesion("lung", "2020-04", 20, 10),
        lesion("liver", "2020-04", 20, 10),
        lesion("lung", "2020-06", 20, 15),
        lesion("liver", "2020-06", 20, 10),
    )
    assert (first.who.overall, second.who.overall) == ("PR", "PD")
    assert first.overall == second.overall == "PR"


def test_one_diameter_gives_no_product_and_the_lesion_is_named():
    (point,) = products(START, lesion("lung", "2020-04", 20), lesion("liver", "2020-04", 10, 10))
    assert (point.sum_mm, point.who.sum_mm2, point.who.overall) == (30, None, "NE")
    assert point.who.why == "not measured in two diameters: lung"
    assert set(point.who.products_mm2.values()) == {None, 100}


def test_all_gone_is_complete_and_other_disease_stands_against_it():
    gone = [lesion(site, "2020-04", state="absent") for site in ("lung", "liver")]
    assert products(START, *gone)[0].who.overall == "CR"
    assert products(lesion("spleen", "2020-01", 12), START, *gone)[0].who.overall == "PR"


def test_lesions_of_one_diameter_have_no_product_and_resection_leaves_none():
    case = story(lesion("lung", "2020-01", 40), START, lesion("lung", "2020-04", 20))
    (response,) = assess_responses(case, build_course(case))
    assert response.timepoints[0].who is None
    (point,) = products(
        START, surgery("resection of the liver lesion", "2020-03"), lesion("lung", "2020-04", 20, 10)
    )
    assert (point.who.sum_mm2, point.who.overall) == (None, "NE")


def test_bone_without_soft_tissue_is_judged_apart():
    (point,) = products(
        lesion("femur", "2020-01", 30, 20),
        START,
        lesion("lung", "2020-04", 20, 10),
        lesion("liver", "2020-04", 20, 10),
    )
    assert (point.who.baseline_mm2, point.who.sum_mm2, point.who.overall) == (1400, 400, "PR")


def test_the_dossier_shows_products_beside_sums():
    case = story(
        lesion("lung", "2020-01", 40, 30),
        START,
        lesion("lung", "2020-04", 20, 15),
        lesion("liver", "2020-04", 9),
    )
    page = render_dossier(case, assess(case))
    assert "40 × 30 mm, product 1,200 mm²" in page
    assert '<td>PD <span class="sub">300&nbsp;mm²</span></td>' in page
    assert "WHO PD: a new lesion" in page
