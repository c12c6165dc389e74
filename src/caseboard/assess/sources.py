"""The literature that rules cite, by key, and only as far as it was published by the cut-off of a case."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from caseboard.assess.findings import Citation
from caseboard.errors import KnowledgeError

__all__ = ["Reference", "cite", "published", "read_rows"]


class Reference(msgspec.Struct, frozen=True):
    """A publication: the year in which it came out, and how it is cited."""

    year: int
    citation: Citation


def cite(keys: tuple[str, ...], cutoff: date | None) -> tuple[Citation, ...]:
    """Return the citations of ``keys`` that were published by the year of ``cutoff``, in the order given."""
    return tuple(_references()[key].citation for key in keys if published(key, cutoff))


def published(key: str, cutoff: date | None) -> bool:
    """Whether a reference was published by the end of the year of ``cutoff`` (None: today); raises ``KeyError``."""
    return cutoff is None or _references()[key].year <= cutoff.year


def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """Read ``assess/data/NAME.tsv``: tab separated, the first line names the columns, ``#`` lines are comments."""
    resource = files("caseboard.assess") / "data" / f"{name}.tsv"
    try:
        text = resource.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(
            f"the table {name}.tsv of the package is missing: install caseboard again"
        ) from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _references() -> dict[str, Reference]:
    return {
        row["key"]: Reference(int(row["year"]), Citation(row["citation"], doi=row["doi"] or None))
        for row in read_rows("sources")
    }
