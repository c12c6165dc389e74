"""The laboratory criteria of CTCAE v4.03, v5.0 and v6.0 (NCI, 2010, 2017, 2025) as numbers, and how to say them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from caseboard.assess.sources import read_rows
from caseboard.terms import labs
from caseboard.terms.vocabulary import fold

__all__ = [
    "EDITIONS",
    "PUBLISHED_AS",
    "Bound",
    "Criterion",
    "Edition",
    "Step",
    "analyte_key",
    "criteria",
    "criteria_of",
    "criteria_of_term",
]

Edition = Literal[4, 5, 6]
EDITIONS: tuple[Edition, ...] = (4, 5, 6)
PUBLISHED_AS = {4: "v4.03", 5: "v5.0", 6: "v6.0"}
When = Literal["", "normal", "abnormal", "low", "anticoagulated", "below"]

_BOUND = re.compile(
    r"(?P<inclusive>=?)(?P<number>[\d.]*)(?P<of>ULN|LLN|BASE)?(?:\+(?P<plus>[\d.]+))?(?:\?(?P<when>[a-z]+))?"
)
_OF = {
    "ULN": "the upper limit of normal",
    "LLN": "the lower limit of normal",
    "BASE": "the value before treatment",
}
_WHEN = {
    "": "",
    "normal": "",
    "abnormal": ", which was above normal",
    "low": ", which was below normal",
    "anticoagulated": " if on anticoagulation",
    "below": ", and below normal",
}
# Glucose and calcium are graded by how they were taken; their names in the vocabulary do not tell it.
_TAKEN = (("fasting", "glucose", "fasting glucose"), ("corrected", "calcium", "corrected calcium"))
_FASTING_FORMS = frozenset({"fbg", "fpg", "fbs"})


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """One limit: ``number`` in the criterion's unit, or that many times ``of``, and ``plus`` in the unit."""

    number: float
    of: Literal["", "ULN", "LLN", "BASE"]
    plus: float
    inclusive: bool
    when: When

    @property
    def absolute(self) -> bool:
        """Whether a number of it is in the criterion's unit."""
        return not self.of or bool(self.plus)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Where grades begin: beyond all bounds of one of the ``alternatives``.

    More than one of the ``grades``: signs, symptoms or treatment decide between them. None: no grade by number.
    """

    alternatives: tuple[tuple[Bound, ...], ...]
    grades: tuple[int, ...]

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Every bound of the step."""
        return tuple(bound for group in self.alternatives for bound in group)


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table; its columns are explained in ``data/ctcae_bounds.tsv``."""

    term: str
    variant: str
    editions: tuple[int, ...]
    analytes: tuple[str, ...]
    direction: Literal["low", "high"]
    unit: str
    steps: tuple[Step, ...]
    clinical: tuple[int, ...]
    also_grade: int
    also_if: str

    @property
    def name(self) -> str:
        """The term, with how the sample was taken: "Hypercalcemia (ionized)"."""
        return f"{self.term} ({self.variant})" if self.variant else self.term

    @property
    def absolute(self) -> bool:
        """Whether any limit is a number rather than a multiple."""
        return any(bound.absolute for step in self.steps for bound in step.bounds)

    def say(self, group: tuple[Bound, ...]) -> str:
        """Say bounds that hold together: "3 times the upper limit of normal"."""
        return " and ".join(self._say(bound) for bound in group)

    def _say(self, bound: Bound) -> str:
        unit = "" if self.unit == "-" else " × 10⁹/L" if self.unit == "10^9/L" else f" {self.unit}"
        if not bound.of:
            return f"{bound.number:g}{unit}"
        told = _OF[bound.of] if bound.number == 1 else f"{bound.number:g} times {_OF[bound.of]}"
        plus = f" by more than {bound.plus:g}{unit}" if bound.plus else ""
        return f"{told}{plus}{_WHEN[bound.when]}"


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return all criteria of the table."""
    return tuple(_criterion(row) for row in read_rows("ctcae_bounds"))


@lru_cache(maxsize=4096)
def criteria_of(analyte: str, edition: Edition) -> tuple[Criterion, ...]:
    """Return the criteria of an edition that grade this analyte, under any of its usual names."""
    name = analyte_key(analyte)
    return tuple(row for row in criteria() if edition in row.editions and name in row.analytes)


@lru_cache(maxsize=4096)
def criteria_of_term(term: str, edition: Edition) -> tuple[Criterion, ...]:
    """Return the criteria of a term by its name in CTCAE ("Hypercalcemia", "Hypercalcemia (Ionized)")."""
    name = fold(term)
    return tuple(row for row in criteria() if edition in row.editions and fold(row.name) == name)


@lru_cache(maxsize=4096)
def analyte_key(text: str) -> str:
    """Return the key of an analyte in labs.tsv; fasting glucose and corrected calcium are told apart by their words."""
    found = labs.lookup(text)
    key = found.term.key if found else text
    words = fold(text)
    if words in _FASTING_FORMS:
        return "fasting glucose"
    for word, plain, taken in _TAKEN:
        if word in words and (key == plain or plain in words):
            return taken
    return key


def _criterion(row: dict[str, str]) -> Criterion:
    grade, _, condition = row["also"].partition(":")
    return Criterion(
        term=row["term"],
        variant=row["variant"],
        editions=tuple(int(part) for part in row["editions"].split(",")),
        analytes=tuple(row["analytes"].split("|")),
        direction="low" if row["direction"] == "low" else "high",
        unit=row["unit"],
        steps=tuple(_step(text) for text in row["bounds"].split()),
        clinical=tuple(int(part) for part in row["clinical"].split(",") if part),
        also_grade=int(grade or 0),
        also_if=condition,
    )


def _step(text: str) -> Step:
    where, _, grades = text.partition(":")
    return Step(
        alternatives=tuple(tuple(_bound(bound) for bound in group.split("&")) for group in where.split("|")),
        grades=tuple(int(grade) for grade in grades.split("/") if grade != "-"),
    )


def _bound(text: str) -> Bound:
    found = _BOUND.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} in ctcae_bounds.tsv is no limit")
    return msgspec.convert(
        {
            "number": float(found["number"] or 1),
            "of": found["of"] or "",
            "plus": float(found["plus"] or 0),
            "inclusive": bool(found["inclusive"]),
            "when": found["when"] or "",
        },
        Bound,
    )
