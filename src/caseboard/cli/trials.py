"""The command that holds a case against trials."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.output import one_line, write_output
from caseboard.cli.parameters import AsJson, AsOf, CaseArgument, PatientNumber
from caseboard.cli.progress import progress
from caseboard.errors import UsageError

if TYPE_CHECKING:
    from caseboard.assess.trial_answer import Answer, TrialReport
    from caseboard.case import Case
    from caseboard.knowledge.trial_shapes import Trial

__all__ = ["say_remarks", "trials"]

TrialRecords = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="PATH",
        help="Trial records, a file or a folder of them, instead of your store.",
        show_default=False,
    ),
]


def trials(
    case: CaseArgument,
    records: TrialRecords = None,
    as_of: AsOf = None,
    patient: PatientNumber = None,
    every: Annotated[bool, typer.Option("--all", help="Also the trials that are ruled out.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold a case against trials: each criterion is answered PASS, WARN, FAIL or UNDETERMINED, with a sentence.

    With --json a list of reports; what they hold is in docs/trials.md, their schema in docs/assessment.schema.json.
    """
    import msgspec

    from caseboard.assess.eligibility import trial_reports
    from caseboard.assess.patient_profile import profile_of
    from caseboard.formats import read_case

    with progress(3) as step:
        step(f"Reading {case}")
        own = _one_patient(read_case(case), patient, as_of)
        step("Reading the trials")
        read = _records(records)
        step("Holding them against each other")
        profile = profile_of(own)
        reports = trial_reports(profile, read)
    if records is not None:
        say_remarks(str(records), read)
    shown = [report for report in reports if every or report.verdict != "ruled out"]
    if as_json:
        write_output(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode() + "\n")
        return
    died = (
        ["The patient is told to have died; the trials are held against what was known last."]
        if profile.dead
        else []
    )
    write_output("".join(f"{one_line(line)}\n" for line in (*died, *_told(shown, len(reports)))))


def say_remarks(path: str, trials: Sequence[Trial]) -> None:
    """Say on standard error, in one line a trial, what of a record the reader did not know."""
    for trial in trials:
        for remark in trial.remarks:
            sys.stderr.write(
                f"caseboard: {one_line(f'{path}, trial {trial.id}: {remark}; kept, and UNDETERMINED')}\n"
            )


def _records(path: Path | None) -> tuple[Trial, ...]:
    from caseboard.knowledge.trial_store import has_trials, load_trials
    from caseboard.knowledge.trials import distinct, iter_trials

    if path is not None:
        return distinct(iter_trials(str(path)))[0]
    if not has_trials():
        raise UsageError(
            "your store has no trials: name records with --from, or caseboard knowledge import trials PATH"
        )
    return load_trials()


def _one_patient(case: Case, patient: int | None, cutoff: date | None) -> Case:
    numbers = [one.number for one in case.patients]
    chosen = numbers[0] if patient is None else patient
    if chosen not in numbers:
        raise UsageError(f"--patient {chosen}: the case tells of patient {', '.join(map(str, numbers))}")
    known = case if cutoff is None else case.as_of(cutoff)
    return known.for_patient(chosen)


def _told(reports: Sequence[TrialReport], total: int) -> list[str]:
    possible = sum(report.verdict != "ruled out" for report in reports)
    lines = [f"{possible} of {total} trials are not ruled out."]
    for report in reports:
        lines.append(f"{report.verdict}: {report.id} {report.title}")
        lines.extend(_answers(report.answers))
        for arm in report.arms:
            lines.append(f"- {arm.verdict}: {arm.name}")
            lines.extend(_answers(arm.answers))
    return lines


def _answers(answers: Sequence[Answer]) -> list[str]:
    return [f"- {found.result}{_mend(found)}: {found.sentence} [{found.text}]" for found in answers]


def _mend(found: Answer) -> str:
    """Return whether time could mend a FAIL."""
    if found.result != "FAIL":
        return ""
    return " (time could mend it)" if found.mendable else " (time cannot mend it)"
