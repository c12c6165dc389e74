"""The user's own store of knowledge: whole releases in SQLite files of the user's data directory.

One file a source, written beside the old one and then put in its place in one step, so that whoever reads sees the old
store or the new one and a failed import leaves the old one as it was. The standard library's ``sqlite3`` is enough:
one table, written once, read whole.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import platformdirs

from caseboard.errors import KnowledgeError
from caseboard.knowledge.civic import Release

__all__ = [
    "LICENCE",
    "StoreState",
    "StoredRelease",
    "load_evidence",
    "opened",
    "save_release",
    "store_path",
    "store_state",
    "write_store",
]

LICENCE = "CC0-1.0"
_SCHEMA = 1
_FOLDER = "CASEBOARD_DATA"
StoreState = tuple[str, int, int, int]
"""What tells one store from another: path, time and size of the file, its inode."""


class StoredRelease(msgspec.Struct, frozen=True, kw_only=True):
    """What the store says of its release: version, newest review, checksum of the file, rows, when it was imported."""

    version: str
    reviewed: str
    sha256: str
    rows: int
    imported: str


def store_path(source: str = "civic") -> Path:
    """Return where the store of a source is or would be: in ``$CASEBOARD_DATA``, else the user's data directory."""
    folder = os.environ.get(_FOLDER) or platformdirs.user_data_dir("caseboard", appauthor=False)
    return Path(folder) / f"{source}.sqlite"


def store_state(path: Path | None = None) -> StoreState | None:
    """Return what tells this store from another, None where there is none."""
    where = path or store_path()
    try:
        found = where.stat()
    except OSError:
        return None
    return str(where), found.st_mtime_ns, found.st_size, found.st_ino


def save_release(release: Release, path: Path | None = None) -> StoredRelease:
    """Write a release as the store, in the place of the old one in one step; raises ``KnowledgeError``."""
    where = path or store_path()
    stored = StoredRelease(
        version=release.version,
        reviewed=release.reviewed,
        sha256=release.sha256,
        rows=len(release.rows),
        imported=datetime.now(tz=UTC).isoformat(timespec="seconds"),
    )
    write_store(where, lambda store: _fill(store, release, stored))
    return stored


def write_store(where: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a store beside the old one with what ``fill`` writes, and put it in its place; raises ``KnowledgeError``."""
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{where.name}.", suffix=".part", dir=where.parent)
        os.close(handle)
        try:
            with contextlib.closing(sqlite3.connect(name)) as store, store:
                store.execute(f"PRAGMA user_version = {_SCHEMA}")
                fill(store)
            Path(name).replace(where)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, sqlite3.Error) as error:
        raise KnowledgeError(
            f"the store {where} cannot be written: {error}; name a folder in {_FOLDER}"
        ) from error


def load_evidence(path: Path | None = None) -> tuple[StoredRelease, list[dict[str, str]]]:
    """Return what the store is, and its rows by column in the order of the release; raises ``KnowledgeError``."""
    where = path or store_path()
    with opened(where) as store:
        stored = _about(store)
        cursor = store.execute("SELECT * FROM evidence ORDER BY position")
        columns = [column[0] for column in cursor.description][1:]
        rows = [dict(zip(columns, row[1:], strict=True)) for row in cursor]
    if len(rows) != stored.rows:
        raise KnowledgeError(
            f"the store {where} has {len(rows)} rows of {stored.rows}; import the release again"
        )
    return stored, rows


def _fill(store: sqlite3.Connection, release: Release, stored: StoredRelease) -> None:
    names = ", ".join(f'"{_identifier(name)}" TEXT NOT NULL' for name in release.columns)
    marks = ", ".join("?" * (len(release.columns) + 1))
    store.execute("CREATE TABLE release (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    store.executemany(
        "INSERT INTO release VALUES (?, ?)",
        [(name, str(value)) for name, value in msgspec.structs.asdict(stored).items()],
    )
    store.execute(f"CREATE TABLE evidence (position INTEGER PRIMARY KEY, {names})")
    store.executemany(
        f"INSERT INTO evidence VALUES ({marks})",  # noqa: S608 - nothing but question marks
        ((position, *row) for position, row in enumerate(release.rows)),
    )
    store.execute("CREATE UNIQUE INDEX by_id ON evidence (evidence_id)")


def _identifier(name: str) -> str:
    return name.replace('"', '""')


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a store to read; raises ``KnowledgeError`` where it is broken or of another version."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
            (schema,) = store.execute("PRAGMA user_version").fetchone()
            if schema != _SCHEMA:
                raise KnowledgeError(
                    f"the store {path} is of another version of Caseboard: import the release again"
                )
            yield store
    except sqlite3.Error as error:
        raise KnowledgeError(
            f"the store {path} is broken ({error}): import the release again, or delete it"
        ) from error


def _about(store: sqlite3.Connection) -> StoredRelease:
    told = dict(store.execute("SELECT name, value FROM release"))
    return msgspec.convert(told, StoredRelease, strict=False)
