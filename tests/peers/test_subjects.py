"""Lesions, responses and times of 306 subjects as four readers saw them, against admiral (peers/recist/expected)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from caseboard.assess.response.tables import TimepointRules, timepoints
from caseboard.assess.response.tables.parameters import response_parameters
from caseboard.assess.response.tables.time_to_event import time_to_event
from caseboard.formats.sdtm import ACCEPTED, read_sdtm

READERS = {"INV": "INVESTIGATOR", "RAD1": "RADIOLOGIST 1", "RAD2": "RADIOLOGIST 2", "IRC_ACPT": ACCEPTED}
SETS = [(kind, name) for kind in ("recist", "onco") for name in READERS]


@pytest.fixture(scope="module")
def folder(shared) -> Path:
    return shared / "peers" / "recist"


# Appendix III: a target back after complete response is progression at any size; the reference judges 4.95 mm, up from
# nothing, by the sum alone.
RETURNED = {("RADIOLOGIST 2", "01-701-1133", 4.0)}


@pytest.mark.parametrize("by_sum", [True, False])
def test_time_points_from_lesions_are_those_of_the_reference(folder, by_sum):
    gold = pl.read_csv(folder / "expected" / "gold_lesion_recist.csv")
    compared, different = 0, set()
    for reader in ("INVESTIGATOR", "RADIOLOGIST 1", "RADIOLOGIST 2"):
        lesions = read_sdtm(folder / "sdtm", reader, suffix="_onco_recist").lesions
        found = timepoints(lesions, TimepointRules(return_is_progression=not by_sum))
        assert found.unused == ()
        told = gold.filter(pl.col("reader") == reader.replace("INVESTIGATOR", "INV"))
        both = found.frame.with_columns(pl.col("visit").cast(pl.Float64)).join(
            told,
            left_on=("subject", "visit"),
            right_on=("subject", "visitnum"),
            how="full",
            suffix="_told",
            coalesce=True,
        )
        compared += both.height
        for row in both.rows(named=True):
            assert row["sum_mm"] == pytest.approx(row["sum"], abs=0.01)
            assert row["baseline_mm"] == pytest.approx(row["base"], abs=0.01)
            assert row["nadir_mm"] == pytest.approx(row["nadir"], abs=0.01)
            words = [(row[name], row[f"{name}_told"]) for name in ("target", "nontarget", "overall")]
            if any(ours != theirs for ours, theirs in words):
                different.add((reader, row["subject"], row["visit"]))
    assert compared == 66
    assert different == (set() if by_sum else RETURNED)


@pytest.fixture(scope="module")
def study(folder):
    read = {}

    def of(kind: str, name: str):
        if (kind, name) not in read:
            suffix = "_onco_recist" if kind == "recist" else "_onco"
            read[kind, name] = read_sdtm(folder / "sdtm", READERS[name], suffix=suffix)
        return read[kind, name]

    return of


@pytest.mark.parametrize(("kind", "name"), SETS)
def test_response_parameters_of_306_subjects_are_the_peers(folder, study, kind, name):
    data = study(kind, name)
    found = response_parameters(data.responses, subjects=data.subjects["subject"])
    told = pl.read_csv(folder / "expected" / f"subject_{kind}_{name}_adrs.csv", infer_schema=False).sort(
        "USUBJID"
    )
    assert told.height == 306
    for parameter in ("BOR", "CBOR", "RSP", "CRSP", "CB", "CCB", "PD", "LSTA"):
        ours = found.filter(pl.col("parameter") == parameter).select("subject", "value", "date").rows()
        theirs = told.select("USUBJID", f"{parameter}_AVALC", f"{parameter}_ADT").rows()
        if parameter == "LSTA":
            theirs = [row for row in theirs if row[1] is not None]
        assert ours == theirs, parameter


@pytest.mark.parametrize(("kind", "name"), [one for one in SETS if one[0] == "recist" or one[1] == "INV"])
def test_times_to_event_are_the_peers(folder, study, kind, name):
    data = study(kind, name)
    found = time_to_event(data.responses, data.subjects).filter(pl.col("parameter") != "TTR")
    told = pl.read_csv(folder / "expected" / f"adtte_{kind}_{name}_adrs.csv", try_parse_dates=True)
    theirs = told.sort("USUBJID", "PARAMCD").select(
        "USUBJID", "PARAMCD", pl.col("STARTDT", "ADT").dt.to_string(), "AVAL", "CNSR"
    )
    assert found.select("subject", "parameter", "start", "date", "days", "censored").rows() == theirs.rows()
    events = dict(
        told.filter(pl.col("CNSR") == 0).select(pl.concat_str("USUBJID", "PARAMCD"), "EVNTDESC").rows()
    )
    words = {"progression": "Disease Progression", "death": "Death"}
    ours = found.filter(pl.col("censored") == 0).select(pl.concat_str("subject", "parameter"), "why").rows()
    assert {key: words[why] for key, why in ours} == events
