"""Tiers of AMP/ASCO/CAP 2017 (Li 2017, tables 2 and 3) and ESCAT (Mateo 2018, table 1), each rule worked by hand.

An item is written as its level, its rating, the tumour (s same, a any, o other) and * where it is of a similar
alteration only: "A5s", "B4o*". Its source is its place in the list, unless a number stands after a slash.
"""

from __future__ import annotations

from datetime import date

import pytest

from caseboard.assess.options import options
from caseboard.assess.results import Course
from caseboard.assess.tiers import TIER_RULES, Weighed, tiers
from caseboard.case import Alteration, Case, Diagnosis, Source

RELATIONS = {"s": "same tumour", "a": "any tumour", "o": "other tumour"}


def items(text: str, start: int = 1, fact: str = "f1") -> list[Weighed]:
    made = []
    for number, word in enumerate(text.split(), start=start):
        told, _, source = word.partition("/")
        made.append(
            Weighed(
                f"EID{number}",
                told[0],
                int(told[1]),
                not told.endswith("*"),
                RELATIONS[told[2]],
                source or str(number),
                frozenset({fact}),
            )
        )
    return made


def standing(
    supporting: str, against: str = "", resistance: str = "", day: date | None = None, fact: str = "f1"
):
    amp, escat = tiers(items(supporting), items(against, 50), items(resistance, 90, fact), day)
    return amp, escat


@pytest.mark.parametrize(
    ("supporting", "against", "amp", "rule", "escat", "escat_rule"),
    [
        ("A5s", "", "I, level A or B", "amp_validated", "I", "escat_validated"),
        ("A5a", "", "I, level A or B", "amp_validated", "I-C", "escat_validated"),
        ("B4s B5s", "", "I, level B", "amp_consensus", "II", "escat_studies"),
        (
            "B4s/1 B5s/1",
            "",
            "II, level C",
            "amp_studies",
            "II",
            "escat_studies",
        ),  # one source is no consensus
        ("B3s B5s", "", "II, level C", "amp_studies", "II", "escat_studies"),  # nor is a weak second one
        ("B4s B5s", "B3s", "II, level C", "amp_studies", "II", "escat_studies"),  # nor where one is against
        ("B4a", "", "II, level C", "amp_studies", "III-A", "escat_other_tumour"),
        ("C3s C3s", "", "II, level C", "amp_studies", None, "escat_case_reports"),
        ("C3s/1 C3s/1", "", "II, level D", "amp_early", None, "escat_case_reports"),
        ("A5o", "", "II, level C", "amp_other_tumour", "III-A", "escat_other_tumour"),
        ("B3o C3s", "", "II, level C", "amp_other_tumour", "III-A", "escat_other_tumour"),
        ("D5s", "", "II, level D", "amp_early", "IV-A", "escat_preclinical"),
        ("E3s", "", "II, level D", "amp_early", None, "escat_none"),
        ("A5s*", "", "II, level D", "amp_early", "III-B", "escat_similar"),
        ("B3o* D4s*", "", "II, level D", "amp_early", "III-B", "escat_similar"),
        ("C3o*", "", "II, level D", "amp_early", None, "escat_none"),
        ("", "B4s", None, "no_undisputed_evidence", None, "no_undisputed_evidence"),
    ],
)
def test_each_tier_is_made_by_the_rule_that_names_it(supporting, against, amp, rule, escat, escat_rule):
    one, other = standing(supporting, against)
    assert (one.tier, one.rule) == (amp, f"tiers.{rule}")
    assert (other.tier, other.rule) == (escat, f"tiers.{escat_rule}")


def test_what_no_release_tells_is_said_and_never_taken_for_granted():
    amp, escat = standing("A5s")
    assert "approval or a professional guideline" in amp.lacking
    assert "randomised" in escat.lacking
    assert "ESMO-MCBS" in escat.lacking
    assert amp.evidence == escat.evidence == ("EID1",)


def test_sources_that_disagree_are_named():
    amp, escat = standing("A5s", "B4s D5s C3o")
    # Preclinical evidence and that of another tumour do not speak against patients' data of this one.
    assert amp.against == escat.against == ("EID50",)
    assert "Sources disagree: EID50" in amp.why
    assert standing("A5s")[0].against == ()


def test_resistance_of_the_same_alteration_takes_the_tier_unless_it_weighs_less():
    for each in standing("B4s", resistance="B3s"):
        assert (each.tier, each.rule) == (None, "tiers.resistance_found")
        assert "EID90" in each.why
    # BRAF V600E: validated in melanoma, resistance to one drug alone in colorectal cancer
    amp, _ = standing("A5s", resistance="B5o")
    assert amp.tier == "I, level A or B"
    assert "Resistance is reported too, from less weighty evidence: EID90" in amp.why


def test_a_resistance_variant_beside_the_fusion_takes_the_tier_however_far_its_evidence():
    # ROS1 fusion with G2032R: the evidence on crizotinib in the fusion says nothing of the variant beside it
    amp, escat = standing("A5s", resistance="C3o", fact="f2")
    assert (amp.tier, escat.tier) == (None, None)
    # Resistance of another partner's fusion only is not of this alteration
    assert standing("A5s", resistance="C3o*", fact="f2")[0].tier == "I, level A or B"


def test_a_scale_is_not_used_before_it_was_published():
    amp, escat = standing("A5s", day=date(2016, 6, 1))
    assert (amp.tier, amp.rule, escat.rule) == (None, "tiers.not_published", "tiers.not_published")
    amp, escat = standing("A5s", day=date(2017, 12, 31))
    assert (amp.tier, escat.tier) == ("I, level A or B", None)


def test_an_option_shows_both_tiers_with_rule_evidence_and_facts():
    source = Source("note", "")
    facts = (
        Diagnosis(id="f1", source=source, term="lung adenocarcinoma"),
        Alteration(id="f2", source=source, type="fusion", gene5="CD74", gene3="ROS1"),
    )
    shown, _ = options(Case(title="t", facts=facts), Course(lesions=(), episodes=(), lines=()))
    crizotinib = next(option for option in shown if option.therapies == ("crizotinib",))
    amp, escat = crizotinib.tiers
    # EID7282, EID688: ROS1 fusions of lung cancer, crizotinib, level A
    assert (amp.scale, amp.tier) == ("AMP/ASCO/CAP 2017", "I, level A or B")
    assert (escat.scale, escat.tier) == ("ESCAT 2018", "I")
    assert "EID7282" in amp.evidence
    assert amp.finding.rule in TIER_RULES
    assert amp.finding.facts == ("f2",)
    assert "EID7282" in {cited.evidence for cited in amp.finding.citations}
