"""Tumours: OncoTree's codes and tree, the names of daily use, behaviour, and how two diagnoses are related.

Codes that begin with ``CB:`` are the project's own: generic terms (sarcoma, spindle cell neoplasm), benign entities
that OncoTree lacks (nodular fasciitis), entities that are newer than it. A term may have several parents: an
inflammatory myofibroblastic tumour of the bladder is one of the bladder's tumours and an inflammatory
myofibroblastic tumour.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal, cast

import msgspec

from caseboard.terms.vocabulary import Match, Vocabulary, fold, read_table
from caseboard.terms.written import cells

__all__ = [
    "Behaviour",
    "Relation",
    "Tumor",
    "ancestors",
    "by_doid",
    "children",
    "is_a",
    "is_sarcoma",
    "is_soft_tissue",
    "lookup",
    "needs_context",
    "parent",
    "related",
    "spelled_out",
    "vocabulary",
]

Behaviour = Literal["benign", "intermediate", "malignant", "unknown"]
"""``intermediate``: locally aggressive or rarely metastasizing (WHO), borderline, in situ."""

Relation = Literal["same", "parent", "child", "sibling", "other"]


class Tumor(msgspec.Struct, frozen=True):
    """A tumour. ``key`` is its code, ``name`` as a pathologist writes it: lower case, American spelling.

    ``names`` are all spelt-out forms, ``abbreviations`` count only with their own capitals, and those in
    ``ambiguous`` have other meanings in clinical texts and need context. ``ncit`` and ``doid`` are empty where unknown;
    ``doid_below`` are identifiers of narrower diseases that have no term of their own.
    """

    key: str
    name: str
    main_type: str
    tissue: str
    parents: tuple[str, ...]
    ncit: str
    doid: str
    behaviour: Behaviour
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    doid_below: tuple[str, ...] = ()

    @property
    def case_sensitive(self) -> tuple[str, ...]:
        """The forms that count only with their own capitals."""
        return self.abbreviations

    @property
    def generic(self) -> bool:
        """Whether the term names no entity at all, only that there is a tumour."""
        return self.key in _GENERIC

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form: abbreviations first, then the names in their spellings."""
        names = (*self.names, *(form for name in self.names for form in _spellings(name)))
        plurals = (f"{name}s" for name in names if name.endswith(_ENDINGS))
        return (*self.abbreviations, *names, *plurals)


_GENERIC = frozenset({"CB:NEOPLASM", "CB:MALIGNANCY", "CB:SOLID"})
_ENDINGS = ("oma", "tumor", "tumour", "cancer", "neoplasm")

_SPELLINGS = (
    ("tumor", "tumour"),
    ("leukemia", "leukaemia"),
    ("hemangi", "haemangi"),
    ("hematolog", "haematolog"),
    ("esophag", "oesophag"),
    ("seborrheic", "seborrhoeic"),
    ("fetal", "foetal"),
    ("myxedema", "myxoedema"),
    ("pheochromo", "phaeochromo"),
    ("globulinemia", "globulinaemia"),
    ("nevus", "naevus"),
    ("analog ", "analogue "),
    ("hemosiderotic", "haemosiderotic"),
    ("thrombocythemia", "thrombocythaemia"),
    ("polycythemia", "polycythaemia"),
    ("localized", "localised"),
    ("hyalinizing", "hyalinising"),
)


def _spellings(name: str) -> Iterator[str]:
    """Yield the British spelling of a name, the other apostrophe, spaces for its hyphens, and "ca" for "carcinoma"."""
    for long in (" carcinoma", " cancer"):
        if name.endswith(long):
            yield f"{name.removesuffix(long)} ca"
    british = name
    for american, other in _SPELLINGS:
        british = british.replace(american, other)
    written = [form for base in (name, british) for form in (base, base.replace("'s ", "’s "))]
    for spelling in dict.fromkeys(written):
        if spelling != name:
            yield spelling
        if "-" in spelling:
            yield spelling.replace("-", " ")


@cache
def vocabulary() -> Vocabulary[Tumor]:
    """Return the tumours; codes are no written forms, so ``PD`` is not Paget disease."""
    return Vocabulary("tumors", read_table("tumors", _tumor), keys_are_forms=False)


def _tumor(row: dict[str, str]) -> Tumor:
    return Tumor(
        row["code"],
        row["name"],
        row["main_type"],
        row["tissue"],
        cells(row["parents"]),
        row["nci"],
        row["doid"],
        cast("Behaviour", row["behaviour"]),
        cells(row["forms"]),
        cells(row["abbreviations"]),
        cells(row["needs_context"]),
        cells(row["doid_below"]),
    )


_PLURALS = (
    ("tumors", "tumor"),
    ("omas", "oma"),
    ("neoplasms", "neoplasm"),
    ("cancers", "cancer"),
    ("cysts", "cyst"),
)


def _american(text: str) -> str:
    written = fold(text).replace("’", "'")
    for american, british in _SPELLINGS[:-1]:
        written = written.replace(british, american)
    return written


def lookup(text: str) -> Match[Tumor] | None:
    """Return the tumour that ``text`` names: a name in any spelling, singular or plural, an abbreviation, or a code.

    A look-up takes the text for a tumour's name, so an abbreviation counts in any case ("gist").
    """
    found = vocabulary().lookup(text) or vocabulary().lookup(_american(text))
    if found is not None:
        return found
    singular = _american(text)
    for plural, ending in _PLURALS:
        if singular.endswith(plural):
            singular = singular.removesuffix(plural) + ending
            break
    found = vocabulary().lookup(singular) or vocabulary().lookup(singular.replace("-", " "))
    if found is None and text.strip() in vocabulary():
        term = vocabulary()[text.strip()]
        return Match(term, term.name)
    return found


