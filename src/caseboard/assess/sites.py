"""What the course asks of anatomy: the organ of a site, how two sites lie to each other, sites named in a text.

This is the only module of the course that looks into the anatomical vocabulary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from caseboard.terms import anatomy
from caseboard.terms.vocabulary import fold

__all__ = [
    "Relation",
    "coverage",
    "is_bone",
    "is_known",
    "is_node",
    "is_unspecific",
    "leaves_tumour",
    "names_organ",
    "organ_of",
    "organs_in",
    "places",
    "relation",
    "removes",
    "says_tumour",
    "site_words",
]

Relation = Literal["same", "part of", "contains", "near", "other"]
"""How one site lies to another. ``near``: they may hold one lesion ("paravertebral", "dorsal muscles")."""

_WORD = re.compile(r"[a-z0-9]+")
_UNSPECIFIC = frozenset(
    _WORD.findall(
        "lesion lesions mass masses tumor tumors tumour tumours nodule nodules disease metastasis metastases"
        " recurrence primary main residual target known site of the"
    )
)
_FILLERS = _UNSPECIFIC | frozenset(
    _WORD.findall(
        "a an and at in near next on to with left right bilateral both lymph node nodes muscle muscles gland"
        " segment body region area space"
    )
)
_NODE = re.compile(r"\b(?:lymph|nodes?|nodal|lymphadenopath)")
_TUMOUR = re.compile(r"lesion|mass|tumou?r|nodule|metasta|recurren|relaps")
_REMOVES = re.compile(r"excis|resect|ectom|amputat|remov|debulk|enucleat|cytoreduct|exenterat|curettage")
_INCOMPLETE = re.compile(
    r"\b(?:partial|incomplete|subtotal|palliative)(?:ly)?\s(?:[a-z-]{1,30}\s){0,2}(?:resect|excis|remov)"
    r"|\bpalliative\s[a-z]{1,30}ectom|debulk|cytoreduct|tumou?r\sbiopsy"
)
_PROCEDURES = {
    "adrenalectom": "adrenal gland",
    "cholecystectom": "gallbladder",
    "colectom": "colon",
    "craniotom": "brain",
    "cystectom": "bladder",
    "cystoprostatectom": "bladder",
    "duodenopancreatectom": "pancreas",
    "esophagectom": "esophagus",
    "gastrectom": "stomach",
    "hemicolectom": "colon",
    "hepatectom": "liver",
    "hysterectom": "uterus",
    "lower lobectom": "lung",
    "lumpectom": "breast",
    "mastectom": "breast",
    "middle lobectom": "lung",
    "nephrectom": "kidney",
    "nephroureterectom": "kidney",
    "oesophagectom": "esophagus",
    "oophorectom": "ovary",
    "orchiectom": "testis",
    "pancreatectom": "pancreas",
    "pancreatoduodenectom": "pancreas",
    "pneumonectom": "lung",
    "prostatectom": "prostate",
    "quadrantectom": "breast",
    "splenectom": "spleen",
    "thoracoscop": "lung",
    "thyroidectom": "thyroid",
    "transurethral resection of bladder": "bladder",
    "upper lobectom": "lung",
}
"""Beginnings of the words of operations, and the organ each works on."""


def site_words(site: str) -> frozenset[str]:
    """Return the words of a site that tell one place from another: "dorsal muscles at D11" gives dorsal and d11."""
    return frozenset(_WORD.findall(fold(site))) - _FILLERS


@lru_cache(maxsize=4096)
def is_node(site: str) -> bool:
    """Whether the site is a lymph node, measured by its short axis."""
    found = anatomy.find(site)
    return found[0].term.node if found else _NODE.search(fold(site)) is not None


def is_bone(site: str) -> bool:
    """Whether the site is bone."""
    found = anatomy.find(site)
    return bool(found) and found[0].term.bone


def is_known(site: str) -> bool:
    """Whether the anatomical vocabulary knows the site."""
    return bool(anatomy.find(site))


def is_unspecific(site: str) -> bool:
    """Whether the site names no place ("the mass", "primary tumour")."""
    return not frozenset(_WORD.findall(fold(site))) - _UNSPECIFIC


@lru_cache(maxsize=4096)
def organ_of(site: str) -> str:
    """Return the organ to which a site counts for the rule of two targets per organ (RECIST 1.1, section 4.2).

    A site that no table knows is its own organ, so that the rule can only be too lenient by one lesion.
    """
    organ = anatomy.organ_of(site)
    if organ == "muscle":
        return "muscle and soft tissue"
    return organ if organ != anatomy.UNKNOWN_ORGAN else fold(site) or anatomy.UNKNOWN_ORGAN


class _Place(msgspec.Struct, frozen=True):
    """What is known of a site: its words, the anatomical sites it names, and the words beside the first of them."""

    words: frozenset[str]
    node: bool
    head: anatomy.Site | None
    extra: frozenset[str]
    within: frozenset[str]


@lru_cache(maxsize=4096)
def _place(site: str) -> _Place:
    found = anatomy.find(site)
    words = site_words(site)
    if not found:
        return _Place(words, is_node(site), None, words, frozenset())
    head = found[0].term
    within = frozenset(part.key for part in anatomy.ancestors(head))
    return _Place(words, head.node, head, words - site_words(found[0].form), within)


def relation(one: str, two: str) -> Relation:
    """Say how the place ``one`` lies to the place ``two``; sides are not looked at."""
    first, second = _place(one), _place(two)
    if first.node != second.node:
        return "other"
    by_words = _by_words(first.words, second.words)
    if by_words != "other" or first.head is None or second.head is None:
        return by_words
    if first.head.key == second.head.key:
        return _by_words(first.extra, second.extra)
    if second.head.key in first.within:
        return "part of"
    if first.head.key in second.within:
        return "contains"
    return "near" if anatomy.same_site(one, two) == "maybe" else "other"


def _by_words(first: frozenset[str], second: frozenset[str]) -> Relation:
    if first == second:
        return "same"
    if first > second:
        return "part of"
    return "contains" if first < second else "other"


def names_organ(one: str, two: str) -> bool:
    """Whether both sites lie in one organ and one of them is no more than the organ's name ("stomach")."""
    if organ_of(one) != organ_of(two) or is_node(one):
        return False
    return _is_organ(one) or _is_organ(two)


