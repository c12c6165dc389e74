"""The head of the dossier: the lines on the patient, each under its label, and what the page was read from."""

from __future__ import annotations

import msgspec

from caseboard.assess.findings import Finding
from caseboard.assess.results import Assessment
from caseboard.assess.written import best_written, capital
from caseboard.case import Case

__all__ = ["HeadLine", "best_responses", "head_lines", "read_from"]

_LABELS = {
    "summary.who": "Patient",
    "summary.diagnosis": "Diagnosis",
    "summary.molecular": "Molecular",
    "summary.treatment": "Treatment",
    "summary.state": "Last report",
}
_LONGEST_LABEL = 40


class HeadLine(msgspec.Struct, frozen=True):
    """One line of the head: its label, what it says (treatments one by one), and the facts that it stands on."""

    label: str
    items: tuple[str, ...]
    facts: tuple[str, ...]


def head_lines(assessment: Assessment) -> tuple[HeadLine, ...]:
    """Return the lines on the patient, without the words that their labels say."""
    return tuple(_line(line) for line in assessment.patient.lines)


def _line(line: Finding) -> HeadLine:
    label, told = _LABELS.get(line.rule, "Patient"), line.what
    start, colon, rest = told.partition(": ")
    if line.rule == "summary.state" and colon and len(start) < _LONGEST_LABEL:
        label, told = start, rest
    elif start == label and colon:
        told = rest
    items: tuple[str, ...] = (told,)
    if line.rule == "summary.treatment" and colon:
        items = tuple(told.removesuffix(".").split("; "))
    return HeadLine(label, tuple(capital(item) for item in items), line.facts)


def read_from(case: Case, assessment: Assessment) -> str:
    """Return what was read: titles and names of the documents; in a view of an earlier day nothing, as titles tell."""
    if assessment.cutoff is not None:
        return ""
    told = []
    for document in case.documents:
        title = document.title or (assessment.title if len(case.documents) == 1 else "")
        told.append(", ".join(dict.fromkeys(part for part in (title, document.name) if part)))
    return "; ".join(told)


def best_responses(assessment: Assessment) -> dict[int, str]:
    """Return the best response of each line of therapy, as a cell of a table says it."""
    return {
        response.line: best_written(response.best_stated, response.best_derived) or "not told"
        for response in assessment.responses
    }
