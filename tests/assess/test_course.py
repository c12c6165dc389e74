"""Lesions followed over time, treatment episodes and lines, on small stories of our own and on the yardstick case."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caseboard.assess.course import build_course
from caseboard.case import Case, DateInterval, Document
from caseboard.formats.flat import read_flat
from caseboard.narrative import read


def story(*facts: dict[str, object]) -> Case:
    """The case that these facts tell, in this order."""
    lines = [json.dumps({"id": f"f{n}", "quote": "", **fact}) for n, fact in enumerate(facts, start=1)]
    return read_flat(lines, path="story")


def lesion(
    site: str, date: str | None, *mm: float, side: str | None = None, by: str | None = "CT", **more: object
):
    return {
        "kind": "lesion",
        "site": site,
        "date": date,
        "diameters_mm": list(mm),
        "laterality": side,
        "modality": by,
        **more,
    }


def gone(site: str, date: str | None, **more: object):
    return lesion(site, date, state="absent", **more)


def drug(event: str, date: str | None, *agents: str, **more: object):
    return {
        "kind": "treatment",
        "modality": "systemic",
        "event": event,
        "agents": sorted(agents),
        "date": date,
        **more,
    }


def surgery(procedure: str, date: str | None, **more: object):
    own = {"kind": "treatment", "modality": "surgery", "event": "done", "procedure": procedure, "date": date}
    return {**own, **more}


def stated(category: str, date: str | None, modality: str = "imaging"):
    return {"kind": "response", "category": category, "date": date, "modality": modality}


def followed(case: Case) -> dict[str, list[str]]:
    """Facts of each lesion, by its name."""
    return {one.name: [sight.fact for sight in one.measurements] for one in build_course(case).lesions}


def rules(case: Case) -> list[str]:
    course = build_course(case)
    return [f.rule for line in course.lines for f in line.findings] + [f.rule for f in course.findings]


# Lesions


def test_sights_of_one_site_and_side_are_one_lesion_and_say_why():
    case = story(
        lesion("thigh", "2019-03", 170, 135, side="left"), lesion("thigh", "2019-09", 40, 30, side="left")
    )
    (only,) = build_course(case).lesions
    assert [sight.matched_by for sight in only.measurements] == ["first sight", "same site and side"]


def test_the_other_side_is_another_lesion():
    case = story(
        lesion("lung lower lobe", "2020-01", 12, side="left"),
        lesion("lung lower lobe", "2020-03", 9, side="right"),
    )
    assert followed(case) == {"left lung lower lobe": ["f1"], "right lung lower lobe": ["f2"]}


def test_two_segments_of_the_liver_are_two_lesions():
    case = story(lesion("liver segment v", "2020-01", 31), lesion("liver segment ii", "2022-01", 42))
    assert followed(case) == {"liver segment V": ["f1"], "liver segment II": ["f2"]}


def test_the_bare_name_of_an_organ_means_its_only_lesion():
    case = story(
        lesion("stomach greater curvature", "2020-01", 60, by="CT"), lesion("stomach", "2020-05", 40)
    )
    assert followed(case) == {"stomach greater curvature": ["f1", "f2"]}


def test_a_more_precise_name_goes_on_with_the_lesion_and_gives_it_its_name():
    case = story(
        lesion("lower abdomen", "2022-03-14", 85, by="US"),
        lesion("mesentery", "2022-03-16", 91, 74),
        lesion("mesentery", "2022-09-12", 52),
    )
    assert followed(case) == {"mesentery": ["f1", "f2", "f3"]}


def test_a_general_name_said_to_be_clear_covers_all_lesions_within_it():
    case = story(
        lesion("dorsal muscles at d11", "2019-03", 37, 30),
        lesion("dorsal muscles at l5", "2019-03", 40, 30),
        gone("dorsal muscles", "2019-09"),
    )
    assert followed(case) == {"dorsal muscles at D11": ["f1", "f3"], "dorsal muscles at L5": ["f2", "f3"]}


def test_an_uptake_told_by_place_gives_way_to_the_nodules_then_named_there():
    case = story(
        lesion("paravertebral", "2019-02", by="PET", suv_max=21),
        lesion("dorsal muscles at d11", "2019-03", 37, 30),
        lesion("dorsal muscles at l5", "2019-03", 40, 30),
        gone("dorsal muscles", "2019-09"),
    )
    uptake = build_course(case).lesions[0]
    assert "dorsal muscles at D11" in uptake.ambiguous
    assert [sight.state for sight in uptake.measurements] == ["present", "absent"]


def test_a_size_that_fits_two_lesions_is_given_to_neither():
    case = story(
        lesion("liver segment v", "2020-01", 31),
        lesion("liver segment vii", "2020-01", 12),
        lesion("liver", "2020-05", 20),
    )
    last = build_course(case).lesions[-1]
    assert last.ambiguous
    assert "course.lesion_ambiguous" in rules(case)


def test_two_nodules_of_one_place_are_paired_by_size():
    case = story(
        lesion("lung", "2020-01", 10),
        lesion("lung", "2020-01", 22),
        lesion("lung", "2020-04", 15),
        lesion("lung", "2020-04", 6),
    )
    assert sorted(followed(case).values()) == [["f1", "f4"], ["f2", "f3"]]


def test_some_of_several_lesions_gone_is_no_lesion_gone():
    case = story(
        lesion("lung", "2015-07", quote="multiple pulmonary nodules"),
        gone("lung", "2016-03", quote="a total of 9 lesions disappeared"),
    )
    whole, part = build_course(case).lesions
    assert [sight.state for sight in whole.measurements] == ["present"]
    assert part.ambiguous


def test_the_unnamed_mass_is_the_only_lesion_there_is():
    case = story(lesion("thigh", "2019-03", 170), lesion("tumor mass", "2019-12", 38))
    assert followed(case) == {"thigh": ["f1", "f2"]}


def test_what_is_seen_after_resection_is_a_recurrence_and_a_lesion_of_its_own():
    case = story(
        lesion("thigh", "2019-12", 38, side="left"),
        surgery("wide excision of residual thigh lesion", "2020-01"),
        lesion("thigh", "2020-07", side="left"),
    )
    first, second = build_course(case).lesions
    assert first.resected == ("f2",)
    assert second.name == "left thigh, recurrence"


def test_pathology_measures_the_specimen_of_the_lesion_taken_out():
    case = story(
        lesion("bladder dome", "2019-12-30", 24, 19),
        surgery("partial cystectomy", "2020-01-20"),
        lesion("bladder dome", "2020-01-20", 12, by="pathology"),
    )
    assert followed(case) == {"bladder dome": ["f1", "f3"]}


def test_an_operation_takes_out_what_its_words_name_and_nothing_else():
    case = story(
        lesion("stomach", "2014-05", 78),
        lesion("liver segment v", "2014-05", 31),
        lesion("liver segment vii", "2014-05", 12),
        surgery("partial gastrectomy with wedge resection of liver segment v", "2015-01"),
    )
    assert [bool(one.resected) for one in build_course(case).lesions] == [True, True, False]


def test_a_biopsy_takes_no_lesion_out():
    case = story(lesion("thigh", "2019-01", 60), surgery("core needle biopsy of thigh mass", "2019-02"))
    assert build_course(case).lesions[0].resected == ()


def test_the_name_of_an_operation_tells_its_organ_and_no_other():
    gallbladder = story(lesion("bladder", "2019-01", 60), surgery("cholecystectomy", "2019-02"))
    bladder = story(lesion("bladder", "2019-01", 60), surgery("radical cystectomy", "2019-02"))
    assert build_course(gallbladder).lesions[0].resected == ()
    assert build_course(bladder).lesions[0].resected == ("f2",)


def test_debulking_leaves_the_lesion_but_marks_it_as_treated():
    case = story(lesion("pelvis", "2019-01", 60), surgery("debulking of pelvic tumour", "2019-02"))
    (only,) = build_course(case).lesions
    assert (only.resected, only.irradiated) == ((), ("f2",))


def _operated(margin: str):
    """A course in which only the margin tells that "surgery" was a resection; then disease in a part of the place."""
    return story(
        lesion("retroperitoneum", "2020-03-24", 210),
        surgery("surgery", "2020-06-09", site="retroperitoneum", remarks=[f"margin: {margin}"]),
        lesion("psoas muscle", "2022-02-18", 44, side="left"),
        lesion("psoas muscle", "2022-09-06", 69, side="left"),
    )


def test_an_operation_with_a_margin_told_is_a_resection():
    """R0, R1 and R2 (UICC) class what a resection leaves; after R1 nothing is seen, so what comes is a recurrence."""
    assert followed(_operated("R1")) == {
        "retroperitoneum": ["f1"],
        "left psoas muscle, recurrence": ["f3", "f4"],
    }
    assert build_course(_operated("R1")).lesions[0].resected == ("f2",)


def test_an_operation_with_margin_r2_leaves_tumour_that_is_seen():
    """R2 (UICC) is residual tumour that is seen: the lesion is still there."""
    (only,) = build_course(_operated("R2")).lesions
    assert (only.resected, only.irradiated) == ((), ("f2",))


def test_an_operation_without_a_margin_or_a_word_of_removal_takes_nothing_out():
    case = story(
        lesion("retroperitoneum", "2020-03-24", 210),
        surgery("surgery", "2020-06-09", site="retroperitoneum"),
    )
    assert build_course(case).lesions[0].resected == ()


def test_a_specimen_is_the_resected_lesion_nearest_in_size_whatever_examination_is_told_beside_it():
    case = story(
        lesion("retroperitoneum", "2020-03-24", 210),
        lesion("retroperitoneum", "2020-03-24", 68),
        surgery("retroperitoneal resection", "2020-06-09"),
        lesion("retroperitoneum", "2020-06-10", 245, quote="Spec 24.5 cm"),
    )
    assert followed(case) == {"retroperitoneum": ["f1", "f4"], "retroperitoneum (2)": ["f2"]}
    seen = lesion("retroperitoneum", "2020-12-10", 245, quote="CT: special view, 24.5 cm")
    assert build_course(story(*_before_specimen(), seen)).lesions[-1].name == "retroperitoneum, recurrence"


def _before_specimen():
    return (
        lesion("retroperitoneum", "2020-03-24", 210),
        surgery("retroperitoneal resection", "2020-06-09"),
    )


def test_radiotherapy_marks_the_lesions_that_its_sentence_names():
    beams = {
        "kind": "treatment",
        "modality": "radiotherapy",
        "event": "done",
        "date": "2019-04",
        "quote": "palliative radiotherapy of the dorsal lesions",
    }
    case = story(lesion("thigh", "2019-03", 170), lesion("dorsal muscles at d11", "2019-03", 37), beams)
    assert [one.irradiated for one in build_course(case).lesions] == [(), ("f3",)]


def test_radiotherapy_without_a_place_is_said_to_be_unclear():
    beams = {"kind": "treatment", "modality": "radiotherapy", "event": "done", "date": "2019-04"}
    case = story(lesion("thigh", "2019-03", 170), lesion("lung", "2019-03", 37), beams)
    assert "course.radiotherapy_field_unclear" in rules(case)


# Lines


def lines(case: Case) -> list[tuple[str, int | None]]:
    return [(line.name, line.rechallenge) for line in build_course(case).lines]


def test_a_new_set_of_agents_is_a_new_line():
    case = story(
        drug("start", "2020-01", "imatinib"),
        stated("PD", "2021-01"),
        drug("stop", "2021-02", "imatinib"),
        drug("start", "2021-02", "sunitinib"),
    )
    assert lines(case) == [("imatinib", None), ("sunitinib", None)]


def test_a_short_pause_stays_in_the_line():
    case = story(
        drug("start", "2022-05-04", "crizotinib"),
        drug("stop", "2022-06-15", "crizotinib"),
        drug("resume", "2022-06-29", "crizotinib"),
    )
    assert lines(case) == [("crizotinib", None)]
    assert "course.pause" in rules(case)


def test_resumption_after_progression_off_therapy_is_a_rechallenge():
    case = story(
        drug("start", "2019-05", "crizotinib"),
        drug("stop", "2020-06", "crizotinib"),
        stated("PD", "2020-07"),
        drug("resume", "2020-08", "crizotinib"),
    )
    assert lines(case) == [("crizotinib", None), ("crizotinib", 1)]
    assert "course.rechallenge" in rules(case)


def test_a_pause_of_more_than_half_a_year_makes_a_new_line():
    case = story(
        drug("start", "2019-01-01", "imatinib"),
        drug("stop", "2019-06-01", "imatinib"),
        drug("resume", "2020-03-01", "imatinib"),
    )
    assert lines(case) == [("imatinib", None), ("imatinib", 1)]


def test_the_same_agents_after_another_line_are_a_rechallenge_of_the_first():
    case = story(
        drug("start", "2019-01", "imatinib"),
        stated("PD", "2020-01"),
        drug("start", "2020-02", "sunitinib"),
        stated("PD", "2021-01"),
        drug("start", "2021-02", "imatinib"),
    )
    assert lines(case) == [("imatinib", None), ("sunitinib", None), ("imatinib", 1)]


def test_continuation_after_surgery_is_the_same_line():
    case = story(
        drug("start", "2019-05", "crizotinib"),
        surgery("wide excision", "2020-01"),
        drug("resume", "2020-02", "crizotinib"),
    )
    (line,) = build_course(case).lines
    assert len(line.episodes) == 2
    assert [finding.rule for finding in line.findings] == ["course.continued_after_surgery"]


def test_supportive_agents_never_make_a_line():
    support = {
        "kind": "treatment",
        "modality": "supportive",
        "event": "start",
        "agents": ["filgrastim"],
        "date": "2020-01",
    }
    course = build_course(story(support))
    assert course.lines == ()
    assert [episode.name for episode in course.episodes] == ["filgrastim"]


def test_treatment_of_an_earlier_tumour_is_no_line():
    case = story(
        {"kind": "patient", "date": "2019-05-23", "sex": "female", "age_years": 60},
        {"kind": "diagnosis", "term": "breast carcinoma", "status": "history", "date": "2009"},
        drug("start", "2009", "tamoxifen"),
        drug("stop", "2014", "tamoxifen"),
        drug("start", "2019-08-12", "pembrolizumab"),
    )
    assert lines(case) == [("pembrolizumab", None)]
    assert "course.earlier_tumour" in rules(case)


def test_earlier_treatment_of_the_same_tumour_counts():
    case = story(
        {"kind": "patient", "date": "2019-05", "sex": "female", "age_years": 60},
        drug("start", "2017", "apatinib"),
        drug("start", "2019-08", "crizotinib"),
    )
    assert lines(case) == [("apatinib", None), ("crizotinib", None)]


def test_one_agent_replaced_within_the_regimen_stays_in_the_line():
    case = story(
        drug("start", "2020-01", "cisplatin", "fluorouracil"),
        drug("change", "2020-02", "carboplatin", "fluorouracil"),
    )
    assert lines(case) == [("carboplatin + cisplatin + fluorouracil", None)]
    assert "course.substitution" in rules(case)


def test_an_agent_added_to_a_running_regimen_is_a_change_of_its_line():
    first = drug("start", "2018-02", "cisplatin", "doxorubicin")
    added = drug("start", "2018-04", "ifosfamide", quote="Ifosfamide was added from the third cycle")
    case = story(first, added, drug("start", "2018-12", "pazopanib"))
    assert lines(case) == [("cisplatin + doxorubicin + ifosfamide", None), ("pazopanib", None)]
    assert "course.addition" in rules(case)


def test_an_agent_added_after_progression_or_after_the_end_of_a_line_begins_another():
    first = drug("start", "2018-02", "cisplatin", "doxorubicin")
    added = drug("start", "2018-06", "ifosfamide", quote="Ifosfamide was added")
    grown = stated("PD", "2018-05")
    assert [name for name, _ in lines(story(first, grown, added))] == [
        "cisplatin + doxorubicin",
        "ifosfamide",
    ]
    stopped = drug("stop", "2018-05", "cisplatin", "doxorubicin")
    assert [name for name, _ in lines(story(first, stopped, added))] == [
        "cisplatin + doxorubicin",
        "ifosfamide",
    ]
    told = drug("start", "2018-06", "ifosfamide", quote="Ifosfamide was given, and fluid was added")
    assert [name for name, _ in lines(story(first, told))] == ["cisplatin + doxorubicin", "ifosfamide"]


def test_regimens_begun_within_four_weeks_are_one_line():
    case = story(
        drug("start", "2022-03-29", "vincristine", "doxorubicin", "cyclophosphamide"),
        drug("start", "2022-04-12", "ifosfamide", "etoposide"),
    )
    assert len(lines(case)) == 1
    assert "course.combined_or_alternating" in rules(case)


def test_a_switch_because_of_progression_within_four_weeks_is_a_new_line():
    case = story(
        drug("start", "2022-03-29", "imatinib"),
        stated("PD", "2022-04-10"),
        drug("start", "2022-04-12", "sunitinib"),
    )
    assert len(lines(case)) == 2


def test_going_on_with_part_of_the_agents_is_maintenance():
    case = story(
        drug("start", "2020-01-01", "carboplatin", "pemetrexed"),
        drug("stop", "2020-04-01", "carboplatin", "pemetrexed"),
        drug("start", "2020-04-20", "pemetrexed"),
    )
    assert lines(case) == [("carboplatin + pemetrexed", None)]
    assert "course.maintenance" in rules(case)


def test_one_agent_stopped_leaves_the_line_going_with_the_other():
    case = story(
        drug("start", "2020-10-05", "dabrafenib", "trametinib"),
        drug("stop", "2021-05-17", "trametinib"),
        drug("stop", "2022-08-22", "dabrafenib"),
    )
    (line,) = build_course(case).lines
    assert line.stop is not None
    assert line.stop.text == "22 August 2022"


def test_a_stop_ends_the_latest_line_with_its_agent_not_an_earlier_one_whose_end_is_not_told():
    case = story(
        drug("start", "2018-05-01", "nivolumab"),
        drug("start", "2019-11-25", "encorafenib"),
        drug("stop", "2021-01-22", "encorafenib"),
        drug("start", "2021-02-08", "ipilimumab", "nivolumab"),
        drug("stop", "2022-02-28", "nivolumab"),
    )
    first, _, third = build_course(case).lines
    assert first.stop is None
    assert "f5" in third.facts


def test_a_repeated_mention_of_the_start_makes_no_second_line():
    case = story(
        drug("start", "2020-01", "imatinib"), stated("PD", "2020-06"), drug("start", "2020-01", "imatinib")
    )
    assert len(lines(case)) == 1


def test_agents_named_only_later_belong_to_the_therapy_told_before():
    case = story(drug("start", "2020-01-05"), drug("start", "2020-02-20", "doxorubicin"))
    assert lines(case) == [("doxorubicin", None)]


def test_a_stop_dated_by_its_year_is_narrowed_by_the_lines_around_it():
    case = story(
        drug("start", "2019-03", "doxorubicin"),
        drug("stop", "2019", "doxorubicin"),
        drug("start", "2019-05", "crizotinib"),
    )
    stop = build_course(case).lines[0].stop
    assert stop is not None
    assert stop.text == "March to May 2019"
    assert "course.stop_bounded" in rules(case)


def test_two_days_told_of_one_stop_are_both_shown():
    """A list that ends a line in January and a sentence that ends it on 6 February: neither is known to be right."""
    case = story(
        drug("start", "2023-07", "imatinib"),
        drug("stop", "2025-01", "imatinib"),
        drug("stop", "2025-02-06", "imatinib"),
        drug("start", "2025-02-10", "sunitinib"),
    )
    stop = build_course(case).lines[0].stop
    assert stop is not None
    assert stop.interval == DateInterval(date(2025, 1, 1), date(2025, 2, 6))
    assert "course.stop_told_twice" in rules(case)


def test_a_stop_told_again_by_its_month_is_one_stop():
    case = story(
        drug("start", "2023-07", "imatinib"),
        drug("stop", "2025-02-06", "imatinib"),
        drug("stop", "2025-02", "imatinib"),
    )
    assert "course.stop_told_twice" not in rules(case)


def test_the_last_open_treatment_of_a_living_patient_goes_on():
    alive = {"kind": "outcome", "vital": "alive", "disease": "NED", "date": "2021-04"}
    course = build_course(story(drug("start", "2020-08", "crizotinib"), alive))
    assert course.lines[0].ongoing


def test_no_treatment_goes_on_after_death_or_after_its_cycles():
    dead = {"kind": "outcome", "vital": "dead", "date": "2021-04"}
    alive = {"kind": "outcome", "vital": "alive", "date": "2021-04"}
    assert not build_course(story(drug("start", "2020-08", "crizotinib"), dead)).lines[0].ongoing
    cycles = drug("start", "2020-08", "paclitaxel", quote="twelve cycles of paclitaxel")
    assert not build_course(story(cycles, alive)).lines[0].ongoing


@pytest.mark.parametrize(
    ("told", "ongoing"),
    [
        ("She received ifosfamide and doxorubicin for six cycles.", False),
        ("Doxorubicin was started on 2 April 2019. She received it for six cycles.", False),
        # six cycles of at most six weeks from April 2019 on are over by the end of 2019, a year before September 2021
        ("Doxorubicin was started on 2 April 2019. After 6 cycles of doxorubicin she felt well.", False),
        ("Doxorubicin was started on 2 April 2021. After two cycles of doxorubicin she felt well.", True),
        # a cycle of that day shows that it was running
        ("Trabectedin 1.5 mg/m2 since 2 October 2020, cycle 10 given on 21 May 2021.", True),
        ("The first cycle of trabectedin was given on 2 October 2020.", True),
        ("Trabectedin was started on 2 October 2020. She has received it for six cycles so far.", True),
    ],
)
def test_a_treatment_is_over_with_its_cycles(told, ongoing):
    seen = "A 40-year-old woman with a leiomyosarcoma of the thigh was seen on 3 March 2019."
    case = read(Document("row", f"{seen} {told} CT on 9 September 2021 showed no recurrence."))
    (line,) = build_course(case).lines
    assert (line.ongoing, line.stop) == (ongoing, None)


def test_a_stopped_drug_that_the_last_word_says_goes_on_was_resumed():
    case = story(
        drug("start", "2015-08", "apatinib"),
        drug("stop", "2016-02", "apatinib"),
        {
            "kind": "outcome",
            "vital": "alive",
            "date": "2017-01",
            "quote": "The patient continued to use apatinib",
        },
    )
    (line,) = build_course(case).lines
    assert line.ongoing
    assert line.stop is None
    assert [finding.rule for finding in line.findings] == ["course.resumption_not_told"]


def test_the_course_works_on_times_since_presentation():
    case = story(
        {"kind": "patient", "offset_days": 0, "sex": "female", "age_years": 71},
        {**drug("start", None, "imatinib"), "offset_days": 42},
        {**drug("stop", None, "imatinib"), "offset_days": 462},
        {**stated("PD", None), "offset_days": 702},
        {**drug("resume", None, "imatinib"), "offset_days": 709},
    )
    first, second = build_course(case).lines
    assert first.start is not None
    assert (first.start.interval, first.start.text) == (None, "42 days after presentation")
    assert second.rechallenge == 1


def test_facts_told_out_of_order_are_put_in_order_by_their_dates():
    case = story(lesion("pouch of douglas", "2023-02-09", 14), lesion("pouch of douglas", "2022-11-14", 6))
    assert followed(case) == {"pouch of Douglas": ["f2", "f1"]}


def test_facts_without_dates_keep_the_order_of_the_story():
    case = story(drug("start", None, "imatinib"), stated("PD", None), drug("start", None, "sunitinib"))
    assert lines(case) == [("imatinib", None), ("sunitinib", None)]


# The yardstick


def test_the_yardstick_has_three_lines_and_a_rechallenge(shared):
    path = shared / "gold" / "dev" / "seed_ros1_imt.facts.jsonl"
    course = build_course(read_flat(path.read_text(encoding="utf-8").splitlines(), path=path.name))
    assert [(line.name, line.rechallenge, line.ongoing) for line in course.lines] == [
        ("doxorubicin + ifosfamide", None, False),
        ("crizotinib", None, False),
        ("crizotinib", 2, True),
    ]
    thigh = next(one for one in course.lesions if one.name == "left thigh")
    assert [sight.diameters_mm[0] for sight in thigh.measurements if sight.diameters_mm] == [
        60,
        60,
        75,
        170,
        40,
        38,
    ]


def test_no_gold_case_breaks_the_course(shared):
    paths = sorted((shared / "gold" / "dev").glob("*.facts.jsonl"))
    assert paths
    for path in paths:
        case = read_flat(path.read_text(encoding="utf-8").splitlines(), path=path.name)
        for patient in case.patients:
            own = case.for_patient(patient.number)
            ids = {fact.id for fact in own.facts}
            course = build_course(own)
            assert {sight.fact for one in course.lesions for sight in one.measurements} <= ids


def test_lymphodepletion_and_the_cell_therapy_that_follows_are_one_line():
    """The label of afamitresgene autoleucel: fludarabine and cyclophosphamide, then the infusion on day 1."""
    case = story(
        drug("start", "2022-11", "cyclophosphamide", "fludarabine"),
        drug("start", "2022-11", "afamitresgene autoleucel"),
    )
    assert lines(case) == [("afamitresgene autoleucel + cyclophosphamide + fludarabine", None)]
    assert "course.lymphodepletion" in rules(case)


def test_fludarabine_for_a_leukaemia_long_before_a_cell_therapy_is_a_line_of_its_own():
    case = story(
        drug("start", "2019-03", "cyclophosphamide", "fludarabine"),
        drug("start", "2022-11", "brexucabtagene autoleucel"),
    )
    assert len(lines(case)) == 2
