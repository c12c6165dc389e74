"""Make the table of laboratory grades from a release of CTCAE: ``python tools/build_ctcae.py DIRECTORY``.

DIRECTORY holds ``ncictcaev4.json``, ``ncictcaev5.json`` and ``ncictcaev6.json`` (the criteria of v4.03, v5.0 and v6.0
as text, one object a term and direction). Only numbers, what they are multiples of and the conditions that they hang
on are taken; no sentence is. Analytes and clinical conditions (``also``) are written by hand and kept. A criterion
with a number that is not understood stops the build.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src" / "caseboard" / "assess" / "data" / "ctcae_bounds.tsv"
COLUMNS = ["term", "variant", "editions", "analytes", "direction", "unit", "bounds", "clinical", "also"]
EDITIONS = (4, 5, 6)
GRADES = (1, 2, 3, 4)
MILD = 2
NONE = 9
"""Beyond this limit the release gives no grade by number, though a worse value cannot be a better one."""
HEADER = """\
# Laboratory grades of CTCAE v4.03 (2010), v5.0 (2017) and v6.0 (2025), US National Cancer Institute: the numbers only.
# Source: the criteria as tabulated by the R package admiral (Apache-2.0), release of 2026-07. No sentence of CTCAE.
# Made by tools/build_ctcae.py. Licence: Apache-2.0, as the project.
# bounds: "LIMIT:GRADES" from mild to severe. A value beyond LIMIT (below it where direction is low, above it where
#   high) has that grade; the last limit passed counts. "2/3": signs, symptoms or treatment decide; "-": no grade.
# LIMIT: a number in the row's unit, or a multiple of ULN, LLN or BASE (the value before treatment); "+2": that much
#   more in the row's unit; "=" before it: the limit itself has the grade; "|" or; "&" and; "?WHEN" only where BASE was
#   normal (not above ULN), abnormal (above ULN) or low (below LLN), the patient is anticoagulated, or the value is
#   below LLN.
# variant: of glucose that was measured fasting, of calcium ionized (else corrected for albumin).
# unit "-": multiples of the laboratory's own limits, or plain numbers: no unit is needed.
# clinical: the grades that no number decides. also: "GRADE:CONDITION", a clinical condition for at least this grade.
"""
ANALYTES = {
    "Acidosis": "pH",
    "Activated partial thromboplastin time prolonged": "aPTT",
    "Alanine aminotransferase increased": "ALT",
    "Alkaline phosphatase increased": "ALP",
    "Alkalosis": "pH",
    "Anemia": "hemoglobin",
    "Aspartate aminotransferase increased": "AST",
    "Blood bilirubin increased": "total bilirubin",
    "Blood lactate dehydrogenase increased": "LDH",
    "CD4 lymphocytes decreased": "CD4 lymphocytes",
    "CPK increased": "CK",
    "Cholesterol high": "total cholesterol",
    "Creatinine clearance decreased": "creatinine clearance",
    "Creatinine increased": "creatinine",
    "Fibrinogen decreased": "fibrinogen",
    "GGT increased": "GGT",
    "HDL decreased": "HDL cholesterol",
    "Haptoglobin decreased": "haptoglobin",
    "Hemoglobin increased": "hemoglobin",
    "Hypercalcemia": "corrected calcium",
    "Hypercalcemia (Ionized)": "ionized calcium",
    "Hyperglycemia": "glucose",
    "Hyperglycemia (Fasting)": "fasting glucose",
    "Hyperkalemia": "potassium",
    "Hypermagnesemia": "magnesium",
    "Hypernatremia": "sodium",
    "Hypertriglyceridemia": "triglycerides",
    "Hyperuricemia": "uric acid",
    "Hypoalbuminemia": "albumin",
    "Hypocalcemia": "corrected calcium",
    "Hypocalcemia (Ionized)": "ionized calcium",
    "Hypoglycemia": "glucose|fasting glucose",
    "Hypokalemia": "potassium",
    "Hypomagnesemia": "magnesium",
    "Hyponatremia": "sodium",
    "Hypophosphatemia": "phosphate",
    "INR increased": "INR",
    "LDL increased": "LDL cholesterol",
    "Leukocytosis": "WBC",
    "Lipase increased": "lipase",
    "Lymphocyte count decreased": "lymphocytes",
    "Lymphocyte count increased": "lymphocytes",
    "Neutrophil count decreased": "neutrophils|ANC",
    "Platelet count decreased": "platelets",
    "Serum amylase increased": "amylase",
    "Thrombocytopenia": "platelets",
    "White blood cell decreased": "WBC",
}
"""The analytes of each term, by their keys in terms/data/labs.tsv; glucose and calcium as they were taken."""
ALSO = {
    ("Anemia", "g/dL"): "3:a transfusion is indicated",
    ("Anemia", "mmol/L"): "3:a transfusion is indicated",
    ("Thrombocytopenia", "10^9/L"): "3:a transfusion is indicated",
}

_VARIANT = re.compile(r"(.+) \((Ionized|Fasting)\)")
_UNITS = {
    "g/dL": re.compile(r"\bgm?/d[lL]", re.IGNORECASE),
    "mg/dL": re.compile(r"\bmg/dL", re.IGNORECASE),
    "g/L": re.compile(r"\d\s*g/L"),
    "mmol/L": re.compile(r"mmol/L", re.IGNORECASE),
    "mL/min": re.compile(r"ml/min", re.IGNORECASE),
    "10^9/L": re.compile(r"10[e^]9\s*/L|/mm3", re.IGNORECASE),
}
_FIRST = re.compile(
    r"(?P<op>[<>]=?)?\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<reference>ULN|LLN|normal|baseline))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\D*?(\d+)\s*-\s*<?(\d+)\b(?!\.)")
_DECREASE = re.compile(r"(?P<op><)?\s*(?P<percent>\d+)(?:\s*-\s*<\d+)?% decrease from baseline")
_INCREASE = re.compile(
    r"Increase in >(?P<number>\d+)(?: - \d+)? gm?/dl above ULN(?P<also> or above baseline)?", re.IGNORECASE
)
_CONDITIONS = {
    "normal": re.compile(r"if baseline was normal"),
    "abnormal": re.compile(r"if baseline was (?:abnormal|>ULN)"),
    "low": re.compile(r"if baseline is below LLN"),
    "anticoagulated": re.compile(r"if on anticoagulation"),
}


def alternatives(text: str, variant: str) -> list[str]:
    """Return the parts of a criterion that stand side by side, of one kind of sample where two are named."""
    parts = [part.strip() for part in re.split(r";| or (?=<?\d|absolute)", text)]
    if re.search(r"Ionized calcium", text):
        at = next(n for n, part in enumerate(parts) if "Ionized" in part)
        parts = parts[at : at + 1] if variant == "ionized" else parts[:at]
    return [part for part in parts if re.search(r"\d|ULN|LLN|normal\b|baseline", part, re.IGNORECASE)]


def number(text: str) -> str:
    """Return a number without needless digits."""
    return f"{float(text.replace(',', '')):g}"


def limit(part: str, direction: str) -> tuple[str, str]:
    """Return where a grade begins, in the table's notation, and the unit of its number, else nothing."""
    if found := _INCREASE.search(part):
        plus = "" if found["number"] == "0" else f"+{found['number']}"
        above = f"ULN{plus}"
        return (f"{above}?normal|BASE{plus}?abnormal" if found["also"] else above), "g/dL" if plus else ""
    if found := _DECREASE.search(part):
        condition = "?below" if "abnormal" in part else ""
        left = number(str(1 - float(found["percent"]) / 100)) if not found["op"] else ""
        return f"{'=' if left else ''}{left}BASE{condition}", ""
    if re.search(r">Baseline and ULN", part):
        return "ULN&BASE", ""
    found = _FIRST.search(part)
    if found is None:
        raise ValueError(f"not understood: {part}")
    condition = next((f"?{name}" for name, words in _CONDITIONS.items() if words.search(part)), "")
    side = "LLN" if direction == "L" else "ULN"
    if found["reference"]:
        return {"uln": "ULN", "lln": "LLN", "normal": side}.get(
            found["reference"].lower(), "BASE"
        ) + condition, ""
    of = re.search(
        r"\d\s*(?:x\s*)?(?:times above\s+)?(ULN|LLN|baseline)\b", part[found.end() - 1 :], re.IGNORECASE
    )
    reference = {"uln": "ULN", "lln": "LLN"}.get(of[1].lower(), "BASE") if of else ""
    if not reference and condition == "?low":
        reference = "BASE"
    told = number(found["number"])
    if reference:
        bare = "=" if not found["op"] else ""
        return f"{bare}{'' if told == '1' else told}{reference}{condition}", ""
    unit = next((name for name, words in _UNITS.items() if words.search(part)), "")
    if "/mm3" in part:
        told = number(str(float(told) / 1000))
    between = _RANGE.search(part)
    if not found["op"] and between and direction == "L":
        # Whole numbers from LOW to HIGH: what is below the next one.
        return number(str(float(between[2]) + (0 if f"<{between[2]}" in part else 1))), unit
    inclusive = "=" if not found["op"] and re.search(r"\d\s*\S*\s+-\s", part) else ""
    return f"{inclusive}{told}{condition}", unit


