"""drugs.tsv from the curated lists, the NCI Drug Dictionary, CIViC and pharmOncoX."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import any_of, curated, english, rows, word_list, write_table

SYNONYMS_FILE = "drugs/nci_drug_dictionary_2020_synonyms.csv"
TARGETS_FILE = "drugs/nci_drug_name_target_regex_pharmoncox.tsv"
CIVIC_FILE = "drugs/civic_therapy_names_2026-05.csv"

KEPT_TYPES = {"US brand name", "Foreign brand name", "Code name", "Synonym"}
SALTS = re.compile(rf" (?:{'|'.join(word_list('salts'))})\b.*$")
FORM = re.compile(r"[^\W_][\w '/.+-]{2,38}")
DELIVERY = re.compile(r"tablet|capsule|injection|combination|regimen", re.IGNORECASE)
TREATED_AS_CAPITALS = {"S-1", "TS-1", "LV", "FA", "dexa"}
"""Names that count only as written; "DEXA" is a scan."""


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
    key = drug.key.casefold()
    entry = entries.get(key)
    if entry is None:
        return
    if entry.casefold() != key and SALTS.sub("", entry.casefold()) == key:
        yield entry
    for kind, form in synonyms[entry]:
        low = form.casefold()
        if kind in KEPT_TYPES and low not in words and low != key and is_written(kind, form):
            yield form


def is_written(kind: str, form: str) -> bool:
    """Whether a report may use this name: no chemical formula, no registry's number, no dosage form, not too short."""
    short = len(form) < 5 or (form.isupper() and len(form) < 6 and form.isalpha())
    chemical = kind == "Synonym" and (
        len(re.findall(r"\d", form)) > 2 or len(form) > 32 or form.count("-") > 2
    )
    registry = form.casefold().startswith(word_list("registry codes")) or DELIVERY.search(form)
    return bool(FORM.fullmatch(form)) and not (short or chemical or registry)


def targets_by_name(data: Path) -> dict[str, list[str]]:
    """Return pharmOncoX's targets by agent in lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / TARGETS_FILE):
        for name in row["pattern"].split("|"):
            if row["symbol"] not in found[name.casefold()]:
                found[name.casefold()].append(row["symbol"])
    return found


def chosen(data: Path, complaints: list[str]) -> tuple[dict[str, Drug], dict[str, str]]:
    """Return the agents, the curated ones and then CIViC's others, and to which agent each name belongs."""
    drugs: dict[str, Drug] = {}
    for drug in (*read_curated("drugs.txt", "antineoplastic"), *read_curated("supportive.txt", "supportive")):
        complaints += [f"{drug.key} is listed twice"] if drug.key in drugs else []
        drugs.setdefault(drug.key, drug)
    owner: dict[str, str] = {key.casefold(): key for key in drugs}
    for drug in drugs.values():
        taken = [name for name in drug.names if owner.setdefault(name.casefold(), drug.key) != drug.key]
        complaints += [f"{name} is claimed by {drug.key} and {owner[name.casefold()]}" for name in taken]
    no_agent = any_of("no agents")
    for row in rows(data / CIVIC_FILE, ",", quoted=True):
        name = row["therapy"].strip()
        base = SALTS.sub("", name.casefold())
        known = {base, name.casefold(), base.replace("-", "")} & owner.keys()
        if not known and len(name) > 3 and not name[0].isdigit() and not no_agent.search(name):
            key = name if re.search(r"\d", name) else base
            drugs[key] = Drug(key, "antineoplastic", "investigational", [])
            owner[base] = key
    return drugs, owner


def line(drug: Drug, owner: dict[str, str], words: frozenset[str]) -> tuple[str, ...]:
    """Return an agent's row; of two spellings of a name that differ in capitals the first listed stays."""
    own = [name for name in drug.names if name != drug.key and owner[name.casefold()] == drug.key]
    names = list({name.casefold(): name for name in reversed(own)}.values())[::-1]
    forms = names if drug.key.casefold() in {name.casefold() for name in names} else [*names, drug.key]
    cased = [
        form
        for form in forms
        if form in TREATED_AS_CAPITALS
        or (form.isupper() and len(form) <= 5 and form.replace("-", "").isalpha())
    ]
    measured = {*word_list("measured agents"), *word_list("clipped names")}
    doubtful = [
        form for form in forms if form.casefold() in measured or (form in names and form.casefold() in words)
    ]
    return (
        drug.key, drug.role, drug.drug_class, *("|".join(cell) for cell in (drug.targets, names, cased, doubtful)),
    )  # fmt: skip


def build(data: Path, words_file: Path, target: Path) -> list[str]:
    """Write drugs.tsv; return what was odd."""
    complaints: list[str] = []
    words = english(words_file)
    entries, synonyms = dictionary(data)
    listed_targets = targets_by_name(data)
    drugs, owner = chosen(data, complaints)
    for drug in drugs.values():
        drug.targets = drug.targets or listed_targets.get(drug.key.casefold(), [])
        for name in borrowed(drug, entries, synonyms, words):
            if owner.setdefault(name.casefold(), drug.key) == drug.key:
                drug.names.append(name)
    write_table(target / "drugs.tsv", NOTES, COLUMNS, [line(drug, owner, words) for drug in drugs.values()])
    return complaints


COLUMNS = ("agent", "role", "class", "targets", "names", "abbreviations", "needs_context")
NOTES = (
    "Drugs. Choice, classes, targets and names of daily use: own list. Further brands, codes and spellings: NCI Drug",
    "Dictionary, October 2020 (public domain). Further agents: CIViC, May 2026 (CC0 1.0); their targets: pharmOncoX,",
    "June 2026 (MIT). Made by tools/build_terms.py. abbreviations are case-sensitive; forms in needs_context mean",
    "something else too.",
)
