"""`caseboard response`: tables in, tables out, and nothing dropped in silence."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from caseboard.__main__ import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LESIONS = (EXAMPLES / "lesions.csv").read_text(encoding="utf-8")
RESPONSES = (EXAMPLES / "responses.csv").read_text(encoding="utf-8")
TIMEPOINT_COLUMNS = "subject,visit,date,sum_mm,baseline_mm,nadir_mm,change_pct,target,nontarget,new,overall"
BEST_COLUMNS = "subject,bor,bor_date,cbor,cbor_date,pd_date"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("lesions.csv").write_text(LESIONS, encoding="utf-8")
    Path("responses.csv").write_text(RESPONSES, encoding="utf-8")


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["response", *words])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_timepoints_have_the_columns_that_are_promised(capsys):
    code, out, err = run(capsys, "timepoints", "lesions.csv")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"{TIMEPOINT_COLUMNS},not_assessed"


# By hand: 40 + 20 + 18 = 78; 22 + 5 + 11 = 38; 18 + 0 + 9 = 27; 27 + 0 + 9 = 36, a third above 27. A-02 has a new
# lesion, equivocal first and sure later, which counts from its first sight.
def test_the_example_of_lesions_by_hand(capsys):
    _, out, _ = run(capsys, "timepoints", "lesions.csv")
    rows = [line.split(",") for line in out.splitlines()[1:]]
    assert [(row[0], row[1], row[3], row[-2]) for row in rows] == [
        ("A-01", "1", "38.0", "PR"),
        ("A-01", "2", "27.0", "PR"),
        ("A-01", "3", "36.0", "PD"),
        ("A-02", "1", "60.0", "PD"),
        ("A-02", "2", "58.0", "PD"),
    ]


# B-01: complete responses 61 days apart. B-02: stable on day 56. B-03: stable on day 19 only.
def test_the_example_of_responses_by_hand(capsys):
    code, out, err = run(capsys, "best", "responses.csv")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        BEST_COLUMNS,
        "B-01,CR,2020-07-02,CR,2020-07-02,",
        "B-02,SD,2020-03-28,SD,2020-03-28,2020-05",
        "B-03,NE,2020-03-20,NE,2020-03-20,",
    ]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (["--confirm-days", "62"], "B-01,CR,2020-07-02,PR,2020-03-10,"),
        (["--confirm-days", "62", "--max-ne", "0"], "B-01,CR,2020-07-02,SD,2020-03-10,"),
        (["--sd-days", "19"], "B-03,SD,2020-03-20,SD,2020-03-20,"),
        (["--sd-days", "57"], "B-02,PD,2020-05,PD,2020-05,2020-05"),
    ],
)
def test_the_protocol_may_ask_for_other_numbers(capsys, option, expected):
    assert expected in run(capsys, "best", "responses.csv", *option)[1].splitlines()


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "out.parquet"])
def test_what_is_written_is_read_again_in_each_format(capsys, name):
    _, plain, _ = run(capsys, "timepoints", "lesions.csv")
    assert run(capsys, "timepoints", "lesions.csv", "-o", name)[0] == 0
    frame = pl.read_parquet(name) if name.endswith("parquet") else pl.read_csv(name)
    assert frame.height == len(plain.splitlines()) - 1
    subjects = pl.DataFrame(
        {"USUBJID": ["A-01", "A-02", "A-03"], "RANDDT": ["2020-01-10", "2020-02-03", "2020-02-05"]}
    )
    subjects.write_csv("adsl.csv")
    code, out, _ = run(capsys, "best", name, "--subjects", "adsl.csv")
    assert code == 0
    assert [line.split(",")[1] for line in out.splitlines()[1:]] == ["PR", "PD", "MISSING"]


def test_gzip_parquet_and_other_separators_are_read_as_plain_csv_is(capsys):
    expected = run(capsys, "best", "responses.csv")
    Path("r.csv.gz").write_bytes(gzip.compress(RESPONSES.encode()))
    pl.read_csv("responses.csv", infer_schema=False).write_parquet("r.parquet")
    pl.read_csv("responses.csv", try_parse_dates=True).write_parquet("typed.parquet")
    Path("semicolon.csv").write_text(RESPONSES.replace(",", ";"), encoding="utf-8-sig")
    Path("windows.csv").write_bytes(RESPONSES.replace("\n", "\r\n").encode())
    for name in ("r.csv.gz", "r.parquet", "typed.parquet", "semicolon.csv", "windows.csv"):
        assert run(capsys, "best", name) == expected, name


def test_the_names_of_cdisc_are_read_too(capsys):
    header, *rows = RESPONSES.splitlines(keepends=True)
    Path("adrs.csv").write_text("USUBJID,RANDDT,VISITNUM,ADT,AVALC\n" + "".join(rows), encoding="utf-8")
    assert header
    assert run(capsys, "best", "adrs.csv") == run(capsys, "best", "responses.csv")


def test_the_order_of_rows_does_not_matter(capsys):
    for name, command in (("lesions.csv", "timepoints"), ("responses.csv", "best")):
        header, *rows = Path(name).read_text(encoding="utf-8").splitlines(keepends=True)
        Path("turned.csv").write_text(header + "".join(reversed(rows)), encoding="utf-8")
        assert run(capsys, command, "turned.csv") == run(capsys, command, name)


def test_responses_spelt_out_are_read_too(capsys):
    spelt = RESPONSES.replace(",PR\n", ",Partial Response\n").replace(",SD\n", ",stable disease\n")
    assert spelt != RESPONSES
    Path("spelt.csv").write_text(spelt, encoding="utf-8")
    assert run(capsys, "best", "spelt.csv") == run(capsys, "best", "responses.csv")


def test_blanks_around_a_cell_say_nothing(capsys):
    header, *rows = RESPONSES.splitlines()
    spaced = [",".join(f" {cell}\u00a0" for cell in row.split(",")) for row in rows]
    # Each cell also stands somewhere as it is.
    mixed = [one if place % 2 else other for place, (one, other) in enumerate(zip(rows, spaced, strict=True))]
    Path("mixed.csv").write_text("\n".join([header, *mixed, ""]), encoding="utf-8")
    assert run(capsys, "best", "mixed.csv") == run(capsys, "best", "responses.csv")


def test_subjects_with_a_baseline_alone_are_named(capsys):
    Path("more.csv").write_text(LESIONS + "Z-09,0,2020-02-03,liver 1,TARGET,,40,\n", encoding="utf-8")
    code, out, err = run(capsys, "timepoints", "more.csv")
    assert (code, out) == (0, run(capsys, "timepoints", "lesions.csv")[1])
    assert err == "caseboard: note: only one visit, which is the baseline, so no time point: Z-09\n"


BAD_RESPONSES = {
    "B-01,2020-01-15,9,2020-10-01,BETTER": "'BETTER' is no response of RECIST; CR, PR",
    "B-01,2020-01-15,9,2020-10-01,iCR": "'iCR' is no response of RECIST, but of iRECIST, which is asked for with "
    "--criteria irecist",
    "B-01,2020-01-15,9,2020-01-14,PR": "the assessment (2020-01-14) is before the start (2020-01-15)",
    "B-01,2020-01-15,9,2020-10-01,": "no response",
    "B-01,2020-01-15,9,2020-13-01,PR": "'2020-13-01' is no date",
    "B-01,2020-01-15,9,2021-02-29,PR": "'2021-02-29' is no date",
    "B-01,2020-01-15,9,1.10.2020,PR": "'1.10.2020' is no date",
    "B-01,2020-01-15,9,,PR": "nothing is no date",
    ",2020-01-15,9,2020-10-01,PR": "no subject",
    "B-01,,9,2020-10-01,PR": "the start date is missing",
    "B-01,2020-01-16,9,2020-10-01,PR": "another start date",
    "B-01,2020-01-15,4,2020-09-01,PR": "a second response of this subject, visit and date, which differs",
    "B-01,2020-01-15,9,2020-10-01,PR,more": "6 fields, but the header has 5",
    "B-01": "no response",
}


@pytest.mark.parametrize(("row", "reason"), BAD_RESPONSES.items())
def test_a_bad_row_is_named_with_its_line_and_the_others_are_used(capsys, row, reason):
    good = run(capsys, "best", "responses.csv")[1]
    # A blank line before it, and a quoted line end, must not shift the line that is told.
    Path("bad.csv").write_text(f'{RESPONSES}\n"B-01\n",2020-01-15,7,2020-09-20,CR\n{row}\n', encoding="utf-8")
    code, out, err = run(capsys, "best", "bad.csv")
    assert (code, out) == (1, good)
    assert err.count("\n") == 1
    assert err.startswith("caseboard: bad.csv, line 12: ")
    assert reason in err


BAD_LESIONS = {
    "A-01,4,2020-09-01,liver 1,MAIN,,4,": "'MAIN' is no kind of lesion",
    "A-01,4,2020-09-01,,TARGET,,4,": "no name of the lesion",
    "A-01,,2020-09-01,liver 1,TARGET,,4,": "no visit",
    "A-01,3,2020-07-01,liver 1,TARGET,,4,": "a second row of this subject, visit and lesion",
    "A-01,3,2020-07-01,spleen,TARGET,,40,": "was not of this kind at baseline",
}


@pytest.mark.parametrize(("row", "reason"), BAD_LESIONS.items())
def test_a_bad_lesion_is_named_with_its_line_and_the_others_are_used(capsys, row, reason):
    good = run(capsys, "timepoints", "lesions.csv")[1]
    Path("bad.csv").write_text(LESIONS + row + "\n", encoding="utf-8")
    code, out, err = run(capsys, "timepoints", "bad.csv")
    assert (code, out) == (1, good)
    assert err.startswith("caseboard: bad.csv, line 23: ")
    assert reason in err


UNREAD_LESIONS = {
    "N,-4,": "'-4' is no diameter in mm",
    "N,nan,": "'nan' is no diameter in mm",
    "N,2 cm,": "'2 cm' is no diameter in mm",
    "N,<5,": "the state TOO SMALL TO MEASURE",
    "perhaps,4,": "does not say whether it is a lymph node",
    "N,4,GROWING": "'GROWING' is no state",
}


@pytest.mark.parametrize(("said", "reason"), UNREAD_LESIONS.items())
def test_a_lesion_whose_size_or_state_is_not_read_is_named_and_was_not_assessed(capsys, said, reason):
    # Fault: the row was left out, at baseline too, and the lesions that were left made a complete response.
    table = (
        "subject,visit,date,lesion,kind,node,mm,state\n"
        "U,0,2020-01-02,liver,TARGET,N,50,\nU,0,2020-01-02,node,TARGET,Y,20,\n"
        "U,1,2020-03-02,liver,TARGET,N,50,\nU,1,2020-03-02,node,TARGET,Y,9,\n"
    )
    for line, visit in ((2, 0), (4, 1)):
        row = f"U,{visit},2020-0{1 + 2 * visit}-02,liver,TARGET,"
        bad = table.replace(f"{row}N,50,", f"{row}{said}")
        assert bad != table
        Path("bad.csv").write_text(bad, encoding="utf-8")
        code, out, err = run(capsys, "timepoints", "bad.csv")
        assert code == 1
        assert err.startswith(f"caseboard: bad.csv, line {line}: ")
        assert reason in err
        assert [row.split(",")[-2] for row in out.splitlines()[1:]] == ["NE"]


def test_a_new_lesion_whose_size_is_not_read_is_a_new_lesion_all_the_same(capsys):
    Path("bad.csv").write_text(LESIONS + "A-01,1,2020-03-06,spleen,NEW,,2 cm,\n", encoding="utf-8")
    code, out, err = run(capsys, "timepoints", "bad.csv")
    assert (code, err.count("\n")) == (1, 1)
    assert out.splitlines()[1].endswith("PR,NON-CR/NON-PD,Y,PD,")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b"subject,date\nA,2020-01-01\n", "no column START or REFERENCE"),
        (b"subject,start,date\nA,2020-01-01,2020-02-01\n", "no column RESPONSE or OVERALL"),
        (b"\xff\xfe\x00\x01" * 9, "binary data"),
        (b"subject,start,date,response\nA,2020-01-01,2020-02-01,\xe9\n", "UTF-8"),
        (b"PAR1 but no more", "Parquet"),
        (b"\x1f\x8b but no more", "gzip"),
    ],
)
def test_what_is_no_table_is_one_line_and_exit_code_1(tmp_path, capsys, content, found):
    Path("no.csv").write_bytes(content)
    before = sorted(tmp_path.iterdir())
    code, out, err = run(capsys, "best", "no.csv", "-o", "out.csv")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert found.lower() in err.lower()
    assert sorted(tmp_path.iterdir()) == before


def test_a_table_that_is_not_utf_8_says_how_to_save_it_and_binary_data_does_not(capsys):
    Path("latin.csv").write_bytes(b"subject,start,date,response\nA,2020-01-01,2020-02-01,\xe9\n")
    assert run(capsys, "best", "latin.csv")[2] == (
        "caseboard: latin.csv, line 2: not UTF-8; save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8\n"
    )
    Path("noise.csv").write_bytes(b"a,b\n\xe9\x00,1\n")
    assert "line 2: binary data; a CSV file" in run(capsys, "best", "noise.csv")[2]


def test_a_table_from_standard_input_is_refused_in_words(capsys):
    code, out, err = run(capsys, "timepoints", "-")
    assert (code, out) == (1, "")
    assert err == "caseboard: -: a table is not read from standard input; save it, and give its path\n"


def test_a_file_that_is_not_there_or_a_folder_is_exit_code_1(tmp_path, capsys):
    assert run(capsys, "best", "lost.csv")[0] == 1
    assert run(capsys, "timepoints", str(tmp_path))[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["best", "responses.csv", "-o", "no/such/folder.csv"],
        ["best", "responses.csv", "-o", "responses.csv"],
        ["best", "responses.csv", "--confirm-days", "0"],
        ["best", "responses.csv", "--max-ne", "-1"],
        ["best"],
        ["worst", "responses.csv"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_no_file(tmp_path, capsys, words):
    before = sorted(tmp_path.iterdir())
    assert run(capsys, *words)[0] == 2
    assert sorted(tmp_path.iterdir()) == before
    assert Path("responses.csv").read_text(encoding="utf-8") == RESPONSES


def test_a_failed_write_leaves_what_was_there(tmp_path, capsys, monkeypatch):
    Path("out.csv").write_text("before")

    def full(*_):
        raise OSError(28, "No space left on device")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run(capsys, "best", "responses.csv", "-o", "out.csv")
    assert code == 2
    assert "No space left" in err
    assert Path("out.csv").read_text() == "before"
    assert sorted(tmp_path.iterdir()) == before


def test_a_row_that_says_the_same_again_is_named_and_does_no_harm(capsys):
    good = run(capsys, "best", "responses.csv")[1]
    Path("again.csv").write_text(RESPONSES + RESPONSES.splitlines()[1] + "\n", encoding="utf-8")
    code, out, err = run(capsys, "best", "again.csv")
    assert (code, out) == (0, good)
    assert "again.csv, line 9: the same response of this subject, visit and date again" in err


def test_a_partial_response_after_a_complete_one_is_noted(capsys):
    rows = "".join(
        f"S-{number},2020-01-01,{day},{word}\n"
        for number in range(7)
        for day, word in (("2020-03-01", "CR"), ("2020-05-01", "PR"))
    )
    Path("cr.csv").write_text(f"subject,start,date,response\n{rows}", encoding="utf-8")
    code, _, err = run(capsys, "best", "cr.csv")
    assert code == 0
    assert err.startswith("caseboard: note: CR, then PR, is progression or no CR")
    assert "S-0 (2020-03-01, 2020-05-01), S-1" in err
    assert "and 2 more" in err


@pytest.mark.parametrize(
    "day", ["99999-1-01", "+2020-01-01", "2020-1-5", "0000-01-01", "2020-02-30", "20200101"]
)
def test_only_days_of_the_calendar_are_dates(capsys, day):
    Path("odd.csv").write_text(f"subject,start,date,response\nA,2020-01-01,{day},PR\n", encoding="utf-8")
    code, out, err = run(capsys, "best", "odd.csv")
    assert (code, out.splitlines()[1:]) == (1, [])
    assert f"'{day}' is no date" in err


@pytest.mark.parametrize(
    "day", ["2020-03-01T10:15", "2020-03-01 10:15:00", "2020-03", "2020", " 2020-03-01 "]
)
def test_times_of_day_and_partial_dates_are_read(capsys, day):
    Path("odd.csv").write_text(f"subject,start,date,response\nA,2020-01-01,{day},PR\n", encoding="utf-8")
    assert run(capsys, "best", "odd.csv")[0] == 0


# A study of our own: the investigator and one radiologist, who saw another size.
TR = """USUBJID,TRGRPID,TRLNKID,TRTESTCD,TRSTRESC,TRSTRESN,VISITNUM,TREVAL,TREVALID,TRACPTFL,TRDTC
C-1,TARGET,T01,LDIAM,40,40,1,INVESTIGATOR,,,2020-01-02
C-1,TARGET,T01,LPERP,30,30,1,INVESTIGATOR,,,2020-01-02
C-1,TARGET,T02,LDIAM,30,30,1,INVESTIGATOR,,,2020-01-02
C-1,TARGET,T02,LPERP,20,20,1,INVESTIGATOR,,,2020-01-02
C-1,TARGET,T01,LDIAM,30,30,2,INVESTIGATOR,,,2020-03-02
C-1,TARGET,T02,LPERP,9,9,2,INVESTIGATOR,,,2020-03-02
C-1,TARGET,T01,LDIAM,50,50,1,INDEPENDENT ASSESSOR,RADIOLOGIST 1,Y,2020-01-02
C-1,TARGET,T01,LDIAM,49,49,2,INDEPENDENT ASSESSOR,RADIOLOGIST 1,Y,2020-03-02
"""
TU = """USUBJID,TULNKID,TULOC,TUEVAL,TUEVALID,TUACPTFL
C-1,T01,LIVER,INVESTIGATOR,,
C-1,T02,LYMPH NODE,INVESTIGATOR,,
C-1,T01,LIVER,INDEPENDENT ASSESSOR,RADIOLOGIST 1,Y
"""
RS = """USUBJID,RSTESTCD,RSSTRESC,VISITNUM,RSEVAL,RSDTC
C-1,OVRLRESP,SD,2,INVESTIGATOR,2020-03-02
C-1,TRGRESP,SD,2,INVESTIGATOR,2020-03-02
"""
ADSL = """USUBJID,RANDDT,DTHDT,LSTALVDT
C-1,2020-01-05,2020-08,
C-2,2020-02-05,,2020-09-01
C-3,,,
"""


@pytest.fixture
def _study():
    Path("study").mkdir()
    for name, text in {"tr": TR, "tu": TU, "rs": RS, "adsl": ADSL}.items():
        Path("study", f"{name}.csv").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("_study")
def test_a_study_in_sdtm_becomes_time_points_and_analysis_tables(capsys):
    code, _, err = run(capsys, "--sdtm", "study", "-o", "out")
    assert (code, err) == (0, "")
    # 40 + 20 (the node's short axis) = 60; 30 + 9 = 39, 35 % less.
    points = Path("out/timepoints.csv").read_text(encoding="utf-8").splitlines()
    assert points[1].startswith("C-1,2,2020-03-02,39.0,60.0,60.0,-35.0,PR,,N,PR")
    adrs = Path("out/adrs.csv").read_text(encoding="utf-8")
    for row in ("C-1,BOR,Best overall response,,PR,2020-03-02", "C-3,BOR,Best overall response,,MISSING,"):
        assert row in adrs
    # Death in August 2020: 5 January to 1 or 31 August, counted with both ends.
    adtte = Path("out/adtte.csv").read_text(encoding="utf-8")
    assert "C-1,PFS,Progression-free survival,2020-01-05,2020-08-01/2020-08-31,,210,240,0,death" in adtte
    assert "C-2,OS,Overall survival,2020-02-05,2020-09-01,210,210,210,1,alive" in adtte
    assert "C-3" not in adtte
    # Two began, one of them responded: exact limits of 1 in 2.
    assert "ORR,1,2,50.0,1.26,98.74" in Path("out/rates.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_study")
@pytest.mark.parametrize(
    ("option", "response"),
    [
        (["--recorded"], "SD"),
        (["--reader", "RADIOLOGIST 1"], "SD"),
        (["--reader", "ACCEPTED"], "SD"),
        ([], "PR"),
    ],
)
def test_a_reader_or_the_responses_on_record_may_be_asked_for(capsys, option, response):
    assert run(capsys, "--sdtm", "study", "-o", "out", *option)[0] == 0
    assert f",OVR,Overall response at the visit,2,{response},2020-03-02" in Path("out/adrs.csv").read_text()


@pytest.mark.usefixtures("_study")
def test_a_study_is_written_as_parquet_with_its_reasons(capsys):
    assert run(capsys, "--sdtm", "study", "-o", "plain")[0] == 0
    assert run(capsys, "--sdtm", "study", "-o", "out", "--as", "parquet", "--explain")[0] == 0
    points = pl.read_parquet("out/timepoints.parquet")
    assert points.drop("why").write_csv() == Path("plain/timepoints.csv").read_text(encoding="utf-8")
    assert all("overall" in why for why in points["why"])
    assert sorted(path.name for path in Path("out").iterdir()) == [
        *("adrs.parquet", "adtte.parquet", "rates.parquet", "timepoints.parquet"),
    ]


@pytest.mark.usefixtures("_study")
def test_one_table_of_sdtm_is_read_too(capsys):
    code, out, _ = run(capsys, "timepoints", "study/tr.csv", "--sites", "study/tu.csv")
    assert code == 0
    assert "C-1,2,2020-03-02,39.0,60.0,60.0,-35.0,PR,,N,PR," in out.splitlines()
    # Without the sites nothing says that T02 is a lymph node, of which the short axis counts.
    code, _, err = run(capsys, "timepoints", "study/tr.csv")
    assert code == 2
    assert "--sites" in err
    code, out, _ = run(capsys, "best", "study/rs.csv", "--subjects", "study/adsl.csv")
    assert (code, out.splitlines()[1]) == (0, "C-1,SD,2020-03-02,SD,2020-03-02,")


@pytest.mark.usefixtures("_study")
@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        (["--sdtm", "study", "-o", "out", "--reader", "NOBODY"], 1, "the readers are: INDEPENDENT ASSESSOR"),
        (["--sdtm", "nowhere", "-o", "out"], 2, "no tr.csv"),
        (["--sdtm", "study"], 2, "--output"),
        (["--sdtm", "study", "-o", "out", "--as", "xlsx"], 2, "the formats are csv, csv.gz, parquet"),
        (["--sdtm", "study", "-o", "lesions.csv"], 2, "no folder"),
        (["--sdtm", "study", "-o", "out", "best", "responses.csv"], 2, "one of the two"),
    ],
)
def test_a_study_that_cannot_be_read_leaves_nothing_behind(capsys, words, code, found):
    got, _, err = run(capsys, *words)
    assert got == code
    assert found in err
    assert not Path("out").exists()


@pytest.mark.parametrize("words", [["best", "responses.csv"], ["timepoints", "lesions.csv"]])
def test_a_reader_is_not_asked_of_a_table_that_names_none(capsys, words):
    code, out, err = run(capsys, *words, "--reader", "RADIOLOGIST 1")
    assert (code, out) == (2, "")
    assert f"{words[1]} is not SDTM" in err


def test_an_ending_of_a_format_that_is_not_written_is_refused(capsys):
    code, out, err = run(capsys, "best", "responses.csv", "-o", "best.xlsx")
    assert (code, out) == (2, "")
    assert "best.xlsx: the endings are .csv, .csv.gz, .parquet" in err
    assert not Path("best.xlsx").exists()


def test_irecist_goes_from_lesions_to_the_best_response(capsys):
    # A-01 is PD by its sum at its last visit: iUPD, never followed up. A-02 has a new lesion that stays: iUPD twice.
    assert run(capsys, "timepoints", "lesions.csv", "--criteria", "irecist", "-o", "points.csv")[0] == 0
    header = f"{TIMEPOINT_COLUMNS},recist,not_assessed"
    assert Path("points.csv").read_text(encoding="utf-8").splitlines()[0] == header
    Path("adsl.csv").write_text("USUBJID,RANDDT\nA-01,2020-01-12\nA-02,2020-02-05\n", encoding="utf-8")
    code, out, err = run(capsys, "best", "points.csv", "--subjects", "adsl.csv", "--criteria", "irecist")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "subject,ibor,ibor_date,icbor,icbor_date,icpd_date,iupd_date",
        "A-01,iPR,2020-03-06,iPR,2020-03-06,,2020-07-01",
        "A-02,iUPD,2020-04-01,iUPD,2020-04-01,,2020-04-01",
    ]


def test_a_word_that_is_none_of_irecist_is_named(capsys):
    text = RESPONSES.replace(",ND\n", ",BETTER\n")
    Path("i.csv").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "best", "i.csv", "--criteria", "irecist")
    assert code == 1
    assert err.startswith("caseboard: i.csv, line 3: 'BETTER' is no response of iRECIST; iCR, iPR, iSD, ")
    assert "and so are those of RECIST" in err


def test_confirmed_progression_without_an_unconfirmed_one_is_noted(capsys):
    rows = "".join(f"S-{number},2020-01-01,2020-03-01,iCPD\n" for number in range(7))
    Path("i.csv").write_text(f"subject,start,date,response\n{rows}", encoding="utf-8")
    code, out, err = run(capsys, "best", "i.csv", "--criteria", "irecist")
    assert (code, out.splitlines()[1]) == (0, "S-0,iCPD,2020-03-01,iCPD,2020-03-01,2020-03-01,")
    assert err.startswith("caseboard: note: iCPD confirms an iUPD, and there is none")
    assert "S-0 (2020-03-01), S-1" in err
    assert "and 2 more" in err


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (["best", "responses.csv", "--criteria", "who"], "recist, irecist"),
        (
            ["timepoints", "lesions.csv", "--criteria", "irrc"],
            "recist, irecist, who, choi, mrecist, percist, rano",
        ),
    ],
)
def test_criteria_that_are_not_known_are_refused(capsys, words, known):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err == f"caseboard: --criteria {words[-1]}: the criteria are {known}\n"


@pytest.mark.usefixtures("_study")
def test_sdtm_is_read_by_recist_and_irecist_only(capsys):
    words = ("timepoints", "study/tr.csv", "--sites", "study/tu.csv", "--criteria")
    assert (
        run(capsys, *words, "irecist")[1]
        .splitlines()[1]
        .startswith("C-1,2,2020-03-02,39.0,60.0,60.0,-35.0,PR,,N,iPR")
    )
    code, out, err = run(capsys, *words, "who")
    assert (code, out) == (2, "")
    assert "SDTM is read for recist and irecist only" in err


# Appendix III; table 3, footnote a. A grew by 6 mm from nothing, which is progression by the sum too.
def test_disease_that_came_back_after_complete_response_is_noted_where_the_sum_alone_would_not_say_so(capsys):
    rows = "".join(
        f"{subject},0,2020-01-01,a,TARGET,50\n{subject},1,2020-03-01,a,TARGET,0\n{subject},2,2020-05-01,a,TARGET,{mm}\n"
        for subject, mm in (("A", 6), ("B", 4), ("C", 0))
    )
    Path("cr.csv").write_text(f"subject,visit,date,lesion,kind,mm\n{rows}", encoding="utf-8")
    code, out, err = run(capsys, "timepoints", "cr.csv")
    assert (code, [row.split(",")[-2] for row in out.splitlines()[1:]]) == (
        0,
        ["CR", "PD", "CR", "PD", "CR", "CR"],
    )
    assert err == (
        "caseboard: note: disease back after CR is PD at any size, or there was no CR (RECIST 1.1, table 3, footnote); "
        "look at B (2020-05-01)\n"
    )
    code, out, err = run(capsys, "timepoints", "cr.csv", "--return-by-sum")
    assert (code, err) == (0, "")
    assert out.splitlines()[4].endswith(",PR,")


# Sections 3.1.1 and 4.2: 10 mm, nodes 15 mm in the short axis; at most five targets. What shrinks later is no matter.
def test_baselines_that_are_not_as_recist_has_them_are_noted(capsys):
    rows = "A,0,2020-01-01,a,TARGET,N,9.5\nA,0,2020-01-01,node,TARGET,Y,14\nA,0,2020-01-01,b,TARGET,N,10\n"
    rows += "A,1,2020-03-01,a,TARGET,N,9\nA,1,2020-03-01,node,TARGET,Y,15\nA,1,2020-03-01,b,TARGET,N,3\n"
    rows += "".join(
        f"B,{visit},2020-0{visit + 1}-01,t{n},TARGET,N,20\n" for visit in (0, 1) for n in range(6)
    )
    Path("small.csv").write_text(f"subject,visit,date,lesion,kind,node,mm\n{rows}", encoding="utf-8")
    for criteria in ("recist", "irecist"):
        code, out, err = run(capsys, "timepoints", "small.csv", "--criteria", criteria)
        assert (code, len(out.splitlines())) == (0, 3)
        assert err.splitlines() == [
            "caseboard: note: targets under 10 mm at baseline, nodes under 15 mm (RECIST 1.1, section 3.1.1: not "
            "measurable); look at A (a 9.5 mm), A (node 14 mm)",
            "caseboard: note: more than five targets at baseline (RECIST 1.1, section 4.2); look at B (6)",
        ]


def test_a_table_without_rows_is_noted(capsys):
    Path("none.csv").write_text(LESIONS.splitlines()[0] + "\n", encoding="utf-8")
    code, out, err = run(capsys, "timepoints", "none.csv")
    assert (code, len(out.splitlines()), err) == (0, 1, "caseboard: note: none.csv has no rows\n")
    assert run(capsys, "plot", "none.csv", "-o", "none.json")[2] == err
    Path("none.csv").write_text(RESPONSES.splitlines()[0] + "\n", encoding="utf-8")
    assert run(capsys, "best", "none.csv")[::2] == (0, err)


# The investigator's lesions of C-1: 60 mm; 39 mm (iPR); then 50 mm, 28 % and 11 mm above the nadir (iUPD); 30 mm again
# (iPR: the bar is reset). By RECIST 1.1 it is progression in June, by iRECIST there is none before death in August.
@pytest.mark.usefixtures("_study")
def test_a_study_by_irecist(capsys):
    row = "C-1,TARGET,{},{},{},{},{},INVESTIGATOR,,,2020-0{}-02\n"
    more = "".join(
        row.format("T01", "LDIAM", mm, mm, visit, month)
        + row.format("T02", "LPERP", node, node, visit, month)
        for visit, month, mm, node in ((3, 6, 41, 9), (4, 7, 21, 9))
    )
    Path("study/tr.csv").write_text(TR + more, encoding="utf-8")
    code, _, err = run(capsys, "--sdtm", "study", "-o", "out", "--criteria", "irecist")
    assert (code, err) == (0, "")
    points = pl.read_csv("out/timepoints.csv")
    assert points["overall"].to_list() == ["iPR", "iUPD", "iPR"]
    assert points["recist"].to_list() == ["PR", "PD", "PR"]
    adrs = {(row[0], row[1]): (row[4], row[5]) for row in pl.read_csv("out/adrs.csv").rows()}
    assert adrs["C-1", "IBOR"] == ("iPR", "2020-03-02")
    assert adrs["C-1", "IUPD"] == adrs["C-1", "ICPD"] == ("N", None)
    assert adrs["C-3", "IBOR"] == ("MISSING", None)
    adtte = Path("out/adtte.csv").read_text(encoding="utf-8")
    assert "C-1,PFS,Progression-free survival,2020-01-05,2020-08-01/2020-08-31,,210,240,0,death" in adtte
    assert "ORR,1,2,50.0,1.26,98.74" in Path("out/rates.csv").read_text(encoding="utf-8")
    assert run(capsys, "--sdtm", "study", "-o", "out")[0] == 0
    assert "C-1,PFS,Progression-free survival,2020-01-05,2020-06-02,150,150,150,0,progression" in Path(
        "out/adtte.csv"
    ).read_text(encoding="utf-8")


@pytest.mark.usefixtures("_study")
@pytest.mark.parametrize(("criteria", "word"), [("recist", "SD"), ("irecist", "iUPD")])
def test_of_responses_by_both_criteria_those_asked_for_are_taken(capsys, criteria, word):
    header, recist, *_ = RS.splitlines()
    both = f"{header},RSCAT\n{recist},RECIST 1.1\n{recist.replace('SD', 'iUPD')},iRECIST\n"
    Path("study/rs.csv").write_text(both, encoding="utf-8")
    words = ("best", "study/rs.csv", "--subjects", "study/adsl.csv", "--criteria", criteria)
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith(f"C-1,{word},2020-03-02,")
    run(capsys, "--sdtm", "study", "-o", "out", "--recorded", "--criteria", criteria)
    assert f",OVR,Overall response at the visit,2,{word},2020-03-02" in Path("out/adrs.csv").read_text()


def test_who_was_never_assessed_may_be_called_ne(capsys):
    Path("adsl.csv").write_text("USUBJID,RANDDT\nB-01,2020-01-15\nZ-09,2020-01-15\n", encoding="utf-8")
    for criteria in ("recist", "irecist"):
        words = ("best", "responses.csv", "--subjects", "adsl.csv", "--criteria", criteria)
        assert run(capsys, *words)[1].splitlines()[-1].startswith("Z-09,MISSING,,MISSING,")
        assert run(capsys, *words, "--missing-as-ne")[1].splitlines()[-1].startswith("Z-09,NE,,NE,")


# Fault: all readers' rows of TR, and both diameters of each lesion, were drawn as one table of lesions.
@pytest.mark.usefixtures("_study")
def test_sdtm_is_plotted_as_one_reader_saw_it(capsys):
    code, _, err = run(capsys, "plot", "study/tr.csv", "-o", "p.json")
    assert code == 2
    assert "--sites" in err
    code, _, err = run(
        capsys, "plot", "study/tr.csv", "--sites", "study/tu.csv", "--kind", "spider", "-o", "p.json"
    )
    assert (code, err) == (0, "")
    drawn = json.loads(Path("p.json").read_text(encoding="utf-8"))
    points = [(row["subject"], row["visit"], row["change"]) for row in drawn["layer"][0]["data"]["values"]]
    assert points == [("C-1", "baseline", 0.0), ("C-1", "2", -35.0)]
    assert run(capsys, "plot", "lesions.csv", "-o", "p.json", "--reader", "RADIOLOGIST 1")[0] == 2


# Appendix III: after complete response a lesion that is there again is progression; bone is no lymph node.
def test_without_a_column_of_nodes_no_lesion_is_one(capsys):
    rows = ["1,0,2020-01-01,bone,NON-TARGET,,PRESENT", "1,1,2020-03-01,bone,NON-TARGET,,ABSENT"]
    table = ["subject,visit,date,lesion,kind,mm,state", *rows, "1,2,2020-05-01,bone,NON-TARGET,,PRESENT"]
    Path("lesions.csv").write_text("\n".join(table), encoding="utf-8")
    _, out, _ = run(capsys, "timepoints", "lesions.csv")
    assert [line.split(",")[-2] for line in out.splitlines()[1:]] == ["CR", "PD"]


# Both mean the same day; which of them stands for the visit may not hang on which row comes first.
@pytest.mark.parametrize("days", [("2020-03-01", "2020-03-01T10:00"), ("2020-03-01T10:00", "2020-03-01")])
def test_of_two_images_of_one_day_the_same_gives_the_date_in_any_order(capsys, days):
    table = [
        "subject,visit,date,lesion,kind,mm,state",
        *(f"1,0,2020-01-01,{name},TARGET,20," for name in "ab"),
    ]
    table += [f"1,1,{day},{name},TARGET,20," for name, day in zip("ab", days, strict=True)]
    Path("lesions.csv").write_text("\n".join(table), encoding="utf-8")
    _, out, _ = run(capsys, "timepoints", "lesions.csv")
    assert out.splitlines()[1].split(",")[2] == "2020-03-01"
