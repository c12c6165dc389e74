"""A text in lower case with every offset as it was."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["in_lower_case", "lowered"]


def in_lower_case(text: str) -> str:
    """Return the text in lower case, character for character, so that every offset stays what it was.

    Letters that ``re.IGNORECASE`` takes for one are made one (the long s, the dotless i, the micro sign).
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for letter, plain in _ALIKE:
        lower = lower.replace(letter, plain)
    return lower


lowered = lru_cache(maxsize=2)(in_lower_case)
"""The text in lower case; the last texts are kept, because every part of the reader asks for the one being read."""

_ALIKE = (("ſ", "s"), ("ı", "i"), ("İ", "i"), ("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"), ("ς", "σ"))
