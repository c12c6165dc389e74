"""Characters that look alike, read as one: typographic hyphens and spaces, full-width forms of East Asia, and "w/o".

One character stands for one, so that every offset stays what it was; what is quoted is quoted as it was written.
"""

from __future__ import annotations

import re

__all__ = ["plain"]

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0xFE63), "-")
_SPACES = dict.fromkeys((0x00A0, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x3000), " ")
_STOPS = {0x3001: ",", 0x3002: "."}
_PLAIN = _FULL_WIDTH | _HYPHENS | _SPACES | _STOPS

_BETWEEN_FIGURES = re.compile(r"(?<=\d)[~〜](?=\d)")
"""The sign that East Asia writes between two figures or dates: "2018/12/18~2019/06/14"."""
_LOST_APOSTROPHE = re.compile(r"[?\ufffd´`ʼ](?:(?<=[a-z]n.)(?=t\b)|(?<=[a-z].)(?=s\s[a-z]))")
"""What is left of an apostrophe where a text was copied through another alphabet: "the scan didn?t show any"."""
_WITHOUT = re.compile(r"(?<![^\s(])w/o(?=\s)", re.IGNORECASE)
"""What notes write for "without": "CT w/o evidence of recurrence"."""
_ANY = re.compile("[" + "".join(map(re.escape, map(chr, _PLAIN))) + "]")


def plain(text: str) -> str:
    """Return the text with one kind of hyphen, space, bracket and denial, and lost apostrophes, sign for sign."""
    if not text.isascii() and _ANY.search(text) is not None:
        text = text.translate(_PLAIN)
    if "/o" in text or "/O" in text:
        text = _WITHOUT.sub(lambda found: " no" if found[0] == "w/o" else "No ", text)
    text = _LOST_APOSTROPHE.sub("'", text)
    return _BETWEEN_FIGURES.sub("-", text) if "~" in text or "〜" in text else text
