"""The cases of admiral's derive_param_tte that speak of overall and progression-free survival and of response.

The peer counts hours where it is given them; the day is compared.
"""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from caseboard.assess.response.tables.time_to_event import time_to_event

CASES = {"derive_param_tte__001": "OS", "derive_param_tte__002": "PFS", "derive_param_tte__003": "RSD"}
WHY = {
    "DEATH": "death",
    "PD": "progression",
    "LAST KNOWN ALIVE DATE": "alive",
    "LAST TUMOR ASSESSMENT": "last assessment",
    "TREATMENT START": "no assessment",
}


def day(row: dict, *names: str) -> date | None:
    text = next((row[name] for name in names if row.get(name)), None)
    return date.fromisoformat(text[:10]) if text else None


@pytest.mark.parametrize(("name", "parameter"), CASES.items())
def test_the_peers_times_to_event(shared, name, parameter):
    path = shared / "peers" / "recist" / "fixtures" / "admiral_generic" / f"{name}.json"
    (case,) = json.loads(path.read_text(encoding="utf-8"))["cases"]
    begin = ("TRTSDT", "TRTSDTM", "RSPDT")
    subjects = [
        {"subject": row["USUBJID"]}
        | {f"start_{end}": day(row, *begin) for end in ("first", "last")}
        | {f"death_{end}": day(row, "DTHDT") for end in ("first", "last")}
        | {f"alive_{end}": day(row, "LSTALVDT") for end in ("first", "last")}
        | {f"therapy_{end}": None for end in ("first", "last")}
        for row in case["inputs"]["dataset_adsl"]["rows"]
    ]
    starts = {row["subject"]: row["start_first"] for row in subjects}
    responses = [
        (
            row["USUBJID"],
            row["ASEQ"],
            str(day(row, "ADT", "ADTM")),
            *[day(row, "ADT", "ADTM")] * 2,
            row["AVALC"],
        )
        for row in case["inputs"]["source_datasets"].get("adrs", {"rows": []})["rows"]
        if row["USUBJID"] in starts
    ]
    table = pl.DataFrame(
        [(*row, starts[row[0]], starts[row[0]]) for row in responses],
        schema={
            "subject": pl.String,
            "number": pl.Float64,
            "date": pl.String,
            "first": pl.Date,
            "last": pl.Date,
            "response": pl.String,
            "start_first": pl.Date,
            "start_last": pl.Date,
        },
        orient="row",
    )
    dates = {name: pl.Date for name in subjects[0] if name != "subject"}
    found = time_to_event(table, pl.DataFrame(subjects, schema_overrides=dates))
    ours = found.filter(pl.col("parameter") == parameter).select(
        "subject", "start", "date", "censored", "why"
    )
    told = [
        (
            row["USUBJID"],
            str(day(row, "STARTDT", "STARTDTM")),
            str(day(row, "ADT", "ADTM")),
            row["CNSR"],
            WHY[row["EVENTDESC"]],
        )
        for row in case["expected"]["table"]["rows"]
    ]
    assert ours.rows() == sorted(told)
