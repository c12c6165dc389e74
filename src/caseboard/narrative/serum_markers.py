"""Tumour markers of the blood that are told to be normal without a number: "AFP and β-hCG were within normal limits".

A number is a laboratory value; a word alone is a test by another method than a stain, whose antibodies bear the same
names. Analytes that are no tumour markers are told to be normal too often, and too carelessly, to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import labs

__all__ = ["NEEDS", "SerumMarker", "find_serum_markers"]

_NORMAL = pattern(r"\b(?:normal|undetect|WNL|elevated|raised|increased|detectable|negative)", re.IGNORECASE)
NEEDS = Needs(patterns=[_NORMAL])
_BEHIND = re.compile(
    r"(?:\s?[)\]])?(?:\s(?:levels?|values?|concentrations?|titres?|titers?|tests?|results?)){0,2}"
    r"(?:\s(?:was|were|is|are|has been|have been|had been|came back|returned|remained|remains|stayed|became)"
    r"|\s?[:=])?(?:\s(?:all|both|also|still|again|then|always|entirely|completely|found|to|be|now)){0,4}\s"
    r"(?:(?P<normal>within\s(?:the\s)?(?:normal|reference)(?:\s(?:limits?|ranges?|values?))?|in\sthe\snormal\srange"
    r"|WNL|normal(?:\s(?:limits|range|values?))?|unremarkable|not\s(?:elevated|raised|increased))"
    r"|(?P<none>un-?detectable|undetected|not\sdetectable)|(?P<negative>negative))"
    r"(?![\w-]|\s(?:for|in\sthe\stumou?r|on\s(?:immuno|IHC)|stain|immuno|expression|cells|[(<≤]|limits?\sof|range\s\d)"
    r"|\s?[(\[]\s?[<>≤≥\d]|\s(?:limits?|ranges?|values?)\b|\s(?:at|with|of)\s[<>≤≥]?\s?\d)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"(?:\s?[(\[][^()\[\]\d]{1,30}[)\]])?(?:\s?,|\s?/|\s?&|\sand|\sor|\slevels?|\s){1,4}\s?(?:the\s|serum\s)?",
    re.IGNORECASE,
)
_STAINED = re.compile(
    r"\b(?:immuno|stain|IHC\b|cells?\b|antibod|tumou?r\s(?:was|is)\b|biops|histolog)", re.IGNORECASE
)


class SerumMarker(msgspec.Struct, frozen=True):
    """A marker at characters ``start`` to ``end`` (its words and their result): ``normal`` or ``negative``."""

    start: int
    end: int
    target: str
    result: str


def find_serum_markers(view: View, *, staining: bool) -> list[SerumMarker]:
    """Return the tumour markers of the blood that a sentence calls normal or undetectable.

    ``staining``: the story speaks of stains, so that "negative" alone is the word of a pathologist.
    """
    if not view.holds(NEEDS) or not view.of("lab"):
        return []
    return list(_find(view, staining=staining))


def _find(view: View, *, staining: bool) -> Iterator[SerumMarker]:
    if _STAINED.search(view.whole, view.start, view.end):
        return
    staining = staining or _names_stains(view)
    group: list[Mention] = []
    for lab in view.of("lab"):
        if not _is_tumor_marker(lab):
            group = []
            continue
        if group and not _GAP.fullmatch(view.whole, group[-1].end, lab.start):
            group = []
        group.append(lab)
        behind = _BEHIND.match(view.whole, lab.end, view.end)
        if behind is not None and not (staining and behind["negative"]):
            result = "normal" if behind["normal"] else "negative"
            yield from (SerumMarker(one.start, behind.end(), one.key, result) for one in group)
            group = []


def _is_tumor_marker(lab: Mention) -> bool:
    return labs.vocabulary()[lab.key].group == "tumor marker"


def _names_stains(view: View) -> bool:
    """Whether a sentence names markers that no laboratory measures in the blood."""
    return any(
        not any(lab.start < marker.end and marker.start < lab.end for lab in view.of("lab"))
        for marker in view.of("marker")
    )
