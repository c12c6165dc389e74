"""A radiologist's report: its examinations with their days, and which of them a sentence tells of.

"Exam: MRI brain    Exam date: 2023-10-06" heads the report; its findings and its impression are of that day, whatever
earlier examinations it compares with. Where a report is of several examinations, the part of the body decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import Clock
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.lowered import lowered
from caseboard.narrative.times import find_times

__all__ = ["Exam", "RadiologyReport", "radiology_report"]

_FINDINGS = re.compile(r"\n[ \t]{0,4}(?:findings?|befunde?|report)[ \t]{0,4}(?::|\n)")
_ANOTHER_PART = re.compile(
    r"\n[ \t]{0,4}(?:comparison(?: studies| exams?)?|technique|protocol|vergleich(?:suntersuchung)?|technik)"
    r"[ \t]{0,4}(?::|\n)"
)
"""Lines that a radiologist's report has, and hardly any other text both of them."""
_COMPARISON = re.compile(r"[ \t]{0,4}(?:comparison|vergleich|priors?\b|prior (?:studies|exams?))")
_OF_ITS_DAY = re.compile(
    r"findings?|befunde?|report|results?|impression|conclusions?|beurteilung|technique|technik|opinion|summary",
    re.IGNORECASE,
)
"""Headings of what the examination itself shows."""
_LABEL = re.compile(
    r"(?:\b(?:(?:exam(?:ination)?|study|scan|acquisition) date|date of (?:the )?(?:exam(?:ination)?|study|scan|service)"
    r"|untersuchungsdatum|untersuchung vom|(?:exam(?:ination)?|study|scan) (?:of|on|performed on|dated))"
    r"|^[ \t]{0,4}(?:exam(?:ination)?|study|untersuchung):[^\n\d]{0,60}[,( ])[ \t:]{0,6}$"
)
"""What stands before the day of an examination, from the beginning of its line on."""
_LONGEST_LINE = 160
_REGIONS = tuple(
    re.compile(words)
    for words in (
        r"\b(?:brain|head|skull|neurocran|cerebr|cerebell|intracran|crani|temporal|frontal|parietal|occipital"
        r"|kopf|sch(?:ä|ae)del|cmri)",
        r"\b(?:spine|spinal|vertebra|wirbels)",
        r"\b(?:neck|cervical|hals)\b",
        r"\b(?:chest|thora|lung|pulmon|mediast|pleura)",
        r"\b(?:abdom|liver|hepat|spleen|splen|kidney|renal|pancrea|adrenal|bowel|periton)",
        r"\b(?:pelvi|becken|groin|iliac|inguinal|prostate|uter|ovar)",
        r"\b(?:breast|mamma)",
        r"\b(?:thigh|leg|knee|arm|shoulder|foot|hand|femur|tibia|limb|extremit)",
    )
)
"""Parts of the body that are examined apart, by the beginnings of their words."""


class Exam(msgspec.Struct, frozen=True):
    """An examination: its day, the parts of the body (as numbers of ``_REGIONS``), and its kind where it is told."""

    when: DateInterval
    regions: frozenset[int]
    kind: str | None


class RadiologyReport(msgspec.Struct, frozen=True):
    """The examinations of a report, in its order; none where the text is no such report or does not date them."""

    exams: tuple[Exam, ...] = ()

    @property
    def first(self) -> DateInterval | None:
        """The day of the first examination."""
        return self.exams[0].when if self.exams else None

    def compares(self, lower: str, sentence: Sentence) -> bool:
        """Whether a sentence only names the earlier examinations of the comparison."""
        if not self.exams:
            return False
        line = lower.rfind("\n", max(0, sentence.start - 4 * _LONGEST_LINE), sentence.start) + 1
        named = _COMPARISON.match(sentence.heading.lower()) or _COMPARISON.match(lower, line, sentence.end)
        return named is not None

    def told_of(self, lower: str, sentence: Sentence) -> Exam | None:
        """Return the examination that a sentence of the findings or the impression tells of."""
        if not self.exams or _OF_ITS_DAY.fullmatch(sentence.heading.strip()) is None:
            return None
        if len(self.exams) == 1:
            return self.exams[0]
        line = lower.rfind("\n", max(0, sentence.start - 4 * _LONGEST_LINE), sentence.start) + 1
        label = lower.find(":", line, line + _LONGEST_LABEL)
        for start, end in ((line, label), (sentence.start, sentence.end)):
            regions = _regions(lower, start, end)
            meant = [exam for exam in self.exams if exam.regions & regions]
            if len(meant) == 1:
                return meant[0]
            if meant:
                break
        return self.exams[0]


_LONGEST_LABEL = 40
_NONE = RadiologyReport()


def _regions(lower: str, start: int, end: int) -> frozenset[int]:
    return frozenset(n for n, words in enumerate(_REGIONS) if words.search(lower, start, max(start, end)))


def _kind(lower: str, start: int, end: int) -> str | None:
    """Return the last kind of examination that is named from ``start`` to ``end``."""
    named = [match.lastgroup for match in _KINDS.finditer(lower, start, end)]
    return named[-1] if named else None


_KINDS = re.compile(
    r"\b(?:(?P<PET>pet(?:[-/ ]?ct)?|scintigra\w{2,4})|(?P<MRI>c?mri|mrt?|magnetic resonance)"
    r"|(?P<CT>ct|computed tomography)"
    r"|(?P<US>ultraso\w{3,8}|sonogra\w{2,4}|uss?)|(?P<XR>x-?rays?|radiographs?|mammogra\w{1,4}))\b"
)


def radiology_report(text: str, sentences: Sequence[Sentence], style: DateStyle) -> RadiologyReport:
    """Return the examinations that the head of a radiologist's report names with their days."""
    lower = "\n" + lowered(text)
    findings = _FINDINGS.search(lower)
    if findings is None or _ANOTHER_PART.search(lower) is None:
        return _NONE
    exams = []
    for sentence in sentences:
        if sentence.start >= findings.start():
            break
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            start = expression.start + 1  # in ``lower``, which begins with a line break
            line = lower.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
            if expression.year is None or not line or _LABEL.search(lower[line:start]) is None:
                continue
            moment = Clock().resolve(expression)
            if moment is not None and isinstance(moment.when, DateInterval) and moment.when.exact:
                end = lower.find("\n", start)  # the findings begin behind one
                kind = _kind(lower, line, end) or _kind(lower, max(0, line - _LONGEST_LINE), end)
                kind = kind or _kind(lower, end, findings.start())
                exams.append(Exam(moment.when, _regions(lower, line, end), kind))
    return RadiologyReport(tuple(exams))
