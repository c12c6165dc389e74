"""Tables of lesions or responses in, tables of responses out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.output import one_line, write_output
from caseboard.cli.progress import progress
from caseboard.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from caseboard.formats.tabular import Problem

__all__ = ["response"]

response = typer.Typer(
    help="Response by RECIST 1.1 for tables of many patients (CSV, gzipped too, and Parquet).",
    no_args_is_help=True,
)

Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write: .csv, .csv.gz or .parquet; - is standard output, as CSV.",
    ),
]


@response.command()
def timepoints(
    lesions: Annotated[
        str,
        typer.Argument(metavar="LESIONS", help="A row for each lesion at each visit.", show_default=False),
    ],
    output: Output = Path("-"),
    too_small: Annotated[
        float,
        typer.Option(
            "--too-small-mm", metavar="MM", min=0, help="What a target counts that is too small to measure."
        ),
    ] = 5.0,
    return_by_sum: Annotated[
        bool,
        typer.Option(
            "--return-by-sum",
            help="Judge a target that comes back after complete response by the sum alone (20 % and 5 mm); "
            "otherwise it is progression at any size, as the guideline's appendix III says.",
        ),
    ] = False,
) -> None:
    """Derive the response at each visit from lesions: sums, nadir, target, non-target, new lesions, overall."""
    with progress(4) as step:
        step(f"Reading {lesions}")
        from caseboard.assess.response.tables import TimepointRules
        from caseboard.assess.response.tables import timepoints as derive
        from caseboard.formats.response_columns import lesion_rows
        from caseboard.formats.tabular import read_table

        _refuse_to_overwrite((lesions,), output)
        table = read_table(lesions)
        step("Looking at each row")
        rows, problems = lesion_rows(table)
        step(f"Judging {rows.height:,} rows")
        found = derive(rows, TimepointRules(too_small_mm=too_small, return_is_progression=not return_by_sum))
        step("Writing")
        _write(found.frame, output)
    _end({lesions: (*problems, *table.problems(found.unused))})


@response.command()
def best(
    responses: Annotated[
        str, typer.Argument(metavar="RESPONSES", help="A row for each visit.", show_default=False)
    ],
    output: Output = Path("-"),
    subjects: Annotated[
        str | None,
        typer.Option(
            "--subjects",
            metavar="FILE",
            help="A table of all subjects and their start (ADSL); who has no response is MISSING.",
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="COLUMN",
            help="The column of the start; otherwise START, REFERENCE, RANDDT, TRTSDT or RFSTDTC.",
            show_default=False,
        ),
    ] = None,
    confirm_days: Annotated[
        int,
        typer.Option("--confirm-days", metavar="N", min=1, help="Days after which a response is confirmed."),
    ] = 28,
    sd_days: Annotated[
        int, typer.Option("--sd-days", metavar="N", min=0, help="Days after the start from which SD counts.")
    ] = 42,
    max_ne: Annotated[
        int,
        typer.Option(
            "--max-ne", metavar="N", min=0, help="How many NE may lie between a response and the next."
        ),
    ] = 1,
    max_sd: Annotated[
        int, typer.Option("--max-sd", metavar="N", min=0, help="How many SD may lie between two PR.")
    ] = 0,
) -> None:
    """Derive the best overall response of each subject, with and without confirmation, from responses by visit."""
    with progress(4) as step:
        step(f"Reading {responses}")
        from caseboard.assess.response.tables import BestRules, best_responses
        from caseboard.formats.response_columns import reference_dates, response_rows
        from caseboard.formats.tabular import read_table

        _refuse_to_overwrite((responses, *([subjects] if subjects else [])), output)
        everybody, told = None, {}
        if subjects is not None:
            everybody, told[subjects] = reference_dates(read_table(subjects), start)
        table = read_table(responses)
        step("Looking at each row")
        rows, told[responses] = response_rows(table, reference=start, starts=everybody)
        step(f"Judging {rows.height:,} rows")
        rules = BestRules(
            confirm_days=confirm_days, stable_days=sd_days, missed_between=max_ne, stable_between=max_sd
        )
        found = best_responses(rows, rules, subjects=None if everybody is None else everybody["subject"])
        step("Writing")
        _write(found, output)
    _end(told)


def _refuse_to_overwrite(inputs: Sequence[str], output: Path) -> None:
    for path in map(Path, inputs):
        if str(output) != "-" and output.exists() and path.exists() and output.samefile(path):
            raise UsageError(f"{output} is what is read; name another file to write")


def _write(frame: pl.DataFrame, output: Path) -> None:
    if str(output) == "-":
        write_output(frame.write_csv())
        return
    from caseboard.formats.tabular import write_table

    write_table(frame, output)
    write_output(f"Wrote {output} ({frame.height:,} rows)\n")


def _end(problems: dict[str, tuple[Problem, ...]]) -> None:
    """Name every row that was not used; with any, the exit code is 1, though the others are written."""
    lines = [
        f"caseboard: {one_line(f'{path}, line {one.line}: {one.reason}')}\n"
        for path, found in problems.items()
        for one in sorted(found)
    ]
    if lines:
        sys.stderr.write("".join(lines))
        raise typer.Exit(1)
