"""The free text of eligibility: each reading rule, when it fires and when it stays silent.

The texts are written here in the ways in which registries write them; what each asks for was worked out by hand.
"""

from __future__ import annotations

import pytest

from caseboard.knowledge.eligibility.sections import criteria_of_text
from caseboard.knowledge.eligibility.statements import statements_of
from caseboard.knowledge.eligibility.words import canonical
from caseboard.knowledge.trial_shapes import AnyCriterion, Requirement, TrialCriterion

SPOKEN = ("name", "told", "words", "join")


def said(requirement: Requirement) -> str:
    """Say a requirement shortly: its kind, its terms by value, NOT before what is denied."""
    no = "not " if requirement.negated else ""
    if requirement.parts:
        return f"{no}{requirement.join}({'; '.join(said(part) for part in requirement.parts)})"
    told = " ".join(value for name, value in requirement.terms if name not in SPOKEN)
    words = dict(requirement.terms).get("words", "") if requirement.kind == "extent" else ""
    return f"{no}{' '.join(filter(None, (requirement.kind, words, told)))}"


def read(text: str) -> str:
    """Say the whole of a text, or nothing where it is not wholly understood."""
    found = statements_of(text)
    if not found or not all(statement.whole for statement in found):
        return ""
    return " | ".join(
        f"{statement.join}: {'; '.join(said(part) for part in statement.parts)}"
        if len(statement.parts) > 1
        else "".join(said(part) for part in statement.parts)
        for statement in found
    )


