"""When the facts of a text held. Texts are ours; the days are read off them by hand."""

from __future__ import annotations

import pytest

from caseboard.case import (
    AdverseEvent,
    Demographics,
    Diagnosis,
    Document,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.case.dates import Offset
from caseboard.narrative import read

NOTE = "Tumour board 28/02/2025\nA 63-year-old man with chordoma was discussed.\n"
"""Its date shows that the day comes first."""


def when(text, kind, **fields):
    """Return the times of the facts of a kind that have some fields."""
    return [
        str(fact.when)
        for fact in read(Document("note", text)).facts
        if isinstance(fact, kind) and all(getattr(fact, name) == value for name, value in fields.items())
    ]


@pytest.mark.parametrize(
    "relative",
    [
        "His older brother had died of sepsis at 2 months.",
        "His mother was diagnosed with breast cancer in June 2020.",
        "A maternal aunt had had a sarcoma since January 2021.",
    ],
)
def test_what_befell_a_relative_does_not_move_the_story(relative):
    text = (
        f"An infant, a boy of 10 weeks, was admitted on 12 March 2020. {relative} On examination, a papule of 6 mm was "
        "seen on the scalp."
    )
    assert when(text, Lesion) == ["2020-03-12"]


def test_what_a_relative_noticed_is_of_the_patient():
    text = (
        "A 5-year-old boy was born healthy. His mother had noticed a swelling in March 2020. MRI showed a mass of 4 cm "
        "in the thigh."
    )
    assert when(text, Lesion) == ["2020-03"]


def test_months_of_the_whole_story_are_counted_on_through_a_treatment():
    text = (
        "A 27-year-old man presented with an ulcer of the hand. At 2 months he underwent resection of the tumour. He "
        "was well until month 14, when CT showed lung nodules of 11 mm. Three days later doxorubicin was started. At "
        "month 19 an axillary mass of 6 cm was found."
    )
    assert when(text, Lesion, diameters_mm=(60.0,)) == ["19 months after presentation"]


def test_a_year_on_its_own_line_is_that_of_the_entries_below():
    text = NOTE + "2017\n May - CEA 412. CT 19/5/17: lung mass of 84 mm.\n2020\n Feb: CEA 96\n"
    assert when(text, Lab) == ["2017-05", "2020-02"]


def test_a_date_without_a_year_that_opens_a_period_has_the_year_of_its_end():
    text = (
        "Letter 23.11.2023\nA 52-year-old woman with PEComa was seen. On 12.10.2022 she had pneumonitis; sirolimus was "
        "stopped on 19.10., and prednisolone was given from 19.10. until 12/2022.\n"
    )
    assert when(text, Treatment, event="stop", agents=("sirolimus",)) == ["2022-10-19"]


@pytest.mark.parametrize(
    ("entry", "kind", "expected"),
    [
        ("- CT 02-10-2018: no lesion.\n- Jan 2023 MRI (16-01): S1 nodule 1.7 cm.", Lesion, "2023-01-16"),
        ("- CT 14-01-2023 RLL nodule 6 mm. Seen on 02-10-2022. CT 19-02: RLL 11 mm.", Lesion, "2023-02-19"),
        ("- CT 09-10-'18 and MRI 12-10-'18: lung nodule 6 mm.", Lesion, "2018-10-12"),
        ("- CT 14-01-2023 c/w 02-10-2022: RLL nodule 6 mm.", Lesion, "2023-01-14"),
        ("- CT 14-01-2023 cf 02-10-2022: RLL nodule 6 mm.", Lesion, "2023-01-14"),
    ],
)
def test_dates_of_notes(entry, kind, expected):
    assert when(NOTE.replace("/", "-") + entry + "\n", kind)[-1] == expected


def test_two_numbers_with_a_hyphen_are_mostly_a_range():
    text = (
        NOTE.replace("/", "-")
        + "- CT 14-01-2023: pulmonary nodules 10-12 mm. 10-12 lesions. Prednisolone 10-12.\n"
    )
    assert set(when(text, Lesion)) == {"2023-01-14"}


def test_an_event_takes_the_date_of_its_entry_and_not_that_of_a_value_behind_it():
    text = NOTE.replace("/", "-") + (
        "- CT 19-01-2023: RLL nodule 11 mm.\n"
        "- 13-02-2023 imatinib 800 mg/d; edema gr 2: Hb 5.9 mmol/L (20-03-2023); reduced to 400 mg on 27-03-2023\n"
    )
    assert when(text, AdverseEvent, term="edema") == ["2023-02-13"]


def test_what_follows_in_an_entry_that_has_gone_on_to_another_day_is_of_that_day():
    text = NOTE + (
        "Lenvatinib 20 mg OD started 25/4/2022 --> 16/5/2022: hypertension grade 3. Lenvatinib withheld x 2 weeks.\n"
        "CT 29/8/2022: PR.\n"
    )
    assert when(text, Treatment, event="stop") == ["2022-05-16"]
    assert when(text, Response) == ["2022-08-29"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The resected tumour measured 7 cm; margins were free.", "2019-05-03"),
        ("Histology of the specimen showed a mass of 7 cm.", "2019-05-03"),
        # what is not of the specimen may have come at any time before the next date
        ("CT of the chest showed a nodule of 7 cm.", "2019-05-03 to 2019-09-30"),
    ],
)
def test_what_a_specimen_shows_is_of_the_day_of_the_operation(told, expected):
    text = (
        "A 40-year-old woman had a sarcoma of the thigh. She underwent wide resection on 3 May 2019. "
        f"{told} CT in September 2019 was clear."
    )
    assert when(text, Lesion, diameters_mm=(70.0,)) == [expected]


