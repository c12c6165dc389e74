"""Trial records put into the store: large, broken, doubled and hostile files, and what the store holds afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caseboard.__main__ import main
from caseboard.errors import InputError
from caseboard.knowledge import trials as reading
from caseboard.knowledge.trial_store import load_trials
from caseboard.knowledge.trials import distinct, iter_trials, read_trials


def study(number: int, **changes: object) -> dict[str, object]:
    status = {
        "overallStatus": "RECRUITING",
        "lastUpdatePostDateStruct": {"date": changes.pop("updated", "2025-01-01")},
    }
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Trial {number}"},
            "statusModule": status,
            "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Age ≥ 18 years"} | changes,
        },
        "hasResults": False,
    }


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one trial, and the folder to write files in."""
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path / "own"))
    file = tmp_path / "first.json"
    file.write_text(json.dumps(study(1)))
    assert main(["knowledge", "import", "trials", str(file)]) == 0
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([study(1), study(2)]),
        json.dumps({"studies": [study(1), study(2)], "nextPageToken": "x"}),
        json.dumps(study(1)) + "\n" + json.dumps(study(2)) + "\n",
        json.dumps([study(1), study(2)], indent=2),
    ],
    ids=["list", "page", "lines", "indented"],
)
def test_a_list_a_page_and_lines_are_read_alike(tmp_path: Path, text: str) -> None:
    file = tmp_path / "trials.json"
    file.write_text(text)
    assert [trial.id for trial in read_trials(str(file))] == ["NCT00000001", "NCT00000002"]


def test_a_folder_of_thousands_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number:05d}.json").write_text(json.dumps(study(number)))
    assert [trial.id for trial in read_trials(str(tmp_path))] == [
        f"NCT{number:08d}" for number in range(2000)
    ]


def test_records_are_read_one_by_one(tmp_path: Path) -> None:
    """The first trials come before the last record, which is broken, is looked at: memory holds no file."""
    file = tmp_path / "trials.jsonl"
    file.write_text(json.dumps(study(1)) + "\n" + json.dumps(study(2)) + '\n{"protocolSection": 1}\n')
    trials = iter_trials(str(file))
    assert next(trials).id == "NCT00000001"
    assert next(trials).id == "NCT00000002"
    with pytest.raises(InputError, match="record 3"):
        next(trials)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("cut.json", json.dumps([study(2), study(3)])[:-40], "it cannot be read: "),
        ("cut.jsonl", json.dumps(study(2)) + "\n" + json.dumps(study(3))[:-40], "record 2: it is no trial"),
        ("cut.yaml", "protocol_no: 1\ntreatment_list: [", "it cannot be read: "),
        ("empty.json", "", "it is empty"),
        ("bytes.json", "\x00\x01", "it cannot be read"),
        (
            "no_id.json",
            json.dumps([study(2), {"protocolSection": {"identificationModule": {}}}]),
            "record 2: .*nctId",
        ),
        (
            "wrong.json",
            json.dumps([study(2, eligibilityCriteria=7)]),
            r"record 1: .*`\$.protocolSection.eligib",
        ),
        ("deep.json", "[" * 100_000, "it cannot be read"),
        ("aliases.yaml", "a: &a [1]\ntreatment_list: [*a, *a]\n", "it has aliases"),
        ("tag.yaml", "protocol_no: !!python/object:os.system 1\n", "it cannot be read"),
        ("number.yaml", "7\n", "record 1: it is no trial: a record is an object, and this is a number"),
    ],
)
def test_what_is_broken_is_named_in_one_line_and_the_store_stays(
    stored: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, found: str
) -> None:
    file = stored / name
    file.write_text(content)
    capsys.readouterr()
    assert main(["knowledge", "import", "trials", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(f"caseboard: {file}")
    with pytest.raises(InputError, match=found):
        read_trials(str(file))
    assert [trial.id for trial in load_trials()] == ["NCT00000001"]
    assert [path.name for path in (stored / "own").iterdir()] == ["trials.sqlite"]


def test_a_broken_file_of_a_folder_is_named_and_nothing_is_stored(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = stored / "many"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(study(2)))
    (folder / "b.json").write_text("{")
    assert main(["knowledge", "import", "trials", str(folder)]) == 1
    assert f"{folder / 'b.json'}: it cannot be read" in capsys.readouterr().err
    assert [trial.id for trial in load_trials()] == ["NCT00000001"]


def test_of_two_records_of_one_trial_the_one_updated_last_is_kept(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [
        study(5, updated="2024-01-01"),
        study(6),
        study(5, updated="2025-06-01", sex="FEMALE"),
        study(5, updated="2023-01-01"),
    ]
    file = stored / "doubled.json"
    file.write_text(json.dumps(records))
    capsys.readouterr()
    assert main(["knowledge", "import", "trials", str(file)]) == 0
    assert capsys.readouterr().out == "2 trials are in your store; 2 records of the same ids were left out\n"
    kept, other = load_trials()
    assert (kept.id, kept.updated, other.id) == ("NCT00000005", "2025-06-01", "NCT00000006")
    assert distinct(read_trials(str(file))) == ((kept, other), 2)


@pytest.mark.parametrize(
    ("limit", "found"),
    [("LARGEST_FILE", "it has .* MB, more than"), ("LARGEST_RECORD", "record 1: .*a record at most")],
)
def test_what_is_too_large_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, found: str
) -> None:
    monkeypatch.setattr(reading, limit, 100)
    file = tmp_path / "large.json"
    file.write_text(json.dumps(study(1)))
    with pytest.raises(InputError, match=found):
        read_trials(str(file))


def test_yaml_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_YAML", 10)
    file = tmp_path / "large.yaml"
    file.write_text("protocol_no: 11-111\ntreatment_list: {}\n")
    with pytest.raises(InputError, match="of YAML, more than"):
        read_trials(str(file))


def test_a_trial_without_a_readable_status_or_age_is_still_a_trial(tmp_path: Path) -> None:
    file = tmp_path / "bare.json"
    file.write_text(json.dumps({"protocolSection": {"identificationModule": {"nctId": "NCT00000009"}}}))
    (trial,) = read_trials(str(file))
    assert trial.id == "NCT00000009"
