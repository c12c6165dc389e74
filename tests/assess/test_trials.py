"""Trials: records made up here in the registries' layouts; the answers worked out by hand."""

from __future__ import annotations

import json

import msgspec
import pytest

from caseboard.__main__ import main
from caseboard.assess.eligibility import trial_reports
from caseboard.assess.patient_profile import profile_of
from caseboard.case import Alteration, Case, DateInterval, Demographics, Diagnosis, History, Source, Test
from caseboard.errors import InputError
from caseboard.knowledge import versions
from caseboard.knowledge.trial_store import load_trials
from caseboard.knowledge.trials import read_trials
from timing import seconds

SOURCE = Source("note", "")
AT = DateInterval.of(2018, 4)
BASE = (
    Demographics(id="f1", source=SOURCE, sex="male", age_years=23, when=AT),
    Diagnosis(id="f2", source=SOURCE, term="inflammatory myofibroblastic tumor", when=AT),
    Alteration(id="f3", source=SOURCE, type="fusion", gene5="YWHAE", gene3="ROS1", when=AT),
)


def study(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "minimumAge": "12 Years",
        "sex": "ALL",
        "eligibilityCriteria": (
            "Inclusion Criteria:\n\n* ECOG performance status 0-2\n\nExclusion Criteria:\n\n* Pregnancy"
        ),
    }
    status = changes.pop("status", "RECRUITING")
    number = changes.pop("number", "NCT1")
    conditions = changes.pop("conditions", ["Inflammatory Myofibroblastic Tumor"])
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "A trial"},
            "statusModule": {"overallStatus": status},
            "conditionsModule": {"conditions": conditions},
            "eligibilityModule": fields | changes,
        }
    }


def ctml(*match: dict[str, object]) -> dict[str, object]:
    arm = {"arm_code": "A", "arm_suspended": "N", "match": list(match)}
    return {"protocol_no": "11-1", "status": "Open to Accrual", "treatment_list": {"step": [{"arm": [arm]}]}}


@pytest.fixture
def held(tmp_path):
    def hold(record: dict[str, object], *facts: object):
        path = tmp_path / "trial.json"
        path.write_text(json.dumps(record))
        case = Case(title="t", facts=(*BASE, *facts))
        (report,) = trial_reports(profile_of(case), read_trials(str(path)))
        return report

    return hold


def results(answers) -> dict[str, tuple[str, bool]]:
    return {
        found.text.partition(":")[0].partition(" ")[0]: (found.result, found.mendable) for found in answers
    }


def test_a_registered_trial_is_answered_criterion_by_criterion(held):
    report = held(study())
    assert results(report.answers) == {
        "status": ("PASS", False),
        "age": ("PASS", False),
        "conditions": ("PASS", False),
        "ECOG": ("UNDETERMINED", False),
        "Pregnancy": ("PASS", False),
    }
    assert report.verdict == "may fit"
    assert report.answers[-1].sentence == "The patient is male."


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"minimumAge": "30 Years"}, "not now"),
        ({"maximumAge": "17 Years"}, "ruled out"),
        ({"minimumAge": "24 Years"}, "may fit"),
        ({"sex": "FEMALE"}, "ruled out"),
        ({"status": "COMPLETED"}, "ruled out"),
        ({"status": "NOT_YET_RECRUITING"}, "not now"),
        ({"status": "UNKNOWN"}, "may fit"),
        ({"conditions": ["Lung adenocarcinoma"]}, "ruled out"),
        ({"conditions": ["Lung adenocarcinoma", "Something new"]}, "may fit"),
        ({"conditions": ["Lung Adenocarcinoma, Recurrent", "NSCLC Stage IV"]}, "ruled out"),
        ({"conditions": ["Metastatic Inflammatory Myofibroblastic Tumor"]}, "may fit"),
        ({"conditions": ["Sarcoma"]}, "may fit"),
        ({"conditions": ["Acute myeloid leukemia"]}, "ruled out"),
    ],
)
def test_only_what_time_cannot_mend_rules_a_trial_out(held, changes, verdict):
    assert held(study(**changes)).verdict == verdict


def test_a_performance_status_is_held_against_the_limit_and_could_mend(held):
    def performance(status: str):
        fact = History(
            id="f9", source=Source("n", f"ECOG {status}"), topic="performance status", detail=f"ECOG {status}"
        )
        return results(held(study(), fact).answers)["ECOG"]

    assert performance("1") == ("PASS", False)
    assert performance("3") == ("FAIL", True)


def genomic(**terms: str) -> dict[str, object]:
    return {"genomic": terms}


