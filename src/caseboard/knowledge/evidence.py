"""The embedded evidence pack: facts of CIViC on kinase fusions and the variants that arise under their treatment.

Levels are CIViC's (Griffith 2017, PMID 28138153): A validated, B clinical, C case study, D preclinical, E inferential.
The rating (1 to 5 stars) is its curators' trust in the evidence. Nothing here is a statement of CIViC, only facts.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date

import msgspec

from caseboard.errors import KnowledgeError
from caseboard.knowledge.profiles import Alternative, FusionAtom, alternatives, genes, parse_profile
from caseboard.knowledge.tables import KnowledgeVersion, read_table

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
    """All evidence of a release, by id and by gene; ``fusions`` and ``variants`` are the genes that it covers."""

    version: KnowledgeVersion
    rows: tuple[Evidence, ...]
    fusions: frozenset[str]
    variants: frozenset[str]
    by_gene: Mapping[str, tuple[Evidence, ...]]

    def for_gene(self, symbol: str) -> tuple[Evidence, ...]:
        """Return the evidence whose profile names the gene, in the order of the ids."""
        return self.by_gene.get(symbol, ())


@functools.cache
def pack() -> EvidencePack:
    """Return the embedded pack; raises ``KnowledgeError`` where the package's table is missing or broken."""
    table = read_table("evidence")
    if table.columns != COLUMNS:
        raise KnowledgeError(f"the table {table.name} has the columns {table.columns}; expected {COLUMNS}")
    rows = tuple(_evidence(row) for row in table.rows)
    by_gene: dict[str, list[Evidence]] = {}
    for row in rows:
        for gene in sorted(row.genes):
            by_gene.setdefault(gene, []).append(row)
    about = table.metadata
    version = KnowledgeVersion(about["name"], about["version"], about["licence"], len(rows))
    return EvidencePack(
        version,
        rows,
        frozenset(about["fusions"].split()),
        frozenset(about["variants"].split()),
        {gene: tuple(items) for gene, items in by_gene.items()},
    )


def _evidence(row: dict[str, str]) -> Evidence:
    profile = parse_profile(row["profile"])
    return Evidence(
        id=f"EID{row['id']}",
        profile=row["profile"],
        alternatives=alternatives(profile),
        genes=genes(profile),
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
