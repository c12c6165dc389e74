"""Genes by HGNC symbol: aliases, old symbols, spelling, and near misses corrected with a remark.

``lookup`` reads a name on its own, ``lookup_partner`` a name beside the gene it is said to fuse with. Of the forms
that ``vocabulary().forms()`` yields for a scan of running text, those for which ``is_word`` holds mean something else
too (KIT, MET, CAT, REST): they count only in their own capitals and with a molecular word near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import msgspec
from rapidfuzz.distance import OSA

from caseboard.terms import fusions
from caseboard.terms.fusions import known_pairs
from caseboard.terms.vocabulary import Match, Vocabulary, fold, read_cells, read_table
from caseboard.terms.written import cells

__all__ = ["Gene", "is_word", "known_pairs", "lookup", "lookup_partner", "orient", "vocabulary"]


class Gene(msgspec.Struct, frozen=True):
    """A human gene. ``key`` is the approved HGNC symbol.

    ``hyphenated`` is the symbol as ROS-1 is written, empty where that would be a word (PART-5); ``previous`` are the
    old symbols, ``aliases`` the other names, ``words`` the forms that mean something else too; ``roles`` say why the
    gene is listed (``cancer``, ``fusion``, ``kinase``, ``marker``; none for a gene known by its symbol only).
    """

    key: str
    name: str
    hgnc_id: str
    hyphenated: str = ""
    previous: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def kinase(self) -> bool:
        """Whether the gene encodes a protein kinase."""
        return "kinase" in self.roles

    @property
    def case_sensitive(self) -> tuple[str, ...]:
        """The forms that count only with their own capitals."""
        return self.words

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form: the symbol (also as ROS-1), old symbols and aliases."""
        own = (self.key, self.hyphenated) if self.hyphenated else (self.key,)
        return (*own, *self.previous, *self.aliases)


@cache
def vocabulary() -> Vocabulary[Gene]:
    """Return the genes; where a form is claimed twice, an approved symbol has it, then an old symbol, then an alias."""
    return Vocabulary("genes", read_table("genes", _gene))


def _gene(row: dict[str, str]) -> Gene:
    return Gene(
        row["symbol"],
        row["name"],
        f"HGNC:{row['hgnc']}",
        row["hyphenated"],
        cells(row["previous"]),
        cells(row["aliases"]),
        cells(row["words"]),
        cells(row["roles"]),
    )


@cache
def _words() -> frozenset[str]:
    flagged = {fold(form) for gene in vocabulary().terms.values() for form in gene.words}
    return frozenset(flagged | set(read_table("words", lambda row: row["word"])))


def is_word(form: str) -> bool:
    """Whether ``form`` is also an ordinary word or a clinical abbreviation, and so needs context to be a gene.

    True too of abbreviations that no gene of the table claims (CT, NGS): such letters alone never name one.
    """
    return fold(form) in _words()


@cache
def _others() -> Mapping[str, tuple[str, str]]:
    """Return, by name, HGNC's number and symbol of the genes that the main table lacks; empty for several genes."""
    _, *rows = read_cells("symbols")
    return {name: (number, symbol) for name, number, symbol in rows}


def lookup(text: str) -> Match[Gene] | None:
    """Return the gene that ``text`` names, with a remark where it is not the approved symbol; None if none does.

    Case, hyphens and spaces are forgiven silently; aliases and old symbols are read with a remark; a near miss (one
    letter too many, missing, swapped or wrong) is corrected where exactly one symbol of four letters or more is that
    near and no human gene has the name written.
    """
    found = _exact(text) or _exact(re.sub(r"[\s-]+", "", text))
    if found is not None:
        return Match(found.term, found.form, _remark(found.term, found.form, text))
    written = text.strip()
    if written in _others() or (_SYMBOL_LIKE.search(written) and written.upper() in _others()):
        return _other(written)
    near = _near(written.upper(), _stems()) if _SYMBOL_LIKE.search(written) else set()
    if len(near) != 1:
        return None
    symbol = near.pop()
    return Match(vocabulary()[symbol], symbol, f"read as {symbol}: no gene {written} is known")


def _other(written: str) -> Match[Gene] | None:
    for name in (written, written.upper()):
        number, symbol = _others().get(name, ("", ""))
        if symbol:
            same = symbol.upper() == written.upper()
            remark = "" if same else f"read as {symbol}: {written} is another name of it"
            return Match(Gene(symbol, "", f"HGNC:{number}"), written, remark)
    return None


_SYMBOL_LIKE = re.compile(r"[A-Z][A-Z0-9]|\d")
"""What tells a symbol from a word of the language: a digit, or two capitals in a row."""


