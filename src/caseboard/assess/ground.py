"""What the rules about conflicts and gaps stand on: one patient's case in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from caseboard.assess.chronology import Chronology, chronology, timing_of
from caseboard.assess.findings import Citation, Finding, Level, Topic
from caseboard.assess.results import Course
from caseboard.case.case import Case
from caseboard.case.facts import Fact

__all__ = ["Ground", "GroundRule", "finding", "ground_of"]


@dataclass(frozen=True)
class Ground:
    """A case of one patient with its course and clock; ``others`` are the ages of the document's other patients."""

    case: Case
    course: Course
    clock: Chronology
    others: tuple[float, ...] = ()

    def when(self, fact: Fact) -> str:
        """Say when a fact was."""
        return timing_of(self.case, fact).text


GroundRule = Callable[[Ground], Iterator[Finding]]
"""A rule that yields the conflicts or gaps it finds."""


def ground_of(case: Case, course: Course, others: tuple[float, ...] = ()) -> Ground:
    """Return the ground of a case of one patient."""
    return Ground(case, course, chronology(case), others)


def finding(
    rule: str,
    what: str,
    facts: tuple[str, ...],
    *,
    level: Level = "note",
    detail: str = "",
    citations: tuple[Citation, ...] = (),
) -> Finding:
    """Return a finding of the topic that its rule's name begins with."""
    topic: Topic = "gap" if rule.startswith("gap.") else "conflict"
    ids = tuple(dict.fromkeys(facts))
    return Finding(
        what=what, rule=rule, topic=topic, level=level, facts=ids, citations=citations, detail=detail
    )
