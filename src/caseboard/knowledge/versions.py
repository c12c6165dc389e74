"""Everything that the package knows, with version, licence and size: what a dossier prints at its end.

The tables say it in their ``#`` lines. Those of ``knowledge/data`` say it in fixed words (``# version: 2026-05``); the
others in sentences, from which the dates and the licences are picked.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from caseboard.knowledge.evidence import pack
from caseboard.knowledge.store import store_state
from caseboard.knowledge.tables import KnowledgeVersion, table_from
from caseboard.knowledge.trial_store import has_trials, trials_version

__all__ = ["versions"]

_ROOMS = ("caseboard.knowledge", "caseboard.terms", "caseboard.assess")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_RELEASE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}(?:-\d{{2}})?|(?:{_MONTH}) \d{{4}}|v\d\.\d|\d(?:st|nd|rd|th) edition)"
)
_LICENCE = re.compile(
    r"\bCC0(?:[ -]1\.0)?|\bCC[ -]BY[ -]\d\.\d|\bMIT\b|\bApache-2\.0|\bBSD-\d-Clause|\bpublic domain",
    re.IGNORECASE,
)


def versions() -> tuple[KnowledgeVersion, ...]:
    """Return one entry for each table that the package ships, the evidence first; before it the user's stores.

    ``version`` names the releases that went into a table, "not stated" where its header names none.
    """
    found: list[KnowledgeVersion] = [pack().version] if store_state() is not None else []
    if has_trials():
        found.append(trials_version())
    for room in _ROOMS:
        folder = files(room) / "data"
        if folder.is_dir():
            tables = sorted((item for item in folder.iterdir() if item.name.endswith(".tsv")), key=_order)
            found.extend(_version(item) for item in tables)
    return tuple(found)


def _order(item: Traversable) -> tuple[bool, str]:
    return item.name != "evidence.tsv", item.name


def _version(item: Traversable) -> KnowledgeVersion:
    lines = item.read_text(encoding="utf-8").splitlines()
    comments = [line.lstrip("# ").rstrip() for line in lines if line.startswith("#")]
    rows = sum(1 for line in lines if line and not line.startswith("#")) - 1
    about = table_from(item).metadata if any(line.startswith("name: ") for line in comments) else {}
    text = " ".join(comments)
    name = about.get("name") or f"{item.name}: {comments[0].rstrip('.') if comments else 'no description'}"
    version = about.get("version") or _listed(_RELEASE.findall(text))
    licence = about.get("licence") or _listed(_LICENCE.findall(text))
    return KnowledgeVersion(name, version, licence, rows)


def _listed(found: list[str]) -> str:
    return ", ".join(dict.fromkeys(found)) or "not stated"
