"""Letters that stand for several things: a regimen, an illness, a scan, a rating, a measurement.

What they mean follows from the words beside them; each row is a sentence that a clinician writes, and states by itself
what was given, seen or measured. Rows are ours.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Lab, Response, Treatment
from caseboard.narrative import read

SARCOMA = "A 44-year-old man was diagnosed with synovial sarcoma of the left thigh in March 2018. "
BREAST = "A 50-year-old woman had invasive lobular carcinoma of the right breast. "
LUNG = "A 50-year-old woman was diagnosed with small cell lung cancer in May 2016. "


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


def given(text):
    """Return event, agents and day of each drug treatment."""
    return [(f.event, "+".join(f.agents), str(f.when)) for f in of(Treatment, text) if f.agents]


@pytest.mark.parametrize(
    "sentence",
    [
        "He had a PE in May 2019.",
        "He had a PE after the second cycle in May 2019.",
        "CT CAP in May 2019 after 3 cycles showed stable disease.",
        "He was treated for CAP in May 2019.",
        "MAP was 65 mmHg during treatment in May 2019.",
        "An AP radiograph was done in May 2019 after cycle 2.",
        "PCV was 28% in May 2019 after cycle 2.",
        "TC was 240 mg/dL in May 2019 on treatment.",
        "The CVP line was placed in May 2019 for chemotherapy.",
        "He had IE of the aortic valve in May 2019 after cycle 3.",
        "He was on AC for atrial fibrillation from 2017.",
        "MRI showed AC joint arthritis in May 2019 after treatment.",
        "He had severe AI on echo in May 2019 after treatment.",
        "She was started on an AI in May 2019.",
    ],
)
def test_letters_that_mean_something_else_are_no_regimen(sentence):
    assert given(SARCOMA + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "agents"),
    [
        ("He received IE in May 2019.", "etoposide+ifosfamide"),
        ("AC x4 was given in May 2019.", "cyclophosphamide+doxorubicin"),
        ("Treatment with AP was given from May 2019.", "cisplatin+doxorubicin"),
        ("Adjuvant AI in May 2019.", "doxorubicin+ifosfamide"),
        ("MAP from 8 May 2019.", "cisplatin+doxorubicin+methotrexate"),
        ("She had VAC in May 2019.", "cyclophosphamide+dactinomycin+vincristine"),
        ("He was treated with EP from May 2019.", "cisplatin+etoposide"),
        ("CAP chemotherapy was started in May 2019.", "cisplatin+cyclophosphamide+doxorubicin"),
    ],
)
def test_letters_that_are_given_counted_or_dated_are_a_regimen(sentence, agents):
    assert [(event, names, day[:7]) for event, names, day in given(SARCOMA + sentence)] == [
        ("start", agents, "2019-05")
    ]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (BREAST + "Adjuvant EC was given in July 2016.", "cyclophosphamide+epirubicin"),
        (BREAST + "Adjuvant EC-docetaxel was given in July 2016.", "cyclophosphamide+docetaxel+epirubicin"),
        (BREAST + "TC was given in July 2016.", "cyclophosphamide+docetaxel"),
        (LUNG + "EC was given in July 2016.", "carboplatin+etoposide"),
    ],
)
def test_letters_of_two_regimens_are_read_by_the_tumour(text, agents):
    """EC in breast cancer is epirubicin with cyclophosphamide, in small cell lung cancer etoposide with carboplatin."""
    assert given(text) == [("start", agents, "2016-07")]


def test_an_aromatase_inhibitor_is_no_chemotherapy_of_sarcoma():
    assert given(BREAST + "Adjuvant AI since May 2019.") == []


@pytest.mark.parametrize(
    ("sentence", "categories"),
    [
        ("The values had a mean of 45 with SD of 12.", []),
        ("He takes morphine CR 30 mg since May 2019.", []),
        ("CR 1.2 mg/dL in May 2019.", []),
        ("PD was started in May 2019 for renal failure.", []),
        ("He was on PD (peritoneal dialysis) from May 2019.", []),
        ("The lesion is 2 SD above the mean.", []),
        ("CR 05/2020.", ["CR"]),
        ("CT on 19 September 2019: SD.", ["SD"]),
        ("PD in May 2020, creatinine 1.2.", ["PD"]),
    ],
)
def test_letters_of_a_rating_that_stand_for_something_else(sentence, categories):
    text = SARCOMA + "Pazopanib was started in May 2018. " + sentence
    assert [fact.category for fact in of(Response, text)] == categories


def test_allred_scores_are_no_days():
    """ER 8/8 and PR 3/8 are Allred scores (Harvey 1999), not days of August; what they score is of the operation."""
    text = (
        "Clinic 14/03/2024\n\nDear Dr Brown,\n\nRE: Mrs T, 62 yrs\n\nPROBLEM LIST\n"
        "1. Invasive lobular carcinoma right breast\n"
        "   - R mastectomy 14/06/2016: 46 mm lobular carcinoma. ER 8/8, PR 3/8, E-cadherin negative\n"
        "   - Adjuvant letrozole February 2017\n"
    )
    case = read(Document("row", text))
    assert {str(test.when) for test in case.facts if type(test).__name__ == "Test"} == {"2016-06-14"}


def test_interferon_beta_is_not_interferon_alfa():
    assert given(SARCOMA + "She was treated with interferon beta from May 2019.") == [
        ("start", "interferon beta", "2019-05")
    ]


def test_a_virus_that_was_caught_is_blamed_on_no_drug():
    text = SARCOMA + "Pazopanib was started in May 2018. He had COVID-19 in May 2020."
    assert [(fact.term, fact.agents) for fact in of(AdverseEvent, text)] == [("covid-19", ())]


@pytest.mark.parametrize(
    ("sentence", "value", "day"),
    [
        ("When last seen, in November 2023, LDH was 410 U/L.", 410, "2023-11"),
        ("When she was seen in November 2023, LDH was 410 U/L.", 410, "2023-11"),
    ],
)
def test_a_value_told_when_seen_hangs_on_no_condition(sentence, value, day):
    assert [(fact.value, str(fact.when)) for fact in of(Lab, SARCOMA + sentence)] == [(value, day)]
