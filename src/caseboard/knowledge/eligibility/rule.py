"""What a reading rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from caseboard.knowledge.trial_shapes import Requirement

__all__ = ["Found", "Rule", "asked", "by_pattern", "kind_of"]

Found = tuple[int, int, Requirement]
"""Where a rule read something, and what is asked for there."""


@dataclass(frozen=True)
class Rule:
    """One way in which texts ask for one thing: words of which one must be there (lower case), and how it is found."""

    name: str
    triggers: tuple[str, ...]
    find: Callable[[str], Iterator[Found]]


def by_pattern(
    pattern: re.Pattern[str], read: Callable[[re.Match[str]], Requirement | None]
) -> Callable[[str], Iterator[Found]]:
    """Return the finding of a pattern; ``read`` returns None where the words that matched do not say enough."""

    def find(text: str) -> Iterator[Found]:
        for match in pattern.finditer(text):
            found = read(match) if match.end() > match.start() else None
            if found is not None:
                yield match.start(), match.end(), found

    return find


def asked(kind: str, **terms: str | None) -> Requirement:
    """Return a requirement of the terms that are told."""
    return Requirement(kind, tuple((name, value) for name, value in terms.items() if value))


def kind_of(requirement: Requirement) -> str:
    """Return the kind of a requirement, of a list that of its parts."""
    return kind_of(requirement.parts[0]) if requirement.parts else requirement.kind
