"""The assessment of a case: summary, question, key findings, views as of a day, and its published JSON Schema."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from stories import (
    altered,
    diagnosis,
    drug,
    fusion,
    gold,
    harm,
    lab,
    lesion,
    marker,
    outcome,
    patient,
    stated,
    story,
    surgery,
)

from caseboard.assess import DISCLAIMER, assess, findings_of, schema
from caseboard.assess.results import Assessment
from caseboard.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]

HIM = patient("2019-01-10", age=23)
SARCOMA = diagnosis("leiomyosarcoma", "2019-02-01", quote="revised to leiomyosarcoma")
CRIZOTINIB = drug("start", "2019-05-01", "crizotinib")


def question(*facts):
    return assess(story(*facts)).question


def test_everything_told_so_far_stands_in_five_lines():
    found = assess(
        story(
            HIM,
            lesion("thigh", "2019-01-12", 60, laterality="left"),
            diagnosis("nodular fasciitis", "2019-02-01", "working"),
            diagnosis("inflammatory myofibroblastic tumor", "2019-05-02"),
            fusion("TFG", "ROS1", "2019-05-10"),
            CRIZOTINIB,
            stated("PR", "2019-09-01"),
            outcome("alive", "with disease", "2019-12-01"),
        )
    ).patient
    who, diagnosed, molecular, treated, state = (line.what for line in found.lines)
    assert who == "Man, 23 years old, first seen 10 January 2019. First lesion told: left thigh, 60 mm."
    assert diagnosed == (
        "Diagnosis: inflammatory myofibroblastic tumor (2 May 2019), 90 days after the first diagnosis; "
        "before it: nodular fasciitis (1 February 2019)."
    )
    assert molecular == "Found: TFG::ROS1 (10 May 2019)."
    assert treated == "Treatment: line 1 crizotinib (since 1 May 2019, ongoing, best response PR as stated)."
    assert state == (
        "At the last report: alive, with disease (1 December 2019); last response stated: partial response "
        "(1 September 2019); on crizotinib."
    )
    assert all(line.facts for line in found.lines)


def lines_of(*facts) -> list[str]:
    return [line.what for line in assess(story(HIM, SARCOMA, *facts)).patient.lines]


def test_treatments_are_told_in_the_order_of_time_radiotherapy_with_its_dose():
    radiation = {"kind": "treatment", "modality": "radiotherapy", "event": "done", "date": "2019-04"}
    treated = lines_of(
        surgery("wide excision", "2019-03"),
        drug("start", "2019-05-01", "doxorubicin"),
        drug("stop", "2019-08-01", "doxorubicin"),
        drug("start", "2020-01-01", "oxaliplatin", "s-1"),
        {**radiation, "dose": "50 Gy"},
        {**radiation, "dose": "50 Gy"},
    )[3]
    assert treated == (
        "Treatment: wide excision (March 2019); radiotherapy 50 Gy (April 2019); "
        "line 1 doxorubicin (1 May to 1 August 2019); "
        "line 2 oxaliplatin + S-1 (since 1 January 2020, ongoing)."
    )


def test_date_that_several_alterations_share_is_told_once():
    found = lines_of(
        altered("variant", "TP53", "R273H", "2019-04-08"),
        altered("variant", "BRAF", "V600E", "2019-04-08"),
        altered("variant", "KRAS", "G12C", "2020-01"),
    )[2]
    assert found == "Found: TP53 p.R273H, BRAF p.V600E (8 April 2019), KRAS p.G12C (January 2020)."


def test_times_of_a_case_without_dates_are_told_in_whole_months():
    # Four months and ten days are 130 days, and no finer than the words that they were added up from.
    told = {"offset_days": 0}, {"offset_days": 130}
    case = story(
        patient(None, offset_days=0),
        {**diagnosis("sarcoma"), **told[0]},
        {**diagnosis("solitary fibrous tumor"), **told[1]},
        {**drug("start", None, "pazopanib"), **told[0]},
    )
    _, diagnosed, _, treated, _ = (line.what for line in assess(case).patient.lines)
    assert "(about 4 months after presentation), about 4 months after the first diagnosis" in diagnosed
    assert "since presentation" in treated or "from presentation" in treated


def test_regression_without_a_category_is_told_as_a_word_in_the_head():
    treated = lines_of(CRIZOTINIB, stated("MR", "2019-09-01"))[3]
    assert "best response regression as stated" in treated


def test_what_the_last_examinations_saw_stands_in_the_head():
    state = lines_of(
        lesion("thigh", "2019-01-12", 60, laterality="left"),
        lesion("lung", "2019-09-01", 14),
        lesion("liver", "2019-09-20", 30),
        lesion("pleura", "2019-06-01", 20),
        outcome("alive", "with disease", "2019-10-01"),
    )[4]
    assert "lesions told last (1 to 20 September 2019): liver 30 mm, lung 14 mm" in state
    assert "pleura" not in state


def test_no_disease_is_told_once_where_outcome_and_response_tell_it_on_one_day():
    state = lines_of(stated("NED", "2019-10"), outcome("alive", "NED", "2019-10"))[4]
    assert state.count("no evidence of disease") == 1


def test_last_performance_status_stands_with_the_patient():
    fit = {"kind": "history", "topic": "performance status", "detail": "ECOG 1", "date": "2019-02"}
    who = lines_of(fit, {**fit, "detail": "ECOG 2", "date": "2019-09"})[0]
    assert "; ECOG 2" in who
    assert "ECOG 1" not in who


def test_words_of_the_source_are_not_cut_within_a_word():
    text = "Her sister's sarcoma deserves a word with the geneticist."
    told = {"kind": "history", "topic": "family", "detail": "sarcoma deserves a word with the gene"}
    case = story({**told, "quote": told["detail"]}, {**HIM, "quote": "Her"}, text=text)
    assert "family: sarcoma deserves a word with the …" in assess(case).patient.lines[0].what


def test_heading_names_patient_and_diagnosis():
    assert assess(story(HIM, SARCOMA)).patient.heading == "Man, 23 years old: leiomyosarcoma"
    assert assess(story(SARCOMA)).patient.heading == "Leiomyosarcoma"


def test_harm_that_was_also_measured_is_one_key_finding():
    # CTCAE v5.0: neutrophils below 0.5 x 10^9/L are grade 4
    found = assess(
        story(
            HIM,
            SARCOMA,
            drug("start", "2019-05-01", "doxorubicin"),
            harm("neutropenia", 4, "2019-05-11", "doxorubicin"),
            lab("neutrophils", 0.3, "10^9/L", "2019-05-11"),
        )
    )
    assert [one.rule for one in found.key if one.topic == "toxicity"] == ["toxicity.reported"]
    assert next(one.what for one in found.key if one.topic == "toxicity").startswith(
        "Neutrophil count decreased (neutropenia), 11 May 2019: grade 4"
    )


def test_of_harm_the_gravest_and_of_that_the_latest_is_the_key_finding():
    # made by hand: what a board has to know first is the last severe harm, not the first
    found = assess(
        story(
            HIM,
            SARCOMA,
            drug("start", "2018-02-01", "sunitinib"),
            harm("hand-foot syndrome", 3, "2018-04-01", "sunitinib"),
            drug("stop", "2019-03-01", "sunitinib"),
            drug("start", "2019-04-01", "pembrolizumab"),
            harm("hepatitis", 3, "2020-02-01", "pembrolizumab"),
            harm("rash", 2, "2020-05-01", "pembrolizumab"),
        )
    )
    told = [one.what for one in found.key if one.topic == "toxicity"]
    assert len(told) == 1
    assert "hepatitis" in told[0]


def test_how_the_record_was_counted_is_no_key_finding():
    found = assess(
        story(HIM, SARCOMA, drug("start", "2019-05", "doxorubicin"), drug("start", "2019-08", "trabectedin"))
    )
    assert "course.switch_without_progression" in found.rules
    assert "course.switch_without_progression" not in {one.rule for one in found.key}


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("ewing sarcoma", "Ewing sarcoma"),
        ("ntrk-rearranged spindle cell sarcoma", "NTRK-rearranged spindle cell sarcoma"),
        ("leiomyosarcoma", "leiomyosarcoma"),
    ],
)
def test_a_name_or_gene_in_a_diagnosis_and_a_segment_in_a_site_are_written_as_usual(term, said):
    found = assess(
        story(HIM, diagnosis(term, "2019-02-01"), lesion("liver segment iv", "2019-02-01", 12))
    ).patient
    assert found.lines[0].what.endswith("First lesion told: liver segment IV, 12 mm.")
    assert found.lines[1].what == f"Diagnosis: {said} (1 February 2019)."


def test_a_positive_test_without_a_named_alteration_is_told():
    ss18 = marker("SS18", "positive", "FISH", date="2019-03")
    found = assess(story(HIM, SARCOMA, ss18, marker("CD99", "positive", date="2019-03"))).patient
    assert found.lines[2].what == "Found: SS18 rearrangement (March 2019)."
    tp53 = marker("TP53", "positive", "FISH", date="2019-03")
    found = assess(story(HIM, SARCOMA, tp53, marker("CD99", "positive", date="2019-03"))).patient
    assert found.lines[2].what == "Positive: TP53 (FISH)."
    found = assess(story(HIM, SARCOMA, ss18, altered("rearrangement", "SS18"))).patient
    assert "Positive" not in found.lines[2].what


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ((HIM,), "What is the diagnosis, and how is it to be reached?"),
        ((HIM, SARCOMA), "Which treatment is to be given for leiomyosarcoma?"),
        (
            (HIM, SARCOMA, CRIZOTINIB),
            "Crizotinib has begun (1 May 2019) for leiomyosarcoma, and no response is told yet: "
            "is it the right treatment?",
        ),
        (
            (HIM, SARCOMA, CRIZOTINIB, stated("PR", "2019-08-01")),
            "Leiomyosarcoma responds to crizotinib (1 August 2019): go on as it is, or treat what is left locally?",
        ),
        (
            (HIM, SARCOMA, CRIZOTINIB, stated("PD", "2019-08-01")),
            "Progression on crizotinib (1 August 2019): which treatment next?",
        ),
        (
            (HIM, SARCOMA, CRIZOTINIB, drug("stop", "2019-07-01", "crizotinib"), stated("PD", "2019-08-01")),
            "Progression (1 August 2019) after crizotinib had been stopped (1 July 2019), not on it: "
            "crizotinib again, another drug, or local treatment?",
        ),
        (
            (HIM, SARCOMA, CRIZOTINIB, stated("CR", "2019-08-01")),
            "Complete response on crizotinib (1 August 2019): go on, pause or stop, and how to follow up?",
        ),
        (
            (HIM, SARCOMA, surgery("resection", "2019-03-01"), stated("NED", "2019-08-01")),
            "No evidence of disease (1 August 2019), and no treatment running: follow up, or treat further?",
        ),
        (
            (
                HIM,
                SARCOMA,
                stated("PD", "2019-08-01"),
                surgery("metastasectomy", "2019-09-01"),
                outcome("alive", "NED", "2019-12-24"),
            ),
            "No evidence of disease after progression (1 August 2019), and no systemic treatment running: "
            "follow up, or treat further?",
        ),
        (
            (HIM, SARCOMA, outcome("dead", "with disease", "2019-12-24")),
            "The patient has died (24 December 2019). The case is shown for review; no decision is asked.",
        ),
    ],
)
def test_the_question_follows_from_the_state_of_the_case(facts, asked):
    assert question(*facts) == asked


def test_the_question_names_no_drug_of_an_earlier_line_whose_stop_is_not_told():
    """The drugs of a line end where the next begins: docetaxel in 2019 is no part of a progression in 2023."""
    told = (
        HIM,
        SARCOMA,
        drug("start", "2019-05-01", "docetaxel"),
        drug("start", "2020-09-17", "trabectedin"),
        stated("PD", "2021-02-13"),
    )
    assert question(*told) == "Progression on trabectedin (13 February 2021): which treatment next?"
    stopped = (*told[:4], drug("stop", "2021-01-10", "trabectedin"), told[4])
    assert question(*stopped) == (
        "Progression (13 February 2021) after trabectedin had been stopped (10 January 2021), not on it: "
        "trabectedin again, another drug, or local treatment?"
    )


def test_progression_told_right_after_the_last_dose_is_taken_as_progression_on_the_drug():
    asked = question(
        HIM,
        SARCOMA,
        CRIZOTINIB,
        drug("stop", "2019-07-31", "crizotinib"),
        stated("PD", "2019-08-01"),
    )
    assert asked == (
        "Progression (1 August 2019) within four weeks of the end of crizotinib (31 July 2019), "
        "taken as progression on it: which treatment next?"
    )


def test_the_question_names_all_drugs_of_the_line_that_is_running():
    asked = question(
        HIM,
        SARCOMA,
        drug("start", "2019-05-01", "doxorubicin"),
        drug("start", "2019-05-10", "ifosfamide"),
        stated("PD", "2019-08-13"),
    )
    assert asked == "Progression on doxorubicin + ifosfamide (13 August 2019): which treatment next?"


def test_the_summary_tells_an_amplification_once_where_its_ratio_is_told_too():
    """MDM2 amplified with ratio 8.9 is one finding of one day; a finding of another day stays."""
    plain = altered("amplification", "MDM2", None, "2019-03")
    measured = altered("amplification", "MDM2", "ratio 8.9", "2019-03")
    found = assess(story(HIM, SARCOMA, plain, measured)).patient
    assert found.lines[2].what == "Found: MDM2 amplification ratio 8.9 (March 2019)."
    later = altered("amplification", "MDM2", "ratio 8.9", "2020-03")
    found = assess(story(HIM, SARCOMA, plain, later)).patient
    assert (
        found.lines[2].what
        == "Found: MDM2 amplification (March 2019), MDM2 amplification ratio 8.9 (March 2020)."
    )


def test_the_summary_tells_no_test_whose_gene_was_found_altered_under_its_other_name():
    """HER2 is the protein of ERBB2 (HGNC 3430): the amplification found says it already."""
    found = assess(
        story(
            HIM,
            SARCOMA,
            altered("amplification", "ERBB2", "copy number 22", "2019-03"),
            marker("HER2", "positive", "NGS", "2019-03"),
        )
    ).patient
    assert "Positive" not in found.lines[2].what


def test_the_question_names_a_resistance_variant_found_since_the_progression():
    asked = question(
        HIM,
        diagnosis("ntrk-rearranged spindle cell sarcoma", "2019-02-01"),
        fusion("TPM3", "NTRK1", "2019-02-10"),
        drug("start", "2019-05-01", "larotrectinib"),
        stated("PD", "2020-02-13"),
        altered("variant", "NTRK1", "G595R", "2020-02-19"),
    )
    assert (
        asked
        == "Progression on larotrectinib (13 February 2020): which treatment next? NTRK1 G595R was found since."
    )


def test_the_question_says_what_must_be_settled_first():
    asked = question(
        HIM, diagnosis("myofibroblastic sarcoma", "2019-02-01"), drug("start", "2019-03", "doxorubicin")
    )
    assert "First: Review of the diagnosis (myofibroblastic sarcoma)" in asked
    assert "ALK immunohistochemistry" in asked


def test_key_findings_are_few_and_the_weightiest_come_first():
    found = assess(
        story(
            HIM,
            lesion("thigh", "2019-01", 60, by="MRI"),
            diagnosis("nodular fasciitis", "2019-02", "working"),
            lesion("thigh", "2019-07", 75, by="MRI"),
        )
    )
    assert found.key[0].rule == "workup.benign_diagnosis_contradicted"
    assert found.key[0].level == "critical"
    assert len(found.key) <= 7
    assert all(one.level != "info" for one in found.key)


def test_the_rules_that_were_asked_are_counted_fired_or_not():
    found = assess(story(HIM, SARCOMA))
    fired = [one.rule for one in findings_of(found)]
    assert found.rules["workup.benign_diagnosis_contradicted"] == 0
    assert found.rules["summary.who"] == 1
    assert all(
        found.rules[rule] == fired.count(rule) - sum(k.rule == rule for k in found.key) for rule in fired
    )


def test_every_finding_names_its_rule_and_facts_of_the_case(shared):
    case = gold(shared, "seed_ros1_imt")
    known = {fact.id for fact in case.facts}
    for one in findings_of(assess(case)):
        assert one.rule
        assert set(one.facts) <= known


def test_a_patient_of_whom_nothing_is_told_is_an_error_that_says_so():
    with pytest.raises(UsageError, match="nothing is told of patient 2"):
        assess(story(HIM), patient=2)
    with pytest.raises(UsageError, match="by 2001-01-01"):
        assess(story(HIM), cutoff=date(2001, 1, 1))


def test_an_assessment_survives_the_way_through_json():
    found = assess(story(HIM, SARCOMA, CRIZOTINIB, stated("PR", "2019-08-01")))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Assessment) == found


def test_the_published_schema_is_current():
    published = json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8"))
    assert published == schema(), "run `caseboard schema > docs/assessment.schema.json`"
    assert published["title"]
    assert published["$id"]


def test_the_disclaimer_is_on_every_assessment():
    assert assess(story(HIM)).disclaimer == DISCLAIMER
    assert "not a medical device" in DISCLAIMER


def test_july_2018_shows_a_benign_diagnosis_that_the_growth_contradicts(shared):
    found = assess(gold(shared, "seed_ros1_imt"), cutoff=date(2018, 7, 31))
    top = found.key[0]
    assert (top.rule, top.level) == ("workup.benign_diagnosis_contradicted", "critical")
    assert "60 to 75 mm" in top.what
    assert found.question.startswith("Can the diagnosis of nodular fasciitis stand")


def test_march_2019_shows_a_sarcoma_without_expert_review_and_without_alk(shared):
    found = assess(gold(shared, "seed_ros1_imt"), cutoff=date(2019, 3, 31))
    assert [one.rule for one in found.key[:2]] == ["workup.expert_pathology_review", "workup.alk_in_imt"]
    assert "A second opinion has been asked for" in found.key[0].detail


@pytest.mark.parametrize(
    ("day", "unknown"),
    [
        (
            date(2018, 7, 31),
            ("sarcoma of", "myofibroblastic sarcoma", "ROS1", "YWHAE", "crizotinib", "2019", "2020"),
        ),
        (date(2019, 3, 31), ("YWHAE", "crizotinib", "April 2019", "2020", "2021")),
    ],
)
def test_a_view_as_of_a_day_knows_nothing_later(shared, day, unknown):
    found = assess(gold(shared, "seed_ros1_imt"), cutoff=day)
    told = msgspec.structs.replace(found, knowledge=(), rules={})
    assert not any(document.title for document in found.documents)
    text = msgspec.json.encode(told).decode()
    # Rules name genes and guidelines of their own; what they cite must be of the year at the latest.
    own = "".join(
        f"{one.what} {one.detail}" for one in findings_of(told) if one.topic in ("course", "conflict")
    )
    assert not [word for word in unknown if word in own + found.question]
    assert '"fact":"f27"' not in text
    years = [int(word) for one in findings_of(told) for c in one.citations for word in _years(c.text)]
    assert max(years) <= day.year


def _years(text: str) -> list[str]:

    return re.findall(r"\b(?:19|20)\d\d\b", text)


def test_the_whole_reference_case(shared):
    found = assess(gold(shared, "seed_ros1_imt"))
    assert found.question == (
        "No evidence of disease on crizotinib (April 2021): go on, pause or stop, and how to follow up?"
    )
    assert "inflammatory myofibroblastic tumor" in found.patient.lines[1].what
    assert found.patient.lines[2].what.startswith("Found: YWHAE::ROS1")
    assert "ALK (IHC)" in found.patient.lines[2].what
    assert len(found.key) <= 7


def test_every_reference_case_is_assessed_in_full(shared):
    for path in sorted((shared / "gold" / "dev").glob("*.facts.jsonl")):
        case = gold(shared, path.name.removesuffix(".facts.jsonl"))
        for one in case.patients:
            found = assess(case, patient=one.number)
            assert found.question
            assert len(found.patient.lines) == 5
            assert len(found.key) <= 7
