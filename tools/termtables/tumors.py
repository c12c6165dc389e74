"""tumors.tsv from OncoTree, the Human Disease Ontology and the curated list."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termtables.common import clinical, curated, rows, write_table

ONCOTREE_FILE = "oncotree/oncotree_2025_10_03_flat.csv"
DOID_FILE = "doid/doid_2024-02.json.gz"

NO_TUMOR = re.compile(r"\b(work-?up|vs reactive|^ig[gam]$|benign$|atypical$|^other|amyloidosis|deposition diseases)", re.I)
BENIGN = re.compile(r"benign|(?<!carcinoma ex pleomorphic )adenoma\b|papilloma$|\bnevus|mature teratoma|oncocytoma|leiomyoma|"
                    r"cyst\b|cytoma$|subependymoma|spiradenoma|poroma/|cystic tumor|florid|hyperplasia|dysplastic gang", re.I)
INTERMEDIATE = re.compile(r"borderlin|in situ|uncertain|atypical|gammopathy|lymphocytosis|mastocytosis|dysplas|molar|mole\b|"
                          r"intraductal|carcinoid|low-grade glioma|ganglioglioma|xanthogran", re.I)
MALIGNANT = re.compile(r"cancer|carcinom|sarcom|lymphoma|leukemi|melanom|malignan|blastom|gliom|astrocyt|myelom|mesotheliom|"
                       r"high-grade|germinoma|seminom|yolk sac|embryonal|immature|myelodysplas|\baml\b|\bmds\b|mds/|paget|"
                       r"sezary|mycosis|neuroendocrine|myelofib|myeloid|cytic dis|neuroectodermal|rhabdoid|plasmacytoma", re.I)
KINDS = (("adenocarcinoma", "CB:ADENOCARCINOMA"), ("squamous cell", "CB:SCC"), ("carcinoma", "CB:CARCINOMA"), ("cancer", "CB:CARCINOMA"),
         ("sarcoma", "CB:SARCOMA"), ("lymphoma", "CB:LYMPHOMA"), ("leukemia", "CB:LEUKEMIA"), ("mesothelioma", "CB:MESOTHELIOMA"),
         ("melanoma", "MEL"), ("glioma", "CB:GLIOMA"), ("germ cell", "CB:GERMCELL"), ("urothelial carcinoma", "CB:UROTHELIAL"))
"""What a name's words say of its kind, beside OncoTree's organ-wise parents."""
ORGANS = {"lung": "lung", "pulmonary": "lung", "breast": "breast", "ovarian": "ovary", "uterine": "uterus", "cervical": "cervix",
          "bladder": "bladder", "prostate": "prostate", "stomach": "stomach", "gastric": "stomach", "colon": "colon",
          "rectal": "rectum", "renal": "kidney", "liver": "liver", "pancreatic": "pancreas", "thyroid": "thyroid",
          "cutaneous": "skin", "testicular": "testis", "penile": "penis", "esophageal": "esophagus", "pleural": "pleura",
          "peritoneal": "peritoneum", "appendiceal": "appendix", "gallbladder": "gallbladder", "urethral": "urethra"}


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
    behaviour: str = ""
    forms: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)
    needs_context: list[str] = field(default_factory=list)


def plain(name: str) -> str:
    """Return a name in lower case and American spelling, without ``, NOS``."""
    text = re.sub(r",? nos$", "", " ".join(name.casefold().split()))
    for british, american in (("tumour", "tumor"), ("leukaemia", "leukemia"), ("haem", "hem"), ("oesoph", "esoph"), ("aemia", "emia")):
        text = text.replace(british, american)
    return text


def turned(name: str) -> Iterator[str]:
    """Yield ``X of the ORGAN`` for ``organ X`` and the other way round."""
    first, _, rest = name.partition(" ")
    if first in ORGANS and rest and "," not in rest:
        yield f"{rest} of the {ORGANS[first]}"
    found = re.fullmatch(r"([a-z -]+) of the (urinary )?([a-z]+)", name)
    if found:
        for adjective, organ in ORGANS.items():
            if organ == found[3]:
                yield f"{adjective} {found[1]}"


def behaviour(name: str, main_type: str) -> str:
    """Guess the behaviour of an OncoTree node from its words; the curated list says it where the words do not."""
    if MALIGNANT.search(name) and not re.search("in situ|borderlin", name, re.I):
        return "malignant"
    if INTERMEDIATE.search(name):
        return "intermediate"
    if BENIGN.search(name):
        return "benign"
    return "malignant" if re.search("Sarcoma|Cancer|Leukemia|Lymphoma|Germ Cell", main_type) and "Neoplasms" not in name else "unknown"


def read_oncotree(data: Path) -> dict[str, Tumor]:
    """Read OncoTree; organ nodes have no forms, for they are no tumours."""
    found = {}
    for row in rows(data / ONCOTREE_FILE, ",", quoted=True):
        name = plain(row["name"])
        tumor = Tumor(row["code"], name, row["main_type"], row["tissue"], [row["parent"]] if row["parent"] else [], row["nci"].split(",")[0])
        if int(row["level"]) < 2:
            tumor.behaviour = "unknown"
        elif not NO_TUMOR.search(row["name"]):
            tumor.behaviour = behaviour(row["name"], row["main_type"])
            tumor.forms = [name, *turned(name)]
            tumor.forms += [part for part in name.split("/") if " " in part and part.count(" ") < 5] if "/" in name else []
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
            if written.endswith("!") or written.rstrip("!").casefold() in clinical() and len(written) < 4:
                tumor.needs_context.append(written.rstrip("!"))
    for tumor in tumors.values():
        complaints += [f"{tumor.code} has the unknown parent {parent}" for parent in tumor.parents if parent not in tumors]
    return claimed


def read_doid(data: Path) -> tuple[dict[str, dict[str, object]], dict[str, dict[str, object]]]:
    """Return the ontology's terms by NCIt code and by name."""
    by_nci: dict[str, dict[str, object]] = {}
    by_name: dict[str, dict[str, object]] = {}
    for term in json.loads(gzip.decompress((data / DOID_FILE).read_bytes())):
        by_name.setdefault(plain(term.get("name", "")), term)
        for reference in term.get("xrefs", []):
            if reference.get("namespace") == "NCI":
                by_nci.setdefault(reference["id"], term)
    for term in list(by_name.values()):
        for synonym in term.get("synonyms", []):  # type: ignore[attr-defined]
            by_name.setdefault(plain(synonym), term)
    return by_nci, by_name


