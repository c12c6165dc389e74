"""tumors.tsv from OncoTree, the Human Disease Ontology and the curated list."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from termtables.common import clinical, curated, rows, write_table

ONCOTREE_FILE = "oncotree/oncotree_2025_10_03_flat.csv"
DOID_FILE = "doid/doid_2024-02.json.gz"
EVIDENCE_FILE = "civic/AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"

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
MALIGNANT = re.compile(
    r"cancer|carcinom|sarcom|lymphoma|leukemi|melanom|malignan|blastom|gliom|astrocyt|myelom|mesotheliom|"
    r"high-grade|germinoma|seminom|yolk sac|embryonal|immature|myelodysplas|\baml\b|\bmds\b|mds/|paget|"
    r"sezary|mycosis|neuroendocrine|myelofib|myeloid|cytic dis|b-cell|dlbcl|polycythemi|thrombocythemi|heavy-chain|blastic|trophoblastic|medulloepith|refractory|lymphoproliferative disorder|mature t and|neuroectodermal|rhabdoid|plasmacytoma",
    re.IGNORECASE,
)
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


HEAD = re.compile(
    r"(oma|omas|tumor|tumors|cancer|neoplasm|neoplasia|leukemia|fibromatosis|histiocytosis|mastocytosis|mesothelioma|nevus|"
    r"cyst|fasciitis|ossificans|hyperplasia|papillomatosis|seminoma|fungoides|macroglobulinemia|thrombocythemia|tag)\b"
)


def alternatives(name: str) -> list[str]:
    """Return the names that a slash joins, where each is one by itself."""
    parts = name.split("/")
    whole = all(
        re.fullmatch(r"[a-z' -]{6,60}", part) and HEAD.search(part) and part[-1] != "-" for part in parts
    )
    return parts if whole and len(parts) > 1 else []


def behaviour(name: str, main_type: str) -> str:
    """Guess the behaviour of an OncoTree node from its words; the curated list says it where the words do not."""
    if MALIGNANT.search(name) and not re.search("in situ|borderlin", name, re.IGNORECASE):
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


USABLE = re.compile(r"[a-z][a-z0-9' /-]{6,58}")
HOLLOW = re.compile(
    r"\b(primary|neoplasm of|tumor of|cancer of|malignant neoplasm|morphologic|disorder|adult|childhood|unspecified|"
    r"letterer|involving|localized|advanced|early|hereditary|familial|kaposi's sarcoma of|embryo neo|connective|choristoma|"
    r"tissue neoplasm|epithelial cancer|basal cell (neo|tum)|^ca |^bt |tumor or|adenomas and|^exocrine|^germ cell cancer|"
    r"stage|recurrent|metastatic|no icd|disease$|syndrome$|female|male|category|invasive|ca$)"
)


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


SYNDROME = re.compile(r"hippel|syndrome|sclerosis|chuvash|polyposis", re.IGNORECASE)
GENERIC = {"CB:NEOPLASM", "CB:MALIGNANCY"}


def narrower(data: Path, tumors: dict[str, Tumor], ontology: Ontology) -> dict[str, list[str]]:
    """Return, by tumour, its further identifiers, and those of CIViC's diseases without a term that lie nearest below it."""
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
        [
            "Tumours. Codes, names, tissues, parents, NCIt codes: OncoTree, 2025-10-03 (CC BY 4.0, Memorial Sloan Kettering Cancer Center),",
            "changed: names as pathologists write them, further parents. DOID and synonyms: Human Disease Ontology, February 2024 (CC0 1.0).",
            "doid_below: further DOIDs of the same names, and of CIViC's diseases (May 2026, CC0 1.0) for which this is the nearest wider term.",
            "Codes CB:..., synonyms, abbreviations, behaviour: own list. Made by tools/build_terms.py.",
            "abbreviations are case-sensitive; those in needs_context have other meanings in clinical texts.",
        ],
        [
            "code",
            "name",
            "main_type",
            "tissue",
            "parents",
            "nci",
            "doid",
            "doid_below",
            "behaviour",
            "forms",
            "abbreviations",
            "needs_context",
        ],
        [
            (
                t.code,
                t.name,
                t.main_type,
                t.tissue,
                "|".join(t.parents),
                t.nci,
                t.doid,
                "|".join(below[t.code]),
                t.behaviour or "unknown",
                "|".join(forms[t.code]),
                "|".join(t.abbreviations),
                "|".join(t.needs_context),
            )
            for t in tumors.values()
        ],
    )
    known = {code for tumor_codes, _, _ in curated("fusions.txt") for code in tumor_codes.split()}
    complaints += [f"fusions.txt names the unknown tumour {code}" for code in sorted(known - set(tumors))]
    return complaints
