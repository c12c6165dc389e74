"""What is known of words that have been met: most words of a text have been met before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["KnownWords"]

_MOST = 1 << 15
"""Words that are remembered: more than a language's common ones."""
_LONGEST = 40
"""Characters above which a word is not remembered: it is no word, and would only take memory."""

Known = TypeVar("Known")


class KnownWords(dict[str, Known]):
    """Words with what ``make`` tells of each; ask by ``words[word]``, which costs one look-up for a word met before."""

    def __init__(self, make: Callable[[str], Known]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Known:
        """Return what is to be known of a word that is met for the first time."""
        known = self._make(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = known
        return known
