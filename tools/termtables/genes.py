"""genes.tsv, symbols.tsv and fusions.tsv from HGNC, CIViC, kinase lists and the curated lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import clinical, curated, english, rows, write_table

HGNC_FILE = "hgnc/hgnc_complete_set_2024-10-18.txt.gz"
FEATURES_FILE = "civic/01-Feb-2025-FeatureSummaries.tsv"
EVIDENCE_FILE = "civic/AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
KINASES_FILE = "codes/human_kinases.aggregated.csv"
DOMAINS_FILE = "codes/fusion_gene_protein_domains_refseq.csv"

FAMILIES = frozenset(
    [
        "pdgfr",
        "fgfr",
        "vegfr",
        "ntrk",
        "trk",
        "ras",
        "raf",
        "mek",
        "erk",
        "akt",
        "pi3k",
        "her",
        "jak",
        "stat",
        "hla",
        "ssx",
        "neu",
        "vegf",
        "pax",
        "egfr2",
        "notch",
    ]
)
"""Names of whole families: no one member is meant."""
MARKER_GROUPS = (
    "CD molecules",
    "Keratins",
    "Collagens",
    "Mucins",
    "ETS transcription factor family",
    "Cyclins",
)
WELL_KNOWN_SHORT = set(
    [
        "ALK",
        "RET",
        "MYC",
        "MYB",
        "JUN",
        "FOS",
        "SRC",
        "FUS",
        "ERG",
        "CIC",
        "VHL",
        "BTK",
        "SYK",
        "LCK",
        "LYN",
        "JAK",
        "KDR",
        "FLT",
        "AXL",
        "ABL",
        "MPL",
        "TEK",
        "CBL",
    ]
)
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


def written_forms(
    release: Release, symbol: str, added: dict[str, list[str]], claimed: set[str]
) -> tuple[list[str], list[str]]:
    """Return the previous symbols and the aliases of a gene that belong to it alone."""
    row = release.records[symbol]
    taken = release.approved | FAMILIES
    previous, alias = [], []
    for name in names(row["prev_symbol"]):
        if (
            name.casefold() not in taken
            and name.casefold() not in claimed
            and len(release.previous[name.casefold()]) == 1
        ):
            previous.append(name)
    for name in names(row["alias_symbol"]):
        low = name.casefold()
        owners = release.alias[low] | release.previous.get(low, set())
        if (
            low not in taken
            and low not in claimed
            and owners == {symbol}
            and low not in {p.casefold() for p in previous}
        ):
            alias.append(name)
    return previous, [*added.get(symbol, []), *alias]


FORM = re.compile(r"[^\W_][\w ./α-ωά-ώ()-]{0,30}")
LIBRARY = re.compile(
    r"(DKFZ|FLJ|EST|MGC|HsT|IMAGE|PPP1R|CT|FWP|PIG)-?\d+.*|DKFZ.*|"  # clones of sequencing libraries, families of proteins
    r"(DFN[ABX]?|CMD|CMH|RP|SCA|EBS|HSN|FGS|LCA|USH|ALS|IMD|CMT|SPG|NEM|MRX|MRXS|PFIC|DYT|OPD|OFC|EDM|FHH|HHT|HHC|MODY|BFHD?|ARVD|"
    r"LQT|EIEE|CFC|HPE|MFS|LFS|HSAN|FPDMM|NS|CCM|PKD|AGS|EVR|PGL|GCPS|EKV|JPS|MCKD|SPD|VMD|CORD|CILD|NPHP|BBS|MKS|JBTS|PTC|SJS)\d+[A-Z]?|"
    r"CADASIL|CASIL|IPEX|HUMARA|ORFX|BPES|BFLS|SDYS|MODY|ARVD|ATLD|MSSE|SBMA|RSTS|SGBS"
)
"""Names of clones and of inherited diseases: no one writes them for the gene."""
SAFE_SHORT = re.compile(r"CD\d+\w?|CK\d+|HER\d|[A-Z]{3}\d")
TOO_SHORT = re.compile(r"[A-Za-z]{1,3}|[A-Za-z]-?\d{1,2}|\d+|[A-Za-z]{1,2}-?\d")


def scan_forms(
    symbol: str, previous: list[str], alias: list[str], kept: set[str], words: frozenset[str]
) -> dict[str, list[str]]:
    """Sort a gene's forms: safe in running text, or words that need context. Unsafe aliases are left out.

    An alias that is a word or a clinical abbreviation, or that is as short as one, is dropped unless the curated list
    has it; a symbol is never dropped.
    """
    out: dict[str, list[str]] = {"previous": [], "alias": [], "words": []}
    seen = {symbol.casefold()}
    if (symbol.casefold() in words and symbol not in WELL_KNOWN_SHORT) or len(symbol) < 3:
        out["words"].append(symbol)
    for kind, listed in (("previous", previous), ("alias", alias)):
        for form in listed:
            low = form.casefold()
            tiny = len(form) <= 4 and not (
                (kind == "previous" and SAFE_SHORT.fullmatch(form)) or re.fullmatch(r"CD\d+\w?|CK\d+", form)
            )
            wordy = low in words or low.replace("-", "") in words or tiny
            if low in seen or not FORM.fullmatch(form) or (form not in kept and LIBRARY.fullmatch(form)):
                continue
            if form not in kept and (TOO_SHORT.fullmatch(form) or low in words or " " in form or "(" in form):
                continue
            seen.add(low)
            out[kind].append(form)
            if (wordy and not (form in kept and low not in words)) or (
                TOO_SHORT.fullmatch(form) and low in words
            ):
                out["words"].append(form)
    return out


def near_others(release: Release, symbols: set[str], forms: set[str]) -> dict[str, str]:
    """Return old names that lie so near to a symbol of the table that they must not be 'corrected', with their gene.

    The gene is empty where the name belongs to several, to a whole family, or to a gene whose form it may not be.
    """
    near: set[str] = set()
    for symbol in symbols:
        if len(symbol) >= 4:
            near |= deletions(symbol.casefold())
    out = {}
    for claims in (release.previous, release.alias):
        for name, owners in claims.items():
            if name not in forms and len(name) >= 4 and name.isascii() and deletions(name) & near:
                owner = next(iter(owners))
                plain = len(owners) == 1 and owner not in symbols and name not in FAMILIES
                out[name.upper()] = owner if plain and out.get(name.upper(), owner) == owner else ""
    return out


def deletions(name: str) -> set[str]:
    """Return the name and all that is left of it when one letter goes: names one edit apart share one of these."""
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


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
        lines.append((symbol, row["name"].strip('"'), number(row), *joined, "|".join(sorted(roles[symbol]))))
    return lines


def other_lines(release: Release, lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rows of symbols.tsv: the genes that genes.tsv lacks, and names that must not be corrected."""
    symbols = {line[0] for line in lines}
    forms = {
        form.casefold() for line in lines for form in (line[0], *line[3].split("|"), *line[4].split("|"))
    }
    coding = (s for s, row in release.records.items() if row["locus_group"] == CODING and s not in symbols)
    near = near_others(release, symbols, forms | release.approved)
    return [
        *((symbol, number(release.records[symbol]), symbol) for symbol in sorted(coding)),
        *((name, number(release.records[s]) if s else "", s) for name, s in sorted(near.items())),
    ]


def number(row: dict[str, str]) -> str:
    """Return a gene's HGNC number."""
    return row["hgnc_id"].removeprefix("HGNC:")


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


CODING = "protein-coding gene"
MADE = "Made by tools/build_terms.py."
GENE_COLUMNS = ("symbol", "name", "hgnc", "previous", "aliases", "words", "roles")
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
