"""Make the embedded evidence pack from a release of CIViC.

    python tools/build_evidence.py AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv

The release is the tab-separated table of accepted evidence from civicdb.org (CC0 1.0). Facts are taken, never the
statements: which profile, disease, drugs, type, level, direction, significance, rating, source and year. A row is taken

- whole, where its profile names a fusion or a rearrangement of one of the kinases in ``FUSIONS``;
- where it is predictive and every atom of its profile is a mutation of one of the kinases in ``VARIANTS``, whose
  variants arise under treatment of the fusion.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from caseboard.knowledge.evidence import COLUMNS
from caseboard.knowledge.profiles import Atom, FusionAtom, alternatives, parse_profile

FUSIONS = (
    "ALK",
    "BRAF",
    "FGFR1",
    "FGFR2",
    "FGFR3",
    "MET",
    "NTRK1",
    "NTRK2",
    "NTRK3",
    "PDGFRA",
    "PDGFRB",
    "RET",
    "ROS1",
)
VARIANTS = ("ALK", "FGFR1", "FGFR2", "FGFR3", "MET", "NTRK1", "NTRK2", "NTRK3", "PDGFRB", "RET", "ROS1")
TARGET = Path(__file__).parent.parent / "src" / "caseboard" / "knowledge" / "data" / "evidence.tsv"
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")  # not the one in "2,4-pyrimidinediamine"
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def wanted(row: dict[str, str]) -> bool:
    """Whether a row of the release belongs in the pack."""
    atoms = {atom for way in alternatives(parse_profile(row["molecular_profile"])) for atom in way.present}
    if any(_is_fusion(atom) for atom in atoms):
        return True
    return row["evidence_type"] == "Predictive" and bool(atoms) and all(_is_variant(atom) for atom in atoms)


def facts(row: dict[str, str]) -> dict[str, str]:
    """Return the row of the pack that a row of the release becomes."""
    years = _YEAR.findall(row["citation"])
    drugs = [drug.strip() for drug in _COMMA.split(row["therapies"]) if drug.strip()]
    return {
        "id": row["evidence_id"],
        "profile": row["molecular_profile"],
        "disease": row["disease"],
        "doid": row["doid"],
        "therapies": "|".join(drugs),
        "interaction": row["therapy_interaction_type"],
        "type": row["evidence_type"],
        "direction": row["evidence_direction"],
        "level": row["evidence_level"],
        "significance": row["significance"],
        "rating": row["rating"],
        "source": row["source_type"],
        "source_id": row["citation_id"],
        "year": years[0] if years else "",
        "flagged": "yes" if row["is_flagged"] == "true" else "",
    }


def header(rows: list[dict[str, str]], release: str, total: int) -> list[str]:
    """Return the lines that say what the pack is and where it comes from."""
    reviewed = max(row["last_review_date"][:10] for row in rows)
    return [
        "# name: CIViC evidence on kinase fusions and their resistance variants",
        f"# source: CIViC (civicdb.org), accepted clinical evidence, nightly release of {release}",
        f"# rows: {len(rows)} of {total}",
        f"# version: {release}",
        f"# last reviewed: {reviewed}",
        "# licence: CC0-1.0",
        f"# fusions: {' '.join(FUSIONS)}",
        f"# variants: {' '.join(VARIANTS)}",
        "# made by: tools/build_evidence.py",
    ]


def main(arguments: list[str]) -> int:
    """Read the release named by the first argument and write the pack."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/build_evidence.py RELEASE.tsv\n")
        return 2
    path = Path(arguments[0])
    release = re.search(r"\d{4}-\d{2}", path.stem)
    if release is None:
        sys.stderr.write(f"{path.name}: the name says no release date; name it ..._YYYY-MM.tsv\n")
        return 1
    with path.open(encoding="utf-8", newline="") as lines:
        everything = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = sorted((row for row in everything if wanted(row)), key=lambda row: int(row["evidence_id"]))
    table = [facts(row) for row in rows]
    body = ["\t".join(COLUMNS), *("\t".join(row[column] for column in COLUMNS) for row in table)]
    TARGET.write_text("\n".join([*header(rows, release[0], len(everything)), *body]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(rows)} of {len(everything)} rows written to {TARGET.name}\n")
    return 0


def _is_fusion(atom: Atom) -> bool:
    if isinstance(atom, FusionAtom):
        return not atom.genes.isdisjoint(FUSIONS)
    return atom.kind == "rearrangement" and atom.gene in FUSIONS


def _is_variant(atom: Atom) -> bool:
    return (
        not isinstance(atom, FusionAtom)
        and atom.gene in VARIANTS
        and atom.kind in {"change", "codon", "mutation"}
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
