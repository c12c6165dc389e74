"""One scan for all vocabularies. Keys are those of the vocabularies; spans are counted on the text by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.narrative.mentions import Lexicon, lexicon
from caseboard.narrative.patterns import lowered
from timing import assert_linear


def mentions(text, lexicon_=None):
    return (lexicon_ or lexicon()).scan(text, lowered(text), 0, len(text))


def keys(text, kind):
    return [mention.key for mention in mentions(text) if mention.kind == kind]


SMALL = Lexicon(
    (
        ("tumor", "sarcoma", "sarcoma", False, False),
        ("tumor", "synovial sarcoma", "synovial sarcoma", False, False),
        ("gene", "MET", "MET", True, False),
        ("gene", "RET", "RET", True, True),
        ("marker", "S100", "S-100", False, False),
        ("site", "kidney", "kidney", False, False),
        ("tumor", "kidney cancer", "kidney cancer", False, False),
    )
)


@pytest.mark.parametrize("written", ["Ki-67", "Ki 67", "Ki67", "KI-67", "ki–67"])
def test_hyphens_spaces_and_case_only_part_the_letters_from_the_digits(written):
    assert keys(f"The {written} index was 20%.", "marker") == ["Ki-67"]


@pytest.mark.parametrize("written", ["S-100", "S100", "s 100", "S‑100"])
def test_a_form_is_found_however_its_parts_are_joined(written):
    (found,) = mentions(f"({written})", SMALL)
    assert (found.key, found.start, found.end) == ("S100", 1, 1 + len(written))


def test_the_longest_form_of_a_kind_wins():
    assert [mention.key for mention in mentions("A synovial sarcoma and a sarcoma.", SMALL)] == [
        "synovial sarcoma",
        "sarcoma",
    ]


def test_forms_of_different_kinds_may_overlap():
    found = {(mention.kind, mention.key) for mention in mentions("kidney cancer", SMALL)}
    assert found == {("tumor", "kidney cancer"), ("site", "kidney")}


def test_a_tumour_within_the_name_of_a_gene_is_part_of_the_name():
    assert keys("positive for anaplastic lymphoma kinase", "tumor") == []
    assert keys("an anaplastic large cell lymphoma", "tumor") != []


def test_a_symbol_that_is_a_word_needs_its_capitals():
    assert [mention.key for mention in mentions("He met the MET team.", SMALL)] == ["MET"]
    assert mentions("he ret and met", SMALL) == []


def test_a_form_with_other_meanings_is_weak():
    assert [mention.weak for mention in mentions("RET and MET", SMALL)] == [True, False]


def test_a_form_within_a_word_is_none():
    assert mentions("sarcomatoid METHOD kidneys' subkidney", SMALL) == []


def test_a_drug_with_one_wrong_letter_is_read_with_a_remark():
    # "crizotnib" lacks the second i of crizotinib.
    (found,) = (mention for mention in mentions("He took crizotnib daily.") if mention.kind == "drug")
    assert found.key == "crizotinib"
    assert "crizotnib" in found.remark


def test_a_drug_written_right_has_no_remark():
    (found,) = (mention for mention in mentions("He took crizotinib daily.") if mention.kind == "drug")
    assert (found.key, found.remark) == ("crizotinib", "")


@pytest.mark.parametrize("before", ["İİ ", "ß ", "ﬁﬂ ", "Straße—", "µ\u00a0", "🩻 ", "e\u0301 "])
def test_offsets_are_right_after_letters_of_other_alphabets(before):
    text = f"{before}synovial  sarcoma."
    (found,) = mentions(text, SMALL)
    assert (found.start, found.end) == (len(before), len(text) - 1)


def test_only_the_stretch_asked_for_is_scanned():
    text = "sarcoma sarcoma sarcoma"
    assert [mention.start for mention in SMALL.scan(text, text, 8, 15)] == [8]


@given(st.text(alphabet=st.sampled_from("synovial sarcomaS-100METRkidey cnİß.,"), max_size=120))
def test_mentions_are_within_the_text_and_in_order(text):
    reached = {}
    for mention in mentions(text, SMALL):
        assert reached.get(mention.kind, 0) <= mention.start < mention.end <= len(text)
        reached[mention.kind] = mention.end


@pytest.mark.parametrize("piece", ["synovial ", "S 100 ", "aaaaaaaa", "-", "crizotnib ", "1"])
def test_scanning_takes_linear_time(piece):
    lexicon()
    assert_linear(mentions, piece, 10_000)
