"""Which of several tumours a case is about; the courses are our own, worked by hand."""

from __future__ import annotations

import pytest
from stories import diagnosis, drug, harm, outcome, patient, stated, story, surgery

from caseboard.assess import assess
from caseboard.assess.tumour import tumour_of

HER = patient("2017-01", sex="female", age=62)
HISTIOCYTOSIS = diagnosis("erdheim-chester disease", "2017-02-20")
VEMURAFENIB = drug("start", "2017-05-02", "vemurafenib")
RESPONSE = stated("PR", "2017-11-07")
SKIN = diagnosis("cutaneous squamous cell carcinoma", "2017-12")
EXCISED = surgery("excision", "2017-12")
COBIMETINIB = drug("start", "2018-01-15", "cobimetinib")


def _heads(*facts: dict[str, object]) -> str:
    tumour = tumour_of(story(HER, *facts))
    assert tumour is not None
    return tumour.term


def test_a_skin_carcinoma_excised_under_a_drug_for_another_tumour_does_not_head_the_page():
    facts = (HER, HISTIOCYTOSIS, VEMURAFENIB, RESPONSE, SKIN, EXCISED, COBIMETINIB)
    page = assess(story(*facts)).patient
    assert page.heading == "Woman, 62 years old: Erdheim-Chester disease"
    line = next(line.what for line in page.lines if line.rule == "summary.diagnosis")
    assert "told since: cutaneous squamous cell carcinoma (December 2017)" in line


def test_a_tumour_that_is_told_as_harm_of_a_drug_does_not_head_the_page():
    blamed = harm("cutaneous squamous cell carcinoma", None, "2017-12", "vemurafenib")
    stopped = drug("stop", "2017-11-20", "vemurafenib")
    assert _heads(HISTIOCYTOSIS, VEMURAFENIB, stopped, SKIN, blamed, EXCISED) == HISTIOCYTOSIS["term"]
    assert _heads(HISTIOCYTOSIS, VEMURAFENIB, stopped, SKIN, EXCISED) == SKIN["term"]


def test_a_skin_carcinoma_beside_a_melanoma_under_treatment_does_not_head_the_page():
    melanoma = diagnosis("melanoma", "2017-02-20")
    assert _heads(melanoma, VEMURAFENIB, SKIN, EXCISED) == "melanoma"


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("prostate cancer", "clear cell renal cell carcinoma"),
        ("papillary thyroid carcinoma", "anaplastic thyroid carcinoma"),
        ("lung adenocarcinoma", "small cell lung cancer"),
    ],
)
def test_a_later_tumour_that_gets_drugs_or_that_the_first_became_heads_the_page(first, later):
    told = (
        diagnosis(first, "2017-02-20"),
        drug("start", "2017-05-02", "lenvatinib"),
        diagnosis(later, "2017-12"),
    )
    assert _heads(*told, drug("start", "2018-01-15", "cisplatin")) == later
    if first != "prostate cancer":
        assert _heads(*told) == later


def test_a_later_tumour_long_after_the_last_word_of_a_treatment_heads_the_page():
    renal = diagnosis("clear cell renal cell carcinoma", "2019-12")
    told = (diagnosis("prostate cancer", "2012-02-20"), drug("start", "2012-05-02", "docetaxel"), renal)
    assert _heads(*told, surgery("nephrectomy", "2020-01")) == renal["term"]


def test_a_treatment_that_is_named_later_has_gone_on_when_the_second_tumour_was_found():
    leukemia = diagnosis("chronic lymphocytic leukemia", "2018-05")
    told = (leukemia, drug("start", "2018-06", "ibrutinib"), diagnosis("basal cell carcinoma", "2020-05"))
    well = outcome("alive", "with disease", "2020-06", quote="she was well on ibrutinib")
    assert _heads(*told, well) == "chronic lymphocytic leukemia"
    assert _heads(*told) == "basal cell carcinoma"


def test_a_benign_tumour_found_later_does_not_head_the_page():
    assert _heads(HISTIOCYTOSIS, diagnosis("leiomyoma", "2017-12")) == HISTIOCYTOSIS["term"]
    assert _heads(diagnosis("leiomyoma", "2016-12"), HISTIOCYTOSIS) == HISTIOCYTOSIS["term"]


def test_the_time_to_a_diagnosis_is_not_counted_from_a_tumour_of_another_organ():
    other = diagnosis("melanoma", "2005")
    line = next(
        line.what
        for line in assess(story(HER, other, HISTIOCYTOSIS)).patient.lines
        if "Diagnosis" in line.what
    )
    assert "before it: melanoma (2005)" in line
    assert "after the first diagnosis" not in line
    first = diagnosis("nodular fasciitis", "2016-02-20", status="working")
    told = assess(story(HER, first, diagnosis("leiomyosarcoma", "2017-02-20"))).patient.lines
    assert "after the first diagnosis" in next(line.what for line in told if "Diagnosis" in line.what)


def test_a_tumour_that_changed_is_dated_by_its_present_name():
    first = diagnosis("chordoma", "2018-10-30")
    told = assess(story(HER, first, diagnosis("dedifferentiated chordoma", "2025-03-04"))).patient.lines
    line = next(line.what for line in told if "Diagnosis" in line.what)
    assert line.startswith(
        "Diagnosis: dedifferentiated chordoma (4 March 2025), first told as chordoma (30 October 2018)"
    )
