"""How the disease of an item of evidence relates to the tumour of a case.

The same tumour is the same entry of the tumour vocabulary, or one above or below it (an adenocarcinoma of the lung and
non-small cell lung cancer). Broad families (sarcoma, carcinoma) do not make two tumours the same.

"Cancer", "Solid Tumor" and whole families mean two things: a trial or cohort (levels A and B) that pooled many
tumours, and a case report or a cell line (levels C to E) of one tumour that is not named. Only the former speaks for
any tumour.
"""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from caseboard.knowledge.tables import read_table
from caseboard.terms import tumors

__all__ = [
    "FAMILIES",
    "Relation",
    "TumourClass",
    "disease_code",
    "is_haematological",
    "lineage",
    "relation",
    "same_tumour",
    "tumour_class",
]

Relation = Literal["same tumour", "any tumour", "other tumour"]

TumourClass = Literal["same tumour", "wider tumour", "narrower tumour", "any tumour", "other tumour"]
"""``wider``: the evidence is of a parent of the tumour in the tree; ``narrower``: of a child."""

FAMILIES = frozenset(
    {
        "CB:NEOPLASM", "CB:MALIGNANCY", "CB:SOLID", "CB:MESENCHYMAL", "CB:MALMESENCHYMAL", "CB:SARCOMA", "CB:STS",
        "CB:BONESARC", "CB:SPINDLE", "CB:PLEOSARC", "CB:METASTSARC", "CB:MYOFIB", "CB:SRCT", "CB:SRCSARC", "SARCNOS",
        "CB:CARCINOMA", "CB:ADENOCARCINOMA", "CB:SCC", "CB:SARCOMATOID", "CB:SMALLCELL", "CB:NEC", "CB:NEN", "CB:NET",
        "CB:LYMPHOMA", "CB:LEUKEMIA", "CB:ACUTELEUKEMIA", "CB:GERMCELL", "CB:GLIOMA", "CB:BRAINTUMOR",
        "CB:HISTIOCYTOSIS", "LNM", "MNM",
    }
)  # fmt: skip
"""Entries of the tumour vocabulary too broad to make two tumours the same."""

_BLOOD = frozenset({"LYMPH", "MYELOID", "CB:LEUKEMIA", "CB:LYMPHOMA", "CB:MYELOMA"})


class Disease(msgspec.Struct, frozen=True):
    """A disease of the evidence pack: its scope, and the entries of the tumour vocabulary that it means."""

    name: str
    doid: str | None
    scope: Literal["tumour", "family", "any", "solid", "haematological"]
    codes: frozenset[str]


@functools.cache
def _diseases() -> dict[str, Disease]:
    return {
        row["disease"]: msgspec.convert(
            {
                "name": row["disease"],
                "doid": row["doid"] or None,
                "scope": row["scope"],
                "codes": row["codes"].split(),
            },
            Disease,
        )
        for row in read_table("diseases").rows
    }


@functools.cache
def _by_doid(disease: str, doid: str | None) -> Disease | None:
    """Return a disease that the table lacks, by its id and its name; a name may tell a narrower tumour than the id."""
    named = tumors.lookup(disease)
    identified = tumors.by_doid(doid) if doid else None
    codes = {term.key for term in (named.term if named else None, identified) if term is not None}
    if not codes:
        return None
    precise = frozenset(code for code in codes if not _is_broad(code))
    return Disease(disease, doid, "tumour" if precise else "family", precise or frozenset(codes))


@functools.cache
def lineage(code: str) -> frozenset[str]:
    """Return an entry of the tumour vocabulary with all above it, itself included; only itself where unknown."""
    above = tumors.ancestors(code) if code in tumors.vocabulary() else frozenset()
    return above | {code}


def is_haematological(code: str) -> bool:
    """Whether a tumour is a leukaemia, a lymphoma or another tumour of the blood."""
    return not lineage(code).isdisjoint(_BLOOD)


def relation(disease: str, level: str, code: str | None, doid: str | None = None) -> Relation:
    """Return how a disease of the evidence, told of at an evidence level, relates to the tumour ``code`` of a case.

    A disease that the table lacks is looked up by its ``doid``, then by its name, among the tumours. A tumour that
    is not known, and a disease that is found nowhere, are related to nothing but "any tumour".
    """
    entry = _diseases().get(disease) or _by_doid(disease, doid)
    if entry is None:
        return "other tumour"
    if code is not None and any(same_tumour(each, code) for each in entry.codes):
        return "same tumour"
    if entry.scope != "tumour":
        pooled = level in {"A", "B"} and _covers(entry, code)
        return "any tumour" if pooled else "other tumour"
    return "other tumour"


def disease_code(disease: str, doid: str | None = None) -> str | None:
    """Return the entry of the tumour vocabulary that a disease of the evidence means, the narrowest of several.

    None where it means no one tumour (a family, any tumour).
    """
    entry = _diseases().get(disease) or _by_doid(disease, doid)
    if entry is None or not entry.codes:
        return None
    return max(entry.codes, key=lambda code: (len(lineage(code)), code)) if entry.scope == "tumour" else None


def tumour_class(disease: str, level: str, code: str | None, doid: str | None = None) -> TumourClass:
    """Return what ``relation`` does, the same tumour apart from those above and below it in the tree."""
    related = relation(disease, level, code, doid)
    if related != "same tumour" or code is None:
        return related
    entry = _diseases().get(disease) or _by_doid(disease, doid)
    codes = entry.codes if entry is not None else frozenset()
    if code in codes:
        return "same tumour"
    return "wider tumour" if not codes.isdisjoint(lineage(code)) else "narrower tumour"


def same_tumour(one: str, other: str) -> bool:
    """Whether two entries of the tumour vocabulary are the same, or one lies above the other and is no broad family."""
    if one == other:
        return True
    return (one in lineage(other) and not _is_broad(one)) or (other in lineage(one) and not _is_broad(other))


def _is_broad(code: str) -> bool:
    """Whether an entry is a family, or an organ's node, which every tumour of the organ lies below."""
    return code in FAMILIES or code not in tumors.vocabulary() or tumors.parent(code) in {None, "TISSUE"}


def _covers(entry: Disease, code: str | None) -> bool:
    if entry.scope == "any":
        return True
    if code is None:
        return False
    if entry.scope == "family":
        return not lineage(code).isdisjoint(entry.codes)
    return is_haematological(code) == (entry.scope == "haematological")
