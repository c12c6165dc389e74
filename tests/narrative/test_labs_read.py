"""Laboratory values, read from prose and from tables. Every expected value is worked by hand from its row."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab
from caseboard.narrative import read
from caseboard.narrative.lab_values import decimal_sign, number, read_limits, read_value

PATIENT = "A 50-year-old man presented in March 2019 with a mass of the liver. "


def labs(text):
    """Return (analyte, value, unit) of each value, in the order of the text."""
    return [
        (fact.analyte, fact.value, fact.unit)
        for fact in read(Document(name="row", text=PATIENT + text)).of(Lab)
    ]


PROSE = [
    ("PSA was noted to be 12 ng/mL.", [("PSA", 12, "ng/mL")]),
    ("PSA nadirs at 0.65 ng/mL.", [("PSA", 0.65, "ng/mL")]),
    ("All was within normal range, except for a CEA level of 30.25 ng/mL.", [("CEA", 30.25, "ng/mL")]),
    (
        "Only one value was outside the normal range: the CYFRA21-1 level was 17.45 ng/mL.",
        [("CYFRA 21-1", 17.45, "ng/mL")],
    ),
    (
        "The differential was 73% neutrophils, 17% lymphocytes and 7.6% monocytes.",
        [("neutrophils", 73, "%"), ("lymphocytes", 17, "%"), ("monocytes", 7.6, "%")],
    ),
    (
        "The differential was neutrophils 73%, lymphocytes 17%.",
        [("neutrophils", 73, "%"), ("lymphocytes", 17, "%")],
    ),
    ("The differential was normal; 5% glucose was infused.", []),
    ("All had subsided by 14 May 2019, when ALT was 38 U/L.", [("ALT", 38, "U/L")]),
    ("With cholesterol > 500 mg/dL reduce to 75 mg.", []),
    ("CK increase 2° was seen.", []),
    ("He came with a PSA > 100 ng/mL.", [("PSA", 100, "ng/mL")]),
    ("Crizotinib is stopped when ALT exceeds 200 U/L.", []),
    ("Carbohydrate antigen (CA)19-9 was 9.6 U/mL.", [("CA 19-9", 9.6, "U/mL")]),
    ("The international normalized ratio (INR) of prothrombin time was 1.45.", [("INR", 1.45, None)]),
    ("The prothrombin time was 14.5 s.", [("PT", 14.5, "s")]),
    # figures in Indian groups: 1,64,000 is one lakh sixty-four thousand
    ("Beta hCG was 1,64,000 mIU/mL.", [("hCG", 164000, "mIU/mL")]),
    (
        "The tests showed GOT = 145 U/L, GPT = 440 U/L, GOT/GPT = 0.32.",
        [("AST", 145, "U/L"), ("ALT", 440, "U/L"), ("AST/ALT ratio", 0.32, None)],
    ),
    ("CA 19-9 had risen to 3,940 U/mL.", [("CA 19-9", 3940, "U/mL")]),
    (
        "On admission hemoglobin was 8.1 g/dL; creatinine was 0.9 mg/dL.",
        [("hemoglobin", 8.1, "g/dL"), ("creatinine", 0.9, "mg/dL")],
    ),
    ("Platelets were normal at 240 × 10⁹/l.", [("platelets", 240, "× 10⁹/l")]),
    ("He had grade 3 neutropenia (780/µL).", [("neutrophils", 780, "/µL")]),
    (
        "She developed thrombocytopenia (12 × 10⁹/L) and anaemia (Hb 6.9 g/dL).",
        [("platelets", 12, "× 10⁹/L"), ("hemoglobin", 6.9, "g/dL")],
    ),
    ("AST and ALT were 41 and 38 U/L, respectively.", [("AST", 41, "U/L"), ("ALT", 38, "U/L")]),
    ("AST/ALT 145/440 U/L.", [("AST", 145, "U/L"), ("ALT", 440, "U/L")]),
    ("The AST/ALT ratio was 0.33.", [("AST/ALT ratio", 0.33, None)]),
    ("CA-125 fell from 890 U/mL to 45 U/mL.", [("CA-125", 45, "U/mL")]),
    ("CA 19-9 rose from 34 to 890 and then to 1200 U/mL.", [("CA 19-9", 1200, "U/mL")]),
    ("Alpha-fetoprotein (AFP) was 12,345 ng/mL.", [("AFP", 12345, "ng/mL")]),
    (
        "Tumor markers including AFP (2.1 ng/mL) and CEA (1.5 ng/mL) were normal.",
        [("AFP", 2.1, "ng/mL"), ("CEA", 1.5, "ng/mL")],
    ),
    ("White cell count 4.5×103/μL.", [("WBC", 4.5, "×103/μL")]),
    ("Platelets were 150 000/mm3.", [("platelets", 150000, "/mm3")]),
    ("Total bilirubin peaked at 8.4 mg/dL.", [("total bilirubin", 8.4, "mg/dL")]),
    (
        "Laboratory tests: Na 138, K 4.1, albumin 2.9.",
        [("sodium", 138, None), ("potassium", 4.1, None), ("albumin", 2.9, None)],
    ),
    ("AST was 3.5 × ULN.", [("AST", 3.5, "× ULN")]),
    (
        "Lumbar puncture: protein 148 mg/dL, glucose 31 mg/dL.",
        [("CSF protein", 148, "mg/dL"), ("CSF glucose", 31, "mg/dL")],
    ),
    ("ALT went to 418 U/L.", [("ALT", 418, "U/L")]),
    ("Grade 4 thrombocytopenia (nadir, 18 × 10⁹/L) occurred.", [("platelets", 18, "× 10⁹/L")]),
    (
        "CEA was 56 ng/ml (normal range 0-5 ng/ml) and CYFRA21-1 was 12.6 ng/ml.",
        [("CEA", 56, "ng/ml"), ("CYFRA 21-1", 12.6, "ng/ml")],
    ),
    (
        "Bloods: creat 104, WCC 6.2, neuts 3.9, plt 180, Bili 11, TG 2.1.",
        [
            ("creatinine", 104, None),
            ("WBC", 6.2, None),
            ("neutrophils", 3.9, None),
            ("platelets", 180, None),
            ("total bilirubin", 11, None),
            ("triglycerides", 2.1, None),
        ],
    ),
    (
        "The laboratory data showed a normal level of carbohydrate antigen 15-3(CA15-3: 39.8 U/ml).",
        [("CA 15-3", 39.8, "U/ml")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), PROSE)
def test_an_analyte_and_its_value_are_read_in_any_phrasing(sentence, expected):
    assert labs(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Chemotherapy is resumed if ANC > 1.0 and platelets > 100.",
        "He received calcium 500 mg daily and folic acid 5 mg.",
        "LDH was within normal limits.",
        "CK 7 was positive by immunohistochemistry.",
        "His brother had a PSA of 12 ng/mL.",
        "EBV DNA was 1.2 × 10^4 copies/mL.",
        "Sequencing of ESR1 was normal.",
        "The patient is 54 years old and received 6 cycles.",
    ],
)
def test_doses_thresholds_markers_and_values_of_others_are_no_values(sentence):
    assert labs(sentence) == []


def test_each_value_of_a_series_takes_its_own_date():
    text = PATIENT + "LDH 512 U/l (14/09/2020), 198 U/l (11/01/2021), 181 U/l (13/02/2023)."
    found = read(Document(name="row", text=text)).of(Lab)
    assert [(fact.value, fact.when.iso) for fact in found] == [
        (512, "2020-09-14"),
        (198, "2021-01-11"),
        (181, "2023-02-13"),
    ]


LIMITS = [
    ("CA 15-3 was 290 U/ml (≤ 30).", (None, 30)),
    ("LDH was 1,024 IU/L (normal range: 135-225 IU/L).", (135, 225)),
    ("CRP was 120 mg/L (normal < 5 mg/L).", (None, 5)),
    ("Potassium was 2.8 mmol/L (reference 3.5-5.0).", (3.5, 5.0)),
    ("Creatinine was 1.1 mg/dL (day 3).", (None, None)),
]


@pytest.mark.parametrize(("sentence", "limits"), LIMITS)
def test_limits_of_normal_are_taken_where_the_source_gives_them(sentence, limits):
    (fact,) = read(Document(name="row", text=PATIENT + sentence)).of(Lab)
    assert (fact.lower_limit, fact.upper_limit) == limits


GERMAN = """HISTORY
The 31-year-old patient was admitted on 08.02.2023 with pain.

