"""Fetches the newest release of CIViC and puts it in the place of the store, if it is whole."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from caseboard.errors import KnowledgeError
from caseboard.knowledge.civic import LARGEST_RELEASE, Release, release_from
from caseboard.knowledge.store import StoredRelease, load_evidence, save_release, store_state

__all__ = ["OFFICIAL", "fetch_release", "update_store"]

OFFICIAL = "https://civicdb.org/downloads/nightly/nightly-AcceptedClinicalEvidenceSummaries.tsv"
"""Where CIViC publishes its accepted evidence every night."""

SECONDS = 60
_SHRUNK = 0.9
"""A release with fewer rows than this share of the store's is taken for one that was cut."""


def fetch_release(address: str) -> Release:
    """Fetch a release; raises ``KnowledgeError`` where it does not come whole, ``InputError`` where it is none."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise KnowledgeError(
            f"{address}: not an address of the web; for a file use caseboard knowledge import"
        )
    request = urllib.request.Request(address, headers={"User-Agent": "caseboard"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - checked above
            told = answer.headers.get("Content-Length")
            data = answer.read(LARGEST_RELEASE + 1)
    except (OSError, http.client.HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise KnowledgeError(f"{address}: cannot be fetched: {reason}; the store is as it was") from error
    if told is not None and told.isdecimal() and int(told) != len(data):
        raise KnowledgeError(f"{address}: {len(data)} bytes came of {told}; the store is as it was")
    return release_from(data, address)


def update_store(address: str = OFFICIAL) -> tuple[Release, StoredRelease | None]:
    """Fetch a release and make it the store, in one step; returns it, and what the store was before.

    Raises ``KnowledgeError`` or ``InputError`` and leaves the store as it was where the release is not whole, or has
    much fewer rows than the store.
    """
    release = fetch_release(address)
    before = load_evidence()[0] if store_state() is not None else None
    if before is not None and len(release.rows) < _SHRUNK * before.rows:
        raise KnowledgeError(
            f"{address}: {len(release.rows):,} rows, while the store has {before.rows:,}: it may be cut short, and the "
            "store is as it was; if it is right, fetch it and use caseboard knowledge import"
        )
    save_release(release)
    return release, before
