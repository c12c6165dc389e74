"""Days and sizes as letters tell them: former sizes in brackets, days of rows, periods of lines, specimens.

Each date and size is worked out by hand from the sentence beside it.
"""

from __future__ import annotations

import pytest

from caseboard.assess.course import build_course
from caseboard.assess.response.lines import assess_responses
from caseboard.case import Diagnosis, Document, Lab, Lesion, Response, Treatment
from caseboard.narrative import read

WHO = "A 54-year-old woman has a leiomyosarcoma of the uterus. "


def told(text, kind, who=WHO):
    return read(Document("made", who + text)).of(kind)


def sizes(text, who=WHO):
    """Return site, side, longest diameter and day of each lesion, in the order of time."""
    found = sorted(
        told(text, Lesion, who), key=lambda fact: (str(fact.when), fact.site, str(fact.laterality))
    )
    return [(fact.site, fact.laterality, fact.diameters_mm[0], str(fact.when)) for fact in found]


MONTHS_BESIDE = (
    ("CT 14 June 2023 vs 20 March 2023\n RUL: 21 mm (Mar: 30 mm)", "2023-06-14", 21, "2023-03", 30),
    ("CT 14 June 2023: RUL nodule 21 mm (March 30 mm).", "2023-06-14", 21, "2023-03", 30),
    ("CT 14 June 2023: RUL nodule 21 mm (in Nov: 30 mm).", "2023-06-14", 21, "2022-11", 30),
)


@pytest.mark.parametrize(("text", "day", "now", "month", "then"), MONTHS_BESIDE)
def test_a_month_beside_a_former_size_is_past(text, day, now, month, then):
    lobe = ("lung upper lobe", "right")
    assert sizes(text) == [(*lobe, then, month), (*lobe, now, day)]


def test_a_month_beside_the_size_behind_a_baseline_is_not_before_it():
    text = "CT 14 June 2023: baseline RUL nodule 30 mm (Sep: 21 mm)."
    assert ("lung upper lobe", "right", 21, "2022-09") not in sizes(text)


SEGMENTS = (
    (
        "CT 9 May 2023: The segment 6 liver metastasis measures 27 mm (previously 21 mm in February and 16 mm in"
        " November 2022). The segment 2 lesion is unchanged at 12 mm.",
        [("vi", 16, "2022-11"), ("vi", 21, "2023-02"), ("ii", 12, "2023-05-09"), ("vi", 27, "2023-05-09")],
    ),
    (
        "CT of 09.05.2023: hepatic metastases: segment III 44 mm (01/2023: 36 mm), segment VIII 25 mm (01/2023:"
        " 19 mm).",
        [
            ("iii", 36, "2023-01"),
            ("viii", 19, "2023-01"),
            ("iii", 44, "2023-05-09"),
            ("viii", 25, "2023-05-09"),
        ],
    ),
    (
        "CT 9 May 2023: segment IV hepatic lesion 33 mm (was 26 mm in January 2023 and 20 mm in October 2022).",
        [("iv", 20, "2022-10"), ("iv", 26, "2023-01"), ("iv", 33, "2023-05-09")],
    ),
)


@pytest.mark.parametrize(("text", "expected"), SEGMENTS)
def test_each_segment_has_its_own_former_sizes(text, expected):
    assert sizes(text) == [(f"liver segment {number}", None, size, day) for number, size, day in expected]


THROUGHOUT = (
    "CT chest 8 May 2022 compared with 7 February 2022: RLL nodule 0.8 cm (prior 1.4 cm). LUL nodule 1.1 cm (prior"
    " 0.7 cm).",
    "CT chest 8 May 2022 compared to CT of 7 February 2022: RLL nodule 0.8 cm, previously 1.4 cm. LUL nodule 1.1 cm,"
    " previously 0.7 cm.",
)


@pytest.mark.parametrize("text", THROUGHOUT)
def test_what_a_report_compares_with_holds_for_all_its_lines(text):
    lower, upper = ("lung lower lobe", "right"), ("lung upper lobe", "left")
    assert sizes(text) == [
        (*lower, 14, "2022-02-07"),
        (*upper, 7, "2022-02-07"),
        (*lower, 8, "2022-05-08"),
        (*upper, 11, "2022-05-08"),
    ]


def test_another_examination_is_not_compared_with_that_day():
    text = THROUGHOUT[0] + " MRI brain 9 May 2022: left frontal lesion 0.5 cm, previously 0.9 cm."
    assert [day for site, _, _, day in sizes(text) if site == "frontal lobe"] == ["2022-05-09"]


THEY = (
    "On 4 April 2021 the lesion in the right lung was 17 mm and in the left lung 11 mm; on 6 July 2021 they were 21 mm"
    " and 12 mm respectively.",
    "On 4 April 2021 the right lung nodule was 17 mm and the left lung nodule 11 mm; on 6 July 2021 they measured 21 mm"
    " and 12 mm.",
)


