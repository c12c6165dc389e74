"""The commands. Each imports what it needs when it is called, so that help and usage errors come at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.grade import grade
from caseboard.cli.output import write_file, write_output
from caseboard.cli.parameters import AsJson, AsOf, CaseArgument, CasesArgument, PatientNumber
from caseboard.cli.progress import progress
from caseboard.cli.response import response
from caseboard.cli.samples import answer_samples
from caseboard.cli.store import add_store_commands
from caseboard.cli.trials import trials
from caseboard.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from caseboard.assess.results import Assessment
    from caseboard.case import Case

__all__ = ["app"]

app = typer.Typer(
    name="caseboard",
    help="Reads the case of one cancer patient and lays it out for a tumour board.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
knowledge = typer.Typer(help="The tables of knowledge that an assessment uses.", no_args_is_help=True)


@app.callback()
def caseboard(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Read the case of one cancer patient and lay it out for a tumour board."""
    if version:
        from caseboard._version import __version__

        write_output(f"caseboard {__version__}\n")
        raise typer.Exit


@app.command(short_help="Write the dossier of a case: one HTML page.")
def board(
    case: CaseArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write; - is standard output. Otherwise CASE's name with .dossier.html, in this folder.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    patient: PatientNumber = None,
    as_json: AsJson = False,
) -> None:
    """Write the dossier of a case: one HTML page that needs nothing else.

    With --json the assessment goes to standard output (or to FILE) as JSON; `caseboard schema` describes it.
    """
    target = output or Path("-" if as_json else _dossier_name(case))
    _refuse_to_overwrite(case, target)
    with progress(3) as step:
        step(f"Reading {case}")
        whole = _read(case)
        step("Assessing")
        assessment = _assess(whole, patient, as_of)
        step("Writing")
        if as_json:
            text = _json(assessment)
        else:
            from caseboard.board import render_dossier

            text = render_dossier(whole.as_of(as_of) if as_of else whole, assessment)
    if str(target) == "-":
        write_output(text)
        return
    write_file(target, text)
    write_output(f"Wrote {target} ({len(text.encode()) / 1000:,.0f} KB)\n")


@app.command(short_help="Print the facts of cases, each with its span in the text.")
def facts(
    cases: CasesArgument,
    history: Annotated[
        bool, typer.Option("--history", help="Also what is told of smoking, family, occupation and the like.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Write the facts of each document to NAME.facts.jsonl in this folder.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, max=256, help="How many processes read.")
    ] = 1,
    shown: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", help="Show a bar on standard error.", show_default=False),
    ] = None,
    sentence: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="TEXT_OR_OFFSET",
            help="Tell instead how the sentence was read that has this text, or the character at this offset.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the facts of cases as JSON Lines, each with its span in the text.

    A folder is read with all its files. A case that cannot be read is named on standard error, the others are still
    printed, and the exit code is 1.
    """
    if sentence is not None:
        from caseboard.cli.explanation import explain_case

        if len(cases) > 1:
            raise UsageError("--explain: give one case")
        write_output(explain_case(cases[0], sentence))
        return
    from caseboard.cli.corpus import read_corpus

    if read_corpus(cases, jobs=jobs, folder=output, history=history, shown=shown):
        raise typer.Exit(1)


@app.command(short_help="List the drugs that have evidence, best evidence first.")
def options(
    case: CaseArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write; standard output otherwise.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    patient: PatientNumber = None,
    every_type: Annotated[
        bool,
        typer.Option("--every-type", help="For a table of samples: also evidence that is not about drugs."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the drugs that have evidence for what was found in the tumour, best evidence first.

    CASE may also be a table of many samples (columns sample, tumour, alteration) or a MAF.
    """
    if answer_samples(case, output, every_type=every_type):
        return
    with progress(2) as step:
        step(f"Reading {case}")
        whole = _read(case)
        step("Assessing")
        assessment = _assess(whole, patient, as_of)
    if as_json:
        text = _json({"options": assessment.options, "findings": assessment.option_findings})
    else:
        from caseboard.cli.tables import option_table

        text = option_table(assessment)
    if output is None or str(output) == "-":
        write_output(text)
        return
    _refuse_to_overwrite(case, output)
    write_file(output, text)


app.command(short_help="Hold a case against trials, criterion by criterion.")(trials)
app.command(short_help="Grade laboratory values by CTCAE v4.03, v5.0 or v6.0.")(grade)


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `board --json` prints."""
    from caseboard.assess import schema as assessment_schema

    write_output(_json(assessment_schema()))


@knowledge.command(name="list")
def list_knowledge(as_json: AsJson = False) -> None:
    """List the tables with their version, licence and number of rows."""
    from caseboard.cli.tables import knowledge_table
    from caseboard.knowledge import versions

    tables = versions()
    write_output(_json(tables) if as_json else knowledge_table(tables))


add_store_commands(knowledge)
app.add_typer(response, name="response", short_help="Response by RECIST 1.1 for tables of many patients.")
app.add_typer(knowledge, name="knowledge")


def _read(path: str) -> Case:
    from caseboard.formats import read_case

    return read_case(path)


def _assess(case: Case, patient: int | None, cutoff: date | None) -> Assessment:
    from caseboard.assess import assess

    numbers = [one.number for one in case.patients]
    chosen = numbers[0] if patient is None else patient
    if chosen not in numbers:
        raise UsageError(f"--patient {chosen}: the case tells of patient {', '.join(map(str, numbers))}")
    if cutoff is not None and not case.for_patient(chosen).as_of(cutoff).facts:
        raise UsageError(f"--as-of {cutoff}: nothing is told of patient {chosen} by then; give a later date")
    if patient is None and len(numbers) > 1:
        sys.stderr.write(
            f"caseboard: the case tells of {len(numbers)} patients; this is patient {chosen}, see --patient\n"
        )
    return assess(case, patient=chosen, cutoff=cutoff)


def _json(value: object) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _dossier_name(case: str) -> str:
    stem = "case" if case == "-" else Path(case).name.split(".")[0] or "case"
    return f"{stem}.dossier.html"


def _refuse_to_overwrite(case: str, target: Path) -> None:
    if (
        case != "-"
        and str(target) != "-"
        and target.exists()
        and Path(case).exists()
        and target.samefile(case)
    ):
        raise UsageError(f"{target} is the case itself; name another file to write")
