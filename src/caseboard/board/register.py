"""The register of findings: each finding once, with its anchor in the page, and which findings use which fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caseboard.assess.assessment import findings_of
from caseboard.assess.findings import Finding
from caseboard.assess.results import Assessment
from caseboard.case import Case

__all__ = ["Register", "table_uses"]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def table_uses(assessment: Assessment) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield where the tables of the dossier use facts: what is shown, its section, and the ids of its facts."""
    for lesion in assessment.course.lesions:
        yield lesion.name, "lesions", [sight.fact for sight in lesion.measurements]
        yield lesion.name, "lesions", (*lesion.irradiated, *lesion.resected)
    for line in assessment.course.lines:
        yield f"line {line.number}", "course", line.facts
    for episode in assessment.course.episodes:
        yield episode.name, "course", episode.facts
    for response in assessment.responses:
        for point in response.timepoints:
            yield f"response, line {response.line}", "lesions", point.facts
    for time in assessment.times:
        yield f"time to {time.endpoint}, line {time.line}", "times", time.facts
    for alteration in assessment.molecular:
        yield alteration.name, "molecular", alteration.facts
    for entry in assessment.ledger:
        yield "tests done", "molecular", (entry.fact,)
    for report in assessment.trials.reports:
        yield f"trial {report.id}", "trials", [fact for found in report.every_answer for fact in found.facts]
    for toxicity in assessment.toxicities:
        yield "toxicity", "toxicity", (toxicity.fact, *toxicity.action_facts)
    for lab in assessment.labs:
        yield "laboratory", "toxicity", (lab.fact,)


class Register:
    """Anchors for the findings and the facts of one dossier, and the way from a fact to what stands on it.

    Two findings that say the same by the same rule from the same facts are one. An anchor holds only letters,
    digits, hyphens, underscores and tildes, whatever a fact's id holds.
    """

    def __init__(self, case: Case, assessment: Assessment) -> None:
        self.findings: tuple[Finding, ...] = tuple(dict.fromkeys(findings_of(assessment)))
        self._numbers = {finding: number for number, finding in enumerate(self.findings, start=1)}
        self._facts = dict(self._fact_anchors(fact.id for fact in case.facts))
        self._used: dict[str, dict[str, list[Finding]]] = {}
        for finding in self.findings:
            for fact in dict.fromkeys(finding.facts):
                self._used.setdefault(fact, {}).setdefault(finding.rule, []).append(finding)
        self._shown: dict[str, dict[tuple[str, str], None]] = {}
        for name, section, facts in table_uses(assessment):
            for fact in facts:
                self._shown.setdefault(fact, {})[name, section] = None

    def number(self, finding: Finding) -> int:
        """Return the finding's number in this dossier, counted from 1."""
        return self._numbers[finding]

    def anchor(self, finding: Finding) -> str:
        """Return the id of the finding's row in the register."""
        return f"finding-{self._numbers[finding]}"

    def fact_anchor(self, fact_id: str) -> str | None:
        """Return the id of the fact's highlight, or None where the case has no such fact."""
        anchor = self._facts.get(fact_id)
        return f"fact-{anchor}" if anchor else None

    def use_anchor(self, fact_id: str) -> str | None:
        """Return the id of the fact's row in the table of facts, which lists the findings that use it."""
        anchor = self._facts.get(fact_id)
        return f"use-{anchor}" if anchor else None

    def used_by(self, fact_id: str) -> dict[str, list[Finding]]:
        """Return the findings that stand on a fact, by rule."""
        return self._used.get(fact_id, {})

    def shown_in(self, fact_id: str) -> tuple[tuple[str, str], ...]:
        """Return what in the tables stands on a fact, each with the anchor of its section."""
        return tuple(self._shown.get(fact_id, ()))

    @staticmethod
    def _fact_anchors(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        for number, fact_id in enumerate(ids, start=1):
            unchanged = bool(fact_id) and not _UNSAFE.search(fact_id)
            yield fact_id, fact_id if unchanged else f"~{number}"
