"""Lesions told of together: by a word for both, by their sides, or one left beside one that is gone."""

from __future__ import annotations

import pytest

from caseboard.case import Document, Lesion, Outcome, Response
from caseboard.narrative import read

STORY = (
    "A 61-year-old woman with metastatic leiomyosarcoma started pazopanib in March 2020. CT in May 2020 showed a 47"
    " mm left"
    " adrenal metastasis and a 24 mm splenic metastasis. "
)
ADRENAL, SPLEEN = ("adrenal gland", "left"), ("spleen", None)


def lesions(text, day="2020-08"):
    """Return site, side and longest diameter of what is told of a month; None for the size of what is gone."""
    return [
        (fact.site, fact.laterality, fact.diameters_mm[0] if fact.diameters_mm else fact.state)
        for fact in read(Document("made", text)).of(Lesion)
        if str(fact.when).startswith(day)
    ]


BOTH = (
    "In August 2020 both lesions had shrunk, to 16 and 13 mm respectively.",
    "In August 2020 they measured 16 mm and 13 mm respectively.",
    "In August 2020 these had decreased to 16 mm and 13 mm.",
    "In August 2020 the former measured 16 mm and the latter 13 mm.",
)


@pytest.mark.parametrize("sentence", BOTH)
def test_a_word_for_both_means_each_in_turn(sentence):
    assert lesions(STORY + sentence) == [(*ADRENAL, 16.0), (*SPLEEN, 13.0)]


@pytest.mark.parametrize(("which", "place"), [("larger", ADRENAL), ("smaller", SPLEEN)])
def test_the_larger_of_two(which, place):
    assert lesions(f"{STORY}In August 2020 the {which} lesion had shrunk to 16 mm.") == [(*place, 16.0)]


def test_both_that_are_gone():
    assert lesions(f"{STORY}In August 2020 both had resolved.") == [(*ADRENAL, "absent"), (*SPLEEN, "absent")]


TOLD = (
    ("In August 2020 the right adrenal metastasis measured 11 mm and the left 42 mm.",
     [("adrenal gland", "right", 11.0), ("adrenal gland", "left", 42.0)]),
    ("CT in August 2020 showed right and left adrenal metastases of 16 and 28 mm, respectively.",
     [("adrenal gland", "right", 16.0), ("adrenal gland", "left", 28.0)]),
    ("CT in August 2020 showed near-complete resolution of the right iliac lymph node, with 13 mm remaining, and the"
    " right"
     " lower lobe nodule now at 18 mm.", [("iliac lymph node", "right", 13.0), ("lung lower lobe", "right", 18.0)]),
    ("In August 2020 the left adrenal metastasis was 16 mm smaller, at 18 mm.", [("adrenal gland", "left", 18.0)]),
    ("In August 2020 the subcarinal lymph node and liver metastasis in segment 6 had decreased to 13 mm and 19 mm"
     " respectively.", [("subcarinal lymph node", None, 13.0), ("liver segment vi", None, 19.0)]),
    ("In August 2020 the liver metastasis in segment 6 had disappeared.", [("liver segment vi", None, "absent")]),
    ("CT in August 2020 showed resolution of the liver lesion with a persistent 12 mm nodule in the left lung.",
     [("liver", None, "absent"), ("lung", "left", 12.0)]),
    ("CT in August 2020 showed complete resolution of the lung nodules and a residual 1.1 cm adnexal lesion.",
     [("lung", None, "absent"), ("adnexa", None, 11.0)]),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TOLD)
def test_each_lesion_has_its_own_size_and_side(sentence, expected):
    assert lesions(STORY + sentence) == expected


COMPARED = (
    "CT of 14 September 2020 compared with 29 June 2020: liver lesion 4.4 cm (previously 1.9 cm).",
    "CT on 14 September 2020 compared to CT of 29 June 2020 showed the liver lesion at 44 mm, previously 19 mm.",
)


@pytest.mark.parametrize("sentence", COMPARED)
def test_a_former_size_is_of_the_examination_compared_with(sentence):
    told = [f for f in read(Document("made", STORY + sentence)).of(Lesion) if f.site == "liver"]
    assert [(f.diameters_mm, str(f.when)) for f in told] == [((44.0,), "2020-09-14"), ((19.0,), "2020-06-29")]


def test_a_sum_of_diameters_is_the_size_of_no_lesion():
    summed = (
        "The sum of target lesions was 84 mm at baseline. CT in August 2020 showed a partial response (41 mm,"
    )
    " -51%)."
    assert lesions(STORY + summed) == []


def test_quadrants_of_the_abdomen_are_one_place_however_written():
    text = (
        "A 38-year-old man had an implant of 4.6 cm in the right lower quadrant in May 2020. Crizotinib was started"
        " for an"
        " inflammatory myofibroblastic tumor in June 2020. CT in August 2020: RLQ implant 2.2 cm."
    )
    assert {(site, side) for day in ("2020-05", "2020-08") for site, side, _ in lesions(text, day)} == {
        ("abdomen lower quadrant", "right")
    }


ONE_PLACE = (
    "PET-CT in August 2020 showed a lung nodule without uptake.",
    "CT in August 2020: liver segment VII 49 mm (was 38), ablation cavity in segment IV w/o residual enhancement.",
    "In August 2020 CT showed an ablation scar in segment IV, no residual enhancement.",
)


@pytest.mark.parametrize("sentence", ONE_PLACE)
def test_one_place_without_disease_is_no_remission(sentence):
    case = read(Document("made", STORY + sentence))
    assert not {fact.category for fact in case.of(Response)} & {"CR", "NED"}
    assert {fact.disease for fact in case.of(Outcome)} <= {"with disease"}


def test_one_lesion_unchanged_beside_progression_is_no_stable_disease():
    text = f"{STORY}CT in August 2020 showed new liver metastases. The primary lesion remained unchanged."
    assert [f.category for f in read(Document("made", text)).of(Response)] == ["PD"]


def test_one_scan_without_metastases_beside_progression_is_no_remission():
    text = (
        f"{STORY}CT in August 2020 showed progression in the lungs. MRI brain done in the same month did not show any"
        " metastasis."
    )
    assert [f.category for f in read(Document("made", text)).of(Response)] == ["PD"]
