"""The worst grade of each term of CTCAE under each line of therapy: as reported, and by the laboratory's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseboard.assess.findings import Citation, Finding
from caseboard.assess.results import LabGrade, ReportedToxicity, WorstToxicity

__all__ = ["worst_toxicities"]


class _Entry(NamedTuple):
    grade: int | None
    source: str
    fact: str
    citations: tuple[Citation, ...]
    open: bool = False


def worst_toxicities(
    reported: Sequence[ReportedToxicity], labs: Sequence[LabGrade]
) -> tuple[WorstToxicity, ...]:
    """Return the worst grade of each term and line, by line and then by grade.

    A reported grade stands as it was reported; a laboratory value counts by v5.0, from grade 1 on, where it was
    measured after treatment began; where two grades are possible, the lower one is sure. Events without a grade are
    counted, and give none. An event is named by its term of CTCAE, or by the word of the source where none fits.
    """
    found: dict[tuple[int | None, str], list[_Entry]] = {}
    for event in reported:
        name = event.ctcae_term or event.term
        found.setdefault((event.line, name), []).append(
            _Entry(event.grade_reported, "reported", event.fact, event.finding.citations)
        )
    for value in labs:
        if value.attributable and value.term is not None and value.lowest_v5:
            found.setdefault((value.line, value.term), []).append(
                _Entry(
                    value.lowest_v5,
                    "laboratory",
                    value.fact,
                    value.finding.citations,
                    open=value.grade_v5 is None,
                )
            )
    out = [_worst(line, name, entries) for (line, name), entries in found.items()]
    return tuple(sorted(out, key=lambda one: (one.line is None, one.line or 0, -(one.grade or 0), one.term)))


def _worst(line: int | None, term: str, told: Sequence[_Entry]) -> WorstToxicity:
    grade = max((entry.grade for entry in told if entry.grade is not None), default=None)
    at = [entry for entry in told if entry.grade == grade]
    sources = tuple(dict.fromkeys(entry.source for entry in at))
    ungraded = sum(entry.grade is None for entry in told)
    at_least = all(entry.open for entry in at)
    where = f"under line {line}" if line is not None else "under no line that is told"
    said = "never graded" if grade is None else f"{'at least ' if at_least else ''}grade {grade} at worst"
    return WorstToxicity(
        term=term,
        line=line,
        grade=grade,
        at_least=at_least,
        sources=sources,
        times=len(told),
        ungraded=ungraded,
        finding=Finding(
            what=f"{term} {where}: {said}, of {len(told)} {'mention' if len(told) == 1 else 'mentions'}.",
            rule="toxicity.worst",
            topic="toxicity",
            level="info",
            facts=tuple(entry.fact for entry in at),
            citations=tuple(dict.fromkeys(citation for entry in told for citation in entry.citations)),
        ),
    )
