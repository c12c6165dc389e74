"""Toxicities: the terms of CTCAE v5.0 by name, and the words clinicians use for them.

Only names are held, no grade texts; the grading of laboratory values is ``caseboard.assess.toxicity``'s.
"""

from __future__ import annotations

from functools import cache

import msgspec

from caseboard.terms.vocabulary import Match, Vocabulary, read_table
from caseboard.terms.written import cells, lookup_written

__all__ = ["Toxicity", "lookup", "vocabulary"]


class Toxicity(msgspec.Struct, frozen=True):
    """One term of CTCAE v5.0.

    ``key`` is its name there ("Neutrophil count decreased"), ``organ_class`` its system organ class, ``plain`` the
    usual clinical word in lower case ("neutropenia"). ``symptom``: it is so common a sign of the disease itself that
    it is an adverse event only where a treatment is blamed for it. ``v6`` says how its laboratory grades stand in
    CTCAE v6.0: empty where it has none, else ``same``, ``changed:1,2``, ``renamed:NAME;changed:3``, ``absent`` or
    ``added``. Of the ``forms``, ``context`` are common words that mean harm only where harm is spoken of ("fall",
    "aspiration"), and ``case_sensitive`` those that count only with their own capitals ("PRES").
    """

    key: str
    organ_class: str
    plain: str
    symptom: bool
    v6: str
    forms: tuple[str, ...]
    context: tuple[str, ...]
    case_sensitive: tuple[str, ...]

    @property
    def changed_in_v6(self) -> tuple[int, ...]:
        """The grades whose laboratory limits carry other numbers in CTCAE v6.0."""
        for note in self.v6.split(";"):
            kind, _, grades = note.partition(":")
            if kind == "changed":
                return tuple(int(grade) for grade in grades.split(","))
        return ()

    @property
    def name_in_v6(self) -> str:
        """The name under which CTCAE v6.0 has the term."""
        kind, _, name = self.v6.partition(";")[0].partition(":")
        return name if kind == "renamed" else self.key


@cache
def vocabulary() -> Vocabulary[Toxicity]:
    """Return all terms by their written forms."""
    return Vocabulary("toxicities", read_table("toxicities", _toxicity))


def _toxicity(row: dict[str, str]) -> Toxicity:
    return Toxicity(
        key=row["term"],
        organ_class=row["soc"],
        plain=row["plain"],
        symptom=row["symptom"] == "yes",
        v6=row["v6"],
        forms=(row["term"], *cells(row["forms"])),
        context=cells(row["context"]),
        case_sensitive=cells(row["case_sensitive"]),
    )


def lookup(text: str) -> Match[Toxicity] | None:
    """Return the term written as ``text`` ("leukopenia": White blood cell decreased), or None."""
    return lookup_written(vocabulary(), text)
