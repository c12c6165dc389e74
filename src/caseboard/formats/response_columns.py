"""Tables of lesions and of responses: which columns say what, which words are read, and which rows cannot be used.

The names are those of CDISC (SDTM TR, RS; ADaM ADRS) and plain ones. What comes out are tables with columns of one
name and one type, for ``caseboard.assess.response.tables``.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from caseboard.formats.columns import (
    DATE,
    SUBJECT,
    Rows,
    cells_of,
    chosen_columns,
    maybe_column,
    needed_column,
    once,
    said,
    sound,
    with_days,
)
from caseboard.formats.tabular import ROW, Problem, Table

__all__ = ["IMMUNE_WORDS", "VISIT", "WORDS", "Found", "lesion_rows", "reference_dates", "response_rows"]

VISIT = ("visitnum", "visit", "avisitn", "timepoint")
_DATE = (*DATE, "rsdtc", "trdtc")
_RESPONSE = ("response", "overall", "avalc", "rsstresc", "rsorres")
_START = ("start", "reference", "randdt", "trtsdt", "rfstdtc")
_LESION = ("lesion", "lesion_id", "trlnkid")
_KIND = ("kind", "trgrpid", "role")
_NODE = ("node", "lymph_node")
_SIZE = ("mm", "diameter_mm", "size_mm", "trstresn")
_STATE = ("state", "status")

WORDS: Mapping[str, str] = {
    **{word: word for word in ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD")},
    "COMPLETE RESPONSE": "CR",
    "PARTIAL RESPONSE": "PR",
    "STABLE DISEASE": "SD",
    "PROGRESSIVE DISEASE": "PD",
    "NOT EVALUABLE": "NE",
    "INEVALUABLE": "NE",
    "NON-CR/NON PD": "NON-CR/NON-PD",
    "NON CR/NON PD": "NON-CR/NON-PD",
    # Section 4.4.2: where nothing was imaged or measured at a time point, the patient is not evaluable at it.
    "ND": "NE",
    "NOT DONE": "NE",
    # WHO's word for what is neither response nor progression (Miller 1981).
    "NC": "SD",
    "NO CHANGE": "SD",
}
"""The words of RECIST 1.1, by their capitals."""

_IMMUNE_OF: Mapping[str, str] = {
    "CR": "iCR",
    "PR": "iPR",
    "SD": "iSD",
    "NON-CR/NON-PD": "NON-iCR/NON-iUPD",
    # Until the first progression trials may record RECIST 1.1, whose PD is the first iUPD (Seymour 2017).
    "PD": "iUPD",
    "NE": "NE",
}
IMMUNE_WORDS: Mapping[str, str] = {
    **{word.upper(): word for word in (*_IMMUNE_OF.values(), "iCPD")},
    "NON-ICR/NON IUPD": "NON-iCR/NON-iUPD",
    "NON ICR/NON IUPD": "NON-iCR/NON-iUPD",
    **{said: _IMMUNE_OF[word] for said, word in WORDS.items()},
}
"""The words of iRECIST, by their capitals; those of RECIST 1.1 are read too."""

_KINDS: Mapping[str, str] = {
    "TARGET": "target",
    "NON-TARGET": "non-target",
    "NONTARGET": "non-target",
    "NON TARGET": "non-target",
    "NEW": "new",
    "TARGET LESION": "target",
    "NON-TARGET LESION": "non-target",
    "NEW LESION": "new",
}
_KIND_WORDS = pl.Enum(list(dict.fromkeys(_KINDS.values())))
_STATES: Mapping[str, str] = {
    "PRESENT": "present",
    "ABSENT": "absent",
    "DISAPPEARED": "absent",
    "TOO SMALL TO MEASURE": "too small",
    "TOO SMALL": "too small",
    "NOT ASSESSED": "not assessed",
    "NOT EVALUABLE": "not assessed",
    "NE": "not assessed",
    "FURTHER INCREASE": "grew further",
    "INCLA": "grew further",
    "UNEQUIVOCAL": "unequivocal",
    "UNEQUIVOCAL PROGRESSION": "unequivocal",
    "EQUIVOCAL": "equivocal",
    "SPLIT": "split",
    "MERGED": "merged",
    "RESECTED": "treated",
    "IRRADIATED": "treated",
}
_YES = ("Y", "YES", "TRUE", "1")
_NO = ("N", "NO", "FALSE", "0")

Found = tuple[pl.DataFrame, tuple[Problem, ...]]


def response_rows(
    table: Table,
    *,
    reference: str | None = None,
    starts: pl.DataFrame | None = None,
    words: Mapping[str, str] = WORDS,
) -> Found:
    """Return the responses of a table, and what of it could not be used.

    Columns out: subject, visit, number (of the visit), date (as given), first and last (the days it may mean),
    response, start_first, start_last. ``reference`` names the column of the start; ``starts`` (of
    ``reference_dates``) takes its place. ``words``: which words are read (``WORDS``, ``IMMUNE_WORDS``). Raises
    ``InputError`` where a column is missing.
    """
    start = None if starts is not None else needed_column(table, _START, reference)
    chosen = {
        "date": needed_column(table, _DATE),
        "response": needed_column(table, _RESPONSE),
        "visit": maybe_column(table, VISIT),
        "start": start,
    }
    rows = chosen_columns(table, {"subject": needed_column(table, SUBJECT)})
    cells = cells_of(table.frame, chosen)
    word = pl.col("cell").str.to_uppercase().replace_strict(words, default=None)
    rows = rows.with_columns(
        date=cells["date"].text,
        **cells["date"].days("first", "last"),
        response=cells["response"].text,
        word=cells["response"].read(word),
        visit=cells["visit"].text,
        number=cells["visit"].read(pl.col("cell").cast(pl.Float64, strict=False)),
    )
    if starts is not None:
        rows = rows.join(starts, on="subject", how="left", maintain_order="left")
        unknown = "no start date: the subject is not in the table of subjects, or has none there"
    else:
        rows = rows.with_columns(**cells["start"].days("start_first", "start_last"))
        unknown = "the start date is missing or no date"
    reasons = [
        (pl.col("subject").is_null(), pl.lit("no subject")),
        (pl.col("response").is_null(), pl.lit("no response")),
        (
            pl.col("word").is_null(),
            pl.format("{} is no response of {}", said("response"), _known_words(words)),
        ),
        (
            pl.col("first").is_null(),
            pl.format("{} is no date; YYYY-MM-DD is, or YYYY-MM, or YYYY", said("date")),
        ),
        (pl.col("start_first").is_null(), pl.lit(unknown)),
        (
            (pl.col("last") < pl.col("start_first")).fill_null(value=False),
            pl.format("the assessment ({}) is before the start ({})", "date", "start_first"),
        ),
    ]
    rows, bad = sound(rows, reasons)
    again: Rows = []
    same: Rows = []
    other: Rows = []
    if not _in_order(rows):
        rows, again, same = once(
            rows, ("subject", "visit", "first", "last"), "response of this subject, visit and date"
        )
        rows, other = _one_start(rows)
    return rows.drop("response").rename({"word": "response"}), table.problems([*bad, *again, *other], same)


def reference_dates(table: Table, column: str | None = None) -> Found:
    """Return subject, start_first and start_last of a table of subjects (ADSL), and what could not be used.

    A subject without a start (who was never randomised, say) is kept, with nulls.
    """
    chosen = {"subject": needed_column(table, SUBJECT), "start": needed_column(table, _START, column)}
    rows = with_days(chosen_columns(table, chosen), "start", "start_first", "start_last")
    reasons = [
        (pl.col("subject").is_null(), pl.lit("no subject")),
        (
            pl.col("start").is_not_null() & pl.col("start_first").is_null(),
            pl.format("{} is no date; YYYY-MM-DD is, or YYYY-MM, or YYYY", said("start")),
        ),
    ]
    rows, bad = sound(rows, reasons)
    rows, again, same = once(rows, ("subject",), "row of this subject")
    return rows.select("subject", "start_first", "start_last"), table.problems([*bad, *again], same)


def lesion_rows(table: Table) -> Found:
    """Return the lesions of a table, and what of it could not be used.

    Columns out: subject, visit, number, date, first, last, lesion, kind ("target", "non-target", "new"), node, mm,
    state. Raises ``InputError`` where a column is missing.
    """
    chosen = {
        "visit": needed_column(table, VISIT),
        "date": needed_column(table, _DATE),
        "lesion": needed_column(table, _LESION),
        "kind": needed_column(table, _KIND),
        "mm": needed_column(table, _SIZE),
        "node": maybe_column(table, _NODE),
        "state": maybe_column(table, _STATE),
    }
    rows = chosen_columns(table, {"subject": needed_column(table, SUBJECT)})
    cells = cells_of(table.frame, chosen)
    cell, capitals = pl.col("cell"), pl.col("cell").str.to_uppercase()
    rows = rows.with_columns(
        **{name: told.text for name, told in cells.items()},
        number=cells["visit"].read(cell.cast(pl.Float64, strict=False)),
        word=cells["kind"].read(capitals.replace_strict(_KINDS, default=None, return_dtype=_KIND_WORDS)),
        size=cells["mm"].read(cell.cast(pl.Float64, strict=False)),
        seen=cells["state"].read(capitals.replace_strict(_STATES, default=None)),
        is_node=cells["node"].read(capitals.is_in(_YES)).fill_null(value=False),
        **cells["date"].days("first", "last"),
    )
    rows, bad = sound(
        rows,
        [
            (pl.col("subject").is_null(), pl.lit("no subject")),
            (pl.col("visit").is_null(), pl.lit("no visit")),
            (pl.col("lesion").is_null(), pl.lit("no name of the lesion")),
            (
                pl.col("word").is_null(),
                pl.format("{} is no kind of lesion; TARGET, NON-TARGET and NEW are", said("kind")),
            ),
            (
                pl.col("first").is_null(),
                pl.format("{} is no date; YYYY-MM-DD is, or YYYY-MM, or YYYY", said("date")),
            ),
        ],
    )
    rows, unread = _unread_as_not_assessed(rows)
    bad += unread
    rows = rows.with_columns(kind="word", mm="size", state="seen", node="is_node").drop(
        "word", "size", "seen", "is_node"
    )
    split = rows.filter(pl.col("state") == "split")
    rows, again, same = once(
        rows.filter(pl.col("state").is_null() | (pl.col("state") != "split")),
        ("subject", "visit", "lesion"),
        "row of this subject, visit and lesion",
    )
    return pl.concat([rows, split]) if split.height else rows, table.problems([*bad, *again], same)


def _unread_as_not_assessed(rows: pl.DataFrame) -> tuple[pl.DataFrame, Rows]:
    """Keep lesions whose size or state cannot be read as not assessed, and name them.

    Without such a row the lesion would be taken for one that never was, and the sum for a whole one.
    """
    bad_state = pl.col("state").is_not_null() & pl.col("seen").is_null()
    reasons = [
        (
            pl.col("mm").is_not_null()
            & (pl.col("size").is_null() | ~pl.col("size").is_finite() | (pl.col("size") < 0)),
            pl.format(
                "{} is no diameter in mm; a number such as 12.5 is, and for less than can be measured the state "
                "TOO SMALL TO MEASURE",
                said("mm"),
            ),
        ),
        (
            pl.col("node").is_not_null() & ~pl.col("node").str.to_uppercase().is_in([*_YES, *_NO]),
            pl.format("{} does not say whether it is a lymph node; Y and N do", said("node")),
        ),
        (bad_state, pl.format("{} is no state; {}", said("state"), pl.lit(_words(_STATES)))),
    ]
    _, told = sound(rows, reasons)
    if not told:
        return rows, []
    unread = pl.any_horizontal(condition for condition, _ in reasons)
    # A new lesion is there, and a part of one that split is a part, whatever the size.
    there = ((pl.col("word") == "new") | (pl.col("seen") == "split")) & ~bad_state
    return (
        rows.with_columns(
            size=pl.when(~unread).then("size"),
            seen=pl.when(unread & ~there.fill_null(value=False))
            .then(pl.lit("not assessed"))
            .otherwise("seen"),
        ),
        told,
    )


def _known_words(words: Mapping[str, str]) -> pl.Expr:
    """Return the criteria of a response and their words; of a word of iRECIST, the option that reads it."""
    if words is IMMUNE_WORDS:
        own = {word: word for word in words.values()}
        return pl.lit(f"iRECIST; {_words(own)}, and so are those of RECIST")
    immune = pl.col("response").str.to_uppercase().is_in(list(IMMUNE_WORDS))
    return (
        pl.when(immune)
        .then(pl.lit("RECIST, but of iRECIST, which is asked for with --criteria irecist"))
        .otherwise(pl.lit(f"RECIST; {_words(words)}"))
    )


def _words(words: Mapping[str, str]) -> str:
    return f"{', '.join(list(words)[:-1])} and {list(words)[-1]} are"


def _in_order(rows: pl.DataFrame) -> bool:
    """Return whether each subject's rows stand together, each later than the one before, all with one start.

    Most tables are so, and neighbours tell it; nothing is then said twice, and nothing contradicted.
    """
    subject = rows["subject"]
    follows = (subject == subject.shift(1)).fill_null(value=False)
    begins = subject.filter(~follows)
    if begins.n_unique() != len(begins):
        return False
    first, start_first, start_last = pl.col("first"), pl.col("start_first"), pl.col("start_last")
    goes_on = (
        (first > first.shift(1)) & (start_first == start_first.shift(1)) & (start_last == start_last.shift(1))
    )
    return bool(rows.select(goes_on.filter(follows).all()).item())


def _one_start(rows: pl.DataFrame) -> tuple[pl.DataFrame, Rows]:
    """Keep the rows that have the start of their subject's first row; name the others."""
    first = pl.col("start_first").first().over("subject")
    last = pl.col("start_last").first().over("subject")
    same = (pl.col("start_first") == first) & (pl.col("start_last") == last)
    other = rows.filter(~same)[ROW].to_list()
    return rows.filter(same), [(row, "another start date than the subject's first row has") for row in other]