@lru_cache(maxsize=4096)
def _is_organ(site: str) -> bool:
    match = anatomy.lookup(site)
    return match is not None and match.term.is_organ


def removes(text: str) -> bool:
    """Whether a procedure takes tissue out, more than a biopsy does."""
    return _REMOVES.search(fold(text)) is not None


def leaves_tumour(text: str) -> bool:
    """Whether a procedure took out no more than part of the tumour ("debulking", "partial resection")."""
    return _INCOMPLETE.search(fold(text)) is not None


def organs_in(text: str) -> frozenset[str]:
    """Return the organs that the words of a procedure name ("partial gastrectomy": stomach)."""
    folded = f" {fold(text)}".replace("-", " ")
    by_name = {organ_of(match.term.key) for match in anatomy.find(text)}
    return frozenset(by_name | {organ for part, organ in _PROCEDURES.items() if f" {part}" in folded})


def places(text: str) -> tuple[str, ...]:
    """Return the sites that a text names, as the vocabulary calls them."""
    return tuple(dict.fromkeys(match.term.key for match in anatomy.find(text)))


def says_tumour(text: str) -> bool:
    """Whether a text speaks of the tumour without saying where ("excision of the relapsing lesion")."""
    return _TUMOUR.search(fold(text)) is not None


def coverage(text: str, site: str) -> float:
    """Return which share of the words of ``site`` a text names, from 0 (the place is not named) to 1."""
    words = site_words(site)
    if not words:
        return 0.0
    named = _WORD.findall(fold(text))
    return sum(any(_alike(word, other) for other in named) for word in words) / len(words)


def _alike(one: str, two: str) -> bool:
    """Whether two words are forms of one ("mediastinum", "mediastinal")."""
    if one == two:
        return True
    common = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        common += 1
    return common >= 5 and max(len(one), len(two)) - common <= 4
