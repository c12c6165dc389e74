"""A radiologist's report: its examinations with their days, and which of them a sentence tells of.

"Exam: MRI brain    Exam date: 2023-10-06" heads the report; its findings and its impression are of that day, whatever
earlier examinations it compares with. Where a report is of several examinations, the part of the body decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import Clock
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.lowered import lowered
from caseboard.narrative.times import find_times

__all__ = ["Exam", "RadiologyReport", "RadiologyReports", "radiology_reports"]

_FINDINGS = re.compile(r"\n[ \t]{0,4}(?:findings?|befunde?|report)[ \t]{0,4}(?::|\n)")
_ANOTHER_PART = re.compile(
    r"\n[ \t]{0,4}(?:comparison(?: studies| exams?)?|technique|protocol|vergleich(?:suntersuchung)?|technik|indication"
    r"|clinical (?:details|information|history|question|data|indication)|reason for (?:exam|study))"
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
    """One report: where it begins in the text, and its examinations in their order; none where it dates none."""

    start: int
    exams: tuple[Exam, ...] = ()


class RadiologyReports(msgspec.Struct, frozen=True):
    """The reports of a text in their order: one, or those of a cumulative print; none where the text is no such."""

    reports: tuple[RadiologyReport, ...] = ()

    @property
    def only(self) -> DateInterval | None:
        """The day of the first examination of a text that is one report."""
        return self.reports[0].exams[0].when if len(self.reports) == 1 and self.reports[0].exams else None

    def at(self, sentence: Sentence) -> RadiologyReport | None:
        """Return the report that a sentence stands in, where that dates its examinations."""
        place = bisect_right(self.reports, sentence.start, key=lambda report: report.start) - 1
        return self.reports[place] if place >= 0 and self.reports[place].exams else None

    def compares(self, lower: str, sentence: Sentence) -> bool:
        """Whether a sentence only names the earlier examinations of the comparison."""
        if self.at(sentence) is None:
            return False
        line = lower.rfind("\n", max(0, sentence.start - 4 * _LONGEST_LINE), sentence.start) + 1
        named = _COMPARISON.match(sentence.heading.lower()) or _COMPARISON.match(lower, line, sentence.end)
        return named is not None

    def told_of(self, lower: str, sentence: Sentence) -> Exam | None:
        """Return the examination that a sentence of the findings or the impression tells of."""
        report = self.at(sentence)
        if report is None or _OF_ITS_DAY.fullmatch(sentence.heading.strip()) is None:
            return None
        if len(report.exams) == 1:
            return report.exams[0]
        line = lower.rfind("\n", max(0, sentence.start - 4 * _LONGEST_LINE), sentence.start) + 1
        label = lower.find(":", line, line + _LONGEST_LABEL)
        for start, end in ((line, label), (sentence.start, sentence.end)):
            regions = _regions(lower, start, end)
            meant = [exam for exam in report.exams if exam.regions & regions]
            if len(meant) == 1:
                return meant[0]
            if meant:
                break
        return report.exams[0]


_LONGEST_LABEL = 40
_NONE = RadiologyReports()


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


def radiology_reports(text: str, sentences: Sequence[Sentence], style: DateStyle) -> RadiologyReports:
    """Return the reports of a radiologist that a text holds, with the examinations that their heads date."""
    lower = "\n" + lowered(text)
    findings = [match.start() for match in _FINDINGS.finditer(lower)]
    if not findings or _ANOTHER_PART.search(lower) is None:
        return _NONE
    heads: list[list[tuple[int, Exam]]] = [[] for _ in findings]
    dated = [False for _ in findings]
    for sentence in sentences:
        number = bisect_right(findings, sentence.start)
        if number == len(findings):
            break
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            start = expression.start + 1  # in ``lower``, which begins with a line break
            line = lower.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
            if expression.year is None or not line:
                continue
            dated[number] = dated[number] or _COMPARISON.match(lower, line) is None
            end = lower.find("\n", start)  # the findings begin behind one
            if _LABEL.search(lower[line:start]) is None and not _heads_it(lower, line, start, end):
                continue
            moment = Clock().resolve(expression)
            if moment is not None and isinstance(moment.when, DateInterval) and moment.when.exact:
                kind = _kind(lower, line, end) or _kind(lower, max(0, line - _LONGEST_LINE), line)
                kind = kind or _kind(lower, end, findings[number])
                heads[number].append((line - 1, Exam(moment.when, _regions(lower, line, end), kind)))
    reports: list[RadiologyReport] = []
    for place, head, other in zip(findings, heads, dated, strict=True):
        if head:
            reports.append(RadiologyReport(head[0][0], tuple(exam for _, exam in head)))
        elif other or not reports:  # of a day that its head does not tell
            reports.append(RadiologyReport(place))
    return RadiologyReports(tuple(reports))


def _heads_it(lower: str, line: int, date: int, end: int) -> bool:
    """Whether a line is nothing but the name of an examination with its day: "CT chest/abdomen   14/02/2022"."""
    return end - line <= _LONGEST_HEAD and (
        _EXAM_THEN_DATE.fullmatch(lower, line, date) is not None
        and _NO_MORE.fullmatch(lower, date, end) is not None
    )


_LONGEST_HEAD = 100
_EXAM_THEN_DATE = re.compile(
    r"[ \t]{0,4}(?:\d{1,2}[.)][ \t])?(?:contrast[- ]enhanced[ \t]|follow-?up[ \t]|restaging[ \t]|staging[ \t]|fdg[ -])?"
    r"(?:pet|ct|c?mri|mr|us|uss|ultrasound|x-?ray|computed tomography|magnetic resonance)\b[^\n.;:]{0,70}?"
    r"[ \t,:(–-]{1,12}(?:(?:of|on|dated|performed|from)[ \t]{1,2}(?:the[ \t])?)?"
)
_NO_MORE = re.compile(r"[\w./-]{1,12}(?:[ ,]{1,2}[\w.]{1,9}){0,2}[ \t)]{0,4}")
"""The day itself, behind which nothing stands."""
