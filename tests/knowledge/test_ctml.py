"""Match trees of CTML: one drawn by hand, and those that the reference implementation expects (MatchEngine V2)."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from caseboard.errors import KnowledgeError
from caseboard.knowledge.ctml import match_tree, ways

CASES = (
    "and_and_and",
    "and_and_or",
    "and_or_and",
    "and_or_or",
    "or_and_and",
    "or_and_or",
    "or_or_and",
    "or_or_or",
    "all_cases",
)


def criterion(name: str) -> dict[str, object]:
    return {name: {f"{name}_key": f"{name}_value"}}


def test_and_lies_on_one_node_and_or_has_its_alternatives_last_first():
    tree = match_tree(
        [{"and": [criterion("a"), {"or": [criterion("b"), {"and": [criterion("c"), criterion("d")]}]}]}]
    )
    assert [node.label for node in tree.nodes] == ["0 - ROOT and", "1 - or", "2 - and", "3 - b"]
    assert tree.nodes[2].criteria == [criterion("c"), criterion("d")]
    assert tree.edges == [(0, 1), (1, 2), (1, 3)]
    assert ways(tree) == [
        ((0, (criterion("a"),)), (2, (criterion("c"), criterion("d")))),
        ((0, (criterion("a"),)), (2, (criterion("b"),))),
    ]


@pytest.mark.parametrize("match", [{"and": []}, [1], [{"and": {"a": 1}}], [{"or": "b"}]])
def test_what_is_no_list_of_criteria_is_refused(match):
    with pytest.raises(KnowledgeError, match="list of criteria"):
        match_tree(match)


def test_nesting_without_end_and_ways_without_number_are_refused():
    deep: list[dict[str, object]] = [criterion("a")]
    for _ in range(60):
        deep = [{"or": deep}]
    with pytest.raises(KnowledgeError, match="nested deeper"):
        match_tree(deep)
    wide = [{"or": [criterion("a"), criterion("b")]} for _ in range(20)]
    with pytest.raises(KnowledgeError, match="more than 100000 ways"):
        ways(match_tree(wide))


@pytest.mark.parametrize("name", CASES)
def test_the_expected_trees_and_ways_are_reproduced(shared, name):
    folder = shared / "peers" / "ctml" / "matchengine" / "tests" / "data"
    if not folder.exists():
        pytest.skip("the reference trees of CTML are not beside the repository")
    tree = match_tree([json.loads((folder / "ctml_boolean_cases" / f"{name}.json").read_text())])
    expected = json.loads((folder / "create_match_tree_expected.json").read_text())[f"{name}.json"]
    nodes = [expected["nodes"][number] for number in sorted(expected["nodes"], key=int)]
    assert [(node.label, node.criteria) for node in tree.nodes] == [
        (node["label"], node["criteria_list"]) for node in nodes
    ]
    assert sorted(map(list, tree.edges)) == sorted(expected["edges"])
    paths = json.loads((folder / "get_match_paths_expected.json").read_text())[f"{name}.json"]
    told = Counter(
        json.dumps([{"depth": depth, "criteria": list(criteria)} for depth, criteria in way], sort_keys=True)
        for way in ways(tree)
    )
    assert told == Counter(json.dumps(path["criteria_list"], sort_keys=True) for path in paths)
