"""What notes, letters and reports of different hospitals say in their own short ways. Rows are ours, worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis, Lab, Lesion, Response, Test, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented in March 2019 with a tumour. "


def facts(text, kind, start=PATIENT):
    """Return the facts of a kind that a row tells."""
    return read(Document("row", start + text)).of(kind)


def lesions(text, start=PATIENT):
    """Return (site, side, diameters, state) of each lesion."""
    return [(f.site, f.laterality, f.diameters_mm, f.state) for f in facts(text, Lesion, start)]


def events(text, start=PATIENT):
    """Return (event, agents, time) of each systemic treatment."""
    return [
        (f.event, f.agents, str(f.when)) for f in facts(text, Treatment, start) if f.modality == "systemic"
    ]


ALLRED = [
    # an Allred score above 2 is positive (Harvey 1999, J Clin Oncol 17:1474)
    ("ER 8/8, PR 6/8, HER2 1+.", ["positive (8/8)", "positive (6/8)", "negative (1+)"]),
    ("ER Allred 7/8, PR 2/8, HER2 0.", ["positive (7/8)", "negative (2/8)", "negative (0)"]),
]


@pytest.mark.parametrize(("text", "results"), ALLRED)
def test_receptors_are_scored_out_of_eight(text, results):
    assert [fact.result for fact in facts(text, Test)] == results


GONE = [
    (
        "The previously seen 2.0 cm left adrenal implant has resolved.",
        [("adrenal gland", "left", (), "absent")],
    ),
    (
        "She had a liver metastasis and pneumonitis; partial response complicated by G2 pneumonitis, resolved.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), GONE)
def test_what_is_gone_has_no_size_and_harm_that_is_over_is_no_lesion(text, expected):
    found = lesions("CT on 3 May 2019 was done. " + text)
    assert [one for one in found if one[3] == "absent"] == expected
    assert not [one for one in found if one[2]]


SIDES = [
    (
        "USG on 21.03.2022 showed B/L adnexal masses, right 9.2x7.5 cm, left 6.4x5.0 cm.",
        [("adnexa", "right", (92, 75), "present"), ("adnexa", "left", (64, 50), "present")],
    ),
    (
        "CT on 25.03.2022 showed bilateral adnexal masses, largest 9.8 x 8.0 cm on right side.",
        [("adnexa", "right", (98, 80), "present")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIDES)
def test_a_side_beside_the_figure_goes_before_that_of_the_organ(text, expected):
    assert lesions(text) == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("USG on 21.03.2022 showed a mass of 3 cm in the liver.", "US"),
        ("Hysterectomy on 8 July 2019. HPR: residual carcinoma of the uterus, 2.8 cm.", "pathology"),
        ("In May 2019 Mr Brown felt a mass of 3 cm in the neck; he told us so.", None),
    ],
)
def test_examinations_by_their_short_names(text, modality):
    assert {fact.modality for fact in facts(text, Lesion)} == {modality}


def test_an_earlier_size_in_brackets_does_not_date_the_new_one():
    text = "CT 30/9/21: liver met seg 4 12mm (was 34mm in Jan). Coeliac node 8mm (was 19mm)."
    found = facts(text, Lesion, "A 71-year-old man with gastric carcinoma diagnosed 14/1/21. ")
    assert [(f.diameters_mm, str(f.when)) for f in found] == [((12,), "2021-09-30"), ((8,), "2021-09-30")]


NO_LESION = [
    "Received on 3 May 2019 is a 9.5 x 7.0 x 3.2 cm oriented lumpectomy.",
    "CT on 3 May 2019 showed a 1.2 cm simple cyst in the left kidney.",
]


@pytest.mark.parametrize("text", NO_LESION)
def test_specimens_and_simple_cysts_are_no_lesions(text):
    assert lesions(text) == []


GIVEN = [
    (
        "She received paclitaxel 260 mg (08.04.22, 29.04.22, 20.05.22) - last cycle on 20.05.22.",
        ["2022-04-08", "2022-05-20"],
    ),
    ("On paclitaxel since 8 April 2022.", ["2022-04-08"]),
    ("CT was done. She is a nurse, on paclitaxel since April 2022.", ["2022-04"]),
    ("Since April 2022 she is on paclitaxel.", ["2022-04"]),
    ("She had paclitaxel 80 mg for 5 cycles (last dose 12 June 2022).", ["None", "2022-06-12"]),
    ("- since 12/2021 paclitaxel, 2 cycles (last 04.01.2022)", ["2021-12", "2022-01-04"]),
    ("Rash on paclitaxel in May 2022.", []),
]


@pytest.mark.parametrize(("text", "times"), GIVEN)
def test_when_a_drug_was_given(text, times):
    assert [time for _, _, time in events(text)] == times


def test_platelets_in_lakhs_keep_their_unit():
    found = [(f.analyte, f.value, f.unit) for f in facts("On 8 July 2022 Plt 2.1 lakhs, Hb 9.8 g/dl.", Lab)]
    assert found == [("platelets", 2.1, "lakhs"), ("hemoglobin", 9.8, "g/dl")]


def test_a_drain_that_is_taken_out_is_not_put_in():
    text = "Hysterectomy on 8 July 2019. Drain removed on 13 July 2019."
    assert [f.procedure for f in facts(text, Treatment) if f.modality == "supportive"] == []


RESPONSES = [
    ("11/2020 progress: pulmonary metastases.", ["PD"]),
    ("11/2020 progress note dictated.", []),
    ("Progression in the neck occurred in October 2020.", ["PD"]),
    ("MRI 9/20/20: cerebellar met no longer seen. NED elsewhere in the brain.", []),
]


@pytest.mark.parametrize(("text", "expected"), RESPONSES)
def test_progress_is_progression_and_no_disease_elsewhere_is_no_remission(text, expected):
    told = facts("Paclitaxel was started on 3 March 2020. " + text, Response)
    assert [fact.category for fact in told] == expected


REPORT = """SURGICAL PATHOLOGY REPORT
Collected: 11/14/2020   Reported: 11/20/2020
Patient: 53-year-old woman with a right breast mass.