@pytest.mark.parametrize(
    "heading", ["Histology (our institute, 19.03.2020)", "Pathology (report of 19 March 2020)"]
)
def test_the_date_in_a_heading_is_that_of_what_stands_below_it(heading):
    text = (
        "Letter 23.11.2023\nA 52-year-old woman was seen.\nDiagnoses:\n- PEComa of the uterus\n\n"
        f"{heading}: epithelioid tumour, necrosis. HMB45 positive. Ki-67 25 %.\n"
    )
    assert when(text, Test) == ["2020-03-19", "2020-03-19"]


def test_an_entry_in_small_letters_with_its_own_date_is_an_entry():
    text = (
        NOTE
        + "CT 11/10/2021: pelvic mass 41 mm. CEA 233\n carboplatin x3 (1/11/2021-13/12/2021), PD CT 10/1/2022.\n"
    )
    assert when(text, Lab) == ["2021-10-11"]


def test_a_statement_of_a_note_may_begin_in_small_letters_behind_a_figure():
    text = NOTE + "CT 14/11/2017: no disease. CEA 14. letrozole 2.5 mg was started in Dec 2017.\n"
    assert when(text, Lab) == ["2017-11-14"]
    assert when(text, Treatment, event="start") == ["2017-12"]


def test_the_pause_of_a_schedule_is_no_stop():
    text = NOTE + "05/11/2020: regorafenib 120 mg 3 wk on/1 off. Stopped 08/2021 for rash.\n"
    assert when(text, Treatment, event="stop") == ["2021-08"]


def test_no_date_of_a_letter_comes_a_year_after_it():
    text = (
        "Discharge summary. Admitted 03-Sep-2024. Discharged 14-Sep-2024.\nThe patient, a woman of 50 with intimal "
        "sarcoma, had CT on 24-Jun-24 and 09-Sep-24. Comment of 24-Jun: PD. 09-Sep: partial response.\n"
    )
    assert when(text, Response) == ["2024-06-24", "2024-09-09"]


def test_a_date_without_a_year_goes_on_into_the_next_year_before_the_letter():
    text = (
        "Clinic 14-Sep-2024\nA 50-year-old woman with intimal sarcoma was seen. CT on 20 December 2023 showed stable "
        "disease. On 12 January CT showed partial response.\n"
    )
    assert when(text, Response) == ["2023-12-20", "2024-01-12"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2019-Jan-22", "2019-01-22"), ("2021-Sep", "2021-09"), ("2022/Mar/03", "2022-03-03")],
)
def test_dates_that_begin_with_the_year_and_name_the_month(written, expected):
    assert when(f"A 40-year-old man was seen. CT of {written} showed a liver mass of 7 cm.", Lesion) == [
        expected
    ]


