"""Molecular findings. Expected values: HGNC's rules for fusions, the WHO classification, papers named beside them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard import read_narrative
from caseboard.assess.alterations import found_alterations
from caseboard.assess.molecular import alteration_reports
from caseboard.case import Alteration, Case, DateInterval, Diagnosis, Document, Source, Test


def source(quote=""):
    return Source("note", quote)


def imt(number="f1", when=None):
    term = "inflammatory myofibroblastic tumor"
    return Diagnosis(id=number, source=source(), term=term, status="final", when=when)


def fusion(five, three, quote="", number="f9", **more):
    return Alteration(id=number, source=source(quote), type="fusion", gene5=five, gene3=three, **more)


def variant(gene, change, quote="", number="f9"):
    return Alteration(id=number, source=source(quote or change), type="variant", gene=gene, change=change)


def rearranged(gene, number="f9", quote=""):
    return Alteration(id=number, source=source(quote), type="rearrangement", gene=gene)


def fish(gene, result="positive", number="f8", method="FISH"):
    return Test(
        id=number, source=source(f"{method} {gene} {result}"), method=method, target=gene, result=result
    )


def reports(*facts, cutoff=None):
    return alteration_reports(Case(title="t", facts=facts, cutoff=cutoff))


def rules(report):
    return {finding.rule.removeprefix("molecular."): finding for finding in report.findings}


def test_a_fusion_is_named_as_hgnc_says_with_its_partners():
    (report,) = reports(imt(), fusion("YWHAE", "ROS1", "YWHAE-ROS1 fusion"))
    assert (report.name, report.gene5, report.gene3, report.type) == (
        "YWHAE::ROS1",
        "YWHAE",
        "ROS1",
        "fusion",
    )
    assert (report.kinase, report.kinase_is_3prime) == ("ROS1", True)
    assert report.as_written == "YWHAE-ROS1 fusion"
    named = rules(report)["fusion_in_hgnc_form"]
    assert "YWHAE is the 5' partner" in named.what
    assert named.citations[0].doi == "10.1038/s41375-021-01436-6"
    assert named.facts == ("f9",)


def test_a_corrected_symbol_is_remarked_and_a_right_one_is_not():
    (wrong,) = reports(imt(), fusion("YWHAE", "ROS1", "YWHAE1-ROS1 fusion"))
    (right,) = reports(imt(), fusion("YWHAE", "ROS1", "YWHAE-ROS1 fusion"))
    assert "YWHAE1" in rules(wrong)["symbol_corrected"].what
    assert "symbol_corrected" not in rules(right)


def test_the_readers_remark_is_kept():
    (report,) = reports(
        fusion("YWHAE", "ROS1", "YWHAE1-ROS1", remarks=("read as YWHAE: no gene YWHAE1 is known",))
    )
    assert rules(report)["symbol_corrected"].what.count("YWHAE1") == 1


def test_an_order_that_was_turned_is_remarked():
    (turned,) = reports(imt(), fusion("FN1", "ALK", "an in-frame ALK-FN1 fusion"))
    (as_told,) = reports(imt(), fusion("FN1", "ALK", "an in-frame FN1-ALK fusion"))
    assert "ALK first" in rules(turned)["order_turned"].what
    assert "order_turned" not in rules(as_told)


def test_a_pair_known_in_the_tumour_is_said_with_its_paper():
    (report,) = reports(imt(), fusion("RRBP1", "ALK"))
    known = rules(report)["pair_known"]
    assert "RRBP1::ALK is known in inflammatory myofibroblastic tumor" in report.known_in_tumor
    assert 27874193 in {citation.pmid for citation in known.citations}  # Lee 2017, J Pathol
    assert known.facts == ("f9", "f1")


def test_evidence_with_the_exact_pair_in_the_tumour_is_cited():
    # EID1244: RANBP2::ALK in IMT, Butrynski 2010, PMID 20979472
    (report,) = reports(imt(), fusion("RANBP2", "ALK"))
    assert "EID1244" in {citation.evidence for citation in rules(report)["pair_known"].citations}


def test_a_pair_not_known_in_the_tumour_is_said_and_where_it_is_known():
    (report,) = reports(imt(), fusion("EZR", "ROS1"))
    finding = rules(report)["pair_not_known"]
    assert finding.level == "note"
    assert "EZR::ROS1 is not known" in report.known_in_tumor
    assert "lung" in report.known_in_tumor
    assert "other partners are known in it" in report.known_in_tumor
    assert "TFG::ROS1" in report.known_in_tumor


def test_before_a_paper_was_published_the_pair_is_not_known():
    before, after = date(2014, 6, 30), date(2016, 12, 31)  # Hornick 2015 for YWHAE::ROS1
    facts = (imt(), fusion("YWHAE", "ROS1"))
    assert "pair_not_known" in rules(reports(*facts, cutoff=before)[0])
    known = rules(reports(*facts, cutoff=after)[0])["pair_known"]
    assert [citation.doi for citation in known.citations] == ["10.1038/modpathol.2014.165"]


def test_without_a_diagnosis_nothing_is_said_of_the_tumour():
    (report,) = reports(fusion("YWHAE", "ROS1"))
    assert "cannot be said: no diagnosis is told of" in report.known_in_tumor


def test_what_is_not_told_of_a_fusion_is_listed_and_asked_for():
    (report,) = reports(imt(), fusion("YWHAE", "ROS1", "YWHAE-ROS1 fusion"))
    assert report.unknown == (
        "the exons that are joined",
        "whether the reading frame is kept",
        "whether the kinase domain of ROS1 is kept",
    )
    assert len(report.ask_the_laboratory) == 3
    assert "not_told" in rules(report)


def test_what_is_told_is_not_asked_for():
    quote = "an in-frame fusion of EML4 exon 6 with ALK exon 20, the kinase domain whole"
    (report,) = reports(imt(), fusion("EML4", "ALK", quote))
    assert (report.unknown, report.ask_the_laboratory) == ((), ())
    assert "not_told" not in rules(report)


def test_a_variant_of_uncertain_significance_is_said_to_be_one_and_corrects_no_symbol():
    told = msgspec.structs.replace(
        variant("ALK", "V1149I"), remarks=("told to be of uncertain significance",)
    )
    (report,) = reports(imt(), told)
    assert rules(report)["uncertain_significance"].level == "warning"
    assert "symbol_corrected" not in rules(report)


def test_a_fusion_by_sequencing_and_a_rearrangement_by_fish_are_one_alteration():
    (report,) = reports(
        imt(),
        rearranged("ALK", "f4", "split signals of ALK"),
        fish("ALK", number="f5"),
        fusion("TPM3", "ALK", "TPM3-ALK", number="f6"),
    )
    assert report.name == "TPM3::ALK"
    assert report.facts == ("f4", "f6", "f5")
    assert report.as_written == "split signals of ALK; TPM3-ALK; FISH ALK positive"
    assert "counted once" in rules(report)["found_more_than_once"].what


def test_a_rearrangement_of_the_5_prime_partner_is_part_of_the_fusion_too():
    (report,) = reports(rearranged("ETV6", "f4"), fusion("ETV6", "NTRK3", number="f6"))
    assert report.facts == ("f4", "f6")


def test_nothing_empty_is_said_of_a_rearrangement_without_kinase():
    (report,) = reports(imt(), rearranged("SS18"))
    assert "pair_not_known" not in rules(report)
    assert all(len(finding.what) > 1 for finding in report.findings)


def test_two_fusions_of_one_kinase_stay_two():
    names = [
        report.name
        for report in reports(fusion("EML4", "ALK", number="f4"), fusion("KIF5B", "ALK", number="f5"))
    ]
    assert names == ["EML4::ALK", "KIF5B::ALK"]


def test_the_alterations_of_two_patients_are_not_merged():
    other = msgspec.structs.replace(rearranged("ALK", "f4"), patient=2)
    assert len(reports(fusion("EML4", "ALK", number="f3"), other)) == 2


def test_a_rearrangement_alone_asks_for_its_partner():
    (report,) = reports(imt(), rearranged("ALK"))
    assert (report.name, report.kinase, report.kinase_is_3prime) == ("ALK rearrangement", "ALK", None)
    assert report.unknown[0] == "the partner gene"
    assert "partner_unknown" in rules(report)


def test_a_fusion_with_one_partner_unknown_keeps_the_place_of_the_other():
    (report,) = reports(imt(), fusion(None, "ROS1"))
    assert (report.name, report.kinase_is_3prime) == ("?::ROS1", True)
    assert "partner_unknown" in rules(report)


@pytest.mark.parametrize(
    ("test", "counts"),
    [
        (fish("ALK"), "rearrangement"),
        (fish("ROS1", "positive (30% of nuclei)"), "rearrangement"),
        (fish("SS18"), "rearrangement"),
        (fish("EWSR1", "rearranged"), "rearrangement"),
        (fish("DDIT3"), "rearrangement"),
        (fish("ALK", "negative"), None),
        (fish("MDM2"), "amplification"),
        (fish("HER2"), "amplification"),
        (fish("MET"), "amplification"),
        (fish("FGFR1"), None),  # tested for both
        (fish("TP53"), None),  # tested for its loss
        (fish("ALK", method="IHC"), None),  # a protein
        (fish("ALK", method="NGS"), None),  # may be a variant
    ],
)
def test_a_positive_fish_counts_as_what_the_usual_probe_of_the_gene_shows(test, counts):
    found = found_alterations(Case(title="t", facts=(test,)))
    assert [each.kind for each in found] == ([counts] if counts else [])


def test_a_kinase_as_5_prime_partner_is_warned_of_unless_it_is_usual():
    (lost,) = reports(fusion("ALK", "PTPN3"))
    (usual,) = reports(fusion("FGFR2", "BICC1"))
    assert rules(lost)["kinase_5prime"].level == "warning"
    assert lost.kinase_is_3prime is False
    assert "kinase_5prime" not in rules(usual)
    assert "kinase_5prime_usual" in rules(usual)


def test_a_fusion_the_reverse_of_a_known_one_is_warned_of():
    assert "reverse_of_known" in rules(reports(fusion("ROS1", "YWHAE"))[0])
    assert "reverse_of_known" not in rules(reports(fusion("YWHAE", "ROS1"))[0])


def test_what_a_fusion_does_is_said_only_where_a_source_says_it():
    # EID8901: LMNA::NTRK1 is oncogenic, level D; nothing of the kind is in the release for YWHAE::ROS1
    said = rules(reports(fusion("LMNA", "NTRK1"))[0])["said_of_pair"]
    assert "EID8901" in {citation.evidence for citation in said.citations}
    assert "said_of_pair" not in rules(reports(fusion("YWHAE", "ROS1"))[0])


def test_a_variant_is_named_by_its_protein_change():
    (report,) = reports(variant("ALK", "p.Leu1196Gln"))
    assert (report.name, report.type) == ("ALK p.L1196Q", "variant")
    assert reports(variant("KIT", "exon 11 mutation"))[0].name == "KIT exon 11 mutation"


@pytest.mark.parametrize("written", ["C228T", "c.-124C>T"])
def test_a_change_of_the_promoter_is_no_protein_change(written):
    # Huang et al., Science 2013: C228T is chr5:1,295,228 C>T, 124 bases before the start codon of TERT
    assert reports(variant("TERT", written))[0].name == "TERT promoter C228T"


def test_a_known_resistance_variant_is_flagged():
    (report,) = reports(variant("NTRK1", "G595R"))
    finding = rules(report)["resistance_variant"]
    assert finding.level == "critical"
    assert "Entrectinib, Larotrectinib" in finding.what
    # Alone beside a fusion: 11350 and 11356. Rows on G595R with a second variant (2961, 9593, 11353) say nothing of it.
    assert [citation.evidence for citation in finding.citations] == ["EID11350", "EID11356"]


def test_another_change_of_the_residue_is_told_but_not_taken_for_the_same():
    (report,) = reports(variant("ALK", "L1196Q"))
    finding = rules(report)["same_residue"]
    assert "resistance_variant" not in rules(report)
    assert "ALK L1196M" in finding.what
    assert "not known" in finding.what
    # L1196M alone: resistance to crizotinib (237, 442); to lorlatinib and alectinib only with others (11114, 11115)
    assert {citation.evidence for citation in finding.citations} == {"EID237", "EID442"}
    assert "same_residue" not in rules(reports(variant("ALK", "A1000V"))[0])


def test_a_variant_in_the_fused_gene_is_pointed_out():
    found = reports(fusion("FGFR2", "BICC1", number="f4"), variant("FGFR2", "N550K", number="f5"))
    assert "variant_beside_fusion" in rules(found[1])
    assert "variant_beside_fusion" not in rules(reports(variant("FGFR2", "N550K"))[0])


def test_other_alterations_are_reported_without_claims():
    deletion = Alteration(
        id="f2", source=source(), type="deletion", gene="CDKN2A", change="homozygous deletion"
    )
    (report,) = reports(deletion)
    assert (report.name, report.findings) == ("CDKN2A homozygous deletion", ())


def test_a_case_without_alterations_has_no_reports():
    assert reports(imt()) == ()


TOLD = (
    imt(when=DateInterval.of(2019)),
    rearranged("ALK", "f4"),
    fish("ALK", number="f5"),
    fusion("TPM3", "ALK", "TPM3-ALK", number="f6"),
    variant("ALK", "G1202R", number="f10"),
    variant("TP53", "R175H", number="f11"),
    fusion("TPM3", "ALK", "TPM3::ALK", number="f12"),
)


@given(st.permutations(TOLD))
def test_the_order_in_which_facts_are_held_changes_nothing(facts):
    assert reports(*facts) == reports(*TOLD)


def told(target, result, method, quote):
    return Test(id="f9", source=Source("note", quote), method=method, target=target, result=result)


@pytest.mark.parametrize(
    ("test", "name"),
    [
        (told("KRAS", "negative", "NGS", "KRAS was wild type"), "KRAS wild type"),
        (told("KRAS", "wild-type", "PCR", "KRAS: wild-type"), "KRAS wild type"),
        (
            told("KRAS", "negative", "NGS", "no KRAS mutation in codons 12 and 13"),
            None,
        ),  # not all of it was looked at
        (told("KRAS", "negative", "IHC", "wild type staining"), None),  # a protein
        (told("p53", "negative", "NGS", "wild type"), None),  # no symbol
        (told("MSI", "positive", "PCR", "MSI-high"), "MSI High"),
        (told("MSI", "negative", "PCR", "MSS"), None),
        (told("TMB", "32 mut/Mb", "NGS", "TMB 32 mut/Mb"), "TMB High"),
        (told("TMB", "4 mut/Mb", "NGS", "TMB 4 mut/Mb"), "TMB 4 mut/Mb"),
    ],
)
def test_signatures_and_wild_type_stand_among_the_alterations_with_their_test(test, name):
    found = found_alterations(Case(title="t", facts=(test,)))
    assert [each.name for each in found] == ([name] if name else [])
    assert all(each.facts == ("f9",) for each in found)


def test_a_gene_in_which_something_was_found_is_not_wild_type():
    wild = told("KRAS", "negative", "NGS", "KRAS exon 4 was wild type")
    variant = Alteration(id="f2", source=Source("note", ""), type="variant", gene="KRAS", change="G12D")
    (found,) = found_alterations(Case(title="t", facts=(variant, wild)))
    assert found.name == "KRAS p.G12D"


def test_a_kinase_of_wild_type_is_no_target():
    wild = told("BRAF", "negative", "NGS", "BRAF was wild type")
    (report,) = alteration_reports(Case(title="t", facts=(wild,)))
    assert (report.name, report.kinase) == ("BRAF wild type", None)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("RNA sequencing found a TPM3-NTRK1 fusion (exon 8 of TPM3 to exon 10 of NTRK1) in frame.", ()),
        # exons 10 to 17 of NM_002529, of which 13 to 17 hold the kinase domain
        (
            "RNA sequencing found a TPM3-NTRK1 fusion (exon 8 - exon 10).",
            ("whether the reading frame is kept",),
        ),
        (
            "RNA sequencing found a TPM3-NTRK1 fusion, and KIT exon 11 was of wild type.",
            (
                "the exons that are joined",
                "whether the reading frame is kept",
                "whether the kinase domain of NTRK1 is kept",
            ),
        ),
        # one exon alone, here of a mutation, says of no junction
        (
            "RNA sequencing found a TPM3-NTRK1 fusion in frame and NTRK1 exon 14 had a mutation.",
            ("the exons that are joined", "whether the kinase domain of NTRK1 is kept"),
        ),
    ],
)
def test_what_the_sentence_tells_of_a_fusion_is_not_asked_for(text, unknown):
    """Worked by hand: the exon of another gene is none of the fusion's."""
    case = read_narrative(Document(name="row", text=f"A 50-year-old man presented with sarcoma. {text}"))
    report = next(report for report in alteration_reports(case) if report.type == "fusion")
    assert report.unknown == unknown