USABLE = re.compile(r"[a-z][a-z0-9' /-]{6,58}")
HOLLOW = re.compile(r"\b(primary|neoplasm of|tumor of|cancer of|malignant neoplasm|morphologic|disorder|adult|childhood|unspecified|"
                    r"stage|recurrent|metastatic|no icd|disease$|syndrome$|female|male|category|invasive|ca$)")


def doid_forms(term: dict[str, object]) -> Iterator[str]:
    """Yield the synonyms of a term of the ontology that a pathologist might write."""
    for synonym in (term["name"], *term.get("synonyms", [])):  # type: ignore[misc]
        form = plain(str(synonym))
        if USABLE.fullmatch(form) and not HOLLOW.search(form):
            yield form


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


def build(data: Path, words_file: Path, target: Path) -> list[str]:  # noqa: ARG001 - all makers are called alike
    """Write tumors.tsv; return what was odd."""
    complaints: list[str] = []
    tumors = read_oncotree(data)
    claimed = read_curated(tumors, complaints)
    by_nci, by_name = read_doid(data)
    from_doid: dict[str, list[str]] = {}
    for tumor in tumors.values():
        if tumor.behaviour == "unknown" and not tumor.forms and not tumor.code.startswith("CB:"):
            continue
        named = by_name.get(plain(tumor.name))
        term = named or (by_nci.get(tumor.nci) if tumor.nci else None)
        if term is not None:
            tumor.doid = str(term["id"]).removeprefix("DOID:")
            from_doid[tumor.code] = list(doid_forms(term))
        words = plain(tumor.name)
        for word, kind in KINDS:
            fits = word in words and "carcinosarcoma" not in words and not re.search(r"carcinoma in situ|adenosarcoma", words)
            if fits and kind != tumor.code and kind not in tumor.parents and tumor.behaviour in {"malignant", "unknown"}:
                tumor.parents.append(kind)
    forms = share_out(tumors, (claimed, {t.code: t.forms for t in tumors.values()}, from_doid))
    write_table(
        target / "tumors.tsv",
        ["Tumours. Codes, names, tissues, parents, NCIt codes: OncoTree, 2025-10-03 (CC BY 4.0, Memorial Sloan Kettering Cancer Center),",
         "changed: names as pathologists write them, further parents. DOID and synonyms: Human Disease Ontology, February 2024 (CC0 1.0).",
         "Codes CB:..., synonyms, abbreviations, behaviour: own list. Made by tools/build_terms.py.",
         "abbreviations are case-sensitive; those in needs_context have other meanings in clinical texts."],
        ["code", "name", "main_type", "tissue", "parents", "nci", "doid", "behaviour", "forms", "abbreviations", "needs_context"],
        [(t.code, t.name, t.main_type, t.tissue, "|".join(t.parents), t.nci, t.doid, t.behaviour or "unknown",
          "|".join(forms[t.code]), "|".join(t.abbreviations), "|".join(t.needs_context)) for t in tumors.values()],
    )
    known = {code for tumor_codes, _, _ in curated("fusions.txt") for code in tumor_codes.split()}
    complaints += [f"fusions.txt names the unknown tumour {code}" for code in sorted(known - set(tumors))]
    return complaints
