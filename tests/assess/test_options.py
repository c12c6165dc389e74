"""Options. Expected evidence: rows of the CIViC release of May 2026, read by eye, sorted into match classes by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.assess.alterations import found_alterations
from caseboard.assess.matching import match
from caseboard.assess.molecular import alteration_reports
from caseboard.assess.options import options
from caseboard.assess.results import Course, Line, Timing, TreatmentEpisode
from caseboard.case import Alteration, Case, DateInterval, Diagnosis, Response, Source, Test, Treatment
from caseboard.errors import UsageError
from caseboard.formats.flat import read_flat
from caseboard.knowledge import pack

NO_COURSE = Course(lesions=(), episodes=(), lines=())
SOURCE = Source("note", "")


def diagnosis(term, number="f1", status="final", when=None):
    return Diagnosis(id=number, source=SOURCE, term=term, status=status, when=when)


IMT = diagnosis("inflammatory myofibroblastic tumor")


def fusion(five, three, number="f9"):
    return Alteration(id=number, source=SOURCE, type="fusion", gene5=five, gene3=three)


def variant(gene, change, number="f10"):
    return Alteration(id=number, source=SOURCE, type="variant", gene=gene, change=change)


def asked(*facts, course=NO_COURSE, cutoff=None):
    found, notes = options(Case(title="t", facts=facts), course, cutoff=cutoff)
    return {" + ".join(option.therapies): option for option in found}, {
        n.rule.removeprefix("options."): n for n in notes
    }


def ids(items):
    return [item.id for item in items]


def classes(option):
    return {item.id: item.match for item in option.evidence}


# --- the yardstick: a ROS1 fusion in an inflammatory myofibroblastic tumour ---------------------------------------


def test_ros1_fusion_in_imt_has_crizotinib_and_entrectinib_first_then_extrapolations():
    found, _ = asked(IMT, fusion("YWHAE", "ROS1"))
    assert list(found) == ["crizotinib", "entrectinib", "ceritinib", "lorlatinib"]
    assert [option.rank for option in found.values()] == [1, 2, 3, 4]
    assert [option.extrapolated for option in found.values()] == [False, False, True, True]
    assert found["crizotinib"].best_match == "same kinase, same tumour"
    assert ids(found["crizotinib"].evidence)[:2] == ["EID1444", "EID11671"]
    assert ids(found["entrectinib"].evidence)[:3] == ["EID11860", "EID11862", "EID11123"]
    assert "Extrapolated from another tumour" in found["ceritinib"].finding.what
    assert "Preclinical" in found["lorlatinib"].finding.what


def test_the_match_classes_of_ros1_evidence_are_kept_apart():
    found, _ = asked(IMT, fusion("YWHAE", "ROS1"))
    crizotinib = classes(found["crizotinib"])
    assert crizotinib["EID1444"] == "same kinase, same tumour"  # TFG::ROS1 in IMT: another partner
    assert crizotinib["EID11671"] == "same kinase, any tumour"  # ALK or ROS1, a trial of many tumours
    assert {crizotinib[n] for n in ("EID688", "EID7282", "EID1030", "EID7933")} == {
        "same kinase, other tumour"
    }
    assert classes(found["entrectinib"])["EID11123"] == "same kinase, other tumour"


def test_the_same_pair_in_the_same_tumour_is_a_class_of_its_own():
    found, _ = asked(IMT, fusion("TFG", "ROS1"))
    assert classes(found["crizotinib"])["EID1444"] == "same pair, same tumour"
    assert classes(found["entrectinib"])["EID11860"] == "same pair, same tumour"
    assert found["crizotinib"].best_match == "same pair, same tumour"


def test_the_same_pair_in_another_tumour_counts_as_its_kinase_there():
    found, _ = asked(IMT, fusion("GOPC", "ROS1"))
    assert classes(found["lorlatinib"])["EID7483"] == "same kinase, other tumour"


def test_evidence_on_alk_alone_never_applies_to_ros1():
    found, notes = asked(IMT, fusion("YWHAE", "ROS1"))
    shown = {item.id for o in found.values() for item in (*o.evidence, *o.contradicting, *o.resistance)}
    shown |= {citation.evidence for note in notes.values() for citation in note.citations}
    rows = {row.id: row for row in pack().rows}
    assert all("ROS1" in rows[number].genes for number in shown)
    assert "EID11671" in shown
    assert "EID11122" not in shown


def test_resistance_variants_of_ros1_are_what_to_look_for_and_no_reason_to_give():
    found, notes = asked(IMT, fusion("YWHAE", "ROS1"))
    crizotinib = found["crizotinib"]
    resistance = set(ids(crizotinib.resistance))
    assert {"EID1100", "EID2934", "EID1254", "EID1252", "EID1257"} <= resistance
    assert {item.match for item in crizotinib.resistance} == {"resistance"}
    assert resistance.isdisjoint(ids(crizotinib.evidence))
    look = notes["look_for_on_progression"]
    assert "G2032R, G2101A, L2026M, L2155S" in look.what
    assert "lorlatinib (EID1251)" in look.detail
    assert "EID7538 (disputed)" in look.detail
    # Evidence that needs a variant is no evidence for the fusion alone: foretinib and cabozantinib have no other.
    assert not {"foretinib", "cabozantinib"} & set(found)


def test_the_evidence_is_cited_with_its_ids_and_the_facts_it_stands_on():
    found, _ = asked(IMT, fusion("YWHAE", "ROS1"))
    finding = found["crizotinib"].finding
    assert finding.rule == "options.same_kinase_same_tumour"
    assert [(c.evidence, c.pmid) for c in finding.citations] == [("EID1444", 24875859)]
    assert finding.facts == ("f9", "f1")
    assert "Ranked by" in finding.detail


# --- tumours ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "term",
    [
        "inflammatory myofibroblastic tumor of the bladder",
        "inflammatory myofibroblastic tumor of the lung",
        "metastatic inflammatory myofibroblastic tumour",
        "epithelioid inflammatory myofibroblastic sarcoma",
    ],
)
def test_an_imt_of_any_site_is_the_same_tumour(term):
    found, _ = asked(diagnosis(term), fusion("TPM3", "ALK"))
    assert found["crizotinib"].best_match == "same kinase, same tumour"
    assert ids(found["crizotinib"].evidence)[0] == "EID11122"


def test_in_another_tumour_the_imt_evidence_is_the_extrapolation():
    found, _ = asked(diagnosis("lung adenocarcinoma"), fusion("CD74", "ROS1"))
    assert classes(found["crizotinib"])["EID7282"] == "same kinase, same tumour"
    assert classes(found["crizotinib"])["EID1444"] == "same kinase, other tumour"
    assert ids(found["crizotinib"].evidence)[0] == "EID7282"  # level A, rating 5
    assert found["entrectinib"].extrapolated is False


def test_a_trial_of_many_tumours_counts_between_the_same_and_another():
    found, _ = asked(IMT, fusion("TPM3", "NTRK1"))
    assert found["larotrectinib"].best_match == "same kinase, any tumour"
    assert found["larotrectinib"].extrapolated is False
    assert classes(found["larotrectinib"])["EID6567"] == "same kinase, any tumour"  # Solid Tumor, level A
    assert (
        classes(found["larotrectinib"])["EID8042"] == "same kinase, other tumour"
    )  # one papillary thyroid carcinoma


def test_the_latest_final_diagnosis_is_the_tumour_and_history_never_is():
    facts = (
        diagnosis("breast carcinoma", "f1", "history"),
        diagnosis("myofibroblastic sarcoma", "f2", "working", DateInterval.of(2019, 2)),
        diagnosis("inflammatory myofibroblastic tumor", "f3", "final", DateInterval.of(2019, 4)),
        diagnosis("metastatic sarcoma", "f4", "final"),
    )
    found, _ = asked(*facts, fusion("YWHAE", "ROS1"))
    assert found["crizotinib"].best_match == "same kinase, same tumour"
    assert found["crizotinib"].finding.facts[-1] == "f3"


def test_a_working_diagnosis_is_used_and_said():
    found, notes = asked(diagnosis(IMT.term, status="working"), fusion("YWHAE", "ROS1"))
    assert found["crizotinib"].best_match == "same kinase, same tumour"
    assert "working diagnosis" in notes["working_diagnosis"].what
    assert "working_diagnosis" not in asked(IMT, fusion("YWHAE", "ROS1"))[1]


def test_without_a_diagnosis_nothing_is_of_the_same_tumour():
    found, notes = asked(fusion("YWHAE", "ROS1"))
    assert notes["no_tumour"].level == "warning"
    assert not any(option.best_match.endswith("same tumour") for option in found.values())


def test_a_diagnosis_outside_the_vocabulary_is_said():
    found, notes = asked(diagnosis("florid zzyzx of unknown kind"), fusion("YWHAE", "ROS1"))
    assert "not in the tumour vocabulary" in notes["tumour_not_known"].what
    assert found


# --- kinds of alteration ------------------------------------------------------------------------------------------


def test_a_rearrangement_with_unknown_partner_matches_by_its_kinase():
    rearrangement = Alteration(id="f9", source=SOURCE, type="rearrangement", gene="ALK")
    found, _ = asked(IMT, rearrangement)
    assert found["crizotinib"].best_match == "same kinase, same tumour"
    assert "same pair, same tumour" not in {item.match for o in found.values() for item in o.evidence}


def test_a_fusion_rule_never_fires_on_a_mutation():
    found, notes = asked(IMT, variant("ROS1", "G2032R"))
    assert found == {}
    assert "resistance_found" in notes  # EID2934 names the variant alone


def test_a_mutation_rule_never_fires_on_a_fusion():
    # EID37: ALK F1174L, alectinib in neuroblastoma; EID1237: ALK Mutation, ceritinib
    found, _ = asked(IMT, fusion("TPM3", "ALK"))
    shown = {item.id for option in found.values() for item in option.evidence}
    assert shown.isdisjoint({"EID37", "EID38", "EID1237", "EID39"})


def test_a_named_variant_matches_its_own_evidence():
    # EID12598: RET M918T, selpercatinib in medullary thyroid carcinoma, level A, rating 5
    found, notes = asked(diagnosis("medullary thyroid carcinoma"), variant("RET", "M918T"))
    assert found["selpercatinib"].best_match == "same variant, same tumour"
    assert ids(found["selpercatinib"].evidence)[0] == "EID12598"
    # EID12056 is on any RET mutation or fusion: it is of a class of its own, and comes after what is on M918T itself.
    classes = {item.id: item.match for o in found.values() for item in o.evidence}
    assert classes["EID12056"].startswith("category, ")
    assert "category_not_applied" not in notes


def test_a_variant_in_a_fused_gene_takes_nothing_from_evidence_on_any_mutation():
    found, _ = asked(
        diagnosis("intrahepatic cholangiocarcinoma"), fusion("FGFR2", "BICC1"), variant("FGFR2", "N550K")
    )
    shown = {item.id for option in found.values() for item in option.evidence}
    assert shown.isdisjoint({"EID5912", "EID1912"})  # FGFR2 Mutation, infigratinib
    assert (
        next(iter(found)) == "pemigatinib"
    )  # EID8173, level A, rating 4; before preclinical same-pair evidence


def test_a_kinase_at_the_wrong_end_of_a_fusion_matches_nothing():
    found, notes = asked(IMT, fusion("ALK", "PTPN3"))
    assert found == {}
    assert "ALK::PTPN3" in notes["no_evidence"].what


def test_a_5_prime_kinase_matches_at_its_own_end_only():
    found, _ = asked(diagnosis("cholangiocarcinoma"), fusion("FGFR2", "TACC3"))
    assert found["pemigatinib"].best_match == "same kinase, same tumour"
    assert asked(diagnosis("cholangiocarcinoma"), fusion("SLC45A3", "FGFR2"))[0] == {}


def test_exons_of_the_evidence_do_not_make_it_another_pair():
    found, _ = asked(diagnosis("lung adenocarcinoma"), fusion("EML4", "ALK"))
    assert classes(found["crizotinib"])["EID1193"] == "same pair, same tumour"  # EML4::ALK e6::e20


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (
            (variant("KIT", "W557_K558del"), variant("KIT", "D820Y", "f11")),
            "KIT variants (KIT p.W557_K558del, KIT p.D820Y)",
        ),
        ((variant("BRAF", "V600E"),), "BRAF variants (BRAF p.V600E)"),
        ((fusion("EWSR1", "FLI1"),), "EWSR1 and FLI1 fusions (EWSR1::FLI1)"),
        ((Alteration(id="f9", source=SOURCE, type="amplification", gene="MDM2"),), "MDM2 amplifications"),
    ],
)
def test_what_the_pack_does_not_cover_is_said_plainly(facts, named):
    found, notes = asked(diagnosis("sarcoma"), *facts)
    assert found == {}
    outside = notes["outside_pack"]
    assert outside.level == "warning"
    assert "covers fusions of ALK, BRAF" in outside.detail
    assert named in outside.what


def test_beside_a_covered_alteration_the_uncovered_is_only_noted():
    _, notes = asked(IMT, fusion("YWHAE", "ROS1"), variant("TP53", "R175H"))
    assert notes["outside_pack"].level == "note"
    assert "ROS1" not in notes["outside_pack"].what


def test_without_an_alteration_no_option_is_derived_and_an_ihc_is_no_fusion():
    ihc = Test(id="f5", source=SOURCE, method="IHC", target="ALK", result="positive")
    found, notes = asked(IMT, ihc)
    assert found == {}
    assert notes["no_alteration"].level == "warning"
    assert "ALK is positive by immunohistochemistry" in notes["no_alteration"].what
    assert "immunohistochemistry" not in asked(IMT)[1]["no_alteration"].what


def test_a_positive_test_that_names_no_alteration_is_pointed_out():
    ngs = Test(id="f5", source=SOURCE, method="NGS", target="ROS1", result="positive")
    assert "alteration_not_named" in asked(IMT, ngs)[1]
    assert "alteration_not_named" not in asked(IMT, ngs, fusion("YWHAE", "ROS1"))[1]


# --- resistance, and evidence against -----------------------------------------------------------------------------


def test_a_resistance_variant_in_the_tumour_puts_its_drugs_last_and_warns():
    # G595R of NTRK1: resistance to larotrectinib (11350) and entrectinib (11356), repotrectinib active (11347), level D
    found, notes = asked(
        diagnosis("ntrk-rearranged spindle cell sarcoma"), fusion("TPM3", "NTRK1"), variant("NTRK1", "G595R")
    )
    assert next(iter(found)) == "repotrectinib"
    assert list(found)[-2:] == ["larotrectinib", "entrectinib"]
    assert found["larotrectinib"].best_match == "same pair, same tumour"  # EID7419
    assert "EID11350" in ids(found["larotrectinib"].resistance)
    assert "reported with resistance to it (EID11350)" in found["larotrectinib"].finding.what
    assert notes["resistance_found"].level == "critical"
    assert "not told" in found["crizotinib"].finding.what


def test_without_the_variant_the_order_is_by_evidence():
    found, notes = asked(diagnosis("ntrk-rearranged spindle cell sarcoma"), fusion("TPM3", "NTRK1"))
    assert next(iter(found)) == "larotrectinib"
    assert "resistance_found" not in notes
    assert "G595R" in notes["look_for_on_progression"].what


def test_evidence_that_does_not_support_is_kept_apart():
    # EID1870: ETV6::NTRK3, crizotinib, does not support; there is no other evidence on it
    found, notes = asked(diagnosis("infantile fibrosarcoma"), fusion("ETV6", "NTRK3"))
    assert "crizotinib" not in found
    assert "EID1870" in notes["evidence_against"].what
    found, _ = asked(diagnosis("lung adenocarcinoma"), fusion("EML4", "ALK"))
    assert ids(found["crizotinib"].contradicting) == ["EID1197"]
    assert "EID1197" not in ids(found["crizotinib"].evidence)


def test_a_variant_that_drives_another_tumour_alone_is_not_what_to_look_for():
    # EID1333: ALK F1245C, crizotinib resistance in neuroblastoma, where there is no fusion evidence; 1337 has a fusion
    found, _ = asked(IMT, fusion("TPM3", "ALK"))
    resistance = ids(found["crizotinib"].resistance)
    assert "EID1333" not in resistance
    assert {"EID1337", "EID32"} <= set(resistance)


def test_a_class_of_drugs_is_told_but_is_no_option():
    # EID8902: LMNA::NTRK1, "TRK Inhibitor"
    found, notes = asked(diagnosis("spindle cell sarcoma"), fusion("LMNA", "NTRK1"))
    assert not any("TRK Inhibitor" in name for name in found)
    assert "EID8902" in notes["drug_class"].what


def test_a_combination_stays_whole_and_a_sequence_says_so():
    # EID1664, 7312: KIAA1549::BRAF, bevacizumab with sorafenib with temsirolimus; EID296: ponatinib, then pazopanib
    found, _ = asked(diagnosis("spindle cell sarcoma"), fusion("KIAA1549", "BRAF"))
    assert "bevacizumab + sorafenib + temsirolimus" in found
    found, _ = asked(diagnosis("cholangiocarcinoma"), fusion("FGFR2", "TACC3"))
    assert "ponatinib, then pazopanib" in found


# --- time and treatment -------------------------------------------------------------------------------------------


def test_a_cut_off_leaves_out_what_was_not_certainly_published():
    # Entrectinib in IMT is of 2022 (11860, 11862), 11671 of 2022, 7282 of 2019, 11123 of 2020
    found, notes = asked(IMT, fusion("YWHAE", "ROS1"), cutoff=date(2019, 3, 31))
    shown = {item.id for option in found.values() for item in option.evidence}
    assert shown.isdisjoint({"EID11860", "EID11862", "EID11671", "EID7282", "EID11123"})
    assert found["entrectinib"].extrapolated is True  # EID2951, 2017, lung cancer
    assert ids(found["crizotinib"].evidence)[0] == "EID1444"
    assert "2019-03-31" in notes["cutoff"].what
    assert "cutoff" not in asked(IMT, fusion("YWHAE", "ROS1"))[1]


def test_the_cut_off_of_the_case_holds_where_none_is_given():
    case = Case(title="t", facts=(IMT, fusion("YWHAE", "ROS1")), cutoff=date(2013, 12, 31))
    found, _ = options(case, NO_COURSE)
    assert [option.therapies for option in found] == [
        ("crizotinib",)
    ]  # EID1443, Bergethon 2012: all there was


def test_before_any_evidence_the_options_say_so():
    found, notes = asked(IMT, fusion("YWHAE", "ROS1"), cutoff=date(2005, 1, 1))
    assert found == {}
    assert "published by 2005-01-01" in notes["no_evidence"].what


def crizotinib_course():
    """Return facts and course of two lines of crizotinib, May 2019 to June 2020 and again since August 2020."""

    def when(year, month):
        interval = DateInterval.of(year, month)
        return Timing(interval, f"{interval.first:%B %Y}")

    def treatment(number, event, year, month):
        return Treatment(
            id=number,
            source=SOURCE,
            modality="systemic",
            event=event,
            agents=("crizotinib",),
            when=DateInterval.of(year, month),
        )

    def response(number, category, year, month):
        return Response(id=number, source=SOURCE, category=category, when=DateInterval.of(year, month))

    facts = (
        IMT,
        fusion("YWHAE", "ROS1", "f2"),
        response("f3", "PD", 2019, 3),
        treatment("f10", "start", 2019, 5),
        response("f11", "MR", 2019, 8),
        response("f12", "SD", 2019, 12),
        treatment("f13", "stop", 2020, 6),
        response("f14", "PD", 2020, 7),
        treatment("f15", "resume", 2020, 8),
        response("f16", "CR", 2020, 11),
    )
    lines = (
        Line(
            number=1, name="crizotinib", agents=("crizotinib",), start=when(2019, 5), stop=when(2020, 6), ongoing=False,
            episodes=("t1",), rechallenge=None, facts=("f10", "f13"),
        ),
        Line(
            number=2, name="crizotinib", agents=("crizotinib",), start=when(2020, 8), stop=None, ongoing=True,
            episodes=("t2",), rechallenge=1, facts=("f15",),
        ),
    )  # fmt: skip
    episode = TreatmentEpisode(
        id="t1", modality="systemic", name="crizotinib", agents=("crizotinib",), start=lines[0].start,
        stop=lines[0].stop, ongoing=False, doses=(), stop_reason="patient's wish", facts=("f10", "f13"),
    )  # fmt: skip
    return facts, Course(lesions=(), episodes=(episode,), lines=lines)


def test_what_the_patient_had_of_a_drug_stands_beside_it():
    facts, course = crizotinib_course()
    found, notes = asked(*facts, course=course)
    assert found["crizotinib"].given_before == (
        "given from May 2019 to June 2020; best stated response: regression, category not stated (August 2019); "
        "stopped: patient's wish; progression stated (July 2020), after it was stopped; "
        "again since August 2020; best stated response: complete response (November 2020)"
    )
    assert found["entrectinib"].given_before == ""
    assert notes["look_for_on_progression"].what.startswith("On progression under crizotinib")


def test_a_drug_on_which_the_disease_progressed_comes_after_those_the_patient_never_had():
    facts, course = crizotinib_course()
    under_it = Response(id="f14", source=SOURCE, category="PD", when=DateInterval.of(2020, 5))
    told = (*facts[:6], facts[6], under_it)
    one = msgspec.structs.replace(course, lines=course.lines[:1])
    found, notes = asked(*told, course=one)
    assert found["crizotinib"].sequence == "progressed on"
    assert [o.sequence for o in found.values()].index("progressed on") == len(found) - 1
    assert "The disease progressed while it was taken." in found["crizotinib"].finding.what
    assert "never had: entrectinib, " in notes["after_progression"].what


def test_progression_after_a_pause_is_no_progression_on_the_drug():
    # PD in July 2020, the month after it was stopped; it worked again
    facts, course = crizotinib_course()
    found, notes = asked(*facts, course=course)
    assert found["crizotinib"].sequence == "had"
    assert next(iter(found)) == "crizotinib"
    assert found["entrectinib"].sequence == "never had"
    assert "after_progression" not in notes


def test_a_drug_that_was_stopped_for_toxicity_keeps_its_place_and_says_so():
    facts, course = crizotinib_course()
    episode = msgspec.structs.replace(course.episodes[0], stop_reason="toxicity")
    one = msgspec.structs.replace(course, lines=course.lines[:1], episodes=(episode,))
    found, _ = asked(*facts[:7], course=one)
    assert found["crizotinib"].sequence == "stopped for toxicity"
    assert next(iter(found)) == "crizotinib"
    assert "It was stopped for toxicity." in found["crizotinib"].finding.what


def test_without_lines_of_therapy_the_told_events_are_listed():
    facts, _ = crizotinib_course()
    found, _ = asked(*facts)
    assert found["crizotinib"].given_before == (
        "given: started (May 2019), stopped (June 2020), resumed (August 2020)"
    )


def test_what_was_given_in_a_combination_says_with_what():
    facts, course = crizotinib_course()
    first = msgspec.structs.replace(course.lines[0], agents=("crizotinib", "doxorubicin"))
    found, _ = asked(*facts, course=msgspec.structs.replace(course, lines=(first,)))
    assert found["crizotinib"].given_before.startswith("given with doxorubicin from May 2019 to June 2020")


# --- the whole ----------------------------------------------------------------------------------------------------


def test_a_case_of_several_patients_is_refused():
    with pytest.raises(UsageError, match="for_patient"):
        asked(IMT, msgspec.structs.replace(fusion("YWHAE", "ROS1"), patient=2))


TOLD = (
    *crizotinib_course()[0],
    variant("ROS1", "G2032R", "f20"),
    variant("TP53", "R175H", "f21"),
    diagnosis("sarcoma", "f22"),
)


@given(st.permutations(TOLD))
def test_the_order_in_which_facts_are_held_changes_nothing(facts):
    course = crizotinib_course()[1]
    assert asked(*facts, course=course) == asked(*TOLD, course=course)


def test_every_finding_names_its_rule_and_topic():
    facts, course = crizotinib_course()
    found, notes = asked(*facts, variant("KIT", "V559D", "f30"), course=course, cutoff=date(2022, 12, 31))
    for finding in [*notes.values(), *(option.finding for option in found.values())]:
        assert finding.topic == "options"
        assert finding.rule.startswith("options.")
        assert finding.what.endswith(".")


def test_no_fusion_of_one_kinase_ever_matches_evidence_on_another():
    kinases = sorted(pack().fusions)
    for kinase in kinases:
        for five, three in (("GENEX", kinase), (kinase, "GENEX")):
            case = Case(title="t", facts=(fusion(five, three),))
            for row in pack().rows:
                if match(row, found_alterations(case), pack().fusions) is not None:
                    assert kinase in row.genes


def yardstick(shared: Path) -> Case:
    path = shared / "gold" / "dev" / "seed_ros1_imt.facts.jsonl"
    with path.open(encoding="utf-8") as lines:
        return read_flat(lines, path=str(path))


def test_the_yardstick_has_the_options_that_a_board_expects(shared):
    case = yardstick(shared)
    found, notes = options(case, NO_COURSE)
    assert [o.therapies for o in found] == [
        ("crizotinib",),
        ("entrectinib",),
        ("ceritinib",),
        ("lorlatinib",),
    ]
    assert {"EID1444", "EID688", "EID7282", "EID11671"} <= set(ids(found[0].evidence))
    assert {"EID11860", "EID11862", "EID11123"} <= set(ids(found[1].evidence))
    assert {"EID2934", "EID1100"} <= set(ids(found[0].resistance))
    assert any("G2032R" in n.what and "L2026M" in n.what for n in notes)
    (report,) = alteration_reports(case)
    assert report.name == "YWHAE::ROS1"


@pytest.mark.parametrize("day", [date(2018, 7, 31), date(2019, 3, 31)])
def test_before_the_fusion_was_found_the_yardstick_has_no_options(shared, day):
    found, notes = options(yardstick(shared).as_of(day), NO_COURSE)
    assert found == ()
    assert [n.rule for n in notes] == ["options.no_alteration"]


def test_evidence_of_any_mutation_is_not_applied_to_a_variant_of_uncertain_significance():
    """EID12157 is of RET Mutation: a variant of RET meets it, but not one that its report calls uncertain."""
    (row,) = (row for row in pack().rows if row.id == "EID12157")
    known = variant("RET", "V1149I")
    uncertain = msgspec.structs.replace(known, remarks=("told to be of uncertain significance",))
    for fact, applies in ((known, True), (uncertain, False)):
        answer = match(row, found_alterations(Case(title="t", facts=(fact,))), pack().fusions)
        assert (answer is not None and answer.applies) is applies
