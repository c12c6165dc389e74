"""Criteria other than RECIST 1.1, hand-worked from the rules of each publication's table."""

from __future__ import annotations

import pytest

from caseboard.assess.response.criteria import choi, mrecist, percist, rano, who
from caseboard.assess.response.criteria.irecist import ImmuneVisit, Judged, follow_immune, judge_immune
from caseboard.assess.response.criteria.rano import Glioma
from caseboard.assess.response.recist import Reading, Visit


# Miller 1981: complete disappearance; 50 % less; 25 % more of one lesion; a new lesion. Products of 40 x 30 and
# 20 x 10 mm: 1200 + 200 = 1400 mm².
@pytest.mark.parametrize(
    ("now", "more", "word"),
    [
        ([0, 0], {}, "CR"),
        ([0, 0], {"other_disease": True}, "PR"),
        ([600, 100], {}, "PR"),
        ([610, 100], {}, "NC"),
        ([600, 250], {}, "PD"),  # one lesion grew by 25 %, though the sum fell by 39 %
        ([1499, 200], {}, "NC"),
        ([1500, 200], {}, "PD"),
        ([600, 100], {"new_lesions": True}, "PD"),
        ([600, None], {}, "NE"),
        ([None, 250], {}, "PD"),
        ([300, 100], {"smallest_mm2": [240, 100]}, "PD"),
    ],
)
def test_who_by_products(now, more, word):
    assert who.product(40, 30) == 1200
    assert who.respond(now, baseline_mm2=[1200, 200], **more).word == word


# Choi 2007, table 1: 10 % smaller or 15 % less dense; 10 % larger and not less dense.
@pytest.mark.parametrize(
    ("mm", "hu", "more", "word"),
    [
        (90, 60, {}, "PR"),
        (91, 60, {}, "SD"),
        (100, 51, {}, "PR"),
        (100, 52, {}, "SD"),
        (115, 40, {}, "PR"),  # larger, but much less dense
        (110, 60, {}, "PD"),
        (109, 60, {}, "SD"),
        (50, 30, {"new_lesions": True}, "PD"),
        (50, 30, {"tumour_nodule": True}, "PD"),
        (0, None, {"all_gone": True}, "CR"),
        (80, None, {}, "PR"),
        (110, None, {}, "NE"),
        (None, 40, {}, "PR"),
        (None, 60, {}, "NE"),
    ],
)
def test_choi_by_size_or_density(mm, hu, more, word):
    assert choi.respond(mm, hu, baseline_mm=100, baseline_hu=60, **more).word == word


# Wahl 2009: 30 % and 0.8 units, both.
@pytest.mark.parametrize(
    ("baseline", "now", "more", "word"),
    [
        (10, 7, {}, "PMR"),
        (10, 7.1, {}, "SMD"),
        (2, 1.3, {}, "SMD"),  # 35 %, but 0.7 units
        (10, 13, {}, "SMD"),  # progression is more than 30 %
        (10, 13.1, {}, "PMD"),
        (2, 2.7, {}, "SMD"),
        (10, 5, {"new_lesions": True}, "PMD"),
        (10, 9, {"extended": True}, "PMD"),
        (10, 1, {"resolved": True}, "CMR"),
        (10, None, {}, "NE"),
    ],
)
def test_percist_by_percent_and_units(baseline, now, more, word):
    assert percist.respond(now, baseline=baseline, **more).word == word


def test_percist_says_that_suvmax_is_not_its_own_measure():
    found = percist.respond(5, baseline=10, measure="SUVmax")
    assert found.word == "PMR"
    assert "PERCIST asks for SULpeak" in found.why


def test_percist_measurable_by_liver_or_blood_pool():
    # 1.5 x 2.0 + 2 x 0.3 = 3.6; 2 x 1.5 + 2 x 0.3 = 3.6.
    assert percist.measurable(3.6, mean=2.0, deviation=0.3)
    assert not percist.measurable(3.5, mean=2.0, deviation=0.3)
    assert percist.measurable(3.6, mean=1.5, deviation=0.3, liver_diseased=True)


