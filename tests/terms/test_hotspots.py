"""Protein changes that name their gene."""

import pytest

from caseboard.terms import genes, hotspots


@pytest.mark.parametrize(
    ("change", "symbol"),
    [
        ("T790M", "EGFR"),
        ("V600E", "BRAF"),
        ("G2032R", "ROS1"),
        ("G595R", "NTRK1"),
        ("D842V", "PDGFRA"),
        ("M918T", "RET"),
    ],
)
def test_a_known_change_names_its_gene(change, symbol):
    # Textbook hotspots: WHO Classification of Tumours, 5th edition; Drilon 2017 (NTRK1), Awad 2013 (ROS1).
    assert hotspots.gene_of(change) == symbol


def test_a_change_that_is_not_known_names_none():
    assert hotspots.gene_of("A1B") is None


def test_every_gene_of_the_table_is_an_approved_symbol():
    for symbol in hotspots.hotspots().values():
        found = genes.lookup(symbol)
        assert found is not None
        assert found.term.key == symbol