LABORATORY
                     08.02.2023   11.02.2023   Ref.
Hb (g/dl)            10,8         10,1         12,0-16,0
CRP (mg/l)           42,3         -            < 5,0
ALT (U/l)            29           31           < 35
"""


def test_a_table_is_read_by_its_columns_with_the_reference_column():
    found = read(Document(name="letter", text=GERMAN)).of(Lab)
    assert [(f.analyte, f.value, f.unit, f.when.iso, f.lower_limit, f.upper_limit) for f in found] == [
        ("hemoglobin", 10.8, "g/dl", "2023-02-08", 12.0, 16.0),
        ("hemoglobin", 10.1, "g/dl", "2023-02-11", 12.0, 16.0),
        ("CRP", 42.3, "mg/l", "2023-02-08", None, 5.0),
        ("ALT", 29, "U/l", "2023-02-08", None, 35),
        ("ALT", 31, "U/l", "2023-02-11", None, 35),
    ]


def test_the_quote_of_a_table_runs_from_the_analyte_to_the_value():
    found = read(Document(name="letter", text=GERMAN)).of(Lab)
    assert found[1].source.quote == "Hb (g/dl)            10,8         10,1"


WIDE = """LABS
             01/05/2021   01/12/2021   01/19/2021   01/26/2021   02/02/2021   02/09/2021