def _exact(text: str) -> Match[Gene] | None:
    return vocabulary().lookup(text)


def _remark(gene: Gene, form: str, text: str) -> str:
    bare = fold(form).replace("-", "")
    if bare == fold(gene.key).replace("-", ""):
        return ""
    if bare in {fold(old).replace("-", "") for old in gene.previous}:
        return f"read as {gene.key}: {text.strip()} is its old symbol"
    return f"read as {gene.key}: {text.strip()} is another name of it"


def lookup_partner(text: str, other_symbol: str) -> Match[Gene] | None:
    """Return the gene named ``text`` where it is said to fuse with ``other_symbol``.

    What is no gene's name is held against the known partners of ``other_symbol``; one that is one or two letters
    away (two only from six letters on), and nearer than any other partner, is taken, with a remark.
    """
    found = lookup(text)
    name = text.strip().upper()
    if (found is not None and "no gene" not in found.remark) or len(name) < 3:
        return found
    nearest: dict[int, list[str]] = defaultdict(list)
    for partner in sorted(fusions.partners(other_symbol)):
        if len(partner) >= 4:
            nearest[OSA.distance(name, partner)].append(partner)
    limit = 2 if len(name) >= 6 else 1
    best = min(nearest, default=limit + 1)
    if best > limit or len(nearest[best]) != 1:
        return found
    symbol = nearest[best][0]
    remark = f"read as {symbol}: no gene {text.strip()} is known, and {symbol} is a known partner of {other_symbol}"
    return Match(vocabulary()[symbol], symbol, remark)


@cache
def _stems() -> Mapping[str, frozenset[str]]:
    """Return, by each symbol and by each symbol less one letter, the symbols it may come from."""
    stems: dict[str, set[str]] = defaultdict(set)
    for symbol in vocabulary().terms:
        if len(symbol) >= 4:
            for stem in _without_one(symbol):
                stems[stem].add(symbol)
    return {stem: frozenset(symbols) for stem, symbols in stems.items()}


def _without_one(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def _near(name: str, stems: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the symbols one slip away from ``name``; digits count, for YWHAE1 may be YWHAE, but NTRK4 is not NTRK3."""
    if not 5 <= len(name) <= 12:
        return set()
    candidates = {symbol for stem in _without_one(name) for symbol in stems.get(stem, ())}
    return {symbol for symbol in candidates if OSA.distance(name, symbol) == 1 and _is_slip(name, symbol)}


def _is_slip(written: str, symbol: str) -> bool:
    """Whether the one edit between the two is a slip of the pen and not another member of the gene's family."""
    lost = len(symbol) - len(written)
    digits_written, digits_symbol = re.sub(r"\D", "", written), re.sub(r"\D", "", symbol)
    if lost > 0:
        return digits_written == digits_symbol
    if lost < 0:
        return digits_written == digits_symbol or digits_symbol == ""
    return digits_written == digits_symbol and len(symbol) >= 5


def orient(gene_a: str, gene_b: str) -> tuple[str, str, str]:
    """Return (5' partner, 3' partner, remark) of a fusion of two genes written as ``gene_a``-``gene_b``.

    A known pair has its known order. Else a kinase is taken as the 3' partner of a gene that is none, as kinase
    fusions keep the kinase domain at their end (FGFR1-3 keep it at their start). Else the order is left as written.
    """
    pairs = known_pairs()
    if (gene_a, gene_b) in pairs:
        return gene_a, gene_b, ""
    if (gene_b, gene_a) in pairs:
        return gene_b, gene_a, f"turned round: {gene_b}::{gene_a} is known, {gene_a} as the 5' partner is not"
    five_first = _kinase_place(gene_a) < _kinase_place(gene_b)
    if five_first or _kinase_place(gene_a) == _kinase_place(gene_b):
        return gene_a, gene_b, ""
    return (
        gene_b,
        gene_a,
        f"turned round: in fusions the kinase domain of {_kinase_of(gene_a, gene_b)} is kept so",
    )


_FIVE_PRIME_KINASES = frozenset({"FGFR1", "FGFR2", "FGFR3"})
"""Kinases that lie before their usual partners (FGFR2::BICC1, FGFR3::TACC3)."""


def _kinase_place(symbol: str) -> int:
    if symbol in _FIVE_PRIME_KINASES:
        return -1
    gene = vocabulary().terms.get(symbol)
    return 1 if gene is not None and gene.kinase else 0


def _kinase_of(gene_a: str, gene_b: str) -> str:
    return gene_a if _kinase_place(gene_a) != 0 else gene_b
