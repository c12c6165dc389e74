"""New lesions that are not sure at first, and lesions of a special nature, worked by hand from Eisenhauer 2009."""

from __future__ import annotations

import pytest
from stories import drug, lesion, stated, story

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.assess.response.nature import Nature, nature_of
from caseboard.assess.response.recist import Candidate, choose_targets

LIVER = lesion("liver", "2020-01-10", 60)
START = drug("start", "2020-01-20", "imatinib")


def points(*facts, text: str = ""):
    case = story(*facts, text=text)
    course = build_course(case)
    return assess_responses(case, course)[-1].timepoints


def pet(site: str, day: str, **more):
    return lesion(site, day, by="PET", suv_max=4.0, **more)


# Section 4.3.5, FDG-PET: (a) negative at baseline and positive later is new; (b) without one at baseline it must be
# confirmed on CT, and then counts from the PET.


def test_an_uptake_that_pet_at_baseline_did_not_show_is_new():
    (point,) = points(pet("liver", "2020-01-08"), LIVER, START, pet("mediastinal lymph nodes", "2020-06-10"))
    assert (point.new_lesions, point.overall) == (True, "PD")
    assert "an uptake that PET at baseline did not show" in " ".join(point.why)


def test_without_pet_at_baseline_an_uptake_must_be_confirmed_on_ct():
    (point,) = points(LIVER, START, pet("mediastinal lymph nodes", "2020-06-10"))
    assert (point.new_lesions, point.overall) == (False, "NE")


def test_a_pet_long_before_the_baseline_is_none_of_it():
    (point,) = points(pet("liver", "2019-09-01"), LIVER, START, pet("mediastinal lymph nodes", "2020-06-10"))
    assert not point.new_lesions


@pytest.mark.parametrize(("by", "counts"), [("CT", True), ("MRI", True), ("PET", False)])
def test_what_ct_confirms_later_counts_from_the_pet(by, counts):
    first, second = points(
        LIVER,
        START,
        pet("mediastinal lymph nodes", "2020-06-10"),
        lesion("mediastinal lymph nodes", "2020-08-10", 22, by=by)
        if by != "PET"
        else pet("mediastinum", "2020-08-10"),
    )
    assert first.new_lesions is counts
    assert second.new_lesions is counts
    assert ("counts from its first sight" in " ".join(first.why)) is counts


def test_an_equivocal_new_lesion_counts_from_its_first_sight_once_it_is_sure():
    first = lesion("lung", "2020-04-10", 6, quote="an indeterminate lung nodule of 6 mm")
    again = lesion("lung", "2020-06-10", 14, quote="the lung nodule measured 14 mm")
    one, two = points(LIVER, START, first, again)
    assert (one.new_lesions, two.new_lesions) == (True, True)
    assert "equivocal now, sure on 10 June 2020: counts from its first sight" in " ".join(one.why)


@pytest.mark.parametrize(
    "then",
    [
        lesion("lung", "2020-06-10", 7, quote="a lung nodule of 7 mm, suspicious"),
        lesion("lung", "2020-06-10", state="absent", quote="the lung nodule was gone"),
    ],
)
def test_an_equivocal_new_lesion_that_is_never_sure_never_counts(then):
    first = lesion("lung", "2020-04-10", 6, quote="an indeterminate lung nodule of 6 mm")
    assert not any(point.new_lesions for point in points(LIVER, START, first, then))


def test_what_is_called_unequivocal_or_progression_counts_at_once():
    sure = lesion("lung", "2020-04-10", 6, quote="an unequivocal lung nodule of 6 mm")
    assert points(LIVER, START, sure)[0].new_lesions
    unsure = lesion("lung", "2020-04-10", 6, quote="a suspicious lung nodule of 6 mm")
    assert points(LIVER, START, unsure, stated("PD", "2020-04-10"))[0].new_lesions


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("nodule of 6 mm, possibly a metastasis", False),
        ("nodule of 6 mm, which was suspicious", False),
        ("nodule of 6 mm (indeterminate)", False),
        ("nodule of 6 mm, and the liver mass was possibly smaller", True),
    ],
)
def test_doubt_that_follows_a_new_lesion_at_once_is_about_it(words, counts):
    first = LIVER | {"quote": "liver mass of 60 mm"}
    unsure = lesion("lung", "2020-04-10", 6, quote="nodule of 6 mm")
    text = f"A liver mass of 60 mm. He began imatinib. CT showed a new lung {words}."
    (point,) = points(first, START | {"quote": "began imatinib"}, unsure, text=text)
    assert point.new_lesions is counts


# Section 3.1.3 and appendix II: bone, cysts, slices.


