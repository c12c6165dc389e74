"""The documentation is tested: every command and option is in it, its examples run, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer

from caseboard.__main__ import main
from caseboard.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
CLI_PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(command=None, path: tuple[str, ...] = ()):
    """Yield every command of the app with its words and its parameters."""
    command = command or typer.main.get_command(app)
    children = getattr(command, "commands", {})
    if path and (command.params or not children):
        yield path, command
    for name, child in children.items():
        yield from commands(child, (*path, name))


def blocks(language: str):
    for page in PAGES:
        for number, (found, code) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1):
            if found == language:
                yield pytest.param(code, id=f"{page.name}-{number}")


@pytest.fixture
def beside_the_examples(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "command"), [pytest.param(*one, id=" ".join(one[0])) for one in commands()]
)
def test_every_command_and_option_is_documented(words, command):
    start = f"## caseboard {' '.join(words)}\n"
    assert start in CLI_PAGE
    section = CLI_PAGE.split(start)[1].split("\n## ")[0]
    for parameter in command.params:
        names = (
            parameter.opts if parameter.param_type_name == "option" else [parameter.metavar or parameter.name]
        )
        for name in names:
            assert f"`{name}" in section, f"{name} is not documented"


def test_every_documented_command_and_option_is_there():
    known = {" ".join(words): command for words, command in commands()}
    for section in CLI_PAGE.split("\n## caseboard ")[1:]:
        title, body = section.split("\n", 1)
        options = {name for parameter in known[title].params for name in parameter.opts}
        documented = set(re.findall(r"^\| `(-[^` ]*)", body, re.MULTILINE)) | set(
            re.findall(r"^\| `-[^`]*`, `(--[^` ]*)", body, re.MULTILINE)
        )
        assert documented <= options | {"--help"}, title


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for words, _ in commands():
        assert f"caseboard {' '.join(words)}" in readme


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("code", list(blocks("python")))
def test_python_in_the_docs_runs(code):
    exec(compile(code, "docs", "exec"), {})  # noqa: S102 - our own documentation


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("code", list(blocks("console")))
def test_commands_in_the_docs_run(code, capsys):
    ran = [shlex.split(line[2:]) for line in code.splitlines() if line.startswith("$ caseboard ")]
    assert ran
    for words in ran:
        assert main(words[1:]) == 0, words
    capsys.readouterr()


def test_links_in_the_docs_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_makefile_has_the_targets_that_the_readme_names():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"(?:`|^)make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {"board", "test", "bench"} <= named <= targets


def test_the_version_is_in_the_changelog():
    from caseboard import __version__  # noqa: PLC0415 - beside its use

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
