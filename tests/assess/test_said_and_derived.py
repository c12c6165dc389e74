"""What the page says where a report says one thing and its lesions, or its other words, another.

The stories are made; what is expected of each is worked by hand from RECIST 1.1 (Eisenhauer 2009, Eur J Cancer 45:228)
and from the words.
"""

from __future__ import annotations

import pytest

from caseboard.assess import assess
from caseboard.case.case import Document
from caseboard.narrative import read

ILL = "A 58-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "
UNSAID = "response.progression_not_stated"


def assessed(text):
    return assess(read(Document("made", ILL + text)))


GROWN = (
    "CT in June 2023: liver 20 mm. Pazopanib was started in July 2023. CT in October 2023: liver 10 mm{said}. "
    "CT in March 2025: liver 40 mm{then}."
)


@pytest.mark.parametrize("said", ["", ", partial response"])
def test_a_progression_that_only_the_lesions_give_is_asked(said):
    # 40 mm from a nadir of 10 mm: +300 % and 30 mm, table 1 and section 4.3.1
    found = assessed(GROWN.format(said=said, then=""))
    assert found.question.startswith(
        "By the lesions, progression of leiomyosarcoma of the thigh on pazopanib (March 2025"
    )
    assert UNSAID in {one.rule for one in found.key}
    assert "by the lesions, progression (march 2025)" in found.patient.lines[-1].what.lower()


@pytest.mark.parametrize("then", [", progressive disease", ", stable disease"])
def test_what_the_report_itself_says_of_the_scan_is_not_asked_again(then):
    found = assessed(GROWN.format(said="", then=then))
    assert not found.question.startswith("By the lesions")
    assert UNSAID not in {one.rule for one in found.key}


def test_a_progression_before_another_line_is_over():
    found = assessed(GROWN.format(said="", then="") + " Trabectedin was started in April 2025.")
    assert found.question.startswith("Trabectedin has begun")


COMPARED = (
    "She has been on imatinib since April 2017. CT on 9 May 2024: the liver metastasis has fallen from 54 mm in "
    "October 2023 to 38 mm.",
    "Selpercatinib was started in July 2020. CT in September 2020 showed reduction of the lung mass from 46 mm to "
    "18 mm and of the liver metastasis from 39 mm to 12 mm (PR, -65%).",
    "CT in May 2022: omental mass 50 mm. Pazopanib was started in June 2022. CT in August 2022: omental mass 30 mm, "
    "pelvic nodule 12 mm; no new lesions.",
    "CT in May 2022: omental mass 50 mm. Pazopanib was started in June 2022. CT in August 2022: partial response, "
    "omental mass 30 mm, pelvic nodule 12 mm.",
)


@pytest.mark.parametrize("text", COMPARED)
def test_a_lesion_that_the_report_does_not_call_new_is_no_progression(text):
    (response,) = assessed(text).responses
    assert not any(point.new_lesions for point in response.timepoints)
    assert response.best_derived != "PD"


def test_a_lesion_that_is_called_new_beside_a_response_is_progression():
    text = (
        "CT in May 2022: omental mass 50 mm. Pazopanib was started in June 2022. CT in August 2022: partial response, "
        "omental mass 30 mm, but a new pelvic nodule of 12 mm."
    )
    (response,) = assessed(text).responses
    assert response.timepoints[-1].new_lesions


PAUSE = "Pazopanib was started in November 2023. {} for grade 2 hypertension."


@pytest.mark.parametrize(
    "pause",
    [
        "It was held for ten days in February 2024",
        "It was paused for three weeks in February 2024",
        "Pazopanib was interrupted for 2 weeks in February 2024",
    ],
)
def test_a_pause_of_a_told_length_ends_no_line(pause):
    found = assessed(PAUSE.format(pause))
    (line,) = found.course.lines
    assert line.ongoing
    assert [one.action for one in found.toxicities] == ["drug interrupted"]


def test_what_ends_behind_a_pause_ends_on_that_day():
    text = "Pazopanib was started in March 2020. It was held in November 2020 for rash and stopped in January 2021."
    (line,) = assessed(text).course.lines
    assert line.stop is not None
    assert line.stop.text == "January 2021"


