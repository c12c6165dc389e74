"""Sizes, uptake and gone-ness as written: "50 × 45 × 60 mm", "5,1x3.4 cm", "3-cm", "SUVmax 12.3", "subcentimetre"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.patterns import pattern

__all__ = ["Size", "find_sizes", "find_suv"]

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_UNIT = r"(?:mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?)"
_BY = r"\s{0,3}(?:[x×X*]|by|&#215;|&times;)\s{0,3}"
_SIZE = pattern(
    rf"(?<![\d.,])(?P<first>{_NUMBER})(?:\s?[-–]?\s?(?P<unit1>{_UNIT}))?"
    rf"(?:{_BY}(?P<second>{_NUMBER})(?:\s?(?P<unit2>{_UNIT}))?)?"
    rf"(?:{_BY}(?P<third>{_NUMBER})(?:\s?[-–]?\s?(?P<unit3>{_UNIT}))?)?",
)
_RANGE = pattern(rf"(?<![\d.,])(?P<low>{_NUMBER})\s?(?:{_UNIT})?\s?(?:[-–]|to|and)\s?(?P<high>{_NUMBER})\s?[-–]?(?P<unit>{_UNIT})\b")
_PAIR = pattern(
    rf"(?<![\d.,/-])(?P<low>{_NUMBER})\s(?:and|&)\s(?={_NUMBER}\s?[-–]?(?P<unit>{_UNIT})\b(?!{_BY}))",
)
"""Two lesions with one unit: "of 8 and 12 mm"."""
_NOT_A_PAIR = pattern(
    r"\b(?:between|from|grades?|days?|segments?|cycles?|weeks?|months?|stages?|levels?|figures?|cases?|points?|of \d{1,3})\s$",
    re.IGNORECASE,
)
_SUV = pattern(
    r"\bSUV[\s-]{0,2}(?:max(?:imum)?|peak|mean)?\b(?:\s?(?:=|:|of|was|is|,|were|value|up to|≈|~|about|measuring|reached|index)){0,3}\s{0,2}(?P<value>\d{1,2}(?:[.,]\d{1,2})?)(?!\s?(?:mm|cm)|[\d-])"
    r"|\bmax(?:imum|imal)?\.?\s(?:standardi[sz]ed uptake value|SUV)s?(?:\s?\(SUV[\s-]?(?:max)?\))?(?:\s(?:=|of|was|:)){0,2}\s?(?P<value2>\d{1,2}(?:[.,]\d{1,2})?)",
    re.IGNORECASE,
)
_SMALL = pattern(r"\bsub-?centimet(?:er|re|ric)\b", re.IGNORECASE)
_NOT_A_LESION_AFTER = pattern(
    r"^\s?(?:/|margins?\b|from\b|above\b|below\b|proximal\b|distal (?:to|from)\b|away|apart|incision|port|trocar|circumference|of (?:the )?(?:ileum|jejunum|bowel|colon|small|normal|free|clear|healthy)|thick slices?|slices?|sections?|surgical margins?|safety margins?|tumou?r[- ]free|\(?Breslow|deep to|long incision|scar|tall|H2O|Hg)",
    re.IGNORECASE,
)
_NOT_A_LESION_BEFORE = pattern(
    r"(?:margins?(?: of| was| were)?|Breslow(?: thickness| depth)?(?: of| was|:)?|circumference(?: of| was| from| to| decreased to| reduced to|, of)?(?: the [a-z ]{3,30})?|distance of|thickness of|depth of|slice thickness(?: of)?|along|incision of|diameter of the (?:bowel|duct)"
    r"|at (?:a )?distance|height(?: of|:)?|stent of|lead of|invasion(?: depth)? of|clear(?:ance)? (?:of|by))\s{0,2}(?:about |approximately |ca\.? |only )?$",
    re.IGNORECASE,
)
_CIRCUMFERENCE = pattern(r"\bcircumference\b", re.IGNORECASE)


class Size(msgspec.Struct, frozen=True):
    """Diameters in mm, largest first, written at ``start`` to ``end``."""

    start: int
    end: int
    diameters_mm: tuple[float, ...]


def find_sizes(text: str, start: int, end: int) -> Iterator[Size]:
    """Yield the sizes in a stretch of text; margins, incisions, depths and the like are left out."""
    if not ("mm" in text[start:end] or "cm" in text[start:end] or "imet" in text[start:end]):
        return
    ranges = {match.start(): match for match in _RANGE.finditer(text, start, end)}
    reached = start
    for match in _SIZE.finditer(text, start, end):
        if match.start() < reached:
            continue
        unit = match["unit3"] or match["unit2"] or match["unit1"]
        if unit is None:
            continue
        ranged = ranges.get(match.start())
        stop = match.end()
        if _NOT_A_LESION_AFTER.match(text[stop : stop + 40]) or _NOT_A_LESION_BEFORE.search(text, max(start, match.start() - 70), match.start()):
            continue
        if text[stop : stop + 1].isalpha() or text[match.start() - 1 : match.start()].isalpha():
            continue
        if ranged is not None and not match["second"]:
            continue
        if any(other.start() < match.start() < other.end() and " to " not in other[0] and " and " not in other[0] for other in ranges.values()):
            continue
        numbers = [(match["first"], match["unit1"]), (match["second"], match["unit2"]), (match["third"], match["unit3"])]
        factors = [(number, own or unit) for number, own in numbers if number]
        values = tuple(sorted((_mm(number, own) for number, own in factors), reverse=True))
        if values and 0 < values[-1] and values[0] < 1000:
            reached = stop
            yield Size(match.start(), stop, values)
    for match in _PAIR.finditer(text, start, end):
        if not _NOT_A_PAIR.search(text, max(start, match.start() - 16), match.start()):
            yield Size(match.start(), match.end("low"), (_mm(match["low"], match["unit"]),))
    for match in ranges.values():
        if match.start() >= start and not re.search(r"\bfrom\s$", text[max(0, match.start() - 6) : match.start()], re.IGNORECASE):
            high = _mm(match["high"], match["unit"])
            if " to " not in match[0] and " and " not in match[0] and high > _mm(match["low"], match["unit"]):
                yield Size(match.start(), match.end(), (high,))


def find_suv(text: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and value of each SUV stated."""
    for match in _SUV.finditer(text, start, end):
        yield match.start(), match.end(), float((match["value"] or match["value2"]).replace(",", "."))


def _mm(number: str, unit: str) -> float:
    value = float(number.replace(",", "."))
    return round(value * (10 if unit.lower().startswith("c") else 1), 2)
