"""Tests of markers and genes, read from sentences. Every expected value is worked by hand from the words of its row."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab, Test
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a mass of the thigh. The patient underwent biopsy. "


def found_in(text):
    """Return (method, target, result) of each test, in the order of the text."""
    case = read(Document(name="row", text=PATIENT + text))
    return [(fact.method, fact.target, fact.result) for fact in case.of(Test)]


def stains(positive="", negative=""):
    return {("IHC", target, "positive") for target in positive.split()} | {
        ("IHC", target, "negative") for target in negative.split()
    }


LISTS = [
    (
        "IHC showed rhabdoid cells with expression of EMA and CD34, a negative p40, S100, desmin and ERG.",
        stains(positive="EMA CD34", negative="p40 S100 desmin ERG"),
    ),
    (
        "Immunohistochemistry: positive vimentin and CD34, negative desmin, SMA and S100.",
        stains(positive="vimentin CD34", negative="desmin SMA S100"),
    ),
    (
        "Immunohistochemistry showed PD-L1 expression in more than 70% of the tumour cells.",
        {("IHC", "PD-L1", "70%")},
    ),
    (
        "Immunohistochemically, the cells were positive for vimentin, SMA and ALK, and negative "
        "for S100, CD34 and desmin.",
        stains("vimentin SMA ALK", "S100 CD34 desmin"),
    ),
    ("The tumor cells expressed CD34 and STAT6 but not S100 or SMA.", stains("CD34 STAT6", "S100 SMA")),
    ("There was no expression of desmin, myogenin or MyoD1.", stains("", "desmin myogenin MyoD1")),
    (
        "CD34 and STAT6 were strongly positive, while S-100 protein, desmin, and SMA were negative.",
        stains("CD34 STAT6", "S100 desmin SMA"),
    ),
    ("Staining for S100 and HMB-45 was negative.", stains("", "S100 HMB-45")),
    ("SOX10 (+), S100 (+), HMB45 (-), CD34 (–).", stains("SOX10 S100", "HMB-45 CD34")),
    ("IHC: CK7+, TTF-1+, CK20-, p40-.", stains("CK7 TTF-1", "CK20 p40")),
    ("IHC: CD34+/CD31-/ERG-.", stains("CD34", "CD31 ERG")),
    (
        "Stains revealed CD99 (positive), desmin (weakly positive), EMA (focally positive) and myogenin (negative).",
        stains("CD99 desmin EMA", "myogenin"),
    ),
    (
        "ALK positive, SMA focally positive; CD117, S100 and MDM2 negative.",
        stains("ALK SMA", "CD117 S100 MDM2"),
    ),
    (
        "Muscle markers (smooth muscle actin, desmin and myogenin), neural marker (S-100), CD57 "
        "and p63 were negative.",
        stains("", "SMA desmin myogenin S100 CD57 p63"),
    ),
    (
        "Tumor cells were strongly positive for BCL-2 (Figure 4a), CD 99 (Figure 4b) and FLI1 (Figure 4c).",
        stains("BCL2 CD99 FLI1"),
    ),
    ("Tumor cells stained positively for CD117 and DOG1.", stains("CD117 DOG1")),
    ("Most cells showed strong positive staining for VEGFR-2.", stains("VEGFR-2")),
    ("Stain for EMA showed focal scattered positive cells.", stains("EMA")),
    ("Immunohistochemistry: ALK (clone 5A4) diffuse cytoplasmic positivity, p63 (−).", stains("ALK", "p63")),
    ("IHC: S100 focal +, SOX10 -, H3K27me3 retained.", stains("S100 H3K27me3", "SOX10")),
    ("CD99+, desmin neg, CD45 neg.", stains("CD99", "desmin CD45")),
    ("Loss of INI1 expression was noted.", stains("", "INI1")),
    ("IHC: CD56 wk+, desmin focally +ve, S100 -ve, STAT6+(nuclear).", stains("CD56 desmin STAT6", "S100")),
    ("IHC: MyoD1 (cytoplasm +), myogenin (nuclear +++).", stains("MyoD1 myogenin")),
    ("Neoplastic cells express CD34 and STAT6 and do not express desmin.", stains("CD34 STAT6", "desmin")),
    ("The cells were positive on immunostaining for CD31 and ERG.", stains("CD31 ERG")),
    ("We observed a strong staining by calretinin.", stains("calretinin")),
    ("IHC: CD10 patchy, EMA focal, SOX10 negative.", stains("CD10 EMA", "SOX10")),
    (
        "CK7, hormone receptors and CDX2 were non reactive by IHC.",
        stains("", "CK7 CDX2") | {("IHC", "hormone receptors", "negative")},
    ),
    ("IHC: INI1 retained, BRAF V600E (VE1) negative.", stains("INI1") | {("IHC", "BRAF V600E", "negative")}),
    ("SMARCB1 (INI1) expression was retained and SDHB staining was lost.", stains("INI1", "SDHB")),
    (
        "Loss of nuclear MLH1 and PMS2 expression with retained MSH2 and MSH6.",
        stains("MSH2 MSH6", "MLH1 PMS2"),
    ),
    ("The tumor lacked expression of SMARCA4 (BRG1).", stains("", "BRG1")),
    ("The tumor cells were ALK-negative and ROS1-positive.", stains("ROS1", "ALK")),
    (
        "Cells showed reactivity for CD99, patchy positivity for EMA, and no reactivity for desmin or CD34.",
        stains("CD99 EMA", "desmin CD34"),
    ),
    ("Immunohistochemistry for ALK was performed but the result was negative.", stains("", "ALK")),
    ("The cells were CD34- and CD31-positive.", stains("CD34 CD31")),
    ("IHC: EMA and CD34 were only focally expressed, desmin was absent.", stains("EMA CD34", "desmin")),
    ("Stains: positive: CK7, EMA, vimentin; negative: S100, CD34.", stains("CK7 EMA vimentin", "S100 CD34")),
    (
        "By immunohistochemistry, SMA, desmin: positive; S100, CD34: negative.",
        stains("SMA desmin", "S100 CD34"),
    ),
    ("SATB2 was expressed, whereas there was no staining for MDM2 or CDK4.", stains("SATB2", "MDM2 CDK4")),
    ("The lesion showed overexpression of p53 and loss of Rb.", stains("p53", "RB1")),
    ("HER2 was not overexpressed.", stains("", "HER2")),
    ("Immunostains showed epithelial membrane antigen (EMA) (+), S-100 (+).", stains("EMA S100")),
    (
        "Immunohistochemistry showed positive expression of HMB-45 and S100, and negative expression of desmin and"
        " EMA.",
        stains("HMB-45 S100", "desmin EMA"),
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), LISTS)
def test_polarity_is_handed_out_over_lists_before_and_behind_them(sentence, expected):
    assert set(found_in(sentence)) == expected


VALUES = [
    ("The MIB-1 labeling index was approximately 15-20%.", ("IHC", "Ki-67", "15-20%")),
    ("Immunostains: Ki-67 (approximately 30% positive).", ("IHC", "Ki-67", "30%")),
    ("IHC: Ki-67 15 %.", ("IHC", "Ki-67", "15%")),
    ("IHC: Ki-67(+5%).", ("IHC", "Ki-67", "5%")),
    ("Estrogen receptor status were 90%.", ("IHC", "ER", "90%")),
    ("ER was positive (90%).", ("IHC", "ER", "positive (90%)")),
    ("The tumor expressed PD-L1 in 90% of cells.", ("IHC", "PD-L1", "positive (90%)")),
    ("PD-L1 TPS was 60%.", ("IHC", "PD-L1 TPS", "60%")),
    ("The tumour had a PD-L1 CPS of 10.", ("IHC", "PD-L1 CPS", "10")),
    ("HER2 was 2+ by IHC.", ("IHC", "HER2", "equivocal (2+)")),
    ("IDH1 R132H immunostaining was negative.", ("IHC", "IDH1 R132H", "negative")),
    ("IHC: HER2 3+.", ("IHC", "HER2", "positive (3+)")),
    ("IHC: S-100 (±).", ("IHC", "S100", "equivocal")),
    ("p53 showed a wild-type pattern.", ("IHC", "p53", "wild-type pattern")),
    ("A DNA panel showed TMB 2.1 mut/Mb.", ("NGS", "TMB", "2.1 mut/Mb")),
]


MORE_VALUES = [
    ("IHC: CD10+ (60%), BCL2+ (80 %).", [("CD10", "positive (60%)"), ("BCL2", "positive (80%)")]),
    ("PD-L1 (SP263) tumor proportion score of the resected tissue was 40%.", [("PD-L1 TPS", "40%")]),
    ("PD-L1 expression was 0.", [("PD-L1", "negative (0)")]),
    ("HER2 (score 2+), AR H-score 210.", [("HER2", "equivocal (2+)"), ("AR", "h-score 210")]),
    ("NGS: TMB 12; MSI-high.", [("TMB", "12"), ("MSI", "positive")]),
    ("Tumour mutational burden was 3,2 per megabase.", [("TMB", "3.2 mut/Mb")]),
    ("Panel: TMB low.", [("TMB", "low")]),
    ("Microsatellite instability was not detected.", [("MSI", "negative")]),
    ("IHC: p53 wild-type, CK7 positive.", [("p53", "wild-type"), ("CK7", "positive")]),
]


@pytest.mark.parametrize(("sentence", "expected"), MORE_VALUES)
def test_scores_shares_and_burdens_are_values_in_the_notations_of_laboratories(sentence, expected):
    assert [(target, result) for _, target, result in found_in(sentence)] == expected


@pytest.mark.parametrize(
    "sentence", ["CT showed PR, -45%.", "Response was PR (-60%).", "FISH for ALK could not be performed."]
)
def test_a_partial_response_is_no_receptor_and_what_was_not_done_no_result(sentence):
    assert found_in(sentence) == []


OWN_METHODS = [
    ("Panel (Leeds): KRAS G12D.", [("NGS", "KRAS", "positive")]),
    (
        "An immunohistochemical panel showed ALK positive, CK7 negative.",
        [("IHC", "ALK", "positive"), ("IHC", "CK7", "negative")],
    ),
    ("EGFR was wild-type by ARMS-PCR.", [("PCR", "EGFR", "negative")]),
    ("IHC: CK7 (+). PAS-D staining (+).", [("IHC", "CK7", "positive"), ("other", "PAS-D", "positive")]),
    (
        "FISH showed a break-apart of SS18, and an SS18-SSX1 fusion was then confirmed by RT-PCR.",
        [("FISH", "SS18", "positive"), ("PCR", "SS18", "positive")],
    ),
    (
        "RNA sequencing found an EML4-ALK fusion. ALK immunohistochemistry was positive. No alteration in TP53 was "
        "seen.",
        [("NGS", "ALK", "positive"), ("IHC", "ALK", "positive"), ("NGS", "TP53", "negative")],
    ),
]


OWN_METHODS += [
    # FISH with a probe for one gene tells nothing of others
    (
        "RNA sequencing found an EML4-ALK fusion. FISH confirmed a rearrangement of ALK. No ROS1 or NTRK1 fusion was "
        "seen.",
        [
            ("NGS", "ALK", "positive"),
            ("FISH", "ALK", "positive"),
            ("NGS", "ROS1", "negative"),
            ("NGS", "NTRK1", "negative"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), OWN_METHODS)
def test_a_finding_keeps_its_own_method_beside_those_of_others(sentence, expected):
    assert found_in(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "She went on without an ALK-TKI.",
        "The metabolic panel (12 May 2019) was not repeated.",
        "Most such tumors express STAT6.",
    ],
)
def test_an_inhibitor_or_a_panel_of_the_blood_is_no_test_of_a_gene(sentence):
    assert found_in(sentence) == []


NAMED = [
    ("IHC: LCA (-).", "CD45", "LCA", "CD45 (LCA)"),
    ("CK was negative by IHC.", "cytokeratin", "CK", "cytokeratin (CK)"),
    ("S-100 protein was positive by IHC.", "S100", "", "S100"),
    ("Estrogen receptor (ER) was negative by IHC.", "ER", "", "ER"),
    ("RNA sequencing showed an ETV6-NTRK3 fusion.", "NTRK3", "ETV6-NTRK3", "NTRK3 (ETV6-NTRK3)"),
]


@pytest.mark.parametrize(("sentence", "target", "named", "full"), NAMED)
def test_a_target_keeps_the_name_of_the_report_where_it_is_another(sentence, target, named, full):
    (test,) = read(Document(name="row", text=PATIENT + sentence)).of(Test)
    assert (test.target, test.named, test.full_target) == (target, named, full)


REPORTED = [
    ("Histology (Prof. Maier, report of 4 April 2019): CD34+, desmin neg.", "2019-04-04"),
    ("Panel (Leeds, 22/05/2019): KRAS G12D.", "2019-05-22"),
    ("Second opinion (Institute of Pathology, May 2019): STAT6 (+). IHC for CD99 was negative.", "2019-05"),
    ("NGS (issued 7 June 2019) found a KRAS mutation; NRAS wt.", "2019-06-07"),
    ("Revision of the slides of 2011 showed positivity for STAT6.", "2019-03"),
]


@pytest.mark.parametrize(("sentence", "date"), REPORTED)
def test_what_a_report_tells_has_the_date_of_the_report(sentence, date):
    tests = read(Document(name="row", text=PATIENT + sentence)).of(Test)
    assert tests
    assert {test.when.iso for test in tests} == {date}


def test_a_report_ends_where_the_story_goes_on():
    text = "Histology (report of 4 April 2019): CD34+. In June 2019 a new biopsy was positive for STAT6."
    assert [test.when.iso for test in read(Document(name="row", text=PATIENT + text)).of(Test)] == [
        "2019-04-04",
        "2019-06",
    ]


@pytest.mark.parametrize(("sentence", "expected"), VALUES)
def test_a_share_of_cells_or_a_score_is_told_as_the_result(sentence, expected):
    assert found_in(sentence) == [expected]


METHODS = [
    ("FISH revealed a rearrangement in the ALK gene.", [("FISH", "ALK", "positive")]),
    ("FISH for MDM2 amplification was negative.", [("FISH", "MDM2", "negative")]),
    ("HER2 FISH was not amplified.", [("FISH", "HER2", "negative")]),
    ("The FISH assay for rearrangement of the EWSR1 gene was negative.", [("FISH", "EWSR1", "negative")]),
    (
        "FISH confirmed that the EWSR1 gene was rearranged, while the FUS gene was not rearranged.",
        [("FISH", "EWSR1", "positive"), ("FISH", "FUS", "negative")],
    ),
    ("RT-PCR detected the SS18-SSX2 fusion transcript.", [("PCR", "SS18", "positive")]),
    ("Next-generation sequencing revealed a YWHAE-ROS1 fusion.", [("NGS", "ROS1", "positive")]),
    (
        "Next-generation sequencing revealed no mutations in KIT or PDGFRA.",
        [("NGS", "KIT", "negative"), ("NGS", "PDGFRA", "negative")],
    ),
    (
        "RNA sequencing: TPM3::ALK fusion. ROS1 and NTRK3 without fusion.",
        [("NGS", "ALK", "positive"), ("NGS", "ROS1", "negative"), ("NGS", "NTRK3", "negative")],
    ),
    ("PCR: BRAF V600E, NRAS wild type.", [("PCR", "BRAF", "positive"), ("PCR", "NRAS", "negative")]),
    (
        "FISH and RNA-seq both indicated an ALK translocation.",
        [("FISH", "ALK", "positive"), ("NGS", "ALK", "positive")],
    ),
    (
        "Sequencing showed an FGFR2 fusion; IDH1 was wild type and the tumor was microsatellite stable.",
        [("NGS", "FGFR2", "positive"), ("NGS", "IDH1", "negative"), ("NGS", "MSI", "negative")],
    ),
    ("The patient's ROS1 status was positive (FISH, 40% of cells).", [("FISH", "ROS1", "positive")]),
    ("ALK and ROS1 (FISH) were negative.", [("FISH", "ALK", "negative"), ("FISH", "ROS1", "negative")]),
    ("Germline NF1 negative.", [("other", "NF1", "negative")]),
    (
        "HBs antigen and HCV antibody were negative.",
        [("other", "HBsAg", "negative"), ("other", "HCV antibody", "negative")],
    ),
    ("In situ hybridization for EBER was positive.", [("other", "EBER", "positive")]),
    ("EGFR, ALK and ROS1 were negative.", [("other", name, "negative") for name in ("EGFR", "ALK", "ROS1")]),
    (
        "NTRK1/2/3 fusions were not found by NGS.",
        [("NGS", "NTRK1", "negative"), ("NGS", "NTRK2", "negative"), ("NGS", "NTRK3", "negative")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), METHODS)
def test_the_method_is_the_one_that_governs_the_finding(sentence, expected):
    assert sorted(found_in(sentence)) == sorted(expected)


def test_the_method_named_last_goes_on_to_the_next_sentence():
    assert found_in("A FISH analysis was done. It showed the presence of SS18 (SYT) gene rearrangement.") == [
        ("FISH", "SS18", "positive")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "ALK immunohistochemistry should be performed.",
        "A new biopsy was taken and ALK IHC is pending.",
        "S100 is a sensitive marker for melanoma.",
        "ROS1 rearrangement is found in about 10% of IMTs.",
        "Treatment with an ALK inhibitor was started.",
        "CA 19-9 was 1,102 U/mL.",
        "FH: negative for cancer.",
        "ALK was examined by FISH.",
    ],
)
def test_plans_general_statements_and_tests_without_result_are_no_facts(sentence):
    assert found_in(sentence) == []


def test_a_headline_does_not_repeat_a_test_that_is_told_below():
    text = (
        "DIAGNOSES\n1. Inflammatory myofibroblastic tumour of the mesentery, ALK-positive\n\n"
        "HISTORY\nA 30-year-old woman presented on 14.03.2022 with pain.\n\n"
        "PATHOLOGY\nBiopsy 19.04.2022, IHC: ALK positive (cytoplasmic).\n"
    )
    found = read(Document(name="letter", text=text)).of(Test)
    assert [(fact.target, fact.result, fact.when.iso) for fact in found] == [
        ("ALK", "positive", "2022-04-19")
    ]


def test_a_result_is_not_told_twice_for_one_test():
    text = "Immunohistochemistry was positive for ALK. The ALK-positive tumor was resected. ALK was positive by IHC."
    assert found_in(text) == [("IHC", "ALK", "positive")]


def test_the_quote_is_a_piece_of_the_text():
    text = PATIENT + "Immunostains were positive for CD34 and negative for S100."
    case = read(Document(name="row", text=text))
    for fact in case.of(Test):
        assert text[fact.source.span.start : fact.source.span.end] == fact.source.quote


def test_stains_of_slides_read_again_are_dated_like_the_diagnosis_they_led_to():
    text = (
        "A 38-year-old man was seen on 3 September 2019 with hematuria. Resection was performed on "
        "10 September 2019. "
        "The slides were reviewed in a reference center. Immunohistochemistry: ALK (+), desmin (−). "
        "The diagnosis was revised to inflammatory myofibroblastic tumor on 4 October 2019."
    )
    found = read(Document(name="row", text=text)).of(Test)
    assert [(fact.target, fact.when.iso) for fact in found] == [
        ("ALK", "2019-10-04"),
        ("desmin", "2019-10-04"),
    ]


def test_stains_listed_after_a_fish_result_stay_stains():
    text = "FISH demonstrated MDM2 amplification. CDK4 and p16 were positive, S100 was negative."
    found = found_in(text)
    assert ("FISH", "MDM2", "positive") in found
    assert set(found[1:]) == stains("CDK4 p16", "S100")


def test_a_gene_of_wild_type_after_a_fish_result_was_not_seen_by_fish():
    found = found_in("ALK FISH was positive. EGFR was wild type.")
    assert found == [("FISH", "ALK", "positive"), ("other", "EGFR", "negative")]


def test_what_is_not_is_told_by_the_verb_of_the_others():
    assert found_in("IHC: p63 and CK5/6 were expressed, whereas CD5, TTF-1 and SALL4 were not.") == [
        ("IHC", "p63", "positive"),
        ("IHC", "CK5/6", "positive"),
        ("IHC", "CD5", "negative"),
        ("IHC", "TTF-1", "negative"),
        ("IHC", "SALL4", "negative"),
    ]


ADJECTIVES = [
    (
        "The cells were positive for SOX10 and CD56, with negative desmin and CD45.",
        stains("SOX10 CD56", "desmin CD45"),
    ),
    ("Stains showed positive CD34 and STAT6 and negative SMA.", stains("CD34 STAT6", "SMA")),
    ("The cells showed weakly positive synaptophysin but negative TTF-1.", stains("synaptophysin", "TTF-1")),
    ("Desmin was positive and SMA negative.", stains("desmin", "SMA")),
]


@pytest.mark.parametrize(("sentence", "expected"), ADJECTIVES)
def test_a_result_may_stand_as_an_adjective_before_its_markers(sentence, expected):
    assert set(found_in(sentence)) == expected


SERUM = [
    ("CA 19-9 and CEA were within normal limits.", {("CA 19-9", "normal"), ("CEA", "normal")}),
    ("The PSA remained undetectable.", {("PSA", "negative")}),
    ("Tumour markers (AFP, hCG) were normal.", {("AFP", "normal"), ("hCG", "normal")}),
    ("Metanephrines not raised.", {("metanephrine", "normal")}),
    ("CEA was normal in the stained cells.", set()),
    ("CEA was normal (< 5).", set()),
    ("Hemoglobin and creatinine were normal.", set()),
]


@pytest.mark.parametrize(("sentence", "expected"), SERUM)
def test_a_tumour_marker_called_normal_is_a_test_of_the_blood(sentence, expected):
    assert set(found_in(sentence)) == {("other", *one) for one in expected}


def test_a_marker_listed_with_stains_is_none_of_the_blood():
    assert ("IHC", "thyroglobulin", "negative") in found_in(
        "TTF-1 positive, thyroglobulin negative, PAX8 positive."
    )


NAMED = [
    ("NGS did not detect T790M in EGFR.", ("NGS", "EGFR T790M", "negative")),
    ("EGFR L858R was found by PCR.", ("PCR", "EGFR", "positive")),
    ("Germline NGS: no BRCA1 mutation.", ("NGS", "BRCA1", "negative")),
    ("Germline panel: PALB2 + CHEK2 neg.", ("NGS", "PALB2", "negative")),
    ("MET germline neg.", ("other", "MET", "negative")),
    ("HRD score 54, positive.", ("other", "HRD", "positive (54)")),
    ("NGS found a VUS in MSH6.", ("NGS", "MSH6", "positive (variant of uncertain significance)")),
    ("The biopsy showed carcinoma, HR+.", ("IHC", "hormone receptors", "positive")),
    ("HER2 was scored as 2+.", ("IHC", "HER2", "equivocal (2+)")),
    ("p53 aberrant (overexpression).", ("IHC", "p53", "positive (aberrant)")),
    ("Ki-67 (LI: 12%).", ("IHC", "Ki-67", "12%")),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMED)
def test_what_was_tested_is_named_as_closely_as_the_text_names_it(sentence, expected):
    assert expected in found_in(sentence)


NO_TESTS = [
    "Vemurafenib 960 BID + cobimetinib 60 QD was given.",
    "Capmatinib 200 mg BID (reduced) + osimertinib was given.",
    "Vital signs: BP 130/80, HR 88, afebrile.",
    "The trial showed HR 0.62 for survival.",
]


@pytest.mark.parametrize("sentence", NO_TESTS)
def test_schedules_and_rates_are_no_markers(sentence):
    assert found_in(sentence) == []


def test_erbb2_keeps_the_name_that_the_sequencer_gives_it():
    case = read(Document(name="row", text=PATIENT + "NGS showed ERBB2 amplification."))
    assert [(fact.target, fact.named) for fact in case.of(Test)] == [("HER2", "ERBB2")]


OTHERS = [
    ("FISH showed del(17p).", ("FISH", "del(17p)", "positive")),
    ("FISH showed no del(17p).", ("FISH", "del(17p)", "negative")),
    ("The MGMT promoter was unmethylated.", ("other", "MGMT promoter methylation", "negative")),
    ("The ratio of MET to CEP7 signals was 1.3.", ("FISH", "MET", "ratio 1.3")),
    ("HER2/CEP17 ratio 1.2 (not amplified).", ("FISH", "HER2", "negative")),
    ("CSF cytology was negative.", ("other", "CSF cytology", "negative")),
    ("Cytological examination of the CSF found malignant cells.", ("other", "CSF cytology", "positive")),
    ("CSF cytology: atypical cells.", ("other", "CSF cytology", "equivocal")),
    ("Germline panel (84 genes) showed no pathogenic variant.", ("NGS", "germline panel", "negative")),
    ("HIV ELISA negative.", ("other", "HIV", "negative")),
    ("The proliferation index (MIB-1) reached 70%.", ("IHC", "Ki-67", "70%")),
    ("IHC: trypsin+, CK7-.", ("IHC", "trypsin", "positive")),
]


@pytest.mark.parametrize(("sentence", "expected"), OTHERS)
def test_tests_that_are_known_by_no_gene(sentence, expected):
    assert expected in found_in(sentence)


def test_a_variant_is_not_found_by_fish():
    text = "TP53 R248Q was found and isochromosome 12p was demonstrated by FISH."
    assert set(found_in(text)) == {
        ("other", "TP53", "positive"),
        ("FISH", "isochromosome 12p", "positive"),
    }


def test_a_known_infection_is_no_negative_test():
    text = "He had chronic hepatitis B infection and hepatitis C serology was unreactive."
    assert [target for _, target, _ in found_in(text)] == ["HCV antibody"]


def test_a_mutation_that_names_its_gene_is_read_without_it():
    found = found_in("In May 2020 a liquid biopsy was performed to look for T790M, which was negative.")
    assert [(target, result) for _, target, result in found] == [("EGFR T790M", "negative")]


def test_what_an_assay_looks_for_is_not_what_it_found():
    assert (
        found_in(
            "The PIK3CA assay was used to evaluate the most frequent mutations, including H1047R and E542K."
        )
        == []
    )


def test_a_general_statement_about_genes_is_no_result():
    assert found_in("Compared with NTRK1 and NTRK3, NTRK2 fusions are the least common.") == []


def test_a_new_specimen_repeats_a_result_as_a_finding():
    text = "Biopsy in May 2019: HER2-negative carcinoma. In June 2020 a biopsy confirmed a HER2-negative recurrence."
    assert [(target, result) for _, target, result in found_in(text)] == [("HER2", "negative")] * 2


WORDS = [
    ("Sequencing of CTNNB1 showed the S45F mutation.", ("NGS", "CTNNB1", "positive")),
    ("Sequencing of CTNNB1 did not show the S45F mutation.", ("NGS", "CTNNB1 S45F", "negative")),
    ("Blood was tested for germline TP53 mutations, with a negative result.", ("other", "TP53", "negative")),
    (
        "FISH for ALK was positive in 78% of cells, and PCR found an EML4-ALK fusion.",
        ("PCR", "ALK", "positive"),
    ),
    ("EWSR1 was intact by FISH.", ("FISH", "EWSR1", "negative")),
    ("HER2 2+ (FISH not amplified).", ("IHC", "HER2", "equivocal (2+)")),
    ("The proliferation fraction (MIB-1) amounted to 40%.", ("IHC", "Ki-67", "40%")),
    ("Beta-catenin showed nuclear accumulation.", ("IHC", "beta-catenin", "positive")),
    ("The cells marked with CD99.", ("IHC", "CD99", "positive")),
    ("Sequencing was unremarkable for EGFR and KRAS mutations.", ("NGS", "KRAS", "negative")),
    (
        "The MGMT promoter was methylated and 1p/19q were not co-deleted.",
        ("other", "MGMT promoter methylation", "positive"),
    ),
    ("NGS failed to detect EGFR T790M.", ("NGS", "EGFR T790M", "negative")),
    ("NGS found KRAS G12D. MMR: MLH1 and PMS2 lost.", ("IHC", "MLH1", "negative")),
    ("NGS found KRAS G12D, RB1 intact.", ("NGS", "RB1", "negative")),
    ("IHC: Rb intact.", ("IHC", "RB1", "positive")),
]


@pytest.mark.parametrize(("sentence", "expected"), WORDS)
def test_the_words_of_stains_and_of_sequences_are_told_apart(sentence, expected):
    assert expected in found_in(sentence)


SLASHED = [
    ("ER/PR/HER2: +/+/-.", stains("ER PR", "HER2")),
    ("ER/PR/HER2 neg/neg/pos.", stains("HER2", "ER PR")),
    ("ER/PR +/-.", stains("ER", "PR")),
    ("ER+/PR+/HER2-.", stains("ER PR", "HER2")),
    ("S100/SMA +/-.", {("IHC", "S100", "equivocal"), ("IHC", "SMA", "equivocal")}),
    ("There was strong nuclear staining for STAT6.", stains("STAT6")),
    ("No strong staining for CD34 was seen.", stains("", "CD34")),
    ("Focal expression of desmin, without nuclear expression of TFE3.", stains("desmin", "TFE3")),
    ("HER2 (IHC 3+).", {("IHC", "HER2", "positive (3+)")}),
    ("The tumour was IDH-wildtype.", {("other", "IDH", "negative")}),
    ("H. pylori IgG positive.", set()),
]


@pytest.mark.parametrize(("sentence", "expected"), SLASHED)
def test_signs_between_strokes_are_one_each(sentence, expected):
    assert set(found_in(sentence)) == expected


def test_a_list_may_close_with_a_marker_that_is_not_known():
    assert set(found_in("CD3, CD7 and Xyz were negative.")) == stains("", "CD3 CD7")


def test_what_is_told_together_with_a_denied_gene_is_not_denied():
    text = (
        "KRAS was not mutated, which together with hypermethylation of the MLH1 promoter spoke against Lynch."
    )
    assert ("other", "MLH1 promoter methylation", "positive") in found_in(text)


PANELS = [
    ("F1CDx (rpt 5/5/20): KRAS G12D VAF 31%.", {("NGS", "KRAS", "positive")}),
    ("Molecular pathology (panel 27.10.2021): TP53 p.R248W.", {("NGS", "TP53", "positive")}),
    ("Guardant: BRAF V600E 2.3%.", {("NGS", "BRAF", "positive")}),
    (
        "WGS: PIK3CA H1047R, TBXT germline SNP rs2305089, EGFR no ampl., TML 31, TMB 1.1, MSS.",
        {
            ("NGS", "PIK3CA", "positive"),
            ("NGS", "TBXT", "positive"),
            ("NGS", "EGFR", "negative"),
            ("NGS", "TML", "31"),
            ("NGS", "TMB", "1.1"),
            ("NGS", "MSI", "negative"),
        },
    ),
    ("KIT wild type by Sanger.", {("PCR", "KIT", "negative")}),
    ("KIT was wild type by PCR and Sanger sequencing.", {("PCR", "KIT", "negative")}),
    ("IDH1/2: no mutation (PCR).", {("PCR", "IDH1", "negative"), ("PCR", "IDH2", "negative")}),
    ("Germline TSC2: no pathogenic variant.", {("other", "TSC2", "negative")}),
    (
        "NGS: no KIT/BRAF alterations, MGMT promoter methylated, TP53 R248W.",
        {
            ("NGS", "KIT", "negative"),
            ("NGS", "BRAF", "negative"),
            ("NGS", "MGMT promoter methylation", "positive"),
            ("NGS", "TP53", "positive"),
        },
    ),
    (
        "NGS: no ALK rearrangement, ROS1 fusion or MET amplification.",
        {("NGS", "ALK", "negative"), ("NGS", "ROS1", "negative"), ("NGS", "MET", "negative")},
    ),
    (
        "NGS of the relapse evidenced an EZH2 Y646N mutation, which was not present in the first specimen.",
        {("NGS", "EZH2", "positive")},
    ),
    (
        "The panel showed KRAS G12D, absent in the primary tumour.",
        {("NGS", "KRAS", "positive")},
    ),
    ("NGS showed TP53 R175H; KRAS G12D was not present in the sample.",
     {("NGS", "TP53", "positive"), ("NGS", "KRAS G12D", "negative")}),
    ("ALK rearrangement was searched because he never smoked.", set()),
    ("EGFR T790M was sought by PCR and was not found.", {("PCR", "EGFR T790M", "negative")}),
    ("IHC: p53 wt pattern, CK7 (-).", {("IHC", "p53", "wild type pattern"), ("IHC", "CK7", "negative")}),
    ("IHC: p53 (+) in 60%, NapsinA(-).", {("IHC", "p53", "positive (60%)"), ("IHC", "napsin A", "negative")}),
    ("The proliferation index (Ki-67) exceeded 90%.", {("IHC", "Ki-67", "90%")}),
    ("NGS: SMARCB1 deletion (INI1 IHC now lost).", {("NGS", "SMARCB1", "positive"), ("IHC", "INI1", "negative")}),
    ("There was no expression of CD1a (Fig 1).FIG 1. Skin biopsy of the scalp.", {("IHC", "CD1a", "negative")}),
    ("Tumor cells were positive for Merkel cell polyomavirus.", {("IHC", "Merkel cell polyomavirus", "positive")}),
    ("AChR antibodies negative.", {("other", "acetylcholine receptor antibody", "negative")}),
    ("NGS: SDHB p.R46Q VUS; LYST p.V2200I VUS.", {("NGS", "SDHB", "positive"), ("NGS", "LYST", "positive")}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), PANELS)
def test_results_as_boards_and_laboratories_note_them(sentence, expected):
    assert set(found_in(sentence)) == expected


def test_the_reason_of_a_treatment_repeats_no_result():
    story = "RNA-seq on 5 May 2019 found TPM3-ALK. Since the tumour expressed ALK, crizotinib was started."
    assert found_in(story) == [("NGS", "ALK", "positive")]


def test_a_tumour_named_with_its_rearrangement_repeats_no_result():
    story = "RNA-seq found FUS-TFCP2, and he was diagnosed with rhabdomyosarcoma with TFCP2 rearrangement."
    assert len(found_in(story)) == 1


def test_an_old_symbol_is_kept_as_the_name_of_the_report():
    case = read(Document(name="row", text=PATIENT + "H3F3A was wild type by NGS."))
    assert [(fact.target, fact.named) for fact in case.of(Test)] == [("H3-3A", "H3F3A")]


MORE_PANELS = [
    ("HER2 IHC 2+/FISH nonamplified.", {("IHC", "HER2", "equivocal (2+)"), ("FISH", "HER2", "negative")}),
    ("ER 95% PR 60%; Ki-67 18%.", {("IHC", "ER", "95%"), ("IHC", "PR", "60%"), ("IHC", "Ki-67", "18%")}),
    (
        "Molecular: IDH1 R132H mutated, ATRX retained, p53 negative.",
        {("other", "IDH1", "positive"), ("IHC", "ATRX", "positive"), ("IHC", "p53", "negative")},
    ),
    (
        "PCR revealed a KIT exon 11 deletion, with no mutation in exons 9, 13 and 17, or in PDGFRA.",
        {("PCR", "KIT", "positive"), ("PCR", "PDGFRA", "negative")},
    ),
    ("CDKN2A loss and NF1 Q1188* were found.", {("other", "CDKN2A", "positive"), ("other", "NF1", "positive")}),
    ("IHC: SMARCB1 loss, p16 loss.", {("IHC", "INI1", "negative"), ("IHC", "p16", "negative")}),
    (
        "NGS identified mutations in TP53 (c.742C>T, p.R248W) and RB1 (c.1654C>T; p.R552*).",
        {("NGS", "TP53", "positive"), ("NGS", "RB1", "positive")},
    ),
    ("NGS: microsatellites were stable.", {("NGS", "MSI", "negative")}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), MORE_PANELS)
def test_genes_and_their_products_are_told_apart_in_short_lists(sentence, expected):
    assert set(found_in(sentence)) == expected


def test_a_report_below_a_diagnosis_is_no_headline():
    text = (
        "Diagnosis: leiomyosarcoma of the uterus\n- 14 May 2019 hysterectomy. Histo: LMS, 11 cm, "
        "desmin +, SMA +, CD34 -.\n"
        "He was treated with doxorubicin."
    )
    case = read(Document(name="row", text=PATIENT + "\n\n" + text))
    assert {(t.target, t.result, t.when.first.isoformat()) for t in case.of(Test)} == {
        ("desmin", "positive", "2019-05-14"),
        ("SMA", "positive", "2019-05-14"),
        ("CD34", "negative", "2019-05-14"),
    }


def test_a_germline_note_without_a_gene_is_a_panel():
    assert found_in("Germline: no P/LP variant.") == [("other", "germline panel", "negative")]


NOT_FOUND = [
    ("Sequencing failed to show mutations of KIT or BRAF.", {("NGS", "KIT", "negative"), ("NGS", "BRAF", "negative")}),
    ("NGS did not reveal any KRAS mutation.", {("NGS", "KRAS", "negative")}),
    (
        "NGS has not only confirmed EML4-ALK but also TP53 R175H.",
        {("NGS", "ALK", "positive"), ("NGS", "TP53", "positive")},
    ),
    (
        "ALK (Ventana D5F3) and ROS1 FISH were negative.",
        {("IHC", "ALK", "negative"), ("FISH", "ROS1", "negative")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), NOT_FOUND)
def test_a_verb_of_finding_that_is_denied_finds_nothing(sentence, expected):
    assert set(found_in(sentence)) == expected


TURNED = [
    (
        "MYCN was not amplified by FISH, there was 11q loss.",
        {("FISH", "MYCN", "negative"), ("FISH", "del(11q)", "positive")},
    ),
    (
        "Foundation testing was notable for NF1 loss exons 1-5 and PTPN11 E76K.",
        {("NGS", "NF1", "positive"), ("NGS", "PTPN11", "positive")},
    ),
    ("NGS, not detected: EGFR, ALK fusions.", {("NGS", "EGFR", "negative"), ("NGS", "ALK", "negative")}),
    (
        "By NGS, mutations were not detected in KRAS or NRAS.",
        {("NGS", "KRAS", "negative"), ("NGS", "NRAS", "negative")},
    ),
    ("NGS: KRAS not mutated, BRAF V600E.", {("NGS", "KRAS", "negative"), ("NGS", "BRAF", "positive")}),
    (
        "NGS showed a CDKN2A deletion, and NF1 and RB1 were wild type.",
        {("NGS", "CDKN2A", "positive"), ("NGS", "NF1", "negative"), ("NGS", "RB1", "negative")},
    ),
    (
        "NGS showed that KRAS, NRAS, and BRAF were wild type.",
        {("NGS", "KRAS", "negative"), ("NGS", "NRAS", "negative"), ("NGS", "BRAF", "negative")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TURNED)
def test_what_is_denied_of_one_gene_does_not_reach_the_next_statement(sentence, expected):
    assert set(found_in(sentence)) == expected


def test_a_receptor_with_a_number_of_its_own_does_not_take_the_result_behind_the_list():
    sentence = "Immunohistochemistry: oestrogen receptor 56, progesterone receptor 23, HER2 negative."
    assert set(found_in(sentence)) == {("IHC", "HER2", "negative")}
    assert set(found_in("Immunohistochemistry: ER, PR and HER2 negative.")) == stains("", "ER PR HER2")


def test_what_was_found_at_progression_is_no_condition():
    assert set(found_in("At progression, liquid biopsy showed EGFR T790M.")) == {("NGS", "EGFR", "positive")}
    assert found_in("At progression, EGFR T790M should be looked for.") == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("The patient had a karyotype of 46,XX[20].", ["46,XX[20]"]),
        (
            "Cytogenetic analysis showed a complex karyotype: 47,XY,+8,t(9;22)(q34;q11)[18]/46,XY[2].",
            ["47,XY,+8,t(9;22)(q34;q11)[18]/46,XY[2]"],
        ),
        ("Chromosome analysis of the tumour revealed 46,XY,t(11;22)(q24;q12).", ["46,XY,t(11;22)(q24;q12)"]),
        ("Conventional cytogenetics revealed a normal female karyotype.", ["normal"]),
        ("Bone marrow: karyotype 46,XY, normal.", ["normal"]),
        ("Karyotyping was not done; the blood count was normal.", []),
        ("Karyotype: pending. He is 46, XX years of work lie behind him.", []),
    ],
)
def test_a_karyotype_is_read_as_iscn_writes_it(text, result):
    found = read(
        Document(name="row", text="A 50-year-old man presented in March 2019 with fatigue. " + text)
    ).of(Test)
    assert [fact.result for fact in found if fact.target == "karyotype"] == result


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("Germline testing for TP53 and BRCA1 was negative.", [("other", "TP53"), ("other", "BRCA1")]),
        ("Immunohistochemistry for TP53 was negative.", [("IHC", "p53")]),
        (
            "FISH for NTRK1, NTRK2 and NTRK3 was negative.",
            [("FISH", "NTRK1"), ("FISH", "NTRK2"), ("FISH", "NTRK3")],
        ),
        ("NGS: CTNNB1 negative, SMARCB1 negative.", [("NGS", "CTNNB1"), ("NGS", "SMARCB1")]),
        ("Immunohistochemistry was negative for SMARCB1.", [("IHC", "INI1")]),
        ("FISH for ERBB2 was negative.", [("FISH", "HER2")]),
    ],
)
def test_what_is_written_as_a_gene_is_the_gene_unless_it_was_stained(text, tests):
    found = read(
        Document(name="row", text="A 50-year-old man presented in March 2019 with fatigue. " + text)
    ).of(Test)
    assert [(fact.method, fact.target) for fact in found] == tests


@pytest.mark.parametrize(
    "text",
    [
        "CEA was normal at 2.3 ng/mL.",
        "CA 19-9 was within normal limits (21 U/mL).",
        "AFP was normal (3 ng/mL).",
    ],
)
def test_a_marker_that_is_normal_with_a_number_is_a_value_and_no_test(text):
    facts = read(Document(name="row", text="A 50-year-old man presented in March 2019 with fatigue. " + text))
    assert (len(facts.of(Test)), len(facts.of(Lab))) == (0, 1)


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("MDM2 amplified (FISH), CDK4 amplification (NGS).", [("FISH", "MDM2"), ("NGS", "CDK4")]),
        ("MDM2 amp+ (FISH), CDK4 amp (NGS).", [("FISH", "MDM2"), ("NGS", "CDK4")]),
        ("FISH showed MDM2 amplification and CDK4 amplification.", [("FISH", "MDM2"), ("FISH", "CDK4")]),
    ],
)
def test_a_method_in_brackets_is_that_of_what_stands_before_them(text, tests):
    found = read(Document(name="row", text=PATIENT + text)).of(Test)
    assert [(fact.method, fact.target) for fact in found] == tests
