"""Caseboard reads the case of one cancer patient and lays it out for a tumour board.

The way through is three calls: ``read_case`` (something to read becomes a ``Case``), ``assess_case`` (a case becomes
an ``Assessment``) and ``render_dossier`` (an assessment becomes one HTML page). Names are imported when they are
first asked for, so that ``import caseboard`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from caseboard._version import __version__

if TYPE_CHECKING:
    from caseboard.assess import assess as assess_case
    from caseboard.assess.findings import Citation, Finding
    from caseboard.assess.results import Assessment
    from caseboard.board import render_dossier
    from caseboard.case import Case, Document, Fact
    from caseboard.errors import CaseboardError, InputError, KnowledgeError, NoPatientError, UsageError
    from caseboard.formats import read_case
    from caseboard.formats.flat import read_flat, write_flat
    from caseboard.narrative import read as read_narrative

__all__ = [
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

_HOMES = {
    "Assessment": ("caseboard.assess.results", "Assessment"),
    "Case": ("caseboard.case", "Case"),
    "CaseboardError": ("caseboard.errors", "CaseboardError"),
    "Citation": ("caseboard.assess.findings", "Citation"),
    "Document": ("caseboard.case", "Document"),
    "Fact": ("caseboard.case", "Fact"),
    "Finding": ("caseboard.assess.findings", "Finding"),
    "InputError": ("caseboard.errors", "InputError"),
    "KnowledgeError": ("caseboard.errors", "KnowledgeError"),
    "NoPatientError": ("caseboard.errors", "NoPatientError"),
    "UsageError": ("caseboard.errors", "UsageError"),
    "assess_case": ("caseboard.assess", "assess"),
    "read_case": ("caseboard.formats", "read_case"),
    "read_flat": ("caseboard.formats.flat", "read_flat"),
    "read_narrative": ("caseboard.narrative", "read"),
    "render_dossier": ("caseboard.board", "render_dossier"),
    "write_flat": ("caseboard.formats.flat", "write_flat"),
}


def __getattr__(name: str) -> object:
    """Import an exported name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'caseboard' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
