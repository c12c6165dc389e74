"""Lesions as read: site, side, size, uptake, and whether they are gone. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a cough. "


def lesions(text, start=PATIENT):
    """Return (site, side, diameters) of each lesion, in the order of the text."""
    return [
        (f.site, f.laterality, f.diameters_mm)
        for f in read(Document(name="row", text=start + text)).of(Lesion)
    ]


CASES = [
    (
        "Chest CT revealed a mass measuring 4.2 x 3.1 cm in the right upper lobe.",
        [("lung upper lobe", "right", (42, 31))],
    ),
    (
        "CT of the chest, abdomen and pelvis showed a 2.0 cm liver metastasis.",
        [("liver", None, (20,))],
    ),
    (
        "CT abdomen/pelvis revealed a 14.2 x 11.0 cm heterogeneous left adrenal mass.",
        [("adrenal gland", "left", (142, 110))],
    ),
    (
        "Brain MRI demonstrated an enhancing lesion of 12 mm.",
        [("brain", None, (12,))],
    ),
    (
        "Lesions in hepatic segments II and V measured 2.1 and 3.5 cm, respectively.",
        [("liver segment ii", None, (21,)), ("liver segment v", None, (35,))],
    ),
    (
        "CT showed two nodules of 8 and 12 mm in the left lower lobe.",
        [("lung lower lobe", "left", (8,)), ("lung lower lobe", "left", (12,))],
    ),
    (
        "Ultrasound revealed a tumor, 35 mm in diameter, in the right lobe of the thyroid.",
        [("thyroid", "right", (35,))],
    ),
    (
        "CT: lymph node para-aortic 2,8 cm.",
        [("para-aortic lymph node", None, (28,))],
    ),
    (
        "CT in May 2019: two liver mets, 22 mm (S8) and 15 mm (S2).",
        [("liver segment viii", None, (22,)), ("liver segment ii", None, (15,))],
    ),
    (
        "CT in May 2019: 18 x 14 cm retroperitoneal mass, displacing the kidney.",
        [("retroperitoneum", None, (180, 140))],
    ),
    (
        "In May 2019 there were lung metastases. MRI: local relapse 45 mm psoas.",
        [("lung", None, ()), ("psoas muscle", None, (45,))],
    ),
    ("The tumour was resected with a margin of 4 mm.", []),
    ("CT showed no lung metastases.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_where_a_lesion_is_and_how_large(text, expected):
    assert lesions(text) == expected


def test_an_uptake_beside_a_size_is_that_of_the_same_lesion():
    found = read(
        Document(name="row", text=PATIENT + "PET/CT: left cervical node 6.3 x 4.8 cm, SUVmax 24.1.")
    ).of(Lesion)
    assert [(f.diameters_mm, f.suv_max) for f in found] == [((63, 48), 24.1)]


def test_metastases_of_listed_organs_are_one_lesion_each():
    assert lesions("In May 2020 CT showed lung, liver and bone metastases.") == [
        ("lung", None, ()),
        ("liver", None, ()),
        ("bone", None, ()),
    ]


def test_the_part_says_more_than_the_tissue():
    assert lesions("CT revealed bone metastases in the thoracic vertebrae.") == [("thoracic spine", None, ())]


def test_a_size_without_a_noun_is_of_what_the_same_examination_measured():
    told = (
        "MRI showed a mass of 94 mm in the right femur. CT showed a nodule of 6 mm in the left "
        "lung.\n\nMRI 81 x 52 mm."
    )
    assert lesions(told)[-1] == ("femur", "right", (81, 52))


def test_new_lesions_that_are_counted_are_where_the_story_last_was():
    told = "CT showed a nodule of 6 mm in the lung. In June 2020 CT showed 6 new lesions."
    assert lesions(told)[-1] == ("lung", None, ())


def test_metastases_taken_out_are_no_new_finding():
    told = (
        "CT showed a lesion of 2 cm in the liver. In May 2020 he underwent resection of both lung metastases."
    )
    assert lesions(told) == [("liver", None, (20,))]


def test_a_lesion_no_longer_seen_is_absent():
    told = (
        "CT showed a nodule of 6 mm in the left adrenal gland. In June 2020 the adrenal nodule "
        "was no longer detectable."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [(f.site, f.laterality, f.state) for f in found][-1] == ("adrenal gland", "left", "absent")


def test_a_former_size_is_not_told_again():
    assert lesions("CT showed that the liver lesion had decreased from 38 mm to 17 mm.") == [
        ("liver", None, (17,))
    ]
