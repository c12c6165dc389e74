"""Options for many samples: a release made up here; the evidence that must match was worked out by hand."""

from __future__ import annotations

import pytest

from caseboard.__main__ import main
from caseboard.assess.alteration_text import read_alteration
from caseboard.assess.sample_options import COLUMNS, SampleRow, sample_options
from caseboard.errors import InputError
from caseboard.formats.samples import is_sample_table, read_samples
from caseboard.knowledge.civic import release_from
from caseboard.knowledge.store import save_release

HEADER = (
    "molecular_profile\tdisease\tdoid\ttherapies\ttherapy_interaction_type\tevidence_type\tevidence_direction\t"
    "evidence_level\tsignificance\tcitation_id\tsource_type\tcitation\trating\tevidence_id\tlast_review_date\tis_flagged"
)
IMT, NSCLC, GIST = (
    ("Inflammatory Myofibroblastic Tumor", "0050905"),
    ("Lung Non-small Cell Carcinoma", "3908"),
    ("Gastrointestinal Stromal Tumor", "9253"),
)
PROFILES = {
    1: "TFG::ROS1 Fusion",
    2: "v::ROS1 Fusion",
    3: "GOPC::ROS1 e7::e35",
    4: "ROS1 G2032R AND CD74::ROS1 Fusion",
    5: "v::ALK Fusion OR v::ROS1 Fusion",
    6: "v::ALK Fusion",
    7: "ALK F1174L",
    8: "ALK Mutation",
    9: "EGFR Exon 19 Deletion",
    10: "EGFR L858R OR EGFR Exon 19 Deletion",
    11: "EGFR T790M AND EGFR L858R",
    12: "MET Exon 14 Skipping Mutation",
    13: "ERBB2 Amplification",
    14: "BRAF V600",
    15: "BRAF V600E",
    16: "MET Amplification AND NOT KRAS Mutation",
    17: "KRAS Wildtype",
    18: "KRAS Mutation",
    19: "MSI High",
    20: "BCR::ABL1 Fusion",
    21: "BCR::JAK2 Fusion",
    22: "KMT2A::v Fusion",
    23: "CDKN2A Loss",
    24: "ERBB2 S310F/Y",
    25: "NPM1 W288FS",
    26: "ERBB2 Kinase Domain Mutation",
    27: "EWSR1::FLI1 Fusion",
    28: "VHL P81S (c.241C>T) and L188V (c.562C>G)",
    29: "FGFR2::BICC1 Fusion",
    30: "ALK Amplification",
}


def line(number: int, profile: str) -> str:
    disease, doid = IMT if number in {1, 4} else NSCLC if number == 2 else GIST
    return (
        f"{profile}\t{disease}\t{doid}\tdrug{number}\t\tPredictive\tSupports\tB\tSensitivity/Response\t1\tPubMed\t"
        f"Doe, 2020\t3\t{number}\t2026-01-01\tfalse"
    )


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path / "own"))
    rows = [HEADER, *(line(number, profile) for number, profile in PROFILES.items())]
    save_release(release_from("".join(f"{row}\n" for row in rows).encode(), "made-up-2026-01-01.tsv"))


def answer(*alterations: str, tumour: str = "IMT") -> dict[int, str]:
    """Return how each item of evidence matches a sample with these alterations."""
    lines = sample_options([SampleRow("S", tumour, alteration) for alteration in alterations])
    told = {}
    for cells in (each.rstrip("\n").split("\t") for each in lines):
        assert len(cells) == len(COLUMNS)
        for number in cells[9].split():
            told[int(number.removeprefix("EID"))] = cells[6]
    return told


