"""What is told of other people and of other illness, and which diagnosis stood. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case import DateInterval, Demographics, Diagnosis, Document, Treatment
from caseboard.formats.flat import fact_to_flat
from caseboard.narrative import read

CASE = "A 54-year-old woman was diagnosed with adenocarcinoma of the lung in March 2019. "
MASS = "A 54-year-old woman presented with a mass of the thigh in March 2019. "
COUGH = "A 54-year-old woman presented with cough in March 2019. "


def case(text):
    """Return what is read of a made text."""
    return read(Document("made", text))


def first_seen(text):
    """Return the date of the patient's first presentation."""
    return [str(fact.when) for fact in case(text).of(Demographics)]


LATER = (
    "Progression was seen in June 2019.",
    "A partial response of the lung lesions was seen in July 2019.",
    "She started pazopanib in April 2019. New liver metastases were seen on CT in August 2019.",
    "In April 2019, she was referred for consideration of metastasectomy.",
    "She was referred for radiotherapy in May 2019.",
)


@pytest.mark.parametrize("sentence", LATER)
def test_what_was_seen_later_is_no_first_visit(sentence):
    assert first_seen(CASE + sentence) == ["2019-03"]


CAME = (
    "She was seen in our clinic in June 2019.",
    "She was referred to our hospital in June 2019.",
    "The patient was seen by us in June 2019.",
)


@pytest.mark.parametrize("sentence", CAME)
def test_a_visit_soon_behind_the_introduction_is_the_first(sentence):
    assert first_seen(CASE + sentence) == ["2019-06"]


def told(text):
    """Return the kinds of facts that a text tells besides the patient and the diagnosis, the history left out."""
    kinds = {fact_to_flat(fact)["kind"] for fact in case(text).facts}
    return sorted(kinds - {"patient", "diagnosis", "history"})


OTHERS = (
    "Her niece was treated with doxorubicin.",
    "Her son-in-law received radiotherapy in 2016.",
    "Two of her sisters underwent mastectomy in 2011.",
    "One of her daughters had a sarcoma with an EWSR1-FLI1 fusion, treated with ifosfamide.",
    "Her husband underwent colectomy in 2012.",
    "Her mother (aged 77) died of lung cancer in 2014.",
    "A sister had lymphoma; she is alive and well.",
    "She had worked in a shipyard, and three of her colleagues died of mesothelioma.",
    "Her partner was treated with imatinib.",
    "Her granddaughter has a KRAS G12D mutation.",
)


@pytest.mark.parametrize("sentence", OTHERS)
def test_what_befell_those_whom_the_patient_knows_is_none_of_hers(sentence):
    assert told(CASE + sentence) == []


PUBLISHED = (
    "An earlier report described an infant with an ETV6-NTRK3 fusion who underwent amputation.",
    "Unlike our patient, theirs had a BRAF V600E mutation.",
    "Their patient received doxorubicin and had a partial response.",
    "One patient in the phase II trial had a complete response to crizotinib.",
    "The first case was reported in 1996 and involved a 40-year-old man who died after eight months.",
    "In 2019 the FDA approved entrectinib for ROS1-positive lung cancer.",
    "The authors of that report resected the tumour and gave 60 Gy.",
)


@pytest.mark.parametrize("sentence", PUBLISHED)
def test_what_others_have_published_is_not_told_of_the_patient(sentence):
    assert told(CASE + sentence) == []


HERS = (
    ("Her husband brought her to us, and she received doxorubicin.", ["treatment"]),
    ("Her daughter was told, and she underwent lobectomy in April 2019.", ["treatment"]),
    ("Her family were informed and in April 2019 she started crizotinib.", ["treatment"]),
    (
        "The FDA approved entrectinib in August 2019, and she started entrectinib in September 2019.",
        ["treatment"],
    ),
)


@pytest.mark.parametrize(("sentence", "kinds"), HERS)
def test_where_a_sentence_comes_back_to_the_patient(sentence, kinds):
    assert told(CASE + sentence) == kinds


def diagnoses(text):
    """Return name, status and date of each diagnosis; the date of what is not dated is None."""
    return [
        (fact.term, fact.status, str(fact.when) if isinstance(fact.when, DateInterval) else None)
        for fact in case(text).of(Diagnosis)
    ]


EARLIER = (
    ("She had been diagnosed with breast cancer in 2003. ", ("breast cancer", "history", "2003")),
    ("Prostate cancer was diagnosed in 2008, treated by surgery. ", ("prostate cancer", "history", "2008")),
    (
        "She had previously been diagnosed with Hodgkin lymphoma in 1998. ",
        ("hodgkin lymphoma", "history", "1998"),
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), EARLIER)
def test_another_cancer_of_years_before_is_no_first_reading_of_this_one(sentence, expected):
    text = COUGH + sentence + "A biopsy showed adenocarcinoma of the lung."
    assert diagnoses(text) == [expected, ("adenocarcinoma of the lung", "final", "2019-03")]


def test_a_first_reading_of_the_same_year_stays_one():
    text = MASS + "In March 2019 a biopsy showed lymphoma. In May 2019 a biopsy showed synovial sarcoma."
    assert diagnoses(text) == [("lymphoma", "working", "2019-03"), ("synovial sarcoma", "final", "2019-05")]


FORMERLY = (
    "Her medical history included breast cancer (2005), treated with surgery and adjuvant radiotherapy.",
    "She had a history of breast cancer, treated with mastectomy and radiotherapy.",
)


@pytest.mark.parametrize("sentence", FORMERLY)
def test_the_treatment_of_a_former_tumour_is_not_of_the_day_of_the_story(sentence):
    text = f"{COUGH}{sentence} A biopsy showed adenocarcinoma of the lung."
    assert {str(fact.when) for fact in case(text).of(Treatment)} == {"None"}


OTHER_ILLNESS = (
    "Her rheumatoid arthritis was treated with rituximab.",
    "Comorbidities: rheumatoid arthritis (treated with methotrexate).",
    "Multiple sclerosis had been treated with rituximab.",
    "Macular degeneration was treated with bevacizumab injections.",
    "She had radioiodine therapy for Graves' disease in 2002.",
    "Hyperthyroidism had been treated with radioiodine in 2003.",
)


@pytest.mark.parametrize("sentence", OTHER_ILLNESS)
def test_what_another_illness_was_treated_with_is_no_treatment_of_the_tumour(sentence):
    assert case(COUGH + sentence).of(Treatment) == ()


def test_what_immunotherapy_did_is_treated_all_the_same():
    text = (
        CASE
        + "She received pembrolizumab from April 2019. Myasthenia gravis was treated with rituximab in June 2019."
    )
    assert [fact.agents for fact in case(text).of(Treatment)] == [("pembrolizumab",), ("rituximab",)]
