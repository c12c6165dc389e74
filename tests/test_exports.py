"""What the package offers, and how its rooms hang together (docs/architecture.md)."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import caseboard

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "caseboard"
MODULES = sorted(
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
)

# From the ground up: a room may import from the rooms before it, and from those on its own floor only itself.
FLOORS = (
    {"errors", "kept", "_version"},
    {"case", "terms"},
    {"narrative", "knowledge"},
    {"assess", "formats"},
    {"board"},
    {"cli"},
    {"__main__"},
)


def imported(path: Path) -> set[str]:
    """Return the modules that a source file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_the_exported_names_are_these():
    assert caseboard.__all__ == [
        "Assessment",
        "Case",
        "CaseboardError",
        "Citation",
        "Document",
        "Fact",
        "Finding",
        "InputError",
        "KnowledgeError",
        "NoPatientError",
        "UsageError",
        "__version__",
        "assess_case",
        "read_case",
        "read_flat",
        "read_narrative",
        "render_dossier",
        "write_flat",
    ]


@pytest.mark.parametrize("name", caseboard.__all__)
def test_every_exported_name_is_there(name):
    assert getattr(caseboard, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        _ = caseboard.missing


def test_importing_the_package_loads_nothing_else():
    code = "import sys, caseboard; sys.exit('msgspec' in sys.modules or 'caseboard.case' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - own code


@pytest.mark.parametrize("name", MODULES)
def test_every_module_names_what_it_offers_and_says_what_it_is_for(name):
    module = importlib.import_module(name)
    if name.endswith("._version"):
        return
    assert module.__doc__
    assert all(hasattr(module, public) for public in module.__all__)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_only_point_down(path):
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    floor = next(number for number, rooms in enumerate(FLOORS) if room in rooms)
    allowed = {room}.union(*FLOORS[:floor])
    for name in imported(path):
        if name.startswith("caseboard."):
            assert name.split(".")[1] in allowed, f"{path.name} imports {name}"


def required(*extras: str) -> set[str]:
    """Return the names of the libraries that the project requires, with those of the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in extras for line in project["optional-dependencies"][extra]),
    ]
    return {re.split(r"[<>=\[; ]", line)[0].lower() for line in lines} - {"caseboard"}


def libraries(*folders: Path) -> dict[str, set[str]]:
    """Return the libraries that the sources in these folders import, each with the distributions that have it."""
    own = {"caseboard"} | {
        path.stem for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ""}
    }
    used = {
        name.split(".")[0] for folder in folders for path in folder.rglob("*.py") for name in imported(path)
    }
    distributions = importlib.metadata.packages_distributions()
    return {
        top: {name.lower() for name in distributions.get(top, [top, f"python-{top}"])}
        for top in used - own - sys.stdlib_module_names
    }


def test_every_library_that_is_imported_is_declared():
    for library, distributions in libraries(SOURCE).items():
        assert distributions & required("documents"), f"{library} is imported and not declared"


def test_every_library_that_tests_and_tools_import_is_declared():
    folders = (ROOT / "tests", ROOT / "tools", ROOT / "bench")
    for library, distributions in libraries(*folders).items():
        assert distributions & required("documents", "dev", "bench"), (
            f"{library} is imported and not declared"
        )


def test_every_declared_library_is_imported():
    found = set().union(*libraries(SOURCE).values())
    assert required() - found == set()


def test_every_required_library_has_its_tested_version():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines}
    assert required("documents", "dev", "bench") - pinned == set()


def test_every_constraint_is_an_exact_version_and_no_address():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[A-Za-z0-9_.-]+==[A-Za-z0-9.+!]+", line) for line in lines)
