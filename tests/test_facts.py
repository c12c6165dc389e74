"""Facts: frozen, of known kinds only, each told apart by its tag in JSON."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from caseboard.case import Alteration, Fact, FactBase, Lesion, Source
from strategies import facts

SOURCE = Source(document="case", quote="a mass")


def test_the_kinds_are_those_of_the_flat_form_and_history():
    tags = {kind.__struct_config__.tag for kind in Fact.__args__}
    assert tags == {
        "patient",
        "diagnosis",
        "test",
        "alteration",
        "lesion",
        "lab",
        "treatment",
        "adverse_event",
        "response",
        "outcome",
        "history",
    }


def test_every_kind_is_exported_and_a_fact():
    assert all(issubclass(kind, FactBase) for kind in Fact.__args__)


def test_a_fact_cannot_be_changed():
    fact = Lesion(id="f1", source=SOURCE, site="thigh")
    with pytest.raises(AttributeError):
        fact.site = "lung"


@given(facts())
def test_a_fact_survives_json(fact):
    assert msgspec.json.decode(msgspec.json.encode(fact), type=Fact) == fact


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "kind": "lesion",
            "id": "f1",
            "source": {"document": "", "quote": ""},
            "site": "lung",
            "laterality": "middle",
        },
        {"kind": "response", "id": "f1", "source": {"document": "", "quote": ""}, "category": "better"},
        {"kind": "opinion", "id": "f1", "source": {"document": "", "quote": ""}},
    ],
)
def test_a_word_outside_the_vocabulary_of_a_field_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Fact)


def test_the_genes_of_a_fusion_are_named_5_prime_first():
    fusion = Alteration(id="f1", source=SOURCE, type="fusion", gene5="YWHAE", gene3="ROS1")
    assert fusion.genes == ("YWHAE", "ROS1")
    assert Alteration(id="f1", source=SOURCE, type="fusion", gene3="ROS1").genes == ("ROS1",)
