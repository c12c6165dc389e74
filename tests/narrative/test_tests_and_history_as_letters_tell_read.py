"""Tests of genes and pieces of history as letters and forms tell them. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.assess import assess
from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Alteration, Demographics, Diagnosis, History, Lesion, Test
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a leiomyosarcoma of the thigh. "


def _read(told, before=PATIENT):
    return read(Document(name="row", text=before + told))


def results_of(told, before=PATIENT):
    """Return the target, the method and the result of each test."""
    return [(f.target, f.method, f.result) for f in _read(told, before).of(Test)]


UNCERTAIN = "positive (variant of uncertain significance)"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Germline panel: negative for pathogenic variants, but with a variant of unknown significance in ATM.",
            [("ATM", "NGS", UNCERTAIN)],
        ),
        (
            "A germline panel showed no pathogenic variant, only a VUS in CHEK2.",
            [("CHEK2", "NGS", UNCERTAIN)],
        ),
        ("The germline panel was normal except for a VUS in BRIP1.", [("BRIP1", "NGS", UNCERTAIN)]),
        ("A germline panel found no pathogenic variant or VUS in BRCA2.", [("BRCA2", "NGS", "negative")]),
        ("The germline panel was negative for a VUS in ATM.", [("ATM", "NGS", "negative")]),
    ],
)
def test_a_variant_of_no_known_meaning_is_found_beside_what_was_not(told, expected):
    assert results_of(told) == expected
    assert len(_read(told).of(Alteration)) == (expected[0][2] == UNCERTAIN)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "RNA panel; ALK and NTRK1-3 negative.",
            {("ALK", "NGS"), ("NTRK1", "NGS"), ("NTRK2", "NGS"), ("NTRK3", "NGS")},
        ),
        (
            "RNA sequencing: no fusion found; ROS1, NTRK1 and NTRK3 negative.",
            {("ROS1", "NGS"), ("NTRK1", "NGS"), ("NTRK3", "NGS")},
        ),
        ("Fusion panel done; NTRK1 and RET negative.", {("NTRK1", "NGS"), ("RET", "NGS")}),
    ],
)
def test_kinase_genes_listed_behind_a_panel_are_no_stains(told, expected):
    found = results_of(told)
    assert {(target.split(" (")[0], method) for target, method, _ in found} >= expected
    assert {result for target, _, result in found} == {"negative"}
    assert "IHC" not in {method for _, method, _ in found}


def test_stains_listed_together_stay_stains():
    assert [m for _, m, _ in results_of("IHC: S100 positive, CD34 positive, ALK and ROS1 negative.")] == [
        "IHC"
    ] * 4


PECOMA = "A 60-year-old woman was diagnosed with a malignant PEComa in May 2021. "
APART = [
    "Tumour sequencing found TSC2 R611Q. Germline: TSC2 negative.",
    "TSC1 and TSC2 were negative on a germline panel. The tumour had a TSC2 mutation by NGS.",
    "Tumour panel: RB1 mutation. Germline RB1: negative.",
]


@pytest.mark.parametrize("told", APART)
def test_a_tumour_and_the_germline_are_two_specimens_and_no_discord(told):
    found = assess(_read(told, PECOMA))
    assert not [c for c in found.conflicts if c.rule == "conflict.discordant_tests"]
    assert any("germline" in row.test for row in found.ledger)
    molecular = next(line.what for line in found.patient.lines if line.rule == "summary.molecular")
    assert "Negative in the germline: " in molecular


def test_two_tests_of_a_tumour_that_differ_are_discordant():
    found = assess(
        _read("NGS of the tumour found a TSC2 mutation. On PCR of the tumour TSC2 was negative.", PECOMA)
    )
    assert [c for c in found.conflicts if c.rule == "conflict.discordant_tests"]


@pytest.mark.parametrize(
    "told",
    [
        "Melanoma 2012? - no, that was his father.",
        "Lymphoma 2012 (this was actually his brother's).",
        "Colon cancer at 41 - checked, that was her sister.",
        "Lymphoma in 2010. (Correction: that was his uncle.)",
    ],
)
def test_what_is_given_back_to_a_relative_is_not_the_patients(told):
    assert [f.term for f in _read(told).of(Diagnosis)] == ["leiomyosarcoma of the thigh"]


def test_a_relative_who_noticed_the_tumour_has_it_not():
    found = _read("In May 2019 a biopsy showed a melanoma - it was his wife who noticed it.")
    assert "melanoma" in [f.term for f in found.of(Diagnosis)]


def comorbidities(told, before=PATIENT):
    return [f.detail for f in _read(told, before).of(History) if f.topic == "comorbidity"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("\nPMH: asthma.\nObs: HR 80, SpO2 97% RA.\n", ["asthma"]),
        ("\nPMH: gout.\nSats 96 on RA, BP 120/80.\n", ["gout"]),
        ("\nPMH: RA, on methotrexate.\n", ["RA, on methotrexate"]),
        (
            "His past history included Hashimoto's thyroiditis and migraine.",
            ["Hashimoto's thyroiditis", "migraine"],
        ),
    ],
)
def test_room_air_is_no_arthritis_and_other_illness_is_kept(told, expected):
    assert comorbidities(told) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Patient initials / age / sex: P.R., 61 y, M\nDiagnosis: leiomyosarcoma\n", ("male", 61.0)),
        ("Patient: 38 years, F\nDiagnosis: leiomyosarcoma\n", ("female", 38.0)),
        ("Patient sex / age: F / 52\nDiagnosis: leiomyosarcoma\n", ("female", 52.0)),
    ],
)
def test_a_form_tells_age_and_sex_between_its_commas(form, expected):
    (who,) = _read(
        form + "Performance status: ECOG 1\nComorbidity: gout\nFamily history: none\n", "FORM\n"
    ).of(Demographics)
    assert (who.sex, who.age_years) == expected


def questions(told):
    return [f.detail for f in _read(told).of(History) if f.topic == "question"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("What we need from the MDT: resection vs observation.", ["resection vs observation."]),
        ("Needed from the board: advice on the next line.", ["advice on the next line."]),
        (
            "He takes pazopanib. Whether the nodule should be irradiated is being discussed.",
            ["Whether the nodule should be irradiated is being discussed."],
        ),
        ("Please discuss this man at the sarcoma MDT on 4 June 2020.", []),
        ("Could you kindly discuss this patient next week.", []),
        ("Please discuss resection of the nodule.", ["Please discuss resection of the nodule."]),
    ],
)
def test_what_a_board_is_asked(told, expected):
    assert questions(told) == expected


ASSESSED = "He has had nivolumab since May 2019.\n\nASSESSMENT AND PLAN\n"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("1. Hepatitis from nivolumab, grade 2.\n", [2]),
        ("- Grade 3 colitis, steroids since Monday.\n", [3]),
        ("2. Immune-related pneumonitis due to nivolumab.\n", [None]),
        ("1. Monitor for colitis from nivolumab.\n", []),
        ("1. Hold nivolumab for grade 3 rash.\n", []),
        ("1. If grade 3 diarrhoea develops, stop.\n", []),
    ],
)
def test_harm_of_an_assessment_stands_though_a_plan_follows(told, expected):
    assert [f.grade for f in _read(ASSESSED + told).of(AdverseEvent)] == expected


def test_harm_under_a_mere_plan_is_not_read():
    assert not _read(
        "He has had nivolumab since May 2019.\n\nPLAN\n1. Grade 3 colitis: stop nivolumab.\n"
    ).of(AdverseEvent)


@pytest.mark.parametrize(
    "told",
    [
        "He had a Wilms tumour as a child.",
        "He had been treated for Ewing sarcoma in childhood.",
        "He had had bilateral retinoblastoma in early infancy.",
    ],
)
def test_a_tumour_of_childhood_is_a_former_one(told):
    assert [f.status for f in _read(told).of(Diagnosis)] == ["final", "history"]


@pytest.mark.parametrize(
    "told",
    [
        "His father also had a retinoblastoma.",
        "Mother renal angiomyolipoma.",
        "His sister had a glioma at 12.",
    ],
)
def test_tumours_of_relatives_are_family_history(told):
    assert [f.topic for f in _read(told).of(History)] == ["family"]


@pytest.mark.parametrize(
    "told",
    [
        "A 40-year-old woman with no family history of cancer presented with a leiomyosarcoma.",
        "A 40-year-old woman with a family history of breast cancer was diagnosed with a leiomyosarcoma.",
    ],
)
def test_what_the_patient_presented_with_is_not_of_the_family(told):
    found = _read(told, "")
    assert [f.term for f in found.of(Diagnosis)] == ["leiomyosarcoma"]


def test_a_family_history_that_is_denied_ends_before_the_patients_verb():
    told = "A 40-year-old woman with no family history of cancer presented with a sarcoma."
    (family,) = _read(told, "").of(History)
    assert (family.detail, family.denied) == ("no family history of cancer", True)


@pytest.mark.parametrize(
    "told",
    [
        "He had a melanoma in 2008, excised. Germline testing came back last week: BRCA2 c.5946delT.",
        "Prostate cancer 2009, treated. A germline panel came back last month: BRCA1 negative.",
    ],
)
def test_a_germline_result_has_not_the_day_of_a_former_tumour(told):
    (test,) = _read(told, "A 50-year-old man has a leiomyosarcoma of the thigh. ").of(Test)
    assert test.when is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("CT in May 2019: adrenal L 14 mm.", "left"),
        ("CT in May 2019: hilar node R 22mm.", "right"),
        ("CT in May 2019: kidney Lt 3.1 cm.", "left"),
    ],
)
def test_a_side_between_a_place_and_its_size_is_that_of_the_place(told, expected):
    (lesion,) = [f for f in _read(told).of(Lesion) if f.diameters_mm]
    assert lesion.laterality == expected


def test_the_day_of_the_meeting_asked_for_is_no_day_of_the_story():
    told = "Please discuss this lady on 12 November 2024. A 52-year-old woman has a chordoma, found in 2017."
    assert all(f.when is None or "2024" not in str(f.when) for f in _read(told, "").facts)