def test_a_year_behind_a_date_is_not_that_of_the_month_that_follows():
    text = "A 40-year-old man was seen. On March 12, 2020 May 4, 2021 CT showed a liver mass of 7 cm."
    assert when(text, Lesion) == ["2021-05-04"]


def test_the_first_visit_may_be_told_a_sentence_later():
    text = (
        "A 61-year-old woman presented with a growing ovarian cyst. She was well. She was referred to our institution "
        "in July 2016. CT showed a cyst of 6 cm in the ovary. Three years before presentation it had measured 3 cm."
    )
    assert when(text, Demographics) == ["2016-07"]


def test_a_later_visit_is_not_the_first():
    text = (
        "A 61-year-old woman presented with a mass of the thigh. It was resected. She was referred to our hospital in "
        "July 2016 with a recurrence."
    )
    assert when(text, Demographics) == ["at presentation"]


LUNG = "A 50-year-old man with lung adenocarcinoma was seen in January 2015. Gefitinib was started on 4 May 2015. "


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("CT two months after the first dose showed a 21 mm liver metastasis.", "2015-07"),
        ("CT five weeks after the start, on 11 June, showed a 21 mm liver metastasis.", "2015-06-11"),
        ("On day 12, CT showed a 21 mm liver metastasis.", "2015-05-15"),  # day 1 is 4 May
        ("Later that month, CT showed a 21 mm liver metastasis.", "2015-05"),
    ],
)
def test_a_length_is_counted_from_the_event_that_it_names(told, day):
    assert when(LUNG + told, Lesion) == [day]


def test_a_response_to_what_was_given_for_a_period_is_of_its_end():
    text = (
        LUNG
        + "He received six cycles of cisplatin between March and August 2016 and achieved a complete remission."
    )
    assert when(text, Response) == ["2016-08"]


def test_values_at_baseline_are_of_the_day_on_which_the_treatment_began():
    text = LUNG + "Baseline tests were normal (ALT 22 U/L). On 9 June 2015 ALT was 310 U/L."
    assert when(text, Lab) == ["2015-05-04", "2015-06-09"]


def test_an_age_is_counted_from_the_age_at_presentation():
    # 55 less 50 years, a year counted as 365 days (gold/FACTS.md)
    text = (
        "A 50-year-old man presented with cough. CT showed a mass of 3 cm in the lung. At the age of 55, CT showed a "
        "liver metastasis of 20 mm."
    )
    assert when(text, Lesion, diameters_mm=(20.0,)) == ["5 years after presentation"]


def test_what_is_told_after_a_treatment_is_of_its_day_or_later_and_before_the_next_told():
    text = (
        "A 50-year-old man presented with cough. Three weeks later gefitinib was started. CT showed a mass of 31 mm in "
        "the lung. Two months after presentation, CT showed a mass of 22 mm in the lung. Osimertinib was started. ALT "
        "rose to 210 U/L."
    )
    facts = read(Document("note", text)).facts
    told = {type(fact).__name__ + str(getattr(fact, "diameters_mm", "")): fact.when for fact in facts}
    assert (told["Lesion(31.0,)"].first, told["Lesion(31.0,)"].last) == (21, 60)
    assert str(told["Lab"]) == "2 months after presentation or later"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("I reviewed Anna in clinic. Her CT from 2 March shows a liver lesion of 14 mm.", "2022-03-02"),
        ("He feels well. CT on 2 March showed a liver lesion of 14 mm.", "2022-03-02"),
        ("In June 2021 he fell. CT on 2 July showed a liver lesion of 14 mm.", "2021-07-02"),
    ],
)
def test_a_letter_that_tells_how_the_patient_is_has_come_to_its_own_day(told, day):
    head = "Clinic date: 10 March 2022\nDear Dr Hall\n"
    text = f"{head}A 63-year-old with breast cancer has had letrozole since April 2021.\n\n{told}"
    assert when(text, Lesion, diameters_mm=(14.0,)) == [day]


