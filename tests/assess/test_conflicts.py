"""Conflicts and gaps: for each rule a case in which it fires and one in which it stays silent."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from stories import (
    diagnosis,
    drug,
    gold,
    harm,
    lab,
    lesion,
    marker,
    outcome,
    patient,
    stated,
    story,
)

from caseboard.assess.conflicts import conflicts, rule_names
from caseboard.assess.course import build_course
from caseboard.case import DateInterval

HIM = patient("2019-01")
REMARK = {"remarks": ["read as YWHAE: no gene YWHAE1 is known"]}
RESOLVED = {"certainty": "resolved", "why": "anchored to the sentence before"}


def found(case, **more):
    by_rule = {}
    for one in conflicts(case, build_course(case), **more):
        by_rule.setdefault(one.rule, []).append(one)
    return by_rule


def told(text, *facts):
    return story(*facts, text=text)


def aged(text, age=23):
    return told(text, patient("2019-01", age=age, quote=f"a {age}-year-old man"))


def published_in(year, case):
    documents = tuple(msgspec.structs.replace(one, published=DateInterval.of(year)) for one in case.documents)
    return msgspec.structs.replace(case, documents=documents)


DIED = outcome("dead", "with disease", "2019-12-01")
BLOOD = (lab("AST", 145, "U/L", "2019-02"), lab("ALT", 440, "U/L", "2019-02"))

FIRES = {
    "conflict.two_ages": aged("We report a 24-year-old patient. In 2019 a 23-year-old man came."),
    "conflict.corrected_in_reading": story(HIM, marker("YWHAE", "positive", **REMARK)),
    "conflict.ratio": story(HIM, *BLOOD, lab("AST/ALT ratio", 0.32, None, "2019-02")),
    "conflict.percent_change": told(
        "A man came. CT: the mass shrank from 80 to 40 mm (60 % less).",
        patient(quote="A man"),
        lesion("lung", None, 40, quote="80 to 40 mm"),
    ),
    "conflict.complete_response_with_lesion": story(
        HIM, stated("CR", "2019-05-01"), lesion("lung", "2019-05-01", 22)
    ),
    "conflict.two_final_diagnoses": story(
        HIM, diagnosis("leiomyosarcoma", "2019-02"), diagnosis("melanoma", "2019-02")
    ),
    "conflict.discordant_tests": story(HIM, marker("ALK", "positive"), marker("ALK", "negative", "FISH")),
    "conflict.stop_before_start": story(
        HIM, drug("start", "2019-05", "imatinib"), drug("stop", "2019-03", "imatinib")
    ),
    "conflict.after_death": story(HIM, DIED, lesion("lung", "2020-02-01", 10)),
    "conflict.after_publication": published_in(
        2021, told("A man came in 2022.", patient("2022-01", quote="A man came in 2022"))
    ),
    "conflict.out_of_order": story(HIM, lesion("lung", "2019-12", 10), stated("SD", "2019-02", **RESOLVED)),
    "conflict.duration": told(
        "A man got imatinib. In December 2019, after 3 months of therapy, CT was better.",
        patient("2019-01", quote="A man"),
        drug("start", "2019-02", "imatinib", quote="got imatinib"),
        stated("PR", "2019-12", quote="CT was better"),
    ),
    "gap.no_scan_before_line": story(
        HIM, lesion("lung", "2019-02-01", 30), drug("start", "2019-05-01", "imatinib")
    ),
    "gap.drug_without_start": story(HIM, drug("stop", "2019-03", "imatinib")),
    "gap.undated_facts": story(HIM, diagnosis("lipoma")),
    "gap.undecided_at_cutoff": story(HIM, diagnosis("lipoma", "2019")).as_of(date(2019, 6, 30)),
    "gap.reader_remark": msgspec.structs.replace(story(HIM), remarks=("not read: a table",)),
    "gap.no_diagnosis": story(HIM, drug("start", "2019-03", "imatinib")),
}
SILENT = {
    "conflict.two_ages": [
        aged("In 2019 a 23-year-old man came. A 26-year-old man was reported before (6)."),
        aged("In 2019 a 23-year-old man came. We report that a 24-year-old woman came too."),
        aged("In 2019 a 23-year-old man came. The 57-year-old man of our case series died."),
    ],
    "conflict.corrected_in_reading": [
        story(HIM, marker("YWHAE", "positive")),
        story(HIM, lab("ALT", 5, "U/L", remarks=["written as < 5"])),
    ],
    "conflict.ratio": [
        story(HIM, *BLOOD, lab("AST/ALT ratio", 0.33, None, "2019-02")),
        story(HIM, lab("AST/ALT ratio", 0.32, None, "2019-02")),
        story(HIM, *BLOOD, lab("AST/ALT ratio", 0.9, None, "2020-02")),
    ],
    "conflict.percent_change": [
        told(
            "A man came. CT: the mass shrank from 80 to 40 mm (50 % less).",
            patient(quote="A man"),
            lesion("lung", None, 40, quote="80 to 40 mm"),
        ),
        told(
            "A man came. CT: the mass shrank from 8 cm to 40 mm (50 % less).",
            patient(quote="A man"),
            lesion("lung", None, 40, quote="8 cm to 40 mm"),
        ),
    ],
    "conflict.complete_response_with_lesion": [
        story(HIM, stated("CR", "2019-05-01"), lesion("lung", "2019-03-01", 22)),
        story(HIM, stated("PR", "2019-05-01"), lesion("lung", "2019-05-01", 22)),
        # the specimen of what was measured before it was taken out
        story(HIM, stated("CR", "2019-05-01", "pathological"), lesion("lung", "2019-05-01", 22)),
        # a lymph node below 10 mm is normal by RECIST 1.1, section 4.3.1
        story(HIM, stated("CR", "2019-05-01"), lesion("hilar lymph node", "2019-05-01", 9)),
    ],
    "conflict.two_final_diagnoses": [
        story(HIM, diagnosis("leiomyosarcoma", "2019-02"), diagnosis("sarcoma", "2019-02")),
        story(HIM, diagnosis("leiomyosarcoma", "2019-02"), diagnosis("melanoma", "2019-03")),
        story(
            HIM,
            diagnosis("adenocarcinoma", "2019-02"),
            diagnosis("intrahepatic cholangiocarcinoma", "2019-02"),
        ),
    ],
    "conflict.discordant_tests": [
        story(HIM, marker("ALK", "positive"), marker("ALK", "positive", "FISH")),
        story(HIM, marker("ALK", "positive"), marker("ROS1", "negative", "FISH")),
        # one exon is mutated, another is not: the gene is tested in parts
        told(
            "A man came. A KIT exon 13 mutation was found, but no KIT exon 17 mutation, and no secondary KIT mutation.",
            patient(quote="A man"),
            marker("KIT", "positive", "NGS", quote="A KIT exon 13 mutation was found"),
            marker("KIT", "negative", "NGS", quote="no KIT exon 17 mutation"),
            marker("KIT", "negative", "NGS", quote="no secondary KIT mutation"),
        ),
        # a fusion without a mutation of its kinase
        told(
            "A man came. An ETV6::NTRK3 fusion was found, and no NTRK3 kinase domain mutation.",
            patient(quote="A man"),
            marker("NTRK3", "positive", "NGS", quote="ETV6::NTRK3 fusion"),
            marker("NTRK3", "negative", "NGS", quote="NTRK3 kinase domain mutation"),
        ),
    ],
    "conflict.stop_before_start": [
        story(HIM, drug("start", "2019-02", "imatinib"), drug("stop", "2019-03", "imatinib")),
        story(HIM, drug("start", "2019", "imatinib"), drug("stop", "2019-03", "imatinib")),
    ],
    "conflict.after_death": [story(HIM, lesion("lung", "2019-11-01", 10), DIED)],
    "conflict.after_publication": [
        published_in(2022, told("A man came in 2022.", patient("2022-01", quote="A man came in 2022")))
    ],
    "conflict.out_of_order": [
        story(HIM, lesion("lung", "2019-12", 10), stated("SD", "2019-02")),
        story(HIM, lesion("lung", "2019-12", 10), stated("SD", "2019-10", **RESOLVED)),
        # what follows the outcome is told again, in a discussion
        story(HIM, outcome("alive", "NED", "2019-12"), stated("SD", "2019-02", **RESOLVED)),
    ],
    "conflict.duration": [
        told(
            "A man got imatinib. In May 2019, after 3 months of therapy, CT was better.",
            patient("2019-01", quote="A man"),
            drug("start", "2019-02", "imatinib", quote="got imatinib"),
            stated("PR", "2019-05", quote="CT was better"),
        ),
        told(
            "A man got imatinib. It was resumed. In December 2019, after 3 months of therapy, CT was better.",
            patient("2019-01", quote="A man"),
            drug("start", "2019-02", "imatinib", quote="got imatinib"),
            drug("resume", "2019-09", "imatinib", quote="It was resumed"),
            stated("PR", "2019-12", quote="CT was better"),
        ),
    ],
    "gap.no_scan_before_line": [
        story(HIM, lesion("lung", "2019-04-10", 30), drug("start", "2019-05-01", "imatinib")),
        story(
            HIM,
            lesion("lung", "2019-02-01", 30),
            lesion("lung", "2019-04-01", state="absent"),
            drug("start", "2019-05-01", "imatinib"),
        ),
        story(HIM, lesion("lung", "2019-02-01", 30, by="pathology"), drug("start", "2019-05-01", "imatinib")),
        story(
            HIM,
            lesion("lung", "2019-02-01", 30),
            lesion("lung", "2019-04-20", 35, by=None),
            drug("start", "2019-05-01", "imatinib"),
        ),
    ],
    "gap.drug_without_start": [
        story(HIM, drug("start", "2019-02", "imatinib"), drug("stop", None, "imatinib"))
    ],
    "gap.undated_facts": [story(HIM, diagnosis("lipoma", "2019-02"))],
    "gap.undecided_at_cutoff": [story(HIM, diagnosis("lipoma", "2019")).as_of(date(2019, 12, 31))],
    "gap.reader_remark": [
        msgspec.structs.replace(story(HIM), remarks=("age: 23 in the case, but 24 before it",))
    ],
    "gap.no_diagnosis": [story(HIM, diagnosis("lipoma"), drug("start", "2019-03", "imatinib"))],
}


@pytest.mark.parametrize("rule", sorted(FIRES))
def test_a_rule_fires(rule):
    fired = found(FIRES[rule]).get(rule, [])
    assert len(fired) == 1
    assert fired[0].topic == ("gap" if rule.startswith("gap.") else "conflict")


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, cases in SILENT.items() for case in cases])
def test_a_rule_stays_silent(rule, case):
    assert rule not in found(case)


def test_every_rule_is_tested_for_firing_and_for_silence():
    assert set(rule_names()) == set(FIRES) == set(SILENT)


def test_the_age_of_the_other_patient_of_a_report_is_not_this_one_s():
    case = aged("We compare a 24-year-old man with another. In 2019 a 23-year-old man came.")
    assert "conflict.two_ages" in found(case)
    assert "conflict.two_ages" not in found(case, others=(24.0,))


def test_an_age_that_the_reader_remarked_is_said_once():
    case = FIRES["conflict.two_ages"]
    case = msgspec.structs.replace(
        case, remarks=("age: 23 in the case, but '24-year-old patient' before it",)
    )
    (one,) = found(case)["conflict.two_ages"]
    assert "24 elsewhere" in one.what
    assert one.detail == case.remarks[0]


def test_a_ratio_is_held_to_the_digits_in_which_it_is_given():
    # 145 / 440 = 0.3295: 0.3 is right to one digit, 0.32 is wrong to two
    assert "conflict.ratio" not in found(story(HIM, *BLOOD, lab("AST/ALT ratio", 0.3, None, "2019-02")))
    (one,) = found(FIRES["conflict.ratio"])["conflict.ratio"]
    assert one.what == "AST/ALT ratio is given as 0.32, but 145 / 440 is 0.33."
    assert one.facts == ("f4", "f2", "f3")


def test_harm_blamed_on_a_drug_that_was_never_given_is_a_gap():
    case = story(HIM, drug("start", "2019-03", "imatinib"), harm("rash", 2, "2019-04", "sunitinib"))
    assert "sunitinib" in found(case)["gap.drug_without_start"][0].what


def test_the_weightiest_come_first():
    case = story(HIM, diagnosis("lipoma"), *BLOOD, DIED, lesion("lung", "2020-02-01", 10))
    levels = [one.level for one in conflicts(case, build_course(case))]
    assert levels == sorted(levels, key=("critical", "warning", "note", "info").index)


def test_the_reference_case_shows_the_faults_of_its_report(shared):
    rules = found(gold(shared, "seed_ros1_imt"))
    assert "23 years old where the case is told, and 24 elsewhere" in rules["conflict.two_ages"][0].what
    assert rules["conflict.ratio"][0].what == "AST/ALT ratio is given as 0.32, but 145 / 440 is 0.33."
    scans = [one.what for one in rules["gap.no_scan_before_line"]]
    # CT of March 2019, crizotinib from May 2019: between 31 (31 March to 1 May) and 91 days (1 March to 31 May)
    assert any("Line 2 (crizotinib)" in what and "31 to 91 days earlier" in what for what in scans)


@pytest.mark.parametrize(
    ("name", "number", "others", "expected"),
    [
        (
            "report_cholangiocarcinoma_fgfr2",
            1,
            (),
            {"conflict.two_ages"},
        ),  # 67 in the abstract, 66 in the case
        ("report_gist_two_patients", 2, (54.0,), {"conflict.two_ages"}),
        ("report_bladder_imt_alk", 1, (), set()),
        ("letter_ntrk_sarcoma", 1, (), set()),
        ("letter_ewing", 1, (), set()),
        ("letter_melanoma", 1, (), set()),
    ],
)
def test_no_conflict_is_invented_in_the_other_reference_cases(shared, name, number, others, expected):
    assert set(found(gold(shared, name).for_patient(number), others=others)) == expected
