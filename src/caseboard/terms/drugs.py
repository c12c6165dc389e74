"""Drugs by INN: antineoplastic and supportive agents, their brands, codes and salts, classes and targets."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, cast

import msgspec
from rapidfuzz.distance import OSA

from caseboard.terms.vocabulary import Match, Vocabulary, fold, read_table
from caseboard.terms.written import cells

__all__ = [
    "Drug",
    "Role",
    "inhibitors_of",
    "is_drug",
    "looks_like_a_drug",
    "lookup",
    "lookup_foreign",
    "needs_context",
    "targets",
    "vocabulary",
]

Role = Literal["antineoplastic", "supportive"]


class Drug(msgspec.Struct, frozen=True):
    """A drug. ``key`` is its INN in lower case (the code name of an agent that has no INN).

    ``names`` are brands, codes, salts and synonyms; ``abbreviations`` are those that count only with their own capitals
    (MTX); ``ambiguous`` those that mean something else too and need context (CTX, albumin). ``targets`` are HGNC
    symbols; ``drug_class`` is empty for none.
    """

    key: str
    role: Role
    drug_class: str
    targets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @property
    def case_sensitive(self) -> tuple[str, ...]:
        """The forms that count only with their own capitals."""
        return self.abbreviations

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form; a name that is the key in other capitals (S-1) comes before it."""
        return (*self.names, self.key)


@cache
def vocabulary() -> Vocabulary[Drug]:
    """Return the drugs."""
    return Vocabulary("drugs", read_table("drugs", _drug), keys_are_forms=False)


def _drug(row: dict[str, str]) -> Drug:
    return Drug(
        row["agent"],
        cast("Role", row["role"]),
        row["class"],
        cells(row["targets"]),
        cells(row["names"]),
        cells(row["abbreviations"]),
        cells(row["needs_context"]),
    )


_SALT = re.compile(
    r" (?:(?:di)?hydrochloride|hcl|mesylate|mesilate|maleate|malate|(?:di)?tosylate|phosphate|sul(?:ph|f)ate|acetate|"
    r"citrate|(?:di)?sodium|succinate|fumarate|hydrobromide|anhydrous|tablets?|capsules?|injection|infusion|regimen)$"
)
_CLASS_AND_CODE = re.compile(r".{3,60} (?:inhibitor|antibody) (\S*\d\S*)")
_BIOSIMILAR = re.compile(r"-[a-z]{4}$")


def lookup(text: str) -> Match[Drug] | None:
    """Return the drug that ``text`` names, or None.

    Case, hyphens, a salt and a biosimilar's suffix are forgiven silently; a brand, a code or a synonym is read with a
    remark, and so is a word of seven letters or more that is one letter away from a name that ends as drug names do
    (of eleven or more two, where they begin with the same two letters), where exactly one drug is meant.
    """
    found = _exact(fold(text))
    if found is not None:
        return Match(found.term, found.form, _remark(found.term, found.form, text))
    return _misspelt(text)


def is_drug(word: str) -> bool:
    """Whether a word is a name of a drug as it stands, without any correction, and no word of the language too."""
    return _exact(fold(word)) is not None and not needs_context(word)


@lru_cache(maxsize=4096)
def _exact(name: str) -> Match[Drug] | None:
    coded = _CLASS_AND_CODE.fullmatch(name)
    bare = coded[1] if coded else _SALT.sub("", name)
    for form in (
        name,
        bare,
        _BIOSIMILAR.sub("", bare),
        bare.replace(" ", "-"),
        bare.replace("-", " "),
        bare.replace("-", ""),
    ):
        found = vocabulary().lookup(form)
        if found is not None:
            return found
    return None


def _remark(drug: Drug, form: str, text: str) -> str:
    if re.sub(r"\W", "", drug.key) in re.sub(r"\W", "", fold(form)):
        return ""
    return f"read as {drug.key}: {text.strip()} is another name of it"


