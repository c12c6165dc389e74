"""Markers: names as reports write them, and the gene behind each."""

from __future__ import annotations

import gzip
import json

import pytest

from caseboard.terms import markers


@pytest.mark.parametrize(
    ("written", "marker"),
    [
        ("S-100 protein", "S100"),
        ("smooth muscle actin", "SMA"),
        ("α-SMA", "SMA"),
        ("c-kit", "CD117"),
        ("AE1/AE3", "CK AE1/AE3"),
        ("cytokeratin (AE1/AE3)", "CK AE1/AE3"),
        ("MIB-1", "Ki-67"),
        ("Ki67", "Ki-67"),
        ("Melan A", "melan-A"),
        ("MART-1", "melan-A"),
        ("epithelial membrane antigen", "EMA"),
        ("oestrogen receptor", "ER"),
        ("HER2/neu", "HER2"),
        ("β-catenin", "beta-catenin"),
        ("SMARCB1", "INI1"),
        ("Hep Par 1", "HepPar-1"),
        ("TTF1", "TTF-1"),
        ("leukocyte common antigen", "CD45"),
        ("hepatitis B surface antigen", "HBsAg"),
        ("anti-HCV", "HCV antibody"),
        ("microsatellite instability", "MSI"),
        ("tumor mutational burden", "TMB"),
        ("combined positive score", "PD-L1 CPS"),
    ],
)
def test_a_marker_is_found_by_its_other_names(written, marker):
    assert markers.lookup(written).term.key == marker


@pytest.mark.parametrize(
    ("written", "gene"),
    [
        ("CD117", "KIT"),
        ("DOG1", "ANO1"),
        ("CD31", "PECAM1"),
        ("p53", "TP53"),
        ("INI1", "SMARCB1"),
        ("HER2", "ERBB2"),
        ("TTF-1", "NKX2-1"),
        ("Ki-67", "MKI67"),
        ("synaptophysin", "SYP"),
        ("MUC4", "MUC4"),
        ("CD20", "MS4A1"),
        ("H3K27me3", None),  # a mark on a histone, no gene's product alone
        ("CK AE1/AE3", None),  # a cocktail against many keratins
        ("unheard of", None),
    ],
)
def test_the_gene_behind_a_marker_is_hgncs(written, gene):
    """HGNC approved symbols of the antigens."""
    assert markers.gene_of(written) == gene


@pytest.mark.parametrize("short", ["ER", "PR", "EMA", "MET", "AR"])
def test_a_short_name_that_is_also_a_word_wants_its_capitals(short):
    assert markers.lookup(short) is not None
    assert markers.lookup(short.lower()) is None


def test_there_are_at_least_200_markers():
    assert len([marker for marker in markers.vocabulary().terms.values() if marker.kind == "protein"]) >= 200


def test_every_gene_of_a_marker_is_written_as_hgnc_writes_symbols():
    for marker in markers.vocabulary().terms.values():
        assert marker.gene == marker.gene.upper() or "orf" in marker.gene, marker.key
        assert " " not in marker.gene


def test_every_gene_of_a_marker_is_in_the_release_of_hgnc(shared):
    path = shared / "data" / "hgnc" / "hgnc_complete_set_2024-10-18.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        approved = {line.split("\t")[1] for line in lines}

    assert (
        sorted(m.gene for m in markers.vocabulary().terms.values() if m.gene and m.gene not in approved) == []
    )


def test_every_stained_marker_of_the_gold_facts_is_known(shared):
    targets = {
        fact["target"]
        for path in (shared / "gold" / "dev").glob("*.facts.jsonl")
        for fact in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if fact["kind"] == "test" and fact["method"] == "IHC"
    }

    assert targets
    assert {target for target in targets if markers.lookup(target) is None} <= {
        "BRAF"
    }  # a gene, stained by VE1
