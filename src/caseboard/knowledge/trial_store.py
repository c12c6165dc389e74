"""The user's own store of trial records, beside that of the evidence, and as whole."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime

import msgspec

from caseboard.errors import KnowledgeError
from caseboard.knowledge.store import opened, store_path, store_state, write_store
from caseboard.knowledge.tables import KnowledgeVersion
from caseboard.knowledge.trial_shapes import Trial

__all__ = ["has_trials", "load_trials", "save_trials", "trials_version"]

_STORE = "trials"


def has_trials() -> bool:
    """Whether there is a store of trials."""
    return store_state(store_path(_STORE)) is not None


def save_trials(trials: tuple[Trial, ...]) -> None:
    """Make these trials the store, in the place of the old one in one step; raises ``KnowledgeError``."""
    encoder = msgspec.msgpack.Encoder()
    imported = datetime.now(tz=UTC).isoformat(timespec="seconds")
    told = Counter(trial.source for trial in trials)

    def fill(store: sqlite3.Connection) -> None:
        store.execute("CREATE TABLE release (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        about = {"imported": imported, "rows": str(len(trials)), "sources": ", ".join(sorted(told))}
        store.executemany("INSERT INTO release VALUES (?, ?)", about.items())
        store.execute(
            "CREATE TABLE trial (position INTEGER PRIMARY KEY, id TEXT NOT NULL, record BLOB NOT NULL)"
        )
        store.executemany(
            "INSERT INTO trial VALUES (?, ?, ?)",
            ((position, trial.id, encoder.encode(trial)) for position, trial in enumerate(trials)),
        )

    write_store(store_path(_STORE), fill)


def load_trials() -> tuple[Trial, ...]:
    """Return the trials of the store in the order of their records; raises ``KnowledgeError``."""
    where = store_path(_STORE)
    decoder = msgspec.msgpack.Decoder(Trial)
    with opened(where) as store:
        records = store.execute("SELECT record FROM trial ORDER BY position").fetchall()
        (rows,) = store.execute("SELECT value FROM release WHERE name = 'rows'").fetchone()
    if len(records) != int(rows):
        raise KnowledgeError(f"the store {where} has {len(records)} trials of {rows}; import them again")
    try:
        return tuple(decoder.decode(record) for (record,) in records)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"the store {where} is broken ({error}): import the trials again") from error


def trials_version() -> KnowledgeVersion:
    """Return what the store holds, for the list of knowledge; raises ``KnowledgeError``."""
    with opened(store_path(_STORE)) as store:
        told = dict(store.execute("SELECT name, value FROM release"))
    return KnowledgeVersion(
        f"Trial records (your store): {told['sources']}",
        f"imported {told['imported'][:10]}",
        "as their registries say",
        int(told["rows"]),
    )