FIRES = [
    # patient.performance, patient.performance on a scale
    ("ECOG performance status 0-2", "performance ECOG 0 2"),
    ("Eastern Cooperative Oncology Group (ECOG) performance status ≤ 1", "performance ECOG 0 1"),
    ("ECOG PS of 0, 1 or 2.", "performance ECOG 0 2"),
    ("A performance status of 0 or 1 on the ECOG scale", "performance ECOG 0 1"),
    ("WHO performance status less than or equal to 2", "performance ECOG 0 2"),
    ("ECOG performance status > 2", "performance ECOG 3 5"),
    ("Karnofsky performance status ≥ 70%", "performance Karnofsky 70 100"),
    ("Lansky score of 60 or higher", "performance Karnofsky 60 100"),
    # patient.age
    ("Age ≥ 18 years", "age >=18"),
    ("Patients must be 18 years of age or older", "age >=18"),
    ("Male or female aged 18 to 75 years at the time of informed consent", "age >=18 <=75"),
    ("Age under 18 years", "age <18"),
    ("Aged over 12 years", "age >12"),
    # patient.life expectancy
    ("Life expectancy of at least 12 weeks", "life expectancy >= 12 weeks"),
    # patient.pregnancy, patient.one sex
    ("Pregnant or breast-feeding women", "pregnancy"),
    ("Women of childbearing potential must use contraception", "one sex female"),
    ("Men must use a condom with partners of childbearing potential", "one sex male"),
    # laboratory.limit
    ("Absolute neutrophil count ≥ 1.5 × 10^9/L", "laboratory ANC >= 1.5 10^9/L"),
    ("Platelets ≥ 100,000/mm3", "laboratory platelets >= 100000 /µL"),
    ("Hemoglobin ≥ 9.0 g/dL", "laboratory hemoglobin >= 9.0 g/dL"),
    ("Total bilirubin ≤ 1.5 x upper limit of normal (ULN)", "laboratory total bilirubin <= 1.5 ULN"),
    (
        "AST and ALT ≤ 2.5 × ULN (≤ 5 × ULN in patients with liver metastases)",
        "all(laboratory AST <= 2.5 ULN liver <= 5; laboratory ALT <= 2.5 ULN liver <= 5)",
    ),
    ("Creatinine clearance ≥ 50 mL/min (Cockcroft-Gault)", "laboratory creatinine clearance >= 50 mL/min"),
    (
        "Serum creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min",
        "any(laboratory creatinine <= 1.5 ULN; laboratory creatinine clearance >= 60 mL/min)",
    ),
    # therapy.before, therapy.never, therapy.lines
    ("No prior systemic therapy", "not therapy systemic"),
    ("Prior treatment with an ALK inhibitor", "therapy target:ALK"),
    ("EGFR TKI-naive", "not therapy target:EGFR"),
    ("Has received prior crizotinib", "therapy drug:crizotinib"),
    ("Disease progression on or after platinum-based chemotherapy", "therapy class:platinum progressed"),
    (
        "Prior crizotinib, entrectinib or lorlatinib",
        "any(therapy drug:crizotinib; therapy drug:entrectinib; therapy drug:lorlatinib)",
    ),
    ("Treatment-naive", "not therapy systemic"),
    ("At least one prior line of systemic therapy", "lines >= 1"),
    ("No more than 2 prior lines of therapy", "lines <= 2"),
    ("Previous chemotherapy for metastatic disease", "therapy class:chemotherapy metastatic disease"),
    ("Major surgery within 4 weeks before the first dose", "washout surgery 4 weeks"),
    ("Received chemotherapy within 21 days prior to enrollment", "washout class:chemotherapy 21 days"),
    # alteration.*
    ("ALK rearrangement", "alteration ALK Structural Variation"),
    ("ROS1-positive", "alteration ROS1 Structural Variation"),
    ("EML4-ALK fusion", "alteration EML4 ALK Structural Variation"),
    (
        "NTRK1/2/3 gene fusion",
        "any(alteration NTRK1 Structural Variation; alteration NTRK2 Structural Variation; "
        "alteration NTRK3 Structural Variation)",
    ),
    ("KRAS G12C mutation", "alteration KRAS Mutation p.G12C"),
    ("BRAF V600 mutation", "alteration BRAF Mutation p.V600"),
    (
        "EGFR exon 19 deletion or L858R",
        "any(alteration EGFR Mutation Exon 19 Deletion; alteration EGFR Mutation p.L858R)",
    ),
    ("MET exon 14 skipping", "alteration MET Mutation Exon 14 Skipping Mutation"),
    ("MDM2 amplification", "alteration MDM2 CNV"),
    (
        "EGFR mutation or ALK translocation",
        "any(alteration EGFR Mutation; alteration ALK Structural Variation)",
    ),
    (
        "No EGFR mutation or ALK rearrangement",
        "not any(alteration EGFR Mutation; alteration ALK Structural Variation)",
    ),
    ("BRAF wild-type", "not alteration BRAF Any Variation yes"),
    (
        "ROS1 or ALK fusion by NGS or FISH",
        "any(alteration ROS1 Structural Variation; alteration ALK Structural Variation)",
    ),
    ("ALK fusion-negative", "not alteration ALK Structural Variation"),
    ("ALK-negative", "not alteration ALK Structural Variation"),
    # disease.*, tumour.named
    ("At least one measurable lesion according to RECIST 1.1", "measurable measurable"),
    ("Measurable or evaluable disease", "measurable evaluable"),
    ("Active brain metastases", "metastases brain active"),
    ("Leptomeningeal disease", "metastases meninges"),
    ("Brain metastases or leptomeningeal disease", "any(metastases brain; metastases meninges)"),
    ("History of another malignancy within 5 years", "other cancer 5"),
    ("Histologically confirmed soft tissue sarcoma", "tumour CB:STS"),
    (
        "Histologically or cytologically confirmed locally advanced or metastatic GIST",
        "all: extent locally advanced|metastatic; tumour GIST",
    ),
    ("Stage IIIB/IV non-small cell lung cancer (NSCLC)", "all: extent 3B|4; tumour NSCLC"),
    ("Unresectable or metastatic solid tumors", "all: extent unresectable|metastatic; tumour _SOLID_"),
    ("Non-squamous NSCLC", "tumour NSCLC LUSC"),
    ("Melanoma or renal cell carcinoma", "any(tumour MEL; tumour RCC)"),
]

SILENT = [
    # What turns or limits the meaning leaves the whole open.
    "ECOG performance status 0-1 unless due to the tumour",
    "ECOG performance status 0-1, ECOG 2 may be enrolled after discussion",
    "Brain metastases are allowed if treated",
    "Patients with brain metastases are eligible",
    "Prior malignancy except basal cell carcinoma of the skin",
    "Prior chemotherapy is permitted",
    # Words that are not accounted for.
    "Age ≥ 18 years and able to swallow tablets",
    "ALK rearrangement of unknown clinical meaning in the germline of a parent",
    "Tumour block available for central review of HER2 mutation status",
    # No values, or none that a rule trusts.
    "Adequate performance status",
    "ECOG performance status 0 or 2",
    "Karnofsky 2",
    "Hemoglobin ≥ 9",
    "Platelets ≥ 100 widgets/L",
    # What is planned, or is of others, is not the past.
    "Planned to receive chemotherapy",
    "Candidate for platinum-based chemotherapy",
    "ALK rearrangement by FISH",
    # No gene, no type.
    "EGFR-positive",
    "CNS mutation",
    "HIV-positive",
    "Unmeasurable disease",
    "Women with advanced breast cancer must have had a mastectomy",
    "Male and female patients of reproductive potential must use contraception",
    # A denial behind what is asked for.
    "Brain metastases: none",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FIRES, ids=[text for text, _ in FIRES])
