"""Markers that a pathologist tests: antibodies, molecular markers that are no gene, serologies and stains."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from caseboard.terms.vocabulary import Match, Vocabulary, read_table
from caseboard.terms.written import cells, lookup_written

__all__ = ["Marker", "MarkerKind", "gene_of", "lookup", "vocabulary"]

MarkerKind = Literal["protein", "molecular", "serology", "stain"]


class Marker(msgspec.Struct, frozen=True):
    """One marker.

    ``key`` is how reports name it most ("S100", "CK AE1/AE3", "Ki-67"); ``gene`` the symbol of the gene whose product
    is stained (CD117: KIT), empty where there is none or there are several; ``case_sensitive`` are the forms that
    count only with their own capitals ("ER", "PR").
    """

    key: str
    kind: MarkerKind
    gene: str
    forms: tuple[str, ...]
    case_sensitive: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary[Marker]:
    """Return all markers by their written forms."""
    return Vocabulary("markers", read_table("markers", _marker))


def _marker(row: dict[str, str]) -> Marker:
    return msgspec.convert(
        {
            "key": row["marker"],
            "kind": row["kind"],
            "gene": row["gene"],
            "forms": (row["marker"], *cells(row["forms"])),
            "case_sensitive": cells(row["case_sensitive"]),
        },
        Marker,
    )


def lookup(text: str) -> Match[Marker] | None:
    """Return the marker written as ``text`` ("MIB-1": Ki-67), or None."""
    return lookup_written(vocabulary(), text)


def gene_of(text: str) -> str | None:
    """Return the symbol of the gene behind a marker ("c-kit": KIT), or None where there is none or it is unknown."""
    found = lookup(text)
    return (found.term.gene or None) if found else None
