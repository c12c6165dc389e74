"""`caseboard grade`: every row comes back, and what is wrong is named with its line."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest

from caseboard.__main__ import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEADER = "subject,date,analyte,value,unit,lln,uln,baseline\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("labs.csv").write_text((EXAMPLES / "labs.csv").read_text(encoding="utf-8"), encoding="utf-8")


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["grade", *words])
    output = capsys.readouterr()
    return code, output.out, output.err


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def table(body: str, header: str = HEADER) -> None:
    Path("labs.csv").write_text(header + body, encoding="utf-8")


# By hand, v6.0: 13.4 g/dL is normal; 6.0 mmol/L is below 6.2, 78 g/L below 80; neutrophils 0.4 are below 0.5, 1,600 are
# not below 1,500; platelets 18 are not below 10; ALT 150 is above 3 x 40; 96 and 130 are at and above a baseline of 96,
# which is above 40; low lymphocytes have no number; sodium 127 is 2 or 3; potassium 5.8 above 5.5; calcium 12.0 above
# 11.5; creatinine 110 above 105; lipase 250 above 3 x 60, so 2 or 3.
GRADES = ["0", "2", "3", "3", "0", "3", "2", "1", "1", "", "3", "2", "2", "1", "3", "", ""]
# v5.0: neutrophils 0.4 are below 0.5, 1,600 below normal; platelets 18 below 25; 96 and 130 are less than 1.5 x 96;
# lymphocytes 0.3 are below 0.5; creatinine 110 is above 1.5 x 70.
GRADES_V5 = ["0", "2", "3", "4", "1", "4", "2", "", "", "3", "3", "2", "2", "2", "3", "", ""]


def test_the_example_by_hand(capsys):
    code, out, err = run(capsys, "labs.csv", "--ctcae", "6", "--beside", "5")
    assert code == 0
    assert [row["grade"] for row in rows(out)] == GRADES
    assert [row["grade_v5"] for row in rows(out)] == GRADES_V5
    assert "3 of 17 values have no grade" in err
    assert "2 grades hang on symptoms" in err
    differences = [row["difference"] for row in rows(out)]
    assert differences[3] == "grade 3 in v6.0, 4 in v5.0"
    assert differences[9] == "none in v6.0, grade 3 in v5.0"


def test_the_columns_that_are_promised(capsys):
    _, out, _ = run(capsys, "labs.csv")
    assert out.splitlines()[0] == (
        "subject,date,analyte,value,unit,lln,uln,baseline,term,direction,grade,lowest,highest,rule,why"
    )
    assert rows(out)[1]["rule"] == "CTCAE v6.0, Anemia: below 6.2 mmol/L"


@pytest.mark.parametrize(("which", "sodium"), [("worst", "3"), ("least", "2"), ("none", "")])
def test_where_symptoms_decide_the_option_says_which_is_given(capsys, which, sodium):
    _, out, _ = run(capsys, "labs.csv", "--undecided", which)
    found = rows(out)[10]
    assert (found["grade"], found["lowest"], found["highest"]) == (sodium, "2", "3")


def test_the_worst_grade_of_each_subject_and_term(capsys):
    code, out, _ = run(capsys, "labs.csv", "--worst", "--ctcae", "v5.0")
    assert code == 0
    found = {(row["subject"], row["term"]): row for row in rows(out)}
    assert found["01", "Anemia"] == {
        "subject": "01",
        "term": "Anemia",
        "grade": "3",
        "date": "2026-02-23",
        "values": "3",
        "ungraded": "0",
    }
    assert found["02", "Alanine aminotransferase increased"]["ungraded"] == "3"


def test_every_row_comes_back_and_broken_ones_are_named_with_their_line(capsys):
    table(
        "1,2026-01-01,Hb,7.9,g/dL,12,16,\n"
        "1,2026-01-02,Hb,pending,g/dL,12,16,\n"
        '1,2026-13-02,"Hb",7.9,g/dL,12,16,\n'
        ",2026-01-03,Hb,7.9,g/dL,12,16,\n"
        "1,2026-01-04,ANC,<0.1,10^9/L,2,7,\n"
        "1,2026-01-05,Hb,7.9,g/dL,16,12,\n"
        "1,2026-01-06,Hb,-1,g/dL,12,16,\n"
        "1,2026-01-07,,7.9,g/dL,12,16,\n"
        "1,2026-01-08,Hb,,g/dL,12,16,\n"
        "1,,Hb,7.9,g/dL,12,16,\n"
    )
    code, out, err = run(capsys, "labs.csv")
    assert code == 1
    found = rows(out)
    assert [row["grade"] for row in found] == ["3", *[""] * 8, "3"]
    assert all(row["why"] for row in found[1:9])
    named = [line for line in err.splitlines() if "line" in line]
    assert [line.split(": ", 2)[1] for line in named] == [f"labs.csv, line {n}" for n in range(3, 10)]
    assert "'pending' is no number" in named[0]
    assert "'2026-13-02' is no date" in named[1]
    assert "'<0.1' is a bound" in named[3]
    assert "above the upper limit" in named[4]
    assert found[8]["why"] == "no value is given"


def test_rows_with_too_many_fields_are_named(capsys):
    table("1,2026-01-01,Hb,7.9,g/dL,12,16,,,extra\n1,2026-01-01,Hb,7.9,g/dL,12,16,\n")
    code, out, err = run(capsys, "labs.csv")
    assert (code, len(rows(out))) == (1, 1)
    assert "line 2: 10 fields" in err


def test_the_columns_of_sdtm_are_read(capsys):
    table(
        "S1,HGB,79,g/L,120,160,2026-01-01\nS1,NEUT,0.4,10^9/L,2,7,2026-01-01\nS1,K,5.6,mmol/L,3.5,5,2026-01-01\n",
        "USUBJID,LBTESTCD,LBSTRESN,LBSTRESU,LBSTNRLO,LBSTNRHI,LBDTC\n",
    )
    code, out, _ = run(capsys, "labs.csv")
    assert code == 0
    assert [(row["term"], row["grade"]) for row in rows(out)] == [
        ("Anemia", "3"),
        ("Neutrophil count decreased", "3"),
        ("Hyperkalemia", "2"),
    ]


def test_terms_are_read_in_either_column_and_by_usual_words(capsys):
    table("1,,Anemia,7.9,g/dL,12,16,\n1,,neutropenia,0.4,10^9/L,2,7,\n1,,Hypokalemia,3.2,mmol/L,3.5,5,\n")
    _, out, _ = run(capsys, "labs.csv")
    assert [(row["term"], row["grade"]) for row in rows(out)] == [
        ("Anemia", "3"),
        ("Neutrophil count decreased", "3"),
        ("Hypokalemia", "2"),
    ]
    table("1,Anemia,7.9,g/dL,12\n1,potassium,7.9,mmol/L,3.5\n", "subject,term,value,unit,lln\n")
    _, out, _ = run(capsys, "labs.csv")
    assert [row["grade"] for row in rows(out)] == ["3", "4"]


def test_a_percent_change_stands_for_a_baseline(capsys):
    # Fibrinogen, v4.03: a fall by 50 % to below 75 % is grade 3.
    table("1,fibrinogen,2,g/L,,-50\n1,fibrinogen,2,g/L,,-100\n", "subject,analyte,value,unit,baseline,pchg\n")
    code, out, err = run(capsys, "labs.csv", "--ctcae", "4")
    assert (code, [row["grade"] for row in rows(out)]) == (1, ["3", ""])
    assert "'-100' is no percentage" in err


def test_gzip_and_parquet_go_in_and_come_out(capsys):
    _, plain, _ = run(capsys, "labs.csv")
    Path("labs.csv.gz").write_bytes(gzip.compress(Path("labs.csv").read_bytes()))
    assert run(capsys, "labs.csv.gz", "-o", "out.csv.gz")[0] == 0
    assert gzip.decompress(Path("out.csv.gz").read_bytes()).decode() == plain
    pl.read_csv("labs.csv").write_parquet("labs.parquet")
    assert run(capsys, "labs.parquet", "-o", "out.parquet")[0] == 0
    assert pl.read_parquet("out.parquet")["grade"].to_list() == [int(one) if one else None for one in GRADES]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("labs.csv", "--ctcae", "7"), "--ctcae 7: the editions are 4 (v4.03), 5 and 6"),
        (("labs.csv", "--beside", "6"), "name another edition"),
        (("labs.csv", "--beside", "5", "--worst"), "one of the two"),
        (("labs.csv", "--undecided", "maybe"), "it can be worst, least, none"),
        (("labs.csv", "-o", "out.xlsx"), "the endings are"),
        (("labs.csv", "-o", "labs.csv"), "is what is read"),
    ],
)
def test_wrong_usage_is_one_line_and_writes_nothing(capsys, words, said):
    before = sorted(Path().iterdir())
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("subject,date,value\n1,2026-01-01,7\n", "no column ANALYTE or TERM"),
        ("subject,analyte\n1,Hb\n", "no column VALUE"),
        ("analyte,value\nHb,7\n", "no column SUBJECT"),
    ],
)
def test_a_missing_column_is_named(capsys, header, said):
    Path("labs.csv").write_text(header, encoding="utf-8")
    code, out, err = run(capsys, "labs.csv", "-o", "out.csv")
    assert (code, out) == (1, "")
    assert said in err
    assert not Path("out.csv").exists()


def test_a_table_without_rows_gives_one_without_rows(capsys):
    table("")
    code, out, err = run(capsys, "labs.csv")
    assert (code, len(out.splitlines()), err) == (0, 1, "caseboard: note: labs.csv has no rows\n")


def test_ten_thousand_names_and_units_that_are_none_take_no_time(capsys):
    table("".join(f"1,,analyte{n},7,unit{n},1,2,\n1,,Hb,7,g/dL{n},1,2,\n" for n in range(3000)))
    code, out, _ = run(capsys, "labs.csv")
    assert code == 0
    assert len(rows(out)) == 6000
