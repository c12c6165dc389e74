"""Best overall response of many patients at once (RECIST 1.1, sections 4.4.3 and 4.6, table 3).

The rules are those of ``caseboard.assess.response.best``, which takes one patient at a time; a test holds the two
together.
"""

from __future__ import annotations

import msgspec
import polars as pl

from caseboard.assess.response.best import STABLE_DISEASE_DAYS
from caseboard.assess.response.tables.confirmation import BEYOND_DAYS, confirmed

__all__ = ["BestRules", "best_responses", "ordered", "ranks_of", "surely", "until_progression"]


class BestRules(msgspec.Struct, frozen=True):
    """What the guideline leaves to the protocol.

    ``confirm_days``: how many days later, at least one, a response must be seen again (section 4.6.1: four weeks).
    ``stable_days``: from which day on stable disease counts (section 4.6.3: six to eight weeks).
    ``missed_between``: how many assessments between the two may be not evaluable. ``stable_between``: how many may
    show stable disease between two partial responses (section 4.6.3 lets protocols allow it).
    ``after_progression``: whether what follows the first progression counts; for the guideline it does not.
    ``missing_as_ne``: whether a subject without an assessment is NE rather than MISSING.
    """

    confirm_days: int = 28
    stable_days: int = STABLE_DISEASE_DAYS
    missed_between: int = 1
    stable_between: int = 0
    after_progression: bool = False
    missing_as_ne: bool = False

    @property
    def missing(self) -> str:
        """The best response of a subject without an assessment."""
        return "NE" if self.missing_as_ne else "MISSING"


def best_responses(
    responses: pl.DataFrame,
    rules: BestRules | None = None,
    *,
    subjects: pl.Series | None = None,
    explain: bool = False,
) -> pl.DataFrame:
    """Return subject, bor, bor_date, cbor, cbor_date, pd_date: one row a subject, in the order of their names.

    ``responses`` has the columns subject, number, date, first, last, response, start_first and start_last of
    ``caseboard.formats.response_columns``; the order of rows does not matter. ``subjects`` names those of whom a row
    is wanted though they may have no response: MISSING. Dates are given as they came; of NE it is the date of the
    first assessment, of PD without a progression on record that of the return after complete response. ``explain``
    adds bor_why and cbor_why: the rule and its paragraph.
    """
    rules = rules or BestRules()
    found = _best(ordered(responses), rules, explain=explain)
    if subjects is not None:
        everybody = pl.DataFrame({"subject": subjects.unique()})
        found = everybody.join(found, on="subject", how="full", coalesce=True)
    found = found.with_columns(pl.col("bor", "cbor").fill_null(rules.missing))
    if explain:
        found = found.with_columns(pl.col("bor_why", "cbor_why").fill_null("no assessment"))
    return found.sort("subject")


def ordered(responses: pl.DataFrame) -> pl.DataFrame:
    """Return the responses by subject and day.

    Columns: subject, date, word, number, s (the subject's number), low and high (the days that the date may mean, as
    numbers), days (the most that may have passed since the start; null without one).
    """
    rows = responses.select(
        "subject",
        "date",
        pl.col("response").alias("word"),
        "number",
        _numbers(responses["subject"]).alias("s"),
        pl.col("first").to_physical().alias("low"),
        pl.col("last").to_physical().alias("high"),
        (pl.col("last").to_physical() - pl.col("start_first").to_physical()).alias("days"),
    )
    # Most tables are in order, and most others have one row a subject and day: then one key orders them.
    key = pl.col("s") * BEYOND_DAYS + pl.col("low")
    if rows.select((key < key.shift(-1)).all()).item():
        return rows
    if rows.select(key.n_unique()).item() == rows.height:
        return rows.with_columns(key=key).sort("key").drop("key")
    return rows.sort("s", "low", "high", "number", "word", nulls_last=True)


def _numbers(subjects: pl.Series) -> pl.Series:
    """Return each subject's number in the order of their names."""
    # A subject's rows mostly stand together: then one name of each block is enough to compare.
    block = subjects.rle_id()
    names = subjects.filter(block.diff().ne_missing(0))
    return names.rank("dense").cast(pl.Int64).gather(block)


