"""What is found beside what is denied, by which specimen, and on which day.

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Alteration, Lab, Test
from caseboard.narrative import read

HEAD = "A 45-year-old woman was diagnosed with lung adenocarcinoma in March 2020. "
FOUND = {
    "a TP53 R175H mutation": "TP53",
    "KRAS G12C": "KRAS",
    "MET amplification": "MET",
    "an EGFR exon 19 deletion": "EGFR",
    "an EML4-ALK fusion": "ALK",
}
DENIED = {"BRAF": "was", "KIT and PDGFRA": "were", "ROS1, BRAF and HER2": "were"}
TOLD = (
    "NGS in April 2020 showed {p}, {n} {w} wild type.",
    "NGS in April 2020 showed {p}, and {n} {w} negative.",
    "NGS in April 2020 showed {p} and {n} {w} negative.",
    "NGS in April 2020 was negative for {n}, but {p} was found.",
    "{n} {w} negative in April 2020, while {p} was found.",
    "NGS in April 2020 was positive for {p} and negative for {n}.",
    "NGS in April 2020 was negative for {n} but positive for {p}.",
)


@pytest.mark.parametrize(("found", "denied", "told"), list(product(FOUND, DENIED, TOLD)))
def test_what_is_denied_of_other_genes_takes_back_nothing(found, denied, told):
    text = HEAD + told.format(p=found, n=denied, w=DENIED[denied])
    facts = read(Document("made", text)).facts
    (altered,) = (fact for fact in facts if isinstance(fact, Alteration))
    assert FOUND[found] in altered.genes
    negative = {f.target for f in facts if isinstance(f, Test) and f.result == "negative"}
    assert FOUND[found] not in negative
    assert len(negative) == denied.count(",") + denied.count(" and ") + 1


GENES = ("ALK I1171N", "The ALK G1202R mutation", "KRAS G12C", "A MET amplification")
ASIDES = (
    ", which was sought in plasma,",
    ", which had been present before,",
    ", that was tested as well,",
    " (digital PCR)",
)
VERBS = {" was absent.": False, " was not found.": False, " was negative.": False, " was detected.": True}


@pytest.mark.parametrize(("gene", "aside", "verb"), list(product(GENES, ASIDES, VERBS)))
def test_a_relative_clause_parts_no_finding_from_its_verb(gene, aside, verb):
    text = f"A 41-year-old man with sarcoma was re-biopsied in November 2020. {gene}{aside}{verb}"
    facts = read(Document("made", text)).facts
    assert any(isinstance(fact, Alteration) for fact in facts) is VERBS[verb]


@pytest.mark.parametrize(
    "told",
    [
        "Neither NGS nor FISH showed an ALK fusion.",
        "Neither DNA nor RNA sequencing found a fusion of ALK or ROS1.",
        "FISH confirmed absent SS18 rearrangement.",
    ],
)
def test_neither_method_and_what_is_absent(told):
    facts = read(Document("made", HEAD + told)).facts
    assert not any(isinstance(fact, Alteration) for fact in facts)
    assert {fact.result for fact in facts if isinstance(fact, Test)} == {"negative"}


DAYS = {
    "NGS on 3 May 2020 showed {v}; on 9 June 2021 {w} was found.": ("2020-05-03", "2021-06-09"),
    "Tissue NGS on 3 May 2020 identified {v}, while ctDNA on 9 June 2021 identified {w}.": (
        "2020-05-03",
        "2021-06-09",
    ),
    "The biopsy of 3 May 2020 harboured {v}. The re-biopsy of 9 June 2021 had acquired {w}.": (
        "2020-05-03",
        "2021-06-09",
    ),
    "{v} in the primary (May 2020), {w} in the metastasis (June 2021).": ("2020-05", "2021-06"),
    "NGS was performed on the primary (May 2020: {v}) and on the relapse (June 2021: {w}).": (
        "2020-05",
        "2021-06",
    ),
}
FIRST = {"a TP53 R175H mutation": "TP53", "a KRAS G12D mutation": "KRAS", "an RB1 deletion": "RB1"}
SECOND = {"a PIK3CA H1047R mutation": "PIK3CA", "a MET amplification": "MET"}


@pytest.mark.parametrize(("told", "one", "two"), list(product(DAYS, FIRST, SECOND)))
def test_findings_of_two_specimens_have_each_its_day(told, one, two):
    facts = read(Document("made", HEAD.replace("2020", "2019") + told.format(v=one, w=two))).facts
    dated = {fact.gene: str(fact.when) for fact in facts if isinstance(fact, Alteration)}
    assert dated == dict(zip((FIRST[one], SECOND[two]), DAYS[told], strict=True))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("A TP53 R175H mutation was found in the biopsy of 3 May 2020.", "2020-05-03"),
        (
            "Repeat biopsy in July 2021, performed because of progression in June 2021, revealed a KRAS G12D mutation.",
            "2021-07",
        ),
        (
            "Liquid biopsies in June 2020 and December 2020 were negative, but a KRAS G12D mutation was found in June "
            "2021.",
            "2021-06",
        ),
        # 30 April is the day of the report, not of the specimen that the panel read
        ("DNA panel 11-04-2020: MSI-high; result of 30-04-2020: KRAS G12D mutation.", "2020-04-11"),
    ],
)
def test_a_finding_has_the_day_of_its_specimen(told, day):
    facts = read(Document("made", HEAD + told)).facts
    assert [str(fact.when) for fact in facts if isinstance(fact, Alteration)] == [day]


PLAIN = "A 45-year-old woman presented in April 2020 with a mass of the left thigh. Core biopsy showed a sarcoma. "


@pytest.mark.parametrize(
    ("told", "positive", "negative"),
    [
        (
            "IHC was positive for S100, with CD31, ERG and CD34 being negative.",
            ["S100"],
            ["CD31", "CD34", "ERG"],
        ),
        ("IHC was positive for S100 (CD31, ERG and CD34 negative).", ["S100"], ["CD31", "CD34", "ERG"]),
        (
            "IHC was positive for desmin and SMA, CD31 and ERG being negative.",
            ["SMA", "desmin"],
            ["CD31", "ERG"],
        ),
        ("Apart from desmin, S100 and CD34 were negative.", ["desmin"], ["CD34", "S100"]),
        (
            "Positive stains: desmin and SMA. Negative stains: S100 and CD34.",
            ["SMA", "desmin"],
            ["CD34", "S100"],
        ),
        ("Desmin and SMA were expressed, S100 not.", ["SMA", "desmin"], ["S100"]),
        (
            "The tumour cells expressed CD34 and STAT6 but not S100 or SMA.",
            ["CD34", "STAT6"],
            ["S100", "SMA"],
        ),
        (
            "IHC was positive for S100 with retained INI1 and loss of H3K27me3, and FISH showed no MDM2 amplification.",
            ["INI1", "S100"],
            ["H3K27me3", "MDM2"],
        ),
    ],
)
def test_stains_in_two_lists(told, positive, negative):
    facts = read(Document("made", PLAIN + told)).facts
    tests = [fact for fact in facts if isinstance(fact, Test)]
    assert sorted(f.target for f in tests if f.result == "positive") == positive
    assert sorted(f.target for f in tests if f.result == "negative") == negative
    assert not any(isinstance(fact, Alteration | Lab) for fact in facts)
