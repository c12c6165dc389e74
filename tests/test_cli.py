"""The command line: what it prints and writes, its exit codes, and that nothing half-written stays."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from caseboard import __version__
from caseboard.__main__ import main
from caseboard.cli.output import one_line, write_file
from caseboard.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "ros1_imt.txt"
EXAMPLE_FACTS = ROOT / "examples" / "ros1_imt.facts.jsonl"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_version_is_printed_without_loading_anything_large():
    code = (
        "import sys; from caseboard.__main__ import main; main(['--version']); "
        "sys.exit(any(name in sys.modules for name in ('typer', 'rich', 'msgspec', 'altair', 'jinja2', 'lxml')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - own code
    assert done.stdout == f"caseboard {__version__}\n"


def test_a_dossier_is_written_without_the_libraries_of_tables_and_drawings():
    """Each would take as long to load as the case to read."""
    code = (
        f"import sys; from caseboard.__main__ import main; main(['board', {str(EXAMPLE)!r}, '-o', 'out.html']); "
        "sys.exit(any(name in sys.modules for name in ('polars', 'altair', 'vl_convert', 'pint', 'pydantic')))"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - own code


def test_tables_of_responses_load_nothing_that_reads_reports():
    code = (
        "import sys; from caseboard.__main__ import main; main(['response', 'best', 'examples/responses.csv']); "
        "sys.exit(any(name in sys.modules for name in ('rapidfuzz', 'caseboard.knowledge', 'caseboard.narrative')))"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)  # noqa: S603 - own code


def test_the_version_is_also_an_option_of_the_full_command_line(capsys):
    assert main(["--version", "board"]) == 0
    assert capsys.readouterr().out == f"caseboard {__version__}\n"


@pytest.mark.parametrize("group", [(), ("knowledge",), ("knowledge", "import"), ("response",)])
def test_help_tells_each_command_whole(capsys, group):
    """A summary that ends in "..." leaves a new user to guess."""
    assert main([*group, "--help"]) == 0
    told = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    assert told
    assert not [line for line in told if line.endswith("...")]


def test_help_begins_with_the_dossier_and_ends_with_the_groups(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    named = [line.split()[0] for line in told]
    assert named == ["board", "facts", "options", "trials", "grade", "schema", "response", "knowledge"]


def test_the_dossier_is_named_after_the_case_and_written_where_one_works(tmp_path, capsys):
    assert main(["board", str(EXAMPLE)]) == 0
    assert files(tmp_path) == ["ros1_imt.dossier.html"]
    assert capsys.readouterr().out.startswith("Wrote ros1_imt.dossier.html (")
    assert (
        (tmp_path / "ros1_imt.dossier.html")
        .read_text(encoding="utf-8")
        .lstrip()
        .lower()
        .startswith("<!doctype html")
    )


def test_the_dossier_goes_where_the_option_says(tmp_path):
    assert main(["board", str(EXAMPLE), "-o", "out.html"]) == 0
    assert files(tmp_path) == ["out.html"]


def test_the_dossier_goes_to_standard_output_for_a_dash(tmp_path, capsys):
    assert main(["board", str(EXAMPLE), "-o", "-"]) == 0
    assert capsys.readouterr().out.lstrip().lower().startswith("<!doctype html")
    assert files(tmp_path) == []


def test_a_case_is_read_from_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.read_bytes())))
    assert main(["board", "-"]) == 0
    assert files(tmp_path) == ["case.dossier.html"]


def test_json_is_the_assessment_on_standard_output(tmp_path, capsys):
    assert main(["board", str(EXAMPLE_FACTS), "--json"]) == 0
    assessment = json.loads(capsys.readouterr().out)
    assert assessment["patient"]["sex"] == "male"
    assert files(tmp_path) == []


def test_the_assessment_fits_the_schema_that_is_printed(capsys):
    assert main(["schema"]) == 0
    schema = capsys.readouterr().out
    assert main(["board", str(EXAMPLE_FACTS), "--json"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), json.loads(schema))


def test_as_of_a_month_means_its_end(capsys):
    assert main(["board", str(EXAMPLE_FACTS), "--json", "--as-of", "2019-03"]) == 0
    assert json.loads(capsys.readouterr().out)["cutoff"] == "2019-03-31"


@pytest.mark.parametrize(
    ("given", "day"), [("2018", "2018-12-31"), ("2020-02", "2020-02-29"), ("2018-07-05", "2018-07-05")]
)
def test_as_of_is_the_last_day_that_the_date_may_mean(given, day):
    from caseboard.cli.parameters import _end_of  # noqa: PLC0415 - loads Typer

    assert _end_of(given) == date.fromisoformat(day)


def test_facts_are_printed_one_a_line_with_id_and_span(capsys):
    assert main(["facts", str(EXAMPLE)]) == 0
    text = EXAMPLE.read_text(encoding="utf-8")
    facts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(facts) > 20
    assert len({fact["id"] for fact in facts}) == len(facts)
    assert all(text[slice(*fact["span"])] == fact["quote"] for fact in facts)


def test_facts_of_facts_are_the_same_facts(capsys):
    assert main(["facts", str(EXAMPLE_FACTS)]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    given = [json.loads(line) for line in EXAMPLE_FACTS.read_text(encoding="utf-8").splitlines()]
    assert [{name: fact[name] for name in own} for fact, own in zip(printed, given, strict=True)] == given


def test_history_is_printed_only_where_it_is_asked_for(tmp_path, capsys):
    told = '{"id": "f1", "kind": "history", "topic": "smoking", "detail": "5 cigarettes a day"}\n'
    (tmp_path / "facts.jsonl").write_text(told, encoding="utf-8")
    assert main(["facts", "facts.jsonl"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["facts", "--history", "facts.jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["topic"] == "smoking"


def test_one_unreadable_case_does_not_stop_the_others(capsys):
    assert main(["facts", "missing.txt", str(EXAMPLE_FACTS)]) == 1
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 53
    assert output.err.splitlines() == [
        "caseboard: missing.txt: there is no such file; give the path of a file, or - for standard input"
    ]


def test_options_are_a_table_or_json(capsys):
    assert main(["options", str(EXAMPLE_FACTS)]) == 0
    assert "crizotinib" in capsys.readouterr().out
    assert main(["options", str(EXAMPLE_FACTS), "--json"]) == 0
    options = json.loads(capsys.readouterr().out)["options"]
    assert [option["therapies"] for option in options][:1] == [["crizotinib"]]


def test_the_tables_of_knowledge_are_listed_with_version_and_licence(capsys):
    assert main(["knowledge", "list"]) == 0
    assert "CC0" in capsys.readouterr().out
    assert main(["knowledge", "list", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert tables
    assert all(table["version"] and table["licence"] and table["rows"] > 0 for table in tables)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "there is no such file"),
        (b"", "empty"),
        (b"%PDF-1.4 \xe2", "PDF"),
        (b"PK\x03\x04word/document.xml", "Word document"),
        (b"\x00\x01\x02" * 99, "binary data"),
        ("Na\u00efve".encode("latin-1"), "not UTF-8"),
        (b"The recipe needs two eggs and 50 g of flour. Bake it for an hour.", "patient"),
        (b'{"a', "JSON"),
        (b"<article>", "XML"),
        (b'{"kind": "lesion"}', "not a fact"),
    ],
)
@pytest.mark.parametrize("command", ["board", "facts", "options"])
def test_bad_input_is_one_line_on_standard_error_exit_code_1_and_no_file(
    tmp_path, capsys, command, content, found
):
    case = tmp_path / "bad\x1b[31m\nname.txt"
    if content is not None:
        case.write_bytes(content)
    before = files(tmp_path)
    assert main([command, str(case)]) == 1
    output = capsys.readouterr()
    assert found in output.err
    assert output.err.count("\n") == 1
    assert "\x1b" not in output.err
    assert (output.out, files(tmp_path)) == ("", before)


def test_a_folder_is_no_case(tmp_path, capsys):
    assert main(["board", str(tmp_path)]) == 1
    assert "this is a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["board"],
        ["bord", "x"],
        ["board", str(EXAMPLE), "--as-of", "March"],
        ["board", str(EXAMPLE), "--as-of", "1999"],
        ["board", str(EXAMPLE), "--patient", "0"],
        ["board", str(EXAMPLE), "--patient", "7"],
        ["board", str(EXAMPLE), "-o", "no/such/folder/out.html"],
        ["board", str(EXAMPLE), "-o", "."],
        ["board", str(EXAMPLE), "--unknown"],
        ["facts"],
        ["knowledge", "lost"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_no_file(tmp_path, capsys, arguments):
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.err
    assert "Traceback" not in output.err
    assert files(tmp_path) == []


def test_a_case_is_never_overwritten_by_its_dossier(tmp_path, capsys):
    case = tmp_path / "case.txt"
    case.write_bytes(EXAMPLE.read_bytes())
    assert main(["board", str(case), "-o", str(case)]) == 2
    assert "is the case itself" in capsys.readouterr().err
    assert case.read_bytes() == EXAMPLE.read_bytes()


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    target = tmp_path / "out.html"
    target.write_text("before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left"):
        write_file(target, "after")
    assert target.read_text() == "before"
    assert files(tmp_path) == ["out.html"]


def test_a_link_is_followed_and_what_is_no_file_is_written_to(tmp_path):
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "x"
    write_file(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()


def test_a_new_file_may_be_read_as_the_mask_of_the_user_says(tmp_path):
    (tmp_path / "other").touch()
    write_file(tmp_path / "new", "x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_one_line_has_no_control_characters_and_an_end():
    assert one_line("a\n\x1b[31mb\r\tc") == "a [31mb c"
    assert len(one_line("x" * 10_000)) == 1000
