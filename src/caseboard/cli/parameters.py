"""The arguments and options that several commands share, each said once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AsJson", "AsOf", "CaseArgument", "CasesArgument", "PatientNumber", "TableOutput"]


def _end_of(text: str | date) -> date:
    """Return the last day that a partial date may mean: ``2019-03`` is read as the end of March 2019."""
    if isinstance(text, date):
        return text
    from caseboard.case.dates import parse_partial_date

    try:
        return parse_partial_date(text).last
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="The case: a file of any format that is read, or - for standard input.",
        show_default=False,
    ),
]

CasesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="The cases: files of any format that is read, folders of them, or -.",
        show_default=False,
    ),
]

AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=_end_of,
        help="Only what was known by the end of this day, month or year (YYYY, YYYY-MM, YYYY-MM-DD).",
        show_default=False,
    ),
]

PatientNumber = Annotated[
    int | None,
    typer.Option(
        "--patient",
        metavar="N",
        min=1,
        help="Which patient, where the case tells of several; the first otherwise.",
        show_default=False,
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]

TableOutput = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write: .csv, .csv.gz or .parquet; - is standard output, as CSV.",
    ),
]