@pytest.mark.parametrize("text", THEY)
def test_they_are_those_that_the_sentence_has_measured(text):
    assert sizes(text) == [
        ("lung", "left", 11, "2021-04-04"),
        ("lung", "right", 17, "2021-04-04"),
        ("lung", "left", 12, "2021-07-06"),
        ("lung", "right", 21, "2021-07-06"),
    ]


def test_two_words_for_both_in_one_sentence_mean_the_same_lesions():
    text = (
        "On 3 May 2021 CT: liver segment 4 lesion 20 mm and segment 6 lesion 31 mm. In August 2021 both measured 15 mm"
        " and 22 mm; in November 2021 they were 18 mm and 25 mm."
    )
    four, six = ("liver segment iv", None), ("liver segment vi", None)
    assert sizes(text) == [
        (*four, 20, "2021-05-03"),
        (*six, 31, "2021-05-03"),
        (*four, 15, "2021-08"),
        (*six, 22, "2021-08"),
        (*four, 18, "2021-11"),
        (*six, 25, "2021-11"),
    ]


BACK_THEN = (
    "May 2023: CT liver segment 6 lesion 39 mm. It was 28 mm in December 2022. Left upper lobe nodule 12 mm. So PD.",
    "May 2023: liver segment 6 lesion 39 mm, it was 28 mm in December 2022, so PD.",
    "May 2023: liver segment 6 lesion 39 mm. This measured 28 mm in December 2022. Overall progressive disease.",
)


@pytest.mark.parametrize("text", BACK_THEN)
def test_what_it_was_before_does_not_take_the_story_back(text):
    found = sizes(text)
    assert [day for _, _, size, day in found if size == 28] == ["2022-12"]
    assert {day for _, _, size, day in found if size != 28} == {"2023-05"}
    assert [(fact.category, str(fact.when)) for fact in told(text, Response)] == [("PD", "2023-05")]


PERIODS = (
    ("\n03/2019-09/2019 6 cycles doxorubicin; SD\n", "SD", "2019-09", None),
    ("\n- 03/2019-09/2019 Pazopanib 800 mg; PD\n", "PD", "2019-09", "PD"),
    ("\n03/2019-09/2019 trabectedin 1.5 mg/m2; progression\n", "PD", "2019-09", "progression"),
    ("\n03/2019 - 09/2019: trabectedin, 7 cycles; best response PR\n", "PR", "2019-03 to 2019-09", None),
)


@pytest.mark.parametrize(("text", "category", "when", "reason"), PERIODS)
def test_the_response_of_a_line_with_its_period_is_none_of_its_first_day(text, category, when, reason):
    (response,) = told(text, Response)
    first, _, last = when.partition(" to ")
    assert response.category == category
    assert str(response.when.first).startswith(first)
    assert str(response.when.last).startswith(last or first)
    (stop,) = [fact for fact in told(text, Treatment) if fact.event == "stop"]
    assert (str(stop.when), stop.reason) == ("2019-09", reason)


SPECIMENS = (
    "- 05/14/2018: Wide resection right thigh, 7.4 cm, margins negative (closest 3 mm), no nodes sampled.",
    "- 05/14/2018: Radical excision of the right thigh tumor, 7.4 cm, R0.",
)


@pytest.mark.parametrize("line", SPECIMENS)
def test_the_size_of_a_specimen_is_no_recurrence(line):
    case = read(Document("made", f"{WHO}\n- 03/2018: MRI 6.9 x 5.0 cm mass in the right thigh.\n{line}\n"))
    (lesion,) = build_course(case).lesions
    assert [(sight.diameters_mm[0], sight.modality) for sight in lesion.measurements] == [
        (69, "MRI"),
        (74, "pathology"),
    ]


SEVERAL = (
    "- 06/2021: Bilateral lung mets, up to 1.9 cm.\nCT chest 18 May 2022: RUL nodule 0.7 cm.",
    "- 06/2021: Multiple lung nodules, the largest 1.9 cm.\nCT chest 18 May 2022: RUL nodule 0.7 cm.",
)


@pytest.mark.parametrize("text", SEVERAL)
def test_the_greatest_size_of_several_is_not_that_of_one_named_later(text):
    lesions = build_course(read(Document("made", f"{WHO}\n{text}"))).lesions
    assert [[sight.diameters_mm[0] for sight in lesion.measurements] for lesion in lesions] == [[19], [7]]


def test_one_of_several_told_before_is_no_new_lesion():
    text = (
        "She started pazopanib on 3 January 2022.\nCT 28 December 2021: bilateral lung metastases, up to 2.9 cm.\n"
        "CT chest 18 May 2022: RUL nodule 1.7 cm, LLL nodule 1.2 cm.\n"
    )
    case = read(Document("made", WHO + text))
    (response,) = assess_responses(case, build_course(case))
    assert (response.best_derived, [point.new_lesions for point in response.timepoints]) == ("NE", [False])


