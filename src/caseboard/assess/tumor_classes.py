"""To which classes of tumour a diagnosis belongs, as the rules of work-up need it: benign, sarcoma, IMT and so on."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from caseboard.assess.sources import read_rows
from caseboard.assess.tumour import tumour_code
from caseboard.case.facts import Diagnosis
from caseboard.knowledge.diseases import FAMILIES
from caseboard.terms import tumors
from caseboard.terms.tumors import Behaviour, Tumor
from caseboard.terms.vocabulary import fold

__all__ = ["behaviour_of", "classes_of", "names_entity", "same_tumour"]


class TumorClass(NamedTuple):
    """A row of ``data/tumor_classes.tsv``."""

    label: str
    codes: tuple[str, ...]
    not_codes: tuple[str, ...]
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]


def classes_of(diagnosis: Diagnosis) -> frozenset[str]:
    """Return the classes of a diagnosis; one that neither the vocabulary nor a word of the table knows has none."""
    return _classes_of(diagnosis.term, tumour_code(diagnosis))


@cache
def _classes_of(term: str, code: str | None) -> frozenset[str]:
    tumor = tumors.vocabulary().terms.get(code) if code else None
    if tumor is None:
        name = fold(term)
        return frozenset(row.label for row in _classes() if _named(row, name))
    labels = {row.label for row in _classes() if _coded(row, tumor)}
    if tumor.behaviour in {"benign", "malignant"}:
        labels.add(tumor.behaviour)
    if "sarcoma" in labels:
        labels.add("malignant")
    return frozenset(labels)


def behaviour_of(diagnosis: Diagnosis) -> Behaviour:
    """Return how a tumour behaves by the vocabulary; unknown where that does not know it."""
    code = tumour_code(diagnosis)
    tumor = tumors.vocabulary().terms.get(code) if code else None
    return tumor.behaviour if tumor else "unknown"


def names_entity(diagnosis: Diagnosis) -> bool:
    """Whether a diagnosis names a tumour, and not only a family of them ("sarcoma", "adenocarcinoma")."""
    code = tumour_code(diagnosis)
    return code is None or code not in FAMILIES


def same_tumour(one: Diagnosis, other: Diagnosis) -> bool:
    """Whether two diagnoses may be of one tumour: the same term, or the one a kind of the other."""
    first, second = tumour_code(one), tumour_code(other)
    if first is None or second is None:
        return one.term == other.term
    return tumors.related(first, second) in ("same", "parent", "child")


def _coded(row: TumorClass, tumor: Tumor) -> bool:
    is_one = any(tumors.is_a(tumor.key, code) for code in row.codes)
    return is_one and not any(tumors.is_a(tumor.key, code) for code in row.not_codes)


def _named(row: TumorClass, name: str) -> bool:
    return any(part in name for part in row.any_of) and not any(part in name for part in row.none_of)


@cache
def _classes() -> tuple[TumorClass, ...]:
    return tuple(
        TumorClass(
            row["class"],
            tuple(code for code in row["codes"].split("|") if code),
            tuple(code for code in row["not_codes"].split("|") if code),
            tuple(fold(part) for part in row["any"].split("|") if part),
            tuple(fold(part) for part in (row["none"] or "").split("|") if part),
        )
        for row in read_rows("tumor_classes")
    )
