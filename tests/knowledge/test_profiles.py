"""Profiles and variant names. The profiles are names as CIViC writes them; what they mean was worked out by hand."""

from __future__ import annotations

import contextlib
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.errors import KnowledgeError
from caseboard.knowledge.profiles import (
    AllOf,
    AnyOf,
    FusionAtom,
    NoneOf,
    VariantAtom,
    alternatives,
    genes,
    parse_profile,
)
from caseboard.knowledge.variants import codon, position, protein_change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TFG::ROS1 Fusion", FusionAtom("TFG", "ROS1")),
        ("v::ALK Fusion", FusionAtom(None, "ALK")),
        ("FGFR2::v Fusion", FusionAtom("FGFR2", None)),
        ("FGFR2::? Fusion", FusionAtom("FGFR2", None)),
        ("GOPC::ROS1 e7::e35", FusionAtom("GOPC", "ROS1", 7, 35)),
        ("ROS1 G2032R", VariantAtom("ROS1", "G2032R", "change", "G2032R")),
        ("KIT W557_K558del", VariantAtom("KIT", "W557_K558del", "change", "W557_K558del")),
        ("KIT V560DEL", VariantAtom("KIT", "V560DEL", "change", "V560del")),
        ("VHL Y98H (c.292T>C)", VariantAtom("VHL", "Y98H (c.292T>C)", "change", "Y98H")),
        ("KRAS R164Q (exon 5b)", VariantAtom("KRAS", "R164Q (exon 5b)", "change", "R164Q")),
        ("BRCA1 W1815X", VariantAtom("BRCA1", "W1815X", "change", "W1815*")),
        ("BRAF V600", VariantAtom("BRAF", "V600", "codon", "V600")),
        ("RET Mutation", VariantAtom("RET", "Mutation", "mutation")),
        ("MET Exon 14 Skipping Mutation", VariantAtom("MET", "Exon 14 Skipping Mutation", "exon")),
        ("NTRK1 Amplification", VariantAtom("NTRK1", "Amplification", "amplification")),
        ("CDKN2A Loss", VariantAtom("CDKN2A", "Loss", "deletion")),
        ("RET Overexpression", VariantAtom("RET", "Overexpression", "expression")),
        ("FGFR1 Translocation", VariantAtom("FGFR1", "Translocation", "rearrangement")),
        ("BRAF intron 9 rearrangement", VariantAtom("BRAF", "intron 9 rearrangement", "rearrangement")),
        ("KRAS Wildtype", VariantAtom("KRAS", "Wildtype", "wild type")),
    ],
)
def test_a_simple_profile_is_read_as_what_it_says(text, expected):
    assert parse_profile(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "EGFR VIII",
        "AR AR-V7",
        "VHL 3p26.3-25.3 11Mb del",
        "Methylation signature ST-EPN-ZFTA",
    ],
)
def test_a_name_of_no_known_kind_is_kept_as_other_and_equals_only_itself(text):
    atom = parse_profile(text)
    assert isinstance(atom, VariantAtom)
    assert atom.kind == "other"
    assert str(atom) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ABL1 Double Ph", "category"),
        ("TP53 ALTERATION", "category"),
        ("BRCA1 Loss-of-function", "category"),
        ("ERBB2 Kinase Domain Mutation", "category"),
        ("EGFR Rare Exon 18-21 Mutation", "category"),
        ("FLT3 ITD", "internal duplication"),
        ("ERBB4 NUCLEAR TRANSLOCATION", "measure"),
        ("TMB High", "measure"),
        ("MGMT Promoter Methylation", "measure"),
        ("TERT RS2736100", "DNA change"),
        ("VHL Splice Site (c.340+1G>A)", "DNA change"),
        ("KIT Exon 11 Mutation", "exon"),
        ("KRAS Wildtype", "wild type"),
        ("KRAS Mutation", "mutation"),
    ],
)
def test_what_no_single_change_proves_has_a_kind_of_its_own(text, kind):
    assert parse_profile(text).kind == kind


def test_two_variants_in_one_name_are_either_and_joined_by_and_are_both():
    either = parse_profile("ERBB2 S310F/Y")
    assert [atom.change for atom in either.parts] == ["S310F", "S310Y"]
    assert [atom.kind for atom in parse_profile("KRAS G12/G13").parts] == ["codon", "codon"]
    both = parse_profile("VHL P81S (c.241C>T) and L188V (c.562C>G)")
    assert isinstance(both, AllOf)
    assert [atom.change for atom in both.parts] == ["P81S", "L188V"]


def test_an_old_arrow_is_a_deletion_with_an_insertion():
    assert parse_profile("EGFR E746_T751>I").change == "E746_T751delinsI"


