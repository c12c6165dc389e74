"""A release of CIViC's accepted evidence: read whole, checked, and refused where it is cut short.

The file is tab separated and never quoted. Every cell is kept as written; what the assessment needs of a row (drugs,
year, source) is derived when it is used.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import msgspec

from caseboard.errors import InputError

__all__ = ["NEEDED", "Release", "civic_drugs", "civic_year", "read_release", "release_from"]

NEEDED = (
    "molecular_profile",
    "disease",
    "doid",
    "therapies",
    "therapy_interaction_type",
    "evidence_type",
    "evidence_direction",
    "evidence_level",
    "significance",
    "citation_id",
    "source_type",
    "citation",
    "rating",
    "evidence_id",
    "last_review_date",
    "is_flagged",
)
LARGEST_RELEASE = 256 * 1024 * 1024
"""Bytes after which a file is refused: some fifty times the size of a release."""

_EXPECTED = "the table AcceptedClinicalEvidenceSummaries of civicdb.org, tab separated, whole"
_FILE_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{2}-[A-Z][a-z]{2}-\d{4}")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")  # not the one in "2,4-pyrimidinediamine"
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A release: its columns and rows as written, in the order of the file, and the checksum of the file.

    ``version`` is the date in the file's name where it has one, else ``reviewed``, the newest date of review in it.
    """

    version: str
    reviewed: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> tuple[str, ...]:
        """Return a column; raises ``ValueError`` where there is none of that name."""
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    @property
    def types(self) -> dict[str, int]:
        """How many items there are of each type of evidence, most first."""
        return dict(Counter(self.column("evidence_type")).most_common())

    @property
    def levels(self) -> dict[str, int]:
        """How many items there are of each level, A first."""
        return dict(sorted(Counter(self.column("evidence_level")).items()))


def read_release(path: str) -> Release:
    """Read a release from a file; raises ``InputError`` that says what is wrong and where."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_RELEASE + 1)
    except OSError as error:
        raise InputError(path, f"it cannot be opened: {error.strerror}", _EXPECTED) from error
    return release_from(data, path)


def release_from(data: bytes, path: str) -> Release:
    """Return the release that these bytes are; ``path`` names them in errors, and may hold the date of the release."""
    if len(data) > LARGEST_RELEASE:
        raise InputError(path, f"more than {LARGEST_RELEASE // 2**20} MB", _EXPECTED)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise InputError(path, "this is not UTF-8", _EXPECTED, place=f"byte {error.start}") from error
    lines = text.split("\n")
    columns = tuple(lines[0].rstrip("\r").split("\t"))
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(path, f"the column {', '.join(missing)} is missing", _EXPECTED, place="line 1")
    if lines[-1]:
        raise InputError(
            path, "the last line has no end: the file is cut short", _EXPECTED, place=f"line {len(lines)}"
        )
    rows = tuple(tuple(line.rstrip("\r").split("\t")) for line in lines[1:-1])
    _check(rows, columns, path)
    reviewed = max((row[columns.index("last_review_date")][:10] for row in rows), default="")
    dated = _FILE_DATE.search(Path(path).name)
    return Release(
        version=dated[0] if dated else reviewed,
        reviewed=reviewed,
        sha256=hashlib.sha256(data).hexdigest(),
        columns=columns,
        rows=rows,
    )


def civic_drugs(therapies: str) -> tuple[str, ...]:
    """Return the drugs of a cell of therapies; a comma between two digits is part of a name."""
    return tuple(drug for part in _COMMA.split(therapies) if (drug := part.strip()))


def civic_year(citation: str) -> int | None:
    """Return the year of a citation ("Levine et al., 2005"), None where it tells none."""
    found = _YEAR.search(citation)
    return int(found[0]) if found else None


def _check(rows: tuple[tuple[str, ...], ...], columns: tuple[str, ...], path: str) -> None:
    if not rows:
        raise InputError(path, "there is no row below the names of the columns", _EXPECTED)
    id_at, rating_at = columns.index("evidence_id"), columns.index("rating")
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            found = f"a row with {len(row)} of {len(columns)} columns"
            raise InputError(path, found, _EXPECTED, place=f"line {number}")
        own = row[id_at]
        if not (own.isascii() and own.isdecimal()) or own in seen:
            found = f"the evidence_id {own!r} is {'there twice' if own in seen else 'no number'}"
            raise InputError(path, found, _EXPECTED, place=f"line {number}")
        if row[rating_at] and not (row[rating_at].isascii() and row[rating_at].isdecimal()):
            raise InputError(
                path, f"the rating {row[rating_at]!r} is no number", _EXPECTED, place=f"line {number}"
            )
        seen.add(own)
