"""What a trial record asks for, whatever registry it comes from: an expression of criteria joined by AND and OR.

Every criterion keeps its own words; one that nobody understands is kept all the same, to be quoted.
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "AllCriteria",
    "AnyCriterion",
    "Arm",
    "CriterionKind",
    "Expression",
    "Join",
    "Requirement",
    "Statement",
    "Trial",
    "TrialCriterion",
    "criterion",
]

CriterionKind = Literal["status", "age", "sex", "conditions", "text", "clinical", "genomic"]

Join = Literal["one", "all", "any", "unclear"]
"""How the parts of a statement are joined; ``unclear`` where AND and OR are mixed, or where "and" may mean "or"."""


class Requirement(msgspec.Struct, frozen=True, array_like=True):
    """One thing that a text asks for: ``terms`` by name; ``negated`` where it must not hold ("no brain metastases").

    Of kind "list" it is several things of one kind, joined as ``join`` says: "EGFR mutation or ALK fusion".
    """

    kind: str
    terms: tuple[tuple[str, str], ...] = ()
    negated: bool = False
    parts: tuple[Requirement, ...] = ()
    join: Join = "one"


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """A sentence of a criterion as it was understood: its parts, and whether every word of it is accounted for."""

    parts: tuple[Requirement, ...]
    join: Join = "one"
    whole: bool = False
    excepts: bool = False
    """Whether it has words that turn or limit the meaning of the criterion ("unless", "are allowed")."""


class TrialCriterion(msgspec.Struct, frozen=True, tag="criterion", array_like=True):
    """What a trial asks for: ``terms`` by name, ``text`` in its own words, ``exclusion`` where it must not hold.

    ``statements`` is what was understood of a free text, sentence by sentence; empty where nothing was. ``topic`` is
    what a text is about that no case settles (``caseboard.knowledge.eligibility.topics``).
    """

    kind: CriterionKind
    terms: tuple[tuple[str, str], ...]
    text: str
    exclusion: bool = False
    statements: tuple[Statement, ...] = ()
    topic: str = ""


class AllCriteria(msgspec.Struct, frozen=True, tag="all", array_like=True):
    """Every part has to hold."""

    parts: tuple[Expression, ...]


class AnyCriterion(msgspec.Struct, frozen=True, tag="any", array_like=True):
    """One part has to hold."""

    parts: tuple[Expression, ...]


Expression = TrialCriterion | AllCriteria | AnyCriterion


class Arm(msgspec.Struct, frozen=True):
    """A part of a trial with criteria of its own; ``suspended`` where the record closes it."""

    name: str
    expression: Expression
    suspended: bool = False


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A trial: what everybody must meet, and its arms, of which one must be met where there are any.

    ``updated`` is the day of the record's last update as its registry gives it, "" where it does not; ``remarks`` say
    what of the record was not known to the reader.
    """

    id: str
    title: str
    source: Literal["ClinicalTrials.gov", "CTML"]
    everybody: AllCriteria
    arms: tuple[Arm, ...] = ()
    phase: str = ""
    updated: str = ""
    remarks: tuple[str, ...] = ()


def criterion(kind: CriterionKind, terms: dict[str, object], text: str) -> TrialCriterion:
    """Return a criterion of fields: names in lower case, values as text, those that are empty left out."""
    told = tuple((str(name).casefold(), str(value)) for name, value in terms.items() if value is not None)
    return TrialCriterion(kind, told, text)
