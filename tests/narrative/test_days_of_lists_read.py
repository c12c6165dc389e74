"""Days that stand in lists: which year they have, which value or size is of which of them.

What is expected is put together with the sentence from the same parts; single sentences are worked by hand.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab, Lesion, Response, Test, Treatment
from caseboard.narrative import read

ILL = "A 58-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "


def facts(kind, text):
    return [fact for fact in read(Document("row", ILL + text)).facts if isinstance(fact, kind)]


def days(kind, text):
    return [str(fact.when) for fact in facts(kind, text)]


WRITTEN = (
    (("on 9 May", "on 16 June", "on 23 July 2023"), ("2023-05-09", "2023-06-16", "2023-07-23")),
    (("on May 9", "on June 16", "on July 23, 2023"), ("2023-05-09", "2023-06-16", "2023-07-23")),
    (("in May", "in June", "in July 2023"), ("2023-05", "2023-06", "2023-07")),
    (("on 05/19", "on 06/16", "on 07/23/2023"), ("2023-05-19", "2023-06-16", "2023-07-23")),
)


@pytest.mark.parametrize("written", WRITTEN)
def test_the_year_that_closes_a_list_is_that_of_all_its_days(written):
    (one, two, three), expected = written
    text = f"Pazopanib was started {one}, paused {two} and resumed {three}."
    assert [(f.event, str(f.when)) for f in facts(Treatment, text)] == list(
        zip(("start", "stop", "resume"), expected, strict=True)
    )
    assert days(Lab, f"Albumin was 28 g/L {one}, 25 g/L {two} and 22 g/L {three}.") == list(expected)
    assert days(Lab, f"LDH was 812 {one}, 640 {two} and 410 {three}.") == list(expected)
    assert days(Lesion, f"The thigh mass measured 90 mm {one}, 72 mm {two} and 51 mm {three}.") == list(
        expected
    )


def test_a_year_that_the_story_has_passed_is_not_lent():
    text = (
        "CT in May 2023 showed stable disease. On 3 June she was seen for pain, which had begun on 4 July 2021 "
        "after a fall. Haemoglobin was 98 g/L."
    )
    assert days(Lab, text) == ["2023-06-03"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (", with partial response in July", "2021-07"),
        (", with partial response on 12 July", "2021-07-12"),
        ("; CT in July showed a partial response", "2021-07"),
        ("; CT in November showed a partial response", "2021-11"),
        ("; CT in February showed a partial response", "2022-02"),
    ],
)
@pytest.mark.parametrize(
    "period",
    ["from May 3 to September 27, 2021", "from May to September 2021", "from 03.05.2021 to 27.09.2021"],
)
def test_a_day_behind_a_period_that_lies_in_it(period, told, expected):
    assert days(Response, f"Doxorubicin was given {period}{told}.") == [expected]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("on 8, 15 and 22 January 2024", ["2024-01-08", "2024-01-15", "2024-01-22"]),
        ("on 8 January, 15 January and 22 January 2024", ["2024-01-08", "2024-01-15", "2024-01-22"]),
        ("in January, March and May 2024, respectively", ["2024-01", "2024-03", "2024-05"]),
        ("on 08/01/2024, 15/01/2024 and 22/01/2024", ["2024-01-08", "2024-01-15", "2024-01-22"]),
    ],
)
@pytest.mark.parametrize(
    "values", ["Creatinine was 94, 88 and 71", "Creatinine was 94, 88 and 71 µmol/L", "Creatinine 94, 88, 71"]
)
def test_values_told_before_their_days(values, behind, expected):
    found = facts(Lab, f"{values} {behind}.")
    assert [(fact.value, str(fact.when)) for fact in found] == list(
        zip((94.0, 88.0, 71.0), expected, strict=True)
    )


COMPARED = (
    ", up from 84{u} on 11 October 2023",
    " (84{u} on 11 October 2023)",
    ", down from 104{u} in October 2023",
)


@pytest.mark.parametrize(("unit", "compared"), list(product(("", " g/L"), COMPARED)))
def test_the_day_of_a_former_value_is_of_no_other_value(unit, compared):
    text = f"Hb was 98{unit} on 1 November 2023{compared.format(u=unit)}, and neutrophils were 2.1."
    found = {(fact.analyte, fact.value): str(fact.when) for fact in facts(Lab, text)}
    assert found["hemoglobin", 98.0] == found["neutrophils", 2.1] == "2023-11-01"
    assert next(when for (name, value), when in found.items() if value in (84.0, 104.0)).startswith("2023-10")


@pytest.mark.parametrize(
    "text",
    [
        "Hb was 98 and neutrophils were 2.1 on 1 November 2023.",
        "Hb was 98, platelets were 150 and neutrophils were 2.1 on 1 November 2023.",
        "Hb was 98, up from 84, on 1 November 2023.",
    ],
)
def test_the_day_behind_the_last_of_several_values_is_that_of_all(text):
    assert set(days(Lab, text)) == {"2023-11-01"}


@pytest.mark.parametrize(
    ("one", "two"),
    [("on June 4", "on August 20, 2020"), ("on June 14", "on August 20"), ("on May 9", "on May 27")],
)
def test_the_day_of_a_month_is_no_size(one, two):
    found = facts(Lesion, f"The thigh mass measured 6.3 cm {one} and 51 mm {two}.")
    assert [fact.diameters_mm for fact in found] == [(63.0,), (51.0,)]


IN_TURN = (
    "CT on 2 October 2023 showed metastases in the left lower lobe (12 mm) and right middle lobe (7 mm), which "
    "measured 19 mm and 9 mm on 4 January 2024.",
    "CT 02.10.2023: left lower lobe 12 mm, right middle lobe 7 mm; 04.01.2024: 19 mm and 9 mm respectively.",
    "CT 02.10.2023: left lower lobe 12 mm, right middle lobe 7 mm. CT 04.01.2024: 19 mm and 9 mm, respectively.",
    "CT on 2 October 2023 showed a left lower lobe nodule of 12 mm and a right middle lobe nodule of 7 mm. On "
    "4 January 2024 they measured 19 mm and 9 mm.",
)


@pytest.mark.parametrize("text", IN_TURN)
def test_sizes_told_in_turn_of_lesions_measured_before(text):
    found = {(fact.site, str(fact.when), fact.diameters_mm) for fact in facts(Lesion, text)}
    assert found == {
        ("lung lower lobe", "2023-10-02", (12.0,)),
        ("lung middle lobe", "2023-10-02", (7.0,)),
        ("lung lower lobe", "2024-01-04", (19.0,)),
        ("lung middle lobe", "2024-01-04", (9.0,)),
    }


@pytest.mark.parametrize(
    "told",
    [
        "VAC was given; doxorubicin 04-08/2021.",
        "Doxorubicin x6 04-08/2021.",
        "Doxorubicin 6 cycles 04-08/2021.",
        "Doxorubicin (04-08/2021).",
        "04-08/2021 doxorubicin.",
    ],
)
def test_months_of_one_year_wherever_the_sentence_ends(told):
    found = [(f.event, str(f.when)) for f in facts(Treatment, told) if f.agents == ("doxorubicin",)]
    assert found == [("start", "2021-04"), ("stop", "2021-08")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Gemcitabine was given on days 1 and 8 with docetaxel on day 8 from 5 September 2022.", 2),
        ("Gemcitabine on days 1 and 8 and docetaxel on day 8 were started on 5 September 2022.", 1),
    ],
)
def test_the_days_of_a_cycle_are_none_of_the_story(given, told):
    assert days(Treatment, f"PET on 22 August 2022 showed progression. {given}") == ["2022-09-05"] * told


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("DOG1 and CD117 positive, S100 negative (IHC 22.11.2018)", "2018-11-22"),
        ("CD34 positive, S100 negative, MDM2 FISH not amplified (11 August 2021)", "2021-08-11"),
        ("CD34 and S100 were positive and desmin was negative on 11 August 2021", "2021-08-11"),
    ],
)
def test_the_day_behind_the_last_stain_of_a_list_is_that_of_all(told, expected):
    assert set(days(Test, f"{told}.")) == {expected}


@pytest.mark.parametrize("joined", [" and", ","])
@pytest.mark.parametrize("specimen", ["biopsy", "lung biopsy", "resection specimen"])
def test_a_marker_on_two_specimens(joined, specimen):
    text = f"PD-L1 was 5% on the biopsy of 12 June 2021{joined} 40% on the {specimen} of 5 March 2024."
    assert [(fact.result, str(fact.when)) for fact in facts(Test, text)] == [
        ("5%", "2021-06-12"),
        ("40%", "2024-03-05"),
    ]


@pytest.mark.parametrize("words", ["Response was maintained", "The response was maintained"])
def test_a_response_that_was_maintained_on_several_days(words):
    text = (
        "Crizotinib was started in May 2020 with partial response in August 2020. "
        f"{words} on CT in March 2021, March 2022, and March 2023."
    )
    assert [(f.category, str(f.when)) for f in facts(Response, text)] == [
        ("PR", "2020-08"),
        ("PR", "2021-03"),
        ("PR", "2022-03"),
        ("PR", "2023-03"),
    ]