def until_progression(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows, which are in order, up to each subject's first progression."""
    return rows.filter(~_progressed(rows))


def _progressed(rows: pl.DataFrame) -> pl.Series:
    """Return whether each subject had progressed before each of its rows, which are in order."""
    progression = (rows["word"] == "PD").cast(pl.Int32)
    before = progression.cum_sum() - progression
    subject = rows["s"].rle_id()
    return before > before.filter(subject.diff().ne_missing(0)).gather(subject)


def surely(rows: pl.DataFrame, rules: BestRules) -> pl.Series:
    """Return whether each response is confirmed by a later one, as the rules ask."""
    return confirmed(
        rows,
        days=max(1, rules.confirm_days),
        missed_between=rules.missed_between,
        stable_between=rules.stable_between,
    )


def ranks_of(rules: BestRules) -> dict[str, pl.Expr]:
    """Return which rows may give a best response, by its name, from the columns word, days and confirmed."""
    word, lasted = pl.col("word"), pl.col("days") >= rules.stable_days
    return {
        "first": pl.lit(value=True),
        "complete": word == "CR",
        "partial": word == "PR",
        "sure complete": (word == "CR") & pl.col("confirmed"),
        "sure partial": (word == "PR") & pl.col("confirmed"),
        "stable": ((word == "CR") | (word == "PR") | (word == "SD")) & lasted,
        "neither": (word == "NON-CR/NON-PD") & lasted,
        "progression": word == "PD",
    }


def _best(rows: pl.DataFrame, rules: BestRules, *, explain: bool) -> pl.DataFrame:
    """Return each subject's best response: the first row of the best rank that any of its rows has."""
    # Only numbers go through it; texts are looked up at the end, by the place of their row.
    told = rows
    rows = rows.drop("subject", "date", "number").with_columns(
        place=pl.int_range(pl.len(), dtype=pl.UInt32), progressed=_progressed(rows)
    )
    if not rules.after_progression:
        rows = rows.filter(~pl.col("progressed"))
    rows = rows.with_columns(confirmed=surely(rows, rules))
    word, place = pl.col("word"), pl.col("place")
    # Table 3, without regard to time: partial response, then stable disease, is stable disease; and disease after
    # complete response is progression.
    before = pl.when(pl.col("s") == pl.col("s").shift(1)).then(word.shift(1))
    conditions = ranks_of(rules) | {
        "stable later": (word == "SD") & (before == "PR"),
        "return": ((word == "PR") | (word == "SD")) & (before == "CR") & ~pl.col("progressed"),
    }
    orders = {"bor": _order(rules, sure=""), "cbor": _order(rules, sure="sure ")}
    each = (
        rows.select(
            "s",
            *((_rank(order, conditions) * told.height + place).alias(name) for name, order in orders.items()),
            progression=pl.when(conditions["progression"]).then(place),
        )
        .group_by("s", maintain_order=True)
        .agg(pl.all().min())
    )
    columns = {"subject": told["subject"].gather(each["bor"] % told.height)}
    for name, order in orders.items():
        rank, at = each[name] // told.height, each[name] % told.height
        columns |= {
            name: pl.Series([word for _, word, _ in order]).gather(rank),
            f"{name}_date": told["date"].gather(at),
        }
        if explain:
            columns[f"{name}_why"] = pl.Series([why for _, _, why in order]).gather(rank)
    return pl.DataFrame({**columns, "pd_date": told["date"].gather(each["progression"])})


def _rank(order: list[tuple[str, str, str]], conditions: dict[str, pl.Expr]) -> pl.Expr:
    """Return the place in the order of the best that a row gives."""
    rank = pl.lit(len(order) - 1, dtype=pl.Int64)
    for place, (name, _, _) in reversed(list(enumerate(order[:-1]))):
        rank = pl.when(conditions[name]).then(place).otherwise(rank)
    return rank


def _order(rules: BestRules, *, sure: str) -> list[tuple[str, str, str]]:
    """Return the ways to a best response, the best first: their name among the conditions, their word, and the rule."""
    again = f"seen again {rules.confirm_days} days later or more (section 4.6.1, table 3)"
    response = again if sure else "the first assessment with it, before progression (section 4.4.3)"
    lasted = f"{rules.stable_days} days or more after the start"
    early = f"nothing that could be evaluated {lasted}"
    return [
        (f"{sure}complete", "CR", response),
        (f"{sure}partial", "PR", response),
        ("stable", "SD", f"{lasted} (section 4.6.3), without a better response that counts"),
        ("neither", "NON-CR/NON-PD", f"{lasted} (section 4.6.3, table 2)"),
        ("stable later", "SD", "stable disease after a partial response (table 3)"),
        ("return", "PD", "disease came back after complete response (table 3)"),
        ("progression", "PD", "progression before anything that counts (section 4.4.3)"),
        ("first", "NE", f"{early} (section 4.6.3)"),
    ]
