"""What is counted from which drug, pauses, changes and parts of regimens, and how letters and notes lay them out.

Most rows are put together from parts, so that what they must yield is known from how they were put together; the others
are lines of letters and notes as clinicians write them. Rows are ours.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Demographics,
    Diagnosis,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.narrative import read

SARCOMA = "A 44-year-old man was diagnosed with synovial sarcoma of the left thigh in March 2018. "
PAZOPANIB = SARCOMA + "Pazopanib was started in May 2018. "
TWO_DRUGS = (
    "A 44-year-old man was diagnosed with synovial sarcoma of the left thigh in March 2019."
    " Pazopanib was started on 1 May"
    " 2019. It was stopped on 10 January 2020 for progression. Eribulin was started on 1 February 2020. "
)
BEGUN = {"pazopanib": date(2019, 5, 1), "eribulin": date(2020, 2, 1)}


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


def given(text):
    """Return event, agents and day of each drug treatment."""
    return [(f.event, "+".join(f.agents), str(f.when)) for f in of(Treatment, text) if f.agents]


COUNTED = (
    "Eight weeks after starting {0}, CT showed partial response.",
    "Eight weeks after the start of {0}, CT showed partial response.",
    "Eight weeks after initiation of {0}, CT showed partial response.",
    "After eight weeks of {0}, CT showed partial response.",
    "Eight weeks into treatment with {0}, CT showed partial response.",
    "CT showed partial response eight weeks after starting {0}.",
    "Eight weeks after {0} was started, CT showed partial response.",
    "Eight weeks after the first dose of {0}, CT showed partial response.",
    "Within eight weeks of starting {0}, CT showed partial response.",
)


@pytest.mark.parametrize(("form", "drug"), list(product(COUNTED, BEGUN)))
def test_what_counts_from_a_named_drug_counts_from_its_own_start(form, drug):
    response = of(Response, TWO_DRUGS + form.format(drug))[-1]
    assert (response.category, str(response.when)) == ("PR", str(BEGUN[drug] + timedelta(weeks=8)))


STOPPED = (
    "Treatment was stopped in July 2020",
    "Chemotherapy was discontinued in July 2020",
    "In July 2020, treatment had to be discontinued because of mucositis",
    "He completed chemotherapy in July 2020",
    "He stopped treatment in July 2020",
    "It was stopped in July 2020",
)
CHANGED = (
    "he was started on pazopanib in August 2020",
    "we changed him to pazopanib in August 2020",
    "he was switched to pazopanib in August 2020",
    "in August 2020 therapy was changed to pazopanib",
)


@pytest.mark.parametrize(("stop", "link", "change"), list(product(STOPPED, (" and ", "; "), CHANGED)))
def test_what_is_stopped_is_not_the_drug_changed_to(stop, link, change):
    text = f"{SARCOMA}He was started on doxorubicin in May 2019. {stop}{link}{change}."
    assert sorted(given(text)) == [
        ("start", "doxorubicin", "2019-05"),
        ("start", "pazopanib", "2020-08"),
        ("stop", "doxorubicin", "2020-07"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Pazopanib was on hold 3-17 May 2019.",
        "Pazopanib was on hold from 3 to 17 May 2019.",
        "Pazopanib was held between 3 and 17 May 2019.",
        "Pazopanib was paused from 3 May 2019 until 17 May 2019.",
        "The drug was held 3-17 May 2019 for rash.",
        "Pazopanib was held for 2 weeks from 3 May 2019 and then resumed.",
        "Pazopanib was stopped on 3 May 2019 for two weeks and then restarted.",
        "We had to hold pazopanib on 3 May 2019, and were able to restart at 400 mg on 17 May 2019.",
    ],
)
def test_a_pause_has_a_stop_and_a_resumption(sentence):
    assert given(PAZOPANIB + sentence)[1:] == [
        ("stop", "pazopanib", "2019-05-03"),
        ("resume", "pazopanib", "2019-05-17"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "R-CHOP from September 2022, vincristine omitted from cycle 5 (14 December 2022).",
            [("stop", "vincristine", "2022-12-14")],
        ),
        (
            "21.09.2022 - 05.01.2023    6 cycles R-CHOP, vincristine from cycle 5 (14.12.2022) omitted.",
            [
                ("stop", "cyclophosphamide+doxorubicin+prednisone+rituximab+vincristine", "2023-01-05"),
                ("stop", "vincristine", "2022-12-14"),
            ],
        ),
        (
            "FOLFOX from September 2022, oxaliplatin dropped from C5 (14 December 2022) due to neuropathy.",
            [("stop", "oxaliplatin", "2022-12-14")],
        ),
    ],
)
def test_a_part_of_a_regimen_left_out_from_a_cycle_on(sentence, expected):
    assert [course for course in given(SARCOMA + sentence) if course[0] == "stop"] == expected


def test_harm_is_blamed_on_the_drug_left_out_for_it():
    text = SARCOMA + "FOLFOX from September 2022, oxaliplatin dropped from C5 due to neuropathy."
    assert [fact.agents for fact in of(AdverseEvent, text)] == [("oxaliplatin",)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Received 6 cycles in all, last 24/6/24.", ("stop", "doxorubicin", "2024-06-24")),
        ("She had six cycles in total, last on 24/6/24.", ("stop", "doxorubicin", "2024-06-24")),
    ],
)
def test_the_last_of_so_many_cycles_ends_them(sentence, expected):
    assert given(SARCOMA + "Doxorubicin was started on 26/2/24. " + sentence)[-1] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Pazopanib was approved by insurance in May 2019 and he started it on 1 June 2019.",
            [("start", "pazopanib", "2019-06-01")],
        ),
        (
            "It was decided in May 2019 to start pazopanib and the first tablet was taken on 1 June 2019.",
            [("start", "pazopanib", "2019-06-01")],
        ),
        ("A prescription for pazopanib was sent in May 2019; he has not started it yet.", []),
        ("He got one dose of pembrolizumab on 3 May 2019.", [("start", "pembrolizumab", "2019-05-03")]),
        ("He went on pazopanib in May 2019.", [("start", "pazopanib", "2019-05")]),
        ("He tried pazopanib in May 2019.", [("start", "pazopanib", "2019-05")]),
        (
            "Pazopanib 3-19 May 2021, stopped for rash.",
            [("start", "pazopanib", "2021-05-03"), ("stop", "pazopanib", "2021-05-19")],
        ),
        (
            "Between 3 and 19 May 2021 he received doxorubicin.",
            [("start", "doxorubicin", "2021-05-03"), ("stop", "doxorubicin", "2021-05-19")],
        ),
        (
            "05.06. - 07.06.2024        Lymphodepletion with fludarabine 30 mg/m² and cyclophosphamide 500 mg/m².",
            [
                ("start", "cyclophosphamide+fludarabine", "2024-06-05"),
                ("stop", "cyclophosphamide+fludarabine", "2024-06-07"),
            ],
        ),
    ],
)
def test_when_a_drug_was_begun_and_ended(sentence, expected):
    assert given(SARCOMA + sentence) == expected


def test_a_stay_in_hospital_is_no_period_of_a_drug():
    text = (
        SARCOMA + "Doxorubicin was started on 26/2/24. Febrile neutropenia after C2, admitted 27-30 March,"
        " pegfilgrastim added from C3."
    )
    assert given(text)[1:] == [("start", "pegfilgrastim", "2024-03-27")]
    assert [str(fact.when) for fact in of(AdverseEvent, text)] == ["2024-03-27"]


def test_days_count_from_an_infusion_of_cells():
    """Day 0 of cellular therapy is the day of the infusion, as of a transplantation."""
    text = (
        "A 61-year-old man was diagnosed with diffuse large B-cell lymphoma in September 2022. Infusion of axicabtagene"
        " ciloleucel was on 10 June 2024. On day +3 he developed CRS grade 2. PET-CT on day +30"
        " showed complete remission."
    )
    (harm,) = of(AdverseEvent, text)
    (response,) = of(Response, text)
    assert (str(harm.when), harm.agents) == ("2024-06-13", ("axicabtagene ciloleucel",))
    assert str(response.when) == "2024-07-10"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("CT showed stable disease in June and in September 2019.", [("SD", "2019-06"), ("SD", "2019-09")]),
        ("MRI on 29 April 2019 was reported as stable.", [("SD", "2019-04-29")]),
        ("CT in June 2018: PR. Then stable in June 2019.", [("PR", "2018-06"), ("SD", "2019-06")]),
        ("In November 2019 the lung nodules had no change compared with before.", [("SD", "2019-11")]),
        ("He went on until leptomeningeal dissemination supervened in June 2019.", [("PD", "2019-06")]),
        ("There was concern for progression in May 2019, but biopsy showed fibrosis.", []),
        ("In May 2019 he was thought to have progressed, but this proved to be an infection.", []),
        ("Were the disease to progress I would rebiopsy.", []),
        ("Should the disease progress, I would rebiopsy.", []),
        ("In May 2019 CT showed the tumour had grown by 10% (SD by RECIST).", [("SD", "2019-05")]),
        ("CT in August 2019: hilar node no longer enlarged.", []),
        (
            "CT of 7 March 2019 shows a new lesion in segment 8. The T9 disease is unchanged.",
            [("PD", "2019-03-07")],
        ),
    ],
)
def test_ratings_as_letters_word_them(sentence, expected):
    """A new lesion decides, whatever the others do (RECIST 1.1, section 4.3.5)."""
    assert [(fact.category, str(fact.when)) for fact in of(Response, PAZOPANIB + sentence)] == expected


def test_staging_after_the_excision_that_made_the_diagnosis_is_no_progression():
    text = (
        "Diagnoses:\n1. Diffuse large B-cell lymphoma, ED 09/2022\n   - Histology of 06.09.2022 (lymph node extirpation"
        " cervical left): diffuse large B-cell lymphoma\n   - CT of 09.09.2022: mesenteric bulk 9,1 x 6,4 cm\n"
    )
    assert not of(Response, text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "CT on 7 March 2019 shows that the segment 4 deposit has gone from 22 mm in December to 41 mm.",
            [("liver segment iv", "present"), ("liver segment iv", "present")],
        ),
        ("On examination she has a 4 cm liver edge.", []),
        ("CT in August 2019: the hilar node was no longer enlarged.", [("hilar lymph node", "absent")]),
        (
            "CT chest 25/3/19 clear bar an indeterminate 3 mm nodule in the RUL.",
            [("lung upper lobe", "present")],
        ),
    ],
)
def test_lesions_as_letters_word_them(sentence, expected):
    assert [(fact.site, fact.state) for fact in of(Lesion, PAZOPANIB + sentence)] == expected


def test_a_lesion_and_the_ascites_with_it_are_gone():
    text = (
        PAZOPANIB
        + "In June 2019 a right subphrenic nodule of 3.0 cm and ascites were found. In August 2019 the right"
        " subphrenic nodule and ascites had disappeared."
    )
    assert [(fact.state, str(fact.when)) for fact in of(Lesion, text)] == [
        ("present", "2019-06"),
        ("absent", "2019-08"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Her vision dropped in the left eye and MRI of 3 May 2022 showed a tumour of 4.4 cm.",
        "She developed weakness of the right arm and MRI of 3 May 2022 showed a tumour of 4.4 cm.",
        "Because of numbness in the left hand, an MRI was done on 3 May 2022, which showed a tumour of 4.4 cm.",
    ],
)
def test_what_a_nerve_tells_of_is_not_where_the_tumour_is(sentence):
    text = (
        "A 2-year-old girl presented in November 2019. MRI brain on 21 November 2019 showed a"
        " suprasellar mass measuring"
        " 3.9 cm. Biopsy showed pilocytic astrocytoma. "
    )
    assert {fact.site for fact in of(Lesion, text + sentence)} == {"suprasellar region"}


def test_the_organ_of_a_former_tumour_is_not_where_the_present_one_is():
    text = (
        "In October 2019 a 31-year-old woman came to our clinic for bleeding. Her past history was silent except for a"
        " papillary thyroid carcinoma in 2014. At the speculum a friable mass of about 4 cm was seen."
    )
    assert "thyroid" not in [fact.site for fact in of(Lesion, text)]


def test_lungs_that_are_clear_on_examination_are_no_lesions_gone():
    text = (
        "Seen 14 October 2019, a 52-year-old woman with lung adenocarcinoma of March 2019. Pazopanib was started in May"
        " 2019. CT 2 June 2019: new bilateral lung nodules.\n\nEXAM: ECOG 1. No adenopathy. Lungs clear.\n"
    )
    assert "absent" not in [fact.state for fact in of(Lesion, text)]


def test_a_table_of_stains_in_two_columns():
    text = (
        "Patient F, 64 y, first seen 08/11/2021\n\nDx 1: papillary thyroid carcinoma (biopsy 24/11/2021)\n"
        "Dx 2: anaplastic thyroid carcinoma (core biopsy left neck, 22/04/2024)\n\nIHC (22/04/2024)\n"
        "PAX8          +\nTTF-1         weak +\nThyroglobulin -\npan-TRK       -\np53           overexpressed\n"
        "Desmin        neg\n\nNGS (523-gene panel; report 08/05/2024)\nATM      | p.S1691R | VUS,"
        " germline origin possible\n"
        "Fusions (RNA): RET negative, ALK negative\n"
    )
    tests = {fact.target: (fact.method, fact.result, str(fact.when)) for fact in of(Test, text)}
    assert tests["PAX8"] == tests["TTF-1"] == ("IHC", "positive", "2024-04-22")
    assert tests["pan-TRK"] == tests["desmin"] == ("IHC", "negative", "2024-04-22")
    assert tests["RET"] == tests["ALK"] == ("NGS", "negative", "2024-05-08")
    assert [(fact.term, str(fact.when)) for fact in of(Diagnosis, text)] == [
        ("papillary thyroid carcinoma", "2021-11-24"),
        ("anaplastic thyroid carcinoma", "2024-04-22"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("MDM2 FISH not amplified, CD34 neg.", {"MDM2": "FISH", "CD34": "IHC"}),
        ("EGFR by real-time PCR was wild type and ALK (D5F3) was negative.", {"EGFR": "PCR", "ALK": "IHC"}),
    ],
)
def test_the_method_of_each_marker(sentence, expected):
    tests = of(Test, SARCOMA + sentence)
    assert {fact.target: fact.method for fact in tests} == expected
    assert {fact.result for fact in tests} == {"negative"}


def test_serum_calcitonin_is_no_stain():
    text = (
        "A 58-year-old man had a thyroidectomy in November 2015. Calcitonin remained detectable at 212 pg/mL."
    )
    assert not of(Test, text)
    assert [fact.value for fact in of(Lab, text)] == [212]


def test_a_finding_is_of_the_year_in_the_brackets_behind_it():
    text = SARCOMA + "The tumour carried a somatic RET M918T mutation (panel sequencing, 2020)."
    assert [str(fact.when) for fact in of(Alteration, text)] == ["2020"]


def test_a_table_read_out_cell_by_cell_has_its_days_before_what_they_date():
    text = (
        "A 38-year-old lady presented on 4 July 2020 with cough. Lung adenocarcinoma was diagnosed.\n"
        "Table 1. Timeline\nDate\nEvent\nIntervention\n17 Aug 2020\n-\nEntrectinib 600 mg OD\n12 Oct 2020\nCT: PR\n"
        "Continued\n14 Mar 2022\n-\nLorlatinib 100 mg OD\nJune 2022\nIntracranial PR\nContinued\n"
    )
    assert given(text) == [("start", "entrectinib", "2020-08-17"), ("start", "lorlatinib", "2022-03-14")]
    assert [str(fact.when) for fact in of(Response, text)] == ["2020-10-12", "2022-06"]


def test_the_patients_of_others_are_not_the_letters_own():
    text = (
        "Letter to the Editor\nOur patient was 58 years old when, in November 2015, he underwent"
        " thyroidectomy for medullary"
        " thyroid carcinoma. On 8 June 2020 he was started on selpercatinib. When last seen, in"
        " November 2023, he was well."
        "\nHow does this compare with the two patients already on record? The first [1], a 71-year-old woman with lung"
        " adenocarcinoma, had a left chylothorax. The second [2], a man of 49, stopped"
        " selpercatinib and died of hepatic"
        " progression five months later.\n"
    )
    case = read(Document("row", text))
    (outcome,) = case.of(Outcome)
    assert (outcome.vital, str(outcome.when)) == ("alive", "2023-11")
    assert [fact.age_years for fact in case.of(Demographics)] == [58]
    assert "lung adenocarcinoma" not in [fact.term for fact in case.of(Diagnosis)]


def test_a_letter_tells_of_today_below_its_salutation():
    text = (
        "Clinic: 14 May 2024\n\nRe: Mrs B, DOB 02/09/1970\n\nDiagnoses:\n1. Medullary carcinoma of thyroid (diagnosed"
        " February 2018)\n   - selpercatinib 160 mg bd from 15/11/2021\n\nDear Dr Brown,\n\nThe"
        " first scan, on 14 February"
        " 2022, confirmed a partial response.\n\nShe feels well. Her main grumble is a dry mouth (grade 1).\n"
    )
    assert [str(fact.when) for fact in of(AdverseEvent, text)] == ["2024-05-14"]


def test_what_a_plan_says_was_done_today_and_on_a_day_to_come():
    text = (
        "DOS: 10/14/2024\n\nA 52-year-old woman with lung adenocarcinoma of December 2020.\n\nLABS"
        " today:\nANC 2.3 K/uL\n\n"
        "A/P\n1. Maintenance pemetrexed 500 mg/m2 q3w, C1 today.\n2. Trabectedin to be started next week.\n"
    )
    assert given(text) == [("start", "pemetrexed", "2024-10-14")]
    assert [str(fact.when) for fact in of(Lab, text)] == ["2024-10-14"]


@pytest.mark.parametrize(
    "sentence",
    [
        "She came to our emergency in June 2019, 61 years at the time, with melaena.",
        "Mrs R. came in June 2019 (61 years at the time) with melaena.",
    ],
)
def test_an_age_at_the_time(sentence):
    (patient,) = of(Demographics, f"Dear Ines,\n\n{sentence} CT showed a jejunal mass of 8.3 cm.")
    assert (patient.age_years, str(patient.when)) == (61, "2019-06")


OFTEN = ("x2", "twice", "on two occasions", "was performed twice", "again")


@pytest.mark.parametrize("often", OFTEN)
@pytest.mark.parametrize("days", ["May and July 2020", "May 2020, July 2020", "May 2020 and July 2020"])
def test_the_days_in_brackets_behind_how_often(often, days):
    procedures = [f for f in of(Treatment, SARCOMA + f"TACE {often} ({days}).") if f.procedure]
    assert str(procedures[0].when) == "2020-05"
    if " and " in days:
        assert str(procedures[1].when) == "2020-07"


@pytest.mark.parametrize(
    ("sentence", "dose"),
    [
        ("Adjuvant RT 50.4/28 was given in June 2020.", "50.4/28"),
        ("Adjuvant radiotherapy (60/30) to the thigh was given in June 2020.", "60/30"),
        ("IMRT 66/33 was completed in June 2020.", "66/33"),
        ("Radiotherapy 66 Gy RBE in 33 fractions was given in June 2020.", "66 Gy RBE in 33 fractions"),
        ("RT 10/06/2020.", None),
        ("RT 05/2020-07/2020.", None),
    ],
)
def test_a_dose_in_fractions_without_its_unit(sentence, dose):
    (given_dose,) = {f.dose for f in of(Treatment, SARCOMA + sentence) if f.modality == "radiotherapy"}
    assert given_dose == dose
