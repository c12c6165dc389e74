"""RECIST 1.1: the core against the guideline's tables and worked numbers, and the lines of small cases.

"The guideline" is Eisenhauer et al., Eur J Cancer 2009; 45:228-247.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.assess.course import build_course
from caseboard.assess.response.best import Assessed, best_overall_response
from caseboard.assess.response.lines import assess_responses
from caseboard.assess.response.measurability import comparable, measure
from caseboard.assess.response.nature import Nature
from caseboard.assess.response.recist import (
    Candidate,
    Reading,
    Visit,
    choose_targets,
    follow,
    non_target_response,
    overall_response,
    percent_change,
    sum_of_diameters,
    target_response,
)
from caseboard.assess.results import LineResponse
from caseboard.case import Case
from caseboard.formats.flat import read_flat

# Table 1: target, non-target, new lesions -> overall. "NE" stands for not (all) evaluated.
TABLE_1 = [
    ("CR", "CR", False, "CR"),
    ("CR", "NONE", False, "CR"),
    ("CR", "NON-CR/NON-PD", False, "PR"),
    ("CR", "NE", False, "PR"),
    ("PR", "NON-CR/NON-PD", False, "PR"),
    ("PR", "CR", False, "PR"),
    ("PR", "NE", False, "PR"),
    ("SD", "NON-CR/NON-PD", False, "SD"),
    ("SD", "NE", False, "SD"),
    ("NE", "NON-CR/NON-PD", False, "NE"),
    ("PD", "CR", False, "PD"),
    ("PD", "NE", True, "PD"),
    ("SD", "PD", False, "PD"),
    ("CR", "PD", True, "PD"),
    ("PR", "NE", True, "PD"),
]

# Table 2: patients with non-target disease only.
TABLE_2 = [
    ("CR", False, "CR"),
    ("NON-CR/NON-PD", False, "NON-CR/NON-PD"),
    ("NE", False, "NE"),
    ("PD", False, "PD"),
    ("PD", True, "PD"),
    ("NON-CR/NON-PD", True, "PD"),
]

# Table 3: first and next time point -> best response when confirmation is asked for, with the minimum duration of
# stable disease met by the first time point, and not met. CR then PR is read by the table's footnote.
TABLE_3 = [
    ("CR", "CR", "CR", "CR"),
    ("CR", "PR", "SD", "PD"),
    ("CR", "SD", "SD", "PD"),
    ("CR", "PD", "SD", "PD"),
    ("CR", "NE", "SD", "NE"),
    ("PR", "CR", "PR", "PR"),
    ("PR", "PR", "PR", "PR"),
    ("PR", "SD", "SD", "SD"),
    ("PR", "PD", "SD", "PD"),
    ("PR", "NE", "SD", "NE"),
    ("NE", "NE", "NE", "NE"),
]


@pytest.mark.parametrize(("target", "non_target", "new", "overall"), TABLE_1)
def test_overall_response_is_that_of_table_1(target, non_target, new, overall):
    assert overall_response(target, non_target, new) == overall


@pytest.mark.parametrize(("non_target", "new", "overall"), TABLE_2)
def test_overall_response_without_targets_is_that_of_table_2(non_target, new, overall):
    assert overall_response("NONE", non_target, new) == overall


@pytest.mark.parametrize(("first", "then", "met", "not_met"), TABLE_3)
def test_best_response_with_confirmation_is_that_of_table_3(first, then, met, not_met):
    late = best_overall_response([Assessed.on(first, 56), Assessed.on(then, 112)], confirmation_days=28)
    # Both before the minimum of 90 days, with four weeks between them.
    early = best_overall_response(
        [Assessed.on(first, 28), Assessed.on(then, 56)], confirmation_days=28, stable_disease_days=90
    )
    assert (late.word, early.word) == (met, not_met)


# The core


def readings(*mm: float | None) -> tuple[Reading, ...]:
    return tuple(Reading(one) for one in mm)


def judge(*mm: float | None, baseline: float, nadir: float, **more: bool) -> str:
    return target_response(readings(*mm), baseline_mm=baseline, nadir_mm=nadir, **more).word


@pytest.mark.parametrize(
    ("mm", "baseline", "nadir", "word"),
    [
        (70, 100, 100, "PR"),  # section 4.3.1: at least 30 % less than at baseline
        (70.1, 100, 100, "SD"),
        (120, 100, 100, "PD"),  # at least 20 % more than the smallest sum
        (119.9, 100, 100, "SD"),
        (60, 100, 50, "PD"),  # the nadir counts, not the baseline
        (24.9, 100, 20, "PR"),  # 24 % more, but under 5 mm
        (25, 100, 20, "PD"),  # 25 % and 5 mm more
        (0, 100, 30, "CR"),
        (4, 100, 0, "PR"),  # grown from nothing, but by less than 5 mm
        (5, 100, 0, "PD"),
    ],
)
def test_target_response_by_the_thresholds_of_section_4_3_1(mm, baseline, nadir, word):
    assert judge(mm, baseline=baseline, nadir=nadir) == word


def test_a_target_that_comes_back_after_complete_response_is_progression_at_any_size():
    # Appendix III of the guideline, on lesions that disappear and reappear.
    assert judge(4, baseline=100, nadir=0, complete_before=True) == "PD"


def test_nodes_under_10_mm_are_complete_response_though_the_sum_is_not_zero():
    # Section 4.3.2, lymph nodes.
    nodes = (Reading(9, node=True), Reading(0))
    assert target_response(nodes, baseline_mm=60, nadir_mm=60).word == "CR"
    assert sum_of_diameters(nodes) == 9
    assert target_response((Reading(10, node=True),), baseline_mm=60, nadir_mm=60).word == "PR"


def test_normal_nodes_that_grow_stay_complete_response():
    grown = (Reading(9, node=True), Reading(9, node=True))
    assert target_response(grown, baseline_mm=40, nadir_mm=10).word == "CR"


def test_a_missing_target_leaves_the_response_not_evaluable():
    # Section 4.4.2.
    assert judge(20, None, baseline=100, nadir=100) == "NE"


def test_what_was_seen_may_be_progression_enough_though_a_target_is_missing():
    # Section 4.4.2: three lesions sum to 50 mm; two of them later measure 80 mm.
    assert judge(45, 35, None, baseline=50, nadir=50) == "PD"


def test_no_change_in_percent_from_nothing():
    assert percent_change(5, 0) is None
    assert percent_change(40, 210) == pytest.approx(-80.952, abs=0.001)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ([], "NONE"),
        (["absent", "absent"], "CR"),
        (["absent", "present"], "NON-CR/NON-PD"),
        (["absent", "not assessed"], "NE"),
        (["present", "not assessed"], "NON-CR/NON-PD"),
        (["absent", "unequivocal progression"], "PD"),
    ],
)
def test_non_target_response_by_section_4_3_3(states, word):
    assert non_target_response(states) == word


def test_five_targets_at_most_and_two_in_an_organ_the_largest_first():
    # Section 4.2.
    lesions = [
        Candidate("liver 1", "liver", 50),
        Candidate("liver 2", "liver", 40),
        Candidate("liver 3", "liver", 45),
        Candidate("lung 1", "lung", 12),
        Candidate("bone", "bone", 90, "not measurable"),
        Candidate("lung 2", "lung", 14),
        Candidate("spleen", "spleen", 11),
        Candidate("kidney", "kidney", 10),
        Candidate("adrenal", "adrenal gland", None),
    ]
    choices = {choice.lesion: choice for choice in choose_targets(lesions)}
    assert [name for name, choice in choices.items() if choice.target] == [
        "liver 1",
        "liver 3",
        "lung 1",
        "lung 2",
        "spleen",
    ]
    assert "two larger targets" in choices["liver 2"].reason
    assert "five larger" in choices["kidney"].reason
    assert choices["bone"].reason == "not measurable"
    assert choices["adrenal"].reason == "no size at baseline"


def test_the_nadir_moves_and_progression_is_counted_from_it():
    # 100 -> 60 (PR) -> 50 (PR) -> 58 (16 % up: PR) -> 60 (20 % and 10 mm up from 50: PD).
    results = follow(readings(100), [Visit(readings(mm)) for mm in (60, 50, 58, 60)])
    assert [one.overall for one in results] == ["PR", "PR", "PR", "PD"]
    assert [one.nadir_mm for one in results] == [100, 60, 50, 50]


def test_an_incomplete_sum_moves_no_nadir():
    results = follow(readings(50, 50), [Visit(readings(10, None)), Visit(readings(60, 55))])
    assert [one.overall for one in results] == ["NE", "SD"]
    assert results[1].nadir_mm == 100


def test_best_response_without_confirmation_is_the_best_before_progression():
    words = [Assessed.on("SD", 50), Assessed.on("PR", 100), Assessed.on("PD", 150), Assessed.on("CR", 200)]
    assert best_overall_response(words).word == "PR"


def test_early_stable_disease_does_not_count():
    # Section 4.6.3.
    assert best_overall_response([Assessed.on("SD", 20)]).word == "NE"
    assert best_overall_response([Assessed.on("SD", 20), Assessed.on("PD", 50)]).word == "PD"


def test_stable_disease_that_may_have_lasted_long_enough_says_so():
    best = best_overall_response([Assessed("SD", 31, 61)])
    assert (best.word, best.why) == ("SD", "may be 42 days or more after the start")


def test_two_missed_assessments_break_a_confirmation():
    words = [("PR", 50), ("NE", 100), ("NE", 150), ("PR", 200)]
    assessed = [Assessed.on(word, day) for word, day in words]
    assert best_overall_response(assessed, confirmation_days=28).word == "SD"
    assert best_overall_response(assessed, confirmation_days=28, missed_between=2).word == "PR"


def test_a_confirmation_must_be_certain_where_days_are_not_exact():
    assessed = [Assessed("PR", 50, 80), Assessed("PR", 90, 120)]
    assert best_overall_response(assessed, confirmation_days=28).word == "SD"


def test_no_assessment_is_missing():
    assert best_overall_response([]).word == "MISSING"


# Section 3.1.1, 3.1.3, 3.2.2
@pytest.mark.parametrize(
    ("diameters", "how", "measurable", "mm"),
    [
        ((10.0,), {"modality": "CT"}, True, 10),
        ((9.9,), {"modality": "MRI"}, False, 9.9),
        ((25.0, 15.0), {"modality": "CT", "node": True}, True, 15),
        ((25.0, 14.0), {"modality": "CT", "node": True}, False, 14),
        ((10.0,), {"modality": "exam"}, True, 10),
        ((19.0,), {"modality": "XR", "organ": "lung"}, False, 19),
        ((20.0,), {"modality": "XR", "organ": "lung"}, True, 20),
        ((30.0,), {"modality": "XR", "organ": "breast"}, False, None),
        ((30.0,), {"modality": "US"}, False, None),
        ((30.0,), {"modality": "PET"}, False, None),
        ((30.0,), {"modality": "pathology"}, False, None),
        ((30.0,), {"nature": Nature(bone=True)}, False, 30),
        ((30.0,), {"nature": Nature(bone=True, soft_tissue=True)}, True, 30),
        ((9.0,), {"nature": Nature(bone=True, soft_tissue=True)}, False, 9),
        ((30.0,), {"nature": Nature(bone=True, soft_tissue=True, blastic=True)}, False, 30),
        ((30.0,), {"nature": Nature(simple_cyst=True)}, False, 30),
        ((30.0,), {"nature": Nature(cystic=True)}, True, 30),
        (
            (10.0,),
            {"nature": Nature(slice_mm=5)},
            True,
            10,
        ),  # appendix II: twice the slice where it is over 5 mm
        ((15.9,), {"nature": Nature(slice_mm=8)}, False, 15.9),
        ((16.0,), {"nature": Nature(slice_mm=8)}, True, 16),
        ((), {"modality": "CT"}, False, None),
    ],
)
def test_measurability_by_size_and_method(diameters, how, measurable, mm):
    size = measure(diameters, **{"modality": "CT", "organ": "liver", "node": False, **how})
    assert (size.measurable, size.diameter_mm) == (measurable, mm)


def test_a_node_under_10_mm_is_normal():
    size = measure((12.0, 9.0), modality="CT", organ="lymph nodes", node=True)
    assert size.normal


def test_ct_and_mri_compare_and_callipers_do_not():
    assert comparable("CT", "MRI")
    assert not comparable("CT", "exam")


sizes = st.lists(st.floats(10, 200), min_size=1, max_size=5)
ORDER = ["CR", "PR", "SD", "PD"]


@given(before=sizes, factor=st.floats(0, 3), extra=st.booleans())
def test_a_new_lesion_never_improves_a_response(before, factor, extra):
    visit = tuple(Reading(mm * factor) for mm in before)
    states = ("present",) if extra else ()
    without = follow(readings(*before), [Visit(visit, states)])[0].overall
    with_new = follow(readings(*before), [Visit(visit, states, new_lesions=True)])[0].overall
    assert ORDER.index(with_new) >= ORDER.index(without)


@given(before=sizes, factors=st.lists(st.floats(0, 2), min_size=5, max_size=5), seed=st.randoms())
def test_the_order_of_lesions_never_matters(before, factors, seed):
    pairs = list(zip(before, factors, strict=False))
    mixed = list(pairs)
    seed.shuffle(mixed)
    words = [
        follow(readings(*(mm for mm, _ in each)), [Visit(readings(*(mm * factor for mm, factor in each)))])[
            0
        ].overall
        for each in (pairs, mixed)
    ]
    assert words[0] == words[1]


@given(
    before=st.lists(st.floats(30, 200), min_size=1, max_size=5),
    factor=st.floats(0, 3),
    scale=st.floats(1, 10),
)
def test_scaling_all_sizes_changes_no_category_where_5_mm_does_not_bind(before, factor, scale):
    # 20 % of at least 30 mm is more than 5 mm, so that only the ratio decides.
    near = (0.7, 1.2)
    if any(abs(factor - edge) < 1e-6 for edge in near):
        return
    words = [
        follow(
            readings(*(mm * by for mm in before)), [Visit(readings(*(mm * factor * by for mm in before)))]
        )[0].overall
        for by in (1.0, scale)
    ]
    assert words[0] == words[1]


# Cases


def story(*facts: dict[str, object]) -> Case:
    lines = [json.dumps({"id": f"f{n}", "quote": "", **fact}) for n, fact in enumerate(facts, start=1)]
    return read_flat(lines, path="story")


def lesion(site: str, when: str | None, *mm: float, by: str | None = "CT", **more: object):
    return {"kind": "lesion", "site": site, "date": when, "diameters_mm": list(mm), "modality": by, **more}


def gone(site: str, when: str | None, **more: object):
    return lesion(site, when, state="absent", **more)


def drug(event: str, when: str | None, agent: str):
    return {"kind": "treatment", "modality": "systemic", "event": event, "agents": [agent], "date": when}


def local(modality: str, when: str, procedure: str):
    return {"kind": "treatment", "modality": modality, "event": "done", "procedure": procedure, "date": when}


def stated(category: str, when: str | None, modality: str = "imaging"):
    return {"kind": "response", "category": category, "date": when, "modality": modality}


def responses(case: Case) -> tuple[LineResponse, ...]:
    return assess_responses(case, build_course(case))


def only(case: Case) -> LineResponse:
    (response,) = responses(case)
    return response


def roles(case: Case, response: LineResponse) -> dict[str, tuple[str, float | None]]:
    names = {one.id: one.name for one in build_course(case).lesions}
    return {names[target.lesion]: (target.role, target.baseline_mm) for target in response.targets}


def rules(response: LineResponse) -> dict[str, str]:
    return {finding.rule: finding.what for finding in response.findings}


# A patient of our own, with the traps of the yardstick: irradiated lesions, an old baseline, a lesion gone and not
# mentioned again, surgery, recurrence off therapy, rechallenge. Sums by hand: 170 + 40 = 210; 40 + 0 = 40 (-81 %);
# 38 + 0 = 38 (-82 %).
LONG_STORY = (
    lesion("thigh", "2019-03", 170, 135),
    lesion("iliopsoas", "2019-03", 40, 25),
    lesion("gluteus muscle", "2019-03", 21, 19),
    lesion("dorsal muscles at d11", "2019-03", 37, 30),
    drug("start", "2019-03", "doxorubicin"),
    {**local("radiotherapy", "2019-04", ""), "site": "dorsal muscles"},
    drug("stop", "2019-05", "doxorubicin"),
    drug("start", "2019-05", "crizotinib"),
    lesion("thigh", "2019-09", 40, 30),
    gone("iliopsoas", "2019-09"),
    gone("gluteus muscle", "2019-09"),
    gone("dorsal muscles", "2019-09"),
    stated("MR", "2019-09"),
    lesion("thigh", "2019-12", 38, 30, by=None),
    local("surgery", "2020-01", "wide excision of residual thigh lesion"),
    drug("resume", "2020-02", "crizotinib"),
    drug("stop", "2020-06", "crizotinib"),
    lesion("thigh", "2020-07"),
    stated("PD", "2020-07"),
    drug("resume", "2020-08", "crizotinib"),
    stated("CR", "2020-11"),
)


def test_a_long_story_by_hand():
    case = story(*LONG_STORY)
    _, crizotinib, again = responses(case)
    assert roles(case, crizotinib) == {
        "thigh": ("target", 170),
        "iliopsoas": ("target", 40),
        "gluteus muscle": ("non-target", 21),
        "dorsal muscles at D11": ("non-target", 37),
    }
    rows = [(p.timing.text, p.sum_mm, p.change_from_baseline_pct, p.overall) for p in crizotinib.timepoints]
    assert rows == [
        ("September 2019", 40, pytest.approx(-80.95, abs=0.01), "PR"),
        ("December 2019", 38, pytest.approx(-81.90, abs=0.01), "PR"),
        ("July 2020", None, None, "PD"),
    ]
    assert (crizotinib.best_derived, crizotinib.best_stated) == ("PR", "MR")
    assert (again.baseline, again.best_derived, again.best_stated) == (None, "NE", "CR")


def test_an_irradiated_lesion_is_no_target_and_its_reason_says_when():
    crizotinib = responses(story(*LONG_STORY))[1]
    dorsal = next(target for target in crizotinib.targets if target.baseline_mm == 37)
    assert "treated locally before (April 2019)" in dorsal.reason


def test_an_irradiated_lesion_that_grew_since_may_be_a_target():
    # Section 3.1.3.
    case = story(
        lesion("thigh", "2019-01-01", 30),
        local("radiotherapy", "2019-02-01", "radiotherapy of thigh lesion"),
        lesion("thigh", "2019-05-01", 40),
        drug("start", "2019-05-10", "crizotinib"),
    )
    assert roles(case, only(case)) == {"thigh": ("target", 40)}


def test_a_baseline_more_than_four_weeks_old_is_flagged():
    # Section 3.2.1. From 31 March to 1 May are 31 days, from 1 March to 31 May 91.
    crizotinib = responses(story(*LONG_STORY))[1]
    what = rules(crizotinib)["response.baseline_older_than_four_weeks"]
    assert "is older" in what
    assert "31 to 91 days" in what
    assert "response.baseline_before_previous_line" in rules(crizotinib)


def test_a_baseline_within_four_weeks_is_not_flagged():
    case = story(lesion("liver", "2021-08-16", 91), drug("start", "2021-09-06", "pemigatinib"))
    assert list(rules(only(case))) == ["response.target_choice"]


def test_a_lesion_gone_and_not_mentioned_is_still_gone_and_this_is_said():
    december = responses(story(*LONG_STORY))[1].timepoints[1]
    assert "iliopsoas: gone in September 2019, not mentioned since: taken as still gone" in december.why


def test_a_size_is_never_carried_on():
    case = story(
        lesion("liver segment v", "2021-01-21", 74),
        lesion("hilar lymph node", "2021-01-21", 20),
        drug("start", "2021-02-15", "cisplatin"),
        lesion("liver segment v", "2021-04-19", 72),
        stated("SD", "2021-04-19"),
    )
    (point,) = only(case).timepoints
    assert (point.sum_mm, point.overall, point.agrees) == (None, "NE", None)
    assert "hilar lymph node: not reported" in point.why


def test_a_target_too_small_to_measure_counts_5_mm():
    # Section 4.3.2.
    case = story(
        lesion("liver", "2021-01-21", 40),
        drug("start", "2021-02-15", "cisplatin"),
        lesion("liver", "2021-04-19", quote="the liver lesion, now too small to measure"),
    )
    (point,) = only(case).timepoints
    assert (point.sum_mm, point.overall) == (5, "PR")


def test_sizes_older_than_the_baseline_assessment_are_not_mixed_into_its_sum():
    case = story(
        lesion("liver segment iv", "2021-01-21", 74),
        lesion("liver segment viii", "2021-01-21", 15),
        drug("start", "2021-02-15", "cisplatin"),
        lesion("liver segment iv", "2021-08-16", 91),
        stated("PD", "2021-08-16"),
        drug("start", "2021-09-06", "pemigatinib"),
    )
    second = responses(case)[1]
    assert roles(case, second) == {
        "liver segment IV": ("target", 91),
        "liver segment VIII": ("non-target", None),
    }


def test_sizes_from_before_a_later_progression_are_no_baseline():
    case = story(
        lesion("liver", "2019-03", 54),
        drug("start", "2019-04", "sunitinib"),
        stated("PD", "2020-01"),
        drug("start", "2020-02", "regorafenib"),
    )
    second = responses(case)[1]
    assert second.baseline is None
    assert "before a progression (January 2020)" in second.targets[0].reason


def test_a_new_lesion_is_progression_whatever_the_targets_do():
    case = story(
        lesion("liver", "2020-01-10", 60),
        drug("start", "2020-01-20", "imatinib"),
        lesion("liver", "2020-06-10", 30),
        lesion("peritoneum", "2020-06-10", 12),
    )
    (point,) = only(case).timepoints
    assert (point.target, point.new_lesions, point.overall) == ("PR", True, "PD")


def test_an_uptake_on_pet_alone_is_no_new_lesion_yet():
    # Section 4.3.5.
    case = story(
        lesion("liver", "2020-01-10", 60),
        drug("start", "2020-01-20", "imatinib"),
        lesion("mediastinal lymph nodes", "2020-06-10", by="PET", suv_max=4),
    )
    (point,) = only(case).timepoints
    assert not point.new_lesions


def test_a_lesion_first_told_during_a_line_is_not_called_new_without_a_baseline():
    case = story(drug("start", "2020-01-20", "imatinib"), lesion("pelvis", "2020-06-10", 60))
    (point,) = only(case).timepoints
    assert not point.new_lesions
    assert "whether it is new is not known" in point.why[0]


def test_sizes_of_another_method_are_not_compared():
    # Section 3.2.2.
    case = story(
        lesion("thigh", "2020-01-10", 87, by="MRI"),
        drug("start", "2020-01-20", "x"),
        lesion("thigh", "2020-03-01", 60, by="US"),
    )
    (point,) = only(case).timepoints
    assert point.sum_mm is None
    assert "ultrasound is no method" in " ".join(point.why)


def test_after_resection_of_a_target_sums_are_not_compared():
    case = story(
        lesion("stomach", "2014-05", 78),
        drug("start", "2014-06", "imatinib"),
        lesion("stomach", "2014-09", 49),
        local("surgery", "2015-01", "partial gastrectomy"),
        lesion("liver", "2018-08", 42, quote="a new liver metastasis"),
    )
    response = only(case)
    assert [(point.sum_mm, point.overall) for point in response.timepoints] == [(49, "PR"), (None, "PD")]
    assert "response.target_resected" in rules(response)


def test_growth_of_non_target_disease_is_said_and_not_called_progression():
    # Section 4.3.4 leaves "unequivocal" to judgement; the report's own word stands beside it.
    case = story(
        lesion("deltoid muscle", "2021-06-04", 68, by="MRI"),
        lesion("lung lower lobe", "2021-06-15", 7),
        drug("start", "2021-06-21", "doxorubicin"),
        lesion("deltoid muscle", "2021-08-03", 71, by="MRI"),
        lesion("lung lower lobe", "2021-08-02", 13),
        stated("PD", "2021-08-02"),
    )
    response = only(case)
    (point,) = response.timepoints
    assert (point.overall, point.stated, point.agrees) == ("SD", ("PD",), False)
    assert "7 mm at baseline, 13 mm now" in " ".join(point.why)
    assert "response.stated_differs" in rules(response)


def test_a_response_stated_without_lesions_yields_no_number():
    case = story(
        lesion("liver", "2020-01-10", 60), drug("start", "2020-01-20", "x"), stated("CR", "2020-06-01")
    )
    response = only(case)
    assert (response.best_derived, response.best_stated) == ("NE", "CR")
    assert response.timepoints[0].sum_mm is None
    assert "response.stated_only" in rules(response)


def test_a_relapse_long_after_the_last_dose_is_not_the_best_response():
    # Section 4.4.1: the best response is looked for until treatment ends.
    def told(relapse):
        return only(
            story(
                local("surgery", "2018-02-10", "wide excision of the thigh"),
                drug("start", "2018-03-10", "doxorubicin"),
                drug("stop", "2018-06-20", "doxorubicin"),
                lesion("lung", relapse, 12),
                stated("PD", relapse),
            )
        )

    response = told("2019-04-02")
    assert (response.best_derived, response.best_stated) == (None, None)
    assert "response.progression_off_treatment" in rules(response)
    soon = told("2018-08-01")
    assert (soon.best_derived, soon.best_stated) == ("PD", "PD")
    assert "response.progression_off_treatment" not in rules(soon)


def test_a_response_under_treatment_stands_when_the_disease_comes_back_long_after_it():
    # Section 4.4.1, and table 3: the best of the course, whatever came when the drug had been stopped for a year.
    response = only(
        story(
            lesion("liver", "2018-03-01", 40),
            drug("start", "2018-03-10", "imatinib"),
            lesion("liver", "2018-06-10", 20),
            drug("stop", "2018-12-20", "imatinib"),
            lesion("liver", "2019-12-02", 44),
        )
    )
    assert response.best_derived == "PR"
    assert response.timepoints[-1].overall == "PD"


def test_the_sizes_of_the_progression_alone_are_not_the_best_response():
    # A response stated without sizes before it leaves the best by the lesions open; none stated leaves it PD (4.4.1).
    def told(*between):
        return only(
            story(
                lesion("liver", "2020-01-10", 60),
                drug("start", "2020-01-20", "x"),
                *between,
                lesion("liver", "2020-09-01", 97),
                stated("PD", "2020-09-01"),
            )
        )

    answered = told(stated("SD", "2020-04-20"))
    assert (answered.best_derived, answered.best_stated) == ("NE", "SD")
    assert answered.timepoints[-1].overall == "PD"
    assert told().best_derived == "PD"


def test_a_node_that_was_normal_once_and_found_again_since_is_there_at_baseline():
    # 3.1.1: a node under 10 mm is normal; the PET of years later shows it abnormal, without a size that counts.
    response = only(
        story(
            lesion("inguinal lymph node", "2019-04-16", 6, side="left"),
            lesion("inguinal lymph node", "2021-10-11", 27, side="left", by="PET"),
            drug("start", "2021-11-02", "nivolumab"),
            lesion("inguinal lymph node", "2022-01-31", 13, side="left"),
            stated("PR", "2022-01-31"),
        )
    )
    assert [point.new_lesions for point in response.timepoints] == [False]
    assert response.best_derived != "PD"


def test_nothing_to_respond_when_all_was_resected_before():
    case = story(
        lesion("calf", "2019-05-23", 11, by="exam"),
        local("surgery", "2019-05-30", "excision of calf lesion"),
        drug("start", "2019-08-12", "pembrolizumab"),
    )
    response = only(case)
    assert response.best_derived is None
    assert "response.no_disease_at_baseline" in rules(response)


def test_responses_work_on_times_since_presentation():
    case = story(
        {**lesion("pelvis", None, 66, 51), "offset_days": 702},
        {**drug("resume", None, "imatinib"), "offset_days": 709},
        {**lesion("pelvis", None, 29), "offset_days": 792},
    )
    (point,) = only(case).timepoints
    assert (point.timing.interval, point.sum_mm, point.overall) == (None, 29, "PR")


def test_every_finding_names_its_facts_and_the_section_of_the_guideline():
    case = story(*LONG_STORY)
    ids = {fact.id for fact in case.facts}
    for response in responses(case):
        for finding in response.findings:
            assert finding.rule.startswith("response.")
            assert set(finding.facts) <= ids
            assert finding.citations[0].text.startswith("Eisenhauer 2009")


# Reference cases


def test_the_yardstick_by_hand(shared):
    path = shared / "gold" / "dev" / "seed_ros1_imt.facts.jsonl"
    case = read_flat(path.read_text(encoding="utf-8").splitlines(), path=path.name)
    crizotinib = responses(case)[1]
    chosen = {name for name, (role, _) in roles(case, crizotinib).items() if role == "target"}
    assert chosen == {"left thigh", "left iliopsoas"}
    rows = [(p.sum_mm, p.overall) for p in crizotinib.timepoints]
    assert rows == [(40, "PR"), (38, "PR"), (None, "PD")]


# Read from the reports' own words by hand: line -> (baseline sum, sums, best response).
BY_HAND = {
    ("report_gist_two_patients", 1, 1): (121, [66, None, None], "PR"),
    ("report_gist_two_patients", 1, 2): (55, [54, None], "SD"),
    ("report_gist_two_patients", 2, 2): (66, [29, 29], "PR"),
    ("letter_ewing", 1, 1): (92, [54], "PR"),
    ("letter_ntrk_sarcoma", 1, 2): (84, [35, None, None, None], "PR"),
    ("letter_melanoma", 1, 2): (78, [26, 0, None, None], "CR"),
    ("report_cholangiocarcinoma_fgfr2", 1, 2): (91, [50, 33, 46], "PR"),
    ("report_bladder_imt_alk", 1, 1): (75, [24, None], "PR"),
    ("letter_imt_alk", 1, 1): (109, [52, None, None], "PR"),
}


@pytest.mark.parametrize(("name", "patient", "line"), BY_HAND)
def test_gold_cases_by_hand(shared, name, patient, line):
    path = shared / "gold" / "dev" / f"{name}.facts.jsonl"
    case = read_flat(path.read_text(encoding="utf-8").splitlines(), path=path.name).for_patient(patient)
    response = responses(case)[line - 1]
    total = sum(target.baseline_mm for target in response.targets if target.role == "target")
    expected = BY_HAND[name, patient, line]
    assert (total, [point.sum_mm for point in response.timepoints], response.best_derived) == expected


STATES = {
    "": "not assessed",
    "PRESENT": "present",
    "ABSENT": "absent",
    "UNEQUIVOCAL": "unequivocal progression",
}


def test_simulated_lesions_give_the_responses_of_the_peer(shared):
    # admiral's simulation judges a target that comes back after complete response by the sum alone; ND: not done.
    folder = shared / "peers" / "recist" / "sim"
    lesions: dict[str, dict[int, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(folder / "sim_10000_lesions.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            lesions[row["USUBJID"]][int(row["VISITNUM"])].append(row)
    expected: dict[str, dict[int, str]] = defaultdict(dict)
    with gzip.open(folder / "sim_10000_ovr.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            expected[row["USUBJID"]][int(row["VISITNUM"])] = row["AVALC"]
    wrong = []
    for subject, visits in lesions.items():
        numbers = sorted(expected[subject])
        results = follow(
            _targets(visits[0]), [_visit(visits[number]) for number in numbers], return_is_progression=False
        )
        for number, result in zip(numbers, results, strict=True):
            told = expected[subject][number]
            if told not in ("ND", result.overall):
                wrong.append((subject, number, told, result.overall))
    assert wrong == []


def _targets(rows: list[dict[str, str]]) -> tuple[Reading, ...]:
    return tuple(
        Reading(float(row["MM"]) if row["MM"] else None, row["NODE"] == "Y")
        for row in rows
        if row["KIND"] == "TARGET"
    )


def _visit(rows: list[dict[str, str]]) -> Visit:
    states = tuple(STATES[row["STATE"]] for row in rows if row["KIND"] == "NON-TARGET")
    return Visit(_targets(rows), states, any(row["KIND"] == "NEW" for row in rows))


def test_confirmed_best_response_of_the_simulation_is_the_peers(shared):
    # A visit not done (ND) is no record for the peer, which then asks for a record that is there.
    folder = shared / "peers" / "recist" / "sim"
    assessed: dict[str, list[Assessed]] = defaultdict(list)
    with_gaps = set()
    with gzip.open(folder / "sim_10000_ovr.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            day = (date.fromisoformat(row["ADT"]) - date.fromisoformat(row["RANDDT"])).days
            if row["AVALC"] == "ND":
                with_gaps.add(row["USUBJID"])
            else:
                assessed[row["USUBJID"]].append(Assessed.on(row["AVALC"], day))
    with (folder / "cbor_10000_event.csv").open() as lines:
        expected = {row["USUBJID"]: row["AVALC"] for row in csv.DictReader(lines)}
    wrong = {
        subject: (expected[subject], best.word)
        for subject, words in assessed.items()
        if subject not in with_gaps
        and (best := best_overall_response(words, confirmation_days=28)).word != expected[subject]
    }
    assert wrong == {}