def test_the_weeks_of_a_schedule_are_no_date():
    text = NOTE + "CT 03/02/2025: lung mass of 84 mm.\n- From April 2019: sunitinib 50 mg 4/2\n"
    assert when(text, Treatment, agents=("sunitinib",)) == ["2019-04"]


def test_values_at_admission_are_of_the_first_day_of_the_stay():
    text = (
        "Letter 14.06.2021\nWe report on Mr K., 71 years old, who was in our inpatient treatment from 01.06.2021 to "
        "12.06.2021.\nDiagnoses:\n- Adenocarcinoma of the lung, 11/2019\nCourse:\nLaboratory at admission: "
        "CRP 184 mg/l. CRP fell to 12 mg/l on 11.06.\n"
    )
    assert when(text, Lab) == ["2021-06-01", "2021-06-11"]


def test_no_time_is_counted_from_an_operation_of_which_only_the_earliest_day_is_known():
    """Surgery lies somewhere behind the start of therapy on day 20: "two months after surgery" is no day 80."""
    text = (
        "A 50-year-old woman presented with a mass of the thigh. Ten days after presentation a biopsy showed sarcoma."
        " Pazopanib was started twenty days after presentation. Resection was performed. Two months after surgery, CT"
        " showed lung metastases."
    )
    facts = read(Document(name="row", text=text)).facts
    assert 80 not in {fact.when.days for fact in facts if isinstance(fact.when, Offset)}


def test_in_a_story_with_dates_neither_is_one_counted_from_such_an_operation():
    """Surgery lies somewhere behind 3 May 2019: "two months after surgery" is not known to be July 2019."""
    text = (
        "A 50-year-old woman presented in March 2019 with a mass of the thigh. Pazopanib was started on 3 May 2019."
        " Resection was performed. Two months after surgery, CT showed lung metastases."
    )
    facts = read(Document(name="row", text=text)).of(Lesion)
    assert "2019-07" not in {str(fact.when) for fact in facts}


def test_what_is_counted_from_a_treatment_of_unknown_day_is_not_counted_from_the_operation_before_it():
    text = (
        "A 50-year-old woman presented in January 2019 with a mass of the thigh. Resection was done on 4 March 2019."
        " Pazopanib was started. Three months after the start of treatment, CT showed lung metastases."
    )
    facts = read(Document(name="row", text=text)).of(Lesion)
    assert "2019-06" not in {str(fact.when) for fact in facts}


PAUSED = (
    "A 50-year-old woman presented with a mass of the thigh. Pazopanib was started four weeks after presentation. At "
    "three months of therapy pazopanib was suspended; six weeks later it was resumed at 600 mg. "
)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Nine months after the start of pazopanib, CT showed a lung nodule of 9 mm.", 28 + 270),
        ("At the ninth month from the start of therapy, CT showed a lung nodule of 9 mm.", 28 + 270),
        ("Three weeks after restarting it, CT showed a lung nodule of 9 mm.", 28 + 90 + 42 + 21),
        # three weeks after the first start lie behind the story: the course meant is the one begun again
        ("Three weeks after starting therapy, CT showed a lung nodule of 9 mm.", 28 + 90 + 42 + 21),
    ],
)
def test_the_start_of_a_treatment_is_not_where_it_was_resumed(told, day):
    facts = read(Document("row", PAUSED + told)).of(Lesion)
    assert [fact.when.days for fact in facts if fact.diameters_mm == (9.0,)] == [day]


def test_the_start_of_a_drug_that_is_named_is_its_own():
    text = (
        LUNG + "On 2 March 2016 osimertinib was added. Twelve months after the start of gefitinib a liver "
        "metastasis of 12 mm was found."
    )
    assert when(text, Lesion) == ["2016-05"]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        (
            "CT chest 14/03/2023 (cough): RLL 23 mm, LUL 16 mm, none of these on CT of 10/2021.",
            {"2023-03-14"},
        ),
        ("CT 09/10/2023: segment VI 32 mm (06/2023: 60 mm), segment VIII 14 mm.", {"2023-10-09"}),
        (
            "CT of the chest (done on 14/03/2023) showed a nodule of 11 mm in the right lower lobe.",
            {"2023-03-14"},
        ),
    ],
)
def test_a_date_reaches_across_brackets_and_that_of_a_comparison_is_none_of_the_finding(told, days):
    found = [f for f in read(Document("note", NOTE + told)).of(Lesion) if f.diameters_mm != (60.0,)]
    assert {str(fact.when) for fact in found} == days


