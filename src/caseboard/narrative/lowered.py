"""A text in lower case with every offset as it was."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["lowered"]


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """Return the text in lower case, character for character, so that every offset stays what it was.

    Letters that ``re.IGNORECASE`` takes for one are made one (the long s, the dotless i, the micro sign). The last
    texts are kept, because every part of the reader asks for the one that is being read.
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for letter, plain in _ALIKE:
        lower = lower.replace(letter, plain)
    return lower


_ALIKE = (("ſ", "s"), ("ı", "i"), ("İ", "i"), ("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"), ("ς", "σ"))
