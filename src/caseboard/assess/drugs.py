"""The drugs of an item of evidence as they are given: one drug, a combination, a sequence; substitutes one by one."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from caseboard.knowledge.evidence import Evidence
from caseboard.terms import drugs

__all__ = ["Regimen", "drug_name", "regimens"]

_CLASS = re.compile(r"(?:.*\b)?(?:inhibitor|antibody|chemotherapy|agent|therapy)s?", re.IGNORECASE)


class Regimen(msgspec.Struct, frozen=True, order=True):
    """What is given: ``drugs`` by INN in lower case, in alphabetical order, or in order of use for a ``sequence``."""

    drugs: tuple[str, ...]
    sequence: bool = False

    @property
    def name(self) -> str:
        """The regimen in words: "dabrafenib with trametinib", "ponatinib, then pazopanib"."""
        return (", then " if self.sequence else " with ").join(self.drugs)

    @property
    def parts(self) -> tuple[str, ...]:
        """What stands side by side: the drugs, or a sequence as one."""
        return (self.name,) if self.sequence else self.drugs

    @property
    def is_class(self) -> bool:
        """Whether a class is named and no drug ("TRK inhibitor", "chemotherapy")."""
        return all(_CLASS.fullmatch(drug) for drug in self.drugs)


def regimens(evidence: Evidence) -> tuple[Regimen, ...]:
    """Return what the evidence is about. Substitutes ("crizotinib or ceritinib") are each a regimen of their own."""
    names = tuple(dict.fromkeys(drug_name(name) for name in evidence.therapies))
    if not names:
        return ()
    if evidence.interaction == "Combination":
        return (Regimen(tuple(sorted(names))),)
    if evidence.interaction == "Sequential":
        return (Regimen(names, sequence=len(names) > 1),)
    return tuple(Regimen((name,)) for name in names)


@cache
def drug_name(name: str) -> str:
    """Return the INN of a drug as CIViC names it, in lower case; the name as it is where the vocabulary lacks it."""
    bare = name.removesuffix(" Regimen")
    found = drugs.lookup(bare)
    return bare if found is None else found.term.key.lower()
