"""Tables of lesions or responses in, tables of responses out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.lesion_tables import INVESTIGATOR, read_lesions, refuse_reader
from caseboard.cli.parameters import TableOutput
from caseboard.cli.progress import progress
from caseboard.cli.response_criteria import other_timepoints, refuse_criteria
from caseboard.cli.response_options import (
    BestCriteria,
    ConfirmDays,
    Criteria,
    Explain,
    ImmuneDays,
    MissingAsNe,
    MostMissed,
    MostStable,
    Reader,
    ReturnBySum,
    Sites,
    StableDays,
    TooSmall,
)
from caseboard.cli.response_plot import plot
from caseboard.cli.table_output import (
    end_with,
    note_baseline_only,
    note_doubts,
    note_no_rows,
    note_returns,
    note_unled,
    refuse_table_output,
    write_frame,
)
from caseboard.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from caseboard.assess.response.tables import TimepointRules, Timepoints

__all__ = ["response"]

response = typer.Typer(no_args_is_help=True)

_BEST_CRITERIA = ("recist", "irecist")


@response.callback(invoke_without_command=True)
def study(
    context: typer.Context,
    sdtm: Annotated[
        Path | None,
        typer.Option(
            "--sdtm", metavar="DIR", help="A folder with tu, tr, rs and adsl (or dm).", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write into.", show_default=False),
    ] = None,
    reader: Reader = INVESTIGATOR,
    suffix: Annotated[
        str,
        typer.Option("--suffix", metavar="TEXT", help="What stands between tr and .csv in the files' names."),
    ] = "",
    recorded: Annotated[
        bool,
        typer.Option(
            "--recorded", help="Take the responses that were recorded (rs), though lesions are there."
        ),
    ] = False,
    missed_days: Annotated[
        int | None,
        typer.Option(
            "--missed-days",
            metavar="N",
            min=1,
            help="Censor an event more than N days after the last assessment at that assessment.",
            show_default=False,
        ),
    ] = None,
    criteria: BestCriteria = "recist",
    confirm_days: ConfirmDays = 28,
    sd_days: StableDays = 42,
    max_ne: MostMissed = 1,
    max_sd: MostStable = 0,
    missing_as_ne: MissingAsNe = False,
    too_small: TooSmall = 5.0,
    return_by_sum: ReturnBySum = False,
    icpd_days: ImmuneDays = 28,
    explain: Explain = False,
    ending: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="What is written: csv, csv.gz or parquet.")
    ] = "csv",
) -> None:
    """Response by RECIST 1.1 for tables of many patients (CSV, gzipped too, and Parquet).

    With --sdtm, time points, response parameters (ADRS) and times to event (ADTTE) are derived from a study's tables.
    """
    if context.invoked_subcommand is not None:
        if sdtm is not None:
            raise UsageError(f"--sdtm and {context.invoked_subcommand}: one of the two at a time")
        return
    if sdtm is None or output is None:
        raise UsageError("give --sdtm DIR and --output DIR, or one of the commands timepoints and best")
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is no folder; name one to write into")
    if f".{ending}" not in (endings := (".csv", ".csv.gz", ".parquet")):
        raise UsageError(f"--as {ending}: the formats are {', '.join(one[1:] for one in endings)}")
    refuse_criteria(criteria, _BEST_CRITERIA)
    immune = criteria == "irecist"
    with progress(4) as step:
        step(f"Reading {sdtm}")
        from caseboard.assess.response.tables import BestRules, TimepointRules, analyse
        from caseboard.assess.response.tables.time_to_event import CensoringRules
        from caseboard.formats.sdtm import derived_responses, read_sdtm

        data = read_sdtm(sdtm, reader, suffix=suffix, recorded=recorded, immune=immune)
        told = dict(data.problems)
        step("Judging lesions")
        found, responses = None, data.responses
        if data.lesions is not None and data.lesion_table is not None:
            judged_by = TimepointRules(too_small_mm=too_small, return_is_progression=not return_by_sum)
            found = _recist_timepoints(
                data.lesions, judged_by, icpd_days if immune else None, explain=explain
            )
            told[data.lesion_table.path] += data.lesion_table.problems(found.unused)
            if not recorded or responses is None:
                responses = derived_responses(found.frame, data.subjects, immune=immune)
        if responses is None:
            raise UsageError(f"{sdtm}: there is neither rs nor tr")
        step("Judging responses")
        rules = BestRules(
            confirm_days=confirm_days,
            stable_days=sd_days,
            missed_between=max_ne,
            stable_between=max_sd,
            missing_as_ne=missing_as_ne,
        )
        censoring = CensoringRules(missed_days=missed_days)
        tables = analyse(responses, data.subjects, rules, censoring, immune=immune)
        step("Writing")
        output.mkdir(parents=True, exist_ok=True)
        if found is not None:
            tables = {"timepoints": found.frame, **tables}
        for name, table in tables.items():
            write_frame(table, output / f"{name}.{ending}")
    if found is not None:
        note_doubts(found.doubts, returns=not immune)
    end_with(told)


@response.command(short_help="Derive the response at each visit from lesions.")
def timepoints(
    lesions: Annotated[
        str,
        typer.Argument(metavar="LESIONS", help="A row for each lesion at each visit.", show_default=False),
    ],
    output: TableOutput = Path("-"),
    criteria: Criteria = "recist",
    too_small: TooSmall = 5.0,
    return_by_sum: ReturnBySum = False,
    icpd_days: ImmuneDays = 28,
    explain: Explain = False,
    sites: Sites = None,
    reader: Reader = INVESTIGATOR,
) -> None:
    """Derive the response at each visit from lesions (of PERCIST and RANO: from visits), by RECIST 1.1 or others."""
    with progress(4) as step:
        step(f"Reading {lesions}")
        from caseboard.assess.response.tables import TimepointRules
        from caseboard.formats.response_columns import lesion_rows

        refuse_criteria(criteria)
        refuse_table_output((lesions,), output)
        if sites is not None and criteria not in _BEST_CRITERIA:
            raise UsageError(f"--criteria {criteria}: SDTM is read for {' and '.join(_BEST_CRITERIA)} only")
        table = read_lesions(lesions, sites, reader)
        step(f"Judging {table.frame.height:,} rows")
        rules = TimepointRules(too_small_mm=too_small, return_is_progression=not return_by_sum)
        doubts = None
        if criteria in _BEST_CRITERIA:
            rows, problems = lesion_rows(table)
            found = _recist_timepoints(
                rows, rules, icpd_days if criteria == "irecist" else None, explain=explain
            )
            points, doubts = found.frame, found.doubts
            problems += table.problems(found.unused)
        else:
            rows, points, problems = other_timepoints(table, criteria, rules, explain=explain)
        step("Writing")
        write_frame(points, output)
    note_no_rows(table)
    note_baseline_only(rows, points)
    if doubts is not None:
        note_doubts(doubts, returns=criteria == "recist")
    end_with({lesions: problems})


def _recist_timepoints(
    lesions: pl.DataFrame, rules: TimepointRules, icpd_days: int | None, *, explain: bool
) -> Timepoints:
    """Return the time points of lesions by RECIST 1.1, or with ``icpd_days`` by iRECIST."""
    from caseboard.assess.response.tables import immune_timepoints
    from caseboard.assess.response.tables import timepoints as derive

    if icpd_days is None:
        return derive(lesions, rules, explain=explain)
    return immune_timepoints(lesions, rules, confirm_days=icpd_days, explain=explain)


@response.command(short_help="Derive the best overall response of each subject.")
def best(
    responses: Annotated[
        str, typer.Argument(metavar="RESPONSES", help="A row for each visit.", show_default=False)
    ],
    output: TableOutput = Path("-"),
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
    criteria: BestCriteria = "recist",
    confirm_days: ConfirmDays = 28,
    sd_days: StableDays = 42,
    max_ne: MostMissed = 1,
    max_sd: MostStable = 0,
    missing_as_ne: MissingAsNe = False,
    explain: Explain = False,
    reader: Reader = INVESTIGATOR,
) -> None:
    """Derive the best overall response of each subject, with and without confirmation, from responses by visit."""
    with progress(4) as step:
        step(f"Reading {responses}")
        from caseboard.assess.response.tables import BestRules, best_responses, immune_best_responses
        from caseboard.formats.response_columns import IMMUNE_WORDS, WORDS, reference_dates, response_rows
        from caseboard.formats.tabular import read_table

        refuse_criteria(criteria, _BEST_CRITERIA)
        immune = criteria == "irecist"
        refuse_table_output((responses, *([subjects] if subjects else [])), output)
        everybody, told = None, {}
        if subjects is not None:
            everybody, told[subjects] = reference_dates(read_table(subjects), start)
        table = read_table(responses)
        if "RSTESTCD" in table.frame.columns:
            from caseboard.formats.sdtm import recorded_responses

            table = recorded_responses(table, reader, immune=immune)
        else:
            refuse_reader(responses, reader)
        step("Looking at each row")
        rows, told[responses] = response_rows(
            table, reference=start, starts=everybody, words=IMMUNE_WORDS if immune else WORDS
        )
        step(f"Judging {rows.height:,} rows")
        rules = BestRules(
            confirm_days=confirm_days,
            stable_days=sd_days,
            missed_between=max_ne,
            stable_between=max_sd,
            missing_as_ne=missing_as_ne,
        )
        judge = immune_best_responses if immune else best_responses
        found = judge(
            rows, rules, subjects=None if everybody is None else everybody["subject"], explain=explain
        )
        step("Writing")
        write_frame(found, output)
    note_no_rows(table)
    if immune:
        note_unled(rows)
    else:
        note_returns(rows)
    end_with(told)


response.command("plot", short_help="Plot the responses of many patients.")(plot)
