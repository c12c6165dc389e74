"""What probes show, genes of which a part was read, and stains in lists whose words stand before or are left out.

Worked by hand; the sentences are ours. A break-apart probe is positive where its signals are split, which is a
rearrangement; where they lie together the gene is not rearranged.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Alteration
from caseboard.case.facts import Test as LabTest
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented on 4 March 2019 with a mass of the thigh. "


def told(text):
    """Return the case of a row."""
    return read(Document("row", PATIENT + text))


def results(text, method=None):
    """Return (target, result) of each test, of one method where it is given."""
    return [(f.target, f.result) for f in told(text).of(LabTest) if method in (None, f.method)]


def alterations(text):
    """Return (type, gene or change) of each alteration."""
    return [(f.type, f.gene or f.change) for f in told(text).of(Alteration)]


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("ALK break-apart FISH was positive in 42% of cells.", "ALK"),
        ("SS18 break-apart FISH: 38% split.", "SS18"),
        ("EWSR1 break-apart probe (dual colour): positive.", "EWSR1"),
        ("FUS break-apart testing detected a split in most nuclei.", "FUS"),
    ],
)
def test_a_break_apart_probe_that_splits_shows_a_rearrangement(text, gene):
    assert results(text) == [(gene, "positive")]
    assert alterations(text) == [("rearrangement", gene)]


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("EWSR1 break-apart FISH: no split signals.", "EWSR1"),
        ("ALK break-apart probe: negative.", "ALK"),
        ("FISH for DDIT3: signals remained together.", "DDIT3"),
        ("FISH for DDIT3: no splitting.", "DDIT3"),
        ("FISH for ETV6: the signals lay together.", "ETV6"),
        ("TFE3 break-apart assay was negative.", "TFE3"),
    ],
)
def test_a_probe_whose_signals_lie_together_shows_none(text, gene):
    assert results(text) == [(gene, "negative")]
    assert alterations(text) == []


@pytest.mark.parametrize(
    "text", ["An SS18 break-apart probe was applied.", "ALK break-apart FISH was requested."]
)
def test_a_probe_that_is_only_named_shows_nothing(text):
    assert results(text) == []
    assert alterations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1p/19q was not codeleted.",
        "1p/19q intact.",
        "1p and 19q were retained.",
        "The tumour was 1p/19q non-codeleted.",
    ],
)
def test_arms_that_are_not_lost(text):
    assert results(text) == [("1p/19q", "negative")]
    assert alterations(text) == []


@pytest.mark.parametrize("text", ["1p/19q codeletion was present.", "1p/19q was codeleted."])
def test_arms_that_are_lost(text):
    assert results(text) == [("1p/19q", "positive")]
    assert alterations(text) == [("deletion", "1p/19q codeletion")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BRAF V600 negative.", [("BRAF", "negative")]),
        ("KIT exon 11 wild type.", [("KIT", "negative")]),
        ("NRAS codons 12/13/61 clean.", [("NRAS", "negative")]),
        ("NGS: TERT promoter mutated; IDH1 inconspicuous.", [("TERT", "positive"), ("IDH1", "negative")]),
        ("BRAF V600 testing is under way.", []),
    ],
)
def test_genes_of_which_a_part_was_read(text, expected):
    assert results(text) == expected


def test_codons_with_slashes_are_no_date():
    (fact,) = told("NRAS codons 12/13/61 clean.").of(LabTest)
    assert str(fact.when) == "2019-03-04"


POSITIVE, NEGATIVE = "positive", "negative"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cells were S100-, SOX10- and GATA3-positive.",
            [("S100", POSITIVE), ("SOX10", POSITIVE), ("GATA3", POSITIVE)],
        ),
        (
            "Cells were desmin-, SMA- and myogenin-negative.",
            [("desmin", NEGATIVE), ("SMA", NEGATIVE), ("myogenin", NEGATIVE)],
        ),
        # a minus, where no word follows whose first half was left out
        (
            "Cells were CD34+, S100- and desmin-.",
            [("CD34", POSITIVE), ("S100", NEGATIVE), ("desmin", NEGATIVE)],
        ),
        ("Cells were S100-, CD34+.", [("S100", NEGATIVE), ("CD34", POSITIVE)]),
    ],
)
def test_hyphens_that_leave_out_the_result(text, expected):
    assert results(text) == expected


@pytest.mark.parametrize(
    ("text", "positive", "negative"),
    [
        (
            "IHC: expressed were CD34, STAT6 and BCL2; not expressed were S100 and desmin.",
            {"CD34", "STAT6", "BCL2"},
            {"S100", "desmin"},
        ),
        (
            "IHC: expressed were CD34 and STAT6, not S100 and desmin.",
            {"CD34", "STAT6"},
            {"S100", "desmin"},
        ),
        (
            "Expressed were vimentin and CD99; S100 and desmin were not.",
            {"vimentin", "CD99"},
            {"S100", "desmin"},
        ),
        ("Not expressed: S100 and desmin.", set(), {"S100", "desmin"}),
        ("The tumour cells have lost INI1.", set(), {"INI1"}),
    ],
)
def test_lists_of_what_was_expressed_and_of_what_was_not(text, positive, negative):
    found = results(text, "IHC")
    assert {target for target, result in found if result == POSITIVE} == positive
    assert {target for target, result in found if result == NEGATIVE} == negative
