"""SDTM tables of tumours (TU, TR), of responses (RS) and of subjects (ADSL or DM), as one reader saw them.

Reads them from a folder into the tables of ``caseboard.formats.response_columns``. Loses: tests other than diameters
(LDIAM, LPERP, DIAMETER), states (TUMSTATE) and overall responses (OVRLRESP).
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import polars as pl

from caseboard.errors import InputError, UsageError
from caseboard.formats.columns import partial_days
from caseboard.formats.response_columns import IMMUNE_WORDS, WORDS, lesion_rows, response_rows
from caseboard.formats.tabular import ENDINGS, ROW, Problem, Table, read_table

__all__ = ["ACCEPTED", "Sdtm", "derived_responses", "measured_lesions", "read_sdtm", "recorded_responses"]

ACCEPTED = "ACCEPTED"
"""The reader whose record is the accepted one (TUACPTFL, TRACPTFL, RSACPTFL)."""

_STARTS = ("RANDDT", "TRTSDT", "RFSTDTC")
_DEATH = ("DTHDT", "DTHDTC")
_ALIVE = ("LSTALVDT",)
_THERAPY = ("NACTDT", "NEWTRTDT")


class Sdtm(msgspec.Struct, frozen=True):
    """What a folder holds of one reader. ``lesions`` or ``responses`` is None where their domain is not there.

    ``subjects``: subject, and the first and last day of start, death, alive (last known to be), therapy (a new one).
    ``problems`` are told by file.
    """

    lesions: pl.DataFrame | None
    responses: pl.DataFrame | None
    subjects: pl.DataFrame
    problems: dict[str, tuple[Problem, ...]]
    lesion_table: Table | None = None


def read_sdtm(
    folder: Path,
    reader: str,
    *,
    suffix: str = "",
    recorded: bool = True,
    immune: bool = False,
) -> Sdtm:
    """Read the domains of a folder as one reader saw them.

    ``reader`` is an evaluator (INVESTIGATOR), an evaluator's identifier (RADIOLOGIST 1), or ``ACCEPTED``. A domain is
    a file named tu, tr, rs, adsl or dm, with ``suffix`` between name and ending. RS is not read where it is not asked
    for (``recorded``) and TR is there; ``immune``: in the words of iRECIST. Raises ``InputError`` where a file
    cannot be read or the reader is not in it, ``UsageError`` where the folder holds no domain of tumours.
    """
    problems: dict[str, tuple[Problem, ...]] = {}
    paths = {name: _file(folder, name, suffix) for name in ("tu", "tr", "rs", "adsl", "dm")}
    if paths["tr"] is None and paths["rs"] is None:
        raise UsageError(
            f"{folder}: no tr{suffix}.csv and no rs{suffix}.csv is there (.csv.gz and .parquet are read too)"
        )
    source = paths["adsl"] or paths["dm"]
    if source is None:
        raise UsageError(f"{folder}: no adsl.csv and no dm.csv is there; the start of each subject is needed")
    subjects, problems[source] = _subjects(read_table(source))
    lesions = responses = table = None
    if paths["tr"] is not None:
        if paths["tu"] is None:
            raise UsageError(
                f"{folder}: tr is there, but not tu{suffix}.csv, which says which lesions are lymph nodes"
            )
        table = measured_lesions(read_table(paths["tr"]), read_table(paths["tu"]), reader)
        lesions, problems[table.path] = lesion_rows(table)
    if paths["rs"] is not None and (recorded or paths["tr"] is None):
        starts = subjects.select("subject", "start_first", "start_last")
        told = recorded_responses(read_table(paths["rs"]), reader, immune=immune)
        responses, problems[told.path] = response_rows(
            told, starts=starts, words=IMMUNE_WORDS if immune else WORDS
        )
    return Sdtm(lesions, responses, subjects, problems, table)


def derived_responses(points: pl.DataFrame, subjects: pl.DataFrame, *, immune: bool = False) -> pl.DataFrame:
    """Return time points that were derived from lesions in the columns of recorded responses."""
    frame = points.with_row_index(ROW).select(ROW, "subject", "visit", "date", response="overall")
    starts = subjects.select("subject", "start_first", "start_last")
    return response_rows(Table("-", frame), starts=starts, words=IMMUNE_WORDS if immune else WORDS)[0]


def _file(folder: Path, domain: str, suffix: str) -> str | None:
    names = [f"{domain}{suffix}{ending}" for ending in ENDINGS]
    if domain in ("adsl", "dm"):
        names += [f"{domain}{ending}" for ending in ENDINGS]
    there = {path.name.lower(): path for path in sorted(folder.iterdir())} if folder.is_dir() else {}
    return next((str(there[name.lower()]) for name in names if name.lower() in there), None)


def _subjects(table: Table) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    def days(names: tuple[str, ...], what: str) -> list[pl.Expr]:
        found = [name for name in names if name in table.frame.columns]
        text = pl.coalesce(found) if found else pl.lit(None, dtype=pl.String)
        return [
            day.alias(name)
            for day, name in zip(partial_days(text), (f"{what}_first", f"{what}_last"), strict=True)
        ]

    if "USUBJID" not in table.frame.columns:
        raise InputError(table.path, "no column USUBJID", "a table of subjects has it", place="line 1")
    frame = table.frame.select(
        ROW,
        pl.col("USUBJID").alias("subject"),
        *days(_STARTS, "start"),
        *days(_DEATH, "death"),
        *days(_ALIVE, "alive"),
        *days(_THERAPY, "therapy"),
    )
    repeated = frame.filter(~pl.col("subject").is_first_distinct())[ROW].to_list()
    told = [(row, "a second row of this subject; the first is used") for row in repeated]
    return frame.unique("subject", keep="first", maintain_order=True).drop(ROW), table.problems(told)


def _of(table: Table, domain: str, reader: str) -> pl.DataFrame:
    """Return the rows of a reader; raises ``InputError`` where there is none."""
    evaluator, identifier, accepted = (f"{domain}{name}" for name in ("EVAL", "EVALID", "ACPTFL"))
    columns = table.frame.columns
    if evaluator not in columns:
        raise InputError(
            table.path, f"no column {evaluator}", f"domain {domain} of SDTM has it", place="line 1"
        )
    if reader == ACCEPTED:
        chosen = pl.col(accepted) == "Y" if accepted in columns else pl.lit(value=False)
    else:
        chosen = pl.col(evaluator) == reader
        if identifier in columns:
            chosen |= (pl.col(identifier) == reader).fill_null(value=False)
    rows = table.frame.filter(chosen)
    if not rows.height:
        names = [name for name in (evaluator, identifier) if name in columns]
        known = sorted({str(one) for name in names for one in table.frame[name].drop_nulls().unique()})
        raise InputError(
            table.path, f"no rows of the reader {reader!r}", f"the readers are: {', '.join(known)}"
        )
    return rows


def measured_lesions(measured: Table, identified: Table, reader: str) -> Table:
    """Return the lesions of domain TR as one reader saw them, for ``lesion_rows``.

    Of a lymph node, which the sites of domain TU tell, the perpendicular diameter counts, of all others the longest.
    """
    rows = _of(measured, "TR", reader)
    if "TULOC" not in identified.frame.columns:
        raise InputError(
            identified.path, "no column TULOC", "it says which lesions are lymph nodes", place="line 1"
        )
    sites = _of(identified, "TU", reader)
    nodes = (
        sites.filter(pl.col("TULOC").str.to_uppercase().str.contains("LYMPH NODE", literal=True))
        .select("USUBJID", TRLNKID="TULNKID", node=pl.lit("Y"))
        .unique()
    )
    rows = rows.join(nodes, on=("USUBJID", "TRLNKID"), how="left", maintain_order="left")
    undone = pl.col("TRSTAT") == "NOT DONE" if "TRSTAT" in rows.columns else pl.lit(value=False)
    wanted = pl.when(pl.col("node") == "Y").then(pl.lit("LPERP")).otherwise(pl.lit("LDIAM"))
    test = pl.col("TRTESTCD")
    both = test.is_in(["LDIAM", "LPERP"]).any().over("USUBJID", "VISITNUM", "TRLNKID")
    kept = (test == "TUMSTATE") | (test == wanted) | ((test == "DIAMETER") & ~both)
    frame = rows.filter(kept & pl.col("TRLNKID").is_not_null()).select(
        ROW,
        subject="USUBJID",
        visit="VISITNUM",
        date="TRDTC",
        lesion="TRLNKID",
        kind="TRGRPID",
        mm=pl.when(test != "TUMSTATE").then(pl.coalesce("TRSTRESN", "TRSTRESC")),
        node="node",
        state=pl.when(undone)
        .then(pl.lit("NOT ASSESSED"))
        .when(test == "TUMSTATE")
        .then(pl.coalesce("TRSTRESC", pl.lit("NOT ASSESSED"))),
    )
    return Table(measured.path, frame, measured.ragged)


def recorded_responses(table: Table, reader: str, *, immune: bool = False) -> Table:
    """Return the overall responses of domain RS as one reader gave them, for ``response_rows``.

    Of a table that has both the responses of iRECIST and others (RSCAT), those are taken that ``immune`` asks for.
    """
    rows = _of(table, "RS", reader).filter(pl.col("RSTESTCD") == "OVRLRESP")
    if "RSCAT" in rows.columns:
        by_irecist = (
            pl.col("RSCAT").str.to_uppercase().str.contains("IRECIST", literal=True).fill_null(value=False)
        )
        if rows.select(by_irecist.any() & ~by_irecist.all()).item():
            rows = rows.filter(by_irecist == immune)
    undone = pl.col("RSSTAT") == "NOT DONE" if "RSSTAT" in rows.columns else pl.lit(value=False)
    frame = rows.select(
        ROW,
        subject="USUBJID",
        visit="VISITNUM",
        date="RSDTC",
        response=pl.when(undone & pl.col("RSSTRESC").is_null()).then(pl.lit("ND")).otherwise("RSSTRESC"),
    )
    return Table(table.path, frame, table.ragged)
