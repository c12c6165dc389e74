"""How letters, notes and reports are written: their dates, lists, tables, stations of nodes, and what was not done.

Every expected value is worked by hand from its row.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, Lab, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read
from caseboard.narrative.date_style import date_style

PATIENT = "A 50-year-old man presented on 5 March 2019 with a leiomyosarcoma of the thigh. "
TREATED = PATIENT + "Pazopanib 800 mg daily was started in January 2020. "


def facts(kind, text, before=TREATED):
    return [
        fact
        for fact in read(Document(name="row", text=before + text)).of(kind)
        if fact.source.span.start >= len(before) - 1
    ]


def test_the_order_of_day_and_month_is_told_by_dates_without_a_year():
    assert date_style("Meropenem from 12/10, changed on 13/10.").order == "day first"
    assert date_style("Meropenem from 10/12, changed on 10/13.").order == "month first"
    assert date_style("Meropenem from 12/10, changed on 10/12.").order == "unknown"
    assert date_style("Nodes 13/20 on 3/15 and on 13/5.").order == "unknown"  # both orders are shown


COLUMNS = """A 50-year-old man was admitted on 12 Oct 2023 with a leiomyosarcoma. Meropenem was given from 13/10.

{head}      12/10     13/10     18/10
Hb (g/L)        71        68        90
CRP             88        302       31
"""


@pytest.mark.parametrize("head", ["          ", "Inv.      ", "Bloods    ", "What      "])
def test_a_table_has_the_dates_of_its_columns_whatever_heads_the_first(head):
    found = read(Document(name="row", text=COLUMNS.format(head=head))).of(Lab)
    assert [(lab.analyte, lab.value, str(lab.when)) for lab in found] == [
        ("hemoglobin", 71, "2023-10-12"),
        ("hemoglobin", 68, "2023-10-13"),
        ("hemoglobin", 90, "2023-10-18"),
        ("CRP", 88, "2023-10-12"),
        ("CRP", 302, "2023-10-13"),
        ("CRP", 31, "2023-10-18"),
    ]


def test_a_second_table_has_its_own_dates():
    text = (
        COLUMNS.format(head="Inv.      ")
        + "\nBloods          20/10     21/10\nHb (g/L)        93        95\n"
    )
    last = read(Document(name="row", text=text)).of(Lab)[-2:]
    assert [(lab.value, str(lab.when)) for lab in last] == [(93, "2023-10-20"), (95, "2023-10-21")]


LDH = "LDH was 612 U/L."
DOXORUBICIN = PATIENT + "It was excised on 20 March 2019. Doxorubicin was started on 10 April 2019. "
TRANSPLANTED = DOXORUBICIN + "Autologous stem cell transplantation was performed on 1 June 2019. "


@pytest.mark.parametrize(
    ("before", "told", "expected"),
    [
        (TRANSPLANTED, "On day +31 ", "2019-07-02"),
        (TRANSPLANTED, "On day 100 after transplantation ", "2019-09-09"),
        (DOXORUBICIN, "On the day 25 ", "2019-05-04"),
        (DOXORUBICIN, "On the 25th ", "2019-04-25"),
        # when a later cycle began is not told
        (DOXORUBICIN, "On day 8 of the second cycle ", "None"),
        (DOXORUBICIN, "A quarter of a year later ", "2019-07"),
    ],
)
def test_times_are_counted_from_what_they_name(before, told, expected):
    assert str(facts(Lab, told + LDH, before)[0].when).startswith(expected)


def test_a_text_may_say_that_its_months_count_from_the_first_visit():
    text = (
        "A 58-year-old woman. All times are counted from the first visit.\n"
        "Day 21: gemcitabine was started. Month 6: LDH was 612 U/L.\n"
    )
    assert str(read(Document(name="row", text=text)).of(Lab)[0].when) == "6 months after presentation"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Nine months after transplantation (June 2019) CT showed a relapse.", "2019-06"),
        ("PD after 4 courses (2021-02-08; LLL 3.4 cm).", "2021-02-08"),
        ("In the meantime, on 2021 Apr 19, CT showed progression.", "2021-04-19"),
    ],
)
def test_a_date_in_brackets_is_that_of_what_stands_before_it(told, expected):
    assert [str(fact.when) for fact in facts(Response, told)] == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("CT in May 2020: station 4R 18 mm, 10L 12 mm.", [18, 12]),
        ("CT in May 2020: pelvic mass 6.8/5.5 cm.", [68]),
        ("2020-05-09   S8 45 mm / S5 28 mm / S2 14 mm: stable", [45, 28, 14]),
        ("CT in May 2020 showed a renal cyst of 12 mm.", []),
        ("CT in May 2020 showed a 12 mm cyst in the left kidney.", []),
        ("The resection margin was 12 mm in May 2020.", []),
        ("Ultrasound in May 2020 showed a renal stone of 12 mm.", []),
        ("An endometrial thickness of 12 mm was measured in May 2020.", []),
    ],
)
def test_lesions_of_notes_and_what_is_none(told, expected):
    assert [lesion.diameters_mm[0] for lesion in facts(Lesion, told) if lesion.diameters_mm] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("She refused eribulin and started trabectedin in May 2020.", ["trabectedin"]),
        ("In May 2020 chemoembolization with epirubicin 40 mg was performed.", []),
        ("Amputation was contraindicated.", []),
        ("In May 2020 eribulin was ruled out.", []),
        ("In May 2020 the trial of eribulin 1.4 mg/m2 versus dacarbazine was published.", []),
        ("She takes levothyroxine 75 µg for years.", []),
    ],
)
def test_what_was_not_given_is_no_line_of_treatment(told, expected):
    found = [fact for fact in facts(Treatment, told) if fact.agents]
    assert [agent for fact in found for agent in fact.agents] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Pazopanib was interrupted until 20 May 2020.", [("stop", "None"), ("resume", "2020-05-20")]),
        ("Pazopanib was given until 20 May 2020.", [("stop", "2020-05-20")]),
        ("In May 2020 pazopanib was put on hold.", [("stop", "2020-05")]),
        ("In May 2020 she gave up pazopanib.", [("stop", "2020-05")]),
        ("In May 2020 toxicity put an end to pazopanib.", [("stop", "2020-05")]),
        ("06.12.2020 PD, pazopanib out.", [("stop", "2020-12-06")]),
        ("In May 2020 we turned to eribulin.", [("stop", "2020-05"), ("start", "2020-05")]),
    ],
)
def test_courses_end_and_begin_in_many_words(told, expected):
    found = [(fact.event, str(fact.when)) for fact in facts(Treatment, told)]
    assert [row for row in found if row[0] in {event for event, _ in expected}] == expected


@pytest.mark.parametrize(
    ("told", "culprit"),
    [
        ("In May 2020 pazopanib caused hypertension (grade 2).", ("pazopanib",)),
        ("In May 2020 there was a grade 3 increase of ALT.", ("pazopanib",)),
    ],
)
def test_what_did_the_harm(told, culprit):
    assert [fact.agents for fact in facts(AdverseEvent, told)] == [culprit]


@pytest.mark.parametrize(
    "told",
    [
        "He had a past history of bladder cancer, TURBT in 2009; his mother died of a growth.",
        "Comorbidities: COPD; colon cancer 2005 (pT2N0, hemicolectomy).",
        "Antecedents: papillary thyroid carcinoma 2009, cured.",
        "Other: BCC of the nose excised 2014; hypothyroid.",
        "He survived a testicular seminoma in 1998.",
        "In 2011 a lipoma was removed from his back.",
        "Prostate cancer was diagnosed in 2011.",
    ],
)
def test_another_tumour_of_years_before_is_history(told):
    assert [fact.status for fact in facts(Diagnosis, told, PATIENT)] == ["history"]


@pytest.mark.parametrize(
    "told",
    ["The melanoma of his wife was excised in 2011.", "In May 2020 biopsy ruled out lymphoma."],
)
def test_a_tumour_of_a_relative_or_ruled_out_is_no_diagnosis(told):
    assert facts(Diagnosis, told, PATIENT) == []


def test_a_sarcoma_read_before_under_another_name_is_no_former_tumour():
    told = "In 2011 it had been called a liposarcoma."
    assert [fact.status for fact in facts(Diagnosis, told, PATIENT) if fact.status == "history"] == []


def test_a_list_in_a_letter_is_no_legend():
    text = "Current study: CT of 23 January 2021. (a) Liver: 13 mm nodule. (b) Lung: 26 mm nodule.\n"
    assert [lesion.diameters_mm[0] for lesion in facts(Lesion, text)] == [13, 26]


@pytest.mark.parametrize(
    "told",
    [
        "The board proposes eribulin 1.4 mg/m2 from July 2020.",
        "Radiotherapy (25 Gy) was discussed.",
        "Resection scheduled 07/12/2020.",
        "RFA vs resection: to decide on 24 May 2021.",
        "SBRT on 24 May 2021?",
    ],
)
def test_what_a_board_proposes_or_asks_was_not_done(told):
    assert facts(Treatment, told) == []


def test_a_deceased_donor_is_no_death_of_the_patient():
    before = "A 50-year-old man presented in March 2019 with a hepatocellular carcinoma. "
    told = "He received a liver transplant from a deceased donor on 9 August 2019 and is well."
    assert [fact.vital for fact in facts(Outcome, told, before)] in ([], ["alive"])


COMBINED = PATIENT + "Docetaxel and gemcitabine were started on 3 June 2019. "


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Since a bleed on 12 May 2020 he has continued on gemcitabine only.", [("stop", "docetaxel")]),
        ("Docetaxel was struck from the regimen on 12 May 2020.", [("stop", "docetaxel")]),
        (
            "05/2020 docetaxel/gemcitabine -> eribulin 1.4 mg/m2.",
            [("stop", "docetaxel+gemcitabine"), ("start", "eribulin")],
        ),
        ("On 12 May 2020 eribulin superseded docetaxel.", [("stop", "docetaxel"), ("start", "eribulin")]),
        (
            "The treatment was stopped, trabectedin 1.5 mg/m2 from 12 May 2020.",
            [("stop", "docetaxel+gemcitabine"), ("start", "trabectedin")],
        ),
    ],
)
def test_parts_of_a_combination_end_and_others_begin(told, expected):
    found = [(fact.event, "+".join(fact.agents)) for fact in facts(Treatment, told, COMBINED)]
    assert sorted(found) == sorted(expected)


def test_each_drug_has_its_own_period():
    told = "Carboplatin/paclitaxel x6: 07/2019 - 11/2019; olaparib 300 mg bid 01/2020 - 08/2022."
    found = [(fact.event, fact.agents[0], str(fact.when)) for fact in facts(Treatment, told, PATIENT)]
    assert found == [
        ("start", "carboplatin", "2019-07"),
        ("stop", "carboplatin", "2019-11"),
        ("start", "olaparib", "2020-01"),
        ("stop", "olaparib", "2022-08"),
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # in a protocol the first day of treatment is day 1: day 15 of what began on 10 April is 24 April
        ("C1D15: ", "2019-04-24"),
        ("Day 15: ", "2019-04-24"),
        ("On day 15 ", "2019-04-24"),
        ("A fortnight into treatment ", "2019-04-24"),
        ("Forty-eight hours later ", "2019-04-12"),
        ("The next morning ", "2019-04-11"),
        ("That evening ", "2019-04-10"),
        ("On Christmas Eve ", "2019-12-24"),
        ("Around Christmas 2020 ", "2020-12"),
        ("Two days before the operation ", "2019-03-18"),
    ],
)
def test_days_of_a_treatment_and_others_without_a_date(told, expected):
    assert str(facts(Lab, told + LDH, DOXORUBICIN)[0].when).startswith(expected)


def test_days_in_a_row_go_on_from_the_first_visit():
    text = (
        "A 27-year-old man was seen with a mass of the testis. CT on day 2 showed an 88 mm nodal mass. "
        "Orchidectomy was done on day 4. BEP was started on day 12. On day 54, LDH was 612 U/L."
    )
    assert str(read(Document(name="row", text=text)).of(Lab)[0].when) == "54 days after presentation"


@pytest.mark.parametrize(
    "told", ["Bleomycin 30 units on day 8.", "Gemcitabine was given on day 1 and on day 8."]
)
def test_the_days_of_a_schedule_are_no_times(told):
    assert all(fact.when is None or "day" not in str(fact.when) for fact in facts(Treatment, told, PATIENT))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Best response (CT 18 May 2020): PR [ ]  SD [x]  PD [ ]", ["SD"]),
        ("CT 18 May 2020: [ ] PR  [x] SD  [ ] PD", ["SD"]),
        ("In May 2020 a PET-CT was asked for to differentiate pseudoprogression from true progression.", []),
        ("In May 2020 she feared a recurrence.", []),
    ],
)
def test_a_box_that_is_not_ticked_and_a_fear_are_no_response(told, expected):
    assert [fact.category for fact in facts(Response, told)] == expected


@pytest.mark.parametrize(
    "told",
    [
        "The consent form lists neuropathy and neutropenia as possible harms.",
        "Leucocytes on day 12 of cycle 1 were low.",
    ],
)
def test_what_a_form_lists_and_numbers_of_a_row_are_no_findings(told):
    assert facts(AdverseEvent, told) == []
    assert facts(Lab, told) == []


def test_a_day_before_a_value_is_no_value():
    assert 18.01 not in [fact.value for fact in facts(Lab, "CEA (ng/ml): 18.01. 212; 01.03. 96.")]


def test_the_day_behind_a_resumption_is_not_that_of_the_pause():
    told = (
        "On 8 February 2021 ALT was 241 U/L; the drug was held and taken up again on 22 February at 400 mg."
    )
    assert [(fact.event, str(fact.when)) for fact in facts(Treatment, told)] == [
        ("stop", "2021-02-08"),
        ("resume", "2021-02-22"),
    ]


def test_a_day_told_in_the_pluperfect_lies_behind_the_story():
    told = "Audiometry in December 2020 was normal. The last dose of pazopanib had been given on 21 October."
    assert [str(fact.when) for fact in facts(Treatment, told)] == ["2020-10-21"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("On 10 January 2021 the lung nodule could not be found: a partial response.", ["PR"]),
        ("CT (4 May 2021): adrenal 29 mm, which I would call stable disease.", ["SD"]),
        ("A partial response would be needed.", []),
    ],
)
def test_an_assessment_may_sum_up_or_be_the_writer_s_own(told, expected):
    assert [fact.category for fact in facts(Response, told)] == expected


def test_a_lesion_on_a_scan_after_an_operation_is_a_relapse_whatever_the_verb():
    before = "A 61-year-old man had a renal carcinoma removed by left nephrectomy on 4 August 2019. "
    told = "On 20 September 2020 CT brought to light a 17 mm nodule in the right upper lobe."
    assert [fact.category for fact in facts(Response, told, before)] == ["PD"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # words of letters translated from German
        ("17.07.2020  MRI: psoas 7,7 cm, size-progredient", ["PD"]),
        ("17.07.2020  CT: newly appeared filia in liver segment VI 2,2 cm.", ["PD"]),
        ("17.07.2020  CT: finding at the psoas regredient.", ["MR"]),
    ],
)
def test_responses_in_words_translated(told, expected):
    assert [fact.category for fact in facts(Response, told)] == expected


def test_the_end_of_a_drug_is_a_stop():
    assert [
        (f.event, str(f.when)) for f in facts(Treatment, "On 20 May 2020 CT was done. End of pazopanib.")
    ] == [("stop", "2020-05-20")]


def test_a_first_measurement_under_treatment_is_no_progression():
    assert facts(Response, "CT 14 September 2020: lung nodule 9 mm.") == []