# Lencioni 2010, table 2, on the viable tumour only.
@pytest.mark.parametrize(
    ("viable", "smallest", "word"),
    [
        ([0, 0], None, "CR"),
        ([40, 30], None, "PR"),
        ([41, 30], None, "SD"),
        ([60, 60], None, "PD"),
        ([36, 24], 50, "PD"),
        ([None, 30], None, "NE"),
        ([None, 130], None, "PD"),
    ],
)
def test_mrecist_by_viable_tumour(viable, smallest, word):
    assert mrecist.respond(viable, baseline_mm=100, smallest_mm=smallest).word == word


# Wen 2010, table 4.
SAME = {"flair": "same", "new_lesions": False, "steroids": "same", "no_steroids": False, "worse": False}


@pytest.mark.parametrize(
    ("mm2", "change", "word"),
    [
        (0, {"steroids": "less", "no_steroids": True}, "CR"),
        (0, {}, "PR"),  # still on steroids
        (500, {}, "PR"),
        (501, {}, "SD"),
        (1249, {}, "SD"),
        (1250, {}, "PD"),
        (400, {"flair": "more"}, "PD"),
        (400, {"new_lesions": True}, "PD"),
        (400, {"worse": True}, "PD"),
        (400, {"steroids": "more"}, "NE"),
        (400, {"flair": None}, "NE"),
        (None, {}, "NE"),
        (None, {"worse": True}, "PD"),
    ],
)
def test_rano_by_table_4(mm2, change, word):
    now = Glioma(enhancing_mm2=mm2, **{**SAME, **change})
    assert rano.respond(now, baseline_mm2=1000).word == word


def test_rano_counts_progression_from_the_smallest():
    assert rano.respond(Glioma(enhancing_mm2=500, **SAME), baseline_mm2=1000, smallest_mm2=400).word == "PD"


# Seymour 2017, with a target of 100 mm at baseline.
def immune(*visits: ImmuneVisit) -> list[str]:
    return [one.word for one in follow_immune((Reading(100.0),), visits)]


def target(mm: float | None, *, states=(), **more) -> ImmuneVisit:
    return ImmuneVisit(Visit((Reading(mm),), states), **more)


NEW = {"new": {"liver": 10.0}}


# Table 2, and the FAQ's note that increases add up: 4 mm and then 2 mm are 6 mm.
def test_progression_is_confirmed_by_5_mm_more():
    assert immune(target(125), target(130)) == ["iUPD", "iCPD"]
    assert immune(target(125), target(129), target(131)) == ["iUPD", "iUPD", "iCPD"]


def test_without_confirmation_the_bar_is_reset():
    # Pseudoprogression, then response; the next progression must be confirmed anew.
    assert immune(target(125), target(60), target(75), target(80)) == ["iUPD", "iPR", "iUPD", "iCPD"]
    assert immune(target(125), target(110), target(125)) == ["iUPD", "iSD", "iUPD"]


def test_progression_by_another_cause_confirms():
    assert immune(target(125), target(125, **NEW)) == ["iUPD", "iCPD"]
    assert immune(target(100, **NEW), target(125, **NEW)) == ["iUPD", "iCPD"]


@pytest.mark.parametrize(
    ("later", "word"),
    [
        ({"new": {"liver": 15.0}}, "iCPD"),
        ({"new": {"liver": 14.0}}, "iUPD"),
        ({"new": {"liver": 10.0, "lung": None}}, "iCPD"),
        ({"new": {"lung": None}}, "iCPD"),  # another one, though the first is gone
        ({"new": {"liver": None}, "grew": frozenset({"new lesion"})}, "iCPD"),
        ({"new": {"liver": None}, "grew": frozenset({"non-target"})}, "iUPD"),  # not what made the iUPD
    ],
)
def test_a_new_lesion_is_confirmed_by_growth_or_by_another(later, word):
    assert immune(target(60, **NEW), target(60, **later)) == ["iUPD", word]


