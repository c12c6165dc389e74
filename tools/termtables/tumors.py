"""tumors.tsv from OncoTree, the Human Disease Ontology and the curated list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from termtables.common import curated, write_table
from termtables.oncotree import Tumor, plain, read_curated, read_oncotree
from termtables.ontology import give_identifiers, narrower, read_ontology

KINDS = (
    ("adenocarcinoma", "CB:ADENOCARCINOMA"),
    ("squamous cell", "CB:SCC"),
    ("carcinoma", "CB:CARCINOMA"),
    ("cancer", "CB:CARCINOMA"),
    (r"sarcoma\b", "CB:SARCOMA"),
    ("lymphoma", "CB:LYMPHOMA"),
    ("leukemia", "CB:LEUKEMIA"),
    ("mesothelioma", "CB:MESOTHELIOMA"),
    ("melanoma", "MEL"),
    ("glioma", "CB:GLIOMA"),
    ("germ cell", "CB:GERMCELL"),
    ("urothelial carcinoma", "CB:UROTHELIAL"),
)
"""What a name's words say of its kind, beside OncoTree's organ-wise parents."""
COLUMNS = (
    "code", "name", "main_type", "tissue", "parents", "nci", "doid", "doid_below", "behaviour", "forms",
    "abbreviations", "needs_context",
)  # fmt: skip
NOTES = (
    "Tumours. Codes, names, tissues, parents, NCIt codes: OncoTree, 2025-10-03 (CC BY 4.0, Memorial Sloan Kettering",
    "Cancer Center), changed: names as pathologists write them, further parents. DOID and synonyms: Human Disease",
    "Ontology, February 2024 (CC0 1.0). doid_below: further DOIDs of the same names, and of CIViC's diseases (May",
    "2026, CC0 1.0) for which this is the nearest wider term. Codes CB:..., synonyms, abbreviations, behaviour: own",
    "list. Made by tools/build_terms.py. abbreviations are case-sensitive; those in needs_context mean more than that.",
)


def give_kinds(tumor: Tumor) -> None:
    """Add the parents that a tumour's own name tells (an adenocarcinoma of an organ is an adenocarcinoma)."""
    words = plain(tumor.name)
    if tumor.behaviour not in {"malignant", "unknown"} or re.search(
        r"carcinosarcoma|carcinoma in situ|adenosarcoma", words
    ):
        return
    for word, kind in KINDS:
        if re.search(word, words) and kind != tumor.code and kind not in tumor.parents:
            tumor.parents.append(kind)


def share_out(tumors: dict[str, Tumor], offers: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    """Give each form to the first claim: offers in order of trust, codes in order of the list."""
    owner: dict[str, str] = {}
    for offer in offers:
        for code, forms in offer.items():
            for form in forms:
                owner.setdefault(form, code)
    out: dict[str, list[str]] = {code: [] for code in tumors}
    for form, code in owner.items():
        out[code].append(form)
    return out


def line(tumor: Tumor, forms: list[str], below: list[str]) -> tuple[str, ...]:
    """Return a tumour's row."""
    lists = (below, forms, tumor.abbreviations, tumor.needs_context)
    below_cell, *cells = ("|".join(cell) for cell in lists)
    plain_cells = (
        tumor.code,
        tumor.name,
        tumor.main_type,
        tumor.tissue,
        "|".join(tumor.parents),
        tumor.nci,
        tumor.doid,
    )
    return (*plain_cells, below_cell, tumor.behaviour or "unknown", *cells)


def build(data: Path, words_file: Path, target: Path) -> list[str]:  # noqa: ARG001 - all makers are called alike
    """Write tumors.tsv; return what was odd."""
    complaints: list[str] = []
    tumors = read_oncotree(data)
    claimed = read_curated(tumors, complaints)
    ontology = read_ontology(data)
    from_doid = give_identifiers(tumors, claimed, ontology)
    below = narrower(data, tumors, ontology)
    for tumor in tumors.values():
        if tumor.forms or tumor.code in claimed:
            give_kinds(tumor)
    forms = share_out(tumors, (claimed, {t.code: t.forms for t in tumors.values()}, from_doid))
    write_table(
        target / "tumors.tsv",
        NOTES,
        COLUMNS,
        [line(t, forms[t.code], below[t.code]) for t in tumors.values()],
    )
    known = {code for tumor_codes, _, _ in curated("fusions.txt") for code in tumor_codes.split()}
    complaints += [f"fusions.txt names the unknown tumour {code}" for code in sorted(known - set(tumors))]
    return complaints
