"""Molecular profiles as CIViC writes them, read into a boolean expression.

A profile is an atom or atoms joined by AND, OR and NOT, with brackets standing alone between spaces:

    TFG::ROS1 Fusion                    a fusion of exactly these partners
    v::ALK Fusion, FGFR2::? Fusion      a fusion with any partner, with a partner that is not known
    EML4::ALK e6::e20                   with the last exon of the one and the first of the other
    ROS1 G2032R AND CD74::ROS1 Fusion   a variant beside a fusion
    KIT A829P AND ( KIT V559D OR KIT V560D )

Every profile of a release is read. The name of a variant that is of no known kind gets the kind ``other``, which
equals nothing but itself, so that it is never matched by accident.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.errors import KnowledgeError
from caseboard.knowledge.variants import codon, protein_change

__all__ = [
    "AllOf",
    "Alternative",
    "AnyOf",
    "Atom",
    "FusionAtom",
    "NoneOf",
    "Profile",
    "VariantAtom",
    "VariantKind",
    "alternatives",
    "genes",
    "parse_profile",
]

VariantKind = Literal[
    "change",
    "codon",
    "mutation",
    "exon",
    "amplification",
    "deletion",
    "expression",
    "rearrangement",
    "wild type",
    "internal duplication",
    "category",
    "DNA change",
    "measure",
    "other",
]
"""``change`` one protein change (L1196M); ``codon`` any change of one residue (V600); ``mutation`` any sequence
variant of the gene; ``exon`` an event of an exon (exon 14 skipping); ``category`` a set of variants that one variant
alone does not prove (loss of function, kinase domain mutation); ``DNA change`` told by c. or rs only; ``measure`` what
is counted or stained (TMB, methylation, phosphorylation); the others as their names say."""


class FusionAtom(msgspec.Struct, frozen=True, tag="fusion", tag_field="atom"):
    """A fusion, 5' partner first; None where any partner will do. Exons as numbered by the source."""

    gene5: str | None
    gene3: str | None
    exon5: int | None = None
    exon3: int | None = None

    @property
    def genes(self) -> frozenset[str]:
        """The partners that are named."""
        return frozenset(gene for gene in (self.gene5, self.gene3) if gene)

    def __str__(self) -> str:
        """Write the fusion as HGNC recommends (doi 10.1038/s41375-021-01436-6); ``v`` stands for any partner."""
        return f"{self.gene5 or 'v'}::{self.gene3 or 'v'}"


class VariantAtom(msgspec.Struct, frozen=True, tag="variant", tag_field="atom"):
    """An alteration of one gene. ``change`` is the one-letter form for a change, the residue for a codon."""

    gene: str
    name: str
    kind: VariantKind
    change: str | None = None

    @property
    def genes(self) -> frozenset[str]:
        """The gene."""
        return frozenset((self.gene,))

    def __str__(self) -> str:
        """Write the variant as its source does."""
        return f"{self.gene} {self.name}"


Atom = FusionAtom | VariantAtom


class AllOf(msgspec.Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Profile, ...]


class AnyOf(msgspec.Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Profile, ...]


class NoneOf(msgspec.Struct, frozen=True):
    """The part does not hold."""

    part: Profile


Profile = FusionAtom | VariantAtom | AllOf | AnyOf | NoneOf


class Alternative(msgspec.Struct, frozen=True):
    """One way in which a profile can hold: every atom of ``present``, and no atom of ``absent``."""

    present: tuple[Atom, ...]
    absent: tuple[Atom, ...] = ()


MOST_ALTERNATIVES = 10_000
DEEPEST_NESTING = 50

