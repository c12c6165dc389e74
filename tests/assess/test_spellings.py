"""One alteration in several spellings is one row of the ledger. Worked by hand; HGVS 21.0 for the forms.

Coding position 658 lies in codon (658 + 2) // 3 = 220, 5946 in codon 1982.
"""

from __future__ import annotations

import pytest
from stories import altered, story

from caseboard.assess.alterations import found_alterations


def _ledger(*changes: str | None, kind: str = "variant", gene: str = "BRCA2") -> list[tuple[str, int]]:
    """Return name and number of facts of each alteration that these changes of one gene make up."""
    found = found_alterations(story(*(altered(kind, gene, change) for change in changes)))
    return [(one.name, len(one.alterations)) for one in found]


def test_a_frameshift_in_four_spellings_is_one_variant_with_all_its_facts():
    told = ("V220fs", "p.V220fs", "c.658_659del", "p.(Val220Ilefs*4)")
    assert _ledger(*told) == [("BRCA2 p.V220Ifs*4", 4)]
    found = found_alterations(story(*(altered("variant", "BRCA2", change) for change in told)))
    assert [fact.change for fact in found[0].alterations] == list(told)


@pytest.mark.parametrize(
    "changes",
    [
        ("V220Ifs*4", "V220Gfs*9"),
        ("V220Ifs*4", "V221fs"),
        ("G12D", "G12V"),
        ("c.5946del", "V220fs"),
        ("c.658_659del", "V220M"),
        ("c.7008-2A>C", "E2877*"),
    ],
)
def test_what_differs_stays_two_variants(changes):
    assert len(_ledger(*changes)) == 2


def test_a_gene_told_to_be_mutated_is_the_one_variant_that_is_told_of_it():
    assert _ledger(None, "V220fs") == [("BRCA2 p.V220fs", 2)]
    assert len(_ledger(None, "V220fs", "S1982fs")) == 3


def test_an_uncertain_variant_is_not_the_one_that_is_known():
    told = altered("variant", "BRCA2", None, remarks=["variant of uncertain significance"])
    assert len(found_alterations(story(told, altered("variant", "BRCA2", "V220fs")))) == 2


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        (("deletion", "loss"), [("CDKN2A deletion", 2)]),
        (("loss", "homozygous deletion"), [("CDKN2A homozygous deletion", 2)]),
        (("loss",), [("CDKN2A loss", 1)]),
        (("heterozygous loss", "homozygous deletion"), None),
        (("loss exons 1-3", "loss"), None),
    ],
)
def test_a_lost_gene_is_one_row_unless_the_losses_differ(changes, rows):
    found = _ledger(*changes, kind="deletion", gene="CDKN2A")
    assert found == rows if rows is not None else len(found) == 2
