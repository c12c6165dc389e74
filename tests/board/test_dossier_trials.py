"""The trials in the dossier: the empty state, the table and its filter, the criteria of each trial, escaping."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from caseboard.assess import assess
from caseboard.assess.results import Assessment
from caseboard.assess.trial_answer import Answer, ArmReport, TrialMatches, TrialReport
from caseboard.board import render_dossier
from caseboard.board.sections import trial_link
from caseboard.case import Case
from caseboard.knowledge.trial_store import save_trials
from caseboard.knowledge.trials import read_trials

FITS = TrialReport(
    id="NCT00000001",
    title="Crizotinib again",
    source="ClinicalTrials.gov",
    phase="phase 2",
    verdict="may fit",
    answers=(
        Answer("PASS", "The trial is recruiting.", text="status RECRUITING"),
        Answer("FAIL", "Hemoglobin 8 g/dL does not keep to >= 9 g/dL.", True, "Hemoglobin ≥ 9 g/dL", ("f4",)),
        Answer("UNDETERMINED", "Consent is for the patient.", text="Written <b>consent</b>"),
    ),
    arms=(
        ArmReport(
            name="Arm A", verdict="may fit", answers=(Answer("WARN", "Probably.", text="genomic: ROS1"),)
        ),
    ),
)


@pytest.fixture
def told(case: Case, assessment: Assessment) -> str:
    matches = TrialMatches(stored=12, imported="imported 2025-11-28", reports=(FITS,), ruled_out=11)
    return section(case, msgspec.structs.replace(assessment, trials=matches))


def section(case: Case, assessment: Assessment) -> str:
    page = render_dossier(case, assessment)
    return page.split('<section id="trials"')[1].split("</section>")[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_without_a_store_one_short_line_says_how_to_fill_it(case: Case, assessment: Assessment) -> None:
    found = words(section(case, assessment))
    assert found.endswith(
        "No trial records are in your store; caseboard knowledge import trials PATH puts them there."
    )
    assert "<table" not in section(case, assessment)


def test_where_all_are_ruled_out_it_is_said(case: Case, assessment: Assessment) -> None:
    matches = TrialMatches(stored=3, imported="imported 2025-11-28", ruled_out=3)
    found = words(section(case, msgspec.structs.replace(assessment, trials=matches)))
    assert "3 trials are in the store (imported 2025-11-28): 3 ruled out, 0 not." in found
    assert "No trial of the store may fit" in found


def test_a_trial_stands_in_the_table_and_opens_to_its_criteria(told: str) -> None:
    assert "12 trials are in the store (imported 2025-11-28): 11 ruled out, 1 not." in words(told)
    assert 'href="#trial-1"' in told
    assert 'id="trial-1"' in told
    assert 'href="https://clinicaltrials.gov/study/NCT00000001"' in told
    found = words(told)
    assert (
        "FAIL time could mend it Hemoglobin 8 g/dL does not keep to &gt;= 9 g/dL. Hemoglobin ≥ 9 g/dL f4"
        in found
    )
    assert "Arm A: may fit" in found
    for result in ("PASS", "WARN", "UNDETERMINED"):
        assert result in found


def test_the_words_of_a_record_are_escaped(told: str) -> None:
    assert "Written &lt;b&gt;consent&lt;/b&gt;" in told
    assert "<b>" not in told


def test_the_table_can_be_narrowed_by_verdict_and_the_criteria_by_answer(told: str) -> None:
    assert told.count('<table class="stack" data-filter>') == 3
    assert '<th scope="col" data-choose>Verdict</th>' in told
    assert 'data-value="may fit"' in told
    assert '<th scope="row" data-value="UNDETERMINED">' in told


def test_only_ids_of_the_registry_are_links() -> None:
    assert trial_link("NCT01234567") == "https://clinicaltrials.gov/study/NCT01234567"
    assert trial_link("11-111") is None
    assert trial_link("NCT01234567/../x") is None


def test_an_assessment_has_the_trials_of_the_store(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path))
    records = [
        {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT0000000{number}"},
                "statusModule": {"overallStatus": "RECRUITING"},
                "eligibilityModule": {"minimumAge": age},
            }
        }
        for number, age in enumerate(("18 Years", "80 Years"))
    ]
    records[1]["protocolSection"]["statusModule"] = {"overallStatus": "COMPLETED"}
    file = tmp_path / "trials.json"
    file.write_text(json.dumps(records))
    assert assess(case).trials == TrialMatches()
    save_trials(read_trials(str(file)))
    found = assess(case).trials
    assert (found.stored, found.ruled_out, [report.id for report in found.reports]) == (2, 1, ["NCT00000000"])
    assert found.imported.startswith("imported 20")
    page = render_dossier(case, assess(case))
    assert 'id="trial-1"' in page
