"""What reasoning yields: a finding says one thing, and names its rule, its facts and its sources."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Citation", "Finding", "Level", "Topic"]

Level = Literal["critical", "warning", "note", "info"]
"""``critical``: the board must decide on it; ``warning``: likely wrong or missing; ``note``: worth knowing;
``info``: derived without comment."""

Topic = Literal[
    "course", "response", "time to event", "toxicity", "work-up", "molecular", "options", "conflict", "gap"
]


class Citation(msgspec.Struct, frozen=True):
    """A source outside the case: ``text`` as "Eisenhauer 2009, section 4.3.1", and an id to look it up by."""

    text: str
    pmid: int | None = None
    doi: str | None = None
    evidence: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One derived statement: ``what`` in a sentence, the rule that made it, the ids of the facts it stands on."""

    what: str
    rule: str
    topic: Topic
    level: Level = "info"
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    detail: str = ""
