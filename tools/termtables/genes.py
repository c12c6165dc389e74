"""genes.tsv, symbols.tsv and fusions.tsv from HGNC, CIViC, kinase lists and the curated lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import curated, english, rows, write_table

HGNC_FILE = "hgnc/hgnc_complete_set_2024-10-18.txt.gz"
FEATURES_FILE = "civic/01-Feb-2025-FeatureSummaries.tsv"
EVIDENCE_FILE = "civic/AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
KINASES_FILE = "codes/human_kinases.aggregated.csv"
DOMAINS_FILE = "codes/fusion_gene_protein_domains_refseq.csv"

FAMILIES = frozenset("pdgfr fgfr vegfr ntrk trk ras raf mek erk akt pi3k her jak stat hla ssx neu vegf pax egfr2 notch".split())
"""Names of whole families: no one member is meant."""
MARKER_GROUPS = ("CD molecules", "Keratins", "Collagens", "Mucins", "ETS transcription factor family", "Cyclins")
WELL_KNOWN_SHORT = set("ALK RET MYC MYB JUN FOS SRC FUS ERG CIC VHL BTK SYK LCK LYN JAK KDR FLT AXL ABL MPL TEK CBL".split())
PAIR = re.compile(r"\b([A-Z][A-Za-z0-9-]*)::([A-Z][A-Za-z0-9-]*)\b")


@dataclass
class Release:
    """HGNC, by approved symbol, and who else claims a name."""

    records: dict[str, dict[str, str]]
    approved: frozenset[str]
    previous: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    alias: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def resolve(self, name: str) -> str | None:
        """Return the approved symbol of ``name``: approved, else the one gene of which it is an old symbol or alias."""
        if name in self.records:
            return name
        for claims in (self.previous, self.alias):
            owners = claims.get(name.casefold(), set())
            if len(owners) == 1:
                return next(iter(owners))
        return None


def names(cell: str) -> list[str]:
    """Split one of HGNC's lists of names."""
    return [name.strip() for name in cell.strip('"').split("|") if name.strip()]


def read_release(data: Path) -> Release:
    """Read HGNC's complete set."""
    records = {row["symbol"]: row for row in rows(data / HGNC_FILE)}
    release = Release(records, frozenset(symbol.casefold() for symbol in records))
    for symbol, row in records.items():
        for name in names(row["prev_symbol"]):
            release.previous[name.casefold()].add(symbol)
        for name in names(row["alias_symbol"]):
            release.alias[name.casefold()].add(symbol)
    return release