LOOKED_BACK = [
    ("A woman of 61 was referred. Six years earlier, she had had a mastectomy.", "0"),
    ("A woman of 61 was referred in June 2019. Six years earlier, she had had a mastectomy.", "2019-06"),
]


@pytest.mark.parametrize(("start", "now"), LOOKED_BACK)
def test_what_came_years_after_an_event_of_the_past_is_counted_from_there(start, now):
    text = f"{start} Two years later, sunitinib was started. CT showed a mass of 31 mm in the liver."
    assert when(text, Treatment, agents=("sunitinib",)) == [
        str(Offset(-4 * 365)) if now == "0" else "2015-06"
    ]
    assert when(text, Lesion) == ([str(Offset(0))] if now == "0" else [now])


def test_what_would_lie_behind_the_presentation_is_counted_from_there_all_the_same():
    text = (
        "A woman of 61 was referred. One year earlier, she had had a mastectomy. Two years later, CT showed a mass of "
        "31 mm in the liver."
    )
    assert when(text, Lesion) == [str(Offset(730))]


def test_a_sentence_of_the_present_ends_the_look_back():
    text = (
        "A woman of 61 was referred. Six years earlier, she had had a mastectomy. CT showed a mass of 31 mm in the "
        "liver. Two years later, sunitinib was started."
    )
    assert when(text, Treatment, agents=("sunitinib",)) == [str(Offset(730))]


def test_what_came_subsequently_goes_on_from_the_past():
    text = (
        "A woman of 61 was referred. Six years earlier, she had had a nephrectomy. She subsequently received "
        "sunitinib. On admission, CT showed a mass of 31 mm in the liver."
    )
    assert when(text, Treatment, agents=("sunitinib",)) == [str(Offset(-6 * 365, -6 * 365, 0))]
    assert when(text, Lesion) == [str(Offset(0))]


def test_follow_up_behind_an_event_of_the_past_is_counted_from_it():
    text = (
        "A woman of 61 was referred. Eight years before presentation, a nodule was found, which grew to 17 mm at "
        "60-month follow-up. CT showed a mass of 31 mm in the liver."
    )
    assert when(text, Lesion, diameters_mm=(31.0,)) == [str(Offset(0))]


def test_a_second_radiotherapy_is_of_its_own_time():
    text = (
        "A woman of 61 was referred. She received radiotherapy of 50 Gy. After 20 months of follow-up, she presented "
        "with a nodule of the scalp. Radiotherapy to the scalp of 8 Gy was delivered."
    )
    assert when(text, Treatment, dose="8 Gy") == [str(Offset(600))]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Pathology showed a leiomyoma.", "5 years before presentation"),
        (
            "Pathologic examination of that surgical specimen showed a leiomyoma.",
            "5 years before presentation",
        ),
        ("Biopsy of the liver showed a leiomyoma.", "at presentation"),
    ],
)
def test_the_report_of_what_was_taken_out_in_the_past_is_of_that_time(told, expected):
    text = f"A woman of 61 was referred. Five years earlier, she had undergone hysterectomy. {told}"
    assert when(text, Diagnosis, term="leiomyoma") == [expected]


def test_a_finding_told_in_the_pluperfect_behind_a_look_back_is_of_the_past():
    text = (
        "A man of 61 was admitted for surgery. Four months prior to admission, he had been diagnosed with "
        "adenocarcinoma. CT had revealed a mass of 34 mm in the lung."
    )
    assert when(text, Lesion) == [str(Offset(-120, -120))]