def needs_context(form: str) -> bool:
    """Whether ``form`` is an abbreviation with other meanings in clinical texts (IMT, UPS, ES, MAP)."""
    return fold(form) in _ambiguous()


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(fold(form) for term in vocabulary().terms.values() for form in term.ambiguous)


def by_doid(doid: str) -> Tumor | None:
    """Return the tumour with this identifier of the Human Disease Ontology (with or without ``DOID:``), or None.

    A narrower disease that has no term here ("Her2-receptor positive breast cancer") gives the nearest wider one.
    """
    return _by_doid().get(doid.removeprefix("DOID:"))


@cache
def _by_doid() -> Mapping[str, Tumor]:
    found: dict[str, Tumor] = {}
    for term in vocabulary().terms.values():
        if term.doid:
            found.setdefault(term.doid, term)
    for term in vocabulary().terms.values():
        for doid in term.doid_below:
            found.setdefault(doid, term)
    return found


def parent(code: str) -> str | None:
    """Return the code of the first parent (OncoTree's), or None for a root."""
    parents = vocabulary()[code].parents
    return parents[0] if parents else None


def children(code: str) -> tuple[str, ...]:
    """Return the codes of which ``code`` is a parent."""
    return _children().get(code, ())


@cache
def _children() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for term in vocabulary().terms.values():
        for above in term.parents:
            found[above].append(term.key)
    return {code: tuple(below) for code, below in found.items()}


@cache
def ancestors(code: str) -> frozenset[str]:
    """Return the codes of all that ``code`` is a kind of, itself left out."""
    found: set[str] = set()
    waiting = list(vocabulary()[code].parents)
    while waiting:
        above = waiting.pop()
        if above not in found:
            found.add(above)
            waiting.extend(vocabulary()[above].parents)
    return frozenset(found)


def is_a(code: str, ancestor: str) -> bool:
    """Whether ``code`` is ``ancestor`` or a kind of it."""
    return code == ancestor or ancestor in ancestors(code)


def related(code_a: str, code_b: str) -> Relation:
    """Return what ``code_a`` is to ``code_b``: ``parent`` where it is the wider term, ``child`` where the narrower.

    ``sibling``: both have one direct parent that is a tumour; an organ's node and terms that name no entity do not
    count.
    """
    if code_a == code_b:
        return "same"
    if code_a in ancestors(code_b):
        return "parent"
    if code_b in ancestors(code_a):
        return "child"
    shared = set(vocabulary()[code_a].parents) & set(vocabulary()[code_b].parents)
    return "sibling" if any(_is_entity(code) for code in shared) else "other"


_WIDE = frozenset({"CB:SARCOMA", "CB:STS", "CB:CARCINOMA", "CB:MALMESENCHYMAL", "CB:MESENCHYMAL", *_GENERIC})


def _is_entity(code: str) -> bool:
    return code not in _WIDE and bool(vocabulary()[code].names)


def is_sarcoma(code: str) -> bool:
    """Whether the tumour is cared for as a sarcoma: sarcomas, and the mesenchymal tumours of OncoTree's sarcoma types.

    Benign tumours are not, though OncoTree files lipomas' kin under soft tissue sarcoma.
    """
    term = vocabulary()[code]
    if term.behaviour == "benign":
        return False
    typed = "Sarcoma" in term.main_type or term.main_type in {
        "Gastrointestinal Stromal Tumor",
        "Infantile Fibrosarcoma",
    }
    return typed or is_a(code, "CB:SARCOMA")


def is_soft_tissue(code: str) -> bool:
    """Whether the tumour is one of soft tissue, benign or not."""
    return (
        is_a(code, "SOFT_TISSUE")
        or is_a(code, "CB:STS")
        or (is_a(code, "CB:MESENCHYMAL") and not is_a(code, "BONE"))
    )


_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9/-]*")


@lru_cache(maxsize=4096)
def spelled_out(text: str) -> str:
    """Return a diagnosis as a pathologist would write it: lower case, "tumor", abbreviations spelt out.

    ``gist`` becomes "gastrointestinal stromal tumor"; other words of the text ("metastatic", "high-grade") stay.
    """
    whole = vocabulary().lookup(text)
    if whole is not None and whole.form in whole.term.abbreviations:
        return whole.term.name
    spelled = _TOKEN.sub(_spell, text)
    for short, full in _SHORTENED:
        spelled = short.sub(full, spelled)
    return _american(spelled)


_SHORTENED = (
    (re.compile(r"\bca\b\.?", re.IGNORECASE), "carcinoma"),
    (re.compile(r"\badeno-?\s?ca(?:rcinoma)?\b\.?", re.IGNORECASE), "adenocarcinoma"),
    (re.compile(r"\bdediff\b\.?", re.IGNORECASE), "dedifferentiated"),
    (re.compile(r"\bliposarc\b\.?", re.IGNORECASE), "liposarcoma"),
    (re.compile(r"plasmocytoma", re.IGNORECASE), "plasmacytoma"),
    (re.compile(r"\bmet\b\.?", re.IGNORECASE), "metastatic"),
)
"""Words that notes cut short."""


def _spell(found: re.Match[str]) -> str:
    match = vocabulary().lookup(found[0])
    if match is not None and match.form in match.term.abbreviations and found[0] == match.form:
        return match.term.name
    return found[0]