def begun(record: dict[str, str], variant: str) -> list[tuple[int, str, str]]:
    """Return each limit of a term at which a grade begins: the grade, the limit, and the unit of its number."""
    told = []
    for grade in GRADES:
        text = record.get(f"GRADE_{grade}", "").strip()
        if grade <= MILD and not variant and "Fasting" in text:
            continue
        parts = alternatives(text, variant)
        told += [(grade, *limit(part, record["DIRECTION"])) for part in parts]
        lowest = re.match(r"(\d+) - \d+ ml/min", parts[0]) if parts else None
        if lowest and record.get(f"GRADE_{grade + 1}", "-").strip() == "-":
            told.append((NONE, lowest[1], "mL/min"))
    return told


def bounds(told: list[tuple[int, str, str]], unit: str) -> str:
    """Return the limits of one unit in the table's notation, from mild to severe."""
    steps: dict[str, list[int]] = {}
    for grade in (*GRADES, NONE):
        alone: dict[str, list[str]] = {}
        for begins, where, given in told:
            if begins == grade and given in ("", unit):
                kind = re.sub(r"[=\d.]+(?=[A-Z?]|$)", "", where)
                group = alone.setdefault(kind, [])
                if where not in group:
                    group.append(where)
        for n in range(max(map(len, alone.values()), default=0)):
            step = "|".join(group[n] for group in alone.values() if n < len(group))
            steps.setdefault(step, []).append(grade)
    said = {grade: "-" if grade == NONE else str(grade) for grade in (*GRADES, NONE)}
    return " ".join(f"{where}:{'/'.join(said[grade] for grade in grades)}" for where, grades in steps.items())


