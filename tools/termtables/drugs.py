"""drugs.tsv from the curated lists, the NCI Drug Dictionary, CIViC and pharmOncoX."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import curated, english, rows, write_table

SYNONYMS_FILE = "drugs/nci_drug_dictionary_2020_synonyms.csv"
TARGETS_FILE = "drugs/nci_drug_name_target_regex_pharmoncox.tsv"
CIVIC_FILE = "drugs/civic_therapy_names_2026-05.csv"

KEPT_TYPES = {"US brand name", "Foreign brand name", "Code name", "Synonym"}
SALTS = re.compile(
    r" (hydrochloride|dihydrochloride|mesylate|mesilate|maleate|malate|tosylate|ditosylate|phosphate|sulfate|acetate|citrate|sodium|"
    r"disodium|calcium|succinate|fumarate|hydrobromide|camsylate|lactate|tartrate|dimethyl sulfoxide|monohydrate|potassium|hydrate)+\b.*$"
)
FORM = re.compile(r"[^\W_][\w '/.+-]{2,38}")
LAB_WORDS = frozenset(
    [
        "albumin",
        "calcium",
        "platelets",
        "iron",
        "zinc",
        "insulin",
        "testosterone",
        "progesterone",
        "estradiol",
        "oestradiol",
        "calcitonin",
        "thrombopoietin",
        "erythropoietin",
        "cortisol",
        "endostatin",
        "dopamine",
        "glutathione",
        "urea",
        "melatonin",
        "potassium",
        "magnesium",
        "immunoglobulin",
        "immunoglobulins",
        "erythrocytes",
        "vaccine",
        "talc",
        "steroid",
        "steroids",
        "atropine",
        "thiamine",
    ]
) | {
    "red blood cells",
    "vitamin d",
    "vitamin b12",
    "folic acid",
    "whole blood",
    "interleukin-2",
    "il-2",
    "il-11",
    "growth hormone",
    "gamma globulin",
    "packed cells",
}
"""Agents that are measured as well as given."""
NO_AGENT = re.compile(
    r"inhibitor|regimen|therapy|compound|antibod|protocol|radi|surgery|not applicable|anti-|doublet|agent|"
    r"lymphocyte|sirna|^\d|pyrimid|gene |\(|-inh|anthracycline|niacinamide|fasudil|roflumilast|anhydrous|bismesylate|zbco|mixture|auristatin|^jq-1|^pi-?103|^kw-?2449|inhibition|oligonucleotide|complex|placebo",
    re.IGNORECASE,
)


@dataclass
class Drug:
    """One row in the making."""

    key: str
    role: str
    drug_class: str
    targets: list[str]
    names: list[str] = field(default_factory=list)


def read_curated(name: str, role: str) -> Iterator[Drug]:
    """Read one of the curated lists of agents."""
    for drug_class, targets, agents in curated(name):
        for agent in agents.split(";"):
            head, _, names = agent.partition(" = ")
            found = re.fullmatch(r"\s*(.+?)\s*(?:\[([^]]*)\])?\s*", head)
            if not found or not found[1]:
                raise ValueError(f"{name}: cannot read {agent!r}")
            own = found[2].split() if found[2] else targets.split()
            yield Drug(found[1], role, drug_class, own, [n.strip() for n in names.split(",") if n.strip()])


def dictionary(data: Path) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Return NCI's entry of each name in lower case, and the synonyms of each entry with their types."""
    entries: dict[str, str] = {}
    synonyms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(data / SYNONYMS_FILE, ",", quoted=True):
        synonyms[row["name"]].append((row["synonym_type"], " ".join(row["synonym"].split())))
    for name in synonyms:
        entries[name.casefold()] = name
    for name in synonyms:
        entries.setdefault(SALTS.sub("", name.casefold()), name)
    for name, listed in synonyms.items():
        for _, synonym in listed:
            entries.setdefault(synonym.casefold(), name)
    return entries, synonyms