_PARTNER = r"[^\s:\[\]@]{1,40}"
_FUSION = re.compile(
    rf"(?P<five>{_PARTNER})::(?P<three>{_PARTNER})\s+(?:Fusion|e(?P<exon5>\d{{1,3}})::e(?P<exon3>\d{{1,3}}))",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[VariantKind, re.Pattern[str]], ...] = (
    ("mutation", re.compile(r"mutations?", re.IGNORECASE)),
    ("amplification", re.compile(r"amplification", re.IGNORECASE)),
    ("deletion", re.compile(r"loss|deletion", re.IGNORECASE)),
    ("expression", re.compile(r"(?:over|under)?expression", re.IGNORECASE)),
    ("rearrangement", re.compile(r"(?:intron \d{1,3} )?rearrangements?|translocation|fusion", re.IGNORECASE)),
    ("wild type", re.compile(r"wild[ -]?type", re.IGNORECASE)),
    ("exon", re.compile(r"exon \d{1,3}(?:-\d{1,3})? [a-z ]{1,40}", re.IGNORECASE)),
    ("internal duplication", re.compile(r"ITD|internal (?:tandem )?duplication", re.IGNORECASE)),
    (
        "category",
        re.compile(
            r"(?:loss|gain)[- ]of[- ]function|[a-z0-9 -]{1,40} mut(?:ation)?|biallelic inactivation|alteration"
            r"|(?:frameshift )?truncation|truncating mutation|frameshift(?: truncation)?|copy number variation"
            r"|non-[A-Z]\d{1,5}|[a-z-]{1,20} frame ?shift|double ph|alternative transcript \(ATI\)"
            r"|copy-neutral loss of heterozygosity|loh|intronic deletion .{1,80}|null \(.{1,60}\)|3'? ?exon deletion",
            re.IGNORECASE,
        ),
    ),
    (
        "DNA change",
        re.compile(
            r"rs\d{1,12}(?: homozygosity)?|c\.[^ ]{1,80}|splice (?:site|region) \(c\.[^ ]{1,60}\)"
            r"|(?:3'? ?utr|5'? ?utr) (?:alteration|polymorphism)(?: \(c\.[^ ]{1,60}\))?|IVS[^ ]{1,20}|SNP\d{1,6}"
            r"|[A-Z0-9]{1,10}\*\d{1,3}[A-Z]?(?: homozygosity)?|\d{1,5}(?:del|ins|dup)[ACGT]{1,20}",
            re.IGNORECASE,
        ),
    ),
    (
        "measure",
        re.compile(
            r"high|low|positive|[a-z0-9-]{0,8}TMB|H-bTMB|low on-treatment bTMB|serum levels|[a-z ]{0,20}expression"
            r"|(?:promoter )?(?:hyper|de)?methylation|promoter demethylation|(?:[STY]\d{1,5} )?phosphorylation"
            r"|nuclear translocation|cytoplasmic mislocalization|loss of nuclear protein expression"
            r"|[a-z0-9]{1,12} expression|decreased peri-therapeutic expression",
            re.IGNORECASE,
        ),
    ),
)


def parse_profile(text: str) -> Profile:
    """Read a profile; AND binds closer than OR. Raises ``KnowledgeError`` for unbalanced brackets or a missing atom."""
    tokens = text.split()
    if not tokens:
        raise KnowledgeError("an empty molecular profile")
    profile, rest = _any_of(tokens, 0, text)
    if rest != len(tokens):
        raise KnowledgeError(f"molecular profile {text!r}: {tokens[rest]!r} closes nothing")
    return profile


def genes(profile: Profile) -> frozenset[str]:
    """Return every gene that a profile names, those it excludes as well."""
    if isinstance(profile, FusionAtom | VariantAtom):
        return profile.genes
    if isinstance(profile, NoneOf):
        return genes(profile.part)
    return frozenset().union(*(genes(part) for part in profile.parts))


def alternatives(profile: Profile) -> tuple[Alternative, ...]:
    """Return the disjunctive normal form; raises ``KnowledgeError`` where it would grow beyond all use."""
    ways = _ways(profile, negated=False)
    return tuple(Alternative(tuple(present), tuple(absent)) for present, absent in ways)


_Way = tuple[tuple[Atom, ...], tuple[Atom, ...]]


def _ways(profile: Profile, *, negated: bool) -> list[_Way]:
    if isinstance(profile, NoneOf):
        return _ways(profile.part, negated=not negated)
    if isinstance(profile, FusionAtom | VariantAtom):
        return [((), (profile,))] if negated else [((profile,), ())]
    parts = [_ways(part, negated=negated) for part in profile.parts]
    if isinstance(profile, AnyOf) != negated:
        return [way for part in parts for way in part]
    ways: list[_Way] = [((), ())]
    for part in parts:
        if len(ways) * len(part) > MOST_ALTERNATIVES:
            raise KnowledgeError(f"a molecular profile with more than {MOST_ALTERNATIVES} alternatives")
        ways = [(present + p, absent + a) for present, absent in ways for p, a in part]
    return ways