SV = {"variant_category": "Structural Variation"}


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (genomic(hugo_symbol="ROS1", **SV), "PASS"),
        (genomic(hugo_symbol="ROS1", fusion_partner_hugo_symbol="any_gene", **SV), "PASS"),
        (genomic(hugo_symbol="any_gene", fusion_partner_hugo_symbol="ROS1", **SV), "PASS"),
        (genomic(hugo_symbol="YWHAE", fusion_partner_hugo_symbol="ROS1", **SV), "PASS"),
        (genomic(hugo_symbol="CD74", fusion_partner_hugo_symbol="ROS1", **SV), "UNDETERMINED"),
        (genomic(hugo_symbol="ALK", **SV), "UNDETERMINED"),
        (genomic(hugo_symbol="ROS1", variant_category="Mutation"), "UNDETERMINED"),
        (genomic(hugo_symbol="ROS1", variant_category="!Structural Variation"), "FAIL"),
        (genomic(hugo_symbol="ALK", variant_category="!Structural Variation"), "UNDETERMINED"),
        (genomic(hugo_symbol="KIT", variant_category="Mutation", protein_change="p.V560D"), "PASS"),
        (genomic(hugo_symbol="KIT", variant_category="Mutation", protein_change="p.V559D"), "UNDETERMINED"),
        (genomic(hugo_symbol="KIT", variant_category="Mutation", wildcard_protein_change="p.V560"), "PASS"),
        (genomic(hugo_symbol="KIT", variant_category="Mutation", protein_change="!p.V560D"), "FAIL"),
        (genomic(hugo_symbol="KRAS", variant_category="Mutation"), "FAIL"),
        (genomic(hugo_symbol="KRAS", variant_category="!Mutation"), "PASS"),
        (genomic(hugo_symbol="MDM2", variant_category="CNV", cnv_call="High Amplification"), "WARN"),
        (genomic(hugo_symbol="MDM2", variant_category="CNV", cnv_call="Homozygous Deletion"), "UNDETERMINED"),
        (genomic(hugo_symbol="NTRK3", **SV), "FAIL"),
        (genomic(hugo_symbol="KIT", variant_category="Mutation", shoe_size="44"), "UNDETERMINED"),
        ({"clinical": {"age_numerical": ">=18"}}, "PASS"),
        ({"clinical": {"age_numerical": "<18"}}, "FAIL"),
        ({"clinical": {"oncotree_primary_diagnosis": "Inflammatory Myofibroblastic Tumor"}}, "PASS"),
        ({"clinical": {"oncotree_primary_diagnosis": "!Melanoma"}}, "PASS"),
        ({"clinical": {"oncotree_primary_diagnosis": "_SOLID_"}}, "PASS"),
        ({"clinical": {"oncotree_primary_diagnosis": "_LIQUID_"}}, "FAIL"),
        ({"clinical": {"gender": "Female"}}, "FAIL"),
        ({"clinical": {"her2_status": "True"}}, "UNDETERMINED"),
        ({"clinical": {"shoe_size": "44"}}, "UNDETERMINED"),
        ({"horoscope": "Leo"}, "UNDETERMINED"),
    ],
    ids=str,
)
def test_a_criterion_of_ctml_is_answered_as_worked_out_by_hand(held, criterion, expected):
    more = (
        Alteration(id="f4", source=SOURCE, type="variant", gene="KIT", change="V560D"),
        Alteration(id="f5", source=SOURCE, type="variant", gene="KRAS", change="wild type"),
        Alteration(id="f6", source=SOURCE, type="amplification", gene="MDM2"),
        Test(id="f7", source=SOURCE, method="FISH", target="NTRK3", result="negative"),
    )
    (arm,) = held(ctml(criterion), *more).arms
    (found,) = arm.answers
    assert found.result == expected
    assert found.sentence.endswith(".")
    assert found.text


def test_a_rearrangement_without_partner_meets_one_gene_and_may_meet_a_pair(tmp_path):
    fact = Alteration(id="f3", source=SOURCE, type="rearrangement", gene="ALK")
    profile = profile_of(Case(title="t", facts=(*BASE[:2], fact)))
    path = tmp_path / "trial.json"

    def result(**terms: str) -> str:
        path.write_text(json.dumps(ctml(genomic(**terms, **SV))))
        return trial_reports(profile, read_trials(str(path)))[0].arms[0].answers[0].result

    assert result(hugo_symbol="ALK") == "PASS"
    assert result(hugo_symbol="EML4", fusion_partner_hugo_symbol="ALK") == "UNDETERMINED"


def test_or_takes_the_best_and_and_the_worst(held):
    ros1, young = genomic(hugo_symbol="ROS1", **SV), {"clinical": {"age_numerical": "<18"}}
    assert held(ctml({"or": [ros1, young]})).verdict == "fits"
    assert held(ctml({"and": [ros1, young]})).verdict == "ruled out"
    assert (
        held(ctml({"and": [ros1, {"or": [young, {"clinical": {"age_numerical": ">=30"}}]}]})).verdict
        == "not now"
    )


