"""Plots of the responses of many patients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseboard.cli.lesion_tables import INVESTIGATOR, read_lesions
from caseboard.cli.output import write_output
from caseboard.cli.progress import progress
from caseboard.cli.response_options import Reader, ReturnBySum, Sites, TooSmall
from caseboard.cli.table_output import end_with, note_no_rows, refuse_to_overwrite
from caseboard.errors import UsageError

__all__ = ["plot"]


def plot(
    lesions: Annotated[
        str,
        typer.Argument(metavar="LESIONS", help="A row for each lesion at each visit.", show_default=False),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write: .html, .svg, .png or .json (Vega-Lite)."
        ),
    ],
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="KIND", help="waterfall, spider, swimmer, or lesions (line by line)."),
    ] = "waterfall",
    too_small: TooSmall = 5.0,
    return_by_sum: ReturnBySum = False,
    sites: Sites = None,
    reader: Reader = INVESTIGATOR,
) -> None:
    """Plot the responses of many patients: waterfall, spider or swimmer, or the lines of single lesions."""
    with progress(3) as step:
        step(f"Reading {lesions}")
        from caseboard.assess.response.tables import TimepointRules
        from caseboard.assess.response.tables import timepoints as derive
        from caseboard.board.plot_files import PLOT_FORMATS, render_plot
        from caseboard.board.response_plots import PLOTS
        from caseboard.formats.response_columns import lesion_rows
        from caseboard.formats.tabular import write_bytes

        if kind not in PLOTS:
            raise UsageError(f"--kind {kind}: the plots are {', '.join(PLOTS)}")
        if output.suffix not in PLOT_FORMATS:
            raise UsageError(f"{output}: the endings are {', '.join(PLOT_FORMATS)}")
        refuse_to_overwrite((lesions,), output)
        table = read_lesions(lesions, sites, reader)
        rows, problems = lesion_rows(table)
        step("Judging")
        found = derive(rows, TimepointRules(too_small_mm=too_small, return_is_progression=not return_by_sum))
        step("Drawing")
        write_bytes(render_plot(PLOTS[kind](rows, found), output.suffix), output)
        write_output(f"Wrote {output}\n")
    note_no_rows(table)
    end_with({lesions: (*problems, *table.problems(found.unused))})
