"""genes.tsv, symbols.tsv, words.tsv and fusions.tsv from HGNC, CIViC, kinase lists and the curated lists."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from termtables.common import clinical, curated, english, rows, write_table
from termtables.forms import WELL_KNOWN_SHORT, hyphenated, near_others, scan_forms, written_forms
from termtables.hgnc import CODING, Release, names, number, read_release

FEATURES_FILE = "civic/01-Feb-2025-FeatureSummaries.tsv"
EVIDENCE_FILE = "civic/AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
KINASES_FILE = "codes/human_kinases.aggregated.csv"
DOMAINS_FILE = "codes/fusion_gene_protein_domains_refseq.csv"
MARKER_GROUPS = (
    "CD molecules",
    "Keratins",
    "Collagens",
    "Mucins",
    "ETS transcription factor family",
    "Cyclins",
)
PAIR = re.compile(r"\b([A-Z][A-Za-z0-9-]*)::([A-Z][A-Za-z0-9-]*)\b")
UNCERTAIN = frozenset({"CXORF67", "KI67", "LIV1", "PNL2", "PLAP"})
"""Markers of the curated list that name no one gene."""
MADE = "Made by tools/build_terms.py."
GENE_COLUMNS = ("symbol", "hyphenated", "name", "hgnc", "previous", "aliases", "words", "roles")
GENE_NOTES = (
    "Genes of tumour reports. Symbols, names, old symbols and aliases: HGNC complete set, 2024-10-18 (CC0 1.0).",
    "Choice of genes: CIViC, February 2025 (CC0 1.0); kinases of kinodata (MIT); domains of maftools (MIT); own lists.",
    f"{MADE} words: forms that mean something else too, read only in their own case and with context.",
)
OTHER_NOTES = (
    "The other human genes: approved symbols of protein-coding genes, and old names near to symbols of genes.tsv.",
    f"HGNC complete set, 2024-10-18 (CC0 1.0). {MADE} symbol is empty where the name does not tell one gene.",
)
WORD_NOTES = (
    "Abbreviations of clinical texts (own list), and gene symbols that are English words: such letters alone name no",
    f"gene. Symbols: HGNC complete set, 2024-10-18 (CC0 1.0). {MADE}",
)
FUSION_NOTES = (
    "Known gene fusions, 5' partner first. CIViC: features of February 2025, accepted evidence of May 2026 (CC0 1.0).",
    f"known: own list from the WHO Classification of Tumours, 5th edition, and the literature. {MADE}",
    "tumors: codes of tumors.tsv in which the pair is typical.",
)


def read_pairs(
    data: Path, release: Release, complaints: list[str]
) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return the known fusions, 5' and 3' symbol, with their sources and the codes of their tumours."""
    pairs: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(
        lambda: {"source": set(), "tumors": set()}
    )
    found = {m.groups() for row in rows(data / FEATURES_FILE) for m in PAIR.finditer(row["name"])}
    found |= {
        m.groups() for row in rows(data / EVIDENCE_FILE) for m in PAIR.finditer(row["molecular_profile"])
    }
    for five, three in found:
        resolved = release.resolve(five), release.resolve(three)
        if resolved[0] and resolved[1]:
            pairs[resolved[0], resolved[1]]["source"].add("CIViC")
    for tumors, fives, threes in curated("fusions.txt"):
        for five in fives.split():
            for three in threes.split():
                resolved = release.resolve(five), release.resolve(three)
                if not resolved[0] or not resolved[1]:
                    complaints.append(f"no one gene for the fusion {five}::{three}")
                    continue
                entry = pairs[resolved[0], resolved[1]]
                entry["source"].add("known")
                entry["tumors"].update(tumors.split())
    return pairs


def kinases(data: Path, release: Release) -> set[str]:
    """Return the human protein kinases: UniProt's list, or two of the other lists."""
    found = set()
    by_protein = {
        protein: symbol for symbol, row in release.records.items() for protein in names(row["uniprot_ids"])
    }
    for row in rows(data / KINASES_FILE, ",", quoted=True):
        votes = [row[name] == "True" for name in ("kinhub", "klifs", "reviewed_uniprot", "dunbrack_msa")]
        symbol = by_protein.get(row["UniprotID"]) or release.resolve(row["Name"])
        if (
            symbol
            and (row["pkinfam"] == "True" or sum(votes) >= 2)
            and not symbol.startswith(("PI4K", "PIK3"))
        ):
            found.add(symbol)
    return found


