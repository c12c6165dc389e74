"""The register of findings: each finding once, with its anchor in the page, and which findings use which fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caseboard.assess.findings import Finding
from caseboard.assess.results import Assessment
from caseboard.case import Case

__all__ = ["Register", "all_findings"]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def all_findings(assessment: Assessment) -> Iterator[Finding]:
    """Yield every finding of an assessment, in the order of the dossier; one may come more than once."""
    yield from assessment.patient.lines
    yield from assessment.key
    yield from assessment.course.findings
    for line in assessment.course.lines:
        yield from line.findings
    for response in assessment.responses:
        yield from response.findings
    yield from (time.finding for time in assessment.times)
    for alteration in assessment.molecular:
        yield from alteration.findings
    yield from (missing.finding for missing in assessment.missing)
    yield from (option.finding for option in assessment.options)
    yield from assessment.option_findings
    yield from (toxicity.finding for toxicity in assessment.toxicities)
    yield from (lab.finding for lab in assessment.labs)
    yield from assessment.conflicts


class Register:
    """Anchors for the findings and the facts of one dossier, and the way from a fact to what stands on it.

    Two findings that say the same by the same rule from the same facts are one. An anchor holds only letters,
    digits, hyphens and underscores, whatever a fact's id holds.
    """

    def __init__(self, case: Case, assessment: Assessment) -> None:
        self.findings: tuple[Finding, ...] = tuple(dict.fromkeys(all_findings(assessment)))
        self._numbers = {finding: number for number, finding in enumerate(self.findings, start=1)}
        self._facts = dict(self._fact_anchors(fact.id for fact in case.facts))
        used: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for fact in dict.fromkeys(finding.facts):
                used.setdefault(fact, []).append(finding)
        self._used = used

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

    def used_by(self, fact_id: str) -> tuple[Finding, ...]:
        """Return the findings that stand on a fact."""
        return tuple(self._used.get(fact_id, ()))

    @staticmethod
    def _fact_anchors(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        for number, fact_id in enumerate(ids, start=1):
            unchanged = bool(fact_id) and not _UNSAFE.search(fact_id)
            yield fact_id, fact_id if unchanged else f"-{number}"