def test_a_text_that_is_wholly_understood_says_what_it_asks_for(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_a_text_that_is_not_wholly_understood_is_left_open(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    ("fusion", "mutation"),
    [
        ("ALK fusion", "ALK mutation"),
        ("RET rearrangement", "RET mutation"),
        ("FGFR2 fusions", "FGFR2 mutations"),
    ],
)
def test_the_type_of_an_alteration_is_kept(fusion: str, mutation: str) -> None:
    assert "Structural Variation" in read(fusion)
    assert "Structural Variation" not in read(mutation)
    assert "Mutation" in read(mutation)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("greater than or equal to 18", "≥ 18"),
        ("no more than 2", "≤ 2"),
        ("less than 1.5 times the upper limit of normal", "< 1.5 × ULN"),
        ("2.5x ULN", "2.5 × ULN"),
        ("1.5 x 109/L", "1.5 10^9/L"),
        ("central nervous system (CNS)", "CNS"),
    ],
)
def test_comparisons_and_limits_are_written_one_way(written: str, plain: str) -> None:
    assert canonical(written) == plain


def told(text: str) -> list[tuple[str, bool, bool]]:
    """Return the criteria of a text: the words, whether they exclude, whether they were understood at all."""
    return [
        (found.text, found.exclusion, bool(found.statements))
        for found in criteria_of_text(text)
        if isinstance(found, TrialCriterion)
    ]


def test_sections_are_told_apart_whatever_their_headings() -> None:
    text = (
        "Key Inclusion Criteria:\n\n* Age ≥ 18 years\n\nNon-inclusion criteria:\n\n* Pregnant women\n\n"
        "INCLUSION CRITERIA\n\n1. ECOG 0-1\n\nExclusion:\n\n- Brain metastases\n"
    )
    assert told(text) == [
        ("Age ≥ 18 years", False, True),
        ("Pregnant women", True, True),
        ("ECOG 0-1", False, True),
        ("Brain metastases", True, True),
    ]


def test_lines_below_a_line_that_only_opens_a_list_stand_for_themselves() -> None:
    opens = "Inclusion Criteria:\n\n* Adequate organ function, as defined by:\n\n"
    text = f"{opens}  * Hemoglobin ≥ 9 g/dL\n  * ANC ≥ 1.5 x 109/L\n"
    assert [words for words, _, _ in told(text)] == ["Hemoglobin ≥ 9 g/dL", "ANC ≥ 1.5 x 109/L"]


def test_lines_below_a_line_that_says_something_belong_to_it_and_are_quoted_with_it() -> None:
    says = "Exclusion Criteria:\n\n* Other malignancy within 3 years, except:\n\n"
    text = f"{says}  * Basal cell carcinoma\n  * Melanoma in situ\n"
    (criterion,) = told(text)
    assert criterion == (
        "Other malignancy within 3 years, except: Basal cell carcinoma; Melanoma in situ",
        True,
        False,
    )


def test_one_of_several_is_an_or() -> None:
    text = "Inclusion Criteria:\n\n* One of the following criteria:\n\n  * ALK rearrangement\n  * ROS1 rearrangement\n"
    (found,) = criteria_of_text(text)
    assert isinstance(found, AnyCriterion)
    assert len(found.parts) == 2


def test_a_heading_for_some_patients_stands_before_each_of_its_lines_and_leaves_them_open() -> None:
    text = "Inclusion Criteria:\n\nCohort B:\n\n* Age ≥ 65 years\n\nExclusion Criteria:\n\n* Pregnant women\n"
    assert told(text) == [
        ("Cohort B: Age ≥ 65 years", False, False),
        ("Pregnant women", True, True),
    ]


def test_marks_of_the_markup_are_no_part_of_the_words() -> None:
    assert told("Inclusion Criteria:\n\n* Life expectancy \\> 3 months") == [
        ("Life expectancy > 3 months", False, True)
    ]


def test_a_heading_with_nothing_below_it_is_quoted_all_the_same() -> None:
    assert told("Inclusion Criteria:\n\nCohort B:\n\nExclusion Criteria:\n") == [("Cohort B:", False, False)]


def test_hostile_texts_cost_linear_time() -> None:
    for unit in (
        "or at least one prior ",
        "ECOG 0 or 1, ",
        "((((",
        "no brain metastases or ",
        "ALK, ROS1, ",
        "9 × ",
        "A",
    ):
        assert isinstance(list(criteria_of_text(unit * 20_000)), list)
        assert isinstance(list(criteria_of_text("* " + (unit + "\n* ") * 2_000)), list)
