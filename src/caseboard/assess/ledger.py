"""The ledger of tests: each test done, its result, and what that result excludes and what it does not."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from caseboard.assess.chronology import timing_of
from caseboard.assess.germline import is_of_germline
from caseboard.assess.passages import sentence
from caseboard.assess.results import LedgerEntry
from caseboard.assess.sources import cite, read_rows
from caseboard.assess.view import View, symbols_of
from caseboard.case.facts import Test
from caseboard.terms.vocabulary import fold

__all__ = ["entry_of", "ledger", "reading_of_result"]

_POSITIVE = re.compile(
    r"positiv|\+|strong|diffuse|focal|weak|rearranged|present|retained|detected|amplified|mutat"
)
_NEGATIVE = re.compile(r"negativ|absent|wild|not |\bno\b|loss|lost|stable|^-$|^−$")
_RNA = re.compile(r"\bRNA|transcriptom", re.IGNORECASE)


class Entry(NamedTuple):
    """A row of ``data/ledger.tsv``; ``targets`` empty stands for any."""

    method: str
    rna: str
    targets: frozenset[str]
    result: str
    excludes: str
    does_not_exclude: str
    sources: tuple[str, ...]


def ledger(view: View) -> tuple[LedgerEntry, ...]:
    """Return the tests of the case in the order of time, with what their results mean."""
    done = sorted(view.case.of(Test), key=lambda test: view.clock.rank[test.id])
    return tuple(_line(view, test) for test in done)


def reading_of_result(result: str) -> str:
    """Return ``positive``, ``negative`` or ``value`` for a result as written."""
    text = result.casefold().strip()
    if _NEGATIVE.search(text):
        return "negative"
    return "positive" if _POSITIVE.search(text) else "value"


def entry_of(test: Test, *, rna: bool) -> Entry:
    """Return the first row of the table that fits a test."""
    result = reading_of_result(test.result)
    names = {fold(name) for name in (test.target, *symbols_of(test.target))}
    for row in _entries():
        if (
            row.method in ("*", test.method)
            and row.rna in ("*", "yes" if rna else "no")
            and (not row.targets or row.targets & names)
            and row.result in ("*", result)
        ):
            return row
    raise LookupError(f"ledger.tsv has no row for {test.method}")  # pragma: no cover - its last row fits all


def _line(view: View, test: Test) -> LedgerEntry:
    rna = _RNA.search(sentence(view.case, test)) is not None
    row = entry_of(test, rna=rna)
    method = "test" if test.method == "other" else test.method
    if is_of_germline(view.case, test):
        method = f"germline {method}"
    return LedgerEntry(
        fact=test.id,
        test=f"{test.target} {method}",
        result=test.result,
        timing=timing_of(view.case, test),
        excludes=row.excludes.replace("{target}", test.target),
        does_not_exclude=row.does_not_exclude.replace("{target}", test.target),
        citations=cite(row.sources, view.case.cutoff),
    )


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            row["method"],
            row["rna"],
            frozenset()
            if row["targets"] == "*"
            else frozenset(fold(name) for name in row["targets"].split("|")),
            row["result"],
            row["excludes"],
            row["does_not_exclude"],
            tuple(key for key in (row["sources"] or "").split("|") if key),
        )
        for row in read_rows("ledger")
    )
