"""Known gene fusions, 5' partner first, and the order in which two partners are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import msgspec

from caseboard.terms.vocabulary import read_table
from caseboard.terms.written import cells

__all__ = ["FusionPair", "known_pair", "known_pairs", "partners"]


class FusionPair(msgspec.Struct, frozen=True):
    """A fusion that has been described: HGNC symbols of the 5' and the 3' partner.

    ``sources`` are ``CIViC`` and ``known`` (the project's own list from the literature); ``tumors`` are codes of the
    tumour vocabulary in which the pair is typical, empty where the source does not say.
    """

    five: str
    three: str
    sources: tuple[str, ...]
    tumors: tuple[str, ...]


@cache
def known_pairs() -> Mapping[tuple[str, str], FusionPair]:
    """Return all known fusions by (5' symbol, 3' symbol)."""
    pairs = read_table(
        "fusions",
        lambda row: FusionPair(row["five"], row["three"], cells(row["sources"]), cells(row["tumors"])),
    )
    return {(pair.five, pair.three): pair for pair in pairs}


def known_pair(five: str, three: str) -> FusionPair | None:
    """Return what is known of the fusion of ``five`` with ``three`` in this order, or None."""
    return known_pairs().get((five, three))


def partners(symbol: str) -> frozenset[str]:
    """Return the genes with which ``symbol`` is known to fuse, in either order."""
    return _partners().get(symbol, frozenset())


@cache
def _partners() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for five, three in known_pairs():
        found[five].add(three)
        found[three].add(five)
    return {symbol: frozenset(others) for symbol, others in found.items()}
