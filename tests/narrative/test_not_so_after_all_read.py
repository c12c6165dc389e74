"""What a report names and then says was not so: not given, not new, read otherwise, not of this gene.

Every expected value is worked by hand from the row, which is our own; what must be read stands beside what must not.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Alteration, Diagnosis, Lab, Lesion, Response, Treatment
from caseboard.case.facts import Test as LabTest
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented on 1 March 2019 with a mass of the right thigh of 80 mm. "
ON_DRUG = PATIENT + "Trabectedin was started in April 2019. "


def of(kind, text, before=PATIENT):
    case = read(Document(name="row", text=before + text))
    return [fact for fact in case.of(kind) if fact.source.span.start >= len(before)]


def given(text, before=PATIENT):
    return [
        (f.event, f.agents or f.procedure, str(f.when) if f.when else None)
        for f in of(Treatment, text, before)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cryoablation of the nodule had been our first idea but proved unnecessary.",
        "The four cycles of adjuvant ifosfamide that had been intended never came about.",
        "Adjuvant imatinib was judged to be superfluous.",
        "Re-introduction of ipilimumab had been thought too dangerous.",
        "Amputation was found to be not necessary.",
        "Radiotherapy did not take place.",
        "Her GP had twice drawn off fluid.",
    ],
)
def test_what_did_not_come_about_was_not_given(text):
    assert given(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imatinib was begun in May 2019 but proved too toxic.", [("start", ("imatinib",), "2019-05")]),
        (
            "Amputation proved possible and was done in May 2019.",
            [("done", "amputation", "2019-05")],
        ),
        (
            "In May 2019 the lymphoma was treated with the GP regimen.",
            [("start", ("cisplatin", "gemcitabine"), "2019-05")],
        ),
        (
            "In May 2019 bone marrow of his sister was transplanted.",
            [("done", "stem cell transplantation", "2019-05")],
        ),
        (
            "Sunitinib 50 mg from 6 May 2019, reduced to 37.5 mg on 17 June 2019.",
            [("start", ("sunitinib",), "2019-05-06"), ("change", ("sunitinib",), "2019-06-17")],
        ),
    ],
)
def test_what_came_about_was_given(text, expected):
    assert given(text) == expected


def test_a_dose_reduced_at_a_time_not_told_is_not_of_the_day_of_the_start():
    first, change = of(Treatment, "Sunitinib 50 mg from 6 May 2019, reduced to 37.5 mg for fatigue.")
    assert str(first.when) == "2019-05-06"
    assert change.event == "change"
    assert change.when is None


def progressions(text):
    return [(f.category, str(f.when), f.certainty) for f in of(Response, text, ON_DRUG)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT in July 2019 showed a liver lesion of 14 mm. He went on.", [("PD", "2019-07", "inferred")]),
        ("CT in July 2019 showed a liver lesion of 14 mm. There were no new lesions.", []),
        (
            "CT in July 2019 showed a hilar node of 14 mm. This is stable disease.",
            [("SD", "2019-07", "resolved")],
        ),
        ("CT in July 2019 showed the left hilar node at 12 mm (previously 19 mm).", []),
        ("CT in July 2019 showed a hilar node of 12 mm, which had been 19 mm in March 2019.", []),
    ],
)
def test_a_lesion_told_first_is_progression_only_where_nothing_says_it_is_old(text, expected):
    """RECIST 1.1, section 4.3.5: a new lesion is progression; that it is new is here a conclusion, and says so."""
    assert progressions(text) == expected


def test_former_sizes_are_no_lesions_of_now():
    text = (
        "CT of 8 October 2019: the omental mass measures 44 mm, compared with 46 mm in July 2019 and 52 mm at the"
        " start of trabectedin."
    )
    assert [f.diameters_mm for f in of(Lesion, text, ON_DRUG) if str(f.when) == "2019-10-08"] == [(44.0,)]


def test_a_size_before_a_change_comes_before_the_one_it_changed_to():
    """The size of now is the last one; an undated one that followed it would be shown as the latest."""
    found = of(Lesion, "CT in July 2019 showed growth of the liver lesion from 12 mm to 28 mm.", ON_DRUG)
    assert [f.diameters_mm for f in found] == [(12.0,), (28.0,)]


def test_a_response_in_a_row_of_periods_is_of_its_scan():
    text = (
        "\n6 May 2019 to 2 March 2020: sunitinib 50 mg; best response partial response (CT 22 August 2019)\n"
        "13 March 2020 to 18 January 2021: regorafenib 160 mg; complete response on CT 12 June 2020.\n"
    )
    assert [(f.category, str(f.when)) for f in of(Response, text)] == [
        ("PR", "2019-08-22"),
        ("CR", "2020-06-12"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Core biopsy was initially reported as leiomyosarcoma.", "working"),
        ("The biopsy was at first interpreted as a synovial sarcoma.", "working"),
        ("Core biopsy was reported as leiomyosarcoma.", "final"),
    ],
)
def test_a_reading_told_not_to_have_stood_is_working_be_nothing_told_in_its_place(text, status):
    assert [f.status for f in of(Diagnosis, text)] == [status]


def results(text):
    return {(f.method, f.target, f.result) for f in of(LabTest, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "FISH was negative for EWSR1, and TP53 was mutated.",
            {("FISH", "EWSR1", "negative"), ("other", "TP53", "positive")},
        ),
        (
            "NGS showed no mutation of NRAS and TP53 was mutated.",
            {("NGS", "NRAS", "negative"), ("NGS", "TP53", "positive")},
        ),
        (
            "None of NRAS, KRAS, and TP53 was mutated.",
            {("other", "NRAS", "negative"), ("other", "KRAS", "negative"), ("other", "TP53", "negative")},
        ),
        (
            "MDM2 amplification was absent by FISH, tumor mutational burden was 1.8 mutations/Mb.",
            {("FISH", "MDM2", "negative"), ("NGS", "TMB", "1.8 mut/Mb")},
        ),
    ],
)
def test_what_is_said_of_one_gene_is_not_said_of_the_next(text, expected):
    assert results(text) == expected


def days(kind, text, before=PATIENT):
    return [str(f.when) if f.when is not None else None for f in of(kind, text, before)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was admitted on 12 June 2019. Two days after admission LDH was 300 U/L.", ["2019-06-14"]),
        ("He was admitted on 12 June 2019. LDH was 300 U/L on the day after admission.", ["2019-06-13"]),
        ("Biopsy was taken on 12 June 2019. LDH was 300 U/L the day after the biopsy.", ["2019-06-13"]),
        ("Two days after admission LDH was 300 U/L.", ["2019-03-03"]),  # that with which he presented
    ],
)
def test_a_length_is_counted_from_the_last_admission(text, expected):
    assert days(Lab, text) == expected


def test_nothing_is_counted_from_a_transplantation_that_was_not_told():
    text = "Doxorubicin was begun on 3 June 2019. On day 24 post transplant LDH was 300 U/L."
    assert days(Lab, text) == [None]


def test_the_date_in_the_brackets_of_a_grade_is_that_of_the_harm():
    text = "Later there were paronychia (grade 2, June 2019) and a creatine kinase of 1,480 U/L on 20 September 2019."
    assert days(AdverseEvent, text, ON_DRUG)[:1] == ["2019-06"]


def test_days_on_which_treatments_begin_are_counted_from_the_first_presentation():
    text = (
        "Curettage on day 5. MRI on day 9: tumour of 41 mm. RNA panel on day 31: TPM3::NTRK1. Larotrectinib 100 mg from"
        " day 36. LDH 300 U/L on day 78. Larotrectinib again from day 154."
    )
    case = read(
        Document(name="row", text="A 33-year-old woman presented with bleeding from the cervix. " + text)
    )
    assert [f.when.days for f in case.of(Lab)] == [78]
    assert [f.when.days for f in case.of(Treatment) if f.agents] == [36, 154]


def test_days_of_a_cycle_are_not_counted_from_the_first_presentation():
    text = "On 6 May 2019 carboplatin 300 mg was given on days 1, 8 and from day 15. LDH was 300 U/L."
    assert given(text) == [("start", ("carboplatin",), "2019-05-06")]


def test_the_labels_of_target_lesions_are_no_vertebrae():
    table = (
        "\nMeasurements, longest diameter in mm\n"
        "                              2019-11-21    2020-02-20\n"
        "T1  Lung, right lower lobe    24            11\n"
        "T2  Liver, segment 7          41            22\n"
    )
    assert [(f.site, f.diameters_mm) for f in of(Lesion, table)] == [
        ("lung lower lobe", (24.0,)),
        ("lung lower lobe", (11.0,)),
        ("liver segment vii", (41.0,)),
        ("liver segment vii", (22.0,)),
    ]


def test_a_vertebra_is_no_label_of_what_is_measured_there():
    table = (
        "\nLesion (mm)                   2019-11-21    2020-02-20\n"
        "T11                           24            11\n"
        "L4 vertebra                   41            22\n"
    )
    assert [(f.site, f.diameters_mm) for f in of(Lesion, table)] == [
        ("t11 vertebra", (24.0,)),
        ("t11 vertebra", (11.0,)),
        ("l4 vertebra", (41.0,)),
        ("l4 vertebra", (22.0,)),
    ]


def test_days_behind_their_months_are_no_years():
    """Where dates are written "Jun 14, 2021", "Jun 17" is a day; "gr 3 Oct 24" is a grade and a day."""
    note = (
        "F, 59 yo at dx.\nTIMELINE\nJun 14, 2021 - cough. CXR R apical opacity.\nJun 17 - CT: RUL mass 5.1 x 4.4 cm.\n"
        "1st line: carboplatin from Jul 28, 2021. Neutropenia gr 3 Oct 24 - held. Rash gr 3 Dec 19, 2021.\n"
    )
    case = read(Document(name="row", text=note))
    assert [str(f.when) for f in case.of(Lesion)] == ["2021-06-17"]
    assert [str(f.when) for f in case.of(AdverseEvent)] == ["2021-10-24", "2021-12-19"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EGFR exon 19 deletion, T790M negative.", [("EGFR", "exon 19 deletion")]),
        ("NGS: EGFR exon 19 deletion, T790M not detected.", [("EGFR", "exon 19 deletion")]),
        ("KIT exon 11 deletion p.W557_K558del.", [("KIT", "W557_K558del")]),
        ("KIT ex11 del557-558.", [("KIT", "exon 11 deletion")]),
        ("EGFR L858R, exon 19 deletion negative.", [("EGFR", "L858R")]),
    ],
)
def test_a_deletion_is_not_told_more_precisely_by_an_exchange(text, expected):
    """T790M, an exchange of one amino acid, cannot be the deletion told before it."""
    assert [(f.gene, f.change) for f in of(Alteration, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hypertension, Gr. 2, on 3 June 2019.", [("hypertension", 2)]),
        ("Hypertension of grade two was seen on 3 June 2019.", [("hypertension", 2)]),
        ("Toxicity on 3 June 2019: fatigue grade 1, diarrhea 0.", [("fatigue", 1)]),
    ],
)
def test_grades_in_other_forms(text, expected):
    assert [(f.term, f.grade) for f in of(AdverseEvent, text, ON_DRUG)] == expected


def test_a_reduction_that_harm_led_to_is_not_that_of_a_drug_that_helps():
    text = (
        "\n- 13 March 2020 to 18 January 2021: lorlatinib 100 mg od; complete response. Grade 2 hypercholesterolaemia"
        " (rosuvastatin started), grade 2 cognitive effects leading to a reduction to 75 mg in July 2020.\n"
    )
    assert ("rosuvastatin",) in [f.agents for f in of(Treatment, text) if f.event == "start"]
    assert [f for f in of(Treatment, text) if f.event == "change" and f.agents == ("rosuvastatin",)] == []