WBC (K/uL)   3.1          2.2          1.0          0.4          2.9          5.5
Plt (K/uL)   220          180          96           41           88           190
HPI: 63-year-old man admitted on 01/05/2021 with fever.
HOSPITAL COURSE
The patient received antibiotics.
"""


def test_a_wide_table_is_not_taken_for_a_wrapped_paragraph():
    found = read(Document(name="letter", text=WIDE)).of(Lab)
    assert [(f.analyte, f.value) for f in found] == [
        *(("WBC", value) for value in (3.1, 2.2, 1.0, 0.4, 2.9, 5.5)),
        *(("platelets", value) for value in (220, 180, 96, 41, 88, 190)),
    ]


BARS = """CASE
A 63-year-old woman was admitted on 2021-01-05 with fever.

| Test | Result | Unit | Reference |
| LDH | 612 | U/L | 135-225 |
| CEA | 4.1 | ng/mL | < 5 |
"""


def test_a_table_with_bars_names_unit_and_reference_in_columns():
    found = read(Document(name="letter", text=BARS)).of(Lab)
    assert [(f.analyte, f.value, f.unit, f.lower_limit, f.upper_limit) for f in found] == [
        ("LDH", 612, "U/L", 135, 225),
        ("CEA", 4.1, "ng/mL", None, 5),
    ]


SHORT_DATES = """HISTORY
The 44-year-old patient was admitted on 20.06.2023 with fever.

LABORATORY
Labor          20.06.    23.06.    Norm
Leuko          11,8      7,2       4-10 /nl
Krea  mg/dl    1,42      0,98      < 1,1
Thrombo        98        -         150-400 /nl
"""


def test_columns_dated_by_day_and_month_take_the_year_of_the_story():
    found = read(Document(name="letter", text=SHORT_DATES)).of(Lab)
    assert [(f.analyte, f.value, f.unit, f.when.iso) for f in found] == [
        ("WBC", 11.8, "/nl", "2023-06-20"),
        ("WBC", 7.2, "/nl", "2023-06-23"),
        ("creatinine", 1.42, "mg/dl", "2023-06-20"),
        ("creatinine", 0.98, "mg/dl", "2023-06-23"),
        ("platelets", 98, "/nl", "2023-06-20"),
    ]


DATES_DOWN = """COURSE
A 63-year-old woman was admitted on 14/02/2021 with fever.

