"""The evidence that options stand on: the user's store of a whole release of CIViC, else the embedded pack.

The embedded pack holds facts of CIViC on kinase fusions and the variants that arise under their treatment.

Levels are CIViC's (Griffith 2017, PMID 28138153): A validated, B clinical, C case study, D preclinical, E inferential.
The rating (1 to 5 stars) is its curators' trust in the evidence. Nothing here is a statement of CIViC, only facts.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from caseboard.errors import KnowledgeError
from caseboard.knowledge.civic import civic_drugs, civic_year
from caseboard.knowledge.profiles import (
    Alternative,
    FusionAtom,
    Profile,
    VariantAtom,
    alternatives,
    genes,
    parse_profile,
)
from caseboard.knowledge.store import LICENCE, StoreState, load_evidence, store_state
from caseboard.knowledge.tables import KnowledgeVersion, read_table
from caseboard.terms import genes as gene_terms

__all__ = ["COLUMNS", "Evidence", "EvidencePack", "pack"]

COLUMNS = (
    "id",
    "profile",
    "disease",
    "doid",
    "therapies",
    "interaction",
    "type",
    "direction",
    "level",
    "significance",
    "rating",
    "source",
    "source_id",
    "year",
    "flagged",
)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One item of evidence. ``id`` as in CIViC ("EID1444"); ``alternatives`` are the ways in which its profile holds.

    ``interaction`` says what several ``therapies`` are to each other: Combination, Sequential, or Substitutes (any one
    of them). ``flagged`` items are under dispute. ``pmid`` is None where the source is an abstract of a meeting.
    """

    id: str
    profile: str
    alternatives: tuple[Alternative, ...]
    genes: frozenset[str]
    disease: str
    doid: str | None
    therapies: tuple[str, ...]
    interaction: str
    type: str
    direction: str
    level: str
    significance: str
    rating: int | None
    source: str
    source_id: str
    year: int | None
    flagged: bool

    @property
    def pmid(self) -> int | None:
        """The PubMed id of the source."""
        return int(self.source_id) if self.source == "PubMed" else None

    @property
    def supports(self) -> bool:
        """Whether the evidence speaks for its significance."""
        return self.direction == "Supports"

    @property
    def about_resistance(self) -> bool:
        """Whether the evidence is about resistance or reduced sensitivity to its therapies."""
        return self.significance in {"Resistance", "Reduced Sensitivity"}

    @property
    def preclinical(self) -> bool:
        """Whether the evidence is preclinical or inferential (levels D and E), not from patients."""
        return self.level in {"D", "E"}

    @property
    def names_fusion(self) -> bool:
        """Whether some way in which the profile holds asks for a fusion."""
        return any(isinstance(atom, FusionAtom) for way in self.alternatives for atom in way.present)

    def published_by(self, day: date | None) -> bool:
        """Whether the source had certainly been published at the end of ``day`` (None: today).

        Only the year is known, so that a source of the year of ``day`` counts from its last day on; one without a
        year never does.
        """
        return day is None or (self.year is not None and date(self.year, 12, 31) <= day)


class EvidencePack(msgspec.Struct, frozen=True):
    """All evidence of a release, by id and by gene; ``fusions`` and ``variants`` are the genes that it covers.

    ``whole`` tells the store's whole release from the embedded pack. ``unread`` are profiles that are no expression
    at all, with the reason: their rows are there and never match.
    """

    version: KnowledgeVersion
    rows: tuple[Evidence, ...]
    fusions: frozenset[str]
    variants: frozenset[str]
    by_gene: Mapping[str, tuple[Evidence, ...]]
    whole: bool = False
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """What it is called in a sentence."""
        return "release of CIViC in your store" if self.whole else "embedded pack"

    def for_gene(self, symbol: str) -> tuple[Evidence, ...]:
        """Return the evidence whose profile names the gene, in the order of the ids."""
        return self.by_gene.get(symbol, ())


def pack() -> EvidencePack:
    """Return the evidence of the user's store, or the embedded pack where there is no store.

    Raises ``KnowledgeError`` where the store is broken, or the package's table is missing or broken.
    """
    state = store_state()
    return _embedded() if state is None else _stored(state)