def clinical(record: dict[str, str], variant: str) -> str:
    """Return the grades that no number decides."""
    texts = {grade: record.get(f"GRADE_{grade}", "").strip() for grade in GRADES}
    return ",".join(
        str(g) for g, text in texts.items() if text not in ("", "-") and not alternatives(text, variant)
    )


def rows(record: dict[str, str]) -> list[dict[str, str]]:
    """Return the rows of one term: one for each kind of unit in which its numbers stand."""
    named = _VARIANT.fullmatch(record["TERM"])
    term, variant = (named[1], named[2].lower()) if named else (record["TERM"], "")
    told = begun(record, variant)
    units = list(dict.fromkeys(unit for _, _, unit in told if unit))
    if "g/dL" in units and "g/L" in units:
        units.remove("g/L")
    return [
        {
            "term": term,
            "variant": variant,
            "analytes": ANALYTES[record["TERM"]],
            "direction": "low" if record["DIRECTION"] == "L" else "high",
            "unit": unit or "-",
            "bounds": bounds(told, unit),
            "clinical": clinical(record, variant),
            "also": ALSO.get((term, unit), ""),
        }
        for unit in (units or [""])
    ]


def main(directory: Path) -> None:
    """Write the table anew; rows that several editions share are written once."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for edition in EDITIONS:
        text = (directory / f"ncictcaev{edition}.json").read_text(encoding="utf-8")
        for record in json.loads(text):
            for row in rows(record):
                key = tuple(row[name] for name in COLUMNS if name != "editions")
                shared.setdefault(key, []).append(str(edition))
    with TABLE.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER)
        table = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        table.writerow(COLUMNS)
        for key, editions in sorted(shared.items(), key=lambda one: (one[0][:2], one[1], one[0])):
            table.writerow([key[0], key[1], ",".join(editions), *key[2:]])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/build_ctcae.py DIRECTORY")
    main(Path(sys.argv[1]))
