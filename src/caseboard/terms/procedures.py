"""Procedures that a report tells of: what each is called, and whether it is treatment, and of which modality."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from caseboard.terms.vocabulary import Match, Vocabulary, read_table
from caseboard.terms.written import cells, lookup_written

__all__ = ["Modality", "Procedure", "lookup", "vocabulary"]

Modality = Literal["surgery", "diagnostic", "ablation", "transplant", "radiotherapy", "supportive"]
"""As a treatment's modality; ``diagnostic`` procedures are no treatment."""


class Procedure(msgspec.Struct, frozen=True):
    """One procedure.

    ``key`` is its usual name ("wide excision", "pericardiocentesis"); ``chemotherapy`` whether systemic treatment is
    part of it (chemoradiotherapy); ``case_sensitive`` are the forms that count only with their own capitals ("RT").
    """

    key: str
    modality: Modality
    chemotherapy: bool
    forms: tuple[str, ...]
    case_sensitive: tuple[str, ...]

    @property
    def treatment(self) -> bool:
        """Whether it treats: a biopsy or an endoscopy does not."""
        return self.modality != "diagnostic"


@cache
def vocabulary() -> Vocabulary[Procedure]:
    """Return all procedures by their written forms."""
    return Vocabulary("procedures", read_table("procedures", _procedure))


def _procedure(row: dict[str, str]) -> Procedure:
    return msgspec.convert(
        {
            "key": row["procedure"],
            "modality": row["modality"],
            "chemotherapy": row["chemotherapy"] == "yes",
            "forms": (row["procedure"], *cells(row["forms"])),
            "case_sensitive": cells(row["case_sensitive"]),
        },
        Procedure,
    )


def lookup(text: str) -> Match[Procedure] | None:
    """Return the procedure written as ``text`` ("TURBT": transurethral resection of bladder tumor), or None."""
    return lookup_written(vocabulary(), text)