@pytest.mark.parametrize(
    ("site", "text", "quote", "nature"),
    [
        (
            "femur",
            "A lytic femur mass of 30 mm.",
            "lytic femur mass of 30 mm",
            Nature(bone=True, soft_tissue=True),
        ),
        (
            "femur",
            "A blastic lesion of the femur, 30 mm.",
            "lesion of the femur, 30 mm",
            Nature(bone=True, blastic=True),
        ),
        ("femur", "A mixed lytic and blastic femur lesion, 30 mm.", "femur lesion, 30 mm", Nature(bone=True)),
        (
            "liver",
            "A simple cyst of the liver, 30 mm.",
            "simple cyst of the liver, 30 mm",
            Nature(simple_cyst=True, cystic=True),
        ),
        (
            "kidney",
            "A simple renal cyst of 25 mm.",
            "cyst of 25 mm",
            Nature(simple_cyst=True, cystic=True),
        ),
        ("liver", "A simple cyst, and a liver mass of 25 mm.", "liver mass of 25 mm", Nature()),
        (
            "liver",
            "CT with slices of 8 mm showed a liver mass of 12 mm.",
            "liver mass of 12 mm",
            Nature(slice_mm=8),
        ),
        (
            "liver",
            "A cystic liver metastasis of 30 mm.",
            "cystic liver metastasis of 30 mm",
            Nature(cystic=True),
        ),
        (
            "liver",
            "CT (8-mm slices) showed a liver mass of 12 mm.",
            "liver mass of 12 mm",
            Nature(slice_mm=8),
        ),
        (
            "liver",
            "Slice thickness was 7.5 mm. A liver mass of 12 mm.",
            "liver mass of 12 mm",
            Nature(slice_mm=7.5),
        ),
        ("liver", "A liver mass of 12 mm.", "liver mass of 12 mm", Nature()),
    ],
)
def test_the_words_of_a_report_say_what_a_lesion_is(site, text, quote, nature):
    case = story(lesion(site, "2020-01-10", 30, quote=quote), text=text)
    (tracked,) = build_course(case).lesions
    assert nature_of(case, tracked.measurements[0], site) == nature


@pytest.mark.parametrize(
    ("site", "quote", "mm", "role", "reason"),
    [
        ("femur", "blastic femur mass of 30 mm", 30, "non-target", "bone, blastic (section 3.1.3)"),
        ("femur", "lytic femur mass of 30 mm", 30, "target", "at least 10 mm"),
        ("liver", "simple cyst of the liver, 30 mm", 30, "not used", "a simple cyst is no tumour"),
        (
            "liver",
            "liver mass of 12 mm on 8 mm slices",
            12,
            "non-target",
            "under 16 mm (twice the slices of 8 mm",
        ),
    ],
)
def test_the_nature_of_a_lesion_decides_its_part(site, quote, mm, role, reason):
    case = story(lesion(site, "2020-01-10", mm, quote=quote), START | {"quote": "x"}, text=f"A {quote}. x")
    (target,) = assess_responses(case, build_course(case))[0].targets
    assert target.role == role
    assert reason in target.reason or role == "target"


def test_a_cystic_tumour_is_a_target_only_where_no_other_is():
    # Section 3.1.3: non-cystic lesions are preferred.
    lesions = [
        Candidate("cyst", "liver", 60, cystic=True),
        Candidate("a", "liver", 20),
        Candidate("b", "liver", 12),
    ]
    chosen = {one.lesion: one for one in choose_targets(lesions)}
    assert [name for name, one in chosen.items() if one.target] == ["a", "b"]
    assert "two non-cystic or larger targets" in chosen["cyst"].reason
    assert choose_targets(lesions[:2])[0].target


# Fault: a lesion that the report calls new was taken for the known one of that organ, and its size went into the sum.
NEW = "In April 2020 CT showed a new liver lesion of 12 mm."
KNOWN = "CT of 10 January 2020 showed a liver mass of 60 mm. He began imatinib."


def told(text: str, *more):
    first = lesion("liver", "2020-01-10", 60, quote="liver mass of 60 mm")
    start = START | {"quote": "began imatinib"}
    return points(first, start, *more, text=f"{KNOWN} {text}")


def test_a_lesion_that_is_called_new_is_not_the_known_one_of_its_organ():
    new = lesion("liver", "2020-04-10", 12, quote="liver lesion of 12 mm")
    (point,) = told(NEW, new)
    assert (point.new_lesions, point.overall) == (True, "PD")
    assert point.sum_mm is None


def test_the_new_one_is_the_one_that_was_called_new_before():
    new = lesion("liver", "2020-04-10", 12, quote="liver lesion of 12 mm")
    later = lesion("liver", "2020-06-10", 18, quote="liver lesion was 18 mm")
    known = lesion("liver", "2020-06-10", 40, quote="liver mass measured 40 mm")
    first, second = told(
        f"{NEW} In June the new liver lesion was 18 mm. The liver mass measured 40 mm.", new, later, known
    )
    assert first.new_lesions
    assert (second.sum_mm, second.new_lesions) == (40, True)


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("There was no new lesion, and the liver mass measured 40 mm.", "liver mass measured 40 mm"),
        ("Without new findings the liver mass measured 40 mm.", "liver mass measured 40 mm"),
        ("A new scan; the liver mass measured 40 mm.", "liver mass measured 40 mm"),
    ],
)
def test_other_new_things_make_no_lesion_new(words, quote):
    (point,) = told(words, lesion("liver", "2020-04-10", 40, quote=quote))
    assert (point.sum_mm, point.new_lesions, point.overall) == (40, False, "PR")
