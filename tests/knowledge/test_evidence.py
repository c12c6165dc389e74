"""The embedded pack, against rows of the CIViC release of May 2026 that were read by eye."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from caseboard.knowledge import pack, versions
from caseboard.knowledge.profiles import FusionAtom, VariantAtom

IMT = "Inflammatory Myofibroblastic Tumor"
NSCLC = "Lung Non-small Cell Carcinoma"

# id: profile, disease, therapies, level, significance, rating, PubMed id, year; copied by hand from the release.
READ_BY_EYE = {
    "EID1444": ("TFG::ROS1 Fusion", IMT, ("Crizotinib",), "C", "S", 3, 24875859, 2014),
    "EID11860": ("TFG::ROS1 Fusion", IMT, ("Entrectinib",), "C", "S", 2, 35395680, 2022),
    "EID11862": ("TFG::ROS1 Fusion", IMT, ("Entrectinib",), "C", "S", 1, 35395680, 2022),
    "EID688": ("v::ROS1 Fusion", NSCLC, ("Crizotinib",), "A", "S", 4, 25264305, 2014),
    "EID7282": ("v::ROS1 Fusion", NSCLC, ("Crizotinib",), "A", "S", 5, 30980071, 2019),
    "EID11123": ("v::ROS1 Fusion", NSCLC, ("Entrectinib",), "A", "S", 5, 31838015, 2020),
    "EID2934": ("ROS1 G2032R", "Lung Adenocarcinoma", ("Crizotinib",), "C", "R", 1, 23724914, 2013),
    "EID1100": (
        "ROS1 G2032R AND CD74::ROS1 Fusion", "Lung Adenocarcinoma", ("Crizotinib",), "C", "R", 4, 23724914, 2013,
    ),
    "EID1252": (
        "ROS1 L2026M AND CD74::ROS1 Fusion", NSCLC, ("Crizotinib",), "D", "R", 2, 25733882, 2015,
    ),
    "EID7483": ("GOPC::ROS1 e7::e35", "Glioblastoma", ("Lorlatinib",), "D", "S", 3, 30171048, 2018),
    "EID1248": ("CD72::ROS1 Fusion", "Lung Adenocarcinoma", ("Ceritinib",), "C", "S", 1, 26917690, 2016),
    "EID11671": ("v::ALK Fusion OR v::ROS1 Fusion", "Cancer", ("Crizotinib",), "B", "S", 2, 35233056, 2022),
    "EID11122": ("v::ALK Fusion", IMT, ("Crizotinib",), "A", "S", 3, 29352732, 2018),
    "EID6099": ("ETV6::NTRK3 Fusion", "Congenital Fibrosarcoma", ("Larotrectinib",), "A", "S", 4, 29606586, 2018),
    "EID8173": (
        "FGFR2::v Fusion OR FGFR2::? Fusion", "Cholangiolocellular Carcinoma", ("Pemigatinib",), "A", "S", 4, 32203698,
        2020,
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", READ_BY_EYE)
def test_the_pack_holds_what_the_release_says(number):
    profile, disease, therapies, level, significance, rating, pmid, year = READ_BY_EYE[number]
    (row,) = [row for row in pack().rows if row.id == number]
    assert (row.profile, row.disease, row.therapies, row.level) == (profile, disease, therapies, level)
    assert row.significance == {"S": "Sensitivity/Response", "R": "Resistance"}[significance]
    assert (row.rating, row.pmid, row.year, row.type, row.direction) == (
        rating,
        pmid,
        year,
        "Predictive",
        "Supports",
    )


def test_an_abstract_of_a_meeting_has_its_year_and_no_pubmed_id():
    (row,) = [row for row in pack().rows if row.id == "EID7066"]  # ASCO Annual Meeting 2018, abstract 161573
    assert (row.source, row.source_id, row.pmid, row.year) == ("ASCO", "161573", None, 2018)


def test_disputed_evidence_is_marked():
    assert {row.id: row.flagged for row in pack().for_gene("ROS1")}["EID7538"] is True


def test_a_drug_with_a_comma_in_its_name_stays_one_drug():
    assert {row.id: row.therapies for row in pack().for_gene("ALK")}["EID1192"] == ("2,4-pyrimidinediamine",)


def test_evidence_is_found_by_every_gene_of_its_profile():
    assert "EID11671" in {row.id for row in pack().for_gene("ALK")} & {
        row.id for row in pack().for_gene("ROS1")
    }
    assert pack().for_gene("NOSUCHGENE") == ()


def test_the_pack_is_of_fusions_and_of_the_variants_of_the_same_kinases():
    for row in pack().rows:
        atoms = [atom for way in row.alternatives for atom in way.present]
        fusion = any(
            isinstance(atom, FusionAtom) and not atom.genes.isdisjoint(pack().fusions) for atom in atoms
        )
        fusion = fusion or any(isinstance(a, VariantAtom) and a.kind == "rearrangement" for a in atoms)
        assert fusion or (row.type == "Predictive" and row.genes <= pack().variants), row.profile


def test_the_pack_is_the_release_and_nothing_is_lost(shared):
    path = shared / "data" / "civic" / "AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
    if not path.exists():
        pytest.skip("the release of CIViC is not beside the repository")
    with path.open(encoding="utf-8", newline="") as lines:
        release = {
            f"EID{r['evidence_id']}": r for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    for row in pack().rows:
        told = release[row.id]
        assert (row.profile, row.disease, row.doid or "") == (
            told["molecular_profile"],
            told["disease"],
            told["doid"],
        )
        assert ",".join(row.therapies) == told["therapies"]
        assert (row.type, row.level) == (told["evidence_type"], told["evidence_level"])
        assert (row.direction, row.significance) == (told["evidence_direction"], told["significance"])
        assert (str(row.rating or ""), row.source_id) == (told["rating"], told["citation_id"])
        assert row.flagged == (told["is_flagged"] == "true")
        assert row.year is None or str(row.year) in told["citation"]
    # Every predictive row of the release whose profile names a fusion of ROS1 is there.
    fused = {
        n
        for n, r in release.items()
        if "::ROS1" in r["molecular_profile"] and r["evidence_type"] == "Predictive"
    }
    assert fused <= {row.id for row in pack().rows}


def test_cells_hold_names_and_no_sentences():
    cells = [text for row in pack().rows for text in (row.disease, *row.therapies)]
    assert all(len(text) < 110 and not text.endswith(".") for text in cells)


def test_a_source_counts_as_published_only_when_its_year_is_over():
    (row,) = [row for row in pack().rows if row.id == "EID7282"]  # 2019
    assert not row.published_by(date(2019, 3, 31))
    assert row.published_by(date(2019, 12, 31))
    assert row.published_by(None)


def test_a_source_without_a_year_is_never_certainly_published():
    (row,) = [row for row in pack().rows if row.id == "EID12056"]  # ASCO 231047, no year given
    assert row.year is None
    assert not row.published_by(date(2030, 1, 1))


def test_the_versions_name_every_table_with_its_release_licence_and_size():
    found = versions()
    assert found[0] == pack().version
    assert (found[0].version, found[0].licence, found[0].rows) == ("2026-05", "CC0-1.0", len(pack().rows))
    genes = next(version for version in found if version.name.startswith("genes.tsv"))
    assert "2024-10-18" in genes.version
    assert "CC0" in genes.licence
    assert genes.rows > 900
