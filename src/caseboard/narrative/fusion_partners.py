"""Fusions told by naming one gene the partner of another: "a ROS1 fusion (partner CD74)", "ETV6 was its partner"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["PARTNER", "partnered"]

PARTNER = pattern(r"\bpartner(?:s|\sgenes?)?\b", re.IGNORECASE)
_NAMES_IT = re.compile(
    r"(?:\s?[:=]\s?|\s(?:gene\s)?(?:(?:was|is|being|were)\s)?(?:(?:found|shown|identified|determined|confirmed)\s"
    r"(?:to\sbe\s|as\s)?)?)(?:the\s)?(?:gene\s)?",
    re.IGNORECASE,
)
"""What stands between "partner" and its name behind it: "(partner: CD74)", "the fusion partner was CD74"."""
_IS_IT = re.compile(
    r"\s(?:(?:gene|exon\s\d{1,2})\s)?(?:(?:was|is|being)\s(?:(?:found|shown|identified|determined|confirmed|detected)\s)?"
    r"(?:to\sbe\s|as\s)?|as\s)(?:its\s|the\s|an?\s)?(?:(?:5['′]|3['′]|upstream|fusion|novel|rare|known)[\s-]){0,3}",
    re.IGNORECASE,
)
"""What stands between a gene and "partner" behind it: "ETV6 was found to be the fusion partner", "CD74 as partner"."""
_OF = re.compile(r"\s(?:of|for)\s(?:the\s)?(?:rearranged\s)?", re.IGNORECASE)
_FUSED = re.compile(r"\b(?:fusions?|fused|rearrange(?:d|ments?)|translocat(?:ed|ions?))\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|unknown|unidentified|without)\b", re.IGNORECASE)
_LONGEST = 120


def partnered(view: View, named: list[Mention]) -> Iterator[tuple[int, int, Mention, Mention]]:
    """Yield each two genes told to be partners, with the characters from the first to the last word of it."""
    for match in view.find(PARTNER):
        named_one = _partner_named(view, named, match)
        if named_one is None:
            continue
        whose = _whose(view, named, match, named_one)
        if whose is None or whose.key == named_one.key:
            continue
        start, end = min(whose.start, named_one.start), max(whose.end, named_one.end, match.end())
        end += view.whole[end : end + 1] == ")" and "(" in view.whole[start:end]
        if not _DENIED.search(view.whole, start, end):
            yield start, end, named_one, whose


def _partner_named(view: View, named: list[Mention], match: re.Match[str]) -> Mention | None:
    """Return the gene that is called a partner: the one right behind the word, else the one that it is said of."""
    whose = _OF.match(view.whole, match.end(), view.end)
    after = None if whose else next((m for m in named if m.start >= match.end()), None)
    if after is not None and _NAMES_IT.fullmatch(view.whole, match.end(), after.start):
        return after
    before = [m for m in named if m.end <= match.start()]
    if before and _IS_IT.fullmatch(view.whole, before[-1].end, match.start()):
        return before[-1]
    was = _WAS_OF.match(view.whole, match.end(), view.end)
    return next((m for m in named if was is not None and m.start == was.end()), None)


_WAS_OF = re.compile(
    r"\s(?:of|for)\s(?:the\s)?[A-Z][A-Z0-9]{2,9}\s(?:was|is)\s(?:(?:found|shown|identified)\s(?:to\sbe\s|as\s))?"
)
"""How the partner of a gene is named behind it: "the fusion partner of NTRK3 was ETV6"."""


def _whose(view: View, named: list[Mention], match: re.Match[str], partner: Mention) -> Mention | None:
    """Return the gene whose partner is named: the one behind "of", else the last before it that is told to be fused."""
    of = _OF.match(view.whole, match.end(), view.end)
    behind = next((m for m in named if of is not None and m.start == of.end()), None)
    if behind is not None:
        return behind
    first = min(match.start(), partner.start)
    before = [m for m in named if m.end <= first and first - m.end <= _LONGEST]
    if not before or not _FUSED.search(view.whole, before[-1].start, first):
        return None
    return before[-1]