def test_a_follow_up_of_the_past_ends_in_the_past():
    text = (
        "A man of 66 was referred. He had a melanoma that was diagnosed 12 years ago. He was discharged from the "
        "clinic after 10 years of follow-up. CT showed a mass of 34 mm in the lung."
    )
    assert when(text, Lesion) == [str(Offset(0))]


def test_a_title_with_follow_up_opens_no_scene():
    text = (
        "A man of 60 was seen.\n\nFebruary 2019\n\nFollow-Up Notes\n\n- PSA 38 ng/mL\n\nOctober 2019\n\n"
        "- PSA 350 ng/mL"
    )
    assert when(text, Lab) == ["2019-02", "2019-10"]


def test_the_month_on_the_line_before_the_patient_is_that_of_the_first_visit():
    text = "March 2015\n\n- A man of 60 presented with nocturia\n- PSA 38 ng/mL"
    assert when(text, Demographics) == ["2015-03"]


def test_of_two_times_that_end_together_the_narrower_counts():
    text = "A man of 60 was seen in 2004. No scan was done until 2011; in December 2011, CT showed a node of 23 mm."
    assert when(text, Lesion) == ["2011-12"]


def test_what_was_given_after_an_operation_of_the_past_is_of_that_time():
    text = (
        "A woman of 75 was referred. Ten years ago, she underwent mastectomy. The patient received adjuvant "
        "radiotherapy. CT showed a mass of 70 mm in the ovary."
    )
    assert when(text, Treatment, modality="radiotherapy") == [str(Offset(-3650, -3650))]
    assert when(text, Lesion) == [str(Offset(0))]


def test_what_a_past_history_tells_without_a_date_is_not_of_the_days_of_the_story():
    text = (
        "A 50-year-old woman had a lymphoma, found on 07/30/2010.\n\nPAST MEDICAL HISTORY:\n"
        "1. She underwent a left nephrectomy as a newborn.\n2. In 2003 she underwent a hysterectomy.\n"
        "3. She underwent appendectomy."
    )
    found = read(Document("letter", text)).of(Treatment)
    told = [(fact.procedure, str(fact.when)) for fact in found]
    assert told == [
        ("left nephrectomy", "None"),
        ("hysterectomy", "2003"),
        ("appendectomy", "None"),
    ]


@pytest.mark.parametrize(
    ("told", "kind", "day"),
    [
        ("INVESTIGATIONS AT DISCHARGE (11/02/2025)\nHb 9.1 g/dL", Lab, "2025-02-11"),
        (
            "BLOODS 12.01.2025: CEA 41 µg/l | Hb 92 g/l | ALT 22\nBASELINE MRI PELVIS 17.01.2025: seen",
            Lab,
            "2025-01-12",
        ),
        ("D5 (13.01.25) capillary leak, alb 24 g/L", Lab, "2025-01-13"),
        ("The biopsy of 12 January 2025 was read as pleomorphic adenoma.", Diagnosis, "2025-01-12"),
        ("On 1 January 2025 the CT was done. By the 12th ALT was down to 48 U/L.", Lab, "2025-01-12"),
        ("ADD 13.01.2025: pt died at hospice 10.01.2025.", Outcome, "2025-01-10"),
        ("CEA 41 µg/l on 12.01.2025 MRI PELVIS 17.01.2025: seen", Lab, "2025-01-12"),
        ("MRI 09.01.2025- 6.4x5.1x4.0 cm lesion in left forearm", Lesion, "2025-01-09"),
        ("CT 09.01.2025: liver lesion 12 mm, next scan in March", Lesion, "2025-01-09"),
        ("The first relapse was seen on the CT of 8 January 2025.", Response, "2025-01-08"),
        (
            "In January 2025, seven liver metastases, the largest 3.9 cm, were discovered.",
            Response,
            "2025-01",
        ),
    ],
)
def test_an_entry_of_a_note_is_of_its_own_day(told, kind, day):
    before = NOTE + "Course\n- sunitinib 50 mg from 03/04/2024\n- CT 05/06/2024: stable disease\n"
    assert set(when(before + told, kind)) - {"2024-06-05", "None"} == {day}


