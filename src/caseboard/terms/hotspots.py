"""Protein changes so well known that they name their gene: "T790M" is of EGFR, whatever gene stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from caseboard.terms.vocabulary import read_table

__all__ = ["gene_of", "hotspots"]


@cache
def hotspots() -> Mapping[str, str]:
    """Return the gene's symbol by the protein change ("T790M"), for changes known of one cancer gene only."""
    return dict(read_table("hotspots", lambda row: (row["change"], row["symbol"])))


def gene_of(change: str) -> str | None:
    """Return the gene that a protein change names, or None where the change alone does not tell."""
    return hotspots().get(change)