def test_what_is_on_hold_without_a_length_does_not_run():
    (line,) = assessed(
        "Pazopanib was started in November 2023. It is on hold since February 2024."
    ).course.lines
    assert not line.ongoing


@pytest.mark.parametrize(
    "again",
    [
        "Imatinib 400 mg od restarted October 2020 for peritoneal relapse.",
        "In October 2020 imatinib was restarted for peritoneal relapse.",
        "Relapse in October 2020, imatinib was restarted in October 2020.",
    ],
)
def test_a_drug_restarted_for_relapse_is_another_line(again):
    found = assessed(f"Adjuvant imatinib 400 mg od April 2017 to April 2020. {again}")
    assert [(line.number, line.rechallenge) for line in found.course.lines] == [(1, None), (2, 1)]


def test_lesions_that_one_sentence_measures_under_two_names_are_two():
    text = (
        "CT on 9 May 2024 shows the left iliac fossa deposit has fallen from 41 mm to 33 mm, but the pelvic nodule has "
        "grown from 18 mm to 26 mm."
    )
    found = {one.name: [m.diameters_mm for m in one.measurements] for one in assessed(text).course.lesions}
    assert found == {"left iliac fossa": [(41.0,), (33.0,)], "pelvis": [(18.0,), (26.0,)]}


@pytest.mark.parametrize(
    ("sizes", "fires"),
    [
        ("the liver lesion from 50 mm to 40 mm and of the lung lesion from 50 mm to 20 mm (-40%)", False),
        ("the liver lesion from 50 mm to 30 mm (-40%)", False),
        ("the liver lesion from 50 mm to 40 mm (-40%)", True),
    ],
)
def test_a_percentage_behind_several_sizes_is_not_that_of_the_first(sizes, fires):
    found = assessed(f"CT in May 2020 showed shrinkage of {sizes}.")
    assert ("conflict.percent_change" in {one.rule for one in found.conflicts}) == fires


def test_of_organs_rated_apart_the_worst_is_the_response_of_the_patient():
    text = (
        "Pazopanib was started in May 2020. CT in August 2020 showed a complete response of the omental nodule and a "
        "partial response of the liver metastases."
    )
    (response,) = assessed(text).responses
    assert response.best_stated == "PR"


@pytest.mark.parametrize(
    ("done", "treated"),
    [
        ("Y-90 radioembolization of the right hepatic lobe", {"liver segment VI"}),
        ("Left hepatectomy", {"liver segment II"}),
        ("Right hemihepatectomy", {"liver segment VI"}),
        ("Radioembolization of the liver", {"liver segment VI", "liver segment II"}),
    ],
)
def test_the_segments_of_a_lobe_are_treated_with_it(done, treated):
    text = (
        "In February 2020 CT showed liver metastases in segment VI (7.4 cm) and segment II (4.0 cm). "
        f"{done} was done on 15 March 2020."
    )
    found = assessed(text).course.lesions
    assert {one.name for one in found if one.irradiated or one.resected} == treated


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Pazopanib 800 mg was started in May 2021.", "on pazopanib 800 mg."),
        (
            "Pazopanib 800 mg was started in May 2021 and reduced to 400 mg in July 2021.",
            "400 mg (since July 2021).",
        ),
        (
            "Pazopanib 800 mg was started in May 2021; the dose was reduced in July 2021.",
            "dose changed (July 2021).",
        ),
        (
            "Pazopanib was started in May 2021, held on 3 June 2021 and resumed at 600 mg on 20 June 2021.",
            "on pazopanib 600 mg (since 20 June 2021).",
        ),
        (
            "Gemcitabine 900 mg/m2 and docetaxel 75 mg/m2 were started in May 2021.",
            "on docetaxel + gemcitabine.",
        ),
    ],
)
def test_the_first_page_tells_the_dose_that_is_given_now(told, expected):
    assert assessed(told).patient.lines[-1].what.endswith(expected)