def read_pairs(data: Path, release: Release, complaints: list[str]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return the known fusions, 5' and 3' symbol, with their sources and the codes of their tumours."""
    pairs: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: {"source": set(), "tumors": set()})
    found = {m.groups() for row in rows(data / FEATURES_FILE) for m in PAIR.finditer(row["name"])}
    found |= {m.groups() for row in rows(data / EVIDENCE_FILE) for m in PAIR.finditer(row["molecular_profile"])}
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
        if symbol and (row["pkinfam"] == "True" or sum(votes) >= 2) and not symbol.startswith(("PI4K", "PIK3")):
            found.add(symbol)
    return found


def chosen(data: Path, release: Release, pairs: set[str], complaints: list[str]) -> dict[str, set[str]]:
    """Return the genes of the table with their roles."""
    roles: dict[str, set[str]] = defaultdict(set)
    for symbol in kinases(data, release):
        roles[symbol].add("kinase")
    for row in rows(data / FEATURES_FILE):
        symbol = release.resolve(row["name"]) if row["feature_type"] == "Gene" else None
        if symbol:
            roles[symbol].add("cancer")
    for row in rows(data / DOMAINS_FILE, ",", quoted=True):
        symbol = release.resolve(row["hgnc_symbol"])
        if symbol:
            roles[symbol].add("cancer")
    for role, listed in curated("genes.txt"):
        for name in listed.split():
            symbol = release.resolve(name)
            if symbol:
                roles[symbol].add(role)
            elif name not in {"CXORF67", "KI67", "LIV1", "PNL2", "PLAP"}:
                complaints.append(f"no one gene is called {name}")
    for symbol, row in release.records.items():
        if row["locus_group"] == "protein-coding gene" and any(g in row["gene_group"] for g in MARKER_GROUPS):
            roles[symbol].add("marker")
    for symbol in pairs:
        roles[symbol].add("fusion")
    return roles


def written_forms(release: Release, symbol: str, added: dict[str, list[str]], claimed: set[str]) -> tuple[list[str], list[str]]:
    """Return the previous symbols and the aliases of a gene that belong to it alone."""
    row = release.records[symbol]
    taken = release.approved | FAMILIES
    previous, alias = [], []
    for name in names(row["prev_symbol"]):
        if name.casefold() not in taken and name.casefold() not in claimed and len(release.previous[name.casefold()]) == 1:
            previous.append(name)
    for name in names(row["alias_symbol"]):
        low = name.casefold()
        owners = release.alias[low] | release.previous.get(low, set())
        if low not in taken and low not in claimed and owners == {symbol} and low not in {p.casefold() for p in previous}:
            alias.append(name)
    return previous, [*added.get(symbol, []), *alias]


FORM = re.compile(r"[^\W_][\w ./α-ωά-ώ()-]{0,30}")
TOO_SHORT = re.compile(r"[A-Za-z]{1,3}|[A-Za-z]-?\d{1,2}|\d+|[A-Za-z]{1,2}-?\d")


def scan_forms(symbol: str, previous: list[str], alias: list[str], kept: set[str], words: frozenset[str]) -> dict[str, list[str]]:
    """Sort a gene's forms: safe in running text, or words that need context. Unsafe aliases are left out.

    An alias that is a word or a clinical abbreviation, or that is as short as one, is dropped unless the curated list
    has it; a symbol is never dropped.
    """
    out: dict[str, list[str]] = {"previous": [], "alias": [], "words": []}
    seen = {symbol.casefold()}
    if symbol.casefold() in words and symbol not in WELL_KNOWN_SHORT or len(symbol) < 3:
        out["words"].append(symbol)
    for kind, listed in (("previous", previous), ("alias", alias)):
        for form in listed:
            low = form.casefold()
            wordy = low in words or low.replace("-", "") in words or bool(re.fullmatch(r"[A-Za-z]{4}", form))
            if low in seen or not FORM.fullmatch(form):
                continue
            if form not in kept and (TOO_SHORT.fullmatch(form) or low in words or " " in form or "(" in form):
                continue
            seen.add(low)
            out[kind].append(form)
            if wordy and not (form in kept and low not in words):
                out["words"].append(form)
            elif TOO_SHORT.fullmatch(form) and low in words:
                out["words"].append(form)
    return out


def near_others(release: Release, symbols: set[str], forms: set[str]) -> dict[str, str]:
    """Return names of genes outside the table that lie so near to a symbol of it that they must not be 'corrected'."""
    near: set[str] = set()
    for symbol in symbols:
        if len(symbol) >= 4:
            near |= deletions(symbol.casefold())
    out = {}
    for claims in (release.previous, release.alias):
        for name, owners in claims.items():
            if name not in forms and len(name) >= 4 and name.isascii() and deletions(name) & near:
                out[name.upper()] = sorted(owners)[0]
    return out


def deletions(name: str) -> set[str]:
    """Return the name and all that is left of it when one letter goes: names one edit apart share one of these."""
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def build(data: Path, words_file: Path, target: Path) -> list[str]:
    """Write genes.tsv, symbols.tsv and fusions.tsv; return what was odd."""
    complaints: list[str] = []
    release = read_release(data)
    words = english(words_file)
    pairs = read_pairs(data, release, complaints)
    roles = chosen(data, release, {symbol for pair in pairs for symbol in pair}, complaints)
    added = {symbol: [form.strip() for form in forms.split(",") if form.strip()] for symbol, forms in curated("gene_aliases.txt")}
    complaints += [f"gene_aliases.txt names {symbol}, which is not in the table" for symbol in added if symbol not in roles]
    claims = {form.casefold(): symbol for symbol, forms in added.items() for form in forms}
    lines, forms_all = [], set()
    for symbol in sorted(roles):
        others = {form for form, owner in claims.items() if owner != symbol}
        previous, alias = written_forms(release, symbol, added, others)
        forms = scan_forms(symbol, previous, alias, set(added.get(symbol, [])), words)
        forms_all.update(f.casefold() for f in (symbol, *forms["previous"], *forms["alias"]))
        row = release.records[symbol]
        lines.append(
            (symbol, row["name"].strip('"'), row["hgnc_id"].removeprefix("HGNC:"), "|".join(forms["previous"]),
             "|".join(forms["alias"]), "|".join(forms["words"]), "|".join(sorted(roles[symbol])))
        )
    write_table(
        target / "genes.tsv",
        ["Genes of tumour reports. Symbols, names, old symbols and aliases: HGNC complete set, 2024-10-18 (CC0 1.0).",
         "Choice of genes: CIViC, February 2025 (CC0 1.0); protein kinases of kinodata (MIT); domains of maftools (MIT); own lists.",
         "Made by tools/build_terms.py. words: forms that mean something else too, read only in their own case and with context."],
        ["symbol", "name", "hgnc", "previous", "aliases", "words", "roles"], lines,
    )
    coding = {s for s, r in release.records.items() if r["locus_group"] == "protein-coding gene" and s not in roles}
    others = near_others(release, set(roles), forms_all | release.approved)
    write_table(
        target / "symbols.tsv",
        ["The other human genes: approved symbols of protein-coding genes, and old names near to symbols of genes.tsv.",
         "HGNC complete set, 2024-10-18 (CC0 1.0). Made by tools/build_terms.py. symbol is empty where the name is the symbol."],
        ["name", "hgnc", "symbol"],
        [(s, release.records[s]["hgnc_id"].removeprefix("HGNC:"), "") for s in sorted(coding)]
        + [(n, release.records[s]["hgnc_id"].removeprefix("HGNC:"), s) for n, s in sorted(others.items())],
    )
    write_table(
        target / "fusions.tsv",
        ["Known gene fusions, 5' partner first. CIViC: features of February 2025 and accepted evidence of May 2026 (CC0 1.0).",
         "known: own list from the WHO Classification of Tumours, 5th edition, and the literature. tumors: codes of tumors.tsv."],
        ["five", "three", "sources", "tumors"],
        [(a, b, "|".join(sorted(e["source"])), "|".join(sorted(e["tumors"]))) for (a, b), e in sorted(pairs.items())],
    )
    return complaints