def test_the_kinds_of_the_whole_release(shared):
    # 1,935 profiles; what is no kind of alteration is listed here by hand and can only equal its own name
    path = shared / "data" / "civic" / "AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    profiles = {line.split("\t")[0] for line in lines[1:]}
    assert len(profiles) == 1935
    atoms = {
        atom
        for text in profiles
        for way in alternatives(parse_profile(text))
        for atom in (*way.present, *way.absent)
    }
    assert sum(getattr(atom, "kind", "fusion") == "other" for atom in atoms) == 16


def test_and_binds_closer_than_or_and_brackets_group():
    a, b, c = (VariantAtom("RET", name, "change", name) for name in ("G810C", "G810S", "G810R"))
    assert parse_profile("RET G810C AND RET G810S OR RET G810R") == AnyOf((AllOf((a, b)), c))
    assert parse_profile("RET G810C AND ( RET G810S OR RET G810R )") == AllOf((a, AnyOf((b, c))))
    assert parse_profile("NOT RET G810C") == NoneOf(a)


def test_alternatives_are_the_ways_in_which_a_profile_can_hold():
    ways = alternatives(parse_profile("KIF5B::RET Fusion AND ( RET G810C OR RET G810S )"))
    assert [[str(atom) for atom in way.present] for way in ways] == [
        ["KIF5B::RET", "RET G810C"],
        ["KIF5B::RET", "RET G810S"],
    ]


def test_what_must_be_absent_is_kept_apart():
    (way,) = alternatives(parse_profile("MET Amplification AND NOT KRAS Mutation"))
    assert [str(atom) for atom in way.present] == ["MET Amplification"]
    assert [str(atom) for atom in way.absent] == ["KRAS Mutation"]


def test_not_of_a_group_denies_every_part():
    ways = alternatives(parse_profile("NOT ( KIT D816V OR KIT V560D )"))
    assert [[str(atom) for atom in way.absent] for way in ways] == [["KIT D816V", "KIT V560D"]]


def test_genes_are_all_that_are_named():
    assert genes(parse_profile("v::ALK Fusion OR v::ROS1 Fusion")) == {"ALK", "ROS1"}
    assert genes(parse_profile("MET Amplification AND NOT KRAS Mutation")) == {"MET", "KRAS"}


@pytest.mark.parametrize("text", ["", "ALK G1202R AND", "( ALK G1202R", "ALK G1202R )", "OR", "NOT"])
def test_a_broken_profile_is_refused(text):
    with pytest.raises(KnowledgeError):
        parse_profile(text)


@pytest.mark.parametrize("text", ["( " * 5000 + "ALK G1202R" + " )" * 5000, "NOT " * 5000 + "ALK G1202R"])
def test_a_hostile_nesting_is_refused(text):
    with pytest.raises(KnowledgeError):
        parse_profile(text)


def test_a_profile_with_too_many_alternatives_is_refused():
    group = "( " + " OR ".join(f"KIT V{n}A" for n in range(1, 12)) + " )"
    with pytest.raises(KnowledgeError):
        alternatives(parse_profile(" AND ".join([group] * 6)))


@given(st.text(alphabet="ALKv?:eFusion 0123456789()ANDORNT", max_size=60))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(KnowledgeError):
        assert parse_profile(text) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L1196Q", "L1196Q"),
        ("p.L1196Q", "L1196Q"),
        ("pL1196Q", "L1196Q"),
        ("p.Leu1196Gln", "L1196Q"),
        ("p.(Leu1196Gln)", "L1196Q"),
        ("exon 20 G1202R", "G1202R"),
        ("p.Gln253Ter", "Q253*"),
        ("Q253*", "Q253*"),
        ("p.Trp557_Lys558del", "W557_K558del"),
        ("V560DEL", "V560del"),
        ("D770_N771insG", "D770_N771insG"),
        ("E746_A750del (c.2235_2249del)", "E746_A750del"),
        ("p.Ser775fs", "S775fs"),
        ("exon 11 deletion", None),
        ("c.3586C>A", None),
        ("homozygous deletion", None),
        ("V600", None),
        ("", None),
    ],
)
def test_protein_changes_are_brought_to_one_form(text, expected):
    assert protein_change(text) == expected


def test_the_residue_of_a_change_is_its_codon_and_position():
    assert codon("p.Leu1196Gln") == "L1196"
    assert codon("V600") == "V600"
    assert codon("exon 11") is None
    assert position("W557_K558del") == 557
    assert position("exon 11") is None


def test_every_profile_of_the_release_is_read(shared):
    path = shared / "data" / "civic" / "AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
    if not path.exists():
        pytest.skip("the release of CIViC is not beside the repository")
    with path.open(encoding="utf-8", newline="") as lines:
        profiles = {
            row["molecular_profile"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    assert len(profiles) == 1935  # counted in the release's own table
    for profile in profiles:
        assert alternatives(parse_profile(profile))
    fusions = {p for p in profiles if "::" in p and "C19MC" not in p and "reg_e" not in p}
    assert all(
        any(isinstance(a, FusionAtom) for w in alternatives(parse_profile(p)) for a in w.present)
        for p in fusions
    )
