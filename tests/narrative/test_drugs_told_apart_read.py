"""What befell which of several drugs, what was only paused, and what was not given at all.

What is expected is put together with the sentence from the same parts; single sentences are worked by hand.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, History, Lesion, Outcome, Response, Test, Treatment
from caseboard.narrative import read

ILL = "A 58-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "


def facts(kind, text, ill=ILL):
    return [fact for fact in read(Document("row", ill + text)).facts if isinstance(fact, kind)]


def told(text, ill=ILL):
    return [(f.event, "+".join(f.agents), str(f.when)) for f in facts(Treatment, text, ill)]


PERIODS = (
    "Sunitinib was given from February 2023 to August 2023",
    "Sunitinib 37.5 mg 02/2023 - 08/2023",
    "02/2023 - 08/2023 sunitinib 37.5 mg",
)
CHANGES = ("; the dose was reduced to 25 mg on 12 April 2023", "; dose reduced to 25 mg on 12 April 2023")


@pytest.mark.parametrize(("period", "change"), list(product(PERIODS, CHANGES)))
def test_a_change_within_a_period_is_not_that_of_the_drug_before(period, change):
    assert told(f"Imatinib was started on 15 August 2022. {period}{change}.") == [
        ("start", "imatinib", "2022-08-15"),
        ("start", "sunitinib", "2023-02"),
        ("stop", "sunitinib", "2023-08"),
        ("change", "sunitinib", "2023-04-12"),
    ]


SINCE = (
    "Pembrolizumab since 16 October 2023",
    "Since 16 October 2023 pembrolizumab",
    "Since 16 October 2023 she has had pembrolizumab",
    "Since 16 October 2023 he has been on pembrolizumab",
    "Pembrolizumab was started on 16 October 2023",
)
LAST = (
    ", last dose on 18 December 2023",
    ", last cycle on 18 December 2023",
    ", stopped on 18 December 2023",
)


@pytest.mark.parametrize(("since", "last"), list(product(SINCE, LAST)))
def test_a_last_dose_ends_the_drug_that_it_is_told_of(since, last):
    assert told(f"Doxorubicin was started on 3 May 2021. {since}{last}.") == [
        ("start", "doxorubicin", "2021-05-03"),
        ("start", "pembrolizumab", "2023-10-16"),
        ("stop", "pembrolizumab", "2023-12-18"),
    ]


@pytest.mark.parametrize("drug", ["prednisone 1 mg/kg", "prednisone", "infliximab", "morphine"])
@pytest.mark.parametrize("joined", [", ", ", and ", "; "])
def test_what_helped_is_not_stopped_with_what_did_harm(drug, joined):
    text = (
        "Atezolizumab was started in May 2023. Colitis on 10 June 2023 was treated with "
        f"{drug}{joined}atezolizumab was held on 14 June 2023."
    )
    assert [one for one in told(text) if one[0] == "stop"] == [("stop", "atezolizumab", "2023-06-14")]


HELD = ("held", "paused", "interrupted", "withheld")
THEN = (
    " and stopped on 19 July 2023",
    " and permanently discontinued on 19 July 2023",
    ", then definitively stopped on 19 July 2023",
    ". It was permanently discontinued on 19 July 2023",
    " for proteinuria and discontinued on 19 July 2023",
)
SUBJECT = ("Pazopanib was", "It was", "This was", "Treatment was")


@pytest.mark.parametrize(("subject", "held", "then"), list(product(SUBJECT, HELD, THEN)))
def test_an_end_behind_a_pause_is_told_too(subject, held, then):
    text = f"Pazopanib was started on 24 April 2023. {subject} {held} on 28 June 2023{then}."
    assert told(text) == [
        ("start", "pazopanib", "2023-04-24"),
        ("stop", "pazopanib", "2023-06-28"),
        ("stop", "pazopanib", "2023-07-19"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "It is currently on hold since February 2024.",
        "Treatment is on hold since February 2024.",
        "On hold since February 2024.",
        "Pazopanib has been on hold since February 2024 for hypertension.",
    ],
)
def test_what_is_on_hold_is_not_being_given(words):
    assert told(f"Pazopanib was started in November 2023. {words}")[1:] == [("stop", "pazopanib", "2024-02")]


@pytest.mark.parametrize("verb", ["switched to", "changed to", "swapped for", "replaced by"])
def test_a_drug_that_is_left_has_no_start_on_that_day(verb):
    assert told(f"Pazopanib was {verb} trabectedin on 15 November 2022.") == [
        ("stop", "pazopanib", "2022-11-15"),
        ("start", "trabectedin", "2022-11-15"),
    ]
    text = (
        f"Pazopanib was started in May 2022 and {verb} trabectedin in November 2022 due to grade 3 hepatitis."
    )
    assert [fact.agents for fact in facts(AdverseEvent, text)] == [("pazopanib",)]


def test_a_drug_that_was_begun_and_left_has_its_start():
    assert told("In July 2021 doxorubicin was begun and switched to trabectedin in September 2021.") == [
        ("start", "doxorubicin", "2021-07"),
        ("stop", "doxorubicin", "2021-09"),
        ("start", "trabectedin", "2021-09"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "RT 30 Gy planned to begin 05/22/2023.",
        "RT to the thigh 30 Gy/10 to begin 05/22/2023.",
        "Surgery planned for 22 May 2023.",
        "Wide excision planned in June 2023.",
        "Pazopanib 400 mg planned to begin 22 May 2023.",
        "Trabectedin to start 22/01/2024.",
        "Clin onc: RT 50.4/28 possible.",
        "RT: avoid given age.",
        "RT 50.4/28 alternative, not favoured given fertility.",
        "She may be enrolled in a phase 1 trial of ABC-1234.",
    ],
)
def test_what_is_to_come_or_only_possible_is_not_given(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Surgery, initially planned for May 2023, was performed on 4 June 2023.", "2023-06-04"),
        ("Surgery planned for May 2023 was performed on 4 June 2023.", "2023-06-04"),
        ("Doxorubicin was given as planned in May 2021.", "2021-05"),
    ],
)
def test_what_was_planned_and_done_is_told(text, expected):
    assert [when for *_, when in told(text)] == [expected]


TAKEN = (
    "She took methotrexate for rheumatoid arthritis.",
    "She has rheumatoid arthritis treated with methotrexate.",
    "She took methotrexate for lichen planus.",
)


@pytest.mark.parametrize("taken", TAKEN)
@pytest.mark.parametrize("then", ["stopped", "paused", "discontinued"])
def test_a_drug_for_another_illness_is_no_line_of_therapy(taken, then):
    text = f"{taken} Pazopanib was started in July 2020. Methotrexate was {then} in September 2020."
    assert told(text) == [("start", "pazopanib", "2020-07")]


@pytest.mark.parametrize(
    "entered",
    [
        "LOXO-260 was started in a phase 1 trial.",
        "she was enrolled in a phase 1 trial (LOXO-260).",
        "she started the investigational inhibitor LOXO-260.",
    ],
)
def test_a_compound_told_by_its_code_takes_what_befell_it(entered):
    text = f"Pazopanib was started in July 2020. In April 2023 {entered} It was stopped in May 2023 for G3 fatigue."
    assert told(text) == [
        ("start", "pazopanib", "2020-07"),
        ("start", "LOXO-260", "2023-04"),
        ("stop", "LOXO-260", "2023-05"),
    ]
    assert [fact.agents for fact in facts(AdverseEvent, text)] == [("LOXO-260",)]


@pytest.mark.parametrize("method", ["NGS showed", "Next-generation sequencing showed", "By PCR,"])
@pytest.mark.parametrize("kept", ["intact RB1", "preserved RB1", "retained RB1"])
def test_a_gene_that_is_intact_is_not_altered(method, kept):
    assert [(f.target, f.result) for f in facts(Test, f"{method} {kept}.")] == [("RB1", "negative")]


QUALIFIED = ("WT1 C-term{}", "WT1 (C-terminus){}", "WT1 C-terminal antibody{}", "WT1 N-terminus{}", "WT1{}")
RESULTS = (("+", "-"), (" positive", " negative"), (" was positive", " was negative"))


@pytest.mark.parametrize(("name", "signs"), list(product(QUALIFIED, RESULTS)))
@pytest.mark.parametrize("turned", [False, True])
def test_the_part_of_a_protein_hides_no_result(name, signs, turned):
    one, two = signs[::-1] if turned else signs
    found = facts(Test, f"{name.format(one)}, synaptophysin{two}.")
    expected = ["negative", "positive"] if turned else ["positive", "negative"]
    assert [fact.result for fact in found] == expected


SPECIMENS = (
    "on the core biopsy of 14 March 2022",
    "(core biopsy of 14 March 2022)",
    "on the biopsy from 14 March 2022",
)


@pytest.mark.parametrize("specimen", SPECIMENS)
@pytest.mark.parametrize("found", ["MDM2 was amplified by FISH", "CD34 was positive", "Desmin was negative"])
def test_a_result_told_of_a_specimen_is_of_its_day(found, specimen):
    assert {str(fact.when) for fact in facts(Test, f"{found} {specimen}.")} == {"2022-03-14"}
    later = f"CT on 3 March 2023 showed progression. {found} {specimen}. Ifosfamide was started."
    assert told(later) == [("start", "ifosfamide", "2023-03-03")]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        (
            "Local recurrence on 14 June 2023 was resected on 3 July 2023; lung metastases appeared in October 2023.",
            "thigh",
        ),
        ("Resection on 3 July 2023; lung metastases on 2 October 2023.", "thigh"),
        ("CT on 3 May 2022 showed a lesion in liver segment V. A laparotomy was done on 5 June 2022.", None),
        (
            "MRI in July 2022 showed a thigh mass of 90 mm. In August 2022 she underwent en bloc resection; margins "
            "were positive along the femur.",
            "thigh",
        ),
    ],
)
def test_where_an_operation_was_done(text, site):
    assert [fact.site for fact in facts(Treatment, text) if fact.modality == "surgery"] == [site]


@pytest.mark.parametrize(
    "seen",
    [
        "CT in June 2020: liver metastasis 54 mm.",
        "CT in June 2020 showed liver metastases of 54 mm and 30 mm.",
    ],
)
def test_metastases_seen_again_are_no_progression(seen):
    text = (
        f"CT in February 2020 showed liver metastases of 60 mm. Pazopanib was started in March 2020. {seen}"
    )
    assert facts(Response, text) == []
    elsewhere = text.replace(seen, "CT in June 2020 showed lung metastases.")
    assert [fact.category for fact in facts(Response, elsewhere)] == ["PD"]


@pytest.mark.parametrize(
    "left", ["residual bladder mass 12 mm, overall PR maintained", "the lung nodules are stable"]
)
def test_one_lesion_in_complete_remission_leaves_the_others(left):
    text = (
        f"Crizotinib was started in December 2021. CT in August 2022 showed CR of the omental nodule; {left}."
    )
    assert "CR" not in [fact.category for fact in facts(Response, text)]
    assert [fact.disease for fact in facts(Outcome, text)] == ["with disease"]


def test_what_is_gone_ends_where_another_rating_begins():
    text = (
        "CT in August 2022 showed complete response of the omental nodule and partial response of the liver "
        "metastases."
    )
    assert [fact.site for fact in facts(Lesion, text) if fact.state == "absent"] == ["omentum"]


@pytest.mark.parametrize(
    "relative",
    ["Mat GM: thyroid ca 40s.", "MGM thyroid ca at 40.", "Mother: thyroid ca at 40.", "Dad thyroid ca 70."],
)
def test_the_tumour_of_a_relative_is_no_diagnosis(relative):
    ill = "A 2-year-old girl was diagnosed with an infantile fibrosarcoma of the forearm in June 2020. "
    text = f"{relative} Larotrectinib was started in July 2020."
    assert [fact.code for fact in facts(Diagnosis, text, ill)] == ["IFS"]
    assert [fact.topic for fact in facts(History, text, ill)] == ["family"]


@pytest.mark.parametrize(
    "text",
    [
        "Liver biopsy in February 2020 confirmed metastatic solitary fibrous tumor. The primary was resected in 2009 "
        "and read as hemangiopericytoma.",
        "In 2009 a mass was resected and read as hemangiopericytoma. Liver biopsy in February 2020 confirmed "
        "metastatic solitary fibrous tumor.",
    ],
)
def test_a_former_name_stands_beside_that_of_today(text):
    found = facts(Diagnosis, text, "A 61-year-old woman was referred in May 2020. ")
    assert {"solitary fibrous tumor" in fact.term for fact in found} == {True, False}


def test_the_enzyme_of_muscle_is_no_stain():
    assert facts(Test, "Creatinine 61, ALT 33, CK nil.") == []
    assert [fact.result for fact in facts(Test, "CK negative, S100 positive.")] == ["negative", "positive"]


@pytest.mark.parametrize(
    ("told", "dose", "when"),
    [
        ("She received 150 mCi of I-131 in August 2012.", "150 mCi", "2012-08"),
        ("A second dose of I-131, 200 mCi, was given on May 9, 2016.", "200 mCi", "2016-05-09"),
        ("Radioiodine 3.7 GBq was given in May 2016.", "3.7 GBq", "2016-05"),
        ("RAI ablation with 100 mCi was done in May 2016.", "100 mCi", "2016-05"),
    ],
)
def test_radioiodine_by_any_name_is_radiotherapy(told, dose, when):
    (found,) = facts(Treatment, told)
    assert (found.modality, found.dose, str(found.when), found.site) == ("radiotherapy", dose, when, None)


@pytest.mark.parametrize(
    "told", ["An I-131 whole-body scan in May 2016 was negative.", "FDG (370 MBq) PET was negative."]
)
def test_a_tracer_is_no_treatment(told):
    assert facts(Treatment, told) == []
