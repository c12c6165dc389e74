"""The tables of fusion callers. The rows are made up in the callers' layouts, as their manuals describe the columns."""

from __future__ import annotations

import json

import pytest

from caseboard.__main__ import main
from caseboard.case import Alteration
from caseboard.errors import InputError
from caseboard.formats.detect import find_reader
from caseboard.formats.flat import read_flat, write_flat
from caseboard.formats.fusions import is_fusion_table, read_fusions
from caseboard.formats.source import SourceText, read_source

ARRIBA = (
    "#gene1\tgene2\tstrand1(gene/fusion)\tstrand2(gene/fusion)\tbreakpoint1\tbreakpoint2\tsite1\tsite2\ttype\t"
    "split_reads1\tsplit_reads2\tdiscordant_mates\tconfidence\treading_frame\tretained_protein_domains\n"
    "TPM3\tROS1\t-/-\t-/-\tchr1:154170400\tchr6:117324415\tCDS/splice-site\tCDS/splice-site\ttranslocation\t"
    "12\t8\t5\thigh\tin-frame\tTropomyosin(100%)|Protein_kinase_domain(100%)\n"
    "TPM3\tROS1\t-/-\t-/-\tchr1:154170400\tchr6:117321394\tCDS/splice-site\tCDS/splice-site\ttranslocation\t"
    "2\t1\t0\tlow\tout-of-frame\t.\n"
    "FLT3\tFLT3\t-/-\t-/-\tchr13:28034100\tchr13:28034150\tCDS\tCDS\tduplication/ITD\t9\t9\t0\tmedium\tin-frame\t.\n"
    "LINC1(2000),NOVEL2(10)\tALK\t./.\t-/.\tchr3:100\tchr2:29223528\tintergenic\tCDS/splice-site\ttranslocation\t"
    "3\t3\t1\tlow\t.\t.\n"
)
STAR = (
    "#FusionName\tJunctionReadCount\tSpanningFragCount\tSpliceType\tLeftGene\tLeftBreakpoint\tRightGene\t"
    "RightBreakpoint\tPROT_FUSION_TYPE\n"
    "STX16-NPEPL1--RAE1\t7\t3\tONLY_REF_SPLICE\tSTX16-NPEPL1^ENSG00000254995.4\tchr20:58673711:+\t"
    "RAE1^ENSG00000101146.12\tchr20:57352000:+\tFRAMESHIFT\n"
)
INSPECTOR = STAR.replace("LeftBreakpoint", "LeftLocalBreakpoint\tLeftBreakpoint").replace(
    "\tchr20:58673711:+", "\t2641\tchr20:58673711:+"
)
CATCHER = (
    "Gene_1_symbol(5end_fusion_partner)\tGene_2_symbol(3end_fusion_partner)\tFusion_description\t"
    "Spanning_pairs\tSpanning_unique_reads\tFusion_point_for_gene_1(5end_fusion_partner)\t"
    "Fusion_point_for_gene_2(3end_fusion_partner)\tGene_1_id(5end_fusion_partner)\t"
    "Gene_2_id(3end_fusion_partner)\tPredicted_effect\n"
    "EML4\tALK\tknown\t545\t27\t2:42295516:+\t2:29223528:-\tENSG00000143924\tENSG00000171094\tin-frame\n"
)
JAFFA = (
    '"sample","fusion genes","chrom1","base1","strand1","chrom2","base2","strand2","spanning pairs",'
    '"spanning reads","inframe","classification"\n'
    '"A","LMNA:NTRK1","chr1",156130773,"+","chr1",156874906,"+",75,159,TRUE,"HighConfidence"\n'
    '"B","AC1.2:NTRK1","chr1",156130773,"+","chr1",156874906,"+",-,4,FALSE,"LowConfidence"\n'
)
ENFUSION = (
    "# Sample: T\nUnorderedFusion\tOrderedFusion\tGene1\tGene2\tChr1\tChr2\tBreak1\tBreak2\n"
    "PDGFRB+TPM3\tTPM3>>PDGFRB\tTPM3\tPDGFRB\t1\t5\t154170465\t150126612\n"
)
CICERO = (
    "sample\tgeneA\tchrA\tposA\tortA\tfeatureA\tgeneB\tchrB\tposB\tortB\tfeatureB\tsv_ort\treadsA\treadsB\ttype\n"
    "s1\tPBX1\tchr1\t164792494\t+\tcoding\tTCF3\tchr19\t1619111\t-\tcoding\t<\t62\t78\tCTX\n"
    "s1\tALK\tchr2\t29223528\t-\tintron\tEML4\tchr2\t42295516\t+\tintron\t?\t1\t2\tINV\n"
)
GENIE = (
    "Site1_Hugo_Symbol\tSite2_Hugo_Symbol\tSite1_Chromosome\tSite2_Chromosome\tSite1_Position\tSite2_Position\t"
    "Site2_Effect_On_Frame\tAnnotation\tTumor_Split_Read_Count\tTumor_Paired_End_Read_Count\n"
    "TPM3\tPDGFRB\t1\t5\t154170465\t150126612\tIn_frame\tTPM3 (NM_152263.4) - PDGFRB (NM_002609.4) fusion\t4\t55\n"
)
DATA_SV = (
    "Sample_Id\tSV_Status\tSite1_Hugo_Symbol\tSite1_Region\tSite1_Region_Number\tSite1_Chromosome\t"
    "Site1_Position\tSite2_Hugo_Symbol\tSite2_Region\tSite2_Region_Number\tSite2_Chromosome\tSite2_Position\t"
    "Class\tEvent_Info\n"
    "P-1\tSOMATIC\tALK\texon\t20\t2\t29446394\tEML4\texon\t13\t2\t42522656\tINVERSION\t"
    "Protein Fusion: in frame  {EML4:ALK} (EML4-ALK)\n"
    "P-1\tSOMATIC\tALK\tintron\t19\t2\t29447000\tEML4\tintron\t13\t2\t42523000\tINVERSION\t-\n"
    "P-2\tSOMATIC\tROS1\tintron\t33\t6\t117645000\t\t\t\t\t\tTRANSLOCATION\tunknown partner\n"
    "P-2\tSOMATIC\tEGFR\texon\t2\t7\t55221000\tEGFR\texon\t7\t7\t55224000\tDELETION\tEGFRvIII\n"
)
TOPHAT = "TCGA-1\tASTN2\tchr9\t119976636\tARHGDIG\tchr16\t331745\t12\t24\t17\t649.46\n"
LONGGF = (
    "run.bam genes.gtf 100 50 100\nRead sam file.\n"
    "GF\tRET:KIF5B 24 24 supporting reads=24/30 21261948:20;21261951:2 23080474:1;23080475:14 chr10:43114480 "
    "24/0:128:51 chr10:32017143 0/24:128:59\n\t21261948(+chr14:1-2/x:0-1)1\nSumGF\tRET:KIF5B 24 chr10:1 chr10:2\n"
)
ALL = {
    "Arriba": ARRIBA,
    "STAR-Fusion": STAR,
    "FusionInspector": INSPECTOR,
    "FusionCatcher": CATCHER,
    "JAFFA": JAFFA,
    "EnFusion": ENFUSION,
    "CICERO": CICERO,
    "GENIE": GENIE,
    "cBioPortal data_sv": DATA_SV,
    "TopHat-Fusion": TOPHAT,
    "LongGF": LONGGF,
}