def test_what_a_letter_tells_in_the_present_tense_is_of_its_own_day():
    text = (
        "Clinic date: 10 March 2022\nDear Dr Hall\nA 63-year-old with breast cancer has had letrozole since April 2021."
        "\n\nCT on 2 February 2022 was stable.\n\nHer haemoglobin is 106 g/L."
    )
    assert when(text, Lab) == ["2022-03-10"]


def test_a_letter_tells_of_the_day_on_which_the_patient_was_seen_and_not_of_the_day_after():
    text = (
        "Lyon, 5 February 2024\n\nDear Colleague,\n\nI saw again on 2 February 2024 Mrs V., born 23 August 1968, for a "
        "sarcoma of the thigh.\n\nPazopanib was begun on 3 May 2023.\n\nToday\n\nGeneral state fair, WHO 1. Hb 106 g/L."
    )
    assert when(text, Lab) == ["2024-02-02"]
    assert when(text, Outcome) == ["2024-02-02"]


@pytest.mark.parametrize(("told", "day"), [("a year prior", "2018-05"), ("two months prior", "2019-03")])
def test_prior_counts_back(told, day):
    text = f"A man of 43 was referred in May 2019. A scan {told} had shown a nodule of 5 mm in the lung."
    assert when(text, Lesion) == [day]


def test_the_time_of_what_a_scan_is_compared_with_is_not_its_own():
    text = (
        "A man of 25 had pain. X-ray revealed a new mass of 50 mm in the mediastinum compared with an X-ray taken four "
        "years previously."
    )
    assert when(text, Lesion) == [str(Offset(0))]


REPORT = (
    "CLINICAL HISTORY: 59-year-old female with leiomyosarcoma, on trabectedin since February 2019.\n\n"
    "{}\n\nFINDINGS:\nRight lower lobe nodule measures 2.7 x 2.2 cm, previously 1.9 x 1.6 cm.\n\n{}"
)


def test_the_scan_that_a_report_compares_with_is_not_the_one_reported():
    text = REPORT.format("COMPARISON: CT chest 04/22/2019 and 01/15/2019.", "Dictated: 07/19/2019")
    assert when(text, Lesion, modality="CT") == ["2019-07-19"]


IN_A_TIME = [
    ("Q3 2019: start of nivolumab.", ["2019-07 to 2019-09"]),
    ("Nivolumab was started in the last quarter of 2019.", ["2019-10 to 2019-12"]),
    ("Nivolumab was started in Q2/2019.", ["2019-04 to 2019-06"]),
    ("On day 1 of the third cycle (15 June 2019) nivolumab was started.", ["2019-06-15"]),
    ("Nivolumab was not started until June 2019.", ["2019-06"]),
    ("Nivolumab was started 3 months after disease onset.", ["2019-06"]),
    (
        "CT in April 2019 showed no spread, and he received radiotherapy, 60 Gy in 30 fractions, completed on "
        "2 June 2019.",
        ["2019-06-02"],
    ),
    (
        "SBRT (45 Gy in 3 fractions) was given in April 2019, and nivolumab was obtained on a named-patient "
        "basis and started on 2 June 2019.",
        ["2019-04", "2019-06-02"],
    ),
    (
        "Trametinib 2 mg was started in April 2019. Trametinib was withheld on 18 May and resumed at 1.5 mg "
        "daily on 16 June 2019.",
        ["2019-04", "2019-05-18", "2019-06-16"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_A_TIME)
def test_quarters_days_of_cycles_and_what_came_at_last(text, expected):
    person = "A 50-year-old man presented in March 2019 with a lung tumour. "
    found = read(Document(name="row", text=person + text)).of(Treatment)
    assert [str(fact.when) for fact in found] == expected


def test_new_lesions_at_the_end_of_stable_disease_are_progression():
    text = (
        "A 50-year-old man presented in March 2019 with a lung tumour. Nivolumab was started in April 2019. Scans"
        " showed stable disease until November 2019, when new bone lesions were found."
    )
    found = read(Document(name="row", text=text)).of(Response)
    assert [(fact.category, str(fact.when)) for fact in found if fact.category == "PD"] == [("PD", "2019-11")]