# FAQ, "must the new lesions resolve completely before an iPR or iCR can be assigned": scenario B, the targets shrink
# after the new lesion was seen; scenario F, they had shrunk before, and nothing changes any more.
def test_a_new_lesion_that_stays_does_not_stand_against_a_response_that_comes_after_it():
    assert immune(target(90, **NEW), target(60, **NEW)) == ["iUPD", "iPR"]
    assert immune(target(60), target(60, **NEW), target(60, **NEW)) == ["iPR", "iUPD", "iUPD"]
    # Fault: it made each later assessment iUPD. Complete response it is not, as long as the lesion is there.
    assert immune(target(90, **NEW), target(0, **NEW), target(0)) == ["iUPD", "iPR", "iCR"]


# FAQ, "How do new lesions define progression?": after the reset, another one, or 20 % and 5 mm more.
@pytest.mark.parametrize(
    ("new", "word"),
    [
        ({"liver": 10.0}, "iPR"),
        ({"liver": 14.0}, "iPR"),
        ({"liver": 15.0}, "iUPD"),
        ({"liver": 10.0, "lung": None}, "iUPD"),
    ],
)
def test_a_new_lesion_that_was_borne_is_progression_again_if_it_grows_or_another_comes(new, word):
    assert immune(target(90, **NEW), target(60, **NEW), target(60, new=new)) == ["iUPD", "iPR", word]


def test_a_non_target_lesion_that_grows_does_not_make_a_borne_new_one_progression():
    grown = target(60, states=("present",), grew=frozenset({"non-target"}), **NEW)
    states = {"states": ("present",)}
    assert immune(target(90, **states, **NEW), target(60, **states, **NEW), grown) == ["iUPD", "iPR", "iPR"]


def test_a_new_lesion_that_was_borne_confirms_no_later_progression_by_being_there():
    series = (target(90, **NEW), target(60, **NEW), target(75, **NEW), target(75, **NEW))
    assert immune(*series) == ["iUPD", "iPR", "iUPD", "iUPD"]


def test_non_target_growth_is_confirmed_by_further_growth():
    grown = ("unequivocal progression",)
    assert immune(target(90, states=grown), target(90, states=grown)) == ["iUPD", "iUPD"]
    assert immune(target(90, states=grown), target(90, states=grown, grew=frozenset({"non-target"}))) == [
        "iUPD",
        "iCPD",
    ]
    # FAQ: the further growth need not be unequivocal again.
    present = ("present",)
    assert immune(target(90, states=grown), target(90, states=present, grew=frozenset({"non-target"}))) == [
        "iUPD",
        "iCPD",
    ]


def test_what_was_not_assessed_neither_confirms_nor_resets():
    assert immune(target(125), target(None), target(130)) == ["iUPD", "NE", "iCPD"]
    assert immune(target(90, **NEW), target(60, **NEW), target(None), target(60, **NEW)) == [
        *("iUPD", "iPR", "NE", "iPR"),
    ]
    unseen = {"not_assessed": frozenset({"liver"})}
    assert immune(target(90, **NEW), target(60, **unseen), target(60, new={"liver": 15.0})) == [
        *("iUPD", "NE", "iCPD"),
    ]
    assert immune(target(90, **NEW), target(60, **NEW), target(0, **unseen), target(0, **NEW)) == [
        *("iUPD", "iPR", "iPR", "iPR"),
    ]


# FAQ: scans sooner than four weeks after the iUPD are not used to define iCPD.
def test_confirmation_comes_four_weeks_after_or_later():
    def on(day: int, mm: float) -> Judged:
        return Judged(target="PD", non_target="NONE", seen_mm=mm, first=day, last=day)

    words = [[one.word for one in judge_immune([on(0, 125), on(day, 131), on(60, 131)])] for day in (27, 28)]
    assert words == [["iUPD", "iUPD", "iCPD"], ["iUPD", "iCPD", "iCPD"]]
    assert [one.word for one in judge_immune([on(0, 125), on(27, 131)], confirm_days=26)] == ["iUPD", "iCPD"]


def test_each_response_without_progression_has_its_immune_word():
    assert immune(target(0), target(0)) == ["iCR", "iCR"]
    assert immune(target(65)) == ["iPR"]
    assert immune(target(95)) == ["iSD"]
    assert [one.word for one in follow_immune((), [ImmuneVisit(Visit((), ("present",)))])] == [
        "NON-iCR/NON-iUPD"
    ]