def chosen(data: Path, release: Release, pairs: set[str], complaints: list[str]) -> dict[str, set[str]]:
    """Return the genes of the table with their roles."""
    roles: dict[str, set[str]] = defaultdict(set)
    named = [("cancer", row["name"]) for row in rows(data / FEATURES_FILE) if row["feature_type"] == "Gene"]
    named += [("cancer", row["hgnc_symbol"]) for row in rows(data / DOMAINS_FILE, ",", quoted=True)]
    listed = [(role, name) for role, symbols in curated("genes.txt") for name in symbols.split()]
    for role, name in (*named, *listed):
        symbol = release.resolve(name)
        if symbol:
            roles[symbol].add(role)
    missing = {name for _, name in listed if not release.resolve(name)}
    complaints += [f"no one gene is called {name}" for name in sorted(missing - UNCERTAIN)]
    for symbol, row in release.records.items():
        if row["locus_group"] == CODING and any(group in row["gene_group"] for group in MARKER_GROUPS):
            roles[symbol].add("marker")
    for role, symbols in (("kinase", kinases(data, release)), ("fusion", pairs)):
        for symbol in symbols:
            roles[symbol].add(role)
    return roles


def gene_lines(release: Release, roles: dict[str, set[str]], words: frozenset[str]) -> list[tuple[str, ...]]:
    """Return the rows of genes.tsv."""
    added = {
        symbol: [form.strip() for form in forms.split(",")]
        for symbol, forms in curated("gene_aliases.txt")
        if forms
    }
    claims = {form.casefold(): symbol for symbol, forms in added.items() for form in forms}
    lines = []
    for symbol in sorted(roles):
        claimed = {form for form, owner in claims.items() if owner != symbol}
        previous, alias = written_forms(release, symbol, added, claimed)
        forms = scan_forms(symbol, previous, alias, set(added.get(symbol, [])), words)
        row = release.records[symbol]
        joined = ("|".join(forms[kind]) for kind in ("previous", "alias", "words"))
        named = (symbol, hyphenated(symbol, words), row["name"].strip('"'), number(row))
        lines.append((*named, *joined, "|".join(sorted(roles[symbol]))))
    return lines


def other_lines(release: Release, lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rows of symbols.tsv: the genes that genes.tsv lacks, and names that must not be corrected."""
    symbols = {line[0] for line in lines}
    forms = {
        form.casefold() for line in lines for form in (line[0], *line[4].split("|"), *line[5].split("|"))
    }
    coding = (s for s, row in release.records.items() if row["locus_group"] == CODING and s not in symbols)
    near = near_others(release, symbols, forms | release.approved)
    return [
        *((symbol, number(release.records[symbol]), symbol) for symbol in sorted(coding)),
        *((name, number(release.records[s]) if s else "", s) for name, s in sorted(near.items())),
    ]


def word_lines(release: Release, words: frozenset[str]) -> list[tuple[str]]:
    """Return the rows of words.tsv: clinical abbreviations, and gene symbols that are English words."""
    coding = {s.casefold() for s, row in release.records.items() if row["locus_group"] == CODING}
    return [
        (word,) for word in sorted(clinical() | (coding & words) - {s.casefold() for s in WELL_KNOWN_SHORT})
    ]


def build(data: Path, words_file: Path, target: Path) -> list[str]:
    """Write genes.tsv, symbols.tsv, words.tsv and fusions.tsv; return what was odd."""
    complaints: list[str] = []
    release = read_release(data)
    words = english(words_file)
    pairs = read_pairs(data, release, complaints)
    roles = chosen(data, release, {symbol for pair in pairs for symbol in pair}, complaints)
    lines = gene_lines(release, roles, words)
    write_table(target / "genes.tsv", GENE_NOTES, GENE_COLUMNS, lines)
    write_table(target / "symbols.tsv", OTHER_NOTES, ("name", "hgnc", "symbol"), other_lines(release, lines))
    write_table(target / "words.tsv", WORD_NOTES, ("word",), word_lines(release, words))
    rows_of_pairs = [
        (five, three, "|".join(sorted(entry["source"])), "|".join(sorted(entry["tumors"])))
        for (five, three), entry in sorted(pairs.items())
    ]
    write_table(target / "fusions.tsv", FUSION_NOTES, ("five", "three", "sources", "tumors"), rows_of_pairs)
    return complaints
