"""The Human Disease Ontology: identifiers and synonyms for the tumours."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termtables.common import rows, word_list
from termtables.oncotree import HEAD, Tumor, plain

DOID_FILE = "doid/doid_2024-02.json.gz"
EVIDENCE_FILE = "civic/AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
USABLE = re.compile(r"[a-z][a-z0-9' /-]{6,58}")
HOLLOW = re.compile(rf"^(?:ca|bt) |\b(?:{'|'.join(word_list('hollow names'))})|(?:disease|syndrome|\bca)$")
SYNDROME = re.compile(r"hippel|syndrome|sclerosis|chuvash|polyposis", re.IGNORECASE)
GENERIC = {"CB:NEOPLASM", "CB:MALIGNANCY"}


@dataclass
class Ontology:
    """The Human Disease Ontology: terms by id, and ids by NCIt code, by name and by synonym."""

    terms: dict[str, dict[str, Any]]
    by_nci: dict[str, str]
    by_name: dict[str, str]
    by_synonym: dict[str, str]

    def above(self, identifier: str) -> Iterator[str]:
        """Yield the ancestors of a term, the nearest first."""
        seen, level = {identifier}, [identifier]
        while level:
            level = [
                up
                for low in level
                for up in self.terms[low].get("relations", {}).get("is_a", [])
                if up in self.terms
            ]
            level = [up for up in dict.fromkeys(level) if up not in seen]
            seen.update(level)
            yield from level


def read_ontology(data: Path) -> Ontology:
    """Read the ontology; where two terms share a code or a name, the first has it."""
    terms = {
        term["id"]: term
        for term in json.loads(gzip.decompress((data / DOID_FILE).read_bytes()))
        if "name" in term
    }
    by_nci: dict[str, str] = {}
    by_name = {plain(term["name"]): identifier for identifier, term in reversed(terms.items())}
    by_synonym: dict[str, str] = {}
    for identifier, term in terms.items():
        for reference in term.get("xrefs", []):
            if reference.get("namespace") == "NCI":
                by_nci.setdefault(reference["id"], identifier)
        for synonym in term.get("synonyms", []):
            by_synonym.setdefault(plain(synonym), identifier)
    return Ontology(terms, by_nci, by_name, by_synonym)


def give_identifiers(
    tumors: dict[str, Tumor], claimed: dict[str, list[str]], ontology: Ontology
) -> dict[str, list[str]]:
    """Give each tumour its identifiers: the curated before the others, by name before NCIt code; return their forms.

    A tumour's further names may be terms of their own in the ontology (breast cancer, breast carcinoma): then it has
    their identifiers too, as ``further``.
    """
    taken: dict[str, str] = {}

    def take(tumor: Tumor, identifier: str | None) -> None:
        if identifier and identifier not in taken:
            taken[identifier] = tumor.code
            if tumor.doid:
                tumor.further.append(identifier.removeprefix("DOID:"))
            else:
                tumor.doid = identifier.removeprefix("DOID:")

    first = sorted(claimed, key=lambda code: not code.startswith("CB:"))
    for codes in (first, [code for code, tumor in tumors.items() if tumor.forms and code not in claimed]):
        for code in codes:
            take(tumors[code], ontology.by_name.get(plain(tumors[code].name)))
        for names in (ontology.by_name, ontology.by_synonym):
            for code in codes:
                for form in (*claimed.get(code, ()), *tumors[code].forms):
                    take(tumors[code], names.get(form))
    for tumor in tumors.values():
        if not tumor.doid and (tumor.forms or tumor.code in claimed):
            found = ontology.by_nci.get(tumor.nci)
            take(tumor, found if found and alike(tumor.name, ontology.terms[found]["name"]) else None)
    forms: dict[str, list[str]] = {}
    for identifier, code in taken.items():
        forms.setdefault(code, []).extend(doid_forms(ontology.terms[identifier], tumors[code]))
    return forms


def narrower(data: Path, tumors: dict[str, Tumor], ontology: Ontology) -> dict[str, list[str]]:
    """Return, by tumour, its further identifiers, and those of CIViC's diseases that lie nearest below it."""
    owner = {
        f"DOID:{own}": tumor.code for tumor in tumors.values() for own in (tumor.doid, *tumor.further) if own
    }
    out: dict[str, list[str]] = {code: list(tumor.further) for code, tumor in tumors.items()}
    for identifier in sorted(
        {f"DOID:{row['doid']}" for row in rows(data / EVIDENCE_FILE) if row["doid"]} - set(owner)
    ):
        if identifier in ontology.terms and not SYNDROME.search(ontology.terms[identifier]["name"]):
            nearest = next((owner[up] for up in ontology.above(identifier) if up in owner), None)
            if nearest and nearest not in GENERIC:
                out[nearest].append(identifier.removeprefix("DOID:"))
    return out


def doid_forms(term: dict[str, Any], tumor: Tumor) -> Iterator[str]:
    """Yield the synonyms of a term of the ontology that a pathologist might write for this very tumour.

    The ontology calls many a cancer's "tumor" or "neoplasm" its synonym; whoever writes that has not said cancer.
    """
    for synonym in (term["name"], *term.get("synonyms", [])):
        form = plain(str(synonym))
        vaguer = re.search(r"(tumor|tumors|neoplasm|neoplasia)$", form) and not re.search(
            r"tumor|neoplas", tumor.name
        )
        other = (form.startswith("malignant") and tumor.behaviour != "malignant") or (
            form.startswith("benign") and tumor.behaviour != "benign"
        )
        if (
            USABLE.fullmatch(form)
            and HEAD.search(form)
            and not HOLLOW.search(form)
            and not vaguer
            and not other
        ):
            yield form


def alike(name: str, other: str) -> bool:
    """Whether two names share most of their words: NCIt codes are shared by neighbours."""
    words, others = (
        set(re.findall(r"[a-z]{3,}", plain(text))) - {"the", "nos", "with"} for text in (name, other)
    )
    return len(words & others) >= 0.6 * len(words | others)