@pytest.mark.parametrize(
    ("alterations", "expected"),
    [
        (["TFG::ROS1"], {1: "exact", 2: "any partner", 3: "other partner", 5: "any partner"}),
        (["TFG-ROS1 fusion"], {1: "exact", 2: "any partner", 3: "other partner", 5: "any partner"}),
        (["YWHAE::ROS1"], {1: "other partner", 2: "any partner", 3: "other partner", 5: "any partner"}),
        (
            ["GOPC::ROS1 e7::e35"],
            {1: "other partner", 2: "any partner", 3: "exact", 5: "any partner"},
        ),
        (
            ["GOPC--ROS1 e4::e36"],
            {1: "other partner", 2: "any partner", 3: "same pair", 5: "any partner"},
        ),
        (
            ["ROS1 rearrangement"],
            {1: "partner not known", 2: "any partner", 3: "partner not known", 5: "any partner"},
        ),
        (
            ["v::ROS1"],
            {1: "partner not known", 2: "any partner", 3: "partner not known", 5: "any partner"},
        ),
        (["ROS1 G2032R"], {}),
        (
            ["CD74::ROS1", "ROS1 p.Gly2032Arg"],
            {1: "other partner", 2: "any partner", 3: "other partner", 4: "exact", 5: "any partner"},
        ),
        (["ALK F1174L"], {7: "exact", 8: "category"}),
        (["ALK F1174L", "ALK rearrangement"], {5: "any partner", 6: "any partner", 7: "exact"}),
        (["ALK::PTPN3"], {}),
        (["ALK mutation"], {8: "exact"}),
        (["ALK amplification"], {30: "exact"}),
        (["EGFR exon 19 deletion"], {9: "exact", 10: "exact"}),
        (["EGFR ex19del"], {9: "exact", 10: "exact"}),
        (["EGFR del19"], {9: "exact", 10: "exact"}),
        (["EGFR deletion in exon 19"], {9: "exact", 10: "exact"}),
        (["EGFR c.2235_2249del"], {9: "exon event", 10: "exon event"}),
        (["EGFR exon 18-25 deletion"], {}),
        (["EGFR E746_A750del"], {9: "exon event", 10: "exon event"}),
        (["EGFR L747_P753delinsS"], {9: "exon event", 10: "exon event"}),
        (["EGFR D770_N771insG"], {}),
        (["EGFR L858R"], {10: "exact"}),
        (["EGFR L858R", "EGFR T790M"], {10: "exact", 11: "exact"}),
        (["EGFR T790M"], {}),
        (["MET exon 14 skipping"], {12: "exact"}),
        (["METex14"], {12: "exact"}),
        (["MET c.3028+1G>T"], {12: "exon event"}),
        (["MET c.3082G>A"], {12: "exon event"}),
        (["MET c.3028+30G>T"], {}),
        (["HER2 amplification"], {13: "exact"}),
        (["BRAF V600E"], {14: "same residue", 15: "exact"}),
        (["BRAF V600K"], {14: "same residue"}),
        (["BRAF c.1799T>A"], {14: "same residue", 15: "exact"}),
        (["NM_004333.6(BRAF):c.1798_1799delinsAA"], {14: "same residue"}),
        (["BRAF:NM_004333:exon15:c.1799T>A:p.V600E"], {14: "same residue", 15: "exact"}),
        (["BRAFV600E"], {14: "same residue", 15: "exact"}),
        (["BRAF c.1799G>A"], {}),
        (["BRAF V600 mutation"], {14: "exact"}),
        (["BRAF codon 600 mutation"], {14: "exact"}),
        (["KIAA1549::BRAF"], {}),
        (["MET amplification"], {}),
        (["MET amplification", "KRAS wild type"], {16: "exact", 17: "exact"}),
        (["MET amplification", "KRAS G12D"], {18: "category"}),
        (["KRAS G12D"], {18: "category"}),
        (["KRAS c.35G>A"], {18: "category"}),
        (["KRAS p.G12="], {}),
        (["KRAS amplification"], {}),
        (["KRAS mutation"], {18: "exact"}),
        (["MSI-H"], {19: "exact"}),
        (["microsatellite instability-high"], {19: "exact"}),
        (["MSS"], {}),
        (["BCR::ABL1"], {20: "exact"}),
        (["KMT2A::AFF1"], {22: "any partner"}),
        (["AFF1::KMT2A"], {}),
        (["CDKN2A deletion"], {23: "exact"}),
        (["ERBB2 S310Y"], {24: "exact"}),
        (["NPM1 W288Cfs*12"], {25: "exact"}),
        (["ERBB2 L755S"], {26: "category"}),
        (["ERBB2 V659E"], {}),
        (["ERBB2 kinase domain mutation"], {26: "exact"}),
        (["EWSR1::ERG"], {}),
        (["VHL P81S"], {}),
        (["VHL P81S", "VHL L188V"], {28: "exact"}),
        (["FGFR2::TACC3"], {29: "other partner"}),
        (["SLC45A3::FGFR2"], {}),
    ],
    ids=str,
)
def test_each_item_matches_as_worked_out_by_hand(alterations, expected):
    assert answer(*alterations) == expected