def borrowed(
    drug: Drug, entries: dict[str, str], synonyms: dict[str, list[tuple[str, str]]], words: frozenset[str]
) -> Iterator[str]:
    """Yield the dictionary's names of an agent that a report may use: brands, codes, salts, spellings."""
    entry = entries.get(drug.key.casefold())
    if entry is None:
        return
    if SALTS.sub("", entry.casefold()) == drug.key.casefold():
        if entry.casefold() != drug.key.casefold():
            yield entry
    for kind, form in synonyms[entry]:
        short = len(form) < 5 or (form.isupper() and len(form) < 6 and form.isalpha())
        chemical = kind == "Synonym" and (
            len(re.findall(r"\d", form)) > 2 or len(form) > 32 or form.count("-") > 2
        )
        if (
            kind not in KEPT_TYPES
            or short
            or chemical
            or not FORM.fullmatch(form)
            or form.casefold() in words
            or form.casefold() == drug.key.casefold()
        ):
            continue
        if re.match(
            r"(?i)NSC|DRG-|RP[ -]?\d|U-?\d{4}|WR-?\d|NCI-|EU-|CAS|BRN|CCRIS|HSDB|MDL|SQ ?\d|DR-|.*\b(tablet|capsule|injection|combination|regimen)",
            form,
        ):
            continue
        yield form


def targets_by_name(data: Path) -> dict[str, list[str]]:
    """Return pharmOncoX's targets by agent in lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / TARGETS_FILE):
        for name in row["pattern"].split("|"):
            if row["symbol"] not in found[name.casefold()]:
                found[name.casefold()].append(row["symbol"])
    return found


def build(data: Path, words_file: Path, target: Path) -> list[str]:
    """Write drugs.tsv; return what was odd."""
    complaints: list[str] = []
    words = english(words_file)
    entries, synonyms = dictionary(data)
    listed_targets = targets_by_name(data)
    drugs: dict[str, Drug] = {}
    for drug in (*read_curated("drugs.txt", "antineoplastic"), *read_curated("supportive.txt", "supportive")):
        if drug.key in drugs:
            complaints.append(f"{drug.key} is listed twice")
        drugs.setdefault(drug.key, drug)
    owner: dict[str, str] = {key.casefold(): key for key in drugs}
    for drug in drugs.values():
        for form in drug.names:
            if owner.setdefault(form.casefold(), drug.key) != drug.key:
                complaints.append(f"{form} is claimed by {drug.key} and {owner[form.casefold()]}")
    for row in rows(data / CIVIC_FILE, ",", quoted=True):
        name = row["therapy"].strip()
        base = SALTS.sub("", name.casefold())
        if base in owner or name.casefold() in owner or NO_AGENT.search(name) or len(name) < 4:
            continue
        drugs[base] = Drug(
            base if not re.search(r"\d", name) else name, "antineoplastic", "investigational", []
        )
        owner[base] = drugs[base].key
    for drug in drugs.values():
        drug.targets = drug.targets or listed_targets.get(drug.key.casefold(), [])
        for form in borrowed(drug, entries, synonyms, words):
            if owner.setdefault(form.casefold(), drug.key) == drug.key:
                drug.names.append(form)
    lines = []
    for drug in drugs.values():
        names = list(
            {
                n.casefold(): n
                for n in reversed(drug.names)
                if n != drug.key and owner[n.casefold()] == drug.key
            }.values()
        )[::-1]
        forms = [*names, *([drug.key] if drug.key.casefold() not in {n.casefold() for n in names} else [])]
        cased = [
            f
            for f in forms
            if (f.isupper() and len(f) <= 5 and f.replace("-", "").isalpha())
            or f in {"S-1", "TS-1", "LV", "FA"}
        ]
        doubtful = [
            f
            for f in forms
            if f.casefold() in LAB_WORDS or ((f in cased or f in names) and f.casefold() in words)
        ]
        lines.append(
            (
                drug.key,
                drug.role,
                drug.drug_class,
                "|".join(drug.targets),
                "|".join(names),
                "|".join(cased),
                "|".join(doubtful),
            )
        )
    write_table(
        target / "drugs.tsv",
        [
            "Drugs. Choice, classes, targets and names of daily use: own list. Further brands, codes and spellings: NCI Drug Dictionary,",
            "October 2020 (public domain). Further agents: CIViC, May 2026 (CC0 1.0); their targets: pharmOncoX, June 2026 (MIT).",
            "Made by tools/build_terms.py. abbreviations are case-sensitive; forms in needs_context mean something else too.",
        ],
        ["agent", "role", "class", "targets", "names", "abbreviations", "needs_context"],
        lines,
    )
    return complaints