LABS
Date     Hb    TLC    Plt    Creat
14/02    8.1   900    22     1.3
17/02    9.0   3100   -      0.9
Home on 18/02/2021.
"""


def test_a_table_with_one_date_a_line_is_read_by_the_analytes_of_its_header():
    found = read(Document(name="letter", text=DATES_DOWN)).of(Lab)
    assert [(f.analyte, f.value, f.when.iso) for f in found] == [
        ("hemoglobin", 8.1, "2021-02-14"),
        ("WBC", 900, "2021-02-14"),
        ("platelets", 22, "2021-02-14"),
        ("creatinine", 1.3, "2021-02-14"),
        ("hemoglobin", 9.0, "2021-02-17"),
        ("WBC", 3100, "2021-02-17"),
        ("creatinine", 0.9, "2021-02-17"),
    ]


def test_a_table_whose_lines_have_run_into_one_has_as_many_values_as_dates():
    told = (
        "A 63-year-old woman was admitted on 2021-01-05 with fever. "
        "Index 2021-01-05 2021-02-11 LDH (U/L) 612 240 CA 19-9 (U/mL) 88 31."
    )
    found = read(Document(name="row", text=told)).of(Lab)
    assert [(f.analyte, f.value, f.unit, f.when.iso) for f in found] == [
        ("LDH", 612, "U/L", "2021-01-05"),
        ("LDH", 240, "U/L", "2021-02-11"),
        ("CA 19-9", 88, "U/mL", "2021-01-05"),
        ("CA 19-9", 31, "U/mL", "2021-02-11"),
    ]


def test_one_date_before_a_list_of_values_is_no_flattened_table():
    assert labs("On 2021-01-05: LDH 612 U/L, CEA 4.1 ng/mL.") == [("LDH", 612, "U/L"), ("CEA", 4.1, "ng/mL")]


NUMBERS = [
    ("1,284", ".", 1284),
    ("10,8", ".", 10.8),
    ("10,8", ",", 10.8),
    ("1.102", ",", 1102),
    ("1.284", ".", 1.284),
    ("0,714", ".", 0.714),
    ("150 000", ".", 150000),
    ("1,234.5", ".", 1234.5),
    ("1.234,5", ",", 1234.5),
    ("12.400.000", ",", 12400000),
]


@pytest.mark.parametrize(("written", "sign", "value"), NUMBERS)
def test_thousands_and_decimals_are_told_apart(written, sign, value):
    assert number(written, sign) == value


def test_the_document_shows_its_decimal_sign():
    assert decimal_sign("Hb 10,8 g/dl, CRP 42,3 mg/l, on 08.02.2023") == ","
    assert decimal_sign("Hb 10.8 g/dl; CA 19-9 1,284 U/mL (2,3)") == "."
    assert decimal_sign("no numbers") == "."


def test_a_number_of_something_else_is_no_value():
    for text in (
        "500 mg daily",
        "12 months",
        "54 years",
        "3 × 4 cm",
        "10-12-2020",
        "2nd line",
        "15 and 30 minutes",
    ):
        assert read_value(text, 0, len(text), ".") is None


def test_a_bracket_without_a_limit_gives_none():
    assert read_limits(" (day 3)", 0, 8, ".") is None


def test_the_year_of_a_date_behind_a_value_is_no_value():
    assert labs("CA 19-9 fell to 118 U/mL on January 7, 2019. LDH was 300 U/L on May 4, 2020.") == [
        ("CA 19-9", 118, "U/mL"),
        ("LDH", 300, "U/L"),
    ]


def test_a_decimal_torn_by_a_space_is_joined_and_remarked():
    case = read(Document(name="row", text=PATIENT + "He had anemia (Hb:8. 4g/dl) and pain."))
    assert [(f.analyte, f.value, f.unit, f.remarks) for f in case.of(Lab)] == [
        ("hemoglobin", 8.4, "g/dl", ("written as 8. 4g/dl",))
    ]


def test_a_number_that_closes_a_sentence_is_not_joined_with_the_next():
    assert labs("The hemoglobin was 9. 2 units were given.") == [("hemoglobin", 9, None)]


LATER = [
    (
        "Calcium and PTH levels measured 12 hours after surgery were 8.9 mg/dl and 41 pg/ml, respectively.",
        [("calcium", 8.9, "mg/dl"), ("PTH", 41, "pg/ml")],
    ),
    (
        "PTH determined 10 and 20 minutes after excision was 96 and 48 pg/ml, respectively.",
        [("PTH", 96, "pg/ml"), ("PTH", 48, "pg/ml")],
    ),
    (
        "CEA was 80 µg/l on 3 May 2019 and is 12 µg/l today.",
        [("CEA", 80, "µg/l"), ("CEA", 12, "µg/l")],
    ),
    (
        "AFP fell to 900 ng/mL before the second cycle and 60 ng/mL before the third.",
        [("AFP", 900, "ng/mL"), ("AFP", 60, "ng/mL")],
    ),
    (
        "CA 19-9, which had been 310 U/mL before gemcitabine, fell to 40 U/mL.",
        [("CA 19-9", 310, "U/mL"), ("CA 19-9", 40, "U/mL")],
    ),
    ("CA-125 77 U/ml, control 04.06.2019: 61 U/ml.", [("CA-125", 77, "U/ml"), ("CA-125", 61, "U/ml")]),
    ("NSE, a marker of such tumors, was reduced to 14 ng/mL.", [("NSE", 14, "ng/mL")]),
    ("He had grade 2 creatinine rise (1.7 mg/dL).", [("creatinine", 1.7, "mg/dL")]),
    ("Leukopenia grade 3 at 1.4 G/l was noted.", [("WBC", 1.4, "G/l")]),
    ("Calcitonin 07/06/2019 310 pg/mL.", [("calcitonin", 310, "pg/mL")]),
    ("LDH was 300 U/L and the frobnase was 200 U/L.", [("LDH", 300, "U/L")]),
    ("CEA was 4 µg/l in May and the dose was 20 mg in June.", [("CEA", 4, "µg/l")]),
    ("CEA was 4 µg/l, and the limit is 5 µg/l.", [("CEA", 4, "µg/l")]),
]


@pytest.mark.parametrize(("sentence", "expected"), LATER)
def test_values_that_follow_are_of_the_analyte_that_was_named(sentence, expected):
    assert labs(sentence) == expected


def dated_labs(text):
    """Return (value, day) of each value, in the order of the text."""
    case = read(Document(name="row", text=PATIENT + text))
    return [(fact.value, fact.when.first.isoformat()) for fact in case.of(Lab)]


BRACKETS = [
    (
        "On 11 June 2019 CEA was 48 µg/l (02.05.2019: 3.1).",
        [(48, "2019-06-11"), (3.1, "2019-05-02")],
    ),
    (
        "On 11 June 2019 CA 15-3 was 24 U/mL (was 118 on 14 May 2019).",
        [(24, "2019-06-11"), (118, "2019-05-14")],
    ),
    (
        "LDH 512 U/l (14.05.2019), 198 U/l (11.06.2019).",
        [(512, "2019-05-14"), (198, "2019-06-11")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), BRACKETS)
def test_a_date_in_brackets_that_hold_an_older_value_is_of_that_value_alone(sentence, expected):
    assert dated_labs(sentence) == expected


ROWS = (
    "Table 1. Tumour markers and size of the mass Date AFP (ng/mL) LDH (U/L) Size (cm) May 4, 2019 1,860 505 13.5 "
    "Jun 3, 2019 389 288 - Jul 1, 2019 2.9 188 9.1"
)


def test_a_table_that_ran_into_one_line_with_a_date_before_each_row():
    case = read(Document(name="row", text=f"{PATIENT}Chemotherapy was given.\n\n{ROWS}\n\nHe is well."))
    assert [(f.analyte, f.value, f.unit, f.when.first.isoformat()) for f in case.of(Lab)] == [
        ("AFP", 1860, "ng/mL", "2019-05-04"),
        ("LDH", 505, "U/L", "2019-05-04"),
        ("AFP", 389, "ng/mL", "2019-06-03"),
        ("LDH", 288, "U/L", "2019-06-03"),
        ("AFP", 2.9, "ng/mL", "2019-07-01"),
        ("LDH", 188, "U/L", "2019-07-01"),
    ]


def test_a_table_of_reported_cases_gives_no_values():
    text = ROWS.replace("Tumour markers and size of the mass", "Tumour markers of reported cases")
    case = read(Document(name="row", text=f"{PATIENT}Chemotherapy was given.\n\n{text}\n\nHe is well."))
    assert case.of(Lab) == ()


def test_a_date_for_both_values_is_that_of_the_first_too():
    text = "On 2 June 2019 biopsy was done. AFP 12 ng/mL, LDH 300 U/L (both 24/05/2019)."
    assert dated_labs(text) == [(12, "2019-05-24"), (300, "2019-05-24")]


def test_what_a_unit_relates_to_is_no_analyte_of_its_own():
    assert labs("Urine VMA was 98 mmol/mol creatinine.") == [("VMA", 98, "mmol/mol creatinine")]


AS_LABORATORIES_WRITE = [
    ("Ca 2.75 mmol/L, Ca2+ 2.4 mmol/L.", [("calcium", 2.75, "mmol/L"), ("calcium", 2.4, "mmol/L")]),
    ("Platelet count 45 K/uL.", [("platelets", 45, "K/uL")]),
    ("Creatinine 1.5 -> 2.1 -> 1.2 mg/dL.", [("creatinine", 1.2, "mg/dL")]),
    ("AST/ALT were 5x ULN.", [("AST", 5, "x ULN"), ("ALT", 5, "x ULN")]),
    ("AFP decreased by 50% to 120 ng/mL.", [("AFP", 120, "ng/mL")]),
    (
        "Bilirubin peaked at 12 mg/dL and normalized to 0.8 mg/dL.",
        [("total bilirubin", 12, "mg/dL"), ("total bilirubin", 0.8, "mg/dL")],
    ),
    ("Mg 2.1 mg/dL.", [("magnesium", 2.1, "mg/dL")]),
    ("WBC 12.3 x 10^9/L.", [("WBC", 12.3, "x 10^9/L")]),
]


@pytest.mark.parametrize(("sentence", "expected"), AS_LABORATORIES_WRITE)
def test_values_as_laboratories_write_them(sentence, expected):
    assert labs(sentence) == expected


def test_a_table_in_one_line_with_numbered_days():
    table = "Table 1 Values. Day 0 Day 16 Day 28 CK (U/L, normal < 170) 71 2,870 140 ALT (U/L) 19 512 430"
    case = read(Document(name="row", text=f"{PATIENT}Chemotherapy was given.\n\n{table}\n\nHe is well."))
    assert [(f.analyte, f.value, f.unit) for f in case.of(Lab)] == [
        ("CK", 71, "U/L"),
        ("CK", 2870, "U/L"),
        ("CK", 140, "U/L"),
        ("ALT", 19, "U/L"),
        ("ALT", 512, "U/L"),
        ("ALT", 430, "U/L"),
    ]


def test_a_row_of_values_is_not_one_number_of_millions():
    assert labs("ALT 19 512 430.") == []
    assert labs("Platelets 250 000 /µL.") == [("platelets", 250000, "/µL")]


def values_of(text):
    """Return (analyte, value, first day) of each laboratory value, in the order of the text."""
    patient = "A 35-year-old woman presented in June 2019 with a mass. "
    found = read(Document(name="row", text=patient + text)).of(Lab)
    days = [getattr(fact.when, "first", None) for fact in found]
    return [
        (fact.analyte, fact.value, day.isoformat() if day else None)
        for fact, day in zip(found, days, strict=True)
    ]


def test_a_table_that_ran_into_the_text_without_spaces_has_a_value_for_each_date():
    text = (
        "Results are shown in Table 1. She was treated.Table 1Course of laboratory valuesParameter"
        " March 1, 2020 May 2, 2020"
        " June 3, 2020Hemoglobin (g/dL) 5.9 7.2 8.8Ferritin (ng/mL) 2,910 3,650 870"
        "Normal range of ferritin, 12-300 ng/mL."
    )
    assert values_of(text) == [
        ("hemoglobin", 5.9, "2020-03-01"),
        ("hemoglobin", 7.2, "2020-05-02"),
        ("hemoglobin", 8.8, "2020-06-03"),
        ("ferritin", 2910, "2020-03-01"),
        ("ferritin", 3650, "2020-05-02"),
        ("ferritin", 870, "2020-06-03"),
    ]


SECOND = [
    (
        "The bilirubin had its peak, 13.4 mg/dL, on 19 July 2019 and returned to normal (0.8 mg/dL) only on"
        " 2 September 2019.",
        [("total bilirubin", 13.4, "2019-07-19"), ("total bilirubin", 0.8, "2019-09-02")],
    ),
    (
        "Hemoglobin was initially 11 g/dl (13-17 g/dl) but rapidly came to a low level of 8 g/dl.",
        [("hemoglobin", 11, "2019-06-01"), ("hemoglobin", 8, "2019-06-01")],
    ),
    (
        "Lab 20 July 2019: Leu 5.2, Thr 188, Krea 0.9.",
        [("WBC", 5.2, "2019-07-20"), ("platelets", 188, "2019-07-20"), ("creatinine", 0.9, "2019-07-20")],
    ),
    ("LDH was 300 U/L (normal 120-250 U/L).", [("LDH", 300, "2019-06-01")]),
    (
        "Calcitonin dropped from 2,340 pg/mL (June 2019) to 145 pg/mL (October 2019).",
        [("calcitonin", 2340, "2019-06-01"), ("calcitonin", 145, "2019-10-01")],
    ),
    ("CEA fell from 61 to 22 ng/mL on 2 July 2019.", [("CEA", 22, "2019-07-02")]),
    (
        "Labs 20 July 2019: leuco 9.9, trombo 410, alb 4.1.",
        [("WBC", 9.9, "2019-07-20"), ("platelets", 410, "2019-07-20"), ("albumin", 4.1, "2019-07-20")],
    ),
    ("The creatine kinase culminated at 689 U/L on 2 July 2019.", [("CK", 689, "2019-07-02")]),
    ("The hemoglobin rate was 8.2 g/dl on 2 July 2019.", [("hemoglobin", 8.2, "2019-07-02")]),
    ("On 2 July 2019 she was neutropenic (0.7 G/L).", [("neutrophils", 0.7, "2019-07-02")]),
]


@pytest.mark.parametrize(("text", "expected"), SECOND)
def test_further_values_and_the_words_around_them(text, expected):
    assert values_of(text) == expected


FURTHER = [
    (
        "CA-125 was 1,870 U/mL at diagnosis in May 2017, which fell to 34 U/mL after three cycles of carboplatin and"
        " normalised (12 U/mL) at completion in October 2017.",
        [(1870, "2017-05"), (34, None), (12, "2017-10")],
    ),
    (
        "CA-125 was 1,870 U/mL in May 2017. In June 2017, the level had dropped to 34 U/mL. It rose again to 340 U/mL"
        " in May 2018.",
        [(1870, "2017-05"), (34, "2017-06"), (340, "2018-05")],
    ),
    ("CA-125 was 1,870 U/mL in May 2017. It was reduced to 200 mg daily in June 2017.", [(1870, "2017-05")]),
    ("AFP had dropped to 310 in May 2019 and in June 2019 to 12.", [(310, "2019-05"), (12, "2019-06")]),
    ("AFP had dropped to 310 in May 2019 and in June 2019 he had 12 cycles.", [(310, "2019-05")]),
    (
        "Calcitonin was 1,250 pg/mL pre-op, 14 pg/mL post-op and 88 pg/mL in 2021.",
        [(1250, None), (14, None), (88, "2021")],
    ),
    ("CEA after surgery was 2.1 ng/mL in June 2019.", [(2.1, "2019-06")]),
    ("CEA had decreased to within the normal range (3.1 ng/ml) in May 2019.", [(3.1, "2019-05")]),
]


@pytest.mark.parametrize(("text", "expected"), FURTHER)
def test_further_values_of_an_analyte(text, expected):
    found = read(Document(name="row", text=PATIENT + text)).of(Lab)
    assert [(f.value, str(f.when) if f.when else None) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D.Bil 9.8 mg/dL", ("direct bilirubin", 9.8)),
        ("PTHrP 12.6 pmol/L", ("PTHrP", 12.6)),
        ("haematocrit 28%", ("hematocrit", 28)),
    ],
)
def test_names_of_analytes(text, expected):
    assert [(analyte, value) for analyte, value, _ in labs(f"On admission, {text}.")] == [expected]


WHOLE = [
    ("CK was elevated (1.180 U/l).", [("CK", 1180, "U/l")]),
    ("Hb was 9.1 g/dl, LDH 1,250 U/l.", [("hemoglobin", 9.1, "g/dl"), ("LDH", 1250, "U/l")]),
    ("Platelets were 231.000/µl, Hb 9.1 g/dl.", [("platelets", 231000, "/µl"), ("hemoglobin", 9.1, "g/dl")]),
    # a substance in a mass or a molar concentration may be told to three decimals
    ("Creatinine was 1.234 mg/dl.", [("creatinine", 1.234, "mg/dl")]),
    ("TSH was 1.234 mIU/L.", [("TSH", 1.234, "mIU/L")]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_three_figures_behind_a_sign_are_thousands_where_the_unit_has_no_decimals(text, expected):
    assert labs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AFP fell from 9,840 ng/mL before chemotherapy to 72 ng/mL after 2 cycles and was 3.9 ng/mL in June 2019.",
            [(72.0, "None"), (3.9, "2019-06")],
        ),
        (
            "AFP dropped from 812 to 35 ng/mL in April 2019 and was 12 in June 2019.",
            [(35.0, "2019-04"), (12.0, "2019-06")],
        ),
        ("AFP was 35 ng/mL in April 2019 and he had 12 naevi in June 2019.", [(35.0, "2019-04")]),
    ],
)
def test_values_are_followed_past_counts_of_cycles(text, expected):
    found = read(Document(name="row", text=PATIENT + text)).of(Lab)
    assert [(f.value, str(f.when)) for f in found] == expected
