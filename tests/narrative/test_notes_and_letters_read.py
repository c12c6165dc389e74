"""What notes, letters and reports of different hospitals say in their own short ways. Rows are ours, worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Demographics,
    Diagnosis,
    Lab,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
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


TIMES = [
    # a stop that is followed by its resumption has not the day of that
    (
        "Olaparib was started on 15/01/2022. Blood was given on 21/02/2022; olaparib suspended for 10 days and resumed"
        " at 250 mg on 03/03/2022.",
        [("start", "2022-01-15"), ("stop", "2022-02-21"), ("resume", "2022-03-03")],
    ),
    (
        "She had docetaxel x4 (from 10/08/2020 to 21/09/2020) followed by weekly paclitaxel x12 (until 21/12/2020)."
        " CT on 30/12/2020 was clear.",
        [
            ("start", "2020-08-10"),
            ("stop", "2020-09-21"),
            ("start", "2020-09-21 to 2020-12-30"),
            ("stop", "2020-12-21"),
        ],
    ),
    (
        "Cytarabine was started on 16 February 2022. Midostaurin 50 mg was added on day 8. She left on 9 March 2022.",
        [("start", "2022-02-16"), ("start", "2022-02-23")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_when_one_drug_follows_another(text, expected):
    assert [(event, time) for event, _, time in events(text)] == expected


def test_a_drug_is_not_started_when_the_fever_was_over():
    text = "On 22 February 2022 she had fever. Cefepime was started and fever resolved on 25 February 2022."
    assert [str(f.when) for f in facts(text, Treatment)] == ["2022-02-22"]


def test_units_of_platelets_are_not_those_of_red_cells():
    found = facts("On 22 February 2022 she received 6 units of PRBC and 9 units of platelets.", Treatment)
    assert "9 units" not in [f.dose for f in found if "red blood cells" in f.agents]


def test_proteins_and_clones_are_no_vertebrae():
    text = "Biopsy on 3 May 2019: metastasis of carcinoma, triple negative, PD-L1 (22C3) CPS 2."
    assert lesions(text) == []


def test_a_nodule_is_no_lymph_node():
    text = (
        "PET-CT 1/7/22: 24 mm spiculated LLL nodule SUVmax 11.3; L hilar node 12 mm SUVmax 6.1."
        " CT 11/4/23: nodule 12mm, stable."
    )
    found = [(f.site, f.diameters_mm, f.suv_max) for f in facts(text, Lesion)]
    assert found == [
        ("lung lower lobe", (24,), 11.3),
        ("hilar lymph node", (12,), 6.1),
        ("lung lower lobe", (12,), None),
    ]


def test_genes_behind_a_karyotype_were_found_otherwise():
    text = "Biopsy on 15 February 2022. Karyotype 46,XX. Molecular: FLT3-ITD, DNMT3A R882H."
    assert [(f.target, f.method) for f in facts(text, Test)][1:] == [("FLT3", "other"), ("DNMT3A", "other")]


SUMMARY = (
    "DISCHARGE SUMMARY\nADMIT DATE: 02/14/2018\nDISCHARGE DATE: 02/27/2018\n\n"
    "HISTORY: Mr. Doe is a 58-year-old gentleman with lymphoma.\n\n"
    "HOSPITAL COURSE: CT was done on 02/16/2018. A marrow on 03/01/2018 will be done as outpatient.\n\n"
    "LABS AT DISCHARGE: WBC 2.3, hemoglobin 8.1.\n"
)


def test_labs_at_discharge_are_of_the_day_of_discharge():
    assert {str(f.when) for f in facts(SUMMARY, Lab, "")} == {"2018-02-27"}


def test_a_board_note_tells_the_sex_behind_the_date_of_birth():
    text = "Lung MDM 12/08/2022\nUR 882134, DOB 23/4/1949, male\nPET-CT 1/7/22: 24 mm LLL nodule. She was not present."
    assert [f.sex for f in facts(text, Demographics, "")] == ["male"]


DIAGNOSES = [
    (
        "MDT 7/10/2021\n58 F\nBackground: Pancreatic head adenocarcinoma, borderline.\n",
        "pancreatic head adenocarcinoma",
    ),
    ("MDT 7/10/2021\n58 F\nBackground: HCC on HCV cirrhosis.\n", "hepatocellular carcinoma"),
]


@pytest.mark.parametrize(("text", "term"), DIAGNOSES)
def test_what_a_line_of_background_names_is_the_diagnosis(text, term):
    found = facts(text + "CT 27/9/21 - mass 21 mm.", Diagnosis, "")
    assert [fact.term for fact in found] == [term]


def test_a_dated_line_in_small_letters_is_an_entry_of_its_own():
    text = (
        "52F lung adenocarcinoma\nCT 7/22/19: RUL 2.6x2.0; new liver met seg 6, 1.5cm\n"
        "liquid bx 7/30/19: EGFR L858R 4.2%, 12 of 90 reads, report on file with the laboratory\n"
    )
    assert {str(f.when) for f in facts(text, Lesion, "")} == {"2019-07-22"}
    assert [str(f.when) for f in facts(text, Response, "")] == ["2019-07-22"]


CARD = """OPD CARD
Mr RS 61/M
12/02/21 Bx of pyriform sinus: squamous cell carcinoma
18/02/21 CECT neck: Rt level II LN 2.8x2.1 cm, Lt level III 1.1 cm
Plan: CTRT 66Gy/33#, then surgery
{}29/03/21 mucositis gr 2, Hb 10.1
20/07/21 PET CT: Rt level II LN 1.2cm
"""


def test_what_came_of_a_plan_is_told_by_the_days_below_it():
    text = CARD.format("")
    assert [(f.analyte, str(f.when)) for f in facts(text, Lab, "")] == [("hemoglobin", "2021-03-29")]
    assert [f.diameters_mm for f in facts(text, Lesion, "")] == [(28, 21), (12,)]
    assert [(f.age_years, f.sex) for f in facts(text, Demographics, "")] == [(61, "male")]


def test_undated_lines_below_a_plan_are_of_the_plan():
    text = CARD.format("Hb 8.8 to be corrected\n")
    assert 8.8 not in [f.value for f in facts(text, Lab, "")]


RATED = [
    ("12/2021 PR (81 -> 45 mm)", [("PR", "2021-12")]),
    ("Best response PR (largest metastasis 7 mm on CT 2021-12-02).", [("PR", "2021-12-02")]),
    ("ER 90%, PR (70%) positive in December 2021.", []),
]


@pytest.mark.parametrize(("text", "expected"), RATED)
def test_ratings_in_notes(text, expected):
    told = facts("Pazopanib was started on 18/03/2021.\n" + text, Response)
    assert [(f.category, str(f.when)) for f in told] == expected


def test_what_follows_the_end_of_stable_disease_is_of_that_day():
    told = facts(
        "Pazopanib was started on 18/03/2021. Stable disease until June 2021, then progression.", Response
    )
    assert [str(f.when) for f in told if f.category == "PD"] == ["2021-06"]


def test_a_former_figure_with_its_day_does_not_move_the_story():
    text = "CT 05.09.2022: mass 52 mm. CA 19-9 2450 U/ml (06/2022: 812 U/ml). Bilirubin 1.4 mg/dl."
    told = [(f.value, str(f.when)) for f in facts(text, Lab)]
    assert told == [(2450, "2022-09-05"), (812, "2022-06"), (1.4, "2022-09-05")]


def test_what_was_noticed_long_before_was_taken_out_later():
    text = "She noticed a lump in the left foot in 2010, which was excised in February 2012: sarcoma, SS18"
    text += " rearrangement positive (FISH)."
    assert [str(f.when) for f in facts(text, Treatment)] == ["2012-02"]
    assert [f.method for f in facts(text, Test)] == ["FISH"]


def test_cycles_may_stand_before_the_day_of_the_first():
    assert events("Ifosfamide x 6 from January 2020.") == [("start", ("ifosfamide",), "2020-01")]


def test_an_enzyme_is_no_regimen():
    text = "On 3 May 2022 bilirubin 8.7 mg/dl, AP 612 U/l, gGT 1.034 U/l."
    assert events(text) == []
    assert [(f.analyte, f.value) for f in facts(text, Lab)][1:] == [("ALP", 612), ("GGT", 1034)]


def test_what_was_found_after_a_treatment_began_is_no_first_visit():
    text = (
        "A 3-month-old boy was noted to have a swelling of the left forearm. MRI showed a mass of 46 mm. Larotrectinib"
        " was commenced in August 2017. The tumour was excised in December 2017; no viable tumour was found."
    )
    assert [str(f.when) for f in facts(text, Demographics, "")] == ["at presentation"]


NOT_NEW = [
    # a note may tell the staging behind the treatment
    "Cisplatin 40 mg/m2 was started on 06/18/2020. Staging: PET/CT 05/21/2020 demonstrated a 3.2 cm tongue mass, and"
    " bilateral level II nodes, largest on the left 2.4 cm.",
    "Cisplatin 40 mg/m2 was started on 06/18/2020 (week 5 dose held for creatinine of 1.9).",
]


@pytest.mark.parametrize("text", NOT_NEW)
def test_no_progression_before_treatment_and_no_stop_by_one_dose(text):
    assert facts(text, Response) == ()
    assert [event for event, _, _ in events(text)] == ["start"]


def test_the_largest_of_both_sides_has_its_own():
    text = "PET/CT 05/21/2020 demonstrated bilateral axillary nodes, largest on the left 2.4 cm."
    assert lesions(text) == [("axillary lymph node", "left", (24,), "present")]


def test_brackets_say_what_a_regimen_is_made_of():
    text = "Started AVD (actinomycin, vincristine, doxorubicin) on 25-01-2023."
    assert events(text) == [("start", ("dactinomycin", "doxorubicin", "vincristine"), "2023-01-25")]


def test_an_organ_is_clear_only_where_a_lesion_was_known():
    text = "CT 16-01-2023: mass right kidney 11 cm. Nephroureterectomy 15-03-2023: tumour of 7 cm. USG abdomen normal."
    assert lesions(text)[1:] == [("kidney", "right", (70,), "present")]


def test_a_line_of_a_course_tells_beginning_and_end():
    text = "03/2022 FOLFIRI + aflibercept, last administration 28.04.2022"
    assert [(event, time) for event, _, time in events(text)] == [
        ("start", "2022-03"),
        ("stop", "2022-04-28"),
    ]


def test_at_two_months_never_goes_back():
    text = (
        "A 55-year-old woman had a total thyroidectomy in 2009. TPM3-NTRK1 was found by NGS in May 2018."
        " Entrectinib 600 mg daily led to a partial response at two months."
    )
    assert all(str(f.when)[:4] >= "2018" for f in facts(text, Response, ""))


AGES = [
    ("Name: Master V, 6 yr / M\n", 6, "male"),
    ("Identification: J.R.P., 67 years, male.\n", 67, "male"),
]


@pytest.mark.parametrize(("head", "age", "sex"), AGES)
def test_ages_in_the_heads_of_summaries(head, age, sex):
    text = head + "Presented in May 2023 with a Wilms tumour. CT 3/5/2023: 4 cm mass of the right kidney."
    assert [(f.age_years, f.sex) for f in facts(text, Demographics, "")] == [(age, sex)]


def test_a_note_tells_death_by_a_letter():
    text = "44M glioblastoma\n5/18/20 PD, 4.1 cm. KPS 50. hospice 5/25/20\nd. 7/2/20\n"
    assert [(f.vital, str(f.when)) for f in facts(text, Outcome, "")] == [("dead", "2020-07-02")]


COURSES = [
    ("05/2019-08/2019 paclitaxel x 4: PR", [("PR", "2019-08")]),
    ("05/2019 - 08/2019 paclitaxel 8 cycles, best response SD", [("SD", "2019-05 to 2019-08")]),
    ("Paclitaxel from 05/2019. The lung metastases regressed completely by 12/2019.", [("CR", "2019-12")]),
    ("Paclitaxel from 05/2019. The rash regressed completely by 12/2019.", []),
]


@pytest.mark.parametrize(("text", "expected"), COURSES)
def test_what_a_treatment_brought_is_of_its_end(text, expected):
    assert [(f.category, str(f.when)) for f in facts(text, Response)] == expected


def test_stable_microsatellites_tell_of_no_life():
    text = (
        "SURGICAL PATHOLOGY REPORT\nAge: 62  Sex: F\nDate reported: 08/17/2021\n"
        "FINAL DIAGNOSIS:\nRenal cell carcinoma.\n"
        "NGS: VHL p.L89H. Microsatellite stable.\n"
    )
    assert facts(text, Outcome, "") == ()


def test_a_tumour_that_somebody_has_is_no_history_for_its_treatment():
    text = "A 47 year old man with anaplastic astrocytoma, resected 05/2021, status post radiation."
    assert [f.status for f in facts(text, Diagnosis, "")] == ["final"]


def test_what_a_letter_calls_current_is_of_its_day():
    text = (
        "Oncology consultation, 22.10.2023\n\nDiagnoses:\n1. Multiple myeloma, first diagnosis 04/2018\n"
        " - since 06/2023 teclistamab; 08/2023 VGPR\n\nCurrent: patient feels well. Hb 121 g/l.\n"
    )
    assert [str(f.when) for f in facts(text, Lab, "")] == ["2023-10-22"]


def test_who_remains_in_remission_has_no_disease():
    text = "Paclitaxel from 05/2019. The lung metastases regressed completely by 12/2019, and she remains in remission."
    assert [f.disease for f in facts(text, Outcome)] == ["NED"]


FREE = [
    ("No relapse until November 2022.", ["2022-11"]),
    ("Disease-free until November 2022.", ["2022-11"]),
]


@pytest.mark.parametrize(("text", "days"), FREE)
def test_until_when_nothing_came_back(text, days):
    told = facts(
        "Nivolumab was started in October 2020. Nivolumab was stopped on 4 January 2021. " + text, Response
    )
    assert [str(f.when) for f in told if f.category == "NED" and f.when is not None] == days


def test_nothing_is_free_of_disease_when_it_came_back():
    text = "Nivolumab was started in October 2020. Disease-free until November 2022, when CT showed new metastases."
    assert "2022-11" not in [str(f.when) for f in facts(text, Response) if f.category == "NED"]


def test_an_antibody_by_its_first_letters():
    assert events("12/12/19 bev 10 mg/kg q2w started.") == [("start", ("bevacizumab",), "2019-12-12")]


LISTED_FIRST = (
    "Dear Dr Field,\n\nDate: 05.09.24\n\nDiagnosis: synovial sarcoma of the right thigh, August 2020\n"
    "Treatment: doxorubicin and ifosfamide from 07.09.20 to 09.11.20\n"
    "           pazopanib 800 mg since 27.11.23\n\n"
)


def test_what_befalls_the_treatment_befalls_that_of_its_day():
    letter = LISTED_FIRST + (
        "Doxorubicin and ifosfamide were started on 07.09.20 and ended on 09.11.20 with neutropenic sepsis, grade 4. On"
        " 08.01.24 she had hypertension, grade 3. On 12.02.24 ALT was 187, so it was paused.\n"
    )
    told = read(Document("row", letter))
    harm = {fact.term: fact.agents for fact in told.of(AdverseEvent)}
    assert harm["hypertension"] == ("pazopanib",)
    assert ("stop", ("pazopanib",), "2024-02-12") in events(letter, "")


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Liquid biopsy of 20.02.2024: ROS1 fusion not detectable.", "negative"),
        ("Liquid biopsy of 20.02.2024: ROS1 fusion no longer detectable.", "negative"),
        ("Liquid biopsy of 20.02.2024: ROS1 fusion not evident.", "negative"),
        ("Liquid biopsy of 20.02.2024: ROS1 fusion still detectable.", "positive"),
    ],
)
def test_what_cannot_be_detected_is_not_there(told, result):
    assert [(f.target, f.result) for f in facts(told, Test)] == [("ROS1", result)]
    assert len(facts(told, Alteration)) == (result == "positive")


def test_past_history_and_allergies_of_a_note_tell_nothing_of_this_tumour():
    note = (
        "61 y.o. F with cholangiocarcinoma on futibatinib since 2023.\nPMH: HTN. R breast IDC 2012 s/p lumpectomy,"
        " anastrozole 2012-2017, NED.\nALL: sulfa (hives)\nMEDS: futibatinib 16 mg qd\n"
    )
    told = read(Document("row", note))
    assert not told.of(Response)
    assert all("leukemia" not in fact.term for fact in told.of(Diagnosis))


def test_a_former_figure_in_brackets_has_the_month_before_and_moves_nothing():
    text = "Pazopanib was begun in 2022. CT 27.08.2024: pleural deposit 14 mm (11 in Feb). Reported as stable disease."
    assert [(f.category, str(f.when)) for f in facts(text, Response)] == [("SD", "2024-08-27")]
    assert [str(f.when) for f in facts(text, Lesion)] == ["2024-08-27"]


def test_one_nodule_that_is_gone_beside_measured_ones_is_no_complete_response():
    text = "Pazopanib was begun in 2022. CT 27.08.2024: hilar node 9 mm, RLL scar only, no measurable nodule."
    assert [f.category for f in facts(text, Response)] == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("MRI 30.11.20: 61 x 40 x 38 mm, i.e. stable by RECIST.", [("SD", "2020-11-30")]),
        ("CT chest 19.09.22 showed two left lower lobe nodules, 14 and 9 mm.", [("PD", "2022-09-19")]),
        ("CT chest 19.09.22 showed a stable lung nodule of 4 mm.", []),
    ],
)
def test_responses_as_letters_word_them(told, expected):
    text = "She had a sarcoma of the thigh, resected on 02.03.2020. Doxorubicin was begun in May 2020. "
    assert [(f.category, str(f.when)) for f in facts(text + told, Response)] == expected


def test_a_drug_that_the_family_doctor_is_asked_to_start_is_not_started():
    text = (
        "Pazopanib was begun in 2022. I would call this pazopanib-related hypothyroidism (grade 2) and have asked you"
        " to start levothyroxine."
    )
    assert [f.agents for f in facts(text, Treatment)] == [("pazopanib",)]
    assert [(f.term, f.grade) for f in facts(text, AdverseEvent)] == [("hypothyroidism", 2)]


@pytest.mark.parametrize(
    "last", ["Last seen: 07/22/2023", "Last discussed 22/07/2023", "Previous visit 22.07.2023"]
)
def test_the_visit_before_is_not_when_the_patient_came(last):
    note = (
        f"CLINIC NOTE\nDOB: 02/11/1963      Date of service: 10/24/2024      {last}\n\nHPI: 61 y.o. F with"
        " cholangiocarcinoma.\n- 3/28/2021: CT liver mass 5 cm, biopsy: cholangiocarcinoma.\n"
    )
    assert [str(f.when) for f in facts(note, Demographics, "")] == ["2021-03-28"]


def test_a_quadrant_in_letters_is_the_place_of_its_own_lesion():
    text = "Imatinib since 2022. CT 16/09/2024: PD, liver seg 6 6.6 cm, RIF deposit 4.1 cm."
    assert [(site, side) for site, side, _, _ in lesions(text)] == [
        ("liver segment vi", None),
        ("iliac fossa", "right"),
    ]


MINUTES = (
    "TUMOUR BOARD MINUTES 2023-05-11\nCase 4: 29M, IMT of bladder\nBackground: Haematuria 10/22. TURBT 10 Nov 22:"
    " IMT, ALK"
    " IHC+, FISH ALK rearr.\nPartial cystectomy 12 Jan 23, margins neg.\nCT 2 May 23: local recurrence 2.8cm + 2"
    " pelvic LNs"
    " (1.6, 1.2 cm).\nDiscussion: options crizotinib vs re-resection.\nDecision: Start crizotinib 250 mg BD.\n"
)


def test_the_background_of_a_boards_minutes_is_the_story_of_the_patient():
    told = read(Document("row", MINUTES))
    (patient,) = told.of(Demographics)
    assert (patient.sex, patient.age_years) == ("male", 29)
    assert {fact.code for fact in told.of(Diagnosis)} == {"IMT"}
    assert [(f.method, f.target, f.result, str(f.when)) for f in told.of(Test)] == [
        ("IHC", "ALK", "positive", "2022-11-10"),
        ("FISH", "ALK", "positive", "2022-11-10"),
    ]
    assert [(f.procedure, str(f.when)) for f in told.of(Treatment)] == [
        ("turbt", "2022-11-10"),
        ("partial cystectomy", "2023-01-12"),
    ]
    assert [(f.site, f.diameters_mm) for f in told.of(Lesion)] == [
        ("bladder", (28.0,)),
        ("pelvic lymph node", (16.0,)),
        ("pelvic lymph node", (12.0,)),
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Partial cystectomy 12 Jan 23, margins neg.", "2023-01-12"),
        ("Partial cystectomy Jan 2023.", "2023-01"),
        ("Partial cystectomy on 12 Jan 2023.", "2023-01-12"),
    ],
)
def test_an_operation_with_its_date_was_done(told, expected):
    text = "A 29-year-old man with a bladder tumour was seen in 2022. " + told
    assert [str(f.when) for f in facts(text, Treatment, "")] == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("; ↓ 600 mg Jun 2021 (ALT 3x ULN, G2)", [("change", "2021-06", "600 mg")]),
        (". QTc prolongation gr 2 06/2021, dose ↓ 400 mg BID.", [("change", "2021-06", "400 mg BID")]),
        (".\nMyalgia G2 (11-10-2021) -> dose 400 bd from 14-10-2021.", [("change", "2021-10-14", "400 bd")]),
        (". CEA 12 -> 8 mg/l in June 2021. The mass went from 5 cm -> 3 cm.", []),
    ],
)
def test_an_arrow_before_a_dose_changes_it(told, expected):
    text = "Pazopanib 800 mg from May 2021" + told
    assert [(f.event, str(f.when), f.dose) for f in facts(text, Treatment)][1:] == expected


DESMOID = (
    "SARCOMA MDT OUTCOME FORM                      Date of meeting 02/02/2024\nDOB 11/05/1990  Sex F\n\n"
    "Diagnosis: Desmoid fibromatosis R chest wall, CTNNB1 T41A\nSummary\n- MRI 10/2019 52x38x40mm\n"
    "- MRI 05/2020 54 mm stable\n- Sorafenib 400 mg od from 12/2021; HFSR G3 01/2022 -> 200 mg\n"
)


def test_the_diagnosis_says_where_the_tumour_is_that_a_note_measures():
    told = read(Document("row", DESMOID))
    assert [(f.site, f.laterality, f.diameters_mm, str(f.when)) for f in told.of(Lesion)] == [
        ("chest wall", "right", (52.0, 40.0, 38.0), "2019-10"),
        ("chest wall", "right", (54.0,), "2020-05"),
    ]
    assert [(f.category, str(f.when)) for f in told.of(Response)] == [("SD", "2020-05")]
    assert ("change", ("sorafenib",), "2022-01") in events(DESMOID, "")


OVARY = "A woman of 55 with ovarian cancer was seen in 2018. "


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Recurrence Aug 2019: carbo/PLD x6, olaparib 300 bd maint from Feb 2020.",
            [
                ("start", ("carboplatin", "pegylated liposomal doxorubicin"), "2019-08"),
                ("start", ("olaparib",), "2020-02"),
            ],
        ),
        (
            "She had paclitaxel 80 mg/m2 x 3, carboplatin AUC 5 x 1 in Mar 2022.",
            [("start", ("carboplatin", "paclitaxel"), "2022-03")],
        ),
        (
            "She had paclitaxel in Mar 2022, stopped Sept 2022.",
            [("start", ("paclitaxel",), "2022-03"), ("stop", ("paclitaxel",), "2022-09")],
        ),
        (
            "Mar 2022: PD. Bev + wkly pacli, stopped Sept 2022 d/t proteinuria gr3.",
            [("stop", ("bevacizumab", "paclitaxel"), "2022-09")],
        ),
    ],
)
def test_regimens_in_short_notes(told, expected):
    assert events(told, OVARY) == expected


def test_the_day_of_a_meeting_is_read_whole():
    text = OVARY + "She had paclitaxel in Mar 2022.\nMDT 20/11/22: PD liver (seg 6, 3.1cm).\n"
    assert [(f.category, str(f.when)) for f in facts(text, Response, "")] == [("PD", "2022-11-20")]


def test_organs_rated_apart_without_a_word_between():
    text = OVARY + "Ipilimumab was begun in July 2021. CR liver, PR lung 12/2021."
    assert [(f.category, str(f.when)) for f in facts(text, Response, "")] == [
        ("CR", "2021-12"),
        ("PR", "2021-12"),
    ]
