"""Former sizes with their day, sums of diameters, scans to come, and who is free of disease.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read

HEAD = "A 53-year-old woman was diagnosed with leiomyosarcoma of the uterus in May 2019. "
PAZOPANIB = HEAD + "Pazopanib was started on 20 March 2023. "
NOW = (
    "CT chest on 22 March 2024: the largest right lower lobe nodule is now 6 mm",
    "CT on 22 March 2024 showed that the right lower lobe nodule measured 6 mm",
    "CT 22 March 2024: right lower lobe nodule 6 mm",
)
THEN = (
    " (was 21 mm in March 2023).",
    " (21 mm in March 2023).",
    " (from 21 mm in March 2023).",
    " compared with 21 mm in March 2023.",
    " vs 21 mm in March 2023.",
    " (21 mm on the scan of March 2023).",
    ", having been 21 mm in March 2023.",
)


def of(kind, text):
    return [fact for fact in read(Document("made", text)).facts if isinstance(fact, kind)]


@pytest.mark.parametrize(("now", "then"), list(product(NOW, THEN)))
def test_a_former_size_has_its_own_day(now, then):
    sizes = sorted((fact.diameters_mm, str(fact.when)) for fact in of(Lesion, PAZOPANIB + now + then))
    assert sizes == [((6.0,), "2024-03-22"), ((21.0,), "2023-03")]


@pytest.mark.parametrize(
    "then", [" (was 21 mm).", " (previously 21 mm).", " (21 mm before treatment).", ", before 21 mm."]
)
def test_a_former_size_without_a_day_is_none_of_today(then):
    assert [fact.diameters_mm for fact in of(Lesion, PAZOPANIB + NOW[0] + then)] == [(6.0,)]


def test_a_sum_of_diameters_is_no_lesion():
    told = "CT on 13 May 2024 showed progression in the liver (target sum 84 mm -> 121 mm)."
    assert not any(fact.diameters_mm for fact in of(Lesion, PAZOPANIB + told))


@pytest.mark.parametrize(
    "plan", ["Next CT 01/2025.", "CT planned for January 2025.", "Follow-up MRI booked 12 January 2025."]
)
def test_a_scan_to_come_is_not_reached_yet(plan):
    (outcome,) = of(Outcome, f"{PAZOPANIB}She was seen on 9 November 2024. {plan} She is well.")
    assert str(outcome.when) == "2024-11-09"


def test_a_list_of_comorbidities_leads_the_story_nowhere():
    text = (
        "A 63-year-old man with MPNST was admitted on 2 November 2022.\n08/2022-10/2022 gemcitabine/docetaxel x3.\n"
        "Comorbidities: s/p DVT 01/2021 (apixaban until 07/2021).\nAssessment: gem/doc stopped for PD."
    )
    assert [(fact.category, str(fact.when)) for fact in of(Response, text)] == [("PD", "2022-10")]


FREE = (
    "there was no evidence of local recurrence",
    "she was free of loco-regional recurrence",
    "she had no evidence of local or distant recurrence",
    "she was without evidence of local or distant disease",
    "she had not relapsed",
)


@pytest.mark.parametrize("told", FREE)
def test_who_was_operated_on_is_free_of_disease(told):
    text = f"{HEAD}The uterus was removed in June 2019. In May 2020 {told}."
    assert [(fact.category, str(fact.when)) for fact in of(Response, text)] == [("NED", "2020-05")]
    assert [fact.disease for fact in of(Outcome, text)] == ["NED"]


@pytest.mark.parametrize(
    "told", ["There was no local recurrence.", "The scar is healed without local recurrence."]
)
def test_no_local_recurrence_is_no_freedom_from_metastases(told):
    text = (
        f"A 51-year-old woman with DFSP and lung metastases has been on doxorubicin since June 2023. {told}"
    )
    assert of(Response, text) == []
    assert not any(fact.disease == "NED" for fact in of(Outcome, text))


def test_peritoneal_nodules_are_not_the_mesenteric_mass():
    text = (
        "A 41-year-old man had CT on 12 March 2019 that showed a mesenteric mass of 15.6 cm. On 20 March 2019 he "
        "underwent debulking; residual peritoneal nodules up to 1.5 cm were left in place."
    )
    assert [fact.site for fact in of(Lesion, text)] == ["mesentery", "peritoneum"]


def test_radiotherapy_that_an_operation_followed_has_not_its_day():
    text = (
        "A 47-year-old man had a retroperitoneal sarcoma in August 2018. Neoadjuvant radiotherapy (50.4 Gy in 28 "
        "fractions) was followed by en bloc resection in December 2018."
    )
    days = {fact.modality: str(fact.when) for fact in of(Treatment, text)}
    assert days["surgery"] == "2018-12"
    assert days["radiotherapy"] != "2018-12"


def test_stable_disease_as_the_best_response_is_not_of_the_days_of_another_statement():
    text = (
        "A 41-year-old man with sarcoma started lorlatinib on 1 December 2020. He felt better within five days, and "
        "stable disease was the best response."
    )
    assert [str(fact.when) for fact in of(Response, text)] != ["2020-12-06"]


def test_an_age_told_years_later_is_counted_back_to_the_presentation():
    text = (
        "Clinic date: 14 September 2023\n\nRe: Mrs P., DOB 03/11/1971\n\nDiagnosis: DFSP, left shoulder, diagnosed May "
        "2019\n\nI reviewed this 51-year-old teacher today."
    )
    # born on 3 November or 11 March 1971: 47 or 48 in May 2019, and 51 in September 2023 only if in November
    (told,) = of(Demographics, text)
    assert (told.age_years, told.certainty) == (47, "inferred")
