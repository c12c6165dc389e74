"""What is told of other people and of other illness, and which diagnosis stood. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case import DateInterval, Demographics, Diagnosis, Document, History, Treatment
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


FARTHER_KIN = (
    "Her niece with a glioma carries a BRAF V600E mutation.",
    "A nephew with neurofibromatosis received selumetinib.",
    "An EGFR mutation of her granddaughter was known.",
    "Niece: osteosarcoma, received cisplatin.",
    "Nephew - glioma, died.",
    "Her boyfriend had a melanoma; he is alive without disease.",
)


@pytest.mark.parametrize("sentence", FARTHER_KIN)
def test_what_is_told_of_farther_kin_and_friends_is_none_of_the_patients(sentence):
    assert told(CASE + sentence) == []


FAMILY = (
    "Her niece died of breast cancer in 2011",
    "half-sister with sarcoma received doxorubicin",
    "Her granddaughter had a retinoblastoma",
)


@pytest.mark.parametrize("statement", FAMILY)
def test_illness_of_farther_kin_is_family_history(statement):
    assert [(fact.topic, fact.detail) for fact in case(f"{CASE}{statement}.").of(History)] == [
        ("family", statement)
    ]


def test_a_birth_of_farther_kin_is_not_that_of_the_patient():
    text = "Her nephew was born on 3 May 2001. She presented with a mass of the thigh in March 2019."
    assert [fact.age_years for fact in case(text).of(Demographics)] == [None]


PUBLISHED = (
    "An earlier report described an infant with an ETV6-NTRK3 fusion who underwent amputation.",
    "Unlike our patient, theirs had a BRAF V600E mutation.",
    "Their patient received doxorubicin and had a partial response.",
    "One patient in the phase II trial had a complete response to crizotinib.",
    "The first case was reported in 1996 and involved a 40-year-old man who died after eight months.",
    "In 2019 the FDA approved entrectinib for ROS1-positive lung cancer.",
    "The authors of that report resected the tumour and gave 60 Gy.",
    "Two published cases received larotrectinib and had partial responses.",
    "A Japanese group treated a 30-year-old man with pazopanib.",
)


@pytest.mark.parametrize("sentence", PUBLISHED)
def test_what_others_have_published_is_not_told_of_the_patient(sentence):
    assert told(CASE + sentence) == []


HERS = (
    ("Her husband brought her to us, and she received doxorubicin.", ["treatment"]),
    ("Her daughter was told, and she underwent lobectomy in April 2019.", ["treatment"]),
    ("Her children are healthy, and in April 2019 doxorubicin was started.", ["treatment"]),
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


ONLY_SUSPECTED = (
    ("The biopsy was suspicious for lymphoma.", [("lymphoma", "working")]),
    ("Cytology was suspicious for malignancy, probably lymphoma.", [("lymphoma", "working")]),
    ("A core biopsy raised the suspicion of leiomyosarcoma.", [("leiomyosarcoma", "working")]),
    ("The biopsy was non-diagnostic, and sarcoma was suspected.", [("sarcoma", "working")]),
    ("A presumptive diagnosis of Ewing sarcoma was made.", [("ewing sarcoma", "working")]),
    ("Carcinoma was considered unlikely.", []),
    ("In April 2019, lymphoma was thought to be highly unlikely.", []),
    (
        "The biopsy showed either leiomyosarcoma or synovial sarcoma.",
        [("leiomyosarcoma", "working"), ("synovial sarcoma", "working")],
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), ONLY_SUSPECTED)
def test_what_was_only_suspected_or_left_open_is_not_final(sentence, expected):
    assert [(term, status) for term, status, _ in diagnoses(MASS + sentence)] == expected


def test_a_suspicion_that_was_confirmed_is_final():
    text = MASS + "The biopsy was suspicious for lymphoma. Excision in May 2019 confirmed lymphoma."
    assert diagnoses(text) == [("lymphoma", "final", "2019-05")]


ONE_AGAINST_ANOTHER = (
    ("Synovial sarcoma was diagnosed in June 2019 after exclusion of leiomyosarcoma.", "2019-06"),
    ("After exclusion of leiomyosarcoma, synovial sarcoma was diagnosed in June 2019.", "2019-06"),
    (
        "The diagnosis of leiomyosarcoma made elsewhere was not confirmed, and the reference pathologist diagnosed"
        " synovial sarcoma in July 2019.",
        "2019-07",
    ),
    (
        "The differential diagnosis included schwannoma, but the findings favoured synovial sarcoma.",
        "2019-03",
    ),
    ("The findings ruled out leiomyosarcoma and established synovial sarcoma.", "2019-03"),
    ("The features were those of synovial sarcoma rather than fibrosarcoma.", "2019-03"),
    ("The tumour mimicked schwannoma but was synovial sarcoma.", "2019-03"),
    ("The tumour was not a leiomyosarcoma but a synovial sarcoma.", "2019-03"),
    ("The tumour was synovial sarcoma and not leiomyosarcoma, as had been assumed.", "2019-03"),
)


@pytest.mark.parametrize(("sentence", "day"), ONE_AGAINST_ANOTHER)
def test_of_two_tumours_set_against_each_other_the_one_that_is_meant_is_read(sentence, day):
    assert diagnoses(MASS + sentence) == [("synovial sarcoma", "final", day)]


CALLED_FIRST = (
    "The tumour had been called schwannoma in 2017; review in June 2019 established synovial sarcoma.",
    "The mass had initially been labelled a schwannoma in 2017; review of the slides in June 2019 showed synovial"
    " sarcoma.",
)


@pytest.mark.parametrize("sentence", CALLED_FIRST)
def test_what_a_tumour_had_been_called_is_a_first_reading_and_no_earlier_tumour(sentence):
    expected = [("schwannoma", "working", "2017"), ("synovial sarcoma", "final", "2019-06")]
    assert diagnoses(MASS + sentence) == expected


TWO_PRIMARIES = (
    (
        "Lung adenocarcinoma was diagnosed in April 2019 and renal cell carcinoma in June 2020.",
        "2019-04",
        "2020-06",
    ),
    (
        "She was diagnosed with synchronous lung adenocarcinoma and renal cell carcinoma in May 2019.",
        "2019-05",
        "2019-05",
    ),
    (
        "Work-up in April 2019 revealed two primary tumours: lung adenocarcinoma and renal cell carcinoma.",
        "2019-04",
        "2019-04",
    ),
)


@pytest.mark.parametrize(("sentence", "first", "second"), TWO_PRIMARIES)
def test_two_tumours_of_one_sentence_are_both_final(sentence, first, second):
    expected = [("lung adenocarcinoma", "final", first), ("renal cell carcinoma", "final", second)]
    assert diagnoses(COUGH + sentence) == expected


CHANCE = (
    "A lung adenocarcinoma was found incidentally in June 2020.",
    "In June 2020 a lung adenocarcinoma was incidentally detected.",
)


@pytest.mark.parametrize("sentence", CHANCE)
def test_a_cancer_found_by_chance_is_diagnosed(sentence):
    assert diagnoses(MASS + sentence) == [("lung adenocarcinoma", "final", "2020-06")]


CAME_AGAIN = (
    (
        "A biopsy showed well-differentiated liposarcoma. The recurrence in June 2020 showed dedifferentiated"
        " liposarcoma.",
        [
            ("well-differentiated liposarcoma", "final", "2019-03"),
            ("dedifferentiated liposarcoma", "final", "2020-06"),
        ],
    ),
    (
        "A biopsy showed synovial sarcoma. The local recurrence in June 2020 was synovial sarcoma.",
        [("synovial sarcoma", "final", "2019-03")],
    ),
)


@pytest.mark.parametrize(("text", "expected"), CAME_AGAIN)
def test_what_a_recurrence_showed_is_a_diagnosis_where_it_is_another(text, expected):
    assert diagnoses(MASS + text) == expected
