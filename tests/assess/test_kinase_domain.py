"""The kinase domain in a case: from the breakpoints of a caller's table, from exons in words; rows made up."""

from __future__ import annotations

from caseboard.assess.molecular import alteration_reports
from caseboard.case import Alteration, Case, Source
from caseboard.formats.fusions import read_fusions
from caseboard.formats.source import SourceText

HEADER = (
    "#FusionName\tJunctionReadCount\tSpanningFragCount\tLeftGene\tLeftBreakpoint\tRightGene\tRightBreakpoint\t"
    "PROT_FUSION_TYPE"
)


def report(*rows: str):
    text = "\n".join((HEADER, *rows)) + "\n"
    (found,) = alteration_reports(read_fusions(SourceText("s", "s", text.encode(), text)))
    rules: dict[str, list[str]] = {}
    for finding in found.findings:
        rules.setdefault(finding.rule.removeprefix("molecular."), []).append(finding.what)
    return found, rules


def test_a_breakpoint_at_alk_exon_20_keeps_the_domain_and_nothing_of_it_is_asked():
    found, rules = report("EML4--ALK\t10\t5\tEML4^E\tchr2:42295516:+\tALK^E\tchr2:29223528:-\tINFRAME")
    assert "is kept in EML4::ALK: from exon 20" in rules["kinase_domain_kept"][0]
    assert rules["called"] == [
        "STAR-Fusion: EML4 (2:42295516) to ALK (2:29223528); in-frame (INFRAME); "
        "10 reads across the junction, 5 spanning it."
    ]
    assert found.unknown == ()


def test_two_breakpoints_are_told_one_by_one():
    _, rules = report(
        "EML4--ALK\t10\t5\tEML4^E\tchr2:42295516:+\tALK^E\tchr2:29223528:-\tINFRAME",
        "EML4--ALK\t1\t0\tEML4^E\tchr2:42295516:+\tALK^E\tchr2:29209878:-\t.",
    )
    assert len(rules["called"]) == 2
    assert len(rules["kinase_domain_kept"]) == len(rules["kinase_domain_lost"]) == 1


def test_a_kept_domain_out_of_frame_is_said_to_make_no_kinase():
    _, rules = report("EML4--ALK\t1\t5\tEML4^E\tchr2:42295516:+\tALK^E\tchr2:29223528:-\tFRAMESHIFT")
    assert "out of frame: then no kinase is made" in rules["kinase_domain_kept"][0]


def test_a_reciprocal_transcript_has_lost_the_domain():
    _, rules = report("ALK--EML4\t1\t5\tALK^E\tchr2:29225461:-\tEML4^E\tchr2:42301241:+\t.")
    assert "is cut or lost in ALK::EML4: up to exon 19" in rules["kinase_domain_lost"][0]


def test_exons_in_words_tell_the_domain_and_their_absence_asks():
    def told(quote: str):
        fact = Alteration(id="f1", source=Source("note", quote), type="fusion", gene5="GOPC", gene3="ROS1")
        return alteration_reports(Case(title="t", facts=(fact,)))[0]

    assert any(f.rule == "molecular.kinase_domain_kept" for f in told("GOPC::ROS1 e8::e35").findings)
    silent = told("GOPC::ROS1 fusion")
    assert not any("kinase_domain" in f.rule for f in silent.findings)
    assert "whether the kinase domain of ROS1 is kept" in silent.unknown