def source(text: str) -> SourceText:
    return SourceText("calls.tsv", "calls.tsv", text.encode(), text)


def read(text: str) -> tuple[Alteration, ...]:
    return read_fusions(source(text)).of(Alteration)


def pairs(text: str) -> list[tuple[str | None, str | None]]:
    return [(fact.gene5, fact.gene3) for fact in read(text)]


@pytest.mark.parametrize("caller", ALL)
def test_a_table_is_known_by_its_content_and_names_its_caller(caller):
    found = source(ALL[caller])
    assert find_reader(found) is read_fusions
    assert {fact.call.caller for fact in read(ALL[caller])} == {caller}


@pytest.mark.parametrize("caller", ALL)
def test_every_cell_of_every_row_is_kept_and_the_quote_stands_in_the_file(caller):
    text = ALL[caller]
    case = read_fusions(source(text))
    assert case.documents[0].text == text
    lines = text.splitlines()
    for fact in case.of(Alteration):
        span = fact.source.span
        assert text[span.start : span.end] == fact.source.quote
        assert fact.source.quote in lines[fact.source.row - 1]
        written = lines[fact.source.row - 1].replace('"', "")
        assert all(value in written for _, value in fact.call.columns)
        assert len(fact.call.columns) >= 4


@pytest.mark.parametrize("caller", ALL)
def test_calls_are_written_and_read_back_as_facts(caller):
    case = read_fusions(source(ALL[caller]))
    again = read_flat(write_flat(case), path="calls.tsv")
    assert [fact.call for fact in again.of(Alteration)] == [fact.call for fact in case.of(Alteration)]


