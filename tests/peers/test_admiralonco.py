"""The value cases of admiralonco's own tests (fixtures/admiralonco), with each deliberate difference named.

What the peer tests of itself alone (notices, arguments that it removed) is no question of response, and is left out.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from caseboard.assess.response.tables import BestRules, TimepointRules, best_responses, timepoints
from caseboard.assess.response.tables.parameters import (
    disease_after_complete_response,
    response_parameters,
    until,
)
from caseboard.formats.response_columns import lesion_rows, reference_dates
from caseboard.formats.sdtm import derived_responses
from caseboard.formats.tabular import read_table

# docs/response.md, "Where it differs from admiral on purpose": (file, subject) -> ours instead of the peer's.
DIFFERENCES = {
    # Section 4.4.2: a visit not done is not evaluable. The words have no ND.
    ("derive_param_confirmed_bor__002", "7"): ("NE", "2020-04-02"),
}
NOT_DONE = {"ND": "NE", "NA": "NE", None: "NE"}
WORDS = {"CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD"}
FUNCTIONS = {
    "derive_param_bor": "BOR",
    "derive_param_confirmed_bor": "CBOR",
    "derive_param_confirmed_resp": "CRSP",
    "derive_param_response": "RSP",
    "derive_param_clinbenefit": "CB",
}


@pytest.fixture(scope="module")
def fixtures(shared) -> Path:
    return shared / "peers" / "recist" / "fixtures" / "admiralonco"


def cases(folder: Path, function: str, kind: str = "value"):
    for path in sorted(folder.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            if (case["function"], case["kind"]) == (function, kind):
                yield path.stem, case


def table(rows: list[dict], starts: dict[str, str]) -> pl.DataFrame:
    """Return the rows of a fixture in the columns that the engine reads."""
    found = []
    for row in rows:
        if row.get("PARAMCD", "OVR") == "OVR":
            day, start = date.fromisoformat(row["ADT"]), starts.get(row["USUBJID"])
            begun = date.fromisoformat(start) if start else None
            word = row["AVALC"] if row["AVALC"] in WORDS else NOT_DONE[row["AVALC"]]
            found.append((row["USUBJID"], None, row["ADT"], day, day, word, begun, begun))
    names = ("subject", "number", "date", "first", "last", "response", "start_first", "start_last")
    types = (pl.String, pl.Float64, pl.String, pl.Date, pl.Date, pl.String, pl.Date, pl.Date)
    return pl.DataFrame(found, schema=dict(zip(names, types, strict=True)), orient="row")


def matches(row: dict, where: dict) -> bool:
    return all(row.get(one["column"]) == one["value"] for one in where["where"]["all"])


def progressions(case: dict) -> pl.DataFrame | None:
    """Return subject and end, the first progression of the source that a case names; None where it names none."""
    source = case["parameters"].get("source_pd")
    if not source:
        return None
    rows = case["inputs"]["source_datasets"][source["dataset_name"]]["rows"]
    column = source["date"]["column"]
    first: dict[str, date] = {}
    for row in rows:
        if (source["filter"] is None or matches(row, source["filter"])) and row[column]:
            day = date.fromisoformat(row[column])
            first[row["USUBJID"]] = min(day, first.get(row["USUBJID"], day))
    return pl.DataFrame(
        {"subject": list(first), "end": list(first.values())}, schema={"subject": pl.String, "end": pl.Date}
    )


def derived(case: dict) -> dict[str, tuple[str, str | None]]:
    """Return what we derive for a case: subject -> value and date."""
    asked, inputs = case["parameters"], case["inputs"]
    subjects = inputs["dataset_adsl"]["rows"]
    starts = {row["USUBJID"]: row.get("TRTSDT") for row in subjects}
    responses = table(inputs["dataset"]["rows"], starts)
    ends = progressions(case)
    if ends is not None:
        responses = until(responses, ends)
    if case["function"] == "derive_param_clinbenefit" and "NON-CR/NON-PD" not in asked["clinben_vals"]:
        responses = responses.filter(pl.col("response") != "NON-CR/NON-PD")
    rules = BestRules(
        confirm_days=asked.get("ref_confirm", 28),
        stable_days=asked.get("ref_start_window", 42),
        missed_between=asked.get("max_nr_ne", 0),
        stable_between=int(asked.get("accept_sd", False)),
        after_progression=ends is None,
        missing_as_ne=asked.get("missing_as_ne", False),
    )
    everybody = pl.Series([row["USUBJID"] for row in subjects], dtype=pl.String)
    found = response_parameters(responses, rules, subjects=everybody)
    rows = found.filter(pl.col("parameter") == FUNCTIONS[case["function"]])
    return {subject: (value, day) for subject, _, value, day in rows.rows()}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_cases_of_the_peer_have_the_peers_values(fixtures, function):
    compared = 0
    for name, case in cases(fixtures, function):
        code = case["parameters"]["set_values_to"]["PARAMCD"]
        rows = [row for row in case["expected"]["table"]["rows"] if row["PARAMCD"] == code]
        # A clinical-benefit case may hold other parameters of the same name; only those that were added count.
        expected = {row["USUBJID"]: (row["AVALC"], row.get("ADT")) for row in rows}
        for subject, value in expected.items():
            expected[subject] = DIFFERENCES.get((name, subject), value)
        assert derived(case) == expected, name
        compared += len(expected)
    assert compared >= 8


def test_rows_after_the_first_progression_are_those_that_the_peer_drops(fixtures):
    compared = 0
    for name, case in cases(fixtures, "filter_pd"):
        responses = until(table(case["inputs"]["dataset"]["rows"], {}), progressions(case))
        kept = sorted(responses.select("subject", "date").rows())
        assert kept == sorted((row["USUBJID"], row["ADT"]) for row in case["expected"]["table"]["rows"]), name
        compared += 1
    assert compared == 4


def test_a_complete_response_followed_by_a_partial_one_is_found_where_the_peer_finds_it(fixtures):
    (_, case), *_ = cases(fixtures, "signal_crpr")
    found = disease_after_complete_response(table(case["inputs"]["dataset"]["rows"], {}))
    told = [(row["USUBJID"], row["ADT"]) for row in case["expected"]["table"]["rows"]]
    assert [row for one in found.rows() for row in ((one[0], one[1]), (one[0], one[2]))] == told


@pytest.fixture(scope="module")
def simulated(shared) -> pl.DataFrame:
    folder = shared / "peers" / "recist" / "sim"
    rows = pl.read_csv(folder / "sim_10000_ovr.csv.gz", try_parse_dates=True)
    return rows.select(
        subject="USUBJID",
        number=pl.col("VISITNUM").cast(pl.Float64),
        date=pl.col("ADT").dt.to_string(),
        first="ADT",
        last="ADT",
        response=pl.col("AVALC").replace("ND", "NE"),
        start_first="RANDDT",
        start_last="RANDDT",
        done=pl.col("AVALC") != "ND",
    )


# A visit not done lies between two responses: the peer sees no confirmation across it, section 4.4.2 makes it an NE.
NOT_DONE_BETWEEN = {
    *("SIM-000877", "SIM-003109", "SIM-003191", "SIM-003955", "SIM-004027"),
    *("SIM-004601", "SIM-005510", "SIM-007028", "SIM-008750", "SIM-008844"),
}


def test_confirmed_best_response_of_10000_simulated_subjects_is_the_peers(shared, simulated):
    expected = pl.read_csv(shared / "peers" / "recist" / "sim" / "cbor_10000_event.csv").rows()
    found = best_responses(simulated).select("subject", "cbor", "cbor_date").rows()
    assert len(found) == len(expected) == 10_000
    different = {one[0] for one, told in zip(found, sorted(expected), strict=True) if one != told}
    assert different == NOT_DONE_BETWEEN
    not_done = simulated.filter(~pl.col("done"))["subject"]
    assert set(not_done) >= NOT_DONE_BETWEEN


@pytest.mark.parametrize("by_sum", [True, False])
def test_best_responses_from_the_lesions_of_10000_subjects_are_the_peers(shared, simulated, by_sum):
    # The generator writes ND over some responses whose lesions were measured all the same: there the inputs differ.
    folder = shared / "peers" / "recist" / "sim"
    lesions, unused = lesion_rows(read_table(str(folder / "sim_10000_lesions.csv.gz")))
    assert unused == ()
    points = timepoints(lesions, TimepointRules(return_is_progression=not by_sum)).frame
    starts, _ = reference_dates(read_table(str(folder / "sim_10000_adsl.csv")))
    found = best_responses(derived_responses(points, starts), subjects=starts["subject"])
    told = dict(
        pl.read_csv(folder / "cbor_10000_event.csv").select("USUBJID", pl.concat_list("AVALC", "ADT")).rows()
    )
    ours = {row[0]: list(row[1:]) for row in found.select("subject", "cbor", "cbor_date").rows()}
    not_done = set(simulated.filter(~pl.col("done"))["subject"])
    different = {subject for subject in ours if ours[subject] != told[subject]} - not_done
    assert len(ours) == 10_000
    assert len(not_done) < 400
    # Appendix III: CR on 2021-03-31, disease again on 2021-05-18: progression, which ends the search for a better one.
    assert different == (set() if by_sum else {"SIM-000122"})


def test_every_time_point_from_the_lesions_of_10000_subjects_is_the_peers(shared, simulated):
    path = shared / "peers" / "recist" / "sim" / "sim_10000_lesions.csv.gz"
    lesions, _ = lesion_rows(read_table(str(path)))
    points = timepoints(lesions, TimepointRules(return_is_progression=False)).frame
    both = points.select("subject", pl.col("visit").cast(pl.Float64), "overall").join(
        simulated.filter("done"), left_on=("subject", "visit"), right_on=("subject", "number"), how="inner"
    )
    assert both.height == simulated["done"].sum() == 79_695
    assert both.filter(pl.col("overall") != pl.col("response")).height == 0
