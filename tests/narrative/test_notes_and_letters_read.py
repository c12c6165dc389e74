"""What notes, letters and reports of different hospitals say in their own short ways. Rows are ours, worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lab, Lesion, Response, Test, Treatment
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
