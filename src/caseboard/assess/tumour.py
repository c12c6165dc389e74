"""The tumour that a case is about: the latest diagnosis that stands.

A final diagnosis stands before a working one, a later before an earlier. A diagnosis that names no entity
("metastatic sarcoma", from the biopsy of a metastasis) does not replace one that does. Earlier other tumours never
count.
"""

from __future__ import annotations

import functools

import msgspec

from caseboard.assess.alterations import story_order
from caseboard.case import Case, Diagnosis
from caseboard.knowledge.diseases import FAMILIES
from caseboard.terms import tumors

__all__ = ["CaseTumour", "tumour_code", "tumour_of"]


class CaseTumour(msgspec.Struct, frozen=True):
    """The tumour of a case: its name as diagnosed, its code in the tumour vocabulary, whether final, and the fact."""

    term: str
    code: str | None
    final: bool
    fact: str


def tumour_of(case: Case) -> CaseTumour | None:
    """Return the tumour of a case of one patient, or None where no diagnosis is told of."""
    told = sorted((d for d in case.of(Diagnosis) if d.status != "history"), key=story_order)
    standing = [d for d in told if d.status == "final"] or told
    if not standing:
        return None
    diagnosis = functools.reduce(lambda one, other: _standing(case, one, other), standing)
    return CaseTumour(diagnosis.term, tumour_code(diagnosis), diagnosis.status == "final", diagnosis.id)


@functools.cache
def _code(term: str) -> str | None:
    words = term.split()[:12]
    for start in range(len(words)):
        found = tumors.lookup(" ".join(words[start:]))
        if found is not None:
            return found.term.key
    return None


def tumour_code(diagnosis: Diagnosis) -> str | None:
    """Return the code of a diagnosis; words before a known name ("metastatic", "high-grade") are passed over."""
    return diagnosis.code or _code(diagnosis.term)


def _standing(case: Case, one: Diagnosis, other: Diagnosis) -> Diagnosis:
    """Return which of two diagnoses stands, ``other`` being told later."""
    if _entity(one) and not _entity(other):
        return one
    if _entity(other) and not _entity(one):
        return other
    first, second = case.interval(one), case.interval(other)
    if first is not None and second is not None and first.compare(second) == "after":
        return one
    return other


def _entity(diagnosis: Diagnosis) -> bool:
    code = tumour_code(diagnosis)
    return code is not None and code not in FAMILIES