_ENDINGS = (
    "nib", "mib", "mab", "platin", "rubicin", "taxel", "mycin", "citabine", "trexate", "trexed", "tecan", "poside",
    "ristine", "blastine", "relbine", "fosfamide", "phosphamide", "limus", "parib", "ciclib", "lisib", "lidomide",
    "uracil", "arabine", "bazine", "zolomide", "mustine", "trozole", "oxifen", "lutamide", "relin", "dronate",
    "setron", "pitant", "grastim", "penem", "floxacin", "conazole", "cillin", "cyclovir", "ciclovir", "xaban",
    "parin", "prazole", "solone", "sone", "stat", "degib", "clax", "ribulin", "bectedin", "thyroxine",
)  # fmt: skip
"""Endings of drug names (WHO's INN stems and the like)."""


def looks_like_a_drug(word: str) -> bool:
    """Whether a word of seven letters or more ends as drug names do (-nib, -mab, -platin)."""
    return len(word) >= 7 and word.lower().endswith(_ENDINGS)


@lru_cache(maxsize=4096)
def _misspelt(text: str) -> Match[Drug] | None:
    name = fold(text)
    if not name.isalpha() or not 7 <= len(name) <= 40:
        return None
    stems = _stems()
    near = {
        form for stem in _without_one(name) for form in stems.get(stem, ()) if OSA.distance(name, form) == 1
    }
    if not near and len(name) >= _LONG and looks_like_a_drug(name):
        near = {
            form for form in _long_names().get(name[:2], ()) if OSA.distance(name, form, score_cutoff=2) <= 2
        }
    meant = {found.term.key for form in near if (found := vocabulary().lookup(form))}
    if len(meant) != 1:
        return None
    drug = vocabulary()[meant.pop()]
    return Match(drug, min(near), f"read as {drug.key}: no drug {text.strip()} is known")


def lookup_foreign(word: str) -> Match[Drug] | None:
    """Return the drug that a word of seven letters or more names in another language, or None.

    German leaves out the last letter of the English name (Ifosfamid), French, Italian and Spanish write another one or
    one more (doxorubicine, cisplatino, gemcitabina, étoposide).
    """
    if not 7 <= len(word) <= 40 or not word.isalpha():
        return None
    name = "".join(char for char in unicodedata.normalize("NFKD", word.lower()) if char.isalpha())
    stem = name[:-1] if name[-1] in "eao" else name
    for form in (name, stem, stem + "e"):
        found = vocabulary().lookup(form)
        if found is not None and not needs_context(form):
            return Match(
                found.term, found.form, f"read as {found.term.key}: {word} is its name in another language"
            )
    return None


@cache
def _stems() -> Mapping[str, frozenset[str]]:
    """Return, by each long one-word name and by each less one letter, the names it may come from."""
    stems: dict[str, set[str]] = defaultdict(set)
    for form, _ in vocabulary().forms():
        if form.isalpha() and looks_like_a_drug(form):
            for stem in _without_one(form):
                stems[stem].add(form)
    return {stem: frozenset(forms) for stem, forms in stems.items()}


_LONG = 11
"""Letters of a name from which two may be wrong."""


@cache
def _long_names() -> Mapping[str, tuple[str, ...]]:
    """Return the long one-word names by their first two letters, which are seldom misspelt."""
    names: dict[str, list[str]] = defaultdict(list)
    for form, _ in vocabulary().forms():
        if len(form) >= _LONG and form.isalpha() and looks_like_a_drug(form):
            names[form[:2]].append(form)
    return {first: tuple(forms) for first, forms in names.items()}


def _without_one(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def needs_context(form: str) -> bool:
    """Whether ``form`` means something else too (CTX, MPA, albumin) and needs a word of treatment near."""
    return fold(form) in _ambiguous()


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(fold(form) for drug in vocabulary().terms.values() for form in drug.ambiguous)


def targets(agent: str) -> tuple[str, ...]:
    """Return the HGNC symbols of what ``agent`` acts on; empty where it is not known or acts on no protein."""
    found = lookup(agent)
    return found.term.targets if found is not None else ()


@cache
def inhibitors_of(symbol: str) -> tuple[Drug, ...]:
    """Return the antineoplastic drugs that have the gene ``symbol`` among their targets."""
    return tuple(
        drug
        for drug in vocabulary().terms.values()
        if symbol in drug.targets and drug.role == "antineoplastic"
    )
