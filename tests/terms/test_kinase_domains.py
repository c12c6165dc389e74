"""Kinase domains. Expected: fusions described to signal, by exon or breakpoint of the reports named."""

from __future__ import annotations

import pytest

from caseboard.terms.kinase_domains import by_breakpoint, by_exon, kinase_domains


def test_the_table_holds_the_kinases_that_are_drug_targets():
    assert set(kinase_domains()) == {
        "ALK", "ROS1", "NTRK1", "NTRK2", "NTRK3", "RET", "MET", "FGFR1", "FGFR2", "FGFR3", "PDGFRA", "PDGFRB",
        "BRAF", "EGFR", "ERBB2", "CSF1R", "FLT3", "ABL1", "JAK2",
    }  # fmt: skip


# ALK e20: Soda 2007; ROS1 e32, e34, e35, e36: Takeuchi 2012; RET e11, e12: Kohno 2012; NTRK1 e10, e12: Vaishnavi
# 2013; BRAF e9, e11: Ross 2016; MET e15: Stransky 2014; ABL1 e2, e3: BCR::ABL1 b3a2, b3a3; FLT3 e14: Vu 2006
@pytest.mark.parametrize(
    ("gene", "exon"),
    [
        *(("ROS1", exon) for exon in (32, 34, 35, 36)),
        ("ALK", 19), ("ALK", 20), ("RET", 8), ("RET", 11), ("RET", 12), ("NTRK1", 10), ("NTRK1", 12),
        ("NTRK3", 14), ("NTRK3", 15), ("BRAF", 9), ("BRAF", 11), ("MET", 15), ("ABL1", 2), ("ABL1", 3),
        ("FLT3", 14), ("PDGFRB", 11), ("FGFR1", 9),
    ],
)  # fmt: skip
def test_a_fusion_from_an_exon_that_is_described_keeps_the_domain(gene, exon):
    assert by_exon(gene, exon, three_prime=True).kept == "kept"


# Residues of the domain that lie before the exon: ALK F1174 in exon 23, ROS1 G2032 in 38, RET M918 in 16, ABL1 T315
# in 6, BRAF V600 in 15, MET Y1230 in 19, PDGFRA D842 in 18, EGFR G719 in 18
@pytest.mark.parametrize(
    ("gene", "exon"),
    [
        ("ALK", 24),
        ("ROS1", 39),
        ("RET", 17),
        ("ABL1", 7),
        ("BRAF", 16),
        ("MET", 20),
        ("PDGFRA", 19),
        ("EGFR", 19),
    ],
)
def test_a_fusion_from_an_exon_behind_a_residue_of_the_domain_has_lost_it(gene, exon):
    assert by_exon(gene, exon, three_prime=True).kept == "lost"


@pytest.mark.parametrize("gene", ["FGFR2", "FGFR3"])
def test_a_5_prime_kinase_joined_after_exon_17_keeps_the_domain(gene):
    # FGFR2::BICC1, FGFR3::TACC3: Wu 2013
    assert by_exon(gene, 17, three_prime=False).kept == "kept"
    assert by_exon(gene, 10, three_prime=False).kept == "lost"


def test_what_the_table_does_not_hold_cannot_be_told_and_says_what_is_missing():
    for gene, exon in (("MET", 17), ("NTRK2", 16), ("FGFR2", 15)):
        found = by_exon(gene, exon, three_prime=gene != "FGFR2")
        assert found.kept == "cannot tell"
        assert "not in the table" in found.why
    assert by_exon("MYB", 3, three_prime=True).kept == "cannot tell"


# EML4::ALK variant 1, BCR::ABL1 (22:23632600, 9:133729451 on GRCh37), ETV6::NTRK3, CD74::ROS1 e34, KIF5B::RET e12,
# LMNA::NTRK1 e11: breakpoints on the boundaries of exons, as callers of RNA report them
@pytest.mark.parametrize(
    ("gene", "chromosome", "position", "exon", "assembly"),
    [
        ("ALK", "chr2", 29223528, 20, "GRCh38"),
        ("ALK", "2", 29446394, 20, "GRCh37"),
        ("ABL1", "9", 133729451, 2, "GRCh37"),
        ("NTRK3", "15", 87940753, 15, "GRCh38"),
        ("NTRK3", "15", 88483984, 15, "GRCh37"),
        ("ROS1", "6", 117324415, 34, "GRCh38"),
        ("RET", "10", 43116584, 12, "GRCh38"),
        ("RET", "10", 43612032, 12, "GRCh37"),
        ("NTRK1", "1", 156874906, 11, "GRCh38"),
    ],
)
def test_a_breakpoint_on_a_boundary_tells_exon_and_assembly(gene, chromosome, position, exon, assembly):
    found = by_breakpoint(gene, chromosome, position, three_prime=True)
    assert found.kept == "kept"
    assert f"exon {exon} of" in found.why
    assert found.why.endswith(f"boundary on {assembly}")


def test_the_reciprocal_of_a_fusion_has_lost_the_domain():
    # ALK up to intron 19, as the 5' partner
    assert by_breakpoint("ALK", "2", 29223600, three_prime=False).kept == "lost"


def test_a_breakpoint_between_exons_goes_by_its_position():
    assert by_breakpoint("ALK", "2", 29223600, three_prime=True).kept == "kept"
    # behind exon 24 on GRCh38; the position is in no exon of ALK on GRCh37 but within the gene, near its end
    assert by_breakpoint("ALK", "2", 29212000, three_prime=True).kept == "lost"


def test_where_the_assemblies_disagree_it_cannot_be_told():
    # within ALK on both: on GRCh38 far before the domain, on GRCh37 behind it
    found = by_breakpoint("ALK", "2", 29425000, three_prime=True)
    assert found.kept == "cannot tell"
    assert "assembly" in found.why


def test_another_chromosome_or_a_place_outside_the_gene_cannot_be_told():
    assert "does not lie on chromosome 3" in by_breakpoint("ALK", "3", 29223528, three_prime=True).why
    assert "outside ALK" in by_breakpoint("ALK", "2", 5, three_prime=True).why
    assert "exon of MET" in by_breakpoint("MET", "7", 116771990, three_prime=True).why
