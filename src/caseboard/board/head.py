"""The head of the dossier: the lines on the patient, each under its label, and what the page was read from."""

from __future__ import annotations

import msgspec

from caseboard.assess.findings import Finding
from caseboard.assess.results import Assessment, LineResponse
from caseboard.assess.written import capital, category_written, to_be_settled
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
    return {response.line: _best(response) for response in assessment.responses}


def _best(response: LineResponse) -> str:
    derived = response.best_derived if response.best_derived not in (None, "NE") else None
    stated = category_written(response.best_stated) if response.best_stated else None
    if derived and stated and response.best_stated and derived != stated:
        best = f"{stated} as stated, {derived} by the lesions"
        return f"{best}: to be settled on the scans" if to_be_settled(response.best_stated, derived) else best
    if stated:
        return stated if derived else f"{stated} as stated"
    return f"{derived} by the lesions" if derived else "not told"
