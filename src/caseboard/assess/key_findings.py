"""The findings that matter most: the few that a board should read before all others, weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from caseboard.assess.findings import Finding, Level, Topic
from caseboard.assess.results import LabGrade, ReportedToxicity

__all__ = ["gravest_first", "key_findings", "told_by_the_event"]

_MOST_KEY = 7
_MOST_NOTES_OF_A_TOPIC = 2
_TOPICS: tuple[Topic, ...] = (
    "work-up",
    "molecular",
    "options",
    "response",
    "conflict",
    "toxicity",
    "course",
    "gap",
    "time to event",
)
_LEVELS: tuple[Level, ...] = ("critical", "warning", "note")
_SAY_THE_SAME = (
    ("molecular.resistance_variant", "options.resistance_found", "molecular.variant_beside_fusion"),
    ("workup.fusion_structure", "molecular.not_told"),
    ("workup.fusion_partner_unknown", "molecular.partner_unknown", "molecular.not_told"),
    ("response.baseline_older_than_four_weeks", "gap.no_scan_before_line", "response.baseline_age_unknown"),
    ("molecular.symbol_corrected", "conflict.corrected_in_reading"),
    ("molecular.symbol_corrected", "molecular.order_turned"),
)
"""Rules that see one matter from several sides; among the key findings only the first of them that fired is shown."""

_REACH = frozenset({"options.no_alteration", "options.outside_pack"})
_KEY_OPTIONS = ("options.same_", "options.look_for")
_ABOUT_READING = frozenset({"molecular.symbol_corrected", "molecular.order_turned"})
_OF_THE_RECORD = frozenset(
    {
        "conflict.corrected_in_reading",
        "course.lesion_ambiguous",
        "course.radiotherapy_field_unclear",
        "course.switch_without_progression",
        "gap.drug_without_start",
        "response.baseline_age_unknown",
        "response.baseline_older_than_four_weeks",
    }
)
"""Rules about how the record was read and counted: as notes they stand in their sections alone."""


def told_by_the_event(toxicities: Iterable[ReportedToxicity], labs: Iterable[LabGrade]) -> frozenset[str]:
    """Return the facts of the laboratory values whose harm is reported as an adverse event at the same time."""
    events = {(one.ctcae_term, one.timing) for one in toxicities if one.grade_reported is not None}
    return frozenset(lab.fact for lab in labs if (lab.term, lab.timing) in events)


def gravest_first(toxicities: Iterable[ReportedToxicity]) -> tuple[Finding, ...]:
    """Return the findings of reported harm by grade, the highest first, and of one grade the latest first."""
    latest = reversed(tuple(toxicities))
    return tuple(one.finding for one in sorted(latest, key=lambda one: -(one.grade_reported or 0)))


def key_findings(
    findings: Iterable[Finding],
    last_line: int | None,
    *,
    decided: bool = False,
    told: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Return the findings that matter most, weightiest first, seven at most.

    Of the notes, one a rule and two a topic are taken, of those that weigh the same the first of ``findings``. What
    concerns the response of an earlier line than ``last_line``, or the reach of this program's own tables, counts a
    level less: no board can mend it. Where nothing is left to decide (``decided``), options are left out. The grade of
    a laboratory value in ``told`` is left to the adverse event that tells it.
    """
    unique = list({(one.rule, one.what): one for one in findings if _may_be_key(one, told)}.values())
    fired = {one.rule for one in unique}
    hidden = {
        rule for group in _SAY_THE_SAME for place, rule in enumerate(group) if fired & set(group[:place])
    }
    shown = [
        (_weight(one, last_line), _TOPICS.index(_topic(one)), one)
        for one in unique
        if one.rule not in hidden and not (decided and one.topic == "options")
    ]
    out: list[Finding] = []
    rules: set[str] = set()
    topics: Counter[str] = Counter()
    for weight, _, one in sorted(shown, key=lambda each: each[:2]):
        if weight >= _LEVELS.index("note"):
            beside = one.topic == "options" and one.level == "note" and not one.rule.startswith(_KEY_OPTIONS)
            if one.rule in rules or beside or topics[one.topic] >= _MOST_NOTES_OF_A_TOPIC:
                continue
            topics[one.topic] += 1
        rules.add(one.rule)
        out.append(one)
    return tuple(out[:_MOST_KEY])


def _may_be_key(finding: Finding, told: frozenset[str]) -> bool:
    if finding.level == "info" or (finding.level == "note" and finding.rule in _OF_THE_RECORD):
        return False
    return not (finding.rule == "toxicity.laboratory" and told.issuperset(finding.facts))


def _weight(finding: Finding, last_line: int | None) -> int:
    earlier = finding.topic == "response" and not finding.what.startswith(f"Line {last_line}:")
    return _LEVELS.index(finding.level) + (earlier or finding.rule in _REACH)


def _topic(finding: Finding) -> Topic:
    return "conflict" if finding.rule in _ABOUT_READING else finding.topic
