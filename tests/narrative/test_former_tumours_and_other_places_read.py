"""What is told of a former tumour, of a relative or of one organ is not told of the patient's tumour now.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, History, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read

HEAD = "A 61-year-old woman was diagnosed with malignant PEComa of the uterus in November 2020. "
SPREAD = HEAD + "In August 2024 CT showed a 34 mm liver metastasis. "


def of(kind, text):
    return [fact for fact in read(Document("made", text)).facts if isinstance(fact, kind)]


@pytest.mark.parametrize(
    "told",
    [
        "Melanoma in situ of the right leg, excised in 2014, no relapse.",
        "PMH: Hodgkin lymphoma aged 24 (1989), ABVD x6, in remission since.",
        "PMH: papillary thyroid carcinoma 2009, total thyroidectomy, NED.",
    ],
)
def test_the_remission_of_a_former_tumour_is_none_of_the_patient(told):
    assert [fact.disease for fact in of(Outcome, f"{HEAD}{told}")] != ["NED"]
    assert [fact.status for fact in of(Diagnosis, HEAD + told)].count("final") == 1


@pytest.mark.parametrize(
    ("scan", "free"),
    list(
        product(
            (
                "MRI brain on 14 August 2024",
                "MRI of the brain in August 2024",
                "MRI brain",
                "Brain MRI",
                "Chest CT",
            ),
            (": no recurrence.", " showed no recurrence.", ": no evidence of disease."),
        )
    ),
)
def test_one_region_without_disease_beside_metastases(scan, free):
    assert of(Response, f"{SPREAD}{scan}{free}") == []
    assert [fact.disease for fact in of(Outcome, f"{SPREAD}{scan}{free}")] in ([], ["with disease"])


def test_a_brain_that_is_free_where_its_metastases_were_told_first():
    told = (
        "In June 2022 MRI showed a 14 mm brain metastasis. Everolimus was started on 5 July 2022. On 5 August 2024 CT"
        " showed new liver metastases, the largest of 34 mm. MRI brain 6 August 2024: no recurrence."
    )
    assert [fact.disease for fact in of(Outcome, HEAD + told)] == ["with disease"]
    assert [fact.category for fact in of(Response, HEAD + told)] == ["PD"]


def test_a_scar_that_is_free_beside_a_new_mass():
    told = "CT of 4 March 2024: ablation scar stable without uptake; new pelvic mass 48 mm."
    assert [fact.disease for fact in of(Outcome, HEAD + told)] == ["with disease"]
    assert [fact.category for fact in of(Response, HEAD + told)] == ["PD"]


@pytest.mark.parametrize("relative", ["Mother", "Maternal aunt", "Father", "Sister", "Brother"])
@pytest.mark.parametrize(
    "told", ["- glioma, died aged 66", ": lung cancer, died at 70", "– melanoma, died in 2011"]
)
def test_a_relative_who_died(relative, told):
    between = "" if told.startswith(":") else " "
    assert [fact.vital for fact in of(Outcome, f"{HEAD}{relative}{between}{told}.")] in ([], ["alive"])


def test_the_age_of_a_relative_is_no_time():
    (history,) = of(
        History, f"{HEAD}No family history except breast cancer in her maternal grandmother at 60 years."
    )
    assert str(history.when)[:4] == "2020"


@pytest.mark.parametrize(
    "lost", ["could not be procured due to cost", "was not available", "was refused by the insurer"]
)
@pytest.mark.parametrize("so", ["hence", "therefore", "thus", "and hence", "so"])
def test_what_was_given_because_another_was_not_to_be_had(lost, so):
    subject = " she was started on" if so == "so" else ""
    drug = (
        "everolimus 10 mg on 10 April 2023" if subject else " everolimus 10 mg was started on 10 April 2023"
    )
    told = f"{HEAD}Sirolimus {lost}, {so}{subject} {drug.strip()}."
    (start,) = of(Treatment, told)
    assert (start.agents, start.event, str(start.when)) == (("everolimus",), "start", "2023-04-10")


@pytest.mark.parametrize("site", ["at S2", "at the level of S2"])
def test_the_height_of_a_sacral_tumour(site):
    head = "A 58-year-old man was diagnosed with sacral chordoma in December 2017. "
    lungs = "On 15 February 2022 CT showed a 12 mm nodule in the right upper lobe. "
    for before in ("", lungs):
        told = of(Lesion, f"{head}{before}On 16 February 2022 MRI showed local recurrence of 35 mm {site}.")
        assert [fact.site for fact in told if fact.diameters_mm == (35.0,)] == ["s2 vertebra"]


def test_a_local_recurrence_is_not_where_the_metastases_are():
    head = "A 58-year-old man had a sacral chordoma in December 2017 and lung metastases in 2022. "
    told = of(Lesion, f"{head}MRI sacrum 15/08/2023 local recurrence now 62 x 48 mm.")
    assert [fact.site for fact in told if fact.diameters_mm] == ["sacrum"]


@pytest.mark.parametrize(
    "marker",
    ["SDH-deficient", "KIT-mutant", "KIT wild-type", "NTRK3-rearranged", "Metastatic", "BRAF-mutated"],
)
def test_a_marker_before_the_tumour_that_heads_an_entry(marker):
    told = f"A 26-year-old woman is seen. Diagnoses:\n- {marker} GIST of the stomach, 04/2016\n- Asthma"
    (diagnosis,) = of(Diagnosis, told)
    assert "gastrointestinal stromal tumor" in diagnosis.term
    assert str(diagnosis.when) == "2016-04"


def test_the_later_of_two_diagnoses_stands_though_it_is_told_first():
    told = (
        "63M on imatinib.\n02/18/20 Biopsy: GIST.\n08/22/14 Biopsy, read as leiomyosarcoma.\n06/10/14 CT: 6 cm mass"
        " of the jejunum."
    )
    status = {fact.term: fact.status for fact in of(Diagnosis, told)}
    assert status == {"gastrointestinal stromal tumor": "final", "leiomyosarcoma": "working"}


def test_what_a_proposition_would_give_again_is_not_given():
    head = f"{HEAD}She received gemcitabine and docetaxel from June 2023 to October 2023.\n\n"
    told = (
        "Proposition: MRI of the pelvis; if the recurrence is isolated, surgery; otherwise rechallenge with an mTOR"
        " inhibitor (nab-sirolimus, early access requested on 11 March 2024, answer pending)."
    )
    assert {fact.event for fact in of(Treatment, head + told)} == {"start", "stop"}


def test_a_tumour_that_is_gone_beside_the_one_that_is_treated():
    told = (
        "Diagnoses:\n- GIST of the gastric antrum, 04/2016\n- Liver metastases since 09/2019\n- Paraganglioma of the"
        " left carotid body, resected 2021, no recurrence\nImatinib was started in June 2016. A biopsy of the stomach"
        " in March 2016 was reported as leiomyoma."
    )
    status = {
        fact.term.split(" of ")[0]: fact.status for fact in of(Diagnosis, f"A 26-year-old woman. {told}")
    }
    assert status == {
        "gastrointestinal stromal tumor": "final",
        "paraganglioma": "history",
        "leiomyoma": "working",
    }


def test_harm_for_which_a_drug_had_a_break_is_of_that_drug():
    head = "A 58-year-old man had a sacral chordoma. Hodgkin lymphoma aged 24 (1989), ABVD x6, in remission since. "
    told = "19/10/2022 Imatinib back on (800 mg) after a 3 week break for neutropenia grade 3."
    (event,) = of(AdverseEvent, head + told)
    assert event.agents == ("imatinib",)


@pytest.mark.parametrize(
    "told", ["diarrhoea which was grade 2 at her last visit is now grade 1", "diarrhoea G2, now G1"]
)
def test_a_grade_that_is_less_now_was_the_worst_before(told):
    head = f"{HEAD}Sirolimus was started on 20 March 2023. "
    (event,) = of(AdverseEvent, f"{head}Clinic 14 May 2024: The {told}.")
    assert (event.grade, event.when) == (2, None)