@functools.cache
def _embedded() -> EvidencePack:
    table = read_table("evidence")
    if table.columns != COLUMNS:
        raise KnowledgeError(f"the table {table.name} has the columns {table.columns}; expected {COLUMNS}")
    rows = tuple(_evidence(row, parse_profile(row["profile"])) for row in table.rows)
    about = table.metadata
    return EvidencePack(
        KnowledgeVersion(about["name"], about["version"], about["licence"], len(rows)),
        rows,
        frozenset(about["fusions"].split()),
        frozenset(about["variants"].split()),
        _by_gene(rows),
    )


@functools.lru_cache(maxsize=1)
def _stored(state: StoreState) -> EvidencePack:
    """Return the pack of a store; the state is the key of the cache, so that a store put in its place is read anew."""
    stored, told = load_evidence(Path(state[0]))
    profiles: dict[str, Profile | None] = {}
    unread: dict[str, str] = {}
    rows = []
    for row in told:
        text = row["molecular_profile"]
        if text not in profiles:
            try:
                profiles[text] = parse_profile(text)
            except KnowledgeError as error:
                profiles[text], unread[text] = None, str(error)
        rows.append(_evidence(_facts(row), profiles[text]))
    version = KnowledgeVersion(
        f"CIViC, accepted clinical evidence (your store, imported {stored.imported[:10]})",
        f"{stored.version}, reviewed up to {stored.reviewed}, sha256 {stored.sha256[:12]}",
        LICENCE,
        stored.rows,
    )
    kinases = frozenset(symbol for symbol in _fused(rows) if _is_kinase(symbol))
    symbols = frozenset(symbol for row in rows for symbol in row.genes)
    return EvidencePack(
        version, tuple(rows), kinases, symbols, _by_gene(rows), whole=True, unread=tuple(unread.items())
    )


def _by_gene(rows: Iterable[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        for gene in sorted(row.genes):
            found.setdefault(gene, []).append(row)
    return {gene: tuple(items) for gene, items in found.items()}


def _fused(rows: Iterable[Evidence]) -> frozenset[str]:
    """Return the genes that some profile has in a fusion or a rearrangement."""
    atoms = {atom for row in rows for way in row.alternatives for atom in way.present}
    return frozenset(
        symbol
        for atom in atoms
        if isinstance(atom, FusionAtom) or (isinstance(atom, VariantAtom) and atom.kind == "rearrangement")
        for symbol in atom.genes
    )


def _is_kinase(symbol: str) -> bool:
    gene = gene_terms.vocabulary().terms.get(symbol)
    return gene is not None and gene.kinase


def _facts(row: dict[str, str]) -> dict[str, str]:
    """Return a row of a release as a row of the embedded pack."""
    return {
        "id": row["evidence_id"],
        "profile": row["molecular_profile"],
        "disease": row["disease"],
        "doid": row["doid"],
        "therapies": "|".join(civic_drugs(row["therapies"])),
        "interaction": row["therapy_interaction_type"],
        "type": row["evidence_type"],
        "direction": row["evidence_direction"],
        "level": row["evidence_level"],
        "significance": row["significance"],
        "rating": row["rating"],
        "source": row["source_type"],
        "source_id": row["citation_id"],
        "year": str(civic_year(row["citation"]) or ""),
        "flagged": "yes" if row["is_flagged"] == "true" else "",
    }


def _evidence(row: dict[str, str], profile: Profile | None) -> Evidence:
    return Evidence(
        id=f"EID{row['id']}",
        profile=row["profile"],
        alternatives=alternatives(profile) if profile is not None else (),
        genes=genes(profile) if profile is not None else frozenset(),
        disease=row["disease"],
        doid=row["doid"] or None,
        therapies=tuple(drug for drug in row["therapies"].split("|") if drug),
        interaction=row["interaction"],
        type=row["type"],
        direction=row["direction"],
        level=row["level"],
        significance=row["significance"],
        rating=int(row["rating"]) if row["rating"] else None,
        source=row["source"],
        source_id=row["source_id"],
        year=int(row["year"]) if row["year"] else None,
        flagged=row["flagged"] == "yes",
    )
