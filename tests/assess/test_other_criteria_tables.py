"""Time points of many patients by WHO, Choi, mRECIST, PERCIST and RANO, by hand from each publication's table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from caseboard.__main__ import main
from caseboard.assess.response.tables.by_lesions import LESION_CRITERIA, lesion_timepoints
from caseboard.formats.criteria_columns import lesion_measures
from caseboard.formats.tabular import read_table


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def judged(capsys, text: str, criteria: str, *words: str) -> tuple[int, list[dict[str, str]], str]:
    Path("table.csv").write_text(text, encoding="utf-8")
    arguments = ["response", "timepoints", "table.csv", "--criteria", criteria, "-o", "out.csv", *words]
    code = main(arguments)
    err = capsys.readouterr().err
    return code, pl.read_csv("out.csv", infer_schema=False).fill_null("").rows(named=True), err


# Miller 1981. Baseline 40 x 30 + 20 x 10 = 1400 mm²; 30 x 20 + 10 x 10 = 700, half of it; then 15 x 10 = 150 in the
# lung, which is 50 % more than 100 there; all gone, but bone is still there; bone gone too.
LESIONS = """subject,visit,date,lesion,kind,mm,perpendicular,hu,state
A,0,2020-01-01,liver,TARGET,40,30,60,
A,0,2020-01-01,lung,TARGET,20,10,80,
A,0,2020-01-01,bone,NON-TARGET,,,,PRESENT
A,1,2020-03-01,liver,TARGET,30,20,60,
A,1,2020-03-01,lung,TARGET,10,10,80,
A,1,2020-03-01,bone,NON-TARGET,,,,PRESENT
A,2,2020-05-01,liver,TARGET,30,20,40,
A,2,2020-05-01,lung,TARGET,15,10,80,
A,2,2020-05-01,bone,NON-TARGET,,,,PRESENT
A,3,2020-07-01,liver,TARGET,,,,ABSENT
A,3,2020-07-01,lung,TARGET,,,,ABSENT
A,3,2020-07-01,bone,NON-TARGET,,,,PRESENT
A,4,2020-09-01,liver,TARGET,,,,ABSENT
A,4,2020-09-01,lung,TARGET,,,,ABSENT
A,4,2020-09-01,bone,NON-TARGET,,,,ABSENT
"""


def test_who_by_the_products_of_each_lesion(capsys):
    code, rows, err = judged(capsys, LESIONS, "who")
    assert (code, err) == (0, "")
    assert [(row["sum_mm2"], row["change_pct"], row["overall"]) for row in rows] == [
        ("700.0", "-50.0", "PR"),
        ("750.0", "-46.4286", "PD"),
        ("0.0", "-100.0", "PR"),
        ("0.0", "-100.0", "CR"),
    ]
    assert list(rows[0]) == [
        *("subject", "visit", "date", "sum_mm2", "baseline_mm2", "change_pct"),
        *("nontarget", "new", "overall", "not_assessed"),
    ]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("A,1,2020-03-01,liver,TARGET,30,,60,", "NE"),  # only one diameter
        ("A,1,2020-03-01,liver,TARGET,30,20,60,NOT ASSESSED", "NE"),
        ("A,1,2020-03-01,liver,TARGET,,,,TOO SMALL TO MEASURE", "NE"),
        ("A,1,2020-03-01,liver,TARGET,30,20,60,\nA,1,2020-03-01,brain,NEW,,,,", "PD"),
    ],
)
def test_who_is_not_evaluable_without_all_products_and_progression_by_a_new_lesion(capsys, row, word):
    _, rows, _ = judged(capsys, LESIONS.replace("A,1,2020-03-01,liver,TARGET,30,20,60,", row), "who")
    assert rows[0]["overall"] == word


def test_a_target_without_a_second_diameter_at_baseline_leaves_no_sum_of_products(capsys):
    code, rows, err = judged(capsys, LESIONS.replace("TARGET,40,30,60,", "TARGET,40,,60,"), "who")
    assert (code, {row["overall"] for row in rows}) == (1, {"NE"})
    assert err == (
        "caseboard: table.csv, line 2: a target without a second diameter at baseline: the subject's sums of products "
        "have no baseline\n"
    )


def test_progression_of_what_is_not_measured_is_progression(capsys):
    grown = LESIONS.replace(
        "A,1,2020-03-01,bone,NON-TARGET,,,,PRESENT", "A,1,2020-03-01,bone,NON-TARGET,,,,UNEQUIVOCAL"
    )
    for criteria in ("who", "choi", "mrecist"):
        _, rows, _ = judged(capsys, grown, criteria, "--explain")
        assert rows[0]["overall"] == "PD"
        assert "lesions that are not measured: PD" in rows[0]["why"]


def test_the_parts_of_a_lesion_that_split_are_added_up(capsys):
    parts = "A,1,2020-03-01,liver,TARGET,20,15,60,SPLIT\nA,1,2020-03-01,liver,TARGET,20,15,60,SPLIT"
    _, rows, _ = judged(capsys, LESIONS.replace("A,1,2020-03-01,liver,TARGET,30,20,60,", parts), "who")
    assert (rows[0]["sum_mm2"], rows[0]["overall"]) == ("700.0", "PR")


# Choi 2007, table 1. Mean density 70 HU at baseline; sizes 60, then 40 mm (33 % less).
def test_choi_by_the_sum_and_the_mean_density(capsys):
    _, rows, _ = judged(capsys, LESIONS, "choi")
    assert [(row["sum_mm"], row["density_hu"], row["overall"]) for row in rows] == [
        ("40.0", "70.0", "PR"),
        ("45.0", "60.0", "PR"),
        ("0.0", "", "PR"),
        ("0.0", "", "CR"),
    ]
    # As large as before, and 60 HU instead of 70: 14 %, not enough. 59 HU: 16 % less dense.
    header = "subject,visit,date,lesion,kind,mm,hu,nodule\n"
    same = f"{header}B,0,2020-01-01,a,TARGET,50,70,\nB,1,2020-03-01,a,TARGET,50,{{}},{{}}\n"
    assert [judged(capsys, same.format(hu, "N"), "choi")[1][0]["overall"] for hu in (60, 59)] == ["SD", "PR"]
    assert judged(capsys, same.format(59, "Y"), "choi")[1][0]["overall"] == "PD"


# Lencioni 2010, table 2: viable tumour; 30 % less than at baseline, 20 % more than at its smallest.
def test_mrecist_by_viable_tumour(capsys):
    text = "subject,visit,date,lesion,kind,mm,state\nA,0,2020-01-01,a,TARGET,50,\n" + "".join(
        f"A,{number},2020-0{number + 1}-01,a,TARGET,{mm},\n"
        for number, mm in enumerate((36, 35, 30, 36, 0), start=1)
    )
    _, rows, _ = judged(capsys, text, "mrecist", "--explain")
    assert [(row["nadir_mm"], row["overall"]) for row in rows] == [
        *(("50.0", "SD"), ("36.0", "PR"), ("35.0", "PR"), ("30.0", "PD"), ("30.0", "CR")),
    ]
    assert rows[0]["why"].endswith("(Lencioni 2010 (mRECIST))")


# Wahl 2009: 30 % and 0.8 units.
PET = """subject,visit,date,{},new,resolved
A,0,2020-01-01,10,,
A,1,2020-02-01,7,N,N
A,2,2020-04-01,13.1,N,N
A,3,2020-05-01,1,N,Y
A,4,2020-06-01,9,Y,N
"""


@pytest.mark.parametrize(("measure", "by"), [("SULpeak", ""), ("SUVmax", "PERCIST asks for SULpeak")])
def test_percist_by_the_hottest_lesion(capsys, measure, by):
    _, rows, err = judged(capsys, PET.format(measure), "percist", "--explain")
    assert err == ""
    assert [row["overall"] for row in rows] == ["PMR", "PMD", "CMR", "PMD"]
    assert [row[measure.lower()] for row in rows] == ["7.0", "13.1", "1.0", "9.0"]
    assert by in rows[0]["why"]
    assert rows[0]["why"].endswith("(Wahl 2009 (PERCIST 1.0))")


# Wen 2010, table 4.
GLIOMA = """subject,visit,date,enhancing_mm2,flair,steroids,no_steroids,worse,new
A,0,2020-01-01,1000,,,,,
A,1,2020-02-01,500,SAME,LESS,N,N,N
A,2,2020-03-01,0,LESS,LESS,Y,N,N
A,3,2020-04-01,0,MORE,SAME,Y,N,N
A,4,2020-05-01,0,SAME,MORE,N,N,N
A,5,2020-06-01,0,SAME,SAME,N,,N
"""


def test_rano_by_a_visit_of_a_glioma(capsys):
    _, rows, err = judged(capsys, GLIOMA, "rano")
    assert err == ""
    assert [row["overall"] for row in rows] == ["PR", "CR", "PD", "NE", "NE"]


def test_a_cell_that_is_not_read_is_named_and_its_visit_is_not_evaluable(capsys):
    code, rows, err = judged(capsys, PET.format("SULpeak").replace(",13.1,", ",hot,"), "percist", "--explain")
    assert code == 1
    assert err == "caseboard: table.csv, line 4: 'hot' is no number (sulpeak)\n"
    assert [row["overall"] for row in rows] == ["PMR", "NE", "CMR", "PMD"]
    # At baseline nothing can be compared; a later visit does not take its place.
    code, rows, _ = judged(capsys, PET.format("SULpeak").replace(",10,", ",hot,"), "percist")
    assert [row["overall"] for row in rows] == ["NE", "NE", "CMR", "PMD"]
    # Progression is progression, whatever else could not be read.
    code, rows, err = judged(capsys, GLIOMA.replace("0,MORE,SAME,Y,N,N", "0,MORE,WILD,Y,Y,N"), "rano")
    assert "'WILD' is no LESS, SAME or MORE (steroids)" in err
    assert rows[2]["overall"] == "PD"
    code, rows, err = judged(capsys, LESIONS.replace("TARGET,30,20,60,", "TARGET,30,wide,60,", 1), "who")
    assert (code, rows[0]["overall"]) == (1, "NE")
    assert err == "caseboard: table.csv, line 5: 'wide' is no number (perpendicular_mm)\n"


@pytest.mark.parametrize(
    ("criteria", "column"),
    [("who", "PERPENDICULAR_MM"), ("choi", "DENSITY_HU"), ("percist", "SULPEAK"), ("rano", "ENHANCING_MM2")],
)
def test_a_column_that_the_criteria_need_is_asked_for(capsys, criteria, column):
    Path("table.csv").write_text("subject,visit,date,lesion,kind,mm\n", encoding="utf-8")
    assert main(["response", "timepoints", "table.csv", "--criteria", criteria, "-o", "out.csv"]) == 1
    assert f"table.csv, line 1: no column {column}" in capsys.readouterr().err
    assert not Path("out.csv").exists()


def test_the_order_of_rows_does_not_matter():
    for criteria in LESION_CRITERIA.values():
        found = []
        for text in (LESIONS.splitlines()[1:], reversed(LESIONS.splitlines()[1:])):
            Path("table.csv").write_text("\n".join([LESIONS.splitlines()[0], *text]), encoding="utf-8")
            rows, _ = lesion_measures(read_table("table.csv"), criteria.numbers, criteria.flags)
            found.append(lesion_timepoints(rows, criteria, explain=True).frame)
        assert found[0].equals(found[1])


# Miller 1981: a response holds if it is seen again four weeks later; no change is what stable disease is to RECIST.
def test_time_points_by_who_lead_to_a_best_response(capsys):
    stays = LESIONS.replace("TARGET,15,10,80,", "TARGET,10,10,80,").replace(
        "TARGET,30,20,60,", "TARGET,35,25,60,"
    )
    assert [row["overall"] for row in judged(capsys, stays, "who")[1]] == ["NC", "PR", "PR", "CR"]
    Path("adsl.csv").write_text("USUBJID,RANDDT\nA,2020-01-10\n", encoding="utf-8")
    assert main(["response", "best", "out.csv", "--subjects", "adsl.csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "A,CR,2020-09-01,PR,2020-05-01,"
