"""Bring the table of toxicities up to date with a release of CTCAE: ``python tools/build_toxicities.py DIRECTORY``.

DIRECTORY holds ``ctcae_v5.0_terms.csv`` (columns ``soc``, ``term``), ``lab_grading/ncictcaev5.json`` and
``lab_grading/ncictcaev6.json`` (laboratory criteria as text, one object a term and direction). Taken from them: the
names of the terms, their system organ class, and which laboratory grades carry other numbers in v6. Kept from the
table that is there: the words of clinicians, which are written by hand. No grade text and no definition goes into it.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src" / "caseboard" / "terms" / "data" / "toxicities.tsv"
COLUMNS = ["term", "soc", "plain", "symptom", "v6", "forms", "context", "case_sensitive"]
HEADER = """\
# Toxicities: the names of all terms of CTCAE v5.0 (November 2017), and the words clinicians use for them.
# Source: term names and system organ classes, US National Cancer Institute, CTCAE v5.0 (public domain); which
#   laboratory grades carry other numbers in v6.0 (July 2025), from the tables of the R package admiral (Apache-2.0);
#   words: this project's own. No MedDRA code, no grade text, no definition. Licence: Apache-2.0, as the project.
# v6: empty, no laboratory criterion; same; changed:GRADES; renamed:NAME;changed:GRADES; absent (from v6); added.
# Made by tools/build_toxicities.py, which keeps plain, symptom, forms, context and case_sensitive as they are.
"""
RENAMED_IN_V6 = {"Platelet count decreased": "Thrombocytopenia"}
GRADES = range(1, 6)
_COUNT_UNIT = re.compile(r"/mm3|10(?:e|\^)9\s?/\s?L", re.IGNORECASE)
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|ULN|LLN|baseline", re.IGNORECASE)


def criterion(text: str) -> tuple[str | float, ...]:
    """Return the numbers of a laboratory criterion, and what they are multiples of, in their order."""
    tokens = _TOKEN.findall(_COUNT_UNIT.sub("", text))
    return tuple(float(token.replace(",", "")) if token[0].isdigit() else token.lower() for token in tokens)


def laboratory_terms(path: Path) -> dict[str, dict[int, set[tuple[str | float, ...]]]]:
    """Return, for each term of a laboratory table, the criteria of each grade."""
    out: dict[str, dict[int, set[tuple[str | float, ...]]]] = {}
    for record in json.loads(path.read_text(encoding="utf-8")):
        grades = out.setdefault(record["TERM"], {grade: set() for grade in GRADES})
        for grade in GRADES:
            grades[grade].add(criterion(record.get(f"GRADE_{grade}", "")))
    return out


def note_v6(
    term: str,
    v5: dict[str, dict[int, set[tuple[str | float, ...]]]],
    v6: dict[str, dict[int, set[tuple[str | float, ...]]]],
) -> str:
    """Return the machine-readable note on how the laboratory grades of a v5 term stand in v6."""
    name = RENAMED_IN_V6.get(term, term)
    if term not in v5:
        return "added" if name in v6 else ""
    if name not in v6:
        return "absent"
    changed = [str(grade) for grade in GRADES if v5[term][grade] != v6[name][grade]]
    notes = [f"renamed:{name}"] if name != term else []
    notes += [f"changed:{','.join(changed)}"] if changed else ["same"] if not notes else []
    return ";".join(notes)


def kept_words() -> dict[str, dict[str, str]]:
    """Return the rows of the table that is there, by term; none where there is no table yet."""
    if not TABLE.exists():
        return {}
    lines = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {row["term"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def main(directory: Path) -> None:
    """Write the table anew from a release of CTCAE in ``directory`` and the words of the table that is there."""
    words = kept_words()
    v5 = laboratory_terms(directory / "lab_grading" / "ncictcaev5.json")
    v6 = laboratory_terms(directory / "lab_grading" / "ncictcaev6.json")
    with (directory / "ctcae_v5.0_terms.csv").open(encoding="utf-8", newline="") as file:
        terms = [(row["term"], row["soc"]) for row in csv.DictReader(file)]
    with TABLE.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER + "\t".join(COLUMNS) + "\n")
        for term, soc in terms:
            row = {
                "plain": term.lower(),
                "symptom": "",
                "forms": "",
                "case_sensitive": "",
                **words.get(term, {}),
            }
            row |= {"term": term, "soc": soc, "v6": note_v6(term, v5, v6)}
            file.write("\t".join(row[column] for column in COLUMNS) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/build_toxicities.py DIRECTORY")
    main(Path(sys.argv[1]))
