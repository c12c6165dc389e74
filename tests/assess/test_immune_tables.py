"""iRECIST for tables of many patients: time points (Seymour 2017, table 2) and best overall response (table 3)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from caseboard.assess.response.tables import BestRules, immune_best_responses, immune_timepoints
from caseboard.assess.response.tables.immune_best import confirmed_without_unconfirmed, settled
from caseboard.formats.response_columns import lesion_rows
from caseboard.formats.tabular import read_table

START = date(2020, 1, 1)
EIGHT_WEEKS = 56

# Table 3: what each of five time points may be, and the best response that follows. A dash: anything.
ANY = "iCR iPR iSD iUPD iCPD NE"
TABLE_3 = [
    (["iCR", "iCR iPR iUPD NE", "iCR iPR iUPD NE", "iUPD", "iCPD"], "iCR"),
    (["iUPD", "iPR iSD NE", "iCR", "iCR iUPD NE", ANY], "iCR"),
    (["iUPD", "iPR", "iPR iSD iUPD NE", "iPR iSD iUPD NE iCPD", "iPR iSD iUPD NE iCPD"], "iPR"),
    (["iUPD", "iSD NE", "iPR", "iPR iSD iUPD NE", "iPR iSD iUPD iCPD NE"], "iPR"),
    (["iUPD", "iSD", "iSD iUPD NE", "iSD iUPD iCPD NE", "iSD iUPD iCPD NE"], "iSD"),
    (["iUPD", "iCPD", ANY, ANY, ANY], "iCPD"),
    (["iUPD", "iUPD", "iCPD", ANY, ANY], "iCPD"),
    (["iUPD", "NE", "NE", "NE", "NE"], "iUPD"),
]


def responses(words: dict[str, list[str]], every: int = EIGHT_WEEKS) -> pl.DataFrame:
    rows = []
    for subject, series in words.items():
        for number, word in enumerate(series, start=1):
            day = START + timedelta(days=every * number)
            rows.append((subject, float(number), day.isoformat(), day, day, word, START, START))
    names = ("subject", "number", "date", "first", "last", "response", "start_first", "start_last")
    types = (pl.String, pl.Float64, pl.String, pl.Date, pl.Date, pl.String, pl.Date, pl.Date)
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


@pytest.mark.parametrize(("series", "best"), TABLE_3)
def test_the_best_response_of_each_example_of_table_3(series, best):
    every = {
        " ".join(words): list(words) for words in product(*(alternatives.split() for alternatives in series))
    }
    found = immune_best_responses(responses(every))
    assert found.height == len(every)
    assert set(found["ibor"]) == {best}


def one(*words: str, every: int = EIGHT_WEEKS, rules: BestRules | None = None) -> dict:
    return immune_best_responses(responses({"A": list(words)}, every), rules).row(0, named=True)


def day(number: int) -> str:
    return (START + timedelta(days=EIGHT_WEEKS * number)).isoformat()


# Seymour 2017, statistical considerations: the date of progression is that of the iUPD which iCPD confirms; one that
# is followed by iSD, iPR or iCR is disregarded; one that is never followed up, or stays as it is, counts.
@pytest.mark.parametrize(
    ("words", "confirmed", "unconfirmed"),
    [
        (["iSD", "iUPD", "iUPD", "iCPD"], day(2), None),
        (["iUPD", "NE", "iCPD"], day(1), None),
        (["iSD", "iSD", "iUPD", "iPR", "iPR", "iUPD", "iCPD"], day(6), None),
        (["iUPD", "iCPD", "iSD", "iUPD"], day(1), None),
        (["iUPD", "iSD", "iSD"], None, None),
        (["iUPD", "NON-iCR/NON-iUPD"], None, None),
        (["iUPD", "iSD", "iUPD", "NE"], None, day(3)),
        (["iUPD", "iUPD", "iUPD"], None, day(1)),
        (["iPR", "iUPD"], None, day(2)),
    ],
)
def test_the_date_of_progression_is_that_of_the_unconfirmed_one(words, confirmed, unconfirmed):
    found = one(*words)
    assert (found["icpd_date"], found["iupd_date"]) == (confirmed, unconfirmed)


def test_the_best_response_that_is_progression_has_the_date_of_progression():
    assert (one("NE", "iUPD", "iCPD")["ibor"], one("NE", "iUPD", "iCPD")["ibor_date"]) == ("iCPD", day(2))
    assert (one("iUPD", "NE")["ibor"], one("iUPD", "NE")["ibor_date"]) == ("iUPD", day(1))


# RECIST 1.1, sections 4.6.1 and 4.6.3, which iRECIST keeps: responses seen again after four weeks; stable from day 42.
def test_confirmation_and_the_least_time_of_stable_disease_are_those_of_recist():
    assert one("iPR", "iUPD", "iPR")["icbor"] == "iSD"
    assert one("iPR", "NE", "iCR")["icbor"] == "iPR"
    assert one("iSD", every=41)["ibor"] == "NE"
    assert one("iSD", every=42)["ibor"] == "iSD"
    assert one("iPR", "iPR", rules=BestRules(confirm_days=57))["icbor"] == "iSD"


def test_confirmed_progression_without_an_unconfirmed_one_is_found():
    rows = responses({"A": ["iCPD"], "B": ["iUPD", "iCPD"], "C": ["iUPD", "iSD", "iCPD"], "D": ["iUPD"]})
    assert confirmed_without_unconfirmed(rows).rows() == [("A", day(1)), ("C", day(3))]
    assert immune_best_responses(rows)["icpd_date"].to_list() == [day(1), day(1), day(3), None]


def test_who_was_never_assessed_is_missing():
    found = immune_best_responses(responses({"A": ["iPR"]}), subjects=pl.Series(["A", "B"]))
    assert found.select("subject", "ibor", "icbor").rows() == [
        ("A", "iPR", "iSD"),
        ("B", "MISSING", "MISSING"),
    ]


def judged(tmp_path: Path, text: str, **more) -> list[dict]:
    path = tmp_path / "lesions.csv"
    path.write_text(f"subject,visit,date,lesion,kind,mm,state\n{text}", encoding="utf-8")
    lesions, unused = lesion_rows(read_table(str(path)))
    assert unused == ()
    return immune_timepoints(lesions, explain=True, **more).frame.rows(named=True)


# Scenario B of the FAQ, then table 2: 90 of 100 mm and a new lesion; 60 mm, the new one as it was; the new one grown
# from 12 to 20 mm; two weeks later to 26 mm, which is too soon; four weeks later still 26 mm, 6 mm above the iUPD.
SERIES = """S,0,2020-01-01,liver,TARGET,100,
S,1,2020-03-01,liver,TARGET,90,
S,1,2020-03-01,spleen,NEW,12,
S,2,2020-05-01,liver,TARGET,60,
S,2,2020-05-01,spleen,NEW,12,
S,3,2020-07-01,liver,TARGET,60,
S,3,2020-07-01,spleen,NEW,20,
S,4,2020-07-15,liver,TARGET,60,
S,4,2020-07-15,spleen,NEW,26,
S,5,2020-08-15,liver,TARGET,60,
S,5,2020-08-15,spleen,NEW,26,
"""


def test_a_series_of_lesions_is_judged_by_both_criteria(tmp_path):
    rows = judged(tmp_path, SERIES)
    assert [row["overall"] for row in rows] == ["iUPD", "iPR", "iUPD", "iUPD", "iCPD"]
    assert [row["recist"] for row in rows] == ["PD"] * 5
    assert "new lesions grew by 6 mm, but not certainly 28 days after the iUPD" in rows[3]["why"]
    assert rows[4]["why"].startswith("liver 60 mm; target PR: 60 mm from 100 mm at baseline")
    assert rows[4]["why"].endswith("new lesions grew by 6 mm; overall iCPD (Seymour 2017, table 2)")
    assert [row["overall"] for row in judged(tmp_path, SERIES, confirm_days=14)][3] == "iCPD"


def test_the_order_of_rows_does_not_matter(tmp_path):
    turned = "".join(reversed(SERIES.splitlines(keepends=True)))
    assert judged(tmp_path, turned) == judged(tmp_path, SERIES)


# Table 2: progression of a non-target lesion is confirmed by any further increase of it.
@pytest.mark.parametrize(
    ("state", "word"),
    [("UNEQUIVOCAL", "iUPD"), ("FURTHER INCREASE", "iCPD"), ("PRESENT", "iSD"), ("NOT ASSESSED", "NE")],
)
def test_a_non_target_lesion_confirms_by_a_further_increase(tmp_path, state, word):
    text = (
        "S,0,2020-01-01,liver,TARGET,100,\nS,0,2020-01-01,bone,NON-TARGET,,PRESENT\n"
        "S,1,2020-03-01,liver,TARGET,80,\nS,1,2020-03-01,bone,NON-TARGET,,UNEQUIVOCAL\n"
        f"S,2,2020-05-01,liver,TARGET,80,\nS,2,2020-05-01,bone,NON-TARGET,,{state}\n"
    )
    assert [row["overall"] for row in judged(tmp_path, text)] == ["iUPD", word]


# What is missing neither confirms nor resets: a new lesion that is not told of again is not gone.
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("", ["iUPD", "NE", "iCPD"]),
        ("S,2,2020-05-01,lung,NEW,,NOT ASSESSED\n", ["iUPD", "NE", "iCPD"]),
        ("S,2,2020-05-01,lung,NEW,,ABSENT\n", ["iUPD", "iSD", "iUPD"]),
        ("S,2,2020-05-01,lung,NEW,10,\n", ["iUPD", "iUPD", "iCPD"]),
    ],
)
def test_a_new_lesion_that_is_not_told_of_again_was_not_assessed(tmp_path, row, words):
    text = (
        "S,0,2020-01-01,liver,TARGET,100,\nS,1,2020-03-01,liver,TARGET,95,\nS,1,2020-03-01,lung,NEW,10,\n"
        f"S,2,2020-05-01,liver,TARGET,95,\n{row}S,3,2020-07-01,liver,TARGET,95,\nS,3,2020-07-01,lung,NEW,16,\n"
    )
    found = judged(tmp_path, text)
    assert [row["overall"] for row in found] == words
    if words[1] == "NE":
        assert "the iUPD is neither confirmed nor reset: not assessed lung" in found[1]["why"]


def test_an_equivocal_new_lesion_is_no_progression_until_it_is_sure(tmp_path):
    text = "S,0,2020-01-01,liver,TARGET,100,\nS,1,2020-03-01,liver,TARGET,95,\nS,1,2020-03-01,lung,NEW,,EQUIVOCAL\n"
    assert [row["overall"] for row in judged(tmp_path, text)] == ["iSD"]
    sure = f"{text}S,2,2020-05-01,liver,TARGET,95,\nS,2,2020-05-01,lung,NEW,,UNEQUIVOCAL\n"
    assert [row["overall"] for row in judged(tmp_path, sure)] == ["iUPD", "iUPD"]


def test_a_month_without_a_day_confirms_only_if_it_is_late_enough_for_certain(tmp_path):
    text = "S,0,2020-01-01,a,TARGET,100,\nS,1,2020-03-10,a,TARGET,125,\nS,2,{},a,TARGET,135,\n"
    assert [row["overall"] for row in judged(tmp_path, text.format("2020-04"))] == ["iUPD", "iUPD"]
    assert [row["overall"] for row in judged(tmp_path, text.format("2020-05"))] == ["iUPD", "iCPD"]


# What came of each iUPD: one that is reset is no progression; the one that is confirmed, or never resolved, is.
@pytest.mark.parametrize(
    ("words", "plain"),
    [
        (["iUPD", "iSD", "iUPD", "iCPD"], ["NON-CR/NON-PD", "SD", "PD", "PD"]),
        (["iPR", "iUPD", "NE"], ["PR", "PD", "NE"]),
        (["iUPD", "iCR"], ["NON-CR/NON-PD", "CR"]),
    ],
)
def test_times_to_event_count_from_the_progression_that_stands(words, plain):
    assert settled(responses({"A": words}))["response"].to_list() == plain