def test_two_breakpoints_of_one_fusion_stay_two():
    first, second, *_ = read(ARRIBA)
    assert (first.gene5, first.gene3) == (second.gene5, second.gene3) == ("TPM3", "ROS1")
    assert (first.call.three.position, second.call.three.position) == (117324415, 117321394)
    assert (first.call.frame, second.call.frame) == ("in-frame", "out-of-frame")


def test_arriba_keeps_reads_frame_domains_and_strand():
    call = read(ARRIBA)[0].call
    assert (call.split_reads, call.spanning_reads, call.confidence) == (20, 5, "high")
    assert call.domains == "Tropomyosin(100%)|Protein_kinase_domain(100%)"
    assert (call.five.chromosome, call.five.strand) == ("1", "-")


def test_a_tandem_duplication_within_a_gene_is_no_fusion():
    fact = read(ARRIBA)[2]
    assert (fact.type, fact.gene, fact.gene5) == ("other", "FLT3", None)
    assert fact.change == "duplication/ITD within the gene"


def test_a_breakpoint_between_genes_leaves_the_partner_unknown_and_says_so():
    fact = read(ARRIBA)[3]
    assert (fact.type, fact.gene) == ("rearrangement", "ALK")
    assert any("between genes: LINC1(2000),NOVEL2(10)" in remark for remark in fact.remarks)


@pytest.mark.parametrize("text", [STAR, INSPECTOR])
def test_a_symbol_with_a_hyphen_stays_one_gene(text):
    fact = read(text)[0]
    assert (fact.gene5, fact.gene3) == ("STX16-NPEPL1", "RAE1")
    assert fact.call.frame == "out-of-frame"
    assert (fact.call.five.position, fact.call.five.strand) == (58673711, "+")


def test_the_samples_of_a_table_are_its_patients():
    facts = read(JAFFA)
    assert [fact.patient for fact in facts] == [1, 2]
    assert [fact.call.sample for fact in facts] == ["A", "B"]
    assert facts[1].call.spanning_reads is None
    assert [fact.call.frame for fact in facts] == ["in-frame", "out-of-frame"]


def test_a_clone_name_is_kept_and_never_corrected_to_a_gene():
    assert pairs(JAFFA)[1] == ("AC1.2", "NTRK1")


def test_the_order_of_partners_follows_the_caller_where_it_tells():
    assert pairs(ENFUSION) == [("TPM3", "PDGFRB")]
    assert pairs(CICERO)[0] == ("TCF3", "PBX1")
    assert pairs(GENIE) == [("TPM3", "PDGFRB")]


def test_without_a_told_order_only_a_known_pair_turns_it_with_a_remark():
    facts = read(CICERO)
    assert (facts[1].gene5, facts[1].gene3) == ("EML4", "ALK")
    assert any("turned round" in remark for remark in facts[1].remarks)
    assert pairs(LONGGF) == [("KIF5B", "RET")]
    tophat = read(TOPHAT)[0]
    assert (tophat.gene5, tophat.gene3) == ("ASTN2", "ARHGDIG")
    assert any("the order is as written" in remark for remark in tophat.remarks)


def test_the_sites_of_data_sv_are_ordered_by_the_words_of_the_event():
    first = read(DATA_SV)[0]
    assert (first.gene5, first.gene3) == ("EML4", "ALK")
    assert (first.call.five.exon, first.call.three.exon) == (13, 20)
    assert first.call.frame == "in-frame"
    assert any("site 2 is read as the 5' partner" in remark for remark in first.remarks)


def test_a_site_without_a_second_gene_is_a_rearrangement_and_one_gene_twice_no_fusion():
    third, fourth = read(DATA_SV)[2:]
    assert (third.type, third.gene) == ("rearrangement", "ROS1")
    assert (fourth.type, fourth.gene, fourth.change) == ("other", "EGFR", "DELETION within the gene")


def test_a_missing_column_is_named():
    text = ARRIBA.replace("breakpoint2", "elsewhere")
    with pytest.raises(InputError, match="a table of Arriba without the column breakpoint2"):
        read(text)


def test_a_row_that_is_cut_short_is_named():
    with pytest.raises(InputError, match=r"line 2: a row with 3 of 10 columns"):
        read(CATCHER.splitlines()[0] + "\nEML4\tALK\tknown\n")


