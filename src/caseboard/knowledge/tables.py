"""The tables of facts that the package ships: rows, and what their ``#`` lines say of source, version and licence.

A line ``# name: value`` above the column names is metadata. Tables are tab separated and never quoted.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from caseboard.errors import KnowledgeError

__all__ = ["KnowledgeVersion", "Table", "read_table", "table_from"]


class KnowledgeVersion(msgspec.Struct, frozen=True):
    """A table of knowledge that an assessment used: its name, version or date, licence, number of rows."""

    name: str
    version: str
    licence: str
    rows: int


class Table(msgspec.Struct, frozen=True):
    """A table with its metadata (keys in lower case), its columns and its rows by column."""

    name: str
    metadata: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def read_table(name: str) -> Table:
    """Read ``knowledge/data/NAME.tsv``; raises ``KnowledgeError`` where it is missing or a row is cut short."""
    return table_from(files("caseboard.knowledge") / "data" / f"{name}.tsv")


def table_from(resource: Traversable) -> Table:
    """Read any table of the package; raises ``KnowledgeError`` as ``read_table`` does."""
    try:
        text = resource.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(
            f"the table {resource.name} of the package is missing: install caseboard again"
        ) from error
    metadata: dict[str, str] = {}
    body: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            key, colon, value = line.lstrip("# ").partition(":")
            if colon:
                metadata.setdefault(key.strip().lower(), value.strip())
        elif line:
            body.append(line)
    reader = csv.DictReader(body, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = tuple(reader)
    if any(None in row or None in row.values() for row in rows):
        raise KnowledgeError(
            f"the table {resource.name} of the package has a row with too few or too many columns"
        )
    return Table(resource.name, metadata, tuple(reader.fieldnames or ()), rows)
