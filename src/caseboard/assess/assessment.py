"""The assessment of one patient of a case: every room of reasoning is asked, and what they found is put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from inspect import cleandoc
from typing import Any

import msgspec

from caseboard._version import __version__
from caseboard.assess.conflicts import conflicts
from caseboard.assess.conflicts import rule_names as conflict_rules
from caseboard.assess.course import build_course
from caseboard.assess.findings import Finding
from caseboard.assess.key_findings import gravest_first, key_findings, told_by_the_event
from caseboard.assess.laboratory import lab_grades
from caseboard.assess.molecular import alteration_reports
from caseboard.assess.options import options
from caseboard.assess.question import ASKED, asked_of_board, question_for_board
from caseboard.assess.refuted import refuted_by_pathology, set_aside
from caseboard.assess.response.lines import assess_responses
from caseboard.assess.results import Assessment, SourceDocument
from caseboard.assess.stored_trials import stored_trials
from caseboard.assess.summary import SUMMARY_RULES, summarise
from caseboard.assess.tiers import TIER_RULES
from caseboard.assess.time_to_event import times_to_event
from caseboard.assess.toxicity import reported_toxicities
from caseboard.assess.toxicity_worst import worst_toxicities
from caseboard.assess.view import view_of
from caseboard.assess.workup import rule_names as workup_rules
from caseboard.assess.workup import work_up
from caseboard.case.case import Case
from caseboard.errors import UsageError
from caseboard.knowledge import versions

__all__ = ["DISCLAIMER", "assess", "findings_of", "schema"]

DISCLAIMER = (
    "Caseboard prepares a decision and does not take it. It is not a medical device. What it shows was read from text "
    "by a program and can be wrong or incomplete: check every line against its source before it is used for a patient."
)


def assess(case: Case, *, patient: int = 1, cutoff: date | None = None) -> Assessment:
    """Return the assessment of a patient, with what was known at the end of ``cutoff`` (None: with all that is told).

    Raises ``UsageError`` where nothing is told of the patient, or nothing by then.
    """
    known = case if cutoff is None else case.as_of(cutoff)
    own = known.for_patient(patient)
    if not own.facts:
        by_then = f" by {cutoff}" if cutoff else ""
        raise UsageError(f"nothing is told of patient {patient}{by_then}")
    refuted = refuted_by_pathology(own)
    own, no_progressions = set_aside(own, refuted)
    course = build_course(own, refuted)
    course = msgspec.structs.replace(course, findings=(*course.findings, *no_progressions))
    responses = assess_responses(own, course)
    molecular = alteration_reports(own)
    ledger, missing, _ = work_up(own, course, molecular)
    offered, option_findings = options(own, course)
    others = tuple(
        one.age_years for one in case.patients if one.number != patient and one.age_years is not None
    )
    view = view_of(own, course, molecular)
    toxicities, labs = reported_toxicities(own, course), lab_grades(own, course)
    found = Assessment(
        caseboard=__version__,
        title=case.title,
        cutoff=cutoff,
        documents=tuple(
            SourceDocument(
                name=d.name, title=d.title, published=d.published, doi=d.doi, characters=len(d.text)
            )
            for d in case.documents
        ),
        patient=summarise(view, responses),
        asked=asked_of_board(view),
        question=question_for_board(view, missing, responses),
        key=(),
        course=course,
        responses=responses,
        times=times_to_event(own, course, responses),
        toxicities=toxicities,
        labs=labs,
        worst_toxicities=worst_toxicities(toxicities, labs),
        ledger=ledger,
        missing=missing,
        molecular=molecular,
        options=offered,
        option_findings=option_findings,
        trials=stored_trials(own, course),
        conflicts=conflicts(own, course, others=others),
        rules={},
        knowledge=versions(),
        disclaimer=DISCLAIMER,
    )
    findings = tuple(findings_of(found))
    last_line = course.lines[-1].number if course.lines else None
    told = told_by_the_event(toxicities, labs)
    ordered = (*gravest_first(toxicities), *findings)
    key = key_findings(ordered, last_line, decided=view.dead, told=told)
    return msgspec.structs.replace(found, key=key, rules=_rules(findings))


def findings_of(found: object) -> Iterator[Finding]:
    """Yield every finding inside an assessment or a part of it, in the order of its fields."""
    if isinstance(found, Finding):
        yield found
    elif isinstance(found, tuple):
        for part in found:
            yield from findings_of(part)
    elif isinstance(found, msgspec.Struct):
        for name in found.__struct_fields__:
            yield from findings_of(getattr(found, name))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of an assessment, as it is published in ``docs/assessment.schema.json``."""
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:caseboard:assessment",
        "title": "Assessment of one patient by Caseboard",
    }
    cleaned: dict[str, Any] = _cleaned(msgspec.json.schema(Assessment))
    return about | cleaned


def _cleaned(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    """Return a part of a schema whose descriptions have no indentation: Python keeps it or not, by its version."""
    if isinstance(part, dict):
        return {
            name: cleandoc(value) if name == "description" and isinstance(value, str) else _cleaned(value)
            for name, value in part.items()
        }
    return [_cleaned(item) for item in part] if isinstance(part, list | tuple) else part


def _rules(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return how often each rule fired; those of work-up, conflicts and summary also where they did not."""
    counted = Counter(one.rule for one in findings)
    asked = {*workup_rules(), *conflict_rules(), *SUMMARY_RULES, ASKED, *TIER_RULES, *counted}
    return {name: counted[name] for name in sorted(asked)}