def test_a_suspended_arm_is_not_for_now_and_another_arm_may_be(held):
    record = ctml(genomic(hugo_symbol="ROS1", **SV))
    record["treatment_list"]["step"][0]["arm"][0]["arm_suspended"] = "Y"
    assert held(record).verdict == "not now"
    open_arm = {"arm_code": "B", "match": [genomic(hugo_symbol="ROS1", **SV)]}
    record["treatment_list"]["step"][0]["arm"].append(open_arm)
    report = held(record)
    assert (report.verdict, [arm.verdict for arm in report.arms]) == ("fits", ["not now", "fits"])


def test_yaml_lines_of_json_and_folders_are_read(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "protocol_no: 1-1\ntreatment_list: {step: []}\n---\nprotocol_no: 1-2\ntreatment_list: {}\n"
    )
    (tmp_path / "b.json").write_text(json.dumps(study()) + "\n" + json.dumps(study()) + "\n")
    (tmp_path / "notes.txt").write_text("not a trial")
    assert [trial.id for trial in read_trials(str(tmp_path))] == ["1-1", "1-2", "NCT1", "NCT1"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{", "cannot be read"),
        ('{"a": 1}', "record 1: it is no trial: .*its fields are a"),
        ("[1]", "record 1: it is no trial: .*`object`, got `int`"),
        ("[]", "no trial in it"),
    ],
)
def test_what_is_no_trial_is_named_in_one_line(tmp_path, content, found):
    path = tmp_path / "trial.json"
    path.write_text(content)
    with pytest.raises(InputError, match=found):
        read_trials(str(path))


def test_the_command_prints_what_is_not_ruled_out(tmp_path, capsys):
    case, records = tmp_path / "facts.jsonl", tmp_path / "trials.json"
    case.write_text(
        '{"id":"f1","patient":1,"kind":"patient","sex":"male","age_years":23,"date":"2018-04"}\n'
        '{"id":"f2","patient":1,"kind":"diagnosis","term":"inflammatory myofibroblastic tumor"}\n'
    )
    records.write_text(json.dumps([study(), study(number="NCT2", sex="FEMALE")]))
    assert main(["trials", str(case), "--from", str(records)]) == 0
    assert capsys.readouterr().out.startswith("1 of 2 trials are not ruled out.\nmay fit: NCT1")
    assert main(["trials", str(case), "--from", str(records), "--all", "--json"]) == 0
    assert [report["verdict"] for report in json.loads(capsys.readouterr().out)] == ["may fit", "ruled out"]


def test_stored_trials_come_back_as_they_were_and_are_listed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path / "own"))
    case, records = tmp_path / "facts.jsonl", tmp_path / "trials.json"
    case.write_text(
        '{"id":"f1","patient":1,"kind":"diagnosis","term":"inflammatory myofibroblastic tumor"}\n'
    )
    records.write_text(json.dumps([study(), ctml(genomic(hugo_symbol="ROS1", **SV))]))
    assert main(["trials", str(case)]) == 2
    assert "your store has no trials" in capsys.readouterr().err
    assert main(["knowledge", "import", "trials", str(records)]) == 0
    assert load_trials() == read_trials(str(records))
    assert main(["trials", str(case), "--json"]) == 0
    assert "NCT1" in capsys.readouterr().out
    assert any(version.name.startswith("Trial records") and version.rows == 2 for version in versions())
    records.write_text("{")
    assert main(["knowledge", "import", "trials", str(records)]) == 1
    assert len(load_trials()) == 2


def test_the_time_grows_no_faster_than_the_number_of_trials(shared):
    path = shared / "data" / "trials" / "ctgov_v2_nsclc_phase3_100.json"
    if not path.exists():
        pytest.skip("the trial records are not beside the repository")
    profile = profile_of(Case(title="t", facts=BASE))
    trials = read_trials(str(path))
    reports = trial_reports(profile, trials * 10)
    assert len(reports) == 1000
    for report in reports[:100]:
        assert all(found.result in {"PASS", "WARN", "FAIL", "UNDETERMINED"} for found in report.answers)
    assert msgspec.json.encode(reports[0])
    few, many = (seconds(lambda n=n: trial_reports(profile, trials * n)) for n in (5, 20))
    assert many < 8 * few + 0.05


def test_every_reference_trial_of_ctml_is_read_and_answered(shared):
    folder = shared / "peers" / "ctml" / "matchengine" / "tests" / "data"
    if not folder.exists():
        pytest.skip("the trials of CTML are not beside the repository")
    profile = profile_of(Case(title="t", facts=BASE))
    counts = {name: len(read_trials(str(folder / name))) for name in ("integration_trials", "trials", "yaml")}
    assert counts == {"integration_trials": 18, "trials": 6, "yaml": 2}
    for name in counts:
        for report in trial_reports(profile, read_trials(str(folder / name))):
            assert report.arms
            assert all(found.sentence for arm in report.arms for found in arm.answers)
