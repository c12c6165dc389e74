"""Molecular alterations, read from sentences. Every expected value is worked by hand from the words of its row."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Alteration, Test
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a mass of the thigh. The patient underwent biopsy. "


def alterations(text):
    return read(Document(name="row", text=PATIENT + text)).of(Alteration)


FUSIONS = [
    ("Sequencing revealed an EML4-ALK fusion.", ("EML4", "ALK")),
    ("RNA sequencing: TPM3::NTRK1.", ("TPM3", "NTRK1")),
    ("Sequencing revealed an in-frame ALK-FN1 fusion.", ("FN1", "ALK")),
    ("NGS showed a fusion of ALK with TPM4.", ("TPM4", "ALK")),
    ("The fusion of exon 4 of TFG with exon 35 of ROS1 was found.", ("TFG", "ROS1")),
    ("Sequencing showed that ALK exon 21 was fused to RRBP1 intron 21.", ("RRBP1", "ALK")),
    ("NGS revealed the YWHAE1-ROS1 fusion.", ("YWHAE", "ROS1")),
    ("NGS revealed an FGFR2-BIC1 fusion.", ("FGFR2", "BICC1")),
    ("RT-PCR: EWSR1-FLI1.", ("EWSR1", "FLI1")),
    ("PAX7 FOXO1 fusion by RT-PCR.", ("PAX7", "FOXO1")),
    ("PCR showed the SYT-SSX2 fusion transcript.", ("SS18", "SSX2")),
    ("Sequencing showed ETV6-NTRK3 rearrangement.", ("ETV6", "NTRK3")),
    ("NGS identified an EML4 exon 13-ALK exon 20 fusion.", ("EML4", "ALK")),
    ("An NGS panel showed a COL1A1--PDGFB fusion.", ("COL1A1", "PDGFB")),
    ("NGS identified a ROS1 fusion.", (None, "ROS1")),
    ("A BRAF fusion (KIAA1549-BRAF) was identified.", ("KIAA1549", "BRAF")),
]


@pytest.mark.parametrize(("sentence", "partners"), FUSIONS)
def test_a_fusion_is_read_in_any_notation_with_its_5_prime_partner_first(sentence, partners):
    assert [(fact.type, fact.gene5, fact.gene3) for fact in alterations(sentence)] == [("fusion", *partners)]


def test_a_misspelt_partner_is_corrected_with_a_remark_and_the_quote_keeps_it():
    (fact,) = alterations("NGS revealed the YWHAE1-ROS1 fusion.")
    assert "YWHAE1" in fact.source.quote
    assert any("YWHAE1" in remark for remark in fact.remarks)


def test_a_fusion_written_the_other_way_round_says_so():
    (fact,) = alterations("Sequencing revealed an ALK-FN1 fusion.")
    assert any("turned round" in remark for remark in fact.remarks)


OTHERS = [
    ("FISH: EWSR1 rearranged.", [("rearrangement", "EWSR1", None)]),
    ("FISH showed split signals of ALK in 41 of 50 nuclei.", [("rearrangement", "ALK", None)]),
    ("FISH revealed ETV6 gene breakage.", [("rearrangement", "ETV6", None)]),
    ("FISH revealed a rearrangement in the ALK gene.", [("rearrangement", "ALK", None)]),
    ("FISH showed the presence of SS18 (SYT) gene rearrangement.", [("rearrangement", "SS18", None)]),
    ("Karyotyping showed t(X;18)(p11.2;q11.2).", [("rearrangement", None, "t(X;18)(p11.2;q11.2)")]),
    ("PCR: BRAF V600E.", [("variant", "BRAF", "V600E")]),
    ("Sequencing confirmed a BRAFV600E mutation.", [("variant", "BRAF", "V600E")]),
    ("Sanger sequencing identified a BRAF p.V600E (c.1799T>A) mutation.", [("variant", "BRAF", "V600E")]),
    ("PCR detected the KIT exon 11 deletion W557_K558del.", [("variant", "KIT", "W557_K558del")]),
    ("NGS carried a secondary KIT exon 17 mutation, D820Y.", [("variant", "KIT", "D820Y")]),
    ("A secondary mutation in ALK exon23, pL1196Q, was identified by NGS.", [("variant", "ALK", "L1196Q")]),
    ("NGS showed a BAP1 mutation (Q253*).", [("variant", "BAP1", "Q253*")]),
    ("A mutation in exon 9 of KIT was found by PCR.", [("variant", "KIT", "exon 9 mutation")]),
    ("An EGFR exon 19 deletion was detected by PCR.", [("variant", "EGFR", "exon 19 deletion")]),
    ("NGS: MET exon 14 skipping.", [("variant", "MET", "exon 14 skipping")]),
    ("ctDNA NGS: NTRK1 G595R (VAF 3.4 %), KRAS wt.", [("variant", "NTRK1", "G595R")]),
    (
        "Liquid biopsy showed EGFR L858R and T790M without C797S.",
        [("variant", "EGFR", "L858R"), ("variant", "EGFR", "T790M")],
    ),
    (
        "Mutations in KIT (exon 11, p.W557R) and PIK3CA (H1047R) were found by NGS.",
        [("variant", "KIT", "W557R"), ("variant", "PIK3CA", "H1047R")],
    ),
    (
        "Whole-exome sequencing detected somatic mutations in TP53 and RB1.",
        [("variant", "TP53", None), ("variant", "RB1", None)],
    ),
    ("NGS showed a TERT promoter mutation.", [("variant", "TERT", "promoter mutation")]),
    (
        "Genomic profiling identified CDK4 and MDM2 amplification.",
        [("amplification", "CDK4", None), ("amplification", "MDM2", None)],
    ),
    ("MDM2 was amplified by FISH.", [("amplification", "MDM2", None)]),
    ("FISH: CDK4 amplified ratio 7.4.", [("amplification", "CDK4", "ratio 7.4")]),
    ("NGS: MYCN amplification (CN=31).", [("amplification", "MYCN", "copy number 31")]),
    ("HER2 IHC 2+, FISH amplified.", [("amplification", "ERBB2", None)]),
    (
        "NGS: RB1 hom. deletion, SUZ12 del., PTEN loss.",
        [
            ("deletion", "RB1", "homozygous deletion"),
            ("deletion", "SUZ12", "deletion"),
            ("deletion", "PTEN", "loss"),
        ],
    ),
    ("NGS: RB1—loss exons 3–7.", [("deletion", "RB1", "loss exons 3-7")]),
    (
        "FISH with a break apart probe for FOXO1 was positive in 60% of nuclei.",
        [("rearrangement", "FOXO1", None)],
    ),
    ("NGS: HRAS p.Q61R.", [("variant", "HRAS", "Q61R")]),
    ("NGS: MYC copy number amplification (CN=9).", [("amplification", "MYC", "copy number 9")]),
    ("NGS: ETV6—rearrangement intron 5.", [("rearrangement", "ETV6", "intron 5")]),
    ("TFE3 FISH (positive).", [("rearrangement", "TFE3", None)]),
    ("NGS found a VUS in POLE.", [("variant", "POLE", "variant of uncertain significance")]),
    (
        "NGS showed variants of unknown significance in ATM and CHEK2.",
        [
            ("variant", "ATM", "variant of uncertain significance"),
            ("variant", "CHEK2", "variant of uncertain significance"),
        ],
    ),
    ("NGS showed TP53 c.524G > A(p.Arg175His).", [("variant", "TP53", "R175H (p.Arg175His)")]),
    ("Germline testing: BRCA1c.68_69del.", [("variant", "BRCA1", "c.68_69del")]),
    ("NGS found a BRCA2 mutation at c.8488‐1G>A.", [("variant", "BRCA2", "c.8488-1G>A")]),
    ("DNA panel: CDKN2A homozygous deletion.", [("deletion", "CDKN2A", "homozygous deletion")]),
    ("NGS revealed CDKN2A/B loss.", [("deletion", "CDKN2A", "loss"), ("deletion", "CDKN2B", "loss")]),
]


@pytest.mark.parametrize(("sentence", "expected"), OTHERS)
def test_rearrangements_variants_amplifications_and_deletions(sentence, expected):
    assert [(fact.type, fact.gene, fact.change) for fact in alterations(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "FISH was negative for ALK rearrangement.",
        "No mutations in KIT or PDGFRA were found.",
        "KRAS and NRAS were wild type.",
        "Neither ALK nor ROS1 rearrangement was identified by FISH.",
        "EGFR mutation testing was requested.",
        "FISH for MDM2 could not be performed.",
        "Rebiopsy if progression, for bypass tracks (MET amp).",
        "IHC: INI1 retained, GFAP positive, BRAF V600E (VE1) positive.",
        "Loss of INI1 expression was seen by immunohistochemistry.",
        "ALK rearrangements are found in about 50% of IMTs.",
        "T790M of EGFR was not detected.",
        "Crizotinib, an ALK inhibitor, was started.",
        "His sister has a BRCA1 mutation.",
        "FGFR3 testing will be done at progression.",
    ],
)
def test_what_was_not_found_not_tested_or_not_the_patients_is_no_alteration(sentence):
    assert alterations(sentence) == ()


def test_the_same_alteration_told_again_is_not_repeated():
    text = (
        "NGS showed an EML4-ALK fusion. Because of the EML4-ALK fusion, alectinib was started. The "
        "tumor was ALK-rearranged."
    )
    assert len(alterations(text)) == 1


def test_an_alteration_found_anew_at_a_later_date_is_told_again():
    text = "PCR in April 2019 showed BRAF V600E. In June 2021 a new biopsy examined by NGS showed BRAF V600E again."
    assert [fact.when.iso for fact in alterations(text)] == ["2019-04", "2021-06"]


def test_a_method_with_its_sample_before_the_verb_does_not_hide_what_was_found():
    text = (
        "Next-generation sequencing of the bone lesion identified a TPM3-ALK fusion, and no other mutation."
    )
    assert [(fact.gene5, fact.gene3) for fact in alterations(text)] == [("TPM3", "ALK")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rebiopsy: MET amplification, EGFR T790M was found by NGS.", ("EGFR", "T790M")),
        ("NGS of the biopsy with MET amplification also showed T790M.", ("EGFR", "T790M")),
        ("NGS: EGFR ex19del.", ("EGFR", "exon 19 deletion")),
    ],
)
def test_a_variant_is_of_the_gene_that_it_is_known_of(sentence, expected):
    found = [(fact.gene, fact.change) for fact in alterations(sentence) if fact.type == "variant"]
    assert found == [expected]


def test_a_reason_for_a_choice_does_not_tell_a_variant_anew():
    text = (
        "PCR in April 2019 showed BRAF V600E. "
        "In May 2020, in view of the BRAF V600E mutation, dabrafenib was started."
    )
    assert [fact.when.iso for fact in alterations(text)] == ["2019-04"]


def test_each_word_is_that_of_its_own_gene():
    told = alterations("NGS found a rearrangement of RET and a mutation of TP53.")
    assert [(fact.type, fact.gene) for fact in told] == [("rearrangement", "RET"), ("variant", "TP53")]
    told = alterations("Sequencing disclosed a TPR-NTRK1 fusion and a homozygous deletion of CDKN2A.")
    assert [(fact.type, fact.gene3, fact.gene) for fact in told] == [
        ("fusion", "NTRK1", None),
        ("deletion", None, "CDKN2A"),
    ]


def test_a_denial_reaches_over_an_abbreviation_in_brackets():
    text = "NGS was negative for hepatocyte growth factor receptor (MET) amplification, RET and ALK rearrangement."
    assert alterations(text) == ()


def test_what_follows_a_finding_of_the_same_sentence_may_still_be_denied():
    text = "HER2 was negative (0), and sequencing detected an NRAS Q61R mutation without MDM2 amplification."
    assert [(fact.gene, fact.change) for fact in alterations(text)] == [("NRAS", "Q61R")]


def test_a_denied_gene_does_not_deny_the_fusion_that_is_defined_after_it():
    text = (
        "FISH showed a break of NTRK3 but none of ALK, and RNA sequencing defined the fusion as ETV6-NTRK3."
    )
    assert ("ETV6", "NTRK3") in [(fact.gene5, fact.gene3) for fact in alterations(text)]


def test_a_gene_with_a_variant_of_its_own_takes_no_part_in_the_amplification_before_it():
    text = "NGS showed amplification of MDM2 and KRAS G12D."
    assert [(fact.type, fact.gene, fact.change) for fact in alterations(text)] == [
        ("amplification", "MDM2", None),
        ("variant", "KRAS", "G12D"),
    ]


CHROMOSOMES = [
    ("FISH showed del(17p).", [("deletion", None, "del(17p)")]),
    ("Karyotyping revealed i(12p).", [("other", None, "isochromosome 12p")]),
    ("FISH demonstrated deletion of the long arm of chromosome 13.", [("deletion", None, "del(13q)")]),
    ("A 1p/19q codeletion was found by FISH.", [("deletion", None, "1p/19q codeletion")]),
    ("Cytogenetics: monosomy 7.", [("other", None, "monosomy 7")]),
    ("FISH showed no del(17p).", []),
    ("There was no 1p/19q codeletion.", []),
    ("The MGMT promoter was methylated.", [("other", "MGMT", "promoter methylation")]),
    ("Hypermethylation of the MLH1 promoter was found.", [("other", "MLH1", "promoter hypermethylation")]),
    ("The MGMT promoter was unmethylated.", []),
    ("MGMT promoter methylation was not detected.", []),
    ("MGMT promoter methylation status: negative.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CHROMOSOMES)
def test_changes_of_chromosomes_and_of_methylation(sentence, expected):
    assert [(fact.type, fact.gene, fact.change) for fact in alterations(sentence)] == expected


MOLECULAR = [
    (
        "A KIT exon 11 mutation (c.1669T>C; p.Trp557Arg) was found.",
        [("variant", "KIT", "W557R (p.Trp557Arg)")],
    ),
    ("Guardant: EGFR ex19del persists, no T790M.", [("variant", "EGFR", "exon 19 deletion")]),
    ("FISH: MET/CEP7 ratio 5.2, amplified.", [("amplification", "MET", "ratio 5.2")]),
    ("FISH: MET/CEP7 ratio 1.2, not amplified.", []),
    ("Break-apart FISH, read on 7 May 2019, was positive for EWSR1.", [("rearrangement", "EWSR1", None)]),
    (
        "V600E of BRAF was negative by Sanger but positive by digital PCR.",
        [("variant", "BRAF", "V600E")],
    ),
    ("V600E of BRAF was negative by Sanger and by digital PCR.", []),
    ("DNA panel: CDKN2A homozyg. del.", [("deletion", "CDKN2A", "homozygous deletion")]),
    ("Is the CD74-ROS1 fusion targetable? NGS is awaited.", []),
    ("The scan was stable.\nLit.: BRAF V600E melanoma, PR 8 months.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), MOLECULAR)
def test_molecular_findings_as_notes_word_them(sentence, expected):
    assert [(fact.type, fact.gene, fact.change) for fact in alterations(sentence)] == expected


def test_a_variant_that_means_nothing_is_no_finding():
    assert alterations("NGS showed a likely benign variant in MSH6.") == ()
    assert alterations("NGS showed a MSH6 variant classified as benign.") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "NGS found BRCA1 c.1067A>G, a variant of uncertain significance.",
        "NGS found a BRCA1 variant of uncertain significance (c.1067A>G).",
        "A VUS in BRCA1 (c.1067A>G) was found.",
    ],
)
def test_a_named_variant_of_uncertain_significance_says_so(sentence):
    (fact,) = alterations(sentence)
    assert (fact.change, fact.remarks) == ("c.1067A>G", ("told to be of uncertain significance",))


NOT_THE_PATIENTS = [
    "Germline testing of the daughter showed TP53 R273H.",
    "Primers for BRAF V600E were used.",
    "The assay detects KRAS G12C with a sensitivity of 1%.",
    "NGS: the EGFR L858R mutation was no longer detectable.",
    "On NGS the MET amplification disappeared.",
    "NGS showed disappearance of the EGFR T790M mutation.",
    "NGS. MET: exon 14 skipping - negative.",
]


@pytest.mark.parametrize("sentence", NOT_THE_PATIENTS)
def test_what_was_looked_for_or_is_gone_or_is_a_relatives_is_no_finding(sentence):
    assert alterations(sentence) == ()


@pytest.mark.parametrize(
    "told",
    [
        "ALK rearrangement by FISH: negative.",
        "ALK rearrangement: immunohistochemically negative.",
        "ALK rearrangement on break-apart FISH: not detected.",
        "ALK rearrangement: by FISH negative.",
    ],
)
def test_a_result_behind_the_method_is_that_of_the_alteration(told):
    case = read(Document(name="row", text=PATIENT + told))
    assert case.of(Alteration) == ()
    assert [(t.target, t.result) for t in case.of(Test)] == [("ALK", "negative")]


def test_what_another_method_did_not_find_was_found_all_the_same():
    case = read(Document(name="row", text=PATIENT + "ALK rearrangement by FISH, not detected by NGS."))
    assert [found.type for found in case.of(Alteration)] == ["rearrangement"]


def test_two_colons_say_which_partner_is_first_unless_a_kinase_says_otherwise():
    (fact,) = alterations("RNA-seq identified a CSF1::COL6A3 fusion transcript.")
    assert (fact.gene5, fact.gene3) == ("CSF1", "COL6A3")
    (fact,) = alterations("RNA-seq identified ALK::TPM3.")
    assert (fact.gene5, fact.gene3) == ("TPM3", "ALK")
    (fact,) = alterations("RNA-seq identified a CSF1-COL6A3 fusion.")
    assert (fact.gene5, fact.gene3) == ("COL6A3", "CSF1")


def test_a_lost_second_allele_is_an_alteration_of_its_own():
    told = [(fact.gene, fact.change) for fact in alterations("NGS: SDHB R46Q + LOH, TMB 0.9.")]
    assert told == [("SDHB", "R46Q"), ("SDHB", "loss of heterozygosity")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Germline testing showed a pathogenic variant c.942+3A>T (p.Gly314Arg) in the MSH2 gene and a variant of"
            " uncertain significance c.2320C>G (p.Pro774Ala) in the BRCA2 gene.",
            [("MSH2", "G314R (p.Gly314Arg)"), ("BRCA2", "P774A (p.Pro774Ala)")],
        ),
        (
            "NGS detected TP53 (p.R248Q) and a missense variant (p.G12V) in KRAS.",
            [("TP53", "R248Q"), ("KRAS", "G12V")],
        ),
    ],
)
def test_a_variant_in_brackets_is_of_the_gene_it_is_told_to_be_in(text, expected):
    assert [(fact.gene, fact.change) for fact in alterations(text)] == expected
