"""Sites: names, organs (RECIST 1.1, section 4.3.1), sides, and which sites may be one place."""

from __future__ import annotations

import json

import pytest

from caseboard.terms import anatomy


@pytest.mark.parametrize(
    ("written", "site"),
    [
        ("left upper lobe", "lung upper lobe"),
        ("RLL", "lung lower lobe"),
        ("lower lobe of the right lung", "lung lower lobe"),
        ("segment IVb of the liver", "liver segment iv"),
        ("hepatic segment 8", "liver segment viii"),
        ("dome of the urinary bladder", "bladder dome"),
        ("para aortic nodes", "para-aortic lymph node"),
        ("paraaortic lymphadenopathy", "para-aortic lymph node"),
        ("Douglas pouch", "pouch of douglas"),
        ("gluteus maximus muscle", "gluteus muscle"),
        ("fifth rib", "5th rib"),
        ("vesical", "bladder"),
        ("oesophageal", "esophagus"),
        ("caecum", "cecum"),
        ("the left thigh", "thigh"),
        ("paraspinal", "paravertebral region"),
    ],
)
def test_a_site_is_found_by_the_forms_that_reports_use(written, site):
    found = anatomy.lookup(written)

    assert found is not None
    assert found.term.site == site


@pytest.mark.parametrize("number", range(1, 13))
def test_dorsal_and_thoracic_vertebrae_are_one_numbering(number):
    """D11 is the older and the Romance name of T11: Terminologia Anatomica counts twelve thoracic vertebrae."""
    keys = {anatomy.lookup(f"{letter}{number} vertebral body").term.key for letter in ("T", "D", "Th")}

    assert keys == {f"t{number} vertebra"}


def test_every_vertebra_from_c1_to_s1_has_an_entry():
    counts = {"c": 7, "t": 12, "l": 5, "s": 1}  # Terminologia Anatomica: 7 cervical, 12 thoracic, 5 lumbar

    names = [f"{letter}{number} vertebra" for letter, top in counts.items() for number in range(1, top + 1)]

    assert [name for name in names if anatomy.lookup(name) is None] == []


@pytest.mark.parametrize(
    ("site", "organ"),
    [
        ("lung upper lobe", "lung"),
        ("left lung", "lung"),
        ("right lung", "lung"),
        ("inguinal lymph nodes", "lymph nodes"),
        ("hilar lymph node", "lymph nodes"),
        ("iliopsoas", "muscle"),
        ("dorsal muscles at d11", "muscle"),
        ("thigh", "muscle"),
        ("paravertebral", "muscle"),
        ("l5 vertebra", "bone"),
        ("liver segment viii", "liver"),
        ("omentum", "peritoneum"),
        ("right ovary", "ovary"),
    ],
)
def test_paired_organs_and_all_lymph_nodes_count_as_one_organ(site, organ):
    """RECIST 1.1, section 4.3.1: at most two lesions per organ; paired organs and the nodes are one organ each."""
    assert anatomy.organ_of(site) == organ


def test_an_unknown_site_has_an_unknown_organ():
    assert anatomy.organ_of("the thing") == anatomy.UNKNOWN_ORGAN


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("LUL", "left"),
        ("RLL", "right"),
        ("middle lobe", "right"),  # only the right lung has a middle lobe
        ("lingula", "left"),  # the lingula is part of the left upper lobe
        ("left-sided thigh mass", "left"),
        ("Rt axilla", "right"),
        ("L adrenal", "left"),
        ("both lungs", "bilateral"),
        ("bilateral hilar nodes", "bilateral"),
        ("mamma sinistra", "left"),
        ("thigh", None),
        ("L5 vertebral body", None),
    ],
)
def test_the_side_is_read_from_words_and_from_abbreviations(written, side):
    assert anatomy.laterality(written) == side


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("lung", "lung upper lobe", "within"),
        ("gluteus maximus", "gluteus muscle", "same"),
        ("left thigh", "right thigh", "different"),
        ("thigh", "iliopsoas", "different"),
        ("lung upper lobe", "lung lower lobe", "different"),
        ("femur", "bone", "within"),
        ("inguinal lymph nodes", "lymph nodes", "within"),
        ("paravertebral", "dorsal muscles", "maybe"),
        ("dorsal muscles at d11", "dorsal muscles at l5", "different"),
        ("dorsal muscles at d11", "dorsal muscles", "within"),
        ("pouch of douglas", "peritoneum", "within"),
        ("the thing", "thigh", "maybe"),
        ("the thing", "the thing", "same"),
    ],
)
def test_two_sites_are_the_same_nested_apart_or_undecided(one, two, relation):
    """Anatomy by hand: what contains what (Terminologia Anatomica); unknown names leave it open."""
    assert anatomy.same_site(one, two) == relation
    assert anatomy.same_site(two, one) == relation


def test_every_site_of_a_phrase_is_found_in_its_order():
    assert [match.term.key for match in anatomy.find("dorsal muscles at d11")] == [
        "dorsal muscles",
        "t11 vertebra",
    ]
    assert [match.term.key for match in anatomy.find("L4/L5 and T5–T7")] == [
        "l4 vertebra",
        "l5 vertebra",
        "t5 vertebra",
        "t7 vertebra",
    ]
    assert anatomy.find("") == ()


def test_lymph_nodes_and_bones_are_told_from_the_rest():
    assert anatomy.lookup("axillary lymph nodes").term.node
    assert not anatomy.lookup("axilla").term.node
    assert anatomy.lookup("ilium").term.bone
    assert anatomy.lookup("liver").term.is_organ
    assert not anatomy.lookup("liver segment iv").term.is_organ


def test_a_code_that_has_other_meanings_needs_its_capitals_and_is_marked():
    """T2 is a vertebra, a stage and a way to weight an image: only capitals count, and only near a lesion."""
    assert anatomy.lookup("t2") is None
    vertebra = anatomy.lookup("T2").term
    assert "T2" in vertebra.context
    assert "back" in anatomy.lookup("back").term.context


def test_every_parent_and_every_overlap_is_a_site_and_no_site_contains_itself():
    sites = anatomy.vocabulary()

    for site in sites.terms.values():
        assert all(key in sites for key in site.overlaps), site.key
        assert site.key not in {above.key for above in anatomy.ancestors(site)}


def test_parts_of_forms_are_forms():
    for site in anatomy.vocabulary().terms.values():
        parts = {*site.adjectives, *site.context, *site.case_sensitive, *site.left, *site.right}
        assert parts <= set(site.forms), site.key


def test_there_are_at_least_350_sites():
    assert len(anatomy.vocabulary()) >= 350


def test_every_site_of_the_gold_facts_is_known(shared):
    """The gold facts were made by hand; every site in them must have an organ."""
    sites = {
        fact["site"]
        for path in (shared / "gold" / "dev").glob("*.facts.jsonl")
        for fact in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if fact["kind"] == "lesion"
    }

    assert sites
    assert sorted(site for site in sites if anatomy.organ_of(site) == anatomy.UNKNOWN_ORGAN) == []
