"""What the commands for tables share: writing, and naming what was not used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from caseboard.cli.output import one_line, write_output
from caseboard.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from caseboard.assess.response.tables import Doubts
    from caseboard.formats.tabular import Problem, Table

__all__ = [
    "end_with",
    "note_baseline_only",
    "note_doubts",
    "note_no_rows",
    "note_returns",
    "note_unled",
    "refuse_table_output",
    "refuse_to_overwrite",
    "write_frame",
]

_MOST_NAMED = 5


def refuse_to_overwrite(inputs: Sequence[str], output: Path) -> None:
    """Raise ``UsageError`` where the output is one of the inputs."""
    for path in map(Path, inputs):
        if str(output) != "-" and output.exists() and path.exists() and output.samefile(path):
            raise UsageError(f"{output} is what is read; name another file to write")


def refuse_table_output(inputs: Sequence[str], output: Path) -> None:
    """Raise ``UsageError`` where the output is an input, or has the ending of a format that is not written."""
    from caseboard.formats.tabular import ENDINGS

    refuse_to_overwrite(inputs, output)
    if output.suffix and not output.name.endswith(ENDINGS):
        raise UsageError(f"{output}: the endings are {', '.join(ENDINGS)}")


def write_frame(frame: pl.DataFrame, output: Path) -> None:
    """Write a table to a file, or as CSV to standard output for ``-``."""
    if str(output) == "-":
        write_output(frame.write_csv())
        return
    from caseboard.formats.tabular import write_table

    write_table(frame, output)
    write_output(f"Wrote {output} ({frame.height:,} rows)\n")


def note_returns(responses: pl.DataFrame) -> None:
    """Say where a partial response follows a complete one: somebody has to look at which of them is right."""
    from caseboard.assess.response.tables.parameters import disease_after_complete_response

    found = disease_after_complete_response(responses)
    if found.height:
        said = "CR, then PR, is progression or no CR (RECIST 1.1, table 3, footnote); look at"
        _note(said, [f"{subject} ({complete}, {partial})" for subject, complete, partial in found.rows()])


def note_doubts(doubts: Doubts, *, returns: bool) -> None:
    """Say which baselines are not as RECIST has them; for ``returns``, which progressions hang on a CR before them."""
    if doubts.too_small.height:
        said = "targets under 10 mm at baseline, nodes under 15 mm (RECIST 1.1, section 3.1.1: not measurable); look at"
        _note(said, [f"{subject} ({lesion} {mm:g} mm)" for subject, lesion, mm in doubts.too_small.rows()])
    if doubts.too_many.height:
        said = "more than five targets at baseline (RECIST 1.1, section 4.2); look at"
        _note(said, [f"{subject} ({count})" for subject, count in doubts.too_many.rows()])
    if returns and doubts.came_back.height:
        said = "disease back after CR is PD at any size, or there was no CR (RECIST 1.1, table 3, footnote); look at"
        _note(said, [f"{subject} ({day})" for subject, day in doubts.came_back.rows()])


def note_unled(responses: pl.DataFrame) -> None:
    """Say where iCPD has no iUPD before it: somebody has to look at which of them is right."""
    from caseboard.assess.response.tables.immune_best import confirmed_without_unconfirmed

    found = confirmed_without_unconfirmed(responses)
    if found.height:
        said = "iCPD confirms an iUPD, and there is none since the bar was reset (Seymour 2017, table 2); look at"
        _note(said, [f"{subject} ({day})" for subject, day in found.rows()])


def note_no_rows(table: Table) -> None:
    """Say that a table has a header and nothing else."""
    if not table.frame.height and not table.ragged:
        sys.stderr.write(f"caseboard: note: {one_line(table.path)} has no rows\n")


def _note(said: str, named: Sequence[str]) -> None:
    """Write a note with the first few of those that it names."""
    more = len(named) - _MOST_NAMED
    names = ", ".join(named[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    sys.stderr.write(f"caseboard: note: {one_line(f'{said} {names}')}\n")


def note_baseline_only(lesions: pl.DataFrame, points: pl.DataFrame) -> None:
    """Say which subjects have no visit after their first, so that no response can be derived for them."""
    alone = sorted(set(lesions["subject"].unique()) - set(points["subject"].unique()))
    if alone:
        _note("only one visit, which is the baseline, so no time point:", alone)


def end_with(problems: dict[str, tuple[Problem, ...]]) -> None:
    """Name every row that was not used; the exit code is 1 where one was lost, though the others are written."""
    lines = [
        f"caseboard: {one_line(f'{path}, line {one.line}: {one.reason}')}\n"
        for path, found in problems.items()
        for one in sorted(found)
    ]
    sys.stderr.write("".join(lines))
    if not all(one.harmless for found in problems.values() for one in found):
        raise typer.Exit(1)