def rows_of(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    lines = sample_options([SampleRow(*row) for row in rows])
    return [dict(zip(COLUMNS, each.rstrip("\n").split("\t"), strict=True)) for each in lines]


def test_the_tumour_of_the_evidence_is_the_same_wider_narrower_or_another():
    def classes(tumour: str) -> dict[str, str]:
        return {row["evidence"]: row["tumour_match"] for row in rows_of(("S", tumour, "TFG::ROS1"))}

    assert classes("IMT")["EID1"] == "same tumour"
    assert classes("inflammatory myofibroblastic tumor of the bladder")["EID1"] == "wider tumour"
    assert classes("LUAD") == {
        "EID2": "wider tumour", "EID1": "other tumour", "EID3": "other tumour", "EID5": "other tumour",
    }  # fmt: skip
    assert classes("a tumour nobody knows")["EID1"] == "other tumour"


def test_every_alteration_has_a_line_also_without_evidence():
    rows = rows_of(("S1", "IMT", "NOSUCH V1A"), ("S1", "IMT", "ROS1 G2032R"), ("S2", "IMT", ""))
    assert [(row["sample"], row["evidence"]) for row in rows] == [("S1", ""), ("S1", ""), ("S2", "")]
    assert "no evidence names NOSUCH" in rows[0]["remark"]
    assert "other alterations: not applicable" in rows[1]["remark"]
    assert rows[2]["remark"] == "no alteration is told of"


def test_rows_of_one_sample_are_taken_together_wherever_they_stand():
    rows = rows_of(("A", "NSCLC", "EGFR L858R"), ("B", "NSCLC", "EGFR L858R"), ("A", "NSCLC", "EGFR T790M"))
    both = [row for row in rows if row["evidence"] == "EID11"]
    assert [(row["sample"], row["alteration"]) for row in both] == [("A", "EGFR L858R + EGFR T790M")]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("EML4-ALK", "fusion", ("EML4", "ALK")),
        ("ALK/EML4", "fusion", ("EML4", "ALK")),
        ("STX16-NPEPL1--RAE1", "fusion", ("STX16-NPEPL1", "RAE1")),
        ("v::ALK", "fusion", ("ALK",)),
        ("FGFR2::?", "fusion", ("FGFR2",)),
        ("ALK translocation", "rearrangement", ("ALK",)),
        ("NKX2-1 amplification", "amplification", ("NKX2-1",)),
        ("CDKN2A homozygous deletion", "deletion", ("CDKN2A",)),
        ("KRAS wild type", "other", ("KRAS",)),
        ("TMB-H", "other", ("TMB",)),
        ("BRAF p.Val600Glu", "variant", ("BRAF",)),
    ],
)
def test_an_alteration_is_read_as_laboratories_write_it(text, kind, told):
    fact = read_alteration(text)
    assert (fact.type, fact.genes, fact.source.quote) == (kind, told, text)


def test_the_order_of_partners_is_turned_only_on_evidence_and_never_for_hgncs_form():
    assert "turned round" in read_alteration("ALK-EML4").remarks[0]
    assert read_alteration("ALK::EML4").genes == ("ALK", "EML4")


def test_a_maf_and_a_table_of_structural_variants_are_read():
    maf = (
        "#version 2.4\nHugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\n"
        "BRAF\tS1\tMissense_Mutation\tp.V600E\nTTN\tS1\tSilent\tp.A1A\n"
    )
    assert list(read_samples(maf, "x")) == [("S1", "", "BRAF p.V600E")]
    sv = "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\nS1\tALK\tEML4\nS2\tROS1\t\n"
    assert list(read_samples(sv, "x")) == [("S1", "", "ALK-EML4 fusion"), ("S2", "", "ROS1 rearrangement")]


def test_a_structural_variant_takes_the_order_that_the_table_tells_and_one_gene_is_no_fusion():
    sv = (
        "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tEvent_Info\n"
        "S1\tROS1\tGOPC\tProtein Fusion: in frame {GOPC-ROS1}\n"
        "S2\tNTRK1\tXYZ1\tXYZ1-NTRK1\n"
        "S3\tALK\tALK\t\n"
        "S4\tEGFR\tEGFR\tEGFRvIII\n"
    )
    told = [written for _, _, written in read_samples(sv, "x")]
    assert told == ["GOPC::ROS1 fusion", "XYZ1::NTRK1 fusion", "ALK event within the gene", "EGFR EGFRvIII"]
    assert answer("ALK event within the gene") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sample\ttumour\nS\tIMT\n", "the column alteration is missing"),
        ("tumour\talteration\nIMT\tALK\n", "the column sample is missing"),
        ("sample\ttumour\talteration\nS\tIMT\n", "line 2: a row with 2 of 3 columns"),
        ("sample\ttumour\talteration\nS\tIMT\tA B\tmore\n", "line 2: a row with 4 of 3 columns"),
        ("# nothing\n", "no line with the names"),
    ],
)
def test_a_broken_table_is_named_in_one_line(text, found):
    with pytest.raises(InputError) as refused:
        list(read_samples(text, "t.tsv"))
    assert found in str(refused.value)


def test_a_table_without_samples_is_none():
    assert not is_sample_table("#gene1\tgene2")
    assert not is_sample_table("A 40-year-old woman had an alteration of a sample.")


def test_the_command_answers_a_table(tmp_path, capsys):
    table, target = tmp_path / "samples.tsv", tmp_path / "options.tsv"
    table.write_text("sample\ttumour\talteration\nS1\tIMT\tTFG::ROS1\n")
    assert main(["options", str(table), "-o", str(target)]) == 0
    assert capsys.readouterr().out.startswith("Wrote")
    lines = target.read_text().splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert lines[1].startswith("S1\tIMT\tTFG::ROS1\tPredictive\tdrug1\tsupports\texact\tsame tumour\tB\tEID1")
    table.write_text("sample\ttumour\talteration\nS1\tIMT\n")
    assert main(["options", str(table), "-o", str(target)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert target.read_text().splitlines() == lines


def test_options_of_a_case_can_be_written_to_a_file(tmp_path):
    case, target = tmp_path / "facts.jsonl", tmp_path / "options.json"
    case.write_text(
        '{"id":"f1","patient":1,"kind":"alteration","type":"fusion","gene5":"TFG","gene3":"ROS1"}\n'
    )
    assert main(["options", str(case), "--json", "-o", str(target)]) == 0
    assert '"how": "exact"' in target.read_text()
