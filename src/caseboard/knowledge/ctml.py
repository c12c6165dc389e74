"""Match trees of CTML (Clinical Trial Markup Language, DFCI): nested AND and OR of criteria, and the ways through them.

The shape is that of the reference implementation (MatchEngine V2), so that its expected trees are the test of ours:
criteria joined by AND lie on one node; an OR is a node of its own whose children are its alternatives, last first; the
ORs of one AND stand one below the other. A way is a path from the root to a leaf. In the reference an OR inside an AND
that is itself an alternative starts a way of its own; whether a trial fits is therefore decided by the expression, and
not by the ways.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec

from caseboard.errors import KnowledgeError

__all__ = ["MatchNode", "MatchTree", "Way", "match_tree", "ways"]

Criterion = dict[str, Any]
MOST_WAYS = 100_000
MOST_EDGES = 100_000
DEEPEST = 50


class MatchNode(msgspec.Struct):
    """A node: ``criteria`` that all have to hold; an OR has none of its own."""

    number: int
    kind: str
    label: str
    criteria: list[Criterion] = []


class MatchTree(msgspec.Struct):
    """The nodes by number, root first, and the edges from parent to child."""

    nodes: list[MatchNode]
    edges: list[tuple[int, int]]


Way = tuple[tuple[int, tuple[Criterion, ...]], ...]
"""Groups of criteria that together are one way through a tree, each with its depth below the root."""


class _Builder:
    def __init__(self) -> None:
        self.tree = MatchTree([], [])
        self.waiting: deque[tuple[int, list[Criterion], int]] = deque()

    def node(self, kind: str, parent: int | None, label: str = "") -> MatchNode:
        number = len(self.tree.nodes)
        node = MatchNode(number, kind, f"{number} - {label or kind}", [])
        self.tree.nodes.append(node)
        if parent is not None:
            self.tree.edges.append((parent, number))
        return node

    def conjunction(self, number: int, items: list[Criterion], depth: int) -> None:
        """Put all that holds together on one node; its ORs follow, each below all the ends of the one before."""
        alternatives: list[list[Criterion]] = []
        levels = deque([(items, depth)])
        while levels:
            level, deep = levels.popleft()
            _check(level, deep)
            for item in level:
                for key, value in item.items():
                    if key == "and":
                        levels.append((value, deep + 1))
                    elif key == "or":
                        alternatives.append(value)
                    else:
                        self.tree.nodes[number].criteria.append({key: value})
        ends = [number]
        for options in alternatives:
            first = len(self.tree.nodes)
            self.disjunction(ends[0], options, depth + 1)
            self.tree.edges.extend((end, first) for end in ends[1:])
            parents = {parent for parent, _ in self.tree.edges}
            ends = [node.number for node in self.tree.nodes[first:] if node.number not in parents]
            if len(self.tree.edges) > MOST_EDGES:
                raise KnowledgeError(f"a match with more than {MOST_EDGES} edges")

    def disjunction(self, parent: int, items: list[Criterion], depth: int) -> None:
        """Make an OR of items; what is joined by AND inside it waits its turn."""
        _check(items, depth)
        node = self.node("or", parent)
        for item in reversed(items):
            for key, value in item.items():
                if key == "or":
                    self.disjunction(node.number, value, depth + 1)
                elif key == "and":
                    child = self.node("and", node.number)
                    self.waiting.append((child.number, value, depth + 1))
                else:
                    leaf = self.node("and", node.number, key)
                    leaf.criteria.append(item)


def match_tree(match: list[Criterion]) -> MatchTree:
    """Return the tree of a ``match`` of CTML; raises ``KnowledgeError`` where it is no list of criteria."""
    builder = _Builder()
    root = builder.node("and", None, "ROOT and")
    builder.waiting.append((root.number, match, 0))
    while builder.waiting:
        builder.conjunction(*builder.waiting.popleft())
    return builder.tree


def ways(tree: MatchTree) -> list[Way]:
    """Return every path from the root to a leaf, by the nodes on it that have criteria; raises ``KnowledgeError``."""
    children: dict[int, list[int]] = {}
    for parent, child in tree.edges:
        children.setdefault(parent, []).append(child)
    found: list[Way] = []
    waiting: list[tuple[int, int, Way]] = [(0, 0, ())]
    while waiting:
        number, depth, way = waiting.pop()
        criteria = tuple(tree.nodes[number].criteria)
        here: Way = (*way, (depth, criteria)) if criteria else way
        below = children.get(number, [])
        if not below:
            found.append(here)
            if len(found) > MOST_WAYS:
                raise KnowledgeError(f"a match with more than {MOST_WAYS} ways")
        waiting.extend((child, depth + 1, here) for child in reversed(below))
    return found


def _check(items: object, depth: int) -> None:
    if depth > DEEPEST:
        raise KnowledgeError(f"a match nested deeper than {DEEPEST}")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise KnowledgeError("a match is a list of criteria, each an object")
