"""Tables for a terminal: plain text, as wide as the terminal or 100 columns."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from caseboard.assess.results import Assessment, EvidenceItem, KnowledgeVersion
from caseboard.cli.output import one_line

__all__ = ["knowledge_table", "option_table"]

_MOST_EVIDENCE = 3


def option_table(assessment: Assessment) -> str:
    """Return the options of an assessment as a table, followed by what the rules say where there is none."""
    rows = [
        (
            str(option.rank),
            " + ".join(option.therapies),
            option.best_match + (" (extrapolated)" if option.extrapolated else ""),
            "; ".join(f"{tier.scale.split()[0]} {tier.tier or 'none given'}" for tier in option.tiers),
            _evidence(option.evidence),
            str(len(option.contradicting) or ""),
            option.given_before,
        )
        for option in assessment.options
    ]
    header = ("#", "drug", "best evidence matches by", "tiers", "evidence", "against", "had it before")
    table = _table(header, rows) if rows else ""
    return table + "".join(f"{one_line(finding.what)}\n" for finding in assessment.option_findings)


def knowledge_table(tables: Iterable[KnowledgeVersion]) -> str:
    """Return the tables of knowledge as a table."""
    rows = [(table.name, table.version, table.licence, f"{table.rows:,}") for table in tables]
    return _table(("table", "version", "licence", "rows"), rows)


def _evidence(items: Sequence[EvidenceItem]) -> str:
    shown = [f"{item.id} ({item.level}, {item.year or 'year unknown'})" for item in items[:_MOST_EVIDENCE]]
    more = len(items) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        # Text, not str: brackets in a drug's or a case's own words are no markup.
        table.add_row(*(Text(one_line(cell)) for cell in row))
    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    page = io.StringIO()
    Console(file=page, width=width, no_color=True, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"
