"""The tumours of OncoTree, and the curated list laid over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import any_of, clinical, curated, rows

ONCOTREE_FILE = "oncotree/oncotree_2025_10_03_flat.csv"
NO_TUMOR = re.compile(
    r"\b(work-?up|vs reactive|^ig[gam]$|benign$|atypical$|^other|amyloidosis|deposition diseases)",
    re.IGNORECASE,
)
BENIGN = re.compile(
    r"benign|(?<!carcinoma ex pleomorphic )adenoma\b|papilloma$|\bnevus|mature teratoma|oncocytoma|leiomyoma|"
    r"cyst\b|cytoma$|subependymoma|spiradenoma|poroma/|cystic tumor|florid|hyperplasia|dysplastic gang",
    re.IGNORECASE,
)
INTERMEDIATE = re.compile(
    r"borderlin|in situ|uncertain|atypical|gammopathy|lymphocytosis|mastocytosis|dysplas|molar|mole\b|"
    r"intraductal|carcinoid|low-grade glioma|ganglioglioma|xanthogran",
    re.IGNORECASE,
)
MALIGNANT = any_of("malignant words")
ORGANS = {
    "lung": "lung",
    "pulmonary": "lung",
    "breast": "breast",
    "ovarian": "ovary",
    "uterine": "uterus",
    "cervical": "cervix",
    "bladder": "bladder",
    "prostate": "prostate",
    "stomach": "stomach",
    "gastric": "stomach",
    "colon": "colon",
    "rectal": "rectum",
    "renal": "kidney",
    "liver": "liver",
    "pancreatic": "pancreas",
    "thyroid": "thyroid",
    "cutaneous": "skin",
    "testicular": "testis",
    "penile": "penis",
    "esophageal": "esophagus",
    "pleural": "pleura",
    "peritoneal": "peritoneum",
    "appendiceal": "appendix",
    "gallbladder": "gallbladder",
    "urethral": "urethra",
}
HEAD = re.compile(
    r"(oma|omas|tumor|tumors|cancer|neoplasm|neoplasia|leukemia|fibromatosis|histiocytosis|mastocytosis|mesothelioma|nevus|"
    r"cyst|fasciitis|ossificans|hyperplasia|papillomatosis|seminoma|fungoides|macroglobulinemia|thrombocythemia|tag)\b"
)


@dataclass
class Tumor:
    """One row in the making; ``forms`` are offered in order of trust."""

    code: str
    name: str
    main_type: str = ""
    tissue: str = ""
    parents: list[str] = field(default_factory=list)
    nci: str = ""
    doid: str = ""
    further: list[str] = field(default_factory=list)
    behaviour: str = ""
    forms: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)
    needs_context: list[str] = field(default_factory=list)


def plain(name: str) -> str:
    """Return a name in lower case and American spelling, without ``, NOS``."""
    text = re.sub(r",? nos$", "", " ".join(name.casefold().split()))
    for british, american in (
        ("tumour", "tumor"),
        ("leukaemia", "leukemia"),
        ("haem", "hem"),
        ("oesoph", "esoph"),
        ("aemia", "emia"),
    ):
        text = text.replace(british, american)
    return text


def turned(name: str) -> Iterator[str]:
    """Yield ``X of the ORGAN`` for ``organ X`` and the other way round."""
    first, _, rest = name.partition(" ")
    if first in ORGANS and rest and not re.match(r"cell\b", rest) and not re.search(r"[,/()]", rest):
        yield f"{rest} of the {ORGANS[first]}"
    found = re.fullmatch(r"([a-z -]+) of the (urinary )?([a-z]+)", name)
    if found:
        for adjective, organ in ORGANS.items():
            if organ == found[3]:
                yield f"{adjective} {found[1]}"


def alternatives(name: str) -> list[str]:
    """Return the names that a slash joins, where each is one by itself."""
    parts = name.split("/")
    whole = all(
        re.fullmatch(r"[a-z' -]{6,60}", part) and HEAD.search(part) and part[-1] != "-" for part in parts
    )
    return parts if whole and len(parts) > 1 else []


def behaviour(name: str, main_type: str) -> str:
    """Guess the behaviour of an OncoTree node from its words; the curated list says it where the words do not."""
    if (MALIGNANT.search(name) or re.search(r"\b(AML|MDS)\b", name)) and not re.search(
        "in situ|borderlin", name, re.IGNORECASE
    ):
        return "malignant"
    if INTERMEDIATE.search(name):
        return "intermediate"
    if BENIGN.search(name):
        return "benign"
    return (
        "malignant"
        if re.search("Sarcoma|Cancer|Leukemia|Lymphoma|Germ Cell", main_type) and "Neoplasms" not in name
        else "unknown"
    )


def read_oncotree(data: Path) -> dict[str, Tumor]:
    """Read OncoTree; organ nodes have no forms, for they are no tumours."""
    found = {}
    for row in rows(data / ONCOTREE_FILE, ",", quoted=True):
        name = plain(row["name"])
        tumor = Tumor(
            row["code"],
            name,
            row["main_type"],
            row["tissue"],
            [row["parent"]] if row["parent"] else [],
            row["nci"].split(",")[0],
        )
        if int(row["level"]) < 2:
            tumor.behaviour = "unknown"
        elif not NO_TUMOR.search(row["name"]):
            tumor.behaviour = behaviour(row["name"], row["main_type"])
            tumor.forms = [name, *turned(name)]
            tumor.forms += alternatives(name)
        found[row["code"]] = tumor
    return found


def read_curated(tumors: dict[str, Tumor], complaints: list[str]) -> dict[str, list[str]]:
    """Lay the curated list over OncoTree; return the forms it claims, by code, first the names."""
    claimed = {}
    for code, name, parents, conduct, synonyms, abbreviations in curated("tumors.txt"):
        tumor = tumors.setdefault(code, Tumor(code, name))
        tumor.name = name
        tumor.parents += [parent for parent in parents.split() if parent not in tumor.parents]
        tumor.behaviour = conduct or tumor.behaviour
        claimed[code] = [plain(name), *(plain(s) for s in synonyms.split(";") if s.strip())]
        claimed[code] += [form for name in tuple(claimed[code]) for form in turned(name)]
        for written in abbreviations.split():
            tumor.abbreviations.append(written.rstrip("!"))
            if written.endswith("!") or (written.rstrip("!").casefold() in clinical() and len(written) < 4):
                tumor.needs_context.append(written.rstrip("!"))
    for tumor in tumors.values():
        complaints += [
            f"{tumor.code} has the unknown parent {parent}"
            for parent in tumor.parents
            if parent not in tumors
        ]
    return claimed