FINAL DIAGNOSIS:
Right breast, partial mastectomy: Invasive ductal carcinoma, grade 3, 23 mm.
Metastatic carcinoma in one of three nodes (1/3), largest deposit 5 mm.

RECEPTOR STUDIES (block A4):
Estrogen receptor: Negative (<1%)
HER2 by FISH: Not amplified (HER2/CEP17 ratio 1.3)

COMMENT: The tumor cells are positive for GATA3. MMR proteins are intact (MLH1, MSH2, MSH6, PMS2 retained).
"""


def test_a_pathologists_report_is_read_to_its_comment():
    told = {f.target: (f.method, f.result, str(f.when)) for f in facts(REPORT, Test, "") if f.method == "IHC"}
    day = "2020-11-20"
    assert told == {
        "ER": ("IHC", "negative", day),
        "GATA3": ("IHC", "positive", day),
        **dict.fromkeys(("MLH1", "MSH2", "MSH6", "PMS2"), ("IHC", "positive", day)),
    }
    assert {str(f.when) for f in facts(REPORT, Lesion, "")} == {day}


def test_where_a_metastatic_tumour_comes_from_is_no_metastasis():
    text = (
        "A 59-year-old woman with metastatic leiomyosarcoma of the uterus, status post hysterectomy in 2016."
    )
    assert lesions(text, "") == []
    assert [(f.status) for f in facts(text, Diagnosis, "")] == ["final"]


def test_a_tumour_that_was_operated_on_long_ago_is_history():
    text = (
        "PMH HTN. Breast cancer 2008 s/p lumpectomy. A 67-year-old woman with chordoma was seen in May 2019."
    )
    assert [f.status for f in facts(text, Diagnosis, "") if "breast" in f.term] == ["history"]


def test_not_det_is_not_detected_and_reaches_no_further():
    told = facts("Liquid bx 7/30/19: EGFR L858R 4.2%, T790M not det, MET amp (CN 9).", Test)
    assert [(f.target, f.result) for f in told][1:] == [("EGFR T790M", "negative"), ("MET", "positive")]


def test_a_value_that_came_from_a_month_is_of_the_last_one():
    text = "She was seen on 3 May 2022. CA 15-3 has climbed from 48 kU/L in December to 132 kU/L."
    told = [(f.value, str(f.when)) for f in facts(text, Lab)]
    assert told == [(48, "2021-12"), (132, "2022-05-03")]


def test_what_is_diagnosed_with_a_variant_dates_it():
    text = "A 66-year-old man presented on 3 March 2019. A carcinoma with BRAF V600E was diagnosed."
    assert [(f.target, str(f.when)) for f in facts(text, Test, "")] == [("BRAF", "2019-03-03")]