def test_since_a_month_within_a_story_is_not_looked_back_on():
    text = "In January 2020 the tumor was resected, and she has been on imatinib since March."
    assert [str(f.when) for f in told(text, Treatment) if "imatinib" in f.agents] == ["2020-03"]


def test_at_eight_weeks_counts_from_a_drug_of_unknown_day_and_not_from_the_operation():
    text = (
        "She underwent hysterectomy. Twelve months after surgery a CT showed a 21 mm lung metastasis in the left lower"
        " lobe. She received doxorubicin; the lesion had grown to 33 mm.\n\nPazopanib was then commenced. At eight"
        " weeks the left lower lobe lesion measured 14 mm, and at six months there was a residual nodule of 9 mm."
    )
    found = {fact.diameters_mm[0]: fact.when for fact in told(text, Lesion)}
    year = found[21].days
    assert (found[14].days, found[14].first, found[14].last) == (year + 56, year + 56, None)
    assert (found[9].days, found[9].first, found[9].last) == (year + 180, year + 180, None)


DISCHARGED = (
    ("was an inpatient from 03.05.2022 to 12.05.2022", "Laboratory at discharge: creatinine 1.4 mg/dl."),
    ("was hospitalised from 3 May 2022 to 12 May 2022", "At discharge creatinine was 1.4 mg/dl."),
)


@pytest.mark.parametrize(("stay", "line"), DISCHARGED)
def test_what_was_measured_at_discharge_is_of_the_last_day_of_the_stay(stay, line):
    text = f"A 58-year-old man with leiomyosarcoma {stay}. CT of 20.04.2022: liver segment II 51 mm. {line}"
    assert [str(fact.when) for fact in told(text, Lab, "")] == ["2022-05-12"]


SINCE = (
    ("21 October 2022: No seizures since stopping levetiracetam in June.", "2022-06"),
    ("21 October 2022: Well since stopping levetiracetam in December.", "2021-12"),
)


@pytest.mark.parametrize(("text", "when"), SINCE)
def test_since_a_month_lies_before_the_day_of_the_note(text, when):
    assert [(fact.event, str(fact.when)) for fact in told(text, Treatment)] == [("stop", when)]


ROWS = (
    ("Day 9: fever; debridement was performed on 13 May 2023. Day 11: started on dalteparin.", "2023-05-14"),
    ("Debridement was performed on 13 May 2023. Day 11: started on dalteparin.", "2023-05-24"),
)


@pytest.mark.parametrize(("text", "when"), ROWS)
def test_a_row_of_days_goes_on_over_a_second_operation(text, when):
    who = "A 20-year-old man with osteosarcoma had a wide resection of the left femur on 3 May 2023. "
    assert [str(f.when) for f in told(text, Treatment, who) if "dalteparin" in f.agents] == [when]


FOUND_AGAIN = (
    "A 49-year-old woman: leiomyosarcoma of the uterus (diagnosed March 2019). A new lung nodule was biopsied on 6 July"
    " 2022; histology confirms leiomyosarcoma.",
    "A 49-year-old woman with leiomyosarcoma of the uterus (diagnosed March 2019) has a new lung nodule. Biopsy on 6"
    " July 2022 confirmed leiomyosarcoma.",
)


@pytest.mark.parametrize("text", FOUND_AGAIN)
def test_a_biopsy_years_later_does_not_date_the_diagnosis(text):
    assert [(fact.code, str(fact.when)) for fact in told(text, Diagnosis, "")] == [("ULMS", "2019-03")]


ENTRIES = (
    (
        "May 2023 - started pazopanib 800. 3/6/23 - BP 170/100. Paz held. 9/6/23 - paz back on at 600.",
        "2023-06-03",
    ),
    (
        "March 2023: started pazopanib 800.\n4/5/23: BP 170/100. Paz held.\n5/3/23: paz back on at 600.",
        "2023-04-05",
    ),
)


@pytest.mark.parametrize(("text", "when"), ENTRIES)
def test_the_entries_of_a_note_run_one_way(text, when):
    stops = [fact for fact in told(text, Treatment, "A 33-year-old man with MPNST. ") if fact.event == "stop"]
    assert [(fact.agents, str(fact.when)) for fact in stops] == [(("pazopanib",), when)]


def test_entries_that_run_one_way_in_either_order_do_not_tell_it():
    text = (
        "January 2023 - started pazopanib 800. 2/7/23 - BP 170/100. Paz held. 10/7/23 - paz back on at 600."
    )
    (stop,) = [fact for fact in told(text, Treatment) if fact.event == "stop"]
    assert (str(stop.when.first), str(stop.when.last)) == ("2023-02-07", "2023-07-02")