def test_a_table_without_a_row_says_that_no_fusion_is_listed():
    with pytest.raises(InputError, match="a table of Arriba without a fusion"):
        read(ARRIBA.splitlines()[0] + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "A woman of 40 had an EML4::ALK fusion.",
        "gene1\tgene2\nEML4\tALK\n",
        "GF is what they call it.\n",
        "a,b,c\n1,2,3\n",
    ],
)
def test_other_texts_are_no_table_of_a_caller(text):
    assert not is_fusion_table(source(text))


def test_the_commands_read_a_table_of_calls(tmp_path, capsys):
    path = tmp_path / "fusions.tsv"
    path.write_text(ARRIBA)
    assert main(["facts", str(path)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [fact["call"]["caller"] for fact in told] == ["Arriba"] * 4
    assert main(["board", str(path), "-o", str(tmp_path / "page.html")]) == 0
    assert "TPM3::ROS1" in (tmp_path / "page.html").read_text()


# Numbers of rows counted with wc, first and last fusion read by eye.
SHARED = {
    "arriba/fusions.tsv": (1, "BCR::ABL1", "BCR::ABL1"),
    "agfusion/Arriba/fusions.tsv": (1, "BCR::ABL1", "BCR::ABL1"),
    "agfusion/FusionCatcher/final-list_candidate-fusion-genes.txt": (9, "ADAMTS9::ANO2", None),
    "agfusion/FusionInspector/test.FusionInspector.fusions.txt": (2, "AL627171.2::TPM3", "STAT3::AL627171.2"),
    "agfusion/FusionInspector/test.FusionInspector.fusions.abridged.txt": (2, "AL627171.2::TPM3", None),
    "agfusion/LongGF/fusions_hg38.log": (2, "BCAS4::BCAS3", "HNRNPC::ACIN1"),
    "agfusion/LongGF/fusions_mouse.log": (4, None, None),
    "agfusion/STARFusion/star-fusion.fusion_candidates.final.abridged": (2, "ACACA::STAC2", "RPS6KB1::SNF8"),
    "agfusion/STARFusion/star-fusion.fusion_predictions.abridged.coding_effect.tsv": (
        4,
        "ARID3B::MYCNUT",
        None,
    ),
    "agfusion/TopHat-Fusion/result.txt": (20, None, None),
    "fusor/annotated.fusion.txt": (1, "TCF3::PBX1", "TCF3::PBX1"),
    "fusor/arriba_fusions_itd.tsv": (1, None, None),
    "fusor/enfusion_test.csv": (1, "TPM3::PDGFRB", "TPM3::PDGFRB"),
    "fusor/final-list_candidate-fusion-genes.txt": (355, "ALK::EML4", None),
    "fusor/fusion_catcher_test.txt": (3, "ALK::EML4", "TPM3::NTRK1"),
    "fusor/fusions_arriba_test.tsv": (1, "BCR::ABL1", "BCR::ABL1"),
    "fusor/genie_test.txt": (1, "TPM3::PDGFRB", "TPM3::PDGFRB"),
    "fusor/jaffa_results.csv": (491, "RP4-777O23.3::AC005154.6", None),
    "fusor/jaffa_results_test.csv": (2, "RP4-777O23.3::AC005154.6", "LMNA::NTRK1"),
    "fusor/star-fusion.fusion_predictions.abridged.tsv": (37, "KIF5B::RET", None),
    "fusor/star_fusion_test.tsv": (3, "KIF5B::RET", "UBE2R2::WNK1"),
}


@pytest.mark.parametrize("name", SHARED)
def test_real_tables_are_read_row_by_row(shared, name):
    rows, first, last = SHARED[name]
    given = read_source(str(shared / "formats" / "fusions" / name))
    facts = find_reader(given)(given).of(Alteration)
    assert len(facts) == rows
    for fact in facts:
        span = fact.source.span
        assert given.text[span.start : span.end] == fact.source.quote
        line = given.text.splitlines()[fact.source.row - 1]
        bare = line.replace('"', "")
        assert all(value in line or value in bare for _, value in fact.call.columns)
        assert fact.call.five.position
        assert fact.call.three.position
    names = [f"{fact.gene5}::{fact.gene3}" for fact in facts]
    assert first in (None, names[0])
    assert last in (None, names[-1])


def test_every_real_table_is_listed_here(shared):
    folder = shared / "formats" / "fusions"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    apart = {name for name in found if "LICENSE" in name or name.endswith(("README.txt", "PROVENANCE.md"))}
    assert found - apart == set(SHARED)