def _any_of(tokens: list[str], at: int, text: str, depth: int = 0) -> tuple[Profile, int]:
    parts: list[Profile] = []
    while True:
        part, at = _all_of(tokens, at, text, depth)
        parts.append(part)
        if at == len(tokens) or tokens[at] != "OR":
            return (parts[0] if len(parts) == 1 else AnyOf(tuple(parts))), at
        at += 1


def _all_of(tokens: list[str], at: int, text: str, depth: int) -> tuple[Profile, int]:
    parts: list[Profile] = []
    while True:
        part, at = _one(tokens, at, text, depth)
        parts.append(part)
        if at == len(tokens) or tokens[at] != "AND":
            return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))), at
        at += 1


def _one(tokens: list[str], at: int, text: str, depth: int) -> tuple[Profile, int]:
    if depth > DEEPEST_NESTING:
        raise KnowledgeError(f"a molecular profile nested deeper than {DEEPEST_NESTING} brackets")
    if at < len(tokens) and tokens[at] == "NOT":
        part, at = _one(tokens, at + 1, text, depth + 1)
        return NoneOf(part), at
    if at < len(tokens) and tokens[at] == "(":
        part, at = _any_of(tokens, at + 1, text, depth + 1)
        if at == len(tokens) or tokens[at] != ")":
            raise KnowledgeError(f"molecular profile {text!r}: a bracket is not closed")
        return part, at + 1
    end = at
    while end < len(tokens) and tokens[end] not in {"AND", "OR", "NOT", "(", ")"}:
        end += 1
    if end == at:
        raise KnowledgeError(f"molecular profile {text!r}: an alteration is missing")
    return _atoms(tokens[at], " ".join(tokens[at + 1 : end])), end


_EITHER = re.compile(r"([A-Z]\d{1,5}[A-Z])/([A-Z])|([A-Z]\d{1,5})/([A-Z]\d{1,5})")


def _atoms(gene: str, name: str) -> Profile:
    """Read an atom; two variants in one name (S310F/Y, G12/G13) are either, two joined by "and" are both."""
    own = name.removeprefix(f"{gene} ")
    either = _EITHER.fullmatch(own)
    if either is not None:
        first = either[1] or either[3]
        second = f"{first[:-1]}{either[2]}" if either[1] else either[4]
        return AnyOf((_atom(gene, first), _atom(gene, second)))
    both = own.split(" and ")
    if len(both) > 1:
        return AllOf(tuple(_atom(gene, part) for part in both))
    atom = _atom(gene, own)
    return (
        atom if not isinstance(atom, VariantAtom) or own == name else msgspec.structs.replace(atom, name=name)
    )


def _atom(gene: str, name: str) -> Atom:
    fusion = _FUSION.fullmatch(f"{gene} {name}")
    if fusion:
        exon5, exon3 = fusion["exon5"], fusion["exon3"]
        return FusionAtom(
            _partner(fusion["five"]),
            _partner(fusion["three"]),
            int(exon5) if exon5 else None,
            int(exon3) if exon3 else None,
        )
    # CIViC adds the change of the DNA in brackets ("Y98H (c.292T>C)"), or an isoform; the change of the protein comes
    # first.
    first, _, rest = name.replace("(c.", " (c.").replace("  ", " ").partition(" ")
    if not rest or rest.startswith("c.") or _BRACKETED.fullmatch(rest):
        change = protein_change(first)
        if change is not None:
            return VariantAtom(gene, name, "change", change)
        residue = codon(first)
        if residue is not None:
            return VariantAtom(gene, name, "codon", residue)
    for kind, pattern in _KINDS:
        if pattern.fullmatch(name):
            return VariantAtom(gene, name, kind)
    return VariantAtom(gene, name, "other")


_BRACKETED = re.compile(r"\([^()]{1,80}\)")


def _partner(symbol: str) -> str | None:
    return None if symbol in {"v", "V", "?"} else symbol
