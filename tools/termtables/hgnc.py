"""The gene nomenclature: approved symbols, old symbols, aliases, and who claims a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import rows

HGNC_FILE = "hgnc/hgnc_complete_set_2024-10-18.txt.gz"
CODING = "protein-coding gene"


@dataclass
class Release:
    """HGNC, by approved symbol, and who else claims a name."""

    records: dict[str, dict[str, str]]
    approved: frozenset[str]
    previous: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    alias: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def resolve(self, name: str) -> str | None:
        """Return the approved symbol of ``name``: approved, else the one gene of which it is an old symbol or alias."""
        if name in self.records:
            return name
        for claims in (self.previous, self.alias):
            owners = claims.get(name.casefold(), set())
            if len(owners) == 1:
                return next(iter(owners))
        return None


def read_release(data: Path) -> Release:
    """Read HGNC's complete set."""
    records = {row["symbol"]: row for row in rows(data / HGNC_FILE)}
    release = Release(records, frozenset(symbol.casefold() for symbol in records))
    for symbol, row in records.items():
        for name in names(row["prev_symbol"]):
            release.previous[name.casefold()].add(symbol)
        for name in names(row["alias_symbol"]):
            release.alias[name.casefold()].add(symbol)
    return release


def names(cell: str) -> list[str]:
    """Split one of HGNC's lists of names."""
    return [name.strip() for name in cell.strip('"').split("|") if name.strip()]


def number(row: dict[str, str]) -> str:
    """Return a gene's HGNC number."""
    return row["hgnc_id"].removeprefix("HGNC:")
