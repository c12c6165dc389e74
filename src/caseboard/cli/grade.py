"""Tables of laboratory values in, tables of CTCAE grades out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.parameters import TableOutput
from caseboard.cli.progress import progress
from caseboard.cli.table_output import end_with, note_no_rows, refuse_table_output, write_frame
from caseboard.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from caseboard.assess.ctcae import Edition

__all__ = ["grade"]

_EDITIONS = {"4": 4, "4.0": 4, "4.03": 4, "5": 5, "5.0": 5, "6": 6, "6.0": 6}


def grade(
    labs: Annotated[
        str,
        typer.Argument(
            metavar="LABS",
            help="A row for each value: subject, date, analyte (or term), value, unit, lln, uln, baseline.",
            show_default=False,
        ),
    ],
    ctcae: Annotated[
        str, typer.Option("--ctcae", metavar="EDITION", help="The edition of CTCAE: 4 (v4.03), 5 or 6.")
    ] = "6",
    output: TableOutput = Path("-"),
    undecided: Annotated[
        str,
        typer.Option(
            "--undecided",
            metavar="WHICH",
            help="Where symptoms, treatment or anticoagulation decide between two grades: worst, least, or none "
            "of them. The columns lowest and highest say both.",
        ),
    ] = "worst",
    beside: Annotated[
        str | None,
        typer.Option(
            "--beside",
            metavar="EDITION",
            help="Another edition side by side, and how its grades differ.",
            show_default=False,
        ),
    ] = None,
    worst: Annotated[
        bool, typer.Option("--worst", help="Write the worst grade of each subject and term instead.")
    ] = False,
) -> None:
    """Grade laboratory values by the numbers of CTCAE v4.03, v5.0 or v6.0, in SI or US units.

    Reads CSV (gzipped too) and Parquet. Every row comes back with its grade and the rule that gave it, or with the
    reason why there is none.
    """
    chosen, other = _edition(ctcae, "--ctcae"), _edition(beside, "--beside") if beside is not None else None
    if other == chosen:
        raise UsageError(f"--beside {beside}: name another edition than --ctcae")
    if worst and other is not None:
        raise UsageError("--worst and --beside: one of the two at a time")
    with progress(4) as step:
        step(f"Reading {labs}")
        from caseboard.assess.ctcae.report import UNDECIDED, graded_table, worst_grades
        from caseboard.formats.lab_columns import lab_rows
        from caseboard.formats.tabular import read_table

        way = next((one for one in UNDECIDED if one == undecided), None)
        if way is None:
            raise UsageError(f"--undecided {undecided}: it can be {', '.join(UNDECIDED)}")
        refuse_table_output((labs,), output)
        table = read_table(labs)
        step("Looking at each row")
        rows, problems = lab_rows(table)
        step(f"Grading {rows.height:,} values")
        found = graded_table(rows, chosen, way, beside=other)
        step("Writing")
        write_frame(worst_grades(found) if worst else found, output)
    note_no_rows(table)
    _note(found, undecided)
    end_with({labs: problems})


def _edition(text: str, option: str) -> Edition:
    found = _EDITIONS.get(text.strip().lower().removeprefix("v"))
    if found is None:
        raise UsageError(f"{option} {text}: the editions are 4 (v4.03), 5 and 6")
    return found  # type: ignore[return-value]  # the values of the table are the editions


def _note(found: pl.DataFrame, undecided: str) -> None:
    """Say how many values have no grade, and how many grades rest on what was not told."""
    none = found["grade"].null_count()
    if none:
        sys.stderr.write(
            f"caseboard: note: {none:,} of {found.height:,} values have no grade; the column why says the reason\n"
        )
    open_ = found.filter(found["why"].str.contains("decide between").fill_null(value=False)).height
    if open_ and undecided != "none":
        sys.stderr.write(
            f"caseboard: note: {open_:,} grades hang on symptoms or treatment, of which a table of values tells "
            f"nothing: the {undecided} is given (--undecided)\n"
        )
