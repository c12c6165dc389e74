"""One lesion told under several names, and several that stay apart; worked by hand from the words of reports."""

from __future__ import annotations

import pytest
from stories import drug, lesion, story

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses

FIRST = "CT showed a left pleural mass of 120 x 90 mm. "
START = "Pazopanib was started. "


def followed(then: str, *later: dict, first: str = FIRST, before: tuple[dict, ...] = ()):
    """Return the lesions and the time points of a case that begins with a pleural mass, is treated, and goes on."""
    start = lesion(
        "pleura", "2019-01-10", 120, 90, laterality="left", quote="left pleural mass of 120 x 90 mm"
    )
    begun = drug("start", "2019-01-20", "pazopanib", quote="Pazopanib was started")
    case = story(start, *before, begun, *later, text=first + START + then)
    course = build_course(case)
    return course.lesions, assess_responses(case, course)[0].timepoints


def sights(lesions) -> list[list[str]]:
    return [[sight.fact for sight in one.measurements] for one in lesions]


def then(site: str, mm: float, quote: str, day: str = "2019-05-02", **more: object):
    return lesion(site, day, mm, quote=quote, **more)


@pytest.mark.parametrize(
    ("text", "site", "side"),
    [
        ("In May the left chest wall mass had shrunk to 70 mm.", "chest wall", "left"),
        ("In May the chest wall mass measured 70 mm.", "chest wall", None),
        ("In May the left diaphragmatic lesion was smaller, 70 mm.", "diaphragm", "left"),
    ],
)
def test_a_known_lesion_is_followed_under_the_name_of_a_place_that_overlaps(text, site, side):
    lesions, (point,) = followed(
        text, then(site, 70, text.removeprefix("In May ").rstrip("."), laterality=side)
    )
    assert sights(lesions) == [["f1", "f3"]]
    why = lesions[0].measurements[1].matched_by
    assert why == "a known lesion by its words; only that of the pleura lies where it may be"
    assert (point.sum_mm, point.overall) == (70, "PR")  # 42 % less


def test_three_names_of_one_mass_leave_every_line_with_its_numbers():
    text = (
        "In May the mass in the left hemithorax measured 100 mm. Trabectedin was started. "
        "In August the chest wall tumour had decreased to 60 mm."
    )
    start = lesion(
        "pleura", "2019-01-10", 120, 90, laterality="left", quote="left pleural mass of 120 x 90 mm"
    )
    case = story(
        start,
        drug("start", "2019-01-20", "pazopanib", quote="Pazopanib was started"),
        then("hemithorax", 100, "mass in the left hemithorax measured 100 mm", laterality="left"),
        drug("start", "2019-05-10", "trabectedin", quote="Trabectedin was started"),
        then("chest wall", 60, "chest wall tumour had decreased to 60 mm", "2019-08-02"),
        text=FIRST + START + text,
    )
    course = build_course(case)
    assert sights(course.lesions) == [["f1", "f3", "f5"]]
    numbers = [[(p.sum_mm, p.overall) for p in one.timepoints] for one in assess_responses(case, course)]
    assert numbers == [[(100, "SD")], [(60, "PR")]]  # 17 % and 40 % less


@pytest.mark.parametrize(
    ("text", "site", "side"),
    [
        ("In May a new left chest wall mass of 70 mm was seen.", "chest wall", "left"),
        ("In May CT showed left chest wall mass 70 mm.", "chest wall", "left"),  # not spoken of as known
        ("In May the right chest wall mass measured 70 mm.", "chest wall", "right"),
        ("In May the liver mass measured 70 mm.", "liver", None),  # apart
        ("In May the left hilar node measured 70 mm.", "hilar lymph node", "left"),  # a node is no mass
    ],
)
def test_what_may_be_another_lesion_is_one_of_its_own(text, site, side):
    quote = text.removeprefix("In May ").rstrip(".")
    lesions, (point,) = followed(text, then(site, 70, quote, laterality=side))
    assert sights(lesions) == [["f1"], ["f3"]]
    assert point.sum_mm is None


def test_lesions_of_one_examination_are_never_made_one():
    text = "In May the left pleural mass measured 90 mm and the left chest wall mass 70 mm."
    lesions, _ = followed(
        text,
        then("pleura", 90, "left pleural mass measured 90 mm", laterality="left"),
        then("chest wall", 70, "left chest wall mass 70 mm", laterality="left"),
    )
    assert sights(lesions) == [["f1", "f3"], ["f4"]]


def test_where_two_lesions_may_be_meant_neither_is_taken():
    case = story(
        lesion("chest wall", "2019-01-10", 120, quote="chest wall mass of 120 mm"),
        lesion("diaphragm", "2019-01-10", 30, quote="diaphragmatic nodule of 30 mm"),
        then("pleura", 70, "pleural mass had shrunk to 70 mm"),
        text="CT showed a chest wall mass of 120 mm and a diaphragmatic nodule of 30 mm. "
        "In May the pleural mass had shrunk to 70 mm.",
    )
    assert sights(build_course(case).lesions) == [["f1"], ["f2"], ["f3"]]


def test_a_known_lesion_gone_under_another_name_is_gone():
    text = "In May the chest wall mass had disappeared."
    gone = lesion("chest wall", "2019-05-02", state="absent", quote="chest wall mass had disappeared")
    lesions, (point,) = followed(text, gone)
    assert sights(lesions) == [["f1", "f3"]]
    assert point.overall == "CR"


def test_a_place_that_no_vocabulary_knows_is_the_only_lesions_where_it_is_spoken_of_as_known():
    text = "In May the xyphobasal mass had shrunk to 70 mm."
    lesions, _ = followed(text, then("xyphobasal", 70, "xyphobasal mass had shrunk to 70 mm"))
    assert sights(lesions) == [["f1", "f3"]]
    assert lesions[0].measurements[1].matched_by == "a known lesion by its words, and the only one"
