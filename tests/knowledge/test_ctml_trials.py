"""The trials of CTML's reference implementation (MatchEngine V2): every file of it is read, and held against patients.

The results are worked out by hand from the criteria of each file. The match trees and paths are in ``test_ctml.py``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseboard.__main__ import main
from caseboard.assess.eligibility import trial_reports
from caseboard.assess.patient_profile import profile_of
from caseboard.assess.trial_answer import TrialReport
from caseboard.case import Alteration, Case, DateInterval, Demographics, Diagnosis, Source, Test
from caseboard.errors import InputError
from caseboard.knowledge.ctml import match_tree, ways
from caseboard.knowledge.trials import read_trials

NOTE = Source("note", "")
AT = DateInterval.of(2024, 3)
TREES = {"create_match_tree_expected.json", "get_match_paths_expected.json"}
"""Held against our trees and ways in ``test_ctml.py``, with every file of ``ctml_boolean_cases``."""

TRIALS = {
    "integration_trials": {
        "all_closed", "all_closed_trial_closed", "all_open", "closed_dose", "closed_step_arm", "massive_match_clause",
        "older_than_18", "run_log_arm_closed", "run_log_arm_open", "run_log_arm_open_criteria_change",
        "run_log_two_arms", "signatures", "structured_sv", "tmb", "unstructured_sv", "wildcard_protein_found",
        "wildcard_protein_not_found", "younger_than_18",
    },
    "trials": {"11-111", "11-112", "trials_json_array", "two_trials_one_doc"},
    "yaml": {"11-111", "11-112"},
}  # fmt: skip


@pytest.fixture
def fixtures(shared: Path) -> Path:
    folder = shared / "peers" / "ctml" / "matchengine" / "tests" / "data"
    if not folder.exists():
        pytest.skip("the trials of CTML are not beside the repository")
    return folder


def patient(
    *facts: object,
    age: float = 54,
    sex: str = "female",
    term: str = "lung adenocarcinoma",
    code: str = "LUAD",
) -> Case:
    own = (
        Demographics(id="f1", source=NOTE, sex=sex, age_years=age, when=AT),  # type: ignore[arg-type]
        Diagnosis(id="f2", source=NOTE, term=term, code=code, when=AT),
    )
    return Case(title="t", facts=(*own, *facts))  # type: ignore[arg-type]


def fusion(five: str | None, three: str | None) -> Alteration:
    return Alteration(id="f3", source=NOTE, type="fusion", gene5=five, gene3=three, when=AT)


def variant(gene: str, change: str) -> Alteration:
    return Alteration(id="f4", source=NOTE, type="variant", gene=gene, change=change, when=AT)


def held(case: Case, file: Path) -> TrialReport:
    return trial_reports(profile_of(case), read_trials(str(file)))[0]


def results(case: Case, file: Path, arm: int = 0) -> list[str]:
    return [found.result for found in held(case, file).arms[arm].answers]


def test_every_file_of_the_reference_is_covered(fixtures: Path) -> None:
    found = {file.relative_to(fixtures).as_posix() for file in fixtures.rglob("*") if file.is_file()}
    trees = {name for name in found if name in TREES or name.startswith("ctml_boolean_cases/")}
    read = {
        f"{folder}/{name}.{'yaml' if folder == 'yaml' else 'json'}"
        for folder, names in TRIALS.items()
        for name in names
    }
    assert found == trees | read
    assert len(trees) == 2 + 9


@pytest.mark.parametrize("folder", sorted(TRIALS))
def test_every_trial_of_the_reference_is_read_without_a_remark_and_its_ways_are_found(
    fixtures: Path, folder: str
) -> None:
    for file in sorted((fixtures / folder).iterdir()):
        for trial in read_trials(str(file)):
            assert trial.remarks == (), file
            assert trial.arms, file
    for file in sorted((fixtures / "integration_trials").glob("*.json")):
        for match in _matches(json.loads(file.read_text())):
            assert ways(match_tree(match))


def _matches(node: object) -> list[list[dict[str, object]]]:
    if isinstance(node, list):
        return [match for each in node for match in _matches(each)]
    if not isinstance(node, dict):
        return []
    own = [node["match"]] if node.get("match") else []
    return own + [match for value in node.values() for match in _matches(value)]


def test_structural_variants_with_partner_rules(fixtures: Path) -> None:
    """Each criterion of ``structured_sv`` for an adult with a melanoma, NPM1::ALK, and TP53 negative by sequencing."""
    tested = Test(id="f5", source=NOTE, method="NGS", target="TP53", result="negative")
    case = patient(fusion("NPM1", "ALK"), tested, term="melanoma", code="MEL")
    file = fixtures / "integration_trials" / "structured_sv.json"
    assert results(case, file) == [
        "PASS",  # adult, skin
        "PASS",  # !structural variation of TP53: looked for, and not there
        "UNDETERMINED",  # EML4-EML4
        "UNDETERMINED",  # BRCA with anything
        "UNDETERMINED",  # anything with BRCA
        "UNDETERMINED",  # EML4-EML4
        "UNDETERMINED",  # KRAS with any gene
        "UNDETERMINED",  # NPM1 with no gene: ALK is one
        "PASS",  # NPM1 with any gene
        "PASS",  # NPM1
        "UNDETERMINED",  # any gene with KRAS
        "PASS",  # any gene with any gene
        "UNDETERMINED",  # KIF5B-ALK
        "UNDETERMINED",  # NPM1-intergenic
        "UNDETERMINED",  # RANDB2-ALK
        "UNDETERMINED",  # STRN-intergenic
        "UNDETERMINED",  # TFG-ALK
    ]
    assert held(case, file).arms[0].verdict == "fits"


def test_a_structural_variant_that_is_excluded(fixtures: Path) -> None:
    """The second arm: a man with a Merkel cell carcinoma, without EML4-EML4, or without CLIP4-ALK."""
    file = fixtures / "integration_trials" / "structured_sv.json"
    merkel = {"term": "merkel cell carcinoma", "code": "MCC", "sex": "male"}
    assert results(patient(fusion("CLIP4", "ALK"), **merkel), file, 1) == ["PASS", "UNDETERMINED", "FAIL"]
    assert results(patient(**merkel), file, 1) == ["PASS", "UNDETERMINED", "UNDETERMINED"]


def test_a_structural_variant_is_no_mutation_and_the_reverse(fixtures: Path) -> None:
    file = fixtures / "integration_trials" / "unstructured_sv.json"
    assert results(patient(fusion("EGFR", "RAD51")), file) == ["PASS"]
    assert results(patient(variant("EGFR", "L858R")), file) == ["UNDETERMINED"]
    mutation = fixtures / "integration_trials" / "wildcard_protein_found.json"
    assert results(patient(fusion("KIAA1549", "BRAF")), mutation) == ["UNDETERMINED"]


@pytest.mark.parametrize(
    ("name", "change"), [("wildcard_protein_found", "V600E"), ("wildcard_protein_not_found", "R911H")]
)
def test_a_residue_stands_for_every_change_of_it(fixtures: Path, name: str, change: str) -> None:
    file = fixtures / "integration_trials" / f"{name}.json"
    gene = json.loads(file.read_text())["treatment_list"]["step"][0]["match"][0]["and"][0]["genomic"][
        "hugo_symbol"
    ]
    assert results(patient(variant(gene, change)), file) == ["PASS"]
    assert results(patient(variant(gene, "A12V")), file) == ["UNDETERMINED"]


@pytest.mark.parametrize(
    ("name", "age", "result"),
    [
        ("older_than_18", 54, "PASS"),
        ("older_than_18", 12, "FAIL"),
        ("younger_than_18", 12, "PASS"),
        ("younger_than_18", 54, "FAIL"),
    ],
)
def test_age(fixtures: Path, name: str, age: float, result: str) -> None:
    assert results(patient(age=age), fixtures / "integration_trials" / f"{name}.json") == [result]


@pytest.mark.parametrize(
    ("age", "limit", "result"),
    [
        (0.75, ">=0.5", "PASS"),
        (0.17, ">=0.5", "FAIL"),
        (0.45, ">=0.5", "WARN"),  # a month either way
        (3, ">=0.5", "PASS"),
        (17, "<=18", "PASS"),
    ],
)
def test_ages_below_a_year_are_compared_as_they_are(
    tmp_path: Path, age: float, limit: str, result: str
) -> None:
    arm = {"arm_code": "A", "match": [{"clinical": {"age_numerical": limit}}]}
    file = tmp_path / "trial.json"
    file.write_text(json.dumps({"protocol_no": "1", "treatment_list": {"step": [{"arm": [arm]}]}}))
    assert results(patient(age=age), file) == [result]


def test_mutational_burden(fixtures: Path) -> None:
    """``tmb``: at least 10, over 15, at most 40, under 40, 40."""
    file = fixtures / "integration_trials" / "tmb.json"
    burden = Test(id="f6", source=NOTE, method="NGS", target="TMB", result="20 mut/Mb")
    assert results(patient(burden), file) == ["PASS", "PASS", "PASS", "PASS", "FAIL"]
    assert set(results(patient(), file)) == {"UNDETERMINED"}
    assert held(patient(burden), file).verdict == "fits"


def test_signatures_that_no_case_tells_are_open(fixtures: Path) -> None:
    file = fixtures / "integration_trials" / "signatures.json"
    assert results(patient(), file) == ["UNDETERMINED"] * 10


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("all_open", ["fits", "fits", "ruled out"]),
        ("closed_dose", ["fits", "fits", "ruled out"]),
        ("closed_step_arm", ["fits", "not now", "ruled out"]),
        ("all_closed", ["fits", "not now", "ruled out"]),
    ],
)
def test_closed_arms_and_doses(fixtures: Path, name: str, statuses: list[str]) -> None:
    """A step for the lung, an arm for NSCLC, a dose for a pleuropulmonary blastoma, each with EGFR deleted in frame."""
    case = patient(variant("EGFR", "E746_A750del"))
    report = held(case, fixtures / "integration_trials" / f"{name}.json")
    assert [arm.verdict for arm in report.arms] == statuses


def test_a_closed_trial_is_ruled_out(fixtures: Path) -> None:
    case = patient(variant("EGFR", "E746_A750del"))
    assert held(case, fixtures / "integration_trials" / "all_closed_trial_closed.json").verdict == "ruled out"


@pytest.mark.parametrize(
    "name", ["run_log_arm_open", "run_log_arm_closed", "run_log_arm_open_criteria_change", "run_log_two_arms"]
)
def test_the_class_of_a_variant(fixtures: Path, name: str) -> None:
    """A deletion in frame is asked for: told so it passes, a missense does not, and another gene is open."""
    file = fixtures / "integration_trials" / f"{name}.json"
    assert results(patient(variant("EGFR", "E746_A750del")), file)[0] == "PASS"
    assert results(patient(variant("EGFR", "exon 19 deletion")), file)[0] == "PASS"
    assert results(patient(variant("EGFR", "L858R")), file)[0] == "UNDETERMINED"
    assert results(patient(variant("KRAS", "G12C")), file)[0] == "UNDETERMINED"


def test_exclusions_with_an_exclamation_mark_and_wild_type(fixtures: Path) -> None:
    """``11-111`` asks that NRAS p.G12D be absent, ``11-112`` has an arm for BRAF V600 and one for its absence."""
    for file in (fixtures / "trials" / "11-111.json", fixtures / "yaml" / "11-111.yaml"):
        assert results(patient(variant("NRAS", "G12D")), file) == ["FAIL"]
        assert results(patient(variant("NRAS", "wild type")), file) == ["PASS"]
        assert results(patient(), file) == ["UNDETERMINED"]
    melanoma = {"term": "melanoma", "code": "MEL"}
    for file in (fixtures / "trials" / "11-112.json", fixtures / "yaml" / "11-112.yaml"):
        with_v600 = held(patient(variant("BRAF", "V600E"), **melanoma), file)
        assert [arm.verdict for arm in with_v600.arms] == ["fits", "ruled out"]
        without = held(patient(variant("BRAF", "wild type"), **melanoma), file)
        assert [arm.verdict for arm in without.arms] == ["ruled out", "fits"]


def test_files_of_several_trials(fixtures: Path) -> None:
    assert len(read_trials(str(fixtures / "trials" / "two_trials_one_doc.json"))) == 2
    assert len(read_trials(str(fixtures / "trials" / "trials_json_array.json"))) == 2


def test_a_clause_of_many_kinds(fixtures: Path) -> None:
    """``massive_match_clause`` for a girl of 13 with a breast cancer that is negative for HER2: the second way in."""
    file = fixtures / "integration_trials" / "massive_match_clause.json"
    her2 = Test(id="f7", source=NOTE, method="IHC", target="HER2", result="negative")
    girl = patient(her2, age=13, term="breast cancer", code="BRCA")
    assert held(girl, file).verdict == "fits"
    assert results(girl, file)[:5] == ["PASS", "FAIL", "PASS", "FAIL", "PASS"]
    positive = Test(id="f7", source=NOTE, method="IHC", target="HER2", result="positive")
    assert results(patient(positive, age=13, term="breast cancer", code="BRCA"), file)[4] == "FAIL"
    assert held(patient(her2, age=30, term="breast cancer", code="BRCA"), file).verdict == "ruled out"


def test_microsatellites_and_repair(fixtures: Path) -> None:
    """The criteria of ``massive_match_clause`` on microsatellites, asked for and excluded."""
    file = fixtures / "integration_trials" / "massive_match_clause.json"
    unstable = Test(id="f8", source=NOTE, method="PCR", target="MSI", result="positive")
    told = {found.text: found.result for found in held(patient(unstable), file).arms[0].answers}
    assert told["genomic: ms_status MSI-H"] == "PASS"
    assert told["genomic: ms_status !MSI-H"] == "FAIL"
    stable = Test(id="f8", source=NOTE, method="PCR", target="MSI", result="negative")
    assert {f.text: f.result for f in held(patient(stable), file).arms[0].answers}[
        "genomic: ms_status MSI-H"
    ] == "FAIL"


def ctml(**keys: object) -> dict[str, object]:
    arm = {"arm_code": "A", "match": [{"and": [{"clinical": {"age_numerical": ">=18"}}]}]}
    return {
        "protocol_no": "7",
        "status": "Open to Accrual",
        "treatment_list": {"step": [{"arm": [arm]}]},
    } | keys


@pytest.mark.parametrize("key", ["er_status", "pr_status", "her2_status"])
def test_receptors(tmp_path: Path, key: str) -> None:
    target = {"er_status": "ER", "pr_status": "PR", "her2_status": "HER2"}[key]
    file = tmp_path / "trial.json"
    record = ctml()
    record["treatment_list"]["step"][0]["arm"][0]["match"] = [{"clinical": {key: "Positive"}}]  # type: ignore[index]
    file.write_text(json.dumps(record))
    for result, expected in (("positive, 90%", "PASS"), ("negative", "FAIL"), ("equivocal", "UNDETERMINED")):
        test = Test(id="f9", source=NOTE, method="IHC", target=target, result=result)
        assert results(patient(test), file) == [expected]


def test_prior_treatment_is_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "trial.json"
    file.write_text(
        json.dumps(
            ctml(prior_treatment_requirements=["At least one prior line of systemic therapy", "Brave"])
        )
    )
    answers = held(patient(), file).answers
    assert [found.text for found in answers[1:]] == ["At least one prior line of systemic therapy", "Brave"]
    assert {found.result for found in answers[1:]} == {"UNDETERMINED"}


def test_keys_that_ctml_does_not_know_are_named_in_one_line_with_their_place_and_kept(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path / "own"))
    record = ctml(statuss="closed")
    record["treatment_list"]["step"][0]["arm"][0]["match"][0]["and"] += [  # type: ignore[index]
        {"genomics": {"hugo_symbol": "ALK"}},
        {"clinical": {"shoe_size": "44"}},
    ]
    file = tmp_path / "trial.json"
    file.write_text(json.dumps(record))
    assert main(["knowledge", "import", "trials", str(file)]) == 0
    told = capsys.readouterr().err
    place = "treatment_list.step[0].arm[0].match[0].and"
    assert told == (
        f"caseboard: {file}, trial 7: CTML knows no key 'statuss'; key 'genomics' at {place}[1]; "
        f"key 'shoe_size' at {place}[2].clinical; kept, and UNDETERMINED\n"
    )
    report = held(patient(), file)
    assert report.verdict == "may fit"
    assert [found.result for found in report.arms[0].answers] == ["PASS", "UNDETERMINED", "UNDETERMINED"]


@pytest.mark.parametrize(
    ("match", "found"),
    [
        ({"and": []}, r"treatment_list.step\[0\].arm\[0\].match is no list of criteria"),
        ([1], r"match\[0\] is no criterion"),
        ([{"and": {"clinical": {}}}], r"match\[0\].and is no list of criteria"),
        ([{"genomic": "ALK"}], r"match\[0\].genomic is no object of terms"),
    ],
)
def test_a_match_that_is_none_is_named_with_its_place(tmp_path: Path, match: object, found: str) -> None:
    record = ctml()
    record["treatment_list"]["step"][0]["arm"][0]["match"] = match  # type: ignore[index]
    file = tmp_path / "trial.json"
    file.write_text(json.dumps(record))
    with pytest.raises(InputError, match=found):
        read_trials(str(file))
