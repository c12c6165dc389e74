"""Lines that only wrap, as a PDF or a preformatted text has them, put together to paragraphs again.

A line goes on with the one before where that one had no room for its first word. A word divided by a hyphen at the
line's end is one word again; the hyphen of a compound stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caseboard.narrative.headings import heading_kind

__all__ = ["reflow"]

_NEIGHBOURS = 8
"""Lines before and after one that tell how wide its column is."""
_FEW = 4
_NARROWEST = 25
_SLACK = 0.85
"""Letters differ in width: a line is as good as full from this share of the longest one."""
_DIVIDED = re.compile(r"(?P<first>[A-Za-zÀ-ÿ][a-zÀ-ÿ]{1,30})[-\u2010\u00ad]$")
_GOES_ON_LOWER = re.compile(r"[a-zà-ÿ]{2,30}")
_WORD = re.compile(r"[a-zà-ÿ]{4,40}(?:-[a-zà-ÿ]{1,40})?")
_BULLET = re.compile(r"[-–•*▪◦·]\s")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|[a-h]\))\s")
_FIRST_WORD = re.compile(r"\S{1,40}")
_FIRST_PARTS = (
    "after anti cross double ex extra far fine first follow full half high intra left long low mid multi near new non"
    " old one peri post pre re right second self semi short single so sub third three two ultra un well wide work x"
)
_COMPOUNDS = frozenset(_FIRST_PARTS.split())
"""First parts that keep their hyphen where the document writes the word nowhere else."""


def reflow(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of wrapped lines; an empty line ends one."""
    known = frozenset(word for line in lines for word in _WORD.findall(line.lower()))
    told = [" ".join(line.split()) for line in lines]
    widths = [len(line) for line in told]
    out: list[str] = []
    pieces: list[str] = []
    before = -1
    for number, line in enumerate(told):
        if not line:
            continue
        gap = before >= 0 and number - before > 1
        if pieces and not _goes_on(told[before], line, _width(widths, before), gap=gap):
            out.append(_joined(pieces, known))
            pieces = []
        pieces.append(line)
        before = number
    if pieces:
        out.append(_joined(pieces, known))
    return out


def _width(widths: Sequence[int], number: int) -> int:
    around = sorted(widths[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1])
    # Of many lines the longest may be one that sticks out.
    return around[-2] if len(around) > _FEW else around[-1]


def _goes_on(before: str, line: str, width: int, *, gap: bool) -> bool:
    ended = before[-1] in ".:;!?"
    if _BULLET.match(line) or _is_heading(before) or _is_heading(line):
        return False
    if _NUMBERED.match(line) and (ended or gap) and before.count("(") <= before.count(")"):
        return False
    divided = before.endswith(("-", "\u2010", "\u00ad")) and before[-2:-1].isalnum()
    if divided or (line[0].islower() and not ended and not gap):
        return True
    first = _FIRST_WORD.match(line)
    room = len(before) + 1 + (len(first[0]) if first else 0)
    return not gap and width >= _NARROWEST and room >= _SLACK * width and len(before) >= _NARROWEST // 2


def _is_heading(line: str) -> bool:
    return len(line) <= 60 and heading_kind(line.lstrip("0123456789. ").rstrip(": ")) is not None


def _joined(pieces: Iterable[str], known: frozenset[str]) -> str:
    """Join the lines of a paragraph; divided words are looked up among the ``known`` ones of the document."""
    out: list[str] = []
    last = ""
    for piece in pieces:
        divided = _DIVIDED.search(last)
        following = _GOES_ON_LOWER.match(piece)
        if not last:
            joined = piece
        elif divided and following and not _compound(divided["first"].lower(), following[0], last, known):
            out[-1] = last[:-1]
            joined = piece
        elif last.endswith(("-", "\u2010")) and len(last) > 1 and not last[-2].isspace():
            joined = piece
        elif last.endswith("\u00ad"):
            out[-1] = last[:-1]
            joined = piece
        else:
            joined = " " + piece
        out.append(joined)
        last = joined
    return "".join(out).replace("\u00ad", "")


def _compound(first: str, second: str, line: str, known: frozenset[str]) -> bool:
    """Whether the hyphen at the line's end belongs to the word: "well-known", but not "sar-coma"."""
    if first + second in known:
        return False
    start = len(line) - len(first) - 1
    return f"{first}-{second}" in known or first in _COMPOUNDS or (start > 0 and line[start - 1] in "-/")
