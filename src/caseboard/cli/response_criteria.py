"""Time points by criteria other than RECIST 1.1: which table each reads, and what it makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseboard.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from caseboard.assess.response.tables import TimepointRules
    from caseboard.assess.response.tables.by_visits import VisitCriteria
    from caseboard.formats.tabular import Problem, Table

__all__ = ["ALL_CRITERIA", "other_timepoints", "refuse_criteria"]

ALL_CRITERIA = ("recist", "irecist", "who", "choi", "mrecist", "percist", "rano")
_BY_VISITS = ("percist", "rano")


def refuse_criteria(criteria: str, known: tuple[str, ...] = ALL_CRITERIA) -> None:
    """Raise ``UsageError`` for criteria that are not known."""
    if criteria not in known:
        raise UsageError(f"--criteria {criteria}: the criteria are {', '.join(known)}")


def other_timepoints(
    table: Table, criteria: str, rules: TimepointRules, *, explain: bool
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Problem, ...]]:
    """Return the rows that were read, the time points, and what could not be used.

    Raises ``InputError`` where a column is missing.
    """
    if criteria in _BY_VISITS:
        return _by_visits(table, criteria, explain=explain)
    from caseboard.assess.response.tables.by_lesions import LESION_CRITERIA, lesion_timepoints
    from caseboard.formats.criteria_columns import lesion_measures

    judged_by = LESION_CRITERIA[criteria]
    rows, problems = lesion_measures(table, judged_by.numbers, judged_by.flags)
    found = lesion_timepoints(rows, judged_by, rules, explain=explain)
    return rows, found.frame, (*problems, *table.problems(found.unused))


def _by_visits(
    table: Table, criteria: str, *, explain: bool
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Problem, ...]]:
    from caseboard.assess.response.tables.by_visits import visit_timepoints
    from caseboard.formats.criteria_columns import VisitColumns, visit_measures

    way = _way(table, criteria)
    columns = VisitColumns(
        numbers={way.measure: way.names},
        trends={name: (name,) for name in way.trends},
        flags={name: (name,) for name in way.flags},
    )
    rows, problems = visit_measures(table, columns)
    return rows, visit_timepoints(rows, way, explain=explain), problems


def _way(table: Table, criteria: str) -> VisitCriteria:
    """Return the first of the ways to judge by the criteria whose measure the table has; else the first."""
    from caseboard.assess.response.tables.by_visits import VISIT_CRITERIA
    from caseboard.formats.columns import maybe_column

    ways = VISIT_CRITERIA[criteria]
    return next((way for way in ways if maybe_column(table, way.names)), ways[0])
