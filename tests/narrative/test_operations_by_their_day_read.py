"""Operations told by a participle or by their own day, what only went before a board, and where an operation was.

Worked by hand; the sentences are ours. An operation is done where the text says so, not where it was put to somebody.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a mass of the left thigh. "


def operations(text):
    """Return (procedure, site, day) of each operation."""
    return [
        (fact.procedure, fact.site, str(fact.when))
        for fact in read(Document("row", PATIENT + text)).of(Treatment)
        if fact.modality == "surgery"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tibia was curetted on 6 May 2019.", [("curettage", "tibia", "2019-05-06")]),
        ("On 6 May 2019 the mass was debulked.", [("debulking", "left thigh", "2019-05-06")]),
        ("The wide excision takes place on 6 May 2019.", [("wide excision", "left thigh", "2019-05-06")]),
        ("Laryngectomy took place on 6 May 2019.", [("laryngectomy", "larynx", "2019-05-06")]),
        ("6 May 2019: parotidectomy.", [("parotidectomy", "parotid gland", "2019-05-06")]),
        ("6 May 2019 - wide excision.", [("wide excision", "left thigh", "2019-05-06")]),
        (
            "Excision of the lump on 6 May 2019 yielded a liposarcoma.",
            [("excision of the lump", "left thigh", "2019-05-06")],
        ),
        ("After thymectomy in May 2020, a cyst formed.", [("thymectomy", "thymus", "2020-05")]),
    ],
)
def test_operations_by_a_participle_or_their_own_day(text, expected):
    assert operations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The tibia is to be curetted on 6 May 2019.",
        "The mass could have been debulked on 6 May 2019.",
        "The mass might be excised on 6 May 2019.",
        "She did well after wide excision.",  # no day of its own: it only says when
        "A parotidectomy went before the board on 6 May 2019.",
        "Hemipelvectomy was put to the family on 6 May 2019; they refused.",
        "Wide excision was taken to our sarcoma meeting on 6 May 2019.",
    ],
)
def test_operations_that_were_only_planned_named_or_put_to_a_board(text):
    assert operations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hemipelvectomy went before the board on 6 May 2019 and was performed on 20 May 2019.",
        "Her case went before the board on 6 May 2019 and hemipelvectomy was carried out on 20 May 2019.",
    ],
)
def test_what_was_done_after_a_board_is_done(text):
    assert operations(text) == [("hemipelvectomy", "left thigh", "2019-05-20")]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Thoracoscopic metastasectomy was performed on 6 May 2019.", None),
        ("VATS wedge resection was performed on 6 May 2019.", None),
        ("Wide excision was performed on 6 May 2019.", "left thigh"),
    ],
)
def test_an_operation_on_what_has_spread_is_none_on_the_main_tumour(text, site):
    assert [where for _, where, _ in operations(text)] == [site]


@pytest.mark.parametrize(
    "again",
    [
        "MRI on 3 June 2019 was clear. The resection had been macroscopically complete.",
        "On 3 June 2019 she was well. The excision was without complication.",
    ],
)
def test_an_operation_spoken_of_again_is_the_same(again):
    told = "Wide excision was done on 6 May 2019. "
    assert operations(told + again) == [("wide excision", "left thigh", "2019-05-06")]


def test_a_second_operation_with_its_own_day_is_another():
    told = "Wide excision was done on 6 May 2019. On 3 June 2019 re-excision was done."
    assert [day for _, _, day in operations(told)] == ["2019-05-06", "2019-06-03"]


def lesions(text):
    """Return (site, side) of each lesion behind the sentence that introduces the patient."""
    found = read(Document("row", PATIENT + text)).of(Lesion)
    return [(f.site, f.laterality) for f in found if f.source.span.start >= len(PATIENT)]


@pytest.mark.parametrize(
    ("words", "site"),
    [
        ("femoral neck", "femoral neck"),
        ("neck of the femur", "femoral neck"),
        ("greater trochanter", "trochanter"),
        ("trochanteric region", "trochanter"),
        ("head of the femur", "femoral head"),
        ("femoral shaft", "femur"),
        ("neck", "neck"),  # not of the femur
    ],
)
def test_neck_and_trochanter_are_sites_of_their_own(words, site):
    assert lesions(f"X-ray on 4 May 2019 showed a lesion of the {words} of 31 mm.") == [(site, None)]


@pytest.mark.parametrize(
    "where",
    ["in the scar", "in the surgical bed", "in the scar of the wide excision", "at the resection site"],
)
def test_the_scar_is_where_it_was_operated_on(where):
    told = f"The mass was excised on 2 April 2019. MRI on 4 May 2020 showed a nodule of 13 mm {where}."
    assert lesions(told) == [("thigh", "left")]


@pytest.mark.parametrize("where", ["in the scar of her caesarean section", "in the scar of an old burn"])
def test_the_scar_of_something_else_is_not(where):
    told = f"The mass was excised on 2 April 2019. MRI on 4 May 2020 showed a nodule of 13 mm {where}."
    assert [(site, side) for site, side in lesions(told) if site == "thigh"] == []
