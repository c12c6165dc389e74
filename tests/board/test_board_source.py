"""The source text in pieces: joined they are the text, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseboard.board.source import FOLD_CHARACTERS, WHOLE_TEXT_CHARACTERS, cut, lay_out
from caseboard.case import Document, Outcome, Source, Span
from timing import assert_linear


def _fact(name: str, start: int, end: int, document: str = "d") -> Outcome:
    return Outcome(id=name, source=Source(document, "", Span(start, end)), vital="alive")


def test_nested_and_overlapping_spans_are_cut_at_every_boundary() -> None:
    pieces = cut("abcdefgh", [(1, 6, "outer"), (2, 4, "inner"), (5, 8, "late")])
    assert [(piece.text, piece.facts) for piece in pieces] == [
        ("a", ()),
        ("b", ("outer",)),
        ("cd", ("outer", "inner")),
        ("e", ("outer",)),
        ("f", ("outer", "late")),
        ("gh", ("late",)),
    ]
    assert pieces[2].begins == pieces[2].ends == ("inner",)
    assert pieces[4].ends == ("outer",)


def test_equal_spans_share_their_piece() -> None:
    (before, both, after) = cut("xyz", [(1, 2, "a"), (1, 2, "b")])
    assert both.facts == both.begins == both.ends == ("a", "b")
    assert before.facts == after.facts == ()


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=12),
)
def test_pieces_joined_are_the_text_and_cover_exactly_the_spans(
    text: str, raw: list[tuple[int, int]]
) -> None:
    spans = [(a, min(b, len(text)), f"f{n}") for n, (a, b) in enumerate(raw) if a < min(b, len(text))]
    pieces = cut(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    for start, end, fact in spans:
        assert "".join(piece.text for piece in pieces if fact in piece.facts) == text[start:end]
        assert sum(fact in piece.begins for piece in pieces) == 1
        assert sum(fact in piece.ends for piece in pieces) == 1


def test_long_stretch_without_a_fact_is_folded_and_loses_nothing() -> None:
    text = "It began. " + "Filler. " * 400 + "It ended here."
    stretches = lay_out(Document("d", text), [_fact("f1", 0, 8), _fact("f2", len(text) - 13, len(text))])
    assert [stretch.shown for stretch in stretches] == ["open", "folded", "open"]
    assert "".join(piece.text for stretch in stretches for piece in stretch.pieces) == text


def test_short_stretch_between_facts_stays_open() -> None:
    text = "It began. " + "x" * (FOLD_CHARACTERS - 200) + ". It ended here."
    stretches = lay_out(Document("d", text), [_fact("f1", 0, 8), _fact("f2", len(text) - 13, len(text))])
    assert [stretch.shown for stretch in stretches] == ["open"]


def test_text_of_megabytes_shows_only_sentences_around_facts() -> None:
    text = "A filler sentence. " * 200_000 + "The tumour came back. " + "More filler. " * 1000
    at = text.index("tumour")
    stretches = lay_out(Document("d", text), [_fact("f1", at, at + 6)])
    assert [stretch.shown for stretch in stretches] == ["left out", "open", "left out"]
    assert len(text) > WHOLE_TEXT_CHARACTERS
    assert sum(stretch.characters for stretch in stretches) == len(text)
    shown = "".join(piece.text for stretch in stretches for piece in stretch.pieces)
    assert shown.strip() == "The tumour came back."


def test_strict_view_leaves_out_neighbouring_sentences() -> None:
    text = "He was well. The lump grew. Later it was called sarcoma."
    stretches = lay_out(Document("d", text), [_fact("f1", 13, 21)], only_around_facts=True)
    assert (
        "".join(piece.text for stretch in stretches for piece in stretch.pieces).strip() == "The lump grew."
    )


def test_sentences_that_only_space_parts_are_one_stretch() -> None:
    text = "The lump grew.\n\nIt hurt. Later it was called sarcoma."
    stretches = lay_out(Document("d", text), [_fact("f1", 4, 8), _fact("f2", 19, 23)], only_around_facts=True)
    assert [stretch.shown for stretch in stretches] == ["open", "left out"]


def test_spans_outside_the_text_and_of_other_documents_are_not_highlighted() -> None:
    facts = [_fact("a", 2, 400), _fact("b", 3, 3), _fact("c", 0, 2, document="other")]
    (stretch,) = lay_out(Document("d", "A short text."), facts)
    assert [piece.facts for piece in stretch.pieces] == [()]


def test_many_facts_in_a_long_text_are_cut_in_linear_time() -> None:
    def cut(text: str) -> None:
        lay_out(Document("d", text), [_fact(f"f{n}", n, n + 4) for n in range(0, len(text), 50)])

    assert_linear(cut, "word ", 250_000)
