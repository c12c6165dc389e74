"""The cases of admiral's derive_var_atoxgr_dir and derive_var_atoxgr for CTCAE v4.03, v5.0 and v6.0.

All rows are equal but those of ``DIFFERENCES``, each with its reason, which docs/toxicity.md gives too. The peer
takes the worst case where symptoms or anticoagulation decide.
"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from caseboard.assess.ctcae.criteria import criteria_of_term
from caseboard.assess.ctcae.grading import INPUT, grade_labs
from caseboard.assess.ctcae.report import graded_table
from caseboard.terms.vocabulary import fold

FOLDER = ("peers", "recist", "fixtures", "admiral_atoxgr")

CONVERTED = "the unit is one that the peer does not convert"
AT_THE_LIMIT = "v4.03 to v6.0, Hypertriglyceridemia grade 1: 150 mg/dL (1.71 mmol/L) itself is in the range"
RAISED_BEFORE = (
    "v5.0, abnormal baseline: above normal and below the first multiple there is no grade, and 0 is wrong"
)
GGT_AT_TWO = "v5.0, GGT increased grade 1: 2.0 times an abnormal baseline itself is in the range, as for ALP"

# The file, the rows' TESTNUM, what the peer says, what we say, and why.
DIFFERENCES = {
    ("019a", 8): (None, 4, CONVERTED),
    ("020a", 8): (None, 4, CONVERTED),
    ("020c", 8): (None, 4, CONVERTED),
    ("027", 25): (None, 0, CONVERTED),
    ("028a", 25): (None, 0, CONVERTED),
    ("028b", 25): (None, 0, CONVERTED),
    ("063a", 10): (0, 1, AT_THE_LIMIT),
    ("063b", 10): (0, 1, AT_THE_LIMIT),
    ("064a", 10): (0, 1, AT_THE_LIMIT),
    ("064b", 10): (0, 1, AT_THE_LIMIT),
    ("064c", 10): (0, 1, AT_THE_LIMIT),
    ("064d", 10): (0, 1, AT_THE_LIMIT),
    ("012a", 22): (0, None, RAISED_BEFORE),
    ("014a", 22): (0, None, RAISED_BEFORE),
    ("016a", 22): (0, None, RAISED_BEFORE),
    ("018a", 10): (0, None, RAISED_BEFORE),
    ("030a", 22): (0, 1, GGT_AT_TWO),
}


def cases(folder: Path):
    """Yield file, parameters and expected rows of every value case that is of CTCAE."""
    for path in sorted(folder.glob("derive_var_atoxgr_dir__*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            named = case["parameters"]["meta_criteria"]
            criteria = named.get("criteria", "") if isinstance(named, dict) else ""
            if case["kind"] == "value" and criteria.startswith("ctcv"):
                yield path.stem.rpartition("__")[2], int(criteria[4]), case


def asked(row: dict, parameters: dict) -> dict:
    """Return a row of the peer under our names; its percent change is told as the baseline that it is from."""
    high = parameters.get("high_indicator") or parameters.get("abnormal_indicator")
    value, baseline, before = row.get("AVAL"), row.get("BASE"), row.get("BNRIND")
    if value is not None and row.get("PCHG") is not None:
        baseline = value / (1 + row["PCHG"] / 100)
    if before is not None:
        before = "HIGH" if before == high else "LOW" if before == "LOW" else "NORMAL"
    return {
        "term": row.get("ATOXDSCL") or row.get("ATOXDSCH"),
        "value": value,
        "unit": row.get("AVALU"),
        "lln": row.get("ANRLO"),
        "uln": row.get("ANRHI"),
        "baseline": baseline,
        "before": before,
    }


@pytest.mark.parametrize("edition", [4, 5, 6])
def test_every_grade_of_the_peer_but_for_differences_on_purpose(shared, edition):
    compared, differ, files = 0, {}, set()
    for file, of, case in cases(shared.joinpath(*FOLDER)):
        if of != edition:
            continue
        files.add(file)
        expected = case["expected"]["table"]["rows"]
        rows = [{"row": n, **asked(row, case["parameters"])} for n, row in enumerate(expected)]
        given = pl.DataFrame(rows, schema=INPUT)
        got = grade_labs(given, edition)["worst"].to_list()
        for row, ours in zip(expected, got, strict=True):
            theirs = row.get("ATOXGRL", row.get("ATOXGRH"))
            compared += 1
            if ours != (None if theirs is None else int(theirs)):
                differ[file, row["TESTNUM"]] = (None if theirs is None else int(theirs), ours)
    assert compared == {4: 1300, 5: 1157, 6: 1116}[edition]
    assert differ == {key: told[:2] for key, told in DIFFERENCES.items() if key[0] in files}


def test_the_differences_are_in_the_documentation(request):
    page = (request.config.rootpath / "docs" / "toxicity.md").read_text(encoding="utf-8")
    for _, _, why in DIFFERENCES.values():
        assert why in " ".join(page.split())


def test_the_direction_that_counts_is_the_peers(shared):
    """derive_var_atoxgr 001 to 004: the low grade has a minus sign there; empty where a direction is open."""
    compared = 0
    for path in sorted(shared.joinpath(*FOLDER).glob("derive_var_atoxgr__*.json")):
        (case,) = json.loads(path.read_text(encoding="utf-8"))["cases"]
        for row in case["expected"]["table"]["rows"]:
            if not (row["ATOXDSCL"] and row["ATOXDSCH"]):
                continue
            compared += 1
            found = _glucose(row["ATOXGRL"], row["ATOXGRH"])
            want = row["ATOXGR"]
            assert found["grade"] == (abs(int(want)) if want else None if want is None else 0), row
            if want and int(want):
                assert found["direction"] == ("low" if int(want) < 0 else "high")
    assert compared == 8


# Fasting glucose by v6.0, in mmol/L; LLN 4.0 and ULN 5.6. A limit that is not given leaves its direction open.
_BY_GRADE = {"low": {"1": 3.5, "3": 2.0}, "high": {"1": 7.0, "4": 28.0}}


def _glucose(low: str | None, high: str | None) -> dict:
    value = _BY_GRADE["low"].get(low or "") or _BY_GRADE["high"].get(high or "") or 5.0
    row = {
        "row": 0,
        "subject": "1",
        "date": None,
        "term": None,
        "analyte": "fasting glucose",
        "given": str(value),
        "value": value,
        "unit": "mmol/L",
        "lln": None if low is None else 4.0,
        "uln": None if high is None else 5.6,
        "baseline": None,
        "before": None,
        "reason": None,
    }
    strings = ("subject", "date", "term", "analyte", "given", "unit", "before", "reason")
    schema = {name: pl.String if name in strings else pl.Float64 for name in row} | {"row": pl.UInt32}
    return graded_table(pl.DataFrame([row], schema=schema), 6).row(0, named=True)


def test_every_term_of_the_release_is_in_the_table(shared):
    for edition in (4, 5, 6):
        path = shared / "data" / "ctcae" / "lab_grading" / f"ncictcaev{edition}.json"
        for record in json.loads(path.read_text(encoding="utf-8")):
            found = criteria_of_term(record["TERM"], edition)
            assert found, record["TERM"]
            assert {row.direction for row in found} == {"low" if record["DIRECTION"] == "L" else "high"}
            assert fold(found[0].name) == fold(record["TERM"])


def test_the_table_is_what_the_builder_makes_of_the_release(shared, monkeypatch, tmp_path, request):
    root = request.config.rootpath
    monkeypatch.syspath_prepend(str(root / "tools"))
    import build_ctcae  # noqa: PLC0415 - a tool, no part of the package

    kept = build_ctcae.TABLE.read_text(encoding="utf-8")
    monkeypatch.setattr(build_ctcae, "TABLE", tmp_path / "ctcae_bounds.tsv")
    build_ctcae.main(shared / "data" / "ctcae" / "lab_grading")
    assert (tmp_path / "ctcae_bounds.tsv").read_text(encoding="utf-8") == kept
